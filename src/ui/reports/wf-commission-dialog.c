/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which rule commissions are computed. What was entered for one kind of share is not lost while another is looked
 * at: only the kind that is chosen when it is saved counts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-commission-dialog.h"

#include "wf-plain-text.h"
#include "wf-share-row.h"

#include <glib/gi18n-lib.h>

#define MOST_PRODUCTS 100
#define N_KINDS (WF_COMMISSION_BY_PERSON + 1)

struct _WfCommissionDialog
{
  AdwDialog parent_instance;

  WfRuntime *runtime;               /* (owned) */
  GCancellable *cancellable;        /* (owned) */
  WfCommissionRule *rules[N_KINDS]; /* (owned) as entered so far */
  WfCommissionBy shown;
  GStrv products;  /* (owned) (nullable) that leads have */
  GPtrArray *rows; /* (owned) of WfShareRow, unowned */
  AdwComboRow *by;
  AdwPreferencesGroup *shares;
  AdwEntryRow *product;
  AdwSpinRow *otherwise;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCommissionDialog, wf_commission_dialog, ADW_TYPE_DIALOG)

/* ---- rows -------------------------------------------------------------------------------------- */

static gboolean
find_share (const WfCommissionRule *rule, const char *id, double *percent)
{
  for (guint i = 0; i < rule->shares->len; i++)
    {
      const WfCommissionShare *share = &g_array_index (rule->shares, WfCommissionShare, i);
      if (!g_str_equal (share->id, id))
        continue;
      *percent = share->percent;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_row (WfCommissionDialog *self, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_str_equal (wf_share_row_get_id (self->rows->pdata[i]), id))
        return TRUE;
    }
  return FALSE;
}

static void
add_row (WfCommissionDialog *self, const char *id, const char *name)
{
  GtkWidget *row;
  double percent;

  if (*id == '\0' || has_row (self, id))
    return;
  row = wf_share_row_new (id, name);
  if (find_share (self->rules[self->shown], id, &percent))
    wf_share_row_set_percent (WF_SHARE_ROW (row), percent);
  adw_preferences_group_add (self->shares, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_people (WfCommissionDialog *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (person->active)
        add_row (self, person->id, person->name);
    }
}

/* Those that the rule names and nobody else does stay, too. */
static void
add_shares (WfCommissionDialog *self)
{
  const GArray *shares = self->rules[self->shown]->shares;
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);

  for (guint i = 0; i < shares->len; i++)
    {
      const char *id = g_array_index (shares, WfCommissionShare, i).id;
      add_row (self, id,
               self->shown == WF_COMMISSION_BY_PERSON
                   ? wf_organisation_get_person_name (organisation, id)
                   : id);
    }
}

static void
show_rows (WfCommissionDialog *self)
{
  wf_plain_rows_remove (self->rows);
  if (self->shown == WF_COMMISSION_BY_ORIGIN)
    {
      add_row (self, "web", C_ ("origin of leads", "Web"));
      add_row (self, "flow", C_ ("origin of leads", "Store Flow"));
    }
  else if (self->shown == WF_COMMISSION_BY_PERSON)
    add_people (self);
  for (guint i = 0; self->shown == WF_COMMISSION_BY_PRODUCT && self->products != NULL &&
                    self->products[i] != NULL;
       i++)
    add_row (self, self->products[i], self->products[i]);
  add_shares (self);
  gtk_widget_set_visible (GTK_WIDGET (self->product), self->shown == WF_COMMISSION_BY_PRODUCT);
  adw_spin_row_set_value (self->otherwise, self->rules[self->shown]->otherwise);
}

/* What is in the rows, as a rule. */
static void
read_rows (WfCommissionDialog *self)
{
  WfCommissionRule *rule = NULL;

  adw_spin_row_update (self->otherwise);
  rule = wf_commission_rule_new (self->shown, adw_spin_row_get_value (self->otherwise));
  for (guint i = 0; i < self->rows->len; i++)
    {
      WfShareRow *row = self->rows->pdata[i];
      double percent;
      if (wf_share_row_get_percent (row, &percent))
        wf_commission_rule_set (rule, wf_share_row_get_id (row), percent);
    }
  wf_commission_rule_free (self->rules[self->shown]);
  self->rules[self->shown] = rule;
}

/* ---- what the person does ---------------------------------------------------------------------- */

static void
on_by_changed (WfCommissionDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->by);

  if (self->runtime == NULL || selected >= N_KINDS || selected == (guint) self->shown)
    return;
  read_rows (self);
  self->shown = (WfCommissionBy) selected;
  show_rows (self);
}

static void
on_product_added (WfCommissionDialog *self)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->product))));

  if (*name == '\0')
    return;
  add_row (self, name, name);
  gtk_editable_set_text (GTK_EDITABLE (self->product), "");
}

static void
on_cancel_clicked (WfCommissionDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfCommissionDialog *self)
{
  read_rows (self);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, self->rules[self->shown]);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_products_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCommissionDialog) self = WF_COMMISSION_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  GStrv products = wf_runtime_list_field_values_finish (WF_RUNTIME (object), result, &error);

  if (products == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The products of leads cannot be listed: %s", error->message);
      return;
    }
  if (self->runtime == NULL)
    {
      g_strfreev (products);
      return;
    }
  g_strfreev (self->products);
  self->products = products;
  for (guint i = 0; self->shown == WF_COMMISSION_BY_PRODUCT && products[i] != NULL; i++)
    add_row (self, products[i], products[i]);
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_commission_dialog_dispose (GObject *object)
{
  WfCommissionDialog *self = WF_COMMISSION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_COMMISSION_DIALOG);
  G_OBJECT_CLASS (wf_commission_dialog_parent_class)->dispose (object);
}

static void
wf_commission_dialog_finalize (GObject *object)
{
  WfCommissionDialog *self = WF_COMMISSION_DIALOG (object);

  for (guint i = 0; i < N_KINDS; i++)
    g_clear_pointer (&self->rules[i], wf_commission_rule_free);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->products);
  G_OBJECT_CLASS (wf_commission_dialog_parent_class)->finalize (object);
}

static void
wf_commission_dialog_class_init (WfCommissionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_commission_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_commission_dialog_finalize;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", WF_TYPE_COMMISSION_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "reports/wf-commission-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCommissionDialog, by);
  gtk_widget_class_bind_template_child (widget_class, WfCommissionDialog, shares);
  gtk_widget_class_bind_template_child (widget_class, WfCommissionDialog, product);
  gtk_widget_class_bind_template_child (widget_class, WfCommissionDialog, otherwise);
  gtk_widget_class_bind_template_callback (widget_class, on_by_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_product_added);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_commission_dialog_init (WfCommissionDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
wf_commission_dialog_new (WfRuntime *runtime, const WfCommissionRule *rule)
{
  WfCommissionDialog *self = g_object_new (WF_TYPE_COMMISSION_DIALOG, NULL);

  for (guint i = 0; i < N_KINDS; i++)
    self->rules[i] = wf_commission_rule_new ((WfCommissionBy) i, rule->otherwise);
  for (guint i = 0; i < rule->shares->len; i++)
    {
      const WfCommissionShare *share = &g_array_index (rule->shares, WfCommissionShare, i);
      wf_commission_rule_set (self->rules[rule->by], share->id, share->percent);
    }
  self->shown = rule->by;
  adw_combo_row_set_selected (self->by, rule->by);
  self->runtime = g_object_ref (runtime);
  show_rows (self);
  wf_runtime_list_field_values_async (runtime, "lead.product", MOST_PRODUCTS, self->cancellable,
                                      on_products_listed, g_object_ref (self));
  return ADW_DIALOG (self);
}
