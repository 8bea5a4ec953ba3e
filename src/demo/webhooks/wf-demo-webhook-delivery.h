/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One attempt at delivering a webhook: look up, check, connect to what was checked, send. */
#pragma once

#include "wf-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WF_DEMO_DELIVERED,
  WF_DEMO_DELIVERY_FAILED,   /* may succeed later */
  WF_DEMO_DELIVERY_GIVEN_UP, /* the receiver does not want it */
  WF_DEMO_DELIVERY_REFUSED,  /* the address is not allowed */
} WfDemoDeliveryResult;

typedef struct
{
  WfDemoDeliveryResult result;
  guint status;      /* of the answer; 0 without one */
  guint retry_after; /* seconds; 0 when the receiver named none */
  char *note;        /* (owned) (nullable) why not: "http-404", "private-address", ... */
} WfDemoDeliveryReport;
void wf_demo_delivery_report_free (WfDemoDeliveryReport *self);

typedef struct
{
  const char *url, *id, *body, *secret;
  gboolean allow_private;
} WfDemoDeliveryRequest;

/* After this an attempt without an answer is broken off. */
#define WF_DEMO_DELIVERY_SECONDS 15

/* Redirects are not followed: they would lead past the check of the address. finish: NULL only
 * with G_IO_ERROR_CANCELLED. */
void wf_demo_delivery_async (WfClock *clock, const WfDemoDeliveryRequest *request,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
WfDemoDeliveryReport *wf_demo_delivery_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDemoDeliveryReport, wf_demo_delivery_report_free)

G_END_DECLS
