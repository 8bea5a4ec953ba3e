/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of workflowctl's texts. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

/* GLib decides with the first text whether to translate at all, and stays with that: the language
 * must be chosen before anything else happens, also before the options are read. */

static const char *
get_folder (void)
{
  const char *folder = g_getenv ("WORKFLOW_LOCALEDIR");

  return folder != NULL ? folder : WF_LOCALEDIR;
}

/* English is the language of the sources: it needs no catalogue. */
static gboolean
is_translated (const char *language)
{
  g_auto (GStrv) variants = g_get_locale_variants (language);

  for (guint i = 0; variants[i] != NULL; i++)
    {
      g_autofree char *path =
          g_build_filename (get_folder (), variants[i], "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_str_equal (variants[i], "en") || g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_language (const char *text)
{
  return g_ascii_isalpha (text[0]) &&
         strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_@.-") == strlen (text);
}

/* The last one counts, as with other options. Owned by nobody: part of an argument. */
static const char *
find_language (char **arguments)
{
  const char *language = NULL;

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (g_str_has_prefix (arguments[i], "--language="))
        language = arguments[i] + strlen ("--language=");
      else if (g_str_equal (arguments[i], "--language") && arguments[i + 1] != NULL)
        language = arguments[i + 1];
    }
  return language;
}

/* The language's own locale also gives its dates. Where it is not installed, any other one stands
 * in, the user's first: gettext then follows LANGUAGE. The locales "C" and "C.UTF-8" would not do,
 * there it translates nothing. */
static gboolean
choose_locale (const char *language)
{
  g_autofree char *own = g_strconcat (language, ".UTF-8", NULL);
  const char *const others[] = {
    own, "", "en_US.UTF-8", "en_GB.UTF-8", "pt_PT.UTF-8", "es_ES.UTF-8", "de_DE.UTF-8"
  };

  if (g_str_has_prefix (language, "en"))
    return setlocale (LC_ALL, own) != NULL || setlocale (LC_ALL, "C.UTF-8") != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *name = setlocale (LC_ALL, others[i]) != NULL ? setlocale (LC_MESSAGES, NULL)
                                                               : NULL;

      if (name != NULL && !g_str_equal (name, "POSIX") && name[0] != 'C')
        return TRUE;
    }
  return FALSE;
}

/**
 * wf_ctl_language_start:
 * @arguments: those of the program
 *
 * Chooses the language of all texts.
 */
void
wf_ctl_language_start (char **arguments)
{
  const char *language = find_language (arguments);

  if (language != NULL && is_language (language) && is_translated (language))
    g_setenv ("LANGUAGE", language, TRUE);
  else
    language = NULL;
  if (language == NULL || !choose_locale (language))
    setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, get_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * wf_ctl_language_is_set:
 * @language: such as "pt_BR"
 *
 * Returns: whether texts come in it
 */
gboolean
wf_ctl_language_is_set (const char *language)
{
  const char *name = setlocale (LC_MESSAGES, NULL);

  if (!is_language (language) || !is_translated (language) ||
      g_strcmp0 (g_getenv ("LANGUAGE"), language) != 0)
    return FALSE;
  return g_str_has_prefix (language, "en") || (name[0] != 'C' && !g_str_equal (name, "POSIX"));
}
