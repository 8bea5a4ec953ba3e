/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is filled in when a version is published. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-publish-form.h"

#include <glib/gi18n-lib.h>

struct _WfPublishForm
{
  AdwBin parent_instance;

  GtkEditable *note;
  AdwPreferencesGroup *runs_group;
  AdwActionRow *move_row;
  GtkCheckButton *move;
  GtkCheckButton *stop;
};

G_DEFINE_FINAL_TYPE (WfPublishForm, wf_publish_form, ADW_TYPE_BIN)

static void
wf_publish_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PUBLISH_FORM);
  G_OBJECT_CLASS (wf_publish_form_parent_class)->dispose (object);
}

static void
wf_publish_form_class_init (WfPublishFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_publish_form_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/versions/wf-publish-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WfPublishForm, note);
  gtk_widget_class_bind_template_child (widget_class, WfPublishForm, runs_group);
  gtk_widget_class_bind_template_child (widget_class, WfPublishForm, move_row);
  gtk_widget_class_bind_template_child (widget_class, WfPublishForm, move);
  gtk_widget_class_bind_template_child (widget_class, WfPublishForm, stop);
}

static void
wf_publish_form_init (WfPublishForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_runs (WfPublishForm *self, const WfInFlightCount *count)
{
  g_autofree char *waiting = g_strdup_printf (
      ngettext ("%u run waits in an earlier version. What becomes of it?",
                "%u runs wait in earlier versions. What becomes of them?", count->waiting),
      count->waiting);
  g_autofree char *move = g_strdup_printf (
      ngettext ("%u of them can; the others finish on their own version.",
                "%u of them can; the others finish on their own version.", count->movable),
      count->movable);

  adw_preferences_group_set_description (self->runs_group, waiting);
  adw_action_row_set_subtitle (self->move_row, move);
}

/**
 * wf_publish_form_new:
 * @note: the note to begin with
 * @count: the runs that wait
 *
 * Returns: (transfer floating): the form
 */
WfPublishForm *
wf_publish_form_new (const char *note, const WfInFlightCount *count)
{
  WfPublishForm *self = g_object_new (WF_TYPE_PUBLISH_FORM, NULL);

  gtk_editable_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->runs_group), count->waiting > 0);
  if (count->waiting > 0)
    show_runs (self, count);
  return self;
}

const char *
wf_publish_form_get_note (WfPublishForm *self)
{
  return gtk_editable_get_text (self->note);
}

WfInFlight
wf_publish_form_get_in_flight (WfPublishForm *self)
{
  if (gtk_check_button_get_active (self->move))
    return WF_IN_FLIGHT_MOVE;
  return gtk_check_button_get_active (self->stop) ? WF_IN_FLIGHT_STOP : WF_IN_FLIGHT_FINISH;
}
