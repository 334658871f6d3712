/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the recognisers find in a text: lengths, dates, money, parties, hours and words of the tables, each with its
 * place and its meaning.
 */
#pragma once

#include "language/trip-constraints.h"
#include "language/trip-lexicon.h"

G_BEGIN_DECLS

/**
 * TripSpanKind:
 * @TRIP_SPAN_DURATION: how long
 * @TRIP_SPAN_DATES: when
 * @TRIP_SPAN_MONEY: an amount
 * @TRIP_SPAN_PARTY: who
 * @TRIP_SPAN_CLOCK: an hour at which days begin or end, or both
 * @TRIP_SPAN_JOURNEY: when the travellers arrive, or leave for home
 * @TRIP_SPAN_WALK: how far one walks at most
 * @TRIP_SPAN_VISITS: how many sights a day has at most; with @word how many of a kind, or how many minutes of it
 * @TRIP_SPAN_TRAVEL: how often one rides at most, or how long
 * @TRIP_SPAN_DAY_WISH: what a day is to be about
 * @TRIP_SPAN_WORD: a phrase of the tables that is a requirement by itself
 *
 * What a span is.
 */
typedef enum {
  TRIP_SPAN_DURATION,
  TRIP_SPAN_DATES,
  TRIP_SPAN_MONEY,
  TRIP_SPAN_PARTY,
  TRIP_SPAN_CLOCK,
  TRIP_SPAN_JOURNEY,
  TRIP_SPAN_WALK,
  TRIP_SPAN_VISITS,
  TRIP_SPAN_TRAVEL,
  TRIP_SPAN_DAY_WISH,
  TRIP_SPAN_WORD,
} TripSpanKind;

/**
 * TripMoneyPer:
 * @TRIP_MONEY_TOTAL: the whole trip
 * @TRIP_MONEY_DAY: one day
 * @TRIP_MONEY_PERSON: one traveller
 * @TRIP_MONEY_NIGHT: one night's lodging
 * @TRIP_MONEY_VISIT: one meal, ticket or ride
 * @TRIP_MONEY_WHOLE: the whole trip, in words
 *
 * What an amount is for, as bits.
 */
typedef enum {
  TRIP_MONEY_TOTAL  = 0,
  TRIP_MONEY_DAY    = 1 << 0,
  TRIP_MONEY_PERSON = 1 << 1,
  TRIP_MONEY_NIGHT  = 1 << 2,
  TRIP_MONEY_VISIT  = 1 << 3,
  TRIP_MONEY_WHOLE  = 1 << 4,
} TripMoneyPer;

/**
 * TripSpan:
 * @kind: what it is
 * @first: first token
 * @end: token behind the last
 * @topic: #TripTopic bit; of hours from and to, both
 * @word: (nullable): the table's phrase, of a %TRIP_SPAN_WORD, of a day's theme, or the means of travel that are limited
 * @days: days, 0 where unsaid
 * @nights: nights, 0 where unsaid
 * @from: first day, invalid where unsaid
 * @to: last day, invalid where unsaid
 * @month: month where only that is known, else 0
 * @adults: adults, 0 where unsaid
 * @children: children, -1 where unsaid
 * @with_traveller: @adults are companions, the traveller comes on top
 * @amount: amount in major units
 * @currency: ISO 4217 code, empty where unsaid
 * @money_kind: what the amount is for
 * @per: #TripMoneyPer bits; of a walk, a kind of sights or travel %TRIP_MONEY_DAY for those of a day
 * @minutes: minutes after midnight; of a kind of sights or of travel, how long at most
 * @minutes_to: the end where @minutes is a start and both were said
 * @journey: what @minutes is the time of, of a %TRIP_SPAN_JOURNEY
 * @metres: how far
 * @visits: how many visits, or rides
 * @day: number of a day, %TRIP_DAY_LAST or %TRIP_DAY_ANY
 * @theme_first: first token of a day's theme
 * @theme_end: token behind it
 *
 * One thing found.
 */
typedef struct {
  TripSpanKind kind;
  guint first;
  guint end;
  guint topic;
  const TripWord *word;
  gint days;
  gint nights;
  GDate from;
  GDate to;
  gint month;
  gint adults;
  gint children;
  gboolean with_traveller;
  gdouble amount;
  char currency[4];
  TripMoneyKind money_kind;
  guint per;
  gint minutes;
  gint minutes_to;
  TripJourney journey;
  gdouble metres;
  gint visits;
  gint day;
  guint theme_first;
  guint theme_end;
} TripSpan;

/**
 * TripStayPhrase:
 * @first: first token
 * @end: token behind the last; the same as @first where there is none
 * @name_first: first token of what is named
 * @name_end: token behind it
 * @nights: how many nights, 0 where unsaid
 * @is_near: the lodging is to be near to it or in it; else it is the lodging
 *
 * Where to stay: `2 nights at the Anker`, `stay near the old harbour`.
 */
typedef struct {
  guint first;
  guint end;
  guint name_first;
  guint name_end;
  gint nights;
  gboolean is_near;
} TripStayPhrase;

GArray  *trip_scan          (const TripAnnotated *text,
                             const guint8        *taken,
                             const GDate         *today);

gboolean trip_scan_number   (const TripAnnotated *text,
                             guint                i,
                             guint               *out_end,
                             gdouble             *out_value);
gboolean trip_scan_duration (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_dates    (const TripAnnotated *text,
                             guint                i,
                             const GDate         *today,
                             TripSpan            *span);
gboolean trip_scan_money    (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_money_kind_at (const TripAnnotated *text,
                             guint                i,
                             guint               *out_end,
                             TripMoneyKind       *out_kind);
guint    trip_money_topic   (TripMoneyKind        kind);
gboolean trip_scan_party    (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_clock    (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);

gboolean trip_scan_time     (const TripAnnotated *text,
                             guint                i,
                             gboolean             late,
                             guint               *out_end,
                             gint                *out_minutes);
gboolean trip_scan_time_is_marked (const TripAnnotated *text,
                             guint                first,
                             guint                end);
gboolean trip_scan_journey  (const TripAnnotated *text,
                             guint                i,
                             const GDate         *today,
                             TripSpan            *span);
gboolean trip_scan_walk     (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_travel   (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_visits   (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_day_wish (const TripAnnotated *text,
                             guint                i,
                             TripSpan            *span);
gboolean trip_scan_day      (const TripAnnotated *text,
                             guint                i,
                             guint               *out_end,
                             gint                *out_day);
gint     trip_phrase_day    (const TripAnnotated *text,
                             guint               *out_first,
                             guint               *out_end);

gboolean trip_scan_stay     (const TripAnnotated *text,
                             guint                i,
                             TripStayPhrase      *stay);
GArray  *trip_phrase_scan   (const TripAnnotated *text,
                             const GDate         *today,
                             TripStayPhrase      *out_stay);

gboolean trip_span_is_weak  (const TripAnnotated *text,
                             const TripSpan      *span);
guint    trip_word_topic    (const TripWord      *word);

gboolean trip_constraints_add_city_nights (TripConstraints     *self,
                                           const TripAnnotated *text,
                                           const TripSpan      *span,
                                           TripPriority         priority);

G_END_DECLS
