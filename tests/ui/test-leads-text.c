/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads in words: what happened, and what the table and the page say. */
#include "wf-instant.h"
#include "wf-lead-filter.h"
#include "wf-lead-text.h"
#include "wf-lead-work.h"
#include "wf-leads-sample.h"
#include "wf-mention.h"
#include "wf-moment-text.h"
#include "wf-new-lead-check.h"
#include "wf-stage-steps.h"

typedef struct
{
  WfOrganisation *organisation;
  WfMomentReader reader;
} Fixture;

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->organisation = wf_leads_sample_organisation ();
  self->reader.organisation = self->organisation;
  self->reader.person = "ana";
  self->reader.now = at ("2026-11-18T15:00:00Z"); /* Wednesday, noon in São Paulo */
  self->reader.zone = g_time_zone_new_identifier ("America/Sao_Paulo");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_organisation_unref (self->organisation);
  g_time_zone_unref (self->reader.zone);
}

/* ---- moments ----------------------------------------------------------------------------------- */

static WfLeadMoment *
make_event (const char *type, const char *data)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"specversion\": \"1.0\", \"id\": \"e-1\", \"source\": \"/crm\", \"type\": \"%s\","
      "  \"time\": \"2026-11-18T14:20:00Z\", \"subject\": \"lead/l-1\", \"data\": %s }",
      type, data);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfLeadMoment *moment = wf_fake_moment_new (WF_MOMENT_EVENT, at ("2026-11-18T14:20:00Z"));

  g_assert_nonnull (document);
  moment->event =
      wf_event_read (document, wf_json_document_get_root (document), moment->at, problems);
  g_assert_nonnull (moment->event);
  return moment;
}

static void
test_events (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *type, *data, *title, *details;
  } vectors[] = {
    { "lead.received", "{\"actor\":\"crm\"}", "Lead received", NULL },
    { "lead.received", "{\"actor\":\"crm\",\"import\":true}", "Lead received", "Imported" },
    { "lead.received", "{\"lead\":{\"id\":\"l-1\",\"source\":\"Portal\"}}", "Lead received",
      "Portal" },
    { "lead.stage-changed", "{\"stage_from\":\"new\",\"stage_to\":\"meeting\",\"actor\":\"bruno\"}",
      "Stage changed from “New” to “Meeting”", "By Bruno Lima" },
    { "lead.stage-changed",
      "{\"stage_to\":\"meeting\",\"reason\":\"asked for it\",\"actor\":\"ana\"}",
      "Stage changed to “Meeting”", "asked for it · By you" },
    { "lead.stage-changed", "{}", "Lead’s stage changed", NULL },
    { "lead.reassigned", "{\"owner_from\":\"ana\",\"owner_to\":\"bruno\"}",
      "Lead given by Ana Souza to Bruno Lima", NULL },
    { "lead.reassigned", "{\"owner_from\":null,\"owner_to\":\"bruno\"}", "Lead given to Bruno Lima",
      NULL },
    { "lead.score-changed", "{\"score_from\":35,\"score_to\":80}", "Score changed from 35 to 80",
      NULL },
    { "meeting.scheduled",
      "{\"meeting\":{\"title\":\"Visit\",\"start\":\"2026-11-19T12:20:00Z\",\"place\":\"Store\"}}",
      "Meeting scheduled", "Visit · Tomorrow, 09:20 · Store" },
    { "email.replied", "{\"email\":{\"subject\":\"Re: offer\"}}", "E-mail answered", "Re: offer" },
    { "crm.own-thing", "{}", "crm.own-thing", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfLeadMoment) moment = make_event (vectors[i].type, vectors[i].data);
      g_autofree char *title = wf_moment_title (moment, &self->reader);
      g_autofree char *details = wf_moment_details (moment, &self->reader);
      g_assert_cmpstr (title, ==, vectors[i].title);
      g_assert_cmpstr (details, ==, vectors[i].details);
      g_assert_false (wf_moment_is_problem (moment));
    }
}

static WfLeadMoment *
make_activity_moment (WfMomentKind kind, const char *person)
{
  WfLeadMoment *moment = wf_fake_moment_new (kind, at ("2026-11-18T14:20:00Z"));

  moment->activity = wf_fake_activity_new ("a-1", "Call back", person, at ("2026-11-18T15:20:00Z"));
  g_set_str (&moment->activity->type, "filter-1");
  return moment;
}

static void
assert_texts (Fixture *self, const WfLeadMoment *moment, const char *title, const char *details)
{
  g_autofree char *found_title = wf_moment_title (moment, &self->reader);
  g_autofree char *found_details = wf_moment_details (moment, &self->reader);

  g_assert_cmpstr (found_title, ==, title);
  g_assert_cmpstr (found_details, ==, details);
}

static void
test_activities (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLeadMoment) created = make_activity_moment (WF_MOMENT_ACTIVITY_CREATED, "ana");
  g_autoptr (WfLeadMoment) unassigned = make_activity_moment (WF_MOMENT_ACTIVITY_CREATED, NULL);
  g_autoptr (WfLeadMoment) done = make_activity_moment (WF_MOMENT_ACTIVITY_DONE, "bruno");
  g_autoptr (WfLeadMoment) closed = make_activity_moment (WF_MOMENT_ACTIVITY_CLOSED, "bruno");

  assert_texts (self, created, "“Call back” was planned for you",
                "Due Today, 12:20 · Workflow “First contact”");
  assert_texts (self, unassigned, "“Call back” was planned for nobody yet",
                "Due Today, 12:20 · Workflow “First contact”");
  created->activity->kind = WF_ACTIVITY_CALL;
  g_clear_pointer (&created->activity->workflow_name, g_free);
  assert_texts (self, created, "“Call back” was planned for you", "Begins Today, 12:20");

  done->activity->status = WF_ACTIVITY_DONE;
  done->activity->completed = done->at;
  done->activity->outcome = g_strdup ("no-answer");
  assert_texts (self, done, "Bruno Lima completed “Call back”",
                "No answer · Workflow “First contact”");
  done->person = g_strdup ("ana"); /* who did it need not be whose it was */
  done->activity->completed = done->activity->due + 1;
  g_set_str (&done->activity->outcome, "in person");
  assert_texts (self, done, "You completed “Call back” late",
                "in person · Workflow “First contact”");

  closed->activity->status = WF_ACTIVITY_NO_LONGER_NEEDED;
  assert_texts (self, closed, "“Call back” is no longer needed", "Workflow “First contact”");
  closed->activity->status = WF_ACTIVITY_CANCELLED;
  assert_texts (self, closed, "“Call back” was cancelled", "Workflow “First contact”");
}

static void
test_runs (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLeadMoment) run = wf_fake_moment_new (WF_MOMENT_RUN, self->reader.now);

  run->run = g_strdup ("k-1");
  run->workflow = g_strdup ("w-1");
  run->version = 3;
  run->finished = TRUE;
  assert_texts (self, run, "Workflow “w-1” ran (version 3)", NULL);
  run->workflow_name = g_strdup ("Filter 1");
  assert_texts (self, run, "Workflow “Filter 1” ran (version 3)", NULL);
  run->finished = FALSE;
  assert_texts (self, run, "Workflow “Filter 1” is running (version 3)", NULL);
  g_assert_false (wf_moment_is_problem (run));
  run->failed = TRUE;
  assert_texts (self, run, "Workflow “Filter 1” is blocked (version 3)", NULL);
  g_assert_true (wf_moment_is_problem (run));
  g_assert_cmpstr (wf_moment_icon (run, &self->reader), ==, "dialog-warning-symbolic");
}

static void
test_comments (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLeadMoment) comment =
      wf_fake_moment_new (WF_MOMENT_COMMENT, at ("2026-11-18T14:58:00Z"));

  comment->text = g_strdup ("Wants a kitchen & a <bath>");
  assert_texts (self, comment, "Comment", comment->text);
  comment->person = g_strdup ("bruno");
  assert_texts (self, comment, "Bruno Lima commented", comment->text);
  g_set_str (&comment->person, "ana");
  comment->sync = WF_SYNC_LOCAL;
  assert_texts (self, comment, "You commented", comment->text);
  g_autofree char *spoken = wf_moment_spoken (comment, &self->reader);
  g_assert_cmpstr (spoken, ==,
                   "You commented, Wants a kitchen & a <bath>, Today, 11:58, "
                   "On this computer only, not sent yet");
  g_assert_false (wf_moment_is_problem (comment));
  comment->sync = WF_SYNC_REFUSED;
  g_assert_true (wf_moment_is_problem (comment));
}

static void
test_times (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *at, *day, *time;
  } vectors[] = {
    { "2026-11-18T14:58:00Z", "Today", "2 min ago" },
    { "2026-11-18T03:30:00Z", "Today", "11 h ago" },
    { "2026-11-18T02:30:00Z", "Yesterday", "23:30" },
    { "2026-11-16T12:20:00Z", "Monday, 16 November", "09:20" },
    { "2025-12-31T12:20:00Z", "31 December 2025", "09:20" },
    { "2026-11-18T16:00:00Z", "Today", "13:00" }, /* a clock that goes ahead */
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfLeadMoment) moment = wf_fake_moment_new (WF_MOMENT_RUN, at (vectors[i].at));
      g_autofree char *day = wf_moment_day (moment, &self->reader);
      g_autofree char *time = wf_moment_time (moment, &self->reader);
      g_assert_cmpstr (day, ==, vectors[i].day);
      g_assert_cmpstr (time, ==, vectors[i].time);
    }
}

/* What is read again is the same moment, whatever became of it meanwhile. */
static void
test_keys (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLeadMoment) comment = wf_fake_moment_new (WF_MOMENT_COMMENT, 5);
  g_autoptr (WfLeadMoment) other = wf_fake_moment_new (WF_MOMENT_COMMENT, 5);

  comment->text = g_strdup ("One");
  other->text = g_strdup ("Two");
  g_autofree char *before = wf_moment_key (comment);
  comment->sync = WF_SYNC_CONFIRMED;
  g_autofree char *after = wf_moment_key (comment);
  g_autofree char *different = wf_moment_key (other);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (before, !=, different);
}

/* ---- stages ------------------------------------------------------------------------------------ */

static GPtrArray *
list_steps (Fixture *self, const char *stage, const char *owner, const char *person)
{
  g_autoptr (WfLead) lead = wf_lead_new ("l-1");

  lead->stage = g_strdup (stage);
  lead->owner = g_strdup (owner);
  return wf_stage_steps_list (lead, self->organisation,
                              wf_organisation_get_person (self->organisation, person));
}

/* P: passed, C: where it is, A: ahead; small: refused; !: asks for a reason. */
static char *
draw_steps (GPtrArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStageStep *step = steps->pdata[i];
      char letter = "PCA"[step->place];
      g_string_append_c (text, step->refusal != NULL ? g_ascii_tolower (letter) : letter);
      if (step->needs_reason && step->refusal == NULL)
        g_string_append_c (text, '!');
    }
  return g_string_free_and_steal (text);
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *stage, *owner, *person, *drawn, *next;
  } vectors[] = {
    { "filter-1", "ana", "ana", "P!CAAA!", "meeting" },
    { "new", NULL, "ana", "CAAAA!", "filter-1" },
    { "filter-1", "ana", "bruno", "pCaaa", NULL },        /* another's lead */
    { "filter-1", "ana", "carla", "P!CAAA!", "meeting" }, /* who leads others */
    { "meeting", "ana", "dora", "ppCaa", NULL },          /* who only reads */
    { "meeting", "ana", "ana", "P!P!CAA!", NULL },        /* only closing ones are left */
    { "discarded", "ana", "ana", "P!P!P!A!C", NULL },     /* lost, not won before */
    { NULL, "ana", "ana", "AAAAA!", "new" },              /* in none yet */
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GPtrArray) steps =
          list_steps (self, vectors[i].stage, vectors[i].owner, vectors[i].person);
      g_autofree char *drawn = draw_steps (steps);
      const WfStageStep *next = wf_stage_steps_find_next (steps);
      g_assert_cmpstr (drawn, ==, vectors[i].drawn);
      g_assert_cmpstr (next != NULL ? next->id : NULL, ==, vectors[i].next);
    }
}

/* ---- a lead ------------------------------------------------------------------------------------ */

static WfLead *
read_lead (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  g_assert_nonnull (document);
  return wf_lead_read (NULL, wf_json_document_get_root (document));
}

static void
test_lead (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLead) lead =
      read_lead ("{ \"id\": \"l-1\", \"name\": \"Padaria Sol\", \"stage\": \"filter-1\","
                 "  \"owner\": \"ana\", \"score\": 79.6, \"origin\": \"flow\" }");
  WfInstant now = self->reader.now;
  GTimeZone *zone = self->reader.zone;

  g_autofree char *nothing = wf_lead_next_text (lead, now, zone);
  g_assert_cmpstr (nothing, ==, "No next activity");
  g_autofree char *never = wf_lead_contact_text (lead, now, zone);
  g_assert_cmpstr (never, ==, "Never");
  g_assert_false (wf_lead_is_next_late (lead, now));

  lead->next = now - G_TIME_SPAN_MINUTE;
  lead->next_title = g_strdup ("Call back");
  lead->last_contact = now - 2 * G_TIME_SPAN_HOUR;
  lead->sync = WF_SYNC_LOCAL;
  g_assert_true (wf_lead_is_next_late (lead, now));
  g_autofree char *subtitle = wf_lead_subtitle (lead, self->organisation, now, zone);
  g_assert_cmpstr (subtitle, ==, "Filter 1 · 1 min late · Call back");
  g_autofree char *spoken = wf_lead_spoken (lead, self->organisation, now, zone);
  g_assert_cmpstr (spoken, ==,
                   "Padaria Sol, Stage: Filter 1, Owner: Ana Souza, Score: 80, "
                   "Next activity: 1 min late · Call back, Last contact: 2 h ago, "
                   "On this computer only, not sent yet");
  g_assert_cmpstr (wf_lead_origin_name (lead), ==, "Store");
}

static void
test_freshness (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *seen, *text;
  } vectors[] = {
    { "2026-11-18T14:02:00Z", "As of 11:02" },
    { "2026-11-17T14:02:00Z", "As of Yesterday, 11:02" },
    { "2025-11-17T14:02:00Z", "As of 17 Nov 2025, 11:02" },
  };
  g_autoptr (WfLead) lead = wf_lead_new ("l-1");

  g_autofree char *unknown =
      wf_lead_freshness_text (lead, WF_INSTANT_NONE, self->reader.now, self->reader.zone);
  g_assert_cmpstr (unknown, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      lead->seen = at (vectors[i].seen);
      g_autofree char *text =
          wf_lead_freshness_text (lead, WF_INSTANT_NONE, self->reader.now, self->reader.zone);
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
  /* Nothing was told of it since, and the CRM was heard. */
  g_autofree char *synced = wf_lead_freshness_text (lead, at ("2026-11-18T14:30:00Z"),
                                                    self->reader.now, self->reader.zone);
  g_assert_cmpstr (synced, ==, "As of 11:30");
}

static void
test_fields (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLead) lead =
      read_lead ("{ \"id\": \"l-1\", \"name\": \"Padaria Sol\", \"phone\": \"1\", \"etag\": \"x\","
                 "  \"custom\": { \"sector\": \"food\", \"empty\": null, \"visited\": true },"
                 "  \"tags\": [\"hot\", \"solar\"], \"seen-at\": \"2026-11-18T14:02:00Z\" }");
  g_autoptr (GPtrArray) fields =
      wf_lead_list_fields (lead, self->organisation, self->reader.now, self->reader.zone);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const WfLeadFieldText *field = fields->pdata[i];
      g_string_append_printf (text, "%s=%s;", field->name, field->value);
    }
  g_assert_cmpstr (text->str, ==,
                   "sector=food;visited=Yes;Tags=hot, solar;lead.seen-at=Today, 11:02;");
}

/* RFC 4180, nothing that a spreadsheet would compute, and between the id and what is in every file the columns that were
 * chosen, in their order. */
static void
test_csv (Fixture *self, gconstpointer data)
{
  static const WfLeadColumn chosen[] = { WF_LEAD_COLUMN_SCORE, WF_LEAD_COLUMN_NAME,
                                         WF_LEAD_COLUMN_NEXT, WF_LEAD_COLUMN_STAGE,
                                         WF_LEAD_COLUMN_ORIGIN };
  g_autoptr (WfLead) lead =
      read_lead ("{ \"id\": \"=l-1\", \"name\": \"Sol, \\\"Lua\\\"\", \"company\": \"Acme\","
                 "  \"phone\": \"+55 (11) 98888-0000\", \"stage\": \"new\", \"score\": 5 }");
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (WfLeadColumn));

  wf_leads_append_csv_head (csv, columns);
  wf_lead_append_csv (csv, lead, self->organisation, self->reader.zone, columns);
  g_assert_cmpstr (csv->str, ==,
                   "\"id\",\"Company\",\"Phone\",\"E-mail\",\"Source\"\r\n"
                   "\"'=l-1\",\"Acme\",\"+55 (11) 98888-0000\",\"\",\"\"\r\n");
  g_string_truncate (csv, 0);
  g_array_append_vals (columns, chosen, G_N_ELEMENTS (chosen));
  wf_leads_append_csv_head (csv, columns);
  wf_lead_append_csv (csv, lead, self->organisation, self->reader.zone, columns);
  g_assert_cmpstr (csv->str, ==,
                   "\"id\",\"Score\",\"Lead\",\"Next activity\",\"Due\",\"Stage\",\"Origin\","
                   "\"Company\",\"Phone\",\"E-mail\",\"Source\"\r\n"
                   "\"'=l-1\",\"5\",\"Sol, \"\"Lua\"\"\",\"\",\"\",\"New\",\"Web\","
                   "\"Acme\",\"+55 (11) 98888-0000\",\"\",\"\"\r\n");
}

/* ---- filter ------------------------------------------------------------------------------------ */

static void
test_filter (Fixture *self, gconstpointer data)
{
  g_autoptr (WfLeadFilter) filter = wf_lead_filter_new ();

  g_assert_true (wf_lead_filter_is_empty (filter));
  g_assert_null (wf_lead_filter_to_words (filter, self->organisation));
  wf_lead_filter_set_in (&filter->stages, "new", TRUE);
  wf_lead_filter_set_in (&filter->stages, "meeting", TRUE);
  wf_lead_filter_set_in (&filter->stages, "new", TRUE); /* once only */
  wf_lead_filter_set_in (&filter->owners, "ana", TRUE);
  wf_lead_filter_set_in (&filter->sources, "Portal", TRUE);
  wf_lead_filter_set_in (&filter->sources, "Portal", FALSE);
  g_assert_null (filter->sources);
  filter->without_next = TRUE;
  g_autofree char *words = wf_lead_filter_to_words (filter, self->organisation);
  g_assert_cmpstr (words, ==, "Meeting or New · Ana Souza · without a next activity");

  g_autofree char *text = wf_lead_filter_to_text (filter);
  g_autoptr (WfLeadFilter) again = wf_lead_filter_parse (text);
  g_assert_true (wf_lead_filter_equal (filter, again));
  again->also_closed = TRUE;
  g_assert_false (wf_lead_filter_equal (filter, again));
  g_assert_null (wf_lead_filter_parse ("[1]"));
  g_assert_null (wf_lead_filter_parse ("nonsense"));
}

/* ---- mentions ---------------------------------------------------------------------------------- */

static void
test_mention_find (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean found;
    guint start;
    const char *query;
  } vectors[] = {
    { "Ask @", TRUE, 4, "" },
    { "Ask @an", TRUE, 4, "an" },
    { "Ask @Ana So", TRUE, 4, "Ana So" },
    { "É @br", TRUE, 2, "br" },
    { "@zzz", FALSE, 0, NULL },            /* nobody */
    { "ana@br", FALSE, 0, NULL },          /* an address */
    { "Ask @Ana Souza ", FALSE, 0, NULL }, /* done */
    { "Ask @ana\nb", FALSE, 0, NULL },
    { "nothing", FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (WfMention) mention = { 0 };
      gboolean found = wf_mention_find (vectors[i].text,
                                        (guint) g_utf8_strlen (vectors[i].text, -1),
                                        self->organisation, &mention);
      g_assert_cmpint (found, ==, vectors[i].found);
      if (!found)
        continue;
      g_assert_cmpuint (mention.start, ==, vectors[i].start);
      g_assert_cmpstr (mention.query, ==, vectors[i].query);
    }
}

static void
test_mentions_read (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text, *ids;
  } vectors[] = {
    { "@Ana Souza look", "ana" }, { "@Bruno Lima, @Ana Souza and @Bruno Lima", "bruno,ana" },
    { "@Ana Souzana", "" },                       /* another name */
    { "x@Ana Souza", "" },                        /* an address */
    { "(@Ana Souza)", "ana" },    { "@ana", "" }, /* not a whole name */
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (GStrv) ids = wf_mentions_read (vectors[i].text, self->organisation);
      g_autofree char *joined = g_strjoinv (",", ids);
      g_assert_cmpstr (joined, ==, vectors[i].ids);
    }
}

/* ---- a new lead -------------------------------------------------------------------------------- */

static void
test_new_lead (Fixture *self, gconstpointer data)
{
  static const struct
  {
    WfNewLead lead;
    WfNewLeadProblem problem;
  } vectors[] = {
    { { .name = "", .phone = "11 97777-0000" }, WF_NEW_LEAD_NAME },
    { { .name = "Rita" }, WF_NEW_LEAD_CONTACT },
    { { .name = "Rita", .phone = "(11) 97777-0000" }, WF_NEW_LEAD_OK },
    { { .name = "Rita", .phone = "+55 11 97777-0000" }, WF_NEW_LEAD_OK },
    { { .name = "Rita", .phone = "7777" }, WF_NEW_LEAD_PHONE },
    { { .name = "Rita", .phone = "11 97777 0000 ask Ana" }, WF_NEW_LEAD_PHONE },
    { { .name = "Rita", .phone = "1234567890123456" }, WF_NEW_LEAD_PHONE },
    { { .name = "Rita", .email = "rita@example.org" }, WF_NEW_LEAD_OK },
    { { .name = "Rita", .email = "rita@example" }, WF_NEW_LEAD_EMAIL },
    { { .name = "Rita", .email = "@example.org" }, WF_NEW_LEAD_EMAIL },
    { { .name = "Rita", .email = "rita@@example.org" }, WF_NEW_LEAD_EMAIL },
    { { .name = "Rita", .email = "rita souza@example.org" }, WF_NEW_LEAD_EMAIL },
    { { .name = "Rita", .phone = "11 97777-0000", .email = "no" }, WF_NEW_LEAD_EMAIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfNewLeadProblem problem = wf_new_lead_check (&vectors[i].lead);
      g_assert_cmpint (problem, ==, vectors[i].problem);
      g_assert_cmpint (wf_new_lead_problem_to_text (problem) == NULL, ==,
                       problem == WF_NEW_LEAD_OK);
    }
}

/* ---- what was done ----------------------------------------------------------------------------- */

static void
test_work (Fixture *self, gconstpointer data)
{
  static const struct
  {
    WfLeadWork work;
    guint n_done, n_refused;
    const char *text;
  } vectors[] = {
    { { .kind = WF_LEAD_WORK_STAGE, .value = "meeting" }, 1, 0, "“Sol” is now in “Meeting”" },
    { { .kind = WF_LEAD_WORK_STAGE, .value = "meeting" }, 3, 0, "3 leads are now in “Meeting”" },
    { { .kind = WF_LEAD_WORK_STAGE, .value = "meeting" },
      1,
      2,
      "1 lead is now in “Meeting”. 2 were left as they are: It is closed." },
    { { .kind = WF_LEAD_WORK_STAGE, .value = "meeting" }, 0, 1, "It is closed." },
    { { .kind = WF_LEAD_WORK_DIRECT, .value = "ana" }, 1, 0, "“Sol” was given to Ana Souza" },
    { { .kind = WF_LEAD_WORK_DIRECT }, 2, 0, "2 leads now wait for somebody" },
    { { .kind = WF_LEAD_WORK_WORKFLOW, .value = "w", .name = "Care" },
      1,
      0,
      "“Care” was started for “Sol”" },
    { { .kind = WF_LEAD_WORK_COMMENT, .value = "x" }, 2, 0, "Commented on 2 leads" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = wf_lead_work_to_text (&vectors[i].work, self->organisation, "Sol",
                                                    vectors[i].n_done, vectors[i].n_refused,
                                                    "It is closed.");
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/leads-text/moments/events", test_events);
  ADD ("/leads-text/moments/activities", test_activities);
  ADD ("/leads-text/moments/runs", test_runs);
  ADD ("/leads-text/moments/comments", test_comments);
  ADD ("/leads-text/moments/times", test_times);
  ADD ("/leads-text/moments/keys", test_keys);
  ADD ("/leads-text/steps", test_steps);
  ADD ("/leads-text/lead", test_lead);
  ADD ("/leads-text/freshness", test_freshness);
  ADD ("/leads-text/fields", test_fields);
  ADD ("/leads-text/csv", test_csv);
  ADD ("/leads-text/filter", test_filter);
  ADD ("/leads-text/mentions/find", test_mention_find);
  ADD ("/leads-text/mentions/read", test_mentions_read);
  ADD ("/leads-text/new-lead", test_new_lead);
  ADD ("/leads-text/work", test_work);
  return g_test_run ();
}
