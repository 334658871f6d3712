/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The bearer tokens of a service, kept by their digests in a file that only its owner can read. The service and `tripctl token`
 * use it at the same time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripToken:
 * @id: identifier, which is no secret
 * @name: what its owner calls it
 * @created: when it was made, ISO 8601 in UTC
 * @digest: SHA-256 digest of the token
 *
 * What is known of a token.
 */
typedef struct {
  char *id;
  char *name;
  char *created;
  guint8 digest[32];
} TripToken;

#define TRIP_TYPE_TOKEN_STORE (trip_token_store_get_type ())
G_DECLARE_FINAL_TYPE (TripTokenStore, trip_token_store, TRIP, TOKEN_STORE, GObject)

TripTokenStore *trip_token_store_open   (const char      *path,
                                         GError         **error);
const char     *trip_token_store_get_path (TripTokenStore *self);
GPtrArray      *trip_token_store_list   (TripTokenStore  *self,
                                         GError         **error);
char           *trip_token_store_create (TripTokenStore  *self,
                                         const char      *name,
                                         GError         **error);
char           *trip_token_store_revoke (TripTokenStore  *self,
                                         const char      *id_or_name,
                                         GError         **error);
char           *trip_token_store_verify (TripTokenStore  *self,
                                         const char      *token);
gboolean        trip_token_store_has_id (TripTokenStore  *self,
                                         const char      *id);

G_END_DECLS
