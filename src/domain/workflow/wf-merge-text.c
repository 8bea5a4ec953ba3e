/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with merge fields: "Call {lead.name}" (R140). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-merge-text.h"

#include "wf-instant.h"

#include <string.h>

/* A piece of a text. */
typedef enum
{
  PIECE_END,
  PIECE_LITERAL,
  PIECE_FIELD,
  PIECE_UNCLOSED, /* a brace without its end; the rest of the text */
} Piece;

/* Moves *text behind the next piece, which is [*start, *start + *length). */
static Piece
next_piece (const char **text, const char **start, gsize *length)
{
  const char *end;

  *start = *text;
  if (**text == '\0')
    return PIECE_END;
  if (**text != '{')
    {
      *length = strcspn (*text, "{");
      *text += *length;
      return PIECE_LITERAL;
    }
  if ((*text)[1] == '{')
    {
      *length = 1;
      *text += 2;
      return PIECE_LITERAL;
    }
  end = strpbrk (*text + 1, "{}");
  if (end == NULL || *end == '{')
    {
      *length = end != NULL ? (gsize) (end - *text) : strlen (*text);
      *text += *length;
      return PIECE_UNCLOSED;
    }
  *start = *text + 1;
  *length = (gsize) (end - *start);
  *text = end + 1;
  return PIECE_FIELD;
}

static char *
dup_field (const char *start, gsize length)
{
  return g_strstrip (g_strndup (start, length));
}

/* "2026-11-20 17:50" in the company's zone: the same for every viewer's language, because the
 * text is stored. */
static char *
format_instant (WfInstant instant, const WfOrganisation *organisation)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = organisation != NULL
                        ? wf_working_hours_get_zone (wf_organisation_get_hours (organisation))
                        : utc;
  char *text = wf_instant_format_zone (instant, zone);

  text[10] = ' ';
  text[16] = '\0';
  return text;
}

static void
append_value (GString *result, const char *field, const WfJson *value,
              const WfConditionContext *context)
{
  g_autofree char *text = NULL;
  const WfJson *element;
  gboolean first = TRUE;
  WfInstant instant;
  WfJsonIter iter;

  switch (wf_json_get_type (value))
    {
    case WF_JSON_STRING:
      if (wf_instant_parse (wf_json_get_string (value), &instant))
        text = format_instant (instant, context->organisation);
      g_string_append (result, text != NULL
                                   ? text
                                   : wf_organisation_get_name_in_field (
                                         context->organisation, field, wf_json_get_string (value)));
      return;
    case WF_JSON_NUMBER:
    case WF_JSON_BOOLEAN:
      text = wf_json_to_text (value, FALSE);
      g_string_append (result, text);
      return;
    case WF_JSON_ARRAY:
      wf_json_iter_init (&iter, value);
      for (; wf_json_iter_next (&iter, NULL, &element); first = FALSE)
        {
          g_string_append (result, first ? "" : ", ");
          if (!wf_json_is (element, WF_JSON_ARRAY))
            append_value (result, field, element, context);
        }
      return;
    case WF_JSON_MISSING:
    case WF_JSON_NULL:
    case WF_JSON_OBJECT:
      return;
    }
}

/**
 * wf_merge_text_expand:
 * @text: the text with fields
 * @context: where the fields' values are from
 *
 * Ids of people, stages, groups and types become their names. The result does not depend on the
 * user's language: every
 * computer must make the same text of the same event.
 *
 * Returns: (transfer full): the text; fields that are missing give nothing, an unclosed brace stays
 *   as it is
 */
char *
wf_merge_text_expand (const char *text, const WfConditionContext *context)
{
  GString *result = g_string_sized_new (strlen (text) + 32);
  const char *start;
  gsize length;
  Piece piece;

  while ((piece = next_piece (&text, &start, &length)) != PIECE_END)
    {
      g_autofree char *field = NULL;

      if (piece != PIECE_FIELD)
        {
          g_string_append_len (result, start, (gssize) length);
          continue;
        }
      field = dup_field (start, length);
      append_value (result, field, wf_condition_context_get_field (context, field), context);
    }
  return g_string_free_and_steal (result);
}

/**
 * wf_merge_text_map:
 * @text: the text with fields
 * @func: asked for each field
 * @user_data: for @func
 *
 * Returns: (transfer full): the text with what @func put into the braces
 */
char *
wf_merge_text_map (const char *text, WfMergeFieldMapFunc func, gpointer user_data)
{
  GString *result = g_string_sized_new (strlen (text) + 32);
  const char *from = text, *start;
  gsize length;
  Piece piece;

  while ((piece = next_piece (&text, &start, &length)) != PIECE_END)
    {
      g_autofree char *field = piece == PIECE_FIELD ? dup_field (start, length) : NULL;
      const char *other = field != NULL && field[0] != '\0' ? func (field, user_data) : NULL;

      if (other != NULL)
        g_string_append_printf (result, "{%s}", other);
      else
        g_string_append_len (result, from, text - from);
      from = text;
    }
  return g_string_free_and_steal (result);
}

/**
 * wf_merge_text_foreach_field:
 * @text: the text with fields
 * @func: called with each field that the text names, in order; "" for {}
 * @user_data: for @func
 *
 * Returns: how many braces are not closed
 */
guint
wf_merge_text_foreach_field (const char *text, WfMergeFieldFunc func, gpointer user_data)
{
  guint n_unclosed = 0;
  const char *start;
  gsize length;
  Piece piece;

  while ((piece = next_piece (&text, &start, &length)) != PIECE_END)
    {
      g_autofree char *field = NULL;

      if (piece == PIECE_UNCLOSED)
        n_unclosed++;
      if (piece != PIECE_FIELD)
        continue;
      field = dup_field (start, length);
      func (field, user_data);
    }
  return n_unclosed;
}
