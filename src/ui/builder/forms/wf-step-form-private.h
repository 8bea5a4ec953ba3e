/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the form of a step know of each other. */
#pragma once

#include "wf-deadline-ruler.h"
#include "wf-run-rows.h"
#include "wf-setting-row.h"
#include "wf-step-form.h"

G_BEGIN_DECLS

/* One setting, or the question which of several settings it is to be. */
typedef struct
{
  WfSettingRow row;
  WfSettingInfo own;          /* of a question: row.info points at it */
  char **choices;             /* (owned) (nullable) of a question: the settings that answer it */
  WfJsonDocument *shown;      /* (owned) (nullable) the member before the person changed it */
  AdwPreferencesGroup *group; /* (unowned) (nullable) that its rows are in; NULL: in “More” */
  WfStepForm *form;           /* (unowned) */
} WfStepEntry;

struct _WfStepForm
{
  AdwBin parent_instance;

  AdwPreferencesGroup *main;
  GtkWidget *whole_group;
  WfProblemRow *whole;
  AdwPreferencesGroup *own_group;
  AdwPreferencesGroup *deadline;
  WfDeadlineRuler *ruler;
  AdwPreferencesGroup *who;
  AdwPreferencesGroup *notes;
  GtkWidget *more_group;
  AdwExpanderRow *more;
  WfRunRows *run;

  WfBuilderContext *builder; /* (owned) */
  WfSettingContext context;
  GPtrArray *entries;      /* (owned) of WfStepEntry, in the order of the rows */
  WfJsonDocument *members; /* (owned) (nullable) the step as in a document */
  WfStepKind kind;         /* of the rows; WF_STEP_OTHER: none */
  const char *changed;     /* (nullable) of the catalogue */
  gboolean run_changed;    /* since the step was shown */
  gboolean showing;        /* the rows are being filled: nobody changed anything */
};

/* wf-step-form-values.c: the members of the step, and which of them there are. document:
 * nullable. */
const WfJson *wf_step_form_get_root (WfJsonDocument *document);
const WfJson *wf_step_form_get_member (WfStepForm *self, const char *name);
/* What the row has becomes the member. */
void wf_step_form_read_row (WfStepForm *self, WfStepEntry *entry);
gboolean wf_step_entry_is_question (const WfStepEntry *entry);
WfStepEntry *wf_step_form_find_entry (WfStepForm *self, const char *name);
const char *wf_step_form_get_answer (WfStepForm *self, const WfStepEntry *question);
gboolean wf_step_form_is_shown (WfStepForm *self, const WfSettingInfo *info);
void wf_step_form_show_visible (WfStepForm *self);
/* The person has answered a question. */
void wf_step_form_answer (WfStepForm *self, const WfStepEntry *question);

/* wf-step-form-rows.c */
void wf_step_entry_free (gpointer entry);
void wf_step_form_make_rows (WfStepForm *self, WfStepKind kind);

/* wf-step-form.c: the person changed a row. user_data: its entry. */
void wf_step_form_on_row_changed (gpointer user_data);

G_END_DECLS
