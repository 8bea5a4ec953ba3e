/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the answer that completes an approval. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-approval-question.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfApprovalAnswer answer; /* NULL once given */
  gpointer user_data;
  GDestroyNotify free_data; /* (nullable) */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_free (self);
}

static void
on_response (AdwAlertDialog *dialog, const char *response, Question *self)
{
  WfApprovalAnswer answer = g_steal_pointer (&self->answer);

  if (answer == NULL)
    return;
  if (g_str_equal (response, "approve"))
    answer (WF_OUTCOME_APPROVED, self->user_data);
  else if (g_str_equal (response, "reject"))
    answer (WF_OUTCOME_REJECTED, self->user_data);
  else
    answer (NULL, self->user_data);
}

/* The notes without their first line where that is the title already. */
static const char *
get_notes (const WfActivity *activity)
{
  const char *notes = activity->notes != NULL ? activity->notes : "";
  gsize length = strlen (activity->title);

  if (strncmp (notes, activity->title, length) != 0 || notes[length] != '\n')
    return notes;
  notes += length;
  while (g_ascii_isspace (*notes))
    notes++;
  return notes;
}

static char *
make_body (const WfActivity *activity)
{
  const char *notes = get_notes (activity);

  if (activity->lead_name == NULL || *activity->lead_name == '\0')
    return g_strdup (notes);
  return *notes == '\0' ? g_strdup (activity->lead_name)
                        : g_strdup_printf ("%s\n\n%s", activity->lead_name, notes);
}

/**
 * wf_approval_ask:
 * @parent: a widget in a window
 * @activity: the approval
 * @answer: called once, in the main context
 * @user_data: for @answer
 * @free_data: (nullable): for @user_data, after the answer
 *
 * Policy: an answer cannot be undone, since the workflow that waits for it goes on at once; so it is
 * asked for here, and no key alone answers it.
 */
void
wf_approval_ask (GtkWidget *parent, const WfActivity *activity, WfApprovalAnswer answer,
                 gpointer user_data, GDestroyNotify free_data)
{
  g_autofree char *body = make_body (activity);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (activity->title, body));
  Question *self = g_new0 (Question, 1);

  *self = (Question) { answer, user_data, free_data };
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "reject", _ ("_Reject"),
                                  "approve", _ ("_Approve"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "approve", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, question_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
