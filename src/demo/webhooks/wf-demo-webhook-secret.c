/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves that a webhook comes from this company, and that one that comes in may. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-webhook-secret.h"

#include <string.h>
#include <sys/random.h>

#define SECRET_BYTES 32
#define HASH_BYTES 32

char *
wf_demo_webhook_make_secret (void)
{
  guint8 bytes[SECRET_BYTES];

  /* Never shorter for so few bytes; a computer without any randomness must not pretend. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("This computer gives no random numbers");
  g_autofree char *text = g_base64_encode (bytes, sizeof bytes);
  return g_strconcat (WF_DEMO_SECRET_PREFIX, text, NULL);
}

static GHmac *
start (const char *secret)
{
  gsize length = 0;
  const char *text = g_str_has_prefix (secret, WF_DEMO_SECRET_PREFIX)
                         ? secret + strlen (WF_DEMO_SECRET_PREFIX)
                         : secret;
  g_autofree guchar *key = g_base64_decode (text, &length);

  return g_hmac_new (G_CHECKSUM_SHA256, key, length);
}

char *
wf_demo_webhook_sign (const char *secret, const char *id, gint64 timestamp, const char *body)
{
  g_autoptr (GHmac) hmac = start (secret);
  g_autofree char *head = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".", id, timestamp);
  guint8 digest[HASH_BYTES];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) head, -1);
  g_hmac_update (hmac, (const guchar *) body, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_autofree char *text = g_base64_encode (digest, length);
  return g_strconcat ("v1,", text, NULL);
}

char *
wf_demo_webhook_make_token (const char *secret, const char *name)
{
  g_autoptr (GHmac) hmac = start (secret);

  g_hmac_update (hmac, (const guchar *) "hook:", -1);
  g_hmac_update (hmac, (const guchar *) name, -1);
  return g_strdup (g_hmac_get_string (hmac));
}

gboolean
wf_demo_webhook_equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint difference = 0;

  if (length != strlen (b))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint) (a[i] ^ b[i]);
  return difference == 0;
}
