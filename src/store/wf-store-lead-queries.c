/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads as a table: filtered, sorted, a page at a time; and one of them with everything. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"
#include "wf-text-fold.h"

#include <string.h>

/* Policy. One index has all that leads are filtered and sorted by, in the order of their names: by name a page is a piece of
 * it; by anything else it is read once, and the first rows of the order are kept while it goes. A page far behind, as a
 * scroll bar asks for it, would be sorted again each time: then the whole order is kept, as eight bytes a lead, until anybody
 * writes into the store. So is the number of all that are found: each page of a table is asked for together with it. */
#define FAR 1000

/* ---- what names are sorted by ---- */

static char *
make_stage_key (WfOrganisation *organisation, const char *stage)
{
  guint n_pipelines = 0, rank = 0;
  const WfPipeline *pipelines =
      organisation != NULL ? wf_organisation_get_pipelines (organisation, &n_pipelines) : NULL;
  g_autofree char *folded = NULL;

  for (guint i = 0; i < n_pipelines; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++, rank++)
      if (strcmp (pipelines[i].stages[j].id, stage) == 0)
        return g_strdup_printf ("%06u", rank);
  folded = wf_text_fold (stage);
  return g_strconcat ("~", folded, NULL);
}

static char *
make_sort_key (WfStore *self, gint64 number)
{
  const char *name = number != 0 ? wf_store_get_name (self, (guint32) number) : "web";

  if (name == NULL)
    return NULL;
  switch (self->sort_order)
    {
    case WF_LEADS_BY_STAGE:
      return make_stage_key (self->organisation, name);
    case WF_LEADS_BY_OWNER:
      return wf_text_fold (wf_organisation_get_person_name (self->organisation, name));
    case WF_LEADS_BY_NAME:
    case WF_LEADS_BY_SCORE:
    case WF_LEADS_BY_ORIGIN:
    case WF_LEADS_BY_NEXT:
    case WF_LEADS_BY_LAST_CONTACT:
    case WF_LEADS_BY_CREATED:
    default:
      return wf_text_fold (name);
    }
}

/* lead_sort_key(number of a name): made once for each name in a query. */
static void
lead_sort_key (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfStore *self = sqlite3_user_data (context);
  gint64 number = sqlite3_value_int64 (values[0]);
  gpointer slot = GSIZE_TO_POINTER ((gsize) number), key = NULL;

  if (sqlite3_value_type (values[0]) == SQLITE_NULL)
    return;
  if (!g_hash_table_lookup_extended (self->sort_keys, slot, NULL, &key))
    g_hash_table_insert (self->sort_keys, slot, key = make_sort_key (self, number));
  sqlite3_result_text (context, key, -1, SQLITE_TRANSIENT);
}

gboolean
wf_store_add_lead_functions (WfStore *self, GError **error)
{
  return sqlite3_create_function (self->db, "lead_sort_key", 1, SQLITE_UTF8, self, lead_sort_key,
                                  NULL, NULL) == SQLITE_OK
             ? TRUE
             : wf_store_fail (self, error);
}

/* ---- the query ---- */

/* Conditions, each left out when it is not asked for. */
enum
{
  ASK_TEXT = 1 << 0,
  ASK_STAGES = 1 << 1,
  ASK_OWNERS = 1 << 2,
  ASK_SOURCES = 1 << 3,
  ASK_ORIGIN = 1 << 4,
  ASK_WEB = 1 << 5,
  ASK_NOBODYS = 1 << 6,
  ASK_WITHOUT_NEXT = 1 << 7,
  ASK_OPEN = 1 << 8,
};

static const char *const ask_texts[] = {
  " AND (instr(leads.name, ?1) > 0 OR instr(search, ?1) > 0 OR instr(search, ?2) > 0)",
  " AND stage IN (SELECT value FROM json_each(?3))",
  " AND ifnull(owner, 0) IN (SELECT value FROM json_each(?4))",
  " AND source IN (SELECT value FROM json_each(?5))",
  " AND origin = ?6",
  " AND (origin IS NULL OR origin = ?6)",
  " AND owner IS NULL",
  " AND NOT lead_has_next(id)",
  " AND (stage IS NULL OR stage NOT IN (SELECT value FROM json_each(?7)))",
};

static const char *const order_texts[] = {
  [WF_LEADS_BY_NAME] = NULL,
  [WF_LEADS_BY_STAGE] = "lead_sort_key(stage)",
  [WF_LEADS_BY_OWNER] = "lead_sort_key(owner)",
  [WF_LEADS_BY_SCORE] = "score",
  [WF_LEADS_BY_ORIGIN] = "lead_sort_key(ifnull(origin, 0))",
  [WF_LEADS_BY_NEXT] = "lead_next(id)",
  [WF_LEADS_BY_LAST_CONTACT] = "(SELECT contacts.at FROM contacts WHERE contacts.lead = leads.id)",
  [WF_LEADS_BY_CREATED] = "created",
};

static gboolean
has_text (const WfLeadQuery *query)
{
  return query->text != NULL && query->text[0] != '\0';
}

static int
get_asked (const WfLeadQuery *query)
{
  int ask = 0;

  if (query->origin != NULL)
    ask = g_str_equal (query->origin, "web") ? ASK_WEB : ASK_ORIGIN;
  return ask | (has_text (query) ? ASK_TEXT : 0) | (query->stages != NULL ? ASK_STAGES : 0) |
         (query->owners != NULL ? ASK_OWNERS : 0) | (query->sources != NULL ? ASK_SOURCES : 0) |
         (query->without_owner ? ASK_NOBODYS : 0) | (query->without_next ? ASK_WITHOUT_NEXT : 0) |
         (query->only_open ? ASK_OPEN : 0);
}

static GString *
begin_sql (const char *columns, const WfLeadQuery *query)
{
  GString *sql = g_string_new (NULL);
  int ask = get_asked (query);

  g_string_printf (sql, "SELECT %s FROM leads INDEXED BY leads_table WHERE TRUE", columns);
  for (guint i = 0; i < G_N_ELEMENTS (ask_texts); i++)
    if (ask & (1 << i))
      g_string_append (sql, ask_texts[i]);
  return sql;
}

/* What has nothing to be sorted by comes last in both directions. */
static void
append_order (GString *sql, const WfLeadQuery *query)
{
  const char *direction = query->descending ? " DESC" : "";
  const char *order = query->order < G_N_ELEMENTS (order_texts) ? order_texts[query->order] : NULL;

  if (order == NULL)
    g_string_append_printf (
        sql,
        " ORDER BY leads.name%s, search%s, stage%s, owner%s, source%s, origin%s, score%s,"
        " created%s, id%s, no",
        direction, direction, direction, direction, direction, direction, direction, direction,
        direction);
  else
    g_string_append_printf (sql, " ORDER BY %s%s NULLS LAST, leads.name, no", order, direction);
  g_string_append (sql, " LIMIT ?8 OFFSET ?9");
}

/* Names as a JSON array of their numbers; "" is nobody, 0. Owned by the caller. */
static char *
list_numbers (WfStore *self, const char *const *names)
{
  GString *numbers = g_string_new ("[");

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean nobody = names[i][0] == '\0';
      gint64 number = nobody ? 0 : wf_store_find_name (self, names[i]);

      if (number != 0 || nobody)
        g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, numbers->len > 1 ? "," : "",
                                number);
    }
  g_string_append_c (numbers, ']');
  return g_string_free_and_steal (numbers);
}

static void
bind_names (WfStore *self, sqlite3_stmt *s, int index, const char *const *names)
{
  if (names != NULL)
    sqlite3_bind_text (s, index, list_numbers (self, names), -1, g_free);
}

/* Only a stage of the organisation, or one of the open API's own, can be a closing one. */
static void
bind_closing (WfStore *self, sqlite3_stmt *s, WfOrganisation *organisation)
{
  static const char *const own[] = { "won", "discarded" };
  g_autoptr (GPtrArray) closing = g_ptr_array_new ();
  guint n = 0;
  const WfPipeline *pipelines =
      organisation != NULL ? wf_organisation_get_pipelines (organisation, &n) : NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++)
      if (wf_stage_is_closing (organisation, pipelines[i].stages[j].id))
        g_ptr_array_add (closing, (gpointer) pipelines[i].stages[j].id);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (wf_stage_is_closing (organisation, own[i]))
      g_ptr_array_add (closing, (gpointer) own[i]);
  g_ptr_array_add (closing, NULL);
  bind_names (self, s, 7, (const char *const *) closing->pdata);
}

static void
bind_query (WfStore *self, sqlite3_stmt *s, const WfLeadQuery *query, WfOrganisation *organisation)
{
  if (has_text (query))
    {
      sqlite3_bind_text (s, 1, wf_text_fold (query->text), -1, g_free);
      sqlite3_bind_text (s, 2, wf_lead_dup_digits (query->text), -1, g_free);
    }
  bind_names (self, s, 3, query->stages);
  bind_names (self, s, 4, query->owners);
  bind_names (self, s, 5, query->sources);
  if (query->origin != NULL)
    {
      gint64 origin = wf_store_find_name (self, query->origin);

      sqlite3_bind_int64 (s, 6, origin != 0 ? origin : -1);
    }
  if (query->only_open)
    bind_closing (self, s, organisation);
}

/* What the SQL functions look at. */
static WfOrganisation *
prepare_functions (WfStore *self, const WfLeadQuery *query)
{
  gboolean by_organisation = query->only_open || query->order == WF_LEADS_BY_STAGE ||
                             query->order == WF_LEADS_BY_OWNER;
  WfOrganisation *organisation = by_organisation ? wf_store_get_organisation (self) : NULL;

  g_hash_table_remove_all (self->sort_keys);
  self->sort_order = query->order;
  if (query->without_next || query->order == WF_LEADS_BY_NEXT)
    wf_store_load_next_leads (self);
  return organisation;
}

/* ---- the order that is kept ---- */

void
wf_store_clear_lead_list (WfStore *self)
{
  g_clear_pointer (&self->lead_list.text, g_free);
  g_clear_pointer (&self->lead_list.numbers, g_array_unref);
  g_clear_pointer (&self->lead_list.count_text, g_free);
}

static GArray *
read_numbers (WfStore *self, sqlite3_stmt *walk)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (wf_store_step (self, walk))
    {
      gint64 number = sqlite3_column_int64 (walk, 0);

      g_array_append_val (numbers, number);
    }
  return numbers;
}

static gboolean
is_present (WfStore *self, const WfStoreState *then)
{
  WfStoreState now = wf_store_get_state (self);

  return then->version == now.version && then->changes == now.changes;
}

/* The statement with everything that was bound says what was asked. */
static gboolean
is_kept (WfStore *self, const char *text)
{
  const WfLeadList *list = &self->lead_list;

  return list->numbers != NULL && g_strcmp0 (list->text, text) == 0 &&
         is_present (self, &list->state);
}

static void
keep (WfStore *self, const char *text, GArray *numbers)
{
  WfLeadList *list = &self->lead_list;

  g_clear_pointer (&list->numbers, g_array_unref);
  list->state = wf_store_get_state (self);
  g_set_str (&list->text, text);
  list->numbers = numbers;
}

static GArray *
slice (const GArray *numbers, guint offset, guint limit)
{
  GArray *part = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint from = MIN (offset, numbers->len);
  guint n = limit == 0 ? numbers->len - from : MIN (limit, numbers->len - from);

  if (n > 0)
    g_array_append_vals (part, &g_array_index (numbers, gint64, from), n);
  return part;
}

static GArray *
find_page (WfStore *self, sqlite3_stmt *walk, const WfLeadQuery *query)
{
  gboolean far = query->limit == 0 || query->offset + query->limit > FAR;
  gboolean kept;
  char *text;

  sqlite3_bind_int64 (walk, 8, -1);
  sqlite3_bind_int64 (walk, 9, 0);
  text = sqlite3_expanded_sql (walk);
  kept = is_kept (self, text);
  if (far && !kept)
    {
      keep (self, text, read_numbers (self, walk));
      kept = TRUE;
    }
  sqlite3_free (text);
  if (kept)
    return slice (self->lead_list.numbers, query->offset, query->limit);
  sqlite3_bind_int64 (walk, 8, query->limit);
  sqlite3_bind_int64 (walk, 9, query->offset);
  return read_numbers (self, walk);
}

/* ---- one lead ---- */

static void
fill_next (WfStore *self, WfLead *lead, const WfKey *key)
{
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT activities.id, title, due " WF_ACTIVITIES_OF_LEAD
                              " AND status = 0 ORDER BY due IS NULL, due, activities.no");

  wf_store_show_event (self);
  wf_bind_key (walk, 2, key);
  while (wf_store_step (self, walk))
    {
      if (lead->n_open++ > 0)
        continue;
      lead->next_activity = wf_column_dup_key (walk, 0);
      lead->next_title = wf_column_dup_text (walk, 1);
      lead->next = wf_column_instant (walk, 2);
    }
}

/* How far got what people changed of it here (B18). */
static void
fill_sync (WfLead *lead, sqlite3_stmt *row)
{
  lead->sync = (WfSyncState) sqlite3_column_int (row, 3);
  lead->sync_error = wf_column_dup_text (row, 4);
}

static WfLead *
read_row (WfStore *self, sqlite3_stmt *row)
{
  g_autofree char *id = wf_column_dup_key (row, 0);
  g_autoptr (WfJsonDocument) told = wf_json_document_parse (
      (const char *) sqlite3_column_text (row, 1), sqlite3_column_bytes (row, 1), 0, NULL);
  g_autoptr (WfJsonDocument) shown =
      wf_store_dup_shown_lead (self, id, told != NULL ? wf_json_document_get_root (told) : NULL);
  WfJsonDocument *document = shown != NULL ? shown : told;
  WfInstant contact;
  WfLead *lead;
  WfKey key;

  if (document == NULL)
    g_warning ("A stored lead cannot be read");
  lead = wf_lead_read (id, document != NULL ? wf_json_document_get_root (document) : NULL);
  g_set_str (&lead->id, id);
  lead->seen = wf_column_instant (row, 2);
  wf_key_init (&key, id);
  contact = wf_store_get_last_contact (self, &key);
  if (contact != WF_INSTANT_NONE)
    lead->last_contact = contact; /* the CRM's own word is in it */
  fill_next (self, lead, &key);
  fill_sync (lead, row);
  return lead;
}

static WfLead *
read_number (WfStore *self, gint64 number)
{
  WfLead *lead;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT id, lead, at, sync, sync_error FROM leads WHERE no = ?");

  sqlite3_bind_int64 (select, 1, number);
  if (!wf_store_step (self, select))
    return NULL;
  lead = read_row (self, select);
  g_clear_pointer (&lead->document, wf_json_document_unref);
  return lead;
}

/* ---- public ---- */

/**
 * wf_store_query_leads:
 *
 * All conditions hold for each of them; a list without a name finds nothing. What has nothing to be sorted by comes last in
 * both directions; names break ties, always from A to Z.
 *
 * Result: of WfLead, without document; owned by the caller.
 */
GPtrArray *
wf_store_query_leads (WfStore *self, const WfLeadQuery *query)
{
  GPtrArray *leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_lead_unref);
  g_autoptr (WfOrganisation) organisation = prepare_functions (self, query);
  g_autoptr (GString) sql = begin_sql ("no", query);
  g_autoptr (GArray) numbers = NULL;

  append_order (sql, query);
  g_auto (WfStatement) walk = wf_store_prepare (self, g_intern_string (sql->str));

  bind_query (self, walk, query, organisation);
  numbers = find_page (self, walk, query);
  for (guint i = 0; i < numbers->len; i++)
    {
      WfLead *lead = read_number (self, g_array_index (numbers, gint64, i));

      if (lead != NULL)
        g_ptr_array_add (leads, lead);
    }
  return leads;
}

/**
 * wf_store_count_leads:
 *
 * How many the query would find without offset and limit.
 */
guint
wf_store_count_leads (WfStore *self, const WfLeadQuery *query)
{
  WfLeadQuery unsorted = *query;
  WfLeadList *list = &self->lead_list;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (GString) sql = begin_sql ("count(*)", query);

  unsorted.order = WF_LEADS_BY_NAME;
  organisation = prepare_functions (self, &unsorted);
  g_auto (WfStatement) count = wf_store_prepare (self, g_intern_string (sql->str));

  bind_query (self, count, query, organisation);
  char *text = sqlite3_expanded_sql (count);
  if (g_strcmp0 (list->count_text, text) != 0 || !is_present (self, &list->count_state))
    {
      list->count_state = wf_store_get_state (self);
      list->count = wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
      g_set_str (&list->count_text, text);
    }
  sqlite3_free (text);
  return list->count;
}

/**
 * wf_store_get_lead_card:
 * @now: not looked at: an activity that is not to be seen yet is a next one all the same
 *
 * Result: (nullable): with document, next activity and last contact; owned by the caller.
 */
WfLead *
wf_store_get_lead_card (WfStore *self, const char *id, WfInstant now)
{
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT id, lead, at, sync, sync_error FROM leads WHERE id = ?");

  wf_key_init (&key, id);
  wf_bind_key (select, 1, &key);
  return wf_store_step (self, select) ? read_row (self, select) : NULL;
}
