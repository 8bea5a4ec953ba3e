/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a condition. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-condition-value.h"

#include "wf-condition-words.h"
#include "wf-line-layout.h"
#include "wf-value-chip.h"
#include "wf-value-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WfConditionValue
{
  AdwBin parent_instance;

  GtkBox *box;
  WfValueInput *first;
  GtkWidget *conjunction;
  WfValueInput *second;
  GPtrArray *chips; /* of WfValueChip, unowned */

  WfValueShape shape;
  WfValueKind kind;
  WfOrganisation *organisation; /* (nullable) */
  char *about;                  /* (nullable) what the inputs are made for */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfConditionValue, wf_condition_value, ADW_TYPE_BIN)

static void
on_changed (WfConditionValue *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* ---- chips ---- */

/* The focus goes to the chip that takes the place, or to the input. */
static void
on_chip_removed (WfConditionValue *self, WfValueChip *chip)
{
  guint place;

  if (!g_ptr_array_find (self->chips, chip, &place))
    return;
  g_ptr_array_remove_index (self->chips, place);
  gtk_widget_grab_focus (place < self->chips->len ? g_ptr_array_index (self->chips, place)
                                                  : GTK_WIDGET (self->first));
  gtk_box_remove (self->box, GTK_WIDGET (chip));
  on_changed (self);
}

static void
add_chip (WfConditionValue *self, const char *value)
{
  g_autofree char *name = wf_typed_value_to_text (self->kind, value, self->organisation);
  GtkWidget *chip = wf_value_chip_new (value, *name != '\0' ? name : C_ ("value", "nothing"));
  GtkWidget *before = self->chips->len > 0 ? g_ptr_array_index (self->chips, self->chips->len - 1)
                                           : NULL;

  g_signal_connect_object (chip, "removed", G_CALLBACK (on_chip_removed), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->box, chip, before);
  g_ptr_array_add (self->chips, chip);
}

static void
clear_chips (WfConditionValue *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    gtk_box_remove (self->box, g_ptr_array_index (self->chips, i));
  g_ptr_array_set_size (self->chips, 0);
}

static gboolean
has_chip (WfConditionValue *self, const char *value)
{
  for (guint i = 0; i < self->chips->len; i++)
    if (g_str_equal (wf_value_chip_get_value (g_ptr_array_index (self->chips, i)), value))
      return TRUE;
  return FALSE;
}

/* What stands in the input becomes a chip. */
static void
take_input (WfConditionValue *self)
{
  g_autofree char *value = wf_value_input_dup_value (self->first);

  if (self->shape != WF_VALUES_LIST || *g_strstrip (value) == '\0')
    return;
  wf_value_input_set_value (self->first, "");
  if (!has_chip (self, value))
    {
      add_chip (self, value);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Value added"),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
    }
  on_changed (self);
}

static void
on_entered (WfConditionValue *self)
{
  take_input (self);
}

/* A comma ends a value of a list of texts, as people write lists; in a number it is part of it. */
static void
on_first_changed (WfConditionValue *self)
{
  g_autofree char *value = wf_value_input_dup_value (self->first);
  gsize length = strlen (value);

  if (self->shape != WF_VALUES_LIST || self->kind != WF_VALUE_TEXT || length < 2 ||
      value[length - 1] != ',')
    {
      on_changed (self);
      return;
    }
  value[length - 1] = '\0';
  wf_value_input_set_value (self->first, value);
  take_input (self);
}

/* ---- the widget ---- */

static void
wf_condition_value_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL); /* first, or the bin would unparent it once more */
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_CONDITION_VALUE);
  G_OBJECT_CLASS (wf_condition_value_parent_class)->dispose (object);
}

static void
wf_condition_value_finalize (GObject *object)
{
  WfConditionValue *self = WF_CONDITION_VALUE (object);

  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self->about);
  G_OBJECT_CLASS (wf_condition_value_parent_class)->finalize (object);
}

static gboolean
wf_condition_value_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WF_CONDITION_VALUE (widget)->first));
}

static void
wf_condition_value_class_init (WfConditionValueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WF_TYPE_LINE_LAYOUT);
  g_type_ensure (WF_TYPE_VALUE_INPUT);
  G_OBJECT_CLASS (klass)->dispose = wf_condition_value_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_condition_value_finalize;
  widget_class->grab_focus = wf_condition_value_grab_focus;
  changed_signal = g_signal_new ("changed", WF_TYPE_CONDITION_VALUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/conditions/wf-condition-value.ui");
  gtk_widget_class_bind_template_child (widget_class, WfConditionValue, box);
  gtk_widget_class_bind_template_child (widget_class, WfConditionValue, first);
  gtk_widget_class_bind_template_child (widget_class, WfConditionValue, conjunction);
  gtk_widget_class_bind_template_child (widget_class, WfConditionValue, second);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_first_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_set_css_name (widget_class, "conditionvalue");
}

static void
wf_condition_value_init (WfConditionValue *self)
{
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Other inputs for another field or operator. */
static void
set_up (WfConditionValue *self, const WfConditionDraft *test, const WfOrganisation *organisation)
{
  WfValueShape shape = wf_condition_draft_get_shape (test);
  g_autofree char *about = g_strdup_printf ("%s %d %d %p", test->field != NULL ? test->field : "",
                                            (int) test->op, (int) shape, (gpointer) organisation);

  if (!g_set_str (&self->about, about))
    return;
  clear_chips (self);
  self->shape = shape;
  self->kind = wf_condition_get_value_kind (test->field, test->op);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  if (organisation != NULL)
    self->organisation = wf_organisation_ref ((WfOrganisation *) organisation);
  gtk_widget_set_visible (GTK_WIDGET (self), shape != WF_VALUES_NONE);
  gtk_widget_set_visible (self->conjunction, shape == WF_VALUES_RANGE);
  gtk_widget_set_visible (GTK_WIDGET (self->second), shape == WF_VALUES_RANGE);
  wf_value_input_set_kind (self->first, self->kind, shape == WF_VALUES_LIST,
                           shape == WF_VALUES_RANGE  ? _ ("Lowest value")
                           : shape == WF_VALUES_LIST ? _ ("Add a value")
                                                     : _ ("Value"),
                           organisation);
  if (shape == WF_VALUES_RANGE)
    wf_value_input_set_kind (self->second, self->kind, FALSE, _ ("Highest value"), organisation);
}

/* Without a value the working hours are meant, not the time outside of them. */
static gboolean
means_hours (const WfConditionDraft *test)
{
  return test->op == WF_OP_MATCHES_HOURS && test->values->len == 0;
}

static gboolean
shows_values (WfConditionValue *self, const WfConditionDraft *test)
{
  g_auto (GStrv) values = wf_condition_value_dup_values (self);
  guint n = g_strv_length (values);

  if (means_hours (test))
    return n == 1 && g_str_equal (values[0], "true");
  if (n != wf_condition_draft_get_n_values (test))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (values[i], wf_condition_draft_get_value (test, i)))
      return FALSE;
  return TRUE;
}

void
wf_condition_value_show (WfConditionValue *self, const WfConditionDraft *test,
                         const WfOrganisation *organisation)
{
  set_up (self, test, organisation);
  if (shows_values (self, test))
    return;
  if (self->shape != WF_VALUES_LIST)
    {
      wf_value_input_set_value (
          self->first, means_hours (test) ? "true" : wf_condition_draft_get_value (test, 0));
      wf_value_input_set_value (self->second, wf_condition_draft_get_value (test, 1));
      return;
    }
  clear_chips (self);
  wf_value_input_set_value (self->first, "");
  for (guint i = 0; i < test->values->len; i++)
    add_chip (self, wf_condition_draft_get_value (test, i));
}

char **
wf_condition_value_dup_values (WfConditionValue *self)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autofree char *typed = wf_value_input_dup_value (self->first);

  for (guint i = 0; i < self->chips->len; i++)
    g_strv_builder_add (values, wf_value_chip_get_value (g_ptr_array_index (self->chips, i)));
  if (self->shape == WF_VALUES_LIST && *typed != '\0')
    g_strv_builder_add (values, typed);
  if (self->shape == WF_VALUES_ONE && *typed != '\0')
    g_strv_builder_add (values, typed);
  if (self->shape == WF_VALUES_RANGE)
    {
      g_autofree char *highest = wf_value_input_dup_value (self->second);

      if (*typed != '\0' || *highest != '\0')
        g_strv_builder_add_many (values, typed, highest, NULL);
    }
  return g_strv_builder_end (values);
}

void
wf_condition_value_set_suggestions (WfConditionValue *self, const char *const *values)
{
  wf_value_input_set_suggestions (self->first, values);
  wf_value_input_set_suggestions (self->second, values);
}

void
wf_condition_value_set_problem (WfConditionValue *self, gboolean wrong)
{
  wf_value_input_set_problem (self->first, wrong);
  wf_value_input_set_problem (self->second, wrong);
}
