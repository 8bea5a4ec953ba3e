/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON: immutable documents, borrowed values. The parser behind it (yyjson) is known to
 * base only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_JSON_ERROR (wf_json_error_quark ())
typedef enum
{
  WF_JSON_ERROR_SYNTAX,   /* not JSON; the message has line and column */
  WF_JSON_ERROR_TOO_LONG, /* more bytes than allowed */
  WF_JSON_ERROR_TOO_DEEP, /* nested deeper than WF_JSON_MOST_DEPTH */
  WF_JSON_ERROR_FILE,     /* the file cannot be read */
} WfJsonError;
GQuark wf_json_error_quark (void);

#define WF_JSON_MOST_DEPTH 128
#define WF_JSON_MOST_BYTES ((gsize) 64 * 1024 * 1024)

typedef struct _WfJsonDocument WfJsonDocument; /* immutable, atomic reference count */
typedef struct yyjson_val WfJson; /* a value, lives as long as its document; NULL = missing */

typedef enum
{
  WF_JSON_MISSING,
  WF_JSON_NULL,
  WF_JSON_BOOLEAN,
  WF_JSON_NUMBER,
  WF_JSON_STRING,
  WF_JSON_ARRAY,
  WF_JSON_OBJECT,
} WfJsonType;

/* length -1: NUL-terminated. most_bytes 0: WF_JSON_MOST_BYTES. The text is copied as needed. */
WfJsonDocument *wf_json_document_parse (const char *text, gssize length, gsize most_bytes,
                                        GError **error);
WfJsonDocument *wf_json_document_load (const char *path, gsize most_bytes, GError **error);
WfJsonDocument *wf_json_document_ref (WfJsonDocument *self);
void wf_json_document_unref (WfJsonDocument *self);
const WfJson *wf_json_document_get_root (WfJsonDocument *self);
/* A new document with a copy of one value (for instance one event out of a batch). */
WfJsonDocument *wf_json_document_extract (const WfJson *value);

WfJsonType wf_json_get_type (const WfJson *value);
gboolean wf_json_is (const WfJson *value, WfJsonType type);
const WfJson *wf_json_get_member (const WfJson *object,
                                  const char *name); /* NULL when missing or no object */
const WfJson *wf_json_get_member_n (const WfJson *object, const char *name, gsize length);
const WfJson *wf_json_get_path (const WfJson *object,
                                const char *dotted); /* "lead.custom.sector" */
guint wf_json_get_size (const WfJson *container);    /* members or elements, else 0 */
const WfJson *wf_json_get_element (const WfJson *array, guint index);
const char *wf_json_get_string (const WfJson *value);  /* NULL when no string */
gsize wf_json_get_string_length (const WfJson *value); /* bytes; NUL may be among them */
const char *wf_json_get_member_string (const WfJson *object, const char *name);
gboolean wf_json_get_boolean (const WfJson *value, gboolean fallback);
double wf_json_get_double (const WfJson *value, double fallback);
/* TRUE when it is a whole number that fits. */
gboolean wf_json_get_int64 (const WfJson *value, gint64 *number);
gboolean wf_json_equal (const WfJson *a, const WfJson *b);
/* Compact or indented text. Owned by the caller. */
char *wf_json_to_text (const WfJson *value, gboolean pretty);

typedef struct
{
  gpointer priv[8];
} WfJsonIter;
/* Walks an object's members in order or an array's elements (*name NULL there). */
void wf_json_iter_init (WfJsonIter *iter, const WfJson *container);
gboolean wf_json_iter_next (WfJsonIter *iter, const char **name, const WfJson **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfJsonDocument, wf_json_document_unref)

G_END_DECLS
