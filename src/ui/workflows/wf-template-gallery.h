/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gallery of templates: each with its scenario, its workflow and its benefits (R93, R167). */
#pragma once

#include "wf-template.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (WfWorkflow *draft): a new draft; the dialog closes itself. */
#define WF_TYPE_TEMPLATE_GALLERY (wf_template_gallery_get_type ())
G_DECLARE_FINAL_TYPE (WfTemplateGallery, wf_template_gallery, WF, TEMPLATE_GALLERY, AdwDialog)

WfTemplateGallery *wf_template_gallery_new (void);

G_END_DECLS
