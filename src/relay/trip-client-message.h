/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What clients of version 2 say. Pure: text in, a checked message or an error out.
 */
#pragma once

#include "trip/model/trip-request.h"

G_BEGIN_DECLS

/**
 * TRIP_PROTOCOL_VERSION:
 *
 * The version that this reads.
 */
#define TRIP_PROTOCOL_VERSION 2

/**
 * TripClientMessageKind:
 * @TRIP_CLIENT_MESSAGE_HELLO: opts in, and says who it is
 * @TRIP_CLIENT_MESSAGE_CHAT: a request
 * @TRIP_CLIENT_MESSAGE_CANCEL: a job is not wanted any more
 * @TRIP_CLIENT_MESSAGE_RESUME: the rest of a job, after an interruption
 * @TRIP_CLIENT_MESSAGE_SUBSCRIBE: the events of a job
 * @TRIP_CLIENT_MESSAGE_UNSUBSCRIBE: no more of them
 *
 * What a client wants.
 */
typedef enum {
  TRIP_CLIENT_MESSAGE_HELLO,
  TRIP_CLIENT_MESSAGE_CHAT,
  TRIP_CLIENT_MESSAGE_CANCEL,
  TRIP_CLIENT_MESSAGE_RESUME,
  TRIP_CLIENT_MESSAGE_SUBSCRIBE,
  TRIP_CLIENT_MESSAGE_UNSUBSCRIBE,
} TripClientMessageKind;

/**
 * TripClientMessage:
 * @kind: what the client wants
 * @id: (nullable): what the reply echoes, JSON text
 * @request: (nullable): for a chat
 * @text: (nullable): for a chat, the request in the client's own bytes
 * @linger_s: for a chat, how long it may go on unwatched, seconds; -1 where the client does not say
 * @job_id: (nullable): for those that name a job
 * @epoch: for a resume; -1 for what is no epoch
 * @after_seq: for a resume or a subscription, number of the last event that is known
 * @token: (nullable): for a hello, who it is
 *
 * A message.
 */
typedef struct {
  TripClientMessageKind kind;
  GBytes *id;
  TripRequest *request;
  GBytes *text;
  gint linger_s;
  char *job_id;
  gint64 epoch;
  guint64 after_seq;
  char *token;
} TripClientMessage;

TripClientMessage *trip_client_message_parse    (GBytes             *text,
                                                 gsize               max_bytes,
                                                 gsize               max_message_bytes,
                                                 GBytes            **out_id,
                                                 gboolean           *out_malformed,
                                                 GError            **error);
void               trip_client_message_free     (TripClientMessage  *self);
gboolean           trip_client_message_is_hello (GBytes             *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TripClientMessage, trip_client_message_free)

G_END_DECLS
