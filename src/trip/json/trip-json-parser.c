/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The JSON door: a strict, iterative RFC 8259 parser over bytes that are not trusted. A number stays the text it was and
 * an unchanged value can be sent back byte for byte, which a tree of doubles cannot do; that is why it is ours.
 */
#include "trip/json/trip-json-private.h"

#include "trip/model/trip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NODES_PER_CHUNK 128

typedef struct {
  TripJson *doc;
  const char *text;
  gsize length;
  gsize pos;
  GString *scratch;
} Parser;

static gboolean
fail_at (Parser     *parser,
         gsize       pos,
         GError    **error,
         const char *what)
{
  guint line = 1;
  gsize line_start = 0;

  for (gsize i = 0; i < pos && i < parser->length; i++)
    {
      if (parser->text[i] == '\n')
        {
          line++;
          line_start = i + 1;
        }
    }

  g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
               _("not valid JSON: %s at line %u, column %u"), what, line,
               (guint) g_utf8_strlen (parser->text + line_start, (gssize) (pos - line_start)) + 1);
  return FALSE;
}

static TripJsonNode *
new_node (TripJson     *doc,
          TripJsonNode *parent,
          TripJsonType  kind,
          gsize         start)
{
  TripJsonNode *node;

  if (doc->n_nodes % NODES_PER_CHUNK == 0)
    g_ptr_array_add (doc->chunks, g_new (TripJsonNode, NODES_PER_CHUNK));

  node = (TripJsonNode *) g_ptr_array_index (doc->chunks, doc->n_nodes / NODES_PER_CHUNK) +
         doc->n_nodes % NODES_PER_CHUNK;
  doc->n_nodes++;

  /* Most texts need few of a chunk, so each is cleared when its turn comes. */
  *node = (TripJsonNode) { .doc = doc, .parent = parent, .kind = kind, .start = (guint32) start };

  if (parent != NULL)
    {
      node->index = parent->n_children++;
      if (parent->last_child != NULL)
        parent->last_child->next = node;
      else
        parent->first_child = node;
      parent->last_child = node;
    }

  return node;
}

static void
skip_space (Parser *parser)
{
  while (parser->pos < parser->length)
    {
      char c = parser->text[parser->pos];

      if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
        break;
      parser->pos++;
    }
}

static gboolean
read_hex4 (Parser   *parser,
           gunichar *out_value)
{
  gunichar value = 0;

  if (parser->length - parser->pos < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      gint digit = g_ascii_xdigit_value (parser->text[parser->pos + i]);

      if (digit < 0)
        return FALSE;
      value = value * 16 + (gunichar) digit;
    }
  parser->pos += 4;
  *out_value = value;
  return TRUE;
}

static gboolean
read_escape (Parser   *parser,
             gboolean *has_nul,
             GError  **error)
{
  static const char plain[] = "\"\\/bfnrt";
  static const char meaning[] = "\"\\/\b\f\n\r\t";
  gsize start = parser->pos - 1;
  const char *found;
  gunichar high, low;
  char c;

  if (parser->pos >= parser->length)
    return fail_at (parser, start, error, _("unfinished string"));

  c = parser->text[parser->pos++];
  if (c != 'u')
    {
      found = c == '\0' ? NULL : strchr (plain, c);
      if (found == NULL)
        return fail_at (parser, start, error, _("unknown escape"));
      g_string_append_c (parser->scratch, meaning[found - plain]);
      return TRUE;
    }

  if (!read_hex4 (parser, &high))
    return fail_at (parser, start, error, _("\\u needs four hexadecimal digits"));
  if (high >= 0xdc00 && high <= 0xdfff)
    return fail_at (parser, start, error, _("half a surrogate pair"));
  if (high >= 0xd800 && high <= 0xdbff)
    {
      if (parser->length - parser->pos < 6 || parser->text[parser->pos] != '\\' || parser->text[parser->pos + 1] != 'u')
        return fail_at (parser, start, error, _("half a surrogate pair"));
      parser->pos += 2;
      if (!read_hex4 (parser, &low) || low < 0xdc00 || low > 0xdfff)
        return fail_at (parser, start, error, _("half a surrogate pair"));
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }

  if (high == 0)
    *has_nul = TRUE;
  g_string_append_unichar (parser->scratch, high);
  return TRUE;
}

static const char *
read_string (Parser   *parser,
             gboolean *has_nul,
             GError  **error)
{
  gsize start = parser->pos++;

  g_string_truncate (parser->scratch, 0);
  *has_nul = FALSE;

  for (;;)
    {
      gsize run = parser->pos;
      guchar c = 0;

      while (run < parser->length && (c = (guchar) parser->text[run]) != '"' && c != '\\' && c >= 0x20)
        run++;
      g_string_append_len (parser->scratch, parser->text + parser->pos, (gssize) (run - parser->pos));
      parser->pos = run;

      if (run >= parser->length)
        {
          fail_at (parser, start, error, _("unfinished string"));
          return NULL;
        }
      parser->pos++;
      if (c == '"')
        return g_string_chunk_insert_len (parser->doc->strings, parser->scratch->str, (gssize) parser->scratch->len);
      if (c != '\\')
        {
          fail_at (parser, run, error, _("control character in a string"));
          return NULL;
        }
      if (!read_escape (parser, has_nul, error))
        return NULL;
    }
}

static gboolean
skip_digits (Parser *parser)
{
  gsize start = parser->pos;

  while (parser->pos < parser->length && g_ascii_isdigit (parser->text[parser->pos]))
    parser->pos++;
  return parser->pos > start;
}

static gboolean
read_number (Parser  *parser,
             GError **error)
{
  gsize start = parser->pos;

  if (parser->text[parser->pos] == '-')
    parser->pos++;
  if (parser->pos < parser->length && parser->text[parser->pos] == '0')
    parser->pos++;
  else if (!skip_digits (parser))
    return fail_at (parser, start, error, _("malformed number"));

  if (parser->pos < parser->length && parser->text[parser->pos] == '.')
    {
      parser->pos++;
      if (!skip_digits (parser))
        return fail_at (parser, start, error, _("malformed number"));
    }
  if (parser->pos < parser->length && (parser->text[parser->pos] == 'e' || parser->text[parser->pos] == 'E'))
    {
      parser->pos++;
      if (parser->pos < parser->length && (parser->text[parser->pos] == '+' || parser->text[parser->pos] == '-'))
        parser->pos++;
      if (!skip_digits (parser))
        return fail_at (parser, start, error, _("malformed number"));
    }
  if (parser->pos < parser->length &&
      (g_ascii_isalnum (parser->text[parser->pos]) || parser->text[parser->pos] == '.'))
    return fail_at (parser, start, error, _("malformed number"));
  return TRUE;
}

static gboolean
read_word (Parser     *parser,
           const char *word)
{
  gsize n = strlen (word);

  if (parser->length - parser->pos < n || memcmp (parser->text + parser->pos, word, n) != 0)
    return FALSE;
  parser->pos += n;
  return TRUE;
}

/* Reads a value's first token. For an array or object that is its bracket alone: the caller goes on inside. */
static TripJsonNode *
read_token (Parser       *parser,
            TripJsonNode *parent,
            GError      **error)
{
  TripJsonNode *node;
  gsize start;
  char c;

  skip_space (parser);
  start = parser->pos;
  if (start >= parser->length)
    {
      fail_at (parser, start, error, parser->length == 0 ? _("the text is empty") : _("the text ends too early"));
      return NULL;
    }
  if (parser->doc->n_nodes >= TRIP_JSON_MAX_VALUES)
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE, _("JSON with more than %d values"), TRIP_JSON_MAX_VALUES);
      return NULL;
    }

  node = new_node (parser->doc, parent, TRIP_JSON_NULL, start);
  c = parser->text[start];
  if (c == '{' || c == '[')
    {
      node->kind = c == '{' ? TRIP_JSON_OBJECT : TRIP_JSON_ARRAY;
      parser->pos++;
      return node;
    }
  if (c == '"')
    {
      node->kind = TRIP_JSON_STRING;
      node->string = read_string (parser, &node->has_nul, error);
      if (node->string == NULL)
        return NULL;
    }
  else if (c == '-' || g_ascii_isdigit (c))
    {
      node->kind = TRIP_JSON_NUMBER;
      if (!read_number (parser, error))
        return NULL;
    }
  else if (read_word (parser, "true") || read_word (parser, "false"))
    {
      node->kind = TRIP_JSON_BOOLEAN;
    }
  else if (!read_word (parser, "null"))
    {
      fail_at (parser, start, error, _("unexpected character"));
      return NULL;
    }

  node->end = (guint32) parser->pos;
  return node;
}

static gboolean
read_key (Parser      *parser,
          const char **out_key,
          GError     **error)
{
  gboolean has_nul;

  skip_space (parser);
  if (parser->pos >= parser->length || parser->text[parser->pos] != '"')
    return fail_at (parser, parser->pos, error, _("a member's name in double quotes expected"));

  *out_key = read_string (parser, &has_nul, error);
  if (*out_key == NULL)
    return FALSE;

  skip_space (parser);
  if (parser->pos >= parser->length || parser->text[parser->pos] != ':')
    return fail_at (parser, parser->pos, error, _("“:” expected"));
  parser->pos++;
  return TRUE;
}

static gboolean
parse_text (Parser  *parser,
            GError **error)
{
  TripJsonNode *container = NULL;
  guint depth = 0;

  for (;;)
    {
      const char *key = NULL;
      TripJsonNode *node;
      char close;

      if (container != NULL && container->kind == TRIP_JSON_OBJECT && !read_key (parser, &key, error))
        return FALSE;

      node = read_token (parser, container, error);
      if (node == NULL)
        return FALSE;
      node->key = key;
      if (container == NULL)
        parser->doc->root = node;

      if (node->kind == TRIP_JSON_OBJECT || node->kind == TRIP_JSON_ARRAY)
        {
          if (++depth > TRIP_JSON_MAX_DEPTH)
            {
              g_autofree char *what = g_strdup_printf (_("nesting deeper than %d"), TRIP_JSON_MAX_DEPTH);

              return fail_at (parser, node->start, error, what);
            }
          container = node;
          skip_space (parser);
          close = container->kind == TRIP_JSON_OBJECT ? '}' : ']';
          if (parser->pos >= parser->length || parser->text[parser->pos] != close)
            continue;
        }

      /* A value is complete: close every container that ends here, or step over the comma. */
      for (;;)
        {
          if (container == NULL)
            {
              skip_space (parser);
              if (parser->pos != parser->length)
                return fail_at (parser, parser->pos, error, _("text after the end"));
              return TRUE;
            }

          skip_space (parser);
          close = container->kind == TRIP_JSON_OBJECT ? '}' : ']';
          if (parser->pos < parser->length && parser->text[parser->pos] == close)
            {
              container->end = (guint32) ++parser->pos;
              container = container->parent;
              depth--;
              continue;
            }
          if (parser->pos < parser->length && parser->text[parser->pos] == ',')
            {
              parser->pos++;
              break;
            }
          return fail_at (parser, parser->pos, error,
                          parser->pos >= parser->length ? _("the text ends too early")
                          : close == '}' ? _("“,” or “}” expected") : _("“,” or “]” expected"));
        }
    }
}

/**
 * trip_json_parse:
 * @text: bytes from a peer
 * @max_bytes: largest text accepted
 * @error: return location
 *
 * Parses @text strictly by RFC 8259: UTF-8 only, no comments, no trailing commas, nesting up to [const@JSON_MAX_DEPTH],
 * up to [const@JSON_MAX_VALUES] values. May be called from any thread.
 *
 * Returns: (transfer full): the parsed text; on failure %NULL and %TRIP_ERROR_TOO_LARGE or %TRIP_ERROR_INVALID_MESSAGE with
 *   line and column
 */
TripJson *
trip_json_parse (GBytes  *text,
                 gsize    max_bytes,
                 GError **error)
{
  g_autoptr(TripJson) doc = NULL;
  Parser parser = { 0 };
  const char *invalid;
  gboolean ok;

  g_return_val_if_fail (text != NULL, NULL);

  parser.text = g_bytes_get_data (text, &parser.length);
  if (parser.length > MIN (max_bytes, G_MAXUINT32 / 2))
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE,
                   _("the text has %" G_GSIZE_FORMAT " bytes, more than the limit of %" G_GSIZE_FORMAT),
                   parser.length, max_bytes);
      return NULL;
    }
  if (parser.text == NULL)
    parser.text = "";
  /* g_utf8_validate_len() refuses NUL bytes too; they are a grammar error with a better message below. */
  if (!g_utf8_validate_len (parser.text, parser.length, &invalid) && *invalid != '\0')
    {
      g_set_error (error, TRIP_ERROR, TRIP_ERROR_INVALID_MESSAGE,
                   _("not valid JSON: bytes that are not UTF-8 at offset %" G_GSIZE_FORMAT),
                   (gsize) (invalid - parser.text));
      return NULL;
    }

  doc = g_new0 (TripJson, 1);
  g_atomic_ref_count_init (&doc->ref_count);
  doc->bytes = g_bytes_ref (text);
  doc->text = parser.text;
  doc->chunks = g_ptr_array_new_with_free_func (g_free);
  doc->strings = g_string_chunk_new (1024);

  parser.doc = doc;
  parser.scratch = g_string_new (NULL);
  ok = parse_text (&parser, error);
  g_string_free (parser.scratch, TRUE);

  return ok ? g_steal_pointer (&doc) : NULL;
}
