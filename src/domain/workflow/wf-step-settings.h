/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is set in a step of a kind that the catalogue describes: members by name, as in the
 * document, with the fallbacks of the catalogue. */
#pragma once

#include "wf-step-catalogue.h"

G_BEGIN_DECLS

/* TRUE for the kinds whose settings are in step->settings. */
gboolean wf_step_kind_has_settings (WfStepKind kind);
/* NULL when it is not set. Borrowed. */
const WfJson *wf_step_get_setting (const WfStep *self, const char *name);
/* The text, or the catalogue's fallback; NULL without either. Borrowed. */
const char *wf_step_get_text (const WfStep *self, const char *name);
gboolean wf_step_get_flag (const WfStep *self, const char *name);
gint64 wf_step_get_number (const WfStep *self, const char *name, gint64 fallback);
WfDuration wf_step_get_duration (const WfStep *self, const char *name);
/* A list of texts, NULL-terminated; empty when it is not set. Owned by the caller. */
char **wf_step_dup_list (const WfStep *self, const char *name);
/* Replaces one member; value NULL removes it. Only for a step that is not shared yet. */
void wf_step_take_setting (WfStep *self, const char *name, WfJsonDocument *value);
void wf_step_set_text (WfStep *self, const char *name, const char *text);

G_END_DECLS
