/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Short answers that have facts behind them: where a place is, its country's capital and currency, how far it is from
 * another, what time it is there, and of a sight of the atlas its opening hours and price.
 */
#include "providers/interpreter/trip-reader.h"

#include "hours/trip-opening-hours.h"
#include "trip/model/trip-clock.h"
#include "trip/model/trip-currency.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const TripGazetteerEntry *
place_asked_about (TripReader *self,
                   guint       n)
{
  for (guint m = 0; m < self->mentions->len; m++)
    {
      const TripMention *mention = &g_array_index (self->mentions, TripMention, m);

      if (mention->entry != NULL && n-- == 0)
        return mention->entry;
    }
  return NULL;
}

static char *
answer_distance (TripReader *self)
{
  const TripGazetteerEntry *a = place_asked_about (self, 0);
  const TripGazetteerEntry *b = place_asked_about (self, 1);
  gdouble km;

  if (a == NULL || b == NULL)
    return NULL;
  km = trip_geo_distance_m (&a->geo, &b->geo) / 1000.0;
  if (km < 1)
    return NULL;
  return g_strdup_printf (_("%s and %s are about %.0f km apart as the crow flies. Travel times need a timetable, "
                            "which I do not have offline."),
                          a->name, b->name, km < 100 ? km : round (km / 10) * 10);
}

static char *
answer_time (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);
  g_autoptr(GTimeZone) zone = NULL;
  g_autoptr(GDateTime) now = NULL;
  g_autofree char *clock = NULL;

  if (place == NULL || *place->timezone == '\0')
    return NULL;
  zone = g_time_zone_new_identifier (place->timezone);
  if (zone == NULL)
    return NULL;
  now = g_date_time_new_now (zone);
  clock = g_date_time_format (now, "%H:%M");
  return g_strdup_printf (_("It is %s in %s now (%s)."), clock, place->name, place->timezone);
}

static char *
answer_season (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);
  gdouble lat;

  if (place == NULL)
    return NULL;
  lat = place->geo.lat;
  if (fabs (lat) < 23.5)
    return g_strdup_printf (_("%s is in the tropics: it is warm all year, and the dry and the rainy season matter "
                              "more than summer and winter. "
                              "I have no climate records offline, so please check a forecast before you book."),
                                place->name);
  if (lat > 0)
    return g_strdup_printf (_("%s is in the north: June to August is the warmest and busiest time, December to "
                              "February the coolest; "
                              "April to June and September to October are usually mild and calmer. I have no "
                              "forecast offline."), place->name);
  return g_strdup_printf (_("%s is in the south: December to February is the warmest time, June to August the coolest; "
                            "the months between are usually mild. I have no forecast offline."), place->name);
}

/* Where on earth, by the first part of the IANA name of its time zone. */
static const char *
continent_name (const TripGazetteerEntry *place)
{
  static const struct { const char *zone; const char *name; } continents[] = {
    { "Africa/", N_("Africa") }, { "America/", N_("the Americas") }, { "Antarctica/", N_("Antarctica") },
    { "Asia/", N_("Asia") }, { "Atlantic/", N_("the Atlantic") }, { "Australia/", N_("Australia") },
    { "Europe/", N_("Europe") }, { "Indian/", N_("the Indian Ocean") }, { "Pacific/", N_("the Pacific") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (continents); i++)
    if (g_str_has_prefix (place->timezone, continents[i].zone))
      return _(continents[i].name);
  return NULL;
}

static char *
dup_position (const TripGeo *geo)
{
  return g_strdup_printf (_("%.1f° %s, %.1f° %s"), fabs (geo->lat), geo->lat < 0 ? _("south") : _("north"), fabs (geo->lng),
                          geo->lng < 0 ? _("west") : _("east"));
}

static char *
answer_where (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);
  const TripGazetteerEntry *country;
  const char *continent;
  g_autofree char *position = NULL;

  if (place == NULL)
    return NULL;
  position = dup_position (&place->geo);
  continent = continent_name (place);
  country = place->kind != TRIP_PLACE_COUNTRY ? trip_gazetteer_get_country (self->gazetteer, place->country) : NULL;
  if (country != NULL && place->state != NULL && strcmp (place->state, place->name) != 0)
    return g_strdup_printf (_("%s is in %s, %s, at %s."), place->name, place->state, country->name, position);
  if (country != NULL)
    return g_strdup_printf (_("%s is in %s, at %s."), place->name, country->name, position);
  if (continent != NULL)
    return g_strdup_printf (_("%s is in %s, at %s."), place->name, continent, position);
  return g_strdup_printf (_("%s lies at %s."), place->name, position);
}

static char *
answer_capital (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);
  const TripGazetteerEntry *country = place != NULL ? trip_gazetteer_get_country (self->gazetteer, place->country) : NULL;
  const TripGazetteerEntry *capital = country != NULL ? trip_gazetteer_get_capital (self->gazetteer, country->country) : NULL;

  return capital != NULL ? g_strdup_printf (_("The capital of %s is %s."), country->name, capital->name) : NULL;
}

static char *
answer_currency (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);
  const char *code = place != NULL ? trip_currency_of_country (place->country) : NULL;

  return code != NULL ? g_strdup_printf (_("In %s one pays in %s (ISO code). I can't see current exchange rates offline."),
                                         place->name, code) : NULL;
}

static char *
answer_population (TripReader *self)
{
  const TripGazetteerEntry *place = place_asked_about (self, 0);

  if (place == NULL || place->kind == TRIP_PLACE_SIGHT || place->population <= 0)
    return NULL;
  return g_strdup_printf (_("%s has about %'" G_GINT64_FORMAT " inhabitants."), place->name, place->population);
}

/* The day that a question is about: one that it names, else today. */
static gboolean
day_asked_about (TripReader *self,
                 GDate      *out_day)
{
  *out_day = *self->today;
  for (guint s = 0; s < self->spans->len; s++)
    {
      const TripSpan *span = &g_array_index (self->spans, TripSpan, s);

      if (span->kind != TRIP_SPAN_DATES || !g_date_valid (&span->from))
        continue;
      *out_day = span->from;
      return TRUE;
    }
  for (guint i = 0; i < self->tokens->n; i++)
    {
      const TripWord *weekday = trip_annotated_find (self->text, i, TRIP_WORD_WEEKDAY, NULL);
      const TripWord *day = trip_annotated_find (self->text, i, TRIP_WORD_DAYREF, NULL);

      if (weekday != NULL)
        g_date_add_days (out_day, (guint) ((gint) weekday->number - (gint) g_date_get_weekday (out_day) + 7) % 7);
      else if (day != NULL && day->number >= 0)
        g_date_add_days (out_day, (guint) day->number);
      else
        continue;
      return TRUE;
    }
  return FALSE;
}

static char *
dup_hours_of_day (const TripOpeningHours *hours,
                  const GDate            *day,
                  gboolean               *out_known)
{
  g_autoptr(GArray) intervals = trip_opening_hours_intervals (hours, day, 1);
  GString *text = g_string_new (NULL);

  *out_known = TRUE;
  for (guint i = 0; i < intervals->len; i++)
    {
      const TripOpeningInterval *interval = &g_array_index (intervals, TripOpeningInterval, i);
      g_autofree char *range = trip_clock_format_range (interval->from, interval->to);

      *out_known = *out_known && interval->state == TRIP_OPENING_OPEN;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", range);
    }
  return g_string_free (text, FALSE);
}

static char *
answer_hours (TripReader *self)
{
  for (guint n = 0; n < self->mentions->len; n++)
    {
      const TripGazetteerEntry *place = place_asked_about (self, n);
      g_autoptr(TripOpeningHours) hours = NULL;
      g_autofree char *range = NULL;
      g_autofree char *date = NULL;
      TripOpeningPlace at = { 0 };
      char written[64];
      gboolean known, named;
      GDate day;

      if (place == NULL || place->opening_hours == NULL)
        continue;
      at = (TripOpeningPlace) { .country = place->country, .located = TRUE, .latitude = place->geo.lat,
                                .longitude = place->geo.lng };
      hours = trip_opening_hours_parse_for_place (place->opening_hours, &at, TRIP_OPENING_HOURS_DEFAULT, NULL);
      if (hours == NULL)
        continue;
      named = day_asked_about (self, &day);
      range = dup_hours_of_day (hours, &day, &known);
      if (!known)
        continue;
      g_date_strftime (written, sizeof written, g_date_get_day (&day) < 10 ? "%A,%e %B %Y" : "%A, %e %B %Y", &day);
      date = g_locale_to_utf8 (written, -1, NULL, NULL, NULL);
      if (date == NULL)
        date = trip_date_format_iso (&day);
      if (*range == '\0')
        return g_strdup_printf (_("By its usual hours %s is closed on %s."), place->name, date);
      return named ? g_strdup_printf (_("By its usual hours %s is open %s on %s."), place->name, range, date)
                   : g_strdup_printf (_("By its usual hours %s is open %s today, %s."), place->name, range, date);
    }
  return NULL;
}

static char *
answer_price (TripReader *self)
{
  for (guint n = 0; n < self->mentions->len; n++)
    {
      const TripGazetteerEntry *place = place_asked_about (self, n);
      g_autofree char *price = NULL;

      if (place == NULL || place->currency[0] == '\0')
        continue;
      if (place->price_minor == 0)
        return g_strdup_printf (_("%s costs nothing, as far as I know."), place->name);
      price = trip_currency_format (place->currency, place->price_minor);
      return place->is_lodging
               ? g_strdup_printf (_("A double room at %s costs about %s a night; I can't see today's prices offline."),
                                  place->name, price)
               : g_strdup_printf (_("%s costs about %s for an adult; I can't see today's prices offline."), place->name, price);
    }
  return NULL;
}

/**
 * trip_reader_state_fact:
 * @self: a reader with places and spans
 * @subject: what is asked about, as the tables call it
 *
 * Returns: (transfer full) (nullable): an answer from what is known, %NULL where nothing is
 */
char *
trip_reader_state_fact (TripReader *self,
                        const char *subject)
{
  static const struct { const char *subject; char *(*answer) (TripReader *self); } answers[] = {
    { "distance", answer_distance }, { "transport", answer_distance }, { "time", answer_time }, { "where", answer_where },
    { "season", answer_season }, { "weather", answer_season }, { "capital", answer_capital }, { "currency", answer_currency },
    { "population", answer_population }, { "hours", answer_hours }, { "price", answer_price }, { "pass", answer_price },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (strcmp (answers[i].subject, subject) == 0)
      return answers[i].answer (self);
  return NULL;
}
