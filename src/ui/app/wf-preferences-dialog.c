/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences: reminders without a window, start at login, the person’s own calendar, and the accounts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-preferences-dialog.h"

#include "wf-plain-text.h"
#include "wf-publish-page.h"
#include "wf-reminder-rules-page.h"

#include <glib/gi18n-lib.h>

struct _WfPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  WfAccounts *accounts; /* (owned) */
  WfSession *session;   /* (owned) */
  WfReminderRulesPage *reminders;
  WfPublishPage *publish;
  GtkWidget *accounts_page;
  AdwPreferencesGroup *accounts_group;
  GPtrArray *account_rows; /* (owned) of GtkWidget, borrowed from the group */
};

G_DEFINE_FINAL_TYPE (WfPreferencesDialog, wf_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void show_accounts (WfPreferencesDialog *self);

static void
say (WfPreferencesDialog *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

/* ---- accounts ---------------------------------------------------------------------------------- */

static gboolean
is_open (WfPreferencesDialog *self, const char *name)
{
  const WfAccount *account = wf_session_get_account (self->session);

  return account != NULL && g_str_equal (account->name, name) &&
         wf_session_get_state (self->session) != WF_SESSION_CLOSED;
}

static void
remove_account (WfPreferencesDialog *self, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (is_open (self, name))
    wf_session_close (self->session);
  if (!wf_accounts_remove (self->accounts, name, &error))
    say (self, error->message);
  show_accounts (self);
}

static void
on_remove_answered (AdwAlertDialog *alert, const char *response, gpointer user_data)
{
  if (g_str_equal (response, "remove"))
    remove_account (WF_PREFERENCES_DIALOG (user_data),
                    g_object_get_data (G_OBJECT (alert), "account"));
}

/* Asked, because a deleted token cannot be brought back. */
static void
on_remove_clicked (WfPreferencesDialog *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "account");
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));

  adw_alert_dialog_format_heading (alert, _ ("Remove “%s”?"), name);
  adw_alert_dialog_set_body (
      alert, _ ("Its token is deleted from this computer. To come back you need a token again."));
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_object_set_data_full (G_OBJECT (alert), "account", g_strdup (name), g_free);
  g_signal_connect_object (alert, "response", G_CALLBACK (on_remove_answered), self, 0);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (self));
}

static GtkWidget *
make_remove_button (WfPreferencesDialog *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "account", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

/* A list: its rows come from the accounts, not from a template. */
static void
add_account (WfPreferencesDialog *self, const WfAccount *account)
{
  GtkWidget *row = g_str_equal (account->kind, WF_ACCOUNT_KIND_SAMPLE)
                       ? wf_plain_row_new (_ ("Sample company"), NULL)
                       : wf_plain_row_new (account->name, account->url);

  if (is_open (self, account->name))
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Open now"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  else
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-account");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", account->name);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self, account->name));
  adw_preferences_group_add (self->accounts_group, row);
  g_ptr_array_add (self->account_rows, row);
}

static void
show_accounts (WfPreferencesDialog *self)
{
  g_autoptr (GPtrArray) known = wf_accounts_list (self->accounts);

  for (guint i = 0; i < self->account_rows->len; i++)
    adw_preferences_group_remove (self->accounts_group, self->account_rows->pdata[i]);
  g_ptr_array_set_size (self->account_rows, 0);
  for (guint i = 0; i < known->len; i++)
    add_account (self, known->pdata[i]);
  gtk_widget_set_visible (self->accounts_page, known->len > 0);
}

static void
on_session_changed (WfPreferencesDialog *self)
{
  show_accounts (self);
  wf_reminder_rules_page_set_runtime (self->reminders, wf_session_get_runtime (self->session));
  wf_publish_page_set_publisher (self->publish, wf_session_get_publisher (self->session),
                                 wf_session_get_calendars (self->session));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_preferences_dialog_dispose (GObject *object)
{
  WfPreferencesDialog *self = WF_PREFERENCES_DIALOG (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->session);
  g_clear_pointer (&self->account_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (wf_preferences_dialog_parent_class)->dispose (object);
}

static void
wf_preferences_dialog_class_init (WfPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_preferences_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPreferencesDialog, reminders);
  gtk_widget_class_bind_template_child (widget_class, WfPreferencesDialog, publish);
  gtk_widget_class_bind_template_child (widget_class, WfPreferencesDialog, accounts_page);
  gtk_widget_class_bind_template_child (widget_class, WfPreferencesDialog, accounts_group);
}

static void
wf_preferences_dialog_init (WfPreferencesDialog *self)
{
  g_type_ensure (WF_TYPE_REMINDER_RULES_PAGE);
  g_type_ensure (WF_TYPE_PUBLISH_PAGE);
  self->account_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_preferences_dialog_new (GApplication *application, WfAccounts *accounts, WfSession *session)
{
  WfPreferencesDialog *self = g_object_new (WF_TYPE_PREFERENCES_DIALOG, NULL);

  self->accounts = g_object_ref (accounts);
  self->session = g_object_ref (session);
  wf_reminder_rules_page_set_application (self->reminders, application);
  on_session_changed (self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed), self,
                           G_CONNECT_SWAPPED);
  return ADW_DIALOG (self);
}
