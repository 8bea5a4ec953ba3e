/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every action with its shortcut in one table: it makes the accelerators, the
 * shortcuts of lists, and the help about them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_SHORTCUT_EVERYWHERE, /* an accelerator of the application */
  WF_SHORTCUT_TODAY,      /* while the list or the details of Today have the focus */
  WF_SHORTCUT_CALENDAR,   /* any view of the calendar */
  WF_SHORTCUT_LEADS,      /* the table of leads and the page of one */
  WF_SHORTCUT_LEAD,       /* the page of one lead */
  WF_SHORTCUT_REPORTS,    /* the figures and charts */
  WF_SHORTCUT_LOG,
  WF_SHORTCUT_WORKFLOWS, /* the list of workflows */
  WF_SHORTCUT_BUILDER,
  WF_SHORTCUT_STEPS, /* while canvas or outline have the focus: in a form these keys are the form's */
} WfShortcutScope;

typedef struct
{
  WfShortcutScope scope;
  const char *action; /* detailed action name */
  const char *accels; /* GTK's notation, several separated by spaces; NULL: no keys, it is found by the search */
  const char *title;  /* marked for translation; NULL: not listed */
} WfShortcutInfo;

const WfShortcutInfo *wf_actions_get_shortcuts (guint *n);
/* The first keys as they are shown: "Ctrl+K"; NULL without keys. Owned by the caller. */
char *wf_shortcut_dup_label (const WfShortcutInfo *info);
const char *wf_shortcut_scope_to_text (WfShortcutScope scope); /* translated heading */
/* The application's accelerators. */
void wf_actions_install (GtkApplication *application);
/* Adds the shortcuts of a scope to a widget; they work while the focus is
 * inside of it. */
void wf_actions_add_shortcuts (GtkWidget *widget, WfShortcutScope scope);

G_END_DECLS
