/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of evolution-data-server as errors that say what the caller can do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the error. TRUE in *lost: the calendar has to be opened again. Owned by the caller. */
GError *wf_eds_error_translate (GError *error, gboolean *lost);

G_END_DECLS
