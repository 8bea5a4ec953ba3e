/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the compiled templates and the style sheet are inside of the program. */
#pragma once

#define WF_UI_RESOURCES "/org/example/Workflow/"
