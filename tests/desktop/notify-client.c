/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An application that shows one of each notification and prints which action comes back, as the notifier's test needs it. */
#include "wf-desktop-notifier.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  WfNotifier *notifier;
  GApplication *application;
  const char *what;
} Client;

static WfActivity *
make_activity (const char *id, WfInstant due)
{
  WfActivity *activity = wf_activity_new (id);

  g_set_str (&activity->title, "Realizar Filtro 1");
  activity->lead_name = g_strdup ("Padaria Sol & Filhos");
  activity->notes = g_strdup ("Call about <solar>");
  activity->due = due;
  return activity;
}

static void
on_action (GSimpleAction *action, GVariant *target, gpointer user_data)
{
  Client *client = user_data;

  printf ("%s %s\n", g_action_get_name (G_ACTION (action)),
          target != NULL ? g_variant_get_string (target, NULL) : "-");
  fflush (stdout);
  g_application_quit (client->application);
}

static gboolean
show (Client *client, GError **error)
{
  WfInstant now = g_get_real_time ();

  if (g_str_equal (client->what, "reminder") || g_str_equal (client->what, "withdraw"))
    {
      g_autoptr (WfActivity) activity = make_activity ("a-1", now + 25 * G_TIME_SPAN_MINUTE);

      return wf_notifier_show_reminder (client->notifier, activity, now, FALSE, error);
    }
  if (g_str_equal (client->what, "approval"))
    {
      g_autoptr (WfActivity) activity = make_activity ("a-1", now + 25 * G_TIME_SPAN_MINUTE);

      activity->kind = WF_ACTIVITY_APPROVAL;
      return wf_notifier_show_reminder (client->notifier, activity, now, FALSE, error);
    }
  if (g_str_equal (client->what, "late"))
    {
      g_autoptr (WfActivity) activity = make_activity ("a-1", now - 3 * G_TIME_SPAN_HOUR);

      return wf_notifier_show_reminder (client->notifier, activity, now, FALSE, error);
    }
  if (g_str_equal (client->what, "catch-up"))
    {
      g_autoptr (GPtrArray) activities =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

      for (int i = 0; i < 5; i++)
        {
          g_autofree char *id = g_strdup_printf ("a-%d", i);

          g_ptr_array_add (activities, make_activity (id, now - i * G_TIME_SPAN_HOUR));
        }
      return wf_notifier_show_catch_up (client->notifier, activities, now, FALSE, error);
    }
  return wf_notifier_show_message (client->notifier, "m-1", "Filtro 2", "Text",
                                   g_str_equal (client->what, "quiet-message"), error);
}

static void
on_activate (GApplication *application, Client *client)
{
  g_autoptr (GError) error = NULL;

  g_application_hold (application);
  if (!show (client, &error))
    g_error ("%s", error->message);
  if (g_str_equal (client->what, "withdraw"))
    wf_notifier_withdraw (client->notifier, "a-1");
  printf ("shown\n");
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  const GActionEntry entries[] = { { "complete-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "approve-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "reject-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "snooze-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "open-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "show-today", on_action, NULL, NULL, NULL, { 0 } } };
  g_autoptr (GApplication) application =
      g_application_new ("org.example.WorkflowNotify", G_APPLICATION_DEFAULT_FLAGS);
  g_autoptr (WfNotifier) notifier = wf_desktop_notifier_new (application);
  Client client = { notifier, application, argc > 1 ? argv[1] : "reminder" };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   &client);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &client);
  return g_application_run (application, 1, argv);
}
