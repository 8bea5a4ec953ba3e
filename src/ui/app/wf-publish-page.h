/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of publishing to the person's own calendar (R125, R169). */
#pragma once

#include "wf-calendar-publisher.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PUBLISH_PAGE (wf_publish_page_get_type ())
G_DECLARE_FINAL_TYPE (WfPublishPage, wf_publish_page, WF, PUBLISH_PAGE, AdwPreferencesPage)

/* Of the account that is open; NULL: the page is not shown. */
void wf_publish_page_set_publisher (WfPublishPage *self, WfCalendarPublisher *publisher,
                                    WfCalendars *calendars);
/* "12 activities published, 2 min ago": the state in words. Owned by the caller. */
char *wf_publish_page_describe (WfCalendarPublisher *publisher, WfInstant now, GTimeZone *zone);

G_END_DECLS
