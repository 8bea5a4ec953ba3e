/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the window have in common: a runtime, the minutes that pass while they are looked at, and whether there is
 * something to look at yet. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "runtime" (construct only), "ready" (boolean: it shows what it is there for, and not that it reads). */
#define WF_TYPE_PAGE (wf_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WfPage, wf_page, WF, PAGE, AdwNavigationPage)

struct _WfPageClass
{
  AdwNavigationPageClass parent_class;
};

/* All borrowed, NULL once the page is disposed of. */
WfRuntime *wf_page_get_runtime (WfPage *self);
WfMinuteClock *wf_page_get_minutes (WfPage *self); /* runs while the page is mapped */
GCancellable *wf_page_get_cancellable (WfPage *self);

gboolean wf_page_is_ready (WfPage *self);
gboolean wf_page_set_ready (WfPage *self, gboolean ready);

G_END_DECLS
