/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the hub keeps of jobs, and what not.
 */
#include "relay/trip-job-hub.h"
#include "trip-canned-provider.h"

enum {
  MEMORY_BYTES = 4096,
  JOBS_AT_MOST = 1000,
};

static const char answer[] =
  "{\"intents\":[{\"intent\":\"Points_Of_Interest\",\"action\":\"add\",\"value\":\"Tokyo\"}],"
  "\"pois\":[{\"name\":\"Tokyo\",\"description\":\"A city.\",\"poi_type\":\"tourist_destination\","
  "\"geo_coordinate\":{\"lat\":35.7,\"lng\":139.7}}],\"requirements\":[],\"plan\":[]}";

typedef struct {
  TripOrchestrator *orchestrator;
  TripJobHub *hub;
  TripRequest *request;
  GBytes *text;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GBytes) canned = g_bytes_new_static (answer, sizeof answer - 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripCannedProvider) provider = trip_canned_provider_new (canned, &error);

  g_assert_no_error (error);
  fixture->orchestrator = trip_orchestrator_new (TRIP_INTERPRETER (provider), TRIP_PLACE_SOURCE (provider),
                                                 TRIP_PLANNER (provider));
  fixture->hub = trip_job_hub_new (fixture->orchestrator, NULL, MEMORY_BYTES, 3600, 60);
  fixture->text = g_bytes_new_static ("{\"message\":\"Tokyo\"}", 19);
  fixture->request = trip_request_parse (fixture->text, 1024, 1024, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->hub);
  g_object_unref (fixture->orchestrator);
  trip_request_unref (fixture->request);
  g_bytes_unref (fixture->text);
}

static void
ignore (gpointer user_data)
{
}

/* A reader of a job that has ended; %NULL where the hub takes no more. */
static TripJournalReader *
read_ended (Fixture  *fixture,
            GError  **error)
{
  g_autoptr(TripJobJournal) journal = trip_job_hub_start (fixture->hub,
                                                          &(TripJobWish) { fixture->request, fixture->text, "", -1, 0 }, error);
  TripJournalReader *reader;

  if (journal == NULL)
    return NULL;
  reader = trip_journal_reader_new (journal, 0, ignore, NULL);
  while (!trip_job_journal_is_ended (journal))
    g_main_context_iteration (NULL, TRUE);
  return reader;
}

static void
test_unread_answers_are_bounded (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(GPtrArray) readers = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_journal_reader_free);
  g_autoptr(GError) error = NULL;
  TripJournalReader *reader;
  gsize bytes = 0;

  while (readers->len < JOBS_AT_MOST && (reader = read_ended (fixture, &error)) != NULL)
    {
      bytes += trip_job_journal_get_n_bytes (trip_journal_reader_get_journal (reader));
      g_ptr_array_add (readers, reader);
    }
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_BUSY);
  g_assert_cmpuint (bytes, >, MEMORY_BYTES);
  g_assert_cmpuint (bytes, <, 4 * MEMORY_BYTES);
  g_clear_error (&error);

  /* Nothing is lost of what readers have, and once they leave there is room again. */
  for (guint i = 0; i < readers->len; i++)
    g_assert_nonnull (trip_journal_reader_peek (g_ptr_array_index (readers, i)));
  g_ptr_array_set_size (readers, 0);
  reader = read_ended (fixture, &error);
  g_assert_no_error (error);
  trip_journal_reader_free (reader);
}

static void
test_ended_jobs_make_room (Fixture       *fixture,
                           gconstpointer  data)
{
  for (guint i = 0; i < JOBS_AT_MOST; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TripJournalReader) reader = read_ended (fixture, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (trip_job_hub_get_n_running (fixture->hub), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/job-hub/unread-answers-are-bounded", Fixture, NULL, set_up, test_unread_answers_are_bounded, tear_down);
  g_test_add ("/job-hub/ended-jobs-make-room", Fixture, NULL, set_up, test_ended_jobs_make_room, tear_down);
  return g_test_run ();
}
