/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample's past: months of leads that went through the stages in office hours, and what
 * people did about them. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-sample.h"
#include "wf-demo-scene-activity.h"
#include "wf-demo-scenes.h"

#include "wf-deadline.h"

#define MINUTE G_TIME_SPAN_MINUTE
/* What is late longer than this was given up. */
#define LONGEST_LATE (4 * G_TIME_SPAN_DAY)

typedef enum
{
  RECEIVE,
  STAGE,
  SCHEDULE,
  RESCHEDULE,
  CANCEL,
  HOLD,
  MAIL,
  CALL,
  SCORE,
  WIN,
  COMPLETE,
} Kind;

/* One thing that is going to happen. The whole past is planned lead by lead, then carried out in
 * the order of time. */
typedef struct
{
  WfInstant at;
  guint order; /* for equal times */
  guint lead;  /* index into leads */
  Kind kind;
  const char *text;   /* stage or event type; static */
  const char *reason; /* (nullable) static or of the words */
  WfInstant start;    /* of a meeting */
  WfInstant done;     /* when the activity is completed that this makes; WF_INSTANT_NONE: never */
} Action;

typedef struct
{
  char *id;      /* (owned) (nullable) once received */
  char *meeting; /* (owned) (nullable) */
  const char *owner, *source, *origin;
} Lead;

typedef struct
{
  WfDemoCrm *crm;
  WfDemoScenes *scenes;
  WfWorkingHours *hours; /* (unowned) */
  GPtrArray *workflows;  /* (owned) */
  GArray *actions;       /* (owned) of Action */
  GArray *leads;         /* (owned) of Lead */
  WfInstant end;
} History;

/* -- planning ---------------------------------------------------------------------------------- */

static void
lead_clear (Lead *lead)
{
  g_free (lead->id);
  g_free (lead->meeting);
}

static Action *
plan (History *self, guint lead, Kind kind, WfInstant at)
{
  Action action = {
    .at = at, .order = self->actions->len, .lead = lead, .kind = kind, .done = WF_INSTANT_NONE
  };

  g_array_append_val (self->actions, action);
  return &g_array_index (self->actions, Action, self->actions->len - 1);
}

/* Some office time later. */
static WfInstant
later (History *self, WfInstant at, gint low, gint high)
{
  WfDuration wait = { wf_demo_scenes_pick (self->scenes, low, high), WF_TIME_UNIT_MINUTES };
  WfInstant whole = wf_deadline_add (at, wait, TRUE, self->hours);

  return whole + wf_demo_scenes_pick (self->scenes, 0, 59) * G_TIME_SPAN_SECOND;
}

/* Most do what has to be done within half an hour; who is not there does it when the office
 * opens. */
static WfInstant
plan_answer (History *self, WfInstant at)
{
  if (wf_demo_scenes_chance (self->scenes, 0.04))
    return WF_INSTANT_NONE;
  if (wf_working_hours_is_open (self->hours, at) && wf_demo_scenes_chance (self->scenes, 0.83))
    return at + wf_demo_scenes_pick (self->scenes, 3, 29) * MINUTE;
  return later (self, at, 32, 240);
}

static void
plan_discard (History *self, guint lead, WfInstant at)
{
  Action *action = plan (self, lead, STAGE, at);

  action->text = "discarded";
  action->reason = wf_demo_scenes_word (self->scenes, "reasons");
  /* Three months later somebody asks again; not everybody. */
  if (wf_demo_scenes_chance (self->scenes, 0.7))
    action->done = at + 92 * G_TIME_SPAN_DAY +
                   wf_demo_scenes_pick (self->scenes, -3000, 600) * MINUTE;
}

static void
plan_mail (History *self, guint lead, WfInstant at)
{
  Action *action = plan (self, lead, MAIL, at);

  action->text = "email.opened";
  action->done = plan_answer (self, at);
  if (wf_demo_scenes_chance (self->scenes, 0.3))
    plan (self, lead, SCORE, at + 20 * G_TIME_SPAN_SECOND);
  if (wf_demo_scenes_chance (self->scenes, 0.2))
    plan (self, lead, MAIL, at + 90 * G_TIME_SPAN_SECOND)->text = "email.link-clicked";
}

static void
plan_end (History *self, guint lead, WfInstant at)
{
  double fate = g_rand_double (wf_demo_scenes_get_rand (self->scenes));

  if (fate < 0.45)
    {
      plan (self, lead, WIN, at);
      plan (self, lead, STAGE, at + G_TIME_SPAN_SECOND)->text = "won";
    }
  else if (fate < 0.75)
    plan_discard (self, lead, at);
}

static WfInstant
round_to_half_hour (WfInstant at)
{
  return at / (30 * MINUTE) * (30 * MINUTE);
}

static void
plan_meeting (History *self, guint lead, WfInstant at)
{
  WfInstant start = round_to_half_hour (later (self, at, 240, 2400));
  double fate = g_rand_double (wf_demo_scenes_get_rand (self->scenes));
  Action *action = plan (self, lead, SCHEDULE, at);

  action->start = start;
  if (wf_demo_scenes_chance (self->scenes, 0.9))
    action->done = start - wf_demo_scenes_pick (self->scenes, 108, 300) * MINUTE;
  plan (self, lead, STAGE, at + 5 * G_TIME_SPAN_SECOND)->text = "scheduling";
  if (fate < 0.12)
    {
      plan (self, lead, CANCEL, start - 40 * MINUTE)->start = start;
      plan_discard (self, lead, later (self, start, 60, 600));
      return;
    }
  if (fate < 0.25)
    {
      WfInstant moved = round_to_half_hour (later (self, start, 480, 1200));

      plan (self, lead, RESCHEDULE, start - 180 * MINUTE)->start = moved;
      start = moved;
    }
  plan (self, lead, HOLD, start + 55 * MINUTE)->start = start;
  at = later (self, start, 80, 400);
  plan (self, lead, STAGE, at)->text = "proposal";
  if (wf_demo_scenes_chance (self->scenes, 0.6))
    plan_mail (self, lead, at + wf_demo_scenes_pick (self->scenes, 10, 1500) * MINUTE);
  plan_end (self, lead, later (self, at, 600, 4000));
}

/* What becomes of a lead: each stage loses some. */
static void
plan_life (History *self, guint lead, WfInstant at, WfInstant answered)
{
  plan (self, lead, CALL,
        at = answered != WF_INSTANT_NONE ? answered - MINUTE : later (self, at, 20, 300))
      ->text = wf_demo_scenes_chance (self->scenes, 0.8) ? "call.made" : "call.missed";
  at = later (self, at, 2, 90);
  plan (self, lead, STAGE, at)->text = "filter-1";
  at = later (self, at, 60, 700);
  if (wf_demo_scenes_chance (self->scenes, 0.24))
    {
      plan_discard (self, lead, at);
      return;
    }
  if (wf_demo_scenes_chance (self->scenes, 0.3))
    plan_mail (self, lead, at + 5 * MINUTE);
  plan (self, lead, STAGE, at)->text = "filter-2";
  at = later (self, at, 120, 1500);
  if (wf_demo_scenes_chance (self->scenes, 0.3))
    plan_discard (self, lead, at);
  else if (wf_demo_scenes_chance (self->scenes, 0.9))
    plan_meeting (self, lead, at);
}

static const char *
pick_one (History *self, const char *const *list, guint n)
{
  return list[wf_demo_scenes_pick (self->scenes, 0, (gint) n)];
}

static void
plan_lead (History *self, WfInstant at)
{
  static const char *const inbound[] = { "ana", "bruno", "ana", "bruno", "elisa", "carla" };
  static const char *const outbound[] = { "diego", "elisa" };
  static const char *const sellers[] = { "gabriela", "hugo" };
  double way = g_rand_double (wf_demo_scenes_get_rand (self->scenes));
  Lead lead = { .origin = "web", .source = "marketing-platform" };
  WfInstant answered = WF_INSTANT_NONE;

  if (way < 0.62)
    lead.owner = pick_one (self, inbound, G_N_ELEMENTS (inbound));
  else if (way < 0.88)
    lead.owner = pick_one (self, outbound, G_N_ELEMENTS (outbound));
  else
    lead.owner = pick_one (self, sellers, G_N_ELEMENTS (sellers));
  if (way >= 0.45)
    lead.source = way < 0.62 ? "site" : way < 0.76 ? "referral" : way < 0.88 ? "list" : "store";
  if (way >= 0.88)
    lead.origin = "flow";
  g_array_append_val (self->leads, lead);
  if (way < 0.45)
    answered = plan_answer (self, at);
  plan (self, self->leads->len - 1, RECEIVE, at)->done = answered;
  plan_life (self, self->leads->len - 1, at, answered);
}

static void
plan_all (History *self)
{
  WfInstant begin = self->end - WF_DEMO_HISTORY_DAYS * G_TIME_SPAN_DAY;
  g_autoptr (GArray) spans = wf_working_hours_get_spans (self->hours, begin, self->end);

  for (guint i = 0; i < spans->len; i++)
    {
      WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      gint length = (gint) ((span->close - span->open) / G_TIME_SPAN_SECOND);
      gint n = wf_demo_scenes_pick (self->scenes, 2, 8);

      for (gint j = 0; j < n && length > 0; j++)
        plan_lead (self,
                   span->open + wf_demo_scenes_pick (self->scenes, 0, length) * G_TIME_SPAN_SECOND);
      /* Forms on the web are filled in by night too. */
      if (wf_demo_scenes_chance (self->scenes, 0.4))
        plan_lead (self,
                   span->close + wf_demo_scenes_pick (self->scenes, 60, 7200) * G_TIME_SPAN_SECOND);
    }
}

/* -- carrying out ------------------------------------------------------------------------------ */

static int
compare (gconstpointer a, gconstpointer b)
{
  const Action *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

/* The activities to complete, beside the plan: they are known only when they have been made. */
typedef struct
{
  WfInstant at;
  char *activity; /* (owned) */
} Completion;

static void
completion_free (Completion *completion)
{
  g_free (completion->activity);
  g_free (completion);
}

static gint
compare_completions (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Completion *x = a, *y = b;

  return x->at < y->at ? -1 : x->at > y->at;
}

static void
complete (History *self, const char *activity)
{
  g_autofree char *type = wf_demo_database_dup_text (
      wf_demo_crm_get_database (self->crm),
      "SELECT json_extract (body, '$.type') FROM activities WHERE id = ?", "s", activity);

  wf_demo_complete_activity (self->crm, activity, wf_demo_scenes_outcome (self->scenes, type));
}

static void
complete_until (History *self, GSequence *completions, WfInstant until)
{
  GSequenceIter *first;

  while (!g_sequence_iter_is_end (first = g_sequence_get_begin_iter (completions)))
    {
      Completion *completion = g_sequence_get (first);

      if (completion->at > until)
        break;
      wf_demo_crm_set_now (self->crm, completion->at);
      complete (self, completion->activity);
      g_sequence_remove (first);
    }
}

static void
carry_out_meeting (History *self, const Action *action, Lead *lead)
{
  const char *type = action->kind == SCHEDULE     ? "meeting.scheduled"
                     : action->kind == RESCHEDULE ? "meeting.rescheduled"
                     : action->kind == CANCEL     ? "meeting.cancelled"
                                                  : "meeting.held";
  g_autofree char *id = wf_demo_scenes_meeting (self->scenes, lead->id, lead->owner, type,
                                                lead->meeting, action->start);

  g_set_str (&lead->meeting, id);
}

static void
carry_out (History *self, const Action *action, Lead *lead)
{
  switch (action->kind)
    {
    case RECEIVE:
      lead->id = wf_demo_scenes_lead (self->scenes, lead->owner, lead->source, lead->origin);
      break;
    case STAGE:
      wf_demo_scenes_stage (self->scenes, lead->id, lead->owner, action->text, action->reason);
      break;
    case SCHEDULE:
    case RESCHEDULE:
    case CANCEL:
    case HOLD:
      carry_out_meeting (self, action, lead);
      break;
    case MAIL:
      wf_demo_scenes_mail (self->scenes, lead->id, action->text);
      break;
    case CALL:
      wf_demo_scenes_call (self->scenes, lead->id, lead->owner, action->text);
      break;
    case SCORE:
      wf_demo_scenes_score (self->scenes, lead->id, wf_demo_scenes_pick (self->scenes, 3, 15));
      break;
    case WIN:
      wf_demo_scenes_deal_won (self->scenes, lead->id, lead->owner);
      break;
    case COMPLETE:
    default:
      break;
    }
}

static void
carry_out_all (History *self)
{
  g_autoptr (GSequence) completions = g_sequence_new ((GDestroyNotify) completion_free);

  g_array_sort (self->actions, compare);
  for (guint i = 0; i < self->actions->len; i++)
    {
      Action *action = &g_array_index (self->actions, Action, i);
      char *activity;

      if (action->at >= self->end)
        break;
      complete_until (self, completions, action->at);
      wf_demo_crm_set_now (self->crm, action->at);
      carry_out (self, action, &g_array_index (self->leads, Lead, action->lead));
      activity = wf_demo_make_activity (self->crm, self->workflows,
                                        wf_demo_scenes_chance (self->scenes, 0.06));
      if (activity != NULL && action->done != WF_INSTANT_NONE && action->done < self->end)
        {
          Completion *completion = g_new (Completion, 1);

          *completion = (Completion) { .at = MAX (action->done, action->at), .activity = activity };
          g_sequence_insert_sorted (completions, completion, compare_completions, NULL);
        }
      else
        g_free (activity);
    }
  complete_until (self, completions, self->end);
  wf_demo_crm_set_now (self->crm, WF_INSTANT_NONE);
}

/* Two colleagues wait for the visitor's word on their newest proposals. */
static void
ask_for_approvals (History *self)
{
  g_autoptr (GPtrArray) leads = g_ptr_array_new_with_free_func (g_free);
  WfDuration hours = { 4, WF_TIME_UNIT_HOURS };
  WfDemoDatabase *database = wf_demo_crm_get_database (self->crm);
  sqlite3_stmt *row = wf_demo_database_query (
      database,
      "SELECT id FROM leads WHERE stage = 'proposal' AND owner <> ? ORDER BY revision DESC LIMIT 2",
      "s", WF_DEMO_VISITOR);

  while (wf_demo_database_step (database, row))
    g_ptr_array_add (leads, g_strdup (wf_demo_column_text (row, 0)));
  for (guint i = 0; i < leads->len; i++)
    wf_demo_scenes_approval (self->scenes, leads->pdata[i], WF_DEMO_VISITOR,
                             wf_deadline_add (self->end, hours, TRUE, self->hours));
}

gboolean
wf_demo_history_write (WfDemoCrm *crm, guint seed, GError **error)
{
  g_autoptr (WfDemoScenes) scenes = wf_demo_scenes_new (crm, seed, error);
  g_auto (WfDemoOutcome) outcome = { 0 };
  History self = { .crm = crm, .scenes = scenes, .end = wf_demo_crm_now (crm) };

  if (scenes == NULL)
    return FALSE;
  self.hours = wf_organisation_get_hours (wf_demo_crm_get_organisation (crm));
  self.workflows = wf_demo_load_workflows (crm);
  self.actions = g_array_new (FALSE, FALSE, sizeof (Action));
  self.leads = g_array_new (FALSE, FALSE, sizeof (Lead));
  g_array_set_clear_func (self.leads, (GDestroyNotify) lead_clear);
  plan_all (&self);
  wf_demo_crm_begin (crm);
  carry_out_all (&self);
  wf_demo_retire_activities (crm, self.end - LONGEST_LATE);
  ask_for_approvals (&self);
  wf_demo_crm_forget_late (crm);
  gboolean stored = wf_demo_crm_commit (crm, &outcome);

  g_array_unref (self.leads);
  g_array_unref (self.actions);
  g_ptr_array_unref (self.workflows);
  if (!stored)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         "The sample's past cannot be stored.");
  return stored;
}
