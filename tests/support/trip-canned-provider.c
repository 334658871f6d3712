/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The lists are read once; each stage hands out references. A requirement comes from an intent of the same words, whose
 * weight the file's requirement has, so that the stage in between finds what the file says.
 */
#include "trip-canned-provider.h"

#include "relay/trip-source.h"
#include "trip/model/trip-intent.h"

#include <string.h>

struct _TripCannedProvider {
  GObject parent_instance;

  GPtrArray *intents;
  GPtrArray *pois;
  GPtrArray *requirements;
  GPtrArray *plan;
  /* Answers that leave with the next turn of the main loop, all in one. */
  GQueue answers;
  GSource *answer_source;
};

static void interpreter_iface_init (TripInterpreterInterface *iface);
static void place_source_iface_init (TripPlaceSourceInterface *iface);
static void planner_iface_init (TripPlannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripCannedProvider, trip_canned_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_INTERPRETER, interpreter_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLACE_SOURCE, place_source_iface_init)
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_PLANNER, planner_iface_init))

static void
return_list (gpointer             self,
             GPtrArray           *list,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  TripCannedProvider *provider = self;
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, list, (GDestroyNotify) g_ptr_array_unref);
  g_queue_push_tail (&provider->answers, task);
  g_source_set_ready_time (provider->answer_source, 0);
}

static gboolean
answers_ready_cb (gpointer user_data)
{
  g_autoptr(TripCannedProvider) self = g_object_ref (user_data);
  GQueue answers = self->answers;

  g_source_set_ready_time (self->answer_source, -1);
  g_queue_init (&self->answers);
  while (!g_queue_is_empty (&answers))
    {
      g_autoptr(GTask) task = g_queue_pop_head (&answers);

      g_task_return_pointer (task, g_ptr_array_ref (g_task_get_task_data (task)), (GDestroyNotify) g_ptr_array_unref);
    }
  return G_SOURCE_CONTINUE;
}

static GPtrArray *
finish (gpointer       self,
        GAsyncResult  *result,
        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
copy_intent (gconstpointer intent,
             gpointer      unused)
{
  return trip_intent_copy (intent);
}

static void
interpret_async (TripInterpreter     *interpreter,
                 TripRequest         *request,
                 const char          *complaint,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  TripCannedProvider *self = TRIP_CANNED_PROVIDER (interpreter);
  GPtrArray *intents = g_ptr_array_copy (self->intents, copy_intent, NULL);

  g_ptr_array_set_free_func (intents, (GDestroyNotify) trip_intent_free);
  return_list (self, intents, cancellable, callback, user_data);
}

static GPtrArray *
interpret_finish (TripInterpreter  *self,
                  GAsyncResult     *result,
                  GError          **error)
{
  return finish (self, result, error);
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
  TripCannedProvider *self = TRIP_CANNED_PROVIDER (source);
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_match_free);

  for (gsize i = 0; query->names[i] != NULL; i++)
    {
      TripPlaceMatch *match = trip_place_match_new (query->names[i]);

      match->is_area = TRUE;
      for (guint j = 0; j < self->pois->len; j++)
        g_ptr_array_add (match->pois, trip_poi_ref (g_ptr_array_index (self->pois, j)));
      g_ptr_array_add (matches, match);
    }
  trip_place_query_free (query);
  return_list (self, matches, cancellable, callback, user_data);
}

static GPtrArray *
find_finish (TripPlaceSource  *self,
             GAsyncResult     *result,
             GError          **error)
{
  return finish (self, result, error);
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
  trip_plan_query_free (query);
  return_list (planner, g_ptr_array_ref (TRIP_CANNED_PROVIDER (planner)->plan), cancellable, callback, user_data);
}

static GPtrArray *
plan_finish (TripPlanner   *self,
             GAsyncResult  *result,
             GError       **error)
{
  return finish (self, result, error);
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
trip_canned_provider_finalize (GObject *object)
{
  TripCannedProvider *self = TRIP_CANNED_PROVIDER (object);

  trip_source_clear (&self->answer_source);
  g_ptr_array_unref (self->intents);
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->requirements);
  g_ptr_array_unref (self->plan);

  G_OBJECT_CLASS (trip_canned_provider_parent_class)->finalize (object);
}

static void
trip_canned_provider_class_init (TripCannedProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_canned_provider_finalize;
}

static void
trip_canned_provider_init (TripCannedProvider *self)
{
  g_queue_init (&self->answers);
  self->answer_source = trip_source_new_alarm ("trip-canned-answers", G_PRIORITY_DEFAULT, answers_ready_cb, self);
  self->intents = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_intent_free);
  self->pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  self->requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  self->plan = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
}

static void
weigh_intents (TripCannedProvider *self)
{
  for (guint i = 0; i < self->intents->len; i++)
    {
      TripIntent *intent = g_ptr_array_index (self->intents, i);

      for (guint j = 0; j < self->requirements->len; j++)
        {
          const TripRequirement *requirement = g_ptr_array_index (self->requirements, j);

          if (strcmp (requirement->description, intent->value) == 0)
            intent->priority = requirement->priority;
        }
    }
}

/**
 * trip_canned_provider_new:
 * @text: `{"intents","pois","requirements","plan"}`
 * @error: return location
 *
 * Returns: (transfer full): a provider that answers every request with that
 */
TripCannedProvider *
trip_canned_provider_new (GBytes  *text,
                          GError **error)
{
  g_autoptr(TripCannedProvider) self = g_object_new (TRIP_TYPE_CANNED_PROVIDER, NULL);
  g_autoptr(TripJson) json = trip_json_parse (text, G_MAXSIZE, error);
  const TripJsonNode *root;

  if (json == NULL || !trip_json_node_expect (trip_json_get_root (json), TRIP_JSON_OBJECT, error))
    return NULL;
  root = trip_json_get_root (json);
  if (!trip_json_node_read_list (trip_json_node_member (root, "intents"), (TripJsonReadFunc) trip_intent_read, self->intents,
                                 error) ||
      !trip_json_node_read_list (trip_json_node_member (root, "pois"), (TripJsonReadFunc) trip_poi_read, self->pois, error) ||
      !trip_json_node_read_list (trip_json_node_member (root, "requirements"), (TripJsonReadFunc) trip_requirement_read,
                                 self->requirements, error) ||
      !trip_json_node_read_list (trip_json_node_member (root, "plan"), (TripJsonReadFunc) trip_plan_option_read, self->plan,
                                 error))
    return NULL;
  weigh_intents (self);
  return g_steal_pointer (&self);
}
