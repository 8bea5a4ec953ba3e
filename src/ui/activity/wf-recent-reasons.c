/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reasons that a person gave lately for another deadline. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-recent-reasons.h"

#define RECENT "recent-reasons"
#define MOST_RECENT 4
#define LONGEST_SHOWN 28 /* letters of a reason on its button */

typedef struct
{
  WfReasonChosen func;
  gpointer data; /* borrowed: it outlives the box's buttons */
  char *reason;  /* (owned) */
} Offer;

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *self = data;

  g_free (self->reason);
  g_free (self);
}

static void
on_clicked (GtkButton *button, Offer *offer)
{
  offer->func (offer->data, offer->reason);
}

static GtkWidget *
make_button (const char *reason, WfReasonChosen func, gpointer data)
{
  g_autofree char *begin = g_utf8_strlen (reason, -1) > LONGEST_SHOWN
                               ? g_utf8_substring (reason, 0, LONGEST_SHOWN - 1)
                               : NULL;
  g_autofree char *label = begin != NULL ? g_strconcat (begin, "…", NULL) : g_strdup (reason);
  GtkWidget *button = gtk_button_new_with_label (label);
  Offer *offer = g_new0 (Offer, 1);

  *offer = (Offer) { func, data, g_strdup (reason) };
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, reason,
                                  -1);
  gtk_widget_set_tooltip_text (button, reason);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_clicked), offer, offer_free, 0);
  return button;
}

/**
 * wf_recent_reasons_remember:
 * @reason: stripped, not empty
 */
void
wf_recent_reasons_remember (const char *reason)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_auto (GStrv) known = g_settings_get_strv (settings, RECENT);
  const char *recent[MOST_RECENT + 1] = { reason };
  guint n = 1;

  for (guint i = 0; known[i] != NULL && n < MOST_RECENT; i++)
    {
      if (!g_str_equal (known[i], reason))
        recent[n++] = known[i];
    }
  g_settings_set_strv (settings, RECENT, recent);
}

/**
 * wf_recent_reasons_show:
 * @box: an empty box
 * @func: gets the reason whose button was pressed
 * @data: for @func; outlives the children of @box
 */
void
wf_recent_reasons_show (AdwWrapBox *box, WfReasonChosen func, gpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_auto (GStrv) known = g_settings_get_strv (settings, RECENT);

  for (guint i = 0; known[i] != NULL && i < MOST_RECENT; i++)
    adw_wrap_box_append (box, make_button (known[i], func, data));
  gtk_widget_set_visible (GTK_WIDGET (box), known[0] != NULL);
}
