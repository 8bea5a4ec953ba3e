/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a new lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-new-lead-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FEWEST_DIGITS 8 /* a local number without its area */
#define MOST_DIGITS 15  /* E.164 */

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

gboolean
wf_is_phone (const char *text)
{
  guint digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        digits++;
      else if (strchr (" -()./", *c) == NULL && !(*c == '+' && digits == 0))
        return FALSE;
    }
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}

/* Whether it exists only the post can tell; this finds what was mistyped. */
gboolean
wf_is_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || strpbrk (text, " ,;<>") != NULL || strchr (at + 1, '@') != NULL)
    return FALSE;
  const char *dot = strrchr (at, '.');
  return dot != NULL && dot > at + 1 && dot[1] != '\0' && strstr (at, "..") == NULL;
}

WfNewLeadProblem
wf_new_lead_check (const WfNewLead *lead)
{
  if (is_empty (lead->name))
    return WF_NEW_LEAD_NAME;
  if (!is_empty (lead->phone) && !wf_is_phone (lead->phone))
    return WF_NEW_LEAD_PHONE;
  if (!is_empty (lead->email) && !wf_is_email (lead->email))
    return WF_NEW_LEAD_EMAIL;
  return is_empty (lead->phone) && is_empty (lead->email) ? WF_NEW_LEAD_CONTACT : WF_NEW_LEAD_OK;
}

const char *
wf_new_lead_problem_to_text (WfNewLeadProblem problem)
{
  switch (problem)
    {
    case WF_NEW_LEAD_NAME:
      return _ ("A lead needs a name.");
    case WF_NEW_LEAD_CONTACT:
      return _ ("A phone number or an e-mail address is needed, so that somebody can answer.");
    case WF_NEW_LEAD_PHONE:
      return _ ("This is no telephone number.");
    case WF_NEW_LEAD_EMAIL:
      return _ ("This is no e-mail address.");
    case WF_NEW_LEAD_OK:
    default:
      return NULL;
    }
}
