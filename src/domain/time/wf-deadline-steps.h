/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline sum line by line, for people (B2, B5). */
#pragma once

#include "wf-deadline.h"

G_BEGIN_DECLS

/* Adds the lines of one sum to lines, each owned by it. uncut: the result before rounding and
 * before rules about its being past; deadline: the whole result. */
void wf_deadline_steps_write (GPtrArray *lines, const WfDeadlineRequest *request,
                              const WfWorkingHours *hours, const WfDeadline *deadline,
                              WfInstant uncut);

G_END_DECLS
