/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paths of a branch: a row each, edited in a dialog. What a path has beside its name and its
 * conditions stays as it is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-setting-row.h"

#include "wf-path-dialog.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GPtrArray *paths; /* (owned) of WfJsonDocument, as in the document */
  GPtrArray *rows;  /* (owned) of GtkWidget, unowned */
  GtkWidget *add;   /* (unowned) the row that adds one */
} Paths;

static void
paths_free (gpointer data)
{
  Paths *self = data;

  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void show_paths (WfSettingRow *self);

static const WfJson *
get_path (const Paths *self, guint index)
{
  return wf_json_document_get_root (g_ptr_array_index (self->paths, index));
}

/* NULL: it is always taken, or its condition cannot be read. */
static WfCondition *
read_condition (const WfJson *path)
{
  const WfJson *value = wf_json_get_member (path, "if");
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);

  return value != NULL ? wf_condition_read_unfinished (&cursor) : NULL;
}

/* -- editing ----------------------------------------------------------------------------------- */

typedef struct
{
  WfSettingRow *row;
  guint index; /* G_MAXUINT: a new one */
} Edit;

static void
changed (WfSettingRow *self)
{
  show_paths (self);
  wf_setting_row_emit_changed (self);
}

static WfJsonDocument *
make_path (const WfJson *before, WfPathDialog *dialog)
{
  g_autoptr (WfJsonDocument) name = wf_setting_make_text_value (wf_path_dialog_get_name (dialog));
  g_autoptr (WfJsonDocument) named = wf_setting_with_member (
      before, "name", name != NULL ? wf_json_document_get_root (name) : NULL);
  g_autoptr (WfCondition) condition = wf_path_dialog_dup_condition (dialog);
  g_autoptr (WfJsonDocument) value = wf_condition_to_document (condition);

  return wf_setting_with_member (wf_json_document_get_root (named), "if",
                                 value != NULL ? wf_json_document_get_root (value) : NULL);
}

/* A new one comes before the last, which usually is "otherwise". */
static void
on_saved (WfPathDialog *dialog, Edit *edit)
{
  GPtrArray *paths = ((Paths *) edit->row->data)->paths;

  if (edit->index < paths->len)
    {
      WfJsonDocument *path = make_path (get_path (edit->row->data, edit->index), dialog);

      wf_json_document_unref (g_ptr_array_index (paths, edit->index));
      g_ptr_array_index (paths, edit->index) = path;
    }
  else
    {
      g_autoptr (WfJsonDocument) blank = wf_json_document_parse ("{\"steps\":[]}", -1, 0, NULL);

      g_ptr_array_insert (paths, paths->len > 0 ? (int) paths->len - 1 : 0,
                          make_path (wf_json_document_get_root (blank), dialog));
    }
  changed (edit->row);
}

static void
open_dialog (WfSettingRow *self, guint index, const char *name, WfCondition *condition)
{
  WfPathDialog *dialog = wf_path_dialog_new (self->context->builder, self->context->event_type,
                                             self->context->organisation, name, condition);
  Edit *edit = g_new (Edit, 1);

  *edit = (Edit) { self, index };
  wf_setting_row_connect (self, dialog, "saved", G_CALLBACK (on_saved), edit);
  adw_dialog_present (ADW_DIALOG (dialog), self->widget);
}

static void
on_row_activated (GtkWidget *row, WfSettingRow *self)
{
  const Paths *paths = self->data;
  g_autoptr (WfCondition) condition = NULL;
  guint index;

  if (!g_ptr_array_find (paths->rows, row, &index))
    return;
  condition = read_condition (get_path (paths, index));
  open_dialog (self, index, wf_json_get_member_string (get_path (paths, index), "name"), condition);
}

static void
on_add_activated (GtkWidget *row, WfSettingRow *self)
{
  const Paths *paths = self->data;
  g_autofree char *name = g_strdup_printf (_ ("Path %u"), MAX (paths->paths->len, 1));

  open_dialog (self, G_MAXUINT, name, NULL);
}

/* G_MAXUINT: the row is gone. */
static guint
find_row (WfSettingRow *self, GtkWidget *button)
{
  const Paths *paths = self->data;
  guint index;

  return g_ptr_array_find (paths->rows, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW),
                           &index)
             ? index
             : G_MAXUINT;
}

static void
on_remove_clicked (GtkWidget *button, WfSettingRow *self)
{
  const Paths *paths = self->data;
  guint index = find_row (self, button);

  if (index == G_MAXUINT)
    return;
  g_ptr_array_remove_index (paths->paths, index);
  changed (self);
  gtk_widget_grab_focus (paths->add);
}

static void
on_up_clicked (GtkWidget *button, WfSettingRow *self)
{
  const Paths *paths = self->data;
  guint index = find_row (self, button);

  if (index == G_MAXUINT || index == 0)
    return;
  g_ptr_array_insert (paths->paths, (int) index - 1, g_ptr_array_steal_index (paths->paths, index));
  changed (self);
  gtk_widget_grab_focus (g_ptr_array_index (paths->rows, index - 1));
}

/* -- rows -------------------------------------------------------------------------------------- */

static void
add_button (GtkWidget *row, const char *icon, const char *tooltip, GCallback clicked,
            WfSettingRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
add_row (WfSettingRow *self, const char *title)
{
  GtkWidget *row = wf_plain_row_new (title, NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->widget), row);
  return row;
}

static char *
make_subtitle (WfSettingRow *self, guint index)
{
  const Paths *paths = self->data;
  const WfJson *path = get_path (paths, index);
  gboolean rest = index > 0 && index + 1 == paths->paths->len; /* of the others, "otherwise" */
  g_autoptr (WfCondition) condition = read_condition (path);
  guint n = wf_json_get_size (wf_json_get_member (path, "steps"));
  g_autofree char *when = NULL, *steps = NULL;

  if (condition != NULL)
    when = wf_condition_to_text (condition, self->context->organisation);
  else
    when = g_strdup (wf_json_get_member (path, "if") != NULL ? _ ("A condition that cannot be read")
                     : rest                                  ? _ ("In every other case")
                                                             : _ ("Always"));
  if (n == 0)
    return g_steal_pointer (&when);
  steps = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  return g_strdup_printf ("%s · %s", when, steps);
}

static void
show_path (WfSettingRow *self, guint index)
{
  const Paths *paths = self->data;
  const char *name = wf_json_get_member_string (get_path (paths, index), "name");
  g_autofree char *subtitle = make_subtitle (self, index);
  GtkWidget *row = g_ptr_array_index (paths->rows, index);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 name != NULL && *name != '\0' ? name : _ ("Path without a name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
add_path_row (WfSettingRow *self, guint index)
{
  const Paths *paths = self->data;
  GtkWidget *row = add_row (self, "");

  if (index > 0)
    add_button (row, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (on_up_clicked), self);
  add_button (row, "user-trash-symbolic", _ ("Remove Path"), G_CALLBACK (on_remove_clicked), self);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  g_ptr_array_add (paths->rows, row);
}

static void
remake_rows (WfSettingRow *self)
{
  Paths *paths = self->data;

  for (guint i = 0; i < paths->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->widget),
                                  g_ptr_array_index (paths->rows, i));
  g_ptr_array_set_size (paths->rows, 0);
  if (paths->add != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->widget), paths->add);
  for (guint i = 0; i < paths->paths->len; i++)
    add_path_row (self, i);
  paths->add = add_row (self, _ ("Add Path…"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (paths->add),
                             gtk_image_new_from_icon_name ("list-add-symbolic"));
  g_signal_connect (paths->add, "activated", G_CALLBACK (on_add_activated), self);
}

/* Rows stay while there are as many: the focus comes back to the one whose dialog was open. */
static void
show_paths (WfSettingRow *self)
{
  const Paths *paths = self->data;

  if (paths->rows->len != paths->paths->len || paths->add == NULL)
    remake_rows (self);
  for (guint i = 0; i < paths->paths->len; i++)
    show_path (self, i);
}

/* -- value ------------------------------------------------------------------------------------- */

static void
set_paths (WfSettingRow *self, const WfJson *value)
{
  const Paths *paths = self->data;
  const WfJson *element;
  WfJsonIter iter;

  g_ptr_array_set_size (paths->paths, 0);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    g_ptr_array_add (paths->paths, wf_json_document_extract (element));
  show_paths (self);
}

static WfJsonDocument *
get_paths (WfSettingRow *self)
{
  const Paths *paths = self->data;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < paths->paths->len; i++)
    wf_json_writer_add_value (writer, NULL, get_path (paths, i));
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

void
wf_setting_row_make_paths (WfSettingRow *self)
{
  Paths *paths = g_new0 (Paths, 1);

  paths->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_json_document_unref);
  paths->rows = g_ptr_array_new ();
  self->data = paths;
  self->data_free = paths_free;
  self->widget = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", wf_setting_to_text (self->info),
                               "description", _ ("The first path whose conditions hold is taken."),
                               NULL);
  self->set = set_paths;
  self->get = get_paths;
  show_paths (self);
}
