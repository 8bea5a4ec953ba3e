/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed about a CRM, checked, and why connecting failed, in words. Needs no display. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL when it can be used, else what is wrong with it, translated; borrowed. An empty text is wrong too. */
const char *wf_connect_check_name (const char *name);
const char *wf_connect_check_address (const char *address);
const char *wf_connect_check_token (const char *token);
/* What to say about an error of WF_CRM_ERROR, G_IO_ERROR or another domain. Owned by the caller. */
char *wf_connect_error_text (const GError *error);
gboolean wf_connect_error_is_about_token (const GError *error);
gboolean wf_connect_error_is_about_address (const GError *error);

G_END_DECLS
