/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another computer is ahead: what it made is over before this one comes to the step that makes it,
 * and the chain goes on all the same (S16, S18). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define WAIT "{\"id\":\"pause\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"hours\"}}"
#define CALL(id, more)                                                                             \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"call\","                    \
  "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}" more "}"
#define AFTER CALL ("after", ",\"assignee\":\"person:ana\",\"run\":{\"mode\":\"after-previous\"}")

/* How the CRM tells that it is over. */
typedef enum
{
  TELLS_ALL,   /* the whole activity */
  TELLS_ID,    /* only its id */
  TELLS_AGAIN, /* over, and open again */
  TELLS_OTHER, /* the same of another activity */
} Telling;

typedef struct
{
  const char *name;
  const char *person; /* whose it is */
  Telling telling;
  WfActivityStatus status;
  const char *steps; /* what this computer has afterwards, of the steps "theirs" and "after" */
  gboolean made_here;
} Case;

static const Case cases[] = {
  { "whole", "bruno", TELLS_ALL, WF_ACTIVITY_DONE, "after", FALSE },
  { "id", "bruno", TELLS_ID, WF_ACTIVITY_DONE, "after", FALSE },
  { "own", "ana", TELLS_ID, WF_ACTIVITY_DONE, "theirs after", FALSE },
  { "no-longer-needed", "bruno", TELLS_ALL, WF_ACTIVITY_NO_LONGER_NEEDED, "", FALSE },
  { "open-again", "bruno", TELLS_AGAIN, WF_ACTIVITY_DONE, "", TRUE },
  { "another", "bruno", TELLS_OTHER, WF_ACTIVITY_DONE, "", TRUE },
};

static WfActivity *
make (WfFixture *f, const Case *c)
{
  char key[WF_UUID_LENGTH + 1];
  WfActivity *activity;

  wf_effect_make_key (WF_TEST_WORKFLOW, "/crm/test", "e-1",
                      c->telling == TELLS_OTHER ? "pause" : "theirs", 0, key);
  activity = wf_activity_new (key);
  g_set_str (&activity->type, "call");
  g_set_str (&activity->title, "Call");
  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->person, c->person);
  activity->due = wf_fixture_now (f) + HOUR;
  activity->created = wf_fixture_now (f);
  return activity;
}

static void
tell_id (WfFixture *f, const char *id)
{
  g_autofree char *data = g_strdup_printf (",\"activity\":{\"id\":\"%s\"}", id);

  wf_fixture_add_event (f, "e-over", "activity.completed", "l-1", "ana", data);
}

static void
happen (WfFixture *f, const Case *c)
{
  g_autoptr (WfActivity) activity = make (f, c);

  if (c->telling == TELLS_ID)
    {
      tell_id (f, activity->id);
      wf_fixture_settle (f);
      return;
    }
  wf_scripted_crm_put_activity (f->crm, activity);
  wf_fixture_settle (f);
  wf_fixture_pass (f, MINUTE);
  activity->status = c->status;
  activity->completed = wf_fixture_now (f);
  wf_scripted_crm_put_activity (f->crm, activity);
  wf_fixture_settle (f);
  if (c->telling != TELLS_AGAIN)
    return;
  activity->status = WF_ACTIVITY_OPEN;
  activity->completed = WF_INSTANT_NONE;
  wf_scripted_crm_put_activity (f->crm, activity);
  wf_fixture_settle (f);
}

static char *
describe (WfFixture *f)
{
  static const char *const steps[] = { "theirs", "after" };
  g_autoptr (GPtrArray) activities = wf_fixture_list (f, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint j = 0; j < activities->len; j++)
      if (g_strcmp0 (((const WfActivity *) g_ptr_array_index (activities, j))->step, steps[i]) == 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", steps[i]);
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  WfFixture f;
  g_autofree char *steps = g_strdup_printf (
      "[" WAIT "," CALL ("theirs", ",\"assignee\":\"person:%s\"") "," AFTER "]", c->person);
  g_autofree char *text = NULL;
  guint n_calls;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, steps);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  happen (&f, c);
  text = describe (&f);
  g_assert_cmpstr (text, ==, "");

  n_calls = wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_CREATE);
  wf_fixture_pass (&f, HOUR + MINUTE);
  g_clear_pointer (&text, g_free);
  text = describe (&f);
  g_assert_cmpstr (text, ==, c->steps);
  /* One creation a step that is really made here. */
  g_assert_cmpuint (wf_scripted_crm_count_calls (f.crm, WF_SCRIPTED_CREATE) - n_calls, ==,
                    c->made_here || c->status == WF_ACTIVITY_DONE ? 1 : 0);
  g_assert_cmpuint (wf_runtime_get_pending_changes (f.runtime), ==, 0);
  wf_fixture_tear_down (&f);
}

/* What a storm held is released after another computer's release, and after the work was done. */
static void
test_released (void)
{
  WfFixture f, other;
  char key[WF_UUID_LENGTH + 1];
  g_autofree char *text = NULL;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_set_up_peer (&other, &f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL,
                           "[" CALL ("theirs", ",\"assignee\":\"person:bruno\"") "," AFTER "]");
  wf_fixture_start (&f);
  wf_fixture_start (&other);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", ",\"import\":true");
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 1);
  wf_effect_make_key (WF_TEST_WORKFLOW, "/crm/test", "e-1", "theirs", 0, key);
  tell_id (&f, key);
  wf_fixture_settle (&f);
  g_assert_true (wf_fixture_release (&other, WF_RELEASE_CREATE, 0, NULL));
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
  text = describe (&f);
  g_assert_cmpstr (text, ==, "after");
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/runtime/ahead/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/runtime/ahead/released", test_released);
  return g_test_run ();
}
