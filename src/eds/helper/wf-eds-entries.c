/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of this computer's calendars. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-entries.h"

#include "wf-crm.h"

#include <glib/gi18n-lib.h>

/* Policy. Local calendars have no states to compare, so the state of an entry is a sum over its text as it is
 * kept, after "event" or "task", for the same UID may be moved from one to the other when the activity becomes
 * another kind. Between looking and writing somebody may change the entry by hand: what they wrote in this
 * moment is lost, as it would be with the next change of the activity. */

#define EVENT "event:"
#define TASK "task:"

/* Where an entry is. */
typedef struct
{
  ECalClient *client; /* (owned) (nullable) NULL: it is nowhere */
  char *state;        /* (owned) "" when it is nowhere */
} Place;

static void
place_clear (Place *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->state, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* "" when there is none, NULL: an error. Owned by the caller. */
static char *
read_state (ECalClient *client, const char *uid, gboolean task, GError **error)
{
  g_autoptr (WfEdsComponent) entry = NULL;
  g_autoptr (GError) own = NULL;
  g_autofree char *text = NULL, *sum = NULL;

  if (!e_cal_client_get_object_sync (client, uid, NULL, &entry, NULL, &own))
    {
      if (g_error_matches (own, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND))
        return g_strdup ("");
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  text = i_cal_component_as_ical_string (entry);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strconcat (task ? TASK : EVENT, sum, NULL);
}

static gboolean
look (WfEdsSources *sources, const char *calendar, const char *uid, gboolean tasks, Place *place,
      GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (WfEdsClient) client = wf_eds_sources_open (sources, calendar, tasks, FALSE, &own);

  g_free (place->state);
  place->state = client != NULL ? read_state (client, uid, tasks, &own) : g_strdup ("");
  if (own != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  if (*place->state != '\0')
    place->client = g_steal_pointer (&client);
  return TRUE;
}

static gboolean
find_place (WfEdsSources *sources, const char *calendar, const char *uid, Place *place,
            GError **error)
{
  return look (sources, calendar, uid, FALSE, place, error) &&
         (place->client != NULL || look (sources, calendar, uid, TRUE, place, error));
}

char *
wf_eds_entries_find (WfEdsSources *sources, const char *calendar, const char *uid, GError **error)
{
  g_auto (Place) place = { 0 };

  return find_place (sources, calendar, uid, &place, error) ? g_steal_pointer (&place.state) : NULL;
}

static gboolean
is_state (const Place *place, const char *etag, GError **error)
{
  if (g_str_equal (place->state, etag))
    return TRUE;
  g_set_error_literal (error, WF_CRM_ERROR,
                       *etag == '\0' ? WF_CRM_ERROR_ALREADY_EXISTS : WF_CRM_ERROR_CONFLICT,
                       _ ("The entry was changed in the calendar meanwhile."));
  return FALSE;
}

static gboolean
remove_from (ECalClient *client, const char *uid, GError **error)
{
  g_autoptr (GError) own = NULL;

  if (e_cal_client_remove_object_sync (client, uid, NULL, E_CAL_OBJ_MOD_ALL,
                                       E_CAL_OPERATION_FLAG_NONE, NULL, &own) ||
      g_error_matches (own, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

gboolean
wf_eds_entries_remove (WfEdsSources *sources, const char *calendar, const char *uid,
                       const char *etag, GError **error)
{
  g_auto (Place) place = { 0 };

  if (!find_place (sources, calendar, uid, &place, error))
    return FALSE;
  return place.client == NULL ||
         (is_state (&place, etag, error) && remove_from (place.client, uid, error));
}

/* ---- put --------------------------------------------------------------------------------------- */

/* The entry within a VCALENDAR. Owned by the caller. */
static ICalComponent *
read_entry (const char *text, const char *uid, gboolean *task, GError **error)
{
  g_autoptr (WfEdsComponent) calendar = i_cal_component_new_from_string (text);
  g_autoptr (WfEdsComponent) event =
      calendar != NULL ? i_cal_component_get_first_component (calendar, I_CAL_VEVENT_COMPONENT)
                       : NULL;
  g_autoptr (WfEdsComponent) todo =
      calendar != NULL ? i_cal_component_get_first_component (calendar, I_CAL_VTODO_COMPONENT)
                       : NULL;
  ICalComponent *entry = event != NULL ? event : todo;

  *task = event == NULL;
  if (entry != NULL && g_strcmp0 (i_cal_component_get_uid (entry), uid) == 0)
    return i_cal_component_clone (entry);
  g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                       _ ("The calendar does not take this entry."));
  return NULL;
}

/* A calendar that gives entries ids of its own would get one more with each change. */
static gboolean
create (ECalClient *client, ICalComponent *entry, const char *uid, GError **error)
{
  g_autofree char *given = NULL;

  if (!e_cal_client_create_object_sync (client, entry, E_CAL_OPERATION_FLAG_NONE, &given, NULL,
                                        error))
    return FALSE;
  if (given == NULL || g_str_equal (given, uid))
    return TRUE;
  if (remove_from (client, given, error))
    g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                         _ ("The calendar does not take this entry."));
  return FALSE;
}

/* client: where it belongs. */
static gboolean
write_entry (ECalClient *client, const Place *place, ICalComponent *entry, const char *uid,
             GError **error)
{
  if (place->client == client)
    return e_cal_client_modify_object_sync (client, entry, E_CAL_OBJ_MOD_ALL,
                                            E_CAL_OPERATION_FLAG_NONE, NULL, error);
  return create (client, entry, uid, error) &&
         (place->client == NULL || remove_from (place->client, uid, error));
}

char *
wf_eds_entries_put (WfEdsSources *sources, const char *calendar, const char *uid, const char *text,
                    const char *etag, GError **error)
{
  gboolean task = FALSE;
  g_auto (Place) place = { 0 };
  g_autoptr (WfEdsComponent) entry = read_entry (text, uid, &task, error);
  g_autoptr (WfEdsClient) events = NULL, client = NULL;
  g_autoptr (GError) own = NULL;

  if (entry == NULL)
    return NULL;
  events = wf_eds_sources_open (sources, calendar, FALSE, FALSE, &own);
  if (events != NULL)
    client = wf_eds_sources_open (sources, calendar, task, TRUE, &own);
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  else if (events == NULL)
    g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_FOUND,
                         _ ("The calendar is not there any more. Choose another one."));
  else if (client == NULL)
    g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID,
                         _ ("The calendar does not take this entry."));
  else if (find_place (sources, calendar, uid, &place, error) && is_state (&place, etag, error) &&
           write_entry (client, &place, entry, uid, error))
    return read_state (client, uid, task, error);
  return NULL;
}
