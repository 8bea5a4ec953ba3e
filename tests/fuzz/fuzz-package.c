/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as a package: read, matched, imported; what is written of it can be read again, and
 * writing that once more changes nothing. */
#include "fuzz-target.h"
#include "wf-package.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfPackage) package = NULL;
  g_autoptr (WfPackage) again = NULL;
  g_autoptr (WfJsonDocument) written = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  if (document == NULL)
    return 0;
  problems = wf_problems_new ("fuzz");
  package = wf_package_read (wf_json_document_get_root (document), problems);
  if (package == NULL)
    {
      FUZZ_CHECK (wf_problems_has_errors (problems));
      return 0;
    }
  FUZZ_CHECK (!wf_problems_has_errors (problems));
  organisation = wf_organisation_new_empty ();
  wf_package_match (package, organisation);
  drafts = wf_package_import (package, NULL, package->workflows, problems);
  FUZZ_CHECK (drafts->len == package->workflows->len);
  text = wf_package_write (package->workflows, organisation);
  written = wf_json_document_parse (text, -1, 0, NULL);
  if (written == NULL)
    return 0; /* two levels more than the workflow: it may be too deep for a document */
  again = wf_package_read (wf_json_document_get_root (written), NULL);
  FUZZ_CHECK (again != NULL);
  text_again = wf_package_write (again->workflows, organisation);
  FUZZ_CHECK (g_str_equal (text, text_again));
  return 0;
}
