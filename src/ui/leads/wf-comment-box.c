/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a comment on a lead is written. What was typed is looked at once the text has settled: inside of its own signals the cursor
 * is not yet where it will be. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-comment-box.h"

#include "wf-mention.h"
#include "wf-suggestions.h"

#include <glib/gi18n-lib.h>

#define DISMISSED_NONE G_MAXUINT

struct _WfCommentBox
{
  AdwBin parent_instance;

  WfRuntime *runtime;         /* (owned) (nullable) */
  WfSuggestions *suggestions; /* (nullable) a child of the text */
  guint source;
  guint dismissed; /* the @ whose list was closed by Escape */
  GtkTextView *text;
  GtkWidget *placeholder;
  GtkWidget *post;
};

enum
{
  POST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCommentBox, wf_comment_box, ADW_TYPE_BIN)

static char *
dup_text (WfCommentBox *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->text), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->text), &start, &end, TRUE);
}

static guint
get_cursor (WfCommentBox *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return (guint) gtk_text_iter_get_offset (&iter);
}

static const WfOrganisation *
get_organisation (WfCommentBox *self)
{
  return self->runtime != NULL ? wf_runtime_get_organisation (self->runtime) : NULL;
}

/* ---- mentions ---------------------------------------------------------------------------------- */

static void
get_place (WfCommentBox *self, guint start, GdkRectangle *place)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (self->text), &iter, (int) start);
  gtk_text_view_get_iter_location (self->text, &iter, place);
  gtk_text_view_buffer_to_window_coords (self->text, GTK_TEXT_WINDOW_WIDGET, place->x, place->y,
                                         &place->x, &place->y);
  place->width = MAX (place->width, 1);
}

static void
suggest (WfCommentBox *self, const WfMention *mention)
{
  g_autoptr (GPtrArray) people = wf_mention_list (get_organisation (self), mention->query,
                                                  wf_runtime_get_person (self->runtime));
  WfSuggestion suggestions[WF_SUGGESTIONS_MOST];
  guint n = MIN (people->len, G_N_ELEMENTS (suggestions));
  GdkRectangle place;

  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = people->pdata[i];
      suggestions[i] = (WfSuggestion) { person->id, person->name, wf_role_to_text (person->role) };
    }
  get_place (self, mention->start, &place);
  wf_suggestions_show (self->suggestions, suggestions, n, &place);
}

static void
update_suggestions (gpointer data)
{
  WfCommentBox *self = data;
  g_autofree char *text = dup_text (self);
  g_auto (WfMention) mention = { 0 };

  self->source = 0;
  if (!gtk_widget_has_focus (GTK_WIDGET (self->text)) ||
      !wf_mention_find (text, get_cursor (self), get_organisation (self), &mention))
    {
      self->dismissed = DISMISSED_NONE;
      wf_suggestions_hide (self->suggestions);
      return;
    }
  if (self->dismissed != mention.start)
    suggest (self, &mention);
}

static void
queue_update (WfCommentBox *self)
{
  if (self->source == 0 && self->suggestions != NULL)
    self->source = g_idle_add_once (update_suggestions, self);
}

static void
on_cursor_moved (WfCommentBox *self)
{
  if (self->suggestions != NULL && wf_suggestions_get_n (self->suggestions) > 0)
    queue_update (self);
}

/* One step of undo. */
static void
replace (WfCommentBox *self, const WfMention *mention, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) mention->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) mention->end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
on_suggestion_chosen (WfCommentBox *self, const char *id)
{
  g_autofree char *text = dup_text (self);
  g_auto (WfMention) mention = { 0 };
  const WfOrganisation *organisation = get_organisation (self);
  const WfPerson *person = organisation != NULL ? wf_organisation_get_person (organisation, id)
                                                : NULL;

  if (person == NULL || !wf_mention_find (text, get_cursor (self), organisation, &mention))
    return;
  g_autofree char *inserted = wf_mention_to_text (person);
  replace (self, &mention, inserted);
}

static void
on_suggestions_dismissed (WfCommentBox *self)
{
  g_autofree char *text = dup_text (self);
  g_auto (WfMention) mention = { 0 };

  if (wf_mention_find (text, get_cursor (self), get_organisation (self), &mention))
    self->dismissed = mention.start;
}

/* ---- posting ----------------------------------------------------------------------------------- */

static void
on_text_changed (WfCommentBox *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_visible (self->placeholder, *text == '\0');
  g_strstrip (text);
  gtk_widget_set_sensitive (self->post, *text != '\0');
  queue_update (self);
}

void
wf_comment_box_post (WfCommentBox *self)
{
  g_return_if_fail (WF_IS_COMMENT_BOX (self));
  g_autofree char *text = dup_text (self);

  g_strstrip (text);
  if (*text == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
      return;
    }
  g_auto (GStrv) mentions = wf_mentions_read (text, get_organisation (self));
  g_signal_emit (self, signals[POST], 0, text, mentions);
}

static void
on_post_clicked (WfCommentBox *self)
{
  wf_comment_box_post (self);
}

static void
post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_comment_box_post (WF_COMMENT_BOX (widget));
}

char *
wf_comment_box_dup_text (WfCommentBox *self)
{
  g_return_val_if_fail (WF_IS_COMMENT_BOX (self), NULL);
  return dup_text (self);
}

void
wf_comment_box_set_text (WfCommentBox *self, const char *text)
{
  g_return_if_fail (WF_IS_COMMENT_BOX (self));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text != NULL ? text : "", -1);
}

void
wf_comment_box_set_runtime (WfCommentBox *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_COMMENT_BOX (self));
  g_set_object (&self->runtime, runtime);
}

/* ---- object ------------------------------------------------------------------------------------ */

static gboolean
wf_comment_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WF_COMMENT_BOX (widget)->text));
}

static void
wf_comment_box_dispose (GObject *object)
{
  WfCommentBox *self = WF_COMMENT_BOX (object);

  g_clear_handle_id (&self->source, g_source_remove);
  self->suggestions = NULL;
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_COMMENT_BOX);
  G_OBJECT_CLASS (wf_comment_box_parent_class)->dispose (object);
}

static void
wf_comment_box_class_init (WfCommentBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_comment_box_dispose;
  widget_class->grab_focus = wf_comment_box_grab_focus;
  signals[POST] = g_signal_new ("post", WF_TYPE_COMMENT_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);
  gtk_widget_class_set_css_name (widget_class, "wf-comment-box");
  gtk_widget_class_install_action (widget_class, "comment.post", NULL, post_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-comment-box.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCommentBox, text);
  gtk_widget_class_bind_template_child (widget_class, WfCommentBox, placeholder);
  gtk_widget_class_bind_template_child (widget_class, WfCommentBox, post);
  gtk_widget_class_bind_template_callback (widget_class, on_post_clicked);
}

static void
wf_comment_box_init (WfCommentBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->dismissed = DISMISSED_NONE;
  self->suggestions = wf_suggestions_new (GTK_WIDGET (self->text), TRUE);
  g_signal_connect_object (self->suggestions, "chosen", G_CALLBACK (on_suggestion_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggestions, "dismissed", G_CALLBACK (on_suggestions_dismissed),
                           self, G_CONNECT_SWAPPED);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
}
