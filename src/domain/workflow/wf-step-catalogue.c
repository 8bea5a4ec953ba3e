/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of steps as data (workflow-format, R14-R24, R70, R78-R88, R104, R126). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REQUIRED WF_SETTING_REQUIRED
#define IN(section, name, type, flags, label, choices, fallback)                                   \
  { name, WF_SETTING_##type, flags, label, choices, fallback, WF_SECTION_##section, NULL, NULL }
#define SETTING(name, type, flags, label) IN (MAIN, name, type, flags, label, NULL, NULL)
#define SETTING_IN(section, name, type, flags, label)                                              \
  IN (section, name, type, flags, label, NULL, NULL)
#define WITH_FALLBACK(section, name, type, label, fallback)                                        \
  IN (section, name, type, WF_SETTING_OPTIONAL, label, NULL, fallback)
#define CHOICE(name, label, choices, fallback)                                                     \
  IN (MAIN, name, CHOICE, WF_SETTING_OPTIONAL, label, choices, fallback)
#define ONE_OF(question, name, type, label)                                                          \
  {                                                                                                  \
    name, WF_SETTING_##type, WF_SETTING_OPTIONAL, label, NULL, NULL, WF_SECTION_MAIN, question, NULL \
  }
#define WITH(other, name, type, label)                                                             \
  { name, WF_SETTING_##type, WF_SETTING_OPTIONAL, label, NULL, NULL, WF_SECTION_MAIN, NULL, other }

static const char *const record_choices[] = { "lead", "deal", NULL };
static const char *const channel_choices[] = { "sms", "whatsapp", NULL };
static const char *const payload_choices[] = { "event", "lead", NULL };
static const char *const by_choices[] = { "email", "phone", "both", NULL };
static const char *const platform_choices[] = { "facebook", "google", "other", NULL };
static const char *const created_by_choices[] = { "any", "this-workflow", NULL };
static const char *const rejection_choices[] = { "stop", "continue", NULL };
static const char *const mail_to_choices[] = { "lead", "responsible", "manager", NULL };

/* What an activity has, be it a task, a call or a meeting (R14-R24). */
#define ACTIVITY_SETTINGS                                                                          \
  SETTING_IN (DEADLINE, "complete-within", DEADLINE, REQUIRED,                                     \
              NC_ ("step setting", "Complete within")),                                            \
      SETTING_IN (DEADLINE, "notify", DURATION, 0, NC_ ("step setting", "Notify")),                \
      SETTING_IN (WHO, "permission", PERMISSION, 0, NC_ ("step setting", "Creation permission")),  \
      WITH_FALLBACK (WHO, "assignee", ASSIGNEE, NC_ ("step setting", "Assigned to"),               \
                     "responsible"),                                                               \
      SETTING_IN (NOTES, "notes", LONG_TEXT, 0, NC_ ("step setting", "Notes")),                    \
      SETTING_IN (DEADLINE, "business-hours", BOOLEAN, 0,                                          \
                  NC_ ("step setting", "Consider the company’s business hours")),                  \
      SETTING_IN (MORE, "keep", BOOLEAN, 0,                                                        \
                  NC_ ("step setting", "Keep when the lead is discarded or finalized")),           \
      SETTING_IN (MORE, "retire-on", EVENT_TYPES, 0,                                               \
                  NC_ ("step setting", "No longer needed after")),                                 \
      SETTING_IN (MORE, "join", BOOLEAN, 0,                                                        \
                  NC_ ("step setting", "Join an open activity of the same type"))

static const WfSettingInfo create_activity[] = {
  SETTING ("activity-type", ACTIVITY_TYPE, REQUIRED, NC_ ("step setting", "Type of activity")),
  ACTIVITY_SETTINGS,
};
static const WfSettingInfo schedule_call[] = {
  SETTING ("activity-type", ACTIVITY_TYPE, 0, NC_ ("step setting", "Type of activity")),
  ACTIVITY_SETTINGS,
  SETTING ("lasts", DURATION, 0, NC_ ("step setting", "Lasts")),
};
static const WfSettingInfo schedule_meeting[] = {
  SETTING ("activity-type", ACTIVITY_TYPE, 0, NC_ ("step setting", "Type of activity")),
  ACTIVITY_SETTINGS,
  SETTING ("lasts", DURATION, 0, NC_ ("step setting", "Lasts")),
  SETTING ("place", TEXT, 0, NC_ ("step setting", "Place")),
};
static const WfSettingInfo notify[] = {
  SETTING ("text", LONG_TEXT, REQUIRED, NC_ ("step setting", "Text")),
  WITH_FALLBACK (MAIN, "recipient", RECIPIENT, NC_ ("step setting", "Recipient"), "responsible"),
  SETTING_IN (MORE, "sender", PERSON, 0, NC_ ("step setting", "Shown as sender")),
};
static const WfSettingInfo wait[] = {
  ONE_OF (NC_ ("step setting", "Until"), "for", DURATION, NC_ ("step setting", "Wait for")),
  ONE_OF (NC_ ("step setting", "Until"), "until", DATE_FIELD, NC_ ("step setting", "Wait until")),
  ONE_OF (NC_ ("step setting", "Until"), "until-condition", CONDITION,
          NC_ ("step setting", "Wait until this holds")),
  WITH ("until-condition", "time-out", DURATION, NC_ ("step setting", "At most")),
  WITH ("for", "business-hours", BOOLEAN,
        NC_ ("step setting", "Consider the company’s business hours")),
};
static const WfSettingInfo branch[] = {
  SETTING ("paths", PATHS, REQUIRED, NC_ ("step setting", "Paths")),
};
static const WfSettingInfo post_to_stream[] = {
  SETTING ("text", LONG_TEXT, REQUIRED, NC_ ("step setting", "Text")),
  SETTING ("mentions", RECIPIENTS, 0, NC_ ("step setting", "Mentions")),
  SETTING_IN (MORE, "sender", PERSON, 0, NC_ ("step setting", "Shown as sender")),
};
static const WfSettingInfo change_stage[] = {
  SETTING ("stage", STAGE, REQUIRED, NC_ ("step setting", "Stage")),
  CHOICE ("record", NC_ ("step setting", "Record"), record_choices, "lead"),
  SETTING ("allow-back", BOOLEAN, 0, NC_ ("step setting", "Allow moving back")),
  SETTING ("reason", TEXT, 0, NC_ ("step setting", "Reason")),
};
static const WfSettingInfo change_responsible[] = {
  SETTING ("rules", RULES, 0, NC_ ("step setting", "By criteria")),
  SETTING ("to", ASSIGNEE, REQUIRED, NC_ ("step setting", "New responsible")),
};
static const WfSettingInfo set_field[] = {
  SETTING ("field", FIELD, REQUIRED, NC_ ("step setting", "Field")),
  SETTING ("value", VALUE, REQUIRED, NC_ ("step setting", "Value")),
};
static const WfSettingInfo add_score[] = {
  SETTING ("points", NUMBER, REQUIRED, NC_ ("step setting", "Points")),
};
static const WfSettingInfo send_email[] = {
  CHOICE ("to", NC_ ("step setting", "To"), mail_to_choices, "lead"),
  SETTING ("subject", TEXT, REQUIRED, NC_ ("step setting", "Subject")),
  SETTING ("text", LONG_TEXT, REQUIRED, NC_ ("step setting", "Text")),
  SETTING_IN (MORE, "sender", PERSON, 0, NC_ ("step setting", "Shown as sender")),
  SETTING_IN (MORE, "track-opening", BOOLEAN, 0, NC_ ("step setting", "Tell when it is opened")),
};
static const WfSettingInfo send_message[] = {
  CHOICE ("channel", NC_ ("step setting", "By"), channel_choices, "sms"),
  SETTING ("template", WORD, 0, NC_ ("step setting", "Approved template")),
  SETTING ("text", LONG_TEXT, 0, NC_ ("step setting", "Text")),
};
static const WfSettingInfo add_to_audience[] = {
  CHOICE ("platform", NC_ ("step setting", "Platform"), platform_choices, "facebook"),
  SETTING ("audience", WORD, REQUIRED, NC_ ("step setting", "Audience")),
  CHOICE ("by", NC_ ("step setting", "Matched by"), by_choices, "both"),
};
static const WfSettingInfo webhook[] = {
  SETTING ("url", URL, REQUIRED, NC_ ("step setting", "Address")),
  CHOICE ("send", NC_ ("step setting", "Send"), payload_choices, "event"),
  SETTING_IN (MORE, "allow-private", BOOLEAN, 0,
              NC_ ("step setting", "Allow addresses inside the company’s network")),
};
static const WfSettingInfo delete_record[] = {
  CHOICE ("record", NC_ ("step setting", "Record"), record_choices, "lead"),
  SETTING ("confirmed", BOOLEAN, REQUIRED | WF_SETTING_MUST_BE_TRUE,
           NC_ ("step setting", "I know that the record is deleted for good")),
};
static const WfSettingInfo control[] = {
  SETTING ("at-most", DURATION, REQUIRED, NC_ ("step setting", "At most in the stage")),
  SETTING ("business-hours", BOOLEAN, 0,
           NC_ ("step setting", "Consider the company’s business hours")),
  SETTING ("stage", STAGE, 0, NC_ ("step setting", "Stage")),
  WITH_FALLBACK (WHO, "recipient", RECIPIENT, NC_ ("step setting", "Recipient"), "manager"),
  SETTING ("text", LONG_TEXT, 0, NC_ ("step setting", "Text")),
  SETTING_IN (MORE, "sender", PERSON, 0, NC_ ("step setting", "Shown as sender")),
};
static const WfSettingInfo close_activities[] = {
  SETTING ("activity-types", ACTIVITY_TYPES, 0, NC_ ("step setting", "Types of activity")),
  CHOICE ("created-by", NC_ ("step setting", "Created by"), created_by_choices, "any"),
  SETTING ("reason", TEXT, 0, NC_ ("step setting", "Reason")),
};
static const WfSettingInfo request_approval[] = {
  SETTING ("text", LONG_TEXT, REQUIRED, NC_ ("step setting", "What is to be approved")),
  WITH_FALLBACK (WHO, "approver", RECIPIENT, NC_ ("step setting", "Approver"), "manager"),
  SETTING_IN (DEADLINE, "complete-within", DEADLINE, REQUIRED,
              NC_ ("step setting", "Complete within")),
  SETTING_IN (DEADLINE, "notify", DURATION, 0, NC_ ("step setting", "Notify")),
  SETTING_IN (DEADLINE, "business-hours", BOOLEAN, 0,
              NC_ ("step setting", "Consider the company’s business hours")),
  CHOICE ("on-rejection", NC_ ("step setting", "When it is rejected"), rejection_choices, "stop"),
};

#define KIND(kind, name, label, summary, icon, group, settings)                                    \
  [WF_STEP_##kind] = { WF_STEP_##kind, name,  label,    summary,                                   \
                       icon,           group, settings, G_N_ELEMENTS (settings) }

static const WfStepKindInfo kinds[] = {
  KIND (CREATE_ACTIVITY, "create-activity", N_ ("Create an activity"),
        N_ ("Gives the right person something to do, with a deadline and a reminder."),
        "checkbox-checked-symbolic", "activities", create_activity),
  KIND (SCHEDULE_CALL, "schedule-call", N_ ("Schedule a call"),
        N_ ("Puts a call into the person’s activities and tells them."), "call-start-symbolic",
        "activities", schedule_call),
  KIND (SCHEDULE_MEETING, "schedule-meeting", N_ ("Schedule a meeting"),
        N_ ("Puts a meeting into the person’s activities and calendar."),
        "x-office-calendar-symbolic", "activities", schedule_meeting),
  KIND (NOTIFY, "notify", N_ ("Notify"), N_ ("Shows a notification to somebody of the team."),
        "preferences-system-notifications-symbolic", "communication", notify),
  KIND (WAIT, "wait", N_ ("Wait"),
        N_ ("Holds every step below it for a time, or until something happens."), "alarm-symbolic",
        "flow", wait),
  KIND (BRANCH, "branch", N_ ("Branch"), N_ ("Takes one of several paths; they join below."),
        "media-playlist-shuffle-symbolic", "flow", branch),
  KIND (POST_TO_STREAM, "post-to-stream", N_ ("Add a message to the stream"),
        N_ ("Starts a discussion on the record, which others can comment."),
        "chat-message-new-symbolic", "communication", post_to_stream),
  KIND (CHANGE_STAGE, "change-stage", N_ ("Change the stage"),
        N_ ("Moves the record on in its pipeline."), "go-next-symbolic", "record", change_stage),
  KIND (CHANGE_RESPONSIBLE, "change-responsible", N_ ("Change the responsible"),
        N_ ("Gives the lead to a person, or to somebody of a group."), "avatar-default-symbolic",
        "record", change_responsible),
  KIND (SET_FIELD, "set-field", N_ ("Set a field"), N_ ("Writes a value into the record."),
        "document-edit-symbolic", "record", set_field),
  KIND (ADD_SCORE, "add-score", N_ ("Add to the score"), N_ ("Raises or lowers the lead’s score."),
        "starred-symbolic", "record", add_score),
  KIND (SEND_EMAIL, "send-email", N_ ("Send an e-mail"), N_ ("Sends an e-mail through the CRM."),
        "mail-send-symbolic", "communication", send_email),
  KIND (SEND_MESSAGE, "send-message", N_ ("Send a message"),
        N_ ("Sends an SMS or a WhatsApp template to the main contact."), "phone-symbolic",
        "communication", send_message),
  KIND (ADD_TO_AUDIENCE, "add-to-audience", N_ ("Add to an ad audience"),
        N_ ("Gives the contact’s hashed e-mail or phone number to an advertising audience."),
        "system-users-symbolic", "systems", add_to_audience),
  KIND (WEBHOOK, "webhook", N_ ("Call a webhook"), N_ ("Sends the data to another system, signed."),
        "network-transmit-receive-symbolic", "systems", webhook),
  KIND (DELETE_RECORD, "delete-record", N_ ("Delete the record"),
        N_ ("Deletes the record for good; usually for junk leads."), "user-trash-symbolic",
        "record", delete_record),
  KIND (CONTROL, "control", N_ ("Control the time in a stage"),
        N_ ("Tells the manager when a record stays in a stage for too long."),
        "dialog-warning-symbolic", "flow", control),
  KIND (CLOSE_ACTIVITIES, "close-activities", N_ ("Close activities"),
        N_ ("Marks open activities of the lead as no longer needed."), "object-select-symbolic",
        "activities", close_activities),
  KIND (REQUEST_APPROVAL, "request-approval", N_ ("Request an approval"),
        N_ ("Asks somebody to approve or reject before the flow goes on."),
        "security-high-symbolic", "activities", request_approval),
};

static const struct
{
  const char *id, *label;
} groups[] = {
  { "activities", NC_ ("step group", "Activities") },
  { "communication", NC_ ("step group", "Communication") },
  { "record", NC_ ("step group", "Record") },
  { "flow", NC_ ("step group", "Flow") },
  { "systems", NC_ ("step group", "Other systems") },
};

static const struct
{
  const char *id, *label;
} choices[] = {
  { "lead", NC_ ("step choice", "Lead") },
  { "deal", NC_ ("step choice", "Deal") },
  { "responsible", NC_ ("step choice", "Responsible") },
  { "manager", NC_ ("step choice", "The responsible’s manager") },
  { "sms", NC_ ("step choice", "SMS") },
  { "whatsapp", NC_ ("step choice", "WhatsApp") },
  { "event", NC_ ("step choice", "The event and the lead") },
  { "email", NC_ ("step choice", "E-mail address") },
  { "phone", NC_ ("step choice", "Phone number") },
  { "both", NC_ ("step choice", "E-mail address and phone number") },
  { "facebook", NC_ ("step choice", "Facebook") },
  { "google", NC_ ("step choice", "Google") },
  { "other", NC_ ("step choice", "Other") },
  { "any", NC_ ("step choice", "Any workflow or person") },
  { "this-workflow", NC_ ("step choice", "This workflow") },
  { "stop", NC_ ("step choice", "Stop here") },
  { "continue", NC_ ("step choice", "Go on") },
  { "for", NC_ ("step choice", "Some time has passed") },
  { "until", NC_ ("step choice", "A date is reached") },
  { "until-condition", NC_ ("step choice", "A condition holds") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == WF_N_STEP_KINDS);

/**
 * wf_step_catalogue_get:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): its description; %NULL for WF_STEP_OTHER
 */
const WfStepKindInfo *
wf_step_catalogue_get (WfStepKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kinds) ? &kinds[kind] : NULL;
}

/**
 * wf_step_catalogue_find:
 * @name: (nullable): as in a document
 *
 * Returns: (transfer none) (nullable): the kind's description
 */
const WfStepKindInfo *
wf_step_catalogue_find (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];
  return NULL;
}

/**
 * wf_step_kind_info_get_setting:
 * @self: a kind's description
 * @name: a member of its steps
 *
 * Returns: (transfer none) (nullable): what the member is
 */
const WfSettingInfo *
wf_step_kind_info_get_setting (const WfStepKindInfo *self, const char *name)
{
  for (guint i = 0; i < self->n_settings; i++)
    if (strcmp (self->settings[i].name, name) == 0)
      return &self->settings[i];
  return NULL;
}

/**
 * wf_step_kind_to_text:
 * @kind: a kind
 *
 * Returns: (transfer none): its name in the user's language
 */
const char *
wf_step_kind_to_text (WfStepKind kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (kind);

  return info != NULL ? _ (info->label) : _ ("Unknown step");
}

/**
 * wf_step_kind_to_summary:
 * @kind: a kind
 *
 * Returns: (transfer none): what it is for, one sentence in the user's language
 */
const char *
wf_step_kind_to_summary (WfStepKind kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_get (kind);

  return info != NULL ? _ (info->summary) : _ ("A newer version of the program knows this step.");
}

/**
 * wf_step_group_to_text:
 * @group: of a WfStepKindInfo
 *
 * Returns: (transfer none): the heading in the user's language
 */
const char *
wf_step_group_to_text (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (strcmp (groups[i].id, group) == 0)
      return g_dpgettext2 (NULL, "step group", groups[i].label);
  return group;
}

/**
 * wf_setting_to_text:
 * @setting: what can be set
 *
 * Returns: (transfer none): its label in the user's language
 */
const char *
wf_setting_to_text (const WfSettingInfo *setting)
{
  return g_dpgettext2 (NULL, "step setting", setting->label);
}

/**
 * wf_setting_choice_to_text:
 * @setting: what can be set
 * @choice: one of its choices, or a recipient or assignee without an id
 *
 * Returns: (transfer none): the choice in the user's language, itself when it is unknown
 */
const char *
wf_setting_choice_to_text (G_GNUC_UNUSED const WfSettingInfo *setting, const char *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (strcmp (choices[i].id, choice) == 0)
      return g_dpgettext2 (NULL, "step choice", choices[i].label);
  return choice;
}
