/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The compiled gazetteer: sorted arrays over one block of bytes, read in place. Nothing is parsed or copied when it is
 * opened, so what nobody asks for is never paged in. Which of several namesakes is meant is decided elsewhere.
 *
 * All numbers are little-endian. A header of TRIP_GAZETTEER_IMAGE_HEADER words (magic, version, then the count and the
 * byte position of places, names, references, reversed names, city lists, time zones, heads and strings) is followed by
 * these parts. Names are in order of their bytes; the references of a name are those from its own first to the next name's.
 * Reversed names are indices of names in the order of their bytes read backwards, of those names that one mistake may
 * be looked for in. A city list is its count and places; behind it stand the count and the codes of the countries that
 * the region spans, none where it names none. A head is the index of the first name whose first two bytes are of that head,
 * or of a later one.
 */
#pragma once

#include "trip/model/trip-geo.h"

#include <glib.h>

G_BEGIN_DECLS

#define TRIP_GAZETTEER_IMAGE_MAGIC 0x5a475254u /* "TRGZ" */
#define TRIP_GAZETTEER_IMAGE_VERSION 3u
#define TRIP_GAZETTEER_IMAGE_HEADER 18u
#define TRIP_GAZETTEER_IMAGE_PLACE_SIZE 32u
#define TRIP_GAZETTEER_IMAGE_NAME_SIZE 8u

/* One for each pair of bytes. */
#define TRIP_GAZETTEER_HEADS 65536u

/* Fewer letters are not searched for mistakes: "Rme" may be anything. */
#define TRIP_GAZETTEER_FUZZY_MIN_LETTERS 5u
#define TRIP_GAZETTEER_FUZZY_MAX_LETTERS 32u

/**
 * TripGazetteerFlags:
 * @TRIP_GAZETTEER_LISTED: in the table of places that travellers name
 * @TRIP_GAZETTEER_AMBIGUOUS: also an ordinary word or first name
 * @TRIP_GAZETTEER_CAPITAL: the capital of its country
 * @TRIP_GAZETTEER_ISLAND: an island or group of islands
 * @TRIP_GAZETTEER_STATE: a first-level part of a country
 *
 * What is known of a place beside its numbers.
 */
typedef enum {
  TRIP_GAZETTEER_LISTED    = 1 << 0,
  TRIP_GAZETTEER_AMBIGUOUS = 1 << 1,
  TRIP_GAZETTEER_CAPITAL   = 1 << 2,
  TRIP_GAZETTEER_ISLAND    = 1 << 3,
  TRIP_GAZETTEER_STATE     = 1 << 4,
} TripGazetteerFlags;

/**
 * TripNameGrade:
 * @TRIP_NAME_FOREIGN: a name in some language, from lists that hold wrong ones
 * @TRIP_NAME_OWN: a name in a language of the place's country
 * @TRIP_NAME_LISTED: another name from the table of places that travellers name
 * @TRIP_NAME_PRIMARY: its main name
 *
 * How sure a name is to mean the place; later ones go before earlier ones.
 */
typedef enum {
  TRIP_NAME_FOREIGN,
  TRIP_NAME_OWN,
  TRIP_NAME_LISTED,
  TRIP_NAME_PRIMARY,
} TripNameGrade;

/* A reference of a name to a place: the place's index from bit 4 on. */
enum {
  TRIP_NAME_REF_GRADE  = 3,
  TRIP_NAME_REF_BEHIND = 1 << 2, /* only behind another name, as in "Phoenix, AZ" */
  TRIP_NAME_REF_SHARED = 1 << 3, /* the plain name of a place that is shown as "Naples, Florida" */
  TRIP_NAME_REF_SHIFT  = 4,
};

/**
 * TripGazetteerImage:
 *
 * An opened image. Plain memory: nothing to free.
 */
typedef struct {
  const guint8 *places;
  const guint8 *names;
  const guint8 *refs;
  const guint8 *reversed;
  const guint8 *lists;
  const guint8 *zones;
  const guint8 *heads;
  const char *strings;
  guint n_places;
  guint n_names;
  guint n_refs;
  guint n_reversed;
  guint n_lists;
  guint n_zones;
  guint n_strings;
} TripGazetteerImage;

/**
 * TripGazetteerRecord:
 * @name: its name as it is shown
 * @geo: position
 * @population: inhabitants, 0 where unknown
 * @state: index of the first-level part of the country it lies in; -1 where unknown
 * @list: position of its list of cities; -1 where it has none, and names no countries
 * @timezone: IANA name
 * @extent_km: how far it reaches from @geo, 0 where unknown
 * @country: ISO 3166-1 alpha-2, empty for what spans several
 * @kind: a #TripPlaceKind
 * @flags: #TripGazetteerFlags
 *
 * One place, decoded; the texts are the image's.
 */
typedef struct {
  const char *name;
  TripGeo geo;
  guint population;
  gint state;
  gint list;
  const char *timezone;
  guint extent_km;
  char country[3];
  guint8 kind;
  guint8 flags;
} TripGazetteerRecord;

/**
 * TripGazetteerImageFunc:
 * @name: index of a name
 * @user_data: what was given with the function
 *
 * Called for each name that a search finds.
 */
typedef void (*TripGazetteerImageFunc) (guint    name,
                                        gpointer user_data);

gboolean    trip_gazetteer_image_open            (TripGazetteerImage        *self,
                                                  gconstpointer              data,
                                                  gsize                      size);
void        trip_gazetteer_image_get_record      (const TripGazetteerImage  *self,
                                                  guint                      place,
                                                  TripGazetteerRecord       *record);
const char *trip_gazetteer_image_get_name        (const TripGazetteerImage  *self,
                                                  guint                      name);
guint       trip_gazetteer_image_get_refs        (const TripGazetteerImage  *self,
                                                  guint                      name,
                                                  guint                     *out_first);
guint       trip_gazetteer_image_get_ref         (const TripGazetteerImage  *self,
                                                  guint                      i);
guint       trip_gazetteer_image_get_listed      (const TripGazetteerImage  *self,
                                                  gint                       list,
                                                  guint                      i);
gboolean    trip_gazetteer_image_spans           (const TripGazetteerImage  *self,
                                                  gint                       list,
                                                  const char                *country);
guint       trip_gazetteer_image_bound           (const TripGazetteerImage  *self,
                                                  const char                *folded);
gint        trip_gazetteer_image_find            (const TripGazetteerImage  *self,
                                                  const char                *folded);
guint       trip_gazetteer_image_find_prefix     (const TripGazetteerImage  *self,
                                                  const char                *prefix,
                                                  gsize                      length,
                                                  guint                     *out_first);
void        trip_gazetteer_image_each_within_one (const TripGazetteerImage  *self,
                                                  const char                *folded,
                                                  TripGazetteerImageFunc     func,
                                                  gpointer                   user_data);

G_END_DECLS
