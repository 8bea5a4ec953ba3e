/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any sequence of commands, undone to the start, gives the start byte by byte; done again, the end. After each command every id is
 * there once, nothing points to what is gone, and what a command says it can do it does. */
#include "wf-builder-commands.h"
#include "wf-builder-sample.h"

#define N_COMMANDS 1000
#define MOST_STEPS 90

typedef struct
{
  char *text;
  char *selected; /* after the change that led here */
  char *left;     /* selected when the version was left by a change */
} Version;

typedef struct
{
  WfWorkflowDocument *document;
  WfStepSelection *selection;
  GRand *random;
  GPtrArray *versions; /* of Version, what undo and redo have to give */
  guint position;
  const char *merge;      /* what the latest change was about */
  const char *next_merge; /* what the command that runs is about */
  char *clipboard;
} Walk;

static void
version_free (Version *self)
{
  g_free (self->text);
  g_free (self->selected);
  g_free (self->left);
  g_free (self);
}

static WfWorkflow *
get_workflow (Walk *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static Version *
get_version (Walk *self)
{
  return g_ptr_array_index (self->versions, self->position);
}

static char *
make_text (Walk *self)
{
  return wf_workflow_to_text (get_workflow (self), FALSE);
}

/* ---- choosing ---- */

static guint
choose (Walk *self, guint n)
{
  return n > 0 ? (guint) g_rand_int_range (self->random, 0, (gint32) n) : 0;
}

static void
on_step (WfStep *step, gpointer user_data)
{
  g_ptr_array_add (user_data, step);
}

static GPtrArray *
list_steps (Walk *self)
{
  GPtrArray *steps = g_ptr_array_new ();

  wf_workflow_foreach_step (get_workflow (self), on_step, steps);
  return steps;
}

/* NULL when there is none. */
static const WfStep *
choose_step (Walk *self)
{
  g_autoptr (GPtrArray) steps = list_steps (self);

  return steps->len > 0 ? g_ptr_array_index (steps, choose (self, steps->len)) : NULL;
}

static const WfStep *
choose_branch (Walk *self)
{
  g_autoptr (GPtrArray) steps = list_steps (self);

  for (guint i = steps->len; i > 0; i--)
    if (((WfStep *) g_ptr_array_index (steps, i - 1))->kind != WF_STEP_BRANCH)
      g_ptr_array_remove_index_fast (steps, i - 1);
  return steps->len > 0 ? g_ptr_array_index (steps, choose (self, steps->len)) : NULL;
}

static WfStepPlace
choose_place (Walk *self)
{
  const WfStep *branch = choose (self, 3) > 0 ? choose_branch (self) : NULL;
  WfStepPlace place = { 0 };
  GPtrArray *steps;

  if (branch != NULL && branch->paths->len > 0)
    place = (WfStepPlace) { branch->id, choose (self, branch->paths->len), 0 };
  steps = wf_workflow_edit_get_sequence (get_workflow (self), &place);
  place.position = choose (self, 8) == 0 ? G_MAXUINT : choose (self, steps->len + 1);
  return place;
}

/* ---- commands: each says whether it changed something ---- */

static gboolean
do_select (Walk *self)
{
  const WfStep *step = choose_step (self);
  g_autoptr (WfTarget) target = NULL;

  if (step == NULL)
    return FALSE;
  target = wf_target_new_step (step->id);
  wf_step_selection_focus (self->selection, target, (WfSelectMode) choose (self, 3));
  return FALSE;
}

static gboolean
do_select_else (Walk *self)
{
  const WfStep *branch = choose_branch (self);
  g_autoptr (WfTarget) target = NULL;

  switch (choose (self, 8))
    {
    case 0:
      wf_step_selection_select_all (self->selection);
      return FALSE;
    case 1:
      wf_step_selection_clear (self->selection);
      return FALSE;
    default:
      break;
    }
  if (branch != NULL && branch->paths->len > 0)
    target = wf_target_new_path (branch->id, choose (self, branch->paths->len));
  else
    target = wf_target_new_trigger ();
  wf_step_selection_focus (self->selection, target, (WfSelectMode) choose (self, 3));
  return FALSE;
}

static gboolean
do_add (Walk *self)
{
  WfStep *step = wf_step_new ((WfStepKind) choose (self, WF_N_STEP_KINDS));
  WfStepPlace place = choose_place (self);

  return wf_builder_add (self->selection, choose (self, 3) > 0 ? &place : NULL, step);
}

static gboolean
do_delete (Walk *self)
{
  gboolean can = wf_builder_can_delete (self->selection);
  gboolean done = wf_builder_delete (self->selection);

  g_assert_cmpint (can, ==, done);
  return done;
}

static gboolean
do_duplicate (Walk *self)
{
  return wf_builder_duplicate (self->selection);
}

static gboolean
do_move (Walk *self)
{
  int by = choose (self, 2) > 0 ? 1 : -1;
  gboolean can = wf_builder_can_move (self->selection, by);
  gboolean done = wf_builder_move (self->selection, by);

  g_assert_cmpint (can, ==, done);
  return done;
}

static gboolean
do_move_to (Walk *self)
{
  WfStepPlace place = choose_place (self);
  gboolean can = wf_builder_can_move_to (self->selection, &place);
  gboolean done = wf_builder_move_to (self->selection, &place);

  g_assert_cmpint (can, ==, done);
  return done;
}

static gboolean
do_copy_to (Walk *self)
{
  WfStepPlace place = choose_place (self);

  return wf_builder_copy_to (self->selection, &place);
}

static gboolean
do_copy (Walk *self)
{
  g_autofree char *text = wf_builder_copy_text (self->selection);

  if (text != NULL)
    g_set_str (&self->clipboard, text);
  return FALSE;
}

static gboolean
do_cut (Walk *self)
{
  g_autofree char *text = NULL;

  if (!wf_builder_cut_text (self->selection, &text))
    return FALSE;
  g_assert_nonnull (text);
  g_set_str (&self->clipboard, text);
  return TRUE;
}

static gboolean
do_paste (Walk *self)
{
  WfStepPlace place = choose_place (self);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (self->clipboard == NULL)
    return FALSE;
  done = wf_builder_paste_text (self->selection, self->clipboard,
                                choose (self, 2) > 0 ? &place : NULL, &error);
  g_assert_cmpint (done, ==, error == NULL);
  return done;
}

static gboolean
do_wrap (Walk *self)
{
  return wf_builder_wrap_in_branch (self->selection);
}

static gboolean
do_add_path (Walk *self)
{
  const WfStep *branch = choose_branch (self);

  return branch != NULL && branch->paths->len < 6 &&
         wf_builder_add_path (self->selection, branch->id);
}

static gboolean
do_remove_path (Walk *self)
{
  const WfStep *branch = choose_branch (self);

  return branch != NULL && wf_builder_remove_path (self->selection, branch->id,
                                                   choose (self, branch->paths->len + 1));
}

static gboolean
do_move_path (Walk *self)
{
  const WfStep *branch = choose_branch (self);

  return branch != NULL &&
         wf_builder_move_path (self->selection, branch->id, choose (self, branch->paths->len + 1),
                               choose (self, 2) > 0 ? 1 : -1);
}

static WfCondition *
make_condition (Walk *self)
{
  g_autofree char *text = g_strdup_printf (
      "{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":%u}]}", choose (self, 100));
  g_autoptr (WfJsonDocument) json = wf_json_document_parse (text, -1, 0, NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (json), NULL);

  return choose (self, 3) > 0 ? wf_condition_read (&cursor) : NULL;
}

static gboolean
do_set_path (Walk *self)
{
  const WfStep *branch = choose_branch (self);
  g_autofree char *name = g_strdup_printf ("Päth “%u”\n", choose (self, 50));
  WfCondition *condition;
  gboolean done;

  if (branch == NULL)
    return FALSE;
  condition = make_condition (self);
  done = wf_builder_set_path (self->selection, branch->id, choose (self, branch->paths->len + 1),
                              name, condition, NULL);
  wf_condition_unref (condition);
  return done;
}

static gboolean
do_replace (Walk *self)
{
  const WfStep *old = choose_step (self);
  g_autoptr (WfStep) step = NULL;

  if (old == NULL)
    return FALSE;
  step = choose (self, 4) > 0 ? wf_step_copy (old)
                              : wf_step_new ((WfStepKind) choose (self, WF_N_STEP_KINDS));
  g_set_str (&step->id, old->id);
  step->run.mode = WF_RUN_DELAY;
  step->run.delay = (WfDuration) { 1 + choose (self, 5), WF_TIME_UNIT_DAYS };
  if (wf_step_kind_is_activity (step->kind))
    step->create_activity.complete_within =
        (WfDuration) { choose (self, 90), (WfTimeUnit) choose (self, 5) };
  return wf_builder_replace (self->selection, step, NULL);
}

static gboolean
change (Walk *self, WfWorkflow *next, const char *merge)
{
  self->next_merge = merge;
  wf_workflow_document_change_named (self->document, next, merge, "Change the trigger");
  return TRUE;
}

static gboolean
do_name (Walk *self)
{
  WfWorkflow *next = wf_workflow_copy (get_workflow (self));

  g_free (next->name);
  next->name = g_strdup_printf ("Näme “%u” \\", choose (self, 1000));
  return change (self, next, choose (self, 4) > 0 ? "name" : NULL);
}

static gboolean
do_objective (Walk *self)
{
  WfWorkflow *next = wf_workflow_copy (get_workflow (self));

  g_clear_pointer (&next->objective, g_free);
  if (choose (self, 4) > 0)
    next->objective = g_strdup_printf ("Line\n%u\t", choose (self, 1000));
  return change (self, next, choose (self, 4) > 0 ? "objective" : NULL);
}

static gboolean
do_event (Walk *self)
{
  const char *const events[] = { "lead.received", "meeting.scheduled", "schedule.tick", "acme.own",
                                 "" };
  WfWorkflow *next = wf_workflow_copy (get_workflow (self));

  g_set_str (&next->event, events[choose (self, G_N_ELEMENTS (events))]);
  next->reentry = (WfReentry) choose (self, 4);
  return change (self, next, NULL);
}

static gboolean
do_conditions (Walk *self)
{
  WfWorkflow *next = wf_workflow_copy (get_workflow (self));

  wf_condition_unref (next->conditions);
  next->conditions = make_condition (self);
  return change (self, next, choose (self, 2) > 0 ? "conditions" : NULL);
}

/* ---- undo and redo ---- */

static void
check_version (Walk *self, const char *selected)
{
  g_autofree char *text = make_text (self);
  g_autofree char *now = wf_builder_sample_selected (self->selection);

  g_assert_cmpstr (text, ==, get_version (self)->text);
  g_assert_cmpstr (wf_workflow_document_get_text (self->document), ==, text);
  g_assert_cmpstr (now, ==, selected);
}

static gboolean
undo (Walk *self)
{
  if (self->position == 0)
    {
      g_assert_null (wf_workflow_document_get_undo_name (self->document));
      return FALSE;
    }
  g_assert_nonnull (wf_workflow_document_get_undo_name (self->document));
  wf_workflow_document_undo (self->document);
  self->position--;
  self->merge = NULL;
  check_version (self, get_version (self)->left);
  return FALSE;
}

static gboolean
redo (Walk *self)
{
  if (self->position + 1 == self->versions->len)
    {
      g_assert_null (wf_workflow_document_get_redo_name (self->document));
      return FALSE;
    }
  wf_workflow_document_redo (self->document);
  self->position++;
  self->merge = NULL;
  check_version (self, get_version (self)->selected);
  return FALSE;
}

/* ---- the walk ---- */

typedef struct
{
  const char *name;
  gboolean (*run) (Walk *self);
  guint weight;
} Command;

static const Command commands[] = {
  { "select", do_select, 8 },
  { "select something else", do_select_else, 2 },
  { "add", do_add, 6 },
  { "delete", do_delete, 3 },
  { "duplicate", do_duplicate, 2 },
  { "move", do_move, 6 },
  { "move to", do_move_to, 5 },
  { "copy to", do_copy_to, 1 },
  { "copy", do_copy, 2 },
  { "cut", do_cut, 1 },
  { "paste", do_paste, 2 },
  { "wrap", do_wrap, 2 },
  { "add path", do_add_path, 2 },
  { "remove path", do_remove_path, 1 },
  { "move path", do_move_path, 2 },
  { "set path", do_set_path, 2 },
  { "replace", do_replace, 5 },
  { "name", do_name, 4 },
  { "objective", do_objective, 2 },
  { "event", do_event, 1 },
  { "conditions", do_conditions, 2 },
  { "undo", undo, 3 },
  { "redo", redo, 2 },
};

static const Command *
choose_command (Walk *self)
{
  guint total = 0, at;

  /* Also a walk that begins with a large workflow stays small enough to be quick. */
  if (wf_workflow_edit_count (get_workflow (self)) > MOST_STEPS)
    {
      wf_step_selection_select_all (self->selection);
      return &commands[3];
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    total += commands[i].weight;
  at = choose (self, total);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (at < commands[i].weight)
        return &commands[i];
      at -= commands[i].weight;
    }
  g_assert_not_reached ();
}

static void
check_selection (Walk *self)
{
  g_auto (GStrv) ids = wf_step_selection_dup_ids (self->selection, FALSE);

  g_assert_cmpuint (g_strv_length (ids), ==, wf_step_selection_get_n (self->selection));
  for (guint i = 0; ids[i] != NULL; i++)
    g_assert_nonnull (wf_workflow_find_step (get_workflow (self), ids[i]));
  g_assert_true (
      wf_target_exists (wf_step_selection_get_focus (self->selection), get_workflow (self)));
}

static void
check_steps (Walk *self)
{
  g_autoptr (GPtrArray) steps = list_steps (self);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      g_assert_true (wf_workflow_edit_has_id (step));
      g_assert_true (g_hash_table_add (ids, step->id));
    }
}

static void
keep_version (Walk *self, const char *left)
{
  Version *version;

  if (self->next_merge != NULL && g_strcmp0 (self->next_merge, self->merge) == 0)
    {
      version = get_version (self);
    }
  else
    {
      g_set_str (&get_version (self)->left, left);
      version = g_new0 (Version, 1);
      g_ptr_array_set_size (self->versions, (int) ++self->position);
      g_ptr_array_add (self->versions, version);
    }
  g_ptr_array_set_size (self->versions, (int) self->position + 1);
  g_free (version->text);
  version->text = make_text (self);
  g_free (version->selected);
  version->selected = wf_builder_sample_selected (self->selection);
  self->merge = self->next_merge;
}

static void
run_command (Walk *self)
{
  const Command *command = choose_command (self);
  g_autofree char *left = wf_builder_sample_selected (self->selection);
  g_autofree char *before = make_text (self);

  self->next_merge = NULL;
  g_test_message ("%s", command->name);
  if (command->run (self))
    {
      keep_version (self, left);
    }
  else if (command->run != undo && command->run != redo)
    {
      g_autofree char *after = make_text (self);

      g_assert_cmpstr (after, ==, before);
    }
  check_steps (self);
  check_selection (self);
}

static void
walk (WfWorkflow *workflow, guint32 seed)
{
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, NULL);
  g_autoptr (WfStepSelection) selection = wf_step_selection_new (document);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
  Walk self = { document, selection, random, .versions = versions };
  Version *first = g_new0 (Version, 1);

  g_test_message ("seed %u", seed);
  first->text = make_text (&self);
  g_ptr_array_add (versions, first);
  for (guint i = 0; i < N_COMMANDS; i++)
    run_command (&self);
  g_assert_cmpuint (versions->len, >, N_COMMANDS / 4);
  while (self.position > 0)
    undo (&self);
  g_assert_false (wf_workflow_document_is_modified (document));
  while (self.position + 1 < versions->len)
    redo (&self);
  g_free (self.clipboard);
}

static void
test_walks (gconstpointer data)
{
  WfWorkflow *(*make) (void) = data;

  for (guint32 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (WfWorkflow) workflow = make ();

      walk (workflow, seed);
    }
}

static WfWorkflow *
make_empty (void)
{
  return wf_workflow_new ("Test");
}

static WfWorkflow *
make_large (void)
{
  return wf_builder_sample_new_large (80);
}

/* Another sequence each time, named when it fails. */
static void
test_new_seed (void)
{
  g_autoptr (WfWorkflow) workflow = wf_builder_sample_new ();
  guint32 seed = g_random_int ();

  g_test_message ("a new seed: %u", seed);
  walk (workflow, seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/ui/builder/random/empty", make_empty, test_walks);
  g_test_add_data_func ("/ui/builder/random/sample", wf_builder_sample_new, test_walks);
  g_test_add_data_func ("/ui/builder/random/damaged", wf_builder_sample_new_damaged, test_walks);
  g_test_add_data_func ("/ui/builder/random/large", make_large, test_walks);
  g_test_add_func ("/ui/builder/random/new-seed", test_new_seed);
  return g_test_run ();
}
