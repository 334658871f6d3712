/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Prints a stream. Text from a service goes to a terminal only after its control characters are taken out.
 */
#include "cli/trip-plan-printer.h"

#include "cli/trip-cli.h"
#include "trip/json/trip-json.h"
#include "trip/model/trip-plan.h"
#include "trip/model/trip-requirement.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_LINE_BYTES (32 * 1024 * 1024)
#define TEXT_WIDTH 78

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define CYAN "\033[36m"
#define RED "\033[31m"
#define RESET "\033[0m"

static void G_GNUC_PRINTF (3, 4)
put (TripPlanPrinter *self,
     const char      *colour,
     const char      *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->colour && colour != NULL)
    fprintf (self->stream, "%s%s%s", colour, text, RESET);
  else
    fputs (text, self->stream);
}

/* Wraps at blanks, with an indent; a word longer than the line stands alone. */
static void
put_wrapped (TripPlanPrinter *self,
             guint            indent,
             const char      *text)
{
  g_autofree char *cleaned = trip_cli_clean (text);
  g_auto(GStrv) words = g_strsplit (cleaned, " ", -1);
  glong column = 0;

  for (char **word = words; *word != NULL; word++)
    {
      glong width = g_utf8_strlen (*word, -1);

      if (width == 0)
        continue;
      if (column > 0 && column + 1 + width > TEXT_WIDTH)
        {
          fputc ('\n', self->stream);
          column = 0;
        }
      if (column == 0)
        fprintf (self->stream, "%*s", (int) indent, "");
      else
        fputc (' ', self->stream);
      fputs (*word, self->stream);
      column = column == 0 ? indent + width : column + 1 + width;
    }
  if (column > 0)
    fputc ('\n', self->stream);
}

static const char *
get_text (const TripJsonNode *node,
          const char         *name)
{
  const char *text = NULL;

  if (node != NULL)
    trip_json_node_get_string (node, name, FALSE, &text, NULL);
  return text != NULL ? text : "";
}

static void
print_intents (TripPlanPrinter    *self,
               const TripJsonNode *data)
{
  put (self, BOLD, "%s\n", _("Understood"));
  for (const TripJsonNode *node = trip_json_node_first (data); node != NULL; node = trip_json_node_next (node))
    {
      const char *intent = get_text (node, "intent");
      g_autofree char *action = trip_cli_clean (get_text (node, "action"));
      g_autofree char *value = trip_cli_clean (get_text (node, "value"));

      if (strcmp (intent, "General_Response") == 0 || strcmp (intent, "Not_Relevant") == 0)
        put_wrapped (self, 2, value);
      else
        put (self, NULL, "  %-7s %s  %s\n", action, value,
             strcmp (intent, "Points_Of_Interest") == 0 ? _("(place)")
             : strcmp (intent, "Schedule_Option") == 0  ? _("(plan)")
                                                        : _("(requirement)"));
    }
}

static void
print_pois (TripPlanPrinter    *self,
            const TripJsonNode *data)
{
  guint sights = 0, restaurants = 0, lodges = 0;

  for (const TripJsonNode *node = trip_json_node_first (data); node != NULL; node = trip_json_node_next (node))
    {
      const char *type = get_text (node, "poi_type");

      if (strcmp (type, "restaurant") == 0)
        restaurants++;
      else if (strcmp (type, "lodge") == 0)
        lodges++;
      else
        sights++;
    }
  put (self, BOLD, "%s", _("Places"));
  put (self, NULL, _("  %u sights, %u restaurants, %u lodgings\n"), sights, restaurants, lodges);
}

static void
print_requirements (TripPlanPrinter    *self,
                    const TripJsonNode *data)
{
  if (trip_json_node_get_length (data) == 0)
    return;
  put (self, BOLD, "%s\n", _("Requirements"));
  for (const TripJsonNode *node = trip_json_node_first (data); node != NULL; node = trip_json_node_next (node))
    {
      g_autofree char *description = trip_cli_clean (get_text (node, "description"));
      const char *priority = get_text (node, "priority");

      put (self, NULL, "  %s (%s)\n", description,
           strcmp (priority, "must_have") == 0 ? _("must have") : strcmp (priority, "avoid") == 0 ? _("avoid")
                                                                                                  : _("preferred"));
    }
}

static void
print_block (TripPlanPrinter     *self,
             const TripPlanBlock *block)
{
  g_autofree char *description = trip_cli_clean (block->description);
  g_autofree char *time = trip_cli_clean (block->time != NULL ? block->time : "");

  if (block->transportation.present && block->transportation.minutes > 0)
    {
      g_autofree char *method = trip_cli_clean (block->transportation.method != NULL ? block->transportation.method : "");

      put (self, DIM, _("                 %s, %d min"), method, block->transportation.minutes);
      if (block->transportation.distance_m >= 0)
        put (self, DIM, ", %.1f km", block->transportation.distance_m / 1000.0);
      fputc ('\n', self->stream);
    }
  if (block->start >= 0)
    put (self, CYAN, "  %02d:%02d - %02d:%02d", block->start / 60 % 24, block->start % 60, block->end / 60 % 24,
         block->end % 60);
  else
    put (self, CYAN, "  %-13s", time);
  put (self, NULL, "  %s\n", description);
}

static void
print_day (TripPlanPrinter   *self,
           const TripPlanDay *day,
           guint              number)
{
  g_autofree char *highlight = trip_cli_clean (day->highlight);
  char date[32] = "";

  if (g_date_valid (&day->date))
    g_date_strftime (date, sizeof date, " %a %Y-%m-%d", &day->date);
  put (self, BOLD, _("  Day %u%s"), number, date);
  put (self, NULL, "  %s\n", highlight);
  for (guint i = 0; i < day->blocks->len; i++)
    print_block (self, g_ptr_array_index (day->blocks, i));
  if (day->lodging != NULL)
    {
      g_autofree char *lodging = trip_cli_clean (day->lodging);

      put (self, DIM, _("  night at       %s\n"), lodging);
    }
}

static void
print_plan (TripPlanPrinter    *self,
            const TripJsonNode *data)
{
  guint number = 0;

  for (const TripJsonNode *node = trip_json_node_first (data); node != NULL; node = trip_json_node_next (node))
    {
      g_autoptr(TripPlanOption) option = trip_plan_option_read (node, NULL);
      g_autofree char *title = NULL;
      g_autofree char *cost = NULL;

      number++;
      if (option == NULL)
        continue;
      title = trip_cli_clean (option->title);
      cost = trip_cli_clean (option->overall_cost);
      put (self, BOLD, _("\nOption %u: %s"), number, title);
      put (self, NULL, "  %s\n", cost);
      put_wrapped (self, 2, option->general_notes);
      for (guint i = 0; i < option->days->len; i++)
        {
          fputc ('\n', self->stream);
          print_day (self, g_ptr_array_index (option->days, i), i + 1);
        }
    }
}

/**
 * trip_plan_printer_print:
 * @self: a printer
 * @line: one event as JSON
 *
 * Prints the event at once.
 */
void
trip_plan_printer_print (TripPlanPrinter *self,
                         GBytes          *line)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJson) json = trip_json_parse (line, MAX_LINE_BYTES, &error);
  const TripJsonNode *root = json != NULL ? trip_json_get_root (json) : NULL;
  const TripJsonNode *data;
  const char *type;

  if (root == NULL)
    {
      g_autofree char *reason = trip_cli_clean (error->message);

      put (self, RED, _("The service sent something that cannot be read: %s\n"), reason);
      return;
    }

  type = get_text (root, "type");
  data = trip_json_node_member (root, "data");
  if (data != NULL && strcmp (type, "intents") == 0)
    print_intents (self, data);
  else if (data != NULL && strcmp (type, "pois") == 0)
    print_pois (self, data);
  else if (data != NULL && strcmp (type, "requirements") == 0)
    print_requirements (self, data);
  else if (data != NULL && strcmp (type, "plan") == 0)
    print_plan (self, data);
  else if (strcmp (type, "error") == 0 || strcmp (type, "cancelled") == 0)
    {
      g_autofree char *message = trip_cli_clean (strcmp (type, "error") == 0 ? get_text (root, "message") : _("Cancelled"));

      put (self, RED, "%s", _("No plan: "));
      put (self, NULL, "%s\n", message);
    }
  fflush (self->stream);
}
