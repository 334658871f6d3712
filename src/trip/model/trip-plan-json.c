/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plan options as JSON. What a client sent and nobody touched is written back byte for byte, at every level.
 */
#include "trip/model/trip-plan.h"

#include "trip/model/trip-error.h"

#include <math.h>
#include <string.h>

static const char * const kind_names[] = {
  [TRIP_BLOCK_VISIT] = "visit",
  [TRIP_BLOCK_MEAL] = "meal",
  [TRIP_BLOCK_TRANSFER] = "transfer",
  [TRIP_BLOCK_FREE] = "free",
  [TRIP_BLOCK_CHECK_IN] = "check_in",
};

static const char * const option_members[] = {
  "days", "overall_cost", "general_notes", "title", "start_date", "currency", "cost_total", NULL,
};

static const char * const day_members[] = {
  "highlight", "blocks", "lodging", "date", "lodging_poi", "lodging_cost", NULL,
};

static const char * const block_members[] = {
  "time", "description", "pois", "transportation", "start", "end", "kind", "cost", NULL,
};

/**
 * trip_block_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
trip_block_kind_to_string (TripBlockKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), "free");

  return kind_names[kind];
}

static gboolean
get_string (const TripJsonNode *node,
            const char         *name,
            char              **out_value,
            GError            **error)
{
  const char *text = NULL;

  if (!trip_json_node_get_string (node, name, FALSE, &text, error))
    return FALSE;
  if (text != NULL)
    {
      g_free (*out_value);
      *out_value = g_strdup (text);
    }
  return TRUE;
}

static gboolean
get_list (const TripJsonNode  *node,
          const char          *name,
          const TripJsonNode **out_first,
          GError             **error)
{
  const TripJsonNode *list = trip_json_node_member (node, name);

  *out_first = NULL;
  if (list == NULL)
    return TRUE;
  if (!trip_json_node_expect (list, TRIP_JSON_ARRAY, error))
    return FALSE;
  *out_first = trip_json_node_first (list);
  return TRUE;
}

static gboolean
read_transportation (const TripJsonNode *block,
                     TripTransportation *out,
                     GError            **error)
{
  const TripJsonNode *node = trip_json_node_member (block, "transportation");
  g_autofree char *duration = NULL;
  gdouble minutes = 0;

  if (node == NULL)
    return TRUE;
  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !get_string (node, "duration", &duration, error) ||
      !get_string (node, "method", &out->method, error) ||
      !trip_json_node_get_double (node, "cost", FALSE, &out->cost, error) ||
      !trip_json_node_get_double (node, "distance_m", FALSE, &out->distance_m, error))
    return FALSE;
  if (duration != NULL)
    minutes = trip_duration_parse (duration);
  if (!trip_json_node_get_double (node, "minutes", FALSE, &minutes, error))
    return FALSE;
  out->minutes = (gint) CLAMP (minutes, 0, 7 * 24 * 60);
  out->present = TRUE;
  return TRUE;
}

/* A block's times are in `start` and `end`; plans of other makers may have `time` alone. */
static gboolean
read_times (TripPlanBlock      *self,
            const TripPlanDay  *day,
            const TripJsonNode *node,
            GError            **error)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  GDate start_day, end_day;
  gint start_minute, end_minute;

  if (!get_string (node, "time", &self->time, error) ||
      !get_string (node, "start", &start, error) ||
      !get_string (node, "end", &end, error))
    return FALSE;

  if (start != NULL && end != NULL && g_date_valid (&day->date) &&
      trip_clock_parse_iso (start, &start_day, &start_minute) && trip_clock_parse_iso (end, &end_day, &end_minute))
    {
      gint start_offset = g_date_days_between (&day->date, &start_day);
      gint end_offset = g_date_days_between (&day->date, &end_day);

      if (ABS (start_offset) <= 7 && ABS (end_offset) <= 7)
        {
          self->start = start_offset * 24 * 60 + start_minute;
          self->end = end_offset * 24 * 60 + end_minute;
          return TRUE;
        }
    }
  if (self->time != NULL)
    trip_clock_parse_range (self->time, &self->start, &self->end);
  return TRUE;
}

static TripBlockKind
guess_kind (const TripPlanBlock *block)
{
  const TripPoi *first = block->pois->len > 0 ? g_ptr_array_index (block->pois, 0) : NULL;

  if (first == NULL)
    return TRIP_BLOCK_FREE;
  return first->type == TRIP_POI_RESTAURANT ? TRIP_BLOCK_MEAL
         : first->type == TRIP_POI_LODGE    ? TRIP_BLOCK_CHECK_IN
                                            : TRIP_BLOCK_VISIT;
}

static TripPlanBlock *
read_block (const TripJsonNode *node,
            const TripPlanDay  *day,
            GError            **error)
{
  g_autoptr(TripPlanBlock) self = trip_plan_block_new (TRIP_BLOCK_VISIT);
  g_autofree char *kind = NULL;
  const TripJsonNode *item;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !read_times (self, day, node, error) ||
      !get_string (node, "description", &self->description, error) ||
      !get_string (node, "kind", &kind, error) ||
      !trip_json_node_get_double (node, "cost", FALSE, &self->cost, error) ||
      !read_transportation (node, &self->transportation, error) ||
      !get_list (node, "pois", &item, error))
    return NULL;
  for (; item != NULL; item = trip_json_node_next (item))
    {
      TripPoi *poi = trip_poi_read (item, error);

      if (poi == NULL)
        return NULL;
      g_ptr_array_add (self->pois, poi);
    }

  self->kind = guess_kind (self);
  for (gsize i = 0; kind != NULL && i < G_N_ELEMENTS (kind_names); i++)
    {
      if (strcmp (kind, kind_names[i]) == 0)
        self->kind = (TripBlockKind) i;
    }
  self->raw = trip_json_node_dup_raw (node);
  self->extra = trip_json_node_dup_others (node, block_members);
  return g_steal_pointer (&self);
}

static TripPlanDay *
read_day (const TripJsonNode *node,
          const GDate        *fallback_date,
          GError            **error)
{
  g_autoptr(TripPlanDay) self = trip_plan_day_new ();
  g_autofree char *date = NULL;
  const TripJsonNode *lodging_poi;
  const TripJsonNode *item;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !get_string (node, "highlight", &self->highlight, error) ||
      !get_string (node, "lodging", &self->lodging, error) ||
      !get_string (node, "date", &date, error) ||
      !trip_json_node_get_double (node, "lodging_cost", FALSE, &self->lodging_cost, error) ||
      !get_list (node, "blocks", &item, error))
    return NULL;

  if ((date == NULL || !trip_date_parse_iso (date, &self->date)) && g_date_valid (fallback_date))
    self->date = *fallback_date;
  lodging_poi = trip_json_node_member (node, "lodging_poi");
  if (lodging_poi != NULL)
    {
      self->lodging_poi = trip_poi_read (lodging_poi, error);
      if (self->lodging_poi == NULL)
        return NULL;
    }
  for (; item != NULL; item = trip_json_node_next (item))
    {
      TripPlanBlock *block = read_block (item, self, error);

      if (block == NULL)
        return NULL;
      g_ptr_array_add (self->blocks, block);
    }

  self->raw = trip_json_node_dup_raw (node);
  self->extra = trip_json_node_dup_others (node, day_members);
  return g_steal_pointer (&self);
}

/**
 * trip_plan_option_read:
 * @node: what should be a plan option
 * @error: return location
 *
 * Reads an option that a client sent back, ours or another maker's: members may be missing, but not of a wrong type.
 *
 * Returns: (transfer full): the option; else %NULL and %TRIP_ERROR_INVALID_MESSAGE naming the member
 */
TripPlanOption *
trip_plan_option_read (const TripJsonNode *node,
                       GError            **error)
{
  g_autoptr(TripPlanOption) self = trip_plan_option_new ();
  g_autofree char *start_date = NULL;
  g_autofree char *currency = NULL;
  const TripJsonNode *item;

  if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) ||
      !get_string (node, "title", &self->title, error) ||
      !get_string (node, "overall_cost", &self->overall_cost, error) ||
      !get_string (node, "general_notes", &self->general_notes, error) ||
      !get_string (node, "start_date", &start_date, error) ||
      !get_string (node, "currency", &currency, error) ||
      !trip_json_node_get_double (node, "cost_total", FALSE, &self->cost_total, error) ||
      !get_list (node, "days", &item, error))
    return NULL;

  if (start_date != NULL)
    trip_date_parse_iso (start_date, &self->start_date);
  if (currency != NULL && strlen (currency) == 3)
    g_strlcpy (self->currency, currency, sizeof self->currency);
  for (; item != NULL; item = trip_json_node_next (item))
    {
      GDate date = self->start_date;
      TripPlanDay *day;

      if (g_date_valid (&date))
        g_date_add_days (&date, self->days->len);
      day = read_day (item, &date, error);
      if (day == NULL)
        return NULL;
      g_ptr_array_add (self->days, day);
    }

  self->raw = trip_json_node_dup_raw (node);
  self->extra = trip_json_node_dup_others (node, option_members);
  return g_steal_pointer (&self);
}

static void
write_transportation (const TripTransportation *self,
                      TripJsonBuilder          *builder)
{
  g_autofree char *duration = g_strdup_printf (self->minutes == 1 ? "%d minute" : "%d minutes", self->minutes);

  trip_json_builder_begin_object (builder, "transportation");
  trip_json_builder_add_string (builder, "duration", duration);
  if (self->method != NULL)
    trip_json_builder_add_string (builder, "method", self->method);
  if (self->cost >= 0)
    trip_json_builder_add_double (builder, "cost", self->cost);
  trip_json_builder_add_int (builder, "minutes", self->minutes);
  if (self->distance_m >= 0)
    trip_json_builder_add_double (builder, "distance_m", round (self->distance_m));
  trip_json_builder_end_object (builder);
}

static void
write_block (const TripPlanBlock *self,
             const TripPlanDay   *day,
             TripJsonBuilder     *builder)
{
  if (self->raw != NULL)
    {
      trip_json_builder_add_raw (builder, NULL, self->raw);
      return;
    }

  trip_json_builder_begin_object (builder, NULL);
  if (self->start >= 0)
    {
      g_autofree char *time = trip_clock_format_range (self->start, self->end);

      trip_json_builder_add_string (builder, "time", time);
    }
  else
    {
      trip_json_builder_add_string (builder, "time", self->time != NULL ? self->time : "");
    }
  trip_json_builder_add_string (builder, "description", self->description);
  if (self->pois->len > 0)
    {
      trip_json_builder_begin_array (builder, "pois");
      for (guint i = 0; i < self->pois->len; i++)
        trip_poi_write (g_ptr_array_index (self->pois, i), NULL, builder);
      trip_json_builder_end_array (builder);
    }
  if (self->transportation.present)
    write_transportation (&self->transportation, builder);
  if (self->start >= 0 && g_date_valid (&day->date))
    {
      g_autofree char *start = trip_clock_format_iso (&day->date, self->start);
      g_autofree char *end = trip_clock_format_iso (&day->date, self->end);

      trip_json_builder_add_string (builder, "start", start);
      trip_json_builder_add_string (builder, "end", end);
    }
  trip_json_builder_add_string (builder, "kind", kind_names[self->kind]);
  if (self->cost >= 0)
    trip_json_builder_add_double (builder, "cost", self->cost);
  trip_json_builder_add_members (builder, self->extra);
  trip_json_builder_end_object (builder);
}

static void
write_day (const TripPlanDay *self,
           TripJsonBuilder   *builder)
{
  if (self->raw != NULL)
    {
      trip_json_builder_add_raw (builder, NULL, self->raw);
      return;
    }

  trip_json_builder_begin_object (builder, NULL);
  trip_json_builder_add_string (builder, "highlight", self->highlight);
  trip_json_builder_begin_array (builder, "blocks");
  for (guint i = 0; i < self->blocks->len; i++)
    write_block (g_ptr_array_index (self->blocks, i), self, builder);
  trip_json_builder_end_array (builder);
  if (self->lodging != NULL)
    trip_json_builder_add_string (builder, "lodging", self->lodging);
  if (g_date_valid (&self->date))
    {
      g_autofree char *date = trip_date_format_iso (&self->date);

      trip_json_builder_add_string (builder, "date", date);
    }
  if (self->lodging_poi != NULL)
    trip_poi_write (self->lodging_poi, "lodging_poi", builder);
  if (self->lodging_cost >= 0)
    trip_json_builder_add_double (builder, "lodging_cost", self->lodging_cost);
  trip_json_builder_add_members (builder, self->extra);
  trip_json_builder_end_object (builder);
}

/**
 * trip_plan_option_write:
 * @self: an option
 * @builder: where to
 *
 * Adds it in the contract's order of members; levels that still have their client's text verbatim.
 */
void
trip_plan_option_write (const TripPlanOption *self,
                        TripJsonBuilder      *builder)
{
  if (self->raw != NULL)
    {
      trip_json_builder_add_raw (builder, NULL, self->raw);
      return;
    }

  trip_json_builder_begin_object (builder, NULL);
  trip_json_builder_begin_array (builder, "days");
  for (guint i = 0; i < self->days->len; i++)
    write_day (g_ptr_array_index (self->days, i), builder);
  trip_json_builder_end_array (builder);
  trip_json_builder_add_string (builder, "overall_cost", self->overall_cost);
  trip_json_builder_add_string (builder, "general_notes", self->general_notes);
  trip_json_builder_add_string (builder, "title", self->title);
  if (g_date_valid (&self->start_date))
    {
      g_autofree char *start_date = trip_date_format_iso (&self->start_date);

      trip_json_builder_add_string (builder, "start_date", start_date);
    }
  if (self->currency[0] != '\0')
    trip_json_builder_add_string (builder, "currency", self->currency);
  if (self->cost_total >= 0)
    trip_json_builder_add_double (builder, "cost_total", self->cost_total);
  trip_json_builder_add_members (builder, self->extra);
  trip_json_builder_end_object (builder);
}
