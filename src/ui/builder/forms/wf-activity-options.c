/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else can be set for an activity: rows of the catalogue's settings over the fields of the
 * step. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-options.h"

#include "wf-setting-row.h"
#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  OPTION_TEXT,
  OPTION_LIST,
  OPTION_FLAG,
  OPTION_DURATION,
} OptionType;

/* Which member of the document is which field of the step. */
static const struct
{
  const char *name;
  OptionType type;
  gsize offset;
} options[] = {
  { "assignee", OPTION_TEXT, G_STRUCT_OFFSET (WfCreateActivity, assignee) },
  { "lasts", OPTION_DURATION, G_STRUCT_OFFSET (WfCreateActivity, lasts) },
  { "place", OPTION_TEXT, G_STRUCT_OFFSET (WfCreateActivity, place) },
  { "retire-on", OPTION_LIST, G_STRUCT_OFFSET (WfCreateActivity, retire_on) },
  { "join", OPTION_FLAG, G_STRUCT_OFFSET (WfCreateActivity, join) },
  { "keep", OPTION_FLAG, G_STRUCT_OFFSET (WfCreateActivity, keep_when_closed) },
};

struct _WfActivityOptions
{
  AdwPreferencesGroup parent_instance;

  WfSettingContext context;
  WfSettingRow rows[G_N_ELEMENTS (options)]; /* widget NULL: the kind has no such setting */
  WfProblemRow *problems[G_N_ELEMENTS (options)];
  gboolean showing;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfActivityOptions, wf_activity_options, ADW_TYPE_PREFERENCES_GROUP)

static void
on_row_changed (gpointer user_data)
{
  WfActivityOptions *self = user_data;

  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
wf_activity_options_dispose (GObject *object)
{
  WF_ACTIVITY_OPTIONS (object)->showing = TRUE; /* rows emit while they go */
  G_OBJECT_CLASS (wf_activity_options_parent_class)->dispose (object);
}

static void
wf_activity_options_finalize (GObject *object)
{
  WfActivityOptions *self = WF_ACTIVITY_OPTIONS (object);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (self->rows[i].data_free != NULL)
      self->rows[i].data_free (self->rows[i].data);
  wf_organisation_unref (self->context.organisation);
  g_free (self->context.event_type);
  G_OBJECT_CLASS (wf_activity_options_parent_class)->finalize (object);
}

static void
wf_activity_options_class_init (WfActivityOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_activity_options_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_activity_options_finalize;
  signals[CHANGED] = g_signal_new ("changed", WF_TYPE_ACTIVITY_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_activity_options_init (WfActivityOptions *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("More"));
}

static void
add_row (WfActivityOptions *self, guint index, const WfSettingInfo *info)
{
  WfSettingRow *row = &self->rows[index];

  row->info = info;
  row->context = &self->context;
  row->changed = on_row_changed;
  row->changed_data = self;
  wf_setting_row_find (info->type) (row);
  self->problems[index] = g_object_new (WF_TYPE_PROBLEM_ROW, "visible", FALSE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->widget);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->problems[index]));
}

void
wf_activity_options_set_up (WfActivityOptions *self, WfStepKind kind, WfOrganisation *organisation,
                            const char *event_type)
{
  const WfStepKindInfo *kind_info = wf_step_catalogue_get (kind);

  self->context.organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->context.event_type = g_strdup (event_type);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const WfSettingInfo *info = wf_step_kind_info_get_setting (kind_info, options[i].name);

      if (info != NULL)
        add_row (self, i, info);
    }
}

/* -- step to rows ------------------------------------------------------------------------------ */

static WfJsonDocument *
make_value (OptionType type, gconstpointer field)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  char **list;

  switch (type)
    {
    case OPTION_TEXT:
      return wf_setting_make_text_value (*(char *const *) field);
    case OPTION_FLAG:
      wf_json_writer_add_boolean (writer, NULL, *(const gboolean *) field);
      break;
    case OPTION_DURATION:
      if (!wf_duration_is_set (*(const WfDuration *) field))
        return NULL;
      wf_duration_write (*(const WfDuration *) field, writer, NULL);
      break;
    case OPTION_LIST:
      list = *(char **const *) field;
      wf_json_writer_begin_array (writer, NULL);
      for (guint i = 0; list != NULL && list[i] != NULL; i++)
        wf_json_writer_add_string (writer, NULL, list[i]);
      wf_json_writer_end (writer);
      break;
    default:
      g_return_val_if_reached (NULL);
    }
  return wf_json_writer_finish_document (writer);
}

void
wf_activity_options_show (WfActivityOptions *self, const WfCreateActivity *activity)
{
  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (WfJsonDocument) value = NULL;

      if (self->rows[i].widget == NULL)
        continue;
      value = make_value (options[i].type, (const char *) activity + options[i].offset);
      self->rows[i].set (&self->rows[i], value != NULL ? wf_json_document_get_root (value) : NULL);
    }
  self->showing = FALSE;
}

/* -- rows to step ------------------------------------------------------------------------------ */

static char **
read_list (const WfJson *value)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  const WfJson *element;
  WfJsonIter iter;

  if (value == NULL)
    return NULL;
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    g_strv_builder_add (list, wf_json_get_string (element));
  return g_strv_builder_end (list);
}

/* What is the same as nothing is not written. */
static const char *
read_text (const WfSettingInfo *info, const WfJson *value)
{
  const char *text = wf_json_get_string (value);

  return g_strcmp0 (text, info->fallback) == 0 ? NULL : text;
}

static void
read_value (OptionType type, const WfSettingInfo *info, const WfJson *value, gpointer field)
{
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);

  switch (type)
    {
    case OPTION_TEXT:
      g_set_str (field, read_text (info, value));
      break;
    case OPTION_FLAG:
      *(gboolean *) field = wf_json_get_boolean (value, FALSE);
      break;
    case OPTION_DURATION:
      *(WfDuration *) field = wf_duration_read (&cursor, FALSE);
      break;
    case OPTION_LIST:
      g_strfreev (*(char ***) field);
      *(char ***) field = read_list (value);
      break;
    default:
      g_return_if_reached ();
    }
}

void
wf_activity_options_read (WfActivityOptions *self, WfCreateActivity *activity)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (WfJsonDocument) value = NULL;

      if (self->rows[i].widget == NULL)
        continue;
      value = self->rows[i].get (&self->rows[i]);
      read_value (options[i].type, self->rows[i].info,
                  value != NULL ? wf_json_document_get_root (value) : NULL,
                  (char *) activity + options[i].offset);
    }
}

void
wf_activity_options_show_problems (WfActivityOptions *self, const WfProblems *problems,
                                   const char *base)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (self->rows[i].widget != NULL)
      wf_problem_row_set_text (
          self->problems[i],
          wf_step_problem_find (problems, base, options[i].name, WF_PROBLEM_WARNING),
          self->rows[i].widget);
}
