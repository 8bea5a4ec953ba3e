/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A version in the list. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-version-row.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfVersionRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *check;
  GtkLabel *badge;
  GtkWidget *restore;

  WfWorkflow *workflow; /* (owned) */
};

enum
{
  TOGGLED,
  RESTORE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfVersionRow, wf_version_row, ADW_TYPE_ACTION_ROW)

static void
on_active_changed (WfVersionRow *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
on_restore_clicked (WfVersionRow *self)
{
  g_signal_emit (self, signals[RESTORE], 0);
}

/* NULL: nothing to say. */
static const char *
get_badge (const WfWorkflowVersion *version, gboolean is_current)
{
  if (version->is_draft)
    return _ ("Draft");
  if (!is_current)
    return NULL;
  switch (version->workflow->state)
    {
    case WF_WORKFLOW_LIVE:
      return _ ("Live");
    case WF_WORKFLOW_PAUSED:
      return _ ("Paused");
    case WF_WORKFLOW_ARCHIVED:
      return _ ("Archived");
    case WF_WORKFLOW_DRAFT:
      break;
    }
  return NULL;
}

static char *
make_subtitle (const WfWorkflowVersion *version, const WfOrganisation *organisation, WfInstant now)
{
  const char *author = version->author != NULL
                           ? wf_organisation_get_person_name (organisation, version->author)
                           : _ ("Unknown author");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = version->saved != WF_INSTANT_NONE
                              ? wf_time_text_day_and_time (version->saved, now, zone)
                              : g_strdup (_ ("unknown time"));

  return version->note != NULL ? g_strdup_printf ("%s · %s\n“%s”", author, when, version->note)
                               : g_strdup_printf ("%s · %s", author, when);
}

static void
wf_version_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_VERSION_ROW);
  G_OBJECT_CLASS (wf_version_row_parent_class)->dispose (object);
}

static void
wf_version_row_finalize (GObject *object)
{
  g_clear_pointer (&WF_VERSION_ROW (object)->workflow, wf_workflow_unref);
  G_OBJECT_CLASS (wf_version_row_parent_class)->finalize (object);
}

static void
wf_version_row_class_init (WfVersionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_version_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_version_row_finalize;
  signals[TOGGLED] = g_signal_new ("toggled", WF_TYPE_VERSION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[RESTORE] = g_signal_new ("restore", WF_TYPE_VERSION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/versions/wf-version-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfVersionRow, check);
  gtk_widget_class_bind_template_child (widget_class, WfVersionRow, badge);
  gtk_widget_class_bind_template_child (widget_class, WfVersionRow, restore);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_clicked);
}

static void
wf_version_row_init (WfVersionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WfVersionRow *
wf_version_row_new (const WfWorkflowVersion *version, gboolean is_current, gboolean can_restore,
                    const WfOrganisation *organisation, WfInstant now)
{
  WfVersionRow *self = g_object_new (WF_TYPE_VERSION_ROW, NULL);
  const char *badge = get_badge (version, is_current);
  g_autofree char *title = NULL, *subtitle = make_subtitle (version, organisation, now);

  self->workflow = wf_workflow_ref (version->workflow);
  title = version->is_draft ? g_strdup (_ ("Draft"))
                            : g_strdup_printf (_ ("Version %d"), (int) version->workflow->version);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_text (self->badge, badge != NULL ? badge : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badge), badge != NULL && !version->is_draft);
  gtk_widget_set_visible (self->restore, can_restore && !version->is_draft);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return self;
}

WfWorkflow *
wf_version_row_get_workflow (WfVersionRow *self)
{
  return self->workflow;
}

const char *
wf_version_row_get_name (WfVersionRow *self)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
}

gboolean
wf_version_row_is_chosen (WfVersionRow *self)
{
  return gtk_check_button_get_active (self->check);
}

void
wf_version_row_choose (WfVersionRow *self, gboolean chosen)
{
  gtk_check_button_set_active (self->check, chosen);
}
