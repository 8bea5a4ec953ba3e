/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown without an account. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-welcome-page.h"

#include "wf-accounts.h"
#include "wf-connect-text.h"
#include "wf-crm.h"

#include <glib/gi18n-lib.h>

struct _WfWelcomePage
{
  AdwBin parent_instance;

  WfSession *session; /* (owned) */
  GtkStack *states;
  GtkWidget *sample;
  AdwStatusPage *connecting;
  AdwStatusPage *failed;
  GtkWidget *sign_in;
};

G_DEFINE_FINAL_TYPE (WfWelcomePage, wf_welcome_page, ADW_TYPE_BIN)

static char *
dup_account_title (WfSession *session)
{
  const WfAccount *account = wf_session_get_account (session);

  if (account == NULL || g_str_equal (account->kind, WF_ACCOUNT_KIND_SAMPLE))
    return g_strdup (_ ("the sample company"));
  return g_markup_escape_text (account->name, -1);
}

static void
show_failure (WfWelcomePage *self, const char *account)
{
  const GError *error = wf_session_get_error (self->session);
  const WfAccount *chosen = wf_session_get_account (self->session);
  g_autofree char *title = g_strdup_printf (_ ("%s cannot be opened"), account);
  g_autofree char *text = wf_connect_error_text (error);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->failed, title);
  adw_status_page_set_description (self->failed, escaped);
  gtk_widget_set_visible (self->sign_in, chosen != NULL &&
                                             g_str_equal (chosen->kind, WF_ACCOUNT_KIND_OPEN) &&
                                             wf_connect_error_is_about_token (error));
}

static void
show_state (WfWelcomePage *self)
{
  g_autofree char *account = dup_account_title (self->session);
  g_autofree char *opening = g_strdup_printf (_ ("Opening %s…"), account);

  switch (wf_session_get_state (self->session))
    {
    case WF_SESSION_CONNECTING:
    case WF_SESSION_OPEN:
      adw_status_page_set_title (self->connecting, opening);
      gtk_stack_set_visible_child_name (self->states, "connecting");
      break;
    case WF_SESSION_FAILED:
      show_failure (self, account);
      gtk_stack_set_visible_child_name (self->states, "failed");
      break;
    case WF_SESSION_CLOSED:
    default:
      gtk_stack_set_visible_child_name (self->states, "start");
      gtk_widget_grab_focus (self->sample);
    }
}

static void
wf_welcome_page_dispose (GObject *object)
{
  g_clear_object (&WF_WELCOME_PAGE (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (wf_welcome_page_parent_class)->dispose (object);
}

static void
wf_welcome_page_class_init (WfWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_welcome_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWelcomePage, states);
  gtk_widget_class_bind_template_child (widget_class, WfWelcomePage, sample);
  gtk_widget_class_bind_template_child (widget_class, WfWelcomePage, connecting);
  gtk_widget_class_bind_template_child (widget_class, WfWelcomePage, failed);
  gtk_widget_class_bind_template_child (widget_class, WfWelcomePage, sign_in);
}

static void
wf_welcome_page_init (WfWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_welcome_page_new (WfSession *session)
{
  WfWelcomePage *self = g_object_new (WF_TYPE_WELCOME_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}
