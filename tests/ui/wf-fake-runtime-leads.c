/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime without store and CRM: leads in memory, with the queries and commands of wf-runtime-leads.h. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-runtime.h"
#include "wf-text-fold.h"

#include <string.h>

typedef struct
{
  char *page;           /* (owned) whose it is */
  WfSavedFilter filter; /* its texts are owned */
} KeptFilter;

static void
kept_filter_free (gpointer data)
{
  KeptFilter *self = data;

  g_free (self->page);
  g_free (self->filter.name);
  g_free (self->filter.text);
  g_free (self);
}

typedef struct
{
  GPtrArray *leads;    /* (owned) of WfLead */
  GHashTable *moments; /* (owned) lead -> GPtrArray of WfLeadMoment, oldest first */
  GPtrArray *filters;  /* (owned) of KeptFilter, of all pages, by name */
  guint n_created;
} Leads;

static void
leads_free (gpointer data)
{
  Leads *self = data;

  g_ptr_array_unref (self->leads);
  g_hash_table_unref (self->moments);
  g_ptr_array_unref (self->filters);
  g_free (self);
}

static Leads *
get_leads (WfRuntime *runtime)
{
  Leads *self = g_object_get_data (G_OBJECT (runtime), "leads");

  if (self != NULL)
    return self;
  self = g_new0 (Leads, 1);
  self->leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);
  self->moments =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->filters = g_ptr_array_new_with_free_func (kept_filter_free);
  g_object_set_data_full (G_OBJECT (runtime), "leads", self, leads_free);
  return self;
}

/* As the store makes them. */
WfLeadMoment *
wf_fake_moment_new (WfMomentKind kind, WfInstant at)
{
  WfLeadMoment *moment = g_new0 (WfLeadMoment, 1);

  g_atomic_ref_count_init (&moment->ref_count);
  moment->kind = kind;
  moment->at = at;
  moment->sync = WF_SYNC_CONFIRMED;
  return moment;
}

void
wf_fake_runtime_add_lead (WfRuntime *self, WfLead *lead)
{
  g_ptr_array_add (get_leads (self)->leads, lead);
}

void
wf_fake_runtime_add_moment (WfRuntime *self, const char *lead, WfLeadMoment *moment)
{
  GHashTable *moments = get_leads (self)->moments;
  GPtrArray *of_lead = g_hash_table_lookup (moments, lead);

  if (of_lead == NULL)
    {
      of_lead = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_moment_unref);
      g_hash_table_insert (moments, g_strdup (lead), of_lead);
    }
  g_ptr_array_add (of_lead, moment);
}

void
wf_fake_runtime_tell_leads (WfRuntime *self)
{
  g_signal_emit_by_name (self, "leads-changed");
}

static guint
find (Leads *self, const char *id)
{
  for (guint i = 0; i < self->leads->len; i++)
    {
      if (g_str_equal (((WfLead *) self->leads->pdata[i])->id, id))
        return i;
    }
  return G_MAXUINT;
}

/* ---- queries ----------------------------------------------------------------------------------- */

static gboolean
is_one_of (const char *const *wanted, const char *value)
{
  return wanted == NULL || (value != NULL && g_strv_contains (wanted, value));
}

static gboolean
has_text (const WfLead *lead, const char *text)
{
  const char *const places[] = { lead->name, lead->company, lead->phone, lead->email };
  g_autofree char *folded = wf_text_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (places[i] != NULL && wf_text_contains_folded (places[i], folded))
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (WfRuntime *self, const WfLead *lead, const WfLeadQuery *query)
{
  const char *origin = lead->origin != NULL ? lead->origin : "web";

  if (query->text != NULL && !has_text (lead, query->text))
    return FALSE;
  if (query->origin != NULL && !g_str_equal (origin, query->origin))
    return FALSE;
  if ((query->without_owner && lead->owner != NULL) || (query->without_next && lead->n_open > 0))
    return FALSE;
  if (query->only_open && wf_stage_is_closing (wf_runtime_get_organisation (self), lead->stage))
    return FALSE;
  return is_one_of (query->stages, lead->stage) && is_one_of (query->owners, lead->owner) &&
         is_one_of (query->sources, lead->source);
}

static int
compare_values (const WfLead *x, const WfLead *y, WfLeadOrder order)
{
  switch (order)
    {
    case WF_LEADS_BY_STAGE:
      return g_strcmp0 (x->stage, y->stage);
    case WF_LEADS_BY_OWNER:
      return g_strcmp0 (x->owner, y->owner);
    case WF_LEADS_BY_SCORE:
      return (x->score > y->score) - (x->score < y->score);
    case WF_LEADS_BY_ORIGIN:
      return g_strcmp0 (x->origin, y->origin);
    case WF_LEADS_BY_NEXT:
      if ((x->next == WF_INSTANT_NONE) != (y->next == WF_INSTANT_NONE))
        return x->next == WF_INSTANT_NONE ? 1 : -1;
      return (x->next > y->next) - (x->next < y->next);
    case WF_LEADS_BY_LAST_CONTACT:
      return (x->last_contact > y->last_contact) - (x->last_contact < y->last_contact);
    case WF_LEADS_BY_CREATED:
      return (x->created > y->created) - (x->created < y->created);
    case WF_LEADS_BY_NAME:
    default:
      return strcmp (x->name, y->name);
    }
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WfLead *x = *(WfLead *const *) a, *y = *(WfLead *const *) b;
  const WfLeadQuery *query = user_data;
  int by_value = compare_values (x, y, query->order);

  return by_value != 0 ? (query->descending ? -by_value : by_value) : strcmp (x->name, y->name);
}

void
wf_runtime_list_leads_async (WfRuntime *self, const WfLeadQuery *query, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);
  Leads *leads = get_leads (self);

  for (guint i = 0; i < leads->leads->len; i++)
    {
      if (matches (self, leads->leads->pdata[i], query))
        g_ptr_array_add (found, leads->leads->pdata[i]);
    }
  g_ptr_array_sort_with_data (found, compare, (gpointer) query);
  for (guint i = query->offset; i < found->len && (query->limit == 0 || rows->len < query->limit);
       i++)
    g_ptr_array_add (rows, wf_lead_ref (found->pdata[i]));
  if (task == NULL)
    {
      g_ptr_array_unref (rows);
      return;
    }
  g_object_set_data (G_OBJECT (task), "total", GUINT_TO_POINTER (found->len));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_leads_finish (WfRuntime *self, GAsyncResult *result, guint *total, GError **error)
{
  *total = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_get_lead_async (WfRuntime *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  Leads *leads = get_leads (self);
  guint index = find (leads, id);

  if (task == NULL)
    return;
  if (index == G_MAXUINT)
    g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_NOT_FOUND,
                                     "There is no such lead.");
  else
    g_task_return_pointer (task, wf_lead_ref (leads->leads->pdata[index]),
                           (GDestroyNotify) wf_lead_unref);
}

WfLead *
wf_runtime_get_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_list_moments_async (WfRuntime *self, const char *lead, guint offset, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GPtrArray *all = g_hash_table_lookup (get_leads (self)->moments, lead);
  guint n = all != NULL ? all->len : 0;

  if (task == NULL)
    return;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_moment_unref);
  for (guint i = offset; i < n && rows->len < limit; i++)
    g_ptr_array_add (rows, wf_lead_moment_ref (all->pdata[n - 1 - i]));
  g_object_set_data (G_OBJECT (task), "more", GINT_TO_POINTER (offset + rows->len < n));
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_moments_finish (WfRuntime *self, GAsyncResult *result, gboolean *more,
                                GError **error)
{
  *more = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "more"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- commands ---------------------------------------------------------------------------------- */

static WfLead *
copy_lead (const WfLead *lead)
{
  WfLead *copy = wf_lead_new (lead->id);
  const struct
  {
    char **to;
    const char *from;
  } texts[] = {
    { &copy->name, lead->name },
    { &copy->company, lead->company },
    { &copy->phone, lead->phone },
    { &copy->email, lead->email },
    { &copy->source, lead->source },
    { &copy->city, lead->city },
    { &copy->url, lead->url },
    { &copy->origin, lead->origin },
    { &copy->stage, lead->stage },
    { &copy->owner, lead->owner },
    { &copy->group, lead->group },
    { &copy->unit, lead->unit },
    { &copy->next_activity, lead->next_activity },
    { &copy->next_title, lead->next_title },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_set_str (texts[i].to, texts[i].from);
  copy->has_score = lead->has_score;
  copy->score = lead->score;
  copy->created = lead->created;
  copy->last_contact = lead->last_contact;
  copy->seen = lead->seen;
  copy->next = lead->next;
  copy->n_open = lead->n_open;
  copy->document = lead->document != NULL ? wf_json_document_ref (lead->document) : NULL;
  return copy;
}

/* A copy in the place of the old one, as the store hands out new values too. */
static WfLead *
change (WfRuntime *self, const char *id)
{
  Leads *leads = get_leads (self);
  guint index = find (leads, id);

  if (index == G_MAXUINT)
    return NULL;
  WfLead *old = leads->leads->pdata[index], *copy = copy_lead (old);
  leads->leads->pdata[index] = copy;
  wf_lead_unref (old);
  copy->sync = WF_SYNC_LOCAL;
  return copy;
}

static void
finish_command (WfRuntime *self, GTask *task, gboolean found)
{
  if (!found)
    {
      g_task_return_new_error_literal (task, wf_runtime_error_quark (), WF_RUNTIME_ERROR_NOT_FOUND,
                                       "There is no such lead.");
      return;
    }
  g_task_return_boolean (task, TRUE);
  wf_fake_runtime_tell_leads (self);
}

void
wf_runtime_change_stage_async (WfRuntime *self, const char *lead, const char *stage,
                               const char *reason, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "stage %s %s %s", lead, stage, reason != NULL ? reason : "-");
  if (task == NULL)
    return;
  WfLead *changed = change (self, lead);
  if (changed != NULL)
    g_set_str (&changed->stage, stage);
  finish_command (self, task, changed != NULL);
}

void
wf_runtime_direct_lead_async (WfRuntime *self, const char *lead, const char *person,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "direct %s %s", lead, person != NULL ? person : "-");
  if (task == NULL)
    return;
  WfLead *changed = change (self, lead);
  if (changed != NULL)
    g_set_str (&changed->owner, person);
  finish_command (self, task, changed != NULL);
}

static void
add_comment (WfRuntime *self, const char *lead, const char *text)
{
  WfLeadMoment *moment =
      wf_fake_moment_new (WF_MOMENT_COMMENT, wf_clock_now (wf_runtime_get_clock (self)));

  moment->person = g_strdup (wf_runtime_get_person (self));
  moment->text = g_strdup (text);
  moment->sync = WF_SYNC_LOCAL;
  wf_fake_runtime_add_moment (self, lead, moment);
}

void
wf_runtime_comment_lead_async (WfRuntime *self, const char *lead, const char *text,
                               const char *const *mentions, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autofree char *told = mentions != NULL ? g_strjoinv (",", (char **) mentions) : g_strdup ("");

  wf_fake_runtime_remember (self, "comment %s %s [%s]", lead, text, told);
  if (task == NULL)
    return;
  add_comment (self, lead, text);
  finish_command (self, task, TRUE);
}

void
wf_runtime_create_lead_async (WfRuntime *self, const WfNewLead *lead, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  Leads *leads = get_leads (self);

  wf_fake_runtime_remember (
      self, "create %s %s %s %s %s %s", lead->name, lead->phone != NULL ? lead->phone : "-",
      lead->email != NULL ? lead->email : "-", lead->interest != NULL ? lead->interest : "-",
      lead->notes != NULL ? lead->notes : "-", lead->unit != NULL ? lead->unit : "-");
  if (task == NULL)
    return;
  g_autofree char *id = g_strdup_printf ("new-%u", ++leads->n_created);
  WfLead *created = wf_lead_new (id);
  g_set_str (&created->name, lead->name);
  g_set_str (&created->phone, lead->phone);
  g_set_str (&created->email, lead->email);
  g_set_str (&created->unit, lead->unit);
  g_set_str (&created->origin, "flow");
  g_set_str (&created->owner, wf_runtime_get_person (self));
  created->created = wf_clock_now (wf_runtime_get_clock (self));
  created->sync = WF_SYNC_LOCAL;
  wf_fake_runtime_add_lead (self, created);
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
  wf_fake_runtime_tell_leads (self);
}

char *
wf_runtime_create_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- many ------------------------------------------------------------------------------------- */

char *
wf_runtime_explain_direction (WfRuntime *self, const WfLead *lead, const char *person)
{
  return wf_runtime_may (self, WF_RIGHT_DIRECT_LEAD) ? NULL
                                                     : g_strdup ("You may not direct leads.");
}

static void
done_free (gpointer data)
{
  WfLeadDone *self = data;

  g_free (self->lead);
  g_free (self->stage_before);
  g_free (self->stage);
  g_free (self->owner_before);
  g_free (self->owner);
  g_free (self);
}

static void
refusal_free (gpointer data)
{
  WfLeadRefusal *self = data;

  g_free (self->lead);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static WfLeadsResult *
leads_result_new (void)
{
  WfLeadsResult *self = g_new0 (WfLeadsResult, 1);

  self->done = g_ptr_array_new_with_free_func (done_free);
  self->refused = g_ptr_array_new_with_free_func (refusal_free);
  return self;
}

void
wf_leads_result_free (WfLeadsResult *self)
{
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

/* The name of a lead begins with “Closed”: it is refused. */
static void
change_one (WfRuntime *self, WfLeadsResult *result, const char *id, const char *stage,
            const char *owner)
{
  WfLead *lead = change (self, id);

  if (lead == NULL || g_str_has_prefix (lead->name, "Closed"))
    {
      WfLeadRefusal *refusal = g_new0 (WfLeadRefusal, 1);
      refusal->lead = g_strdup (id);
      refusal->text = g_strdup ("The lead is closed.");
      g_ptr_array_add (result->refused, refusal);
      return;
    }
  WfLeadDone *done = g_new0 (WfLeadDone, 1);
  done->lead = g_strdup (id);
  done->stage_before = g_strdup (lead->stage);
  done->owner_before = g_strdup (lead->owner);
  done->stage_changed = stage != NULL;
  done->owner_changed = owner != NULL;
  if (stage != NULL)
    g_set_str (&lead->stage, stage);
  if (owner != NULL)
    g_set_str (&lead->owner, *owner != '\0' ? owner : NULL);
  g_ptr_array_add (result->done, done);
}

void
wf_runtime_change_leads_async (WfRuntime *self, const char *const *leads,
                               const WfLeadChange *wanted, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  g_autofree char *ids = g_strjoinv (",", (char **) leads);

  wf_fake_runtime_remember (
      self, "change %s %s %s %s", ids, wanted->stage != NULL ? wanted->stage : "-",
      wanted->owner != NULL ? wanted->owner : "-", wanted->reason != NULL ? wanted->reason : "-");
  if (task == NULL)
    return;
  WfLeadsResult *result = leads_result_new ();
  for (guint i = 0; leads[i] != NULL; i++)
    change_one (self, result, leads[i], wanted->stage, wanted->owner);
  g_task_return_pointer (task, result, (GDestroyNotify) wf_leads_result_free);
  wf_fake_runtime_tell_leads (self);
}

WfLeadsResult *
wf_runtime_change_leads_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wf_runtime_undo_leads_async (WfRuntime *self, const WfLeadsResult *before,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);

  wf_fake_runtime_remember (self, "undo %u", before->done->len);
  if (task == NULL)
    return;
  WfLeadsResult *result = leads_result_new ();
  for (guint i = 0; i < before->done->len; i++)
    {
      const WfLeadDone *done = before->done->pdata[i];
      change_one (self, result, done->lead, done->stage_changed ? done->stage_before : NULL,
                  !done->owner_changed         ? NULL
                  : done->owner_before != NULL ? done->owner_before
                                               : "");
    }
  g_task_return_pointer (task, result, (GDestroyNotify) wf_leads_result_free);
  wf_fake_runtime_tell_leads (self);
}

/* ---- saved filters ----------------------------------------------------------------------------- */

void
wf_saved_filter_free (WfSavedFilter *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

void
wf_runtime_list_filters_async (WfRuntime *self, const char *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GPtrArray *filters = get_leads (self)->filters;

  if (task == NULL)
    return;
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_saved_filter_free);
  for (guint i = 0; i < filters->len; i++)
    {
      const KeptFilter *kept = filters->pdata[i];
      const WfSavedFilter *filter = &kept->filter;
      WfSavedFilter *entry;
      if (!g_str_equal (kept->page, page))
        continue;
      entry = g_new0 (WfSavedFilter, 1);
      entry->name = g_strdup (filter->name);
      entry->text = g_strdup (filter->text);
      g_ptr_array_add (copy, entry);
    }
  g_task_return_pointer (task, copy, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
wf_runtime_list_filters_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_filter (GPtrArray *filters, const char *page, const char *name)
{
  for (guint i = 0; i < filters->len; i++)
    {
      const KeptFilter *kept = filters->pdata[i];
      if (g_str_equal (kept->page, page) && g_str_equal (kept->filter.name, name))
        {
          g_ptr_array_remove_index (filters, i);
          return;
        }
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(KeptFilter *const *) a)->filter.name, (*(KeptFilter *const *) b)->filter.name);
}

void
wf_runtime_save_filter_async (WfRuntime *self, const char *page, const char *name, const char *text,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = wf_fake_runtime_make_task (self, cancellable, callback, user_data);
  GPtrArray *filters = get_leads (self)->filters;

  wf_fake_runtime_remember (self, "filter %s %s %s", page, name, text != NULL ? text : "-");
  if (task == NULL)
    return;
  remove_filter (filters, page, name);
  if (text != NULL)
    {
      KeptFilter *kept = g_new0 (KeptFilter, 1);
      kept->page = g_strdup (page);
      kept->filter.name = g_strdup (name);
      kept->filter.text = g_strdup (text);
      g_ptr_array_add (filters, kept);
      g_ptr_array_sort (filters, compare_names);
    }
  g_task_return_boolean (task, TRUE);
}
