/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing to the calendars of the desktop: the real evolution-data-server on a bus and in a home of its own,
 * read back by a client of its own. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-eds-calendars.h"
#include "wf-eds-protocol.h"
#include "wf-icalendar.h"
#include "wf-publisher-scene.h"

#include <glib/gstdio.h>
#include <libecal/libecal.h>
#include <signal.h>
#include <string.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define SECOND G_TIME_SPAN_SECOND
#define TASKS WF_EDS_OWN_CALENDAR ".Tasks"
#define SERVICE "org.gnome.evolution.dataserver.Calendar8"
#define UID "a-1@workflow.example.org"
#define ENTRY(kind, uid, more)                                                                     \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:" kind "\r\nUID:" uid             \
  "\r\nDTSTAMP:20261118T130000Z\r\n" more "END:" kind "\r\nEND:VCALENDAR\r\n"
#define EVENT ENTRY ("VEVENT", UID, "DTSTART:20261118T150000Z\r\nSUMMARY:One\r\n")
#define TASK ENTRY ("VTODO", UID, "DUE:20261118T150000Z\r\nSUMMARY:One\r\n")

typedef struct
{
  WfPublisherScene scene;
  WfAwait await;
} Fixture;

static WfEdsLink *latest_link; /* (unowned) of the calendars of the test that runs */

static WfCalendars *
make_calendars (WfClock *clock)
{
  g_autoptr (WfEdsLink) link = wf_eds_link_new (clock);

  latest_link = link;
  return wf_eds_calendars_new (link);
}

/* ---- somebody else's client -------------------------------------------------------------------- */

static ESourceRegistry *
open_registry (void)
{
  g_autoptr (GError) error = NULL;
  ESourceRegistry *registry = e_source_registry_new_sync (NULL, &error);

  g_assert_no_error (error);
  return registry;
}

/* NULL: there is no such calendar. */
static ECalClient *
open_client (const char *id)
{
  g_autoptr (ESourceRegistry) registry = open_registry ();
  g_autoptr (ESource) source = e_source_registry_ref_source (registry, id);
  g_autoptr (GError) error = NULL;
  EClient *client = NULL;

  if (source == NULL)
    return NULL;
  client = e_cal_client_connect_sync (source,
                                      g_str_equal (id, TASKS) ? E_CAL_CLIENT_SOURCE_TYPE_TASKS
                                                              : E_CAL_CLIENT_SOURCE_TYPE_EVENTS,
                                      (guint32) -1, NULL, &error);
  g_assert_no_error (error);
  return E_CAL_CLIENT (client);
}

static guint
count (const char *id)
{
  ECalClient *client = open_client (id);
  g_autoptr (GError) error = NULL;
  GSList *entries = NULL;
  guint n;

  if (client == NULL)
    return 0;
  g_assert_true (e_cal_client_get_object_list_sync (client, "#t", &entries, NULL, &error));
  g_assert_no_error (error);
  n = g_slist_length (entries);
  g_slist_free_full (entries, g_object_unref);
  g_object_unref (client);
  return n;
}

/* NULL: it is not there. Owned by the caller. */
static char *
read_entry (const char *calendar, const char *uid)
{
  ECalClient *client = open_client (calendar);
  ICalComponent *entry = NULL;
  char *text = NULL;

  if (client != NULL && e_cal_client_get_object_sync (client, uid, NULL, &entry, NULL, NULL))
    text = i_cal_component_as_ical_string (entry);
  g_clear_object (&entry);
  g_clear_object (&client);
  return text;
}

static void
edit_entry (const char *calendar, const char *uid, const char *summary)
{
  ECalClient *client = open_client (calendar);
  ICalComponent *entry = NULL;
  g_autoptr (GError) error = NULL;

  e_cal_client_get_object_sync (client, uid, NULL, &entry, NULL, &error);
  g_assert_no_error (error);
  i_cal_component_set_summary (entry, summary);
  e_cal_client_modify_object_sync (client, entry, E_CAL_OBJ_MOD_ALL, E_CAL_OPERATION_FLAG_NONE,
                                   NULL, &error);
  g_assert_no_error (error);
  g_object_unref (entry);
  g_object_unref (client);
}

static void
delete_entry (const char *calendar, const char *uid)
{
  ECalClient *client = open_client (calendar);
  g_autoptr (GError) error = NULL;

  e_cal_client_remove_object_sync (client, uid, NULL, E_CAL_OBJ_MOD_ALL, E_CAL_OPERATION_FLAG_NONE,
                                   NULL, &error);
  g_assert_no_error (error);
  g_object_unref (client);
}

static void
make_calendar (const char *id, const char *name)
{
  g_autoptr (ESourceRegistry) registry = open_registry ();
  g_autoptr (ESource) source = e_source_new_with_uid (id, NULL, NULL);
  g_autoptr (GError) error = NULL;

  e_source_set_display_name (source, name);
  e_source_set_parent (source, "local-stub");
  e_source_backend_set_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR),
                                     "local");
  e_source_registry_commit_source_sync (registry, source, NULL, &error);
  g_assert_no_error (error);
}

static void
delete_calendar (const char *id)
{
  g_autoptr (ESourceRegistry) registry = open_registry ();
  g_autoptr (ESource) source = e_source_registry_ref_source (registry, id);
  g_autoptr (GError) error = NULL;

  if (source != NULL)
    e_source_remove_sync (source, NULL, &error);
  g_assert_no_error (error);
}

/* The owner of a name on the bus ends as in a crash. */
static void
kill_service (const char *name)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixProcessID", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"), 0, -1,
      NULL, &error);
  guint32 pid = 0;

  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &pid);
  g_assert_cmpint (kill ((pid_t) pid, SIGKILL), ==, 0);
}

/* ---- calls ------------------------------------------------------------------------------------- */

static GPtrArray *
list (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *targets;

  wf_await_clear (&f->await);
  wf_calendars_list_own_async (f->scene.calendars, NULL, wf_await_callback, &f->await);
  targets = wf_calendars_list_own_finish (f->scene.calendars, wf_await (&f->await), &error);
  g_assert_no_error (error);
  return targets;
}

/* A new helper knows at once what others did; one that runs hears of it some time. */
static void
renew_helper (Fixture *f)
{
  wf_publisher_scene_pass (&f->scene, 31 * SECOND);
  g_assert_false (wf_eds_link_is_open (latest_link));
}

static WfCalendarTarget *
make_own (Fixture *f)
{
  g_autoptr (GPtrArray) targets = list (f);
  g_autoptr (GError) error = NULL;
  WfCalendarTarget *made;

  wf_await_clear (&f->await);
  wf_calendars_make_async (f->scene.calendars, targets->pdata[0], NULL, NULL, wf_await_callback,
                           &f->await);
  made = wf_calendars_make_finish (f->scene.calendars, wf_await (&f->await), &error);
  g_assert_no_error (error);
  g_assert_false (made->is_new);
  return made;
}

static WfCalendarStore *
open_store (Fixture *f, const WfCalendarTarget *target)
{
  return wf_await_open (&f->await, f->scene.calendars, target);
}

static char *
put (Fixture *f, WfCalendarStore *store, const char *text, const char *etag, GError **error)
{
  return wf_await_put (&f->await, store, UID, text, etag, error);
}

static char *
find (Fixture *f, WfCalendarStore *store)
{
  return wf_await_find (&f->await, store, UID);
}

static gboolean
remove_entry (Fixture *f, WfCalendarStore *store, const char *etag, GError **error)
{
  return wf_await_remove (&f->await, store, UID, etag, error);
}

/* The server keeps the entries of a calendar for a while after it was deleted. */
static void
delete_entries (const char *id)
{
  ECalClient *client = open_client (id);
  GSList *entries = NULL;

  if (client == NULL)
    return;
  g_assert_true (e_cal_client_get_object_list_sync (client, "#t", &entries, NULL, NULL));
  for (GSList *l = entries; l != NULL; l = l->next)
    e_cal_client_remove_object_sync (client, i_cal_component_get_uid (l->data), NULL,
                                     E_CAL_OBJ_MOD_ALL, E_CAL_OPERATION_FLAG_NONE, NULL, NULL);
  g_slist_free_full (entries, g_object_unref);
  g_object_unref (client);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  delete_entries (WF_EDS_OWN_CALENDAR);
  delete_entries (TASKS);
  delete_calendar (WF_EDS_OWN_CALENDAR);
  delete_calendar (TASKS);
  wf_publisher_scene_set_up (&f->scene, make_calendars);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wf_await_clear (&f->await);
  wf_publisher_scene_tear_down (&f->scene);
}

static void
release (Fixture *f, const WfCalendarTarget *target)
{
  g_autoptr (GError) error = NULL;

  wf_await_clear (&f->await);
  wf_calendars_keep_password_async (f->scene.calendars, target, NULL, NULL, wf_await_callback,
                                    &f->await);
  wf_calendars_keep_password_finish (f->scene.calendars, wf_await (&f->await), &error);
  g_assert_no_error (error);
}

/* ---- the calendars ----------------------------------------------------------------------------- */

static void
test_check (Fixture *f, gconstpointer data)
{
  g_autofree char *helper = g_strdup (g_getenv (WF_EDS_HELPER_VARIABLE));
  g_autoptr (GError) error = NULL;

  wf_calendars_check_own_async (f->scene.calendars, NULL, wf_await_callback, &f->await);
  g_assert_true (wf_calendars_check_own_finish (f->scene.calendars, wf_await (&f->await), &error));
  g_assert_no_error (error);
  g_assert_false (wf_eds_link_is_open (latest_link)); /* nothing was started for it */
  g_setenv (WF_EDS_HELPER_VARIABLE, "/nonexistent/helper", TRUE);
  wf_await_clear (&f->await);
  wf_calendars_check_own_async (f->scene.calendars, NULL, wf_await_callback, &f->await);
  g_assert_false (wf_calendars_check_own_finish (f->scene.calendars, wf_await (&f->await), &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  wf_await_clear (&f->await);
  wf_calendars_list_own_async (f->scene.calendars, NULL, wf_await_callback, &f->await);
  g_assert_null (wf_calendars_list_own_finish (f->scene.calendars, wf_await (&f->await), &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED);
  g_setenv (WF_EDS_HELPER_VARIABLE, helper, TRUE);
}

static void
test_list_and_make (Fixture *f, gconstpointer data)
{
  make_calendar ("personal", "Personal");
  g_autoptr (GPtrArray) before = list (f);
  const WfCalendarTarget *own = before->pdata[0];
  g_assert_cmpstr (own->kind, ==, WF_CALENDAR_KIND_DESKTOP);
  g_assert_cmpstr (own->name, ==, "Workflow");
  g_assert_true (own->is_new);
  g_assert_true (own->takes_tasks);
  g_assert_cmpuint (before->len, >=, 2);
  for (guint i = 1; i < before->len; i++)
    {
      const WfCalendarTarget *other = before->pdata[i];
      g_assert_false (other->is_new);
      g_assert_false (other->takes_tasks);
    }
  g_autoptr (WfCalendarTarget) made = make_own (f);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 0);
  g_autoptr (GPtrArray) after = list (f);
  g_assert_false (((WfCalendarTarget *) after->pdata[0])->is_new);
  g_assert_cmpuint (after->len, ==, before->len);
  /* Workflow reminds itself. */
  g_autoptr (ESourceRegistry) registry = open_registry ();
  g_autoptr (ESource) source = e_source_registry_ref_source (registry, WF_EDS_OWN_CALENDAR);
  g_assert_false (
      e_source_alarms_get_include_me (e_source_get_extension (source, E_SOURCE_EXTENSION_ALARMS)));
  g_clear_object (&source);
  release (f, made);
  g_assert_null (open_client (WF_EDS_OWN_CALENDAR));
  delete_calendar ("personal");
}

/* ---- one entry --------------------------------------------------------------------------------- */

static void
test_states (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) own = make_own (f);
  g_autoptr (WfCalendarStore) store = open_store (f, own);
  g_autoptr (GError) error = NULL;

  g_assert_null (find (f, store));
  g_autofree char *first = put (f, store, EVENT, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *found = find (f, store);
  g_assert_cmpstr (found, ==, first);
  g_assert_null (put (f, store, EVENT, NULL, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS);
  g_clear_error (&error);
  edit_entry (WF_EDS_OWN_CALENDAR, UID, "By hand");
  g_assert_null (put (f, store, EVENT, first, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (remove_entry (f, store, first, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autofree char *edited = find (f, store);
  g_autofree char *second = put (f, store, EVENT, edited, &error);
  g_assert_no_error (error);
  delete_entry (WF_EDS_OWN_CALENDAR, UID);
  g_assert_null (find (f, store));
  g_assert_null (put (f, store, EVENT, second, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (remove_entry (f, store, second, &error)); /* what is not there is removed */
  g_assert_no_error (error);
}

/* A call that becomes a task is there once. */
static void
test_other_kind (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) own = make_own (f);
  g_autoptr (WfCalendarStore) store = open_store (f, own);
  g_autoptr (GError) error = NULL;

  g_autofree char *event = put (f, store, EVENT, NULL, &error);
  g_autofree char *task = put (f, store, TASK, event, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 0);
  g_assert_cmpuint (count (TASKS), ==, 1);
  g_autofree char *found = find (f, store);
  g_assert_cmpstr (found, ==, task);
  g_autofree char *back = put (f, store, EVENT, task, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 1);
  g_assert_cmpuint (count (TASKS), ==, 0);
  g_assert_true (remove_entry (f, store, back, &error));
  release (f, own);
  g_assert_null (open_client (TASKS));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                                       ENTRY ("VEVENT", "other", "DTSTART:20261118T150000Z\r\n") };
  g_autoptr (WfCalendarTarget) own = make_own (f);
  g_autoptr (WfCalendarStore) store = open_store (f, own);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (put (f, store, texts[i], NULL, &error));
      g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
    }
}

/* A chosen calendar takes events only, and is not removed when it is given up. */
static void
test_other_calendar (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) target =
      wf_calendar_target_new (WF_CALENDAR_KIND_DESKTOP, "personal", NULL, "Personal", FALSE);
  g_autoptr (GError) error = NULL;

  make_calendar ("personal", "Personal");
  g_autoptr (WfCalendarStore) store = open_store (f, target);
  g_autofree char *etag = put (f, store, EVENT, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (put (f, store, TASK, etag, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (remove_entry (f, store, etag, &error));
  release (f, target);
  g_assert_cmpuint (count ("personal"), ==, 0);
  /* Deleted by its owner. */
  delete_calendar ("personal");
  renew_helper (f);
  g_assert_null (put (f, store, EVENT, NULL, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND);
  g_assert_null (find (f, store));
}

/* ---- what breaks ------------------------------------------------------------------------------- */

static void
test_helper_comes_and_goes (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) own = make_own (f);
  g_autoptr (WfCalendarStore) store = open_store (f, own);
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_eds_link_is_open (latest_link));
  renew_helper (f);
  g_autofree char *etag = put (f, store, EVENT, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wf_eds_link_is_open (latest_link));
  /* Cancelled, the answer is not waited for. */
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  wf_await_clear (&f->await);
  wf_calendar_store_find_async (store, UID, cancellable, wf_await_callback, &f->await);
  g_cancellable_cancel (cancellable);
  g_assert_null (wf_calendar_store_find_finish (store, wf_await (&f->await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A program that is no helper: nobody knows what became of the call, and the window goes on. */
static void
test_broken_helper (Fixture *f, gconstpointer data)
{
  g_autofree char *helper = g_strdup (g_getenv (WF_EDS_HELPER_VARIABLE));
  g_autoptr (WfCalendarTarget) own =
      wf_calendar_target_new (WF_CALENDAR_KIND_DESKTOP, WF_EDS_OWN_CALENDAR, NULL, "x", TRUE);
  g_autoptr (WfCalendarStore) store = open_store (f, own);
  g_autoptr (GError) error = NULL;

  g_setenv (WF_EDS_HELPER_VARIABLE, "/bin/true", TRUE);
  g_assert_null (put (f, store, EVENT, NULL, &error));
  g_assert_error (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN);
  g_setenv (WF_EDS_HELPER_VARIABLE, helper, TRUE);
  g_assert_null (find (f, store)); /* a good one answers again */
}

static void
test_server_restarts (Fixture *f, gconstpointer data)
{
  g_autoptr (WfCalendarTarget) own = make_own (f);
  g_autoptr (WfCalendarStore) store = open_store (f, own);
  g_autoptr (GError) error = NULL;

  g_autofree char *etag = put (f, store, EVENT, NULL, &error);
  g_assert_no_error (error);
  kill_service (SERVICE);
  for (guint i = 0; i < 20; i++) /* the bus starts it again; nothing of the entry is lost */
    {
      g_autofree char *found = NULL;
      wf_await_clear (&f->await);
      wf_calendar_store_find_async (store, UID, NULL, wf_await_callback, &f->await);
      found = wf_calendar_store_find_finish (store, wf_await (&f->await), &error);
      if (error == NULL)
        {
          g_assert_cmpstr (found, ==, etag);
          return;
        }
      g_assert_true (wf_crm_error_is_transient (error) ||
                     g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN));
      g_clear_error (&error);
    }
  g_assert_not_reached ();
}

/* ---- publishing -------------------------------------------------------------------------------- */

static void
check_text (const char *calendar, const char *activity, const char *line)
{
  g_autofree char *uid = wf_icalendar_make_uid (activity);
  g_autofree char *text = read_entry (calendar, uid);

  g_assert_nonnull (text);
  if (strstr (text, line) == NULL)
    g_error ("%s lacks %s", text, line);
}

static void
test_publish (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) own = make_own (f);

  wf_publisher_scene_add (scene, "call", WF_ACTIVITY_CALL, HOUR, 0, NULL);
  wf_publisher_scene_add (scene, "task", WF_ACTIVITY_TASK, 2 * HOUR, 0, NULL);
  wf_publisher_scene_add (scene, "meeting", WF_ACTIVITY_MEETING, 3 * HOUR, 90 * MINUTE, "Shop");
  wf_publisher_scene_begin (scene, own);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, 3);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 2);
  g_assert_cmpuint (count (TASKS), ==, 1);
  check_text (WF_EDS_OWN_CALENDAR, "meeting", "DTSTART:20261118T160000Z");
  check_text (WF_EDS_OWN_CALENDAR, "meeting", "DTEND:20261118T173000Z");
  check_text (WF_EDS_OWN_CALENDAR, "meeting", "LOCATION:Shop");
  check_text (WF_EDS_OWN_CALENDAR, "call", "DTEND:20261118T143000Z");
  check_text (TASKS, "task", "DUE:20261118T150000Z");
  /* Changed here; edited and deleted there. */
  edit_entry (WF_EDS_OWN_CALENDAR, "meeting@workflow.example.org", "By hand");
  wf_publisher_scene_reschedule (scene, "meeting", 5 * HOUR);
  wf_publisher_scene_complete (scene, "task");
  wf_publisher_scene_pass (scene, 3 * SECOND);
  check_text (WF_EDS_OWN_CALENDAR, "meeting", "DTSTART:20261118T180000Z");
  check_text (WF_EDS_OWN_CALENDAR, "meeting", "SEQUENCE:1");
  g_assert_cmpuint (count (TASKS), ==, 0);
  delete_entry (WF_EDS_OWN_CALENDAR, "call@workflow.example.org");
  wf_publisher_scene_reschedule (scene, "call", 6 * HOUR);
  wf_publisher_scene_pass (scene, 3 * SECOND);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, 2);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 2);
  /* Given up, nothing is left, not even the calendar. */
  wf_calendar_publisher_leave (scene->publisher);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_check (scene, WF_PUBLISHER_OFF, 0);
  g_ptr_array_unref (list (f)); /* behind the release, which is under way */
  renew_helper (f);
  g_autoptr (GPtrArray) targets = list (f);
  g_assert_true (((WfCalendarTarget *) targets->pdata[0])->is_new);
}

/* R87: the workflow's step puts the meeting into the person's own calendar. */
static void
test_meeting_of_workflow (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) own = make_own (f);

  wf_fixture_put_workflow (&scene->fixture, 1, NULL,
                           "[{\"id\":\"meet\",\"kind\":\"schedule-meeting\",\"place\":\"Shop\","
                           "\"complete-within\":{\"amount\":2,\"unit\":\"hours\"}}]");
  wf_publisher_scene_begin (scene, own);
  wf_fixture_add_event (&scene->fixture, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_pass (scene, 3 * SECOND);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, 1);
  g_autoptr (WfActivity) meeting = wf_fixture_get_only (&scene->fixture);
  check_text (WF_EDS_OWN_CALENDAR, meeting->id, "DTSTART:20261118T150000Z");
  check_text (WF_EDS_OWN_CALENDAR, meeting->id, "LOCATION:Shop");
}

/* The program ends in the middle of a pass, and goes on after it. */
static void
test_cut_off (Fixture *f, gconstpointer data)
{
  WfPublisherScene *scene = &f->scene;
  g_autoptr (WfCalendarTarget) own = make_own (f);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      wf_publisher_scene_add (scene, id, i % 2 == 0 ? WF_ACTIVITY_CALL : WF_ACTIVITY_TASK,
                              (8 + i) * HOUR, 0, NULL);
    }
  wf_calendar_publisher_begin (scene->publisher, own, FALSE);
  while (wf_calendar_publisher_get_n_published (scene->publisher) < 4)
    g_main_context_iteration (NULL, TRUE);
  wf_publisher_scene_stop (scene);
  wf_publisher_scene_start (scene);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_check (scene, WF_PUBLISHER_UP_TO_DATE, 10);
  g_assert_cmpuint (count (WF_EDS_OWN_CALENDAR), ==, 5);
  g_assert_cmpuint (count (TASKS), ==, 5);
  /* Its own calendar is deleted: that is said, and stopping works all the same. */
  delete_calendar (WF_EDS_OWN_CALENDAR);
  renew_helper (f);
  wf_publisher_scene_reschedule (scene, "a-0", 30 * HOUR);
  wf_publisher_scene_pass (scene, 3 * SECOND);
  g_assert_cmpint (wf_calendar_publisher_get_state (scene->publisher), ==, WF_PUBLISHER_PROBLEM);
  g_assert_nonnull (wf_calendar_publisher_get_problem (scene->publisher));
  wf_calendar_publisher_leave (scene->publisher);
  wf_publisher_scene_settle (scene);
  wf_publisher_scene_check (scene, WF_PUBLISHER_OFF, 0);
  g_assert_cmpuint (count (TASKS), ==, 0);
}

/* A home without evolution-data-server. */
static gboolean
is_there (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer =
      bus != NULL
          ? g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                         "org.freedesktop.DBus", "StartServiceByName",
                                         g_variant_new ("(su)", SERVICE, 0u), NULL, 0, 60000, NULL,
                                         NULL)
          : NULL;

  return answer != NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!is_there ())
    {
      g_print ("1..0 # SKIP evolution-data-server is not installed\n");
      return 0;
    }
#define ADD(name, func) g_test_add ("/eds/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("check", test_check);
  ADD ("list-and-make", test_list_and_make);
  ADD ("states", test_states);
  ADD ("other-kind", test_other_kind);
  ADD ("refused", test_refused);
  ADD ("other-calendar", test_other_calendar);
  ADD ("helper-comes-and-goes", test_helper_comes_and_goes);
  ADD ("broken-helper", test_broken_helper);
  ADD ("server-restarts", test_server_restarts);
  ADD ("publish", test_publish);
  ADD ("meeting-of-workflow", test_meeting_of_workflow);
  ADD ("cut-off", test_cut_off);
#undef ADD
  return g_test_run ();
}
