/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar of days in a window, over a runtime in memory. */
#include "wf-days-sample.h"

#include "wf-instant.h"
#include "wf-window-check.h"

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

void
wf_days_sample_init (WfDaysSample *self, const char *zone, const char *now, const char *person)
{
  *self = (WfDaysSample) { NULL };
  g_setenv ("TZ", zone, TRUE);
  self->clock = wf_fake_clock_new_at (now);
  self->organisation = wf_fake_organisation_new (FALSE);
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), self->organisation, person);
  self->opened = g_string_new (NULL);
}

WfActivity *
wf_days_sample_add (WfDaysSample *self, const char *id, const char *title, const char *time)
{
  WfActivity *activity =
      wf_fake_activity_new (id, title, wf_runtime_get_person (self->runtime), at (time));

  wf_fake_runtime_add (self->runtime, activity);
  return activity;
}

WfActivity *
wf_days_sample_add_meeting (WfDaysSample *self, const char *id, const char *title, const char *time,
                            int minutes)
{
  WfActivity *activity = wf_days_sample_add (self, id, title, time);

  activity->kind = WF_ACTIVITY_MEETING;
  activity->ends = activity->due + minutes * G_TIME_SPAN_MINUTE;
  return activity;
}

static void
finish (WfActivity *activity, WfActivityStatus status)
{
  activity->status = status;
  activity->completed = activity->due - 10 * G_TIME_SPAN_MINUTE;
}

void
wf_days_sample_fill (WfDaysSample *self)
{
  WfActivity *activity;

  finish (wf_days_sample_add (self, "m-1", "Realizar Filtro 1", "2026-11-16T09:30:00-03:00"),
          WF_ACTIVITY_DONE);
  wf_days_sample_add (self, "m-2", "Realizar Filtro 2", "2026-11-16T11:00:00-03:00");
  wf_days_sample_add_meeting (self, "t-1", "Demonstration", "2026-11-17T14:00:00-03:00", 60);
  finish (wf_days_sample_add (self, "t-2", "Call back", "2026-11-17T10:00:00-03:00"),
          WF_ACTIVITY_DONE);
  wf_days_sample_add (self, "w-1", "Realizar Filtro 1", "2026-11-18T10:00:00-03:00");
  wf_days_sample_add (self, "w-2", "Realizar Filtro 1", "2026-11-18T10:45:00-03:00");
  activity = wf_days_sample_add (self, "w-3", "Confirm the meeting", "2026-11-18T11:30:00-03:00");
  activity->kind = WF_ACTIVITY_CALL;
  activity->sync = WF_SYNC_LOCAL;
  wf_days_sample_add_meeting (self, "w-4", "Meeting with the buyer", "2026-11-18T14:00:00-03:00",
                              90);
  wf_days_sample_add_meeting (self, "w-5", "Proposal", "2026-11-18T14:30:00-03:00", 60);
  wf_days_sample_add_meeting (self, "w-6", "Team", "2026-11-18T15:00:00-03:00", 45);
  wf_days_sample_add (self, "h-1", "Follow up", "2026-11-19T09:15:00-03:00");
  wf_days_sample_add (self, "f-1", "Follow up", "2026-11-20T17:45:00-03:00");
}

void
wf_days_sample_set_workload (WfDaysSample *self, guint n_people, guint n_days)
{
  static const char *const known[] = { "ana", "bruno", "carla" };
  WfWorkload *workload = g_new0 (WfWorkload, 1);
  GPtrArray *people = g_ptr_array_new ();

  workload->n_people = n_people;
  workload->n_days = n_days;
  workload->loads = g_new0 (WfDayLoad, n_people * n_days);
  for (guint i = 0; i < n_people; i++)
    {
      g_ptr_array_add (people, i < G_N_ELEMENTS (known) ? g_strdup (known[i])
                                                        : g_strdup_printf ("person-%u", i));
      for (guint day = 0; day < n_days; day++)
        {
          WfDayLoad *load = &workload->loads[i * n_days + day];

          load->capacity = day % 7 == 0 || day % 7 == 6 ? 0 : 20;
          load->away = i == 1 && day % 7 == 3;
          if (load->away)
            load->capacity = 0;
          if (load->capacity > 0)
            *load = (WfDayLoad) { .certain = 4 + (i * 5 + day * 3) % 14,
                                  .committed = day % 4 + i % 3,
                                  .expected = 1.4,
                                  .capacity = 20 };
        }
    }
  workload->loads[2].certain = 19;
  workload->loads[2].committed = 3;
  g_ptr_array_add (people, NULL);
  workload->people = (char **) g_ptr_array_free (people, FALSE);
  wf_fake_runtime_set_workload (self->runtime, workload);
}

/* ---- the window -------------------------------------------------------------------------------- */

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WfDaysSample *self = data;

  g_string_append_printf (self->opened, "%s %s\n", g_action_get_name (G_ACTION (action)),
                          g_variant_get_string (parameter, NULL));
}

static void
on_person (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WfDaysSample *self = data;
  const char *person, *day;

  g_variant_get (parameter, "(&s&s)", &person, &day);
  g_string_append_printf (self->opened, "show-person %s %s\n", person, day);
}

static const GActionEntry actions[] = {
  { .name = "show-person", .activate = on_person, .parameter_type = "(ss)" },
  { .name = "open", .activate = on_action, .parameter_type = "s" },
  { .name = "show-day", .activate = on_action, .parameter_type = "s" },
};

static gboolean
is_drawn (gpointer data)
{
  const WfDaysSample *self = data;

  return gtk_widget_get_width (GTK_WIDGET (self->grid)) > 0 && self->grid->layout != NULL &&
         wf_calendar_model_get_days (self->model) != NULL &&
         wf_calendar_model_get_span (self->model)->view == self->grid->span.view;
}

static gboolean
is_loaded (gpointer data)
{
  const WfDaysSample *self = data;
  gboolean loaded;

  g_object_get (self->model, "loaded", &loaded, NULL);
  return loaded;
}

void
wf_days_sample_settle (WfDaysSample *self)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;
  GdkFrameClock *frames = gtk_widget_get_frame_clock (self->window);
  gint64 until = gdk_frame_clock_get_frame_counter (frames) + 3;

  gtk_widget_queue_draw (self->window);
  while (g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        {
          if (gdk_frame_clock_get_frame_counter (frames) >= until)
            break;
          gtk_widget_queue_draw (self->window);
          g_main_context_iteration (NULL, TRUE);
        }
    }
}

static void
make_window (WfDaysSample *self, int width, int height)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "title", "Days", "default-width", width,
                               "default-height", height, "content", overlay, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->box);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (self->box, "calendar", G_ACTION_GROUP (group));
}

void
wf_days_sample_show (WfDaysSample *self, WfCalendarView view, int width, int height,
                     gboolean with_strip)
{
  g_autoptr (WfCalendarFilter) filter = g_new0 (WfCalendarFilter, 1);

  wf_fake_runtime_tell (self->runtime);
  self->minutes = wf_minute_clock_new (WF_CLOCK (self->clock));
  wf_minute_clock_start (self->minutes);
  self->model = wf_calendar_model_new (self->runtime, self->minutes);
  filter->closed = TRUE;
  filter->everyone = TRUE;
  wf_calendar_model_set_filter (self->model, filter);
  wf_calendar_model_set_view (self->model, view);
  make_window (self, width, height);
  if (with_strip)
    {
      self->strip = WF_LOAD_STRIP (wf_load_strip_new (self->model));
      gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->strip));
    }
  self->view = WF_DAYS_VIEW (wf_days_view_new (self->model));
  self->grid = wf_days_view_get_grid (self->view);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (wf_window_check_wait (is_drawn, self));
  g_assert_true (wf_window_check_wait (is_loaded, self));
  wf_days_sample_settle (self);
}

void
wf_days_sample_tell (WfDaysSample *self)
{
  wf_fake_runtime_tell (self->runtime);
  g_assert_true (wf_window_check_wait (is_loaded, self));
  wf_days_sample_settle (self);
}

void
wf_days_sample_clear (WfDaysSample *self)
{
  GtkWidget *view = GTK_WIDGET (self->view), *strip = GTK_WIDGET (self->strip);

  if (view != NULL)
    g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  if (strip != NULL)
    g_object_add_weak_pointer (G_OBJECT (strip), (gpointer *) &strip);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (view);
  g_assert_null (strip);
  if (self->minutes != NULL)
    wf_minute_clock_stop (self->minutes);
  g_clear_object (&self->model);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_object (&self->clock);
  g_string_free (self->opened, TRUE);
}
