/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The interpreter interface.
 */
#include "trip/pipeline/trip-interpreter.h"

G_DEFINE_INTERFACE (TripInterpreter, trip_interpreter, G_TYPE_OBJECT)

static void
trip_interpreter_default_init (TripInterpreterInterface *iface)
{
}

/**
 * trip_interpreter_interpret_async:
 * @self: an interpreter
 * @request: the message with its state
 * @complaint: (nullable): why the answer before this one was refused
 * @cancellable: (nullable): stops the work
 * @callback: called on the thread-default main context when the answer is there
 * @user_data: data for @callback
 *
 * Asks for the intents of a message.
 */
void
trip_interpreter_interpret_async (TripInterpreter     *self,
                                  TripRequest         *request,
                                  const char          *complaint,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (TRIP_IS_INTERPRETER (self));

  TRIP_INTERPRETER_GET_IFACE (self)->interpret_async (self, request, complaint, cancellable, callback, user_data);
}

/**
 * trip_interpreter_interpret_finish:
 * @self: an interpreter
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripIntent): the intents in the order of the message, not yet validated
 */
GPtrArray *
trip_interpreter_interpret_finish (TripInterpreter  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (TRIP_IS_INTERPRETER (self), NULL);

  return TRIP_INTERPRETER_GET_IFACE (self)->interpret_finish (self, result, error);
}
