/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences: reminders without a window, start at login, the person’s own calendar, and the accounts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-preferences-dialog.h"

#include "wf-account-files.h"
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
  WfRuntime
      *sending; /* (owned) (nullable) of the account that is removed once its changes are sent */
  char *sending_name; /* (owned) (nullable) */
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

static WfAccount *
find_account (WfPreferencesDialog *self, const char *name)
{
  g_autoptr (GPtrArray) known = wf_accounts_list (self->accounts);

  for (guint i = 0; i < known->len; i++)
    {
      const WfAccount *account = known->pdata[i];

      if (g_str_equal (account->name, name))
        return wf_account_copy (account);
    }
  return NULL;
}

static WfRuntime *
get_runtime (WfPreferencesDialog *self, const char *name)
{
  return is_open (self, name) ? wf_session_get_runtime (self->session) : NULL;
}

/* ---- removing ---------------------------------------------------------------------------------- */

/* Policy (B18). What was not sent exists nowhere else: the question says how much it is, and sending it comes first where the
 * person wants it. Once removed, nothing of the CRM stays on this computer. */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPreferencesDialog) self = WF_PREFERENCES_DIALOG (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_account_files_delete_finish (result, &error))
    return;
  g_warning ("The data of a removed account is still there");
  if (self->accounts != NULL)
    say (self, error->message);
}

static void
remove_account (WfPreferencesDialog *self, const char *name)
{
  g_autoptr (WfAccount) account = find_account (self, name);
  g_autoptr (GError) error = NULL;

  if (account == NULL)
    return;
  g_autofree char *path = wf_session_dup_store_path (self->session, account);
  if (is_open (self, name))
    wf_session_leave (self->session);
  if (wf_accounts_remove (self->accounts, name, &error))
    wf_account_files_delete_async (path, NULL, on_deleted, g_object_ref (self));
  else
    say (self, error->message);
  show_accounts (self);
}

static void
forget_sending (WfPreferencesDialog *self)
{
  if (self->sending != NULL)
    g_signal_handlers_disconnect_by_data (self->sending, self);
  g_clear_object (&self->sending);
  g_clear_pointer (&self->sending_name, g_free);
}

static void
on_sent (WfPreferencesDialog *self)
{
  g_autofree char *name = NULL;

  if (wf_runtime_get_pending_changes (self->sending) > 0 ||
      wf_runtime_get_sync_status (self->sending) != WF_SYNC_STATUS_UP_TO_DATE)
    return;
  name = g_steal_pointer (&self->sending_name);
  forget_sending (self);
  remove_account (self, name);
}

/* Whoever closes the dialog or leaves the account before it is done keeps the account. */
static void
send_first (WfPreferencesDialog *self, const char *name)
{
  WfRuntime *runtime = get_runtime (self, name);

  forget_sending (self);
  if (runtime == NULL)
    return;
  self->sending = g_object_ref (runtime);
  self->sending_name = g_strdup (name);
  g_signal_connect_swapped (runtime, "notify::pending-changes", G_CALLBACK (on_sent), self);
  g_signal_connect_swapped (runtime, "notify::sync-status", G_CALLBACK (on_sent), self);
  say (self, _ ("The account is removed as soon as its changes are sent."));
  wf_runtime_poke (runtime);
}

static void
on_remove_answered (AdwAlertDialog *alert, const char *response, gpointer user_data)
{
  WfPreferencesDialog *self = WF_PREFERENCES_DIALOG (user_data);
  const char *name = g_object_get_data (G_OBJECT (alert), "account");

  if (g_str_equal (response, "remove"))
    remove_account (self, name);
  else if (g_str_equal (response, "send"))
    send_first (self, name);
  else if (g_str_equal (response, "open"))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-account", "s", name);
}

static void
add_responses (AdwAlertDialog *alert, gboolean lossy, gboolean open)
{
  adw_alert_dialog_add_response (alert, "cancel", _ ("_Cancel"));
  if (lossy && open)
    adw_alert_dialog_add_response (alert, "send", _ ("_Send First"));
  else if (lossy)
    adw_alert_dialog_add_response (alert, "open", _ ("_Open to Send"));
  adw_alert_dialog_add_response (alert, "remove", _ ("_Remove"));
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (alert, "cancel");
}

/* Asked, because neither a deleted token nor what was not sent can be brought back. error: nullable: how many there are is not
 * known. */
static void
ask (WfPreferencesDialog *self, const char *name, guint n, const GError *error)
{
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  g_autoptr (GString) body = g_string_new (NULL);

  if (error != NULL)
    /* Translators: the reason, a sentence */
    g_string_append_printf (body, _ ("It is not known whether all changes were sent. %s"),
                            error->message);
  else if (n > 0)
    g_string_append_printf (body,
                            ngettext ("%u change was not sent yet and would be lost.",
                                      "%u changes were not sent yet and would be lost.", n),
                            n);
  if (body->len > 0)
    g_string_append (body, "\n\n");
  g_string_append (
      body,
      _ ("Its token and its data are deleted from this computer. To come back you need a token "
         "again."));
  adw_alert_dialog_format_heading (alert, _ ("Remove “%s”?"), name);
  adw_alert_dialog_set_body (alert, body->str);
  add_responses (alert, n > 0, get_runtime (self, name) != NULL);
  g_object_set_data_full (G_OBJECT (alert), "account", g_strdup (name), g_free);
  g_signal_connect_object (alert, "response", G_CALLBACK (on_remove_answered), self, 0);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (self));
}

/* Of whom how many changes are being counted. */
typedef struct
{
  WfPreferencesDialog *dialog; /* (owned) */
  char *name;                  /* (owned) */
} Counted;

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counted *counted = user_data;
  g_autoptr (GError) error = NULL;
  guint n;

  wf_account_files_count_finish (result, &n, &error);
  if (counted->dialog->accounts != NULL && gtk_widget_get_mapped (GTK_WIDGET (counted->dialog)))
    ask (counted->dialog, counted->name, n, error);
  g_object_unref (counted->dialog);
  g_free (counted->name);
  g_free (counted);
}

static void
on_remove_clicked (WfPreferencesDialog *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "account");
  WfRuntime *runtime = get_runtime (self, name);
  g_autoptr (WfAccount) account = find_account (self, name);

  if (account == NULL)
    return;
  if (runtime != NULL)
    {
      ask (self, name, wf_runtime_get_pending_changes (runtime), NULL);
      return;
    }
  Counted *counted = g_new0 (Counted, 1);
  g_autofree char *path = wf_session_dup_store_path (self->session, account);
  counted->dialog = g_object_ref (self);
  counted->name = g_strdup (name);
  wf_account_files_count_async (path, NULL, on_counted, counted);
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
  if (self->sending != NULL && self->sending != wf_session_get_runtime (self->session))
    forget_sending (self);
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

  forget_sending (self);
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
