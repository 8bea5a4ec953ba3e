/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connector to a CRM that speaks the open API (data/openapi.yaml). */
#pragma once

#include "wf-clock.h"
#include "wf-crm.h"

G_BEGIN_DECLS

#define WF_TYPE_OPEN_CRM (wf_open_crm_get_type ())
G_DECLARE_FINAL_TYPE (WfOpenCrm, wf_open_crm, WF, OPEN_CRM, GObject)

/* url: "https://host" or with the path of the API; plain http only towards this computer,
 * anything else is refused with WF_CRM_ERROR_INVALID. token: never logged. Owned by the caller;
 * NULL after an error. */
WfCrm *wf_open_crm_new (WfClock *clock, const char *url, const char *token, GError **error);

/* How often a read is repeated after a transient failure (2 unless told), and the seconds after
 * which a request without any answer is given up (30 unless told; a long poll may take its wait
 * more). */
void wf_open_crm_set_most_retries (WfOpenCrm *self, guint most_retries);
void wf_open_crm_set_timeout (WfOpenCrm *self, guint seconds);

G_END_DECLS
