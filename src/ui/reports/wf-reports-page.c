/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports: figures and charts of a period.
 *
 * Policy: what is shown stays until the next numbers are there, so nothing flickers or moves; until the first ones are
 * there, every card and chart keeps its place. The filter is kept with the account, and what a click narrowed can be
 * taken back by its chip or by going back. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reports-page-private.h"

#include "wf-actions.h"
#include "wf-plain-text.h"
#include "wf-report-asking.h"
#include "wf-report-chip.h"
#include "wf-runtime-leads.h"
#include "wf-sync-banner.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

#define FILTER_NAME "filter"
#define WATCH 100 /* ms between two looks at how far the numbers are */
#define MOST_BACK 30

enum
{
  PROP_PERIOD = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfReportsPage, wf_reports_page, WF_TYPE_PAGE)

/* ---- the filter row ---------------------------------------------------------------------------- */

static void
on_chip_removed (WfReportsPage *self, WfReportChip *chip)
{
  g_autoptr (WfReportFilter) filter =
      wf_report_filter_copy (wf_report_model_get_filter (self->model));

  wf_report_filter_set_wanted (filter, wf_report_chip_get_dimension (chip),
                               wf_report_chip_get_id (chip), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_button)); /* the chip goes */
  wf_reports_page_set_filter (self, filter, TRUE);
}

static void
add_chip (WfReportsPage *self, WfDimension dimension, const char *id)
{
  g_autofree char *name = wf_report_choices_dup_name (self->choices, dimension, id);
  GtkWidget *chip = wf_report_chip_new (dimension, id, name);

  g_signal_connect_object (chip, "removed", G_CALLBACK (on_chip_removed), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->chips, chip);
}

static void
show_chips (WfReportsPage *self)
{
  const WfReportFilter *filter = wf_report_model_get_filter (self->model);
  gboolean narrow = wf_report_filter_is_narrow (filter);
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, chip);
  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    {
      for (guint j = 0; filter->only[i] != NULL && filter->only[i][j] != NULL; j++)
        add_chip (self, (WfDimension) i, filter->only[i][j]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), narrow);
  gtk_widget_set_visible (self->empty_clear, narrow);
  wf_report_filter_popover_set_narrow (self->filter_popover, narrow);
}

static void
show_period (WfReportsPage *self)
{
  const WfPeriod *period = &wf_report_model_get_filter (self->model)->period;
  const WfReport *report = wf_report_model_get_report (self->model);
  g_autofree char *range = report != NULL ? wf_time_range_to_text (report->range) : NULL;
  gboolean fixed = period->kind == WF_PERIOD_FIXED && range != NULL;
  const char *title = fixed ? range : wf_period_kind_get_title (period->kind);
  /* Translators: %s is a period such as “Last 30 Days” */
  g_autofree char *words = g_strdup_printf (_ ("Period: %s"), title);

  gtk_menu_button_set_label (self->period_button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->period_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_range (WfReportsPage *self)
{
  const WfReport *report = wf_report_model_get_report (self->model);
  g_autofree char *range = NULL, *previous = NULL, *text = NULL;

  if (report == NULL)
    return;
  range = wf_time_range_to_text (report->range);
  previous = wf_time_range_to_text (report->previous);
  /* Translators: two periods: “1 – 30 November 2026, compared with 1 – 31 October 2026” */
  text = g_strdup_printf (_ ("%s, compared with %s"), range, previous);
  gtk_label_set_text (self->range, text);
}

static void
show_filter (WfReportsPage *self)
{
  const WfReportFilter *filter = wf_report_model_get_filter (self->model);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->by, filter->by);
  self->filling = FALSE;
  wf_report_choices_show_filter (self->choices, filter);
  wf_saved_reports_set_filter (self->saved, filter);
  show_chips (self);
  show_period (self);
}

/* ---- remembering ------------------------------------------------------------------------------- */

static void
on_kept (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    g_warning ("The filter of the reports cannot be kept: %s", error->message);
}

static void
keep_filter (WfReportsPage *self)
{
  g_autofree char *text = wf_report_filter_to_text (wf_report_model_get_filter (self->model));

  wf_runtime_save_filter_async (self->runtime, WF_REPORTS_STATE_PAGE, FILTER_NAME, text, NULL,
                                on_kept, NULL);
}

/* NULL: it cannot be used any more. */
static WfReportFilter *
parse_filter (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  return document != NULL ? wf_report_filter_read (wf_json_document_get_root (document), NULL)
                          : NULL;
}

static void
update_activity (WfReportsPage *self)
{
  if (self->model != NULL)
    wf_report_model_set_active (self->model,
                                self->restored && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
on_state_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportsPage) self = WF_REPORTS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = wf_runtime_list_filters_finish (WF_RUNTIME (object), result, &error);

  if (self->model == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (kept == NULL)
    g_warning ("The filter of the reports cannot be read: %s", error->message);
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const WfSavedFilter *entry = kept->pdata[i];
      g_autoptr (WfReportFilter) filter =
          g_str_equal (entry->name, FILTER_NAME) ? parse_filter (entry->text) : NULL;
      if (filter != NULL)
        wf_report_model_set_filter (self->model, filter);
      else if (g_str_equal (entry->name, WF_REPORTS_SEEN_NAME))
        wf_reports_page_restore_seen (self, entry->text);
    }
  self->restored = TRUE;
  wf_reports_page_find_schedules (self);
  show_filter (self);
  update_activity (self);
}

void
wf_reports_page_set_filter (WfReportsPage *self, const WfReportFilter *filter, gboolean remember)
{
  const WfReportFilter *before = wf_report_model_get_filter (self->model);

  if (wf_report_filter_equal (before, filter))
    return;
  if (remember)
    g_ptr_array_add (self->history, wf_report_filter_copy (before));
  if (self->history->len > MOST_BACK)
    g_ptr_array_remove_index (self->history, 0);
  wf_report_model_set_filter (self->model, filter);
  show_filter (self);
  wf_reports_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERIOD]);
  keep_filter (self);
}

gboolean
wf_reports_page_go_back (WfReportsPage *self)
{
  g_autoptr (WfReportFilter) before = NULL;

  if (self->history->len == 0)
    return FALSE;
  before = g_ptr_array_steal_index (self->history, self->history->len - 1);
  wf_reports_page_set_filter (self, before, FALSE);
  return TRUE;
}

static void
on_choices_chosen (WfReportsPage *self)
{
  g_autoptr (WfReportFilter) filter =
      wf_report_filter_copy (wf_report_model_get_filter (self->model));

  wf_report_choices_write (self->choices, filter);
  wf_reports_page_set_filter (self, filter, TRUE);
}

static void
on_choices_filled (WfReportsPage *self)
{
  if (self->model != NULL)
    show_chips (self);
}

static void
on_clear (WfReportsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reports.clear-filters", NULL);
}

static void
on_by_changed (WfReportsPage *self)
{
  g_autoptr (WfReportFilter) filter = NULL;
  guint selected = gtk_drop_down_get_selected (self->by);

  if (self->filling || self->model == NULL || selected >= WF_N_DIMENSIONS)
    return;
  filter = wf_report_filter_copy (wf_report_model_get_filter (self->model));
  filter->by = (WfDimension) selected;
  wf_reports_page_set_filter (self, filter, TRUE);
}

static void
on_origin_changed (WfReportsPage *self)
{
  if (self->model != NULL)
    wf_report_model_set_origin (self->model, wf_origin_switch_get_origin (self->origin));
}

static void
on_saved_applied (WfReportsPage *self, const char *name, const char *text)
{
  g_autoptr (WfReportFilter) filter = parse_filter (text);

  if (filter != NULL)
    {
      wf_reports_page_set_filter (self, filter, TRUE);
      return;
    }
  /* Translators: %s is the name of a saved report */
  g_autofree char *problem = g_strdup_printf (_ ("“%s” cannot be used any more"), name);
  wf_toast_show (GTK_WIDGET (self), problem);
}

static void
on_heat_kind_changed (WfReportsPage *self)
{
  if (self->model != NULL && wf_report_model_get_report (self->model) != NULL)
    wf_reports_page_show_heat_map (self);
}

/* ---- states ------------------------------------------------------------------------------------ */

static gboolean
is_empty (const WfReport *report)
{
  for (guint i = 0; i < WF_N_MEASURES; i++)
    {
      if (report->now.counts[i] > 0)
        return FALSE;
    }
  return report->contacted == 0 && report->not_contacted == 0 && report->commissions->len == 0;
}

static void
show_problem (WfReportsPage *self, const WfReport *report, const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL && report != NULL)
    {
      /* Translators: %s is what went wrong */
      text = g_strdup_printf (_ ("These numbers are not the latest: %s"), error->message);
      adw_banner_set_title (self->stale, text);
    }
  else if (error != NULL)
    wf_plain_page_set_description (self->error, error->message);
  adw_banner_set_revealed (self->stale, text != NULL);
}

/* The first numbers after an import are counted from rows, which takes seconds: only then is there anything to see here. */
static gboolean
show_progress (WfReportsPage *self)
{
  double progress = wf_report_model_get_progress (self->model);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), progress >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (progress, 0));
  return G_SOURCE_CONTINUE;
}

static void
watch_progress (WfReportsPage *self, gboolean loading)
{
  if (loading && self->watch == 0)
    self->watch = g_timeout_add (WATCH, G_SOURCE_FUNC (show_progress), self);
  if (loading)
    return;
  g_clear_handle_id (&self->watch, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
}

/* When the page comes into view, its keys work at once. */
static void
focus_row (WfReportsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_widget_grab_focus (gtk_widget_get_visible (self->ranking_button)
                               ? self->ranking_button
                               : GTK_WIDGET (self->period_button));
}

static void
on_model_changed (WfReportsPage *self)
{
  const WfReport *report = wf_report_model_get_report (self->model);
  const GError *error = wf_report_model_get_error (self->model);
  gboolean loading = wf_report_model_is_loading (self->model);
  gboolean ready = report != NULL || error != NULL;

  show_problem (self, report, error);
  gtk_widget_set_opacity (self->spinner, loading ? 1 : 0);
  watch_progress (self, loading);
  gtk_stack_set_visible_child_name (self->states,
                                    report == NULL && error != NULL ? "error" : "report");
  if (report != NULL && report != self->shown)
    {
      self->shown = report;
      gtk_stack_set_visible_child_name (self->charts, is_empty (report) ? "empty" : "charts");
      wf_reports_page_show_report (self);
      wf_reports_page_read_workload (self);
      show_range (self);
      show_period (self);
    }
  wf_reports_page_update_actions (self);
  if (wf_page_set_ready (WF_PAGE (self), ready))
    focus_row (self);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
set_up_by (WfReportsPage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    {
      /* Translators: how activities are broken down: “By Person” */
      g_autofree char *title =
          g_strdup_printf (_ ("By %s"), wf_dimension_get_title ((WfDimension) i));
      gtk_string_list_append (titles, title);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->by, G_LIST_MODEL (titles));
  self->filling = FALSE;
}

/* A7: for that role nothing else is to be done here. */
static gboolean
is_for_the_wall (WfReportsPage *self)
{
  const char *id = wf_runtime_get_person (self->runtime);
  const WfPerson *person =
      id != NULL ? wf_organisation_get_person (wf_runtime_get_organisation (self->runtime), id)
                 : NULL;

  return person != NULL && person->role == WF_ROLE_RANKING;
}

static void
wf_reports_page_constructed (GObject *object)
{
  WfReportsPage *self = WF_REPORTS_PAGE (object);

  G_OBJECT_CLASS (wf_reports_page_parent_class)->constructed (object);
  self->runtime = wf_page_get_runtime (WF_PAGE (self));
  self->minutes = wf_page_get_minutes (WF_PAGE (self));
  wf_report_read_ahead (self->runtime, self->cancellable);
  self->choices = wf_report_choices_new (self->runtime);
  gtk_widget_set_visible (self->ranking_button, is_for_the_wall (self));
  self->model = wf_report_model_new ();
  set_up_by (self);
  wf_reports_page_add_charts (self);
  wf_report_filter_popover_set_choices (self->filter_popover, self->choices);
  wf_saved_reports_set_runtime (self->saved, self->runtime);
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  wf_sync_banner_bind (self->banner, self->runtime);
  g_object_bind_property (self->runtime, "reading-past", self->past, "revealed",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->choices, "chosen", G_CALLBACK (on_choices_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wf_report_choices_get_list (self->choices), "items-changed",
                           G_CALLBACK (on_choices_filled), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  wf_report_model_set_origin (self->model, wf_origin_switch_get_origin (self->origin));
  wf_report_model_set_runtime (self->model, self->runtime);
  show_filter (self);
  wf_runtime_list_filters_async (self->runtime, WF_REPORTS_STATE_PAGE, self->cancellable,
                                 on_state_listed, g_object_ref (self));
}

static void
wf_reports_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_reports_page_parent_class)->map (widget);
  wf_reports_page_find_schedules (WF_REPORTS_PAGE (widget));
  update_activity (WF_REPORTS_PAGE (widget));
  focus_row (WF_REPORTS_PAGE (widget));
}

static void
wf_reports_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wf_reports_page_parent_class)->unmap (widget);
  update_activity (WF_REPORTS_PAGE (widget));
}

static void
wf_reports_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfReportsPage *self = WF_REPORTS_PAGE (object);

  switch (id)
    {
    case PROP_PERIOD: /* the state of an action: never NULL */
      g_value_take_string (
          value, self->model != NULL
                     ? wf_period_to_text (&wf_report_model_get_filter (self->model)->period)
                     : g_strdup (""));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_period (WfReportsPage *self, const char *text)
{
  g_autoptr (WfReportFilter) filter = NULL;

  if (self->model == NULL || text == NULL)
    return;
  filter = wf_report_filter_copy (wf_report_model_get_filter (self->model));
  if (wf_period_from_text (text, &filter->period))
    wf_reports_page_set_filter (self, filter, TRUE);
}

static void
wf_reports_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PERIOD:
      set_period (WF_REPORTS_PAGE (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_reports_page_dispose (GObject *object)
{
  WfReportsPage *self = WF_REPORTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_source_remove);
  wf_reports_page_drop_schedules (self);
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      wf_report_model_set_runtime (self->model, NULL);
    }
  g_clear_object (&self->model);
  g_clear_object (&self->choices);
  self->minutes = NULL;
  self->runtime = NULL;
  G_OBJECT_CLASS (wf_reports_page_parent_class)->dispose (object);
}

static void
wf_reports_page_finalize (GObject *object)
{
  WfReportsPage *self = WF_REPORTS_PAGE (object);

  g_ptr_array_unref (self->history);
  G_OBJECT_CLASS (wf_reports_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  props[PROP_PERIOD] =
      g_param_spec_string ("period", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, WfReportsPage, name)

static void
bind_many (GtkWidgetClass *widget_class)
{
  static const char *const cards[WF_N_REPORT_CARDS] = { "created",   "on_time",     "late",
                                                        "open_late", "median",      "percentile",
                                                        "contact",   "without_next" };
  static const char *const places[WF_N_REPORT_CHARTS] = {
    "trend_place",  "breakdown_place", "heat_place",        "funnel_place",
    "causes_place", "effects_place",   "commissions_place", "workload_place",
  };

  for (guint i = 0; i < WF_N_REPORT_CARDS; i++)
    gtk_widget_class_bind_template_child_full (
        widget_class, cards[i], FALSE,
        (gssize) (G_STRUCT_OFFSET (WfReportsPage, cards) + i * sizeof (WfReportCard *)));
  for (guint i = 0; i < WF_N_REPORT_CHARTS; i++)
    gtk_widget_class_bind_template_child_full (
        widget_class, places[i], FALSE,
        (gssize) (G_STRUCT_OFFSET (WfReportsPage, places) + i * sizeof (GtkBox *)));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-reports-page.ui");
  BIND (navigation);
  BIND (spinner);
  BIND (progress);
  BIND (banner);
  BIND (past);
  BIND (stale);
  BIND (failed);
  BIND (ranking_button);
  BIND (period_button);
  BIND (by);
  BIND (filter_button);
  BIND (filter_popover);
  BIND (saved);
  BIND (origin);
  BIND (chips);
  BIND (range);
  BIND (states);
  BIND (charts);
  BIND (error);
  BIND (empty_clear);
  BIND (heat_kind);
  bind_many (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_by_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_origin_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_heat_kind_changed);
}

static void
wf_reports_page_class_init (WfReportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_reports_page_constructed;
  object_class->get_property = wf_reports_page_get_property;
  object_class->set_property = wf_reports_page_set_property;
  object_class->dispose = wf_reports_page_dispose;
  object_class->finalize = wf_reports_page_finalize;
  widget_class->map = wf_reports_page_map;
  widget_class->unmap = wf_reports_page_unmap;
  install_properties (object_class);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  g_type_ensure (WF_TYPE_REPORT_CARD);
  g_type_ensure (WF_TYPE_REPORT_FILTER_POPOVER);
  g_type_ensure (WF_TYPE_SAVED_REPORTS);
  bind_template (widget_class);
  wf_reports_page_install_actions (widget_class);
}

static void
wf_reports_page_init (WfReportsPage *self)
{
  self->cancellable = wf_page_get_cancellable (WF_PAGE (self));
  self->history = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_report_filter_free);
  self->seen = WF_INSTANT_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_REPORTS);
}
