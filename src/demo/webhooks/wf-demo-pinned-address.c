/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host whose addresses were looked up and checked. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-pinned-address.h"

/* -- the addresses, one after the other -------------------------------------------------------- */

#define WF_TYPE_DEMO_PINNED_ENUMERATOR (wf_demo_pinned_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (WfDemoPinnedEnumerator, wf_demo_pinned_enumerator, WF, DEMO_PINNED_ENUMERATOR,
                      GSocketAddressEnumerator)

struct _WfDemoPinnedEnumerator
{
  GSocketAddressEnumerator parent_instance;

  GList *addresses; /* (owned) of GInetAddress */
  GList *next;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (WfDemoPinnedEnumerator, wf_demo_pinned_enumerator,
                     G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static GSocketAddress *
wf_demo_pinned_enumerator_next (GSocketAddressEnumerator *enumerator, GCancellable *cancellable,
                                GError **error)
{
  WfDemoPinnedEnumerator *self = WF_DEMO_PINNED_ENUMERATOR (enumerator);
  GList *link = self->next;

  if (link == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self->next = link->next;
  return g_inet_socket_address_new (link->data, self->port);
}

static void
wf_demo_pinned_enumerator_finalize (GObject *object)
{
  g_list_free_full (WF_DEMO_PINNED_ENUMERATOR (object)->addresses, g_object_unref);
  G_OBJECT_CLASS (wf_demo_pinned_enumerator_parent_class)->finalize (object);
}

static void
wf_demo_pinned_enumerator_class_init (WfDemoPinnedEnumeratorClass *klass)
{
  /* The asynchronous way of the parent class calls this one: it waits for nothing. */
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass)->next = wf_demo_pinned_enumerator_next;
  G_OBJECT_CLASS (klass)->finalize = wf_demo_pinned_enumerator_finalize;
}

static void
wf_demo_pinned_enumerator_init (WfDemoPinnedEnumerator *self)
{
}

/* -- the host ---------------------------------------------------------------------------------- */

struct _WfDemoPinnedAddress
{
  GNetworkAddress parent_instance;

  GList *addresses; /* (owned) of GInetAddress */
};

static void wf_demo_pinned_address_iface_init (GSocketConnectableIface *iface);

/* A GNetworkAddress, since TLS asks one of these for the name to check. */
G_DEFINE_FINAL_TYPE_WITH_CODE (WfDemoPinnedAddress, wf_demo_pinned_address, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      wf_demo_pinned_address_iface_init))

static gpointer
copy_address (gconstpointer address, gpointer user_data)
{
  return g_object_ref ((gpointer) address);
}

static GSocketAddressEnumerator *
wf_demo_pinned_address_enumerate (GSocketConnectable *connectable)
{
  WfDemoPinnedAddress *self = WF_DEMO_PINNED_ADDRESS (connectable);
  WfDemoPinnedEnumerator *enumerator = g_object_new (WF_TYPE_DEMO_PINNED_ENUMERATOR, NULL);

  enumerator->addresses = g_list_copy_deep (self->addresses, copy_address, NULL);
  enumerator->next = enumerator->addresses;
  enumerator->port = g_network_address_get_port (G_NETWORK_ADDRESS (self));
  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
wf_demo_pinned_address_iface_init (GSocketConnectableIface *iface)
{
  iface->enumerate = wf_demo_pinned_address_enumerate;
  /* No proxy: it would look the name up again. */
  iface->proxy_enumerate = wf_demo_pinned_address_enumerate;
}

static void
wf_demo_pinned_address_finalize (GObject *object)
{
  g_list_free_full (WF_DEMO_PINNED_ADDRESS (object)->addresses, g_object_unref);
  G_OBJECT_CLASS (wf_demo_pinned_address_parent_class)->finalize (object);
}

static void
wf_demo_pinned_address_class_init (WfDemoPinnedAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_demo_pinned_address_finalize;
}

static void
wf_demo_pinned_address_init (WfDemoPinnedAddress *self)
{
}

GSocketConnectable *
wf_demo_pinned_address_new (const char *host, guint16 port, GList *addresses)
{
  WfDemoPinnedAddress *self =
      g_object_new (WF_TYPE_DEMO_PINNED_ADDRESS, "hostname", host, "port", (guint) port, NULL);

  self->addresses = g_list_copy_deep (addresses, copy_address, NULL);
  return G_SOCKET_CONNECTABLE (self);
}
