/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown on top of a workflow's cards and edges, by target. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-marks.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfTargetKind target;
  char *step; /* (owned) (nullable) */
  guint path;
  WfMarkKind kind;
  char *text; /* (owned) (nullable) */
  guint64 count;
} Mark;

struct _WfFlowMarks
{
  gatomicrefcount ref_count;
  GHashTable *marks; /* (owned) of Mark, which is its own key */
};

static guint
mark_hash (gconstpointer data)
{
  const Mark *mark = data;
  guint hash = mark->step != NULL ? g_str_hash (mark->step) : 0;

  return hash * 31 + mark->path * 7 + mark->target;
}

static gboolean
mark_equal (gconstpointer a, gconstpointer b)
{
  const Mark *first = a;
  const Mark *second = b;

  return first->target == second->target && first->path == second->path &&
         g_strcmp0 (first->step, second->step) == 0;
}

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->step);
  g_free (mark->text);
  g_free (mark);
}

static Mark
make_key (const WfTarget *target)
{
  return (Mark) {
    .target = target->kind,
    .step = target->kind == WF_TARGET_TRIGGER ? NULL : target->step,
    .path = target->kind == WF_TARGET_PATH ? target->path : 0,
  };
}

static const Mark *
find (const WfFlowMarks *self, const WfTarget *target)
{
  Mark key = make_key (target);

  return g_hash_table_lookup (self->marks, &key);
}

static Mark *
ensure (WfFlowMarks *self, const WfTarget *target)
{
  Mark key = make_key (target);
  Mark *mark = g_hash_table_lookup (self->marks, &key);

  if (mark != NULL)
    return mark;
  mark = g_memdup2 (&key, sizeof key);
  mark->step = g_strdup (key.step);
  mark->count = G_MAXUINT64;
  g_hash_table_add (self->marks, mark);
  return mark;
}

/**
 * wf_flow_marks_new:
 *
 * Returns: (transfer full): marks of nothing yet
 */
WfFlowMarks *
wf_flow_marks_new (void)
{
  WfFlowMarks *self = g_new0 (WfFlowMarks, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->marks = g_hash_table_new_full (mark_hash, mark_equal, NULL, mark_free);
  return self;
}

WfFlowMarks *
wf_flow_marks_ref (WfFlowMarks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_flow_marks_unref (WfFlowMarks *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->marks);
  g_free (self);
}

/**
 * wf_flow_marks_set:
 * @target: trigger, step or path
 * @kind: what it is marked as; replaces an earlier mark
 * @text: (nullable): shown beside the card
 */
void
wf_flow_marks_set (WfFlowMarks *self, const WfTarget *target, WfMarkKind kind, const char *text)
{
  Mark *mark = ensure (self, target);

  mark->kind = kind;
  g_set_str (&mark->text, text);
}

/**
 * wf_flow_marks_get:
 * @target: trigger, step or path; others have no mark
 * @text: (out) (optional) (nullable) (transfer none): what is shown beside it
 *
 * Returns: the mark; WF_MARK_NONE without one
 */
WfMarkKind
wf_flow_marks_get (const WfFlowMarks *self, const WfTarget *target, const char **text)
{
  const Mark *mark = find (self, target);

  if (text != NULL)
    *text = mark != NULL ? mark->text : NULL;
  return mark != NULL ? mark->kind : WF_MARK_NONE;
}

void
wf_flow_marks_set_count (WfFlowMarks *self, const WfTarget *target, guint64 count)
{
  ensure (self, target)->count = count;
}

guint64
wf_flow_marks_get_count (const WfFlowMarks *self, const WfTarget *target)
{
  const Mark *mark = find (self, target);

  return mark != NULL ? mark->count : G_MAXUINT64;
}

/**
 * wf_mark_kind_to_text:
 *
 * Returns: the mark's name in the user's language; "" for WF_MARK_NONE
 */
const char *
wf_mark_kind_to_text (WfMarkKind kind)
{
  switch (kind)
    {
    case WF_MARK_NONE:
      return "";
    case WF_MARK_PASSED:
      return C_ ("mark of a step", "Passed");
    case WF_MARK_WAITS:
      return C_ ("mark of a step", "Waits");
    case WF_MARK_SKIPPED:
      return C_ ("mark of a step", "Skipped");
    case WF_MARK_NOT_TAKEN:
      return C_ ("mark of a step", "Not taken");
    case WF_MARK_STOPPED:
      return C_ ("mark of a step", "Stopped");
    case WF_MARK_ADDED:
      return C_ ("mark of a step", "Added");
    case WF_MARK_REMOVED:
      return C_ ("mark of a step", "Removed");
    case WF_MARK_CHANGED:
      return C_ ("mark of a step", "Changed");
    case WF_MARK_MOVED:
      return C_ ("mark of a step", "Moved");
    }
  g_assert_not_reached ();
}
