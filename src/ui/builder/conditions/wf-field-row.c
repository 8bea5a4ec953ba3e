/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that chooses a field of an event. The model holds ids; people see and search names. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-field-row.h"

#include "wf-event-catalogue.h"

struct _WfFieldRow
{
  AdwComboRow parent_instance;

  GtkStringList *ids;
};

G_DEFINE_FINAL_TYPE (WfFieldRow, wf_field_row, ADW_TYPE_COMBO_ROW)

static char *
get_name (GtkStringObject *object)
{
  return g_strdup (wf_field_to_text (gtk_string_object_get_string (object)));
}

static guint
find_id (WfFieldRow *self, const char *id)
{
  return gtk_string_list_find (self->ids, id);
}

static void
wf_field_row_dispose (GObject *object)
{
  g_clear_object (&WF_FIELD_ROW (object)->ids);
  G_OBJECT_CLASS (wf_field_row_parent_class)->dispose (object);
}

static void
wf_field_row_class_init (WfFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_field_row_dispose;
}

static void
wf_field_row_init (WfFieldRow *self)
{
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name), NULL, NULL);

  self->ids = gtk_string_list_new (NULL);
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (self),
                                       GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->ids));
}

void
wf_field_row_set_event (WfFieldRow *self, const char *event_type, gboolean only_dates)
{
  g_autofree char *kept = g_strdup (wf_field_row_get_field (self));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  guint n = 0;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  for (guint i = 0; i < n; i++)
    if (!only_dates || fields[i].type == WF_FIELD_DATE_TIME)
      g_strv_builder_add (builder, fields[i].id);
  ids = g_strv_builder_end (builder);
  gtk_string_list_splice (self->ids, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ids)),
                          (const char *const *) ids);
  if (kept != NULL)
    wf_field_row_set_field (self, kept);
}

void
wf_field_row_set_field (WfFieldRow *self, const char *field)
{
  if (field == NULL || *field == '\0')
    return;
  if (find_id (self, field) == G_MAXUINT)
    gtk_string_list_append (self->ids, field);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), find_id (self, field));
}

/* The id, such as "meeting.start"; NULL when nothing is chosen. Borrowed. */
const char *
wf_field_row_get_field (WfFieldRow *self)
{
  gpointer item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}
