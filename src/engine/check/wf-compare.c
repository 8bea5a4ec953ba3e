/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change (B1): two replays of the same events side by side. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-compare.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_PEOPLE_TOLD 5 /* in the sentence */

/* What one of the two does: only counts are kept, so that memory does not grow with the events. */
typedef struct
{
  WfReplay *replay;                            /* (owned) (nullable) */
  WfOrganisation *organisation;                /* borrowed; nullable */
  GTimeZone *zone;                             /* borrowed; nullable: UTC */
  GHashTable *people, *days, *types, *effects; /* (owned) id (owned) -> number */
  guint n_activities, n_late;
} Side;

struct _WfCompare
{
  WfOrganisation *organisation;                 /* (owned) (nullable) */
  WfWorkflow *workflow_before, *workflow_after; /* (owned); before: nullable */
  Side before, after;
  guint n_events;
};

/* ---- counting ---- */

static void
on_line (G_GNUC_UNUSED const char *line, G_GNUC_UNUSED gpointer user_data)
{
}

static void
count (GHashTable *table, const char *id)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, id));

  g_hash_table_insert (table, g_strdup (id), GUINT_TO_POINTER (n + 1));
}

static char *
make_day (const Side *self, WfInstant at)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  char *day = wf_instant_format_zone (at, self->zone != NULL ? self->zone : utc);

  if (day == NULL)
    return g_strdup ("");
  day[strlen ("2026-11-20")] = '\0';
  return day;
}

static void
count_activity (Side *self, const WfEffect *effect, WfInstant at)
{
  const WfActivity *activity = effect->activity;
  g_autofree char *day = make_day (self, activity->due);

  self->n_activities++;
  if (activity->arrived_late || activity->due <= at)
    self->n_late++;
  count (self->people, effect->person != NULL ? effect->person : "");
  count (self->days, day);
  count (self->types, activity->type != NULL ? activity->type : "");
}

static void
on_effect (const WfEffect *effect, WfInstant at, gpointer user_data)
{
  Side *self = user_data;

  switch (effect->kind)
    {
    case WF_EFFECT_CREATE_ACTIVITY:
      count_activity (self, effect, at);
      break;
    case WF_EFFECT_NOTIFY:
      count (self->effects, wf_step_kind_names[WF_STEP_NOTIFY]);
      break;
    case WF_EFFECT_ACTION:
      count (self->effects, wf_action_kind_names[effect->action->kind]);
      break;
    }
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Run as it would if it were live. */
static WfReplay *
new_replay (Side *self, WfWorkflow *workflow)
{
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  WfWorkflow *live = wf_workflow_copy (workflow);
  WfReplay *replay;

  live->state = WF_WORKFLOW_LIVE;
  g_ptr_array_add (workflows, live);
  replay = wf_replay_new (self->organisation, workflows, FALSE, on_line, NULL);
  wf_replay_set_effect_func (replay, on_effect, self);
  return replay;
}

static void
side_init (Side *self, WfOrganisation *organisation, WfWorkflow *workflow)
{
  self->organisation = organisation;
  if (organisation != NULL)
    self->zone = wf_working_hours_get_zone (wf_organisation_get_hours (organisation));
  self->people = new_table ();
  self->days = new_table ();
  self->types = new_table ();
  self->effects = new_table ();
  if (workflow != NULL)
    self->replay = new_replay (self, workflow);
}

static void
side_clear (Side *self)
{
  wf_replay_free (self->replay);
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->days);
  g_hash_table_unref (self->types);
  g_hash_table_unref (self->effects);
}

/* ---- public ---- */

/**
 * wf_compare_new:
 * @organisation: (nullable): people, groups and working hours
 * @before: (nullable): the workflow as it is; %NULL: there is none
 * @after: the workflow as it would be
 *
 * Both are run whatever their state. Storms and imports are not held.
 *
 * Returns: (transfer full): a comparison without events
 */
WfCompare *
wf_compare_new (WfOrganisation *organisation, WfWorkflow *before, WfWorkflow *after)
{
  WfCompare *self = g_new0 (WfCompare, 1);

  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->workflow_before = before != NULL ? wf_workflow_ref (before) : NULL;
  self->workflow_after = wf_workflow_ref (after);
  side_init (&self->before, organisation, before);
  side_init (&self->after, organisation, after);
  return self;
}

/**
 * wf_compare_free:
 * @self: (nullable) (transfer full): a comparison
 */
void
wf_compare_free (WfCompare *self)
{
  if (self == NULL)
    return;
  side_clear (&self->before);
  side_clear (&self->after);
  wf_workflow_unref (self->workflow_before);
  wf_workflow_unref (self->workflow_after);
  wf_organisation_unref (self->organisation);
  g_free (self);
}

/**
 * wf_compare_add:
 * @self: a comparison
 * @event: the next of the log
 */
void
wf_compare_add (WfCompare *self, WfEvent *event)
{
  self->n_events++;
  if (self->before.replay != NULL)
    wf_replay_add (self->before.replay, event);
  wf_replay_add (self->after.replay, event);
}

static void
figure_free (gpointer data)
{
  WfCompareFigure *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static int
compare_figures (gconstpointer a, gconstpointer b)
{
  const WfCompareFigure *x = a, *y = b;

  return strcmp (x->id, y->id);
}

/* Names for people and types; a day or a kind of effect has none. */
static char *
find_person_name (const Side *self, const char *id)
{
  if (id[0] == '\0')
    return g_strdup (_ ("Unassigned"));
  return g_strdup (wf_organisation_get_person_name (self->organisation, id));
}

static char *
find_type_name (const Side *self, const char *id)
{
  return g_strdup (wf_organisation_get_entry_name (self->organisation, WF_ENTRY_ACTIVITY_TYPE, id));
}

static char *
find_no_name (G_GNUC_UNUSED const Side *self, G_GNUC_UNUSED const char *id)
{
  return NULL;
}

static void
take_counts (GPtrArray *figures, GHashTable *counts, GHashTable *others, gboolean after,
             const Side *side, char *(*find_name) (const Side *, const char *) )
{
  GHashTableIter iter;
  gpointer id, n;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &id, &n))
    {
      guint other = GPOINTER_TO_UINT (g_hash_table_lookup (others, id));
      WfCompareFigure *figure;

      if (after && other > 0)
        continue; /* it came with those before */
      figure = g_new (WfCompareFigure, 1);
      figure->id = g_strdup (id);
      figure->name = find_name (side, id);
      figure->before = after ? 0 : GPOINTER_TO_UINT (n);
      figure->after = after ? GPOINTER_TO_UINT (n) : other;
      g_ptr_array_add (figures, figure);
    }
}

static GPtrArray *
make_figures (GHashTable *before, GHashTable *after, const Side *side,
              char *(*find_name) (const Side *, const char *) )
{
  GPtrArray *figures = g_ptr_array_new_with_free_func (figure_free);

  take_counts (figures, before, after, FALSE, side, find_name);
  take_counts (figures, after, before, TRUE, side, find_name);
  g_ptr_array_sort_values (figures, compare_figures);
  return figures;
}

/**
 * wf_compare_finish:
 * @self: a comparison; nothing can be added any more
 * @until: how far delays are followed; WF_INSTANT_NONE: to the last event's time
 *
 * Returns: (transfer full): what would be different
 */
WfCompareResult *
wf_compare_finish (WfCompare *self, WfInstant until)
{
  WfCompareResult *result = g_new0 (WfCompareResult, 1);
  const Side *before = &self->before, *after = &self->after;

  if (before->replay != NULL)
    wf_replay_finish (before->replay, until);
  wf_replay_finish (after->replay, until);
  result->total.id = g_strdup ("");
  result->total.before = before->n_activities;
  result->total.after = after->n_activities;
  result->people = make_figures (before->people, after->people, after, find_person_name);
  result->days = make_figures (before->days, after->days, after, find_no_name);
  result->types = make_figures (before->types, after->types, after, find_type_name);
  result->effects = make_figures (before->effects, after->effects, after, find_no_name);
  result->late_before = before->n_late;
  result->late_after = after->n_late;
  result->sentences =
      wf_difference_list (self->workflow_before, self->workflow_after, self->organisation);
  result->n_events = self->n_events;
  return result;
}

/**
 * wf_compare_result_free:
 * @self: (nullable) (transfer full): a result
 */
void
wf_compare_result_free (WfCompareResult *self)
{
  if (self == NULL)
    return;
  g_free (self->total.id);
  g_free (self->total.name);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->days);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->effects);
  g_ptr_array_unref (self->sentences);
  g_free (self);
}

/* ---- as text ---- */

static void
write_numbers (WfJsonWriter *writer, guint before, guint after)
{
  wf_json_writer_add_int (writer, "before", before);
  wf_json_writer_add_int (writer, "after", after);
}

static void
write_pair (WfJsonWriter *writer, const char *name, guint before, guint after)
{
  wf_json_writer_begin_object (writer, name);
  write_numbers (writer, before, after);
  wf_json_writer_end (writer);
}

/* The unassigned queue is null, as in a replay. */
static void
write_figures (WfJsonWriter *writer, const char *name, const char *id_name, GPtrArray *figures)
{
  wf_json_writer_begin_array (writer, name);
  for (guint i = 0; i < figures->len; i++)
    {
      const WfCompareFigure *figure = g_ptr_array_index (figures, i);

      wf_json_writer_begin_object (writer, NULL);
      if (figure->id[0] != '\0')
        wf_json_writer_add_string (writer, id_name, figure->id);
      else
        wf_json_writer_add_null (writer, id_name);
      wf_json_writer_add_string (writer, "name", figure->name);
      write_numbers (writer, figure->before, figure->after);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

/**
 * wf_compare_result_to_text:
 * @self: a result
 * @pretty: indented, for people
 *
 * Returns: (transfer full): it as JSON; the same result always gives the same bytes
 */
char *
wf_compare_result_to_text (const WfCompareResult *self, gboolean pretty)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *summary = wf_compare_result_to_sentence (self);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "events", self->n_events);
  write_pair (writer, "activities", self->total.before, self->total.after);
  write_pair (writer, "late", self->late_before, self->late_after);
  write_figures (writer, "people", "person", self->people);
  write_figures (writer, "days", "day", self->days);
  write_figures (writer, "activity-types", "activity-type", self->types);
  write_figures (writer, "effects", "kind", self->effects);
  wf_json_writer_begin_array (writer, "differences");
  for (guint i = 0; i < self->sentences->len; i++)
    wf_json_writer_add_string (writer, NULL, g_ptr_array_index (self->sentences, i));
  wf_json_writer_end (writer);
  wf_json_writer_add_string (writer, "summary", summary);
  return wf_json_writer_finish (writer, pretty);
}

static gint64
get_difference (const WfCompareFigure *self)
{
  return (gint64) self->after - (gint64) self->before;
}

/* "+12", "−4": with a real minus. */
static char *
sign (gint64 number)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, number < 0 ? "−" : "+", ABS (number));
}

static int
compare_by_difference (gconstpointer a, gconstpointer b)
{
  gint64 x = ABS (get_difference (a)), y = ABS (get_difference (b));

  return x != y ? (x > y ? -1 : 1) : compare_figures (a, b);
}

/* "Ana +12, Bruno −4", the largest first. NULL when nobody has more or less. */
static char *
tell_people (const WfCompareResult *self)
{
  g_autoptr (GPtrArray) differing = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->people->len; i++)
    if (get_difference (g_ptr_array_index (self->people, i)) != 0)
      g_ptr_array_add (differing, g_ptr_array_index (self->people, i));
  if (differing->len == 0)
    return NULL;
  g_ptr_array_sort_values (differing, compare_by_difference);
  for (guint i = 0; i < MIN (differing->len, MOST_PEOPLE_TOLD); i++)
    {
      const WfCompareFigure *figure = g_ptr_array_index (differing, i);
      g_autofree char *number = sign (get_difference (figure));

      if (i > 0)
        g_string_append (text, C_ ("separator of a list", ", "));
      /* Translators: a person, and how many more or fewer activities, such as “+12” */
      g_string_append_printf (text, C_ ("comparison", "%1$s %2$s"), figure->name, number);
    }
  if (differing->len > MOST_PEOPLE_TOLD)
    g_string_append (text, C_ ("comparison", ", …"));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
tell_total (const WfCompareResult *self)
{
  gint64 difference = get_difference (&self->total);
  g_autofree char *number = sign (difference);

  if (difference == 0)
    return g_strdup (self->total.after == 0 ? _ ("No activities") : _ ("As many activities"));
  /* Translators: %s is a number with its sign, such as “+31” */
  return g_strdup_printf (ngettext ("%s activity", "%s activities", (gulong) ABS (difference)),
                          number);
}

/**
 * wf_compare_result_to_sentence:
 * @self: a result
 *
 * Returns: (transfer full): the whole in one line, in the user's language
 */
char *
wf_compare_result_to_sentence (const WfCompareResult *self)
{
  g_autofree char *total = tell_total (self);
  g_autofree char *people = tell_people (self);
  g_autofree char *late = NULL;
  g_autofree char *first = NULL;

  if (people != NULL)
    /* Translators: “+31 activities”, and “Ana +12, Bruno −4” */
    first = g_strdup_printf (C_ ("comparison", "%1$s: %2$s"), total, people);
  else
    first = g_steal_pointer (&total);
  if (self->late_after == 0)
    return g_steal_pointer (&first);
  late = g_strdup_printf (
      ngettext ("%u would be late at creation", "%u would be late at creation", self->late_after),
      self->late_after);
  /* Translators: “+31 activities: Ana +12”, and “3 would be late at creation” */
  return g_strdup_printf (C_ ("comparison", "%1$s; %2$s"), first, late);
}
