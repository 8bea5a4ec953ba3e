/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document is, by its content; and members that it has twice. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-document.h"

#include "wf-json-cursor.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfCtlDocumentKind kind;
  const char *members[8];
} Signs;

static const Signs signs[] = {
  { WF_CTL_DOCUMENT_EVENTS,
    { "specversion", "datacontenttype", "source", "subject", "data", NULL } },
  { WF_CTL_DOCUMENT_TEMPLATE, { "category", "scenario", "flow", "benefits", "workflow", NULL } },
  { WF_CTL_DOCUMENT_PACKAGE, { "kind", "workflows", "needs", NULL } },
  { WF_CTL_DOCUMENT_WORKFLOW, { "trigger", "steps", "objective", "state", "version", NULL } },
  { WF_CTL_DOCUMENT_ORGANISATION,
    { "process", "working-hours", "people", "groups", "teams", "units", "pipelines", NULL } },
};

/**
 * wf_ctl_document_get_kind:
 * @root: (nullable): a document's root
 *
 * The kind whose members it has most of, so that one wrong or missing member does not hide what
 * somebody meant. An array is a batch of events.
 *
 * Returns: the kind
 */
WfCtlDocumentKind
wf_ctl_document_get_kind (const WfJson *root)
{
  WfCtlDocumentKind best = WF_CTL_DOCUMENT_UNKNOWN;
  guint most = 0;

  if (wf_json_is (root, WF_JSON_ARRAY))
    return WF_CTL_DOCUMENT_EVENTS;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      guint n = 0;

      for (guint j = 0; signs[i].members[j] != NULL; j++)
        n += wf_json_get_member (root, signs[i].members[j]) != NULL;
      if (n > most)
        {
          most = n;
          best = signs[i].kind;
        }
    }
  return best;
}

/* Recursion is bounded by the depth of documents. */
static void
find_duplicates (const WfJsonCursor *cursor)
{
  g_autoptr (GHashTable) names = NULL;
  const WfJson *value;
  const char *name;
  WfJsonIter iter;
  guint index = 0;

  if (!wf_json_is (cursor->value, WF_JSON_OBJECT) && !wf_json_is (cursor->value, WF_JSON_ARRAY))
    return;
  names = g_hash_table_new (g_str_hash, g_str_equal);
  wf_json_iter_init (&iter, cursor->value);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      WfJsonCursor child = {
        .parent = cursor, .name = name, .index = index, .value = value, .problems = cursor->problems
      };

      index++;
      if (name != NULL && !g_hash_table_add (names, (gpointer) name))
        wf_json_cursor_problem (&child, "duplicate-member", _ ("The member “%s” is there twice."),
                                name);
      find_duplicates (&child);
    }
}

/**
 * wf_ctl_document_find_duplicates:
 * @root: a document's root
 * @problems: receives a problem for each
 */
void
wf_ctl_document_find_duplicates (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);

  find_duplicates (&cursor);
}
