/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The objects in a block of a PBF file. Groups that hold nothing wanted are passed over without being taken apart.
 */
#include "osm/trip-osm-private.h"
#include "osm/trip-osm-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Fields of a PrimitiveGroup. */
enum {
  GROUP_NODES = 1,
  GROUP_DENSE = 2,
  GROUP_WAYS = 3,
  GROUP_RELATIONS = 4,
};

typedef struct {
  const TripOsmPass *pass;
  char *text;
  GArray *strings;
  GArray *tags;
  GArray *refs;
  GArray *members;
  gint64 granularity;
  gint64 lat_offset;
  gint64 lng_offset;
} Block;

static gboolean
broken (const char  *what,
        GError     **error)
{
  g_set_error_literal (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, what);
  return FALSE;
}

/* Copies the strings, each with an end of its own, since callers want C strings. */
static gboolean
read_strings (Block        *self,
              TripOsmSpan   table,
              GError      **error)
{
  TripOsmSpan span = table;
  TripOsmField field;
  char *to;

  g_array_set_size (self->strings, 0);
  /* Each string takes two bytes of framing or more, so its end fits. */
  g_free (self->text);
  to = self->text = g_malloc ((gsize) (table.end - table.p) + 1);
  while (!trip_osm_span_is_empty (&span))
    {
      gsize size;

      if (!trip_osm_span_field (&span, &field))
        return broken (_("a damaged table of strings"), error);
      if (field.number != 1 || !field.is_bytes)
        continue;
      size = (gsize) (field.bytes.end - field.bytes.p);
      memcpy (to, field.bytes.p, size);
      to[size] = '\0';
      g_array_append_val (self->strings, to);
      to += size + 1;
    }
  return TRUE;
}

static const char *
string_at (Block   *self,
           guint64  index)
{
  return index < self->strings->len ? g_array_index (self->strings, const char *, index) : NULL;
}

static gboolean
add_tag (Block    *self,
         guint64   key,
         guint64   value,
         GError  **error)
{
  TripOsmTag tag = { string_at (self, key), string_at (self, value) };

  if (tag.key == NULL || tag.value == NULL)
    return broken (_("a tag that points outside the table of strings"), error);
  g_array_append_val (self->tags, tag);
  return TRUE;
}

static gboolean
read_tags (Block        *self,
           TripOsmSpan   keys,
           TripOsmSpan   values,
           GError      **error)
{
  g_array_set_size (self->tags, 0);
  while (!trip_osm_span_is_empty (&keys))
    {
      guint64 key, value;

      if (!trip_osm_span_varint (&keys, &key) || !trip_osm_span_varint (&values, &value))
        return broken (_("a tag without a value"), error);
      if (!add_tag (self, key, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_position (Block          *self,
              TripOsmObject  *node,
              gint64          lat,
              gint64          lng,
              GError        **error)
{
  node->geo.lat = 1e-9 * ((gdouble) self->lat_offset + (gdouble) self->granularity * (gdouble) lat);
  node->geo.lng = 1e-9 * ((gdouble) self->lng_offset + (gdouble) self->granularity * (gdouble) lng);
  /* Compared this way round so that what is no number fails as well. */
  if (!(node->geo.lat >= -90.0 && node->geo.lat <= 90.0 && node->geo.lng >= -180.0 && node->geo.lng <= 180.0))
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("node %" G_GINT64_FORMAT " has an impossible position"),
                   node->id);
      return FALSE;
    }
  return TRUE;
}

static gboolean
emit (Block          *self,
      TripOsmObject  *object,
      GError        **error)
{
  object->tags = (const TripOsmTag *) (const void *) self->tags->data;
  object->n_tags = self->tags->len;
  return self->pass->func (object, self->pass->user_data, error);
}

static gboolean
read_dense_tags (Block        *self,
                 TripOsmSpan  *pairs,
                 GError      **error)
{
  g_array_set_size (self->tags, 0);
  while (!trip_osm_span_is_empty (pairs))
    {
      guint64 key, value;

      if (!trip_osm_span_varint (pairs, &key))
        return broken (_("damaged tags of nodes"), error);
      if (key == 0)
        return TRUE;
      if (!trip_osm_span_varint (pairs, &value))
        return broken (_("a tag without a value"), error);
      if (!add_tag (self, key, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_dense (Block        *self,
            TripOsmSpan   dense,
            GError      **error)
{
  TripOsmSpan ids = { 0 }, lats = { 0 }, lngs = { 0 }, pairs = { 0 };
  TripOsmObject node = { .kind = TRIP_OSM_NODE };
  TripOsmField field;
  gint64 lat = 0, lng = 0;

  while (!trip_osm_span_is_empty (&dense))
    {
      if (!trip_osm_span_field (&dense, &field))
        return broken (_("damaged nodes"), error);
      if (field.is_bytes && field.number == 1)
        ids = field.bytes;
      else if (field.is_bytes && field.number == 8)
        lats = field.bytes;
      else if (field.is_bytes && field.number == 9)
        lngs = field.bytes;
      else if (field.is_bytes && field.number == 10)
        pairs = field.bytes;
    }
  while (!trip_osm_span_is_empty (&ids))
    {
      gint64 id_step, lat_step, lng_step;

      if (!trip_osm_span_signed (&ids, &id_step) || !trip_osm_span_signed (&lats, &lat_step) ||
          !trip_osm_span_signed (&lngs, &lng_step))
        return broken (_("a node without a position"), error);
      node.id = trip_osm_wrapping_add (node.id, id_step);
      lat = trip_osm_wrapping_add (lat, lat_step);
      lng = trip_osm_wrapping_add (lng, lng_step);
      if (!set_position (self, &node, lat, lng, error) || !read_dense_tags (self, &pairs, error) ||
          !emit (self, &node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_refs (Block        *self,
           TripOsmSpan   steps,
           GError      **error)
{
  gint64 id = 0;

  g_array_set_size (self->refs, 0);
  while (!trip_osm_span_is_empty (&steps))
    {
      gint64 step;

      if (!trip_osm_span_signed (&steps, &step))
        return broken (_("damaged nodes of a way"), error);
      id = trip_osm_wrapping_add (id, step);
      g_array_append_val (self->refs, id);
    }
  return TRUE;
}

static gboolean
read_members (Block        *self,
              TripOsmSpan   roles,
              TripOsmSpan   steps,
              TripOsmSpan   kinds,
              GError      **error)
{
  static const TripOsmKind kind_of[] = { TRIP_OSM_NODE, TRIP_OSM_WAY, TRIP_OSM_RELATION };
  TripOsmMember member = { 0 };

  g_array_set_size (self->members, 0);
  while (!trip_osm_span_is_empty (&steps))
    {
      guint64 role, kind;
      gint64 step;

      if (!trip_osm_span_signed (&steps, &step) || !trip_osm_span_varint (&roles, &role) ||
          !trip_osm_span_varint (&kinds, &kind) || kind >= G_N_ELEMENTS (kind_of) || string_at (self, role) == NULL)
        return broken (_("damaged members of a relation"), error);
      member.kind = kind_of[kind];
      member.id = trip_osm_wrapping_add (member.id, step);
      member.role = string_at (self, role);
      g_array_append_val (self->members, member);
    }
  return TRUE;
}

/* A node, way or relation with fields of its own: the first three are the same in all. */
static gboolean
read_single (Block        *self,
             TripOsmKind   kind,
             TripOsmSpan   span,
             GError      **error)
{
  TripOsmObject object = { .kind = kind };
  TripOsmSpan packed[11] = { 0 };
  guint64 number[11] = { 0 };
  TripOsmField field;

  while (!trip_osm_span_is_empty (&span))
    {
      if (!trip_osm_span_field (&span, &field))
        return broken (kind == TRIP_OSM_NODE ? _("a damaged node") : kind == TRIP_OSM_WAY ? _("a damaged way")
                                                                                         : _("a damaged relation"), error);
      if (field.number < G_N_ELEMENTS (packed) && field.is_bytes)
        packed[field.number] = field.bytes;
      else if (field.number < G_N_ELEMENTS (number))
        number[field.number] = field.value;
    }
  if (!read_tags (self, packed[2], packed[3], error))
    return FALSE;
  object.id = (gint64) number[1];
  if (kind == TRIP_OSM_NODE)
    {
      /* Alone, a node's numbers are signed ones. */
      object.id = (gint64) (number[1] >> 1) ^ -(gint64) (number[1] & 1);
      if (!set_position (self, &object, (gint64) (number[8] >> 1) ^ -(gint64) (number[8] & 1),
                         (gint64) (number[9] >> 1) ^ -(gint64) (number[9] & 1), error))
        return FALSE;
    }
  else if (kind == TRIP_OSM_WAY)
    {
      if (!read_refs (self, packed[8], error))
        return FALSE;
      object.refs = (const gint64 *) (const void *) self->refs->data;
      object.n_refs = self->refs->len;
    }
  else
    {
      if (!read_members (self, packed[8], packed[9], packed[10], error))
        return FALSE;
      object.members = (const TripOsmMember *) (const void *) self->members->data;
      object.n_members = self->members->len;
    }
  return emit (self, &object, error);
}

static gboolean
read_group (Block        *self,
            TripOsmSpan   group,
            guint8       *out_kinds,
            GError      **error)
{
  TripOsmField field;

  while (!trip_osm_span_is_empty (&group))
    {
      TripOsmKind kind = 0;

      if (!trip_osm_span_field (&group, &field))
        return broken (_("a damaged group of objects"), error);
      if (!field.is_bytes)
        continue;
      if (field.number == GROUP_NODES || field.number == GROUP_DENSE)
        kind = TRIP_OSM_NODE;
      else if (field.number == GROUP_WAYS)
        kind = TRIP_OSM_WAY;
      else if (field.number == GROUP_RELATIONS)
        kind = TRIP_OSM_RELATION;
      *out_kinds |= kind;
      if ((kind & self->pass->kinds) == 0)
        continue;
      if (field.number == GROUP_DENSE ? !read_dense (self, field.bytes, error)
                                      : !read_single (self, kind, field.bytes, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_block (Block        *self,
            TripOsmSpan   block,
            guint8       *out_kinds,
            GError      **error)
{
  TripOsmSpan span = block;
  TripOsmField field;

  /* Numbers and strings may stand behind the groups that need them. */
  while (!trip_osm_span_is_empty (&span))
    {
      if (!trip_osm_span_field (&span, &field))
        return broken (_("damaged data"), error);
      if (field.number == 1 && field.is_bytes && !read_strings (self, field.bytes, error))
        return FALSE;
      if (field.number == 17 && !field.is_bytes)
        self->granularity = (gint64) field.value;
      else if (field.number == 19 && !field.is_bytes)
        self->lat_offset = (gint64) field.value;
      else if (field.number == 20 && !field.is_bytes)
        self->lng_offset = (gint64) field.value;
    }
  while (trip_osm_span_field (&block, &field))
    {
      if (field.number == 2 && field.is_bytes && !read_group (self, field.bytes, out_kinds, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * trip_osm_pbf_decode:
 * @data: an unpacked block
 * @size: its bytes
 * @pass: what is wanted
 * @out_kinds: (out): what it holds
 * @error: return location; its message does not say where the block is
 *
 * Returns: whether all of it was read
 */
gboolean
trip_osm_pbf_decode (const guint8       *data,
                     gsize               size,
                     const TripOsmPass  *pass,
                     guint8             *out_kinds,
                     GError            **error)
{
  Block self = {
    .pass = pass, .granularity = 100,
    .strings = g_array_new (FALSE, FALSE, sizeof (char *)), .tags = g_array_new (FALSE, FALSE, sizeof (TripOsmTag)),
    .refs = g_array_new (FALSE, FALSE, sizeof (gint64)), .members = g_array_new (FALSE, FALSE, sizeof (TripOsmMember)),
  };
  gboolean ok;

  *out_kinds = 0;
  ok = read_block (&self, trip_osm_span (data, size), out_kinds, error);
  g_array_unref (self.strings);
  g_array_unref (self.tags);
  g_array_unref (self.refs);
  g_array_unref (self.members);
  g_free (self.text);
  return ok;
}
