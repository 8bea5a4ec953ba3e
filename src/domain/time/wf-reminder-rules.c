/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own rules for reminders: what they say, and when the next reminder is. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-reminder-rules-private.h"

#include "wf-deadline.h"
#include "wf-instant.h"

#include <string.h>

#define DAY_MINUTES (24 * 60)
#define BEFORE_QUIET G_TIME_SPAN_MINUTE
#define MOST_QUIET_STRETCHES 32 /* more than a week of days and nights has */
#define MOST_CLOSINGS 16

/* Policy (B23). The manager's reminder is the floor: it is always there and never moved. The person
 * adds to it, and what they add never falls into their quiet hours: it comes a minute before these
 * begin, and with the business-hours flag not into closed time either (S6). What would be before
 * the activity was known is left out: the manager's reminder comes at once then (S6). */

static WfLeadTimes *
lead_times_new (const char *type, const WfDuration *times, guint n)
{
  WfLeadTimes *self = g_new0 (WfLeadTimes, 1);

  self->type = g_strdup (type);
  self->n = MIN (n, WF_MOST_LEAD_TIMES);
  if (self->n > 0)
    memcpy (self->times, times, self->n * sizeof *times);
  return self;
}

static void
lead_times_free (WfLeadTimes *self)
{
  g_free (self->type);
  g_free (self);
}

WfReminderRules *
wf_reminder_rules_new_default (void)
{
  WfReminderRules *self = g_new0 (WfReminderRules, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->lead_times = g_ptr_array_new_with_free_func ((GDestroyNotify) lead_times_free);
  return self;
}

WfReminderRules *
wf_reminder_rules_ref (WfReminderRules *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_reminder_rules_unref (WfReminderRules *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->lead_times);
  g_free (self);
}

static WfReminderRules *
copy (const WfReminderRules *self)
{
  WfReminderRules *other = wf_reminder_rules_new_default ();

  other->at_due = self->at_due;
  other->quiet = self->quiet;
  other->from = self->from;
  other->until = self->until;
  other->days = self->days;
  for (guint i = 0; i < self->lead_times->len; i++)
    {
      const WfLeadTimes *entry = g_ptr_array_index (self->lead_times, i);

      g_ptr_array_add (other->lead_times, lead_times_new (entry->type, entry->times, entry->n));
    }
  return other;
}

/* -- lead times -------------------------------------------------------------------------------- */

static gint64
get_rough_minutes (WfDuration duration)
{
  static const gint64 minutes[WF_N_TIME_UNITS] = { 1, 60, DAY_MINUTES, 7 * DAY_MINUTES,
                                                   30 * DAY_MINUTES };

  return duration.amount * minutes[duration.unit];
}

static int
compare_longest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = get_rough_minutes (*(const WfDuration *) a);
  gint64 second = get_rough_minutes (*(const WfDuration *) b);

  return first > second ? -1 : first < second;
}

static int
compare_types (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const WfLeadTimes *) a)->type, ((const WfLeadTimes *) b)->type);
}

static const WfLeadTimes *
find_entry (const WfReminderRules *self, const char *type, guint *index)
{
  for (guint i = 0; i < self->lead_times->len; i++)
    {
      const WfLeadTimes *entry = g_ptr_array_index (self->lead_times, i);

      if (g_strcmp0 (entry->type, type) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return entry;
    }
  return NULL;
}

/**
 * wf_reminder_rules_get_lead_times:
 * @self: rules
 * @type: (nullable): an activity type; %NULL for all that have none of their own
 * @n: receives how many there are
 *
 * A type that has none of its own gives the same array as %NULL does: that is how to tell.
 *
 * Returns: (transfer none): the longest first; %NULL when nobody ever said anything
 */
const WfDuration *
wf_reminder_rules_get_lead_times (const WfReminderRules *self, const char *type, guint *n)
{
  const WfLeadTimes *entry = find_entry (self, type, NULL);

  if (entry == NULL)
    entry = find_entry (self, NULL, NULL);
  *n = entry != NULL ? entry->n : 0;
  return entry != NULL ? entry->times : NULL;
}

/**
 * wf_reminder_rules_with:
 * @self: rules
 * @type: (nullable): an activity type; %NULL for all that have none of their own
 * @lead_times: (nullable): in any order; %NULL: the type has none of its own any more
 * @n: how many; 0 with an array: the type has none, whatever is said of the others
 *
 * Returns: (transfer full): a changed copy
 */
WfReminderRules *
wf_reminder_rules_with (const WfReminderRules *self, const char *type, const WfDuration *lead_times,
                        guint n)
{
  WfReminderRules *other = copy (self);
  guint index;

  if (find_entry (other, type, &index) != NULL)
    g_ptr_array_remove_index (other->lead_times, index);
  if (lead_times == NULL)
    return other;

  WfLeadTimes *entry = lead_times_new (type, lead_times, n);
  qsort (entry->times, entry->n, sizeof *entry->times, compare_longest_first);
  g_ptr_array_add (other->lead_times, entry);
  g_ptr_array_sort_values (other->lead_times, compare_types);
  return other;
}

gboolean
wf_reminder_rules_adds_reminders (const WfReminderRules *self)
{
  for (guint i = 0; i < self->lead_times->len; i++)
    if (((WfLeadTimes *) g_ptr_array_index (self->lead_times, i))->n > 0)
      return TRUE;
  return self->at_due;
}

gboolean
wf_reminder_rules_get_at_due (const WfReminderRules *self)
{
  return self->at_due;
}

WfReminderRules *
wf_reminder_rules_with_at_due (const WfReminderRules *self, gboolean at_due)
{
  WfReminderRules *other = copy (self);

  other->at_due = at_due;
  return other;
}

/* -- quiet hours ------------------------------------------------------------------------------- */

/**
 * wf_reminder_rules_get_quiet:
 * @self: rules
 * @from: minute of the local day; the same as @until: only whole days are quiet
 * @until: may be less than @from: over midnight
 * @days: bits 1 << GDateWeekday
 *
 * Returns: whether there are quiet hours
 */
gboolean
wf_reminder_rules_get_quiet (const WfReminderRules *self, int *from, int *until, guint *days)
{
  *from = self->from;
  *until = self->until;
  *days = self->days;
  return self->quiet;
}

WfReminderRules *
wf_reminder_rules_with_quiet (const WfReminderRules *self, gboolean quiet, int from, int until,
                              guint days)
{
  WfReminderRules *other = copy (self);

  other->from = CLAMP (from, 0, DAY_MINUTES - 1);
  other->until = CLAMP (until, 0, DAY_MINUTES - 1);
  other->days = days & WF_EVERY_DAY;
  other->quiet = quiet && (other->from != other->until || other->days != 0);
  return other;
}

typedef enum
{
  LOUD,
  QUIET_DAY,        /* since the local midnight */
  QUIET_SINCE_FROM, /* of this day */
  QUIET_OVER_NIGHT, /* since before the local midnight */
} Quiet;

static Quiet
look_at (const WfReminderRules *self, GDateTime *local)
{
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  if (!self->quiet)
    return LOUD;
  if ((self->days & 1u << g_date_time_get_day_of_week (local)) != 0)
    return QUIET_DAY;
  if (self->from < self->until)
    return minute >= self->from && minute < self->until ? QUIET_SINCE_FROM : LOUD;
  if (self->from == self->until)
    return LOUD;
  if (minute >= self->from)
    return QUIET_SINCE_FROM;
  return minute < self->until ? QUIET_OVER_NIGHT : LOUD;
}

gboolean
wf_reminder_rules_is_quiet (const WfReminderRules *self, WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = self->quiet ? wf_instant_to_date_time (at, zone) : NULL;

  return local != NULL && look_at (self, local) != LOUD;
}

/* The minute of the day that the instant lies in, not after it. A time that there is twice on that
 * day is the nearer one: quiet hours in between would begin again. */
static WfInstant
find_minute (WfInstant at, GDateTime *local, GTimeZone *zone, int minute)
{
  gint64 since_midnight = g_date_time_get_hour (local) * G_TIME_SPAN_HOUR +
                          g_date_time_get_minute (local) * G_TIME_SPAN_MINUTE +
                          (gint64) (g_date_time_get_seconds (local) * G_TIME_SPAN_SECOND);
  WfInstant same_offset = at - (since_midnight - minute * G_TIME_SPAN_MINUTE);
  g_autoptr (GDateTime) there = wf_instant_to_date_time (same_offset, zone);

  if (there != NULL && g_date_time_get_utc_offset (there) == g_date_time_get_utc_offset (local))
    return same_offset;
  g_autoptr (GDateTime) other =
      g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                       g_date_time_get_day_of_month (local), minute / 60, minute % 60, 0);
  return other != NULL ? MIN (g_date_time_to_unix_usec (other), at) : at;
}

/* The last minute before the quiet stretch that the instant lies in; itself when it lies in none,
 * or when there is no end of quiet. */
static WfInstant
find_before_quiet (const WfReminderRules *self, WfInstant at, GTimeZone *zone)
{
  WfInstant before = at;

  for (guint i = 0; self->quiet && i < MOST_QUIET_STRETCHES; i++)
    {
      g_autoptr (GDateTime) local = wf_instant_to_date_time (before, zone);
      Quiet quiet = local != NULL ? look_at (self, local) : LOUD;

      if (quiet == LOUD)
        return before;
      before = find_minute (before, local, zone, quiet == QUIET_SINCE_FROM ? self->from : 0) -
               BEFORE_QUIET;
    }
  return at;
}

/* -- the next one ------------------------------------------------------------------------------ */

typedef struct
{
  const WfReminderRules *rules;
  const WfActivity *activity;
  const WfWorkingHours *hours;
  GTimeZone *zone;
  WfInstant after, next;
} Search;

static void
offer (Search *search, WfInstant at)
{
  if (at != WF_INSTANT_NONE && at > search->after &&
      (search->next == WF_INSTANT_NONE || at < search->next))
    search->next = at;
}

/* One of the person's own: out of quiet hours, and with the flag out of closed time, each of which
 * may lead back into the other. Who wants quiet during all of the open time gets it. */
static void
offer_own (Search *search, WfInstant wanted)
{
  WfInstant at = wanted;

  for (guint i = 0; at != WF_INSTANT_NONE && i < MOST_CLOSINGS; i++)
    {
      WfInstant loud = find_before_quiet (search->rules, at, search->zone);
      WfInstant open = search->activity->business_hours
                           ? wf_working_hours_previous_close (search->hours, loud)
                           : loud;

      if (open == at)
        {
          offer (search, at);
          return;
        }
      at = open;
    }
  if (wanted != WF_INSTANT_NONE)
    offer (search, find_before_quiet (search->rules, wanted, search->zone));
}

/**
 * wf_reminder_rules_get_next:
 * @self: rules
 * @activity: an activity; a closed one has no reminders
 * @after: the reminder lies after this instant
 * @hours: of the person
 * @zone: of the person: in which quiet hours count
 *
 * Returns: the earliest of the manager's and the person's own reminders, or WF_INSTANT_NONE
 */
WfInstant
wf_reminder_rules_get_next (const WfReminderRules *self, const WfActivity *activity,
                            WfInstant after, WfWorkingHours *hours, GTimeZone *zone)
{
  Search search = { self, activity, hours, zone, after, WF_INSTANT_NONE };
  guint n;
  const WfDuration *times = wf_reminder_rules_get_lead_times (self, activity->type, &n);

  if (activity->status != WF_ACTIVITY_OPEN)
    return WF_INSTANT_NONE;
  offer (&search, activity->remind);
  if (activity->due == WF_INSTANT_NONE || activity->due <= after)
    return search.next;
  for (guint i = 0; i < n; i++)
    offer_own (&search, wf_deadline_subtract (activity->due, times[i], activity->business_hours,
                                              activity->business_hours, hours));
  if (self->at_due)
    offer_own (&search, activity->due);
  return search.next;
}
