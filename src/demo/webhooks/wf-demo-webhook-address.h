/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a webhook may go: public addresses only, lest a workflow reaches what only this computer
 * or its network may reach. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* http or https with a host, without a password. NULL when it is none. */
GUri *wf_demo_webhook_parse_url (const char *url);
/* FALSE for this computer, private and link-local networks, documentation, benchmarks, multicast,
 * and whatever else is not of the public Internet (RFC 6890 and its registries); an IPv4 address
 * inside an IPv6 one counts as itself. */
gboolean wf_demo_webhook_is_public (GInetAddress *address);

G_END_DECLS
