/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow as a package in a file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-save.h"

#include "wf-package.h"
#include "wf-workflow-file-name.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *over;              /* (owned) */
  WfWorkflow *workflow;         /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) */
  void (*say) (GtkWidget *over, const char *text);
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->over);
  wf_workflow_unref (self->workflow);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self);
}

static GBytes *
make (gpointer data)
{
  const Export *self = data;
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  char *text;

  g_ptr_array_add (workflows, self->workflow);
  text = wf_package_write (workflows, self->organisation);
  return g_bytes_new_take (text, strlen (text));
}

static void
say (gpointer data, const char *text)
{
  const Export *self = data;

  self->say (self->over, text);
}

/**
 * wf_workflow_save_to_file:
 * @over: in the window that the dialog belongs to
 * @workflow: what is saved
 * @organisation: (nullable): for what the package needs of it
 * @say: tells the person how it ended, with @over, which lives until then
 */
void
wf_workflow_save_to_file (GtkWidget *over, WfWorkflow *workflow, WfOrganisation *organisation,
                          void (*say_func) (GtkWidget *over, const char *text))
{
  g_autofree char *name = wf_workflow_make_file_name (workflow, ".workflow-package.json");
  Export *self = g_new (Export, 1);

  *self = (Export) { g_object_ref (over), wf_workflow_ref (workflow),
                     organisation != NULL ? wf_organisation_ref (organisation) : NULL, say_func };
  wf_save_file (over, NULL, name, _ ("Saved to a file"), make, say, self, export_free);
}
