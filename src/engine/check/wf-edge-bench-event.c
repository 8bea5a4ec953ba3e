/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events that start a workflow, made from its trigger (B19). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-edge-bench-private.h"

#include "wf-event-catalogue.h"
#include "wf-instant.h"

#include <string.h>

#define USUAL_LEAD "lead-1"
#define USUAL_TEXT "Sample"
#define USUAL_NUMBER "50"

/* An event is put together from a table of dotted names and JSON values: first what every event of
 * its type carries, then what the conditions ask for, then what the case is about. */

static void
put (GHashTable *table, const char *field, WfJsonDocument *value)
{
  g_hash_table_replace (table, g_strdup (field), value);
}

static void
put_text (GHashTable *table, const char *field, const char *text)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_add_string (writer, NULL, text);
  put (table, field, wf_json_writer_finish_document (writer));
}

static void
put_json (GHashTable *table, const char *field, const char *json)
{
  put (table, field, wf_json_document_parse (json, -1, 0, NULL));
}

static void
put_instant (GHashTable *table, const char *field, WfInstant at)
{
  g_autofree char *text = wf_instant_format_utc (at);

  if (text != NULL)
    put_text (table, field, text);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) wf_json_document_unref);
}

/* ---- what an event carries ---- */

static const char *
find_stage (const WfBench *self, const char *field, guint number)
{
  const char *record = g_str_has_prefix (field, "deal.") ||
                               g_str_has_prefix (self->workflow->event, "deal.")
                           ? "deal"
                           : "lead";
  const WfPipeline *pipelines;
  guint n = 0;

  pipelines = self->organisation != NULL ? wf_organisation_get_pipelines (self->organisation, &n)
                                         : NULL;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (pipelines[i].record, record) == 0 && pipelines[i].n_stages > number)
      return pipelines[i].stages[number].id;
  return number == 0 ? "first" : "second";
}

const char *
wf_bench_find_other_stage (const WfBench *self, const char *stage)
{
  for (guint i = 0; i < 2; i++)
    if (g_strcmp0 (find_stage (self, "lead.stage", i), stage) != 0)
      return find_stage (self, "lead.stage", i);
  return NULL;
}

static const char *
find_group (const WfBench *self)
{
  const WfPerson *owner = self->organisation != NULL && self->owner != NULL
                              ? wf_organisation_get_person (self->organisation, self->owner)
                              : NULL;

  return owner != NULL && owner->groups != NULL && owner->groups[0] != NULL ? owner->groups[0]
                                                                            : "first";
}

static void
put_usual (const WfBench *self, GHashTable *table, const WfFieldInfo *field, WfInstant time)
{
  switch (field->type)
    {
    case WF_FIELD_TEXT:
      put_text (table, field->id, USUAL_TEXT);
      break;
    case WF_FIELD_NUMBER:
      put_json (table, field->id, USUAL_NUMBER);
      break;
    case WF_FIELD_BOOLEAN:
      put_json (table, field->id, "false");
      break;
    case WF_FIELD_DATE_TIME:
      put_instant (table, field->id, time);
      break;
    case WF_FIELD_LIST:
      put_json (table, field->id, "[\"" USUAL_TEXT "\"]");
      break;
    case WF_FIELD_PERSON:
      if (self->owner != NULL)
        put_text (table, field->id, self->owner);
      break;
    case WF_FIELD_GROUP:
      put_text (table, field->id, find_group (self));
      break;
    case WF_FIELD_STAGE:
      put_text (table, field->id, find_stage (self, field->id, 0));
      break;
    }
}

static void
put_all_usual (const WfBench *self, GHashTable *table, const char *type, WfInstant time)
{
  guint n;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (type, &n);

  for (guint i = 0; i < n; i++)
    if (!g_str_has_prefix (fields[i].id, "event."))
      put_usual (self, table, &fields[i], time);
  put_text (table, "lead.email", "lead@example.com");
  put_text (table, "lead.phone", "+55 11 4000-0000");
  put_text (table, "actor", "crm");
}

static WfJsonDocument *
copy_value (GHashTable *table, const char *field)
{
  WfJsonDocument *value = g_hash_table_lookup (table, field);

  return value != NULL ? wf_json_document_ref (value) : NULL;
}

/* What changed is told twice: as the lead is, and as members of their own. */
static void
put_changes (const WfBench *self, GHashTable *table, const char *type)
{
  static const struct
  {
    const char *type, *field, *to, *from;
  } changes[] = {
    { "lead.stage-changed", "lead.stage", "stage_to", "stage_from" },
    { "lead.discarded", "lead.stage", "stage_to", "stage_from" },
    { "lead.finalized", "lead.stage", "stage_to", "stage_from" },
    { "lead.reassigned", "lead.owner", "owner_to", "owner_from" },
    { "lead.score-changed", "lead.score", "score_to", "score_from" },
    { "deal.stage-changed", "deal.stage", "stage_to", "stage_from" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const char *now;
      WfJsonDocument *value;

      if (strcmp (changes[i].type, type) != 0)
        continue;
      value = copy_value (
          g_hash_table_contains (self->fields, changes[i].to) ? self->fields : table,
          g_hash_table_contains (self->fields, changes[i].to) ? changes[i].to : changes[i].field);
      if (value == NULL)
        continue;
      put (table, changes[i].to, wf_json_document_ref (value));
      put (table, changes[i].field, value);
      now = wf_json_get_string (wf_json_document_get_root (value));
      if (g_hash_table_contains (self->fields, changes[i].from))
        put (table, changes[i].from, copy_value (self->fields, changes[i].from));
      else if (g_str_has_suffix (changes[i].field, ".stage"))
        put_text (table, changes[i].from,
                  find_stage (self, changes[i].field,
                              g_strcmp0 (now, find_stage (self, changes[i].field, 0)) == 0));
      else if (g_str_has_suffix (changes[i].field, ".score"))
        put_json (table, changes[i].from, "0");
      else
        put_text (table, changes[i].from, "somebody-else");
    }
}

static void
put_solved (const WfBench *self, GHashTable *table)
{
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &field, &value))
    put (table, field, wf_json_document_ref (value));
}

static void
put_anchors (const WfBench *self, GHashTable *table, const WfBenchEvent *spec)
{
  WfInstant anchor = spec->anchor != 0 ? spec->anchor : spec->time + self->anchor_distance;

  for (guint i = 0; i < self->anchors->len; i++)
    {
      const char *field = g_ptr_array_index (self->anchors, i);

      if (g_str_has_prefix (field, "event."))
        continue;
      if (spec->no_anchor)
        put_json (table, field, "null");
      else
        put_instant (table, field, anchor);
    }
}

/* Meetings and the like are about one thing whatever becomes of it. */
static void
put_case (const WfBench *self, GHashTable *table, const WfBenchEvent *spec)
{
  put_text (table, "lead.id", spec->lead != NULL ? spec->lead : USUAL_LEAD);
  if (spec->owner != NULL && spec->owner[0] == '\0')
    put_json (table, "lead.owner", "null");
  else if (spec->owner != NULL)
    put_text (table, "lead.owner", spec->owner);
  if (spec->stage != NULL)
    put_text (table, "lead.stage", spec->stage);
  if (spec->import)
    put_json (table, "import", "true");
  if (strcmp (self->workflow->event, "schedule.tick") == 0 ||
      strcmp (self->workflow->event, "manual.started") == 0)
    put_text (table, "workflow", self->workflow->id);
}

/* ---- writing ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* names[from, to) begin alike up to depth; those that go on with a dot make an object. */
static void
write_members (WfJsonWriter *writer, GHashTable *table, GPtrArray *names, guint from, guint to,
               gsize depth)
{
  for (guint i = from; i < to;)
    {
      const char *name = (const char *) g_ptr_array_index (names, i) + depth;
      gsize length = strcspn (name, ".");
      g_autofree char *member = g_strndup (name, length);
      guint end = i + 1;

      if (name[length] == '\0')
        {
          WfJsonDocument *value = g_hash_table_lookup (table, g_ptr_array_index (names, i));

          wf_json_writer_add_value (writer, member, wf_json_document_get_root (value));
          i++;
          continue;
        }
      while (end < to &&
             strncmp ((const char *) g_ptr_array_index (names, end) + depth, name, length + 1) == 0)
        end++;
      wf_json_writer_begin_object (writer, member);
      write_members (writer, table, names, i, end, depth + length + 1);
      wf_json_writer_end (writer);
      i = end;
    }
}

static void
write_changes (const WfBench *self, WfJsonWriter *writer, GHashTable *table)
{
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (self->changed);

  if (names->len == 0)
    return;
  g_ptr_array_sort_values (names, compare_names);
  wf_json_writer_begin_object (writer, "changes");
  for (guint i = 0; i < names->len; i++)
    {
      WfJsonDocument *value = g_hash_table_lookup (table, g_ptr_array_index (names, i));

      wf_json_writer_begin_array (writer, g_ptr_array_index (names, i));
      wf_json_writer_add_null (writer, NULL);
      if (value != NULL)
        wf_json_writer_add_value (writer, NULL, wf_json_document_get_root (value));
      else
        wf_json_writer_add_null (writer, NULL);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static WfEvent *
write_event (const WfBench *self, GHashTable *table, const WfBenchEvent *spec, const char *type)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (table);
  g_autofree char *time = wf_instant_format_zone (spec->time, self->zone);

  g_ptr_array_sort_values (names, compare_names);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "specversion", "1.0");
  wf_json_writer_add_string (writer, "id", spec->id);
  wf_json_writer_add_string (writer, "source", "/bench");
  wf_json_writer_add_string (writer, "type", type);
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_begin_object (writer, "data");
  write_members (writer, table, names, 0, names->len, 0);
  if (spec->type == NULL)
    write_changes (self, writer, table);
  document = wf_json_writer_finish_document (writer);
  return wf_event_read (document, wf_json_document_get_root (document), spec->time, NULL);
}

/* Members of the event itself are no data: "event.type" cannot be chosen. A tick that is not for
 * each lead has none. */
static void
remove_impossible (const WfBench *self, GHashTable *table, const char *type)
{
  gboolean no_lead = strcmp (type, "schedule.tick") == 0 &&
                     !wf_workflow_is_for_each_lead (self->workflow);
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (g_str_has_prefix (field, "event.") || (no_lead && g_str_has_prefix (field, "lead.")))
      g_hash_table_iter_remove (&iter);
}

WfEvent *
wf_bench_make_event (const WfBench *self, const WfBenchEvent *spec)
{
  g_autoptr (GHashTable) table = new_table ();
  const char *type = spec->type != NULL ? spec->type : self->workflow->event;

  if (!spec->empty)
    put_all_usual (self, table, type, spec->time);
  if (spec->empty && self->owner != NULL)
    put_text (table, "lead.owner", self->owner);
  put_solved (self, table);
  put_anchors (self, table, spec);
  put_case (self, table, spec);
  put_changes (self, table, type);
  remove_impossible (self, table, type);
  return write_event (self, table, spec, type);
}

/* ---- fulfilling conditions ---- */

static gboolean
holds (const WfBench *self, const WfCondition *condition, const WfBenchEvent *spec)
{
  g_autoptr (WfEvent) event = wf_bench_make_event (self, spec);
  const WfConditionContext context = {
    .event = event,
    .organisation = self->organisation,
    .now = spec->time,
  };

  return condition == NULL || (event != NULL && wf_condition_holds (condition, &context, NULL));
}

gboolean
wf_bench_holds (const WfBench *self, const WfBenchEvent *spec)
{
  return holds (self, self->workflow->conditions, spec);
}

/* A number a little less or more than the one that is compared with; a date a day. */
static gboolean
put_beside (WfBench *self, const char *field, const WfJson *value, int step)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  WfInstant instant;

  if (wf_json_is (value, WF_JSON_NUMBER))
    {
      writer = wf_json_writer_new ();
      wf_json_writer_add_double (writer, NULL, wf_json_get_double (value, 0) + step);
      put (self->fields, field, wf_json_writer_finish_document (writer));
      return TRUE;
    }
  if (!wf_instant_parse (wf_json_get_string (value) != NULL ? wf_json_get_string (value) : "",
                         &instant))
    return FALSE;
  put_instant (self->fields, field, instant + step * WF_BENCH_DAY);
  return TRUE;
}

static gboolean
put_copy (WfBench *self, const char *field, const WfJson *value)
{
  if (value == NULL)
    return FALSE;
  put (self->fields, field, wf_json_document_extract (value));
  return TRUE;
}

/* The group itself, or one of its active members. */
static gboolean
put_member (WfBench *self, const char *field, const char *group)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (group == NULL)
    return FALSE;
  if (info == NULL || info->type != WF_FIELD_PERSON)
    {
      put_text (self->fields, field, group);
      return TRUE;
    }
  for (guint i = 0;
       self->organisation != NULL && i < wf_organisation_get_n_people (self->organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (self->organisation, i);

      if (!person->active || !wf_person_in_group (person, group))
        continue;
      put_text (self->fields, field, person->id);
      return TRUE;
    }
  return FALSE;
}

static gboolean
put_change (WfBench *self, const char *field)
{
  const WfFieldInfo *info = wf_field_find (field);

  g_hash_table_add (self->changed, g_strdup (field));
  if (!g_hash_table_contains (self->fields, field) && info == NULL)
    put_text (self->fields, field, USUAL_TEXT);
  return TRUE;
}

static gboolean
put_set (WfBench *self, const char *field)
{
  const WfFieldInfo *info = wf_field_find (field);

  if (info != NULL)
    put_usual (self, self->fields, info, self->now);
  else
    put_text (self->fields, field, USUAL_TEXT);
  return g_hash_table_contains (self->fields, field);
}

static gboolean
make_hold (WfBench *self, const WfCondition *test)
{
  const char *field = wf_condition_get_field (test);
  const WfJson *value = wf_condition_get_value (test);
  const WfJson *first = wf_json_is (value, WF_JSON_ARRAY) ? wf_json_get_element (value, 0) : value;

  switch (wf_condition_get_operator (test))
    {
    case WF_OP_EQ:
    case WF_OP_LE:
    case WF_OP_GE:
    case WF_OP_STARTS_WITH:
    case WF_OP_CONTAINS:
    case WF_OP_IN:
    case WF_OP_BETWEEN:
      return put_copy (self, field, first);
    case WF_OP_LT:
      return put_beside (self, field, value, -1);
    case WF_OP_GT:
      return put_beside (self, field, value, 1);
    case WF_OP_NE:
    case WF_OP_NOT_IN:
    case WF_OP_IS_EMPTY:
      put_json (self->fields, field, "null");
      return TRUE;
    case WF_OP_IS_SET:
      return put_set (self, field);
    case WF_OP_CHANGED:
      return put_change (self, field);
    case WF_OP_CHANGED_TO:
      g_hash_table_add (self->changed, g_strdup (field));
      return put_copy (self, field, first);
    case WF_OP_MEMBER_OF:
      return put_member (self, field, wf_json_get_string (first));
    case WF_OP_MATCHES_HOURS:
      return FALSE; /* up to the time of the case */
    }
  g_assert_not_reached ();
}

static gboolean
make_fail (WfBench *self, const WfCondition *test)
{
  const char *field = wf_condition_get_field (test);
  const WfJson *value = wf_condition_get_value (test);

  switch (wf_condition_get_operator (test))
    {
    case WF_OP_NE:
      return put_copy (self, field, value);
    case WF_OP_NOT_IN:
      return put_copy (self, field, wf_json_get_element (value, 0));
    case WF_OP_IS_EMPTY:
      return put_set (self, field);
    case WF_OP_MATCHES_HOURS:
      return FALSE;
    default:
      put_json (self->fields, field, "null");
      g_hash_table_remove (self->changed, field);
      return TRUE;
    }
}

/* Recursion is bounded by the depth of conditions. backwards: from the last part to the first, when
 * the other way one part spoils another. */
static gboolean
solve (WfBench *self, const WfCondition *condition, gboolean hold, gboolean backwards)
{
  WfConditionKind kind = wf_condition_get_kind (condition);
  guint n = wf_condition_get_n_children (condition);
  gboolean part = kind == WF_CONDITION_NONE ? !hold : hold; /* what the parts shall do */
  gboolean each = (kind == WF_CONDITION_ANY) != hold;       /* all of them, not one */
  const WfBenchEvent spec = { .id = "probe", .time = wf_bench_find_open (self) };

  if (holds (self, condition, &spec) == hold)
    return TRUE;
  if (kind == WF_CONDITION_TEST)
    return hold ? make_hold (self, condition) : make_fail (self, condition);
  for (guint i = 0; i < n; i++)
    {
      gboolean done = solve (self, wf_condition_get_child (condition, backwards ? n - 1 - i : i),
                             part, backwards);

      if (done != each)
        return done;
    }
  return each;
}

gboolean
wf_bench_solve (WfBench *self)
{
  const WfBenchEvent spec = { .id = "probe", .time = wf_bench_find_open (self) };

  for (guint i = 0; i < 2; i++)
    {
      if (self->workflow->conditions == NULL ||
          (solve (self, self->workflow->conditions, TRUE, i > 0) && wf_bench_holds (self, &spec)))
        return TRUE;
      g_hash_table_remove_all (self->fields);
      g_hash_table_remove_all (self->changed);
    }
  return FALSE;
}
