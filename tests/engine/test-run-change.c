/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide about runs under way: blocked chains (S18), another version and the end of
 * a pause (S12), a storm let go (S13); and what a control says. */
#include "wf-engine-fixture.h"
#include "wf-run.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define CALL                                                                                       \
  "'kind':'create-activity','activity-type':'call','complete-within':{'amount':30,'unit':'minutes'}"
#define NOTIFY "'kind':'notify','text':'x'"
#define AFTER "'run':{'mode':'after-previous'}"
#define DELAY(n, unit) "'run':{'mode':'delay','delay':{'amount':" #n ",'unit':'" unit "'}}"
#define WAIT(n, unit) "'kind':'wait','for':{'amount':" #n ",'unit':'" unit "'}"
#define BRANCH(steps) "'kind':'branch','paths':[{'name':'p','steps':[" steps "]}]"

typedef struct
{
  WfEngine *engine;
  WfWorkflow *workflow;
  WfEvent *event;
  WfRun *run;
  GPtrArray *effects;
} Fixture;

static WfInstant
at (const char *time)
{
  g_autofree char *text = g_strdup_printf ("2026-11-%s:00-03:00", time);

  return wf_fixture_instant (text);
}

static void
set_up (Fixture *self, const char *trigger, const char *event, const char *steps)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  *self = (Fixture) { NULL };
  self->workflow = wf_fixture_new_workflow_with (W1, event, trigger, steps);
  g_ptr_array_add (workflows, self->workflow);
  self->engine = wf_engine_new (organisation, workflows);
  self->event =
      wf_fixture_new_event ("e1", event, "2026-11-20T10:00:00-03:00",
                            "'id':'l1','name':'Padaria Sol','owner':'ana','stage':'filter-1'",
                            "'meeting':{'start':'2026-11-23T15:00:00-03:00'}");
  self->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  self->run = wf_run_start (self->engine, self->workflow, self->event, NULL, at ("20T10:00"),
                            self->effects);
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

static void
make_key (const char *step, char key[WF_UUID_LENGTH + 1])
{
  wf_effect_make_key (W1, "/crm/acme", "e1", step, 0, key);
}

static void
fail (Fixture *self, const char *step)
{
  char key[WF_UUID_LENGTH + 1];

  make_key (step, key);
  g_assert_true (wf_run_effect_failed (self->run, key, "refused"));
}

static void
wake (Fixture *self, const char *time)
{
  wf_run_wake (self->run, self->engine, NULL, at (time), self->effects);
}

/* "a failed refused, b skipped previous-failed": every step that the trace tells of. */
static char *
tell (const WfRun *run)
{
  g_autofree char *text = wf_run_save (run);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *steps = wf_json_get_member (wf_json_document_get_root (document), "steps");
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < wf_json_get_size (steps); i++)
    {
      const WfJson *step = wf_json_get_element (steps, i);
      const char *reason = wf_json_get_member_string (step, "reason");

      g_string_append_printf (told, "%s%s %s", i > 0 ? ", " : "",
                              wf_json_get_member_string (step, "id"),
                              wf_json_get_member_string (step, "status"));
      if (reason != NULL)
        g_string_append_printf (told, " %s", reason);
    }
  return g_string_free (told, FALSE);
}

static void
assert_told (const Fixture *self, const char *expected)
{
  g_autofree char *told = tell (self->run);

  g_assert_cmpstr (told, ==, expected);
}

static void
assert_failed (const Fixture *self, const char *expected)
{
  g_auto (GStrv) ids = wf_run_list_failed (self->run);
  g_autofree char *list = g_strjoinv (",", ids);

  g_assert_cmpstr (list, ==, expected);
}

/* S18: blocked chains */

typedef struct
{
  const char *name, *steps;
  const char *fails; /* a step whose effect is refused; NULL: it was skipped */
  const char *listed;
  const char *resolved; /* the step that is decided about */
  WfResolve resolve;
  const char *told;
  guint n_effects; /* in all */
} Blocked;

#define CHAIN                                                                                      \
  "[{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY "," AFTER "},{'id':'c'," NOTIFY "," AFTER "}]"

static const Blocked blocked[] = {
  { "retry gives it again", CHAIN, "a", "a", "a", WF_RESOLVE_RETRY, "a running", 2 },
  { "skip lets the chain go on", CHAIN, "a", "a", "a", WF_RESOLVE_SKIP,
    "a succeeded passed-over, b running", 2 },
  { "stop is final", CHAIN, "a", "a", "a", WF_RESOLVE_STOP,
    "a failed refused, b cancelled stopped, c cancelled stopped", 1 },
  { "a failure that blocks nothing is not listed, and can be tried again",
    "[{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY "}]", "a", "", "a", WF_RESOLVE_RETRY,
    "a running, b running", 3 },
  { "through the branch around it",
    "[{'id':'s'," BRANCH ("{'id':'a'," NOTIFY "}") "},{'id':'b'," NOTIFY "," AFTER "}]", "a", "a",
    "a", WF_RESOLVE_SKIP, "s succeeded, a succeeded passed-over, b running", 2 },
  { "a branch within a branch",
    "[{'id':'s'," BRANCH ("{'id':'t'," BRANCH ("{'id':'a'," NOTIFY "}") "}") "},"
                                                                             "{'id':'b'," NOTIFY
                                                                             "," AFTER "}]",
    "a", "a", "a", WF_RESOLVE_RETRY, "s running, t running, a running", 2 },
  { "stop behind a branch",
    "[{'id':'s'," BRANCH ("{'id':'a'," NOTIFY "}") "},{'id':'b'," NOTIFY "," AFTER "}]", "a", "a",
    "a", WF_RESOLVE_STOP, "s failed path-failed, a failed refused, b cancelled stopped", 1 },
  { "stop ends what waits elsewhere too",
    "[{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY "," AFTER "},{'id':'c'," NOTIFY
    "," DELAY (1, "days") "}]",
    "a", "a", "a", WF_RESOLVE_STOP, "a failed refused, b cancelled stopped, c cancelled stopped",
    1 },
  { "a branch that was not reached opens with what was blocked",
    "[{'id':'a'," NOTIFY "},{'id':'s'," AFTER "," BRANCH ("{'id':'b'," NOTIFY "}") "}]", "a", "a",
    "a", WF_RESOLVE_SKIP, "a succeeded passed-over, s running, b running", 2 },
  { "a wait that was blocked held what is below it",
    "[{'id':'a'," NOTIFY "},{'id':'w'," WAIT (1, "hours") "," AFTER "},{'id':'b'," NOTIFY "}]", "a",
    "a", "a", WF_RESOLVE_SKIP, "a succeeded passed-over, w waiting", 1 },
  { "the first of several",
    "[{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY "," AFTER "},{'id':'d'," NOTIFY "}]", "a", "a", "d",
    WF_RESOLVE_SKIP, NULL, 2 },
  { "skipped for want of an address: R74",
    "[{'id':'a','kind':'send-email','subject':'x','text':'y'},{'id':'b'," CALL "," AFTER "}]", NULL,
    "a", "a", WF_RESOLVE_SKIP, "a succeeded passed-over, b running", 1 },
  { "retried, and there still is none",
    "[{'id':'a','kind':'send-email','subject':'x','text':'y'},{'id':'b'," CALL "," AFTER "}]", NULL,
    "a", "a", WF_RESOLVE_RETRY, "a skipped no-email, b skipped previous-skipped", 0 },
  { "what a rule decided against is no failure",
    "[{'id':'a'," CALL ",'permission':{'scope':'groups','groups':['outbound']}},{'id':'b'," CALL
    "," AFTER "}]",
    NULL, "", "a", WF_RESOLVE_SKIP, NULL, 0 },
  { "nor is what is blocked by another", CHAIN, "a", "a", "b", WF_RESOLVE_SKIP, NULL, 1 },
  { "nor a step that is not there", CHAIN, "a", "a", "z", WF_RESOLVE_RETRY, NULL, 1 },
};

static void
test_blocked (gconstpointer data)
{
  const Blocked *one = data;
  g_autofree char *before = NULL;
  gboolean resolved;
  Fixture self;

  set_up (&self, NULL, "lead.received", one->steps);
  if (one->fails != NULL)
    fail (&self, one->fails);
  assert_failed (&self, one->listed);
  before = tell (self.run);
  resolved = wf_run_resolve (self.run, self.engine, NULL, one->resolved, one->resolve,
                             at ("20T11:00"), self.effects);
  g_assert_cmpint (resolved, ==, one->told != NULL);
  assert_told (&self, resolved ? one->told : before);
  g_assert_cmpuint (self.effects->len, ==, one->n_effects);
  if (one->resolve == WF_RESOLVE_STOP && resolved)
    {
      assert_failed (&self, "");
      g_assert_true (wf_run_is_finished (self.run));
    }
  tear_down (&self);
}

/* S18: stop is final, also for a step that nothing hung on, in the state as it is kept, and on
 * another version of the workflow. */
static void
test_stopped_for_good (void)
{
  static const char *const chains[] = { CHAIN, "[{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY "}]" };

  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    for (int how = WF_RESOLVE_RETRY; how <= WF_RESOLVE_STOP; how++)
      {
        g_autoptr (WfRun) loaded = NULL;
        g_autoptr (WfRun) moved = NULL;
        g_autofree char *state = NULL;
        WfRun *runs[3];
        guint n_effects;
        Fixture self;

        set_up (&self, NULL, "lead.received", chains[i]);
        fail (&self, "a");
        g_assert_true (wf_run_resolve (self.run, self.engine, NULL, "a", WF_RESOLVE_STOP,
                                       at ("20T11:00"), self.effects));
        n_effects = self.effects->len;
        state = wf_run_save (self.run);
        loaded =
            wf_run_load (state, wf_run_get_workflow (self.run), wf_run_get_event (self.run), NULL);
        g_assert_nonnull (loaded);
        moved = wf_run_move (self.run, wf_run_get_workflow (self.run));
        g_assert_nonnull (moved);
        runs[0] = self.run;
        runs[1] = loaded;
        runs[2] = moved;
        for (guint j = 0; j < G_N_ELEMENTS (runs); j++)
          g_assert_false (wf_run_resolve (runs[j], self.engine, NULL, "a", (WfResolve) how,
                                          at ("20T12:00"), self.effects));
        g_assert_cmpuint (self.effects->len, ==, n_effects);
        tear_down (&self);
      }
}

/* S16: however often it is tried, it is one effect; S18: what follows counts from when it was
 * due, or from the decision to go on without it. */
static void
test_retry_keeps_key (void)
{
  const WfEffect *first, *second, *next;
  char key[WF_UUID_LENGTH + 1];
  Fixture self;

  set_up (&self, NULL, "lead.received", "[{'id':'a'," NOTIFY "},{'id':'b'," CALL "," AFTER "}]");
  fail (&self, "a");
  g_assert_true (wf_run_resolve (self.run, self.engine, NULL, "a", WF_RESOLVE_RETRY,
                                 at ("20T11:00"), self.effects));
  first = g_ptr_array_index (self.effects, 0);
  second = g_ptr_array_index (self.effects, 1);
  g_assert_cmpstr (first->key, ==, second->key);
  g_assert_cmpint (first->time, ==, second->time);
  make_key ("a", key);
  g_assert_true (wf_run_effect_succeeded (self.run, self.engine, NULL, key, at ("20T11:01"),
                                          at ("20T11:01"), self.effects));
  next = g_ptr_array_index (self.effects, 2);
  g_assert_cmpint (next->time, ==, at ("20T10:00"));
  tear_down (&self);

  set_up (&self, NULL, "lead.received", "[{'id':'a'," NOTIFY "},{'id':'b'," CALL "," AFTER "}]");
  fail (&self, "a");
  g_assert_true (wf_run_resolve (self.run, self.engine, NULL, "a", WF_RESOLVE_SKIP, at ("20T11:00"),
                                 self.effects));
  next = g_ptr_array_index (self.effects, 1);
  g_assert_cmpint (next->time, ==, at ("20T11:00"));
  g_assert_cmpint (next->activity->due, ==, at ("20T11:30"));
  tear_down (&self);
}

/* S12: another version */

typedef struct
{
  const char *name, *older, *newer;
  const char *told;       /* NULL: it cannot move */
  const char *at;         /* when it is woken then */
  const char *told_later; /* nullable */
} Move;

static const Move moves[] = {
  { "the waiting step is there",
    "[{'id':'a'," CALL "},{'id':'b'," NOTIFY "," DELAY (1, "days") "}]",
    "[{'id':'a'," CALL "},{'id':'b','kind':'notify','text':'new'," DELAY (1, "days") "}]",
    "a running, b waiting", "21T10:00", "a running, b running" },
  { "it is not", "[{'id':'b'," NOTIFY "," DELAY (1, "days") "}]", "[{'id':'c'," NOTIFY "}]", NULL },
  { "it is of another kind", "[{'id':'b'," NOTIFY "," DELAY (1, "days") "}]",
    "[{'id':'b'," CALL "," DELAY (1, "days") "}]", NULL },
  { "another kind of wait", "[{'id':'b'," WAIT (1, "days") "}]",
    "[{'id':'b','kind':'wait','until':'meeting.start'}]", NULL },
  { "a wait that has begun keeps its end",
    "[{'id':'w'," WAIT (1, "days") "},{'id':'b'," NOTIFY "}]",
    "[{'id':'w'," WAIT (5, "days") "},{'id':'b'," NOTIFY "}]", "w waiting", "21T10:00",
    "w succeeded, b running" },
  { "what was given out and is gone does not hinder",
    "[{'id':'a'," CALL "},{'id':'b'," NOTIFY "," DELAY (1, "days") "}]",
    "[{'id':'b'," NOTIFY "," DELAY (1, "days") "}]", "b waiting", "21T10:00", "b running" },
  { "a new step behind the wait comes in its turn",
    "[{'id':'w'," WAIT (1, "days") "},{'id':'b'," NOTIFY "}]",
    "[{'id':'w'," WAIT (1, "days") "},{'id':'n'," NOTIFY "},{'id':'b'," NOTIFY "}]", "w waiting",
    "21T10:00", "w succeeded, n running, b running" },
  { "one that was passed is left out, and so is what hangs on it",
    "[{'id':'w'," WAIT (1, "days") "},{'id':'b'," NOTIFY "}]",
    "[{'id':'n'," NOTIFY "},{'id':'m'," NOTIFY "," AFTER "},{'id':'d'," NOTIFY
    "," DELAY (9, "days") "},{'id':'w'," WAIT (1, "days") "},{'id':'b'," NOTIFY "}]",
    "n skipped added-later, m skipped previous-skipped, d skipped added-later, w waiting",
    "30T10:00",
    "n skipped added-later, m skipped previous-skipped, d skipped added-later, w succeeded, "
    "b running" },
  { "after an open activity: it has not been passed",
    "[{'id':'a'," CALL "},{'id':'w'," WAIT (1, "days") "}]",
    "[{'id':'a'," CALL "},{'id':'n'," NOTIFY "," AFTER "},{'id':'w'," WAIT (1, "days") "}]",
    "a running, w waiting", "20T11:00", "a running, w waiting" },
  { "the path taken, by its name",
    "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'b'," NOTIFY
    "," DELAY (1, "days") "}]}]}]",
    "[{'id':'s','kind':'branch','paths':[{'name':'first','steps':[]},{'name':'p','steps':[{'id':"
    "'b'," NOTIFY "," DELAY (1, "days") "}]}]}]",
    "s running, b waiting", "21T10:00", "s running, b running" },
  { "the waiting step is in another path now",
    "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[{'id':'b'," NOTIFY
    "," DELAY (1, "days") "}]}]}]",
    "[{'id':'s','kind':'branch','paths':[{'name':'p','steps':[]},{'name':'q','steps':[{'id':"
    "'b'," NOTIFY "," DELAY (1, "days") "}]}]}]",
    NULL },
  { "out of the branch", "[{'id':'s'," BRANCH ("{'id':'b'," NOTIFY "," DELAY (1, "days") "}") "}]",
    "[{'id':'b'," NOTIFY "," DELAY (1, "days") "}]", "b waiting", "21T10:00", "b running" },
};

static void
test_move (gconstpointer data)
{
  const Move *one = data;
  g_autoptr (WfWorkflow) newer =
      wf_fixture_new_workflow_with (W1, "lead.received", NULL, one->newer);
  WfRun *moved;
  Fixture self;

  set_up (&self, NULL, "lead.received", one->older);
  moved = wf_run_move (self.run, newer);
  g_assert_cmpint (moved != NULL, ==, one->told != NULL);
  if (moved != NULL)
    {
      g_assert_true (wf_run_get_workflow (moved) == newer);
      g_assert_cmpstr (wf_run_get_key (moved), ==, wf_run_get_key (self.run));
      wf_run_free (self.run);
      self.run = moved;
      assert_told (&self, one->told);
      wake (&self, one->at);
      assert_told (&self, one->told_later);
    }
  tear_down (&self);
}

static void
test_move_elsewhere (void)
{
  g_autoptr (WfWorkflow) other = wf_fixture_new_workflow_with (
      "7a1d5b1f-7e1b-4c78-8b66-4a4a7a2c1d22", "lead.received", NULL, "[{'id':'a'," NOTIFY "}]");
  Fixture self;

  set_up (&self, NULL, "lead.received", "[{'id':'a'," NOTIFY "}]");
  g_assert_null (wf_run_move (self.run, other));
  tear_down (&self);
}

/* S12: a run is pinned to its version, whatever the engine knows by now. */
static void
test_pinned (void)
{
  g_autoptr (WfWorkflow) newer = wf_fixture_new_workflow_with (
      W1, "lead.received", NULL, "[{'id':'b','kind':'notify','text':'new'," DELAY (9, "days") "}]");
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  g_autoptr (WfEngine) engine = NULL;
  const WfEffect *effect;
  Fixture self;

  set_up (&self, NULL, "lead.received", "[{'id':'b'," NOTIFY "," DELAY (1, "days") "}]");
  g_ptr_array_add (workflows, newer);
  engine = wf_engine_new (NULL, workflows);
  wf_run_wake (self.run, engine, NULL, at ("21T10:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  effect = g_ptr_array_index (self.effects, 0);
  g_assert_cmpstr (effect->text, ==, "x");
  g_assert_true (effect->workflow == self.workflow);
  tear_down (&self);
}

/* S12: the end of a pause */

typedef struct
{
  const char *name, *steps;
  const char *next;  /* when it is due after a pause from 21T10:00 to 24T12:00; NULL: never */
  const char *skips; /* what is told when overdue steps are skipped at 24T12:00 */
} Pause;

static const Pause pauses[] = {
  { "a delay", "[{'id':'a'," NOTIFY "," DELAY (2, "days") "}]", "25T12:00", "a skipped paused" },
  { "one that is still ahead", "[{'id':'a'," NOTIFY "," DELAY (9, "days") "}]", "02T12:00",
    "a waiting" },
  { "a wait, and what is below it: the wait has ended, its steps came due",
    "[{'id':'w'," WAIT (2, "days") "},{'id':'a'," NOTIFY "},{'id':'b'," NOTIFY
                                   "," DELAY (9, "days") "}]",
    "25T12:00", "w succeeded, a skipped paused, b waiting" },
  { "what waited for a skipped step is blocked like after any other",
    "[{'id':'a'," NOTIFY "," DELAY (2, "days") "},{'id':'b'," NOTIFY "," AFTER "}]", "25T12:00",
    "a skipped paused, b skipped previous-skipped" },
  { "a branch opens, its steps came due",
    "[{'id':'s','kind':'branch'," DELAY (
        2, "days") ",'paths':[{'name':'p','steps':[{'id':'a'," NOTIFY "}]}]}]",
    "25T12:00", "s succeeded, a skipped paused" },
  { "a date does not move",
    "[{'id':'a'," NOTIFY ",'run':{'mode':'before','field':'meeting.start','offset':{'amount':1,"
    "'unit':'hours'}}}]",
    "23T14:00", "a skipped paused" },
  { "nor does a wait for one",
    "[{'id':'w','kind':'wait','until':'meeting.start'},{'id':'a'," NOTIFY "}]", "23T15:00",
    "w succeeded, a skipped paused" },
  { "nothing waits", "[{'id':'a'," CALL "}]", NULL, "a running" },
};

static void
test_reschedule (gconstpointer data)
{
  const Pause *one = data;
  WfInstant next = one->next == NULL ? WF_INSTANT_NONE : at (one->next);
  Fixture self;

  if (one->next != NULL && g_str_has_prefix (one->next, "02T"))
    next = wf_fixture_instant ("2026-12-02T12:00:00-03:00");
  set_up (&self, NULL, "lead.received", one->steps);
  wf_run_reschedule (self.run, at ("21T10:00"), at ("24T12:00"));
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, next);
  wf_run_reschedule (self.run, at ("24T12:00"), at ("21T10:00")); /* no pause at all */
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, next);
  tear_down (&self);
}

static void
test_skip_overdue (gconstpointer data)
{
  const Pause *one = data;
  guint n;
  Fixture self;

  set_up (&self, NULL, "lead.received", one->steps);
  n = self.effects->len;
  wf_run_skip_overdue (self.run, self.engine, NULL, at ("24T12:00"), self.effects);
  assert_told (&self, one->skips);
  g_assert_cmpuint (self.effects->len, ==, n);
  tear_down (&self);
}

/* S13: what a storm held counts from when it is let go, and conditions see the lead of today. */
static void
test_start_from (void)
{
  g_autoptr (WfJsonDocument) lead =
      wf_fixture_new_json ("{'id':'l1','owner':'ana','name':'Padaria Lua','stage':'filter-1'}");
  const WfEffect *effect;
  Fixture self;
  WfRun *run;

  set_up (&self, NULL, "lead.received",
          "[{'id':'a'," CALL ",'notes':'{lead.name}'},{'id':'b'," NOTIFY
          "," DELAY (1, "days") "}]");
  g_ptr_array_set_size (self.effects, 0);
  run = wf_run_start_from (self.engine, self.workflow, self.event, wf_json_document_get_root (lead),
                           at ("24T09:00"), at ("23T17:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 0);
  g_assert_cmpint (wf_run_get_next_due (run), ==, at ("24T09:00"));
  wf_run_wake (run, self.engine, wf_json_document_get_root (lead), at ("24T09:00"), self.effects);
  g_assert_cmpuint (self.effects->len, ==, 1);
  effect = g_ptr_array_index (self.effects, 0);
  g_assert_cmpint (effect->activity->due, ==, at ("24T09:30"));
  g_assert_cmpstr (effect->activity->notes, ==, "Padaria Lua");
  g_assert_false (effect->activity->arrived_late);
  g_assert_cmpint (wf_run_get_next_due (run), ==, at ("25T09:00"));
  g_assert_cmpstr (wf_run_get_key (run), ==, wf_run_get_key (self.run));
  wf_run_free (run);
  tear_down (&self);
}

/* S23: what is told, and that each stay has a key of its own (S15). */
static void
test_control_text (void)
{
  static const struct
  {
    const char *steps, *text;
  } table[] = {
    { "[{'id':'c','kind':'control','at-most':{'amount':3,'unit':'days'}}]",
      "“Padaria Sol” has been in the stage “Filtro 1” for 3 days." },
    { "[{'id':'c','kind':'control','at-most':{'amount':3,'unit':'days'},'stage':'filter-1',"
      "'text':'Look at {lead.name}'}]",
      "Look at Padaria Sol" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const WfEffect *effect;
      Fixture self;

      set_up (&self, NULL, "lead.received", table[i].steps);
      g_assert_true (wf_run_waits_for_event (self.run));
      g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("23T10:00"));
      wake (&self, "23T10:05");
      g_assert_cmpuint (self.effects->len, ==, 1);
      effect = g_ptr_array_index (self.effects, 0);
      g_assert_cmpint (effect->kind, ==, WF_EFFECT_NOTIFY);
      g_assert_cmpint (effect->step_kind, ==, WF_STEP_CONTROL);
      g_assert_cmpstr (effect->person, ==, "carla");
      g_assert_cmpstr (effect->text, ==, table[i].text);
      g_assert_cmpint (effect->time, ==, at ("23T10:00"));
      tear_down (&self);
    }
}

static void
move_lead (Fixture *self, const char *time, const char *stage)
{
  g_autofree char *full = g_strdup_printf ("2026-11-%s:00-03:00", time);
  g_autofree char *lead = g_strdup_printf ("'id':'l1','stage':'%s'", stage);
  g_autoptr (WfEvent) event = wf_fixture_new_event ("e9", "lead.updated", full, lead, NULL);

  wf_run_event (self->run, self->engine, event, NULL, at (time), self->effects);
}

static void
test_control_stays (void)
{
  char key[WF_UUID_LENGTH + 1];
  Fixture self;

  set_up (&self, NULL, "lead.received",
          "[{'id':'c','kind':'control','at-most':{'amount':1,'unit':'days'}}]");
  for (guint stay = 0; stay < 3; stay++)
    {
      g_autofree char *in = g_strdup_printf ("%uT10:00", 20 + 3 * stay),
                      *told = g_strdup_printf ("%uT10:00", 21 + 3 * stay),
                      *out = g_strdup_printf ("%uT10:00", 22 + 3 * stay);
      const WfEffect *effect;

      move_lead (&self, in, "filter-1");
      wake (&self, told);
      g_assert_cmpuint (self.effects->len, ==, stay + 1);
      effect = g_ptr_array_index (self.effects, stay);
      g_assert_cmpuint (effect->iteration, ==, stay);
      wf_effect_make_key (W1, "/crm/acme", "e1", "c", stay, key);
      g_assert_cmpstr (effect->key, ==, key);
      g_assert_true (wf_run_effect_succeeded (self.run, self.engine, NULL, key, at (told),
                                              at (told), self.effects));
      g_assert_cmpint (wf_run_get_next_due (self.run), ==, WF_INSTANT_NONE);
      move_lead (&self, out, "filter-2");
    }
  g_assert_false (wf_run_is_finished (self.run));
  wf_run_cancel (self.run, "lead-deleted");
  g_assert_true (wf_run_is_finished (self.run));
  tear_down (&self);
}

/* Leaving and coming back while the message is on its way, and a run that ends meanwhile. */
static void
test_control_in_flight (void)
{
  char key[WF_UUID_LENGTH + 1];
  Fixture self;

  make_key ("c", key);
  set_up (&self, NULL, "lead.received",
          "[{'id':'c','kind':'control','at-most':{'amount':1,'unit':'days'}}]");
  wake (&self, "21T10:00");
  g_assert_true (wf_run_waits_for_event (self.run));
  move_lead (&self, "21T11:00", "filter-2");
  move_lead (&self, "21T12:00", "filter-1");
  g_assert_true (wf_run_effect_succeeded (self.run, self.engine, NULL, key, at ("21T13:00"),
                                          at ("21T13:00"), self.effects));
  g_assert_cmpint (wf_run_get_next_due (self.run), ==, at ("22T12:00"));
  tear_down (&self);

  set_up (&self, NULL, "lead.received",
          "[{'id':'c','kind':'control','at-most':{'amount':1,'unit':'days'}}]");
  wake (&self, "21T10:00");
  wf_run_cancel (self.run, "lead-deleted");
  g_assert_true (wf_run_effect_succeeded (self.run, self.engine, NULL, key, at ("21T13:00"),
                                          at ("21T13:00"), self.effects));
  g_assert_true (wf_run_is_finished (self.run));
  tear_down (&self);
}

static void
add_tests (const char *path, gconstpointer table, guint n, gsize size, GTestDataFunc func)
{
  for (guint i = 0; i < n; i++)
    {
      const char *entry = (const char *) table + i * size;
      g_autofree char *full =
          g_strdup_printf ("%s/%02u %s", path, i, *(const char *const *) (gconstpointer) entry);

      g_test_add_data_func (full, entry, func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_tests ("/run-change/blocked", blocked, G_N_ELEMENTS (blocked), sizeof *blocked, test_blocked);
  add_tests ("/run-change/move", moves, G_N_ELEMENTS (moves), sizeof *moves, test_move);
  add_tests ("/run-change/reschedule", pauses, G_N_ELEMENTS (pauses), sizeof *pauses,
             test_reschedule);
  add_tests ("/run-change/skip-overdue", pauses, G_N_ELEMENTS (pauses), sizeof *pauses,
             test_skip_overdue);
  g_test_add_func ("/run-change/retry-keeps-key", test_retry_keeps_key);
  g_test_add_func ("/run-change/stopped-for-good", test_stopped_for_good);
  g_test_add_func ("/run-change/move-elsewhere", test_move_elsewhere);
  g_test_add_func ("/run-change/pinned", test_pinned);
  g_test_add_func ("/run-change/start-from", test_start_from);
  g_test_add_func ("/run-change/control-text", test_control_text);
  g_test_add_func ("/run-change/control-stays", test_control_stays);
  g_test_add_func ("/run-change/control-in-flight", test_control_in_flight);
  return g_test_run ();
}
