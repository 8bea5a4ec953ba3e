/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Immutable JSON documents with limits on size and depth, so that no input can exhaust memory or
 * stack. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-json-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_EXACT_DOUBLE 9007199254740992.0 /* 2^53 */
#define HASHED_COMPARE_FROM 32 /* members; smaller objects are searched one by one */

G_DEFINE_QUARK (wf-json-error-quark, wf_json_error)

struct _WfJsonDocument
{
  gatomicrefcount ref_count;
  yyjson_doc *doc;    /* (owned) (nullable) parsed or built */
  yyjson_val *values; /* (owned) (nullable) extracted: the values, the strings behind them */
  const yyjson_val *root;
};

static WfJsonDocument *
document_new (yyjson_doc *doc, yyjson_val *values)
{
  WfJsonDocument *self = g_new0 (WfJsonDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->doc = doc;
  self->values = values;
  self->root = doc != NULL ? yyjson_doc_get_root (doc) : values;
  return self;
}

WfJsonDocument *
wf_json_document_new_take (yyjson_doc *doc)
{
  return document_new (doc, NULL);
}

/* Recursion is bounded by the limit itself. */
static gboolean
is_too_deep (yyjson_val *container, guint depth)
{
  yyjson_val *child = unsafe_yyjson_get_first (container);
  gsize n = unsafe_yyjson_get_len (container);
  gboolean object = unsafe_yyjson_is_obj (container);

  if (depth > WF_JSON_MOST_DEPTH)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    {
      if (object)
        child++; /* the name; its value stands right behind it */
      if (unsafe_yyjson_is_ctn (child))
        {
          if (is_too_deep (child, depth + 1))
            return TRUE;
          child = unsafe_yyjson_get_next (child);
        }
      else
        {
          child++;
        }
    }
  return FALSE;
}

static void
set_syntax_error (GError **error, const char *text, gsize length, const yyjson_read_err *cause)
{
  gsize line = 0, column = 0, position = 0;

  if (cause->code == YYJSON_READ_ERROR_EMPTY_CONTENT || length == 0)
    {
      g_set_error_literal (error, WF_JSON_ERROR, WF_JSON_ERROR_SYNTAX,
                           _ ("This is not JSON: it is empty."));
      return;
    }
  if (cause->code == YYJSON_READ_ERROR_MEMORY_ALLOCATION ||
      !yyjson_locate_pos (text, length, MIN (cause->pos, length), &line, &column, &position))
    {
      g_set_error (error, WF_JSON_ERROR, WF_JSON_ERROR_SYNTAX, _ ("This is not JSON: %s."),
                   cause->msg);
      return;
    }
  /* Translators: the last is a technical reason in English, such as “unexpected character” */
  g_set_error (error, WF_JSON_ERROR, WF_JSON_ERROR_SYNTAX,
               _ ("This is not JSON: line %u, column %u: %s."), (guint) line, (guint) column,
               cause->msg);
}

static void
set_too_long_error (GError **error, gsize most_bytes)
{
  g_autofree char *size = g_format_size_full (most_bytes, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: %s is a size such as “64 MiB” */
  g_set_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_LONG, _ ("This is too large: more than %s."),
               size);
}

/**
 * wf_json_document_parse:
 * @text: JSON in UTF-8; a byte order mark is skipped
 * @length: bytes, or -1 when it ends with NUL
 * @most_bytes: limit, 0 for WF_JSON_MOST_BYTES
 * @error: why it cannot be read, for people
 *
 * Numbers that no machine type holds keep all their digits. Of members with the same name the last
 * counts.
 *
 * Returns: (transfer full) (nullable): the document
 */
WfJsonDocument *
wf_json_document_parse (const char *text, gssize length, gsize most_bytes, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  yyjson_read_err cause = { 0 };
  yyjson_doc *doc;
  yyjson_val *root;

  if (most_bytes == 0)
    most_bytes = WF_JSON_MOST_BYTES;
  if (size > most_bytes)
    {
      set_too_long_error (error, most_bytes);
      return NULL;
    }
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  doc = yyjson_read_opts ((char *) text, size, YYJSON_READ_BIGNUM_AS_RAW, NULL, &cause);
  if (doc == NULL)
    {
      set_syntax_error (error, text, size, &cause);
      return NULL;
    }
  root = yyjson_doc_get_root (doc);
  if (unsafe_yyjson_is_ctn (root) && is_too_deep (root, 1))
    {
      yyjson_doc_free (doc);
      g_set_error (error, WF_JSON_ERROR, WF_JSON_ERROR_TOO_DEEP,
                   _ ("This is nested too deeply: more than %d levels."), WF_JSON_MOST_DEPTH);
      return NULL;
    }
  return wf_json_document_new_take (doc);
}

static void
set_file_error (GError **error, int code)
{
  g_set_error (error, WF_JSON_ERROR, WF_JSON_ERROR_FILE, _ ("The file cannot be read: %s."),
               g_strerror (code));
}

/* Reads at most limit bytes and one more, so that a pipe without a size cannot fill the memory
 * either. */
static gboolean
read_all (int fd, gsize limit, GByteArray *bytes, GError **error)
{
  guint8 chunk[64 * 1024];

  while (bytes->len <= limit)
    {
      gssize n = read (fd, chunk, sizeof chunk);

      if (n == 0)
        return TRUE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_file_error (error, errno);
          return FALSE;
        }
      g_byte_array_append (bytes, chunk, (guint) n);
    }
  return TRUE;
}

WfJsonDocument *
wf_json_document_load (const char *path, gsize most_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat info;

  if (most_bytes == 0)
    most_bytes = WF_JSON_MOST_BYTES;
  if (fd < 0 || fstat (fd, &info) != 0)
    {
      set_file_error (error, errno);
      return NULL;
    }
  if (S_ISREG (info.st_mode) && (guint64) info.st_size > most_bytes)
    {
      set_too_long_error (error, most_bytes);
      return NULL;
    }
  bytes = g_byte_array_sized_new (S_ISREG (info.st_mode) ? (guint) info.st_size : 4096);
  if (!read_all (fd, most_bytes, bytes, error))
    return NULL;
  return wf_json_document_parse ((const char *) bytes->data, (gssize) bytes->len, most_bytes,
                                 error);
}

WfJsonDocument *
wf_json_document_ref (WfJsonDocument *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_json_document_unref (WfJsonDocument *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  yyjson_doc_free (self->doc);
  g_free (self->values);
  g_free (self);
}

const WfJson *
wf_json_document_get_root (WfJsonDocument *self)
{
  return self->root;
}

/**
 * wf_json_document_extract:
 * @value: a value of any document
 *
 * A value and all below it stand side by side in memory, so the copy is one block: the values, then
 * their strings.
 *
 * Returns: (transfer full): a document of its own
 */
WfJsonDocument *
wf_json_document_extract (const WfJson *value)
{
  const yyjson_val *end = unsafe_yyjson_get_next (wf_json_to_yyjson (value));
  gsize n = (gsize) (end - value), size = 0;
  yyjson_val *values;
  char *text;

  for (const yyjson_val *at = value; at < end; at++)
    if (unsafe_yyjson_is_str ((void *) at) || unsafe_yyjson_is_raw ((void *) at))
      size += unsafe_yyjson_get_len ((void *) at) + 1;
  values = g_malloc (n * sizeof (yyjson_val) + size);
  memcpy (values, value, n * sizeof (yyjson_val));
  text = (char *) (values + n);
  for (gsize i = 0; i < n; i++)
    {
      gsize length;

      if (!unsafe_yyjson_is_str (&values[i]) && !unsafe_yyjson_is_raw (&values[i]))
        continue;
      length = unsafe_yyjson_get_len (&values[i]);
      memcpy (text, values[i].uni.str, length);
      text[length] = '\0';
      values[i].uni.str = text;
      text += length + 1;
    }
  return document_new (NULL, values);
}

WfJsonType
wf_json_get_type (const WfJson *value)
{
  switch (yyjson_get_type (wf_json_to_yyjson (value)))
    {
    case YYJSON_TYPE_NULL:
      return WF_JSON_NULL;
    case YYJSON_TYPE_BOOL:
      return WF_JSON_BOOLEAN;
    case YYJSON_TYPE_RAW:
    case YYJSON_TYPE_NUM:
      return WF_JSON_NUMBER;
    case YYJSON_TYPE_STR:
      return WF_JSON_STRING;
    case YYJSON_TYPE_ARR:
      return WF_JSON_ARRAY;
    case YYJSON_TYPE_OBJ:
      return WF_JSON_OBJECT;
    default:
      return WF_JSON_MISSING;
    }
}

gboolean
wf_json_is (const WfJson *value, WfJsonType type)
{
  return wf_json_get_type (value) == type;
}

static const WfJson *
find_member (const WfJson *object, const char *name, gsize length)
{
  yyjson_val *found = NULL, *key;
  gsize n;

  if (!yyjson_is_obj (wf_json_to_yyjson (object)))
    return NULL;
  key = unsafe_yyjson_get_first (wf_json_to_yyjson (object));
  n = unsafe_yyjson_get_len (wf_json_to_yyjson (object));
  for (gsize i = 0; i < n; i++)
    {
      if (unsafe_yyjson_get_len (key) == length &&
          (length == 0 || (*unsafe_yyjson_get_str (key) == *name &&
                           memcmp (unsafe_yyjson_get_str (key), name, length) == 0)))
        found = key + 1;
      key = unsafe_yyjson_get_next (key + 1);
    }
  return found;
}

const WfJson *
wf_json_get_member (const WfJson *object, const char *name)
{
  return find_member (object, name, strlen (name));
}

/* The same with a length that is known: for those who look up many. */
const WfJson *
wf_json_get_member_n (const WfJson *object, const char *name, gsize length)
{
  return find_member (object, name, length);
}

const WfJson *
wf_json_get_path (const WfJson *object, const char *dotted)
{
  while (object != NULL)
    {
      const char *dot = strchr (dotted, '.');

      if (dot == NULL)
        return wf_json_get_member (object, dotted);
      object = find_member (object, dotted, (gsize) (dot - dotted));
      dotted = dot + 1;
    }
  return NULL;
}

guint
wf_json_get_size (const WfJson *container)
{
  return yyjson_is_ctn (wf_json_to_yyjson (container))
             ? (guint) unsafe_yyjson_get_len (wf_json_to_yyjson (container))
             : 0;
}

const WfJson *
wf_json_get_element (const WfJson *array, guint index)
{
  return yyjson_arr_get (wf_json_to_yyjson (array), index);
}

const char *
wf_json_get_string (const WfJson *value)
{
  return yyjson_get_str (wf_json_to_yyjson (value));
}

/* Bytes of a string, which may contain NUL; 0 for anything else. */
gsize
wf_json_get_string_length (const WfJson *value)
{
  return yyjson_is_str (wf_json_to_yyjson (value))
             ? unsafe_yyjson_get_len (wf_json_to_yyjson (value))
             : 0;
}

const char *
wf_json_get_member_string (const WfJson *object, const char *name)
{
  return wf_json_get_string (wf_json_get_member (object, name));
}

gboolean
wf_json_get_boolean (const WfJson *value, gboolean fallback)
{
  return yyjson_is_bool (wf_json_to_yyjson (value)) ? yyjson_get_bool (wf_json_to_yyjson (value))
                                                    : fallback;
}

double
wf_json_get_double (const WfJson *value, double fallback)
{
  if (yyjson_is_num (wf_json_to_yyjson (value)))
    return yyjson_get_num (wf_json_to_yyjson (value));
  if (yyjson_is_raw (wf_json_to_yyjson (value)))
    return g_ascii_strtod (yyjson_get_raw (wf_json_to_yyjson (value)), NULL);
  return fallback;
}

gboolean
wf_json_get_int64 (const WfJson *value, gint64 *number)
{
  yyjson_val *val = wf_json_to_yyjson (value);
  double real;

  if (yyjson_is_sint (val) || (yyjson_is_uint (val) && unsafe_yyjson_get_uint (val) <= G_MAXINT64))
    {
      *number = unsafe_yyjson_get_sint (val);
      return TRUE;
    }
  if (!yyjson_is_real (val))
    return FALSE;
  real = unsafe_yyjson_get_real (val);
  if (fabs (real) > LARGEST_EXACT_DOUBLE || floor (real) != real)
    return FALSE;
  *number = (gint64) real;
  return TRUE;
}

static gboolean
numbers_equal (yyjson_val *a, yyjson_val *b)
{
  gint64 x, y;

  if (yyjson_is_raw (a) && yyjson_is_raw (b))
    return g_str_equal (yyjson_get_raw (a), yyjson_get_raw (b));
  if (wf_json_get_int64 (a, &x) && wf_json_get_int64 (b, &y))
    return x == y;
  if (yyjson_is_uint (a) && yyjson_is_uint (b))
    return unsafe_yyjson_get_uint (a) == unsafe_yyjson_get_uint (b);
  return wf_json_get_double (a, 0) == wf_json_get_double (b, 0);
}

/* Names are compared with their lengths: NUL may be among their characters. */
static guint
hash_name (gconstpointer name)
{
  const char *text = unsafe_yyjson_get_str ((void *) name);
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < unsafe_yyjson_get_len ((void *) name); i++)
    hash = (hash ^ (guchar) text[i]) * 16777619u;
  return hash;
}

static gboolean
names_equal (gconstpointer a, gconstpointer b)
{
  return unsafe_yyjson_equals_strn ((void *) a, unsafe_yyjson_get_str ((void *) b),
                                    unsafe_yyjson_get_len ((void *) b));
}

/* The names of an object as they stand there; each one's value is right behind it. */
static GHashTable *
hash_members (yyjson_val *object)
{
  GHashTable *members = g_hash_table_new (hash_name, names_equal);
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  yyjson_val *name;

  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    g_hash_table_replace (members, name, yyjson_obj_iter_get_val (name));
  return members;
}

static yyjson_val *
look_up (yyjson_val *object, GHashTable *members, yyjson_val *name)
{
  if (members != NULL)
    return g_hash_table_lookup (members, name);
  return wf_json_to_yyjson (
      find_member (object, unsafe_yyjson_get_str (name), unsafe_yyjson_get_len (name)));
}

/* Of members with the same name the last counts, on both sides. */
static gboolean
objects_equal (yyjson_val *a, yyjson_val *b)
{
  gboolean large = MAX (wf_json_get_size (a), wf_json_get_size (b)) >= HASHED_COMPARE_FROM;
  g_autoptr (GHashTable) in_a = large ? hash_members (a) : NULL;
  g_autoptr (GHashTable) in_b = large ? hash_members (b) : NULL;
  yyjson_obj_iter iter = yyjson_obj_iter_with (a);
  yyjson_val *name;

  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    {
      yyjson_val *value = yyjson_obj_iter_get_val (name);
      yyjson_val *other;

      if (value != look_up (a, in_a, name))
        continue; /* a later one counts */
      other = look_up (b, in_b, name);
      if (other == NULL || !wf_json_equal (value, other))
        return FALSE;
    }
  iter = yyjson_obj_iter_with (b);
  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    if (look_up (a, in_a, name) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
arrays_equal (const WfJson *a, const WfJson *b)
{
  const WfJson *x, *y;
  WfJsonIter iter, other;

  if (wf_json_get_size (a) != wf_json_get_size (b))
    return FALSE;
  wf_json_iter_init (&iter, a);
  wf_json_iter_init (&other, b);
  while (wf_json_iter_next (&iter, NULL, &x) && wf_json_iter_next (&other, NULL, &y))
    if (!wf_json_equal (x, y))
      return FALSE;
  return TRUE;
}

/* The order of members does not count; 1 and 1.0 are equal. Recursion is bounded by the
 * documents' depth. */
gboolean
wf_json_equal (const WfJson *a, const WfJson *b)
{
  WfJsonType type = wf_json_get_type (a);

  if (type != wf_json_get_type (b))
    return FALSE;
  switch (type)
    {
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
      return TRUE;
    case WF_JSON_BOOLEAN:
      return wf_json_get_boolean (a, FALSE) == wf_json_get_boolean (b, FALSE);
    case WF_JSON_NUMBER:
      return numbers_equal (wf_json_to_yyjson (a), wf_json_to_yyjson (b));
    case WF_JSON_STRING:
      return wf_json_get_string_length (a) == wf_json_get_string_length (b) &&
             memcmp (wf_json_get_string (a), wf_json_get_string (b),
                     wf_json_get_string_length (a)) == 0;
    case WF_JSON_ARRAY:
      return arrays_equal (a, b);
    case WF_JSON_OBJECT:
      return objects_equal (wf_json_to_yyjson (a), wf_json_to_yyjson (b));
    }
  g_assert_not_reached ();
}

char *
wf_json_to_text (const WfJson *value, gboolean pretty)
{
  return value != NULL ? yyjson_val_write (wf_json_to_yyjson (value),
                                           pretty ? YYJSON_WRITE_PRETTY_TWO_SPACES : 0, NULL)
                       : NULL;
}

typedef struct
{
  yyjson_val *at;
  gsize left;
  gboolean object;
} Walk;

G_STATIC_ASSERT (sizeof (Walk) <= sizeof (WfJsonIter));

void
wf_json_iter_init (WfJsonIter *iter, const WfJson *container)
{
  Walk *walk = (Walk *) iter;

  walk->left = wf_json_get_size (container);
  walk->object = wf_json_is (container, WF_JSON_OBJECT);
  walk->at = walk->left > 0 ? unsafe_yyjson_get_first (wf_json_to_yyjson (container)) : NULL;
}

gboolean
wf_json_iter_next (WfJsonIter *iter, const char **name, const WfJson **value)
{
  Walk *walk = (Walk *) iter;
  yyjson_val *at = walk->at;

  if (walk->left == 0)
    return FALSE;
  if (name != NULL)
    *name = walk->object ? unsafe_yyjson_get_str (at) : NULL;
  if (walk->object)
    at++;
  if (value != NULL)
    *value = at;
  walk->at = unsafe_yyjson_get_next (at);
  walk->left--;
  return TRUE;
}
