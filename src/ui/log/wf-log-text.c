/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the log in words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-log-text.h"

#include "wf-activity.h"
#include "wf-condition.h"
#include "wf-csv.h"
#include "wf-event-catalogue.h"
#include "wf-instant.h"
#include "wf-step-catalogue.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

/* Before the kind of an action in the title of an effect. */
#define PERFORM "perform/"

typedef struct
{
  const char *word;
  const char *text; /* marked for translation */
} Word;

static const Word effects[] = {
  { "create-activity", N_ ("Activity created") },
  { "change-activity", N_ ("Activity changed") },
  { "send-message", N_ ("Message sent") },
  { "save-workflow", N_ ("Workflow saved") },
};

static const Word states[] = {
  { "pending", N_ ("on this computer, not sent yet") },
  { "sent", N_ ("sent, not confirmed yet") },
  { "done", N_ ("confirmed by the CRM") },
  { "failed", N_ ("refused by the CRM") },
  { "left", N_ ("left to another computer") },
};

static const Word verdicts[] = {
  { "started", N_ ("started") },
  { "condition-failed", N_ ("a condition does not hold") },
  { "paused", N_ ("not started: it is paused") },
  { "held-problem", N_ ("not started: it has problems") },
  { "held-storm", N_ ("held back: too many events at once") },
  { "reentry", N_ ("not started: it ran for this lead already") },
  { "own-event", N_ ("not started: a workflow caused this event itself") },
  { "loop", N_ ("stopped: it would start itself again and again") },
  { "known", N_ ("started before: the event came twice") },
};

/* Why a match did not start, or was held back. */
static const Word reasons[] = {
  { "import", N_ ("the event comes from an import") },
  { "storm", N_ ("too many events came at once") },
  { "depth", N_ ("too many workflows caused each other") },
  { "chain", N_ ("it caused this event itself, by other workflows") },
  { "daily-limit", N_ ("it ran for this lead too often on this day") },
  { "reentry", N_ ("it ran for this lead already") },
  { "lead-closed", N_ ("the lead was closed meanwhile") },
};

/* What the CRM said to an action that changed nothing (S17). */
static const Word notes[] = {
  { "already-further", N_ ("Workflows move a record forward only.") },
  { "already-so", N_ ("The record was like this before.") },
};

static const Word outcomes[] = {
  { WF_OUTCOME_APPROVED, N_ ("Approved") },
  { WF_OUTCOME_REJECTED, N_ ("Rejected") },
};

static const char *
find_word (const Word *words, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (words[i].word, word) == 0)
        return gettext (words[i].text);
    }
  return word;
}

static WfJsonDocument *
parse_details (const WfLogEntry *entry)
{
  return entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL) : NULL;
}

static const char *
get_detail (WfJsonDocument *details, const char *name)
{
  return details != NULL ? wf_json_get_member_string (wf_json_document_get_root (details), name)
                         : NULL;
}

static gboolean
is_kind (const WfLogEntry *entry, const char *kind)
{
  return g_strcmp0 (entry->kind, kind) == 0;
}

/* What only people do is no step of a workflow. */
static const Word deeds[] = {
  { "start-workflow", N_ ("Start a workflow") },
  { "create-lead", N_ ("Create a lead") },
  { "set-absence", N_ ("Mark somebody as away") },
  { "end-absence", N_ ("End an absence") },
};

/* "Change the stage"; what this version does not know is named as it is. */
static const char *
action_to_text (const char *kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_find (kind);

  if (info != NULL)
    return wf_step_kind_to_text (info->kind);
  return find_word (deeds, G_N_ELEMENTS (deeds), kind);
}

static const char *
effect_to_text (const char *effect)
{
  if (effect != NULL && g_str_has_prefix (effect, PERFORM))
    return action_to_text (effect + strlen (PERFORM));
  return find_word (effects, G_N_ELEMENTS (effects), effect);
}

char *
wf_log_title (const WfLogEntry *entry)
{
  if (is_kind (entry, "event"))
    return g_strdup (wf_event_type_to_text (entry->title));
  if (!is_kind (entry, "effect"))
    return g_strdup (entry->title);
  g_autoptr (WfJsonDocument) details = parse_details (entry);
  const char *state = get_detail (details, "state");
  const char *effect = effect_to_text (entry->title);
  if (state == NULL)
    return g_strdup (effect);
  /* Translators: what was done, and how far it got: "Activity created: confirmed by the CRM" */
  return g_strdup_printf (_ ("%s: %s"), effect, find_word (states, G_N_ELEMENTS (states), state));
}

/* ---- verdicts (B3) ----------------------------------------------------------------------------- */

static const char *
get_workflow_name (const WfLogNames *names, const char *id)
{
  const char *name =
      names->workflows != NULL && id != NULL ? g_hash_table_lookup (names->workflows, id) : NULL;

  return name != NULL ? name : _ ("A deleted workflow");
}

static const char *
get_name_of (const WfOrganisation *organisation, const char *id)
{
  const WfPerson *person = organisation != NULL ? wf_organisation_get_person (organisation, id)
                                                : NULL;
  const WfEntry *stage = organisation != NULL ? wf_organisation_get_stage (organisation, id) : NULL;

  if (person != NULL)
    return person->name;
  return stage != NULL ? stage->name : id;
}

static char *
seen_to_text (const WfJson *seen, const WfOrganisation *organisation)
{
  switch (wf_json_get_type (seen))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return NULL;
    case WF_JSON_STRING:
      return g_strdup (get_name_of (organisation, wf_json_get_string (seen)));
    case WF_JSON_BOOLEAN:
      return g_strdup (wf_json_get_boolean (seen, FALSE) ? _ ("yes") : _ ("no"));
    case WF_JSON_NUMBER:
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
    default:
      return wf_json_to_text (seen, FALSE);
    }
}

static int
find_operator (const char *name)
{
  for (int i = 0; i < WF_N_OPERATORS; i++)
    {
      if (g_strcmp0 (wf_operator_names[i], name) == 0)
        return i;
    }
  return -1;
}

/* "Score is at least 80: was 35"; NULL when the verdict names no condition. */
static char *
condition_to_text (const WfJson *verdict, const WfOrganisation *organisation)
{
  const char *field = wf_json_get_member_string (verdict, "field");
  int op = find_operator (wf_json_get_member_string (verdict, "op"));
  const WfJson *value = wf_json_get_member (verdict, "value");

  if (field == NULL || op < 0)
    return NULL;
  g_autofree char *value_text = value != NULL ? wf_json_to_text (value, FALSE) : NULL;
  g_autoptr (WfCondition) condition = wf_condition_new_test (field, (WfOperator) op, value_text);
  g_autofree char *text = wf_condition_to_text (condition, organisation);
  g_autofree char *seen = seen_to_text (wf_json_get_member (verdict, "seen"), organisation);
  if (seen == NULL)
    {
      /* Translators: a condition, and that the field had no value: "Score is at least 80: was empty" */
      return g_strdup_printf (_ ("%s: was empty"), text);
    }
  /* Translators: a condition, and the value that the field had: "Score is at least 80: was 35" */
  return g_strdup_printf (_ ("%s: was %s"), text, seen);
}

static char *
verdict_to_text (const WfJson *verdict, const WfLogNames *names)
{
  const char *word = wf_json_get_member_string (verdict, "verdict");
  const char *reason = wf_json_get_member_string (verdict, "reason");
  const char *workflow = get_workflow_name (names, wf_json_get_member_string (verdict, "workflow"));
  g_autofree char *condition = condition_to_text (verdict, names->organisation);
  const char *text = condition != NULL ? condition
                                       : find_word (verdicts, G_N_ELEMENTS (verdicts), word);

  if (reason == NULL || g_strcmp0 (word, "reentry") == 0)
    return g_strdup_printf ("%s: %s", workflow, text);
  if (g_strcmp0 (reason, "import") == 0)
    /* Translators: %s is a workflow */
    return g_strdup_printf (_ ("%s: held back: the event comes from an import"), workflow);
  return g_strdup_printf ("%s: %s (%s)", workflow, text,
                          find_word (reasons, G_N_ELEMENTS (reasons), reason));
}

static void
add_verdicts (GPtrArray *lines, WfJsonDocument *details, const WfLogNames *names)
{
  const WfJson *all = wf_json_get_member (wf_json_document_get_root (details), "verdicts");
  guint n = wf_json_get_size (all);

  if (n == 0)
    g_ptr_array_add (lines, g_strdup (_ ("No workflow listens to this event.")));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, verdict_to_text (wf_json_get_element (all, i), names));
}

/* ---- other entries ----------------------------------------------------------------------------- */

static void
add_line (GPtrArray *lines, const char *format, const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (lines, g_strdup_printf (format, value));
}

static void
add_effect (GPtrArray *lines, WfJsonDocument *details)
{
  gint64 attempts = 0;

  wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (details), "attempts"),
                     &attempts);
  if (attempts > 1)
    g_ptr_array_add (
        lines, g_strdup_printf (ngettext ("Tried %d time", "Tried %d times", (gulong) attempts),
                                (int) attempts));
  if (g_strcmp0 (get_detail (details, "state"), "done") != 0)
    add_line (lines, "%s", get_detail (details, "error"));
}

static void
add_instant (GPtrArray *lines, const char *format, const char *value, const WfLogNames *names)
{
  WfInstant at;

  if (value == NULL || names->zone == NULL || !wf_instant_parse (value, &at))
    return;
  g_autofree char *text = wf_time_text_full (at, names->zone);
  g_ptr_array_add (lines, g_strdup_printf (format, text));
}

/* The workflow, as it was called or as it is called now, and its version where that is told. */
static void
add_workflow (GPtrArray *lines, WfJsonDocument *details, const WfLogNames *names)
{
  const char *id = get_detail (details, "workflow"), *name = get_detail (details, "name");
  gint64 version = 0;

  wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (details), "version"), &version);
  if (name == NULL && id != NULL)
    name = get_workflow_name (names, id);
  if (name != NULL && version > 0)
    /* Translators: a workflow's name and the number of its version */
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s, version %d"), name, (int) version));
  else
    add_line (lines, "%s", name);
}

/* FALSE when the member is missing. */
static gboolean
get_count (WfJsonDocument *details, const char *name, gulong *n)
{
  const WfJson *member = wf_json_get_member (wf_json_document_get_root (details), name);
  gint64 value;

  if (!wf_json_get_int64 (member, &value) || value < 0 || value > G_MAXINT)
    return FALSE;
  *n = (gulong) value;
  return TRUE;
}

static void
add_counts (GPtrArray *lines, WfJsonDocument *details)
{
  gulong n;

  if (get_count (details, "held", &n))
    g_ptr_array_add (lines, g_strdup_printf (ngettext ("%d event", "%d events", n), (int) n));
  if (get_count (details, "capacity", &n))
    g_ptr_array_add (lines,
                     g_strdup_printf (ngettext ("At most %d for a person and working day",
                                                "At most %d for a person and working day", n),
                                      (int) n));
  if (get_count (details, "withdrawn", &n))
    g_ptr_array_add (
        lines, g_strdup_printf (ngettext ("%d activity withdrawn", "%d activities withdrawn", n),
                                (int) n));
  if (get_count (details, "touched", &n) && n > 0)
    g_ptr_array_add (lines,
                     g_strdup_printf (ngettext ("%d activity that somebody worked on stays",
                                                "%d activities that somebody worked on stay", n),
                                      (int) n));
}

/* What the machine words of the details mean. */
static void
add_words (GPtrArray *lines, WfJsonDocument *details)
{
  const char *reason = get_detail (details, "reason");
  const char *text = get_detail (details, "text");

  if (get_detail (details, "action") != NULL)
    add_line (lines, "%s", action_to_text (get_detail (details, "action")));
  add_line (lines, _ ("Deal %s"), get_detail (details, "record"));
  add_line (lines, "%s", find_word (notes, G_N_ELEMENTS (notes), get_detail (details, "note")));
  add_line (lines, _ ("Reason: %s"), find_word (reasons, G_N_ELEMENTS (reasons), reason));
  add_line (lines, "%s", find_word (outcomes, G_N_ELEMENTS (outcomes), text));
}

/* The title of a problem says most errors already. */
static void
add_error (GPtrArray *lines, const WfLogEntry *entry, const char *error)
{
  if (error != NULL && (entry->title == NULL || strstr (entry->title, error) == NULL))
    add_line (lines, "%s", error);
}

static void
add_change (GPtrArray *lines, const WfLogEntry *entry, WfJsonDocument *details,
            const WfLogNames *names)
{
  const char *by = get_detail (details, "by"), *person = get_detail (details, "person");

  add_workflow (lines, details, names);
  add_counts (lines, details);
  if (by != NULL)
    add_line (lines, _ ("By %s"), get_name_of (names->organisation, by));
  if (person != NULL && *person != '\0')
    add_line (lines, _ ("Given to %s"), get_name_of (names->organisation, person));
  add_instant (lines, _ ("Deadline before: %s"), get_detail (details, "due-before"), names);
  add_instant (lines, _ ("Deadline: %s"), get_detail (details, "due"), names);
  add_instant (lines, _ ("From: %s"), get_detail (details, "from"), names);
  add_instant (lines, _ ("Until: %s"), get_detail (details, "until"), names);
  add_words (lines, details);
  add_error (lines, entry, get_detail (details, "error"));
}

GPtrArray *
wf_log_lines (const WfLogEntry *entry, const WfLogNames *names)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfJsonDocument) details = parse_details (entry);

  if (details == NULL)
    return lines;
  if (is_kind (entry, "event"))
    add_verdicts (lines, details, names);
  else if (is_kind (entry, "effect"))
    add_effect (lines, details);
  else
    add_change (lines, entry, details, names);
  return lines;
}

gboolean
wf_log_is_problem (const WfLogEntry *entry)
{
  if (is_kind (entry, "problem"))
    return TRUE;
  if (!is_kind (entry, "effect"))
    return FALSE;
  g_autoptr (WfJsonDocument) details = parse_details (entry);
  return g_strcmp0 (get_detail (details, "state"), "failed") == 0;
}

const char *
wf_log_icon (const WfLogEntry *entry)
{
  if (wf_log_is_problem (entry))
    return "dialog-warning-symbolic";
  if (is_kind (entry, "event"))
    return "mail-unread-symbolic";
  if (is_kind (entry, "effect"))
    return "system-run-symbolic";
  return "document-edit-symbolic";
}

gboolean
wf_log_matches (const WfLogEntry *entry, const WfLogNames *names, const char *text)
{
  g_autofree char *title = wf_log_title (entry);

  if (g_str_match_string (text, title, TRUE) ||
      (entry->lead != NULL && g_str_match_string (text, entry->lead, TRUE)))
    return TRUE;
  g_autoptr (GPtrArray) lines = wf_log_lines (entry, names);
  for (guint i = 0; i < lines->len; i++)
    {
      if (g_str_match_string (text, lines->pdata[i], TRUE))
        return TRUE;
    }
  return FALSE;
}

/* ---- CSV --------------------------------------------------------------------------------------- */

void
wf_log_append_csv_head (GString *csv)
{
  wf_csv_append_field (csv, _ ("Time"), FALSE);
  wf_csv_append_field (csv, _ ("Kind"), FALSE);
  wf_csv_append_field (csv, _ ("What"), FALSE);
  wf_csv_append_field (csv, _ ("Lead"), FALSE);
  wf_csv_append_field (csv, _ ("Details"), TRUE);
}

void
wf_log_append_csv (GString *csv, const WfLogEntry *entry, const WfLogNames *names, GTimeZone *zone)
{
  g_autofree char *time = wf_instant_format_zone (entry->at, zone);
  g_autofree char *title = wf_log_title (entry);
  g_autoptr (GPtrArray) lines = wf_log_lines (entry, names);

  g_ptr_array_add (lines, NULL);
  g_autofree char *details = g_strjoinv ("; ", (char **) lines->pdata);
  wf_csv_append_field (csv, time, FALSE);
  wf_csv_append_field (csv, entry->kind, FALSE);
  wf_csv_append_field (csv, title, FALSE);
  wf_csv_append_field (csv, entry->lead, FALSE);
  wf_csv_append_field (csv, details, TRUE);
}
