/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completing merge fields: what is being typed at a cursor, what is offered, and the text with it. */
#include "wf-field-item.h"
#include "wf-merge-completion.h"
#include "wf-merge-text.h"

#include <string.h>

/* The cursor is at "|". query NULL: nothing is completed. */
static void
test_find (void)
{
  static const struct
  {
    const char *text;
    const char *query;
    const char *inserted; /* with lead.name chosen; the cursor behind it */
  } rows[] = {
    { "|", NULL, NULL },
    { "Call |", NULL, NULL },
    { "Call {|", "", "Call {lead.name}|" },
    { "Call {le|", "le", "Call {lead.name}|" },
    { "Call {le| today", "le", "Call {lead.name}| today" },
    { "Call {na me|", "na me", "Call {lead.name}|" },
    { "{lead.name}|", NULL, NULL },
    { "{lead.name} {|", "", "{lead.name} {lead.name}|" },
    { "{lead.na|me} now", "lead.na", "{lead.name}| now" },
    { "{|lead.score}", "", "{lead.name}|" },
    { "{{|", NULL, NULL },
    { "{{le|", NULL, NULL },
    { "{|{", NULL, NULL },
    { "{{{|", "", "{{{lead.name}|" },
    { "{{ and {c|", "c", "{{ and {lead.name}|" },
    { "{le\n|", NULL, NULL },
    { "a}|", NULL, NULL },
    { "Olá, João: {no|", "no", "Olá, João: {lead.name}|" },
    { "{ã|é}", "ã", "{lead.name}|" },
    { "|{le", NULL, NULL },
    { "{le|, {x}", "le", "{lead.name}|, {x}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *mark = strchr (rows[i].text, '|');
      g_autofree char *before = g_strndup (rows[i].text, (gsize) (mark - rows[i].text));
      g_autofree char *text = g_strconcat (before, mark + 1, NULL);
      g_auto (WfMergeCompletion) found = { 0 };
      g_autofree char *head = NULL, *field = NULL, *after = NULL;
      gboolean completes;

      g_test_message ("%s", rows[i].text);
      completes = wf_merge_completion_find (text, (guint) g_utf8_strlen (before, -1), &found);
      g_assert_cmpint (completes, ==, rows[i].query != NULL);
      g_assert_cmpstr (found.query, ==, rows[i].query);
      if (!completes)
        continue;
      head = g_utf8_substring (text, 0, found.start);
      field = wf_merge_completion_make_field ("lead.name");
      after = g_strconcat (head, field, "|", g_utf8_offset_to_pointer (text, found.end), NULL);
      g_assert_cmpstr (after, ==, rows[i].inserted);
    }
}

/* Whatever is put in is a field that the texts know. */
static void
on_field (const char *field, gpointer data)
{
  g_assert_cmpstr (field, ==, "lead.name");
  (*(guint *) data)++;
}

static void
test_notation (void)
{
  g_autofree char *field = wf_merge_completion_make_field ("lead.name");
  guint n = 0;

  g_assert_cmpuint (wf_merge_text_foreach_field (field, on_field, &n), ==, 0);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_list (void)
{
  static const struct
  {
    const char *event, *query, *first; /* NULL: nothing */
  } rows[] = {
    { "lead.received", "", "lead.id" },
    { "lead.received", "na", "lead.name" },
    { "lead.received", "NÁME", "lead.name" },
    { "lead.received", "lead.sc", "lead.score" },
    { "lead.received", "meeting", NULL },
    { "meeting.scheduled", "meeting st", "meeting.start" },
    { "lead.received", "no such field", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = wf_merge_completion_list (rows[i].event, rows[i].query);

      g_test_message ("%s", rows[i].query);
      g_assert_cmpint (found->len > 0, ==, rows[i].first != NULL);
      if (found->len > 0)
        g_assert_cmpstr (wf_field_item_get_id (g_ptr_array_index (found, 0)), ==, rows[i].first);
      for (guint j = 0; j < found->len; j++)
        g_assert_cmpstr (wf_field_item_get_example (g_ptr_array_index (found, j)), !=, "");
    }
}

static void
test_own_fields (void)
{
  static const char *const rows[][2] = {
    { "sector", "lead.custom.sector" },
    { " sector ", "lead.custom.sector" },
    { "deal.custom.x", "deal.custom.x" },
    { "lead.name", "lead.name" },
    { "webhook.body.a", "webhook.body.a" },
    { "", NULL },
    { ".x", NULL },
    { "x.", NULL },
    { "two words", NULL },
    { "a{b", NULL },
    { "UF_CRM_1", "lead.custom.UF_CRM_1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = wf_field_item_make_custom_id (rows[i][0]);

      g_assert_cmpstr (id, ==, rows[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/merge-completion/find", test_find);
  g_test_add_func ("/ui/merge-completion/notation", test_notation);
  g_test_add_func ("/ui/merge-completion/list", test_list);
  g_test_add_func ("/ui/merge-completion/own-fields", test_own_fields);
  return g_test_run ();
}
