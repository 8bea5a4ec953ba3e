/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities: storing them without losing what a person changed here, and reading one. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <glib/gi18n-lib.h>

enum
{
  FLAG_BUSINESS_HOURS = WF_ROW_BUSINESS_HOURS,
  FLAG_ARRIVED_LATE = WF_ROW_ARRIVED_LATE,
  FLAG_PINNED = WF_ROW_PINNED,
  FLAG_KIND_SHIFT = 3, /* three bits of WfActivityKind; 0 is a task, as before there were others */
  FLAG_KIND_MASK = 7,
  FLAG_CAME_CLOSED = WF_ROW_CAME_CLOSED,
  FLAG_LOCAL_SHIFT = 8, /* from here on the WF_LOCAL ones */
};

/* What a person may change here: kept while it is in the outbox (B18). */
enum
{
  LOCAL_STATUS = 1 << 0, /* with completed and outcome */
  LOCAL_PERSON = 1 << 1,
  LOCAL_DUE = 1 << 2, /* with ends and pinned */
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

/* What the stored row is like, as far as the new one depends on it. */
typedef struct
{
  gint64 no; /* 0 = none */
  gint64 origin;
  WfActivity *activity; /* (owned) */
  int late, local;
  gboolean apart, came_closed;
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
  g_autoptr (WfActivity) a = wf_activity_new (id);
  int flags = sqlite3_column_int (row, 13);

  a->lead = wf_column_dup_key (row, 1);
  a->lead_name = wf_column_dup_text (row, 2);
  a->lead_phone = wf_column_dup_text (row, 3);
  a->lead_email = wf_column_dup_text (row, 4);
  g_set_str (&a->type, wf_store_get_name (self, (guint32) sqlite3_column_int64 (row, 5)));
  g_set_str (&a->title, (const char *) sqlite3_column_text (row, 6));
  a->person = wf_column_dup_name (self, row, 7);
  a->created = wf_column_instant (row, 8);
  a->due = wf_column_instant (row, 9);
  a->visible_from = wf_column_instant (row, 10);
  a->completed = wf_column_instant (row, 11);
  a->status = (WfActivityStatus) sqlite3_column_int (row, 12);
  a->kind = (WfActivityKind) (flags >> FLAG_KIND_SHIFT & FLAG_KIND_MASK);
  a->business_hours = (flags & FLAG_BUSINESS_HOURS) != 0;
  a->arrived_late = (flags & FLAG_ARRIVED_LATE) != 0;
  a->pinned = (flags & FLAG_PINNED) != 0;
  a->workflow = wf_column_dup_name (self, row, 14);
  a->sync = (WfSyncState) sqlite3_column_int (row, 15);
  a->sync_error = wf_column_dup_text (row, 16);
  if (wf_store_body_read (self, sqlite3_column_blob (row, 17),
                          (gsize) sqlite3_column_bytes (row, 17), a))
    return g_steal_pointer (&a);
  self->damaged = TRUE;
  g_warning ("A stored activity cannot be read");
  return NULL;
}

static void
remember_activity (WfStore *self, const WfKey *key, gint64 no)
{
  g_set_str (&self->last_activity, key->text);
  self->last_activity_no = no;
}

static gboolean
is_activity (WfStore *self, gint64 number, gconstpointer key)
{
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT 1 FROM activities WHERE no = ? AND id = ?");

  sqlite3_bind_int64 (find, 1, number);
  wf_bind_key (find, 2, key);
  return wf_store_step (self, find);
}

/* Within a transaction the same activity is asked for several times in a row, also one that is not there yet. */
gint64
wf_store_find_activity (WfStore *self, const WfKey *key)
{
  gint64 no;

  if (key->text == NULL)
    return 0;
  if (self->in_transaction && g_strcmp0 (key->text, self->last_activity) == 0)
    return self->last_activity_no;
  no = wf_store_find_key (self, WF_KEY_ACTIVITY, wf_key_hash (key), is_activity, key);
  if (self->in_transaction)
    remember_activity (self, key, no);
  return no;
}

/* FALSE when the row is there and cannot be read. */
static gboolean
find_stored (WfStore *self, const WfKey *key, Stored *stored, GError **error)
{
  gint64 no = wf_store_find_activity (self, key);
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT " WF_ACTIVITY_COLUMNS
            ", a.late, a.apart, a.run, a.origin FROM activities a WHERE a.no = ?");

  sqlite3_bind_int64 (select, 1, no);
  if (no == 0 || !wf_store_step (self, select))
    return TRUE;
  stored->activity = wf_store_read_activity (self, select);
  if (stored->activity == NULL)
    {
      g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED,
                   _ ("The data of this account on this computer is damaged."));
      return FALSE;
    }
  stored->no = no;
  stored->late = sqlite3_column_int (select, WF_ACTIVITY_N_COLUMNS);
  stored->apart = sqlite3_column_int (select, WF_ACTIVITY_N_COLUMNS + 1) != 0;
  stored->run = wf_column_dup_run (self, select, WF_ACTIVITY_N_COLUMNS + 2);
  stored->origin = sqlite3_column_int64 (select, WF_ACTIVITY_N_COLUMNS + 3);
  stored->local = sqlite3_column_int (select, 13) >> FLAG_LOCAL_SHIFT;
  stored->came_closed = (sqlite3_column_int (select, 13) & FLAG_CAME_CLOSED) != 0;
  return TRUE;
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
      wf_store_prepare (self, "SELECT " WF_ACTIVITY_COLUMNS " FROM activities a WHERE a.no = ?");

  wf_key_init (&key, id);
  sqlite3_bind_int64 (select, 1, wf_store_find_activity (self, &key));
  return wf_store_step (self, select) ? wf_store_read_activity (self, select) : NULL;
}

WfActivity *
wf_store_get_activity_by_number (WfStore *self, gint64 no)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT " WF_ACTIVITY_COLUMNS " FROM activities a WHERE a.no = ?");

  sqlite3_bind_int64 (select, 1, no);
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
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT run FROM activities WHERE no = ?");

  wf_key_init (&key, id);
  sqlite3_bind_int64 (select, 1, wf_store_find_activity (self, &key));
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
  if (before->due != after->due || before->ends != after->ends || before->pinned != after->pinned)
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
      merged->ends = ours->ends;
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
  if (merged->place == NULL)
    merged->place = g_strdup (ours->place);
  /* A CRM may say when something was done only, and not when it was cancelled. */
  if (merged->completed == WF_INSTANT_NONE && merged->status == ours->status &&
      (merged->status == WF_ACTIVITY_CANCELLED || merged->status == WF_ACTIVITY_NO_LONGER_NEEDED))
    merged->completed = ours->completed;
  /* A CRM that knows tasks only says nothing of the rest; an end belongs to its beginning. */
  if (merged->kind == WF_ACTIVITY_TASK)
    merged->kind = ours->kind;
  if (merged->ends == WF_INSTANT_NONE && merged->due == ours->due)
    merged->ends = ours->ends;
}

static gboolean
has_change_waiting (WfStore *self, const WfKey *key)
{
  g_auto (WfStatement) find = wf_store_prepare (
      self,
      "SELECT 1 FROM outbox INDEXED BY outbox_changes WHERE subject = ? AND kind = 1 AND ready IS NOT NULL LIMIT 1");

  wf_bind_key (find, 1, key);
  return wf_store_step (self, find);
}

/* The CRM's state counts, and what it refused of ours stays to be seen. */
static gboolean
keep_refusal (WfStore *self, const WfKey *key, const Stored *stored, WfActivity *result)
{
  g_autofree char *reason = NULL;

  if (stored->activity->sync != WF_SYNC_REFUSED ||
      !wf_store_find_refused_change (self, key, &reason))
    return FALSE;
  result->sync = WF_SYNC_REFUSED;
  g_set_str (&result->sync_error, reason);
  return TRUE;
}

/* The row that is to be, where it is not simply the given one: the CRM's with our pending changes, or the CRM's when an engine
 * here decides once more on what the CRM has already. NULL: the given one. local: receives what is ours in it. */
static WfActivity *
reconcile (WfStore *self, const WfActivity *activity, const WfKey *key, const Stored *stored,
           int *local)
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
      *local = compare_local (stored->activity, activity) |
               (has_change_waiting (self, key) ? stored->local : 0);
      result = wf_activity_copy (activity);
      if (keep_refusal (self, key, stored, result))
        return result;
      wf_activity_unref (result);
      return NULL;
    }
  if (stored->local != 0 && has_change_waiting (self, key))
    {
      *local = stored->local;
      result = merge (activity, stored->activity, stored->local);
    }
  else
    {
      result = wf_activity_copy (activity);
      keep_refusal (self, key, stored, result);
    }
  keep_own_knowledge (result, stored->activity);
  return result;
}

/* ---- writing ---- */

/* Everything of a row that is not in the activity itself. */
typedef struct
{
  gint64 no, person, workflow, type;
  gboolean is_new, apart, came_closed;
  int late, local;
  const char *run; /* (nullable) */
} Row;

/* The hash is of an older version. */
#define INSERT                                                                                                        \
  "INSERT INTO activities (no, hash, status, late, sync, flags, apart, person, origin, workflow, type, created, due," \
  " visible_from, completed, run, id, lead, lead_name, lead_phone, lead_email, title, sync_error, body)"              \
  " VALUES (?1, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"
#define UPDATE                                                                                                                 \
  "UPDATE activities SET status = ?3, late = ?4, sync = ?5, flags = ?6, apart = ?7, person = ?8, origin = ?9, workflow = ?10," \
  " type = ?11, created = ?12, due = ?13, visible_from = ?14, completed = ?15, run = ?16, lead = ?18, lead_name = ?19,"        \
  " lead_phone = ?20, lead_email = ?21, title = ?22, sync_error = ?23, body = ?24 WHERE no = ?1"

static void
bind_numbers (sqlite3_stmt *s, const WfActivity *a, const Row *row, gint64 origin)
{
  int flags = (a->business_hours ? FLAG_BUSINESS_HOURS : 0) |
              (a->arrived_late ? FLAG_ARRIVED_LATE : 0) | (a->pinned ? FLAG_PINNED : 0) |
              (row->came_closed ? FLAG_CAME_CLOSED : 0) |
              ((int) a->kind & FLAG_KIND_MASK) << FLAG_KIND_SHIFT | row->local << FLAG_LOCAL_SHIFT;

  sqlite3_bind_int64 (s, 1, row->no);
  sqlite3_bind_int (s, 3, a->status);
  sqlite3_bind_int (s, 4, row->late);
  sqlite3_bind_int (s, 5, a->sync);
  sqlite3_bind_int (s, 6, flags);
  sqlite3_bind_int (s, 7, row->apart);
  wf_bind_number (s, 8, row->person);
  wf_bind_number (s, 9, origin);
  wf_bind_number (s, 10, row->workflow);
  wf_bind_number (s, 11, row->type);
  wf_bind_instant (s, 12, a->created);
  wf_bind_instant (s, 13, a->due);
  wf_bind_instant (s, 14, a->visible_from);
  wf_bind_instant (s, 15, a->completed);
}

static gboolean
write_row (WfStore *self, const WfActivity *a, const WfKey *key, const Row *row, GError **error)
{
  WfKey lead, run;
  gint64 origin = wf_store_get_lead_origin (self, a->lead);
  g_auto (WfStatement) s = wf_store_prepare (self, row->is_new ? INSERT : UPDATE);

  if (!wf_store_body_write (self, a, error))
    return FALSE;
  bind_numbers (s, a, row, origin);
  wf_bind_run (self, s, 16, row->run, &run);
  wf_bind_key (s, 17, key);
  wf_key_init (&lead, a->lead);
  wf_bind_key (s, 18, &lead);
  wf_bind_text (s, 19, a->lead_name);
  wf_bind_text (s, 20, a->lead_phone);
  wf_bind_text (s, 21, a->lead_email);
  wf_bind_text (s, 22, a->title);
  wf_bind_text (s, 23, a->sync_error);
  sqlite3_bind_blob (s, 24, self->body->data, (int) self->body->len, SQLITE_STATIC);
  return wf_store_run (self, s, error);
}

/* The number: its event's, for the first activity of an event of this transaction; else one of its own. */
static gboolean
choose_number (WfStore *self, const WfActivity *a, Row *row, GError **error)
{
  const WfLastEvent *last = wf_store_match_new_event (self, a->event_source, a->event_id);

  row->apart = last == NULL || last->activity != NULL ||
               g_strcmp0 (a->lead, wf_event_get_lead (last->event)) != 0;
  row->no = row->apart ? wf_store_take_number (self, error) : last->id;
  return row->no != 0;
}

static void
take_number (WfStore *self, const WfActivity *a, const Row *row)
{
  WfLastEvent *last = &self->last_event;

  if (row->apart)
    return;
  last->activity = g_strdup (a->id);
  last->activity_cause = g_strdup (a->cause);
  last->activity_run = g_strdup (row->run);
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
      if (stored->late == LATE_BY_WATERMARK && old->status == WF_ACTIVITY_OPEN &&
          old->due != WF_INSTANT_NONE && told_before != WF_INSTANT_NONE && old->due < told_before)
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

static void
count_due (WfStore *self, const WfActivity *a, gint64 origin, int sign)
{
  wf_store_count_hour (self, &(WfDueRow) { a->due, a->completed, (int) a->status, origin }, sign);
}

static void
update_figures (WfStore *self, const WfActivity *a, gint64 workflow, const Stored *stored)
{
  if (stored->no != 0)
    {
      count_figures (self, stored->activity, wf_store_find_name (self, stored->activity->workflow),
                     -1);
      count_due (self, stored->activity, stored->origin, -1);
    }
  count_figures (self, a, workflow, 1);
  count_due (self, a, wf_store_get_lead_origin (self, a->lead), 1);
}

/* What a person did here is a contact before the CRM tells it back. */
static gboolean
note_contact (WfStore *self, const WfActivity *a, const Stored *stored, GError **error)
{
  if (a->status != WF_ACTIVITY_DONE || a->outcome == NULL || a->outcome[0] == '\0' ||
      (stored->no != 0 && stored->activity->status == WF_ACTIVITY_DONE))
    return TRUE;
  return wf_store_note_contact (self, a->lead, a->completed, error);
}

static gboolean
fill_row (WfStore *self, const WfActivity *a, const char *run_key, const Stored *stored, Row *row,
          GError **error)
{
  row->is_new = stored->no == 0;
  row->no = stored->no;
  row->run = run_key != NULL ? run_key : stored->run;
  row->late = decide_late (self, a, stored);
  row->came_closed = row->is_new ? a->status != WF_ACTIVITY_OPEN : stored->came_closed;
  row->apart = row->is_new || stored->apart || g_strcmp0 (stored->activity->lead, a->lead) != 0;
  return (!row->is_new || choose_number (self, a, row, error)) &&
         wf_store_intern (self, a->person, &row->person, error) &&
         wf_store_intern (self, a->workflow, &row->workflow, error) &&
         wf_store_intern (self, a->type, &row->type, error);
}

static gboolean
insert (WfStore *self, const WfActivity *a, const char *run_key, const WfKey *key, GError **error)
{
  static const Stored nothing = { 0 };
  Row row = { 0 };

  if (!fill_row (self, a, run_key, &nothing, &row, error) ||
      !write_row (self, a, key, &row, error) ||
      !wf_store_add_key (self, WF_KEY_ACTIVITY, wf_key_hash (key), row.no, error))
    return FALSE;
  remember_activity (self, key, row.no);
  take_number (self, a, &row);
  update_figures (self, a, row.workflow, &nothing);
  wf_store_touch_facts (self, row.no, a);
  return note_contact (self, a, &nothing, error);
}

static gboolean
update (WfStore *self, const WfActivity *activity, const char *run_key, const WfKey *key,
        const Stored *stored, GError **error)
{
  Row row = { 0 };
  g_autoptr (WfActivity) reconciled = reconcile (self, activity, key, stored, &row.local);
  const WfActivity *a = reconciled != NULL ? reconciled : activity;

  if (!fill_row (self, a, run_key, stored, &row, error) || !write_row (self, a, key, &row, error))
    return FALSE;
  update_figures (self, a, row.workflow, stored);
  wf_store_touch_facts (self, row.no, a);
  if (g_strcmp0 (stored->activity->person, a->person) != 0 &&
      !wf_store_note_holder (self, row.no, stored->activity, row.person, error))
    return FALSE;
  return note_contact (self, a, stored, error) &&
         wf_store_reminder_follow (self, row.no, a->status == WF_ACTIVITY_OPEN, row.person, error);
}

/**
 * wf_store_put_activity:
 * @run_key: (nullable): the run that made it; NULL keeps what is known
 *
 * See the header for how the CRM's state and this computer's pending changes meet.
 */
gboolean
wf_store_put_activity (WfStore *self, const WfActivity *activity, const char *run_key,
                       GError **error)
{
  g_auto (Stored) stored = { 0 };
  WfKey key;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  wf_key_init (&key, activity->id);
  if (!find_stored (self, &key, &stored, error))
    return FALSE;
  if (stored.no == 0)
    return insert (self, activity, run_key, &key, error);
  return update (self, activity, run_key, &key, &stored, error);
}
