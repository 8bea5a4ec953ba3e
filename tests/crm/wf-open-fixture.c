/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open API's connector in a test. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-open-fixture.h"

#define LONGEST_REAL_WAIT 30

WfCrm *
wf_open_fixture_sign_in (WfOpenFixture *self, const char *url, const char *token)
{
  g_autoptr (GError) error = NULL;
  WfCrm *crm = wf_open_crm_new (WF_CLOCK (self->clock), url, token, &error);

  g_assert_no_error (error);
  return crm;
}

WfCrm *
wf_open_fixture_sign_in_as (WfOpenFixture *self, const char *person)
{
  return wf_open_fixture_sign_in (self, wf_demo_server_get_uri (self->server),
                                  wf_demo_server_get_token (self->server, person));
}

void
wf_open_fixture_set_up_demo (WfOpenFixture *self, const char *person)
{
  g_autoptr (GError) error = NULL;

  self->clock = wf_fake_clock_new_at (WF_OPEN_FIXTURE_START);
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (self->clock),
                                     WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  self->crm = wf_open_fixture_sign_in_as (self, person);
}

void
wf_open_fixture_set_up_scripted (WfOpenFixture *self)
{
  self->clock = wf_fake_clock_new_at (WF_OPEN_FIXTURE_START);
  self->scripted = wf_scripted_server_new ();
  self->crm = wf_open_fixture_sign_in (self, wf_scripted_server_get_uri (self->scripted), "t");
}

void
wf_open_fixture_tear_down (WfOpenFixture *self, gconstpointer data)
{
  g_clear_object (&self->result);
  g_clear_error (&self->error);
  g_clear_object (&self->crm);
  if (self->server != NULL)
    wf_demo_server_stop (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->scripted, wf_scripted_server_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->clock);
}

void
wf_open_fixture_on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfOpenFixture *self = user_data;

  g_assert_null (self->result);
  self->result = g_object_ref (result);
}

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("The test waits for what does not come");
  return G_SOURCE_REMOVE;
}

GAsyncResult *
wf_open_fixture_wait (WfOpenFixture *self)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);

  g_clear_error (&self->error);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  return g_steal_pointer (&self->result);
}

void
wf_open_fixture_wait_held (WfOpenFixture *self)
{
  guint watchdog = g_timeout_add_seconds (LONGEST_REAL_WAIT, on_watchdog, NULL);

  while (wf_scripted_server_get_n_held (self->scripted) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}
