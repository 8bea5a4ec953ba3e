/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paged list as views are told of it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-gradual-list.h"

#include <gtk/gtk.h>

/* Policy. A list view makes a widget for each of some two hundred rows near its view, of which it shows twenty. When it would have to
 * make more than a few at one go, they are told of a screenful first, and then of some more with each frame; of all once it has its
 * widgets. */
#define FIRST_TOLD 16
#define MORE_TOLD 10
#define TOLD_AFTER_MS 16 /* a frame */

/* Policy. The widgets of rows that have gone are taken down some at a time, from the end, before the next frame is drawn and after any
 * input: nobody sees the rows that are left for so long, and nobody waits for two hundred of them. */
#define MOST_DROPPED 24
#define DROPPING_PRIORITY (G_PRIORITY_HIGH_IDLE + 5) /* below input, above layout */

struct _WfGradualList
{
  GObject parent_instance;

  WfPagedList *list; /* (owned) */
  guint n_told;      /* rows that views know of */
  guint telling;     /* source */
  guint dropping;    /* source: views know of more rows than there are, from left_at on */
  guint left_at;
  guint n_come; /* rows that stand there now, of which views are told in the end */
  gboolean sections_moved;
};

static GType
get_item_type (GListModel *model)
{
  return WF_TYPE_PAGED_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return WF_GRADUAL_LIST (model)->n_told;
}

/* Of the list itself. */
static guint
count_all (WfGradualList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gpointer
get_item (GListModel *model, guint position)
{
  WfGradualList *self = WF_GRADUAL_LIST (model);

  if (position >= self->n_told)
    return NULL;
  if (position >= count_all (self)) /* about to be told as gone */
    return g_object_new (WF_TYPE_PAGED_ITEM, NULL);
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* What is about to be told as gone counts to the last section. */
static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  WfGradualList *self = WF_GRADUAL_LIST (model);
  guint n = count_all (self);

  *start = self->n_told;
  *end = G_MAXUINT;
  if (position >= self->n_told)
    return;
  *start = 0;
  if (n > 0)
    gtk_section_model_get_section (GTK_SECTION_MODEL (self->list), MIN (position, n - 1), start,
                                   end);
  *end = *end >= n ? self->n_told : MIN (*end, self->n_told);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WfGradualList, wf_gradual_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                          section_model_init))

static void
tell_items (WfGradualList *self, guint position, guint removed, guint added)
{
  self->n_told += added - removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Of how many rows views may know that have widgets for the first n_known, so that they need not make many at one go. */
static guint
get_most_told (WfGradualList *self, guint n_known)
{
  guint n = count_all (self), most = MAX (FIRST_TOLD, n_known + MORE_TOLD);

  return most >= WF_PAGED_MOST_ALIVE ? n : MIN (most, n);
}

static gboolean
tell_more (gpointer user_data)
{
  WfGradualList *self = user_data;
  guint most = get_most_told (self, self->n_told);

  if (most == count_all (self))
    self->telling = 0;
  if (most > self->n_told)
    tell_items (self, self->n_told, 0, most - self->n_told);
  return self->telling != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
keep_telling (WfGradualList *self)
{
  if (self->n_told < count_all (self) && self->telling == 0)
    self->telling =
        g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, TOLD_AFTER_MS, tell_more, self, NULL);
}

/* What has gone is told to its end, and what has come in its place. */
static void
tell_gone (WfGradualList *self)
{
  guint n = count_all (self);

  g_clear_handle_id (&self->dropping, g_source_remove);
  tell_items (self, self->left_at, self->n_told - self->left_at, self->n_come);
  if (self->sections_moved && n > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, MIN (n, self->n_told));
  self->sections_moved = FALSE;
  keep_telling (self);
}

static gboolean
drop_some (gpointer user_data)
{
  WfGradualList *self = user_data;
  guint least = self->left_at + self->n_come + MOST_DROPPED;
  guint now = MAX (MIN (self->n_told - MOST_DROPPED, WF_PAGED_MOST_ALIVE), least);

  if (self->n_told <= least)
    {
      self->dropping = 0;
      tell_gone (self);
      return G_SOURCE_REMOVE;
    }
  tell_items (self, now, self->n_told - now, 0);
  return G_SOURCE_CONTINUE;
}

/* Whether a view near its top would take down many widgets at one go. */
static gboolean
are_many (WfGradualList *self, guint position, guint gone, guint come)
{
  guint most = MIN (self->n_told, WF_PAGED_MOST_ALIVE);

  return position + gone == self->n_told && position + come + 2 * MOST_DROPPED < most;
}

static void
on_items_changed (WfGradualList *self, guint position, guint removed, guint added)
{
  if (self->dropping != 0)
    tell_gone (self);

  guint told = self->n_told;
  guint gone = position < told ? MIN (removed, told - position) : 0;
  guint come = added;

  if (position + gone >= told) /* nothing behind it is known */
    {
      guint most = get_most_told (self, told - gone);
      come = most > position ? MIN (added, most - position) : 0;
    }
  if (are_many (self, position, gone, come))
    {
      g_clear_handle_id (&self->telling, g_source_remove);
      self->left_at = position;
      self->n_come = come;
      self->dropping = g_idle_add_full (DROPPING_PRIORITY, drop_some, self, NULL);
      return;
    }
  if (position <= told && (gone > 0 || come > 0))
    tell_items (self, position, gone, come);
  keep_telling (self);
}

static void
on_sections_changed (WfGradualList *self, guint position, guint n)
{
  if (self->dropping != 0)
    self->sections_moved = TRUE;
  else if (position < self->n_told)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), position,
                                        MIN (n, self->n_told - position));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_gradual_list_finalize (GObject *object)
{
  WfGradualList *self = WF_GRADUAL_LIST (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_handle_id (&self->dropping, g_source_remove);
  g_object_unref (self->list);
  G_OBJECT_CLASS (wf_gradual_list_parent_class)->finalize (object);
}

static void
wf_gradual_list_class_init (WfGradualListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_gradual_list_finalize;
}

static void
wf_gradual_list_init (WfGradualList *self)
{
}

/**
 * wf_gradual_list_new:
 * @list: the rows
 *
 * Returns: (transfer full): the list for views
 */
WfGradualList *
wf_gradual_list_new (WfPagedList *list)
{
  WfGradualList *self = g_object_new (WF_TYPE_GRADUAL_LIST, NULL);

  self->list = g_object_ref (list);
  self->n_told = MIN (count_all (self), FIRST_TOLD);
  keep_telling (self);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "sections-changed", G_CALLBACK (on_sections_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wf_gradual_list_reach:
 * @self: a list for views
 * @position: of the list
 *
 * Tells views of the row there, if they do not know of it yet: before they are to scroll to it.
 */
void
wf_gradual_list_reach (WfGradualList *self, guint position)
{
  g_return_if_fail (WF_IS_GRADUAL_LIST (self));
  guint n = count_all (self);

  if (self->dropping != 0)
    tell_gone (self);
  if (position >= self->n_told && position < n)
    tell_items (self, self->n_told, 0, n - self->n_told);
}
