/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every fuzz target has. */
#pragma once

#include <glib.h>
#include <stdlib.h>

/* Returns 0. Must neither crash nor leak for any input. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Ends the run when something that must always hold does not. By abort(), for which the fuzzer keeps
 * the input. */
#define FUZZ_CHECK(what)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(what))                                                                                   \
      {                                                                                            \
        g_printerr ("%s does not hold\n", #what);                                                  \
        abort ();                                                                                  \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
