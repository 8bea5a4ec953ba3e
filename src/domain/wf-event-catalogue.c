/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event types that a workflow can start on, as data (R10, R31). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CUSTOM_MARK ".custom."
#define BODY_PREFIX "webhook.body."

/* What every event about a lead carries, and every event at all. */
#define LEAD_FIELDS                                                                                \
  { "lead.id", WF_FIELD_TEXT }, { "lead.name", WF_FIELD_TEXT }, { "lead.company", WF_FIELD_TEXT }, \
      { "lead.email", WF_FIELD_TEXT }, { "lead.phone", WF_FIELD_TEXT },                            \
      { "lead.source", WF_FIELD_TEXT }, { "lead.origin", WF_FIELD_TEXT },                          \
      { "lead.stage", WF_FIELD_STAGE }, { "lead.owner", WF_FIELD_PERSON },                         \
      { "lead.group", WF_FIELD_GROUP }, { "lead.score", WF_FIELD_NUMBER },                         \
      { "lead.interest", WF_FIELD_TEXT }, { "lead.tags", WF_FIELD_LIST },                          \
      { "lead.region", WF_FIELD_TEXT }, { "lead.city", WF_FIELD_TEXT },                            \
      { "lead.job-title", WF_FIELD_TEXT }, { "lead.company-size", WF_FIELD_NUMBER },               \
      { "lead.created", WF_FIELD_DATE_TIME },                                                      \
  {                                                                                                \
    "lead.updated", WF_FIELD_DATE_TIME                                                             \
  }
#define EVENT_FIELDS                                                                               \
  { "event.type", WF_FIELD_TEXT }, { "event.time", WF_FIELD_DATE_TIME },                           \
      { "event.source", WF_FIELD_TEXT }, { "event.id", WF_FIELD_TEXT },                            \
      { "event.subject", WF_FIELD_TEXT }, { "actor", WF_FIELD_PERSON },                            \
  {                                                                                                \
    "import", WF_FIELD_BOOLEAN                                                                     \
  }
#define STAGE_FIELDS                                                                               \
  { "stage_from", WF_FIELD_STAGE }, { "stage_to", WF_FIELD_STAGE },                                \
  {                                                                                                \
    "reason", WF_FIELD_TEXT                                                                        \
  }
#define DEAL_FIELDS                                                                                \
  { "deal.id", WF_FIELD_TEXT }, { "deal.name", WF_FIELD_TEXT },                                    \
      { "deal.amount", WF_FIELD_NUMBER }, { "deal.currency", WF_FIELD_TEXT },                      \
      { "deal.stage", WF_FIELD_STAGE }, { "deal.owner", WF_FIELD_PERSON },                         \
  {                                                                                                \
    "deal.close", WF_FIELD_DATE_TIME                                                               \
  }
#define PAYMENT_FIELDS                                                                             \
  { "payment.id", WF_FIELD_TEXT }, { "payment.due", WF_FIELD_DATE_TIME },                          \
      { "payment.amount", WF_FIELD_NUMBER },                                                       \
  {                                                                                                \
    "payment.currency", WF_FIELD_TEXT                                                              \
  }

static const WfFieldInfo lead_fields[] = { LEAD_FIELDS, EVENT_FIELDS };
static const WfFieldInfo stage_fields[] = { LEAD_FIELDS, STAGE_FIELDS, EVENT_FIELDS };
static const WfFieldInfo owner_fields[] = {
  LEAD_FIELDS, { "owner_from", WF_FIELD_PERSON }, { "owner_to", WF_FIELD_PERSON }, EVENT_FIELDS
};
static const WfFieldInfo score_fields[] = {
  LEAD_FIELDS, { "score_from", WF_FIELD_NUMBER }, { "score_to", WF_FIELD_NUMBER }, EVENT_FIELDS
};
static const WfFieldInfo meeting_fields[] = {
  LEAD_FIELDS,
  { "meeting.id", WF_FIELD_TEXT },
  { "meeting.title", WF_FIELD_TEXT },
  { "meeting.start", WF_FIELD_DATE_TIME },
  { "meeting.end", WF_FIELD_DATE_TIME },
  { "meeting.place", WF_FIELD_TEXT },
  { "meeting.person", WF_FIELD_PERSON },
  EVENT_FIELDS,
};
static const WfFieldInfo email_fields[] = { LEAD_FIELDS,
                                            { "email.id", WF_FIELD_TEXT },
                                            { "email.subject", WF_FIELD_TEXT },
                                            { "email.link", WF_FIELD_TEXT },
                                            EVENT_FIELDS };
static const WfFieldInfo message_fields[] = { LEAD_FIELDS,
                                              { "message.id", WF_FIELD_TEXT },
                                              { "message.channel", WF_FIELD_TEXT },
                                              { "message.text", WF_FIELD_TEXT },
                                              EVENT_FIELDS };
static const WfFieldInfo call_fields[] = {
  LEAD_FIELDS,
  { "call.id", WF_FIELD_TEXT },
  { "call.direction", WF_FIELD_TEXT },
  { "call.phone", WF_FIELD_TEXT },
  { "call.outcome", WF_FIELD_TEXT },
  { "call.duration", WF_FIELD_NUMBER },
  { "call.person", WF_FIELD_PERSON },
  EVENT_FIELDS,
};
static const WfFieldInfo form_fields[] = {
  LEAD_FIELDS, { "form.id", WF_FIELD_TEXT }, { "form.name", WF_FIELD_TEXT }, EVENT_FIELDS
};
static const WfFieldInfo ticket_fields[] = {
  LEAD_FIELDS,
  { "ticket.id", WF_FIELD_TEXT },
  { "ticket.subject", WF_FIELD_TEXT },
  { "ticket.severity", WF_FIELD_TEXT },
  { "ticket.text", WF_FIELD_TEXT },
  EVENT_FIELDS,
};
static const WfFieldInfo activity_fields[] = {
  LEAD_FIELDS,
  { "activity.id", WF_FIELD_TEXT },
  { "activity.type", WF_FIELD_TEXT },
  { "activity.title", WF_FIELD_TEXT },
  { "activity.person", WF_FIELD_PERSON },
  { "activity.due", WF_FIELD_DATE_TIME },
  { "activity.completed", WF_FIELD_DATE_TIME },
  { "activity.outcome", WF_FIELD_TEXT },
  EVENT_FIELDS,
};
static const WfFieldInfo deal_fields[] = { LEAD_FIELDS, DEAL_FIELDS, STAGE_FIELDS, EVENT_FIELDS };
static const WfFieldInfo payment_fields[] = { LEAD_FIELDS, DEAL_FIELDS, PAYMENT_FIELDS,
                                              EVENT_FIELDS };
/* What the other system sends is below "webhook.body". */
static const WfFieldInfo webhook_fields[] = { LEAD_FIELDS,
                                              { "webhook.name", WF_FIELD_TEXT },
                                              EVENT_FIELDS };
static const WfFieldInfo workflow_fields[] = { LEAD_FIELDS,
                                               { "workflow", WF_FIELD_TEXT },
                                               EVENT_FIELDS };

static const WfEventTypeInfo types[] = {
  { "lead.received", "lead" },
  { "lead.created-manually", "lead" },
  { "lead.updated", "lead" },
  { "lead.stage-changed", "lead" },
  { "lead.discarded", "lead" },
  { "lead.finalized", "lead" },
  { "lead.reassigned", "lead" },
  { "lead.score-changed", "lead" },
  { "lead.deleted", "lead" },
  { "meeting.scheduled", "meeting" },
  { "meeting.rescheduled", "meeting" },
  { "meeting.cancelled", "meeting" },
  { "meeting.held", "meeting" },
  { "email.opened", "email" },
  { "email.link-clicked", "email" },
  { "email.replied", "email" },
  { "message.received", "message" },
  { "call.made", "call" },
  { "call.missed", "call" },
  { "form.submitted", "form" },
  { "ticket.submitted", "ticket" },
  { "activity.created", "activity" },
  { "activity.completed", "activity" },
  { "activity.became-late", "activity" },
  { "activity.reassigned", "activity" },
  { "deal.stage-changed", "deal" },
  { "deal.won", "deal" },
  { "deal.lost", "deal" },
  { "payment.due-changed", "payment" },
  { "payment.received", "payment" },
  { "webhook.received", "other" },
  { "schedule.tick", "other" },
  { "manual.started", "other" },
};

/* What the table above has no room for: the name, the beginning of a sentence, and the fields of
 * each type, in its order. */
typedef struct
{
  const char *name;
  const char *sentence;
  const WfFieldInfo *fields;
  guint n_fields;
} TypeDetails;

#define FIELDS(array) array, G_N_ELEMENTS (array)

static const TypeDetails details[] = {
  { N_ ("Lead received"), N_ ("When a lead is received"), FIELDS (lead_fields) },
  { N_ ("Lead created by hand"), N_ ("When a lead is created by hand"), FIELDS (lead_fields) },
  { N_ ("Lead updated"), N_ ("When a lead is updated"), FIELDS (lead_fields) },
  { N_ ("Lead’s stage changed"), N_ ("When a lead’s stage changes"), FIELDS (stage_fields) },
  { N_ ("Lead discarded"), N_ ("When a lead is discarded"), FIELDS (stage_fields) },
  { N_ ("Lead finalized"), N_ ("When a lead is finalized"), FIELDS (stage_fields) },
  { N_ ("Lead given to another person"), N_ ("When a lead is given to another person"),
    FIELDS (owner_fields) },
  { N_ ("Lead’s score changed"), N_ ("When a lead’s score changes"), FIELDS (score_fields) },
  { N_ ("Lead deleted"), N_ ("When a lead is deleted"), FIELDS (lead_fields) },
  { N_ ("Meeting scheduled"), N_ ("When a meeting is scheduled"), FIELDS (meeting_fields) },
  { N_ ("Meeting rescheduled"), N_ ("When a meeting is rescheduled"), FIELDS (meeting_fields) },
  { N_ ("Meeting cancelled"), N_ ("When a meeting is cancelled"), FIELDS (meeting_fields) },
  { N_ ("Meeting held"), N_ ("When a meeting has taken place"), FIELDS (meeting_fields) },
  { N_ ("E-mail opened"), N_ ("When a lead opens an e-mail"), FIELDS (email_fields) },
  { N_ ("Link in an e-mail clicked"), N_ ("When a lead clicks a link in an e-mail"),
    FIELDS (email_fields) },
  { N_ ("E-mail answered"), N_ ("When a lead answers an e-mail"), FIELDS (email_fields) },
  { N_ ("Message received"), N_ ("When a message is received"), FIELDS (message_fields) },
  { N_ ("Call made"), N_ ("When a call is made"), FIELDS (call_fields) },
  { N_ ("Call missed"), N_ ("When a call is missed"), FIELDS (call_fields) },
  { N_ ("Form submitted"), N_ ("When a form is submitted"), FIELDS (form_fields) },
  { N_ ("Ticket submitted"), N_ ("When a ticket is submitted"), FIELDS (ticket_fields) },
  { N_ ("Activity created"), N_ ("When an activity is created"), FIELDS (activity_fields) },
  { N_ ("Activity completed"), N_ ("When an activity is completed"), FIELDS (activity_fields) },
  { N_ ("Activity became late"), N_ ("When an activity becomes late"), FIELDS (activity_fields) },
  { N_ ("Activity given to another person"), N_ ("When an activity is given to another person"),
    FIELDS (activity_fields) },
  { N_ ("Deal’s stage changed"), N_ ("When a deal’s stage changes"), FIELDS (deal_fields) },
  { N_ ("Deal won"), N_ ("When a deal is won"), FIELDS (deal_fields) },
  { N_ ("Deal lost"), N_ ("When a deal is lost"), FIELDS (deal_fields) },
  { N_ ("Payment’s due date changed"), N_ ("When a payment’s due date changes"),
    FIELDS (payment_fields) },
  { N_ ("Payment received"), N_ ("When a payment is received"), FIELDS (payment_fields) },
  { N_ ("Webhook received"), N_ ("When another system calls the webhook"),
    FIELDS (webhook_fields) },
  { N_ ("At a set time"), N_ ("At the workflow’s own set times"), FIELDS (workflow_fields) },
  { N_ ("Started by hand"), N_ ("When somebody starts it by hand"), FIELDS (workflow_fields) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (details) == G_N_ELEMENTS (types));

static const char *const groups[][2] = {
  { "lead", N_ ("Leads") },       { "meeting", N_ ("Meetings") },    { "email", N_ ("E-mails") },
  { "message", N_ ("Messages") }, { "call", N_ ("Calls") },          { "form", N_ ("Forms") },
  { "ticket", N_ ("Tickets") },   { "activity", N_ ("Activities") }, { "deal", N_ ("Deals") },
  { "payment", N_ ("Payments") }, { "other", N_ ("Other") },
};

/* Sorted by id. */
static const struct
{
  WfFieldInfo info;
  const char *name;
} fields[] = {
  { { "activity.completed", WF_FIELD_DATE_TIME }, N_ ("Activity’s completion") },
  { { "activity.due", WF_FIELD_DATE_TIME }, N_ ("Activity’s deadline") },
  { { "activity.id", WF_FIELD_TEXT }, N_ ("Activity’s number") },
  { { "activity.outcome", WF_FIELD_TEXT }, N_ ("Activity’s outcome") },
  { { "activity.person", WF_FIELD_PERSON }, N_ ("Activity’s person") },
  { { "activity.title", WF_FIELD_TEXT }, N_ ("Activity’s title") },
  { { "activity.type", WF_FIELD_TEXT }, N_ ("Activity’s type") },
  { { "actor", WF_FIELD_PERSON }, N_ ("Who did it") },
  { { "approval.outcome", WF_FIELD_TEXT }, N_ ("Approval’s outcome") },
  { { "call.direction", WF_FIELD_TEXT }, N_ ("Call’s direction") },
  { { "call.duration", WF_FIELD_NUMBER }, N_ ("Call’s duration") },
  { { "call.id", WF_FIELD_TEXT }, N_ ("Call’s number") },
  { { "call.outcome", WF_FIELD_TEXT }, N_ ("Call’s outcome") },
  { { "call.person", WF_FIELD_PERSON }, N_ ("Call’s person") },
  { { "call.phone", WF_FIELD_TEXT }, N_ ("Call’s telephone number") },
  { { "deal.amount", WF_FIELD_NUMBER }, N_ ("Deal’s amount") },
  { { "deal.close", WF_FIELD_DATE_TIME }, N_ ("Deal’s expected close") },
  { { "deal.currency", WF_FIELD_TEXT }, N_ ("Deal’s currency") },
  { { "deal.id", WF_FIELD_TEXT }, N_ ("Deal’s number") },
  { { "deal.name", WF_FIELD_TEXT }, N_ ("Deal’s name") },
  { { "deal.owner", WF_FIELD_PERSON }, N_ ("Deal’s responsible") },
  { { "deal.stage", WF_FIELD_STAGE }, N_ ("Deal’s stage") },
  { { "email.id", WF_FIELD_TEXT }, N_ ("E-mail’s number") },
  { { "email.link", WF_FIELD_TEXT }, N_ ("Clicked link") },
  { { "email.subject", WF_FIELD_TEXT }, N_ ("E-mail’s subject") },
  { { "event.id", WF_FIELD_TEXT }, N_ ("Event’s number") },
  { { "event.source", WF_FIELD_TEXT }, N_ ("Event’s source") },
  { { "event.subject", WF_FIELD_TEXT }, N_ ("Event’s subject") },
  { { "event.time", WF_FIELD_DATE_TIME }, N_ ("Event’s time") },
  { { "event.type", WF_FIELD_TEXT }, N_ ("Event’s type") },
  { { "form.id", WF_FIELD_TEXT }, N_ ("Form’s number") },
  { { "form.name", WF_FIELD_TEXT }, N_ ("Form’s name") },
  { { "import", WF_FIELD_BOOLEAN }, N_ ("Imported") },
  { { "lead.city", WF_FIELD_TEXT }, N_ ("City") },
  { { "lead.company", WF_FIELD_TEXT }, N_ ("Company") },
  { { "lead.company-size", WF_FIELD_NUMBER }, N_ ("Company’s size") },
  { { "lead.created", WF_FIELD_DATE_TIME }, N_ ("Lead’s creation") },
  { { "lead.email", WF_FIELD_TEXT }, N_ ("E-mail address") },
  { { "lead.group", WF_FIELD_GROUP }, N_ ("Group") },
  { { "lead.id", WF_FIELD_TEXT }, N_ ("Lead’s number") },
  { { "lead.interest", WF_FIELD_TEXT }, N_ ("Interest") },
  { { "lead.job-title", WF_FIELD_TEXT }, N_ ("Job title") },
  { { "lead.name", WF_FIELD_TEXT }, N_ ("Name") },
  { { "lead.origin", WF_FIELD_TEXT }, N_ ("Origin") },
  { { "lead.owner", WF_FIELD_PERSON }, N_ ("Responsible") },
  { { "lead.phone", WF_FIELD_TEXT }, N_ ("Telephone number") },
  { { "lead.region", WF_FIELD_TEXT }, N_ ("Region") },
  { { "lead.score", WF_FIELD_NUMBER }, N_ ("Score") },
  { { "lead.source", WF_FIELD_TEXT }, N_ ("Source") },
  { { "lead.stage", WF_FIELD_STAGE }, N_ ("Stage") },
  { { "lead.tags", WF_FIELD_LIST }, N_ ("Tags") },
  { { "lead.updated", WF_FIELD_DATE_TIME }, N_ ("Lead’s last change") },
  { { "meeting.end", WF_FIELD_DATE_TIME }, N_ ("Meeting’s end") },
  { { "meeting.id", WF_FIELD_TEXT }, N_ ("Meeting’s number") },
  { { "meeting.person", WF_FIELD_PERSON }, N_ ("Meeting’s person") },
  { { "meeting.place", WF_FIELD_TEXT }, N_ ("Meeting’s place") },
  { { "meeting.start", WF_FIELD_DATE_TIME }, N_ ("Meeting’s start") },
  { { "meeting.title", WF_FIELD_TEXT }, N_ ("Meeting’s title") },
  { { "message.channel", WF_FIELD_TEXT }, N_ ("Message’s channel") },
  { { "message.id", WF_FIELD_TEXT }, N_ ("Message’s number") },
  { { "message.text", WF_FIELD_TEXT }, N_ ("Message’s text") },
  { { "owner_from", WF_FIELD_PERSON }, N_ ("Previous responsible") },
  { { "owner_to", WF_FIELD_PERSON }, N_ ("New responsible") },
  { { "payment.amount", WF_FIELD_NUMBER }, N_ ("Payment’s amount") },
  { { "payment.currency", WF_FIELD_TEXT }, N_ ("Payment’s currency") },
  { { "payment.due", WF_FIELD_DATE_TIME }, N_ ("Payment’s due date") },
  { { "payment.id", WF_FIELD_TEXT }, N_ ("Payment’s number") },
  { { "reason", WF_FIELD_TEXT }, N_ ("Reason") },
  { { "score_from", WF_FIELD_NUMBER }, N_ ("Previous score") },
  { { "score_to", WF_FIELD_NUMBER }, N_ ("New score") },
  { { "stage_from", WF_FIELD_STAGE }, N_ ("Previous stage") },
  { { "stage_to", WF_FIELD_STAGE }, N_ ("New stage") },
  { { "ticket.id", WF_FIELD_TEXT }, N_ ("Ticket’s number") },
  { { "ticket.severity", WF_FIELD_TEXT }, N_ ("Ticket’s severity") },
  { { "ticket.subject", WF_FIELD_TEXT }, N_ ("Ticket’s subject") },
  { { "ticket.text", WF_FIELD_TEXT }, N_ ("Ticket’s text") },
  { { "webhook.name", WF_FIELD_TEXT }, N_ ("Webhook’s name") },
  { { "workflow", WF_FIELD_TEXT }, N_ ("Workflow") },
};

const WfEventTypeInfo *
wf_event_catalogue_get_types (guint *n)
{
  *n = G_N_ELEMENTS (types);
  return types;
}

static int
find_type (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].id, id))
      return (int) i;
  return -1;
}

const WfEventTypeInfo *
wf_event_catalogue_find (const char *id)
{
  int i = find_type (id);

  return i >= 0 ? &types[i] : NULL;
}

/* What a server tells about itself: shown in the log, but no trigger. */
static const struct
{
  const char *id;
  const char *name;
} server_types[] = {
  { "workflow.changed", N_ ("Workflow changed") },
  { "organisation.changed", N_ ("Organisation changed") },
  { "notification.sent", N_ ("Notification sent") },
};

const char *
wf_event_type_to_text (const char *id)
{
  int known = find_type (id);

  if (known >= 0)
    return _ (details[known].name);
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (server_types); i++)
    if (g_str_equal (server_types[i].id, id))
      return _ (server_types[i].name);
  return id;
}

/* "When a lead is received"; NULL for a CRM's own type. */
const char *
wf_event_type_to_sentence (const char *id)
{
  int i = find_type (id);

  return i >= 0 ? _ (details[i].sentence) : NULL;
}

const char *
wf_event_group_to_text (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i][0], group))
      return _ (groups[i][1]);
  return group;
}

/* A CRM's own type carries at least what every event about a lead does. */
const WfFieldInfo *
wf_event_catalogue_get_fields (const char *type, guint *n)
{
  int i = find_type (type);

  *n = i >= 0 ? details[i].n_fields : G_N_ELEMENTS (lead_fields);
  return i >= 0 ? details[i].fields : lead_fields;
}

static int
find_field (const char *id)
{
  guint low = 0, high = G_N_ELEMENTS (fields);

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (id, fields[middle].info.id);

      if (order == 0)
        return (int) middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return -1;
}

const WfFieldInfo *
wf_field_find (const char *id)
{
  int i = id != NULL ? find_field (id) : -1;

  return i >= 0 ? &fields[i].info : NULL;
}

gboolean
wf_field_is_custom (const char *id)
{
  const char *mark = id != NULL ? strstr (id, CUSTOM_MARK) : NULL;

  return mark != NULL && mark != id && mark[strlen (CUSTOM_MARK)] != '\0' &&
         memchr (id, '.', (gsize) (mark - id)) == NULL;
}

/**
 * wf_field_can_be_written:
 * @id: (nullable): of a field
 *
 * Returns: whether a step may write it. Dates and numbers that the CRM keeps itself may not be,
 *   and stage and responsible only by the steps that follow their rules.
 */
gboolean
wf_field_can_be_written (const char *id)
{
  static const char *const writable[] = {
    "lead.name",   "lead.company", "lead.email",     "lead.phone",        "lead.source",
    "lead.origin", "lead.score",   "lead.interest",  "lead.tags",         "lead.group",
    "lead.region", "lead.city",    "lead.job-title", "lead.company-size", NULL,
  };

  return id != NULL && (g_strv_contains (writable, id) ||
                        (wf_field_is_custom (id) && g_str_has_prefix (id, "lead.")));
}

/* A webhook's body has whatever the other system sends. */
static gboolean
is_of_body (const char *type, const char *field)
{
  return g_strcmp0 (type, "webhook.received") == 0 && g_str_has_prefix (field, BODY_PREFIX) &&
         field[strlen (BODY_PREFIX)] != '\0';
}

gboolean
wf_event_catalogue_carries (const char *type, const char *field)
{
  guint n;
  const WfFieldInfo *carried = wf_event_catalogue_get_fields (type, &n);

  if (wf_field_is_custom (field) || is_of_body (type, field))
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (carried[i].id, field))
      return TRUE;
  return FALSE;
}

/* People named a custom field themselves: its own name is the best that can be shown. */
const char *
wf_field_to_text (const char *id)
{
  int i = find_field (id);

  if (i >= 0)
    return _ (fields[i].name);
  if (wf_field_is_custom (id))
    id = strstr (id, CUSTOM_MARK) + strlen (CUSTOM_MARK);
  return g_intern_string (id);
}
