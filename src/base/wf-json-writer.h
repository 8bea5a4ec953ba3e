/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON in the order in which members are added. name is NULL inside arrays and for the
 * root. */
#pragma once

#include "wf-json.h"

G_BEGIN_DECLS

typedef struct _WfJsonWriter WfJsonWriter;

WfJsonWriter *wf_json_writer_new (void);
void wf_json_writer_free (WfJsonWriter *self);
void wf_json_writer_begin_object (WfJsonWriter *self, const char *name);
void wf_json_writer_begin_array (WfJsonWriter *self, const char *name);
void wf_json_writer_end (WfJsonWriter *self);
/* value NULL writes nothing: optional members cost one line. */
void wf_json_writer_add_string (WfJsonWriter *self, const char *name, const char *value);
void wf_json_writer_add_int (WfJsonWriter *self, const char *name, gint64 value);
void wf_json_writer_add_double (WfJsonWriter *self, const char *name, double value);
void wf_json_writer_add_boolean (WfJsonWriter *self, const char *name, gboolean value);
void wf_json_writer_add_null (WfJsonWriter *self, const char *name);
void wf_json_writer_add_value (WfJsonWriter *self, const char *name, const WfJson *value);
/* Every member of an object, or nothing for NULL: unknown members on a round trip. */
void wf_json_writer_add_members (WfJsonWriter *self, const WfJson *object);
/* The whole as text; open containers are closed; the writer is empty afterwards. Owned by the
 * caller. */
char *wf_json_writer_finish (WfJsonWriter *self, gboolean pretty);
/* The whole as a document to read from. */
WfJsonDocument *wf_json_writer_finish_document (WfJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfJsonWriter, wf_json_writer_free)

G_END_DECLS
