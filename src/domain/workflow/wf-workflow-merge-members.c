/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The members of an object that two people changed, put together. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-merge-private.h"

static gboolean
is_same (const WfJson *a, const WfJson *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return wf_json_equal (a, b);
}

/* ---- members ---- */

typedef enum
{
  MINE,
  THEIRS,
  CONFLICT,
} Choice;

static Choice
choose (const WfJson *base, const WfJson *mine, const WfJson *theirs)
{
  if (is_same (mine, theirs) || is_same (base, theirs))
    return MINE;
  return is_same (base, mine) ? THEIRS : CONFLICT;
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return names != NULL && g_strv_contains (names, name);
}

static void
merge_member (const WfMergeMembers *members, GPtrArray *conflicts, const char *name,
              WfJsonWriter *writer)
{
  const WfJson *mine = wf_json_get_member (members->mine, name);
  const WfJson *theirs = wf_json_get_member (members->theirs, name);
  Choice choice = choose (wf_json_get_member (members->base, name), mine, theirs);
  const WfJson *chosen;

  if (choice == CONFLICT && is_one_of (name, members->of_theirs))
    choice = THEIRS;
  else if (choice == CONFLICT && !is_one_of (name, members->not_told_of))
    wf_merge_tell (conflicts, WF_MERGE_BOTH_CHANGED, members->subject, name);
  chosen = choice == THEIRS ? theirs : mine;
  if (chosen != NULL)
    wf_json_writer_add_value (writer, name, chosen);
}

void
wf_merge_members (const WfMergeMembers *members, GPtrArray *conflicts, WfJsonWriter *writer)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, members->mine);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!is_one_of (name, members->apart))
      merge_member (members, conflicts, name, writer);
  wf_json_iter_init (&iter, members->theirs);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!is_one_of (name, members->apart) && wf_json_get_member (members->mine, name) == NULL)
      merge_member (members, conflicts, name, writer);
}

/* The members without those that are written otherwise. Owned by the caller; NULL for NULL. */
static WfJsonDocument *
extract (const WfJson *object, const char *const *apart)
{
  g_autoptr (WfJsonWriter) writer = NULL;
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (object == NULL)
    return NULL;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!is_one_of (name, apart))
      wf_json_writer_add_value (writer, name, value);
  return wf_json_writer_finish_document (writer);
}

gboolean
wf_merge_differs (const WfJson *a, const WfJson *b, const char *const *apart)
{
  g_autoptr (WfJsonDocument) x = extract (a, apart);
  g_autoptr (WfJsonDocument) y = extract (b, apart);

  return !is_same (x != NULL ? wf_json_document_get_root (x) : NULL,
                   y != NULL ? wf_json_document_get_root (y) : NULL);
}

static gboolean
is_whole (const WfJson *mine, const WfJson *theirs)
{
  const char *a = wf_json_get_member_string (mine, "kind");
  const char *b = wf_json_get_member_string (theirs, "kind");

  return g_strcmp0 (a, b) != 0 || g_strcmp0 (a, wf_step_kind_names[WF_STEP_WAIT]) == 0;
}

/* Where its members belong together, one side's are taken. */
void
wf_merge_members_narrow_to_one (WfMergeMembers *members, GPtrArray *conflicts)
{
  if (members->mine == NULL || members->theirs == NULL ||
      !is_whole (members->mine, members->theirs))
    return;
  if (!wf_merge_differs (members->mine, members->theirs, members->apart) ||
      !wf_merge_differs (members->base, members->theirs, members->apart))
    {
      members->theirs = members->base = members->mine;
      return;
    }
  if (!wf_merge_differs (members->base, members->mine, members->apart))
    {
      members->mine = members->base = members->theirs;
      return;
    }
  wf_merge_tell (conflicts, WF_MERGE_BOTH_CHANGED, members->mine, NULL);
  members->theirs = members->base = members->mine;
}

/* One that only one side has is that side's. */
void
wf_merge_members_narrow_to_present (WfMergeMembers *members)
{
  if (members->mine == NULL)
    members->mine = members->base = members->theirs;
  else if (members->theirs == NULL)
    members->theirs = members->base = members->mine;
}
