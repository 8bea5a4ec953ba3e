/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps whose settings the catalogue describes, in sentences (B24). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-sentence-private.h"

#include "wf-event-catalogue.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
dup_quote (const WfStep *step, const char *name)
{
  return wf_sentence_quote (wf_step_get_text (step, name));
}

static void
add_reason (char **sentence, const WfStep *step)
{
  const char *text = wf_step_get_text (step, "reason");
  g_autofree char *reason = wf_sentence_quote (text);

  if (text != NULL && text[0] != '\0')
    /* Translators: a sentence such as “Move the lead to the stage “Filter 2””, and a reason */
    wf_sentence_extend (sentence, _ ("%1$s, because “%2$s”"), reason, NULL);
}

static void
add_sender (char **sentence, const WfStep *step, const WfOrganisation *organisation)
{
  wf_sentence_add_sender (sentence, wf_step_get_text (step, "sender"), organisation);
}

static gboolean
is_about_deal (const WfStep *step)
{
  return g_strcmp0 (wf_step_get_text (step, "record"), "deal") == 0;
}

static const char *
get_stage (const WfStep *step, const WfOrganisation *organisation)
{
  const char *stage = wf_step_get_text (step, "stage");

  /* Translators: stands for a stage that nobody has chosen so far */
  return stage != NULL && stage[0] != '\0' ? wf_organisation_get_stage_name (organisation, stage)
                                           : C_ ("stage", "a stage");
}

/* ---- the record ---- */

static char *
make_change_stage (const WfStep *step, const WfOrganisation *organisation)
{
  char *sentence = g_strdup_printf (is_about_deal (step) ? _ ("Move the deal to the stage “%s”")
                                                         : _ ("Move the lead to the stage “%s”"),
                                    get_stage (step, organisation));

  if (wf_step_get_flag (step, "allow-back"))
    /* Translators: a sentence such as “Move the lead to the stage “Filter 2”” */
    wf_sentence_extend (&sentence, _ ("%1$s, also back from a later stage"), NULL, NULL);
  add_reason (&sentence, step);
  return sentence;
}

static char *
make_rule_condition (const WfJson *rule, const WfOrganisation *organisation)
{
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_get_member (rule, "if"), NULL);
  g_autoptr (WfCondition) condition = wf_condition_read (&cursor);

  return condition != NULL
             ? wf_condition_to_text (condition, organisation)
             /* Translators: stands for a condition that nobody has chosen so far */
             : g_strdup (C_ ("condition", "a condition holds that has still to be chosen"));
}

/* "Give the lead to Ana if …; to Bruno if …; otherwise to …" (R126) */
static char *
make_change_responsible (const WfStep *step, const WfOrganisation *organisation)
{
  g_autofree char *to = wf_sentence_make_assignee (wf_step_get_text (step, "to"), organisation);
  char *sentence = NULL;
  const WfJson *rule;
  WfJsonIter iter;

  wf_json_iter_init (&iter, wf_step_get_setting (step, "rules"));
  while (wf_json_iter_next (&iter, NULL, &rule))
    {
      g_autofree char *condition = make_rule_condition (rule, organisation);
      g_autofree char *whom =
          wf_sentence_make_assignee (wf_json_get_member_string (rule, "to"), organisation);

      if (sentence == NULL)
        /* Translators: somebody, such as “Ana Souza” or “the next one in turn of the group
         * Inbound”, and a condition such as “Score is at least 80” */
        sentence = g_strdup_printf (_ ("Give the lead to %1$s if %2$s"), whom, condition);
      else
        /* Translators: a sentence such as “Give the lead to Ana Souza if Score is at least 80”,
         * somebody, and a condition */
        wf_sentence_extend (&sentence, _ ("%1$s; to %2$s if %3$s"), whom, condition);
    }
  if (sentence == NULL)
    /* Translators: %s is somebody, such as “Ana Souza” */
    return g_strdup_printf (_ ("Give the lead to %s"), to);
  /* Translators: a sentence such as “Give the lead to Ana Souza if Score is at least 80”, and
   * somebody */
  wf_sentence_extend (&sentence, _ ("%1$s; otherwise to %2$s"), to, NULL);
  return sentence;
}

static char *
make_value (const WfStep *step, const char *field, const WfOrganisation *organisation)
{
  const WfJson *value = wf_step_get_setting (step, "value");
  const WfFieldInfo *info = wf_field_find (field);

  if (wf_json_is (value, WF_JSON_BOOLEAN))
    return g_strdup (wf_json_get_boolean (value, FALSE) ? C_ ("value", "yes") : C_ ("value", "no"));
  if (wf_json_is (value, WF_JSON_NUMBER))
    return wf_json_to_text (value, FALSE);
  if (info != NULL && info->type == WF_FIELD_GROUP && wf_json_get_string (value) != NULL)
    return g_strdup (wf_sentence_get_group (wf_json_get_string (value), organisation));
  return wf_sentence_quote (wf_json_get_string (value));
}

static char *
make_set_field (const WfStep *step, const WfOrganisation *organisation)
{
  const char *field = wf_step_get_text (step, "field");
  const char *text = wf_json_get_string (wf_step_get_setting (step, "value"));
  const char *name = field != NULL && field[0] != '\0'
                         ? wf_field_to_text (field)
                         /* Translators: stands for a field that nobody has chosen so far */
                         : C_ ("field", "a field");
  g_autofree char *value = make_value (step, field, organisation);

  if (text != NULL && text[0] == '\0')
    /* Translators: the name of a field */
    return g_strdup_printf (_ ("Clear “%s”"), name);
  /* Translators: the name of a field, and its new value */
  return g_strdup_printf (_ ("Set “%1$s” to “%2$s”"), name, value);
}

static char *
make_add_score (const WfStep *step)
{
  gint64 points = CLAMP (wf_step_get_number (step, "points", 0), -G_MAXINT32, G_MAXINT32);
  long amount = (long) ABS (points);

  if (points < 0)
    return g_strdup_printf (ngettext ("Take %ld point off the lead’s score",
                                      "Take %ld points off the lead’s score", (gulong) amount),
                            amount);
  return g_strdup_printf (ngettext ("Add %ld point to the lead’s score",
                                    "Add %ld points to the lead’s score", (gulong) amount),
                          amount);
}

static char *
make_delete_record (const WfStep *step)
{
  return g_strdup (is_about_deal (step) ? _ ("Delete the deal for good")
                                        : _ ("Delete the lead for good"));
}

/* ---- communication ---- */

static char *
make_post_to_stream (const WfStep *step, const WfOrganisation *organisation)
{
  g_autofree char *text = dup_quote (step, "text");
  g_auto (GStrv) mentions = wf_step_dup_list (step, "mentions");
  g_autoptr (GString) names = g_string_new (NULL);
  char *sentence = g_strdup_printf (_ ("Write to the record’s stream: “%s”"), text);

  for (guint i = 0; mentions[i] != NULL; i++)
    {
      g_autofree char *name = wf_sentence_make_recipient (mentions[i], organisation);

      g_string_append (names, i > 0 ? C_ ("separator of a list", ", ") : "");
      g_string_append (names, name);
    }
  if (names->len > 0)
    /* Translators: a sentence such as “Write to the record’s stream: “Please look””, and people */
    wf_sentence_extend (&sentence, _ ("%1$s, mentioning %2$s"), names->str, NULL);
  add_sender (&sentence, step, organisation);
  return sentence;
}

static char *
make_send_email (const WfStep *step, const WfOrganisation *organisation)
{
  const char *to = wf_step_get_text (step, "to");
  g_autofree char *subject = dup_quote (step, "subject");
  char *sentence;

  if (g_strcmp0 (to, "responsible") == 0)
    sentence = g_strdup_printf (_ ("Send the responsible the e-mail “%s”"), subject);
  else if (g_strcmp0 (to, "manager") == 0)
    sentence = g_strdup_printf (_ ("Send the manager of the responsible the e-mail “%s”"), subject);
  else
    sentence = g_strdup_printf (_ ("Send the lead the e-mail “%s”"), subject);
  add_sender (&sentence, step, organisation);
  if (wf_step_get_flag (step, "track-opening"))
    /* Translators: a sentence such as “Send the lead the e-mail “Welcome”” */
    wf_sentence_extend (&sentence, _ ("%1$s, and tell when it is opened"), NULL, NULL);
  return sentence;
}

static char *
make_send_message (const WfStep *step)
{
  const char *template = wf_step_get_text (step, "template");
  gboolean whatsapp = g_strcmp0 (wf_step_get_text (step, "channel"), "whatsapp") == 0;
  g_autofree char *text = dup_quote (step, "text");

  if (template != NULL && template[0] != '\0')
    return g_strdup_printf (whatsapp ? _ ("Send the lead the WhatsApp template “%s”")
                                     : _ ("Send the lead the SMS template “%s”"),
                            template);
  return g_strdup_printf (
      whatsapp ? _ ("Send the lead by WhatsApp: “%s”") : _ ("Send the lead by SMS: “%s”"), text);
}

/* ---- other systems ---- */

static char *
make_add_to_audience (const WfStep *step)
{
  const char *platform = wf_step_get_text (step, "platform");
  const char *by = wf_step_get_text (step, "by");
  const WfSettingInfo *setting =
      wf_step_kind_info_get_setting (wf_step_catalogue_get (step->kind), "platform");
  g_autofree char *audience = dup_quote (step, "audience");
  char *sentence;

  if (g_strcmp0 (platform, "other") == 0)
    sentence = g_strdup_printf (_ ("Add the lead to the ad audience “%s”"), audience);
  else
    /* Translators: an audience, and where it is, such as “Google” */
    sentence = g_strdup_printf (_ ("Add the lead to the ad audience “%1$s” of %2$s"), audience,
                                wf_setting_choice_to_text (setting, platform));
  if (g_strcmp0 (by, "email") == 0)
    /* Translators: a sentence such as “Add the lead to the ad audience “Customers” of Google” */
    wf_sentence_extend (&sentence, _ ("%1$s by the e-mail address"), NULL, NULL);
  else if (g_strcmp0 (by, "phone") == 0)
    /* Translators: a sentence such as “Add the lead to the ad audience “Customers” of Google” */
    wf_sentence_extend (&sentence, _ ("%1$s by the telephone number"), NULL, NULL);
  else
    /* Translators: a sentence such as “Add the lead to the ad audience “Customers” of Google” */
    wf_sentence_extend (&sentence, _ ("%1$s by e-mail address and telephone number"), NULL, NULL);
  return sentence;
}

/* Without the query, which may be secret and is long. */
static char *
make_webhook (const WfStep *step)
{
  g_autofree char *url = dup_quote (step, "url");
  char *sentence;

  url[strcspn (url, "?#")] = '\0';
  sentence = g_strdup_printf (g_strcmp0 (wf_step_get_text (step, "send"), "lead") == 0
                                  /* Translators: the address of another system */
                                  ? _ ("Send the lead to %s")
                                  /* Translators: the address of another system */
                                  : _ ("Send the event and the lead to %s"),
                              url);
  if (wf_step_get_flag (step, "allow-private"))
    /* Translators: a sentence such as “Send the lead to https://example.org/new” */
    wf_sentence_extend (&sentence, _ ("%1$s, which may be inside the company’s network"), NULL,
                        NULL);
  return sentence;
}

/* ---- activities and flow ---- */

static char *
make_control_head (const WfStep *step, const WfOrganisation *organisation)
{
  WfDuration at_most = wf_step_get_duration (step, "at-most");
  g_autofree char *most = wf_duration_is_set (at_most) ? wf_duration_to_text (at_most)
                                                       : wf_sentence_quote (NULL);
  gboolean business = wf_step_get_flag (step, "business-hours");

  if (wf_step_get_text (step, "stage") != NULL)
    return g_strdup_printf (
        business
            /* Translators: a stage, and an amount of time such as “3 days” */
            ? _ ("If the lead is still in the stage “%1$s” after %2$s (business hours)")
            /* Translators: a stage, and an amount of time such as “3 days” */
            : _ ("If the lead is still in the stage “%1$s” after %2$s"),
        get_stage (step, organisation), most);
  return g_strdup_printf (
      business
          /* Translators: %s is an amount of time such as “3 days” */
          ? _ ("If the lead is still in the same stage after %s (business hours)")
          /* Translators: %s is an amount of time such as “3 days” */
          : _ ("If the lead is still in the same stage after %s"),
      most);
}

static char *
make_control (const WfStep *step, const WfOrganisation *organisation)
{
  const char *text = wf_step_get_text (step, "text");
  g_autofree char *quote = wf_sentence_quote (text);
  g_autofree char *whom =
      wf_sentence_make_recipient (wf_step_get_text (step, "recipient"), organisation);
  char *sentence = make_control_head (step, organisation);

  if (text != NULL && text[0] != '\0')
    /* Translators: the beginning of a sentence such as “If the lead is still in the same stage
     * after 3 days”, people, and a text */
    wf_sentence_extend (&sentence, _ ("%1$s, tell %2$s: “%3$s”"), whom, quote);
  else
    /* Translators: the beginning of a sentence such as “If the lead is still in the same stage
     * after 3 days”, people */
    wf_sentence_extend (&sentence, _ ("%1$s, tell %2$s"), whom, NULL);
  add_sender (&sentence, step, organisation);
  return sentence;
}

static char *
make_close_activities (const WfStep *step, const WfOrganisation *organisation)
{
  g_auto (GStrv) types = wf_step_dup_list (step, "activity-types");
  guint n = g_strv_length (types);
  g_autofree char *names = wf_sentence_join (types, wf_sentence_get_type, organisation);
  char *sentence;

  if (n == 0)
    sentence = g_strdup (_ ("Close the lead’s open activities"));
  else
    /* Translators: names of types of activity */
    sentence = g_strdup_printf (ngettext ("Close the lead’s open activities of the type %s",
                                          "Close the lead’s open activities of the types %s", n),
                                names);
  if (g_strcmp0 (wf_step_get_text (step, "created-by"), "this-workflow") == 0)
    /* Translators: a sentence such as “Close the lead’s open activities” */
    wf_sentence_extend (&sentence, _ ("%1$s that this workflow created"), NULL, NULL);
  add_reason (&sentence, step);
  return sentence;
}

static char *
make_request_approval (const WfStep *step, const WfOrganisation *organisation)
{
  const WfJson *within = wf_step_get_setting (step, "complete-within");
  const WfSentenceDeadline deadline = {
    wf_step_get_duration (step, "complete-within"), wf_json_get_member_string (within, "before"),
    wf_json_get_boolean (wf_json_get_member (within, "business-time"), FALSE),
    wf_step_get_flag (step, "business-hours")
  };
  g_autofree char *text = dup_quote (step, "text");
  g_autofree char *whom =
      wf_sentence_make_recipient (wf_step_get_text (step, "approver"), organisation);
  /* Translators: somebody, such as “the manager of the responsible”, and what is to be approved */
  char *sentence = g_strdup_printf (_ ("Ask %1$s to approve “%2$s”"), whom, text);

  wf_sentence_add_deadline (&sentence, &deadline);
  wf_sentence_add_notify (&sentence, wf_step_get_duration (step, "notify"));
  if (g_strcmp0 (wf_step_get_text (step, "on-rejection"), "continue") == 0)
    /* Translators: a sentence such as “Ask Ana Souza to approve “Discount”, due in 1 day” */
    wf_sentence_extend (&sentence, _ ("%1$s, and go on even when it is rejected"), NULL, NULL);
  else
    /* Translators: a sentence such as “Ask Ana Souza to approve “Discount”, due in 1 day” */
    wf_sentence_extend (&sentence, _ ("%1$s, and stop when it is rejected"), NULL, NULL);
  return sentence;
}

/**
 * wf_sentence_make_settings:
 * @step: a step whose settings the catalogue describes
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full): what the step does
 */
char *
wf_sentence_make_settings (const WfStep *step, const WfOrganisation *organisation)
{
  switch (step->kind)
    {
    case WF_STEP_POST_TO_STREAM:
      return make_post_to_stream (step, organisation);
    case WF_STEP_CHANGE_STAGE:
      return make_change_stage (step, organisation);
    case WF_STEP_CHANGE_RESPONSIBLE:
      return make_change_responsible (step, organisation);
    case WF_STEP_SET_FIELD:
      return make_set_field (step, organisation);
    case WF_STEP_ADD_SCORE:
      return make_add_score (step);
    case WF_STEP_SEND_EMAIL:
      return make_send_email (step, organisation);
    case WF_STEP_SEND_MESSAGE:
      return make_send_message (step);
    case WF_STEP_ADD_TO_AUDIENCE:
      return make_add_to_audience (step);
    case WF_STEP_WEBHOOK:
      return make_webhook (step);
    case WF_STEP_DELETE_RECORD:
      return make_delete_record (step);
    case WF_STEP_CONTROL:
      return make_control (step, organisation);
    case WF_STEP_CLOSE_ACTIVITIES:
      return make_close_activities (step, organisation);
    case WF_STEP_REQUEST_APPROVAL:
      return make_request_approval (step, organisation);
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
    case WF_STEP_NOTIFY:
    case WF_STEP_WAIT:
    case WF_STEP_BRANCH:
    case WF_STEP_OTHER:
      break;
    }
  g_return_val_if_reached (g_strdup (wf_step_kind_to_text (step->kind)));
}
