/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that can be wrong with the settings of each kind of step, and with a schedule. */
#include "wf-test-documents.h"

#include <string.h>

#define ORGANISATION                                                                                \
  "{ 'format': 1, 'name': 'Acme', 'process': '1',"                                                  \
  "  'people': [ { 'id': 'ana', 'name': 'Ana Souza', 'role': 'attendant', 'groups': ['inbound'] }," \
  "              { 'id': 'leo', 'name': 'Léo Braga', 'role': 'attendant', 'active': false } ],"     \
  "  'groups': [ { 'id': 'inbound', 'name': 'Inbound' } ],"                                         \
  "  'activity-types': [ { 'id': 'filter-1', 'name': 'Filter 1' } ],"                               \
  "  'pipelines': [ { 'id': 'leads', 'record': 'lead', 'stages': [ { 'id': 'new', 'name': 'New' }," \
  "      { 'id': 'filter-2', 'name': 'Filter 2' } ] },"                                             \
  "    { 'id': 'deals', 'record': 'deal', 'stages': [ { 'id': 'won', 'name': 'Won' } ] } ] }"

#define DAY "{ 'amount': 1, 'unit': 'days' }"

/* Members of one step beside its id; its problems. */
static const char *const cases[][2] = {
  /* who gets an activity, and how it ends (R126, B8, B9) */
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'person:ana', 'retire-on': ['email.replied'], 'join': true",
    "" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'person:gone'",
    "unknown-person /steps/0/assignee" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'person:leo'",
    "?inactive-person /steps/0/assignee" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'round-robin:gone'",
    "unknown-group /steps/0/assignee" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'least-loaded:'",
    "unknown-assignee /steps/0/assignee" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 'group:inbound', 'retire-on': [5, '', 'moon.rose']",
    "wrong-type /steps/0/retire-on/0\nunknown-assignee /steps/0/assignee\n"
    "missing /steps/0/retire-on/1\n?unknown-event /steps/0/retire-on/2" },
  { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
    ", 'assignee': 5, 'retire-on': 'email.replied', 'join': 1",
    "wrong-type /steps/0/assignee\nwrong-type /steps/0/retire-on\nwrong-type /steps/0/join" },
  { "'kind': 'schedule-call', 'complete-within': " DAY ", 'lasts': " DAY, "" },
  { "'kind': 'schedule-call', 'activity-type': 'gone', 'complete-within': { 'amount': 29, 'unit': 'minutes' }",
    "unknown-activity-type /steps/0/activity-type\nduration-too-short /steps/0/complete-within/amount" },
  { "'kind': 'schedule-call', 'lasts': { 'amount': 0, 'unit': 'days' }",
    "amount-out-of-range /steps/0/lasts/amount\nmissing /steps/0/complete-within" },
  { "'kind': 'schedule-meeting', 'complete-within': " DAY ", 'place': 'At {lead.nmae}'",
    "unknown-field /steps/0/place" },
  /* notify */
  { "'kind': 'notify', 'text': 'x', 'recipient': 'group:inbound'", "" },
  { "'kind': 'notify', 'text': 'x', 'recipient': 'group:gone'",
    "unknown-group /steps/0/recipient" },
  { "'kind': 'notify', 'text': 'x', 'recipient': 'group:'",
    "unknown-recipient /steps/0/recipient" },
  /* post-to-stream */
  { "'kind': 'post-to-stream'", "missing /steps/0/text" },
  { "'kind': 'post-to-stream', 'text': ' '", "missing /steps/0/text" },
  { "'kind': 'post-to-stream', 'text': 5, 'mentions': 'ana', 'sender': []",
    "wrong-type /steps/0/text\nwrong-type /steps/0/mentions\nwrong-type /steps/0/sender" },
  { "'kind': 'post-to-stream', 'text': '{lead.nmae} {', 'mentions': ['ana', '', 'person:gone', 'person:leo', 'group:gone', 5], 'sender': 'gone'",
    "unknown-field /steps/0/text\nunclosed-brace /steps/0/text\nunknown-recipient /steps/0/mentions/0\n"
    "missing /steps/0/mentions/1\nunknown-person /steps/0/mentions/2\n?inactive-person /steps/0/mentions/3\n"
    "unknown-group /steps/0/mentions/4\nwrong-type /steps/0/mentions/5\nunknown-person /steps/0/sender" },
  { "'kind': 'post-to-stream', 'text': 'x', 'sender': ' '", "missing /steps/0/sender" },
  { "'kind': 'post-to-stream', 'text': 'a\\u0000b'", "wrong-text /steps/0/text" },
  /* change-stage */
  { "'kind': 'change-stage', 'stage': 'filter-2', 'reason': '{lead.name}'", "" },
  { "'kind': 'change-stage', 'stage': 'won', 'record': 'deal'", "" },
  { "'kind': 'change-stage'", "missing /steps/0/stage" },
  { "'kind': 'change-stage', 'stage': ''", "missing /steps/0/stage" },
  { "'kind': 'change-stage', 'stage': 'won'", "unknown-stage /steps/0/stage" },
  { "'kind': 'change-stage', 'stage': 'new', 'record': 'deal'", "unknown-stage /steps/0/stage" },
  { "'kind': 'change-stage', 'stage': 'new', 'record': 'order', 'allow-back': 'yes', 'reason': 'a\\nb'",
    "unknown-value /steps/0/record\nwrong-type /steps/0/allow-back\nwrong-text /steps/0/reason" },
  /* change-responsible */
  { "'kind': 'change-responsible', 'to': 'round-robin:inbound'", "" },
  { "'kind': 'change-responsible', 'rules': [ { 'if': { 'field': 'lead.region', 'op': 'eq', 'value': 's' }, 'to': 'person:ana' } ], 'to': 'manager'",
    "" },
  { "'kind': 'change-responsible', 'rules': [ 5, {}, { 'if': { 'all': 5 }, 'to': 'boss' },"
    " { 'if': { 'any': [ { 'field': 'meeting.dawn', 'op': 'is-set' } ] }, 'to': 'person:gone', 'colour': 1 } ]",
    "wrong-type /steps/0/rules/0\nmissing /steps/0/rules/1/if\nmissing /steps/0/rules/1/to\n"
    "wrong-type /steps/0/rules/2/if/all\nunknown-assignee /steps/0/rules/2/to\n"
    "?unknown-member /steps/0/rules/3/colour\n?unknown-field /steps/0/rules/3/if/any/0/field\n"
    "unknown-person /steps/0/rules/3/to\nmissing /steps/0/to" },
  { "'kind': 'change-responsible', 'rules': {}, 'to': 5",
    "wrong-type /steps/0/rules\nwrong-type /steps/0/to" },
  /* set-field */
  { "'kind': 'set-field', 'field': 'lead.custom.sector', 'value': ''", "" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': '{lead.custom.points}'", "" },
  { "'kind': 'set-field', 'field': 'lead.group', 'value': 'inbound'", "" },
  { "'kind': 'set-field'", "missing /steps/0/field\nmissing /steps/0/value" },
  { "'kind': 'set-field', 'field': 'lead.stage', 'value': 'new'", "not-writable /steps/0/field" },
  { "'kind': 'set-field', 'field': 'deal.custom.x', 'value': 'new'",
    "not-writable /steps/0/field" },
  { "'kind': 'set-field', 'field': 'lead.nmae', 'value': null",
    "unknown-field /steps/0/field\nwrong-type /steps/0/value" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': 'high'", "wrong-type /steps/0/value" },
  { "'kind': 'set-field', 'field': 'lead.score', 'value': true", "wrong-type /steps/0/value" },
  { "'kind': 'set-field', 'field': 'lead.group', 'value': 'gone'", "unknown-group /steps/0/value" },
  { "'kind': 'set-field', 'field': 'lead.interest', 'value': '{lead.nmae}'",
    "unknown-field /steps/0/value" },
  /* add-score */
  { "'kind': 'add-score', 'points': -5", "" },
  { "'kind': 'add-score'", "missing /steps/0/points" },
  { "'kind': 'add-score', 'points': 0", "out-of-range /steps/0/points" },
  { "'kind': 'add-score', 'points': 1000001", "out-of-range /steps/0/points" },
  { "'kind': 'add-score', 'points': 0.5", "wrong-type /steps/0/points" },
  { "'kind': 'add-score', 'points': '5'", "wrong-type /steps/0/points" },
  /* send-email */
  { "'kind': 'send-email', 'subject': 'Hello {lead.name}', 'text': 'a\\nb'", "" },
  { "'kind': 'send-email'", "missing /steps/0/subject\nmissing /steps/0/text" },
  { "'kind': 'send-email', 'to': 'all', 'subject': 'a\\nBcc: b', 'text': '', 'sender': 'leo', 'track-opening': 1",
    "unknown-value /steps/0/to\nwrong-text /steps/0/subject\nmissing /steps/0/text\n"
    "?inactive-person /steps/0/sender\nwrong-type /steps/0/track-opening" },
  /* send-message */
  { "'kind': 'send-message', 'text': 'x'", "" },
  { "'kind': 'send-message', 'channel': 'whatsapp', 'template': 'hello'", "" },
  { "'kind': 'send-message'", "missing /steps/0/text" },
  { "'kind': 'send-message', 'text': ' '", "missing /steps/0/text" },
  { "'kind': 'send-message', 'channel': 'whatsapp', 'text': 'x'", "missing /steps/0/template" },
  { "'kind': 'send-message', 'channel': 'fax', 'template': ''",
    "unknown-value /steps/0/channel\nmissing /steps/0/template\nmissing /steps/0/text" },
  { "'kind': 'send-message', 'template': 'a\\tb'", "wrong-text /steps/0/template" },
  /* add-to-audience */
  { "'kind': 'add-to-audience', 'audience': 'warm'", "" },
  { "'kind': 'add-to-audience', 'platform': 'radio', 'by': 'name'",
    "unknown-value /steps/0/platform\nmissing /steps/0/audience\nunknown-value /steps/0/by" },
  /* webhook */
  { "'kind': 'webhook', 'url': 'https://x.example/?lead={lead.id}&n={lead.name}'", "" },
  { "'kind': 'webhook'", "missing /steps/0/url" },
  { "'kind': 'webhook', 'url': 5, 'send': 'all', 'allow-private': 1",
    "wrong-type /steps/0/url\nunknown-value /steps/0/send\nwrong-type /steps/0/allow-private" },
  { "'kind': 'webhook', 'url': 'x.example'", "url-invalid /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https:///x'", "url-invalid /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https://x.example/a b'", "url-invalid /steps/0/url" },
  { "'kind': 'webhook', 'url': 'ftp://x.example'", "url-scheme /steps/0/url" },
  { "'kind': 'webhook', 'url': 'javascript:alert(1)'", "url-scheme /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https://ana:secret@x.example'", "url-user-info /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https://ana@x.example'", "url-user-info /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https://{lead.company}.example/'",
    "url-field-in-host /steps/0/url" },
  { "'kind': 'webhook', 'url': '{lead.custom.url}'", "url-field-in-host /steps/0/url" },
  { "'kind': 'webhook', 'url': 'https://x.example/{lead.nmae}'", "unknown-field /steps/0/url" },
  /* delete-record (R78) */
  { "'kind': 'delete-record', 'confirmed': true", "?deletes-record /steps/0/kind" },
  { "'kind': 'delete-record'", "not-confirmed /steps/0/confirmed\n?deletes-record /steps/0/kind" },
  { "'kind': 'delete-record', 'confirmed': false, 'record': 'order'",
    "unknown-value /steps/0/record\nnot-confirmed /steps/0/confirmed\n?deletes-record /steps/0/kind" },
  { "'kind': 'delete-record', 'confirmed': 'yes'",
    "wrong-type /steps/0/confirmed\n?deletes-record /steps/0/kind" },
  /* control (R85) */
  { "'kind': 'control', 'at-most': { 'amount': 3, 'unit': 'days' }, 'stage': 'new', 'text': '{lead.name}'",
    "" },
  { "'kind': 'control'", "missing /steps/0/at-most" },
  { "'kind': 'control', 'at-most': 3, 'business-hours': 'x', 'stage': 'won', 'recipient': 'boss'",
    "wrong-type /steps/0/at-most\nwrong-type /steps/0/business-hours\nunknown-stage /steps/0/stage\n"
    "unknown-recipient /steps/0/recipient" },
  { "'kind': 'control', 'at-most': { 'amount': 0, 'unit': 'days', 'colour': 1 }",
    "amount-out-of-range /steps/0/at-most/amount\n?unknown-member /steps/0/at-most/colour" },
  { "'kind': 'control', 'at-most': {}",
    "missing /steps/0/at-most/amount\nmissing /steps/0/at-most/unit" },
  /* close-activities */
  { "'kind': 'close-activities'", "" },
  { "'kind': 'close-activities', 'activity-types': ['filter-1', 'gone', '', 5], 'created-by': 'me', 'reason': 5",
    "unknown-activity-type /steps/0/activity-types/1\nmissing /steps/0/activity-types/2\n"
    "wrong-type /steps/0/activity-types/3\nunknown-value /steps/0/created-by\nwrong-type /steps/0/reason" },
  { "'kind': 'close-activities', 'activity-types': 'filter-1'",
    "wrong-type /steps/0/activity-types" },
  /* request-approval */
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': " DAY, "" },
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': { 'amount': 5, 'unit': 'minutes', 'before': 'meeting.start' }, 'notify': " DAY,
    "" },
  { "'kind': 'request-approval'", "missing /steps/0/text\nmissing /steps/0/complete-within" },
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': { 'amount': 29, 'unit': 'minutes' }, 'approver': 'person:gone', 'on-rejection': 'retry'",
    "unknown-person /steps/0/approver\nduration-too-short /steps/0/complete-within/amount\n"
    "unknown-value /steps/0/on-rejection" },
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': { 'amount': 1, 'unit': 'hours', 'before': 'meeting.title', 'business-time': 1, 'colour': 1 }",
    "?unknown-member /steps/0/complete-within/colour\nwrong-type /steps/0/complete-within/business-time\n"
    "not-a-date /steps/0/complete-within/before" },
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': { 'amount': 1, 'unit': 'hours', 'before': 5 }",
    "wrong-type /steps/0/complete-within/before" },
  { "'kind': 'request-approval', 'text': 'x', 'complete-within': " DAY ", 'notify': " DAY,
    "?notify-too-long /steps/0/notify" },
};

static WfOrganisation *
make_organisation (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (ORGANISATION);

  return wf_organisation_read (wf_json_document_get_root (document), NULL);
}

static char *
check (const char *trigger, const char *steps, const WfOrganisation *organisation)
{
  g_autofree char *text = g_strdup_printf (
      "{ 'format': 1, 'id': '6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11', 'name': 'N', 'trigger': { %s },"
      "  'steps': [ %s ] }",
      trigger, steps);
  g_autoptr (WfProblems) problems = wf_test_check_workflow (text, organisation, NULL);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    g_assert_cmpuint (strlen (wf_problems_get (problems, i)->text), >, 0);
  return wf_test_problems_to_text (problems);
}

static void
test_settings (void)
{
  g_autoptr (WfOrganisation) organisation = make_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *step = g_strdup_printf ("{ 'id': 'a', %s }", cases[i][0]);
      g_autofree char *shown = check ("'event': 'meeting.scheduled'", step, organisation);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (shown, ==, cases[i][1]);
    }
}

/* The time in a stage is controlled of the record that the trigger is about (S23): of the lead, and
 * of the deal where the event has one. */
static void
test_watched_stage (void)
{
  static const struct
  {
    const char *event, *stage, *problems;
  } vectors[] = {
    { "lead.stage-changed", "new", "" },
    { "lead.stage-changed", "won", "unknown-stage /steps/0/stage" },
    { "deal.stage-changed", "won", "" },
    { "deal.won", "won", "" },
    { "deal.stage-changed", "new", "" },
    { "deal.stage-changed", "gone", "unknown-stage /steps/0/stage" },
    { "moon.rose", "won", "?unknown-event /trigger/event" },
    { "moon.rose", "gone", "?unknown-event /trigger/event\nunknown-stage /steps/0/stage" },
  };
  g_autoptr (WfOrganisation) organisation = make_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *trigger = g_strdup_printf ("'event': '%s'", vectors[i].event);
      g_autofree char *step = g_strdup_printf (
          "{ 'id': 'a', 'kind': 'control', 'at-most': " DAY ", 'stage': '%s' }", vectors[i].stage);
      g_autofree char *shown = check (trigger, step, organisation);

      g_assert_cmpstr (shown, ==, vectors[i].problems);
    }
}

/* A CRM may tell neither stages nor types; without an organisation nothing is known at all. */
static void
test_unknown_organisation (void)
{
  static const char steps[] =
      "{ 'id': 'a', 'kind': 'change-stage', 'stage': 'gone' },"
      "{ 'id': 'b', 'kind': 'close-activities', 'activity-types': ['gone'] },"
      "{ 'id': 'c', 'kind': 'control', 'at-most': " DAY ", 'stage': 'gone' }";
  g_autoptr (WfOrganisation) empty = wf_organisation_new_empty ();
  g_autofree char *with_empty = check ("'event': 'lead.received'", steps, empty);
  g_autofree char *without =
      check ("'event': 'lead.received'",
             "{ 'id': 'a', 'kind': 'change-responsible', 'to': 'person:gone' },"
             "{ 'id': 'b', 'kind': 'create-activity', 'activity-type': 'x', 'complete-within': " DAY
             ", 'assignee': 'round-robin:gone' }",
             NULL);

  g_assert_cmpstr (with_empty, ==, "");
  g_assert_cmpstr (without, ==, "");
}

static void
test_lengths (void)
{
  g_autofree char *line = g_strnfill (1001, 'x');
  g_autofree char *text = g_strnfill (10001, 'x');
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *steps = NULL;
  g_autofree char *shown = NULL;

  for (guint i = 0; i < 101; i++)
    g_string_append_printf (rules, "%s{ 'if': { 'all': [] }, 'to': 'manager' }", i > 0 ? "," : "");
  steps = g_strdup_printf (
      "{ 'id': 'a', 'kind': 'send-email', 'subject': '%s', 'text': '%s' },"
      "{ 'id': 'b', 'kind': 'add-to-audience', 'audience': '%s' },"
      "{ 'id': 'c', 'kind': 'set-field', 'field': 'lead.interest', 'value': '%s' },"
      "{ 'id': 'd', 'kind': 'webhook', 'url': 'https://x.example/%s%s' },"
      "{ 'id': 'e', 'kind': 'schedule-meeting', 'complete-within': " DAY ", 'place': '%s' },"
      "{ 'id': 'f', 'kind': 'change-responsible', 'to': 'manager', 'rules': [ %s ] }",
      line, text, line, text, line, line, line, rules->str);
  shown = check ("'event': 'lead.received'", steps, NULL);
  g_assert_cmpstr (shown, ==,
                   "too-long /steps/0/subject\ntoo-long /steps/0/text\ntoo-long /steps/1/audience\n"
                   "too-long /steps/2/value\ntoo-long /steps/3/url\ntoo-long /steps/4/place\n"
                   "too-many-rules /steps/5/rules");
}

/* The answer of an approval is known below the step that asks for it. */
static void
test_approval_outcome (void)
{
#define ASK "{ 'id': 'ask', 'kind': 'request-approval', 'text': 'x', 'complete-within': " DAY " }"
#define TELL(id) "{ 'id': '" id "', 'kind': 'notify', 'text': '{approval.outcome}' }"
#define PATHS(first, second)                                                                       \
  "{ 'id': 'b', 'kind': 'branch', 'paths': [ { 'name': 'p', 'if': { 'field': 'approval.outcome',"  \
  " 'op': 'eq', 'value': 'approved' }, 'steps': [" first "] }, { 'name': 'q', 'steps': [" second   \
  "] } ] }"
  static const char *const outcomes[][2] = {
    { ASK ", " TELL ("t"), "" },
    { TELL ("t") ", " ASK, "unknown-field /steps/0/text" },
    { ASK ", " PATHS (TELL ("t"), TELL ("u")), "" },
    { PATHS (ASK ", " TELL ("t"), TELL ("u")) ", " TELL ("v"),
      "?field-not-carried /steps/0/paths/0/if/field\nunknown-field /steps/0/paths/1/steps/0/text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *shown = check ("'event': 'lead.received'", outcomes[i][0], NULL);

      g_assert_cmpstr (shown, ==, outcomes[i][1]);
    }
}

/* ---- schedules (R127) ---- */

#define DAILY "'event': 'schedule.tick', 'schedule': { 'every': 'day', 'at': '09:00' }"
#define WAIT "{ 'id': 'w', 'kind': 'wait', 'for': " DAY " }"

static void
test_schedules (void)
{
  static const char *const triggers[][2] = {
    { DAILY, "" },
    { DAILY ", 'for-each': 'lead'", "" },
    { "'event': 'schedule.tick', 'schedule': { 'date': 'lead.custom.renewal' }", "" },
    { "'event': 'schedule.tick'", "missing /trigger/schedule" },
    { "'event': 'schedule.tick', 'for-each': 'lead'",
      "missing /trigger/schedule\nfor-each-without-schedule /trigger/for-each" },
    { "'event': 'lead.received', 'schedule': { 'every': 'day', 'at': '09:00' }, 'for-each': 'lead'",
      "schedule-event /trigger/schedule" },
    { "'event': 'lead.received', 'for-each': 'lead'",
      "for-each-without-schedule /trigger/for-each" },
    { DAILY ", 'for-each': 'deal'", "unknown-value /trigger/for-each" },
    { "'event': 'schedule.tick', 'schedule': { 'every': 'day' }", "missing /trigger/schedule/at" },
    { "'event': 'schedule.tick', 'schedule': 5", "wrong-type /trigger/schedule" },
    { "'event': 'schedule.tick', 'schedule': { 'date': 'lead.name' }",
      "not-a-date /trigger/schedule/date" },
    { "'event': 'schedule.tick', 'schedule': { 'date': 'payment.due' }",
      "not-of-lead /trigger/schedule/date" },
    { "'event': 'schedule.tick', 'schedule': { 'date': 'lead.dawn' }",
      "unknown-field /trigger/schedule/date" },
    { DAILY ", 'conditions': { 'field': 'lead.score', 'op': 'ge', 'value': 1 }",
      "no-lead /trigger/conditions/field" },
    { DAILY ", 'for-each': 'lead', 'conditions': { 'field': 'lead.score', 'op': 'ge', 'value': 1 }",
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *shown = check (triggers[i][0], WAIT, NULL);

      g_test_message ("%s", triggers[i][0]);
      g_assert_cmpstr (shown, ==, triggers[i][1]);
    }
}

/* What needs a lead, under a schedule that has none. */
static void
test_no_lead (void)
{
  static const char *const steps[][2] = {
    { "'kind': 'notify', 'text': '{workflow} {event.time}', 'recipient': 'group:inbound'", "" },
    { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY
      ", 'assignee': 'round-robin:inbound'",
      "" },
    { "'kind': 'webhook', 'url': 'https://x.example'", "" },
    { "'kind': 'request-approval', 'text': 'x', 'complete-within': " DAY
      ", 'approver': 'person:ana'",
      "" },
    { "'kind': 'notify', 'text': '{lead.name} {lead.custom.x}', 'recipient': 'person:ana'",
      "no-lead /steps/0/text\nno-lead /steps/0/text" },
    { "'kind': 'notify', 'text': 'x'", "no-lead /steps/0/recipient" },
    { "'kind': 'notify', 'text': 'x', 'recipient': 'manager'", "no-lead /steps/0/recipient" },
    { "'kind': 'create-activity', 'activity-type': 'filter-1', 'complete-within': " DAY,
      "no-lead /steps/0/assignee" },
    { "'kind': 'request-approval', 'text': 'x', 'complete-within': " DAY,
      "no-lead /steps/0/approver" },
    { "'kind': 'wait', 'until': 'lead.created'", "no-lead /steps/0/until" },
    { "'kind': 'wait', 'until-condition': { 'field': 'lead.score', 'op': 'is-set' }, 'time-out': " DAY,
      "no-lead /steps/0/until-condition/field" },
    { "'kind': 'webhook', 'url': 'https://x.example', 'send': 'lead'", "no-lead /steps/0/send" },
    { "'kind': 'post-to-stream', 'text': 'x'", "no-lead /steps/0/kind" },
    { "'kind': 'change-stage', 'stage': 'new'", "no-lead /steps/0/kind" },
    { "'kind': 'change-responsible', 'to': 'person:ana'", "no-lead /steps/0/kind" },
    { "'kind': 'set-field', 'field': 'lead.interest', 'value': 'x'", "no-lead /steps/0/kind" },
    { "'kind': 'add-score', 'points': 1", "no-lead /steps/0/kind" },
    { "'kind': 'send-email', 'subject': 'S', 'text': 'T'", "no-lead /steps/0/kind" },
    { "'kind': 'send-message', 'text': 'T'", "no-lead /steps/0/kind" },
    { "'kind': 'add-to-audience', 'audience': 'a'", "no-lead /steps/0/kind" },
    { "'kind': 'delete-record', 'confirmed': true",
      "no-lead /steps/0/kind\n?deletes-record /steps/0/kind" },
    { "'kind': 'control', 'at-most': " DAY ", 'recipient': 'person:ana'", "no-lead /steps/0/kind" },
    { "'kind': 'close-activities'", "no-lead /steps/0/kind" },
  };
  g_autoptr (WfOrganisation) organisation = make_organisation ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *step = g_strdup_printf ("{ 'id': 'a', %s }", steps[i][0]);
      g_autofree char *without = check (DAILY, step, organisation);
      g_autofree char *with = check (DAILY ", 'for-each': 'lead'", step, organisation);

      g_test_message ("%s", steps[i][0]);
      g_assert_cmpstr (without, ==, steps[i][1]);
      g_assert_null (strstr (with, "no-lead"));
    }
}

/* What an editor makes never went through reading. */
static void
test_built (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("N");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autofree char *shown = NULL;
  WfStep *activity = wf_step_new (WF_STEP_CREATE_ACTIVITY),
         *email = wf_step_new (WF_STEP_SEND_EMAIL);

  g_free (workflow->event);
  workflow->event = g_strdup ("schedule.tick");
  workflow->for_each_lead = TRUE;
  g_free (activity->id);
  activity->id = g_strdup ("a");
  activity->create_activity.lasts = (WfDuration) { 1, WF_TIME_UNIT_HOURS };
  activity->create_activity.place = g_strdup ("x");
  g_free (email->id);
  email->id = g_strdup ("b");
  g_clear_pointer (&email->settings, wf_json_document_unref);
  g_ptr_array_add (workflow->steps, activity);
  g_ptr_array_add (workflow->steps, email);
  wf_workflow_validate (workflow, NULL, problems);
  shown = wf_test_problems_to_text (problems);
  g_assert_cmpstr (shown, ==,
                   "missing /trigger/schedule\nfor-each-without-schedule /trigger/for-each\n"
                   "missing /steps/0/activity-type\nmissing /steps/0/complete-within\n"
                   "not-of-kind /steps/0/lasts\nnot-of-kind /steps/0/place\n"
                   "missing /steps/1/subject\nmissing /steps/1/text");
  wf_workflow_validate (workflow, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step-settings-check/settings", test_settings);
  g_test_add_func ("/step-settings-check/watched-stage", test_watched_stage);
  g_test_add_func ("/step-settings-check/unknown-organisation", test_unknown_organisation);
  g_test_add_func ("/step-settings-check/lengths", test_lengths);
  g_test_add_func ("/step-settings-check/approval-outcome", test_approval_outcome);
  g_test_add_func ("/step-settings-check/schedules", test_schedules);
  g_test_add_func ("/step-settings-check/no-lead", test_no_lead);
  g_test_add_func ("/step-settings-check/built", test_built);
  return g_test_run ();
}
