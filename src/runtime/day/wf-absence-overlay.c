/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences on their way to the CRM: they count here all the same, until it has them or refuses them. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-absence-effects.h"
#include "wf-absence.h"

#define MOST 1000

static WfOrganisation *
follow (const WfOrganisation *organisation, const WfAction *action, WfInstant at)
{
  const char *person = wf_action_get_text (action, "person");
  g_autoptr (WfAbsence) absence = NULL;

  if (action->kind == WF_ACTION_END_ABSENCE)
    return wf_organisation_end_absence (organisation, person,
                                        wf_action_get_text (action, "absence"), at);
  if (action->kind != WF_ACTION_SET_ABSENCE)
    return NULL;
  absence = wf_absence_read (wf_action_get_member (action, "absence"), NULL);
  return absence != NULL ? wf_organisation_with_absence (organisation, person, absence) : NULL;
}

/**
 * wf_absence_overlay:
 * @store: the store
 * @organisation: (transfer full): as the CRM told it
 *
 * Returns: (transfer full): with what people told here and the CRM does not have yet
 */
WfOrganisation *
wf_absence_overlay (WfStore *store, WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) items = wf_store_list_changes (store, NULL, MOST);

  for (guint i = 0; i < items->len; i++)
    {
      const WfOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr (WfAction) action = NULL;
      WfOrganisation *changed;

      if (item->kind != WF_OUTBOX_PERFORM || item->state == WF_OUTBOX_FAILED)
        continue;
      action = wf_action_payload_read (item->payload, NULL);
      changed = action != NULL ? follow (organisation, action, item->at) : NULL;
      if (changed == NULL)
        continue;
      wf_organisation_unref (organisation);
      organisation = changed;
    }
  return organisation;
}

/* The CRM's document is read again, without it; what it did to activities is taken back. The end of
 * an absence that is refused leaves what came back where it is: nobody is worse off. */
gboolean
wf_absence_refused (WfCommit *self, const WfAction *action, GError **error)
{
  g_autoptr (WfAbsence) absence = NULL;

  if (action->kind != WF_ACTION_SET_ABSENCE && action->kind != WF_ACTION_END_ABSENCE)
    return TRUE;
  self->changes->reload_organisation = TRUE;
  if (action->kind == WF_ACTION_END_ABSENCE)
    return TRUE;
  absence = wf_absence_read (wf_action_get_member (action, "absence"), NULL);
  return absence == NULL || wf_absence_revert (self, absence->id, error);
}
