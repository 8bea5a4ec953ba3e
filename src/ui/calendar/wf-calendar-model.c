/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar shows: date, view, filter, the days read for them, and the selection. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-model-private.h"

#define FIRST_PER_DAY 8
/* How long the old picture may stand for the new one. */
#define PATIENCE 200 /* ms */

enum
{
  PROP_VIEW = 1,
  PROP_DATE,
  PROP_LOADED,
  PROP_ERROR,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SELECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCalendarModel, wf_calendar_model, G_TYPE_OBJECT)

static gboolean
is_loaded (WfCalendarModel *self)
{
  return self->shown != NULL && !self->shown->stale &&
         wf_calendar_span_is (&self->shown->span, &self->wanted);
}

static void
set_error (WfCalendarModel *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/* ---- selection --------------------------------------------------------------------------------- */

static WfActivity *
find_activity (WfCalendarModel *self, const char *id)
{
  const WfCalendarDays *days = wf_calendar_model_get_days (self);

  for (guint i = 0; days != NULL && i < days->n_days; i++)
    {
      for (guint j = 0; j < days->first[i]->len; j++)
        {
          WfActivity *activity = days->first[i]->pdata[j];
          if (g_str_equal (activity->id, id))
            return activity;
        }
    }
  return NULL;
}

/* One that left what is shown stays known as it was. */
static void
update_selected (WfCalendarModel *self)
{
  WfActivity *found = self->selected != NULL ? find_activity (self, self->selected) : NULL;

  if (found == NULL)
    return;
  wf_activity_ref (found);
  g_clear_pointer (&self->selected_activity, wf_activity_unref);
  self->selected_activity = found;
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
emit_changed (WfCalendarModel *self)
{
  update_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
wf_calendar_model_show (WfCalendarModel *self, WfCalendarSheet *sheet)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (sheet != self->shown)
    {
      g_ref_count_inc (&sheet->ref_count);
      g_clear_pointer (&self->shown, wf_calendar_sheet_unref);
      self->shown = sheet;
    }
  set_error (self, NULL);
  emit_changed (self);
  if (!sheet->stale)
    wf_calendar_model_read_ahead (self);
}

static void
show_blank (WfCalendarModel *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->shown != NULL && wf_calendar_span_is (&self->shown->span, &self->wanted))
    return; /* days that may be old are better than none */
  g_clear_pointer (&self->shown, wf_calendar_sheet_unref);
  emit_changed (self);
}

static void
on_patience_lost (gpointer user_data)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (user_data);

  self->patience = 0;
  show_blank (self);
}

void
wf_calendar_model_fail (WfCalendarModel *self, const GError *error)
{
  set_error (self, error);
  show_blank (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

/* What is wanted is another: shown at once when it is known. */
static void
aim (WfCalendarModel *self)
{
  WfCalendarSheet *sheet;

  wf_calendar_model_cancel_reading (self);
  wf_calendar_span_clear (&self->wanted);
  wf_calendar_span_init (&self->wanted, self->view, &self->date, wf_calendar_get_first_weekday (),
                         self->zone);
  sheet = wf_calendar_model_find_sheet (self);
  if (sheet == NULL || sheet->stale)
    wf_calendar_model_read (self);
  if (sheet != NULL)
    {
      wf_calendar_model_show (self, sheet);
      return;
    }
  if (self->shown == NULL)
    emit_changed (self);
  else if (self->patience == 0)
    self->patience = g_timeout_add_once (PATIENCE, on_patience_lost, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

/* Another filter or zone: nothing that was read counts any more, but what is shown stays until the
 * new is there. */
static void
forget (WfCalendarModel *self)
{
  g_ptr_array_set_size (self->sheets, 0);
  if (self->shown != NULL)
    self->shown->stale = TRUE;
  self->changes++;
  aim (self);
}

/* ---- the world --------------------------------------------------------------------------------- */

static void
on_activities_changed (WfCalendarModel *self)
{
  self->changes++;
  for (guint i = 0; i < self->sheets->len; i++)
    ((WfCalendarSheet *) self->sheets->pdata[i])->stale = TRUE;
  wf_calendar_model_read (self);
}

static void
on_minute (WfCalendarModel *self)
{
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);

  if (zone == self->zone)
    {
      on_activities_changed (self); /* what was due in this minute is late now */
      return;
    }
  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
  forget (self);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_calendar_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (object);

  switch (id)
    {
    case PROP_VIEW:
      g_value_set_int (value, (int) self->view);
      break;
    case PROP_DATE:
      g_value_set_boxed (value, &self->date);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, is_loaded (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_calendar_model_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (object);

  switch (id)
    {
    case PROP_VIEW:
      wf_calendar_model_set_view (self, (WfCalendarView) g_value_get_int (value));
      break;
    case PROP_DATE:
      wf_calendar_model_set_date (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_calendar_model_dispose (GObject *object)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (object);

  wf_calendar_model_cancel_reading (self);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->calm, g_source_remove);
  g_clear_pointer (&self->shown, wf_calendar_sheet_unref);
  g_ptr_array_set_size (self->sheets, 0);
  G_OBJECT_CLASS (wf_calendar_model_parent_class)->dispose (object);
}

static void
wf_calendar_model_finalize (GObject *object)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (object);

  wf_calendar_span_clear (&self->wanted);
  wf_calendar_filter_free (self->filter);
  g_ptr_array_unref (self->sheets);
  g_clear_error (&self->error);
  g_free (self->selected);
  g_clear_pointer (&self->selected_activity, wf_activity_unref);
  g_time_zone_unref (self->zone);
  g_object_unref (self->minutes);
  g_object_unref (self->runtime);
  G_OBJECT_CLASS (wf_calendar_model_parent_class)->finalize (object);
}

static void
wf_calendar_model_class_init (WfCalendarModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags changing = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wf_calendar_model_get_property;
  object_class->set_property = wf_calendar_model_set_property;
  object_class->dispose = wf_calendar_model_dispose;
  object_class->finalize = wf_calendar_model_finalize;
  props[PROP_VIEW] = g_param_spec_int ("view", NULL, NULL, WF_CALENDAR_DAY, WF_CALENDAR_AGENDA,
                                       WF_CALENDAR_MONTH, changing);
  props[PROP_DATE] = g_param_spec_boxed ("date", NULL, NULL, G_TYPE_DATE, changing);
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, told);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WF_TYPE_CALENDAR_MODEL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", WF_TYPE_CALENDAR_MODEL, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_calendar_model_init (WfCalendarModel *self)
{
  self->view = WF_CALENDAR_MONTH;
  self->filter = g_new0 (WfCalendarFilter, 1);
  self->per_day = FIRST_PER_DAY;
  self->active = TRUE;
  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_calendar_sheet_unref);
}

/* ---- public ------------------------------------------------------------------------------------ */

/**
 * wf_calendar_model_new:
 * @runtime: whose activities
 * @minutes: the window's time; while it is started, what is shown follows it
 *
 * Begins with the month of today and the person's own open activities, and reads them.
 *
 * Returns: (transfer full): a model
 */
WfCalendarModel *
wf_calendar_model_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  static const char *const watched[] = { "notify::organisation", "notify::person" };
  WfCalendarModel *self = g_object_new (WF_TYPE_CALENDAR_MODEL, NULL);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  self->zone = g_time_zone_ref (wf_minute_clock_get_zone (minutes));
  wf_calendar_model_get_today (self, &self->date);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (runtime, watched[i], G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runtime, "activities-changed", G_CALLBACK (on_activities_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (minutes, "notify::now", G_CALLBACK (on_minute), self, G_CONNECT_SWAPPED);
  aim (self);
  return self;
}

WfRuntime *
wf_calendar_model_get_runtime (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->runtime;
}

void
wf_calendar_model_set_view (WfCalendarModel *self, WfCalendarView view)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  if (view == self->view)
    return;
  self->view = view;
  aim (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
}

WfCalendarView
wf_calendar_model_get_view (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), WF_CALENDAR_MONTH);
  return self->view;
}

/**
 * wf_calendar_model_set_date:
 * @self: a model
 * @date: a valid date; what is before the year 2 or after 9998 is left out
 */
void
wf_calendar_model_set_date (WfCalendarModel *self, const GDate *date)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self) && date != NULL && g_date_valid (date));
  WfCalendarSpan span;
  gboolean same;

  if (g_date_compare (date, &self->date) == 0 || g_date_get_year (date) < 2 ||
      g_date_get_year (date) > 9998)
    return;
  self->date = *date;
  wf_calendar_span_init (&span, self->view, date, wf_calendar_get_first_weekday (), self->zone);
  same = wf_calendar_span_is (&span, &self->wanted);
  wf_calendar_span_clear (&span);
  if (!same)
    aim (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DATE]);
}

const GDate *
wf_calendar_model_get_date (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return &self->date;
}

void
wf_calendar_model_step (WfCalendarModel *self, int direction)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  GDate date = self->date;

  wf_calendar_step (self->view, direction, &date);
  wf_calendar_model_set_date (self, &date);
}

void
wf_calendar_model_set_filter (WfCalendarModel *self, const WfCalendarFilter *filter)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self) && filter != NULL);
  WfCalendarFilter *copy;

  if (wf_calendar_filter_equal (filter, self->filter))
    return;
  copy = wf_calendar_filter_copy (filter);
  wf_calendar_filter_free (self->filter);
  self->filter = copy;
  forget (self);
}

const WfCalendarFilter *
wf_calendar_model_get_filter (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->filter;
}

void
wf_calendar_model_set_per_day (WfCalendarModel *self, guint per_day)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  guint before = self->per_day;

  self->per_day = MAX (per_day, FIRST_PER_DAY);
  if (self->view == WF_CALENDAR_MONTH && self->per_day > before &&
      wf_calendar_model_find_sheet (self) == NULL)
    {
      wf_calendar_model_cancel_reading (self);
      wf_calendar_model_read (self);
    }
}

const WfCalendarSpan *
wf_calendar_model_get_span (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->shown != NULL ? &self->shown->span : &self->wanted;
}

const WfCalendarDays *
wf_calendar_model_get_days (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->shown != NULL ? self->shown->days : NULL;
}

void
wf_calendar_model_set_active (WfCalendarModel *self, gboolean active)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  if (!active == !self->active)
    return;
  self->active = active;
  if (active && !is_loaded (self))
    wf_calendar_model_read (self);
}

void
wf_calendar_model_reload (WfCalendarModel *self)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  on_activities_changed (self);
}

WfInstant
wf_calendar_model_get_now (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), 0);
  return wf_minute_clock_get_now (self->minutes);
}

/**
 * wf_calendar_model_get_today:
 * @self: a model
 * @today: (out): the viewer's date
 */
void
wf_calendar_model_get_today (WfCalendarModel *self, GDate *today)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (wf_calendar_model_get_now (self));
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  g_date_clear (today, 1);
  g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
}

GTimeZone *
wf_calendar_model_get_zone (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->zone;
}

void
wf_calendar_model_select (WfCalendarModel *self, const char *activity)
{
  g_return_if_fail (WF_IS_CALENDAR_MODEL (self));
  if (!g_set_str (&self->selected, activity))
    return;
  g_clear_pointer (&self->selected_activity, wf_activity_unref);
  update_selected (self);
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

const char *
wf_calendar_model_get_selected (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->selected;
}

WfActivity *
wf_calendar_model_get_selected_activity (WfCalendarModel *self)
{
  g_return_val_if_fail (WF_IS_CALENDAR_MODEL (self), NULL);
  return self->selected_activity;
}
