/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows that start each other (S14), and those that give the same twice (B16). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-health-private.h"

#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- cycles ---- */

/* Events of our own effects start only workflows that ask for it (S14): they alone can be part of a
 * cycle. A running engine would stop it, but too late. */

typedef struct
{
  guint to;           /* index of the workflow that is started */
  const WfStep *step; /* what starts it */
} Edge;

typedef struct
{
  GPtrArray *nodes; /* (owned) of WfWorkflow, borrowed */
  GPtrArray *edges; /* (owned) of GArray of Edge, a node each */
} Graph;

static void
graph_clear (Graph *self)
{
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->edges);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Graph, graph_clear)

static GArray *
find_edges (const Graph *self, const WfWorkflow *from, const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) emissions = wf_health_list_emissions (from);
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; i < self->nodes->len; i++)
    for (guint j = 0; j < emissions->len; j++)
      {
        const WfHealthEmission *emission = g_ptr_array_index (emissions, j);
        Edge edge = { i, emission->step };

        if (!wf_health_emission_may_start (emission, g_ptr_array_index (self->nodes, i),
                                           organisation))
          continue;
        g_array_append_val (edges, edge);
        break; /* one step that starts it is enough */
      }
  return edges;
}

static void
array_free (gpointer array)
{
  g_array_unref (array);
}

static void
graph_init (Graph *self, const WfHealth *health)
{
  self->nodes = g_ptr_array_new ();
  self->edges = g_ptr_array_new_with_free_func (array_free);
  for (guint i = 0; i < health->workflows->len; i++)
    if (((WfWorkflow *) g_ptr_array_index (health->workflows, i))->own_events)
      g_ptr_array_add (self->nodes, g_ptr_array_index (health->workflows, i));
  for (guint i = 0; i < self->nodes->len; i++)
    g_ptr_array_add (self->edges,
                     find_edges (self, g_ptr_array_index (self->nodes, i), health->organisation));
}

/* The shortest way from a node back to itself: came[n] is the node before n on it. FALSE when
 * there is none. */
static gboolean
find_way_back (const Graph *self, guint start, int *came)
{
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->nodes->len; i++)
    came[i] = -1;
  g_array_append_val (queue, start);
  for (guint i = 0; i < queue->len; i++)
    {
      guint node = g_array_index (queue, guint, i);
      GArray *edges = g_ptr_array_index (self->edges, node);

      for (guint j = 0; j < edges->len; j++)
        {
          guint to = g_array_index (edges, Edge, j).to;

          if (came[to] >= 0)
            continue;
          came[to] = (int) node;
          if (to == start)
            return TRUE;
          g_array_append_val (queue, to);
        }
    }
  return FALSE;
}

static const WfStep *
find_step (const Graph *self, guint from, guint to)
{
  GArray *edges = g_ptr_array_index (self->edges, from);

  for (guint i = 0; i < edges->len; i++)
    if (g_array_index (edges, Edge, i).to == to)
      return g_array_index (edges, Edge, i).step;
  g_return_val_if_reached (NULL);
}

/* "A (Change the stage) → B (Set a field) → A" */
static char *
tell_cycle (const Graph *self, GArray *cycle)
{
  g_autoptr (GString) way = g_string_new (NULL);
  const WfWorkflow *first = g_ptr_array_index (self->nodes, g_array_index (cycle, guint, 0));

  for (guint i = 0; i < cycle->len; i++)
    {
      guint from = g_array_index (cycle, guint, i);
      guint to = g_array_index (cycle, guint, (i + 1) % cycle->len);
      const WfWorkflow *workflow = g_ptr_array_index (self->nodes, from);

      /* Translators: a workflow, and its step that starts the next one in the chain */
      g_string_append_printf (way, C_ ("cycle", "“%1$s” (%2$s) → "), workflow->name,
                              wf_step_kind_to_text (find_step (self, from, to)->kind));
    }
  g_string_append_printf (way, C_ ("cycle", "“%s”"), first->name);
  if (cycle->len == 1)
    return g_strdup_printf (
        _ ("This workflow starts itself again: %s. Let events of workflows no longer start it, or add a condition that ends the loop."),
        way->str);
  return g_strdup_printf (
      _ ("These workflows start each other again and again: %s. Let events of workflows no longer start one of them, or add a condition that ends the loop."),
      way->str);
}

static void
add_cycle (WfHealth *health, const Graph *self, guint start, const int *came, gboolean *told)
{
  g_autoptr (GArray) cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  WfHealthFinding *finding;
  guint node = start;
  const WfStep *step;

  do
    {
      node = (guint) came[node];
      g_array_prepend_val (cycle, node);
      told[node] = TRUE;
    }
  while (node != start);
  step = find_step (self, start, g_array_index (cycle, guint, cycle->len > 1 ? 1 : 0));
  finding = wf_health_add (health, "cycle", g_ptr_array_index (self->nodes, start), step->id, NULL,
                           TRUE, tell_cycle (self, cycle));
  for (guint i = 1; i < cycle->len; i++)
    wf_health_finding_add_workflow (
        finding, g_ptr_array_index (self->nodes, g_array_index (cycle, guint, i)));
}

void
wf_health_find_cycles (WfHealth *self)
{
  g_auto (Graph) graph = { 0 };
  g_autofree int *came = NULL;
  g_autofree gboolean *told = NULL;

  graph_init (&graph, self);
  came = g_new (int, graph.nodes->len + 1);
  told = g_new0 (gboolean, graph.nodes->len + 1);
  for (guint i = 0; i < graph.nodes->len; i++)
    if (!told[i] && find_way_back (&graph, i, came))
      add_cycle (self, &graph, i, came, told);
}

/* ---- the same activity twice ---- */

typedef struct
{
  WfWorkflow *workflow; /* borrowed */
  const WfStep *step;   /* borrowed */
} Giver;

typedef struct
{
  GHashTable *givers; /* (owned) "event LF type" -> GArray of Giver */
  WfWorkflow *workflow;
} Collection;

static void
collect_giver (WfStep *step, gpointer user_data)
{
  Collection *self = user_data;
  Giver giver = { self->workflow, step };
  GArray *givers;
  char *key;

  if (!wf_step_kind_is_activity (step->kind) || step->create_activity.activity_type[0] == '\0')
    return;
  key = g_strjoin ("\n", self->workflow->event, step->create_activity.activity_type, NULL);
  givers = g_hash_table_lookup (self->givers, key);
  if (givers == NULL)
    {
      givers = g_array_new (FALSE, FALSE, sizeof (Giver));
      g_hash_table_insert (self->givers, key, givers);
    }
  else
    {
      g_free (key);
    }
  g_array_append_val (givers, giver);
}

/* One is given only where the other is not. */
static gboolean
have_other_groups (const WfCreateActivity *a, const WfCreateActivity *b)
{
  if (a->scope != WF_PERMISSION_GROUPS || b->scope != WF_PERMISSION_GROUPS || a->groups == NULL ||
      b->groups == NULL)
    return FALSE;
  for (guint i = 0; a->groups[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) b->groups, a->groups[i]))
      return FALSE;
  return TRUE;
}

/* Only what is certain: whenever one starts, the other does too. */
static gboolean
give_the_same (const Giver *a, const Giver *b)
{
  const WfCreateActivity *x = &a->step->create_activity, *y = &b->step->create_activity;

  if (a->workflow == b->workflow || (x->join && y->join) || have_other_groups (x, y))
    return FALSE;
  return wf_health_condition_implies (a->workflow->conditions, b->workflow->conditions) ||
         wf_health_condition_implies (b->workflow->conditions, a->workflow->conditions);
}

static void
add_same (WfHealth *self, const Giver *a, const Giver *b)
{
  const char *type = a->step->create_activity.activity_type;
  WfHealthFinding *finding = wf_health_add (
      self, "same-activity", a->workflow, a->step->id, NULL, FALSE,
      g_strdup_printf (
          _ ("“%1$s” and “%2$s” both give “%3$s” for the same event. Let one of them have another condition, or let both join an open activity of the same type."),
          a->workflow->name, b->workflow->name,
          wf_organisation_get_entry_name (self->organisation, WF_ENTRY_ACTIVITY_TYPE, type)));

  wf_health_finding_add_workflow (finding, b->workflow);
}

/* Each pair once, whatever number of steps. */
static void
compare_givers (WfHealth *self, GArray *givers, GHashTable *told)
{
  for (guint i = 0; i < givers->len; i++)
    for (guint j = i + 1; j < givers->len; j++)
      {
        const Giver *a = &g_array_index (givers, Giver, i);
        const Giver *b = &g_array_index (givers, Giver, j);
        g_autofree char *pair = NULL;

        if (!give_the_same (a, b))
          continue;
        pair = g_strjoin ("\n", a->workflow->id, b->workflow->id,
                          a->step->create_activity.activity_type, NULL);
        if (g_hash_table_add (told, g_steal_pointer (&pair)))
          add_same (self, a, b);
      }
}

/* A schedule's tick starts only the workflow whose schedule it is. */
static gboolean
is_started_alone (const WfWorkflow *workflow)
{
  return g_str_equal (workflow->event, "schedule.tick") ||
         g_str_equal (workflow->event, "manual.started");
}

void
wf_health_find_same_activities (WfHealth *self)
{
  g_autoptr (GHashTable) givers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, array_free);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) keys = NULL;

  for (guint i = 0; i < self->workflows->len; i++)
    {
      Collection collection = { givers, g_ptr_array_index (self->workflows, i) };

      if (!is_started_alone (collection.workflow))
        wf_workflow_foreach_step (collection.workflow, collect_giver, &collection);
    }
  keys = g_hash_table_get_keys_as_ptr_array (givers);
  g_ptr_array_sort_values (keys, (GCompareFunc) strcmp);
  for (guint i = 0; i < keys->len; i++)
    compare_givers (self, g_hash_table_lookup (givers, g_ptr_array_index (keys, i)), told);
}
