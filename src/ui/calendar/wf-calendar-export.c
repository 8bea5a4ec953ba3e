/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves activities of the calendar as an iCalendar file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-export.h"

#include "wf-calendar-model-private.h"
#include "wf-icalendar.h"
#include "wf-save-file.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WfCalendarExport
{
  AdwAlertDialog parent_instance;

  GtkWidget *over;        /* (owned) (nullable) until it is closed */
  WfCalendarModel *model; /* (owned) (nullable) until it is closed */
  GtkLabel *shown_label;
  GtkCheckButton *all_open;
};

G_DEFINE_FINAL_TYPE (WfCalendarExport, wf_calendar_export, ADW_TYPE_ALERT_DIALOG)

/* ---- what the file gets ------------------------------------------------------------------------ */

typedef struct
{
  GPtrArray *activities;        /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) */
  WfInstant now;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *self = data;

  g_ptr_array_unref (self->activities);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self);
}

/* Everything that is open may be a hundred thousand: nobody waits for it, and it can be given up. */
static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *self = data;
  char *text = wf_icalendar_write (self->activities, self->organisation, self->now);

  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

/* The thread has nothing of the calendar: what it lets go of last must not be the model. */
static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WfRuntime *runtime = WF_RUNTIME (object);
  const WfOrganisation *organisation = wf_runtime_get_organisation (runtime);
  GError *error = NULL;
  guint total;
  GPtrArray *activities = wf_runtime_list_activities_finish (runtime, result, &total, &error);

  if (activities == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, GUINT_TO_POINTER (activities->len), NULL);
  Writing *writing = g_new0 (Writing, 1);
  writing->activities = activities;
  writing->organisation =
      organisation != NULL ? wf_organisation_ref ((WfOrganisation *) organisation) : NULL;
  writing->now = wf_clock_now (wf_runtime_get_clock (runtime));
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GTask) in_thread = g_task_new (NULL, cancellable, on_written, g_steal_pointer (&task));
  g_task_set_task_data (in_thread, writing, writing_free);
  g_task_set_return_on_cancel (in_thread, TRUE);
  g_task_run_in_thread (in_thread, write_in_thread);
}

static const char *const *
list_or_null (char *const *list)
{
  return list != NULL && list[0] != NULL ? (const char *const *) list : NULL;
}

/**
 * wf_calendar_export_make_async:
 * @model: of the calendar
 * @all_open: everything that is open, else what is shown: the days that belong to the span
 * @cancellable: (nullable)
 * @callback: called when it is made
 * @user_data: for @callback
 */
void
wf_calendar_export_make_async (WfCalendarModel *model, gboolean all_open, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (model, cancellable, callback, user_data);
  const WfCalendarFilter *filter = wf_calendar_model_get_filter (model);
  const WfCalendarSpan *span = wf_calendar_model_get_span (model);
  g_auto (GStrv) people = wf_calendar_model_list_people (model);
  const WfActivityQuery query = {
    .scope = filter->closed && !all_open ? WF_ACTIVITIES_ALL : WF_ACTIVITIES_OPEN,
    .origin = filter->origin,
    .now = wf_calendar_model_get_now (model),
    .due_from = all_open ? WF_INSTANT_NONE : span->bounds[span->main_from],
    .due_until = all_open ? WF_INSTANT_NONE : span->bounds[span->main_until],
    .people = (const char *const *) people,
    .types = list_or_null (filter->types),
    .workflows = list_or_null (filter->workflows),
    .also_hidden = TRUE,
  };

  g_task_set_source_tag (task, wf_calendar_export_make_async);
  wf_runtime_list_activities_async (wf_calendar_model_get_runtime (model), &query, cancellable,
                                    on_listed, task);
}

/**
 * wf_calendar_export_make_finish:
 * @model: of the calendar
 * @result: of the callback
 * @n: (out) (nullable): how many activities are in it
 * @error: what went wrong
 *
 * Returns: (transfer full): an iCalendar file's content, or %NULL
 */
GBytes *
wf_calendar_export_make_finish (WfCalendarModel *model, GAsyncResult *result, guint *n,
                                GError **error)
{
  GBytes *bytes;

  g_return_val_if_fail (g_task_is_valid (result, model), NULL);
  bytes = g_task_propagate_pointer (G_TASK (result), error);
  if (bytes != NULL && n != NULL)
    *n = GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
  return bytes;
}

/* ---- saving ------------------------------------------------------------------------------------ */

typedef struct
{
  GtkWidget *over; /* (owned) */
  GBytes *bytes;   /* (owned) (nullable) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_object_unref (self->over);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static GBytes *
get_bytes (gpointer data)
{
  return g_bytes_ref (((Saving *) data)->bytes);
}

static void
say (gpointer data, const char *text)
{
  wf_toast_show (((Saving *) data)->over, text);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  saving->bytes = wf_calendar_export_make_finish (WF_CALENDAR_MODEL (object), result, &n, &error);
  if (saving->bytes == NULL || n == 0)
    {
      wf_toast_show (saving->over, error != NULL ? error->message : _ ("There is nothing to save"));
      saving_free (saving);
      return;
    }
  g_autofree char *saved =
      g_strdup_printf (ngettext ("%u activity was saved", "%u activities were saved", n), n);
  /* Translators: name of a file */
  wf_save_file (saving->over, _ ("Save as an iCalendar File"), _ ("activities.ics"), saved,
                get_bytes, say, saving, saving_free);
}

static void
wf_calendar_export_response (AdwAlertDialog *dialog, const char *response)
{
  WfCalendarExport *self = WF_CALENDAR_EXPORT (dialog);

  if (g_str_equal (response, "save"))
    {
      Saving *saving = g_new0 (Saving, 1);
      saving->over = g_object_ref (self->over);
      wf_calendar_export_make_async (self->model, gtk_check_button_get_active (self->all_open),
                                     NULL, on_made, saving);
    }
  g_clear_object (&self->over);
  g_clear_object (&self->model);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_calendar_export_dispose (GObject *object)
{
  WfCalendarExport *self = WF_CALENDAR_EXPORT (object);

  g_clear_object (&self->over);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CALENDAR_EXPORT);
  G_OBJECT_CLASS (wf_calendar_export_parent_class)->dispose (object);
}

static void
wf_calendar_export_class_init (WfCalendarExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_calendar_export_dispose;
  ADW_ALERT_DIALOG_CLASS (klass)->response = wf_calendar_export_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/wf-calendar-export.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCalendarExport, shown_label);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarExport, all_open);
}

static void
wf_calendar_export_init (WfCalendarExport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_calendar_export_ask:
 * @over: in the window of the calendar
 * @model: of the calendar
 *
 * Asks what is saved, then for the file.
 */
void
wf_calendar_export_ask (GtkWidget *over, WfCalendarModel *model)
{
  WfCalendarExport *self = g_object_new (WF_TYPE_CALENDAR_EXPORT, NULL);
  g_autofree char *span = wf_calendar_model_describe_span (model);
  /* Translators: %s is what the calendar shows: "November 2026" */
  g_autofree char *text = g_strdup_printf (_ ("What is shown: %s"), span);

  self->over = g_object_ref (over);
  self->model = g_object_ref (model);
  gtk_label_set_text (self->shown_label, text);
  adw_dialog_present (ADW_DIALOG (self), over);
}
