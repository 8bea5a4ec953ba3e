/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl deadline: when something is due, and why (S1-S6). */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-command.h"
#include "wf-ctl-input.h"
#include "wf-ctl-output.h"
#include "wf-deadline.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define NOT_GIVEN G_MININT64

/* What the command line says, as it says it. */
typedef struct
{
  char *organisation, *from, *unit, *notify_unit; /* (owned) (nullable) */
  gint64 amount, notify;
  gboolean business_hours, before, business_time;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->organisation);
  g_free (self->from);
  g_free (self->unit);
  g_free (self->notify_unit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_deadline = {
  "deadline",
  "--organisation ORG --from TIME --amount N --unit UNIT",
  N_ ("Compute a deadline and its reminder, with the sum"),
  run,
};

static gboolean
parse (Options *options, char **arguments, WfCtlStatus *status)
{
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_FILENAME, &options->organisation,
      N_ ("The organisation with its hours"), "ORG" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from,
      N_ ("The event’s time, or with --before the date"), "TIME" },
    { "amount", 0, 0, G_OPTION_ARG_INT64, &options->amount, N_ ("How many units"), "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options->unit,
      N_ ("minutes, hours, days, weeks or months"), "UNIT" },
    { "business-hours", 0, 0, G_OPTION_ARG_NONE, &options->business_hours,
      N_ ("Consider the company’s business hours"), NULL },
    { "before", 0, 0, G_OPTION_ARG_NONE, &options->before, N_ ("Count back from a date"), NULL },
    { "business-time", 0, 0, G_OPTION_ARG_NONE, &options->business_time,
      N_ ("Count minutes and hours back in open time"), NULL },
    { "notify", 0, 0, G_OPTION_ARG_INT64, &options->notify,
      N_ ("How many units before the deadline to remind"), "N" },
    { "notify-unit", 0, 0, G_OPTION_ARG_STRING, &options->notify_unit, N_ ("The unit of --notify"),
      "UNIT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!wf_ctl_command_parse (&wf_command_deadline, entries, arguments, &rest, status))
    return FALSE;
  if (rest[1] == NULL)
    return TRUE;
  *status = wf_ctl_command_usage (&wf_command_deadline, _ ("“%s” is too much here."), rest[1]);
  return FALSE;
}

/* What is missing, or NULL. */
static const char *
find_missing (const Options *options)
{
  if (options->organisation == NULL)
    return "--organisation";
  if (options->from == NULL)
    return "--from";
  if (options->amount == NOT_GIVEN)
    return "--amount";
  if (options->unit == NULL)
    return "--unit";
  if (options->notify != NOT_GIVEN && options->notify_unit == NULL)
    return "--notify-unit";
  if (options->notify == NOT_GIVEN && options->notify_unit != NULL)
    return "--notify";
  return NULL;
}

/* What cannot be read on the command line is wrong usage; what can be read but not be accepted is a
 * problem of the input. */
static gboolean
read_unit (const char *option, const char *text, WfTimeUnit *unit, WfCtlStatus *status)
{
  g_autofree char *names = g_strjoinv (", ", (char **) wf_time_unit_names);

  if (wf_time_unit_parse (text, unit))
    return TRUE;
  *status = wf_ctl_command_usage (
      &wf_command_deadline, _ ("%s: “%s” is no unit of time. Known are: %s."), option, text, names);
  return FALSE;
}

static gboolean
check_amount (const char *option, gint64 amount, WfCtlStatus *status)
{
  if (amount >= 1 && amount <= WF_DURATION_MOST_AMOUNT)
    return TRUE;
  wf_ctl_message (
      _ ("workflowctl deadline: %s: %ld is not possible. The amount must be between 1 and %d."),
      option, (long) amount, WF_DURATION_MOST_AMOUNT);
  *status = WF_CTL_PROBLEMS;
  return FALSE;
}

/* R16, A1, S27: the minimum is for what counts on from an event. */
static gboolean
check_minimum (const WfDeadlineRequest *request, WfCtlStatus *status)
{
  g_autofree char *duration = NULL;

  if (request->before || !wf_duration_is_below_minimum (request->within))
    return TRUE;
  duration = wf_duration_to_text (request->within);
  wf_ctl_message (
      ngettext ("workflowctl deadline: --amount: %s is too short. The minimum is %d minute.",
                "workflowctl deadline: --amount: %s is too short. The minimum is %d minutes.",
                WF_COMPLETE_WITHIN_LEAST_MINUTES),
      duration, WF_COMPLETE_WITHIN_LEAST_MINUTES);
  *status = WF_CTL_PROBLEMS;
  return FALSE;
}

/* An event's time is also the creation, so that no reminder is earlier (S6). A date to count back
 * from tells nothing about the creation. */
static gboolean
read_request (const Options *options, WfDeadlineRequest *request, WfCtlStatus *status)
{
  request->before = options->before;
  request->business_hours = options->business_hours;
  request->business_time = options->business_time;
  if (!wf_instant_parse (options->from, &request->from))
    {
      *status = wf_ctl_command_usage (
          &wf_command_deadline,
          _ ("--from: “%s” is no date and time with an offset, such as 2026-11-20T17:50:00-03:00."),
          options->from);
      return FALSE;
    }
  request->now = options->before ? WF_INSTANT_NONE : request->from;
  request->within.amount = options->amount;
  if (!read_unit ("--unit", options->unit, &request->within.unit, status) ||
      !check_amount ("--amount", options->amount, status) || !check_minimum (request, status))
    return FALSE;
  if (options->notify == NOT_GIVEN)
    return TRUE;
  request->notify.amount = options->notify;
  return read_unit ("--notify-unit", options->notify_unit, &request->notify.unit, status) &&
         check_amount ("--notify", options->notify, status);
}

static gboolean
print_deadline (const WfDeadline *deadline, const WfWorkingHours *hours, GPtrArray *steps)
{
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *due = wf_instant_format_zone (deadline->due, zone);
  g_autofree char *remind = wf_instant_format_zone (deadline->remind, zone);
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "due", due);
  if (remind != NULL)
    wf_json_writer_add_string (writer, "remind", remind);
  else
    wf_json_writer_add_null (writer, "remind");
  wf_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < steps->len; i++)
    wf_json_writer_add_string (writer, NULL, steps->pdata[i]);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_ctl_print_line (text);
}

static WfCtlStatus
compute (const WfDeadlineRequest *request, const WfWorkingHours *hours)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  WfDeadline deadline = wf_deadline_compute (request, hours, steps);

  if (deadline.outcome == WF_DEADLINE_OK)
    return print_deadline (&deadline, hours, steps) ? WF_CTL_FINE : WF_CTL_PROBLEMS;
  wf_ctl_message ("workflowctl deadline: %s", (char *) steps->pdata[steps->len - 1]);
  return WF_CTL_PROBLEMS;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { .amount = NOT_GIVEN, .notify = NOT_GIVEN };
  g_autoptr (WfOrganisation) organisation = NULL;
  WfDeadlineRequest request = { .notify = WF_DURATION_NONE };
  WfCtlStatus status;
  const char *missing;

  if (!parse (&options, arguments, &status))
    return status;
  missing = find_missing (&options);
  if (missing != NULL)
    return wf_ctl_command_usage (&wf_command_deadline, _ ("%s is missing."), missing);
  if (!read_request (&options, &request, &status))
    return status;
  organisation = wf_ctl_load_organisation (options.organisation);
  if (organisation == NULL)
    return WF_CTL_PROBLEMS;
  return compute (&request, wf_organisation_get_hours (organisation));
}
