/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a time, a text with merge fields, a text to compare, an id. */
#include "fuzz-target.h"
#include "wf-instant.h"
#include "wf-merge-text.h"
#include "wf-redact.h"
#include "wf-text-fold.h"
#include "wf-uuid.h"

static void
check_instant (const char *text)
{
  WfInstant instant = 0, again = 0;
  g_autofree char *written = NULL;

  if (!wf_instant_parse (text, &instant))
    return;
  written = wf_instant_format_utc (instant);
  FUZZ_CHECK (wf_instant_parse (written, &again) && again == instant);
}

static void
check_fold (const char *text)
{
  g_autofree char *folded = wf_text_fold (text);

  FUZZ_CHECK (wf_text_compare_folded (text, folded) == 0);
  FUZZ_CHECK (wf_text_hash (text) == wf_text_hash (folded));
  FUZZ_CHECK (wf_text_contains_folded (text, folded));
}

/* Each is a piece of the text. */
static void
on_field (const char *field, gpointer data)
{
  FUZZ_CHECK (strlen (field) <= strlen (data));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  WfConditionContext context = { NULL };
  g_autofree char *expanded = NULL;
  g_autofree char *uri = NULL;

  check_instant (text);
  wf_uuid_is_valid (text);
  uri = wf_redact_uri (text);
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  check_fold (text);
  expanded = wf_merge_text_expand (text, &context);
  wf_merge_text_foreach_field (text, on_field, text);
  return 0;
}
