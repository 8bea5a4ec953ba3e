/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of one activity. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-details.h"

#include "wf-activity-text.h"
#include "wf-event-catalogue.h"
#include "wf-explanation.h"
#include "wf-plain-text.h"
#include "wf-sync-text.h"
#include "wf-time-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define MOST_OTHERS 12

struct _WfActivityDetails
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  WfActivity *activity;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of reading the lead's others */
  GMenuModel *snooze_menu;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkWidget *kind_box;
  GtkImage *kind_icon;
  GtkLabel *kind;
  GtkLabel *left;
  GtkWidget *sync_box;
  GtkImage *sync_icon;
  GtkLabel *sync;
  GtkWidget *buttons;
  GtkWidget *complete;
  GtkWidget *dial;
  GtkWidget *claim;
  GtkWidget *snooze;
  GtkWidget *reschedule;
  GtkWidget *lead_group;
  AdwActionRow *lead;
  AdwActionRow *phone;
  AdwActionRow *email;
  GtkLabel *notes;
  AdwActionRow *deadline;
  AdwActionRow *ends;
  AdwActionRow *place;
  AdwActionRow *reminder;
  AdwActionRow *person;
  AdwExpanderRow *why;
  AdwActionRow *why_event;
  AdwActionRow *why_workflow;
  AdwActionRow *why_path;
  AdwActionRow *why_responsible;
  AdwActionRow *why_deadline;
  AdwActionRow *why_reminder;
  AdwActionRow *why_also;
  GtkWidget *comment_group;
  GtkEditable *comment;
  GtkWidget *others_group;
  GtkListBox *others;
};

enum
{
  COMMENT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfActivityDetails, wf_activity_details, ADW_TYPE_BIN)

/* text NULL or "" hides the row. */
static void
show_in_row (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

/* ---- time -------------------------------------------------------------------------------------- */

static char *
status_text (const WfActivity *activity, WfInstant now, GTimeZone *zone)
{
  g_autofree char *due = wf_time_text_day_and_time (activity->due, now, zone);

  const char *end = wf_activity_end_to_text (activity, now);
  g_autofree char *left = wf_time_text_left (activity->due, now);

  return end != NULL ? g_strdup (end) : g_strdup_printf ("%s · %s", left, due);
}

/* Calls and meetings begin when they are due. */
static gboolean
has_beginning (const WfActivity *activity)
{
  return activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING;
}

static void
show_deadline (WfActivityDetails *self, GTimeZone *zone)
{
  g_autofree char *full = wf_time_text_full (self->activity->due, zone);
  g_autofree char *original = wf_time_text_original (self->activity->due, self->activity->zone);
  gboolean moved = self->activity->original_due != WF_INSTANT_NONE &&
                   self->activity->original_due != self->activity->due;
  g_autofree char *first = moved ? wf_time_text_full (self->activity->original_due, zone) : NULL;
  g_autofree char *text = moved ? g_strdup_printf (_ ("%s, first %s"), full, first)
                                : g_strdup (full);

  g_autofree char *ends = self->activity->ends != WF_INSTANT_NONE
                              ? wf_time_text_full (self->activity->ends, zone)
                              : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->deadline),
                                 has_beginning (self->activity) ? _ ("Begins") : _ ("Deadline"));
  show_in_row (self->ends, ends);
  adw_action_row_set_subtitle_lines (self->deadline, 0);
  show_in_row (self->deadline, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->deadline), original);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->left), original != NULL ? original : full);
}

static void
show_reminder (WfActivityDetails *self, WfInstant now, GTimeZone *zone)
{
  gboolean ahead = self->activity->status == WF_ACTIVITY_OPEN &&
                   self->activity->remind != WF_INSTANT_NONE && self->activity->remind > now;
  g_autofree char *text = ahead ? wf_time_text_day_and_time (self->activity->remind, now, zone)
                                : NULL;

  show_in_row (self->reminder, text);
}

static void
show_time (WfActivityDetails *self)
{
  if (self->activity == NULL)
    return;
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);
  g_autofree char *status = status_text (self->activity, now, zone);
  WfUrgency urgency = wf_activity_urgency (self->activity, now);

  gtk_label_set_text (self->left, status);
  gtk_widget_remove_css_class (GTK_WIDGET (self->left), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->left), "warning");
  if (urgency != WF_URGENCY_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->left),
                              urgency == WF_URGENCY_LATE ? "error" : "warning");
  show_deadline (self, zone);
  show_reminder (self, now, zone);
}

/* ---- why (B2) ---------------------------------------------------------------------------------- */

static char *
join_lines (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) lines->pdata[i]);
  return g_string_free_and_steal (text);
}

static void
show_explanation (WfActivityDetails *self, const WfExplanation *why)
{
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);
  g_autofree char *when = wf_time_text_full (why->event_time, zone);
  g_autofree char *event =
      g_strdup_printf ("%s\n%s", wf_event_type_to_text (why->event_type), when);
  /* Translators: a workflow's name and the number of its version */
  g_autofree char *workflow =
      g_strdup_printf (_ ("%s, version %d"), why->workflow_name, (int) why->version);
  g_autofree char *path = join_lines (why->path);
  g_autofree char *deadline = join_lines (why->deadline);

  show_in_row (self->why_event, event);
  show_in_row (self->why_workflow, workflow);
  show_in_row (self->why_path, path);
  show_in_row (self->why_responsible, why->responsible);
  show_in_row (self->why_deadline, deadline);
  g_autofree char *also = join_lines (why->also);

  show_in_row (self->why_reminder, why->reminder);
  show_in_row (self->why_also, also);
}

static void
show_why (WfActivityDetails *self)
{
  const char *json = self->activity->explanation;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfExplanation) why = json != NULL ? wf_explanation_parse (json, &error) : NULL;

  if (error != NULL)
    g_warning ("An explanation cannot be read: %s", error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  if (why != NULL)
    show_explanation (self, why);
}

/* ---- the lead's other activities --------------------------------------------------------------- */

static GtkWidget *
make_other_row (WfActivityDetails *self, const WfActivity *activity)
{
  g_autofree char *status = status_text (activity, wf_minute_clock_get_now (self->minutes),
                                         wf_minute_clock_get_zone (self->minutes));
  GtkWidget *row = wf_plain_row_new (activity->title, status);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (wf_activity_icon (
                                 activity, wf_runtime_get_organisation (self->runtime))));
  return row;
}

static void
on_others_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfActivityDetails) self = WF_ACTIVITY_DETAILS (user_data);
  g_autoptr (GError) error = NULL;
  guint total;
  g_autoptr (GPtrArray) others =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (others == NULL || self->activity == NULL || self->others == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The lead's other activities cannot be read: %s", error->message);
      return;
    }
  gtk_list_box_remove_all (self->others);
  for (guint i = 0; i < others->len; i++)
    {
      const WfActivity *other = others->pdata[i];
      if (!g_str_equal (other->id, self->activity->id))
        gtk_list_box_append (self->others, make_other_row (self, other));
    }
  gtk_widget_set_visible (self->others_group,
                          gtk_list_box_get_row_at_index (self->others, 0) != NULL);
}

static void
read_others (WfActivityDetails *self)
{
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = self->activity->lead,
    .now = wf_minute_clock_get_now (self->minutes),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
    .limit = MOST_OTHERS,
  };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->activity->lead == NULL)
    {
      gtk_widget_set_visible (self->others_group, FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_activities_async (self->runtime, &query, self->cancellable, on_others_read,
                                    g_object_ref (self));
}

/* ---- the activity ------------------------------------------------------------------------------ */

static void
show_lead (WfActivityDetails *self)
{
  const WfActivity *activity = self->activity;

  show_in_row (self->lead, activity->lead_name != NULL ? activity->lead_name : activity->lead);
  show_in_row (self->phone, activity->lead_phone);
  show_in_row (self->email, activity->lead_email);
  gtk_widget_set_visible (self->lead_group, activity->lead_name != NULL || activity->lead != NULL ||
                                                activity->lead_phone != NULL ||
                                                activity->lead_email != NULL);
  gtk_label_set_text (self->notes, activity->notes != NULL ? activity->notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes),
                          activity->notes != NULL && *activity->notes != '\0');
}

static void
show_sync (WfActivityDetails *self)
{
  g_autofree char *text = wf_sync_change_text (self->activity->sync, self->activity->sync_error);

  gtk_label_set_text (self->sync, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->sync_icon, self->activity->sync == WF_SYNC_REFUSED
                                                     ? "dialog-warning-symbolic"
                                                     : "view-refresh-symbolic");
  gtk_widget_set_visible (self->sync_box, text != NULL);
}

/* What this person may do with it; the runtime checks it again. */
static void
show_commands (WfActivityDetails *self)
{
  gboolean open = self->activity->status == WF_ACTIVITY_OPEN;
  gboolean unassigned = self->activity->person == NULL;
  gboolean own = g_strcmp0 (self->activity->person, wf_runtime_get_person (self->runtime)) == 0;

  gtk_button_set_label (GTK_BUTTON (self->complete), self->activity->kind == WF_ACTIVITY_APPROVAL
                                                         ? _ ("_Approve or Reject…")
                                                         : _ ("_Complete"));
  gtk_widget_set_visible (self->dial, self->activity->kind == WF_ACTIVITY_CALL &&
                                          self->activity->lead_phone != NULL);
  gtk_widget_set_tooltip_text (self->dial, self->activity->lead_phone);
  gtk_widget_set_visible (self->buttons, open);
  gtk_widget_set_visible (self->claim,
                          unassigned && wf_runtime_may (self->runtime, WF_RIGHT_CLAIM_UNASSIGNED));
  gtk_widget_set_visible (self->snooze, own);
  gtk_widget_set_visible (self->comment_group, self->runtime != NULL);
}

static void
show_kind (WfActivityDetails *self)
{
  const char *kind = wf_activity_kind_to_text (self->activity->kind);

  gtk_label_set_text (self->kind, kind != NULL ? kind : "");
  gtk_image_set_from_icon_name (
      self->kind_icon,
      wf_activity_icon (self->activity, wf_runtime_get_organisation (self->runtime)));
  gtk_widget_set_visible (self->kind_box, kind != NULL);
  show_in_row (self->place, self->activity->place);
}

static void
show_activity (WfActivityDetails *self)
{
  gtk_label_set_text (self->title, self->activity->title);
  show_kind (self);
  show_lead (self);
  show_sync (self);
  show_commands (self);
  show_in_row (self->person, wf_activity_person_name (self->activity,
                                                      wf_runtime_get_organisation (self->runtime)));
  show_why (self);
  show_time (self);
  read_others (self);
}

/* ---- links ------------------------------------------------------------------------------------- */

static void
on_link_launched (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfActivityDetails) self = WF_ACTIVITY_DETAILS (user_data);
  g_autoptr (GError) error = NULL;
  const char *target = gtk_uri_launcher_get_uri (GTK_URI_LAUNCHER (object));

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), strchr (target, ':') + 1);
  wf_toast_show (GTK_WIDGET (self), _ ("No program opens this link. It was copied instead."));
}

static void
launch (WfActivityDetails *self, const char *scheme, const char *target, const char *allowed)
{
  g_autofree char *escaped = g_uri_escape_string (target, allowed, FALSE);
  g_autofree char *uri = g_strconcat (scheme, escaped, NULL);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                           on_link_launched, g_object_ref (self));
}

static void
on_phone_activated (WfActivityDetails *self)
{
  g_autofree char *digits = g_strdup (self->activity->lead_phone);
  char *end = digits;

  for (const char *c = digits; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c) || *c == '+')
        *end++ = *c;
    }
  *end = '\0';
  launch (self, "tel:", digits, "+");
}

static void
on_email_activated (WfActivityDetails *self)
{
  launch (self, "mailto:", self->activity->lead_email, "@+");
}

static void
on_comment_applied (WfActivityDetails *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->comment)));

  if (*text != '\0')
    g_signal_emit (self, signals[COMMENT], 0, text);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_activity_details_dispose (GObject *object)
{
  WfActivityDetails *self = WF_ACTIVITY_DETAILS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->minutes != NULL)
    g_signal_handlers_disconnect_by_data (self->minutes, self);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->activity, wf_activity_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ACTIVITY_DETAILS);
  G_OBJECT_CLASS (wf_activity_details_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfActivityDetails, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (snooze_menu);
  BIND (scroller);
  BIND (title);
  BIND (kind_box);
  BIND (kind_icon);
  BIND (kind);
  BIND (left);
  BIND (sync_box);
  BIND (sync_icon);
  BIND (sync);
  BIND (buttons);
  BIND (complete);
  BIND (dial);
  BIND (claim);
  BIND (snooze);
  BIND (reschedule);
  BIND (lead_group);
  BIND (lead);
  BIND (phone);
  BIND (email);
  BIND (notes);
  BIND (deadline);
  BIND (ends);
  BIND (place);
  BIND (reminder);
  BIND (person);
  BIND (why);
  BIND (why_event);
  BIND (why_workflow);
  BIND (why_path);
  BIND (why_responsible);
  BIND (why_deadline);
  BIND (why_reminder);
  BIND (why_also);
  BIND (comment_group);
  BIND (comment);
  BIND (others_group);
  BIND (others);
}

static void
wf_activity_details_class_init (WfActivityDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_activity_details_dispose;
  signals[COMMENT] = g_signal_new ("comment", WF_TYPE_ACTIVITY_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "wf-activity-details");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "today/wf-activity-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_phone_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_email_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_comment_applied);
}

static void
wf_activity_details_init (WfActivityDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_activity_details_set_up (WfActivityDetails *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (show_time), self);
}

void
wf_activity_details_set_activity (WfActivityDetails *self, WfActivity *activity)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self));
  gboolean same = activity != NULL && self->activity != NULL &&
                  g_str_equal (activity->id, self->activity->id);

  if (activity == self->activity)
    return;
  g_clear_pointer (&self->activity, wf_activity_unref);
  if (activity == NULL)
    return;
  self->activity = wf_activity_ref (activity);
  if (!same)
    {
      gtk_editable_set_text (self->comment, "");
      gtk_list_box_remove_all (self->others);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
  show_activity (self);
}

WfActivity *
wf_activity_details_get_activity (WfActivityDetails *self)
{
  g_return_val_if_fail (WF_IS_ACTIVITY_DETAILS (self), NULL);
  return self->activity;
}

GMenuModel *
wf_activity_details_get_snooze_menu (WfActivityDetails *self)
{
  g_return_val_if_fail (WF_IS_ACTIVITY_DETAILS (self), NULL);
  return self->snooze_menu;
}

void
wf_activity_details_clear_comment (WfActivityDetails *self)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self));
  gtk_editable_set_text (self->comment, "");
}
