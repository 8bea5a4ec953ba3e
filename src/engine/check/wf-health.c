/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health check across workflows (B16, S14, R94). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-health-private.h"

#include "wf-event-catalogue.h"
#include "wf-reference.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUIET_DAYS 90

/**
 * wf_health_finding_free:
 * @self: (nullable) (transfer full): a finding
 */
void
wf_health_finding_free (WfHealthFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_ptr_array_unref (self->workflows);
  g_free (self->step);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

void
wf_health_finding_add_workflow (WfHealthFinding *self, const WfWorkflow *workflow)
{
  g_ptr_array_add (self->workflows, g_strdup (workflow->id));
}

/* The step's place in the document: "/steps/2/paths/0/steps/1". Recursion is bounded by the depth
 * of documents. FALSE when it is not there. */
static gboolean
find_path (GPtrArray *steps, const char *id, GString *path)
{
  gsize length = path->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (path, "/steps/%u", i);
      if (g_strcmp0 (step->id, id) == 0)
        return TRUE;
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          gsize inside = path->len;

          g_string_append_printf (path, "/paths/%u", j);
          if (find_path (((WfPath *) g_ptr_array_index (step->paths, j))->steps, id, path))
            return TRUE;
          g_string_truncate (path, inside);
        }
      g_string_truncate (path, length);
    }
  return FALSE;
}

static char *
make_path (const WfWorkflow *workflow, const char *step)
{
  g_autoptr (GString) path = g_string_new (NULL);

  if (step == NULL || !find_path (workflow->steps, step, path))
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&path));
}

WfHealthFinding *
wf_health_add (WfHealth *self, const char *code, const WfWorkflow *workflow, const char *step,
               const char *path, gboolean error, char *text)
{
  WfHealthFinding *finding = g_new0 (WfHealthFinding, 1);

  finding->code = g_strdup (code);
  finding->workflows = g_ptr_array_new_with_free_func (g_free);
  finding->step = g_strdup (step);
  finding->path = path != NULL ? g_strdup (path) : make_path (workflow, step);
  finding->error = error;
  finding->text = text;
  wf_health_finding_add_workflow (finding, workflow);
  g_ptr_array_add (self->findings, finding);
  return finding;
}

/* ---- what the workflow refers to ---- */

typedef struct
{
  WfHealth *health;
  WfWorkflow *workflow;
  GHashTable *told; /* (owned) code, path and id */
} References;

static void
add_reference (References *self, const WfReference *reference, const char *code, gboolean error,
               char *text)
{
  g_autofree char *key = g_strjoin ("\n", code, reference->path, reference->id, NULL);

  if (g_hash_table_add (self->told, g_steal_pointer (&key)))
    wf_health_add (self->health, code, self->workflow, reference->step, reference->path, error,
                   text);
  else
    g_free (text);
}

/* In a condition nobody is asked to do anything: it only never holds. */
static void
check_person (References *self, const WfReference *reference)
{
  const WfPerson *person = wf_organisation_get_person (self->health->organisation, reference->id);

  if (person == NULL)
    add_reference (
        self, reference, "unknown-person", !reference->condition,
        g_strdup_printf (_ ("The organisation has no person “%s”. Choose somebody who is there."),
                         reference->id));
  else if (!person->active)
    add_reference (
        self, reference, "inactive-person", FALSE,
        g_strdup_printf (
            person->cover != NULL
                ? _ ("%s is not active; the cover stands in. Choose somebody else if this is for good.")
                : _ ("%s is not active. Choose somebody else, or name a cover."),
            person->name));
}

static gboolean
has_active_member (const WfOrganisation *organisation, const char *group)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (person->active && wf_person_in_group (person, group))
        return TRUE;
    }
  return FALSE;
}

static void
check_group (References *self, const WfReference *reference)
{
  const WfOrganisation *organisation = self->health->organisation;
  const WfEntry *group = wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, reference->id);

  if (group == NULL)
    add_reference (
        self, reference, "unknown-group", !reference->condition,
        g_strdup_printf (_ ("The organisation has no group “%s”. Choose one that is there."),
                         reference->id));
  else if (!has_active_member (organisation, group->id))
    add_reference (
        self, reference, "empty-group", FALSE,
        g_strdup_printf (
            _ ("The group “%s” has no active members. Add people to it, or choose another group."),
            group->name));
}

static gboolean
has_stages (const WfOrganisation *organisation)
{
  guint n;

  wf_organisation_get_pipelines (organisation, &n);
  return n > 0;
}

static gboolean
has_activity_types (const WfOrganisation *organisation)
{
  guint n;

  wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n);
  return n > 0;
}

static void
check_stage (References *self, const WfReference *reference)
{
  const WfOrganisation *organisation = self->health->organisation;

  if (has_stages (organisation) && wf_organisation_get_stage (organisation, reference->id) == NULL)
    add_reference (
        self, reference, "unknown-stage", !reference->condition,
        g_strdup_printf (_ ("No pipeline has the stage “%s” any more. Choose one that is there."),
                         reference->id));
}

static void
check_activity_type (References *self, const WfReference *reference)
{
  const WfOrganisation *organisation = self->health->organisation;

  if (has_activity_types (organisation) &&
      wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, reference->id) == NULL)
    add_reference (
        self, reference, "unknown-activity-type", !reference->condition,
        g_strdup_printf (
            _ ("The organisation has no activity type “%s” any more. Choose one that is there."),
            reference->id));
}

/* The CRM may name its own fields with or without the record in front. What is known may come from
 * the leads that have been seen: a field that is missing there is a warning and no error. */
static gboolean
is_known_field (const char *const *known, const char *field)
{
  const char *custom = strstr (field, ".custom.");

  return g_strv_contains (known, field) ||
         (custom != NULL && (g_strv_contains (known, custom + 1) ||
                             g_strv_contains (known, custom + strlen (".custom."))));
}

static gboolean
is_written (const References *self, const WfReference *reference)
{
  const WfStep *step =
      reference->step != NULL ? wf_workflow_find_step (self->workflow, reference->step) : NULL;

  return step != NULL && step->kind == WF_STEP_SET_FIELD && !reference->condition &&
         g_strcmp0 (wf_step_get_text (step, "field"), reference->id) == 0 &&
         g_str_has_suffix (reference->path, "/field");
}

static void
check_field (References *self, const WfReference *reference)
{
  const WfHealthFacts *facts = self->health->facts;

  if (facts == NULL || facts->known_fields == NULL || !wf_field_is_custom (reference->id) ||
      is_known_field (facts->known_fields, reference->id))
    return;
  if (is_written (self, reference))
    add_reference (
        self, reference, "unknown-field", FALSE,
        g_strdup_printf (
            _ ("The CRM seems to have no field “%s” any more: it may refuse to set it. Choose another."),
            wf_field_to_text (reference->id)));
  else
    add_reference (
        self, reference, "unknown-field", FALSE,
        g_strdup_printf (
            _ ("The CRM seems to have no field “%s” any more: it counts as empty. Choose another, or take it out."),
            wf_field_to_text (reference->id)));
}

static const char *
check_reference (const WfReference *reference, gpointer user_data)
{
  References *self = user_data;

  if (reference->kind == WF_REFERENCE_FIELD)
    check_field (self, reference);
  if (self->health->organisation == NULL)
    return NULL;
  switch (reference->kind)
    {
    case WF_REFERENCE_PERSON:
      check_person (self, reference);
      break;
    case WF_REFERENCE_GROUP:
      check_group (self, reference);
      break;
    case WF_REFERENCE_STAGE:
      check_stage (self, reference);
      break;
    case WF_REFERENCE_ACTIVITY_TYPE:
      check_activity_type (self, reference);
      break;
    case WF_REFERENCE_FIELD:
    case WF_REFERENCE_ADDRESS:
      break;
    }
  return NULL;
}

void
wf_health_find_references (WfHealth *self, WfWorkflow *workflow)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  References references = { self, workflow, told };

  wf_workflow_foreach_reference (workflow, check_reference, &references);
}

/* ---- working hours ---- */

static gboolean
uses_hours (const WfStep *step)
{
  if (wf_step_kind_is_activity (step->kind))
    return step->create_activity.business_hours || step->create_activity.business_time;
  if (step->kind == WF_STEP_WAIT)
    return step->wait.business_hours;
  return wf_step_kind_has_settings (step->kind) && wf_step_get_flag (step, "business-hours");
}

static void
find_user_of_hours (WfStep *step, gpointer user_data)
{
  const WfStep **found = user_data;

  if (*found == NULL && uses_hours (step))
    *found = step;
}

/* S3: a visible warning. */
static void
check_hours (WfHealth *self, const WfWorkflow *workflow)
{
  const WfStep *step = NULL;

  if (self->organisation == NULL ||
      !wf_working_hours_is_always_open (wf_organisation_get_hours (self->organisation)))
    return;
  wf_workflow_foreach_step (workflow, find_user_of_hours, &step);
  if (step != NULL)
    wf_health_add (
        self, "no-hours", workflow, step->id, NULL, FALSE,
        g_strdup (_ (
            "This counts in business hours, but the company has none and is open all the time. Set the working hours.")));
}

/* ---- what never happens ---- */

static void
check_quiet (WfHealth *self, const WfWorkflow *workflow)
{
  const WfHealthFacts *facts = self->facts;
  WfInstant since = WF_INSTANT_NONE, last;
  const WfInstant limit = facts != NULL ? facts->now - QUIET_DAYS * G_TIME_SPAN_DAY : 0;

  /* What has a schedule starts when it is time. */
  if (facts == NULL || facts->get_last_run == NULL || workflow->schedule != NULL ||
      (workflow->state != WF_WORKFLOW_LIVE && workflow->state != WF_WORKFLOW_PAUSED))
    return;
  last = facts->get_last_run (workflow->id, &since, facts->user_data);
  if (last != WF_INSTANT_NONE ? last > limit : since == WF_INSTANT_NONE || since > limit)
    return;
  if (workflow->state == WF_WORKFLOW_PAUSED)
    wf_health_add (
        self, "paused", workflow, NULL, NULL, FALSE,
        g_strdup_printf (
            ngettext (
                "“%1$s” is paused and did not start in %2$d day. Set it live, or archive it.",
                "“%1$s” is paused and did not start in %2$d days. Set it live, or archive it.",
                QUIET_DAYS),
            workflow->name, QUIET_DAYS));
  else
    wf_health_add (
        self, "never-fired", workflow, NULL, NULL, FALSE,
        g_strdup_printf (
            ngettext (
                "“%1$s” did not start in %2$d day. Look at its event and conditions, or archive it.",
                "“%1$s” did not start in %2$d days. Look at its event and conditions, or archive it.",
                QUIET_DAYS),
            workflow->name, QUIET_DAYS));
}

/* ---- the whole ---- */

static int
compare_workflows (gconstpointer a, gconstpointer b)
{
  const WfWorkflow *x = a, *y = b;
  int order = g_strcmp0 (x->name, y->name);

  return order != 0 ? order : g_strcmp0 (x->id, y->id);
}

/**
 * wf_health_check:
 * @workflows: (element-type WfWorkflow): all of a company; archived ones are left out
 * @organisation: (nullable): people, groups, types and stages; %NULL: not checked
 * @facts: (nullable): what the documents do not tell
 *
 * Pure, and any thread may call it.
 *
 * Returns: (transfer container) (element-type WfHealthFinding): what to look at: cycles first, then
 *   what is given twice, then workflow by workflow in the order of their names
 */
GPtrArray *
wf_health_check (GPtrArray *workflows, const WfOrganisation *organisation,
                 const WfHealthFacts *facts)
{
  g_autoptr (GPtrArray) counted = g_ptr_array_new ();
  WfHealth self = {
    .workflows = counted,
    .organisation = organisation,
    .facts = facts,
    .findings = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_health_finding_free),
  };

  for (guint i = 0; i < workflows->len; i++)
    if (((WfWorkflow *) g_ptr_array_index (workflows, i))->state != WF_WORKFLOW_ARCHIVED)
      g_ptr_array_add (counted, g_ptr_array_index (workflows, i));
  g_ptr_array_sort_values (counted, compare_workflows);
  wf_health_find_cycles (&self);
  wf_health_find_same_activities (&self);
  for (guint i = 0; i < counted->len; i++)
    {
      WfWorkflow *workflow = g_ptr_array_index (counted, i);

      wf_health_find_references (&self, workflow);
      check_hours (&self, workflow);
      check_quiet (&self, workflow);
    }
  return self.findings;
}
