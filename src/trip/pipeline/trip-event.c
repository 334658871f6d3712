/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Events and their one encoding.
 */
#include "trip/pipeline/trip-event.h"

#include "trip/model/trip-intent.h"
#include "trip/model/trip-plan.h"
#include "trip/model/trip-requirement.h"
#include "trip/pipeline/trip-event-private.h"

#include <string.h>

static const char * const kind_names[] = {
  [TRIP_EVENT_INTENTS] = "intents",
  [TRIP_EVENT_POIS] = "pois",
  [TRIP_EVENT_REQUIREMENTS] = "requirements",
  [TRIP_EVENT_PLAN] = "plan",
  [TRIP_EVENT_PROGRESS] = "progress",
  [TRIP_EVENT_POI] = "poi",
  [TRIP_EVENT_POI_IMAGES] = "poi_images",
  [TRIP_EVENT_DONE] = "done",
  [TRIP_EVENT_ERROR] = "error",
  [TRIP_EVENT_CANCELLED] = "cancelled",
};

G_DEFINE_BOXED_TYPE (TripEvent, trip_event, trip_event_ref, trip_event_unref)

static TripEvent *
new_event (TripEventKind kind)
{
  TripEvent *self = g_new0 (TripEvent, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

static void
write_item (TripEventKind    kind,
            gconstpointer    item,
            TripJsonBuilder *builder)
{
  switch (kind)
    {
    case TRIP_EVENT_INTENTS:
      trip_intent_write (item, builder);
      break;
    case TRIP_EVENT_POIS:
      trip_poi_write (item, NULL, builder);
      break;
    case TRIP_EVENT_REQUIREMENTS:
      trip_requirement_write (item, builder);
      break;
    case TRIP_EVENT_PLAN:
      trip_plan_option_write (item, builder);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The stages of an answer are most of what a client gets: each is written once, with what is sent around it. */
static void
encode_list (TripEvent *self)
{
  TripJsonBuilder builder;
  gsize start, end;

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  trip_json_builder_add_string (&builder, "type", trip_event_kind_to_string (self->kind));
  trip_json_builder_begin_array (&builder, "data");
  start = trip_json_builder_get_length (&builder) - 1;
  for (guint i = 0; i < self->items->len; i++)
    write_item (self->kind, g_ptr_array_index (self->items, i), &builder);
  trip_json_builder_end_array (&builder);
  end = trip_json_builder_get_length (&builder);
  trip_json_builder_end_object (&builder);
  self->message = trip_json_builder_end (&builder);
  self->data = g_bytes_new_from_bytes (self->message, start, end - start);
}

/*< private >
 * trip_event_new_list:
 * @kind: of the four stages
 * @items: what the stage found
 *
 * Returns: (transfer full): an event with the list and its encoding
 */
TripEvent *
trip_event_new_list (TripEventKind  kind,
                     GPtrArray     *items)
{
  TripEvent *self = new_event (kind);

  self->items = g_ptr_array_ref (items);
  encode_list (self);
  return self;
}

/*< private >
 * trip_event_new_progress:
 * @stage: name of the stage, static
 * @percent: of the whole job
 * @done: how much of the stage is done
 * @total: of how much, 0 where that is not known
 *
 * Returns: (transfer full): an event
 */
TripEvent *
trip_event_new_progress (const char *stage,
                         guint       percent,
                         guint       done,
                         guint       total)
{
  TripEvent *self = new_event (TRIP_EVENT_PROGRESS);

  self->stage = stage;
  self->percent = percent;
  self->done = done;
  self->total = total;
  return self;
}

/*< private >
 * trip_event_new_poi:
 * @poi: a place that was found
 *
 * Returns: (transfer full): an event
 */
TripEvent *
trip_event_new_poi (TripPoi *poi)
{
  TripEvent *self = new_event (TRIP_EVENT_POI);
  TripJsonBuilder builder;

  trip_json_builder_init (&builder);
  trip_poi_write (poi, NULL, &builder);
  self->data = trip_json_builder_end (&builder);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_ptr_array_add (self->items, trip_poi_ref (poi));
  return self;
}

/*< private >
 * trip_event_new_poi_images:
 * @name: name of a place
 * @urls: its pictures
 *
 * Returns: (transfer full): an event
 */
TripEvent *
trip_event_new_poi_images (const char         *name,
                           const char * const *urls)
{
  TripEvent *self = new_event (TRIP_EVENT_POI_IMAGES);

  self->name = g_strdup (name);
  self->urls = g_strdupv ((GStrv) urls);
  return self;
}

/*< private >
 * trip_event_new_end:
 * @kind: a terminal kind
 * @stage: (nullable): name of the stage that failed, static, for %TRIP_EVENT_ERROR
 * @error: (nullable): for %TRIP_EVENT_ERROR
 *
 * Returns: (transfer full): an event
 */
TripEvent *
trip_event_new_end (TripEventKind  kind,
                    const char    *stage,
                    const GError  *error)
{
  static const char done[] = "{\"type\":\"done\"}";
  TripEvent *self = new_event (kind);

  self->stage = stage;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  if (kind == TRIP_EVENT_DONE)
    self->message = g_bytes_new_static (done, sizeof done - 1);
  return self;
}

/**
 * trip_event_ref:
 * @self: an event
 *
 * Returns: (transfer full): @self with one more reference
 */
TripEvent *
trip_event_ref (TripEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * trip_event_unref:
 * @self: (transfer full): an event
 *
 * Drops a reference.
 */
void
trip_event_unref (TripEvent *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->name);
  g_strfreev (self->urls);
  g_free (self);
}

/**
 * trip_event_is_terminal:
 * @self: an event
 *
 * Returns: whether it ends its job
 */
gboolean
trip_event_is_terminal (const TripEvent *self)
{
  return self->kind == TRIP_EVENT_DONE || self->kind == TRIP_EVENT_ERROR || self->kind == TRIP_EVENT_CANCELLED;
}

static const char *
progress_state (const TripEvent *self)
{
  return self->total > 0 && self->done >= self->total ? "done" : "running";
}

static void
write_progress (const TripEvent *self,
                TripJsonBuilder *builder)
{
  trip_json_builder_add_string (builder, "stage", self->stage);
  trip_json_builder_add_string (builder, "state", progress_state (self));
  trip_json_builder_add_int (builder, "percent", self->percent);
  trip_json_builder_add_int (builder, "done", self->done);
  trip_json_builder_add_int (builder, "total", self->total);
}

static void
write_images (const TripEvent *self,
              TripJsonBuilder *builder)
{
  trip_json_builder_add_string (builder, "name", self->name);
  trip_json_builder_begin_object (builder, "images");
  trip_json_builder_begin_array (builder, "urls");
  for (char **url = self->urls; *url != NULL; url++)
    trip_json_builder_add_string (builder, NULL, *url);
  trip_json_builder_end_array (builder);
  trip_json_builder_end_object (builder);
}

/**
 * trip_event_dup_data:
 * @self: an event
 *
 * What the event says beyond its kind: the list of a stage, `{op,poi}`, `{stage,state,percent,done,total}`,
 * `{name,images}`.
 *
 * Returns: (transfer full) (nullable): JSON text; %NULL for the events that end a job
 */
GBytes *
trip_event_dup_data (const TripEvent *self)
{
  TripJsonBuilder builder;

  switch (self->kind)
    {
    case TRIP_EVENT_INTENTS:
    case TRIP_EVENT_POIS:
    case TRIP_EVENT_REQUIREMENTS:
    case TRIP_EVENT_PLAN:
      return g_bytes_ref (self->data);
    case TRIP_EVENT_PROGRESS:
    case TRIP_EVENT_POI:
    case TRIP_EVENT_POI_IMAGES:
      break;
    case TRIP_EVENT_DONE:
    case TRIP_EVENT_ERROR:
    case TRIP_EVENT_CANCELLED:
    default:
      return NULL;
    }

  trip_json_builder_init (&builder);
  trip_json_builder_begin_object (&builder, NULL);
  if (self->kind == TRIP_EVENT_PROGRESS)
    {
      write_progress (self, &builder);
    }
  else if (self->kind == TRIP_EVENT_POI_IMAGES)
    {
      write_images (self, &builder);
    }
  else
    {
      trip_json_builder_add_string (&builder, "op", "add");
      trip_json_builder_add_raw (&builder, "poi", self->data);
    }
  trip_json_builder_end_object (&builder);
  return trip_json_builder_end (&builder);
}

/**
 * trip_event_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its `type` on the wire
 */
const char *
trip_event_kind_to_string (TripEventKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), "error");

  return kind_names[kind];
}
