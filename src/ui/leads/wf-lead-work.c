/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with leads. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-work.h"

#include "wf-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GWeakRef over;      /* GtkWidget */
  WfRuntime *runtime; /* (owned) */
  GPtrArray *leads;   /* (owned) of WfLead, as they were */
  WfLeadWorkKind kind;
  char *value, *name, *reason; /* (owned) (nullable) */
  char **mentions;             /* (owned) (nullable) */
  guint index; /* of the lead that is worked on, where they go one after the other */
  guint n_done, n_refused;
  char *first_done;      /* (owned) (nullable) name of the first lead that was changed */
  char *refusal;         /* (owned) (nullable) why the first one was not */
  WfLeadsResult *result; /* (owned) (nullable) what can be taken back */
  WfLeadWorkDoneFunc done;
  gpointer user_data;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_weak_ref_clear (&self->over);
  g_object_unref (self->runtime);
  g_ptr_array_unref (self->leads);
  g_free (self->value);
  g_free (self->name);
  g_free (self->reason);
  g_strfreev (self->mentions);
  g_free (self->first_done);
  g_free (self->refusal);
  g_clear_pointer (&self->result, wf_leads_result_free);
  g_free (self);
}

static Work *
work_new (GtkWidget *over, WfRuntime *runtime, GPtrArray *leads, const WfLeadWork *work)
{
  Work *self = g_new0 (Work, 1);

  g_weak_ref_init (&self->over, over);
  self->runtime = g_object_ref (runtime);
  self->leads = g_ptr_array_ref (leads);
  self->kind = work->kind;
  self->value = g_strdup (work->value);
  self->name = g_strdup (work->name);
  self->reason = g_strdup (work->reason);
  self->mentions = g_strdupv ((char **) work->mentions);
  return self;
}

static WfLeadWork
get_work (const Work *self)
{
  return (WfLeadWork) { .kind = self->kind,
                        .value = self->value,
                        .name = self->name,
                        .reason = self->reason,
                        .mentions = (const char *const *) self->mentions };
}

/* ---- telling ----------------------------------------------------------------------------------- */

static char *
one_to_text (const WfLeadWork *work, const WfOrganisation *organisation, const char *lead)
{
  switch (work->kind)
    {
    case WF_LEAD_WORK_STAGE:
      /* Translators: a lead and a stage */
      return g_strdup_printf (_ ("“%s” is now in “%s”"), lead,
                              wf_organisation_get_stage_name (organisation, work->value));
    case WF_LEAD_WORK_DIRECT:
      if (work->value == NULL)
        return g_strdup_printf (_ ("“%s” now waits for somebody"), lead);
      /* Translators: a lead and a person */
      return g_strdup_printf (_ ("“%s” was given to %s"), lead,
                              wf_organisation_get_person_name (organisation, work->value));
    case WF_LEAD_WORK_WORKFLOW:
      /* Translators: a workflow and a lead */
      return g_strdup_printf (_ ("“%s” was started for “%s”"), work->name, lead);
    case WF_LEAD_WORK_COMMENT:
      return g_strdup_printf (_ ("Commented on “%s”"), lead);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
many_to_text (const WfLeadWork *work, const WfOrganisation *organisation, guint n)
{
  switch (work->kind)
    {
    case WF_LEAD_WORK_STAGE:
      return g_strdup_printf (ngettext ("%u lead is now in “%s”", "%u leads are now in “%s”", n), n,
                              wf_organisation_get_stage_name (organisation, work->value));
    case WF_LEAD_WORK_DIRECT:
      if (work->value == NULL)
        return g_strdup_printf (
            ngettext ("%u lead now waits for somebody", "%u leads now wait for somebody", n), n);
      return g_strdup_printf (ngettext ("%u lead was given to %s", "%u leads were given to %s", n),
                              n, wf_organisation_get_person_name (organisation, work->value));
    case WF_LEAD_WORK_WORKFLOW:
      /* Translators: a workflow and a number */
      return g_strdup_printf (
          ngettext ("“%s” was started for %u lead", "“%s” was started for %u leads", n), work->name,
          n);
    case WF_LEAD_WORK_COMMENT:
      return g_strdup_printf (ngettext ("Commented on %u lead", "Commented on %u leads", n), n);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
wf_lead_work_to_text (const WfLeadWork *work, const WfOrganisation *organisation,
                      const char *lead_name, guint n_done, guint n_refused, const char *refusal)
{
  if (n_done == 0)
    return g_strdup (refusal != NULL ? refusal : _ ("It is so already"));
  g_autofree char *text = n_done == 1 && n_refused == 0
                              ? one_to_text (work, organisation, lead_name)
                              : many_to_text (work, organisation, n_done);
  if (n_refused == 0)
    return g_steal_pointer (&text);
  g_autofree char *rest = g_strdup_printf (
      ngettext ("%u was left as it is: %s", "%u were left as they are: %s", n_refused), n_refused,
      refusal);
  return g_strdup_printf ("%s. %s", text, rest);
}

/* ---- back -------------------------------------------------------------------------------------- */

static void
on_undone (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) over = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfLeadsResult) undone =
      wf_runtime_change_leads_finish (WF_RUNTIME (object), result, &error);
  const WfLeadRefusal *refusal =
      undone != NULL && undone->refused->len > 0 ? undone->refused->pdata[0] : NULL;

  wf_toast_show (over, undone == NULL    ? error->message
                       : refusal != NULL ? refusal->text
                                         : _ ("Taken back"));
}

static void
undo (gpointer data)
{
  Work *self = data;
  GtkWidget *over = g_weak_ref_get (&self->over);

  if (over != NULL)
    wf_runtime_undo_leads_async (self->runtime, self->result, NULL, on_undone, over);
}

/* The work itself becomes what the undo knows. */
static void
tell (Work *self, GtkWidget *over)
{
  const WfLeadWork work = get_work (self);
  g_autofree char *text = wf_lead_work_to_text (&work, wf_runtime_get_organisation (self->runtime),
                                                self->first_done, self->n_done, self->n_refused,
                                                self->refusal);

  if (self->n_done > 0 && self->result != NULL)
    {
      wf_toast_show_undo (over, text, undo, self, work_free);
      return;
    }
  wf_toast_show (over, text);
  work_free (self);
}

static void
finish (Work *self)
{
  g_autoptr (GtkWidget) over = g_weak_ref_get (&self->over);

  if (over == NULL)
    {
      work_free (self);
      return;
    }
  if (self->n_done > 0 && self->done != NULL)
    self->done (self->user_data);
  tell (self, over);
}

/* ---- stage and owner: all at once -------------------------------------------------------------- */

static const char *
find_name (Work *self, const char *id)
{
  for (guint i = 0; i < self->leads->len; i++)
    {
      const WfLead *lead = self->leads->pdata[i];
      if (g_str_equal (lead->id, id))
        return lead->name;
    }
  return id;
}

static void
on_changed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Work *self = user_data;
  g_autoptr (GError) error = NULL;

  self->result = wf_runtime_change_leads_finish (WF_RUNTIME (object), result, &error);
  if (self->result == NULL)
    {
      self->n_refused = self->leads->len;
      self->refusal = g_strdup (error->message);
      finish (self);
      return;
    }
  self->n_done = self->result->done->len;
  self->n_refused = self->result->refused->len;
  if (self->n_done > 0)
    self->first_done =
        g_strdup (find_name (self, ((WfLeadDone *) self->result->done->pdata[0])->lead));
  if (self->n_refused > 0)
    self->refusal = g_strdup (((WfLeadRefusal *) self->result->refused->pdata[0])->text);
  finish (self);
}

static void
change_all (Work *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  WfLeadChange change = { .reason = self->reason };

  if (self->kind == WF_LEAD_WORK_STAGE)
    change.stage = self->value;
  else
    change.owner = self->value != NULL ? self->value : "";
  for (guint i = 0; i < self->leads->len; i++)
    g_ptr_array_add (ids, ((WfLead *) self->leads->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  wf_runtime_change_leads_async (self->runtime, (const char *const *) ids->pdata, &change, NULL,
                                 on_changed, self);
}

/* ---- workflow and comment: one after the other ------------------------------------------------- */

static void go_on (Work *self);

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Work *self = user_data;
  const WfLead *lead = self->leads->pdata[self->index++];
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    {
      if (self->n_done++ == 0)
        self->first_done = g_strdup (lead->name);
    }
  else if (self->n_refused++ == 0)
    self->refusal = g_strdup (error->message);
  go_on (self);
}

static void
go_on (Work *self)
{
  if (self->index >= self->leads->len)
    {
      finish (self);
      return;
    }
  const WfLead *lead = self->leads->pdata[self->index];
  if (self->kind == WF_LEAD_WORK_WORKFLOW)
    wf_runtime_start_workflow_async (self->runtime, self->value, lead->id, NULL, on_done, self);
  else
    wf_runtime_comment_lead_async (self->runtime, lead->id, self->value,
                                   (const char *const *) self->mentions, NULL, on_done, self);
}

/**
 * wf_lead_work_begin:
 * @over: in the window that is told
 * @runtime: does it
 * @leads: of WfLead, as they are now; at least one
 * @work: copied
 * @done: (nullable): called at the end when something was changed
 * @user_data: for @done
 *
 * Goes on when @over goes away, but tells nobody any more.
 */
void
wf_lead_work_begin (GtkWidget *over, WfRuntime *runtime, GPtrArray *leads, const WfLeadWork *work,
                    WfLeadWorkDoneFunc done, gpointer user_data)
{
  Work *self = work_new (over, runtime, leads, work);

  self->done = done;
  self->user_data = user_data;
  if (self->kind == WF_LEAD_WORK_STAGE || self->kind == WF_LEAD_WORK_DIRECT)
    change_all (self);
  else
    go_on (self);
}
