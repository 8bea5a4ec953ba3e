/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding what becomes of storms that are held and of steps that have stopped: a row each, with
 * what can be done in a menu; and of deadlines that would be others by new working hours. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-attention-dialog.h"

#include "wf-activity-text.h"
#include "wf-plain-text.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

/* More deadlines than these are counted: they are moved together. */
#define MOST_DUE_CHANGES 50

struct _WfAttentionDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwPreferencesGroup *held;
  AdwPreferencesGroup *blocked;
  AdwPreferencesGroup *due_changes;

  WfAttention *attention; /* (owned) */
  gboolean applying;      /* the other deadlines, just now */
  GPtrArray *rows;        /* (owned) of GtkWidget, unowned: children of one of the groups */
};

G_DEFINE_FINAL_TYPE (WfAttentionDialog, wf_attention_dialog, ADW_TYPE_DIALOG)

typedef struct
{
  const char *label; /* msgid */
  guint value;       /* WfRelease or WfResolve */
} Choice;

static const Choice releases[] = {
  { N_ ("_Create All Now"), WF_RELEASE_CREATE },
  { N_ ("_Spread over Working Days"), WF_RELEASE_SPREAD },
  { N_ ("_Drop"), WF_RELEASE_DROP },
};
static const Choice resolves[] = {
  { N_ ("_Try Again"), WF_RESOLVE_RETRY },
  { N_ ("_Skip This Step"), WF_RESOLVE_SKIP },
  { N_ ("S_top the Run"), WF_RESOLVE_STOP },
};

/* -- what was decided -------------------------------------------------------------------------- */

static void
say (WfAttentionDialog *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAttentionDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    say (self, error->message);
  else if (self->attention != NULL)
    wf_attention_reload (self->attention);
}

static void
release (WfAttentionDialog *self, const char *workflow, WfRelease how)
{
  wf_runtime_release_held_async (wf_attention_get_runtime (self->attention), workflow, how, 0, NULL,
                                 on_decided, g_object_ref (self));
}

/* Dropping cannot be taken back. */
static void
on_drop_answer (AdwAlertDialog *dialog, const char *response, WfAttentionDialog *self)
{
  if (g_str_equal (response, "drop"))
    release (self, g_object_get_data (G_OBJECT (dialog), "workflow"), WF_RELEASE_DROP);
}

static void
ask_to_drop (WfAttentionDialog *self, const char *workflow)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Drop What Is Held Back?"),
      _ ("No activities are created for these events. The log keeps them and says who decided.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "drop", _ ("_Drop"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "drop", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "workflow", g_strdup (workflow), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_drop_answer), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WfAttentionDialog *self = WF_ATTENTION_DIALOG (widget);
  const char *workflow;
  guint how;

  g_variant_get (target, "(&su)", &workflow, &how);
  if (how == WF_RELEASE_DROP)
    ask_to_drop (self, workflow);
  else
    release (self, workflow, (WfRelease) how);
}

static void
resolve_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WfAttentionDialog *self = WF_ATTENTION_DIALOG (widget);
  const char *run, *step;
  guint how;

  g_variant_get (target, "(&s&su)", &run, &step, &how);
  wf_runtime_resolve_step_async (wf_attention_get_runtime (self->attention), run, step,
                                 (WfResolve) how, NULL, on_decided, g_object_ref (self));
}

static void
on_due_changes_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfAttentionDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->applying = FALSE;
  if (!wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      say (self, error->message);
      return;
    }
  say (self, _ ("The deadlines were moved"));
  if (self->attention != NULL)
    wf_attention_reload (self->attention);
}

static void
apply_due_changes_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WfAttentionDialog *self = WF_ATTENTION_DIALOG (widget);

  if (self->applying)
    return;
  self->applying = TRUE; /* an insensitive button would lose the focus */
  wf_runtime_apply_due_changes_async (wf_attention_get_runtime (self->attention), NULL,
                                      on_due_changes_applied, g_object_ref (self));
}

/* -- rows -------------------------------------------------------------------------------------- */

static GtkWidget *
make_button (GMenu *menu)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Decide"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* menu: nullable. */
static void
add_row (WfAttentionDialog *self, AdwPreferencesGroup *group, const char *title,
         const char *subtitle, GMenu *menu)
{
  GtkWidget *row = wf_plain_row_new (title, subtitle);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (menu != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (menu));
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static char *
make_held_text (const WfHeldStorm *storm)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *first = wf_time_text_full (storm->first, zone);
  gboolean import = g_strcmp0 (storm->reason, "import") == 0;

  return g_strdup_printf (import ? ngettext ("%1$u imported lead since %2$s",
                                             "%1$u imported leads since %2$s", storm->n)
                                 : ngettext ("%1$u match in a short time since %2$s",
                                             "%1$u matches in a short time since %2$s", storm->n),
                          storm->n, first);
}

static void
add_held (WfAttentionDialog *self, const WfHeldStorm *storm)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *text = make_held_text (storm);

  for (guint i = 0; i < G_N_ELEMENTS (releases); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (releases[i].label), NULL);

      g_menu_item_set_action_and_target (item, "attention.release", "(su)", storm->workflow,
                                         releases[i].value);
      g_menu_append_item (menu, item);
    }
  add_row (self, self->held, storm->workflow_name, text, menu);
}

static void
add_blocked (WfAttentionDialog *self, const WfBlockedStep *step)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *text =
      step->lead != NULL
          /* Translators: a workflow, a lead, and why a step failed */
          ? g_strdup_printf (_ ("%1$s, lead %2$s: %3$s"), step->workflow_name, step->lead,
                             step->reason)
          /* Translators: a workflow, and why a step failed */
          : g_strdup_printf (_ ("%1$s: %2$s"), step->workflow_name, step->reason);

  for (guint i = 0; i < G_N_ELEMENTS (resolves); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (resolves[i].label), NULL);

      g_menu_item_set_action_and_target (item, "attention.resolve", "(ssu)", step->run_key,
                                         step->step, resolves[i].value);
      g_menu_append_item (menu, item);
    }
  add_row (self, self->blocked, step->sentence, text, menu);
}

static void
add_due_change (WfAttentionDialog *self, const WfDueChange *change)
{
  WfRuntime *runtime = wf_attention_get_runtime (self->attention);
  WfInstant now = wf_clock_now (wf_runtime_get_clock (runtime));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *before = wf_time_text_day_and_time (change->activity->due, now, zone);
  g_autofree char *after = wf_time_text_day_and_time (change->due, now, zone);
  g_autofree char *what =
      wf_activity_subtitle (change->activity, wf_runtime_get_organisation (runtime), TRUE);
  /* Translators: the deadline until now, and the new one */
  g_autofree char *when = g_strdup_printf (_ ("%1$s → %2$s"), before, after);
  g_autofree char *text = g_strconcat (when, "\n", what, NULL);

  add_row (self, self->due_changes, change->activity->title, text, NULL);
}

static void
add_due_changes (WfAttentionDialog *self, GPtrArray *changes)
{
  for (guint i = 0; i < MIN (changes->len, MOST_DUE_CHANGES); i++)
    add_due_change (self, g_ptr_array_index (changes, i));
  if (changes->len > MOST_DUE_CHANGES)
    {
      guint more = changes->len - MOST_DUE_CHANGES;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      add_row (self, self->due_changes, text, "", NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->due_changes), changes->len > 0);
}

static void
remove_rows (WfAttentionDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* Whether the focus is in what show() takes away: without one the keyboard would no longer reach the
 * dialog. */
static gboolean
loses_focus (WfAttentionDialog *self)
{
  GtkWidget *focus = gtk_widget_get_mapped (GTK_WIDGET (self))
                         ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)))
                         : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));
}

static void
show (WfAttentionDialog *self)
{
  GPtrArray *held = wf_attention_get_held (self->attention);
  GPtrArray *blocked = wf_attention_get_blocked (self->attention);
  gboolean loses = loses_focus (self);

  remove_rows (self);
  for (guint i = 0; i < held->len; i++)
    add_held (self, g_ptr_array_index (held, i));
  for (guint i = 0; i < blocked->len; i++)
    add_blocked (self, g_ptr_array_index (blocked, i));
  add_due_changes (self, wf_attention_get_due_changes (self->attention));
  gtk_widget_set_visible (GTK_WIDGET (self->held), held->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->blocked), blocked->len > 0);
  gtk_stack_set_visible_child_name (self->stack, self->rows->len > 0 ? "list" : "empty");
  if (loses)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_close_clicked (WfAttentionDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_attention_dialog_dispose (GObject *object)
{
  g_clear_object (&WF_ATTENTION_DIALOG (object)->attention);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ATTENTION_DIALOG);
  G_OBJECT_CLASS (wf_attention_dialog_parent_class)->dispose (object);
}

static void
wf_attention_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (WF_ATTENTION_DIALOG (object)->rows);
  G_OBJECT_CLASS (wf_attention_dialog_parent_class)->finalize (object);
}

static void
wf_attention_dialog_class_init (WfAttentionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_attention_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_attention_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "log/wf-attention-dialog.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_child (widget_class, WfAttentionDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, WfAttentionDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfAttentionDialog, held);
  gtk_widget_class_bind_template_child (widget_class, WfAttentionDialog, blocked);
  gtk_widget_class_bind_template_child (widget_class, WfAttentionDialog, due_changes);
  gtk_widget_class_install_action (widget_class, "attention.release", "(su)", release_action);
  gtk_widget_class_install_action (widget_class, "attention.resolve", "(ssu)", resolve_action);
  gtk_widget_class_install_action (widget_class, "attention.apply-due-changes", NULL,
                                   apply_due_changes_action);
}

static void
wf_attention_dialog_init (WfAttentionDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* attention: a new reference is taken. */
WfAttentionDialog *
wf_attention_dialog_new (WfAttention *attention)
{
  WfAttentionDialog *self = g_object_new (WF_TYPE_ATTENTION_DIALOG, NULL);

  self->attention = g_object_ref (attention);
  g_signal_connect_object (attention, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return self;
}
