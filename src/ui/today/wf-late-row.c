/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a person's work is late. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-late-row.h"

#include "wf-time-left.h"

#include <glib/gi18n-lib.h>

struct _WfLateRow
{
  AdwActionRow parent_instance;

  AdwAvatar *avatar;
  GtkLevelBar *bar;
  GtkLabel *count;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (WfLateRow, wf_late_row, ADW_TYPE_ACTION_ROW)

static void
wf_late_row_class_init (WfLateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-late-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLateRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, WfLateRow, bar);
  gtk_widget_class_bind_template_child (widget_class, WfLateRow, count);
  gtk_widget_class_bind_template_child (widget_class, WfLateRow, button);
}

static void
wf_late_row_init (WfLateRow *self)
{
  static const char *const offsets[] = { GTK_LEVEL_BAR_OFFSET_LOW, GTK_LEVEL_BAR_OFFSET_HIGH,
                                         GTK_LEVEL_BAR_OFFSET_FULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  /* However long it is, it has the one colour that means late. */
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_remove_offset_value (self->bar, offsets[i]);
}

GtkWidget *
wf_late_row_new (void)
{
  return g_object_new (WF_TYPE_LATE_ROW, NULL);
}

/* "the oldest 2 days late · 3 due within the hour · away" */
static char *
describe (const WfPersonCount *count, const WfPerson *person, WfInstant now)
{
  g_autofree char *oldest = wf_time_left_to_text (count->oldest, now);
  GString *text = g_string_new (NULL);

  /* Translators: %s is "2 h late" */
  g_string_append_printf (text, _ ("the oldest %s"), oldest);
  if (count->soon > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (
          text, ngettext ("%u due within the hour", "%u due within the hour", count->soon),
          count->soon);
    }
  if (person != NULL && wf_person_get_absence (person, now) != NULL)
    g_string_append_printf (text, " · %s", _ ("away"));
  return g_string_free_and_steal (text);
}

void
wf_late_row_show (WfLateRow *self, const WfPersonCount *count, const WfOrganisation *organisation,
                  WfInstant now, guint most)
{
  g_return_if_fail (WF_IS_LATE_ROW (self));
  const WfPerson *person = organisation != NULL && count->person != NULL
                               ? wf_organisation_get_person (organisation, count->person)
                               : NULL;
  const char *name = count->person != NULL
                         ? wf_organisation_get_person_name (organisation, count->person)
                         : _ ("Unassigned");
  g_autofree char *text = describe (count, person, now);
  g_autofree char *late =
      g_strdup_printf (ngettext ("%u late", "%u late", count->late), count->late);
  /* Translators: the button of a person's line in a list of who has late activities */
  g_autofree char *show = g_strdup_printf (_ ("Show what is late of %s"), name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  adw_avatar_set_text (self->avatar, count->person != NULL ? name : NULL);
  gtk_level_bar_set_max_value (self->bar, most);
  gtk_level_bar_set_value (self->bar, count->late);
  gtk_label_set_text (self->count, late);
  gtk_widget_set_tooltip_text (self->button, show);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  show, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s",
                                    count->person != NULL ? count->person : "");
  /* After its target: an action without the one that it needs is a mistake. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "today.show-person");
}

void
wf_late_row_set_narrow (WfLateRow *self, gboolean narrow)
{
  g_return_if_fail (WF_IS_LATE_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !narrow);
}
