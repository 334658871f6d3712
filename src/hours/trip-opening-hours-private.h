/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the lexer, the parser and the evaluator of opening hours share: tokens, and the rules they become. The limits live
 * here because they bound the work of all three.
 */
#pragma once

#include "hours/trip-opening-hours.h"

G_BEGIN_DECLS

/* OpenStreetMap ends a value at 255 characters; anything near these limits is not opening hours. */
#define TRIP_HOURS_MAX_BYTES 4096
#define TRIP_HOURS_MAX_RULES 128
#define TRIP_HOURS_MAX_ITEMS 512

#define TRIP_DAY_MINUTES 1440
#define TRIP_HOURS_MAX_MINUTE (2 * TRIP_DAY_MINUTES)
#define TRIP_ALL_WEEKDAYS 0x7f

typedef enum {
  TRIP_TOKEN_END,
  TRIP_TOKEN_NUMBER,
  TRIP_TOKEN_SIGN,      /* value: the ASCII character, or TRIP_SIGN_FALLBACK */
  TRIP_TOKEN_COMMENT,
  TRIP_TOKEN_WEEKDAY,   /* value: 0 is Monday */
  TRIP_TOKEN_WEEKDAYS,  /* value: bits of week days, "weekend" */
  TRIP_TOKEN_MONTH,     /* value: 1 is January */
  TRIP_TOKEN_HOLIDAY,
  TRIP_TOKEN_EASTER,
  TRIP_TOKEN_WEEK,
  TRIP_TOKEN_DAY,       /* the word, as in "+1 day" */
  TRIP_TOKEN_STATE,     /* value: TripOpeningState */
  TRIP_TOKEN_EVENT,     /* value: minute of the day, "sunset" */
  TRIP_TOKEN_HALF,      /* value: 0 is am, 12 is pm */
  TRIP_TOKEN_HOUR,      /* "h" after a number */
  TRIP_TOKEN_ALWAYS,
} TripTokenKind;

#define TRIP_SIGN_FALLBACK 256

typedef struct {
  TripTokenKind kind;
  gint value;
  guint digits;         /* of a number */
  guint position;       /* in characters, the first is 1 */
  gboolean tight;       /* nothing but the previous token stands before it */
} TripToken;

typedef enum {
  TRIP_MARK_MONTH,
  TRIP_MARK_DAY,
  TRIP_MARK_NTH,
  TRIP_MARK_EASTER,
} TripMarkKind;

/* A point of the year, or a month of it. */
typedef struct {
  TripMarkKind kind;
  gint year;            /* 0 is every year */
  gint month;
  gint day;
  gint weekday;
  gint nth;             /* -1 is the last one */
  gint offset;          /* days */
} TripDateMark;

typedef struct {
  TripDateMark from;
  TripDateMark to;
} TripDateSpan;

/* Years or weeks: every step-th number. */
typedef struct {
  gint from;
  gint to;
  gint step;
} TripNumberSpan;

typedef struct {
  gint weekday;
  guint from_start;     /* bit n: the nth of the month */
  guint from_end;       /* bit n: the nth from its end */
  gint offset;
} TripNthWeekday;

/* Minutes of the day a rule is about; what lies past 1440 falls on the next day. */
typedef struct {
  gint from;
  gint to;
  gint guess;           /* an open end's guessed end, or 0 */
} TripTimeSpan;

/* Part of one of the shared arrays. */
typedef struct {
  guint first;
  guint count;
} TripSlice;

typedef struct {
  TripOpeningState state;
  gboolean additive;    /* after a comma: adds to the day instead of replacing it */
  gboolean fallback;    /* after "||": only where nothing else is said */
  gboolean dated;       /* names days, weeks, months or years */
  gboolean never;       /* only for holidays, which we do not know */
  gboolean has_weekdays;
  guint weekdays;
  TripSlice years;
  TripSlice weeks;
  TripSlice dates;
  TripSlice nths;
  TripSlice times;
  gint reach;           /* the last minute any of its times touches */
} TripHoursRule;

struct _TripOpeningHours {
  gatomicrefcount ref_count;
  GArray *rules;        /* TripHoursRule */
  GArray *numbers;      /* TripNumberSpan, of years and of weeks */
  GArray *dates;        /* TripDateSpan */
  GArray *nths;         /* TripNthWeekday */
  GArray *times;        /* TripTimeSpan */
};

GArray  *trip_opening_hours_lex         (const char        *text,
                                         GError           **error);
gboolean trip_opening_hours_parse_rules (TripOpeningHours  *self,
                                         const GArray      *tokens,
                                         GError           **error);

G_END_DECLS
