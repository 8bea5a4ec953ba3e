/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the explanation that is stored with an activity, as sentences in the user's language. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-explanation-private.h"

#include "wf-event-catalogue.h"
#include "wf-explanation.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (wf-explanation-error-quark, wf_explanation_error)

typedef struct
{
  WfExplanation *explanation;
  const WfJson *deadline; /* the member */
  GTimeZone *zone;        /* (owned) */
} Reading;

char *
wf_explanation_format_instant (WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = wf_instant_to_date_time (at, zone);
  /* Translators: a date with its time, as in "Fri 20 Nov 2026 17:50"; see the manual of strftime */
  char *text = time != NULL ? g_date_time_format (time, _ ("%a %-d %b %Y %H:%M")) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static char *
format_instant (const Reading *self, WfInstant at)
{
  return wf_explanation_format_instant (at, self->zone);
}

/* Instants */

static gboolean
get_instant (const WfJson *object, const char *name, WfInstant *instant)
{
  return wf_json_get_int64 (wf_json_get_member (object, name), instant);
}

static gboolean
get_flag (const WfJson *object, const char *name)
{
  return wf_json_get_boolean (wf_json_get_member (object, name), FALSE);
}

static gboolean
get_duration (const WfJson *object, const char *name, WfDuration *duration)
{
  const WfJson *member = wf_json_get_member (object, name);
  const char *unit = wf_json_get_member_string (member, "unit");

  *duration = WF_DURATION_NONE;
  return unit != NULL &&
         wf_json_get_int64 (wf_json_get_member (member, "amount"), &duration->amount) &&
         duration->amount > 0 && duration->amount <= WF_DURATION_MOST_AMOUNT &&
         wf_time_unit_parse (unit, &duration->unit);
}

/* The path */

static WfCondition *
read_test (const WfJson *test)
{
  const char *name = wf_json_get_member_string (test, "op");
  const char *field = wf_json_get_member_string (test, "field");
  const WfJson *value = wf_json_get_member (test, "value");
  g_autofree char *text = value != NULL ? wf_json_to_text (value, FALSE) : NULL;

  for (guint i = 0; name != NULL && field != NULL && i < WF_N_OPERATORS; i++)
    if (g_str_equal (wf_operator_names[i], name))
      return wf_condition_new_test (field, (WfOperator) i, text);
  return NULL;
}

static char *
describe_seen (const WfJson *seen)
{
  switch (wf_json_get_type (seen))
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return g_strdup (_ ("nothing"));
    case WF_JSON_BOOLEAN:
      return g_strdup (wf_json_get_boolean (seen, FALSE) ? _ ("yes") : _ ("no"));
    case WF_JSON_STRING:
      return g_strdup_printf ("“%s”", wf_json_get_string (seen));
    case WF_JSON_NUMBER:
    case WF_JSON_ARRAY:
    case WF_JSON_OBJECT:
      return wf_json_to_text (seen, FALSE);
    }
  g_return_val_if_reached (NULL);
}

static gboolean
add_test (const Reading *self, const WfJson *test)
{
  g_autoptr (WfCondition) condition = read_test (test);
  g_autofree char *seen = describe_seen (wf_json_get_member (test, "seen"));
  g_autofree char *text = NULL;

  if (condition == NULL)
    return FALSE;
  text = wf_condition_to_text (condition, NULL);
  g_ptr_array_add (
      self->explanation->path,
      get_flag (test, "not")
          /* Translators: first a condition such as “Score is at least 80”, then the value that
           * was seen */
          ? g_strdup_printf (_ ("Not: %s. It was %s."), text, seen)
          /* Translators: first a condition such as “Score is at least 80”, then the value that
           * was seen */
          : g_strdup_printf (_ ("%s. It was %s."), text, seen));
  return TRUE;
}

static gboolean
add_tests (const Reading *self, const WfJson *tests)
{
  const WfJson *test;
  WfJsonIter iter;

  if (tests == NULL)
    return TRUE;
  if (!wf_json_is (tests, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, tests);
  while (wf_json_iter_next (&iter, NULL, &test))
    if (!add_test (self, test))
      return FALSE;
  return TRUE;
}

static gboolean
add_wait (const Reading *self, const WfJson *entry)
{
  g_autofree char *until_text = NULL;
  WfInstant until;

  if (!get_instant (entry, "until", &until))
    return FALSE;
  until_text = format_instant (self, until);
  if (g_strcmp0 (wf_json_get_member_string (entry, "reason"), "timed-out") == 0)
    g_ptr_array_add (self->explanation->path,
                     g_strdup_printf (_ ("It waited until the time-out, %s."), until_text));
  else
    g_ptr_array_add (self->explanation->path,
                     g_strdup_printf (_ ("It waited until %s."), until_text));
  return TRUE;
}

static gboolean
add_run (const Reading *self, const WfJson *entry)
{
  const char *mode = wf_json_get_member_string (entry, "run");
  g_autofree char *text = NULL;
  const char *format;
  WfInstant at;

  if (!get_instant (entry, "at", &at))
    return FALSE;
  if (g_str_equal (mode, wf_run_mode_names[WF_RUN_AFTER_PREVIOUS]))
    format = _ ("The previous step succeeded: %s.");
  else if (g_str_equal (mode, wf_run_mode_names[WF_RUN_DELAY]))
    format = _ ("The delay ended: %s.");
  else if (g_str_equal (mode, wf_run_mode_names[WF_RUN_BEFORE]))
    format = _ ("It was planned ahead of a date: %s.");
  else
    return FALSE;
  text = format_instant (self, at);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_ptr_array_add (self->explanation->path, g_strdup_printf (format, text));
#pragma GCC diagnostic pop
  G_GNUC_END_IGNORE_DEPRECATIONS
  return TRUE;
}

static gboolean
add_entry (const Reading *self, const WfJson *entry)
{
  const char *path = wf_json_get_member_string (entry, "path");

  if (!wf_json_is (entry, WF_JSON_OBJECT))
    return FALSE;
  if (wf_json_get_member (entry, "wait") != NULL)
    return add_wait (self, entry);
  if (wf_json_get_member_string (entry, "run") != NULL)
    return add_run (self, entry);
  if (wf_json_get_member (entry, "branch") != NULL)
    {
      if (path == NULL)
        return FALSE;
      g_ptr_array_add (self->explanation->path,
                       g_strdup_printf (_ ("The path “%s” was taken."), path));
    }
  return add_tests (self, wf_json_get_member (entry, "tests"));
}

static gboolean
read_path (const Reading *self, const WfJson *path)
{
  const WfJson *entry;
  WfJsonIter iter;

  if (!wf_json_is (path, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, path);
  while (wf_json_iter_next (&iter, NULL, &entry))
    if (!add_entry (self, entry))
      return FALSE;
  return TRUE;
}

static gboolean
read_responsible (const Reading *self, const WfJson *responsible)
{
  g_autofree char *found = wf_explanation_describe_responsible (responsible);
  g_autofree char *absence = wf_explanation_describe_absence (responsible, self->zone);

  if (found == NULL)
    return FALSE;
  self->explanation->responsible = absence != NULL ? g_strconcat (found, " ", absence, NULL)
                                                   : g_steal_pointer (&found);
  return TRUE;
}

/* What joined it (B8): a sentence each. */
static gboolean
read_also (const Reading *self, const WfJson *also)
{
  const WfJson *other;
  WfJsonIter iter;

  if (also == NULL)
    return TRUE;
  if (!wf_json_is (also, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, also);
  while (wf_json_iter_next (&iter, NULL, &other))
    {
      const WfJson *event = wf_json_get_member (other, "event");
      const char *type = wf_json_get_member_string (event, "type");
      const char *name = wf_json_get_member_string (wf_json_get_member (other, "workflow"), "name");
      g_autofree char *time = NULL;
      WfInstant at;

      if (type == NULL || name == NULL || !get_instant (event, "time", &at))
        return FALSE;
      time = format_instant (self, at);
      g_ptr_array_add (self->explanation->also,
                       /* Translators: the name of an event such as “Lead received”, its date and
                        * time, and the name of a workflow */
                       g_strdup_printf (_ ("%s, %s: the workflow “%s” asked for the same."),
                                        wf_event_type_to_text (type), time, name));
    }
  return TRUE;
}

/* The deadline */

static void
add_line (const Reading *self, char *line)
{
  g_ptr_array_add (self->explanation->deadline, line);
}

/* Without a calendar: from, how much, and the result. */
static void
add_plain_sum (const Reading *self, const WfDeadlineRequest *request, const WfDeadline *result)
{
  g_autofree char *from = format_instant (self, request->from);
  g_autofree char *within = wf_duration_to_text (request->within);
  g_autofree char *due = format_instant (self, result->due);
  const char *before = wf_json_get_member_string (self->deadline, "before");

  if (before != NULL)
    {
      add_line (self, g_strdup_printf ("%s: %s", wf_field_to_text (before), from));
      add_line (self, g_strdup_printf (request->business_time ? _ ("%s of business hours before it")
                                                              : _ ("%s before it"),
                                       within));
    }
  else
    {
      add_line (self, g_strdup_printf (_ ("Counted from %s"), from));
      add_line (self,
                g_strdup_printf (
                    request->business_hours ? _ ("%s in business hours") : _ ("%s later"), within));
    }
  if (result->shortened)
    add_line (
        self,
        g_strdup (_ ("That had passed already; half an hour is left, but not beyond that date.")));
  if (result->arrived_late)
    add_line (
        self,
        g_strdup (_ (
            "The event arrived late, after its own deadline; the time counts from its arrival.")));
  add_line (self, g_strdup_printf (_ ("Due %s"), due));
}

/* In full, as long as the calendar of today gives what was decided then. */
static gboolean
add_full_sum (const Reading *self, const WfDeadlineRequest *request, const WfDeadline *result,
              const WfOrganisation *organisation, const char *hours_of)
{
  const WfPerson *person = hours_of != NULL ? wf_organisation_get_person (organisation, hours_of)
                                            : NULL;
  WfWorkingHours *hours = person != NULL ? wf_organisation_get_hours_for (organisation, person)
                                         : wf_organisation_get_hours (organisation);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  WfDeadline again = wf_deadline_compute (request, hours, lines);

  if (again.outcome != WF_DEADLINE_OK || again.due != result->due ||
      again.remind != result->remind || lines->len == 0)
    return FALSE;
  g_ptr_array_extend_and_steal (self->explanation->deadline, g_steal_pointer (&lines));
  return TRUE;
}

static void
describe_reminder (const Reading *self, const WfDeadlineRequest *request, const WfDeadline *result)
{
  g_autofree char *at = NULL;
  g_autofree char *notify = NULL;

  if (result->remind == WF_INSTANT_NONE)
    return;
  at = format_instant (self, result->remind);
  notify = wf_duration_to_text (request->notify);
  if (result->remind_at_once)
    self->explanation->reminder =
        g_strdup_printf (_ ("%s before the deadline had passed already: at once, %s."), notify, at);
  else
    self->explanation->reminder = g_strdup_printf (_ ("%s before the deadline: %s."), notify, at);
}

static gboolean
read_deadline (const Reading *self, const WfOrganisation *organisation, const char *hours_of)
{
  WfDeadlineRequest request = { .before = wf_json_get_member_string (self->deadline, "before") !=
                                          NULL };
  WfDeadline result = { .outcome = WF_DEADLINE_OK, .remind = WF_INSTANT_NONE };

  if (!get_instant (self->deadline, "from", &request.from) ||
      !get_instant (self->deadline, "now", &request.now) ||
      !get_instant (self->deadline, "due", &result.due) ||
      !get_duration (self->deadline, "within", &request.within))
    return FALSE;
  get_duration (self->deadline, "notify", &request.notify);
  get_instant (self->deadline, "remind", &result.remind);
  request.business_hours = get_flag (self->deadline, "business-hours");
  request.business_time = get_flag (self->deadline, "business-time");
  result.remind_at_once = get_flag (self->deadline, "at-once");
  result.shortened = get_flag (self->deadline, "shortened");
  result.arrived_late = get_flag (self->deadline, "arrived-late");
  if (organisation == NULL || !add_full_sum (self, &request, &result, organisation, hours_of))
    add_plain_sum (self, &request, &result);
  describe_reminder (self, &request, &result);
  return TRUE;
}

static gboolean
read_heads (const Reading *self, const WfJson *root)
{
  WfExplanation *explanation = self->explanation;
  const WfJson *event = wf_json_get_member (root, "event"),
               *workflow = wf_json_get_member (root, "workflow");

  explanation->event_type = g_strdup (wf_json_get_member_string (event, "type"));
  explanation->event_id = g_strdup (wf_json_get_member_string (event, "id"));
  explanation->workflow = g_strdup (wf_json_get_member_string (workflow, "id"));
  explanation->workflow_name = g_strdup (wf_json_get_member_string (workflow, "name"));
  return explanation->event_type != NULL && explanation->event_id != NULL &&
         explanation->workflow != NULL && explanation->workflow_name != NULL &&
         get_instant (event, "time", &explanation->event_time) &&
         wf_json_get_int64 (wf_json_get_member (workflow, "version"), &explanation->version);
}

static gboolean
read_root (Reading *self, const WfJson *root, const WfOrganisation *organisation)
{
  const WfJson *responsible = wf_json_get_member (root, "responsible");
  const char *zone, *hours_of;
  gint64 format;

  if (!wf_json_get_int64 (wf_json_get_member (root, "format"), &format) ||
      format != WF_EXPLANATION_FORMAT)
    return FALSE;
  self->deadline = wf_json_get_member (root, "deadline");
  zone = wf_json_get_member_string (self->deadline, "zone");
  self->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  hours_of = wf_json_get_member_string (responsible, "hours-of");
  if (hours_of == NULL)
    hours_of = wf_json_get_member_string (responsible, "owner-id");
  return read_heads (self, root) && read_path (self, wf_json_get_member (root, "path")) &&
         read_responsible (self, responsible) && read_deadline (self, organisation, hours_of) &&
         read_also (self, wf_json_get_member (root, "also"));
}

/**
 * wf_explanation_parse_with_hours:
 * @json: WfActivity.explanation
 * @organisation: (nullable): whose hours the sum is told with
 * @error: set when the text is damaged
 *
 * Returns: (transfer full) (nullable): the explanation as sentences
 */
WfExplanation *
wf_explanation_parse_with_hours (const char *json, const WfOrganisation *organisation,
                                 GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, error);
  g_autoptr (WfExplanation) explanation = NULL;
  Reading self = { NULL };
  gboolean fine;

  if (document == NULL)
    return NULL;
  explanation = g_new0 (WfExplanation, 1);
  explanation->path = g_ptr_array_new_with_free_func (g_free);
  explanation->deadline = g_ptr_array_new_with_free_func (g_free);
  explanation->also = g_ptr_array_new_with_free_func (g_free);
  self.explanation = explanation;
  fine = read_root (&self, wf_json_document_get_root (document), organisation);
  g_clear_pointer (&self.zone, g_time_zone_unref);
  if (fine)
    return g_steal_pointer (&explanation);
  g_set_error_literal (error, WF_EXPLANATION_ERROR, WF_EXPLANATION_ERROR_DAMAGED,
                       _ ("The explanation is damaged."));
  return NULL;
}

/**
 * wf_explanation_parse:
 * @json: WfActivity.explanation
 * @error: set when the text is damaged
 *
 * Returns: (transfer full) (nullable): the explanation as sentences
 */
WfExplanation *
wf_explanation_parse (const char *json, GError **error)
{
  return wf_explanation_parse_with_hours (json, NULL, error);
}

/**
 * wf_explanation_free:
 * @self: (nullable) (transfer full): an explanation
 */
void
wf_explanation_free (WfExplanation *self)
{
  if (self == NULL)
    return;
  g_free (self->event_type);
  g_free (self->event_id);
  g_free (self->workflow);
  g_free (self->workflow_name);
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_free (self->responsible);
  g_clear_pointer (&self->deadline, g_ptr_array_unref);
  g_clear_pointer (&self->also, g_ptr_array_unref);
  g_free (self->reminder);
  g_free (self);
}
