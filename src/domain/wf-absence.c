/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences (B10): reading and writing, and who covers for somebody who is away. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-absence.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

const char *const wf_absence_treatment_names[] = { "hold", "shift", "cover", NULL };

static const char *const absence_members[] = { "id",    "from",  "until",  "treatment",
                                               "rules", "cover", "reason", NULL };
static const char *const rule_members[] = { "type", "treatment", NULL };

/* -- reading ----------------------------------------------------------------------------------- */

static void
warn_unknown (const WfJsonCursor *cursor, const char *const *known)
{
  wf_json_document_unref (wf_json_cursor_dup_unknown (cursor, known));
}

static const char *
read_optional_text (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  const char *text =
      wf_json_is (member.value, WF_JSON_NULL) ? NULL : wf_json_cursor_get_string (&member, FALSE);

  return text != NULL && text[0] != '\0' ? text : NULL;
}

static gboolean
read_treatment (const WfJsonCursor *cursor, WfAbsenceTreatment *treatment)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "treatment");
  int index = wf_json_cursor_get_enum (&member, wf_absence_treatment_names, TRUE);

  *treatment = (WfAbsenceTreatment) MAX (index, 0);
  return index >= 0;
}

static gboolean
read_instant (const WfJsonCursor *cursor, const char *name, WfInstant *instant)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  const char *text = wf_json_cursor_get_string (&member, TRUE);

  if (text == NULL || wf_instant_parse (text, instant))
    return text != NULL;
  wf_json_cursor_problem (
      &member, "wrong-time",
      _ ("“%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."), text);
  return FALSE;
}

/* The type, when nothing is wrong with the rule. */
static const char *
read_rule (const WfJsonCursor *cursor, GHashTable *types, GHashTable *seen,
           WfAbsenceTreatment *treatment)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "type");
  const char *type;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  type = wf_json_cursor_get_string (&member, TRUE);
  warn_unknown (cursor, rule_members);
  if (!read_treatment (cursor, treatment) || type == NULL)
    return NULL;
  if (types != NULL && !g_hash_table_contains (types, type))
    wf_json_cursor_problem (&member, "unknown-reference", _ ("“%s” is not among “%s”."), type,
                            "activity-types");
  else if (!g_hash_table_add (seen, (gpointer) type))
    wf_json_cursor_problem (&member, "duplicate-id", _ ("The id “%s” is used twice."), type);
  else
    return type;
  return NULL;
}

static void
read_rules (WfAbsence *self, const WfJsonCursor *cursor, GHashTable *types)
{
  WfJsonCursor list = wf_json_cursor_member (cursor, "rules");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  WfAbsenceRule *rules;
  const WfJson *value;
  WfJsonIter iter;

  if (wf_json_cursor_is_missing (&list) || !wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    return;
  rules = g_new0 (WfAbsenceRule, wf_json_get_size (list.value));
  self->rules = rules;
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = cursor->problems
      };
      WfAbsenceRule *rule = &rules[self->n_rules];

      rule->type = read_rule (&element, types, seen, &rule->treatment);
      if (rule->type != NULL)
        self->n_rules++;
    }
}

static const char *
read_id (const WfJsonCursor *cursor)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "id");
  const char *id = wf_json_cursor_get_string (&member, TRUE);

  if (id == NULL || id[0] != '\0')
    return id;
  wf_json_cursor_problem (&member, "missing", "%s", _ ("This is empty."));
  return NULL;
}

static gboolean
check_order (const WfAbsence *self, const WfJsonCursor *cursor)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "until");

  if (self->until > self->from)
    return TRUE;
  wf_json_cursor_problem (&member, "reversed-span", "%s", _ ("An absence ends after it begins."));
  return FALSE;
}

/* Borrows its texts; the rules are its own. */
static gboolean
read_absence (WfAbsence *self, const WfJsonCursor *cursor, GHashTable *types)
{
  gboolean usable;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  self->id = read_id (cursor);
  usable = read_instant (cursor, "from", &self->from);
  usable = read_instant (cursor, "until", &self->until) && usable;
  usable = read_treatment (cursor, &self->treatment) && usable;
  self->cover = read_optional_text (cursor, "cover");
  self->reason = read_optional_text (cursor, "reason");
  read_rules (self, cursor, types);
  warn_unknown (cursor, absence_members);
  return usable && self->id != NULL && check_order (self, cursor);
}

static void
clear_borrowed (WfAbsence *self)
{
  g_free ((gpointer) self->rules);
  *self = (WfAbsence) { NULL };
}

typedef struct
{
  WfAbsence absence;
  guint index; /* in the document */
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  if (left->absence.from != right->absence.from)
    return left->absence.from < right->absence.from ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

static gboolean
read_placed (GArray *placed, GHashTable *ids, const WfJsonCursor *element, GHashTable *types)
{
  Placed one = { .index = element->index };
  WfJsonCursor id = wf_json_cursor_member (element, "id");

  if (!read_absence (&one.absence, element, types))
    {
      clear_borrowed (&one.absence);
      return FALSE;
    }
  if (!g_hash_table_add (ids, (gpointer) one.absence.id))
    {
      wf_json_cursor_problem (&id, "duplicate-id", _ ("The id “%s” is used twice."),
                              one.absence.id);
      clear_borrowed (&one.absence);
      return FALSE;
    }
  g_array_append_val (placed, one);
  return TRUE;
}

/* Who is away already cannot go away again: of two the one that begins later is left out. */
static WfAbsence *
take_in_order (GArray *placed, const WfJsonCursor *list, guint *n)
{
  WfAbsence *absences = g_new0 (WfAbsence, MAX (placed->len, 1));

  g_array_sort (placed, compare_placed);
  for (guint i = 0; i < placed->len; i++)
    {
      Placed *one = &g_array_index (placed, Placed, i);
      WfJsonCursor element = wf_json_cursor_element (list, one->index);

      if (*n == 0 || absences[*n - 1].until <= one->absence.from)
        {
          absences[(*n)++] = one->absence;
          continue;
        }
      wf_json_cursor_problem (&element, "overlapping-spans", "%s",
                              _ ("This absence overlaps with another one of the same person."));
      clear_borrowed (&one->absence);
    }
  return absences;
}

WfAbsence *
wf_absences_read (const WfJsonCursor *person, GHashTable *types, guint *n)
{
  WfJsonCursor list = wf_json_cursor_member (person, "absences");
  g_autoptr (GArray) placed = NULL;
  g_autoptr (GHashTable) ids = NULL;
  const WfJson *value;
  WfJsonIter iter;

  *n = 0;
  if (wf_json_cursor_is_missing (&list) || !wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    return NULL;
  placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = person->problems
      };

      read_placed (placed, ids, &element, types);
    }
  return take_in_order (placed, &list, n);
}

void
wf_absences_free (const WfAbsence *absences, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free ((gpointer) absences[i].rules);
  g_free ((gpointer) absences);
}

/**
 * wf_absence_read:
 * @object: an absence as in the organisation's document
 * @problems: (nullable): receives what is wrong
 *
 * Returns: (transfer full) (nullable): the absence; NULL when it cannot be used
 */
WfAbsence *
wf_absence_read (const WfJson *object, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (object, problems);
  WfAbsence borrowed = { NULL };
  WfAbsence *self = read_absence (&borrowed, &cursor, NULL) ? wf_absence_copy (&borrowed) : NULL;

  clear_borrowed (&borrowed);
  return self;
}

/* -- values ------------------------------------------------------------------------------------ */

WfAbsence *
wf_absence_copy (const WfAbsence *self)
{
  WfAbsence *copy = g_new (WfAbsence, 1);
  WfAbsenceRule *rules = g_new0 (WfAbsenceRule, MAX (self->n_rules, 1));

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->cover = g_strdup (self->cover);
  copy->reason = g_strdup (self->reason);
  copy->rules = rules;
  for (guint i = 0; i < self->n_rules; i++)
    {
      rules[i].type = g_strdup (self->rules[i].type);
      rules[i].treatment = self->rules[i].treatment;
    }
  return copy;
}

/**
 * wf_absence_free:
 * @self: (nullable): of wf_absence_copy() or wf_absence_read()
 */
void
wf_absence_free (WfAbsence *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_rules; i++)
    g_free ((gpointer) self->rules[i].type);
  g_free ((gpointer) self->rules);
  g_free ((gpointer) self->id);
  g_free ((gpointer) self->cover);
  g_free ((gpointer) self->reason);
  g_free (self);
}

static gboolean
has_same_rules (const WfAbsence *self, const WfAbsence *other)
{
  if (self->n_rules != other->n_rules)
    return FALSE;
  for (guint i = 0; i < self->n_rules; i++)
    if (self->rules[i].treatment != other->rules[i].treatment ||
        g_strcmp0 (self->rules[i].type, other->rules[i].type) != 0)
      return FALSE;
  return TRUE;
}

gboolean
wf_absence_equal (const WfAbsence *self, const WfAbsence *other)
{
  return self->from == other->from && self->until == other->until &&
         self->treatment == other->treatment && g_strcmp0 (self->id, other->id) == 0 &&
         g_strcmp0 (self->cover, other->cover) == 0 &&
         g_strcmp0 (self->reason, other->reason) == 0 && has_same_rules (self, other);
}

static void
write_instant (WfJsonWriter *writer, const char *name, WfInstant instant, GTimeZone *zone)
{
  g_autofree char *text = zone != NULL ? wf_instant_format_zone (instant, zone)
                                       : wf_instant_format_utc (instant);

  wf_json_writer_add_string (writer, name, text);
}

void
wf_absence_write (const WfAbsence *self, WfJsonWriter *writer, const char *name, GTimeZone *zone)
{
  wf_json_writer_begin_object (writer, name);
  wf_json_writer_add_string (writer, "id", self->id);
  write_instant (writer, "from", self->from, zone);
  write_instant (writer, "until", self->until, zone);
  wf_json_writer_add_string (writer, "treatment", wf_absence_treatment_names[self->treatment]);
  if (self->n_rules > 0)
    wf_json_writer_begin_array (writer, "rules");
  for (guint i = 0; i < self->n_rules; i++)
    {
      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "type", self->rules[i].type);
      wf_json_writer_add_string (writer, "treatment",
                                 wf_absence_treatment_names[self->rules[i].treatment]);
      wf_json_writer_end (writer);
    }
  if (self->n_rules > 0)
    wf_json_writer_end (writer);
  wf_json_writer_add_string (writer, "cover", self->cover);
  wf_json_writer_add_string (writer, "reason", self->reason);
  wf_json_writer_end (writer);
}

gboolean
wf_absence_uses (const WfAbsence *self, WfAbsenceTreatment treatment)
{
  for (guint i = 0; i < self->n_rules; i++)
    if (self->rules[i].treatment == treatment)
      return TRUE;
  return self->treatment == treatment;
}

/**
 * wf_absence_get_treatment:
 * @absence: an absence
 * @type: (nullable): of activity
 *
 * Returns: what becomes of activities of this type
 */
WfAbsenceTreatment
wf_absence_get_treatment (const WfAbsence *absence, const char *type)
{
  for (guint i = 0; i < absence->n_rules; i++)
    if (g_strcmp0 (absence->rules[i].type, type) == 0)
      return absence->rules[i].treatment;
  return absence->treatment;
}

const char *
wf_absence_get_cover (const WfAbsence *self, const WfPerson *person)
{
  return self->cover != NULL ? self->cover : person->cover;
}

/* -- a person's -------------------------------------------------------------------------------- */

/**
 * wf_person_get_absence:
 * @person: who
 * @at: when
 *
 * Returns: (nullable): the absence that this instant is in. Borrowed from the organisation
 */
const WfAbsence *
wf_person_get_absence (const WfPerson *person, WfInstant at)
{
  guint low = 0, high = person->n_absences;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const WfAbsence *absence = &person->absences[middle];

      if (at < absence->from)
        high = middle;
      else if (at >= absence->until)
        low = middle + 1;
      else
        return absence;
    }
  return NULL;
}

/**
 * wf_person_get_cover_at:
 * @person: who may be away
 * @at: when
 * @type: (nullable): of activity
 *
 * Returns: (nullable): who is given the person's activities of this type then; NULL when the person
 *   is there, when nobody covers, or when such activities are treated in another way. Borrowed
 */
const char *
wf_person_get_cover_at (const WfPerson *person, WfInstant at, const char *type)
{
  const WfAbsence *absence = wf_person_get_absence (person, at);

  if (absence == NULL || wf_absence_get_treatment (absence, type) != WF_ABSENCE_COVER)
    return NULL;
  return wf_absence_get_cover (absence, person);
}

/* Whom to ask next when this one cannot: NULL when there is nobody. */
static const char *
get_next_cover (const WfPerson *person, WfInstant at, const char *type)
{
  return person->active ? wf_person_get_cover_at (person, at, type) : person->cover;
}

/**
 * wf_organisation_find_cover:
 * @self: the organisation
 * @person: who is away
 * @absence: the person's
 * @at: when
 * @type: (nullable): of activity
 *
 * Returns: (nullable): who is there and gets it; NULL when nobody covers, or when people cover for
 *   each other in a circle. Borrowed
 */
const char *
wf_organisation_find_cover (const WfOrganisation *self, const WfPerson *person,
                            const WfAbsence *absence, WfInstant at, const char *type)
{
  const char *id = wf_absence_get_cover (absence, person);

  /* A chain that is longer than there are people goes in a circle. */
  for (guint i = 0; i < wf_organisation_get_n_people (self); i++)
    {
      const WfPerson *cover = wf_organisation_get_person (self, id);

      if (cover == NULL || cover == person)
        return NULL;
      if (cover->active && wf_person_get_absence (cover, at) == NULL)
        return cover->id;
      id = get_next_cover (cover, at, type);
    }
  return NULL;
}

const WfAbsence *
wf_person_find_absence (const WfPerson *person, const char *id)
{
  for (guint i = 0; i < person->n_absences; i++)
    if (g_strcmp0 (person->absences[i].id, id) == 0)
      return &person->absences[i];
  return NULL;
}

const WfAbsence *
wf_person_find_overlap (const WfPerson *person, WfInstant from, WfInstant until, const char *but)
{
  for (guint i = 0; i < person->n_absences; i++)
    {
      const WfAbsence *absence = &person->absences[i];

      if (absence->from < until && from < absence->until &&
          (but == NULL || !g_str_equal (absence->id, but)))
        return absence;
    }
  return NULL;
}
