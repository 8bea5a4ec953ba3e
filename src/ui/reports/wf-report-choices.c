/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that a report can be narrowed to, with its names. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-choices.h"

#include <glib/gi18n-lib.h>

#define MOST_SOURCES 200
#define MOST_VERSIONS 20 /* of a workflow: the latest */

struct _WfReportChoices
{
  GObject parent_instance;

  WfRuntime *runtime;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GListStore *list;          /* (owned) of WfReportChoice */
  GPtrArray *offered;        /* (owned) of WfReportChoice: not in the list yet */
  WfReportFilter *filter;    /* (owned) what is active */
  GPtrArray *workflows;      /* (owned) of WfRuntimeWorkflow, as last listed */
  GStrv sources;             /* (owned) (nullable) */
  gboolean filling;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfReportChoices, wf_report_choices, G_TYPE_OBJECT)

/* ---- what there is ----------------------------------------------------------------------------- */

static void
on_active_changed (WfReportChoices *self, GParamSpec *pspec, WfReportChoice *choice)
{
  if (self->filling)
    return;
  wf_report_filter_set_wanted (self->filter, wf_report_choice_get_dimension (choice),
                               wf_report_choice_get_id (choice),
                               wf_report_choice_is_active (choice));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
offer_as (WfReportChoices *self, WfDimension dimension, const char *id, const char *name,
          const char *whole, const char *order)
{
  WfReportChoice *choice = wf_report_choice_new (dimension, id, name, whole, order);

  g_signal_connect_object (choice, "notify::active", G_CALLBACK (on_active_changed), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->offered, choice);
}

static void
offer (WfReportChoices *self, WfDimension dimension, const char *id, const char *name)
{
  g_autofree char *order = g_utf8_collate_key (name, -1);

  offer_as (self, dimension, id, name, name, order);
}

/* NULL: everything has one. */
static const char *
get_without (WfDimension dimension)
{
  switch (dimension)
    {
    case WF_DIMENSION_PERSON:
      return _ ("Nobody (Queue)");
    case WF_DIMENSION_GROUP:
      return _ ("Without a Group");
    case WF_DIMENSION_TEAM:
      return _ ("Without a Team");
    case WF_DIMENSION_UNIT:
      return _ ("Without a Unit");
    case WF_DIMENSION_WORKFLOW:
      return _ ("Without a Workflow");
    case WF_DIMENSION_STAGE:
      return _ ("Without a Stage");
    case WF_DIMENSION_SOURCE:
      return _ ("Without a Source");
    case WF_DIMENSION_TYPE:
    case WF_DIMENSION_VERSION:
    case WF_DIMENSION_ORIGIN:
      return NULL;
    }
  return NULL;
}

static void
offer_entries (WfReportChoices *self, const WfOrganisation *organisation, WfDimension dimension,
               WfEntryKind kind)
{
  guint n;
  const WfEntry *entries = wf_organisation_get_entries (organisation, kind, &n);

  for (guint i = 0; i < n; i++)
    offer (self, dimension, entries[i].id, entries[i].name);
}

/* In the pipeline's order. */
static void
offer_stages (WfReportChoices *self, const WfOrganisation *organisation)
{
  guint n;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < pipelines[i].n_stages; j++)
        {
          const WfEntry *stage = &pipelines[i].stages[j];
          g_autofree char *order = g_strdup_printf ("%03u%03u", i, j);
          offer_as (self, WF_DIMENSION_STAGE, stage->id, stage->name, stage->name, order);
        }
    }
}

static void
offer_versions (WfReportChoices *self, const WfWorkflow *workflow, const char *order)
{
  gint64 newest = workflow->version;

  for (gint64 version = newest; version > 0 && version > newest - MOST_VERSIONS; version--)
    {
      g_autofree char *id = g_strdup_printf ("%s/%" G_GINT64_FORMAT, workflow->id, version);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, version);
      /* Translators: %s is a number */
      g_autofree char *name = g_strdup_printf (_ ("Version %s"), number);
      /* Translators: a workflow's name and a number */
      g_autofree char *whole = g_strdup_printf (_ ("%s, version %s"), workflow->name, number);
      g_autofree char *place =
          g_strdup_printf ("%s\001%06u", order, (guint) (G_MAXUINT16 - version));
      offer_as (self, WF_DIMENSION_VERSION, id, name, whole, place);
    }
}

static void
offer_workflows (WfReportChoices *self)
{
  for (guint i = 0; i < self->workflows->len; i++)
    {
      const WfWorkflow *workflow =
          ((const WfRuntimeWorkflow *) self->workflows->pdata[i])->workflow;
      g_autofree char *order = g_utf8_collate_key (workflow->name, -1);
      offer_as (self, WF_DIMENSION_WORKFLOW, workflow->id, workflow->name, workflow->name, order);
      offer_versions (self, workflow, order);
    }
}

static void
offer_without (WfReportChoices *self)
{
  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    {
      const char *name = get_without ((WfDimension) i);
      if (name != NULL)
        offer_as (self, (WfDimension) i, "", name, name, "\xff"); /* at the end */
    }
}

static void
offer_organisation (WfReportChoices *self, const WfOrganisation *organisation)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      offer (self, WF_DIMENSION_PERSON, person->id, person->name);
    }
  offer_entries (self, organisation, WF_DIMENSION_GROUP, WF_ENTRY_GROUP);
  offer_entries (self, organisation, WF_DIMENSION_TEAM, WF_ENTRY_TEAM);
  offer_entries (self, organisation, WF_DIMENSION_UNIT, WF_ENTRY_UNIT);
  offer_entries (self, organisation, WF_DIMENSION_TYPE, WF_ENTRY_ACTIVITY_TYPE);
  offer_stages (self, organisation);
  if (wf_organisation_get_process (organisation) != WF_PROCESS_2_WITH_STORE_FLOW)
    return;
  offer (self, WF_DIMENSION_ORIGIN, "web", C_ ("origin of leads", "Web"));
  offer (self, WF_DIMENSION_ORIGIN, "flow", C_ ("origin of leads", "Store Flow"));
}

static void
show_active (WfReportChoices *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (WfReportChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      wf_report_choice_set_active (
          choice, wf_report_filter_is_wanted (self->filter, wf_report_choice_get_dimension (choice),
                                              wf_report_choice_get_id (choice)));
    }
  self->filling = FALSE;
}

/* All at once: whoever shows them, or their names, does so once. */
static void
fill (WfReportChoices *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  if (organisation != NULL)
    offer_organisation (self, organisation);
  offer_workflows (self);
  for (guint i = 0; self->sources != NULL && self->sources[i] != NULL; i++)
    offer (self, WF_DIMENSION_SOURCE, self->sources[i], self->sources[i]);
  offer_without (self);
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       self->offered->pdata, self->offered->len);
  g_ptr_array_set_size (self->offered, 0);
  show_active (self);
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void
on_workflows_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportChoices) self = WF_REPORT_CHOICES (user_data);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = wf_runtime_list_workflows_finish (WF_RUNTIME (object), result, &error);

  if (rows == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The workflows cannot be listed: %s", error->message);
  if (rows == NULL)
    return;
  g_ptr_array_unref (self->workflows);
  self->workflows = rows;
  fill (self);
}

static void
on_sources_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportChoices) self = WF_REPORT_CHOICES (user_data);
  g_autoptr (GError) error = NULL;
  GStrv sources = wf_runtime_list_field_values_finish (WF_RUNTIME (object), result, &error);

  if (sources == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The sources of leads cannot be listed: %s", error->message);
  if (sources == NULL)
    return;
  g_strfreev (self->sources);
  self->sources = sources;
  fill (self);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_report_choices_dispose (GObject *object)
{
  WfReportChoices *self = WF_REPORT_CHOICES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->runtime);
  G_OBJECT_CLASS (wf_report_choices_parent_class)->dispose (object);
}

static void
wf_report_choices_finalize (GObject *object)
{
  WfReportChoices *self = WF_REPORT_CHOICES (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->list);
  g_ptr_array_unref (self->offered);
  wf_report_filter_free (self->filter);
  g_ptr_array_unref (self->workflows);
  g_strfreev (self->sources);
  G_OBJECT_CLASS (wf_report_choices_parent_class)->finalize (object);
}

static void
wf_report_choices_class_init (WfReportChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_report_choices_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_report_choices_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WF_TYPE_REPORT_CHOICES, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_report_choices_init (WfReportChoices *self)
{
  self->cancellable = g_cancellable_new ();
  self->list = g_list_store_new (WF_TYPE_REPORT_CHOICE);
  self->offered = g_ptr_array_new_with_free_func (g_object_unref);
  self->filter = wf_report_filter_new ();
  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_runtime_workflow_free);
}

/**
 * wf_report_choices_new:
 * @runtime: whose company it is
 *
 * Returns: (transfer full): the choices; those of the organisation are there at once
 */
WfReportChoices *
wf_report_choices_new (WfRuntime *runtime)
{
  WfReportChoices *self = g_object_new (WF_TYPE_REPORT_CHOICES, NULL);

  self->runtime = g_object_ref (runtime);
  g_signal_connect_object (runtime, "notify::organisation", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  wf_report_choices_reload (self);
  return self;
}

GListModel *
wf_report_choices_get_list (WfReportChoices *self)
{
  g_return_val_if_fail (WF_IS_REPORT_CHOICES (self), NULL);
  return G_LIST_MODEL (self->list);
}

void
wf_report_choices_reload (WfReportChoices *self)
{
  g_return_if_fail (WF_IS_REPORT_CHOICES (self));
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_workflows_listed,
                                   g_object_ref (self));
  wf_runtime_list_field_values_async (self->runtime, "lead.source", MOST_SOURCES, self->cancellable,
                                      on_sources_listed, g_object_ref (self));
}

void
wf_report_choices_show_filter (WfReportChoices *self, const WfReportFilter *filter)
{
  g_return_if_fail (WF_IS_REPORT_CHOICES (self));
  WfReportFilter *copy = wf_report_filter_copy (filter);

  wf_report_filter_free (self->filter);
  self->filter = copy;
  show_active (self);
}

void
wf_report_choices_write (WfReportChoices *self, WfReportFilter *filter)
{
  g_return_if_fail (WF_IS_REPORT_CHOICES (self));
  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    {
      g_strfreev (filter->only[i]);
      filter->only[i] = g_strdupv (self->filter->only[i]);
    }
}

char *
wf_report_choices_dup_name (WfReportChoices *self, WfDimension dimension, const char *id)
{
  g_return_val_if_fail (WF_IS_REPORT_CHOICES (self), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (WfReportChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      if (wf_report_choice_get_dimension (choice) == dimension &&
          g_str_equal (wf_report_choice_get_id (choice), id))
        return g_strdup (wf_report_choice_get_whole (choice));
    }
  return g_strdup (id);
}
