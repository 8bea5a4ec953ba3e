/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the engine decides what an event does, beside the limit: a hard-wired index in plain
 * C over values that were taken out of the events beforehand. One JSON line a measure: name,
 * unit, value, and the reference's value and ratio of the same run.
 *
 * 50 event types; a rule is an event type and two conditions (a text and a threshold). Dense:
 * one in a hundred rules matches an event. Sparse: about one rule matches, at every size. Events
 * are read in batches just before they are decided, as the runtime does, and only deciding is
 * timed. Rounds of both alternate; the median counts. Usage: bench-engine [MEASURE]
 * "bench-engine --write FOLDER SHAPE" writes the same rules and events for other engines
 * (bench-peers.py), with how many matches each of the first events adds up to. */
#include "wf-engine.h"
#include "wf-replay.h"
#include "wf-text-fold.h"

#include <string.h>
#include <time.h>

#define N_TYPES 50
#define N_EVENTS 100000
#define BATCH 500
#define ROUNDS 5
#define MOST_SCORE 1000

typedef struct
{
  const char *name;
  guint n_rules;
  gboolean dense;
} Shape;

static const Shape shapes[] = {
  { "dense/100", 100, TRUE },   { "dense/1000", 1000, TRUE },   { "dense/10000", 10000, TRUE },
  { "sparse/100", 100, FALSE }, { "sparse/1000", 1000, FALSE }, { "sparse/10000", 10000, FALSE },
};

/* The limit */

typedef struct
{
  guint type;
  guint hash;
  char source[24];
  guint n;
  double *thresholds;
  guint *rules;
} Bucket;

typedef struct
{
  Bucket *buckets;
  guint mask;
} Limit;

typedef struct
{
  guint type;
  const char *source;
  double score;
} Values;

static guint
hash_source (guint type, const char *source)
{
  guint hash = 2166136261u ^ type;

  for (; *source != '\0'; source++)
    hash = (hash ^ (guchar) *source) * 16777619u;
  return hash;
}

static Bucket *
find_bucket (const Limit *self, guint type, const char *source)
{
  guint hash = hash_source (type, source);

  for (guint i = hash & self->mask;; i = (i + 1) & self->mask)
    {
      Bucket *bucket = &self->buckets[i];

      if (bucket->thresholds == NULL ||
          (bucket->hash == hash && bucket->type == type && strcmp (bucket->source, source) == 0))
        return bucket;
    }
}

static guint
limit_match (const Limit *self, const Values *values, guint *matches)
{
  const Bucket *bucket = find_bucket (self, values->type, values->source);
  guint low = 0, high = bucket->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (bucket->thresholds[middle] <= values->score)
        low = middle + 1;
      else
        high = middle;
    }
  memcpy (matches, bucket->rules, low * sizeof (guint));
  return low;
}

/* Rules and events */

static guint
count_sources (const Shape *shape)
{
  return shape->dense ? 1 : MAX (shape->n_rules / N_TYPES / 2, 1);
}

typedef struct
{
  guint type, source, threshold;
} Rule;

static Rule
make_rule (const Shape *shape, guint i)
{
  guint n = count_sources (shape), of_type = i / N_TYPES;

  /* Spread evenly, so that on average half of a source's thresholds are reached. */
  return (Rule) { i % N_TYPES, of_type % n, (of_type * 617 + i * 7) % MOST_SCORE };
}

static void
limit_init (Limit *self, const Shape *shape)
{
  guint size = 64;

  while (size < shape->n_rules * 2)
    size *= 2;
  self->mask = size - 1;
  self->buckets = g_new0 (Bucket, size);
  for (guint i = 0; i < shape->n_rules; i++)
    {
      Rule rule = make_rule (shape, i);
      char source[24];
      Bucket *bucket;
      guint place;

      g_snprintf (source, sizeof source, "source-%u", rule.source);
      bucket = find_bucket (self, rule.type, source);
      if (bucket->thresholds == NULL)
        {
          bucket->type = rule.type;
          bucket->hash = hash_source (rule.type, source);
          g_strlcpy (bucket->source, source, sizeof bucket->source);
        }
      bucket->thresholds = g_renew (double, bucket->thresholds, bucket->n + 1);
      bucket->rules = g_renew (guint, bucket->rules, bucket->n + 1);
      for (place = bucket->n++; place > 0 && bucket->thresholds[place - 1] > rule.threshold;
           place--)
        {
          bucket->thresholds[place] = bucket->thresholds[place - 1];
          bucket->rules[place] = bucket->rules[place - 1];
        }
      bucket->thresholds[place] = rule.threshold;
      bucket->rules[place] = i;
    }
}

static void
limit_clear (Limit *self)
{
  for (guint i = 0; i <= self->mask; i++)
    {
      g_free (self->buckets[i].thresholds);
      g_free (self->buckets[i].rules);
    }
  g_free (self->buckets);
}

static char *
make_document (const Shape *shape, guint i)
{
  Rule rule = make_rule (shape, i);

  return g_strdup_printf (
      "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-%012u\",\"name\":\"Workflow %u\",\"state\":\"live\","
      "\"version\":1,\"trigger\":{\"event\":\"crm.type-%u\",\"conditions\":{\"all\":["
      "{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"source-%u\"},"
      "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":%u}]}},\"steps\":[{\"id\":\"s\","
      "\"kind\":\"create-activity\",\"activity-type\":\"call\",\"complete-within\":{\"amount\":30,"
      "\"unit\":\"minutes\"},\"notify\":{\"amount\":10,\"unit\":\"minutes\"},\"notes\":\"Call {lead.name}\"}]}",
      i, i, rule.type, rule.source, rule.threshold);
}

static WfWorkflow *
read_workflow (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  return wf_workflow_read (wf_json_document_get_root (document), NULL);
}

static GPtrArray *
make_workflows (const Shape *shape)
{
  GPtrArray *workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);

  for (guint i = 0; i < shape->n_rules; i++)
    {
      g_autofree char *text = make_document (shape, i);

      g_ptr_array_add (workflows, read_workflow (text));
    }
  return workflows;
}

static char *
make_event (const Shape *shape, GRand *rand, guint i)
{
  /* From Monday 2 November 2026 on, a minute after the other within a month. */
  guint minute = i * 30 * 1440 / N_EVENTS;

  return g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/acme\",\"type\":\"crm.type-%d\","
      "\"time\":\"2026-11-%02uT%02u:%02u:00-03:00\",\"subject\":\"lead/l-%u\",\"data\":{\"lead\":{"
      "\"id\":\"l-%u\",\"name\":\"Padaria Sol %u\",\"owner\":\"ana\",\"source\":\"source-%d\","
      "\"origin\":\"web\",\"stage\":\"filter-1\",\"score\":%d,\"email\":\"contato@padariasol.example\","
      "\"custom\":{\"sector\":\"food\"}},\"actor\":\"crm\",\"import\":false}}",
      i, g_rand_int_range (rand, 0, N_TYPES), 1 + minute / 1440 % 30, minute / 60 % 24, minute % 60,
      i, i, i, g_rand_int_range (rand, 0, (gint32) count_sources (shape)),
      g_rand_int_range (rand, 0, MOST_SCORE));
}

static WfEvent *
read_event (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  return wf_event_read (document, wf_json_document_get_root (document), WF_INSTANT_NONE, NULL);
}

static Values
take_values (const WfEvent *event)
{
  const WfJson *score = wf_event_get_field (event, "lead.score");

  return (Values) {
    .type =
        (guint) g_ascii_strtoull (wf_event_get_event_type (event) + strlen ("crm.type-"), NULL, 10),
    .source = wf_json_get_string (wf_event_get_field (event, "lead.source")),
    .score = wf_json_get_double (score, 0),
  };
}

/* Measuring */

/* Seconds of processor time: everything here is computing, and other programs on the computer do
 * not count. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_numbers);
  return values[n / 2];
}

static void
report (const char *name, const char *unit, double value, const char *reference_name,
        double reference)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_add_string (writer, "unit", unit);
  wf_json_writer_add_double (writer, "value", value);
  if (reference_name != NULL)
    {
      wf_json_writer_add_string (writer, "reference", reference_name);
      wf_json_writer_add_double (writer, "reference-value", reference);
      wf_json_writer_add_double (writer, "ratio", value / reference);
    }
  text = wf_json_writer_finish (writer, FALSE);
  g_print ("%s\n", text);
}

static void
report_shape (const Shape *shape, const char *what, double value, double limit)
{
  g_autofree char *name = g_strdup_printf ("engine/%s/%s", shape->name, what);

  report (name, "events/s", value, "plain C", limit);
}

typedef struct
{
  const WfEngine *engine;
  const Limit *limit;
  char **texts;
  WfEvent *events[BATCH];
  Values values[BATCH];
  guint *matches;
  GArray *verdicts;
  double started;
  double plain, all, least, parsing; /* seconds of the round */
  guint64 n_matches, n_least;
} Round;

static void
begin (Round *self)
{
  self->started = now ();
}

static void
end (Round *self, double *seconds)
{
  *seconds += now () - self->started;
}

static void
decide_batch (Round *self, gboolean all)
{
  for (guint i = 0; i < BATCH; i++)
    {
      g_array_set_size (self->verdicts, 0);
      wf_engine_evaluate (self->engine, self->events[i], 0, NULL, all, self->verdicts);
      if (!all)
        self->n_matches += self->verdicts->len;
    }
}

static void
run_batch (Round *self, guint first)
{
  begin (self);
  for (guint i = 0; i < BATCH; i++)
    self->events[i] = read_event (self->texts[first + i]);
  end (self, &self->parsing);
  for (guint i = 0; i < BATCH; i++)
    self->values[i] = take_values (self->events[i]);
  begin (self);
  for (guint i = 0; i < BATCH; i++)
    self->n_least += limit_match (self->limit, &self->values[i], self->matches);
  end (self, &self->least);
  begin (self);
  decide_batch (self, FALSE);
  end (self, &self->plain);
  begin (self);
  decide_batch (self, TRUE);
  end (self, &self->all);
  for (guint i = 0; i < BATCH; i++)
    wf_event_unref (self->events[i]);
}

/* Seconds that 100,000 events cost: in memory, and with parsing. */
typedef struct
{
  double plain, parsed, least;
} Cost;

static Cost
measure (const Shape *shape)
{
  double plain[ROUNDS], all[ROUNDS], least[ROUNDS], parsing[ROUNDS];
  g_autoptr (GPtrArray) workflows = make_workflows (shape);
  g_autoptr (WfEngine) engine = wf_engine_new (NULL, workflows);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GRand *rand = g_rand_new_with_seed (42);
  Limit limit;
  Cost cost;

  limit_init (&limit, shape);
  for (guint i = 0; i < N_EVENTS; i++)
    g_ptr_array_add (texts, make_event (shape, rand, i));
  for (guint i = 0; i < ROUNDS; i++)
    {
      Round round = { .engine = engine, .limit = &limit, .texts = (char **) texts->pdata };

      round.verdicts = g_array_new (FALSE, FALSE, sizeof (WfVerdict));
      round.matches = g_new (guint, shape->n_rules);
      for (guint first = 0; first < N_EVENTS; first += BATCH)
        run_batch (&round, first);
      g_assert_cmpuint (round.n_matches, ==, round.n_least);
      if (i == 0)
        g_printerr ("%s: %.2f matches an event\n", shape->name,
                    (double) round.n_matches / N_EVENTS);
      plain[i] = round.plain;
      all[i] = round.all;
      least[i] = round.least;
      parsing[i] = round.parsing;
      g_array_unref (round.verdicts);
      g_free (round.matches);
    }
  cost = (Cost) { get_median (plain, ROUNDS), 0, get_median (least, ROUNDS) };
  cost.parsed = cost.plain + get_median (parsing, ROUNDS);
  report_shape (shape, "matches", N_EVENTS / cost.plain, N_EVENTS / cost.least);
  report_shape (shape, "all-verdicts", N_EVENTS / get_median (all, ROUNDS), N_EVENTS / cost.least);
  report_shape (shape, "parsing-and-matches", N_EVENTS / cost.parsed, N_EVENTS / cost.least);
  limit_clear (&limit);
  g_rand_free (rand);
  return cost;
}

/* From text to an engine that can decide, beside parsing alone. */
static void
measure_loading (void)
{
  const Shape *shape = &shapes[2];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  double loading[ROUNDS], parsing[ROUNDS];

  for (guint i = 0; i < shape->n_rules; i++)
    g_ptr_array_add (texts, make_document (shape, i));
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) workflows =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
      double start = now ();
      WfEngine *engine;

      for (guint j = 0; j < texts->len; j++)
        wf_json_document_unref (wf_json_document_parse (g_ptr_array_index (texts, j), -1, 0, NULL));
      parsing[i] = now () - start;
      start = now ();
      for (guint j = 0; j < texts->len; j++)
        g_ptr_array_add (workflows, read_workflow (g_ptr_array_index (texts, j)));
      engine = wf_engine_new (NULL, workflows);
      loading[i] = now () - start;
      wf_engine_unref (engine);
    }
  report ("engine/load/10000", "s", get_median (loading, ROUNDS), "parsing alone",
          get_median (parsing, ROUNDS));
}

static void
on_line (const char *line, gpointer user_data)
{
  *(guint64 *) user_data += strlen (line);
}

/* A month of 100,000 events in memory, with the lines that it prints. */
static void
measure_replay (gboolean explain)
{
  const Shape *shape = &shapes[4];
  g_autoptr (GPtrArray) workflows = make_workflows (shape);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GRand *rand = g_rand_new_with_seed (42);
  double times[3], parsing[3];

  for (guint i = 0; i < N_EVENTS; i++)
    g_ptr_array_add (texts, make_event (shape, rand, i));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      guint64 bytes = 0;
      WfReplay *replay = wf_replay_new (NULL, workflows, explain, on_line, &bytes);
      double start = now ();

      for (guint j = 0; j < N_EVENTS; j++)
        wf_event_unref (read_event (g_ptr_array_index (texts, j)));
      parsing[i] = now () - start;
      start = now ();
      for (guint j = 0; j < N_EVENTS; j++)
        {
          g_autoptr (WfEvent) event = read_event (g_ptr_array_index (texts, j));

          wf_replay_add (replay, event);
        }
      wf_replay_finish (replay, WF_INSTANT_NONE);
      times[i] = now () - start;
      wf_replay_free (replay);
    }
  report (explain ? "replay/month/explain" : "replay/month", "s",
          get_median (times, G_N_ELEMENTS (times)), "parsing alone",
          get_median (parsing, G_N_ELEMENTS (parsing)));
  g_rand_free (rand);
}

/* -- for other engines ------------------------------------------------------------------------- */

static const Shape *
find_shape (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].name, name))
      return &shapes[i];
  return NULL;
}

static char *
make_rules_text (const Shape *shape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shape->n_rules; i++)
    {
      Rule rule = make_rule (shape, i);

      g_string_append_printf (text, "crm.type-%u source-%u %u\n", rule.type, rule.source,
                              rule.threshold);
    }
  return g_string_free_and_steal (text);
}

/* Type, source, score and the matches of all events so far, one event a line. */
static char *
make_events_text (const Shape *shape)
{
  GString *text = g_string_new (NULL);
  g_autofree guint *matches = g_new (guint, shape->n_rules);
  GRand *rand = g_rand_new_with_seed (42);
  guint64 n_matches = 0;
  Limit limit;

  limit_init (&limit, shape);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *json = make_event (shape, rand, i);
      g_autoptr (WfEvent) event = read_event (json);
      Values values = take_values (event);

      n_matches += limit_match (&limit, &values, matches);
      g_string_append_printf (text, "crm.type-%u %s %u %" G_GUINT64_FORMAT "\n", values.type,
                              values.source, (guint) values.score, n_matches);
    }
  limit_clear (&limit);
  g_rand_free (rand);
  return g_string_free_and_steal (text);
}

static int
write_shape (const char *folder, const char *name)
{
  const Shape *shape = find_shape (name);
  g_autofree char *rules_path = g_build_filename (folder, "rules.txt", NULL);
  g_autofree char *events_path = g_build_filename (folder, "events.txt", NULL);
  g_autofree char *rules = NULL, *events = NULL;
  g_autoptr (GError) error = NULL;

  if (shape == NULL)
    return 2;
  rules = make_rules_text (shape);
  events = make_events_text (shape);
  if (!g_file_set_contents (rules_path, rules, -1, &error) ||
      !g_file_set_contents (events_path, events, -1, &error))
    {
      g_printerr ("bench-engine: %s\n", error->message);
      return 1;
    }
  return 0;
}

/* With an argument only the shape of that name, such as "dense/1000", or "load" or "replay" is
 * measured. */
static gboolean
measure_one (const char *name)
{
  const Shape *shape = find_shape (name);

  if (shape != NULL)
    measure (shape);
  else if (g_str_equal (name, "load"))
    measure_loading ();
  else if (g_str_equal (name, "replay"))
    measure_replay (FALSE);
  else
    return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Cost costs[G_N_ELEMENTS (shapes)];

  if (argc == 4 && g_str_equal (argv[1], "--write"))
    return write_shape (argv[2], argv[3]);
  if (argc > 1)
    return measure_one (argv[1]) ? 0 : 2;
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    costs[i] = measure (&shapes[i]);
  report ("engine/sparse/growth", "cost at 10000 / cost at 100", costs[5].plain / costs[3].plain,
          "plain C", costs[5].least / costs[3].least);
  report ("engine/sparse/growth-with-parsing", "cost at 10000 / cost at 100",
          costs[5].parsed / costs[3].parsed, NULL, 0);
  measure_loading ();
  measure_replay (FALSE);
  measure_replay (TRUE);
  return 0;
}
