/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge-case bench (B19): its cases. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-edge-bench-private.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_STORM 200

/**
 * wf_edge_case_free:
 * @self: (nullable) (transfer full): a case
 */
void
wf_edge_case_free (WfEdgeCase *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->text);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

/* ---- cases ---- */

static GPtrArray *
new_events (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_event_unref);
}

static void
add_event (const WfBenchRun *run, GPtrArray *events, WfBenchEvent spec)
{
  WfEvent *event = wf_bench_make_event (run->bench, &spec);

  if (event != NULL)
    g_ptr_array_add (events, event);
}

static void
begin (WfBenchRun *run, const WfBench *bench, const char *name, const char *text)
{
  wf_bench_run_init (run, bench, name, g_strdup (text));
  if (!bench->solved)
    wf_bench_run_remark (run,
                         g_strdup (_ ("No event could be made up that fulfils the conditions.")));
}

static void
end (WfBenchRun *run, GPtrArray *cases)
{
  wf_bench_run_check (run);
  g_ptr_array_add (cases, wf_bench_run_end (run));
}

/* A single event of this spec. */
static void
run_one (WfBenchRun *run, WfBenchEvent spec)
{
  g_autoptr (GPtrArray) events = new_events ();

  add_event (run, events, spec);
  wf_bench_run_events (run, events, FALSE, 0);
}

/* remark: when the calendar has no such date; the case is then about another. */
static void
add_date (const WfBench *bench, GPtrArray *cases, const char *name, const char *text, WfInstant at,
          const char *remark)
{
  WfBenchRun run;

  begin (&run, bench, name, text);
  if (at == WF_INSTANT_NONE)
    {
      wf_bench_run_remark (&run, g_strdup (remark));
      at = wf_bench_find_open (bench);
    }
  run_one (&run, (WfBenchEvent) { .id = name, .time = at });
  end (&run, cases);
}

static void
add_week (const WfBench *bench, GPtrArray *cases)
{
  WfInstant close = wf_bench_find_week_end (bench);

  add_date (bench, cases, "friday-17-59", _ ("An event in the last minute of the week"),
            close - WF_BENCH_MINUTE, NULL);
  add_date (bench, cases, "friday-18-00", _ ("An event just when the week ends"), close, NULL);
  add_date (bench, cases, "saturday", _ ("An event on Saturday morning"),
            wf_bench_find_saturday (bench), NULL);
  add_date (bench, cases, "break", _ ("An event in the lunch break"), wf_bench_find_break (bench),
            _ ("The working hours have no break: an ordinary day is tried."));
}

static void
add_days (const WfBench *bench, GPtrArray *cases)
{
  const char *name = NULL;
  WfInstant eve = wf_bench_find_holiday_eve (bench, &name);

  add_date (bench, cases, "holiday", _ ("An event on the eve of a holiday"), eve,
            _ ("The working hours name no holiday in the next year: an ordinary day is tried."));
  add_date (bench, cases, "month-end", _ ("An event on 31 January"),
            wf_bench_find_month_end (bench), _ ("There is no such day."));
  add_date (bench, cases, "leap-day", _ ("An event on 29 February"), wf_bench_find_leap_day (bench),
            _ ("There is no such day."));
}

/* ---- clock changes ---- */

/* Just before it, and a day before at a wall time that the change leaves out or repeats. */
static void
add_transition (const WfBench *bench, GPtrArray *cases, gboolean forward)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfBenchRun run;
  gint64 by = 0;
  WfInstant at = wf_bench_find_transition (bench, forward, &by);

  begin (&run, bench, forward ? "dst-gap" : "dst-repeated",
         forward ? _ ("Events around the hour that is left out when summer time begins")
                 : _ ("Events around the hour that comes twice when summer time ends"));
  if (at == WF_INSTANT_NONE)
    {
      wf_bench_run_remark (
          &run, g_strdup_printf (
                    _ ("The clocks do not change in the zone %s: an ordinary night is tried."),
                    g_time_zone_get_identifier (bench->zone)));
      at = wf_bench_find_saturday (bench) - 8 * WF_BENCH_HOUR;
    }
  add_event (&run, events,
             (WfBenchEvent) { .id = "day-before",
                              .lead = "lead-1",
                              .time = at - WF_BENCH_DAY + (forward ? 30 : -30) * WF_BENCH_MINUTE });
  if (!forward)
    add_event (
        &run, events,
        (WfBenchEvent) { .id = "first-time", .lead = "lead-3", .time = at - 30 * WF_BENCH_MINUTE });
  add_event (&run, events,
             (WfBenchEvent) { .id = "before", .lead = "lead-2", .time = at - WF_BENCH_MINUTE });
  add_event (&run, events,
             (WfBenchEvent) { .id = "after", .lead = "lead-4", .time = at + 30 * WF_BENCH_MINUTE });
  wf_bench_run_events (&run, events, FALSE, 0);
  end (&run, cases);
}

/* ---- orders ---- */

static void
add_twice (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) once = new_events ();
  g_autoptr (GPtrArray) twice = new_events ();
  const WfBenchEvent spec = { .id = "twice", .time = wf_bench_find_open (bench) };
  WfBenchRun single, run;
  WfEdgeCase *unused;

  wf_bench_run_init (&single, bench, "once", g_strdup (""));
  add_event (&single, once, spec);
  wf_bench_run_events (&single, once, FALSE, 0);
  begin (&run, bench, "twice", _ ("The same event comes twice"));
  add_event (&run, twice, spec);
  add_event (&run, twice, spec);
  wf_bench_run_events (&run, twice, FALSE, 0);
  if (run.effects->len != single.effects->len)
    wf_bench_run_fail (&run, g_strdup (_ ("The second one did something too.")));
  end (&run, cases);
  unused = wf_bench_run_end (&single);
  wf_edge_case_free (unused);
}

static void
add_out_of_order (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfInstant at = wf_bench_find_open (bench);
  WfBenchRun run;

  begin (&run, bench, "out-of-order", _ ("Two events of a lead come in the wrong order"));
  add_event (&run, events, (WfBenchEvent) { .id = "second", .time = at + 10 * WF_BENCH_MINUTE });
  add_event (&run, events, (WfBenchEvent) { .id = "first", .time = at });
  wf_bench_run_events (&run, events, FALSE, 0);
  end (&run, cases);
}

/* The clock goes on by an event that nobody listens to. */
static void
add_late (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfInstant at = wf_bench_find_open (bench);
  WfBenchRun run;

  begin (&run, bench, "late-arriving", _ ("An event arrives two days late"));
  run.arrival = at + 2 * WF_BENCH_DAY;
  add_event (&run, events,
             (WfBenchEvent) {
                 .id = "clock", .type = "bench.clock", .lead = "lead-0", .time = run.arrival });
  add_event (&run, events, (WfBenchEvent) { .id = "late", .time = at });
  wf_bench_run_events (&run, events, FALSE, 0);
  for (guint i = 0; i < run.effects->len; i++)
    if (g_array_index (run.effects, WfBenchEffect, i).arrived_late)
      wf_bench_run_remark (&run, g_strdup (_ ("The deadline counts from the arrival; the delay is "
                                              "the system’s and not the person’s.")));
  end (&run, cases);
}

/* ---- people ---- */

static void
add_no_owner (const WfBench *bench, GPtrArray *cases)
{
  WfBenchRun run;

  begin (&run, bench, "no-owner", _ ("A lead without a responsible"));
  run_one (&run,
           (WfBenchEvent) { .id = "no-owner", .owner = "", .time = wf_bench_find_open (bench) });
  for (guint i = 0; i < run.effects->len; i++)
    {
      const WfBenchEffect *effect = &g_array_index (run.effects, WfBenchEffect, i);

      if (effect->activity && effect->person == NULL)
        wf_bench_run_remark (
            &run, g_strdup_printf (_ ("“%s” goes to the unassigned queue."), effect->title));
    }
  end (&run, cases);
}

static const char *
find_inactive (const WfBench *bench)
{
  for (guint i = 0;
       bench->organisation != NULL && i < wf_organisation_get_n_people (bench->organisation); i++)
    if (!wf_organisation_get_person_at (bench->organisation, i)->active)
      return wf_organisation_get_person_at (bench->organisation, i)->id;
  return NULL;
}

static void
add_inactive_owner (const WfBench *bench, GPtrArray *cases)
{
  const char *owner = find_inactive (bench);
  WfBenchRun run;

  begin (&run, bench, "inactive-owner", _ ("A lead whose responsible has left"));
  if (owner == NULL)
    wf_bench_run_remark (
        &run, g_strdup (_ ("Everybody of the organisation is active: somebody unknown is tried.")));
  run_one (&run, (WfBenchEvent) { .id = "inactive-owner",
                                  .owner = owner != NULL ? owner : "somebody-unknown",
                                  .time = wf_bench_find_open (bench) });
  for (guint i = 0; i < run.effects->len; i++)
    {
      const WfBenchEffect *effect = &g_array_index (run.effects, WfBenchEffect, i);

      if (owner != NULL && effect->activity && g_strcmp0 (effect->person, owner) == 0)
        wf_bench_run_fail (
            &run, g_strdup_printf (_ ("“%s” goes to somebody who is not active."), effect->title));
      else if (effect->activity && effect->person == NULL)
        wf_bench_run_remark (
            &run, g_strdup_printf (_ ("“%s” goes to the unassigned queue."), effect->title));
    }
  end (&run, cases);
}

/* ---- leads ---- */

static gboolean
has_later_line (const WfBenchRun *run, WfInstant after)
{
  for (guint i = 0; i < run->edge->lines->len; i++)
    {
      g_autoptr (WfJsonDocument) document =
          wf_json_document_parse (g_ptr_array_index (run->edge->lines, i), -1, 0, NULL);
      const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
      const char *time = wf_json_get_member_string (root, "time");
      WfInstant at;

      if (time != NULL && wf_json_get_member (root, "verdict") == NULL &&
          wf_instant_parse (time, &at) && at > after)
        return TRUE;
    }
  return FALSE;
}

/* S10 */
static void
add_deleted (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfInstant at = wf_bench_find_open (bench), deleted = at + WF_BENCH_MINUTE;
  WfBenchRun run;

  begin (&run, bench, "deleted-lead", _ ("A lead is deleted while the workflow waits"));
  add_event (&run, events, (WfBenchEvent) { .id = "event", .time = at });
  if (strcmp (bench->workflow->event, "lead.deleted") != 0)
    add_event (&run, events,
               (WfBenchEvent) { .id = "deleted", .type = "lead.deleted", .time = deleted });
  else
    wf_bench_run_remark (&run, g_strdup (_ ("The deletion itself starts this workflow.")));
  wf_bench_run_events (&run, events, FALSE, 0);
  if (events->len > 1 && has_later_line (&run, deleted))
    wf_bench_run_fail (&run, g_strdup (_ ("Something still happens for the deleted lead.")));
  end (&run, cases);
}

/* S19 */
static void
add_left_stage (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  const WfBenchEvent spec = { .id = "event", .time = wf_bench_find_open (bench) };
  g_autoptr (WfEvent) event = wf_bench_make_event (bench, &spec);
  const char *stage = event != NULL ? wf_json_get_string (wf_event_get_field (event, "lead.stage"))
                                    : NULL;
  WfInstant left = spec.time + WF_BENCH_MINUTE;
  WfBenchRun run;

  begin (&run, bench, "left-stage", _ ("A lead leaves its stage while the workflow waits"));
  add_event (&run, events, spec);
  add_event (&run, events,
             (WfBenchEvent) { .id = "left",
                              .type = "lead.stage-changed",
                              .time = left,
                              .stage = wf_bench_find_other_stage (bench, stage) });
  wf_bench_run_events (&run, events, FALSE, 0);
  for (guint i = 0; i < run.effects->len; i++)
    {
      const WfBenchEffect *effect = &g_array_index (run.effects, WfBenchEffect, i);

      if (effect->at > left)
        wf_bench_run_remark (
            &run, g_strdup_printf (_ ("“%s” still happens after the lead has left its stage."),
                                   effect->title));
    }
  end (&run, cases);
}

static void
add_empty (const WfBench *bench, GPtrArray *cases)
{
  WfBenchRun run;

  begin (&run, bench, "empty-fields", _ ("A lead of which almost nothing is known"));
  run_one (&run, (WfBenchEvent) { .id = "empty",
                                  .empty = TRUE,
                                  .no_anchor = TRUE,
                                  .time = wf_bench_find_open (bench) });
  end (&run, cases);
}

/* ---- dates to count back from ---- */

/* S5: of a date that is past nothing is made. */
static void
add_past_anchor (const WfBench *bench, GPtrArray *cases)
{
  WfInstant at = wf_bench_find_open (bench);
  WfBenchRun run;

  begin (&run, bench, "anchor-past", _ ("The date to count back from is past already"));
  run_one (&run, (WfBenchEvent) { .id = "anchor-past", .time = at, .anchor = at - WF_BENCH_DAY });
  for (guint i = 0; i < run.effects->len; i++)
    {
      const WfBenchEffect *effect = &g_array_index (run.effects, WfBenchEffect, i);
      const WfStep *step = wf_workflow_find_step (bench->workflow, effect->step);

      if (effect->activity && step != NULL && wf_step_kind_is_activity (step->kind) &&
          step->create_activity.before != NULL &&
          !g_str_has_prefix (step->create_activity.before, "event."))
        wf_bench_run_fail (
            &run, g_strdup_printf (_ ("“%s” is made although its date is past."), effect->title));
    }
  run.expects_nothing = TRUE;
  end (&run, cases);
}

/* Events of a meeting where steps count from one; else the lead is updated. */
static const char *
find_change_type (const WfBench *bench, gboolean cancelled)
{
  for (guint i = 0; i < bench->anchors->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (bench->anchors, i), "meeting."))
      return cancelled ? "meeting.cancelled" : "meeting.rescheduled";
  return "lead.updated";
}

static void
add_changed_anchor (const WfBench *bench, GPtrArray *cases, gboolean cancelled)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfInstant at = wf_bench_find_open (bench);
  WfBenchRun run;

  begin (&run, bench, cancelled ? "anchor-cancelled" : "anchor-moved",
         cancelled ? _ ("The date to count back from is cancelled")
                   : _ ("The date to count back from moves by two days"));
  add_event (&run, events,
             (WfBenchEvent) { .id = "event", .time = at, .anchor = at + 7 * WF_BENCH_DAY });
  add_event (&run, events,
             (WfBenchEvent) { .id = "change",
                              .type = find_change_type (bench, cancelled),
                              .time = at + WF_BENCH_HOUR,
                              .anchor = at + 9 * WF_BENCH_DAY,
                              .no_anchor = cancelled });
  wf_bench_run_events (&run, events, FALSE, 0);
  end (&run, cases);
}

/* ---- many ---- */

static void
add_import (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  WfBenchRun run;

  begin (&run, bench, "import", _ ("An event of an import"));
  add_event (&run, events,
             (WfBenchEvent) { .id = "import", .import = TRUE, .time = wf_bench_find_open (bench) });
  wf_bench_run_events (&run, events, TRUE, 0);
  if (run.effects->len > 0)
    wf_bench_run_fail (&run, g_strdup (_ ("It is not held.")));
  end (&run, cases);
}

/* S13: more than a hundred runs in ten minutes are held. */
static void
add_storm (const WfBench *bench, GPtrArray *cases)
{
  g_autoptr (GPtrArray) events = new_events ();
  g_autoptr (GHashTable) leads = g_hash_table_new (g_str_hash, g_str_equal);
  WfInstant at = wf_bench_find_open (bench);
  WfBenchRun run;

  begin (&run, bench, "storm", _ ("Two hundred leads at once"));
  for (guint i = 0; i < N_STORM; i++)
    {
      g_autofree char *id = g_strdup_printf ("storm-%u", i);
      g_autofree char *lead = g_strdup_printf ("lead-%u", i);

      add_event (&run, events, (WfBenchEvent) { .id = id, .lead = lead, .time = at });
    }
  wf_bench_run_events (&run, events, TRUE, WF_STORM_MOST_RUNS);
  for (guint i = 0; i < run.effects->len; i++)
    if (g_array_index (run.effects, WfBenchEffect, i).lead != NULL)
      g_hash_table_add (leads, g_array_index (run.effects, WfBenchEffect, i).lead);
  if (g_hash_table_size (leads) > WF_STORM_MOST_RUNS)
    wf_bench_run_fail (&run, g_strdup (_ ("More than a hundred were not held.")));
  else if (g_hash_table_size (leads) > 0)
    wf_bench_run_remark (
        &run, g_strdup_printf (
                  ngettext ("%u lead is served; the others are held until somebody decides.",
                            "%u leads are served; the others are held until somebody decides.",
                            g_hash_table_size (leads)),
                  g_hash_table_size (leads)));
  end (&run, cases);
}

/**
 * wf_edge_bench_run:
 * @organisation: people, groups and the calendar
 * @workflow: what is tried, whatever its state
 * @now: around which dates are chosen
 *
 * Returns: (transfer container) (element-type WfEdgeCase): the cases, always the same ones in the
 *   same order; those about dates to count back from only where steps do so
 */
GPtrArray *
wf_edge_bench_run (WfOrganisation *organisation, WfWorkflow *workflow, WfInstant now)
{
  GPtrArray *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_edge_case_free);
  g_auto (WfBench) bench = { 0 };

  wf_bench_init (&bench, organisation, workflow, now);
  add_week (&bench, cases);
  add_days (&bench, cases);
  add_transition (&bench, cases, TRUE);
  add_transition (&bench, cases, FALSE);
  add_twice (&bench, cases);
  add_out_of_order (&bench, cases);
  add_late (&bench, cases);
  add_no_owner (&bench, cases);
  add_inactive_owner (&bench, cases);
  add_deleted (&bench, cases);
  add_left_stage (&bench, cases);
  add_empty (&bench, cases);
  if (bench.anchors->len > 0)
    {
      add_past_anchor (&bench, cases);
      add_changed_anchor (&bench, cases, FALSE);
      add_changed_anchor (&bench, cases, TRUE);
    }
  add_import (&bench, cases);
  add_storm (&bench, cases);
  return cases;
}
