/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting of a step in a form: its rows, and how their value becomes JSON and back. One "make"
 * function for each type of setting. */
#pragma once

#include "wf-builder-context.h"
#include "wf-problem-row.h"
#include "wf-step-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _WfSettingRow WfSettingRow;

/* What a form knows that its rows need. */
typedef struct
{
  WfBuilderContext *builder;    /* (unowned) (nullable) the form's; for the values of conditions */
  WfOrganisation *organisation; /* (owned) (nullable) */
  char *event_type;             /* (owned) of the trigger */
  WfStepKind kind;              /* of the step */
} WfSettingContext;

/* Most settings are one row; some are several. */
typedef struct
{
  GtkWidget *widget; /* (unowned) a row, or a group of rows */
  /* inside of the setting, "before": the problems there are shown here; "": all others; NULL:
   * none */
  const char *path;
  WfProblemRow *problem; /* (unowned) (nullable) below the row; the form's */
} WfSettingPart;
#define WF_SETTING_MOST_PARTS 4

struct _WfSettingRow
{
  const WfSettingInfo *info;
  const WfSettingContext *context; /* (unowned) the form's */
  GtkWidget *widget;               /* (unowned) the first row */
  GtkWidget *focus;                /* (unowned) (nullable) inside of it, what is filled in */
  WfSettingPart parts[WF_SETTING_MOST_PARTS];
  guint n_parts;
  gpointer data; /* (owned) of the type; nullable */
  GDestroyNotify data_free;
  void (*set) (WfSettingRow *self, const WfJson *value); /* value: nullable */
  /* NULL: nothing is set. Owned by the caller. */
  WfJsonDocument *(*get) (WfSettingRow *self);
  /* (nullable) FALSE: something in it is not finished, which the value does not show. */
  gboolean (*is_complete) (WfSettingRow *self);
  void (*changed) (gpointer user_data); /* call it when the person changed something */
  gpointer changed_data;
};

/* Fills widget, parts, set and get. */
void wf_setting_row_make (WfSettingRow *self);
/* TRUE when the rows are a group of their own. */
gboolean wf_setting_row_is_group (const WfSettingRow *self);

/* Of the types. Each fills widget, set and get; several rows also parts. */
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
/* wf-setting-row-deadline.c: after the event, or before a date */
void wf_setting_row_make_deadline (WfSettingRow *self);
/* wf-setting-row-permission.c: all, or groups */
void wf_setting_row_make_permission (WfSettingRow *self);
/* wf-setting-row-condition.c */
void wf_setting_row_make_condition (WfSettingRow *self);
/* wf-setting-row-paths.c: of a branch */
void wf_setting_row_make_paths (WfSettingRow *self);

/* wf-setting-ids.c: what can be chosen for a type, and what each id is called. */
GStrv wf_setting_list_ids (const WfSettingInfo *info, const WfSettingContext *context);
char *wf_setting_id_to_text (const WfSettingInfo *info, const WfSettingContext *context,
                             const char *id);

/* The date of an event that most people mean: its own before those of the lead. NULL: it has none.
 * Borrowed. */
const char *wf_setting_get_usual_date (const char *event_type);

void wf_setting_row_emit_changed (WfSettingRow *self);
/* For a dialog of the row: not called any more once the row is gone. data: for callback; freed. */
void wf_setting_row_connect (WfSettingRow *self, gpointer dialog, const char *signal,
                             GCallback callback, gpointer data);
WfJsonDocument *wf_setting_make_text_value (const char *text);
WfJsonDocument *wf_setting_make_list_value (const char *const *ids);
/* The texts of a list; nullable. NULL-terminated, owned by the caller. */
char **wf_setting_dup_list_value (const WfJson *value);
/* A copy of an object in which a member is another; value NULL: it is gone. object: nullable. */
WfJsonDocument *wf_setting_with_member (const WfJson *object, const char *name,
                                        const WfJson *value);

G_END_DECLS
