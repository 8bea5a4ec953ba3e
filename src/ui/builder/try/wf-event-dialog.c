/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses or writes the event for a test. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-event-dialog.h"

#include "wf-event-form.h"
#include "wf-past-event-item.h"
#include "wf-plain-text.h"
#include "wf-text-fold.h"

#include <glib/gi18n-lib.h>

#define MOST_EVENTS 200

/* Where leads are looked for when the workflow's own trigger is no event of the CRM, after its
 * own. */
static const char *const lead_events[] = { "lead.updated", "lead.received", "lead.stage-changed",
                                           "lead.created-manually" };

struct _WfEventDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *view;
  AdwNavigationPage *list_page;
  AdwNavigationPage *form_page;
  GtkStack *stack;
  AdwStatusPage *error;
  GtkEditable *search;
  GtkListView *list;
  WfEventForm *form;
  GtkLabel *problem;
  GtkWidget *run;

  WfBuilderContext *context; /* (owned) */
  GListStore *events;        /* (owned) of WfPastEventItem */
  GtkFilterListModel *found; /* (owned) */
  GtkCustomFilter *filter;   /* (owned) */
  GHashTable *leads;         /* (owned) ids that are listed already, by lead only */
  char *folded;              /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean by_lead;          /* the trigger is no event of the CRM: a lead is chosen */
  guint next;                /* of lead_events */
  gboolean write_first;      /* the form is shown as soon as the events are there to fill it */
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfEventDialog, wf_event_dialog, ADW_TYPE_DIALOG)

static WfInstant
get_now (WfEventDialog *self)
{
  return wf_clock_now (wf_builder_context_get_clock (self->context));
}

static WfPastEventItem *
get_newest (WfEventDialog *self)
{
  return g_list_model_get_item (G_LIST_MODEL (self->events), 0);
}

static void
choose (WfEventDialog *self, WfEvent *event, WfJsonDocument *lead, const char *title)
{
  g_signal_emit (self, signals[CHOSEN], 0, event, lead, title);
  adw_dialog_close (ADW_DIALOG (self));
}

/* -- writing one ------------------------------------------------------------------------------- */

/* item: (nullable) what it begins with. */
static WfEventDraft *
make_draft (WfEventDialog *self, WfPastEventItem *item)
{
  WfJsonDocument *lead = item != NULL ? wf_past_event_item_get_document (item) : NULL;

  return wf_event_draft_new (wf_builder_context_get_workflow (self->context),
                             wf_builder_context_get_organisation (self->context),
                             wf_runtime_get_person (wf_builder_context_get_runtime (self->context)),
                             item != NULL ? wf_past_event_item_get_event (item) : NULL,
                             lead != NULL ? wf_json_document_get_root (lead) : NULL,
                             get_now (self));
}

static void
show_problem (WfEventDialog *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
on_form_changed (WfEventDialog *self)
{
  self->write_first = FALSE; /* what was typed is not overwritten */
  show_problem (self, NULL);
}

static void
show_form (WfEventDialog *self)
{
  g_autoptr (WfPastEventItem) newest = get_newest (self);

  wf_event_form_take_draft (self->form, make_draft (self, newest),
                            wf_builder_context_get_organisation (self->context));
  show_problem (self, NULL);
  if (adw_navigation_view_get_visible_page (self->view) != self->form_page)
    adw_navigation_view_push (self->view, self->form_page);
}

static void
on_write_clicked (WfEventDialog *self)
{
  show_form (self);
}

static void
on_run_clicked (WfEventDialog *self)
{
  g_autofree char *wrong = wf_event_form_dup_problem (self->form);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) event = NULL;

  if (wrong == NULL)
    event = wf_event_draft_make (wf_event_form_get_draft (self->form), &error);
  if (event != NULL)
    choose (self, event, NULL, _ ("Written event"));
  else
    show_problem (self, wrong != NULL ? wrong : error->message);
}

/* -- choosing one ------------------------------------------------------------------------------ */

static void
on_activated (WfEventDialog *self, guint position)
{
  g_autoptr (WfPastEventItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);
  g_autoptr (WfEventDraft) draft = NULL;
  g_autoptr (WfEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (item == NULL)
    return;
  if (!self->by_lead)
    {
      title = g_strdup_printf ("%s · %s", wf_past_event_item_get_lead (item),
                               wf_past_event_item_get_time (item));
      choose (self, wf_past_event_item_get_event (item), wf_past_event_item_get_document (item),
              title);
      return;
    }
  draft = make_draft (self, item);
  event = wf_event_draft_make (draft, &error);
  if (event != NULL)
    {
      choose (self, event, NULL, wf_past_event_item_get_lead (item));
      return;
    }
  wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  WfEventDialog *self = user_data;

  return self->folded == NULL || wf_past_event_item_matches (item, self->folded);
}

static void
show_found (WfEventDialog *self)
{
  const char *name = "list";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->events)) == 0)
    name = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    name = "nothing";
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
on_search_changed (WfEventDialog *self)
{
  const char *text = gtk_editable_get_text (self->search);

  g_free (self->folded);
  self->folded = *text != '\0' ? wf_text_fold (text) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") != 0)
    show_found (self);
}

/* Enter takes the first one found. */
static void
on_search_activated (WfEventDialog *self)
{
  on_activated (self, 0);
}

/* -- reading ----------------------------------------------------------------------------------- */

static void read_events (WfEventDialog *self, const char *type);

static void
add_events (WfEventDialog *self, const GPtrArray *events)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < events->len; i++)
    {
      const WfPastEvent *past = g_ptr_array_index (events, i);
      const char *lead = wf_event_get_lead (past->event);
      g_autoptr (WfPastEventItem) item = NULL;

      if (self->by_lead && (lead == NULL || !g_hash_table_add (self->leads, g_strdup (lead))))
        continue;
      item = wf_past_event_item_new (past, wf_builder_context_get_organisation (self->context),
                                     get_now (self), zone);
      g_list_store_append (self->events, item);
    }
}

static void
on_events_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfEventDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events =
      wf_runtime_list_past_events_finish (WF_RUNTIME (source), result, &error);

  if (events == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      wf_plain_page_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  add_events (self, events);
  if (self->by_lead && self->next < G_N_ELEMENTS (lead_events))
    {
      read_events (self, lead_events[self->next++]);
      return;
    }
  show_found (self);
  if (self->write_first)
    show_form (self); /* now with what the newest one has */
  self->write_first = FALSE;
}

static void
read_events (WfEventDialog *self, const char *type)
{
  wf_runtime_list_past_events_async (wf_builder_context_get_runtime (self->context), type,
                                     MOST_EVENTS, self->cancellable, on_events_read,
                                     g_object_ref (self));
}

/* -- object ------------------------------------------------------------------------------------ */

static void
on_closed (WfEventDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
wf_event_dialog_dispose (GObject *object)
{
  WfEventDialog *self = WF_EVENT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_EVENT_DIALOG);
  G_OBJECT_CLASS (wf_event_dialog_parent_class)->dispose (object);
}

static void
wf_event_dialog_finalize (GObject *object)
{
  WfEventDialog *self = WF_EVENT_DIALOG (object);

  g_clear_object (&self->context);
  g_object_unref (self->events);
  g_object_unref (self->found);
  g_object_unref (self->filter);
  g_hash_table_unref (self->leads);
  g_free (self->folded);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wf_event_dialog_parent_class)->finalize (object);
}

static void
wf_event_dialog_class_init (WfEventDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_event_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_event_dialog_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", WF_TYPE_EVENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_POINTER,
                                  G_TYPE_STRING);
  g_type_ensure (WF_TYPE_EVENT_FORM);
  g_type_ensure (WF_TYPE_PAST_EVENT_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-event-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, view);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, list_page);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, form_page);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, error);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, search);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, list);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WfEventDialog, run);
  gtk_widget_class_bind_template_callback (widget_class, on_write_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_run_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
wf_event_dialog_init (WfEventDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->leads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->events = g_list_store_new (WF_TYPE_PAST_EVENT_ITEM);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->events)),
                                           GTK_FILTER (g_object_ref (self->filter)));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

/**
 * wf_event_dialog_new:
 * @context: of the builder; its workflow has a trigger
 *
 * Returns: (transfer floating): the dialog; it reads the past events by itself
 */
WfEventDialog *
wf_event_dialog_new (WfBuilderContext *context)
{
  WfEventDialog *self = g_object_new (WF_TYPE_EVENT_DIALOG, NULL);
  const char *event = wf_builder_context_get_workflow (context)->event;
  g_autoptr (GtkSingleSelection) selection =
      gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found)));

  self->context = g_object_ref (context);
  self->by_lead = g_strcmp0 (event, "schedule.tick") == 0 ||
                  g_strcmp0 (event, "manual.started") == 0;
  if (self->by_lead)
    adw_navigation_page_set_title (self->list_page, _ ("Choose a Lead"));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  read_events (self, event != NULL ? event : "");
  return self;
}

void
wf_event_dialog_write_one (WfEventDialog *self)
{
  self->write_first = TRUE;
  show_form (self);
}
