/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine decides should happen, and the key that makes it happen once. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-effect.h"

#include <string.h>

/**
 * wf_effect_new:
 * @kind: what is to be done
 *
 * Returns: (transfer full): an effect without a key
 */
WfEffect *
wf_effect_new (WfEffectKind kind)
{
  WfEffect *self = g_new0 (WfEffect, 1);

  self->kind = kind;
  self->time = WF_INSTANT_NONE;
  return self;
}

/**
 * wf_effect_free:
 * @self: (nullable) (transfer full): an effect
 */
void
wf_effect_free (WfEffect *self)
{
  if (self == NULL)
    return;
  wf_workflow_unref (self->workflow);
  g_free (self->step);
  g_free (self->lead);
  g_free (self->person);
  g_free (self->cause);
  g_clear_pointer (&self->activity, wf_activity_unref);
  g_free (self->title);
  g_free (self->text);
  g_free (self->sender);
  g_strfreev (self->people);
  g_clear_pointer (&self->action, wf_action_unref);
  g_free (self);
}

/**
 * wf_effect_make_key:
 * @workflow: id of the workflow, the namespace
 * @source: the event's source
 * @event: the event's id
 * @step: the step's id
 * @iteration: from 0
 * @key: receives the UUID
 *
 * The version is not part of the key: an edited workflow cannot do the same twice (S15).
 */
void
wf_effect_make_key (const char *workflow, const char *source, const char *event, const char *step,
                    guint iteration, char key[WF_UUID_LENGTH + 1])
{
  gsize source_length = strlen (source), event_length = strlen (event), step_length = strlen (step);
  gsize length = source_length + event_length + step_length + 3;
  char short_name[256];
  g_autofree char *long_name = NULL;
  char *name = short_name, *to;

  if (length + 11 > sizeof short_name) /* eleven: the digits of any guint and NUL */
    name = long_name = g_malloc (length + 11);
  to = memcpy (name, source, source_length);
  to += source_length;
  *to++ = '\n';
  memcpy (to, event, event_length);
  to += event_length;
  *to++ = '\n';
  memcpy (to, step, step_length);
  to += step_length;
  *to++ = '\n';
  length += (gsize) g_snprintf (to, 11, "%u", iteration);
  wf_uuid_v5 (workflow, name, (gssize) length, key);
}
