/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which leads the table shows: a value that is kept under a name, and said in words. Needs no display. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

typedef struct
{
  char **stages, **owners, **sources; /* (owned) (nullable) any of them */
  gboolean without_owner;             /* only nobody's */
  gboolean without_next;              /* R4 */
  gboolean also_closed;
} WfLeadFilter;

WfLeadFilter *wf_lead_filter_new (void); /* every open lead */
WfLeadFilter *wf_lead_filter_copy (const WfLeadFilter *self);
void wf_lead_filter_free (WfLeadFilter *self);
gboolean wf_lead_filter_is_empty (const WfLeadFilter *self);
gboolean wf_lead_filter_equal (const WfLeadFilter *self, const WfLeadFilter *other);
/* Adds the value to the list or takes it out of it. */
void wf_lead_filter_set_in (char ***list, const char *value, gboolean in);
gboolean wf_lead_filter_has (char *const *list, const char *value);
/* What a filter saved under a name is kept as. NULL when it is no filter. */
char *wf_lead_filter_to_text (const WfLeadFilter *self);
WfLeadFilter *wf_lead_filter_parse (const char *text);
/* "New or Meeting · Ana Souza · without a next activity"; NULL when it is empty. organisation: nullable. Owned by the caller. */
char *wf_lead_filter_to_words (const WfLeadFilter *self, const WfOrganisation *organisation);
/* Lends the query the filter's lists. */
void wf_lead_filter_apply (const WfLeadFilter *self, WfLeadQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLeadFilter, wf_lead_filter_free)

G_END_DECLS
