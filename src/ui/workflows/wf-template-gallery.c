/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gallery of templates: a searchable list by category, and a page about each. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-template-gallery.h"

#include "wf-plain-text.h"
#include "wf-sentence.h"
#include "wf-text-fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WfTemplateGallery
{
  AdwDialog parent_instance;

  AdwNavigationView *view;
  AdwPreferencesPage *page;
  GtkStack *stack;
  GtkEditable *search;
  AdwNavigationPage *details;
  AdwActionRow *scenario;
  AdwActionRow *flow;
  AdwActionRow *benefits;
  GtkLabel *sentences;
  GtkWidget *use;

  GPtrArray *templates;      /* (owned) of WfTemplate */
  GPtrArray *rows;           /* (owned) of GtkWidget, unowned: by the place of their template */
  GPtrArray *groups;         /* (owned) of AdwPreferencesGroup, unowned */
  const WfTemplate *current; /* (nullable) the one on the page of details */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (WfTemplateGallery, wf_template_gallery, ADW_TYPE_DIALOG)

/* -- list -------------------------------------------------------------------------------------- */

static void
show_details (WfTemplateGallery *self, const WfTemplate *template)
{
  g_autofree char *text = wf_sentence_for_workflow (template->workflow, NULL);

  self->current = template;
  adw_navigation_page_set_title (self->details, template->name);
  adw_action_row_set_subtitle (self->scenario, template->scenario);
  adw_action_row_set_subtitle (self->flow, template->flow);
  adw_action_row_set_subtitle (self->benefits, template->benefits);
  gtk_label_set_text (self->sentences, text);
  adw_navigation_view_push (self->view, self->details);
  gtk_widget_grab_focus (self->use);
}

static void
on_row_activated (GtkWidget *row, WfTemplateGallery *self)
{
  guint place;

  if (g_ptr_array_find (self->rows, row, &place))
    show_details (self, g_ptr_array_index (self->templates, place));
}

static AdwPreferencesGroup *
add_group (WfTemplateGallery *self, const char *category)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   wf_template_category_to_text (category));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_row (WfTemplateGallery *self, AdwPreferencesGroup *group, const WfTemplate *template)
{
  GtkWidget *row = wf_plain_row_new (template->name, template->scenario);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_DEFAULT);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

/* The templates come in the order of the gallery: those of a category stand together. */
static void
fill (WfTemplateGallery *self)
{
  AdwPreferencesGroup *group = NULL;
  const char *category = NULL;

  for (guint i = 0; i < self->templates->len; i++)
    {
      const WfTemplate *template = g_ptr_array_index (self->templates, i);

      if (g_strcmp0 (template->category, category) != 0)
        group = add_group (self, category = template->category);
      add_row (self, group, template);
    }
}

/* -- search ------------------------------------------------------------------------------------ */

static gboolean
matches (const WfTemplate *template, const char *folded)
{
  g_autofree char *all =
      g_strjoin (" ", template->name, template->scenario, template->flow, template->benefits, NULL);
  g_autofree char *text = wf_text_fold (all);

  return strstr (text, folded) != NULL;
}

static void
on_search_changed (WfTemplateGallery *self)
{
  g_autofree char *folded = wf_text_fold (gtk_editable_get_text (self->search));
  gboolean any = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->groups, i), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean shown = matches (g_ptr_array_index (self->templates, i), folded);

      gtk_widget_set_visible (row, shown);
      if (shown)
        gtk_widget_set_visible (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP), TRUE);
      any |= shown;
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "nothing");
}

static void
on_use_clicked (WfTemplateGallery *self)
{
  g_autoptr (WfWorkflow) draft = wf_template_instantiate (self->current);

  g_signal_emit (self, chosen_signal, 0, draft);
  adw_dialog_close (ADW_DIALOG (self));
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_template_gallery_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TEMPLATE_GALLERY);
  G_OBJECT_CLASS (wf_template_gallery_parent_class)->dispose (object);
}

static void
wf_template_gallery_finalize (GObject *object)
{
  WfTemplateGallery *self = WF_TEMPLATE_GALLERY (object);

  g_ptr_array_unref (self->templates);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (wf_template_gallery_parent_class)->finalize (object);
}

static void
wf_template_gallery_class_init (WfTemplateGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_template_gallery_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_template_gallery_finalize;
  chosen_signal = g_signal_new ("chosen", WF_TYPE_TEMPLATE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-template-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, view);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, page);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, stack);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, search);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, details);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, scenario);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, flow);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, benefits);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, sentences);
  gtk_widget_class_bind_template_child (widget_class, WfTemplateGallery, use);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
}

static void
wf_template_gallery_init (WfTemplateGallery *self)
{
  self->templates = wf_template_list (NULL);
  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

WfTemplateGallery *
wf_template_gallery_new (void)
{
  return g_object_new (WF_TYPE_TEMPLATE_GALLERY, NULL);
}
