/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The searchable list of steps: what is found and in which order, in both languages, and the keyboard. */
#include "wf-step-choice.h"
#include "wf-step-chooser.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"
#include "wf-word-match.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>

/* -- words ------------------------------------------------------------------------------------- */

static void
test_words (void)
{
  static const struct
  {
    const char *text, *query;
    WfWordMatch match;
  } rows[] = {
    { "Create an activity", "crea", WF_WORD_MATCH_BEGINS },
    { "Create an activity", "CREATE AN", WF_WORD_MATCH_BEGINS },
    { "Create an activity", "activity", WF_WORD_MATCH_WORD },
    { "Create an activity", "act cre", WF_WORD_MATCH_WORD },
    { "Create an activity", "tivi", WF_WORD_MATCH_CONTAINS },
    { "Create an activity", "act zzz", WF_WORD_MATCH_NONE },
    { "Create an activity", "activity zzz", WF_WORD_MATCH_NONE },
    { "Criar uma reunião", "reuniao", WF_WORD_MATCH_WORD },
    { "Ligação", "LIGACAO", WF_WORD_MATCH_BEGINS },
    { "São Paulo", "são", WF_WORD_MATCH_BEGINS },
    { "Send an e-mail", "mail", WF_WORD_MATCH_WORD },
    { "anything", "", WF_WORD_MATCH_CONTAINS },
    { "anything", "  ", WF_WORD_MATCH_CONTAINS },
    { "", "a", WF_WORD_MATCH_NONE },
    { "abracadabra cada", "cada", WF_WORD_MATCH_WORD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s: %s", rows[i].text, rows[i].query);
      g_assert_cmpint (wf_word_match (rows[i].text, rows[i].query), ==, rows[i].match);
    }
}

/* -- what is found ----------------------------------------------------------------------------- */

typedef struct
{
  const char *query;
  WfStepKind best; /* WF_STEP_OTHER: nothing is found */
} Search;

static WfStepKind
find_best (const char *query)
{
  g_autoptr (GListStore) list = wf_step_choice_list_new ();
  WfStepKind best = WF_STEP_OTHER;
  guint best_rank = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (WfStepChoice) choice = g_list_model_get_item (G_LIST_MODEL (list), i);
      guint rank = wf_step_choice_rank (choice, query);

      g_assert_cmpuint (wf_step_choice_get_position (choice), ==, i);
      if (rank > best_rank)
        {
          best_rank = rank;
          best = wf_step_choice_get_info (choice)->kind;
        }
    }
  return best;
}

static void
check_searches (const Search *searches, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s", searches[i].query);
      g_assert_cmpint (find_best (searches[i].query), ==, searches[i].best);
    }
}

static void
test_english (void)
{
  static const Search searches[] = {
    { "crea", WF_STEP_CREATE_ACTIVITY },
    { "call", WF_STEP_WEBHOOK }, /* “Call a webhook” begins with it */
    { "schedule a c", WF_STEP_SCHEDULE_CALL },
    { "meeting", WF_STEP_SCHEDULE_MEETING },
    { "notif", WF_STEP_NOTIFY },
    { "wait", WF_STEP_WAIT },
    { "bran", WF_STEP_BRANCH },
    { "WHATSAPP", WF_STEP_SEND_MESSAGE }, /* only the summary says so */
    { "mail", WF_STEP_SEND_EMAIL },
    { "approv", WF_STEP_REQUEST_APPROVAL },
    { "junk", WF_STEP_DELETE_RECORD },
    { "field set", WF_STEP_SET_FIELD },
    { "score", WF_STEP_ADD_SCORE },
    { "zzz", WF_STEP_OTHER },
  };

  check_searches (searches, G_N_ELEMENTS (searches));
}

/* The catalogue as it stands in the source. */
static gboolean
use_portuguese (char **folder)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "..", "po", "pt_BR.po", NULL);
  g_autofree char *file = NULL, *messages = NULL;
  const char *argv[] = { "msgfmt", "-o", NULL, source, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (setlocale (LC_MESSAGES, "pt_BR.UTF-8") == NULL &&
      setlocale (LC_MESSAGES, "en_US.UTF-8") == NULL)
    return FALSE;
  *folder = g_dir_make_tmp ("wf-locale-XXXXXX", &error);
  g_assert_no_error (error);
  messages = g_build_filename (*folder, "pt_BR", "LC_MESSAGES", NULL);
  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  argv[2] = file = g_build_filename (messages, "workflow.mo", NULL);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_setenv ("LANGUAGE", "pt_BR", TRUE);
  bindtextdomain ("workflow", *folder);
  bind_textdomain_codeset ("workflow", "UTF-8");
  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autofree char *language = g_build_filename (folder, "pt_BR", NULL);
  g_autofree char *messages = g_build_filename (language, "LC_MESSAGES", NULL);
  g_autofree char *file = g_build_filename (messages, "workflow.mo", NULL);

  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (messages), ==, 0);
  g_assert_cmpint (g_rmdir (language), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_portuguese (void)
{
  static const Search searches[] = {
    { "criar", WF_STEP_CREATE_ACTIVITY },
    { "atividade", WF_STEP_CREATE_ACTIVITY },
    { "ligacao", WF_STEP_SCHEDULE_CALL },
    { "REUNIAO", WF_STEP_SCHEDULE_MEETING },
    { "reunião", WF_STEP_SCHEDULE_MEETING },
    { "notificar", WF_STEP_NOTIFY },
    { "esperar", WF_STEP_WAIT },
    { "e-mail", WF_STEP_SEND_EMAIL },
    { "whatsapp", WF_STEP_SEND_MESSAGE },
    { "zzz", WF_STEP_OTHER },
  };
  g_autofree char *folder = NULL;

  if (!use_portuguese (&folder))
    {
      g_test_skip ("There are no locales here.");
      return;
    }
  check_searches (searches, G_N_ELEMENTS (searches));
  bindtextdomain ("workflow", "/nonexistent");
  g_setenv ("LANGUAGE", "en", TRUE);
  remove_folder (folder);
}

/* -- the popover ------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *window;
  WfStepChooser *chooser;
  int chosen;
} Fixture;

static void
on_chosen (WfStepChooser *chooser, int kind, Fixture *self)
{
  self->chosen = kind;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *content = gtk_menu_button_new ();

  self->chosen = -1;
  self->chooser = wf_step_chooser_new ();
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 700);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (content), GTK_WIDGET (self->chooser));
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (content, GTK_ALIGN_START);
  adw_window_set_content (ADW_WINDOW (self->window), content);
  g_signal_connect (self->chooser, "chosen", G_CALLBACK (on_chosen), self);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (wf_window_check_wait (is_mapped, content));
  wf_step_chooser_reset (self->chooser);
  gtk_popover_popup (GTK_POPOVER (self->chooser));
  g_assert_true (wf_window_check_wait (is_mapped, self->chooser));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkWidget *
find (Fixture *self, GType type, const char *id)
{
  return wf_window_check_find (GTK_WIDGET (self->chooser), type, id);
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Shown;

static gboolean
is_shown (gpointer data)
{
  const Shown *shown = data;

  return wf_window_check_has_text (GTK_WIDGET (shown->fixture->chooser), shown->text);
}

static void
assert_shown (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (is_shown, &(Shown) { self, text }))
    g_error ("“%s” is not shown", text);
}

static void
test_groups (Fixture *self, gconstpointer data)
{
  GtkListView *list = GTK_LIST_VIEW (find (self, GTK_TYPE_LIST_VIEW, "list"));
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, WF_N_STEP_KINDS);
  assert_shown (self, "Activities");
  assert_shown (self, "Create an activity");
  assert_shown (self, "Gives the right person something to do, with a deadline and a reminder.");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->chooser)), ==, 0);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (self->chooser),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->chooser)), <=, 360);
}

static gboolean
search_has_focus (gpointer data)
{
  Fixture *self = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self->chooser)));

  return focus != NULL &&
         gtk_widget_is_ancestor (focus, find (self, GTK_TYPE_SEARCH_ENTRY, "search"));
}

static gboolean
list_has_focus (gpointer data)
{
  Fixture *self = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self->chooser)));

  return focus != NULL && gtk_widget_is_ancestor (focus, find (self, GTK_TYPE_LIST_VIEW, "list"));
}

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
}

/* Enter takes the best; arrows go from the search into the list and back. */
static void
test_keyboard (Fixture *self, gconstpointer data)
{
  GtkWidget *search = find (self, GTK_TYPE_SEARCH_ENTRY, "search");
  GtkListView *list = GTK_LIST_VIEW (find (self, GTK_TYPE_LIST_VIEW, "list"));
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (list));

  g_assert_true (wf_window_check_wait (search_has_focus, self));
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 0);
  press (search, GDK_KEY_Down);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 1);
  g_assert_true (wf_window_check_wait (list_has_focus, self));
  gtk_single_selection_set_selected (selection, 0);
  press (GTK_WIDGET (list), GDK_KEY_Up);
  g_assert_true (wf_window_check_wait (search_has_focus, self));

  gtk_editable_set_text (GTK_EDITABLE (search), "branch");
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 0);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpint (self->chosen, ==, WF_STEP_BRANCH);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->chooser)));
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  GtkWidget *search = find (self, GTK_TYPE_SEARCH_ENTRY, "search");

  gtk_editable_set_text (GTK_EDITABLE (search), "zzz");
  assert_shown (self, "No step is called that");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpint (self->chosen, ==, -1);
  wf_step_chooser_reset (self->chooser);
  assert_shown (self, "Create an activity");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/step-chooser/words", test_words);
  g_test_add_func ("/ui/step-chooser/english", test_english);
  adw_init ();
  wf_ui_register_resource ();
  ADD ("/ui/step-chooser/groups", test_groups);
  ADD ("/ui/step-chooser/keyboard", test_keyboard);
  ADD ("/ui/step-chooser/nothing", test_nothing);
  g_test_add_func ("/ui/step-chooser/portuguese", test_portuguese);
  return g_test_run ();
}
