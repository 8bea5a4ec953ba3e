/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting an absence into the organisation's document and ending it; what speaks against it. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-absence.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

/* -- what speaks against it -------------------------------------------------------------------- */

/* S11: a cover who is away in turn, with somebody covering, hands on; this only says that somebody
 * is named at all and could do it. */
static char *
explain_cover (const WfOrganisation *self, const WfPerson *person, const WfAbsence *absence)
{
  const char *id = wf_absence_get_cover (absence, person);
  const WfPerson *cover = wf_organisation_get_person (self, id);

  if (!wf_absence_uses (absence, WF_ABSENCE_COVER))
    return NULL;
  if (id == NULL)
    return g_strdup (_ ("Choose who covers."));
  if (cover == NULL || !cover->active)
    return g_strdup_printf (_ ("%s cannot cover: there is no such active person."), id);
  if (cover == person)
    return g_strdup_printf (_ ("%s cannot cover for themselves."), person->name);
  if (!wf_organisation_person_may (self, cover, WF_RIGHT_WORK_ACTIVITIES))
    return g_strdup_printf (_ ("The role of %s does not work on activities."), cover->name);
  return NULL;
}

static char *
explain_overlap (const WfOrganisation *self, const WfPerson *person, const WfAbsence *other)
{
  GTimeZone *zone = wf_working_hours_get_zone (wf_organisation_get_hours_for (self, person));
  g_autoptr (GDateTime) from = wf_instant_to_date_time (other->from, zone);
  g_autoptr (GDateTime) until = wf_instant_to_date_time (other->until, zone);
  g_autofree char *from_text = from != NULL ? g_date_time_format (from, "%x") : g_strdup ("");
  g_autofree char *until_text = until != NULL ? g_date_time_format (until, "%x") : g_strdup ("");

  return g_strdup_printf (_ ("%s is away already from %s to %s."), person->name, from_text,
                          until_text);
}

/**
 * wf_organisation_explain_absence:
 * @self: the organisation
 * @person: id of who will be away
 * @absence: as it is wanted
 *
 * Returns: (transfer full) (nullable): why it cannot be, in the user's language; NULL when nothing
 *   speaks against it
 */
char *
wf_organisation_explain_absence (const WfOrganisation *self, const char *person,
                                 const WfAbsence *absence)
{
  const WfPerson *who = wf_organisation_get_person (self, person);
  const WfAbsence *other;

  if (who == NULL)
    return g_strdup (_ ("There is no such person."));
  if (absence->until <= absence->from)
    return g_strdup (_ ("An absence ends after it begins."));
  other = wf_person_find_overlap (who, absence->from, absence->until, absence->id);
  if (other != NULL)
    return explain_overlap (self, who, other);
  return explain_cover (self, who, absence);
}

static gboolean
coordinates_any (const WfOrganisation *self, const char *who, WfEntryKind kind,
                 const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const WfEntry *entry = wf_organisation_get_entry (self, kind, ids[i]);

      if (entry != NULL && g_strcmp0 (entry->coordinator, who) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
share_one (const char *const *a, const char *const *b)
{
  for (guint i = 0; a[i] != NULL; i++)
    if (g_strv_contains (b, a[i]))
      return TRUE;
  return FALSE;
}

/* Who tells of it also moves the activities, and so has to have them all (see
 * wf-absence-effects.c). R40, R46: those of the teams and units that are granted; without any,
 * all. */
static gboolean
sees (const WfOrganisation *self, const WfPerson *who, const WfPerson *person)
{
  if (!wf_organisation_person_may (self, who, WF_RIGHT_SEE_EVERYONE))
    return FALSE;
  if (who->role == WF_ROLE_ADMINISTRATOR || (who->teams[0] == NULL && who->units[0] == NULL))
    return TRUE;
  return share_one (who->teams, person->teams) || share_one (who->units, person->units) ||
         share_one (who->groups, person->groups);
}

static gboolean
coordinates (const WfOrganisation *self, const WfPerson *who, const WfPerson *person)
{
  return coordinates_any (self, who->id, WF_ENTRY_GROUP, person->groups) ||
         coordinates_any (self, who->id, WF_ENTRY_TEAM, person->teams) ||
         coordinates_any (self, who->id, WF_ENTRY_UNIT, person->units);
}

/**
 * wf_organisation_explain_absence_right:
 * @self: the organisation
 * @who: (nullable): who tells of the absence
 * @person: id of who is away
 *
 * Returns: (transfer full) (nullable): why it is refused, in the user's language; NULL when it is
 *   allowed
 */
char *
wf_organisation_explain_absence_right (const WfOrganisation *self, const WfPerson *who,
                                       const char *person)
{
  const WfPerson *away = wf_organisation_get_person (self, person);

  if (who == NULL || !who->active)
    return g_strdup (_ ("You are not among the people of this organisation."));
  if (away == NULL)
    return g_strdup (_ ("There is no such person."));
  if (who == away || (sees (self, who, away) &&
                      (coordinates (self, who, away) ||
                       wf_organisation_person_may (self, who, WF_RIGHT_EDIT_ORGANISATION))))
    return NULL;
  return g_strdup_printf (
      _ ("Only %s, the coordinator, and who manages the organisation may do this."), away->name);
}

/* -- the document ------------------------------------------------------------------------------ */

typedef struct
{
  const char *person;
  const char *id;
  const WfAbsence *absence; /* (nullable) NULL: removed */
  GTimeZone *zone;
} Edit;

/* Elements that cannot be read keep their place. */
static void
write_absences (WfJsonWriter *writer, const WfJson *list, const Edit *edit)
{
  gboolean done = edit->absence == NULL;
  const WfJson *value;
  WfJsonIter iter;

  wf_json_writer_begin_array (writer, "absences");
  wf_json_iter_init (&iter, list);
  while (wf_json_iter_next (&iter, NULL, &value))
    {
      if (g_strcmp0 (wf_json_get_member_string (value, "id"), edit->id) != 0)
        wf_json_writer_add_value (writer, NULL, value);
      else if (!done)
        {
          wf_absence_write (edit->absence, writer, NULL, edit->zone);
          done = TRUE;
        }
    }
  if (!done)
    wf_absence_write (edit->absence, writer, NULL, edit->zone);
  wf_json_writer_end (writer);
}

static void
write_person (WfJsonWriter *writer, const WfJson *person, const Edit *edit)
{
  gboolean written = FALSE;
  const char *name;
  const WfJson *value;
  WfJsonIter iter;

  if (g_strcmp0 (wf_json_get_member_string (person, "id"), edit->person) != 0)
    {
      wf_json_writer_add_value (writer, NULL, person);
      return;
    }
  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, person);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      if (!g_str_equal (name, "absences"))
        wf_json_writer_add_value (writer, name, value);
      else if (!written)
        {
          write_absences (writer, wf_json_is (value, WF_JSON_ARRAY) ? value : NULL, edit);
          written = TRUE;
        }
    }
  if (!written)
    write_absences (writer, NULL, edit);
  wf_json_writer_end (writer);
}

static WfOrganisation *
edit_document (const WfOrganisation *self, const Edit *edit)
{
  g_autofree char *text = wf_organisation_to_text (self, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const char *name;
  const WfJson *value, *element;
  WfJsonIter iter, people;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, wf_json_document_get_root (document));
  while (wf_json_iter_next (&iter, &name, &value))
    {
      if (!g_str_equal (name, "people") || !wf_json_is (value, WF_JSON_ARRAY))
        {
          wf_json_writer_add_value (writer, name, value);
          continue;
        }
      wf_json_writer_begin_array (writer, name);
      wf_json_iter_init (&people, value);
      while (wf_json_iter_next (&people, NULL, &element))
        write_person (writer, element, edit);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);

  g_autoptr (WfJsonDocument) changed = wf_json_writer_finish_document (writer);
  return wf_organisation_read (wf_json_document_get_root (changed), NULL);
}

/**
 * wf_organisation_with_absence:
 * @self: the organisation
 * @person: id of who will be away
 * @absence: takes the place of the one with its id
 *
 * Returns: (transfer full) (nullable): the organisation with it, everything else as it was; NULL
 *   when there is no such person
 */
WfOrganisation *
wf_organisation_with_absence (const WfOrganisation *self, const char *person,
                              const WfAbsence *absence)
{
  const WfPerson *who = wf_organisation_get_person (self, person);
  Edit edit = { .person = person, .id = absence->id, .absence = absence };

  if (who == NULL)
    return NULL;
  edit.zone = wf_working_hours_get_zone (wf_organisation_get_hours_for (self, who));
  return edit_document (self, &edit);
}

/**
 * wf_organisation_end_absence:
 * @self: the organisation
 * @person: id of who was to be away
 * @id: of the absence
 * @at: when it ends
 *
 * Returns: (transfer full) (nullable): the organisation with the absence ended, or without it when
 *   it had not begun by then; NULL when there is no such absence
 */
WfOrganisation *
wf_organisation_end_absence (const WfOrganisation *self, const char *person, const char *id,
                             WfInstant at)
{
  const WfPerson *who = wf_organisation_get_person (self, person);
  const WfAbsence *absence = who != NULL ? wf_person_find_absence (who, id) : NULL;
  Edit edit = { .person = person, .id = id };
  WfAbsence ended;

  if (absence == NULL)
    return NULL;
  ended = *absence;
  ended.until = MIN (absence->until, at);
  edit.absence = ended.until > ended.from ? &ended : NULL;
  edit.zone = wf_working_hours_get_zone (wf_organisation_get_hours_for (self, who));
  return edit_document (self, &edit);
}
