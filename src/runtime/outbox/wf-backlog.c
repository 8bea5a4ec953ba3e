/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in portions, kept in the store. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"

/* Policy. A piece of work is written down in the transaction that decides it. Each round of the
 * scheduler does one portion of the first piece and writes, in the same transaction, where the
 * next portion begins: a crash repeats nothing and skips nothing. Pieces are done in the order in
 * which they were decided, so that what is decided later about the same runs finds what the
 * earlier decision made of them. */

static const char *const kind_names[] = { "move",  "stop", "resume",    "release",
                                          "dates", "tick", "take-back", NULL };

WfWork *
wf_work_new (WfWorkKind kind, const char *workflow)
{
  WfWork *self = g_new0 (WfWork, 1);

  self->kind = kind;
  self->workflow = g_strdup (workflow);
  self->from = self->until = WF_INSTANT_NONE;
  return self;
}

void
wf_work_free (WfWork *self)
{
  if (self == NULL)
    return;
  g_free (self->workflow);
  g_free (self->after);
  g_free (self->by);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

static void
write_work (const WfWork *self, WfJsonWriter *writer)
{
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "kind", kind_names[self->kind]);
  wf_json_writer_add_string (writer, "workflow", self->workflow);
  wf_json_writer_add_string (writer, "after", self->after);
  wf_json_writer_add_int (writer, "version", self->version);
  wf_json_writer_add_int (writer, "choice", self->choice);
  wf_json_writer_add_int (writer, "capacity", self->capacity);
  wf_json_writer_add_int (writer, "from", self->from);
  wf_json_writer_add_int (writer, "until", self->until);
  wf_json_writer_add_string (writer, "by", self->by);
  if (self->counts != NULL)
    {
      GHashTableIter iter;
      gpointer person, count;

      wf_json_writer_begin_object (writer, "counts");
      g_hash_table_iter_init (&iter, self->counts);
      while (g_hash_table_iter_next (&iter, &person, &count))
        wf_json_writer_add_int (writer, person, GPOINTER_TO_UINT (count));
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static gint64
get_int (const WfJson *object, const char *name, gint64 fallback)
{
  wf_json_get_int64 (wf_json_get_member (object, name), &fallback);
  return fallback;
}

static void
read_counts (WfWork *self, const WfJson *counts)
{
  WfJsonIter iter;
  const char *person;
  const WfJson *value;

  if (!wf_json_is (counts, WF_JSON_OBJECT))
    return;
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  wf_json_iter_init (&iter, counts);
  while (wf_json_iter_next (&iter, &person, &value))
    {
      gint64 count = 0;

      wf_json_get_int64 (value, &count);
      g_hash_table_insert (self->counts, g_strdup (person), GUINT_TO_POINTER ((guint) count));
    }
}

/* NULL for what a newer version wrote. */
static WfWork *
read_work (const WfJson *object)
{
  const char *kind = wf_json_get_member_string (object, "kind");
  const char *workflow = wf_json_get_member_string (object, "workflow");

  for (int i = 0; kind != NULL && workflow != NULL && kind_names[i] != NULL; i++)
    {
      if (!g_str_equal (kind_names[i], kind))
        continue;

      WfWork *self = wf_work_new ((WfWorkKind) i, workflow);
      self->after = g_strdup (wf_json_get_member_string (object, "after"));
      self->version = get_int (object, "version", 0);
      self->choice = (int) get_int (object, "choice", 0);
      self->capacity = (guint) get_int (object, "capacity", 0);
      self->from = get_int (object, "from", WF_INSTANT_NONE);
      self->until = get_int (object, "until", WF_INSTANT_NONE);
      self->by = g_strdup (wf_json_get_member_string (object, "by"));
      read_counts (self, wf_json_get_member (object, "counts"));
      return self;
    }
  return NULL;
}

static GPtrArray *
load (WfStore *store)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_work_free);
  g_autofree char *text = wf_store_get_fact (store, WF_FACT_BACKLOG);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = text != NULL ? wf_json_document_parse (text, -1, 0, &error)
                                                     : NULL;
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;

  if (error != NULL)
    g_warning ("What was left to do cannot be read: %s", error->message);
  for (guint i = 0; i < wf_json_get_size (root); i++)
    {
      WfWork *work = read_work (wf_json_get_element (root, i));

      if (work != NULL)
        g_ptr_array_add (pieces, work);
    }
  return pieces;
}

static gboolean
save (WfStore *store, const GPtrArray *pieces, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  if (pieces->len == 0)
    return wf_store_set_fact (store, WF_FACT_BACKLOG, NULL, error);
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < pieces->len; i++)
    write_work (g_ptr_array_index (pieces, i), writer);
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  return wf_store_set_fact (store, WF_FACT_BACKLOG, text, error);
}

/**
 * wf_backlog_add:
 * @store: in a transaction
 * @work: (transfer full): what is to be done
 * @error: return location
 */
gboolean
wf_backlog_add (WfStore *store, WfWork *work, GError **error)
{
  g_autoptr (GPtrArray) pieces = load (store);

  g_ptr_array_add (pieces, work);
  return save (store, pieces, error);
}

static gboolean
run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  switch (work->kind)
    {
    case WF_WORK_MOVE:
    case WF_WORK_STOP:
    case WF_WORK_RESUME:
      return wf_in_flight_run_portion (self, work, finished, error);
    case WF_WORK_RELEASE:
      return wf_storm_run_portion (self, work, finished, error);
    case WF_WORK_DATES:
      return wf_dates_run_portion (self, work, finished, error);
    case WF_WORK_TICK:
      return wf_tick_run_portion (self, work, finished, error);
    case WF_WORK_TAKE_BACK:
      return wf_take_back_run_portion (self, work, finished, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* The piece is the first; what a portion decides itself came behind it. */
static gboolean
save_progress (WfStore *store, WfWork *work, gboolean finished, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) pieces = load (store);

  g_ptr_array_remove_index (pieces, 0);
  if (!finished)
    g_ptr_array_insert (pieces, 0, work);
  else
    wf_work_free (work);
  *more |= pieces->len > 0;
  return save (store, pieces, error);
}

gboolean
wf_backlog_run (WfCommit *self, GError **error)
{
  g_autoptr (GPtrArray) pieces = load (self->store);
  g_autoptr (WfWork) work = pieces->len > 0 ? g_ptr_array_steal_index (pieces, 0) : NULL;
  gboolean finished = FALSE;

  if (work == NULL)
    return TRUE;
  if (!run_portion (self, work, &finished, error))
    return FALSE;
  self->changes->n_done++;
  return save_progress (self->store, g_steal_pointer (&work), finished, &self->changes->more,
                        error);
}
