/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The permission matrix: each right, each process, each person of the test company. */
#include "wf-test-documents.h"

static const char *const processes[] = { "1", "2-without-store-flow", "2-with-store-flow", "3" };

/* For each process the people who may, in the order of the organisation. */
static const struct
{
  WfRight right;
  const char *people[G_N_ELEMENTS (processes)];
} rights[] = {
  { WF_RIGHT_EDIT_WORKFLOWS,
    { "carla julia", "carla fabio julia", "carla fabio julia", "carla julia" } },
  { WF_RIGHT_SEE_EVERYONE,
    { "carla julia", "carla fabio julia", "carla fabio julia", "carla julia" } },
  { WF_RIGHT_WORK_ACTIVITIES,
    { "ana bruno carla gil julia mia", "ana bruno carla davi eva fabio gil julia mia",
      "ana bruno carla davi eva fabio gil julia mia", "ana bruno carla gil julia mia" } },
  { WF_RIGHT_CLAIM_UNASSIGNED,
    { "ana bruno carla julia mia", "ana bruno carla fabio julia mia",
      "ana bruno carla fabio julia mia", "ana carla julia" } },
  { WF_RIGHT_EDIT_ORGANISATION,
    { "carla julia", "carla fabio julia", "carla fabio julia", "carla julia" } },
  { WF_RIGHT_SEE_REPORTS,
    { "carla helena igor julia", "carla fabio helena igor julia", "carla fabio helena igor julia",
      "carla helena igor julia" } },
  { WF_RIGHT_FINALIZE_LEAD,
    { "ana bruno julia mia", "ana bruno julia mia", "ana bruno davi eva julia mia",
      "ana bruno julia mia" } },
  { WF_RIGHT_DIRECT_LEAD,
    { "carla gil julia", "ana bruno carla fabio gil julia mia",
      "ana bruno carla fabio gil julia mia", "carla gil julia" } },
  { WF_RIGHT_CREATE_FLOW_LEAD, { "", "", "davi julia", "ana julia" } },
  { WF_RIGHT_SEE_LOG, { "carla julia", "carla fabio julia", "carla fabio julia", "carla julia" } },
};

static char *
list_people (const WfOrganisation *organisation, WfRight right)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      gboolean may = wf_organisation_person_may (organisation, person, right);
      g_autofree char *reason = wf_organisation_explain_right (organisation, person, right);

      g_assert_cmpint (reason == NULL, ==, may);
      if (may)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", person->id);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_matrix (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (processes); p++)
    {
      g_autoptr (WfOrganisation) organisation =
          wf_test_organisation_new_with_process (processes[p]);

      for (guint r = 0; r < G_N_ELEMENTS (rights); r++)
        {
          g_autofree char *people = list_people (organisation, rights[r].right);

          g_test_message ("process %s, right %d", processes[p], rights[r].right);
          g_assert_cmpstr (people, ==, rights[r].people[p]);
        }
    }
}

/* R52: the reason is shown. */
static void
test_reasons (void)
{
  static const struct
  {
    const char *process, *person;
    WfRight right;
    const char *reason;
  } cases[] = {
    { "2-without-store-flow", "davi", WF_RIGHT_FINALIZE_LEAD,
      "Without store flow, the attendant finalizes the lead, not the seller." },
    { "2-with-store-flow", "eva", WF_RIGHT_CREATE_FLOW_LEAD,
      "Store flow is not switched on in a unit of Eva Nunes." },
    { "3", "mia", WF_RIGHT_CREATE_FLOW_LEAD,
      "An administrator has not permitted this to Mia Porto." },
    { "1", "davi", WF_RIGHT_WORK_ACTIVITIES, "The account’s process has no role “Seller”." },
    { "1", "ana", WF_RIGHT_EDIT_WORKFLOWS, "The role “Attendant” does not allow this." },
    { "1", "ana", WF_RIGHT_DIRECT_LEAD,
      "In the account’s process, the role “Attendant” does not allow this." },
    { "1", "leo", WF_RIGHT_WORK_ACTIVITIES, "Léo Braga is not active." },
    { "1", "nobody", WF_RIGHT_SEE_LOG, "You are not among the people of this organisation." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfOrganisation) organisation =
          wf_test_organisation_new_with_process (cases[i].process);
      const WfPerson *person = wf_organisation_get_person (organisation, cases[i].person);
      g_autofree char *reason =
          wf_organisation_explain_right (organisation, person, cases[i].right);

      g_assert_cmpstr (reason, ==, cases[i].reason);
      g_assert_false (wf_organisation_person_may (organisation, person, cases[i].right));
    }
}

/* R41, R62, R65 */
static void
test_roles (void)
{
  g_assert_false (wf_role_exists_in_process (WF_ROLE_SELLER, WF_PROCESS_1));
  g_assert_true (wf_role_exists_in_process (WF_ROLE_SELLER, WF_PROCESS_2_WITHOUT_STORE_FLOW));
  g_assert_true (wf_role_exists_in_process (WF_ROLE_MANAGER, WF_PROCESS_2_WITH_STORE_FLOW));
  g_assert_false (wf_role_exists_in_process (WF_ROLE_MANAGER, WF_PROCESS_3));
  for (int role = WF_ROLE_ADMINISTRATOR; role <= WF_ROLE_PRE_SELLER; role++)
    g_assert_nonnull (wf_role_to_text ((WfRole) role));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permission/matrix", test_matrix);
  g_test_add_func ("/permission/reasons", test_reasons);
  g_test_add_func ("/permission/roles", test_roles);
  return g_test_run ();
}
