/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM's model: its transaction, its clock, and who may do what. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SOURCE "/crm/aurora"

static char *
make_log_id (void)
{
  return g_strdup_printf ("%08x", g_random_int ());
}

static void
load_counters (WfDemoCrm *self, const char *log_id)
{
  self->log_id = wf_demo_database_dup_meta (self->database, "log");
  if (self->log_id == NULL)
    {
      self->log_id = log_id != NULL ? g_strdup (log_id) : make_log_id ();
      wf_demo_database_set_meta (self->database, "log", self->log_id);
    }
  self->revision = wf_demo_database_get_number (
      self->database, 0,
      "SELECT max((SELECT ifnull(max(revision), 0) FROM leads), (SELECT ifnull(max(revision), 0) FROM activities),"
      " (SELECT ifnull(max(revision), 0) FROM documents),"
      " (SELECT ifnull(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'revision'))",
      "");
}

WfDemoCrm *
wf_demo_crm_open (const char *path, WfClock *clock, const char *log_id, GError **error)
{
  g_autoptr (WfDemoDatabase) database = wf_demo_database_open (path, error);

  if (database == NULL)
    return NULL;

  WfDemoCrm *self = g_new0 (WfDemoCrm, 1);
  self->database = g_steal_pointer (&database);
  self->clock = g_object_ref (clock);
  self->now = WF_INSTANT_NONE;
  self->source = g_strdup (SOURCE);
  load_counters (self, log_id);
  wf_demo_crm_load_organisation (self);
  return self;
}

void
wf_demo_crm_free (WfDemoCrm *self)
{
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_pointer (&self->database, wf_demo_database_free);
  g_clear_object (&self->clock);
  g_free (self->log_id);
  g_free (self->source);
  g_free (self);
}

WfDemoDatabase *
wf_demo_crm_get_database (WfDemoCrm *self)
{
  return self->database;
}

WfOrganisation *
wf_demo_crm_get_organisation (WfDemoCrm *self)
{
  return self->organisation;
}

WfInstant
wf_demo_crm_now (WfDemoCrm *self)
{
  return self->now != WF_INSTANT_NONE ? self->now : wf_clock_now (self->clock);
}

void
wf_demo_crm_set_now (WfDemoCrm *self, WfInstant now)
{
  self->now = now;
}

void
wf_demo_crm_set_changed_func (WfDemoCrm *self, void (*func) (gpointer user_data),
                              gpointer user_data)
{
  self->changed_func = func;
  self->changed_data = user_data;
}

const char *
wf_demo_crm_get_source (WfDemoCrm *self)
{
  return self->source;
}

void
wf_demo_crm_begin (WfDemoCrm *self)
{
  self->changed = FALSE;
  wf_demo_database_begin (self->database);
}

gboolean
wf_demo_crm_commit (WfDemoCrm *self, WfDemoOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, self->revision);

  if (self->changed)
    wf_demo_database_set_meta (self->database, "revision", revision);
  if (!wf_demo_database_commit (self->database, &error))
    {
      wf_demo_crm_rollback (self);
      if (outcome != NULL)
        {
          wf_demo_outcome_clear (outcome);
          wf_demo_outcome_fail (outcome, 500, "server", _ ("The CRM could not store this."));
        }
      return FALSE;
    }
  self->organisation_changed = FALSE;
  if (self->changed && self->changed_func != NULL)
    self->changed_func (self->changed_data);
  self->changed = FALSE;
  return TRUE;
}

void
wf_demo_crm_rollback (WfDemoCrm *self)
{
  wf_demo_database_rollback (self->database);
  self->changed = FALSE;
  if (self->organisation_changed)
    wf_demo_crm_load_organisation (self);
  self->organisation_changed = FALSE;
}

/* Rising for ever, also past a deletion: neither a tag nor a place in the pages is given twice. */
gint64
wf_demo_crm_next_revision (WfDemoCrm *self)
{
  self->changed = TRUE;
  return ++self->revision;
}

/* -- who may do what --------------------------------------------------------------------------- */

static gboolean
share_one (const char *const *a, const char *const *b)
{
  for (guint i = 0; a != NULL && a[i] != NULL; i++)
    if (b != NULL && g_strv_contains (b, a[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_any (const char *const *list)
{
  return list != NULL && list[0] != NULL;
}

/* Pre-sellers, attendants and sellers see their own records and their groups'; coordinators and
 * managers those of the teams and units granted to them too, or all without any (R40, R46); the
 * rest follows the right. */
static gboolean
sees_person (const WfPerson *self, const WfPerson *other, gboolean everyone)
{
  if (self == other || share_one (self->groups, other->groups))
    return TRUE;
  if (!everyone)
    return FALSE;
  if (!has_any (self->teams) && !has_any (self->units))
    return TRUE;
  return share_one (self->teams, other->teams) || share_one (self->units, other->units);
}

static gboolean
sees_all (const WfPerson *person)
{
  switch (person->role)
    {
    case WF_ROLE_ADMINISTRATOR:
    case WF_ROLE_RECEPTION:
    case WF_ROLE_MEDIA:
    case WF_ROLE_RANKING:
      return TRUE;
    case WF_ROLE_COORDINATOR:
    case WF_ROLE_MANAGER:
    case WF_ROLE_ATTENDANT:
    case WF_ROLE_SELLER:
    case WF_ROLE_PRE_SELLER:
    default:
      return FALSE;
    }
}

static GHashTable *
find_visible (WfDemoCrm *self, const WfPerson *person)
{
  gboolean everyone = person->role == WF_ROLE_COORDINATOR || person->role == WF_ROLE_MANAGER;
  GHashTable *visible = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wf_organisation_get_n_people (self->organisation); i++)
    {
      const WfPerson *other = wf_organisation_get_person_at (self->organisation, i);

      if (sees_person (person, other, everyone))
        g_hash_table_add (visible, (gpointer) other->id);
    }
  return visible;
}

void
wf_demo_crm_init_caller (WfDemoCrm *self, WfDemoCaller *caller, WfDemoCallerKind kind,
                         const char *person)
{
  *caller = (WfDemoCaller) { .kind = kind };
  if (self->organisation != NULL)
    caller->organisation = wf_organisation_ref (self->organisation);
  if (person != NULL && self->organisation != NULL)
    caller->person = wf_organisation_get_person (self->organisation, person);
  if (kind == WF_DEMO_CALLER_PERSON && caller->person != NULL && !sees_all (caller->person))
    caller->visible = find_visible (self, caller->person);
}

void
wf_demo_caller_clear (WfDemoCaller *caller)
{
  g_clear_pointer (&caller->visible, g_hash_table_unref);
  g_clear_pointer (&caller->organisation, wf_organisation_unref);
  caller->person = NULL;
  g_clear_pointer (&caller->cause, g_free);
}

const char *
wf_demo_caller_get_id (const WfDemoCaller *caller)
{
  if (caller->person != NULL)
    return caller->person->id;
  switch (caller->kind)
    {
    case WF_DEMO_CALLER_BRIDGE:
      return "bridge";
    case WF_DEMO_CALLER_ENGINE:
      return "engine";
    case WF_DEMO_CALLER_PERSON:
    case WF_DEMO_CALLER_SELF:
    default:
      return "crm";
    }
}

gboolean
wf_demo_caller_sees (const WfDemoCaller *caller, const char *person)
{
  return caller->visible == NULL || person == NULL ||
         g_hash_table_contains (caller->visible, person);
}

gboolean
wf_demo_crm_caller_may (WfDemoCrm *self, const WfDemoCaller *caller, WfRight right)
{
  switch (caller->kind)
    {
    case WF_DEMO_CALLER_PERSON:
      return caller->person != NULL &&
             wf_organisation_person_may (caller->organisation, caller->person, right);
    case WF_DEMO_CALLER_BRIDGE:
    case WF_DEMO_CALLER_ENGINE:
      return right != WF_RIGHT_EDIT_WORKFLOWS && right != WF_RIGHT_EDIT_ORGANISATION;
    case WF_DEMO_CALLER_SELF:
    default:
      return TRUE;
    }
}

gboolean
wf_demo_crm_caller_may_write (WfDemoCrm *self, const WfDemoCaller *caller)
{
  if (caller->kind != WF_DEMO_CALLER_PERSON)
    return TRUE;
  return caller->person != NULL && caller->person->role != WF_ROLE_MEDIA &&
         caller->person->role != WF_ROLE_RANKING;
}
