/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of Today: what to do for whom, and how much time is left. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-row.h"

#include "wf-activity-rights.h"
#include "wf-activity-text.h"
#include "wf-row-text.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfActivityRow
{
  GtkBox parent_instance;

  WfRuntime *runtime;     /* (owned) */
  WfMinuteClock *minutes; /* (owned) */
  GtkListItem *list_item; /* (nullable) borrowed while bound */
  WfPagedItem *item;      /* (owned) (nullable) while bound */
  WfActivity *shown;      /* (owned) (nullable) what the texts say */
  guint section;          /* in which it was shown */
  gboolean with_person;
  gboolean stale;     /* nobody sees it, and it does not say yet what it should */
  gboolean selecting; /* the check button selects, it does not complete */
  gboolean filling;
  GtkCheckButton *check;
  WfRowText *words;
};

G_DEFINE_FINAL_TYPE (WfActivityRow, wf_activity_row, GTK_TYPE_BOX)

static const WfActivity *
get_activity (WfActivityRow *self)
{
  return self->item != NULL ? wf_paged_item_get_row (self->item) : NULL;
}

static WfTone
get_tone (WfUrgency urgency)
{
  switch (urgency)
    {
    case WF_URGENCY_LATE:
      return WF_TONE_ERROR;
    case WF_URGENCY_SOON:
      return WF_TONE_WARNING;
    case WF_URGENCY_NONE:
    default:
      return WF_TONE_DIMMED;
    }
}

/* The words are drawn; this is what a screen reader has of them. */
static void
describe (WfActivityRow *self, const WfActivity *activity, WfInstant now, const char *due)
{
  g_autofree char *spoken = wf_activity_spoken (
      activity, wf_runtime_get_organisation (self->runtime), self->with_person, now);

  if (self->list_item == NULL)
    return;
  gtk_list_item_set_accessible_label (self->list_item, spoken);
  gtk_list_item_set_accessible_description (self->list_item, due);
}

/* The part of the row that moves with the clock. */
static void
show_time (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  if (activity == NULL)
    return;
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  WfUrgency urgency = wf_activity_urgency (activity, now);
  const char *end = wf_activity_end_to_text (activity, now);
  g_autofree char *left = end != NULL ? g_strdup (end) : wf_time_left_to_text (activity->due, now);
  g_autofree char *due = wf_activity_due_in_section (activity,
                                                     wf_paged_item_get_section (self->item), now,
                                                     wf_minute_clock_get_zone (self->minutes));

  wf_row_text_set_line (self->words, WF_ROW_END, left);
  wf_row_text_set_line (self->words, WF_ROW_END_NOTE, due);
  wf_row_text_set_tone (self->words, WF_ROW_END, get_tone (urgency));
  wf_row_text_set_icon (self->words, WF_ROW_END_ICON,
                        urgency == WF_URGENCY_SOON ? "alarm-symbolic" : NULL);
  describe (self, activity, now, due);
}

static gboolean
is_closed (const WfActivity *activity)
{
  return activity->status != WF_ACTIVITY_OPEN;
}

/* Why the check button does nothing; NULL: it does. */
static const char *
explain_check (WfActivityRow *self, const WfActivity *activity)
{
  return self->selecting ? NULL : wf_activity_explain_refusal (self->runtime, activity);
}

static const char *
get_check_tooltip (WfActivityRow *self, const WfActivity *activity)
{
  const char *refusal = explain_check (self, activity);

  if (refusal != NULL)
    return refusal;
  if (self->selecting)
    return _ ("Select");
  if (is_closed (activity))
    return _ ("Reopen");
  return activity->kind == WF_ACTIVITY_APPROVAL ? _ ("Approve or Reject") : _ ("Complete");
}

static char *
make_check_label (WfActivityRow *self, const WfActivity *activity)
{
  if (self->selecting)
    return g_strdup_printf (_ ("Select “%s”"), activity->title);
  if (is_closed (activity))
    return g_strdup_printf (_ ("Reopen “%s”"), activity->title);
  return g_strdup_printf (activity->kind == WF_ACTIVITY_APPROVAL ? _ ("Approve or reject “%s”")
                                                                 : _ ("Complete “%s”"),
                          activity->title);
}

/* Ticked: what is selected, or done. The tick of a click stays until the row leaves the list; it comes off again when the command
 * failed or was undone. */
static void
show_check (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->check),
                            activity != NULL && explain_check (self, activity) == NULL);
  if (activity == NULL)
    return;
  g_autofree char *label = make_check_label (self, activity);
  gboolean selected = self->list_item != NULL && gtk_list_item_get_selected (self->list_item);

  self->filling = TRUE;
  gtk_check_button_set_active (self->check, self->selecting ? selected : is_closed (activity));
  self->filling = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* Policy. A list view keeps some two hundred rows alive, and twenty of them are seen: a row out of view is filled when it comes into
 * view, or by whoever has nothing better to do. */
static gboolean
is_seen (WfActivityRow *self)
{
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  return !self->stale;
}

static void
on_selected_changed (WfActivityRow *self)
{
  if (is_seen (self))
    show_check (self);
}

static void
on_rights_changed (WfActivityRow *self)
{
  if (is_seen (self))
    show_check (self);
}

static void
on_minute (WfActivityRow *self)
{
  if (is_seen (self))
    show_time (self);
}

/* A command that failed, or was taken back. */
static void
reset_tick (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  if (!self->selecting && gtk_check_button_get_active (self->check) != is_closed (activity))
    show_check (self);
}

static void
show_row (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  if (activity == NULL)
    {
      wf_row_text_wait (self->words);
      return;
    }
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autofree char *subtitle =
      wf_activity_subtitle (activity, organisation, self->with_person && activity->person != NULL);

  wf_row_text_set_icon (self->words, WF_ROW_ICON, wf_activity_icon (activity, organisation));
  wf_row_text_set_icon (self->words, WF_ROW_SIGN, wf_sync_change_icon (activity->sync));
  wf_row_text_set_line (self->words, WF_ROW_TITLE, activity->title);
  wf_row_text_set_tone (self->words, WF_ROW_TITLE,
                        is_closed (activity) ? WF_TONE_DIMMED : WF_TONE_PLAIN);
  wf_row_text_set_line (self->words, WF_ROW_SUBTITLE, subtitle);
  wf_row_text_set_line (self->words, WF_ROW_BADGE,
                        activity->person == NULL ? _ ("Unassigned") : NULL);
  show_time (self);
}

/* Tooltips are made when somebody asks for one: with each that is set, GTK asks the display where the pointer is, and rows go by by the
 * hundred when the list scrolls. */
static gboolean
on_query_check (WfActivityRow *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const WfActivity *activity = get_activity (self);

  gtk_tooltip_set_text (tooltip, activity != NULL ? get_check_tooltip (self, activity) : NULL);
  return activity != NULL;
}

static gboolean
is_at_icon (WfActivityRow *self, WfRowIcon icon, const graphene_point_t *at)
{
  graphene_rect_t area;

  return wf_row_text_get_icon_area (self->words, icon, &area) &&
         graphene_rect_contains_point (&area, at);
}

static gboolean
is_at_line (WfActivityRow *self, WfRowLine line, const graphene_point_t *at)
{
  graphene_rect_t area;

  return wf_row_text_get_line_area (self->words, line, &area) &&
         graphene_rect_contains_point (&area, at);
}

static gboolean
on_query_words (WfActivityRow *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const graphene_point_t at = GRAPHENE_POINT_INIT ((float) x, (float) y);
  const WfActivity *activity = get_activity (self);
  g_autofree char *text = NULL;

  if (activity == NULL)
    return FALSE;
  if (is_at_icon (self, WF_ROW_SIGN, &at))
    text = wf_sync_change_text (activity->sync, activity->sync_error);
  else if (is_at_icon (self, WF_ROW_END_ICON, &at))
    text = g_strdup (_ ("At risk: due within the hour"));
  else if (is_at_line (self, WF_ROW_END, &at) || is_at_line (self, WF_ROW_END_NOTE, &at))
    text = wf_time_text_full (activity->due, wf_minute_clock_get_zone (self->minutes));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* Every reading brings new values; nearly all of them say what is shown already. */
static gboolean
looks_the_same (const WfActivity *a, const WfActivity *b)
{
  return a->due == b->due && a->status == b->status && a->kind == b->kind && a->sync == b->sync &&
         g_str_equal (a->id, b->id) && g_str_equal (a->title, b->title) &&
         g_strcmp0 (a->type, b->type) == 0 && g_strcmp0 (a->outcome, b->outcome) == 0 &&
         g_strcmp0 (a->person, b->person) == 0 && g_strcmp0 (a->lead_name, b->lead_name) == 0 &&
         g_strcmp0 (a->workflow_name, b->workflow_name) == 0 &&
         g_strcmp0 (a->sync_error, b->sync_error) == 0;
}

/* Whatever the row has said until now. */
static void
fill (WfActivityRow *self)
{
  WfActivity *activity = self->item != NULL ? wf_paged_item_get_row (self->item) : NULL;

  g_clear_pointer (&self->shown, wf_activity_unref);
  self->shown = activity != NULL ? wf_activity_ref (activity) : NULL;
  self->section = self->item != NULL ? wf_paged_item_get_section (self->item) : 0;
  self->stale = FALSE;
  show_check (self);
  show_row (self);
}

static void
on_row_changed (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  if (!is_seen (self))
    return;
  if (self->shown != NULL && activity != NULL && looks_the_same (self->shown, activity) &&
      wf_paged_item_get_section (self->item) == self->section)
    reset_tick (self);
  else
    fill (self);
}

static void
on_check_toggled (WfActivityRow *self)
{
  const WfActivity *activity = get_activity (self);

  if (self->filling || activity == NULL)
    return;
  const char *action = self->selecting        ? "today.toggle-one"
                       : is_closed (activity) ? "today.reopen-one"
                                              : "today.complete-one";
  if (!self->selecting && gtk_check_button_get_active (self->check) == is_closed (activity))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", activity->id);
}

static gboolean
is_modified (GtkGesture *gesture)
{
  GdkModifierType modifiers =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  return (modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0;
}

/* The list would select this row alone. */
static void
on_pressed (WfActivityRow *self, int n, double x, double y, GtkGesture *gesture)
{
  if (self->selecting && !is_modified (gesture))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* One click opens, or selects where that is what clicks do; with Ctrl or Shift it is the list's. The list's own way of opening by
 * one click would also select whatever is under the pointer. */
static void
on_released (WfActivityRow *self, int n, double x, double y, GtkGesture *gesture)
{
  const WfActivity *activity = get_activity (self);

  if (activity != NULL && !is_modified (gesture))
    gtk_widget_activate_action (GTK_WIDGET (self),
                                self->selecting ? "today.toggle-one" : "today.open-one", "s",
                                activity->id);
}

/* A finger begins a selection. */
static void
on_long_pressed (WfActivityRow *self, double x, double y, GtkGesture *gesture)
{
  const WfActivity *activity = get_activity (self);

  if (activity == NULL || self->selecting)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "today.toggle-one", "s", activity->id);
}

static void
wf_activity_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_activity_row_parent_class)->map (widget);
  wf_activity_row_fill (WF_ACTIVITY_ROW (widget));
}

static void
wf_activity_row_dispose (GObject *object)
{
  WfActivityRow *self = WF_ACTIVITY_ROW (object);

  wf_activity_row_unbind (self);
  if (self->minutes != NULL)
    g_signal_handlers_disconnect_by_data (self->minutes, self);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ACTIVITY_ROW);
  G_OBJECT_CLASS (wf_activity_row_parent_class)->dispose (object);
}

static void
wf_activity_row_class_init (WfActivityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_ROW_TEXT);
  G_OBJECT_CLASS (klass)->dispose = wf_activity_row_dispose;
  widget_class->map = wf_activity_row_map;
  gtk_widget_class_set_css_name (widget_class, "wf-activity-row");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfActivityRow, check);
  gtk_widget_class_bind_template_child (widget_class, WfActivityRow, words);
  gtk_widget_class_bind_template_callback (widget_class, on_check_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_query_check);
  gtk_widget_class_bind_template_callback (widget_class, on_query_words);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed);
}

static void
wf_activity_row_init (WfActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes)
{
  WfActivityRow *self = g_object_new (WF_TYPE_ACTIVITY_ROW, NULL);

  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  /* Once, not while bound: among the handlers of all rows each one had to be looked for. */
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (on_minute), self);
  g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (on_rights_changed), self);
  g_signal_connect_swapped (runtime, "notify::person", G_CALLBACK (on_rights_changed), self);
  return GTK_WIDGET (self);
}

void
wf_activity_row_bind (WfActivityRow *self, GtkListItem *list_item, gboolean with_person)
{
  g_return_if_fail (WF_IS_ACTIVITY_ROW (self) && self->item == NULL);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  self->with_person = with_person;
  g_signal_connect_swapped (list_item, "notify::selected", G_CALLBACK (on_selected_changed), self);
  g_signal_connect_swapped (self->item, "notify::row", G_CALLBACK (on_row_changed), self);
  on_row_changed (self);
}

void
wf_activity_row_unbind (WfActivityRow *self)
{
  g_return_if_fail (WF_IS_ACTIVITY_ROW (self));
  if (self->item == NULL)
    return;
  if (self->list_item != NULL)
    g_signal_handlers_disconnect_by_data (self->list_item, self);
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->shown, wf_activity_unref);
  self->list_item = NULL;
}

void
wf_activity_row_set_selecting (WfActivityRow *self, gboolean selecting)
{
  g_return_if_fail (WF_IS_ACTIVITY_ROW (self));
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  if (is_seen (self))
    show_check (self);
}

/**
 * wf_activity_row_fill:
 * @self: a row
 *
 * Makes a row that is out of view say what it should, so that it is at hand for whoever reads the list without looking at it.
 *
 * Returns: FALSE when it did so already
 */
gboolean
wf_activity_row_fill (WfActivityRow *self)
{
  g_return_val_if_fail (WF_IS_ACTIVITY_ROW (self), FALSE);
  if (!self->stale || self->item == NULL)
    return FALSE;
  fill (self);
  return TRUE;
}
