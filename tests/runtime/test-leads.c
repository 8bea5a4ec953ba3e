/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads: how they come in, who sees them, what people do with them, and what is shown while the CRM does not know yet or
 * refuses it (B18, R52, R58, R66, S17). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-lead-calls.h"
#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define DAY "[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]"
#define HOURS                                                                                      \
  "\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{\"mon\":" DAY ",\"tue\":" DAY  \
  ",\"wed\":" DAY ",\"thu\":" DAY ",\"fri\":" DAY ",\"sat\":[],\"sun\":[]}}"

/* A company with store flow: whoever serves in the store and who finalizes. */
static const char company[] =
    "{\"format\":1,\"name\":\"Test\",\"process\":\"2-with-store-flow\"," HOURS ",\"people\":["
    "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"teams\":[\"sp\"]},"
    "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"teams\":[\"sp\"]},"
    "{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"attendant\",\"teams\":[\"sp\"]},"
    "{\"id\":\"leo\",\"name\":\"Leo\",\"role\":\"attendant\",\"teams\":[\"sp\"],\"active\":false},"
    "{\"id\":\"davi\",\"name\":\"Davi\",\"role\":\"seller\",\"units\":[\"centro\"]},"
    "{\"id\":\"isabel\",\"name\":\"Isabel\",\"role\":\"reception\"},"
    "{\"id\":\"joao\",\"name\":\"João\",\"role\":\"media\"}],"
    "\"teams\":[{\"id\":\"sp\",\"name\":\"SP\"}],"
    "\"units\":[{\"id\":\"centro\",\"name\":\"Centro\",\"store-flow\":true}],"
    "\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"}],"
    "\"pipelines\":[{\"id\":\"leads\",\"record\":\"lead\",\"stages\":[{\"id\":\"new\",\"name\":\"New\"},"
    "{\"id\":\"filter-1\",\"name\":\"Filter 1\"},{\"id\":\"offer\",\"name\":\"Offer\"},"
    "{\"id\":\"won\",\"name\":\"Won\"},{\"id\":\"discarded\",\"name\":\"Discarded\"}]}]}";

static void
put_lead (WfFixture *f, const char *id, const char *owner, const char *stage, WfInstant updated)
{
  g_autofree char *time = wf_instant_format_utc (updated);
  g_autofree char *owner_text = owner != NULL ? g_strdup_printf (",\"owner\":\"%s\"", owner)
                                              : g_strdup ("");
  g_autofree char *json = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"%s\",\"stage\":\"%s\",\"origin\":\"web\",\"updated\":\"%s\"%s}",
      id, id, stage, time, owner_text);

  wf_scripted_crm_put_lead (f->crm, json);
}

/* Leads of Ana, of Bruno and of nobody. */
static void
begin (WfFixture *f, const char *person)
{
  WfInstant yesterday;

  wf_fixture_set_up (f, person);
  yesterday = wf_fixture_now (f) - 24 * HOUR;
  wf_scripted_crm_set_organisation (f->crm, company);
  put_lead (f, "a-1", "ana", "new", yesterday);
  put_lead (f, "a-2", "ana", "filter-1", yesterday);
  put_lead (f, "a-3", "ana", "offer", yesterday);
  put_lead (f, "b-1", "bruno", "new", yesterday);
  put_lead (f, "d-1", "davi", "offer", yesterday);
  put_lead (f, "q-1", NULL, "new", yesterday);
  wf_fixture_start (f);
}

static void
assert_lead (WfFixture *f, const char *id, const char *stage, const char *owner, WfSyncState sync)
{
  g_autoptr (WfLead) lead = NULL;

  wf_fixture_settle (f);
  lead = wf_lead_calls_get (f->runtime, id);
  g_assert_nonnull (lead);
  g_assert_cmpstr (lead->stage, ==, stage);
  g_assert_cmpstr (lead->owner, ==, owner);
  g_assert_cmpint (lead->sync, ==, sync);
  g_assert_cmpint (lead->sync_error != NULL, ==, sync == WF_SYNC_REFUSED);
}

static void
assert_list (WfFixture *f, const WfLeadQuery *query, const char *expected)
{
  g_autofree char *list = wf_lead_calls_list (f->runtime, query);

  g_assert_cmpstr (list, ==, expected);
}

static void
count_signal (WfRuntime *runtime, guint *count)
{
  (*count)++;
}

static void
go_offline (WfFixture *f)
{
  wf_scripted_crm_set_offline (f->crm, TRUE);
  wf_runtime_poke (f->runtime);
  wf_fixture_settle (f);
  g_assert_cmpint (wf_runtime_get_sync_status (f->runtime), ==, WF_SYNC_STATUS_OFFLINE);
}

static void
come_back (WfFixture *f)
{
  wf_fixture_settle (f);
  wf_scripted_crm_set_offline (f->crm, FALSE);
  wf_runtime_poke (f->runtime);
  wf_fixture_settle (f);
}

/* -- coming in --------------------------------------------------------------------------------- */

static void
test_reading (void)
{
  static const struct
  {
    const char *person, *list;
  } sights[] = {
    { "ana", "a-1 a-2 a-3 q-1" },
    { "davi", "d-1" }, /* sellers do not claim, but direct nobody either */
    { "carla", "a-1 a-2 a-3 b-1 d-1 q-1" },
    { "isabel", "q-1" }, /* R66: what is to be directed */
    { "joao", "" },
    { NULL, "a-1 a-2 a-3 b-1 d-1 q-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sights); i++)
    {
      WfFixture f;

      g_test_message ("%s", sights[i].person);
      begin (&f, sights[i].person);
      assert_list (&f, NULL, sights[i].list);
      wf_fixture_tear_down (&f);
    }
}

/* Pages of three; after a restart only what changed since. */
static void
test_reading_again (void)
{
  WfFixture f;
  guint n_calls, n_signals = 0;

  begin (&f, "carla");
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_LEADS), ==, 2);
  wf_fixture_stop (&f);
  put_lead (&f, "a-1", "bruno", "offer", wf_fixture_now (&f));
  n_calls = wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_LEADS);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_LEADS), ==, n_calls + 1);
  assert_lead (&f, "a-1", "offer", "bruno", WF_SYNC_CONFIRMED);

  /* The log expired: everything is read again. */
  g_signal_connect (f.runtime, "leads-changed", G_CALLBACK (count_signal), &n_signals);
  put_lead (&f, "z-1", "ana", "new", wf_fixture_now (&f) - 48 * HOUR);
  wf_fixture_add_event (&f, "e-1", "lead.updated", "x-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_signals, >, 0);
  wf_fixture_stop (&f);
  wf_fixture_add_event (&f, "e-2", "lead.updated", "x-1", "ana", NULL);
  wf_scripted_crm_expire_events (f.crm);
  wf_fixture_start (&f);
  assert_list (&f, NULL, "a-1 a-2 a-3 b-1 d-1 x-1 q-1 z-1");
  wf_fixture_tear_down (&f);
}

/* A broken page is asked for again, and an account without leads is none that waits. */
static void
test_reading_failures (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_scripted_crm_set_organisation (f.crm, company);
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);

      put_lead (&f, id, "ana", "new", wf_fixture_now (&f));
    }
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_LEADS, 2, WF_CRM_ERROR_SERVER, 0);
  wf_scripted_crm_lose_answer (f.crm, WF_SCRIPTED_LEADS, 1);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 10 * MINUTE);
  assert_list (&f, NULL, "a-0 a-1 a-2 a-3 a-4 a-5 a-6");
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  wf_fixture_tear_down (&f);

  wf_fixture_set_up (&f, "ana");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_LEADS, 1, WF_CRM_ERROR_NOT_SUPPORTED, 0);
  wf_fixture_start (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_LEADS), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Whichever is newer counts, an event or a page. */
static void
test_newer_state (void)
{
  WfFixture f;

  begin (&f, "ana");
  wf_fixture_add_event_at (&f, wf_fixture_now (&f) - 30 * HOUR, "e-1", "lead.updated", "a-2", "ana",
                           NULL);
  wf_fixture_settle (&f);
  assert_lead (&f, "a-2", "filter-1", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_add_event (&f, "e-2", "lead.updated", "a-2", "ana", NULL);
  wf_fixture_settle (&f);
  assert_lead (&f, "a-2", "new", "ana", WF_SYNC_CONFIRMED);

  /* What the event takes away is gone, though its lead cannot say so. */
  wf_scripted_crm_add_event (
      f.crm,
      "{\"specversion\":\"1.0\",\"id\":\"e-3\",\"source\":\"/crm/test\",\"type\":\"lead.reassigned\","
      "\"time\":\"2026-11-18T14:00:00Z\",\"data\":{\"lead\":{\"id\":\"a-2\",\"name\":\"a-2\",\"stage\":\"new\"},"
      "\"owner_from\":\"ana\",\"owner_to\":null,\"changes\":{\"owner\":[\"ana\",null]}}}");
  wf_fixture_settle (&f);
  assert_lead (&f, "a-2", "new", NULL, WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

/* -- who sees what ----------------------------------------------------------------------------- */

static void
test_sight (void)
{
  static const char *const bruno[] = { "bruno", NULL }, *const both[] = { "ana", "bruno", NULL },
                           *const queue[] = { "", NULL };
  WfFixture f;
  WfLeadQuery query = { 0 };
  g_autoptr (WfLead) seen = NULL;
  g_autoptr (WfActivity) activity = wf_activity_new ("act-1");

  begin (&f, "ana");
  query.owners = bruno;
  assert_list (&f, &query, "");
  query.owners = both;
  assert_list (&f, &query, "a-1 a-2 a-3");
  query.owners = queue;
  assert_list (&f, &query, "q-1");
  query.owners = NULL;
  query.without_owner = TRUE;
  assert_list (&f, &query, "q-1");
  g_assert_null (wf_lead_calls_get (f.runtime, "b-1"));
  g_assert_null (wf_lead_calls_get (f.runtime, "nonsense"));
  wf_fixture_tear_down (&f);

  /* R47: who has an activity of a lead sees the lead. */
  wf_fixture_set_up (&f, "davi");
  wf_scripted_crm_set_organisation (f.crm, company);
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "Call");
  activity->lead = g_strdup ("a-1");
  activity->person = g_strdup ("davi");
  activity->created = wf_fixture_now (&f);
  activity->due = wf_fixture_now (&f) + HOUR;
  wf_scripted_crm_put_activity (f.crm, activity);
  wf_fixture_start (&f);
  g_assert_null (wf_lead_calls_get (f.runtime, "a-1"));
  wf_fixture_add_event (&f, "e-1", "lead.updated", "a-1", "ana", NULL);
  wf_fixture_settle (&f);
  seen = wf_lead_calls_get (f.runtime, "a-1");
  g_assert_nonnull (seen);
  g_assert_cmpstr (seen->next_activity, ==, "act-1");
  assert_list (&f, NULL, "");
  wf_fixture_tear_down (&f);
}

/* -- stages ------------------------------------------------------------------------------------ */

static void
test_stage (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  guint n_signals = 0;
  WfAction *action;

  begin (&f, "ana");
  g_signal_connect (f.runtime, "leads-changed", G_CALLBACK (count_signal), &n_signals);
  go_offline (&f);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "filter-1", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_signals, >, 0);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_LOCAL);
  g_assert_false (wf_lead_calls_change_stage (f.runtime, "a-1", "filter-1", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_clear_error (&error);

  /* Also after the program was ended. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_LOCAL);

  /* What the CRM tells in between takes nothing away (and is shown in what is not ours). */
  wf_fixture_add_event (&f, "e-1", "lead.updated", "a-1", "ana", NULL);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PERFORM, 1, WF_CRM_ERROR_SERVER, 0);
  come_back (&f);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_LOCAL);
  g_autoptr (WfLead) between = wf_lead_calls_get (f.runtime, "a-1");
  g_assert_cmpstr (between->name, ==, "Padaria Sol");

  wf_fixture_pass (&f, 10 * MINUTE);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_CONFIRMED);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  g_assert_cmpint (action->kind, ==, WF_ACTION_CHANGE_STAGE);
  g_assert_cmpstr (wf_action_get_text (action, "stage"), ==, "filter-1");
  g_assert_false (wf_json_get_boolean (wf_action_get_member (action, "allow-back"), TRUE));
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Stage changed"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* S17. */
static void
test_stage_back (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;
  WfAction *action;

  begin (&f, "ana");
  g_assert_false (wf_lead_calls_change_stage (f.runtime, "a-3", "new", "  ", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  assert_lead (&f, "a-3", "offer", "ana", WF_SYNC_CONFIRMED);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-3", "new", " He thinks again ", &error));
  wf_fixture_settle (&f);
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  g_assert_true (wf_json_get_boolean (wf_action_get_member (action, "allow-back"), FALSE));
  g_assert_cmpstr (wf_action_get_text (action, "reason"), ==, "He thinks again");
  wf_fixture_tear_down (&f);
}

/* R52: each right is checked here, not only in the window. */
static void
test_stage_rights (void)
{
  static const struct
  {
    const char *person, *lead, *stage, *reason;
    int code;
  } cases[] = {
    { "ana", "a-1", "won", NULL, -1 },
    { "ana", "q-1", "filter-1", NULL, -1 },
    { "ana", "b-1", "filter-1", NULL, WF_RUNTIME_ERROR_NOT_FOUND },
    { "ana", "a-1", "nowhere", NULL, WF_RUNTIME_ERROR_NOT_ALLOWED },
    { "carla", "a-1", "filter-1", NULL, -1 },
    { "carla", "a-1", "won", NULL, WF_RUNTIME_ERROR_NOT_ALLOWED },
    { "davi", "d-1", "won", NULL, -1 },
    { "isabel", "q-1", "filter-1", NULL, -1 },
    { "isabel", "q-1", "discarded", NULL, WF_RUNTIME_ERROR_NOT_ALLOWED },
    { "joao", "q-1", "filter-1", NULL, WF_RUNTIME_ERROR_NOT_FOUND },
    { NULL, "a-1", "filter-1", NULL, WF_RUNTIME_ERROR_NOT_ALLOWED }, /* a machine is nobody */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfFixture f;
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_test_message ("%s %s -> %s", cases[i].person, cases[i].lead, cases[i].stage);
      begin (&f, cases[i].person);
      done = wf_lead_calls_change_stage (f.runtime, cases[i].lead, cases[i].stage, cases[i].reason,
                                         &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, WF_RUNTIME_ERROR, cases[i].code);
      wf_fixture_settle (&f);
      g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, done ? 1 : 0);
      wf_fixture_tear_down (&f);
    }
}

/* The CRM's state counts; why is shown until the next change. */
static void
test_refused (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_FORBIDDEN);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "offer", NULL, &error));
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "new", "ana", WF_SYNC_REFUSED);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message"), ==, 1);

  wf_scripted_crm_accept_actions (f.crm);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "filter-1", NULL, &error));
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

/* One of several that wait is refused: the others stay, over the CRM's state. */
static void
test_refused_among_others (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  go_offline (&f);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "offer", NULL, &error));
  g_assert_true (wf_lead_calls_direct (f.runtime, "a-1", "davi", &error));
  g_assert_no_error (error);
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_INVALID);
  wf_scripted_crm_answer_action (
      f.crm, WF_ACTION_CHANGE_RESPONSIBLE,
      "{\"id\":\"a-1\",\"name\":\"a-1\",\"stage\":\"new\",\"owner\":\"davi\"}", NULL);
  come_back (&f);
  wf_fixture_stop (&f);
  g_autoptr (WfStore) store = wf_store_open (f.store_path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (WfLead) lead = wf_store_get_lead_card (store, "a-1", wf_fixture_now (&f));
  g_assert_cmpstr (lead->stage, ==, "new");
  g_assert_cmpstr (lead->owner, ==, "davi");
  wf_fixture_tear_down (&f);
}

/* Somebody else moved it on meanwhile: theirs is kept (S17), and that is said. */
static void
test_overtaken (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  wf_scripted_crm_answer_action (
      f.crm, WF_ACTION_CHANGE_STAGE,
      "{\"id\":\"a-1\",\"name\":\"a-1\",\"stage\":\"won\",\"owner\":\"ana\"}", "already-further");
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "filter-1", NULL, &error));
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "won", "ana", WF_SYNC_REFUSED);
  wf_fixture_tear_down (&f);
}

/* What happened before the person's change, at the very instant when it was sent, is heard of after it. */
static void
test_late_event (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  wf_scripted_crm_answer_action (
      f.crm, WF_ACTION_CHANGE_STAGE,
      "{\"id\":\"a-1\",\"name\":\"a-1\",\"stage\":\"won\",\"owner\":\"ana\"}", NULL);
  g_assert_true (wf_lead_calls_change_stage (f.runtime, "a-1", "won", NULL, &error));
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "won", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_add_event (&f, "e-1", "comment.added", "a-1", "ana", NULL); /* the stage is "new" */
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "won", "ana", WF_SYNC_CONFIRMED);

  /* What happens later counts again. */
  wf_fake_clock_advance (f.clock, G_TIME_SPAN_MILLISECOND);
  wf_fixture_add_event (&f, "e-2", "lead.updated", "a-1", "ana", NULL);
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "new", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

/* -- who is responsible ------------------------------------------------------------------------ */

static void
test_direct (void)
{
  static const struct
  {
    const char *person, *lead, *to;
    int code;
  } cases[] = {
    { "ana", "a-1", "davi", -1 }, /* R43, R57 */
    { "ana", "q-1", "ana", -1 },  /* S11: claimed */
    { "ana", "a-1", NULL, -1 },
    { "ana", "a-1", "ana", WF_RUNTIME_ERROR_NO_LONGER_APPLIES },
    { "ana", "q-1", NULL, WF_RUNTIME_ERROR_NO_LONGER_APPLIES },
    { "ana", "a-1", "leo", WF_RUNTIME_ERROR_NOT_ALLOWED },  /* not active */
    { "ana", "a-1", "joao", WF_RUNTIME_ERROR_NOT_ALLOWED }, /* media */
    { "ana", "a-1", "nobody", WF_RUNTIME_ERROR_NOT_ALLOWED },
    { "ana", "b-1", "ana", WF_RUNTIME_ERROR_NOT_FOUND },
    { "davi", "d-1", "ana", WF_RUNTIME_ERROR_NOT_ALLOWED }, /* sellers do not */
    { "isabel", "q-1", "davi", -1 },                        /* R66 */
    { "carla", "b-1", "ana", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfFixture f;
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_test_message ("%s %s -> %s", cases[i].person, cases[i].lead, cases[i].to);
      begin (&f, cases[i].person);
      done = wf_lead_calls_direct (f.runtime, cases[i].lead, cases[i].to, &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, WF_RUNTIME_ERROR, cases[i].code);
      wf_fixture_settle (&f);
      g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, done ? 1 : 0);
      if (done)
        {
          WfAction *action = wf_scripted_crm_get_action_at (f.crm, 0);

          g_assert_cmpstr (wf_action_get_text (action, "owner"), ==, cases[i].to);
          g_assert_cmpint (wf_json_is (wf_action_get_member (action, "owner"), WF_JSON_NULL), ==,
                           cases[i].to == NULL);
        }
      wf_fixture_tear_down (&f);
    }
}

/* Seen at once; gone from the eyes of who gave it away; the activities follow (S9). */
static void
test_direct_shown (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "carla");
  wf_scripted_crm_set_organisation (f.crm, company);
  wf_fixture_put_simple_workflow (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->person, ==, "ana");
  go_offline (&f);
  g_assert_true (wf_lead_calls_direct (f.runtime, "l-1", "bruno", &error));
  assert_lead (&f, "l-1", "new", "bruno", WF_SYNC_LOCAL);
  wf_scripted_crm_answer_action (
      f.crm, WF_ACTION_CHANGE_RESPONSIBLE,
      "{\"id\":\"l-1\",\"name\":\"Padaria Sol\",\"stage\":\"new\",\"owner\":\"bruno\"}", NULL);
  come_back (&f);
  assert_lead (&f, "l-1", "new", "bruno", WF_SYNC_CONFIRMED);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->person, ==, "bruno");

  /* Nobody: the answer has no owner at all. */
  wf_scripted_crm_answer_action (f.crm, WF_ACTION_CHANGE_RESPONSIBLE,
                                 "{\"id\":\"l-1\",\"name\":\"Padaria Sol\",\"stage\":\"new\"}",
                                 NULL);
  g_assert_true (wf_lead_calls_direct (f.runtime, "l-1", NULL, &error));
  wf_fixture_settle (&f);
  assert_lead (&f, "l-1", "new", NULL, WF_SYNC_CONFIRMED);
  g_assert_null (wf_scripted_crm_get_activity_at (f.crm, 0)->person);
  wf_fixture_tear_down (&f);

  begin (&f, "ana");
  g_assert_true (wf_lead_calls_direct (f.runtime, "a-1", "davi", &error));
  g_assert_null (wf_lead_calls_get (f.runtime, "a-1"));
  assert_list (&f, NULL, "a-2 a-3 q-1");
  wf_fixture_tear_down (&f);
}

/* -- comments ---------------------------------------------------------------------------------- */

static void
assert_comments (WfFixture *f, const char *lead, const char *expected)
{
  g_autofree char *list = NULL;

  wf_fixture_settle (f);
  list = wf_lead_calls_list_comments (f->runtime, lead);
  /* What the CRM is asked for beside it. */
  wf_fixture_settle (f);
  g_assert_cmpstr (list, ==, expected);
}

static void
test_comment (void)
{
  static const char *const people[] = { "bruno", "carla", NULL }, *const nobody[] = { "x", NULL };
  WfFixture f;
  g_autoptr (GError) error = NULL;
  WfAction *action;

  begin (&f, "ana");
  go_offline (&f);
  g_assert_true (wf_lead_calls_comment (f.runtime, "a-1", " Call on Friday ", people, &error));
  g_assert_no_error (error);
  assert_comments (&f, "a-1", "ana: Call on Friday (0)\n");
  come_back (&f);
  assert_comments (&f, "a-1", "ana: Call on Friday (2)\n");
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  g_assert_cmpint (action->kind, ==, WF_ACTION_POST_TO_STREAM);
  g_assert_cmpstr (wf_action_get_text (action, "sender"), ==, "ana");
  g_assert_cmpuint (wf_json_get_size (wf_action_get_member (action, "mentions")), ==, 2);

  /* Its event is no second one. */
  g_autofree char *echo = g_strdup_printf (
      ",\"comment\":{\"id\":\"%s\",\"author\":\"ana\",\"text\":\"Call on Friday\"}", action->key);
  wf_fixture_add_event (&f, "e-1", "comment.added", "a-1", "ana", echo);
  wf_fixture_settle (&f);
  assert_comments (&f, "a-1", "ana: Call on Friday (2)\n");
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Comment added"), ==, 1);

  g_assert_false (wf_lead_calls_comment (f.runtime, "a-1", " \n", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_lead_calls_comment (f.runtime, "a-1", "Hi", nobody, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wf_lead_calls_comment (f.runtime, "b-1", "Hi", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND);
  g_clear_error (&error);

  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_POST_TO_STREAM, WF_CRM_ERROR_INVALID);
  wf_fixture_pass (&f, MINUTE);
  g_assert_true (wf_lead_calls_comment (f.runtime, "a-1", "Too much", NULL, &error));
  wf_fixture_settle (&f);
  assert_comments (&f, "a-1", "ana: Too much (3)\nana: Call on Friday (2)\n");
  wf_fixture_tear_down (&f);
}

/* Those of the CRM come when somebody looks, once in a few minutes, each once. */
static void
test_comments_of_crm (void)
{
  WfFixture f;
  g_autofree char *first = NULL;

  begin (&f, "ana");
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"id\":\"00000000-0000-4000-8000-%012u\",\"lead\":\"a-1\",\"author\":\"bruno\","
          "\"text\":\"c%u\",\"at\":\"2026-11-17T10:0%u:00Z\"}",
          i, i, i);

      wf_scripted_crm_put_comment (f.crm, json);
    }
  wf_fixture_add_event (
      &f, "e-1", "comment.added", "a-1", "ana",
      ",\"comment\":{\"id\":\"00000000-0000-4000-8000-000000000005\",\"author\":\"bruno\","
      "\"text\":\"c5\"}");
  wf_fixture_settle (&f);
  first = wf_lead_calls_list_comments (f.runtime, "a-1");
  g_assert_true (g_str_has_prefix (first, "bruno: c5 (2)\n"));
  while (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_COMMENTS) < 2)
    g_main_context_iteration (NULL, TRUE);
  wf_fixture_settle (&f);
  assert_comments (&f, "a-1",
                   "bruno: c5 (2)\nbruno: c4 (2)\nbruno: c3 (2)\nbruno: c2 (2)\nbruno: c1 (2)\n");
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_COMMENTS), ==, 2);
  wf_fixture_pass (&f, 6 * MINUTE);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_COMMENTS, 1, WF_CRM_ERROR_SERVER, 0);
  assert_comments (&f, "a-1",
                   "bruno: c5 (2)\nbruno: c4 (2)\nbruno: c3 (2)\nbruno: c2 (2)\nbruno: c1 (2)\n");
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_COMMENTS), ==, 3);
  wf_fixture_tear_down (&f);
}

/* -- a client in the store --------------------------------------------------------------------- */

static void
test_create (void)
{
  static const WfNewLead client = {
    .name = " Padaria Sol ", .phone = "+55 11 90000-0001", .interest = "", .notes = "Back on Friday"
  };
  WfFixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *list = NULL;
  WfAction *action;

  begin (&f, "davi");
  go_offline (&f);
  id = wf_lead_calls_create (f.runtime, &client, &error);
  g_assert_no_error (error);
  g_assert_true (wf_uuid_is_valid (id));
  assert_lead (&f, id, "new", "davi", WF_SYNC_LOCAL);
  assert_comments (&f, id, "davi: Back on Friday (0)\n");
  list = g_strdup_printf ("d-1 %s", id);
  assert_list (&f, NULL, list);
  g_autoptr (WfLead) lead = wf_lead_calls_get (f.runtime, id);
  g_assert_cmpstr (lead->name, ==, "Padaria Sol");
  g_assert_cmpstr (lead->origin, ==, "flow");
  g_assert_cmpstr (lead->unit, ==, "centro");
  g_assert_cmpint (lead->created, ==, wf_fixture_now (&f));

  /* Further work on it waits behind it. */
  g_assert_true (wf_lead_calls_change_stage (f.runtime, id, "offer", NULL, &error));
  assert_lead (&f, id, "offer", "davi", WF_SYNC_LOCAL);
  come_back (&f);
  assert_lead (&f, id, "offer", "davi", WF_SYNC_CONFIRMED);
  assert_comments (&f, id, "davi: Back on Friday (2)\n");
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 2);
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  g_assert_cmpint (action->kind, ==, WF_ACTION_CREATE_LEAD);
  g_assert_cmpstr (action->lead, ==, id);
  g_assert_cmpstr (wf_action_get_text (action, "name"), ==, "Padaria Sol");
  g_assert_null (wf_action_get_text (action, "interest"));
  g_assert_cmpstr (wf_action_get_text (action, "unit"), ==, "centro");
  wf_fixture_tear_down (&f);
}

/* What the person typed in is not lost with the refusal. */
static void
test_create_refused (void)
{
  static const WfNewLead client = { .name = "Padaria Sol" }, nameless = { .name = "  " };
  WfFixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  begin (&f, "davi");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_CREATE_LEAD, WF_CRM_ERROR_INVALID);
  id = wf_lead_calls_create (f.runtime, &client, &error);
  g_assert_no_error (error);
  wf_fixture_settle (&f);
  assert_lead (&f, id, "new", "davi", WF_SYNC_REFUSED);
  g_assert_false (wf_lead_calls_change_stage (f.runtime, id, "offer", NULL, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_clear_error (&error);
  g_assert_null (wf_lead_calls_create (f.runtime, &nameless, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  wf_fixture_tear_down (&f);

  begin (&f, "ana"); /* R60: not an attendant of this process */
  g_assert_null (wf_lead_calls_create (f.runtime, &client, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

/* -- many at once ------------------------------------------------------------------------------ */

static char *
describe (const WfLeadsResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->done->len; i++)
    g_string_append_printf (text, "%s ",
                            ((const WfLeadDone *) g_ptr_array_index (result->done, i))->lead);
  for (guint i = 0; i < result->refused->len; i++)
    {
      const WfLeadRefusal *refusal = g_ptr_array_index (result->refused, i);

      g_assert_cmpstr (refusal->text, !=, "");
      g_string_append_printf (text, "!%s ", refusal->lead);
    }
  return g_string_free_and_steal (text);
}

static void
assert_result (const WfLeadsResult *result, const char *expected)
{
  g_autofree char *text = describe (result);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_bulk (void)
{
  static const char *const leads[] = { "a-1", "a-2", "a-3", "b-1", "d-1", "gone", NULL };
  WfFixture f;
  WfLeadChange stage = { .stage = "filter-1" }, both = { .stage = "offer", .owner = "bruno" },
               queue = { .owner = "" };

  begin (&f, "carla");
  go_offline (&f);
  g_autoptr (WfLeadsResult) moved = wf_lead_calls_change (f.runtime, leads, &stage);
  assert_result (moved, "a-1 b-1 !a-3 !d-1 !gone "); /* back needs a reason; a-2 is there already */
  g_autoptr (WfLeadsResult) undone = wf_lead_calls_undo (f.runtime, moved);
  assert_result (undone, "a-1 b-1 ");
  assert_lead (&f, "a-1", "new", "ana", WF_SYNC_LOCAL);

  stage.reason = "Tidying up";
  g_autoptr (WfLeadsResult) back = wf_lead_calls_change (f.runtime, leads, &stage);
  assert_result (back, "a-1 a-3 b-1 d-1 !gone ");
  g_autoptr (WfLeadsResult) given = wf_lead_calls_change (f.runtime, leads, &both);
  assert_result (given, "a-1 a-2 a-3 b-1 d-1 !gone ");
  assert_lead (&f, "a-1", "offer", "bruno", WF_SYNC_LOCAL);
  g_autoptr (WfLeadsResult) taken = wf_lead_calls_undo (f.runtime, given);
  assert_result (taken, "a-1 a-2 a-3 b-1 d-1 ");
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_LOCAL);
  assert_lead (&f, "b-1", "filter-1", "bruno", WF_SYNC_LOCAL);
  g_autoptr (WfLeadsResult) freed = wf_lead_calls_change (f.runtime, leads, &queue);
  assert_result (freed, "a-1 a-2 a-3 b-1 d-1 !gone ");

  /* One was changed since: it is left, the others go back. */
  g_autoptr (GError) error = NULL;
  g_assert_true (wf_lead_calls_direct (f.runtime, "a-2", "davi", &error));
  g_autoptr (WfLeadsResult) rest = wf_lead_calls_undo (f.runtime, freed);
  assert_result (rest, "a-1 a-3 b-1 d-1 !a-2 ");
  come_back (&f);
  assert_lead (&f, "a-2", "filter-1", "davi", WF_SYNC_CONFIRMED);
  assert_lead (&f, "a-1", "filter-1", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

/* Either both changes of a lead are made or none; what was given away can be taken back. */
static void
test_bulk_rights (void)
{
  static const char *const leads[] = { "a-1", "b-1", NULL };
  WfFixture f;
  WfLeadChange to_media = { .stage = "offer", .owner = "joao" }, away = { .owner = "davi" };

  begin (&f, "ana");
  g_autoptr (WfLeadsResult) refused = wf_lead_calls_change (f.runtime, leads, &to_media);
  assert_result (refused, "!a-1 !b-1 ");
  assert_lead (&f, "a-1", "new", "ana", WF_SYNC_CONFIRMED);
  g_autoptr (WfLeadsResult) given = wf_lead_calls_change (f.runtime, leads, &away);
  assert_result (given, "a-1 !b-1 ");
  g_assert_null (wf_lead_calls_get (f.runtime, "a-1"));
  g_autoptr (WfLeadsResult) back = wf_lead_calls_undo (f.runtime, given);
  assert_result (back, "a-1 ");
  wf_fixture_settle (&f);
  assert_lead (&f, "a-1", "new", "ana", WF_SYNC_CONFIRMED);
  wf_fixture_tear_down (&f);
}

/* -- saved filters ----------------------------------------------------------------------------- */

static void
assert_filters (WfFixture *f, const char *page, const char *expected)
{
  g_autofree char *list = wf_lead_calls_list_filters (f->runtime, page);

  g_assert_cmpstr (list, ==, expected);
}

static void
test_filters (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  assert_filters (&f, "leads", "");
  g_assert_true (wf_lead_calls_save_filter (f.runtime, "leads", " Hot ", "score>80", &error));
  g_assert_true (wf_lead_calls_save_filter (f.runtime, "leads", "Alone", "next=none", &error));
  g_assert_true (wf_lead_calls_save_filter (f.runtime, "calendar", "Hot", "x", &error));
  g_assert_true (wf_lead_calls_save_filter (f.runtime, "leads", "Hot", "score>90", &error));
  g_assert_false (wf_lead_calls_save_filter (f.runtime, "leads", " ", "x", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  assert_filters (&f, "leads", "Alone=next=none\nHot=score>90\n");
  g_clear_error (&error);
  g_assert_true (wf_lead_calls_save_filter (f.runtime, "leads", "Hot", NULL, &error));
  assert_filters (&f, "leads", "Alone=next=none\n");
  assert_filters (&f, "calendar", "Hot=x\n");
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/leads/reading", test_reading);
  g_test_add_func ("/runtime/leads/reading-again", test_reading_again);
  g_test_add_func ("/runtime/leads/reading-failures", test_reading_failures);
  g_test_add_func ("/runtime/leads/newer-state", test_newer_state);
  g_test_add_func ("/runtime/leads/sight", test_sight);
  g_test_add_func ("/runtime/leads/stage", test_stage);
  g_test_add_func ("/runtime/leads/stage-back", test_stage_back);
  g_test_add_func ("/runtime/leads/stage-rights", test_stage_rights);
  g_test_add_func ("/runtime/leads/refused", test_refused);
  g_test_add_func ("/runtime/leads/refused-among-others", test_refused_among_others);
  g_test_add_func ("/runtime/leads/overtaken", test_overtaken);
  g_test_add_func ("/runtime/leads/late-event", test_late_event);
  g_test_add_func ("/runtime/leads/direct", test_direct);
  g_test_add_func ("/runtime/leads/direct-shown", test_direct_shown);
  g_test_add_func ("/runtime/leads/comment", test_comment);
  g_test_add_func ("/runtime/leads/comments-of-crm", test_comments_of_crm);
  g_test_add_func ("/runtime/leads/create", test_create);
  g_test_add_func ("/runtime/leads/create-refused", test_create_refused);
  g_test_add_func ("/runtime/leads/bulk", test_bulk);
  g_test_add_func ("/runtime/leads/bulk-rights", test_bulk_rights);
  g_test_add_func ("/runtime/leads/filters", test_filters);
  return g_test_run ();
}
