/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a paused workflow goes on: what becomes of the steps that came due meanwhile. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-resume-question.h"

#include "wf-choice-rows.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *parent;    /* (owned) */
  WfWorkflow *workflow; /* (owned) */
  GtkWidget *choices;   /* (unowned) in the dialog */
  WfResumeAnswer answer;
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

static void
question_free (Question *self)
{
  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_object_unref (self->parent);
  wf_workflow_unref (self->workflow);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_response (AdwAlertDialog *dialog, const char *response, Question *self)
{
  gboolean resume = g_str_equal (response, "resume");

  self->answer (resume,
                resume ? (WfResume) wf_choice_rows_get_chosen (self->choices) : WF_RESUME_RUN_NOW,
                self->user_data);
}

static void
ask (Question *self, guint overdue)
{
  g_autofree char *body = g_strdup_printf (
      ngettext ("%u run has a step that came due while the workflow was paused.",
                "%u runs have a step that came due while the workflow was paused.", overdue),
      overdue);
  const WfChoiceRow rows[] = {
    { _ ("Run them now"), _ ("Everything that came due happens at once.") },
    { _ ("Reschedule"), _ ("Every step that waits moves by the length of the pause.") },
    { _ ("Skip them"), _ ("What came due does not happen; later steps go on.") },
  };
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, body));

  adw_alert_dialog_format_heading (dialog, _ ("Resume “%s”?"), self->workflow->name);
  self->choices = wf_choice_rows_new (_ ("Steps that came due"), rows, G_N_ELEMENTS (rows));
  adw_alert_dialog_set_extra_child (dialog, self->choices);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "resume", _ ("_Resume"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "resume", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self,
                         (GClosureNotify) (void (*) (void)) question_free, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), self->parent);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfInFlightCount) count =
      wf_runtime_count_in_flight_finish (WF_RUNTIME (source), result, &error);

  if (count == NULL)
    {
      wf_toast_show (self->parent, error->message);
      self->answer (FALSE, WF_RESUME_RUN_NOW, self->user_data);
    }
  else if (count->overdue > 0)
    ask (g_steal_pointer (&self), count->overdue);
  else
    self->answer (TRUE, WF_RESUME_RUN_NOW, self->user_data);
}

void
wf_resume_ask (GtkWidget *parent, WfRuntime *runtime, WfWorkflow *workflow, WfResumeAnswer answer,
               gpointer user_data, GDestroyNotify free_data)
{
  Question *self = g_new0 (Question, 1);

  *self = (Question) {
    .parent = g_object_ref (parent),
    .workflow = wf_workflow_ref (workflow),
    .answer = answer,
    .user_data = user_data,
    .free_data = free_data,
  };
  wf_runtime_count_in_flight_async (runtime, workflow->id, NULL, NULL, on_counted, self);
}
