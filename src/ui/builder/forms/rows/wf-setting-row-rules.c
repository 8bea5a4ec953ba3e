/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A setting that is a list of rules, of which the first that holds counts (R126): a row each,
 * edited in a dialog. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-rule-dialog.h"

#include "wf-plain-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfCondition *condition; /* (owned) (nullable) it could not be read */
  WfJsonDocument
      *extra; /* (owned) (nullable) the rule as it was, when the condition could not be read */
  char *to;   /* (owned) */
} Rule;

typedef struct
{
  GPtrArray *rules; /* (owned) of Rule */
  GPtrArray *rows;  /* (owned) of GtkWidget, unowned: those of the rules, then the one that adds */
} Rules;

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_clear_pointer (&rule->condition, wf_condition_unref);
  g_clear_pointer (&rule->extra, wf_json_document_unref);
  g_free (rule->to);
  g_free (rule);
}

static void
rules_free (gpointer data)
{
  Rules *rules = data;

  g_ptr_array_unref (rules->rules);
  g_ptr_array_unref (rules->rows);
  g_free (rules);
}

static void show_rules (WfSettingRow *self);

/* -- editing ----------------------------------------------------------------------------------- */

typedef struct
{
  WfSettingRow *row;
  guint index; /* G_MAXUINT: a new one */
} Edit;

static void
on_saved (WfRuleDialog *dialog, Edit *edit)
{
  Rules *rules = edit->row->data;
  Rule *rule = edit->index < rules->rules->len ? g_ptr_array_index (rules->rules, edit->index)
                                               : g_new0 (Rule, 1);

  if (edit->index >= rules->rules->len)
    g_ptr_array_add (rules->rules, rule);
  g_clear_pointer (&rule->condition, wf_condition_unref);
  g_clear_pointer (&rule->extra, wf_json_document_unref);
  rule->condition = wf_rule_dialog_dup_condition (dialog);
  g_set_str (&rule->to, wf_rule_dialog_get_to (dialog));
  show_rules (edit->row);
  wf_setting_row_emit_changed (edit->row);
}

static void
edit_rule (WfSettingRow *self, guint index)
{
  const Rules *rules = self->data;
  const Rule *rule = index < rules->rules->len ? g_ptr_array_index (rules->rules, index) : NULL;
  WfRuleDialog *dialog = wf_rule_dialog_new (self->context, rule != NULL ? rule->condition : NULL,
                                             rule != NULL ? rule->to : NULL);
  Edit *edit = g_new (Edit, 1);

  *edit = (Edit) { self, rule != NULL ? index : G_MAXUINT };
  wf_setting_row_connect (self, dialog, "saved", G_CALLBACK (on_saved), edit);
  adw_dialog_present (ADW_DIALOG (dialog), self->widget);
}

static void
on_row_activated (GtkWidget *row, WfSettingRow *self)
{
  const Rules *rules = self->data;
  guint place;

  if (g_ptr_array_find (rules->rows, row, &place))
    edit_rule (self, place);
}

static void
on_remove_clicked (GtkWidget *button, WfSettingRow *self)
{
  Rules *rules = self->data;
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  guint place;

  if (!g_ptr_array_find (rules->rows, row, &place))
    return;
  g_ptr_array_remove_index (rules->rules, place);
  show_rules (self);
  wf_setting_row_emit_changed (self);
}

/* -- rows -------------------------------------------------------------------------------------- */

static GtkWidget *
make_remove_button (WfSettingRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Remove Rule"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  return button;
}

static GtkWidget *
add_row (WfSettingRow *self, const char *title, const char *subtitle)
{
  Rules *rules = self->data;
  GtkWidget *row = wf_plain_row_new (title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->widget), row);
  g_ptr_array_add (rules->rows, row);
  return row;
}

static void
show_rule (WfSettingRow *self, const Rule *rule)
{
  g_autofree char *condition =
      rule->condition != NULL ? wf_condition_to_text (rule->condition, self->context->organisation)
                              : g_strdup (_ ("A condition that cannot be read"));
  WfSettingInfo info = { .type = WF_SETTING_ASSIGNEE };
  g_autofree char *to = wf_setting_id_to_text (&info, self->context, rule->to);
  GtkWidget *row = add_row (self, condition, to);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self));
}

static void
show_rules (WfSettingRow *self)
{
  Rules *rules = self->data;
  guint n = rules->rules->len;
  g_autofree char *summary = g_strdup_printf (ngettext ("%u rule", "%u rules", n), n);
  GtkWidget *add;

  for (guint i = 0; i < rules->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->widget), g_ptr_array_index (rules->rows, i));
  g_ptr_array_set_size (rules->rows, 0);
  for (guint i = 0; i < n; i++)
    show_rule (self, g_ptr_array_index (rules->rules, i));
  add = add_row (self, _ ("Add Rule…"), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (add),
                             gtk_image_new_from_icon_name ("list-add-symbolic"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->widget), n > 0 ? summary : "");
}

/* -- value ------------------------------------------------------------------------------------- */

static void
set_rules (WfSettingRow *self, const WfJson *value)
{
  Rules *rules = self->data;
  const WfJson *element;
  WfJsonIter iter;

  g_ptr_array_set_size (rules->rules, 0);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &element))
    {
      WfJsonCursor cursor = wf_json_cursor_root (wf_json_get_member (element, "if"), NULL);
      const char *to = wf_json_get_member_string (element, "to");
      Rule *rule = g_new0 (Rule, 1);

      rule->condition = wf_condition_read_unfinished (&cursor);
      rule->extra = rule->condition == NULL ? wf_json_document_extract (element) : NULL;
      rule->to = g_strdup (to != NULL ? to : "");
      g_ptr_array_add (rules->rules, rule);
    }
  show_rules (self);
}

static WfJsonDocument *
get_rules (WfSettingRow *self)
{
  Rules *rules = self->data;
  g_autoptr (WfJsonWriter) writer = NULL;

  if (rules->rules->len == 0)
    return NULL;
  writer = wf_json_writer_new ();
  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (rules->rules, i);

      if (rule->extra != NULL)
        {
          wf_json_writer_add_value (writer, NULL, wf_json_document_get_root (rule->extra));
          continue;
        }
      wf_json_writer_begin_object (writer, NULL);
      wf_condition_write (rule->condition, writer, "if");
      wf_json_writer_add_string (writer, "to", rule->to);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

void
wf_setting_row_make_rules (WfSettingRow *self)
{
  Rules *rules = g_new (Rules, 1);

  *rules = (Rules) { g_ptr_array_new_with_free_func (rule_free), g_ptr_array_new () };
  self->data = rules;
  self->data_free = rules_free;
  self->widget = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget),
                                 wf_setting_to_text (self->info));
  self->set = set_rules;
  self->get = get_rules;
  show_rules (self);
}
