/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's reminder rules for one account: kept, followed, and what came of the reminders (B11,
 * B23). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-reminder-jobs.h"
#include "wf-reminder-plan.h"
#include "wf-runtime-day.h"

#define MOST_AT_A_TIME 200

/* Policy. The instants of waiting reminders depend on the rules, on this computer's zone (quiet
 * hours) and on the person's working hours (S6). What they were set for is remembered; when it is
 * another now, whether at the start or in between, every open activity's reminder is set anew, in
 * portions. With rules that add nothing they are the manager's and depend on nothing.
 *
 * The same happens when the clock stands before a receipt (S20): it was wrong, and then what lay
 * between that reminder and the wrong time was passed over, although it is ahead. The latest
 * receipt is remembered, so that a later program notices it, too. */

/* -- what they depend on ----------------------------------------------------------------------- */

static WfWorkingHours *
get_hours (WfRuntime *self)
{
  const WfPerson *person = self->organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (self->organisation, self->person)
                               : NULL;

  if (self->organisation == NULL)
    return NULL;
  return person != NULL ? wf_organisation_get_hours_for (self->organisation, person)
                        : wf_organisation_get_hours (self->organisation);
}

/* NULL: nothing but the manager's reminders. */
static char *
make_basis (WfRuntime *self)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  WfWorkingHours *hours = get_hours (self);

  if (!wf_reminder_rules_adds_reminders (self->reminders.rules))
    return NULL;
  g_autofree char *rules = wf_reminder_rules_to_text (self->reminders.rules);
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "rules", rules);
  wf_json_writer_add_string (writer, "zone", g_time_zone_get_identifier (self->reminders.zone));
  wf_json_writer_add_string (writer, "person", self->person);
  if (hours != NULL)
    wf_working_hours_write (hours, writer, "working-hours");
  wf_json_writer_end (writer);
  g_autofree char *text = wf_json_writer_finish (writer, FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* -- setting them anew ------------------------------------------------------------------------- */

static void plan_next (WfRuntime *self);

static void
answer_waiting (WfRuntime *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->reminders.waiting);

  self->reminders.waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, g_new0 (WfInstant, 1), g_free);
    }
}

static void
end_planning (WfRuntime *self, const GError *error)
{
  WfReminders *reminders = &self->reminders;

  g_clear_pointer (&reminders->to_plan, g_ptr_array_unref);
  if (error == NULL)
    {
      g_free (reminders->planned);
      reminders->planned = g_steal_pointer (&reminders->planning);
      if (reminders->shown_until == reminders->rearming)
        reminders->shown_until = WF_INSTANT_NONE;
    }
  g_clear_pointer (&reminders->planning, g_free);
  reminders->plan_busy = FALSE;
  answer_waiting (self, error);
  if (self->stopped || error != NULL)
    return;
  wf_scheduler_kick (self);
  wf_reminders_check_plan (self);
}

typedef struct
{
  GPtrArray *ids; /* (owned) */
  guint from, until;
  char *basis;        /* (owned) (nullable) of the last portion: what they are set for then */
  WfInstant rearming; /* the receipt that lies ahead; WF_INSTANT_NONE: none does */
} Portion;

static void
portion_free (Portion *self)
{
  g_ptr_array_unref (self->ids);
  g_free (self->basis);
  g_free (self);
}

static gboolean
finish_planning (WfCommit *self, const Portion *portion, GError **error)
{
  if (portion->rearming != WF_INSTANT_NONE &&
      wf_reminder_get_shown_until (self->store) == portion->rearming &&
      !wf_reminder_set_shown_until (self->store, WF_INSTANT_NONE, error))
    return FALSE;
  return wf_store_set_fact (self->store, WF_FACT_REMINDERS_PLANNED, portion->basis, error);
}

static gpointer
plan_portion (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Portion *portion = self->arguments;

  self->store = store;
  for (guint i = portion->from; i < portion->until; i++)
    {
      g_autoptr (WfActivity) activity =
          wf_store_get_activity (store, g_ptr_array_index (portion->ids, i));

      if (activity != NULL && activity->status == WF_ACTIVITY_OPEN &&
          !wf_reminder_plan_again (self, activity, error))
        return NULL;
    }
  if (portion->until == portion->ids->len && !finish_planning (self, portion, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static void
on_portion_planned (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  WfReminders *reminders = &self->reminders;

  if (error != NULL || reminders->n_planned >= reminders->to_plan->len)
    end_planning (self, error);
  else
    plan_next (self);
}

static void
plan_next (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;
  WfCommit *commit = wf_runtime_new_commit (self);
  Portion *portion = g_new0 (Portion, 1);

  portion->ids = g_ptr_array_ref (reminders->to_plan);
  portion->from = reminders->n_planned;
  portion->until = MIN (portion->from + MOST_AT_A_TIME, portion->ids->len);
  portion->basis = g_strdup (reminders->planning);
  portion->rearming = reminders->rearming;
  reminders->n_planned = portion->until;
  commit->arguments = portion;
  commit->arguments_free = (GDestroyNotify) portion_free;
  wf_runtime_commit (self, plan_portion, commit, on_portion_planned, NULL);
}

static gpointer
list_open (WfStore *store, gpointer data, GError **error)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .person = data,
    .now = G_MAXINT64, /* also those that are not shown yet */
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
    .limit = 1000,
  };
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (gboolean more = TRUE; more; query.offset += query.limit)
    {
      g_autoptr (GPtrArray) page = wf_store_list_activities (store, &query);

      for (guint i = 0; i < page->len; i++)
        g_ptr_array_add (ids, g_strdup (((WfActivity *) g_ptr_array_index (page, i))->id));
      more = page->len == query.limit;
    }
  return ids;
}

static void
on_open_listed (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  if (error != NULL)
    {
      end_planning (self, error);
      return;
    }
  self->reminders.to_plan = result;
  self->reminders.n_planned = 0;
  plan_next (self);
}

static gboolean
was_clock_put_back (WfRuntime *self)
{
  WfInstant shown = self->reminders.shown_until;

  return shown != WF_INSTANT_NONE && wf_clock_now (self->clock) < shown;
}

/* TRUE: reminders are being set anew. */
static gboolean
check_plan (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;
  g_autofree char *basis = NULL;

  if (self->stopped || !reminders->begun || self->notifier == NULL || self->person == NULL)
    return FALSE;
  if (reminders->plan_busy)
    return TRUE;
  basis = make_basis (self);
  if (g_strcmp0 (basis, reminders->planned) == 0 && !was_clock_put_back (self))
    return FALSE;
  reminders->plan_busy = TRUE;
  reminders->rearming = was_clock_put_back (self) ? reminders->shown_until : WF_INSTANT_NONE;
  reminders->planning = g_steal_pointer (&basis);
  wf_runtime_write (self, list_open, g_strdup (self->person), g_free,
                    (GDestroyNotify) g_ptr_array_unref, on_open_listed, NULL);
  return TRUE;
}

void
wf_reminders_check_plan (WfRuntime *self)
{
  check_plan (self);
}

/* The computer's zone or clock may have changed (S20). */
void
wf_reminders_check_zone (WfRuntime *self)
{
  GTimeZone *zone = g_time_zone_new_local ();
  gboolean same = g_strcmp0 (g_time_zone_get_identifier (zone),
                             g_time_zone_get_identifier (self->reminders.zone)) == 0;

  g_time_zone_unref (self->reminders.zone);
  self->reminders.zone = zone;
  if (!same || was_clock_put_back (self))
    wf_reminders_check_plan (self);
}

/* -- the part's life --------------------------------------------------------------------------- */

void
wf_reminders_init (WfRuntime *self)
{
  self->reminders.rules = wf_reminder_rules_new_default ();
  self->reminders.zone = g_time_zone_new_local ();
  self->reminders.waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->reminders.shown_until = self->reminders.rearming = WF_INSTANT_NONE;
}

void
wf_reminders_finalize (WfRuntime *self)
{
  WfReminders *reminders = &self->reminders;

  g_clear_pointer (&reminders->rules, wf_reminder_rules_unref);
  g_clear_pointer (&reminders->zone, g_time_zone_unref);
  g_clear_pointer (&reminders->waiting, g_ptr_array_unref);
  g_clear_pointer (&reminders->to_plan, g_ptr_array_unref);
  g_clear_pointer (&reminders->ready, g_ptr_array_unref);
  g_clear_pointer (&reminders->mine, g_hash_table_unref);
  g_clear_pointer (&reminders->receipts, g_ptr_array_unref);
  g_clear_pointer (&reminders->failed, g_hash_table_unref);
  g_free (reminders->planned);
  g_free (reminders->planning);
}

/* What the store remembers; both texts nullable. */
void
wf_reminders_begin (WfRuntime *self, const char *rules, const char *planned, WfInstant shown_until)
{
  g_autoptr (WfJsonDocument) document = rules != NULL ? wf_json_document_parse (rules, -1, 0, NULL)
                                                      : NULL;
  WfReminderRules *kept =
      document != NULL ? wf_reminder_rules_read (wf_json_document_get_root (document), NULL) : NULL;

  if (rules != NULL && kept == NULL)
    g_warning ("The reminder rules that were kept cannot be read: only the manager's count");
  if (kept != NULL)
    {
      wf_reminder_rules_unref (self->reminders.rules);
      self->reminders.rules = kept;
    }
  g_set_str (&self->reminders.planned, planned);
  self->reminders.shown_until = shown_until;
  self->reminders.begun = TRUE;
  wf_reminders_check_plan (self);
}

/* -- commands and questions -------------------------------------------------------------------- */

WfReminderRules *
wf_runtime_get_reminder_rules (WfRuntime *self)
{
  g_return_val_if_fail (WF_IS_RUNTIME (self), NULL);
  return self->reminders.rules;
}

static gpointer
keep_rules (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  g_autofree char *text = wf_reminder_rules_to_text (self->arguments);

  self->store = store;
  return wf_store_set_fact (store, WF_FACT_REMINDER_RULES, text, error)
             ? wf_commit_finish (self, error)
             : NULL;
}

static void
on_rules_kept (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WfReminderRules *rules = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  wf_reminder_rules_unref (self->reminders.rules);
  self->reminders.rules = wf_reminder_rules_ref (rules);
  if (check_plan (self))
    g_ptr_array_add (self->reminders.waiting, g_steal_pointer (&task));
  else
    wf_command_return (self, task, result, NULL);
}

/**
 * wf_runtime_set_reminder_rules_async:
 * @self: a runtime
 * @rules: the person's own rules from now on
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once they are durable and every open activity's reminder follows them
 * @user_data: for @callback
 *
 * Snoozed reminders stay. Finish with wf_runtime_command_finish().
 */
void
wf_runtime_set_reminder_rules_async (WfRuntime *self, WfReminderRules *rules,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_set_reminder_rules_async, cancellable, callback,
                                  user_data);
  WfCommit *commit;

  if (task == NULL)
    return;
  g_task_set_task_data (task, wf_reminder_rules_ref (rules),
                        (GDestroyNotify) wf_reminder_rules_unref);
  commit = wf_runtime_new_commit (self);
  commit->arguments = wf_reminder_rules_ref (rules);
  commit->arguments_free = (GDestroyNotify) wf_reminder_rules_unref;
  wf_runtime_commit (self, keep_rules, commit, on_rules_kept, task);
}

typedef struct
{
  GArray *receipts; /* (owned) (nullable) of WfReceipt */
  WfInstant next;
} Facts;

static void
facts_free (Facts *self)
{
  g_clear_pointer (&self->receipts, g_array_unref);
  g_free (self);
}

static gpointer
read_facts (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Facts *facts = g_new0 (Facts, 1);

  facts->receipts = wf_store_list_receipts (store, self->arguments);
  facts->next = wf_store_get_reminder (store, self->arguments);
  return facts;
}

void
wf_runtime_list_receipts_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  wf_query_run (self, wf_runtime_list_receipts_async, read_facts, g_strdup (activity), g_free,
                (GDestroyNotify) facts_free, cancellable, callback, user_data);
}

/**
 * wf_runtime_list_receipts_finish:
 * @self: a runtime
 * @result: what the callback got
 * @next: receives the reminder that waits, or WF_INSTANT_NONE
 * @error: return location
 *
 * Returns: (transfer full): of WfReceipt, oldest first; %NULL with an error
 */
GArray *
wf_runtime_list_receipts_finish (WfRuntime *self, GAsyncResult *result, WfInstant *next,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Facts *facts = g_task_propagate_pointer (G_TASK (result), error);
  GArray *receipts;

  *next = WF_INSTANT_NONE;
  if (facts == NULL)
    return NULL;
  *next = facts->next;
  receipts = g_steal_pointer (&facts->receipts);
  facts_free (facts);
  return receipts;
}
