/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists and counts of activities: walked in an index alone, the rows are read only for the page that is shown. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Each query is put together from a source (an index that has all the columns asked for), and the same conditions. The
 * number of different texts is small; each is prepared once and kept. */
typedef enum
{
  SOURCE_OPEN_OF_PERSON, /* also the queue of unassigned ones */
  SOURCE_OPEN,
  SOURCE_CLOSED,
  SOURCE_OF_LEAD,
} Source;

static const char *const source_texts[] = {
  [SOURCE_OPEN_OF_PERSON] =
      "FROM activities INDEXED BY activities_person WHERE status = 0 AND person IS ?1",
  [SOURCE_OPEN] = "FROM activities INDEXED BY activities_open WHERE status = 0",
  [SOURCE_CLOSED] = "FROM activities INDEXED BY activities_closed WHERE status > 0",
  [SOURCE_OF_LEAD] =
      "FROM (SELECT id AS ref, 0 AS own FROM inbox INDEXED BY inbox_lead WHERE lead = ?2 UNION ALL"
      " SELECT no, 1 FROM activities INDEXED BY activities_lead WHERE lead = ?2 AND apart = 1)"
      " CROSS JOIN activities ON activities.no = ref AND activities.apart = own WHERE activities.lead = ?2",
};

/* Conditions, each left out when it is not asked for. */
enum
{
  ASK_PERSON = 1 << 0,
  ASK_VISIBLE = 1 << 1,
  ASK_FROM = 1 << 2,
  ASK_UNTIL = 1 << 3,
  ASK_ORIGIN = 1 << 4, /* exactly this one */
  ASK_WEB = 1 << 5,    /* this one or an unknown one */
  ASK_OPEN = 1 << 6,
  ASK_CLOSED = 1 << 7,
};

static const char *const ask_texts[] = {
  " AND person IS ?1", " AND ifnull(visible_from, ?3) <= ?3",  " AND due >= ?4",  " AND due < ?5",
  " AND origin = ?6",  " AND (origin IS NULL OR origin = ?6)", " AND status = 0", " AND status > 0",
};

static void
append_part (GString *sql, const char *columns, Source source, int ask)
{
  g_string_append_printf (sql, "SELECT %s %s", columns, source_texts[source]);
  for (guint i = 0; i < G_N_ELEMENTS (ask_texts); i++)
    if (ask & (1 << i))
      g_string_append (sql, ask_texts[i]);
}

static int
get_asked (const WfActivityQuery *query)
{
  int ask = query->person != NULL || query->unassigned ? ASK_PERSON : 0;

  if (query->due_from != WF_INSTANT_NONE)
    ask |= ASK_FROM;
  if (query->due_until != WF_INSTANT_NONE)
    ask |= ASK_UNTIL;
  if (query->origin != NULL)
    ask |= g_str_equal (query->origin, "web") ? ASK_WEB : ASK_ORIGIN;
  return ask;
}

/* One part, or for everything of a person or of all: the open ones and the closed ones, merged by SQLite as it goes. */
static void
append_parts (GString *sql, const char *columns, const WfActivityQuery *query)
{
  int ask = get_asked (query);

  if (query->lead != NULL)
    {
      ask |= query->scope == WF_ACTIVITIES_OPEN     ? ASK_OPEN | ASK_VISIBLE
             : query->scope == WF_ACTIVITIES_CLOSED ? ASK_CLOSED
                                                    : 0;
      append_part (sql, columns, SOURCE_OF_LEAD, ask);
      return;
    }
  if (query->scope != WF_ACTIVITIES_CLOSED)
    append_part (sql, columns, ask & ASK_PERSON ? SOURCE_OPEN_OF_PERSON : SOURCE_OPEN,
                 (ask & ~ASK_PERSON) | (query->scope == WF_ACTIVITIES_OPEN ? ASK_VISIBLE : 0));
  if (query->scope == WF_ACTIVITIES_ALL)
    g_string_append (sql, " UNION ALL ");
  if (query->scope != WF_ACTIVITIES_OPEN)
    append_part (sql, columns, SOURCE_CLOSED, ask);
}

static sqlite3_stmt *
prepare_text (WfStore *self, const char *sql)
{
  return wf_store_prepare (self, g_intern_string (sql));
}

static void
bind_query (WfStore *self, sqlite3_stmt *s, const WfActivityQuery *query, WfKey *lead)
{
  gint64 person = query->unassigned ? 0 : wf_store_find_name (self, query->person);

  wf_key_init (lead, query->lead);
  /* A person, or an origin, that no row has ever named: -1 finds nothing, where NULL would find the unassigned. */
  if (person == 0 && !query->unassigned)
    person = -1;
  wf_bind_number (s, 1, person);
  wf_bind_key (s, 2, lead);
  sqlite3_bind_int64 (s, 3, query->now);
  sqlite3_bind_int64 (s, 4, query->due_from);
  sqlite3_bind_int64 (s, 5, query->due_until);
  if (query->origin != NULL)
    {
      gint64 origin = wf_store_find_name (self, query->origin);

      sqlite3_bind_int64 (s, 6, origin == 0 ? -1 : origin);
    }
}

static WfActivity *
read_one (WfStore *self, gint64 no)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT " WF_ACTIVITY_COLUMNS " FROM activities a WHERE a.no = ?");

  sqlite3_bind_int64 (select, 1, no);
  return wf_store_step (self, select) ? wf_store_read_activity (self, select) : NULL;
}

/**
 * wf_store_list_activities:
 *
 * Result: of WfActivity, by due; those without a due instant first; ties in a fixed order.
 */
GPtrArray *
wf_store_list_activities (WfStore *self, const WfActivityQuery *query)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_autoptr (GString) sql = g_string_new (NULL);
  WfKey lead;

  append_parts (sql, "activities.no AS number, due AS d, visible_from AS v, origin AS o", query);
  g_string_append (sql, " ORDER BY d, v, o, number LIMIT ?7 OFFSET ?8");
  g_auto (WfStatement) walk = prepare_text (self, sql->str);

  bind_query (self, walk, query, &lead);
  sqlite3_bind_int64 (walk, 7, query->limit == 0 ? -1 : (gint64) query->limit);
  sqlite3_bind_int64 (walk, 8, query->offset);
  while (wf_store_step (self, walk))
    {
      WfActivity *activity = read_one (self, sqlite3_column_int64 (walk, 0));

      if (activity != NULL)
        g_ptr_array_add (activities, activity);
    }
  return activities;
}

/**
 * wf_store_count_activities:
 *
 * How many the list would have without offset and limit.
 */
guint
wf_store_count_activities (WfStore *self, const WfActivityQuery *query)
{
  g_autoptr (GString) sql = g_string_new ("SELECT sum(n) FROM (");
  WfKey lead;

  append_parts (sql, "count(*) AS n", query);
  g_string_append (sql, ")");
  g_auto (WfStatement) count = prepare_text (self, sql->str);

  bind_query (self, count, query, &lead);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/**
 * wf_store_count_today:
 * @person: (nullable): NULL counts everyone's
 * @late: (out): open, visible, deadline before now (S22)
 * @today: (out): the same with the deadline in [now, end_of_day)
 */
void
wf_store_count_today (WfStore *self, const char *person, WfInstant now, WfInstant end_of_day,
                      guint *late, guint *today)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .person = person,
                            .now = now,
                            .due_from = G_MININT64 + 1,
                            .due_until = end_of_day };
  g_autoptr (GString) sql = g_string_new (NULL);
  WfKey lead;

  append_parts (sql, "total(due < ?3), total(due >= ?3)", &query);
  g_auto (WfStatement) count = prepare_text (self, sql->str);

  *late = *today = 0;
  bind_query (self, count, &query, &lead);
  if (!wf_store_step (self, count))
    return;
  *late = (guint) sqlite3_column_int64 (count, 0);
  *today = (guint) sqlite3_column_int64 (count, 1);
}

/* Where a page begins: behind the activity that ended the one before. FALSE when that is not known any more. */
static gboolean
bind_created_after (WfStore *self, sqlite3_stmt *walk, const char *after, WfInstant from)
{
  WfKey key;
  gint64 no;
  g_auto (WfStatement) last =
      wf_store_prepare (self, "SELECT created FROM activities WHERE no = ?");

  sqlite3_bind_int64 (walk, 2, from);
  sqlite3_bind_int64 (walk, 3, 0);
  if (after == NULL)
    return TRUE;
  wf_key_init (&key, after);
  no = wf_store_find_activity (self, &key);
  sqlite3_bind_int64 (last, 1, no);
  if (no == 0 || !wf_store_step (self, last))
    return FALSE;
  sqlite3_bind_int64 (walk, 2, MAX (sqlite3_column_int64 (last, 0), from));
  sqlite3_bind_int64 (walk, 3, no);
  return TRUE;
}

/**
 * wf_store_list_created_by:
 * @version: of the workflow; 0: any
 * @from: those created at or after it; WF_INSTANT_NONE: no bound
 * @until: and before it; WF_INSTANT_NONE: no bound
 * @after: (nullable): id of the last one of the page before; NULL: from the first
 *
 * Result: of WfActivity, by creation, in whatever state they are.
 */
GPtrArray *
wf_store_list_created_by (WfStore *self, const char *workflow, gint64 version, WfInstant from,
                          WfInstant until, const char *after, guint most)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT no FROM activities INDEXED BY activities_created WHERE workflow = ?1"
            " AND (created, no) > (?2, ?3) AND created < ?4 ORDER BY created, no");

  sqlite3_bind_int64 (walk, 1, wf_store_find_name (self, workflow));
  sqlite3_bind_int64 (walk, 4, until == WF_INSTANT_NONE ? G_MAXINT64 : until);
  if (!bind_created_after (self, walk, after, from))
    return activities;
  while (activities->len < most && wf_store_step (self, walk))
    {
      g_autoptr (WfActivity) activity = read_one (self, sqlite3_column_int64 (walk, 0));

      if (activity != NULL && (version == 0 || activity->workflow_version == version))
        g_ptr_array_add (activities, g_steal_pointer (&activity));
    }
  return activities;
}
