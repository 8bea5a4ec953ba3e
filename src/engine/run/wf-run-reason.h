/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a step ended as it did: the machine word of a run's state as a sentence. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* reason: nullable. In the user's language; a reason that is no machine word, such as what a CRM
 * answered, is given back as it is. Borrowed. */
const char *wf_run_reason_to_text (const char *reason);

G_END_DECLS
