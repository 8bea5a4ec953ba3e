/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interfaces to other calendars that entries are published to: crm/caldav/ and eds/ carry them
 * out.
 *
 * Errors of both: WF_CRM_ERROR, with texts of their own, or G_IO_ERROR_CANCELLED. NOT_FOUND: the
 * calendar is not there any more; FORBIDDEN: it takes nothing, for want of a right or of room;
 * INVALID: it does not take this one entry; CONFLICT and ALREADY_EXISTS: the entry is another than
 * the etag says. */
#pragma once

#include "wf-crm.h"

G_BEGIN_DECLS

#define WF_CALENDAR_KIND_CALDAV "caldav"
#define WF_CALENDAR_KIND_DESKTOP "desktop" /* of this computer: what GNOME Calendar shows */

/* A calendar that entries may be put into. A value. */
typedef struct
{
  char *kind;           /* (owned) */
  char *address;        /* (owned) of CalDAV: the collection's URL; of the desktop: an id */
  char *user;           /* (owned) (nullable) who signs in */
  char *name;           /* (owned) as its owner calls it */
  gboolean takes_tasks; /* else it takes only events */
  gboolean is_new;      /* it is not there yet: wf_calendars_make_async() makes it */
} WfCalendarTarget;
WfCalendarTarget *wf_calendar_target_new (const char *kind, const char *address, const char *user,
                                          const char *name, gboolean takes_tasks);
WfCalendarTarget *wf_calendar_target_copy (const WfCalendarTarget *self);
void wf_calendar_target_free (WfCalendarTarget *self);

/* One calendar. */
#define WF_TYPE_CALENDAR_STORE (wf_calendar_store_get_type ())
G_DECLARE_INTERFACE (WfCalendarStore, wf_calendar_store, WF, CALENDAR_STORE, GObject)

/* Whoever implements these answers with a GTask of the object that was asked, so that the finish
 * functions are the same for all. */
struct _WfCalendarStoreInterface
{
  GTypeInterface parent_iface;

  /* text: a VCALENDAR with one entry of this UID. etag NULL: there must be none yet, else
   * ALREADY_EXISTS; otherwise it must be this one, else CONFLICT. -> the new etag */
  void (*put_async) (WfCalendarStore *self, const char *uid, const char *text, const char *etag,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  /* What is not there any more is removed. */
  void (*remove_async) (WfCalendarStore *self, const char *uid, const char *etag,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  /* -> the etag; NULL without an error: there is no such entry */
  void (*find_async) (WfCalendarStore *self, const char *uid, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
};

void wf_calendar_store_put_async (WfCalendarStore *self, const char *uid, const char *text,
                                  const char *etag, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
char *wf_calendar_store_put_finish (WfCalendarStore *self, GAsyncResult *result, GError **error);
void wf_calendar_store_remove_async (WfCalendarStore *self, const char *uid, const char *etag,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean wf_calendar_store_remove_finish (WfCalendarStore *self, GAsyncResult *result,
                                          GError **error);
void wf_calendar_store_find_async (WfCalendarStore *self, const char *uid,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
char *wf_calendar_store_find_finish (WfCalendarStore *self, GAsyncResult *result, GError **error);

/* The calendars that can be reached from this computer. */
#define WF_TYPE_CALENDARS (wf_calendars_get_type ())
G_DECLARE_INTERFACE (WfCalendars, wf_calendars, WF, CALENDARS, GObject)

/* The same holds for these. */
struct _WfCalendarsInterface
{
  GTypeInterface parent_iface;

  /* Signs in and looks for calendars that may be written. address: of a calendar, of a person's
   * calendars, or only the server's name. password: never logged, not kept. -> array of
   * WfCalendarTarget (owned), never empty */
  void (*list_async) (WfCalendars *self, const char *address, const char *user,
                      const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  /* Puts the password into the secret service; NULL: forgets it, because the calendar is given
   * up. */
  void (*keep_password_async) (WfCalendars *self, const WfCalendarTarget *target,
                               const char *password, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
  /* With the password that was kept. -> WfCalendarStore */
  void (*open_async) (WfCalendars *self, const WfCalendarTarget *target, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  /* Makes a calendar that is_new. password: as of list_async. -> the calendar that is there now
   * (owned). Where nothing can be made it may be left out: WF_CRM_ERROR_NOT_SUPPORTED. */
  void (*make_async) (WfCalendars *self, const WfCalendarTarget *target, const char *password,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  /* Whether this computer has calendars of its own, quickly: nothing is started. The error says in
   * words what is missing. These may be left out: WF_CRM_ERROR_NOT_SUPPORTED. */
  void (*check_own_async) (WfCalendars *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
  /* The calendars of this computer that may be written. -> array of WfCalendarTarget (owned), never
   * empty: the first one is Workflow's own. */
  void (*list_own_async) (WfCalendars *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
};

void wf_calendars_list_async (WfCalendars *self, const char *address, const char *user,
                              const char *password, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_calendars_list_finish (WfCalendars *self, GAsyncResult *result, GError **error);
void wf_calendars_keep_password_async (WfCalendars *self, const WfCalendarTarget *target,
                                       const char *password, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_calendars_keep_password_finish (WfCalendars *self, GAsyncResult *result,
                                            GError **error);
void wf_calendars_open_async (WfCalendars *self, const WfCalendarTarget *target,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
WfCalendarStore *wf_calendars_open_finish (WfCalendars *self, GAsyncResult *result, GError **error);
void wf_calendars_make_async (WfCalendars *self, const WfCalendarTarget *target,
                              const char *password, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
WfCalendarTarget *wf_calendars_make_finish (WfCalendars *self, GAsyncResult *result,
                                            GError **error);
void wf_calendars_check_own_async (WfCalendars *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_calendars_check_own_finish (WfCalendars *self, GAsyncResult *result, GError **error);
void wf_calendars_list_own_async (WfCalendars *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_calendars_list_own_finish (WfCalendars *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCalendarTarget, wf_calendar_target_free)

G_END_DECLS
