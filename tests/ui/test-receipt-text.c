/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of reminders, in words. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-instant.h"
#include "wf-receipt-text.h"

static WfInstant
at (const char *text)
{
  WfInstant instant = WF_INSTANT_NONE;

  g_assert_true (text == NULL || wf_instant_parse (text, &instant));
  return instant;
}

static void
test_receipts (void)
{
  static const struct
  {
    WfReceiptKind kind;
    const char *at, *shown, *text;
  } vectors[] = {
    { WF_RECEIPT_SHOWN, "2026-11-18T17:02:00Z", "2026-11-18T17:02:00Z", "Reminded at 14:02." },
    { WF_RECEIPT_SHOWN, "2026-11-17T17:02:00Z", "2026-11-17T17:02:00Z",
      "Reminded: Yesterday, 14:02." },
    { WF_RECEIPT_SHOWN_LATE, "2026-11-18T12:50:00Z", "2026-11-18T17:02:00Z",
      "Reminded at 14:02, late (planned for 09:50)." },
    { WF_RECEIPT_SHOWN_LATE, "2026-11-13T12:50:00Z", "2026-11-18T17:02:00Z",
      "Reminded at 14:02, late (planned for: 13 Nov, 09:50)." },
    { WF_RECEIPT_SHOWN_LATE, "2026-11-13T12:50:00Z", "2026-11-16T17:02:00Z",
      "Reminded late: 16 Nov, 14:02 (planned for: 13 Nov, 09:50)." },
    { WF_RECEIPT_SNOOZED, "2026-11-18T17:02:00Z", "2026-11-18T17:17:00Z", "Snoozed until 14:17." },
    { WF_RECEIPT_SNOOZED, "2026-11-18T17:02:00Z", "2026-11-19T12:00:00Z",
      "Snoozed until: Tomorrow, 09:00." },
    { WF_RECEIPT_NOT_NEEDED, "2026-11-18T17:02:00Z", NULL,
      "The reminder of 14:02 was not needed." },
    { WF_RECEIPT_NOT_NEEDED, "2026-11-17T17:02:00Z", NULL,
      "A reminder was not needed: Yesterday, 14:02." },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  WfInstant now = at ("2026-11-18T18:00:00Z");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const WfReceipt receipt = { .kind = vectors[i].kind,
                                  .at = at (vectors[i].at),
                                  .shown = at (vectors[i].shown) };
      g_autofree char *text = wf_receipt_to_text (&receipt, now, zone);

      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

static void
test_next (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  WfInstant now = at ("2026-11-18T18:00:00Z");
  g_autofree char *today = wf_next_reminder_to_text (at ("2026-11-18T18:30:00Z"), now, zone);
  g_autofree char *later = wf_next_reminder_to_text (at ("2026-11-20T18:30:00Z"), now, zone);

  g_assert_cmpstr (today, ==, "Will remind at 15:30.");
  g_assert_cmpstr (later, ==, "Will remind: Friday, 15:30.");
  g_assert_null (wf_next_reminder_to_text (WF_INSTANT_NONE, now, zone));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt-text/receipts", test_receipts);
  g_test_add_func ("/receipt-text/next", test_next);
  return g_test_run ();
}
