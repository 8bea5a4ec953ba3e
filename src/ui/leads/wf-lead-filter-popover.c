/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses which leads the table shows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-filter-popover.h"

#include "wf-plain-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define PAGE "leads"
#define MOST_SOURCES 100

struct _WfLeadFilterPopover
{
  GtkPopover parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfLeadFilter *filter;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *choices;        /* (owned) of AdwActionRow, in the three expanders */
  gboolean filling;
  AdwSwitchRow *without_next;
  AdwSwitchRow *without_owner;
  AdwSwitchRow *also_closed;
  AdwExpanderRow *stages;
  AdwExpanderRow *owners;
  AdwExpanderRow *sources;
  GtkWidget *clear;
  GtkListBox *saved;
  GtkEditable *save;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfLeadFilterPopover, wf_lead_filter_popover, GTK_TYPE_POPOVER)

static char ***
get_list (WfLeadFilterPopover *self, AdwExpanderRow *expander)
{
  if (expander == self->stages)
    return &self->filter->stages;
  return expander == self->owners ? &self->filter->owners : &self->filter->sources;
}

/* ---- shown ------------------------------------------------------------------------------------- */

/* What is chosen of a list stands below its name, so that it is seen while it is closed. */
static void
show_chosen (WfLeadFilterPopover *self, AdwExpanderRow *expander)
{
  WfLeadFilter only = { 0 };
  char **list = *get_list (self, expander);

  if (expander == self->stages)
    only.stages = list;
  else if (expander == self->owners)
    only.owners = list;
  else
    only.sources = list;
  g_autofree char *words =
      wf_lead_filter_to_words (&only, wf_runtime_get_organisation (self->runtime));
  adw_expander_row_set_subtitle (expander, words != NULL ? words : "");
}

static void
show_choices (WfLeadFilterPopover *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      GObject *row = self->choices->pdata[i];
      GtkCheckButton *check = g_object_get_data (row, "check");
      char **list = *get_list (self, g_object_get_data (row, "expander"));
      gtk_check_button_set_active (check,
                                   wf_lead_filter_has (list, g_object_get_data (row, "value")));
    }
}

static void
show_filter (WfLeadFilterPopover *self)
{
  self->filling = TRUE;
  adw_switch_row_set_active (self->without_next, self->filter->without_next);
  adw_switch_row_set_active (self->without_owner, self->filter->without_owner);
  adw_switch_row_set_active (self->also_closed, self->filter->also_closed);
  show_choices (self);
  self->filling = FALSE;
  show_chosen (self, self->stages);
  show_chosen (self, self->owners);
  show_chosen (self, self->sources);
  gtk_widget_set_sensitive (self->clear, !wf_lead_filter_is_empty (self->filter));
}

static void
tell_changed (WfLeadFilterPopover *self)
{
  show_filter (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- choosing ---------------------------------------------------------------------------------- */

static void
on_switch_changed (WfLeadFilterPopover *self)
{
  if (self->filling || self->runtime == NULL)
    return;
  self->filter->without_next = adw_switch_row_get_active (self->without_next);
  self->filter->without_owner = adw_switch_row_get_active (self->without_owner);
  self->filter->also_closed = adw_switch_row_get_active (self->also_closed);
  tell_changed (self);
}

static void
on_choice_toggled (GtkCheckButton *check, GObject *row)
{
  WfLeadFilterPopover *self = g_object_get_data (row, "popover");

  if (self->filling)
    return;
  wf_lead_filter_set_in (get_list (self, g_object_get_data (row, "expander")),
                         g_object_get_data (row, "value"), gtk_check_button_get_active (check));
  tell_changed (self);
}

static void
add_choice (WfLeadFilterPopover *self, AdwExpanderRow *expander, const char *value,
            const char *name)
{
  GtkWidget *row = wf_plain_row_new (name, NULL), *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "popover", self);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (row), "expander", expander);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_choice_toggled), row, 0);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (self->choices, row);
}

static void
remove_choices (WfLeadFilterPopover *self, AdwExpanderRow *expander)
{
  for (guint i = self->choices->len; i > 0; i--)
    {
      GtkWidget *row = self->choices->pdata[i - 1];
      if (g_object_get_data (G_OBJECT (row), "expander") != expander)
        continue;
      adw_expander_row_remove (expander, row);
      g_ptr_array_remove_index (self->choices, i - 1);
    }
}

static void
fill_stages (WfLeadFilterPopover *self, const WfOrganisation *organisation)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  remove_choices (self, self->stages);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; g_str_equal (pipelines[i].record, "lead") && j < pipelines[i].n_stages; j++)
        add_choice (self, self->stages, pipelines[i].stages[j].id, pipelines[i].stages[j].name);
    }
}

/* Who sees only the own leads has nobody to choose. */
static void
fill_owners (WfLeadFilterPopover *self, const WfOrganisation *organisation)
{
  remove_choices (self, self->owners);
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (person->active &&
          wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES))
        add_choice (self, self->owners, person->id, person->name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->owners),
                          wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE));
}

static void
on_organisation_changed (WfLeadFilterPopover *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (organisation == NULL)
    return;
  fill_stages (self, organisation);
  fill_owners (self, organisation);
  show_filter (self);
}

static void
on_sources_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadFilterPopover) self = WF_LEAD_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) values = wf_runtime_list_field_values_finish (WF_RUNTIME (object), result, &error);

  if (values == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The sources of leads cannot be read: %s", error->message);
      return;
    }
  remove_choices (self, self->sources);
  for (guint i = 0; values[i] != NULL; i++)
    add_choice (self, self->sources, values[i], values[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->sources), values[0] != NULL);
  show_filter (self);
}

static void
on_clear_clicked (WfLeadFilterPopover *self)
{
  g_autoptr (WfLeadFilter) before = g_steal_pointer (&self->filter);

  self->filter = wf_lead_filter_new ();
  tell_changed (self);
}

/* ---- saved filters ----------------------------------------------------------------------------- */

static void read_saved (WfLeadFilterPopover *self);

static void
on_saved_changed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadFilterPopover) self = WF_LEAD_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    wf_toast_show (GTK_WIDGET (self), error->message);
  if (self->runtime != NULL)
    read_saved (self);
}

static void
save_filter (WfLeadFilterPopover *self, const char *name, const char *text)
{
  wf_runtime_save_filter_async (self->runtime, PAGE, name, text, NULL, on_saved_changed,
                                g_object_ref (self));
}

/* A filter that was taken away, for the way back. */
typedef struct
{
  WfLeadFilterPopover *popover; /* (owned) */
  char *name, *text;            /* (owned) */
} Removed;

static void
removed_free (gpointer data)
{
  Removed *self = data;

  g_object_unref (self->popover);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
put_back (gpointer data)
{
  Removed *removed = data;

  if (removed->popover->runtime != NULL)
    save_filter (removed->popover, removed->name, removed->text);
}

static void
on_remove_clicked (GtkButton *button, GObject *row)
{
  WfLeadFilterPopover *self = g_object_get_data (row, "popover");
  Removed *removed = g_new0 (Removed, 1);

  removed->popover = g_object_ref (self);
  removed->name = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  removed->text = g_strdup (g_object_get_data (row, "text"));
  g_autofree char *message = g_strdup_printf (_ ("Removed the filter “%s”"), removed->name);
  save_filter (self, removed->name, NULL);
  wf_toast_show_undo (GTK_WIDGET (self), message, put_back, removed, removed_free);
}

static void
add_saved (WfLeadFilterPopover *self, const WfSavedFilter *saved)
{
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_parse (saved->text);
  g_autofree char *words =
      filter != NULL ? wf_lead_filter_to_words (filter, wf_runtime_get_organisation (self->runtime))
                     : NULL;
  GtkWidget *row = wf_plain_row_new (saved->name, words);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), saved->name);

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (row), "popover", self);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (saved->text), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_clicked), row, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), filter != NULL);
  gtk_list_box_append (self->saved, row);
}

static void
on_saved_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadFilterPopover) self = WF_LEAD_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) filters =
      wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);

  if (filters == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The saved filters cannot be read: %s", error->message);
      return;
    }
  /* gtk_list_box_remove_all() would take the placeholder, too */
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->saved, 0)) != NULL;)
    gtk_list_box_remove (self->saved, GTK_WIDGET (row));
  for (guint i = 0; i < filters->len; i++)
    add_saved (self, filters->pdata[i]);
}

static void
read_saved (WfLeadFilterPopover *self)
{
  wf_runtime_list_filters_async (self->runtime, PAGE, self->cancellable, on_saved_read,
                                 g_object_ref (self));
}

static void
on_saved_activated (WfLeadFilterPopover *self, GtkListBoxRow *row)
{
  WfLeadFilter *filter = wf_lead_filter_parse (g_object_get_data (G_OBJECT (row), "text"));

  if (filter == NULL)
    return;
  wf_lead_filter_free (self->filter);
  self->filter = filter;
  tell_changed (self);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_save_applied (WfLeadFilterPopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->save)));
  g_autofree char *text = wf_lead_filter_to_text (self->filter);

  if (*name == '\0')
    return;
  gtk_editable_set_text (self->save, "");
  save_filter (self, name, text);
}

/* ---- object ------------------------------------------------------------------------------------ */

/* What others saved or received meanwhile is offered, too. */
static void
wf_lead_filter_popover_map (GtkWidget *widget)
{
  WfLeadFilterPopover *self = WF_LEAD_FILTER_POPOVER (widget);

  GTK_WIDGET_CLASS (wf_lead_filter_popover_parent_class)->map (widget);
  if (self->runtime == NULL)
    return;
  read_saved (self);
  wf_runtime_list_field_values_async (self->runtime, "lead.source", MOST_SOURCES, self->cancellable,
                                      on_sources_read, g_object_ref (self));
}

static void
wf_lead_filter_popover_dispose (GObject *object)
{
  WfLeadFilterPopover *self = WF_LEAD_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->runtime);
  g_ptr_array_set_size (self->choices, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_FILTER_POPOVER);
  G_OBJECT_CLASS (wf_lead_filter_popover_parent_class)->dispose (object);
}

static void
wf_lead_filter_popover_finalize (GObject *object)
{
  WfLeadFilterPopover *self = WF_LEAD_FILTER_POPOVER (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->choices);
  wf_lead_filter_free (self->filter);
  G_OBJECT_CLASS (wf_lead_filter_popover_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfLeadFilterPopover, child)

static void
wf_lead_filter_popover_class_init (WfLeadFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_lead_filter_popover_finalize;
  widget_class->map = wf_lead_filter_popover_map;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_LEAD_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-filter-popover.ui");
  BIND (without_next);
  BIND (without_owner);
  BIND (also_closed);
  BIND (stages);
  BIND (owners);
  BIND (sources);
  BIND (clear);
  BIND (saved);
  BIND (save);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_save_applied);
}

static void
wf_lead_filter_popover_init (WfLeadFilterPopover *self)
{
  self->filter = wf_lead_filter_new ();
  self->cancellable = g_cancellable_new ();
  self->choices = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_lead_filter_popover_set_up (WfLeadFilterPopover *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_LEAD_FILTER_POPOVER (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (on_organisation_changed),
                            self);
  g_signal_connect_swapped (runtime, "notify::person", G_CALLBACK (on_organisation_changed), self);
  on_organisation_changed (self);
}

const WfLeadFilter *
wf_lead_filter_popover_get_filter (WfLeadFilterPopover *self)
{
  g_return_val_if_fail (WF_IS_LEAD_FILTER_POPOVER (self), NULL);
  return self->filter;
}

void
wf_lead_filter_popover_set_filter (WfLeadFilterPopover *self, const WfLeadFilter *filter)
{
  g_return_if_fail (WF_IS_LEAD_FILTER_POPOVER (self) && self->runtime != NULL);
  WfLeadFilter *before = self->filter;

  self->filter = wf_lead_filter_copy (filter);
  wf_lead_filter_free (before);
  show_filter (self);
}
