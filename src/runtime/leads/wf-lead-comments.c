/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said about a lead, read from the CRM when somebody looks at it. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-lead-intake.h"

#include "wf-instant.h"

/* Policy. Comments come by events; those from before this computer knew the lead, or that the CRM
 * tells no event of, are asked for when somebody looks at the lead, and again after a few minutes.
 * Each has a UUID: what is known is not doubled. A failure is no matter for the person, who sees what
 * is here and how the connection is; it is tried again at the next look. */
#define ASKED_AGAIN (5 * G_TIME_SPAN_MINUTE)
#define MOST_PAGES 20

typedef struct
{
  WfRuntime *runtime; /* (owned) */
  char *lead;         /* (owned) */
  guint n_pages;
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->runtime);
  g_free (self->lead);
  g_free (self);
}

/* -- storing ----------------------------------------------------------------------------------- */

static gboolean
store_comment (WfStore *store, const WfJson *comment, GError **error)
{
  const char *id = wf_json_get_member_string (comment, "id");
  const char *lead = wf_json_get_member_string (comment, "lead");
  const char *text = wf_json_get_member_string (comment, "text");
  const char *time = wf_json_get_member_string (comment, "at");
  WfInstant at;

  if (id == NULL || lead == NULL || text == NULL || time == NULL || !wf_instant_parse (time, &at))
    return TRUE;
  return wf_store_add_comment (store, id, lead, wf_json_get_member_string (comment, "author"), text,
                               at, WF_SYNC_CONFIRMED, error);
}

static gpointer
store_page (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const GPtrArray *comments = self->arguments;

  self->store = store;
  for (guint i = 0; i < comments->len; i++)
    if (!store_comment (store, wf_json_document_get_root (g_ptr_array_index (comments, i)), error))
      return NULL;
  self->changes->leads = comments->len > 0;
  return wf_commit_finish (self, error);
}

/* -- asking ------------------------------------------------------------------------------------ */

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  WfRuntime *self = reading->runtime;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDocumentPage) page = wf_crm_list_comments_finish (WF_CRM (source), result, &error);

  if (page == NULL && !self->stopped)
    {
      g_debug ("Comments of a lead cannot be read: error %d", error->code);
      if (!g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED))
        g_hash_table_remove (self->comments_asked, reading->lead);
    }
  if (page == NULL || self->stopped)
    {
      reading_free (reading);
      return;
    }

  WfCommit *commit = wf_runtime_new_commit (self);
  commit->automatic = TRUE;
  commit->arguments = g_ptr_array_ref (page->documents);
  commit->arguments_free = (GDestroyNotify) g_ptr_array_unref;
  wf_runtime_commit (self, store_page, commit, NULL, NULL);
  if (page->next_page != NULL && ++reading->n_pages < MOST_PAGES)
    wf_crm_list_comments_async (self->crm, reading->lead, page->next_page, self->cancellable,
                                on_page_read, reading);
  else
    reading_free (reading);
}

void
wf_lead_comments_refresh (WfRuntime *self, const char *lead)
{
  WfInstant now = wf_clock_now (self->clock);
  const WfInstant *asked;
  WfInstant *at;
  Reading *reading;

  if (!self->started || self->stopped || !self->intake.session || self->engine == NULL)
    return;
  asked = g_hash_table_lookup (self->comments_asked, lead);
  if (asked != NULL && now >= *asked && now - *asked < ASKED_AGAIN)
    return;
  at = g_new (WfInstant, 1);
  *at = now;
  g_hash_table_replace (self->comments_asked, g_strdup (lead), at);
  reading = g_new0 (Reading, 1);
  reading->runtime = g_object_ref (self);
  reading->lead = g_strdup (lead);
  wf_crm_list_comments_async (self->crm, lead, NULL, self->cancellable, on_page_read, reading);
}
