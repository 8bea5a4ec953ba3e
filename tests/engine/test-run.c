/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run as the shell drives it: what it gives out, what it says of itself, and that saving and
 * loading between any two steps changes nothing. */
#include "wf-engine-fixture.h"
#include "wf-run.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define CALL                                                                                       \
  "'kind':'create-activity','activity-type':'call','complete-within':{'amount':30,'unit':'minutes'}"
#define NOTIFY "'kind':'notify','text':'x'"
#define APPROVAL                                                                                   \
  "'kind':'request-approval','text':'ok?','complete-within':{'amount':1,'unit':'hours'}"
#define RUN(mode) "'run':{'mode':'" mode "'}"
#define DELAY(n, unit) "'run':{'mode':'delay','delay':{'amount':" #n ",'unit':'" unit "'}}"
#define WAIT(n, unit) "'kind':'wait','for':{'amount':" #n ",'unit':'" unit "'}"

typedef struct
{
  WfEngine *engine;
  WfWorkflow *workflow;
  WfEvent *event;
  WfRun *run;
  GPtrArray *effects; /* all so far */
} Fixture;

static WfInstant
at (const char *time)
{
  g_autofree char *text = g_strdup_printf ("2026-11-%s:00-03:00", time);

  return wf_fixture_instant (text);
}

static void
set_up (Fixture *self, const char *steps)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  *self = (Fixture) { NULL };
  self->workflow = wf_fixture_new_workflow_with (W1, "lead.received", NULL, steps);
  g_ptr_array_add (workflows, self->workflow);
  self->engine = wf_engine_new (organisation, workflows);
  self->event = wf_fixture_new_event (
      "e1", "lead.received", "2026-11-20T10:00:00-03:00",
      "'id':'l1','name':'Padaria Sol','owner':'ana','score':35,'phone':'11 5','email':'a@b',"
      "'stage':'new'",
      NULL);
  self->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
}

static void
start (Fixture *self, const char *now)
{
  self->run =
      wf_run_start (self->engine, self->workflow, self->event, NULL, at (now), self->effects);
}

static void
tear_down (Fixture *self)
{
  wf_run_free (self->run);
  wf_engine_unref (self->engine);
  wf_workflow_unref (self->workflow);
  wf_event_unref (self->event);
  g_ptr_array_unref (self->effects);
}

static const WfEffect *
get_effect (const Fixture *self, guint i)
{
  g_assert_cmpuint (self->effects->len, >, i);
  return g_ptr_array_index (self->effects, i);
}

static void
make_key (const char *step, char key[WF_UUID_LENGTH + 1])
{
  wf_effect_make_key (W1, "/crm/acme", "e1", step, 0, key);
}

static gboolean
succeed (Fixture *self, const char *step, const char *time)
{
  char key[WF_UUID_LENGTH + 1];

  make_key (step, key);
  return wf_run_effect_succeeded (self->run, self->engine, NULL, key, at (time), at (time),
                                  self->effects);
}

/* What the trace says of a step: "status" or "status reason"; "pending" when it says nothing.
 * Owned by the caller. */
static char *
get_status (const Fixture *self, const char *step)
{
  g_autofree char *text = wf_run_save (self->run);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *steps = wf_json_get_member (wf_json_document_get_root (document), "steps");

  for (guint i = 0; i < wf_json_get_size (steps); i++)
    {
      const WfJson *one = wf_json_get_element (steps, i);
      const char *reason = wf_json_get_member_string (one, "reason");

      if (g_str_equal (wf_json_get_member_string (one, "id"), step))
        return g_strjoin (reason != NULL ? " " : "", wf_json_get_member_string (one, "status"),
                          reason != NULL ? reason : "", NULL);
    }
  return g_strdup ("pending");
}

static void
assert_status (const Fixture *self, const char *step, const char *expected)
{
  g_autofree char *status = get_status (self, step);

  g_assert_cmpstr (status, ==, expected);
}

static void
test_activity (void)
{
  Fixture self;
  const WfEffect *effect;
  const WfActivity *activity;
  char key[WF_UUID_LENGTH + 1];

  set_up (&self,
          "[{'id':'a'," CALL
          ",'notify':{'amount':10,'unit':'minutes'},'notes':'{lead.name}','business-hours':true}]");
  start (&self, "20T10:05");
  effect = get_effect (&self, 0);
  activity = effect->activity;
  make_key ("a", key);
  g_assert_cmpint (effect->kind, ==, WF_EFFECT_CREATE_ACTIVITY);
  g_assert_cmpstr (effect->key, ==, key);
  g_assert_true (effect->workflow == self.workflow);
  g_assert_cmpstr (effect->step, ==, "a");
  g_assert_cmpstr (effect->lead, ==, "l1");
  g_assert_cmpstr (effect->person, ==, "ana");
  g_assert_cmpstr (effect->cause, ==, W1 "/a/e1");
  g_assert_cmpint (effect->time, ==, at ("20T10:00"));
  g_assert_cmpstr (activity->id, ==, key);
  g_assert_cmpstr (activity->cause, ==, effect->cause);
  g_assert_cmpstr (activity->type, ==, "call");
  g_assert_cmpstr (activity->title, ==, "Ligar");
  g_assert_cmpstr (activity->notes, ==, "Padaria Sol");
  g_assert_cmpstr (activity->person, ==, "ana");
  g_assert_cmpstr (activity->lead_name, ==, "Padaria Sol");
  g_assert_cmpstr (activity->lead_phone, ==, "11 5");
  g_assert_cmpstr (activity->lead_email, ==, "a@b");
  g_assert_cmpint (activity->created, ==, at ("20T10:05"));
  g_assert_cmpint (activity->due, ==, at ("20T10:30"));
  g_assert_cmpint (activity->original_due, ==, at ("20T10:30"));
  g_assert_cmpint (activity->remind, ==, at ("20T10:20"));
  g_assert_cmpint (activity->visible_from, ==, at ("20T10:05"));
  g_assert_cmpint (activity->completed, ==, WF_INSTANT_NONE);
  g_assert_cmpstr (activity->zone, ==, "America/Sao_Paulo");
  g_assert_cmpint (activity->status, ==, WF_ACTIVITY_OPEN);
  g_assert_true (activity->business_hours);
  g_assert_false (activity->arrived_late);
  g_assert_cmpstr (activity->workflow, ==, W1);
  g_assert_cmpint (activity->workflow_version, ==, 3);
  g_assert_cmpstr (activity->step, ==, "a");
  g_assert_cmpstr (activity->event_source, ==, "/crm/acme");
  g_assert_cmpstr (activity->event_id, ==, "e1");
  g_assert_cmpstr (activity->event_type, ==, "lead.received");
  g_assert_nonnull (activity->explanation);
  tear_down (&self);
}

/* S14: the chain grows at its end; ids that would break it are escaped. */
static void
test_cause (void)
{
  g_autoptr (WfEvent) event =
      wf_fixture_new_event ("e 1,x/%", "lead.received", "2026-11-20T10:00:00-03:00",
                            "'id':'l1','owner':'ana'", "'cause':'w0/s0/e0'");
  Fixture self;

  set_up (&self, "[{'id':'a'," NOTIFY "}]");
  wf_event_unref (self.event);
  self.event = wf_event_ref (event);
  start (&self, "20T10:00");
  g_assert_cmpstr (get_effect (&self, 0)->cause, ==, "w0/s0/e0," W1 "/a/e%201%2Cx%2F%25");
  tear_down (&self);
}

/* The computer was off: everything that fell due meanwhile comes in its order, with its own base
 * times (S26). */
static void
test_woken_late (void)
{
  Fixture self;

  set_up (&self, "[{'id':'w'," WAIT (1, "hours") "},{'id':'a'," CALL
                                                 "," DELAY (2, "hours") "},{'id':'b'," CALL "}]");
  start (&self, "20T10:00");
  g_assert_cmpuint (self.effects->len, ==, 0);
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("20T11:00"));
  g_assert_true (wf_run_has_waiting_steps (self.run));
  wf_run_wake (self.run, self.engine, NULL, at ("20T10:59"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 0);
  wf_run_wake (self.run, self.engine, NULL, at ("20T17:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 2);
  g_assert_cmpstr (get_effect (&self, 0)->step, ==, "b");
  g_assert_cmpint (get_effect (&self, 0)->time, ==, at ("20T11:00"));
  g_assert_cmpint (get_effect (&self, 0)->activity->due, ==, at ("20T17:30"));
  g_assert_true (get_effect (&self, 0)->activity->arrived_late);
  g_assert_cmpstr (get_effect (&self, 1)->step, ==, "a");
  g_assert_cmpint (get_effect (&self, 1)->time, ==, at ("20T13:00"));
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, WF_INSTANT_NONE);
  g_assert_false (wf_run_has_waiting_steps (self.run));
  g_assert_false (wf_run_is_finished (self.run)); /* its activities are open */
  tear_down (&self);
}

/* The CRM's clock is ahead of ours. */
static void
test_clock_behind (void)
{
  Fixture self;

  set_up (&self, "[{'id':'a'," CALL "}]");
  start (&self, "20T09:50");
  g_assert_cmpuint (self.effects->len, ==, 1);
  g_assert_cmpint (get_effect (&self, 0)->activity->due, ==, at ("20T10:30"));
  tear_down (&self);
}

/* A message counts as sent when the CRM has it; what follows counts from when it was due, not
 * from the answer. */
static void
test_notify_accepted (void)
{
  Fixture self;

  set_up (&self, "[{'id':'a'," NOTIFY "},{'id':'b'," CALL "," RUN ("after-previous") "}]");
  start (&self, "20T10:00");
  g_assert_cmpuint (self.effects->len, ==, 1);
  assert_status (&self, "a", "running");
  assert_status (&self, "b", "pending");
  g_assert_true (succeed (&self, "a", "20T10:07"));
  g_assert_cmpuint (self.effects->len, ==, 2);
  g_assert_cmpint (get_effect (&self, 1)->activity->due, ==, at ("20T10:30"));
  g_assert_false (succeed (&self, "a", "20T10:08")); /* once */
  g_assert_true (succeed (&self, "b", "20T10:20"));
  g_assert_true (wf_run_is_finished (self.run));
  tear_down (&self);
}

static void
test_failed (void)
{
  Fixture self;
  char key[WF_UUID_LENGTH + 1];

  set_up (&self, "[{'id':'a'," NOTIFY "},{'id':'b'," CALL
                 "," RUN ("after-previous") "},{'id':'c'," NOTIFY
                                            "," RUN ("after-previous") "},{'id':'d'," NOTIFY "}]");
  start (&self, "20T10:00");
  g_assert_cmpuint (self.effects->len, ==, 2);
  make_key ("a", key);
  g_assert_true (wf_run_effect_failed (self.run, key, "The CRM refuses it."));
  assert_status (&self, "a", "failed The CRM refuses it.");
  assert_status (&self, "b", "skipped previous-failed");
  assert_status (&self, "c", "skipped previous-skipped");
  assert_status (&self, "d", "running"); /* siblings are independent */
  g_assert_false (wf_run_effect_failed (self.run, key, "again"));
  g_assert_false (wf_run_effect_failed (self.run, "no such key", "x"));
  tear_down (&self);
}

/* A cancelled activity blocks its chain; where that was all that a branch still had to do, what
 * follows the branch is free. */
static void
test_cancelled_in_branch (void)
{
  Fixture self;
  char key[WF_UUID_LENGTH + 1];

  set_up (&self, "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'a'," CALL
                 "},{'id':'b'," NOTIFY "," RUN ("after-previous") "}]}]},{'id':'z'," NOTIFY
                                                                  "," RUN ("after-previous") "}]");
  start (&self, "20T10:00");
  g_assert_cmpuint (self.effects->len, ==, 1);
  make_key ("a", key);
  g_assert_true (wf_run_effect_cancelled (self.run, key, "no-longer-needed"));
  assert_status (&self, "a", "cancelled no-longer-needed");
  assert_status (&self, "b", "skipped previous-cancelled");
  assert_status (&self, "s", "succeeded");
  assert_status (&self, "z", "waiting");
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("20T10:00"));
  wf_run_wake (self.run, self.engine, NULL, at ("20T11:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 2);
  tear_down (&self);
}

static void
test_failed_in_branch (void)
{
  Fixture self;
  char key[WF_UUID_LENGTH + 1];

  set_up (&self,
          "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'a'," NOTIFY "}]}]},"
          "{'id':'z'," NOTIFY "," RUN ("after-previous") "}]");
  start (&self, "20T10:00");
  make_key ("a", key);
  g_assert_true (wf_run_effect_failed (self.run, key, "refused"));
  assert_status (&self, "s", "failed path-failed");
  assert_status (&self, "z", "skipped previous-failed");
  g_assert_true (wf_run_is_finished (self.run));
  tear_down (&self);
}

static void
test_cancel (void)
{
  Fixture self;

  set_up (&self, "[{'id':'a'," CALL "},{'id':'b'," NOTIFY
                 "," DELAY (1, "days") "},{'id':'c'," NOTIFY "," RUN ("after-previous") "}]");
  start (&self, "20T10:00");
  wf_run_cancel (self.run, "lead-deleted");
  assert_status (&self, "a", "running");
  assert_status (&self, "b", "cancelled lead-deleted");
  assert_status (&self, "c", "cancelled lead-deleted");
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, WF_INSTANT_NONE);
  wf_run_wake (self.run, self.engine, NULL, at ("28T10:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  tear_down (&self);
}

static void
test_cancel_reason (void)
{
  static const struct
  {
    const char *type, *reason;
  } table[] = {
    { "lead.deleted", "lead-deleted" },
    { "lead.discarded", "lead-discarded" },
    { "lead.finalized", "lead-finalized" },
    { "lead.updated", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (WfEvent) event =
          wf_fixture_new_event ("e", table[i].type, "2026-11-20T10:00:00Z", "'id':'l1'", NULL);

      g_assert_cmpstr (wf_run_get_cancel_reason (event), ==, table[i].reason);
    }
}

static void
test_waits_for_event (void)
{
  g_autoptr (WfEvent) other = wf_fixture_new_event (
      "e2", "lead.score-changed", "2026-11-20T11:00:00-03:00", "'id':'l1','score':90", NULL);
  Fixture self;

  set_up (
      &self,
      "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':80},'time-out':"
      "{'amount':3,'unit':'days'}},{'id':'a'," CALL "}]");
  start (&self, "20T10:00");
  g_assert_true (wf_run_waits_for_event (self.run));
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("23T10:00"));
  wf_run_event (self.run, self.engine, other, NULL, at ("20T11:05"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  g_assert_cmpint (get_effect (&self, 0)->time, ==, at ("20T11:00"));
  g_assert_false (wf_run_waits_for_event (self.run));
  tear_down (&self);
}

/* The time-out had passed before the event, though nobody was awake to see it. */
static void
test_timed_out_before_event (void)
{
  g_autoptr (WfEvent) other = wf_fixture_new_event (
      "e2", "lead.score-changed", "2026-11-24T11:00:00-03:00", "'id':'l1','score':90", NULL);
  Fixture self;

  set_up (
      &self,
      "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':80},'time-out':"
      "{'amount':3,'unit':'days'}},{'id':'a'," NOTIFY "}]");
  start (&self, "20T10:00");
  wf_run_event (self.run, self.engine, other, NULL, at ("24T11:05"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  g_assert_cmpint (get_effect (&self, 0)->time, ==, at ("23T10:00"));
  assert_status (&self, "w", "succeeded timed-out");
  tear_down (&self);
}

/* S28: the date passed while the computer was off. */
static void
test_anchor_passed_meanwhile (void)
{
  g_autoptr (WfEvent) event = wf_fixture_new_event (
      "e1", "meeting.scheduled", "2026-11-20T10:00:00-03:00", "'id':'l1','owner':'ana'",
      "'meeting':{'start':'2026-11-20T15:00:00-03:00'}");
  Fixture self;

  set_up (
      &self,
      "[{'id':'a'," NOTIFY
      ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':1,'unit':'hours'}}}]");
  wf_event_unref (self.event);
  self.event = wf_event_ref (event);
  start (&self, "20T10:00");
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("20T14:00"));
  wf_run_wake (self.run, self.engine, NULL, at ("20T15:30"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 0);
  assert_status (&self, "a", "skipped anchor-past");
  tear_down (&self);
}

/* S5: the date moves; the run remembers it when it is saved and loaded again. */
static void
test_anchor_moved (void)
{
  g_autoptr (WfEvent) event = wf_fixture_new_event (
      "e1", "meeting.scheduled", "2026-11-20T10:00:00-03:00", "'id':'l1','owner':'ana'",
      "'meeting':{'start':'2026-11-20T15:00:00-03:00'}");
  g_autoptr (WfEvent) moved = wf_fixture_new_event (
      "e2", "meeting.rescheduled", "2026-11-20T11:00:00-03:00", "'id':'l1','owner':'ana'",
      "'meeting':{'start':'2026-11-20T17:00:00-03:00'}");
  g_autofree char *state = NULL;
  Fixture self;

  set_up (
      &self,
      "[{'id':'a'," NOTIFY
      ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':1,'unit':'hours'}}}]");
  wf_event_unref (self.event);
  self.event = wf_event_ref (event);
  start (&self, "20T10:00");
  g_assert_true (wf_run_waits_for_event (self.run));
  wf_run_event (self.run, self.engine, moved, NULL, at ("20T11:00"), self.effects);
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("20T16:00"));
  state = wf_run_save (self.run);
  wf_run_free (self.run);
  self.run = wf_run_load (state, self.workflow, self.event, NULL);
  g_assert_nonnull (self.run);
  wf_run_wake (self.run, self.engine, NULL, at ("20T16:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  tear_down (&self);
}

/* S11: the last resort before the queue is a member of the document itself. */
static void
test_fallback_person (void)
{
  g_autoptr (WfWorkflow) workflow = wf_fixture_new_workflow (
      "{'format':1,'id':'" W1
      "','name':'N','state':'live','version':1,'fallback-person':'bruno','trigger':"
      "{'event':'lead.received'},'steps':[{'id':'a'," CALL "}]}");
  g_autoptr (WfEvent) event = wf_fixture_new_event (
      "e1", "lead.received", "2026-11-20T10:00:00-03:00", "'id':'l1','owner':'fabio'", NULL);
  Fixture self;

  set_up (&self, "[]");
  self.run = wf_run_start (self.engine, workflow, event, NULL, at ("20T10:00"), self.effects);
  g_assert_cmpstr (get_effect (&self, 0)->person, ==, "bruno");
  tear_down (&self);
}

/* Owners are read as of the event; an event that carries no more than the lead's id takes the
 * cached one. */
static void
test_owner_of_cached_lead (void)
{
  static const struct
  {
    const char *carried, *person;
  } table[] = {
    { "'id':'l1'", "bruno" },
    { "'id':'l1','owner':null", NULL },
    { "'id':'l1','name':'x'", NULL },
    { "'id':'l1','owner':'ana'", "ana" },
  };
  g_autoptr (WfJsonDocument) lead = wf_fixture_new_json ("{'id':'l1','owner':'bruno'}");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture self;

      set_up (&self, "[{'id':'a'," CALL "}]");
      wf_event_unref (self.event);
      self.event = wf_fixture_new_event ("e1", "lead.received", "2026-11-20T10:00:00-03:00",
                                         table[i].carried, NULL);
      self.run = wf_run_start (self.engine, self.workflow, self.event,
                               wf_json_document_get_root (lead), at ("20T10:00"), self.effects);
      g_assert_cmpstr (get_effect (&self, 0)->person, ==, table[i].person);
      tear_down (&self);
    }
}

/* Saving and loading between any two steps */

typedef enum
{
  WAKE,
  SUCCEED,
  FAIL,
  TELL, /* a score of 90 */
  APPROVE,
  REJECT,
  LEAVE, /* the lead's stage is another, or "new" again */
  ENTER,
  RETRY,
  PASS_OVER,
  STOP,
  RESCHEDULE, /* paused for a day */
} Deed;

typedef struct
{
  Deed deed;
  const char *time, *step;
} Act;

static const struct
{
  const char *steps;
  Act acts[8];
  gboolean goes_on; /* it is not finished in the end */
  const char *base; /* from which its steps count; NULL: the event's time */
} stories[] = {
  { "[{'id':'a'," CALL "},{'id':'b'," CALL "," RUN ("after-previous") "},{'id':'c'," NOTIFY
                                                                      "," DELAY (1, "days") "}]",
    { { WAKE, "20T10:30" },
      { SUCCEED, "20T11:00", "a" },
      { SUCCEED, "20T12:00", "b" },
      { WAKE, "21T10:00" },
      { SUCCEED, "21T10:01", "c" } } },
  { "[{'id':'w'," WAIT (
        1,
        "hours") "},{'id':'s','kind':'branch','paths':[{'name':'hot','if':{'field':'lead.score','op':'ge',"
                 "'value':80},'steps':[{'id':'h'," CALL
                 "}]},{'name':'cold','steps':[{'id':'v'," WAIT (
                     2, "days") "},{'id':'d'," NOTIFY "}]}]},{'id':'z'," CALL
                                "," RUN ("after-previous") "}]",
    { { WAKE, "20T11:00" },
      { WAKE, "22T11:00" },
      { SUCCEED, "22T12:00", "d" },
      { SUCCEED, "22T13:00", "z" } } },
  { "[{'id':'w','kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':80},'time-out':"
    "{'amount':3,'unit':'days'}},{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY
    "," RUN ("after-previous") "}]",
    { { WAKE, "21T10:00" }, { TELL, "22T10:00" }, { FAIL, "22T10:01", "a" } } },
  { "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'t','kind':'branch','paths':[{'name':'q','if':"
    "{'field':'lead.score','op':'lt','value':80},'steps':[{'id':'a'," NOTIFY "}]}]},{'id':'b'," CALL
    "," RUN ("after-previous") "}]}]},{'id':'z'," NOTIFY "," RUN ("after-previous") "}]",
    { { FAIL, "20T10:05", "a" }, { WAKE, "20T10:06" } } },
  { "[{'id':'a'," APPROVAL
    "},{'id':'s','kind':'branch','run':{'mode':'after-previous'},'paths':[{'name':'yes','if':"
    "{'field':'approval.outcome','op':'eq','value':'approved'},'steps':[{'id':'w'," WAIT (
        1, "hours") "},{'id':'y'," NOTIFY "}]}]}]",
    { { WAKE, "20T10:10" },
      { APPROVE, "20T10:20", "a" },
      { WAKE, "20T11:20" },
      { SUCCEED, "20T11:21", "y" } } },
  { "[{'id':'a'," APPROVAL "},{'id':'b'," NOTIFY "," RUN (
        "after-previous") "},{'id':'c'," APPROVAL
                          ",'on-rejection':'continue'},{'id':'d','kind':'notify','text':'{approval.outcome}'," RUN (
                              "after-previous") "}]",
    { { REJECT, "20T10:10", "a" },
      { REJECT, "20T10:20", "c" },
      { SUCCEED, "20T10:21", "d" },
      { PASS_OVER, "20T10:30", "a" },
      { SUCCEED, "20T10:31", "b" } } },
  { "[{'id':'c','kind':'control','at-most':{'amount':3,'unit':'days'}},{'id':'n'," NOTIFY
    "," RUN ("after-previous") "}]",
    { { LEAVE, "21T10:00" },
      { ENTER, "22T10:00" },
      { WAKE, "25T10:00" },
      { SUCCEED, "25T10:01", "c" },
      { SUCCEED, "25T10:02", "n" },
      { LEAVE, "26T10:00" },
      { ENTER, "26T11:00" },
      { WAKE, "29T11:00" } },
    TRUE },
  { "[{'id':'c','kind':'control','stage':'filter-9','at-most':{'amount':1,'unit':'days'}},{'id':'w'," WAIT (
        5, "days") "}]",
    { { WAKE, "20T12:00" }, { LEAVE, "21T10:00" }, { ENTER, "21T11:00" }, { WAKE, "28T10:00" } },
    TRUE },
  { "[{'id':'a'," NOTIFY "},{'id':'b'," CALL
    "," RUN ("after-previous") "},{'id':'w'," WAIT (2, "days") "},{'id':'c'," NOTIFY "}]",
    { { FAIL, "20T10:10", "a" },
      { RETRY, "20T10:20", "a" },
      { FAIL, "20T10:30", "a" },
      { RESCHEDULE, "21T10:00" },
      { PASS_OVER, "21T11:00", "a" },
      { SUCCEED, "21T12:00", "b" },
      { WAKE, "23T10:00" },
      { SUCCEED, "23T10:01", "c" } } },
  { "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'a'," NOTIFY
    "}]}]},{'id':'b'," NOTIFY "," RUN ("after-previous") "},{'id':'c'," NOTIFY
                                                         "," DELAY (1, "days") "}]",
    { { FAIL, "20T10:10", "a" }, { STOP, "20T10:20", "a" }, { WAKE, "22T10:00" } } },
  { "[{'id':'a'," CALL "},{'id':'b'," NOTIFY "," DELAY (1, "days") "}]",
    { { WAKE, "21T10:00" },
      { WAKE, "23T09:00" },
      { SUCCEED, "23T09:20", "a" },
      { WAKE, "24T09:00" },
      { SUCCEED, "24T09:01", "b" } },
    FALSE,
    "23T09:00" },
};

static void
tell (Fixture *self, const char *time, const char *lead)
{
  g_autofree char *full = g_strdup_printf ("2026-11-%s:00-03:00", time);
  g_autoptr (WfEvent) told = wf_fixture_new_event ("e9", "lead.updated", full, lead, NULL);

  wf_run_event (self->run, self->engine, told, NULL, at (time), self->effects);
}

static gboolean
answer (Fixture *self, const char *step, const char *time, const char *outcome)
{
  char key[WF_UUID_LENGTH + 1];

  make_key (step, key);
  return wf_run_activity_done (self->run, self->engine, NULL, key, outcome, at (time), at (time),
                               self->effects);
}

static gboolean
resolve (Fixture *self, const Act *one, WfResolve how)
{
  return wf_run_resolve (self->run, self->engine, NULL, one->step, how, at (one->time),
                         self->effects);
}

static void
act (Fixture *self, const Act *one)
{
  char key[WF_UUID_LENGTH + 1];

  make_key (one->step != NULL ? one->step : "", key);
  switch (one->deed)
    {
    case WAKE:
      wf_run_wake (self->run, self->engine, NULL, at (one->time), self->effects);
      break;
    case SUCCEED:
      g_assert_true (succeed (self, one->step, one->time));
      break;
    case FAIL:
      g_assert_true (wf_run_effect_failed (self->run, key, "refused"));
      break;
    case TELL:
      tell (self, one->time, "'id':'l1','score':90");
      break;
    case APPROVE:
      g_assert_true (answer (self, one->step, one->time, WF_OUTCOME_APPROVED));
      break;
    case REJECT:
      g_assert_true (answer (self, one->step, one->time, WF_OUTCOME_REJECTED));
      break;
    case LEAVE:
      tell (self, one->time, "'id':'l1','stage':'filter-9'");
      break;
    case ENTER:
      tell (self, one->time, "'id':'l1','stage':'new'");
      break;
    case RETRY:
      g_assert_true (resolve (self, one, WF_RESOLVE_RETRY));
      break;
    case PASS_OVER:
      g_assert_true (resolve (self, one, WF_RESOLVE_SKIP));
      break;
    case STOP:
      g_assert_true (resolve (self, one, WF_RESOLVE_STOP));
      break;
    case RESCHEDULE:
      wf_run_reschedule (self->run, at (one->time) - 24 * G_TIME_SPAN_HOUR, at (one->time));
      break;
    }
}

static void
save_and_load (Fixture *self)
{
  g_autofree char *text = wf_run_save (self->run);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  WfRun *run = wf_run_load (text, self->workflow, self->event, &error);

  g_assert_no_error (error);
  again = wf_run_save (run);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpstr (wf_run_get_key (run), ==, wf_run_get_key (self->run));
  g_assert_cmpint (wf_run_get_next_due (run), ==, wf_run_get_next_due (self->run));
  g_assert_cmpint (wf_run_is_finished (run), ==, wf_run_is_finished (self->run));
  g_assert_cmpint (wf_run_has_waiting_steps (run), ==, wf_run_has_waiting_steps (self->run));
  g_assert_cmpint (wf_run_waits_for_event (run), ==, wf_run_waits_for_event (self->run));
  wf_run_free (self->run);
  self->run = run;
}

/* Everything that was given out, and the trace. Owned by the caller. */
static char *
tell_story (guint story, guint saves)
{
  GString *told = g_string_new (NULL);
  g_autofree char *trace = NULL;
  Fixture self;

  set_up (&self, stories[story].steps);
  if (stories[story].base != NULL)
    self.run = wf_run_start_from (self.engine, self.workflow, self.event, NULL,
                                  at (stories[story].base), at ("20T10:00"), self.effects);
  else
    start (&self, "20T10:00");
  for (guint i = 0; i < G_N_ELEMENTS (stories[story].acts) && stories[story].acts[i].time != NULL;
       i++)
    {
      if (saves & (1u << i))
        save_and_load (&self);
      act (&self, &stories[story].acts[i]);
    }
  for (guint i = 0; i < self.effects->len; i++)
    {
      const WfEffect *effect = get_effect (&self, i);

      g_string_append_printf (
          told, "%s %s %" G_GINT64_FORMAT " %s\n", effect->key, effect->step, effect->time,
          effect->activity != NULL ? effect->activity->explanation : effect->text);
    }
  g_string_append (told, trace = wf_run_save (self.run));
  if (wf_run_is_finished (self.run) == stories[story].goes_on)
    g_error ("Story %u: %s", story, trace);
  tear_down (&self);
  return g_string_free (told, FALSE);
}

static void
test_save (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *plain = tell_story (i, 0);

      for (guint saves = 1; saves < 256; saves++)
        {
          g_autofree char *saved = tell_story (i, saves);

          g_assert_cmpstr (saved, ==, plain);
        }
    }
}

static void
test_load_damaged (void)
{
  static const char *const texts[] = {
    "",
    "null",
    "{}",
    "{\"format\":1}",
    "{\"format\":2,\"steps\":[]}",
    "{\"format\":1,\"steps\":{}}",
    "{\"format\":1,\"steps\":[{}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"q\",\"status\":\"running\",\"base\":1}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"flying\"}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"waiting\"}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"running\"}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"running\",\"base\":\"x\"}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"s\",\"status\":\"running\",\"base\":1,\"path\":7}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"s\",\"status\":\"running\",\"base\":1,\"path\":-1}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"running\",\"base\":1,\"path\":0}]}",
    "{\"format\":1,\"base\":\"x\",\"steps\":[]}",
    "{\"format\":1,\"results\":7,\"steps\":[]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"waiting\",\"base\":1,\"begun\":true}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"running\",\"base\":1,\"begun\":true}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"running\",\"base\":1,\"iteration\":1}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"c\",\"status\":\"running\",\"base\":1,\"iteration\":-1}]}",
    "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"failed\"},{\"id\":\"a\",\"status\":\"failed\"}]}",
  };
  Fixture self;

  set_up (&self,
          "[{'id':'a'," CALL
          "},{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'b'," NOTIFY "}]}]},"
          "{'id':'c','kind':'control','at-most':{'amount':3,'unit':'days'}}]");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WfRun) run = wf_run_load (texts[i], self.workflow, self.event, &error);

      g_assert_null (run);
      g_assert_nonnull (error);
    }
  start (&self, "20T10:00");
  tear_down (&self);
}

/* Any change of a byte gives an error or a run that can go on. */
static void
test_load_mutations (void)
{
  static const char steps[] = "[{'id':'w'," WAIT (
      1, "hours") "},{'id':'s','kind':'branch','paths':[{'name':'p','steps':"
                  "[{'id':'b'," NOTIFY "}]}]},{'id':'z'," CALL
                  "," RUN ("after-previous") "},{'id':'c','kind':'control',"
                                             "'at-most':{'amount':3,'unit':'days'}}]";
  g_autofree char *text = NULL;
  Fixture self;

  set_up (&self, steps);
  start (&self, "20T10:00");
  wf_run_wake (self.run, self.engine, NULL, at ("20T11:00"), self.effects);
  text = wf_run_save (self.run);
  for (gsize i = 0; i < strlen (text); i++)
    for (const char *c = "07\"{}[]xwsrf:,-"; *c != '\0'; c++)
      {
        g_autofree char *changed = g_strdup (text);
        g_autoptr (GPtrArray) effects =
            g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
        g_autoptr (GError) error = NULL;
        g_autoptr (WfRun) run = NULL;

        changed[i] = *c;
        run = wf_run_load (changed, self.workflow, self.event, &error);
        g_assert_true ((run == NULL) == (error != NULL));
        if (run != NULL)
          wf_run_wake (run, self.engine, NULL, at ("28T10:00"), effects);
      }
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/activity", test_activity);
  g_test_add_func ("/run/cause", test_cause);
  g_test_add_func ("/run/woken-late", test_woken_late);
  g_test_add_func ("/run/clock-behind", test_clock_behind);
  g_test_add_func ("/run/notify-accepted", test_notify_accepted);
  g_test_add_func ("/run/failed", test_failed);
  g_test_add_func ("/run/cancelled-in-branch", test_cancelled_in_branch);
  g_test_add_func ("/run/failed-in-branch", test_failed_in_branch);
  g_test_add_func ("/run/cancel", test_cancel);
  g_test_add_func ("/run/cancel-reason", test_cancel_reason);
  g_test_add_func ("/run/waits-for-event", test_waits_for_event);
  g_test_add_func ("/run/anchor-moved", test_anchor_moved);
  g_test_add_func ("/run/timed-out-before-event", test_timed_out_before_event);
  g_test_add_func ("/run/anchor-passed-meanwhile", test_anchor_passed_meanwhile);
  g_test_add_func ("/run/fallback-person", test_fallback_person);
  g_test_add_func ("/run/owner-of-cached-lead", test_owner_of_cached_lead);
  g_test_add_func ("/run/save", test_save);
  g_test_add_func ("/run/load-damaged", test_load_damaged);
  g_test_add_func ("/run/load-mutations", test_load_mutations);
  return g_test_run ();
}
