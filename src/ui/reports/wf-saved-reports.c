/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of saved reports: filters under names, for this account on this computer. Saving under a name that is there
 * replaces it; what was replaced or deleted comes back by the toast. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-saved-reports.h"

#include "wf-runtime-leads.h"
#include "wf-saved-report-row.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

struct _WfSavedReports
{
  GtkPopover parent_instance;

  WfRuntime *runtime;        /* (owned) (nullable) until it is set */
  GCancellable *cancellable; /* (owned) */
  char *text;                /* (owned) (nullable) what would be saved */
  char *renaming;            /* (owned) (nullable) the one that gets another name */
  GtkStringList *names;      /* (owned) */
  GHashTable *texts;         /* (owned) names -> texts */
  GtkWidget *empty;
  GtkListView *list;
  GtkLabel *rename_label;
  GtkEditable *name;
  GtkWidget *save;
};

enum
{
  SIGNAL_APPLIED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfSavedReports, wf_saved_reports, GTK_TYPE_POPOVER)

/* Owned by the caller. */
static char *
dup_wanted_name (WfSavedReports *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
}

/* ---- reading and writing ----------------------------------------------------------------------- */

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfSavedReports) self = WF_SAVED_REPORTS (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports =
      wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);

  if (reports == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The saved reports cannot be listed: %s", error->message);
  if (reports == NULL || self->runtime == NULL)
    return;
  g_hash_table_remove_all (self->texts);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          NULL);
  for (guint i = 0; i < reports->len; i++)
    {
      const WfSavedFilter *report = reports->pdata[i];
      g_hash_table_insert (self->texts, g_strdup (report->name), g_strdup (report->text));
      gtk_string_list_append (self->names, report->name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), reports->len > 0);
  gtk_widget_set_visible (self->empty, reports->len == 0);
}

static void
list_reports (WfSavedReports *self)
{
  if (self->runtime != NULL)
    wf_runtime_list_filters_async (self->runtime, WF_SAVED_REPORTS_PAGE, self->cancellable,
                                   on_listed, g_object_ref (self));
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfSavedReports) self = WF_SAVED_REPORTS (user_data);
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    wf_toast_show (GTK_WIDGET (self), error->message);
  list_reports (self);
}

/* text NULL: removes it. */
static void
write_report (WfSavedReports *self, const char *name, const char *text)
{
  if (self->runtime != NULL)
    wf_runtime_save_filter_async (self->runtime, WF_SAVED_REPORTS_PAGE, name, text, NULL,
                                  on_written, g_object_ref (self));
}

/* ---- undo -------------------------------------------------------------------------------------- */

typedef struct
{
  WfSavedReports *menu; /* (owned) */
  char *name, *text;    /* (owned) as it was; text NULL: there was none */
  char *created;        /* (owned) (nullable) what has to go */
} Undo;

static void
undo_free (gpointer data)
{
  Undo *self = data;

  g_object_unref (self->menu);
  g_free (self->name);
  g_free (self->text);
  g_free (self->created);
  g_free (self);
}

static void
undo (gpointer data)
{
  Undo *self = data;

  if (self->created != NULL)
    write_report (self->menu, self->created, NULL);
  write_report (self->menu, self->name, self->text);
}

/* Takes nothing over. */
static void
offer_undo (WfSavedReports *self, const char *message, const char *name, const char *created)
{
  Undo *data = g_new0 (Undo, 1);

  data->menu = g_object_ref (self);
  data->name = g_strdup (name);
  data->text = g_strdup (g_hash_table_lookup (self->texts, name));
  data->created = g_strdup (created);
  wf_toast_show_undo (GTK_WIDGET (self), message, undo, data, undo_free);
}

/* ---- what the person does ---------------------------------------------------------------------- */

static void
on_name_changed (WfSavedReports *self)
{
  g_autofree char *name = dup_wanted_name (self);

  gtk_widget_set_sensitive (self->save, *name != '\0');
}

static void
set_renaming (WfSavedReports *self, const char *name)
{
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("Another name for “%s”:"), name)
                                       : NULL;

  g_set_str (&self->renaming, name);
  gtk_label_set_text (self->rename_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rename_label), name != NULL);
  gtk_editable_set_text (self->name, name != NULL ? name : "");
}

static void
rename_to (WfSavedReports *self, const char *name)
{
  const char *text = g_hash_table_lookup (self->texts, self->renaming);
  g_autofree char *message = g_strdup_printf (_ ("Renamed to “%s”"), name);

  if (text == NULL || g_str_equal (name, self->renaming))
    return;
  offer_undo (self, message, self->renaming, name);
  write_report (self, name, text);
  write_report (self, self->renaming, NULL);
}

static void
save_as (WfSavedReports *self, const char *name)
{
  gboolean known = g_hash_table_contains (self->texts, name);
  g_autofree char *message =
      g_strdup_printf (known ? _ ("Replaced “%s”") : _ ("Saved as “%s”"), name);

  offer_undo (self, message, name, NULL);
  write_report (self, name, self->text);
}

static void
on_save_clicked (WfSavedReports *self)
{
  g_autofree char *name = dup_wanted_name (self);

  if (*name == '\0' || self->text == NULL)
    return;
  if (self->renaming != NULL)
    rename_to (self, name);
  else
    save_as (self, name);
  set_renaming (self, NULL);
}

static void
on_applied (WfSavedReports *self, WfSavedReportRow *row)
{
  g_autofree char *name = g_strdup (wf_saved_report_row_get_name (row));
  g_autofree char *text = g_strdup (g_hash_table_lookup (self->texts, name));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (text != NULL)
    g_signal_emit (self, signals[SIGNAL_APPLIED], 0, name, text);
}

static void
on_renamed (WfSavedReports *self, WfSavedReportRow *row)
{
  set_renaming (self, wf_saved_report_row_get_name (row));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
on_removed (WfSavedReports *self, WfSavedReportRow *row)
{
  g_autofree char *name = g_strdup (wf_saved_report_row_get_name (row));
  g_autofree char *message = g_strdup_printf (_ ("Deleted “%s”"), name);

  offer_undo (self, message, name, NULL);
  write_report (self, name, NULL);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void
on_setup (WfSavedReports *self, GtkListItem *list_item)
{
  GtkWidget *row = wf_saved_report_row_new ();

  g_signal_connect_object (row, "applied", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "renamed", G_CALLBACK (on_renamed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_focusable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  wf_saved_report_row_set_name (WF_SAVED_REPORT_ROW (gtk_list_item_get_child (list_item)),
                                gtk_string_object_get_string (gtk_list_item_get_item (list_item)));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_saved_reports_map (GtkWidget *widget)
{
  set_renaming (WF_SAVED_REPORTS (widget), NULL);
  list_reports (WF_SAVED_REPORTS (widget));
  GTK_WIDGET_CLASS (wf_saved_reports_parent_class)->map (widget);
}

static void
wf_saved_reports_dispose (GObject *object)
{
  WfSavedReports *self = WF_SAVED_REPORTS (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SAVED_REPORTS);
  G_OBJECT_CLASS (wf_saved_reports_parent_class)->dispose (object);
}

static void
wf_saved_reports_finalize (GObject *object)
{
  WfSavedReports *self = WF_SAVED_REPORTS (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->names);
  g_hash_table_unref (self->texts);
  g_free (self->text);
  g_free (self->renaming);
  G_OBJECT_CLASS (wf_saved_reports_parent_class)->finalize (object);
}

static void
wf_saved_reports_class_init (WfSavedReportsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_saved_reports_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_saved_reports_finalize;
  widget_class->map = wf_saved_reports_map;
  signals[SIGNAL_APPLIED] = g_signal_new ("applied", WF_TYPE_SAVED_REPORTS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                          G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-saved-reports.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSavedReports, empty);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReports, list);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReports, rename_label);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReports, name);
  gtk_widget_class_bind_template_child (widget_class, WfSavedReports, save);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
}

static void
wf_saved_reports_init (WfSavedReports *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) none = NULL;

  self->cancellable = g_cancellable_new ();
  self->names = gtk_string_list_new (NULL);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  none = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->names))));
  g_signal_connect_swapped (rows, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_model (self->list, none);
}

void
wf_saved_reports_set_runtime (WfSavedReports *self, WfRuntime *runtime)
{
  g_return_if_fail (WF_IS_SAVED_REPORTS (self) && self->runtime == NULL);
  self->runtime = g_object_ref (runtime);
}

void
wf_saved_reports_set_filter (WfSavedReports *self, const WfReportFilter *filter)
{
  g_return_if_fail (WF_IS_SAVED_REPORTS (self));
  g_free (self->text);
  self->text = wf_report_filter_to_text (filter);
}
