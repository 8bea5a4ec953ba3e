/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was closed before this computer was connected: read behind everything else, silently, once,
 * from the place that was reached, for those who may see it (S29). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/* Days ago; closed: how long after its deadline. */
static const struct
{
  const char *id, *person, *outcome;
  WfActivityStatus status;
  gint64 days, closed;
  gboolean is_kept;
} past[] = {
  { "p-0", "ana", "reached", WF_ACTIVITY_DONE, 390, -10 * MINUTE, TRUE },
  { "p-1", "bruno", "reached", WF_ACTIVITY_DONE, 300, 2 * HOUR, TRUE },
  { "p-2", "ana", NULL, WF_ACTIVITY_NO_LONGER_NEEDED, 200, HOUR, TRUE },
  { "p-3", NULL, NULL, WF_ACTIVITY_CANCELLED, 100, -HOUR, TRUE },
  { "p-4", "ana", "reached", WF_ACTIVITY_DONE, 40, 0, TRUE },
  { "p-5", "carla", "reached", WF_ACTIVITY_DONE, 20, HOUR, TRUE },
  { "p-6", "bruno", "", WF_ACTIVITY_DONE, 3, -MINUTE, TRUE },
  { "p-7", "ana", "reached", WF_ACTIVITY_DONE, 500, 0, FALSE },
};
#define N_KEPT (G_N_ELEMENTS (past) - 1)
#define N_OF_ANA 3
/* The scripted CRM's pages have three. */
#define N_PAGES 3
#define N_PAGES_OF_ANA 2

static WfInstant
get_due (WfFixture *f, guint i)
{
  WfInstant start;

  g_assert_true (wf_instant_parse (WF_TEST_START, &start));
  return start - past[i].days * DAY;
}

static void
put_past (WfFixture *f)
{
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      g_autoptr (WfActivity) activity = wf_activity_new (past[i].id);

      g_set_str (&activity->type, "call");
      g_set_str (&activity->title, "Call");
      g_set_str (&activity->lead, "l-9");
      g_set_str (&activity->person, past[i].person);
      g_set_str (&activity->outcome, past[i].outcome);
      activity->status = past[i].status;
      activity->due = activity->original_due = get_due (f, i);
      activity->created = activity->due - HOUR;
      activity->remind = activity->due - 10 * MINUTE;
      activity->completed = activity->due + past[i].closed;
      wf_scripted_crm_put_activity (f->crm, activity);
    }
}

static gboolean
is_reading (WfFixture *f)
{
  gboolean reading;

  g_object_get (f->runtime, "reading-past", &reading, NULL);
  g_assert_cmpint (reading, ==, wf_runtime_get_reading_past (f->runtime));
  return reading;
}

static guint
count_stored (WfFixture *f)
{
  g_autoptr (GPtrArray) all = wf_fixture_list (f, NULL);

  return all->len;
}

static guint
count_past_calls (WfFixture *f)
{
  return wf_scripted_crm_count_calls (f->crm, WF_SCRIPTED_PAST);
}

static WfActivity *
find_stored (GPtrArray *all, const char *id)
{
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((WfActivity *) g_ptr_array_index (all, i))->id, id))
      return g_ptr_array_index (all, i);
  return NULL;
}

static void
assert_stored (WfFixture *f)
{
  g_autoptr (GPtrArray) all = wf_fixture_list (f, NULL);

  g_assert_cmpuint (all->len, ==, N_KEPT);
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      const WfActivity *activity = find_stored (all, past[i].id);

      g_assert_cmpint (activity != NULL, ==, past[i].is_kept);
      if (activity == NULL)
        continue;
      g_assert_cmpstr (activity->person, ==, past[i].person);
      g_assert_cmpint (activity->status, ==, past[i].status);
      g_assert_cmpint (activity->due, ==, get_due (f, i));
      g_assert_cmpint (activity->created, ==, get_due (f, i) - HOUR);
      g_assert_cmpint (activity->completed, ==, get_due (f, i) + past[i].closed);
      g_assert_cmpstr (activity->outcome != NULL ? activity->outcome : "", ==,
                       past[i].outcome != NULL ? past[i].outcome : "");
      g_assert_cmpint (activity->sync, ==, WF_SYNC_CONFIRMED);
    }
}

/* -- the order of things ----------------------------------------------------------------------- */

typedef struct
{
  WfFixture *f;
  GString *order;  /* a letter for each request */
  guint breaks_at; /* the page that is not answered, from 1; 0: none */
  guint n_pages;
} Watch;

static gboolean
on_request (WfScriptedCall call, gboolean carried_out, gpointer user_data)
{
  static const char letters[] = {
    [WF_SCRIPTED_POLL] = 'e',
    [WF_SCRIPTED_LIST] = 'a',
    [WF_SCRIPTED_LEADS] = 'l',
    [WF_SCRIPTED_PAST] = 'p',
  };
  Watch *watch = user_data;

  if (carried_out)
    return TRUE;
  if ((guint) call < sizeof letters && letters[call] != '\0')
    g_string_append_c (watch->order, letters[call]);
  if (call != WF_SCRIPTED_PAST)
    return TRUE;
  /* The sidebar, told behind each request, does not wait for it; whoever asks knows. */
  if (g_str_has_suffix (watch->order->str, "pepep"))
    {
      g_assert_cmpint (wf_runtime_get_sync_status (watch->f->runtime), ==,
                       WF_SYNC_STATUS_UP_TO_DATE);
      g_assert_true (is_reading (watch->f));
    }
  return ++watch->n_pages != watch->breaks_at;
}

static void
begin (WfFixture *f, Watch *watch, const char *person)
{
  wf_fixture_set_up (f, person);
  *watch = (Watch) { .f = f, .order = g_string_new (NULL) };
  wf_scripted_crm_set_hook (f->crm, on_request, watch);
  wf_fixture_put_simple_workflow (f);
  put_past (f);
  /* Longer ago than the usual reading of what changed looks back. */
  wf_fixture_pass (f, HOUR);
}

static void
end (WfFixture *f, Watch *watch)
{
  g_string_free (watch->order, TRUE);
  wf_scripted_crm_set_hook (f->crm, NULL, NULL);
  wf_fixture_tear_down (f);
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_order (void)
{
  WfFixture f;
  Watch watch;
  guint n_lines;

  begin (&f, &watch, "carla");
  n_lines = wf_scripted_crm_get_journal (f.crm)->len;
  wf_fixture_start (&f);

  /* The first cursor, what is open, events, leads, and a page of the past after each look at the
   * events; the last poll is being held. */
  g_assert_true (g_str_has_prefix (watch.order->str, "ea"));
  g_assert_true (g_str_has_suffix (watch.order->str, "epepepe"));
  g_assert_nonnull (strchr (watch.order->str, 'l'));
  g_assert_true (strrchr (watch.order->str, 'l') < strchr (watch.order->str, 'p'));
  g_assert_true (wf_scripted_crm_is_waiting (f.crm));
  g_assert_cmpuint (count_past_calls (&f), ==, N_PAGES);
  g_assert_false (is_reading (&f));
  assert_stored (&f);

  /* Nothing of it reminds, starts, or is late. */
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (wf_recording_notifier_get_lines (f.notifier)->len, ==, 0);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, G_N_ELEMENTS (past));
  g_assert_cmpuint (wf_scripted_crm_get_journal (f.crm)->len, ==, n_lines);
  g_assert_cmpuint (wf_fixture_count_log (&f, "event"), ==, 0);
  g_assert_cmpuint (wf_runtime_get_late_count (f.runtime), ==, 0);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);

  /* Once. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, N_PAGES);
  g_assert_false (is_reading (&f));
  assert_stored (&f);
  end (&f, &watch);
}

/* -- interruptions ----------------------------------------------------------------------------- */

static void
test_goes_on_after_restart (void)
{
  WfFixture f;
  Watch watch;

  begin (&f, &watch, "carla");
  watch.breaks_at = 2;
  wf_fixture_start (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, 2);
  g_assert_true (is_reading (&f));
  g_assert_cmpuint (count_stored (&f), ==, 3);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);

  /* Meanwhile events are worked on. */
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (f.crm), ==, G_N_ELEMENTS (past) + 1);
  g_assert_cmpuint (count_past_calls (&f), ==, 2);

  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, 2 + N_PAGES - 1);
  g_assert_false (is_reading (&f));
  g_assert_cmpuint (count_stored (&f), ==, N_KEPT + 1);
  end (&f, &watch);
}

/* A store of before: it has a cursor, and no word about the past. */
static void
test_older_store (void)
{
  WfFixture f;
  Watch watch;
  guint n = 0;

  begin (&f, &watch, "carla");
  watch.breaks_at = 1;
  wf_fixture_start (&f);
  wf_fixture_stop (&f);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_fixture_start (&f);
  g_assert_true (is_reading (&f));
  g_assert_cmpuint (count_stored (&f), ==, 0);
  g_signal_connect (f.runtime, "notify::reading-past", G_CALLBACK (count_notify), &n);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_false (is_reading (&f));
  g_assert_cmpuint (n, ==, 1);
  assert_stored (&f);
  end (&f, &watch);
}

static void
test_tries_again (void)
{
  static const struct
  {
    WfCrmError code;
    guint retry_after;
  } failures[] = {
    { WF_CRM_ERROR_OFFLINE, 0 },  { WF_CRM_ERROR_RATE_LIMITED, 300 }, { WF_CRM_ERROR_SERVER, 0 },
    { WF_CRM_ERROR_PROTOCOL, 0 }, { WF_CRM_ERROR_UNCERTAIN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      WfFixture f;
      Watch watch;

      begin (&f, &watch, "carla");
      wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PAST, 2, failures[i].code, failures[i].retry_after);
      wf_fixture_start (&f);
      g_assert_cmpuint (count_past_calls (&f), ==, 1);
      g_assert_true (is_reading (&f));
      g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
      if (failures[i].retry_after > 0)
        {
          wf_fixture_pass (&f, failures[i].retry_after * G_TIME_SPAN_SECOND - 1);
          g_assert_cmpuint (count_past_calls (&f), ==, 1);
        }
      wf_fixture_pass (&f, HOUR);
      g_assert_cmpuint (count_past_calls (&f), ==, 2 + N_PAGES);
      g_assert_false (is_reading (&f));
      assert_stored (&f);
      end (&f, &watch);
    }
}

static void
test_wrong_token (void)
{
  WfFixture f;
  Watch watch;

  begin (&f, &watch, "carla");
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PAST, 1, WF_CRM_ERROR_AUTH, 0);
  wf_fixture_start (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_NEEDS_SIGN_IN);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (count_past_calls (&f), ==, 1);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
  assert_stored (&f);
  end (&f, &watch);
}

/* No such list, or none for these eyes: that is all there is. */
static void
test_nothing_there (void)
{
  static const WfCrmError codes[] = { WF_CRM_ERROR_NOT_SUPPORTED, WF_CRM_ERROR_NOT_FOUND,
                                      WF_CRM_ERROR_FORBIDDEN };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      WfFixture f;
      Watch watch;

      begin (&f, &watch, "carla");
      wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PAST, 1, codes[i], 0);
      wf_fixture_start (&f);
      g_assert_false (is_reading (&f));
      g_assert_cmpint (wf_runtime_get_sync_status (f.runtime), ==, WF_SYNC_STATUS_UP_TO_DATE);
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      g_assert_cmpuint (count_past_calls (&f), ==, 1);
      g_assert_cmpuint (count_stored (&f), ==, 0);
      end (&f, &watch);
    }
}

/* A place that the CRM has forgotten: once more from the beginning. */
static void
test_forgotten_place (void)
{
  WfFixture f;
  Watch watch;

  begin (&f, &watch, "carla");
  watch.breaks_at = 2;
  wf_fixture_start (&f);
  wf_fixture_stop (&f);
  wf_scripted_crm_fail (f.crm, WF_SCRIPTED_PAST, 1, WF_CRM_ERROR_INVALID, 0);
  wf_fixture_start (&f);
  g_assert_true (is_reading (&f));
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (count_past_calls (&f), ==, 2 + 1 + N_PAGES);
  g_assert_false (is_reading (&f));
  assert_stored (&f);
  end (&f, &watch);
}

/* -- who sees what ----------------------------------------------------------------------------- */

#define COMPANY(role)                                                                              \
  "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"people\":["                                 \
  "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"" role "\",\"teams\":[\"sp\"]},"                    \
  "{\"id\":\"bruno\",\"name\":\"Bruno\",\"role\":\"attendant\",\"teams\":[\"sp\"]}],"              \
  "\"teams\":[{\"id\":\"sp\",\"name\":\"SP\"}],"                                                   \
  "\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"}]}"

static void
test_own_only (void)
{
  WfFixture f;
  Watch watch;

  begin (&f, &watch, "ana");
  wf_fixture_start (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, N_PAGES_OF_ANA);
  g_assert_cmpuint (count_stored (&f), ==, N_OF_ANA);
  g_assert_false (is_reading (&f));

  /* Made a coordinator, she sees everyone's; made an attendant again she has what she needs. */
  g_string_truncate (watch.order, 0);
  wf_scripted_crm_set_organisation (f.crm, COMPANY ("coordinator"));
  wf_fixture_settle (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, N_PAGES_OF_ANA + N_PAGES);
  assert_stored (&f);
  wf_scripted_crm_set_organisation (f.crm, COMPANY ("attendant"));
  wf_fixture_settle (&f);
  g_assert_cmpuint (count_past_calls (&f), ==, N_PAGES_OF_ANA + N_PAGES);
  g_assert_false (is_reading (&f));
  end (&f, &watch);
}

/* -- beside what is known ---------------------------------------------------------------------- */

/* The log does not reach back to what closed it: the past does. */
static void
test_expired_log (void)
{
  WfFixture f;
  Watch watch;
  g_autoptr (WfActivity) activity = wf_activity_new ("o-1");
  g_autoptr (GPtrArray) all = NULL;
  const WfActivity *stored;

  begin (&f, &watch, "carla");
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "Call");
  g_set_str (&activity->person, "carla");
  activity->created = wf_fixture_now (&f);
  activity->due = wf_fixture_now (&f) + HOUR;
  wf_scripted_crm_put_activity (f.crm, activity);
  wf_fixture_start (&f);
  g_assert_cmpuint (wf_runtime_get_today_count (f.runtime), ==, 1);

  wf_scripted_crm_set_offline (f.crm, TRUE);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);
  activity->status = WF_ACTIVITY_DONE;
  activity->completed = wf_fixture_now (&f);
  wf_scripted_crm_put_activity (f.crm, activity);
  wf_scripted_crm_expire_events (f.crm);
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_runtime_poke (f.runtime);
  wf_fixture_settle (&f);

  all = wf_fixture_list (&f, NULL);
  g_assert_cmpuint (all->len, ==, N_KEPT + 1);
  stored = find_stored (all, "o-1");
  g_assert_cmpint (stored->status, ==, WF_ACTIVITY_DONE);
  g_assert_cmpint (stored->completed, ==, activity->completed);
  g_assert_cmpuint (wf_runtime_get_today_count (f.runtime), ==, 0);
  g_assert_false (is_reading (&f));
  end (&f, &watch);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/runtime/past/order", test_order);
  g_test_add_func ("/runtime/past/goes-on-after-restart", test_goes_on_after_restart);
  g_test_add_func ("/runtime/past/older-store", test_older_store);
  g_test_add_func ("/runtime/past/tries-again", test_tries_again);
  g_test_add_func ("/runtime/past/wrong-token", test_wrong_token);
  g_test_add_func ("/runtime/past/nothing-there", test_nothing_there);
  g_test_add_func ("/runtime/past/forgotten-place", test_forgotten_place);
  g_test_add_func ("/runtime/past/own-only", test_own_only);
  g_test_add_func ("/runtime/past/expired-log", test_expired_log);
  return g_test_run ();
}
