/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the steps of the embedded interpreter share while they read one message: its tokens, the places and requirements
 * found, their sentences, and the intents decided so far. Private to the interpreter.
 */
#pragma once

#include "language/trip-span.h"
#include "providers/interpreter/trip-embedded-interpreter.h"

G_BEGIN_DECLS

/* What a place is in its sentence. */
typedef enum {
  TRIP_ROLE_VISIT,
  TRIP_ROLE_ORIGIN,
  TRIP_ROLE_REMOVE,
  TRIP_ROLE_SILENT, /* spoken of, but neither to visit nor to leave out */
} TripRole;

/* What a place has to do with where one sleeps. */
typedef enum {
  TRIP_STAY_NONE,
  TRIP_STAY_NEAR, /* the lodging should be near to it or in it */
  TRIP_STAY_AT,   /* it is the lodging */
} TripStayRole;

/* A place that the message names. */
typedef struct {
  guint first;
  guint end;
  const TripGazetteerEntry *entry; /* NULL where no table knows it */
  char *value;
  TripRole role;
  TripStayRole stay;
  guint stay_first; /* where the words begin that say so */
  gint nights;      /* how many there, 0 where unsaid */
} TripMention;

/* How the words around an item want it. */
typedef enum {
  TRIP_POLARITY_NEUTRAL,
  TRIP_POLARITY_PREFER,
  TRIP_POLARITY_MUST,
  TRIP_POLARITY_AVOID,
  TRIP_POLARITY_DROP, /* under a verb such as "remove" */
} TripPolarity;

/* What a sentence does. */
typedef enum {
  TRIP_ACT_STATE,
  TRIP_ACT_REQUEST,
  TRIP_ACT_ASK,
  TRIP_ACT_ATTACK, /* tries to give the interpreter orders */
} TripAct;

typedef struct {
  guint first;
  guint end;
  gboolean question;
  TripAct act;
  gboolean changes; /* has "actually", "instead" and the like */
  gboolean settled; /* a step has already made its intents */
} TripSentence;

/* An intent with the token it stands at, for the order, and the rule that made it. */
typedef struct {
  guint at;
  TripIntent *intent;
  const char *rule;
} TripDraft;

/* What the gazetteer says of a word that stands in the message more than once. */
typedef struct {
  guint32 hash;
  guint word; /* in the folded text */
  guint length; /* 0 where nothing is kept */
  guint reach;
  guint64 seconds; /* as of trip_gazetteer_longest_from() */
  const TripGazetteerEntry *entry;
} TripKnownWord;

/* A power of two. */
#define TRIP_KNOWN_WORDS 256

typedef struct {
  TripGazetteer *gazetteer;
  TripRequest *request;
  const GDate *today;
  TripAnnotated *text;
  TripTokens *tokens;     /* text->tokens */
  guint8 *taken;          /* tokens that belong to a place */
  gboolean title_case;    /* capitals say nothing */
  GArray *sentences;      /* TripSentence */
  GArray *mentions;       /* TripMention */
  GArray *spans;          /* TripSpan */
  TripPolarity *polarity; /* of each span, then of each mention */
  GArray *drafts;         /* TripDraft */
  GHashTable *drafted;    /* kind, action and folded value of each */
  GPtrArray *avoided;     /* places to leave out that no state holds */
  guint n_removals;       /* removals looked up so far */
  TripKnownWord known[TRIP_KNOWN_WORDS];
  const char *rule;       /* which is at work: the name of its function */
  char *origin;
} TripReader;

/* Each removal is held against the whole state, so a message gets no more than this. */
#define TRIP_MAX_REMOVALS 32

/* Stands first in each rule that drafts intents, for who asks how a message was read. */
#define TRIP_RULE(self) ((self)->rule = G_STRFUNC)

TripReading  *trip_embedded_interpreter_read_with (TripGazetteer  *gazetteer,
                                                   TripRequest    *request,
                                                   const GDate    *today,
                                                   char          **out_explanation,
                                                   GCancellable   *cancellable);

void          trip_reader_find_places    (TripReader         *self);
gboolean      trip_reader_is_stay        (TripReader         *self,
                                          guint               i);
void          trip_reader_find_stays     (TripReader         *self);
gboolean      trip_reader_add_stay       (TripReader         *self,
                                          const TripMention  *mention,
                                          TripPriority        priority);
void          trip_reader_find_scopes    (TripReader         *self);
void          trip_reader_classify       (TripReader         *self);
void          trip_reader_read_edits     (TripReader         *self);
void          trip_reader_silence        (TripReader         *self,
                                          guint               first,
                                          guint               end);
void          trip_reader_read_relative  (TripReader         *self);
void          trip_reader_read_changes   (TripReader         *self);
gboolean      trip_reader_has_time_of_day (TripReader        *self);
void          trip_reader_split_edits    (TripReader         *self);
gboolean      trip_reader_read_plan_edit (TripReader         *self,
                                          TripSentence       *sentence);
void          trip_reader_add_wishes     (TripReader         *self);
gdouble       trip_reader_relevance      (TripReader         *self,
                                          gdouble            *out_against);
char         *trip_reader_state_fact     (TripReader         *self,
                                          const char         *subject);
TripIntent   *trip_reader_answer         (TripReader         *self);
char         *trip_reader_explain        (TripReader         *self,
                                          const TripReading  *reading);

TripSentence *trip_reader_sentence_at    (TripReader         *self,
                                          guint               i);
guint         trip_reader_first_span     (TripReader         *self,
                                          guint               i);
gboolean      trip_reader_is_inside_span (TripReader         *self,
                                          guint               i);
guint         trip_reader_first_mention  (TripReader         *self,
                                          guint               i);
guint         trip_reader_clause_end     (TripReader         *self,
                                          guint               i);
void          trip_reader_draft          (TripReader         *self,
                                          guint               at,
                                          TripIntentKind      kind,
                                          TripAction          action,
                                          TripPriority        priority,
                                          const char         *value);
gboolean      trip_reader_is_drafted     (TripReader         *self,
                                          TripIntentKind      kind,
                                          TripAction          action,
                                          const char         *value);
gint          trip_reader_match_state    (TripReader         *self,
                                          const char         *removal);
gboolean      trip_reader_has_state      (TripReader         *self);

G_END_DECLS
