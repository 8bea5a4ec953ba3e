/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads in a window: the table, one lead with its stages, comments and history, what is done with many, and what a screen
 * reader gets. */
#include "wf-comment-box.h"
#include "wf-fake-clock.h"
#include "wf-lead-cell.h"
#include "wf-lead-filter-popover.h"
#include "wf-lead-page.h"
#include "wf-leads-page-private.h"
#include "wf-leads-sample.h"
#include "wf-moment-row.h"
#include "wf-new-lead-dialog.h"
#include "wf-paged-selection.h"
#include "wf-stage-button.h"
#include "wf-stage-choice-dialog.h"
#include "wf-stage-dialog.h"
#include "wf-stage-stepper.h"
#include "wf-suggestions.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
open_page (Fixture *self, const char *person)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());

  wf_fake_runtime_set_account (self->runtime, self->organisation, person);
  self->page = g_object_new (WF_TYPE_LEADS_PAGE, "runtime", self->runtime, NULL);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), GTK_WIDGET (overlay));
  adw_toast_overlay_set_child (overlay, self->page);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
set_up (Fixture *self, gconstpointer width)
{
  self->clock = wf_fake_clock_new_at ("2026-11-18T13:00:00Z");
  self->organisation = wf_leads_sample_organisation ();
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), NULL, NULL);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width",
                               width != NULL ? GPOINTER_TO_INT (width) : 1100, "default-height",
                               800, NULL);
}

/* What a screen reader was told last may hold a widget until the bus has answered. */
static gboolean
is_only_ours (gpointer runtime)
{
  return G_OBJECT (runtime)->ref_count == 1;
}

static void
reset_columns (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  g_settings_reset (settings, "lead-columns-hidden");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  reset_columns ();
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==,
                    0); /* nothing goes on without a window */
  g_assert_true (wf_window_check_wait (is_only_ours, self->runtime));
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Text;

static gboolean
shows_text (gpointer data)
{
  return wf_window_check_has_text (((Text *) data)->root, ((Text *) data)->text);
}

static gboolean
hides_text (gpointer data)
{
  return !shows_text (data);
}

static void
assert_shows (GtkWidget *root, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Text) { root, text }))
    g_error ("“%s” is not shown", text);
}

static void
assert_hides (GtkWidget *root, const char *text)
{
  if (!wf_window_check_wait (hides_text, &(Text) { root, text }))
    g_error ("“%s” is still shown", text);
}

typedef struct
{
  WfRuntime *runtime;
  const char *command;
} Command;

static gboolean
was_asked (gpointer data)
{
  return g_strcmp0 (wf_fake_runtime_get_last_command (((Command *) data)->runtime),
                    ((Command *) data)->command) == 0;
}

static void
assert_asked (Fixture *self, const char *command)
{
  if (!wf_window_check_wait (was_asked, &(Command) { self->runtime, command }))
    g_error ("“%s” was asked, not “%s”", wf_fake_runtime_get_last_command (self->runtime), command);
}

typedef struct
{
  GtkWidget *root;
  GType type;
  const char *id;
} Wanted;

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;

  return wf_window_check_find (wanted->root, wanted->type, wanted->id) != NULL;
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *id)
{
  if (!wf_window_check_wait (is_there, &(Wanted) { root, type, id }))
    g_error ("There is no %s", g_type_name (type));
  return wf_window_check_find (root, type, id);
}

static void
activate (Fixture *self, const char *action, const char *target)
{
  GtkWidget *from = find (self->page, ADW_TYPE_HEADER_BAR, NULL); /* of the page that is shown */

  g_assert_true (gtk_widget_activate_action (from, action, target != NULL ? "s" : NULL, target));
}

static gboolean
has_dialog (gpointer window)
{
  return adw_application_window_get_visible_dialog (window) != NULL;
}

static gboolean
has_no_dialog (gpointer window)
{
  return adw_application_window_get_visible_dialog (window) == NULL;
}

static GtkWidget *
get_dialog (Fixture *self, GType type)
{
  g_assert_true (wf_window_check_wait (has_dialog, self->window));
  AdwDialog *dialog =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_assert_true (g_type_is_a (G_OBJECT_TYPE (dialog), type));
  return GTK_WIDGET (dialog);
}

/* ---- table ------------------------------------------------------------------------------------- */

static void
test_table (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  assert_shows (self->page, "3 leads"); /* without the lost one */
  assert_shows (self->page, "Padaria Sol");
  assert_shows (self->page, "Filter 1");
  assert_shows (self->page, "Ana Souza");
  assert_shows (self->page, "Store");
  assert_shows (self->page, "No next activity");
  assert_shows (self->page, "Nobody");
  g_assert_false (wf_window_check_has_text (self->page, "Bar do Zé"));
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
}

typedef struct
{
  GListModel *rows;
  const char *name;
} First;

static gboolean
is_first (gpointer data)
{
  g_autoptr (WfPagedItem) item = g_list_model_get_item (((First *) data)->rows, 0);
  const WfLead *lead = item != NULL ? wf_paged_item_get_row (item) : NULL;

  return lead != NULL && g_str_equal (lead->name, ((First *) data)->name);
}

/* The rows of the order before stay until the others are there. */
static void
assert_first (GListModel *rows, const char *name)
{
  if (!wf_window_check_wait (is_first, &(First) { rows, name }))
    g_error ("“%s” is not the first", name);
}

static void
test_sort_and_search (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  assert_shows (self->page, "Padaria Sol");
  GtkColumnView *table = GTK_COLUMN_VIEW (find (self->page, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (table));

  activate (self, "leads.sort", "name");
  assert_first (rows, "Clínica Vida");
  activate (self, "leads.sort", "name"); /* again: the other way round */
  assert_first (rows, "Padaria Sol");

  activate (self, "leads.search", NULL);
  GtkWidget *search = find (self->page, GTK_TYPE_SEARCH_ENTRY, "search");
  gtk_editable_set_text (GTK_EDITABLE (search), "CLINICA");
  assert_shows (self->page, "1 lead");
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like this");
  assert_shows (self->page, "Nothing Found");
  activate (self, "leads.clear-filters", NULL);
  assert_shows (self->page, "3 leads");
}

static void
test_without_next (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  wf_leads_page_show_without_next (WF_LEADS_PAGE (self->page));
  assert_shows (self->page, "1 lead · without a next activity");
  assert_shows (self->page, "Clínica Vida");
  activate (self, "leads.clear-filters", NULL);
  assert_shows (self->page, "3 leads");
}

/* The titles of the columns that are shown, with a comma between. Owned by the caller. */
static char *
dup_columns (GtkWidget *page)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (table);
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_strv_builder_add (titles, gtk_column_view_column_get_title (column));
    }
  g_auto (GStrv) list = g_strv_builder_end (titles);
  return g_strjoinv (",", list);
}

static gboolean
has_columns (gpointer data)
{
  g_autofree char *columns = dup_columns (((Text *) data)->root);

  return g_str_equal (columns, ((Text *) data)->text);
}

static void
assert_columns (Fixture *self, const char *columns)
{
  if (!wf_window_check_wait (has_columns, &(Text) { self->page, columns }))
    {
      g_autofree char *shown = dup_columns (self->page);

      g_error ("“%s” are shown, not “%s”", shown, columns);
    }
}

static gboolean
is_check_item (GtkWidget *widget, const char *name)
{
  g_autofree char *text = NULL;
  g_auto (GValue) role = G_VALUE_INIT;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return FALSE;
  g_object_get (widget, "text", &text, NULL);
  g_object_get_property (G_OBJECT (widget), "role", &role);
  const GEnumValue *kind =
      g_enum_get_value (g_type_class_peek (G_VALUE_TYPE (&role)), g_value_get_enum (&role));
  return g_strcmp0 (text, name) == 0 && g_str_equal (kind->value_nick, "check");
}

/* The item of the menu with a check mark and this name; its submenu need not be open. */
static GtkWidget *
find_check_item (GtkWidget *root, const char *name)
{
  if (is_check_item (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check_item (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press_check_item (Fixture *self, const char *name, gboolean was)
{
  GtkMenuButton *button =
      GTK_MENU_BUTTON (find (self->page, GTK_TYPE_MENU_BUTTON, "table_menu_button"));
  GtkWidget *item = find_check_item (GTK_WIDGET (gtk_menu_button_get_popover (button)), name);
  gboolean active;

  g_assert_nonnull (item);
  g_object_get (item, "active", &active, NULL);
  g_assert_cmpint (active, ==, was);
  g_signal_emit_by_name (item, "clicked");
  g_object_get (item, "active", &active, NULL);
  g_assert_cmpint (active, ==, !was);
}

/* The page gets as much room as is wanted. */
static AdwClamp *
clamp_page (Fixture *self)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (gtk_widget_get_parent (self->page));
  AdwClamp *clamp = ADW_CLAMP (adw_clamp_new ());
  g_autoptr (GtkWidget) page = g_object_ref (self->page);

  adw_toast_overlay_set_child (overlay, GTK_WIDGET (clamp));
  adw_clamp_set_child (clamp, page);
  return clamp;
}

static void
set_width (AdwClamp *clamp, int width)
{
  adw_clamp_set_maximum_size (clamp, width);
  adw_clamp_set_tightening_threshold (clamp, width);
}

/* Chosen in the menu, hidden further while there is no room, as chosen again when there is, and remembered. */
static void
test_columns (Fixture *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  static const char *const older[] = { "gone", "next", NULL }; /* a column of another version */

  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  AdwClamp *clamp = clamp_page (self);
  set_width (clamp, 1100);
  assert_shows (self->page, "Ana Souza");
  assert_columns (self, "Name,Stage,Owner,Score,Origin,Next Activity,Last Contact");
  press_check_item (self, "Owner", TRUE);
  press_check_item (self, "Last Contact", TRUE);
  assert_columns (self, "Name,Stage,Score,Origin,Next Activity");
  assert_hides (self->page, "Ana Souza");

  set_width (clamp, 900);
  assert_columns (self, "Name,Stage,Score,Next Activity");
  set_width (clamp, 700);
  assert_columns (self, "Name,Stage,Next Activity");
  press_check_item (self, "Stage", TRUE); /* also while others have no room */
  press_check_item (self, "Owner", FALSE);
  assert_columns (self, "Name,Next Activity");
  set_width (clamp, 400);
  assert_columns (self, "Name");
  set_width (clamp, 1100);
  assert_columns (self, "Name,Owner,Score,Origin,Next Activity");

  open_page (self, "carla"); /* the next time */
  assert_columns (self, "Name,Owner,Score,Origin,Next Activity");
  g_settings_set_strv (settings, "lead-columns-hidden", older);
  assert_columns (self, "Name,Stage,Owner,Score,Origin,Last Contact");
  press_check_item (self, "Next Activity", FALSE);
  assert_columns (self, "Name,Stage,Owner,Score,Origin,Next Activity,Last Contact");
}

static gboolean
has_one_saved (gpointer list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static gboolean
has_none_saved (gpointer list)
{
  return !has_one_saved (list);
}

/* The columns of the file as a text; owned by the caller. */
static char *
dup_exported (Fixture *self)
{
  g_autoptr (GArray) columns = wf_lead_columns_shown_list (WF_LEADS_PAGE (self->page));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (text, "%d,", g_array_index (columns, WfLeadColumn, i));
  return g_string_free_and_steal (text);
}

/* A file has the columns that were chosen, in their order, however narrow the window. */
static void
test_exported_columns (Fixture *self, gconstpointer data)
{
  static const char *const hidden[] = { "owner", "contact", NULL };
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  WfLeadsPage *page;

  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  page = WF_LEADS_PAGE (self->page);
  g_autofree char *all = dup_exported (self);
  g_assert_cmpstr (all, ==, "1,2,3,4,5,6,7,");
  g_settings_set_strv (settings, "lead-columns-hidden", hidden);
  gtk_column_view_insert_column (page->table, 1, page->columns[WF_LEAD_COLUMN_NEXT]);
  g_autofree char *chosen = dup_exported (self);
  g_assert_cmpstr (chosen, ==, "6,1,2,4,5,");
}

/* Chosen, kept under a name, forgotten, taken again, removed and put back. */
static void
test_filters (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  assert_shows (self->page, "3 leads");
  GtkWidget *button = find (self->page, GTK_TYPE_MENU_BUTTON, "filter_button");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  GtkWidget *popover = find (self->page, WF_TYPE_LEAD_FILTER_POPOVER, NULL);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (popover, ADW_TYPE_SWITCH_ROW, "also_closed")),
                             TRUE);
  assert_shows (self->page, "4 leads · also closed ones");
  g_assert_cmpuint (wf_window_check_count_nameless (popover), ==, 0);

  GtkWidget *save = find (popover, ADW_TYPE_ENTRY_ROW, "save");
  gtk_editable_set_text (GTK_EDITABLE (save), "All of them");
  g_signal_emit_by_name (save, "apply");
  assert_asked (self, "filter leads All of them {\"also-closed\":true}");
  GtkListBox *saved = GTK_LIST_BOX (find (popover, GTK_TYPE_LIST_BOX, "saved"));
  g_assert_true (wf_window_check_wait (has_one_saved, saved));
  activate (self, "leads.clear-filters", NULL);
  assert_shows (self->page, "3 leads");

  g_signal_emit_by_name (saved, "row-activated", gtk_list_box_get_row_at_index (saved, 0));
  assert_shows (self->page, "4 leads · also closed ones");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (saved, 0));
  g_signal_emit_by_name (find (row, GTK_TYPE_BUTTON, NULL), "clicked");
  g_assert_true (wf_window_check_wait (has_none_saved, saved));
  activate (self, "leads.undo", NULL);
  g_assert_true (wf_window_check_wait (has_one_saved, saved));
}

/* One column with two lines, everything still there. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  assert_shows (self->page, "Filter 1 · Today, 10:25 · Call back");
  assert_hides (self->page, "Ana Souza");
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-1");
  assert_shows (self->page, "+55 11 98888-0001");
  g_assert_cmpint (gtk_widget_get_width (self->window), <=, 360);
}

static void
test_states (Fixture *self, gconstpointer data)
{
  open_page (self, "carla");
  assert_shows (self->page, "No Leads Yet");
  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  wf_fake_runtime_tell_leads (self->runtime);
  assert_shows (self->page, "The Leads Cannot Be Read");
  assert_shows (self->page, "The disk is full.");
  wf_leads_sample_fill (self->runtime);
  assert_shows (self->page, "3 leads");
  wf_fake_runtime_set_sync (self->runtime, WF_SYNC_STATUS_OFFLINE, NULL, 0,
                            wf_clock_now (WF_CLOCK (self->clock)));
  assert_shows (self->page, "Offline. The leads are shown as they were last seen.");
}

/* ---- many -------------------------------------------------------------------------------------- */

static void
test_bulk (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "carla");
  assert_shows (self->page, "Padaria Sol");
  GtkColumnView *table = GTK_COLUMN_VIEW (find (self->page, GTK_TYPE_COLUMN_VIEW, NULL));

  activate (self, "leads.sort", "name");
  assert_first (G_LIST_MODEL (gtk_column_view_get_model (table)), "Clínica Vida");
  gtk_selection_model_select_range (gtk_column_view_get_model (table), 1, 2, TRUE);
  assert_shows (self->page, "2 selected");

  activate (self, "leads.change-stage", NULL);
  GtkWidget *dialog = get_dialog (self, WF_TYPE_STAGE_CHOICE_DIALOG);
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_signal_emit_by_name (dialog, "chosen", "meeting");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  assert_shows (self->window, "2 leads are now in “Meeting”");
  assert_asked (self, "change l-2,l-1 meeting - -");
  activate (self, "leads.undo", NULL);
  assert_asked (self, "undo 2");
  assert_shows (self->window, "Taken back");
  assert_shows (self->page, "New");

  activate (self, "leads.unselect", NULL);
  assert_hides (self->page, "2 selected");
}

/* ---- one lead ---------------------------------------------------------------------------------- */

static void
open_lead (Fixture *self, const char *person)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, person);
  assert_shows (self->page, "Padaria Sol");
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-1");
  assert_shows (self->page, "Padaria Sol Ltda");
}

static void
test_lead (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  assert_shows (self->page, "As of 10:00");
  assert_shows (self->page, "contato@padariasol.example");
  assert_shows (self->page, "Solar panels");
  assert_shows (self->page, "Campinas");
  assert_shows (self->page, "Call back");
  assert_shows (self->page, "in 25 min");
  assert_shows (self->page, "Send the offer");
  assert_shows (self->page, "Bruno Lima commented");
  assert_shows (self->page, "Wants to pay in ten parts");
  assert_shows (self->page, "Workflow “Filter 1” ran (version 3)");
  assert_shows (self->page, "Monday, 16 November");
  g_assert_cmpuint (wf_window_check_count_nameless (self->window), ==, 0);
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "gone");
  assert_shows (self->page, "This Lead Is Not Known Here");
}

static GtkWidget *
get_stage (Fixture *self, guint index)
{
  GtkWidget *stepper = find (self->page, WF_TYPE_STAGE_STEPPER, NULL);
  GtkWidget *button = find (stepper, WF_TYPE_STAGE_BUTTON, NULL);

  for (guint i = 0; i < index; i++)
    button = gtk_widget_get_next_sibling (button);
  g_assert_nonnull (button);
  return button;
}

/* What a screen reader is told of the steps. */
static void
test_stepper_tree (Fixture *self, gconstpointer data)
{
  open_lead (self, "bruno"); /* a seller, and the lead is Ana's */
  GtkWidget *stepper = find (self->page, WF_TYPE_STAGE_STEPPER, NULL);

  gtk_test_accessible_assert_role (stepper, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_test_accessible_assert_property (stepper, GTK_ACCESSIBLE_PROPERTY_LABEL, "Stage");
  for (guint i = 0; i < 5; i++)
    {
      GtkWidget *stage = get_stage (self, i);
      gtk_test_accessible_assert_role (stage, GTK_ACCESSIBLE_ROLE_RADIO);
      gtk_test_accessible_assert_state (stage, GTK_ACCESSIBLE_STATE_CHECKED,
                                        i == 1 ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                               : GTK_ACCESSIBLE_TRISTATE_FALSE);
      gtk_test_accessible_assert_relation (stage, GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) i + 1);
      gtk_test_accessible_assert_relation (stage, GTK_ACCESSIBLE_RELATION_SET_SIZE, 5);
      gtk_test_accessible_assert_state (stage, GTK_ACCESSIBLE_STATE_DISABLED, i != 1);
    }
  gtk_test_accessible_assert_property (get_stage (self, 0), GTK_ACCESSIBLE_PROPERTY_LABEL, "New");
  gtk_test_accessible_assert_property (get_stage (self, 2), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Ana Souza is responsible for this lead.");
  /* Choosing it nevertheless says why not. */
  g_signal_emit_by_name (get_stage (self, 2), "clicked");
  assert_shows (self->window, "Ana Souza is responsible for this lead.");
}

static void
test_stepper_keyboard (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  GtkWidget *stepper = find (self->page, WF_TYPE_STAGE_STEPPER, NULL);

  for (int reversed = 0; reversed <= 1; reversed++)
    {
      GtkDirectionType forward = reversed ? GTK_DIR_LEFT : GTK_DIR_RIGHT;
      GtkDirectionType back = reversed ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
      gtk_widget_set_direction (stepper, reversed ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
      g_assert_true (gtk_widget_grab_focus (stepper));
      g_assert_true (gtk_widget_is_focus (get_stage (self, 1))); /* the present one */
      g_assert_true (gtk_widget_child_focus (stepper, forward));
      g_assert_true (gtk_widget_is_focus (get_stage (self, 2)));
      for (guint i = 0; i < 5; i++)
        gtk_widget_child_focus (stepper, forward);
      g_assert_true (gtk_widget_is_focus (get_stage (self, 4))); /* it ends there */
      g_assert_true (gtk_widget_child_focus (stepper, back));
      g_assert_true (gtk_widget_is_focus (get_stage (self, 3)));
      g_assert_false (gtk_widget_child_focus (stepper, GTK_DIR_TAB_FORWARD)); /* one stop only */
    }
}

static gboolean
has_focus_in_lead (gpointer data)
{
  Fixture *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, WF_TYPE_LEAD_PAGE) != NULL;
}

static gboolean
is_shown_alone (gpointer data)
{
  Fixture *self = data;
  GtkWidget *table =
      GTK_WIDGET (gtk_widget_get_template_child (self->page, WF_TYPE_LEADS_PAGE, "table"));

  return !gtk_widget_get_mapped (table);
}

/* The table keeps the keyboard until it has slid away; then the lead has it, and not what else is in the window. */
static void
test_focus_after_sliding (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *overlay;

  wf_leads_sample_fill (self->runtime);
  open_page (self, "ana");
  overlay = g_object_ref (gtk_widget_get_parent (self->page));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), box);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Beside"));
  gtk_box_append (GTK_BOX (box), overlay);
  g_object_unref (overlay);
  assert_shows (self->page, "Padaria Sol");
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  g_assert_true (gtk_widget_grab_focus (
      GTK_WIDGET (gtk_widget_get_template_child (self->page, WF_TYPE_LEADS_PAGE, "table"))));
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-1");
  assert_shows (self->page, "Padaria Sol Ltda");
  g_assert_true (wf_window_check_wait (is_shown_alone, self));
  g_assert_true (wf_window_check_wait (has_focus_in_lead, self));
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
test_stage_forward (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  activate (self, "lead.forward", NULL);
  assert_asked (self, "change l-1 meeting - -");
  assert_shows (self->window, "“Padaria Sol” is now in “Meeting”");
  assert_shows (self->page, "On this computer only, not sent yet · As of 10:00");
  activate (self, "leads.undo", NULL);
  assert_asked (self, "undo 1");
}

static void
test_stage_back (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  g_signal_emit_by_name (get_stage (self, 0), "clicked");
  GtkWidget *dialog = get_dialog (self, WF_TYPE_STAGE_DIALOG);
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "change"));
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, NULL)), "  mistaken ");
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "change"));
  g_signal_emit_by_name (dialog, "response", "change");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  assert_asked (self, "change l-1 new - mistaken");
}

static void
test_stage_fails (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  wf_fake_runtime_fail_next (self->runtime, "Somebody else moved it.");
  g_signal_emit_by_name (get_stage (self, 2), "clicked");
  assert_shows (self->window, "Somebody else moved it.");
}

static void
test_no_next (Fixture *self, gconstpointer data)
{
  wf_leads_sample_fill (self->runtime);
  open_page (self, "ana");
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-3");
  assert_shows (self->page, "No next activity");
  assert_shows (self->page, "Nothing has happened yet.");
}

/* ---- comments ---------------------------------------------------------------------------------- */

static GtkTextBuffer *
type (GtkWidget *box, const char *text)
{
  GtkWidget *view = find (box, GTK_TYPE_TEXT_VIEW, "text");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_widget_grab_focus (view);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  return buffer;
}

static gboolean
offers_one (gpointer box)
{
  GtkWidget *suggestions = wf_window_check_find (box, WF_TYPE_SUGGESTIONS, NULL);

  return suggestions != NULL && wf_suggestions_get_n (WF_SUGGESTIONS (suggestions)) == 1;
}

static gboolean
is_empty (gpointer buffer)
{
  return gtk_text_buffer_get_char_count (buffer) == 0;
}

static void
test_comment (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  GtkWidget *box = find (self->page, WF_TYPE_COMMENT_BOX, NULL);
  GtkTextBuffer *buffer = type (box, "Ask @bru");

  g_assert_true (wf_window_check_wait (offers_one, box));
  g_signal_emit_by_name (find (box, WF_TYPE_SUGGESTIONS, NULL), "chosen", "bruno");
  gtk_text_buffer_insert_at_cursor (buffer, "about <b>it</b>", -1);
  wf_comment_box_post (WF_COMMENT_BOX (box));
  assert_asked (self, "comment l-1 Ask @Bruno Lima about <b>it</b> [bruno]");
  g_assert_true (wf_window_check_wait (is_empty, buffer));
  assert_shows (self->page, "You commented");
  assert_shows (self->page, "On this computer only, not sent yet");
}

/* The answer may come when another lead is shown, on which another comment was begun. */
static void
test_comment_kept_elsewhere (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  GtkWidget *box = find (self->page, WF_TYPE_COMMENT_BOX, NULL);

  type (box, "On the first");
  wf_comment_box_post (WF_COMMENT_BOX (box));
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-3");
  type (box, "On the third");
  assert_asked (self, "comment l-1 On the first []");
  wf_fake_clock_run_idle ();
  g_autofree char *third = wf_comment_box_dup_text (WF_COMMENT_BOX (box));
  g_assert_cmpstr (third, ==, "On the third");
  wf_leads_page_show_lead (WF_LEADS_PAGE (self->page), "l-1");
  g_autofree char *first = wf_comment_box_dup_text (WF_COMMENT_BOX (box));
  g_assert_cmpstr (first, ==, "");
}

/* What could not be kept is not lost. */
static void
test_comment_fails (Fixture *self, gconstpointer data)
{
  open_lead (self, "ana");
  GtkWidget *box = find (self->page, WF_TYPE_COMMENT_BOX, NULL);
  GtkTextBuffer *buffer = type (box, "Important");

  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  wf_comment_box_post (WF_COMMENT_BOX (box));
  assert_shows (self->window, "The disk is full.");
  g_assert_false (is_empty (buffer));

  /* Neither by going to another lead and back. */
  activate (self, "leads.next-lead", NULL);
  assert_shows (self->page, "No next activity");
  g_assert_true (is_empty (buffer));
  activate (self, "leads.previous-lead", NULL);
  assert_shows (self->page, "Call back");
  g_autofree char *kept = wf_comment_box_dup_text (WF_COMMENT_BOX (box));
  g_assert_cmpstr (kept, ==, "Important");
  assert_shows (self->page, "Bruno Lima commented");
}

/* ---- history ----------------------------------------------------------------------------------- */

static void
on_activity (GSimpleAction *action, GVariant *parameter, char **opened)
{
  *opened = g_variant_dup_string (parameter, NULL);
}

static void
test_history (Fixture *self, gconstpointer data)
{
  g_autofree char *followed = NULL;
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) follow = g_simple_action_new ("follow-lead", G_VARIANT_TYPE_STRING);
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));

  for (guint i = 0; i < 30; i++)
    {
      WfLeadMoment *moment =
          wf_fake_moment_new (WF_MOMENT_CHANGE, now - (60 - i) * G_TIME_SPAN_DAY);
      moment->text = g_strdup_printf ("Change %u", i);
      wf_fake_runtime_add_moment (self->runtime, "l-1", moment);
    }
  g_signal_connect (follow, "activate", G_CALLBACK (on_activity), &followed);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (follow));
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  open_lead (self, "carla");
  assert_shows (self->page, "Workflow “Filter 1” ran (version 3)");
  assert_shows (self->page, "Change 12"); /* twenty lines */
  g_assert_false (wf_window_check_has_text (self->page, "Change 0"));

  /* It stays what it is while it is read again. */
  GtkWidget *first = find (self->page, WF_TYPE_MOMENT_ROW, NULL);
  wf_fake_runtime_tell_leads (self->runtime);
  GtkWidget *more = find (find (self->page, WF_TYPE_LEAD_HISTORY, NULL), GTK_TYPE_BUTTON, "more");
  g_signal_emit_by_name (more, "clicked");
  assert_shows (self->page, "Change 0");
  g_assert_true (find (self->page, WF_TYPE_MOMENT_ROW, NULL) == first);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL));

  GtkWidget *run = gtk_widget_get_next_sibling (first);
  while (WF_IS_MOMENT_ROW (run) == FALSE)
    run = gtk_widget_get_next_sibling (run);
  g_signal_emit_by_name (run, "activate");
  g_assert_cmpstr (followed, ==, "l-1");

  /* Back to the table. */
  g_assert_true (gtk_widget_activate_action (first, "navigation.pop", NULL));
  assert_shows (self->page, "3 leads");
}

/* ---- new lead ---------------------------------------------------------------------------------- */

static void
fill (GtkWidget *dialog, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, id)), text);
}

static void
test_new_lead (Fixture *self, gconstpointer data)
{
  open_page (self, "bruno");
  assert_shows (self->page, "No Leads Yet");
  g_assert_true (
      gtk_widget_activate_action (find (self->page, GTK_TYPE_BUTTON, "add"), "leads.add", NULL));
  GtkWidget *dialog = get_dialog (self, WF_TYPE_NEW_LEAD_DIALOG);
  GtkWidget *save = find (dialog, GTK_TYPE_BUTTON, "save");
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_assert_null (wf_window_check_find (dialog, ADW_TYPE_COMBO_ROW, NULL)); /* one store only */

  g_signal_emit_by_name (save, "clicked");
  assert_shows (dialog, "A lead needs a name.");
  fill (dialog, "name", "  Dona Rita ");
  assert_shows (dialog,
                "A phone number or an e-mail address is needed, so that somebody can answer.");
  fill (dialog, "phone", "12");
  assert_shows (dialog, "This is no telephone number.");
  fill (dialog, "phone", "(11) 97777-0000");
  assert_hides (dialog, "This is no telephone number.");
  fill (dialog, "email", "rita@example");
  assert_shows (dialog, "This is no e-mail address.");
  fill (dialog, "email", "");
  fill (dialog, "interest", "Kitchen");
  g_signal_emit_by_name (save, "clicked");
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
  assert_asked (self, "create Dona Rita (11) 97777-0000 - Kitchen - centro");
  assert_shows (self->page, "Dona Rita");
  assert_shows (self->page, "On this computer only, not sent yet");
}

/* What was typed goes only when that is said. */
static void
test_new_lead_discarded (Fixture *self, gconstpointer data)
{
  open_page (self, "bruno");
  assert_shows (self->page, "No Leads Yet");
  g_assert_true (
      gtk_widget_activate_action (find (self->page, GTK_TYPE_BUTTON, "add"), "leads.add", NULL));
  GtkWidget *dialog = get_dialog (self, WF_TYPE_NEW_LEAD_DIALOG);
  fill (dialog, "name", "Dona Rita");
  g_assert_false (adw_dialog_close (ADW_DIALOG (dialog)));
  AdwDialog *question =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  g_signal_emit_by_name (question, "response", "keep");
  adw_dialog_force_close (question);
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  fill (dialog, "name", "");
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  fill (dialog, "phone", "(11) 97777-0000");
  g_assert_false (adw_dialog_close (ADW_DIALOG (dialog)));
  question = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  g_signal_emit_by_name (question, "response", "discard");
  adw_dialog_force_close (question);
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
}

static gboolean
has_no_add_button (gpointer page)
{
  return wf_window_check_find (page, GTK_TYPE_BUTTON, "add") == NULL;
}

/* There the command is in the menu, and the header leaves room for a back button. */
static void
test_new_lead_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *menu, *widths;
  int least;

  open_page (self, "bruno");
  assert_shows (self->page, "No Leads Yet");
  g_assert_true (wf_window_check_wait (has_no_add_button, self->page));
  widths = find (self->page, ADW_TYPE_BREAKPOINT_BIN, NULL);
  gtk_widget_measure (adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (widths)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 320);
  menu = find (self->page, GTK_TYPE_MENU_BUTTON, "table_menu_button");
  g_assert_true (gtk_widget_activate_action (menu, "leads.add", NULL));
  g_assert_nonnull (get_dialog (self, WF_TYPE_NEW_LEAD_DIALOG));
}

static gboolean
has_title (gpointer header)
{
  return adw_header_bar_get_show_title (header);
}

static gboolean
has_no_title (gpointer header)
{
  return !adw_header_bar_get_show_title (header);
}

/* The buttons are needed more than the name of the page. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *header, *widths;
  int dpi, least;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  open_page (self, "bruno");
  assert_shows (self->page, "No Leads Yet");
  header = find (self->page, ADW_TYPE_HEADER_BAR, "header");
  g_assert_true (wf_window_check_wait (has_no_add_button, self->page));
  g_assert_true (adw_header_bar_get_show_title (ADW_HEADER_BAR (header)));
  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL); /* half as large again */
  g_assert_true (wf_window_check_wait (has_no_title, header));
  g_assert_null (wf_window_check_find (self->page, GTK_TYPE_BUTTON, "add"));
  widths = find (self->page, ADW_TYPE_BREAKPOINT_BIN, NULL);
  gtk_widget_measure (adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (widths)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  /* What libadwaita keeps of one width until the other is drawn would be lost with the window. */
  g_assert_true (wf_window_check_wait (has_title, header));
}

static void
test_new_lead_unit (Fixture *self, gconstpointer data)
{
  open_page (self, "carla");
  assert_shows (self->page, "No Leads Yet");
  GtkWidget *add = wf_window_check_find (self->page, GTK_TYPE_BUTTON, "add");
  if (add == NULL)
    {
      g_test_skip ("An administrator creates none in this process");
      return;
    }
  gtk_widget_activate_action (add, "leads.add", NULL);
  GtkWidget *dialog = get_dialog (self, WF_TYPE_NEW_LEAD_DIALOG);
  fill (dialog, "name", "Dona Rita");
  fill (dialog, "phone", "(11) 97777-0000");
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "save"), "clicked");
  assert_shows (dialog, "Choose the store in which the client is served.");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (dialog, ADW_TYPE_COMBO_ROW, "unit")), 2);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "save"), "clicked");
  assert_asked (self, "create Dona Rita (11) 97777-0000 - - - norte");
}

static void
test_new_lead_forbidden (Fixture *self, gconstpointer data)
{
  open_page (self, "dora");
  assert_shows (self->page, "No Leads Yet");
  g_assert_null (wf_window_check_find (self->page, GTK_TYPE_BUTTON, "add"));
}

#define ADD(path, width, test)                                                                     \
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "America/Sao_Paulo", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  ADD ("/leads/table", 0, test_table);
  ADD ("/leads/sort-and-search", 0, test_sort_and_search);
  ADD ("/leads/columns", 0, test_columns);
  ADD ("/leads/exported-columns", 360, test_exported_columns);
  ADD ("/leads/without-next", 0, test_without_next);
  ADD ("/leads/filters", 0, test_filters);
  ADD ("/leads/narrow", 360, test_narrow);
  ADD ("/leads/states", 0, test_states);
  ADD ("/leads/bulk", 0, test_bulk);
  ADD ("/leads/lead", 0, test_lead);
  ADD ("/leads/stepper/tree", 0, test_stepper_tree);
  ADD ("/leads/stepper/keyboard", 0, test_stepper_keyboard);
  ADD ("/leads/focus-after-sliding", 0, test_focus_after_sliding);
  ADD ("/leads/stage/forward", 0, test_stage_forward);
  ADD ("/leads/stage/back", 0, test_stage_back);
  ADD ("/leads/stage/fails", 0, test_stage_fails);
  ADD ("/leads/no-next", 0, test_no_next);
  ADD ("/leads/comment", 0, test_comment);
  ADD ("/leads/comment-kept-elsewhere", 0, test_comment_kept_elsewhere);
  ADD ("/leads/comment-fails", 0, test_comment_fails);
  ADD ("/leads/history", 0, test_history);
  ADD ("/leads/new/saves", 0, test_new_lead);
  ADD ("/leads/new/discarded", 0, test_new_lead_discarded);
  ADD ("/leads/new/narrow", 360, test_new_lead_narrow);
  ADD ("/leads/large-text", 360, test_large_text);
  ADD ("/leads/new/unit", 0, test_new_lead_unit);
  ADD ("/leads/new/forbidden", 0, test_new_lead_forbidden);
  return g_test_run ();
}
