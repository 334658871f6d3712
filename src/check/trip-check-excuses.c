/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How much what was asked for weighs, and what the notes of an option own up to: an honest failure to meet a mere wish is
 * no fault. Which faults there are is not known here.
 */
#include "check/trip-check-private.h"

#include "language/trip-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A sentence of the notes names this many places, and counts the rest. */
#define MOST_NAMED 4

/*< private >
 * trip_check_notes_say:
 * @self: a run
 * @words: words as written
 *
 * Returns: whether the notes of the option have these words in a row, whatever their case and accents
 */
gboolean
trip_check_notes_say (const TripCheck *self,
                      const char      *words)
{
  g_autofree char *folded = trip_text_fold (words);

  return *folded != '\0' && trip_text_contains_word (self->notes, folded);
}

/* Numbers, and what stands between them in a list of days: "days 1, 2 and 4". */
static gboolean
is_of_list (const char *word)
{
  return g_ascii_isdigit (*word) || strcmp (word, "and") == 0 || strcmp (word, "to") == 0;
}

/*< private >
 * trip_check_read_told_days:
 * @self: a run, with the notes of an option
 *
 * Other numbers than those of days, of a party or a price, tell of none.
 *
 * Returns: (transfer full) (element-type uint): the numbers of the days that the notes name
 */
GHashTable *
trip_check_read_told_days (const TripCheck *self)
{
  GHashTable *told = g_hash_table_new (NULL, NULL);
  g_autofree char *one = trip_text_fold (_("day"));
  g_autofree char *many = trip_text_fold (_("days"));
  g_auto(GStrv) words = g_strsplit (self->notes, " ", -1);
  gboolean is_list = FALSE;

  for (char **word = words; *word != NULL; word++)
    {
      if (is_list && g_ascii_isdigit (**word))
        g_hash_table_add (told, GUINT_TO_POINTER ((guint) MIN (g_ascii_strtoull (*word, NULL, 10), G_MAXUINT)));
      is_list = strcmp (*word, "day") == 0 || strcmp (*word, "days") == 0 || strcmp (*word, one) == 0 ||
                strcmp (*word, many) == 0 || (is_list && is_of_list (*word));
    }
  return told;
}

/*< private >
 * trip_check_notes_tell_day:
 * @self: a run
 * @day: index of a day
 *
 * Returns: whether the notes name the day by its number, counted from 1
 */
gboolean
trip_check_notes_tell_day (const TripCheck *self,
                           guint            day)
{
  return g_hash_table_contains (self->told_days, GUINT_TO_POINTER (day + 1));
}

/*< private >
 * trip_check_notes_name:
 * @self: a run
 * @pois: (element-type TripPoi): places
 *
 * Returns: whether the notes name them all, or the first few of many
 */
gboolean
trip_check_notes_name (const TripCheck *self,
                       GPtrArray       *pois)
{
  guint n = 0;

  for (guint i = 0; i < pois->len && n < MOST_NAMED; i++)
    n += trip_check_notes_say (self, ((const TripPoi *) g_ptr_array_index (pois, i))->name);
  return n >= MIN (pois->len, MOST_NAMED);
}

/*< private >
 * trip_check_is_excused:
 * @self: a run
 * @priority: the weight of a requirement
 * @phrase: its words
 *
 * Returns: whether it need not be kept: a mere wish that the notes own up to in its own words
 */
gboolean
trip_check_is_excused (const TripCheck *self,
                       TripPriority     priority,
                       const char      *phrase)
{
  return priority == TRIP_PRIORITY_PREFERRED && trip_check_notes_say (self, phrase);
}

static gboolean
is_about (const TripConstraints *meaning,
          TripCheckNoun          noun)
{
  switch (noun)
    {
    case TRIP_CHECK_NOUN_BUDGET:
      return meaning->budget > 0;
    case TRIP_CHECK_NOUN_LODGING_CHANGE:
      return meaning->lodging_change != TRIP_LODGING_CHANGE_UNSET;
    case TRIP_CHECK_NOUN_VISITS:
      return meaning->max_visits > 0;
    case TRIP_CHECK_NOUN_WALK:
      return meaning->max_walk_m > 0;
    case TRIP_CHECK_NOUN_WALKS_OF_DAY:
      return meaning->max_walk_day_m > 0;
    case TRIP_CHECK_NOUN_HOURS:
      return meaning->day_start >= 0 || meaning->day_end >= 0;
    case TRIP_CHECK_NOUN_TRANSPORT:
      return meaning->transport_avoid->len > 0 || meaning->transport_only->len > 0;
    case TRIP_CHECK_NOUN_DIET:
      return meaning->diets->len > 0;
    case TRIP_CHECK_N_NOUNS:
    default:
      return FALSE;
    }
}

/*< private >
 * trip_check_weigh:
 * @self: a run
 * @today: the day that relative dates count from
 *
 * Finds the last requirement about each noun, which is the one that counts. Each is read once for all options.
 */
void
trip_check_weigh (TripCheck   *self,
                  const GDate *today)
{
  for (guint i = 0; i < self->requirements->len; i++)
    {
      const TripRequirement *requirement = g_ptr_array_index (self->requirements, i);
      g_autoptr(TripConstraints) meaning = trip_constraints_new ();

      trip_constraints_add_phrase (meaning, requirement->description, requirement->priority, today);
      for (guint noun = 0; noun < TRIP_CHECK_N_NOUNS; noun++)
        {
          if (is_about (meaning, noun))
            self->asked[noun] = requirement;
        }
    }
}

/*< private >
 * trip_check_weight:
 * @self: a run
 * @noun: what was asked about
 *
 * Returns: the weight of the last requirement about it; a must-have where there is none
 */
TripPriority
trip_check_weight (const TripCheck *self,
                   TripCheckNoun    noun)
{
  return self->asked[noun] != NULL ? self->asked[noun]->priority : TRIP_PRIORITY_MUST_HAVE;
}

/*< private >
 * trip_check_is_given_up:
 * @self: a run
 * @noun: what was asked about
 * @words: (nullable): words that own up to it as well as its own do
 *
 * Returns: whether it is a mere wish that the notes own up to
 */
gboolean
trip_check_is_given_up (const TripCheck *self,
                        TripCheckNoun    noun,
                        const char      *words)
{
  const TripRequirement *requirement = self->asked[noun];

  return requirement != NULL && requirement->priority == TRIP_PRIORITY_PREFERRED &&
         (trip_check_notes_say (self, requirement->description) || (words != NULL && trip_check_notes_say (self, words)));
}
