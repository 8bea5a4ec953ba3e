/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters that a person saved: of this account, on this computer. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-runtime-leads.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FACT "filters/" /* + page: JSON object of name and text */
#define MOST_FILTERS 100
#define MOST_NAME 100

void
wf_saved_filter_free (WfSavedFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const WfSavedFilter *x = *(const WfSavedFilter *const *) a;
  const WfSavedFilter *y = *(const WfSavedFilter *const *) b;

  return g_utf8_collate (x->name, y->name);
}

/* Of WfSavedFilter, by name. */
static GPtrArray *
load (WfStore *store, const char *page)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_saved_filter_free);
  g_autofree char *fact = g_strconcat (FACT, page, NULL);
  g_autofree char *kept = wf_store_get_fact (store, fact);
  g_autoptr (WfJsonDocument) document = kept != NULL ? wf_json_document_parse (kept, -1, 0, NULL)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL, *value;
  const char *name;
  WfJsonIter iter;

  if (kept != NULL && document == NULL)
    g_warning ("The saved filters cannot be read");
  wf_json_iter_init (&iter, root);
  while (wf_json_is (root, WF_JSON_OBJECT) && wf_json_iter_next (&iter, &name, &value))
    if (wf_json_get_string (value) != NULL)
      {
        WfSavedFilter *filter = g_new0 (WfSavedFilter, 1);

        filter->name = g_strdup (name);
        filter->text = g_strdup (wf_json_get_string (value));
        g_ptr_array_add (filters, filter);
      }
  g_ptr_array_sort (filters, compare_names);
  return filters;
}

static gboolean
store_filters (WfStore *store, const char *page, const GPtrArray *filters, GError **error)
{
  g_autofree char *fact = g_strconcat (FACT, page, NULL);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  if (filters->len == 0)
    return wf_store_set_fact (store, fact, NULL, error);
  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < filters->len; i++)
    {
      const WfSavedFilter *filter = g_ptr_array_index (filters, i);

      wf_json_writer_add_string (writer, filter->name, filter->text);
    }
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (store, fact, text, error);
}

/* -- listing ----------------------------------------------------------------------------------- */

static gpointer
list_filters (WfStore *store, gpointer data, GError **error)
{
  const WfCommit *self = data;

  return load (store, self->arguments);
}

/**
 * wf_runtime_list_filters_async:
 * @self: a runtime
 * @page: whose filters: "leads", "calendar", ...
 * @cancellable: (nullable): for an answer that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_filters_async (WfRuntime *self, const char *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_filters_async, list_filters, g_strdup (page), g_free,
                (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
wf_runtime_list_filters_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- saving ------------------------------------------------------------------------------------ */

typedef struct
{
  char *page, *name; /* (owned) */
  char *text;        /* (owned) (nullable) */
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_free (self->page);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
put (GPtrArray *filters, const char *name, const char *text)
{
  WfSavedFilter *filter;

  for (guint i = 0; i < filters->len; i++)
    if (strcmp (((const WfSavedFilter *) g_ptr_array_index (filters, i))->name, name) == 0)
      {
        g_ptr_array_remove_index (filters, i);
        break;
      }
  if (text == NULL)
    return;
  filter = g_new0 (WfSavedFilter, 1);
  filter->name = g_strdup (name);
  filter->text = g_strdup (text);
  g_ptr_array_add (filters, filter);
}

static gpointer
save_filter (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  g_autoptr (GPtrArray) filters = load (store, arguments->page);

  self->store = store;
  put (filters, arguments->name, arguments->text);
  if (filters->len > MOST_FILTERS)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                           _ ("There are too many saved filters: remove some first."));
      return NULL;
    }
  if (!store_filters (store, arguments->page, filters, error))
    return NULL;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_save_filter_async:
 * @self: a runtime
 * @page: whose filter: "leads", "calendar", ...
 * @name: under which it is found again
 * @text: (nullable): what the page understands; %NULL removes it
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here; ends with wf_runtime_command_finish()
 * @user_data: for @callback
 */
void
wf_runtime_save_filter_async (WfRuntime *self, const char *page, const char *name, const char *text,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_save_filter_async, cancellable, callback, user_data);
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  Arguments *arguments;

  if (task == NULL)
    return;
  if (stripped[0] == '\0' || g_utf8_strlen (stripped, -1) > MOST_NAME)
    {
      g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                       _ ("A saved filter needs a name of at most 100 letters."));
      g_object_unref (task);
      return;
    }
  arguments = g_new0 (Arguments, 1);
  arguments->page = g_strdup (page);
  arguments->name = g_steal_pointer (&stripped);
  arguments->text = g_strdup (text);
  wf_command_run (self, task, save_filter, arguments, (GDestroyNotify) arguments_free);
}
