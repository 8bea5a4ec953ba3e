/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left until a deadline, in words. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-time-left.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static void
test_left (void)
{
  static const struct
  {
    gint64 ahead;
    const char *text, *spoken, *sentence;
  } vectors[] = {
    { 0, "due now", "due now", "Due now" },
    { 1, "in 1 min", "in 1 minute", "Due in 1 minute" },
    { 25 * MINUTE, "in 25 min", "in 25 minutes", "Due in 25 minutes" },
    { 25 * MINUTE - 1, "in 25 min", "in 25 minutes", "Due in 25 minutes" },
    { 25 * MINUTE + 1, "in 26 min", "in 26 minutes", "Due in 26 minutes" },
    { HOUR, "in 1 h", "in 1 hour", "Due in 1 hour" },
    { HOUR + 20 * MINUTE, "in 1 h 20 min", "in 1 hour and 20 minutes",
      "Due in 1 hour and 20 minutes" },
    { 3 * HOUR + 20 * MINUTE, "in 3 h", "in 3 hours", "Due in 3 hours" },
    { DAY - MINUTE, "in 23 h", "in 23 hours", "Due in 23 hours" },
    { DAY, "in 1 day", "in 1 day", "Due in 1 day" },
    { 3 * DAY + HOUR, "in 3 days", "in 3 days", "Due in 3 days" },
    { -1, "1 min late", "1 minute late", "1 minute late" },
    { -MINUTE, "1 min late", "1 minute late", "1 minute late" },
    { -2 * HOUR, "2 h late", "2 hours late", "2 hours late" },
    { -2 * DAY, "2 days late", "2 days late", "2 days late" },
  };
  WfInstant now = 1795176000 * G_TIME_SPAN_SECOND;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = wf_time_left_to_text (now + vectors[i].ahead, now);
      g_autofree char *spoken = wf_time_left_to_speech (now + vectors[i].ahead, now);
      g_autofree char *sentence = wf_time_left_to_sentence (now + vectors[i].ahead, now);

      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_cmpstr (spoken, ==, vectors[i].spoken);
      g_assert_cmpstr (sentence, ==, vectors[i].sentence);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-left/words", test_left);
  return g_test_run ();
}
