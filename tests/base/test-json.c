/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON: values, limits, and what is refused. */
#include "wf-json.h"
#include "wf-test-folder.h"

#include <string.h>

static WfJsonDocument *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document = wf_json_document_parse (text, -1, 0, &error);

  g_assert_no_error (error);
  return document;
}

static void
test_values (void)
{
  g_autoptr (WfJsonDocument) document = parse (
      "\xef\xbb\xbf {\"n\": null, \"b\": true, \"i\": -7, \"d\": 1.5, \"s\": \"x\\u00e9\", \"a\": [1, [2]], \"o\": "
      "{\"p\": {\"q\": \"deep\"}}}");
  const WfJson *root = wf_json_document_get_root (document);
  gint64 number = 0;

  g_assert_cmpuint (wf_json_get_size (root), ==, 7);
  g_assert_true (wf_json_is (root, WF_JSON_OBJECT));
  g_assert_true (wf_json_is (wf_json_get_member (root, "n"), WF_JSON_NULL));
  g_assert_true (wf_json_is (wf_json_get_member (root, "none"), WF_JSON_MISSING));
  g_assert_true (wf_json_get_boolean (wf_json_get_member (root, "b"), FALSE));
  g_assert_true (wf_json_get_boolean (wf_json_get_member (root, "i"), TRUE));
  g_assert_true (wf_json_get_int64 (wf_json_get_member (root, "i"), &number));
  g_assert_cmpint (number, ==, -7);
  g_assert_cmpfloat (wf_json_get_double (wf_json_get_member (root, "d"), 0), ==, 1.5);
  g_assert_cmpfloat (wf_json_get_double (wf_json_get_member (root, "s"), 9), ==, 9);
  g_assert_cmpstr (wf_json_get_member_string (root, "s"), ==, "xé");
  g_assert_null (wf_json_get_member_string (root, "i"));
  g_assert_cmpuint (wf_json_get_size (wf_json_get_member (root, "a")), ==, 2);
  g_assert_cmpuint (wf_json_get_size (wf_json_get_element (wf_json_get_member (root, "a"), 1)), ==,
                    1);
  g_assert_null (wf_json_get_element (wf_json_get_member (root, "a"), 2));
  g_assert_cmpstr (wf_json_get_string (wf_json_get_path (root, "o.p.q")), ==, "deep");
  g_assert_null (wf_json_get_path (root, "o.x.q"));
  g_assert_null (wf_json_get_path (root, "s.x"));
  g_assert_null (wf_json_get_member (NULL, "x"));
  g_assert_cmpuint (wf_json_get_size (NULL), ==, 0);
}

static void
test_whole_numbers (void)
{
  static const struct
  {
    const char *text;
    gboolean whole;
    gint64 number;
  } numbers[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9223372036854775808", FALSE, 0 },
    { "123456789012345678901234567890", FALSE, 0 },
    { "3.0", TRUE, 3 },
    { "1e3", TRUE, 1000 },
    { "1e300", FALSE, 0 },
    { "1e999", FALSE, 0 },
    { "0.5", FALSE, 0 },
    { "\"3\"", FALSE, 0 },
    { "true", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (WfJsonDocument) document = parse (numbers[i].text);
      gint64 number = 0;

      g_test_message ("%s", numbers[i].text);
      g_assert_cmpint (wf_json_get_int64 (wf_json_document_get_root (document), &number), ==,
                       numbers[i].whole);
      g_assert_cmpint (number, ==, numbers[i].number);
    }
}

/* Numbers that no machine type holds are given back digit by digit. */
static void
test_large_numbers (void)
{
  g_autoptr (WfJsonDocument) document =
      parse ("[123456789012345678901234567890,1e999,18446744073709551615]");
  const WfJson *root = wf_json_document_get_root (document);
  g_autofree char *text = wf_json_to_text (root, FALSE);
  g_autoptr (WfJsonDocument) copy = wf_json_document_extract (root);
  g_autofree char *copy_text = wf_json_to_text (wf_json_document_get_root (copy), FALSE);

  g_assert_cmpstr (text, ==, "[123456789012345678901234567890,1e999,18446744073709551615]");
  g_assert_cmpstr (copy_text, ==, text);
  g_assert_true (wf_json_is (wf_json_get_element (root, 0), WF_JSON_NUMBER));
  g_assert_cmpfloat_with_epsilon (wf_json_get_double (wf_json_get_element (root, 0), 0),
                                  1.2345678901234568e29, 1e15);
  g_assert_true (wf_json_equal (root, wf_json_document_get_root (copy)));
}

static void
test_last_duplicate_wins (void)
{
  g_autoptr (WfJsonDocument) document = parse ("{\"a\": 1, \"b\": 2, \"a\": 3}");
  gint64 number = 0;

  g_assert_true (
      wf_json_get_int64 (wf_json_get_member (wf_json_document_get_root (document), "a"), &number));
  g_assert_cmpint (number, ==, 3);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } refused[] = {
    { "", "empty" },
    { "   \n", "empty" },
    { "{", "line 1, column 2" },
    { "{\n  \"a\": 1,\n  \"b\" 2\n}", "line 3, column 7" },
    { "[1, 2,]", "line 1" },
    { "{\"a\": 1} x", "line 1, column 10" },
    { "[1] // no", "line 1" },
    { "nul", "line 1" },
    { "NaN", "line 1" },
    { "'a'", "line 1" },
    { "01", "line 1" },
    { "\"\x01\"", "line 1" },
    { "\"\xff\"", "line 1" },
    { "\"\xc0\xaf\"", "line 1" },
    { "\"\xed\xa0\x80\"", "line 1" },
    { "\"\\ud800\"", "line 1" },
    { "\"\\x\"", "line 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = g_strescape (refused[i].text, NULL);

      g_test_message ("%s", shown);
      g_assert_null (wf_json_document_parse (refused[i].text, -1, 0, &error));
      g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, refused[i].place));
    }
}

static char *
nest (const char *open, const char *middle, const char *close, guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free_and_steal (text);
}

static void
test_depth (void)
{
  static const char *const brackets[][3] = { { "[", "1", "]" },
                                             { "{\"a\":", "1", "}" },
                                             { "[1,", "2", ",3]" } };

  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      g_autofree char *deepest =
          nest (brackets[i][0], brackets[i][1], brackets[i][2], WF_JSON_MOST_DEPTH);
      g_autofree char *deeper =
          nest (brackets[i][0], brackets[i][1], brackets[i][2], WF_JSON_MOST_DEPTH + 1);
      g_autofree char *deep = nest (brackets[i][0], brackets[i][1], brackets[i][2], 1000000);
      g_autoptr (WfJsonDocument) document = parse (deepest);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (document);
      g_assert_null (wf_json_document_parse (deeper, -1, 0, &error));
      g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_DEEP);
      g_clear_error (&error);
      g_assert_null (wf_json_document_parse (deep, -1, 0, &error));
      g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_DEEP);
    }
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse ("[1,2]", 5, 5, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  g_assert_null (wf_json_document_parse ("[1,2] ", 6, 5, &error));
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG);
}

static void
test_load (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *good = wf_test_folder_write (folder, "good.json", "{\"a\":1}", -1);
  g_autofree char *missing = wf_test_folder_build (folder, "missing.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_load (good, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wf_json_get_size (wf_json_document_get_root (document)), ==, 1);
  g_assert_null (wf_json_document_load (missing, 0, &error));
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (wf_json_document_load (wf_test_folder_get_path (folder), 0, &error));
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (wf_json_document_load ("/dev/zero", 1000000, &error));
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG);
}

/* 100 MB: refused before it is read, so within a moment and without the memory. */
static void
test_huge_file (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  gsize size = 100 * 1000 * 1000;
  g_autofree char *content = g_malloc (size);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  memset (content, '[', size);
  path = wf_test_folder_write (folder, "huge.json", content, (gssize) size);
  start = g_get_monotonic_time ();
  g_assert_null (wf_json_document_load (path, 0, &error));
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "64"));
  g_clear_error (&error);
  g_assert_null (wf_json_document_parse (content, (gssize) size, 0, &error));
  g_assert_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG);
}

static void
test_extract (void)
{
  g_autoptr (WfJsonDocument) part = NULL;
  g_autofree char *text = NULL;

  {
    g_autoptr (WfJsonDocument) document =
        parse ("[0, {\"a\": [\"x\", {\"y\": \"\\u0000z\"}], \"b\": 1.5, \"c\": \"\"}, \"after\"]");

    part = wf_json_document_extract (wf_json_get_element (wf_json_document_get_root (document), 1));
  }
  text = wf_json_to_text (wf_json_document_get_root (part), FALSE);
  g_assert_cmpstr (text, ==, "{\"a\":[\"x\",{\"y\":\"\\u0000z\"}],\"b\":1.5,\"c\":\"\"}");
}

static void
test_extract_scalar (void)
{
  g_autoptr (WfJsonDocument) document = parse ("[\"text\"]");
  g_autoptr (WfJsonDocument) part =
      wf_json_document_extract (wf_json_get_element (wf_json_document_get_root (document), 0));
  WfJsonDocument *again = wf_json_document_ref (part);

  g_assert_cmpstr (wf_json_get_string (wf_json_document_get_root (part)), ==, "text");
  wf_json_document_unref (again);
}

static void
test_iterate (void)
{
  g_autoptr (WfJsonDocument) document = parse ("{\"a\": [1], \"b\": {}, \"c\": 3}");
  g_autoptr (GString) names = g_string_new (NULL);
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, wf_json_document_get_root (document));
  while (wf_json_iter_next (&iter, &name, &value))
    g_string_append_printf (names, "%s%d", name, wf_json_get_type (value));
  g_assert_cmpstr (names->str, ==, "a5b6c3");
  wf_json_iter_init (&iter, wf_json_get_member (wf_json_document_get_root (document), "a"));
  g_assert_true (wf_json_iter_next (&iter, &name, &value));
  g_assert_null (name);
  g_assert_false (wf_json_iter_next (&iter, &name, &value));
  wf_json_iter_init (&iter, NULL);
  g_assert_false (wf_json_iter_next (&iter, &name, &value));
  wf_json_iter_init (&iter, wf_json_get_member (wf_json_document_get_root (document), "c"));
  g_assert_false (wf_json_iter_next (&iter, NULL, NULL));
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } pairs[] = {
    { "1", "1.0", TRUE },
    { "1", "\"1\"", FALSE },
    { "null", "null", TRUE },
    { "null", "false", FALSE },
    { "\"a\\u0000b\"", "\"a\\u0000c\"", FALSE },
    { "[1,2]", "[1,2]", TRUE },
    { "[1,2]", "[2,1]", FALSE },
    { "[1]", "[1,1]", FALSE },
    { "{\"a\":1,\"b\":[]}", "{\"b\":[],\"a\":1}", TRUE },
    { "{\"a\":1}", "{\"b\":1}", FALSE },
    { "{\"a\":1}", "{\"a\":1,\"b\":1}", FALSE },
    { "{\"a\\u0000b\":1}", "{\"a\\u0000b\":1}", TRUE },
    { "{\"a\\u0000b\":1}", "{\"a\\u0000c\":1}", FALSE },
    { "{\"a\":1,\"a\":2}", "{\"a\":3,\"a\":2}", TRUE },
    { "{\"a\":1,\"a\":2}", "{\"a\":2}", TRUE },
    { "{\"a\":1,\"a\":2}", "{\"a\":2,\"b\":3}", FALSE },
    { "{\"a\":1,\"a\":2}", "{\"a\":1}", FALSE },
    { "18446744073709551615", "18446744073709551614", FALSE },
    { "123456789012345678901234567890", "123456789012345678901234567891", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (WfJsonDocument) a = parse (pairs[i].a);
      g_autoptr (WfJsonDocument) b = parse (pairs[i].b);

      g_test_message ("%s %s", pairs[i].a, pairs[i].b);
      g_assert_cmpint (wf_json_equal (wf_json_document_get_root (a), wf_json_document_get_root (b)),
                       ==, pairs[i].equal);
    }
  g_assert_true (wf_json_equal (NULL, NULL));
}

/* Objects with many members are compared by a table. */
static void
test_equal_large (void)
{
  g_autoptr (GString) forward = g_string_new ("{");
  g_autoptr (GString) backward = g_string_new ("{");
  g_autoptr (WfJsonDocument) a = NULL;
  g_autoptr (WfJsonDocument) b = NULL;

  for (int i = 0; i < 20000; i++)
    {
      g_string_append_printf (forward, "%s\"m%d\":%d", i > 0 ? "," : "", i, i);
      g_string_append_printf (backward, "%s\"m%d\":%d", i > 0 ? "," : "", 19999 - i, 19999 - i);
    }
  g_string_append_c (forward, '}');
  g_string_append_c (backward, '}');
  a = parse (forward->str);
  b = parse (backward->str);
  g_assert_true (wf_json_equal (wf_json_document_get_root (a), wf_json_document_get_root (b)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/whole-numbers", test_whole_numbers);
  g_test_add_func ("/json/large-numbers", test_large_numbers);
  g_test_add_func ("/json/last-duplicate-wins", test_last_duplicate_wins);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/load", test_load);
  g_test_add_func ("/json/huge-file", test_huge_file);
  g_test_add_func ("/json/extract", test_extract);
  g_test_add_func ("/json/extract-scalar", test_extract_scalar);
  g_test_add_func ("/json/iterate", test_iterate);
  g_test_add_func ("/json/equal", test_equal);
  g_test_add_func ("/json/equal-large", test_equal_large);
  return g_test_run ();
}
