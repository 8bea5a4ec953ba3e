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
append_field (const char *field, gpointer data)
{
  g_string_append_printf (data, "[%s]", field);
}

/* What a validation asks: which fields a text names, and how many of its braces are open. */
static void
test_fields (void)
{
  static const struct
  {
    const char *text, *fields;
    guint n_unclosed;
  } rows[] = {
    { "{lead.name} {{ {lead.custom.x}", "[lead.name][lead.custom.x]", 0 },
    { "{lead.name", "", 1 },
    { "{lead {lead.name} {", "[lead.name]", 2 },
    { "{}", "[]", 0 },
    { "{moon.phase} {", "[moon.phase]", 1 },
    { "no field {{", "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) fields = g_string_new (NULL);

      g_assert_cmpuint (wf_merge_text_foreach_field (rows[i].text, append_field, fields), ==,
                        rows[i].n_unclosed);
      g_assert_cmpstr (fields->str, ==, rows[i].fields);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-text/expand", test_expand);
  g_test_add_func ("/merge-text/without-organisation", test_without_organisation);
  g_test_add_func ("/merge-text/fields", test_fields);
  return g_test_run ();
}
