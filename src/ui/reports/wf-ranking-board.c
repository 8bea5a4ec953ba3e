/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranking for a screen on the wall.
 *
 * Policy: places are compared with those of the last full minute, so that a mark can be seen for that long however busy the day
 * is. Changes of the store are followed with a pause. Where the desktop wants no animations nothing turns by itself: the arrow
 * keys do. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-ranking-board.h"

#include "wf-ranking-list.h"
#include "wf-report-asking.h"

#include <glib/gi18n-lib.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define TURN (20 * G_TIME_SPAN_SECOND)
#define CALM (2 * G_TIME_SPAN_SECOND)    /* between two readings for the sake of changes */
#define POINTER (3 * G_TIME_SPAN_SECOND) /* until it hides */

struct _WfRankingBoard
{
  AdwWindow parent_instance;

  AdwToolbarView *bars;
  GtkDropDown *choice;
  GtkLabel *heading, *pages, *period, *problem;
  GtkStack *states;
  WfRankingList *list;

  WfRuntime *runtime;     /* (owned) */
  WfReportFilter *filter; /* (owned) */
  WfCommissionRule *rule; /* (owned) (nullable) */
  const char *origin;     /* static; NULL: all */
  WfRankingBy by;
  GCancellable *reading; /* (owned) (nullable) */
  GPtrArray *rankings;   /* (owned) (nullable) */
  GPtrArray *before;     /* (owned) (nullable) of the last full minute */
  char *range;           /* (owned) (nullable) */
  guint page, inhibited;
  WfAlarm *minute, *turn, *calm, *pointer; /* (owned) */
  gboolean calming;                        /* a change waits for its reading */
  gboolean keep;                           /* the reading under way is that of a full minute */
};

G_DEFINE_FINAL_TYPE (WfRankingBoard, wf_ranking_board, ADW_TYPE_WINDOW)

/* ---- showing ---- */

static guint
get_n_pages (WfRankingBoard *self)
{
  guint size = wf_ranking_list_get_page_size (self->list);
  guint n = self->rankings != NULL ? self->rankings->len : 0;

  return MAX ((n + size - 1) / size, 1);
}

static void
show_words (WfRankingBoard *self)
{
  const char *titles[] = { _ ("Done on Time"), C_ ("activities", "Done"), _ ("On-Time Rate"),
                           _ ("Deals"), _ ("Commissions") };
  g_autofree char *period = g_strdup_printf ("%s · %s",
                                             wf_period_kind_get_title (self->filter->period.kind),
                                             self->range != NULL ? self->range : "");
  g_autofree char *pages =
      get_n_pages (self) > 1
          ? g_strdup_printf (_ ("%1$u of %2$u"), self->page + 1, get_n_pages (self))
          : g_strdup ("");

  gtk_label_set_text (self->heading, titles[self->by]);
  gtk_label_set_text (self->period, period);
  gtk_label_set_text (self->pages, pages);
}

static void
show (WfRankingBoard *self)
{
  if (self->rankings == NULL)
    return;
  self->page = MIN (self->page, get_n_pages (self) - 1);
  wf_ranking_list_set (self->list, self->rankings, self->by,
                       self->page * wf_ranking_list_get_page_size (self->list));
  gtk_stack_set_visible_child_name (self->states, self->rankings->len > 0 ? "list" : "nobody");
  show_words (self);
}

static void
on_page_size_changed (WfRankingBoard *self)
{
  show (self);
}

void
wf_ranking_board_turn (WfRankingBoard *self, int by)
{
  int n = (int) get_n_pages (self);

  self->page = (guint) ((((int) self->page + by) % n + n) % n);
  show (self);
}

/* ---- reading ---- */

typedef struct
{
  WfRankingBoard *board; /* (owned) */
  GCancellable *reading; /* (owned) */
} Reading;

static void
take_report (WfRankingBoard *self, const WfReport *report)
{
  GPtrArray *rankings = wf_ranking_order (report, self->by, self->before);

  g_free (self->range);
  self->range = wf_time_range_to_text (report->range);
  if (self->keep || self->before == NULL)
    {
      g_clear_pointer (&self->before, g_ptr_array_unref);
      self->before = g_ptr_array_ref (rankings);
    }
  self->keep = FALSE;
  g_clear_pointer (&self->rankings, g_ptr_array_unref);
  self->rankings = rankings;
  show (self);
}

static void
on_computed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (WfRankingBoard) self = reading->board;
  g_autoptr (GCancellable) mine = reading->reading;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfReport) report = wf_runtime_read_finish (WF_RUNTIME (object), result, &error);

  if (mine != self->reading) /* closed, or another question */
    return;
  g_clear_object (&self->reading);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), report == NULL);
  if (report != NULL)
    take_report (self, report);
  else
    gtk_label_set_text (self->problem, error->message);
}

static void
read_again (WfRankingBoard *self)
{
  g_autoptr (WfReportQuery) query = NULL;
  Reading *reading;

  if (wf_runtime_get_organisation (self->runtime) == NULL ||
      wf_runtime_get_person (self->runtime) == NULL)
    return;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->board = g_object_ref (self);
  reading->reading = g_object_ref (self->reading);
  query =
      wf_report_make_query (self->runtime, self->filter, self->rule, self->origin, self->reading);
  wf_report_read_async (self->runtime, query, self->reading, on_computed, reading);
}

static void
set_alarm (WfRankingBoard *self, WfAlarm *alarm, gint64 after)
{
  wf_alarm_set (alarm, wf_clock_now (wf_runtime_get_clock (self->runtime)) + after);
}

static void
on_minute (WfAlarmReason reason, gpointer user_data)
{
  WfRankingBoard *self = user_data;

  self->keep = TRUE;
  read_again (self);
  set_alarm (self, self->minute, MINUTE);
}

/* A clock that was set back must not stop it: it is armed again whatever the reason is. */
static void
on_calm (WfAlarmReason reason, gpointer user_data)
{
  WfRankingBoard *self = user_data;

  if (!self->calming)
    return;
  self->calming = FALSE;
  read_again (self);
}

static void
on_store_changed (WfRankingBoard *self)
{
  if (self->calming)
    return;
  self->calming = TRUE;
  set_alarm (self, self->calm, CALM);
}

static void
on_turn (WfAlarmReason reason, gpointer user_data)
{
  WfRankingBoard *self = user_data;
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  if (reason == WF_ALARM_DUE && animations && get_n_pages (self) > 1)
    wf_ranking_board_turn (self, 1);
  set_alarm (self, self->turn, TURN);
}

/* ---- the screen ---- */

static void
on_still (WfAlarmReason reason, gpointer user_data)
{
  WfRankingBoard *self = user_data;

  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    {
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
      adw_toolbar_view_set_reveal_top_bars (self->bars, FALSE);
    }
}

static void
on_motion (WfRankingBoard *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  adw_toolbar_view_set_reveal_top_bars (self->bars, TRUE);
  if (self->pointer != NULL)
    set_alarm (self, self->pointer, POINTER);
}

static void
on_fullscreened (WfRankingBoard *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean full = gtk_window_is_fullscreen (GTK_WINDOW (self));

  if (application != NULL && full && self->inhibited == 0)
    self->inhibited = gtk_application_inhibit (application, GTK_WINDOW (self),
                                               GTK_APPLICATION_INHIBIT_IDLE,
                                               _ ("The ranking is shown on the whole screen"));
  if (application != NULL && !full && self->inhibited != 0)
    {
      gtk_application_uninhibit (application, self->inhibited);
      self->inhibited = 0;
    }
  on_motion (self);
}

static void
on_full_clicked (WfRankingBoard *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

static void
on_full_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_full_clicked (WF_RANKING_BOARD (widget));
}

static void
on_leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
on_turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_ranking_board_turn (WF_RANKING_BOARD (widget), g_variant_get_int32 (parameter));
}

static void
on_choice_changed (WfRankingBoard *self)
{
  if (self->runtime != NULL)
    wf_ranking_board_set_by (self, (WfRankingBy) gtk_drop_down_get_selected (self->choice));
}

/* ---- object ---- */

static void
wf_ranking_board_dispose (GObject *object)
{
  WfRankingBoard *self = WF_RANKING_BOARD (object);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  g_clear_pointer (&self->minute, wf_alarm_free);
  g_clear_pointer (&self->turn, wf_alarm_free);
  g_clear_pointer (&self->calm, wf_alarm_free);
  g_clear_pointer (&self->pointer, wf_alarm_free);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->inhibited != 0 && application != NULL)
    gtk_application_uninhibit (application, self->inhibited);
  self->inhibited = 0;
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WF_TYPE_RANKING_BOARD);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->filter, wf_report_filter_free);
  g_clear_pointer (&self->rule, wf_commission_rule_free);
  g_clear_pointer (&self->rankings, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->range, g_free);
  G_OBJECT_CLASS (wf_ranking_board_parent_class)->dispose (object);
}

static void
add_key (GtkWidgetClass *klass, guint key, int by)
{
  gtk_widget_class_add_binding_action (klass, key, 0, "board.turn", "i", by);
}

static void
add_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "board.full-screen", NULL, on_full_action);
  gtk_widget_class_install_action (klass, "board.leave", NULL, on_leave_action);
  gtk_widget_class_install_action (klass, "board.turn", "i", on_turn_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F11, 0, "board.full-screen", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "board.leave", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  add_key (klass, GDK_KEY_Page_Down, 1);
  add_key (klass, GDK_KEY_Page_Up, -1);
}

/* Left and Right would move the focus between the buttons of the bar: the pages of a wall are worth more. In an open list they
 * are the list's. */
static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int by = g_variant_get_int32 (args);

  wf_ranking_board_turn (WF_RANKING_BOARD (widget),
                         gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? -by : by);
  return TRUE;
}

static void
add_arrows (WfRankingBoard *self)
{
  static const struct
  {
    guint key;
    int by;
  } arrows[] = {
    { GDK_KEY_Left, -1 },
    { GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, 1 },
    { GDK_KEY_KP_Right, 1 },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (arrows[i].key, 0),
                                                gtk_callback_action_new (on_arrow, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (arrows[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
wf_ranking_board_class_init (WfRankingBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_ranking_board_dispose;
  g_type_ensure (WF_TYPE_RANKING_LIST);
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-ranking-board.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, bars);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, choice);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, heading);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, pages);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, period);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, problem);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, states);
  gtk_widget_class_bind_template_child (widget_class, WfRankingBoard, list);
  gtk_widget_class_bind_template_callback (widget_class, on_full_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_page_size_changed);
}

static void
wf_ranking_board_init (WfRankingBoard *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  add_arrows (self);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
}

static void
add_alarms (WfRankingBoard *self)
{
  WfClock *clock = wf_runtime_get_clock (self->runtime);

  self->minute = wf_clock_new_alarm (clock, on_minute, self);
  self->turn = wf_clock_new_alarm (clock, on_turn, self);
  self->calm = wf_clock_new_alarm (clock, on_calm, self);
  self->pointer = wf_clock_new_alarm (clock, on_still, self);
  set_alarm (self, self->minute, MINUTE);
  set_alarm (self, self->turn, TURN);
}

WfRankingBoard *
wf_ranking_board_new (GtkApplication *application, WfRuntime *runtime, const WfReportFilter *filter,
                      const char *origin)
{
  WfRankingBoard *self = g_object_new (WF_TYPE_RANKING_BOARD, "application", application, NULL);

  self->runtime = g_object_ref (runtime);
  self->filter = wf_report_filter_copy (filter);
  self->filter->by = WF_DIMENSION_PERSON;
  self->origin = origin;
  g_signal_connect_object (runtime, "activities-changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  add_alarms (self);
  show_words (self);
  read_again (self);
  return self;
}

static gboolean
pays (const WfCommissionRule *rule)
{
  gboolean any = rule->otherwise > 0;

  for (guint i = 0; i < rule->shares->len; i++)
    any |= g_array_index (rule->shares, WfCommissionShare, i).percent > 0;
  return any;
}

void
wf_ranking_board_set_rule (WfRankingBoard *self, const WfCommissionRule *rule)
{
  GtkStringList *choices = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  gboolean offered = g_list_model_get_n_items (G_LIST_MODEL (choices)) > WF_RANKING_COMMISSION;

  g_clear_pointer (&self->rule, wf_commission_rule_free);
  if (rule != NULL && pays (rule))
    self->rule = wf_commission_rule_copy (rule);
  if (self->rule != NULL && !offered)
    gtk_string_list_append (choices, _ ("Commissions"));
  else if (self->rule == NULL && offered)
    gtk_string_list_remove (choices, WF_RANKING_COMMISSION);
  read_again (self);
}

void
wf_ranking_board_set_by (WfRankingBoard *self, WfRankingBy by)
{
  if (self->by == by)
    return;
  self->by = by;
  self->page = 0;
  /* Places of something else say nothing. */
  g_clear_pointer (&self->before, g_ptr_array_unref);
  gtk_drop_down_set_selected (self->choice, by);
  read_again (self);
}

GPtrArray *
wf_ranking_board_get_rankings (WfRankingBoard *self)
{
  return self->rankings;
}

guint
wf_ranking_board_get_page (WfRankingBoard *self)
{
  return self->page;
}
