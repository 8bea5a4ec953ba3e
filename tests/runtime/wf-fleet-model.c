/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens in the company of a fleet's test, and what must have become of it. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fleet-model.h"

#include "wf-effect.h"
#include "wf-instant.h"

#define SOURCE "/crm/fleet"
#define MINUTE G_TIME_SPAN_MINUTE

/* Each has a workflow of its own. */
typedef enum
{
  FORM,    /* an activity, points and a message at once */
  DELAY,   /* a delayed activity, and a call below a wait */
  BRANCH,  /* by the score: an activity, or an activity and a stage */
  JOIN,    /* once while open: the second event joins */
  RESTART, /* the second event cancels what the first one waits for */
  CHAIN,   /* points, then a stage; an activity, then another when it is done */
  WAIT,    /* until the second event moves the stage */
  N_SCENARIOS,
} Scenario;

#define WORKFLOW_ID "f1ee7000-6d0a-4b67-9a55-00000000000"
#define STEP(id, kind, rest) "{\"id\":\"" id "\",\"kind\":\"" kind "\"," rest "}"
#define NOW "\"run\":{\"mode\":\"immediately\"}"
#define AFTER "\"run\":{\"mode\":\"after-previous\"}"
#define DELAYED(minutes)                                                                           \
  "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":" minutes ",\"unit\":\"minutes\"}}"
#define WITHIN(type, amount, unit)                                                                 \
  ",\"activity-type\":\"" type "\",\"complete-within\":{\"amount\":" amount ",\"unit\":\"" unit    \
  "\"},\"notify\":{\"amount\":10,\"unit\":\"minutes\"}"
#define HIGH 50

static const struct
{
  const char *event, *extra, *steps;
  guint second_after; /* events between the first and the second; 0: there is none */
} scenarios[N_SCENARIOS] = {
  [FORM] = { "form.submitted", "",
             STEP ("call", "create-activity", NOW WITHIN ("call", "60", "minutes")) "," STEP (
                 "points", "add-score",
                 NOW
                 ",\"points\":5") "," STEP ("tell", "notify",
                                            NOW
                                            ",\"recipient\":\"responsible\",\"text\":\"{lead.name}\""),
             0 },
  [DELAY] = { "webhook.received", "",
              STEP ("later", "create-activity", DELAYED ("10") WITHIN ("visit", "1", "hours")) "," STEP (
                  "pause", "wait",
                  NOW ",\"for\":{\"amount\":20,\"unit\":\"minutes\"}") "," STEP ("ring",
                                                                                 "schedule-call",
                                                                                 NOW WITHIN (
                                                                                     "call", "45",
                                                                                     "minutes")),
              0 },
  [BRANCH] = { "ticket.submitted", "",
               "{\"id\":\"which\",\"kind\":\"branch\",\"paths\":[{\"name\":\"High\",\"if\":{\"all\":[{"
               "\"field\":\"lead.score\",\"op\":\"ge\",\"value\":" G_STRINGIFY (HIGH) "}]},\"steps\":[" STEP (
                   "high", "create-activity",
                   NOW WITHIN (
                       "call", "30",
                       "minutes")) "]},{\"name\":\"Low\",\"steps\":[" STEP ("low",
                                                                            "create-activity",
                                                                            NOW WITHIN (
                                                                                "call", "2",
                                                                                "hours")) "," STEP ("down",
                                                                                                    "change-stage",
                                                                                                    NOW
                                                                                                    ",\"stage\":\"filter-1\"") "]}]}",
                                                                               0 },
               [JOIN] = { "call.missed", ",\"reentry\":\"once-while-open\"",
                          STEP ("back", "create-activity", NOW WITHIN ("call", "60", "minutes")),
                          15 },
               [RESTART] = { "email.replied", ",\"reentry\":\"restart\"",
                             STEP ("answer", "create-activity",
                                   DELAYED ("40") WITHIN ("call", "60", "minutes")),
                             30 },
               [CHAIN] = { "payment.received", "",
                           STEP ("points", "add-score", NOW ",\"points\":3") "," STEP (
                               "move", "change-stage",
                               AFTER
                               ",\"stage\":\"filter-2\"") "," STEP ("first", "create-activity",
                                                                    NOW WITHIN (
                                                                        "call", "60",
                                                                        "minutes")) "," STEP ("second",
                                                                                              "create-activity",
                                                                                              AFTER WITHIN (
                                                                                                  "visit",
                                                                                                  "60",
                                                                                                  "minutes")),
                           0 },
               [WAIT] = { "message.received", "",
                          STEP ("stage", "wait",
                                NOW ",\"until-condition\":{\"all\":[{\"field\":\"lead.stage\","
                                    "\"op\":\"eq\",\"value\":\"filter-1\"}]},\"time-out\":{"
                                    "\"amount\":1,\"unit\":\"days\"}") "," STEP ("after",
                                                                                 "create-activity",
                                                                                 NOW WITHIN ("call",
                                                                                             "60",
                                                                                             "minutes")),
                          25 },
  };

static const char *const owners[] = { "ana", "bruno", "carla", "elisa" };

typedef struct
{
  Scenario scenario;
  WfFleetEvent *first, *second; /* (unowned) (nullable) */
  gboolean chain_done;
} Lead;

struct _WfFleetModel
{
  GPtrArray *events;  /* (owned) of WfFleetEvent */
  GArray *leads;      /* (owned) of Lead */
  GHashTable *chains; /* (owned) event -> index of its lead plus one */
};

static void
event_free (WfFleetEvent *self)
{
  g_free (self->id);
  g_free (self->type);
  g_free (self->lead);
  g_free (self);
}

/* -- what happens ------------------------------------------------------------------------------ */

static WfFleetEvent *
add_event (WfFleetModel *self, guint lead, const char *type)
{
  WfFleetEvent *event = g_new0 (WfFleetEvent, 1);

  event->id = g_strdup_printf ("f-%u", self->events->len);
  event->type = g_strdup (type);
  event->lead = g_strdup_printf ("f-lead-%u", lead);
  event->stage = "new";
  event->at = WF_INSTANT_NONE;
  g_ptr_array_add (self->events, event);
  return event;
}

static void
add_lead (WfFleetModel *self, Scenario scenario, GRand *random)
{
  Lead lead = { .scenario = scenario };

  lead.first = add_event (self, self->leads->len, scenarios[lead.scenario].event);
  lead.first->owner = owners[g_rand_int_range (random, 0, G_N_ELEMENTS (owners))];
  lead.first->score = (guint) g_rand_int_range (random, 0, 101);
  g_array_append_val (self->leads, lead);
  g_hash_table_insert (self->chains, lead.first, GUINT_TO_POINTER (self->leads->len));
}

static void
add_second (WfFleetModel *self, guint index)
{
  Lead *lead = &g_array_index (self->leads, Lead, index);

  lead->second =
      add_event (self, index, lead->scenario == WAIT ? "lead.stage-changed" : lead->first->type);
  lead->second->owner = lead->first->owner;
  lead->second->score = lead->first->score;
  if (lead->scenario == WAIT)
    lead->second->stage = "filter-1";
}

static WfFleetModel *
new_model (void)
{
  WfFleetModel *self = g_new0 (WfFleetModel, 1);

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->leads = g_array_new (FALSE, FALSE, sizeof (Lead));
  self->chains = g_hash_table_new (NULL, NULL);
  return self;
}

WfFleetModel *
wf_fleet_model_new_storm (guint n_leads)
{
  WfFleetModel *self = new_model ();
  g_autoptr (GRand) random = g_rand_new_with_seed (n_leads);

  for (guint i = 0; i < n_leads; i++)
    add_lead (self, FORM, random);
  return self;
}

/* Second events come in between the first ones of other leads. */
WfFleetModel *
wf_fleet_model_new (guint seed, guint n_events)
{
  WfFleetModel *self = new_model ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) seconds = g_hash_table_new (NULL, NULL); /* place -> lead plus one */

  for (guint place = 0; place < n_events || g_hash_table_size (seconds) > 0; place++)
    {
      gpointer waiting = g_hash_table_lookup (seconds, GUINT_TO_POINTER (place));

      if (waiting != NULL)
        {
          add_second (self, GPOINTER_TO_UINT (waiting) - 1);
          g_hash_table_remove (seconds, GUINT_TO_POINTER (place));
          continue;
        }
      if (place >= n_events)
        continue;
      add_lead (self, (Scenario) g_rand_int_range (random, 0, N_SCENARIOS), random);
      guint after =
          scenarios[g_array_index (self->leads, Lead, self->leads->len - 1).scenario].second_after;
      if (after == 0)
        continue;
      after += place;
      while (g_hash_table_contains (seconds, GUINT_TO_POINTER (after)))
        after++;
      g_hash_table_insert (seconds, GUINT_TO_POINTER (after), GUINT_TO_POINTER (self->leads->len));
    }
  return self;
}

void
wf_fleet_model_free (WfFleetModel *self)
{
  g_hash_table_unref (self->chains);
  g_array_unref (self->leads);
  g_ptr_array_unref (self->events);
  g_free (self);
}

guint
wf_fleet_model_get_n_events (WfFleetModel *self)
{
  return self->events->len;
}

WfFleetEvent *
wf_fleet_model_get_event (WfFleetModel *self, guint index)
{
  return g_ptr_array_index (self->events, index);
}

char **
wf_fleet_model_list_workflows (void)
{
  GStrvBuilder *builder = g_strv_builder_new ();

  for (guint i = 0; i < N_SCENARIOS; i++)
    g_strv_builder_take (
        builder,
        g_strdup_printf ("{\"format\":1,\"id\":\"" WORKFLOW_ID "%u\",\"name\":\"Fleet %u\","
                         "\"state\":\"live\",\"version\":1,\"trigger\":{\"event\":\"%s\"%s},"
                         "\"steps\":[%s]}",
                         i, i, scenarios[i].event, scenarios[i].extra, scenarios[i].steps));
  return g_strv_builder_unref_to_strv (builder);
}

char *
wf_fleet_event_to_text (const WfFleetEvent *self)
{
  g_autofree char *time = wf_instant_format_utc (self->at);

  /* The second event of a lead says nothing of its score, which the CRM may have moved on. */
  g_autofree char *score = g_str_equal (self->stage, "new")
                               ? g_strdup_printf (",\"score\":%u", self->score)
                               : g_strdup ("");
  return g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"" SOURCE
      "\",\"type\":\"%s\",\"time\":\"%s\",\"subject\":\"lead/%s\",\"data\":{\"lead\":{\"id\":\"%s\","
      "\"name\":\"Padaria\",\"owner\":\"%s\",\"source\":\"site\",\"origin\":\"web\",\"stage\":\"%s\"%s}}}",
      self->id, self->type, time, self->lead, self->lead, self->owner, self->stage, score);
}

static char *
make_key (Scenario scenario, const WfFleetEvent *event, const char *step)
{
  g_autofree char *workflow = g_strdup_printf (WORKFLOW_ID "%u", scenario);
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (workflow, SOURCE, event->id, step, 0, key);
  return g_strdup (key);
}

char *
wf_fleet_event_dup_chain (const WfFleetEvent *self)
{
  if (!g_str_equal (self->type, scenarios[CHAIN].event))
    return NULL;
  return make_key (CHAIN, self, "first");
}

void
wf_fleet_model_note_done (WfFleetModel *self, WfFleetEvent *event)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->chains, event));

  g_assert_cmpuint (index, >, 0);
  g_array_index (self->leads, Lead, index - 1).chain_done = TRUE;
}

/* -- what must have become of it --------------------------------------------------------------- */

static void
expect (GHashTable *effects, const Lead *lead, const WfFleetEvent *event, const char *step,
        WfFleetKind kind, WfInstant due)
{
  WfFleetEffect *effect = g_new0 (WfFleetEffect, 1);

  effect->kind = kind;
  effect->person = lead->first->owner;
  effect->due = due;
  if (due != WF_INSTANT_NONE) /* S24 */
    effect->due = (due + MINUTE - 1) / MINUTE * MINUTE;
  g_assert_true (g_hash_table_insert (effects, make_key (lead->scenario, event, step), effect));
}

static void
expect_of (GHashTable *effects, const Lead *lead)
{
  const WfFleetEvent *first = lead->first, *second = lead->second;

  switch (lead->scenario)
    {
    case FORM:
      expect (effects, lead, first, "call", WF_FLEET_ACTIVITY, first->at + 60 * MINUTE);
      expect (effects, lead, first, "points", WF_FLEET_ACTION, WF_INSTANT_NONE);
      expect (effects, lead, first, "tell", WF_FLEET_MESSAGE, WF_INSTANT_NONE);
      break;
    case DELAY:
      expect (effects, lead, first, "later", WF_FLEET_ACTIVITY, first->at + 70 * MINUTE);
      expect (effects, lead, first, "ring", WF_FLEET_ACTIVITY, first->at + 65 * MINUTE);
      break;
    case BRANCH:
      if (first->score >= HIGH)
        {
          expect (effects, lead, first, "high", WF_FLEET_ACTIVITY, first->at + 30 * MINUTE);
          break;
        }
      expect (effects, lead, first, "low", WF_FLEET_ACTIVITY, first->at + 120 * MINUTE);
      expect (effects, lead, first, "down", WF_FLEET_ACTION, WF_INSTANT_NONE);
      break;
    case JOIN: /* the nearer deadline */
      expect (effects, lead, first, "back", WF_FLEET_ACTIVITY, first->at + 60 * MINUTE);
      break;
    case RESTART:
      /* Else the first one's step would have been due before: the test was too slow. */
      g_assert_cmpint (second->at - first->at, <, 35 * MINUTE);
      expect (effects, lead, second, "answer", WF_FLEET_ACTIVITY, second->at + 100 * MINUTE);
      break;
    case CHAIN:
      expect (effects, lead, first, "points", WF_FLEET_ACTION, WF_INSTANT_NONE);
      expect (effects, lead, first, "move", WF_FLEET_ACTION, WF_INSTANT_NONE);
      expect (effects, lead, first, "first", WF_FLEET_ACTIVITY, first->at + 60 * MINUTE);
      if (lead->chain_done)
        expect (effects, lead, first, "second", WF_FLEET_ACTIVITY, WF_INSTANT_NONE);
      break;
    case WAIT:
      expect (effects, lead, first, "after", WF_FLEET_ACTIVITY, second->at + 60 * MINUTE);
      break;
    case N_SCENARIOS:
    default:
      g_assert_not_reached ();
    }
}

GHashTable *
wf_fleet_model_make_effects (WfFleetModel *self)
{
  GHashTable *effects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->leads->len; i++)
    expect_of (effects, &g_array_index (self->leads, Lead, i));
  return effects;
}

GHashTable *
wf_fleet_model_make_scores (WfFleetModel *self)
{
  GHashTable *scores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->leads->len; i++)
    {
      const Lead *lead = &g_array_index (self->leads, Lead, i);
      guint added = lead->scenario == FORM ? 5 : lead->scenario == CHAIN ? 3 : 0;

      g_hash_table_insert (scores, g_strdup (lead->first->lead),
                           GUINT_TO_POINTER (lead->first->score + added));
    }
  return scores;
}
