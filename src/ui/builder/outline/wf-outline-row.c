/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the outline: the step's sentence, when it runs, what is wrong with it, and a "+" to go
 * on after it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define INDENT_PIXELS 20
#define MOST_INDENTS 6 /* deeper rows look as deep as this */
#define LANDING_PIXELS 2

struct _WfOutlineRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *problem_box;
  GtkImage *problem_icon;
  GtkLabel *problem;
  GtkWidget *add;

  GtkListItem *list_item; /* (nullable) borrowed while bound */
  WfOutlineItem *item;    /* (owned) (nullable) while bound */
  gulong changed_handler;
  WfOutlineLanding landing;
  guint landing_depth;
};

static guint add_signal;

G_DEFINE_FINAL_TYPE (WfOutlineRow, wf_outline_row, GTK_TYPE_BOX)

/* ---- what it says ---- */

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static int
get_start (guint depth)
{
  return INDENT_PIXELS * (int) MIN (depth, MOST_INDENTS);
}

static void
show_indent (WfOutlineRow *self)
{
  if (self->item != NULL)
    gtk_widget_set_margin_start (GTK_WIDGET (self->icon),
                                 get_start (wf_outline_item_get_depth (self->item)));
}

static void
show_problem (WfOutlineRow *self)
{
  gboolean is_error;
  const char *text = wf_outline_item_get_problem (self->item, &is_error);

  gtk_widget_set_visible (self->problem_box, text != NULL);
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->problem_icon,
                                is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  set_class (self->problem_box, "error", is_error);
  set_class (self->problem_box, "warning", !is_error);
}

/* The sentence, when it runs, what is wrong. */
static char *
make_spoken_text (WfOutlineItem *item)
{
  const char *const parts[] = { wf_outline_item_get_subtitle (item),
                                wf_outline_item_get_problem (item, NULL) };
  GString *text = g_string_new (wf_outline_item_get_title (item));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, ", %s", parts[i]);
  return g_string_free_and_steal (text);
}

static const char *
get_role (WfOutlineItem *item)
{
  switch (wf_outline_item_get_target (item)->kind)
    {
    case WF_TARGET_TRIGGER:
      return C_ ("role", "trigger");
    case WF_TARGET_PATH:
      return C_ ("role", "path");
    case WF_TARGET_NONE:
    case WF_TARGET_STEP:
    case WF_TARGET_PLACE:
    default:
      return wf_outline_item_is_branch (item) ? C_ ("role", "branch") : C_ ("role", "step");
    }
}

static const char *
get_add_text (WfOutlineItem *item)
{
  switch (wf_outline_item_get_target (item)->kind)
    {
    case WF_TARGET_TRIGGER:
      return _ ("Add a step at the beginning");
    case WF_TARGET_PATH:
      return _ ("Add a step to this path");
    case WF_TARGET_NONE:
    case WF_TARGET_STEP:
    case WF_TARGET_PLACE:
    default:
      return _ ("Add a step after this one");
    }
}

/* What it is and which one of how many: in words too, as not every screen reader is told the
 * relations. */
static char *
make_description (WfOutlineItem *item)
{
  guint n, number = wf_outline_item_get_number (item, &n);

  if (wf_outline_item_get_target (item)->kind == WF_TARGET_TRIGGER)
    return g_strdup (get_role (item));
  /* Translators: kind of line and its place in its sequence, as in "step, 2 of 4" */
  return g_strdup_printf (_ ("%s, %u of %u"), get_role (item), number, n);
}

/* The list's own widget around this one is the list item that a screen reader meets. */
static void
show_accessible (WfOutlineRow *self)
{
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = make_spoken_text (self->item);
  g_autofree char *description = make_description (self->item);
  const char *add = get_add_text (self->item);
  guint n, number = wf_outline_item_get_number (self->item, &n);

  gtk_list_item_set_accessible_label (self->list_item, spoken);
  gtk_list_item_set_accessible_description (self->list_item, description);
  gtk_widget_set_tooltip_text (self->add, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, add,
                                  -1);
  if (around == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (around), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) wf_outline_item_get_depth (self->item) + 1, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (around), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) number, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
}

static void
show_item (WfOutlineRow *self)
{
  const char *subtitle = wf_outline_item_get_subtitle (self->item);

  gtk_image_set_from_icon_name (self->icon, wf_outline_item_get_icon (self->item));
  gtk_label_set_text (self->title, wf_outline_item_get_title (self->item));
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
  set_class (self->title, "heading",
             wf_outline_item_get_target (self->item)->kind != WF_TARGET_STEP);
  show_problem (self);
  show_indent (self);
  show_accessible (self);
}

static void
on_add_clicked (WfOutlineRow *self)
{
  g_signal_emit (self, add_signal, 0);
}

/* ---- drawing ---- */

/* Along the edge, with the padding. */
static void
wf_outline_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfOutlineRow *self = WF_OUTLINE_ROW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float start = (float) get_start (self->landing_depth);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (GdkRGBA) color = NULL;
  graphene_rect_t line;

  GTK_WIDGET_CLASS (wf_outline_row_parent_class)->snapshot (widget, snapshot);
  if (self->landing == WF_OUTLINE_LANDING_NONE ||
      !gtk_widget_compute_bounds (widget, widget, &line))
    return;
  if (self->landing == WF_OUTLINE_LANDING_BELOW)
    line.origin.y += line.size.height - LANDING_PIXELS;
  line.size.height = LANDING_PIXELS;
  line.origin.x = mirrored ? 0 : start;
  line.size.width = width - start;
  color = adw_style_manager_get_accent_color_rgba (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  gtk_snapshot_append_color (snapshot, color, &line);
}

/* ---- object ---- */

static void
wf_outline_row_dispose (GObject *object)
{
  wf_outline_row_unbind (WF_OUTLINE_ROW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_OUTLINE_ROW);
  G_OBJECT_CLASS (wf_outline_row_parent_class)->dispose (object);
}

static void
wf_outline_row_class_init (WfOutlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_outline_row_dispose;
  widget_class->snapshot = wf_outline_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "wf-outline-row");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/outline/wf-outline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, title);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, problem_icon);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, problem);
  gtk_widget_class_bind_template_child (widget_class, WfOutlineRow, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  add_signal = g_signal_new ("add", WF_TYPE_OUTLINE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 0);
}

static void
wf_outline_row_init (WfOutlineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* editable FALSE: for those who may look but not change (R7). */
WfOutlineRow *
wf_outline_row_new (gboolean editable)
{
  WfOutlineRow *self = g_object_new (WF_TYPE_OUTLINE_ROW, NULL);

  gtk_widget_set_visible (self->add, editable);
  return self;
}

void
wf_outline_row_bind (WfOutlineRow *self, GtkListItem *list_item)
{
  wf_outline_row_unbind (self);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  self->changed_handler =
      g_signal_connect_swapped (self->item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}

void
wf_outline_row_unbind (WfOutlineRow *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_clear_object (&self->item);
  self->list_item = NULL;
  self->landing = WF_OUTLINE_LANDING_NONE;
}

WfOutlineItem *
wf_outline_row_get_item (WfOutlineRow *self)
{
  return self->item;
}

void
wf_outline_row_set_landing (WfOutlineRow *self, WfOutlineLanding landing, guint depth)
{
  if (self->landing == landing && self->landing_depth == depth)
    return;
  self->landing = landing;
  self->landing_depth = depth;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
wf_outline_row_get_depth_at (WfOutlineRow *self, double x)
{
  double from_start = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
                          ? gtk_widget_get_width (GTK_WIDGET (self)) - x
                          : x;

  return from_start > 0 ? (guint) (from_start / INDENT_PIXELS) : 0;
}
