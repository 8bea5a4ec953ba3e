/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program and its helper for this computer's calendars say to each other: D-Bus messages over a
 * socket of their own. Both are of one version and are installed together. Errors: WF_CRM_ERROR. */
#pragma once

/* The helper's end of the socket. */
#define WF_EDS_SOCKET 3

#define WF_EDS_PATH "/org/example/Workflow/Calendars"
#define WF_EDS_INTERFACE "org.example.Workflow.Calendars"

/* Our own calendar's id there. */
#define WF_EDS_OWN_CALENDAR "org.example.Workflow"

/* List () -> (id, name, takes tasks, is not there yet)...
 * Make (id, name): our own calendar
 * Release (id): nothing is published there any more: our own calendar is removed when it is empty
 * Put (id, uid, text, etag) -> etag
 * Remove (id, uid, etag)
 * Find (id, uid) -> etag
 * An empty etag: there is no entry. */
#define WF_EDS_XML                                                                                 \
  "<node><interface name='" WF_EDS_INTERFACE "'>"                                                  \
  "<method name='List'><arg type='a(ssbb)' direction='out'/></method>"                             \
  "<method name='Make'><arg type='s'/><arg type='s'/></method>"                                    \
  "<method name='Release'><arg type='s'/></method>"                                                \
  "<method name='Put'><arg type='s'/><arg type='s'/><arg type='s'/><arg type='s'/>"                \
  "<arg type='s' direction='out'/></method>"                                                       \
  "<method name='Remove'><arg type='s'/><arg type='s'/><arg type='s'/></method>"                   \
  "<method name='Find'><arg type='s'/><arg type='s'/><arg type='s' direction='out'/></method>"     \
  "</interface></node>"
