/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UUIDs: the vectors of RFC 9562 and those of the effect keys (S15). */
#include "wf-uuid.h"

#include <string.h>

#define DNS "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
#define URL "6ba7b811-9dad-11d1-80b4-00c04fd430c8"
#define WORKFLOW "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"

static const struct
{
  const char *space, *name, *uuid;
} vectors[] = {
  { DNS, "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2" }, /* RFC 9562, appendix A.4 */
  { DNS, "python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d" },
  { URL, "http://python.org/", "4c565f0d-3f5a-5890-b41b-20cf47701c5e" },
  { DNS, "", "4ebd0208-8328-5d69-8c44-ec50939c0967" },
  /* S15: source LF event LF step LF iteration, in the workflow's id */
  { WORKFLOW, "/crm/acme\ne-1001\nfilter1\n0", "49fe287d-62ef-52df-b110-7a8b62575545" },
  { WORKFLOW, "/crm/acme\ne-1001\nfilter1\n1", "122ddc9f-596e-5c75-a84e-26b1997a7087" },
};

static void
test_vectors (void)
{
  char uuid[WF_UUID_LENGTH + 1];

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      wf_uuid_v5 (vectors[i].space, vectors[i].name, -1, uuid);
      g_assert_cmpstr (uuid, ==, vectors[i].uuid);
      wf_uuid_v5 (vectors[i].space, vectors[i].name, (gssize) strlen (vectors[i].name), uuid);
      g_assert_cmpstr (uuid, ==, vectors[i].uuid);
      g_assert_true (wf_uuid_is_valid (uuid));
    }
}

static void
test_namespace (void)
{
  g_autofree char *upper = g_ascii_strup (DNS, -1);
  char uuid[WF_UUID_LENGTH + 1], space[WF_UUID_LENGTH + 1], expected[WF_UUID_LENGTH + 1];

  wf_uuid_v5 (upper, "www.example.com", -1, uuid);
  g_assert_cmpstr (uuid, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");

  /* a namespace that is no UUID is a name in the namespace of URLs */
  wf_uuid_v5 (URL, "first-contact", -1, space);
  wf_uuid_v5 (space, "x", -1, expected);
  wf_uuid_v5 ("first-contact", "x", -1, uuid);
  g_assert_cmpstr (uuid, ==, expected);
}

static void
test_length (void)
{
  char with[WF_UUID_LENGTH + 1], without[WF_UUID_LENGTH + 1];

  wf_uuid_v5 (DNS, "abc", 2, with);
  wf_uuid_v5 (DNS, "ab", -1, without);
  g_assert_cmpstr (with, ==, without);
  wf_uuid_v5 (DNS, "a\0b", 3, with);
  wf_uuid_v5 (DNS, "a", 1, without);
  g_assert_cmpstr (with, !=, without);
}

static void
test_valid (void)
{
  static const char *const wrong[] = {
    "",
    "6ba7b810",
    DNS "0",
    "6ba7b8109dad-11d1-80b4-00c04fd430c8-",
    "gba7b810-9dad-11d1-80b4-00c04fd430c8",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c",
    "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}",
  };

  g_assert_true (wf_uuid_is_valid (DNS));
  g_assert_true (wf_uuid_is_valid ("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"));
  g_assert_false (wf_uuid_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (wf_uuid_is_valid (wrong[i]));
}

static void
test_random (void)
{
  g_autofree char *one = wf_uuid_new ();
  g_autofree char *two = wf_uuid_new ();

  g_assert_true (wf_uuid_is_valid (one));
  g_assert_cmpint (one[14], ==, '4');
  g_assert_cmpstr (one, !=, two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/vectors", test_vectors);
  g_test_add_func ("/uuid/namespace", test_namespace);
  g_test_add_func ("/uuid/length", test_length);
  g_test_add_func ("/uuid/valid", test_valid);
  g_test_add_func ("/uuid/random", test_random);
  return g_test_run ();
}
