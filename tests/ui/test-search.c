/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over everything in the window: what is found, what a role does not find, keys, states, and where Enter goes. */
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-leads-page.h"
#include "wf-search-commands.h"
#include "wf-search-dialog.h"
#include "wf-session.h"
#include "wf-sidebar-row.h"
#include "wf-today-page.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"
#include "wf-window.h"
#include "wf-workflow-editor.h"
#include "wf-workflows-page.h"

typedef struct
{
  WfFakeClock *clock;
  WfAccounts *accounts;
  WfSession *session;
  WfWindow *window;
  WfRuntime *runtime; /* borrowed */
  gboolean helped;
} Fixture;

static gboolean
is_ready (gpointer data)
{
  Fixture *self = data;

  return wf_session_get_runtime (self->session) != NULL &&
         wf_window_get_page (self->window, NULL) != NULL;
}

static void
add_workflow (Fixture *self, const char *id, const char *name)
{
  WfRuntimeWorkflow *entry = g_new0 (WfRuntimeWorkflow, 1);

  entry->workflow = wf_workflow_new (name);
  g_set_str (&entry->workflow->id, id);
  g_set_str (&entry->workflow->event, "lead.received");
  entry->workflow->state = WF_WORKFLOW_LIVE;
  wf_fake_runtime_add_workflow (self->runtime, entry);
}

static void
add_leads (Fixture *self)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("l-%u", i);
      WfLead *lead = wf_lead_new (id);

      g_free (lead->name);
      lead->name = g_strdup_printf ("Açaí Loja %u", i);
      wf_fake_runtime_add_lead (self->runtime, lead);
    }
}

static void
set_up (Fixture *self, gconstpointer width)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_autoptr (WfAccount) account =
      wf_account_new ("Padrão", WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);

  g_settings_set_int (settings, "window-width", GPOINTER_TO_INT (width));
  g_settings_reset (settings, "today-view");
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->accounts = wf_fake_accounts_new ();
  self->session = wf_session_new (WF_CLOCK (self->clock), self->accounts, NULL);
  self->window = wf_window_new (NULL, self->session, self->accounts, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  wf_session_open (self->session, account, "/nowhere");
  g_assert_true (wf_window_check_wait (is_ready, self));
  self->runtime = wf_session_get_runtime (self->session);
  add_leads (self);
  add_workflow (self, "w-1", "Açaí: first contact");
  wf_fake_runtime_add (self->runtime, wf_fake_activity_new ("a-1", "Call the açaí shop", "ana",
                                                            wf_clock_now (WF_CLOCK (self->clock))));
  wf_fake_runtime_tell (self->runtime);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_session_close (self->session);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->accounts);
  g_object_unref (self->clock);
}

/* ---- what is there ---- */

static GtkWidget *
get_dialog (Fixture *self)
{
  return GTK_WIDGET (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
}

static GListModel *
get_model (Fixture *self)
{
  GtkWidget *list =
      GTK_WIDGET (gtk_widget_get_template_child (get_dialog (self), WF_TYPE_SEARCH_DIALOG, "list"));

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

/* "Lead: Açaí Loja 0, ...\n": the rows from the top, without commands' keys. Owned by the caller. */
static char *
list_titles (Fixture *self)
{
  GListModel *model = get_model (self);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WfSearchItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (titles, "%s: %s\n",
                              wf_search_section_to_text (wf_search_item_get_section (item)),
                              wf_search_item_get_title (item));
    }
  return g_string_free_and_steal (titles);
}

static GtkEditable *
get_entry (Fixture *self)
{
  return GTK_EDITABLE (
      gtk_widget_get_template_child (get_dialog (self), WF_TYPE_SEARCH_DIALOG, "search"));
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Shown;

static gboolean
shows (gpointer data)
{
  const Shown *shown = data;

  return wf_window_check_has_text (GTK_WIDGET (shown->fixture->window), shown->text);
}

static void
assert_shows (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (shows, &(Shown) { self, text }))
    g_error ("“%s” is not shown", text);
}

static gboolean
is_open (gpointer data)
{
  return get_dialog (data) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return get_dialog (data) == NULL;
}

static void
open_search (Fixture *self)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.search", NULL));
  g_assert_true (wf_window_check_wait (is_open, self));
}

static void
close_search (Fixture *self)
{
  adw_dialog_close (ADW_DIALOG (get_dialog (self)));
  g_assert_true (wf_window_check_wait (is_closed, self));
}

static void
type (Fixture *self, const char *text)
{
  gtk_editable_set_text (get_entry (self), text);
}

static void
press_enter (Fixture *self)
{
  g_signal_emit_by_name (get_entry (self), "activate");
}

/* ---- tests ---- */

/* Without a text: what can be done here, with its keys; not what is disabled, and not what somebody else may. */
static void
test_commands (Fixture *self, gconstpointer data)
{
  open_search (self);
  g_autofree char *manager = list_titles (self);
  g_assert_nonnull (strstr (manager, "Commands: Show Today\n"));
  g_assert_nonnull (strstr (manager, "Commands: Show the log\n"));
  g_assert_null (strstr (manager, "Search over everything"));
  g_assert_null (strstr (manager, "Complete the activity")); /* nothing is selected */
  g_assert_null (strstr (manager, "Publish"));               /* of another page */
  assert_shows (self, "Alt+1");
  g_assert_cmpuint (wf_window_check_count_nameless (get_dialog (self)), ==, 0);
  close_search (self);

  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  wf_fake_runtime_set_account (self->runtime, organisation, "ana");
  open_search (self);
  g_autofree char *attendant = list_titles (self);
  g_assert_nonnull (strstr (attendant, "Commands: Show Today\n"));
  g_assert_null (strstr (attendant, "Show the log"));
  g_assert_null (strstr (attendant, "Show Workflows"));
}

static void
assert_help (Fixture *self, const char *page)
{
  g_autofree char *name = g_strconcat (page, ".page", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "help", "C", name, NULL);

  g_assert_cmpstr (wf_window_get_help_page (self->window), ==, page);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* The shortcut of a widget's own for this key; NULL: there is none. Borrowed. */
static GtkShortcut *
find_shortcut (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                    ? g_list_model_get_n_items (G_LIST_MODEL (controller))
                    : 0;

      for (guint k = 0; k < n; k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            return shortcut;
        }
    }
  return NULL;
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *self = user_data;

  assert_help (self, "search");
  self->helped = TRUE;
}

/* F1 tells of the search while it is open, and of the page before and after. The keys of the application do not reach a dialog
 * over its window, so the dialog has this one itself. */
static void
test_help (Fixture *self, gconstpointer data)
{
  const GActionEntry entries[] = { { "help", on_help, NULL, NULL, NULL, { 0 } } };
  g_autoptr (GSimpleActionGroup) app = g_simple_action_group_new ();
  GtkShortcut *shortcut;

  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "app", G_ACTION_GROUP (app));
  assert_help (self, "today");
  open_search (self);
  shortcut = find_shortcut (get_dialog (self), GDK_KEY_F1);
  g_assert_nonnull (shortcut);
  g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                               get_dialog (self), NULL));
  g_assert_true (self->helped);
  close_search (self);
  assert_help (self, "today");
}

/* All kinds at once, without regard to case and accents; of many the first, and how many there are. */
static void
test_finds (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "ACAI");
  assert_shows (self, "11 results");
  g_autofree char *titles = list_titles (self);
  g_assert_cmpstr (titles, ==,
                   "Leads: Açaí Loja 0\nLeads: Açaí Loja 1\nLeads: Açaí Loja 2\n"
                   "Leads: Açaí Loja 3\nLeads: Açaí Loja 4\nLeads: Açaí Loja 5\n"
                   "Leads: All 9 Results in Leads\n"
                   "Activities: Call the açaí shop\n"
                   "Workflows: Açaí: first contact\n");
  type (self, "   ");
  g_autofree char *commands = list_titles (self);
  g_assert_null (strstr (commands, "Leads: "));
  type (self, "nothing of that name");
  assert_shows (self, "Nothing Found");
  type (self, "show cal");
  assert_shows (self, "Show the calendar");
}

/* R7: who may not see workflows, or others' activities, does not find them either. */
static void
test_rights (Fixture *self, gconstpointer data)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);

  wf_fake_runtime_set_account (self->runtime, organisation, "bruno");
  open_search (self);
  type (self, "açaí");
  assert_shows (self, "9 results");
  g_autofree char *titles = list_titles (self);
  g_assert_null (strstr (titles, "Workflows: "));
  g_assert_null (strstr (titles, "Activities: "));
}

static gboolean
shows_lead (gpointer data)
{
  return wf_window_check_has_text (GTK_WIDGET (((Fixture *) data)->window), "Açaí Loja 3");
}

static const char *
get_page (Fixture *self)
{
  const char *name;

  wf_window_get_page (self->window, &name);
  return name;
}

/* Enter that comes before the answer opens what the whole text finds, not what was there before. */
static void
test_enter (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "loja 3");
  press_enter (self);
  g_assert_true (wf_window_check_wait (is_closed, self));
  g_assert_cmpstr (get_page (self), ==, "leads");
  g_assert_true (wf_window_check_wait (shows_lead, self));

  open_search (self);
  type (self, "show log");
  assert_shows (self, "Show the log");
  press_enter (self);
  g_assert_true (wf_window_check_wait (is_closed, self));
  g_assert_cmpstr (get_page (self), ==, "log");
}

static gboolean
is_editor_there (gpointer data)
{
  return wf_window_check_find (GTK_WIDGET (((Fixture *) data)->window), WF_TYPE_WORKFLOW_EDITOR,
                               NULL) != NULL;
}

static void
test_opens_workflow (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "contact first acai");
  assert_shows (self, "1 result");
  press_enter (self);
  g_assert_true (wf_window_check_wait (is_editor_there, self));
  g_assert_cmpstr (get_page (self), ==, "workflows");
}

static GtkWidget *
find_page_search (Fixture *self, GType type)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (wf_window_get_page (self->window, NULL), type, "search"));
}

/* The row "All n": the page with the same search, closed leads too. */
static void
test_all_results (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "açaí");
  assert_shows (self, "All 9 Results in Leads");
  GtkWidget *list =
      GTK_WIDGET (gtk_widget_get_template_child (get_dialog (self), WF_TYPE_SEARCH_DIALOG, "list"));
  g_signal_emit_by_name (list, "activate", 6);
  g_assert_true (wf_window_check_wait (is_closed, self));
  g_assert_cmpstr (get_page (self), ==, "leads");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (find_page_search (self, WF_TYPE_LEADS_PAGE))), ==,
      "açaí");
  assert_shows (self, "9 leads · also closed ones");
}

/* One that fails is said; the others are there. */
static void
test_error (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "loja"); /* by its answer, the page behind has read what it shows */
  assert_shows (self, "9 results");
  wf_fake_runtime_fail_next (self->runtime, "The store cannot be read.");
  type (self, "açaí");
  assert_shows (self, "The store cannot be read.");
  g_autofree char *titles = list_titles (self);
  g_assert_nonnull (strstr (titles, "Workflows: Açaí: first contact"));
  g_assert_null (strstr (titles, "Leads: "));
  type (self, "açaí ");
  type (self, "acai");
  assert_shows (self, "11 results");
}

static gboolean
fits (gpointer data)
{
  int width = gtk_widget_get_width (get_dialog (data));

  return width > 0 && width <= 360;
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  open_search (self);
  type (self, "açaí");
  assert_shows (self, "11 results");
  g_assert_true (wf_window_check_wait (fits, self));
}

#define ADD(name, width, func)                                                                     \
  g_test_add (name, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  ADD ("/search/commands", 1000, test_commands);
  ADD ("/search/help", 1000, test_help);
  ADD ("/search/finds", 1000, test_finds);
  ADD ("/search/rights", 1000, test_rights);
  ADD ("/search/enter", 1000, test_enter);
  ADD ("/search/opens-workflow", 1000, test_opens_workflow);
  ADD ("/search/all-results", 1000, test_all_results);
  ADD ("/search/error", 1000, test_error);
  ADD ("/search/narrow", 360, test_narrow);
  return g_test_run ();
}
