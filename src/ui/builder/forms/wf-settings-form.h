/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for any kind of step, made from the catalogue's description of its settings. */
#pragma once

#include "wf-step-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person changed something. */
#define WF_TYPE_SETTINGS_FORM (wf_settings_form_get_type ())
G_DECLARE_FINAL_TYPE (WfSettingsForm, wf_settings_form, WF, SETTINGS_FORM, AdwPreferencesGroup)

/* Once, before the others. organisation: nullable. */
void wf_settings_form_set_up (WfSettingsForm *self, WfStepKind kind, WfOrganisation *organisation,
                              const char *event_type);
void wf_settings_form_show_step (WfSettingsForm *self, const WfStep *step);
/* step: of the form's kind, not shared. What the form does not show stays in it. */
void wf_settings_form_read_step (WfSettingsForm *self, WfStep *step);
/* problems of a validated step under the rows that they are about; base: the step's path. */
void wf_settings_form_show_problems (WfSettingsForm *self, const WfProblems *problems,
                                     const char *base);

G_END_DECLS
