/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value of a condition. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-value-input.h"

#include "wf-instant.h"
#include "wf-suggestions.h"
#include "wf-word-match.h"

#include <glib/gi18n-lib.h>

#define SEARCH_FROM 8 /* choices; fewer are seen at a glance */

struct _WfValueInput
{
  AdwBin parent_instance;

  GtkEntry *entry;
  GtkMenuButton *calendar_button;
  GtkPopover *popover;
  GtkCalendar *calendar;
  GtkDropDown *choice;
  WfSuggestions *suggestions;

  WfValueKind kind;
  gboolean adds;
  WfOrganisation *organisation; /* (nullable) */
  GtkStringList *names;         /* of the choices; the first says that nothing is chosen */
  char **ids;                   /* of the choices behind it */
  char **values;                /* (nullable) what is suggested */
  gboolean setting;
};

enum
{
  CHANGED,
  ENTERED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfValueInput, wf_value_input, ADW_TYPE_BIN)

static gboolean
is_choice (WfValueInput *self)
{
  return self->kind == WF_VALUE_BOOLEAN || self->kind >= WF_VALUE_PERSON;
}

static void
emit_changed (WfValueInput *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- texts ---- */

static gboolean
has_focus (WfValueInput *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* What was typed wholly needs no suggestion. */
static void
suggest (WfValueInput *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  WfSuggestion found[WF_SUGGESTIONS_MOST];
  guint n = 0;

  for (guint i = 0; self->values != NULL && self->values[i] != NULL && n < G_N_ELEMENTS (found);
       i++)
    if (!g_str_equal (self->values[i], typed) && wf_word_match (self->values[i], typed) > 0)
      found[n++] = (WfSuggestion) { self->values[i], self->values[i], NULL };
  wf_suggestions_show (self->suggestions, found, n, NULL);
}

static void
on_entry_changed (WfValueInput *self)
{
  if (self->setting)
    return;
  if (has_focus (self) && self->kind == WF_VALUE_TEXT)
    suggest (self);
  emit_changed (self);
}

static void
on_entry_activated (WfValueInput *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
on_suggestion_chosen (WfValueInput *self, const char *value)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), value);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[ENTERED], 0);
}

/* ---- dates ---- */

/* The time of day that is written already stays. */
static void
on_day_selected (WfValueInput *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  const char *before = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");
  g_autofree char *text = NULL;
  int year, month, number;
  g_autofree char *old_day = g_strndup (before, 10);

  if (self->setting)
    return;
  text = g_strconcat (
      day, wf_instant_parse_date (old_day, &year, &month, &number) ? before + 10 : "", NULL);
  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
on_calendar_shown (WfValueInput *self)
{
  g_autofree char *day = g_strndup (gtk_editable_get_text (GTK_EDITABLE (self->entry)), 10);
  g_autoptr (GDateTime) date = NULL;
  int year, month, number;

  if (!wf_instant_parse_date (day, &year, &month, &number))
    return;
  date = g_date_time_new_utc (year, month, number, 0, 0, 0);
  self->setting = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->setting = FALSE;
}

/* ---- choices ---- */

static void
on_choice_changed (WfValueInput *self)
{
  if (self->setting)
    return;
  emit_changed (self);
  if (gtk_drop_down_get_selected (self->choice) > 0)
    g_signal_emit (self, signals[ENTERED], 0);
}

static const char *
get_prompt (WfValueInput *self)
{
  switch (self->kind)
    {
    case WF_VALUE_PERSON:
      return self->adds ? _ ("Add a person") : _ ("Choose a person");
    case WF_VALUE_GROUP:
      return self->adds ? _ ("Add a group") : _ ("Choose a group");
    case WF_VALUE_STAGE:
      return self->adds ? _ ("Add a stage") : _ ("Choose a stage");
    case WF_VALUE_ACTIVITY_TYPE:
      return self->adds ? _ ("Add a type") : _ ("Choose a type");
    case WF_VALUE_TEXT:
    case WF_VALUE_NUMBER:
    case WF_VALUE_DATE:
      return self->adds ? _ ("Add a value") : _ ("Value");
    case WF_VALUE_BOOLEAN:
    default:
      return _ ("Choose");
    }
}

static void
fill_choices (WfValueInput *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  g_strfreev (self->ids);
  self->ids = wf_condition_list_choices (self->kind, self->organisation);
  gtk_string_list_splice (self->names, 0, n, (const char *const[]) { get_prompt (self), NULL });
  for (guint i = 0; self->ids[i] != NULL; i++)
    gtk_string_list_take (self->names,
                          wf_typed_value_to_text (self->kind, self->ids[i], self->organisation));
  gtk_drop_down_set_enable_search (self->choice, g_strv_length (self->ids) >= SEARCH_FROM);
}

/* An id that the organisation does not have is a choice of its own: nothing of a document is
 * lost. */
static guint
find_choice (WfValueInput *self, const char *id)
{
  guint n = g_strv_length (self->ids);

  if (*id == '\0')
    return 0;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (self->ids[i], id))
      return i + 1;
  self->ids = g_realloc_n (self->ids, n + 2, sizeof (char *));
  self->ids[n] = g_strdup (id);
  self->ids[n + 1] = NULL;
  gtk_string_list_append (self->names, id);
  return n + 1;
}

/* ---- the widget ---- */

static void
wf_value_input_dispose (GObject *object)
{
  WfValueInput *self = WF_VALUE_INPUT (object);

  g_clear_object (&self->names);
  adw_bin_set_child (ADW_BIN (object), NULL); /* first, or the bin would unparent it once more */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_VALUE_INPUT);
  G_OBJECT_CLASS (wf_value_input_parent_class)->dispose (object);
}

static void
wf_value_input_finalize (GObject *object)
{
  WfValueInput *self = WF_VALUE_INPUT (object);

  g_strfreev (self->ids);
  g_strfreev (self->values);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  G_OBJECT_CLASS (wf_value_input_parent_class)->finalize (object);
}

static gboolean
wf_value_input_grab_focus (GtkWidget *widget)
{
  WfValueInput *self = WF_VALUE_INPUT (widget);

  return gtk_widget_grab_focus (is_choice (self) ? GTK_WIDGET (self->choice)
                                                 : GTK_WIDGET (self->entry));
}

static void
wf_value_input_class_init (WfValueInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_value_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_value_input_finalize;
  widget_class->grab_focus = wf_value_input_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_VALUE_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", WF_TYPE_VALUE_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-value-input.ui");
  gtk_widget_class_bind_template_child (widget_class, WfValueInput, entry);
  gtk_widget_class_bind_template_child (widget_class, WfValueInput, calendar_button);
  gtk_widget_class_bind_template_child (widget_class, WfValueInput, popover);
  gtk_widget_class_bind_template_child (widget_class, WfValueInput, calendar);
  gtk_widget_class_bind_template_child (widget_class, WfValueInput, choice);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_set_css_name (widget_class, "valueinput");
}

static void
wf_value_input_init (WfValueInput *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = gtk_string_list_new (NULL);
  self->ids = g_new0 (char *, 1);
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (self->names));
  {
    g_autoptr (GtkExpression) name =
        gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

    gtk_drop_down_set_expression (self->choice, name);
  }
  self->suggestions = wf_suggestions_new (
      GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))), FALSE);
  g_signal_connect_object (self->suggestions, "chosen", G_CALLBACK (on_suggestion_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "map", G_CALLBACK (on_calendar_shown), self,
                           G_CONNECT_SWAPPED);
  self->setting = FALSE;
}

static void
set_label (WfValueInput *self, const char *label)
{
  GtkWidget *widgets[] = { GTK_WIDGET (self->entry), GTK_WIDGET (self->choice) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widgets[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    label, -1);
}

void
wf_value_input_set_kind (WfValueInput *self, WfValueKind kind, gboolean adds, const char *label,
                         const WfOrganisation *organisation)
{
  self->setting = TRUE;
  self->kind = kind;
  self->adds = adds;
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  if (organisation != NULL)
    self->organisation = wf_organisation_ref ((WfOrganisation *) organisation);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), !is_choice (self));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), is_choice (self));
  gtk_widget_set_visible (GTK_WIDGET (self->calendar_button), kind == WF_VALUE_DATE);
  gtk_entry_set_placeholder_text (self->entry,
                                  kind == WF_VALUE_DATE ? "2026-11-20" : get_prompt (self));
  gtk_entry_set_input_purpose (self->entry, kind == WF_VALUE_NUMBER ? GTK_INPUT_PURPOSE_NUMBER
                                                                    : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), kind == WF_VALUE_NUMBER ? 8 : 20);
  /* Year, month and day are not put into another order. */
  gtk_widget_set_direction (GTK_WIDGET (self->entry),
                            kind == WF_VALUE_DATE ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
  set_label (self, label);
  if (is_choice (self))
    fill_choices (self);
  self->setting = FALSE;
}

void
wf_value_input_set_value (WfValueInput *self, const char *value)
{
  g_autofree char *current = wf_value_input_dup_value (self);
  g_autofree char *text = NULL;

  if (g_str_equal (current, value))
    return;
  self->setting = TRUE;
  if (is_choice (self))
    gtk_drop_down_set_selected (self->choice, find_choice (self, value));
  else
    {
      text = wf_typed_value_to_text (self->kind, value, self->organisation);
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
    }
  self->setting = FALSE;
}

char *
wf_value_input_dup_value (WfValueInput *self)
{
  guint selected;

  if (!is_choice (self))
    return wf_typed_value_from_text (self->kind, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                     self->organisation);
  selected = gtk_drop_down_get_selected (self->choice);
  if (selected == GTK_INVALID_LIST_POSITION || selected == 0)
    return g_strdup ("");
  return g_strdup (self->ids[selected - 1]);
}

void
wf_value_input_set_suggestions (WfValueInput *self, const char *const *values)
{
  g_strfreev (self->values);
  self->values = g_strdupv ((char **) values);
  if (has_focus (self) && self->kind == WF_VALUE_TEXT &&
      *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    suggest (self);
}

void
wf_value_input_set_problem (WfValueInput *self, gboolean wrong)
{
  GtkWidget *shown = is_choice (self) ? GTK_WIDGET (self->choice) : GTK_WIDGET (self->entry);

  if (wrong)
    gtk_widget_add_css_class (shown, "error");
  else
    gtk_widget_remove_css_class (shown, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (shown), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
