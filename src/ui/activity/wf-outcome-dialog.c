/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how an activity ended. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outcome-dialog.h"

#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/* Those with a key of their own, 1 to 9. */
#define N_KEYS 9

struct _WfOutcomeDialog
{
  AdwDialog parent_instance;

  WfOrganisation *organisation; /* (owned) its outcomes are borrowed */
  char *chosen;                 /* (owned) (nullable) */
  WfOutcomeAnswer answer;       /* NULL once given */
  gpointer user_data;
  GDestroyNotify free_data; /* (nullable) */
  AdwWindowTitle *heading;
  GtkListBox *list;
  GtkEditable *note;
};

G_DEFINE_FINAL_TYPE (WfOutcomeDialog, wf_outcome_dialog, ADW_TYPE_DIALOG)

static void
give_answer (WfOutcomeDialog *self)
{
  WfOutcomeAnswer answer = g_steal_pointer (&self->answer);

  if (answer == NULL)
    return;
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));
  answer (self->chosen, self->chosen != NULL && *note != '\0' ? note : NULL, self->user_data);
}

static void
on_row_activated (WfOutcomeDialog *self, GtkListBoxRow *row)
{
  g_set_str (&self->chosen, g_object_get_data (G_OBJECT (row), "outcome"));
  adw_dialog_close (ADW_DIALOG (self));
}

/* Enter in the note goes on to the choice, where Enter takes the first. */
static void
on_note_activated (WfOutcomeDialog *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfOutcomeDialog *self = WF_OUTCOME_DIALOG (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, g_variant_get_int32 (parameter));

  if (row != NULL)
    on_row_activated (self, row);
}

static void
wf_outcome_dialog_closed (AdwDialog *dialog)
{
  give_answer (WF_OUTCOME_DIALOG (dialog));
}

static void
wf_outcome_dialog_dispose (GObject *object)
{
  WfOutcomeDialog *self = WF_OUTCOME_DIALOG (object);

  if (self->note != NULL)
    give_answer (self); /* the window went away */
  if (self->free_data != NULL)
    g_steal_pointer (&self->free_data) (g_steal_pointer (&self->user_data));
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->chosen, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_OUTCOME_DIALOG);
  G_OBJECT_CLASS (wf_outcome_dialog_parent_class)->dispose (object);
}

/* In the note a digit is a digit: it takes the key before this does. */
static void
add_keys (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, 0, "outcome.choose", "i",
                                           (int) i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, 0, "outcome.choose", "i",
                                           (int) i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK,
                                           "outcome.choose", "i", (int) i);
    }
}

static void
wf_outcome_dialog_class_init (WfOutcomeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_outcome_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = wf_outcome_dialog_closed;
  gtk_widget_class_install_action (widget_class, "outcome.choose", "i", choose_action);
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-outcome-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfOutcomeDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, WfOutcomeDialog, list);
  gtk_widget_class_bind_template_child (widget_class, WfOutcomeDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_note_activated);
}

static void
wf_outcome_dialog_init (WfOutcomeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_keycap (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *cap = g_object_new (GTK_TYPE_LABEL, "label", text, "valign", GTK_ALIGN_CENTER,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (cap, "wf-keycap");
  return cap;
}

static void
add_outcome (WfOutcomeDialog *self, const WfOutcome *outcome, guint index)
{
  GtkWidget *row = wf_plain_row_new (outcome->name, NULL);
  g_autofree char *key = g_strdup_printf ("%u", index + 1);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "outcome", g_strdup (outcome->id), g_free);
  if (index < N_KEYS)
    {
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_keycap (index + 1));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                      key, -1);
    }
  gtk_list_box_append (self->list, row);
}

static const WfEntry *
get_type (const WfOrganisation *organisation, const char *type)
{
  return organisation != NULL && type != NULL
             ? wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, type)
             : NULL;
}

gboolean
wf_outcome_is_asked (const WfOrganisation *organisation, const char *type)
{
  const WfEntry *entry = get_type (organisation, type);

  return entry != NULL && entry->n_outcomes > 0;
}

/**
 * wf_outcome_ask:
 * @parent: a widget in a window
 * @organisation: whose types have the outcomes
 * @type: of the activities; asked about, see wf_outcome_is_asked()
 * @subtitle: what it is about
 * @answer: called once, in the main context
 * @user_data: for @answer
 * @free_data: (nullable): for @user_data, after the answer
 */
void
wf_outcome_ask (GtkWidget *parent, WfOrganisation *organisation, const char *type,
                const char *subtitle, WfOutcomeAnswer answer, gpointer user_data,
                GDestroyNotify free_data)
{
  const WfEntry *entry = get_type (organisation, type);
  WfOutcomeDialog *self;

  g_return_if_fail (entry != NULL);
  self = g_object_new (WF_TYPE_OUTCOME_DIALOG, NULL);
  self->organisation = wf_organisation_ref (organisation);
  self->answer = answer;
  self->user_data = user_data;
  self->free_data = free_data;
  adw_window_title_set_subtitle (self->heading, subtitle);
  for (guint i = 0; i < entry->n_outcomes; i++)
    add_outcome (self, &entry->outcomes[i], i);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
