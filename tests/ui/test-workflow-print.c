/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow on paper, without a display: what the handbook says, that everything is on a page, and the PDF as other programs read it. */
#include "wf-flow-sample.h"
#include "wf-test-folder.h"
#include "wf-workflow-print-private.h"

#include <string.h>

static const char *const steps =
    "[{\"id\":\"a\",\"kind\":\"create-activity\",\"activity-type\":\"filter-1\","
    "\"complete-within\":{\"amount\":30,\"unit\":\"minutes\"},"
    "\"permission\":{\"scope\":\"groups\",\"groups\":[\"inbound\"]},"
    "\"notes\":\"Ask for the size of the shop\"},"
    "{\"id\":\"b\",\"kind\":\"branch\",\"paths\":["
    "{\"name\":\"Hot\",\"if\":{\"all\":[{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},"
    "\"steps\":[{\"id\":\"x\",\"kind\":\"schedule-call\",\"activity-type\":\"call\","
    "\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":2,\"unit\":\"hours\"}},"
    "\"complete-within\":{\"amount\":2,\"unit\":\"hours\"}},"
    "{\"id\":\"c\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Food\",\"if\":{\"all\":["
    "{\"field\":\"lead.custom.sector\",\"op\":\"eq\",\"value\":\"food\"}]},\"steps\":["
    "{\"id\":\"n\",\"kind\":\"notify\",\"text\":\"A shop\",\"recipient\":\"manager\"}]},"
    "{\"name\":\"\",\"steps\":[]}]}]},"
    "{\"name\":\"Otherwise\",\"steps\":[{\"id\":\"m\",\"kind\":\"send-email\","
    "\"subject\":\"Welcome\",\"text\":\"Hello {lead.name},\\nwe shall call you soon.\"}]}]},"
    "{\"id\":\"w\",\"kind\":\"wait\",\"for\":{\"amount\":1,\"unit\":\"days\"}}]";

static const char *const trigger =
    "{\"event\":\"lead.received\",\"reentry\":\"once-per-lead\",\"conditions\":{\"all\":["
    "{\"field\":\"lead.source\",\"op\":\"eq\",\"value\":\"marketing-platform\"},"
    "{\"field\":\"lead.score\",\"op\":\"gt\",\"value\":10}]}}";

static void
test_paragraphs (void)
{
  static const struct
  {
    WfPrintStyle style;
    guint level;
    const char *number, *text;
  } rows[] = {
    { WF_PRINT_TITLE, 0, NULL, "First contact" },
    { WF_PRINT_SUBTITLE, 0, NULL, "Acme · Version 3 · Live" },
    { WF_PRINT_TEXT, 0, NULL, "Nobody waits more than half an hour for Filter 1" },
    { WF_PRINT_PICTURE, 0, NULL, "" },
    { WF_PRINT_HEADING, 0, NULL, "When it starts" },
    { WF_PRINT_TEXT, 0, NULL, "When a lead is received" },
    { WF_PRINT_HEADING, 0, NULL, "Who it applies to" },
    { WF_PRINT_TEXT, 0, NULL, "Leads of which all of this holds:" },
    { WF_PRINT_BULLET, 0, NULL, "Source is marketing-platform" },
    { WF_PRINT_BULLET, 0, NULL, "Score is more than 10" },
    { WF_PRINT_TEXT, 0, NULL, "Each lead starts it only once" },
    { WF_PRINT_HEADING, 0, NULL, "What it does" },
    { WF_PRINT_STEP, 0, "1", NULL },
    { WF_PRINT_NOTE, 1, NULL, "Notes: Ask for the size of the shop" },
    { WF_PRINT_STEP, 0, "2", NULL },
    { WF_PRINT_PATH, 1, "2.1", "Hot: Score is at least 80" },
    { WF_PRINT_STEP, 2, "2.1.1", NULL },
    { WF_PRINT_STEP, 2, "2.1.2", NULL },
    { WF_PRINT_PATH, 3, "2.1.2.1", "Food: sector is food" },
    { WF_PRINT_STEP, 4, "2.1.2.1.1", "Tell the manager of the responsible: “A shop”" },
    { WF_PRINT_PATH, 3, "2.1.2.2", "Path 2: In every other case" },
    { WF_PRINT_TEXT, 4, NULL, "Do nothing" },
    { WF_PRINT_PATH, 1, "2.2", "Otherwise: In every other case" },
    { WF_PRINT_STEP, 2, "2.2.1", NULL },
    { WF_PRINT_NOTE, 3, NULL, "Text: Hello {lead.name},\nwe shall call you soon." },
    { WF_PRINT_STEP, 0, "3", "Wait for 1 day" },
  };
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (trigger, steps);
  g_autoptr (WfOrganisation) organisation = wf_flow_sample_organisation ();
  g_autoptr (GPtrArray) paragraphs = wf_print_make_paragraphs (workflow, organisation);

  g_assert_cmpuint (paragraphs->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const WfPrintParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      g_assert_cmpint (paragraph->style, ==, rows[i].style);
      g_assert_cmpuint (paragraph->level, ==, rows[i].level);
      g_assert_cmpstr (paragraph->number, ==, rows[i].number);
      if (rows[i].text != NULL)
        g_assert_cmpstr (paragraph->text, ==, rows[i].text);
      else
        g_assert_cmpuint (strlen (paragraph->text), >, 10);
    }
}

/* Without anything that can be left out. */
static void
test_bare (void)
{
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("");
  g_autoptr (GPtrArray) paragraphs = wf_print_make_paragraphs (workflow, NULL);
  const WfPrintParagraph *last = g_ptr_array_index (paragraphs, paragraphs->len - 1);

  g_assert_cmpstr (last->text, ==, "Do nothing");
}

/* ---- the file ---- */

static guint
count (const char *data, gsize size, const char *what)
{
  gsize length = strlen (what);
  guint n = 0;

  for (gsize i = 0; i + length <= size; i++)
    n += memcmp (data + i, what, length) == 0;
  return n;
}

typedef struct
{
  GAsyncResult *result; /* nullable until it is there */
  GCancellable *cancellable;
  guint cancel_at; /* the page at which the person gives up; 0: none */
  guint page, n_pages;
} Progress;

static void
on_progress (guint page, guint n_pages, gpointer data)
{
  Progress *self = data;

  g_assert_cmpuint (page, >=, self->page);
  if (n_pages > 0)
    g_assert_cmpuint (page, <=, n_pages);
  self->page = page;
  self->n_pages = n_pages;
  if (self->cancel_at > 0 && page == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Progress *) data)->result = g_object_ref (result);
}

static gboolean
tick (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

/* Runs until it is written; returns how often the rest of the main loop had its turn meanwhile. */
static guint
write_pdf (Progress *self, WfWorkflow *workflow, WfOrganisation *organisation, const char *path,
           GError **error)
{
  guint ticks = 0, ticking = g_idle_add (tick, &ticks);
  g_autoptr (GAsyncResult) result = NULL;

  wf_workflow_print_to_pdf_async (workflow, organisation, path, on_progress, self,
                                  self->cancellable, on_written, self);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticking);
  result = g_steal_pointer (&self->result);
  wf_workflow_print_to_pdf_finish (result, error);
  return ticks;
}

typedef struct
{
  char *path;
  guint n_pages;
} Pdf;

static Pdf
make_pdf (WfTestFolder *folder, const char *name, WfWorkflow *workflow)
{
  g_autoptr (WfOrganisation) organisation = wf_flow_sample_organisation ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  Pdf pdf = { wf_test_folder_build (folder, name), 0 };
  Progress progress = { NULL };
  gsize size;

  write_pdf (&progress, workflow, organisation, pdf.path, &error);
  g_assert_no_error (error);
  g_file_get_contents (pdf.path, &data, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  pdf.n_pages = count (data, size, "/Type /Page\n") + count (data, size, "/Type /Page ");
  g_test_message ("%s: %u pages, %" G_GSIZE_FORMAT " bytes", name, pdf.n_pages, size);
  return pdf;
}

/* What another program reads in it; NULL when that is not installed. Owned by the caller. */
static char *
read_text (const char *path)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (program == NULL)
    return NULL;
  g_spawn_sync (NULL, (char *[]) { program, (char *) "-layout", (char *) path, (char *) "-", NULL },
                NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_contains (const char *text, const char *what)
{
  if (strstr (text, what) == NULL)
    g_error ("“%s” is not in: %s", what, text);
}

static void
test_pdf (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_read (trigger, steps);
  Pdf pdf = make_pdf (folder, "one.pdf", workflow);
  g_autofree char *text = read_text (pdf.path);
  g_autofree char *path = pdf.path;

  g_assert_cmpuint (pdf.n_pages, ==, 2);
  if (text == NULL)
    {
      g_test_message ("pdftotext is not installed: only the number of pages is checked");
      return;
    }
  assert_contains (text, "Version 3");
  assert_contains (text, "Page 1 of 2");
  assert_contains (text, "Page 2 of 2");
  assert_contains (text, "Nobody waits more than half an hour");
  assert_contains (text, "2.1.2.1.1");
  assert_contains (text, "Tell the manager of the responsible: “A shop”");
  assert_contains (text, "Ask for the size of the shop");
}

/* A picture that is too large for one page, and one that is too large for any number of them. */
static void
test_large (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autoptr (WfWorkflow) large = wf_flow_sample_random (8, 60);
  g_autoptr (WfWorkflow) huge = wf_flow_sample_random (11, 300);
  Pdf first = make_pdf (folder, "large.pdf", large);
  Pdf second = make_pdf (folder, "huge.pdf", huge);
  g_autofree char *text = read_text (second.path);

  g_assert_cmpuint (first.n_pages, >, 3);
  g_assert_cmpuint (second.n_pages, >, 10);
  if (text != NULL)
    for (guint i = 1; i <= second.n_pages; i++)
      {
        g_autofree char *page = g_strdup_printf ("Page %u of %u", i, second.n_pages);

        assert_contains (text, page);
      }
  g_free (first.path);
  g_free (second.path);
}

/* A thousand steps: each page leaves the main loop to others. */
static void
test_async (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "async.pdf");
  g_autofree char *data = NULL;
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (11, 1000);
  g_autoptr (GError) error = NULL;
  Progress progress = { NULL };
  gsize size;
  guint ticks = write_pdf (&progress, workflow, NULL, path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_pages, >, 20);
  g_assert_cmpuint (progress.page, ==, progress.n_pages);
  g_assert_cmpuint (ticks, >=, progress.n_pages);
  g_test_message ("%u pages, %u turns of others", progress.n_pages, ticks);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpuint (count (data, size, "/Type /Page\n") + count (data, size, "/Type /Page "), ==,
                    progress.n_pages);
}

/* Who gives up keeps the file that was there. */
static void
test_async_cancelled (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "kept.pdf");
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (11, 300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  Progress progress = { .cancellable = cancellable, .cancel_at = 3 };

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  write_pdf (&progress, workflow, NULL, path, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.page, ==, 3);
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_cmpstr (data, ==, "before");
}

static void
test_async_error (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "missing/one.pdf");
  g_autoptr (WfWorkflow) workflow = wf_workflow_new ("Test");
  g_autoptr (GError) error = NULL;
  Progress progress = { NULL };

  write_pdf (&progress, workflow, NULL, path, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* ---- pages ---- */

static PangoContext *
make_context (cairo_t *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);

  pango_cairo_context_set_resolution (context, 72);
  return context;
}

/* Nothing is lost or drawn over an edge, whatever the paper is. */
static void
test_papers (void)
{
  static const double papers[][2] = { { 510, 757 }, { 757, 510 }, { 527, 707 }, { 212, 335 } };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      cairo_rectangle_t all = { 0, 0, papers[i][0], papers[i][1] };
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (i, 40);
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);
      PangoContext *context = make_context (cr);
      g_autoptr (WfPrintPages) pages = wf_print_pages_new (workflow, NULL, context, papers[i][0],
                                                           papers[i][1], "20 November 2026", NULL);

      g_object_unref (context);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      g_assert_cmpuint (wf_print_pages_get_n (pages), >, 1);
      for (guint j = 0; j < wf_print_pages_get_n (pages); j++)
        {
          double x, y, width, height;

          surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
          cr = cairo_create (surface);
          wf_print_pages_draw (pages, cr, j);
          cairo_destroy (cr);
          cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
          cairo_surface_destroy (surface);
          g_assert_cmpfloat (x, >=, all.x - 3);
          g_assert_cmpfloat (y, >=, all.y - 3);
          g_assert_cmpfloat (x + width, <=, all.width + 3);
          g_assert_cmpfloat (y + height, <=, all.height + 3);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  g_test_add_func ("/ui/workflow-print/paragraphs", test_paragraphs);
  g_test_add_func ("/ui/workflow-print/bare", test_bare);
  g_test_add_func ("/ui/workflow-print/pdf", test_pdf);
  g_test_add_func ("/ui/workflow-print/large", test_large);
  g_test_add_func ("/ui/workflow-print/async", test_async);
  g_test_add_func ("/ui/workflow-print/async-cancelled", test_async_cancelled);
  g_test_add_func ("/ui/workflow-print/async-error", test_async_error);
  g_test_add_func ("/ui/workflow-print/papers", test_papers);
  return g_test_run ();
}
