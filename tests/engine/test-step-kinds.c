/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of step by itself: what it gives, complete, and each reason for which it gives
 * nothing. */
#include "wf-engine-fixture.h"
#include "wf-run.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define WITHIN "'complete-within':{'amount':1,'unit':'hours'}"
#define SOL                                                                                        \
  "'id':'l1','name':'Padaria Sol','owner':'ana','phone':'(11) 98765-4321',"                        \
  "'email':' Contato@PadariaSol.example '"
#define BARE "'id':'l1','owner':'ana'"
#define NOBODY "'id':'l1','name':'Sol'"
#define DEAL "'deal':{'id':'d7','stage':'offer','name':'Forno'}"

/* SHA-256, made with other tools than the engine's: of "contato@padariasol.example",
 * "5511987654321" and "14155552671". */
#define EMAIL_HASH "02999870fd666aecccb8b843d54030e1968d598fae3c87ef05cdce04f97f10c4"
#define PHONE_HASH "029c7290f14c4516673508635f0519db95f7daf42057fd0e4ad1de84c5408a66"
#define FOREIGN_HASH "758fbf68945f21c416814c539ab578876c8d98fb69e6da692def92cd52417fe0"

typedef struct
{
  const char *name;
  const char *lead, *rest; /* of the event; lead NULL: an event without a lead */
  const char *step;        /* members beside its id */
  /* What comes of it; a reason alone when it is skipped. */
  const char *expected;
} Case;

static const Case cases[] = {
  /* Activities: kind type title person due ends place notes */
  { "task", SOL, NULL, "'kind':'create-activity','activity-type':'mail'," WITHIN,
    "task mail 'Escrever' ana 11:00 - - -" },
  { "call: the organisation's own name of the type", SOL, NULL, "'kind':'schedule-call'," WITHIN,
    "call call 'Ligar' ana 11:00 11:30 - -" },
  { "call: lasts", SOL, NULL,
    "'kind':'schedule-call','activity-type':'mail','lasts':{'amount':45,'unit':'minutes'},"
    "'notes':'Ask {lead.name}'," WITHIN,
    "call mail 'Escrever' ana 11:00 11:45 - 'Ask Padaria Sol'" },
  { "meeting: an hour, and what it is called where the organisation has no name", SOL, NULL,
    "'kind':'schedule-meeting','place':'Shop of {lead.name}'," WITHIN,
    "meeting meeting 'Meeting' ana 11:00 12:00 'Shop of Padaria Sol' -" },
  { "meeting: it lasts in clock time, over the end of the day", SOL, NULL,
    "'kind':'schedule-meeting','business-hours':true,'lasts':{'amount':2,'unit':'hours'},"
    "'complete-within':{'amount':7,'unit':'hours'}",
    "meeting meeting 'Meeting' ana 18:00 20:00 - -" },
  { "a place is of meetings only", SOL, NULL, "'kind':'schedule-call','place':'Here'," WITHIN,
    "call call 'Ligar' ana 11:00 11:30 - -" },
  { "permission groups", "'id':'l1','owner':'bruno'", NULL,
    "'kind':'schedule-call','permission':{'scope':'groups','groups':['inbound']}," WITHIN,
    "not-in-groups" },
  { "permission groups, nobody owns it", NOBODY, NULL,
    "'kind':'schedule-call','permission':{'scope':'groups','groups':['inbound']}," WITHIN,
    "no-owner" },
  { "permission asks for the owner, not for the assignee", SOL, NULL,
    "'kind':'schedule-call','assignee':'person:bruno',"
    "'permission':{'scope':'groups','groups':['inbound']}," WITHIN,
    "call call 'Ligar' bruno 11:00 11:30 - -" },
  { "before a date that is missing", SOL, NULL,
    "'kind':'schedule-call','complete-within':{'amount':1,'unit':'hours','before':'meeting.start'}",
    "anchor-missing" },
  { "before a date that has passed", SOL, "'meeting':{'start':'2026-11-20T09:00:00-03:00'}",
    "'kind':'schedule-call','complete-within':{'amount':1,'unit':'hours','before':'meeting.start'}",
    "anchor-past" },

  /* R126: to whom */
  { "assignee: responsible", SOL, NULL, "'kind':'schedule-call','assignee':'responsible'," WITHIN,
    "call call 'Ligar' ana 11:00 11:30 - -" },
  { "assignee: manager", SOL, NULL, "'kind':'schedule-call','assignee':'manager'," WITHIN,
    "call call 'Ligar' carla 11:00 11:30 - -" },
  { "assignee: nobody manages: the queue", "'id':'l1','owner':'bruno'", NULL,
    "'kind':'schedule-call','assignee':'manager'," WITHIN, "call call 'Ligar' - 11:00 11:30 - -" },
  { "assignee: a person", SOL, NULL, "'kind':'schedule-call','assignee':'person:bruno'," WITHIN,
    "call call 'Ligar' bruno 11:00 11:30 - -" },
  { "assignee: S11: an inactive person's cover", SOL, NULL,
    "'kind':'schedule-call','assignee':'person:dora'," WITHIN,
    "call call 'Ligar' bruno 11:00 11:30 - -" },
  { "assignee: S11: an inactive person's coordinator", SOL, NULL,
    "'kind':'schedule-call','assignee':'person:eva'," WITHIN,
    "call call 'Ligar' carla 11:00 11:30 - -" },
  { "assignee: S11: an inactive person with neither: the queue", SOL, NULL,
    "'kind':'schedule-call','assignee':'person:fabio'," WITHIN,
    "call call 'Ligar' - 11:00 11:30 - -" },
  { "assignee: an unknown person: the queue, not a wrong one", SOL, NULL,
    "'kind':'schedule-call','assignee':'person:zoe'," WITHIN,
    "call call 'Ligar' - 11:00 11:30 - -" },
  { "assignee: the only active one of a group", NOBODY, NULL,
    "'kind':'schedule-call','assignee':'round-robin:outbound'," WITHIN,
    "call call 'Ligar' bruno 11:00 11:30 - -" },
  { "assignee: nobody in the group: its coordinator", SOL, NULL,
    "'kind':'schedule-call','assignee':'least-loaded:weekend'," WITHIN,
    "call call 'Ligar' bruno 11:00 11:30 - -" },
  { "assignee: nobody at all: the queue", SOL, NULL,
    "'kind':'schedule-call','assignee':'round-robin:night'," WITHIN,
    "call call 'Ligar' - 11:00 11:30 - -" },

  /* Approvals: as activities */
  { "approval: the manager decides unless it is said otherwise", SOL, NULL,
    "'kind':'request-approval','text':'10 % off for {lead.name}?'," WITHIN,
    "approval approval '10 % off for Padaria Sol?' carla 11:00 - - -" },
  { "approval: the first line is the title", SOL, NULL,
    "'kind':'request-approval','approver':'person:bruno','text':'Discount?\\nThey ask for 10 %'," WITHIN,
    "approval approval 'Discount?' bruno 11:00 - - 'Discount?\nThey ask for 10 %'" },
  { "approval: a group's coordinator", SOL, NULL,
    "'kind':'request-approval','approver':'group:inbound','text':'x'," WITHIN,
    "approval approval 'x' carla 11:00 - - -" },
  { "approval: a group without a coordinator", SOL, NULL,
    "'kind':'request-approval','approver':'group:outbound','text':'x'," WITHIN,
    "approval approval 'x' bruno 11:00 - - -" },
  { "approval: no group to decide", SOL, NULL,
    "'kind':'request-approval','approver':'group:night','text':'x'," WITHIN, "no-member" },
  { "approval: nobody may claim it, so without an approver there is none",
    "'id':'l1','owner':'bruno'", NULL, "'kind':'request-approval','text':'x'," WITHIN,
    "no-manager" },
  { "approval: an unknown approver", SOL, NULL,
    "'kind':'request-approval','approver':'person:zoe','text':'x'," WITHIN, "unknown-person" },
  { "approval: counted back from a date", SOL, "'meeting':{'start':'2026-11-20T15:00:00-03:00'}",
    "'kind':'request-approval','text':'x','complete-within':{'amount':1,'unit':'hours',"
    "'before':'meeting.start'}",
    "approval approval 'x' carla 14:00 - - -" },

  /* Messages to the team: whom, what */
  { "notify: a group, in the order of ids, only active people", SOL, NULL,
    "'kind':'notify','recipient':'group:inbound','text':'Look at {lead.name}'",
    "tell ana,carla 'Look at Padaria Sol'" },
  { "notify: a group without people", SOL, NULL,
    "'kind':'notify','recipient':'group:night','text':'x'", "no-member" },
  { "notify: an unknown group", SOL, NULL, "'kind':'notify','recipient':'group:x','text':'x'",
    "no-member" },
  { "notify: nobody owns it", NOBODY, NULL, "'kind':'notify','text':'x'", "no-owner" },

  /* Actions: kind record members */
  { "change-stage", SOL, NULL,
    "'kind':'change-stage','stage':'filter-2','reason':'{lead.name} hot'",
    "change-stage - {'stage':'filter-2','allow-back':false,'reason':'Padaria Sol hot'}" },
  { "change-stage: back", SOL, NULL, "'kind':'change-stage','stage':'new','allow-back':true",
    "change-stage - {'stage':'new','allow-back':true}" },
  { "change-stage: the deal", SOL, DEAL, "'kind':'change-stage','record':'deal','stage':'closing'",
    "change-stage d7 {'stage':'closing','allow-back':false}" },
  { "change-stage: no deal", SOL, NULL, "'kind':'change-stage','record':'deal','stage':'closing'",
    "no-record" },
  { "change-stage: no lead", NULL, DEAL, "'kind':'change-stage','stage':'new'", "no-record" },
  { "set-field: a text", SOL, NULL,
    "'kind':'set-field','field':'lead.custom.note','value':'From {lead.name}'",
    "set-field - {'field':'lead.custom.note','value':'From Padaria Sol'}" },
  { "set-field: a number", SOL, NULL, "'kind':'set-field','field':'lead.custom.size','value':7.5",
    "set-field - {'field':'lead.custom.size','value':7.5}" },
  { "set-field: a truth", SOL, NULL, "'kind':'set-field','field':'lead.custom.vip','value':false",
    "set-field - {'field':'lead.custom.vip','value':false}" },
  { "set-field: no lead", NULL, DEAL, "'kind':'set-field','field':'lead.name','value':'x'",
    "no-record" },
  { "add-score", SOL, NULL, "'kind':'add-score','points':-15", "add-score - {'points':-15}" },
  { "add-score: no lead", NULL, DEAL, "'kind':'add-score','points':1", "no-record" },
  { "delete-record: the audit will name it", SOL, NULL, "'kind':'delete-record','confirmed':true",
    "delete-record - {'name':'Padaria Sol'}" },
  { "delete-record: the deal", SOL, DEAL, "'kind':'delete-record','record':'deal','confirmed':true",
    "delete-record d7 {'name':'Forno'}" },
  { "delete-record: nobody confirmed it", SOL, NULL, "'kind':'delete-record'", "not-confirmed" },
  { "delete-record: no deal", SOL, NULL, "'kind':'delete-record','record':'deal','confirmed':true",
    "no-record" },
  { "close-activities: all", SOL, NULL, "'kind':'close-activities'",
    "close-activities - {'reason':'Closed by the workflow “Tried”'}" },
  { "close-activities: some", SOL, NULL,
    "'kind':'close-activities','activity-types':['call'],'created-by':'this-workflow',"
    "'reason':'{lead.name} answered'",
    "close-activities - {'activity-types':['call'],'workflow':'" W1
    "','reason':'Padaria Sol answered'}" },
  { "close-activities: no lead", NULL, DEAL, "'kind':'close-activities'", "no-record" },

  { "change-responsible: a person", SOL, NULL, "'kind':'change-responsible','to':'person:bruno'",
    "change-responsible - {'owner':'bruno'}" },
  { "change-responsible: S11", SOL, NULL, "'kind':'change-responsible','to':'person:dora'",
    "change-responsible - {'owner':'bruno'}" },
  { "change-responsible: nobody stands in", SOL, NULL,
    "'kind':'change-responsible','to':'person:fabio'", "nobody-active" },
  { "change-responsible: unknown", SOL, NULL, "'kind':'change-responsible','to':'person:zoe'",
    "unknown-person" },
  { "change-responsible: by turns", SOL, NULL,
    "'kind':'change-responsible','to':'round-robin:outbound'",
    "change-responsible - {'owner':'bruno','strategy':'round-robin','group':'outbound',"
    "'candidates':['bruno']}" },
  { "change-responsible: an empty group, its coordinator alone", SOL, NULL,
    "'kind':'change-responsible','to':'least-loaded:weekend'",
    "change-responsible - {'owner':'bruno'}" },
  { "change-responsible: an empty group", SOL, NULL,
    "'kind':'change-responsible','to':'round-robin:night'", "no-member" },
  { "change-responsible: an unknown group", SOL, NULL,
    "'kind':'change-responsible','to':'round-robin:x'", "unknown-group" },
  { "change-responsible: no manager", NOBODY, NULL, "'kind':'change-responsible','to':'manager'",
    "no-manager" },
  { "change-responsible: no lead", NULL, DEAL, "'kind':'change-responsible','to':'person:ana'",
    "no-record" },
  { "change-responsible: the first rule that holds", SOL, NULL,
    "'kind':'change-responsible','to':'person:ana','rules':["
    "{'if':{'field':'lead.name','op':'contains','value':'luna'},'to':'person:ana'},"
    "{'if':{'field':'lead.name','op':'contains','value':'sol'},'to':'person:carla'},"
    "{'if':{'field':'lead.name','op':'is-set'},'to':'person:bruno'}]",
    "change-responsible - {'owner':'carla','rule':2}" },
  { "change-responsible: no rule holds", SOL, NULL,
    "'kind':'change-responsible','to':'person:bruno','rules':["
    "{'if':{'field':'lead.name','op':'eq','value':'x'},'to':'person:ana'}]",
    "change-responsible - {'owner':'bruno'}" },
  { "change-responsible: a rule that cannot be read is not passed over", SOL, NULL,
    "'kind':'change-responsible','to':'person:bruno','rules':["
    "{'if':{'field':'lead.name','op':'sounds-like','value':'x'},'to':'person:ana'}]",
    "unreadable-rule" },

  { "send-email: blanks around the address", SOL, NULL,
    "'kind':'send-email','subject':'Hello {lead.name}','text':'Dear {lead.name}','sender':'bruno',"
    "'track-opening':true",
    "send-email - {'to':['Contato@PadariaSol.example'],'subject':'Hello Padaria Sol',"
    "'text':'Dear Padaria Sol','sender':'bruno','track-opening':true}" },
  { "send-email: no address", BARE, NULL, "'kind':'send-email','subject':'x','text':'y'",
    "no-email" },
  { "send-email: no address worth the name", "'id':'l1','owner':'ana','email':'none'", NULL,
    "'kind':'send-email','subject':'x','text':'y'", "no-email" },
  { "send-email: to the responsible: only the CRM knows the address", BARE, NULL,
    "'kind':'send-email','to':'responsible','subject':'x','text':'y'",
    "send-email - {'to':['person:ana'],'subject':'x','text':'y'}" },
  { "send-email: to the manager", BARE, NULL,
    "'kind':'send-email','to':'manager','subject':'x','text':'y'",
    "send-email - {'to':['person:carla'],'subject':'x','text':'y'}" },
  { "send-email: nobody is responsible", NOBODY, NULL,
    "'kind':'send-email','to':'responsible','subject':'x','text':'y'", "no-owner" },
  { "send-email: nobody manages", NOBODY, NULL,
    "'kind':'send-email','to':'manager','subject':'x','text':'y'", "no-manager" },
  { "send-message", SOL, NULL, "'kind':'send-message','text':'Hello {lead.name}'",
    "send-message - {'channel':'sms','to':'(11) 98765-4321','text':'Hello Padaria Sol'}" },
  { "send-message: a template and what fills it", SOL, NULL,
    "'kind':'send-message','channel':'whatsapp','template':'welcome-2','text':'{lead.name}\\n10 %'",
    "send-message - {'channel':'whatsapp','to':'(11) 98765-4321','template':'welcome-2',"
    "'variables':['Padaria Sol','10 %']}" },
  { "send-message: a template alone", SOL, NULL,
    "'kind':'send-message','channel':'whatsapp','template':'welcome-2'",
    "send-message - {'channel':'whatsapp','to':'(11) 98765-4321','template':'welcome-2'}" },
  { "send-message: no phone", BARE, NULL, "'kind':'send-message','text':'x'", "no-phone" },
  { "send-message: no number", "'id':'l1','owner':'ana','phone':'unknown'", NULL,
    "'kind':'send-message','text':'x'", "no-phone" },
  { "send-message: nothing to say", SOL, NULL, "'kind':'send-message'", "no-text" },
  { "post-to-stream: mentions, each once", SOL, NULL,
    "'kind':'post-to-stream','text':'{lead.name}?','sender':'carla',"
    "'mentions':['group:inbound','responsible','person:bruno','person:zoe']",
    "post-to-stream - {'text':'Padaria Sol?','mentions':['ana','carla','bruno'],'sender':'carla'}" },
  { "post-to-stream: no lead", NULL, DEAL, "'kind':'post-to-stream','text':'x'", "no-record" },

  /* R83: hashes, and nothing else of the person */
  { "add-to-audience: e-mail, as the platforms hash it", SOL, NULL,
    "'kind':'add-to-audience','audience':'fans','by':'email'",
    "add-to-audience - {'platform':'facebook','audience':'fans','email-sha256':"
    "'" EMAIL_HASH "'}" },
  { "add-to-audience: a national number of Brazil", SOL, NULL,
    "'kind':'add-to-audience','platform':'google','audience':'fans','by':'phone'",
    "add-to-audience - {'platform':'google','audience':'fans','phone-sha256':"
    "'" PHONE_HASH "'}" },
  { "add-to-audience: both", SOL, NULL, "'kind':'add-to-audience','audience':'fans'",
    "add-to-audience - {'platform':'facebook','audience':'fans',"
    "'email-sha256':'" EMAIL_HASH "','phone-sha256':'" PHONE_HASH "'}" },
  { "add-to-audience: a number with its country", "'id':'l1','phone':'+1 415 555-2671'", NULL,
    "'kind':'add-to-audience','audience':'fans'",
    "add-to-audience - {'platform':'facebook','audience':'fans','phone-sha256':"
    "'" FOREIGN_HASH "'}" },
  { "add-to-audience: 00 is the same", "'id':'l1','phone':'001 415 555 2671'", NULL,
    "'kind':'add-to-audience','audience':'fans'",
    "add-to-audience - {'platform':'facebook','audience':'fans','phone-sha256':"
    "'" FOREIGN_HASH "'}" },
  { "add-to-audience: the trunk prefix", "'id':'l1','phone':'0 11 98765 4321'", NULL,
    "'kind':'add-to-audience','audience':'fans'",
    "add-to-audience - {'platform':'facebook','audience':'fans','phone-sha256':"
    "'" PHONE_HASH "'}" },
  { "add-to-audience: the country code is there already", "'id':'l1','phone':'5511987654321'", NULL,
    "'kind':'add-to-audience','audience':'fans'",
    "add-to-audience - {'platform':'facebook','audience':'fans','phone-sha256':"
    "'" PHONE_HASH "'}" },
  { "add-to-audience: a number without an area is nobody's", "'id':'l1','phone':'98765-4321'", NULL,
    "'kind':'add-to-audience','audience':'fans'", "no-contact" },
  { "add-to-audience: neither", BARE, NULL, "'kind':'add-to-audience','audience':'fans'",
    "no-contact" },
  { "add-to-audience: by e-mail only, and there is none", "'id':'l1','phone':'11 98765 4321'", NULL,
    "'kind':'add-to-audience','audience':'fans','by':'email'", "no-contact" },

  { "webhook: the event and the lead", BARE, NULL,
    "'kind':'webhook','url':'https://example.org/hook','allow-private':true",
    "webhook - {'url':'https://example.org/hook','payload':{'event':{'specversion':'1.0','id':'e1',"
    "'source':'/crm/acme','type':'lead.received','time':'2026-11-20T10:00:00-03:00',"
    "'data':{'lead':{'id':'l1','owner':'ana'}}},'lead':{'id':'l1','owner':'ana'},"
    "'workflow':{'id':'" W1 "','name':'Tried','version':3},'step':'a'},'allow-private':true}" },
  { "webhook: the lead, of the event only its head", BARE, "'secret':'s'",
    "'kind':'webhook','send':'lead','url':'https://example.org/hook'",
    "webhook - {'url':'https://example.org/hook','payload':{'event':{'specversion':'1.0','id':'e1',"
    "'source':'/crm/acme','type':'lead.received','time':'2026-11-20T10:00:00-03:00'},"
    "'lead':{'id':'l1','owner':'ana'},'workflow':{'id':'" W1
    "','name':'Tried','version':3},'step':'a'}}" },
  { "webhook: a value cannot change the address", "'id':'l1','name':'a&b=c/../ç'", NULL,
    "'kind':'webhook','send':'lead','url':'https://example.org/h?n={lead.name}&x={lead.none}'",
    "webhook - {'url':'https://example.org/h?n=a%26b%3Dc%2F..%2Fç&x=','payload':{'event':{"
    "'specversion':'1.0','id':'e1','source':'/crm/acme','type':'lead.received',"
    "'time':'2026-11-20T10:00:00-03:00'},'lead':{'id':'l1','name':'a&b=c/../ç'},"
    "'workflow':{'id':'" W1 "','name':'Tried','version':3},'step':'a'}}" },

  /* S23: what it tells is in test-rules */
  { "control: the record is in no stage", SOL, NULL,
    "'kind':'control','at-most':{'amount':3,'unit':'days'}", "no-stage" },
};

static void
append_quoted (GString *text, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, " '%s'", value);
  else
    g_string_append (text, " -");
}

static void
append_clock (GString *text, WfInstant at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (GDateTime) utc = NULL, local = NULL;
  g_autofree char *clock = NULL;

  if (at == WF_INSTANT_NONE)
    {
      g_string_append (text, " -");
      return;
    }
  utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  clock = g_date_time_format (local, " %H:%M");
  g_string_append (text, clock);
}

static char *
describe (const WfEffect *effect)
{
  GString *text = g_string_new (NULL);
  g_autofree char *members = NULL, *people = NULL;

  switch (effect->kind)
    {
    case WF_EFFECT_CREATE_ACTIVITY:
      g_assert_cmpstr (effect->person, ==, effect->activity->person);
      g_string_append_printf (text, "%s %s", wf_activity_kind_names[effect->activity->kind],
                              effect->activity->type);
      append_quoted (text, effect->activity->title);
      g_string_append_printf (text, " %s", effect->person != NULL ? effect->person : "-");
      append_clock (text, effect->activity->due);
      append_clock (text, effect->activity->ends);
      append_quoted (text, effect->activity->place);
      append_quoted (text, effect->activity->notes);
      break;
    case WF_EFFECT_NOTIFY:
      people = effect->people != NULL ? g_strjoinv (",", effect->people)
                                      : g_strdup (effect->person);
      g_assert_true (effect->people == NULL || effect->person == NULL);
      g_string_append_printf (text, "tell %s", people);
      append_quoted (text, effect->text);
      break;
    case WF_EFFECT_ACTION:
      members = wf_json_to_text (wf_json_document_get_root (effect->action->members), FALSE);
      g_strdelimit (members, "\"", '\'');
      g_string_append_printf (text, "%s %s %s", wf_action_kind_names[effect->action->kind],
                              effect->action->record != NULL ? effect->action->record : "-",
                              members);
      break;
    }
  return g_string_free (text, FALSE);
}

/* What every effect has, whatever its kind; and an action that the CRM's side can read. */
static void
assert_complete (const WfEffect *effect, const WfEvent *event)
{
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfAction) again = NULL;
  g_autofree char *text = NULL;
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (W1, "/crm/acme", "e1", "a", 0, key);
  g_assert_cmpstr (effect->key, ==, key);
  g_assert_cmpstr (effect->step, ==, "a");
  g_assert_cmpstr (effect->lead, ==, wf_event_get_lead (event));
  g_assert_cmpstr (effect->cause, ==, W1 "/a/e1");
  g_assert_cmpint (effect->time, ==, wf_event_get_time (event));
  g_assert_cmpint (effect->kind == WF_EFFECT_ACTION, ==, effect->action != NULL);
  g_assert_cmpint (effect->kind == WF_EFFECT_CREATE_ACTIVITY, ==, effect->activity != NULL);
  if (effect->action == NULL)
    return;
  g_assert_cmpstr (effect->action->key, ==, key);
  g_assert_cmpstr (effect->action->lead, ==, effect->lead);
  g_assert_cmpstr (effect->action->cause, ==, effect->cause);
  text = wf_action_to_text (effect->action, TRUE);
  document = wf_json_document_parse (text, -1, 0, NULL);
  again = wf_action_read (wf_json_document_get_root (document), NULL, problems);
  g_assert_nonnull (again);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
}

static char *
get_reason (const WfRun *run)
{
  g_autofree char *text = wf_run_save (run);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  const WfJson *step =
      wf_json_get_element (wf_json_get_member (wf_json_document_get_root (document), "steps"), 0);

  g_assert_cmpstr (wf_json_get_member_string (step, "status"), ==, "skipped");
  return g_strdup (wf_json_get_member_string (step, "reason"));
}

typedef struct
{
  WfEngine *engine;
  WfWorkflow *workflow;
  WfEvent *event;
  WfRun *run;
  GPtrArray *effects;
} Fixture;

static void
set_up (Fixture *self, const Case *one, const char *event_id)
{
  g_autofree char *document =
      g_strdup_printf ("{'format':1,'id':'" W1 "','name':'Tried','state':'live','version':3,"
                       "'trigger':{'event':'lead.received'},'steps':[{'id':'a',%s}]}",
                       one->step);
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  self->workflow = wf_fixture_new_workflow (document);
  g_ptr_array_add (workflows, self->workflow);
  self->engine = wf_engine_new (organisation, workflows);
  self->event = wf_fixture_new_event (event_id, "lead.received", "2026-11-20T10:00:00-03:00",
                                      one->lead, one->rest);
  self->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  self->run = wf_run_start (self->engine, self->workflow, self->event, NULL,
                            wf_event_get_time (self->event), self->effects);
}

static void
tear_down (Fixture *self)
{
  wf_run_free (self->run);
  wf_engine_unref (self->engine);
  wf_workflow_unref (self->workflow);
  wf_event_unref (self->event);
  g_ptr_array_unref (self->effects);
}

static void
test_kind (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *got = NULL;
  Fixture self;

  set_up (&self, one, "e1");
  if (self.effects->len > 0)
    {
      g_assert_cmpuint (self.effects->len, ==, 1);
      got = describe (g_ptr_array_index (self.effects, 0));
      assert_complete (g_ptr_array_index (self.effects, 0), self.event);
    }
  else
    {
      got = get_reason (self.run);
    }
  g_assert_cmpstr (got, ==, one->expected);
  tear_down (&self);
}

/* R83: whatever the settings, neither address nor number is anywhere in the effect. */
static void
test_audience_keeps_secrets (void)
{
  static const char *const secrets[] = { "adaria", "98765", "4321", "ontato", "ana" };
  static const Case one = { "", SOL, NULL, "'kind':'add-to-audience','audience':'fans'", NULL };
  g_autofree char *text = NULL;
  const WfEffect *effect;
  Fixture self;

  set_up (&self, &one, "e1");
  g_assert_cmpuint (self.effects->len, ==, 1);
  effect = g_ptr_array_index (self.effects, 0);
  text = wf_json_to_text (wf_json_document_get_root (effect->action->members), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));
  g_assert_null (effect->text);
  g_assert_null (effect->person);
  tear_down (&self);
}

/* R126: the proposal follows from the effect's key: the same on every computer, and over many
 * effects each candidate about as often. */
static void
test_turns (void)
{
  static const char *const steps[] = {
    "'kind':'change-responsible','to':'round-robin:inbound'",
    "'kind':'create-activity','activity-type':'call','assignee':'least-loaded:inbound'," WITHIN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const Case one = { "", SOL, NULL, steps[i], NULL };
      guint n_ana = 0;

      for (guint j = 0; j < 200; j++)
        {
          g_autofree char *id = g_strdup_printf ("e%u", j), *first = NULL;
          const WfEffect *effect;
          Fixture self;

          set_up (&self, &one, id);
          effect = g_ptr_array_index (self.effects, 0);
          first = g_strndup (effect->key, 8);
          g_assert_cmpstr (effect->person, ==,
                           g_ascii_strtoull (first, NULL, 16) % 2 == 0 ? "ana" : "carla");
          n_ana += g_str_equal (effect->person, "ana") ? 1 : 0;
          tear_down (&self);
        }
      g_assert_cmpuint (n_ana, >, 70);
      g_assert_cmpuint (n_ana, <, 130);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), "/", '-');
      g_autofree char *path = g_strdup_printf ("/step-kinds/%02u %s", i, name);

      g_test_add_data_func (path, &cases[i], test_kind);
    }
  g_test_add_func ("/step-kinds/audience-keeps-secrets", test_audience_keeps_secrets);
  g_test_add_func ("/step-kinds/turns", test_turns);
  return g_test_run ();
}
