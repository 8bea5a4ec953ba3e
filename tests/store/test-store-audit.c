/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail (R117): found by who, what, when and words. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-audit.h"
#include "wf-store-fixture.h"

static void
add (WfStoreFixture *f, const char *kind, const char *title, const char *lead, WfInstant at,
     const char *details)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_add_log (f->store, at, kind, title, lead, details, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
}

/* The titles that are found, in their order. */
static void
assert_found (WfStoreFixture *f, const WfAuditQuery *query, const char *expected)
{
  g_autoptr (GPtrArray) entries = wf_store_list_audit (f->store, query);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const WfLogEntry *entry = entries->pdata[i];

      g_assert_cmpstr (entry->kind, ==, "change");
      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", entry->title);
    }
  g_assert_cmpstr (titles->str, ==, expected);
  if (query->limit == 0 && query->offset == 0)
    g_assert_cmpuint (wf_store_count_audit (f->store, query), ==, entries->len);
}

#define FIND(...)                                                                                  \
  (&(WfAuditQuery) { .from = WF_INSTANT_NONE, .until = WF_INSTANT_NONE, __VA_ARGS__ })

static void
fill (WfStoreFixture *f)
{
  add (f, "change", "moved", "l-1", NOW,
       "{\"activity\":\"a\",\"title\":\"Ligação\",\"by\":\"ana\",\"text\":\"on holiday\"}");
  add (f, "problem", "broken", "l-1", NOW, "{\"by\":\"ana\"}");
  add (f, "change", "staged", "l-1", NOW + HOUR, "{\"by\":\"bia\",\"stage\":\"won\"}");
  add (f, "change", "published", NULL, NOW + 2 * HOUR,
       "{\"workflow\":\"w\",\"name\":\"First contact\",\"by\":\"ana\"}");
  add (f, "change", "late", "l-2", NOW + DAY, "{\"activity\":\"b\"}");
  add (f, "change", "away", NULL, NOW + DAY, "{\"person\":\"bia\",\"by\":\"bia\"}");
  add (f, "change", "bare", NULL, NOW + 2 * DAY, NULL);
}

static void
test_filters (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f);
  assert_found (f, FIND (0), "bare away late published staged moved");
  assert_found (f, FIND (.person = "ana"), "published moved");
  assert_found (f, FIND (.person = ""), "bare late");
  assert_found (f, FIND (.person = "nobody"), "");
  assert_found (f, FIND (.lead = "l-1"), "staged moved");
  assert_found (f, FIND (.subject = WF_AUDIT_ACTIVITIES), "late moved");
  assert_found (f, FIND (.subject = WF_AUDIT_LEADS), "staged");
  assert_found (f, FIND (.subject = WF_AUDIT_WORKFLOWS), "published");
  assert_found (f, FIND (.subject = WF_AUDIT_OTHER), "bare away");
  assert_found (f, FIND (.subject = WF_AUDIT_ACTIVITIES, .person = "ana"), "moved");
  assert_found (f, FIND (.offset = 1, .limit = 2), "away late");
}

static void
test_time (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f);
  WfAuditQuery day = { .from = NOW + HOUR, .until = NOW + DAY };
  WfAuditQuery since = { .from = NOW + DAY, .until = WF_INSTANT_NONE };

  assert_found (f, &day, "published staged"); /* half-open */
  assert_found (f, &since, "bare away late");
}

static void
test_words (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f);
  assert_found (f, FIND (.text = "ligacao"), "moved"); /* accents and case do not count */
  assert_found (f, FIND (.text = "HOLIDAY"), "moved");
  assert_found (f, FIND (.text = "first con"), "published");
  assert_found (f, FIND (.text = "away"), "away");
  assert_found (f, FIND (.text = "ana"), ""); /* ids are no words */
  assert_found (f, FIND (.text = ""), "bare away late published staged moved");
}

static void
test_copy (void)
{
  g_autoptr (WfAuditQuery) copy = wf_audit_query_copy (FIND (.person = "ana", .text = "x"));

  g_assert_cmpstr (copy->person, ==, "ana");
  g_assert_cmpstr (copy->text, ==, "x");
  g_assert_null (copy->lead);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-audit/filters", test_filters);
  g_test_add_func ("/store-audit/time", test_time);
  g_test_add_func ("/store-audit/words", test_words);
  g_test_add_func ("/store-audit/copy", test_copy);
  return g_test_run ();
}
