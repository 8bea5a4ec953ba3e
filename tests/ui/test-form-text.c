/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type into forms and on the command line, and what the window says about it. */
#include "wf-connect-text.h"
#include "wf-crm.h"
#include "wf-instant.h"
#include "wf-options.h"
#include "wf-renderer.h"
#include "wf-reschedule-text.h"
#include "wf-sync-text.h"

#include <glib/gstdio.h>

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
test_address (void)
{
  static const char *const good[] = { "https://crm.example", "https://crm.example:8443/wfcrm/v1",
                                      "http://127.0.0.1:8080/v1", "http://localhost:1/" };
  static const char *const bad[] = { "",
                                     "  ",
                                     "crm.example",
                                     "http://crm.example",
                                     "ftp://crm.example",
                                     "https://",
                                     "https://user:secret@crm.example",
                                     "file:///etc/passwd",
                                     "nonsense" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpstr (wf_connect_check_address (good[i]), ==, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("“%s”", bad[i]);
      g_assert_nonnull (wf_connect_check_address (bad[i]));
    }
}

static void
test_name_and_token (void)
{
  g_autofree char *long_name = g_strnfill (61, 'a');

  g_assert_null (wf_connect_check_name ("Padrão Móveis"));
  g_assert_nonnull (wf_connect_check_name (" "));
  g_assert_nonnull (wf_connect_check_name (long_name));
  g_assert_null (wf_connect_check_token ("abc-123_XYZ.~"));
  g_assert_nonnull (wf_connect_check_token (""));
  g_assert_nonnull (wf_connect_check_token ("two words"));
  g_assert_nonnull (wf_connect_check_token ("çedilha"));
}

/* Each error is said in words of its own, and at the right field. */
static void
test_connect_errors (void)
{
  static const struct
  {
    WfCrmError code;
    const char *part;
    gboolean token, address;
  } vectors[] = {
    { WF_CRM_ERROR_AUTH, "token", TRUE, FALSE },
    { WF_CRM_ERROR_FORBIDDEN, "role", TRUE, FALSE },
    { WF_CRM_ERROR_CERTIFICATE, "certificate", FALSE, TRUE },
    { WF_CRM_ERROR_OFFLINE, "cannot be reached", FALSE, TRUE },
    { WF_CRM_ERROR_NOT_FOUND, "address", FALSE, TRUE },
    { WF_CRM_ERROR_PROTOCOL, "cannot be read", FALSE, TRUE },
    { WF_CRM_ERROR_SERVER, "problem", FALSE, FALSE },
    { WF_CRM_ERROR_CONFLICT, "as the connector says", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (WF_CRM_ERROR, vectors[i].code, "as the connector says");
      g_autofree char *text = wf_connect_error_text (error);
      g_assert_nonnull (strstr (text, vectors[i].part));
      g_assert_cmpint (wf_connect_error_is_about_token (error), ==, vectors[i].token);
      g_assert_cmpint (wf_connect_error_is_about_address (error), ==, vectors[i].address);
    }
}

/* Mondays only, but for the first of February; Ana is away on the thirtieth of November. */
static WfOrganisation *
make_organisation (void)
{
  static const char text[] =
      "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
      "\"America/Sao_Paulo\",\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"tue\":[],\"wed\":[],\"thu\":[],\"fri\":[],\"sat\":[],\"sun\":[]},"
      "\"holidays\":[{\"date\":\"2027-02-01\",\"name\":\"Founding Day\"}]},\"people\":["
      "{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true,\"groups\":[],"
      "\"teams\":[],\"units\":[],\"absences\":[{\"id\":\"0b1f6c1e-0000-4000-8000-000000000001\",\"treatment\":\"hold\",\"from\":\"2026-11-30T03:00:00Z\","
      "\"until\":\"2026-12-01T03:00:00Z\"}]}],"
      "\"groups\":[],\"teams\":[],\"units\":[],\"activity-types\":[{\"id\":\"call\",\"name\":"
      "\"Call\"}],\"pipelines\":[]}";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  return wf_organisation_read (wf_json_document_get_root (document), problems);
}

static void
test_reschedule (void)
{
  static const struct
  {
    int year, month, day;
    const char *time, *reason;
    gboolean time_problem, reason_problem;
    const char *note;
  } vectors[] = {
    { 2026, 11, 23, "09:20", "Lead asked", FALSE, FALSE, NULL },
    { 2026, 11, 23, "18:00", "Lead asked", FALSE, FALSE,
      NULL }, /* a deadline may be the closing instant */
    { 2026, 11, 23, "18:01", "Lead asked", FALSE, FALSE, "This is outside of the working hours." },
    { 2026, 11, 23, "12:30", "Lead asked", FALSE, FALSE, "This is outside of the working hours." },
    { 2026, 11, 24, "09:20", "Lead asked", FALSE, FALSE, "This is outside of the working hours." },
    { 2026, 11, 30, "09:20", "Lead asked", FALSE, FALSE, "Ana is away then." },
    { 2027, 2, 1, "09:20", "Lead asked", FALSE, FALSE, "This is a holiday: Founding Day." },
    { 2026, 11, 23, "09:20", "  ", FALSE, TRUE, NULL },
    { 2026, 11, 20, "17:49", "Lead asked", TRUE, FALSE, NULL },
    { 2026, 11, 20, "17:50", "Lead asked", TRUE, FALSE, NULL }, /* now has passed */
    { 2026, 11, 23, "10:00", "Lead asked", TRUE, FALSE, NULL }, /* it is due then */
    { 2026, 11, 23, "10:01", "Lead asked", FALSE, FALSE, NULL },
    { 2026, 11, 23, "later", "", TRUE, TRUE, NULL },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  const WfActivity present = { .person = (char *) "ana", .due = at ("2026-11-23T10:00:30-03:00") };
  const WfActivity *const activities[] = { &present };
  const WfRescheduleSubject subject = { activities, 1, organisation,
                                        at ("2026-11-20T17:50:00-03:00"), zone };

  g_assert_nonnull (organisation);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (WfRescheduleCheck) check = wf_reschedule_check (&subject, vectors[i].year,
                                                              vectors[i].month, vectors[i].day,
                                                              vectors[i].time, vectors[i].reason);
      g_test_message ("%d %s", vectors[i].day, vectors[i].time);
      g_assert_cmpint (check.time_problem != NULL, ==, vectors[i].time_problem);
      g_assert_cmpint (check.reason_problem != NULL, ==, vectors[i].reason_problem);
      g_assert_cmpstr (check.note, ==, vectors[i].note);
    }
  g_assert_cmpint (wf_reschedule_check (&subject, 2026, 11, 23, "9:20", "x").due, ==,
                   at ("2026-11-23T12:20:00Z"));
}

/* The same for several: only what moves none of them is refused. A call begins, and not at the closing instant. */
static void
test_reschedule_several (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  WfActivity first = { .person = (char *) "ana", .due = at ("2026-11-23T13:00:00Z") };
  WfActivity second = { .kind = WF_ACTIVITY_CALL, .due = at ("2026-11-23T14:00:00Z") };
  const WfActivity *const activities[] = { &first, &second };
  const WfRescheduleSubject subject = { activities, 2, organisation, at ("2026-11-20T12:00:00Z"),
                                        zone };
  g_auto (WfRescheduleCheck) moves = wf_reschedule_check (&subject, 2026, 11, 23, "10:00", "x");
  g_auto (WfRescheduleCheck) closing = wf_reschedule_check (&subject, 2026, 11, 23, "18:00", "x");

  g_assert_cmpstr (moves.time_problem, ==, NULL);
  g_assert_cmpstr (closing.note, ==, "This is outside of the working hours.");
  second.due = first.due;
  g_auto (WfRescheduleCheck) same = wf_reschedule_check (&subject, 2026, 11, 23, "10:00", "x");
  g_assert_true (same.same);
  g_assert_cmpstr (same.time_problem, ==, "This is the present deadline. Choose another time.");
}

/* S21: not there, shifted by the gap; there twice, the earlier. */
static void
test_reschedule_clocks_change (void)
{
  static const struct
  {
    const char *now;
    int month, day;
    const char *time, *due;
  } vectors[] = {
    { "2026-10-01T00:00:00Z", 10, 25, "02:30", "2026-10-25T00:30:00Z" },
    { "2026-10-01T00:00:00Z", 10, 25, "01:59", "2026-10-24T23:59:00Z" },
    { "2026-10-01T00:00:00Z", 10, 25, "03:00", "2026-10-25T02:00:00Z" },
    { "2026-03-01T00:00:00Z", 3, 29, "02:30", "2026-03-29T01:30:00Z" },
    { "2026-03-01T00:00:00Z", 3, 29, "01:59", "2026-03-29T00:59:00Z" },
    { "2026-03-01T00:00:00Z", 3, 29, "03:30", "2026-03-29T01:30:00Z" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  const WfActivity present = { .due = WF_INSTANT_NONE };
  const WfActivity *const activities[] = { &present };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const WfRescheduleSubject subject = { activities, 1, NULL, at (vectors[i].now), zone };
      g_auto (WfRescheduleCheck) check = wf_reschedule_check (&subject, 2026, vectors[i].month,
                                                              vectors[i].day, vectors[i].time, "x");
      g_test_message ("%d-%d %s", vectors[i].month, vectors[i].day, vectors[i].time);
      g_assert_cmpstr (check.time_problem, ==, NULL);
      g_assert_cmpint (check.due, ==, at (vectors[i].due));
    }
}

static void
test_sync (void)
{
  static const struct
  {
    WfSyncStatus status;
    guint pending;
    gint64 ago; /* minutes; -1: never */
    const char *text;
  } vectors[] = {
    { WF_SYNC_STATUS_UP_TO_DATE, 0, 2, "Up to date, 2 min ago" },
    { WF_SYNC_STATUS_UP_TO_DATE, 0, 0, "Up to date, just now" },
    { WF_SYNC_STATUS_UP_TO_DATE, 1, 0, "Sending, 1 change on this computer" },
    { WF_SYNC_STATUS_OFFLINE, 3, 9, "Offline, 3 changes on this computer" },
    { WF_SYNC_STATUS_OFFLINE, 0, 9, "Offline" },
    { WF_SYNC_STATUS_NEEDS_SIGN_IN, 0, 9, "Sign in again" },
    { WF_SYNC_STATUS_NEEDS_SIGN_IN, 2, 9, "Sign in again, 2 changes on this computer" },
    { WF_SYNC_STATUS_STARTING, 0, -1, "Connecting…" },
    { WF_SYNC_STATUS_PROBLEM, 1, 9, "Problem, 1 change on this computer" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  WfInstant now = at ("2026-11-20T12:00:00Z");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfInstant last = vectors[i].ago < 0 ? WF_INSTANT_NONE
                                          : now - vectors[i].ago * G_TIME_SPAN_MINUTE;
      g_autofree char *text = wf_sync_text (vectors[i].status, vectors[i].pending, last, now, zone);
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

/* B18: only a confirmed change is shown without a word. */
static void
test_change_states (void)
{
  g_autofree char *local = wf_sync_change_text (WF_SYNC_LOCAL, NULL);
  g_autofree char *sent = wf_sync_change_text (WF_SYNC_SENT, NULL);
  g_autofree char *refused = wf_sync_change_text (WF_SYNC_REFUSED, "the lead is closed");

  g_assert_cmpstr (local, ==, "On this computer only, not sent yet");
  g_assert_cmpstr (sent, ==, "Sent, not confirmed yet");
  g_assert_cmpstr (refused, ==, "Refused by the CRM: the lead is closed");
  g_assert_null (wf_sync_change_text (WF_SYNC_CONFIRMED, NULL));
}

static void
test_options (void)
{
  int width = 0, height = 0;

  g_assert_true (wf_options_parse_size ("360x700", &width, &height));
  g_assert_cmpint (width, ==, 360);
  g_assert_cmpint (height, ==, 700);
  static const char *const bad[] = { "",         "360",  "360x",      "x700",     "0x700",
                                     "360x700x", "-1x2", "99999x700", "360 x 700" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (wf_options_parse_size (bad[i], &width, &height));

  WfOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
  g_variant_dict_insert (values, "sample", "b", TRUE);
  g_variant_dict_insert (values, "server", "s", "https://crm.example");
  g_assert_false (wf_options_read (&options, values, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  wf_options_clear (&options);
}

static void
test_renderer (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wf-dri-XXXXXX", NULL);
  g_autofree char *card = g_build_filename (folder, "card0", NULL);
  g_autofree char *node = g_build_filename (folder, "renderD128", NULL);

  g_assert_false (wf_renderer_has_gpu ("/nowhere/dri"));
  g_assert_true (g_file_set_contents (card, "", 0, NULL));
  g_assert_false (wf_renderer_has_gpu (folder));
  g_assert_true (g_file_set_contents (node, "", 0, NULL));
  g_assert_true (wf_renderer_has_gpu (folder));
  g_remove (card);
  g_remove (node);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connect/address", test_address);
  g_test_add_func ("/connect/name-and-token", test_name_and_token);
  g_test_add_func ("/connect/errors", test_connect_errors);
  g_test_add_func ("/reschedule/check", test_reschedule);
  g_test_add_func ("/reschedule/several", test_reschedule_several);
  g_test_add_func ("/reschedule/clocks-change", test_reschedule_clocks_change);
  g_test_add_func ("/sync/state", test_sync);
  g_test_add_func ("/sync/change", test_change_states);
  g_test_add_func ("/options/values", test_options);
  g_test_add_func ("/renderer/gpu", test_renderer);
  return g_test_run ();
}
