/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which account opens by itself: the real one that was used last, however often somebody looked at the sample. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"
#include "wf-last-account.h"

/* Names of accounts, in the order of use; the sample is "sample:PERSON". */
static const struct
{
  const char *known[4];  /* the last used first */
  const char *opened[4]; /* one after the other */
  const char *at_start;  /* NULL: none */
  const char *at_login;
} cases[] = {
  { { NULL }, { NULL }, NULL, NULL },
  { { "Padrão", NULL }, { NULL }, NULL, NULL }, /* left on purpose */
  { { "Padrão", NULL }, { "Padrão", NULL }, "Padrão", "Padrão" },
  { { "Padrão", "Outra", NULL }, { "Padrão", "Outra", NULL }, "Outra", "Outra" },
  { { "Padrão", NULL }, { "Padrão", "sample:ana", NULL }, "Padrão", "Padrão" },
  { { "Padrão", NULL }, { "sample:ana", "Padrão", "sample:carla", NULL }, "Padrão", "Padrão" },
  /* Whoever has nothing but the sample comes back to it, but not at login. */
  { { NULL }, { "sample:ana", NULL }, "sample:ana", NULL },
  { { NULL }, { "Removed", NULL }, NULL, NULL },
};

static WfAccount *
make_account (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);

  return parts[1] != NULL
             ? wf_account_new (parts[0], WF_ACCOUNT_KIND_SAMPLE, NULL, parts[1])
             : wf_account_new (name, WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);
}

static void
assert_found (GSettings *settings, WfAccounts *accounts, gboolean background, const char *expected)
{
  g_autoptr (WfAccount) found = wf_last_account_find (settings, accounts, background);
  g_autofree char *name = NULL;

  if (found != NULL)
    name = g_str_equal (found->kind, WF_ACCOUNT_KIND_SAMPLE)
               ? g_strconcat (found->name, ":", found->person, NULL)
               : g_strdup (found->name);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_cases (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WfAccounts) accounts = wf_fake_accounts_new ();

      g_test_message ("%u", i);
      g_settings_reset (settings, "last-account");
      for (guint j = 0; cases[i].known[j] != NULL; j++)
        wf_accounts_add_async (accounts, cases[i].known[j], WF_ACCOUNT_KIND_OPEN,
                               "https://crm.example", "t", NULL, NULL, NULL);
      for (guint j = 0; cases[i].opened[j] != NULL; j++)
        {
          g_autoptr (WfAccount) account = make_account (cases[i].opened[j]);

          wf_last_account_remember (settings, accounts, account);
        }
      assert_found (settings, accounts, FALSE, cases[i].at_start);
      assert_found (settings, accounts, TRUE, cases[i].at_login);
    }
}

/* An earlier version wrote the sample down although there was a real account. */
static void
test_sample_of_before (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_autoptr (WfAccounts) accounts = wf_fake_accounts_new ();

  wf_accounts_add_async (accounts, "Padrão", WF_ACCOUNT_KIND_OPEN, "https://crm.example", "t", NULL,
                         NULL, NULL);
  g_settings_set_string (settings, "last-account", "sample:ana");
  assert_found (settings, accounts, FALSE, "Padrão");
  assert_found (settings, accounts, TRUE, "Padrão");
  g_settings_reset (settings, "last-account");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/last-account/cases", test_cases);
  g_test_add_func ("/last-account/sample-of-before", test_sample_of_before);
  return g_test_run ();
}
