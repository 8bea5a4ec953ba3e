/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose activities Today shows, by what they are narrowed, and the manager's view of exceptions in their place (R6). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-attention-dialog.h"
#include "wf-refused-dialog.h"
#include "wf-value-chip.h"

#include <glib/gi18n-lib.h>

#define EXCEPTIONS "exceptions"

/* In the order of the toggles; which of them a person gets is a matter of rights. */
static const struct
{
  const char *name;
  const char *label;
  WfWhose whose;
} toggles[] = {
  { EXCEPTIONS, N_ ("Exceptions"), WF_WHOSE_EVERYONE },
  { "everyone", N_ ("Everyone"), WF_WHOSE_EVERYONE },
  { "unassigned", N_ ("Unassigned"), WF_WHOSE_UNASSIGNED },
  { "mine", N_ ("Mine"), WF_WHOSE_MINE },
};

static WfWhose
get_whose (WfTodayPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->people);

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (g_strcmp0 (toggles[i].name, name) == 0)
        return toggles[i].whose;
    }
  return WF_WHOSE_MINE;
}

gboolean
wf_today_page_shows_exceptions (WfTodayPage *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->people), EXCEPTIONS) == 0;
}

gboolean
wf_today_page_shows_several_people (WfTodayPage *self)
{
  return wf_today_page_sees_everyone (self) && self->filter->whose != WF_WHOSE_MINE;
}

/* ---- chips ------------------------------------------------------------------------------------- */

static void
on_chip_removed (WfTodayPage *self, WfValueChip *chip)
{
  wf_filter_item_write (g_object_get_data (G_OBJECT (chip), "item"), self->filter, FALSE);
  wf_filter_popover_read (self->popover);
  wf_today_page_on_filter_changed (self);
}

static void
show_chips (WfTodayPage *self)
{
  g_autoptr (GPtrArray) active = wf_filter_popover_list_active (self->popover);

  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL;)
    adw_wrap_box_remove (self->chips, child);
  for (guint i = 0; i < active->len; i++)
    {
      const char *name = wf_filter_item_get_name (active->pdata[i]);
      GtkWidget *chip = wf_value_chip_new (name, name);
      g_object_set_data_full (G_OBJECT (chip), "item", g_object_ref (active->pdata[i]),
                              g_object_unref);
      g_signal_connect_object (chip, "removed", G_CALLBACK (on_chip_removed), self,
                               G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->chips, chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips),
                          active->len > 0 && !wf_today_page_shows_exceptions (self));
  if (active->len > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
}

/* ---- the filter -------------------------------------------------------------------------------- */

static void
show_view (WfTodayPage *self)
{
  gboolean exceptions = wf_today_page_shows_exceptions (self);

  gtk_widget_set_visible (GTK_WIDGET (self->search_button), !exceptions);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), !exceptions);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "today.select", !exceptions);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "today.search", !exceptions);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "today.filter", !exceptions);
  if (exceptions)
    gtk_toggle_button_set_active (self->search_button, FALSE);
  gtk_widget_set_visible (self->filters, gtk_widget_get_visible (self->people_box) ||
                                             gtk_widget_get_visible (GTK_WIDGET (self->origin)));
  wf_exceptions_view_set_origin (self->exceptions, self->filter->origin);
}

static void
apply (WfTodayPage *self)
{
  const WfActivityFilter *before = wf_activity_source_get_filter (self->source);
  gboolean other = before == NULL || !wf_activity_filter_equal (before, self->filter);

  if (wf_today_page_shows_exceptions (self) && before != NULL)
    return; /* the list is not seen */
  if (!other)
    return;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  wf_activity_source_set_filter (self->source, self->filter);
}

void
wf_today_page_on_filter_changed (WfTodayPage *self)
{
  if (self->source == NULL || self->offering)
    return;
  self->filter->whose = get_whose (self);
  g_set_str (&self->filter->origin, wf_origin_switch_get_origin (self->origin));
  show_view (self);
  show_chips (self);
  apply (self);
  wf_today_page_show_state (self);
  wf_today_page_update_actions (self);
}

static void
on_people_changed (WfTodayPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->people);

  if (self->offering || name == NULL)
    return;
  /* What a line of the exceptions had set is not meant for another view. */
  g_settings_set_string (self->settings, "today-view", name);
  wf_today_page_on_filter_changed (self);
}

void
wf_today_page_on_search_changed (WfTodayPage *self)
{
  const char *text = gtk_editable_get_text (self->search);
  g_autofree char *wanted = g_strstrip (g_strdup (text));

  g_set_str (&self->filter->text, *wanted != '\0' ? wanted : NULL);
  wf_today_page_on_filter_changed (self);
}

/* ---- whose ------------------------------------------------------------------------------------- */

/* Who sees nobody else's activities may still take some from the queue (S11). */
static gboolean
is_offered (WfTodayPage *self, guint index)
{
  if (g_str_equal (toggles[index].name, "mine"))
    return TRUE;
  if (wf_today_page_sees_everyone (self))
    return TRUE;
  return toggles[index].whose == WF_WHOSE_UNASSIGNED &&
         wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED);
}

static void
fill_toggles (WfTodayPage *self)
{
  adw_toggle_group_remove_all (self->people);
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (!is_offered (self, i))
        continue;
      AdwToggle *toggle = adw_toggle_new ();
      adw_toggle_set_name (toggle, toggles[i].name);
      adw_toggle_set_label (toggle, gettext (toggles[i].label));
      adw_toggle_group_add (self->people, toggle);
    }
}

/* Policy: who leads others begins with what needs a manager (R6), the others with their own; afterwards as it was left. */
static const char *
choose_first (WfTodayPage *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "today-view");

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      if (g_str_equal (toggles[i].name, last) && is_offered (self, i))
        return toggles[i].name;
    }
  return wf_today_page_sees_everyone (self) ? EXCEPTIONS : "mine";
}

void
wf_today_page_offer_people (WfTodayPage *self)
{
  g_autofree char *offered = g_strdup_printf (
      "%s %d %d", wf_runtime_get_person (self->runtime), wf_today_page_sees_everyone (self),
      wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED));

  if (g_strcmp0 (offered, self->offered) != 0)
    {
      g_set_str (&self->offered, offered);
      self->offering = TRUE;
      fill_toggles (self);
      adw_toggle_group_set_active_name (self->people, choose_first (self));
      self->offering = FALSE;
    }
  gtk_widget_set_visible (self->people_box, adw_toggle_group_get_n_toggles (self->people) > 1);
  wf_today_page_on_filter_changed (self);
}

void
wf_today_page_set_up_filters (WfTodayPage *self)
{
  wf_filter_popover_set_runtime (self->popover, self->runtime);
  wf_filter_popover_set_filter (self->popover, self->filter);
  g_signal_connect_object (self->popover, "changed", G_CALLBACK (wf_today_page_on_filter_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "notify::active-name", G_CALLBACK (on_people_changed),
                           self, G_CONNECT_SWAPPED);
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  wf_exceptions_view_set_up (self->exceptions, self->runtime, self->minutes);
}

/* ---- actions ----------------------------------------------------------------------------------- */

/* From a line of the exceptions to the list of what it counts. person: nullable. */
static void
show_list (WfTodayPage *self, const char *toggle, const char *person, WfFilterStates states)
{
  wf_activity_filter_clear (self->filter);
  gtk_editable_set_text (self->search, "");
  if (person != NULL)
    wf_activity_filter_set (self->filter, WF_FILTER_PEOPLE, person, TRUE);
  self->filter->states = states;
  wf_filter_popover_read (self->popover);
  self->offering = TRUE;
  adw_toggle_group_set_active_name (self->people, toggle);
  self->offering = FALSE;
  wf_today_page_on_filter_changed (self);
  wf_today_page_focus_list (self);
}

void
wf_today_page_find (WfTodayPage *self, const char *text)
{
  g_return_if_fail (WF_IS_TODAY_PAGE (self));
  if (wf_today_page_shows_details (self))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  wf_origin_switch_set_all (self->origin);
  show_list (self, wf_today_page_sees_everyone (self) ? "everyone" : "mine", NULL, 0);
  gtk_toggle_button_set_active (self->search_button, TRUE);
  gtk_editable_set_text (self->search, text);
  wf_today_page_on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
show_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *person = g_variant_get_string (parameter, NULL);

  if (*person == '\0')
    show_list (WF_TODAY_PAGE (widget), "unassigned", NULL, WF_FILTER_LATE | WF_FILTER_AT_RISK);
  else
    show_list (WF_TODAY_PAGE (widget), "everyone", person, WF_FILTER_LATE | WF_FILTER_AT_RISK);
}

static void
show_at_risk_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_list (WF_TODAY_PAGE (widget), "everyone", NULL, WF_FILTER_AT_RISK);
}

static void
show_unassigned_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_list (WF_TODAY_PAGE (widget), "unassigned", NULL, 0);
}

static void
show_everyone_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_list (WF_TODAY_PAGE (widget), "everyone", NULL, 0);
}

static void
show_attention_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (WfAttention) attention = wf_attention_new (WF_TODAY_PAGE (widget)->runtime);

  adw_dialog_present (ADW_DIALOG (wf_attention_dialog_new (attention)), widget);
}

static void
show_refused_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  adw_dialog_present (wf_refused_dialog_new (self->runtime, self->minutes), widget);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  gtk_toggle_button_set_active (self->search_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WF_TODAY_PAGE (widget)->filter_button);
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  wf_activity_filter_clear (self->filter);
  gtk_editable_set_text (self->search, "");
  wf_filter_popover_read (self->popover);
  wf_today_page_on_filter_changed (self);
  wf_today_page_focus_list (self);
}

static void
show_closed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTodayPage *self = WF_TODAY_PAGE (widget);

  self->filter->states ^= WF_FILTER_CLOSED;
  wf_filter_popover_read (self->popover);
  wf_today_page_on_filter_changed (self);
}

void
wf_today_page_install_filter_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.show-person", "s", show_person_action);
  gtk_widget_class_install_action (widget_class, "today.show-at-risk", NULL, show_at_risk_action);
  gtk_widget_class_install_action (widget_class, "today.show-unassigned", NULL,
                                   show_unassigned_action);
  gtk_widget_class_install_action (widget_class, "today.show-everyone", NULL, show_everyone_action);
  gtk_widget_class_install_action (widget_class, "today.show-attention", NULL,
                                   show_attention_action);
  gtk_widget_class_install_action (widget_class, "today.show-refused", NULL, show_refused_action);
  gtk_widget_class_install_action (widget_class, "today.show-closed", NULL, show_closed_action);
  gtk_widget_class_install_action (widget_class, "today.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "today.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "today.clear-filter", NULL, clear_filter_action);
}
