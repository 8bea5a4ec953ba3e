/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of one lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-page.h"

#include "wf-comment-box.h"
#include "wf-contact-link.h"
#include "wf-drafts.h"
#include "wf-lead-activities.h"
#include "wf-lead-card.h"
#include "wf-lead-text.h"
#include "wf-lead-work.h"
#include "wf-leads-page.h"
#include "wf-people-dialog.h"
#include "wf-plain-text.h"
#include "wf-stage-dialog.h"
#include "wf-stage-stepper.h"
#include "wf-sync-text.h"
#include "wf-toast.h"
#include "wf-workflows-dialog.h"

#include <glib/gi18n-lib.h>

#define HISTORY_ROWS 20

struct _WfLeadPage
{
  AdwNavigationPage parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) */
  WfMinuteClock *minutes;    /* (owned) (nullable) */
  char *id;                  /* (owned) (nullable) */
  WfLead *lead;              /* (owned) (nullable) */
  GPtrArray *steps;          /* (owned) (nullable) of WfStageStep */
  GCancellable *cancellable; /* (owned) (nullable) of the reading under way */
  GHashTable *drafts;        /* (owned) lead -> comment that was begun */
  char *posted_on;           /* (owned) (nullable) the lead of the last comment that was posted */
  gboolean ready;
  GtkStack *states;
  GtkScrolledWindow *scroller;
  GtkLabel *name;
  GtkLabel *company;
  GtkWidget *sync_icon;
  GtkLabel *freshness;
  GtkWidget *call;
  GtkWidget *write;
  GtkWidget *direct;
  GtkWidget *start;
  WfStageStepper *stepper;
  WfLeadActivities *activities;
  WfLeadCard *card;
  WfLeadCard *narrow_card;
  WfCommentBox *comments;
  WfLeadHistory *history;
  AdwStatusPage *error;
};

enum
{
  PROP_READY = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfLeadPage, wf_lead_page, ADW_TYPE_NAVIGATION_PAGE)

static const WfPerson *
get_person (WfLeadPage *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const char *id = wf_runtime_get_person (self->runtime);

  return organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;
}

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
set_ready (WfLeadPage *self, gboolean ready)
{
  if (ready == self->ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
}

/* R170, B18: how fresh it is, or how far what was changed here got. */
static void
show_freshness (WfLeadPage *self)
{
  if (self->lead == NULL)
    return;
  g_autofree char *sync = wf_sync_change_text (self->lead->sync, self->lead->sync_error);
  g_autofree char *fresh = wf_lead_freshness_text (
      self->lead, wf_runtime_get_last_sync (self->runtime), wf_minute_clock_get_now (self->minutes),
      wf_minute_clock_get_zone (self->minutes));
  g_autofree char *both = sync != NULL && *fresh != '\0' ? g_strdup_printf ("%s · %s", sync, fresh)
                                                         : NULL;

  gtk_label_set_text (self->freshness, both != NULL ? both : sync != NULL ? sync : fresh);
  gtk_widget_set_visible (self->sync_icon, sync != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sync_icon),
                                wf_sync_change_icon (self->lead->sync));
}

static void
show_cards (WfLeadPage *self)
{
  if (self->lead == NULL)
    return;
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  wf_lead_card_show (self->card, self->lead, organisation, self->minutes);
  wf_lead_card_show (self->narrow_card, self->lead, organisation, self->minutes);
}

static void
on_minute (WfLeadPage *self)
{
  show_freshness (self);
}

static void
show_steps (WfLeadPage *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = wf_stage_steps_list (self->lead, wf_runtime_get_organisation (self->runtime),
                                     get_person (self));
  wf_stage_stepper_set_steps (self->stepper, self->steps);
  gtk_widget_set_visible (GTK_WIDGET (self->stepper), self->steps->len > 0);
}

static void
set_enabled (WfLeadPage *self, const char *action, GtkWidget *button, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
  if (button != NULL)
    gtk_widget_set_visible (button, enabled);
}

static gboolean
works_on_leads (const WfOrganisation *organisation, const WfPerson *person)
{
  return wf_organisation_person_may (organisation, person, WF_RIGHT_WORK_ACTIVITIES);
}

static gboolean
may_direct_to (WfLeadPage *self, const char *person)
{
  g_autofree char *refusal = wf_runtime_explain_direction (self->runtime, self->lead, person);

  return refusal == NULL;
}

/* R66: there is somebody to whom this person may give the lead. */
static gboolean
may_direct (WfLeadPage *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (person->active && g_strcmp0 (person->id, self->lead->owner) != 0 &&
          works_on_leads (organisation, person) && may_direct_to (self, person->id))
        return TRUE;
    }
  return FALSE;
}

/* What this person may do with it; the runtime checks it again. */
static void
show_commands (WfLeadPage *self)
{
  const WfLead *lead = self->lead;
  gboolean works = wf_runtime_may (self->runtime, WF_RIGHT_WORK_ACTIVITIES);

  set_enabled (self, "lead.call", self->call, lead->phone != NULL);
  set_enabled (self, "lead.write", self->write, lead->email != NULL);
  set_enabled (self, "lead.browse", NULL, lead->url != NULL);
  set_enabled (self, "lead.direct", self->direct, may_direct (self));
  set_enabled (self, "lead.release", NULL, lead->owner != NULL && may_direct_to (self, NULL));
  set_enabled (self, "lead.start-workflow", self->start,
               works || wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS));
  set_enabled (self, "lead.comment", GTK_WIDGET (self->comments), works);
  set_enabled (self, "lead.post", NULL, works);
  set_enabled (self, "lead.forward", NULL, wf_stage_steps_find_next (self->steps) != NULL);
  set_enabled (self, "lead.follow", NULL, wf_runtime_may (self->runtime, WF_RIGHT_SEE_LOG));
}

static void
show_lead (WfLeadPage *self)
{
  const WfLead *lead = self->lead;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), lead->name);
  gtk_label_set_text (self->name, lead->name);
  gtk_label_set_text (self->company, lead->company != NULL ? lead->company : "");
  gtk_widget_set_visible (GTK_WIDGET (self->company),
                          lead->company != NULL && !g_str_equal (lead->company, lead->name));
  gtk_widget_set_tooltip_text (self->call, lead->phone);
  gtk_widget_set_tooltip_text (self->write, lead->email);
  show_freshness (self);
  show_cards (self);
  show_steps (self);
  show_commands (self);
  gtk_stack_set_visible_child_name (self->states, "lead");
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void
show_failure (WfLeadPage *self, const GError *error)
{
  if (g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND))
    {
      gtk_stack_set_visible_child_name (self->states, "missing");
      return;
    }
  wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->states, "error");
}

/* What had the focus may have gone with the page before: the keyboard goes on at the stages, or at the comment. */
static void
take_focus (WfLeadPage *self)
{
  GtkWidget *content = GTK_WIDGET (self->scroller);
  GtkRoot *root = gtk_widget_get_root (content);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!gtk_widget_get_mapped (content) ||
      (focus != NULL && gtk_widget_is_ancestor (focus, content)))
    return;
  if (!gtk_widget_grab_focus (GTK_WIDGET (self->stepper)))
    gtk_widget_grab_focus (GTK_WIDGET (self->comments));
}

static void
on_lead_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfLeadPage) self = WF_LEAD_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  WfLead *lead = wf_runtime_get_lead_finish (WF_RUNTIME (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lead, wf_lead_unref);
  self->lead = lead;
  if (lead != NULL)
    show_lead (self);
  else
    show_failure (self, error);
  if (!self->ready && lead != NULL)
    take_focus (self);
  set_ready (self, TRUE);
}

static void
read_lead (WfLeadPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->id == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wf_runtime_get_lead_async (self->runtime, self->id, self->cancellable, on_lead_read,
                             g_object_ref (self));
}

/* ---- stages ------------------------------------------------------------------------------------ */

static void
do_work (WfLeadPage *self, const WfLeadWork *work, WfLeadWorkDoneFunc done)
{
  g_autoptr (GPtrArray) leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);

  if (self->lead == NULL)
    return;
  g_ptr_array_add (leads, wf_lead_ref (self->lead));
  wf_lead_work_begin (GTK_WIDGET (self), self->runtime, leads, work, done, self);
}

static void
on_reason_answered (WfStageDialog *dialog, const char *reason, WfLeadPage *self)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_STAGE,
                            .value = g_object_get_data (G_OBJECT (dialog), "stage"),
                            .reason = reason };

  do_work (self, &work, NULL);
}

static void
on_stage_chosen (WfLeadPage *self, const char *stage, gboolean needs_reason)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_STAGE, .value = stage };

  if (!needs_reason)
    {
      do_work (self, &work, NULL);
      return;
    }
  AdwDialog *dialog = wf_stage_dialog_new (
      self->lead->name,
      wf_organisation_get_stage_name (wf_runtime_get_organisation (self->runtime), stage));
  g_object_set_data_full (G_OBJECT (dialog), "stage", g_strdup (stage), g_free);
  g_signal_connect_object (dialog, "answered", G_CALLBACK (on_reason_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_stage_refused (WfLeadPage *self, const char *reason)
{
  wf_toast_show (GTK_WIDGET (self), reason);
}

static void
forward_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadPage *self = WF_LEAD_PAGE (widget);
  const WfStageStep *next = self->steps != NULL ? wf_stage_steps_find_next (self->steps) : NULL;

  if (next == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  g_autofree char *stage = g_strdup (next->id);
  on_stage_chosen (self, stage, next->needs_reason);
}

/* ---- comments ---------------------------------------------------------------------------------- */

/* By now another lead may be shown, with a comment of its own. */
static void
on_comment_kept (gpointer user_data)
{
  WfLeadPage *self = WF_LEAD_PAGE (user_data);

  if (g_strcmp0 (self->posted_on, self->id) == 0)
    wf_comment_box_set_text (self->comments, NULL);
  else if (self->posted_on != NULL)
    g_hash_table_remove (self->drafts, self->posted_on);
}

static void
on_comment_posted (WfLeadPage *self, const char *text, GStrv mentions)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_COMMENT,
                            .value = text,
                            .mentions = (const char *const *) mentions };

  g_set_str (&self->posted_on, self->id);
  do_work (self, &work, on_comment_kept);
}

static void
post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_comment_box_post (WF_LEAD_PAGE (widget)->comments);
}

static void
comment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (WF_LEAD_PAGE (widget)->comments));
}

/* ---- other commands ---------------------------------------------------------------------------- */

static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfLead *lead = WF_LEAD_PAGE (widget)->lead;

  if (lead != NULL && lead->phone != NULL)
    wf_contact_call (widget, lead->phone);
}

static void
write_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfLead *lead = WF_LEAD_PAGE (widget)->lead;

  if (lead != NULL && lead->email != NULL)
    wf_contact_write (widget, lead->email);
}

static void
browse_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const WfLead *lead = WF_LEAD_PAGE (widget)->lead;

  if (lead != NULL && lead->url != NULL)
    wf_contact_browse (widget, lead->url);
}

static void
on_person_chosen (WfLeadPage *self, const char *person)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_DIRECT, .value = person };

  do_work (self, &work, NULL);
}

static void
direct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadPage *self = WF_LEAD_PAGE (widget);
  WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (self->lead == NULL || organisation == NULL)
    return;
  AdwDialog *dialog = wf_people_dialog_new (organisation, _ ("Give the Lead To"), self->lead->owner,
                                            works_on_leads);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_person_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_person_chosen (WF_LEAD_PAGE (widget), NULL);
}

static void
on_workflow_chosen (WfLeadPage *self, const char *id, const char *workflow_name)
{
  const WfLeadWork work = { .kind = WF_LEAD_WORK_WORKFLOW, .value = id, .name = workflow_name };

  do_work (self, &work, NULL);
}

static void
start_workflow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfLeadPage *self = WF_LEAD_PAGE (widget);
  AdwDialog *dialog = wf_workflows_dialog_new (self->runtime);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_workflow_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
follow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = WF_LEAD_PAGE (widget)->id;

  if (id != NULL)
    gtk_widget_activate_action (widget, "win.follow-lead", "s", id);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  read_lead (WF_LEAD_PAGE (widget));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_lead_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_READY:
      g_value_set_boolean (value, WF_LEAD_PAGE (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_lead_page_dispose (GObject *object)
{
  WfLeadPage *self = WF_LEAD_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  if (self->minutes != NULL)
    g_signal_handlers_disconnect_by_data (self->minutes, self);
  g_clear_object (&self->runtime);
  g_clear_object (&self->minutes);
  g_clear_pointer (&self->lead, wf_lead_unref);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (wf_lead_page_parent_class)->dispose (object);
}

static void
wf_lead_page_finalize (GObject *object)
{
  g_clear_pointer (&WF_LEAD_PAGE (object)->steps, g_ptr_array_unref);
  g_hash_table_unref (WF_LEAD_PAGE (object)->drafts);
  g_free (WF_LEAD_PAGE (object)->posted_on);
  G_OBJECT_CLASS (wf_lead_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "lead.forward", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "lead.post", NULL, post_action);
  gtk_widget_class_install_action (widget_class, "lead.comment", NULL, comment_action);
  gtk_widget_class_install_action (widget_class, "lead.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "lead.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "lead.browse", NULL, browse_action);
  gtk_widget_class_install_action (widget_class, "lead.direct", NULL, direct_action);
  gtk_widget_class_install_action (widget_class, "lead.release", NULL, release_action);
  gtk_widget_class_install_action (widget_class, "lead.start-workflow", NULL,
                                   start_workflow_action);
  gtk_widget_class_install_action (widget_class, "lead.follow", NULL, follow_action);
  gtk_widget_class_install_action (widget_class, "lead.reload", NULL, reload_action);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfLeadPage, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (states);
  BIND (scroller);
  BIND (name);
  BIND (company);
  BIND (sync_icon);
  BIND (freshness);
  BIND (call);
  BIND (write);
  BIND (direct);
  BIND (start);
  BIND (stepper);
  BIND (activities);
  BIND (card);
  BIND (narrow_card);
  BIND (comments);
  BIND (history);
  BIND (error);
}

/* What the page before had kept the keyboard until it had gone. */
static void
wf_lead_page_shown (AdwNavigationPage *page)
{
  WfLeadPage *self = WF_LEAD_PAGE (page);

  if (self->lead != NULL)
    take_focus (self);
}

static void
wf_lead_page_class_init (WfLeadPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_lead_page_get_property;
  object_class->dispose = wf_lead_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = wf_lead_page_shown;
  object_class->finalize = wf_lead_page_finalize;
  props[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (WF_TYPE_STAGE_STEPPER);
  g_type_ensure (WF_TYPE_LEAD_ACTIVITIES);
  g_type_ensure (WF_TYPE_LEAD_CARD);
  g_type_ensure (WF_TYPE_COMMENT_BOX);
  g_type_ensure (WF_TYPE_LEAD_HISTORY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_stage_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_stage_refused);
  gtk_widget_class_bind_template_callback (widget_class, on_comment_posted);
  install_actions (widget_class);
}

static void
wf_lead_page_init (WfLeadPage *self)
{
  self->drafts = wf_drafts_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_lead_page_set_up (WfLeadPage *self, WfRuntime *runtime, WfMinuteClock *minutes)
{
  static const char *const changes[] = { "leads-changed", "activities-changed",
                                         "notify::organisation", "notify::person" };

  g_return_if_fail (WF_IS_LEAD_PAGE (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
  self->minutes = g_object_ref (minutes);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_swapped (runtime, changes[i], G_CALLBACK (read_lead), self);
  g_signal_connect_swapped (minutes, "notify::now", G_CALLBACK (on_minute), self);
  g_signal_connect_swapped (runtime, "notify::last-sync", G_CALLBACK (on_minute), self);
  wf_lead_activities_set_up (self->activities, runtime, minutes);
  wf_comment_box_set_runtime (self->comments, runtime);
}

/* A comment that was begun belongs to the lead on which it was begun, and waits there. */
static void
keep_draft (WfLeadPage *self)
{
  g_autofree char *text = wf_comment_box_dup_text (self->comments);

  if (self->id != NULL)
    wf_drafts_keep (self->drafts, self->id, text);
}

/* From one lead to the next the page stays as it is for the moment that the reading takes: the eye and the focus keep their
 * place. Meanwhile there is no lead that a command could be about. */
static void
leave (WfLeadPage *self)
{
  keep_draft (self);
  g_clear_pointer (&self->lead, wf_lead_unref);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (self->id == NULL)
    gtk_stack_set_visible_child_name (self->states, "loading");
  set_ready (self, FALSE);
}

void
wf_lead_page_show (WfLeadPage *self, const char *id)
{
  g_return_if_fail (WF_IS_LEAD_PAGE (self) && self->runtime != NULL);
  gboolean another = g_strcmp0 (id, self->id) != 0;

  if (another)
    leave (self);
  g_set_str (&self->id, id);
  if (another)
    wf_comment_box_set_text (self->comments,
                             id != NULL ? g_hash_table_lookup (self->drafts, id) : NULL);
  wf_lead_activities_set_lead (self->activities, id);
  wf_lead_history_set_lead (self->history, id != NULL ? self->runtime : NULL, id, HISTORY_ROWS);
  read_lead (self);
}

const char *
wf_lead_page_get_lead (WfLeadPage *self)
{
  g_return_val_if_fail (WF_IS_LEAD_PAGE (self), NULL);
  return self->id;
}

gboolean
wf_lead_page_is_ready (WfLeadPage *self)
{
  g_return_val_if_fail (WF_IS_LEAD_PAGE (self), FALSE);
  return self->ready;
}
