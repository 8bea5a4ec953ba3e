/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Template documents, whose texts are there in several languages. */
#pragma once

#include "wf-json.h"

G_BEGIN_DECLS

/* The languages of the template's name, NULL-terminated. Owned by the caller. */
char **wf_ctl_template_list_languages (const WfJson *root);
/* The template's workflow as it is in one language; NULL when it has none. Owned by the caller. */
WfJsonDocument *wf_ctl_template_get_workflow (const WfJson *root, const char *language);

G_END_DECLS
