/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the selected leads, one or many. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-leads-page-private.h"

#include "wf-lead-comment-dialog.h"
#include "wf-lead-text.h"
#include "wf-lead-work.h"
#include "wf-people-dialog.h"
#include "wf-stage-choice-dialog.h"
#include "wf-stage-dialog.h"
#include "wf-workflows-dialog.h"

#include <glib/gi18n-lib.h>

static void
begin (WfLeadsPage *self, const WfLeadWork *work)
{
  g_autoptr (GPtrArray) leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);
  g_autoptr (GPtrArray) rows = wf_paged_selection_list_rows (self->selection);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (leads, wf_lead_ref (rows->pdata[i]));
  if (leads->len > 0)
    wf_lead_work_begin (GTK_WIDGET (self), self->runtime, leads, work, NULL, NULL);
}

/* ---- stage ------------------------------------------------------------------------------------- */

/* Policy: with many leads it is not known beforehand which of them would go back. A reason is asked when any would, or when they
 * are lost; for the others it is kept all the same. */
static gboolean
asks_reason (WfLeadsPage *self, const char *stage)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const WfPerson *person =
      wf_organisation_get_person (organisation, wf_runtime_get_person (self->runtime));
  g_autoptr (GPtrArray) rows = wf_paged_selection_list_rows (self->selection);

  if (g_strcmp0 (wf_stage_get_closing_event (organisation, stage), "lead.discarded") == 0)
    return TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean needs_reason = FALSE;
      g_autofree char *refusal =
          wf_lead_explain_stage (rows->pdata[i], organisation, person, stage, &needs_reason);
      if (refusal == NULL && needs_reason)
        return TRUE;
    }
  return FALSE;
}

static void
on_reason_answered (WfStageDialog *dialog, const char *reason, WfLeadsPage *self)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_STAGE,
                            .value = g_object_get_data (G_OBJECT (dialog), "stage"),
                            .reason = reason };

  begin (self, &work);
}

static void
on_stage_chosen (WfLeadsPage *self, const char *stage)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_STAGE, .value = stage };

  if (!asks_reason (self, stage))
    {
      begin (self, &work);
      return;
    }
  g_autofree char *count = wf_leads_count_text (wf_paged_selection_get_n (self->selection));
  AdwDialog *dialog = wf_stage_dialog_new (
      count, wf_organisation_get_stage_name (wf_runtime_get_organisation (self->runtime), stage));
  g_object_set_data_full (G_OBJECT (dialog), "stage", g_strdup (stage), g_free);
  g_signal_connect_object (dialog, "answered", G_CALLBACK (on_reason_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
change_stage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (organisation == NULL)
    return;
  AdwDialog *dialog = wf_stage_choice_dialog_new (organisation);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_stage_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ---- others ------------------------------------------------------------------------------------ */

static void
on_person_chosen (WfLeadsPage *self, const char *person)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_DIRECT, .value = person };

  begin (self, &work);
}

static gboolean
works_on_leads (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static void
direct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (organisation == NULL)
    return;
  AdwDialog *dialog =
      wf_people_dialog_new (organisation, _ ("Give the Leads To"), NULL, works_on_leads);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_person_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
on_workflow_chosen (WfLeadsPage *self, const char *id, const char *workflow_name)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_WORKFLOW, .value = id, .name = workflow_name };

  begin (self, &work);
}

static void
start_workflow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  AdwDialog *dialog = wf_workflows_dialog_new (self->runtime);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_workflow_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
on_comment_written (WfLeadsPage *self, const char *text, GStrv mentions)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_COMMENT,
                            .value = text,
                            .mentions = (const char *const *) mentions };

  begin (self, &work);
}

static void
comment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);
  g_autofree char *count = wf_leads_count_text (wf_paged_selection_get_n (self->selection));
  AdwDialog *dialog = wf_lead_comment_dialog_new (self->runtime, count);

  g_signal_connect_object (dialog, "written", G_CALLBACK (on_comment_written), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ---- selecting --------------------------------------------------------------------------------- */

static void
unselect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadsPage *self = WF_LEADS_PAGE (widget);

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  g_object_set (self, "selecting", FALSE, NULL);
}

void
wf_leads_bulk_update (WfLeadsPage *self)
{
  static const char *const actions[] = { "leads.change-stage", "leads.start-workflow",
                                         "leads.comment" };
  GtkWidget *widget = GTK_WIDGET (self);
  guint n = wf_paged_selection_get_n (self->selection);
  g_autofree char *text = wf_paged_selection_to_text (self->selection);
  gboolean works = wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES) ||
                   wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);

  gtk_label_set_text (self->selected, text);
  gtk_widget_set_visible (self->bulk_bar, self->selecting || n > 1);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (widget, actions[i], n > 0 && works);
  gtk_widget_action_set_enabled (widget, "leads.direct",
                                 n > 0 && wf_runtime_may (self->runtime, WF_RIGHT_DIRECT_LEAD));
}

void
wf_leads_bulk_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "leads.change-stage", NULL, change_stage_action);
  gtk_widget_class_install_action (widget_class, "leads.direct", NULL, direct_action);
  gtk_widget_class_install_action (widget_class, "leads.start-workflow", NULL,
                                   start_workflow_action);
  gtk_widget_class_install_action (widget_class, "leads.comment", NULL, comment_action);
  gtk_widget_class_install_action (widget_class, "leads.unselect", NULL, unselect_action);
}
