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

static WfWorkingHours *
make_hours (void)
{
  static const char text[] =
      "{\"time-zone\":\"America/Sao_Paulo\",\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]}}";
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

  return wf_working_hours_read (&cursor);
}

static void
test_reschedule (void)
{
  static const struct
  {
    int day;
    const char *time, *reason;
    gboolean time_problem, reason_problem, note;
  } vectors[] = {
    { 23, "09:20", "Lead asked", FALSE, FALSE, FALSE },
    { 23, "18:00", "Lead asked", FALSE, FALSE, FALSE }, /* a deadline may be the closing instant */
    { 23, "18:01", "Lead asked", FALSE, FALSE, TRUE },
    { 23, "12:30", "Lead asked", FALSE, FALSE, TRUE },
    { 24, "09:20", "Lead asked", FALSE, FALSE, TRUE },
    { 23, "09:20", "  ", FALSE, TRUE, FALSE },
    { 20, "17:49", "Lead asked", TRUE, FALSE, FALSE },
    { 20, "17:50", "Lead asked", TRUE, FALSE, FALSE }, /* now has passed */
    { 23, "later", "", TRUE, TRUE, FALSE },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfWorkingHours) hours = make_hours ();
  WfInstant now = at ("2026-11-20T17:50:00-03:00");

  g_assert_nonnull (hours);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfRescheduleCheck check = wf_reschedule_check (2026, 11, vectors[i].day, vectors[i].time,
                                                     vectors[i].reason, now, zone, hours);
      g_test_message ("%d %s", vectors[i].day, vectors[i].time);
      g_assert_cmpint (check.time_problem != NULL, ==, vectors[i].time_problem);
      g_assert_cmpint (check.reason_problem != NULL, ==, vectors[i].reason_problem);
      g_assert_cmpint (check.note != NULL, ==, vectors[i].note);
    }
  g_assert_cmpint (wf_reschedule_check (2026, 11, 23, "9:20", "x", now, zone, NULL).due, ==,
                   at ("2026-11-23T12:20:00Z"));
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
  g_test_add_func ("/sync/state", test_sync);
  g_test_add_func ("/sync/change", test_change_states);
  g_test_add_func ("/options/values", test_options);
  g_test_add_func ("/renderer/gpu", test_renderer);
  return g_test_run ();
}
