/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What workflows achieve (R101, R129): what became of their activities, and how many of the leads moved
 * forward afterwards. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-action-apply.h"
#include "wf-report-private.h"

#include <string.h>

/* How it is counted. A lead counts for a workflow once, with the first activity that the workflow created
 * for it in the period; it advanced when it came into a later stage of its pipeline after that, before
 * the period's end. Leads are counted workflow by workflow in one table by lead, which stays in the
 * processor's cache, instead of in one of all pairs, which would not. */

typedef struct
{
  guint32 lead;
  WfInstant at;
} Creation;

typedef struct
{
  guint counts[WF_N_MEASURES];
  GArray *samples;       /* (owned) of gint64 */
  GArray *creations;     /* (owned) of Creation */
  guint leads, advanced; /* once they are counted */
  gint64 median;
} Effect;

struct _WfEffectTally
{
  GPtrArray *effects; /* (owned) by number of the workflow's name; NULL: none */
  /* While leads are counted: */
  WfInstant *
      forward; /* (owned) (nullable) by lead: when it last moved forward in the period, or WF_INSTANT_NONE */
  guint n_leads;
  gint next;       /* atomic: the effect that is not begun yet */
  GThread *helper; /* (owned) (nullable) */
};

/* A lead of the workflow under way. */
typedef struct
{
  WfInstant first;
  guint stamp; /* which workflow that was */
} Lead;

void
wf_effect_row_free (gpointer row)
{
  WfEffectRow *self = row;

  g_free (self->workflow);
  g_free (self->name);
  g_free (self);
}

static void
effect_free (gpointer data)
{
  Effect *self = data;

  if (self == NULL)
    return;
  g_array_unref (self->samples);
  g_array_unref (self->creations);
  g_free (self);
}

WfEffectTally *
wf_effect_tally_new (void)
{
  WfEffectTally *self = g_new0 (WfEffectTally, 1);

  self->effects = g_ptr_array_new_with_free_func (effect_free);
  return self;
}

void
wf_effect_tally_free (WfEffectTally *self)
{
  g_ptr_array_unref (self->effects);
  g_free (self->forward);
  g_free (self);
}

/* number: of the workflow's name. NULL: no workflow created it. */
static Effect *
get_effect (WfEffectTally *self, guint32 number)
{
  Effect *effect = number < self->effects->len ? self->effects->pdata[number] : NULL;

  if (effect != NULL || number == 0)
    return effect;
  effect = g_new0 (Effect, 1);
  effect->samples = g_array_new (FALSE, FALSE, sizeof (gint64));
  effect->creations = g_array_new (FALSE, FALSE, sizeof (Creation));
  if (number >= self->effects->len)
    g_ptr_array_set_size (self->effects, (int) MAX (number + 1, self->effects->len * 2));
  self->effects->pdata[number] = effect;
  return effect;
}

void
wf_effect_tally_add_created (WfEffectTally *self, WfReportScope *scope, const WfReportItem *item)
{
  Effect *effect = get_effect (self, item->facts->workflow[item->index]);
  guint64 lead = item->facts->lead[item->index];
  Creation creation;

  if (effect == NULL)
    return;
  effect->counts[WF_MEASURE_CREATED]++;
  if (lead == 0)
    return;
  creation = (Creation) { scope->leads.numbers[item->index], item->facts->created[item->index] };
  g_array_append_val (effect->creations, creation);
}

/* lateness: of one that was done late, nullable. */
void
wf_effect_tally_add_outcome (WfEffectTally *self, const WfReportItem *item, const gint64 *lateness)
{
  Effect *effect = get_effect (self, item->facts->workflow[item->index]);

  if (effect == NULL)
    return;
  effect->counts[item->outcome]++;
  if (lateness != NULL)
    g_array_append_val (effect->samples, *lateness);
}

static void
merge_creations (GArray *to, WfReportScope *scope, const GArray *from,
                 const WfReportScope *from_scope)
{
  guint begin = to->len;

  g_array_append_vals (to, from->data, from->len);
  for (guint i = begin; i < to->len; i++)
    {
      Creation *creation = &g_array_index (to, Creation, i);

      if (creation->lead >= scope->leads.facts->len)
        creation->lead =
            wf_report_leads_find (scope, wf_report_leads_get_hash (from_scope, creation->lead));
    }
}

void
wf_effect_tally_merge (WfEffectTally *self, WfReportScope *scope, const WfEffectTally *other,
                       const WfReportScope *other_scope)
{
  for (guint number = 0; number < other->effects->len; number++)
    {
      const Effect *from = other->effects->pdata[number];
      Effect *to;

      if (from == NULL)
        continue;
      to = get_effect (self, number);
      wf_report_add_counts (to->counts, from->counts, WF_N_MEASURES);
      wf_report_add_samples (to->samples, from->samples);
      merge_creations (to->creations, scope, from->creations, other_scope);
    }
}

/* -- leads ------------------------------------------------------------------------------------- */

/* Whether a move leads forward is the same for all leads. */
static gboolean
is_forward (WfReportScope *scope, GHashTable *known, guint32 from, guint32 to)
{
  gint64 key = (gint64) from << 32 | to;
  gpointer value = g_hash_table_lookup (known, &key);
  g_autofree char *from_id = NULL;
  gboolean forward;

  if (value != NULL)
    return GPOINTER_TO_INT (value) == 2;
  from_id = g_strdup (wf_store_get_name (scope->store, from));
  forward = from_id != NULL && to != 0 &&
            wf_organisation_is_forward (scope->query->organisation, from_id,
                                        wf_store_get_name (scope->store, to));
  g_hash_table_insert (known, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (forward ? 2 : 1));
  return forward;
}

static void
find_moves (WfEffectTally *self, WfReportScope *scope, const GArray *moves)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const WfTimeRange *range = scope->range;
  guint32 lead = 0;

  for (guint i = 1; i < moves->len; i++)
    {
      const WfStageMove *before = &g_array_index (moves, WfStageMove, i - 1);
      const WfStageMove *move = before + 1;

      if (move->lead != before->lead || move->at < range->from || move->at >= range->until ||
          !wf_report_lead_index_seek (&scope->leads.index, move->lead, &lead) ||
          !is_forward (scope, known, before->stage, move->stage))
        continue;
      self->forward[lead] = MAX (self->forward[lead], move->at);
    }
}

static void
count_leads (const WfEffectTally *self, Effect *effect, Lead *leads, guint stamp)
{
  const GArray *creations = effect->creations;

  for (guint i = 0; i < creations->len; i++)
    {
      const Creation *creation = &g_array_index (creations, Creation, i);
      Lead *lead = &leads[creation->lead];

      if (lead->stamp == stamp)
        {
          lead->first = MIN (lead->first, creation->at);
          continue;
        }
      lead->stamp = stamp;
      lead->first = creation->at;
      effect->leads++;
    }
  /* Each lead once: its stamp is taken away again. */
  for (guint i = 0; i < creations->len; i++)
    {
      guint32 number = g_array_index (creations, Creation, i).lead;
      Lead *lead = &leads[number];

      if (lead->stamp == stamp && self->forward[number] > lead->first)
        effect->advanced++;
      lead->stamp = 0;
    }
}

/* Those that nobody else has begun with, in any thread. */
static gpointer
count_effects (gpointer data)
{
  WfEffectTally *self = data;
  g_autofree Lead *leads = g_new0 (Lead, MAX (self->n_leads, 1));
  guint number;

  while ((number = (guint) g_atomic_int_add (&self->next, 1)) < self->effects->len)
    {
      Effect *effect = self->effects->pdata[number];

      if (effect == NULL)
        continue;
      count_leads (self, effect, leads, number + 1);
      wf_report_get_percentiles (effect->samples, &effect->median, NULL);
    }
  return NULL;
}

/* What takes long is done in another thread, if there may be one, until it is finished. Of the scope nothing is used there. */
void
wf_effect_tally_begin_to_finish (WfEffectTally *self, WfReportScope *scope, const GArray *moves)
{
  self->n_leads = wf_report_leads_get_n (scope);
  self->forward = g_new (WfInstant, MAX (self->n_leads, 1));
  for (guint i = 0; i < self->n_leads; i++)
    self->forward[i] = WF_INSTANT_NONE;
  find_moves (self, scope, moves);
  if (g_get_num_processors () > 1)
    self->helper = g_thread_try_new ("effects", count_effects, self, NULL);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WfEffectRow *x = a, *y = b;
  int order;

  if (x->created != y->created)
    return x->created > y->created ? -1 : 1;
  order = g_utf8_collate (x->name, y->name);
  return order != 0 ? order : strcmp (x->workflow, y->workflow);
}

static WfEffectRow *
make_row (const Effect *effect, WfReportScope *scope, guint32 number, GHashTable *workflow_names)
{
  WfEffectRow *row = g_new0 (WfEffectRow, 1);

  row->workflow = wf_store_dup_name (scope->store, number);
  row->name = wf_report_name_entry (scope->query->organisation, WF_DIMENSION_WORKFLOW,
                                    row->workflow, workflow_names);
  row->created = effect->counts[WF_MEASURE_CREATED];
  row->on_time = effect->counts[WF_MEASURE_ON_TIME];
  row->late = effect->counts[WF_MEASURE_LATE];
  row->open_late = effect->counts[WF_MEASURE_OPEN_LATE];
  row->not_needed = effect->counts[WF_MEASURE_NOT_NEEDED];
  row->leads = effect->leads;
  row->advanced = effect->advanced;
  row->median = effect->median;
  return row;
}

/* Waits for what was begun. */
void
wf_effect_tally_finish (WfEffectTally *self, WfReportScope *scope, GHashTable *workflow_names,
                        WfReport *report)
{
  count_effects (self);
  if (self->helper != NULL)
    g_thread_join (g_steal_pointer (&self->helper));
  for (guint number = 0; number < self->effects->len; number++)
    if (self->effects->pdata[number] != NULL)
      g_ptr_array_add (report->effects,
                       make_row (self->effects->pdata[number], scope, number, workflow_names));
  g_ptr_array_sort_values (report->effects, compare_rows);
}
