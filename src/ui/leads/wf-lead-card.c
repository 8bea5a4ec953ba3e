/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a lead. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-lead-card.h"

#include "wf-lead-text.h"
#include "wf-plain-text.h"
#include "wf-time-text.h"

struct _WfLeadCard
{
  AdwBin parent_instance;

  GPtrArray *fields; /* (owned) rows in more */
  AdwActionRow *phone;
  AdwActionRow *email;
  AdwActionRow *owner;
  AdwActionRow *score;
  AdwActionRow *source;
  AdwActionRow *origin;
  AdwActionRow *unit;
  AdwActionRow *city;
  AdwActionRow *interest;
  AdwActionRow *notes;
  AdwActionRow *created;
  AdwActionRow *contact;
  AdwActionRow *url;
  AdwExpanderRow *more;
};

G_DEFINE_FINAL_TYPE (WfLeadCard, wf_lead_card, ADW_TYPE_BIN)

/* text NULL or "" hides the row: what is not known takes no room. */
static void
show_in_row (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

/* A number is read from the left in every language. */
static void
show_number (AdwActionRow *row, const char *number)
{
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (row)) == GTK_TEXT_DIR_RTL;
  g_autofree char *isolated =
      number != NULL && reversed ? g_strdup_printf ("\u2066%s\u2069", number) : NULL;

  show_in_row (row, isolated != NULL ? isolated : number);
}

static void
show_instant (AdwActionRow *row, WfInstant at, WfMinuteClock *minutes)
{
  GTimeZone *zone = wf_minute_clock_get_zone (minutes);
  gboolean known = at != WF_INSTANT_NONE;
  g_autofree char *text = known ? wf_time_text_ago (at, wf_minute_clock_get_now (minutes), zone)
                                : NULL;
  g_autofree char *full = known ? wf_time_text_full (at, zone) : NULL;

  show_in_row (row, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), full);
}

static const char *
get_text (const WfLead *lead, const char *name)
{
  return lead->document != NULL
             ? wf_json_get_member_string (wf_json_document_get_root (lead->document), name)
             : NULL;
}

static void
show_fields (WfLeadCard *self, const WfLead *lead, const WfOrganisation *organisation,
             WfMinuteClock *minutes)
{
  g_autoptr (GPtrArray) fields = wf_lead_list_fields (
      lead, organisation, wf_minute_clock_get_now (minutes), wf_minute_clock_get_zone (minutes));

  for (guint i = 0; i < self->fields->len; i++)
    adw_expander_row_remove (self->more, self->fields->pdata[i]);
  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; i < fields->len; i++)
    {
      const WfLeadFieldText *field = fields->pdata[i];
      GtkWidget *row = wf_plain_row_new (field->name, field->value);
      gtk_widget_add_css_class (row, "property");
      adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
      adw_expander_row_add_row (self->more, row);
      g_ptr_array_add (self->fields, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), fields->len > 0);
}

static void
wf_lead_card_dispose (GObject *object)
{
  g_ptr_array_set_size (WF_LEAD_CARD (object)->fields, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LEAD_CARD);
  G_OBJECT_CLASS (wf_lead_card_parent_class)->dispose (object);
}

static void
wf_lead_card_finalize (GObject *object)
{
  g_ptr_array_unref (WF_LEAD_CARD (object)->fields);
  G_OBJECT_CLASS (wf_lead_card_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WfLeadCard, child)

static void
wf_lead_card_class_init (WfLeadCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_lead_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_lead_card_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "leads/wf-lead-card.ui");
  BIND (phone);
  BIND (email);
  BIND (owner);
  BIND (score);
  BIND (source);
  BIND (origin);
  BIND (unit);
  BIND (city);
  BIND (interest);
  BIND (notes);
  BIND (created);
  BIND (contact);
  BIND (url);
  BIND (more);
}

static void
wf_lead_card_init (WfLeadCard *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wf_lead_card_show (WfLeadCard *self, const WfLead *lead, const WfOrganisation *organisation,
                   WfMinuteClock *minutes)
{
  g_return_if_fail (WF_IS_LEAD_CARD (self));
  g_autofree char *score = wf_lead_score_text (lead);

  show_number (self->phone, lead->phone);
  show_in_row (self->email, lead->email);
  show_in_row (self->owner, wf_lead_owner_name (lead, organisation));
  show_in_row (self->score, score);
  show_in_row (self->source, lead->source);
  show_in_row (self->origin, wf_lead_origin_name (lead));
  show_in_row (self->unit, lead->unit != NULL ? wf_organisation_get_entry_name (
                                                    organisation, WF_ENTRY_UNIT, lead->unit)
                                              : NULL);
  show_in_row (self->city, lead->city);
  show_in_row (self->interest, get_text (lead, "interest"));
  show_in_row (self->notes, get_text (lead, "notes"));
  show_in_row (self->url, lead->url);
  show_instant (self->created, lead->created, minutes);
  show_instant (self->contact, lead->last_contact, minutes);
  show_fields (self, lead, organisation, minutes);
}
