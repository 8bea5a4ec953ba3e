/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of publishing to the person's own calendar. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-publish-page.h"

#include "wf-minute-clock.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfPublishPage
{
  AdwPreferencesPage parent_instance;

  WfCalendarPublisher *publisher; /* (owned) (nullable) */
  WfCalendars *calendars;         /* (owned) (nullable) */
  WfMinuteClock *minutes;         /* (owned) (nullable) */
  GPtrArray *found;               /* (owned) (nullable) of WfCalendarTarget */
  GCancellable *cancellable;      /* (owned) (nullable) of what is asked */
  GCancellable *checking;         /* (owned) (nullable) whether this computer has calendars */
  gboolean filling;
  GtkWidget *where, *form, *choice, *published;
  AdwActionRow *own_row;
  GtkCheckButton *own_check, *server_check;
  AdwEntryRow *address, *user, *password;
  AdwComboRow *target;
  AdwSwitchRow *only_new, *only_meetings;
  AdwActionRow *place, *state;
  GtkLabel *problem;
  GtkWidget *busy, *find_button, *publish_button, *again_button, *stop_button;
};

G_DEFINE_FINAL_TYPE (WfPublishPage, wf_publish_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- words ------------------------------------------------------------------------------------- */

static char *
describe_success (WfCalendarPublisher *publisher, WfInstant now, GTimeZone *zone)
{
  guint n = wf_calendar_publisher_get_n_published (publisher);
  guint refused = wf_calendar_publisher_get_n_refused (publisher);
  g_autofree char *ago = wf_time_text_ago (wf_calendar_publisher_get_last (publisher), now, zone);
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u activity published", "%u activities published", n), n);
  /* Translators: how much was published, and when: "12 activities published, 2 min ago" */
  g_autofree char *text = g_strdup_printf (_ ("%1$s, %2$s"), count, ago);

  if (refused == 0)
    return g_steal_pointer (&text);
  g_autofree char *left =
      g_strdup_printf (ngettext ("The calendar does not take %u activity.",
                                 "The calendar does not take %u activities.", refused),
                       refused);
  return g_strconcat (text, "\n", left, NULL);
}

char *
wf_publish_page_describe (WfCalendarPublisher *publisher, WfInstant now, GTimeZone *zone)
{
  const char *problem = wf_calendar_publisher_get_problem (publisher);

  switch (wf_calendar_publisher_get_state (publisher))
    {
    case WF_PUBLISHER_UP_TO_DATE:
      return describe_success (publisher, now, zone);
    case WF_PUBLISHER_WAITING:
      /* Translators: %s is a sentence that says what is wrong */
      return g_strdup_printf (_ ("%s It is tried again by itself."), problem);
    case WF_PUBLISHER_PROBLEM:
      return g_strdup (problem);
    case WF_PUBLISHER_WORKING:
      return g_strdup (wf_calendar_publisher_is_leaving (publisher)
                           ? _ ("Removing what was published…")
                           : _ ("Publishing…"));
    case WF_PUBLISHER_OFF:
    default:
      return g_strdup (_ ("Nothing is published"));
    }
}

static void
show_problem (WfPublishPage *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
show_published (WfPublishPage *self, const WfCalendarTarget *target)
{
  g_autofree char *words = wf_publish_page_describe (self->publisher,
                                                     wf_minute_clock_get_now (self->minutes),
                                                     wf_minute_clock_get_zone (self->minutes));
  WfPublisherState state = wf_calendar_publisher_get_state (self->publisher);
  gboolean leaving = wf_calendar_publisher_is_leaving (self->publisher);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), target->name);
  adw_action_row_set_subtitle (self->place, g_str_equal (target->kind, WF_CALENDAR_KIND_DESKTOP)
                                                ? _ ("This computer’s calendar")
                                                : target->address);
  adw_action_row_set_subtitle (self->state, words);
  self->filling = TRUE;
  adw_switch_row_set_active (self->only_meetings,
                             !target->takes_tasks ||
                                 wf_calendar_publisher_get_only_meetings (self->publisher));
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->only_meetings), target->takes_tasks && !leaving);
  gtk_widget_set_visible (self->again_button,
                          state == WF_PUBLISHER_PROBLEM || state == WF_PUBLISHER_WAITING);
}

static const WfCalendarTarget *
get_chosen (WfPublishPage *self)
{
  guint index = adw_combo_row_get_selected (self->target);

  return self->found != NULL && index < self->found->len ? self->found->pdata[index] : NULL;
}

static void
show (WfPublishPage *self)
{
  const WfCalendarTarget *chosen = get_chosen (self);
  const WfCalendarTarget *target =
      self->publisher != NULL ? wf_calendar_publisher_get_target (self->publisher) : NULL;
  gboolean found = self->found != NULL;
  gboolean asking = self->cancellable != NULL;
  gboolean server = gtk_check_button_get_active (self->server_check);

  gtk_widget_set_visible (GTK_WIDGET (self), self->publisher != NULL);
  gtk_widget_set_visible (self->where, target == NULL);
  gtk_widget_set_visible (self->form, target == NULL && server);
  gtk_widget_set_visible (self->choice, target == NULL && found);
  gtk_widget_set_visible (self->published, target != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->only_new), chosen != NULL && chosen->takes_tasks);
  gtk_widget_set_visible (self->find_button, target == NULL && !found && server);
  gtk_widget_set_visible (self->publish_button, target == NULL && found);
  gtk_widget_set_visible (self->stop_button, target != NULL);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->busy, asking);
  gtk_widget_set_sensitive (self->choice, !asking);
  gtk_widget_set_sensitive (self->publish_button, !asking);
  gtk_widget_set_sensitive (
      self->find_button, !asking && *gtk_editable_get_text (GTK_EDITABLE (self->address)) != '\0');
  if (target != NULL)
    show_published (self, target);
}

/* ---- finding calendars ------------------------------------------------------------------------- */

static void
cancel (WfPublishPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
stop_checking (WfPublishPage *self)
{
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

/* Owned by the caller. */
static char *
name_target (const WfCalendarTarget *target)
{
  /* Translators: a calendar that is made when something is published to it */
  return target->is_new ? g_strdup_printf (_ ("%s (new calendar)"), target->name)
                        : g_strdup (target->name);
}

/* Takes found. */
static void
show_found (WfPublishPage *self, GPtrArray *found)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *name = name_target (found->pdata[i]);
      gtk_string_list_append (names, name);
    }
  self->found = found;
  adw_combo_row_set_model (self->target, G_LIST_MODEL (names));
}

static void
on_own_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPublishPage) self = WF_PUBLISH_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  GPtrArray *found = wf_calendars_list_own_finish (WF_CALENDARS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (found != NULL)
    show_found (self, found);
  show_problem (self, error != NULL ? error->message : NULL);
  show (self);
}

/* What was found in one place is not there in the other. */
static void
on_place_toggled (WfPublishPage *self, GtkCheckButton *check)
{
  if (!gtk_check_button_get_active (check))
    return;
  cancel (self);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  show_problem (self, NULL);
  if (check == self->own_check && self->calendars != NULL)
    {
      self->cancellable = g_cancellable_new ();
      wf_calendars_list_own_async (self->calendars, self->cancellable, on_own_listed,
                                   g_object_ref (self));
    }
  show (self);
}

static void
on_target_changed (WfPublishPage *self)
{
  show (self);
}

static void
on_own_checked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPublishPage) self = WF_PUBLISH_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean there = wf_calendars_check_own_finish (WF_CALENDARS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->checking);
  gtk_widget_set_sensitive (GTK_WIDGET (self->own_row), there);
  adw_action_row_set_subtitle (self->own_row, there ? _ ("What GNOME Calendar and Evolution show")
                                                    : error->message);
  if (!there)
    gtk_check_button_set_active (self->server_check, TRUE);
}

static void
check_own (WfPublishPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->own_row), FALSE);
  self->checking = g_cancellable_new ();
  wf_calendars_check_own_async (self->calendars, self->checking, on_own_checked,
                                g_object_ref (self));
}

/* What was found, and what is being looked for, belongs to what was entered. */
static void
on_entry_changed (WfPublishPage *self)
{
  cancel (self);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  show_problem (self, NULL);
  show (self);
}

static void
on_found (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPublishPage) self = WF_PUBLISH_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  GPtrArray *found = wf_calendars_list_finish (WF_CALENDARS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (found != NULL)
    show_found (self, found);
  show_problem (self, error != NULL ? error->message : NULL);
  show (self);
  gtk_widget_grab_focus (self->found != NULL ? GTK_WIDGET (self->target)
                                             : GTK_WIDGET (self->address));
}

static void
on_find_clicked (WfPublishPage *self)
{
  if (!gtk_widget_get_sensitive (self->find_button) ||
      !gtk_widget_get_visible (self->find_button) || self->calendars == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  show (self);
  wf_calendars_list_async (self->calendars, gtk_editable_get_text (GTK_EDITABLE (self->address)),
                           gtk_editable_get_text (GTK_EDITABLE (self->user)),
                           gtk_editable_get_text (GTK_EDITABLE (self->password)), self->cancellable,
                           on_found, g_object_ref (self));
}

/* ---- beginning and ending ---------------------------------------------------------------------- */

static void
begin (WfPublishPage *self)
{
  const WfCalendarTarget *target = get_chosen (self);

  if (target == NULL || self->publisher == NULL ||
      wf_calendar_publisher_get_target (self->publisher) != NULL)
    return;
  wf_calendar_publisher_begin (self->publisher, target, adw_switch_row_get_active (self->only_new));
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
}

static void
on_password_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPublishPage) self = WF_PUBLISH_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean kept = wf_calendars_keep_password_finish (WF_CALENDARS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  show_problem (self, error != NULL ? error->message : NULL);
  if (kept)
    begin (self);
  show (self);
}

static void
keep_password (WfPublishPage *self, const WfCalendarTarget *target)
{
  if (target->user == NULL || *target->user == '\0')
    {
      begin (self);
      show (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  show (self);
  wf_calendars_keep_password_async (self->calendars, target,
                                    gtk_editable_get_text (GTK_EDITABLE (self->password)),
                                    self->cancellable, on_password_kept, g_object_ref (self));
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfPublishPage) self = WF_PUBLISH_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  WfCalendarTarget *made = wf_calendars_make_finish (WF_CALENDARS (object), result, &error);
  guint index = adw_combo_row_get_selected (self->target);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  show_problem (self, error != NULL ? error->message : NULL);
  if (made != NULL && get_chosen (self) != NULL)
    {
      wf_calendar_target_free (self->found->pdata[index]);
      self->found->pdata[index] = made;
      keep_password (self, made);
      return;
    }
  g_clear_pointer (&made, wf_calendar_target_free);
  show (self);
}

static void
on_publish_clicked (WfPublishPage *self)
{
  const WfCalendarTarget *target = get_chosen (self);

  if (target == NULL || self->cancellable != NULL)
    return;
  if (!target->is_new)
    {
      keep_password (self, target);
      return;
    }
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  show (self);
  wf_calendars_make_async (self->calendars, target,
                           gtk_editable_get_text (GTK_EDITABLE (self->password)), self->cancellable,
                           on_made, g_object_ref (self));
}

static void
on_only_meetings_changed (WfPublishPage *self)
{
  if (!self->filling && self->publisher != NULL)
    wf_calendar_publisher_set_only_meetings (self->publisher,
                                             adw_switch_row_get_active (self->only_meetings));
}

static void
on_again_clicked (WfPublishPage *self)
{
  wf_calendar_publisher_poke (self->publisher);
}

static void
on_stop_answered (WfPublishPage *self, const char *response)
{
  if (self->publisher == NULL)
    return;
  if (g_str_equal (response, "remove"))
    wf_calendar_publisher_leave (self->publisher);
  else if (g_str_equal (response, "keep"))
    wf_calendar_publisher_forget (self->publisher);
}

static void
on_stop_clicked (WfPublishPage *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Stop Publishing?"),
      _ ("What was published can be removed from your calendar, or stay there as it is now."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "keep", _ ("_Leave It There"),
                                  "remove", _ ("_Remove It"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_stop_answered), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
leave (WfPublishPage *self)
{
  if (self->publisher == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->publisher, self);
  g_signal_handlers_disconnect_by_data (self->minutes, self);
  wf_minute_clock_stop (self->minutes);
  g_clear_object (&self->minutes);
  g_clear_object (&self->publisher);
}

static void
wf_publish_page_dispose (GObject *object)
{
  WfPublishPage *self = WF_PUBLISH_PAGE (object);

  cancel (self);
  stop_checking (self);
  leave (self);
  g_clear_object (&self->calendars);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_PUBLISH_PAGE);
  G_OBJECT_CLASS (wf_publish_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, where);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, own_row);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, own_check);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, server_check);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, form);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, choice);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, published);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, address);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, user);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, password);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, target);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, only_new);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, only_meetings);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, place);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, state);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, problem);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, busy);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, find_button);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, publish_button);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, WfPublishPage, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_place_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_target_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_find_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_publish_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_only_meetings_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
wf_publish_page_class_init (WfPublishPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_publish_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "app/wf-publish-page.ui");
  bind_template (widget_class);
}

static void
wf_publish_page_init (WfPublishPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

/**
 * wf_publish_page_set_publisher:
 * @self: the page
 * @publisher: (nullable): of the account that is open
 * @calendars: (nullable): where calendars are looked for
 */
void
wf_publish_page_set_publisher (WfPublishPage *self, WfCalendarPublisher *publisher,
                               WfCalendars *calendars)
{
  g_set_object (&self->calendars, calendars);
  if (self->publisher == publisher)
    return;
  cancel (self);
  stop_checking (self);
  leave (self);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (publisher != NULL && calendars != NULL)
    check_own (self);
  if (publisher != NULL)
    {
      self->publisher = g_object_ref (publisher);
      self->minutes = wf_minute_clock_new (wf_calendar_publisher_get_clock (publisher));
      wf_minute_clock_start (self->minutes);
      g_signal_connect_object (self->minutes, "notify::now", G_CALLBACK (show), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (publisher, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
      show_problem (self, wf_calendar_publisher_get_state (publisher) == WF_PUBLISHER_OFF
                              ? wf_calendar_publisher_get_problem (publisher)
                              : NULL);
    }
  show (self);
}
