/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side panel of the builder.
 *
 * What is typed goes to the document at once, with a merge key for each setting, so that typing is
 * undone as one. The document then says that it changed; when it has what the form gave it, the
 * form is left alone and keeps its cursor. An undo, or a change that somebody else made, is
 * shown. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-inspector.h"

#include "wf-builder-commands.h"
#include "wf-path-form.h"
#include "wf-step-catalogue.h"
#include "wf-step-dialog-problems.h"
#include "wf-step-form.h"
#include "wf-trigger-form.h"

#include <glib/gi18n-lib.h>

struct _WfInspector
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkWidget *read_only;
  GtkStack *stack;
  WfTriggerForm *trigger;
  WfStepForm *step;
  WfPathForm *path;

  WfBuilderContext *context; /* (owned) (nullable) */
  char *step_id; /* (owned) (nullable) in the step's form, or the branch of the path's */
  guint path_index;
  char *given;    /* (owned) (nullable) the step's text as the form shows it */
  guint updating; /* source */
};

G_DEFINE_FINAL_TYPE (WfInspector, wf_inspector, ADW_TYPE_BIN)

/* Before the next frame is drawn: what several signals say is shown once. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 10)

static WfStepSelection *
get_selection (WfInspector *self)
{
  return wf_builder_context_get_selection (self->context);
}

static void
show_page (WfInspector *self, const char *page, const char *icon, const char *title)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), *title != '\0');
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* -- a step ------------------------------------------------------------------------------------ */

/* What the form shows is judged, also what the document cannot represent. */
static void
show_step_problems (WfInspector *self)
{
  const WfStepPlace place = { .position = G_MAXUINT };
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->step);
  g_autofree char *base = NULL;
  g_autoptr (WfProblems) problems = wf_workflow_document_try_step (
      wf_builder_context_get_document (self->context), &place, step, &base);

  wf_step_form_show_problems (self->step, problems, base);
}

static void
show_step (WfInspector *self, const WfStep *step)
{
  g_autofree char *text = wf_step_to_text (step);

  if (g_strcmp0 (text, self->given) != 0)
    {
      wf_step_form_show_step (self->step, step);
      g_set_str (&self->given, text);
    }
  g_set_str (&self->step_id, step->id);
  show_step_problems (self);
  show_page (self, "step", wf_step_catalogue_get (step->kind)->icon,
             wf_step_kind_to_text (step->kind));
}

static void
on_step_changed (WfInspector *self)
{
  g_autoptr (WfStep) step = wf_step_form_dup_step (self->step);
  g_autofree char *merge =
      g_strdup_printf ("%s/%s", step->id, wf_step_form_get_changed (self->step));

  g_free (self->given);
  self->given = wf_step_to_text (step);
  /* Without a change of the document nothing is told, but the form may be wrong in another way. */
  if (!wf_builder_replace (get_selection (self), step, merge))
    show_step_problems (self);
}

/* -- a path ------------------------------------------------------------------------------------ */

static WfPath *
find_path (WfInspector *self, const char *branch, guint index)
{
  WfStep *step = wf_workflow_find_step (wf_builder_context_get_workflow (self->context), branch);

  if (step == NULL || step->kind != WF_STEP_BRANCH || index >= step->paths->len)
    return NULL;
  return g_ptr_array_index (step->paths, index);
}

static void
show_path_problems (WfInspector *self, const WfTarget *target)
{
  WfWorkflowDocument *document = wf_builder_context_get_document (self->context);
  g_autofree char *branch =
      wf_workflow_edit_make_pointer (wf_workflow_document_get_workflow (document), target->step);
  g_autofree char *base = g_strdup_printf ("%s/paths/%u", branch, target->path);
  const WfProblem *name =
      wf_step_problem_find_in (wf_workflow_document_get_problems (document), base, "name", NULL);
  const WfProblem *condition =
      wf_step_problem_find_in (wf_workflow_document_get_problems (document), base, "if", NULL);

  wf_path_form_set_problem (self->path, name != NULL ? name->text : NULL);
  wf_path_form_set_condition_problem (self->path, condition != NULL ? condition->text : NULL);
}

static void
show_path (WfInspector *self, const WfTarget *target, const WfPath *path)
{
  WfWorkflow *workflow = wf_builder_context_get_workflow (self->context);

  g_set_str (&self->step_id, target->step);
  self->path_index = target->path;
  wf_path_form_set_event (self->path, workflow->event,
                          wf_builder_context_get_organisation (self->context));
  wf_path_form_show (self->path, path->name, path->condition);
  show_path_problems (self, target);
  show_page (self, "path", wf_step_catalogue_get (WF_STEP_BRANCH)->icon, _ ("Path of a branch"));
}

static void
on_path_name_changed (WfInspector *self)
{
  g_autofree char *merge = g_strdup_printf ("%s/%u/name", self->step_id, self->path_index);
  const WfPath *path = find_path (self, self->step_id, self->path_index);

  if (path != NULL)
    wf_builder_set_path (get_selection (self), self->step_id, self->path_index,
                         wf_path_form_get_name (self->path), path->condition, merge);
}

static void
on_path_condition_changed (WfInspector *self)
{
  g_autofree char *merge = g_strdup_printf ("%s/%u/if", self->step_id, self->path_index);
  g_autoptr (WfCondition) condition = wf_path_form_dup_condition (self->path);
  const WfPath *path = find_path (self, self->step_id, self->path_index);

  if (path != NULL)
    wf_builder_set_path (get_selection (self), self->step_id, self->path_index, path->name,
                         condition, merge);
}

/* -- what has the focus ------------------------------------------------------------------------ */

static void
show_several (WfInspector *self, guint n)
{
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u step selected", "%u steps selected", n), n);

  show_page (self, "several", NULL, title);
}

static void
show_focus (WfInspector *self, const WfTarget *focus)
{
  WfWorkflow *workflow = wf_builder_context_get_workflow (self->context);
  const WfStep *step = focus->kind == WF_TARGET_STEP ? wf_workflow_find_step (workflow, focus->step)
                                                     : NULL;
  const WfPath *path = focus->kind == WF_TARGET_PATH ? find_path (self, focus->step, focus->path)
                                                     : NULL;

  if (focus->kind == WF_TARGET_TRIGGER)
    show_page (self, "trigger", "media-playback-start-symbolic", _ ("Start"));
  else if (step != NULL && step->kind == WF_STEP_OTHER)
    show_page (self, "unknown", NULL, "");
  else if (step != NULL)
    show_step (self, step);
  else if (path != NULL)
    show_path (self, focus, path);
  else
    show_page (self, "nothing", NULL, "");
}

static void
update (WfInspector *self)
{
  g_clear_handle_id (&self->updating, g_source_remove);
  if (self->context == NULL)
    return;
  if (wf_step_selection_get_n (get_selection (self)) > 1)
    show_several (self, wf_step_selection_get_n (get_selection (self)));
  else
    show_focus (self, wf_step_selection_get_focus (get_selection (self)));
}

static gboolean
on_update (gpointer user_data)
{
  WfInspector *self = user_data;

  self->updating = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_update (WfInspector *self)
{
  if (self->updating == 0)
    self->updating = g_idle_add_full (UPDATE_PRIORITY, on_update, self, NULL);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_inspector_dispose (GObject *object)
{
  WfInspector *self = WF_INSPECTOR (object);

  g_clear_handle_id (&self->updating, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_INSPECTOR);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wf_inspector_parent_class)->dispose (object);
}

static void
wf_inspector_finalize (GObject *object)
{
  g_free (WF_INSPECTOR (object)->step_id);
  g_free (WF_INSPECTOR (object)->given);
  G_OBJECT_CLASS (wf_inspector_parent_class)->finalize (object);
}

static void
wf_inspector_class_init (WfInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_inspector_finalize;
  g_type_ensure (WF_TYPE_PATH_FORM);
  g_type_ensure (WF_TYPE_STEP_FORM);
  g_type_ensure (WF_TYPE_TRIGGER_FORM);
  gtk_widget_class_set_css_name (widget_class, "wf-inspector");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, WfInspector, icon);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, title);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, read_only);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, trigger);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, step);
  gtk_widget_class_bind_template_child (widget_class, WfInspector, path);
  gtk_widget_class_bind_template_callback (widget_class, on_step_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_path_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_path_condition_changed);
}

static void
wf_inspector_init (WfInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_inspector_set_context:
 * @self: a side panel
 * @context: the builder's; to be given once
 */
void
wf_inspector_set_context (WfInspector *self, WfBuilderContext *context)
{
  g_return_if_fail (WF_IS_INSPECTOR (self) && self->context == NULL);
  self->context = g_object_ref (context);
  wf_trigger_form_set_context (self->trigger, context);
  wf_step_form_set_context (self->step, context);
  wf_path_form_set_context (self->path, context);
  wf_path_form_set_editable (self->path, wf_builder_context_is_editable (context));
  gtk_widget_set_visible (self->read_only, !wf_builder_context_is_editable (context));
  if (!wf_builder_context_is_editable (context))
    gtk_widget_add_css_class (GTK_WIDGET (self), "wf-read-only");
  g_signal_connect_object (wf_builder_context_get_document (context), "changed",
                           G_CALLBACK (schedule_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_selection (self), "changed", G_CALLBACK (schedule_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_selection (self), "focus-changed", G_CALLBACK (schedule_update),
                           self, G_CONNECT_SWAPPED);
  update (self);
}

void
wf_inspector_focus_first (WfInspector *self)
{
  const char *page;

  g_return_if_fail (WF_IS_INSPECTOR (self));
  update (self);
  page = gtk_stack_get_visible_child_name (self->stack);
  if (g_str_equal (page, "trigger"))
    wf_trigger_form_focus_first (self->trigger);
  else if (g_str_equal (page, "step"))
    wf_step_form_focus_first (self->step);
  else if (g_str_equal (page, "path"))
    wf_path_form_focus_first (self->path);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}
