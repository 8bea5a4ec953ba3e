/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: the permission matrix, as data (R7, R35-R67, A6, A7). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-organisation.h"

#include <glib/gi18n-lib.h>

/* Sets of processes. */
#define P1 (1u << WF_PROCESS_1)
#define P2_WITHOUT (1u << WF_PROCESS_2_WITHOUT_STORE_FLOW)
#define P2_WITH (1u << WF_PROCESS_2_WITH_STORE_FLOW)
#define P3 (1u << WF_PROCESS_3)
#define P2 (P2_WITHOUT | P2_WITH)
#define EVERY (P1 | P2 | P3)
#define STORE_FLOW (P2_WITH | P3)

/* What else a person must have. */
typedef enum
{
  NEEDS_NOTHING,
  NEEDS_STORE_UNIT,      /* R60: a unit in which store flow is switched on */
  NEEDS_MAY_RECEIVE_WEB, /* R63, R64: the administrator's permission, in process 3 only */
  NEEDS_MAY_CREATE_FLOW, /* R63, R64 */
} Need;

/* R41, R62, R65: the access levels of each process. Pre-seller is another word for attendant. */
static const guint role_processes[] = {
  [WF_ROLE_ADMINISTRATOR] = EVERY, [WF_ROLE_COORDINATOR] = EVERY, [WF_ROLE_ATTENDANT] = EVERY,
  [WF_ROLE_SELLER] = P2,           [WF_ROLE_MANAGER] = P2,        [WF_ROLE_RECEPTION] = EVERY,
  [WF_ROLE_MEDIA] = EVERY,         [WF_ROLE_RANKING] = EVERY,     [WF_ROLE_PRE_SELLER] = EVERY,
};

/* A line allows a right to a role in some processes; what no line allows is refused. */
static const struct
{
  WfRight right;
  WfRole role;
  guint processes;
  Need need;
} matrix[] = {
  { WF_RIGHT_EDIT_WORKFLOWS, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_EDIT_WORKFLOWS, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_EDIT_WORKFLOWS, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },

  { WF_RIGHT_SEE_EVERYONE, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_SEE_EVERYONE, WF_ROLE_COORDINATOR, EVERY,
    NEEDS_NOTHING },                                             /* R40, R50: of granted teams */
  { WF_RIGHT_SEE_EVERYONE, WF_ROLE_MANAGER, P2, NEEDS_NOTHING }, /* R46, R51: of granted units */

  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },
  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_ATTENDANT, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_SELLER, P2, NEEDS_NOTHING },
  { WF_RIGHT_WORK_ACTIVITIES, WF_ROLE_RECEPTION, EVERY, NEEDS_NOTHING },

  { WF_RIGHT_CLAIM_UNASSIGNED, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_CLAIM_UNASSIGNED, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_CLAIM_UNASSIGNED, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },
  { WF_RIGHT_CLAIM_UNASSIGNED, WF_ROLE_ATTENDANT, P1 | P2, NEEDS_NOTHING },
  { WF_RIGHT_CLAIM_UNASSIGNED, WF_ROLE_ATTENDANT, P3, NEEDS_MAY_RECEIVE_WEB },

  { WF_RIGHT_EDIT_ORGANISATION, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_EDIT_ORGANISATION, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING }, /* R67 */
  { WF_RIGHT_EDIT_ORGANISATION, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },

  { WF_RIGHT_SEE_REPORTS, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_SEE_REPORTS, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_SEE_REPORTS, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },
  { WF_RIGHT_SEE_REPORTS, WF_ROLE_MEDIA, EVERY, NEEDS_NOTHING },   /* A7: marketing reports */
  { WF_RIGHT_SEE_REPORTS, WF_ROLE_RANKING, EVERY, NEEDS_NOTHING }, /* A7: wall-board */

  { WF_RIGHT_FINALIZE_LEAD, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING }, /* R39 */
  { WF_RIGHT_FINALIZE_LEAD, WF_ROLE_ATTENDANT, EVERY, NEEDS_NOTHING },     /* R37, R52 */
  { WF_RIGHT_FINALIZE_LEAD, WF_ROLE_SELLER, P2_WITH, NEEDS_NOTHING },      /* R54, A6 */

  { WF_RIGHT_DIRECT_LEAD, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_DIRECT_LEAD, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_DIRECT_LEAD, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },
  { WF_RIGHT_DIRECT_LEAD, WF_ROLE_RECEPTION, EVERY, NEEDS_NOTHING }, /* R66 */
  { WF_RIGHT_DIRECT_LEAD, WF_ROLE_ATTENDANT, P2, NEEDS_NOTHING },    /* R43, R57 */

  { WF_RIGHT_CREATE_FLOW_LEAD, WF_ROLE_ADMINISTRATOR, STORE_FLOW, NEEDS_NOTHING },
  { WF_RIGHT_CREATE_FLOW_LEAD, WF_ROLE_SELLER, P2_WITH, NEEDS_STORE_UNIT },    /* R55, R58, R60 */
  { WF_RIGHT_CREATE_FLOW_LEAD, WF_ROLE_ATTENDANT, P3, NEEDS_MAY_CREATE_FLOW }, /* R63, R64 */

  { WF_RIGHT_SEE_LOG, WF_ROLE_ADMINISTRATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_SEE_LOG, WF_ROLE_COORDINATOR, EVERY, NEEDS_NOTHING },
  { WF_RIGHT_SEE_LOG, WF_ROLE_MANAGER, P2, NEEDS_NOTHING },
};

typedef enum
{
  ALLOWED,
  REFUSED_UNKNOWN,
  REFUSED_INACTIVE,
  REFUSED_ROLE_NOT_IN_PROCESS,
  REFUSED_ROLE,
  REFUSED_PROCESS,
  REFUSED_STORE_UNIT,
  REFUSED_MAY,
} Verdict;

gboolean
wf_role_exists_in_process (WfRole role, WfProcess process)
{
  return (role_processes[role] & (1u << process)) != 0;
}

static gboolean
has_store_unit (const WfOrganisation *self, const WfPerson *person)
{
  for (guint i = 0; person->units[i] != NULL; i++)
    {
      const WfEntry *unit = wf_organisation_get_entry (self, WF_ENTRY_UNIT, person->units[i]);

      if (unit != NULL && unit->store_flow)
        return TRUE;
    }
  return FALSE;
}

static Verdict
check_need (const WfOrganisation *self, const WfPerson *person, Need need)
{
  switch (need)
    {
    case NEEDS_NOTHING:
      return ALLOWED;
    case NEEDS_STORE_UNIT:
      return has_store_unit (self, person) ? ALLOWED : REFUSED_STORE_UNIT;
    case NEEDS_MAY_RECEIVE_WEB:
      return g_strv_contains (person->may, "receive-web-leads") ? ALLOWED : REFUSED_MAY;
    case NEEDS_MAY_CREATE_FLOW:
      if (!g_strv_contains (person->may, "create-flow-leads"))
        return REFUSED_MAY;
      /* R60: the switch of the person's own units counts here too, where there are any */
      return person->units[0] == NULL || has_store_unit (self, person) ? ALLOWED
                                                                       : REFUSED_STORE_UNIT;
    }
  g_assert_not_reached ();
}

static Verdict
judge (const WfOrganisation *self, const WfPerson *person, WfRight right)
{
  WfProcess process = wf_organisation_get_process (self);
  Verdict verdict = REFUSED_ROLE;
  WfRole role;

  if (person == NULL)
    return REFUSED_UNKNOWN;
  if (!person->active)
    return REFUSED_INACTIVE;
  if (!wf_role_exists_in_process (person->role, process))
    return REFUSED_ROLE_NOT_IN_PROCESS;
  role = person->role == WF_ROLE_PRE_SELLER ? WF_ROLE_ATTENDANT : person->role;
  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++)
    {
      if (matrix[i].right != right || matrix[i].role != role)
        continue;
      if ((matrix[i].processes & (1u << process)) != 0)
        return check_need (self, person, matrix[i].need);
      verdict = REFUSED_PROCESS;
    }
  return verdict;
}

gboolean
wf_organisation_person_may (const WfOrganisation *self, const WfPerson *person, WfRight right)
{
  return judge (self, person, right) == ALLOWED;
}

/**
 * wf_organisation_explain_right:
 * @self: the organisation
 * @person: (nullable): who wants to do it
 * @right: what
 *
 * Returns: (transfer full) (nullable): why it is refused, in the user's language (R52); NULL when
 *   it is allowed
 */
char *
wf_organisation_explain_right (const WfOrganisation *self, const WfPerson *person, WfRight right)
{
  switch (judge (self, person, right))
    {
    case ALLOWED:
      return NULL;
    case REFUSED_UNKNOWN:
      return g_strdup (_ ("You are not among the people of this organisation."));
    case REFUSED_INACTIVE:
      return g_strdup_printf (_ ("%s is not active."), person->name);
    case REFUSED_ROLE_NOT_IN_PROCESS:
      return g_strdup_printf (_ ("The account’s process has no role “%s”."),
                              wf_role_to_text (person->role));
    case REFUSED_ROLE:
      return g_strdup_printf (_ ("The role “%s” does not allow this."),
                              wf_role_to_text (person->role));
    case REFUSED_PROCESS:
      if (right == WF_RIGHT_FINALIZE_LEAD)
        return g_strdup (
            _ ("Without store flow, the attendant finalizes the lead, not the seller."));
      return g_strdup_printf (_ ("In the account’s process, the role “%s” does not allow this."),
                              wf_role_to_text (person->role));
    case REFUSED_STORE_UNIT:
      return g_strdup_printf (_ ("Store flow is not switched on in a unit of %s."), person->name);
    case REFUSED_MAY:
      return g_strdup_printf (_ ("An administrator has not permitted this to %s."), person->name);
    }
  g_assert_not_reached ();
}

const char *
wf_role_to_text (WfRole role)
{
  static const char *const texts[] = {
    [WF_ROLE_ADMINISTRATOR] = N_ ("Administrator"),
    [WF_ROLE_COORDINATOR] = N_ ("Coordinator"),
    [WF_ROLE_ATTENDANT] = N_ ("Attendant"),
    [WF_ROLE_SELLER] = N_ ("Seller"),
    [WF_ROLE_MANAGER] = N_ ("Manager"),
    [WF_ROLE_RECEPTION] = N_ ("Reception"),
    [WF_ROLE_MEDIA] = N_ ("Media"),
    [WF_ROLE_RANKING] = N_ ("Ranking"),
    [WF_ROLE_PRE_SELLER] = N_ ("Pre-seller"),
  };

  return _ (texts[role]);
}
