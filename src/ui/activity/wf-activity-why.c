/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an activity is there (B2). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-why.h"

#include "wf-event-catalogue.h"
#include "wf-explanation.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfActivityWhy
{
  AdwExpanderRow parent_instance;

  AdwActionRow *event;
  AdwActionRow *workflow;
  AdwActionRow *path;
  AdwActionRow *responsible;
  AdwActionRow *deadline;
  AdwActionRow *reminder;
  AdwActionRow *also;
};

G_DEFINE_FINAL_TYPE (WfActivityWhy, wf_activity_why, ADW_TYPE_EXPANDER_ROW)

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfActivityWhy, child)

static void
wf_activity_why_class_init (WfActivityWhyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-activity-why.ui");
  BIND (event);
  BIND (workflow);
  BIND (path);
  BIND (responsible);
  BIND (deadline);
  BIND (reminder);
  BIND (also);
}

static void
wf_activity_why_init (WfActivityWhy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* text NULL or "" hides the row. */
static void
show_in_row (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

static char *
join_lines (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) lines->pdata[i]);
  return g_string_free_and_steal (text);
}

static void
show_explanation (WfActivityWhy *self, const WfExplanation *why, GTimeZone *zone)
{
  g_autofree char *when = wf_time_text_full (why->event_time, zone);
  g_autofree char *event =
      g_strdup_printf ("%s\n%s", wf_event_type_to_text (why->event_type), when);
  /* Translators: a workflow's name and the number of its version */
  g_autofree char *workflow =
      g_strdup_printf (_ ("%s, version %d"), why->workflow_name, (int) why->version);
  g_autofree char *path = join_lines (why->path);
  g_autofree char *deadline = join_lines (why->deadline);
  g_autofree char *also = join_lines (why->also);

  show_in_row (self->event, event);
  show_in_row (self->workflow, workflow);
  show_in_row (self->path, path);
  show_in_row (self->responsible, why->responsible);
  show_in_row (self->deadline, deadline);
  show_in_row (self->reminder, why->reminder);
  show_in_row (self->also, also);
}

/* What the activity's own record says: of one that the CRM had before it had an engine, or that somebody planned, nothing else is
 * known. */
static void
show_record (WfActivityWhy *self, const WfActivity *activity)
{
  const char *name = activity->workflow_name != NULL ? activity->workflow_name : activity->workflow;
  g_autofree char *workflow =
      name == NULL ? g_strdup (_ ("None: it was planned by hand"))
      : activity->workflow_version > 0
          ? g_strdup_printf (_ ("%s, version %d"), name, (int) activity->workflow_version)
          : g_strdup (name);

  show_in_row (self->event,
               activity->event_type != NULL ? wf_event_type_to_text (activity->event_type) : NULL);
  show_in_row (self->workflow, workflow);
  show_in_row (self->path, name != NULL ? _ ("The CRM does not say more than this.") : NULL);
  show_in_row (self->responsible, NULL);
  show_in_row (self->deadline, NULL);
  show_in_row (self->reminder, NULL);
  show_in_row (self->also, NULL);
}

void
wf_activity_why_show (WfActivityWhy *self, const WfActivity *activity, GTimeZone *zone)
{
  g_return_if_fail (WF_IS_ACTIVITY_WHY (self));
  const char *json = activity->explanation;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExplanation) why = json != NULL ? wf_explanation_parse (json, &error) : NULL;

  if (error != NULL)
    g_warning ("An explanation cannot be read: %s", error->message);
  if (why != NULL)
    show_explanation (self, why, zone);
  else
    show_record (self, activity);
}
