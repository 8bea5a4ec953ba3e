/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UUIDs of version 5 (from names) and 4 (random). */
#define G_LOG_DOMAIN "wf-base"

#include "wf-uuid.h"

#include <string.h>

#define UUID_BYTES 16
#define SHA1_BYTES 20

/* RFC 9562, appendix A.2: namespace of URLs, 6ba7b811-9dad-11d1-80b4-00c04fd430c8. */
static const guint8 url_namespace[UUID_BYTES] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                  0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };

static gboolean
is_hyphen_place (guint i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

static gboolean
parse (const char *text, guint8 bytes[UUID_BYTES])
{
  guint n = 0;

  for (guint i = 0; i < WF_UUID_LENGTH; i++)
    {
      int value;

      if (is_hyphen_place (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      value = g_ascii_xdigit_value (text[i]);
      if (value < 0)
        return FALSE;
      bytes[n / 2] = n % 2 == 0 ? (guint8) (value << 4) : (guint8) (bytes[n / 2] | value);
      n++;
    }
  return text[WF_UUID_LENGTH] == '\0';
}

static void
format (const guint8 bytes[UUID_BYTES], char uuid[WF_UUID_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";
  guint n = 0;

  for (guint i = 0; i < WF_UUID_LENGTH; i++)
    {
      if (is_hyphen_place (i))
        {
          uuid[i] = '-';
          continue;
        }
      uuid[i] = digits[n % 2 == 0 ? bytes[n / 2] >> 4 : bytes[n / 2] & 0xf];
      n++;
    }
  uuid[WF_UUID_LENGTH] = '\0';
}

static void
hash (const guint8 space[UUID_BYTES], const char *name, gsize length, guint8 bytes[UUID_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[SHA1_BYTES];
  gsize size = sizeof digest;

  g_checksum_update (checksum, space, UUID_BYTES);
  g_checksum_update (checksum, (const guchar *) name, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
  memcpy (bytes, digest, UUID_BYTES);
  bytes[6] = (guint8) ((bytes[6] & 0x0f) | 0x50);
  bytes[8] = (guint8) ((bytes[8] & 0x3f) | 0x80);
}

/**
 * wf_uuid_v5:
 * @space: namespace, a UUID in text form; any other text is first hashed into the URL namespace
 * @name: the name
 * @name_length: its bytes, or -1 when it ends with NUL
 * @uuid: receives the id in lower case
 *
 * RFC 9562, section 5.5.
 */
void
wf_uuid_v5 (const char *space, const char *name, gssize name_length, char uuid[WF_UUID_LENGTH + 1])
{
  guint8 bytes[UUID_BYTES], space_bytes[UUID_BYTES];

  if (!parse (space, space_bytes))
    hash (url_namespace, space, strlen (space), space_bytes);
  hash (space_bytes, name, name_length < 0 ? strlen (name) : (gsize) name_length, bytes);
  format (bytes, uuid);
}

gboolean
wf_uuid_is_valid (const char *text)
{
  guint8 bytes[UUID_BYTES];

  return text != NULL && parse (text, bytes);
}

char *
wf_uuid_new (void)
{
  return g_uuid_string_random ();
}
