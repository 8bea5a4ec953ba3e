/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a replay remembers of the past. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-replay-memory.h"

#include "wf-lead-view.h"

#include <string.h>

#define DAY (24 * G_TIME_SPAN_HOUR)
#define STORM_WINDOW (10 * G_TIME_SPAN_MINUTE) /* S13 */
#define MOST_YOUNG_LEADS                                                                           \
  50000 /* so that memory does not grow with the log: leads long unheard of are forgotten */

typedef struct
{
  guint total, open;
} Runs;

typedef struct
{
  WfJsonDocument *document; /* (owned) */
  WfInstant at;             /* of the newest event that told of it */
} Lead;

struct _WfReplayMemory
{
  WfEngineMemory answers;
  GChecksum *checksum;     /* (owned) */
  GHashTable *events;      /* (owned) set of hashes of source and id */
  GHashTable *activities;  /* (owned) set of hashes of keys */
  GHashTable *young, *old; /* (owned) lead -> Lead; what is looked up becomes young */
  GHashTable *runs;        /* (owned) "workflow LF lead" -> Runs; only of workflows that ask */
  GHashTable *today;       /* (owned) "workflow LF lead" -> runs of the day */
  gint64 day;              /* days since 1970 */
  gboolean storms;
  GHashTable *recent; /* (owned) workflow -> GQueue of instants, newest last */
};

static void
lead_free (gpointer data)
{
  Lead *self = data;

  wf_json_document_unref (self->document);
  g_free (self);
}

static GHashTable *
new_leads (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lead_free);
}

static char *
make_name (const char *workflow, const char *lead)
{
  return g_strconcat (workflow, "\n", lead, NULL);
}

static guint
count_runs (const char *workflow, const char *lead, gboolean only_open, gpointer user_data)
{
  WfReplayMemory *self = user_data;
  g_autofree char *name = make_name (workflow, lead);
  const Runs *runs = g_hash_table_lookup (self->runs, name);

  return runs == NULL ? 0 : (only_open ? runs->open : runs->total);
}

static void
begin_day (WfReplayMemory *self, WfInstant at)
{
  gint64 day = at >= 0 ? at / DAY : (at + 1) / DAY - 1;

  if (day == self->day)
    return;
  self->day = day;
  g_hash_table_remove_all (self->today);
}

static guint
count_runs_on_day (const char *workflow, const char *lead, WfInstant at, gpointer user_data)
{
  WfReplayMemory *self = user_data;
  g_autofree char *name = make_name (workflow, lead);

  begin_day (self, at);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->today, name));
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, g_free);
}

static guint
count_recent_runs (const char *workflow, WfInstant at, gpointer user_data)
{
  WfReplayMemory *self = user_data;
  GQueue *instants = g_hash_table_lookup (self->recent, workflow);

  if (instants == NULL)
    return 0;
  while (!g_queue_is_empty (instants) &&
         *(WfInstant *) g_queue_peek_head (instants) <= at - STORM_WINDOW)
    g_free (g_queue_pop_head (instants));
  return g_queue_get_length (instants);
}

static const WfJson *
get_lead (const char *lead, gpointer user_data)
{
  return wf_replay_memory_get_lead (user_data, lead);
}

WfReplayMemory *
wf_replay_memory_new (gboolean storms)
{
  WfReplayMemory *self = g_new0 (WfReplayMemory, 1);

  self->answers =
      (WfEngineMemory) { self, count_runs, count_runs_on_day, count_recent_runs, get_lead };
  self->checksum = g_checksum_new (G_CHECKSUM_SHA1);
  self->events = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->activities = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->young = new_leads ();
  self->old = new_leads ();
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->today = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->recent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->day = G_MININT64;
  self->storms = storms;
  return self;
}

void
wf_replay_memory_free (WfReplayMemory *self)
{
  if (self == NULL)
    return;
  g_checksum_free (self->checksum);
  g_hash_table_unref (self->events);
  g_hash_table_unref (self->activities);
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_hash_table_unref (self->runs);
  g_hash_table_unref (self->today);
  g_hash_table_unref (self->recent);
  g_free (self);
}

const WfEngineMemory *
wf_replay_memory_get (WfReplayMemory *self)
{
  return &self->answers;
}

/* Of each event, and of each activity, eight bytes are kept: a month of a large company fits
 * without a thought. */
static gpointer
digest (WfReplayMemory *self, const char *space, const char *id)
{
  guint8 sum[20];
  gsize length = sizeof sum;
  guint64 hash;

  g_checksum_reset (self->checksum);
  g_checksum_update (self->checksum, (const guchar *) space,
                     (gssize) strlen (space) + 1); /* with its NUL */
  g_checksum_update (self->checksum, (const guchar *) id, (gssize) strlen (id));
  g_checksum_get_digest (self->checksum, sum, &length);
  memcpy (&hash, sum, sizeof hash);
  return GSIZE_TO_POINTER (hash);
}

gboolean
wf_replay_memory_add_event (WfReplayMemory *self, const WfEvent *event)
{
  return g_hash_table_add (self->events,
                           digest (self, wf_event_get_source (event), wf_event_get_id (event)));
}

static gpointer
digest_key (WfReplayMemory *self, const char *key)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);

  return digest (self, "", lower);
}

void
wf_replay_memory_add_activity (WfReplayMemory *self, const char *key)
{
  g_hash_table_add (self->activities, digest_key (self, key));
}

gboolean
wf_replay_memory_has_activity (WfReplayMemory *self, const char *key)
{
  return g_hash_table_contains (self->activities, digest_key (self, key));
}

static Lead *
find_lead (WfReplayMemory *self, const char *id)
{
  Lead *lead = g_hash_table_lookup (self->young, id);
  gpointer old_id, old_lead;

  if (lead != NULL || !g_hash_table_steal_extended (self->old, id, &old_id, &old_lead))
    return lead;
  g_hash_table_insert (self->young, old_id, old_lead);
  return old_lead;
}

const WfJson *
wf_replay_memory_get_lead (WfReplayMemory *self, const char *lead)
{
  const Lead *found = lead != NULL ? find_lead (self, lead) : NULL;

  return found != NULL ? wf_json_document_get_root (found->document) : NULL;
}

static void
add_lead (WfReplayMemory *self, const char *id, WfJsonDocument *document, WfInstant at)
{
  Lead *lead = g_new (Lead, 1);

  *lead = (Lead) { document, at };
  g_hash_table_insert (self->young, g_strdup (id), lead);
  if (g_hash_table_size (self->young) <= MOST_YOUNG_LEADS)
    return;
  g_hash_table_unref (self->old);
  self->old = self->young;
  self->young = new_leads ();
}

void
wf_replay_memory_update_lead (WfReplayMemory *self, const WfEvent *event)
{
  const WfJson *carried = wf_event_get_lead_members (event);
  const char *id = wf_event_get_lead (event);
  WfJsonDocument *merged;
  Lead *lead;

  if (id == NULL || carried == NULL)
    return;
  lead = find_lead (self, id);
  if (lead == NULL)
    {
      add_lead (self, id, wf_json_document_extract (carried), wf_event_get_time (event));
      return;
    }
  if (wf_event_get_time (event) < lead->at)
    return;
  merged = wf_lead_view_merge (wf_json_document_get_root (lead->document), carried);
  wf_json_document_unref (lead->document);
  lead->document = merged;
  lead->at = wf_event_get_time (event);
}

void
wf_replay_memory_set_lead (WfReplayMemory *self, const char *id, WfJsonDocument *after,
                           WfInstant at)
{
  Lead *lead = find_lead (self, id);

  if (lead == NULL)
    {
      add_lead (self, id, after, at);
      return;
    }
  wf_json_document_unref (lead->document);
  lead->document = after;
  lead->at = MAX (lead->at, at);
}

static gboolean
counts_runs (const WfWorkflow *workflow)
{
  return workflow->reentry == WF_REENTRY_ONCE_PER_LEAD ||
         workflow->reentry == WF_REENTRY_ONCE_WHILE_OPEN;
}

static void
add_recent (WfReplayMemory *self, const char *workflow, WfInstant now)
{
  GQueue *instants = g_hash_table_lookup (self->recent, workflow);

  if (instants == NULL)
    {
      instants = g_queue_new ();
      g_hash_table_insert (self->recent, g_strdup (workflow), instants);
    }
  count_recent_runs (workflow, now, self);
  g_queue_push_tail (instants, g_memdup2 (&now, sizeof now));
}

void
wf_replay_memory_add_run (WfReplayMemory *self, const WfWorkflow *workflow, const char *lead,
                          WfInstant now)
{
  g_autofree char *name = NULL;
  guint n;

  if (self->storms)
    add_recent (self, workflow->id, now);
  if (lead == NULL)
    return;
  name = make_name (workflow->id, lead);
  if (counts_runs (workflow))
    {
      Runs *runs = g_hash_table_lookup (self->runs, name);

      if (runs == NULL)
        g_hash_table_insert (self->runs, g_strdup (name), runs = g_new0 (Runs, 1));
      runs->total++;
      runs->open++;
    }
  begin_day (self, now);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->today, name));
  g_hash_table_replace (self->today, g_steal_pointer (&name), GUINT_TO_POINTER (n + 1));
}

void
wf_replay_memory_end_run (WfReplayMemory *self, const WfWorkflow *workflow, const char *lead)
{
  g_autofree char *name = lead != NULL && counts_runs (workflow) ? make_name (workflow->id, lead)
                                                                 : NULL;
  Runs *runs = name != NULL ? g_hash_table_lookup (self->runs, name) : NULL;

  if (runs != NULL && runs->open > 0)
    runs->open--;
}
