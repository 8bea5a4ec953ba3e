/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host whose addresses were looked up and checked: a connection goes there and nowhere else,
 * whatever the name means by then, while the certificate is still the name's. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_TYPE_DEMO_PINNED_ADDRESS (wf_demo_pinned_address_get_type ())
G_DECLARE_FINAL_TYPE (WfDemoPinnedAddress, wf_demo_pinned_address, WF, DEMO_PINNED_ADDRESS,
                      GNetworkAddress)

/* addresses: of GInetAddress, tried in this order; copied. */
GSocketConnectable *wf_demo_pinned_address_new (const char *host, guint16 port, GList *addresses);

G_END_DECLS
