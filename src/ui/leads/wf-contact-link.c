/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls a number and writes to an address. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-contact-link.h"

#include "wf-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
on_launched (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;
  const char *text = g_object_get_data (object, "text");

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  wf_toast_show (widget, _ ("No program opens this link. It was copied instead."));
}

/* text: what is copied when nothing opens the link. */
static void
launch (GtkWidget *widget, const char *uri, const char *text)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  g_object_set_data_full (G_OBJECT (launcher), "text", g_strdup (text), g_free);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, on_launched,
                           g_object_ref (widget));
}

void
wf_contact_call (GtkWidget *widget, const char *phone)
{
  g_autoptr (GString) uri = g_string_new ("tel:");

  for (const char *c = phone; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c) || *c == '+')
        g_string_append_c (uri, *c);
    }
  launch (widget, uri->str, phone);
}

void
wf_contact_write (GtkWidget *widget, const char *email)
{
  g_autofree char *escaped = g_uri_escape_string (email, "@+", FALSE);
  g_autofree char *uri = g_strconcat ("mailto:", escaped, NULL);

  launch (widget, uri, email);
}

void
wf_contact_browse (GtkWidget *widget, const char *url)
{
  const char *scheme = g_uri_peek_scheme (url);

  if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0)
    launch (widget, url, url);
  else
    gtk_widget_error_bell (widget);
}
