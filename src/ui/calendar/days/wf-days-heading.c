/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of a day above its column: with its holiday, who is away, and whether the clocks change. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include <glib/gi18n-lib.h>

struct _WfDaysHeading
{
  GtkButton parent_instance;

  GtkLabel *name, *number, *note;
};

G_DEFINE_FINAL_TYPE (WfDaysHeading, wf_days_heading, GTK_TYPE_BUTTON)

static char *
format (const GDate *date, const char *pattern)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (
      g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 0, 0, 0);

  return time != NULL ? g_date_time_format (time, pattern) : g_strdup ("");
}

static void
add_clock_change (GPtrArray *notes, const WfCalendarSpan *span, guint day, const WfZoneTable *zone)
{
  gint64 from, until;

  if (!wf_days_get_clock_change (span, day, zone, &from, &until))
    return;
  g_ptr_array_add (notes, g_strdup (until > from ? _ ("Clocks go forward") : _ ("Clocks go back")));
}

/* "Holiday: Natal · Away: Ana". Owned by the caller; empty without. */
static char *
list_notes (WfCalendarModel *model, const WfZoneTable *zone, guint day)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (model);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *holiday = NULL, *away = wf_calendar_model_describe_absences (model, day);
  g_autoptr (GArray) closed = wf_calendar_list_closed (
      wf_calendar_model_get_hours (model), span->bounds[day], span->bounds[day + 1], &holiday);

  if (holiday != NULL)
    g_ptr_array_add (notes, g_steal_pointer (&holiday));
  if (away != NULL)
    g_ptr_array_add (notes, g_steal_pointer (&away));
  add_clock_change (notes, span, day, zone);
  g_ptr_array_add (notes, NULL);
  return g_strjoinv (" · ", (char **) notes->pdata);
}

static guint
count_activities (const WfDayFigures *figures)
{
  return figures->open + figures->done + figures->closed;
}

/* What a screen reader says: "Monday, 23 November, today, 12 activities, 2 late. Natal". */
static char *
describe (WfCalendarModel *model, const GDate *date, guint day, gboolean is_today,
          const char *notes)
{
  const WfCalendarDays *days = wf_calendar_model_get_days (model);
  g_autofree char *name = wf_calendar_date_to_text (date, FALSE);
  GString *text = g_string_new (name);

  if (is_today)
    g_string_append_printf (text, ", %s", _ ("today"));
  if (days != NULL && day < days->n_days)
    {
      guint n = count_activities (&days->counts[day]), late = days->counts[day].late;

      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%u activity", "%u activities", n), n);
      if (late > 0)
        {
          g_string_append (text, ", ");
          g_string_append_printf (text, ngettext ("%u late", "%u late", late), late);
        }
    }
  if (*notes != '\0')
    g_string_append_printf (text, ". %s", notes);
  return g_string_free_and_steal (text);
}

static void
set_current (WfDaysHeading *self, gboolean is_today)
{
  if (is_today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
}

static void
wf_days_heading_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_DAYS_HEADING);
  G_OBJECT_CLASS (wf_days_heading_parent_class)->dispose (object);
}

static void
wf_days_heading_class_init (WfDaysHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_days_heading_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/days/wf-days-heading.ui");
  gtk_widget_class_bind_template_child (widget_class, WfDaysHeading, name);
  gtk_widget_class_bind_template_child (widget_class, WfDaysHeading, number);
  gtk_widget_class_bind_template_child (widget_class, WfDaysHeading, note);
}

static void
wf_days_heading_init (WfDaysHeading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_days_heading_bind:
 * @self: a heading
 * @model: the calendar
 * @zone: the viewer's
 * @day: place of the day in its span
 */
void
wf_days_heading_bind (WfDaysHeading *self, WfCalendarModel *model, const WfZoneTable *zone,
                      guint day)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (model);
  g_autofree char *notes = list_notes (model, zone, day), *label = NULL, *id = NULL, *name = NULL;
  g_autofree char *number = NULL;
  GDate date = span->first, today;
  gboolean is_today;

  g_date_add_days (&date, day);
  wf_calendar_model_get_today (model, &today);
  is_today = g_date_compare (&date, &today) == 0;
  name = format (&date, span->n_days == 1 ? "%A" : "%a");
  number = format (&date, "%-d");
  id = format (&date, "%Y-%m-%d");
  label = describe (model, &date, day, is_today, notes);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->number, number);
  gtk_label_set_text (self->note, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *notes != '\0');
  set_current (self, is_today);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *notes != '\0' ? notes : NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
