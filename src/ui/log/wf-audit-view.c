/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: who changed what, when, from what to what. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-audit-view.h"

#include "wf-audit-view-private.h"
#include "wf-calendar-layout.h"
#include "wf-gradual-list.h"
#include "wf-period.h"
#include "wf-plain-text.h"
#include "wf-save-file.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_NARROW = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfAuditView, wf_audit_view, ADW_TYPE_BIN)

/* The first entries of the drop-down of people: everyone, and what no person did. */
#define N_NOT_PEOPLE 2

static WfPagedList *
get_list (WfAuditView *self)
{
  return wf_audit_source_get_list (self->source);
}

static gboolean
is_filtered (WfAuditView *self)
{
  return gtk_drop_down_get_selected (self->period) != 0 ||
         gtk_drop_down_get_selected (self->person) != 0 ||
         gtk_drop_down_get_selected (self->subject) != 0 ||
         *gtk_editable_get_text (self->search) != '\0';
}

/* ---- states ------------------------------------------------------------------------------------ */

static const char *
choose_state (WfAuditView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (get_list (self))) > 0)
    return "table";
  if (wf_paged_list_get_error (get_list (self)) != NULL)
    return "error";
  if (!wf_paged_list_is_loaded (get_list (self)))
    return "loading";
  return is_filtered (self) ? "nothing-found" : "empty";
}

static void
show_state (WfAuditView *self)
{
  const GError *error = wf_paged_list_get_error (get_list (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_list (self)));
  g_autofree char *count = g_strdup_printf (ngettext ("%u change", "%u changes", n), n);

  if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  gtk_label_set_text (self->count, wf_paged_list_is_loaded (get_list (self)) ? count : "");
  gtk_stack_set_visible_child_name (self->states, choose_state (self));
}

/* ---- filter ------------------------------------------------------------------------------------ */

static const char *
get_person (WfAuditView *self)
{
  guint selected = gtk_drop_down_get_selected (self->person);

  if (selected == 0 || self->people == NULL)
    return NULL;
  return selected < N_NOT_PEOPLE ? "" : self->people[selected - N_NOT_PEOPLE];
}

/* The first entry is any time; the others are the periods that move along. */
static void
get_time (WfAuditView *self, WfInstant *from, WfInstant *until)
{
  guint selected = gtk_drop_down_get_selected (self->period);

  *from = *until = WF_INSTANT_NONE;
  if (selected == 0 || selected > WF_PERIOD_FIXED)
    return;
  WfPeriod period = { .kind = (WfPeriodKind) (selected - 1) };
  g_autoptr (WfTimeRange) range = wf_period_resolve (
      &period, wf_minute_clock_get_now (self->minutes), wf_minute_clock_get_zone (self->minutes),
      wf_calendar_get_first_weekday ());
  *from = range->from;
  *until = range->until;
}

static void
on_filter_changed (WfAuditView *self)
{
  WfAuditQuery query = { .subject = (WfAuditSubject) gtk_drop_down_get_selected (self->subject),
                         .person = get_person (self),
                         .text = gtk_editable_get_text (self->search) };

  if (self->source == NULL || self->filling)
    return;
  get_time (self, &query.from, &query.until);
  wf_audit_source_set_query (self->source, &query);
}

static void
fill_periods (WfAuditView *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("Any Time"));
  for (int kind = 0; kind < WF_PERIOD_FIXED; kind++)
    gtk_string_list_append (titles, wf_period_kind_get_title ((WfPeriodKind) kind));
  gtk_drop_down_set_model (self->period, G_LIST_MODEL (titles));
}

/* Whoever is chosen stays chosen when the organisation is told anew. */
static void
fill_people (WfAuditView *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autofree char *chosen = g_strdup (get_person (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint selected = chosen == NULL ? 0 : 1;

  gtk_string_list_append (names, _ ("Everyone"));
  gtk_string_list_append (names, _ ("No person"));
  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      gtk_string_list_append (names, person->name);
      g_strv_builder_add (ids, person->id);
      if (g_strcmp0 (person->id, chosen) == 0)
        selected = i + N_NOT_PEOPLE;
    }
  self->filling = TRUE;
  g_strfreev (self->people);
  self->people = g_strv_builder_end (ids);
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->person, selected);
  self->filling = FALSE;
  on_filter_changed (self);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfAuditView *self = WF_AUDIT_VIEW (widget);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->period, 0);
  gtk_drop_down_set_selected (self->person, 0);
  gtk_drop_down_set_selected (self->subject, 0);
  gtk_editable_set_text (self->search, "");
  self->filling = FALSE;
  on_filter_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->period));
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_paged_list_refresh (get_list (WF_AUDIT_VIEW (widget)));
}

/* ---- rows -------------------------------------------------------------------------------------- */

/* What was changed is shown: the activity, the workflow, or else the lead. */
static void
on_activated (WfAuditView *self, guint position)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  gpointer row = item != NULL ? wf_paged_item_get_row (item) : NULL;

  if (row == NULL)
    return;
  const WfLogEntry *entry = wf_audit_row_get_entry (row);
  g_autofree char *activity = wf_audit_dup_activity (entry);
  g_autofree char *workflow = wf_audit_dup_workflow (entry);

  if (activity != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-activity", "s", activity);
  else if (workflow != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-workflow", "s", workflow);
  else if (entry->lead != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-lead", "s", entry->lead);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
set_narrow (WfAuditView *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

static void
on_narrow (WfAuditView *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (WfAuditView *self)
{
  set_narrow (self, FALSE);
}

/* ---- export ------------------------------------------------------------------------------------ */

static void
make_csv (GtkWidget *widget, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data)
{
  WfAuditView *self = WF_AUDIT_VIEW (widget);

  wf_audit_source_export_async (self->source, self->names, cancellable, callback, user_data);
}

static GBytes *
finish_csv (GtkWidget *widget, GAsyncResult *result, GError **error)
{
  return wf_audit_source_export_finish (result, error);
}

void
wf_audit_view_export (WfAuditView *self)
{
  g_return_if_fail (WF_IS_AUDIT_VIEW (self));
  /* Translators: name of a file */
  wf_save_file_made (GTK_WIDGET (self), _ ("Save the Audit Trail"), _ ("workflow-audit-trail.csv"),
                     _ ("The audit trail was saved"), make_csv, finish_csv, self->cancellable);
}

/* ---- object ------------------------------------------------------------------------------------ */

void
wf_audit_view_search (WfAuditView *self)
{
  g_return_if_fail (WF_IS_AUDIT_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
wf_audit_view_focus (WfAuditView *self)
{
  g_return_if_fail (WF_IS_AUDIT_VIEW (self));
  gboolean table = g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "table") == 0;

  gtk_widget_grab_focus (table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->period));
}

void
wf_audit_view_open (WfAuditView *self, WfRuntime *runtime, const WfLogNames *names,
                    WfLeadNames *leads, WfMinuteClock *minutes)
{
  static const char *const changes[] = { "refreshed", "notify::loaded", "notify::error" };

  g_return_if_fail (WF_IS_AUDIT_VIEW (self) && self->source == NULL);
  self->runtime = g_object_ref (runtime);
  self->names = names;
  self->leads = g_object_ref (leads);
  self->minutes = g_object_ref (minutes);
  self->source = wf_audit_source_new (runtime);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (wf_gradual_list_new (get_list (self))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (get_list (self), changes[i], G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
  wf_audit_view_set_up_columns (self);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (runtime, "notify::organisation", G_CALLBACK (fill_people), self,
                           G_CONNECT_SWAPPED);
  fill_people (self);
  show_state (self);
}

void
wf_audit_view_close (WfAuditView *self)
{
  g_return_if_fail (WF_IS_AUDIT_VIEW (self));
  g_cancellable_cancel (self->cancellable);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->source, wf_audit_source_free);
  g_clear_object (&self->leads);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
}

static void
wf_audit_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, WF_AUDIT_VIEW (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_audit_view_dispose (GObject *object)
{
  wf_audit_view_close (WF_AUDIT_VIEW (object));
  G_OBJECT_CLASS (wf_audit_view_parent_class)->dispose (object);
}

static void
wf_audit_view_finalize (GObject *object)
{
  WfAuditView *self = WF_AUDIT_VIEW (object);

  g_object_unref (self->cancellable);
  g_strfreev (self->people);
  G_OBJECT_CLASS (wf_audit_view_parent_class)->finalize (object);
}

static void
bind_columns (GtkWidgetClass *widget_class)
{
  static const char *const names[WF_N_AUDIT_COLUMNS] = {
    [WF_AUDIT_WHEN] = "when_column",   [WF_AUDIT_WHO] = "who_column",
    [WF_AUDIT_WHAT] = "what_column",   [WF_AUDIT_BEFORE] = "before_column",
    [WF_AUDIT_AFTER] = "after_column",
  };

  for (guint i = 0; i < WF_N_AUDIT_COLUMNS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (WfAuditView, columns) +
                                                   (gssize) (i * sizeof (GtkColumnViewColumn *)));
}

static void
wf_audit_view_class_init (WfAuditViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_audit_view_get_property;
  object_class->dispose = wf_audit_view_dispose;
  object_class->finalize = wf_audit_view_finalize;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "log/wf-audit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, period);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, person);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, subject);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, search);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, count);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, states);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, table);
  gtk_widget_class_bind_template_child (widget_class, WfAuditView, error);
  bind_columns (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_install_action (widget_class, "audit.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "audit.reload", NULL, reload_action);
}

static void
wf_audit_view_init (WfAuditView *self)
{
  g_autoptr (GtkExpression) title = NULL;

  self->cancellable = g_cancellable_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  title = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gtk_drop_down_set_expression (self->person, title);
  fill_periods (self);
  self->filling = FALSE;
}
