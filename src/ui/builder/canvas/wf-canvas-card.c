/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card of the canvas in view: drawn by the painter, and the object that the keyboard and a screen
 * reader meet. A widget's own actions are what GTK offers on the accessibility bus, where nothing
 * else can move the focus: "card.open", which comes first, and "card.choose". */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WfCanvasCard, wf_canvas_card, GTK_TYPE_WIDGET)

static const WfFlowCard *
get_shown (WfCanvasCard *self)
{
  if (self->index == G_MAXUINT || self->canvas->layout == NULL)
    return NULL;
  return wf_flow_layout_get_card (self->canvas->layout, self->index);
}

static const char *
get_role (WfFlowKind kind)
{
  switch (kind)
    {
    case WF_FLOW_TRIGGER:
      return C_ ("role", "trigger");
    case WF_FLOW_STEP:
      return C_ ("role", "step");
    case WF_FLOW_WAIT:
      return C_ ("role", "wait");
    case WF_FLOW_BRANCH:
      return C_ ("role", "branch");
    case WF_FLOW_PATH:
      return C_ ("role", "path");
    case WF_FLOW_END:
    default:
      return C_ ("role", "end");
    }
}

/* What it does, with its run mode; then what a test, the traffic or a comparison say about it. */
static char *
make_label (WfCanvasCard *self, const WfFlowCard *shown)
{
  WfFlowMarks *marks = self->canvas->marks;
  const char *said = shown->sentence != NULL ? shown->sentence : shown->title, *text = NULL;
  GString *label = g_string_new (said);
  WfMarkKind kind;
  guint64 count;

  if (marks == NULL)
    return g_string_free_and_steal (label);
  kind = wf_flow_marks_get (marks, &shown->target, &text);
  if (kind != WF_MARK_NONE)
    g_string_append_printf (label, ", %s", wf_mark_kind_to_text (kind));
  if (text != NULL && *text != '\0')
    g_string_append_printf (label, ", %s", text);
  count = wf_flow_marks_get_count (marks, &shown->target);
  if (count != G_MAXUINT64)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

      g_string_append (label, ", ");
      /* Translators: how many leads came this way */
      g_string_append_printf (label, ngettext ("%s lead", "%s leads", count), number);
    }
  return g_string_free_and_steal (label);
}

/* Kind and place too: GTK 4.18 tells neither the role's description nor the position in the set
 * over the bus. */
static char *
make_description (const WfFlowCard *shown)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *subtitle = shown->subtitle;

  if (shown->set_size > 0)
    g_ptr_array_add (
        parts,
        /* Translators: kind of card and its place in its sequence, as in "step, 2 of 4" */
        g_strdup_printf (_ ("%s, %u of %u"), get_role (shown->kind), shown->position,
                         shown->set_size));
  if (subtitle != NULL && *subtitle != '\0' &&
      (shown->sentence == NULL || strstr (shown->sentence, subtitle) == NULL))
    g_ptr_array_add (parts, g_strdup (subtitle));
  if (shown->problem != NULL)
    g_ptr_array_add (parts, g_strdup_printf (shown->is_error ? _ ("Error: %s") : _ ("Warning: %s"),
                                             shown->problem));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (". ", (char **) parts->pdata);
}

void
wf_canvas_card_update_label (WfCanvasCard *self)
{
  const WfFlowCard *shown = get_shown (self);
  g_autofree char *label = NULL, *description = NULL;

  if (shown == NULL)
    return;
  label = make_label (self, shown);
  if (g_set_str (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  description = make_description (shown);
  if (g_set_str (&self->description, description))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description, -1);
}

static void
update_place (WfCanvasCard *self, const WfFlowCard *shown)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION,
                                  get_role (shown->kind), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) shown->level, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) shown->position, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) shown->set_size, -1);
}

static void
update_selected (WfCanvasCard *self, gboolean force)
{
  const WfFlowCard *shown = get_shown (self);
  gboolean is_selected = (self->flags & WF_CARD_SELECTED) != 0;

  if (!force && is_selected == self->was_selected)
    return;
  self->was_selected = is_selected;
  if (shown->target.kind == WF_TARGET_STEP)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_selected,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED);
}

void
wf_canvas_card_update_flags (WfCanvasCard *self)
{
  WfCardFlags flags;

  if (get_shown (self) == NULL)
    return;
  flags = wf_canvas_get_card_flags (self->canvas, self->index);
  if (flags == self->flags)
    return;
  self->flags = flags;
  update_selected (self, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wf_canvas_card_rebind (WfCanvasCard *self, guint index, gboolean redraw)
{
  const WfFlowCard *shown = wf_flow_layout_get_card (self->canvas->layout, index);

  self->index = index;
  self->is_new = FALSE;
  wf_canvas_card_update_label (self);
  update_place (self, shown);
  wf_canvas_card_update_flags (self);
  if (redraw)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wf_canvas_card_bind (WfCanvasCard *self, guint index)
{
  gboolean is_used = index != G_MAXUINT;

  g_clear_pointer (&self->target, wf_target_free);
  self->index = index;
  self->offset = *graphene_point_zero ();
  self->flags = 0;
  if (is_used)
    {
      const WfFlowCard *shown = get_shown (self);

      self->target = wf_target_copy (&shown->target);
      wf_canvas_card_rebind (self, index, TRUE);
      update_selected (self, TRUE);
    }
  else
    wf_canvas_card_set_next (self, NULL, 0);
  /* One that waits is neither drawn nor spoken of, and takes no focus. To remove and add children
   * would cost a layout of the window, as would a change of what can have the focus. */
  gtk_widget_set_child_visible (GTK_WIDGET (self), is_used);
  if (is_used)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/* GTK 4.18 frees only the first link of a list of accessibles, so as many as a branch hardly ever has
 * more of are told without one. */
#define TELL(...) gtk_accessible_update_relation (accessible, relation, __VA_ARGS__, NULL, -1)
#define FOUR(at) next[at], next[at + 1], next[at + 2], next[at + 3]

static void
tell_next (WfCanvasCard *self, GtkWidget **next, guint n)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);
  GtkAccessibleRelation relation = GTK_ACCESSIBLE_RELATION_FLOW_TO;
  g_autoptr (GList) list = NULL;
  GValue value = G_VALUE_INIT;

  switch (n)
    {
    case 0:
      gtk_accessible_reset_relation (accessible, relation);
      return;
    case 1:
      TELL (next[0]);
      return;
    case 2:
      TELL (next[0], next[1]);
      return;
    case 3:
      TELL (next[0], next[1], next[2]);
      return;
    case 4:
      TELL (FOUR (0));
      return;
    case 5:
      TELL (FOUR (0), next[4]);
      return;
    case 6:
      TELL (FOUR (0), next[4], next[5]);
      return;
    case 7:
      TELL (FOUR (0), next[4], next[5], next[6]);
      return;
    case 8:
      TELL (FOUR (0), FOUR (4));
      return;
    default:
      break;
    }
  for (guint i = n; i-- > 0;)
    list = g_list_prepend (list, next[i]);
  g_value_init (&value, gtk_accessible_list_get_type ());
  g_value_take_boxed (&value, gtk_accessible_list_new_from_list (list));
  gtk_accessible_update_relation_value (accessible, 1, &relation, &value);
  g_value_unset (&value);
}

void
wf_canvas_card_set_next (WfCanvasCard *self, GtkWidget **next, guint n)
{
  if (n == self->next->len && (n == 0 || memcmp (next, self->next->pdata, n * sizeof *next) == 0))
    return;
  g_ptr_array_set_size (self->next, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->next, next[i]);
  tell_next (self, next, n);
}

static void
wf_canvas_card_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfCanvasCard *self = WF_CANVAS_CARD (widget);
  const WfFlowCard *shown = get_shown (self);

  if (shown == NULL)
    return;
  self->stamp.drawn++;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (-shown->bounds.origin.x, -shown->bounds.origin.y));
  wf_flow_painter_draw_card (self->canvas->painter, snapshot, self->canvas->layout, self->index,
                             self->flags, self->canvas->marks,
                             !wf_canvas_is_overview (self->canvas),
                             gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                             gtk_widget_get_scale_factor (widget));
  gtk_snapshot_restore (snapshot);
}

/* The canvas gives it the size of the layout. */
static void
wf_canvas_card_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

/* The keyboard comes to a card by any way: then it has the focus for everybody. */
static gboolean
wf_canvas_card_grab_focus (GtkWidget *widget)
{
  WfCanvasCard *self = WF_CANVAS_CARD (widget);

  if (self->target == NULL || !GTK_WIDGET_CLASS (wf_canvas_card_parent_class)->grab_focus (widget))
    return FALSE;
  if (!wf_target_equal (self->target,
                        wf_step_selection_get_focus (wf_canvas_get_selection (self->canvas))))
    wf_canvas_move_focus (self->canvas, self->index, WF_SELECT_REPLACE);
  return TRUE;
}

static void
wf_canvas_card_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GTK_WIDGET_CLASS (wf_canvas_card_parent_class)->state_flags_changed (widget, previous);
  wf_canvas_card_update_flags (WF_CANVAS_CARD (widget));
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_canvas_open_card (WF_CANVAS_CARD (widget)->canvas, WF_CANVAS_CARD (widget)->index);
}

static void
on_select (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (widget);
}

static void
wf_canvas_card_finalize (GObject *object)
{
  WfCanvasCard *self = WF_CANVAS_CARD (object);

  g_clear_pointer (&self->target, wf_target_free);
  g_clear_pointer (&self->next, g_ptr_array_unref);
  wf_canvas_stamp_clear (&self->stamp);
  g_free (self->label);
  g_free (self->description);
  G_OBJECT_CLASS (wf_canvas_card_parent_class)->finalize (object);
}

static void
wf_canvas_card_class_init (WfCanvasCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wf_canvas_card_finalize;
  widget_class->snapshot = wf_canvas_card_snapshot;
  widget_class->measure = wf_canvas_card_measure;
  widget_class->grab_focus = wf_canvas_card_grab_focus;
  widget_class->state_flags_changed = wf_canvas_card_state_flags_changed;
  gtk_widget_class_install_action (widget_class, "card.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "card.choose", NULL, on_select);
  gtk_widget_class_set_css_name (widget_class, "wf-canvas-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
wf_canvas_card_init (WfCanvasCard *self)
{
  self->index = G_MAXUINT;
  self->next = g_ptr_array_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* canvas: its parent, not referenced. */
GtkWidget *
wf_canvas_card_new (WfCanvas *canvas)
{
  WfCanvasCard *self = g_object_new (WF_TYPE_CANVAS_CARD, NULL);

  self->canvas = canvas;
  return GTK_WIDGET (self);
}
