/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead as it was last seen: the value, how it is read, and into which stage who may move it. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-lead.h"

#include "wf-action-apply.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The members that are owned texts, with their names in the CRM's JSON, where they are in it. */
static const struct
{
  const char *member; /* (nullable) */
  gsize offset;
} texts[] = {
  { NULL, G_STRUCT_OFFSET (WfLead, id) },
  { NULL, G_STRUCT_OFFSET (WfLead, name) },
  { "company", G_STRUCT_OFFSET (WfLead, company) },
  { "phone", G_STRUCT_OFFSET (WfLead, phone) },
  { "email", G_STRUCT_OFFSET (WfLead, email) },
  { "source", G_STRUCT_OFFSET (WfLead, source) },
  { "city", G_STRUCT_OFFSET (WfLead, city) },
  { "url", G_STRUCT_OFFSET (WfLead, url) },
  { "origin", G_STRUCT_OFFSET (WfLead, origin) },
  { "stage", G_STRUCT_OFFSET (WfLead, stage) },
  { "owner", G_STRUCT_OFFSET (WfLead, owner) },
  { "group", G_STRUCT_OFFSET (WfLead, group) },
  { "unit", G_STRUCT_OFFSET (WfLead, unit) },
  { NULL, G_STRUCT_OFFSET (WfLead, next_activity) },
  { NULL, G_STRUCT_OFFSET (WfLead, next_title) },
  { NULL, G_STRUCT_OFFSET (WfLead, sync_error) },
};

/* What entering a stage means that closes the lead: by the pipeline's own word, and by the stage's
 * id where the pipeline has none. */
static const struct
{
  const char *word, *stage, *event;
} closings[] = {
  { WF_STAGE_CLOSES_FINALIZED, "won", "lead.finalized" },
  { WF_STAGE_CLOSES_DISCARDED, "discarded", "lead.discarded" },
};

/**
 * wf_lead_new:
 * @id: the CRM's id
 *
 * Returns: (transfer full): a lead of which only the id is known, confirmed by the CRM
 */
WfLead *
wf_lead_new (const char *id)
{
  WfLead *self = g_new0 (WfLead, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id != NULL ? id : "");
  self->name = g_strdup (self->id);
  self->created = self->first_contact = self->last_contact = self->seen = self->next =
      WF_INSTANT_NONE;
  self->sync = WF_SYNC_CONFIRMED;
  return self;
}

WfLead *
wf_lead_ref (WfLead *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_lead_unref:
 * @self: (nullable) (transfer full): a lead
 */
void
wf_lead_unref (WfLead *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*(char **) G_STRUCT_MEMBER_P (self, texts[i].offset));
  g_clear_pointer (&self->document, wf_json_document_unref);
  g_free (self);
}

/* An empty text is as good as none. */
static const char *
get_filled (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);

  return text != NULL && text[0] != '\0' ? text : NULL;
}

/* A CRM may write a number as text. */
static void
read_score (WfLead *self, const WfJson *value)
{
  const char *text = wf_json_get_string (value);
  char *end = NULL;

  if (text != NULL && text[0] != '\0')
    self->score = g_ascii_strtod (text, &end);
  else if (wf_json_is (value, WF_JSON_NUMBER))
    self->score = wf_json_get_double (value, 0);
  else
    return;
  self->has_score = (end == NULL || *end == '\0') && isfinite (self->score);
  if (!self->has_score)
    self->score = 0;
}

static void
read_instant (const WfJson *object, const char *name, WfInstant *instant)
{
  const char *text = wf_json_get_member_string (object, name);

  if (text != NULL)
    (void) wf_instant_parse (text, instant);
}

/**
 * wf_lead_read:
 * @id: (nullable): the lead's id when the object has none
 * @object: (nullable): as the CRM told it, of the open API's shape
 *
 * What cannot be read counts as not told; everything stays in the document.
 *
 * Returns: (transfer full): the lead; next and n_open are not known to the CRM's object
 */
WfLead *
wf_lead_read (const char *id, const WfJson *object)
{
  const char *own_id = get_filled (object, "id"), *name = get_filled (object, "name");
  WfLead *self = wf_lead_new (own_id != NULL ? own_id : id);

  if (!wf_json_is (object, WF_JSON_OBJECT))
    return self;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].member != NULL)
      *(char **) G_STRUCT_MEMBER_P (self, texts[i].offset) =
          g_strdup (get_filled (object, texts[i].member));
  if (name != NULL)
    g_set_str (&self->name, name);
  read_score (self, wf_json_get_member (object, "score"));
  read_instant (object, "created", &self->created);
  read_instant (object, "first-contact", &self->first_contact);
  read_instant (object, "last-contact", &self->last_contact);
  self->document = wf_json_document_extract (object);
  return self;
}

/* -- closing stages ---------------------------------------------------------------------------- */

static gboolean
has_word (const WfOrganisation *organisation)
{
  guint n = 0;
  const WfPipeline *pipelines =
      organisation != NULL ? wf_organisation_get_pipelines (organisation, &n) : NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; strcmp (pipelines[i].record, "lead") == 0 && j < pipelines[i].n_stages; j++)
      if (pipelines[i].stages[j].closes != NULL)
        return TRUE;
  return FALSE;
}

/**
 * wf_stage_get_closing_event:
 * @organisation: (nullable): whose pipelines are known
 * @stage: (nullable): the id of a lead's stage
 *
 * A pipeline says with "closes" which of its stages close a lead. An organisation in which no stage
 * of a lead says so has the stages of the open API: "won" and "discarded".
 *
 * Returns: (nullable): the event beside lead.stage-changed when a lead comes into this stage; %NULL
 *   when it stays open
 */
const char *
wf_stage_get_closing_event (const WfOrganisation *organisation, const char *stage)
{
  gboolean by_word = has_word (organisation);
  const WfEntry *entry = by_word && stage != NULL ? wf_organisation_get_stage (organisation, stage)
                                                  : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (closings); i++)
    if (by_word ? entry != NULL && g_strcmp0 (entry->closes, closings[i].word) == 0
                : g_strcmp0 (stage, closings[i].stage) == 0)
      return closings[i].event;
  return NULL;
}

/**
 * wf_stage_is_closing:
 * @organisation: (nullable): whose pipelines are known
 * @stage: (nullable): the id of a stage
 *
 * Returns: %TRUE when a lead in this stage is closed
 */
gboolean
wf_stage_is_closing (const WfOrganisation *organisation, const char *stage)
{
  return wf_stage_get_closing_event (organisation, stage) != NULL;
}

/* -- who may move it where --------------------------------------------------------------------- */

typedef enum
{
  STAGE_UNKNOWN,        /* in no pipeline of leads */
  STAGE_OTHER_PIPELINE, /* in one in which the present stage is not */
  STAGE_BACK,
  STAGE_FORWARD,
} Direction;

static gboolean
pipeline_has (const WfPipeline *pipeline, const char *stage)
{
  for (guint i = 0; stage != NULL && i < pipeline->n_stages; i++)
    if (strcmp (pipeline->stages[i].id, stage) == 0)
      return TRUE;
  return FALSE;
}

/* A present stage that no pipeline has any more binds the lead to none; but what comes after it is
 * not known either, so every way out of it counts as back. */
static Direction
find_direction (const WfOrganisation *organisation, const char *from, const char *to)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);
  gboolean known = FALSE, bound = FALSE, together = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gboolean has_from = pipeline_has (&pipelines[i], from);
      gboolean has_to = pipeline_has (&pipelines[i], to);

      if (strcmp (pipelines[i].record, "lead") != 0)
        continue;
      known |= has_to;
      bound |= has_from;
      together |= has_from && has_to;
    }
  if (!known)
    return STAGE_UNKNOWN;
  if (bound && !together)
    return STAGE_OTHER_PIPELINE;
  return wf_organisation_is_forward (organisation, from, to) ? STAGE_FORWARD : STAGE_BACK;
}

/**
 * wf_lead_explain_work:
 * @self: a lead
 * @organisation: the organisation
 * @person: (nullable): who wants to work on it
 *
 * Returns: (transfer full) (nullable): why this person may not change the lead at all, in the
 *   user's language: a role that only reads, or a lead of somebody else; %NULL when they may
 */
char *
wf_lead_explain_work (const WfLead *self, const WfOrganisation *organisation,
                      const WfPerson *person)
{
  char *refusal = wf_organisation_explain_right (organisation, person, WF_RIGHT_WORK_ACTIVITIES);

  if (refusal != NULL || self->owner == NULL || strcmp (self->owner, person->id) == 0 ||
      wf_organisation_person_may (organisation, person, WF_RIGHT_SEE_EVERYONE))
    return refusal;
  return g_strdup_printf (_ ("%s is responsible for this lead."),
                          wf_organisation_get_person_name (organisation, self->owner));
}

/**
 * wf_lead_explain_stage:
 * @self: a lead
 * @organisation: (nullable): the organisation
 * @person: (nullable): who wants to move it
 * @stage: (nullable): where to
 * @needs_reason: (out) (nullable): whether a reason has to be given: the lead would move back (S17)
 *
 * R52, A6, B25.
 *
 * Returns: (transfer full) (nullable): why it is refused, in the user's language; %NULL when it is
 *   allowed, also into the stage in which the lead already is
 */
char *
wf_lead_explain_stage (const WfLead *self, const WfOrganisation *organisation,
                       const WfPerson *person, const char *stage, gboolean *needs_reason)
{
  g_autofree char *refusal = NULL;
  Direction direction;

  if (needs_reason != NULL)
    *needs_reason = FALSE;
  if (organisation == NULL)
    return g_strdup (_ ("The stages are not known yet: the CRM has not told them."));
  refusal = wf_lead_explain_work (self, organisation, person);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  direction = find_direction (organisation, self->stage, stage);
  if (direction == STAGE_UNKNOWN)
    return g_strdup_printf (_ ("There is no stage “%s” for leads."), stage != NULL ? stage : "");
  if (g_strcmp0 (self->stage, stage) == 0)
    return NULL;
  if (direction == STAGE_OTHER_PIPELINE)
    return g_strdup_printf (_ ("The stage “%s” belongs to another pipeline."),
                            wf_organisation_get_stage_name (organisation, stage));
  if (wf_stage_is_closing (organisation, stage))
    refusal = wf_organisation_explain_right (organisation, person, WF_RIGHT_FINALIZE_LEAD);
  if (needs_reason != NULL)
    *needs_reason = refusal == NULL && direction == STAGE_BACK;
  return g_steal_pointer (&refusal);
}
