/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes of actions, messages, comments and webhooks, for the table of routes. */
#pragma once

#include "wf-demo-request.h"

G_BEGIN_DECLS

void wf_demo_route_list_actions (WfDemoRequest *self);
void wf_demo_route_get_action (WfDemoRequest *self);
void wf_demo_route_put_action (WfDemoRequest *self);
void wf_demo_route_list_messages (WfDemoRequest *self);
void wf_demo_route_get_message (WfDemoRequest *self);
void wf_demo_route_put_message (WfDemoRequest *self);
void wf_demo_route_list_comments (WfDemoRequest *self);
void wf_demo_route_put_comment (WfDemoRequest *self);
void wf_demo_route_get_webhook_secret (WfDemoRequest *self);
void wf_demo_route_list_hooks (WfDemoRequest *self);
void wf_demo_route_post_hook (WfDemoRequest *self);

G_END_DECLS
