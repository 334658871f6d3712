/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading OpenStreetMap files, held against libreadosm, which is written by others.
 */
#include "osm/trip-osm-file.h"

#include <readosm.h>
#include <string.h>

static char *
corpus (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "import", name, NULL);
}

static void
note_tag (GString    *text,
          const char *key,
          const char *value)
{
  g_string_append_printf (text, " %s=%s", key, value);
}

static gboolean
on_object (const TripOsmObject  *object,
           gpointer              user_data,
           GError              **error)
{
  GString *text = user_data;

  if (object->kind == TRIP_OSM_NODE)
    g_string_append_printf (text, "n%" G_GINT64_FORMAT " %.7f %.7f", object->id, object->geo.lat, object->geo.lng);
  else
    g_string_append_printf (text, "%c%" G_GINT64_FORMAT, object->kind == TRIP_OSM_WAY ? 'w' : 'r', object->id);
  for (guint i = 0; i < object->n_refs; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, object->refs[i]);
  for (guint i = 0; i < object->n_members; i++)
    g_string_append_printf (text, " %d:%" G_GINT64_FORMAT ":%s", object->members[i].kind, object->members[i].id,
                            object->members[i].role);
  for (guint i = 0; i < object->n_tags; i++)
    note_tag (text, object->tags[i].key, object->tags[i].value);
  g_string_append_c (text, '\n');
  return TRUE;
}

static void
note_tags (GString           *text,
           const readosm_tag *tags,
           gint               n)
{
  for (gint i = 0; i < n; i++)
    note_tag (text, tags[i].key, tags[i].value);
  g_string_append_c (text, '\n');
}

static int
on_their_node (const void         *user_data,
               const readosm_node *node)
{
  GString *text = (GString *) user_data;

  g_string_append_printf (text, "n%lld %.7f %.7f", node->id, node->latitude, node->longitude);
  note_tags (text, node->tags, node->tag_count);
  return READOSM_OK;
}

static int
on_their_way (const void        *user_data,
              const readosm_way *way)
{
  GString *text = (GString *) user_data;

  g_string_append_printf (text, "w%lld", way->id);
  for (gint i = 0; i < way->node_ref_count; i++)
    g_string_append_printf (text, " %lld", way->node_refs[i]);
  note_tags (text, way->tags, way->tag_count);
  return READOSM_OK;
}

static int
on_their_relation (const void             *user_data,
                   const readosm_relation *relation)
{
  GString *text = (GString *) user_data;

  g_string_append_printf (text, "r%lld", relation->id);
  for (gint i = 0; i < relation->member_count; i++)
    {
      const readosm_member *member = &relation->members[i];

      g_string_append_printf (text, " %d:%lld:%s", member->member_type == READOSM_MEMBER_NODE  ? TRIP_OSM_NODE
                                                   : member->member_type == READOSM_MEMBER_WAY ? TRIP_OSM_WAY
                                                                                               : TRIP_OSM_RELATION,
                              member->id, member->role);
    }
  note_tags (text, relation->tags, relation->tag_count);
  return READOSM_OK;
}

static void
compare_readers (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripOsmFile) file = trip_osm_file_open (path, &error);
  g_autoptr(GString) ours = g_string_new (NULL);
  g_autoptr(GString) theirs = g_string_new (NULL);
  const void *handle = NULL;

  g_assert_no_error (error);
  g_assert_true (trip_osm_file_read (file, TRIP_OSM_ALL, on_object, ours, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (readosm_open (path, &handle), ==, READOSM_OK);
  g_assert_cmpint (readosm_parse (handle, theirs, on_their_node, on_their_way, on_their_relation), ==, READOSM_OK);
  readosm_close (handle);
  g_assert_cmpuint (ours->len, >, 100);
  g_assert_cmpstr (ours->str, ==, theirs->str);
}

static void
test_like_readosm (gconstpointer name)
{
  g_autofree char *path = corpus (name);

  compare_readers (path);
}

static void
test_samples (void)
{
  static const char * const names[] = { "monaco.osm.pbf", "helsinki-centre.osm.pbf", "paris-9e.osm",
                                        "tokyo-centre-nodes.osm.pbf" };
  const char *folder = g_getenv ("TRIP_OSM_DATA");
  g_autofree char *beside = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "osm", NULL);
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder != NULL ? folder : beside, names[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      compare_readers (path);
      n++;
    }
  if (n == 0)
    g_test_skip ("no extracts beside the sources; set TRIP_OSM_DATA to where they are");
}

static gboolean
count_kinds (const TripOsmObject  *object,
             gpointer              user_data,
             GError              **error)
{
  guint *n = user_data;

  n[object->kind == TRIP_OSM_NODE ? 0 : object->kind == TRIP_OSM_WAY ? 1 : 2]++;
  return TRUE;
}

static void
test_only_what_is_wanted (gconstpointer name)
{
  g_autofree char *path = corpus (name);
  g_autoptr(TripOsmFile) file = trip_osm_file_open (path, NULL);

  /* Again and again, since the second reading passes over blocks that the first one knows. */
  for (guint pass = 0; pass < 6; pass++)
    {
      TripOsmKind kind = (TripOsmKind) (1 << (pass % 3));
      guint n[3] = { 0 };

      g_assert_true (trip_osm_file_read (file, kind, count_kinds, n, NULL, NULL, NULL, NULL));
      for (guint i = 0; i < 3; i++)
        g_assert_true ((n[i] > 0) == (i == pass % 3));
    }
}

static void
append_member (GByteArray   *file,
               const guint8 *data,
               gsize         size)
{
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  guint8 packed[16 * 1024];
  gsize n_read, n_written;
  GConverterResult result;

  do
    {
      result = g_converter_convert (G_CONVERTER (gzip), data, size, packed, sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read,
                                    &n_written, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (file, packed, n_written);
      data += n_read;
      size -= n_read;
    }
  while (result != G_CONVERTER_FINISHED);
}

/* The town in members of @step bytes, with an empty one at the end as bgzip writes it. */
static GByteArray *
pack_town (gsize step)
{
  g_autofree char *path = corpus ("town.osm");
  g_autofree char *text = NULL;
  GByteArray *file = g_byte_array_new ();
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  for (gsize at = 0; at < size; at += step)
    append_member (file, (guint8 *) text + at, MIN (step, size - at));
  append_member (file, NULL, 0);
  return file;
}

static char *
read_bytes (GByteArray  *bytes,
            GError     **error)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "town.osm.gz", NULL);
  g_autoptr(TripOsmFile) file = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, NULL));
  file = trip_osm_file_open (path, error);
  if (file == NULL || !trip_osm_file_read (file, TRIP_OSM_ALL, on_object, text, NULL, NULL, NULL, error))
    return NULL;
  return g_strdup (text->str);
}

static void
test_gzip_members (void)
{
  static const gsize steps[] = { 1, 7, 100, 1000, G_MAXSIZE / 2 };
  g_autofree char *path = corpus ("town.osm");
  g_autoptr(TripOsmFile) plain = trip_osm_file_open (path, NULL);
  g_autoptr(GString) expected = g_string_new (NULL);
  const guint8 zeros[70000] = { 0 };

  g_assert_true (trip_osm_file_read (plain, TRIP_OSM_ALL, on_object, expected, NULL, NULL, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(GByteArray) file = pack_town (steps[i]);
      g_autoptr(GError) error = NULL;
      g_autofree char *found = read_bytes (file, &error);
      g_autofree char *padded = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, expected->str);
      g_byte_array_append (file, zeros, sizeof zeros);
      padded = read_bytes (file, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (padded, ==, expected->str);
    }
}

/* Wherever it ends, it ends too soon: even at the end of a member, as the text goes on. */
static void
test_gzip_cut (void)
{
  g_autoptr(GByteArray) file = pack_town (1000);
  g_autoptr(GByteArray) last = g_byte_array_new ();
  guint end;

  append_member (last, NULL, 0);
  end = file->len - last->len;
  for (guint size = 1; size < end; size += 11)
    {
      g_autoptr(GByteArray) cut = g_byte_array_new ();
      g_autoptr(GError) error = NULL;

      g_byte_array_append (cut, file->data, size);
      g_assert_null (read_bytes (cut, &error));
      g_assert_cmpint (error->domain, ==, TRIP_OSM_ERROR);
    }
}

static void
test_gzip_damaged (void)
{
  static const char * const tails[] = { "no gzip", "\x1f", "\x1f\x8b", "\x1f\x20 no gzip" };
  g_autoptr(GByteArray) whole = pack_town (1000);

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr(GByteArray) file = g_byte_array_new ();
      g_autoptr(GError) error = NULL;

      g_byte_array_append (file, whole->data, whole->len);
      g_byte_array_append (file, (const guint8 *) tails[i], strlen (tails[i]));
      g_assert_null (read_bytes (file, &error));
      g_assert_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN);
      g_assert_nonnull (strstr (error->message, "after byte"));
    }
  /* Zero bytes end a file; no member follows them. */
  g_byte_array_append (whole, (const guint8 *) "\0\0\0\0", 4);
  append_member (whole, (const guint8 *) "<!-- more -->", 13);
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (read_bytes (whole, &error));
    g_assert_error (error, TRIP_OSM_ERROR, TRIP_OSM_ERROR_BROKEN);
  }
}

static gboolean
cancel (const TripOsmObject  *object,
        gpointer              user_data,
        GError              **error)
{
  g_cancellable_cancel (user_data);
  return TRUE;
}

static void
test_cancel (gconstpointer name)
{
  g_autofree char *path = corpus (name);
  g_autoptr(TripOsmFile) file = trip_osm_file_open (path, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (trip_osm_file_read (file, TRIP_OSM_ALL, cancel, cancellable, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/osm-file/like-readosm/xml", "town.osm", test_like_readosm);
  g_test_add_data_func ("/osm-file/like-readosm/pbf", "packed.osm.pbf", test_like_readosm);
  g_test_add_func ("/osm-file/like-readosm/samples", test_samples);
  g_test_add_data_func ("/osm-file/only-what-is-wanted/pbf", "packed.osm.pbf", test_only_what_is_wanted);
  g_test_add_data_func ("/osm-file/only-what-is-wanted/xml", "town.osm.gz", test_only_what_is_wanted);
  g_test_add_func ("/osm-file/gzip/members", test_gzip_members);
  g_test_add_func ("/osm-file/gzip/cut", test_gzip_cut);
  g_test_add_func ("/osm-file/gzip/damaged", test_gzip_damaged);
  g_test_add_data_func ("/osm-file/cancel/pbf", "packed.osm.pbf", test_cancel);
  g_test_add_data_func ("/osm-file/cancel/xml", "town.osm", test_cancel);

  return g_test_run ();
}
