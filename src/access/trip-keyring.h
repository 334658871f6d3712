/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The user's keyring, where there is one: short texts that are encrypted on disk and readable while the user is logged in.
 *
 * https://specifications.freedesktop.org/secret-service-spec/latest/
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean trip_keyring_is_usable (void);
GBytes  *trip_keyring_load      (const char  *name,
                                 GError     **error);
gboolean trip_keyring_store     (const char  *name,
                                 const char  *label,
                                 GBytes      *text,
                                 GError     **error);

G_END_DECLS
