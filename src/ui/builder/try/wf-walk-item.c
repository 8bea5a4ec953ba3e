/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stops of a test in words and as marks. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-walk-item.h"

#include "wf-problem-place.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

/* Values on the canvas, of one stop; the list has all of them. */
#define MOST_VALUES 3

struct _WfWalkItem
{
  GObject parent_instance;

  WfTarget *target; /* (owned) */
  WfWalkOutcome outcome;
  char *time, *place, *text, *tests, *spoken; /* (owned) */
  char *mark;                                 /* (owned) */
};

enum
{
  PROP_TIME = 1,
  PROP_ICON,
  PROP_OUTCOME,
  PROP_PLACE,
  PROP_TEXT,
  PROP_TESTS,
  PROP_SPOKEN,
  PROP_CSS_CLASSES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfWalkItem, wf_walk_item, G_TYPE_OBJECT)

static const struct
{
  WfMarkKind mark;
  const char *icon;
  const char *css_class; /* (nullable) */
} outcomes[] = {
  [WF_WALK_PASSED] = { WF_MARK_PASSED, "object-select-symbolic", "success" },
  [WF_WALK_WAITS] = { WF_MARK_WAITS, "preferences-system-time-symbolic", "warning" },
  [WF_WALK_SKIPPED] = { WF_MARK_SKIPPED, "go-next-symbolic", "dimmed" },
  [WF_WALK_NOT_TAKEN] = { WF_MARK_NOT_TAKEN, "window-close-symbolic", "dimmed" },
  [WF_WALK_STOPPED] = { WF_MARK_STOPPED, "process-stop-symbolic", "error" },
};

static void
wf_walk_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfWalkItem *self = WF_WALK_ITEM (object);
  const char *const css_classes[] = { outcomes[self->outcome].css_class, NULL };

  switch (id)
    {
    case PROP_TIME:
      g_value_set_string (value, self->time);
      break;
    case PROP_ICON:
      g_value_set_string (value, outcomes[self->outcome].icon);
      break;
    case PROP_OUTCOME:
      g_value_set_string (value, wf_mark_kind_to_text (outcomes[self->outcome].mark));
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_TESTS:
      g_value_set_string (value, self->tests);
      break;
    case PROP_SPOKEN:
      g_value_set_string (value, self->spoken);
      break;
    case PROP_CSS_CLASSES:
      g_value_set_boxed (value, css_classes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_walk_item_finalize (GObject *object)
{
  WfWalkItem *self = WF_WALK_ITEM (object);

  wf_target_free (self->target);
  g_free (self->time);
  g_free (self->place);
  g_free (self->text);
  g_free (self->tests);
  g_free (self->spoken);
  g_free (self->mark);
  G_OBJECT_CLASS (wf_walk_item_parent_class)->finalize (object);
}

static void
wf_walk_item_class_init (WfWalkItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = {
    "time", "icon", "outcome", "place", "text", "tests", "spoken"
  };
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wf_walk_item_get_property;
  object_class->finalize = wf_walk_item_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    props[i + 1] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  props[PROP_CSS_CLASSES] = g_param_spec_boxed ("css-classes", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_walk_item_init (WfWalkItem *self)
{
}

/* -- texts ------------------------------------------------------------------------------------- */

static WfTarget *
make_target (const WfWalkStop *stop)
{
  switch (stop->place)
    {
    case WF_WALK_STEP:
      return wf_target_new_step (stop->step);
    case WF_WALK_PATH:
      return wf_target_new_path (stop->step, stop->path);
    case WF_WALK_TRIGGER:
      break;
    }
  return wf_target_new_trigger ();
}

static const char *
get_value (const WfWalkTest *test)
{
  return test->value != NULL ? test->value : _ ("empty");
}

static char *
tests_to_text (const GPtrArray *tests)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tests->len; i++)
    {
      const WfWalkTest *test = g_ptr_array_index (tests, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          test->holds
              /* Translators: a condition that holds, and the value it was tested with */
              ? _ ("✓ Yes: %s (value: %s)")
              /* Translators: a condition that does not hold, and the value it was tested with */
              : _ ("✗ No: %s (value: %s)"),
          test->sentence, get_value (test));
    }
  return g_string_free_and_steal (text);
}

/* "09:30 · 35 ✗": beside the card, whose own text has the conditions. */
static char *
make_mark (const WfWalkStop *stop, const char *time)
{
  GString *text = g_string_new (time);

  for (guint i = 0; i < MIN (stop->tests->len, MOST_VALUES); i++)
    {
      const WfWalkTest *test = g_ptr_array_index (stop->tests, i);

      g_string_append_printf (text, "%s%s %s", i == 0 ? " · " : ", ", get_value (test),
                              test->holds ? "✓" : "✗");
    }
  if (stop->tests->len > MOST_VALUES)
    g_string_append_printf (text, ", +%u", stop->tests->len - MOST_VALUES);
  return g_string_free_and_steal (text);
}

static char *
make_spoken (const WfWalkItem *self)
{
  g_autofree char *first = g_strdup_printf ("%s, %s, %s, %s", self->time, self->place,
                                            wf_mark_kind_to_text (outcomes[self->outcome].mark),
                                            self->text);

  return *self->tests != '\0' ? g_strdup_printf ("%s\n%s", first, self->tests)
                              : g_steal_pointer (&first);
}

/**
 * wf_walk_item_new:
 * @stop: of a walk
 * @workflow: the workflow that was tested
 * @organisation: (nullable): for names
 * @began: the time of the event: days are told from there
 * @zone: the viewer's
 *
 * Returns: (transfer full): the item
 */
WfWalkItem *
wf_walk_item_new (const WfWalkStop *stop, const WfWorkflow *workflow,
                  const WfOrganisation *organisation, WfInstant began, GTimeZone *zone)
{
  WfWalkItem *self = g_object_new (WF_TYPE_WALK_ITEM, NULL);

  self->target = make_target (stop);
  self->outcome = stop->outcome;
  self->time = wf_time_text_full (stop->at, zone);
  self->place = wf_problem_place_to_text (self->target, workflow, organisation);
  self->text = g_strdup (stop->text != NULL ? stop->text : "");
  self->tests = tests_to_text (stop->tests);
  self->spoken = make_spoken (self);
  g_autofree char *clock = wf_time_text_clock (stop->at, zone);
  g_autofree char *day = wf_time_text_day_and_time (stop->at, began, zone);
  self->mark = make_mark (stop, stop->at - began < G_TIME_SPAN_HOUR ? clock : day);
  return self;
}

const WfTarget *
wf_walk_item_get_target (WfWalkItem *self)
{
  return self->target;
}

const char *
wf_walk_item_get_spoken (WfWalkItem *self)
{
  return self->spoken;
}

void
wf_walk_item_mark (WfWalkItem *self, WfFlowMarks *marks)
{
  wf_flow_marks_set (marks, self->target, outcomes[self->outcome].mark, self->mark);
}

/* -- sum --------------------------------------------------------------------------------------- */

/* Steps that direct the flow, and do nothing themselves. */
static gboolean
is_flow (WfStepKind kind)
{
  return kind == WF_STEP_BRANCH || kind == WF_STEP_WAIT;
}

/**
 * wf_walk_sum:
 * @stops: (element-type WfWalkStop): of a walk
 * @workflow: the workflow that was tested
 *
 * Returns: (transfer full): what would be done, in a sentence
 */
char *
wf_walk_sum (const GPtrArray *stops, const WfWorkflow *workflow)
{
  guint activities = 0, others = 0;
  g_autofree char *text = NULL, *more = NULL;

  for (guint i = 0; i < stops->len; i++)
    {
      const WfWalkStop *stop = g_ptr_array_index (stops, i);
      const WfStep *step = stop->place == WF_WALK_STEP && stop->outcome == WF_WALK_PASSED
                               ? wf_workflow_find_step (workflow, stop->step)
                               : NULL;

      if (step == NULL)
        continue;
      if (wf_step_kind_is_activity (step->kind))
        activities++;
      else if (!is_flow (step->kind))
        others++;
    }
  if (activities == 0 && others == 0)
    return g_strdup (_ ("Nothing would happen."));
  text = g_strdup_printf (
      ngettext ("%u activity would be created", "%u activities would be created", activities),
      activities);
  if (others == 0)
    return g_strdup_printf ("%s.", text);
  more = g_strdup_printf (ngettext ("%u other step would run", "%u other steps would run", others),
                          others);
  /* Translators: "3 activities would be created" and "1 other step would run" */
  return activities > 0 ? g_strdup_printf (_ ("%s, and %s."), text, more)
                        : g_strdup_printf ("%s.", more);
}
