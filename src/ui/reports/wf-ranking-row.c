/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person in a ranking: place, movement, avatar, name, value, and behind them a bar as long as the value. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-ranking-list.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define TEXT 0.40 /* of the row's height */
#define AVATAR 0.70
#define RADIUS 12

struct _WfRankingRow
{
  GtkWidget parent_instance;

  GtkLabel *place, *moved, *name, *value;
  AdwAvatar *avatar;
  double share;
  int height;  /* for which the texts are sized */
  char *words; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WfRankingRow, wf_ranking_row, GTK_TYPE_WIDGET)

static void
set_text_size (GtkLabel *label, int pixels, gboolean bold)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (pixels * PANGO_SCALE));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (label, attributes);
}

/* The list says how high a row is; texts follow. */
void
wf_ranking_row_set_height (WfRankingRow *self, int height)
{
  int text = MAX ((int) (height * TEXT), 12);

  if (self->height == height)
    return;
  self->height = height;
  set_text_size (self->place, text, TRUE);
  set_text_size (self->moved, MAX (text * 6 / 10, 10), FALSE);
  set_text_size (self->name, text, FALSE);
  set_text_size (self->value, text, TRUE);
  adw_avatar_set_size (self->avatar, MAX ((int) (height * AVATAR), 16));
}

static void
wf_ranking_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfRankingRow *self = WF_RANKING_ROW (widget);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  float width = (float) gtk_widget_get_width (widget) * (float) self->share;
  float height = (float) gtk_widget_get_height (widget) - 6;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float x = mirrored ? (float) gtk_widget_get_width (widget) - width : 0;
  g_autoptr (GdkRGBA) color = adw_style_manager_get_accent_color_rgba (manager);
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, 3, width, height), RADIUS);
  if (width > 2 * RADIUS)
    {
      GdkRGBA ground = *color;
      const float widths[4] = { 2, 2, 2, 2 };
      GdkRGBA line = { 1, 1, 1, 1 };
      const GdkRGBA lines[4] = { line, line, line, line };

      ground.alpha = adw_style_manager_get_high_contrast (manager) ? 0.25f : 0.45f;
      gtk_snapshot_push_rounded_clip (snapshot, &bar);
      gtk_snapshot_append_color (snapshot, &ground, &bar.bounds);
      gtk_snapshot_pop (snapshot);
      if (adw_style_manager_get_high_contrast (manager))
        gtk_snapshot_append_border (snapshot, &bar, widths, lines);
    }
  GTK_WIDGET_CLASS (wf_ranking_row_parent_class)->snapshot (widget, snapshot);
}

static void
wf_ranking_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_RANKING_ROW);
  G_OBJECT_CLASS (wf_ranking_row_parent_class)->dispose (object);
}

static void
wf_ranking_row_finalize (GObject *object)
{
  g_free (WF_RANKING_ROW (object)->words);
  G_OBJECT_CLASS (wf_ranking_row_parent_class)->finalize (object);
}

static void
wf_ranking_row_class_init (WfRankingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_ranking_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_ranking_row_finalize;
  widget_class->snapshot = wf_ranking_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "rankingrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-ranking-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRankingRow, place);
  gtk_widget_class_bind_template_child (widget_class, WfRankingRow, moved);
  gtk_widget_class_bind_template_child (widget_class, WfRankingRow, name);
  gtk_widget_class_bind_template_child (widget_class, WfRankingRow, value);
  gtk_widget_class_bind_template_child (widget_class, WfRankingRow, avatar);
}

static void
wf_ranking_row_init (WfRankingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
describe_move (const WfRanking *ranking)
{
  if (ranking->is_new)
    return g_strdup ("★");
  if (ranking->moved > 0)
    return g_strdup_printf ("▲%d", ranking->moved);
  if (ranking->moved < 0)
    return g_strdup_printf ("▼%d", -ranking->moved);
  return g_strdup ("");
}

void
wf_ranking_row_set (WfRankingRow *self, const WfRanking *ranking, WfRankingBy by, guint index,
                    guint n)
{
  g_autofree char *place = g_strdup_printf ("%u", ranking->place);
  g_autofree char *move = describe_move (ranking);
  g_autofree char *value = wf_ranking_value_to_text (by, ranking->value);

  g_free (self->words);
  self->words = wf_ranking_to_words (ranking, by);
  self->share = ranking->share;
  gtk_label_set_text (self->place, place);
  gtk_label_set_text (self->moved, move);
  gtk_label_set_text (self->name, ranking->name);
  gtk_label_set_text (self->value, value);
  adw_avatar_set_text (self->avatar, ranking->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->words,
                                  -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) index + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
wf_ranking_row_get_words (WfRankingRow *self)
{
  return self->words;
}
