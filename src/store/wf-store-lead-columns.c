/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a lead's JSON the table of leads is sorted, filtered and searched by. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include "wf-instant.h"
#include "wf-text-fold.h"

#include <math.h>
#include <string.h>

/* Two digits are in every number and in most names: from three on a text of digits is one of a phone. */
#define FEWEST_DIGITS 3

/* An empty text is as good as none. */
static const char *
get_filled (const WfJson *lead, const char *member)
{
  const char *text = wf_json_get_member_string (lead, member);

  return text != NULL && text[0] != '\0' ? text : NULL;
}

/* A CRM may write a number as text. */
static void
read_score (WfLeadColumns *self, const WfJson *value)
{
  const char *text = wf_json_get_string (value);
  char *end = NULL;

  self->score = 0;
  if (text != NULL && text[0] != '\0')
    self->score = g_ascii_strtod (text, &end);
  else if (wf_json_is (value, WF_JSON_NUMBER))
    self->score = wf_json_get_double (value, 0);
  else
    return;
  self->has_score = (end == NULL || *end == '\0') && isfinite (self->score);
}

/* 0: none. A CRM may write a number as text. */
static double
read_value (const WfJson *value)
{
  const char *text = wf_json_get_string (value);
  char *end = NULL;
  double number = text == NULL ? wf_json_get_double (value, 0) : g_ascii_strtod (text, &end);

  return (end == NULL || *end == '\0') && isfinite (number) ? number : 0;
}

/* What the lead is about: by the CRM's own word for it, else by a field of that name, else what the lead asked for. */
static const char *
get_product (const WfJson *lead)
{
  const char *product = get_filled (lead, "product");

  if (product == NULL)
    product = get_filled (wf_json_get_member (lead, "custom"), "product");
  return product != NULL ? product : get_filled (lead, "interest");
}

static WfInstant
read_instant (const WfJson *lead, const char *member)
{
  const char *text = get_filled (lead, member);
  WfInstant instant = WF_INSTANT_NONE;

  return text != NULL && wf_instant_parse (text, &instant) ? instant : WF_INSTANT_NONE;
}

/* lead: nullable; the texts are borrowed from it. The same as wf_lead_read makes of it, without copying the object: it is
 * done for every event. */
void
wf_lead_columns_init (WfLeadColumns *self, const WfJson *lead)
{
  *self = (WfLeadColumns) {
    .created = WF_INSTANT_NONE,
    .first_contact = WF_INSTANT_NONE,
    .last_contact = WF_INSTANT_NONE,
  };
  if (!wf_json_is (lead, WF_JSON_OBJECT))
    return;
  self->name = get_filled (lead, "name");
  self->company = get_filled (lead, "company");
  self->phone = get_filled (lead, "phone");
  self->email = get_filled (lead, "email");
  self->stage = get_filled (lead, "stage");
  self->owner = get_filled (lead, "owner");
  self->source = get_filled (lead, "source");
  self->unit = get_filled (lead, "unit");
  self->product = get_product (lead);
  self->value = read_value (wf_json_get_member (lead, "value"));
  read_score (self, wf_json_get_member (lead, "score"));
  self->created = read_instant (lead, "created");
  self->first_contact = read_instant (lead, "first-contact");
  self->last_contact = read_instant (lead, "last-contact");
}

static void
append_folded (GString *search, const char *text)
{
  g_autofree char *folded = text != NULL ? wf_text_fold (text) : NULL;

  if (folded != NULL)
    g_string_append_printf (search, "%s%s", search->len > 0 ? "\n" : "", folded);
}

/* What is looked for beside the name, folded; of a phone also its digits alone, because nobody writes one as it was written
 * there. NULL when there is nothing. Owned by the caller. */
char *
wf_lead_columns_dup_search (const WfLeadColumns *self)
{
  GString *search = g_string_new (NULL);

  append_folded (search, self->company);
  append_folded (search, self->email);
  append_folded (search, self->phone);
  if (self->phone != NULL)
    {
      g_string_append_c (search, '\n');
      for (const char *p = self->phone; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (search, *p);
    }
  return g_string_free (search, search->len == 0);
}

/* The digits of a text that is a part of a phone number; NULL when it is none. Owned by the caller. */
char *
wf_lead_dup_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (strchr (" +-()./", *p) == NULL)
      return NULL;
  return digits->len < FEWEST_DIGITS ? NULL : g_strdup (digits->str);
}
