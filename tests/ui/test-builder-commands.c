/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every command on steps and paths, what it leaves selected, the clipboard, targets, the shared selection, and what history costs.
 * The sample is "a b(b1 b2(c1|)||b3) d e". */
#include "wf-builder-commands.h"
#include "wf-builder-sample.h"
#include "wf-step-remove.h"
#include "wf-workflow-history.h"

#include <gio/gio.h>
#include <time.h>

typedef struct
{
  WfWorkflowDocument *document;
  WfStepSelection *selection;
} Fixture;

static void
fixture_init (Fixture *self, WfWorkflow *workflow)
{
  self->document = wf_workflow_document_new (workflow, NULL);
  self->selection = wf_step_selection_new (self->document);
  wf_workflow_unref (workflow);
}

static void
fixture_clear (Fixture *self)
{
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->document);
}

static void
assert_outline (Fixture *self, const char *expected)
{
  g_autofree char *outline =
      wf_builder_sample_outline (wf_workflow_document_get_workflow (self->document));

  g_assert_cmpstr (outline, ==, expected);
}

static void
assert_selected (Fixture *self, const char *expected)
{
  g_autofree char *selected = wf_builder_sample_selected (self->selection);

  g_assert_cmpstr (selected, ==, expected);
}

static void
assert_focus (Fixture *self, const char *expected)
{
  g_autofree char *focus = wf_builder_sample_target (wf_step_selection_get_focus (self->selection));

  g_assert_cmpstr (focus, ==, expected);
}

/* "trigger", "step a", "path b 1", "place b 1 0", "place - 0 end". */
static WfTarget *
make_target (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  const char *branch = words[1] != NULL && strcmp (words[1], "-") != 0 ? words[1] : NULL;

  if (g_str_equal (words[0], "trigger"))
    return wf_target_new_trigger ();
  if (g_str_equal (words[0], "step"))
    return wf_target_new_step (words[1]);
  if (g_str_equal (words[0], "path"))
    return wf_target_new_path (branch, (guint) atoi (words[2]));
  return wf_target_new_place (branch, (guint) atoi (words[2]),
                              g_str_equal (words[3], "end") ? G_MAXUINT : (guint) atoi (words[3]));
}

static WfStepPlace
to_place (const WfTarget *target)
{
  return (WfStepPlace) { target->step, target->path, target->position };
}

/* ---- commands ---- */

typedef enum
{
  DELETE,
  DUPLICATE,
  UP,
  DOWN,
  MOVE_TO,
  COPY_TO,
  WRAP,
} CommandKind;

typedef struct
{
  CommandKind kind;
  const char *selected; /* "" none */
  const char *where;    /* the place, or what has the focus */
  const char *outline;  /* NULL: it does not apply, nothing changes */
  const char *after;    /* selected */
  const char *focus;
} CommandRow;

#define SAMPLE "a b(b1 b2(c1|)||b3) d e"

static const CommandRow command_rows[] = {
  { DELETE, "a", NULL, "b(b1 b2(c1|)||b3) d e", "b", "step b" },
  { DELETE, "e", NULL, "a b(b1 b2(c1|)||b3) d", "d", "step d" },
  { DELETE, "d e", NULL, "a b(b1 b2(c1|)||b3)", "b", "step b" },
  { DELETE, "b3", NULL, "a b(b1 b2(c1|)||) d e", "", "path b 2" },
  { DELETE, "c1", NULL, "a b(b1 b2(|)||b3) d e", "", "path b2 0" },
  { DELETE, "a b d e", NULL, "", "", "trigger" },
  /* a branch and what is inside of it is one */
  { DELETE, "b c1 b3", NULL, "a d e", "d", "step d" },
  { DELETE, "b1 d", NULL, "a b(b2(c1|)||b3) e", "e", "step e" },
  { DELETE, "", "step d", "a b(b1 b2(c1|)||b3) e", "e", "step e" },
  { DELETE, "", "trigger", NULL, "", "trigger" },
  { DELETE, "", "path b 0", NULL, "", "path b 0" },

  { DUPLICATE, "a", NULL, "a step-9 b(b1 b2(c1|)||b3) d e", "step-9", "step step-9" },
  { DUPLICATE, "a d", NULL, "a b(b1 b2(c1|)||b3) d step-9 step-10 e", "step-9 step-10",
    "step step-10" },
  { DUPLICATE, "b2 d", NULL, "a b(b1 b2(c1|) step-9(step-10|)||b3) d step-11 e", "step-9 step-11",
    "step step-11" },
  { DUPLICATE, "", "path b 0", NULL, "", "path b 0" },

  { UP, "a", NULL, NULL, "a", "step a" },
  { UP, "e", NULL, "a b(b1 b2(c1|)||b3) e d", "e", "step e" },
  { UP, "d", NULL, "a b(b1 b2(c1|)||b3 d) e", "d", "step d" },
  { UP, "d e", NULL, "a b(b1 b2(c1|)||b3 d e)", "d e", "step e" },
  { UP, "b3", NULL, "a b(b1 b2(c1|)|b3|) d e", "b3", "step b3" },
  { UP, "b1", NULL, "a b1 b(b2(c1|)||b3) d e", "b1", "step b1" },
  { UP, "c1", NULL, "a b(b1 c1 b2(|)||b3) d e", "c1", "step c1" },
  { UP, "b", NULL, "b(b1 b2(c1|)||b3) a d e", "b", "step b" },
  { UP, "a e", NULL, "a b(b1 b2(c1|)||b3) e d", "a e", "step e" },
  { UP, "a b1", NULL, NULL, "a b1", "step b1" },
  { UP, "b3 e", NULL, "a b(b1 b2(c1|)||b3) e d", "b3 e", "step e" },
  { DOWN, "e", NULL, NULL, "e", "step e" },
  { DOWN, "a", NULL, "b(a b1 b2(c1|)||b3) d e", "a", "step a" },
  { DOWN, "b1", NULL, "a b(b2(b1 c1|)||b3) d e", "b1", "step b1" },
  { DOWN, "b2", NULL, "a b(b1|b2(c1|)|b3) d e", "b2", "step b2" },
  { DOWN, "b3", NULL, "a b(b1 b2(c1|)||) b3 d e", "b3", "step b3" },
  { DOWN, "c1", NULL, "a b(b1 b2(|c1)||b3) d e", "c1", "step c1" },
  { DOWN, "a d", NULL, "b(b1 b2(c1|)||b3) a e d", "a d", "step d" },
  { DOWN, "b3 e", NULL, NULL, "b3 e", "step e" },

  { MOVE_TO, "a", "place - 0 end", "b(b1 b2(c1|)||b3) d e a", "a", "step a" },
  { MOVE_TO, "a", "place - 0 2", "b(b1 b2(c1|)||b3) a d e", "a", "step a" },
  { MOVE_TO, "a", "place - 0 0", NULL, "a", "step a" },
  { MOVE_TO, "a", "place - 0 1", NULL, "a", "step a" },
  { MOVE_TO, "e", "place - 0 end", NULL, "e", "step e" },
  { MOVE_TO, "d e", "place b 1 0", "a b(b1 b2(c1|)|d e|b3)", "d e", "step e" },
  /* in reading order, whatever the order of selecting */
  { MOVE_TO, "e b3 a", "place b2 1 0", "b(b1 b2(c1|a b3 e)||) d", "a b3 e", "step a" },
  { MOVE_TO, "a d", "place - 0 1", "a d b(b1 b2(c1|)||b3) e", "a d", "step d" },
  { MOVE_TO, "b", "place b 1 0", NULL, "b", "step b" },
  { MOVE_TO, "b", "place b2 0 0", NULL, "b", "step b" },
  { MOVE_TO, "b2", "place b 2 0", "a b(b1||b2(c1|) b3) d e", "b2", "step b2" },
  { MOVE_TO, "a", "place gone 0 0", NULL, "a", "step a" },
  { MOVE_TO, "a", "place b 7 0", NULL, "a", "step a" },
  { MOVE_TO, "a", "place d 0 0", NULL, "a", "step a" },
  { MOVE_TO, "", "place - 0 0", NULL, "", "trigger" },

  { COPY_TO, "a", "place b 1 0", "a b(b1 b2(c1|)|step-9|b3) d e", "step-9", "step step-9" },
  /* a copy may go into what it is a copy of */
  { COPY_TO, "b2", "place b2 1 0", "a b(b1 b2(c1|step-9(step-10|))||b3) d e", "step-9",
    "step step-9" },
  { COPY_TO, "a", "place gone 0 0", NULL, "a", "step a" },

  { WRAP, "a", NULL, "step-9(a|) b(b1 b2(c1|)||b3) d e", "step-9", "step step-9" },
  { WRAP, "d e", NULL, "a b(b1 b2(c1|)||b3) step-9(d e|)", "step-9", "step step-9" },
  { WRAP, "b3 a e", NULL, "step-9(a b3 e|) b(b1 b2(c1|)||) d", "step-9", "step step-9" },
  { WRAP, "", "path b 1", NULL, "", "path b 1" },
};

static gboolean
can_run (Fixture *self, const CommandRow *row, const WfStepPlace *place)
{
  switch (row->kind)
    {
    case DELETE:
      return wf_builder_can_delete (self->selection);
    case UP:
      return wf_builder_can_move (self->selection, -1);
    case DOWN:
      return wf_builder_can_move (self->selection, 1);
    case MOVE_TO:
      return wf_builder_can_move_to (self->selection, place);
    case DUPLICATE:
    case COPY_TO:
    case WRAP:
    default:
      return row->outline != NULL;
    }
}

static gboolean
run (Fixture *self, const CommandRow *row, const WfStepPlace *place)
{
  switch (row->kind)
    {
    case DELETE:
      return wf_builder_delete (self->selection);
    case DUPLICATE:
      return wf_builder_duplicate (self->selection);
    case UP:
      return wf_builder_move (self->selection, -1);
    case DOWN:
      return wf_builder_move (self->selection, 1);
    case MOVE_TO:
      return wf_builder_move_to (self->selection, place);
    case COPY_TO:
      return wf_builder_copy_to (self->selection, place);
    case WRAP:
    default:
      return wf_builder_wrap_in_branch (self->selection);
    }
}

static void
check_command (const CommandRow *row)
{
  g_autoptr (WfTarget) where = row->where != NULL ? make_target (row->where) : NULL;
  gboolean is_place = where != NULL && where->kind == WF_TARGET_PLACE;
  WfStepPlace place = { 0 };
  Fixture self;

  g_test_message ("%d %s", row->kind, row->selected);
  fixture_init (&self, wf_builder_sample_new ());
  wf_builder_sample_select (self.selection, row->selected);
  if (is_place)
    place = to_place (where);
  else if (where != NULL && *row->selected == '\0')
    wf_step_selection_move_focus (self.selection, where);
  g_assert_cmpint (can_run (&self, row, &place), ==, row->outline != NULL);
  g_assert_cmpint (run (&self, row, &place), ==, row->outline != NULL);
  assert_outline (&self, row->outline != NULL ? row->outline : SAMPLE);
  assert_selected (&self, row->after);
  assert_focus (&self, row->focus);
  g_assert_cmpint (wf_workflow_document_get_undo_name (self.document) != NULL, ==,
                   row->outline != NULL);

  wf_workflow_document_undo (self.document);
  assert_outline (&self, SAMPLE);
  g_assert_false (wf_workflow_document_is_modified (self.document));
  wf_workflow_document_redo (self.document);
  assert_outline (&self, row->outline != NULL ? row->outline : SAMPLE);
  assert_selected (&self, row->after);
  assert_focus (&self, row->focus);
  fixture_clear (&self);
}

static void
test_commands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (command_rows); i++)
    check_command (&command_rows[i]);
}

/* Every step of the outline, upwards and downwards: each move undoes the other. */
static void
test_there_and_back (void)
{
  const char *const ids[] = { "a", "b", "b1", "b2", "c1", "b3", "d", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (int by = -1; by <= 1; by += 2)
      {
        guint n = 0;
        Fixture self;

        fixture_init (&self, wf_builder_sample_new ());
        wf_builder_sample_select (self.selection, ids[i]);
        while (wf_builder_move (self.selection, by))
          g_assert_cmpuint (++n, <, 20);
        for (guint j = 0; j < n; j++)
          g_assert_true (wf_builder_move (self.selection, -by));
        assert_outline (&self, SAMPLE);
        fixture_clear (&self);
      }
}

static void
test_add (void)
{
  const WfStepPlace inside = { "b", 1, 0 }, nowhere = { "gone", 0, 0 };
  g_autoptr (WfTarget) path = wf_target_new_path ("b2", 1);
  WfStep *step;
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  g_assert_true (wf_builder_add (self.selection, &inside, wf_step_new (WF_STEP_NOTIFY)));
  assert_outline (&self, "a b(b1 b2(c1|)|step-9|b3) d e");
  assert_selected (&self, "step-9");
  /* an id that is taken is changed, one that is free is kept */
  step = wf_step_new (WF_STEP_WAIT);
  g_set_str (&step->id, "a");
  g_assert_true (wf_builder_add (self.selection, NULL, step));
  assert_outline (&self, "a b(b1 b2(c1|)|step-9 step-10|b3) d e");
  step = wf_step_new (WF_STEP_WAIT);
  g_set_str (&step->id, "mine");
  wf_step_selection_focus (self.selection, path, WF_SELECT_REPLACE);
  g_assert_true (wf_builder_add (self.selection, NULL, step));
  assert_outline (&self, "a b(b1 b2(c1|mine)|step-9 step-10|b3) d e");
  /* a branch is no branch without paths (R96) */
  wf_step_selection_clear (self.selection);
  g_assert_true (wf_builder_add (self.selection, NULL, wf_step_new (WF_STEP_BRANCH)));
  assert_outline (&self, "a b(b1 b2(c1|mine step-12(|))|step-9 step-10|b3) d e");
  g_assert_false (wf_builder_add (self.selection, &nowhere, wf_step_new (WF_STEP_NOTIFY)));
  fixture_clear (&self);
}

static void
test_replace (void)
{
  g_autoptr (WfStep) step = NULL;
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  wf_builder_sample_select (self.selection, "a d");
  step =
      wf_step_copy (wf_workflow_find_step (wf_workflow_document_get_workflow (self.document), "d"));
  g_assert_false (wf_builder_replace (self.selection, step, NULL));
  for (guint i = 0; i < 5; i++)
    {
      g_free (step->notify.text);
      step->notify.text = g_strdup_printf ("Text %u", i);
      g_assert_true (wf_builder_replace (self.selection, step, "d/text"));
    }
  assert_selected (&self, "a d");
  wf_workflow_document_undo (self.document);
  g_assert_false (wf_workflow_document_is_modified (self.document));
  g_set_str (&step->id, "gone");
  g_assert_false (wf_builder_replace (self.selection, step, NULL));
  fixture_clear (&self);
}

static const WfPath *
get_path (Fixture *self, const char *branch, guint path)
{
  const WfStep *step =
      wf_workflow_find_step (wf_workflow_document_get_workflow (self->document), branch);

  return g_ptr_array_index (step->paths, path);
}

static void
test_paths (void)
{
  g_autoptr (WfCondition) condition = NULL;
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  condition = wf_condition_ref (get_path (&self, "b", 0)->condition);
  /* before the one that is always taken */
  g_assert_true (wf_builder_add_path (self.selection, "b"));
  assert_outline (&self, "a b(b1 b2(c1|)|||b3) d e");
  assert_focus (&self, "path b 2");
  g_assert_cmpstr (get_path (&self, "b", 2)->name, ==, "Path 1");
  g_assert_true (wf_builder_move_path (self.selection, "b", 0, 1));
  assert_outline (&self, "a b(|b1 b2(c1|)||b3) d e");
  assert_focus (&self, "path b 1");
  g_assert_false (wf_builder_move_path (self.selection, "b", 0, -1));
  g_assert_false (wf_builder_move_path (self.selection, "b", 3, 1));
  g_assert_true (wf_builder_remove_path (self.selection, "b", 1));
  assert_outline (&self, "a b(||b3) d e");
  g_assert_true (wf_builder_remove_path (self.selection, "b", 2));
  assert_focus (&self, "path b 1");
  g_assert_true (wf_builder_remove_path (self.selection, "b", 1));
  /* the only one stays (R96) */
  g_assert_false (wf_builder_remove_path (self.selection, "b", 0));
  assert_outline (&self, "a b() d e");

  g_assert_true (wf_builder_set_path (self.selection, "b", 0, "New", condition, NULL));
  g_assert_false (wf_builder_set_path (self.selection, "b", 0, "New", condition, NULL));
  g_assert_cmpstr (get_path (&self, "b", 0)->name, ==, "New");
  g_assert_nonnull (get_path (&self, "b", 0)->condition);
  /* after the last one that has a condition */
  g_assert_true (wf_builder_add_path (self.selection, "b"));
  assert_focus (&self, "path b 1");
  g_assert_true (wf_builder_set_path (self.selection, "b", 0, "New", NULL, NULL));
  g_assert_null (get_path (&self, "b", 0)->condition);

  g_assert_false (wf_builder_add_path (self.selection, "a"));
  g_assert_false (wf_builder_remove_path (self.selection, "gone", 0));
  g_assert_false (wf_builder_set_path (self.selection, "b", 7, "x", NULL, NULL));
  fixture_clear (&self);
}

/* ---- the clipboard ---- */

static void
test_clipboard (void)
{
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  const WfStepPlace inside = { "b", 1, 0 };
  Fixture self, other;

  fixture_init (&self, wf_builder_sample_new ());
  g_assert_null (wf_builder_copy_text (self.selection));
  g_assert_false (wf_builder_cut_text (self.selection, &cut));
  wf_builder_sample_select (self.selection, "d b2 c1");
  text = wf_builder_copy_text (self.selection);
  g_assert_true (wf_builder_paste_text (self.selection, text, &inside, &error));
  g_assert_no_error (error);
  assert_outline (&self, "a b(b1 b2(c1|)|step-9(step-10|) step-11|b3) d e");
  assert_selected (&self, "step-9 step-11");
  wf_builder_sample_select (self.selection, "a");
  g_assert_true (wf_builder_cut_text (self.selection, &cut));
  assert_outline (&self, "b(b1 b2(c1|)|step-9(step-10|) step-11|b3) d e");

  /* into another workflow, what nobody knows of comes along */
  fixture_init (&other, wf_builder_sample_new_damaged ());
  wf_builder_sample_select (other.selection, "a x w s b");
  g_free (text);
  text = wf_builder_copy_text (other.selection);
  g_assert_true (wf_builder_paste_text (self.selection, text, NULL, &error));
  g_assert_no_error (error);
  g_free (cut);
  cut = wf_workflow_to_text (wf_workflow_document_get_workflow (self.document), FALSE);
  g_assert_nonnull (strstr (cut, "\"mood\":\"ü\""));
  g_assert_nonnull (strstr (cut, "\"speed\":3"));
  g_assert_nonnull (strstr (cut, "\"until-condition\":{\"nothing\":[]}"));
  g_assert_nonnull (strstr (cut, "\"shape\":\"round\""));
  fixture_clear (&other);
  fixture_clear (&self);
}

static char *
nest (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, "{\"kind\":\"branch\",\"paths\":[{\"steps\":[");
  for (guint i = 0; i < n; i++)
    g_string_append (text, "]}]}");
  return g_string_free_and_steal (text);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  g_assert_false (wf_builder_paste_text (self.selection, text, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, !=, "");
  assert_outline (&self, SAMPLE);
  g_assert_false (wf_workflow_document_is_modified (self.document));
  fixture_clear (&self);
}

static void
test_paste_refused (void)
{
  const char *const rows[] = {
    "",
    "hello",
    "3",
    "null",
    "{}",
    "[]",
    "[3]",
    "[{}]",
    "{\"kind\":3}",
    "[{\"kind\":\"notify\"},{\"id\":\"x\"}]",
    "{\"workflow-steps\":2,\"steps\":[{\"kind\":\"notify\"}]}",
    "{\"workflow-steps\":1,\"steps\":{}}",
    "{\"workflow-steps\":1}",
    "{\"format\":1,\"name\":\"A whole workflow\",\"steps\":[]}",
    /* in part, something would get lost */
    "{\"kind\":\"notify\",\"text\":7,\"recipient\":\"manager\"}",
    "{\"kind\":\"create-activity\",\"complete-within\":{\"amount\":\"30\",\"unit\":\"minutes\"}}",
  };
  g_autofree char *deep = nest (WF_WORKFLOW_MOST_DEPTH + 2);
  g_autofree char *deepest = nest (500);
  g_autofree char *huge = g_strnfill (9 * 1024 * 1024, ' ');
  g_autoptr (GString) many = g_string_new ("[{\"kind\":\"notify\"}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i]);
      assert_refused (rows[i]);
    }
  assert_refused (deep);
  assert_refused (deepest);
  memcpy (huge, "[]", 2);
  assert_refused (huge);
  for (guint i = 0; i < WF_EDIT_MOST_STEPS; i++)
    g_string_append (many, ",{\"kind\":\"notify\"}");
  g_string_append_c (many, ']');
  assert_refused (many->str);
}

static void
test_paste_accepted (void)
{
  const struct
  {
    const char *text;
    const char *outline;
  } rows[] = {
    { "{\"kind\":\"notify\"}", "step-9 " SAMPLE },
    { " [ {\"kind\":\"wait\"},\n{\"id\":\"a\",\"kind\":\"own\",\"steps\":3} ] ",
      "step-9 step-10 " SAMPLE },
    { "{\"workflow-steps\":1,\"steps\":[{\"kind\":\"wait\"}],\"more\":true}", "step-9 " SAMPLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      Fixture self;

      fixture_init (&self, wf_builder_sample_new ());
      g_assert_true (wf_builder_paste_text (self.selection, rows[i].text, NULL, &error));
      g_assert_no_error (error);
      assert_outline (&self, rows[i].outline);
      fixture_clear (&self);
    }
}

/* ---- targets ---- */

static void
test_targets (void)
{
  const struct
  {
    const char *target;
    gboolean exists;
    const char *place; /* where a new step goes */
  } rows[] = {
    { "trigger", TRUE, "place - 0 0" },         { "step a", TRUE, "place - 0 1" },
    { "step b2", TRUE, "place b 0 2" },         { "step e", TRUE, "place - 0 4" },
    { "step gone", FALSE, "place - 0 end" },    { "path b 0", TRUE, "place b 0 0" },
    { "path b 2", TRUE, "place b 2 0" },        { "path b 3", FALSE, "place - 0 end" },
    { "path a 0", FALSE, "place - 0 end" },     { "path gone 0", FALSE, "place - 0 end" },
    { "place - 0 4", TRUE, "place - 0 4" },     { "place - 0 5", FALSE, "place - 0 end" },
    { "place - 0 end", TRUE, "place - 0 end" }, { "place b 1 0", TRUE, "place b 1 0" },
    { "place b 1 1", FALSE, "place - 0 end" },  { "place gone 0 end", FALSE, "place - 0 end" },
  };
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new ();
  WfStepPlace place;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WfTarget) target = make_target (rows[i].target);
      g_autoptr (WfTarget) copy = wf_target_copy (target);
      g_autoptr (WfTarget) expected = make_target (rows[i].place);

      g_test_message ("%s", rows[i].target);
      g_assert_true (wf_target_equal (target, copy));
      g_assert_cmpint (wf_target_exists (target, workflow), ==, rows[i].exists);
      wf_target_get_place (target, workflow, &place);
      g_autoptr (WfTarget) got = wf_target_new_place (place.branch, place.path, place.position);
      g_assert_true (wf_target_equal (got, expected));
      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          g_autoptr (WfTarget) other = make_target (rows[j].target);

          g_assert_cmpint (wf_target_equal (target, other), ==, i == j);
        }
    }
  wf_target_get_place (NULL, workflow, &place);
  g_assert_cmpuint (place.position, ==, G_MAXUINT);
  g_assert_null (wf_target_copy (NULL));
  g_assert_true (wf_target_equal (NULL, NULL));
}

/* ---- selection ---- */

static void
on_count (guint *count)
{
  (*count)++;
}

static void
focus (Fixture *self, const char *target, WfSelectMode mode)
{
  g_autoptr (WfTarget) wanted = make_target (target);

  wf_step_selection_focus (self->selection, wanted, mode);
}

static void
test_selection (void)
{
  const struct
  {
    const char *target;
    WfSelectMode mode;
    const char *selected;
    const char *roots;
  } rows[] = {
    { "step a", WF_SELECT_REPLACE, "a", "a" },
    { "step c1", WF_SELECT_EXTEND, "a b b1 b2 c1", "a b" },
    { "step b1", WF_SELECT_EXTEND, "a b b1", "a b" },
    { "step d", WF_SELECT_TOGGLE, "a b b1 d", "a b d" },
    { "step b", WF_SELECT_TOGGLE, "a b1 d", "a b1 d" },
    { "path b 1", WF_SELECT_TOGGLE, "a b1 d", "a b1 d" },
    { "step gone", WF_SELECT_REPLACE, "a b1 d", "a b1 d" },
    { "step e", WF_SELECT_REPLACE, "e", "e" },
    { "step b3", WF_SELECT_EXTEND, "b3 d e", "b3 d e" },
    { "path b 2", WF_SELECT_EXTEND, "b3 d e", "b3 d e" },
    { "trigger", WF_SELECT_REPLACE, "", "" },
    { "step b1", WF_SELECT_EXTEND, "b1", "b1" },
    { "step b1", WF_SELECT_TOGGLE, "", "" },
    { "place b 1 0", WF_SELECT_REPLACE, "", "" },
  };
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  assert_focus (&self, "trigger");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) roots = NULL;
      g_autofree char *joined = NULL;

      g_test_message ("%s %d", rows[i].target, rows[i].mode);
      focus (&self, rows[i].target, rows[i].mode);
      assert_selected (&self, rows[i].selected);
      if (strstr (rows[i].target, "gone") == NULL)
        assert_focus (&self, rows[i].target);
      roots = wf_step_selection_dup_ids (self.selection, TRUE);
      joined = g_strjoinv (" ", roots);
      g_assert_cmpstr (joined, ==, rows[i].roots);
    }
  fixture_clear (&self);
}

/* What nobody changed is not told. */
static void
test_selection_signals (void)
{
  guint n_changed = 0, n_focus = 0;
  const char *const ids[] = { "gone", "e", "b1", NULL };
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  g_signal_connect_swapped (self.selection, "changed", G_CALLBACK (on_count), &n_changed);
  g_signal_connect_swapped (self.selection, "focus-changed", G_CALLBACK (on_count), &n_focus);
  wf_step_selection_set_ids (self.selection, ids);
  assert_selected (&self, "b1 e");
  assert_focus (&self, "step b1");
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_focus, ==, 1);
  wf_step_selection_set_ids (self.selection, ids);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_focus, ==, 1);
  wf_step_selection_select_all (self.selection);
  g_assert_cmpuint (wf_step_selection_get_n (self.selection), ==, 8);
  g_assert_cmpuint (n_changed, ==, 2);
  wf_step_selection_clear (self.selection);
  assert_focus (&self, "step b1");
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_cmpuint (n_focus, ==, 1);
  fixture_clear (&self);
}

/* Somebody else changed the document, as a form does, or took another version. */
static void
test_selection_follows (void)
{
  WfWorkflow *next;
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  wf_builder_sample_select (self.selection, "a b1 d");
  next = wf_workflow_copy (wf_workflow_document_get_workflow (self.document));
  g_assert_true (wf_step_remove (next, "d"));
  g_assert_true (wf_step_remove (next, "b1"));
  wf_workflow_document_change (self.document, next, NULL);
  assert_selected (&self, "a");
  assert_focus (&self, "trigger");
  wf_workflow_document_undo (self.document);
  assert_selected (&self, "a b1 d");
  assert_focus (&self, "step d");
  focus (&self, "path b 2", WF_SELECT_REPLACE);
  g_assert_true (wf_builder_remove_path (self.selection, "b", 0));
  assert_focus (&self, "path b 0");
  fixture_clear (&self);
}

/* ---- history ---- */

static void
test_names (void)
{
  Fixture self;

  fixture_init (&self, wf_builder_sample_new ());
  g_assert_null (wf_workflow_document_get_undo_name (self.document));
  wf_builder_sample_select (self.selection, "a");
  g_assert_true (wf_builder_delete (self.selection));
  g_assert_cmpstr (wf_workflow_document_get_undo_name (self.document), ==, "Delete Step");
  wf_builder_sample_select (self.selection, "d e");
  g_assert_true (wf_builder_duplicate (self.selection));
  g_assert_cmpstr (wf_workflow_document_get_undo_name (self.document), ==, "Duplicate Steps");
  g_assert_null (wf_workflow_document_get_redo_name (self.document));
  wf_workflow_document_undo (self.document);
  g_assert_cmpstr (wf_workflow_document_get_undo_name (self.document), ==, "Delete Step");
  g_assert_cmpstr (wf_workflow_document_get_redo_name (self.document), ==, "Duplicate Steps");
  fixture_clear (&self);
}

/* A path without a name is read back with an empty one: such a version is kept whole. */
static void
test_what_does_not_come_back (void)
{
  WfWorkflow *odd = wf_builder_sample_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture self;

  g_clear_pointer (
      &((WfPath *) g_ptr_array_index (wf_workflow_find_step (odd, "b")->paths, 0))->name, g_free);
  before = wf_workflow_to_text (odd, FALSE);
  fixture_init (&self, odd);
  wf_builder_sample_select (self.selection, "a");
  g_assert_true (wf_builder_delete (self.selection));
  g_assert_true (wf_builder_delete (self.selection));
  wf_workflow_document_undo (self.document);
  wf_workflow_document_undo (self.document);
  after = wf_workflow_to_text (wf_workflow_document_get_workflow (self.document), FALSE);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (wf_workflow_document_is_modified (self.document));
  wf_workflow_document_redo (self.document);
  wf_workflow_document_redo (self.document);
  assert_outline (&self, "d e");
  fixture_clear (&self);
}

/* A thousand changes of a thousand steps cost about what was changed. */
static void
test_history_is_small (void)
{
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new_large (1000);
  g_autoptr (WfWorkflowHistory) history = wf_workflow_history_new (workflow);
  WfSelectionState *selection;

  g_assert_cmpuint (wf_workflow_edit_count (workflow), >=, 900);
  for (guint i = 0; i < 200; i++)
    {
      WfWorkflow *next = wf_workflow_copy (wf_workflow_history_get_workflow (history));
      WfStep *step = g_ptr_array_index (next->steps, i % next->steps->len);

      step->run.delay = (WfDuration) { i + 1, WF_TIME_UNIT_DAYS };
      wf_workflow_history_push (history, next, NULL, NULL, NULL, NULL);
    }
  g_assert_cmpuint (wf_workflow_history_get_size (history), <, 200 * 1024);
  for (guint i = 0; i < 200; i++)
    g_assert_true (wf_workflow_history_step (history, -1, &selection));
  g_assert_false (wf_workflow_history_step (history, -1, &selection));
}

/* Milliseconds of the processor, which other programs do not take part in. */
static double
get_milliseconds (void)
{
  return (double) clock () * 1e3 / CLOCKS_PER_SEC;
}

static void
tell (const char *what, double began, guint n)
{
  double each = (get_milliseconds () - began) / n;

  g_test_minimized_result (each, "%s: %.2f ms", what, each);
}

/* With -m perf: what one edit of a thousand steps costs. */
static void
test_speed (void)
{
  g_autoptr (WfStep) step = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *workflow;
  double began;
  Fixture self;

  if (!g_test_perf ())
    {
      g_test_skip ("measured with -m perf");
      return;
    }
  fixture_init (&self, wf_builder_sample_new_large (1000));
  workflow = wf_workflow_document_get_workflow (self.document);
  step = wf_step_copy (wf_workflow_find_step (workflow, "s500"));
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    wf_workflow_validate (workflow, NULL, problems);
  tell ("  of it validation", began, 100);
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    wf_workflow_unref (wf_workflow_copy (workflow));
  tell ("  of it copying", began, 100);
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    g_free (wf_workflow_to_text (workflow, FALSE));
  tell ("  of it writing", began, 100);
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    {
      step->run.delay = (WfDuration) { i + 1, WF_TIME_UNIT_DAYS };
      wf_builder_replace (self.selection, step, "delay");
    }
  tell ("an edit that goes on", began, 100);
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    {
      step->run.delay = (WfDuration) { i + 101, WF_TIME_UNIT_DAYS };
      wf_builder_replace (self.selection, step, NULL);
    }
  tell ("an edit", began, 100);
  began = get_milliseconds ();
  for (guint i = 0; i < 100; i++)
    wf_workflow_document_undo (self.document);
  tell ("an undo", began, 100);
  wf_step_selection_select_all (self.selection);
  began = get_milliseconds ();
  g_assert_true (wf_builder_duplicate (self.selection));
  tell ("duplicating everything", began, 1);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/builder/commands", test_commands);
  g_test_add_func ("/ui/builder/there-and-back", test_there_and_back);
  g_test_add_func ("/ui/builder/add", test_add);
  g_test_add_func ("/ui/builder/replace", test_replace);
  g_test_add_func ("/ui/builder/paths", test_paths);
  g_test_add_func ("/ui/builder/clipboard", test_clipboard);
  g_test_add_func ("/ui/builder/paste-refused", test_paste_refused);
  g_test_add_func ("/ui/builder/paste-accepted", test_paste_accepted);
  g_test_add_func ("/ui/builder/targets", test_targets);
  g_test_add_func ("/ui/builder/selection", test_selection);
  g_test_add_func ("/ui/builder/selection-signals", test_selection_signals);
  g_test_add_func ("/ui/builder/selection-follows", test_selection_follows);
  g_test_add_func ("/ui/builder/names", test_names);
  g_test_add_func ("/ui/builder/what-does-not-come-back", test_what_does_not_come_back);
  g_test_add_func ("/ui/builder/history-is-small", test_history_is_small);
  g_test_add_func ("/ui/builder/speed", test_speed);
  return g_test_run ();
}
