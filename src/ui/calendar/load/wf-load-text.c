/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a person's day, and how they are said (B6). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-load-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static guint
round_up (double value)
{
  return value > 0 ? (guint) floor (value + 0.5) : 0;
}

/**
 * wf_load_figures_init:
 * @self: what to fill
 * @load: of one person and day
 * @holiday: the day is a holiday of the person's
 *
 * What is expected is an average and seldom a whole number. It is rounded after the others were taken
 * from the rounded sum, so that the parts always make up the number that is written.
 */
void
wf_load_figures_init (WfLoadFigures *self, const WfDayLoad *load, gboolean holiday)
{
  guint total = round_up (load->certain + load->committed + load->expected);

  *self = (WfLoadFigures) {
    .certain = round_up (load->certain),
    .committed = round_up (load->committed),
    .capacity = load->capacity,
    .day = load->away           ? WF_LOAD_AWAY
           : load->capacity > 0 ? WF_LOAD_OPEN
           : holiday            ? WF_LOAD_HOLIDAY
                                : WF_LOAD_CLOSED,
  };
  self->expected = total - MIN (total, self->certain + self->committed);
  self->over = wf_load_figures_get_total (self) > self->capacity;
}

guint
wf_load_figures_get_total (const WfLoadFigures *self)
{
  return self->certain + self->committed + self->expected;
}

char *
wf_load_figures_to_text (const WfLoadFigures *self)
{
  guint total = wf_load_figures_get_total (self);

  if (self->capacity > 0)
    {
      /* Translators: activities of a day and how many there may be: "14/20" */
      return g_strdup_printf (_ ("%u/%u"), total, self->capacity);
    }
  if (total > 0)
    return g_strdup_printf ("%u", total);
  return g_strdup (self->day == WF_LOAD_AWAY      ? _ ("Away")
                   : self->day == WF_LOAD_HOLIDAY ? _ ("Holiday")
                                                  : "");
}

static void
add_sum (GString *text, const WfLoadFigures *self)
{
  guint total = wf_load_figures_get_total (self);

  if (self->capacity > 0)
    g_string_append_printf (text,
                            /* Translators: activities of a day, and how many there may be */
                            _ ("%u of %u"), total, self->capacity);
  else
    g_string_append_printf (text, ngettext ("%u activity", "%u activities", total), total);
}

static void
add_day (GString *text, const WfLoadFigures *self, const char *holiday)
{
  switch (self->day)
    {
    case WF_LOAD_AWAY:
      g_string_append_printf (text, ". %s", _ ("Away"));
      break;
    case WF_LOAD_HOLIDAY:
      g_string_append_printf (text, ". %s", holiday != NULL ? holiday : _ ("Holiday"));
      break;
    case WF_LOAD_CLOSED:
      g_string_append_printf (text, ". %s", _ ("Closed day"));
      break;
    case WF_LOAD_OPEN:
    default:
      break;
    }
}

char *
wf_load_figures_describe (const WfLoadFigures *self, const char *person, const GDate *date,
                          const char *holiday)
{
  g_autofree char *day = wf_calendar_date_to_text (date, FALSE);
  guint total = wf_load_figures_get_total (self);
  GString *text = g_string_new (NULL);

  /* Translators: a person and a day, before what they have to do */
  g_string_append_printf (text, _ ("%s, %s: "), person, day);
  add_sum (text, self);
  if (total > 0)
    {
      g_string_append (text, ". ");
      /* Translators: parts of the workload: activities that exist, those that waiting steps will create, and those that are likely */
      g_string_append_printf (text, _ ("%u certain, %u committed, %u expected"), self->certain,
                              self->committed, self->expected);
    }
  if (self->over)
    {
      guint by = total - self->capacity;

      g_string_append (text, ". ");
      g_string_append_printf (
          text, ngettext ("%u more than the capacity", "%u more than the capacity", by), by);
    }
  add_day (text, self, holiday);
  return g_string_free_and_steal (text);
}
