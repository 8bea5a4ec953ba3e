/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a workflow without any effect: problems, the test and its written events, the comparison with past events, the bench of
 * edge cases. */
#include "wf-builder-fixture.h"
#include "wf-compare-dialog.h"
#include "wf-compare-text.h"
#include "wf-date-time-row.h"
#include "wf-difference-chart.h"
#include "wf-edge-bench-dialog.h"
#include "wf-edge-bench.h"
#include "wf-event-dialog.h"
#include "wf-event-draft.h"
#include "wf-event-form.h"
#include "wf-event-text.h"
#include "wf-instant.h"
#include "wf-problem-place.h"
#include "wf-replay-text.h"
#include "wf-test-view.h"
#include "wf-try-panel.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef WfBuilderFixture Fixture;

/* A call, and a branch whose first path waits a day and calls again. */
static const char *const plain =
    "{\"event\":\"lead.received\",\"conditions\":{\"all\":[{\"field\":\"lead.source\",\"op\":\"eq\","
    "\"value\":\"web\"}]},\"reentry\":\"every-event\"}|"
    "{\"id\":\"first\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\","
    "\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"all\"}},"
    "{\"id\":\"hot\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"if\":{\"all\":[{\"field\":"
    "\"lead.score\",\"op\":\"ge\",\"value\":80}]},\"steps\":[{\"id\":\"second\",\"kind\":"
    "\"create-activity\",\"activity-type\":\"filter-1\",\"run\":{\"mode\":\"delay\",\"delay\":"
    "{\"amount\":1,\"unit\":\"days\"}},\"complete-within\":{\"amount\":2,\"unit\":\"hours\"},"
    "\"permission\":{\"scope\":\"all\"}}]},{\"name\":\"Otherwise\",\"steps\":[]}]}";

/* text: trigger and steps, with a bar between them. */
static WfWorkflow *
read_workflow (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 2);
  g_autofree char *json =
      g_strdup_printf ("{\"format\":1,\"id\":\"" WF_BUILDER_FIXTURE_ID
                       "\",\"name\":\"First contact\",\"state\":\"draft\",\"version\":1,"
                       "\"trigger\":%s,\"steps\":[%s]}",
                       parts[0], parts[1]);

  return wf_builder_fixture_read (json);
}

static WfWorkflow *
make_for_event (const char *event)
{
  g_autofree char *text = g_strdup_printf ("{\"event\":\"%s\"}|", event);

  return read_workflow (text);
}

static WfEvent *
read_event (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, NULL);
}

static WfEvent *
make_event (const char *type, const char *lead, const char *name, int score)
{
  g_autofree char *text = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e-%s\",\"source\":\"/crm\",\"type\":\"%s\",\"time\":"
      "\"2026-11-17T15:00:00-03:00\",\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"%s\",\"owner\":"
      "\"ana\",\"source\":\"web\",\"score\":%d,\"custom\":{\"sector\":\"food\"}}}}",
      lead, type, lead, name, score);

  return read_event (text);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *text = data;
  g_autoptr (WfWorkflow) workflow = read_workflow (text != NULL ? text : plain);

  wf_builder_fixture_set_up (self, workflow, 900, 700, TRUE);
}

static gpointer
show_widget (Fixture *self, gpointer widget)
{
  adw_bin_set_child (ADW_BIN (adw_window_get_content (ADW_WINDOW (self->window))), widget);
  return widget;
}

static WfTryPanel *
show_panel (Fixture *self)
{
  WfTryPanel *panel = show_widget (self, g_object_new (WF_TYPE_TRY_PANEL, NULL));

  wf_try_panel_set_context (panel, self->context);
  return panel;
}

static void
on_reveal (gpointer source, const WfTarget *target, WfTarget **revealed)
{
  wf_target_free (*revealed);
  *revealed = wf_target_copy (target);
}

static void
count (gpointer source, guint *n)
{
  (*n)++;
}

/* -- problems ---------------------------------------------------------------------------------- */

static void
test_places (void)
{
  static const struct
  {
    const char *pointer;
    WfTargetKind kind;
    const char *step;
    guint path;
    const char *text; /* (nullable) */
  } cases[] = {
    { "", WF_TARGET_TRIGGER, NULL, 0, "When a lead is received and Source is web" },
    { "/trigger/conditions", WF_TARGET_TRIGGER, NULL, 0, NULL },
    { "/name", WF_TARGET_TRIGGER, NULL, 0, NULL },
    { "/steps/0/notes", WF_TARGET_STEP, "first", 0, NULL },
    { "/steps/1", WF_TARGET_STEP, "hot", 0, NULL },
    { "/steps/1/paths/0/if/all/0", WF_TARGET_PATH, "hot", 0, "Path “Hot”" },
    { "/steps/1/paths/1", WF_TARGET_PATH, "hot", 1, "Path “Otherwise”" },
    { "/steps/1/paths/0/steps/0/run", WF_TARGET_STEP, "second", 0, NULL },
    { "/steps/7", WF_TARGET_TRIGGER, NULL, 0, NULL },
    { "/steps/x", WF_TARGET_TRIGGER, NULL, 0, NULL },
    { "/steps/0x", WF_TARGET_TRIGGER, NULL, 0, NULL },
    { "/steps/1/paths/9/steps/0", WF_TARGET_STEP, "hot", 0, NULL },
  };
  g_autoptr (WfWorkflow) workflow = read_workflow (plain);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfTarget) target = wf_problem_place_find (workflow, cases[i].pointer);
      g_autofree char *text = wf_problem_place_to_text (target, workflow, NULL);

      g_test_message ("%s", cases[i].pointer);
      g_assert_cmpint (target->kind, ==, cases[i].kind);
      g_assert_cmpstr (target->step, ==, cases[i].step);
      g_assert_cmpuint (target->path, ==, cases[i].path);
      g_assert_cmpuint (strlen (text), >, 0);
      if (cases[i].text != NULL)
        g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_problems (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfWorkflow *workflow = wf_workflow_copy (wf_builder_context_get_workflow (self->context));
  g_autofree char *before = wf_try_panel_dup_summary (panel), *after = NULL;
  g_autoptr (WfTarget) revealed = NULL;
  GtkWidget *list;
  WfStep *step = wf_workflow_find_step (workflow, "second");

  g_signal_connect (panel, "reveal", G_CALLBACK (on_reveal), &revealed);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_ROLE_REGION);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Problems and test");
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (panel)), ==, "wf-try-panel");
  g_assert_cmpstr (before, ==, "No problems");
  wf_builder_fixture_assert_shows (self, "No Problems");
  step->create_activity.complete_within.amount = 10;
  step->create_activity.complete_within.unit = WF_TIME_UNIT_MINUTES;
  wf_workflow_document_change (self->document, workflow, NULL);
  after = wf_try_panel_dup_summary (panel);
  g_assert_true (g_str_has_prefix (after, "1 problem: "));
  wf_try_panel_show_problems (panel);
  wf_builder_fixture_assert_shows (self, strchr (after, ':') + 2);
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (panel)), ==, 0);
  list = wf_window_check_find (GTK_WIDGET (panel), GTK_TYPE_LIST_VIEW, "problems");
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_nonnull (revealed);
  g_assert_cmpstr (revealed->step, ==, "second");
}

/* -- written events ---------------------------------------------------------------------------- */

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  guint n = 0;
  const WfEventTypeInfo *types = wf_event_catalogue_get_types (&n);

  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfWorkflow) workflow = make_for_event (types[i].id);
      g_autoptr (WfEventDraft) sample =
          wf_event_draft_new (workflow, self->organisation, "ana", NULL, NULL, now);
      g_autoptr (GError) error = NULL;
      g_autoptr (WfEvent) event = wf_event_draft_make (sample, &error), again = NULL;
      WfEventForm *form = g_object_ref_sink (g_object_new (WF_TYPE_EVENT_FORM, NULL));

      g_test_message ("%s", types[i].id);
      g_assert_no_error (error);
      g_assert_cmpstr (wf_event_get_event_type (event), ==, types[i].id);
      g_assert_cmpint (wf_event_get_time (event), ==, now);
      g_assert_cmpstr (wf_event_get_lead (event), ==, "sample-1");
      wf_event_form_take_draft (
          form, wf_event_draft_new (workflow, self->organisation, "ana", event, NULL, now),
          self->organisation);
      g_assert_null (wf_event_form_dup_problem (form));
      again = wf_event_draft_make (wf_event_form_get_draft (form), &error);
      g_assert_no_error (error);
      g_assert_true (wf_json_equal (wf_event_get_root (event), wf_event_get_root (again)));
      /* Every field has a row, and what is typed arrives. */
      for (guint j = 0; j < wf_event_draft_get_n (sample); j++)
        g_assert_nonnull (wf_event_form_get_row (form, wf_event_draft_get (sample, j)->id));
      gtk_editable_set_text (GTK_EDITABLE (wf_event_form_get_row (form, "lead.name")), "Padaria");
      g_clear_pointer (&again, wf_event_unref);
      again = wf_event_draft_make (wf_event_form_get_draft (form), &error);
      g_assert_cmpstr (wf_json_get_string (wf_event_get_field (again, "lead.name")), ==, "Padaria");
      g_object_unref (form);
    }
}

static void
test_editors (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = make_for_event ("meeting.scheduled");
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  WfEventForm *form = show_widget (self, g_object_new (WF_TYPE_EVENT_FORM, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = NULL;
  g_autofree char *wrong = NULL, *wrong_date = NULL;
  GtkWidget *score, *start;

  wf_event_form_take_draft (
      form, wf_event_draft_new (workflow, self->organisation, "ana", NULL, NULL, now),
      self->organisation);
  score = wf_event_form_get_row (form, "lead.score");
  start = wf_event_form_get_row (form, "meeting.start");
  g_assert_true (ADW_IS_COMBO_ROW (wf_event_form_get_row (form, "lead.owner")));
  g_assert_true (ADW_IS_SWITCH_ROW (wf_event_form_get_row (form, "import")));
  g_assert_true (WF_IS_DATE_TIME_ROW (start));
  gtk_editable_set_text (GTK_EDITABLE (score), "many");
  wrong = wf_event_form_dup_problem (form);
  g_assert_cmpstr (wrong, ==, "Score: this is not a number");
  gtk_editable_set_text (GTK_EDITABLE (score), "85.5");
  gtk_editable_set_text (GTK_EDITABLE (start), "tomorrow");
  wrong_date = wf_event_form_dup_problem (form);
  g_assert_cmpstr (wrong_date, ==, "Meeting’s start: write it as 2026-11-20 17:50");
  gtk_editable_set_text (GTK_EDITABLE (start), "2026-11-20 17:50");
  g_assert_null (wf_event_form_dup_problem (form));
  gtk_editable_set_text (GTK_EDITABLE (wf_event_form_get_row (form, "lead.tags")), "a, b,,");
  adw_switch_row_set_active (ADW_SWITCH_ROW (wf_event_form_get_row (form, "import")), TRUE);
  /* Nobody, Ana, Bruno, Carla */
  adw_combo_row_set_selected (ADW_COMBO_ROW (wf_event_form_get_row (form, "lead.owner")), 2);
  gtk_editable_set_text (GTK_EDITABLE (wf_event_form_get_row (form, "lead.source")), "");
  event = wf_event_draft_make (wf_event_form_get_draft (form), &error);
  g_assert_no_error (error);
  g_autofree char *tags = wf_json_to_text (wf_event_get_field (event, "lead.tags"), FALSE);
  g_assert_cmpstr (tags, ==, "[\"a\",\"b\"]");
  g_assert_cmpfloat (wf_json_get_double (wf_event_get_field (event, "lead.score"), 0), ==, 85.5);
  g_assert_cmpstr (wf_json_get_string (wf_event_get_field (event, "meeting.start")), ==,
                   "2026-11-20T17:50:00-03:00");
  g_assert_cmpstr (wf_event_get_owner (event), ==, "bruno");
  g_assert_true (wf_event_is_import (event));
  g_assert_null (wf_event_get_field (event, "lead.source"));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (form)), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (wf_event_form_get_row (form, "event.time")), "");
  g_clear_pointer (&event, wf_event_unref);
  event = wf_event_draft_make (wf_event_form_get_draft (form), &error);
  g_assert_null (event);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* Samples fit the trigger, fields that the workflow uses come first, and what no field shows stays. */
static const WfDraftField *
find_field (const WfEventDraft *draft, const char *id)
{
  for (guint i = 0; i < wf_event_draft_get_n (draft); i++)
    {
      const WfDraftField *field = wf_event_draft_get (draft, i);

      if (g_str_equal (field->id, id))
        return field;
    }
  g_assert_not_reached ();
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (
      "{\"event\":\"lead.received\",\"conditions\":{\"all\":[{\"field\":\"lead.custom.size\",\"op\":"
      "\"ge\",\"value\":7},{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"fair\",\"web\"]}]}}|");
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  g_autoptr (WfEventDraft) sample =
      wf_event_draft_new (workflow, self->organisation, NULL, NULL, NULL, now);
  g_autoptr (WfEvent) base = read_event (
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm\",\"type\":\"lead.received\",\"time\":"
      "\"2026-11-17T15:00:00Z\",\"data\":{\"lead\":\"l-1\",\"snapshot\":{\"id\":\"l-1\",\"name\":\"Sol\","
      "\"custom\":{\"size\":3,\"deep\":{\"a\":1}}},\"extra\":[1,2],\"cause\":\"w/s/e\",\"depth\":1}}");
  g_autoptr (WfJsonDocument) lead =
      wf_json_document_parse ("{\"id\":\"l-1\",\"name\":\"Old\",\"city\":\"Recife\"}", -1, 0, NULL);
  g_autoptr (WfEventDraft) draft = wf_event_draft_new (workflow, self->organisation, NULL, base,
                                                       wf_json_document_get_root (lead), now);
  g_autoptr (WfEvent) event = wf_event_draft_make (draft, NULL);
  const WfDraftField *size = find_field (sample, "lead.custom.size");

  g_assert_cmpint (wf_event_draft_get (sample, 0)->group, ==, WF_DRAFT_GROUP_LOOKED_AT);
  g_assert_cmpint (size->type, ==, WF_FIELD_NUMBER);
  g_assert_cmpstr (size->value, ==, "7");
  g_assert_cmpstr (find_field (sample, "lead.source")->value, ==, "\"fair\"");
  g_assert_cmpstr (wf_event_get_id (event), ==, "e-1");
  g_assert_cmpstr (wf_event_get_lead (event), ==, "l-1");
  g_assert_cmpstr (wf_json_get_string (wf_event_get_field (event, "lead.name")), ==, "Sol");
  g_assert_cmpstr (wf_json_get_string (wf_event_get_field (event, "lead.city")), ==, "Recife");
  g_assert_cmpfloat (wf_json_get_double (wf_event_get_field (event, "lead.custom.deep.a"), 0), ==,
                     1);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (wf_event_get_data (event), "extra")), ==,
                    2);
  g_assert_null (wf_event_get_cause (event));
  g_assert_cmpuint (wf_event_get_depth (event), ==, 0);
}

static void
test_event_text (Fixture *self, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  g_autoptr (WfEvent) meeting = read_event (
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm\",\"type\":\"meeting.scheduled\",\"time\":"
      "\"2026-11-17T15:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\",\"owner\":\"ana\"},\"meeting\":{\"id\":"
      "\"m-1\",\"start\":\"2026-11-19T12:00:00Z\",\"person\":\"bruno\"}}}");
  g_autoptr (WfEvent) bare = read_event (
      "{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/crm\",\"type\":\"webhook.received\",\"time\":"
      "\"2026-11-17T15:00:00Z\",\"data\":{}}");
  g_autoptr (WfJsonDocument) lead =
      wf_json_document_parse ("{\"name\":\"Padaria Sol\",\"score\":35}", -1, 0, NULL);
  const WfJson *members = wf_json_document_get_root (lead);
  g_autofree char *name = wf_event_text_lead (meeting, members);
  g_autofree char *id = wf_event_text_lead (meeting, NULL);
  g_autofree char *nobody = wf_event_text_lead (bare, NULL);
  g_autofree char *line = wf_event_text_line (meeting, members, self->organisation, now, zone);
  g_autofree char *empty = wf_event_text_line (bare, NULL, NULL, now, zone);

  g_assert_cmpstr (name, ==, "Padaria Sol");
  g_assert_cmpstr (id, ==, "l-1");
  g_assert_cmpstr (nobody, ==, "No lead");
  g_assert_cmpstr (line, ==,
                   "Meeting’s start: Tomorrow, 09:00 · Meeting’s person: Bruno Lima · Score: 35 · "
                   "Responsible: Ana Souza");
  g_assert_cmpstr (empty, ==, "");
}

/* -- choosing an event ------------------------------------------------------------------------- */

typedef struct
{
  WfEvent *event;
  WfJsonDocument *lead;
} Chosen;

static void
on_chosen (gpointer dialog, WfEvent *event, WfJsonDocument *lead, const char *title, Chosen *chosen)
{
  chosen->event = wf_event_ref (event);
  chosen->lead = lead != NULL ? wf_json_document_ref (lead) : NULL;
}

static void
chosen_clear (Chosen *self)
{
  g_clear_pointer (&self->event, wf_event_unref);
  g_clear_pointer (&self->lead, wf_json_document_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, chosen_clear)

static gboolean
has_one_row (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) == 1;
}

static void
test_choose_event (Fixture *self, gconstpointer data)
{
  g_auto (Chosen) chosen = { 0 };
  WfEventDialog *dialog;
  GtkWidget *list, *search;

  wf_fake_runtime_add_past_event (
      self->runtime, make_event ("lead.received", "l-1", "Padaria Sol", 90),
      wf_json_document_parse ("{\"id\":\"l-1\",\"city\":\"Recife\"}", -1, 0, NULL));
  wf_fake_runtime_add_past_event (self->runtime,
                                  make_event ("lead.received", "l-2", "Café Lua", 10), NULL);
  wf_fake_runtime_add_past_event (self->runtime, make_event ("lead.updated", "l-3", "Other", 10),
                                  NULL);
  dialog = wf_event_dialog_new (self->context);
  g_signal_connect (dialog, "chosen", G_CALLBACK (on_chosen), &chosen);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Padaria Sol");
  wf_builder_fixture_assert_shows (self, "Café Lua");
  g_assert_false (wf_window_check_has_text (GTK_WIDGET (dialog), "Other"));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  list = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW, "list");
  search = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY, "search");
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like this");
  wf_builder_fixture_assert_shows (self, "Nothing Found");
  gtk_editable_set_text (GTK_EDITABLE (search), "RECIFE");
  g_assert_true (wf_window_check_wait (has_one_row, list));
  gtk_editable_set_text (GTK_EDITABLE (search), "cafe");
  g_assert_true (wf_window_check_wait (has_one_row, list));
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_nonnull (chosen.event);
  g_assert_cmpstr (wf_event_get_lead (chosen.event), ==, "l-2");
  g_assert_null (chosen.lead);
}

/* A start by hand has no event of the CRM to repeat: a lead is chosen, once each. */
static void
test_choose_lead (Fixture *self, gconstpointer data)
{
  g_auto (Chosen) chosen = { 0 };
  WfEventDialog *dialog;
  GtkWidget *list;

  wf_fake_runtime_add_past_event (self->runtime,
                                  make_event ("lead.updated", "l-1", "Padaria Sol", 90), NULL);
  wf_fake_runtime_add_past_event (self->runtime,
                                  make_event ("lead.received", "l-1", "Padaria Sol", 10), NULL);
  dialog = wf_event_dialog_new (self->context);
  g_signal_connect (dialog, "chosen", G_CALLBACK (on_chosen), &chosen);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "Choose a Lead");
  wf_builder_fixture_assert_shows (self, "Padaria Sol");
  list = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW, "list");
  g_assert_true (has_one_row (list));
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpstr (wf_event_get_event_type (chosen.event), ==, "manual.started");
  g_assert_cmpstr (wf_event_get_lead (chosen.event), ==, "l-1");
  g_assert_cmpint (wf_event_get_time (chosen.event), ==, wf_clock_now (WF_CLOCK (self->clock)));
  g_assert_cmpstr (wf_json_get_string (wf_event_get_field (chosen.event, "workflow")), ==,
                   WF_BUILDER_FIXTURE_ID);
}

static void
test_write_event (Fixture *self, gconstpointer data)
{
  g_auto (Chosen) chosen = { 0 };
  WfEventDialog *dialog = wf_event_dialog_new (self->context);
  WfEventForm *form;
  GtkWidget *run, *score;

  g_signal_connect (dialog, "chosen", G_CALLBACK (on_chosen), &chosen);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "No Such Event Yet");
  wf_event_dialog_write_one (dialog);
  wf_builder_fixture_assert_shows (self, "This Workflow Looks At");
  form = WF_EVENT_FORM (wf_window_check_find (GTK_WIDGET (dialog), WF_TYPE_EVENT_FORM, "form"));
  run = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "run");
  score = wf_event_form_get_row (form, "lead.score");
  gtk_editable_set_text (GTK_EDITABLE (score), "x");
  g_signal_emit_by_name (run, "clicked");
  wf_builder_fixture_assert_shows (self, "Score: this is not a number");
  g_assert_null (chosen.event);
  gtk_editable_set_text (GTK_EDITABLE (score), "81");
  g_signal_emit_by_name (run, "clicked");
  g_assert_nonnull (chosen.event);
  g_assert_cmpfloat (wf_json_get_double (wf_event_get_field (chosen.event, "lead.score"), 0), ==,
                     81);
}

static void
test_events_fail (Fixture *self, gconstpointer data)
{
  wf_fake_runtime_fail_next (self->runtime, "The disk is full");
  wf_builder_fixture_present (self, wf_event_dialog_new (self->context));
  wf_builder_fixture_assert_shows (self, "Past Events Cannot Be Read");
  wf_builder_fixture_assert_shows (self, "The disk is full");
}

/* -- the test ---------------------------------------------------------------------------------- */

static WfTestView *
find_test (WfTryPanel *panel)
{
  wf_try_panel_show_test (panel);
  return WF_TEST_VIEW (wf_window_check_find (GTK_WIDGET (panel), WF_TYPE_TEST_VIEW, NULL));
}

static gboolean
is_focused (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus == widget;
}

static gboolean
has_height (gpointer widget)
{
  return gtk_widget_get_height (widget) > 0;
}

/* By keyboard alone: the test opens on its first button, and from there Tab reaches the list. */
static void
test_keyboard (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfTestView *test = find_test (panel);
  g_autoptr (WfEvent) event = make_event ("lead.received", "l-1", "Padaria Sol", 90);
  GtkWidget *choose = wf_window_check_find (GTK_WIDGET (panel), GTK_TYPE_BUTTON, "choose");
  GtkWidget *list, *focus;
  guint n = 0;

  g_assert_true (wf_window_check_wait (is_focused, choose));
  wf_test_view_run (test, event, NULL, "Padaria Sol");
  wf_builder_fixture_assert_shows (self, "✓ Yes: Source is web (value: web)");
  list = wf_window_check_find (GTK_WIDGET (panel), GTK_TYPE_LIST_VIEW, "list");
  g_assert_true (wf_window_check_wait (has_height, gtk_widget_get_first_child (list)));
  do
    {
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (panel), GTK_DIR_TAB_FORWARD));
      focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (panel)));
      g_assert_cmpuint (++n, <, 12);
    }
  while (!gtk_widget_is_ancestor (focus, list));
}

static WfMarkKind
get_step_mark (WfTryPanel *panel, const char *step, const char **text)
{
  g_autoptr (WfTarget) target = wf_target_new_step (step);

  return wf_flow_marks_get (wf_try_panel_get_marks (panel), target, text);
}

static WfMarkKind
get_path_mark (WfTryPanel *panel, guint path, const char **text)
{
  g_autoptr (WfTarget) target = wf_target_new_path ("hot", path);

  return wf_flow_marks_get (wf_try_panel_get_marks (panel), target, text);
}

static void
test_run (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfTestView *test = find_test (panel);
  g_autoptr (WfEvent) hot = make_event ("lead.received", "l-1", "Padaria Sol", 90);
  g_autoptr (WfEvent) cold = make_event ("lead.received", "l-1", "Padaria Sol", 10);
  g_autoptr (WfTarget) revealed = NULL;
  const char *text = NULL;
  GtkWidget *list;
  guint n_changes = 0;

  wf_builder_fixture_assert_shows (self,
                                   "Without any effect: nothing is created, and nobody is told.");
  g_signal_connect (panel, "marks-changed", G_CALLBACK (count), &n_changes);
  g_signal_connect (panel, "reveal", G_CALLBACK (on_reveal), &revealed);
  g_assert_null (wf_try_panel_get_marks (panel));
  wf_test_view_run (test, hot, NULL, "Padaria Sol");
  /* The desktop wants no animations here: all at once. */
  g_assert_cmpuint (wf_test_view_get_n_stops (test), >=, 5);
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, wf_test_view_get_n_stops (test));
  g_assert_cmpuint (n_changes, >=, 1);
  g_assert_cmpint (get_step_mark (panel, "first", NULL), ==, WF_MARK_PASSED);
  g_assert_cmpint (get_step_mark (panel, "second", NULL), ==, WF_MARK_PASSED);
  g_assert_cmpint (get_path_mark (panel, 0, &text), ==, WF_MARK_PASSED);
  g_assert_nonnull (strstr (text, "90 ✓"));
  wf_builder_fixture_assert_shows (
      self, "2 activities would be created. This test was without any effect.");
  wf_builder_fixture_assert_shows (self, "✓ Yes: Score is at least 80 (value: 90)");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (panel)), ==, 0);
  list = wf_window_check_find (GTK_WIDGET (panel), GTK_TYPE_LIST_VIEW, "list");
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (revealed->kind, ==, WF_TARGET_TRIGGER);

  wf_test_view_run (test, cold, NULL, "Padaria Sol");
  g_assert_cmpint (get_path_mark (panel, 0, &text), ==, WF_MARK_NOT_TAKEN);
  g_assert_nonnull (strstr (text, "10 ✗"));
  g_assert_cmpint (get_step_mark (panel, "second", NULL), ==, WF_MARK_NONE);
  wf_builder_fixture_assert_shows (self, "✗ No: Score is at least 80 (value: 10)");
  wf_builder_fixture_assert_shows (
      self, "1 activity would be created. This test was without any effect.");
}

static gboolean
is_played (gpointer test)
{
  return wf_test_view_get_n_shown (test) == wf_test_view_get_n_stops (test);
}

static void
test_play (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfTestView *test = find_test (panel);
  g_autoptr (WfEvent) event = make_event ("lead.received", "l-1", "Padaria Sol", 90);
  guint n;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  wf_test_view_run (test, event, NULL, "Padaria Sol");
  n = wf_test_view_get_n_stops (test);
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, 1);
  /* A step pauses it, so that what comes next does not run away. */
  gtk_widget_activate_action (GTK_WIDGET (test), "test.step", NULL);
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, 2);
  g_autofree char *status = g_strdup_printf ("Stop 2 of %u, without any effect", n);
  wf_builder_fixture_assert_shows (self, status);
  gtk_widget_activate_action (GTK_WIDGET (test), "test.play", NULL);
  g_assert_true (wf_window_check_wait (is_played, test));
  wf_builder_fixture_assert_shows (
      self, "2 activities would be created. This test was without any effect.");
  /* Once more, and to the end at once. */
  gtk_widget_activate_action (GTK_WIDGET (test), "test.play", NULL);
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (test), "test.skip", NULL);
  g_assert_cmpuint (wf_test_view_get_n_shown (test), ==, n);
}

static void
test_stale (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfTestView *test = find_test (panel);
  g_autoptr (WfEvent) event = make_event ("lead.received", "l-1", "Padaria Sol", 90);
  WfWorkflow *renamed = wf_workflow_copy (wf_builder_context_get_workflow (self->context));
  WfWorkflow *other = NULL;

  wf_test_view_run (test, event, NULL, "Padaria Sol");
  g_free (renamed->name);
  renamed->name = g_strdup ("Another name");
  wf_workflow_document_change (self->document, renamed, NULL);
  g_assert_null (wf_try_panel_get_marks (panel));
  g_assert_cmpuint (wf_test_view_get_n_stops (test), ==, 0);
  wf_builder_fixture_assert_shows (self, "The workflow changed: run the test again.");
  gtk_widget_activate_action (GTK_WIDGET (test), "test.run", NULL);
  g_assert_nonnull (wf_try_panel_get_marks (panel));
  wf_builder_fixture_assert_shows (
      self, "2 activities would be created. This test was without any effect.");
  /* Another trigger: the event is not one of its own. */
  other = wf_workflow_copy (wf_builder_context_get_workflow (self->context));
  g_free (other->event);
  other->event = g_strdup ("lead.updated");
  wf_workflow_document_change (self->document, other, NULL);
  wf_builder_fixture_assert_shows (self, "Choose Event…");
  wf_builder_fixture_assert_shows (self,
                                   "Without any effect: nothing is created, and nobody is told.");
}

/* Without completion the walk ends where a step waits for the one before it. */
static void
test_not_completed (Fixture *self, gconstpointer data)
{
  WfTryPanel *panel = show_panel (self);
  WfTestView *test = find_test (panel);
  g_autoptr (WfEvent) event = make_event ("lead.received", "l-1", "Padaria Sol", 90);
  GtkWidget *succeed = wf_window_check_find (GTK_WIDGET (panel), GTK_TYPE_SWITCH, "succeed");

  wf_test_view_run (test, event, NULL, "Padaria Sol");
  g_assert_cmpint (get_step_mark (panel, "then", NULL), ==, WF_MARK_PASSED);
  gtk_switch_set_active (GTK_SWITCH (succeed), FALSE);
  g_assert_cmpint (get_step_mark (panel, "then", NULL), ==, WF_MARK_WAITS);
  wf_builder_fixture_assert_shows (
      self, "1 activity would be created. This test was without any effect.");
}

/* -- past events through both versions --------------------------------------------------------- */

static void
test_difference_chart (Fixture *self, gconstpointer data)
{
  static const WfDifferenceEntry entries[] = { { "Ana", 12, 24 }, { "Bruno", 4, 0 } };
  GtkWidget *chart = show_widget (self, wf_difference_chart_new ()), *bar;
  int narrow, natural;

  wf_difference_chart_set_entries (WF_DIFFERENCE_CHART (chart), entries, 2, "Activities");
  g_assert_cmpuint (wf_difference_chart_get_n (WF_DIFFERENCE_CHART (chart)), ==, 2);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Activities");
  bar = gtk_widget_get_first_child (chart);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ana: 12 before, 24 after");
  g_assert_cmpstr (gtk_widget_get_css_name (chart), ==, "differencechart");
  gtk_widget_measure (chart, GTK_ORIENTATION_HORIZONTAL, -1, &narrow, &natural, NULL, NULL);
  g_assert_cmpint (narrow, <=, 300);
  gtk_widget_set_direction (bar, GTK_TEXT_DIR_RTL); /* drawn mirrored, without a complaint */
  gtk_widget_queue_draw (bar);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wf_difference_chart_set_entries (WF_DIFFERENCE_CHART (chart), NULL, 0, "Activities");
  g_assert_null (gtk_widget_get_first_child (chart));
}

static void
test_compare_text (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = NULL, two = NULL;
  WfCompareFigure some[] = { { (char *) "2026-11-20", NULL, 1, 3 },
                             { (char *) "2026-11-21", NULL, 5, 5 },
                             { (char *) "2026-11-22", NULL, 9, 0 },
                             { (char *) "2026-11-23", NULL, 0, 4 } };
  const WfCompareFigure nobody = { (char *) "", (char *) "", 0, 1 };
  const WfCompareFigure mail = { (char *) "send-email", NULL, 0, 1 };
  g_autofree char *day = wf_compare_text_name (&some[0], WF_COMPARE_BY_DAY);
  g_autofree char *person = wf_compare_text_name (&nobody, WF_COMPARE_BY_PERSON);
  g_autofree char *effect = wf_compare_text_name (&mail, WF_COMPARE_BY_EFFECT);

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    g_ptr_array_add (figures, &some[i]);
  all = wf_compare_text_choose (figures, 10);
  two = wf_compare_text_choose (figures, 2);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_true (g_ptr_array_index (two, 0) == &some[2]);
  g_assert_true (g_ptr_array_index (two, 1) == &some[3]);
  g_assert_cmpstr (day, ==, "Fri, 20 Nov");
  g_assert_cmpstr (person, ==, "Unassigned");
  g_assert_cmpstr (effect, ==, "Send an e-mail");
}

static void
test_compare (Fixture *self, gconstpointer data)
{
  WfCompareDialog *dialog =
      wf_compare_dialog_new (self->runtime, wf_builder_context_get_workflow (self->context));
  guint n_published = 0;
  GtkWidget *publish, *period, *from, *until;

  g_signal_connect (dialog, "publish", G_CALLBACK (count), &n_published);
  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (self, "0 events were replayed.");
  wf_builder_fixture_assert_shows (self, "As many as before.");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  period = wf_window_check_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "period");
  adw_combo_row_set_selected (ADW_COMBO_ROW (period), 2);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "compare 91");
  adw_combo_row_set_selected (ADW_COMBO_ROW (period), 3);
  wf_builder_fixture_assert_shows (self, "Which Period?");
  from = wf_window_check_find (GTK_WIDGET (dialog), WF_TYPE_DATE_TIME_ROW, "from");
  until = wf_window_check_find (GTK_WIDGET (dialog), WF_TYPE_DATE_TIME_ROW, "until");
  gtk_editable_set_text (GTK_EDITABLE (from), "2026-11-12");
  gtk_editable_set_text (GTK_EDITABLE (until), "2026-11-10");
  g_signal_emit_by_name (until, "entry-activated");
  wf_builder_fixture_assert_shows (self, "The period must end after it begins.");
  gtk_editable_set_text (GTK_EDITABLE (until), "2026-11-15 00:00");
  g_signal_emit_by_name (until, "entry-activated");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, "compare 3");
  wf_builder_fixture_assert_shows (self, "0 events were replayed.");
  publish = wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "publish");
  g_assert_nonnull (publish);
  g_signal_emit_by_name (publish, "clicked");
  g_assert_cmpuint (n_published, ==, 1);
}

static void
test_compare_cancelled (Fixture *self, gconstpointer data)
{
  WfCompareDialog *dialog =
      wf_compare_dialog_new (self->runtime, wf_builder_context_get_workflow (self->context));

  wf_builder_fixture_present (self, dialog);
  /* Nobody listens, so publishing is not offered. */
  g_assert_null (wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "publish"));
  g_signal_emit_by_name (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), WF_TYPE_COMPARE_DIALOG, "cancel"),
      "clicked");
  wf_builder_fixture_assert_shows (self, "Stopped");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wf_builder_fixture_assert_shows (self,
                                   "Stopped"); /* the answer that was under way is not shown */
  g_signal_emit_by_name (wf_window_check_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "again"),
                         "clicked");
  wf_builder_fixture_assert_shows (self, "0 events were replayed.");
}

/* -- the bench --------------------------------------------------------------------------------- */

static void
test_replay_text (Fixture *self, gconstpointer data)
{
  WfWorkflow *workflow = wf_builder_context_get_workflow (self->context);
  GTimeZone *zone = wf_working_hours_get_zone (wf_organisation_get_hours (self->organisation));
  static const char *const lines[][2] = {
    { "{\"time\":\"2026-11-20T17:50:00-03:00\",\"workflow\":\"" WF_BUILDER_FIXTURE_ID
      "\",\"version\":1,\"step\":\"first\","
      "\"kind\":\"create-activity\",\"lead\":\"l-1\",\"person\":\"ana\",\"key\":\"k\",\"due\":"
      "\"2026-11-23T09:20:00-03:00\",\"remind\":null,\"activity-type\":\"filter-1\"}",
      "Fri, 20 Nov 2026, 17:50: “Realizar Filtro 1” for Ana Souza, due Mon, 23 Nov 2026, 09:20" },
    { "{\"time\":\"2026-11-20T17:50:00-03:00\",\"step\":\"first\",\"kind\":\"became-late\",\"person\":null,"
      "\"activity-type\":\"filter-1\"}",
      "Fri, 20 Nov 2026, 17:50: “Realizar Filtro 1” of nobody became late" },
    { "{\"time\":\"2026-11-20T17:50:00-03:00\",\"event\":\"e\",\"workflow\":\"" WF_BUILDER_FIXTURE_ID
      "\",\"version\":1,\"verdict\":\"started\"}",
      "Fri, 20 Nov 2026, 17:50: First contact: started" },
    { "{\"time\":\"2026-11-20T17:50:00-03:00\",\"step\":\"m\",\"kind\":\"send-email\",\"person\":null,"
      "\"text\":\"Hello\"}",
      "Fri, 20 Nov 2026, 17:50: Send an e-mail: Hello" },
    { "not JSON", "not JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = wf_replay_text_line (lines[i][0], workflow, self->organisation, zone);

      g_assert_cmpstr (text, ==, lines[i][1]);
    }
}

/* Every line of every case is a sentence. */
static void
test_bench_lines (Fixture *self, gconstpointer data)
{
  WfWorkflow *workflow = wf_builder_context_get_workflow (self->context);
  GTimeZone *zone = wf_working_hours_get_zone (wf_organisation_get_hours (self->organisation));
  g_autoptr (GPtrArray) cases =
      wf_edge_bench_run (self->organisation, workflow, wf_clock_now (WF_CLOCK (self->clock)));
  guint n = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      const WfEdgeCase *edge = g_ptr_array_index (cases, i);

      for (guint j = 0; j < edge->lines->len; j++, n++)
        {
          g_autofree char *text = wf_replay_text_line (g_ptr_array_index (edge->lines, j), workflow,
                                                       self->organisation, zone);

          g_assert_null (strchr (text, '{'));
        }
    }
  g_assert_cmpuint (n, >, 20);
}

static void
test_bench (Fixture *self, gconstpointer data)
{
  WfEdgeBenchDialog *dialog = wf_edge_bench_dialog_new (self->context);

  wf_builder_fixture_present (self, dialog);
  wf_builder_fixture_assert_shows (
      self, "What this workflow would do on difficult days, tried without any effect.");
  wf_builder_fixture_assert_shows (self, "Passed");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (dialog)), ==, 0);
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* Closing it while the thread still works. */
static void
test_bench_closed (Fixture *self, gconstpointer data)
{
  WfEdgeBenchDialog *dialog = wf_edge_bench_dialog_new (self->context);

  wf_builder_fixture_present (self, dialog);
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

#define ADD(path, func, workflow)                                                                  \
  g_test_add (path, Fixture, workflow, set_up, func, wf_builder_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  g_test_add_func ("/ui/try/places", test_places);
  ADD ("/ui/try/problems", test_problems, NULL);
  ADD ("/ui/try/written/round-trip", test_round_trip, NULL);
  ADD ("/ui/try/written/editors", test_editors, NULL);
  ADD ("/ui/try/written/draft", test_draft, NULL);
  ADD ("/ui/try/event/text", test_event_text, NULL);
  ADD ("/ui/try/event/choose", test_choose_event, NULL);
  ADD ("/ui/try/event/lead", test_choose_lead, "{\"event\":\"manual.started\"}|");
  ADD ("/ui/try/event/write", test_write_event, NULL);
  ADD ("/ui/try/event/error", test_events_fail, NULL);
  ADD ("/ui/try/test/run", test_run, NULL);
  ADD ("/ui/try/test/keyboard", test_keyboard, NULL);
  ADD ("/ui/try/test/play", test_play, NULL);
  ADD ("/ui/try/test/stale", test_stale, NULL);
  ADD ("/ui/try/test/not-completed", test_not_completed,
       "{\"event\":\"lead.received\"}|{\"id\":\"first\",\"kind\":\"create-activity\","
       "\"activity-type\":\"filter-1\",\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"},"
       "\"permission\":{\"scope\":\"all\"}},{\"id\":\"then\",\"kind\":\"create-activity\","
       "\"activity-type\":\"filter-1\",\"run\":{\"mode\":\"after-previous\"},\"complete-within\":"
       "{\"amount\":30,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"all\"}}");
  ADD ("/ui/try/compare/chart", test_difference_chart, NULL);
  ADD ("/ui/try/compare/text", test_compare_text, NULL);
  ADD ("/ui/try/compare/dialog", test_compare, NULL);
  ADD ("/ui/try/compare/cancelled", test_compare_cancelled, NULL);
  ADD ("/ui/try/bench/text", test_replay_text, NULL);
  ADD ("/ui/try/bench/lines", test_bench_lines, NULL);
  ADD ("/ui/try/bench/dialog", test_bench, NULL);
  ADD ("/ui/try/bench/closed", test_bench_closed, NULL);
  return g_test_run ();
}
