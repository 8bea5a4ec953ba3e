/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A temporary folder of one test, removed with all that is in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WfTestFolder WfTestFolder;

WfTestFolder *wf_test_folder_new (void);
void wf_test_folder_free (WfTestFolder *self);
const char *wf_test_folder_get_path (WfTestFolder *self);
/* A path inside the folder. Owned by the caller. */
char *wf_test_folder_build (WfTestFolder *self, const char *name);
/* Writes a file and gives its path. length -1: NUL-terminated. Owned by the caller. */
char *wf_test_folder_write (WfTestFolder *self, const char *name, const char *content,
                            gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTestFolder, wf_test_folder_free)

G_END_DECLS
