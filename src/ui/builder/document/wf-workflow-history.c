/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of the workflow that is being edited.
 *
 * Policy. Version 0 is what was opened; change i leads from version i to version i + 1. A change
 * keeps what differs between the two texts: where, the bytes before, the bytes after; what both
 * begin and end with is left out. Undo puts the bytes back and reads the text. A version that was
 * left is kept whole until somebody has tried whether it comes back from its text byte for byte,
 * which is done when there is nothing else to do, at the latest with the next change. One that does
 * not (a program fault, or a nesting that the reader refuses) stays whole beside its change, so
 * that undo never loses anything. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-history.h"

#include <string.h>

typedef struct
{
  gsize offset;
  char *removed;  /* (owned) what stood there before */
  char *inserted; /* (owned) what stands there after */
  gsize n_removed, n_inserted;
  WfWorkflow *whole_before,
      *whole_after;                 /* (owned) (nullable) what would not come back from its text */
  char *name;                       /* (owned) (nullable) */
  char *merge;                      /* (owned) (nullable) what it was about */
  WfSelectionState *before, *after; /* (owned) (nullable) */
} Change;

struct _WfWorkflowHistory
{
  WfWorkflow *current;
  char *text; /* of current */
  gsize length;
  gboolean from_text;   /* current was read from text, so it comes back from it */
  GPtrArray *changes;   /* of Change */
  guint position;       /* version of current: changes before it can be undone */
  gboolean merging;     /* the latest change may go on */
  WfWorkflow **untried; /* (nullable) of a change: it goes once it was seen to come back */
  guint idle;
};

static void
change_free (Change *self)
{
  g_free (self->removed);
  g_free (self->inserted);
  g_clear_pointer (&self->whole_before, wf_workflow_unref);
  g_clear_pointer (&self->whole_after, wf_workflow_unref);
  g_free (self->name);
  g_free (self->merge);
  wf_selection_state_unref (self->before);
  wf_selection_state_unref (self->after);
  g_free (self);
}

/* ---- text ---- */

/* NULL when it cannot be read. Problems are not asked for: a draft that has some is a version like
 * any other. */
static WfWorkflow *
read_text (const char *text, gsize length)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, (gssize) length, 0, NULL);

  return document != NULL ? wf_workflow_read (wf_json_document_get_root (document), NULL) : NULL;
}

static gboolean
comes_back (const char *text, gsize length)
{
  g_autoptr (WfWorkflow) back = read_text (text, length);
  g_autofree char *again = back != NULL ? wf_workflow_to_text (back, FALSE) : NULL;

  return g_strcmp0 (again, text) == 0;
}

static gsize
count_common_start (const char *a, const char *b, gsize most)
{
  gsize n = 0;

  while (n < most && a[n] == b[n])
    n++;
  return n;
}

static gsize
count_common_end (const char *a, const char *b, gsize most)
{
  gsize n = 0;

  while (n < most && a[-(gssize) n - 1] == b[-(gssize) n - 1])
    n++;
  return n;
}

static void
change_set_texts (Change *self, const char *before, gsize n_before, const char *after,
                  gsize n_after)
{
  gsize start = count_common_start (before, after, MIN (n_before, n_after));
  gsize end =
      count_common_end (before + n_before, after + n_after, MIN (n_before, n_after) - start);

  g_free (self->removed);
  g_free (self->inserted);
  self->offset = start;
  self->n_removed = n_before - start - end;
  self->n_inserted = n_after - start - end;
  self->removed = g_strndup (before + start, self->n_removed);
  self->inserted = g_strndup (after + start, self->n_inserted);
}

/* The text with a piece of it replaced. */
static char *
patch (const char *text, gsize length, gsize offset, gsize n_old, const char *fresh, gsize n_fresh)
{
  char *result = g_malloc (length - n_old + n_fresh + 1);

  memcpy (result, text, offset);
  memcpy (result + offset, fresh, n_fresh);
  memcpy (result + offset + n_fresh, text + offset + n_old, length - offset - n_old + 1);
  return result;
}

/* ---- versions ---- */

static void
set_current (WfWorkflowHistory *self, WfWorkflow *workflow, char *text)
{
  g_clear_pointer (&self->current, wf_workflow_unref);
  self->current = workflow;
  g_free (self->text);
  self->text = text;
  self->length = strlen (text);
  self->from_text = FALSE;
}

static void
try_version (WfWorkflowHistory *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->untried == NULL)
    return;
  text = wf_workflow_to_text (*self->untried, FALSE);
  if (comes_back (text, strlen (text)))
    g_clear_pointer (self->untried, wf_workflow_unref);
  self->untried = NULL;
}

static gboolean
on_idle (gpointer user_data)
{
  WfWorkflowHistory *self = user_data;

  self->idle = 0;
  try_version (self);
  return G_SOURCE_REMOVE;
}

/* The present version is being left. whole: of a change. */
static void
keep_current (WfWorkflowHistory *self, WfWorkflow **whole)
{
  g_clear_pointer (whole, wf_workflow_unref);
  if (self->from_text)
    return;
  *whole = wf_workflow_ref (self->current);
  self->untried = whole;
  self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

WfWorkflowHistory *
wf_workflow_history_new (WfWorkflow *workflow)
{
  WfWorkflowHistory *self = g_new0 (WfWorkflowHistory, 1);

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  set_current (self, wf_workflow_ref (workflow), wf_workflow_to_text (workflow, FALSE));
  return self;
}

void
wf_workflow_history_free (WfWorkflowHistory *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->current, wf_workflow_unref);
  g_free (self->text);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

WfWorkflow *
wf_workflow_history_get_workflow (WfWorkflowHistory *self)
{
  return self->current;
}

const char *
wf_workflow_history_get_text (WfWorkflowHistory *self)
{
  return self->text;
}

static Change *
get_change (WfWorkflowHistory *self, int by)
{
  if (by < 0)
    return self->position > 0 ? g_ptr_array_index (self->changes, self->position - 1) : NULL;
  return self->position < self->changes->len ? g_ptr_array_index (self->changes, self->position)
                                             : NULL;
}

/* The latest change goes on: it now leads from where it began to the new text. */
static void
extend_change (WfWorkflowHistory *self, Change *change, const char *text)
{
  g_autofree char *before = patch (self->text, self->length, change->offset, change->n_inserted,
                                   change->removed, change->n_removed);

  change_set_texts (change, before, strlen (before), text, strlen (text));
}

static Change *
add_change (WfWorkflowHistory *self, const char *text, const char *merge, const char *name,
            WfSelectionState *before)
{
  Change *change = g_new0 (Change, 1);

  change_set_texts (change, self->text, self->length, text, strlen (text));
  keep_current (self, &change->whole_before);
  change->merge = g_strdup (merge);
  change->name = g_strdup (name);
  change->before = wf_selection_state_ref (before);
  g_ptr_array_add (self->changes, change);
  self->position++;
  return change;
}

/**
 * wf_workflow_history_push:
 * @self: the history; what was undone is given up
 * @next: (transfer full): the new version
 * @merge: (nullable): changes in a row about the same thing, such as typing a name, are one
 * @name: (nullable): of the change, translated
 * @before: (nullable): what was selected
 * @after: (nullable): what is selected now
 */
void
wf_workflow_history_push (WfWorkflowHistory *self, WfWorkflow *next, const char *merge,
                          const char *name, WfSelectionState *before, WfSelectionState *after)
{
  char *text = wf_workflow_to_text (next, FALSE);
  Change *latest = get_change (self, -1), *change;

  try_version (self);
  g_ptr_array_set_size (self->changes, (int) self->position);
  if (self->merging && merge != NULL && latest != NULL && g_strcmp0 (latest->merge, merge) == 0)
    {
      extend_change (self, latest, text);
      change = latest;
    }
  else
    {
      change = add_change (self, text, merge, name, before);
    }
  wf_selection_state_unref (change->after);
  change->after = wf_selection_state_ref (after);
  self->merging = TRUE;
  set_current (self, next, text);
}

void
wf_workflow_history_end_merging (WfWorkflowHistory *self)
{
  self->merging = FALSE;
}

gboolean
wf_workflow_history_can_step (WfWorkflowHistory *self, int by, const char **name)
{
  const Change *change = get_change (self, by);

  if (name != NULL)
    *name = change != NULL ? change->name : NULL;
  return change != NULL;
}

/* workflow: nullable, kept whole; else it is read from the text, which was seen to work. */
static void
go_to (WfWorkflowHistory *self, WfWorkflow *workflow, char *text)
{
  gboolean from_text = workflow == NULL;

  if (from_text)
    workflow = read_text (text, strlen (text));
  else
    wf_workflow_ref (workflow);
  g_assert (workflow != NULL);
  set_current (self, workflow, text);
  self->from_text = from_text;
}

gboolean
wf_workflow_history_step (WfWorkflowHistory *self, int by, WfSelectionState **selection)
{
  Change *change = get_change (self, by);

  if (change == NULL)
    return FALSE;
  self->merging = FALSE;
  if (by < 0)
    {
      try_version (self);
      keep_current (self, &change->whole_after);
      go_to (self, change->whole_before,
             patch (self->text, self->length, change->offset, change->n_inserted, change->removed,
                    change->n_removed));
      self->position--;
    }
  else
    {
      go_to (self, change->whole_after,
             patch (self->text, self->length, change->offset, change->n_removed, change->inserted,
                    change->n_inserted));
      self->position++;
    }
  *selection = by < 0 ? change->before : change->after;
  return TRUE;
}

gsize
wf_workflow_history_get_size (WfWorkflowHistory *self)
{
  gsize size = 0;

  try_version (self);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (self->changes, i);

      size += sizeof *change + change->n_removed + change->n_inserted + 2;
      if (change->whole_before != NULL)
        size += strlen (self->text);
      if (change->whole_after != NULL)
        size += strlen (self->text);
    }
  return size;
}
