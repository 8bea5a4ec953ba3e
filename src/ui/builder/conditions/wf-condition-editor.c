/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as a tree of lines. A line keeps its widget as long as its place in the tree allows,
 * and so the focus and what is half typed; an edit of the tree only puts lines in another order. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-editor.h"

#include "wf-condition-editor-private.h"
#include "wf-condition-words.h"

#include <glib/gi18n-lib.h>

#define SUGGESTIONS_ASKED 200

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfConditionEditor, wf_condition_editor, ADW_TYPE_PREFERENCES_GROUP)

/* ---- suggestions ---- */

typedef struct
{
  WfConditionEditor *editor; /* (owned) */
  char *field;               /* (owned) */
} Asked;

static void
suggest (WfConditionEditor *self, const char *field, const char *const *values)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    wf_condition_row_set_suggestions (row, field, values);
}

/* Without values a person types as before; why there are none is for the log. */
static void
on_values (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (WfConditionEditor) self = asked->editor;
  g_autofree char *field = asked->field;
  g_autoptr (GError) error = NULL;
  char **values = wf_runtime_list_field_values_finish (WF_RUNTIME (source), result, &error);

  g_free (asked);
  if (values == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The values of a field cannot be listed: %s", error->message);
      g_hash_table_remove (self->suggestions, field);
      return;
    }
  g_hash_table_insert (self->suggestions, g_strdup (field), values);
  suggest (self, field, (const char *const *) values);
}

static void
on_suggest (WfConditionRow *row, const char *field, WfConditionEditor *self)
{
  gpointer values;
  Asked *asked;

  if (g_hash_table_lookup_extended (self->suggestions, field, NULL, &values))
    {
      if (values != NULL)
        wf_condition_row_set_suggestions (row, field, values);
      return;
    }
  if (self->context == NULL || !g_str_has_prefix (field, "lead."))
    return;
  g_hash_table_insert (self->suggestions, g_strdup (field), NULL);
  asked = g_new (Asked, 1);
  *asked = (Asked) { g_object_ref (self), g_strdup (field) };
  wf_runtime_list_field_values_async (wf_builder_context_get_runtime (self->context), field,
                                      SUGGESTIONS_ASKED, self->cancellable, on_values, asked);
}

/* ---- edits ---- */

static void
announce (WfConditionEditor *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
wf_condition_editor_edited (WfConditionEditor *self, const char *text)
{
  g_clear_pointer (&self->given, wf_condition_unref);
  self->touched = TRUE;
  wf_condition_editor_sync (self);
  if (text != NULL)
    announce (self, text);
  g_signal_emit (self, changed_signal, 0);
}

char *
wf_condition_editor_describe_place (const WfConditionDraft *node)
{
  /* Translators: what a screen reader says after a move; %3$s is “All of these” or the like, and a
   * level counts how deep a line is nested */
  return g_strdup_printf (_ ("Moved to position %1$u of %2$u in “%3$s”, level %4$u"),
                          wf_condition_draft_get_position (node) + 1, node->parent->children->len,
                          wf_condition_kind_to_text (node->parent->group),
                          wf_condition_draft_get_level (node));
}

static void
focus_node (WfConditionEditor *self, WfConditionDraft *node)
{
  WfConditionRow *row = g_hash_table_lookup (self->rows, node);

  if (row != NULL)
    wf_condition_row_focus_first (row);
}

static void
add (WfConditionEditor *self, WfConditionDraft *group, gboolean is_group)
{
  WfConditionDraft *added = is_group ? wf_condition_draft_add_group (group, G_MAXUINT)
                                     : wf_condition_draft_add_test (group, G_MAXUINT);

  if (added == NULL)
    {
      announce (self, _ ("Conditions cannot be nested any deeper"));
      return;
    }
  wf_condition_editor_edited (self, is_group ? _ ("Group added") : _ ("Condition added"));
  focus_node (self, is_group ? g_ptr_array_index (added->children, 0) : added);
}

/* The focus goes to the line that takes the place, else to the one before it. */
static void
remove_node (WfConditionEditor *self, WfConditionDraft *node)
{
  WfConditionDraft *parent = node->parent;
  guint place = wf_condition_draft_get_position (node);
  gboolean group = node->kind == WF_DRAFT_GROUP;

  if (!wf_condition_draft_remove (node))
    return;
  wf_condition_editor_edited (self, group ? _ ("Group removed") : _ ("Condition removed"));
  if (parent->children->len > 0)
    parent = g_ptr_array_index (parent->children, MIN (place, parent->children->len - 1));
  gtk_widget_grab_focus (g_hash_table_lookup (self->rows, parent));
}

static void
duplicate (WfConditionEditor *self, WfConditionDraft *node)
{
  WfConditionDraft *copy = wf_condition_draft_duplicate (node);

  if (copy == NULL)
    return;
  wf_condition_editor_edited (self, _ ("Duplicated"));
  focus_node (self, copy);
}

static gboolean
move (WfConditionDraft *node, WfConditionCommand command)
{
  switch (command)
    {
    case WF_CONDITION_MOVE_UP:
      return wf_condition_draft_move (node, -1);
    case WF_CONDITION_MOVE_DOWN:
      return wf_condition_draft_move (node, 1);
    case WF_CONDITION_OUTDENT:
      return wf_condition_draft_outdent (node);
    case WF_CONDITION_INDENT:
      return wf_condition_draft_indent (node);
    case WF_CONDITION_ADD_TEST:
    case WF_CONDITION_ADD_GROUP:
    case WF_CONDITION_DUPLICATE:
    case WF_CONDITION_REMOVE:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* The focus stays where it is inside of the line. */
static void
move_row (WfConditionEditor *self, WfConditionRow *row, WfConditionCommand command)
{
  WfConditionDraft *node = wf_condition_row_get_node (row);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autofree char *text = NULL;

  if (!move (node, command))
    {
      announce (self, _ ("It cannot be moved there"));
      gtk_widget_error_bell (GTK_WIDGET (row));
      return;
    }
  text = wf_condition_editor_describe_place (node);
  wf_condition_editor_edited (self, text);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (row)) ||
      !gtk_widget_grab_focus (focus))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_command (WfConditionRow *row, int command, WfConditionEditor *self)
{
  WfConditionDraft *node = wf_condition_row_get_node (row);

  switch ((WfConditionCommand) command)
    {
    case WF_CONDITION_ADD_TEST:
    case WF_CONDITION_ADD_GROUP:
      add (self, node->kind == WF_DRAFT_GROUP ? node : node->parent,
           command == WF_CONDITION_ADD_GROUP);
      break;
    case WF_CONDITION_DUPLICATE:
      duplicate (self, node);
      break;
    case WF_CONDITION_REMOVE:
      remove_node (self, node);
      break;
    case WF_CONDITION_MOVE_UP:
    case WF_CONDITION_MOVE_DOWN:
    case WF_CONDITION_OUTDENT:
    case WF_CONDITION_INDENT:
      move_row (self, row, (WfConditionCommand) command);
      break;
    default:
      g_return_if_reached ();
    }
}

static void
on_row_changed (WfConditionEditor *self)
{
  wf_condition_editor_edited (self, NULL);
}

/* ---- lines ---- */

static GtkWidget *
make_row (WfConditionEditor *self, WfConditionDraft *node)
{
  GtkWidget *row = wf_condition_row_new (node, self->event_type);

  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "command", G_CALLBACK (on_command), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "suggest", G_CALLBACK (on_suggest), self, G_CONNECT_DEFAULT);
  wf_condition_editor_add_drag (self, WF_CONDITION_ROW (row));
  g_hash_table_insert (self->rows, node, row);
  return row;
}

static void
put_row (WfConditionEditor *self, GtkWidget *row, guint position)
{
  g_autoptr (GtkWidget) kept = NULL;

  if (gtk_list_box_get_row_at_index (self->list, (int) position) == GTK_LIST_BOX_ROW (row))
    return;
  kept = g_object_ref_sink (row);
  if (gtk_widget_get_parent (row) != NULL)
    gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, (int) position);
}

/* Lines of nodes that are no longer in the tree. */
static void
remove_rows (WfConditionEditor *self, GPtrArray *nodes)
{
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer node, row;

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (present, g_ptr_array_index (nodes, i));
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &node, &row))
    if (!g_hash_table_contains (present, node))
      {
        gtk_list_box_remove (self->list, row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
show_sentence (WfConditionEditor *self)
{
  g_autoptr (WfCondition) condition = wf_condition_draft_build (self->draft);
  g_autofree char *text = condition != NULL ? wf_condition_to_text (condition, self->organisation)
                                            : NULL;

  gtk_label_set_text (self->sentence, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), text != NULL);
}

void
wf_condition_editor_sync (WfConditionEditor *self)
{
  g_autoptr (GPtrArray) nodes = wf_condition_draft_list (self->draft);

  remove_rows (self, nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      WfConditionDraft *node = g_ptr_array_index (nodes, i);
      GtkWidget *row = g_hash_table_lookup (self->rows, node);

      if (row == NULL)
        row = make_row (self, node);
      put_row (self, row, i);
      wf_condition_row_update (WF_CONDITION_ROW (row), self->organisation);
    }
  show_sentence (self);
}

/* ---- the widget ---- */

static void
wf_condition_editor_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (wf_condition_editor_parent_class)->snapshot (widget, snapshot);
  wf_condition_editor_paint_landing (WF_CONDITION_EDITOR (widget), snapshot);
}

static void
wf_condition_editor_dispose (GObject *object)
{
  WfConditionEditor *self = WF_CONDITION_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONDITION_EDITOR);
  G_OBJECT_CLASS (wf_condition_editor_parent_class)->dispose (object);
}

static void
wf_condition_editor_finalize (GObject *object)
{
  WfConditionEditor *self = WF_CONDITION_EDITOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->suggestions, g_hash_table_unref);
  g_clear_pointer (&self->draft, wf_condition_draft_free);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->given, wf_condition_unref);
  g_free (self->event_type);
  G_OBJECT_CLASS (wf_condition_editor_parent_class)->finalize (object);
}

static gboolean
wf_condition_editor_grab_focus (GtkWidget *widget)
{
  WfConditionEditor *self = WF_CONDITION_EDITOR (widget);

  if (self->draft->children->len > 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  focus_node (self, self->draft); /* it has only the buttons that add something */
  return TRUE;
}

static void
wf_condition_editor_class_init (WfConditionEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_condition_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_condition_editor_finalize;
  widget_class->snapshot = wf_condition_editor_snapshot;
  widget_class->grab_focus = wf_condition_editor_grab_focus;
  changed_signal = g_signal_new ("changed", WF_TYPE_CONDITION_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-condition-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, WfConditionEditor, list);
  gtk_widget_class_bind_template_child (widget_class, WfConditionEditor, sentence);
}

static void
strv_free (gpointer strv)
{
  g_strfreev (strv);
}

static void
wf_condition_editor_init (WfConditionEditor *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new (NULL, NULL);
  self->suggestions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, strv_free);
  self->draft = wf_condition_draft_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_condition_editor_add_drop (self);
  wf_condition_editor_sync (self);
}

/* ---- public ---- */

static gboolean
set_organisation (WfConditionEditor *self, const WfOrganisation *organisation)
{
  if (self->organisation == organisation)
    return FALSE;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  if (organisation != NULL)
    self->organisation = wf_organisation_ref ((WfOrganisation *) organisation);
  return TRUE;
}

void
wf_condition_editor_set_context (WfConditionEditor *self, WfBuilderContext *context)
{
  if (!g_set_object (&self->context, context))
    return;
  g_hash_table_remove_all (self->suggestions);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list),
                            context == NULL || wf_builder_context_is_editable (context));
  if (context != NULL && set_organisation (self, wf_builder_context_get_organisation (context)))
    wf_condition_editor_sync (self);
}

/* The event type tells which fields are offered. */
void
wf_condition_editor_set_event (WfConditionEditor *self, const char *event_type)
{
  GHashTableIter iter;
  gpointer row;

  if (!g_set_str (&self->event_type, event_type))
    return;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    wf_condition_row_set_event (row, event_type);
}

/**
 * wf_condition_editor_set_condition:
 * @self: the editor
 * @condition: (nullable): what is shown; referenced
 * @organisation: (nullable): for names
 */
void
wf_condition_editor_set_condition (WfConditionEditor *self, WfCondition *condition,
                                   const WfOrganisation *organisation)
{
  g_autoptr (WfCondition) shown = wf_condition_editor_dup_condition (self);
  gboolean renamed = set_organisation (self, organisation);

  if (wf_condition_equal (shown, condition))
    {
      if (renamed)
        wf_condition_editor_sync (self);
      return;
    }
  g_clear_pointer (&self->given, wf_condition_unref);
  self->given = condition != NULL ? wf_condition_ref (condition) : NULL;
  self->touched = FALSE;
  g_hash_table_remove_all (self->rows);
  gtk_list_box_remove_all (self->list);
  wf_condition_draft_free (self->draft);
  self->draft = wf_condition_draft_new (condition);
  wf_condition_editor_sync (self);
}

/* NULL when there are none. Owned by the caller. */
WfCondition *
wf_condition_editor_dup_condition (WfConditionEditor *self)
{
  if (!self->touched)
    return self->given != NULL ? wf_condition_ref (self->given) : NULL;
  return wf_condition_draft_build (self->draft);
}

gboolean
wf_condition_editor_is_complete (WfConditionEditor *self)
{
  g_autoptr (GPtrArray) nodes = wf_condition_draft_list (self->draft);

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *problem = wf_condition_draft_find_problem (g_ptr_array_index (nodes, i));

      if (problem != NULL)
        return FALSE;
    }
  return TRUE;
}
