/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens by itself in the sample while it runs: first the four examples for who signs in,
 * then a quiet stream. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-sample.h"
#include "wf-demo-scene-activity.h"
#include "wf-demo-scenes.h"

#include "wf-activity.h"

#define VISITOR WF_DEMO_VISITOR
#define MOST_LEADS 20000
#define SHORTEST_PAUSE 10
#define LONGEST_PAUSE 40
/* The meeting stands this far ahead, so that its confirmation, two hours before, is due soon and
 * reminds at once (S6). */
#define MEETING_AHEAD (130 * G_TIME_SPAN_MINUTE)

struct _WfDemoGenerator
{
  WfDemoCrm *crm;       /* (unowned) */
  WfDemoTokens *tokens; /* (unowned) */
  WfClock *clock;       /* (owned) */
  WfDemoScenes *scenes; /* (owned) */
  WfAlarm *alarm;       /* (owned) */
  WfInstant next;
  guint n_openings; /* of the opening scenes, shown */
};

/* -- the examples (R27-R30) -------------------------------------------------------------------- */

static void
show_received (WfDemoGenerator *self)
{
  g_free (wf_demo_scenes_lead (self->scenes, VISITOR, "marketing-platform", "web"));
}

static WfInstant
round_up_to_minute (WfInstant at)
{
  return (at + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE * G_TIME_SPAN_MINUTE;
}

static void
show_meeting (WfDemoGenerator *self)
{
  g_autofree char *lead = wf_demo_scenes_lead (self->scenes, VISITOR, "site", "web");

  wf_demo_scenes_stage (self->scenes, lead, VISITOR, "scheduling", NULL);
  g_free (wf_demo_scenes_meeting (self->scenes, lead, VISITOR, "meeting.scheduled", NULL,
                                  round_up_to_minute (wf_clock_now (self->clock) + MEETING_AHEAD)));
}

static void
show_mail (WfDemoGenerator *self)
{
  g_autofree char *lead = wf_demo_scenes_lead (self->scenes, VISITOR, "site", "web");

  wf_demo_scenes_mail (self->scenes, lead, "email.opened");
}

static void
show_discard (WfDemoGenerator *self)
{
  g_autofree char *lead = wf_demo_scenes_lead (self->scenes, VISITOR, "referral", "web");

  wf_demo_scenes_stage (self->scenes, lead, VISITOR, "filter-1", NULL);
  wf_demo_scenes_stage (self->scenes, lead, VISITOR, "filter-2", NULL);
  wf_demo_scenes_stage (self->scenes, lead, VISITOR, "discarded",
                        wf_demo_scenes_word (self->scenes, "reasons"));
}

/* Seconds after the scene before. */
static const struct
{
  gint pause;
  void (*show) (WfDemoGenerator *self);
} openings[] = {
  { 3, show_received },
  { 14, show_meeting },
  { 16, show_mail },
  { 18, show_discard },
};

/* -- every day --------------------------------------------------------------------------------- */

/* Some open lead, mostly a recent one. FALSE when there is none. */
static gboolean
find_lead (WfDemoGenerator *self, char **lead, char **owner, char **stage)
{
  WfDemoDatabase *database = wf_demo_crm_get_database (self->crm);
  gboolean found = FALSE;
  sqlite3_stmt *row = wf_demo_database_query (
      database,
      "SELECT id, owner, stage FROM leads WHERE stage NOT IN ('won', 'discarded') AND owner IS NOT NULL"
      " ORDER BY revision DESC LIMIT 1 OFFSET ?",
      "i", (gint64) wf_demo_scenes_pick (self->scenes, 0, 60));

  if (wf_demo_database_step (database, row))
    {
      *lead = g_strdup (wf_demo_column_text (row, 0));
      *owner = g_strdup (wf_demo_column_text (row, 1));
      *stage = g_strdup (wf_demo_column_text (row, 2));
      found = TRUE;
      wf_demo_database_end (row);
    }
  return found;
}

static void
receive_lead (WfDemoGenerator *self)
{
  static const char *const owners[] = { "ana", "bruno", "elisa", "diego",
                                        "ana", "bruno", VISITOR, NULL };
  static const char *const sources[] = { "marketing-platform", "marketing-platform", "site",
                                         "referral" };

  if (wf_demo_database_get_number (wf_demo_crm_get_database (self->crm), 0,
                                   "SELECT count(*) FROM leads", "") >= MOST_LEADS)
    return;
  if (wf_demo_scenes_chance (self->scenes, 0.12))
    g_free (wf_demo_scenes_lead (self->scenes,
                                 wf_demo_scenes_chance (self->scenes, 0.5) ? "gabriela" : "hugo",
                                 "store", "flow"));
  else
    g_free (wf_demo_scenes_lead (
        self->scenes, owners[wf_demo_scenes_pick (self->scenes, 0, G_N_ELEMENTS (owners))],
        sources[wf_demo_scenes_pick (self->scenes, 0, G_N_ELEMENTS (sources))], "web"));
}

static const char *
get_next_stage (const char *stage)
{
  static const char *const stages[] = { "new",        "filter-1", "filter-2",
                                        "scheduling", "proposal", "won" };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stage, stages[i]) == 0)
      return stages[i + 1];
  return NULL;
}

static void
move_lead (WfDemoGenerator *self, const char *lead, const char *owner, const char *stage)
{
  const char *next = get_next_stage (stage);

  if (next == NULL)
    return;
  if (!g_str_equal (stage, "new") && wf_demo_scenes_chance (self->scenes, 0.3))
    wf_demo_scenes_stage (self->scenes, lead, owner, "discarded",
                          wf_demo_scenes_word (self->scenes, "reasons"));
  else
    wf_demo_scenes_stage (self->scenes, lead, owner, next, NULL);
}

static void
touch_lead (WfDemoGenerator *self)
{
  g_autofree char *lead = NULL, *owner = NULL, *stage = NULL;
  double way = g_rand_double (wf_demo_scenes_get_rand (self->scenes));

  if (!find_lead (self, &lead, &owner, &stage))
    return;
  if (way < 0.3)
    wf_demo_scenes_mail (self->scenes, lead, way < 0.2 ? "email.opened" : "email.replied");
  else if (way < 0.5)
    wf_demo_scenes_call (self->scenes, lead, owner, way < 0.44 ? "call.made" : "call.missed");
  else if (way < 0.62)
    g_free (wf_demo_scenes_meeting (
        self->scenes, lead, owner, "meeting.scheduled", NULL,
        round_up_to_minute (wf_clock_now (self->clock) +
                            wf_demo_scenes_pick (self->scenes, 3, 72) * G_TIME_SPAN_HOUR)));
  else if (way < 0.74)
    wf_demo_scenes_score (self->scenes, lead, wf_demo_scenes_pick (self->scenes, -5, 16));
  else
    move_lead (self, lead, owner, stage);
}

/* Some leads open what the workflows sent them, and some of those answer. */
static void
answer_mail (WfDemoGenerator *self)
{
  if (wf_demo_scenes_chance (self->scenes, 0.35))
    wf_demo_crm_answer_mail (self->crm, FALSE);
  if (wf_demo_scenes_chance (self->scenes, 0.12))
    wf_demo_crm_answer_mail (self->crm, TRUE);
}

/* How an activity ends: who is asked to approve mostly does. */
static const char *
pick_outcome (WfDemoGenerator *self, const char *kind, const char *type)
{
  if (g_strcmp0 (kind, wf_activity_kind_names[WF_ACTIVITY_APPROVAL]) != 0)
    return wf_demo_scenes_outcome (self->scenes, type);
  return wf_demo_scenes_chance (self->scenes, 0.8) ? WF_OUTCOME_APPROVED : WF_OUTCOME_REJECTED;
}

/* Colleagues do what is theirs; never for who sits at the screen: the visitor, and whoever
 * signed in. */
static void
complete_one (WfDemoGenerator *self)
{
  WfDemoDatabase *database = wf_demo_crm_get_database (self->crm);
  g_autofree char *activity = NULL, *kind = NULL, *type = NULL;
  sqlite3_stmt *row = wf_demo_database_query (
      database,
      "SELECT id, person, json_extract (body, '$.kind'), json_extract (body, '$.type') FROM activities WHERE status = 'open' AND person IS NOT NULL AND due < ? ORDER BY due DESC LIMIT 200",
      "i", wf_clock_now (self->clock) + 25 * G_TIME_SPAN_MINUTE);

  while (activity == NULL && wf_demo_database_step (database, row))
    {
      const char *person = wf_demo_column_text (row, 1);

      if (!g_str_equal (person, VISITOR) && !wf_demo_tokens_was_used (self->tokens, person))
        {
          activity = g_strdup (wf_demo_column_text (row, 0));
          kind = g_strdup (wf_demo_column_text (row, 2));
          type = g_strdup (wf_demo_column_text (row, 3));
        }
    }
  if (activity == NULL)
    return;
  wf_demo_database_end (row);
  wf_demo_complete_activity (self->crm, activity, pick_outcome (self, kind, type));
}

static void
happen (WfDemoGenerator *self)
{
  wf_demo_crm_begin (self->crm);
  if (self->n_openings < G_N_ELEMENTS (openings))
    openings[self->n_openings++].show (self);
  else
    {
      if (wf_demo_scenes_chance (self->scenes, 0.4))
        receive_lead (self);
      else
        touch_lead (self);
      if (wf_demo_scenes_chance (self->scenes, 0.7))
        complete_one (self);
      answer_mail (self);
    }
  wf_demo_crm_commit (self->crm, NULL);
}

static void
plan_next (WfDemoGenerator *self)
{
  gint pause = self->n_openings < G_N_ELEMENTS (openings)
                   ? openings[self->n_openings].pause
                   : wf_demo_scenes_pick (self->scenes, SHORTEST_PAUSE, LONGEST_PAUSE + 1);

  self->next = wf_clock_now (self->clock) + pause * G_TIME_SPAN_SECOND;
  wf_alarm_set (self->alarm, self->next);
}

static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  WfDemoGenerator *self = user_data;

  if (wf_clock_now (self->clock) >= self->next)
    happen (self);
  else if (reason == WF_ALARM_DUE)
    {
      wf_alarm_set (self->alarm, self->next);
      return;
    }
  plan_next (self);
}

WfDemoGenerator *
wf_demo_generator_new (WfDemoCrm *crm, WfDemoTokens *tokens, WfClock *clock, guint seed)
{
  g_autoptr (GError) error = NULL;
  /* Another course each time, the same for the same start. */
  WfDemoScenes *scenes =
      wf_demo_scenes_new (crm, seed ^ (guint) (wf_clock_now (clock) / G_TIME_SPAN_SECOND), &error);

  if (scenes == NULL)
    {
      g_warning ("Nothing happens by itself in the sample: %s", error->message);
      return NULL;
    }
  WfDemoGenerator *self = g_new0 (WfDemoGenerator, 1);
  self->crm = crm;
  self->tokens = tokens;
  self->clock = g_object_ref (clock);
  self->scenes = scenes;
  self->alarm = wf_clock_new_alarm (clock, on_alarm, self);
  plan_next (self);
  return self;
}

void
wf_demo_generator_free (WfDemoGenerator *self)
{
  wf_alarm_free (self->alarm);
  wf_demo_scenes_free (self->scenes);
  g_object_unref (self->clock);
  g_free (self);
}
