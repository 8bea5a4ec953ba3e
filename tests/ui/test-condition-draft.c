/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as people edit them: nothing of a document is lost, every edit gives what the format allows, and values keep their
 * type. */
#include "wf-condition-words.h"
#include "wf-event-catalogue.h"
#include "wf-workflow.h"

static const char organisation_text[] =
    "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\","
    "\"week\":{\"mon\":[[\"09:00\",\"18:00\"]]}},\"people\":["
    "{\"id\":\"z\",\"name\":\"Ana\",\"role\":\"attendant\",\"active\":true},"
    "{\"id\":\"a\",\"name\":\"Bruno\",\"role\":\"attendant\",\"active\":true}]}";

static WfOrganisation *
read_organisation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (organisation_text, -1, 0, &error);

  g_assert_no_error (error);
  return wf_organisation_read (wf_json_document_get_root (document), NULL);
}

static WfCondition *
read_condition (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) json = wf_json_document_parse (text, -1, 0, &error);
  WfJsonCursor cursor;

  g_assert_no_error (error);
  cursor = wf_json_cursor_root (wf_json_document_get_root (json), NULL);
  return wf_condition_read_unfinished (&cursor);
}

static char *
write_condition (const WfCondition *condition)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  if (condition == NULL)
    return g_strdup ("nothing");
  wf_condition_write (condition, writer, NULL);
  return wf_json_writer_finish (writer, FALSE);
}

static WfConditionDraft *
read_draft (const char *text)
{
  g_autoptr (WfCondition) condition = read_condition (text);

  g_assert_nonnull (condition);
  return wf_condition_draft_new (condition);
}

static char *
write_draft (const WfConditionDraft *draft)
{
  g_autoptr (WfCondition) condition = wf_condition_draft_build (draft);

  return write_condition (condition);
}

static void
assert_json (const char *text, const char *expected)
{
  g_autoptr (WfJsonDocument) a = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfJsonDocument) b = wf_json_document_parse (expected, -1, 0, NULL);

  if (a == NULL || b == NULL ||
      !wf_json_equal (wf_json_document_get_root (a), wf_json_document_get_root (b)))
    g_assert_cmpstr (text, ==, expected);
}

#define SCORE "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}"
#define SOURCE "{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"web\"}"
#define NAMED "{\"field\":\"lead.name\",\"op\":\"is-set\"}"

/* ---- round trip ---- */

static void
test_round_trip (void)
{
  static const char *const rows[] = {
    SCORE,
    "{\"all\":[" SOURCE "]}",
    "{\"any\":[]}",
    "{\"all\":[{\"any\":[" SCORE "," SOURCE "]},{\"none\":[" NAMED "]},{\"any\":[]}]}",
    "{\"all\":[{\"field\":\"lead.custom.size\",\"op\":\"eq\",\"value\":\"80\"},"
    "{\"field\":\"lead.custom.size\",\"op\":\"eq\",\"value\":80},"
    "{\"field\":\"lead.custom.vip\",\"op\":\"eq\",\"value\":true}]}",
    "{\"all\":[{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"a\",\"b, c\",\"\"]},"
    "{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"\"},"
    "{\"field\":\"lead.source\",\"op\":\"not-in\",\"value\":[]},"
    "{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":[\"a\"]},"
    "{\"field\":\"lead.source\",\"op\":\"ne\",\"value\":null}]}",
    "{\"all\":[{\"field\":\"lead.owner\",\"op\":\"member-of\",\"value\":\"inbound\"},"
    "{\"field\":\"lead.owner\",\"op\":\"member-of\",\"value\":[\"inbound\"]},"
    "{\"field\":\"event.time\",\"op\":\"matches-hours\"},"
    "{\"field\":\"event.time\",\"op\":\"matches-hours\",\"value\":false},"
    "{\"field\":\"lead.score\",\"op\":\"between\",\"value\":[1.5,9]}]}",
    /* what no row can show, members that nobody knows, and what is not finished */
    "{\"all\":[{\"field\":\"lead.source\",\"op\":\"in\",\"value\":[\"a\",null]},"
    "{\"field\":\"lead.source\",\"op\":\"is-set\",\"value\":\"x\",\"note\":1},"
    "{\"any\":[{\"field\":\"lead.score\",\"op\":\"lt\",\"value\":9,\"x-why\":{\"a\":[1]}}],"
    "\"x-group\":\"g\"}]}",
    "{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\"},{\"field\":\"lead.name\",\"op\":\"eq\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfConditionDraft) draft = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", rows[i]);
      draft = read_draft (rows[i]);
      text = write_draft (draft);
      assert_json (text, g_str_equal (rows[i], "{\"any\":[]}") ? "nothing" : rows[i]);
    }
}

/* Any tree that the format allows, with values of every type. */
static void
write_random (WfJsonWriter *writer, guint depth)
{
  static const char *const kinds[] = { "all", "any", "none" };
  guint n;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields ("meeting.scheduled", &n);

  wf_json_writer_begin_object (writer, NULL);
  if (depth < WF_CONDITION_MOST_DEPTH && g_test_rand_int_range (0, 3) > 0)
    {
      wf_json_writer_begin_array (writer, kinds[g_test_rand_int_range (0, 3)]);
      for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
        write_random (writer, depth + 1);
      wf_json_writer_end (writer);
      wf_json_writer_end (writer);
      return;
    }
  wf_json_writer_add_string (writer, "field",
                             g_test_rand_bit () ? fields[g_test_rand_int_range (0, (int) n)].id
                                                : "lead.custom.any");
  wf_json_writer_add_string (writer, "op",
                             wf_operator_names[g_test_rand_int_range (0, WF_N_OPERATORS)]);
  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      wf_json_writer_add_int (writer, "value", g_test_rand_int ());
      break;
    case 1:
      wf_json_writer_add_double (writer, "value", g_test_rand_double ());
      break;
    case 2:
      wf_json_writer_add_string (writer, "value", "some, text");
      break;
    case 3:
      wf_json_writer_add_boolean (writer, "value", TRUE);
      break;
    case 4:
      wf_json_writer_begin_array (writer, "value");
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        if (g_test_rand_bit ())
          wf_json_writer_add_int (writer, NULL, i);
        else
          wf_json_writer_add_null (writer, NULL);
      wf_json_writer_end (writer);
      break;
    default:
      break;
    }
  if (g_test_rand_int_range (0, 5) == 0)
    wf_json_writer_add_string (writer, "x-unknown", "kept");
  wf_json_writer_end (writer);
}

static void
test_random_round_trip (void)
{
  guint n_kept = 0, n_tests = 0, n_groups = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
      g_autoptr (WfConditionDraft) draft = NULL;
      g_autoptr (GPtrArray) nodes = NULL;
      g_autofree char *before = NULL, *after = NULL;

      write_random (writer, 1);
      before = wf_json_writer_finish (writer, FALSE);
      draft = read_draft (before);
      nodes = wf_condition_draft_list (draft);
      after = write_draft (draft);
      if (draft->children->len > 0)
        assert_json (after, before);
      else
        g_assert_cmpstr (after, ==, "nothing");
      for (guint j = 0; j < nodes->len; j++)
        {
          WfConditionDraft *node = g_ptr_array_index (nodes, j);

          n_groups += node->kind == WF_DRAFT_GROUP;
          n_tests += node->kind == WF_DRAFT_TEST;
          n_kept += node->kind == WF_DRAFT_KEPT;
        }
    }
  g_assert_cmpuint (n_groups, >, 2000);
  g_assert_cmpuint (n_tests, >, 500);
  g_assert_cmpuint (n_kept, >, 100);
}

/* After any sequence of edits the tree can be written and read again, and says the same. */
static void
test_random_edits (void)
{
  guint n_done = 0;

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (WfConditionDraft) draft = read_draft ("{\"all\":[" SCORE "," SOURCE "]}");

      for (guint i = 0; i < 100; i++)
        {
          g_autoptr (GPtrArray) nodes = wf_condition_draft_list (draft);
          WfConditionDraft *node =
              g_ptr_array_index (nodes, (guint) g_test_rand_int_range (0, (int) nodes->len));
          WfConditionDraft *other =
              g_ptr_array_index (nodes, (guint) g_test_rand_int_range (0, (int) nodes->len));
          gboolean small = nodes->len < 40;

          switch (g_test_rand_int_range (0, 8))
            {
            case 0:
              n_done += wf_condition_draft_move (node, g_test_rand_bit () ? 1 : -1);
              break;
            case 1:
              n_done += wf_condition_draft_indent (node);
              break;
            case 2:
              n_done += wf_condition_draft_outdent (node);
              break;
            case 3:
              n_done += small && node->kind == WF_DRAFT_GROUP &&
                        wf_condition_draft_add_test (node, (guint) g_test_rand_int_range (0, 4));
              break;
            case 4:
              n_done += small && node->kind == WF_DRAFT_GROUP &&
                        wf_condition_draft_add_group (node, G_MAXUINT) != NULL;
              break;
            case 5:
              n_done += small && wf_condition_draft_duplicate (node) != NULL;
              break;
            case 6:
              n_done +=
                  wf_condition_draft_move_to (node, other, (guint) g_test_rand_int_range (0, 4));
              break;
            default:
              n_done += !small && wf_condition_draft_remove (node);
              break;
            }
        }
      g_autofree char *text = write_draft (draft);
      g_autoptr (WfJsonDocument) json = wf_json_document_parse (text, -1, 0, NULL);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (json), problems);
      g_autoptr (WfCondition) again = wf_condition_read (&cursor);

      g_assert_true (again != NULL || g_str_equal (text, "nothing"));
    }
  g_assert_cmpuint (n_done, >, 1000);
}

/* ---- edits ---- */

typedef enum
{
  MOVE_UP,
  MOVE_DOWN,
  INDENT,
  OUTDENT,
  DUPLICATE,
  REMOVE,
} Edit;

static gboolean
edit (WfConditionDraft *node, Edit what)
{
  switch (what)
    {
    case MOVE_UP:
      return wf_condition_draft_move (node, -1);
    case MOVE_DOWN:
      return wf_condition_draft_move (node, 1);
    case INDENT:
      return wf_condition_draft_indent (node);
    case OUTDENT:
      return wf_condition_draft_outdent (node);
    case DUPLICATE:
      return wf_condition_draft_duplicate (node) != NULL;
    case REMOVE:
      return wf_condition_draft_remove (node);
    }
  g_assert_not_reached ();
}

#define A "{\"field\":\"a\",\"op\":\"is-set\"}"
#define B "{\"field\":\"b\",\"op\":\"is-set\"}"
#define C "{\"field\":\"c\",\"op\":\"is-set\"}"
#define ALL(x) "{\"all\":[" x "]}"
#define ANY(x) "{\"any\":[" x "]}"
#define NONE(x) "{\"none\":[" x "]}"

static void
test_edits (void)
{
  static const struct
  {
    const char *before;
    guint line; /* in reading order; 0 is the root */
    Edit edit;
    const char *after; /* NULL: it does not apply */
  } rows[] = {
    { ALL (A "," B), 2, MOVE_UP, ALL (B "," A) },
    { ALL (A "," B), 1, MOVE_DOWN, ALL (B "," A) },
    { ALL (A "," B), 1, MOVE_UP, NULL },
    { ALL (A "," B), 2, MOVE_DOWN, NULL },
    { ALL (A "," B), 0, MOVE_DOWN, NULL },
    { ALL (A "," ANY (B)), 1, MOVE_DOWN, ALL (ANY (A "," B)) },
    { ALL (ANY (A) "," B), 3, MOVE_UP, ALL (ANY (A "," B)) },
    { ALL (ANY (A "," B)), 2, MOVE_UP, ALL (A "," ANY (B)) },
    { ALL (ANY (A "," B)), 3, MOVE_DOWN, ALL (ANY (A) "," B) },
    { ALL (ANY (A) "," ANY (B)), 1, MOVE_DOWN, ALL (ANY (ANY (A) "," B)) },
    { ALL (ANY (A "," B) "," C), 2, OUTDENT, ALL (ANY (B) "," A "," C) },
    { ALL (A), 1, OUTDENT, NULL },
    { ALL (ANY (A) "," B), 3, INDENT, ALL (ANY (A "," B)) },
    { ALL (A "," B), 2, INDENT, ALL (A "," ANY (B)) },
    { ANY (A "," B), 2, INDENT, ANY (A "," ALL (B)) },
    { NONE (A), 1, INDENT, NONE (ALL (A)) },
    { ALL (A), 0, INDENT, NULL },
    { ALL (A "," NONE (B)), 2, DUPLICATE, ALL (A "," NONE (B) "," NONE (B)) },
    { ALL (A), 0, DUPLICATE, NULL },
    { ALL (A "," ANY (B)), 2, REMOVE, ALL (A) },
    { ALL (A), 1, REMOVE, "nothing" },
    { ALL (A), 0, REMOVE, NULL },
    { A, 1, DUPLICATE, ALL (A "," A) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfConditionDraft) draft = read_draft (rows[i].before);
      g_autoptr (GPtrArray) nodes = wf_condition_draft_list (draft);
      g_autofree char *after = NULL;

      g_test_message ("row %u", i);
      g_assert_cmpint (edit (g_ptr_array_index (nodes, rows[i].line), rows[i].edit), ==,
                       rows[i].after != NULL);
      after = write_draft (draft);
      assert_json (after, rows[i].after != NULL ? rows[i].after : rows[i].before);
    }
}

/* What is dropped below a line: the level tells in which of the groups that end there. */
static void
test_places (void)
{
  static const struct
  {
    guint line, level;
    guint group, position; /* line of the group */
  } rows[] = {
    { 0, 1, 0, 0 }, /* below the head of the root */
    { 1, 1, 0, 1 }, { 1, 9, 0, 1 },
    { 2, 2, 2, 0 }, /* below the head of a group that is not empty */
    { 2, 1, 2, 0 }, { 3, 2, 2, 1 },
    { 4, 3, 4, 0 }, /* "none", inside "any" */
    { 5, 3, 4, 1 }, /* the last line: of three groups */
    { 5, 2, 2, 2 }, { 5, 1, 0, 2 },
    { 5, 0, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfConditionDraft) draft = read_draft (ALL (A "," ANY (B "," NONE (C))));
      g_autoptr (GPtrArray) nodes = wf_condition_draft_list (draft);
      WfConditionDraft *group;
      guint position;

      g_test_message ("row %u", i);
      wf_condition_draft_find_place_below (g_ptr_array_index (nodes, rows[i].line), rows[i].level,
                                           &group, &position);
      g_assert_true (group == g_ptr_array_index (nodes, rows[i].group));
      g_assert_cmpuint (position, ==, rows[i].position);
    }
}

static void
test_move_to (void)
{
  g_autoptr (WfConditionDraft) draft = read_draft (ALL (A "," ANY (B "," C)));
  g_autoptr (GPtrArray) nodes = wf_condition_draft_list (draft);
  WfConditionDraft *a = g_ptr_array_index (nodes, 1), *any = g_ptr_array_index (nodes, 2);
  g_autofree char *text = NULL;

  g_assert_false (wf_condition_draft_can_move_to (a, draft, 0)); /* it is there */
  g_assert_false (wf_condition_draft_can_move_to (a, draft, 1));
  g_assert_false (wf_condition_draft_can_move_to (any, any, 0)); /* not into itself */
  g_assert_false (wf_condition_draft_can_move_to (a, a, 0));     /* no group */
  g_assert_true (wf_condition_draft_move_to (a, any, 1));
  g_assert_true (wf_condition_draft_move_to (a, any, G_MAXUINT));
  text = write_draft (draft);
  assert_json (text, ALL (ANY (B "," C "," A)));
}

/* 16 levels and no more, however one tries. */
static void
test_depth (void)
{
  g_autoptr (WfConditionDraft) draft = wf_condition_draft_new (NULL);
  WfConditionDraft *group = draft, *next;
  guint n = 0;

  while ((next = wf_condition_draft_add_group (group, 0)) != NULL)
    {
      group = next;
      n++;
    }
  g_assert_cmpuint (n, ==, WF_CONDITION_MOST_DEPTH - 2);
  next = g_ptr_array_index (group->children, 0);
  g_assert_true (wf_condition_draft_set_field (next, "lead.name"));
  g_assert_true (wf_condition_draft_set_operator (next, WF_OP_IS_SET));
  g_assert_false (wf_condition_draft_indent (next));
  next = wf_condition_draft_add_group (draft, 0);
  g_assert_nonnull (next);
  g_assert_false (wf_condition_draft_can_move_to (next, group, 0));
  g_autofree char *text = write_draft (draft);
  g_autoptr (WfCondition) condition = read_condition (text);
  g_assert_nonnull (condition);
}

/* ---- unfinished ---- */

static void
test_unfinished (void)
{
  g_autoptr (WfConditionDraft) draft = wf_condition_draft_new (NULL);
  WfConditionDraft *group, *test;
  g_autofree char *nothing = write_draft (draft), *blank = NULL, *half = NULL, *whole = NULL;
  g_autofree char *problem = NULL, *second = NULL;

  g_assert_cmpstr (nothing, ==, "nothing");
  /* "any" of nothing would never hold: a group in the making changes nothing */
  group = wf_condition_draft_add_group (draft, G_MAXUINT);
  test = g_ptr_array_index (group->children, 0);
  blank = write_draft (draft);
  g_assert_cmpstr (blank, ==, "nothing");
  problem = wf_condition_draft_find_problem (test);
  g_assert_cmpstr (problem, ==, "Choose a field.");
  wf_condition_draft_set_field (test, "lead.score");
  wf_condition_draft_set_operator (test, WF_OP_GE);
  half = write_draft (draft);
  assert_json (half, ALL (ANY ("{\"field\":\"lead.score\",\"op\":\"ge\"}")));
  second = wf_condition_draft_find_problem (test);
  g_assert_cmpstr (second, ==, "The value is missing.");
  wf_condition_draft_set_values (test, (const char *const[]) { "80", NULL });
  whole = write_draft (draft);
  assert_json (whole, ALL (ANY (SCORE)));
  g_assert_null (wf_condition_draft_find_problem (test));
}

/* A workflow that is saved meanwhile comes back as it was, and says what is missing. */
static void
test_saved_unfinished (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test"), again = NULL;
  g_autoptr (WfConditionDraft) draft =
      read_draft (ALL ("{\"field\":\"lead.score\",\"op\":\"ge\"}"));
  g_autoptr (WfProblems) problems = wf_problems_new (NULL), read = wf_problems_new (NULL);
  g_autofree char *text = NULL, *after = NULL;
  g_autoptr (WfJsonDocument) json = NULL;

  g_set_str (&workflow->event, "lead.received");
  workflow->conditions = wf_condition_draft_build (draft);
  wf_workflow_validate (workflow, NULL, problems);
  g_assert_nonnull (wf_problems_find_below (problems, "/trigger/conditions/all/0/value"));
  text = wf_workflow_to_text (workflow, FALSE);
  json = wf_json_document_parse (text, -1, 0, NULL);
  again = wf_workflow_read (wf_json_document_get_root (json), read);
  g_assert_nonnull (wf_problems_find_below (read, "/trigger/conditions/all/0/value"));
  after = write_condition (again->conditions);
  assert_json (after, ALL ("{\"field\":\"lead.score\",\"op\":\"ge\"}"));
}

/* ---- values ---- */

static void
test_values (void)
{
  static const struct
  {
    const char *field;
    WfOperator op;
    const char *values[4];
    const char *value; /* JSON; NULL: none */
    const char *problem;
  } rows[] = {
    { "lead.score", WF_OP_GE, { "80" }, "80", NULL },
    { "lead.score", WF_OP_GE, { " 80,5 " }, "80.5", NULL },
    { "lead.score", WF_OP_GE, { "many" }, "\"many\"", "“many” is no number." },
    { "lead.score", WF_OP_BETWEEN, { "10", "20" }, "[10,20]", NULL },
    { "lead.score",
      WF_OP_BETWEEN,
      { "10", "" },
      "[10,\"\"]",
      "Give the lowest and the highest value." },
    { "lead.score",
      WF_OP_BETWEEN,
      { "20", "10" },
      "[20,10]",
      "The first value is higher than the second: nothing is between them." },
    { "lead.score", WF_OP_IN, { "1", "2", "3" }, "[1,2,3]", NULL },
    { "lead.source", WF_OP_EQ, { "80" }, "\"80\"", NULL },
    { "lead.source", WF_OP_IN, { NULL }, NULL, "Add at least one value." },
    { "lead.source", WF_OP_EQ, { "" }, NULL, "The value is missing." },
    { "lead.source", WF_OP_IS_SET, { NULL }, NULL, NULL },
    { "lead.custom.size", WF_OP_GE, { "80" }, "80", NULL },
    { "lead.custom.code", WF_OP_EQ, { "007" }, "\"007\"", NULL },
    { "lead.custom.code", WF_OP_CONTAINS, { "7" }, "\"7\"", NULL },
    { "lead.phone", WF_OP_STARTS_WITH, { "+55" }, "\"+55\"", NULL },
    { "import", WF_OP_EQ, { "true" }, "true", NULL },
    { "event.time", WF_OP_MATCHES_HOURS, { "false" }, "false", NULL },
    { "event.time", WF_OP_MATCHES_HOURS, { NULL }, NULL, NULL },
    { "event.time", WF_OP_GE, { "2026-11-20" }, "\"2026-11-20\"", NULL },
    { "event.time",
      WF_OP_GE,
      { "soon" },
      "\"soon\"",
      "“soon” is no date. Write one such as 2026-11-20 or 2026-11-20 17:50." },
    { "lead.owner", WF_OP_MEMBER_OF, { "inbound" }, "\"inbound\"", NULL },
    { "lead.owner",
      WF_OP_MEMBER_OF,
      { "inbound", "outbound" },
      "[\"inbound\",\"outbound\"]",
      NULL },
    { "lead.tags", WF_OP_CONTAINS, { "vip" }, "\"vip\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfConditionDraft) draft = wf_condition_draft_new (NULL);
      WfConditionDraft *test = wf_condition_draft_add_test (draft, 0);
      g_autofree char *text = NULL, *expected = NULL, *problem = NULL;

      g_test_message ("row %u", i);
      wf_condition_draft_set_field (test, rows[i].field);
      wf_condition_draft_set_operator (test, rows[i].op);
      wf_condition_draft_set_values (test, rows[i].values);
      text = write_draft (draft);
      expected = g_strdup_printf ("{\"all\":[{\"field\":\"%s\",\"op\":\"%s\"%s%s}]}", rows[i].field,
                                  wf_operator_names[rows[i].op],
                                  rows[i].value != NULL ? ",\"value\":" : "",
                                  rows[i].value != NULL ? rows[i].value : "");
      assert_json (text, expected);
      problem = wf_condition_draft_find_problem (test);
      g_assert_cmpstr (problem, ==, rows[i].problem);
    }
}

/* "80" of a number field becomes a number; what another field has as text stays text until it is typed anew. */
static void
test_types_kept (void)
{
  g_autoptr (WfConditionDraft) draft =
      read_draft ("{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":\"80\"},"
                  "{\"field\":\"lead.custom.size\",\"op\":\"in\",\"value\":[\"80\",90]}]}");
  WfConditionDraft *size = g_ptr_array_index (draft->children, 1);
  g_autofree char *text = NULL;

  wf_condition_draft_set_values (size, (const char *const[]) { "90", "80", "70", NULL });
  text = write_draft (draft);
  assert_json (text,
               "{\"all\":[" SCORE ",{\"field\":\"lead.custom.size\",\"op\":\"in\",\"value\":[90,"
               "\"80\",70]}]}");
}

static void
test_operator_changes (void)
{
  static const struct
  {
    WfOperator from, to;
    const char *values[4];
    const char *left[4];
  } rows[] = {
    { WF_OP_EQ, WF_OP_NE, { "a" }, { "a" } },
    { WF_OP_EQ, WF_OP_IN, { "a" }, { "a" } },
    { WF_OP_IN, WF_OP_EQ, { "a", "b" }, { "a" } },
    { WF_OP_IN, WF_OP_BETWEEN, { "a", "b", "c" }, { "a", "b" } },
    { WF_OP_EQ, WF_OP_IS_SET, { "a" }, { NULL } },
    { WF_OP_EQ, WF_OP_MEMBER_OF, { "ana" }, { NULL } },
    { WF_OP_EQ, WF_OP_MATCHES_HOURS, { "a" }, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfConditionDraft) draft = wf_condition_draft_new (NULL);
      WfConditionDraft *test = wf_condition_draft_add_test (draft, 0);
      guint n = g_strv_length ((char **) rows[i].left);

      wf_condition_draft_set_field (test, "lead.custom.any");
      wf_condition_draft_set_operator (test, rows[i].from);
      wf_condition_draft_set_values (test, rows[i].values);
      g_assert_true (wf_condition_draft_set_operator (test, rows[i].to));
      g_assert_cmpuint (wf_condition_draft_get_n_values (test), ==, n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpstr (wf_condition_draft_get_value (test, j), ==, rows[i].left[j]);
    }
}

/* ---- words ---- */

/* Whatever is offered for a field can be entered and is accepted by the format. */
static void
test_offered (void)
{
  guint n_fields;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields ("call.made", &n_fields);

  for (guint i = 0; i <= n_fields; i++)
    {
      const char *field = i < n_fields ? fields[i].id : "lead.custom.any";
      guint n;
      const WfOperator *operators = wf_condition_get_operators (field, &n);

      g_assert_cmpuint (n, >=, 3);
      for (guint j = 0; j < n; j++)
        {
          WfValueKind kind = wf_condition_get_value_kind (field, operators[j]);
          const char *example = kind == WF_VALUE_NUMBER    ? "80"
                                : kind == WF_VALUE_BOOLEAN ? "true"
                                : kind == WF_VALUE_DATE    ? "2026-11-20"
                                                           : "some";
          g_autoptr (WfConditionDraft) draft = wf_condition_draft_new (NULL);
          WfConditionDraft *test = wf_condition_draft_add_test (draft, 0);
          g_autoptr (WfProblems) problems = wf_problems_new (NULL);
          g_autoptr (WfJsonDocument) json = NULL;
          g_autoptr (WfCondition) again = NULL;
          g_autofree char *text = NULL;
          WfJsonCursor cursor;

          wf_condition_draft_set_field (test, field);
          wf_condition_draft_set_operator (test, operators[j]);
          if (wf_condition_draft_get_shape (test) == WF_VALUES_RANGE)
            wf_condition_draft_set_values (test, (const char *const[]) { example, example, NULL });
          else if (wf_condition_draft_get_shape (test) != WF_VALUES_NONE)
            wf_condition_draft_set_values (test, (const char *const[]) { example, NULL });
          g_assert_null (wf_condition_draft_find_problem (test));
          text = write_draft (draft);
          json = wf_json_document_parse (text, -1, 0, NULL);
          cursor = wf_json_cursor_root (wf_json_document_get_root (json), problems);
          again = wf_condition_read (&cursor);
          if (again == NULL)
            g_error ("%s is offered and not accepted", text);
          g_assert_cmpstr (wf_condition_operator_to_text (field, operators[j]), !=, "");
        }
    }
}

static void
test_names (void)
{
  g_autoptr (WfOrganisation) organisation = read_organisation ();
  g_auto (GStrv) people = wf_condition_list_choices (WF_VALUE_PERSON, organisation);
  g_auto (GStrv) none = wf_condition_list_choices (WF_VALUE_PERSON, NULL);
  g_autofree char *name = wf_typed_value_to_text (WF_VALUE_PERSON, people[0], organisation);
  g_autofree char *gone = wf_typed_value_to_text (WF_VALUE_PERSON, "nobody", organisation);
  g_autofree char *kept =
      wf_typed_value_from_text (WF_VALUE_DATE, "2026-11-20 17:50", organisation);
  g_autofree char *shown = wf_typed_value_to_text (WF_VALUE_DATE, kept, organisation);
  g_autofree char *day = wf_typed_value_from_text (WF_VALUE_DATE, " 2026-11-20", organisation);

  g_assert_cmpuint (g_strv_length (people), ==, 2); /* in the order of their names */
  g_assert_cmpstr (people[0], ==, "z");
  g_assert_cmpstr (name, ==, "Ana");
  g_assert_cmpstr (gone, ==, "nobody");
  g_assert_null (none[0]);
  g_assert_cmpstr (kept, ==, "2026-11-20T17:50:00-03:00");
  g_assert_cmpstr (shown, ==, "2026-11-20 17:50");
  g_assert_cmpstr (day, ==, "2026-11-20");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/condition-draft/round-trip", test_round_trip);
  g_test_add_func ("/ui/condition-draft/random-round-trip", test_random_round_trip);
  g_test_add_func ("/ui/condition-draft/random-edits", test_random_edits);
  g_test_add_func ("/ui/condition-draft/edits", test_edits);
  g_test_add_func ("/ui/condition-draft/places", test_places);
  g_test_add_func ("/ui/condition-draft/move-to", test_move_to);
  g_test_add_func ("/ui/condition-draft/depth", test_depth);
  g_test_add_func ("/ui/condition-draft/unfinished", test_unfinished);
  g_test_add_func ("/ui/condition-draft/saved-unfinished", test_saved_unfinished);
  g_test_add_func ("/ui/condition-draft/values", test_values);
  g_test_add_func ("/ui/condition-draft/types-kept", test_types_kept);
  g_test_add_func ("/ui/condition-draft/operator-changes", test_operator_changes);
  g_test_add_func ("/ui/condition-draft/offered", test_offered);
  g_test_add_func ("/ui/condition-draft/names", test_names);
  return g_test_run ();
}
