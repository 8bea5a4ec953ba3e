/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON merge patches (RFC 7396) and checks of members by a table. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-json.h"

#include "wf-activity.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_TEXTS 500

static void
write_merged (WfJsonWriter *writer, const char *name, const WfJson *target, const WfJson *patch)
{
  WfJsonIter iter;
  const char *member;
  const WfJson *value;

  wf_json_writer_begin_object (writer, name);
  wf_json_iter_init (&iter, wf_json_is (target, WF_JSON_OBJECT) ? target : NULL);
  while (wf_json_iter_next (&iter, &member, &value))
    {
      const WfJson *change = wf_json_get_member (patch, member);

      if (change == NULL)
        wf_json_writer_add_value (writer, member, value);
      else if (wf_json_is (change, WF_JSON_OBJECT))
        write_merged (writer, member, value, change);
      else if (!wf_json_is (change, WF_JSON_NULL))
        wf_json_writer_add_value (writer, member, change);
    }
  wf_json_iter_init (&iter, wf_json_is (patch, WF_JSON_OBJECT) ? patch : NULL);
  while (wf_json_iter_next (&iter, &member, &value))
    {
      if (wf_json_get_member (target, member) != NULL || wf_json_is (value, WF_JSON_NULL))
        continue;
      if (wf_json_is (value, WF_JSON_OBJECT))
        write_merged (writer, member, NULL, value);
      else
        wf_json_writer_add_value (writer, member, value);
    }
  wf_json_writer_end (writer);
}

WfJsonDocument *
wf_demo_json_merge (const WfJson *target, const WfJson *patch)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  write_merged (writer, NULL, target, patch);
  return wf_json_writer_finish_document (writer);
}

char *
wf_demo_json_merge_text (const WfJson *target, const WfJson *patch)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  write_merged (writer, NULL, target, patch);
  return wf_json_writer_finish (writer, FALSE);
}

static gboolean
is_status (const char *text)
{
  return text != NULL && g_strv_contains (wf_activity_status_names, text);
}

static gboolean
is_kind (const char *text)
{
  return text != NULL && g_strv_contains (wf_activity_kind_names, text);
}

static gboolean
are_texts (const WfJson *value, guint most_length)
{
  for (guint i = 0; i < wf_json_get_size (value); i++)
    {
      const char *text = wf_json_get_string (wf_json_get_element (value, i));

      if (text == NULL || strlen (text) > most_length)
        return FALSE;
    }
  return wf_json_is (value, WF_JSON_ARRAY) && wf_json_get_size (value) <= MOST_TEXTS;
}

/* NULL when the value is as the table says, else why not. */
static const char *
find_fault (const WfJson *value, const WfDemoMember *member)
{
  const char *text = wf_json_get_string (value);
  WfInstant instant;

  switch (member->kind)
    {
    case WF_DEMO_TEXT:
      if (text == NULL)
        return _ ("This must be a text.");
      if (member->required && *text == '\0')
        return _ ("This must not be empty.");
      return strlen (text) > member->most_length ? _ ("This text is too long.") : NULL;
    case WF_DEMO_INSTANT:
      return text != NULL && wf_instant_parse (text, &instant)
                 ? NULL
                 : _ ("This must be a time such as 2026-11-20T20:50:00Z.");
    case WF_DEMO_BOOLEAN:
      return wf_json_is (value, WF_JSON_BOOLEAN) ? NULL : _ ("This must be true or false.");
    case WF_DEMO_NUMBER:
      return wf_json_is (value, WF_JSON_NUMBER) ? NULL : _ ("This must be a number.");
    case WF_DEMO_OBJECT:
      return wf_json_is (value, WF_JSON_OBJECT) ? NULL : _ ("This must be an object.");
    case WF_DEMO_TEXTS:
      return are_texts (value, member->most_length) ? NULL : _ ("This must be a list of texts.");
    case WF_DEMO_ACTIVITY_KIND:
      return is_kind (text) ? NULL : _ ("This must be task, call, meeting or approval.");
    case WF_DEMO_STATUS:
      return is_status (text) ? NULL
                              : _ ("This must be open, done, cancelled or no-longer-needed.");
    default:
      g_assert_not_reached ();
    }
}

void
wf_demo_json_check (const WfJson *object, const WfDemoMember *members, const char *path,
                    WfProblems *problems)
{
  if (!wf_json_is (object, WF_JSON_OBJECT))
    {
      wf_problems_add (problems, WF_PROBLEM_ERROR, path, "wrong-type", "%s",
                       _ ("This must be an object."));
      return;
    }
  for (const WfDemoMember *member = members; member->name != NULL; member++)
    {
      const WfJson *value = wf_json_get_member (object, member->name);
      g_autofree char *pointer = g_strconcat (path, "/", member->name, NULL);
      const char *fault;

      if (value == NULL || wf_json_is (value, WF_JSON_NULL))
        {
          if (member->required)
            wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "missing", "%s",
                             _ ("This is required."));
        }
      else if ((fault = find_fault (value, member)) != NULL)
        wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "wrong-value", "%s", fault);
    }
}

static const WfDemoMember *
find_member (const WfDemoMember *members, const char *name)
{
  for (const WfDemoMember *member = members; member->name != NULL; member++)
    if (g_str_equal (member->name, name))
      return member;
  return NULL;
}

void
wf_demo_json_check_patch (const WfJson *patch, const WfDemoMember *members, WfProblems *problems)
{
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  if (!wf_json_is (patch, WF_JSON_OBJECT) || wf_json_get_size (patch) == 0)
    {
      wf_problems_add (problems, WF_PROBLEM_ERROR, "", "wrong-type", "%s",
                       _ ("A change must be an object with members."));
      return;
    }
  wf_json_iter_init (&iter, patch);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      const WfDemoMember *member = find_member (members, name);
      g_autofree char *pointer = g_strconcat ("/", name, NULL);
      const char *fault;

      if (member == NULL || !member->patchable)
        wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "not-changeable", "%s",
                         _ ("This cannot be changed."));
      else if (wf_json_is (value, WF_JSON_NULL))
        {
          if (member->required)
            wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "missing", "%s",
                             _ ("This is required."));
        }
      else if ((fault = find_fault (value, member)) != NULL)
        wf_problems_add (problems, WF_PROBLEM_ERROR, pointer, "wrong-value", "%s", fault);
    }
}

WfJsonDocument *
wf_demo_json_keep_known (const WfJson *object, const WfDemoMember *members)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, object);
  while (wf_json_iter_next (&iter, &name, &value))
    if (find_member (members, name) != NULL && !wf_json_is (value, WF_JSON_NULL))
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

gint64
wf_demo_json_get_instant (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);
  WfInstant instant = WF_INSTANT_NONE;

  if (text != NULL)
    wf_instant_parse (text, &instant);
  return instant;
}
