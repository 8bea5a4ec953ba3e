/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks about leads: answered from the store, off the main loop. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-lead-command.h"
#include "wf-lead-intake.h"

#include <glib/gi18n-lib.h>

/* -- the table --------------------------------------------------------------------------------- */

typedef struct
{
  WfLeadQuery query;
  char **stages, **owners, **sources; /* (owned) (nullable) */
  char *text, *origin;                /* (owned) (nullable) */
} ListArguments;

static void
list_arguments_free (ListArguments *self)
{
  g_strfreev (self->stages);
  g_strfreev (self->owners);
  g_strfreev (self->sources);
  g_free (self->text);
  g_free (self->origin);
  g_free (self);
}

static ListArguments *
copy_query (const WfLeadQuery *query)
{
  ListArguments *self = g_new0 (ListArguments, 1);

  self->query = *query;
  self->query.text = self->text = g_strdup (query->text);
  self->query.origin = self->origin = g_strdup (query->origin);
  self->stages = g_strdupv ((char **) query->stages);
  self->owners = g_strdupv ((char **) query->owners);
  self->sources = g_strdupv ((char **) query->sources);
  self->query.stages = (const char *const *) self->stages;
  self->query.owners = (const char *const *) self->owners;
  self->query.sources = (const char *const *) self->sources;
  return self;
}

typedef struct
{
  GPtrArray *rows; /* (owned) */
  guint total;
  gboolean more;
} Page;

static void
page_free (Page *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_asked (const ListArguments *arguments, const char *owner)
{
  return arguments->owners == NULL ||
         g_strv_contains ((const char *const *) arguments->owners, owner);
}

/* Whose leads the person sees at all, of those that are asked for; "": nobody's. FALSE: none. */
static gboolean
limit_sight (WfCommit *self, ListArguments *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean queue = wf_lead_sees_owner (self, NULL) && is_asked (arguments, "");
  gboolean own = self->person != NULL && is_asked (arguments, self->person);

  if (self->everyone)
    return TRUE;
  if (arguments->query.without_owner)
    return wf_lead_sees_owner (self, NULL);
  if (own)
    g_strv_builder_add (builder, self->person);
  if (queue)
    g_strv_builder_add (builder, "");
  g_strfreev (arguments->owners);
  arguments->owners = g_strv_builder_end (builder);
  arguments->query.owners = (const char *const *) arguments->owners;
  return own || queue;
}

static gpointer
list_leads (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  ListArguments *arguments = self->arguments;
  Page *page = g_new0 (Page, 1);

  self->store = store;
  if (!limit_sight (self, arguments))
    {
      page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);
      return page;
    }
  page->rows = wf_store_query_leads (store, &arguments->query);
  page->total = wf_store_count_leads (store, &arguments->query);
  return page;
}

/**
 * wf_runtime_list_leads_async:
 * @self: a runtime
 * @query: copied; the owners are limited to those whom the person may see
 * @cancellable: (nullable): for a page that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_runtime_list_leads_async (WfRuntime *self, const WfLeadQuery *query, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_leads_async, list_leads, copy_query (query),
                (GDestroyNotify) list_arguments_free, (GDestroyNotify) page_free, cancellable,
                callback, user_data);
}

GPtrArray *
wf_runtime_list_leads_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  g_autofree Page *page = g_task_propagate_pointer (G_TASK (result), error);
  if (page == NULL)
    return NULL;
  if (total != NULL)
    *total = page->total;
  return page->rows;
}

/* -- one lead ---------------------------------------------------------------------------------- */

static gpointer
get_lead (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  WfLead *card = NULL;

  self->store = store;
  g_autoptr (WfLead) lead = wf_lead_find_seen (self, self->arguments, error);
  if (lead == NULL)
    return NULL;
  card = wf_store_get_lead_card (store, lead->id, self->now);
  if (card == NULL)
    g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                         _ ("There is no such lead."));
  return card;
}

/**
 * wf_runtime_get_lead_async:
 * @self: a runtime
 * @id: of a lead
 * @cancellable: (nullable): for an answer that is not wanted any more
 * @callback: called with the answer; %WF_RUNTIME_ERROR_NOT_FOUND also for one that the person does not
 *   see
 * @user_data: for @callback
 */
void
wf_runtime_get_lead_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_get_lead_async, get_lead, g_strdup (id), g_free,
                (GDestroyNotify) wf_lead_unref, cancellable, callback, user_data);
}

WfLead *
wf_runtime_get_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- what happened to it ----------------------------------------------------------------------- */

typedef struct
{
  char *lead; /* (owned) */
  guint offset, limit;
} MomentArguments;

static void
moment_arguments_free (MomentArguments *self)
{
  g_free (self->lead);
  g_free (self);
}

static gpointer
list_moments (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const MomentArguments *arguments = self->arguments;
  Page *page;

  self->store = store;
  g_autoptr (WfLead) lead = wf_lead_find_seen (self, arguments->lead, error);
  if (lead == NULL)
    return NULL;
  page = g_new0 (Page, 1);
  /* One more than asked for says whether there are further ones. */
  page->rows = wf_store_list_moments (store, lead->id, arguments->offset, arguments->limit + 1);
  page->more = page->rows->len > arguments->limit;
  if (page->more)
    g_ptr_array_set_size (page->rows, (int) arguments->limit);
  return page;
}

/**
 * wf_runtime_list_moments_async:
 * @self: a runtime
 * @lead: id of a lead
 * @offset: how many of the newest to leave out
 * @limit: at most so many
 * @cancellable: (nullable): for a page that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * The first page also has the CRM asked for what was said about the lead; what is new then comes with
 * the signal "leads-changed".
 */
void
wf_runtime_list_moments_async (WfRuntime *self, const char *lead, guint offset, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  MomentArguments *arguments = g_new0 (MomentArguments, 1);

  arguments->lead = g_strdup (lead);
  arguments->offset = offset;
  arguments->limit = limit;
  if (offset == 0)
    wf_lead_comments_refresh (self, lead);
  wf_query_run (self, wf_runtime_list_moments_async, list_moments, arguments,
                (GDestroyNotify) moment_arguments_free, (GDestroyNotify) page_free, cancellable,
                callback, user_data);
}

GPtrArray *
wf_runtime_list_moments_finish (WfRuntime *self, GAsyncResult *result, gboolean *more,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  g_autofree Page *page = g_task_propagate_pointer (G_TASK (result), error);
  if (page == NULL)
    return NULL;
  if (more != NULL)
    *more = page->more;
  return page->rows;
}
