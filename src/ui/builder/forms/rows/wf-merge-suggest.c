/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggests merge fields while somebody types. What was typed is looked at once the text has
 * settled: inside of its own signals the cursor is not yet where it will be. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-merge-suggest.h"

#include "wf-field-item.h"
#include "wf-merge-completion.h"
#include "wf-suggestions.h"

#define DISMISSED_NONE G_MAXUINT

typedef struct
{
  GtkText *line;              /* (unowned) (nullable) one of the two */
  GtkTextView *view;          /* (unowned) (nullable) */
  WfSuggestions *suggestions; /* (unowned) (nullable) a child of the text, until that goes */
  char *event_type;           /* (owned) */
  guint source;
  gboolean typed;  /* since it was looked at last */
  guint dismissed; /* the brace whose list was closed by Escape */
} Suggest;

static GtkWidget *
get_widget (Suggest *self)
{
  return self->line != NULL ? GTK_WIDGET (self->line) : GTK_WIDGET (self->view);
}

/* ---- the text ---- */

static char *
dup_text (Suggest *self)
{
  GtkTextIter start, end;

  if (self->line != NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->line)));
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->view), &start, &end, TRUE);
}

static guint
get_cursor (Suggest *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  if (self->line != NULL)
    return (guint) gtk_editable_get_position (GTK_EDITABLE (self->line));
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return (guint) gtk_text_iter_get_offset (&iter);
}

static void
replace_in_line (GtkEditable *line, const WfMergeCompletion *completion, const char *text)
{
  int position = (int) completion->start;

  gtk_editable_delete_text (line, (int) completion->start, (int) completion->end);
  gtk_editable_insert_text (line, text, -1, &position);
  gtk_editable_set_position (line, position);
}

/* One step of undo. */
static void
replace_in_view (GtkTextView *view, const WfMergeCompletion *completion, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) completion->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) completion->end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
get_place (Suggest *self, guint start, GdkRectangle *place)
{
  graphene_rect_t area;
  GtkTextIter iter;

  if (self->line != NULL)
    {
      gtk_text_compute_cursor_extents (self->line, start, &area, NULL);
      *place =
          (GdkRectangle) { (int) area.origin.x, (int) area.origin.y, 1, (int) area.size.height };
      return;
    }
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (self->view), &iter, (int) start);
  gtk_text_view_get_iter_location (self->view, &iter, place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place->x, place->y,
                                         &place->x, &place->y);
  place->width = MAX (place->width, 1);
}

/* ---- suggesting ---- */

static void
show (Suggest *self, const WfMergeCompletion *completion)
{
  g_autoptr (GPtrArray) items = wf_merge_completion_list (self->event_type, completion->query);
  WfSuggestion suggestions[WF_SUGGESTIONS_MOST];
  guint n = MIN (items->len, G_N_ELEMENTS (suggestions));
  GdkRectangle place;

  for (guint i = 0; i < n; i++)
    {
      WfFieldItem *item = g_ptr_array_index (items, i);

      suggestions[i] = (WfSuggestion) { wf_field_item_get_id (item), wf_field_item_get_name (item),
                                        wf_field_item_get_example (item) };
    }
  get_place (self, completion->start, &place);
  wf_suggestions_show (self->suggestions, suggestions, n, &place);
}

static void
update (gpointer data)
{
  Suggest *self = data;
  g_autofree char *text = dup_text (self);
  g_auto (WfMergeCompletion) completion = { 0 };
  gboolean typed = self->typed, open = wf_suggestions_get_n (self->suggestions) > 0;

  self->source = 0;
  self->typed = FALSE;
  if (!gtk_widget_has_focus (get_widget (self)) ||
      !wf_merge_completion_find (text, get_cursor (self), &completion))
    {
      self->dismissed = DISMISSED_NONE;
      wf_suggestions_hide (self->suggestions);
      return;
    }
  if ((typed || open) && self->dismissed != completion.start)
    show (self, &completion);
}

static void
queue_update (Suggest *self)
{
  if (self->source == 0 && self->suggestions != NULL)
    self->source = g_idle_add_once (update, self);
}

static void
on_text_changed (gpointer text, Suggest *self)
{
  self->typed = TRUE;
  queue_update (self);
}

static void
on_cursor_moved (gpointer text, GParamSpec *pspec, Suggest *self)
{
  if (self->suggestions != NULL && wf_suggestions_get_n (self->suggestions) > 0)
    queue_update (self);
}

static void
on_chosen (WfSuggestions *suggestions, const char *field, Suggest *self)
{
  g_autofree char *text = dup_text (self), *inserted = wf_merge_completion_make_field (field);
  g_auto (WfMergeCompletion) completion = { 0 };

  if (!wf_merge_completion_find (text, get_cursor (self), &completion))
    return;
  if (self->line != NULL)
    replace_in_line (GTK_EDITABLE (self->line), &completion, inserted);
  else
    replace_in_view (self->view, &completion, inserted);
}

static void
on_dismissed (WfSuggestions *suggestions, Suggest *self)
{
  g_autofree char *text = dup_text (self);
  g_auto (WfMergeCompletion) completion = { 0 };

  if (wf_merge_completion_find (text, get_cursor (self), &completion))
    self->dismissed = completion.start;
}

/* ---- life ---- */

static void
on_text_destroyed (GtkWidget *text, Suggest *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->suggestions = NULL;
}

static void
suggest_free (gpointer data)
{
  Suggest *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->event_type);
  g_free (self);
}

static GtkText *
find_line (GtkWidget *text)
{
  GtkEditable *editable = GTK_EDITABLE (text), *inner;

  while ((inner = gtk_editable_get_delegate (editable)) != NULL)
    editable = inner;
  return GTK_TEXT (editable);
}

/* Not called any more once the text is gone: a buffer may live longer. */
static void
connect (GtkWidget *text, gpointer source, const char *signal, GCallback callback, Suggest *self)
{
  GClosure *closure = g_cclosure_new (callback, self, NULL);

  g_object_watch_closure (G_OBJECT (text), closure);
  g_signal_connect_closure (source, signal, closure, FALSE);
}

void
wf_merge_suggest_add (GtkWidget *text, const char *event_type)
{
  Suggest *self = g_new0 (Suggest, 1);
  GtkWidget *owner;
  GObject *source;

  self->event_type = g_strdup (event_type);
  self->dismissed = DISMISSED_NONE;
  if (GTK_IS_TEXT_VIEW (text))
    self->view = GTK_TEXT_VIEW (text);
  else
    self->line = find_line (text);
  source = self->view != NULL ? G_OBJECT (gtk_text_view_get_buffer (self->view))
                              : G_OBJECT (self->line);
  owner = get_widget (self);
  self->suggestions = wf_suggestions_new (owner, TRUE);
  connect (owner, self->suggestions, "chosen", G_CALLBACK (on_chosen), self);
  connect (owner, self->suggestions, "dismissed", G_CALLBACK (on_dismissed), self);
  connect (owner, source, "changed", G_CALLBACK (on_text_changed), self);
  connect (owner, source, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self);
  g_signal_connect (owner, "destroy", G_CALLBACK (on_text_destroyed), self);
  g_object_set_data_full (G_OBJECT (owner), "wf-merge-suggest", self, suggest_free);
}
