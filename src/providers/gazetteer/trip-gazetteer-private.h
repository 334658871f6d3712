/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the files of the gazetteer share: its places, its added names, and how well a name means a place.
 */
#pragma once

#include "language/trip-fuzzy-index.h"
#include "providers/gazetteer/trip-gazetteer-image.h"
#include "providers/gazetteer/trip-gazetteer.h"

G_BEGIN_DECLS

/* Smaller towns that no table of ours lists are obscure. */
#define TRIP_GAZETTEER_OBSCURE_POPULATION 500000

/* No name is longer; a longer text is no name. */
#define TRIP_GAZETTEER_MAX_QUERY_BYTES 256

typedef struct {
  TripGazetteerEntry entry; /* first: given out as this */
  gint place;               /* in the image, -1 where added */
  gboolean listed;
  gboolean capital;
} TripGazetteerPlace;

typedef struct _TripGazetteerName TripGazetteerName;
struct _TripGazetteerName {
  char *folded;
  TripGazetteerPlace *place;
  TripNameGrade grade;
  TripGazetteerName *next;
};

/* The names that begin with one word. */
typedef struct {
  guint longest;   /* in words */
  guint64 seconds; /* a bit for each second word, as in trip_gazetteer_longest_from() */
} TripGazetteerHead;

struct _TripGazetteer {
  gatomicrefcount ref_count;
  GBytes *bytes;
  TripGazetteerImage image;
  TripGazetteerPlace **places; /* of the image, made when first given out */
  GPtrArray *added;
  GPtrArray *added_names;
  GHashTable *names; /* folded → TripGazetteerName chain */
  GHashTable *heads; /* folded first word → TripGazetteerHead of the added names */
  TripFuzzyIndex *fuzzy;
};

typedef struct {
  TripGazetteerPlace *place;
  gdouble score;
} TripGazetteerBest;

typedef gboolean (*TripGazetteerFilter) (TripGazetteer            *self,
                                         const TripGazetteerPlace *place,
                                         const TripGazetteerPlace *area);

TripGazetteerPlace *trip_gazetteer_place_at     (TripGazetteer            *self,
                                                 guint                     i);
gdouble             trip_gazetteer_score_place  (const TripGazetteerPlace *place,
                                                 TripNameGrade             grade,
                                                 gboolean                  shared,
                                                 const TripGeo            *near);
gdouble             trip_gazetteer_score_ref    (TripGazetteer            *self,
                                                 guint                     ref,
                                                 const TripGeo            *near);
TripGazetteerBest   trip_gazetteer_best_of_name (TripGazetteer            *self,
                                                 const char               *folded,
                                                 const TripGeo            *near,
                                                 gboolean                  behind,
                                                 TripGazetteerFilter       filter,
                                                 const TripGazetteerPlace *area);

G_END_DECLS
