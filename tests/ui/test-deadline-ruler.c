/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline ruler and the completion of merge fields on a display. */
#include "wf-deadline-row.h"
#include "wf-deadline-ruler.h"
#include "wf-deadline-track.h"
#include "wf-fake-runtime.h"
#include "wf-instant.h"
#include "wf-merge-suggest.h"
#include "wf-suggestions.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfOrganisation *organisation;
  GtkWidget *window;
  WfInstant now;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->organisation = wf_fake_organisation_new (FALSE);
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 600);
  g_assert_true (wf_instant_parse ("2026-11-18T10:00:00-03:00", &self->now));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wf_organisation_unref (self->organisation);
}

static void
present (Fixture *self, gpointer widget)
{
  adw_window_set_content (ADW_WINDOW (self->window), widget);
  gtk_window_present (GTK_WINDOW (self->window));
}

/* ---- the ruler ---- */

static WfStep *
make_step (gint64 amount)
{
  WfStep *step = wf_step_new (WF_STEP_CREATE_ACTIVITY);

  step->create_activity.complete_within = (WfDuration) { amount, WF_TIME_UNIT_MINUTES };
  step->create_activity.notify = (WfDuration) { 10, WF_TIME_UNIT_MINUTES };
  step->create_activity.business_hours = TRUE;
  return step;
}

static GtkWidget *
get_row (gpointer ruler, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (ruler);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (WF_IS_DEADLINE_ROW (child) && position-- == 0)
      return child;
  return NULL;
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  WfDeadlineRuler *ruler = g_object_new (WF_TYPE_DEADLINE_RULER, NULL);
  g_autoptr (WfStep) step = make_step (30);

  present (self, ruler);
  g_assert_null (get_row (ruler, 0));
  wf_deadline_ruler_set (ruler, &step->create_activity, self->organisation, self->now);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (ruler), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_row (ruler, 1)),
                                   GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (get_row (ruler, 1)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "An event on Friday (Fri 20 Nov, 17:50): Due Mon 23 Nov, 09:20 · reminder 09:10");
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (get_row (ruler, 1)),
                                       GTK_ACCESSIBLE_RELATION_POS_IN_SET, 2);
  gtk_test_accessible_assert_role (
      GTK_ACCESSIBLE (wf_window_check_find (get_row (ruler, 1), WF_TYPE_DEADLINE_TRACK, NULL)),
      GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

/* Typing changes what the rows show, not the rows. */
static void
test_live (Fixture *self, gconstpointer data)
{
  WfDeadlineRuler *ruler = g_object_new (WF_TYPE_DEADLINE_RULER, NULL);
  g_autoptr (WfStep) step = make_step (30);
  GtkWidget *row;

  present (self, ruler);
  wf_deadline_ruler_set (ruler, &step->create_activity, self->organisation, self->now);
  row = get_row (ruler, 0);
  g_assert_true (wf_window_check_has_text (row, "Due Wed 18 Nov, 10:30 · reminder 10:20"));
  step->create_activity.complete_within.amount = 300;
  wf_deadline_ruler_set (ruler, &step->create_activity, self->organisation, self->now);
  g_assert_true (get_row (ruler, 0) == row);
  g_assert_true (wf_window_check_has_text (row, "Due Wed 18 Nov, 16:00 · reminder 15:50"));
  step->create_activity.complete_within.amount = 0;
  wf_deadline_ruler_set (ruler, &step->create_activity, self->organisation, self->now);
  g_assert_null (get_row (ruler, 0));
  wf_deadline_ruler_set (ruler, &step->create_activity, NULL, self->now);
}

/* The picture as render nodes: the same again is the same, right to left is another. */
static GskRenderNode *
draw (GtkWidget *row)
{
  GtkWidget *track = wf_window_check_find (row, WF_TYPE_DEADLINE_TRACK, NULL);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  g_assert_nonnull (wf_deadline_track_get_line (WF_DEADLINE_TRACK (track)));
  GTK_WIDGET_GET_CLASS (track)->snapshot (track, snapshot);
  return gtk_snapshot_to_node (snapshot);
}

static char *
serialize (GskRenderNode *node)
{
  g_autoptr (GBytes) bytes = gsk_render_node_serialize (node);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
is_allocated (gpointer row)
{
  GtkWidget *track = wf_window_check_find (row, WF_TYPE_DEADLINE_TRACK, NULL);

  return track != NULL && gtk_widget_get_width (track) > 100;
}

static void
test_drawing (Fixture *self, gconstpointer data)
{
  WfDeadlineRuler *ruler = g_object_new (WF_TYPE_DEADLINE_RULER, NULL);
  g_autoptr (WfStep) step = make_step (300);
  g_autoptr (GskRenderNode) first = NULL, second = NULL, mirrored = NULL;
  g_autofree char *first_text = NULL, *second_text = NULL, *mirrored_text = NULL;
  GtkWidget *row;

  present (self, ruler);
  wf_deadline_ruler_set (ruler, &step->create_activity, self->organisation, self->now);
  row = get_row (ruler, 1);
  g_assert_true (wf_window_check_wait (is_allocated, row));
  first = draw (row);
  second = draw (row);
  gtk_widget_set_direction (wf_window_check_find (row, WF_TYPE_DEADLINE_TRACK, NULL),
                            GTK_TEXT_DIR_RTL);
  mirrored = draw (row);
  first_text = serialize (first);
  second_text = serialize (second);
  mirrored_text = serialize (mirrored);
  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpstr (first_text, !=, mirrored_text);
  g_assert_nonnull (strstr (first_text, "repeat")); /* patterns, not only colours */
}

/* ---- merge fields ---- */

static gboolean
is_open (gpointer text)
{
  GtkWidget *found = wf_window_check_find (text, WF_TYPE_SUGGESTIONS, NULL);

  return found != NULL && wf_suggestions_get_n (WF_SUGGESTIONS (found)) > 0;
}

static gboolean
press (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
has_focus (gpointer widget)
{
  return gtk_widget_has_focus (widget);
}

static void
type (GtkEditable *line, const char *text)
{
  int position = gtk_editable_get_position (line);

  gtk_editable_insert_text (line, text, -1, &position);
  gtk_editable_set_position (line, position);
}

static void
test_line (Fixture *self, gconstpointer data)
{
  GtkWidget *list = gtk_list_box_new (), *row = adw_entry_row_new (), *text;
  GtkEditable *line;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  wf_merge_suggest_add (row, "lead.received");
  present (self, list);
  line = gtk_editable_get_delegate (GTK_EDITABLE (row));
  text = GTK_WIDGET (line);
  gtk_widget_grab_focus (row);
  g_assert_true (wf_window_check_wait (has_focus, text));
  type (line, "Olá {");
  g_assert_true (wf_window_check_wait (is_open, text));
  type (line, "sco");
  settle ();
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (text),
                                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT));
  g_assert_true (press (text, GDK_KEY_Tab));
  g_assert_cmpstr (gtk_editable_get_text (line), ==, "Olá {lead.score}");
  g_assert_cmpint (gtk_editable_get_position (line), ==, 16);
  settle ();
  g_assert_false (is_open (text));
  /* closed by Escape it stays closed for this brace; "{{" is a brace */
  type (line, " {");
  g_assert_true (wf_window_check_wait (is_open, text));
  g_assert_true (press (text, GDK_KEY_Escape));
  type (line, "na");
  settle ();
  g_assert_false (is_open (text));
  gtk_editable_set_text (line, "");
  type (line, "{");
  g_assert_true (wf_window_check_wait (is_open, text));
  type (line, "{");
  settle ();
  g_assert_false (is_open (text));
  g_assert_false (press (text, GDK_KEY_Return));
}

static void
test_long_text (Fixture *self, gconstpointer data)
{
  GtkWidget *view = gtk_text_view_new ();
  g_autoptr (GtkTextBuffer) buffer = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  wf_merge_suggest_add (view, "meeting.scheduled");
  present (self, view);
  gtk_widget_grab_focus (view);
  g_assert_true (wf_window_check_wait (has_focus, view));
  gtk_text_buffer_insert_at_cursor (buffer, "Hello\nAt {meeting st", -1);
  g_assert_true (wf_window_check_wait (is_open, view));
  g_assert_true (press (view, GDK_KEY_Return));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, "Hello\nAt {meeting.start}");
  gtk_text_buffer_undo (buffer);
  /* the buffer may outlive its view */
  adw_window_set_content (ADW_WINDOW (self->window), gtk_label_new ("gone"));
  gtk_text_buffer_insert_at_cursor (buffer, "{", -1);
  settle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/ui/deadline-ruler/accessible", test_accessible);
  ADD ("/ui/deadline-ruler/live", test_live);
  ADD ("/ui/deadline-ruler/drawing", test_drawing);
  ADD ("/ui/merge-suggest/line", test_line);
  ADD ("/ui/merge-suggest/long-text", test_long_text);
  return g_test_run ();
}
