/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps as text on the clipboard, across workflows and applications.
 *
 * Policy. What is pasted comes from anywhere: it is refused as a whole, with a reason, rather than
 * pasted in part. A text is refused when it is too long or too deeply nested, is no JSON, has no
 * step, has something that would get lost in reading, or would make the workflow larger than the
 * format allows. A step that can be read but is not finished is welcome: the builder shows what it
 * lacks. Every step gets a new id; what a step says of others by id is left as it is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-commands-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define MOST_BYTES ((gsize) 8 * 1024 * 1024)
#define FORMAT_MEMBER "workflow-steps"
#define FORMAT 1

/* ---- copy ---- */

char *
wf_builder_copy_text (WfStepSelection *self)
{
  g_autoptr (GArray) roots = wf_builder_find_roots (self, wf_builder_get_workflow (self));
  GString *text;

  if (roots->len == 0)
    return NULL;
  text = g_string_new (NULL);
  g_string_printf (text, "{\"%s\":%d,\"steps\":[", FORMAT_MEMBER, FORMAT);
  for (guint i = 0; i < roots->len; i++)
    {
      g_autofree char *step = wf_step_to_text (g_array_index (roots, WfStepRoot, i).step);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", step);
    }
  g_string_append (text, "]}");
  return g_string_free_and_steal (text);
}

/* text: receives what was cut; owned by the caller. */
gboolean
wf_builder_cut_text (WfStepSelection *self, char **text)
{
  g_autofree char *copied = wf_builder_copy_text (self);
  g_autoptr (GArray) roots = wf_builder_find_roots (self, wf_builder_get_workflow (self));

  if (copied == NULL ||
      !wf_builder_delete_as (self, ngettext ("Cut Step", "Cut Steps", (gulong) roots->len)))
    return FALSE;
  *text = g_steal_pointer (&copied);
  return TRUE;
}

/* ---- paste ---- */

static WfJsonDocument *
parse (const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  WfJsonDocument *document = wf_json_document_parse (text, -1, MOST_BYTES, &reason);

  if (document != NULL)
    return document;
  if (g_error_matches (reason, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The copied text is too long to be steps of a workflow."));
  else if (g_error_matches (reason, WF_JSON_ERROR, WF_JSON_ERROR_TOO_DEEP))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The copied text is nested too deeply to be steps of a workflow."));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The copied text is not steps of a workflow."));
  return NULL;
}

/* The array of steps, or the one step; NULL with an error when it is neither. */
static const WfJson *
find_steps (const WfJson *root, GError **error)
{
  const WfJson *format = wf_json_get_member (root, FORMAT_MEMBER);
  gint64 version = 0;

  if (format == NULL)
    {
      if (wf_json_is (root, WF_JSON_ARRAY) ||
          wf_json_is (wf_json_get_member (root, "kind"), WF_JSON_STRING))
        return root;
    }
  else if (!wf_json_get_int64 (format, &version) || version != FORMAT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The steps were copied from a newer version of the program."));
      return NULL;
    }
  else if (wf_json_is (wf_json_get_member (root, "steps"), WF_JSON_ARRAY))
    {
      return wf_json_get_member (root, "steps");
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("The copied text is not steps of a workflow."));
  return NULL;
}

/* Whether all that small says is also said by large, which may say more. */
static gboolean
contains (const WfJson *large, const WfJson *small)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (wf_json_get_type (large) != wf_json_get_type (small))
    return FALSE;
  if (!wf_json_is (small, WF_JSON_OBJECT) && !wf_json_is (small, WF_JSON_ARRAY))
    return wf_json_equal (large, small);
  if (wf_json_is (small, WF_JSON_ARRAY) && wf_json_get_size (large) != wf_json_get_size (small))
    return FALSE;
  wf_json_iter_init (&iter, small);
  for (guint i = 0; wf_json_iter_next (&iter, &name, &value); i++)
    if (!contains (name != NULL ? wf_json_get_member (large, name) : wf_json_get_element (large, i),
                   value))
      return FALSE;
  return TRUE;
}

static gboolean
is_kept_whole (const WfStep *step, const WfJson *value)
{
  g_autofree char *text = wf_step_to_text (step);
  g_autoptr (WfJsonDocument) written = wf_json_document_parse (text, -1, 0, NULL);

  return written != NULL && contains (wf_json_document_get_root (written), value);
}

static const char *
get_first_error (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR)
      return wf_problems_get (problems, i)->text;
  return NULL;
}

static WfStep *
read_step (const WfJson *value, GError **error)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor cursor = wf_json_cursor_root (value, problems);
  g_autoptr (WfStep) step = NULL;

  if (wf_json_is (wf_json_get_member (value, "kind"), WF_JSON_STRING))
    step = wf_step_read (&cursor);
  if (step == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The copied text has something that is no step of a workflow."));
      return NULL;
    }
  if (wf_problems_has_errors (problems) && !is_kept_whole (step, value))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   /* Translators: %s is a whole sentence that tells what is wrong. */
                   _ ("A copied step cannot be read: %s"), get_first_error (problems));
      return NULL;
    }
  return g_steal_pointer (&step);
}

static gboolean
read_steps (const WfJson *value, GPtrArray *steps, GError **error)
{
  const WfJson *element;
  WfJsonIter iter;
  WfStep *step;

  if (!wf_json_is (value, WF_JSON_ARRAY))
    {
      step = read_step (value, error);
      if (step != NULL)
        g_ptr_array_add (steps, step);
      return step != NULL;
    }
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    {
      step = read_step (element, error);
      if (step == NULL)
        return FALSE;
      g_ptr_array_add (steps, step);
    }
  if (steps->len == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The copied text has no steps."));
  return steps->len > 0;
}

gboolean
wf_builder_paste_text (WfStepSelection *self, const char *text, const WfStepPlace *place,
                       GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_step_free);
  g_autoptr (WfJsonDocument) document = parse (text, error);
  const WfJson *value = NULL;
  guint n;

  if (document != NULL)
    value = find_steps (wf_json_document_get_root (document), error);
  if (value == NULL || !read_steps (value, steps, error))
    return FALSE;
  wf_workflow_edit_renumber (wf_builder_get_workflow (self), steps);
  n = steps->len;
  if (wf_builder_insert (self, place, steps, ngettext ("Paste Step", "Paste Steps", (gulong) n)))
    return TRUE;
  g_set_error_literal (
      error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      _ ("The copied steps do not fit here: the workflow would become too large or too deeply nested."));
  return FALSE;
}
