/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The JSON writer. It is ours because json-glib spells 35.7148 as 35.714799999999997 and takes 41 us for an answer of
 * 12 kB, where most of it is text that is ready already.
 */
#include "trip/json/trip-json-builder.h"

#include <math.h>
#include <string.h>

enum {
  SCRATCH_BYTES = 16 * 1024,
  /* A larger one is not kept for the next text. */
  SCRATCH_MAX_BYTES = 256 * 1024,
};

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

/* What the thread's last text was written into: a text grows in memory that is there and leaves in what it needs. */
static GPrivate scratch = G_PRIVATE_INIT (free_text);

static GString *
take_scratch (void)
{
  GString *text = g_private_get (&scratch);

  if (text == NULL)
    return g_string_sized_new (SCRATCH_BYTES);
  g_private_set (&scratch, NULL);
  return g_string_truncate (text, 0);
}

static void
give_scratch (GString *text)
{
  if (g_private_get (&scratch) != NULL || text->allocated_len > SCRATCH_MAX_BYTES)
    free_text (text);
  else
    g_private_set (&scratch, text);
}

/**
 * trip_json_builder_init:
 * @self: uninitialised builder
 *
 * Starts an empty text. End it with trip_json_builder_end() or give it up with trip_json_builder_clear(), on this thread.
 */
void
trip_json_builder_init (TripJsonBuilder *self)
{
  self->text = take_scratch ();
  self->need_comma = FALSE;
}

/**
 * trip_json_builder_clear:
 * @self: a builder
 *
 * Frees what it holds. Harmless after trip_json_builder_end().
 */
void
trip_json_builder_clear (TripJsonBuilder *self)
{
  if (self->text != NULL)
    give_scratch (g_steal_pointer (&self->text));
}

/**
 * trip_json_builder_end:
 * @self: a builder
 *
 * Returns: (transfer full): the text; the builder is empty afterwards
 */
GBytes *
trip_json_builder_end (TripJsonBuilder *self)
{
  GBytes *bytes = g_bytes_new (self->text->str, self->text->len);

  trip_json_builder_clear (self);
  return bytes;
}

/**
 * trip_json_builder_end_string:
 * @self: a builder
 *
 * Returns: (transfer full): the text; the builder is empty afterwards
 */
char *
trip_json_builder_end_string (TripJsonBuilder *self)
{
  char *string = g_strndup (self->text->str, self->text->len);

  trip_json_builder_clear (self);
  return string;
}

/**
 * trip_json_builder_get_length:
 * @self: a builder
 *
 * Returns: how many bytes the text has so far
 */
gsize
trip_json_builder_get_length (const TripJsonBuilder *self)
{
  return self->text->len;
}

static void
append_quoted (GString    *text,
               const char *value)
{
  const char *run = value;
  const char *p;

  g_string_append_c (text, '"');
  for (p = value; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;
      const char *escape = NULL;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;

      g_string_append_len (text, run, p - run);
      run = p + 1;
      switch (c)
        {
        case '"':
          escape = "\\\"";
          break;
        case '\\':
          escape = "\\\\";
          break;
        case '\n':
          escape = "\\n";
          break;
        case '\r':
          escape = "\\r";
          break;
        case '\t':
          escape = "\\t";
          break;
        default:
          g_string_append_printf (text, "\\u%04x", c);
          break;
        }
      if (escape != NULL)
        g_string_append (text, escape);
    }
  g_string_append_len (text, run, p - run);
  g_string_append_c (text, '"');
}

static void
begin_value (TripJsonBuilder *self,
             const char      *name)
{
  if (self->need_comma)
    g_string_append_c (self->text, ',');
  self->need_comma = TRUE;
  if (name != NULL)
    {
      append_quoted (self->text, name);
      g_string_append_c (self->text, ':');
    }
}

/**
 * trip_json_builder_begin_object:
 * @self: a builder
 * @name: (nullable): the member's name; %NULL inside an array or at the top
 *
 * Opens an object.
 */
void
trip_json_builder_begin_object (TripJsonBuilder *self,
                                const char      *name)
{
  begin_value (self, name);
  g_string_append_c (self->text, '{');
  self->need_comma = FALSE;
}

/**
 * trip_json_builder_end_object:
 * @self: a builder
 *
 * Closes the innermost object.
 */
void
trip_json_builder_end_object (TripJsonBuilder *self)
{
  g_string_append_c (self->text, '}');
  self->need_comma = TRUE;
}

/**
 * trip_json_builder_begin_array:
 * @self: a builder
 * @name: (nullable): the member's name
 *
 * Opens an array.
 */
void
trip_json_builder_begin_array (TripJsonBuilder *self,
                               const char      *name)
{
  begin_value (self, name);
  g_string_append_c (self->text, '[');
  self->need_comma = FALSE;
}

/**
 * trip_json_builder_end_array:
 * @self: a builder
 *
 * Closes the innermost array.
 */
void
trip_json_builder_end_array (TripJsonBuilder *self)
{
  g_string_append_c (self->text, ']');
  self->need_comma = TRUE;
}

/**
 * trip_json_builder_add_string:
 * @self: a builder
 * @name: (nullable): the member's name
 * @value: UTF-8 text
 *
 * Adds a string.
 */
void
trip_json_builder_add_string (TripJsonBuilder *self,
                              const char      *name,
                              const char      *value)
{
  begin_value (self, name);
  append_quoted (self->text, value);
}

/**
 * trip_json_builder_add_strv:
 * @self: a builder
 * @name: (nullable): the member's name
 * @values: (element-type utf8): strings
 *
 * Adds an array of strings.
 */
void
trip_json_builder_add_strv (TripJsonBuilder *self,
                            const char      *name,
                            GPtrArray       *values)
{
  trip_json_builder_begin_array (self, name);
  for (guint i = 0; i < values->len; i++)
    trip_json_builder_add_string (self, NULL, g_ptr_array_index (values, i));
  trip_json_builder_end_array (self);
}

/* Strips what a reader does not need from an exponent: "1e+22" and "1e-07" become "1e22" and "1e-7". */
static void
shorten_exponent (char *text)
{
  char *from = strchr (text, 'e');
  char *to;

  if (from == NULL)
    return;
  to = ++from;
  if (*from == '+')
    from++;
  else if (*from == '-')
    *to++ = *from++;
  while (*from == '0' && from[1] != '\0')
    from++;
  memmove (to, from, strlen (from) + 1);
}

static void
format_double (char    *buffer,
               gsize    size,
               gdouble  value)
{
  char format[8];

  if (!isfinite (value))
    {
      g_strlcpy (buffer, "null", size);
      return;
    }
  if (value == floor (value) && fabs (value) < 1e15)
    {
      g_snprintf (buffer, (gulong) size, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }

  /* Fifteen digits always tell a normal double of so few digits; below the normal range fewer may do. */
  for (gint digits = fabs (value) < 2.3e-308 ? 1 : 15; digits <= 17; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, (gint) size, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  shorten_exponent (buffer);
}

/**
 * trip_json_format_double:
 * @value: a finite number
 *
 * Returns: (transfer full): the shortest decimal that reads back as @value; `null` where it is not finite
 */
char *
trip_json_format_double (gdouble value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  format_double (buffer, sizeof buffer, value);
  return g_strdup (buffer);
}

/**
 * trip_json_builder_add_double:
 * @self: a builder
 * @name: (nullable): the member's name
 * @value: a finite number
 *
 * Adds a number in the shortest form that reads back the same.
 */
void
trip_json_builder_add_double (TripJsonBuilder *self,
                              const char      *name,
                              gdouble          value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  format_double (buffer, sizeof buffer, value);
  begin_value (self, name);
  g_string_append (self->text, buffer);
}

/**
 * trip_json_builder_add_int:
 * @self: a builder
 * @name: (nullable): the member's name
 * @value: a whole number
 *
 * Adds a number.
 */
void
trip_json_builder_add_int (TripJsonBuilder *self,
                           const char      *name,
                           gint64           value)
{
  /* A sign and the nineteen digits of the longest; printf() takes ten times as long, and answers are full of numbers. */
  char digits[20];
  char *first = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--first = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--first = '-';
  begin_value (self, name);
  g_string_append_len (self->text, first, digits + sizeof digits - first);
}

/**
 * trip_json_builder_add_boolean:
 * @self: a builder
 * @name: (nullable): the member's name
 * @value: the truth
 *
 * Adds `true` or `false`.
 */
void
trip_json_builder_add_boolean (TripJsonBuilder *self,
                               const char      *name,
                               gboolean         value)
{
  begin_value (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * trip_json_builder_add_null:
 * @self: a builder
 * @name: (nullable): the member's name
 *
 * Adds `null`.
 */
void
trip_json_builder_add_null (TripJsonBuilder *self,
                            const char      *name)
{
  begin_value (self, name);
  g_string_append (self->text, "null");
}

/**
 * trip_json_builder_add_raw:
 * @self: a builder
 * @name: (nullable): the member's name
 * @raw: one JSON value, ready-made
 *
 * Adds @raw verbatim.
 */
void
trip_json_builder_add_raw (TripJsonBuilder *self,
                           const char      *name,
                           GBytes          *raw)
{
  gsize length;
  const char *data = g_bytes_get_data (raw, &length);

  begin_value (self, name);
  g_string_append_len (self->text, data, (gssize) length);
}

/**
 * trip_json_builder_add_members:
 * @self: a builder inside an object
 * @members: (nullable): `"name":value` text joined by commas
 *
 * Adds ready-made members verbatim.
 */
void
trip_json_builder_add_members (TripJsonBuilder *self,
                               GBytes          *members)
{
  if (members != NULL && g_bytes_get_size (members) > 0)
    trip_json_builder_add_raw (self, NULL, members);
}
