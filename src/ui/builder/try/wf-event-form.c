/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a written event. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-form.h"

#include "wf-date-time-row.h"
#include "wf-event-sample.h"
#include "wf-instant.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FIELD "wf-field" /* of a row: its field's id */
#define IDS "wf-ids"     /* of a combo row: GStrv of what its entries stand for, "" first */

struct _WfEventForm
{
  AdwBin parent_instance;

  AdwPreferencesGroup *looked_at;
  AdwPreferencesGroup *event;
  AdwPreferencesGroup *lead;

  WfEventDraft *draft;          /* (owned) (nullable) */
  WfOrganisation *organisation; /* (owned) (nullable) */
  GPtrArray *rows;              /* (owned) of GtkWidget, unowned */
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfEventForm, wf_event_form, ADW_TYPE_BIN)

/* -- from the rows ----------------------------------------------------------------------------- */

static const char *
get_field (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), FIELD);
}

static void
set_value (WfEventForm *self, GtkWidget *row, const char *json)
{
  if (self->setting)
    return;
  wf_event_draft_set (self->draft, get_field (row), json);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mark (GtkWidget *row, gboolean fits)
{
  if (fits)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               fits ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

static void
on_text_changed (WfEventForm *self, GtkWidget *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *json = *text != '\0' ? wf_event_sample_quote (text) : NULL;

  set_value (self, row, json);
}

/* In the user's way of writing numbers, or as machines write them. */
static gboolean
parse_number (const char *text, char **json)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (*end != '\0')
    number = g_strtod (text, &end);
  if (*end != '\0' || end == text || !isfinite (number))
    return FALSE;
  *json = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
  return TRUE;
}

static void
on_number_changed (WfEventForm *self, GtkWidget *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autofree char *json = NULL;
  gboolean fits = *text == '\0' || parse_number (text, &json);

  mark (row, fits);
  if (fits)
    set_value (self, row, json);
}

static void
on_list_changed (WfEventForm *self, GtkWidget *row)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ",", -1);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *json = NULL;

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      wf_json_writer_add_string (writer, NULL, parts[i]);
  json = wf_json_writer_finish (writer, FALSE);
  set_value (self, row, g_str_equal (json, "[]") ? NULL : json);
}

static void
on_active_changed (WfEventForm *self, GParamSpec *pspec, GtkWidget *row)
{
  set_value (self, row, adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? "true" : "false");
}

static void
on_selected_changed (WfEventForm *self, GParamSpec *pspec, GtkWidget *row)
{
  const char *const *ids = g_object_get_data (G_OBJECT (row), IDS);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  g_autofree char *json = NULL;

  if (selected >= g_strv_length ((char **) ids))
    return;
  json = *ids[selected] != '\0' ? wf_event_sample_quote (ids[selected]) : NULL;
  set_value (self, row, json);
}

static GTimeZone *
get_zone (WfEventForm *self)
{
  return self->organisation != NULL
             ? wf_working_hours_get_zone (wf_organisation_get_hours (self->organisation))
             : NULL;
}

static void
on_date_changed (WfEventForm *self, GtkWidget *row)
{
  g_autofree char *text = NULL, *json = NULL;
  GTimeZone *zone = get_zone (self);
  WfInstant at;

  if (!wf_date_time_row_get_instant (WF_DATE_TIME_ROW (row), &at))
    return;
  if (at != WF_INSTANT_NONE)
    text = zone != NULL ? wf_instant_format_zone (at, zone) : wf_instant_format_utc (at);
  if (text != NULL)
    json = wf_event_sample_quote (text);
  set_value (self, row, json);
}

/* -- rows -------------------------------------------------------------------------------------- */

/* A JSON string's text, else the value as it is written. */
static char *
value_to_text (const WfJson *value)
{
  g_autoptr (GString) list = NULL;

  switch (wf_json_get_type (value))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return g_strdup ("");
    case WF_JSON_STRING:
      return g_strdup (wf_json_get_string (value));
    case WF_JSON_ARRAY:
      list = g_string_new (NULL);
      for (guint i = 0; i < wf_json_get_size (value); i++)
        {
          g_autofree char *part = value_to_text (wf_json_get_element (value, i));

          g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", part);
        }
      return g_string_free_and_steal (g_steal_pointer (&list));
    case WF_JSON_BOOLEAN:
    case WF_JSON_NUMBER:
    case WF_JSON_OBJECT:
    default:
      return wf_json_to_text (value, FALSE);
    }
}

static GtkWidget *
make_entry_row (WfEventForm *self, const WfJson *value, GtkInputPurpose purpose,
                void (*changed) (WfEventForm *, GtkWidget *))
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = value_to_text (value);

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), purpose);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_switch_row (WfEventForm *self, const WfJson *value)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_switch_row_set_active (ADW_SWITCH_ROW (row), wf_json_get_boolean (value, FALSE));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_active_changed), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_date_row (WfEventForm *self, const WfJson *value)
{
  GtkWidget *row = g_object_new (WF_TYPE_DATE_TIME_ROW, NULL);
  const char *text = wf_json_get_string (value);
  WfInstant at;

  if (get_zone (self) != NULL)
    wf_date_time_row_set_zone (WF_DATE_TIME_ROW (row), get_zone (self));
  if (text != NULL && wf_instant_parse (text, &at))
    wf_date_time_row_set_instant (WF_DATE_TIME_ROW (row), at);
  else if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_date_changed), self, G_CONNECT_SWAPPED);
  return row;
}

typedef struct
{
  GtkStringList *names;
  GStrvBuilder *ids;
} Choices;

static void
add_choice (Choices *self, const char *id, const char *name)
{
  gtk_string_list_append (self->names, name);
  g_strv_builder_add (self->ids, id);
}

static void
add_stages (Choices *self, const WfOrganisation *organisation)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++)
      add_choice (self, pipelines[i].stages[j].id, pipelines[i].stages[j].name);
}

static void
add_choices (Choices *self, const WfOrganisation *organisation, WfFieldType type)
{
  guint n = 0;
  const WfEntry *groups;

  if (type == WF_FIELD_STAGE)
    add_stages (self, organisation);
  else if (type == WF_FIELD_PERSON)
    for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
      {
        const WfPerson *person = wf_organisation_get_person_at (organisation, i);

        add_choice (self, person->id, person->name);
      }
  else
    {
      groups = wf_organisation_get_entries (organisation, WF_ENTRY_GROUP, &n);
      for (guint i = 0; i < n; i++)
        add_choice (self, groups[i].id, groups[i].name);
    }
}

static const char *
get_none (WfFieldType type)
{
  if (type == WF_FIELD_PERSON)
    return _ ("Nobody");
  return type == WF_FIELD_GROUP ? _ ("No group") : _ ("No stage");
}

static guint
find_choice (const char *const *ids, const char *id)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_equal (ids[i], id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* What the event has stays choosable, also when the organisation does not know it. */
static GtkWidget *
make_combo_row (WfEventForm *self, WfFieldType type, const WfJson *value)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Choices choices = { names, builder };
  const char *chosen = wf_json_get_string (value);
  GtkWidget *row = adw_combo_row_new ();
  char **ids;

  add_choice (&choices, "", get_none (type));
  if (self->organisation != NULL)
    add_choices (&choices, self->organisation, type);
  ids = g_strv_builder_end (builder);
  if (chosen != NULL &&
      find_choice ((const char *const *) ids, chosen) == GTK_INVALID_LIST_POSITION)
    {
      g_strv_builder_addv (builder, (const char **) ids);
      g_strfreev (ids);
      add_choice (&choices, chosen, chosen);
      ids = g_strv_builder_end (builder);
    }
  g_object_set_data_full (G_OBJECT (row), IDS, ids, (GDestroyNotify) g_strfreev);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (row), find_choice ((const char *const *) ids, chosen != NULL ? chosen : ""));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected_changed), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_row (WfEventForm *self, const WfDraftField *field, const WfJson *value)
{
  switch (field->type)
    {
    case WF_FIELD_NUMBER:
      return make_entry_row (self, value, GTK_INPUT_PURPOSE_NUMBER, on_number_changed);
    case WF_FIELD_BOOLEAN:
      return make_switch_row (self, value);
    case WF_FIELD_DATE_TIME:
      return make_date_row (self, value);
    case WF_FIELD_LIST:
      return make_entry_row (self, value, GTK_INPUT_PURPOSE_FREE_FORM, on_list_changed);
    case WF_FIELD_PERSON:
    case WF_FIELD_GROUP:
    case WF_FIELD_STAGE:
      return make_combo_row (self, field->type, value);
    case WF_FIELD_TEXT:
      break;
    }
  return make_entry_row (self, value, GTK_INPUT_PURPOSE_FREE_FORM, on_text_changed);
}

static void
add_row (WfEventForm *self, const WfDraftField *field)
{
  AdwPreferencesGroup *const groups[WF_N_DRAFT_GROUPS] = {
    [WF_DRAFT_GROUP_LOOKED_AT] = self->looked_at,
    [WF_DRAFT_GROUP_EVENT] = self->event,
    [WF_DRAFT_GROUP_LEAD] = self->lead,
  };
  g_autoptr (WfJsonDocument) document =
      field->value != NULL ? wf_json_document_parse (field->value, -1, 0, NULL) : NULL;
  GtkWidget *row =
      make_row (self, field, document != NULL ? wf_json_document_get_root (document) : NULL);

  g_object_set_data_full (G_OBJECT (row), FIELD, g_strdup (field->id), g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), wf_field_to_text (field->id));
  adw_preferences_group_add (groups[field->group], row);
  gtk_widget_set_visible (GTK_WIDGET (groups[field->group]), TRUE);
  g_ptr_array_add (self->rows, row);
}

static void
remove_rows (WfEventForm *self)
{
  wf_plain_rows_remove (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self->looked_at), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->event), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->lead), FALSE);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_event_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_EVENT_FORM);
  G_OBJECT_CLASS (wf_event_form_parent_class)->dispose (object);
}

static void
wf_event_form_finalize (GObject *object)
{
  WfEventForm *self = WF_EVENT_FORM (object);

  wf_event_draft_free (self->draft);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_event_form_parent_class)->finalize (object);
}

static void
wf_event_form_class_init (WfEventFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_event_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_event_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_EVENT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-event-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WfEventForm, looked_at);
  gtk_widget_class_bind_template_child (widget_class, WfEventForm, event);
  gtk_widget_class_bind_template_child (widget_class, WfEventForm, lead);
}

static void
wf_event_form_init (WfEventForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_event_form_take_draft (WfEventForm *self, WfEventDraft *draft, WfOrganisation *organisation)
{
  self->setting = TRUE;
  remove_rows (self);
  wf_event_draft_free (self->draft);
  self->draft = draft;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  for (guint i = 0; i < wf_event_draft_get_n (draft); i++)
    add_row (self, wf_event_draft_get (draft, i));
  self->setting = FALSE;
}

const WfEventDraft *
wf_event_form_get_draft (WfEventForm *self)
{
  return self->draft;
}

char *
wf_event_form_dup_problem (WfEventForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_has_css_class (row, "error"))
        return g_strdup_printf (WF_IS_DATE_TIME_ROW (row)
                                    /* Translators: %s is a field; the format stays as it is */
                                    ? _ ("%s: write it as 2026-11-20 17:50")
                                    : _ ("%s: this is not a number"),
                                wf_field_to_text (get_field (row)));
    }
  return NULL;
}

GtkWidget *
wf_event_form_get_row (WfEventForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (get_field (row), field))
        return row;
    }
  return NULL;
}
