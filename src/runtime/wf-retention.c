/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept for how long on this computer: pruning by age and by size, in small portions with
 * pauses (S29). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define KEPT_IN_ANY_CASE (31 * G_TIME_SPAN_DAY)
#define WEEK (7 * G_TIME_SPAN_DAY)
#define MOST_ROWS 2000
#define PAUSE (10 * G_TIME_SPAN_SECOND)

#define FACT_PRUNED "pruned"   /* the end of the last pass */
#define FACT_PRUNING "pruning" /* the pass under way */

/* Policy (S29). Once a day a pass removes what is older than 13 months: so many rows, then a
 * pause, so that neither the person nor the intake waits for it. When the file is larger than its
 * limit after that, the oldest weeks go too, with a notice, until it fits; the last month stays
 * in any case. A pass that a crash or the evening interrupts goes on where it was. What people
 * changed (R117) and what is not finished never goes (wf_store_prune). */

/* -- the pass under way ------------------------------------------------------------------------ */

typedef struct
{
  WfInstant before; /* what is older goes */
  WfInstant last;   /* when the last portion went; 0: none yet */
  gint64 by_size;
} Pass;

#define PASS_FORMAT "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT

static gboolean
is_due (WfCommit *self)
{
  g_autofree char *text = wf_store_get_fact (self->store, FACT_PRUNED);
  WfInstant last;

  return text == NULL || !wf_instant_parse (text, &last) || self->now < last ||
         self->now - last >= G_TIME_SPAN_DAY;
}

/* FALSE: there is none, and it is not time for one. */
static gboolean
read_pass (WfCommit *self, Pass *pass)
{
  g_autofree char *text = wf_store_get_fact (self->store, FACT_PRUNING);

  if (text != NULL && sscanf (text, PASS_FORMAT, &pass->before, &pass->last, &pass->by_size) == 3)
    return TRUE;
  *pass = (Pass) { self->now - WF_RETENTION_KEPT, 0, FALSE };
  return is_due (self);
}

static gboolean
keep_pass (WfCommit *self, const Pass *pass, GError **error)
{
  g_autofree char *text =
      g_strdup_printf (PASS_FORMAT, pass->before, self->now, (gint64) pass->by_size);

  self->changes->log = TRUE;
  return wf_store_set_fact (self->store, FACT_PRUNING, text, error);
}

static gboolean
end_pass (WfCommit *self, GError **error)
{
  g_autofree char *now = wf_instant_format_utc (self->now);

  return wf_store_set_fact (self->store, FACT_PRUNING, NULL, error) &&
         wf_store_set_fact (self->store, FACT_PRUNED, now, error);
}

/* -- by size ----------------------------------------------------------------------------------- */

static gint64
get_most_bytes (WfCommit *self)
{
  g_autofree char *text = wf_store_get_fact (self->store, WF_FACT_MOST_BYTES);
  gint64 bytes = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return bytes > 0 ? bytes : WF_RETENTION_MOST_BYTES;
}

static gboolean
is_too_large (WfCommit *self)
{
  return wf_store_get_size (self->store) > get_most_bytes (self);
}

static gboolean
log_size (WfCommit *self, GError **error)
{
  g_autofree char *limit = g_format_size ((guint64) get_most_bytes (self));
  g_autofree char *title = g_strdup_printf (
      _ ("The data of this account is larger than %s: the oldest entries of the log are removed."),
      limit);

  return wf_commit_log (self, "problem", title, NULL, NULL, error);
}

/* Goes on to the next week that has anything to remove; *removed 0: there is none. */
static gboolean
prune_next_week (WfCommit *self, Pass *pass, guint *removed, GError **error)
{
  WfInstant latest = self->now - KEPT_IN_ANY_CASE;

  while (*removed == 0 && pass->before < latest)
    {
      pass->before = MIN (pass->before + WEEK, latest);
      if (!wf_store_prune (self->store, pass->before, self->now, MOST_ROWS, removed, error))
        return FALSE;
    }
  return TRUE;
}

/* -- one portion ------------------------------------------------------------------------------- */

gboolean
wf_retention_run (WfCommit *self, GError **error)
{
  guint removed = 0;
  Pass pass;

  if (!read_pass (self, &pass) || (self->now >= pass.last && self->now - pass.last < PAUSE))
    return TRUE;
  if (pass.by_size && !is_too_large (self))
    return end_pass (self, error);
  if (!wf_store_prune (self->store, pass.before, self->now, MOST_ROWS, &removed, error))
    return FALSE;
  if (removed == 0 && is_too_large (self))
    {
      if (!pass.by_size && !log_size (self, error))
        return FALSE;
      pass.by_size = TRUE;
      if (!prune_next_week (self, &pass, &removed, error))
        return FALSE;
    }
  return removed > 0 ? keep_pass (self, &pass, error) : end_pass (self, error);
}
