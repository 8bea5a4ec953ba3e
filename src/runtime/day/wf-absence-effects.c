/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an absence does to the activities that are there already (B10). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-absence-effects.h"

#include "wf-absence.h"
#include "wf-activity-command.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

/* Policy. Every computer learns of an absence; one alone moves the activities: the one at which it
 * was told. It belongs to the person, who has all of them, or to somebody who sees everyone. What
 * it did is remembered there, so that it can be taken back; each is a change like any other, so
 * that a colleague's change wins over it (S9, S7). What comes later is the engines' affair: they
 * read the absence in the organisation's document. */

/* -- what it did: a fact of this computer ------------------------------------------------------ */

typedef struct
{
  char *activity;                     /* (owned) */
  char *person_before, *person_after; /* (owned) (nullable) */
  WfInstant due_before, due_after;
} Moved;

static void
moved_free (Moved *self)
{
  g_free (self->activity);
  g_free (self->person_before);
  g_free (self->person_after);
  g_free (self);
}

static GPtrArray *
moved_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) moved_free);
}

static WfInstant
read_instant (const WfJson *object, const char *name)
{
  gint64 value;

  return wf_json_get_int64 (wf_json_get_member (object, name), &value) ? value : WF_INSTANT_NONE;
}

static GPtrArray *
load_moved (WfStore *store, const char *id)
{
  GPtrArray *list = moved_list_new ();
  g_autofree char *fact = g_strconcat (WF_FACT_ABSENCE, id, NULL);
  g_autofree char *text = wf_store_get_fact (store, fact);
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL)
                                                     : NULL;
  const WfJson *value;
  WfJsonIter iter;

  if (text != NULL && document == NULL)
    g_warning ("What an absence did cannot be read");
  wf_json_iter_init (&iter, document != NULL ? wf_json_document_get_root (document) : NULL);
  while (document != NULL && wf_json_iter_next (&iter, NULL, &value))
    {
      Moved *moved = g_new0 (Moved, 1);

      moved->activity = g_strdup (wf_json_get_member_string (value, "activity"));
      moved->person_before = g_strdup (wf_json_get_member_string (value, "person-before"));
      moved->person_after = g_strdup (wf_json_get_member_string (value, "person"));
      moved->due_before = read_instant (value, "due-before");
      moved->due_after = read_instant (value, "due");
      g_ptr_array_add (list, moved);
    }
  return list;
}

static gboolean
save_moved (WfStore *store, const char *id, const GPtrArray *list, GError **error)
{
  g_autofree char *fact = g_strconcat (WF_FACT_ABSENCE, id, NULL);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  if (list == NULL)
    return wf_store_set_fact (store, fact, NULL, error);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const Moved *moved = g_ptr_array_index (list, i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "activity", moved->activity);
      wf_json_writer_add_string (writer, "person-before", moved->person_before);
      wf_json_writer_add_string (writer, "person", moved->person_after);
      wf_json_writer_add_int (writer, "due-before", moved->due_before);
      wf_json_writer_add_int (writer, "due", moved->due_after);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (store, fact, text, error);
}

/* -- finding room after the return ------------------------------------------------------------- */

typedef struct
{
  WfWorkingHours *hours; /* (owned) */
  const char *person;
  WfInstant from;
  guint capacity, place;
  GHashTable *days; /* (owned) local day -> how many are due then */
} Room;

static void
room_init (Room *self, WfCommit *commit, const WfPerson *person, WfInstant from)
{
  *self = (Room) { .hours = wf_commit_dup_hours (commit, person->id),
                   .person = person->id,
                   .from = from,
                   .capacity = person->capacity,
                   .days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free) };
}

static void
room_clear (Room *self)
{
  wf_working_hours_unref (self->hours);
  g_hash_table_unref (self->days);
}

static WfInstant
find_day (const Room *self, WfInstant at, WfInstant *end)
{
  GTimeZone *zone = wf_working_hours_get_zone (self->hours);
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);
  g_autoptr (GDateTime) start = g_date_time_new (zone, g_date_time_get_year (local),
                                                 g_date_time_get_month (local),
                                                 g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr (GDateTime) next = g_date_time_add_days (start, 1);

  *end = g_date_time_to_unix_usec (next);
  return g_date_time_to_unix_usec (start);
}

/* What is due that day already counts against it, so that the first day is not the worst. */
static gboolean
take_if_free (Room *self, WfCommit *commit, WfInstant at)
{
  WfInstant end, day = find_day (self, at, &end);
  guint *used = g_hash_table_lookup (self->days, &day);
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .person = self->person,
                            .now = G_MAXINT64,
                            .due_from = MAX (day, self->from),
                            .due_until = end };

  if (used == NULL)
    {
      gint64 *key = g_memdup2 (&day, sizeof day);

      used = g_new (guint, 1);
      *used = wf_store_count_activities (commit->store, &query);
      g_hash_table_insert (self->days, key, used);
    }
  if (*used >= self->capacity)
    return FALSE;
  (*used)++;
  return TRUE;
}

/* A year of full days is no reason to look further. */
#define MOST_DAYS 366

/* The first at its share of the day's beginning, not at the very moment of the return. */
static WfInstant
find_room (Room *self, WfCommit *commit)
{
  guint most = self->place + MOST_DAYS * self->capacity;
  WfInstant at = self->from;

  while (self->place < most)
    {
      at = wf_storm_find_place (self->hours, self->from, ++self->place, self->capacity);
      if (take_if_free (self, commit, at))
        return at;
    }
  return at;
}

/* -- changing ---------------------------------------------------------------------------------- */

static gboolean
give (WfCommit *self, const WfActivity *activity, const char *person, const char *title,
      GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change;

  wf_activity_change_init (&change);
  wf_activity_set_person (after, &change, person);
  return wf_commit_change_activity (self, activity, after, &change, error) &&
         wf_activity_log_change (self, title, activity, after, NULL, error);
}

static gboolean
move (WfCommit *self, const WfActivity *activity, WfInstant due, const char *reason,
      const char *title, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change;

  wf_activity_change_init (&change);
  wf_activity_set_due (self, after, &change, due, reason);
  return wf_commit_change_activity (self, activity, after, &change, error) &&
         wf_activity_log_change (self, title, activity, after, reason, error);
}

WfAbsenceTreatment
wf_absence_treat (const WfAbsence *absence, const WfActivity *activity)
{
  WfAbsenceTreatment treatment = wf_absence_get_treatment (absence, activity->type);

  return treatment == WF_ABSENCE_SHIFT && activity->kind == WF_ACTIVITY_MEETING ? WF_ABSENCE_HOLD
                                                                                : treatment;
}

GPtrArray *
wf_absence_list_affected (WfCommit *self, const char *person, const WfAbsence *absence)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .person = person,
                            .now = G_MAXINT64, /* also those that are not shown yet */
                            .due_from = absence->from,
                            .due_until = absence->until };

  return wf_store_list_activities (self->store, &query);
}

typedef struct
{
  WfCommit *commit;
  WfOrganisation *organisation;
  const WfPerson *person;
  const WfAbsence *absence;
  Room room;
  GPtrArray *moved; /* of Moved */
  char *reason;     /* (owned) */
} Applying;

static void
remember (Applying *self, const WfActivity *before, const char *person, WfInstant due)
{
  Moved *moved = g_new0 (Moved, 1);

  moved->activity = g_strdup (before->id);
  moved->person_before = g_strdup (before->person);
  moved->person_after = g_strdup (person);
  moved->due_before = before->due;
  moved->due_after = due;
  g_ptr_array_add (self->moved, moved);
}

static gboolean
cover (Applying *self, const WfActivity *activity, GError **error)
{
  WfInstant at = MAX (self->absence->from, self->commit->now);
  const char *person = wf_organisation_find_cover (self->organisation, self->person, self->absence,
                                                   at, activity->type);

  if (person == NULL)
    return TRUE;
  remember (self, activity, person, activity->due);
  return give (self->commit, activity, person, _ ("Activity given to the cover"), error);
}

static gboolean
shift (Applying *self, const WfActivity *activity, GError **error)
{
  WfInstant due = find_room (&self->room, self->commit);

  remember (self, activity, activity->person, due);
  return move (self->commit, activity, due, self->reason, _ ("Activity moved to the return"),
               error);
}

static gboolean
apply_all (Applying *self, const GPtrArray *activities, GError **error)
{
  for (guint i = 0; i < activities->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (activities, i);

      switch (wf_absence_treat (self->absence, activity))
        {
        case WF_ABSENCE_COVER:
          if (!cover (self, activity, error))
            return FALSE;
          break;
        case WF_ABSENCE_SHIFT:
          if (!shift (self, activity, error))
            return FALSE;
          break;
        case WF_ABSENCE_HOLD:
        default:
          break;
        }
    }
  return TRUE;
}

static char *
make_reason (const WfPerson *person, const WfAbsence *absence)
{
  return absence->reason != NULL
             /* Translators: a name, and why that person is away */
             ? g_strdup_printf (_ ("%s is away: %s"), person->name, absence->reason)
             : g_strdup_printf (C_ ("reason", "%s is away"), person->name);
}

gboolean
wf_absence_apply (WfCommit *self, WfOrganisation *organisation, const char *person,
                  const WfAbsence *absence, GError **error)
{
  g_autoptr (GPtrArray) activities = wf_absence_list_affected (self, person, absence);
  g_autoptr (GPtrArray) moved = moved_list_new ();
  Applying applying = { .commit = self,
                        .organisation = organisation,
                        .person = wf_organisation_get_person (organisation, person),
                        .absence = absence,
                        .moved = moved };
  gboolean done;

  room_init (&applying.room, self, applying.person, absence->until);
  applying.reason = make_reason (applying.person, absence);
  done = apply_all (&applying, activities, error) &&
         save_moved (self->store, absence->id, moved, error);
  room_clear (&applying.room);
  g_free (applying.reason);
  return done;
}

/* -- and back ---------------------------------------------------------------------------------- */

/* The activity, while it is as the absence left it. Owned by the caller. */
static WfActivity *
find_untouched (WfStore *store, const Moved *moved)
{
  g_autoptr (WfActivity) activity =
      moved->activity != NULL ? wf_store_get_activity (store, moved->activity) : NULL;

  return activity != NULL && activity->status == WF_ACTIVITY_OPEN &&
                 activity->due == moved->due_after &&
                 g_strcmp0 (activity->person, moved->person_after) == 0
             ? g_steal_pointer (&activity)
             : NULL;
}

static gboolean
was_given (const Moved *moved)
{
  return g_strcmp0 (moved->person_before, moved->person_after) != 0;
}

gboolean
wf_absence_revert (WfCommit *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = load_moved (self->store, id);
  const char *title = _ ("Absence withdrawn");

  for (guint i = 0; i < list->len; i++)
    {
      const Moved *moved = g_ptr_array_index (list, i);
      g_autoptr (WfActivity) activity = find_untouched (self->store, moved);

      if (activity == NULL)
        continue;
      if (was_given (moved) ? !give (self, activity, moved->person_before, title, error)
                            : !move (self, activity, moved->due_before, title, title, error))
        return FALSE;
    }
  return save_moved (self->store, id, NULL, error);
}

static gboolean
bring_back (WfCommit *self, Room *room, const Moved *moved, GError **error)
{
  g_autoptr (WfActivity) activity = find_untouched (self->store, moved);
  const char *title = _ ("Absence ended");

  if (activity == NULL)
    return TRUE;
  if (was_given (moved)) /* what is late by now is with who let it become so */
    return activity->due <= self->now || give (self, activity, moved->person_before, title, error);
  return move (self, activity,
               moved->due_before > self->now ? moved->due_before : find_room (room, self), title,
               title, error);
}

gboolean
wf_absence_cut_short (WfCommit *self, WfOrganisation *organisation, const char *person,
                      const char *id, GError **error)
{
  const WfPerson *who = wf_organisation_get_person (organisation, person);
  g_autoptr (GPtrArray) list = load_moved (self->store, id);
  gboolean done = TRUE;
  Room room;

  room_init (&room, self, who, self->now);
  for (guint i = 0; done && i < list->len; i++)
    done = bring_back (self, &room, g_ptr_array_index (list, i), error);
  room_clear (&room);
  return done;
}

/* -- figures ----------------------------------------------------------------------------------- */

void
wf_absence_figures_clear (WfAbsenceFigures *self)
{
  g_clear_pointer (&self->cover, g_free);
}

void
wf_absence_count (WfStore *store, const char *id, WfAbsenceFigures *figures)
{
  g_autoptr (GPtrArray) list = load_moved (store, id);
  g_autoptr (GHashTable) covers = g_hash_table_new (g_str_hash, g_str_equal);
  guint most = 0;

  *figures = (WfAbsenceFigures) { 0 };
  for (guint i = 0; i < list->len; i++)
    {
      const Moved *moved = g_ptr_array_index (list, i);
      g_autoptr (WfActivity) activity =
          moved->activity != NULL ? wf_store_get_activity (store, moved->activity) : NULL;
      guint n;

      if (!was_given (moved))
        {
          figures->shifted++;
          continue;
        }
      figures->covered++;
      figures->completed += activity != NULL && activity->status == WF_ACTIVITY_DONE;
      if (moved->person_after == NULL)
        continue;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (covers, moved->person_after)) + 1;
      g_hash_table_insert (covers, moved->person_after, GUINT_TO_POINTER (n));
      if (n > most)
        {
          most = n;
          g_set_str (&figures->cover, moved->person_after);
        }
    }
}
