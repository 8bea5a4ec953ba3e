/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions: as JSON, and what each makes of a lead (S16, S17). */
#include "wf-action-apply.h"
#include "wf-test-documents.h"

#include <string.h>

#define KEY "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"

/* Two pipelines of leads and one of deals. */
static WfOrganisation *
make_organisation (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{ 'format': 1, 'name': 'Acme', 'process': '1', 'people': [ { 'id': 'ana', 'name': 'Ana',"
      "  'role': 'attendant' }, { 'id': 'leo', 'name': 'Léo', 'role': 'attendant', 'active': false } ],"
      "  'pipelines': ["
      "    { 'id': 'sales', 'record': 'lead', 'stages': [ { 'id': 'new', 'name': 'New' },"
      "      { 'id': 'filter-1', 'name': 'Filter 1' }, { 'id': 'filter-2', 'name': 'Filter 2' },"
      "      { 'id': 'done', 'name': 'Done' } ] },"
      "    { 'id': 'partners', 'record': 'lead', 'stages': [ { 'id': 'asked', 'name': 'Asked' },"
      "      { 'id': 'signed', 'name': 'Signed' } ] },"
      "    { 'id': 'deals', 'record': 'deal', 'stages': [ { 'id': 'offer', 'name': 'Offer' },"
      "      { 'id': 'won', 'name': 'Won' } ] } ] }");
  WfOrganisation *organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);

  g_assert_nonnull (organisation);
  return organisation;
}

static WfAction *
read_action (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);

  return wf_action_read (wf_json_document_get_root (document), KEY, problems);
}

/* ---- as JSON ---- */

/* Each kind with all its members, in the order in which we write. */
static const char *const whole[] = {
  "{\"kind\":\"post-to-stream\",\"lead\":\"l-1\",\"record\":\"d-1\",\"cause\":\"w/r/1\",\"text\":\"Look\","
  "\"mentions\":[\"ana\"],\"sender\":\"ana\"}",
  "{\"kind\":\"change-stage\",\"lead\":\"l-1\",\"stage\":\"filter-2\",\"allow-back\":true,\"reason\":\"r\"}",
  "{\"kind\":\"change-responsible\",\"lead\":\"l-1\",\"owner\":\"ana\",\"strategy\":\"round-robin\","
  "\"group\":\"inbound\",\"candidates\":[\"ana\",\"leo\"]}",
  "{\"kind\":\"set-field\",\"lead\":\"l-1\",\"field\":\"lead.custom.sector\",\"value\":\"food\"}",
  "{\"kind\":\"add-score\",\"lead\":\"l-1\",\"points\":-5}",
  "{\"kind\":\"send-email\",\"lead\":\"l-1\",\"to\":[\"a@x.example\"],\"subject\":\"S\",\"text\":\"T\","
  "\"sender\":\"ana\",\"track-opening\":true}",
  "{\"kind\":\"send-message\",\"lead\":\"l-1\",\"channel\":\"whatsapp\",\"to\":\"+5511\",\"template\":\"hello\","
  "\"variables\":{\"1\":\"x\"}}",
  "{\"kind\":\"add-to-audience\",\"lead\":\"l-1\",\"platform\":\"google\",\"audience\":\"warm\","
  "\"email-sha256\":\"00\",\"phone-sha256\":\"11\"}",
  "{\"kind\":\"webhook\",\"lead\":\"l-1\",\"url\":\"https://x.example\",\"payload\":null,\"allow-private\":true}",
  "{\"kind\":\"delete-record\",\"lead\":\"l-1\"}",
  "{\"kind\":\"close-activities\",\"lead\":\"l-1\",\"activity-types\":[\"t\"],\"workflow\":\"w\",\"reason\":\"r\"}",
  "{\"kind\":\"start-workflow\",\"lead\":\"l-1\",\"workflow\":\"w\"}",
  "{\"kind\":\"create-lead\",\"lead\":\"l-1\",\"name\":\"Sol\",\"phone\":\"+5511\",\"email\":\"a@x.example\","
  "\"interest\":\"ovens\",\"notes\":\"n\",\"unit\":\"u\",\"origin\":\"flow\"}",
  "{\"kind\":\"set-absence\",\"person\":\"ana\",\"absence\":{\"id\":\"a\"}}",
  "{\"kind\":\"end-absence\",\"person\":\"ana\",\"absence\":\"a\"}",
};
G_STATIC_ASSERT (G_N_ELEMENTS (whole) == WF_N_ACTION_KINDS);

static void
test_round_trip (void)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (whole); kind++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfAction) action = read_action (whole[kind], problems);
      g_autoptr (WfAction) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *with_key = NULL;
      g_autofree char *text_again = NULL;

      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_cmpint (action->kind, ==, (int) kind);
      g_assert_cmpstr (action->key, ==, KEY);
      g_assert_cmpstr (action->lead, ==, strstr (whole[kind], "\"lead\"") != NULL ? "l-1" : NULL);
      text = wf_action_to_text (action, FALSE);
      g_assert_cmpstr (text, ==, whole[kind]);
      with_key = wf_action_to_text (action, TRUE);
      g_assert_true (g_str_has_prefix (with_key, "{\"key\":\"" KEY "\",\"kind\":"));
      again = read_action (with_key, problems);
      text_again = wf_action_to_text (again, TRUE);
      g_assert_cmpstr (text_again, ==, with_key);
    }
}

static void
test_members (void)
{
  WfAction *action = wf_action_new (WF_ACTION_SET_FIELD, KEY, NULL,
                                    wf_test_json ("{ 'field': 'lead.name', 'value': 5 }"));
  WfAction *again = wf_action_ref (action);
  WfActionKind kind;

  wf_action_unref (action);
  g_assert_null (again->lead);
  g_assert_cmpstr (wf_action_get_text (again, "field"), ==, "lead.name");
  g_assert_null (wf_action_get_text (again, "value"));
  g_assert_nonnull (wf_action_get_member (again, "value"));
  g_assert_null (wf_action_get_member (again, "colour"));
  wf_action_unref (again);
  wf_action_unref (NULL);
  g_assert_true (wf_action_kind_parse ("webhook", &kind));
  g_assert_cmpint (kind, ==, WF_ACTION_WEBHOOK);
  g_assert_false (wf_action_kind_parse ("teleport", &kind));
  g_assert_false (wf_action_kind_parse (NULL, &kind));
}

static void
test_mistakes (void)
{
  static const char *const cases[][2] = {
    { "[]", "wrong-type " },
    { "{}", "missing /kind" },
    { "{ 'kind': 'teleport' }", "unknown-value /kind" },
    { "{ 'key': 5, 'kind': 'delete-record' }", "wrong-type /key" },
    { "{ 'kind': 'delete-record', 'lead': 5, 'record': [], 'cause': {} }",
      "wrong-type /lead\nwrong-type /record\nwrong-type /cause" },
    { "{ 'kind': 'delete-record', 'lead': null, 'record': null, 'cause': null }", "" },
    { "{ 'kind': 'post-to-stream' }", "missing /text" },
    { "{ 'kind': 'post-to-stream', 'text': 'x', 'mentions': [5], 'sender': 5 }",
      "wrong-type /mentions/0\nwrong-type /sender" },
    { "{ 'kind': 'change-stage', 'stage': 1, 'allow-back': 'yes' }",
      "wrong-type /stage\nwrong-type /allow-back" },
    { "{ 'kind': 'change-responsible', 'owner': 'ana', 'rule': 'first' }", "wrong-type /rule" },
    { "{ 'kind': 'change-responsible', 'owner': null }", "" },
    { "{ 'kind': 'change-responsible', 'owner': 5 }", "wrong-type /owner" },
    { "{ 'kind': 'change-stage', 'stage': null }", "wrong-type /stage" },
    { "{ 'kind': 'create-lead', 'name': null }", "wrong-type /name" },
    { "{ 'kind': 'change-responsible', 'strategy': 'dice' }",
      "missing /owner\nunknown-value /strategy" },
    { "{ 'kind': 'set-field' }", "missing /field\nmissing /value" },
    { "{ 'kind': 'set-field', 'field': 'lead.name', 'value': null }", "" },
    { "{ 'kind': 'add-score', 'points': '5' }", "wrong-type /points" },
    { "{ 'kind': 'send-email', 'to': [], 'subject': 'S', 'text': 'T' }", "missing /to" },
    { "{ 'kind': 'send-email', 'to': 'a@x.example' }",
      "wrong-type /to\nmissing /subject\nmissing /text" },
    { "{ 'kind': 'send-message', 'channel': 'sms', 'to': '1' }", "missing /text" },
    { "{ 'kind': 'send-message', 'channel': 'fax', 'text': 'x' }",
      "unknown-value /channel\nmissing /to" },
    { "{ 'kind': 'add-to-audience', 'email-sha256': 5 }",
      "missing /platform\nmissing /audience\nwrong-type /email-sha256" },
    { "{ 'kind': 'webhook', 'url': 'https://x.example' }", "missing /payload" },
    { "{ 'kind': 'close-activities', 'activity-types': 'a' }", "wrong-type /activity-types" },
    { "{ 'kind': 'start-workflow' }", "missing /workflow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfAction) action = read_action (cases[i][0], problems);
      g_autofree char *shown = wf_test_problems_to_text (problems);

      g_assert_cmpstr (shown, ==, cases[i][1]);
      g_assert_cmpint (action == NULL, ==, cases[i][1][0] != '\0');
    }
}

/* The key comes from the object or from the address; it is a UUID. */
static void
test_keys (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfJsonDocument) none = wf_test_json ("{ 'kind': 'delete-record' }");
  g_autoptr (WfJsonDocument) own =
      wf_test_json ("{ 'key': '11111111-6d0a-4b67-9a55-3f3f6f1b0c11', 'kind': 'delete-record' }");
  g_autoptr (WfJsonDocument) wrong = wf_test_json ("{ 'key': 'x', 'kind': 'delete-record' }");
  g_autoptr (WfAction) action = wf_action_read (wf_json_document_get_root (own), NULL, problems);
  g_autoptr (WfAction) with_other = wf_action_read (wf_json_document_get_root (own), KEY, problems);
  g_autofree char *shown = NULL;

  g_assert_cmpstr (action->key, ==, "11111111-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_assert_cmpstr (with_other->key, ==, KEY);
  g_assert_null (wf_action_read (wf_json_document_get_root (none), NULL, problems));
  g_assert_null (wf_action_read (wf_json_document_get_root (wrong), NULL, problems));
  shown = wf_test_problems_to_text (problems);
  g_assert_cmpstr (shown, ==, "missing /key\nwrong-text /key");
}

/* ---- S17 ---- */

static void
test_forward (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean forward;
  } cases[] = {
    { "new", "filter-1", TRUE },  { "new", "done", TRUE },        { "filter-1", "filter-1", FALSE },
    { "filter-2", "new", FALSE }, { "done", "filter-2", FALSE },  { "asked", "signed", TRUE },
    { "signed", "asked", FALSE }, { "new", "signed", FALSE },     { "asked", "done", FALSE },
    { "offer", "won", TRUE },     { "new", "won", FALSE },        { NULL, "new", TRUE },
    { "", "done", TRUE },         { NULL, "gone", FALSE },        { "gone", "new", FALSE },
    { "new", "gone", FALSE },     { "discarded", "done", FALSE },
  };
  g_autoptr (WfOrganisation) organisation = make_organisation ();
  g_autoptr (WfOrganisation) empty = wf_organisation_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s -> %s", cases[i].from, cases[i].to);
      g_assert_cmpint (wf_organisation_is_forward (organisation, cases[i].from, cases[i].to), ==,
                       cases[i].forward);
      g_assert_false (wf_organisation_is_forward (empty, cases[i].from, cases[i].to));
    }
}

/* ---- what becomes of a lead ---- */

static const struct
{
  const char *action, *lead;
  WfApplyOutcome outcome;
  const char *after;
} applied[] = {
  /* stages */
  { "'kind': 'change-stage', 'stage': 'filter-2'", "{ 'id': 'l', 'stage': 'new', 'score': 1 }",
    WF_APPLY_CHANGED, "{\"id\":\"l\",\"stage\":\"filter-2\",\"score\":1}" },
  { "'kind': 'change-stage', 'stage': 'new'", "{ 'id': 'l' }", WF_APPLY_CHANGED,
    "{\"id\":\"l\",\"stage\":\"new\"}" },
  { "'kind': 'change-stage', 'stage': 'new'", "{ 'stage': null }", WF_APPLY_CHANGED,
    "{\"stage\":\"new\"}" },
  { "'kind': 'change-stage', 'stage': 'new'", "{ 'stage': 'new' }", WF_APPLY_SAME, NULL },
  { "'kind': 'change-stage', 'stage': 'new'", "{ 'stage': 'filter-2' }", WF_APPLY_FURTHER, NULL },
  { "'kind': 'change-stage', 'stage': 'new', 'allow-back': true", "{ 'stage': 'filter-2' }",
    WF_APPLY_CHANGED, "{\"stage\":\"new\"}" },
  { "'kind': 'change-stage', 'stage': 'new'", "{ 'stage': 'discarded' }", WF_APPLY_FURTHER, NULL },
  { "'kind': 'change-stage', 'stage': 'signed'", "{ 'stage': 'new' }", WF_APPLY_FURTHER, NULL },
  { "'kind': 'change-stage', 'stage': 'gone'", "{ 'stage': 'new' }", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'change-stage', 'stage': 'gone', 'allow-back': true", "{ 'stage': 'new' }",
    WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'change-stage', 'stage': 'won'", "{ 'stage': 'new' }", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'change-stage', 'stage': 'won', 'record': 'd-1'", "{ 'stage': 'new' }",
    WF_APPLY_NOTHING, NULL },
  /* people */
  { "'kind': 'change-responsible', 'owner': 'ana'", "{ 'owner': 'leo' }", WF_APPLY_CHANGED,
    "{\"owner\":\"ana\"}" },
  { "'kind': 'change-responsible', 'owner': 'ana'", NULL, WF_APPLY_CHANGED, "{\"owner\":\"ana\"}" },
  { "'kind': 'change-responsible', 'owner': 'ana'", "{ 'owner': 'ana' }", WF_APPLY_SAME, NULL },
  /* S11: to the queue */
  { "'kind': 'change-responsible', 'owner': null", "{ 'owner': 'leo' }", WF_APPLY_CHANGED,
    "{\"owner\":null}" },
  { "'kind': 'change-responsible', 'owner': null", "{ 'id': 'l' }", WF_APPLY_SAME, NULL },
  { "'kind': 'change-responsible', 'owner': null", "{ 'owner': null }", WF_APPLY_SAME, NULL },
  { "'kind': 'change-responsible', 'owner': 'gone'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'change-responsible', 'owner': ''", "{}", WF_APPLY_UNKNOWN, NULL },
  /* fields */
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': 'ovens'",
    "{ 'a': 1, 'interest': 'x', 'z': 2 }", WF_APPLY_CHANGED,
    "{\"a\":1,\"interest\":\"ovens\",\"z\":2}" },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': 'ovens'", "{ 'interest': 'ovens' }",
    WF_APPLY_SAME, NULL },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': ''", "{}", WF_APPLY_SAME, NULL },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': null", "{ 'interest': 'x' }",
    WF_APPLY_CHANGED, "{\"interest\":null}" },
  { "'kind': 'set-field', 'field': 'lead.name', 'value': 7", "{}", WF_APPLY_CHANGED,
    "{\"name\":\"7\"}" },
  { "'kind': 'set-field', 'field': 'lead.name', 'value': true", "{}", WF_APPLY_CHANGED,
    "{\"name\":\"true\"}" },
  { "'kind': 'set-field', 'field': 'lead.name', 'value': ['x']", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': '35'", "{}", WF_APPLY_CHANGED,
    "{\"score\":35}" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': 2.5", "{}", WF_APPLY_CHANGED,
    "{\"score\":2.5}" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': 'high'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'lead.tags', 'value': ' vip, hot,, '", "{ 'tags': ['old'] }",
    WF_APPLY_CHANGED, "{\"tags\":[\"vip\",\"hot\"]}" },
  { "'kind': 'set-field', 'field': 'lead.tags', 'value': ['vip']", "{ 'tags': ['vip'] }",
    WF_APPLY_SAME, NULL },
  { "'kind': 'set-field', 'field': 'lead.tags', 'value': { 'a': 1 }", "{}", WF_APPLY_UNKNOWN,
    NULL },
  { "'kind': 'set-field', 'field': 'lead.custom.sector', 'value': 'food'", "{ 'name': 'N' }",
    WF_APPLY_CHANGED, "{\"name\":\"N\",\"custom\":{\"sector\":\"food\"}}" },
  { "'kind': 'set-field', 'field': 'lead.custom.sector', 'value': 'food'",
    "{ 'custom': { 'a': 1, 'sector': 'x', 'b': 2 }, 'name': 'N' }", WF_APPLY_CHANGED,
    "{\"custom\":{\"a\":1,\"sector\":\"food\",\"b\":2},\"name\":\"N\"}" },
  { "'kind': 'set-field', 'field': 'lead.custom.a.b', 'value': 5", "{ 'custom': { 'c': 1 } }",
    WF_APPLY_CHANGED, "{\"custom\":{\"c\":1,\"a\":{\"b\":5}}}" },
  { "'kind': 'set-field', 'field': 'lead.custom.a.b', 'value': 5", "{ 'custom': { 'a': 'x' } }",
    WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'lead.custom.a', 'value': 5", "{ 'custom': null }",
    WF_APPLY_CHANGED, "{\"custom\":{\"a\":5}}" },
  { "'kind': 'set-field', 'field': 'lead.stage', 'value': 'done'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'lead.owner', 'value': 'ana'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'lead.id', 'value': 'x'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'name', 'value': 'x'", "{}", WF_APPLY_UNKNOWN, NULL },
  { "'kind': 'set-field', 'field': 'deal.custom.x', 'value': 'x'", "{}", WF_APPLY_UNKNOWN, NULL },
  /* scores */
  { "'kind': 'add-score', 'points': 10", "{ 'score': 35 }", WF_APPLY_CHANGED, "{\"score\":45}" },
  { "'kind': 'add-score', 'points': -10", "{}", WF_APPLY_CHANGED, "{\"score\":-10}" },
  { "'kind': 'add-score', 'points': 0.5", "{ 'score': '1' }", WF_APPLY_CHANGED, "{\"score\":1.5}" },
  { "'kind': 'add-score', 'points': 0", "{ 'score': 35 }", WF_APPLY_SAME, NULL },
  { "'kind': 'add-score', 'points': 5", "{ 'score': 'high' }", WF_APPLY_UNKNOWN, NULL },
  /* what changes no lead */
  { "'kind': 'post-to-stream', 'text': 'x'", "{}", WF_APPLY_NOTHING, NULL },
  { "'kind': 'send-email', 'to': ['a'], 'subject': 'S', 'text': 'T'", "{}", WF_APPLY_NOTHING,
    NULL },
  { "'kind': 'send-message', 'channel': 'sms', 'to': '1', 'text': 'x'", "{}", WF_APPLY_NOTHING,
    NULL },
  { "'kind': 'add-to-audience', 'platform': 'google', 'audience': 'a'", "{}", WF_APPLY_NOTHING,
    NULL },
  { "'kind': 'webhook', 'url': 'https://x.example', 'payload': {}", "{}", WF_APPLY_NOTHING, NULL },
  { "'kind': 'delete-record'", "{}", WF_APPLY_NOTHING, NULL },
  { "'kind': 'close-activities'", "{}", WF_APPLY_NOTHING, NULL },
  { "'kind': 'start-workflow', 'workflow': 'w'", "{}", WF_APPLY_NOTHING, NULL },
};

static void
test_apply (void)
{
  g_autoptr (WfOrganisation) organisation = make_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (applied); i++)
    {
      g_autofree char *text = g_strdup_printf ("{ %s }", applied[i].action);
      g_autoptr (WfAction) action = read_action (text, NULL);
      g_autoptr (WfJsonDocument) lead = applied[i].lead != NULL ? wf_test_json (applied[i].lead)
                                                                : NULL;
      g_autoptr (WfJsonDocument) after = NULL;
      g_autofree char *shown = NULL;
      WfApplyOutcome outcome;

      g_test_message ("%s on %s", applied[i].action, applied[i].lead);
      g_assert_nonnull (action);
      outcome = wf_action_apply (action, lead != NULL ? wf_json_document_get_root (lead) : NULL,
                                 organisation, &after);
      g_assert_cmpint (outcome, ==, applied[i].outcome);
      shown = after != NULL ? wf_json_to_text (wf_json_document_get_root (after), FALSE) : NULL;
      g_assert_cmpstr (shown, ==, applied[i].after);
    }
}

/* Without an organisation every stage may follow every other, and everybody may be responsible. */
static void
test_apply_without_organisation (void)
{
  static const char *const actions[] = {
    "{ 'kind': 'change-stage', 'stage': 'new' }",
    "{ 'kind': 'change-responsible', 'owner': 'gone' }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (WfAction) action = read_action (actions[i], NULL);
      g_autoptr (WfJsonDocument) lead = wf_test_json ("{ 'stage': 'done', 'owner': 'ana' }");
      g_autoptr (WfJsonDocument) after = NULL;

      g_assert_cmpint (wf_action_apply (action, wf_json_document_get_root (lead), NULL, &after), ==,
                       WF_APPLY_CHANGED);
      g_assert_nonnull (after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/action/round-trip", test_round_trip);
  g_test_add_func ("/action/members", test_members);
  g_test_add_func ("/action/mistakes", test_mistakes);
  g_test_add_func ("/action/keys", test_keys);
  g_test_add_func ("/action/forward", test_forward);
  g_test_add_func ("/action/apply", test_apply);
  g_test_add_func ("/action/apply-without-organisation", test_apply_without_organisation);
  return g_test_run ();
}
