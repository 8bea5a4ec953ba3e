/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people's changes put together (S30): what must come of it case by case, and what must hold for
 * any changes. */
#include "wf-workflow-merge.h"

#include "wf-test-documents.h"

#include <string.h>

/* Single quotes for double ones. */
static WfWorkflow *
read_quoted (const char *quoted)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  WfWorkflow *workflow;

  g_assert_nonnull (document);
  workflow = wf_workflow_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (workflow);
  return workflow;
}

/* ---- case by case ---- */

#define HEAD(version, more, trigger)                                                               \
  "{'format':1,'id':'6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11','name':'N'," more "'version':" #version \
  ",'trigger':{'event':'lead.received'" trigger "},'steps':["
#define END "]}"
#define CALL(id, more) "{'id':'" id "','kind':'create-activity','activity-type':'call'" more "}"
#define TELL(id, text) "{'id':'" id "','kind':'notify','text':'" text "'}"
#define BRANCH(id, paths) "{'id':'" id "','kind':'branch','paths':[" paths "]}"
#define PATH(name, steps) "{'name':'" name "','steps':[" steps "]}"
#define IF(score) "{'field':'lead.score','op':'ge','value':" #score "}"

typedef struct
{
  const char *name, *base, *mine, *theirs;
  const char *steps;     /* "a b(x | y) c" and members that matter */
  const char *sentences; /* each with a newline */
} Case;

#define BASE HEAD (1, "", "") CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") END

static const Case cases[] = {
  { "each a member of its own of the same step", HEAD (1, "", "") CALL ("a", "") END,
    HEAD (1, "", "") CALL ("a", ",'notes':'Mine'") END,
    HEAD (2, "", "") CALL ("a", ",'assignee':'manager'") END, "a:Mine:manager", "" },
  { "both the same member", HEAD (1, "", "") CALL ("a", "") END,
    HEAD (1, "", "") CALL ("a", ",'notes':'Mine'") END,
    HEAD (2, "", "") CALL ("a", ",'notes':'Theirs'") END, "a:Mine",
    "“call”: both of you changed “Notes”. Yours is kept.\n" },
  { "both alike", HEAD (1, "", "") CALL ("a", "") END,
    HEAD (1, "", "") CALL ("a", ",'notes':'Same'") END,
    HEAD (2, "", "") CALL ("a", ",'notes':'Same'") END, "a:Same", "" },
  { "times are one value",
    HEAD (1, "", "") CALL ("a", ",'complete-within':{'amount':1,'unit':'hours'}") END,
    HEAD (1, "", "") CALL ("a", ",'complete-within':{'amount':2,'unit':'hours'}") END,
    HEAD (2, "", "") CALL ("a", ",'complete-within':{'amount':1,'unit':'days'}") END, "a",
    "“call”: both of you changed “Complete within”. Yours is kept.\n" },
  { "a wait is one value",
    HEAD (1, "", "") "{'id':'w','kind':'wait','for':{'amount':1,'unit':'hours'}}" END,
    HEAD (1, "", "") "{'id':'w','kind':'wait','until':'meeting.start'}" END,
    HEAD (
        2, "",
        "") "{'id':'w','kind':'wait','for':{'amount':1,'unit':'hours'},'business-hours':true}" END,
    "w", "Both of you changed “Wait”. Yours is kept.\n" },
  { "both added", BASE,
    HEAD (1, "", "") CALL ("a", "") "," CALL ("m", "") "," CALL ("b", "") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") "," CALL ("t", "") END,
    "a m b c t", "" },
  { "both added under the same id", BASE,
    HEAD (1, "", "")
        CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") "," TELL ("step-4", "Mine") END,
    HEAD (2, "", "")
        TELL ("step-4", "Theirs") "," CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") END,
    "step-4=Theirs a b c step-5=Mine", "" },
  { "both added the same", BASE,
    HEAD (1, "", "") CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") "," TELL ("d", "x") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("b", "") "," CALL ("c", "") "," TELL ("d", "x") END,
    "a b c d=x", "" },
  { "one removed, the other moved something else", BASE,
    HEAD (1, "", "") CALL ("b", "") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("c", "") "," CALL ("b", "") END, "c b", "" },
  { "mine removed what theirs changed", BASE,
    HEAD (1, "", "") CALL ("a", "") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("b", ",'notes':'T'") "," CALL ("c", "") END, "a c",
    "You removed “call”, which the other person changed. It stays removed.\n" },
  { "theirs removed what mine changed", BASE,
    HEAD (1, "", "") CALL ("a", "") "," CALL ("b", ",'notes':'M'") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("c", "") END, "a b:M c",
    "The other person removed “call”, which you changed. It is kept.\n" },
  { "both removed", BASE, HEAD (1, "", "") CALL ("a", "") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") END, "a", "" },
  { "both changed the order", BASE,
    HEAD (1, "", "") CALL ("b", "") "," CALL ("a", "") "," CALL ("c", "") END,
    HEAD (2, "", "") CALL ("a", "") "," CALL ("c", "") "," CALL ("b", "") END, "b a c",
    "Both of you changed the order of the steps. Yours is kept.\n" },
  { "into a branch that the other one removed",
    HEAD (1, "", "") CALL ("a", "") "," BRANCH ("b", PATH ("P", CALL ("x", ""))) END,
    HEAD (1, "", "") BRANCH ("b", PATH ("P", CALL ("x", "") "," CALL ("a", ""))) END,
    HEAD (2, "", "") CALL ("a", "") END, "b(P: x a)",
    "The other person removed “Branch”, which you changed. It is kept.\n" },
  { "out of a branch that the other one removed",
    HEAD (1, "", "") CALL ("a", "") "," BRANCH ("b", PATH ("P", CALL ("x", ""))) END,
    HEAD (1, "", "") CALL ("a", "") "," CALL ("x", "") "," BRANCH ("b", PATH ("P", "")) END,
    HEAD (2, "", "") CALL ("a", "") END, "a x",
    "The other person removed “call”, which you changed. It is kept.\n" },
  { "each moved one branch into the other",
    HEAD (1, "", "") BRANCH ("b", PATH ("P", "")) "," BRANCH ("d", PATH ("Q", "")) END,
    HEAD (1, "", "") BRANCH ("d", PATH ("Q", BRANCH ("b", PATH ("P", "")))) END,
    HEAD (2, "", "") BRANCH ("b", PATH ("P", BRANCH ("d", PATH ("Q", "")))) END, "d(Q: b(P:))",
    "Both of you moved “Branch” to different places. It stays where you put it.\n" },
  { "to different places",
    HEAD (1, "", "") CALL ("a", "") "," BRANCH ("b", PATH ("P", "") "," PATH ("Q", "")) END,
    HEAD (1, "", "") BRANCH ("b", PATH ("P", CALL ("a", "")) "," PATH ("Q", "")) END,
    HEAD (2, "", "") BRANCH ("b", PATH ("P", "") "," PATH ("Q", CALL ("a", ""))) END,
    "b(P: a | Q:)", "Both of you moved “call” to different places. It stays where you put it.\n" },
  { "one renamed a path, the other put a step into it",
    HEAD (1, "", "") BRANCH ("b", PATH ("P", CALL ("x", ""))) END,
    HEAD (1, "", "") BRANCH ("b", PATH ("Hot", CALL ("x", ""))) END,
    HEAD (2, "", "") BRANCH ("b", PATH ("P", CALL ("x", "") "," CALL ("y", ""))) END, "b(Hot: x y)",
    "" },
  { "both added a path, one removed one",
    HEAD (1, "", "") BRANCH ("b", PATH ("P", CALL ("x", "")) "," PATH ("Q", CALL ("y", ""))) END,
    HEAD (1, "", "") BRANCH ("b", PATH ("M", "") "," PATH ("Q", CALL ("y", ""))) END,
    HEAD (2, "", "") BRANCH (
        "b", PATH ("P", CALL ("x", "")) "," PATH ("Q", CALL ("y", "")) "," PATH ("T", "")) END,
    "b(M: | Q: y | T:)", "" },
  { "both changed a path's conditions",
    HEAD (1, "", "") BRANCH ("b", "{'name':'P','if':" IF (10) ",'steps':[]}") END,
    HEAD (1, "", "") BRANCH ("b", "{'name':'P','if':" IF (20) ",'steps':[]}") END,
    HEAD (2, "", "") BRANCH ("b", "{'name':'P','if':" IF (30) ",'steps':[]}") END, "b(P:)",
    "“P”: both of you changed “Conditions”. Yours is kept.\n" },
  { "the workflow itself", HEAD (1, "'objective':'O',", ",'conditions':" IF (1)) END,
    HEAD (1, "'objective':'Mine',", ",'conditions':" IF (2)) END,
    HEAD (2, "'objective':'Theirs',", ",'conditions':" IF (3) ",'reentry':'restart'") END, "",
    "Both of you changed “Objective”. Yours is kept.\n"
    "Both of you changed “Conditions”. Yours is kept.\n" },
};

static void describe_list (GPtrArray *steps, GString *text);

static void
describe_step (const WfStep *step, GString *text)
{
  g_string_append (text, step->id);
  if (step->kind == WF_STEP_NOTIFY)
    g_string_append_printf (text, "=%s", step->notify.text);
  if (wf_step_kind_is_activity (step->kind) && step->create_activity.notes != NULL)
    g_string_append_printf (text, ":%s", step->create_activity.notes);
  if (wf_step_kind_is_activity (step->kind) && step->create_activity.assignee != NULL)
    g_string_append_printf (text, ":%s", step->create_activity.assignee);
  if (step->kind != WF_STEP_BRANCH)
    return;
  g_string_append_c (text, '(');
  for (guint i = 0; i < step->paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (step->paths, i);

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " | " : "", path->name,
                              path->steps->len > 0 ? " " : "");
      describe_list (path->steps, text);
    }
  g_string_append_c (text, ')');
}

static void
describe_list (GPtrArray *steps, GString *text)
{
  for (guint i = 0; i < steps->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      describe_step (g_ptr_array_index (steps, i), text);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (WfWorkflow) base = read_quoted (one->base);
  g_autoptr (WfWorkflow) mine = read_quoted (one->mine);
  g_autoptr (WfWorkflow) theirs = read_quoted (one->theirs);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged = wf_workflow_merge (base, mine, theirs, conflicts);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (GString) sentences = g_string_new (NULL);

  describe_list (merged->steps, steps);
  for (guint i = 0; i < conflicts->len; i++)
    g_string_append_printf (sentences, "%s\n", (const char *) g_ptr_array_index (conflicts, i));
  g_assert_cmpstr (steps->str, ==, one->steps);
  g_assert_cmpstr (sentences->str, ==, one->sentences);
  g_assert_cmpint (merged->version, ==, 2);
}

/* Nobody knows what both began with. */
static void
test_without_base (void)
{
  g_autoptr (WfWorkflow) mine =
      read_quoted (HEAD (1, "", "") CALL ("a", ",'notes':'M'") "," CALL ("m", "") END);
  g_autoptr (WfWorkflow) theirs =
      read_quoted (HEAD (2, "", "") CALL ("a", ",'notes':'T'") "," CALL ("t", "") END);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged = wf_workflow_merge (NULL, mine, theirs, conflicts);
  g_autoptr (GString) steps = g_string_new (NULL);

  describe_list (merged->steps, steps);
  g_assert_cmpstr (steps->str, ==, "a:M t m");
  g_assert_cmpuint (conflicts->len, ==, 1);
}

/* What is under way is decided about the published version. */
static void
test_decisions (void)
{
  g_autoptr (WfWorkflow) base =
      read_quoted (HEAD (1, "'state':'live','in-flight':'stop','note':'B',", "") END);
  g_autoptr (WfWorkflow) mine =
      read_quoted (HEAD (1, "'state':'draft','in-flight':'move','note':'M',", "") END);
  g_autoptr (WfWorkflow) theirs = read_quoted (
      HEAD (2, "'state':'paused','paused':'2026-11-20T10:00:00Z','note':'T',", "") END);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged = wf_workflow_merge (base, mine, theirs, conflicts);
  g_autofree char *extra = wf_json_to_text (wf_json_document_get_root (merged->extra), FALSE);

  g_assert_cmpuint (conflicts->len, ==, 0);
  g_assert_cmpint (merged->state, ==, WF_WORKFLOW_PAUSED);
  g_assert_cmpstr (wf_workflow_get_note (merged), ==, "M");
  g_assert_cmpstr (extra, ==, "{\"note\":\"M\",\"paused\":\"2026-11-20T10:00:00Z\"}");
}

/* ---- any changes ---- */

#define MOST_DEPTH 3

typedef struct
{
  const char *prefix; /* of new ids */
  guint n;            /* new ids so far */
} Editor;

static WfStep *
new_step (Editor *editor, guint depth)
{
  WfStep *step;

  switch (g_test_rand_int_range (0, depth < MOST_DEPTH ? 4 : 3))
    {
    case 0:
      step = wf_step_new (WF_STEP_NOTIFY);
      g_set_str (&step->notify.text, "Look");
      break;
    case 1:
      step = wf_step_new (WF_STEP_WAIT);
      step->wait.duration = (WfDuration) { 1, WF_TIME_UNIT_HOURS };
      break;
    case 3:
      step = wf_step_new (WF_STEP_BRANCH);
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        {
          g_autofree char *name = g_strdup_printf ("P%d", i);
          WfPath *path = wf_path_new (name);

          for (int j = g_test_rand_int_range (0, 3); j > 0; j--)
            g_ptr_array_add (path->steps, new_step (editor, depth + 1));
          g_ptr_array_add (step->paths, path);
        }
      break;
    default:
      step = wf_step_new (WF_STEP_CREATE_ACTIVITY);
      g_set_str (&step->create_activity.activity_type, "call");
      break;
    }
  g_free (step->id);
  step->id = g_strdup_printf ("%s-%u", editor->prefix, ++editor->n);
  return step;
}

static WfWorkflow *
new_workflow (void)
{
  Editor editor = { "step", 0 };
  WfWorkflow *workflow = wf_workflow_new ("N");

  g_set_str (&workflow->event, "lead.received");
  for (int i = g_test_rand_int_range (0, 7); i > 0; i--)
    g_ptr_array_add (workflow->steps, new_step (&editor, 0));
  return workflow;
}

/* Where a step may stand, and the branch around it. */
typedef struct
{
  GPtrArray *steps;
  guint depth;
} Place;

static void
collect_places (GPtrArray *steps, guint depth, GArray *places)
{
  Place place = { steps, depth };

  g_array_append_val (places, place);
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        collect_places (((WfPath *) g_ptr_array_index (step->paths, j))->steps, depth + 1, places);
    }
}

static Place
choose_place (WfWorkflow *workflow)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  collect_places (workflow->steps, 0, places);
  return g_array_index (places, Place, g_test_rand_int_range (0, (int) places->len));
}

static int
choose_index (const GPtrArray *list)
{
  return g_test_rand_int_range (0, (int) list->len);
}

static void
change_step (WfStep *step)
{
  g_autofree char *text = g_strdup_printf ("%d", g_test_rand_int_range (0, 1000));

  step->run.explicit = TRUE;
  step->run.mode = g_test_rand_bit () ? WF_RUN_AFTER_PREVIOUS : WF_RUN_IMMEDIATELY;
  if (step->kind == WF_STEP_NOTIFY)
    g_set_str (&step->notify.text, text);
  else if (step->kind == WF_STEP_CREATE_ACTIVITY)
    g_set_str (g_test_rand_bit () ? &step->create_activity.notes : &step->create_activity.assignee,
               text);
  else if (step->kind == WF_STEP_WAIT)
    step->wait.duration.amount = g_test_rand_int_range (1, 1000);
}

static void
change_paths (Editor *editor, WfStep *branch)
{
  int i = branch->paths->len > 0 ? choose_index (branch->paths) : 0;
  g_autofree char *name = g_strdup_printf ("%s%u", editor->prefix, ++editor->n);

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      g_ptr_array_insert (branch->paths, i, wf_path_new (name));
      break;
    case 1:
      if (branch->paths->len > 0)
        g_ptr_array_remove_index (branch->paths, (guint) i);
      break;
    case 2:
      if (branch->paths->len > 0)
        g_set_str (&((WfPath *) g_ptr_array_index (branch->paths, i))->name, name);
      break;
    default:
      if (branch->paths->len > 0)
        g_ptr_array_add (branch->paths, g_ptr_array_steal_index (branch->paths, (guint) i));
      break;
    }
}

static void
move_step (WfWorkflow *workflow, Place from)
{
  WfStep *step = g_ptr_array_steal_index (from.steps, (guint) choose_index (from.steps));
  Place to = choose_place (workflow);

  while (to.depth > MOST_DEPTH)
    to = choose_place (workflow);
  g_ptr_array_insert (to.steps, g_test_rand_int_range (0, (int) to.steps->len + 1), step);
}

static void
edit (Editor *editor, WfWorkflow *workflow)
{
  Place place = choose_place (workflow);
  WfStep *step = place.steps->len > 0 ? g_ptr_array_index (place.steps, choose_index (place.steps))
                                      : NULL;
  g_autofree char *text = g_strdup_printf ("%d", g_test_rand_int_range (0, 1000));

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      g_set_str (g_test_rand_bit () ? &workflow->name : &workflow->objective, text);
      break;
    case 1:
      workflow->reentry = (WfReentry) g_test_rand_int_range (0, 4);
      break;
    case 2:
      if (step != NULL)
        g_ptr_array_remove (place.steps, step);
      break;
    case 3:
      if (step != NULL)
        move_step (workflow, place);
      break;
    case 4:
      if (step != NULL && step->kind == WF_STEP_BRANCH)
        change_paths (editor, step);
      break;
    case 5:
      if (step != NULL)
        change_step (step);
      break;
    default:
      g_ptr_array_insert (place.steps, g_test_rand_int_range (0, (int) place.steps->len + 1),
                          new_step (editor, place.depth));
      break;
    }
}

static WfWorkflow *
make_edited (const WfWorkflow *base, const char *prefix, guint n)
{
  Editor editor = { prefix, 0 };
  WfWorkflow *edited = wf_workflow_copy (base);

  for (guint i = 0; i < n; i++)
    edit (&editor, edited);
  return edited;
}

static void
on_unique_step (WfStep *step, gpointer user_data)
{
  g_assert_true (g_hash_table_add (user_data, step->id));
}

static void
assert_same (const WfWorkflow *a, const WfWorkflow *b)
{
  g_autofree char *x = wf_workflow_to_text (a, FALSE);
  g_autofree char *y = wf_workflow_to_text (b, FALSE);

  g_assert_cmpstr (x, ==, y);
}

static void
assert_sound (const WfWorkflow *merged)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = wf_workflow_to_text (merged, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) again = wf_workflow_read (wf_json_document_get_root (document), problems);

  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  assert_same (again, merged);
  wf_workflow_foreach_step (merged, on_unique_step, ids);
}

static void
assert_merge (const WfWorkflow *base, const WfWorkflow *mine, const WfWorkflow *theirs,
              const WfWorkflow *expected)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged = wf_workflow_merge (base, mine, theirs, conflicts);

  for (guint i = 0; i < conflicts->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (conflicts, i));
  g_assert_cmpuint (conflicts->len, ==, 0);
  assert_same (merged, expected);
}

#define ROUNDS 1000

static void
test_one_side (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (WfWorkflow) base = new_workflow ();
      g_autoptr (WfWorkflow) edited = make_edited (base, "m", i % 8);

      assert_merge (base, base, edited, edited);
      assert_merge (base, edited, base, edited);
      assert_merge (base, edited, edited, edited);
    }
}

static void
test_both_sides (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (WfWorkflow) base = new_workflow ();
      g_autoptr (WfWorkflow) mine = make_edited (base, i % 3 == 0 ? "x" : "m", 1 + i % 6);
      g_autoptr (WfWorkflow) theirs = make_edited (base, i % 3 == 0 ? "x" : "t", 1 + i % 5);
      g_autofree char *before = wf_workflow_to_text (mine, FALSE);
      g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (WfWorkflow) merged = wf_workflow_merge (base, mine, theirs, conflicts);
      g_autoptr (WfWorkflow) again = wf_workflow_merge (base, mine, theirs, NULL);
      g_autoptr (WfWorkflow) without = wf_workflow_merge (NULL, mine, theirs, NULL);
      g_autofree char *after = wf_workflow_to_text (mine, FALSE);

      assert_sound (merged);
      assert_sound (without);
      assert_same (merged, again);
      g_assert_cmpstr (before, ==, after);
    }
}

/* Each step belongs to one of the two: its settings, what comes behind it, and whether it goes. */
typedef struct
{
  guint side;
  Editor editor;
  GHashTable *edited; /* ids */
} Owner;

static void
edit_own (Owner *self, GPtrArray *steps, guint depth)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);
      gboolean own = g_str_has_prefix (step->id, "step-") &&
                     g_str_hash (step->id) % 2 == self->side;

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        edit_own (self, ((WfPath *) g_ptr_array_index (step->paths, j))->steps, depth + 1);
      if (!own)
        continue;
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          change_step (step);
          break;
        case 1:
          g_ptr_array_insert (steps, (int) i + 1, new_step (&self->editor, depth));
          i++;
          break;
        case 2:
          if (step->kind != WF_STEP_BRANCH)
            g_ptr_array_remove_index (steps, i--);
          break;
        default:
          break;
        }
    }
}

static WfWorkflow *
make_disjoint (const WfWorkflow *base, guint side)
{
  Owner owner = { .side = side, .editor = { side == 0 ? "m" : "t", 0 } };
  WfWorkflow *edited = wf_workflow_copy (base);

  g_set_str (side == 0 ? &edited->name : &edited->objective, "Other");
  edit_own (&owner, edited->steps, 0);
  return edited;
}

static void
test_disjoint (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (WfWorkflow) base = new_workflow ();
      g_autoptr (WfWorkflow) mine = make_disjoint (base, 0);
      g_autoptr (WfWorkflow) theirs = make_disjoint (base, 1);
      g_autoptr (WfWorkflow) merged = wf_workflow_merge (base, theirs, mine, NULL);

      assert_merge (base, mine, theirs, merged);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/workflow-merge/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/workflow-merge/without-base", test_without_base);
  g_test_add_func ("/workflow-merge/decisions", test_decisions);
  g_test_add_func ("/workflow-merge/one-side", test_one_side);
  g_test_add_func ("/workflow-merge/both-sides", test_both_sides);
  g_test_add_func ("/workflow-merge/disjoint", test_disjoint);
  return g_test_run ();
}
