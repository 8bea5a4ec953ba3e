/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON. */
#include "wf-json-writer.h"

static void
write_sample (WfJsonWriter *writer)
{
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "text", "a\"\n\u00e9");
  wf_json_writer_add_string (writer, "none", NULL);
  wf_json_writer_add_int (writer, "int", -5);
  wf_json_writer_add_double (writer, "double", 0.5);
  wf_json_writer_add_boolean (writer, "yes", 7);
  wf_json_writer_add_null (writer, "null");
  wf_json_writer_begin_array (writer, "list");
  wf_json_writer_add_int (writer, NULL, 1);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  wf_json_writer_add_boolean (writer, "last", FALSE);
}

static void
test_compact (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  write_sample (writer);
  text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (
      text, ==,
      "{\"text\":\"a\\\"\\né\",\"int\":-5,\"double\":0.5,\"yes\":true,\"null\":null,\"list\":[1,{}],\"last\":false}");
  write_sample (writer);
  again = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (again, ==, text);
}

static void
test_pretty (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_array (writer, "a");
  wf_json_writer_add_int (writer, NULL, 1);
  text = wf_json_writer_finish (writer, TRUE);
  g_assert_cmpstr (text, ==, "{\n  \"a\": [\n    1\n  ]\n}");
}

static void
test_values (void)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ("{\"a\":[1,{\"b\":null}],\"c\":\"x\"}", -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (document);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_members (writer, root);
  wf_json_writer_add_members (writer, NULL);
  wf_json_writer_add_value (writer, "copy", wf_json_get_member (root, "a"));
  wf_json_writer_add_value (writer, "none", NULL);
  text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (text, ==, "{\"a\":[1,{\"b\":null}],\"c\":\"x\",\"copy\":[1,{\"b\":null}]}");
}

/* What JSON cannot say does not make the rest unwritable. */
static void
test_unwritable (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_array (writer, NULL);
  wf_json_writer_add_double (writer, NULL, 1.0 / 0.0);
  wf_json_writer_add_double (writer, NULL, 0.0 / 0.0);
  wf_json_writer_add_string (writer, NULL,
                             "a\xff"
                             "b");
  text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (text, ==,
                   "[null,null,\"a\xef\xbf\xbd"
                   "b\"]");
}

static void
test_document (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfJsonDocument) empty = NULL;

  write_sample (writer);
  document = wf_json_writer_finish_document (writer);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (document), "text"), ==,
                   "a\"\né");
  empty = wf_json_writer_finish_document (writer);
  g_assert_true (wf_json_is (wf_json_document_get_root (empty), WF_JSON_NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-writer/compact", test_compact);
  g_test_add_func ("/json-writer/pretty", test_pretty);
  g_test_add_func ("/json-writer/values", test_values);
  g_test_add_func ("/json-writer/unwritable", test_unwritable);
  g_test_add_func ("/json-writer/document", test_document);
  return g_test_run ();
}
