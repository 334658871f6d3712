/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the lexer, the parser and the evaluator of opening hours share: tokens, and the rules they become. The limits live
 * here because they bound the work of all three.
 */
#pragma once

#include "hours/trip-civil-day.h"
#include "hours/trip-holidays.h"
#include "hours/trip-opening-hours.h"
#include "hours/trip-sun.h"

G_BEGIN_DECLS

/* OpenStreetMap ends a value at 255 characters; anything near these limits is not opening hours. */
#define TRIP_HOURS_MAX_BYTES 4096
#define TRIP_HOURS_MAX_RULES 128
#define TRIP_HOURS_MAX_ITEMS 512

#define TRIP_DAY_MINUTES 1440
#define TRIP_HOURS_MAX_MINUTE (2 * TRIP_DAY_MINUTES)
#define TRIP_ALL_WEEKDAYS 0x7f

typedef enum {
  TRIP_TOKEN_NONE,      /* a word that says nothing, "from" */
  TRIP_TOKEN_END,
  TRIP_TOKEN_NUMBER,
  TRIP_TOKEN_SIGN,      /* value: the ASCII character, or TRIP_SIGN_FALLBACK */
  TRIP_TOKEN_COMMENT,
  TRIP_TOKEN_WEEKDAY,   /* value: 0 is Monday */
  TRIP_TOKEN_WEEKDAYS,  /* value: bits of week days, "weekend" */
  TRIP_TOKEN_MONTH,     /* value: 1 is January */
  TRIP_TOKEN_HOLIDAY,   /* value: TripHolidayKind */
  TRIP_TOKEN_EASTER,
  TRIP_TOKEN_WEEK,
  TRIP_TOKEN_DAY,       /* the word, as in "+1 day" */
  TRIP_TOKEN_STATE,     /* value: TripOpeningState */
  TRIP_TOKEN_EVENT,     /* value: TripSunEvent */
  TRIP_TOKEN_NOON,      /* value: minute of the day, "midnight" */
  TRIP_TOKEN_HALF,      /* value: 0 is am, 12 is pm */
  TRIP_TOKEN_HOUR,      /* "h" after a number */
  TRIP_TOKEN_ALWAYS,
  TRIP_TOKEN_LATE,      /* an end that nobody knows */
} TripTokenKind;

#define TRIP_SIGN_FALLBACK 256

typedef enum {
  TRIP_HOLIDAY_PUBLIC,
  TRIP_HOLIDAY_SCHOOL,
} TripHolidayKind;

typedef struct {
  TripTokenKind kind;
  gint value;
  guint digits;         /* of a number */
  guint position;       /* in characters, the first is 1 */
  const char *text;     /* where it stands in the text */
  guint length;         /* in bytes */
  gboolean tight;       /* nothing but the previous token stands before it */
} TripToken;

typedef enum {
  TRIP_MARK_MONTH,
  TRIP_MARK_DAY,
  TRIP_MARK_NTH,
  TRIP_MARK_EASTER,
  TRIP_MARK_HOLIDAY,
} TripMarkKind;

/* A point of the year, or a month of it. */
typedef struct {
  TripMarkKind kind;
  gint year;            /* 0 is every year */
  gint month;
  gint day;
  gint weekday;
  gint nth;             /* -1 is the last one */
  gint toward;          /* 1 + the weekday to go on to, less than 0 to go back to, 0 to stay */
  gint offset;          /* days, after that */
} TripDateMark;

typedef struct {
  TripDateMark from;
  TripDateMark to;
  gboolean open_end;    /* "2027 Mar 1+": @to says nothing */
  gint step;            /* every step-th day */
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

typedef struct {
  TripHolidayKind kind;
  gint offset;
} TripHolidayDay;

#define TRIP_NO_EVENT (-1)

/* A time of day, or one the sun tells and an offset from it. */
typedef struct {
  gint event;           /* TripSunEvent, or TRIP_NO_EVENT */
  gint minute;
} TripTimeMark;

/* Times of the day a rule is about; what lies past 24:00 falls on the next day. */
typedef struct {
  TripTimeMark from;
  TripTimeMark to;
  gboolean open_end;    /* goes on for nobody knows how long */
  gboolean point;       /* a minute, not a span */
  gint step;            /* of points: minutes between them, 0 for one point */
} TripTimeSpan;

/* Part of one of the shared arrays. */
typedef struct {
  guint first;
  guint count;
} TripSlice;

typedef struct {
  TripOpeningState state;
  const char *comment;
  gboolean additive;    /* after a comma: adds to the day instead of replacing it */
  gboolean fallback;    /* after "||": only where nothing else is said */
  gboolean dated;       /* names days, weeks, months or years */
  gboolean has_weekdays;
  guint weekdays;
  TripSlice years;
  TripSlice weeks;
  TripSlice dates;
  TripSlice nths;
  TripSlice holidays;   /* in the list of week days: one of all these */
  TripSlice only;       /* beside it: also one of these */
  TripSlice times;
  gboolean overnight;   /* some of its times may reach into the next day */
} TripHoursRule;

struct _TripOpeningHours {
  gatomicrefcount ref_count;
  TripOpeningHoursFlags flags;
  const TripHolidayCountry *country;
  gboolean located;
  gdouble latitude;
  gdouble longitude;
  GTimeZone *zone;
  GArray *rules;        /* TripHoursRule */
  GArray *numbers;      /* TripNumberSpan, of years and of weeks */
  GArray *dates;        /* TripDateSpan */
  GArray *nths;         /* TripNthWeekday */
  GArray *holidays;     /* TripHolidayDay */
  GArray *times;        /* TripTimeSpan */
  GStringChunk *comments;
};

/* Works through days of one text; on the stack of who asks, so that the text itself stays as it is. */
typedef struct {
  const TripOpeningHours *hours;
  TripHolidayYear years[2];
} TripHoursCalendar;

/* Which rules have a say on a day, and which of them was the last to begin the day anew. */
typedef struct {
  gint number;
  guint8 active[TRIP_HOURS_MAX_RULES];
  guint fresh_from;
} TripDayRules;

/* A day minute by minute: a TripOpeningState each, and, where somebody asks, 1 + the rule it is from. */
typedef struct {
  guint8 states[TRIP_DAY_MINUTES];
  guint8 *owners;
} TripDayCanvas;

GArray  *trip_opening_hours_lex         (const char              *text,
                                         GError                 **error);
gboolean trip_opening_hours_parse_rules (TripOpeningHours        *self,
                                         const GArray            *tokens,
                                         GError                 **error);
gboolean trip_opening_hours_fail        (GError                 **error,
                                         TripOpeningHoursError    code,
                                         guint                    position,
                                         const char              *format,
                                         ...) G_GNUC_PRINTF (4, 5);

void     trip_hours_calendar_init       (TripHoursCalendar       *self,
                                         const TripOpeningHours  *hours);
gboolean trip_hours_rule_covers         (TripHoursCalendar       *calendar,
                                         const TripHoursRule     *rule,
                                         const TripCivilDay      *day);

void     trip_day_rules_init            (TripDayRules            *self,
                                         TripHoursCalendar       *calendar,
                                         gint                     number);
void     trip_day_canvas_paint          (TripDayCanvas           *self,
                                         const TripOpeningHours  *hours,
                                         const TripDayRules      *yesterday,
                                         const TripDayRules      *today);
gint     trip_day_canvas_run_end        (const TripDayCanvas     *self,
                                         gint                     from);

G_END_DECLS
