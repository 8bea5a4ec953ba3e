/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads that a person sees are read from the CRM, page by page, beside its events. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-lead-intake.h"

#include "wf-instant.h"

#include <string.h>

/* Policy. The first time all leads are read, later those that changed since the last reading, with
 * some overlap: clocks differ, and a write may take long. Between two pages events are asked for, so
 * that an account with a hundred thousand leads hears of new ones at once all the same; a page is
 * written in portions, each a short transaction that lets others go first. Which state of a lead is
 * the newer one its own time says, whether it comes by a page or by an event. */
#define PORTION 200

/* -- writing a page ---------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *leads; /* (owned) of WfJsonDocument, the whole page */
  guint from, n;
  WfInstant read;   /* when the reading began */
  char *read_until; /* (owned) (nullable) with the last portion of all */
} Portion;

static void
portion_free (Portion *self)
{
  g_ptr_array_unref (self->leads);
  g_free (self->read_until);
  g_free (self);
}

/* What a page does not have of a lead that is known is not there any more: pages have whole leads. */
static WfJsonDocument *
complete (const WfJson *known, const WfJson *lead)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_members (writer, lead);
  wf_json_iter_init (&iter, known);
  while (wf_json_is (known, WF_JSON_OBJECT) && wf_json_iter_next (&iter, &name, NULL))
    if (wf_json_get_member (lead, name) == NULL)
      wf_json_writer_add_null (writer, name);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static gboolean
learn (WfCommit *self, const WfJson *lead, WfInstant read, GError **error)
{
  const char *id = wf_json_get_member_string (lead, "id");
  const char *updated = wf_json_get_member_string (lead, "updated");
  const WfJson *known = wf_commit_get_lead (self, id);
  WfInstant at = read;

  if (updated != NULL && wf_instant_parse (updated, &at) && at > self->now)
    at = read;
  if (known != NULL && (wf_commit_get_lead_time (self, id) > at || wf_json_equal (known, lead)))
    return TRUE;

  g_autoptr (WfJsonDocument) whole = complete (known, lead);
  wf_commit_learn_lead (self, id, wf_json_document_get_root (whole), at);
  return wf_ticks_note_lead (self, id, at, error);
}

static gpointer
store_portion (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Portion *portion = self->arguments;

  self->store = store;
  for (guint i = 0; i < portion->n; i++)
    if (!learn (self,
                wf_json_document_get_root (g_ptr_array_index (portion->leads, portion->from + i)),
                portion->read, error))
      return NULL;
  if (portion->read_until != NULL &&
      !wf_store_set_fact (store, WF_FACT_LEADS, portion->read_until, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static void store_next (WfRuntime *self, GPtrArray *leads, guint from);

typedef struct
{
  GPtrArray *leads; /* (owned) */
  guint next;
} Rest;

static void
end_page (WfRuntime *self)
{
  WfIntake *intake = &self->intake;

  intake->leads_turn = FALSE;
  if (intake->leads_page == NULL)
    {
      intake->need_leads = intake->read_all_leads = FALSE;
      intake->leads_since = WF_INSTANT_NONE;
      wf_scheduler_kick (self);
    }
  wf_intake_step_done (self);
}

static void
on_portion_stored (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Rest *rest = user_data;
  g_autoptr (GPtrArray) leads = rest->leads;

  if (self->stopped)
    return;
  if (error != NULL)
    {
      g_clear_pointer (&self->intake.leads_page, g_free);
      wf_intake_step_failed (self, error);
    }
  else if (rest->next < leads->len)
    store_next (self, leads, rest->next);
  else
    end_page (self);
}

static void
store_next (WfRuntime *self, GPtrArray *leads, guint from)
{
  WfIntake *intake = &self->intake;
  WfCommit *commit = wf_runtime_new_commit (self);
  Portion *portion = g_new0 (Portion, 1);
  Rest *rest = g_new0 (Rest, 1);

  portion->leads = g_ptr_array_ref (leads);
  portion->from = from;
  portion->n = MIN (PORTION, leads->len - from);
  portion->read = intake->leads_since;
  if (intake->leads_page == NULL && from + portion->n == leads->len)
    portion->read_until = wf_instant_format_utc (intake->leads_since);
  rest->leads = g_ptr_array_ref (leads);
  rest->next = from + portion->n;
  commit->import = TRUE;
  commit->automatic = TRUE;
  commit->arguments = portion;
  commit->arguments_free = (GDestroyNotify) portion_free;
  wf_runtime_commit (self, store_portion, commit, on_portion_stored, rest);
}

/* -- asking for a page ------------------------------------------------------------------------- */

/* A CRM without leads, or not for these eyes: what events show is all there is. */
static gboolean
is_not_there (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_FORBIDDEN);
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfRuntime) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDocumentPage) page = wf_crm_list_leads_finish (WF_CRM (source), result, &error);
  WfIntake *intake = &self->intake;

  if (self->stopped)
    return;
  /* From the beginning: a page's place may not live as long as the pause. */
  g_clear_pointer (&intake->leads_page, g_free);
  if (page != NULL)
    {
      intake->leads_page = g_strdup (page->next_page);
      store_next (self, page->documents, 0);
    }
  else if (is_not_there (error))
    {
      intake->need_leads = intake->read_all_leads = FALSE;
      wf_intake_step_done (self);
    }
  else
    wf_intake_step_failed (self, error);
}

static void
list_page (WfRuntime *self, WfInstant updated_after)
{
  WfIntake *intake = &self->intake;

  if (intake->leads_page == NULL)
    {
      intake->leads_since = wf_clock_now (self->clock);
      intake->leads_after = updated_after;
    }
  wf_crm_list_leads_async (self->crm, intake->leads_after, intake->leads_page, self->cancellable,
                           on_page_read, g_object_ref (self));
}

void
wf_intake_read_leads (WfRuntime *self)
{
  const WfIntake *intake = &self->intake;

  if (intake->leads_page != NULL)
    list_page (self, intake->leads_after);
  else if (intake->read_all_leads)
    list_page (self, WF_INSTANT_NONE);
  else
    wf_intake_list_since (self, WF_FACT_LEADS, list_page);
}

/* -- events ------------------------------------------------------------------------------------ */

/* An event tells what changed: a member whose new value is null is gone, though the lead beside it
 * cannot say so. */
static void
note_removed (WfCommit *self, WfEvent *event)
{
  const WfJson *data = wf_event_get_data (event);
  const WfJson *changes = wf_json_get_member (data, "changes"), *sides;
  const WfJson *seen = wf_json_get_member (data, "lead");
  g_autoptr (WfJsonWriter) writer = NULL;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (changes, WF_JSON_OBJECT) || !wf_json_is (seen, WF_JSON_OBJECT))
    return;
  wf_json_iter_init (&iter, changes);
  while (wf_json_iter_next (&iter, &name, &sides))
    {
      if (wf_json_get_size (sides) != 2 || wf_json_get_member (seen, name) != NULL ||
          !wf_json_is (wf_json_get_element (sides, 1), WF_JSON_NULL))
        continue;
      if (writer == NULL)
        {
          writer = wf_json_writer_new ();
          wf_json_writer_begin_object (writer, NULL);
        }
      wf_json_writer_add_null (writer, name);
    }
  if (writer == NULL)
    return;
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) removed = wf_json_writer_finish_document (writer);
  wf_commit_learn_lead (self, wf_event_get_lead (event), wf_json_document_get_root (removed),
                        wf_event_get_time (event));
}

static gboolean
note_comment (WfCommit *self, WfEvent *event, GError **error)
{
  const WfJson *comment = wf_json_get_member (wf_event_get_data (event), "comment");
  const char *id = wf_json_get_member_string (comment, "id"),
             *text = wf_json_get_member_string (comment, "text");

  if (id == NULL || text == NULL || strcmp (wf_event_get_event_type (event), "comment.added") != 0)
    return TRUE;
  return wf_store_add_comment (self->store, id, wf_event_get_lead (event),
                               wf_json_get_member_string (comment, "author"), text,
                               wf_event_get_time (event), WF_SYNC_CONFIRMED, error);
}

gboolean
wf_lead_intake_event (WfCommit *self, WfEvent *event, GError **error)
{
  if (wf_event_get_lead (event) == NULL)
    return TRUE;
  self->changes->leads = TRUE;
  note_removed (self, event);
  return note_comment (self, event, error);
}
