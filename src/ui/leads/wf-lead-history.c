/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time line of a lead: what happened, newest first, under a heading for each day. It stays as it is while it is read
 * again: a line that is still there keeps its place, its selection and its focus. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-leads-page.h"
#include "wf-minute-clock.h"
#include "wf-moment-row.h"

#include <glib/gi18n-lib.h>

struct _WfLeadHistory
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  char *lead;                /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the reading under way */
  guint most, step;          /* lines that are wanted, and by how many they grow */
  gboolean stale;            /* something changed since the last reading began */
  GtkListBox *list;
  GtkStack *states;
  GtkLabel *error;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (WfLeadHistory, wf_lead_history, ADW_TYPE_BIN)

static void read_moments (WfLeadHistory *self);

static WfMomentReader
get_reader (WfLeadHistory *self)
{
  return (WfMomentReader) {
    .organisation = wf_runtime_get_organisation (self->runtime),
    .person = wf_runtime_get_person (self->runtime),
    .now = wf_minute_clock_get_now (self->minutes),
    .zone = wf_minute_clock_get_zone (self->minutes),
  };
}

static WfMomentRow *
get_row (WfLeadHistory *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) index);

  return row != NULL ? WF_MOMENT_ROW (row) : NULL;
}

/* ---- opening ----------------------------------------------------------------------------------- */

/* What opening it does, or NULL when there is nothing that this person may see. */
static const char *
get_open_text (WfLeadHistory *self, const WfLeadMoment *moment)
{
  if (moment->kind == WF_MOMENT_RUN)
    return wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG) ? _ ("Show in the Log") : NULL;
  return moment->activity != NULL ? _ ("Show the Activity") : NULL;
}

static void
open_moment (WfLeadHistory *self, const WfLeadMoment *moment)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (moment->kind == WF_MOMENT_RUN)
    gtk_widget_activate_action (widget, "win.follow-lead", "s", self->lead);
  else if (moment->activity != NULL)
    gtk_widget_activate_action (widget, "win.show-activity", "s", moment->activity->id);
}

static void
on_row_open (WfMomentRow *row, WfLeadHistory *self)
{
  open_moment (self, wf_moment_row_get_moment (row));
}

static void
on_row_activated (WfLeadHistory *self, WfMomentRow *row)
{
  open_moment (self, wf_moment_row_get_moment (row));
}

/* ---- lines ------------------------------------------------------------------------------------- */

static WfMomentRow *
make_row (WfLeadHistory *self)
{
  GtkWidget *row = wf_moment_row_new ();

  g_signal_connect_object (row, "open", G_CALLBACK (on_row_open), self, 0);
  return WF_MOMENT_ROW (g_object_ref_sink (row));
}

/* The rows by their keys, taken out of nothing yet; each key stands for one row. */
static GHashTable *
collect_rows (WfLeadHistory *self)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  WfMomentRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    g_hash_table_replace (rows, g_strdup (wf_moment_row_get_key (row)), g_object_ref (row));
  return rows;
}

/* The row for this moment: the one that showed it before, or a new one. Owned by the caller. */
static WfMomentRow *
take_row (WfLeadHistory *self, GHashTable *rows, const char *key)
{
  g_autofree char *stolen_key = NULL;
  WfMomentRow *row = NULL;

  if (g_hash_table_steal_extended (rows, key, (gpointer *) &stolen_key, (gpointer *) &row))
    return row;
  return make_row (self);
}

static void
put_row_at (WfLeadHistory *self, WfMomentRow *row, guint index)
{
  if (get_row (self, index) == row)
    return;
  if (gtk_widget_get_parent (GTK_WIDGET (row)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) index);
}

/* gtk_list_box_remove_all() would take the placeholder, too. */
static void
remove_rows (WfLeadHistory *self)
{
  for (WfMomentRow *row; (row = get_row (self, 0)) != NULL;)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
remove_row (gpointer key, gpointer row, gpointer self)
{
  gtk_list_box_remove (((WfLeadHistory *) self)->list, row);
}

static void
show_moments (WfLeadHistory *self, GPtrArray *moments)
{
  WfMomentReader reader = get_reader (self);
  g_autoptr (GHashTable) before = collect_rows (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < moments->len; i++)
    {
      g_autofree char *key = wf_moment_key (moments->pdata[i]);
      WfMomentRow *row = take_row (self, before, key);
      wf_moment_row_show (row, moments->pdata[i], &reader, get_open_text (self, moments->pdata[i]));
      g_ptr_array_add (rows, row);
    }
  g_hash_table_foreach (before, remove_row,
                        self); /* first: the rest then mostly stands where it is */
  for (guint i = 0; i < rows->len; i++)
    put_row_at (self, rows->pdata[i], i);
  gtk_list_box_invalidate_headers (self->list);
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  WfLeadHistory *self = user_data;
  WfMomentReader reader = get_reader (self);
  g_autofree char *day = wf_moment_day (wf_moment_row_get_moment (WF_MOMENT_ROW (row)), &reader);
  g_autofree char *day_before =
      before != NULL ? wf_moment_day (wf_moment_row_get_moment (WF_MOMENT_ROW (before)), &reader)
                     : NULL;
  GtkWidget *header = gtk_list_box_row_get_header (row);

  if (g_strcmp0 (day, day_before) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (header == NULL)
    {
      header = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (header), 0);
      gtk_widget_add_css_class (header, "heading");
      gtk_widget_add_css_class (header, "wf-history-day");
      gtk_list_box_row_set_header (row, header);
    }
  gtk_label_set_text (GTK_LABEL (header), day);
}

static void
on_minute (WfLeadHistory *self)
{
  WfMomentReader reader = get_reader (self);
  WfMomentRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    wf_moment_row_show_time (row, &reader);
  gtk_list_box_invalidate_headers (self->list);
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void
show_answer (WfLeadHistory *self, GPtrArray *moments, gboolean more, const GError *error)
{
  if (moments != NULL)
    {
      show_moments (self, moments);
      gtk_widget_set_visible (self->more, more);
      gtk_stack_set_visible_child_name (self->states, "empty");
      return;
    }
  /* What was read before stays, it is not wrong by that. */
  gtk_label_set_text (self->error, error->message);
  gtk_stack_set_visible_child_name (self->states, "error");
  if (get_row (self, 0) != NULL)
    g_warning ("What happened to a lead cannot be read again: %s", error->message);
}

static void
on_moments_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadHistory) self = WF_LEAD_HISTORY (user_data);
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  g_autoptr (GPtrArray) moments =
      wf_runtime_list_moments_finish (WF_RUNTIME (object), result, &more, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another lead, or none any more */
  g_clear_object (&self->cancellable);
  show_answer (self, moments, more, error);
  if (self->stale)
    read_moments (self);
}

/* Several changes while an answer is awaited make one more reading; who does not look is not read for. */
static void
read_moments (WfLeadHistory *self)
{
  self->stale = TRUE;
  if (self->lead == NULL || self->cancellable != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_moments_async (self->runtime, self->lead, 0, self->most, self->cancellable,
                                 on_moments_read, g_object_ref (self));
}

static void
on_more_clicked (WfLeadHistory *self)
{
  WfMomentRow *last = get_row (self, self->most - 1);

  self->most += self->step;
  if (last != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (last)); /* the button moves away or goes */
  read_moments (self);
}

static void
on_try_again_clicked (WfLeadHistory *self)
{
  gtk_stack_set_visible_child_name (self->states, "loading");
  read_moments (self);
}

static void
stop_reading (WfLeadHistory *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
watch (WfLeadHistory *self, WfRuntime *runtime)
{
  static const char *const changes[] = { "leads-changed", "activities-changed",
                                         "notify::organisation" };

  if (runtime == self->runtime)
    return;
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  if (self->minutes != NULL)
    {
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        wf_minute_clock_stop (self->minutes);
      g_signal_handlers_disconnect_by_data (self->minutes, self);
    }
  g_clear_object (&self->minutes);
  g_set_object (&self->runtime, runtime);
  if (runtime == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_swapped (runtime, changes[i], G_CALLBACK (read_moments), self);
  self->minutes = wf_minute_clock_new (wf_runtime_get_clock (runtime));
  g_signal_connect_swapped (self->minutes, "notify::now", G_CALLBACK (on_minute), self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wf_minute_clock_start (self->minutes);
}

static void
wf_lead_history_map (GtkWidget *widget)
{
  WfLeadHistory *self = WF_LEAD_HISTORY (widget);

  GTK_WIDGET_CLASS (wf_lead_history_parent_class)->map (widget);
  if (self->minutes != NULL)
    wf_minute_clock_start (self->minutes);
  if (self->stale)
    read_moments (self);
}

static void
wf_lead_history_unmap (GtkWidget *widget)
{
  WfLeadHistory *self = WF_LEAD_HISTORY (widget);

  if (self->minutes != NULL)
    wf_minute_clock_stop (self->minutes);
  GTK_WIDGET_CLASS (wf_lead_history_parent_class)->unmap (widget);
}

static void
wf_lead_history_dispose (GObject *object)
{
  WfLeadHistory *self = WF_LEAD_HISTORY (object);

  stop_reading (self);
  if (self->list != NULL)
    gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
  watch (self, NULL);
  g_clear_pointer (&self->lead, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_HISTORY);
  G_OBJECT_CLASS (wf_lead_history_parent_class)->dispose (object);
}

static void
wf_lead_history_class_init (WfLeadHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_history_dispose;
  widget_class->map = wf_lead_history_map;
  widget_class->unmap = wf_lead_history_unmap;
  gtk_widget_class_set_css_name (widget_class, "wf-lead-history");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-history.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLeadHistory, list);
  gtk_widget_class_bind_template_child (widget_class, WfLeadHistory, states);
  gtk_widget_class_bind_template_child (widget_class, WfLeadHistory, error);
  gtk_widget_class_bind_template_child (widget_class, WfLeadHistory, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked);
}

static void
wf_lead_history_init (WfLeadHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
}

/**
 * wf_lead_history_new:
 *
 * Returns: (transfer floating): the time line of no lead yet
 */
GtkWidget *
wf_lead_history_new (void)
{
  return g_object_new (WF_TYPE_LEAD_HISTORY, NULL);
}

/**
 * wf_lead_history_set_lead:
 * @runtime: (nullable): where it is read
 * @lead: (nullable): its id; none shows nothing
 * @most: lines at the beginning, and by how many more they grow each time
 *
 * The same lead again reads it again and keeps what was asked for. Read while it is in view.
 */
void
wf_lead_history_set_lead (WfLeadHistory *self, WfRuntime *runtime, const char *lead, guint most)
{
  g_return_if_fail (WF_IS_LEAD_HISTORY (self));
  gboolean same = runtime == self->runtime && g_strcmp0 (lead, self->lead) == 0;

  if (!same)
    {
      stop_reading (self);
      remove_rows (self); /* with the runtime that they name things by */
      gtk_widget_set_visible (self->more, FALSE);
      gtk_stack_set_visible_child_name (self->states, "loading");
      g_set_str (&self->lead, runtime != NULL ? lead : NULL);
      self->most = self->step = MAX (most, 1);
    }
  watch (self, runtime);
  read_moments (self);
}
