/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the condition editor, for its lines and for dragging them. */
#pragma once

#include "wf-condition-draft.h"
#include "wf-condition-editor.h"
#include "wf-condition-row.h"

G_BEGIN_DECLS

/* Where what is dragged would land. */
typedef struct
{
  WfConditionDraft *group; /* (unowned) (nullable) nowhere */
  guint position;
  GtkWidget *below; /* (unowned) (nullable) the line above the place; NULL: none */
} WfConditionLanding;

struct _WfConditionEditor
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  GtkLabel *sentence;

  WfBuilderContext *context;    /* (nullable) */
  WfOrganisation *organisation; /* (nullable) */
  char *event_type;             /* (nullable) */
  WfCondition *given;           /* (nullable) as long as the person changed nothing */
  gboolean touched;
  WfConditionDraft *draft;
  GHashTable *rows;        /* of WfConditionDraft to WfConditionRow, both unowned */
  GHashTable *suggestions; /* of field to GStrv; (nullable) value: asked for */
  GCancellable *cancellable;
  WfConditionLanding landing;
};

/* Lines and sentence follow the draft. */
void wf_condition_editor_sync (WfConditionEditor *self);
/* After an edit of the person: also tells others, and a screen reader. text: nullable. */
void wf_condition_editor_edited (WfConditionEditor *self, const char *text);
/* "Moved to position 2 of 3 in “None of these”, level 2". Owned by the caller. */
char *wf_condition_editor_describe_place (const WfConditionDraft *node);

/* wf-condition-editor-drag.c */
void wf_condition_editor_add_drop (WfConditionEditor *self);
void wf_condition_editor_add_drag (WfConditionEditor *self, WfConditionRow *row);
void wf_condition_editor_paint_landing (WfConditionEditor *self, GtkSnapshot *snapshot);

G_END_DECLS
