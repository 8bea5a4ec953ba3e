/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was published to a calendar: a file in the account's folder that survives a crash. */
#pragma once

#include "wf-calendar-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *uid;      /* (owned) */
  char *etag;     /* (owned) (nullable) NULL: it may or may not be there: look first */
  char *digest;   /* (owned) (nullable) of what the calendar took last */
  char *refused;  /* (owned) (nullable) of what it did not take */
  guint sequence; /* of the next change */
} WfPublishedEntry;

typedef struct
{
  WfCalendarTarget *target; /* (owned) (nullable) NULL: it is off */
  gboolean only_meetings;
  gboolean leaving;    /* everything is being removed */
  GHashTable *entries; /* (owned) of WfPublishedEntry by uid */
} WfPublished;

WfPublished *wf_published_new (void);
void wf_published_free (WfPublished *self);
/* Off, and an error, when the text is not of ours. */
WfPublished *wf_published_read (const char *text, gssize length, GError **error);
char *wf_published_write (const WfPublished *self); /* owned by the caller */
WfPublishedEntry *wf_published_find (const WfPublished *self, const char *uid); /* nullable */
WfPublishedEntry *wf_published_add (WfPublished *self, const char *uid); /* or the known one */
void wf_published_remove (WfPublished *self, const char *uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPublished, wf_published_free)

G_END_DECLS
