/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the shortcuts of the table of actions, so that none is forgotten. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-shortcuts-dialog.h"

#include "wf-actions.h"
#include "wf-pages.h"

#include <glib/gi18n-lib.h>

struct _WfShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (WfShortcutsDialog, wf_shortcuts_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
make_row (const WfShortcutInfo *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = wf_shortcut_dup_label (shortcut);
  GtkWidget *key = gtk_label_new (label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gettext (shortcut->title));
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (key, "wf-keycap");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), key);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, label,
                                  -1);
  return row;
}

/* The shortcut of a page that this person does not have is left out. */
static gboolean
is_there (const WfShortcutInfo *shortcut)
{
  static const char *const prefix = "win.show-page::";

  return shortcut->title != NULL && shortcut->accels != NULL &&
         (!g_str_has_prefix (shortcut->action, prefix) ||
                                     wf_pages_find (shortcut->action + strlen (prefix)) != NULL);
}

static void
add_group (WfShortcutsDialog *self, WfShortcutScope scope)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint n;
  const WfShortcutInfo *shortcuts = wf_actions_get_shortcuts (&n);

  adw_preferences_group_set_title (group, wf_shortcut_scope_to_text (scope));
  for (guint i = 0; i < n; i++)
    {
      if (shortcuts[i].scope == scope && is_there (&shortcuts[i]))
        adw_preferences_group_add (group, make_row (&shortcuts[i]));
    }
  adw_preferences_page_add (self->page, group);
}

static void
wf_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (wf_shortcuts_dialog_parent_class)->dispose (object);
}

static void
wf_shortcuts_dialog_class_init (WfShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfShortcutsDialog, page);
}

static void
wf_shortcuts_dialog_init (WfShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_group (self, WF_SHORTCUT_TODAY);
  add_group (self, WF_SHORTCUT_CALENDAR);
  add_group (self, WF_SHORTCUT_LEADS);
  add_group (self, WF_SHORTCUT_LEAD);
  add_group (self, WF_SHORTCUT_WORKFLOWS);
  add_group (self, WF_SHORTCUT_BUILDER);
  add_group (self, WF_SHORTCUT_STEPS);
  add_group (self, WF_SHORTCUT_LOG);
  add_group (self, WF_SHORTCUT_EVERYWHERE);
}

AdwDialog *
wf_shortcuts_dialog_new (void)
{
  return g_object_new (WF_TYPE_SHORTCUTS_DIALOG, NULL);
}
