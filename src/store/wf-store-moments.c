/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a lead, newest first: one line of time out of events, comments, activities, runs and changes. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

/* Policy. A lead has some hundreds of these at most: all are found first, by their numbers alone, and only what is shown is
 * read. What is told twice is shown once: the CRM's event of an activity or a comment that is here itself, and the entry of the
 * log that goes with an activity's end or with a comment. */

static WfLeadMoment *
moment_new (WfMomentKind kind, WfInstant at)
{
  WfLeadMoment *moment = g_new0 (WfLeadMoment, 1);

  g_atomic_ref_count_init (&moment->ref_count);
  moment->kind = kind;
  moment->at = at;
  moment->sync = WF_SYNC_CONFIRMED;
  return moment;
}

WfLeadMoment *
wf_lead_moment_ref (WfLeadMoment *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_lead_moment_unref:
 * @self: (nullable):
 */
void
wf_lead_moment_unref (WfLeadMoment *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->event, wf_event_unref);
  g_clear_pointer (&self->activity, wf_activity_unref);
  g_free (self->person);
  g_free (self->text);
  g_free (self->run);
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_free (self);
}

/* ---- where they are ---- */

/* At one instant in the order in which one follows from the other; of the last two the second tells of it. */
typedef enum
{
  PLACE_EVENT,
  PLACE_RUN,
  PLACE_CREATED,
  PLACE_COMMENT,
  PLACE_DONE,
  PLACE_CLOSED,
  PLACE_CHANGE,
} PlaceKind;

typedef struct
{
  WfInstant at;
  gint64 number;
  PlaceKind kind;
  gboolean apart; /* of a run: in its own table */
} Place;

static const char places[] =
    "SELECT time, 0, id, 0, type FROM inbox INDEXED BY inbox_lead WHERE lead = ?2 UNION ALL"
    " SELECT time, 1, id, 0, NULL FROM inbox INDEXED BY inbox_lead WHERE lead = ?2 AND run_key IS NOT NULL UNION ALL"
    " SELECT started, 1, no, 1, NULL FROM runs INDEXED BY runs_lead WHERE lead = ?2 UNION ALL"
    " SELECT created, 2, activities.no, 0, NULL " WF_ACTIVITIES_OF_LEAD
    " AND created IS NOT NULL UNION ALL"
    " SELECT at, 3, no, 0, NULL FROM comments INDEXED BY comments_lead WHERE lead = ?2 UNION ALL"
    " SELECT ifnull(completed, due), iif(status = 1, 4, 5), activities.no, 0, NULL " WF_ACTIVITIES_OF_LEAD
    " AND status > 0 AND ifnull(completed, due) IS NOT NULL UNION ALL"
    " SELECT at, 6, id, 0, NULL FROM log INDEXED BY log_lead WHERE lead = ?2 AND kind = 'change' AND json_valid(details)"
    " AND json_extract(details, '$.by') IS NOT NULL";

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind > y->kind ? -1 : 1;
  return x->number > y->number ? -1 : x->number < y->number;
}

/* ---- what is told twice ---- */

static WfEvent *
read_event (WfStore *self, gint64 number)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT payload, received FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? wf_store_read_event (select, 0, number) : NULL;
}

static gboolean
is_known_comment (WfStore *self, const char *id)
{
  WfKey key;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT 1 FROM comments WHERE id = ?");

  wf_key_init (&key, id);
  wf_bind_key (find, 1, &key);
  return id != NULL && wf_store_step (self, find);
}

static gboolean
is_known_activity (WfStore *self, const char *id)
{
  WfKey key;

  wf_key_init (&key, id);
  return id != NULL && wf_store_find_activity (self, &key) != 0;
}

/* The event of something that is here itself. */
static gboolean
is_echo (WfStore *self, gint64 number, const char *type)
{
  gboolean of_comment = g_strcmp0 (type, "comment.added") == 0;
  g_autoptr (WfEvent) event = NULL;
  const char *id;

  if (!of_comment && g_strcmp0 (type, "activity.created") != 0 &&
      g_strcmp0 (type, "activity.completed") != 0)
    return FALSE;
  event = read_event (self, number);
  if (event == NULL)
    return FALSE;
  id = wf_json_get_member_string (
      wf_json_get_member (wf_event_get_data (event), of_comment ? "comment" : "activity"), "id");
  return of_comment ? is_known_comment (self, id) : is_known_activity (self, id);
}

static gboolean
has_place (const GArray *all, PlaceKind kind, WfInstant at, gint64 number)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Place *place = &g_array_index (all, Place, i);

      if (place->kind == kind && place->at == at && (number == 0 || place->number == number))
        return TRUE;
    }
  return FALSE;
}

static char *
read_activity_of_change (WfStore *self, gint64 number)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT json_extract(details, '$.activity') FROM log WHERE id = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? wf_column_dup_text (select, 0) : NULL;
}

/* An entry of the log that goes with an activity's end or a comment of the same instant. */
static gboolean
is_told_beside (WfStore *self, const GArray *all, const Place *change)
{
  g_autofree char *activity = read_activity_of_change (self, change->number);
  gint64 number;
  WfKey key;

  if (activity == NULL)
    return has_place (all, PLACE_COMMENT, change->at, 0);
  wf_key_init (&key, activity);
  number = wf_store_find_activity (self, &key);
  return number != 0 && (has_place (all, PLACE_DONE, change->at, number) ||
                         has_place (all, PLACE_CLOSED, change->at, number));
}

static GArray *
find_places (WfStore *self, const WfKey *lead)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Place));
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Place));
  g_auto (WfStatement) walk = wf_store_prepare (self, places);

  wf_bind_key (walk, 2, lead);
  while (wf_store_step (self, walk))
    {
      Place place = { .at = wf_column_instant (walk, 0),
                      .kind = (PlaceKind) sqlite3_column_int (walk, 1),
                      .number = sqlite3_column_int64 (walk, 2),
                      .apart = sqlite3_column_int (walk, 3) != 0 };

      if (place.kind != PLACE_EVENT ||
          !is_echo (self, place.number, wf_store_get_name (self, (guint32) sqlite3_column_int64 (walk, 4))))
        g_array_append_val (all, place);
    }
  for (guint i = 0; i < all->len; i++)
    {
      const Place *place = &g_array_index (all, Place, i);

      if (place->kind != PLACE_CHANGE || !is_told_beside (self, all, place))
        g_array_append_vals (kept, place, 1);
    }
  g_array_sort (kept, compare_places);
  return kept;
}

/* ---- reading one ---- */

static WfLeadMoment *
read_event_moment (WfStore *self, const Place *place)
{
  WfEvent *event = read_event (self, place->number);
  WfLeadMoment *moment;

  if (event == NULL)
    return NULL;
  moment = moment_new (WF_MOMENT_EVENT, place->at);
  moment->event = event;
  moment->person = g_strdup (wf_json_get_string (wf_event_get_field (event, "actor")));
  return moment;
}

static WfLeadMoment *
read_activity_moment (WfStore *self, const Place *place)
{
  WfActivity *activity = wf_store_get_activity_by_number (self, place->number);
  WfLeadMoment *moment;

  if (activity == NULL)
    return NULL;
  moment = moment_new (place->kind == PLACE_CREATED ? WF_MOMENT_ACTIVITY_CREATED
                       : place->kind == PLACE_DONE  ? WF_MOMENT_ACTIVITY_DONE
                                                    : WF_MOMENT_ACTIVITY_CLOSED,
                       place->at);
  moment->activity = activity;
  if (place->kind == PLACE_DONE)
    moment->person = g_strdup (activity->person);
  return moment;
}

static WfLeadMoment *
read_comment_moment (WfStore *self, const Place *place)
{
  WfLeadMoment *moment;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT person, text, sync FROM comments WHERE no = ?");

  sqlite3_bind_int64 (select, 1, place->number);
  if (!wf_store_step (self, select))
    return NULL;
  moment = moment_new (WF_MOMENT_COMMENT, place->at);
  moment->person = wf_column_dup_name (self, select, 0);
  moment->text = wf_column_dup_text (select, 1);
  moment->sync = (WfSyncState) sqlite3_column_int (select, 2);
  return moment;
}

static WfLeadMoment *
read_change_moment (WfStore *self, const Place *place)
{
  WfLeadMoment *moment;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT title, json_extract(details, '$.by') FROM log WHERE id = ?");

  sqlite3_bind_int64 (select, 1, place->number);
  if (!wf_store_step (self, select))
    return NULL;
  moment = moment_new (WF_MOMENT_CHANGE, place->at);
  moment->text = wf_column_dup_text (select, 0);
  moment->person = wf_column_dup_text (select, 1);
  return moment;
}

static void
name_workflow (WfStore *self, WfLeadMoment *moment)
{
  g_autoptr (WfWorkflow) workflow =
      wf_store_get_workflow_version (self, moment->workflow, moment->version);

  if (workflow != NULL)
    moment->workflow_name = g_strdup (workflow->name);
}

static WfLeadMoment *
read_run_moment (WfStore *self, const Place *place)
{
  WfLeadMoment *moment;
  g_auto (WfStatement) select =
      place->apart
          ? wf_store_prepare (
                self, "SELECT key, workflow, version, finished, waits FROM runs WHERE no = ?")
          : wf_store_prepare (
                self,
                "SELECT run_key, run_workflow, run_version, run_finished, run_waits FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (select, 1, place->number);
  if (!wf_store_step (self, select))
    return NULL;
  moment = moment_new (WF_MOMENT_RUN, place->at);
  moment->run = wf_column_dup_key (select, 0);
  moment->workflow = wf_column_dup_name (self, select, 1);
  moment->version = sqlite3_column_int64 (select, 2);
  moment->finished = sqlite3_column_int (select, 3) != 0;
  moment->failed = (sqlite3_column_int (select, 4) & 4) != 0; /* see version 2 of the migrations */
  name_workflow (self, moment);
  return moment;
}

static WfLeadMoment *
read_moment (WfStore *self, const Place *place)
{
  switch (place->kind)
    {
    case PLACE_EVENT:
      return read_event_moment (self, place);
    case PLACE_RUN:
      return read_run_moment (self, place);
    case PLACE_COMMENT:
      return read_comment_moment (self, place);
    case PLACE_CHANGE:
      return read_change_moment (self, place);
    case PLACE_CREATED:
    case PLACE_DONE:
    case PLACE_CLOSED:
    default:
      return read_activity_moment (self, place);
    }
}

/**
 * wf_store_list_moments:
 * @most: at most so many
 *
 * Result: of WfLeadMoment, newest first; what cannot be read any more is left out (which is logged). Owned by the caller.
 */
GPtrArray *
wf_store_list_moments (WfStore *self, const char *lead, guint offset, guint most)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_moment_unref);
  g_autoptr (GArray) found = NULL;
  WfKey key;

  wf_store_show_event (self);
  wf_key_init (&key, lead);
  found = find_places (self, &key);
  for (guint i = offset; i < found->len && i - offset < most; i++)
    {
      WfLeadMoment *moment = read_moment (self, &g_array_index (found, Place, i));

      if (moment != NULL)
        g_ptr_array_add (moments, moment);
    }
  return moments;
}
