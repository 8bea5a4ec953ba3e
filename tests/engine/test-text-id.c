/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts known by number: the same number for the same text, in every length around the words
 * that it is read by. */
#include "wf-text-fold.h"
#include "wf-text-id.h"

#include <string.h>

#define N_TEXTS 4000
#define MOST_LENGTH 300

static guint32
find (const WfTextIds *ids, const char *text)
{
  return wf_text_ids_find (ids, text, strlen (text));
}

static void
test_exact (void)
{
  g_autoptr (WfTextIds) ids = wf_text_ids_new (FALSE);

  g_assert_cmpuint (find (ids, ""), ==, WF_TEXT_NO_ID);
  g_assert_cmpuint (wf_text_ids_add (ids, "lead.received"), ==, 0);
  g_assert_cmpuint (wf_text_ids_add (ids, ""), ==, 1);
  g_assert_cmpuint (wf_text_ids_add (ids, "lead.received"), ==, 0);
  g_assert_cmpuint (find (ids, "lead.received"), ==, 0);
  g_assert_cmpuint (find (ids, ""), ==, 1);
  g_assert_cmpuint (find (ids, "Lead.received"), ==, WF_TEXT_NO_ID);
  g_assert_cmpuint (find (ids, "lead.receive"), ==, WF_TEXT_NO_ID);
}

/* All that fold to the same are one, short and long, plain and accented. */
static void
test_folding (void)
{
  static const struct
  {
    const char *text, *same, *other;
  } table[] = {
    { "web", "WEB", "webs" },
    { "São Paulo", "SAO PAULO", "São Paula" },
    { "sao paulo", "são paulo", "sao_paulo" },
    { "marketing-platform", "Marketing-PLATFORM", "marketing-platforn" },
    { "a@[`z{", "A@[`Z{", "a@[`z[" }, /* letters end where others begin */
    { "Straße der Einheit, links", "STRASSE DER EINHEIT, LINKS", "Strase der Einheit, links" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (WfTextIds) ids = wf_text_ids_new (TRUE);

      g_assert_cmpuint (wf_text_ids_add (ids, table[i].text), ==, 0);
      g_assert_cmpuint (wf_text_ids_add (ids, table[i].same), ==, 0);
      g_assert_cmpuint (find (ids, table[i].text), ==, 0);
      g_assert_cmpuint (find (ids, table[i].same), ==, 0);
      g_assert_cmpuint (find (ids, table[i].other), ==, WF_TEXT_NO_ID);
    }
}

static char *
make_text (GRand *rand)
{
  static const char *const letters[] = { "a", "B", "z", "Z", "@", "[", "é", "0", "-", "É" };
  GString *text = g_string_new (NULL);
  gint32 length = g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 20 : MOST_LENGTH);
  gint32 n = g_rand_boolean (rand) ? 6 : (gint32) G_N_ELEMENTS (letters);

  while ((gint32) text->len < length)
    g_string_append (text, letters[g_rand_int_range (rand, 0, n)]);
  return g_string_free (text, FALSE);
}

/* Against a hash table of folded texts. */
static void
test_random (gconstpointer data)
{
  gboolean folding = GPOINTER_TO_INT (data);
  g_autoptr (WfTextIds) ids = wf_text_ids_new (folding);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GRand *rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = make_text (rand);
      char *folded = folding ? wf_text_fold (text) : g_strdup (text);
      gpointer id = g_hash_table_lookup (known, folded);

      g_assert_cmpuint (find (ids, text), ==,
                        id != NULL ? GPOINTER_TO_UINT (id) - 1 : WF_TEXT_NO_ID);
      g_assert_cmpuint (wf_text_ids_add (ids, text), ==,
                        id != NULL ? GPOINTER_TO_UINT (id) - 1 : g_hash_table_size (known));
      if (id == NULL)
        g_hash_table_insert (known, folded, GUINT_TO_POINTER (g_hash_table_size (known) + 1));
      else
        g_free (folded);
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-id/exact", test_exact);
  g_test_add_func ("/text-id/folding", test_folding);
  g_test_add_data_func ("/text-id/random/exact", GINT_TO_POINTER (FALSE), test_random);
  g_test_add_data_func ("/text-id/random/folding", GINT_TO_POINTER (TRUE), test_random);
  return g_test_run ();
}
