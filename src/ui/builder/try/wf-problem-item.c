/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A problem with its place. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-problem-item.h"

#include "wf-problem-place.h"

#include <glib/gi18n-lib.h>

struct _WfProblemItem
{
  GObject parent_instance;

  WfTarget *target; /* (owned) */
  WfProblemSeverity severity;
  char *text, *place; /* (owned) */
};

enum
{
  PROP_ICON = 1,
  PROP_KIND,
  PROP_TEXT,
  PROP_PLACE,
  PROP_SPOKEN,
  PROP_CSS_CLASSES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfProblemItem, wf_problem_item, G_TYPE_OBJECT)

static const char *
get_kind (const WfProblemItem *self)
{
  return self->severity == WF_PROBLEM_ERROR ? _ ("Error") : _ ("Warning");
}

static void
wf_problem_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfProblemItem *self = WF_PROBLEM_ITEM (object);
  gboolean error = self->severity == WF_PROBLEM_ERROR;
  const char *const css_classes[] = { error ? "error" : "warning", NULL };

  switch (id)
    {
    case PROP_ICON:
      g_value_set_string (value, error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
      break;
    case PROP_KIND:
      g_value_set_string (value, get_kind (self));
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_SPOKEN:
      g_value_take_string (
          value, g_strdup_printf ("%s: %s, %s", get_kind (self), self->text, self->place));
      break;
    case PROP_CSS_CLASSES:
      g_value_set_boxed (value, css_classes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_problem_item_finalize (GObject *object)
{
  WfProblemItem *self = WF_PROBLEM_ITEM (object);

  wf_target_free (self->target);
  g_free (self->text);
  g_free (self->place);
  G_OBJECT_CLASS (wf_problem_item_parent_class)->finalize (object);
}

static void
wf_problem_item_class_init (WfProblemItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wf_problem_item_get_property;
  object_class->finalize = wf_problem_item_finalize;
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  props[PROP_SPOKEN] = g_param_spec_string ("spoken", NULL, NULL, NULL, flags);
  props[PROP_CSS_CLASSES] = g_param_spec_boxed ("css-classes", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_problem_item_init (WfProblemItem *self)
{
}

WfProblemItem *
wf_problem_item_new (const WfProblem *problem, const WfWorkflow *workflow,
                     const WfOrganisation *organisation)
{
  WfProblemItem *self = g_object_new (WF_TYPE_PROBLEM_ITEM, NULL);

  self->target = wf_problem_place_find (workflow, problem->path);
  self->severity = problem->severity;
  self->text = g_strdup (problem->text);
  self->place = wf_problem_place_to_text (self->target, workflow, organisation);
  return self;
}

const WfTarget *
wf_problem_item_get_target (WfProblemItem *self)
{
  return self->target;
}

const char *
wf_problem_item_get_text (WfProblemItem *self)
{
  return self->text;
}
