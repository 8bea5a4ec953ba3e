/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One deadline drawn as a line of time. Right to left it is mirrored: time goes as people read. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-track.h"

#include "wf-deadline-paint.h"

#include <adwaita.h>
#include <math.h>

#define REMINDER_HEIGHT 9 /* above the bar */
#define BAR_HEIGHT 16
#define COUNTED_HEIGHT 4 /* the lower part of the bar */
#define TICK_HEIGHT 3
#define LABEL_GAP 6
#define ROUNDING 4
#define LEAST_WIDTH 160
#define NATURAL_WIDTH 320
#define SIDE 6 /* room for half a mark */

struct _WfDeadlineTrack
{
  GtkWidget parent_instance;

  WfDeadlineLine *line; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WfDeadlineTrack, wf_deadline_track, GTK_TYPE_WIDGET)

static float
get_x (WfDeadlineTrack *self, WfInstant at)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - 2 * SIDE;
  float x = (float) wf_deadline_line_get_place (self->line, at) * width;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? SIDE + width - x
                                                                          : SIDE + x;
}

static graphene_rect_t
get_part (WfDeadlineTrack *self, WfInstant from, WfInstant until, float top, float height)
{
  float a = floorf (get_x (self, from)), b = floorf (get_x (self, until));

  return GRAPHENE_RECT_INIT (MIN (a, b), top, fabsf (b - a), height);
}

static void
paint_bar (WfDeadlineTrack *self, GtkSnapshot *snapshot, const WfDeadlineColors *colors)
{
  const WfDeadlineLine *line = self->line;
  const graphene_rect_t bar = get_part (self, line->from, line->until, REMINDER_HEIGHT, BAR_HEIGHT);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bar, ROUNDING);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < line->stretches->len; i++)
    {
      const WfStretch *stretch = &g_array_index (line->stretches, WfStretch, i);
      const graphene_rect_t part =
          get_part (self, stretch->from, stretch->until, REMINDER_HEIGHT, BAR_HEIGHT);

      wf_deadline_paint_stretch (snapshot, stretch->kind, &part, colors);
    }
  for (guint i = 0; i < line->counted->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (line->counted, WfOpenSpan, i);
      const graphene_rect_t part = get_part (self, span->open, span->close,
                                             REMINDER_HEIGHT + BAR_HEIGHT - COUNTED_HEIGHT,
                                             COUNTED_HEIGHT);

      gtk_snapshot_append_color (snapshot, &colors->accent, &part);
    }
  gtk_snapshot_pop (snapshot);
}

static void
paint_marks (WfDeadlineTrack *self, GtkSnapshot *snapshot, const WfDeadlineColors *colors)
{
  const WfDeadlineLine *line = self->line;
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  const graphene_rect_t bar = GRAPHENE_RECT_INIT (0, REMINDER_HEIGHT, width, BAR_HEIGHT);
  const graphene_rect_t above = GRAPHENE_RECT_INIT (0, 0, width, REMINDER_HEIGHT);

  wf_deadline_paint_mark (snapshot, WF_MARK_EVENT, get_x (self, line->event), &bar, FALSE, colors);
  wf_deadline_paint_mark (snapshot, WF_MARK_DEADLINE, get_x (self, line->due), &bar,
                          get_x (self, line->due) < get_x (self, line->event), colors);
  if (line->remind != WF_INSTANT_NONE)
    wf_deadline_paint_mark (snapshot, WF_MARK_REMINDER, get_x (self, line->remind), &above, FALSE,
                            colors);
}

/* A label that would touch the one before is left out, but not its tick. */
static void
paint_ticks (WfDeadlineTrack *self, GtkSnapshot *snapshot, const WfDeadlineColors *colors)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  const float top = REMINDER_HEIGHT + BAR_HEIGHT;
  float taken_from = 0, taken_until = 0;
  GdkRGBA faint = colors->text;

  faint.alpha *= colors->high_contrast ? 1.0f : 0.7f;
  for (guint i = 0; i < self->line->ticks->len; i++)
    {
      const WfDeadlineTick *tick = g_ptr_array_index (self->line->ticks, i);
      float x = get_x (self, tick->at), from;
      const graphene_rect_t mark = GRAPHENE_RECT_INIT (floorf (x), top, 1, TICK_HEIGHT);
      int label_width;

      gtk_snapshot_append_color (snapshot, &faint, &mark);
      pango_layout_set_text (layout, tick->label, -1);
      pango_layout_get_pixel_size (layout, &label_width, NULL);
      from = CLAMP (x - (float) label_width / 2, 0, MAX (0, width - (float) label_width));
      if (taken_until > taken_from && from < taken_until + LABEL_GAP &&
          from + (float) label_width > taken_from - LABEL_GAP)
        continue;
      taken_from = from;
      taken_until = from + (float) label_width;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf (from), top + TICK_HEIGHT));
      gtk_snapshot_append_layout (snapshot, layout, &faint);
      gtk_snapshot_restore (snapshot);
    }
}

static void
wf_deadline_track_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfDeadlineTrack *self = WF_DEADLINE_TRACK (widget);
  WfDeadlineColors colors;

  if (self->line == NULL)
    return;
  wf_deadline_colors_init (&colors, widget);
  paint_bar (self, snapshot, &colors);
  paint_ticks (self, snapshot, &colors);
  paint_marks (self, snapshot, &colors);
}

static void
wf_deadline_track_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  layout = gtk_widget_create_pango_layout (widget, "09:20");
  pango_layout_get_pixel_size (layout, NULL, &height);
  *minimum = *natural = REMINDER_HEIGHT + BAR_HEIGHT + TICK_HEIGHT + height;
}

static void
wf_deadline_track_finalize (GObject *object)
{
  wf_deadline_line_free (WF_DEADLINE_TRACK (object)->line);
  G_OBJECT_CLASS (wf_deadline_track_parent_class)->finalize (object);
}

static void
wf_deadline_track_class_init (WfDeadlineTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_deadline_track_finalize;
  widget_class->snapshot = wf_deadline_track_snapshot;
  widget_class->measure = wf_deadline_track_measure;
  gtk_widget_class_set_css_name (widget_class, "deadlinetrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_deadline_track_init (WfDeadlineTrack *self)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

void
wf_deadline_track_take_line (WfDeadlineTrack *self, WfDeadlineLine *line)
{
  wf_deadline_line_free (self->line);
  self->line = line;
  gtk_widget_set_visible (GTK_WIDGET (self), line != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const WfDeadlineLine *
wf_deadline_track_get_line (WfDeadlineTrack *self)
{
  return self->line;
}
