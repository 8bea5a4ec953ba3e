/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of workflowctl's texts. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

/* The default text domain is left alone: GLib decides once whether to translate at all, from the user's language and that
 * domain, and would then not follow a change of the language. All texts name their domain. */

static const char *
get_folder (void)
{
  const char *folder = g_getenv ("WORKFLOW_LOCALEDIR");

  return folder != NULL ? folder : WF_LOCALEDIR;
}

/**
 * wf_ctl_language_start:
 *
 * Takes the user's language from the environment.
 */
void
wf_ctl_language_start (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, get_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* English is the language of the sources: it needs no catalogue. */
static gboolean
is_translated (const char *language)
{
  g_auto (GStrv) variants = g_get_locale_variants (language);

  for (guint i = 0; variants[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (get_folder (), variants[i], "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_str_equal (variants[i], "en") || g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_language (const char *text)
{
  return g_ascii_isalpha (text[0]) && strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_@.-") == strlen (text);
}

/**
 * wf_ctl_language_set:
 * @language: such as "pt_BR"
 *
 * The language's own locale also gives its dates. Where it is not installed, C.UTF-8 stands in: gettext then still follows
 * LANGUAGE, which it would not do in the locale "C".
 *
 * Returns: whether there is a translation
 */
gboolean
wf_ctl_language_set (const char *language)
{
  g_autofree char *locale = NULL;

  if (!is_language (language) || !is_translated (language))
    return FALSE;
  g_setenv ("LANGUAGE", language, TRUE);
  locale = strchr (language, '.') != NULL ? g_strdup (language) : g_strconcat (language, ".UTF-8", NULL);
  if (setlocale (LC_ALL, locale) == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  return TRUE;
}
