/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading changes. One table of patterns, tried in order; the first that fits decides. Knows words only: whether there
 * is such a day or place is for those who hold the plan.
 */
#include "language/trip-plan-change.h"

#include <stdlib.h>
#include <string.h>

#define TIME "(?<time>\\d{1,2}(?:[:.]\\d{2})?\\s*(?:am|pm|a\\.m\\.|p\\.m\\.|o'?clock)?|noon|midday)(?![\\w:])"
#define UNTIL "(?<until>\\d{1,2}(?:[:.]\\d{2})?\\s*(?:am|pm|a\\.m\\.|p\\.m\\.|o'?clock)?|noon|midday)(?![\\w:])"
#define NUMBER "(?:\\d{1,3}(?:[.,]5)?|an?|one|two|three|four|five|six|half an?|one and a half|two and a half)"
#define UNIT "(?:hours?|hrs?|h|minutes?|mins?)\\b(?:\\s+and\\s+a\\s+half)?"
#define LENGTH "(?<length>(?:" NUMBER "(?:\\s+|-)?)?(?:half\\s+)?" UNIT ")"
#define PART "(?<part>morning|afternoon|evening|night)"
#define LODGING "(?:hotels?|lodgings?|accomm?odations?|hostels?|place to (?:stay|sleep)|beds?|rooms?|ryokans?|inns?)"
#define OURS "(?:the\\s+|our\\s+|my\\s+|that\\s+|this\\s+)?"
#define MEAL "(?:lunch|dinner|breakfast|supper)"
#define EATING "(?:restaurants?|table|place to eat|place)"
#define PUTS "(?:visit|see|do|go to|put|schedule|have|eat|move|plan|shift|make|place|take|bring|set)"
#define NO_PLACE "(?!(?:it|us|no|not|nothing|everything|the start|the end|starts?|starting|begins?|ends?|ending|finish)\\b)"
#define OF_DAY "(?:\\s+(?:of|in)\\s+(?:the|that|its|our)\\s+(?:day|morning|plan|schedule))?"
#define STOP "(?:stop|visit|sight|thing|place|one)"
#define NEXT_TO "(?:(?<next>right|directly|straight|just|immediately)\\s+)?"
#define REST "(?:(?<coffee>coffee|tea|cake|snack|ice[- ]cream)(?:\\s+(?:break|stop|pause|time))?|(?:\\w+\\s+)?break|" \
             "pause|siesta|nap|" \
             "breather|rest(?!\\s+of\\b)(?:\\s+(?:time|stop|period|break))?|time to (?:rest|relax)|downtime)"
#define DROPS "(?:drop|remove|skip|delete|cancel|cut|scrap|ditch|lose|leave out|take out|take off|get rid of|without)"

/* What begins so says something else of a place than where it stands. */
#define OTHER_VERB "(?:" DROPS "|add|include|insert|swap|switch|replace|exchange|change|substitute|trade|keep|leave|" \
                   "start|begin|end|" \
                   "finish|nothing|no|not|more|less|free|make|something|anything|what|when|where|how|why|is|are|can|i|we)\\b"

/* Longer words than these say more than one change, or nothing of the kind. */
#define MAX_LENGTH 400

/* Nobody stays anywhere for longer, nor rests. */
#define MOST_MINUTES (12 * 60)

enum {
  ANY_DAY,
  ONE_DAY,  /* only where the words name a day */
  TWO_DAYS, /* only where they name two */
  NO_DAY,   /* only where they name none */
};

static const struct {
  TripPlanChangeKind kind;
  guint days;
  const char *pattern;
} patterns[] = {
  { TRIP_PLAN_CHANGE_UNDO, NO_DAY, "^(?:undo|revert|roll\\s?back|take back|reverse|cancel)(?:\\s+(?:it|that|this|"
                                   "(?:that|this|the|my|our|your)"
                                   "(?:\\s+(?:last|latest|previous))?\\s+(?:changes?|edits?|step|one)))?(?:\\s+"
                                   "(?:again|back))?$" },
  { TRIP_PLAN_CHANGE_UNDO, NO_DAY, "^(?:take|put|change|turn|bring|switch)\\s+(?:it|that|this|everything)\\s+back"
                                   "(?:\\s+(?:to )?(?:how|as|what|the way) it was(?: before)?)?$" },
  { TRIP_PLAN_CHANGE_UNDO, NO_DAY, "^(?:go|revert|switch|get|return)\\s+(?:back\\s+)?to\\s+(?:the\\s+|my\\s+|"
                                   "our\\s+)?(?:previous|old|former|last|"
                                   "earlier|original|one before)\\b(?:\\s+(?:plan|version|itinerary|one|schedule))?$" },

  /* Whole days. What is left of "swap day 1 and day 2" without its days is "swap and". */
  { TRIP_PLAN_CHANGE_DAY_SWAP, TWO_DAYS, "^(?:swap|switch|exchange|flip|reverse|interchange|trade)\\s*(?:round|around)?\\s*"
                                         "(?:and|with|for|&|,)?\\s*(?:around|round|over)?$" },
  { TRIP_PLAN_CHANGE_DAY_REMOVE, ONE_DAY, "^" DROPS "\\s*" OURS "(?:whole|entire|all)?\\s*(?:of)?\\s*"
                                          "(?:entirely|completely|altogether)?$" },
  { TRIP_PLAN_CHANGE_DAY_RENEW, ONE_DAY, "^(?:i\\s+want\\s+|i'd like\\s+|give us\\s+|do\\s+|plan\\s+|make\\s+)?"
                                         "(?:replace|redo|replan|re-plan|rework|refresh|change|renew|"
                                         "(?:something|anything) (?:else|different|new|other)|"
                                         "(?:an?\\s+|some\\s+)?(?:different|other|another|new|completely different)"
                                         "(?:\\s+(?:plans?|program\\w*|ideas?|places|sights|things|visits|day))?)"
                                         "\\s*(?:to (?:do|see))?\\s*(?:for|on)?\\s*(?:completely|entirely|again)?$" },
  { TRIP_PLAN_CHANGE_DAY_RENEW, ONE_DAY, "^(?:plan|do|make|work out)\\s*(?:it\\s+)?(?:again|anew|afresh|over)"
                                         "(?:\\s+again)?$" },
  { TRIP_PLAN_CHANGE_FREE, ONE_DAY, "^(?:keep|leave|make|have|give (?:us|me))?\\s*(?:an?\\s+|as an?\\s+)?(?:completely\\s+|"
                                    "entirely\\s+)?(?:free|open|empty|off|unplanned|nothing(?: planned)?)(?:\\s+day)?\\s*"
                                    "(?:on|for)?$" },
  { TRIP_PLAN_CHANGE_DAY_ADD, ANY_DAY, "\\b(?:add|include|insert|append|with|want|need|have)\\s+(?:an?|one|another|1)\\s*"
                                       "(?:more\\s+|extra\\s+|additional\\s+|further\\s+|full\\s+|whole\\s+)*day\\b"
                                       "(?!\\s*(?:trip|tour|out|off|pass|at|on|of|less))(?:.*?\\bin\\s+(?<subject>.+?))?$" },
  { TRIP_PLAN_CHANGE_DAY_ADD, NO_DAY, "^(?:and\\s+)?(?:one more|another|an? (?:extra|additional|further)|one (?:extra|"
                                      "additional)) day\\b(?!\\s*(?:trip|tour|out|pass))(?:.*?\\bin\\s+(?<subject>.+?))?$" },
  { TRIP_PLAN_CHANGE_DAY_ADD, NO_DAY, "\\b(?:a|one|1) day (?:more|longer|extra)\\b(?:.*?\\bin\\s+(?<subject>.+?))?$" },
  { TRIP_PLAN_CHANGE_DAY_ADD, NO_DAY, "\\b(?:extend|prolong|lengthen)\\b.*\\bby\\s+(?:a|one|1)\\s+day\\b"
                                      "(?:.*?\\bin\\s+(?<subject>.+?))?$" },
  { TRIP_PLAN_CHANGE_DAY_REMOVE, NO_DAY, "\\b" DROPS "\\s+(?:a|one|1)\\s+day\\b(?!\\s*(?:trip|tour))" },
  { TRIP_PLAN_CHANGE_DAY_REMOVE, NO_DAY, "\\b(?:(?:a|one|1) day (?:less|fewer|shorter)|(?:one|1) (?:less|fewer) day)\\b" },
  { TRIP_PLAN_CHANGE_DAY_REMOVE, NO_DAY, "\\b(?:shorten|cut|reduce)\\b.*\\bby\\s+(?:a|one|1)\\s+day\\b" },

  /* Beds. */
  { TRIP_PLAN_CHANGE_LODGING_CHEAPER, ANY_DAY, "\\b(?:cheaper|less expensive|simpler|more affordable|budget)\\s+(?:\\w+\\s+)?"
                                               LODGING "\\b" },
  { TRIP_PLAN_CHANGE_LODGING_NICER, ANY_DAY, "\\b(?:nicer|better|fancier|finer|posher|luxury|more comfortable|"
                                             "more luxurious|higher[- ]end)\\s+(?:\\w+\\s+)?" LODGING "\\b" },
  { TRIP_PLAN_CHANGE_LODGING_NICER, ANY_DAY, "\\bupgrade\\s+" OURS LODGING "\\b" },
  { TRIP_PLAN_CHANGE_LODGING, ANY_DAY, "\\b(?:change|swap|switch|replace|move)\\s+" OURS LODGING "\\s+(?:to|with|for|by)\\s+"
                                       "(?:the\\s+)?(?<object>.+?)$" },
  { TRIP_PLAN_CHANGE_LODGING, ANY_DAY, "\\b(?:different|another|other|new|alternative)\\s+" LODGING "\\b" },
  { TRIP_PLAN_CHANGE_LODGING, ANY_DAY, "\\b(?:change|swap|switch|replace)\\s+" OURS LODGING "$" },

  /* Breaks, before free time and what is added. */
  { TRIP_PLAN_CHANGE_BREAK, ANY_DAY, "\\b(?:add|include|insert|plan|put in|put|have|take|want|need|schedule|fit in|"
                                     "squeeze in|"
                                     "give us|give me|leave|make)\\s+(?:time for\\s+|room for\\s+)?(?:an?\\s+|"
                                     "some\\s+|the\\s+)?"
                                     "(?:" LENGTH "(?:\\s+(?:of|for))?\\s+)?(?:an?\\s+)?(?:short\\s+|long\\s+|"
                                     "little\\s+|quick\\s+|"
                                     "small\\s+|proper\\s+)?" REST
                                     "(?:\\s+(?:in|during|for)\\s+(?:the\\s+|each\\s+|every\\s+)?(?:mid-?|early\\s+|"
                                     "late\\s+)?" PART "|"
                                     "\\s+(?:at|around|about)\\s+" TIME "|"
                                     "\\s+" NEXT_TO "(?:after|(?<ahead>before))\\s+(?:the\\s+)?(?<object>.+?))?"
                                     "(?:\\s+(?:each|every) day)?$" },

  /* Time without plans, before the times of places: "keep the afternoon free". */
  { TRIP_PLAN_CHANGE_FREE, ANY_DAY, "\\b(?:free|unplanned|empty|open|clear|free up)\\s+(?:the\\s+|up the\\s+)?" PART "\\b" },
  { TRIP_PLAN_CHANGE_FREE, ANY_DAY, "\\b" PART "s?\\b(?:\\s+\\w+)?\\s+(?:free|off|open|empty|unplanned|to (?:our|my)sel\\w+|"
                                    "for (?:our|my)sel\\w+)\\b" },
  { TRIP_PLAN_CHANGE_FREE, ANY_DAY, "\\b(?:nothing|no plans?|no visits?|no sights?|no sightseeing)\\b.*\\b" PART "s?\\b" },

  /* How long, before beds named by "stay at". */
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "\\b(?:(?:an?\\s+)?(?:extra|additional|further)|another)\\s+" LENGTH "\\s+"
                                      "(?:at|in|inside|for)\\s+"
                                      "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "\\b" LENGTH "\\s+(?:more|longer|extra)\\s+(?:at|in|inside|for)\\s+(?:the\\s+)?"
                                      "(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "\\b" LENGTH "\\s+(?:less|shorter|fewer)\\s+(?:at|in|inside|for)\\s+(?:the\\s+)?"
                                       "(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "^(?:make\\s+)?(?:the\\s+)?(?:(?:visit|time|stay) (?:to|at|of|in)\\s+)"
                                      "(?:the\\s+)?(?<subject>.+?)\\s+"
                                      "(?:" LENGTH "\\s+)?longer$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "^(?:make\\s+)?(?:the\\s+)?(?:(?:visit|time|stay) (?:to|at|of|in)\\s+)"
                                       "(?:the\\s+)?(?<subject>.+?)\\s+"
                                       "(?:" LENGTH "\\s+)?shorter$" },
  { TRIP_PLAN_CHANGE_LENGTH, ANY_DAY, "\\b(?:spend|stay|take|have|allow|give us|plan|want|stay for|only|just)\\s+"
                                      "(?:only\\s+|just\\s+|about\\s+|"
                                      "at least\\s+|around\\s+|some\\s+)?" LENGTH "\\s+(?:at|in|inside|for|on)\\s+"
                                      "(?:the\\s+)?"
                                      "(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LENGTH, ANY_DAY, "^" PUTS "\\s+(?:the\\s+)?(?<subject>.+?)\\s+(?:for\\s+)?(?:only\\s+|just\\s+|"
                                      "about\\s+)?" LENGTH
                                      "(?:\\s+long)?$" },
  { TRIP_PLAN_CHANGE_LENGTH, ANY_DAY, "^(?:cut|shorten|reduce|limit|trim|extend|lengthen|prolong|set|change)\\s+(?:the\\s+)?"
                                      "(?:(?:visit|time|stay)\\s+(?:to|at|of|in)\\s+(?:the\\s+)?)?(?<subject>.+?)\\s+"
                                      "(?:down\\s+)?to\\s+"
                                      "(?:only\\s+|just\\s+|about\\s+)?" LENGTH "$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "^(?:cut|shorten|reduce|trim)\\s+(?:the\\s+)?(?:(?:visit|time|stay)\\s+(?:to|"
                                       "at|of|in)\\s+"
                                       "(?:the\\s+)?)?(?<subject>.+?)\\s+by\\s+" LENGTH "$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "^(?:extend|lengthen|prolong)\\s+(?:the\\s+)?(?:(?:visit|time|stay)\\s+(?:to|"
                                      "at|of|in)\\s+"
                                      "(?:the\\s+)?)?(?<subject>.+?)\\s+by\\s+" LENGTH "$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "^make\\s+(?:the\\s+)?(?<subject>" NO_PLACE "(?!(?:days?|trip|plan|"
                                      "every\\w*)\\b).+?)(?:\\s+visit)?\\s+"
                                      "(?:" LENGTH "\\s+)?longer$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "^make\\s+(?:the\\s+)?(?<subject>" NO_PLACE "(?!(?:days?|trip|plan|"
                                       "every\\w*)\\b).+?)(?:\\s+visit)?\\s+"
                                       "(?:" LENGTH "\\s+)?shorter$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "\\b(?:more time|longer|extra time|another hour|an hour more|linger)\\s+(?:at|"
                                      "in|around|"
                                      "inside)\\s+(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LONGER, ANY_DAY, "\\b(?:extend|lengthen|prolong)\\s+(?:the\\s+)?"
                                      "(?:(?:visit|time|stay) (?:to|at|of|in)\\s+)"
                                      "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "\\b(?:less time|shorter|shorter (?:visit|time)|not so long)\\s+(?:at|in|"
                                       "inside|to)\\s+"
                                       "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_SHORTER, ANY_DAY, "\\b(?:shorten)\\s+(?:the\\s+)?(?:(?:visit|time|stay) (?:to|at|of|in)\\s+)"
                                       "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_LODGING, ANY_DAY, "\\b(?:stay|sleep|spend the nights?|book us)\\s+(?:\\w+\\s+)?(?:at|in)\\s+(?:the\\s+)?"
                                       "(?<object>.+?)(?:\\s+(?:instead|rather)\\b.*)?$" },

  /* Where in its day a place or a meal is. What comes first is no time of the clock: "before 10" is below. */
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+)?(?<subject>" NO_PLACE ".+?)\\s+"
                                    "(?:some time\\s+)?"
                                    "between\\s+" TIME "\\s*(?:and|to|-)\\s*" UNTIL "$" },
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+)?(?<subject>" NO_PLACE ".+?)\\s+"
                                    "(?<ahead>before)\\s+"
                                    TIME "$" },
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+)?(?<subject>" NO_PLACE ".+?)\\s+"
                                    "(?<behind>after)\\s+"
                                    TIME "$" },
  { TRIP_PLAN_CHANGE_FIRST, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+|an?\\s+)?(?<subject>" NO_PLACE ".+?)\\s+(?:(?:at|to|in) the "
                                     "(?:very\\s+)?"
                                     "(?:start|beginning|top|front)" OF_DAY "|(?:as\\s+|to be\\s+|be\\s+)?(?:the|our|"
                                     "my)\\s+(?:very\\s+)?"
                                     "first " STOP OF_DAY "|first(?:\\s+(?:thing|of all))?(?:\\s+in the morning)?)$" },
  { TRIP_PLAN_CHANGE_LAST, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+|an?\\s+)?(?<subject>" NO_PLACE ".+?)\\s+(?:(?:at|to) the "
                                    "(?:very\\s+)?end" OF_DAY "|"
                                    "(?:as\\s+|to be\\s+|be\\s+)?(?:the|our|my)\\s+(?:very\\s+)?(?:last|final) "
                                    STOP OF_DAY "|"
                                    "last(?:\\s+(?:thing|of all))?)$" },
  { TRIP_PLAN_CHANGE_BEFORE, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+|an?\\s+)?(?<subject>(?!it\\b|no\\b|nothing\\b|"
                                      "not\\b).+?)\\s+(?:to\\s+)?" NEXT_TO
                                      "before\\s+(?:the\\s+)?(?<object>(?!\\d|noon\\b|midday\\b|(?:we|i|it|they)\\b).+?)$" },
  { TRIP_PLAN_CHANGE_AFTER, ANY_DAY, "\\b" PUTS "\\s+(?:the\\s+|an?\\s+)?(?<subject>" NO_PLACE ".+?)\\s+"
                                     "(?:to\\s+)?" NEXT_TO
                                     "after\\s+(?:the\\s+)?(?<object>(?!\\d|noon\\b|midday\\b|(?:we|i|it|they)\\b).+?)$" },

  /* Where and when a place or a meal is. */
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "\\b(?:visit|see|do|go to|put|schedule|have|eat|move|plan|shift|make)\\s+(?:the\\s+)?"
                                    "(?<subject>(?!it\\b|start|the start|end).+?)\\s+(?:at|around|to|for|about)\\s+"
                                    TIME "$" },
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "^(?<subject>" MEAL ")\\s+(?:at|around|about)\\s+" TIME "$" },
  { TRIP_PLAN_CHANGE_START, ANY_DAY, "\\b(?:start|begin|leave|go out|get going|set out|set off)\\w*\\b.*?\\b" TIME },
  { TRIP_PLAN_CHANGE_START, ANY_DAY, "\\b(?:nothing|not|no \\w+) before " TIME },
  { TRIP_PLAN_CHANGE_END, ANY_DAY, "\\b(?:end|finish|back|home|done)\\w*\\b.*?\\b" TIME },
  { TRIP_PLAN_CHANGE_END, ANY_DAY, "\\b(?:nothing|not|no \\w+) after " TIME },
  { TRIP_PLAN_CHANGE_START_LATER, ANY_DAY, "\\b(?:later start|(?:start|begin|leav|set out)\\w*(?:\\s+\\w+){0,2}\\s+later|"
                                           "sleep in|lie in)\\b" },
  { TRIP_PLAN_CHANGE_START_EARLIER, ANY_DAY, "\\b(?:earlier start|(?:start|begin|leav|set out)\\w*"
                                             "(?:\\s+\\w+){0,2}\\s+earlier|"
                                             "get up early)\\b" },
  { TRIP_PLAN_CHANGE_END_EARLIER, ANY_DAY, "\\b(?:earlier (?:end|finish)|(?:end|finish|back|home|done)\\w*"
                                           "(?:\\s+\\w+){0,2}\\s+earlier)\\b" },
  { TRIP_PLAN_CHANGE_EARLIER, ANY_DAY, "\\bearlier\\s+(?<subject>" MEAL ")\\b" },
  { TRIP_PLAN_CHANGE_LATER, ANY_DAY, "\\blater\\s+(?<subject>" MEAL ")\\b" },
  { TRIP_PLAN_CHANGE_EARLIER, ANY_DAY, "\\b(?:have|eat|move|put|visit|see|do|shift)\\s+(?:the\\s+)?(?<subject>.+?)\\s+"
                                       "(?:an hour\\s+|a bit\\s+|a little\\s+)?earlier$" },
  { TRIP_PLAN_CHANGE_LATER, ANY_DAY, "\\b(?:have|eat|move|put|visit|see|do|shift)\\s+(?:the\\s+)?(?<subject>.+?)\\s+"
                                     "(?:an hour\\s+|a bit\\s+|a little\\s+)?later$" },
  { TRIP_PLAN_CHANGE_MOVE, ONE_DAY, "\\b(?:move|shift|put|visit|see|do|postpone|reschedule)\\s+(?:the\\s+)?(?<subject>.+?)"
                                    "(?:\\s+(?:in|to|into|on|during)\\s+(?:the\\s+)?" PART ")?(?:\\s+(?:instead|rather))?$" },
  { TRIP_PLAN_CHANGE_TIME, NO_DAY, "\\b(?:visit|see|do|go to|put|schedule|move|shift|plan)\\s+(?:the\\s+)?(?<subject>.+?)\\s+"
                                   "(?:in|to|into|on|during)\\s+(?:the\\s+)?(?:early\\s+|late\\s+)?" PART "$" },

  { TRIP_PLAN_CHANGE_FIRST, ANY_DAY, "^(?:start|begin|open|kick off)\\s+(?:off\\s+)?(?:(?:the|our|that|each|"
                                     "every)\\s+(?:day|morning|trip)\\s+)?"
                                     "(?:off\\s+)?(?:with|at|in)\\s+(?:the\\s+|an?\\s+)?(?<subject>(?!\\d|noon\\b|"
                                     "midday\\b).+?)$" },
  { TRIP_PLAN_CHANGE_LAST, ANY_DAY, "^(?:end|finish|close|wrap up|conclude)\\s+(?:off\\s+)?(?:(?:the|our|that|each|"
                                    "every)\\s+(?:day|evening|trip)\\s+)?"
                                    "(?:with|at|in)\\s+(?:the\\s+|an?\\s+)?(?<subject>(?!\\d|noon\\b|midday\\b|(?:we|"
                                    "i|it|they)\\b).+?)$" },
  { TRIP_PLAN_CHANGE_EARLIER, ANY_DAY, "^(?:an?\\s+|the\\s+)?(?<subject>" MEAL ")\\s+(?:an hour\\s+|a bit\\s+|"
                                       "a little\\s+)?earlier$" },
  { TRIP_PLAN_CHANGE_LATER, ANY_DAY, "^(?:an?\\s+|the\\s+)?(?<subject>" MEAL ")\\s+(?:an hour\\s+|a bit\\s+|"
                                     "a little\\s+)?later$" },
  { TRIP_PLAN_CHANGE_BEFORE, ANY_DAY, "^(?:the\\s+|an?\\s+)?(?<subject>(?!" OTHER_VERB ").+?)\\s+"
                                      NEXT_TO "before\\s+(?:the\\s+)?"
                                      "(?<object>(?!\\d|noon\\b|midday\\b|(?:we|i|it|they)\\b).+?)$" },
  { TRIP_PLAN_CHANGE_AFTER, ANY_DAY, "^(?:the\\s+|an?\\s+)?(?<subject>(?!" OTHER_VERB ").+?)\\s+" NEXT_TO "after\\s+"
                                     "(?:the\\s+)?"
                                     "(?<object>(?!\\d|noon\\b|midday\\b|(?:we|i|it|they)\\b).+?)$" },
  { TRIP_PLAN_CHANGE_FIRST, ANY_DAY, "^(?:the\\s+|an?\\s+)?(?<subject>(?!" OTHER_VERB ").+?)\\s+first$" },
  { TRIP_PLAN_CHANGE_LAST, ANY_DAY, "^(?:the\\s+|an?\\s+)?(?<subject>(?!" OTHER_VERB ").+?)\\s+last$" },
  { TRIP_PLAN_CHANGE_TIME, ANY_DAY, "^(?:the\\s+)?(?<subject>(?!" OTHER_VERB ").+?)\\s+(?:in|during)\\s+(?:the\\s+)?"
                                    "(?:early\\s+|late\\s+)?"
                                    PART "$" },

  /* One for another. */
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:different|another|other|new)\\s+(?:" EATING "\\s+)?(?:for\\s+|to have\\s+)?"
                                    "(?<subject>" MEAL ")\\b" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:have|eat)\\s+(?<subject>" MEAL ")\\s+"
                                    "(?:somewhere|elsewhere|at another|in another)" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\bsomewhere else for\\s+(?<subject>" MEAL ")\\b" },
  { TRIP_PLAN_CHANGE_SWAP, ONE_DAY, "\\b(?:different|another|other|new)\\s+(?<subject>restaurant)s?\\b" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:swap|replace|exchange|change|substitute)\\s+(?:the\\s+)?(?<subject>.+)\\s+"
                                    "(?:for|with|by)\\s+(?<object>(?:something|anything)(?: else| different| new)?)$" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:swap|replace|exchange|change|switch|substitute|trade)\\s+(?:the\\s+)?"
                                    "(?<subject>.+?)\\s+(?:out\\s+)?(?:for|with|by)\\s+(?:the\\s+|an?\\s+)?"
                                    "(?<object>.+?)$" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:change|switch)\\s+(?:the\\s+)?(?<subject>.+?)\\s+to\\s+(?:the\\s+|an?\\s+)?"
                                    "(?<object>.+?)$" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "\\b(?:swap|exchange|switch|interchange)\\s+(?:the\\s+)?(?<subject>.+?)\\s+(?:and|&)\\s+"
                                    "(?:the\\s+)?(?<object>.+?)$" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "^(?:an?\\s+|the\\s+)?(?<object>.+?)\\s+(?:instead of|rather than|in place of)\\s+"
                                    "(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_SWAP, ANY_DAY, "^(?:please\\s+)?(?:replace|exchange|swap out|substitute)\\s+(?:the\\s+)?"
                                    "(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_DROP, ANY_DAY, "\\b" DROPS "\\s+(?:the\\s+)?(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_DROP, ANY_DAY, "\\b(?:fewer|less|not so many|too many)\\s+(?!time\\b|visits?\\b|places\\b|sights\\b|"
                                    "stops\\b|things\\b|activit|walking|busy|packed|full|rushed|intense|tiring|stress|"
                                    "crowd|expensive|touristy)(?<subject>.+?)$" },

  /* The whole day or plan. */
  { TRIP_PLAN_CHANGE_LIGHTER, ANY_DAY, "\\b(?:lighter|easier|slower|calmer|quieter|gentler|less (?:busy|packed|full|walking|"
                                       "rushed|intense|tiring|stressful)|more (?:relaxed|chill)|relax\\w*|fewer|shorter|"
                                       "too (?:much|full|busy|packed|rushed|tiring)|"
                                       "free (?:time|morning|afternoon|evening)|"
                                       "(?:time|rest) for (?:our|my)sel\\w+|a break)\\b" },
  { TRIP_PLAN_CHANGE_CHEAPER, ANY_DAY, "\\b(?:cheaper|less expensive|more affordable|lower (?:the )?(?:cost|price)\\w*|"
                                       "save money|too expensive)\\b" },
  { TRIP_PLAN_CHANGE_FULLER, ANY_DAY, "\\b(?:fuller|busier|more (?:packed|active|places|sights|things|visits|"
                                      "to (?:do|see)))\\b" },
  { TRIP_PLAN_CHANGE_ADD, ANY_DAY, "\\b(?:add|include|insert|fit in|squeeze in|more)\\s+(?:an?other\\s+|an?\\s+|the\\s+|"
                                   "some\\s+|one more\\s+|more\\s+)*(?<subject>.+?)$" },
  { TRIP_PLAN_CHANGE_MOVE, NO_DAY, "\\b(?:move|shift|put|postpone)\\s+(?:the\\s+)?(?<subject>.+?)$" },
};

static const char * const nouns[] = { "option", "plan", "alternative", "version", "itinerary" };

static const char * const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh" };
static const char * const cardinals[] = { "one", "two", "three", "four", "five", "six", "seven" };

static GRegex *
get_regex (gsize index)
{
  static GRegex *compiled[G_N_ELEMENTS (patterns)];

  if (g_once_init_enter (&compiled[index]))
    g_once_init_leave (&compiled[index], g_regex_new (patterns[index].pattern, G_REGEX_OPTIMIZE, 0, NULL));
  return compiled[index];
}

static gboolean
contains (const char *text,
          const char *pattern)
{
  return g_regex_match_simple (pattern, text, 0, 0);
}

static char *
replace (const char *text,
         const char *pattern,
         const char *by)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *result = g_regex_replace (regex, text, -1, 0, by, 0, NULL);

  return result != NULL ? result : g_strdup (text);
}

static gint
find_word (const char         *word,
           const char * const *words,
           gsize               n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (strcmp (word, words[i]) == 0)
        return (gint) i;
    }
  return -1;
}

/* Nobody counts from zero: such a day does not exist, which is for the editor to say. */
static gint
read_number (GMatchInfo *match)
{
  g_autofree char *digits = g_match_info_fetch_named (match, "digits");
  g_autofree char *nth = g_match_info_fetch_named (match, "nth");
  g_autofree char *word = g_match_info_fetch_named (match, "word");
  g_autofree char *cardinal = g_match_info_fetch_named (match, "cardinal");
  const char *figure = digits != NULL && *digits != '\0' ? digits : nth;

  if (figure != NULL && *figure != '\0')
    return atoi (figure) > 0 ? atoi (figure) - 1 : G_MAXINT - 1;
  if (cardinal != NULL && *cardinal != '\0')
    return find_word (cardinal, cardinals, G_N_ELEMENTS (cardinals));
  if (word == NULL || strcmp (word, "last") == 0 || strcmp (word, "final") == 0)
    return TRIP_PLAN_LAST_DAY;
  return find_word (word, ordinals, G_N_ELEMENTS (ordinals));
}

/* Takes "day 2", "the second day" and the like out of the text; "to day 3" is the one that matters of two. */
static guint
take_numbers (char       **text,
              const char  *noun,
              gint        *out_number,
              gint        *out_other)
{
  g_autofree char *pattern = g_strdup_printf ("(?:\\b(?<way>on|onto|of|from|in|to|into|for|at|and|with)\\s+)?(?:\\bthe\\s+)?"
                                              "(?:\\b%s\\s+(?:no\\.?\\s*|number\\s+|#)?(?<digits>\\d{1,2})\\b"
                                              "(?![:.]\\d|\\s*[ap]m)|"
                                              "\\b%s\\s+(?<cardinal>one|two|three|four|five|six|seven)\\b|"
                                              "\\b(?<nth>\\d{1,2})(?:st|nd|rd|th)\\s+%s\\b|"
                                              "\\b(?<word>first|second|third|fourth|fifth|sixth|seventh|last|final)\\s+"
                                              "%s\\b)(?:'s\\b)?",
                                              noun, noun, noun, noun);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  gboolean other_is_target = FALSE;
  guint n = 0;
  char *rest;

  g_regex_match (regex, *text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *way = g_match_info_fetch_named (match, "way");
      gint number = read_number (match);

      if (n == 0)
        *out_number = number;
      else if (n == 1 && out_other != NULL)
        {
          *out_other = number;
          other_is_target = way != NULL && (strcmp (way, "to") == 0 || strcmp (way, "onto") == 0 ||
                                            strcmp (way, "into") == 0);
        }
      n++;
      g_match_info_next (match, NULL);
    }
  if (n == 0)
    return 0;
  if (other_is_target)
    {
      gint first = *out_number;

      *out_number = *out_other;
      *out_other = first;
    }
  rest = g_regex_replace_literal (regex, *text, -1, 0, " ", 0, NULL);
  if (rest != NULL)
    {
      g_free (*text);
      *text = rest;
    }
  return n;
}

/* "10", "10:30", "10 pm"; a start at 8 is in the morning, an end at 8 and a visit at 3 are not. */
static gint
read_time (const char         *text,
           TripPlanChangeKind  kind)
{
  gint hour = atoi (text);
  gint minute = 0;
  const char *separator = strpbrk (text, ":.");
  gboolean am = strstr (text, "am") != NULL || strstr (text, "a.m") != NULL;

  if (strcmp (text, "noon") == 0 || strcmp (text, "midday") == 0)
    return 12 * 60;
  if (separator != NULL && g_ascii_isdigit (separator[1]))
    minute = atoi (separator + 1);
  if ((strstr (text, "pm") != NULL || strstr (text, "p.m") != NULL) && hour < 12)
    hour += 12;
  else if (am && hour == 12)
    hour = 0;
  else if (!am && hour < 12 && (kind == TRIP_PLAN_CHANGE_END || (kind == TRIP_PLAN_CHANGE_TIME && hour < 8)))
    hour += 12;
  return hour > 24 || minute > 59 ? -1 : hour * 60 + minute;
}

/* "3 hours", "an hour and a half", "45 minutes", "half an hour"; an "hour" without a number is one. */
static gint
read_length (const char *text)
{
  static const char * const numbers[] = { "half", "one", "two", "three", "four", "five", "six" };
  gdouble count = 1.0;

  if (g_ascii_isdigit (*text))
    count = atoi (text) + (contains (text, "^\\d+[.,]5") ? 0.5 : 0.0);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        if (g_str_has_prefix (text, numbers[i]))
          count = i == 0 ? 0.5 : (gdouble) i;
      }
  if (contains (text, "\\band a half\\b"))
    count += 0.5;
  else if (contains (text, "^an? half\\b"))
    count = 0.5;
  return contains (text, "\\b(?:hours?|hrs?|h)\\b|\\dh\\b|\\d(?:hours?|"
  "hrs?)\\b") ? (gint) (count * 60 + 0.5) : (gint) (count + 0.5);
}

static TripDayPart
read_part (const char *text)
{
  return text == NULL || *text == '\0'       ? TRIP_DAY_PART_NONE
         : strcmp (text, "morning") == 0     ? TRIP_DAY_PART_MORNING
         : strcmp (text, "afternoon") == 0   ? TRIP_DAY_PART_AFTERNOON
                                             : TRIP_DAY_PART_EVENING;
}

static gboolean
has_group (GRegex     *regex,
           GMatchInfo *match,
           const char *name)
{
  gint number = g_regex_get_string_number (regex, name);
  gint start = -1, end = -1;

  return number >= 0 && g_match_info_fetch_pos (match, number, &start, &end) && start >= 0 && end > start;
}

/* A pattern has groups of its own only; asking for another's would be a warning. */
static char *
fetch (GRegex     *regex,
       GMatchInfo *match,
       const char *name)
{
  return g_regex_get_string_number (regex, name) >= 0 ? g_match_info_fetch_named (match, name) : NULL;
}

static char *
fetch_subject (GRegex     *regex,
               GMatchInfo *match,
               const char *name)
{
  g_autofree char *words = fetch (regex, match, name);
  g_autofree char *text = NULL;

  if (words == NULL)
    return NULL;
  text = replace (words, "(?:[\\s,]+(?:please|instead|now|too|as well|thanks|"
                         "(?:from|in|of|off|out of|to)\\s+(?:the|our|my|this)\\s+"
                         "(?:plan|trip|itinerary|list|schedule|day|programme|program)|from it|on))+[\\s.!?]*$", "");
  for (gsize n = strlen (text); n > 0 && (g_ascii_isspace (text[n - 1]) || strchr (".,;:!?", text[n - 1]) != NULL); n--)
    text[n - 1] = '\0';
  g_strchug (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
strip_articles (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return replace (stripped, "^(?:(?:the|an?|some|my|our|please|of|on|from)\\s+)+", "");
}

static char *
make_ready (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, MIN ((gssize) strlen (words), MAX_LENGTH));
  g_autofree char *valid = g_utf8_make_valid (lower, -1);
  g_autofree char *pair = replace (valid, "\\bdays\\s+(\\d{1,2})\\s*(and|with|for|&)\\s*(\\d{1,2})\\b",
                                   "day \\1 \\2 day \\3");

  g_autofree char *end = replace (pair, "\\b(?:at|to|for)\\s+the\\s+(?:very\\s+)?end\\s+of\\s+(?:the|our|my)\\s+trip\\b",
                                  "on the last day");
  g_autofree char *begin = replace (end, "\\b(?:at|to|for)\\s+the\\s+(?:very\\s+)?(?:start|beginning)\\s+of\\s+"
  "(?:the|our|my)\\s+trip\\b",
                                    "on day 1");
  g_autofree char *first = replace (begin, "\\b(start|begin)\\s+(?:the|our|my)\\s+trip\\s+(?=with|at|in)", "\\1 day 1 ");
  g_autofree char *last = replace (first, "\\b(end|finish)\\s+(?:the|our|my)\\s+trip\\s+(?=with|at|in)", "\\1 the last day ");

  return replace (last, "\\s+", " ");
}

#define COUNT "(?<count>[2-9]|two|three|four|five|six|seven)"

/* "Two more days" is one more day, twice. */
static guint
take_count (char **text)
{
  static const char * const phrases[][2] = {
    { "\\b" COUNT "\\s+(?:more|extra|additional|further)\\s+days\\b", "one more day" },
    { "\\b" COUNT "\\s+(?:fewer|less)\\s+days\\b", "one day less" },
    { "\\b" COUNT "\\s+days\\s+(more|longer|extra|less|fewer|shorter)\\b", "one day \\2" },
    { "\\bby\\s+" COUNT "\\s+days\\b", "by a day" },
    { "\\badd\\s+" COUNT "\\s+days\\b(?!\\s*(?:trip|tour))", "add a day" },
    { "\\b(?:remove|drop|cut)\\s+" COUNT "\\s+days\\b", "drop a day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (phrases[i][0], 0, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *count = NULL;
      char *rest;

      if (!g_regex_match (regex, *text, 0, &match))
        continue;
      count = g_match_info_fetch_named (match, "count");
      rest = replace (*text, phrases[i][0], phrases[i][1]);
      g_free (*text);
      *text = rest;
      return g_ascii_isdigit (*count) ? (guint) (*count - '0')
                                      : (guint) find_word (count, cardinals, G_N_ELEMENTS (cardinals)) + 1;
    }
  return 1;
}

/* "Before 10" and "between 2 and 4" leave the time open within bounds. */
static void
read_bounds (TripPlanChange *self,
             GRegex         *regex,
             GMatchInfo     *match)
{
  if (has_group (regex, match, "until"))
    {
      g_autofree char *until = fetch (regex, match, "until");

      self->earliest = self->minute;
      self->latest = read_time (until, TRIP_PLAN_CHANGE_TIME);
      if (self->earliest > self->latest && self->earliest >= 12 * 60)
        self->earliest -= 12 * 60;
    }
  else if (self->ahead)
    self->latest = self->minute;
  else if (has_group (regex, match, "behind"))
    self->earliest = self->minute;
  if (self->earliest >= 0 || self->latest >= 0)
    self->minute = -1;
}

static gboolean
try_pattern (TripPlanChange *self,
             gsize           index,
             guint           n_days,
             const char     *text)
{
  GRegex *regex = get_regex (index);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *time = NULL;
  g_autofree char *part = NULL;
  guint days = patterns[index].days;

  if ((days == ONE_DAY && n_days == 0) || (days == TWO_DAYS && n_days < 2) || (days == NO_DAY && n_days > 0) ||
      !g_regex_match (regex, text, 0, &match))
    return FALSE;
  self->kind = patterns[index].kind;
  self->subject = fetch_subject (regex, match, "subject");
  self->object = fetch_subject (regex, match, "object");
  part = fetch (regex, match, "part");
  self->part = read_part (part);
  time = fetch (regex, match, "time");
  if (time != NULL && *time != '\0')
    self->minute = read_time (time, self->kind);
  if (has_group (regex, match, "length"))
    {
      g_autofree char *length = fetch (regex, match, "length");

      self->length = read_length (length);
    }
  self->next_to = has_group (regex, match, "next");
  self->coffee = has_group (regex, match, "coffee");
  self->ahead = has_group (regex, match, "ahead");
  if (self->kind == TRIP_PLAN_CHANGE_TIME && self->minute >= 0)
    read_bounds (self, regex, match);
  return TRUE;
}

static void
settle (TripPlanChange *self)
{
  /* "Replace it with something else" leaves the choice to us. */
  if (self->object != NULL && contains (self->object, "^(?:(?:something|anything|some\\w*) ?(?:else|different|new|similar)?|"
                                                      "(?:another|other|a? ?different|a? ?new)(?: one| place| sight| hotel|"
                                                      " restaurant)?|alternatives?)$"))
    g_clear_pointer (&self->object, g_free);
  if ((self->kind == TRIP_PLAN_CHANGE_START || self->kind == TRIP_PLAN_CHANGE_END) && self->minute < 0)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
  if (self->length == 0 || self->length > MOST_MINUTES)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
  if (self->kind == TRIP_PLAN_CHANGE_MOVE && self->day == TRIP_PLAN_EVERY_DAY)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
  if (self->kind == TRIP_PLAN_CHANGE_TIME && self->minute < 0 && self->part == TRIP_DAY_PART_NONE && self->earliest < 0 &&
      self->latest < 0)
    self->kind = TRIP_PLAN_CHANGE_UNKNOWN;
}

/**
 * trip_plan_change_read:
 * @words: what the traveller wants changed; only so many are read as one change takes
 *
 * Reads a change. Any thread.
 *
 * Returns: (transfer full): the change; of kind %TRIP_PLAN_CHANGE_UNKNOWN where the words say nothing we can do
 */
TripPlanChange *
trip_plan_change_read (const char *words)
{
  TripPlanChange *self = g_new0 (TripPlanChange, 1);
  g_autofree char *text = make_ready (words);
  g_autofree char *spaced = NULL;
  g_autofree char *plain = NULL;
  guint n_days;

  self->option = TRIP_PLAN_EVERY_OPTION;
  self->day = TRIP_PLAN_EVERY_DAY;
  self->other_day = TRIP_PLAN_EVERY_DAY;
  self->minute = self->earliest = self->latest = self->length = -1;
  self->count = take_count (&text);
  n_days = take_numbers (&text, "day", &self->day, &self->other_day);
  /* A night is that of its day, where it is a bed that is spoken of. */
  if (n_days == 0 && (contains (text, "\\b" LODGING "\\b") || contains (text, "\\b(?:stay|sleep)\\b")))
    n_days = take_numbers (&text, "night", &self->day, &self->other_day);
  for (gsize i = 0; i < G_N_ELEMENTS (nouns) && !self->names_option; i++)
    self->names_option = take_numbers (&text, nouns[i], &self->option, NULL) > 0;
  self->names_option = self->names_option ||
                       contains (text, "\\b(?:options?|plans?|alternatives?|versions?|itinerar\\w+|suggestions?|"
                                       "proposals?|another one|one more|others?|else)\\b");
  self->rest = strip_articles (text);
  /* What was taken out leaves its spaces. */
  spaced = replace (text, "\\s+", " ");
  plain = replace (spaced, "^\\s*(?:(?:please|can you|could you|would you|can we|could we|let'?s|lets|and|"
                         "then|also|just|ok(?:ay)?|"
                         "i'?d like to|i would like to|i want to|we want to|we'?d like to|maybe|actually)[\\s,]+)+|"
                         "[\\s,.!?]+(?:please|thanks|thank you)?[\\s.!?]*$", "");
  g_strstrip (plain);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      if (try_pattern (self, i, n_days, plain))
        break;
    }
  settle (self);
  return self;
}

/**
 * trip_plan_change_free:
 * @self: (transfer full): a change
 *
 * Frees it.
 */
void
trip_plan_change_free (TripPlanChange *self)
{
  g_free (self->subject);
  g_free (self->object);
  g_free (self->rest);
  g_free (self);
}
