/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * OpenStreetMap's XML, plain or in gzip. Elements that are not known are passed over with what is in them.
 */
#include "osm/trip-osm-gunzip.h"
#include "osm/trip-osm-private.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES (64 * 1024)

/* The format nests three deep; whoever goes deeper wants to hurt. */
#define MAX_DEPTH 32

/* More of these in one object are an attack: the database of OpenStreetMap allows 2,000 nodes and 32,000 members. */
#define MAX_PARTS 1000000

/* An element that grows beyond this without ending would be kept in memory. */
#define MAX_ELEMENT_BYTES (4 * 1024 * 1024)

typedef struct {
  TripOsmFile *file;
  const TripOsmPass *pass;
  guint depth;
  gboolean saw_root;
  guint64 done;
  guint64 last_event;
  TripOsmObject object;
  guint object_depth;
  gboolean wanted;
  GStringChunk *text;
  GArray *tags;
  GArray *refs;
  GArray *members;
} Reader;

static const char *
attribute (const char **names,
           const char **values,
           const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (strcmp (names[i], name) == 0)
        return values[i];
    }
  return NULL;
}

static gboolean
read_id (const char  *text,
         const char  *element,
         gint64      *out,
         GError     **error)
{
  char *end = NULL;

  errno = 0;
  *out = text != NULL ? g_ascii_strtoll (text, &end, 10) : 0;
  if (text == NULL || end == text || *end != '\0' || errno != 0)
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("<%s> needs a whole number for its id, not “%.40s”"),
                   element, text != NULL ? text : "");
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_degrees (const char  *text,
              const char  *name,
              gdouble      limit,
              gdouble     *out,
              GError     **error)
{
  char *end = NULL;

  *out = text != NULL ? g_ascii_strtod (text, &end) : NAN;
  if (text != NULL && end != text && *end == '\0' && *out >= -limit && *out <= limit)
    return TRUE;
  g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("%s must be from %g to %g degrees, not “%.40s”"), name,
               -limit, limit, text != NULL ? text : "");
  return FALSE;
}

static gboolean
start_object (Reader       *self,
              TripOsmKind   kind,
              const char   *element,
              const char  **names,
              const char  **values,
              GError      **error)
{
  const char *visible = attribute (names, values, "visible");

  self->object = (TripOsmObject) { .kind = kind };
  self->object_depth = self->depth;
  self->wanted = (self->pass->kinds & kind) != 0 && (visible == NULL || strcmp (visible, "false") != 0) &&
                 g_strcmp0 (attribute (names, values, "action"), "delete") != 0;
  if (!self->wanted)
    return TRUE;
  g_string_chunk_clear (self->text);
  g_array_set_size (self->tags, 0);
  g_array_set_size (self->refs, 0);
  g_array_set_size (self->members, 0);
  if (!read_id (attribute (names, values, "id"), element, &self->object.id, error))
    return FALSE;
  return kind != TRIP_OSM_NODE ||
         (read_degrees (attribute (names, values, "lat"), "lat", 90.0, &self->object.geo.lat, error) &&
          read_degrees (attribute (names, values, "lon"), "lon", 180.0, &self->object.geo.lng, error));
}

static TripOsmKind
kind_of (const char *name)
{
  return strcmp (name, "node") == 0       ? TRIP_OSM_NODE
         : strcmp (name, "way") == 0      ? TRIP_OSM_WAY
         : strcmp (name, "relation") == 0 ? TRIP_OSM_RELATION
                                          : 0;
}

static gboolean
add_part (Reader      *self,
          const char  *element,
          const char **names,
          const char **values,
          GError     **error)
{
  if (self->tags->len + self->refs->len + self->members->len >= MAX_PARTS)
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("one object has more than %d parts"), MAX_PARTS);
      return FALSE;
    }
  if (strcmp (element, "tag") == 0)
    {
      const char *key = attribute (names, values, "k");
      const char *value = attribute (names, values, "v");
      TripOsmTag tag;

      if (key == NULL || value == NULL)
        {
          g_set_error_literal (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("<tag> needs k and v"));
          return FALSE;
        }
      tag.key = g_string_chunk_insert (self->text, key);
      tag.value = g_string_chunk_insert (self->text, value);
      g_array_append_val (self->tags, tag);
    }
  else if (strcmp (element, "nd") == 0 && self->object.kind == TRIP_OSM_WAY)
    {
      gint64 ref;

      if (!read_id (attribute (names, values, "ref"), element, &ref, error))
        return FALSE;
      g_array_append_val (self->refs, ref);
    }
  else if (strcmp (element, "member") == 0 && self->object.kind == TRIP_OSM_RELATION)
    {
      const char *type = attribute (names, values, "type");
      const char *role = attribute (names, values, "role");
      TripOsmMember member = { .kind = type != NULL ? kind_of (type) : 0 };

      if (member.kind == 0)
        return TRUE;
      if (!read_id (attribute (names, values, "ref"), element, &member.id, error))
        return FALSE;
      member.role = role != NULL ? g_string_chunk_insert_const (self->text, role) : "";
      g_array_append_val (self->members, member);
    }
  return TRUE;
}

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              user_data,
          GError              **error)
{
  Reader *self = user_data;
  TripOsmKind kind;

  self->last_event = self->done;
  if (++self->depth > MAX_DEPTH)
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("elements are nested more than %d deep"), MAX_DEPTH);
      return;
    }
  if (!self->saw_root)
    {
      self->saw_root = TRUE;
      if (strcmp (element, "osm") != 0)
        g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_FORMAT, _("this is XML of another kind: it begins with <%.40s>"),
                     element);
      return;
    }
  kind = kind_of (element);
  if (self->object_depth == 0 && kind != 0)
    start_object (self, kind, element, names, values, error);
  else if (self->object_depth > 0 && self->wanted && self->depth == self->object_depth + 1)
    add_part (self, element, names, values, error);
}

static void
on_end (GMarkupParseContext  *context,
        const char           *element,
        gpointer              user_data,
        GError              **error)
{
  Reader *self = user_data;

  self->last_event = self->done;
  if (self->depth-- != self->object_depth)
    return;
  self->object_depth = 0;
  if (!self->wanted)
    return;
  self->object.tags = (const TripOsmTag *) (const void *) self->tags->data;
  self->object.n_tags = self->tags->len;
  self->object.refs = (const gint64 *) (const void *) self->refs->data;
  self->object.n_refs = self->refs->len;
  self->object.members = (const TripOsmMember *) (const void *) self->members->data;
  self->object.n_members = self->members->len;
  self->pass->func (&self->object, self->pass->user_data, error);
}

static void
on_other (GMarkupParseContext  *context,
          const char           *text,
          gsize                 size,
          gpointer              user_data,
          GError              **error)
{
  Reader *self = user_data;

  self->last_event = self->done;
}

/* Not .passthrough: with one, the parser of GLib 2.74 goes on behind a comment that is no UTF-8, its error set. */
static const GMarkupParser parser = { .start_element = on_start, .end_element = on_end, .text = on_other };

/* The markup parser names line and column itself for what it finds wrong; for what we find wrong it does not. */
static gboolean
fail_at_line (Reader              *self,
              GMarkupParseContext *context,
              GError              *why,
              GError             **error)
{
  g_autofree char *message = g_utf8_make_valid (why->message, -1);
  gint line, column;

  g_markup_parse_context_get_position (context, &line, &column);
  /* Behind the last sign of a line the parser counts the next one. */
  if (column == 1 && line > 1)
    line--;
  if (why->domain == G_MARKUP_ERROR)
    g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN, _("%s is broken: %s"), self->file->name, message);
  else if (why->domain == TRIP_OSM_ERROR)
    g_set_error (error, TRIP_OSM_ERROR, why->code, _("%s is broken at line %d: %s"), self->file->name, line, message);
  else
    g_propagate_error (error, g_error_copy (why));
  g_error_free (why);
  return FALSE;
}

static gboolean
fail_in_stream (Reader   *self,
                GError   *why,
                GError  **error)
{
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
      g_error_matches (why, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN,
                   _("%s is broken: its compressed data end or are damaged after byte %" G_GUINT64_FORMAT
                     " of what they unpack to"), self->file->name, self->done);
      g_error_free (why);
    }
  else
    {
      g_propagate_error (error, why);
    }
  return FALSE;
}

static gboolean
read_stream (Reader               *self,
             GMarkupParseContext  *context,
             GInputStream         *input,
             GError              **error)
{
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  GError *why = NULL;

  for (;;)
    {
      gssize n = g_input_stream_read (input, chunk, CHUNK_BYTES, self->pass->cancellable, &why);

      if (n < 0)
        return fail_in_stream (self, why, error);
      if (n == 0)
        break;
      if (self->done - self->last_event > MAX_ELEMENT_BYTES)
        {
          g_set_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN,
                       _("%s is broken at byte %" G_GUINT64_FORMAT ": one tag or text goes on for megabytes"), self->file->name,
                       self->last_event);
          return FALSE;
        }
      if (!g_markup_parse_context_parse (context, chunk, n, &why))
        return fail_at_line (self, context, why, error);
      self->done += (guint64) n;
      if (self->pass->progress != NULL)
        self->pass->progress (MIN ((guint64) MAX (lseek (self->file->fd, 0, SEEK_CUR), 0), self->file->size),
                              self->pass->progress_data);
    }
  if (!g_markup_parse_context_end_parse (context, &why))
    return fail_at_line (self, context, why, error);
  return TRUE;
}

/**
 * trip_osm_xml_read:
 * @file: a file of XML, perhaps in gzip
 * @pass: what is wanted
 * @error: return location
 *
 * Returns: whether all of it was read
 */
gboolean
trip_osm_xml_read (TripOsmFile        *file,
                   const TripOsmPass  *pass,
                   GError            **error)
{
  Reader self = {
    .file = file, .pass = pass, .text = g_string_chunk_new (4096),
    .tags = g_array_new (FALSE, FALSE, sizeof (TripOsmTag)), .refs = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .members = g_array_new (FALSE, FALSE, sizeof (TripOsmMember)),
  };
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &self, NULL);
  g_autoptr(GInputStream) input = NULL;
  gboolean ok;

  lseek (file->fd, 0, SEEK_SET);
  input = g_unix_input_stream_new (file->fd, FALSE);
  if (file->is_gzip)
    {
      g_autoptr(GInputStream) packed = g_steal_pointer (&input);

      input = trip_osm_gunzip_new (packed);
    }
  ok = read_stream (&self, context, input, error);
  g_string_chunk_free (self.text);
  g_array_unref (self.tags);
  g_array_unref (self.refs);
  g_array_unref (self.members);
  return ok;
}
