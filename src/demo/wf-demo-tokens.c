/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may sign in to the demo CRM: a random token for each person and machine, and how often
 * each may ask. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-tokens.h"

#include "wf-demo-server.h"
#include "wf-demo-webhook-secret.h"
#include "wf-json-writer.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 24
#define WINDOW (10 * G_TIME_SPAN_SECOND)

typedef struct
{
  char *token; /* (owned) */
  gboolean used;
  gint64 window;    /* monotonic start of the ten seconds being counted; 0 = none yet */
  guint n_requests; /* in them */
} Entry;

struct _WfDemoTokens
{
  GHashTable *entries; /* (owned) name -> Entry */
  Entry anonymous;     /* all who do not sign in, together */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->token);
  g_free (entry);
}

static char *
make_token (void)
{
  guint8 bytes[TOKEN_BYTES];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    for (gsize i = 0; i < sizeof bytes; i++)
      bytes[i] = (guint8) g_random_int ();
  g_autofree char *text = g_base64_encode (bytes, sizeof bytes);
  for (char *c = text; *c != '\0'; c++)
    *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
  return g_strconcat ("wf_", text, NULL);
}

static void
add (WfDemoTokens *self, const char *name, const char *token)
{
  if (g_hash_table_contains (self->entries, name))
    return;

  Entry *entry = g_new0 (Entry, 1);
  entry->token = token != NULL ? g_strdup (token) : make_token ();
  g_hash_table_insert (self->entries, g_strdup (name), entry);
}

static void
read_file (WfDemoTokens *self, const char *path)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_load (path, 0, NULL);
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  if (document == NULL)
    return;
  wf_json_iter_init (&iter, wf_json_document_get_root (document));
  while (wf_json_iter_next (&iter, &name, &value))
    if (name != NULL && wf_json_get_string (value) != NULL)
      add (self, name, wf_json_get_string (value));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
write_file (WfDemoTokens *self, const char *path, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (self->entries);

  g_ptr_array_sort (names, compare_names);
  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < names->len; i++)
    wf_json_writer_add_string (writer, names->pdata[i], wf_demo_tokens_get (self, names->pdata[i]));
  wf_json_writer_end (writer);
  g_autofree char *text = wf_json_writer_finish (writer, TRUE);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

WfDemoTokens *
wf_demo_tokens_load (const char *path, WfOrganisation *organisation, GError **error)
{
  g_autoptr (WfDemoTokens) self = g_new0 (WfDemoTokens, 1);

  self->entries =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) entry_free);
  if (path != NULL)
    read_file (self, path);
  guint n_read = g_hash_table_size (self->entries);

  add (self, WF_DEMO_BRIDGE, NULL);
  add (self, WF_DEMO_ENGINE, NULL);
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    add (self, wf_organisation_get_person_at (organisation, i)->id, NULL);
  if (path != NULL && g_hash_table_size (self->entries) != n_read &&
      !write_file (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
wf_demo_tokens_free (WfDemoTokens *self)
{
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_free (self);
}

const char *
wf_demo_tokens_get (WfDemoTokens *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);

  return entry != NULL ? entry->token : NULL;
}

const char *
wf_demo_tokens_find (WfDemoTokens *self, const char *token)
{
  GHashTableIter iter;
  gpointer name, value;
  const char *found = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (wf_demo_webhook_equal (((Entry *) value)->token, token))
      found = name;
  if (found != NULL)
    ((Entry *) g_hash_table_lookup (self->entries, found))->used = TRUE;
  return found;
}

gboolean
wf_demo_tokens_was_used (WfDemoTokens *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);

  return entry != NULL && entry->used;
}

gboolean
wf_demo_tokens_take (WfDemoTokens *self, const char *name, gint64 monotonic, guint limit,
                     guint *retry_after)
{
  Entry *entry = name != NULL ? g_hash_table_lookup (self->entries, name) : &self->anonymous;

  if (entry->n_requests == 0 || monotonic - entry->window >= WINDOW)
    {
      entry->window = monotonic;
      entry->n_requests = 0;
    }
  if (entry->n_requests < limit)
    {
      entry->n_requests++;
      return TRUE;
    }
  *retry_after =
      (guint) ((entry->window + WINDOW - monotonic + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
  return FALSE;
}
