/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting of a step as a row of a form: a widget, and how its value becomes JSON and back. One
 * "make" function for each type of setting. */
#pragma once

#include "wf-problem-row.h"
#include "wf-step-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _WfSettingRow WfSettingRow;

/* What a form knows that its rows need. */
typedef struct
{
  WfOrganisation *organisation; /* (owned) (nullable) */
  char *event_type;             /* (owned) of the trigger */
} WfSettingContext;

struct _WfSettingRow
{
  const WfSettingInfo *info;
  const WfSettingContext *context; /* (unowned) the form's */
  GtkWidget *widget;               /* (unowned) the row, a child of the form */
  gpointer data;                   /* (owned) of the type; nullable */
  GDestroyNotify data_free;
  void (*set) (WfSettingRow *self, const WfJson *value); /* value: nullable */
  /* NULL: nothing is set. Owned by the caller. */
  WfJsonDocument *(*get) (WfSettingRow *self);
  void (*changed) (gpointer user_data); /* call it when the person changed something */
  gpointer changed_data;
};

/* Fills widget, set and get; NULL for types that have a place of their own (conditions, paths). */
typedef void (*WfSettingRowMake) (WfSettingRow *self);
WfSettingRowMake wf_setting_row_find (WfSettingType type);

/* wf-setting-row-text.c */
void wf_setting_row_make_text (WfSettingRow *self);
void wf_setting_row_make_long_text (WfSettingRow *self);
void wf_setting_row_make_value (WfSettingRow *self);
/* wf-setting-row-plain.c */
void wf_setting_row_make_boolean (WfSettingRow *self);
void wf_setting_row_make_number (WfSettingRow *self);
void wf_setting_row_make_duration (WfSettingRow *self);
/* wf-setting-row-choice.c: one of several ids, shown by their names */
void wf_setting_row_make_choice (WfSettingRow *self);
/* wf-setting-row-list.c: several of them */
void wf_setting_row_make_list (WfSettingRow *self);
/* wf-setting-row-rules.c */
void wf_setting_row_make_rules (WfSettingRow *self);

/* wf-setting-ids.c: what can be chosen for a type, and what each id is called. */
GStrv wf_setting_list_ids (const WfSettingInfo *info, const WfSettingContext *context);
char *wf_setting_id_to_text (const WfSettingInfo *info, const WfSettingContext *context,
                             const char *id);

void wf_setting_row_emit_changed (WfSettingRow *self);
WfJsonDocument *wf_setting_make_text_value (const char *text);

G_END_DECLS
