/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of Today's page that ask for something first. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-today-page-private.h"

#include "wf-activity-commands.h"
#include "wf-people-dialog.h"
#include "wf-reschedule-dialog.h"
#include "wf-workflows-dialog.h"

#include <glib/gi18n-lib.h>

#define TARGETS "wf-targets"

/* What the dialog is about stays what it was when it was opened. */
static void
keep_targets (AdwDialog *dialog, GPtrArray *targets)
{
  g_object_set_data_full (G_OBJECT (dialog), TARGETS, g_ptr_array_ref (targets),
                          (GDestroyNotify) g_ptr_array_unref);
}

static void
on_failed (GtkWidget *widget)
{
  wf_paged_list_refresh (wf_today_page_get_list (WF_TODAY_PAGE (widget)));
}

static void
change (WfTodayPage *self, AdwDialog *dialog, const WfBulkChange *change)
{
  GPtrArray *targets = g_object_get_data (G_OBJECT (dialog), TARGETS);

  wf_activities_command_change (GTK_WIDGET (self), self->runtime, targets, change, on_failed);
  if (targets->len > 1)
    wf_today_page_set_selecting (self, FALSE);
}

/* ---- reschedule -------------------------------------------------------------------------------- */

static void
on_rescheduled (WfTodayPage *self, gint64 due, const char *reason, AdwDialog *dialog)
{
  change (self, dialog, &(WfBulkChange) { .kind = WF_BULK_RESCHEDULE, .due = due, .text = reason });
}

void
wf_today_page_reschedule (WfTodayPage *self)
{
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);

  if (targets->len == 0)
    return;
  AdwDialog *dialog = wf_reschedule_dialog_new (self->runtime, self->minutes, targets);
  keep_targets (dialog, targets);
  g_signal_connect_object (dialog, "rescheduled", G_CALLBACK (on_rescheduled), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- give to another --------------------------------------------------------------------------- */

static gboolean
works_activities (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static void
on_receiver_chosen (WfTodayPage *self, const char *person, AdwDialog *dialog)
{
  change (self, dialog, &(WfBulkChange) { .kind = WF_BULK_REASSIGN, .person = person });
}

void
wf_today_page_reassign (WfTodayPage *self)
{
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (targets->len == 0 || organisation == NULL)
    return;
  const char *present = targets->len == 1 ? ((const WfActivity *) targets->pdata[0])->person : NULL;
  AdwDialog *dialog =
      wf_people_dialog_new (organisation, _ ("Give to Another Person"), present, works_activities);
  keep_targets (dialog, targets);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_receiver_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- start a workflow -------------------------------------------------------------------------- */

static void
on_workflow_chosen (WfTodayPage *self, const char *workflow, const char *name, AdwDialog *dialog)
{
  GPtrArray *targets = g_object_get_data (G_OBJECT (dialog), TARGETS);

  wf_activity_command_start_workflow (GTK_WIDGET (self), self->runtime, targets->pdata[0], workflow,
                                      name);
}

void
wf_today_page_start_workflow (WfTodayPage *self)
{
  g_autoptr (GPtrArray) targets = wf_today_page_list_targets (self);

  if (targets->len != 1 || ((const WfActivity *) targets->pdata[0])->lead == NULL)
    return;
  AdwDialog *dialog = wf_workflows_dialog_new (self->runtime);
  keep_targets (dialog, targets);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_workflow_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- snooze ------------------------------------------------------------------------------------ */

/* The keyboard goes back to where it was; else it would land on whatever can take it. */
static void
on_popover_closed (GtkWidget *popover, GtkWidget *focus)
{
  if (gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover); /* its action runs first */
}

/* Opens the menu at what has the focus: a row of the list, a button of the bar, or the details. */
void
wf_today_page_snooze_menu (WfTodayPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return;
  GtkWidget *popover =
      gtk_popover_menu_new_from_model (wf_activity_details_get_snooze_menu (self->details));
  const GdkRectangle at = { (int) (bounds.origin.x + bounds.size.width / 2), (int) bounds.origin.y,
                            1, (int) bounds.size.height };
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_popover_closed), focus, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}
