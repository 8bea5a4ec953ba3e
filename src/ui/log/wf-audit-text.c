/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change in words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-audit-text.h"

#include "wf-csv.h"
#include "wf-instant.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define BEFORE "-before"

/* What a member of a change is about: how its value reads. */
typedef enum
{
  TEXT,
  WORD,
  INSTANT,
  PERSON,
  STAGE,
  NUMBER,
} Reading;

static const struct
{
  const char *member;
  const char *title; /* marked for translation */
  Reading reading;
} members[] = {
  { "due", N_ ("Deadline"), INSTANT }, { "ends", N_ ("End"), INSTANT },
  { "person", N_ ("Person"), PERSON }, { "owner", N_ ("Owner"), PERSON },
  { "stage", N_ ("Stage"), STAGE },    { "status", N_ ("State"), WORD },
  { "state", N_ ("State"), WORD },     { "version", N_ ("Version"), NUMBER },
  { "outcome", N_ ("Outcome"), TEXT }, { "from", N_ ("From"), INSTANT },
  { "until", N_ ("Until"), INSTANT },  { "remind", N_ ("Reminder"), INSTANT },
};

static const struct
{
  const char *word;
  const char *text; /* marked for translation */
} words[] = {
  { "open", NC_ ("state of an activity", "Open") },
  { "done", NC_ ("state of an activity", "Done") },
  { "cancelled", NC_ ("state of an activity", "Cancelled") },
  { "no-longer-needed", NC_ ("state of an activity", "No longer needed") },
  { "live", NC_ ("state of a workflow", "Live") },
  { "paused", NC_ ("state of a workflow", "Paused") },
  { "archived", NC_ ("state of a workflow", "Archived") },
  { "draft", NC_ ("state of a workflow", "Draft") },
};

/* ---- values ------------------------------------------------------------------------------------ */

static const char *
word_to_text (const char *word, gboolean of_workflow)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return g_dpgettext2 (NULL, of_workflow ? "state of a workflow" : "state of an activity",
                           words[i].text);
  return word;
}

static char *
instant_to_text (const char *value, GTimeZone *zone)
{
  WfInstant at;

  if (zone == NULL || !wf_instant_parse (value, &at))
    return g_strdup (value);
  return wf_time_text_full (at, zone);
}

/* NULL: the member has no value that could be told. Owned by the caller. */
static char *
value_to_text (guint member, const WfJson *value, const WfLogNames *names)
{
  const char *text = wf_json_get_string (value);
  gint64 number;

  if (members[member].reading == NUMBER)
    return wf_json_get_int64 (value, &number) ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                                              : NULL;
  if (text == NULL)
    return NULL;
  switch (members[member].reading)
    {
    case INSTANT:
      return instant_to_text (text, names->zone);
    case PERSON:
      return g_strdup (*text == '\0' ? _ ("Nobody")
                                     : wf_organisation_get_person_name (names->organisation, text));
    case STAGE:
      return g_strdup (wf_organisation_get_stage_name (names->organisation, text));
    case WORD:
      return g_strdup (word_to_text (text, g_str_equal (members[member].member, "state")));
    case TEXT:
    case NUMBER:
    default:
      return g_strdup (text);
    }
}

static void
add_part (GString *all, guint member, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (all->len > 0)
    g_string_append_c (all, '\n');
  /* Translators: what was changed, and its value: "Deadline: 3 November 2026, 10:00" */
  g_string_append_printf (all, _ ("%s: %s"), gettext (members[member].title), value);
}

static char *
finish (GString *all)
{
  gboolean empty = all->len == 0;

  return g_string_free (all, empty);
}

/* Of an absence the person is whom it is about, and no change. */
static gboolean
is_subject (const WfJson *root, const char *member)
{
  return g_str_equal (member, "person") && wf_json_get_member (root, "absence") != NULL;
}

static void
read_pairs (WfAuditText *self, const WfJson *root, const WfLogNames *names)
{
  GString *before = g_string_new (NULL), *after = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (is_subject (root, members[i].member))
        continue;
      g_autofree char *name_before = g_strconcat (members[i].member, BEFORE, NULL);
      const WfJson *was = wf_json_get_member (root, name_before);
      const WfJson *is = wf_json_get_member (root, members[i].member);
      g_autofree char *text_before = value_to_text (i, was, names);
      g_autofree char *text_after = value_to_text (i, is, names);

      add_part (before, i, text_before);
      add_part (after, i, text_after);
    }
  self->before = finish (before);
  self->after = finish (after);
}

/* ---- the whole --------------------------------------------------------------------------------- */

/* The activity, of which lead; the workflow; whose absence. */
static char *
make_subject (const WfJson *root, const WfLogNames *names, const char *lead_name)
{
  const char *title = wf_json_get_member_string (root, "title");
  const char *workflow = wf_json_get_member_string (root, "name");
  const char *absent = wf_json_get_member (root, "absence") != NULL
                           ? wf_json_get_member_string (root, "person")
                           : NULL;

  if (title != NULL && lead_name != NULL)
    return g_strdup_printf ("%s · %s", title, lead_name);
  if (title != NULL || workflow != NULL)
    return g_strdup (title != NULL ? title : workflow);
  if (absent != NULL)
    return g_strdup (wf_organisation_get_person_name (names->organisation, absent));
  return g_strdup (lead_name);
}

WfAuditText *
wf_audit_text_new (const WfLogEntry *entry, const WfLogNames *names, const char *lead_name)
{
  WfAuditText *self = g_new0 (WfAuditText, 1);
  g_autoptr (WfJsonDocument) details =
      entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL) : NULL;
  const WfJson *root = details != NULL ? wf_json_document_get_root (details) : NULL;
  const char *by = wf_json_get_member_string (root, "by");

  self->who = g_strdup (by != NULL ? wf_organisation_get_person_name (names->organisation, by)
                                   : _ ("No person"));
  self->what = wf_log_title (entry);
  self->on = make_subject (root, names, lead_name != NULL ? lead_name : entry->lead);
  self->why = g_strdup (wf_json_get_member_string (root, "text"));
  read_pairs (self, root, names);
  return self;
}

void
wf_audit_text_free (WfAuditText *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->what);
  g_free (self->on);
  g_free (self->before);
  g_free (self->after);
  g_free (self->why);
  g_free (self);
}

static char *
dup_member (const WfLogEntry *entry, const char *name)
{
  g_autoptr (WfJsonDocument) details =
      entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL) : NULL;

  return details == NULL
             ? NULL
             : g_strdup (wf_json_get_member_string (wf_json_document_get_root (details), name));
}

char *
wf_audit_dup_activity (const WfLogEntry *entry)
{
  return dup_member (entry, "activity");
}

char *
wf_audit_dup_workflow (const WfLogEntry *entry)
{
  return dup_member (entry, "workflow");
}

/* ---- as a table -------------------------------------------------------------------------------- */

void
wf_audit_append_csv_head (GString *csv)
{
  wf_csv_append_field (csv, _ ("Time"), FALSE);
  wf_csv_append_field (csv, _ ("Person"), FALSE);
  wf_csv_append_field (csv, _ ("Change"), FALSE);
  wf_csv_append_field (csv, _ ("Subject"), FALSE);
  wf_csv_append_field (csv, _ ("Before"), FALSE);
  wf_csv_append_field (csv, _ ("After"), FALSE);
  wf_csv_append_field (csv, _ ("Reason"), TRUE);
}

void
wf_audit_append_csv (GString *csv, const WfLogEntry *entry, const WfLogNames *names)
{
  g_autoptr (WfAuditText) text = wf_audit_text_new (entry, names, NULL);
  g_autofree char *time = names->zone != NULL ? wf_instant_format_zone (entry->at, names->zone)
                                              : wf_instant_format_utc (entry->at);

  wf_csv_append_field (csv, time, FALSE);
  wf_csv_append_field (csv, text->who, FALSE);
  wf_csv_append_field (csv, text->what, FALSE);
  wf_csv_append_field (csv, text->on, FALSE);
  wf_csv_append_field (csv, text->before, FALSE);
  wf_csv_append_field (csv, text->after, FALSE);
  wf_csv_append_field (csv, text->why, TRUE);
}
