/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is filled in when a version is published: a note, and what becomes of the runs that wait. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PUBLISH_FORM (wf_publish_form_get_type ())
G_DECLARE_FINAL_TYPE (WfPublishForm, wf_publish_form, WF, PUBLISH_FORM, AdwBin)

/* note: what it begins with. count: of the runs that wait. */
WfPublishForm *wf_publish_form_new (const char *note, const WfInFlightCount *count);
const char *wf_publish_form_get_note (WfPublishForm *self); /* borrowed; "" when it is empty */
WfInFlight wf_publish_form_get_in_flight (WfPublishForm *self);

G_END_DECLS
