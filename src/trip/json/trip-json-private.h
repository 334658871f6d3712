/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a parsed text is held: for the parser and the getters.
 */
#pragma once

#include "trip/json/trip-json.h"

G_BEGIN_DECLS

struct _TripJsonNode {
  TripJson *doc;
  TripJsonNode *parent;
  TripJsonNode *first_child;
  TripJsonNode *last_child;
  TripJsonNode *next;
  const char *key;
  const char *string;
  guint32 start;
  guint32 end;
  guint32 n_children;
  guint32 index;
  TripJsonType kind;
  gboolean has_nul;
};

struct _TripJson {
  gatomicrefcount ref_count;
  GBytes *bytes;
  const char *text;
  GPtrArray *chunks;
  guint n_nodes;
  GStringChunk *strings;
  TripJsonNode *root;
};

G_END_DECLS
