/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as a contact with a lead: what came from the client or went to the client. */
#pragma once

#include "wf-json.h"

G_BEGIN_DECLS

/* type: an event's; nullable. */
gboolean wf_contact_is_type (const char *type);
/* Such an event is a contact only when its data say what came out of it. */
gboolean wf_contact_needs_outcome (const char *type);
gboolean wf_contact_has_outcome (const WfJson *data);
/* All three together. */
gboolean wf_contact_is_event (const char *type, const WfJson *data);

G_END_DECLS
