/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the window's pages: adding an entry of the sidebar is one line. */
#pragma once

#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* of win.show-page, --page and the last page remembered */
  const char *title; /* marked for translation */
  const char *icon;
  const char *help;                     /* page of the help */
  gboolean (*may) (WfRuntime *runtime); /* NULL: everybody */
  gboolean counter;                     /* shows what is late and due today */
  GType (*get_type) (void); /* an AdwNavigationPage or another widget, with a property "runtime" */
} WfPageInfo;

const WfPageInfo *wf_pages_get (guint *n);
const WfPageInfo *wf_pages_find (const char *name); /* NULL when there is none */
const char *wf_pages_get_first (WfRuntime *runtime); /* while nobody has chosen one */
gboolean wf_page_is_allowed (const WfPageInfo *page, WfRuntime *runtime);

G_END_DECLS
