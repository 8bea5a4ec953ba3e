/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl import: a package of workflows, made to fit this company (B22). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-package.h"
#include "wf-reference.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".workflow.json"
#define MOST_NAME_BYTES 80

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_import = {
  "import",
  "--organisation ORG [--map KIND:ID=ID]… [--output-folder DIR] PACKAGE",
  N_ ("Unpack workflows and fit them to this company"),
  run,
};

typedef struct
{
  char *organisation, *folder, *package; /* (owned) (nullable) */
  char **map_texts;                      /* (owned) (nullable) */
  GHashTable *map;                       /* (owned) (nullable) "group:inbound" -> id here */
} Options;

static void
options_clear (Options *self)
{
  g_free (self->organisation);
  g_free (self->folder);
  g_free (self->package);
  g_strfreev (self->map_texts);
  g_clear_pointer (&self->map, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- the command line ---- */

/* "group:inbound=sales" */
static gboolean
take_answer (Options *options, const char *text)
{
  const char *colon = strchr (text, ':');
  const char *equals = colon != NULL ? strchr (colon, '=') : NULL;
  g_autofree char *kind = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  if (equals == NULL || equals == colon + 1 || equals[1] == '\0' ||
      !g_strv_contains (wf_reference_kind_names, kind) ||
      g_str_equal (kind, wf_reference_kind_names[WF_REFERENCE_ADDRESS]))
    return FALSE;
  g_hash_table_replace (options->map, g_strndup (text, (gsize) (equals - text)),
                        g_strdup (equals + 1));
  return TRUE;
}

static gboolean
take_answers (Options *options)
{
  options->map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; options->map_texts != NULL && options->map_texts[i] != NULL; i++)
    if (!take_answer (options, options->map_texts[i]))
      {
        wf_ctl_command_usage (
            &wf_command_import,
            _ ("--map: “%s” is not like group:inbound=sales. Kinds are activity-type, group, person, stage and field."),
            options->map_texts[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
parse (Options *options, char **arguments, WfCtlStatus *status)
{
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &options->organisation,
      N_ ("The organisation that the workflows are to fit"), "ORG" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->map_texts,
      N_ ("What something of the package becomes here; may be given more than once"),
      "KIND:ID=ID" },
    { "output-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->folder,
      N_ ("Where to write the workflows (standard output unless told)"), "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!wf_ctl_command_parse (&wf_command_import, entries, arguments, &rest, status))
    return FALSE;
  *status = WF_CTL_USAGE;
  if (options->organisation == NULL)
    wf_ctl_command_usage (&wf_command_import, _ ("%s is missing."), "--organisation");
  else if (g_strv_length (rest) != 2)
    wf_ctl_command_usage (&wf_command_import, "%s", _ ("One file is needed."));
  else if (take_answers (options))
    {
      options->package = g_strdup (rest[1]);
      return TRUE;
    }
  return FALSE;
}

/* ---- what the answers say ---- */

static gboolean
exists (const WfOrganisation *organisation, const char *key, const char *id)
{
  if (g_str_has_prefix (key, "activity-type:"))
    return wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, id) != NULL;
  if (g_str_has_prefix (key, "group:"))
    return wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, id) != NULL;
  if (g_str_has_prefix (key, "person:"))
    return wf_organisation_get_person (organisation, id) != NULL;
  if (g_str_has_prefix (key, "stage:"))
    return wf_organisation_get_stage (organisation, id) != NULL;
  return TRUE; /* an organisation does not list the fields of its CRM */
}

/* In the order of the command line. */
static void
check_answers (const Options *options, const WfOrganisation *organisation, WfProblems *problems)
{
  for (guint i = 0; options->map_texts != NULL && options->map_texts[i] != NULL; i++)
    {
      const char *text = options->map_texts[i], *id = strchr (strchr (text, ':'), '=') + 1;

      if (!exists (organisation, text, id))
        wf_problems_add (problems, WF_PROBLEM_ERROR, "/needs", "unknown-answer",
                         _ ("--map: “%s”: the organisation has no such “%s”."), text, id);
    }
}

/* ---- files ---- */

/* "First contact: web" -> "first-contact-web". */
static char *
make_file_name (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, NULL);
  GString *text = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0' && text->len < MOST_NAME_BYTES; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (text, g_ascii_tolower (*c));
      else if (text->len > 0 && text->str[text->len - 1] != '-')
        g_string_append_c (text, '-');
    }
  if (text->len > 0 && text->str[text->len - 1] == '-')
    g_string_truncate (text, text->len - 1);
  if (text->len == 0)
    g_string_append (text, "workflow");
  return g_string_free_and_steal (text);
}

/* Nothing is overwritten. */
static char *
find_free_path (const char *folder, const char *name)
{
  g_autofree char *base = make_file_name (name);

  for (guint i = 1;; i++)
    {
      g_autofree char *file = i == 1 ? g_strconcat (base, SUFFIX, NULL)
                                     : g_strdup_printf ("%s-%u%s", base, i, SUFFIX);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
write_workflow (const char *folder, const WfWorkflow *workflow)
{
  g_autofree char *path = find_free_path (folder, workflow->name);
  g_autofree char *text = wf_workflow_to_text (workflow, TRUE);
  g_autofree char *content = g_strconcat (text, "\n", NULL);
  g_autofree char *line = NULL;
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, content, -1, &error))
    {
      wf_ctl_message ("%s: %s", path, error->message);
      return FALSE;
    }
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "file", path);
  wf_json_writer_add_string (writer, "id", workflow->id);
  wf_json_writer_add_string (writer, "name", workflow->name);
  line = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (line);
}

/* The workflows that are in the folder already: two of them may not have the same id. What cannot
 * be read there is named, and does not keep from writing. */
static GPtrArray *
load_present (const char *folder)
{
  GPtrArray *present = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL); /* missing: it is made later */
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      WfWorkflow *workflow = g_str_has_suffix (name, SUFFIX) ? wf_ctl_load_workflow (path) : NULL;

      if (workflow != NULL)
        g_ptr_array_add (present, workflow);
    }
  return present;
}

static gboolean
write_workflows (const char *folder, GPtrArray *drafts)
{
  gboolean fine = TRUE;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      wf_ctl_message ("%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < drafts->len; i++)
    fine &= write_workflow (folder, g_ptr_array_index (drafts, i));
  return fine;
}

static gboolean
print_workflows (GPtrArray *drafts)
{
  gboolean fine = TRUE;

  for (guint i = 0; i < drafts->len; i++)
    {
      g_autofree char *text = wf_workflow_to_text (g_ptr_array_index (drafts, i), FALSE);

      fine &= wf_ctl_print_line (text);
    }
  return fine;
}

/* ---- the whole ---- */

static WfPackage *
load_package (const char *path, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_ctl_load_document (path, problems);

  return document != NULL ? wf_package_read (wf_json_document_get_root (document), problems) : NULL;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { 0 };
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfPackage) package = NULL;
  g_autoptr (GPtrArray) present = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  WfCtlStatus status;
  gboolean fine;

  if (!parse (&options, arguments, &status))
    return status;
  problems = wf_problems_new (options.package);
  organisation = wf_ctl_load_organisation (options.organisation);
  package = load_package (options.package, problems);
  if (organisation != NULL && package != NULL)
    {
      wf_package_match (package, organisation);
      check_answers (&options, organisation, problems);
      present = options.folder != NULL ? load_present (options.folder) : NULL;
      drafts = wf_package_import (package, options.map, present, problems);
    }
  wf_ctl_print_problems (problems, TRUE);
  if (drafts == NULL || wf_problems_has_errors (problems))
    return WF_CTL_PROBLEMS;
  fine = options.folder != NULL ? write_workflows (options.folder, drafts)
                                : print_workflows (drafts);
  return fine ? WF_CTL_FINE : WF_CTL_PROBLEMS;
}
