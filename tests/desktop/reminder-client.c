/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program to be driven, restarted and killed: the real runtime and the real notifier, with a clock and
 * a CRM that move as its input says. Arguments: store file, first instant. A line of input is a
 * command, and each is answered with one line, "ok ..." once nothing is under way any more:
 *
 *   put ID TYPE DUE REMIND     ana has this activity in the CRM (REMIND "-": none)
 *   done ID, move ID DUE       somebody else completes or reschedules it
 *   rules JSON                 the person's own reminder rules
 *   die before|after           the next notification is the end: kill -9 around it
 *   start                      the program begins; the lines above may come before it
 *   until TIME                 time passes, and what is due on the way is done on the way
 *   jump TIME                  somebody sets the clock
 *   sleep TIME                 the computer sleeps until then
 *   receipts ID                "ok KIND TIME ..."; state ID: "ok STATUS DUE" in the CRM
 *   zone NAME                  the computer is in another zone, and somebody says so
 *
 * Buttons of notifications do what the application's do; each prints "action NAME ID". */
#define G_LOG_DOMAIN "wf-test"

#include "wf-desktop-notifier.h"
#include "wf-instant.h"
#include "wf-runtime-fixture.h"

#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* -- a notifier that is the end ---------------------------------------------------------------- */

typedef enum
{
  LIVE,
  DIE_BEFORE,
  DIE_AFTER,
} Fate;

#define MORTAL_TYPE_NOTIFIER (mortal_notifier_get_type ())
G_DECLARE_FINAL_TYPE (MortalNotifier, mortal_notifier, MORTAL, NOTIFIER, GObject)

struct _MortalNotifier
{
  GObject parent_instance;

  WfNotifier *real; /* (owned) */
  Fate fate;
};

static void notifier_init (WfNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MortalNotifier, mortal_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER, notifier_init))

static void
meet (MortalNotifier *self, Fate fate)
{
  if (self->fate == fate)
    kill (getpid (), SIGKILL);
}

static gboolean
show_reminder (WfNotifier *notifier, WfActivity *activity, WfInstant now, gboolean quiet,
               GError **error)
{
  MortalNotifier *self = MORTAL_NOTIFIER (notifier);

  meet (self, DIE_BEFORE);
  gboolean shown = wf_notifier_show_reminder (self->real, activity, now, quiet, error);
  meet (self, DIE_AFTER);
  return shown;
}

static gboolean
show_catch_up (WfNotifier *notifier, GPtrArray *activities, WfInstant now, gboolean quiet,
               GError **error)
{
  MortalNotifier *self = MORTAL_NOTIFIER (notifier);

  meet (self, DIE_BEFORE);
  gboolean shown = wf_notifier_show_catch_up (self->real, activities, now, quiet, error);
  meet (self, DIE_AFTER);
  return shown;
}

static gboolean
show_message (WfNotifier *notifier, const char *id, const char *title, const char *text,
              gboolean quiet, GError **error)
{
  return wf_notifier_show_message (MORTAL_NOTIFIER (notifier)->real, id, title, text, quiet, error);
}

static void
withdraw (WfNotifier *notifier, const char *id)
{
  wf_notifier_withdraw (MORTAL_NOTIFIER (notifier)->real, id);
}

static void
notifier_init (WfNotifierInterface *iface)
{
  iface->show_reminder = show_reminder;
  iface->show_catch_up = show_catch_up;
  iface->show_message = show_message;
  iface->withdraw = withdraw;
}

static void
mortal_notifier_finalize (GObject *object)
{
  g_object_unref (MORTAL_NOTIFIER (object)->real);
  G_OBJECT_CLASS (mortal_notifier_parent_class)->finalize (object);
}

static void
mortal_notifier_class_init (MortalNotifierClass *class)
{
  G_OBJECT_CLASS (class)->finalize = mortal_notifier_finalize;
}

static void
mortal_notifier_init (MortalNotifier *self)
{
}

/* -- the program ------------------------------------------------------------------------------- */

typedef struct
{
  WfFixture fixture; /* only its clock, CRM, store and runtime */
  MortalNotifier *notifier;
  GApplication *application;
  GDataInputStream *input;
} Client;

static void
say (const char *line)
{
  printf ("%s\n", line);
  fflush (stdout);
}

static WfInstant
parse (const char *text)
{
  WfInstant at = WF_INSTANT_NONE;

  if (text != NULL && !g_str_equal (text, "-") && !wf_instant_parse (text, &at))
    g_error ("“%s” is no time", text);
  return at;
}

static void
put (Client *self, char **words)
{
  g_autoptr (WfActivity) activity = wf_activity_new (words[1]);
  g_autofree char *title = g_strdup_printf ("Call %s", words[1]);

  g_set_str (&activity->lead, "l-1");
  g_set_str (&activity->type, words[2]);
  g_set_str (&activity->title, title);
  g_set_str (&activity->person, "ana");
  activity->created = wf_fixture_now (&self->fixture);
  activity->due = parse (words[3]);
  activity->remind = parse (words[4]);
  wf_scripted_crm_put_activity (self->fixture.crm, activity);
}

static void
change (Client *self, char **words)
{
  g_autoptr (WfActivity) activity =
      wf_activity_copy (wf_scripted_crm_get_activity (self->fixture.crm, words[1]));

  if (g_str_equal (words[0], "done"))
    {
      activity->status = WF_ACTIVITY_DONE;
      activity->completed = wf_fixture_now (&self->fixture);
    }
  else
    {
      WfInstant due = parse (words[2]);

      if (activity->remind != WF_INSTANT_NONE)
        activity->remind += due - activity->due;
      activity->due = due;
    }
  wf_scripted_crm_put_activity (self->fixture.crm, activity);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
start (Client *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfFixture *fixture = &self->fixture;

  fixture->runtime = wf_runtime_new (WF_CLOCK (fixture->clock), WF_CRM (fixture->crm),
                                     WF_NOTIFIER (self->notifier), fixture->store_path);
  wf_runtime_start_async (fixture->runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!wf_runtime_start_finish (fixture->runtime, result, &error))
    g_error ("%s", error->message);
}

static void
fall_asleep (Client *self, WfInstant until)
{
  wf_fake_clock_pass_over (self->fixture.clock, until - wf_fixture_now (&self->fixture));
  wf_fake_clock_jump (self->fixture.clock, until); /* as on resume */
}

static char *
describe (Client *self, char **words)
{
  const WfActivity *activity;
  g_autofree char *due = NULL, *text = NULL;

  if (g_str_equal (words[0], "receipts"))
    {
      text = wf_fixture_describe_receipts (&self->fixture, words[1]);
      return g_strdup_printf ("ok %s", g_strdelimit (text, "\n", ' '));
    }
  if (!g_str_equal (words[0], "state"))
    return g_strdup ("ok");
  activity = wf_scripted_crm_get_activity (self->fixture.crm, words[1]);
  due = wf_instant_format_utc (activity->due);
  return g_strdup_printf ("ok %s %s", wf_activity_status_names[activity->status], due);
}

static void
obey (Client *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  WfFixture *fixture = &self->fixture;

  if (g_str_equal (words[0], "put"))
    put (self, words);
  else if (g_str_equal (words[0], "done") || g_str_equal (words[0], "move"))
    change (self, words);
  else if (g_str_equal (words[0], "start"))
    start (self);
  else if (g_str_equal (words[0], "rules"))
    wf_fixture_set_reminder_rules (fixture, line + strlen ("rules "));
  else if (g_str_equal (words[0], "die"))
    self->notifier->fate = g_str_equal (words[1], "before") ? DIE_BEFORE : DIE_AFTER;
  else if (g_str_equal (words[0], "until"))
    wf_fixture_pass (fixture, parse (words[1]) - wf_fixture_now (fixture));
  else if (g_str_equal (words[0], "jump"))
    wf_fake_clock_jump (fixture->clock, parse (words[1]));
  else if (g_str_equal (words[0], "sleep"))
    fall_asleep (self, parse (words[1]));
  else if (g_str_equal (words[0], "zone"))
    {
      g_setenv ("TZ", words[1], TRUE);
      wf_runtime_poke (fixture->runtime);
    }
  else if (!g_str_equal (words[0], "receipts") && !g_str_equal (words[0], "state"))
    g_error ("“%s” is no command", line);
  if (fixture->runtime != NULL)
    wf_fixture_settle (fixture);
}

/* What the bus has told until now, such as that a server came or went, counts for what follows. */
static void
hear_the_bus (Client *self)
{
  g_autoptr (GVariant) id = g_dbus_connection_call_sync (
      g_application_get_dbus_connection (self->application), "org.freedesktop.DBus",
      "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", NULL, NULL, G_DBUS_CALL_FLAGS_NONE,
      -1, NULL, NULL);

  wf_fake_clock_run_idle ();
}

static void read_next (Client *self);

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line == NULL)
    {
      g_application_quit (self->application);
      return;
    }
  hear_the_bus (self);
  obey (self, line);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *answer = describe (self, words);
  /* What was shown or taken down has left this program. */
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (self->application), NULL, NULL);
  say (answer);
  read_next (self);
}

static void
read_next (Client *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static void
on_action (GSimpleAction *action, GVariant *target, gpointer user_data)
{
  Client *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  const char *id = target != NULL ? g_variant_get_string (target, NULL) : "-";
  g_autofree char *line = g_strdup_printf ("action %s %s", name, id);

  if (g_str_equal (name, "complete-activity"))
    wf_fixture_complete (&self->fixture, id, NULL, NULL);
  else if (g_str_equal (name, "snooze-activity"))
    wf_fixture_snooze (&self->fixture, id, WF_SNOOZE_15_MINUTES, NULL);
  wf_fixture_settle (&self->fixture);
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (self->application), NULL, NULL);
  say (line);
}

static void
on_activate (GApplication *application, Client *self)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  g_application_hold (application);
  self->input = g_data_input_stream_new (stdin_stream);
  self->notifier = g_object_new (MORTAL_TYPE_NOTIFIER, NULL);
  self->notifier->real = wf_desktop_notifier_new (application);
  read_next (self);
}

int
main (int argc, char **argv)
{
  const GActionEntry entries[] = { { "complete-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "snooze-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "open-activity", on_action, "s", NULL, NULL, { 0 } },
                                   { "show-today", on_action, NULL, NULL, NULL, { 0 } } };
  g_autoptr (GApplication) application =
      g_application_new ("org.example.WorkflowReminders", G_APPLICATION_DEFAULT_FLAGS);
  Client client = { .application = application };
  int status;

  if (argc != 3)
    return 2;
  client.fixture.clock = wf_fake_clock_new_at (argv[2]);
  client.fixture.crm = wf_scripted_crm_new (WF_CLOCK (client.fixture.clock), "ana");
  client.fixture.store_path = argv[1];
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   &client);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &client);
  status = g_application_run (application, 1, argv);
  if (client.fixture.runtime != NULL)
    wf_fixture_stop (&client.fixture);
  g_clear_object (&client.input);
  g_clear_object (&client.notifier);
  g_clear_object (&client.fixture.crm);
  g_clear_object (&client.fixture.clock);
  return status;
}
