/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item of the outbox on its way to the CRM, and what became of it. */
#pragma once

#include "wf-runtime-private.h"

G_BEGIN_DECLS

typedef enum
{
  WF_DELIVERY_DONE,
  WF_DELIVERY_LATER,   /* the same again after a pause */
  WF_DELIVERY_SPLIT,   /* refused together with others: again in smaller company, at once */
  WF_DELIVERY_REFUSED, /* never */
  WF_DELIVERY_LEFT,    /* another engine is to do it */
  WF_DELIVERY_OVERRUN, /* a change that somebody else's made void; answer is the present state */
} WfDeliveryVerdict;

typedef struct
{
  WfOutboxItem *item; /* (owned) */
  /* What is sent, by kind; one of them (owned). */
  WfActivity *activity;
  WfChangePayload *change;
  WfMessagePayload *message;
  WfWorkflow *workflow;
  WfAction *action;
  WfInstant sent; /* by the CRM's clock: what it answers about a lead is not older */
  /* What came back. */
  GError *error;      /* (owned) (nullable) */
  WfActivity *answer; /* (owned) (nullable) the activity as the CRM has it now */
  /* (owned) (nullable) of the workflow: the one it is based on, after an answer the new one */
  char *etag;
  WfCrmActionResult *result; /* (owned) (nullable) of an action */
  gboolean overrun;
  gboolean together;         /* the error is that of a whole batch, of which this is a part */
  WfDeliveryVerdict verdict; /* by wf_dispatch_record */
} WfDelivery;

void wf_delivery_free (WfDelivery *self);

/* Called once, when the answer is in self. */
typedef void (*WfDeliveryDone) (gpointer user_data);
/* Sends a change, a message, a workflow or an action. */
void wf_delivery_send (WfDelivery *self, WfRuntime *runtime, WfDeliveryDone done,
                       gpointer user_data);

/* The writing job after a round; arguments of the commit: GPtrArray of WfDelivery. */
gpointer wf_dispatch_record (WfStore *store, gpointer data, GError **error);

/* -- wf-dispatch-left.c ------------------------------------------------------------------------ */

/* What is refused for good: LEFT, or REFUSED, perhaps with another reason. */
WfDeliveryVerdict wf_dispatch_judge_left (WfCommit *self, WfDelivery *delivery);
gboolean wf_dispatch_record_left (WfCommit *self, const WfDelivery *delivery, GError **error);

/* -- wf-dispatch-action.c ---------------------------------------------------------------------- */

/* What an action that the CRM has carried out means here; its run is told of it. */
gboolean wf_dispatch_record_action (WfCommit *self, const WfDelivery *delivery, GError **error);
/* A problem for the log, with run and step where it comes from one; the managers hear of it, and
 * whoever changed something by hand does. */
gboolean wf_dispatch_log_refusal (WfCommit *self, const WfDelivery *delivery, GError **error);

G_END_DECLS
