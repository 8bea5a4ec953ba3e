/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a webhook may go: public addresses only. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-webhook-address.h"

#include <string.h>

#define IPV4_LENGTH 4
#define IPV6_LENGTH 16

typedef struct
{
  guint8 bytes[IPV6_LENGTH];
  guint n_bits;
} Block;

/* The registry of special-purpose IPv4 addresses (RFC 6890), multicast and what is reserved. */
static const Block special_ipv4[] = {
  { { 0 }, 8 },
  { { 10 }, 8 },
  { { 100, 64 }, 10 },
  { { 127 }, 8 },
  { { 169, 254 }, 16 },
  { { 172, 16 }, 12 },
  { { 192, 0, 0 }, 24 },
  { { 192, 0, 2 }, 24 },
  { { 192, 31, 196 }, 24 },
  { { 192, 52, 193 }, 24 },
  { { 192, 88, 99 }, 24 },
  { { 192, 168 }, 16 },
  { { 192, 175, 48 }, 24 },
  { { 198, 18 }, 15 },
  { { 198, 51, 100 }, 24 },
  { { 203, 0, 113 }, 24 },
  { { 224 }, 4 },
  { { 240 }, 4 },
};

/* What global unicast is; within it, what is special. */
static const Block global_ipv6 = { { 0x20 }, 3 };
static const Block special_ipv6[] = {
  { { 0x20, 0x01 }, 23 },                   /* protocol assignments, among them Teredo */
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 },       /* documentation */
  { { 0x20, 0x02 }, 16 },                   /* 6to4: leads to an IPv4 address, through others */
  { { 0x26, 0x20, 0x00, 0x4f, 0x80 }, 48 }, /* AS112 */
  { { 0x3f, 0xff }, 20 },                   /* documentation */
};

/* IPv6 addresses that are another way to write an IPv4 one: their last four bytes. */
static const Block embedding[] = {
  { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 }, /* mapped */
  { { 0x00, 0x64, 0xff, 0x9b }, 96 },                   /* NAT64 */
};

static gboolean
is_in (const guint8 *bytes, const Block *block)
{
  guint whole = block->n_bits / 8, rest = block->n_bits % 8;

  if (memcmp (bytes, block->bytes, whole) != 0)
    return FALSE;
  return rest == 0 || ((bytes[whole] ^ block->bytes[whole]) >> (8 - rest)) == 0;
}

static gboolean
is_in_any (const guint8 *bytes, const Block *blocks, guint n)
{
  for (guint i = 0; i < n; i++)
    if (is_in (bytes, &blocks[i]))
      return TRUE;
  return FALSE;
}

gboolean
wf_demo_webhook_is_public (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return !is_in_any (bytes, special_ipv4, G_N_ELEMENTS (special_ipv4));
  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return FALSE;
  if (is_in_any (bytes, embedding, G_N_ELEMENTS (embedding)))
    return !is_in_any (bytes + IPV6_LENGTH - IPV4_LENGTH, special_ipv4,
                       G_N_ELEMENTS (special_ipv4));
  return is_in (bytes, &global_ipv6) &&
         !is_in_any (bytes, special_ipv6, G_N_ELEMENTS (special_ipv6));
}

GUri *
wf_demo_webhook_parse_url (const char *url)
{
  g_autoptr (GUri) uri =
      g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || strpbrk (url, "\r\n\t ") != NULL)
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") &&
      !g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  return g_steal_pointer (&uri);
}
