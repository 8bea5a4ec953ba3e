/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the window's pages. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-pages.h"

#include "wf-calendar-page.h"
#include "wf-leads-page.h"
#include "wf-log-page.h"
#include "wf-reports-page.h"
#include "wf-today-page.h"
#include "wf-workflows-page.h"

#include <glib/gi18n-lib.h>

static gboolean
may_see_workflows (WfRuntime *runtime)
{
  return wf_runtime_may (runtime, WF_RIGHT_EDIT_WORKFLOWS) ||
         wf_runtime_may (runtime, WF_RIGHT_SEE_LOG);
}

static gboolean
may_see_reports (WfRuntime *runtime)
{
  return wf_runtime_may (runtime, WF_RIGHT_SEE_REPORTS);
}

static gboolean
may_see_log (WfRuntime *runtime)
{
  return wf_runtime_may (runtime, WF_RIGHT_SEE_LOG);
}

static const WfPageInfo pages[] = {
  { "today", N_ ("Today"), "checkbox-checked-symbolic", "today", NULL, TRUE,
    wf_today_page_get_type },
  { "calendar", N_ ("Calendar"), "x-office-calendar-symbolic", "calendar", NULL, FALSE,
    wf_calendar_page_get_type },
  { "leads", N_ ("Leads"), "system-users-symbolic", "leads", NULL, FALSE, wf_leads_page_get_type },
  { "workflows", N_ ("Workflows"), "org.example.Workflow-symbolic", "workflows", may_see_workflows,
    FALSE, wf_workflows_page_get_type },
  { "reports", N_ ("Reports"), "org.example.Workflow-reports-symbolic", "reports", may_see_reports,
    FALSE, wf_reports_page_get_type },
  { "log", N_ ("Log"), "document-open-recent-symbolic", "log", may_see_log, FALSE,
    wf_log_page_get_type },
};

const WfPageInfo *
wf_pages_get (guint *n)
{
  *n = G_N_ELEMENTS (pages);
  return pages;
}

const WfPageInfo *
wf_pages_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (g_strcmp0 (pages[i].name, name) == 0)
        return &pages[i];
    }
  return NULL;
}

/* R7, R62: what a role may not do is not shown. The check of every command is the runtime's. */
gboolean
wf_page_is_allowed (const WfPageInfo *page, WfRuntime *runtime)
{
  return page->may == NULL || page->may (runtime);
}

/* A7: who has no work of their own, but reports to see (the wall, the media), begins with them. */
const char *
wf_pages_get_first (WfRuntime *runtime)
{
  return !wf_runtime_may (runtime, WF_RIGHT_WORK_ACTIVITIES) && may_see_reports (runtime)
             ? "reports"
             : "today";
}
