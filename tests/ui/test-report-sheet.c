/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report on paper: pages, texts as other programs read them, A4 and Letter, no long block of the main loop. The PDF files stay
 * in the build folder (reports-*.pdf) for people to look at. */
#include "wf-report-company.h"
#include "wf-report-sheet-private.h"
#include "wf-test-folder.h"

#include <adwaita.h>
#include <string.h>

typedef struct
{
  WfTestFolder *folder;
  WfOrganisation *organisation;
  WfStore *store;
  WfReportQuery *query;
  WfReport *report;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = wf_test_folder_new ();
  path = wf_test_folder_build (self->folder, "store.db");
  self->organisation = wf_report_company_organisation ();
  self->store = wf_report_company_open (path, self->organisation);
  self->query = wf_report_company_query (self->organisation, WF_DIMENSION_PERSON);
  self->report = wf_report_compute (self->store, self->query, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_report_free (self->report);
  wf_report_query_free (self->query);
  wf_store_close (self->store);
  wf_organisation_unref (self->organisation);
  wf_test_folder_free (self->folder);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GBytes *
make (Fixture *self, const char *paper)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  wf_report_sheet_make_async (self->report, self->query, "Board – November", paper, NULL, on_made,
                              &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  bytes = wf_report_sheet_make_finish (result, &error);
  g_assert_no_error (error);
  return bytes;
}

static char *
keep (GBytes *bytes, const char *name)
{
  char *path = g_test_build_filename (G_TEST_BUILT, "ui", name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  return path;
}

/* What stands behind a word of the file, which is no text as a whole. Borrowed. */
static const char *
find_word (GBytes *bytes, const char *word)
{
  const char *found =
      memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), word, strlen (word));

  g_assert_nonnull (found);
  return found + strlen (word);
}

static guint
count_pages (GBytes *bytes)
{
  return (guint) g_ascii_strtoull (find_word (bytes, "/Count "), NULL, 10);
}

/* Spaces that do not break a line come as they like. Taken over. */
static char *
with_plain_spaces (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\302\240", -1);

  g_free (text);
  return g_strjoinv (" ", parts);
}

static char *
read_texts (const char *path)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  const char *arguments[] = { program, "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  g_assert_nonnull (program); /* of poppler-utils */
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return with_plain_spaces (text);
}

/* The line of a table that begins so. Owned by the caller. */
static char *
find_line (const char *text, const char *begin)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (lines[i]), begin) && strlen (lines[i]) > strlen (begin))
      return g_strdup (lines[i]);
  g_error ("No line begins with “%s”", begin);
}

static guint
count_text (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* Everybody has a line, the frame is on every page, and each chart has its title. */
static void
check_texts (Fixture *self, const char *text, guint n_pages)
{
  g_autofree char *last = g_strdup_printf ("Page %u of %u", n_pages, n_pages);
  g_autoptr (WfSheetContent) content = wf_sheet_content_new (self->report, self->query, NULL);

  g_assert_nonnull (strstr (text, last));
  g_assert_cmpuint (count_text (text, "Padrão Móveis Planejados"), ==, n_pages);
  g_assert_cmpuint (count_text (text, "Board – November"), ==, n_pages);
  for (guint i = 0; i < content->parts->len; i++)
    g_assert_nonnull (strstr (text, ((WfSheetPart *) content->parts->pdata[i])->chart->title));
  for (guint i = 0; i < self->report->rows->len; i++)
    {
      const WfReportRow *row = self->report->rows->pdata[i];
      g_auto (GStrv) words = g_strsplit (row->name, " ", 3); /* a long name takes two lines */
      g_autofree char *begin = g_strjoin (" ", words[0], words[1], NULL);
      g_assert_nonnull (strstr (text, begin));
    }
  for (guint i = 0; i < content->cards->len; i++)
    {
      g_autofree char *value =
          with_plain_spaces (g_strdup (g_array_index (content->cards, WfSheetCard, i).value));
      g_assert_nonnull (strstr (text, value));
    }
}

static void
test_pdf (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *paper, *file;
    double width;
  } papers[] = { { "iso_a4", "reports-a4.pdf", 595.28 },
                 { "na_letter", "reports-letter.pdf", 612 } };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (GBytes) bytes = make (self, papers[i].paper);
      g_autofree char *path = keep (bytes, papers[i].file);
      g_autofree char *text = read_texts (path);

      g_assert_true (g_str_has_prefix (g_bytes_get_data (bytes, NULL), "%PDF-1.4"));
      g_assert_cmpuint (count_pages (bytes), >=, 6);
      g_assert_cmpuint (count_pages (bytes), <=, 14);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (find_word (bytes, "/MediaBox [ 0 0 "), NULL),
                                      papers[i].width, 0.5);
      check_texts (self, text, count_pages (bytes));
    }
}

/* Numbers are those of the report. */
static void
test_content (Fixture *self, gconstpointer data)
{
  g_autoptr (WfSheetContent) content = wf_sheet_content_new (self->report, self->query, NULL);
  const WfSheetCard *cards = (const WfSheetCard *) (gpointer) content->cards->data;

  g_assert_cmpstr (content->title, ==, "Report");
  g_assert_nonnull (strstr (content->period, "Last 30 Days"));
  g_assert_cmpstr (content->people, ==, "All activities and leads");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *value = wf_value_to_text (WF_VALUE_COUNT, self->report->now.counts[i]);
      g_assert_cmpstr (cards[i].value, ==, value);
      g_assert_nonnull (cards[i].difference);
    }
  g_assert_cmpuint (content->parts->len, >=, 6);
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  const char *people[] = { "p00", "p01", "", NULL }, *origins[] = { "flow", NULL };
  g_autofree char *text = NULL;

  self->query->filter->only[WF_DIMENSION_PERSON] = g_strdupv ((GStrv) people);
  self->query->filter->only[WF_DIMENSION_ORIGIN] = g_strdupv ((GStrv) origins);
  text = wf_sheet_content_describe_filter (self->report, self->query);
  g_assert_cmpstr (text, ==, "Person: Ana Souza, Bruno Souza, Unassigned  ·  Origin: Store");
}

/* A version that is asked for by its workflow's name; one that nobody knows by its id. */
static void
test_filter_versions (Fixture *self, gconstpointer data)
{
  const WfEffectRow *effect = self->report->effects->pdata[0];
  g_autofree char *version = g_strdup_printf ("%s/3", effect->workflow), *text = NULL,
                  *expected =
                      g_strdup_printf ("Version: %s, version 3, gone, version 2", effect->name);
  const char *versions[] = { version, "gone/2", NULL };

  self->query->filter->only[WF_DIMENSION_VERSION] = g_strdupv ((GStrv) versions);
  text = wf_sheet_content_describe_filter (self->report, self->query);
  g_assert_cmpstr (text, ==, expected);
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  wf_sheet_text_prepare (context);
  return context;
}

/* A chart is never cut, tables never leave their page: nothing is painted below the foot. */
static void
check_page (WfSheetPages *pages, guint page, double width, double height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double x, y, w, h;
  guint next = 0;

  g_assert_true (wf_sheet_pages_draw (pages, cr, page, &next, G_MAXINT64));
  g_assert_cmpuint (next, >, 0); /* no empty page */
  cairo_recording_surface_ink_extents (surface, &x, &y, &w, &h);
  g_assert_cmpfloat (x, >=, -3);
  g_assert_cmpfloat (x + w, <=, width + 3);
  g_assert_cmpfloat (y, >=, -3);
  g_assert_cmpfloat (y + h, <=, height + 3);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_pages (Fixture *self, gconstpointer data)
{
  static const struct
  {
    double width, height;
  } papers[] = { { 510, 757 }, { 527, 707 }, { 335, 510 }, { 757, 510 } };
  g_autoptr (WfSheetContent) content = wf_sheet_content_new (self->report, self->query, "Board");

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      PangoContext *context = make_context ();
      g_autoptr (WfSheetPages) pages =
          wf_sheet_pages_new (content, context, papers[i].width, papers[i].height);
      guint n_slices = 0;

      while (!wf_sheet_pages_make (pages, g_get_monotonic_time () + 1))
        n_slices++;
      g_assert_cmpuint (n_slices, >, 20);
      for (guint page = 0; page < wf_sheet_pages_get_n (pages); page++)
        check_page (pages, page, papers[i].width, papers[i].height);
      g_object_unref (context);
    }
}

/* Right to left: whole, within the page, and a file of its own. */
static void
test_mirrored (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL, *text = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_pages (self, data);
  bytes = make (self, "iso_a4");
  path = keep (bytes, "reports-rtl.pdf");
  text = read_texts (path);
  g_assert_cmpuint (count_pages (bytes), >=, 6);
  g_assert_nonnull (strstr (text, "70.2 %")); /* not turned round */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* ---- the printer ---- */

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, int *told)
{
  *told = (int) result;
}

static void
say (GtkWidget *over, const char *text)
{
  g_object_set_data_full (G_OBJECT (over), "said", g_strdup (text), g_free);
}

/* As the print dialog does it, to a file. */
static GtkPrintOperationResult
print (Fixture *self, GtkWidget *over, const char *path)
{
  g_autoptr (WfSheetContent) content =
      wf_sheet_content_new (self->report, self->query, "Board – November");
  g_autoptr (GtkPrintOperation) operation = wf_sheet_print_new (over, content, say);
  int told = -1;

  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), &told);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, NULL);
  while (told < 0)
    g_main_context_iteration (NULL, TRUE);
  return (GtkPrintOperationResult) told;
}

static guint
read_n_pages (const char *path)
{
  g_autofree char *program = g_find_program_in_path ("pdfinfo"), *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *at;

  g_assert_nonnull (program); /* of poppler-utils */
  g_spawn_sync (NULL, (char *[]) { program, (char *) path, NULL }, NULL, G_SPAWN_DEFAULT, NULL,
                NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  at = strstr (text, "Pages:");
  g_assert_nonnull (at);
  return (guint) g_ascii_strtoull (at + strlen ("Pages:"), NULL, 10);
}

/* The pages of the printer are those of the file, with the margins of the paper; the same is on them. */
static void
test_print (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) over = g_object_ref_sink (gtk_label_new (NULL));
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "ui", "reports-printed.pdf", NULL);
  g_autofree char *text = NULL, *line = NULL;
  const WfReportRow *row = self->report->rows->pdata[0];
  g_autofree char *created = wf_value_to_text (WF_VALUE_COUNT, row->figures.counts[0]);
  guint n_pages;

  g_assert_cmpint (print (self, over, path), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_null (g_object_get_data (G_OBJECT (over), "said"));
  n_pages = read_n_pages (path);
  g_assert_cmpuint (n_pages, >=, 6);
  g_assert_cmpuint (n_pages, <=, 14);
  text = read_texts (path);
  check_texts (self, text, n_pages);
  line = find_line (text, row->name);
  g_assert_nonnull (strstr (line, created));
}

/* What went wrong is told. */
static void
test_print_error (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkWidget) over = g_object_ref_sink (gtk_label_new (NULL));
  g_autofree char *path = wf_test_folder_build (self->folder, "missing/printed.pdf");

  g_test_expect_message ("wf-ui", G_LOG_LEVEL_WARNING, "A report could not be printed: *");
  g_assert_cmpint (print (self, over, path), ==, GTK_PRINT_OPERATION_RESULT_ERROR);
  g_assert_nonnull (g_object_get_data (G_OBJECT (over), "said"));
  g_test_assert_expected_messages ();
}

/* ---- the rest ---- */

/* An account without anything yet. */
static void
test_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  const char *nobody[] = { "boss", NULL };

  self->query->filter->only[WF_DIMENSION_PERSON] = g_strdupv ((GStrv) nobody);
  g_clear_pointer (&self->report, wf_report_free);
  self->report = wf_report_compute (self->store, self->query, &error);
  g_assert_no_error (error);
  bytes = make (self, "iso_a4");
  path = keep (bytes, "reports-nothing.pdf");
  g_assert_cmpuint (count_pages (bytes), <=, 3);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wf_report_sheet_make_async (self->report, self->query, NULL, NULL, cancellable, on_made, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (wf_report_sheet_make_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is longest of one iteration of the main loop; a slow computer gets some more. */
static void
test_slices (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 longest = 0;
  guint n = 0;

  wf_report_sheet_make_async (self->report, self->query, NULL, NULL, NULL, on_made, &result);
  while (result == NULL)
    {
      gint64 begin = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        n++;
      longest = MAX (longest, g_get_monotonic_time () - begin);
    }
  g_bytes_unref (wf_report_sheet_make_finish (result, NULL));
  g_test_message ("%u slices, the longest %.1f ms", n, (double) longest / 1000);
  g_assert_cmpuint (n, >, 3);
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("/ui/report-sheet/content", test_content);
  add ("/ui/report-sheet/filter", test_filter);
  add ("/ui/report-sheet/filter-versions", test_filter_versions);
  add ("/ui/report-sheet/pages", test_pages);
  add ("/ui/report-sheet/pdf", test_pdf);
  add ("/ui/report-sheet/print", test_print);
  add ("/ui/report-sheet/print-error", test_print_error);
  add ("/ui/report-sheet/mirrored", test_mirrored);
  add ("/ui/report-sheet/nothing", test_nothing);
  add ("/ui/report-sheet/cancelled", test_cancelled);
  add ("/ui/report-sheet/slices", test_slices);
  return g_test_run ();
}
