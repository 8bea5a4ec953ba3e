/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a changed workflow is published: what changes, and what becomes of the runs that wait. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-publish-question.h"

#include "wf-publish-form.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* More differences than these are counted. */
#define MOST_DIFFERENCES 6

typedef struct
{
  GtkWidget *parent;      /* (owned) */
  WfRuntime *runtime;     /* (owned) */
  WfWorkflow *edited;     /* (owned) */
  WfWorkflow *published;  /* (owned) */
  GPtrArray *differences; /* (owned) (nullable) sentences */
  WfPublishForm *form;    /* (unowned) (nullable) in the dialog */
  WfPublishAnswer answer;
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

static void
question_free (Question *self)
{
  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_object_unref (self->parent);
  g_object_unref (self->runtime);
  wf_workflow_unref (self->edited);
  wf_workflow_unref (self->published);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static char *
make_body (const Question *self)
{
  const GPtrArray *differences = self->differences;
  g_autoptr (GString) text = g_string_new (NULL);

  if (differences->len == 0)
    g_string_append (text, _ ("It does the same as before."));
  for (guint i = 0; i < MIN (differences->len, MOST_DIFFERENCES); i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (differences, i));
  if (differences->len > MOST_DIFFERENCES)
    {
      guint more = differences->len - MOST_DIFFERENCES;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
on_response (AdwAlertDialog *dialog, const char *response, Question *self)
{
  g_autoptr (WfWorkflow) noted = NULL;

  if (!g_str_equal (response, "publish"))
    return;
  noted = wf_workflow_copy (self->edited);
  wf_workflow_set_note (noted, wf_publish_form_get_note (self->form));
  self->answer (noted, wf_publish_form_get_in_flight (self->form), self->user_data);
}

/* The note begins with the first difference: what a person would write most often. */
static void
add_form (Question *self, AdwAlertDialog *dialog, const WfInFlightCount *count)
{
  const char *note = self->differences->len > 0 ? g_ptr_array_index (self->differences, 0) : "";

  self->form = wf_publish_form_new (note, count);
  adw_alert_dialog_set_extra_child (dialog, GTK_WIDGET (self->form));
}

/* self: taken; the dialog has it from now on. */
static void
ask (Question *self, const WfInFlightCount *count)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  g_autofree char *body = NULL;

  self->differences = wf_difference_list (self->published, self->edited,
                                          wf_runtime_get_organisation (self->runtime));
  body = make_body (self);
  adw_alert_dialog_format_heading (dialog, _ ("Publish “%s”?"), self->edited->name);
  adw_alert_dialog_set_body (dialog, body);
  adw_alert_dialog_set_body_use_markup (dialog, FALSE);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "publish", _ ("_Publish"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "publish", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "publish");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  add_form (self, dialog, count);
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

  if (count != NULL)
    ask (g_steal_pointer (&self), count);
  else
    wf_toast_show (self->parent, error->message);
}

/**
 * wf_publish_ask:
 * @parent: over which the question is shown
 * @runtime: of the account
 * @edited: what is to be published
 * @published: (nullable): the version that is live now; without one nothing is asked
 * @answer: called at most once, not when the person cancels
 * @user_data: for @answer
 * @free_data: (nullable): frees @user_data, in any case
 *
 * Says what changes, asks for a note that begins with the first difference and may be left empty,
 * and asks what becomes of the runs that wait.
 */
void
wf_publish_ask (GtkWidget *parent, WfRuntime *runtime, WfWorkflow *edited, WfWorkflow *published,
                WfPublishAnswer answer, gpointer user_data, GDestroyNotify free_data)
{
  Question *self;

  if (published == NULL)
    {
      answer (edited, WF_IN_FLIGHT_FINISH, user_data);
      if (free_data != NULL)
        free_data (user_data);
      return;
    }
  self = g_new0 (Question, 1);
  *self = (Question) {
    .parent = g_object_ref (parent),
    .runtime = g_object_ref (runtime),
    .edited = wf_workflow_ref (edited),
    .published = wf_workflow_ref (published),
    .answer = answer,
    .user_data = user_data,
    .free_data = free_data,
  };
  wf_runtime_count_in_flight_async (runtime, edited->id, edited, NULL, on_counted, self);
}
