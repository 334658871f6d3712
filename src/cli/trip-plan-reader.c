/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Finds the plans in a text. It may be one JSON value (a list of options, an answer, a message, a list of messages) or a
 * line for each message, as “tripctl plan --json”, event streams and WebSocket consoles write them. In a transcript the
 * places and requirements are those that the same job told before its plan.
 */
#include "cli/trip-plan-reader.h"

#include "trip/json/trip-json.h"
#include "trip/model/trip-plan.h"
#include "trip/model/trip-requirement.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_PLAN_BYTES (64 * 1024 * 1024)

/* Jobs of one transcript whose places and requirements are remembered. */
#define MAX_JOBS 1024

/* What a job has told so far. */
typedef struct {
  GPtrArray *pois;
  GPtrArray *requirements;
} Told;

typedef struct {
  GPtrArray *answers;
  GHashTable *jobs;
  char *failure;
} Reader;

static GPtrArray *
new_pois (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
}

static GPtrArray *
new_requirements (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
}

static void
told_free (Told *self)
{
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->requirements);
  g_free (self);
}

/**
 * trip_saved_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
trip_saved_answer_free (TripSavedAnswer *self)
{
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->pois);
  g_ptr_array_unref (self->requirements);
  g_free (self);
}

static const char *
get_text (const TripJsonNode *object,
          const char         *name)
{
  const char *text = NULL;

  trip_json_node_get_string (object, name, FALSE, &text, NULL);
  return text;
}

static gboolean
read_pois (const TripJsonNode *list,
           GPtrArray          *pois,
           GError            **error)
{
  return trip_json_node_read_list (list, (TripJsonReadFunc) trip_poi_read, pois, error);
}

static gboolean
read_requirements (const TripJsonNode *list,
                   GPtrArray          *requirements,
                   GError            **error)
{
  return trip_json_node_read_list (list, (TripJsonReadFunc) trip_requirement_read, requirements, error);
}

/* Takes over @pois and @requirements. */
static gboolean
add_answer (Reader             *self,
            const TripJsonNode *plan,
            GPtrArray          *pois,
            GPtrArray          *requirements,
            GError            **error)
{
  TripSavedAnswer *answer = g_new0 (TripSavedAnswer, 1);

  answer->options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  answer->pois = pois;
  answer->requirements = requirements;
  g_ptr_array_add (self->answers, answer);
  return trip_json_node_read_list (plan, (TripJsonReadFunc) trip_plan_option_read, answer->options, error);
}

/* An object that has the plan and what belongs to it as members. */
static gboolean
read_answer (Reader             *self,
             const TripJsonNode *object,
             GError            **error)
{
  static const char * const names[] = { "plan", "data", "options" };
  const TripJsonNode *plan = NULL;
  g_autoptr(GPtrArray) pois = new_pois ();
  g_autoptr(GPtrArray) requirements = new_requirements ();

  for (gsize i = 0; i < G_N_ELEMENTS (names) && plan == NULL; i++)
    plan = trip_json_node_member (object, names[i]);
  return read_pois (trip_json_node_member (object, "pois"), pois, error) &&
         read_requirements (trip_json_node_member (object, "requirements"), requirements, error) &&
         add_answer (self, plan, g_steal_pointer (&pois), g_steal_pointer (&requirements), error);
}

static Told *
get_told (Reader             *self,
          const TripJsonNode *message)
{
  const char *job = get_text (message, "job_id");
  Told *told;

  if (job == NULL || (!g_hash_table_contains (self->jobs, job) && g_hash_table_size (self->jobs) >= MAX_JOBS))
    job = "";
  told = g_hash_table_lookup (self->jobs, job);
  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      told->pois = new_pois ();
      told->requirements = new_requirements ();
      g_hash_table_insert (self->jobs, g_strdup (job), told);
    }
  return told;
}

static gboolean
read_message (Reader             *self,
              const TripJsonNode *message,
              const char         *type,
              GError            **error)
{
  const TripJsonNode *data = trip_json_node_member (message, "data");
  Told *told = get_told (self, message);

  if (strcmp (type, "pois") == 0)
    {
      g_ptr_array_unref (told->pois);
      told->pois = new_pois ();
      return read_pois (data, told->pois, error);
    }
  if (strcmp (type, "requirements") == 0)
    {
      g_ptr_array_unref (told->requirements);
      told->requirements = new_requirements ();
      return read_requirements (data, told->requirements, error);
    }
  if (strcmp (type, "plan") == 0)
    return add_answer (self, data, g_ptr_array_ref (told->pois), g_ptr_array_ref (told->requirements), error);
  /* Some makers close with the whole answer. */
  if (strcmp (type, "done") == 0 && data != NULL && trip_json_node_get_kind (data) == TRIP_JSON_OBJECT &&
      trip_json_node_member (data, "plan") != NULL)
    return read_answer (self, data, error);
  if (strcmp (type, "error") == 0)
    {
      g_free (self->failure);
      self->failure = g_strdup (get_text (message, "message"));
    }
  return TRUE;
}

static gboolean
read_object (Reader             *self,
             const TripJsonNode *object,
             GError            **error)
{
  const char *type = get_text (object, "type");

  /* A message {"type":"plan","data":…} may carry the rest of its answer as members of its own. */
  if (type != NULL && trip_json_node_member (object, "pois") == NULL &&
      trip_json_node_member (object, "requirements") == NULL)
    return read_message (self, object, type, error);
  if (trip_json_node_member (object, "plan") == NULL && trip_json_node_member (object, "data") == NULL &&
      trip_json_node_member (object, "options") == NULL)
    return TRUE;
  /* A client's request in a transcript sends its last plan back, which was there before. */
  if (trip_json_node_member (object, "message") != NULL && self->answers->len > 0)
    return TRUE;
  return read_answer (self, object, error);
}

static gboolean
is_message (const TripJsonNode *node)
{
  return node != NULL && trip_json_node_get_kind (node) == TRIP_JSON_OBJECT && get_text (node, "type") != NULL;
}

static gboolean
read_root (Reader             *self,
           const TripJsonNode *root,
           GError            **error)
{
  if (trip_json_node_get_kind (root) == TRIP_JSON_OBJECT)
    return read_object (self, root, error);
  if (trip_json_node_get_kind (root) != TRIP_JSON_ARRAY || !is_message (trip_json_node_first (root)))
    return add_answer (self, root, new_pois (), new_requirements (), error);
  for (const TripJsonNode *node = trip_json_node_first (root); node != NULL; node = trip_json_node_next (node))
    {
      if (!trip_json_node_expect (node, TRIP_JSON_OBJECT, error) || !read_object (self, node, error))
        return FALSE;
    }
  return TRUE;
}

/* What consoles and event streams write in front of a message. */
static const char *
skip_prefix (const char *line,
             gsize      *length)
{
  static const char * const prefixes[] = { "data:", "<" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize n = strlen (prefixes[i]);

      if (*length >= n && memcmp (line, prefixes[i], n) == 0)
        {
          line += n;
          *length -= n;
          break;
        }
    }
  for (; *length > 0 && g_ascii_isspace (*line); line++)
    (*length)--;
  while (*length > 0 && g_ascii_isspace (line[*length - 1]))
    (*length)--;
  return line;
}

/* Of a transcript only lines that begin an object are messages; the others are an event stream's fields, comments and
   what the client sent. */
static gboolean
read_lines (Reader  *self,
            GBytes  *text,
            GError **error)
{
  gsize left;
  const char *p = g_bytes_get_data (text, &left);

  for (guint number = 1; left > 0; number++)
    {
      const char *end = memchr (p, '\n', left);
      gsize taken = end != NULL ? (gsize) (end - p) + 1 : left;
      gsize length = taken;
      const char *line = skip_prefix (p, &length);

      if (length > 0 && *line == '{')
        {
          g_autoptr(GBytes) bytes = g_bytes_new_from_bytes (text, (gsize) (line - (const char *) g_bytes_get_data (text, NULL)),
                                                            length);
          g_autoptr(TripJson) json = trip_json_parse (bytes, MAX_PLAN_BYTES, error);

          if (json == NULL || !read_root (self, trip_json_get_root (json), error))
            {
              g_prefix_error (error, _("line %u: "), number);
              return FALSE;
            }
        }
      p += taken;
      left -= taken;
    }
  return TRUE;
}

/* Whether the text has a line that is one JSON object by itself, with more after it. */
static gboolean
is_transcript (GBytes *text)
{
  gsize left;
  const char *p = g_bytes_get_data (text, &left);

  while (left > 0)
    {
      const char *end = memchr (p, '\n', left);
      gsize length = end != NULL ? (gsize) (end - p) : left;
      const char *line = skip_prefix (p, &length);

      if (length > 1 && *line == '{')
        {
          g_autoptr(GBytes) bytes = g_bytes_new_static (line, length);
          g_autoptr(TripJson) json = trip_json_parse (bytes, MAX_PLAN_BYTES, NULL);

          return json != NULL;
        }
      if (end == NULL)
        return FALSE;
      left -= (gsize) (end - p) + 1;
      p = end + 1;
    }
  return FALSE;
}

/**
 * trip_plan_reader_read:
 * @text: a saved plan, answer, message or transcript
 * @error: return location
 *
 * Returns: (transfer full) (element-type TripSavedAnswer): the plans in it, at least one; %NULL where there is none or
 *   something cannot be read
 */
GPtrArray *
trip_plan_reader_read (GBytes  *text,
                       GError **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_saved_answer_free);
  g_autoptr(GHashTable) jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  g_autoptr(GError) json_error = NULL;
  g_autoptr(TripJson) json = trip_json_parse (text, MAX_PLAN_BYTES, &json_error);
  g_autofree char *failure = NULL;
  Reader self = { .answers = answers, .jobs = jobs };
  gboolean is_read;

  if (json == NULL && !is_transcript (text))
    {
      g_propagate_error (error, g_steal_pointer (&json_error));
      return NULL;
    }
  is_read = json != NULL ? read_root (&self, trip_json_get_root (json), error) : read_lines (&self, text, error);
  failure = self.failure;
  if (!is_read)
    return NULL;
  if (answers->len == 0)
    {
      if (failure != NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("there is no plan in it, but an error: %s"), failure);
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("there is no plan in it"));
      return NULL;
    }
  return g_steal_pointer (&answers);
}
