/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a CRM's name, address and token. The token goes to the accounts only; it is never shown or logged. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-connect-dialog.h"

#include "wf-accounts.h"
#include "wf-connect-text.h"
#include "wf-problem-row.h"

#include <glib/gi18n-lib.h>

struct _WfConnectDialog
{
  AdwDialog parent_instance;

  WfAccounts *accounts;      /* (owned) */
  gboolean sign_in_again;    /* the name is that of a known account */
  GCancellable *cancellable; /* (owned) (nullable) while it is tried */
  GtkEditable *name, *address, *token;
  WfProblemRow *name_problem, *address_problem, *token_problem;
  GtkWidget *form;
  GtkWidget *connect_button;
  GtkStack *progress;
  GtkLabel *failure;
};

enum
{
  CONNECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfConnectDialog, wf_connect_dialog, ADW_TYPE_DIALOG)

static gboolean
is_name_taken (WfConnectDialog *self, const char *name)
{
  if (self->sign_in_again)
    return FALSE;
  g_autoptr (GPtrArray) known = wf_accounts_list (self->accounts);
  for (guint i = 0; i < known->len; i++)
    {
      const WfAccount *account = known->pdata[i];
      if (g_str_equal (account->name, name))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_trimmed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static const char *
check_field (WfConnectDialog *self, GtkEditable *field)
{
  g_autofree char *text = dup_trimmed (field);

  if (field == self->address)
    return wf_connect_check_address (text);
  if (field == self->token)
    return wf_connect_check_token (text);
  if (is_name_taken (self, text))
    return _ ("There is an account with this name already.");
  return wf_connect_check_name (text);
}

static WfProblemRow *
get_problem_row (WfConnectDialog *self, GtkEditable *field)
{
  if (field == self->name)
    return self->name_problem;
  return field == self->address ? self->address_problem : self->token_problem;
}

static void
show_problem (WfConnectDialog *self, GtkEditable *field, const char *text)
{
  wf_problem_row_set_text (get_problem_row (self, field), text, GTK_WIDGET (field));
}

static void
show_failure (WfConnectDialog *self, const char *text)
{
  gtk_label_set_text (self->failure, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), text != NULL);
}

static void
update_button (WfConnectDialog *self)
{
  gboolean valid = check_field (self, self->name) == NULL &&
                   check_field (self, self->address) == NULL &&
                   check_field (self, self->token) == NULL;

  gtk_widget_set_sensitive (self->connect_button, valid && self->cancellable == NULL);
}

static void
set_busy (WfConnectDialog *self, gboolean busy)
{
  if (!busy)
    g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_stack_set_visible_child_name (self->progress, busy ? "busy" : "label");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->connect_button), GTK_ACCESSIBLE_STATE_BUSY,
                               busy, -1);
  update_button (self);
}

/* What the person types makes an earlier complaint about the field void. */
static void
on_entry_changed (WfConnectDialog *self, GtkEditable *field)
{
  if (check_field (self, field) == NULL ||
      wf_problem_row_get_text (get_problem_row (self, field)) != NULL)
    show_problem (self, field, NULL);
  show_failure (self, NULL);
  update_button (self);
}

/* Said when the person leaves the field, not while they type. */
static void
on_field_left (WfConnectDialog *self, GtkEventController *controller)
{
  GtkEditable *field = GTK_EDITABLE (gtk_event_controller_get_widget (controller));

  if (*gtk_editable_get_text (field) != '\0')
    show_problem (self, field, check_field (self, field));
}

static void
say_failure (WfConnectDialog *self, const GError *error)
{
  g_autofree char *text = wf_connect_error_text (error);
  GtkEditable *field = NULL;

  if (wf_connect_error_is_about_token (error))
    field = self->token;
  else if (wf_connect_error_is_about_address (error))
    field = self->address;
  if (field == NULL)
    {
      show_failure (self, text);
      return;
    }
  show_problem (self, field, text);
  gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
on_added (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfConnectDialog) self = WF_CONNECT_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfAccount) account = wf_accounts_add_finish (WF_ACCOUNTS (object), result, &error);

  if (self->connect_button == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the dialog was closed */
  set_busy (self, FALSE);
  if (account == NULL)
    {
      say_failure (self, error);
      return;
    }
  g_signal_emit (self, signals[CONNECTED], 0, account);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_connect_clicked (WfConnectDialog *self)
{
  g_autofree char *name = dup_trimmed (self->name);
  g_autofree char *address = dup_trimmed (self->address);
  g_autofree char *token = dup_trimmed (self->token);

  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  wf_accounts_add_async (self->accounts, name, WF_ACCOUNT_KIND_OPEN, address, token,
                         self->cancellable, on_added, g_object_ref (self));
}

static void
on_cancel_clicked (WfConnectDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
wf_connect_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (WF_CONNECT_DIALOG (dialog)->cancellable);
}

static void
wf_connect_dialog_dispose (GObject *object)
{
  WfConnectDialog *self = WF_CONNECT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONNECT_DIALOG);
  G_OBJECT_CLASS (wf_connect_dialog_parent_class)->dispose (object);
}

static void
wf_connect_dialog_class_init (WfConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_connect_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = wf_connect_dialog_closed;
  signals[CONNECTED] = g_signal_new ("connected", WF_TYPE_CONNECT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, address);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, token);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, name_problem);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, address_problem);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, token_problem);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WfConnectDialog, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_field_left);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
wf_connect_dialog_init (WfConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WfConnectDialog *
wf_connect_dialog_new (WfAccounts *accounts, const WfAccount *account)
{
  WfConnectDialog *self = g_object_new (WF_TYPE_CONNECT_DIALOG, NULL);

  self->accounts = g_object_ref (accounts);
  if (account != NULL)
    {
      self->sign_in_again = TRUE;
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Sign In Again"));
      gtk_editable_set_text (self->name, account->name);
      gtk_editable_set_text (self->address, account->url != NULL ? account->url : "");
      gtk_editable_set_editable (self->name, FALSE);
      gtk_editable_set_editable (self->address, FALSE);
      adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->token));
    }
  update_button (self);
  return self;
}
