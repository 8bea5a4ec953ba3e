/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event types that a workflow can start on (R10): id, translated name, group, and the fields
 * each carries. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WF_FIELD_TEXT,
  WF_FIELD_NUMBER,
  WF_FIELD_BOOLEAN,
  WF_FIELD_DATE_TIME,
  WF_FIELD_LIST,
  WF_FIELD_PERSON,
  WF_FIELD_GROUP,
  WF_FIELD_STAGE,
} WfFieldType;

typedef struct
{
  const char *id; /* "lead.score" */
  WfFieldType type;
} WfFieldInfo;

typedef struct
{
  const char *id;    /* "lead.received" */
  const char *group; /* "lead", "meeting", "email", ... */
} WfEventTypeInfo;

const WfEventTypeInfo *wf_event_catalogue_get_types (guint *n);
const WfEventTypeInfo *wf_event_catalogue_find (const char *id); /* NULL when a CRM's own */
const char *wf_event_type_to_text (
    const char *id); /* translated: "Lead received"; id itself when unknown. Borrowed */
const char *wf_event_type_to_sentence (
    const char *id); /* translated: "When a lead is received"; NULL when unknown */
const char *wf_event_group_to_text (const char *group); /* translated heading */
/* Fields usable with this event type, lead's own first. */
const WfFieldInfo *wf_event_catalogue_get_fields (const char *type, guint *n);
const WfFieldInfo *wf_field_find (const char *id); /* NULL for custom and unknown ones */
gboolean wf_field_is_custom (const char *id);      /* "lead.custom.sector" */
/* Whether a step may write the field: "lead.name", "lead.custom.sector". Stage and responsible
 * have steps of their own. */
gboolean wf_field_can_be_written (const char *id);
/* Whether events of this type carry the field; custom fields always may be there. */
gboolean wf_event_catalogue_carries (const char *type, const char *field);
/* translated: "Score"; of a custom field its own name; id itself when unknown. Borrowed
 * (interned) */
const char *wf_field_to_text (const char *id);

G_END_DECLS
