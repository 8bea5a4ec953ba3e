/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command to one or many activities while it is carried out. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-batch.h"

#include "wf-activity-batch-text.h"
#include "wf-left-dialog.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* Activities to which the same is done. */
typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity, as they were before */
  WfBulkChange change;   /* its texts are owned */
  char *note;            /* (owned) (nullable) */
} Part;

struct _WfActivityBatch
{
  GtkWidget *widget;  /* (owned) */
  WfRuntime *runtime; /* (owned) */
  GPtrArray *parts;   /* (owned) of Part */
  GPtrArray *results; /* (owned) of WfBulkResult, one for each part that is done */
  GPtrArray *left;    /* (owned) of WfLeftActivity */
  guint at;           /* the part under way, or the result that is taken back */
  guint n_left;       /* of an undo: what had changed meanwhile */
  gboolean final;
  WfInstant remind;         /* of one that was snoozed: when it will remind */
  WfCommandBegun begun;     /* (nullable) */
  WfCommandCallback failed; /* (nullable) */
};

static void run_part (WfActivityBatch *self);
static void undo_result (WfActivityBatch *self);

static void
part_free (Part *part)
{
  g_ptr_array_unref (part->activities);
  g_free ((char *) part->change.text);
  g_free ((char *) part->change.person);
  g_free (part->note);
  g_free (part);
}

WfActivityBatch *
wf_activity_batch_new (GtkWidget *widget, WfRuntime *runtime)
{
  WfActivityBatch *self = g_new0 (WfActivityBatch, 1);

  self->widget = g_object_ref (widget);
  self->runtime = g_object_ref (runtime);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_bulk_result_free);
  self->left = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_left_activity_free);
  self->remind = WF_INSTANT_NONE;
  return self;
}

void
wf_activity_batch_free (WfActivityBatch *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->runtime);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->results);
  g_ptr_array_unref (self->left);
  g_free (self);
}

void
wf_activity_batch_set_callbacks (WfActivityBatch *self, WfCommandBegun begun,
                                 WfCommandCallback failed)
{
  self->begun = begun;
  self->failed = failed;
}

void
wf_activity_batch_add (WfActivityBatch *self, GPtrArray *activities, const WfBulkChange *change,
                       const char *note)
{
  Part *part = g_new0 (Part, 1);

  part->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  for (guint i = 0; i < activities->len; i++)
    g_ptr_array_add (part->activities, wf_activity_ref (activities->pdata[i]));
  part->change = *change;
  part->change.text = g_strdup (change->text);
  part->change.person = g_strdup (change->person);
  part->note = g_strdup (note);
  g_ptr_array_add (self->parts, part);
}

void
wf_activity_batch_leave (WfActivityBatch *self, WfActivity *activity, const char *reason)
{
  g_ptr_array_add (self->left, wf_left_activity_new (activity, reason));
}

void
wf_activity_batch_set_final (WfActivityBatch *self)
{
  self->final = TRUE;
}

static gboolean
is_alive (const WfActivityBatch *self)
{
  return gtk_widget_get_root (self->widget) != NULL;
}

void
wf_activity_batch_give_up (WfActivityBatch *self)
{
  if (self->failed != NULL && is_alive (self))
    self->failed (self->widget);
  wf_activity_batch_free (self);
}

/* ---- afterwards -------------------------------------------------------------------------------- */

static guint
count_done (const WfActivityBatch *self)
{
  guint n = 0;

  for (guint i = 0; i < self->results->len; i++)
    n += ((const WfBulkResult *) self->results->pdata[i])->done->len;
  return n;
}

static const WfDone *
get_first_done (const WfActivityBatch *self)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      const WfBulkResult *result = self->results->pdata[i];
      if (result->done->len > 0)
        return result->done->pdata[0];
    }
  return NULL;
}

static char *
make_text (const WfActivityBatch *self)
{
  const Part *part = self->parts->pdata[0];
  guint n_done = count_done (self);

  return n_done == 1 ? wf_batch_text_for_one (get_first_done (self), &part->change, self->remind,
                                              self->runtime)
                     : wf_batch_text_for_many (n_done, &part->change, self->runtime);
}

static void
on_details_asked (gpointer data)
{
  WfActivityBatch *self = data;

  if (is_alive (self))
    adw_dialog_present (wf_left_dialog_new (self->left), self->widget);
}

/* What could not be done: a single one with its reason, more of them behind a button. */
static void
say_left (WfActivityBatch *self, guint n_done)
{
  const WfLeftActivity *first = self->left->pdata[0];

  if (self->left->len == 1 && n_done == 0)
    {
      wf_toast_show (self->widget, first->reason);
      return;
    }
  WfActivityBatch *copy = wf_activity_batch_new (self->widget, self->runtime);
  for (guint i = 0; i < self->left->len; i++)
    {
      const WfLeftActivity *left = self->left->pdata[i];
      wf_activity_batch_leave (copy, left->activity, left->reason);
    }
  g_autofree char *text = wf_batch_text_for_left (self->left);
  wf_toast_show_button (self->widget, text, _ ("_Details"), on_details_asked, copy,
                        (GDestroyNotify) wf_activity_batch_free);
}

static void
undo_clicked (gpointer data)
{
  WfActivityBatch *done = data;
  WfActivityBatch *self = wf_activity_batch_new (done->widget, done->runtime);

  /* The last first, so that what was done twice is taken back twice. */
  for (guint i = done->results->len; i > 0; i--)
    g_ptr_array_add (self->results, done->results->pdata[i - 1]);
  g_ptr_array_set_free_func (done->results, NULL);
  g_ptr_array_set_size (done->results, 0);
  undo_result (self);
}

static void
end (WfActivityBatch *self)
{
  guint n_done = count_done (self);
  g_autoptr (GtkWidget) widget = g_object_ref (self->widget);

  if (!is_alive (self))
    {
      wf_activity_batch_free (self);
      return;
    }
  if (self->left->len > 0)
    say_left (self, n_done);
  if (self->left->len > 0 && self->failed != NULL)
    self->failed (self->widget);
  g_autofree char *text = n_done > 0 ? make_text (self) : NULL;
  if (text == NULL)
    wf_activity_batch_free (self);
  else if (self->final)
    {
      wf_toast_show (widget, text);
      wf_activity_batch_free (self);
    }
  else
    wf_toast_show_undo (widget, text, undo_clicked, self, (GDestroyNotify) wf_activity_batch_free);
}

static void
on_reminder_known (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfActivityBatch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) receipts =
      wf_runtime_list_receipts_finish (WF_RUNTIME (object), result, &self->remind, &error);

  if (receipts == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The next reminder cannot be read: %s", error->message);
  end (self);
}

/* When a snoozed one reminds again is known to its reminders alone. */
static void
prepare_end (WfActivityBatch *self)
{
  const Part *part = self->parts->len > 0 ? self->parts->pdata[0] : NULL;

  if (part != NULL && part->change.kind == WF_BULK_SNOOZE && count_done (self) == 1)
    wf_runtime_list_receipts_async (self->runtime, get_first_done (self)->after->id, NULL,
                                    on_reminder_known, self);
  else
    end (self);
}

/* ---- a part ------------------------------------------------------------------------------------ */

static void
on_note_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    wf_toast_show (widget, error->message);
}

static void
keep_notes (WfActivityBatch *self, const Part *part, const WfBulkResult *result)
{
  for (guint i = 0; part->note != NULL && i < result->done->len; i++)
    {
      const WfDone *done = result->done->pdata[i];
      wf_runtime_comment_async (self->runtime, done->after->id, part->note, NULL, on_note_kept,
                                g_object_ref (self->widget));
    }
}

/* The reasons come in the order of those that were left out. */
static void
note_refused (WfActivityBatch *self, const Part *part, const WfBulkResult *result)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  guint next = 0;

  for (guint i = 0; i < result->done->len; i++)
    g_hash_table_add (done, ((const WfDone *) result->done->pdata[i])->after->id);
  for (guint i = 0; i < part->activities->len && next < result->refused->len; i++)
    {
      WfActivity *activity = part->activities->pdata[i];
      if (!g_hash_table_contains (done, activity->id))
        wf_activity_batch_leave (self, activity, result->refused->pdata[next++]);
    }
}

static void
on_part_done (GObject *object, GAsyncResult *async_result, gpointer user_data)
{
  WfActivityBatch *self = user_data;
  const Part *part = self->parts->pdata[self->at];
  g_autoptr (GError) error = NULL;
  WfBulkResult *result = wf_runtime_change_many_finish (WF_RUNTIME (object), async_result, &error);

  if (result != NULL)
    {
      keep_notes (self, part, result);
      note_refused (self, part, result);
      g_ptr_array_add (self->results, result);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      for (guint i = 0; i < part->activities->len; i++)
        wf_activity_batch_leave (self, part->activities->pdata[i], error->message);
    }
  self->at++;
  run_part (self);
}

static void
run_part (WfActivityBatch *self)
{
  if (self->at >= self->parts->len)
    {
      prepare_end (self);
      return;
    }
  const Part *part = self->parts->pdata[self->at];
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (part->activities->len, NULL, TRUE);
  for (guint i = 0; i < part->activities->len; i++)
    g_ptr_array_add (ids, ((WfActivity *) part->activities->pdata[i])->id);
  wf_runtime_change_many_async (self->runtime, (const char *const *) ids->pdata, &part->change,
                                NULL, on_part_done, self);
}

void
wf_activity_batch_run (WfActivityBatch *self)
{
  const Part *first = self->parts->len > 0 ? self->parts->pdata[0] : NULL;
  WfCommandBegun begun = is_alive (self) ? self->begun : NULL;
  g_autoptr (GtkWidget) widget = g_object_ref (self->widget);
  g_autoptr (WfActivity) activity = first != NULL && first->activities->len > 0
                                        ? wf_activity_ref (first->activities->pdata[0])
                                        : NULL;

  run_part (self);
  if (begun != NULL && activity != NULL)
    begun (widget, activity);
}

/* ---- back -------------------------------------------------------------------------------------- */

static void
end_undo (WfActivityBatch *self)
{
  if (self->n_left > 0 && is_alive (self))
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u had changed meanwhile and stays as it is",
                                     "%u had changed meanwhile and stay as they are", self->n_left),
                           self->n_left);
      wf_toast_show (self->widget, text);
    }
  wf_activity_batch_free (self);
}

static void
on_undone (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfActivityBatch *self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_left = 0;

  if (!wf_runtime_undo_finish (WF_RUNTIME (object), result, &n_left, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && is_alive (self))
    wf_toast_show (self->widget, error->message);
  self->n_left += n_left;
  self->at++;
  undo_result (self);
}

static void
undo_result (WfActivityBatch *self)
{
  if (self->at < self->results->len)
    wf_runtime_undo_async (self->runtime, self->results->pdata[self->at], NULL, on_undone, self);
  else
    end_undo (self);
}
