/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widgets of what is in view: cards and "+" buttons, recycled as the view moves. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

/* Policy of covering: widgets and edges are made for the view and half a view around it, at most
 * this many canvas pixels, and stay while the view is inside of that. So most frames of a pan only
 * move what is there, and what a frame costs depends on the size of the window, not on that of the
 * workflow. */
#define MOST_AHEAD 480.0f
#define MOST_SPARE 48
/* The "+" stays big enough to be hit and does not grow over its surroundings. */
#define LEAST_PLUS_SCALE 0.7
#define MOST_PLUS_SCALE 1.5
#define PLUS_EDGE_WIDTH 24

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  const WfCanvasCard *first = *(WfCanvasCard *const *) a, *second = *(WfCanvasCard *const *) b;

  return first->index < second->index ? -1 : first->index > second->index;
}

WfCanvasCard *
wf_canvas_find_widget (WfCanvas *self, guint card)
{
  return g_hash_table_lookup (self->card_of, GUINT_TO_POINTER (card));
}

gboolean
wf_canvas_is_widget_kind (WfCanvas *self, guint card)
{
  return wf_flow_layout_get_card (self->layout, card)->kind != WF_FLOW_END;
}

/* The children's order is the reading order, as a screen reader walks them. */
static void
put_in_order (WfCanvas *self, WfCanvasCard *card)
{
  guint low = 0, high = self->cards->len;
  GtkWidget *after = NULL;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (((WfCanvasCard *) g_ptr_array_index (self->cards, middle))->index < card->index)
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0)
    after = g_ptr_array_index (self->cards, low - 1);
  g_ptr_array_insert (self->cards, (int) low, card);
  if (gtk_widget_get_prev_sibling (GTK_WIDGET (card)) != after)
    gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self), after);
}

void
wf_canvas_get_card_rect (WfCanvas *self, const WfCanvasCard *card, const graphene_point_t *origin,
                         graphene_rect_t *rect)
{
  const graphene_rect_t *bounds = &wf_flow_layout_get_card (self->layout, card->index)->bounds;
  float zoom = (float) self->zoom, rest = (float) (1 - self->progress);

  graphene_rect_init (rect, origin->x + (bounds->origin.x + card->offset.x * rest) * zoom,
                      origin->y + (bounds->origin.y + card->offset.y * rest) * zoom,
                      bounds->size.width * zoom, bounds->size.height * zoom);
}

static void
allocate_card (WfCanvas *self, WfCanvasCard *card, const graphene_point_t *origin)
{
  const graphene_size_t *size = &wf_flow_layout_get_card (self->layout, card->index)->bounds.size;
  float zoom = (float) self->zoom;
  GskTransform *transform;
  graphene_rect_t rect;
  int least;

  wf_canvas_get_card_rect (self, card, origin, &rect);
  transform = gsk_transform_scale (gsk_transform_translate (NULL, &rect.origin), zoom, zoom);
  gtk_widget_measure (GTK_WIDGET (card), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (card), (int) ceilf (size->width), (int) ceilf (size->height), -1,
                       transform);
}

static void
get_origin (WfCanvas *self, graphene_point_t *origin)
{
  double x, y;

  wf_canvas_get_origin (self, &x, &y);
  graphene_point_init (origin, (float) x, (float) y);
}

static void
place_card (WfCanvas *self, WfCanvasCard *card)
{
  graphene_point_t origin;

  get_origin (self, &origin);
  allocate_card (self, card, &origin);
}

WfCanvasCard *
wf_canvas_ensure_widget (WfCanvas *self, guint index)
{
  WfCanvasCard *card = wf_canvas_find_widget (self, index);

  if (card != NULL)
    return card;
  if (self->spare_cards->len > 0)
    card = g_ptr_array_steal_index_fast (self->spare_cards, self->spare_cards->len - 1);
  else
    {
      card = WF_CANVAS_CARD (wf_canvas_card_new (self));
      gtk_widget_set_parent (GTK_WIDGET (card), GTK_WIDGET (self));
    }
  g_hash_table_insert (self->card_of, GUINT_TO_POINTER (index), card);
  wf_canvas_card_bind (card, index);
  put_in_order (self, card);
  place_card (self, card);
  return card;
}

/* position: in cards. */
static void
recycle_card (WfCanvas *self, guint position)
{
  WfCanvasCard *card = g_ptr_array_steal_index (self->cards, position);

  g_hash_table_remove (self->card_of, GUINT_TO_POINTER (card->index));
  wf_canvas_stamp_clear (&card->stamp);
  wf_canvas_card_bind (card, G_MAXUINT);
  if (self->spare_cards->len < MOST_SPARE)
    g_ptr_array_add (self->spare_cards, card);
  else
    gtk_widget_unparent (GTK_WIDGET (card));
}

/* Those of the view, and the one with the focus wherever it is. */
static void
cover_cards (WfCanvas *self, GPtrArray *fresh)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  guint focus = wf_canvas_get_focus_card (self);

  if (!wf_canvas_is_overview (self))
    wf_flow_layout_list_cards_in (self->layout, &self->covered, indices);
  if (focus != G_MAXUINT)
    g_array_append_val (indices, focus);
  for (guint i = 0; i < indices->len; i++)
    {
      if (wf_canvas_is_widget_kind (self, g_array_index (indices, guint, i)))
        g_hash_table_add (wanted, GUINT_TO_POINTER (g_array_index (indices, guint, i)));
    }
  for (guint i = self->cards->len; i-- > 0;)
    {
      const WfCanvasCard *card = g_ptr_array_index (self->cards, i);

      if (!g_hash_table_contains (wanted, GUINT_TO_POINTER (card->index)))
        recycle_card (self, i);
    }
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);

      if (!wf_canvas_is_widget_kind (self, index) || wf_canvas_find_widget (self, index) != NULL)
        continue;
      g_ptr_array_add (fresh, wf_canvas_ensure_widget (self, index));
    }
}

static void
recycle_plus (WfCanvas *self, WfCanvasPlus *plus)
{
  wf_canvas_plus_bind (plus, G_MAXUINT);
  wf_canvas_stamp_clear (&plus->stamp);
  if (self->spare_pluses->len < MOST_SPARE)
    g_ptr_array_add (self->spare_pluses, plus);
  else
    gtk_widget_unparent (GTK_WIDGET (plus));
}

/* After the card that it follows, so that a screen reader meets it there. */
static void
put_plus_in_order (WfCanvas *self, WfCanvasPlus *plus)
{
  const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, plus->edge);
  WfCanvasCard *from = wf_canvas_find_widget (self, edge->from);

  if (from != NULL && gtk_widget_get_prev_sibling (GTK_WIDGET (plus)) != GTK_WIDGET (from))
    gtk_widget_insert_after (GTK_WIDGET (plus), GTK_WIDGET (self), GTK_WIDGET (from));
}

static WfCanvasPlus *
take_plus (WfCanvas *self)
{
  GtkWidget *plus;

  if (self->spare_pluses->len > 0)
    return g_ptr_array_steal_index_fast (self->spare_pluses, self->spare_pluses->len - 1);
  plus = wf_canvas_plus_new (self);
  gtk_widget_set_parent (plus, GTK_WIDGET (self));
  return WF_CANVAS_PLUS (plus);
}

static gboolean
is_plus_wanted (WfCanvas *self, const WfCanvasPlus *plus)
{
  const WfFlowEdge *edge;

  if (plus->edge >= wf_flow_layout_get_n_edges (self->layout))
    return FALSE;
  edge = wf_flow_layout_get_edge (self->layout, plus->edge);
  return wf_target_equal (&edge->place, plus->place) &&
         graphene_rect_contains_point (&self->covered, &edge->plus);
}

static void
cover_pluses (WfCanvas *self)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  gboolean is_none = wf_canvas_is_overview (self) || !wf_canvas_is_editable (self);

  for (guint i = self->pluses->len; i-- > 0;)
    {
      WfCanvasPlus *plus = g_ptr_array_index (self->pluses, i);

      if (!is_none && is_plus_wanted (self, plus))
        g_hash_table_add (present, GUINT_TO_POINTER (plus->edge));
      else
        recycle_plus (self, g_ptr_array_steal_index_fast (self->pluses, i));
    }
  if (is_none)
    return;
  wf_flow_layout_list_edges_in (self->layout, &self->covered, indices);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, index);
      WfCanvasPlus *plus;

      if (edge->place.kind == WF_TARGET_NONE ||
          g_hash_table_contains (present, GUINT_TO_POINTER (index)) ||
          !graphene_rect_contains_point (&self->covered, &edge->plus))
        continue;
      plus = take_plus (self);
      wf_canvas_plus_bind (plus, index);
      g_ptr_array_add (self->pluses, plus);
      put_plus_in_order (self, plus);
    }
}

static void
link_card (WfCanvas *self, WfCanvasCard *card)
{
  const WfFlowCard *shown = wf_flow_layout_get_card (self->layout, card->index);
  g_autofree GtkWidget **next = g_new (GtkWidget *, shown->n_next + 1);
  guint n = 0;

  for (guint i = 0; i < shown->n_next; i++)
    {
      next[n] = (GtkWidget *) wf_canvas_find_widget (self, shown->next[i]);
      if (next[n] != NULL)
        n++;
    }
  wf_canvas_card_set_next (card, next, n);
}

static void
cover (WfCanvas *self, GPtrArray *fresh)
{
  float ahead = wf_canvas_is_overview (self) ? G_MAXFLOAT
                                             : MOST_AHEAD; /* no widgets: it is cheap */
  graphene_rect_t view;

  wf_canvas_get_view (self, &view);
  self->covered = view;
  graphene_rect_inset (&self->covered, -MIN (view.size.width / 2, ahead),
                       -MIN (view.size.height / 2, ahead));
  self->is_covered = TRUE;
  g_clear_pointer (&self->edges_node, gsk_render_node_unref);
  cover_cards (self, fresh);
  cover_pluses (self);
  for (guint i = 0; i < self->cards->len; i++)
    link_card (self, g_ptr_array_index (self->cards, i));
}

void
wf_canvas_cover (WfCanvas *self, gboolean force)
{
  g_autoptr (GPtrArray) fresh = NULL;
  graphene_rect_t view;

  if (self->layout == NULL || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;
  wf_canvas_get_view (self, &view);
  if (!force && self->is_covered && graphene_rect_contains_rect (&self->covered, &view))
    return;
  fresh = g_ptr_array_new ();
  cover (self, fresh);
}

double
wf_canvas_get_plus_zoom (WfCanvas *self)
{
  return CLAMP (self->zoom, LEAST_PLUS_SCALE, MOST_PLUS_SCALE);
}

static int
get_plus_size (WfCanvas *self)
{
  return MAX (PLUS_EDGE_WIDTH, (int) ceilf (self->metrics.plus_size));
}

void
wf_canvas_get_plus_rect (WfCanvas *self, const WfCanvasPlus *plus, const graphene_point_t *origin,
                         graphene_rect_t *rect)
{
  const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, plus->edge);
  float size = (float) get_plus_size (self) * (float) wf_canvas_get_plus_zoom (self);

  graphene_rect_init (
      rect, (float) ((double) origin->x + (double) edge->plus.x * self->zoom) - size / 2,
      (float) ((double) origin->y + (double) edge->plus.y * self->zoom) - size / 2, size, size);
}

static void
allocate_pluses (WfCanvas *self, const graphene_point_t *origin)
{
  float scale = (float) wf_canvas_get_plus_zoom (self);
  int size = get_plus_size (self);

  for (guint i = 0; i < self->pluses->len; i++)
    {
      WfCanvasPlus *plus = g_ptr_array_index (self->pluses, i);
      GskTransform *transform;
      graphene_rect_t rect;
      int least;

      wf_canvas_get_plus_rect (self, plus, origin, &rect);
      transform = gsk_transform_scale (gsk_transform_translate (NULL, &rect.origin), scale, scale);
      gtk_widget_measure (GTK_WIDGET (plus), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                          NULL);
      gtk_widget_allocate (GTK_WIDGET (plus), MAX (size, least), size, -1, transform);
    }
}

void
wf_canvas_allocate_children (WfCanvas *self)
{
  graphene_point_t origin;

  get_origin (self, &origin);
  for (guint i = 0; i < self->cards->len; i++)
    allocate_card (self, g_ptr_array_index (self->cards, i), &origin);
  allocate_pluses (self, &origin);
}

void
wf_canvas_update_flags (WfCanvas *self)
{
  if (self->layout == NULL)
    return;
  for (guint i = 0; i < self->cards->len; i++)
    wf_canvas_card_update_flags (g_ptr_array_index (self->cards, i));
  if (wf_canvas_is_overview (self))
    gtk_widget_queue_draw (
        GTK_WIDGET (self)); /* there the selected cards are drawn by the canvas */
}

void
wf_canvas_redraw_cards (WfCanvas *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->cards, i));
}

void
wf_canvas_redraw (WfCanvas *self)
{
  g_clear_pointer (&self->edges_node, gsk_render_node_unref);
  for (guint i = 0; i < self->cards->len; i++)
    wf_canvas_card_update_label (g_ptr_array_index (self->cards, i));
  wf_canvas_redraw_cards (self);
  for (guint i = 0; i < self->pluses->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->pluses, i));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  wf_canvas_emit_view_changed (self);
}

static gboolean
looks_alike (const WfFlowCard *a, const WfFlowCard *b)
{
  return a->kind == b->kind && a->is_error == b->is_error && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->subtitle, b->subtitle) == 0 && g_strcmp0 (a->problem, b->problem) == 0 &&
         g_strcmp0 (a->icon, b->icon) == 0 &&
         graphene_size_equal (&a->bounds.size, &b->bounds.size);
}

/* How far a card that was there before has to go; FALSE: it is new. */
static gboolean
get_way (WfCanvas *self, const WfFlowLayout *previous, guint index, const graphene_point_t *shift,
         graphene_point_t *way)
{
  const WfFlowCard *now = wf_flow_layout_get_card (self->layout, index);
  guint before = previous != NULL ? wf_flow_layout_find_card (previous, &now->target) : G_MAXUINT;
  graphene_point_t from, to;

  if (before == G_MAXUINT)
    return FALSE;
  graphene_rect_get_center (&wf_flow_layout_get_card (previous, before)->bounds, &from);
  graphene_rect_get_center (&now->bounds, &to);
  graphene_point_init (way, from.x + shift->x - to.x, from.y + shift->y - to.y);
  return TRUE;
}

/* The cards that have widgets keep them under their new indices. */
static void
rebind_cards (WfCanvas *self, const WfFlowLayout *previous, const graphene_point_t *shift)
{
  float rest = (float) (1 - self->progress);

  g_hash_table_remove_all (self->card_of);
  for (guint i = self->cards->len; i-- > 0;)
    {
      WfCanvasCard *card = g_ptr_array_index (self->cards, i);
      guint index = wf_flow_layout_find_card (self->layout, card->target);
      graphene_point_t way;

      if (index == G_MAXUINT)
        {
          recycle_card (self, i);
          continue;
        }
      get_way (self, previous, index, shift, &way);
      graphene_point_init (&card->offset, card->offset.x * rest + way.x,
                           card->offset.y * rest + way.y);
      wf_canvas_card_rebind (card, index,
                             !looks_alike (wf_flow_layout_get_card (previous, card->index),
                                           wf_flow_layout_get_card (self->layout, index)));
      g_hash_table_insert (self->card_of, GUINT_TO_POINTER (index), card);
    }
  g_ptr_array_sort (self->cards, compare_cards);
  for (guint i = 1; i < self->cards->len; i++)
    {
      WfCanvasCard *before = g_ptr_array_index (self->cards, i - 1);
      WfCanvasCard *card = g_ptr_array_index (self->cards, i);

      gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self), GTK_WIDGET (before));
    }
}

static void
on_glide (double value, gpointer data)
{
  WfCanvas *self = data;

  self->progress = value;
  wf_canvas_allocate_children (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_glide_done (AdwAnimation *animation, WfCanvas *self)
{
  self->progress = 1;
  g_clear_pointer (&self->old_edges, gsk_render_node_unref);
  for (guint i = 0; i < self->cards->len; i++)
    {
      WfCanvasCard *card = g_ptr_array_index (self->cards, i);

      card->offset = *graphene_point_zero ();
      card->is_new = FALSE;
    }
}

static void
start_glide (WfCanvas *self, const WfFlowLayout *previous, const graphene_point_t *shift,
             GPtrArray *fresh)
{
  for (guint i = 0; i < fresh->len; i++)
    {
      WfCanvasCard *card = g_ptr_array_index (fresh, i);

      card->is_new = !get_way (self, previous, card->index, shift, &card->offset);
    }
  self->progress = 0;
  adw_animation_play (self->glide);
}

void
wf_canvas_adopt_layout (WfCanvas *self, const WfFlowLayout *previous, const graphene_point_t *shift,
                        gboolean animate)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  if (adw_animation_get_state (self->glide) == ADW_ANIMATION_PLAYING)
    adw_animation_pause (self->glide);
  g_clear_pointer (&self->old_edges, gsk_render_node_unref);
  self->old_edges = animate ? g_steal_pointer (&self->edges_node) : NULL;
  self->old_shift = *shift;
  if (previous != NULL)
    rebind_cards (self, previous, shift);
  for (guint i = self->pluses->len; i-- > 0;)
    recycle_plus (self, g_ptr_array_steal_index_fast (self->pluses, i));
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    cover (self, fresh);
  if (animate && previous != NULL)
    start_glide (self, previous, shift, fresh);
  else
    on_glide_done (self->glide, self);
}

void
wf_canvas_init_cards (WfCanvas *self)
{
  self->cards = g_ptr_array_new ();
  self->spare_cards = g_ptr_array_new ();
  self->card_of = g_hash_table_new (NULL, NULL);
  self->pluses = g_ptr_array_new ();
  self->spare_pluses = g_ptr_array_new ();
  self->progress = 1;
  self->glide = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, WF_CANVAS_MOTION,
                                         adw_callback_animation_target_new (on_glide, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->glide), ADW_EASE_OUT_CUBIC);
  g_signal_connect (self->glide, "done", G_CALLBACK (on_glide_done), self);
}

static void
unparent_all (GPtrArray **widgets)
{
  for (guint i = 0; *widgets != NULL && i < (*widgets)->len; i++)
    gtk_widget_unparent (g_ptr_array_index (*widgets, i));
  g_clear_pointer (widgets, g_ptr_array_unref);
}

void
wf_canvas_dispose_cards (WfCanvas *self)
{
  if (self->glide != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->glide, on_glide_done, self);
      adw_animation_pause (self->glide);
    }
  g_clear_object (&self->glide);
  for (guint i = 0; self->cards != NULL && i < self->cards->len; i++)
    wf_canvas_card_set_next (g_ptr_array_index (self->cards, i), NULL, 0);
  g_clear_pointer (&self->card_of, g_hash_table_unref);
  unparent_all (&self->cards);
  unparent_all (&self->spare_cards);
  unparent_all (&self->pluses);
  unparent_all (&self->spare_pluses);
  g_clear_pointer (&self->edges_node, gsk_render_node_unref);
  g_clear_pointer (&self->old_edges, gsk_render_node_unref);
}
