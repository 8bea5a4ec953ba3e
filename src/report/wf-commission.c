/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which share of a deal's value is a commission: the value and its JSON (R59, R166). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-commission.h"

#include "wf-json-cursor.h"
#include "wf-json-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* {"by": "origin", "otherwise": 2.5, "shares": [{"id": "web", "percent": 3}, …]} */

static const char *const by_names[] = { "origin", "product", "person", NULL };
static const char *const known_members[] = { "by", "otherwise", "shares", NULL };
static const char *const share_members[] = { "id", "percent", NULL };

static void
share_clear (gpointer share)
{
  g_free (((WfCommissionShare *) share)->id);
}

static gboolean
is_percent (double percent)
{
  return percent >= 0 && percent <= 100; /* no NAN either */
}

/**
 * wf_commission_rule_new:
 * @by: what shares are told apart by
 * @otherwise: percent of what no share names; 0 when it is not from 0 to 100
 *
 * Returns: (transfer full): a rule without shares
 */
WfCommissionRule *
wf_commission_rule_new (WfCommissionBy by, double otherwise)
{
  WfCommissionRule *self = g_new0 (WfCommissionRule, 1);

  self->by = by;
  self->otherwise = is_percent (otherwise) ? otherwise : 0;
  self->shares = g_array_new (FALSE, FALSE, sizeof (WfCommissionShare));
  g_array_set_clear_func (self->shares, share_clear);
  return self;
}

/**
 * wf_commission_rule_copy:
 * @self: a rule
 *
 * Returns: (transfer full): the same
 */
WfCommissionRule *
wf_commission_rule_copy (const WfCommissionRule *self)
{
  WfCommissionRule *copy = wf_commission_rule_new (self->by, self->otherwise);

  for (guint i = 0; i < self->shares->len; i++)
    {
      const WfCommissionShare *share = &g_array_index (self->shares, WfCommissionShare, i);
      wf_commission_rule_set (copy, share->id, share->percent);
    }
  return copy;
}

/**
 * wf_commission_rule_free:
 * @self: (transfer full) (nullable): a rule
 */
void
wf_commission_rule_free (WfCommissionRule *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->shares);
  g_free (self);
}

/* The share, or where it would be. */
static guint
find_share (const WfCommissionRule *self, const char *id, gboolean *found)
{
  guint low = 0, high = self->shares->len;

  *found = FALSE;
  while (low < high && !*found)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (g_array_index (self->shares, WfCommissionShare, middle).id, id);

      *found = order == 0;
      if (order >= 0)
        high = middle;
      else
        low = middle + 1;
    }
  return high;
}

/**
 * wf_commission_rule_set:
 * @self: a rule
 * @id: of an origin, a product or a person; "" stands for none
 * @percent: its share
 *
 * Returns: %FALSE, without any change, when it is not from 0 to 100
 */
gboolean
wf_commission_rule_set (WfCommissionRule *self, const char *id, double percent)
{
  gboolean found;
  guint place;

  if (!is_percent (percent))
    return FALSE;
  place = find_share (self, id, &found);
  if (found)
    g_array_index (self->shares, WfCommissionShare, place).percent = percent;
  else
    {
      WfCommissionShare share = { g_strdup (id), percent };

      g_array_insert_val (self->shares, place, share);
    }
  return TRUE;
}

/**
 * wf_commission_rule_get:
 * @self: a rule
 * @id: (nullable): what a deal has; %NULL is ""
 *
 * Returns: the percent that count
 */
double
wf_commission_rule_get (const WfCommissionRule *self, const char *id)
{
  gboolean found;
  guint place = find_share (self, id != NULL ? id : "", &found);

  return found ? g_array_index (self->shares, WfCommissionShare, place).percent : self->otherwise;
}

/**
 * wf_commission_rule_to_text:
 * @self: a rule
 *
 * Returns: (transfer full): it as JSON, for wf_commission_rule_read()
 */
char *
wf_commission_rule_to_text (const WfCommissionRule *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "by", by_names[self->by]);
  wf_json_writer_add_double (writer, "otherwise", self->otherwise);
  wf_json_writer_begin_array (writer, "shares");
  for (guint i = 0; i < self->shares->len; i++)
    {
      const WfCommissionShare *share = &g_array_index (self->shares, WfCommissionShare, i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, "id", share->id);
      wf_json_writer_add_double (writer, "percent", share->percent);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* -- reading ----------------------------------------------------------------------------------- */

static gboolean
read_percent (const WfJsonCursor *cursor, double *percent)
{
  double value;

  if (!wf_json_cursor_expect (cursor, WF_JSON_NUMBER))
    return FALSE;
  value = wf_json_get_double (cursor->value, -1);
  if (!is_percent (value))
    {
      wf_json_cursor_problem (cursor, "bad-percent", _ ("A share is from 0 to 100 percent."));
      return FALSE;
    }
  *percent = value;
  return TRUE;
}

static gboolean
read_share (WfCommissionRule *self, const WfJsonCursor *cursor)
{
  WfJsonCursor id_cursor, percent_cursor;
  const char *id;
  double percent = 0;
  gboolean fine, found;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  wf_json_document_unref (wf_json_cursor_dup_unknown (cursor, share_members));
  id_cursor = wf_json_cursor_member (cursor, "id");
  percent_cursor = wf_json_cursor_member (cursor, "percent");
  id = wf_json_cursor_get_string (&id_cursor, TRUE);
  fine = read_percent (&percent_cursor, &percent);
  if (id == NULL || !fine)
    return FALSE;
  find_share (self, id, &found);
  if (found)
    wf_json_cursor_problem (&id_cursor, "repeated-share", _ ("“%s” has a share already."), id);
  return !found && wf_commission_rule_set (self, id, percent);
}

static gboolean
read_shares (WfCommissionRule *self, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "shares");
  const WfJson *value;
  gboolean fine = TRUE;
  WfJsonIter iter;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return FALSE;
  wf_json_iter_init (&iter, cursor.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      const WfJsonCursor element = { &cursor, NULL, i, value, cursor.problems };

      fine &= read_share (self, &element);
    }
  return fine;
}

/**
 * wf_commission_rule_read:
 * @root: (nullable): the JSON of wf_commission_rule_to_text()
 * @problems: (nullable): receives what is wrong; of members that nobody knows a warning
 *
 * Returns: (transfer full) (nullable): the rule; %NULL when it cannot be used
 */
WfCommissionRule *
wf_commission_rule_read (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems), member;
  g_autoptr (WfCommissionRule) self = wf_commission_rule_new (WF_COMMISSION_BY_ORIGIN, 0);
  gboolean fine = TRUE;
  int by;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return NULL;
  wf_json_document_unref (wf_json_cursor_dup_unknown (&cursor, known_members));
  member = wf_json_cursor_member (&cursor, "by");
  by = wf_json_cursor_get_enum (&member, by_names, TRUE);
  self->by = (WfCommissionBy) MAX (by, 0);
  member = wf_json_cursor_member (&cursor, "otherwise");
  if (!wf_json_cursor_is_missing (&member))
    fine = read_percent (&member, &self->otherwise);
  fine &= read_shares (self, &cursor);
  return fine && by >= 0 ? g_steal_pointer (&self) : NULL;
}
