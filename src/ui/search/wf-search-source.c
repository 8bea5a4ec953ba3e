/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the search over everything finds. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-search-source.h"

#include "wf-activity-filter.h"
#include "wf-activity-text.h"
#include "wf-lead-text.h"
#include "wf-pages.h"
#include "wf-runtime-leads.h"
#include "wf-search-commands.h"
#include "wf-time-text.h"
#include "wf-word-match.h"
#include "wf-workflow-item.h"

#include <glib/gi18n-lib.h>

/* Policy. Of each kind a few rows are shown and the whole of them is one row further, on its page. Every key press takes the
 * place of the search before it; rows that were found before stay until the new ones are there, so that nothing flickers. */
#define MOST 6

struct _WfSearchSource
{
  GObject parent_instance;

  WfRuntime *runtime;   /* (owned) */
  GPtrArray *commands;  /* (owned) of WfSearchItem: all of them */
  GPtrArray *workflows; /* (owned) (nullable) of WfWorkflowItem: all of them */
  GListStore *sections[WF_N_SEARCH_SECTIONS]; /* (owned) */
  GtkFlattenListModel *model;                 /* (owned) */
  guint totals[WF_N_SEARCH_SECTIONS];
  GCancellable *cancellable; /* (owned) (nullable) of the present text */
  char *text;                /* (owned) */
  char *error;               /* (owned) (nullable) */
  guint n_pending;
  GTimeZone *zone; /* (owned) the viewer's */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfSearchSource, wf_search_source, G_TYPE_OBJECT)

static WfInstant
get_now (WfSearchSource *self)
{
  return wf_clock_now (wf_runtime_get_clock (self->runtime));
}

static gboolean
sees_everyone (WfSearchSource *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
}

/* ---- rows -------------------------------------------------------------------------------------- */

/* The last row of a section that has more: it opens the page with the same search. Takes the text. */
static WfSearchItem *
make_more (WfSearchSource *self, WfSearchSection section, char *text, const char *action)
{
  g_autofree char *title = text;

  return wf_search_item_new (section, "go-next-symbolic", title, NULL, action,
                             g_variant_new_string (self->text));
}

/* rows: of WfSearchItem, owned by the caller. */
static void
show_rows (WfSearchSource *self, WfSearchSection section, GPtrArray *rows, guint total)
{
  GListStore *store = self->sections[section];

  self->totals[section] = total;
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), rows->pdata,
                       rows->len);
}

static GPtrArray *
rows_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
clear_section (WfSearchSource *self, WfSearchSection section)
{
  g_autoptr (GPtrArray) none = rows_new ();

  show_rows (self, section, none, 0);
}

/* The text is another one by now. */
static gboolean
is_given_up (GAsyncResult *result)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

/* One answer came, or failed. */
static void
end_one (WfSearchSource *self, WfSearchSection section, const GError *error)
{
  self->n_pending--;
  if (error != NULL)
    {
      clear_section (self, section);
      g_set_str (&self->error, error->message);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- leads ------------------------------------------------------------------------------------- */

static WfSearchItem *
make_lead (WfSearchSource *self, const WfLead *lead)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autofree char *state = wf_lead_subtitle (lead, organisation, get_now (self), self->zone);
  g_autofree char *both = lead->company != NULL ? g_strdup_printf ("%s · %s", lead->company, state)
                                                : NULL;

  return wf_search_item_new (WF_SEARCH_LEADS, "avatar-default-symbolic", lead->name,
                             both != NULL ? both : state, "win.show-lead",
                             g_variant_new_string (lead->id));
}

static void
on_leads (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfSearchSource) self = user_data;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  g_autoptr (GPtrArray) leads =
      wf_runtime_list_leads_finish (WF_RUNTIME (object), result, &total, &error);
  g_autoptr (GPtrArray) rows = rows_new ();

  if (is_given_up (result))
    return;
  for (guint i = 0; leads != NULL && i < leads->len; i++)
    g_ptr_array_add (rows, make_lead (self, leads->pdata[i]));
  if (total > rows->len && rows->len > 0)
    g_ptr_array_add (rows, make_more (self, WF_SEARCH_LEADS,
                                      g_strdup_printf (ngettext ("All %u Result in Leads",
                                                                 "All %u Results in Leads", total),
                                                       total),
                                      "win.find-leads"));
  if (error == NULL)
    show_rows (self, WF_SEARCH_LEADS, rows, total);
  end_one (self, WF_SEARCH_LEADS, error);
}

static void
ask_for_leads (WfSearchSource *self)
{
  WfLeadQuery query = {
    .text = self->text, .order = WF_LEADS_BY_NAME, .now = get_now (self), .limit = MOST
  };

  self->n_pending++;
  wf_runtime_list_leads_async (self->runtime, &query, self->cancellable, on_leads,
                               g_object_ref (self));
}

/* ---- activities -------------------------------------------------------------------------------- */

static WfSearchItem *
make_activity (WfSearchSource *self, const WfActivity *activity)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  g_autofree char *what = wf_activity_subtitle (activity, organisation, sees_everyone (self));
  g_autofree char *due = wf_time_text_day_and_time (activity->due, get_now (self), self->zone);
  g_autofree char *both = g_strdup_printf ("%s · %s", due, what);

  return wf_search_item_new (WF_SEARCH_ACTIVITIES, wf_activity_icon (activity, organisation),
                             activity->title, *what != '\0' ? both : due, "win.show-activity",
                             g_variant_new_string (activity->id));
}

static void
on_activities (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfSearchSource) self = user_data;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  g_autoptr (GPtrArray) activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);
  g_autoptr (GPtrArray) rows = rows_new ();

  if (is_given_up (result))
    return;
  for (guint i = 0; activities != NULL && i < activities->len; i++)
    g_ptr_array_add (rows, make_activity (self, activities->pdata[i]));
  if (total > rows->len && rows->len > 0)
    g_ptr_array_add (rows, make_more (self, WF_SEARCH_ACTIVITIES,
                                      g_strdup_printf (ngettext ("All %u Result in Today",
                                                                 "All %u Results in Today", total),
                                                       total),
                                      "win.find-activities"));
  if (error == NULL)
    show_rows (self, WF_SEARCH_ACTIVITIES, rows, total);
  end_one (self, WF_SEARCH_ACTIVITIES, error);
}

/* What Today finds with the same text, so that both say the same number. */
static void
ask_for_activities (WfSearchSource *self)
{
  g_autoptr (WfActivityFilter) filter = wf_activity_filter_new ();
  g_auto (WfFilterQuery) query = { 0 };

  filter->whose = sees_everyone (self) ? WF_WHOSE_EVERYONE : WF_WHOSE_MINE;
  filter->text = g_strdup (self->text);
  wf_filter_query_init (&query, filter, wf_runtime_get_organisation (self->runtime),
                        wf_runtime_get_person (self->runtime));
  query.query.now = get_now (self);
  query.query.limit = MOST;
  self->n_pending++;
  wf_runtime_list_activities_async (self->runtime, &query.query, self->cancellable, on_activities,
                                    g_object_ref (self));
}

/* ---- workflows --------------------------------------------------------------------------------- */

static void
find_workflows (WfSearchSource *self)
{
  g_autoptr (GPtrArray) rows = rows_new ();
  guint total = 0;

  for (guint i = 0; i < self->workflows->len; i++)
    {
      WfWorkflowItem *item = self->workflows->pdata[i];
      const WfWorkflow *workflow = wf_workflow_item_get_workflow (item);

      if (wf_workflow_item_is_archived (item) || !wf_workflow_item_matches (item, self->text))
        continue;
      if (total++ < MOST)
        g_ptr_array_add (
            rows, wf_search_item_new (WF_SEARCH_WORKFLOWS, "org.example.Workflow-symbolic",
                                      workflow->name, wf_workflow_item_get_trigger (item),
                                      "win.show-workflow", g_variant_new_string (workflow->id)));
    }
  if (total > MOST)
    g_ptr_array_add (rows,
                     make_more (self, WF_SEARCH_WORKFLOWS,
                                g_strdup_printf (ngettext ("All %u Result in Workflows",
                                                           "All %u Results in Workflows", total),
                                                 total),
                                "win.find-workflows"));
  show_rows (self, WF_SEARCH_WORKFLOWS, rows, total);
}

static void
on_workflows (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfSearchSource) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);

  if (is_given_up (result))
    return;
  if (entries != NULL)
    {
      g_clear_pointer (&self->workflows, g_ptr_array_unref);
      self->workflows = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < entries->len; i++)
        g_ptr_array_add (
            self->workflows,
            wf_workflow_item_new (entries->pdata[i], wf_runtime_get_organisation (self->runtime)));
      find_workflows (self);
    }
  end_one (self, WF_SEARCH_WORKFLOWS, error);
}

/* They are few, and are read once for a search. */
static void
ask_for_workflows (WfSearchSource *self)
{
  if (!wf_page_is_allowed (wf_pages_find ("workflows"), self->runtime))
    return;
  if (self->workflows != NULL)
    {
      find_workflows (self);
      return;
    }
  self->n_pending++;
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_workflows,
                                   g_object_ref (self));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
show_commands (WfSearchSource *self)
{
  g_autoptr (GPtrArray) found = wf_search_commands_find (self->commands, self->text);

  show_rows (self, WF_SEARCH_COMMANDS, found, found->len);
}

static void
forget_search (WfSearchSource *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->error, g_free);
  self->n_pending = 0;
}

static void
wf_search_source_dispose (GObject *object)
{
  WfSearchSource *self = WF_SEARCH_SOURCE (object);

  forget_search (self);
  for (guint i = 0; i < WF_N_SEARCH_SECTIONS; i++)
    g_clear_object (&self->sections[i]);
  g_clear_object (&self->model);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->workflows, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_search_source_parent_class)->dispose (object);
}

static void
wf_search_source_finalize (GObject *object)
{
  WfSearchSource *self = WF_SEARCH_SOURCE (object);

  g_free (self->text);
  g_time_zone_unref (self->zone);
  G_OBJECT_CLASS (wf_search_source_parent_class)->finalize (object);
}

static void
wf_search_source_class_init (WfSearchSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wf_search_source_dispose;
  object_class->finalize = wf_search_source_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_SEARCH_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_search_source_init (WfSearchSource *self)
{
  g_autoptr (GListStore) lists = g_list_store_new (G_TYPE_LIST_MODEL);

  for (guint i = 0; i < WF_N_SEARCH_SECTIONS; i++)
    {
      self->sections[i] = g_list_store_new (WF_TYPE_SEARCH_ITEM);
      g_list_store_append (lists, self->sections[i]);
    }
  self->model = gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&lists)));
  self->text = g_strdup ("");
  self->zone = g_time_zone_new_local ();
}

WfSearchSource *
wf_search_source_new (WfRuntime *runtime, GtkWidget *place)
{
  WfSearchSource *self = g_object_new (WF_TYPE_SEARCH_SOURCE, NULL);

  g_set_object (&self->runtime, runtime);
  self->commands = wf_search_commands_list (place, runtime);
  show_commands (self);
  return self;
}

GListModel *
wf_search_source_get_model (WfSearchSource *self)
{
  g_return_val_if_fail (WF_IS_SEARCH_SOURCE (self), NULL);
  return G_LIST_MODEL (self->model);
}

gboolean
wf_search_source_set_text (WfSearchSource *self, const char *text)
{
  g_return_val_if_fail (WF_IS_SEARCH_SOURCE (self), FALSE);
  g_autofree char *wanted = g_strstrip (g_strdup (text));

  if (g_str_equal (wanted, self->text))
    return FALSE;
  forget_search (self);
  g_set_str (&self->text, wanted);
  show_commands (self);
  if (*wanted == '\0')
    for (guint i = WF_SEARCH_LEADS; i < WF_N_SEARCH_SECTIONS; i++)
      clear_section (self, i);
  else
    {
      self->cancellable = g_cancellable_new ();
      ask_for_leads (self);
      ask_for_activities (self);
      ask_for_workflows (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
wf_search_source_is_pending (WfSearchSource *self)
{
  g_return_val_if_fail (WF_IS_SEARCH_SOURCE (self), FALSE);
  return self->n_pending > 0;
}

guint
wf_search_source_get_total (WfSearchSource *self)
{
  g_return_val_if_fail (WF_IS_SEARCH_SOURCE (self), 0);
  guint total = 0;

  for (guint i = 0; i < WF_N_SEARCH_SECTIONS; i++)
    total += self->totals[i];
  return total;
}

const char *
wf_search_source_get_error (WfSearchSource *self)
{
  g_return_val_if_fail (WF_IS_SEARCH_SOURCE (self), NULL);
  return self->error;
}
