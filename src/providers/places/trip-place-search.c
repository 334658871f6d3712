/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Searching the place database. Numbers of places come from the indexes, which give the best known first or those of a
 * box; then rows are read one by one until enough of them pass what the indexes do not know.
 */
#include "providers/places/trip-place-search-private.h"

#include "hours/trip-opening-hours.h"
#include "language/trip-text.h"
#include "providers/places/trip-place-likeness.h"

#include <math.h>
#include <string.h>

#define DEFAULT_LIMIT 50
#define DEFAULT_TYPES (1 << TRIP_PLACE_TYPE_SIGHT | 1 << TRIP_PLACE_TYPE_RESTAURANT | 1 << TRIP_PLACE_TYPE_LODGE)
#define ALL_TYPES ((1 << TRIP_PLACE_N_TYPES) - 1)

/* The nearest are looked for in rings, each so much wider than the last. */
#define FIRST_RING_M 400.0
#define RING_GROWTH 1.8
#define FARTHEST_M 20100000.0

#define DEGREE_M 111195.0

/* Rows with a name that are read, at most, where other conditions decide. */
#define MAX_NAMED_ROWS 2000

/* Rows whose name contains the words, of which those are chosen that are called just so. */
#define NAMED_ROWS_PER_HIT 4

typedef struct {
  gint64 id;
  gdouble distance_m;
} Candidate;

typedef struct {
  TripPlaceDb *db;
  const TripPlaceSearch *search;
  guint limit;
  guint types;
  char *folded;
  gint64 region;
  GPtrArray *hits;
  GHashTable *refs;
  GHashTable *attributions;
  GHashTable *names;
} Search;

/**
 * trip_place_hit_free:
 * @self: (transfer full): a hit
 *
 * Frees it.
 */
void
trip_place_hit_free (TripPlaceHit *self)
{
  trip_poi_unref (self->poi);
  g_free (self->region);
  g_free (self);
}

static gboolean
load_regions (Search   *self,
              GError  **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (self->db, "SELECT id, name, attribution, key FROM region", error);
  g_autofree char *wanted = self->search->region != NULL ? trip_text_fold (self->search->region) : NULL;
  gint status;

  if (statement == NULL)
    return FALSE;
  self->region = wanted != NULL ? -1 : 0;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 *id = g_new (gint64, 1);

      *id = sqlite3_column_int64 (statement, 0);
      if (wanted != NULL && strcmp (trip_place_column_text (statement, 3), wanted) == 0)
        self->region = *id;
      g_hash_table_insert (self->names, g_memdup2 (id, sizeof *id), g_strdup (trip_place_column_text (statement, 1)));
      g_hash_table_insert (self->attributions, id, g_strdup (trip_place_column_text (statement, 2)));
    }
  if (status != SQLITE_DONE)
    trip_place_db_fail (self->db, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

static gboolean
has_tags (const Search *self,
          const char   *tags)
{
  for (const char * const *tag = self->search->tags; tag != NULL && *tag != NULL; tag++)
    {
      g_autofree char *framed = g_strdup_printf (";%s;", *tag);

      if (strstr (tags, framed) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_open (const Search *self,
         sqlite3_stmt *row)
{
  const char *text = trip_place_column_text (row, TRIP_PLACE_ROW_HOURS);
  g_autoptr(TripOpeningHours) hours = NULL;

  if (*text == '\0')
    text = trip_place_column_text (row, TRIP_PLACE_ROW_USUAL_HOURS);
  hours = *text != '\0' ? trip_opening_hours_parse (text, NULL) : NULL;
  return hours != NULL &&
         trip_opening_hours_state_at (hours, &self->search->day, self->search->minute) == TRIP_OPENING_OPEN;
}

static gboolean
is_in_box (const TripPlaceSearch *search,
           gdouble                lat,
           gdouble                lng)
{
  if (lat < search->south || lat > search->north)
    return FALSE;
  return search->west <= search->east ? lng >= search->west && lng <= search->east
                                      : lng >= search->west || lng <= search->east;
}

/* How well the names in @row fit the folded words: see #TripPlaceHit. */
static gint
judge_name (const Search *self,
            sqlite3_stmt *row)
{
  g_autofree char *title = NULL;
  const char *names;
  gsize length;

  if (self->folded == NULL)
    return 0;
  if (strcmp (trip_place_column_text (row, TRIP_PLACE_ROW_KEY), self->folded) == 0)
    return 3;
  title = trip_text_fold (trip_place_column_text (row, TRIP_PLACE_ROW_TITLE));
  if (strcmp (title, self->folded) == 0)
    return 3;
  length = strlen (self->folded);
  names = trip_place_column_text (row, TRIP_PLACE_ROW_NAMES);
  for (const char *p = names; (p = strstr (p, self->folded)) != NULL; p++)
    {
      gboolean starts = p == names || (p - names >= 4 && memcmp (p - 4, TRIP_PLACE_NAME_BORDER " ", 4) == 0);
      gboolean ends = p[length] == '\0' || strncmp (p + length, " " TRIP_PLACE_NAME_BORDER, 4) == 0;

      if (starts && ends)
        return 2;
    }
  return 1;
}

/* Adds the row as a hit, where it passes. */
static void
take_row (Search       *self,
          sqlite3_stmt *row)
{
  const TripPlaceSearch *search = self->search;
  gint64 region = sqlite3_column_int64 (row, TRIP_PLACE_ROW_REGION);
  TripGeo geo = { sqlite3_column_double (row, TRIP_PLACE_ROW_LAT), sqlite3_column_double (row, TRIP_PLACE_ROW_LNG) };
  gint type = sqlite3_column_int (row, TRIP_PLACE_ROW_TYPE);
  gdouble distance = search->has_position ? trip_geo_distance_m (&geo, &search->position) : 0.0;
  const char *ref = trip_place_column_text (row, TRIP_PLACE_ROW_REF);
  const char *attribution = g_hash_table_lookup (self->attributions, &region);
  TripPlaceHit *hit;

  /* A damaged file may hold anything. */
  if (type < 0 || type >= TRIP_PLACE_N_TYPES || (self->types & (1u << type)) == 0 || !isfinite (geo.lat) || !isfinite (geo.lng))
    return;
  if ((self->region != 0 && region != self->region) || (search->radius_m > 0.0 && distance > search->radius_m) ||
      (search->has_box && !is_in_box (search, geo.lat, geo.lng)))
    return;
  /* Two regions that overlap share objects. */
  if (!has_tags (self, trip_place_column_text (row, TRIP_PLACE_ROW_TAGS)) || (search->open_at && !is_open (self, row)) ||
      g_hash_table_contains (self->refs, ref))
    return;
  g_hash_table_add (self->refs, g_strdup (ref));
  hit = g_new0 (TripPlaceHit, 1);
  hit->poi = trip_place_row_read (row, attribution != NULL ? attribution : "");
  hit->type = (TripPlaceType) type;
  hit->region = g_strdup (g_hash_table_lookup (self->names, &region));
  hit->distance_m = distance;
  hit->likeness = judge_name (self, row);
  g_ptr_array_add (self->hits, hit);
}

static gboolean
load (Search   *self,
      gint64    id,
      GError  **error)
{
  sqlite3_stmt *row = trip_place_db_prepare (self->db, "SELECT " TRIP_PLACE_ROW_COLUMNS " FROM place WHERE id = ?", error);
  gint status;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, id);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW)
    take_row (self, row);
  else if (status != SQLITE_DONE)
    trip_place_db_fail (self->db, error);
  sqlite3_reset (row);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

/* Reads the candidates in their order until there are enough hits. */
static gboolean
load_all (Search        *self,
          const GArray  *candidates,
          GError       **error)
{
  for (guint i = 0; i < candidates->len && self->hits->len < self->limit; i++)
    {
      if (!load (self, g_array_index (candidates, Candidate, i).id, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
box_sql (TripPlaceType type)
{
  static const char * const sql[] = {
    "SELECT id, south, west FROM sight_box WHERE south <= ?2 AND north >= ?1 AND west <= ?4 AND east >= ?3",
    "SELECT id, south, west FROM restaurant_box WHERE south <= ?2 AND north >= ?1 AND west <= ?4 AND east >= ?3",
    "SELECT id, south, west FROM lodge_box WHERE south <= ?2 AND north >= ?1 AND west <= ?4 AND east >= ?3",
    "SELECT id, south, west FROM service_box WHERE south <= ?2 AND north >= ?1 AND west <= ?4 AND east >= ?3",
  };

  return sql[type];
}

/* Adds those of a type in a box that does not cross the 180th meridian. */
static gboolean
collect_from_box (Search         *self,
                  TripPlaceType   type,
                  gdouble         south,
                  gdouble         west,
                  gdouble         north,
                  gdouble         east,
                  GArray         *candidates,
                  GError        **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (self->db, box_sql (type), error);
  gint status;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_double (statement, 1, south);
  sqlite3_bind_double (statement, 2, north);
  sqlite3_bind_double (statement, 3, west);
  sqlite3_bind_double (statement, 4, east);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      TripGeo geo = { sqlite3_column_double (statement, 1), sqlite3_column_double (statement, 2) };
      Candidate candidate = { sqlite3_column_int64 (statement, 0), 0.0 };

      if (self->search->has_position)
        candidate.distance_m = trip_geo_distance_m (&geo, &self->search->position);
      g_array_append_val (candidates, candidate);
    }
  if (status != SQLITE_DONE)
    trip_place_db_fail (self->db, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

static gboolean
collect (Search   *self,
         gdouble   south,
         gdouble   west,
         gdouble   north,
         gdouble   east,
         GArray   *candidates,
         GError  **error)
{
  for (gint type = 0; type < TRIP_PLACE_N_TYPES; type++)
    {
      if ((self->types & (1u << type)) == 0)
        continue;
      if (west <= east ? !collect_from_box (self, (TripPlaceType) type, south, west, north, east, candidates, error)
                       : !collect_from_box (self, (TripPlaceType) type, south, west, north, 180.0, candidates, error) ||
                           !collect_from_box (self, (TripPlaceType) type, south, -180.0, north, east, candidates, error))
        return FALSE;
    }
  return TRUE;
}

/* The box around a circle; where it reaches a pole it is all the way round. */
static gboolean
collect_circle (Search   *self,
                gdouble   radius_m,
                GArray   *candidates,
                GError  **error)
{
  const TripGeo *centre = &self->search->position;
  gdouble height = radius_m / DEGREE_M * 1.01;
  gdouble nearest_pole = fabs (centre->lat) + height;
  gdouble width = nearest_pole < 89.0 ? height / cos (nearest_pole * G_PI / 180.0) : 360.0;
  gdouble west = centre->lng - width;
  gdouble east = centre->lng + width;

  if (width >= 180.0)
    return collect (self, centre->lat - height, -180.0, centre->lat + height, 180.0, candidates, error);
  if (west < -180.0)
    west += 360.0;
  if (east > 180.0)
    east -= 360.0;
  return collect (self, centre->lat - height, west, centre->lat + height, east, candidates, error);
}

static gint
compare_distances (gconstpointer a,
                   gconstpointer b)
{
  const Candidate *one = a, *two = b;

  return one->distance_m != two->distance_m ? (one->distance_m < two->distance_m ? -1 : 1)
                                            : (one->id > two->id) - (one->id < two->id);
}

static gint
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const Candidate *one = a, *two = b;

  return (one->id > two->id) - (one->id < two->id);
}

static gboolean
find_nearest (Search   *self,
              GError  **error)
{
  gdouble farthest = self->search->radius_m > 0.0 ? MIN (self->search->radius_m, FARTHEST_M) : FARTHEST_M;
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gdouble inner = -1.0;

  for (gdouble outer = MIN (FIRST_RING_M, farthest); self->hits->len < self->limit; outer = MIN (outer * RING_GROWTH, farthest))
    {
      guint n = 0;

      g_array_set_size (candidates, 0);
      if (!collect_circle (self, outer, candidates, error))
        return FALSE;
      /* What lies within the last ring was looked at; what lies outside this one has its turn. */
      for (guint i = 0; i < candidates->len; i++)
        {
          Candidate candidate = g_array_index (candidates, Candidate, i);

          if (candidate.distance_m > inner && (candidate.distance_m <= outer || outer >= farthest))
            g_array_index (candidates, Candidate, n++) = candidate;
        }
      g_array_set_size (candidates, n);
      g_array_sort (candidates, compare_distances);
      if (!load_all (self, candidates, error))
        return FALSE;
      if (outer >= farthest)
        break;
      inner = outer;
    }
  return TRUE;
}

static gboolean
find_best (Search   *self,
           GError  **error)
{
  const TripPlaceSearch *search = self->search;
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  if (search->has_box ? !collect (self, search->south, search->west, search->north, search->east, candidates, error)
      : search->has_position && search->radius_m > 0.0
        ? !collect_circle (self, search->radius_m, candidates, error)
        : !collect (self, -90.0, -180.0, 90.0, 180.0, candidates, error))
    return FALSE;
  g_array_sort (candidates, compare_numbers);
  return load_all (self, candidates, error);
}

/* The words as the full-text index wants them; %NULL where there is none. A run of single signs is a part of a name. */
static char *
make_match (const char *folded)
{
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);
  GString *match = g_string_new (NULL);
  gboolean in_run = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean is_sign = (guchar) words[i][0] >= 0x80 && *g_utf8_next_char (words[i]) == '\0';
      gboolean is_last = words[i + 1] == NULL;

      if (words[i][0] == '\0' || strchr (words[i], '"') != NULL)
        continue;
      if (in_run && is_sign)
        g_string_append_printf (match, " %s", words[i]);
      else
        g_string_append_printf (match, "%s%s\"%s", in_run ? "\"" : "", match->len > 0 ? " " : "", words[i]);
      in_run = is_sign;
      if (!is_sign)
        g_string_append (match, is_last ? "\"*" : "\"");
    }
  if (in_run)
    g_string_append_c (match, '"');
  if (match->len == 0)
    {
      g_string_free (match, TRUE);
      return NULL;
    }
  return g_string_free (match, FALSE);
}

static gboolean
collect_numbers (Search        *self,
                 const char    *sql,
                 const char    *text,
                 gint           n,
                 GArray        *candidates,
                 GError       **error)
{
  sqlite3_stmt *statement = trip_place_db_prepare (self->db, sql, error);
  gint status;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, n);
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Candidate candidate = { sqlite3_column_int64 (statement, 0), 0.0 };

      g_array_append_val (candidates, candidate);
    }
  if (status != SQLITE_DONE)
    trip_place_db_fail (self->db, error);
  sqlite3_reset (statement);
  return status == SQLITE_DONE;
}

static gint
compare_hits (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const TripPlaceHit *one = *(TripPlaceHit * const *) a;
  const TripPlaceHit *two = *(TripPlaceHit * const *) b;
  const Search *self = user_data;

  if (self->search->order == TRIP_PLACE_ORDER_NEAREST && one->distance_m != two->distance_m)
    return one->distance_m < two->distance_m ? -1 : 1;
  if (one->likeness != two->likeness)
    return one->likeness > two->likeness ? -1 : 1;
  return two->poi->popularity - one->poi->popularity;
}

static gboolean
find_named (Search   *self,
            GError  **error)
{
  const TripPlaceSearch *search = self->search;
  gboolean narrow = search->has_position || search->has_box || search->tags != NULL || search->open_at ||
                    search->region != NULL || self->types != ALL_TYPES;
  guint limit = self->limit;
  gint n = (gint) (narrow ? MAX_NAMED_ROWS : MIN (limit * NAMED_ROWS_PER_HIT, MAX_NAMED_ROWS));
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree char *match = make_match (self->folded);

  if (match == NULL)
    return TRUE;
  if (!collect_numbers (self, "SELECT id FROM place WHERE key = ? AND type < 4 ORDER BY id LIMIT ?", self->folded, n,
                        candidates, error) ||
      !collect_numbers (self, "SELECT rowid FROM place_names WHERE place_names MATCH ? ORDER BY rowid LIMIT ?", match, n,
                        candidates, error))
    return FALSE;
  /* All that have the words, up to a bound, since those called just so or nearer may be less known. */
  self->limit = search->order == TRIP_PLACE_ORDER_NEAREST ? G_MAXUINT : limit * NAMED_ROWS_PER_HIT;
  if (!load_all (self, candidates, error))
    return FALSE;
  self->limit = limit;
  return TRUE;
}

static gboolean
run (Search   *self,
     GError  **error)
{
  const TripPlaceSearch *search = self->search;

  if (!load_regions (self, error))
    return FALSE;
  if (self->folded != NULL ? !find_named (self, error)
      : search->order == TRIP_PLACE_ORDER_NEAREST && !search->has_box ? !find_nearest (self, error)
                                                                      : !find_best (self, error))
    return FALSE;
  if (self->folded != NULL || search->order == TRIP_PLACE_ORDER_NEAREST)
    g_ptr_array_sort_with_data (self->hits, compare_hits, self);
  if (self->hits->len > self->limit)
    g_ptr_array_set_size (self->hits, (gint) self->limit);
  return TRUE;
}

/**
 * trip_place_db_search:
 * @self: a database
 * @search: what to find
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Finds places. Reads the disk, so call it from a worker thread; of a million places the nearest 200 or those of a name
 * take some milliseconds. With a name and other conditions only the 2,000 best known places of that name are looked at.
 *
 * Returns: (transfer full) (element-type TripPlaceHit): what was found, in the order asked for
 */
GPtrArray *
trip_place_db_search (TripPlaceDb            *self,
                      const TripPlaceSearch  *search,
                      GCancellable           *cancellable,
                      GError                **error)
{
  Search state = { .db = self, .search = search };
  gboolean ok;

  g_return_val_if_fail (self != NULL && search != NULL, NULL);
  g_return_val_if_fail (search->order != TRIP_PLACE_ORDER_NEAREST || search->has_position, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  state.limit = search->limit > 0 ? MIN (search->limit, TRIP_PLACE_SEARCH_MAX) : DEFAULT_LIMIT;
  state.types = search->types != 0 ? search->types & ALL_TYPES : DEFAULT_TYPES;
  state.folded = search->name != NULL ? trip_text_fold (search->name) : NULL;
  state.hits = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_place_hit_free);
  state.refs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state.attributions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  state.names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  g_rec_mutex_lock (&self->lock);
  trip_place_db_watch (self, cancellable);
  ok = run (&state, error);
  trip_place_db_watch (self, NULL);
  g_rec_mutex_unlock (&self->lock);

  g_hash_table_unref (state.refs);
  g_hash_table_unref (state.attributions);
  g_hash_table_unref (state.names);
  g_free (state.folded);
  if (!ok)
    g_clear_pointer (&state.hits, g_ptr_array_unref);
  return state.hits;
}
