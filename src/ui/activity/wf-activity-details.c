/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of one activity. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-details.h"

#include "wf-activity-changes.h"
#include "wf-activity-reminders.h"
#include "wf-activity-rights.h"
#include "wf-activity-text.h"
#include "wf-activity-why.h"
#include "wf-drafts.h"
#include "wf-leads-page.h"
#include "wf-plain-text.h"
#include "wf-sync-text.h"
#include "wf-time-left.h"
#include "wf-time-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define MOST_OTHERS 12
#define FIRST_MOMENTS 5
#define OTHER "wf-other-activity" /* of a row: its id */

struct _WfActivityDetails
{
  AdwBin parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  WfActivity *activity;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of reading the lead's others */
  GHashTable *drafts;        /* (owned) activity -> comment that was begun */
  GMenuModel *snooze_menu;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkWidget *kind_box;
  GtkImage *kind_icon;
  GtkLabel *kind;
  GtkLabel *left;
  GtkWidget *risk_box;
  GtkLabel *ending;
  GtkWidget *sync_box;
  GtkImage *sync_icon;
  GtkLabel *sync;
  GtkWidget *buttons;
  GtkWidget *complete;
  GtkWidget *dial;
  GtkWidget *claim;
  GtkWidget *snooze;
  GtkWidget *reschedule;
  GtkWidget *reassign;
  GtkWidget *reopen;
  WfActivityChanges *changes;
  GtkWidget *lead_group;
  AdwActionRow *lead;
  AdwActionRow *phone;
  AdwActionRow *email;
  GtkLabel *notes;
  AdwActionRow *deadline;
  AdwActionRow *original;
  AdwActionRow *ends;
  AdwActionRow *place;
  WfActivityReminders *reminders;
  AdwActionRow *person;
  WfActivityWhy *why;
  GtkWidget *comment_group;
  GtkEditable *comment;
  GtkWidget *history_group;
  WfLeadHistory *history;
  char *history_lead; /* (owned) (nullable) whose history is shown */
  GtkWidget *others_group;
  GtkListBox *others;
};

enum
{
  COMMENT,
  OPENED,
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
  g_autofree char *left = wf_time_left_to_text (activity->due, now);

  return end != NULL ? g_strdup (end) : g_strdup_printf ("%s · %s", left, due);
}

/* Calls and meetings begin when they are due. */
static gboolean
has_beginning (const WfActivity *activity)
{
  return activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING;
}

/* S7: what it was before somebody moved it is kept for ever. */
static void
show_deadline (WfActivityDetails *self, GTimeZone *zone)
{
  const WfActivity *activity = self->activity;
  g_autofree char *full = wf_time_text_full (activity->due, zone);
  g_autofree char *elsewhere = wf_time_text_original (activity->due, activity->zone);
  gboolean moved = activity->original_due != WF_INSTANT_NONE &&
                   activity->original_due != activity->due;
  g_autofree char *first = moved ? wf_time_text_full (activity->original_due, zone) : NULL;
  g_autofree char *ends =
      activity->ends != WF_INSTANT_NONE ? wf_time_text_full (activity->ends, zone) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->deadline),
                                 has_beginning (activity) ? _ ("Begins") : _ ("Deadline"));
  show_in_row (self->ends, ends);
  show_in_row (self->deadline, full);
  show_in_row (self->original, first);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->deadline), elsewhere);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->left), elsewhere != NULL ? elsewhere : full);
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
  gtk_widget_set_visible (self->risk_box, urgency == WF_URGENCY_SOON);
  show_deadline (self, zone);
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
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), OTHER, g_strdup (activity->id), g_free);
  return row;
}

static void
on_other_activated (WfActivityDetails *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), OTHER)); /* the row may go */

  if (id != NULL)
    g_signal_emit (self, signals[OPENED], 0, id);
}

static void
show_others_error (WfActivityDetails *self, const GError *error)
{
  GtkWidget *row = wf_plain_row_new (_ ("The Activities Cannot Be Read"), error->message);

  wf_plain_row_add_severity (ADW_ACTION_ROW (row), TRUE);
  gtk_list_box_remove_all (self->others);
  gtk_list_box_append (self->others, row);
  gtk_widget_set_visible (self->others_group, TRUE);
}

static void
on_others_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfActivityDetails) self = WF_ACTIVITY_DETAILS (user_data);
  g_autoptr (GError) error = NULL;
  guint total;
  g_autoptr (GPtrArray) others =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (self->activity == NULL || self->others == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (others == NULL)
    {
      show_others_error (self, error);
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
  gtk_image_set_from_icon_name (self->sync_icon, wf_sync_change_icon (self->activity->sync));
  gtk_widget_set_visible (self->sync_box, text != NULL);
}

/* What this person may do with it; the runtime checks it again. */
static void
show_commands (WfActivityDetails *self)
{
  gboolean open = self->activity->status == WF_ACTIVITY_OPEN;
  const WfActivityRights rights = wf_activity_rights_of_one (
      self->runtime, self->activity, wf_minute_clock_get_now (self->minutes));

  gtk_button_set_label (GTK_BUTTON (self->complete), self->activity->kind == WF_ACTIVITY_APPROVAL
                                                         ? _ ("_Approve or Reject…")
                                                         : _ ("_Complete"));
  gtk_widget_set_visible (self->dial, open && self->activity->kind == WF_ACTIVITY_CALL &&
                                          self->activity->lead_phone != NULL);
  gtk_widget_set_tooltip_text (self->dial, self->activity->lead_phone);
  gtk_widget_set_visible (self->complete, open);
  gtk_widget_set_visible (self->reschedule, open);
  gtk_widget_set_visible (self->claim, rights.claim);
  gtk_widget_set_visible (self->snooze, rights.snooze);
  gtk_widget_set_visible (self->reassign, rights.change);
  gtk_widget_set_visible (self->reopen, !open);
  gtk_widget_set_visible (self->comment_group, self->runtime != NULL);
}

/* B9: how it ended, in words; the reason is kept as its outcome. */
static void
show_ending (WfActivityDetails *self)
{
  g_autofree char *text =
      wf_activity_ending_to_text (self->activity, wf_runtime_get_organisation (self->runtime));

  gtk_label_set_text (self->ending, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->ending), text != NULL);
}

static void
show_history (WfActivityDetails *self)
{
  const char *lead = self->activity->lead;

  gtk_widget_set_visible (self->history_group, lead != NULL);
  if (g_strcmp0 (lead, self->history_lead) == 0)
    return;
  g_set_str (&self->history_lead, lead);
  wf_lead_history_set_lead (self->history, self->runtime, lead, FIRST_MOMENTS);
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
  show_ending (self);
  wf_activity_why_show (self->why, self->activity, wf_minute_clock_get_zone (self->minutes));
  show_time (self);
  wf_activity_reminders_show (self->reminders, self->activity);
  wf_activity_changes_show (self->changes, self->activity->id);
  show_history (self);
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
copy (WfActivityDetails *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  wf_toast_show (GTK_WIDGET (self), _ ("Copied"));
}

static void
on_phone_copied (WfActivityDetails *self)
{
  copy (self, self->activity->lead_phone);
}

static void
on_email_copied (WfActivityDetails *self)
{
  copy (self, self->activity->lead_email);
}

/* ---- comments ---------------------------------------------------------------------------------- */

/* A comment that was begun belongs to the activity on which it was begun, and waits there. */
static void
keep_draft (WfActivityDetails *self)
{
  if (self->activity != NULL)
    wf_drafts_keep (self->drafts, self->activity->id, gtk_editable_get_text (self->comment));
}

static void
show_draft (WfActivityDetails *self)
{
  const char *text = g_hash_table_lookup (self->drafts, self->activity->id);

  gtk_editable_set_text (self->comment, text != NULL ? text : "");
  gtk_editable_set_position (self->comment, -1);
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
  g_clear_pointer (&self->history_lead, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ACTIVITY_DETAILS);
  G_OBJECT_CLASS (wf_activity_details_parent_class)->dispose (object);
}

static void
wf_activity_details_finalize (GObject *object)
{
  g_hash_table_unref (WF_ACTIVITY_DETAILS (object)->drafts);
  G_OBJECT_CLASS (wf_activity_details_parent_class)->finalize (object);
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
  BIND (risk_box);
  BIND (ending);
  BIND (sync_box);
  BIND (sync_icon);
  BIND (sync);
  BIND (buttons);
  BIND (complete);
  BIND (dial);
  BIND (claim);
  BIND (snooze);
  BIND (reschedule);
  BIND (reassign);
  BIND (reopen);
  BIND (changes);
  BIND (lead_group);
  BIND (lead);
  BIND (phone);
  BIND (email);
  BIND (notes);
  BIND (deadline);
  BIND (original);
  BIND (ends);
  BIND (place);
  BIND (reminders);
  BIND (person);
  BIND (why);
  BIND (comment_group);
  BIND (comment);
  BIND (history_group);
  BIND (history);
  BIND (others_group);
  BIND (others);
}

static void
wf_activity_details_class_init (WfActivityDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_activity_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_activity_details_finalize;
  signals[COMMENT] = g_signal_new ("comment", WF_TYPE_ACTIVITY_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPENED] = g_signal_new ("opened", WF_TYPE_ACTIVITY_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (WF_TYPE_ACTIVITY_CHANGES);
  g_type_ensure (WF_TYPE_ACTIVITY_REMINDERS);
  g_type_ensure (WF_TYPE_ACTIVITY_WHY);
  g_type_ensure (WF_TYPE_LEAD_HISTORY);
  gtk_widget_class_set_css_name (widget_class, "wf-activity-details");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "activity/wf-activity-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_phone_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_email_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_phone_copied);
  gtk_widget_class_bind_template_callback (widget_class, on_email_copied);
  gtk_widget_class_bind_template_callback (widget_class, on_comment_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_other_activated);
}

static void
wf_activity_details_init (WfActivityDetails *self)
{
  self->drafts = wf_drafts_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_activity_details_set_up (WfActivityDetails *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  wf_activity_reminders_set_up (self->reminders, runtime, minutes);
  wf_activity_changes_set_up (self->changes, runtime, minutes);
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
  if (!same)
    keep_draft (self);
  g_clear_pointer (&self->activity, wf_activity_unref);
  if (activity == NULL)
    return;
  self->activity = wf_activity_ref (activity);
  if (!same)
    {
      show_draft (self);
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
wf_activity_details_clear_comment (WfActivityDetails *self, const char *activity)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self));
  g_hash_table_remove (self->drafts, activity);
  if (self->activity != NULL && g_str_equal (self->activity->id, activity))
    gtk_editable_set_text (self->comment, "");
}

void
wf_activity_details_focus_comment (WfActivityDetails *self)
{
  g_return_if_fail (WF_IS_ACTIVITY_DETAILS (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->comment));
}
