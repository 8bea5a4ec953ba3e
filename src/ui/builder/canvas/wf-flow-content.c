/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cards of a workflow say, and how much room that takes.
 *
 * An edit makes a new workflow of which nearly every step says the same as before. Making a
 * sentence and measuring it costs more than all geometry, so what a step says is kept while its
 * settings are equal: they are compared one by one, conditions and settings objects by identity, as
 * copies of a workflow share them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include "wf-sentence.h"

#include <glib/gi18n-lib.h>

static void
measure (WfFlowLayout *self, const char *text, WfFlowTextStyle style, float width,
         float *text_width, float *text_height)
{
  self->measure (text, style, width, text_width, text_height, self->user_data);
}

static void
measure_texts (WfFlowLayout *self, WfFlowContent *content, WfFlowKind kind)
{
  float room = wf_flow_metrics_get_text_width (&self->metrics, kind);
  float ignored;

  measure (self, content->title, kind == WF_FLOW_PATH ? WF_FLOW_TEXT_NAME : WF_FLOW_TEXT_TITLE,
           room, &ignored, &content->title_height);
  if (content->subtitle != NULL)
    measure (self, content->subtitle, WF_FLOW_TEXT_SUBTITLE, room, &ignored,
             &content->subtitle_height);
  if (content->chip != NULL)
    measure (self, content->chip, WF_FLOW_TEXT_CHIP,
             self->metrics.card_width - 2 * self->metrics.padding, &content->chip_width,
             &content->chip_height);
}

static WfFlowContent *
content_new (void)
{
  WfFlowContent *content = g_new0 (WfFlowContent, 1);

  g_atomic_ref_count_init (&content->ref_count);
  return content;
}

static WfFlowContent *
content_ref (WfFlowContent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_flow_content_unref (WfFlowContent *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->sentence);
  g_free (self->subtitle);
  g_free (self->chip);
  g_free (self);
}

/* ---- whether a step still says the same ---- */

static gboolean
same_texts (char **a, char **b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
same_duration (WfDuration a, WfDuration b)
{
  return a.amount == b.amount && a.unit == b.unit;
}

static gboolean
same_run (const WfRunSettings *a, const WfRunSettings *b)
{
  return a->mode == b->mode && same_duration (a->delay, b->delay) &&
         same_duration (a->offset, b->offset) && g_strcmp0 (a->field, b->field) == 0;
}

static gboolean
same_activity (const WfCreateActivity *a, const WfCreateActivity *b)
{
  return same_duration (a->complete_within, b->complete_within) &&
         same_duration (a->notify, b->notify) && same_duration (a->lasts, b->lasts) &&
         a->business_time == b->business_time && a->business_hours == b->business_hours &&
         a->keep_when_closed == b->keep_when_closed && a->join == b->join && a->scope == b->scope &&
         g_strcmp0 (a->activity_type, b->activity_type) == 0 &&
         g_strcmp0 (a->before, b->before) == 0 && g_strcmp0 (a->notes, b->notes) == 0 &&
         g_strcmp0 (a->assignee, b->assignee) == 0 && g_strcmp0 (a->place, b->place) == 0 &&
         same_texts (a->groups, b->groups) && same_texts (a->retire_on, b->retire_on);
}

static gboolean
same_notify (const WfNotify *a, const WfNotify *b)
{
  return g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->recipient, b->recipient) == 0 &&
         g_strcmp0 (a->sender, b->sender) == 0;
}

static gboolean
same_wait (const WfWait *a, const WfWait *b)
{
  return a->kind == b->kind && same_duration (a->duration, b->duration) &&
         a->business_hours == b->business_hours && a->condition == b->condition &&
         same_duration (a->time_out, b->time_out) && g_strcmp0 (a->until, b->until) == 0;
}

static gboolean
same_step (const WfStep *a, const WfStep *b)
{
  if (a->kind != b->kind || g_strcmp0 (a->kind_name, b->kind_name) != 0 ||
      !same_run (&a->run, &b->run))
    return FALSE;
  switch (a->kind)
    {
    case WF_STEP_CREATE_ACTIVITY:
    case WF_STEP_SCHEDULE_CALL:
    case WF_STEP_SCHEDULE_MEETING:
      return same_activity (&a->create_activity, &b->create_activity);
    case WF_STEP_NOTIFY:
      return same_notify (&a->notify, &b->notify);
    case WF_STEP_WAIT:
      return same_wait (&a->wait, &b->wait);
    case WF_STEP_BRANCH:
      return a->paths->len == b->paths->len; /* the paths have cards of their own */
    case WF_STEP_OTHER:
      return TRUE;
    default:
      return a->settings == b->settings;
    }
}

/* The node of the same step in the previous layout; NULL when there is none. */
static const WfFlowNode *
find_previous (const WfFlowLayout *previous, const WfStep *step, guint *index)
{
  gpointer value;

  if (previous == NULL || step->id == NULL ||
      !g_hash_table_lookup_extended (previous->by_id, step->id, NULL, &value))
    return NULL;
  *index = GPOINTER_TO_UINT (value);
  return wf_flow_layout_node (previous, *index);
}

/* ---- making it ---- */

WfFlowContent *
wf_flow_content_for_trigger (WfFlowLayout *self)
{
  WfFlowContent *content = content_new ();

  content->title = wf_sentence_for_trigger (self->workflow, self->organisation);
  content->sentence = g_strdup (content->title);
  measure_texts (self, content, WF_FLOW_TRIGGER);
  return content;
}

WfFlowContent *
wf_flow_content_for_step (WfFlowLayout *self, const WfStep *step, const WfFlowLayout *previous)
{
  guint index;
  const WfFlowNode *node = find_previous (previous, step, &index);
  WfStep plain = *step;
  WfFlowContent *content;

  if (node != NULL && same_step (node->step, step))
    return content_ref (node->content);
  content = content_new ();
  plain.run.mode = WF_RUN_IMMEDIATELY; /* the chip on the edge says when */
  content->title = wf_sentence_for_step (&plain, self->organisation);
  content->sentence = step->run.mode == WF_RUN_IMMEDIATELY
                          ? g_strdup (content->title)
                          : wf_sentence_for_step (step, self->organisation);
  /* Nearly every step runs at once, and forms write that into the document: a chip that says so
   * everywhere would hide the others. */
  content->chip = step->run.mode == WF_RUN_IMMEDIATELY ? NULL : wf_sentence_for_run (&step->run);
  measure_texts (self, content, step->kind == WF_STEP_WAIT ? WF_FLOW_WAIT : WF_FLOW_STEP);
  return content;
}

static gboolean
same_path (const WfFlowNode *branch, const WfPath *path, guint index)
{
  const WfPath *other;

  if (branch->step->kind != WF_STEP_BRANCH || index >= branch->step->paths->len)
    return FALSE;
  other = g_ptr_array_index (branch->step->paths, index);
  return g_strcmp0 (other->name, path->name) == 0 && other->condition == path->condition;
}

char *
wf_flow_make_path_title (const WfPath *path, guint index)
{
  return path->name != NULL && path->name[0] != '\0'
             ? g_strdup (path->name)
             /* Translators: a path of a branch that has no name yet */
             : g_strdup_printf (_ ("Path %u"), index + 1);
}

char *
wf_flow_make_path_condition (const WfPath *path, guint index, const WfOrganisation *organisation)
{
  if (path->condition != NULL)
    return wf_condition_to_text (path->condition, organisation);
  return g_strdup (index == 0 ? _ ("Always") : _ ("In every other case"));
}

WfFlowContent *
wf_flow_content_for_path (WfFlowLayout *self, const WfStep *branch, guint path,
                          const WfFlowLayout *previous)
{
  guint index;
  const WfFlowNode *node = find_previous (previous, branch, &index);
  const WfPath *now = g_ptr_array_index (branch->paths, path);
  WfFlowContent *content;

  if (node != NULL && same_path (node, now, path))
    return content_ref (
        wf_flow_layout_node (previous, wf_flow_layout_card (previous, index)->next[path])->content);
  content = content_new ();
  content->title = wf_flow_make_path_title (now, path);
  content->subtitle = wf_flow_make_path_condition (now, path, self->organisation);
  /* Translators: the name of a path and when it is taken: “Hot: Score is at least 80” */
  content->sentence =
      g_strdup_printf (C_ ("path", "%1$s: %2$s"), content->title, content->subtitle);
  measure_texts (self, content, WF_FLOW_PATH);
  return content;
}
