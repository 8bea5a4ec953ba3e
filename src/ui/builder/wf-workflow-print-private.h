/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that put a workflow on paper share. Lengths are points (1/72 inch). */
#pragma once

#include "wf-flow-painter.h"
#include "wf-workflow-print.h"

G_BEGIN_DECLS

#define WF_PRINT_MARGIN 42.5 /* 15 mm */

/* ---- wf-workflow-print.c ---- */

char *wf_print_make_date (void); /* of now, in words; owned by the caller */
void wf_print_prepare_context (PangoContext *context);
GtkIconTheme *wf_print_get_icons (void); /* nullable, borrowed */
/* parent, organisation: nullable. */
GtkPrintOperationResult wf_print_run (GtkPrintOperation *operation, GtkPrintOperationAction action,
                                      GtkWindow *parent, WfWorkflow *workflow,
                                      WfOrganisation *organisation, GError **error);

/* ---- wf-workflow-print-text.c: the handbook as paragraphs ---- */

typedef enum
{
  WF_PRINT_TITLE,
  WF_PRINT_SUBTITLE,
  WF_PRINT_HEADING, /* stays with what follows */
  WF_PRINT_TEXT,
  WF_PRINT_BULLET,
  WF_PRINT_STEP, /* numbered */
  WF_PRINT_PATH, /* numbered; stays with what follows */
  WF_PRINT_NOTE,
  WF_PRINT_PICTURE, /* of the flow: no text */
} WfPrintStyle;
#define WF_N_PRINT_STYLES (WF_PRINT_PICTURE + 1)

typedef struct
{
  WfPrintStyle style;
  char *number; /* (owned) (nullable) "2.1" */
  char *text;   /* (owned) */
  guint level;  /* indentation */
} WfPrintParagraph;

/* Owned by the caller. */
GPtrArray *wf_print_make_paragraphs (const WfWorkflow *workflow,
                                     const WfOrganisation *organisation);
char *wf_print_make_version (const WfWorkflow *workflow); /* "Version 3" */

/* ---- wf-workflow-print-picture.c: the flow on one or more pieces of paper ---- */

typedef struct _WfPrintPicture WfPrintPicture;

/* icons: nullable. */
WfPrintPicture *wf_print_picture_new (const WfWorkflow *workflow,
                                      const WfOrganisation *organisation, PangoContext *context,
                                      GtkIconTheme *icons);
void wf_print_picture_free (WfPrintPicture *self);
/* Cuts it into pieces that can be read: the first may be lower than the others, which have a page
 * each. Returns how many. */
guint wf_print_picture_cut (WfPrintPicture *self, double width, double first_height, double height);
double wf_print_picture_get_width (const WfPrintPicture *self, guint piece);
double wf_print_picture_get_height (const WfPrintPicture *self, guint piece);
void wf_print_picture_draw (const WfPrintPicture *self, cairo_t *cr, guint piece);

/* ---- wf-workflow-print-pages.c ---- */

typedef struct _WfPrintPages WfPrintPages;

/* context: of the paper, with a resolution of 72; width, height: what can be printed on; date: in
 * words. */
WfPrintPages *wf_print_pages_new (const WfWorkflow *workflow, const WfOrganisation *organisation,
                                  PangoContext *context, double width, double height,
                                  const char *date, GtkIconTheme *icons);
/* The same in pieces: begun, and then prepared until that returns TRUE. Each piece takes some
 * milliseconds. */
WfPrintPages *wf_print_pages_begin (const WfWorkflow *workflow, const WfOrganisation *organisation,
                                    PangoContext *context, double width, double height,
                                    const char *date, GtkIconTheme *icons);
gboolean wf_print_pages_prepare (WfPrintPages *self);
void wf_print_pages_free (WfPrintPages *self);
guint wf_print_pages_get_n (const WfPrintPages *self);
void wf_print_pages_draw (const WfPrintPages *self, cairo_t *cr, guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPrintPicture, wf_print_picture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfPrintPages, wf_print_pages_free)

G_END_DECLS
