/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a replay as sentences. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-replay-text.h"

#include "wf-instant.h"
#include "wf-log-text.h"
#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const WfJson *root;
  const WfWorkflow *workflow;
  const WfOrganisation *organisation;
  GTimeZone *zone;
} Line;

/* With the year and the offset where they matter is what the whole bench is about. */
static char *
format_instant (const Line *self, const char *name)
{
  const char *text = wf_json_get_member_string (self->root, name);
  g_autoptr (GDateTime) local = NULL;
  WfInstant at;

  if (text == NULL || !wf_instant_parse (text, &at))
    return NULL;
  local = wf_instant_to_date_time (at, self->zone);
  /* Translators: a weekday, a date and a time, strftime format: "Fri, 20 Nov 2026, 17:50" */
  return local != NULL ? g_date_time_format (local, _ ("%a, %-d %b %Y, %H:%M")) : NULL;
}

static const char *
get_person (const Line *self)
{
  const char *id = wf_json_get_member_string (self->root, "person");

  return id != NULL ? wf_organisation_get_person_name (self->organisation, id) : _ ("nobody");
}

static const char *
get_activity (const Line *self)
{
  const char *title = wf_json_get_member_string (self->root, "title");
  const char *type = wf_json_get_member_string (self->root, "activity-type");

  if (title != NULL)
    return title;
  return type != NULL
             ? wf_organisation_get_entry_name (self->organisation, WF_ENTRY_ACTIVITY_TYPE, type)
             : wf_json_get_member_string (self->root, "step");
}

static char *
activity_to_text (const Line *self)
{
  g_autofree char *due = format_instant (self, "due"), *remind = format_instant (self, "remind");
  g_autofree char *first = NULL;

  if (due == NULL)
    /* Translators: an activity, and for whom */
    return g_strdup_printf (_ ("“%s” for %s"), get_activity (self), get_person (self));
  /* Translators: an activity, for whom, and until when */
  first = g_strdup_printf (_ ("“%s” for %s, due %s"), get_activity (self), get_person (self), due);
  if (remind == NULL)
    return g_steal_pointer (&first);
  /* Translators: an activity with its deadline, and when it is reminded of */
  return g_strdup_printf (_ ("%s, reminder %s"), first, remind);
}

static char *
effect_to_text (const Line *self, const char *kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_find (kind);
  const char *title = wf_json_get_member_string (self->root, "title");
  const char *text = wf_json_get_member_string (self->root, "text");
  const char *label = info != NULL ? wf_step_kind_to_text (info->kind) : kind;

  if (wf_json_get_member (self->root, "ignored") != NULL)
    /* Translators: %s is what a step does */
    return g_strdup_printf (_ ("%s: ignored, already further"), label);
  if (wf_json_get_member (self->root, "refused") != NULL)
    /* Translators: %s is what a step does */
    return g_strdup_printf (_ ("%s: refused"), label);
  if (text == NULL)
    text = title;
  return text != NULL ? g_strdup_printf (_ ("%s: %s"), label, text) : g_strdup (label);
}

static char *
kind_to_text (const Line *self, const char *kind)
{
  const WfStepKindInfo *info = wf_step_catalogue_find (kind);

  if (g_str_equal (kind, "reminder"))
    return g_strdup_printf (_ ("Reminder of “%s” to %s"), get_activity (self), get_person (self));
  if (g_str_equal (kind, "became-late"))
    return g_strdup_printf (_ ("“%s” of %s became late"), get_activity (self), get_person (self));
  if (g_str_equal (kind, "joined"))
    return g_strdup_printf (_ ("“%s” joined an open activity of %s"), get_activity (self),
                            get_person (self));
  return info != NULL && wf_step_kind_is_activity (info->kind) ? activity_to_text (self)
                                                               : effect_to_text (self, kind);
}

/* In the words of the log, which explains verdicts too (B3). */
static char *
verdict_to_text (const Line *self, const char *line)
{
  g_autofree char *details = g_strdup_printf ("{\"verdicts\":[%s]}", line);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const WfLogEntry entry = { .kind = (char *) "event", .details = details };
  const WfLogNames log_names = { self->organisation, names, self->zone };
  g_autoptr (GPtrArray) lines = NULL;

  g_hash_table_insert (names, self->workflow->id, self->workflow->name);
  lines = wf_log_lines (&entry, &log_names);
  return g_strdup (lines->len > 0 ? g_ptr_array_index (lines, 0) : "");
}

char *
wf_replay_text_line (const char *line, const WfWorkflow *workflow,
                     const WfOrganisation *organisation, GTimeZone *zone)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const Line self = { document != NULL ? wf_json_document_get_root (document) : NULL, workflow,
                      organisation, zone };
  const char *kind = wf_json_get_member_string (self.root, "kind");
  const char *verdict = wf_json_get_member_string (self.root, "verdict");
  g_autofree char *at = format_instant (&self, "time"), *text = NULL;

  if (verdict != NULL)
    text = verdict_to_text (&self, line);
  else if (kind != NULL)
    text = kind_to_text (&self, kind);
  if (at == NULL || text == NULL)
    return g_strdup (line);
  /* Translators: a time, and what happened then */
  return g_strdup_printf (_ ("%s: %s"), at, text);
}
