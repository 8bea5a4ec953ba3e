/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event log comes twice, in another order, hours and days late: in the end there is the same
 * as if it had come in order, but for what S26 says of events that arrive after their deadline
 * (S10, S14-S16, S26). What fails is made as small as it gets before it is shown. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define SEED 20261122
#define N_STREAMS 40
#define MOST_EVENTS 16
#define N_LEADS 4
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define SOURCE "/crm/late"

/* -- workflows --------------------------------------------------------------------------------- */

#define STEP(id, kind, rest) "{\"id\":\"" id "\",\"kind\":\"" kind "\"," rest "}"
#define NOW "\"run\":{\"mode\":\"immediately\"}"
#define WITHIN(amount)                                                                             \
  ",\"activity-type\":\"call\",\"complete-within\":{\"amount\":" amount ",\"unit\":\"minutes\"}"

typedef enum
{
  FORM,     /* one activity, and points, for every event */
  DELAYED,  /* the activity comes later */
  BRANCHED, /* another deadline for a high score */
  JOINED,   /* once while open: one activity with the nearest deadline */
  N_WORKFLOWS,
} Workflow;

#define ID "de1a7000-6d0a-4b67-9a55-00000000000"
static const struct
{
  const char *event, *extra, *steps;
} workflows[N_WORKFLOWS] = {
  [FORM] = { "form.submitted", "",
             STEP ("a", "create-activity", NOW WITHIN ("60")) "," STEP ("p", "add-score",
                                                                        NOW ",\"points\":5") },
  [DELAYED] = { "webhook.received", "",
                STEP (
                    "a", "create-activity",
                    "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":40,\"unit\":\"minutes\"}}" WITHIN (
                        "45")) },
  [BRANCHED] = { "ticket.submitted", "",
                 "{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"High\",\"if\":{\"all\":[{"
                 "\"field\":\"lead.score\",\"op\":\"ge\",\"value\":50}]},\"steps\":[" STEP (
                     "h", "create-activity",
                     NOW WITHIN (
                         "30")) "]},{\"name\":\"Low\",\"steps\":[" STEP ("l", "create-activity",
                                                                         NOW WITHIN (
                                                                             "240")) "]}]}" },
  [JOINED] = { "call.missed", ",\"reentry\":\"once-while-open\"",
               STEP ("a", "create-activity", NOW WITHIN ("120")) },
};

/* -- streams ----------------------------------------------------------------------------------- */

/* What may happen; the first ones start the workflow of the same number. */
typedef enum
{
  DISCARDED = N_WORKFLOWS,
  REASSIGNED,
  N_TYPES,
} Type;

typedef struct
{
  guint type, lead, score;
  gint64 at;             /* since the beginning */
  const char *owner;     /* as the event shows it */
  gint64 arrives, again; /* when it is delivered; again: a second time, or -1 */
  gboolean left_out;
} Happening;

typedef struct
{
  Happening events[MOST_EVENTS];
  guint n;
  gboolean backwards; /* what comes at the same instant comes the other way round */
} Stream;

static const char *const people[] = { "ana", "bruno", "carla" };

/* In the order of their own times, as the CRM sees them. closing: with leads that are discarded
 * and given to somebody else. */
static void
make_stream (GRand *random, gboolean closing, Stream *stream)
{
  const char *owners[N_LEADS];
  gint64 at = 0;

  for (guint i = 0; i < N_LEADS; i++)
    owners[i] = people[i % G_N_ELEMENTS (people)];
  *stream = (Stream) { .n = MOST_EVENTS };
  for (guint i = 0; i < stream->n; i++)
    {
      Happening *event = &stream->events[i];

      at += g_rand_int_range (random, 1, 600) * G_TIME_SPAN_SECOND;
      event->at = at;
      event->lead = (guint) g_rand_int_range (random, 0, N_LEADS);
      event->type = (guint) g_rand_int_range (random, 0, closing ? N_TYPES : N_WORKFLOWS);
      event->score = (guint) g_rand_int_range (random, 0, 101);
      if (event->type == REASSIGNED)
        owners[event->lead] = people[g_rand_int_range (random, 0, G_N_ELEMENTS (people))];
      event->owner = owners[event->lead];
      event->arrives = at;
      event->again = -1;
    }
}

static void
swap_arrivals (Happening *a, Happening *b)
{
  gint64 arrives = a->arrives;

  a->arrives = MAX (b->arrives, a->at);
  b->arrives = MAX (arrives, b->at);
}

/* Nothing arrives before it has happened. */
static void
disturb (GRand *random, Stream *stream)
{
  gint64 end = stream->events[stream->n - 1].at;

  for (guint i = 0; i < stream->n; i++)
    {
      Happening *event = &stream->events[i];

      switch (g_rand_int_range (random, 0, 6))
        {
        case 0: /* within the others */
          event->arrives = event->at + g_rand_int_range (random, 0, 3600) * G_TIME_SPAN_SECOND;
          break;
        case 1: /* hours or days late */
          event->arrives = event->at + g_rand_int_range (random, 1, 72 * 60) * MINUTE;
          break;
        case 2: /* twice */
          event->again = event->at + g_rand_int_range (random, 0, 48 * 60) * MINUTE;
          break;
        case 3: /* with everything else, when the network is back */
          event->arrives = end;
          break;
        default:
          break;
        }
    }
  for (guint i = 0; i < stream->n / 2; i++)
    swap_arrivals (&stream->events[g_rand_int_range (random, 0, (gint32) stream->n)],
                   &stream->events[g_rand_int_range (random, 0, (gint32) stream->n)]);
}

static const char *
get_type (const Happening *event)
{
  return event->type == DISCARDED    ? "lead.discarded"
         : event->type == REASSIGNED ? "lead.reassigned"
                                     : workflows[event->type].event;
}

static char *
describe_stream (const Stream *stream)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < stream->n; i++)
    {
      const Happening *event = &stream->events[i];

      if (event->left_out)
        continue;
      g_string_append_printf (text, "e-%u %s lead %u owner %s score %u at %.2f arrives %.2f", i,
                              get_type (event), event->lead, event->owner, event->score,
                              (double) event->at / MINUTE, (double) event->arrives / MINUTE);
      if (event->again >= 0)
        g_string_append_printf (text, " and %.2f", (double) event->again / MINUTE);
      g_string_append (text, "\n# ");
    }
  return g_string_free (text, FALSE);
}

/* -- playing ----------------------------------------------------------------------------------- */

typedef struct
{
  gint64 at;
  guint event;
} Arrival;

static int
compare_arrivals (gconstpointer a, gconstpointer b)
{
  const Arrival *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return 0; /* the array's order, which the caller chose */
}

static GArray *
list_arrivals (const Stream *stream)
{
  GArray *arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));

  for (guint i = 0; i < stream->n; i++)
    {
      guint number = stream->backwards ? stream->n - 1 - i : i;
      const Happening *event = &stream->events[number];

      if (event->left_out)
        continue;
      g_array_append_val (arrivals, ((Arrival) { event->arrives, number }));
      if (event->again >= 0)
        g_array_append_val (arrivals, ((Arrival) { event->again, number }));
    }
  g_array_sort (arrivals, compare_arrivals);
  return arrivals;
}

static void
deliver (WfFixture *f, const Happening *event, guint number, WfInstant began)
{
  g_autofree char *time = wf_instant_format_utc (began + event->at);
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"" SOURCE
      "\",\"type\":\"%s\",\"time\":\"%s\",\"data\":{\"lead\":{\"id\":\"l-%u\",\"name\":\"Padaria\","
      "\"owner\":\"%s\",\"score\":%u,\"stage\":\"new\"}}}",
      number, get_type (event), time, event->lead, event->owner, event->score);

  wf_scripted_crm_add_event (f->crm, json);
}

static void
put_workflows (WfFixture *f)
{
  for (guint i = 0; i < N_WORKFLOWS; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"format\":1,\"id\":\"" ID "%u\",\"name\":\"Late %u\",\"state\":\"live\",\"version\":1,"
          "\"trigger\":{\"event\":\"%s\"%s},\"steps\":[%s]}",
          i, i, workflows[i].event, workflows[i].extra, workflows[i].steps);

      wf_scripted_crm_put_workflow (f->crm, json);
    }
}

/* Nothing is due any more two hours after the last event: the rest of a long time is slept
 * through. */
static void
pass (WfFixture *f, gint64 microseconds)
{
  gint64 awake = 2 * HOUR;

  wf_fixture_settle (f);
  if (microseconds > 2 * awake)
    {
      wf_fixture_pass (f, awake);
      wf_fake_clock_pass_over (f->clock, microseconds - awake - MINUTE);
      microseconds = MINUTE;
      wf_fixture_settle (f);
    }
  wf_fixture_pass (f, microseconds);
}

/* Leaves the fixture as it is in the end, an hour after the last delayed step. */
static WfInstant
play (WfFixture *f, const Stream *stream)
{
  g_autoptr (GArray) arrivals = list_arrivals (stream);
  WfInstant began;

  wf_fixture_set_up (f, NULL);
  began = wf_fixture_now (f);
  put_workflows (f);
  wf_fixture_start (f);
  for (guint i = 0; i < arrivals->len; i++)
    {
      const Arrival *arrival = &g_array_index (arrivals, Arrival, i);
      gint64 rest = began + arrival->at - wf_fixture_now (f);

      /* What comes at the same instant comes in one answer. */
      if (rest > 0)
        pass (f, rest);
      deliver (f, &stream->events[arrival->event], arrival->event, began);
    }
  wf_fixture_settle (f);
  wf_fixture_pass (f, 2 * HOUR);
  return began;
}

/* -- what must have become of it --------------------------------------------------------------- */

static WfInstant
round_up (WfInstant at)
{
  return (at + MINUTE - 1) / MINUTE * MINUTE;
}

static gint64
get_first_arrival (const Happening *event)
{
  return event->again >= 0 ? MIN (event->arrives, event->again) : event->arrives;
}

/* S26, and nothing else, makes a deadline another one. */
static WfInstant
get_due (const Happening *event, gint64 within, WfInstant began, gboolean *late)
{
  WfInstant due = round_up (began + event->at + within);
  gint64 arrives = get_first_arrival (event);

  *late = due < began + arrives;
  return *late ? round_up (began + arrives + MIN (30 * MINUTE, within)) : due;
}

/* Whether something happened to the lead after the event that it starts with: by the times at
 * which things happened, however they came. */
static const Happening *
find_after (const Stream *stream, guint number, Type type)
{
  const Happening *last = NULL;

  for (guint i = number + 1; i < stream->n; i++)
    if (!stream->events[i].left_out && stream->events[i].type == (guint) type &&
        stream->events[i].lead == stream->events[number].lead)
      last = &stream->events[i];
  return last;
}

static WfActivity *
find_activity (WfFixture *f, guint workflow, guint number, const char *step)
{
  g_autofree char *id = g_strdup_printf (ID "%u", workflow);
  g_autofree char *event = g_strdup_printf ("e-%u", number);
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (id, SOURCE, event, step, 0, key);
  return wf_scripted_crm_get_activity (f->crm, key);
}

typedef struct
{
  const char *step;
  gint64 within; /* from the event */
} Rule;

static Rule
get_rule (const Happening *event)
{
  switch (event->type)
    {
    case FORM:
      return (Rule) { "a", 60 * MINUTE };
    case DELAYED:
      return (Rule) { "a", 85 * MINUTE };
    case BRANCHED:
      return event->score >= 50 ? (Rule) { "h", 30 * MINUTE } : (Rule) { "l", 240 * MINUTE };
    case JOINED:
    default:
      return (Rule) { "a", 120 * MINUTE };
    }
}

static gboolean
comes_in_order (const Stream *stream, guint lead)
{
  gint64 last = -1;

  for (guint i = 0; i < stream->n; i++)
    {
      const Happening *event = &stream->events[i];

      if (event->left_out || event->lead != lead)
        continue;
      if (get_first_arrival (event) < last ||
          (stream->backwards && get_first_arrival (event) == last))
        return FALSE;
      last = get_first_arrival (event);
    }
  return TRUE;
}

/* S9 moves what is open; S11: what is made only after that goes to the owner as of its event. In
 * order that is the last owner; else it depends on which of them came first. */
static gboolean
is_right_person (const Stream *stream, guint number, const char *person)
{
  const Happening *event = &stream->events[number];
  const Happening *moved = find_after (stream, number, REASSIGNED);

  if (moved == NULL)
    return g_strcmp0 (person, event->owner) == 0;
  if (g_strcmp0 (person, moved->owner) == 0)
    return TRUE;
  if (event->type != DELAYED && comes_in_order (stream, event->lead))
    return FALSE;
  for (guint i = number; i < stream->n; i++)
    if (!stream->events[i].left_out && stream->events[i].lead == event->lead &&
        g_strcmp0 (person, stream->events[i].owner) == 0)
      return TRUE;
  return FALSE;
}

/* NULL: everything is as it must be. Owned by the caller. */
static char *
check_event (WfFixture *f, const Stream *stream, guint number, WfInstant began)
{
  const Happening *event = &stream->events[number];
  const Rule rule = get_rule (event);
  const WfActivity *activity = find_activity (f, event->type, number, rule.step);
  const Happening *closed = find_after (stream, number, DISCARDED);
  gboolean late;
  WfInstant due = get_due (event, rule.within, began, &late);

  /* S10: nothing that the lead was closed after is open. */
  if (closed != NULL)
    return activity != NULL && activity->status == WF_ACTIVITY_OPEN
               ? g_strdup_printf ("e-%u: open, though the lead was discarded", number)
               : NULL;
  if (activity == NULL)
    return g_strdup_printf ("e-%u: nothing was created", number);
  if (activity->status != WF_ACTIVITY_OPEN)
    return g_strdup_printf ("e-%u: %s", number, wf_activity_status_names[activity->status]);
  if (!is_right_person (stream, number, activity->person))
    return g_strdup_printf ("e-%u: %s", number, activity->person);
  if (activity->due != due || activity->arrived_late != late)
    return g_strdup_printf (
        "e-%u: due at %.2f instead of %.2f, %s", number, (double) (activity->due - began) / MINUTE,
        (double) (due - began) / MINUTE, activity->arrived_late ? "arrived late" : "in time");
  return NULL;
}

static gboolean
is_closed (const Stream *stream, guint lead)
{
  for (guint i = 0; i < stream->n; i++)
    if (!stream->events[i].left_out && stream->events[i].type == DISCARDED &&
        stream->events[i].lead == lead)
      return TRUE;
  return FALSE;
}

/* S15: one open activity a lead with the nearest deadline of all, whichever came first.
 * What joined an activity ends with it when it is heard only later that the lead was closed before:
 * of such a lead there may be none. */
static char *
check_joined (WfFixture *f, const Stream *stream, guint lead, WfInstant began)
{
  WfInstant nearest = G_MAXINT64;
  const WfActivity *found = NULL;
  guint n_events = 0;

  for (guint i = 0; i < stream->n; i++)
    {
      const Happening *event = &stream->events[i];
      const WfActivity *activity;
      gboolean late;

      if (event->left_out || event->type != JOINED || event->lead != lead ||
          find_after (stream, i, DISCARDED) != NULL)
        continue;
      n_events++;
      nearest = MIN (nearest, get_due (event, get_rule (event).within, began, &late));
      activity = find_activity (f, JOINED, i, "a");
      if (activity == NULL || activity->status != WF_ACTIVITY_OPEN)
        continue;
      if (found != NULL)
        return g_strdup_printf ("lead %u: two open activities instead of a joined one", lead);
      found = activity;
    }
  if (n_events == 0 || (is_closed (stream, lead) && !comes_in_order (stream, lead)))
    return NULL;
  if (found == NULL)
    return g_strdup_printf ("lead %u: no joined activity", lead);
  return found->due == nearest ? NULL
                               : g_strdup_printf ("lead %u: joined, due at %.2f instead of %.2f",
                                                  lead, (double) (found->due - began) / MINUTE,
                                                  (double) (nearest - began) / MINUTE);
}

/* Points once for each event. */
static char *
check_actions (WfFixture *f, const Stream *stream)
{
  guint n = 0;

  for (guint i = 0; i < stream->n; i++)
    {
      g_autofree char *event = g_strdup_printf ("e-%u", i);
      char key[WF_UUID_LENGTH + 1];

      if (stream->events[i].left_out || stream->events[i].type != FORM)
        continue;
      wf_effect_make_key (ID "0", SOURCE, event, "p", 0, key);
      /* Those of leads that were closed before it came may be missing. */
      if (wf_scripted_crm_get_action (f->crm, key) != NULL)
        n++;
      else if (find_after (stream, i, DISCARDED) == NULL)
        return g_strdup_printf ("e-%u: no points", i);
    }
  return n == wf_scripted_crm_get_n_actions (f->crm) ? NULL : g_strdup ("points too many");
}

static char *
check (WfFixture *f, const Stream *stream, WfInstant began)
{
  char *wrong = check_actions (f, stream);

  for (guint i = 0; i < stream->n && wrong == NULL; i++)
    if (!stream->events[i].left_out && stream->events[i].type < JOINED)
      wrong = check_event (f, stream, i, began);
  for (guint i = 0; i < N_LEADS && wrong == NULL; i++)
    wrong = check_joined (f, stream, i, began);
  if (wrong == NULL && wf_runtime_get_pending_changes (f->runtime) > 0)
    wrong = g_strdup ("something was not sent");
  return wrong;
}

static char *
try (const Stream *stream)
{
  WfFixture f;
  WfInstant began = play (&f, stream);
  char *wrong = check (&f, stream, began);

  wf_fixture_tear_down (&f);
  return wrong;
}

/* Leaves out whatever the failure does not need. */
static void
minimise (Stream *stream)
{
  gboolean smaller = TRUE;

  while (smaller)
    {
      smaller = FALSE;
      for (guint i = 0; i < stream->n; i++)
        {
          g_autofree char *wrong = NULL;

          if (stream->events[i].left_out)
            continue;
          stream->events[i].left_out = TRUE;
          wrong = try (stream);
          stream->events[i].left_out = wrong != NULL;
          smaller |= wrong != NULL;
        }
    }
}

static void
check_stream (Stream *stream, guint seed)
{
  g_autofree char *wrong = try (stream);
  g_autofree char *smallest = NULL, *why = NULL;

  if (wrong == NULL)
    return;
  minimise (stream);
  smallest = describe_stream (stream);
  why = try (stream);
  g_test_message ("seed %u%s: %s\n# %s", seed, stream->backwards ? ", backwards" : "", why,
                  smallest);
  g_assert_cmpstr (why, ==, NULL);
}

static void
test_in_order (gconstpointer user_data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (SEED + i);
      Stream stream;

      make_stream (random, GPOINTER_TO_INT (user_data), &stream);
      check_stream (&stream, SEED + i);
    }
}

static void
test_disturbed (gconstpointer user_data)
{
  g_test_message ("seeds from %u", SEED);
  for (guint i = 0; i < N_STREAMS; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (SEED + i);
      Stream stream;

      make_stream (random, GPOINTER_TO_INT (user_data), &stream);
      disturb (random, &stream);
      stream.backwards = i % 2 == 1;
      check_stream (&stream, SEED + i);
    }
}

/* The whole log a day late, as after a day without a network: in order, and in one answer. */
static void
test_day_late (gconstpointer user_data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (SEED + i);
      Stream stream;

      make_stream (random, GPOINTER_TO_INT (user_data), &stream);
      for (guint j = 0; j < stream.n; j++)
        stream.events[j].arrives = 24 * HOUR;
      check_stream (&stream, SEED + i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/runtime/delivery/in-order", GINT_TO_POINTER (FALSE), test_in_order);
  g_test_add_data_func ("/runtime/delivery/disturbed", GINT_TO_POINTER (FALSE), test_disturbed);
  g_test_add_data_func ("/runtime/delivery/day-late", GINT_TO_POINTER (FALSE), test_day_late);
  g_test_add_data_func ("/runtime/delivery/leads/in-order", GINT_TO_POINTER (TRUE), test_in_order);
  g_test_add_data_func ("/runtime/delivery/leads/day-late", GINT_TO_POINTER (TRUE), test_day_late);
  g_test_add_data_func ("/runtime/delivery/leads/disturbed", GINT_TO_POINTER (TRUE),
                        test_disturbed);
  return g_test_run ();
}
