/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl deadline over the vectors of the semantics. */
#include "wf-test-program.h"

#include <string.h>

#define OFFICE "org.json"
#define BERLIN "berlin.json"
#define BERLIN_ORGANISATION                                                                                         \
  "{\"format\":1,\"name\":\"Nord\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"Europe/Berlin\",\"week\":{" \
  "\"mon\":[[\"00:00\",\"24:00\"]],\"tue\":[[\"00:00\",\"24:00\"]],\"wed\":[[\"00:00\",\"24:00\"]],\"thu\":"        \
  "[[\"00:00\",\"24:00\"]],\"fri\":[[\"00:00\",\"24:00\"]],\"sat\":[[\"00:00\",\"24:00\"]],\"sun\":[[\"00:00\",\"24:00\"]]}}}"

static const struct
{
  const char *organisation, *from, *options, *due, *remind;
} vectors[] = {
  { OFFICE, "2026-11-20T17:30:00-03:00", "--amount 30 --unit minutes --business-hours",
    "2026-11-20T18:00:00-03:00" },
  { OFFICE, "2026-11-20T17:50:00-03:00", "--amount 30 --unit minutes --business-hours",
    "2026-11-23T09:20:00-03:00" },
  { OFFICE, "2026-11-20T18:00:00-03:00", "--amount 30 --unit minutes --business-hours",
    "2026-11-23T09:30:00-03:00" },
  { OFFICE, "2026-11-20T11:45:00-03:00", "--amount 30 --unit minutes --business-hours",
    "2026-11-20T13:15:00-03:00" },
  { OFFICE, "2026-11-20T16:00:00-03:00", "--amount 4 --unit hours --business-hours",
    "2026-11-23T11:00:00-03:00" },
  { OFFICE, "2026-11-21T10:00:00-03:00", "--amount 2 --unit hours --business-hours",
    "2026-11-23T11:00:00-03:00" },
  { OFFICE, "2026-10-09T17:00:00-03:00", "--amount 2 --unit hours --business-hours",
    "2026-10-13T10:00:00-03:00" },
  { OFFICE, "2026-11-20T20:50:00Z", "--amount 30 --unit minutes --business-hours",
    "2026-11-23T09:20:00-03:00" },
  { OFFICE, "2026-11-20T17:50:00-03:00", "--amount 30 --unit minutes",
    "2026-11-20T18:20:00-03:00" },
  { OFFICE, "2026-11-20T15:00:00-03:00", "--amount 1 --unit days --business-hours",
    "2026-11-23T15:00:00-03:00" },
  { OFFICE, "2026-11-21T10:00:00-03:00", "--amount 2 --unit days --business-hours",
    "2026-11-25T09:00:00-03:00" },
  { OFFICE, "2023-10-20T15:01:00-03:00", "--amount 3 --unit days --business-hours",
    "2023-10-25T15:01:00-03:00" },
  { OFFICE, "2026-11-20T15:00:00-03:00", "--amount 1 --unit weeks --business-hours",
    "2026-11-27T15:00:00-03:00" },
  { OFFICE, "2027-01-31T10:00:00-03:00", "--amount 1 --unit months", "2027-02-28T10:00:00-03:00" },
  { OFFICE, "2027-01-31T10:00:00-03:00", "--amount 1 --unit months --business-hours",
    "2027-03-01T09:00:00-03:00" },
  { OFFICE, "2028-01-31T10:00:00-03:00", "--amount 1 --unit months", "2028-02-29T10:00:00-03:00" },
  { OFFICE, "2025-11-29T10:00:00-03:00", "--amount 3 --unit months", "2026-02-28T10:00:00-03:00" },
  { OFFICE, "2025-11-30T10:00:00-03:00", "--amount 3 --unit months", "2026-02-28T10:00:00-03:00" },
  { OFFICE, "2026-08-31T10:00:00-03:00", "--amount 1 --unit months", "2026-09-30T10:00:00-03:00" },
  { OFFICE, "2026-11-23T09:30:00-03:00", "--amount 120 --unit minutes --before",
    "2026-11-23T07:30:00-03:00" },
  { OFFICE, "2026-11-23T09:30:00-03:00", "--amount 120 --unit minutes --before --business-hours",
    "2026-11-20T18:00:00-03:00" },
  { OFFICE, "2026-11-23T09:30:00-03:00",
    "--amount 120 --unit minutes --before --business-hours --business-time",
    "2026-11-20T16:30:00-03:00" },
  { OFFICE, "2026-11-23T09:30:00-03:00", "--amount 10 --unit minutes --before",
    "2026-11-23T09:20:00-03:00" },
  { OFFICE, "2026-11-20T17:50:00-03:00",
    "--amount 30 --unit minutes --business-hours --notify 30 --notify-unit minutes",
    "2026-11-23T09:20:00-03:00", "2026-11-20T17:50:00-03:00" },
  { OFFICE, "2026-11-20T17:50:00-03:00",
    "--amount 30 --unit minutes --business-hours --notify 10 --notify-unit minutes",
    "2026-11-23T09:20:00-03:00", "2026-11-23T09:10:00-03:00" },
  { OFFICE, "2026-11-20T15:00:00-03:00",
    "--amount 1 --unit days --business-hours --notify 1 --notify-unit days",
    "2026-11-23T15:00:00-03:00", "2026-11-20T18:00:00-03:00" },
  { OFFICE, "2026-11-20T10:00:00-03:00",
    "--amount 30 --unit minutes --notify 1 --notify-unit hours", "2026-11-20T10:30:00-03:00",
    "2026-11-20T10:00:00-03:00" },
  { OFFICE, "2026-11-23T09:30:00-03:00",
    "--amount 2 --unit hours --before --notify 30 --notify-unit minutes",
    "2026-11-23T07:30:00-03:00", "2026-11-23T07:00:00-03:00" },
  { OFFICE, "2026-11-20T10:00:01-03:00", "--amount 30 --unit minutes",
    "2026-11-20T10:31:00-03:00" },
  { BERLIN, "2026-03-28T02:30:00+01:00", "--amount 1 --unit days", "2026-03-29T03:30:00+02:00" },
  { BERLIN, "2026-10-24T02:30:00+02:00", "--amount 1 --unit days", "2026-10-25T02:30:00+02:00" },
  { BERLIN, "2026-03-28T12:00:00+01:00", "--amount 24 --unit hours", "2026-03-29T13:00:00+02:00" },
};

static void
test_vectors (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_write (&program, BERLIN, BERLIN_ORGANISATION);
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("deadline --organisation %s --from %s %s",
                                                    vectors[i].organisation, vectors[i].from,
                                                    vectors[i].options);
      g_autoptr (WfJsonDocument) document = NULL;
      const WfJson *root, *steps;

      wf_test_program_run (&program, arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, 0);
      g_assert_cmpstr (program.errors, ==, "");
      document = wf_test_program_get_value (&program);
      root = wf_json_document_get_root (document);
      g_assert_cmpuint (wf_json_get_size (root), ==, 3);
      g_assert_cmpstr (wf_json_get_member_string (root, "due"), ==, vectors[i].due);
      g_assert_cmpstr (wf_json_get_member_string (root, "remind"), ==, vectors[i].remind);
      g_assert_true (wf_json_is (wf_json_get_member (root, "remind"),
                                 vectors[i].remind != NULL ? WF_JSON_STRING : WF_JSON_NULL));
      steps = wf_json_get_member (root, "steps");
      g_assert_cmpuint (wf_json_get_size (steps), >=, 3);
      g_assert_true (wf_json_is (wf_json_get_element (steps, 0), WF_JSON_STRING));
    }
}

/* Refused for what it says, with the reason: status 1. */
static const struct
{
  const char *options, *message;
} refused[] = {
  { "--organisation org.json --amount 29 --unit minutes",
    "29 minutes is too short. The minimum is 30 minutes." },
  { "--organisation org.json --amount 29 --unit minutes --business-hours",
    "The minimum is 30 minutes." },
  { "--organisation org.json --amount 0 --unit minutes", "--amount: 0" },
  { "--organisation org.json --amount 0 --unit days", "--amount: 0" },
  { "--organisation org.json --amount -30 --unit minutes --before", "--amount: -30" },
  { "--organisation org.json --amount 1000001 --unit minutes", "--amount: 1000001" },
  { "--organisation org.json --amount 30 --unit minutes --notify 0 --notify-unit minutes",
    "--notify: 0" },
  { "--organisation org.json --amount 1000000 --unit months", "9999" },
  { "--organisation nowhere.json --amount 30 --unit minutes", "nowhere.json: " },
  { "--organisation broken.json --amount 30 --unit minutes", "broken.json: " },
  { "--organisation zone.json --amount 30 --unit minutes",
    "zone.json: /working-hours/time-zone: " },
  { "--organisation events.ndjson --amount 30 --unit minutes", "events.ndjson: " },
};

static void
test_refused (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_write (&program, "broken.json", "{\"format\":1,");
  wf_test_program_write (
      &program, "zone.json",
      "{\"format\":1,\"name\":\"A\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"Mars/Base\","
      "\"week\":{\"mon\":[[\"09:00\",\"18:00\"]]}}}");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *arguments =
          g_strdup_printf ("deadline --from 2026-11-20T17:50:00-03:00 %s", refused[i].options);

      wf_test_program_run (&program, arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, 1);
      g_assert_cmpstr (program.output, ==, "");
      g_assert_nonnull (strstr (program.errors, refused[i].message));
    }
}

/* Neither the computer's zone nor its language's numbers matter for the results. */
static void
test_computer_does_not_matter (void)
{
  g_auto (WfTestProgram) program = { 0 };
  const char *const environments[] = { "TZ=UTC", "TZ=Asia/Tokyo", "LC_ALL=C", "LC_ALL=" };
  g_autofree char *first = NULL;

  wf_test_program_init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (environments); i++)
    {
      wf_test_program_run (
          &program,
          "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit minutes "
          "--business-hours",
          NULL, environments[i]);
      g_assert_cmpint (program.status, ==, 0);
      if (first == NULL)
        first = g_strdup (program.output);
      g_assert_cmpstr (program.output, ==, first);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/deadline/vectors", test_vectors);
  g_test_add_func ("/cli/deadline/refused", test_refused);
  g_test_add_func ("/cli/deadline/computer-does-not-matter", test_computer_does_not_matter);
  return g_test_run ();
}
