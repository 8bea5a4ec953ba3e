/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the window have in common. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-page.h"

typedef struct
{
  WfRuntime *runtime;        /* (owned) */
  WfMinuteClock *minutes;    /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean ready;
} WfPagePrivate;

enum
{
  PROP_RUNTIME = 1,
  PROP_READY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (WfPage, wf_page, ADW_TYPE_NAVIGATION_PAGE)

static WfPagePrivate *
get_private (gpointer page)
{
  return wf_page_get_instance_private (WF_PAGE (page));
}

static void
wf_page_map (GtkWidget *widget)
{
  wf_minute_clock_start (get_private (widget)->minutes);
  GTK_WIDGET_CLASS (wf_page_parent_class)->map (widget);
}

static void
wf_page_unmap (GtkWidget *widget)
{
  if (get_private (widget)->minutes != NULL)
    wf_minute_clock_stop (get_private (widget)->minutes);
  GTK_WIDGET_CLASS (wf_page_parent_class)->unmap (widget);
}

static void
wf_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNTIME:
      g_value_set_object (value, get_private (object)->runtime);
      break;
    case PROP_READY:
      g_value_set_boolean (value, get_private (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNTIME:
      get_private (object)->runtime = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_page_constructed (GObject *object)
{
  WfPagePrivate *self = get_private (object);

  G_OBJECT_CLASS (wf_page_parent_class)->constructed (object);
  self->minutes = wf_minute_clock_new (wf_runtime_get_clock (self->runtime));
}

static void
wf_page_dispose (GObject *object)
{
  WfPagePrivate *self = get_private (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->minutes);
  g_clear_object (&self->runtime);
  G_OBJECT_CLASS (wf_page_parent_class)->dispose (object);
}

static void
wf_page_finalize (GObject *object)
{
  g_object_unref (get_private (object)->cancellable);
  G_OBJECT_CLASS (wf_page_parent_class)->finalize (object);
}

static void
wf_page_class_init (WfPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_page_get_property;
  object_class->set_property = wf_page_set_property;
  object_class->constructed = wf_page_constructed;
  object_class->dispose = wf_page_dispose;
  object_class->finalize = wf_page_finalize;
  widget_class->map = wf_page_map;
  widget_class->unmap = wf_page_unmap;
  props[PROP_RUNTIME] =
      g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_page_init (WfPage *self)
{
  get_private (self)->cancellable = g_cancellable_new ();
}

WfRuntime *
wf_page_get_runtime (WfPage *self)
{
  g_return_val_if_fail (WF_IS_PAGE (self), NULL);
  return get_private (self)->runtime;
}

WfMinuteClock *
wf_page_get_minutes (WfPage *self)
{
  g_return_val_if_fail (WF_IS_PAGE (self), NULL);
  return get_private (self)->minutes;
}

GCancellable *
wf_page_get_cancellable (WfPage *self)
{
  g_return_val_if_fail (WF_IS_PAGE (self), NULL);
  return get_private (self)->cancellable;
}

gboolean
wf_page_is_ready (WfPage *self)
{
  g_return_val_if_fail (WF_IS_PAGE (self), FALSE);
  return get_private (self)->ready;
}

/**
 * wf_page_set_ready:
 * @self: a page
 * @ready: whether it shows what it is there for
 *
 * Returns: whether that is new
 */
gboolean
wf_page_set_ready (WfPage *self, gboolean ready)
{
  g_return_val_if_fail (WF_IS_PAGE (self), FALSE);
  if (get_private (self)->ready == ready)
    return FALSE;
  get_private (self)->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
  return TRUE;
}
