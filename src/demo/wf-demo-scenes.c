/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen in the sample company: each scene changes records and leaves events, in the
 * past or now. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-scenes.h"

#include "wf-demo-json.h"
#include "wf-demo-sample.h"

#include "wf-activity.h"
#include "wf-instant.h"

#include <math.h>

#define APPROVAL_TYPE "approval"

struct _WfDemoScenes
{
  WfDemoCrm *crm;        /* (unowned) */
  WfJsonDocument *words; /* (owned) */
  GRand *rand;           /* (owned) */
};

WfDemoScenes *
wf_demo_scenes_new (WfDemoCrm *crm, guint seed, GError **error)
{
  g_autoptr (WfJsonDocument) words = wf_demo_sample_load ("words.json", error);

  if (words == NULL)
    return NULL;

  WfDemoScenes *self = g_new0 (WfDemoScenes, 1);
  self->crm = crm;
  self->words = g_steal_pointer (&words);
  self->rand = g_rand_new_with_seed (seed);
  return self;
}

void
wf_demo_scenes_free (WfDemoScenes *self)
{
  wf_json_document_unref (self->words);
  g_rand_free (self->rand);
  g_free (self);
}

GRand *
wf_demo_scenes_get_rand (WfDemoScenes *self)
{
  return self->rand;
}

gint
wf_demo_scenes_pick (WfDemoScenes *self, gint low, gint high)
{
  return g_rand_int_range (self->rand, low, high);
}

gboolean
wf_demo_scenes_chance (WfDemoScenes *self, double probability)
{
  return g_rand_double (self->rand) < probability;
}

const char *
wf_demo_scenes_word (WfDemoScenes *self, const char *list)
{
  const WfJson *words = wf_json_get_member (wf_json_document_get_root (self->words), list);

  return wf_json_get_string (wf_json_get_element (
      words, (guint) wf_demo_scenes_pick (self, 0, (gint) wf_json_get_size (words))));
}

const char *
wf_demo_scenes_outcome (WfDemoScenes *self, const char *type)
{
  const WfEntry *entry = wf_organisation_get_entry (wf_demo_crm_get_organisation (self->crm),
                                                    WF_ENTRY_ACTIVITY_TYPE, type);

  if (entry == NULL || entry->n_outcomes == 0)
    return wf_demo_scenes_word (self, "outcomes");
  return entry->outcomes[wf_demo_scenes_pick (self, 0, (gint) entry->n_outcomes)].id;
}

static void
init_actor (WfDemoScenes *self, WfDemoCaller *caller, const char *actor)
{
  wf_demo_crm_init_caller (self->crm, caller, WF_DEMO_CALLER_SELF, actor);
}

/* -- leads ------------------------------------------------------------------------------------- */

static char *
make_address (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "pt");
  g_autoptr (GString) address = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (address, g_ascii_tolower (*c));
    else if (*c == ' ' && address->len > 0)
      g_string_append_c (address, '.');
  g_string_append (address, "@mail.example");
  return g_string_free (g_steal_pointer (&address), FALSE);
}

static char *
make_name (WfDemoScenes *self, gboolean *is_company)
{
  *is_company = wf_demo_scenes_chance (self, 0.35);
  if (*is_company)
    {
      const char *business = wf_demo_scenes_word (self, "businesses");
      return g_strdup_printf ("%s %s", business, wf_demo_scenes_word (self, "business-names"));
    }
  const char *first = wf_demo_scenes_word (self, "first-names");
  return g_strdup_printf ("%s %s", first, wf_demo_scenes_word (self, "last-names"));
}

/* The places of events are used once only, and so are these. */
static char *
make_id (WfDemoScenes *self, const char *prefix)
{
  return g_strdup_printf (
      "%s-%" G_GINT64_FORMAT, prefix,
      wf_demo_database_get_number (wf_demo_crm_get_database (self->crm), 0,
                                   "SELECT seq FROM sqlite_sequence WHERE name = 'events'", "") +
          1);
}

char *
wf_demo_scenes_lead (WfDemoScenes *self, const char *owner, const char *source, const char *origin)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_auto (WfDemoCaller) caller = { 0 };
  gboolean is_company, is_flow = g_str_equal (origin, "flow");
  g_autofree char *name = make_name (self, &is_company);
  g_autofree char *address = make_address (name);
  g_autofree char *phone = g_strdup_printf ("+55 11 9%04d-%04d",
                                            wf_demo_scenes_pick (self, 1000, 10000),
                                            wf_demo_scenes_pick (self, 1000, 10000));
  g_autofree char *id = make_id (self, "l");
  gint bill = wf_demo_scenes_pick (self, 12, 240) * 10;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "name", name);
  wf_json_writer_add_string (writer, "company", is_company ? name : NULL);
  wf_json_writer_add_string (writer, "email", address);
  wf_json_writer_add_string (writer, "phone", phone);
  wf_json_writer_add_string (writer, "source", source);
  wf_json_writer_add_string (writer, "origin", origin);
  wf_json_writer_add_string (writer, "stage", "new");
  wf_json_writer_add_string (writer, "owner", owner);
  wf_json_writer_add_int (writer, "score", wf_demo_scenes_pick (self, 10, 96));
  /* What a plant costs goes with the bill that it is to replace. */
  wf_json_writer_add_int (writer, "value", bill * 25 + wf_demo_scenes_pick (self, 0, 40) * 50);
  wf_json_writer_add_string (writer, "interest", wf_demo_scenes_word (self, "interests"));
  wf_json_writer_begin_object (writer, "custom");
  wf_json_writer_add_string (writer, "sector",
                             is_company ? wf_demo_scenes_word (self, "sectors") : "residential");
  wf_json_writer_add_string (writer, "city", wf_demo_scenes_word (self, "cities"));
  wf_json_writer_add_int (writer, "monthly-bill", bill);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) body = wf_json_writer_finish_document (writer);

  init_actor (self, &caller, is_flow ? owner : NULL);
  if (is_flow)
    caller.kind = WF_DEMO_CALLER_PERSON;
  wf_demo_crm_put_lead (self->crm, &caller, id, wf_json_document_get_root (body), NULL, TRUE,
                        &outcome);
  return g_steal_pointer (&id);
}

static void
patch_lead (WfDemoScenes *self, const char *lead, const char *actor, WfJsonWriter *writer)
{
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_auto (WfDemoCaller) caller = { 0 };
  g_autoptr (WfJsonDocument) patch = wf_json_writer_finish_document (writer);

  init_actor (self, &caller, actor);
  wf_demo_crm_patch_lead (self->crm, &caller, lead, wf_json_document_get_root (patch), "*",
                          &outcome);
}

void
wf_demo_scenes_stage (WfDemoScenes *self, const char *lead, const char *actor, const char *stage,
                      const char *reason)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "stage", stage);
  wf_json_writer_add_string (writer, "reason", reason);
  wf_json_writer_end (writer);
  patch_lead (self, lead, actor, writer);
}

void
wf_demo_scenes_owner (WfDemoScenes *self, const char *lead, const char *actor, const char *owner)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "owner", owner);
  wf_json_writer_end (writer);
  patch_lead (self, lead, actor, writer);
}

static WfJsonDocument *
load_lead (WfDemoScenes *self, const char *lead)
{
  g_autofree char *text = wf_demo_crm_dup_lead (self->crm, lead);

  return text != NULL ? wf_json_document_parse (text, -1, 0, NULL) : NULL;
}

void
wf_demo_scenes_score (WfDemoScenes *self, const char *lead, gint change)
{
  g_autoptr (WfJsonDocument) document = load_lead (self, lead);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (document == NULL)
    return;
  gint score = (gint) lrint (
      wf_json_get_double (wf_json_get_member (wf_json_document_get_root (document), "score"), 0));
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "score", CLAMP (score + change, 0, 100));
  wf_json_writer_end (writer);
  patch_lead (self, lead, NULL, writer);
}

/* -- what happens with a lead ------------------------------------------------------------------ */

static void
add_event (WfDemoScenes *self, const char *lead, const char *actor, const char *type,
           WfJsonWriter *writer)
{
  g_auto (WfDemoCaller) caller = { 0 };
  g_autoptr (WfJsonDocument) data = wf_json_writer_finish_document (writer);
  WfDemoEventDraft draft = {
    .type = type, .lead = lead, .people = actor, .data = wf_json_document_get_root (data)
  };

  init_actor (self, &caller, actor);
  wf_demo_crm_add_event (self->crm, &caller, &draft);
}

char *
wf_demo_scenes_meeting (WfDemoScenes *self, const char *lead, const char *actor, const char *type,
                        const char *id, WfInstant start)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *from = wf_instant_format_utc (start);
  g_autofree char *until = wf_instant_format_utc (start + G_TIME_SPAN_HOUR);
  g_autofree char *own = id != NULL ? g_strdup (id) : make_id (self, "m");

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "meeting");
  wf_json_writer_add_string (writer, "id", own);
  wf_json_writer_add_string (writer, "title", wf_demo_scenes_word (self, "meetings"));
  wf_json_writer_add_string (writer, "start", from);
  wf_json_writer_add_string (writer, "end", until);
  wf_json_writer_add_string (writer, "place", wf_demo_scenes_word (self, "places"));
  wf_json_writer_add_string (writer, "person", actor);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_event (self, lead, actor, type, writer);
  return g_steal_pointer (&own);
}

void
wf_demo_scenes_mail (WfDemoScenes *self, const char *lead, const char *type)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *id = make_id (self, "mail");

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "email");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "subject", wf_demo_scenes_word (self, "mail-subjects"));
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_event (self, lead, NULL, type, writer);
}

void
wf_demo_scenes_call (WfDemoScenes *self, const char *lead, const char *actor, const char *type)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  gboolean made = g_str_equal (type, "call.made");
  g_autofree char *id = make_id (self, "call");

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "call");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "direction", made ? "out" : "in");
  wf_json_writer_add_string (writer, "person", actor);
  if (made)
    wf_json_writer_add_int (writer, "duration", wf_demo_scenes_pick (self, 20, 900));
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_event (self, lead, actor, type, writer);
}

void
wf_demo_scenes_approval (WfDemoScenes *self, const char *lead, const char *person, WfInstant due)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = load_lead (self, lead);
  const WfEntry *type = wf_organisation_get_entry (wf_demo_crm_get_organisation (self->crm),
                                                   WF_ENTRY_ACTIVITY_TYPE, APPROVAL_TYPE);
  g_auto (WfDemoOutcome) outcome = { 0 };
  g_auto (WfDemoCaller) caller = { 0 };
  g_autofree char *id = make_id (self, "approval");
  g_autofree char *due_text = wf_instant_format_utc (due);

  if (document == NULL || type == NULL)
    return;
  const WfJson *root = wf_json_document_get_root (document);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "lead", lead);
  wf_json_writer_add_string (writer, "lead-name", wf_json_get_member_string (root, "name"));
  wf_json_writer_add_string (writer, "type", type->id);
  wf_json_writer_add_string (writer, "title", type->name);
  wf_json_writer_add_string (writer, "kind", wf_activity_kind_names[WF_ACTIVITY_APPROVAL]);
  wf_json_writer_add_string (writer, "person", person);
  wf_json_writer_add_string (writer, "due", due_text);
  wf_json_writer_add_boolean (writer, "business-hours", TRUE);
  wf_json_writer_end (writer);
  g_autoptr (WfJsonDocument) body = wf_json_writer_finish_document (writer);
  init_actor (self, &caller, NULL);
  wf_demo_crm_create_activity (self->crm, &caller, id, wf_json_document_get_root (body), "",
                               &outcome);
}

void
wf_demo_scenes_deal_won (WfDemoScenes *self, const char *lead, const char *actor)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = load_lead (self, lead);
  g_autofree char *id = make_id (self, "d");
  gint64 amount = 0;

  if (document != NULL)
    (void) wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (document), "value"),
                              &amount);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "deal");
  wf_json_writer_add_string (writer, "id", id);
  wf_json_writer_add_string (writer, "stage", "deal-won");
  wf_json_writer_add_int (writer, "amount", amount);
  wf_json_writer_add_string (writer, "currency", "BRL");
  wf_json_writer_add_string (writer, "owner", actor);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  add_event (self, lead, actor, "deal.won", writer);
}
