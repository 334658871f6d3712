/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The embedded interpreter as an object: short messages are read at once, long ones in a worker thread. How a message
 * is read is the reader's affair.
 */
#include "providers/interpreter/trip-embedded-interpreter.h"

#include "providers/interpreter/trip-reader.h"

#include <string.h>

/* Reading this much takes well under a millisecond, less than a thread costs the caller. */
#define READ_AT_ONCE_BYTES 2048

struct _TripEmbeddedInterpreter {
  GObject parent_instance;

  TripGazetteer *gazetteer;
};

static void trip_embedded_interpreter_iface_init (TripInterpreterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TripEmbeddedInterpreter, trip_embedded_interpreter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRIP_TYPE_INTERPRETER, trip_embedded_interpreter_iface_init))

static void
trip_embedded_interpreter_finalize (GObject *object)
{
  TripEmbeddedInterpreter *self = TRIP_EMBEDDED_INTERPRETER (object);

  g_clear_pointer (&self->gazetteer, trip_gazetteer_unref);
  G_OBJECT_CLASS (trip_embedded_interpreter_parent_class)->finalize (object);
}

static void
trip_embedded_interpreter_class_init (TripEmbeddedInterpreterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_embedded_interpreter_finalize;
}

static void
trip_embedded_interpreter_init (TripEmbeddedInterpreter *self)
{
}

/**
 * trip_embedded_interpreter_new:
 * @gazetteer: the names of places; no longer changed from here on
 *
 * Returns: (transfer full): an interpreter
 */
TripEmbeddedInterpreter *
trip_embedded_interpreter_new (TripGazetteer *gazetteer)
{
  TripEmbeddedInterpreter *self;

  g_return_val_if_fail (gazetteer != NULL, NULL);

  /* The tables are loaded here rather than under the first message. */
  for (guint language = 0; language < TRIP_N_LANGUAGES; language++)
    trip_lexicon_get (language);
  self = g_object_new (TRIP_TYPE_EMBEDDED_INTERPRETER, NULL);
  self->gazetteer = trip_gazetteer_ref (gazetteer);
  return self;
}

/**
 * trip_embedded_interpreter_read:
 * @self: an interpreter
 * @request: the message and the state it follows
 * @today: the day that "next Friday" is counted from
 * @cancellable: (nullable): stops the reading
 *
 * Reads a message. Any thread, several at once.
 *
 * Returns: (transfer full) (nullable): what it says, with one valid intent at least; %NULL where it was cancelled
 */
TripReading *
trip_embedded_interpreter_read (TripEmbeddedInterpreter *self,
                                TripRequest             *request,
                                const GDate             *today,
                                GCancellable            *cancellable)
{
  g_return_val_if_fail (TRIP_IS_EMBEDDED_INTERPRETER (self), NULL);
  g_return_val_if_fail (request != NULL && today != NULL, NULL);

  return trip_embedded_interpreter_read_with (self->gazetteer, request, today, NULL, cancellable);
}

/**
 * trip_embedded_interpreter_explain:
 * @self: an interpreter
 * @request: the message and the state it follows
 * @today: the day that "next Friday" is counted from
 *
 * Reads a message and tells how: its words with what they can be, what was found, and the rule behind each intent. Any
 * thread, several at once.
 *
 * Returns: (transfer full): lines of text in the user's language, with names of classes and rules in English
 */
char *
trip_embedded_interpreter_explain (TripEmbeddedInterpreter *self,
                                   TripRequest             *request,
                                   const GDate             *today)
{
  g_autoptr(TripReading) reading = NULL;
  char *explanation = NULL;

  g_return_val_if_fail (TRIP_IS_EMBEDDED_INTERPRETER (self), NULL);
  g_return_val_if_fail (request != NULL && today != NULL, NULL);

  reading = trip_embedded_interpreter_read_with (self->gazetteer, request, today, &explanation, NULL);
  return explanation;
}

static void
read_for_task (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  TripEmbeddedInterpreter *self = TRIP_EMBEDDED_INTERPRETER (source);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(TripReading) reading = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  reading = trip_embedded_interpreter_read (self, data, &today, cancellable);
  if (reading == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The reading was cancelled");
  else
    g_task_return_pointer (task, g_ptr_array_ref (reading->intents), (GDestroyNotify) g_ptr_array_unref);
}

static void
trip_embedded_interpreter_interpret_async (TripInterpreter     *interpreter,
                                           TripRequest         *request,
                                           const char          *complaint,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (interpreter, cancellable, callback, user_data);

  g_task_set_source_tag (task, trip_embedded_interpreter_interpret_async);
  g_task_set_name (task, "[trip-interpreter] read");
  g_task_set_task_data (task, trip_request_ref (request), (GDestroyNotify) trip_request_unref);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (strlen (request->message) <= READ_AT_ONCE_BYTES)
    read_for_task (task, interpreter, request, cancellable);
  else
    g_task_run_in_thread (task, read_for_task);
}

static GPtrArray *
trip_embedded_interpreter_interpret_finish (TripInterpreter  *interpreter,
                                            GAsyncResult     *result,
                                            GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, interpreter), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
trip_embedded_interpreter_iface_init (TripInterpreterInterface *iface)
{
  iface->interpret_async = trip_embedded_interpreter_interpret_async;
  iface->interpret_finish = trip_embedded_interpreter_interpret_finish;
}
