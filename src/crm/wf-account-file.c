/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file accounts.ini: names and addresses, the last used first, never a token. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-account-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* [account NAME] with kind, url, person, token-file; the order of the groups is the order of
 * use. */
#define GROUP_PREFIX "account "
#define KIND "kind"
#define URL "url"
#define PERSON "person"
#define TOKEN_FILE "token-file"

struct _WfAccountFile
{
  char *path; /* (owned) */
};

WfAccountFile *
wf_account_file_new (const char *path)
{
  WfAccountFile *self = g_new0 (WfAccountFile, 1);

  self->path = g_strdup (path);
  return self;
}

void
wf_account_file_free (WfAccountFile *self)
{
  g_free (self->path);
  g_free (self);
}

/* Read anew each time: another program of ours may have written it. */
static GKeyFile *
load (WfAccountFile *self)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_KEEP_COMMENTS, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("The file of accounts cannot be read: %s", error->message);
  return file;
}

static gboolean
save (WfAccountFile *self, GKeyFile *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  gsize length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
                   _ ("The folder %s cannot be made: %s"), folder, g_strerror (code));
      return FALSE;
    }
  return g_file_set_contents_full (self->path, text, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Names may hold what a group's name may not: brackets and control characters. */
static char *
make_group (const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, " !'()*,;:@&=+$", TRUE);

  return g_strconcat (GROUP_PREFIX, escaped, NULL);
}

GPtrArray *
wf_account_file_list (WfAccountFile *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_account_free);
  g_autoptr (GKeyFile) file = load (self);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *kind = g_key_file_get_string (file, groups[i], KIND, NULL);
      g_autofree char *url = g_key_file_get_string (file, groups[i], URL, NULL);
      g_autofree char *person = g_key_file_get_string (file, groups[i], PERSON, NULL);
      g_autofree char *name = NULL;

      if (!g_str_has_prefix (groups[i], GROUP_PREFIX) || kind == NULL)
        continue;
      name = g_uri_unescape_string (groups[i] + strlen (GROUP_PREFIX), NULL);
      if (name != NULL)
        g_ptr_array_add (list, wf_account_new (name, kind, url != NULL ? url : "", person));
    }
  return list;
}

char *
wf_account_file_dup_token_file (WfAccountFile *self, const char *name)
{
  g_autoptr (GKeyFile) file = load (self);
  g_autofree char *group = make_group (name);

  return g_key_file_get_string (file, group, TOKEN_FILE, NULL);
}

static void
copy_group (GKeyFile *from, const char *group, GKeyFile *to)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (from, group, keys[i], NULL);

      g_key_file_set_value (to, group, keys[i], value);
    }
}

static void
set_or_remove (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

gboolean
wf_account_file_put (WfAccountFile *self, const WfAccount *account, GError **error)
{
  g_autoptr (GKeyFile) old = load (self);
  g_autoptr (GKeyFile) new = g_key_file_new ();
  g_autofree char *group = make_group (account->name);
  g_auto (GStrv) groups = g_key_file_get_groups (old, NULL);

  copy_group (old, group, new);
  g_key_file_set_string (new, group, KIND, account->kind);
  set_or_remove (new, group, URL, account->url);
  set_or_remove (new, group, PERSON, account->person);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], group))
      copy_group (old, groups[i], new);
  return save (self, new, error);
}

gboolean
wf_account_file_remove (WfAccountFile *self, const char *name, GError **error)
{
  g_autoptr (GKeyFile) file = load (self);
  g_autofree char *group = make_group (name);

  if (!g_key_file_remove_group (file, group, error))
    return FALSE;
  return save (self, file, error);
}
