/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portable packages of workflows (B22). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-package-private.h"

#include "wf-event-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT 1
#define KIND "workflow-package"

const WfPackageKind wf_package_kinds[WF_N_PACKAGE_KINDS] = {
  { WF_REFERENCE_ACTIVITY_TYPE, "activity-types" },
  { WF_REFERENCE_GROUP, "groups" },
  { WF_REFERENCE_PERSON, "people" },
  { WF_REFERENCE_STAGE, "stages" },
  { WF_REFERENCE_FIELD, "fields" },
};

static const char *const root_members[] = { "format", "kind", "workflows", "needs", NULL };
static const char *const needs_members[] = { "activity-types", "groups", "people",
                                             "stages",         "fields", NULL };
static const char *const need_members[] = { "id", "name", NULL };

static void
need_free (gpointer data)
{
  WfPackageNeed *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->becomes);
  g_free (self);
}

static WfPackage *
package_new (void)
{
  WfPackage *self = g_new0 (WfPackage, 1);

  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  self->needs = g_ptr_array_new_with_free_func (need_free);
  return self;
}

/**
 * wf_package_free:
 * @self: (nullable) (transfer full): a package
 */
void
wf_package_free (WfPackage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->workflows);
  g_ptr_array_unref (self->needs);
  g_free (self);
}

/* ---- what is needed ---- */

WfPackageNeed *
wf_package_find_need (GPtrArray *needs, const char *kind, const char *id)
{
  for (guint i = 0; i < needs->len; i++)
    {
      WfPackageNeed *need = g_ptr_array_index (needs, i);

      if (strcmp (need->kind, kind) == 0 && strcmp (need->id, id) == 0)
        return need;
    }
  return NULL;
}

/* Fields that every CRM has are not needed of this one. */
static gboolean
is_need (const WfReference *reference)
{
  if (reference->kind == WF_REFERENCE_ADDRESS)
    return FALSE;
  return reference->kind != WF_REFERENCE_FIELD || wf_field_is_custom (reference->id);
}

static const char *
collect_need (const WfReference *reference, gpointer user_data)
{
  GPtrArray *needs = user_data;
  const char *kind = wf_reference_kind_names[reference->kind];
  WfPackageNeed *need;

  if (!is_need (reference) || wf_package_find_need (needs, kind, reference->id) != NULL)
    return NULL;
  need = g_new0 (WfPackageNeed, 1);
  need->kind = kind;
  need->id = g_strdup (reference->id);
  need->name = g_strdup (reference->kind == WF_REFERENCE_FIELD ? wf_field_to_text (reference->id)
                                                               : reference->id);
  g_ptr_array_add (needs, need);
  return NULL;
}

guint
wf_package_need_get_rank (const WfPackageNeed *need)
{
  guint rank = 0;

  while (rank < WF_N_PACKAGE_KINDS &&
         strcmp (wf_reference_kind_names[wf_package_kinds[rank].kind], need->kind) != 0)
    rank++;
  return rank;
}

static int
compare_needs (gconstpointer a, gconstpointer b)
{
  const WfPackageNeed *x = a, *y = b;
  guint rank_x = wf_package_need_get_rank (x), rank_y = wf_package_need_get_rank (y);

  return rank_x != rank_y ? (rank_x < rank_y ? -1 : 1) : strcmp (x->id, y->id);
}

static void
collect_needs (GPtrArray *workflows, GPtrArray *needs)
{
  for (guint i = 0; i < workflows->len; i++)
    wf_workflow_foreach_reference (g_ptr_array_index (workflows, i), collect_need, needs);
  g_ptr_array_sort_values (needs, compare_needs);
}

/* ---- writing ---- */

/* "https://ana:pass@crm.example/hook?token=x#y" -> "https://crm.example/hook": what may be a
 * secret stays at home. Merge fields make it no URI that a parser would take. */
static char *
clean_address (const char *address)
{
  g_autofree char *plain = g_strndup (address, strcspn (address, "?#"));
  char *host = strstr (plain, "://");
  char *end, *at;

  if (host == NULL)
    return g_steal_pointer (&plain);
  host += strlen ("://");
  end = host + strcspn (host, "/");
  at = memrchr (host, '@', (gsize) (end - host));
  if (at != NULL)
    memmove (host, at + 1, strlen (at + 1) + 1);
  return g_steal_pointer (&plain);
}

static const char *
clean (const WfReference *reference, gpointer user_data)
{
  char **kept = user_data;

  if (reference->kind != WF_REFERENCE_ADDRESS)
    return NULL;
  g_free (*kept);
  *kept = clean_address (reference->id);
  return *kept;
}

/* What this version does not know of a webhook may be its headers, with a token among them. */
static void
drop_unknown (WfStep *step, G_GNUC_UNUSED gpointer user_data)
{
  if (step->kind == WF_STEP_WEBHOOK)
    g_clear_pointer (&step->extra, wf_json_document_unref);
}

/* NULL when it is nested deeper than any document may be: it could not be read again either. */
static WfWorkflow *
make_clean (const WfWorkflow *workflow)
{
  g_autoptr (WfWorkflow) copy = wf_workflow_copy (workflow);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfJsonDocument) cleaned = NULL;
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;

  wf_workflow_foreach_step (copy, drop_unknown, NULL);
  wf_workflow_drop_decisions (copy);
  text = wf_workflow_to_text (copy, FALSE);
  document = wf_json_document_parse (text, -1, 0, NULL);
  if (document == NULL)
    return NULL;
  cleaned = wf_reference_map (wf_json_document_get_root (document), clean, &kept);
  return wf_workflow_read (wf_json_document_get_root (cleaned), NULL);
}

static GPtrArray *
make_all_clean (GPtrArray *workflows)
{
  GPtrArray *cleaned = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  for (guint i = 0; i < workflows->len; i++)
    {
      WfWorkflow *workflow = make_clean (g_ptr_array_index (workflows, i));

      if (workflow != NULL)
        g_ptr_array_add (cleaned, workflow);
    }
  return cleaned;
}

static void
write_workflow (WfJsonWriter *writer, const WfWorkflow *workflow)
{
  g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  if (document != NULL)
    wf_json_writer_add_value (writer, NULL, wf_json_document_get_root (document));
}

static void
write_needs (WfJsonWriter *writer, GPtrArray *needs)
{
  wf_json_writer_begin_object (writer, "needs");
  for (guint i = 0; i < WF_N_PACKAGE_KINDS; i++)
    {
      wf_json_writer_begin_array (writer, wf_package_kinds[i].list);
      for (guint j = 0; j < needs->len; j++)
        {
          const WfPackageNeed *need = g_ptr_array_index (needs, j);

          if (wf_package_need_get_rank (need) != i)
            continue;
          wf_json_writer_begin_object (writer, NULL);
          wf_json_writer_add_string (writer, "id", need->id);
          wf_json_writer_add_string (writer, "name", need->name);
          wf_json_writer_end (writer);
        }
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

/**
 * wf_package_write:
 * @workflows: (element-type WfWorkflow): what to pack
 * @organisation: (nullable): for the names of what is needed
 *
 * Returns: (transfer full): the package's document, indented. User, password, query and fragment of
 *   addresses are left out, and so is what this version does not know of a webhook, and what was
 *   decided about what is under way here.
 */
char *
wf_package_write (GPtrArray *workflows, const WfOrganisation *organisation)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GPtrArray) needs = g_ptr_array_new_with_free_func (need_free);
  g_autoptr (GPtrArray) cleaned = make_all_clean (workflows);

  collect_needs (cleaned, needs);
  if (organisation != NULL)
    wf_package_take_names (needs, organisation);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "format", FORMAT);
  wf_json_writer_add_string (writer, "kind", KIND);
  wf_json_writer_begin_array (writer, "workflows");
  for (guint i = 0; i < cleaned->len; i++)
    write_workflow (writer, g_ptr_array_index (cleaned, i));
  wf_json_writer_end (writer);
  write_needs (writer, needs);
  return wf_json_writer_finish (writer, TRUE);
}

/* ---- reading ---- */

static void
warn_unknown (const WfJsonCursor *cursor, const char *const *known)
{
  WfJsonDocument *unknown = wf_json_cursor_dup_unknown (cursor, known);

  wf_json_document_unref (unknown);
}

/* Reading a workflow names places in its own document. */
static void
take_problems (const WfProblems *found, const WfJsonCursor *place)
{
  g_autofree char *prefix = wf_json_cursor_dup_path (place);

  for (guint i = 0; i < wf_problems_get_n (found); i++)
    {
      const WfProblem *problem = wf_problems_get (found, i);
      g_autofree char *path = g_strconcat (prefix, problem->path, NULL);

      wf_problems_add (place->problems, problem->severity, path, problem->code, "%s",
                       problem->text);
    }
  if (wf_problems_get_n_dropped (found) > 0)
    wf_problems_add (place->problems,
                     wf_problems_has_errors (found) ? WF_PROBLEM_ERROR : WF_PROBLEM_WARNING, prefix,
                     "more-problems",
                     ngettext ("%u more problem is not shown.", "%u more problems are not shown.",
                               wf_problems_get_n_dropped (found)),
                     wf_problems_get_n_dropped (found));
}

static gboolean
read_workflow (WfPackage *self, const WfJsonCursor *place)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *workflow = wf_workflow_read (place->value, problems);

  if (workflow != NULL)
    g_ptr_array_add (self->workflows, workflow);
  take_problems (problems, place);
  return !wf_problems_has_errors (problems);
}

static gboolean
read_workflows (WfPackage *self, const WfJsonCursor *root)
{
  WfJsonCursor list = wf_json_cursor_member (root, "workflows");
  gboolean fine = TRUE;

  if (!wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    return FALSE;
  for (guint i = 0; i < wf_json_get_size (list.value); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&list, i);

      fine &= read_workflow (self, &element);
    }
  return fine;
}

/* The names that the package's author gave. What no workflow uses is not needed any more. */
static gboolean
read_need (WfPackage *self, const WfJsonCursor *cursor, const char *kind)
{
  WfJsonCursor id = wf_json_cursor_member (cursor, "id");
  WfJsonCursor name = wf_json_cursor_member (cursor, "name");
  WfPackageNeed *need;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT) ||
      wf_json_cursor_get_string (&id, TRUE) == NULL ||
      (name.value != NULL && wf_json_cursor_get_string (&name, TRUE) == NULL))
    return FALSE;
  warn_unknown (cursor, need_members);
  need = wf_package_find_need (self->needs, kind, wf_json_get_string (id.value));
  if (need != NULL && wf_json_get_string_length (name.value) > 0)
    g_set_str (&need->name, wf_json_get_string (name.value));
  return TRUE;
}

static gboolean
read_needs (WfPackage *self, const WfJsonCursor *root)
{
  WfJsonCursor needs = wf_json_cursor_member (root, "needs");
  gboolean fine = TRUE;

  if (needs.value == NULL)
    return TRUE;
  if (!wf_json_cursor_expect (&needs, WF_JSON_OBJECT))
    return FALSE;
  warn_unknown (&needs, needs_members);
  for (guint i = 0; i < WF_N_PACKAGE_KINDS; i++)
    {
      WfJsonCursor list = wf_json_cursor_member (&needs, wf_package_kinds[i].list);

      if (list.value == NULL)
        continue;
      fine &= wf_json_cursor_expect (&list, WF_JSON_ARRAY);
      for (guint j = 0; wf_json_is (list.value, WF_JSON_ARRAY) && j < wf_json_get_size (list.value);
           j++)
        {
          WfJsonCursor element = wf_json_cursor_element (&list, j);

          fine &= read_need (self, &element, wf_reference_kind_names[wf_package_kinds[i].kind]);
        }
    }
  return fine;
}

static gboolean
check_head (const WfJsonCursor *root)
{
  WfJsonCursor format = wf_json_cursor_member (root, "format");
  WfJsonCursor kind = wf_json_cursor_member (root, "kind");
  const char *name = wf_json_cursor_get_string (&kind, TRUE);
  gint64 number = wf_json_cursor_get_int64 (&format, TRUE, 0);
  gint64 said;

  if (number != FORMAT && wf_json_get_int64 (format.value, &said))
    wf_json_cursor_problem (
        &format, "format-newer", "%s",
        _ ("This file was made by a newer version of the program: only format 1 can be read."));
  if (name != NULL && strcmp (name, KIND) != 0)
    wf_json_cursor_problem (&kind, "unknown-value", _ ("“%s” is no package of workflows."), name);
  warn_unknown (root, root_members);
  return format.value != NULL && number == FORMAT && g_strcmp0 (name, KIND) == 0;
}

static gboolean
read_package (WfPackage *self, const WfJsonCursor *root)
{
  gboolean fine = check_head (root);

  fine &= read_workflows (self, root);
  collect_needs (self->workflows, self->needs);
  fine &= read_needs (self, root);
  return fine;
}

/**
 * wf_package_read:
 * @root: a package's document, or that of a single workflow
 * @problems: (nullable): receives what is wrong
 *
 * Returns: (transfer full) (nullable): the package, with all that its workflows need; %NULL after
 *   an error
 */
WfPackage *
wf_package_read (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  g_autoptr (WfPackage) self = NULL;
  gboolean fine;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return NULL;
  self = package_new ();
  if (wf_json_get_member (root, "workflows") != NULL || wf_json_get_member (root, "kind") != NULL)
    {
      fine = read_package (self, &cursor);
    }
  else if (wf_json_get_member (root, "trigger") != NULL ||
           wf_json_get_member (root, "steps") != NULL)
    {
      fine = read_workflow (self, &cursor);
      collect_needs (self->workflows, self->needs);
    }
  else
    {
      wf_json_cursor_problem (&cursor, "unknown-document", "%s",
                              _ ("This is no package and no workflow."));
      fine = FALSE;
    }
  return fine ? g_steal_pointer (&self) : NULL;
}
