/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities: storing them without losing what a person changed here, and reading one. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

enum
{
  FLAG_BUSINESS_HOURS = 1 << 0,
  FLAG_ARRIVED_LATE = 1 << 1,
  FLAG_PINNED = 1 << 2,
};

/* What a person may change here: kept while it is in the outbox (B18). */
enum
{
  LOCAL_STATUS = 1 << 0, /* with completed and outcome */
  LOCAL_PERSON = 1 << 1,
  LOCAL_DUE = 1 << 2, /* with pinned */
  LOCAL_REMIND = 1 << 3,
  LOCAL_NOTES = 1 << 4,
};

/* How "became late" is told (S22): by the watermark over all deadlines; or, when the deadline was behind the watermark
 * already, one by one; or not (again). */
enum
{
  LATE_BY_WATERMARK,
  LATE_WATCHED,
  LATE_TOLD,
};

/* Names of an activity as numbers. */
typedef struct
{
  gint64 person, origin, workflow, zone, type, workflow_name, step, event_source, event_type;
} Names;

/* What the stored row is like, as far as the new one depends on it. */
typedef struct
{
  gint64 no; /* 0 = none */
  WfActivity *activity; /* (owned) */
  int late, local;
  char *run; /* (owned) (nullable) */
} Stored;

static void
stored_clear (Stored *self)
{
  g_clear_pointer (&self->activity, wf_activity_unref);
  g_clear_pointer (&self->run, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stored, stored_clear)

/* ---- reading ---- */

WfActivity *
wf_store_read_activity (WfStore *self, sqlite3_stmt *row)
{
  g_autofree char *id = wf_column_dup_key (row, 0);
  WfActivity *a = wf_activity_new (id);
  int flags = sqlite3_column_int (row, 18);

  a->lead = wf_column_dup_key (row, 1);
  a->lead_name = wf_column_dup_text (row, 2);
  a->lead_phone = wf_column_dup_text (row, 3);
  a->lead_email = wf_column_dup_text (row, 4);
  g_set_str (&a->type, wf_store_get_name (self, sqlite3_column_int64 (row, 5)));
  g_free (a->title);
  a->title = wf_column_dup_text (row, 6);
  a->notes = wf_column_dup_text (row, 7);
  a->person = wf_column_dup_name (self, row, 8);
  a->created = wf_column_instant (row, 9);
  a->due = wf_column_instant (row, 10);
  a->original_due = wf_column_instant (row, 11);
  a->remind = wf_column_instant (row, 12);
  a->visible_from = wf_column_instant (row, 13);
  a->completed = wf_column_instant (row, 14);
  a->zone = wf_column_dup_name (self, row, 15);
  a->status = (WfActivityStatus) sqlite3_column_int (row, 16);
  a->outcome = wf_column_dup_text (row, 17);
  a->business_hours = (flags & FLAG_BUSINESS_HOURS) != 0;
  a->arrived_late = (flags & FLAG_ARRIVED_LATE) != 0;
  a->pinned = (flags & FLAG_PINNED) != 0;
  a->workflow = wf_column_dup_name (self, row, 19);
  a->workflow_name = wf_column_dup_name (self, row, 20);
  a->step = wf_column_dup_name (self, row, 21);
  a->event_source = wf_column_dup_name (self, row, 22);
  a->event_id = wf_column_dup_key (row, 23);
  a->event_type = wf_column_dup_name (self, row, 24);
  a->workflow_version = sqlite3_column_int64 (row, 25);
  a->cause = wf_column_dup_text (row, 26);
  a->explanation = wf_column_dup_text (row, 27);
  a->etag = wf_column_dup_text (row, 28);
  a->sync = (WfSyncState) sqlite3_column_int (row, 29);
  a->sync_error = wf_column_dup_text (row, 30);
  return a;
}

gint64
wf_store_find_activity (WfStore *self, const WfKey *key)
{
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT no FROM activities WHERE hash = ? AND id = ?");

  sqlite3_bind_int64 (find, 1, wf_key_hash (key));
  wf_bind_key (find, 2, key);
  return wf_store_step (self, find) ? sqlite3_column_int64 (find, 0) : 0;
}

static void
find_stored (WfStore *self, const WfKey *key, Stored *stored)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT " WF_ACTIVITY_COLUMNS ", a.no, a.late, a.local, a.run FROM activities a WHERE a.hash = ? AND a.id = ?");

  sqlite3_bind_int64 (select, 1, wf_key_hash (key));
  wf_bind_key (select, 2, key);
  if (!wf_store_step (self, select))
    return;
  stored->activity = wf_store_read_activity (self, select);
  stored->no = sqlite3_column_int64 (select, 31);
  stored->late = sqlite3_column_int (select, 32);
  stored->local = sqlite3_column_int (select, 33);
  stored->run = wf_column_dup_run (self, select, 34);
}

/**
 * wf_store_get_activity:
 *
 * Result: (nullable): owned by the caller.
 */
WfActivity *
wf_store_get_activity (WfStore *self, const char *id)
{
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT " WF_ACTIVITY_COLUMNS " FROM activities a WHERE a.hash = ? AND a.id = ?");

  wf_key_init (&key, id);
  sqlite3_bind_int64 (select, 1, wf_key_hash (&key));
  wf_bind_key (select, 2, &key);
  return wf_store_step (self, select) ? wf_store_read_activity (self, select) : NULL;
}

/**
 * wf_store_get_activity_run:
 *
 * Result: (nullable): key of the run that made it; owned by the caller.
 */
char *
wf_store_get_activity_run (WfStore *self, const char *id)
{
  WfKey key;
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT run FROM activities WHERE hash = ? AND id = ?");

  wf_key_init (&key, id);
  sqlite3_bind_int64 (select, 1, wf_key_hash (&key));
  wf_bind_key (select, 2, &key);
  return wf_store_step (self, select) ? wf_column_dup_run (self, select, 0) : NULL;
}

/* ---- what was changed here ---- */

static int
compare_local (const WfActivity *before, const WfActivity *after)
{
  int local = 0;

  if (before->status != after->status || before->completed != after->completed ||
      g_strcmp0 (before->outcome, after->outcome) != 0)
    local |= LOCAL_STATUS;
  if (g_strcmp0 (before->person, after->person) != 0)
    local |= LOCAL_PERSON;
  if (before->due != after->due || before->pinned != after->pinned)
    local |= LOCAL_DUE;
  if (before->remind != after->remind)
    local |= LOCAL_REMIND;
  if (g_strcmp0 (before->notes, after->notes) != 0)
    local |= LOCAL_NOTES;
  return local;
}

/* The CRM's state with this computer's changes on top. Owned by the caller. */
static WfActivity *
merge (const WfActivity *theirs, const WfActivity *ours, int local)
{
  WfActivity *merged = wf_activity_copy (theirs);

  if (local & LOCAL_STATUS)
    {
      merged->status = ours->status;
      merged->completed = ours->completed;
      g_set_str (&merged->outcome, ours->outcome);
    }
  if (local & LOCAL_PERSON)
    g_set_str (&merged->person, ours->person);
  if (local & LOCAL_DUE)
    {
      merged->due = ours->due;
      merged->pinned = ours->pinned;
    }
  if (local & LOCAL_REMIND)
    merged->remind = ours->remind;
  if (local & LOCAL_NOTES)
    g_set_str (&merged->notes, ours->notes);
  merged->sync = ours->sync;
  g_set_str (&merged->sync_error, ours->sync_error);
  return merged;
}

/* What only this computer knows and the CRM does not send back is not lost by its answer. */
static void
keep_own_knowledge (WfActivity *merged, const WfActivity *ours)
{
  if (merged->explanation == NULL)
    merged->explanation = g_strdup (ours->explanation);
  if (merged->cause == NULL)
    merged->cause = g_strdup (ours->cause);
  if (merged->lead_name == NULL)
    merged->lead_name = g_strdup (ours->lead_name);
  if (merged->lead_phone == NULL)
    merged->lead_phone = g_strdup (ours->lead_phone);
  if (merged->lead_email == NULL)
    merged->lead_email = g_strdup (ours->lead_email);
  if (merged->workflow_name == NULL)
    merged->workflow_name = g_strdup (ours->workflow_name);
}

static gboolean
has_change_waiting (WfStore *self, const WfKey *key)
{
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT 1 FROM outbox WHERE subject = ? AND kind = 1 AND state < 2 LIMIT 1");

  wf_bind_key (find, 1, key);
  return wf_store_step (self, find);
}

/* The row that is to be, where it is not simply the given one: the CRM's with our pending changes, or the CRM's when an engine
 * here decides once more on what the CRM has already. NULL: the given one. local: receives what is ours in it. */
static WfActivity *
reconcile (WfStore *self, const WfActivity *activity, const WfKey *key, const Stored *stored, int *local)
{
  WfActivity *result;

  *local = 0;
  if (stored->no == 0)
    return NULL;
  if (activity->sync == WF_SYNC_LOCAL && activity->etag == NULL && stored->activity->etag != NULL)
    {
      *local = stored->local;
      result = wf_activity_copy (stored->activity);
      keep_own_knowledge (result, activity);
      return result;
    }
  if (activity->sync != WF_SYNC_CONFIRMED)
    {
      *local = compare_local (stored->activity, activity) | (has_change_waiting (self, key) ? stored->local : 0);
      return NULL;
    }
  if (stored->local != 0 && has_change_waiting (self, key))
    {
      *local = stored->local;
      result = merge (activity, stored->activity, stored->local);
    }
  else
    result = wf_activity_copy (activity);
  keep_own_knowledge (result, stored->activity);
  return result;
}

/* ---- writing ---- */

static gboolean
intern_names (WfStore *self, const WfActivity *a, Names *names, GError **error)
{
  names->origin = wf_store_get_lead_origin (self, a->lead);
  return wf_store_intern (self, a->person, &names->person, error) &&
         wf_store_intern (self, a->workflow, &names->workflow, error) &&
         wf_store_intern (self, a->zone, &names->zone, error) && wf_store_intern (self, a->type, &names->type, error) &&
         wf_store_intern (self, a->workflow_name, &names->workflow_name, error) &&
         wf_store_intern (self, a->step, &names->step, error) &&
         wf_store_intern (self, a->event_source, &names->event_source, error) &&
         wf_store_intern (self, a->event_type, &names->event_type, error);
}

static void
bind_numbers (sqlite3_stmt *s, const WfActivity *a, const Names *names)
{
  wf_bind_number (s, 7, names->person);
  wf_bind_number (s, 8, names->origin);
  wf_bind_number (s, 9, names->workflow);
  wf_bind_instant (s, 10, a->created);
  wf_bind_instant (s, 11, a->due);
  wf_bind_instant (s, 12, a->visible_from);
  wf_bind_instant (s, 13, a->completed);
  wf_bind_instant (s, 15, a->original_due);
  wf_bind_instant (s, 16, a->remind);
  wf_bind_number (s, 17, names->zone);
  wf_bind_number (s, 18, names->type);
  wf_bind_number (s, 19, names->workflow_name);
  sqlite3_bind_int64 (s, 20, a->workflow_version);
  wf_bind_number (s, 21, names->step);
  wf_bind_number (s, 22, names->event_source);
  wf_bind_number (s, 23, names->event_type);
}

static void
bind_texts (sqlite3_stmt *s, const WfActivity *a)
{
  const char *const texts[] = { a->lead_name, a->lead_phone, a->lead_email, a->title,      a->notes,
                                a->outcome,   a->etag,       a->sync_error, a->cause,      a->explanation };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    wf_bind_text (s, (int) i + 27, texts[i]);
}

static gboolean
write_row (WfStore *self, const WfActivity *a, const Names *names, const WfKey *key, gint64 no, int late, int local,
           const char *run, GError **error)
{
  WfKey lead, event, run_key;
  /* Parameters 1 to 36 are the columns from hash on; 37 is the row's number. */
  g_auto (WfStatement) s = wf_store_prepare (
      self, no == 0 ? "INSERT INTO activities (hash, status, late, sync, local, flags, person, origin, workflow, created, due,"
                      " visible_from, completed, run, original_due, remind, zone, type, workflow_name, version, step,"
                      " event_source, event_type, id, lead, event_id, lead_name, lead_phone, lead_email, title, notes, outcome,"
                      " etag, sync_error, cause, explanation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                      " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33,"
                      " ?34, ?35, ?36)"
                    : "UPDATE activities SET status = ?2, late = ?3, sync = ?4, local = ?5, flags = ?6, person = ?7,"
                      " origin = ?8, workflow = ?9, created = ?10, due = ?11, visible_from = ?12, completed = ?13, run = ?14,"
                      " original_due = ?15, remind = ?16, zone = ?17, type = ?18, workflow_name = ?19, version = ?20,"
                      " step = ?21, event_source = ?22, event_type = ?23, lead = ?25, event_id = ?26, lead_name = ?27,"
                      " lead_phone = ?28, lead_email = ?29, title = ?30, notes = ?31, outcome = ?32, etag = ?33,"
                      " sync_error = ?34, cause = ?35, explanation = ?36 WHERE no = ?37");
  int flags = (a->business_hours ? FLAG_BUSINESS_HOURS : 0) | (a->arrived_late ? FLAG_ARRIVED_LATE : 0) |
              (a->pinned ? FLAG_PINNED : 0);

  wf_key_init (&lead, a->lead);
  wf_key_init (&event, a->event_id);
  sqlite3_bind_int (s, 2, a->status);
  sqlite3_bind_int (s, 3, late);
  sqlite3_bind_int (s, 4, a->sync);
  sqlite3_bind_int (s, 5, local);
  sqlite3_bind_int (s, 6, flags);
  bind_numbers (s, a, names);
  wf_bind_run (self, s, 14, run, &run_key);
  wf_bind_key (s, 25, &lead);
  wf_bind_key (s, 26, &event);
  bind_texts (s, a);
  if (no == 0)
    {
      sqlite3_bind_int64 (s, 1, wf_key_hash (key));
      wf_bind_key (s, 24, key);
    }
  else
    sqlite3_bind_int64 (s, 37, no);
  return wf_store_run (self, s, error);
}

/* Once told stays told, whatever becomes of the deadline; what is behind the watermark is watched one by one. */
static int
decide_late (WfStore *self, const WfActivity *a, const Stored *stored)
{
  WfInstant told_before = wf_store_get_late_watermark (self);

  if (stored->no != 0)
    {
      const WfActivity *old = stored->activity;

      if (stored->late == LATE_TOLD)
        return LATE_TOLD;
      if (stored->late == LATE_BY_WATERMARK && old->status == WF_ACTIVITY_OPEN && old->due != WF_INSTANT_NONE &&
          told_before != WF_INSTANT_NONE && old->due < told_before)
        return LATE_TOLD;
    }
  if (a->status != WF_ACTIVITY_OPEN || a->due == WF_INSTANT_NONE || told_before == WF_INSTANT_NONE)
    return LATE_BY_WATERMARK;
  return a->due < told_before ? LATE_WATCHED : LATE_BY_WATERMARK;
}

static void
count_figures (WfStore *self, const WfActivity *a, gint64 workflow, int sign)
{
  gboolean done = a->status == WF_ACTIVITY_DONE;
  gboolean on_time = done && (a->due == WF_INSTANT_NONE || a->completed <= a->due);

  wf_store_count_day (self, workflow, a->created, sign, done ? sign : 0, on_time ? sign : 0);
}

static gboolean
move_between_leads (WfStore *self, const WfActivity *a, const Stored *stored, gint64 no, GError **error)
{
  WfKey lead, old_lead;

  wf_key_init (&lead, a->lead);
  if (stored->no != 0)
    {
      if (g_strcmp0 (stored->activity->lead, a->lead) == 0)
        return TRUE;
      wf_key_init (&old_lead, stored->activity->lead);
      if (!wf_store_remove_lead_item (self, &old_lead, WF_LEAD_ITEM_ACTIVITY, no, error))
        return FALSE;
    }
  return wf_store_add_lead_item (self, &lead, WF_LEAD_ITEM_ACTIVITY, no, 0, WF_INSTANT_NONE, error);
}

static gboolean
update_figures (WfStore *self, const WfActivity *a, gint64 workflow, const Stored *stored)
{
  if (stored->no != 0)
    count_figures (self, stored->activity, wf_store_find_name (self, stored->activity->workflow), -1);
  count_figures (self, a, workflow, 1);
  return TRUE;
}

/**
 * wf_store_put_activity:
 * @run_key: (nullable): the run that made it; NULL keeps what is known
 *
 * See the header for how the CRM's state and this computer's pending changes meet.
 */
gboolean
wf_store_put_activity (WfStore *self, const WfActivity *activity, const char *run_key, GError **error)
{
  g_autoptr (WfActivity) reconciled = NULL;
  g_auto (Stored) stored = { 0 };
  const WfActivity *a = activity;
  Names names;
  WfKey key;
  int local;
  gint64 no;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  wf_key_init (&key, activity->id);
  find_stored (self, &key, &stored);
  reconciled = reconcile (self, activity, &key, &stored, &local);
  if (reconciled != NULL)
    a = reconciled;
  if (!intern_names (self, a, &names, error) ||
      !write_row (self, a, &names, &key, stored.no, decide_late (self, a, &stored), local,
                  run_key != NULL ? run_key : stored.run, error))
    return FALSE;
  no = stored.no != 0 ? stored.no : sqlite3_last_insert_rowid (self->db);
  return move_between_leads (self, a, &stored, no, error) && update_figures (self, a, names.workflow, &stored) &&
         (stored.no == 0 ||
          wf_store_reminder_follow (self, no, a->status == WF_ACTIVITY_OPEN, names.person, error));
}
