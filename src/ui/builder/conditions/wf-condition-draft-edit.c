/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with a condition: every edit leaves a tree that the format allows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-draft-private.h"

/* ---- looking ---- */

guint
wf_condition_draft_get_level (const WfConditionDraft *self)
{
  guint level = 0;

  for (const WfConditionDraft *node = self->parent; node != NULL; node = node->parent)
    level++;
  return level;
}

guint
wf_condition_draft_get_position (const WfConditionDraft *self)
{
  guint position = 0;

  if (self->parent != NULL)
    g_ptr_array_find (self->parent->children, self, &position);
  return position;
}

static void
list_node (WfConditionDraft *self, GPtrArray *nodes)
{
  g_ptr_array_add (nodes, self);
  for (guint i = 0; self->kind == WF_DRAFT_GROUP && i < self->children->len; i++)
    list_node (g_ptr_array_index (self->children, i), nodes);
}

GPtrArray *
wf_condition_draft_list (WfConditionDraft *self)
{
  GPtrArray *nodes = g_ptr_array_new ();

  list_node (self, nodes);
  return nodes;
}

/* Levels that the node takes, itself being one. */
static guint
get_height (const WfConditionDraft *self)
{
  guint most = 0;

  for (guint i = 0; self->kind == WF_DRAFT_GROUP && i < self->children->len; i++)
    most = MAX (most, get_height (g_ptr_array_index (self->children, i)));
  return most + 1;
}

static gboolean
is_inside (const WfConditionDraft *node, const WfConditionDraft *around)
{
  for (; node != NULL; node = node->parent)
    if (node == around)
      return TRUE;
  return FALSE;
}

/* Whether the format allows something so high in the group. */
static gboolean
has_room (const WfConditionDraft *group, guint height)
{
  return wf_condition_draft_get_level (group) + 1 + height <= WF_CONDITION_MOST_DEPTH;
}

static WfConditionDraft *
get_sibling (const WfConditionDraft *self, int by)
{
  gint64 place = (gint64) wf_condition_draft_get_position (self) + by;

  if (self->parent == NULL || place < 0 || place >= self->parent->children->len)
    return NULL;
  return g_ptr_array_index (self->parent->children, (guint) place);
}

/* ---- a test ---- */

/* What was written for one field says nothing about another. */
gboolean
wf_condition_draft_set_field (WfConditionDraft *self, const char *field)
{
  if (self->kind != WF_DRAFT_TEST || g_strcmp0 (self->field, field) == 0)
    return FALSE;
  if (self->field != NULL)
    g_ptr_array_set_size (self->values, 0);
  g_set_str (&self->field, field);
  return TRUE;
}

gboolean
wf_condition_draft_set_operator (WfConditionDraft *self, WfOperator op)
{
  WfValueShape before, shape;

  if (self->kind != WF_DRAFT_TEST || self->op == op)
    return FALSE;
  before = wf_condition_draft_get_shape (self);
  if (op == WF_OP_MATCHES_HOURS || self->op == WF_OP_MATCHES_HOURS ||
      (op == WF_OP_MEMBER_OF) != (self->op == WF_OP_MEMBER_OF))
    g_ptr_array_set_size (self->values, 0);
  self->op = op;
  self->list = FALSE;
  shape = wf_condition_draft_get_shape (self);
  if (shape == WF_VALUES_NONE)
    g_ptr_array_set_size (self->values, 0);
  else if (shape == WF_VALUES_ONE && self->values->len > 1)
    g_ptr_array_set_size (self->values, 1);
  else if (shape == WF_VALUES_RANGE && before != WF_VALUES_RANGE && self->values->len > 2)
    g_ptr_array_set_size (self->values, 2);
  return TRUE;
}

static gboolean
has_values (const WfConditionDraft *self, const char *const *texts)
{
  guint n = g_strv_length ((char **) texts);

  if (n != self->values->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (wf_condition_draft_get_value (self, i), texts[i]))
      return FALSE;
  return TRUE;
}

static WfDraftValue *
find_value (GPtrArray *values, const char *text)
{
  for (guint i = 0; i < values->len; i++)
    {
      WfDraftValue *value = g_ptr_array_index (values, i);

      if (g_str_equal (value->text, text))
        return value;
    }
  return NULL;
}

gboolean
wf_condition_draft_set_values (WfConditionDraft *self, const char *const *texts)
{
  g_autoptr (GPtrArray) before = NULL;

  if (self->kind != WF_DRAFT_TEST || has_values (self, texts))
    return FALSE;
  before = g_steal_pointer (&self->values);
  self->values = wf_draft_values_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    {
      const WfDraftValue *known = find_value (before, texts[i]);
      const WfJson *json =
          known != NULL && known->json != NULL ? wf_json_document_get_root (known->json) : NULL;

      g_ptr_array_add (self->values, wf_draft_value_new (texts[i], json));
    }
  return TRUE;
}

gboolean
wf_condition_draft_set_group (WfConditionDraft *self, WfConditionKind kind)
{
  if (self->kind != WF_DRAFT_GROUP || kind == WF_CONDITION_TEST || self->group == kind)
    return FALSE;
  self->group = kind;
  return TRUE;
}

/* ---- adding and removing ---- */

void
wf_condition_draft_take (WfConditionDraft *group, guint position, WfConditionDraft *child)
{
  child->parent = group;
  g_ptr_array_insert (group->children, (int) MIN (position, group->children->len), child);
}

static WfConditionDraft *
take_out (WfConditionDraft *self)
{
  WfConditionDraft *taken =
      g_ptr_array_steal_index (self->parent->children, wf_condition_draft_get_position (self));

  taken->parent = NULL;
  return taken;
}

WfConditionDraft *
wf_condition_draft_add_test (WfConditionDraft *group, guint position)
{
  WfConditionDraft *test;

  if (group->kind != WF_DRAFT_GROUP || !has_room (group, 1))
    return NULL;
  test = wf_condition_draft_new_node (WF_DRAFT_TEST);
  wf_condition_draft_take (group, position, test);
  return test;
}

/* In an "all" group people want alternatives, in the others what must be together. */
static WfConditionKind
get_other_kind (WfConditionKind kind)
{
  return kind == WF_CONDITION_ALL ? WF_CONDITION_ANY : WF_CONDITION_ALL;
}

WfConditionDraft *
wf_condition_draft_add_group (WfConditionDraft *group, guint position)
{
  WfConditionDraft *added;

  if (group->kind != WF_DRAFT_GROUP || !has_room (group, 2))
    return NULL;
  added = wf_condition_draft_new_node (WF_DRAFT_GROUP);
  added->group = get_other_kind (group->group);
  wf_condition_draft_take (group, position, added);
  wf_condition_draft_add_test (added, 0);
  return added;
}

gboolean
wf_condition_draft_remove (WfConditionDraft *self)
{
  if (self->parent == NULL)
    return FALSE;
  wf_condition_draft_free (take_out (self));
  return TRUE;
}

static WfConditionDraft *
copy (const WfConditionDraft *self)
{
  WfConditionDraft *node = wf_condition_draft_new_node (self->kind);

  node->extra = self->extra != NULL ? wf_json_document_ref (self->extra) : NULL;
  node->group = self->group;
  node->field = g_strdup (self->field);
  node->op = self->op;
  node->list = self->list;
  node->kept = self->kept != NULL ? wf_condition_ref (self->kept) : NULL;
  for (guint i = 0; i < wf_condition_draft_get_n_values (self); i++)
    {
      const WfDraftValue *value = g_ptr_array_index (self->values, i);

      g_ptr_array_add (
          node->values,
          wf_draft_value_new (
              value->text, value->json != NULL ? wf_json_document_get_root (value->json) : NULL));
    }
  for (guint i = 0; self->kind == WF_DRAFT_GROUP && i < self->children->len; i++)
    wf_condition_draft_take (node, G_MAXUINT, copy (g_ptr_array_index (self->children, i)));
  return node;
}

WfConditionDraft *
wf_condition_draft_duplicate (WfConditionDraft *self)
{
  WfConditionDraft *node;

  if (self->parent == NULL)
    return NULL;
  node = copy (self);
  wf_condition_draft_take (self->parent, wf_condition_draft_get_position (self) + 1, node);
  return node;
}

/* ---- moving ---- */

gboolean
wf_condition_draft_can_move_to (const WfConditionDraft *self, const WfConditionDraft *group,
                                guint position)
{
  guint place = wf_condition_draft_get_position (self);

  if (self->parent == NULL || group->kind != WF_DRAFT_GROUP || is_inside (group, self) ||
      !has_room (group, get_height (self)))
    return FALSE;
  position = MIN (position, group->children->len);
  return self->parent != group || (position != place && position != place + 1);
}

gboolean
wf_condition_draft_move_to (WfConditionDraft *self, WfConditionDraft *group, guint position)
{
  if (!wf_condition_draft_can_move_to (self, group, position))
    return FALSE;
  position = MIN (position, group->children->len);
  if (self->parent == group && wf_condition_draft_get_position (self) < position)
    position--;
  wf_condition_draft_take (group, position, take_out (self));
  return TRUE;
}

gboolean
wf_condition_draft_move (WfConditionDraft *self, int by)
{
  WfConditionDraft *sibling = get_sibling (self, by);
  WfConditionDraft *parent = self->parent;
  guint place;

  if (parent == NULL)
    return FALSE;
  place = wf_condition_draft_get_position (self);
  if (sibling != NULL && sibling->kind == WF_DRAFT_GROUP &&
      wf_condition_draft_move_to (self, sibling, by < 0 ? G_MAXUINT : 0))
    return TRUE;
  if (sibling != NULL)
    return wf_condition_draft_move_to (self, parent, by < 0 ? place - 1 : place + 2);
  if (parent->parent == NULL)
    return FALSE;
  place = wf_condition_draft_get_position (parent);
  return wf_condition_draft_move_to (self, parent->parent, by < 0 ? place : place + 1);
}

gboolean
wf_condition_draft_outdent (WfConditionDraft *self)
{
  WfConditionDraft *parent = self->parent;

  return parent != NULL && parent->parent != NULL &&
         wf_condition_draft_move_to (self, parent->parent,
                                     wf_condition_draft_get_position (parent) + 1);
}

gboolean
wf_condition_draft_indent (WfConditionDraft *self)
{
  WfConditionDraft *parent = self->parent, *before = get_sibling (self, -1), *group;

  if (parent == NULL)
    return FALSE;
  if (before != NULL && before->kind == WF_DRAFT_GROUP)
    return wf_condition_draft_move_to (self, before, G_MAXUINT);
  if (!has_room (parent, get_height (self) + 1))
    return FALSE;
  group = wf_condition_draft_new_node (WF_DRAFT_GROUP);
  group->group = get_other_kind (parent->group);
  wf_condition_draft_take (parent, wf_condition_draft_get_position (self), group);
  wf_condition_draft_take (group, 0, take_out (self));
  return TRUE;
}

/**
 * wf_condition_draft_find_place_below:
 * @line: what is shown in the line above the place
 * @level: of the place
 * @group: (out): the group that it is in
 * @position: (out): its position there
 *
 * Below the last line of a group the place may also be behind the group, and behind those around
 * it: the level tells.
 */
void
wf_condition_draft_find_place_below (WfConditionDraft *line, guint level, WfConditionDraft **group,
                                     guint *position)
{
  guint lowest = wf_condition_draft_get_level (line) + 1;

  if (line->kind == WF_DRAFT_GROUP &&
      (line->parent == NULL || line->children->len > 0 || level >= lowest))
    {
      *group = line;
      *position = 0;
      return;
    }
  while (line->parent->parent != NULL && wf_condition_draft_get_level (line) > level &&
         get_sibling (line, 1) == NULL)
    line = line->parent;
  *group = line->parent;
  *position = wf_condition_draft_get_position (line) + 1;
}
