/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the agenda: an activity, the line of the present time, or what leads to the rest of a day. */
#pragma once

#include "wf-activity.h"

G_BEGIN_DECLS

typedef enum
{
  WF_AGENDA_ACTIVITY,
  WF_AGENDA_NOW,
  WF_AGENDA_MORE,
} WfAgendaKind;

/* Signal: changed (): it shows something else. */
#define WF_TYPE_AGENDA_ITEM (wf_agenda_item_get_type ())
G_DECLARE_FINAL_TYPE (WfAgendaItem, wf_agenda_item, WF, AGENDA_ITEM, GObject)

/* activity: of ACTIVITY, else NULL. n: of MORE. */
WfAgendaItem *wf_agenda_item_new (WfAgendaKind kind, const GDate *date, WfActivity *activity,
                                  guint n);
WfAgendaKind wf_agenda_item_get_kind (WfAgendaItem *self);
const GDate *wf_agenda_item_get_date (WfAgendaItem *self);
WfActivity *wf_agenda_item_get_activity (WfAgendaItem *self); /* borrowed; nullable */
guint wf_agenda_item_get_n (WfAgendaItem *self);
/* The same place of the list: it may take what the other shows, and selection and focus stay. */
gboolean wf_agenda_item_is_same (WfAgendaItem *a, WfAgendaItem *b);
void wf_agenda_item_take (WfAgendaItem *self, WfAgendaItem *newer);

G_END_DECLS
