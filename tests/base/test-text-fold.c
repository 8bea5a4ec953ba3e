/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as people compare it. */
#include "wf-text-fold.h"

static const char *const folds[][2] = {
  { "", "" },
  { "Padaria SOL", "padaria sol" },
  { "São João", "sao joao" },
  { "JOSÉ", "jose" },
  { "Jose\xcc\x81", "jose" }, /* the accent as a character of its own */
  { "ÇÃÕÜñ", "caoun" },
  { "Straße", "strasse" },
  { "ﬁm", "fim" },
  { "Ｔｅｓｔｅ", "teste" },
  { "ΆΛΦΑ", "αλφα" },
  { "Ꭵ", "ꭵ" },
  { "ꭵ", "ꭵ" },
  { "हिन्दी", "हिन्दी" }, /* vowel signs are no accents */
};

static void
test_fold (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = wf_text_fold (folds[i][0]);
      g_autofree char *again = wf_text_fold (folded);

      g_assert_cmpstr (folded, ==, folds[i][1]);
      g_assert_cmpstr (again, ==, folded);
      g_assert_cmpint (wf_text_compare_folded (folds[i][0], folded), ==, 0);
      g_assert_cmpuint (wf_text_hash (folds[i][0]), ==, wf_text_hash (folded));
      g_assert_true (wf_text_contains_folded (folds[i][0], folded));
      g_assert_true (wf_text_starts_with_folded (folds[i][0], folded));
    }
  {
    g_autofree char *broken = wf_text_fold ("A\xff");

    g_assert_cmpstr (broken, ==, "a\xff");
  }
}

/* What is folded stays as it is, for every character there is. */
static void
test_all_characters (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[7] = "";
      g_autofree char *folded = NULL;

      if (!g_unichar_isdefined (c) || !g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, text);
      folded = wf_text_fold (text);
      if (wf_text_compare_folded (folded, folded) != 0)
        g_error ("U+%04X is not stable", c);
    }
}

/* The fast way for ASCII must order as the slow one does. */
static void
test_order (void)
{
  static const char *const texts[] = { "",  "a", "A", "á", "ab", "Ab", "aé",  "b",
                                       "Z", "z", "é", "È", "10", "9",  "a b", "ß" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autofree char *a = wf_text_fold (texts[i]);
        g_autofree char *b = wf_text_fold (texts[j]);
        int expected = g_strcmp0 (a, b), order = wf_text_compare_folded (texts[i], b);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (expected > 0) - (expected < 0));
      }
}

static void
test_parts (void)
{
  g_assert_true (wf_text_contains_folded ("Padaria Sol", "sol"));
  g_assert_true (wf_text_contains_folded ("Pão de açúcar", "acucar"));
  g_assert_true (wf_text_contains_folded ("x", ""));
  g_assert_false (wf_text_contains_folded ("Padaria", "sol"));
  g_assert_false (wf_text_contains_folded ("", "a"));
  g_assert_true (wf_text_starts_with_folded ("Ótica", "otic"));
  g_assert_false (wf_text_starts_with_folded ("Sol", "sola"));
  g_assert_cmpuint (wf_text_hash ("a"), !=, wf_text_hash ("b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-fold/fold", test_fold);
  g_test_add_func ("/text-fold/all-characters", test_all_characters);
  g_test_add_func ("/text-fold/order", test_order);
  g_test_add_func ("/text-fold/parts", test_parts);
  return g_test_run ();
}
