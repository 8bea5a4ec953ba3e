/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar's server answers, as errors that say what the caller can do. */
#pragma once

#include "wf-http.h"

G_BEGIN_DECLS

/* NULL: it succeeded. is_new: the request was to create. Owned by the caller. */
GError *wf_caldav_error_from_answer (const WfHttpAnswer *answer, gboolean is_new);
/* In words about calendars. Takes the error. */
GError *wf_caldav_error_from_transport (GError *error);

G_END_DECLS
