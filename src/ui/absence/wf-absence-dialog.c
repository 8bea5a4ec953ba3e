/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that somebody is away (B10). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-absence-dialog.h"

#include "wf-absence-text.h"
#include "wf-absence-type-row.h"
#include "wf-absence.h"
#include "wf-instant.h"
#include "wf-people-dialog.h"
#include "wf-problem-row.h"

#include <glib/gi18n-lib.h>

struct _WfAbsenceDialog
{
  AdwDialog parent_instance;

  WfRuntime *runtime;           /* (owned) */
  WfOrganisation *organisation; /* (owned) as it was when the dialog was opened */
  GCancellable *cancellable;    /* (owned) */
  GCancellable *previewing;     /* (owned) (nullable) */
  char *who;                    /* (owned) id */
  char *absence;                /* (owned) id: of the one that is changed, or of a new one */
  char *cover_id;               /* (owned) (nullable) */
  WfInstant known_from;         /* of the one that is changed and has begun: it stays */
  GPtrArray *types;             /* (owned) of WfAbsenceTypeRow, unowned */
  gboolean filling, busy;

  GtkWidget *save;
  AdwActionRow *person;
  GtkWidget *person_arrow;
  AdwActionRow *first;
  GtkPopover *first_popover;
  GtkCalendar *first_calendar;
  AdwActionRow *last;
  GtkPopover *last_popover;
  GtkCalendar *last_calendar;
  GtkEditable *reason;
  GtkCheckButton *cover_check;
  GtkCheckButton *shift_check;
  GtkCheckButton *hold_check;
  AdwActionRow *cover;
  AdwExpanderRow *by_type;
  WfProblemRow *problem;
  GtkLabel *preview;
  GtkButton *end;
};

G_DEFINE_FINAL_TYPE (WfAbsenceDialog, wf_absence_dialog, ADW_TYPE_DIALOG)

static const WfPerson *
get_person (WfAbsenceDialog *self)
{
  return wf_organisation_get_person (self->organisation, self->who);
}

static WfWorkingHours *
get_hours (WfAbsenceDialog *self)
{
  return wf_organisation_get_hours_for (self->organisation, get_person (self));
}

static WfInstant
get_now (WfAbsenceDialog *self)
{
  return wf_clock_now (wf_runtime_get_clock (self->runtime));
}

/* -- what was entered -------------------------------------------------------------------------- */

static WfInstant
find_day (WfAbsenceDialog *self, GtkCalendar *calendar, int plus)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);

  return wf_absence_find_midnight (g_date_time_get_year (day), g_date_time_get_month (day),
                                   g_date_time_get_day_of_month (day), plus,
                                   wf_working_hours_get_zone (get_hours (self)));
}

static WfAbsenceTreatment
get_treatment (WfAbsenceDialog *self)
{
  if (gtk_check_button_get_active (self->cover_check))
    return WF_ABSENCE_COVER;
  return gtk_check_button_get_active (self->shift_check) ? WF_ABSENCE_SHIFT : WF_ABSENCE_HOLD;
}

static guint
read_rules (WfAbsenceDialog *self, WfAbsenceRule *rules)
{
  guint n = 0;

  for (guint i = 0; i < self->types->len; i++)
    {
      WfAbsenceTypeRow *row = g_ptr_array_index (self->types, i);

      if (wf_absence_type_row_get_treatment (row, &rules[n].treatment))
        rules[n++].type = wf_absence_type_row_get_activity_type (row);
    }
  return n;
}

/* Today counts from now: what is past of it is not part of it. */
static WfAbsence *
read_fields (WfAbsenceDialog *self)
{
  g_autofree WfAbsenceRule *rules = g_new0 (WfAbsenceRule, self->types->len + 1);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
  WfAbsence absence = { .id = self->absence,
                        .from = find_day (self, self->first_calendar, 0),
                        .until = find_day (self, self->last_calendar, 1),
                        .treatment = get_treatment (self),
                        .rules = rules,
                        .n_rules = read_rules (self, rules),
                        .reason = *reason != '\0' ? reason : NULL };

  if (self->known_from != WF_INSTANT_NONE)
    absence.from = self->known_from;
  else
    absence.from = MAX (absence.from, get_now (self) / G_TIME_SPAN_MINUTE * G_TIME_SPAN_MINUTE);
  if (wf_absence_uses (&absence, WF_ABSENCE_COVER))
    absence.cover = self->cover_id;
  return wf_absence_copy (&absence);
}

/* -- preview ----------------------------------------------------------------------------------- */

static const char *
get_cover_name (WfAbsenceDialog *self)
{
  const char *id = self->cover_id != NULL ? self->cover_id : get_person (self)->cover;

  return id != NULL ? wf_organisation_get_person_name (self->organisation, id) : NULL;
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAbsenceDialog) self = WF_ABSENCE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) effects =
      wf_runtime_preview_absence_finish (WF_RUNTIME (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->organisation == NULL)
    return;
  if (effects == NULL)
    {
      gtk_label_set_text (self->preview, error->message);
      return;
    }
  text = wf_absence_text_preview (effects, get_cover_name (self),
                                  find_day (self, self->last_calendar, 1), get_hours (self));
  gtk_label_set_text (self->preview, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->preview), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
ask_for_preview (WfAbsenceDialog *self, const WfAbsence *absence)
{
  g_cancellable_cancel (self->previewing);
  g_clear_object (&self->previewing);
  self->previewing = g_cancellable_new ();
  wf_runtime_preview_absence_async (self->runtime, self->who, absence, self->previewing,
                                    on_previewed, g_object_ref (self));
}

/* -- showing ----------------------------------------------------------------------------------- */

static void
show_day (AdwActionRow *row, GtkCalendar *calendar)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  /* Translators: a day without its time, strftime format: "Friday, 20 November 2026" */
  g_autofree char *text = g_date_time_format (day, _ ("%A, %-d %B %Y"));

  adw_action_row_set_subtitle (row, text);
}

static char *
explain (WfAbsenceDialog *self, const WfAbsence *absence)
{
  const WfPerson *me =
      wf_organisation_get_person (self->organisation, wf_runtime_get_person (self->runtime));
  char *reason = wf_organisation_explain_absence_right (self->organisation, me, self->who);

  if (reason == NULL)
    reason = wf_organisation_explain_absence (self->organisation, self->who, absence);
  if (reason == NULL && absence->until <= get_now (self))
    reason = g_strdup (_ ("This is over already."));
  return reason;
}

static void
update (WfAbsenceDialog *self)
{
  g_autoptr (WfAbsence) absence = NULL;
  g_autofree char *reason = NULL;
  const char *cover;

  if (self->filling)
    return;
  absence = read_fields (self);
  reason = explain (self, absence);
  cover = get_cover_name (self);
  show_day (self->first, self->first_calendar);
  show_day (self->last, self->last_calendar);
  gtk_widget_set_visible (GTK_WIDGET (self->cover), wf_absence_uses (absence, WF_ABSENCE_COVER));
  adw_action_row_set_subtitle (self->cover, cover != NULL ? cover : _ ("Nobody yet"));
  wf_problem_row_set_text (self->problem, reason, GTK_WIDGET (self->cover));
  gtk_widget_set_sensitive (self->save, reason == NULL && !self->busy);
  if (reason == NULL)
    ask_for_preview (self, absence);
  else
    gtk_label_set_text (self->preview, "");
}

static void
on_changed (WfAbsenceDialog *self)
{
  update (self);
}

static void
on_first_selected (WfAbsenceDialog *self)
{
  g_autoptr (GDateTime) first = gtk_calendar_get_date (self->first_calendar);
  g_autoptr (GDateTime) last = gtk_calendar_get_date (self->last_calendar);

  gtk_popover_popdown (self->first_popover);
  if (!self->filling && g_date_time_compare (last, first) < 0)
    gtk_calendar_select_day (self->last_calendar, first);
  update (self);
}

static void
on_last_selected (WfAbsenceDialog *self)
{
  gtk_popover_popdown (self->last_popover);
  update (self);
}

/* -- filling in -------------------------------------------------------------------------------- */

static void
select_day (GtkCalendar *calendar, WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) day = wf_instant_to_date_time (at, zone);

  if (day != NULL)
    gtk_calendar_select_day (calendar, day);
}

static const WfAbsenceRule *
find_rule (const WfAbsence *absence, const char *type)
{
  for (guint i = 0; absence != NULL && i < absence->n_rules; i++)
    if (g_strcmp0 (absence->rules[i].type, type) == 0)
      return &absence->rules[i];
  return NULL;
}

static void
fill_treatment (WfAbsenceDialog *self, WfAbsenceTreatment treatment)
{
  GtkCheckButton *checks[] = { [WF_ABSENCE_HOLD] = self->hold_check,
                               [WF_ABSENCE_SHIFT] = self->shift_check,
                               [WF_ABSENCE_COVER] = self->cover_check };

  gtk_check_button_set_active (checks[treatment], TRUE);
}

static void
fill_types (WfAbsenceDialog *self, const WfAbsence *absence)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      WfAbsenceTypeRow *row = g_ptr_array_index (self->types, i);
      const WfAbsenceRule *rule = find_rule (absence, wf_absence_type_row_get_activity_type (row));

      wf_absence_type_row_set_treatment (row, rule != NULL,
                                         rule != NULL ? rule->treatment : WF_ABSENCE_HOLD);
    }
}

/* The one that goes on, else the next; NULL: none is planned. */
static const WfAbsence *
find_planned (WfAbsenceDialog *self)
{
  const WfPerson *person = get_person (self);
  WfInstant now = get_now (self);

  for (guint i = 0; i < person->n_absences; i++)
    if (person->absences[i].until > now)
      return &person->absences[i];
  return NULL;
}

static void
fill_end (WfAbsenceDialog *self, const WfAbsence *planned)
{
  gboolean begun = planned != NULL && planned->from <= get_now (self);

  self->known_from = begun ? planned->from : WF_INSTANT_NONE;
  gtk_widget_set_visible (GTK_WIDGET (self->end), planned != NULL);
  gtk_button_set_label (self->end, begun ? _ ("End Absence Now") : _ ("Remove Absence"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->first), !begun);
  gtk_button_set_label (GTK_BUTTON (self->save), planned != NULL ? _ ("_Change") : _ ("_Set"));
}

static void
fill (WfAbsenceDialog *self)
{
  const WfPerson *person = get_person (self);
  const WfAbsence *planned = find_planned (self);
  GTimeZone *zone = wf_working_hours_get_zone (get_hours (self));
  WfInstant now = get_now (self);

  self->filling = TRUE;
  g_free (self->absence);
  self->absence = planned != NULL ? g_strdup (planned->id) : wf_uuid_new ();
  g_set_str (&self->cover_id, planned != NULL ? planned->cover : NULL);
  adw_action_row_set_subtitle (self->person, person->name);
  select_day (self->first_calendar, planned != NULL ? planned->from : now, zone);
  select_day (self->last_calendar, planned != NULL ? planned->until - 1 : now, zone);
  gtk_editable_set_text (self->reason,
                         planned != NULL && planned->reason != NULL ? planned->reason : "");
  fill_treatment (self, planned != NULL ? planned->treatment : WF_ABSENCE_COVER);
  fill_types (self, planned);
  fill_end (self, planned);
  self->filling = FALSE;
  update (self);
}

/* -- people ------------------------------------------------------------------------------------ */

static gboolean
can_cover (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static void
on_cover_chosen (WfPeopleDialog *dialog, const char *id, WfAbsenceDialog *self)
{
  g_set_str (&self->cover_id, id);
  update (self);
}

static void
on_cover_activated (WfAbsenceDialog *self)
{
  AdwDialog *dialog =
      wf_people_dialog_new (self->organisation, _ ("Who Covers"), self->who, can_cover);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_cover_chosen), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_person_chosen (WfPeopleDialog *dialog, const char *id, WfAbsenceDialog *self)
{
  g_set_str (&self->who, id);
  fill (self);
}

static void
on_person_activated (WfAbsenceDialog *self)
{
  AdwDialog *dialog = wf_people_dialog_new (self->organisation, _ ("Who Is Away"), self->who, NULL);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_person_chosen), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* -- doing it ---------------------------------------------------------------------------------- */

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAbsenceDialog) self = WF_ABSENCE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->end), TRUE);
  wf_problem_row_set_text (self->problem, error->message, GTK_WIDGET (self->cover));
}

static void
begin_telling (WfAbsenceDialog *self)
{
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->end), FALSE);
}

static void
on_save_clicked (WfAbsenceDialog *self)
{
  g_autoptr (WfAbsence) absence = read_fields (self);

  begin_telling (self);
  wf_runtime_set_absence_async (self->runtime, self->who, absence, self->cancellable, on_told,
                                g_object_ref (self));
}

static void
on_end_clicked (WfAbsenceDialog *self)
{
  begin_telling (self);
  wf_runtime_end_absence_async (self->runtime, self->who, self->absence, self->cancellable, on_told,
                                g_object_ref (self));
}

static void
on_cancel_clicked (WfAbsenceDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* -- the widget -------------------------------------------------------------------------------- */

static void
wf_absence_dialog_dispose (GObject *object)
{
  WfAbsenceDialog *self = WF_ABSENCE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->previewing);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->previewing);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ABSENCE_DIALOG);
  G_OBJECT_CLASS (wf_absence_dialog_parent_class)->dispose (object);
}

static void
wf_absence_dialog_finalize (GObject *object)
{
  WfAbsenceDialog *self = WF_ABSENCE_DIALOG (object);

  g_free (self->who);
  g_free (self->absence);
  g_free (self->cover_id);
  G_OBJECT_CLASS (wf_absence_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, person);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, person_arrow);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, first);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, first_popover);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, first_calendar);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, last);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, last_popover);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, last_calendar);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, cover_check);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, shift_check);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, hold_check);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, cover);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, by_type);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, WfAbsenceDialog, end);
}

static void
wf_absence_dialog_class_init (WfAbsenceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_absence_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_absence_dialog_finalize;
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "absence/wf-absence-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_end_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_person_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cover_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_first_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_last_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
wf_absence_dialog_init (WfAbsenceDialog *self)
{
  self->filling = TRUE;
  self->cancellable = g_cancellable_new ();
  self->types = g_ptr_array_new ();
  self->known_from = WF_INSTANT_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_types (WfAbsenceDialog *self)
{
  guint n;
  const WfEntry *types =
      wf_organisation_get_entries (self->organisation, WF_ENTRY_ACTIVITY_TYPE, &n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = wf_absence_type_row_new (&types[i]);

      g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->types, row);
      adw_expander_row_add_row (self->by_type, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->by_type), n > 0);
}

/**
 * wf_absence_dialog_new:
 * @runtime: its organisation must be known
 * @person: (nullable): who is away; NULL: the signed-in person
 *
 * Returns: the dialog; it closes itself once the absence is durable here
 */
AdwDialog *
wf_absence_dialog_new (WfRuntime *runtime, const char *person)
{
  WfOrganisation *organisation = wf_runtime_get_organisation (runtime);
  const char *who = person != NULL ? person : wf_runtime_get_person (runtime);
  gboolean manages = wf_runtime_may (runtime, WF_RIGHT_SEE_EVERYONE);
  WfAbsenceDialog *self;

  g_return_val_if_fail (organisation != NULL, NULL);
  g_return_val_if_fail (wf_organisation_get_person (organisation, who) != NULL, NULL);

  self = g_object_new (WF_TYPE_ABSENCE_DIALOG, NULL);
  self->runtime = g_object_ref (runtime);
  self->organisation = wf_organisation_ref (organisation);
  self->who = g_strdup (who);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->person), manages);
  gtk_widget_set_visible (GTK_WIDGET (self->person_arrow), manages);
  add_types (self);
  fill (self);
  return ADW_DIALOG (self);
}
