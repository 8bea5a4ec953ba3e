/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses to what the calendar is limited: people, groups, types, workflows; and keeps such choices under
 * names, for this account on this computer. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-filter-popover.h"

#include "wf-check-list.h"
#include "wf-filter-item.h"
#include "wf-runtime-leads.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define PAGE "calendar"

struct _WfCalendarFilterPopover
{
  GtkPopover parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) until it is set */
  WfCalendarFilter *filter;  /* (owned) */
  GListStore *items;         /* (owned) of WfFilterItem */
  GtkStringList *names;      /* (owned) of saved filters */
  GHashTable *texts;         /* (owned) their names -> texts */
  GHashTable *workflows;     /* (owned) id -> name, as last listed */
  GCancellable *cancellable; /* (owned) */
  gboolean reading;          /* the widgets are being filled in */
  GtkCheckButton *everyone;
  GtkCheckButton *closed;
  GtkListView *list;
  GtkListView *saved;
  GtkWidget *clear;
  GtkEditable *search;
  GtkEditable *name;
  GtkWidget *save;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCalendarFilterPopover, wf_calendar_filter_popover, GTK_TYPE_POPOVER)

/* ---- between the filter and the items ---------------------------------------------------------- */

static char ***
get_list (WfCalendarFilter *filter, guint kind)
{
  switch (kind)
    {
    case WF_FILTER_TYPES:
      return &filter->types;
    case WF_FILTER_WORKFLOWS:
      return &filter->workflows;
    case WF_FILTER_GROUPS:
      return &filter->groups;
    case WF_FILTER_PEOPLE:
    default:
      return &filter->people;
    }
}

/* As Today's items read and write it. */
static WfActivityFilter *
make_activity_filter (WfCalendarFilter *filter)
{
  WfActivityFilter *result = wf_activity_filter_new ();

  for (guint kind = 0; kind < WF_N_FILTER_KINDS; kind++)
    {
      char **list = *get_list (filter, kind);
      for (guint i = 0; list != NULL && list[i] != NULL; i++)
        wf_activity_filter_set (result, (WfFilterKind) kind, list[i], TRUE);
    }
  return result;
}

static void
take_activity_filter (WfCalendarFilter *filter, const WfActivityFilter *chosen)
{
  for (guint kind = 0; kind < WF_N_FILTER_KINDS; kind++)
    {
      const GPtrArray *ids = chosen->ids[kind];
      char ***list = get_list (filter, kind);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      for (guint i = 0; i < ids->len; i++)
        g_strv_builder_add (builder, ids->pdata[i]);
      g_clear_pointer (list, g_strfreev);
      if (ids->len > 0)
        *list = g_strv_builder_end (builder);
    }
}

static gboolean
is_narrow (WfCalendarFilterPopover *self)
{
  g_autoptr (WfActivityFilter) chosen = make_activity_filter (self->filter);

  return wf_activity_filter_is_narrow (chosen);
}

static void
update_sensitive (WfCalendarFilterPopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  gtk_widget_set_sensitive (self->clear, is_narrow (self));
  gtk_widget_set_sensitive (self->save, *name != '\0');
}

static void
tell (WfCalendarFilterPopover *self)
{
  update_sensitive (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The widgets as the filter is. */
static void
read_filter (WfCalendarFilterPopover *self)
{
  g_autoptr (WfActivityFilter) chosen = make_activity_filter (self->filter);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  self->reading = TRUE;
  gtk_check_button_set_active (self->everyone, self->filter->everyone);
  gtk_check_button_set_active (self->closed, self->filter->closed);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      wf_filter_item_read (item, chosen);
    }
  self->reading = FALSE;
  update_sensitive (self);
}

/* ---- what is offered --------------------------------------------------------------------------- */

static void
on_item_changed (WfCalendarFilterPopover *self, GParamSpec *pspec, WfFilterItem *item)
{
  g_autoptr (WfActivityFilter) chosen = NULL;

  if (self->reading)
    return;
  chosen = make_activity_filter (self->filter);
  wf_filter_item_write (item, chosen, wf_filter_item_is_active (item));
  take_activity_filter (self->filter, chosen);
  tell (self);
}

static void
offer (WfCalendarFilterPopover *self, guint kind, const char *id, const char *name)
{
  g_autoptr (WfFilterItem) item = wf_filter_item_new (kind, id, name);

  g_signal_connect_object (item, "notify::active", G_CALLBACK (on_item_changed), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->items, item);
}

static void
offer_entries (WfCalendarFilterPopover *self, const WfOrganisation *organisation, guint kind,
               WfEntryKind entry_kind)
{
  guint n;
  const WfEntry *entries = wf_organisation_get_entries (organisation, entry_kind, &n);

  for (guint i = 0; i < n; i++)
    offer (self, kind, entries[i].id, entries[i].name);
}

static void
offer_people (WfCalendarFilterPopover *self, const WfOrganisation *organisation)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES))
        offer (self, WF_FILTER_PEOPLE, person->id, person->name);
    }
}

/* R7: who does not see others is not offered them. */
static void
fill (WfCalendarFilterPopover *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  gboolean sees_all = wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
  GHashTableIter iter;
  gpointer id, name;

  g_list_store_remove_all (self->items);
  gtk_widget_set_visible (GTK_WIDGET (self->everyone), sees_all);
  if (organisation != NULL)
    offer_entries (self, organisation, WF_FILTER_TYPES, WF_ENTRY_ACTIVITY_TYPE);
  g_hash_table_iter_init (&iter, self->workflows);
  while (g_hash_table_iter_next (&iter, &id, &name))
    offer (self, WF_FILTER_WORKFLOWS, id, name);
  if (organisation != NULL && sees_all)
    {
      offer_entries (self, organisation, WF_FILTER_GROUPS, WF_ENTRY_GROUP);
      offer_people (self, organisation);
    }
  read_filter (self);
}

static void
on_workflows_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarFilterPopover) self = WF_CALENDAR_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);

  if (rows == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The workflows cannot be listed: %s", error->message);
  if (rows == NULL || self->runtime == NULL)
    return;
  g_hash_table_remove_all (self->workflows);
  for (guint i = 0; i < rows->len; i++)
    {
      const WfWorkflow *workflow = ((const WfRuntimeWorkflow *) rows->pdata[i])->workflow;
      g_hash_table_insert (self->workflows, g_strdup (workflow->id), g_strdup (workflow->name));
    }
  fill (self);
}

/* ---- saved ones -------------------------------------------------------------------------------- */

static void list_saved (WfCalendarFilterPopover *self);

static void
on_saved_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarFilterPopover) self = WF_CALENDAR_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) filters =
      wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  if (filters == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The saved filters cannot be listed: %s", error->message);
  if (filters == NULL || self->runtime == NULL)
    return;
  g_hash_table_remove_all (self->texts);
  gtk_string_list_splice (self->names, 0, n, NULL);
  for (guint i = 0; i < filters->len; i++)
    {
      const WfSavedFilter *filter = filters->pdata[i];
      g_hash_table_insert (self->texts, g_strdup (filter->name), g_strdup (filter->text));
      gtk_string_list_append (self->names, filter->name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->saved), filters->len > 0);
}

static void
list_saved (WfCalendarFilterPopover *self)
{
  wf_runtime_list_filters_async (self->runtime, PAGE, self->cancellable, on_saved_listed,
                                 g_object_ref (self));
}

static void
on_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarFilterPopover) self = WF_CALENDAR_FILTER_POPOVER (user_data);
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    wf_toast_show (GTK_WIDGET (self), error->message);
  else if (self->runtime != NULL)
    list_saved (self);
}

/* text NULL: removes it. */
static void
save (WfCalendarFilterPopover *self, const char *name, const char *text)
{
  wf_runtime_save_filter_async (self->runtime, PAGE, name, text, NULL, on_saved,
                                g_object_ref (self));
}

static void
on_save_clicked (WfCalendarFilterPopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *text = wf_calendar_filter_to_text (self->filter);

  if (*name == '\0')
    return;
  save (self, name, text);
  gtk_editable_set_text (self->name, "");
}

static void
on_name_changed (WfCalendarFilterPopover *self)
{
  update_sensitive (self);
}

static void
apply_saved (WfCalendarFilterPopover *self, const char *name)
{
  g_autoptr (WfCalendarFilter) read =
      wf_calendar_filter_parse (g_hash_table_lookup (self->texts, name));

  wf_calendar_filter_popover_set_filter (self, read);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- lists ------------------------------------------------------------------------------------- */

static void
on_search_changed (WfCalendarFilterPopover *self)
{
  wf_check_list_search (self->list, gtk_editable_get_text (self->search));
}

static void
on_switch_changed (WfCalendarFilterPopover *self)
{
  if (self->reading || self->filter == NULL)
    return;
  self->filter->everyone = gtk_check_button_get_active (self->everyone);
  self->filter->closed = gtk_check_button_get_active (self->closed);
  tell (self);
}

static void
on_clear_clicked (WfCalendarFilterPopover *self)
{
  for (guint kind = 0; kind < WF_N_FILTER_KINDS; kind++)
    g_clear_pointer (get_list (self->filter, kind), g_strfreev);
  read_filter (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static int
compare_kinds (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return (int) wf_filter_item_get_kind ((WfFilterItem *) a) -
         (int) wf_filter_item_get_kind ((WfFilterItem *) b);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_utf8_collate (wf_filter_item_get_name ((WfFilterItem *) a),
                         wf_filter_item_get_name ((WfFilterItem *) b));
}

static const char *
get_name (gpointer item)
{
  return wf_filter_item_get_name (item);
}

static const char *
get_heading (gpointer item)
{
  return wf_filter_item_kind_to_text (wf_filter_item_get_kind (item));
}

static const WfCheckListClass list_class = { .get_name = get_name,
                                             .get_heading = get_heading,
                                             .compare_sections = compare_kinds,
                                             .compare_items = compare_names };

static const char *
get_saved_name (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "name");
}

static void
on_apply_clicked (WfCalendarFilterPopover *self, GtkWidget *button)
{
  g_autofree char *name = g_strdup (get_saved_name (button)); /* the row may go */

  apply_saved (self, name);
}

static void
on_remove_clicked (WfCalendarFilterPopover *self, GtkWidget *button)
{
  g_autofree char *name = g_strdup (get_saved_name (button));

  save (self, name, NULL);
}

static void
on_saved_setup (WfCalendarFilterPopover *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL), *apply = gtk_button_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (apply), label);
  gtk_widget_set_hexpand (apply, TRUE);
  gtk_widget_add_css_class (apply, "flat");
  gtk_widget_add_css_class (remove, "flat");
  gtk_box_append (GTK_BOX (row), apply);
  gtk_box_append (GTK_BOX (row), remove);
  g_signal_connect_object (apply, "clicked", G_CALLBACK (on_apply_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_focusable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, row);
}

static void
on_saved_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  GtkStringObject *item = gtk_list_item_get_item (list_item);
  GtkWidget *apply = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *remove = gtk_widget_get_next_sibling (apply);
  const char *name = gtk_string_object_get_string (item);
  /* Translators: %s is the name of a saved filter */
  g_autofree char *words = g_strdup_printf (_ ("Remove the filter “%s”"), name);

  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (apply))), name);
  gtk_widget_set_tooltip_text (remove, words);
  g_object_set_data_full (G_OBJECT (apply), "name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (remove), "name", g_strdup (name), g_free);
}

static void
set_up_saved (WfCalendarFilterPopover *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) none =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->names))));

  g_signal_connect_swapped (rows, "setup", G_CALLBACK (on_saved_setup), self);
  g_signal_connect (rows, "bind", G_CALLBACK (on_saved_bind), NULL);
  gtk_list_view_set_factory (self->saved, rows);
  gtk_list_view_set_model (self->saved, none);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), FALSE);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_calendar_filter_popover_map (GtkWidget *widget)
{
  WfCalendarFilterPopover *self = WF_CALENDAR_FILTER_POPOVER (widget);

  fill (self);
  list_saved (self);
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_workflows_listed,
                                   g_object_ref (self));
  GTK_WIDGET_CLASS (wf_calendar_filter_popover_parent_class)->map (widget);
}

static void
wf_calendar_filter_popover_dispose (GObject *object)
{
  WfCalendarFilterPopover *self = WF_CALENDAR_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  if (self->saved != NULL)
    gtk_list_view_set_model (self->saved, NULL);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CALENDAR_FILTER_POPOVER);
  G_OBJECT_CLASS (wf_calendar_filter_popover_parent_class)->dispose (object);
}

static void
wf_calendar_filter_popover_finalize (GObject *object)
{
  WfCalendarFilterPopover *self = WF_CALENDAR_FILTER_POPOVER (object);

  wf_calendar_filter_free (self->filter);
  g_object_unref (self->items);
  g_object_unref (self->names);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->workflows);
  G_OBJECT_CLASS (wf_calendar_filter_popover_parent_class)->finalize (object);
}

static void
wf_calendar_filter_popover_class_init (WfCalendarFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_calendar_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_calendar_filter_popover_finalize;
  widget_class->map = wf_calendar_filter_popover_map;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_CALENDAR_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "calendar/wf-calendar-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, everyone);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, closed);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, search);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, list);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, saved);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, clear);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, name);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarFilterPopover, save);
  gtk_widget_class_bind_template_callback (widget_class, on_switch_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
}

static void
wf_calendar_filter_popover_init (WfCalendarFilterPopover *self)
{
  self->filter = g_new0 (WfCalendarFilter, 1);
  self->items = g_list_store_new (WF_TYPE_FILTER_ITEM);
  self->names = gtk_string_list_new (NULL);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_check_list_set_up (self->list, G_LIST_MODEL (self->items), &list_class);
  set_up_saved (self);
}

void
wf_calendar_filter_popover_set_runtime (WfCalendarFilterPopover *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_CALENDAR_FILTER_POPOVER (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
}

void
wf_calendar_filter_popover_set_filter (WfCalendarFilterPopover *self,
                                       const WfCalendarFilter *filter)
{
  g_return_if_fail (WF_IS_CALENDAR_FILTER_POPOVER (self));
  WfCalendarFilter *copy = wf_calendar_filter_copy (filter);

  wf_calendar_filter_free (self->filter);
  self->filter = copy;
  read_filter (self);
}

const WfCalendarFilter *
wf_calendar_filter_popover_get_filter (WfCalendarFilterPopover *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_FILTER_POPOVER (self), NULL);
  return self->filter;
}
