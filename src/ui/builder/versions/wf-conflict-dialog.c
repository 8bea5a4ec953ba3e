/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people changed the same workflow: what each did, and what to go on with.
 *
 * Policy (S30): nothing is overwritten silently. Putting both together is proposed only where
 * nothing is touched by both; else the person's own work is, which loses least: theirs stays among
 * the versions. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-conflict-dialog.h"

#include "wf-compare.h"
#include "wf-conflict-resolve.h"
#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

struct _WfConflictDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *theirs;
  AdwPreferencesGroup *mine;
  AdwActionRow *both_row;
  GtkCheckButton *both;
  GtkCheckButton *use_mine;
  GtkCheckButton *take_theirs;
  GtkCheckButton *keep_copy;
  AdwPreferencesGroup *clashes;
  GtkWidget *go_on;

  WfWorkflow *base;                 /* (owned) (nullable) */
  WfWorkflow *my_work, *their_work; /* (owned) */
  guint n_clashes;                  /* places that both changed differently */
};

enum
{
  RESOLVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfConflictDialog, wf_conflict_dialog, ADW_TYPE_DIALOG)

/* -- showing ----------------------------------------------------------------------------------- */

static void
add_differences (AdwPreferencesGroup *group, const WfWorkflow *before, const WfWorkflow *after,
                 const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) sentences = wf_difference_list (before, after, organisation);

  for (guint i = 0; i < sentences->len; i++)
    adw_preferences_group_add (group, wf_plain_row_new (g_ptr_array_index (sentences, i), NULL));
  if (sentences->len == 0)
    adw_preferences_group_add (group,
                               wf_plain_row_new (_ ("Nothing that makes a difference"), NULL));
}

/* author: nullable. */
static void
show_both_sides (WfConflictDialog *self, const char *author, const WfOrganisation *organisation)
{
  g_autofree char *title = NULL;

  if (self->base == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->theirs), FALSE);
      adw_preferences_group_set_title (self->mine, _ ("Yours Differs From Theirs"));
      add_differences (self->mine, self->their_work, self->my_work, organisation);
      return;
    }
  /* Translators: %s is a person */
  title = author != NULL ? g_strdup_printf (_ ("%s Changed"), author)
                         : g_strdup (_ ("Somebody Else Changed"));
  wf_plain_group_set_title (self->theirs, title);
  add_differences (self->theirs, self->base, self->their_work, organisation);
  add_differences (self->mine, self->base, self->my_work, organisation);
}

static void
show_clashes (WfConflictDialog *self)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WfWorkflow) merged = NULL;

  if (self->base == NULL)
    return;
  merged = wf_conflict_resolve (WF_RESOLVE_WITH_BOTH, self->base, self->my_work, self->their_work,
                                conflicts);
  for (guint i = 0; i < conflicts->len; i++)
    adw_preferences_group_add (self->clashes,
                               wf_plain_row_new (g_ptr_array_index (conflicts, i), NULL));
  self->n_clashes = conflicts->len;
}

static void
on_way_changed (WfConflictDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->clashes),
                          self->n_clashes > 0 && gtk_check_button_get_active (self->both));
}

static void
preselect (WfConflictDialog *self)
{
  if (self->base == NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->both_row), FALSE);
      adw_action_row_set_subtitle (self->both_row, _ ("What both began with is not known here."));
    }
  gtk_check_button_set_active (
      self->base != NULL && self->n_clashes == 0 ? self->both : self->use_mine, TRUE);
  on_way_changed (self);
}

/* -- deciding ---------------------------------------------------------------------------------- */

static WfConflictWay
get_way (WfConflictDialog *self)
{
  if (gtk_check_button_get_active (self->both))
    return WF_RESOLVE_WITH_BOTH;
  if (gtk_check_button_get_active (self->take_theirs))
    return WF_RESOLVE_WITH_THEIRS;
  return gtk_check_button_get_active (self->keep_copy) ? WF_RESOLVE_WITH_COPY
                                                       : WF_RESOLVE_WITH_MINE;
}

static void
on_go_on_clicked (WfConflictDialog *self)
{
  g_autoptr (WfConflictDialog) alive = g_object_ref (self);
  g_autoptr (WfWorkflow) result =
      wf_conflict_resolve (get_way (self), self->base, self->my_work, self->their_work, NULL);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[RESOLVED], 0, result);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_conflict_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONFLICT_DIALOG);
  G_OBJECT_CLASS (wf_conflict_dialog_parent_class)->dispose (object);
}

static void
wf_conflict_dialog_finalize (GObject *object)
{
  WfConflictDialog *self = WF_CONFLICT_DIALOG (object);

  g_clear_pointer (&self->base, wf_workflow_unref);
  g_clear_pointer (&self->my_work, wf_workflow_unref);
  g_clear_pointer (&self->their_work, wf_workflow_unref);
  G_OBJECT_CLASS (wf_conflict_dialog_parent_class)->finalize (object);
}

static void
wf_conflict_dialog_class_init (WfConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_conflict_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_conflict_dialog_finalize;
  signals[RESOLVED] = g_signal_new ("resolved", WF_TYPE_CONFLICT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/versions/wf-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, theirs);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, mine);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, both_row);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, both);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, use_mine);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, take_theirs);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, keep_copy);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, clashes);
  gtk_widget_class_bind_template_child (widget_class, WfConflictDialog, go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_way_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked);
}

static void
wf_conflict_dialog_init (WfConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->go_on);
}

/**
 * wf_conflict_dialog_new:
 * @context: of the builder
 * @base: (nullable): what both began with
 * @mine: what this person made of it
 * @theirs: what is published now
 * @their_author: (nullable): id of who published it
 *
 * Returns: (transfer floating): the dialog
 */
WfConflictDialog *
wf_conflict_dialog_new (WfBuilderContext *context, WfWorkflow *base, WfWorkflow *mine,
                        WfWorkflow *theirs, const char *their_author)
{
  WfConflictDialog *self = g_object_new (WF_TYPE_CONFLICT_DIALOG, NULL);
  WfOrganisation *organisation = wf_builder_context_get_organisation (context);
  const char *author = wf_organisation_get_person_name (organisation, their_author);
  g_autofree char *text = NULL;

  self->base = base != NULL ? wf_workflow_ref (base) : NULL;
  self->my_work = wf_workflow_ref (mine);
  self->their_work = wf_workflow_ref (theirs);
  if (author != NULL)
    /* Translators: a person and a workflow */
    text =
        g_strdup_printf (_ ("%1$s published “%2$s” while you worked on it."), author, theirs->name);
  else
    text =
        g_strdup_printf (_ ("Somebody else published “%s” while you worked on it."), theirs->name);
  wf_plain_group_set_description (base != NULL ? self->theirs : self->mine, text);
  show_both_sides (self, author, organisation);
  show_clashes (self);
  preselect (self);
  return self;
}
