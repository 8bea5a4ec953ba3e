/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absence in one gesture (B10): what is there already, what comes meanwhile, the end before time,
 * and the briefing on return. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-absence.h"
#include "wf-explanation.h"
#include "wf-instant.h"
#include "wf-runtime-day.h"
#include "wf-runtime-fixture.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static WfInstant
at (const char *text)
{
  WfInstant instant = 0;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static gboolean
set_absence (WfFixture *f, const char *person, const WfAbsence *absence, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  wf_runtime_set_absence_async (f->runtime, person, absence, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

static gboolean
end_absence (WfFixture *f, const char *person, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean done;

  wf_runtime_end_absence_async (f->runtime, person, id, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (f->runtime, result, error);
  wf_fixture_settle (f);
  return done;
}

static GPtrArray *
preview (WfFixture *f, const char *person, const WfAbsence *absence)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *effects;

  wf_runtime_preview_absence_async (f->runtime, person, absence, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  effects = wf_runtime_preview_absence_finish (f->runtime, result, &error);
  g_assert_no_error (error);
  return effects;
}

static WfBriefing *
get_briefing (WfFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfBriefing *briefing;

  wf_runtime_get_briefing_async (f->runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  briefing = wf_runtime_get_briefing_finish (f->runtime, result, &error);
  g_assert_no_error (error);
  return briefing;
}

static void
dismiss_briefing (WfFixture *f, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_dismiss_briefing_async (f->runtime, id, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wf_runtime_command_finish (f->runtime, result, NULL));
}

static void
put (WfFixture *f, const char *id, const char *type, WfActivityKind kind, const char *person,
     WfInstant due)
{
  g_autoptr (WfActivity) activity = wf_activity_new (id);

  g_set_str (&activity->type, type);
  g_set_str (&activity->title, id);
  activity->kind = kind;
  activity->person = g_strdup (person);
  activity->lead = g_strconcat ("l-", id, NULL);
  activity->created = wf_fixture_now (f) - HOUR;
  activity->due = due;
  activity->remind = due - 10 * MINUTE;
  wf_scripted_crm_put_activity (f->crm, activity);
}

/* The start is Wednesday 18 November 2026, 10:00. Ana is away from Thursday to Monday. */
#define FROM "2026-11-19T00:00:00-03:00"
#define UNTIL "2026-11-24T00:00:00-03:00"

static WfAbsence
away (WfAbsenceTreatment treatment)
{
  static const WfAbsenceRule rules[] = { { "visit", WF_ABSENCE_SHIFT } };

  return (WfAbsence) { .id = "a1",
                       .from = at (FROM),
                       .until = at (UNTIL),
                       .treatment = treatment,
                       .rules = rules,
                       .n_rules = 1,
                       .cover = "bruno",
                       .reason = "Course" };
}

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_simple_workflow (f);
  put (f, "before", "call", WF_ACTIVITY_TASK, "ana", at ("2026-11-18T17:00:00-03:00"));
  put (f, "call", "call", WF_ACTIVITY_TASK, "ana", at ("2026-11-19T10:00:00-03:00"));
  put (f, "visit-1", "visit", WF_ACTIVITY_TASK, "ana", at ("2026-11-19T11:00:00-03:00"));
  put (f, "visit-2", "visit", WF_ACTIVITY_TASK, "ana", at ("2026-11-20T11:00:00-03:00"));
  put (f, "meeting", "visit", WF_ACTIVITY_MEETING, "ana", at ("2026-11-20T15:00:00-03:00"));
  put (f, "after", "call", WF_ACTIVITY_TASK, "ana", at ("2026-11-24T10:00:00-03:00"));
  put (f, "bruno", "call", WF_ACTIVITY_TASK, "bruno", at ("2026-11-19T10:00:00-03:00"));
  wf_fixture_start (f);
  wf_fixture_settle (f);
}

static void
assert_there (WfFixture *f, const char *id, const char *person, const char *due)
{
  const WfActivity *there = wf_scripted_crm_get_activity (f->crm, id);

  g_test_message ("%s", id);
  g_assert_cmpstr (there->person, ==, person);
  g_assert_cmpint (there->due, ==, at (due));
}

static void
test_effects (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;
  const WfPerson *ana;
  WfOrganisation *organisation = NULL;

  begin (&f, "ana");
  effects = preview (&f, "ana", &absence);
  g_assert_cmpuint (effects->len, ==, 3);
  for (guint i = 0; i < effects->len; i++)
    {
      const WfAbsenceEffect *effect = g_ptr_array_index (effects, i);
      g_autofree char *line = g_strdup_printf ("%s%s%s %u %s", seen != NULL ? seen : "",
                                               seen != NULL ? ", " : "", effect->type, effect->n,
                                               wf_absence_treatment_names[effect->treatment]);

      g_set_str (&seen, line);
    }
  g_assert_cmpstr (seen, ==, "call 1 cover, visit 2 shift, visit 1 hold");

  g_assert_true (set_absence (&f, "ana", &absence, &error));
  g_assert_no_error (error);
  assert_there (&f, "before", "ana", "2026-11-18T17:00:00-03:00");
  assert_there (&f, "call", "bruno", "2026-11-19T10:00:00-03:00");
  /* Twenty a day, and one is due that day already. */
  assert_there (&f, "visit-1", "ana", "2026-11-24T09:24:00-03:00");
  assert_there (&f, "visit-2", "ana", "2026-11-24T09:48:00-03:00");
  assert_there (&f, "meeting", "ana", "2026-11-20T15:00:00-03:00");
  assert_there (&f, "after", "ana", "2026-11-24T10:00:00-03:00");
  g_assert_true (wf_scripted_crm_get_activity (f.crm, "visit-1")->pinned);

  /* Everyone reads it. */
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_object_get (f.runtime, "organisation", &organisation, NULL);
  ana = wf_organisation_get_person (organisation, "ana");
  g_assert_cmpuint (ana->n_absences, ==, 1);
  g_assert_true (wf_absence_equal (&ana->absences[0], &absence));
  wf_fixture_tear_down (&f);
}

static void
test_refused (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER), other = away (WF_ABSENCE_HOLD);
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  g_assert_false (set_absence (&f, "bruno", &absence, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  absence.cover = NULL;
  g_assert_false (set_absence (&f, "ana", &absence, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  absence.cover = "bruno";
  absence.until = absence.from;
  g_assert_false (set_absence (&f, "ana", &absence, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  absence.from = at ("2026-11-16T00:00:00-03:00");
  absence.until = at ("2026-11-17T00:00:00-03:00");
  g_assert_false (set_absence (&f, "ana", &absence, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_clear_error (&error);
  absence = away (WF_ABSENCE_HOLD);
  g_assert_true (set_absence (&f, "ana", &absence, &error));
  other.id = "a2";
  other.from += DAY;
  g_assert_false (set_absence (&f, "ana", &other, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "away already"));
  g_clear_error (&error);
  g_assert_false (end_absence (&f, "ana", "a9", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  wf_fixture_tear_down (&f);
}

/* Not begun: as if it had never been, but for what somebody touched. */
static void
test_withdrawn (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER);

  begin (&f, "carla");
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  assert_there (&f, "visit-2", "ana", "2026-11-24T09:48:00-03:00");
  g_assert_true (
      wf_fixture_reschedule (&f, "visit-2", at ("2026-11-25T10:00:00-03:00"), "They asked", NULL));
  g_assert_true (end_absence (&f, "ana", "a1", NULL));
  assert_there (&f, "call", "ana", "2026-11-19T10:00:00-03:00");
  assert_there (&f, "visit-1", "ana", "2026-11-19T11:00:00-03:00");
  assert_there (&f, "visit-2", "ana", "2026-11-25T10:00:00-03:00");
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_false (end_absence (&f, "ana", "a1", NULL));
  wf_fixture_tear_down (&f);
}

/* The same id once more: the first one's effects go, the second one's come. */
static void
test_replaced (void)
{
  WfFixture f;
  WfAbsence first = away (WF_ABSENCE_COVER), second = away (WF_ABSENCE_HOLD);

  begin (&f, "ana");
  g_assert_true (set_absence (&f, "ana", &first, NULL));
  second.from = at ("2026-11-20T00:00:00-03:00");
  g_assert_true (set_absence (&f, "ana", &second, NULL));
  assert_there (&f, "call", "ana", "2026-11-19T10:00:00-03:00");
  assert_there (&f, "visit-1", "ana", "2026-11-19T11:00:00-03:00");
  assert_there (&f, "visit-2", "ana", "2026-11-24T09:24:00-03:00");
  wf_fixture_tear_down (&f);
}

/* Back earlier: what is still ahead comes back, what was due meanwhile is spread from now. */
static void
test_ended_early (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER);

  begin (&f, "ana");
  put (&f, "late-call", "call", WF_ACTIVITY_TASK, "ana", at ("2026-11-23T16:00:00-03:00"));
  wf_fixture_settle (&f);
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  assert_there (&f, "late-call", "bruno", "2026-11-23T16:00:00-03:00");
  wf_fixture_pass (&f, at ("2026-11-20T09:00:00-03:00") - wf_fixture_now (&f));
  g_assert_true (end_absence (&f, "ana", "a1", NULL));
  assert_there (&f, "call", "bruno", "2026-11-19T10:00:00-03:00"); /* late with bruno */
  assert_there (&f, "late-call", "ana", "2026-11-23T16:00:00-03:00");
  assert_there (&f, "visit-1", "ana", "2026-11-20T09:24:00-03:00");
  assert_there (&f, "visit-2", "ana", "2026-11-20T11:00:00-03:00");
  wf_fixture_tear_down (&f);
}

/* Many do not come due at one moment: a day's capacity, then the next day. */
static void
test_spread (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_SHIFT);
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);

  wf_fixture_set_up (&f, "ana");
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("x-%u", i);

      put (&f, id, "call", WF_ACTIVITY_TASK, "ana", at (FROM) + 10 * HOUR + i * MINUTE);
    }
  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *id = g_strdup_printf ("y-%u", i);

      put (&f, id, "call", WF_ACTIVITY_TASK, "ana", at (UNTIL) + 10 * HOUR + i * MINUTE);
    }
  wf_fixture_start (&f);
  wf_fixture_settle (&f);
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("x-%u", i);
      WfInstant due = wf_scripted_crm_get_activity (f.crm, id)->due;
      gpointer day = GINT_TO_POINTER ((int) ((due - at (UNTIL)) / DAY) + 1);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (days, day));

      g_assert_cmpint (due, >, at (UNTIL));
      g_hash_table_insert (days, day, GUINT_TO_POINTER (n + 1));
    }
  /* 15 are there already on Tuesday. */
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (days, GINT_TO_POINTER (1))), ==, 5);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (days, GINT_TO_POINTER (2))), ==, 20);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (days, GINT_TO_POINTER (3))), ==, 20);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (days, GINT_TO_POINTER (4))), ==, 5);
  wf_fixture_tear_down (&f);
}

/* What comes meanwhile: the cover gets it, with the reason (B2, S11). */
static void
test_new_ones (void)
{
  static const struct
  {
    WfAbsenceTreatment treatment;
    const char *person, *due, *sentence;
  } cases[] = {
    { WF_ABSENCE_COVER, "bruno", "2026-11-19T11:00:00-03:00",
      "Ana owns the lead. Ana is away until Tue 24 Nov 2026 00:00; Bruno covers." },
    { WF_ABSENCE_SHIFT, "ana", "2026-11-24T01:00:00-03:00",
      "Ana owns the lead. Ana is away until Tue 24 Nov 2026 00:00; the time counts from the "
      "return." },
    { WF_ABSENCE_HOLD, "ana", "2026-11-19T11:00:00-03:00", "Ana owns the lead." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfFixture f;
      WfAbsence absence = away (cases[i].treatment);
      g_autoptr (WfExplanation) explanation = NULL;
      g_autoptr (GError) error = NULL;
      const WfActivity *there;

      wf_fixture_set_up (&f, "carla");
      wf_fixture_put_simple_workflow (&f);
      wf_fixture_start (&f);
      g_assert_true (set_absence (&f, "ana", &absence, NULL));
      wf_fixture_pass (&f, at ("2026-11-19T10:00:00-03:00") - wf_fixture_now (&f));
      wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
      wf_fixture_settle (&f);
      g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, 1);
      there = wf_scripted_crm_get_activity_at (f.crm, 0);
      assert_there (&f, there->id, cases[i].person, cases[i].due);
      explanation = wf_explanation_parse (there->explanation, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (explanation->responsible, ==, cases[i].sentence);
      wf_fixture_tear_down (&f);
    }
}

/* B18: offline it counts here at once, also after a restart and after the CRM's document was read
 * without it; the CRM gets it when it is back. */
static void
test_offline (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_HOLD);
  WfOrganisation *organisation = NULL;

  begin (&f, "ana");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PERFORM, 2, WF_CRM_ERROR_SERVER, 0);
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_object_get (f.runtime, "organisation", &organisation, NULL);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "ana")->n_absences, ==, 1);
  wf_fixture_pass (&f, 20 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  g_object_get (f.runtime, "organisation", &organisation, NULL);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "ana")->n_absences, ==, 1);
  wf_fixture_tear_down (&f);
}

/* The CRM does not take it: nothing of it is left but the refusal to look at. */
static void
test_crm_refuses (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER);
  WfOrganisation *organisation = NULL;

  begin (&f, "carla");
  wf_scripted_crm_refuse_action (f.crm, WF_ACTION_SET_ABSENCE, WF_CRM_ERROR_FORBIDDEN);
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  wf_fixture_pass (&f, 5 * MINUTE);
  assert_there (&f, "call", "ana", "2026-11-19T10:00:00-03:00");
  assert_there (&f, "visit-1", "ana", "2026-11-19T11:00:00-03:00");
  g_object_get (f.runtime, "organisation", &organisation, NULL);
  g_assert_cmpuint (wf_organisation_get_person (organisation, "ana")->n_absences, ==, 0);
  g_assert_cmpuint (wf_fixture_count_log (&f, "problem"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_briefing (void)
{
  WfFixture f;
  WfAbsence absence = away (WF_ABSENCE_COVER);
  g_autoptr (WfBriefing) before = NULL, during = NULL, briefing = NULL, again = NULL, late = NULL;

  begin (&f, "ana");
  before = get_briefing (&f);
  g_assert_null (before);
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  wf_fixture_pass (&f, at ("2026-11-20T09:00:00-03:00") - wf_fixture_now (&f));
  during = get_briefing (&f);
  g_assert_null (during);
  {
    g_autoptr (WfActivity) done = wf_activity_copy (wf_scripted_crm_get_activity (f.crm, "call"));

    done->status = WF_ACTIVITY_DONE;
    done->completed = wf_fixture_now (&f);
    wf_scripted_crm_put_activity (f.crm, done);
    put (&f, "new", "visit", WF_ACTIVITY_TASK, "ana", at ("2026-11-25T11:00:00-03:00"));
  }
  wf_fixture_pass (&f, at ("2026-11-24T08:00:00-03:00") - wf_fixture_now (&f));
  briefing = get_briefing (&f);
  g_assert_nonnull (briefing);
  g_assert_cmpstr (briefing->absence, ==, "a1");
  g_assert_cmpint (briefing->from, ==, absence.from);
  g_assert_cmpint (briefing->until, ==, absence.until);
  g_assert_cmpuint (briefing->created, ==, 1);
  g_assert_cmpuint (briefing->late, ==, 2); /* "before" and the meeting */
  g_assert_cmpuint (briefing->today, ==, 3);
  g_assert_cmpuint (briefing->shifted, ==, 2);
  g_assert_cmpuint (briefing->covered, ==, 1);
  g_assert_cmpuint (briefing->completed, ==, 1);
  g_assert_cmpstr (briefing->cover, ==, "bruno");
  g_assert_cmpuint (briefing->first->len, ==, 4);
  g_assert_cmpstr (((WfActivity *) g_ptr_array_index (briefing->first, 0))->id, ==, "visit-1");

  /* Read once is read, also after a restart. */
  dismiss_briefing (&f, briefing->absence);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  again = get_briefing (&f);
  g_assert_null (again);
  wf_fixture_tear_down (&f);

  begin (&f, "ana");
  g_assert_true (set_absence (&f, "ana", &absence, NULL));
  wf_fixture_pass (&f, at ("2026-12-02T08:00:00-03:00") - wf_fixture_now (&f));
  late = get_briefing (&f);
  g_assert_null (late);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/absence/effects", test_effects);
  g_test_add_func ("/runtime/absence/refused", test_refused);
  g_test_add_func ("/runtime/absence/withdrawn", test_withdrawn);
  g_test_add_func ("/runtime/absence/replaced", test_replaced);
  g_test_add_func ("/runtime/absence/ended-early", test_ended_early);
  g_test_add_func ("/runtime/absence/spread", test_spread);
  g_test_add_func ("/runtime/absence/new-ones", test_new_ones);
  g_test_add_func ("/runtime/absence/offline", test_offline);
  g_test_add_func ("/runtime/absence/crm-refuses", test_crm_refuses);
  g_test_add_func ("/runtime/absence/briefing", test_briefing);
  return g_test_run ();
}
