/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company: process, people, groups, teams, units, activity types, pipelines (R168). The
 * document is kept whole: texts are borrowed from it, and writing gives back what was read. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-organisation.h"

#include "wf-absence.h"
#include "wf-outcome.h"

#include <glib/gi18n-lib.h>

#define FORMAT 1
#define N_KINDS 4

typedef struct
{
  WfEntry *entries; /* (owned) */
  guint n;
  GHashTable *by_id; /* (owned) borrowed ids -> borrowed WfEntry */
} EntryTable;

struct _WfOrganisation
{
  gatomicrefcount ref_count;
  WfJsonDocument *document; /* (owned) */
  const char *name;
  WfProcess process;
  WfWorkingHours *hours; /* (owned) */
  EntryTable tables[N_KINDS];
  WfPerson *people; /* (owned) */
  guint n_people;
  GHashTable *people_by_id; /* (owned) */
  WfPipeline *pipelines;    /* (owned) */
  guint n_pipelines;
  GHashTable *stages; /* (owned) borrowed ids -> borrowed WfEntry */
};

static const char *const process_names[] = { "1", "2-without-store-flow", "2-with-store-flow", "3",
                                             NULL };

static const char *const role_names[] = { "administrator", "coordinator", "attendant", "seller",
                                          "manager",       "reception",   "media",     "ranking",
                                          "pre-seller",    NULL };

static const char *const record_names[] = { "lead", "deal", NULL };

/* The first list of each kind is its member in the document. */
static const char *const table_names[N_KINDS] = { "groups", "teams", "units", "activity-types" };

static const char *const root_members[] = { "format",        "name",   "process",
                                            "working-hours", "people", "groups",
                                            "teams",         "units",  "activity-types",
                                            "pipelines",     NULL };
static const char *const person_members[] = { "id",     "name",     "role",     "active",
                                              "groups", "teams",    "units",    "may",
                                              "cover",  "capacity", "absences", NULL };
static const char *const entry_members[] = { "id", "name", "coordinator", "working-hours", NULL };
static const char *const unit_members[] = { "id",         "name", "coordinator", "working-hours",
                                            "store-flow", NULL };
static const char *const type_members[] = { "id", "name", "icon", "outcomes", NULL };
static const char *const pipeline_members[] = { "id", "record", "stages", NULL };
static const char *const stage_members[] = { "id", "name", "closes", NULL };
static const char *const stage_closings[] = { WF_STAGE_CLOSES_FINALIZED, WF_STAGE_CLOSES_DISCARDED,
                                              NULL };

/* The document keeps unknown members by itself; people only have to be told. */
static void
warn_unknown (const WfJsonCursor *cursor, const char *const *known)
{
  wf_json_document_unref (wf_json_cursor_dup_unknown (cursor, known));
}

/* A CRM may write null for what nobody filled in. */
static const char *
get_optional_text (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);

  return wf_json_is (member.value, WF_JSON_NULL) ? NULL
                                                 : wf_json_cursor_get_string (&member, FALSE);
}

static const char *
get_id (const WfJsonCursor *cursor)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "id");
  const char *id = wf_json_cursor_get_string (&member, TRUE);

  if (id == NULL || id[0] != '\0')
    return id;
  wf_json_cursor_problem (&member, "missing", "%s", _ ("This is empty."));
  return NULL;
}

/* Without a name the id is shown. */
static const char *
get_name (const WfJsonCursor *cursor, const char *id)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "name");
  const char *name = wf_json_cursor_get_string (&member, TRUE);

  return name != NULL && name[0] != '\0' ? name : id;
}

/* FALSE with a problem when the id is there already. */
static gboolean
claim_id (GHashTable *by_id, const WfJsonCursor *cursor, const char *id, gpointer value)
{
  WfJsonCursor member;

  if (!g_hash_table_contains (by_id, id))
    {
      g_hash_table_insert (by_id, (gpointer) id, value);
      return TRUE;
    }
  member = wf_json_cursor_member (cursor, "id");
  wf_json_cursor_problem (&member, "duplicate-id", _ ("The id “%s” is used twice."), id);
  return FALSE;
}

/* The list, or a missing value after a problem. */
static WfJsonCursor
get_list (const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor list = wf_json_cursor_member (cursor, name);

  if (list.value != NULL && !wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    list.value = NULL;
  return list;
}

static gboolean
read_entry (WfEntry *entry, const WfJsonCursor *cursor, WfEntryKind kind)
{
  WfJsonCursor hours = wf_json_cursor_member (cursor, "working-hours");
  WfJsonCursor flow = wf_json_cursor_member (cursor, "store-flow");

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  entry->id = get_id (cursor);
  if (entry->id == NULL)
    return FALSE;
  entry->name = get_name (cursor, entry->id);
  if (kind == WF_ENTRY_ACTIVITY_TYPE)
    {
      entry->icon = get_optional_text (cursor, "icon");
      entry->outcomes = wf_outcomes_read (cursor, &entry->n_outcomes);
      warn_unknown (cursor, type_members);
      return TRUE;
    }
  entry->coordinator = get_optional_text (cursor, "coordinator");
  entry->hours = hours.value != NULL ? wf_working_hours_read (&hours) : NULL;
  entry->store_flow = kind == WF_ENTRY_UNIT && wf_json_cursor_get_boolean (&flow, FALSE, FALSE);
  warn_unknown (cursor, kind == WF_ENTRY_UNIT ? unit_members : entry_members);
  return TRUE;
}

static void
clear_entry (WfEntry *entry)
{
  wf_working_hours_unref (entry->hours);
  g_free ((gpointer) entry->outcomes);
  *entry = (WfEntry) { NULL };
}

static void
read_table (WfOrganisation *self, const WfJsonCursor *root, WfEntryKind kind)
{
  EntryTable *table = &self->tables[kind];
  WfJsonCursor list = get_list (root, table_names[kind]);
  const WfJson *value;
  WfJsonIter iter;

  table->entries = g_new0 (WfEntry, wf_json_get_size (list.value));
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = {
        .parent = &list, .index = i, .value = value, .problems = root->problems
      };
      WfEntry *entry = &table->entries[table->n];

      if (read_entry (entry, &cursor, kind) && claim_id (table->by_id, &cursor, entry->id, entry))
        table->n++;
      else
        clear_entry (entry);
    }
}

/* The texts of a list, NULL-terminated. kind: they are ids of entries, which have to exist;
 * N_KINDS: they are not. */
static const char *const *
read_ids (WfOrganisation *self, const WfJsonCursor *cursor, const char *name, guint kind)
{
  WfJsonCursor list = get_list (cursor, name);
  g_autoptr (GPtrArray) ids =
      g_ptr_array_new_null_terminated (wf_json_get_size (list.value), NULL, TRUE);
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = cursor->problems
      };
      const char *id = wf_json_cursor_get_string (&element, TRUE);

      if (id == NULL)
        continue;
      if (kind < N_KINDS && !g_hash_table_contains (self->tables[kind].by_id, id))
        wf_json_cursor_problem (&element, "unknown-reference", _ ("“%s” is not among “%s”."), id,
                                table_names[kind]);
      else
        g_ptr_array_add (ids, (gpointer) id);
    }
  return (const char *const *) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/* R38, R41, R45, R62, R65: what the account's process expects of a role. */
static void
check_role (const WfOrganisation *self, const WfPerson *person, const WfJsonCursor *cursor)
{
  WfJsonCursor role = wf_json_cursor_member (cursor, "role");

  if (!wf_role_exists_in_process (person->role, self->process))
    wf_json_cursor_warning (
        &role, "role-not-in-process",
        _ ("The account’s process has no role “%s”: this person may do nothing."),
        wf_role_to_text (person->role));
  else if (person->role == WF_ROLE_SELLER && person->units[0] == NULL)
    wf_json_cursor_warning (cursor, "unit-missing", "%s",
                            _ ("A seller belongs to a unit, but none is named."));
  else if (person->role == WF_ROLE_ATTENDANT && person->teams[0] == NULL)
    wf_json_cursor_warning (cursor, "team-missing", "%s",
                            _ ("An attendant belongs to a team, but none is named."));
}

#define MOST_CAPACITY 1000

static guint
read_capacity (const WfJsonCursor *cursor)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "capacity");
  gint64 capacity = wf_json_cursor_get_int64 (&member, FALSE, WF_DEFAULT_CAPACITY);

  if (capacity >= 1 && capacity <= MOST_CAPACITY)
    return (guint) capacity;
  wf_json_cursor_problem (&member, "out-of-range",
                          _ ("The number of activities a day is between 1 and %d."), MOST_CAPACITY);
  return WF_DEFAULT_CAPACITY;
}

/* A person whose role cannot be read may look, but not act. */
static gboolean
read_person (WfOrganisation *self, WfPerson *person, const WfJsonCursor *cursor)
{
  WfJsonCursor role = wf_json_cursor_member (cursor, "role");
  WfJsonCursor active = wf_json_cursor_member (cursor, "active");
  int index;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  person->id = get_id (cursor);
  if (person->id == NULL)
    return FALSE;
  person->name = get_name (cursor, person->id);
  index = wf_json_cursor_get_enum (&role, role_names, TRUE);
  person->role = index >= 0 ? (WfRole) index : WF_ROLE_RANKING;
  person->active = wf_json_cursor_get_boolean (&active, FALSE, TRUE);
  person->groups = read_ids (self, cursor, "groups", WF_ENTRY_GROUP);
  person->teams = read_ids (self, cursor, "teams", WF_ENTRY_TEAM);
  person->units = read_ids (self, cursor, "units", WF_ENTRY_UNIT);
  person->may = read_ids (self, cursor, "may", N_KINDS);
  person->cover = get_optional_text (cursor, "cover");
  person->capacity = read_capacity (cursor);
  person->absences =
      wf_absences_read (cursor, self->tables[WF_ENTRY_ACTIVITY_TYPE].by_id, &person->n_absences);
  warn_unknown (cursor, person_members);
  if (index >= 0)
    check_role (self, person, cursor);
  return TRUE;
}

static void
clear_person (WfPerson *person)
{
  g_free ((gpointer) person->groups);
  g_free ((gpointer) person->teams);
  g_free ((gpointer) person->units);
  g_free ((gpointer) person->may);
  wf_absences_free (person->absences, person->n_absences);
  *person = (WfPerson) { NULL };
}

static void
read_people (WfOrganisation *self, const WfJsonCursor *root)
{
  WfJsonCursor list = get_list (root, "people");
  const WfJson *value;
  WfJsonIter iter;

  self->people = g_new0 (WfPerson, wf_json_get_size (list.value));
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = {
        .parent = &list, .index = i, .value = value, .problems = root->problems
      };
      WfPerson *person = &self->people[self->n_people];

      if (read_person (self, person, &cursor) &&
          claim_id (self->people_by_id, &cursor, person->id, person))
        self->n_people++;
      else
        clear_person (person);
    }
}

/* Coordinators and covers are people, so they are checked when all people are known. */
static void
check_person_reference (const WfOrganisation *self, const WfJsonCursor *cursor, const char *name)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, name);
  const char *id = wf_json_get_string (member.value);

  if (id != NULL && !g_hash_table_contains (self->people_by_id, id))
    wf_json_cursor_problem (&member, "unknown-reference", _ ("“%s” is not among the people."), id);
}

static void
check_references (const WfOrganisation *self, const WfJsonCursor *root, const char *list_name,
                  const char *member_name)
{
  WfJsonCursor list = wf_json_cursor_member (root, list_name);
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = {
        .parent = &list, .index = i, .value = value, .problems = root->problems
      };

      check_person_reference (self, &cursor, member_name);
    }
}

/* What entering the stage means; NULL: the record stays open. */
static const char *
get_closing (const WfJsonCursor *cursor)
{
  WfJsonCursor member = wf_json_cursor_member (cursor, "closes");
  int index;

  if (member.value == NULL || wf_json_is (member.value, WF_JSON_NULL))
    return NULL;
  index = wf_json_cursor_get_enum (&member, stage_closings, TRUE);
  return index >= 0 ? stage_closings[index] : NULL;
}

static void
check_absence_covers (const WfOrganisation *self, const WfJsonCursor *root)
{
  WfJsonCursor list = wf_json_cursor_member (root, "people");
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = {
        .parent = &list, .index = i, .value = value, .problems = root->problems
      };

      check_references (self, &cursor, "absences", "cover");
    }
}

static void
read_stages (WfOrganisation *self, WfPipeline *pipeline, const WfJsonCursor *cursor)
{
  WfJsonCursor list = get_list (cursor, "stages");
  g_autoptr (GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
  WfEntry *stages = g_new0 (WfEntry, wf_json_get_size (list.value));
  const WfJson *value;
  WfJsonIter iter;

  pipeline->stages = stages;
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = cursor->problems
      };
      WfEntry *stage = &stages[pipeline->n_stages];

      if (!wf_json_cursor_expect (&element, WF_JSON_OBJECT))
        continue;
      stage->id = get_id (&element);
      if (stage->id == NULL || !claim_id (own, &element, stage->id, stage))
        continue;
      stage->name = get_name (&element, stage->id);
      stage->closes = get_closing (&element);
      warn_unknown (&element, stage_members);
      if (!g_hash_table_contains (self->stages, stage->id))
        g_hash_table_insert (self->stages, (gpointer) stage->id, stage);
      pipeline->n_stages++;
    }
}

static void
read_pipelines (WfOrganisation *self, const WfJsonCursor *root)
{
  WfJsonCursor list = get_list (root, "pipelines");
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  const WfJson *value;
  WfJsonIter iter;

  self->pipelines = g_new0 (WfPipeline, wf_json_get_size (list.value));
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor cursor = {
        .parent = &list, .index = i, .value = value, .problems = root->problems
      };
      WfJsonCursor record = wf_json_cursor_member (&cursor, "record");
      WfPipeline *pipeline = &self->pipelines[self->n_pipelines];
      int index;

      if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
        continue;
      pipeline->id = get_id (&cursor);
      if (pipeline->id == NULL || !claim_id (by_id, &cursor, pipeline->id, pipeline))
        continue;
      index = wf_json_cursor_get_enum (&record, record_names, TRUE);
      pipeline->record = record_names[MAX (index, 0)];
      read_stages (self, pipeline, &cursor);
      warn_unknown (&cursor, pipeline_members);
      self->n_pipelines++;
    }
}

static WfOrganisation *
organisation_new (WfJsonDocument *document)
{
  WfOrganisation *self = g_new0 (WfOrganisation, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->document = document;
  self->people_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->stages = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < N_KINDS; i++)
    self->tables[i].by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

static gboolean
check_format (const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "format");
  gint64 format;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_NUMBER))
    return FALSE;
  if (wf_json_get_int64 (cursor.value, &format) && format == FORMAT)
    return TRUE;
  wf_json_cursor_problem (
      &cursor, "format-newer", "%s",
      _ ("This file was made by a newer version of the program: only format 1 can be read."));
  return FALSE;
}

static void
read_all (WfOrganisation *self, const WfJsonCursor *root)
{
  WfJsonCursor name = wf_json_cursor_member (root, "name");
  WfJsonCursor process = wf_json_cursor_member (root, "process");
  int index;

  self->name = wf_json_cursor_get_string (&name, TRUE);
  index = wf_json_cursor_get_enum (&process, process_names, TRUE);
  self->process = index >= 0 ? (WfProcess) index : WF_PROCESS_1;
  for (guint kind = 0; kind < N_KINDS; kind++)
    read_table (self, root, (WfEntryKind) kind);
  read_people (self, root);
  for (guint kind = 0; kind < N_KINDS; kind++)
    if (kind != WF_ENTRY_ACTIVITY_TYPE)
      check_references (self, root, table_names[kind], "coordinator");
  check_references (self, root, "people", "cover");
  check_absence_covers (self, root);
  read_pipelines (self, root);
  warn_unknown (root, root_members);
}

/**
 * wf_organisation_read:
 * @root: the document; copied
 * @problems: (nullable): receives what is wrong
 *
 * What is wrong about one entry leaves that entry or reference out, so that one mistake does not
 * stop a company's work.
 *
 * Returns: (transfer full) (nullable): the organisation; NULL when it is no organisation, is of a
 *   newer format, or its working
 *   hours cannot be read, because then every deadline would be wrong
 */
WfOrganisation *
wf_organisation_read (const WfJson *root, WfProblems *problems)
{
  g_autoptr (WfOrganisation) self = NULL;
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  WfJsonCursor hours;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT) || !check_format (&cursor))
    return NULL;
  self = organisation_new (wf_json_document_extract (root));
  cursor.value = wf_json_document_get_root (self->document);
  hours = wf_json_cursor_member (&cursor, "working-hours");
  self->hours = wf_working_hours_read (&hours);
  if (hours.value == NULL)
    wf_json_cursor_warning (
        &hours, "missing-hours", "%s",
        _ ("There are no working hours: the company counts as open all the time."));
  read_all (self, &cursor);
  return self->hours != NULL ? g_steal_pointer (&self) : NULL;
}

WfOrganisation *
wf_organisation_new_empty (void)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ("{\"format\":1,\"name\":\"\",\"process\":\"1\"}", -1, 0, NULL);

  return wf_organisation_read (wf_json_document_get_root (document), NULL);
}

WfOrganisation *
wf_organisation_ref (WfOrganisation *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_organisation_unref (WfOrganisation *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < N_KINDS; i++)
    {
      for (guint j = 0; j < self->tables[i].n; j++)
        clear_entry (&self->tables[i].entries[j]);
      g_free (self->tables[i].entries);
      g_hash_table_unref (self->tables[i].by_id);
    }
  for (guint i = 0; i < self->n_people; i++)
    clear_person (&self->people[i]);
  g_free (self->people);
  for (guint i = 0; i < self->n_pipelines; i++)
    g_free ((gpointer) self->pipelines[i].stages);
  g_free (self->pipelines);
  g_hash_table_unref (self->people_by_id);
  g_hash_table_unref (self->stages);
  wf_working_hours_unref (self->hours);
  wf_json_document_unref (self->document);
  g_free (self);
}

char *
wf_organisation_to_text (const WfOrganisation *self, gboolean pretty)
{
  return wf_json_to_text (wf_json_document_get_root (self->document), pretty);
}

const char *
wf_organisation_get_name (const WfOrganisation *self)
{
  return self->name != NULL ? self->name : "";
}

WfProcess
wf_organisation_get_process (const WfOrganisation *self)
{
  return self->process;
}

WfWorkingHours *
wf_organisation_get_hours (const WfOrganisation *self)
{
  return self->hours;
}

static WfWorkingHours *
find_own_hours (const WfOrganisation *self, WfEntryKind kind, const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const WfEntry *entry = wf_organisation_get_entry (self, kind, ids[i]);

      if (entry != NULL && entry->hours != NULL)
        return entry->hours;
    }
  return NULL;
}

/* S3: unit, group, company. */
WfWorkingHours *
wf_organisation_get_hours_for (const WfOrganisation *self, const WfPerson *person)
{
  WfWorkingHours *hours = NULL;

  if (person != NULL)
    hours = find_own_hours (self, WF_ENTRY_UNIT, person->units);
  if (person != NULL && hours == NULL)
    hours = find_own_hours (self, WF_ENTRY_GROUP, person->groups);
  return hours != NULL ? hours : self->hours;
}

const WfPerson *
wf_organisation_get_person (const WfOrganisation *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->people_by_id, id) : NULL;
}

guint
wf_organisation_get_n_people (const WfOrganisation *self)
{
  return self->n_people;
}

const WfPerson *
wf_organisation_get_person_at (const WfOrganisation *self, guint index)
{
  return index < self->n_people ? &self->people[index] : NULL;
}

const WfEntry *
wf_organisation_get_entries (const WfOrganisation *self, WfEntryKind kind, guint *n)
{
  *n = self->tables[kind].n;
  return self->tables[kind].entries;
}

const WfEntry *
wf_organisation_get_entry (const WfOrganisation *self, WfEntryKind kind, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->tables[kind].by_id, id) : NULL;
}

const WfPipeline *
wf_organisation_get_pipelines (const WfOrganisation *self, guint *n)
{
  *n = self->n_pipelines;
  return self->pipelines;
}

const WfEntry *
wf_organisation_get_stage (const WfOrganisation *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->stages, id) : NULL;
}

gboolean
wf_person_in_group (const WfPerson *person, const char *group)
{
  return person->groups != NULL && g_strv_contains (person->groups, group);
}

const char *
wf_role_get_name (WfRole role)
{
  return role_names[role];
}

const char *
wf_process_get_name (WfProcess process)
{
  return process_names[process];
}
