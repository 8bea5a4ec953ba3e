/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: welcome, or sidebar and pages of the connected account. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-window.h"

#include "wf-accounts.h"
#include "wf-connect-dialog.h"
#include "wf-leads-page.h"
#include "wf-log-page.h"
#include "wf-open-file.h"
#include "wf-pages.h"
#include "wf-people-dialog.h"
#include "wf-search-dialog.h"
#include "wf-shortcuts-dialog.h"
#include "wf-sidebar.h"
#include "wf-toast.h"
#include "wf-today-page.h"
#include "wf-welcome-page.h"
#include "wf-workflows-page.h"

#include <glib/gi18n-lib.h>

struct _WfWindow
{
  AdwApplicationWindow parent_instance;

  WfSession *session;     /* (owned) */
  WfAccounts *accounts;   /* (owned) */
  GSettings *settings;    /* (owned) */
  GHashTable *pages;      /* (owned) name -> AdwNavigationPage (owned), made when first shown */
  const WfPageInfo *page; /* (nullable) the one shown */
  char *wanted_page;      /* (owned) (nullable) shown as soon as the rights are known */
  gboolean unchosen;      /* nobody has chosen a page yet: the role decides */
  GtkWidget *welcome;     /* (nullable) made when first shown */
  GtkStack *views;
  AdwNavigationSplitView *split;
  WfSidebar *sidebar;
};

G_DEFINE_FINAL_TYPE (WfWindow, wf_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- pages ------------------------------------------------------------------------------------- */

static AdwNavigationPage *
make_page (WfWindow *self, const WfPageInfo *info)
{
  GtkWidget *widget =
      g_object_new (info->get_type (), "runtime", wf_session_get_runtime (self->session), NULL);

  if (ADW_IS_NAVIGATION_PAGE (widget))
    return ADW_NAVIGATION_PAGE (widget);
  return adw_navigation_page_new (widget, gettext (info->title));
}

static AdwNavigationPage *
get_page (WfWindow *self, const WfPageInfo *info)
{
  AdwNavigationPage *page = g_hash_table_lookup (self->pages, info->name);

  if (page == NULL)
    {
      page = g_object_ref_sink (make_page (self, info));
      g_hash_table_insert (self->pages, g_strdup (info->name), page);
    }
  return page;
}

gboolean
wf_window_show_page (WfWindow *self, const char *name)
{
  g_return_val_if_fail (WF_IS_WINDOW (self), FALSE);
  const WfPageInfo *info = wf_pages_find (name);
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (info == NULL || runtime == NULL || !wf_page_is_allowed (info, runtime))
    return FALSE;
  if (self->page != info)
    {
      self->page = info;
      adw_navigation_split_view_set_content (self->split, get_page (self, info));
      wf_sidebar_select (self->sidebar, name);
    }
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  return TRUE;
}

GtkWidget *
wf_window_get_page (WfWindow *self, const char **name)
{
  g_return_val_if_fail (WF_IS_WINDOW (self), NULL);
  if (name != NULL)
    *name = self->page != NULL ? self->page->name : NULL;
  return self->page != NULL ? GTK_WIDGET (get_page (self, self->page)) : NULL;
}

static void
forget_pages (WfWindow *self)
{
  self->page = NULL;
  adw_navigation_split_view_set_content (self->split, NULL);
  g_hash_table_remove_all (self->pages);
}

/* The rights came, or changed: the remembered page may be shown now, or not any more. */
static void
on_organisation_changed (WfWindow *self)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (runtime == NULL)
    return;
  if (self->page != NULL && !wf_page_is_allowed (self->page, runtime))
    self->page = NULL;
  if (self->wanted_page != NULL && wf_window_show_page (self, self->wanted_page))
    g_clear_pointer (&self->wanted_page, g_free);
  if (self->unchosen && wf_runtime_get_person (runtime) != NULL &&
      wf_runtime_get_organisation (runtime) != NULL)
    {
      self->unchosen = FALSE;
      wf_window_show_page (self, wf_pages_get_first (runtime));
    }
  if (self->page == NULL)
    wf_window_show_page (self, "today");
}

/* ---- states ------------------------------------------------------------------------------------ */

static void
enable_action (WfWindow *self, const char *name, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), name, enabled);
}

static void
update_actions (WfWindow *self)
{
  const WfAccount *account = wf_session_get_account (self->session);
  gboolean open = wf_session_get_runtime (self->session) != NULL;
  gboolean sample = account != NULL && g_str_equal (account->kind, WF_ACCOUNT_KIND_SAMPLE);

  enable_action (self, "win.refresh", open);
  enable_action (self, "win.search", open);
  enable_action (self, "win.show-page", open);
  enable_action (self, "win.sign-in-as", open && sample);
  enable_action (self, "win.sign-in-again", account != NULL && !sample);
  enable_action (self, "win.leave-account",
                 wf_session_get_state (self->session) != WF_SESSION_CLOSED);
  enable_action (self, "win.reconnect", account != NULL && !open);
}

static void
show_welcome (WfWindow *self)
{
  if (self->welcome == NULL)
    {
      self->welcome = wf_welcome_page_new (self->session);
      gtk_stack_add_named (self->views, self->welcome, "welcome");
    }
  gtk_stack_set_visible_child_name (self->views, "welcome");
}

static void
on_session_changed (WfWindow *self)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  update_actions (self);
  wf_toast_forget_undo (GTK_WIDGET (self));
  forget_pages (self);
  wf_sidebar_set_runtime (self->sidebar, runtime);
  if (runtime == NULL)
    {
      show_welcome (self);
      return;
    }
  g_signal_connect_object (runtime, "notify::organisation", G_CALLBACK (on_organisation_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runtime, "notify::person", G_CALLBACK (on_organisation_changed), self,
                           G_CONNECT_SWAPPED);
  on_organisation_changed (self);
  gtk_stack_set_visible_child_name (self->views, "main");
}

/* A page that a person chose is shown again at the next start. */
static void
on_page_chosen (WfWindow *self, const char *name)
{
  g_clear_pointer (&self->wanted_page, g_free);
  self->unchosen = FALSE;
  if (wf_window_show_page (self, name))
    g_settings_set_string (self->settings, "last-page", name);
}

/* ---- actions ----------------------------------------------------------------------------------- */

/* The keys of a page work while the focus is in it. */
static void
focus_page (WfWindow *self)
{
  GtkWidget *page = wf_window_get_page (self, NULL);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (page != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_page_chosen (WF_WINDOW (widget), g_variant_get_string (parameter, NULL));
  focus_page (WF_WINDOW (widget));
}

static void
follow_lead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  if (wf_window_show_page (self, "log"))
    wf_log_page_follow (WF_LOG_PAGE (wf_window_get_page (self, NULL)),
                        g_variant_get_string (parameter, NULL));
}

static void
show_activity_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  if (wf_window_show_page (self, "today"))
    wf_today_page_open (WF_TODAY_PAGE (wf_window_get_page (self, NULL)),
                        g_variant_get_string (parameter, NULL));
}

static WfLeadsPage *
show_leads (WfWindow *self)
{
  return wf_window_show_page (self, "leads") ? WF_LEADS_PAGE (wf_window_get_page (self, NULL))
                                             : NULL;
}

static void
show_lead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *leads = show_leads (WF_WINDOW (widget));

  if (leads != NULL)
    wf_leads_page_show_lead (leads, g_variant_get_string (parameter, NULL));
}

static void
show_leads_without_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *leads = show_leads (WF_WINDOW (widget));

  if (leads != NULL)
    wf_leads_page_show_without_next (leads);
}

/* ---- search ------------------------------------------------------------------------------------ */

/* Commands are done where the keyboard is; in the sidebar, by the page that is shown. */
static GtkWidget *
get_place (WfWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *page = wf_window_get_page (self, NULL);

  if (page == NULL)
    return GTK_WIDGET (self);
  return focus != NULL && gtk_widget_is_ancestor (focus, page) ? focus : page;
}

static void
search (WfWindow *self, const char *text)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (runtime != NULL &&
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL)
    adw_dialog_present (wf_search_dialog_new (runtime, get_place (self), text), GTK_WIDGET (self));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  search (WF_WINDOW (widget), NULL);
}

static void
search_for_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  search (WF_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_workflow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  if (wf_window_show_page (self, "workflows"))
    wf_workflows_page_show (WF_WORKFLOWS_PAGE (wf_window_get_page (self, NULL)),
                            g_variant_get_string (parameter, NULL));
}

static void
find_workflows_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  if (wf_window_show_page (self, "workflows"))
    wf_workflows_page_find (WF_WORKFLOWS_PAGE (wf_window_get_page (self, NULL)),
                            g_variant_get_string (parameter, NULL));
}

static void
find_activities_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  if (wf_window_show_page (self, "today"))
    wf_today_page_find (WF_TODAY_PAGE (wf_window_get_page (self, NULL)),
                        g_variant_get_string (parameter, NULL));
}

static void
find_leads_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *leads = show_leads (WF_WINDOW (widget));

  if (leads != NULL)
    wf_leads_page_find (leads, g_variant_get_string (parameter, NULL));
}

/* ---- account and help -------------------------------------------------------------------------- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfRuntime *runtime = wf_session_get_runtime (WF_WINDOW (widget)->session);

  if (runtime != NULL)
    wf_runtime_poke (runtime);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (wf_shortcuts_dialog_new (), widget);
}

static void
on_account_connected (WfWindow *self, const WfAccount *account)
{
  wf_session_open (self->session, account, NULL);
}

static void
ask_for_account (WfWindow *self, const WfAccount *account)
{
  WfConnectDialog *dialog = wf_connect_dialog_new (self->accounts, account);

  g_signal_connect_object (dialog, "connected", G_CALLBACK (on_account_connected), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for_account (WF_WINDOW (widget), NULL);
}

static void
sign_in_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for_account (WF_WINDOW (widget), wf_session_get_account (WF_WINDOW (widget)->session));
}

static void
on_sample_person_chosen (WfWindow *self, const char *person)
{
  g_autoptr (WfAccount) account = wf_account_copy (wf_session_get_account (self->session));

  g_free (account->person);
  account->person = g_strdup (person);
  wf_session_open (self->session, account, NULL);
}

/* The sample shows what each role sees: everybody's password is known there. */
static void
sign_in_as_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);
  WfRuntime *runtime = wf_session_get_runtime (self->session);
  WfOrganisation *organisation = runtime != NULL ? wf_runtime_get_organisation (runtime) : NULL;

  if (organisation == NULL)
    return;
  AdwDialog *dialog =
      wf_people_dialog_new (organisation, _ ("Sign In As"), wf_runtime_get_person (runtime), NULL);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_sample_person_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
leave_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  g_settings_reset (self->settings, "last-account");
  wf_session_leave (self->session);
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);
  g_autoptr (WfAccount) account = wf_account_copy (wf_session_get_account (self->session));

  wf_session_open (self->session, account, NULL);
}

static void
open_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfWindow *self = WF_WINDOW (widget);

  wf_open_file_choose (GTK_WINDOW (self), wf_session_get_runtime (self->session));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
save_size (WfWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
wf_window_close_request (GtkWindow *window)
{
  save_size (WF_WINDOW (window));
  return GTK_WINDOW_CLASS (wf_window_parent_class)->close_request (window);
}

static void
wf_window_dispose (GObject *object)
{
  WfWindow *self = WF_WINDOW (object);

  if (self->split != NULL)
    forget_pages (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WINDOW);
  G_OBJECT_CLASS (wf_window_parent_class)->dispose (object);
}

static void
wf_window_finalize (GObject *object)
{
  g_hash_table_unref (WF_WINDOW (object)->pages);
  g_free (WF_WINDOW (object)->wanted_page);
  G_OBJECT_CLASS (wf_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.follow-lead", "s", follow_lead_action);
  gtk_widget_class_install_action (widget_class, "win.show-activity", "s", show_activity_action);
  gtk_widget_class_install_action (widget_class, "win.show-lead", "s", show_lead_action);
  gtk_widget_class_install_action (widget_class, "win.show-leads-without-next", NULL,
                                   show_leads_without_next_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.search-for", "s", search_for_action);
  gtk_widget_class_install_action (widget_class, "win.show-workflow", "s", show_workflow_action);
  gtk_widget_class_install_action (widget_class, "win.find-leads", "s", find_leads_action);
  gtk_widget_class_install_action (widget_class, "win.find-activities", "s",
                                   find_activities_action);
  gtk_widget_class_install_action (widget_class, "win.find-workflows", "s", find_workflows_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, sign_in_again_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in-as", NULL, sign_in_as_action);
  gtk_widget_class_install_action (widget_class, "win.leave-account", NULL, leave_account_action);
  gtk_widget_class_install_action (widget_class, "win.reconnect", NULL, reconnect_action);
  gtk_widget_class_install_action (widget_class, "win.open-file", NULL, open_file_action);
}

static void
wf_window_class_init (WfWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wf_window_close_request;
  g_type_ensure (WF_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES "app/wf-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWindow, views);
  gtk_widget_class_bind_template_child (widget_class, WfWindow, split);
  gtk_widget_class_bind_template_child (widget_class, WfWindow, sidebar);
  gtk_widget_class_bind_template_callback (widget_class, on_page_chosen);
  install_actions (widget_class);
}

static void
wf_window_init (WfWindow *self)
{
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->settings = g_settings_new (WF_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

WfWindow *
wf_window_new (GtkApplication *application, WfSession *session, WfAccounts *accounts,
               const char *first_page)
{
  WfWindow *self = g_object_new (WF_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (GVariant) chosen = g_settings_get_user_value (self->settings, "last-page");

  self->unchosen = first_page == NULL && chosen == NULL;
  self->session = g_object_ref (session);
  self->accounts = g_object_ref (accounts);
  self->wanted_page = first_page != NULL ? g_strdup (first_page)
                                         : g_settings_get_string (self->settings, "last-page");
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (on_session_changed), self);
  on_session_changed (self);
  return self;
}

gboolean
wf_window_is_ready (WfWindow *self)
{
  g_return_val_if_fail (WF_IS_WINDOW (self), FALSE);
  gboolean ready = TRUE;
  GtkWidget *page = wf_window_get_page (self, NULL);

  if (wf_session_get_state (self->session) == WF_SESSION_CONNECTING ||
      gtk_stack_get_transition_running (self->views))
    return FALSE;
  if (page != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (page), "ready") != NULL)
    g_object_get (page, "ready", &ready, NULL);
  return ready;
}

const char *
wf_window_get_help_page (WfWindow *self)
{
  g_return_val_if_fail (WF_IS_WINDOW (self), NULL);
  if (WF_IS_SEARCH_DIALOG (
          adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    return "search";
  return self->page != NULL ? self->page->help : "index";
}
