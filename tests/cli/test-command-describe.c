/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl describe: sentences, in another language where there is a translation. */
#include "wf-test-program.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define HALF_HOUR "{\"amount\":30,\"unit\":\"minutes\"}"

static void
test_sentences (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *root, *sentences;

  wf_test_program_init (&program);
  wf_test_program_run (&program, "describe workflow.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  document = wf_test_program_get_value (&program);
  root = wf_json_document_get_root (document);
  g_assert_cmpuint (wf_json_get_size (root), ==, 2);
  g_assert_cmpstr (wf_json_get_member_string (root, "name"), ==, "First contact");
  sentences = wf_json_get_member (root, "sentences");
  g_assert_cmpuint (wf_json_get_size (sentences), >=, 2); /* the trigger and a step */
  for (guint i = 0; i < wf_json_get_size (sentences); i++)
    g_assert_cmpstr (wf_json_get_string (wf_json_get_element (sentences, i)), !=, "");
  g_assert_nonnull (strstr (program.output, "30 minutes"));
}

static void
test_problems (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_run (&program, "describe nowhere.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "nowhere.json: "));
  wf_test_program_write (&program, "file.json", "[]");
  wf_test_program_run (&program, "describe file.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_cmpstr (program.output, ==, "");
  g_assert_nonnull (strstr (program.errors, "file.json: "));
}

/* A catalogue with one translation, as gettext reads it: two tables of length and place, then the
 * texts. */
static void
write_catalogue (WfTestProgram *program)
{
  static const char header[] =
      "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n";
  static const char original[] = "%ld minute\0%ld minutes";
  static const char translation[] = "%ld minuto\0%ld minutos";
  const guint32 texts = 28 + 4 * 8;
  const guint32 at_header = texts + 1 + sizeof original;
  const guint32 words[] = { 0x950412de,
                            0,
                            2,
                            28,
                            28 + 16,
                            0,
                            0,
                            0,
                            texts,
                            sizeof original - 1,
                            texts + 1,
                            sizeof header - 1,
                            at_header,
                            sizeof translation - 1,
                            at_header + (guint32) sizeof header };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *folder = wf_test_folder_build (program->folder, "locale/pt_BR/LC_MESSAGES");
  g_autofree char *path = g_build_filename (folder, "workflow.mo", NULL);

  g_byte_array_append (bytes, (const guint8 *) words, sizeof words);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, (const guint8 *) original, sizeof original);
  g_byte_array_append (bytes, (const guint8 *) header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) translation, sizeof translation);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

/* Whatever the user's own language is, and without the locale being installed. */
static void
test_language (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *locale_dir = NULL;
  const char *const locales[] = { "C.UTF-8", "C", "pt_BR.UTF-8", "" };

  /* gettext translates nothing where there is no locale at all but C. */
  if (setlocale (LC_MESSAGES, "pt_BR.UTF-8") == NULL &&
      setlocale (LC_MESSAGES, "en_US.UTF-8") == NULL)
    {
      g_test_skip ("There are no locales here.");
      return;
    }
  wf_test_program_init (&program);
  write_catalogue (&program);
  locale_dir = wf_test_folder_build (program.folder, "locale");
  g_setenv ("WORKFLOW_LOCALEDIR", locale_dir, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *environment = g_strdup_printf ("LC_ALL=%s", locales[i]);

      wf_test_program_run (&program, "describe workflow.json --language pt_BR", NULL, environment);
      g_assert_cmpint (program.status, ==, 0);
      g_assert_cmpstr (program.errors, ==, "");
      g_assert_nonnull (strstr (program.output, "30 minutos"));
      wf_test_program_run (&program, "describe --language=en workflow.json", NULL, environment);
      g_assert_cmpint (program.status, ==, 0);
      g_assert_nonnull (strstr (program.output, "30 minutes"));
    }

  /* What nobody has translated is told in English, with a word about it. */
  wf_test_program_run (&program, "describe workflow.json --language tlh", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_nonnull (strstr (program.output, "30 minutes"));
  g_assert_nonnull (strstr (program.errors, "tlh"));
  wf_test_program_run (&program, "describe workflow.json --language ../../etc", NULL, NULL);
  g_assert_nonnull (strstr (program.errors, "../../etc"));
  g_unsetenv ("WORKFLOW_LOCALEDIR");
}

/* A workflow with a step of every kind, one below the other. */
static const char every_kind[] =
    "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Every kind\",\"state\":\"draft\","
    "\"version\":1,\"trigger\":{\"event\":\"lead.received\"},\"steps\":["
    "{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"call\",\"complete-within\":" HALF_HOUR
    "},"
    "{\"id\":\"b\",\"kind\":\"schedule-call\",\"complete-within\":" HALF_HOUR "},"
    "{\"id\":\"c\",\"kind\":\"schedule-meeting\",\"complete-within\":" HALF_HOUR
    ",\"place\":\"Here\"},"
    "{\"id\":\"d\",\"kind\":\"notify\",\"text\":\"A\"},"
    "{\"id\":\"e\",\"kind\":\"wait\",\"for\":" HALF_HOUR "},"
    "{\"id\":\"f\",\"kind\":\"branch\",\"paths\":[{\"name\":\"A\",\"steps\":[]}]},"
    "{\"id\":\"g\",\"kind\":\"post-to-stream\",\"text\":\"A\"},"
    "{\"id\":\"h\",\"kind\":\"change-stage\",\"stage\":\"new\"},"
    "{\"id\":\"i\",\"kind\":\"change-responsible\",\"to\":\"manager\"},"
    "{\"id\":\"j\",\"kind\":\"set-field\",\"field\":\"lead.score\",\"value\":1},"
    "{\"id\":\"k\",\"kind\":\"add-score\",\"points\":5},"
    "{\"id\":\"l\",\"kind\":\"send-email\",\"subject\":\"A\",\"text\":\"B\"},"
    "{\"id\":\"m\",\"kind\":\"send-message\",\"text\":\"A\"},"
    "{\"id\":\"n\",\"kind\":\"add-to-audience\",\"audience\":\"A\"},"
    "{\"id\":\"o\",\"kind\":\"webhook\",\"url\":\"https://hooks.example/\"},"
    "{\"id\":\"p\",\"kind\":\"delete-record\",\"confirmed\":true},"
    "{\"id\":\"q\",\"kind\":\"control\",\"at-most\":" HALF_HOUR "},"
    "{\"id\":\"r\",\"kind\":\"close-activities\"},"
    "{\"id\":\"s\",\"kind\":\"request-approval\",\"text\":\"A\",\"complete-within\":" HALF_HOUR
    "}]}";

static void
assert_sentences (const WfTestProgram *program, guint *n)
{
  g_autoptr (WfJsonDocument) document = wf_test_program_get_value (program);
  const WfJson *sentences = wf_json_get_member (wf_json_document_get_root (document), "sentences");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  *n = wf_json_get_size (sentences);
  for (guint i = 0; i < *n; i++)
    {
      const char *sentence = wf_json_get_string (wf_json_get_element (sentences, i));

      g_assert_cmpstr (sentence, !=, "");
      g_assert_null (strstr (sentence, "%"));
      g_assert_true (g_hash_table_add (seen, (gpointer) sentence));
    }
}

/* Each kind has a sentence of its own, in every language the same number of them. */
static void
test_every_kind (void)
{
  const char *const languages[] = { "en", "pt_BR" };
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *locale_dir = NULL;
  guint n_sentences[G_N_ELEMENTS (languages)];

  wf_test_program_init (&program);
  write_catalogue (&program);
  wf_test_program_write (&program, "every.json", every_kind);
  locale_dir = wf_test_folder_build (program.folder, "locale");
  g_setenv ("WORKFLOW_LOCALEDIR", locale_dir, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *arguments =
          g_strdup_printf ("describe --language %s every.json", languages[i]);

      wf_test_program_run (&program, arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, 0);
      assert_sentences (&program, &n_sentences[i]);
    }
  g_unsetenv ("WORKFLOW_LOCALEDIR");
  g_assert_cmpuint (n_sentences[0], ==, 1 + 19 + 2); /* the trigger, the steps, and a path */
  g_assert_cmpuint (n_sentences[1], ==, n_sentences[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/describe/sentences", test_sentences);
  g_test_add_func ("/cli/describe/problems", test_problems);
  g_test_add_func ("/cli/describe/language", test_language);
  g_test_add_func ("/cli/describe/every-kind", test_every_kind);
  return g_test_run ();
}
