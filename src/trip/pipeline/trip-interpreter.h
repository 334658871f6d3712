/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the first stage asks of an interpreter: intents for a request. Embedded and network interpreters implement it
 * alike.
 */
#pragma once

#include "trip/model/trip-intent.h"
#include "trip/model/trip-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRIP_TYPE_INTERPRETER (trip_interpreter_get_type ())
G_DECLARE_INTERFACE (TripInterpreter, trip_interpreter, TRIP, INTERPRETER, GObject)

/**
 * TripInterpreterInterface:
 * @interpret_async: starts reading the request; @complaint is %NULL at first, else why the last answer was refused
 * @interpret_finish: (transfer full) (element-type TripIntent): the intents in the order of the message
 */
struct _TripInterpreterInterface {
  GTypeInterface parent_iface;

  void       (*interpret_async)  (TripInterpreter      *self,
                                  TripRequest          *request,
                                  const char           *complaint,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
  GPtrArray *(*interpret_finish) (TripInterpreter      *self,
                                  GAsyncResult         *result,
                                  GError              **error);
};

void       trip_interpreter_interpret_async  (TripInterpreter      *self,
                                              TripRequest          *request,
                                              const char           *complaint,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *trip_interpreter_interpret_finish (TripInterpreter      *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
