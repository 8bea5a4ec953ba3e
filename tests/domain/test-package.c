/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portable packages of workflows, and the walk over references that they are made with (B22). */
#include "wf-package.h"
#include "wf-reference.h"
#include "wf-test-documents.h"

#include <string.h>

#define ID "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define OTHER_ID "7a0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c22"

/* A workflow that refers to something in every way there is. */
static const char everything[] =
    "{ 'format': 1, 'id': '" ID "', 'name': 'Everything', 'state': 'live', 'version': 7,"
    "  'fallback-person': 'carla',"
    "  'trigger': { 'event': 'lead.updated', 'conditions': { 'all': ["
    "      { 'field': 'lead.owner', 'op': 'in', 'value': ['ana', 'bruno'] },"
    "      { 'field': 'lead.owner', 'op': 'member-of', 'value': 'outbound' },"
    "      { 'any': [ { 'field': 'lead.stage', 'op': 'eq', 'value': 'new' },"
    "                 { 'field': 'lead.custom.sector', 'op': 'contains', 'value': 'ana' } ] } ] } },"
    "  'steps': ["
    "    { 'id': 'a', 'kind': 'create-activity', 'run': { 'mode': 'before', 'field': 'lead.custom.renewal',"
    "        'offset': { 'amount': 1, 'unit': 'days' } }, 'activity-type': 'filter-1',"
    "      'complete-within': { 'amount': 2, 'unit': 'hours', 'before': 'lead.custom.visit' },"
    "      'permission': { 'scope': 'groups', 'groups': ['inbound'] }, 'assignee': 'round-robin:outbound',"
    "      'notes': 'For {lead.name} of {lead.custom.sector}, {{not a field}' },"
    "    { 'id': 'b', 'kind': 'branch', 'paths': [ { 'name': 'Yes',"
    "        'if': { 'field': 'lead.custom.size', 'op': 'ge', 'value': 3 }, 'steps': ["
    "          { 'id': 'c', 'kind': 'notify', 'text': 'Now', 'recipient': 'person:davi', 'sender': 'gil' },"
    "          { 'id': 'd', 'kind': 'change-stage', 'stage': 'filter-2' } ] } ] },"
    "    { 'id': 'e', 'kind': 'change-responsible', 'to': 'least-loaded:inbound', 'rules': ["
    "        { 'if': { 'field': 'lead.score', 'op': 'ge', 'value': 9 }, 'to': 'person:mia' } ] },"
    "    { 'id': 'f', 'kind': 'post-to-stream', 'text': 'Look', 'mentions': ['group:outbound', 'manager'] },"
    "    { 'id': 'g', 'kind': 'set-field', 'field': 'lead.owner', 'value': 'eva' },"
    "    { 'id': 'h', 'kind': 'close-activities', 'activity-types': ['recover'] },"
    "    { 'id': 'i', 'kind': 'webhook', 'url': 'https://bob:secret@hooks.example/a?token={lead.custom.key}#x',"
    "      'headers': { 'Authorization': 'Bearer secret' } } ] }";

static WfWorkflow *
read_workflow (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *workflow = wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_false (wf_problems_has_errors (problems));
  return workflow;
}

/* ---- references ---- */

static const struct
{
  const char *kind, *id, *step, *path;
  gboolean condition;
} references[] = {
  { "field", "lead.owner", NULL, "/trigger/conditions/all/0/field", TRUE },
  { "person", "ana", NULL, "/trigger/conditions/all/0/value/0", TRUE },
  { "person", "bruno", NULL, "/trigger/conditions/all/0/value/1", TRUE },
  { "field", "lead.owner", NULL, "/trigger/conditions/all/1/field", TRUE },
  { "group", "outbound", NULL, "/trigger/conditions/all/1/value", TRUE },
  { "field", "lead.stage", NULL, "/trigger/conditions/all/2/any/0/field", TRUE },
  { "stage", "new", NULL, "/trigger/conditions/all/2/any/0/value", TRUE },
  { "field", "lead.custom.sector", NULL, "/trigger/conditions/all/2/any/1/field", TRUE },
  { "field", "lead.custom.renewal", "a", "/steps/0/run/field" },
  { "activity-type", "filter-1", "a", "/steps/0/activity-type" },
  { "field", "lead.custom.visit", "a", "/steps/0/complete-within/before" },
  { "group", "inbound", "a", "/steps/0/permission/groups/0" },
  { "field", "lead.name", "a", "/steps/0/notes" },
  { "field", "lead.custom.sector", "a", "/steps/0/notes" },
  { "group", "outbound", "a", "/steps/0/assignee" },
  { "field", "lead.custom.size", "b", "/steps/1/paths/0/if/field", TRUE },
  { "person", "davi", "c", "/steps/1/paths/0/steps/0/recipient" },
  { "person", "gil", "c", "/steps/1/paths/0/steps/0/sender" },
  { "stage", "filter-2", "d", "/steps/1/paths/0/steps/1/stage" },
  { "field", "lead.score", "e", "/steps/2/rules/0/if/field", TRUE },
  { "person", "mia", "e", "/steps/2/rules/0/to" },
  { "group", "inbound", "e", "/steps/2/to" },
  { "group", "outbound", "f", "/steps/3/mentions/0" },
  { "field", "lead.owner", "g", "/steps/4/field" },
  { "person", "eva", "g", "/steps/4/value" },
  { "activity-type", "recover", "h", "/steps/5/activity-types/0" },
  { "field", "lead.custom.key", "i", "/steps/6/url" },
  { "address", "https://bob:secret@hooks.example/a?token={lead.custom.key}#x", "i",
    "/steps/6/url" },
  { "person", "carla", NULL, "/fallback-person" },
};

static char *
make_line (const char *kind, const char *id, const char *step, const char *path, gboolean condition)
{
  return g_strdup_printf ("%s %s %s %s%s", kind, id, step != NULL ? step : "-", path,
                          condition ? " ?" : "");
}

static const char *
collect (const WfReference *reference, gpointer user_data)
{
  g_ptr_array_add (user_data, make_line (wf_reference_kind_names[reference->kind], reference->id,
                                         reference->step, reference->path, reference->condition));
  return NULL;
}

static void
test_references (void)
{
  g_autoptr (WfWorkflow) workflow = read_workflow (everything);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  wf_workflow_foreach_reference (workflow, collect, found);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (found, i));
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *line = make_line (references[i].kind, references[i].id, references[i].step,
                                         references[i].path, references[i].condition);

      g_test_message ("expected: %s", line);
      g_assert_true (g_ptr_array_find_with_equal_func (found, line, g_str_equal, NULL));
    }
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (references));
}

static const char *
shout (const WfReference *reference, gpointer user_data)
{
  char **kept = user_data;

  g_free (*kept);
  *kept = g_strconcat (reference->id, "-x", NULL);
  return *kept;
}

/* Nothing but references changes: taking the mark away again gives the same document. */
static void
test_map (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (everything);
  g_autofree char *kept = NULL;
  g_autoptr (WfJsonDocument) mapped =
      wf_reference_map (wf_json_document_get_root (document), shout, &kept);
  g_autofree char *text = wf_json_to_text (wf_json_document_get_root (document), FALSE);
  g_autofree char *other = wf_json_to_text (wf_json_document_get_root (mapped), FALSE);
  g_auto (GStrv) parts = g_strsplit (other, "-x", -1);
  g_autofree char *back = g_strjoinv ("", parts);

  g_assert_nonnull (strstr (other, "\"round-robin:outbound-x\""));
  g_assert_nonnull (strstr (other, "{lead.custom.sector-x}, {{not a field}"));
  g_assert_nonnull (strstr (other, "\"manager\""));
  g_assert_nonnull (strstr (other, "\"op\":\"contains\",\"value\":\"ana\""));
  g_assert_cmpstr (back, ==, text);
  g_assert_cmpuint (g_strv_length (parts) - 1, ==, G_N_ELEMENTS (references));
}

/* ---- writing ---- */

static WfJsonDocument *
write_package (const WfOrganisation *organisation, char **text)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document;

  g_ptr_array_add (workflows, read_workflow (everything));
  *text = wf_package_write (workflows, organisation);
  document = wf_json_document_parse (*text, -1, 0, &error);
  g_assert_no_error (error);
  return document;
}

static void
assert_need (const WfJson *needs, const char *list, const char *id, const char *name)
{
  const WfJson *entries = wf_json_get_member (needs, list);

  for (guint i = 0; i < wf_json_get_size (entries); i++)
    {
      const WfJson *entry = wf_json_get_element (entries, i);

      if (g_strcmp0 (wf_json_get_member_string (entry, "id"), id) != 0)
        continue;
      g_assert_cmpstr (wf_json_get_member_string (entry, "name"), ==, name);
      return;
    }
  g_error ("%s is not among the %s that are needed", id, list);
}

static void
test_write (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autofree char *text = NULL;
  g_autoptr (WfJsonDocument) document = write_package (organisation, &text);
  const WfJson *root = wf_json_document_get_root (document);
  const WfJson *needs = wf_json_get_member (root, "needs");
  gint64 format = 0;

  g_assert_true (wf_json_get_int64 (wf_json_get_member (root, "format"), &format));
  g_assert_cmpint (format, ==, 1);
  g_assert_cmpstr (wf_json_get_member_string (root, "kind"), ==, "workflow-package");
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (root, "workflows")), ==, 1);
  assert_need (needs, "activity-types", "filter-1", "Realizar Filtro 1");
  assert_need (needs, "activity-types", "recover", "Recuperar lead");
  assert_need (needs, "groups", "inbound", "Inbound");
  assert_need (needs, "people", "carla", "Carla Dias");
  assert_need (needs, "stages", "filter-2", "Filtro 2");
  assert_need (needs, "fields", "lead.custom.sector", "sector");
  /* Every CRM has these. */
  g_assert_null (strstr (text, "\"id\": \"lead.name\""));
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (needs, "groups")), ==, 2);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (needs, "people")), ==, 7);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (needs, "stages")), ==, 2);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (needs, "fields")), ==, 4);
}

/* What was decided about what is under way at home (S12, S13) would decide about other events
 * elsewhere; the limit of storms is a setting. */
static void
test_decisions_stay_at_home (void)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autofree char *text = NULL;
  const WfJson *packed;

  g_ptr_array_add (
      workflows,
      read_workflow (
          "{ 'format': 1, 'id': '" ID "', 'name': 'N', 'state': 'paused', 'version': 3,"
          "  'in-flight': 'stop', 'paused': '2026-11-20T10:00:00Z',"
          "  'resume': { 'choice': 'skip', 'resumed': '2026-11-19T10:00:00Z' },"
          "  'release': [ { 'choice': 'drop', 'by': 'ana' } ], 'storm-limit': 7, 'colour': 'red',"
          "  'schedule-start': '2026-11-01T10:00:00Z', 'fallback-person': 'ana',"
          "  'trigger': { 'event': 'lead.received', 'keep-when-left': true }, 'steps': [] }"));
  text = wf_package_write (workflows, NULL);
  document = wf_json_document_parse (text, -1, 0, NULL);
  packed = wf_json_get_element (
      wf_json_get_member (wf_json_document_get_root (document), "workflows"), 0);
  g_clear_pointer (&text, g_free);
  text = wf_json_to_text (packed, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"format\":1,\"id\":\"" ID "\",\"name\":\"N\",\"fallback-person\":\"ana\","
                   "\"state\":\"paused\",\"version\":3,\"trigger\":{\"event\":\"lead.received\","
                   "\"reentry\":\"every-event\",\"keep-when-left\":true},\"steps\":[],"
                   "\"storm-limit\":7,\"colour\":\"red\"}");
}

static void
test_secrets (void)
{
  static const struct
  {
    const char *url, *cleaned;
  } vectors[] = {
    { "https://hooks.example/a/b", "https://hooks.example/a/b" },
    { "https://bob:pw@hooks.example/a", "https://hooks.example/a" },
    { "https://bob@hooks.example:8443/a", "https://hooks.example:8443/a" },
    { "https://hooks.example/a?token=x", "https://hooks.example/a" },
    { "https://hooks.example?token=x", "https://hooks.example" },
    { "https://hooks.example/a#token", "https://hooks.example/a" },
    { "https://a@b@hooks.example/mail@home", "https://hooks.example/mail@home" },
    { "https://hooks.example/{lead.id}?x={lead.name}", "https://hooks.example/{lead.id}" },
  };
  g_autofree char *text = NULL;
  g_autoptr (WfJsonDocument) document = write_package (NULL, &text);

  g_assert_null (strstr (text, "secret"));
  g_assert_nonnull (strstr (text, "\"https://hooks.example/a\""));
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *quoted = g_strdup_printf (
          "{ 'format': 1, 'id': '" ID "', 'name': 'A', 'trigger': { 'event': 'lead.received' },"
          "  'steps': [ { 'id': 'a', 'kind': 'webhook', 'url': '%s' } ] }",
          vectors[i].url);
      g_autoptr (GPtrArray) workflows =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
      g_autofree char *expected = g_strdup_printf ("\"url\": \"%s\"", vectors[i].cleaned);
      g_autofree char *package = NULL;

      g_ptr_array_add (workflows, read_workflow (quoted));
      package = wf_package_write (workflows, NULL);
      g_test_message ("%s", package);
      g_assert_nonnull (strstr (package, expected));
    }
}

/* ---- reading ---- */

#define SMALL                                                                                      \
  "{ 'format': 1, 'id': '" ID "', 'name': 'A', 'trigger': { 'event': 'lead.received' },"           \
  "  'steps': [ { 'id': 'a', 'kind': 'create-activity', 'activity-type': 'dance',"                 \
  "    'complete-within': { 'amount': 1, 'unit': 'hours' } } ] }"
#define PACKAGE(workflows, needs)                                                                  \
  "{ 'format': 1, 'kind': 'workflow-package', 'workflows': [" workflows "], 'needs': " needs " }"

static const struct
{
  const char *text;
  const char *path, *code; /* of the first error; NULL: fine */
} documents[] = {
  { PACKAGE (SMALL, "{}") },
  { PACKAGE ("", "{}") },
  { SMALL },
  { PACKAGE (SMALL, "{ 'activity-types': [ { 'id': 'dance', 'name': 'Dance' } ] }") },
  { PACKAGE (SMALL, "{ 'activity-types': [ { 'name': 'Dance' } ] }"), "/needs/activity-types/0/id",
    "missing" },
  { PACKAGE (SMALL, "{ 'groups': {} }"), "/needs/groups", "wrong-type" },
  { PACKAGE (SMALL, "[]"), "/needs", "wrong-type" },
  { PACKAGE ("7", "{}"), "/workflows/0", "wrong-type" },
  { PACKAGE ("{ 'format': 1, 'id': 4 }", "{}"), "/workflows/0/id", "wrong-type" },
  { "{ 'format': 1, 'kind': 'workflow-package' }", "/workflows", "missing" },
  { "{ 'format': 2, 'kind': 'workflow-package', 'workflows': [] }", "/format", "format-newer" },
  { "{ 'format': 1, 'kind': 'cake', 'workflows': [] }", "/kind", "unknown-value" },
  { "{ 'workflows': [] }", "/kind", "missing" },
  { "{ 'format': 1, 'name': 'Acme', 'process': '1' }", "", "unknown-document" },
  { "[]", "", "wrong-type" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_json (documents[i].text);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfPackage) package =
          wf_package_read (wf_json_document_get_root (document), problems);
      g_autofree char *told = wf_test_problems_to_text (problems);

      g_test_message ("%u: %s", i, told);
      g_assert_cmpint (package != NULL, ==, documents[i].path == NULL);
      g_assert_cmpint (wf_problems_has_errors (problems), ==, documents[i].path != NULL);
      if (documents[i].path != NULL)
        {
          const WfProblem *problem = wf_problems_find (problems, documents[i].path);

          g_assert_nonnull (problem);
          g_assert_cmpstr (problem->code, ==, documents[i].code);
        }
    }
}

/* What a newer version writes is a warning, and does not keep from reading. */
static void
test_unknown (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (
      "{ 'format': 1, 'kind': 'workflow-package', 'workflows': [], 'author': 'x',"
      "  'needs': { 'moons': [], 'groups': [ { 'id': 'a', 'name': 'A', 'size': 3 } ] } }");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfPackage) package = wf_package_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (package);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 3);
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_cmpuint (package->needs->len, ==, 0); /* no workflow uses it */
}

/* ---- matching and importing ---- */

static WfPackage *
read_package (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_json (text);
  WfPackage *package = wf_package_read (wf_json_document_get_root (document), NULL);

  g_assert_nonnull (package);
  return package;
}

static const WfPackageNeed *
find_need (const WfPackage *package, const char *kind, const char *id)
{
  for (guint i = 0; i < package->needs->len; i++)
    {
      const WfPackageNeed *need = g_ptr_array_index (package->needs, i);

      if (g_str_equal (need->kind, kind) && g_str_equal (need->id, id))
        return need;
    }
  return NULL;
}

static const char strangers[] = PACKAGE (
    "{ 'format': 1, 'id': '" ID "', 'name': 'A', 'state': 'live', 'version': 4,"
    "  'trigger': { 'event': 'lead.received' }, 'steps': ["
    "    { 'id': 'a', 'kind': 'create-activity', 'activity-type': 'f1',"
    "      'complete-within': { 'amount': 1, 'unit': 'hours' },"
    "      'permission': { 'scope': 'groups', 'groups': ['g7', 'inbound'] } },"
    "    { 'id': 'b', 'kind': 'notify', 'text': '{lead.custom.x}', 'recipient': 'person:p1' },"
    "    { 'id': 'c', 'kind': 'change-stage', 'stage': 's9' } ] }",
    "{ 'activity-types': [ { 'id': 'f1', 'name': 'REALIZAR filtro 1' } ],"
    "  'groups': [ { 'id': 'g7', 'name': 'outBOUND' }, { 'id': 'inbound', 'name': 'Something else' } ],"
    "  'people': [ { 'id': 'p1', 'name': 'Fabio Melo' } ],"
    "  'stages': [ { 'id': 's9', 'name': 'Nowhere' } ] }");

static void
test_match (void)
{
  static const struct
  {
    const char *kind, *id, *becomes;
    gboolean guessed;
  } vectors[] = {
    { "activity-type", "f1", "filter-1", TRUE }, /* folded */
    { "group", "g7", "outbound", TRUE },
    { "group", "inbound", "inbound", FALSE }, /* the id goes before the name */
    { "person", "p1", "fabio", TRUE },        /* without accents */
    { "stage", "s9", NULL, FALSE },
    { "field", "lead.custom.x", "lead.custom.x", TRUE },
  };
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfPackage) package = read_package (strangers);

  wf_package_match (package, organisation);
  g_assert_cmpuint (package->needs->len, ==, G_N_ELEMENTS (vectors));
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const WfPackageNeed *need = find_need (package, vectors[i].kind, vectors[i].id);

      g_assert_nonnull (need);
      g_assert_cmpstr (need->becomes, ==, vectors[i].becomes);
      g_assert_cmpint (need->guessed, ==, vectors[i].guessed);
    }
}

static void
test_import (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfPackage) package = read_package (strangers);
  g_autoptr (GHashTable) map = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *text = NULL;
  const WfWorkflow *draft;

  wf_package_match (package, organisation);
  g_hash_table_insert (map, (gpointer) "stage:s9", (gpointer) "filter-2");
  g_hash_table_insert (map, (gpointer) "person:p1", (gpointer) "ana"); /* over the guess */
  drafts = wf_package_import (package, map, NULL, problems);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (drafts->len, ==, 1);
  draft = g_ptr_array_index (drafts, 0);
  g_assert_cmpint (draft->state, ==, WF_WORKFLOW_DRAFT);
  g_assert_cmpint (draft->version, ==, 1);
  g_assert_cmpstr (draft->id, ==, ID);
  text = wf_workflow_to_text (draft, FALSE);
  g_assert_nonnull (strstr (text, "\"activity-type\":\"filter-1\""));
  g_assert_nonnull (strstr (text, "\"groups\":[\"outbound\",\"inbound\"]"));
  g_assert_nonnull (strstr (text, "\"recipient\":\"person:ana\""));
  g_assert_nonnull (strstr (text, "\"stage\":\"filter-2\""));
  g_assert_nonnull (strstr (text, "{lead.custom.x}"));
}

static void
test_import_problems (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autoptr (WfPackage) package = read_package (strangers);
  g_autoptr (GHashTable) map = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (GPtrArray) drafts = NULL;

  wf_package_match (package, organisation);
  g_hash_table_insert (map, (gpointer) "group:moon", (gpointer) "inbound");
  g_hash_table_insert (map, (gpointer) "group:g7", (gpointer) "");
  drafts = wf_package_import (package, map, NULL, problems);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 3);
  g_assert_cmpstr (wf_problems_find (problems, "/needs/stages/0")->code, ==, "need-unanswered");
  g_assert_nonnull (strstr (wf_problems_find (problems, "/needs/stages/0")->text, "Nowhere"));
  g_assert_cmpstr (wf_problems_find (problems, "/needs/groups/0")->code, ==, "need-unanswered");
  g_assert_cmpstr (wf_problems_find (problems, "/needs")->code, ==, "unknown-need");
}

/* Two of the package, and one that is here, have the same id. */
static void
test_ids (void)
{
  g_autoptr (WfPackage) package = read_package (PACKAGE (SMALL "," SMALL, "{}"));
  g_autoptr (GPtrArray) present =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GPtrArray) drafts = NULL;
  const WfWorkflow *first, *second;

  g_ptr_array_add (present, read_workflow (SMALL));
  drafts = wf_package_import (package, NULL, present, NULL);
  first = g_ptr_array_index (drafts, 0);
  second = g_ptr_array_index (drafts, 1);
  g_assert_cmpstr (first->id, !=, ID);
  g_assert_cmpstr (second->id, !=, ID);
  g_assert_cmpstr (first->id, !=, second->id);
  g_clear_pointer (&drafts, g_ptr_array_unref);
  drafts = wf_package_import (package, NULL, NULL, NULL);
  first = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (first->id, ==, ID); /* nobody has it here */
}

/* Out of one company and into the same: nothing is asked, and nothing is lost but secrets. */
static void
test_round_trip (void)
{
  g_autoptr (WfOrganisation) organisation = wf_test_organisation_new ();
  g_autofree char *text = NULL;
  g_autoptr (WfJsonDocument) document = write_package (organisation, &text);
  g_autoptr (WfPackage) package = wf_package_read (wf_json_document_get_root (document), NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *again = NULL;

  wf_package_match (package, organisation);
  drafts = wf_package_import (package, NULL, NULL, problems);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  again = wf_package_write (drafts, organisation);
  /* State and version are those of a draft. */
  g_assert_nonnull (strstr (again, "\"state\": \"draft\""));
  g_assert_cmpuint (strlen (again), ==, strlen (text) + strlen ("draft") - strlen ("live"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/package/references", test_references);
  g_test_add_func ("/domain/package/map", test_map);
  g_test_add_func ("/domain/package/write", test_write);
  g_test_add_func ("/domain/decisions", test_decisions_stay_at_home);
  g_test_add_func ("/domain/package/secrets", test_secrets);
  g_test_add_func ("/domain/package/read", test_read);
  g_test_add_func ("/domain/package/unknown", test_unknown);
  g_test_add_func ("/domain/package/match", test_match);
  g_test_add_func ("/domain/package/import", test_import);
  g_test_add_func ("/domain/package/import-problems", test_import_problems);
  g_test_add_func ("/domain/package/ids", test_ids);
  g_test_add_func ("/domain/package/round-trip", test_round_trip);
  return g_test_run ();
}
