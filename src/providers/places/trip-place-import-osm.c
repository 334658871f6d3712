/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Places out of an OpenStreetMap file in three readings: relations say which ways they need, ways which nodes, and the
 * nodes where those are. So only what a place needs is in memory, however large the file is; the tags of ways and
 * relations wait in a temporary file.
 */
#include "providers/places/trip-place-import-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Ids held in memory, 8 bytes each: several times what the largest country has, and a bound for hostile files. */
#define MAX_IDS (48 * 1000 * 1000)

/* Metres in a degree of latitude. */
#define DEGREE_M 111195.0

/* A longer value in the temporary file would be one that the readers do not let through. */
#define MAX_SPILLED_BYTES (64 * 1024 * 1024)

typedef struct {
  gdouble south, west, north, east;
  gboolean any;
} Box;

typedef struct {
  gint64 id;
  guint first;
  guint n;
} Shape;

typedef struct {
  TripPlaceDb *db;
  const char *name;
  FILE *waiting;
  GArray *relations;
  GArray *member_ways;
  GArray *wanted_ways;
  GArray *ways;
  GArray *refs;
  GArray *node_ids;
  gint32 (*positions)[2];
  Box *boxes;
  guint cursor;
  guint pass;
  guint64 size;
  TripPlaceFileProgress progress;
  gpointer progress_data;
} Import;

static gint
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 difference_sign = (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);

  return (gint) difference_sign;
}

/* Sorted, each once. */
static void
make_set (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (n == 0 || g_array_index (ids, gint64, n - 1) != id)
        g_array_index (ids, gint64, n++) = id;
    }
  g_array_set_size (ids, n);
}

static gboolean
find_id (const GArray *set,
         gint64        id,
         guint        *out_index)
{
  guint low = 0, high = set->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (set, gint64, middle) < id)
        low = middle + 1;
      else
        high = middle;
    }
  *out_index = low;
  return low < set->len && g_array_index (set, gint64, low) == id;
}

static gboolean
check_room (Import   *self,
            guint     n_more,
            GError  **error)
{
  if (self->member_ways->len + self->refs->len + (guint64) n_more <= MAX_IDS)
    return TRUE;
  g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_FORMAT,
               _("%s has places of more than %d parts together; cut it into smaller regions (“osmium extract”)"), self->name,
               MAX_IDS);
  return FALSE;
}

static gboolean
fail_waiting (Import   *self,
              GError  **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("A temporary file cannot be used: %s"),
               g_strerror (errno));
  return FALSE;
}

static gboolean
open_waiting (Import   *self,
              GError  **error)
{
  g_autofree char *path = NULL;
  gint fd = g_file_open_tmp ("tripctl-import-XXXXXX", &path, error);

  if (fd < 0)
    return FALSE;
  /* Nobody else needs its name, and so nobody has to remove it. */
  g_unlink (path);
  self->waiting = fdopen (fd, "w+b");
  return self->waiting != NULL || fail_waiting (self, error);
}

static void
write_text (FILE       *file,
            const char *text)
{
  guint32 size = (guint32) strlen (text);

  fwrite (&size, sizeof size, 1, file);
  fwrite (text, 1, size, file);
}

static gboolean
keep_waiting (Import               *self,
              const TripOsmObject  *object,
              GError              **error)
{
  fwrite (&object->kind, sizeof object->kind, 1, self->waiting);
  fwrite (&object->id, sizeof object->id, 1, self->waiting);
  fwrite (&object->n_tags, sizeof object->n_tags, 1, self->waiting);
  for (guint i = 0; i < object->n_tags; i++)
    {
      write_text (self->waiting, object->tags[i].key);
      write_text (self->waiting, object->tags[i].value);
    }
  return ferror (self->waiting) == 0 || fail_waiting (self, error);
}

static gboolean
on_relation (const TripOsmObject  *relation,
             gpointer              user_data,
             GError              **error)
{
  Import *self = user_data;
  Shape shape = { .id = relation->id, .first = self->member_ways->len };

  if (!trip_place_record_wants (relation->tags, relation->n_tags))
    return TRUE;
  if (!check_room (self, relation->n_members, error))
    return FALSE;
  for (guint i = 0; i < relation->n_members; i++)
    {
      const TripOsmMember *member = &relation->members[i];

      if (member->kind == TRIP_OSM_WAY && strcmp (member->role, "inner") != 0)
        g_array_append_val (self->member_ways, member->id);
    }
  shape.n = self->member_ways->len - shape.first;
  g_array_append_val (self->relations, shape);
  return keep_waiting (self, relation, error);
}

static gboolean
on_way (const TripOsmObject  *way,
        gpointer              user_data,
        GError              **error)
{
  Import *self = user_data;
  gboolean is_place = trip_place_record_wants (way->tags, way->n_tags);
  Shape shape = { .id = way->id, .first = self->refs->len, .n = way->n_refs };
  guint index;

  if (!is_place && !find_id (self->wanted_ways, way->id, &index))
    return TRUE;
  if (!check_room (self, way->n_refs, error))
    return FALSE;
  g_array_append_vals (self->refs, way->refs, way->n_refs);
  g_array_append_val (self->ways, shape);
  return !is_place || keep_waiting (self, way, error);
}

static gboolean
add_place (Import               *self,
           const TripOsmObject  *object,
           const TripGeo        *geo,
           gdouble               area_m2,
           GError              **error)
{
  g_autoptr(TripPlaceRecord) record = trip_place_record_new_osm (object->kind, object->id, geo, area_m2, object->tags,
                                                                 object->n_tags);

  return trip_place_db_add (self->db, record, error);
}

/* Nodes come in the order of their ids, nearly always; then the next one is where the last one was, or behind it. */
static gboolean
find_node (Import *self,
           gint64  id,
           guint  *out_index)
{
  guint at = self->cursor;

  if (at < self->node_ids->len && g_array_index (self->node_ids, gint64, at) >= id &&
      (at == 0 || g_array_index (self->node_ids, gint64, at - 1) < id))
    *out_index = at;
  else
    find_id (self->node_ids, id, out_index);
  self->cursor = *out_index;
  return *out_index < self->node_ids->len && g_array_index (self->node_ids, gint64, *out_index) == id;
}

static gboolean
on_node (const TripOsmObject  *node,
         gpointer              user_data,
         GError              **error)
{
  Import *self = user_data;
  guint index;

  if (find_node (self, node->id, &index))
    {
      self->positions[index][0] = (gint32) lround (node->geo.lat * 1e7);
      self->positions[index][1] = (gint32) lround (node->geo.lng * 1e7);
    }
  return !trip_place_record_wants (node->tags, node->n_tags) || add_place (self, node, &node->geo, 0.0, error);
}

static void
extend_box (Box       *box,
            const Box *other)
{
  if (!other->any)
    return;
  box->south = box->any ? MIN (box->south, other->south) : other->south;
  box->west = box->any ? MIN (box->west, other->west) : other->west;
  box->north = box->any ? MAX (box->north, other->north) : other->north;
  box->east = box->any ? MAX (box->east, other->east) : other->east;
  box->any = TRUE;
}

/* Nodes that the file lacks, since it was cut out of a larger one, do not count. */
static Box
box_of_way (Import      *self,
            const Shape *way)
{
  Box box = { 0 };

  for (guint i = way->first; i < way->first + way->n; i++)
    {
      guint index;

      if (find_id (self->node_ids, g_array_index (self->refs, gint64, i), &index) &&
          self->positions[index][0] != G_MAXINT32)
        {
          gdouble lat = self->positions[index][0] * 1e-7;
          gdouble lng = self->positions[index][1] * 1e-7;
          Box point = { lat, lng, lat, lng, TRUE };

          extend_box (&box, &point);
        }
    }
  return box;
}

static gint
compare_shapes (gconstpointer a,
                gconstpointer b)
{
  return compare_ids (&((const Shape *) a)->id, &((const Shape *) b)->id);
}

static gboolean
find_shape (const GArray *shapes,
            gint64        id,
            guint        *out_index)
{
  const Shape wanted = { .id = id };

  return g_array_binary_search ((GArray *) shapes, &wanted, compare_shapes, out_index);
}

static Box
box_of_relation (Import      *self,
                 const Shape *relation)
{
  Box box = { 0 };

  for (guint i = relation->first; i < relation->first + relation->n; i++)
    {
      guint index;

      if (find_shape (self->ways, g_array_index (self->member_ways, gint64, i), &index))
        extend_box (&box, &self->boxes[index]);
    }
  return box;
}

static gboolean
read_text (Import  *self,
           char   **out)
{
  guint32 size;

  if (fread (&size, sizeof size, 1, self->waiting) != 1 || size > MAX_SPILLED_BYTES)
    return FALSE;
  *out = g_malloc ((gsize) size + 1);
  (*out)[size] = '\0';
  return fread (*out, 1, size, self->waiting) == size;
}

static void
clear_tag (gpointer data)
{
  TripOsmTag *tag = data;

  g_free ((char *) tag->key);
  g_free ((char *) tag->value);
}

/* Reads the next object that waits; %FALSE with no error at the end. */
static gboolean
read_waiting (Import         *self,
              TripOsmObject  *out,
              GArray         *tags,
              GError        **error)
{
  *out = (TripOsmObject) { 0 };
  g_array_set_size (tags, 0);
  if (fread (&out->kind, sizeof out->kind, 1, self->waiting) != 1)
    return ferror (self->waiting) ? fail_waiting (self, error) : FALSE;
  if (fread (&out->id, sizeof out->id, 1, self->waiting) != 1 ||
      fread (&out->n_tags, sizeof out->n_tags, 1, self->waiting) != 1)
    return fail_waiting (self, error);
  for (guint i = 0; i < out->n_tags; i++)
    {
      char *key = NULL, *value = NULL;
      gboolean ok = read_text (self, &key) && read_text (self, &value);
      TripOsmTag tag = { key, value };

      g_array_append_val (tags, tag);
      if (!ok)
        return fail_waiting (self, error);
    }
  out->tags = (const TripOsmTag *) (const void *) tags->data;
  return TRUE;
}

static gboolean
place_waiting (Import               *self,
               const TripOsmObject  *object,
               GError              **error)
{
  const GArray *shapes = object->kind == TRIP_OSM_WAY ? self->ways : self->relations;
  Box box = { 0 };
  TripGeo geo;
  gdouble area;
  guint index;

  if (find_shape (shapes, object->id, &index))
    box = object->kind == TRIP_OSM_WAY ? self->boxes[index]
                                       : box_of_relation (self, &g_array_index (self->relations, Shape, index));
  if (!box.any)
    return TRUE;
  geo.lat = (box.south + box.north) / 2.0;
  geo.lng = (box.west + box.east) / 2.0;
  area = (box.north - box.south) * DEGREE_M * (box.east - box.west) * DEGREE_M * cos (geo.lat * G_PI / 180.0);
  return add_place (self, object, &geo, area, error);
}

static gboolean
place_all_waiting (Import        *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(GArray) tags = g_array_new (FALSE, TRUE, sizeof (TripOsmTag));
  GError *why = NULL;
  TripOsmObject object;

  g_array_set_clear_func (tags, clear_tag);
  rewind (self->waiting);
  while (read_waiting (self, &object, tags, &why))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !place_waiting (self, &object, error))
        return FALSE;
    }
  if (why != NULL)
    g_propagate_error (error, why);
  return why == NULL;
}

static void
on_progress (guint64  done,
             gpointer user_data)
{
  Import *self = user_data;

  if (self->progress != NULL)
    self->progress ((self->pass + (gdouble) done / (gdouble) MAX (self->size, 1)) / 3.0, self->progress_data);
}

static gboolean
read_pass (Import             *self,
           TripOsmFile        *file,
           TripOsmKind         kind,
           TripOsmObjectFunc   func,
           GCancellable       *cancellable,
           GError            **error)
{
  gboolean ok = trip_osm_file_read (file, kind, func, self, on_progress, self, cancellable, error);

  self->pass++;
  return ok;
}

static gboolean
import_file (Import        *self,
             TripOsmFile   *file,
             GCancellable  *cancellable,
             GError       **error)
{
  if (!open_waiting (self, error) || !read_pass (self, file, TRIP_OSM_RELATION, on_relation, cancellable, error))
    return FALSE;
  g_array_append_vals (self->wanted_ways, self->member_ways->data, self->member_ways->len);
  make_set (self->wanted_ways);

  if (!read_pass (self, file, TRIP_OSM_WAY, on_way, cancellable, error))
    return FALSE;
  g_array_set_size (self->wanted_ways, 0);
  g_array_append_vals (self->node_ids, self->refs->data, self->refs->len);
  make_set (self->node_ids);
  self->positions = g_malloc_n (self->node_ids->len + 1, sizeof *self->positions);
  for (guint i = 0; i < self->node_ids->len; i++)
    self->positions[i][0] = G_MAXINT32;

  if (!read_pass (self, file, TRIP_OSM_NODE, on_node, cancellable, error))
    return FALSE;
  g_array_sort (self->ways, compare_shapes);
  g_array_sort (self->relations, compare_shapes);
  self->boxes = g_new0 (Box, self->ways->len + 1);
  for (guint i = 0; i < self->ways->len; i++)
    self->boxes[i] = box_of_way (self, &g_array_index (self->ways, Shape, i));
  return place_all_waiting (self, cancellable, error);
}

static void
import_clear (Import *self)
{
  if (self->waiting != NULL)
    fclose (self->waiting);
  g_array_unref (self->relations);
  g_array_unref (self->member_ways);
  g_array_unref (self->wanted_ways);
  g_array_unref (self->ways);
  g_array_unref (self->refs);
  g_array_unref (self->node_ids);
  g_free (self->positions);
  g_free (self->boxes);
}

/**
 * trip_place_import_osm:
 * @db: a database in a region
 * @path: an OpenStreetMap file
 * @progress: (nullable): hears how far it is
 * @user_data: data for @progress
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether all of it was read
 */
gboolean
trip_place_import_osm (TripPlaceDb            *db,
                       const char             *path,
                       TripPlaceFileProgress   progress,
                       gpointer                user_data,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_autoptr(TripOsmFile) file = trip_osm_file_open (path, error);
  g_autofree char *name = g_filename_display_basename (path);
  Import self = { .db = db, .name = name, .progress = progress, .progress_data = user_data };
  gboolean ok;

  if (file == NULL)
    return FALSE;
  self.size = trip_osm_file_get_size (file);
  self.relations = g_array_new (FALSE, FALSE, sizeof (Shape));
  self.ways = g_array_new (FALSE, FALSE, sizeof (Shape));
  self.member_ways = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.wanted_ways = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.refs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.node_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = import_file (&self, file, cancellable, error);
  import_clear (&self);
  return ok;
}
