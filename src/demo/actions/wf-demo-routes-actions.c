/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the routes of actions, messages, comments and webhooks do. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-routes.h"

#include <glib/gi18n-lib.h>

/* What is made here is only created, never replaced. */
static gboolean
is_creation (WfDemoRequest *self)
{
  if (wf_demo_request_is_creation (self))
    return TRUE;
  wf_demo_outcome_fail (&self->outcome, 428, "precondition-required",
                        _ ("Send If-None-Match: * to create."));
  return FALSE;
}

/* -- actions ----------------------------------------------------------------------------------- */

void
wf_demo_route_list_actions (WfDemoRequest *self)
{
  wf_demo_crm_list_actions (self->crm, &self->caller, self->query, &self->outcome,
                            &self->next_page);
}

void
wf_demo_route_get_action (WfDemoRequest *self)
{
  wf_demo_crm_get_action (self->crm, &self->caller, self->path[1], &self->outcome);
}

void
wf_demo_route_put_action (WfDemoRequest *self)
{
  if (is_creation (self))
    wf_demo_crm_put_action (self->crm, &self->caller, self->path[1], self->root, &self->outcome);
}

/* -- messages and comments --------------------------------------------------------------------- */

void
wf_demo_route_list_messages (WfDemoRequest *self)
{
  wf_demo_crm_list_messages (self->crm, &self->caller, self->query, &self->outcome,
                             &self->next_page);
}

void
wf_demo_route_get_message (WfDemoRequest *self)
{
  wf_demo_crm_get_message (self->crm, &self->caller, self->path[1], &self->outcome);
}

void
wf_demo_route_put_message (WfDemoRequest *self)
{
  if (is_creation (self))
    wf_demo_crm_put_message (self->crm, &self->caller, self->path[1], self->root, &self->outcome);
}

void
wf_demo_route_list_comments (WfDemoRequest *self)
{
  wf_demo_crm_list_comments (self->crm, &self->caller, self->path[1], self->query, &self->outcome,
                             &self->next_page);
}

void
wf_demo_route_put_comment (WfDemoRequest *self)
{
  if (is_creation (self))
    wf_demo_crm_put_comment (self->crm, &self->caller, self->path[1], self->path[3], self->root,
                             &self->outcome);
}

/* -- webhooks ---------------------------------------------------------------------------------- */

void
wf_demo_route_get_webhook_secret (WfDemoRequest *self)
{
  wf_demo_crm_get_webhook_secret (self->crm, &self->caller, &self->outcome);
}

void
wf_demo_route_list_hooks (WfDemoRequest *self)
{
  wf_demo_crm_list_hooks (self->crm, &self->caller, self->base, self->query, &self->outcome);
}

/* Who calls has proved itself by the token of the address. */
void
wf_demo_route_post_hook (WfDemoRequest *self)
{
  if (soup_server_message_get_request_body (self->message)->length > WF_DEMO_MOST_HOOK_BODY)
    wf_demo_outcome_fail (&self->outcome, 413, "too-large",
                          _ ("The content is larger than 256 kB."));
  else
    wf_demo_crm_receive_hook (self->crm, self->path[1],
                              wf_demo_request_get_header (self, "webhook-id"), self->root,
                              &self->outcome);
}
