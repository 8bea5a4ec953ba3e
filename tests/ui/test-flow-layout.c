/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of the canvas: relations that hold for every workflow, without a display. */
#include "wf-flow-layout.h"
#include "wf-flow-marks.h"
#include "wf-flow-sample.h"
#include "wf-step-remove.h"
#include "wf-workflow-edit.h"

#include <math.h>
#include <string.h>

static const char *const trigger = "{\"event\":\"lead.received\"}";

#define BRANCH(id, paths) "{\"id\":\"" id "\",\"kind\":\"branch\",\"paths\":[" paths "]}"
#define PATH(name, steps) "{\"name\":\"" name "\",\"steps\":[" steps "]}"
#define IF_PATH(name, steps)                                                                       \
  "{\"name\":\"" name                                                                              \
  "\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},"                   \
  "\"steps\":[" steps "]}"
#define TELL(id)                                                                                   \
  "{\"id\":\"" id "\",\"kind\":\"notify\",\"text\":\"Call\",\"recipient\":\"responsible\"}"
#define WAIT(id) "{\"id\":\"" id "\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"}}"

/* Seven pixels a letter, eighteen a line; how often it is asked is counted. */
static void
measure (const char *text, WfFlowTextStyle style, float width, float *text_width,
         float *text_height, gpointer user_data)
{
  float length = 7 * (float) g_utf8_strlen (text, -1);

  *text_width = MIN (length, width);
  *text_height = 18 * ceilf (length / width);
  if (user_data != NULL)
    ++*(guint *) user_data;
}

static WfFlowLayout *
lay_out (const WfWorkflow *workflow, gboolean mirrored)
{
  WfFlowMetrics metrics;

  wf_flow_metrics_init (&metrics, 1);
  metrics.mirrored = mirrored;
  return wf_flow_layout_new (workflow, NULL, NULL, &metrics, measure, NULL, NULL);
}

static WfFlowLayout *
lay_out_steps (const char *steps)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (trigger, steps);

  return lay_out (workflow, FALSE);
}

static guint
find (const WfFlowLayout *layout, const char *step, int path)
{
  WfTarget target = { .kind = path >= 0 ? WF_TARGET_PATH : WF_TARGET_STEP,
                      .step = (char *) step,
                      .path = (guint) MAX (path, 0) };
  guint card = wf_flow_layout_find_card (layout, &target);

  g_assert_cmpuint (card, !=, G_MAXUINT);
  return card;
}

static const graphene_rect_t *
bounds (const WfFlowLayout *layout, const char *step, int path)
{
  return &wf_flow_layout_get_card (layout, find (layout, step, path))->bounds;
}

static float
middle (const graphene_rect_t *rect)
{
  return rect->origin.x + rect->size.width / 2;
}

static float
bottom (const graphene_rect_t *rect)
{
  return rect->origin.y + rect->size.height;
}

/* ---- what holds for every layout ---- */

static void
assert_no_overlap (const WfFlowLayout *layout)
{
  float width, height;
  guint n = wf_flow_layout_get_n_cards (layout);

  wf_flow_layout_get_size (layout, &width, &height);
  for (guint i = 0; i < n; i++)
    {
      const graphene_rect_t *a = &wf_flow_layout_get_card (layout, i)->bounds;

      g_assert_cmpfloat (a->origin.x, >=, 0);
      g_assert_cmpfloat (a->origin.y, >=, 0);
      g_assert_cmpfloat (a->origin.x + a->size.width, <=, width);
      g_assert_cmpfloat (bottom (a), <=, height);
      g_assert_cmpfloat (a->size.width, >, 0);
      g_assert_cmpfloat (a->size.height, >, 0);
      for (guint j = i + 1; j < n; j++)
        {
          const graphene_rect_t *b = &wf_flow_layout_get_card (layout, j)->bounds;

          g_assert_false (graphene_rect_intersection (a, b, NULL));
        }
    }
}

static void
assert_edge (const WfFlowLayout *layout, const WfFlowEdge *edge)
{
  const WfFlowCard *from = wf_flow_layout_get_card (layout, edge->from);
  const WfFlowCard *to = wf_flow_layout_get_card (layout, edge->to);
  const graphene_point_t *first = &edge->points[0];
  const graphene_point_t *last = &edge->points[edge->n_points - 1];

  g_assert_cmpuint (edge->n_points, >=, 2);
  g_assert_cmpfloat (first->x, ==, middle (&from->bounds));
  if (edge->from_joint)
    g_assert_cmpint (from->kind, ==, WF_FLOW_BRANCH);
  else
    g_assert_cmpfloat (first->y, ==, bottom (&from->bounds));
  if (!edge->to_joint)
    {
      g_assert_cmpfloat (last->x, ==, middle (&to->bounds));
      g_assert_cmpfloat (last->y, ==, to->bounds.origin.y);
    }
  for (guint i = 0; i + 1 < edge->n_points; i++)
    {
      /* Upright or level, and never up. */
      g_assert_true (edge->points[i].x == edge->points[i + 1].x ||
                     edge->points[i].y == edge->points[i + 1].y);
      g_assert_cmpfloat (edge->points[i].y, <=, edge->points[i + 1].y);
    }
  if (edge->chip == NULL)
    return;
  g_assert_cmpfloat (edge->chip_bounds.origin.y, >=, first->y);
  g_assert_cmpfloat (bottom (&edge->chip_bounds), <, last->y);
  g_assert_cmpfloat (edge->chip_bounds.origin.y, >, edge->plus.y);
}

/* Edges that end where paths meet all end in the point where another edge begins. */
static void
assert_edges (const WfFlowLayout *layout)
{
  for (guint i = 0; i < wf_flow_layout_get_n_edges (layout); i++)
    {
      const WfFlowEdge *edge = wf_flow_layout_get_edge (layout, i);
      gboolean met = !edge->to_joint;

      assert_edge (layout, edge);
      for (guint j = 0; j < wf_flow_layout_get_n_edges (layout) && !met; j++)
        {
          const WfFlowEdge *other = wf_flow_layout_get_edge (layout, j);

          met = other->from_joint &&
                graphene_point_equal (&other->points[0], &edge->points[edge->n_points - 1]);
        }
      g_assert_true (met);
    }
}

static guint
assert_places_of (const WfFlowLayout *layout, const char *branch, guint path, guint n_steps)
{
  for (guint i = 0; i <= n_steps; i++)
    {
      WfTarget place = { WF_TARGET_PLACE, (char *) branch, path, i };
      guint index = wf_flow_layout_find_edge (layout, &place);
      const WfFlowEdge *edge = wf_flow_layout_get_edge (layout, index);

      g_assert_nonnull (edge);
      g_assert_cmpint (edge->place.kind, ==, WF_TARGET_PLACE);
      g_assert_cmpstr (edge->place.step, ==, branch);
      g_assert_cmpuint (edge->place.path, ==, path);
      g_assert_cmpuint (edge->place.position, ==, i);
    }
  return n_steps + 1;
}

static guint
assert_places_below (const WfFlowLayout *layout, GPtrArray *steps)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          const WfPath *path = g_ptr_array_index (step->paths, j);

          n += assert_places_of (layout, step->id, j, path->steps->len);
          n += assert_places_below (layout, path->steps);
        }
    }
  return n;
}

/* Each place where a step can be put has one "+", and no two are at the same spot. */
static void
assert_places (const WfFlowLayout *layout, const WfWorkflow *workflow)
{
  guint n = assert_places_of (layout, NULL, 0, workflow->steps->len) +
            assert_places_below (layout, workflow->steps);
  guint with_plus = 0;

  for (guint i = 0; i < wf_flow_layout_get_n_edges (layout); i++)
    {
      const WfFlowEdge *edge = wf_flow_layout_get_edge (layout, i);

      if (edge->place.kind == WF_TARGET_NONE)
        {
          g_assert_cmpint (wf_flow_layout_get_card (layout, edge->to)->kind, ==, WF_FLOW_PATH);
          continue;
        }
      with_plus++;
      g_assert_cmpuint (wf_flow_layout_find_edge (layout, &edge->place), ==, i);
    }
  g_assert_cmpuint (with_plus, ==, n);
}

static void
assert_card_of (const WfFlowLayout *layout, const WfTarget *target, guint parent, guint level,
                guint position, guint set_size)
{
  guint index = wf_flow_layout_find_card (layout, target);
  const WfFlowCard *card = wf_flow_layout_get_card (layout, index);

  g_assert_nonnull (card);
  g_assert_cmpuint (card->parent, ==, parent);
  g_assert_cmpuint (card->level, ==, level);
  g_assert_cmpuint (card->position, ==, position);
  g_assert_cmpuint (card->set_size, ==, set_size);
}

static guint
assert_cards_below (const WfFlowLayout *layout, GPtrArray *steps, guint parent, guint level)
{
  guint n = steps->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      WfTarget target = { .kind = WF_TARGET_STEP, .step = step->id };
      guint index = wf_flow_layout_find_card (layout, &target);

      assert_card_of (layout, &target, parent, level, i + 1, steps->len);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          const WfPath *path = g_ptr_array_index (step->paths, j);
          WfTarget head = { .kind = WF_TARGET_PATH, .step = step->id, .path = j };

          assert_card_of (layout, &head, index, level + 1, j + 1, step->paths->len);
          n += 1 + assert_cards_below (layout, path->steps,
                                       wf_flow_layout_find_card (layout, &head), level + 2);
        }
    }
  return n;
}

static void
assert_cards (const WfFlowLayout *layout, const WfWorkflow *workflow)
{
  guint n = wf_flow_layout_get_n_cards (layout);

  g_assert_cmpuint (assert_cards_below (layout, workflow->steps, G_MAXUINT, 1) + 2, ==, n);
  g_assert_cmpint (wf_flow_layout_get_card (layout, 0)->kind, ==, WF_FLOW_TRIGGER);
  g_assert_cmpint (wf_flow_layout_get_card (layout, n - 1)->kind, ==, WF_FLOW_END);
  for (guint i = 0; i < n; i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);

      g_assert_cmpuint (card->n_next > 0, ==, card->kind != WF_FLOW_END);
      /* The flow goes only forward in reading order (R96). */
      for (guint j = 0; j < card->n_next; j++)
        g_assert_cmpuint (card->next[j], >, i);
    }
}

/* The trunk of each sequence is on one line, and a branch in the middle of those of its outer paths. */
static void
assert_lines (const WfFlowLayout *layout)
{
  for (guint i = 1; i + 1 < wf_flow_layout_get_n_cards (layout); i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);

      if (card->kind != WF_FLOW_PATH)
        g_assert_cmpfloat (
            middle (&card->bounds), ==,
            middle (&wf_flow_layout_get_card (layout, card->parent == G_MAXUINT ? 0 : card->parent)
                         ->bounds));
      if (card->kind == WF_FLOW_BRANCH && card->n_next > 1)
        {
          float first = middle (&wf_flow_layout_get_card (layout, card->next[0])->bounds);
          float last =
              middle (&wf_flow_layout_get_card (layout, card->next[card->n_next - 1])->bounds);

          if (wf_flow_layout_get_card (layout, card->next[0])->kind == WF_FLOW_PATH)
            g_assert_cmpfloat (fabsf ((first + last) / 2 - middle (&card->bounds)), <=, 0.5);
        }
    }
}

static void
assert_neighbours (const WfFlowLayout *layout)
{
  for (guint i = 0; i + 1 < wf_flow_layout_get_n_cards (layout); i++)
    {
      const WfFlowCard *card = wf_flow_layout_get_card (layout, i);
      guint down = wf_flow_layout_find_neighbour (layout, i, WF_FLOW_DOWN);
      guint up = wf_flow_layout_find_neighbour (layout, i, WF_FLOW_UP);

      /* Up is undone by down; also down by up unless it came from another path than the first. */
      if (i > 0)
        {
          g_assert_cmpuint (up, <, i);
          if (card->kind != WF_FLOW_PATH || card->position == 1)
            g_assert_cmpuint (wf_flow_layout_find_neighbour (layout, up, WF_FLOW_DOWN), ==, i);
        }
      if (down != i)
        g_assert_cmpuint (down, >, i);
      for (WfFlowDirection side = WF_FLOW_LEFT; side <= WF_FLOW_RIGHT; side++)
        {
          guint beside = wf_flow_layout_find_neighbour (layout, i, side);
          float moved = middle (&wf_flow_layout_get_card (layout, beside)->bounds) -
                        middle (&card->bounds);

          if (beside == i)
            continue;
          g_assert_true (side == WF_FLOW_LEFT ? moved < 0 : moved > 0);
          if (card->kind == WF_FLOW_PATH &&
              card->parent == wf_flow_layout_get_card (layout, beside)->parent)
            g_assert_cmpuint (
                wf_flow_layout_find_neighbour (layout, beside,
                                               side == WF_FLOW_LEFT ? WF_FLOW_RIGHT : WF_FLOW_LEFT),
                ==, i);
        }
    }
}

static gboolean
touches (const graphene_rect_t *a, const graphene_rect_t *b)
{
  return a->origin.x <= b->origin.x + b->size.width && b->origin.x <= a->origin.x + a->size.width &&
         a->origin.y <= bottom (b) && b->origin.y <= bottom (a);
}

static gboolean
crosses (const WfFlowEdge *edge, const graphene_rect_t *rect)
{
  for (guint i = 0; i + 1 < edge->n_points; i++)
    {
      const graphene_point_t *a = &edge->points[i];
      const graphene_point_t *b = &edge->points[i + 1];

      if (touches (&GRAPHENE_RECT_INIT (MIN (a->x, b->x), a->y, fabsf (b->x - a->x), b->y - a->y),
                   rect))
        return TRUE;
    }
  return edge->chip != NULL && touches (&edge->chip_bounds, rect);
}

static gboolean
contains (GArray *indices, guint index)
{
  guint times = 0;

  for (guint i = 0; i < indices->len; i++)
    times += g_array_index (indices, guint, i) == index;
  g_assert_cmpuint (times, <=, 1);
  return times == 1;
}

/* The same as looking at all of them. Edges may be found a little beyond, where their "+" and number are drawn. */
static void
assert_culling (const WfFlowLayout *layout, const graphene_rect_t *rect)
{
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  graphene_rect_t wider;

  wf_flow_layout_list_cards_in (layout, rect, cards);
  wf_flow_layout_list_edges_in (layout, rect, edges);
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    g_assert_cmpint (contains (cards, i), ==,
                     touches (&wf_flow_layout_get_card (layout, i)->bounds, rect));
  graphene_rect_inset_r (rect, -120, -10, &wider);
  for (guint i = 0; i < wf_flow_layout_get_n_edges (layout); i++)
    {
      const WfFlowEdge *edge = wf_flow_layout_get_edge (layout, i);

      if (crosses (edge, rect))
        g_assert_true (contains (edges, i));
      else if (contains (edges, i))
        g_assert_true (crosses (edge, &wider));
    }
}

static void
assert_all (const WfFlowLayout *layout, const WfWorkflow *workflow, gboolean thorough)
{
  assert_cards (layout, workflow);
  assert_places (layout, workflow);
  assert_lines (layout);
  assert_neighbours (layout);
  if (!thorough)
    return;
  assert_no_overlap (layout);
  assert_edges (layout);
}

/* ---- tests ---- */

static const char *const small_flows[] = {
  "[]",
  "[" TELL ("a") "]",
  "[" TELL ("a") "," WAIT ("b") "," TELL ("c") "]",
  "[" BRANCH ("b", "") "]",
  "[" BRANCH ("b", PATH ("Only", "")) "]",
  "[" BRANCH ("b", IF_PATH ("Hot", TELL ("x")) "," PATH ("", "")) "," TELL ("z") "]",
  "[" BRANCH ("b", IF_PATH ("One", BRANCH ("c", IF_PATH ("In", TELL ("x")) "," PATH (
                                                    "", ""))) "," PATH ("Two", WAIT ("y"))) "]",
  "[" TELL ("a") "," BRANCH ("b", IF_PATH ("", "") "," IF_PATH ("", "") "," PATH (
                                      "", TELL ("x"))) "," BRANCH ("c", PATH ("", "")) "]",
};

static void
test_small (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (small_flows); i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (trigger, small_flows[i]);

      for (gboolean mirrored = FALSE; mirrored <= TRUE; mirrored++)
        {
          g_autoptr (WfFlowLayout) layout = lay_out (workflow, mirrored);

          assert_all (layout, workflow, TRUE);
        }
    }
}

static void
test_branch (void)
{
  g_autoptr (WfFlowLayout) layout = lay_out_steps ("[" TELL ("a") "," BRANCH (
      "b",
      IF_PATH ("Hot", TELL ("x") "," TELL ("y")) "," PATH ("", WAIT ("w"))) "," TELL ("z") "]");
  const WfFlowCard *branch = wf_flow_layout_get_card (layout, find (layout, "b", -1));
  const WfFlowCard *other = wf_flow_layout_get_card (layout, find (layout, "b", 1));

  g_assert_cmpfloat (bounds (layout, "b", 0)->origin.y, ==, bounds (layout, "b", 1)->origin.y);
  g_assert_cmpfloat (bounds (layout, "b", 0)->size.height, ==,
                     bounds (layout, "b", 1)->size.height);
  g_assert_cmpfloat (middle (bounds (layout, "b", 0)), <, middle (bounds (layout, "b", 1)));
  g_assert_cmpfloat (middle (bounds (layout, "a", -1)), ==, middle (bounds (layout, "z", -1)));
  g_assert_cmpfloat (bottom (bounds (layout, "y", -1)), <, bounds (layout, "z", -1)->origin.y);
  g_assert_cmpfloat (bounds (layout, "w", -1)->size.height, <,
                     bounds (layout, "x", -1)->size.height);
  g_assert_cmpuint (branch->n_next, ==, 2);
  g_assert_cmpuint (branch->next[0], ==, find (layout, "b", 0));
  g_assert_cmpuint (branch->next[1], ==, find (layout, "b", 1));
  g_assert_cmpstr (other->title, ==, "Path 2");
  g_assert_cmpstr (other->subtitle, ==, "In every other case");
  g_assert_cmpuint (wf_flow_layout_get_card (layout, find (layout, "y", -1))->next[0], ==,
                    find (layout, "z", -1));
  g_assert_cmpuint (wf_flow_layout_get_card (layout, find (layout, "w", -1))->next[0], ==,
                    find (layout, "z", -1));
}

static void
test_mirrored (void)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (7, 80);
  g_autoptr (WfFlowLayout) plain = lay_out (workflow, FALSE);
  g_autoptr (WfFlowLayout) mirrored = lay_out (workflow, TRUE);
  float width, height, w, h;

  wf_flow_layout_get_size (plain, &width, &height);
  wf_flow_layout_get_size (mirrored, &w, &h);
  g_assert_cmpfloat (height, ==, h);
  g_assert_cmpfloat (fabsf (width - w), <=, 8);
  for (guint i = 0; i < wf_flow_layout_get_n_cards (plain); i++)
    {
      const graphene_rect_t *a = &wf_flow_layout_get_card (plain, i)->bounds;
      const graphene_rect_t *b = &wf_flow_layout_get_card (mirrored, i)->bounds;

      /* Rounding to whole pixels goes to the same side in both. */
      g_assert_cmpfloat (fabsf (middle (a) + middle (b) - width), <=, 8);
      g_assert_cmpfloat (a->origin.y, ==, b->origin.y);
    }
}

static void
test_neighbours (void)
{
  static const struct
  {
    const char *step;
    int path;
    WfFlowDirection direction;
    const char *to_step;
    int to_path;
  } rows[] = {
    { "a", -1, WF_FLOW_DOWN, "b", -1 },  { "b", -1, WF_FLOW_DOWN, "b", 0 },
    { "b", 0, WF_FLOW_DOWN, "x", -1 },   { "x", -1, WF_FLOW_DOWN, "y", -1 },
    { "y", -1, WF_FLOW_DOWN, "z", -1 },  { "z", -1, WF_FLOW_DOWN, "z", -1 },
    { "z", -1, WF_FLOW_UP, "y", -1 },    { "b", 1, WF_FLOW_UP, "b", -1 },
    { "b", 2, WF_FLOW_DOWN, "z", -1 },   { "b", 0, WF_FLOW_RIGHT, "b", 1 },
    { "b", 1, WF_FLOW_LEFT, "b", 0 },    { "b", 0, WF_FLOW_LEFT, "b", 0 },
    { "x", -1, WF_FLOW_RIGHT, "w", -1 }, { "w", -1, WF_FLOW_LEFT, "x", -1 },
    { "w", -1, WF_FLOW_RIGHT, "b", 2 },  { "a", -1, WF_FLOW_RIGHT, "a", -1 },
  };
  g_autoptr (WfFlowLayout) layout = lay_out_steps ("[" TELL ("a") "," BRANCH (
      "b", IF_PATH ("Hot", TELL ("x") "," TELL ("y")) "," IF_PATH ("Warm", TELL ("w")) "," PATH (
               "", "")) "," TELL ("z") "]");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (wf_flow_layout_find_neighbour (
                          layout, find (layout, rows[i].step, rows[i].path), rows[i].direction),
                      ==, find (layout, rows[i].to_step, rows[i].to_path));
  g_assert_cmpuint (wf_flow_layout_find_neighbour (layout, 0, WF_FLOW_UP), ==, 0);
  g_assert_cmpuint (wf_flow_layout_find_neighbour (layout, find (layout, "a", -1), WF_FLOW_UP), ==,
                    0);
}

static void
test_chips (void)
{
  g_autoptr (WfFlowLayout) layout = lay_out_steps (
      "[{\"id\":\"a\",\"kind\":\"notify\",\"text\":\"Call\",\"recipient\":\"responsible\","
      "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":1,\"unit\":\"days\"}}},"
      "{\"id\":\"b\",\"kind\":\"notify\",\"text\":\"Call\",\"recipient\":\"responsible\","
      "\"run\":{\"mode\":\"immediately\"}},"
      "{\"id\":\"c\",\"kind\":\"notify\",\"text\":\"Call\",\"recipient\":\"responsible\","
      "\"run\":{\"mode\":\"after-previous\"}}]");
  const WfFlowCard *card = wf_flow_layout_get_card (layout, find (layout, "a", -1));

  g_assert_cmpstr (wf_flow_layout_get_edge (layout, 0)->chip, ==, "1 day later");
  g_assert_null (wf_flow_layout_get_edge (layout, 1)->chip);
  g_assert_cmpstr (wf_flow_layout_get_edge (layout, 2)->chip, ==, "After the previous step");
  g_assert_null (wf_flow_layout_get_edge (layout, 3)->chip);
  g_assert_cmpstr (card->title, ==, "Tell the responsible: “Call”");
  g_assert_cmpstr (card->sentence, ==, "1 day later: Tell the responsible: “Call”");
}

static void
test_problems (void)
{
  static const struct
  {
    const char *path;
    const char *step; /* NULL: the trigger */
    int to_path;
  } rows[] = {
    { "/trigger/conditions/all/0", NULL, -1 },
    { "/steps/0/text", "a", -1 },
    { "/steps/1", "b", -1 },
    { "/steps/1/paths", "b", -1 },
    { "/steps/1/paths/1/if/all/0/value", "b", 1 },
    { "/steps/1/paths/0/steps/0/text", "x", -1 },
    { "/steps/1/paths/0/steps", "b", 0 },
  };
  static const char *const of_none[] = {
    "", "/name", "/steps", "/steps/9", "/steps/x", "/triggers"
  };
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (
      trigger, "[" TELL ("a") "," BRANCH ("b", IF_PATH ("Hot", TELL ("x")) "," PATH ("", "")) "]");
  WfFlowMetrics metrics;

  wf_flow_metrics_init (&metrics, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfFlowLayout) plain = lay_out (workflow, FALSE);
      g_autoptr (WfFlowLayout) layout = NULL;
      guint index = rows[i].step != NULL ? find (plain, rows[i].step, rows[i].to_path) : 0;
      const WfFlowCard *card;

      for (guint j = 0; j < G_N_ELEMENTS (of_none); j++)
        wf_problems_add (problems, WF_PROBLEM_ERROR, of_none[j], "x", "Nowhere");
      wf_problems_add (problems, WF_PROBLEM_WARNING, rows[i].path, "x", "Careful");
      wf_problems_add (problems, WF_PROBLEM_ERROR, rows[i].path, "x", "Wrong");
      wf_problems_add (problems, WF_PROBLEM_ERROR, rows[i].path, "x", "Wrong too");
      layout = wf_flow_layout_new (workflow, problems, NULL, &metrics, measure, NULL, plain);
      card = wf_flow_layout_get_card (layout, index);
      g_assert_cmpstr (card->problem, ==, "Wrong");
      g_assert_true (card->is_error);
      g_assert_cmpfloat (card->bounds.size.height, >,
                         wf_flow_layout_get_card (plain, index)->bounds.size.height);
      for (guint j = 0; j < wf_flow_layout_get_n_cards (layout); j++)
        if (j != index)
          g_assert_null (wf_flow_layout_get_card (layout, j)->problem);
    }
}

static void
test_random (void)
{
  guint most = g_test_slow () ? 10000 : 2000;

  for (guint i = 0; i < most; i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (i, i % 60);
      g_autoptr (WfFlowLayout) layout = lay_out (workflow, i % 3 == 0);

      assert_all (layout, workflow, TRUE);
    }
}

static void
test_culling (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (i, 20 + i * 4);
      g_autoptr (WfFlowLayout) layout = lay_out (workflow, i % 2 == 0);
      float width, height;

      wf_flow_layout_get_size (layout, &width, &height);
      for (guint j = 0; j < 60; j++)
        {
          float x = (float) g_rand_double_range (rand, -200, (double) width);
          float y = (float) g_rand_double_range (rand, -200, (double) height);

          assert_culling (layout,
                          &GRAPHENE_RECT_INIT (x, y, (float) g_rand_double_range (rand, 0, 900),
                                               (float) g_rand_double_range (rand, 0, 700)));
        }
      for (guint j = 0; j < wf_flow_layout_get_n_cards (layout); j++)
        {
          const graphene_rect_t *box = &wf_flow_layout_get_card (layout, j)->bounds;

          g_assert_cmpuint (wf_flow_layout_find_card_at (layout, middle (box), box->origin.y + 2),
                            ==, j);
        }
      g_assert_cmpuint (wf_flow_layout_find_card_at (layout, -5, -5), ==, G_MAXUINT);
    }
}

static void
test_find_edge (void)
{
  g_autoptr (WfFlowLayout) layout = lay_out_steps ("[" TELL ("a") "," TELL ("b") "]");
  WfTarget beyond = { .kind = WF_TARGET_PLACE, .position = G_MAXUINT };
  WfTarget nowhere = { .kind = WF_TARGET_PLACE, .step = (char *) "a" };

  g_assert_cmpuint (wf_flow_layout_find_edge (layout, &beyond), ==, 2);
  g_assert_cmpuint (wf_flow_layout_find_edge (layout, &nowhere), ==, G_MAXUINT);
}

static void
assert_same (const WfFlowLayout *a, const WfFlowLayout *b)
{
  g_assert_cmpuint (wf_flow_layout_get_n_cards (a), ==, wf_flow_layout_get_n_cards (b));
  g_assert_cmpuint (wf_flow_layout_get_n_edges (a), ==, wf_flow_layout_get_n_edges (b));
  for (guint i = 0; i < wf_flow_layout_get_n_cards (a); i++)
    {
      const WfFlowCard *first = wf_flow_layout_get_card (a, i);
      const WfFlowCard *second = wf_flow_layout_get_card (b, i);

      g_assert_cmpint (first->kind, ==, second->kind);
      g_assert_cmpstr (first->title, ==, second->title);
      g_assert_cmpstr (first->subtitle, ==, second->subtitle);
      g_assert_cmpstr (first->sentence, ==, second->sentence);
      g_assert_cmpstr (first->target.step, ==, second->target.step);
      g_assert_true (graphene_rect_equal (&first->bounds, &second->bounds));
    }
  for (guint i = 0; i < wf_flow_layout_get_n_edges (a); i++)
    {
      const WfFlowEdge *first = wf_flow_layout_get_edge (a, i);
      const WfFlowEdge *second = wf_flow_layout_get_edge (b, i);

      g_assert_cmpuint (first->from, ==, second->from);
      g_assert_cmpuint (first->to, ==, second->to);
      g_assert_cmpstr (first->chip, ==, second->chip);
      g_assert_cmpmem (first->points, first->n_points * sizeof *first->points, second->points,
                       second->n_points * sizeof *second->points);
    }
}

/* A change as a person makes one; of every kind of step in turn. */
static void
change (WfWorkflow *workflow, GRand *rand, guint n)
{
  g_autofree char *id = g_strdup_printf ("s%d", g_rand_int_range (rand, 1, (int) n));
  WfStep *step = wf_workflow_find_step (workflow, id);
  WfPath *path;

  if (step == NULL || g_rand_int_range (rand, 0, 4) == 0)
    {
      wf_step_remove (workflow, id);
      return;
    }
  switch (step->kind)
    {
    case WF_STEP_WAIT:
      step->wait.business_hours = !step->wait.business_hours;
      break;
    case WF_STEP_NOTIFY:
      g_set_str (&step->notify.text, "Another text that takes more than one line of the card");
      break;
    case WF_STEP_BRANCH:
      path = wf_path_new ("More");
      g_ptr_array_insert (step->paths, 0, path);
      break;
    default:
      step->create_activity.complete_within.amount++;
      break;
    }
  if (g_rand_boolean (rand))
    {
      step->run.mode = WF_RUN_DELAY;
      step->run.delay = (WfDuration) { 3, WF_TIME_UNIT_WEEKS };
    }
}

static void
test_reuse (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  WfFlowMetrics metrics;

  wf_flow_metrics_init (&metrics, 1);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (i, 60);
      g_autoptr (WfFlowLayout) layout = lay_out (workflow, FALSE);

      for (guint j = 0; j < 20; j++)
        {
          g_autoptr (WfWorkflow) next = wf_workflow_copy (workflow);
          g_autoptr (WfFlowLayout) fresh = NULL;
          g_autoptr (WfFlowLayout) reused = NULL;

          change (next, rand, 60);
          fresh = lay_out (next, FALSE);
          reused = wf_flow_layout_new (next, NULL, NULL, &metrics, measure, NULL, layout);
          assert_same (fresh, reused);
          wf_workflow_unref (workflow);
          workflow = g_steal_pointer (&next);
          wf_flow_layout_unref (layout);
          layout = g_steal_pointer (&reused);
        }
    }
}

/* What did not change is not measured again; with other metrics everything is. */
static void
test_reuse_measures (void)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (3, 200);
  g_autoptr (WfWorkflow) next = wf_workflow_copy (workflow);
  g_autoptr (WfFlowLayout) layout = NULL;
  g_autoptr (WfFlowLayout) reused = NULL;
  g_autoptr (WfFlowLayout) larger = NULL;
  guint measured = 0, at_first;
  WfFlowMetrics metrics;

  wf_flow_metrics_init (&metrics, 1);
  layout = wf_flow_layout_new (workflow, NULL, NULL, &metrics, measure, &measured, NULL);
  at_first = measured;
  g_assert_cmpuint (at_first, >, 150);
  measured = 0;
  reused = wf_flow_layout_new (next, NULL, NULL, &metrics, measure, &measured, layout);
  g_assert_cmpuint (measured, ==, 1); /* the trigger */
  measured = 0;
  wf_flow_metrics_init (&metrics, 1.5);
  larger = wf_flow_layout_new (next, NULL, NULL, &metrics, measure, &measured, layout);
  g_assert_cmpuint (measured, ==, at_first);
}

static void
test_time (void)
{
  static const guint sizes[] = { 100, 1000, 2000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (11, sizes[i]);
      g_autoptr (WfWorkflow) next = wf_workflow_copy (workflow);
      g_autoptr (WfFlowLayout) layout = NULL;
      g_autoptr (WfFlowLayout) reused = NULL;
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
      WfFlowMetrics metrics;
      gint64 begin, first, again;
      guint n_found = 0;

      wf_flow_metrics_init (&metrics, 1);
      g_free (next->name);
      next->name = g_strdup ("Edited");
      begin = g_get_monotonic_time ();
      layout = wf_flow_layout_new (workflow, NULL, NULL, &metrics, measure, NULL, NULL);
      first = g_get_monotonic_time () - begin;
      begin = g_get_monotonic_time ();
      reused = wf_flow_layout_new (next, NULL, NULL, &metrics, measure, NULL, layout);
      again = g_get_monotonic_time () - begin;
      begin = g_get_monotonic_time ();
      for (guint j = 0; j < 1000; j++)
        {
          guint at = j * (wf_flow_layout_get_n_cards (reused) - 1) / 1000;
          const graphene_rect_t *card = &wf_flow_layout_get_card (reused, at)->bounds;
          const graphene_rect_t view =
              GRAPHENE_RECT_INIT (card->origin.x - 600, card->origin.y - 400, 1200, 800);

          g_array_set_size (found, 0);
          wf_flow_layout_list_cards_in (reused, &view, found);
          wf_flow_layout_list_edges_in (reused, &view, found);
          n_found += found->len;
        }
      g_test_message ("%u steps: laid out in %.2f ms, after an edit in %.2f ms; a view of %u cards "
                      "and edges is listed in %.1f us",
                      sizes[i], (double) first / 1000, (double) again / 1000, n_found / 1000,
                      (double) (g_get_monotonic_time () - begin) / 1000);
      assert_all (reused, next, FALSE);
    }
}

/* Deep and wide ones, as a person would hardly make. */
static void
test_extremes (void)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (trigger, "[]");
  GPtrArray *steps = workflow->steps;
  g_autoptr (WfFlowLayout) layout = NULL;

  for (guint i = 0; i < 200; i++)
    {
      WfStep *branch = wf_step_new (WF_STEP_BRANCH);

      g_free (branch->id);
      branch->id = g_strdup_printf ("b%u", i);
      for (guint j = 0; j < 2; j++)
        g_ptr_array_add (branch->paths, wf_path_new (j == 0 ? "In" : "Out"));
      g_ptr_array_add (steps, branch);
      steps = ((WfPath *) g_ptr_array_index (branch->paths, 0))->steps;
    }
  layout = lay_out (workflow, FALSE);
  assert_all (layout, workflow, TRUE);
  assert_culling (layout, &GRAPHENE_RECT_INIT (500, 5000, 1000, 700));
}

static void
test_marks (void)
{
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  WfTarget first = { .kind = WF_TARGET_TRIGGER };
  WfTarget step = { .kind = WF_TARGET_STEP, .step = (char *) "a" };
  WfTarget path = { .kind = WF_TARGET_PATH, .step = (char *) "a", .path = 1 };
  const char *text = "?";

  g_assert_cmpint (wf_flow_marks_get (marks, &step, &text), ==, WF_MARK_NONE);
  g_assert_null (text);
  wf_flow_marks_set (marks, &step, WF_MARK_WAITS, "Mon 09:30");
  wf_flow_marks_set_count (marks, &path, 128);
  g_assert_cmpint (wf_flow_marks_get (marks, &step, &text), ==, WF_MARK_WAITS);
  g_assert_cmpstr (text, ==, "Mon 09:30");
  g_assert_cmpint (wf_flow_marks_get (marks, &path, NULL), ==, WF_MARK_NONE);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, &path), ==, 128);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, &step), ==, G_MAXUINT64);
  g_assert_cmpuint (wf_flow_marks_get_count (marks, &first), ==, G_MAXUINT64);
  wf_flow_marks_set (marks, &step, WF_MARK_PASSED, NULL);
  g_assert_cmpint (wf_flow_marks_get (marks, &step, &text), ==, WF_MARK_PASSED);
  g_assert_null (text);
  for (WfMarkKind kind = WF_MARK_PASSED; kind <= WF_MARK_MOVED; kind++)
    for (WfMarkKind other = WF_MARK_NONE; other < kind; other++)
      g_assert_cmpstr (wf_mark_kind_to_text (kind), !=, wf_mark_kind_to_text (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/flow-layout/small", test_small);
  g_test_add_func ("/ui/flow-layout/branch", test_branch);
  g_test_add_func ("/ui/flow-layout/mirrored", test_mirrored);
  g_test_add_func ("/ui/flow-layout/neighbours", test_neighbours);
  g_test_add_func ("/ui/flow-layout/chips", test_chips);
  g_test_add_func ("/ui/flow-layout/problems", test_problems);
  g_test_add_func ("/ui/flow-layout/random", test_random);
  g_test_add_func ("/ui/flow-layout/culling", test_culling);
  g_test_add_func ("/ui/flow-layout/find-edge", test_find_edge);
  g_test_add_func ("/ui/flow-layout/reuse", test_reuse);
  g_test_add_func ("/ui/flow-layout/reuse-measures", test_reuse_measures);
  g_test_add_func ("/ui/flow-layout/time", test_time);
  g_test_add_func ("/ui/flow-layout/extremes", test_extremes);
  g_test_add_func ("/ui/flow-layout/marks", test_marks);
  return g_test_run ();
}
