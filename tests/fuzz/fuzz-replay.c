/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over its corpus as an ordinary test: each seed as it is, cut off at many
 * places, and with bytes changed. The changes are the same in every run. */
#include "fuzz-target.h"

#include <string.h>

#define MOST_CUTS 200
#define MOST_CHANGES 400

static void
run_cuts (const guint8 *data, gsize size)
{
  gsize step = MAX (size / MOST_CUTS, 1);

  for (gsize length = 0; length < size; length += step)
    {
      /* a block of its own, so that reading beyond the end is seen */
      g_autofree guint8 *cut = g_memdup2 (data, MAX (length, 1));

      LLVMFuzzerTestOneInput (cut, length);
    }
}

static void
run_changes (const guint8 *data, gsize size)
{
  static const guint8 bytes[] = { '"', '{', '}', '[', ']', ',', ':', '0', '-', '\\', 0x00, 0xff };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; size > 0 && i < MOST_CHANGES; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, size);
      guint n = (guint) g_rand_int_range (random, 1, 4);

      while (n-- > 0)
        changed[g_rand_int_range (random, 0, (gint32) size)] =
            bytes[g_rand_int_range (random, 0, G_N_ELEMENTS (bytes))];
      LLVMFuzzerTestOneInput (changed, size);
    }
}

static void
test_file (gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size = 0;

  g_file_get_contents (user_data, &content, &size, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const guint8 *) content, size);
  run_cuts ((const guint8 *) content, size);
  run_changes ((const guint8 *) content, size);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The corpus is the one argument. An empty or missing one is a failure, not a success. */
int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  dir = argc > 1 ? g_dir_open (argv[1], 0, NULL) : NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (argv[1], name, NULL));
  g_ptr_array_sort (names, compare_names);
  if (names->len == 0)
    g_error ("There is no corpus");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *base = g_path_get_basename (g_ptr_array_index (names, i));
      g_autofree char *path = g_strconcat ("/fuzz/", base, NULL);

      g_test_add_data_func (path, g_ptr_array_index (names, i), test_file);
    }
  return g_test_run ();
}
