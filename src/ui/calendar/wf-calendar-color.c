/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of activity types. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-views.h"

/* After Okabe and Ito, who chose colours that people with any kind of colour blindness tell apart;
 * without their vermilion, which is too near to the red of what is late. Darkened, or lightened, until
 * each stands out 3 to 1 from the page that it is on. */
static const GdkRGBA on_light[] = {
  { 0.000f, 0.447f, 0.698f, 1 }, /* blue */
  { 0.718f, 0.427f, 0.000f, 1 }, /* orange */
  { 0.000f, 0.510f, 0.376f, 1 }, /* bluish green */
  { 0.659f, 0.290f, 0.510f, 1 }, /* reddish purple */
  { 0.200f, 0.561f, 0.784f, 1 }, /* sky blue */
  { 0.506f, 0.451f, 0.000f, 1 }, /* yellow */
};
static const GdkRGBA on_dark[G_N_ELEMENTS (on_light)] = {
  { 0.345f, 0.667f, 0.910f, 1 }, { 0.902f, 0.624f, 0.000f, 1 }, { 0.000f, 0.729f, 0.541f, 1 },
  { 0.871f, 0.561f, 0.753f, 1 }, { 0.604f, 0.839f, 0.984f, 1 }, { 0.925f, 0.875f, 0.318f, 1 },
};
/* What the organisation does not name. */
static const GdkRGBA other_on_light = { 0.431f, 0.431f, 0.431f, 1 };
static const GdkRGBA other_on_dark = { 0.702f, 0.702f, 0.702f, 1 };

/**
 * wf_calendar_get_type_color:
 * @organisation: (nullable): whose types
 * @type: (nullable): id of an activity type
 * @dark: whether the style is dark
 * @color: (out): the type's colour
 */
void
wf_calendar_get_type_color (const WfOrganisation *organisation, const char *type, gboolean dark,
                            GdkRGBA *color)
{
  guint n = 0;
  const WfEntry *entries =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n)
                           : NULL;

  *color = dark ? other_on_dark : other_on_light;
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (entries[i].id, type) != 0)
        continue;
      *color = (dark ? on_dark : on_light)[i % G_N_ELEMENTS (on_light)];
      return;
    }
}
