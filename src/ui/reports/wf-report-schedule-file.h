/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a scheduled report in a person's folder. Needs no display. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "Sales: 2026-11-22" as a file's name without what file systems refuse. Owned by the caller. */
char *wf_report_schedule_make_stem (const char *name, const GDate *date);
/* Writes folder/stem.extension as a whole or not at all. What has that name and is not one of made (of WfReportMade), unchanged,
 * is left alone: then it is "stem (2).extension". Blocks. Owned by the caller: its URI; NULL with error. */
char *wf_report_schedule_write_file (GFile *folder, const char *stem, const char *extension,
                                     GBytes *content, const GPtrArray *made, GError **error);
char *wf_report_schedule_get_checksum (GBytes *content); /* owned by the caller */

G_END_DECLS
