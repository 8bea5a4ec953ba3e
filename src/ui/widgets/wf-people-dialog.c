/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a person of the organisation by searching. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-people-dialog.h"

#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

/* More rows than anybody reads would only make the dialog slow; the search finds the others. */
#define MOST_ROWS 100

struct _WfPeopleDialog
{
  AdwDialog parent_instance;

  WfOrganisation *organisation; /* (owned) */
  char *current;                /* (owned) (nullable) */
  WfPersonFilter filter;        /* (nullable) */
  GtkEditable *search;
  GtkStack *states;
  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfPeopleDialog, wf_people_dialog, ADW_TYPE_DIALOG)

static gboolean
matches (WfPeopleDialog *self, const WfPerson *person)
{
  return person->active && g_strcmp0 (person->id, self->current) != 0 &&
         (self->filter == NULL || self->filter (self->organisation, person)) &&
         g_str_match_string (gtk_editable_get_text (self->search), person->name, TRUE);
}

static void
add_row (WfPeopleDialog *self, const WfPerson *person)
{
  GtkWidget *row = wf_plain_row_new (person->name, wf_role_to_text (person->role));
  GtkWidget *avatar = adw_avatar_new (32, person->name, TRUE);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "person", g_strdup (person->id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
fill (WfPeopleDialog *self)
{
  guint n = wf_organisation_get_n_people (self->organisation), shown = 0;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < n && shown < MOST_ROWS; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (self->organisation, i);
      if (!matches (self, person))
        continue;
      add_row (self, person);
      shown++;
    }
  gtk_stack_set_visible_child_name (self->states, shown > 0 ? "list" : "empty");
}

static void
choose (WfPeopleDialog *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "person"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
on_search_changed (WfPeopleDialog *self)
{
  fill (self);
}

/* Enter in the search takes the only match. */
static void
on_search_activate (WfPeopleDialog *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL && gtk_list_box_get_row_at_index (self->list, 1) == NULL)
    choose (self, first);
}

static void
on_stop_search (WfPeopleDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_row_activated (WfPeopleDialog *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static void
wf_people_dialog_dispose (GObject *object)
{
  WfPeopleDialog *self = WF_PEOPLE_DIALOG (object);

  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->current, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PEOPLE_DIALOG);
  G_OBJECT_CLASS (wf_people_dialog_parent_class)->dispose (object);
}

static void
wf_people_dialog_class_init (WfPeopleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_people_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_PEOPLE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "widgets/wf-people-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPeopleDialog, search);
  gtk_widget_class_bind_template_child (widget_class, WfPeopleDialog, states);
  gtk_widget_class_bind_template_child (widget_class, WfPeopleDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
wf_people_dialog_init (WfPeopleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_people_dialog_new (WfOrganisation *organisation, const char *title, const char *current,
                      WfPersonFilter filter)
{
  WfPeopleDialog *self = g_object_new (WF_TYPE_PEOPLE_DIALOG, "title", title, NULL);

  self->organisation = wf_organisation_ref (organisation);
  self->current = g_strdup (current);
  self->filter = filter;
  fill (self);
  return ADW_DIALOG (self);
}
