/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the agenda as it is seen. */
#pragma once

#include "wf-agenda-item.h"
#include "wf-calendar-views.h"

G_BEGIN_DECLS

/* CSS name: wf-agenda-row. */
#define WF_TYPE_AGENDA_ROW (wf_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (WfAgendaRow, wf_agenda_row, WF, AGENDA_ROW, GtkBox)

GtkWidget *wf_agenda_row_new (WfCalendarModel *model);
/* list_item: gets the row's text for screen readers. */
void wf_agenda_row_bind (WfAgendaRow *self, GtkListItem *list_item);
void wf_agenda_row_unbind (WfAgendaRow *self);

G_END_DECLS
