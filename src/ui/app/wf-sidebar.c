/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar: who is signed in where, the pages, and how far the data is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-sidebar.h"

#include "wf-sidebar-row.h"
#include "wf-sync-state-view.h"

#include <glib/gi18n-lib.h>

struct _WfSidebar
{
  AdwNavigationPage parent_instance;

  WfRuntime *runtime;      /* (owned) (nullable) */
  char *selected;          /* (owned) (nullable) name of the page shown */
  AdwWindowTitle *company; /* template children, here and below */
  GtkWidget *person_box;
  AdwAvatar *avatar;
  GtkLabel *person;
  GtkLabel *role;
  GtkListBox *pages;
  WfSyncStateView *sync_state;
};

enum
{
  PAGE_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfSidebar, wf_sidebar, ADW_TYPE_NAVIGATION_PAGE)

static void
show_account (WfSidebar *self)
{
  const WfOrganisation *organisation =
      self->runtime != NULL ? wf_runtime_get_organisation (self->runtime) : NULL;
  const char *id = self->runtime != NULL ? wf_runtime_get_person (self->runtime) : NULL;
  const WfPerson *person =
      organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;
  const char *company = organisation != NULL ? wf_organisation_get_name (organisation) : NULL;

  adw_window_title_set_title (self->company,
                              company != NULL && *company != '\0' ? company : _ ("Workflow"));
  gtk_widget_set_visible (self->person_box, person != NULL);
  if (person == NULL)
    return;
  adw_avatar_set_text (self->avatar, person->name);
  gtk_label_set_text (self->person, person->name);
  gtk_label_set_text (self->role, wf_role_to_text (person->role));
}

static void
show_counter (WfSidebar *self)
{
  guint late = self->runtime != NULL ? wf_runtime_get_late_count (self->runtime) : 0;
  guint today = self->runtime != NULL ? wf_runtime_get_today_count (self->runtime) : 0;
  g_autofree char *late_text = g_strdup_printf (ngettext ("%u late", "%u late", late), late);
  g_autofree char *today_text =
      g_strdup_printf (ngettext ("%u due today", "%u due today", today), today);
  /* Translators: "3 late, 5 due today" */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s"), late_text, today_text);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (wf_sidebar_row_get_page (WF_SIDEBAR_ROW (row))->counter)
        wf_sidebar_row_set_counter (WF_SIDEBAR_ROW (row), late + today, late > 0, text);
    }
}

static void
mark_selected (WfSidebar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (g_strcmp0 (wf_sidebar_row_get_page (WF_SIDEBAR_ROW (row))->name, self->selected) == 0)
        gtk_list_box_select_row (self->pages, GTK_LIST_BOX_ROW (row));
    }
}

/* The rights are known only with the organisation, and may change with it. */
static void
show_pages (WfSidebar *self)
{
  guint n;
  const WfPageInfo *pages = wf_pages_get (&n);

  gtk_list_box_remove_all (self->pages);
  for (guint i = 0; i < n; i++)
    {
      if (self->runtime != NULL && wf_page_is_allowed (&pages[i], self->runtime))
        gtk_list_box_append (self->pages, wf_sidebar_row_new (&pages[i]));
    }
  mark_selected (self);
}

static void
on_account_changed (WfSidebar *self)
{
  show_account (self);
  show_pages (self);
  show_counter (self);
}

static void
on_row_activated (WfSidebar *self, WfSidebarRow *row)
{
  g_signal_emit (self, signals[PAGE_CHOSEN], 0, wf_sidebar_row_get_page (row)->name);
}

/* Letters typed among the pages search over everything: they have no other meaning here. */
static gboolean
on_key_pressed (WfSidebar *self, guint key, guint code, GdkModifierType state)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[8] = { 0 };

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 ||
      !g_unichar_isalnum (letter))
    return GDK_EVENT_PROPAGATE;
  g_unichar_to_utf8 (letter, text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.search-for", "s", text);
  return GDK_EVENT_STOP;
}

static void
wf_sidebar_dispose (GObject *object)
{
  WfSidebar *self = WF_SIDEBAR (object);

  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->selected, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SIDEBAR);
  G_OBJECT_CLASS (wf_sidebar_parent_class)->dispose (object);
}

static void
wf_sidebar_class_init (WfSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_sidebar_dispose;
  signals[PAGE_CHOSEN] = g_signal_new ("page-chosen", WF_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (WF_TYPE_SYNC_STATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES "app/wf-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, company);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, person_box);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, person);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, role);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, WfSidebar, sync_state);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
wf_sidebar_init (WfSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_sidebar_set_runtime (WfSidebar *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_SIDEBAR (self));
  WfRuntime *old = self->runtime;

  if (old == runtime)
    return;
  if (old != NULL)
    g_signal_handlers_disconnect_by_data (old, self);
  g_set_object (&self->runtime, runtime);
  wf_sync_state_view_set_runtime (self->sync_state, runtime);
  if (runtime != NULL)
    {
      g_signal_connect_swapped (runtime, "notify::organisation", G_CALLBACK (on_account_changed),
                                self);
      g_signal_connect_swapped (runtime, "notify::person", G_CALLBACK (on_account_changed), self);
      g_signal_connect_swapped (runtime, "notify::late-count", G_CALLBACK (show_counter), self);
      g_signal_connect_swapped (runtime, "notify::today-count", G_CALLBACK (show_counter), self);
    }
  on_account_changed (self);
}

void
wf_sidebar_select (WfSidebar *self, const char *page)
{
  g_return_if_fail (WF_IS_SIDEBAR (self));
  g_free (self->selected);
  self->selected = g_strdup (page);
  mark_selected (self);
}
