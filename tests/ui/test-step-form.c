/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of every kind of step: nothing of a step is lost, every setting can be changed in its rows, and what is wrong is said
 * under the row that it is about. */
#include "wf-duration-row.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-ids-row.h"
#include "wf-run-rows.h"
#include "wf-step-defaults.h"
#include "wf-step-form.h"
#include "wf-step-settings.h"
#include "wf-type-ahead.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#include <string.h>

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
  WfStepForm *form;
  guint n_changed;
} Fixture;

#define ORGANISATION                                                                               \
  "{ \"format\": 1, \"name\": \"Padrão Móveis\", \"process\": \"1\","                              \
  "  \"working-hours\": { \"time-zone\": \"America/Sao_Paulo\", \"week\": {"                       \
  "    \"mon\": [[\"09:00\", \"18:00\"]], \"tue\": [[\"09:00\", \"18:00\"]], \"wed\": "            \
  "[[\"09:00\", \"18:00\"]], \"thu\": [[\"09:00\", \"18:00\"]], \"fri\": [[\"09:00\", "            \
  "\"18:00\"]], \"sat\": [], \"sun\": [] } },"                                                     \
  "  \"people\": ["                                                                                \
  "    { \"id\": \"ana\", \"name\": \"Ana Souza\", \"role\": \"attendant\", \"active\": true, "    \
  "\"groups\": [\"inbound\"], \"teams\": [\"sp\"], \"units\": [] },"                               \
  "    { \"id\": \"carla\", \"name\": \"Carla Mendes\", \"role\": \"administrator\", "             \
  "\"active\": true, \"groups\": [], \"teams\": [], \"units\": [] } ],"                            \
  "  \"groups\": [ { \"id\": \"inbound\", \"name\": \"Inbound\" }, { \"id\": \"outbound\", "       \
  "\"name\": \"Outbound\" } ],"                                                                    \
  "  \"teams\": [ { \"id\": \"sp\", \"name\": \"São Paulo\" } ], \"units\": [],"                   \
  "  \"activity-types\": [ { \"id\": \"filter-1\", \"name\": \"Realizar Filtro 1\" }, { \"id\": "  \
  "\"visit\", \"name\": \"Visita\" } ],"                                                           \
  "  \"pipelines\": [ { \"id\": \"leads\", \"record\": \"lead\", \"stages\": [ { \"id\": "         \
  "\"new\", \"name\": \"Novo\" }, { \"id\": \"filter-1\", \"name\": \"Filtro 1\" } ] } ] }"

static WfOrganisation *
read_organisation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (ORGANISATION, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  g_assert_false (wf_problems_has_errors (problems));
  return organisation;
}

static WfWorkflow *
read_workflow (const char *event, const char *steps)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Test\",\"state\":"
      "\"draft\",\"version\":1,\"trigger\":{\"event\":\"%s\"},\"steps\":[%s]}",
      event, steps);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

static void
on_changed (Fixture *self)
{
  self->n_changed++;
}

static void
make_form (Fixture *self)
{
  self->form = g_object_new (WF_TYPE_STEP_FORM, NULL);
  wf_step_form_set_context (self->form, self->context);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (on_changed), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->form));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow ("meeting.scheduled", "");

  self->clock = wf_fake_clock_new_at ("2026-11-18T13:00:00Z");
  self->organisation = read_organisation ();
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, "carla");
  self->document = wf_workflow_document_new (workflow, self->organisation);
  self->context = wf_builder_context_new (self->runtime, self->document, TRUE);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 500, 900);
  make_form (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->context);
  g_assert_finalize_object (self->document);
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

static WfStep *
read_step (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);

  g_assert_no_error (error);
  return wf_step_read (&cursor);
}

static void
show (Fixture *self, const char *text)
{
  g_autoptr (WfStep) step = read_step (text);

  wf_step_form_show_step (self->form, step);
  self->n_changed = 0;
}

static char *
dup_text (Fixture *self)
{
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->form);

  return wf_step_to_text (step);
}

/* -- nothing is lost --------------------------------------------------------------------------- */

#define STEP(kind, rest) "{\"id\":\"s\",\"kind\":\"" kind "\"," rest "}"
#define DAY "{\"amount\":1,\"unit\":\"days\"}"

/* Every setting of every kind is there, also what nobody here knows, and what cannot be understood. */
static const char *const steps[] = {
  STEP ("create-activity",
        "\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"visit\",\"complete-within\":{"
        "\"amount\":2,\"unit\":\"hours\",\"before\":\"meeting.start\",\"business-time\":true,"
        "\"x-inside\":1},\"notify\":{\"amount\":10,\"unit\":\"minutes\"},\"permission\":{\"scope\":"
        "\"groups\",\"groups\":[\"inbound\",\"gone\"],\"x-why\":\"because\"},\"notes\":\"Call "
        "{lead.name}\\nsoon\",\"business-hours\":true,\"keep\":true,\"assignee\":\"round-robin:"
        "inbound\",\"retire-on\":[\"meeting.cancelled\",\"acme.own\"],\"join\":true,\"x-unknown\":"
        "{\"a\":[1,2]}"),
  STEP ("create-activity", "\"activity-type\":\"no-such-type\""),
  STEP ("schedule-call", "\"activity-type\":\"visit\",\"complete-within\":" DAY ",\"permission\":{"
                         "\"scope\":\"all\"},\"lasts\":{\"amount\":15,\"unit\":\"minutes\"}"),
  STEP ("schedule-meeting",
        "\"complete-within\":" DAY ",\"permission\":{\"scope\":\"all\"},\"lasts\":{\"amount\":1,"
        "\"unit\":\"hours\"},\"place\":\"Loja {lead.name}\""),
  STEP ("notify", "\"run\":{\"mode\":\"delay\",\"delay\":" DAY "},\"text\":\"Look\",\"recipient\":"
                  "\"group:inbound\",\"sender\":\"ana\",\"x-unknown\":null"),
  STEP ("wait", "\"for\":" DAY ",\"business-hours\":true"),
  STEP ("wait", "\"until\":\"meeting.start\""),
  STEP ("wait",
        "\"until-condition\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}"
        "]},\"time-out\":" DAY),
  STEP ("wait", "\"until-condition\":{\"strange\":true},\"time-out\":" DAY),
  STEP (
      "branch",
      "\"paths\":[{\"name\":\"Hot\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\","
      "\"value\":80}]},\"steps\":[{\"id\":\"n\",\"kind\":\"notify\",\"text\":\"Hot\",\"recipient\":"
      "\"manager\"}],\"x-path\":1},{\"name\":\"Strange\",\"if\":7,\"steps\":[]},{\"name\":"
      "\"Otherwise\",\"steps\":[]}]"),
  STEP ("post-to-stream", "\"text\":\"Hello {lead.name}\",\"mentions\":[\"responsible\",\"person:"
                          "ana\"],\"sender\":\"carla\""),
  STEP ("change-stage", "\"stage\":\"filter-1\",\"record\":\"deal\",\"allow-back\":true,\"reason\":"
                        "\"It moves\""),
  STEP (
      "change-responsible",
      "\"rules\":[{\"if\":{\"all\":[{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"web\"}]},"
      "\"to\":\"person:ana\"},{\"if\":3,\"to\":\"manager\"}],\"to\":\"round-robin:inbound\""),
  STEP ("set-field", "\"field\":\"lead.custom.sector\",\"value\":\"food\""),
  STEP ("set-field", "\"field\":\"lead.score\",\"value\":40"),
  STEP ("set-field", "\"field\":\"lead.custom.x\",\"value\":{\"strange\":1}"),
  STEP ("add-score", "\"points\":-15"),
  STEP ("add-score", "\"points\":\"many\""),
  STEP ("send-email",
        "\"to\":\"lead\",\"subject\":\"Hi\",\"text\":\"One\\nTwo\",\"sender\":\"ana\","
        "\"track-opening\":true"),
  STEP ("send-message", "\"channel\":\"whatsapp\",\"template\":\"hello\",\"text\":\"x\""),
  STEP ("add-to-audience", "\"platform\":\"google\",\"audience\":\"a-1\",\"by\":\"phone\""),
  STEP ("webhook", "\"url\":\"https://example.com/hook\",\"send\":\"lead\",\"allow-private\":true"),
  STEP ("delete-record", "\"record\":\"lead\",\"confirmed\":true"),
  STEP ("control", "\"at-most\":{\"amount\":3,\"unit\":\"days\"},\"business-hours\":true,\"stage\":"
                   "\"filter-1\",\"recipient\":\"manager\",\"text\":\"Look\",\"sender\":\"ana\""),
  STEP ("close-activities", "\"activity-types\":[\"visit\"],\"created-by\":\"this-workflow\","
                            "\"reason\":\"Done\""),
  STEP ("request-approval",
        "\"text\":\"May we?\",\"approver\":\"person:carla\",\"complete-within\":" DAY
        ",\"notify\":{"
        "\"amount\":1,\"unit\":\"hours\"},\"business-hours\":true,\"on-rejection\":\"continue\""),
};

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  gboolean seen[WF_N_STEP_KINDS] = { FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (WfStep) step = read_step (steps[i]);
      g_autofree char *before = wf_step_to_text (step), *after = NULL;

      g_test_message ("%s", steps[i]);
      seen[step->kind] = TRUE;
      wf_step_form_show_step (self->form, step);
      after = dup_text (self);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (self->n_changed, ==, 0);
    }
  for (guint kind = 0; kind < G_N_ELEMENTS (seen); kind++)
    g_assert_true (seen[kind]);
}

/* A setting that is changed there and back leaves the rest as it was. */
static void
test_run_is_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  GtkWidget *mode;

  show (self,
        STEP ("notify", "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":2,\"unit\":\"days\","
                        "\"x-inside\":1},\"x-run\":true},\"text\":\"Look\",\"recipient\":"
                        "\"manager\""));
  before = dup_text (self);
  mode = wf_window_check_find (self->window, WF_TYPE_RUN_ROWS, NULL);
  mode = wf_window_check_find (mode, ADW_TYPE_COMBO_ROW, "mode");
  adw_combo_row_set_selected (ADW_COMBO_ROW (mode), WF_RUN_AFTER_PREVIOUS);
  g_assert_cmpstr (wf_step_form_get_changed (self->form), ==, "run");
  g_autofree char *other = dup_text (self);
  g_assert_nonnull (strstr (other, "\"after-previous\""));
  adw_combo_row_set_selected (ADW_COMBO_ROW (mode), WF_RUN_DELAY);
  after = dup_text (self);
  g_assert_cmpstr (after, ==, before);
}

/* -- every setting can be changed -------------------------------------------------------------- */

static GtkWidget *
find_inside (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_inside (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
choose (AdwComboRow *row, const char *name)
{
  GListModel *model = adw_combo_row_get_model (row);
  GtkExpression *expression = adw_combo_row_get_expression (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_auto (GValue) value = G_VALUE_INIT;
      const char *text;

      if (expression != NULL && gtk_expression_evaluate (expression, item, &value))
        text = g_value_get_string (&value);
      else
        text = gtk_string_object_get_string (GTK_STRING_OBJECT (item));
      if (!g_str_equal (text, name))
        continue;
      adw_combo_row_set_selected (row, i);
      return;
    }
  g_error ("“%s” cannot be chosen", name);
}

/* As a person would, with the row's own widgets. */
static void
change (GtkWidget *row, const char *to)
{
  if (ADW_IS_COMBO_ROW (row))
    choose (ADW_COMBO_ROW (row), to);
  else if (WF_IS_IDS_ROW (row))
    wf_ids_row_toggle (WF_IDS_ROW (row), to);
  else if (ADW_IS_SWITCH_ROW (row))
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_str_equal (to, "on"));
  else if (ADW_IS_SPIN_ROW (row))
    adw_spin_row_set_value (ADW_SPIN_ROW (row), g_ascii_strtod (to, NULL));
  else if (GTK_IS_EDITABLE (row))
    gtk_editable_set_text (GTK_EDITABLE (row), to);
  else if (find_inside (row, GTK_TYPE_TEXT_VIEW) != NULL)
    gtk_text_buffer_set_text (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_inside (row, GTK_TYPE_TEXT_VIEW))), to, -1);
  else
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_inside (row, GTK_TYPE_SPIN_BUTTON)),
                               g_ascii_strtod (to, NULL));
}

#define ACTIVITY(kind)                                                                             \
  STEP (kind, "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":1,\"unit\":\"days\","   \
              "\"x-inside\":1},\"permission\":{\"scope\":\"all\",\"x\":1},\"x-unknown\":1")
#define FOR_ACTIVITIES(kind)                                                                       \
  { ACTIVITY (kind), "activity-type", 0, "Realizar Filtro 1", "\"filter-1\"" },                    \
      { ACTIVITY (kind), "complete-within", 0, "3",                                                \
        "{\"amount\":3,\"unit\":\"days\",\"x-inside\":1}" },                                       \
      { ACTIVITY (kind), "notify", 0, "20", "{\"amount\":20,\"unit\":\"minutes\"}" },              \
      { ACTIVITY (kind), "permission", 0, "Groups",                                                \
        "{\"scope\":\"groups\",\"groups\":[],\"x\":1}" },                                          \
      { ACTIVITY (kind), "assignee", 0, "Ana Souza", "\"person:ana\"" },                           \
      { ACTIVITY (kind), "notes", 0, "Call\nthem", "\"Call\\nthem\"" },                            \
      { ACTIVITY (kind), "business-hours", 0, "on", "true" },                                      \
      { ACTIVITY (kind), "keep", 0, "on", "true" },                                                \
      { ACTIVITY (kind), "retire-on", 0, "meeting.held", "[\"meeting.held\"]" },                   \
      { ACTIVITY (kind), "join", 0, "on", "true" }

static const struct
{
  const char *step, *setting;
  guint row;
  const char *to, *expected; /* expected: the member; NULL: it is gone */
} changes[] = {
  FOR_ACTIVITIES ("create-activity"),
  FOR_ACTIVITIES ("schedule-call"),
  FOR_ACTIVITIES ("schedule-meeting"),
  { ACTIVITY ("schedule-call"), "lasts", 0, "15", "{\"amount\":15,\"unit\":\"minutes\"}" },
  { ACTIVITY ("schedule-meeting"), "lasts", 0, "45", "{\"amount\":45,\"unit\":\"minutes\"}" },
  { ACTIVITY ("schedule-meeting"), "place", 0, "Loja", "\"Loja\"" },
  { ACTIVITY ("create-activity"), "complete-within", 1, "Before a date",
    "{\"amount\":1,\"unit\":\"days\",\"before\":\"meeting.start\",\"x-inside\":1}" },
  { STEP ("notify", "\"text\":\"a\",\"recipient\":\"responsible\",\"sender\":\"ana\""), "text", 0,
    "b", "\"b\"" },
  { STEP ("notify", "\"text\":\"a\",\"recipient\":\"responsible\",\"sender\":\"ana\""), "recipient",
    0, "Everyone in Inbound", "\"group:inbound\"" },
  { STEP ("notify", "\"text\":\"a\",\"recipient\":\"responsible\",\"sender\":\"ana\""), "sender", 0,
    "None", NULL },
  { STEP ("wait", "\"for\":" DAY), "for", 0, "2", "{\"amount\":2,\"unit\":\"days\"}" },
  { STEP ("wait", "\"for\":" DAY), "business-hours", 0, "on", "true" },
  { STEP ("wait", "\"until\":\"lead.created\""), "until", 0, "Meeting’s start",
    "\"meeting.start\"" },
  { STEP ("wait", "\"until-condition\":{\"any\":[]},\"time-out\":" DAY), "time-out", 0, "4",
    "{\"amount\":4,\"unit\":\"days\"}" },
  { STEP ("post-to-stream", "\"text\":\"a\""), "text", 0, "b", "\"b\"" },
  { STEP ("post-to-stream", "\"text\":\"a\""), "mentions", 0, "group:outbound",
    "[\"group:outbound\"]" },
  { STEP ("post-to-stream", "\"text\":\"a\""), "sender", 0, "Carla Mendes", "\"carla\"" },
  { STEP ("change-stage", "\"stage\":\"new\""), "stage", 0, "Filtro 1", "\"filter-1\"" },
  { STEP ("change-stage", "\"stage\":\"new\""), "record", 0, "Deal", "\"deal\"" },
  { STEP ("change-stage", "\"stage\":\"new\""), "allow-back", 0, "on", "true" },
  { STEP ("change-stage", "\"stage\":\"new\",\"reason\":\"a\""), "reason", 0, "", NULL },
  { STEP ("change-responsible", "\"to\":\"manager\""), "to", 0, "In turn: Inbound",
    "\"round-robin:inbound\"" },
  { STEP ("set-field", "\"field\":\"lead.name\",\"value\":\"a\""), "field", 0, "lead.score",
    "\"lead.score\"" },
  { STEP ("set-field", "\"field\":\"lead.name\",\"value\":\"a\""), "value", 0, "true", "true" },
  { STEP ("add-score", "\"points\":5"), "points", 0, "-7", "-7" },
  { STEP ("send-email", "\"subject\":\"a\",\"text\":\"a\""), "to", 0, "Responsible",
    "\"responsible\"" },
  { STEP ("send-email", "\"subject\":\"a\",\"text\":\"a\""), "subject", 0, "b", "\"b\"" },
  { STEP ("send-email", "\"subject\":\"a\",\"text\":\"a\""), "text", 0, "b", "\"b\"" },
  { STEP ("send-email", "\"subject\":\"a\",\"text\":\"a\""), "sender", 0, "Ana Souza", "\"ana\"" },
  { STEP ("send-email", "\"subject\":\"a\",\"text\":\"a\""), "track-opening", 0, "on", "true" },
  { STEP ("send-message", "\"text\":\"a\""), "channel", 0, "WhatsApp", "\"whatsapp\"" },
  { STEP ("send-message", "\"text\":\"a\""), "template", 0, "hello", "\"hello\"" },
  { STEP ("send-message", "\"text\":\"a\""), "text", 0, "b", "\"b\"" },
  { STEP ("add-to-audience", "\"audience\":\"a\""), "platform", 0, "Google", "\"google\"" },
  { STEP ("add-to-audience", "\"audience\":\"a\""), "audience", 0, "b", "\"b\"" },
  { STEP ("add-to-audience", "\"audience\":\"a\""), "by", 0, "Phone number", "\"phone\"" },
  { STEP ("webhook", "\"url\":\"https://a.example\""), "url", 0, "https://b.example",
    "\"https://b.example\"" },
  { STEP ("webhook", "\"url\":\"https://a.example\""), "send", 0, "Lead", "\"lead\"" },
  { STEP ("webhook", "\"url\":\"https://a.example\""), "allow-private", 0, "on", "true" },
  { STEP ("delete-record", "\"confirmed\":true"), "record", 0, "Deal", "\"deal\"" },
  { STEP ("delete-record", "\"confirmed\":true"), "confirmed", 0, "off", NULL },
  { STEP ("control", "\"at-most\":" DAY), "at-most", 0, "5", "{\"amount\":5,\"unit\":\"days\"}" },
  { STEP ("control", "\"at-most\":" DAY), "business-hours", 0, "on", "true" },
  { STEP ("control", "\"at-most\":" DAY), "stage", 0, "Novo", "\"new\"" },
  { STEP ("control", "\"at-most\":" DAY), "recipient", 0, "Responsible", "\"responsible\"" },
  { STEP ("control", "\"at-most\":" DAY), "text", 0, "b", "\"b\"" },
  { STEP ("control", "\"at-most\":" DAY), "sender", 0, "Ana Souza", "\"ana\"" },
  { STEP ("close-activities", "\"reason\":\"a\""), "activity-types", 0, "visit", "[\"visit\"]" },
  { STEP ("close-activities", "\"reason\":\"a\""), "created-by", 0, "This workflow",
    "\"this-workflow\"" },
  { STEP ("close-activities", "\"reason\":\"a\""), "reason", 0, "b", "\"b\"" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "text", 0, "b", "\"b\"" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "approver", 0,
    "Ana Souza", "\"person:ana\"" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "complete-within", 0, "2",
    "{\"amount\":2,\"unit\":\"days\"}" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "notify", 0, "5",
    "{\"amount\":5,\"unit\":\"minutes\"}" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "business-hours", 0, "on",
    "true" },
  { STEP ("request-approval", "\"text\":\"a\",\"complete-within\":" DAY), "on-rejection", 0,
    "Go on", "\"continue\"" },
};

/* The step with that one member changed, as a document reads and writes it. */
static char *
make_expected (const char *step, const char *member, const char *value)
{
  g_autoptr (WfJsonDocument) before = wf_json_document_parse (step, -1, 0, NULL);
  g_autoptr (WfJsonDocument) parsed = value != NULL ? wf_json_document_parse (value, -1, 0, NULL)
                                                    : NULL;
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;
  g_autoptr (WfStep) read = NULL;
  const WfJson *present;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, wf_json_document_get_root (before));
  while (wf_json_iter_next (&iter, &name, &present))
    if (!g_str_equal (name, member))
      wf_json_writer_add_value (writer, name, present);
  if (parsed != NULL)
    wf_json_writer_add_value (writer, member, wf_json_document_get_root (parsed));
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  read = read_step (text);
  return wf_step_to_text (read);
}

static void
test_every_setting (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *expected =
          make_expected (changes[i].step, changes[i].setting, changes[i].expected);
      g_autofree char *after = NULL;
      GtkWidget *row;

      g_test_message ("%s: %s", changes[i].step, changes[i].setting);
      show (self, changes[i].step);
      row = wf_step_form_get_row (self->form, changes[i].setting, changes[i].row);
      g_assert_nonnull (row);
      change (row, changes[i].to);
      g_assert_cmpuint (self->n_changed, >, 0);
      g_assert_cmpstr (wf_step_form_get_changed (self->form), ==, changes[i].setting);
      after = dup_text (self);
      g_assert_cmpstr (after, ==, expected);
    }
}

static gboolean
is_changed_somewhere (const char *kind, const char *setting)
{
  g_autofree char *head = g_strdup_printf ("{\"id\":\"s\",\"kind\":\"%s\"", kind);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_has_prefix (changes[i].step, head) && g_str_equal (changes[i].setting, setting))
      return TRUE;
  return FALSE;
}

/* The table above is complete: those with a dialog or an editor of their own have tests below. */
static void
test_table_is_complete (Fixture *self, gconstpointer data)
{
  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      const WfStepKindInfo *info = wf_step_catalogue_get ((WfStepKind) kind);

      for (guint i = 0; i < info->n_settings; i++)
        {
          WfSettingType type = info->settings[i].type;

          if (type == WF_SETTING_CONDITION || type == WF_SETTING_PATHS || type == WF_SETTING_RULES)
            continue;
          if (!is_changed_somewhere (info->name, info->settings[i].name))
            g_error ("%s: %s is changed nowhere", info->name, info->settings[i].name);
        }
    }
}

/* -- what belongs together --------------------------------------------------------------------- */

/* A wait is for a time, until a date, or until a condition: what does not apply is not shown and not kept. */
static void
test_wait (Fixture *self, gconstpointer data)
{
  g_autofree char *until = NULL, *condition = NULL, *again = NULL;
  GtkWidget *question;

  show (self, STEP ("wait", "\"for\":{\"amount\":3,\"unit\":\"days\"},\"business-hours\":true"));
  question = wf_step_form_get_row (self->form, "Until", 0);
  g_assert_true (gtk_widget_get_visible (wf_step_form_get_row (self->form, "for", 0)));
  g_assert_true (gtk_widget_get_visible (wf_step_form_get_row (self->form, "business-hours", 0)));
  g_assert_false (gtk_widget_get_visible (wf_step_form_get_row (self->form, "until", 0)));
  g_assert_false (gtk_widget_get_visible (wf_step_form_get_row (self->form, "time-out", 0)));

  change (question, "A date is reached");
  until = dup_text (self);
  g_assert_cmpstr (until, ==, "{\"id\":\"s\",\"kind\":\"wait\",\"until\":\"meeting.start\"}");
  g_assert_true (gtk_widget_get_visible (wf_step_form_get_row (self->form, "until", 0)));
  g_assert_false (gtk_widget_get_visible (wf_step_form_get_row (self->form, "business-hours", 0)));

  change (question, "A condition holds");
  condition = dup_text (self);
  g_assert_cmpstr (condition, ==,
                   "{\"id\":\"s\",\"kind\":\"wait\",\"until-condition\":null,\"time-out\":{"
                   "\"amount\":1,\"unit\":\"days\"}}");
  g_assert_true (gtk_widget_get_visible (wf_step_form_get_row (self->form, "until-condition", 0)));
  g_assert_true (gtk_widget_get_visible (wf_step_form_get_row (self->form, "time-out", 0)));

  /* What was typed before is still there. */
  change (question, "Some time has passed");
  again = dup_text (self);
  g_assert_cmpstr (again, ==,
                   "{\"id\":\"s\",\"kind\":\"wait\",\"for\":{\"amount\":3,\"unit\":"
                   "\"days\"},\"business-hours\":true}");
}

static void
test_groups (Fixture *self, gconstpointer data)
{
  WfIdsRow *groups;
  g_autofree char *text = NULL, *all = NULL, *again = NULL;

  show (self, STEP ("create-activity", "\"activity-type\":\"visit\",\"complete-within\":" DAY
                                       ",\"permission\":{\"scope\":\"groups\",\"groups\":[\"gone\","
                                       "\"inbound\"]}"));
  groups = WF_IDS_ROW (wf_step_form_get_row (self->form, "permission", 1));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (groups)));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (groups)), ==, "Inbound, gone");
  wf_ids_row_toggle (groups, "gone");
  wf_ids_row_toggle (groups, "outbound");
  text = dup_text (self);
  g_assert_nonnull (strstr (text, "{\"scope\":\"groups\",\"groups\":[\"inbound\",\"outbound\"]}"));
  change (wf_step_form_get_row (self->form, "permission", 0), "All");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (groups)));
  all = dup_text (self);
  g_assert_nonnull (strstr (all, "\"permission\":{\"scope\":\"all\"}"));
  change (wf_step_form_get_row (self->form, "permission", 0), "Groups");
  again = dup_text (self);
  g_assert_cmpstr (again, ==, text);
}

/* A path's steps stay when its name changes, and paths can be moved and removed. */
static void
test_paths (Fixture *self, gconstpointer data)
{
  GtkWidget *group, *remove;
  g_autofree char *text = NULL;

  show (self, steps[9]);
  group = wf_step_form_get_row (self->form, "paths", 0);
  g_assert_true (ADW_IS_PREFERENCES_GROUP (group));
  g_assert_true (wf_window_check_has_text (group, "Hot"));
  g_assert_true (wf_window_check_has_text (group, "A condition that cannot be read"));
  g_assert_true (wf_window_check_has_text (group, "In every other case"));
  remove = wf_window_check_find (group, GTK_TYPE_BUTTON, NULL);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (remove), ==, "Remove Path");
  g_signal_emit_by_name (remove, "clicked");
  text = dup_text (self);
  g_assert_cmpstr (text, ==,
                   "{\"id\":\"s\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Strange\","
                   "\"if\":7,\"steps\":[]},{\"name\":\"Otherwise\",\"steps\":[]}]}");
}

/* -- problems ---------------------------------------------------------------------------------- */

static void
show_problems (Fixture *self)
{
  const WfStepPlace place = { .position = G_MAXUINT };
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->form);
  g_autofree char *base = NULL;
  g_autoptr (WfProblems) problems =
      wf_workflow_document_try_step (self->document, &place, step, &base);

  wf_step_form_show_problems (self->form, problems, base);
}

static const struct
{
  const char *step, *setting;
  guint row;
  const char *text;
} problems_of[] = {
  { STEP ("create-activity", "\"activity-type\":\"\",\"complete-within\":" DAY), "activity-type", 0,
    "The type of the activity is missing." },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":29,\"unit\":"
          "\"minutes\"}"),
    "complete-within", 0, "Complete within must be at least 30 minutes; this is 29 minutes." },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":30,\"unit\":"
          "\"minutes\"}"),
    "complete-within", 0, NULL },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":1,\"unit\":"
          "\"hours\"}"),
    "complete-within", 0, NULL },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":5,\"unit\":"
          "\"hours\",\"before\":\"lead.name\"}"),
    "complete-within", 2, "“Name” is not a date." },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":5,\"unit\":"
          "\"hours\",\"before\":\"lead.name\"}"),
    "complete-within", 0, NULL },
  { STEP ("create-activity", "\"activity-type\":\"visit\",\"complete-within\":" DAY
                             ",\"permission\":{\"scope\":\"groups\"}"),
    "permission", 1, "Choose at least one group, or permit it for all." },
  { STEP ("create-activity",
          "\"activity-type\":\"visit\",\"complete-within\":" DAY ",\"notes\":\"{lead.nonsense}\""),
    "notes", 0, "*" },
  { STEP ("notify", "\"text\":\"\",\"recipient\":\"responsible\""), "text", 0,
    "The text of the notification is missing." },
  { STEP ("notify", "\"text\":\"a\",\"recipient\":\"person:nobody\""), "recipient", 0, "*" },
  { STEP ("wait", "\"until-condition\":null,\"time-out\":" DAY), "until-condition", 0, "*" },
  { STEP ("wait", "\"until\":\"\""), "until", 0, "It is not said which date counts." },
  { STEP ("webhook", "\"url\":\"ftp://a\""), "url", 0, "*" },
  { STEP ("delete-record", "\"confirmed\":false"), "confirmed", 0,
    "This must be confirmed: what the step does cannot be undone." },
  { STEP ("change-stage", "\"stage\":\"no-such\""), "stage", 0, "*" },
  { STEP ("branch", "\"paths\":[]"), "paths", 0, "*" },
};

static void
test_problems (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems_of); i++)
    {
      const char *said;
      GtkWidget *row;

      g_test_message ("%s", problems_of[i].step);
      show (self, problems_of[i].step);
      show_problems (self);
      said = wf_step_form_get_problem (self->form, problems_of[i].setting, problems_of[i].row);
      if (g_strcmp0 (problems_of[i].text, "*") == 0)
        g_assert_nonnull (said);
      else
        g_assert_cmpstr (said, ==, problems_of[i].text);
      row = wf_step_form_get_row (self->form, problems_of[i].setting, problems_of[i].row);
      g_assert_cmpint (gtk_widget_has_css_class (row, "error"), ==, problems_of[i].text != NULL);
      if (problems_of[i].text != NULL)
        g_assert_true (
            gtk_test_accessible_has_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID));
    }
}

/* S27: the unit counts; and the form says so while somebody types. */
static void
test_minimum (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int amount;
    WfTimeUnit unit;
    gboolean fine;
  } rows[] = { { 29, WF_TIME_UNIT_MINUTES, FALSE }, { 30, WF_TIME_UNIT_MINUTES, TRUE },
               { 1, WF_TIME_UNIT_MINUTES, FALSE },  { 1, WF_TIME_UNIT_HOURS, TRUE },
               { 1, WF_TIME_UNIT_DAYS, TRUE },      { 1, WF_TIME_UNIT_WEEKS, TRUE },
               { 1, WF_TIME_UNIT_MONTHS, TRUE },    { 0, WF_TIME_UNIT_DAYS, FALSE } };

  show (self, ACTIVITY ("create-activity"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = wf_step_form_get_row (self->form, "complete-within", 0);

      gtk_drop_down_set_selected (GTK_DROP_DOWN (find_inside (row, GTK_TYPE_DROP_DOWN)),
                                  rows[i].unit);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_inside (row, GTK_TYPE_SPIN_BUTTON)),
                                 rows[i].amount);
      show_problems (self);
      g_assert_cmpint (wf_step_form_get_problem (self->form, "complete-within", 0) == NULL, ==,
                       rows[i].fine);
    }
}

/* -- showing again ----------------------------------------------------------------------------- */

/* A field that does not change keeps its cursor. */
static void
test_cursor (Fixture *self, gconstpointer data)
{
  GtkWidget *subject, *text;

  show (self, STEP ("send-email", "\"subject\":\"Hello\",\"text\":\"One\""));
  subject = wf_step_form_get_row (self->form, "subject", 0);
  gtk_editable_set_position (GTK_EDITABLE (subject), 3);
  show (self, STEP ("send-email", "\"subject\":\"Hello\",\"text\":\"Two\""));
  g_assert_true (subject == wf_step_form_get_row (self->form, "subject", 0));
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (subject)), ==, 3);
  text = find_inside (wf_step_form_get_row (self->form, "text", 0), GTK_TYPE_TEXT_VIEW);
  g_autofree char *shown = NULL;
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "text", &shown, NULL);
  g_assert_cmpstr (shown, ==, "Two");
}

static gboolean
has_focus (gpointer data)
{
  Fixture *self = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form));
}

/* Every kind of new step: nothing without a name, and the keyboard begins in the form. */
static void
test_new_steps (Fixture *self, gconstpointer data)
{
  for (int kind = 0; kind < WF_N_STEP_KINDS; kind++)
    {
      g_autoptr (WfStep) step = wf_step_new ((WfStepKind) kind);

      g_test_message ("%s", step->kind_name);
      wf_step_set_usual (step, self->organisation);
      wf_step_form_show_step (self->form, step);
      wf_step_form_focus_first (self->form);
      g_assert_true (wf_window_check_wait (has_focus, self));
      g_assert_true (wf_window_check_has_text (self->window, wf_step_kind_to_summary (step->kind)));
      g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->form)), ==, 0);
      gtk_root_set_focus (GTK_ROOT (self->window), NULL);
    }
}

/* Typing chooses the type without opening the list; what is chosen first is left to the person when there are several. */
static void
test_type_ahead (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    guint found;
  } rows[] = { { "vis", 2 }, { "VISITA", 2 }, { "filtro", 1 }, { "re", 1 }, { "zzz", G_MAXUINT } };
  g_autoptr (WfStep) step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
  AdwComboRow *row;

  wf_step_set_usual (step, self->organisation);
  g_assert_cmpstr (step->create_activity.activity_type, ==, "");
  wf_step_form_show_step (self->form, step);
  row = ADW_COMBO_ROW (wf_step_form_get_row (self->form, "activity-type", 0));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (wf_type_ahead_find (row, rows[i].typed), ==, rows[i].found);
}

/* S6: a warning is no error. */
static void
test_warning (Fixture *self, gconstpointer data)
{
  GtkWidget *row;

  show (self,
        STEP ("create-activity", "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":30,"
                                 "\"unit\":\"minutes\"},\"notify\":{\"amount\":31,\"unit\":"
                                 "\"minutes\"}"));
  show_problems (self);
  row = wf_step_form_get_row (self->form, "notify", 0);
  g_assert_nonnull (wf_step_form_get_problem (self->form, "notify", 0));
  g_assert_true (gtk_widget_has_css_class (row, "warning"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

/* R7 */
static void
test_read_only (Fixture *self, gconstpointer data)
{
  g_autoptr (WfBuilderContext) context =
      wf_builder_context_new (self->runtime, self->document, FALSE);

  adw_window_set_content (ADW_WINDOW (self->window), NULL);
  self->form = g_object_new (WF_TYPE_STEP_FORM, NULL);
  wf_step_form_set_context (self->form, context);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->form));
  show (self, steps[0]);
  g_assert_false (gtk_widget_is_sensitive (wf_step_form_get_row (self->form, "notes", 0)));
  g_assert_false (gtk_widget_is_sensitive (wf_step_form_get_row (self->form, "join", 0)));
  adw_window_set_content (ADW_WINDOW (self->window), NULL);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("/ui/step-form/round-trip", test_round_trip);
  ADD ("/ui/step-form/run-is-kept", test_run_is_kept);
  ADD ("/ui/step-form/every-setting", test_every_setting);
  ADD ("/ui/step-form/table-is-complete", test_table_is_complete);
  ADD ("/ui/step-form/wait", test_wait);
  ADD ("/ui/step-form/groups", test_groups);
  ADD ("/ui/step-form/paths", test_paths);
  ADD ("/ui/step-form/problems", test_problems);
  ADD ("/ui/step-form/minimum", test_minimum);
  ADD ("/ui/step-form/cursor", test_cursor);
  ADD ("/ui/step-form/new-steps", test_new_steps);
  ADD ("/ui/step-form/type-ahead", test_type_ahead);
  ADD ("/ui/step-form/warning", test_warning);
  ADD ("/ui/step-form/read-only", test_read_only);
  return g_test_run ();
}
