/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report that is looked at: what it is about, and its numbers.
 *
 * Policy: another question is asked at once and cancels the one under way. What changes in the store
 * is not worth that: the reading under way ends, and the next one begins after a pause, so that a busy
 * day does not keep the reading thread from the person's own work. Nothing is read while nobody looks;
 * whoever looks again gets new numbers, because what is late depends on the hour. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-model.h"

#include "wf-report-asking.h"
#include "wf-runtime-leads.h"

#define STATE_PAGE                                                                                 \
  "reports-state" /* of the saved filters: what is no filter, but kept as they are */
#define RULE_NAME "commissions"
#define CALM 1000 /* ms between two readings for the sake of changes */

/* What the answer to a list_part is cut from. */
typedef struct
{
  WfReportQuery *query; /* (owned) */
  WfReportPart part;    /* (owned) its texts */
  guint offset, most;
  guint generation;
  char *key;       /* (owned) */
  GArray *numbers; /* (owned) (nullable) known already */
} PartJob;

typedef struct
{
  GPtrArray *activities; /* (owned) of WfActivity */
  GArray *numbers;       /* (owned) */
} PartAnswer;

struct _WfReportModel
{
  GObject parent_instance;

  WfRuntime *runtime;     /* (owned) (nullable) */
  WfReportFilter *filter; /* (owned) */
  const char *origin;     /* static; NULL: all */
  WfCommissionRule *rule; /* (owned) */
  gboolean rule_known;    /* read from the account */
  gboolean active;
  gboolean stale; /* the store changed since the reading under way began */
  guint calm;     /* source */
  WfAlarm *alarm; /* (owned) (nullable) of the day's end */

  GCancellable *reading; /* (owned) (nullable) of the report under way */
  WfReportQuery *asked;  /* (owned) (nullable) what it is computed with */
  WfReportQuery *query;  /* (owned) (nullable) of report */
  WfReport *report;      /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable) */
  guint generation;      /* of the report */
  guint account;         /* answers for another runtime are none */

  char *part_key;       /* (owned) (nullable) of part_numbers */
  GArray *part_numbers; /* (owned) (nullable) so that the next page is quick */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportModel, wf_report_model, G_TYPE_OBJECT)

static void
part_job_free (PartJob *self)
{
  wf_report_query_free (self->query);
  g_free ((char *) self->part.row);
  g_free ((char *) self->part.workflow);
  g_free (self->key);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_free (self);
}

static void
part_answer_free (PartAnswer *self)
{
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PartJob, part_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PartAnswer, part_answer_free)

static void
emit_changed (WfReportModel *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- the question ------------------------------------------------------------------------------ */

static gboolean
may_ask (WfReportModel *self)
{
  return self->runtime != NULL && self->rule_known &&
         wf_runtime_get_organisation (self->runtime) != NULL &&
         wf_runtime_get_person (self->runtime) != NULL;
}

/* Owned by the caller. */
static WfReportQuery *
make_query (WfReportModel *self, GCancellable *cancellable)
{
  return wf_report_make_query (self->runtime, self->filter, self->rule, self->origin, cancellable);
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void read_report (WfReportModel *self);

static void
stop_reading (WfReportModel *self)
{
  g_clear_handle_id (&self->calm, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->asked, wf_report_query_free);
}

static void
on_calm (gpointer user_data)
{
  WfReportModel *self = WF_REPORT_MODEL (user_data);

  self->calm = 0;
  if (self->stale && self->reading == NULL)
    read_report (self);
}

static void
forget_part (WfReportModel *self)
{
  g_clear_pointer (&self->part_key, g_free);
  g_clear_pointer (&self->part_numbers, g_array_unref);
}

static void
take_report (WfReportModel *self, WfReport *report)
{
  g_clear_pointer (&self->report, wf_report_free);
  g_clear_pointer (&self->query, wf_report_query_free);
  g_clear_error (&self->error);
  self->report = report;
  self->query = g_steal_pointer (&self->asked);
  self->generation++;
  forget_part (self);
}

typedef struct
{
  WfReportModel *model;  /* (owned) */
  GCancellable *reading; /* (owned) */
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->model);
  g_object_unref (self->reading);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
on_computed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  WfReportModel *self = reading->model;
  g_autoptr (GError) error = NULL;
  WfReport *report = wf_runtime_read_finish (WF_RUNTIME (object), result, &error);

  if (reading->reading != self->reading) /* another question was asked meanwhile */
    {
      g_clear_pointer (&report, wf_report_free);
      return;
    }
  g_clear_object (&self->reading);
  if (report != NULL)
    take_report (self, report);
  else
    {
      g_clear_pointer (&self->asked, wf_report_query_free);
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
    }
  self->calm = g_timeout_add_once (CALM, on_calm, self);
  emit_changed (self);
}

static WfInstant
get_end_of_day (const WfReportQuery *query)
{
  const WfPeriod today = { .kind = WF_PERIOD_TODAY };
  g_autoptr (WfTimeRange) range =
      wf_period_resolve (&today, query->now, query->zone, query->first_weekday);

  return range->until;
}

static void
read_report (WfReportModel *self)
{
  Reading *reading;

  if (!self->active || !may_ask (self))
    return;
  stop_reading (self);
  self->stale = FALSE;
  self->reading = g_cancellable_new ();
  self->asked = make_query (self, self->reading);
  self->asked->progress = wf_report_progress_new ();
  wf_alarm_set (self->alarm, get_end_of_day (self->asked));
  reading = g_new0 (Reading, 1);
  reading->model = g_object_ref (self);
  reading->reading = g_object_ref (self->reading);
  wf_report_read_async (self->runtime, self->asked, self->reading, on_computed, reading);
}

/* Another question: asked at once. */
static void
ask (WfReportModel *self)
{
  read_report (self);
  emit_changed (self);
}

/* ---- changes ----------------------------------------------------------------------------------- */

static void
on_store_changed (WfReportModel *self)
{
  self->stale = TRUE;
  if (self->active && self->reading == NULL && self->calm == 0)
    read_report (self);
}

/* Other rights, other people: another report. */
static void
on_account_changed (WfReportModel *self)
{
  ask (self);
}

/* The day has ended, or the clock was set: dynamic periods mean other days. */
static void
on_alarm (WfAlarmReason reason, gpointer user_data)
{
  read_report (WF_REPORT_MODEL (user_data));
}

/* ---- commissions ------------------------------------------------------------------------------- */

static gboolean
rules_equal (const WfCommissionRule *a, const WfCommissionRule *b)
{
  g_autofree char *one = wf_commission_rule_to_text (a), *other = wf_commission_rule_to_text (b);

  return g_str_equal (one, other);
}

/* NULL: it cannot be read any more. */
static WfCommissionRule *
parse_rule (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfCommissionRule *rule =
      document != NULL ? wf_commission_rule_read (wf_json_document_get_root (document), NULL)
                       : NULL;

  if (rule == NULL)
    g_warning ("The rule for commissions cannot be read: %s",
               error != NULL ? error->message : "it has another form");
  return rule;
}

typedef struct
{
  WfReportModel *model; /* (owned) */
  guint account;
} RuleReading;

static void
rule_reading_free (RuleReading *self)
{
  g_object_unref (self->model);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RuleReading, rule_reading_free)

static void
on_rule_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RuleReading) reading = user_data;
  WfReportModel *self = reading->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);

  if (reading->account != self->account)
    return;
  if (kept == NULL)
    g_warning ("The rule for commissions cannot be read: %s", error->message);
  for (guint i = 0; kept != NULL && !self->rule_known && i < kept->len; i++)
    {
      const WfSavedFilter *entry = kept->pdata[i];
      WfCommissionRule *rule = g_str_equal (entry->name, RULE_NAME) ? parse_rule (entry->text)
                                                                    : NULL;
      if (rule == NULL)
        continue;
      wf_commission_rule_free (self->rule);
      self->rule = rule;
    }
  self->rule_known = TRUE;
  ask (self);
}

static void
read_rule (WfReportModel *self)
{
  RuleReading *reading = g_new0 (RuleReading, 1);

  reading->model = g_object_ref (self);
  reading->account = self->account;
  wf_runtime_list_filters_async (self->runtime, STATE_PAGE, NULL, on_rule_read, reading);
}

static void
on_rule_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    g_warning ("The rule for commissions cannot be kept: %s", error->message);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
forget_account (WfReportModel *self)
{
  stop_reading (self);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_pointer (&self->report, wf_report_free);
  g_clear_pointer (&self->query, wf_report_query_free);
  g_clear_error (&self->error);
  forget_part (self);
  self->generation++;
  self->account++;
  self->rule_known = FALSE;
  self->stale = FALSE;
}

static void
wf_report_model_dispose (GObject *object)
{
  forget_account (WF_REPORT_MODEL (object));
  G_OBJECT_CLASS (wf_report_model_parent_class)->dispose (object);
}

static void
wf_report_model_finalize (GObject *object)
{
  WfReportModel *self = WF_REPORT_MODEL (object);

  wf_report_filter_free (self->filter);
  wf_commission_rule_free (self->rule);
  G_OBJECT_CLASS (wf_report_model_parent_class)->finalize (object);
}

static void
wf_report_model_class_init (WfReportModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wf_report_model_dispose;
  object_class->finalize = wf_report_model_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WF_TYPE_REPORT_MODEL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_report_model_init (WfReportModel *self)
{
  self->filter = wf_report_filter_new ();
  self->rule = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 0);
}

/* ---- public ------------------------------------------------------------------------------------ */

/**
 * wf_report_model_new:
 *
 * Returns: (transfer full): a model without a runtime, not active, with the usual filter
 */
WfReportModel *
wf_report_model_new (void)
{
  return g_object_new (WF_TYPE_REPORT_MODEL, NULL);
}

static void
watch_runtime (WfReportModel *self)
{
  static const char *const of_store[] = { "activities-changed", "workflows-changed",
                                          "leads-changed" };
  static const char *const of_account[] = { "notify::organisation", "notify::person" };

  for (guint i = 0; i < G_N_ELEMENTS (of_store); i++)
    g_signal_connect_swapped (self->runtime, of_store[i], G_CALLBACK (on_store_changed), self);
  for (guint i = 0; i < G_N_ELEMENTS (of_account); i++)
    g_signal_connect_swapped (self->runtime, of_account[i], G_CALLBACK (on_account_changed), self);
}

/**
 * wf_report_model_set_runtime:
 * @self: a model
 * @runtime: (nullable): whose activities are counted
 *
 * The numbers of another account are forgotten; its rule for commissions is read.
 */
void
wf_report_model_set_runtime (WfReportModel *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self));
  g_return_if_fail (runtime == NULL || WF_IS_RUNTIME (runtime));
  if (runtime == self->runtime)
    return;
  forget_account (self);
  if (runtime != NULL)
    {
      self->runtime = g_object_ref (runtime);
      self->alarm = wf_clock_new_alarm (wf_runtime_get_clock (runtime), on_alarm, self);
      watch_runtime (self);
      read_rule (self);
    }
  emit_changed (self);
}

/**
 * wf_report_model_get_runtime:
 *
 * Returns: (transfer none) (nullable): whose activities are counted
 */
WfRuntime *
wf_report_model_get_runtime (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->runtime;
}

/**
 * wf_report_model_set_active:
 * @self: a model
 * @active: whether somebody looks at the numbers
 */
void
wf_report_model_set_active (WfReportModel *self, gboolean active)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self));
  if (!self->active == !active)
    return;
  self->active = active;
  if (active)
    {
      ask (self);
      return;
    }
  stop_reading (self);
  if (self->alarm != NULL)
    wf_alarm_set (self->alarm, WF_INSTANT_NONE);
}

/**
 * wf_report_model_reload:
 * @self: a model
 *
 * Reads the numbers again, as when reading failed before.
 */
void
wf_report_model_reload (WfReportModel *self)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self));
  ask (self);
}

/**
 * wf_report_model_set_filter:
 * @self: a model
 * @filter: what the report is to be about; copied
 */
void
wf_report_model_set_filter (WfReportModel *self, const WfReportFilter *filter)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self) && filter != NULL);
  WfReportFilter *copy;

  if (wf_report_filter_equal (filter, self->filter))
    return;
  copy = wf_report_filter_copy (filter);
  wf_report_filter_free (self->filter);
  self->filter = copy;
  ask (self);
}

/**
 * wf_report_model_get_filter:
 *
 * Returns: (transfer none): what the report is, or will be, about
 */
const WfReportFilter *
wf_report_model_get_filter (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->filter;
}

/**
 * wf_report_model_set_origin:
 * @self: a model
 * @origin: (nullable): "web", "flow", or %NULL for all leads (R61)
 */
void
wf_report_model_set_origin (WfReportModel *self, const char *origin)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self));
  const char *known = g_intern_string (origin);

  if (known == self->origin)
    return;
  self->origin = known;
  ask (self);
}

/**
 * wf_report_model_get_report:
 *
 * Returns: (transfer none) (nullable): the last numbers that came; valid until the next "changed"
 */
const WfReport *
wf_report_model_get_report (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->report;
}

/**
 * wf_report_model_is_loading:
 *
 * Returns: whether numbers are on their way, or wait until the account is known
 */
gboolean
wf_report_model_is_loading (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), FALSE);
  return self->reading != NULL || (self->active && self->runtime != NULL && !may_ask (self));
}

/**
 * wf_report_model_get_progress:
 *
 * Returns: how far the numbers under way are, from 0 to 1; -1 when none are, or they do not take long
 */
double
wf_report_model_get_progress (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), -1);
  return self->asked != NULL ? wf_report_progress_get (self->asked->progress) : -1;
}

/**
 * wf_report_model_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading failed
 */
const GError *
wf_report_model_get_error (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->error;
}

/**
 * wf_report_model_get_rule:
 *
 * Returns: (transfer none): by which commissions are computed
 */
const WfCommissionRule *
wf_report_model_get_rule (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->rule;
}

/**
 * wf_report_model_set_rule:
 * @self: a model
 * @rule: by which commissions are to be computed; copied, and kept with the account
 */
void
wf_report_model_set_rule (WfReportModel *self, const WfCommissionRule *rule)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self) && rule != NULL);
  g_autofree char *text = wf_commission_rule_to_text (rule);
  WfCommissionRule *copy;

  if (rules_equal (rule, self->rule))
    return;
  copy = wf_commission_rule_copy (rule);
  wf_commission_rule_free (self->rule);
  self->rule = copy;
  self->rule_known = self->rule_known || self->runtime != NULL;
  if (self->runtime != NULL)
    wf_runtime_save_filter_async (self->runtime, STATE_PAGE, RULE_NAME, text, NULL, on_rule_saved,
                                  NULL);
  ask (self);
}

/**
 * wf_report_model_get_query:
 *
 * Returns: (transfer none) (nullable): what the present report was computed with; valid until the next
 *   "changed"
 */
const WfReportQuery *
wf_report_model_get_query (WfReportModel *self)
{
  g_return_val_if_fail (WF_IS_REPORT_MODEL (self), NULL);
  return self->query;
}

/* ---- the activities behind a number ------------------------------------------------------------ */

static char *
make_key (WfReportModel *self, const WfReportPart *part)
{
  return g_strdup_printf ("%u %d %d %d %d %d %d %s%s %s%s", self->generation, part->measure,
                          part->point, part->weekday, part->hour, part->cause, part->all_done,
                          part->row != NULL ? "=" : "", part->row != NULL ? part->row : "",
                          part->workflow != NULL ? "=" : "",
                          part->workflow != NULL ? part->workflow : "");
}

static gpointer
list_part (WfStore *store, gpointer data, GError **error)
{
  PartJob *job = data;
  g_autoptr (PartAnswer) answer = g_new0 (PartAnswer, 1);
  guint from, n;

  answer->numbers = job->numbers != NULL
                        ? g_array_ref (job->numbers)
                        : wf_report_list_numbers (store, job->query, &job->part, error);
  if (answer->numbers == NULL)
    return NULL;
  from = MIN (job->offset, answer->numbers->len);
  n = MIN (job->most, answer->numbers->len - from);
  answer->activities = n > 0 ? wf_store_list_activities_by_number (
                                   store, &g_array_index (answer->numbers, gint64, from), n)
                             : g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  return g_steal_pointer (&answer);
}

static void
on_part_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WfReportModel *self = WF_REPORT_MODEL (g_task_get_source_object (task));
  const PartJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  PartAnswer *answer = wf_runtime_read_finish (WF_RUNTIME (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->generation == self->generation)
    {
      forget_part (self);
      self->part_key = g_strdup (job->key);
      self->part_numbers = g_array_ref (answer->numbers);
    }
  g_task_return_pointer (task, answer, (GDestroyNotify) part_answer_free);
}

static PartJob *
make_part_job (WfReportModel *self, const WfReportPart *part, guint offset, guint most,
               GCancellable *cancellable)
{
  PartJob *job = g_new0 (PartJob, 1);

  job->query = self->query != NULL ? wf_report_query_copy (self->query) : make_query (self, NULL);
  g_set_object (&job->query->cancellable, cancellable);
  job->part = *part;
  job->part.row = g_strdup (part->row);
  job->part.workflow = g_strdup (part->workflow);
  job->offset = offset;
  job->most = most;
  job->generation = self->generation;
  job->key = make_key (self, part);
  if (g_strcmp0 (job->key, self->part_key) == 0)
    job->numbers = g_array_ref (self->part_numbers);
  return job;
}

/**
 * wf_report_model_list_part_async:
 * @self: a model whose account is known
 * @part: which number of the present report
 * @offset: how many of its activities are skipped
 * @most: how many are wanted
 * @cancellable: (nullable): to cancel it
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
wf_report_model_list_part_async (WfReportModel *self, const WfReportPart *part, guint offset,
                                 guint most, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WF_IS_REPORT_MODEL (self) && part != NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PartJob *job;

  g_task_set_source_tag (task, wf_report_model_list_part_async);
  if (self->query == NULL && !may_ask (self))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                                       "There is no report yet");
      return;
    }
  job = make_part_job (self, part, offset, most, cancellable);
  g_task_set_task_data (task, make_part_job (self, part, offset, most, cancellable),
                        (GDestroyNotify) part_job_free);
  wf_runtime_read_async (self->runtime, WF_RIGHT_SEE_REPORTS, list_part, job,
                         (GDestroyNotify) part_job_free, (GDestroyNotify) part_answer_free,
                         cancellable, on_part_listed, g_steal_pointer (&task));
}

/**
 * wf_report_model_list_part_finish:
 * @self: a model
 * @result: of wf_report_model_list_part_async()
 * @total: (out) (optional): how many there are in all
 * @error: why it failed
 *
 * Returns: (transfer full) (nullable): of WfActivity, the latest first
 */
GPtrArray *
wf_report_model_list_part_finish (WfReportModel *self, GAsyncResult *result, guint *total,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_autoptr (PartAnswer) answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer == NULL)
    return NULL;
  if (total != NULL)
    *total = answer->numbers->len;
  return g_steal_pointer (&answer->activities);
}
