/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing on a row with a list chooses what is typed. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-type-ahead.h"

#include "wf-word-match.h"

/* A pause of this many milliseconds begins a new word. */
#define PAUSE 1500

typedef struct
{
  AdwComboRow *row; /* (unowned) that the controller belongs to */
  GString *typed;   /* (owned) */
  guint32 last;     /* time of the last key, in milliseconds */
} TypeAhead;

static void
type_ahead_free (gpointer data, GClosure *closure)
{
  TypeAhead *self = data;

  g_string_free (self->typed, TRUE);
  g_free (self);
}

/* An empty id stands for “choose one”: it has no name that somebody would type. */
static char *
dup_name (AdwComboRow *row, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (adw_combo_row_get_model (row), position);
  g_auto (GValue) value = G_VALUE_INIT;

  if (GTK_IS_STRING_OBJECT (item) &&
      *gtk_string_object_get_string (GTK_STRING_OBJECT (item)) == '\0')
    return g_strdup ("");
  if (item == NULL || !gtk_expression_evaluate (adw_combo_row_get_expression (row), item, &value))
    return g_strdup ("");
  return g_value_dup_string (&value);
}

/**
 * wf_type_ahead_find:
 * @row: a row with a model and an expression
 * @typed: the letters so far
 *
 * Returns: the position of the item that is meant, %G_MAXUINT when none is like it
 */
guint
wf_type_ahead_find (AdwComboRow *row, const char *typed)
{
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (row)), found = G_MAXUINT;
  WfWordMatch best = WF_WORD_MATCH_NONE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_name (row, i);
      WfWordMatch match = wf_word_match (name, typed);

      if (match > best)
        {
          best = match;
          found = i;
        }
    }
  return found;
}

static void
choose (TypeAhead *self)
{
  guint found = wf_type_ahead_find (self->row, self->typed->str);
  g_autofree char *name = NULL;

  if (found == G_MAXUINT)
    {
      gtk_widget_error_bell (GTK_WIDGET (self->row));
      return;
    }
  adw_combo_row_set_selected (self->row, found);
  name = dup_name (self->row, found);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->row), name,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                TypeAhead *self)
{
  guint32 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gunichar letter = gdk_keyval_to_unicode (key);
  const GdkModifierType others = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;

  if ((state & others) != 0 || !gtk_widget_is_focus (GTK_WIDGET (self->row)))
    return GDK_EVENT_PROPAGATE;
  if (now - self->last > PAUSE)
    g_string_truncate (self->typed, 0);
  self->last = now;
  /* A space alone opens the list. */
  if (!g_unichar_isprint (letter) || (letter == ' ' && self->typed->len == 0))
    return GDK_EVENT_PROPAGATE;
  g_string_append_unichar (self->typed, letter);
  choose (self);
  return GDK_EVENT_STOP;
}

/**
 * wf_type_ahead_add:
 * @row: a row with an expression for the names of its items
 */
void
wf_type_ahead_add (AdwComboRow *row)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  TypeAhead *self = g_new0 (TypeAhead, 1);

  self->row = row;
  self->typed = g_string_new (NULL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_data (controller, "key-pressed", G_CALLBACK (on_key_pressed), self,
                         type_ahead_free, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (row), controller);
}
