/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers a client who is served in the store. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-new-lead-dialog.h"

#include "wf-new-lead-check.h"

#include <glib/gi18n-lib.h>

struct _WfNewLeadDialog
{
  AdwDialog parent_instance;

  WfRuntime *runtime; /* (owned) */
  GPtrArray *units;   /* (owned) of char *: ids, in the order of the row behind its first entry */
  gboolean tried;     /* what is wrong is said once somebody tried to save */
  gboolean saving;
  GtkEditable *name;
  GtkEditable *phone;
  GtkEditable *email;
  GtkEditable *interest;
  AdwComboRow *unit;
  GtkTextView *notes;
  GtkLabel *problem;
  GtkWidget *save;
};

enum
{
  CREATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfNewLeadDialog, wf_new_lead_dialog, ADW_TYPE_DIALOG)

static const WfPerson *
get_person (WfRuntime *runtime)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (runtime);
  const char *id = wf_runtime_get_person (runtime);

  return organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;
}

char *
wf_new_lead_explain (WfRuntime *runtime)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (runtime);
  const WfPerson *person = get_person (runtime);

  if (person == NULL)
    return g_strdup (_ ("Nothing is known of the company yet."));
  g_autoptr (GPtrArray) units = wf_person_list_store_units (organisation, person);
  const char *unit = units->len > 0 ? ((const WfEntry *) units->pdata[0])->id : NULL;
  return wf_organisation_explain_new_lead (organisation, person, &unit);
}

/* ---- what was typed ---------------------------------------------------------------------------- */

/* A copy of the texts, which live as long as this. */
typedef struct
{
  char *name, *phone, *email, *interest, *notes;
} Texts;

static void
texts_clear (Texts *self)
{
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->interest);
  g_free (self->notes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static char *
dup_stripped (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static char *
dup_notes (WfNewLeadDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->notes), &start, &end);
  return g_strstrip (
      gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->notes), &start, &end, TRUE));
}

static const char *
get_unit (WfNewLeadDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->unit);

  if (self->units->len == 1)
    return self->units->pdata[0];
  return selected > 0 && selected <= self->units->len ? self->units->pdata[selected - 1] : NULL;
}

static const char *
filled (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static WfNewLead
read_form (WfNewLeadDialog *self, Texts *texts)
{
  *texts = (Texts) { dup_stripped (self->name), dup_stripped (self->phone),
                     dup_stripped (self->email), dup_stripped (self->interest), dup_notes (self) };
  return (WfNewLead) { .name = texts->name,
                       .phone = filled (texts->phone),
                       .email = filled (texts->email),
                       .interest = filled (texts->interest),
                       .notes = filled (texts->notes),
                       .unit = get_unit (self) };
}

/* ---- what is wrong ----------------------------------------------------------------------------- */

static void
mark (GtkWidget *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_problem (WfNewLeadDialog *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* What is wrong, in words, and beside it where; NULL: nothing. */
static const char *
check (WfNewLeadDialog *self, GtkWidget **at)
{
  g_auto (Texts) texts = { 0 };
  const WfNewLead lead = read_form (self, &texts);
  WfNewLeadProblem problem = wf_new_lead_check (&lead);
  gboolean no_unit = self->units->len > 1 && lead.unit == NULL;

  mark (GTK_WIDGET (self->name), problem == WF_NEW_LEAD_NAME);
  mark (GTK_WIDGET (self->phone), problem == WF_NEW_LEAD_PHONE || problem == WF_NEW_LEAD_CONTACT);
  mark (GTK_WIDGET (self->email), problem == WF_NEW_LEAD_EMAIL);
  mark (GTK_WIDGET (self->unit), problem == WF_NEW_LEAD_OK && no_unit);
  *at = problem == WF_NEW_LEAD_NAME    ? GTK_WIDGET (self->name)
        : problem == WF_NEW_LEAD_EMAIL ? GTK_WIDGET (self->email)
        : problem == WF_NEW_LEAD_OK    ? GTK_WIDGET (self->unit)
                                       : GTK_WIDGET (self->phone);
  if (problem == WF_NEW_LEAD_OK && no_unit)
    return _ ("Choose the store in which the client is served.");
  return wf_new_lead_problem_to_text (problem);
}

/* Whether closing would lose something. */
static gboolean
is_begun (WfNewLeadDialog *self)
{
  g_auto (Texts) texts = { 0 };
  const WfNewLead lead = read_form (self, &texts);

  return *lead.name != '\0' || lead.phone != NULL || lead.email != NULL || lead.interest != NULL ||
         lead.notes != NULL;
}

static void
on_changed (WfNewLeadDialog *self)
{
  GtkWidget *at;

  if (self->units != NULL)
    adw_dialog_set_can_close (ADW_DIALOG (self), !is_begun (self));
  if (self->tried && self->units != NULL)
    show_problem (self, check (self, &at));
}

/* ---- saving ------------------------------------------------------------------------------------ */

static void
on_created (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfNewLeadDialog) self = WF_NEW_LEAD_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = wf_runtime_create_lead_finish (WF_RUNTIME (object), result, &error);

  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (id == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CREATED], 0, id);
}

static void
on_save_clicked (WfNewLeadDialog *self)
{
  g_auto (Texts) texts = { 0 };
  GtkWidget *at;

  if (self->saving)
    return;
  self->tried = TRUE;
  const char *problem = check (self, &at);
  show_problem (self, problem);
  if (problem != NULL)
    {
      gtk_widget_grab_focus (at);
      return;
    }
  const WfNewLead lead = read_form (self, &texts);
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  wf_runtime_create_lead_async (self->runtime, &lead, NULL, on_created, g_object_ref (self));
}

static void
on_cancel_clicked (WfNewLeadDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- closing ----------------------------------------------------------------------------------- */

static void
on_discard_answered (WfNewLeadDialog *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
wf_new_lead_dialog_close_attempt (AdwDialog *dialog)
{
  AdwDialog *question;
  AdwAlertDialog *alert;

  if (WF_NEW_LEAD_DIALOG (dialog)->saving) /* it closes by itself */
    return;
  question = adw_alert_dialog_new (_ ("Discard This Lead?"), _ ("What you typed is lost."));
  alert = ADW_ALERT_DIALOG (question);
  adw_alert_dialog_add_responses (alert, "keep", _ ("_Keep"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "keep");
  g_signal_connect_object (question, "response", G_CALLBACK (on_discard_answered), dialog,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (dialog));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_new_lead_dialog_dispose (GObject *object)
{
  WfNewLeadDialog *self = WF_NEW_LEAD_DIALOG (object);

  g_clear_object (&self->runtime);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_NEW_LEAD_DIALOG);
  G_OBJECT_CLASS (wf_new_lead_dialog_parent_class)->dispose (object);
}

static void
wf_new_lead_dialog_class_init (WfNewLeadDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_new_lead_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = wf_new_lead_dialog_close_attempt;
  signals[CREATED] = g_signal_new ("created", WF_TYPE_NEW_LEAD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-new-lead-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, email);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, interest);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, notes);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WfNewLeadDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
wf_new_lead_dialog_init (WfNewLeadDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Who works in one store only is not asked. */
static void
fill_units (WfNewLeadDialog *self)
{
  const WfPerson *person = get_person (self->runtime);
  g_autoptr (GPtrArray) units =
      person != NULL
          ? wf_person_list_store_units (wf_runtime_get_organisation (self->runtime), person)
          : g_ptr_array_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < units->len; i++)
    {
      const WfEntry *unit = units->pdata[i];
      gtk_string_list_append (names, unit->name);
      g_ptr_array_add (self->units, g_strdup (unit->id));
    }
  adw_combo_row_set_model (self->unit, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->unit), self->units->len > 1);
}

AdwDialog *
wf_new_lead_dialog_new (WfRuntime *runtime)
{
  WfNewLeadDialog *self = g_object_new (WF_TYPE_NEW_LEAD_DIALOG, NULL);

  self->runtime = g_object_ref (runtime);
  self->units = g_ptr_array_new_with_free_func (g_free);
  fill_units (self);
  return ADW_DIALOG (self);
}
