/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today's list: rows and headings, what is selected, and where work goes on. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-activity-row.h"
#include "wf-day-sections.h"

#include <glib/gi18n-lib.h>

/* As many rows as come in with one frame of quick scrolling, and as can be filled with nobody waiting for it. */
#define FILLED_AT_ONCE 8

WfPagedList *
wf_today_page_get_list (WfTodayPage *self)
{
  return wf_activity_source_get_list (self->source);
}

WfActivity *
wf_today_page_get_selected (WfTodayPage *self)
{
  return wf_paged_selection_get_only (self->selection);
}

gboolean
wf_today_page_has_several (WfTodayPage *self)
{
  return !wf_today_page_shows_exceptions (self) && wf_paged_selection_get_n (self->selection) > 1;
}

WfActivity *
wf_today_page_get_current (WfTodayPage *self)
{
  if (wf_today_page_shows_details (self))
    return wf_activity_details_get_activity (self->details);
  return wf_today_page_shows_exceptions (self) ? NULL : wf_today_page_get_selected (self);
}

static gint
compare_due (gconstpointer a, gconstpointer b)
{
  const WfActivity *x = *(WfActivity *const *) a, *y = *(WfActivity *const *) b;

  return x->due < y->due ? -1 : x->due > y->due ? 1 : strcmp (x->id, y->id);
}

GPtrArray *
wf_today_page_list_targets (WfTodayPage *self)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  WfActivity *current = wf_today_page_get_current (self);

  if (!wf_today_page_has_several (self))
    {
      if (current != NULL)
        g_ptr_array_add (targets, wf_activity_ref (current));
      return targets;
    }
  g_autoptr (GPtrArray) rows = wf_paged_selection_list_rows (self->selection);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (targets, wf_activity_ref (rows->pdata[i]));
  g_ptr_array_sort (targets, compare_due);
  return targets;
}

/* ---- rows and headings ------------------------------------------------------------------------- */

/* Several that are selected are a selection, also without its mode. */
static gboolean
checks_select (WfTodayPage *self)
{
  return self->selecting || wf_today_page_has_several (self);
}

static WfActivityRow *
get_row (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_first_child (child);

  return WF_IS_ACTIVITY_ROW (row) ? WF_ACTIVITY_ROW (row) : NULL;
}

/* A few at a time, so that whatever comes in between is not kept waiting. */
static gboolean
fill_some (gpointer user_data)
{
  WfTodayPage *self = user_data;
  guint left = FILLED_AT_ONCE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      WfActivityRow *row = get_row (child);
      if (row != NULL && wf_activity_row_fill (row) && --left == 0)
        return G_SOURCE_CONTINUE;
    }
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

void
wf_today_page_fill_rows (WfTodayPage *self)
{
  if (self->filling == 0)
    self->filling = g_idle_add_full (G_PRIORITY_LOW, fill_some, self, NULL);
}

static void
on_row_setup (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  gtk_list_item_set_child (list_item, wf_activity_row_new (self->runtime, self->minutes));
}

/* Rows that come in a few with each frame are filled at once: what changes while they come into view is laid out twice. */
static gboolean
is_one_of_few (WfTodayPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->list));
  gint64 frame = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : 0;

  if (frame != self->bound_frame)
    self->n_bound = 0;
  self->bound_frame = frame;
  return self->n_bound++ < FILLED_AT_ONCE;
}

static void
on_row_bind (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  WfActivityRow *row = WF_ACTIVITY_ROW (gtk_list_item_get_child (list_item));

  wf_activity_row_set_selecting (row, checks_select (self));
  wf_activity_row_bind (row, list_item, wf_today_page_shows_several_people (self));
  if (is_one_of_few (self))
    wf_activity_row_fill (row);
  else
    wf_today_page_fill_rows (self);
}

static void
on_row_unbind (GtkListItemFactory *factory, GtkListItem *list_item, WfTodayPage *self)
{
  wf_activity_row_unbind (WF_ACTIVITY_ROW (gtk_list_item_get_child (list_item)));
}

static void
on_header_setup (GtkListItemFactory *factory, GtkListHeader *header, WfTodayPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkListItemFactory *factory, GtkListHeader *header, WfTodayPage *self)
{
  WfPagedItem *item = gtk_list_header_get_item (header);
  WfDaySection section = wf_paged_item_get_section (item);
  GtkWidget *label = gtk_list_header_get_child (header);
  /* Translators: a part of the day and the number of activities in it: "Late · 3" */
  g_autofree char *text =
      g_strdup_printf (_ ("%s · %u"), wf_day_section_to_text (section),
                       wf_paged_list_get_section_size (wf_today_page_get_list (self), section));

  gtk_label_set_text (GTK_LABEL (label), text);
  if (section == WF_DAY_SECTION_LATE)
    gtk_widget_add_css_class (label, "error");
  else
    gtk_widget_remove_css_class (label, "error");
}

static void
set_up_factories (WfTodayPage *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "setup", G_CALLBACK (on_row_setup), self);
  g_signal_connect (rows, "bind", G_CALLBACK (on_row_bind), self);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_row_unbind), self);
  g_signal_connect (headers, "setup", G_CALLBACK (on_header_setup), self);
  g_signal_connect (headers, "bind", G_CALLBACK (on_header_bind), self);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
}

/* ---- selection --------------------------------------------------------------------------------- */

/* Rows that are bound; the others ask when they are. */
static void
tell_rows (WfTodayPage *self)
{
  gboolean selecting = checks_select (self);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      WfActivityRow *row = get_row (child);
      if (row != NULL)
        wf_activity_row_set_selecting (row, selecting);
    }
  wf_today_page_fill_rows (self);
}

static void
show_selection (WfTodayPage *self)
{
  g_autofree char *text = wf_paged_selection_to_text (self->selection);

  gtk_label_set_text (self->n_selected, text);
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbars, checks_select (self));
  gtk_toggle_button_set_active (self->select_button, checks_select (self));
  tell_rows (self);
}

static void
on_selection_changed (WfTodayPage *self)
{
  WfActivity *selected = wf_today_page_get_selected (self);

  show_selection (self);
  if (wf_today_page_shows_details (self) && selected != NULL &&
      !adw_overlay_split_view_get_collapsed (self->split))
    wf_activity_details_set_activity (self->details, selected);
  wf_today_page_update_actions (self);
}

void
wf_today_page_set_selecting (WfTodayPage *self, gboolean selecting)
{
  self->selecting = selecting;
  if (!selecting && wf_paged_selection_get_n (self->selection) > 1)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  show_selection (self);
  wf_today_page_update_actions (self);
}

/* Policy: work goes down the list. After a step that takes rows away, the first one below them that stays is selected; at the end
 * of the list, the last one above. */
static guint
find_next (WfTodayPage *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint last = wf_paged_selection_get_last (self->selection);

  if (last == GTK_INVALID_LIST_POSITION)
    return last;
  if (last + 1 < n)
    return last + 1;
  while (last > 0 && gtk_selection_model_is_selected (model, last))
    last--;
  return gtk_selection_model_is_selected (model, last) ? GTK_INVALID_LIST_POSITION : last;
}

void
wf_today_page_select_next (WfTodayPage *self)
{
  guint next = find_next (self);

  if (next == GTK_INVALID_LIST_POSITION)
    {
      adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
      return;
    }
  gtk_list_view_scroll_to (self->list, next, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
}

/* ---- focus --------------------------------------------------------------------------------- */

/* When the list comes into view, the arrow keys work at once. */
void
wf_today_page_focus_list (WfTodayPage *self)
{
  if (wf_page_is_ready (WF_PAGE (self)) && gtk_widget_get_mapped (GTK_WIDGET (self->list)) &&
      !wf_today_page_shows_details (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

void
wf_today_page_set_up_list (WfTodayPage *self)
{
  self->selection = wf_paged_selection_new (wf_today_page_get_list (self));
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  set_up_factories (self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  self->top =
      wf_top_keeper_new (GTK_WIDGET (self->list), self->selection, wf_today_page_get_list (self));
}
