/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of base that touch the parser share; nothing outside base includes it. */
#pragma once

#include "wf-json.h"

#include <yyjson.h>

G_BEGIN_DECLS

/* Takes the document. */
WfJsonDocument *wf_json_document_new_take (yyjson_doc *doc);
/* The parser takes a value that it does not change as not const. */
static inline yyjson_val *
wf_json_to_yyjson (const WfJson *value)
{
  return (yyjson_val *) value;
}

G_END_DECLS
