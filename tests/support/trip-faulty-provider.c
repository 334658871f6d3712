/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Faults by name: interpreter-invalid, interpreter-invalid-once, interpreter-throws, place-throws, planner-throws,
 * slow-planner (answers after two seconds), stuck-planner (answers when cancelled). As a source of pictures: images (finds some
 * a moment later), stuck-images (finds some, and ends when cancelled), images-throw.
 */
#include "trip-faulty-provider.h"

#include "trip/model/trip-error.h"

#include <string.h>

#define SLOW_MS 2000
#define IMAGES_MS 20
#define N_PICTURED 3

struct _TripFaultyProvider {
  GObject parent_instance;

  char *fault;
  TripInterpreter *interpreter;
  TripPlaceSource *place_source;
  TripPlanner *planner;
  guint n_interpretations;
};

/* A search for pictures. */
typedef struct {
  GPtrArray *pois;
  TripImagesFoundFunc found;
  gpointer found_data;
  guint timeout;
  gulong handler;
} Search;

/* A plan that waits: for its time, or for its cancellation. */
typedef struct {
  TripPlanQuery *query;
  guint timeout;
  gulong handler;
} Delay;

static void interpreter_iface_init (TripInterpreterInterface *iface);
static void place_source_iface_init (TripPlaceSourceInterface *iface);
static void planner_iface_init (TripPlannerInterface *iface);
static void image_source_iface_init (TripImageSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripFaultyProvider, trip_faulty_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_INTERPRETER, interpreter_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, place_source_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLANNER, planner_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_IMAGE_SOURCE, image_source_iface_init))

static gboolean
is (TripFaultyProvider *self,
    const char         *fault)
{
  return g_strcmp0 (self->fault, fault) == 0;
}

static void
return_failure (gpointer             self,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "the provider broke down");
}

static void
interpret_async (TripInterpreter     *interpreter,
                 TripRequest         *request,
                 const char          *complaint,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (interpreter);
  gboolean invalid;

  self->n_interpretations++;
  invalid = is (self, "interpreter-invalid") || (is (self, "interpreter-invalid-once") && complaint == NULL);
  if (is (self, "interpreter-throws"))
    {
      return_failure (self, callback, user_data);
    }
  else if (invalid)
    {
      g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
      GPtrArray *intents = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_intent_free);

      g_ptr_array_add (intents, trip_intent_new (TRIP_INTENT_POINTS_OF_INTEREST, TRIP_ACTION_MODIFY, "Tokyo"));
      g_task_return_pointer (task, intents, (GDestroyNotify) g_ptr_array_unref);
    }
  else
    {
      trip_interpreter_interpret_async (self->interpreter, request, complaint, cancellable, callback, user_data);
    }
}

static GPtrArray *
interpret_finish (TripInterpreter  *interpreter,
                  GAsyncResult     *result,
                  GError          **error)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (interpreter);

  if (g_task_is_valid (result, self))
    return g_task_propagate_pointer (G_TASK (result), error);
  return trip_interpreter_interpret_finish (self->interpreter, result, error);
}

static void
find_async (TripPlaceSource     *source,
            TripPlaceQuery      *query,
            TripPlaceFoundFunc   found,
            gpointer             found_data,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (source);

  if (is (self, "place-throws"))
    {
      trip_place_query_free (query);
      return_failure (self, callback, user_data);
      return;
    }
  trip_place_source_find_async (self->place_source, query, found, found_data, cancellable, callback, user_data);
}

static GPtrArray *
find_finish (TripPlaceSource  *source,
             GAsyncResult     *result,
             GError          **error)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (source);

  if (g_task_is_valid (result, self))
    return g_task_propagate_pointer (G_TASK (result), error);
  return trip_place_source_find_finish (self->place_source, result, error);
}

static void
delay_free (Delay *delay)
{
  g_clear_pointer (&delay->query, trip_plan_query_free);
  g_free (delay);
}

static void
delay_end (GTask *task)
{
  Delay *delay = g_task_get_task_data (task);

  g_clear_handle_id (&delay->timeout, g_source_remove);
  g_object_unref (task);
}

static void
delayed_plan_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  GPtrArray *plan = trip_planner_plan_finish (TRIP_PLANNER (source), result, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
  delay_end (task);
}

static gboolean
on_delay_over (gpointer user_data)
{
  GTask *task = user_data;
  TripFaultyProvider *self = g_task_get_source_object (task);
  Delay *delay = g_task_get_task_data (task);

  delay->timeout = 0;
  g_signal_handler_disconnect (g_task_get_cancellable (task), delay->handler);
  trip_planner_plan_async (self->planner, g_steal_pointer (&delay->query), NULL, NULL, g_task_get_cancellable (task),
                           delayed_plan_cb, task);
  return G_SOURCE_REMOVE;
}

static void
on_delay_cancelled (GCancellable *cancellable,
                    GTask        *task)
{
  Delay *delay = g_task_get_task_data (task);

  g_signal_handler_disconnect (cancellable, delay->handler);
  g_task_return_error_if_cancelled (task);
  delay_end (task);
}

static void
plan_async (TripPlanner             *planner,
            TripPlanQuery           *query,
            TripPlannerProgressFunc  progress,
            gpointer                 progress_data,
            GCancellable            *cancellable,
            GAsyncReadyCallback      callback,
            gpointer                 user_data)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (planner);
  GTask *task;
  Delay *delay;

  if (is (self, "planner-throws"))
    {
      trip_plan_query_free (query);
      return_failure (self, callback, user_data);
      return;
    }
  if (!is (self, "slow-planner") && !is (self, "stuck-planner"))
    {
      trip_planner_plan_async (self->planner, query, progress, progress_data, cancellable, callback, user_data);
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  delay = g_new0 (Delay, 1);
  delay->query = query;
  g_task_set_task_data (task, delay, (GDestroyNotify) delay_free);
  delay->handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_delay_cancelled), task);
  if (is (self, "slow-planner"))
    delay->timeout = g_timeout_add (SLOW_MS, on_delay_over, task);
}

static GPtrArray *
plan_finish (TripPlanner   *planner,
             GAsyncResult  *result,
             GError       **error)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (planner);

  if (g_task_is_valid (result, self))
    return g_task_propagate_pointer (G_TASK (result), error);
  return trip_planner_plan_finish (self->planner, result, error);
}

static void
search_free (Search *search)
{
  g_ptr_array_unref (search->pois);
  g_free (search);
}

static gboolean
on_images_due (gpointer user_data)
{
  GTask *task = user_data;
  TripFaultyProvider *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);

  search->timeout = 0;
  for (guint i = 0; i < MIN (N_PICTURED, search->pois->len); i++)
    {
      const TripPoi *poi = g_ptr_array_index (search->pois, i);
      const char *urls[] = { "https://example.org/1.jpg", "https://example.org/2.jpg", NULL };

      search->found (poi->name, urls, search->found_data);
    }
  if (is (self, "stuck-images"))
    return G_SOURCE_REMOVE;
  g_signal_handler_disconnect (g_task_get_cancellable (task), search->handler);
  if (is (self, "images-throw"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "the provider broke down");
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
on_images_cancelled (GCancellable *cancellable,
                     GTask        *task)
{
  Search *search = g_task_get_task_data (task);

  g_signal_handler_disconnect (cancellable, search->handler);
  g_clear_handle_id (&search->timeout, g_source_remove);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

static void
find_images_async (TripImageSource     *source,
                   GPtrArray           *pois,
                   TripImagesFoundFunc  found,
                   gpointer             found_data,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->pois = g_ptr_array_ref (pois);
  search->found = found;
  search->found_data = found_data;
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search->handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_images_cancelled), task);
  search->timeout = g_timeout_add (IMAGES_MS, on_images_due, task);
}

static gboolean
find_images_finish (TripImageSource  *source,
                    GAsyncResult     *result,
                    GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
image_source_iface_init (TripImageSourceInterface *iface)
{
  iface->find_async = find_images_async;
  iface->find_finish = find_images_finish;
}

static void
interpreter_iface_init (TripInterpreterInterface *iface)
{
  iface->interpret_async = interpret_async;
  iface->interpret_finish = interpret_finish;
}

static void
place_source_iface_init (TripPlaceSourceInterface *iface)
{
  iface->find_async = find_async;
  iface->find_finish = find_finish;
}

static void
planner_iface_init (TripPlannerInterface *iface)
{
  iface->plan_async = plan_async;
  iface->plan_finish = plan_finish;
}

static void
trip_faulty_provider_finalize (GObject *object)
{
  TripFaultyProvider *self = TRIP_FAULTY_PROVIDER (object);

  g_free (self->fault);
  g_clear_object (&self->interpreter);
  g_clear_object (&self->place_source);
  g_clear_object (&self->planner);

  G_OBJECT_CLASS (trip_faulty_provider_parent_class)->finalize (object);
}

static void
trip_faulty_provider_class_init (TripFaultyProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_faulty_provider_finalize;
}

static void
trip_faulty_provider_init (TripFaultyProvider *self)
{
}

/**
 * trip_faulty_provider_new:
 * @fault: (nullable): what goes wrong
 * @interpreter: (nullable): for what goes right
 * @place_source: (nullable): for what goes right
 * @planner: (nullable): for what goes right
 *
 * Returns: (transfer full): a provider
 */
TripFaultyProvider *
trip_faulty_provider_new (const char      *fault,
                          TripInterpreter *interpreter,
                          TripPlaceSource *place_source,
                          TripPlanner     *planner)
{
  TripFaultyProvider *self = g_object_new (TRIP_TYPE_FAULTY_PROVIDER, NULL);

  self->fault = g_strdup (fault);
  g_set_object (&self->interpreter, interpreter);
  g_set_object (&self->place_source, place_source);
  g_set_object (&self->planner, planner);
  return self;
}

/**
 * trip_faulty_provider_get_n_interpretations:
 * @self: a provider
 *
 * Returns: how often it was asked for intents
 */
guint
trip_faulty_provider_get_n_interpretations (TripFaultyProvider *self)
{
  return self->n_interpretations;
}
