/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which account opens by itself at the next start. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-last-account.h"

/* Policy. Only the account that is open reminds, so what opens by itself is the account that somebody works with: the one that
 * was used last. The sample company is for trying: who has connected a CRM finds that one again, however often they looked
 * at the sample meanwhile; and at login, where nobody has asked for a window, the sample never opens.
 *
 * The key last-account: an account's name, or "sample" with the person behind a colon. */

#define KEY "last-account"
#define SAMPLE_NAME "sample"

static gboolean
is_sample (const WfAccount *account)
{
  return g_str_equal (account->kind, WF_ACCOUNT_KIND_SAMPLE);
}

/* The real account of this name; name NULL: the one that was used last. Borrowed from known. */
static const WfAccount *
find_real (GPtrArray *known, const char *name)
{
  for (guint i = 0; i < known->len; i++)
    {
      const WfAccount *account = g_ptr_array_index (known, i);

      if (!is_sample (account) && (name == NULL || g_str_equal (account->name, name)))
        return account;
    }
  return NULL;
}

/**
 * wf_last_account_remember:
 * @settings: the program's
 * @accounts: those of this computer's user
 * @account: is open
 */
void
wf_last_account_remember (GSettings *settings, WfAccounts *accounts, const WfAccount *account)
{
  g_autoptr (GPtrArray) known = wf_accounts_list (accounts);
  g_autofree char *name = NULL;

  if (is_sample (account) && find_real (known, NULL) != NULL)
    return;
  name = is_sample (account) ? g_strconcat (SAMPLE_NAME ":", account->person, NULL)
                             : g_strdup (account->name);
  g_settings_set_string (settings, KEY, name);
}

/**
 * wf_last_account_find:
 * @settings: the program's
 * @accounts: those of this computer's user
 * @background: at login, without a window
 *
 * Returns: (transfer full) (nullable): the account to open; %NULL: none, the person chooses
 */
WfAccount *
wf_last_account_find (GSettings *settings, WfAccounts *accounts, gboolean background)
{
  g_autoptr (GPtrArray) known = wf_accounts_list (accounts);
  g_autofree char *last = g_settings_get_string (settings, KEY);
  g_auto (GStrv) parts = g_strsplit (last, ":", 2);
  const WfAccount *found = NULL;

  /* Somebody left their account on purpose, or there was none yet. */
  if (*last == '\0')
    return NULL;
  found = find_real (known, last);
  if (found != NULL)
    return wf_account_copy (found);
  if (!g_str_equal (parts[0], SAMPLE_NAME))
    return NULL;
  found = find_real (known, NULL);
  if (found != NULL)
    return wf_account_copy (found);
  if (background)
    return NULL;
  return wf_account_new (SAMPLE_NAME, WF_ACCOUNT_KIND_SAMPLE, NULL,
                         parts[1] != NULL ? parts[1] : WF_SAMPLE_PERSON);
}
