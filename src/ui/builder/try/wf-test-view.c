/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test: runs an event through the edited workflow and plays its way.
 *
 * The walk itself is over at once, since it is the pure engine on a virtual clock; what takes time
 * is only showing it. One animation counts the stops up; where the desktop wants no animations it
 * is at its end at once, and all stops are there. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-test-view.h"

#include "wf-event-dialog.h"
#include "wf-walk-item.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STOP_DURATION 350 /* milliseconds */

struct _WfTestView
{
  AdwBin parent_instance;

  AdwButtonContent *choose_content;
  GtkWidget *choose;
  GtkButton *play;
  GtkSwitch *succeed;
  GtkLabel *status;
  GtkLabel *hint;
  GtkStack *stack;
  GtkListView *list;

  WfBuilderContext *context; /* (owned) (nullable) */
  WfEvent *event;            /* (owned) (nullable) */
  WfJsonDocument *lead;      /* (owned) (nullable) */
  WfWorkflow *tested;        /* (owned) (nullable) as it was when the test ran */
  GPtrArray *stops;          /* (owned) (nullable) of WfWalkStop */
  GListStore *shown;         /* (owned) of WfWalkItem: those that have lit up */
  WfFlowMarks *marks;        /* (owned) (nullable) */
  AdwAnimation *animation;   /* (owned) (nullable) while it plays */
  gboolean stale;            /* the workflow changed after the test */
};

enum
{
  MARKS_CHANGED,
  REVEAL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfTestView, wf_test_view, ADW_TYPE_BIN)

static WfWorkflow *
get_workflow (WfTestView *self)
{
  return wf_builder_context_get_workflow (self->context);
}

/* -- what can be done -------------------------------------------------------------------------- */

static gboolean
has_trigger (WfTestView *self)
{
  const char *event = self->context != NULL ? get_workflow (self)->event : NULL;

  return event != NULL && *event != '\0';
}

static void
update_status (WfTestView *self)
{
  g_autofree char *sum = NULL, *progress = NULL, *text = NULL;
  guint n = wf_test_view_get_n_stops (self), shown = wf_test_view_get_n_shown (self);

  if (self->stale)
    gtk_label_set_text (self->status, _ ("The workflow changed: run the test again."));
  else if (n == 0)
    gtk_label_set_text (self->status,
                        _ ("Without any effect: nothing is created, and nobody is told."));
  else if (shown < n)
    {
      progress = g_strdup_printf (_ ("Stop %u of %u, without any effect"), shown, n);
      gtk_label_set_text (self->status, progress);
    }
  else
    {
      sum = wf_walk_sum (self->stops, self->tested);
      /* Translators: a sentence that says what a test would do, and that it did not */
      text = g_strdup_printf (_ ("%s This test was without any effect."), sum);
      gtk_label_set_text (self->status, text);
    }
}

static void
update_hint (WfTestView *self)
{
  if (!has_trigger (self))
    gtk_label_set_text (self->hint, _ ("First choose what starts the workflow."));
  else if (self->event == NULL)
    gtk_label_set_text (self->hint, _ ("Choose a past event or write one, and see which way it "
                                       "goes through the workflow."));
  else
    gtk_label_set_text (self->hint, _ ("Run the test to see which way the event goes."));
}

static void
update_actions (WfTestView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean left = wf_test_view_get_n_shown (self) < wf_test_view_get_n_stops (self);
  gboolean playing = self->animation != NULL;

  gtk_widget_action_set_enabled (widget, "test.choose", has_trigger (self));
  gtk_widget_action_set_enabled (widget, "test.write", has_trigger (self));
  gtk_widget_action_set_enabled (widget, "test.run", has_trigger (self) && self->event != NULL);
  gtk_widget_action_set_enabled (widget, "test.play", wf_test_view_get_n_stops (self) > 0);
  gtk_widget_action_set_enabled (widget, "test.step", left);
  gtk_widget_action_set_enabled (widget, "test.skip", left);
  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), playing ? _ ("Pause")
                                                        : left  ? _ ("Play")
                                                                : _ ("Play Again"));
  update_status (self);
  update_hint (self);
}

/* -- showing ----------------------------------------------------------------------------------- */

/* A new value each time: whoever draws it may remember what it drew. */
static void
update_marks (WfTestView *self)
{
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  if (self->stops != NULL)
    {
      self->marks = wf_flow_marks_new ();
      for (guint i = 0; i < wf_test_view_get_n_shown (self); i++)
        {
          g_autoptr (WfWalkItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

          wf_walk_item_mark (item, self->marks);
        }
    }
  g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

/* The zone in which deadlines are computed (S3): the stops' own texts are in it too. */
static GTimeZone *
dup_zone (WfTestView *self)
{
  WfOrganisation *organisation = wf_builder_context_get_organisation (self->context);

  return organisation != NULL ? g_time_zone_ref (wf_working_hours_get_zone (
                                    wf_organisation_get_hours (organisation)))
                              : g_time_zone_new_local ();
}

static void
append_stops (WfTestView *self, guint from, guint until)
{
  g_autoptr (GTimeZone) zone = dup_zone (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < until; i++)
    g_ptr_array_add (items, wf_walk_item_new (g_ptr_array_index (self->stops, i), self->tested,
                                              wf_builder_context_get_organisation (self->context),
                                              wf_event_get_time (self->event), zone));
  g_list_store_splice (self->shown, from, 0, items->pdata, items->len);
}

/* The newest one is said, not those in between when many come at once. */
static void
announce_last (WfTestView *self)
{
  guint n = wf_test_view_get_n_shown (self);
  g_autoptr (WfWalkItem) item = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->shown), n - 1)
                                      : NULL;

  if (item == NULL)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    gtk_list_view_scroll_to (self->list, n - 1, GTK_LIST_SCROLL_NONE, NULL);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), wf_walk_item_get_spoken (item),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_stops (WfTestView *self, guint n)
{
  guint shown = wf_test_view_get_n_shown (self);

  if (n == shown)
    return;
  if (n < shown)
    g_list_store_splice (self->shown, n, shown - n, NULL, 0);
  else
    append_stops (self, shown, n);
  update_marks (self);
  announce_last (self);
  update_actions (self);
}

/* -- playing ----------------------------------------------------------------------------------- */

/* The animation stays where it is: its end is the whole way. */
static void
stop_playing (WfTestView *self)
{
  g_autoptr (AdwAnimation) animation = g_steal_pointer (&self->animation);

  if (animation == NULL)
    return;
  g_signal_handlers_disconnect_by_data (animation, self);
  if (adw_animation_get_state (animation) == ADW_ANIMATION_PLAYING)
    adw_animation_pause (animation);
}

static void
on_animated (double value, gpointer user_data)
{
  WfTestView *self = user_data;

  if (self->animation != NULL)
    show_stops (self, MIN ((guint) floor (value), wf_test_view_get_n_stops (self)));
}

static void
on_animation_done (AdwAnimation *animation, WfTestView *self)
{
  stop_playing (self);
  update_actions (self);
}

static void
start_playing (WfTestView *self)
{
  guint n = wf_test_view_get_n_stops (self);
  guint shown = MAX (wf_test_view_get_n_shown (self), 1);
  g_autoptr (AdwAnimation) animation = NULL;
  AdwAnimationTarget *target;

  stop_playing (self);
  if (n == 0)
    {
      update_actions (self);
      return;
    }
  show_stops (self, shown);
  target = adw_callback_animation_target_new (on_animated, self, NULL);
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), shown, n,
                                             MAX (n - shown, 1) * STOP_DURATION, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_LINEAR);
  g_signal_connect (self->animation, "done", G_CALLBACK (on_animation_done), self);
  update_actions (self);
  animation = g_object_ref (self->animation); /* it may be done before this returns */
  adw_animation_play (animation);
}

static void
clear_test (WfTestView *self)
{
  gboolean had_marks = self->marks != NULL;

  stop_playing (self);
  g_list_store_remove_all (self->shown);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->tested, wf_workflow_unref);
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  if (had_marks)
    g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

static void
run (WfTestView *self)
{
  WfOrganisation *known = wf_builder_context_get_organisation (self->context);
  g_autoptr (WfOrganisation) organisation = known != NULL ? wf_organisation_ref (known)
                                                          : wf_organisation_new_empty ();

  clear_test (self);
  self->stale = FALSE;
  self->tested = wf_workflow_ref (get_workflow (self));
  self->stops = wf_walk_run (organisation, self->tested, self->event,
                             self->lead != NULL ? wf_json_document_get_root (self->lead) : NULL,
                             gtk_switch_get_active (self->succeed));
  gtk_stack_set_visible_child_name (self->stack, "stops");
  start_playing (self);
}

/* -- actions ----------------------------------------------------------------------------------- */

static void
on_chosen (WfTestView *self, WfEvent *event, WfJsonDocument *lead, const char *title)
{
  wf_test_view_run (self, event, lead, title);
}

static WfEventDialog *
open_dialog (WfTestView *self)
{
  WfEventDialog *dialog = wf_event_dialog_new (self->context);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  return dialog;
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_dialog (WF_TEST_VIEW (widget));
}

static void
write_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_event_dialog_write_one (open_dialog (WF_TEST_VIEW (widget)));
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (WF_TEST_VIEW (widget));
}

static void
play_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTestView *self = WF_TEST_VIEW (widget);

  if (self->animation != NULL)
    {
      stop_playing (self);
      update_actions (self);
      return;
    }
  if (wf_test_view_get_n_shown (self) == wf_test_view_get_n_stops (self))
    show_stops (self, 1); /* once more from the beginning */
  start_playing (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTestView *self = WF_TEST_VIEW (widget);

  stop_playing (self);
  show_stops (self, MIN (wf_test_view_get_n_shown (self) + 1, wf_test_view_get_n_stops (self)));
  update_actions (self);
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfTestView *self = WF_TEST_VIEW (widget);

  stop_playing (self);
  show_stops (self, wf_test_view_get_n_stops (self));
  update_actions (self);
}

static void
on_succeed_changed (WfTestView *self)
{
  if (self->stops != NULL)
    run (self);
}

static void
on_activated (WfTestView *self, guint position)
{
  g_autoptr (WfWalkItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (item != NULL)
    g_signal_emit (self, signals[REVEAL], 0, wf_walk_item_get_target (item));
}

static gboolean
has_text (gpointer item, const char *text)
{
  return text != NULL && *text != '\0';
}

/* -- document ---------------------------------------------------------------------------------- */

static void
forget_event (WfTestView *self)
{
  g_clear_pointer (&self->event, wf_event_unref);
  g_clear_pointer (&self->lead, wf_json_document_unref);
  adw_button_content_set_label (self->choose_content, _ ("Choose Event…"));
}

static void
on_document_changed (WfTestView *self)
{
  gboolean had_test = self->stops != NULL;

  if (self->tested != NULL && self->tested == get_workflow (self))
    return;
  clear_test (self);
  self->stale |= had_test;
  if (self->event != NULL &&
      g_strcmp0 (wf_event_get_event_type (self->event), get_workflow (self)->event) != 0)
    {
      forget_event (self);
      self->stale = FALSE;
    }
  update_actions (self);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_test_view_dispose (GObject *object)
{
  WfTestView *self = WF_TEST_VIEW (object);

  stop_playing (self);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TEST_VIEW);
  G_OBJECT_CLASS (wf_test_view_parent_class)->dispose (object);
}

static void
wf_test_view_finalize (GObject *object)
{
  WfTestView *self = WF_TEST_VIEW (object);

  g_clear_pointer (&self->event, wf_event_unref);
  g_clear_pointer (&self->lead, wf_json_document_unref);
  g_clear_pointer (&self->tested, wf_workflow_unref);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->marks, wf_flow_marks_unref);
  g_object_unref (self->shown);
  G_OBJECT_CLASS (wf_test_view_parent_class)->finalize (object);
}

static void
wf_test_view_class_init (WfTestViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_test_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_test_view_finalize;
  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", WF_TYPE_TEST_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REVEAL] = g_signal_new ("reveal", WF_TYPE_TEST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (WF_TYPE_WALK_ITEM);
  gtk_widget_class_install_action (widget_class, "test.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "test.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "test.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "test.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "test.step", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "test.skip", NULL, skip_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-test-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTestView, choose_content);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, choose);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, play);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, succeed);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, status);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, hint);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, stack);
  gtk_widget_class_bind_template_child (widget_class, WfTestView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_succeed_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
wf_test_view_init (WfTestView *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->shown = g_list_store_new (WF_TYPE_WALK_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  update_actions (self);
}

/**
 * wf_test_view_set_context:
 * @self: a view
 * @context: of the builder; once
 */
void
wf_test_view_set_context (WfTestView *self, WfBuilderContext *context)
{
  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  g_signal_connect_object (wf_builder_context_get_document (context), "changed",
                           G_CALLBACK (on_document_changed), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

WfFlowMarks *
wf_test_view_get_marks (WfTestView *self)
{
  return self->marks;
}

/**
 * wf_test_view_run:
 * @self: a view with a context
 * @event: of the type of the workflow's trigger
 * @lead: (nullable): the lead as it is cached
 * @title: the event in a few words
 *
 * Runs the event through the workflow as it is now, and begins to play its way.
 */
void
wf_test_view_run (WfTestView *self, WfEvent *event, WfJsonDocument *lead, const char *title)
{
  wf_event_ref (event);
  g_clear_pointer (&self->event, wf_event_unref);
  self->event = event;
  if (lead != NULL)
    wf_json_document_ref (lead);
  g_clear_pointer (&self->lead, wf_json_document_unref);
  self->lead = lead;
  adw_button_content_set_label (self->choose_content, title);
  run (self);
}

guint
wf_test_view_get_n_stops (WfTestView *self)
{
  return self->stops != NULL ? self->stops->len : 0;
}

guint
wf_test_view_get_n_shown (WfTestView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

void
wf_test_view_focus_first (WfTestView *self)
{
  gtk_widget_grab_focus (self->choose);
}
