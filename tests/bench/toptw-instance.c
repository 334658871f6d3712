/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The format: a line of counts, a line that is not used, then a line for each point: number, x, y, visiting time, score,
 * a count and a list that are not used, and as the last two numbers the earliest and latest start. Travel times are
 * Euclidean distances cut off, not rounded, after one decimal, or after two where the name begins with pr.
 */
#include "toptw-instance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NUMBERS 256
#define MIN_NUMBERS 7

static guint
read_numbers (const char *line,
              gdouble    *out,
              guint       max)
{
  guint n = 0;

  while (n < max)
    {
      char *end;
      gdouble value = g_ascii_strtod (line, &end);

      if (end == line)
        break;
      out[n++] = value;
      line = end;
    }
  return n;
}

/**
 * toptw_instance_free:
 * @self: (transfer full): an instance
 *
 * Frees it.
 */
void
toptw_instance_free (ToptwInstance *self)
{
  g_free (self->name);
  g_clear_pointer (&self->points, g_array_unref);
  g_free (self);
}

/**
 * toptw_instance_read:
 * @path: a file
 * @error: (nullable): %G_IO_ERROR_INVALID_DATA where it is not in the format
 *
 * Returns: (transfer full) (nullable): the instance
 */
ToptwInstance *
toptw_instance_read (const char  *path,
                     GError     **error)
{
  g_autoptr(ToptwInstance) self = g_new0 (ToptwInstance, 1);
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_auto(GStrv) lines = NULL;
  gdouble numbers[MAX_NUMBERS];

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  self->points = g_array_new (FALSE, TRUE, sizeof (ToptwPoint));
  self->name = g_strndup (base, strrchr (base, '.') != NULL ? (gsize) (strrchr (base, '.') - base) : strlen (base));
  self->scale = g_str_has_prefix (self->name, "pr") ? 100 : 10;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 2; i < g_strv_length (lines); i++)
    {
      guint n = read_numbers (lines[i], numbers, MAX_NUMBERS);
      ToptwPoint point;

      if (n == 0)
        continue;
      if (n < MIN_NUMBERS)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %u numbers where at least %d are expected", path,
                       i + 1, n, MIN_NUMBERS);
          return NULL;
        }
      point = (ToptwPoint){ (gint) numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[n - 2], numbers[n - 1] };
      g_array_append_val (self->points, point);
    }
  if (self->points->len < 2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no points", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * toptw_instance_way:
 * @self: an instance
 * @from: index of a point
 * @to: index of a point
 *
 * Returns: the travel time, in units of 1 / @scale
 */
gint
toptw_instance_way (const ToptwInstance *self,
                    guint                from,
                    guint                to)
{
  const ToptwPoint *a = &g_array_index (self->points, ToptwPoint, from);
  const ToptwPoint *b = &g_array_index (self->points, ToptwPoint, to);

  /* What is a whole number must not fall below it by the last bit. */
  return (gint) floor (hypot (a->x - b->x, a->y - b->y) * self->scale + 1e-6);
}

static gint
units (const ToptwInstance *self,
       gdouble              time)
{
  return (gint) lround (time * self->scale);
}

static gboolean
check_route (const ToptwInstance  *self,
             const GArray         *route,
             gboolean             *seen,
             gdouble              *score,
             GError              **error)
{
  const ToptwPoint *depot = &g_array_index (self->points, ToptwPoint, 0);
  gint time = units (self, depot->opens);
  guint here = 0;

  for (guint i = 0; i < route->len; i++)
    {
      guint next = g_array_index (route, guint, i);
      const ToptwPoint *point;

      if (next == 0 || next >= self->points->len || seen[next])
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: point %u is visited twice or does not exist", self->name, next);
          return FALSE;
        }
      point = &g_array_index (self->points, ToptwPoint, next);
      seen[next] = TRUE;
      time = MAX (time + toptw_instance_way (self, here, next), units (self, point->opens));
      if (time > units (self, point->closes))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: point %u is reached at %d, closed since %d", self->name, next,
                       time, units (self, point->closes));
          return FALSE;
        }
      time += units (self, point->service);
      *score += point->score;
      here = next;
    }
  time += toptw_instance_way (self, here, 0);
  if (time > units (self, depot->closes))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: back at %d, after %d", self->name, time,
                   units (self, depot->closes));
      return FALSE;
    }
  return TRUE;
}

/**
 * toptw_instance_check:
 * @self: an instance
 * @routes: (element-type GArray): indices of points, without the depot
 * @n_tours: most routes there may be
 * @score: what the routes are said to score
 * @error: what is wrong
 *
 * Returns: whether the routes keep all rules and score what is said
 */
gboolean
toptw_instance_check (const ToptwInstance  *self,
                      GPtrArray            *routes,
                      gint                  n_tours,
                      gdouble               score,
                      GError              **error)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->points->len);
  gdouble sum = 0;

  if (routes->len > (guint) n_tours)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %u routes where %d are allowed", self->name, routes->len, n_tours);
      return FALSE;
    }
  for (guint i = 0; i < routes->len; i++)
    {
      if (!check_route (self, g_ptr_array_index (routes, i), seen, &sum, error))
        return FALSE;
    }
  if (fabs (sum - score) > 1e-6)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: routes score %g, not %g", self->name, sum, score);
      return FALSE;
    }
  return TRUE;
}
