/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Writes the image that trip-gazetteer-image.h describes.
 */
#include "trip-gazetteer-tables.h"

#include "language/trip-fuzzy-index.h"
#include "language/trip-text.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_NAME_BYTES 96

/* In Latin letters two are a code or a word, seldom a name; of Chinese characters one is a word. */
#define MIN_FOREIGN_LETTERS 3

typedef struct {
  GByteArray *strings;
  GHashTable *offsets;
  GHashTable *refs; /* folded name → GArray of references */
  GPtrArray *order; /* its keys, sorted */
} Writer;

static guint
intern (Writer     *writer,
        const char *text)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (writer->offsets, text, NULL, &found))
    {
      found = GUINT_TO_POINTER (writer->strings->len);
      g_byte_array_append (writer->strings, (const guint8 *) text, strlen (text) + 1);
      g_hash_table_insert (writer->offsets, g_strdup (text), found);
    }
  return GPOINTER_TO_UINT (found);
}

static void
put_u16 (GByteArray *out,
         guint       value)
{
  guint16 bytes = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (out, (const guint8 *) &bytes, sizeof bytes);
}

static void
put_u32 (GByteArray *out,
         guint32     value)
{
  guint32 bytes = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &bytes, sizeof bytes);
}

static gboolean
is_cjk (gunichar c)
{
  return c >= 0x2e80 && c < 0xac00;
}

/* Lists of names in many languages hold codes and syllables; as names of places they would be found everywhere. */
static gboolean
is_worth_filing (const char          *folded,
                 const TripTableName *name)
{
  glong letters = g_utf8_strlen (folded, -1);

  if (*folded == '\0' || strlen (folded) > MAX_NAME_BYTES)
    return FALSE;
  if (name->grade >= TRIP_NAME_LISTED)
    return TRUE;
  /* "Central ward" is in every large city of Japan and China. */
  if (g_str_has_suffix (folded, " 区") || g_str_has_suffix (folded, " 區"))
    return FALSE;
  return letters >= MIN_FOREIGN_LETTERS && !g_ascii_isdigit (*folded);
}

static void
add_ref (Writer              *writer,
         guint                place,
         const TripTableName *name)
{
  g_autofree char *folded = trip_text_fold (name->text);
  GArray *refs;
  guint32 ref = place << TRIP_NAME_REF_SHIFT | name->grade | (name->behind ? TRIP_NAME_REF_BEHIND : 0) |
                (name->shared ? TRIP_NAME_REF_SHARED : 0);

  if (!is_worth_filing (folded, name))
    return;
  refs = g_hash_table_lookup (writer->refs, folded);
  if (refs == NULL)
    {
      refs = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_ptr_array_add (writer->order, folded);
      g_hash_table_insert (writer->refs, g_steal_pointer (&folded), refs);
    }
  for (guint i = 0; i < refs->len; i++)
    {
      guint32 *other = &g_array_index (refs, guint32, i);

      if (*other >> TRIP_NAME_REF_SHIFT != place)
        continue;
      /* One name by two ways: the surer one stays, and one that stands alone. */
      if ((*other & TRIP_NAME_REF_BEHIND) > (ref & TRIP_NAME_REF_BEHIND) ||
          ((*other & TRIP_NAME_REF_BEHIND) == (ref & TRIP_NAME_REF_BEHIND) &&
           (ref & TRIP_NAME_REF_GRADE) > (*other & TRIP_NAME_REF_GRADE)))
        *other = ref;
      return;
    }
  g_array_append_val (refs, ref);
}

static gint
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static gint
compare_reversed (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const Writer *writer = user_data;
  const char *name_a = writer->order->pdata[*(const guint *) a];
  const char *name_b = writer->order->pdata[*(const guint *) b];
  const guchar *p = (const guchar *) name_a + strlen (name_a);
  const guchar *q = (const guchar *) name_b + strlen (name_b);

  while (p > (const guchar *) name_a && q > (const guchar *) name_b)
    {
      p--;
      q--;
      if (*p != *q)
        return *p < *q ? -1 : 1;
    }
  return p > (const guchar *) name_a ? 1 : q > (const guchar *) name_b ? -1 : 0;
}

static gboolean
may_be_mistyped (const char *folded,
                 GArray     *refs)
{
  gunichar letters[TRIP_GAZETTEER_FUZZY_MAX_LETTERS];
  guint n = trip_fuzzy_split (folded, letters, TRIP_GAZETTEER_FUZZY_MAX_LETTERS);
  gboolean stands_alone = FALSE;

  for (guint i = 0; i < n; i++)
    if (is_cjk (letters[i]))
      return FALSE;
  for (guint i = 0; i < refs->len; i++)
    stands_alone |= (g_array_index (refs, guint32, i) & TRIP_NAME_REF_BEHIND) == 0;
  return n >= TRIP_GAZETTEER_FUZZY_MIN_LETTERS && stands_alone;
}

static void
put_part (GByteArray       *header,
          GByteArray       *body,
          const GByteArray *part,
          guint             size)
{
  static const guint8 padding[4] = { 0 };

  put_u32 (header, part->len / size);
  put_u32 (header, TRIP_GAZETTEER_IMAGE_HEADER * 4 + body->len);
  g_byte_array_append (body, part->data, part->len);
  g_byte_array_append (body, padding, (4 - body->len % 4) % 4);
}

static void
put_list (const TripTablePlace *place,
          GByteArray           *lists)
{
  g_auto(GStrv) countries = g_strsplit (place->countries != NULL ? place->countries : "", "|", -1);

  put_u32 (lists, place->members->len);
  for (guint k = 0; k < place->members->len; k++)
    put_u32 (lists, g_array_index (place->members, guint, k));
  put_u32 (lists, g_strv_length (countries));
  for (char **code = countries; *code != NULL; code++)
    g_byte_array_append (lists, (const guint8[]) { (guint8) (*code)[0], (guint8) (*code)[1], 0, 0 }, 4);
}

static void
put_places (TripTables *self,
            Writer     *writer,
            GByteArray *places,
            GByteArray *lists,
            GByteArray *zones)
{
  g_autoptr(GHashTable) zone_numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->places->len; i++)
    {
      const TripTablePlace *place = self->places->pdata[i];
      gpointer zone;

      if (!g_hash_table_lookup_extended (zone_numbers, place->zone, NULL, &zone))
        {
          zone = GUINT_TO_POINTER (zones->len / 4);
          g_hash_table_insert (zone_numbers, place->zone, zone);
          put_u32 (zones, intern (writer, place->zone));
        }
      put_u32 (places, intern (writer, place->name));
      put_u32 (places, (guint32) (gint32) (place->geo.lat * 1e5 + (place->geo.lat < 0 ? -0.5 : 0.5)));
      put_u32 (places, (guint32) (gint32) (place->geo.lng * 1e5 + (place->geo.lng < 0 ? -0.5 : 0.5)));
      put_u32 (places, place->population);
      put_u32 (places, (guint32) (place->state + 1));
      put_u32 (places, place->members->len > 0 || place->countries != NULL ? lists->len / 4 + 1 : 0);
      put_u16 (places, GPOINTER_TO_UINT (zone));
      put_u16 (places, place->extent_km);
      g_byte_array_append (places, (const guint8 *) place->country, 2);
      g_byte_array_append (places, (const guint8[]) { (guint8) place->kind, (guint8) place->flags }, 2);
      if (place->members->len > 0 || place->countries != NULL)
        put_list (place, lists);
    }
}

static void
put_names (Writer     *writer,
           GByteArray *names,
           GByteArray *refs,
           GByteArray *reversed,
           GByteArray *heads)
{
  g_autoptr(GArray) backwards = g_array_new (FALSE, FALSE, sizeof (guint));

  g_ptr_array_sort (writer->order, compare_names);
  for (guint i = 0; i < writer->order->len; i++)
    {
      const char *folded = writer->order->pdata[i];
      GArray *of_name = g_hash_table_lookup (writer->refs, folded);

      guint head = (guint) (guchar) folded[0] << 8 | (guint) (guchar) folded[1];

      while (heads->len / 4 <= head)
        put_u32 (heads, i);
      put_u32 (names, intern (writer, folded));
      put_u32 (names, refs->len / 4);
      for (guint k = 0; k < of_name->len; k++)
        put_u32 (refs, g_array_index (of_name, guint32, k));
      if (may_be_mistyped (folded, of_name))
        g_array_append_val (backwards, i);
    }
  while (heads->len / 4 <= TRIP_GAZETTEER_HEADS)
    put_u32 (heads, writer->order->len);
  put_u32 (names, 0);
  put_u32 (names, refs->len / 4);
  g_array_sort_with_data (backwards, compare_reversed, writer);
  for (guint i = 0; i < backwards->len; i++)
    put_u32 (reversed, g_array_index (backwards, guint, i));
}

/**
 * trip_tables_write:
 * @self: complete tables
 * @path: where to
 * @error: return location
 *
 * Writes the image.
 *
 * Returns: whether it is written
 */
gboolean
trip_tables_write (TripTables  *self,
                   const char  *path,
                   GError     **error)
{
  g_autoptr(GByteArray) header = g_byte_array_new ();
  g_autoptr(GByteArray) body = g_byte_array_new ();
  g_autoptr(GByteArray) strings = g_byte_array_new ();
  g_autoptr(GByteArray) places = g_byte_array_new ();
  g_autoptr(GByteArray) names = g_byte_array_new ();
  g_autoptr(GByteArray) refs = g_byte_array_new ();
  g_autoptr(GByteArray) reversed = g_byte_array_new ();
  g_autoptr(GByteArray) lists = g_byte_array_new ();
  g_autoptr(GByteArray) zones = g_byte_array_new ();
  g_autoptr(GByteArray) heads = g_byte_array_new ();
  g_autoptr(GHashTable) offsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Writer writer = { strings, offsets, filed, order };

  for (guint i = 0; i < self->places->len; i++)
    {
      const TripTablePlace *place = self->places->pdata[i];

      for (guint k = 0; k < place->names->len; k++)
        add_ref (&writer, i, place->names->pdata[k]);
    }
  /* The names first: a search reads them in this order, so they are best side by side. */
  put_names (&writer, names, refs, reversed, heads);
  put_places (self, &writer, places, lists, zones);

  put_u32 (header, TRIP_GAZETTEER_IMAGE_MAGIC);
  put_u32 (header, TRIP_GAZETTEER_IMAGE_VERSION);
  put_part (header, body, places, TRIP_GAZETTEER_IMAGE_PLACE_SIZE);
  put_part (header, body, names, TRIP_GAZETTEER_IMAGE_NAME_SIZE);
  put_part (header, body, refs, 4);
  put_part (header, body, reversed, 4);
  put_part (header, body, lists, 4);
  put_part (header, body, zones, 4);
  put_part (header, body, heads, 4);
  put_part (header, body, strings, 1);
  g_byte_array_append (header, body->data, body->len);
  return g_file_set_contents (path, (const char *) header->data, header->len, error);
}
