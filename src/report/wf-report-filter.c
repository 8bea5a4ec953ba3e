/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is about: the value and its JSON. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-filter.h"

#include "wf-json-cursor.h"
#include "wf-json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* {"period": "last-30-days", "by": "person", "only": {"type": ["filter-1", …], …}} */

const char *const wf_dimension_names[] = { "person", "group",    "team",    "unit",
                                           "type",   "workflow", "version", "stage",
                                           "source", "origin",   NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (wf_dimension_names) == WF_N_DIMENSIONS + 1);

static const char *const known_members[] = { "period", "by", "only", NULL };

const char *
wf_dimension_get_title (WfDimension dimension)
{
  static const char *const titles[] = {
    [WF_DIMENSION_PERSON] = N_ ("Person"),   [WF_DIMENSION_GROUP] = N_ ("Group"),
    [WF_DIMENSION_TEAM] = N_ ("Team"),       [WF_DIMENSION_UNIT] = N_ ("Unit"),
    [WF_DIMENSION_TYPE] = N_ ("Type"),       [WF_DIMENSION_WORKFLOW] = N_ ("Workflow"),
    [WF_DIMENSION_VERSION] = N_ ("Version"), [WF_DIMENSION_STAGE] = N_ ("Stage"),
    [WF_DIMENSION_SOURCE] = N_ ("Source"),   [WF_DIMENSION_ORIGIN] = N_ ("Origin"),
  };

  return _ (titles[dimension]);
}

/**
 * wf_report_filter_new:
 *
 * Returns: (transfer full): the last 30 days, everything, by person
 */
WfReportFilter *
wf_report_filter_new (void)
{
  WfReportFilter *self = g_new0 (WfReportFilter, 1);

  self->period.kind = WF_PERIOD_LAST_30_DAYS;
  self->by = WF_DIMENSION_PERSON;
  return self;
}

WfReportFilter *
wf_report_filter_copy (const WfReportFilter *self)
{
  WfReportFilter *copy = g_memdup2 (self, sizeof *self);

  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    copy->only[i] = g_strdupv (self->only[i]);
  return copy;
}

/**
 * wf_report_filter_free:
 * @self: (transfer full) (nullable): a filter
 */
void
wf_report_filter_free (WfReportFilter *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    g_strfreev (self->only[i]);
  g_free (self);
}

/* An empty list is as good as none: it leaves nothing out. */
static gboolean
contains_all (GStrv a, GStrv b)
{
  for (guint i = 0; b != NULL && b[i] != NULL; i++)
    if (a == NULL || !g_strv_contains ((const char *const *) a, b[i]))
      return FALSE;
  return TRUE;
}

/**
 * wf_report_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both mean the same; the order of ids says nothing
 */
gboolean
wf_report_filter_equal (const WfReportFilter *a, const WfReportFilter *b)
{
  g_autofree char *period_a = wf_period_to_text (&a->period);
  g_autofree char *period_b = wf_period_to_text (&b->period);

  if (a->by != b->by || strcmp (period_a, period_b) != 0)
    return FALSE;
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    if (!contains_all (a->only[i], b->only[i]) || !contains_all (b->only[i], a->only[i]))
      return FALSE;
  return TRUE;
}

/**
 * wf_report_filter_to_text:
 * @self: a filter
 *
 * Returns: (transfer full): it as JSON, for wf_report_filter_read()
 */
char *
wf_report_filter_to_text (const WfReportFilter *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *period = wf_period_to_text (&self->period);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "period", period);
  wf_json_writer_add_string (writer, "by", wf_dimension_names[self->by]);
  wf_json_writer_begin_object (writer, "only");
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    {
      if (self->only[i] == NULL || self->only[i][0] == NULL)
        continue;
      wf_json_writer_begin_array (writer, wf_dimension_names[i]);
      for (guint j = 0; self->only[i][j] != NULL; j++)
        wf_json_writer_add_string (writer, NULL, self->only[i][j]);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* -- reading ----------------------------------------------------------------------------------- */

static gboolean
read_period (WfReportFilter *self, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "period");
  const char *text;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  text = wf_json_cursor_get_string (&cursor, TRUE);
  if (text == NULL)
    return FALSE;
  if (wf_period_from_text (text, &self->period))
    return TRUE;
  wf_json_cursor_problem (
      &cursor, "bad-period",
      _ ("“%s” is no period. Write one such as last-30-days, or two dates such as "
         "2026-11-01/2026-11-30."),
      text);
  return FALSE;
}

static gboolean
read_by (WfReportFilter *self, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "by");
  int by;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  by = wf_json_cursor_get_enum (&cursor, wf_dimension_names, TRUE);
  if (by < 0)
    return FALSE;
  self->by = (WfDimension) by;
  return TRUE;
}

static gboolean
read_ids (GStrv *ids, const WfJsonCursor *cursor)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  const WfJson *value;
  gboolean fine = TRUE;
  WfJsonIter iter;
  guint n = 0;

  if (wf_json_cursor_is_missing (cursor))
    return TRUE;
  if (!wf_json_cursor_expect (cursor, WF_JSON_ARRAY))
    return FALSE;
  builder = g_strv_builder_new ();
  wf_json_iter_init (&iter, cursor->value);
  for (; wf_json_iter_next (&iter, NULL, &value); n++)
    {
      const WfJsonCursor element = { cursor, NULL, n, value, cursor->problems };
      const char *id = wf_json_cursor_get_string (&element, TRUE);

      if (id != NULL)
        g_strv_builder_add (builder, id);
      fine &= id != NULL;
    }
  if (fine && n > 0)
    *ids = g_strv_builder_end (builder);
  return fine;
}

static gboolean
read_only (WfReportFilter *self, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "only");
  gboolean fine = TRUE;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return FALSE;
  wf_json_document_unref (wf_json_cursor_dup_unknown (&cursor, wf_dimension_names));
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    {
      WfJsonCursor member = wf_json_cursor_member (&cursor, wf_dimension_names[i]);

      fine &= read_ids (&self->only[i], &member);
    }
  return fine;
}

/**
 * wf_report_filter_read:
 * @root: (nullable): the JSON of wf_report_filter_to_text()
 * @problems: (nullable): receives what is wrong; of members that nobody knows a warning
 *
 * What is missing is as in a new filter.
 *
 * Returns: (transfer full) (nullable): the filter; %NULL when it cannot be used
 */
WfReportFilter *
wf_report_filter_read (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  g_autoptr (WfReportFilter) self = wf_report_filter_new ();
  gboolean fine;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return NULL;
  wf_json_document_unref (wf_json_cursor_dup_unknown (&cursor, known_members));
  fine = read_period (self, &cursor);
  fine &= read_by (self, &cursor);
  fine &= read_only (self, &cursor);
  return fine ? g_steal_pointer (&self) : NULL;
}
