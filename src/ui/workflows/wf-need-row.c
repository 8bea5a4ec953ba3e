/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a package needs of the company, and what it becomes here. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-need-row.h"

#include <glib/gi18n-lib.h>

struct _WfNeedRow
{
  AdwComboRow parent_instance;

  const WfPackageNeed *need; /* (unowned) */
  GtkStringList *names;      /* the first stands for nothing chosen */
  GPtrArray *ids;            /* of char*, in the order of the names after the first */
};

G_DEFINE_FINAL_TYPE (WfNeedRow, wf_need_row, ADW_TYPE_COMBO_ROW)

static void
wf_need_row_dispose (GObject *object)
{
  WfNeedRow *self = WF_NEED_ROW (object);

  g_clear_object (&self->names);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_need_row_parent_class)->dispose (object);
}

static void
wf_need_row_class_init (WfNeedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_need_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-need-row.ui");
}

static void
wf_need_row_init (WfNeedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = gtk_string_list_new (NULL);
  self->ids = g_ptr_array_new_with_free_func (g_free);
}

static void
add_choice (const char *id, const char *name, gpointer user_data)
{
  WfNeedRow *self = user_data;

  gtk_string_list_append (self->names, name);
  g_ptr_array_add (self->ids, g_strdup (id));
  if (g_strcmp0 (id, self->need->becomes) == 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), self->ids->len);
}

static const char *
get_kind_text (const WfPackageNeed *need)
{
  static const struct
  {
    const char *kind, *text;
  } texts[] = {
    { "activity-type", N_ ("Activity type") },
    { "group", N_ ("Group") },
    { "person", N_ ("Person") },
    { "stage", N_ ("Stage") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].kind, need->kind))
      return _ (texts[i].text);
  return need->kind;
}

WfNeedRow *
wf_need_row_new (const WfPackageNeed *need, const WfOrganisation *organisation)
{
  WfNeedRow *self = g_object_new (WF_TYPE_NEED_ROW, NULL);
  g_autoptr (GtkExpression) text =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->need = need;
  gtk_string_list_append (self->names, _ ("Nothing chosen"));
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), text);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->names));
  wf_package_foreach_choice (need, organisation, add_choice, self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), need->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), get_kind_text (need));
  return self;
}

char *
wf_need_row_dup_key (WfNeedRow *self)
{
  return g_strconcat (self->need->kind, ":", self->need->id, NULL);
}

const char *
wf_need_row_get_choice (WfNeedRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return selected > 0 && selected <= self->ids->len ? g_ptr_array_index (self->ids, selected - 1)
                                                    : NULL;
}
