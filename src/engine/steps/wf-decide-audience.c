/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "add-to-audience" (R83): what an advertising platform gets of a person is the hash of
 * their e-mail address or phone number, and nothing else. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-decision.h"
#include "wf-step-settings.h"

#include <string.h>

/* The rule, so that hashes are those that the platforms make themselves:
 *
 * E-mail: without blanks around it, in lower case (A to Z only, in every language).
 *
 * Phone: digits only, with the country code (E.164 without its plus). A number that begins with
 * "+" or "00" has its country code. Any other is a national one, and completed only where that
 * is beyond doubt: in a zone of Brazil, after leading zeros (the trunk prefix), area code and
 * number are 10 or 11 digits and get 55 in front; 12 or 13 digits that begin with 55 have it
 * already. What remains is no number that a platform could match, and is left out: a wrong hash
 * would only tell the platform of a person whom it does not know. */

#define FEWEST_DIGITS 8
#define MOST_DIGITS 15 /* E.164 */

static const char *const brazilian_zones[] = {
  "America/Araguaina",    "America/Bahia",
  "America/Belem",        "America/Boa_Vista",
  "America/Campo_Grande", "America/Cuiaba",
  "America/Eirunepe",     "America/Fortaleza",
  "America/Maceio",       "America/Manaus",
  "America/Noronha",      "America/Porto_Acre",
  "America/Porto_Velho",  "America/Recife",
  "America/Rio_Branco",   "America/Santarem",
  "America/Sao_Paulo",    "Brazil/Acre",
  "Brazil/DeNoronha",     "Brazil/East",
  "Brazil/West",          NULL,
};

static char *
normalize_email (const char *email)
{
  g_autofree char *address = email != NULL ? g_ascii_strdown (email, -1) : NULL;

  if (address == NULL || strchr (g_strstrip (address), '@') == NULL)
    return NULL;
  return g_steal_pointer (&address);
}

static char *
complete_brazilian (const char *digits)
{
  gsize length;

  digits += strspn (digits, "0");
  length = strlen (digits);
  if (length == 10 || length == 11)
    return g_strconcat ("55", digits, NULL);
  if ((length == 12 || length == 13) && g_str_has_prefix (digits, "55"))
    return g_strdup (digits);
  return NULL;
}

static char *
normalize_phone (const char *phone, const char *zone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean international = phone != NULL && phone[strspn (phone, " \t(")] == '+';

  for (const char *c = phone; c != NULL && *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  if (!international && g_str_has_prefix (digits->str, "00"))
    {
      g_string_erase (digits, 0, 2);
      international = TRUE;
    }
  if (!international)
    return g_strv_contains (brazilian_zones, zone) ? complete_brazilian (digits->str) : NULL;
  if (digits->len < FEWEST_DIGITS || digits->len > MOST_DIGITS)
    return NULL;
  return g_strdup (digits->str);
}

static char *
hash (const char *text)
{
  return text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1) : NULL;
}

WfEffect *
wf_decide_add_to_audience (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  const char *by = wf_step_get_text (step, "by"), *audience = wf_step_get_text (step, "audience");
  GTimeZone *zone = wf_working_hours_get_zone (wf_engine_get_hours (decision->engine));
  g_autofree char *email = NULL, *phone = NULL, *email_hash = NULL, *phone_hash = NULL;
  WfJsonWriter *writer;

  if (g_strcmp0 (by, "phone") != 0)
    email = normalize_email (wf_decision_get_field (decision, "lead.email"));
  if (g_strcmp0 (by, "email") != 0)
    phone = normalize_phone (wf_decision_get_field (decision, "lead.phone"),
                             g_time_zone_get_identifier (zone));
  *reason = "no-contact";
  if (email == NULL && phone == NULL)
    return NULL;
  *reason = "no-audience";
  if (audience == NULL)
    return NULL;
  email_hash = hash (email);
  phone_hash = hash (phone);
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "platform", wf_step_get_text (step, "platform"));
  wf_json_writer_add_string (writer, "audience", audience);
  wf_json_writer_add_string (writer, "email-sha256", email_hash);
  wf_json_writer_add_string (writer, "phone-sha256", phone_hash);
  return wf_decision_finish_action (decision, WF_ACTION_ADD_TO_AUDIENCE, writer, NULL);
}
