/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the agenda. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-agenda-item.h"

struct _WfAgendaItem
{
  GObject parent_instance;

  WfAgendaKind kind;
  GDate date;
  WfActivity *activity; /* (owned) (nullable) */
  guint n;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfAgendaItem, wf_agenda_item, G_TYPE_OBJECT)

static void
wf_agenda_item_finalize (GObject *object)
{
  g_clear_pointer (&WF_AGENDA_ITEM (object)->activity, wf_activity_unref);
  G_OBJECT_CLASS (wf_agenda_item_parent_class)->finalize (object);
}

static void
wf_agenda_item_class_init (WfAgendaItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_agenda_item_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WF_TYPE_AGENDA_ITEM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wf_agenda_item_init (WfAgendaItem *self)
{
}

WfAgendaItem *
wf_agenda_item_new (WfAgendaKind kind, const GDate *date, WfActivity *activity, guint n)
{
  WfAgendaItem *self = g_object_new (WF_TYPE_AGENDA_ITEM, NULL);

  self->kind = kind;
  self->date = *date;
  self->activity = activity != NULL ? wf_activity_ref (activity) : NULL;
  self->n = n;
  return self;
}

WfAgendaKind
wf_agenda_item_get_kind (WfAgendaItem *self)
{
  return self->kind;
}

const GDate *
wf_agenda_item_get_date (WfAgendaItem *self)
{
  return &self->date;
}

WfActivity *
wf_agenda_item_get_activity (WfAgendaItem *self)
{
  return self->activity;
}

guint
wf_agenda_item_get_n (WfAgendaItem *self)
{
  return self->n;
}

gboolean
wf_agenda_item_is_same (WfAgendaItem *a, WfAgendaItem *b)
{
  return a->kind == b->kind && g_date_compare (&a->date, &b->date) == 0 &&
         (a->activity == NULL || g_str_equal (a->activity->id, b->activity->id));
}

void
wf_agenda_item_take (WfAgendaItem *self, WfAgendaItem *newer)
{
  g_return_if_fail (wf_agenda_item_is_same (self, newer));

  if (newer->activity != NULL)
    wf_activity_ref (newer->activity);
  g_clear_pointer (&self->activity, wf_activity_unref);
  self->activity = newer->activity;
  self->n = newer->n;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
