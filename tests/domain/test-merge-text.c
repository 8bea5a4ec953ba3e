/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with merge fields. */
#include "wf-merge-text.h"
#include "wf-test-documents.h"

static const char event_text[] =
    "{ 'specversion': '1.0', 'id': 'e', 'source': '/crm', 'type': 'meeting.scheduled', 'time': '2026-11-20T20:50:00Z',"
    "  'data': { 'lead': { 'id': 'l', 'name': 'Padaria Sol', 'owner': 'ana', 'stage': 'filter-1', 'group': 'inbound', 'score': 35,"
    "      'tags': ['a', 2, true, null, ['x']], 'phone': null, 'company': { 'a': 1 }, 'created': '2026-11-20',"
    "      'custom': { 'rate': 0.1, 'owner': 'ana' } },"
    "    'meeting': { 'start': '2026-11-23T09:30:00-03:00' }, 'actor': 'someone' } }";

static const char *const cases[][2] = {
  { "", "" },
  { "Hello", "Hello" },
  { "Call {lead.name}!", "Call Padaria Sol!" },
  { "{lead.name}{lead.score}", "Padaria Sol35" },
  { "{ lead.name }", "Padaria Sol" },
  { "{lead.owner} {lead.stage} {lead.group} {actor}", "Ana Souza Filtro 1 Inbound someone" },
  { "{lead.custom.rate} {lead.custom.owner}", "0.1 ana" },
  { "[{lead.tags}]", "[a, 2, true, , ]" },
  { "[{lead.phone}{lead.interest}{lead.company}{}{x.y}]", "[]" },
  { "{meeting.start} {event.time} {lead.created}", "2026-11-23 09:30 2026-11-20 17:50 2026-11-20" },
  { "{lead.interest}", "from the cache" },
  { "{{lead.name}", "{lead.name}" },
  { "{{{lead.name}}", "{Padaria Sol}" },
  { "a } b", "a } b" },
  { "{lead.name", "{lead.name" },
  { "{lead {lead.name}", "{lead Padaria Sol" },
  { "{", "{" },
  { "{{", "{" },
};

static void
test_expand (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  g_autoptr (WfJsonDocument) lead = wf_test_json ("{ 'interest': 'from the cache', 'phone': '5' }");
  WfConditionContext context = { .event = event, .organisation = organisation };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      context.lead = g_str_equal (cases[i][0], "{lead.interest}") ? wf_json_document_get_root (lead)
                                                                  : NULL;
      text = wf_merge_text_expand (cases[i][0], &context);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_without_organisation (void)
{
  g_autoptr (WfEvent) event = wf_test_event (event_text);
  WfConditionContext context = { .event = event };
  g_autofree char *text = wf_merge_text_expand ("{lead.owner} {meeting.start}", &context);

  g_assert_cmpstr (text, ==, "ana 2026-11-23 12:30");
}

static void
test_check (void)
{
  static const char *const checks[][3] = {
    { "{lead.name} {{ {lead.custom.x}", "lead.received", "" },
    { "{meeting.start}", "lead.received", "unknown-field /p" },
    { "{meeting.start}", "meeting.scheduled", "" },
    { "{lead.name", "lead.received", "unclosed-brace /p" },
    { "{lead {lead.name} {", "lead.received", "unclosed-brace /p\nunclosed-brace /p" },
    { "{}", "lead.received", "unknown-field /p" },
    { "{}", "moon.rose", "unknown-field /p" },
    { "{moon.phase} {", "moon.rose", "unclosed-brace /p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autofree char *text = NULL;

      wf_merge_text_check (checks[i][0], checks[i][1], "/p", problems);
      text = wf_test_problems_to_text (problems);
      g_assert_cmpstr (text, ==, checks[i][2]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-text/expand", test_expand);
  g_test_add_func ("/merge-text/without-organisation", test_without_organisation);
  g_test_add_func ("/merge-text/check", test_check);
  return g_test_run ();
}
