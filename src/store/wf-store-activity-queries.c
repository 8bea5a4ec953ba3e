/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists and counts of activities: walked in an index alone, the rows are read only for the page that is shown. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/**
 * wf_activity_query_copy:
 *
 * Result: owned by the caller.
 */
WfActivityQuery *
wf_activity_query_copy (const WfActivityQuery *self)
{
  WfActivityQuery *copy = g_memdup2 (self, sizeof *self);

  copy->person = g_strdup (self->person);
  copy->lead = g_strdup (self->lead);
  copy->origin = g_strdup (self->origin);
  copy->text = g_strdup (self->text);
  copy->people = (const char *const *) g_strdupv ((char **) self->people);
  copy->types = (const char *const *) g_strdupv ((char **) self->types);
  copy->workflows = (const char *const *) g_strdupv ((char **) self->workflows);
  return copy;
}

/**
 * wf_activity_query_free:
 * @self: (nullable): from wf_activity_query_copy
 */
void
wf_activity_query_free (WfActivityQuery *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->person);
  g_free ((char *) self->lead);
  g_free ((char *) self->origin);
  g_free ((char *) self->text);
  g_strfreev ((char **) self->people);
  g_strfreev ((char **) self->types);
  g_strfreev ((char **) self->workflows);
  g_free (self);
}

/* Each query is put together from a source (an index that has all the columns asked for), and the same conditions. The
 * number of different texts is small; each is prepared once and kept. */
typedef enum
{
  SOURCE_OPEN_OF_PERSON, /* also the queue of unassigned ones */
  SOURCE_OPEN_OF_PEOPLE, /* person by person: for counts */
  SOURCE_OPEN,
  SOURCE_CLOSED,
  SOURCE_OF_LEAD,
} Source;

static const char *const source_texts[] = {
  [SOURCE_OPEN_OF_PERSON] =
      "FROM activities INDEXED BY activities_person WHERE status = 0 AND person IS ?1",
  [SOURCE_OPEN_OF_PEOPLE] =
      "FROM activities INDEXED BY activities_person WHERE status = 0 AND person IN (SELECT value FROM json_each(?9))",
  [SOURCE_OPEN] = "FROM activities INDEXED BY activities_open WHERE status = 0",
  [SOURCE_CLOSED] = "FROM activities INDEXED BY activities_closed WHERE status > 0",
  [SOURCE_OF_LEAD] = WF_ACTIVITIES_OF_LEAD,
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
  ASK_PEOPLE = 1 << 8,
  ASK_TYPES = 1 << 9,
  ASK_WORKFLOWS = 1 << 10,
  ASK_TEXT = 1 << 11,
};

/* With a plus a column is not taken for a place in the index, which would hide from SQLite that the rest is in order. */
static const char *const ask_texts[] = {
  " AND +person IS ?1",
  " AND ifnull(visible_from, ?3) <= ?3",
  " AND due >= ?4",
  " AND due < ?5",
  " AND +origin = ?6",
  " AND (+origin IS NULL OR +origin = ?6)",
  " AND status = 0",
  " AND status > 0",
  " AND +person IN (SELECT value FROM json_each(?9))",
  " AND +type IN (SELECT value FROM json_each(?10))",
  " AND +workflow IN (SELECT value FROM json_each(?11))",
  " AND activity_has_text(activities.no)",
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
  if (query->due_until != WF_INSTANT_NONE || query->only_late)
    ask |= ASK_UNTIL;
  if (query->origin != NULL)
    ask |= g_str_equal (query->origin, "web") ? ASK_WEB : ASK_ORIGIN;
  return ask | (query->people != NULL ? ASK_PEOPLE : 0) | (query->types != NULL ? ASK_TYPES : 0) |
         (query->workflows != NULL ? ASK_WORKFLOWS : 0) |
         (query->text != NULL && query->text[0] != '\0' ? ASK_TEXT : 0);
}

static gboolean
is_visible_only (const WfActivityQuery *query)
{
  return query->scope == WF_ACTIVITIES_OPEN && !query->also_hidden;
}

static gboolean
wants_open (const WfActivityQuery *query)
{
  return query->scope != WF_ACTIVITIES_CLOSED;
}

static gboolean
wants_closed (const WfActivityQuery *query)
{
  return query->scope != WF_ACTIVITIES_OPEN && !query->only_late;
}

/* One person's are together in their index, in the order of the list. Of several people: to count them, each one's range; for
 * a list, all in the order of the list, of which those of others are passed over in the index. */
static void
append_open (GString *sql, const char *columns, const WfActivityQuery *query, gboolean in_order)
{
  int ask = get_asked (query) | (is_visible_only (query) ? ASK_VISIBLE : 0);
  Source source = ask & ASK_PERSON                ? SOURCE_OPEN_OF_PERSON
                  : ask & ASK_PEOPLE && !in_order ? SOURCE_OPEN_OF_PEOPLE
                                                  : SOURCE_OPEN;

  append_part (sql, columns, source,
               ask & ~(source == SOURCE_OPEN_OF_PEOPLE ? ASK_PEOPLE : ASK_PERSON));
}

static void
append_of_lead (GString *sql, const char *columns, const WfActivityQuery *query)
{
  int ask = get_asked (query) | (is_visible_only (query) ? ASK_VISIBLE : 0);

  if (!wants_closed (query))
    ask |= ASK_OPEN;
  if (!wants_open (query))
    ask |= ASK_CLOSED;
  append_part (sql, columns, SOURCE_OF_LEAD, ask);
}

/* The order of a list is the order of the index that it is read from, down to the last column: then nothing is sorted. s tells
 * open ones from closed ones; what is behind it may so be another column in each. */
#define LIST_COLUMNS                                                                               \
  "activities.no AS number, due AS d, visible_from AS v, origin AS o, person AS p, type AS t, workflow AS w"
#define OPEN_COLUMNS LIST_COLUMNS ", status AS s, status AS c"
#define CLOSED_COLUMNS LIST_COLUMNS ", status AS s, completed AS c, activities.no AS e"
#define LIST_ORDER " ORDER BY d, v, o, p, t, w, s, c, e, number LIMIT ?7 OFFSET ?8"

/* One part, or for everything of a person or of all: the open ones and the closed ones, merged by SQLite as it goes. */
static void
append_list (GString *sql, const WfActivityQuery *query)
{
  if (query->lead != NULL)
    append_of_lead (sql, CLOSED_COLUMNS, query);
  else if (wants_open (query) && get_asked (query) & ASK_PERSON)
    append_open (sql, OPEN_COLUMNS ", lead AS e", query, TRUE);
  else if (wants_open (query))
    append_open (sql, OPEN_COLUMNS ", activities.no AS e", query, TRUE);
  if (query->lead == NULL && wants_open (query) && wants_closed (query))
    g_string_append (sql, " UNION ALL ");
  if (query->lead == NULL && wants_closed (query))
    append_part (sql, CLOSED_COLUMNS, SOURCE_CLOSED, get_asked (query));
  g_string_append (sql, LIST_ORDER);
}

static sqlite3_stmt *
prepare_text (WfStore *self, const char *sql)
{
  return wf_store_prepare (self, g_intern_string (sql));
}

/* A list of names as a JSON array of their numbers, for any length with the same statement. Owned by SQLite. */
static void
bind_names (WfStore *self, sqlite3_stmt *s, int index, const char *const *names)
{
  GString *numbers;

  if (names == NULL)
    return;
  numbers = g_string_new ("[");
  for (guint i = 0; names[i] != NULL; i++)
    {
      gint64 number = wf_store_find_name (self, names[i]);

      if (number != 0)
        g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, numbers->len > 1 ? "," : "",
                                number);
    }
  g_string_append_c (numbers, ']');
  sqlite3_bind_text (s, index, g_string_free_and_steal (numbers), -1, g_free);
}

static WfInstant
get_until (const WfActivityQuery *query)
{
  if (!query->only_late)
    return query->due_until;
  return query->due_until == WF_INSTANT_NONE ? query->now : MIN (query->due_until, query->now);
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
  sqlite3_bind_int64 (s, 5, get_until (query));
  if (query->origin != NULL)
    {
      gint64 origin = wf_store_find_name (self, query->origin);

      sqlite3_bind_int64 (s, 6, origin == 0 ? -1 : origin);
    }
  bind_names (self, s, 9, query->people);
  bind_names (self, s, 10, query->types);
  bind_names (self, s, 11, query->workflows);
  if (query->text != NULL && query->text[0] != '\0')
    wf_store_set_search (self, query->text);
}

/* The same question with as few conditions as can be. FALSE: nothing can meet all of them. */
static gboolean
normalize (const WfActivityQuery *query, WfActivityQuery *normal)
{
  *normal = *query;
  if (query->only_late && !wants_open (query))
    return FALSE;
  if (query->unassigned)
    {
      normal->person = NULL;
      return query->people == NULL;
    }
  if (query->people == NULL)
    return TRUE;
  if (query->person != NULL)
    {
      normal->people = NULL;
      return g_strv_contains (query->people, query->person);
    }
  if (query->people[0] != NULL && query->people[1] == NULL)
    {
      normal->person = query->people[0];
      normal->people = NULL;
    }
  return TRUE;
}

/**
 * wf_store_list_activities:
 *
 * All conditions hold for each of them. A condition on people finds no unassigned ones.
 *
 * Result: of WfActivity, by due; those without a due instant first; ties in a fixed order.
 */
GPtrArray *
wf_store_list_activities (WfStore *self, const WfActivityQuery *query)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  g_autoptr (GString) sql = g_string_new (NULL);
  WfActivityQuery normal;
  WfKey lead;

  if (!normalize (query, &normal))
    return activities;
  append_list (sql, &normal);
  g_auto (WfStatement) walk = prepare_text (self, sql->str);

  bind_query (self, walk, &normal, &lead);
  sqlite3_bind_int64 (walk, 7, query->limit == 0 ? -1 : (gint64) query->limit);
  sqlite3_bind_int64 (walk, 8, query->offset);
  while (wf_store_step (self, walk))
    {
      WfActivity *activity = wf_store_get_activity_by_number (self, sqlite3_column_int64 (walk, 0));

      if (activity != NULL)
        g_ptr_array_add (activities, activity);
    }
  return activities;
}

/* Parts that answer with the same columns. */
static void
append_counts (GString *sql, const char *open, const char *closed, const WfActivityQuery *query)
{
  if (query->lead != NULL)
    {
      append_of_lead (sql, open, query);
      return;
    }
  if (wants_open (query))
    append_open (sql, open, query, FALSE);
  if (wants_open (query) && wants_closed (query))
    g_string_append (sql, " UNION ALL ");
  if (wants_closed (query))
    append_part (sql, closed, SOURCE_CLOSED, get_asked (query));
}

/* Policy. A table asks for the number of all rows of a section with each of its pages: what was counted is kept by question, the
 * statement with everything that was bound, until anybody writes into the store. */
#define MOST_COUNTS 64

void
wf_store_clear_counts (WfStore *self)
{
  g_clear_pointer (&self->counts.by_text, g_hash_table_unref);
}

static GHashTable *
get_counts (WfStore *self)
{
  WfActivityCounts *counts = &self->counts;
  WfStoreState now = wf_store_get_state (self);

  if (counts->by_text == NULL || counts->state.version != now.version ||
      counts->state.changes != now.changes || g_hash_table_size (counts->by_text) >= MOST_COUNTS)
    {
      wf_store_clear_counts (self);
      counts->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      counts->state = now;
    }
  return counts->by_text;
}

/* What is looked for in texts is not bound. */
static char *
dup_question (sqlite3_stmt *count, const WfActivityQuery *query)
{
  char *text = sqlite3_expanded_sql (count);
  char *question =
      text != NULL ? g_strconcat (text, "\n", get_asked (query) & ASK_TEXT ? query->text : "", NULL)
                   : NULL;

  sqlite3_free (text);
  return question;
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
  WfActivityQuery normal;
  WfKey lead;

  if (!normalize (query, &normal))
    return 0;
  append_counts (sql, "count(*) AS n", "count(*) AS n", &normal);
  g_string_append (sql, ")");
  g_auto (WfStatement) count = prepare_text (self, sql->str);

  bind_query (self, count, &normal, &lead);
  GHashTable *counts = get_counts (self);
  g_autofree char *question = dup_question (count, &normal);
  gpointer known = NULL;

  if (question != NULL && g_hash_table_lookup_extended (counts, question, NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (!wf_store_step (self, count))
    return 0;
  known = GUINT_TO_POINTER ((guint) sqlite3_column_int64 (count, 0));
  if (question != NULL)
    g_hash_table_insert (counts, g_steal_pointer (&question), known);
  return GPOINTER_TO_UINT (known);
}

#define FIGURES_OF_OPEN "count(*) AS a, 0 AS b, 0 AS c, 0 AS d"
#define FIGURES_OF_CLOSED                                                                          \
  "0 AS a, total(status = 1) AS b, total(status = 1 AND ifnull(completed > due, 0)) AS c, total(status > 1) AS d"
#define FIGURES_OF_LEAD                                                                                    \
  "total(status = 0) AS a, total(status = 1) AS b, total(status = 1 AND ifnull(completed > due, 0)) AS c," \
  " total(status > 1) AS d"

void
wf_store_count_figures (WfStore *self, const WfActivityQuery *query, WfInstant from,
                        WfInstant until, WfDayFigures *figures)
{
  g_autoptr (GString) sql = g_string_new ("SELECT sum(a), sum(b), sum(c), sum(d) FROM (");
  WfActivityQuery normal;
  WfKey lead;

  if (from >= until || !normalize (query, &normal))
    return;
  normal.due_from = from;
  normal.due_until = until;
  append_counts (sql, normal.lead != NULL ? FIGURES_OF_LEAD : FIGURES_OF_OPEN, FIGURES_OF_CLOSED,
                 &normal);
  g_string_append (sql, ")");
  g_auto (WfStatement) count = prepare_text (self, sql->str);

  bind_query (self, count, &normal, &lead);
  if (!wf_store_step (self, count))
    return;
  figures->open += (guint) sqlite3_column_int64 (count, 0);
  figures->done += (guint) sqlite3_column_int64 (count, 1);
  figures->done_late += (guint) sqlite3_column_int64 (count, 2);
  figures->closed += (guint) sqlite3_column_int64 (count, 3);
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

  append_open (sql, "total(due < ?3), total(due >= ?3)", &query, FALSE);
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
      g_autoptr (WfActivity) activity =
          wf_store_get_activity_by_number (self, sqlite3_column_int64 (walk, 0));

      if (activity != NULL && (version == 0 || activity->workflow_version == version))
        g_ptr_array_add (activities, g_steal_pointer (&activity));
    }
  return activities;
}
