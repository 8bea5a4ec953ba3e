/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people are told of a transaction, once each and never in floods: calls that were
 * scheduled (R86), leads that became theirs (S9), steps that the CRM refused (S18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_CALLS_APART 3
#define MOST_FAILURES_APART 10

/* -- calls (R86) ------------------------------------------------------------------------------- */

void
wf_commit_note_new_activity (WfCommit *self, const WfActivity *activity)
{
  if (!self->reminds || self->silent || activity->kind != WF_ACTIVITY_CALL ||
      activity->status != WF_ACTIVITY_OPEN || activity->due <= self->now ||
      !wf_commit_is_own (self, activity->person))
    return;
  if (self->calls == NULL)
    self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_ptr_array_add (self->calls, wf_activity_copy (activity));
}

/* Where the person sits: each viewer sees local time (S3). */
static char *
format_time (WfInstant at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%x %H:%M") : g_strdup ("");
}

static gboolean
announce_call (WfCommit *self, const WfActivity *call, GError **error)
{
  g_autofree char *id = g_strconcat ("call/", call->id, NULL);
  g_autofree char *when = format_time (call->due);
  g_autofree char *text =
      call->lead_name != NULL
          ? g_strdup_printf (_ ("A call with %s is scheduled for %s."), call->lead_name, when)
          : g_strdup_printf (_ ("A call is scheduled for %s."), when);

  return wf_commit_keep_message (self, id, call->title, text, error);
}

static gboolean
announce_calls (WfCommit *self, GError **error)
{
  guint n = self->calls != NULL ? self->calls->len : 0;

  if (n > MOST_CALLS_APART)
    {
      const WfActivity *first = g_ptr_array_index (self->calls, 0);
      g_autofree char *id = g_strconcat ("calls/", first->id, NULL);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u call was scheduled for you.", "%u calls were scheduled for you.", n), n);

      return wf_commit_keep_message (self, id, _ ("New calls"), text, error);
    }
  for (guint i = 0; i < n; i++)
    if (!announce_call (self, g_ptr_array_index (self->calls, i), error))
      return FALSE;
  return TRUE;
}

/* -- leads that became the person's (S9) ------------------------------------------------------- */

void
wf_commit_note_given (WfCommit *self, const char *lead)
{
  guint n;

  if (!self->reminds || self->silent || lead == NULL)
    return;
  if (self->given == NULL)
    self->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->given, lead));
  g_hash_table_replace (self->given, g_strdup (lead), GUINT_TO_POINTER (n + 1));
}

static gboolean
announce_given (WfCommit *self, GError **error)
{
  GHashTableIter iter;
  gpointer lead, count;

  if (self->given == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->given);
  while (g_hash_table_iter_next (&iter, &lead, &count))
    {
      guint n = GPOINTER_TO_UINT (count);
      const char *name = wf_json_get_member_string (wf_commit_get_lead (self, lead), "name");
      g_autofree char *id = g_strconcat ("given/", lead, NULL);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u activity of %s is now yours.", "%u activities of %s are now yours.", n), n,
          name != NULL ? name : (const char *) lead);

      if (!wf_commit_keep_message (self, id, _ ("Lead reassigned"), text, error))
        return FALSE;
    }
  return TRUE;
}

/* -- steps that were refused (S18) ------------------------------------------------------------- */

/* Policy. Each refusal is in the log with its run and step, the first ten of a workflow and hour
 * by themselves, the rest as one entry: the list of blocked steps and that of the effects have
 * them all. The managers get one message a workflow and hour, however many there are: the
 * signed-in person when they may edit workflows, else everybody who may, through the CRM. Its key
 * is made of workflow and hour, so that several computers that meet the same refusal send it once
 * (S16). */
typedef struct
{
  WfWorkflow *workflow; /* (owned) */
  char *reason;         /* (owned) the last one */
  char *hour;           /* (owned) */
  guint before;         /* this hour, in earlier transactions */
  guint n;              /* in this one */
} Failing;

static void
failing_free (Failing *self)
{
  wf_workflow_unref (self->workflow);
  g_free (self->reason);
  g_free (self->hour);
  g_free (self);
}

static char *
format_hour (WfInstant at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);

  return g_date_time_format (utc, "%Y-%m-%dT%H");
}

/* The fact: the hour, a space, the number. */
static guint
read_count (WfCommit *self, const char *workflow, const char *hour)
{
  g_autofree char *name = g_strconcat (WF_FACT_FAILURES, workflow, NULL);
  g_autofree char *text = wf_store_get_fact (self->store, name);

  if (text == NULL || !g_str_has_prefix (text, hour) || text[strlen (hour)] != ' ')
    return 0;
  return (guint) g_ascii_strtoull (text + strlen (hour) + 1, NULL, 10);
}

static gboolean
keep_count (WfCommit *self, const Failing *failing, GError **error)
{
  g_autofree char *name = g_strconcat (WF_FACT_FAILURES, failing->workflow->id, NULL);
  g_autofree char *text = g_strdup_printf ("%s %u", failing->hour, failing->before + failing->n);

  return wf_store_set_fact (self->store, name, text, error);
}

static Failing *
look_up_failing (WfCommit *self, WfWorkflow *workflow)
{
  Failing *failing;

  if (self->failing == NULL)
    self->failing =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) failing_free);
  failing = g_hash_table_lookup (self->failing, workflow->id);
  if (failing == NULL)
    {
      failing = g_new0 (Failing, 1);
      failing->workflow = wf_workflow_ref (workflow);
      failing->hour = format_hour (self->now);
      failing->before = read_count (self, workflow->id, failing->hour);
      g_hash_table_insert (self->failing, g_strdup (workflow->id), failing);
    }
  return failing;
}

gboolean
wf_commit_note_failure (WfCommit *self, WfWorkflow *workflow, const char *reason)
{
  Failing *failing = look_up_failing (self, workflow);

  g_set_str (&failing->reason, reason);
  failing->n++;
  return failing->before + failing->n <= MOST_FAILURES_APART;
}

static gboolean
log_rest (WfCommit *self, const Failing *failing, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (failing->before > MOST_FAILURES_APART || failing->before + failing->n <= MOST_FAILURES_APART)
    return TRUE;

  g_autofree char *title = g_strdup_printf (_ ("The CRM refuses many steps of “%s”: %s"),
                                            failing->workflow->name, failing->reason);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", failing->workflow->id);
  wf_json_writer_add_string (writer, "name", failing->workflow->name);
  wf_json_writer_add_string (writer, "error", failing->reason);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "problem", title, NULL, details, error);
}

static gboolean
may_edit (const WfOrganisation *organisation, const WfPerson *person)
{
  return person != NULL && person->active &&
         wf_organisation_person_may (organisation, person, WF_RIGHT_EDIT_WORKFLOWS);
}

/* Ids, NULL-terminated; the texts are the organisation's. */
static GPtrArray *
list_managers (const WfOrganisation *organisation)
{
  GPtrArray *managers = g_ptr_array_new ();

  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (may_edit (organisation, person))
        g_ptr_array_add (managers, (char *) person->id);
    }
  g_ptr_array_add (managers, NULL);
  return managers;
}

static gboolean
send_to_managers (WfCommit *self, const Failing *failing, const char *text, GError **error)
{
  g_autoptr (GPtrArray) managers = list_managers (wf_commit_get_organisation (self));
  char key[WF_UUID_LENGTH + 1];
  WfCrmMessage message = {
    .key = key,
    .people = (const char *const *) managers->pdata,
    .title = failing->workflow->name,
    .text = text,
  };

  if (managers->len == 1)
    return TRUE; /* the log has it */
  wf_effect_make_key (failing->workflow->id, "refused", failing->hour, "managers", 0, key);
  g_autofree char *payload = wf_message_payload_write (&message);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_SEND_MESSAGE,
    .subject = key,
    .payload = payload,
    .not_before = WF_INSTANT_NONE,
  };
  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

static gboolean
tell_managers (WfCommit *self, const Failing *failing, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *own = organisation != NULL && self->person != NULL
                            ? wf_organisation_get_person (organisation, self->person)
                            : NULL;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u step was refused and holds up what comes after it: %s",
                "%u steps were refused and hold up what comes after them: %s", failing->n),
      failing->n, failing->reason);

  if (self->reminds && may_edit (organisation, own))
    {
      g_autofree char *id = g_strconcat ("refused/", failing->workflow->id, NULL);

      return wf_commit_keep_message (self, id, failing->workflow->name, text, error);
    }
  return send_to_managers (self, failing, text, error);
}

static gboolean
announce_failing (WfCommit *self, const Failing *failing, GError **error)
{
  return log_rest (self, failing, error) &&
         (failing->before > 0 || tell_managers (self, failing, error)) &&
         keep_count (self, failing, error);
}

gboolean
wf_commit_announce (WfCommit *self, GError **error)
{
  GHashTableIter iter;
  gpointer failing;

  if (!announce_calls (self, error) || !announce_given (self, error))
    return FALSE;
  if (self->failing == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->failing);
  while (g_hash_table_iter_next (&iter, NULL, &failing))
    if (!announce_failing (self, failing, error))
      return FALSE;
  return TRUE;
}
