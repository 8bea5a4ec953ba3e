/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line asks for. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean sample;     /* connect to the sample company at once */
  gboolean background; /* no window until somebody asks for it */
  gboolean dark;
  gboolean announce_frame; /* tell on stdout when the first content was painted */
  char *server;            /* (owned) (nullable) an account for this run only */
  char *token_file;        /* (owned) (nullable) */
  char *state_dir;         /* (owned) (nullable) where this run keeps its store */
  char *screenshot;        /* (owned) (nullable) picture to make, then end */
  char *page;              /* (owned) (nullable) name of the first page */
  int width, height;       /* 0 = as remembered */
} WfOptions;

void wf_options_add_to (GApplication *application);
/* FALSE with an error for values that cannot be meant. */
gboolean wf_options_read (WfOptions *self, GVariantDict *values, GError **error);
/* "WxH" in pixels. */
gboolean wf_options_parse_size (const char *text, int *width, int *height);
void wf_options_clear (WfOptions *self);

G_END_DECLS
