/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before a changed workflow is published: what changes, and what becomes of the runs that wait. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-publish-question.h"

#include "wf-choice-rows.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* More differences than these are counted. */
#define MOST_DIFFERENCES 12

typedef struct
{
  GtkWidget *parent;     /* (owned) */
  WfRuntime *runtime;    /* (owned) */
  WfWorkflow *edited;    /* (owned) */
  WfWorkflow *published; /* (owned) */
  GtkWidget *choices;    /* (unowned) (nullable) in the dialog */
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
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* In the order of WfInFlight. */
static GtkWidget *
make_choices (const WfInFlightCount *count)
{
  g_autofree char *move = g_strdup_printf (
      ngettext ("%u of them can; the others finish on their own version.",
                "%u of them can; the others finish on their own version.", count->movable),
      count->movable);
  const WfChoiceRow rows[] = {
    { _ ("Finish on their version"), _ ("What was begun goes on as it was.") },
    { _ ("Move to the new version"), move },
    { _ ("Stop them"), _ ("Steps that wait are cancelled. Activities stay as they are.") },
  };

  return wf_choice_rows_new (_ ("Runs that wait"), rows, G_N_ELEMENTS (rows));
}

static char *
make_body (const Question *self, const WfInFlightCount *count)
{
  g_autoptr (GPtrArray) differences = wf_difference_list (
      self->published, self->edited, wf_runtime_get_organisation (self->runtime));
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
      g_string_append_printf (text, ngettext ("and %u more change", "and %u more changes", more),
                              more);
    }
  if (count->waiting > 0)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text,
                              ngettext ("%u run waits in an earlier version. What becomes of it?",
                                        "%u runs wait in earlier versions. What becomes of them?",
                                        count->waiting),
                              count->waiting);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
on_response (AdwAlertDialog *dialog, const char *response, Question *self)
{
  if (g_str_equal (response, "publish"))
    self->answer (self->choices != NULL ? (WfInFlight) wf_choice_rows_get_chosen (self->choices)
                                        : WF_IN_FLIGHT_FINISH,
                  self->user_data);
}

static void
ask (Question *taken, const WfInFlightCount *count)
{
  Question *self = taken;
  g_autofree char *body = make_body (self, count);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, body));

  adw_alert_dialog_format_heading (dialog, _ ("Publish “%s”?"), self->edited->name);
  adw_alert_dialog_set_body_use_markup (dialog, FALSE);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "publish", _ ("_Publish"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "publish", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "publish");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (count->waiting > 0)
    {
      self->choices = make_choices (count);
      adw_alert_dialog_set_extra_child (dialog, self->choices);
    }
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

void
wf_publish_ask (GtkWidget *parent, WfRuntime *runtime, WfWorkflow *edited, WfWorkflow *published,
                WfPublishAnswer answer, gpointer user_data, GDestroyNotify free_data)
{
  Question *self;

  if (published == NULL)
    {
      answer (WF_IN_FLIGHT_FINISH, user_data);
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
