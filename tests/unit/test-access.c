/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Secrets, tickets and rates, with a clock of the tests' own; tokens between two stores on one file.
 */
#include "access/trip-rate-limiter.h"
#include "access/trip-secret.h"
#include "access/trip-ticket-box.h"
#include "access/trip-token-store.h"
#include "trip/model/trip-error.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_secrets_differ (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *secret = trip_secret_new ("x_");

      g_assert_cmpuint (strlen (secret), ==, 2 + 43);
      g_assert_cmpuint (strspn (secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==,
                        strlen (secret));
      g_assert_true (g_hash_table_add (seen, secret));
    }
}

static char *
redeem (TripTicketBox     *box,
        const char        *ticket,
        const char        *origin,
        gint64             now_us,
        TripTicketVerdict  expected)
{
  char *principal;

  g_assert_cmpint (trip_ticket_box_redeem (box, ticket, origin, now_us, &principal), ==, expected);
  g_assert_true ((principal != NULL) == (expected == TRIP_TICKET_VALID));
  return principal;
}

static void
test_ticket_is_used_once (void)
{
  TripTicketBox *box = trip_ticket_box_new ();
  char *ticket = trip_ticket_box_issue (box, "me", NULL, 0);
  g_autofree char *principal = redeem (box, ticket, "http://localhost", 1, TRIP_TICKET_VALID);

  g_assert_cmpstr (principal, ==, "me");
  redeem (box, ticket, NULL, 2, TRIP_TICKET_UNKNOWN);
  redeem (box, "", NULL, 2, TRIP_TICKET_UNKNOWN);
  trip_secret_free (ticket);
  trip_ticket_box_free (box);
}

static void
test_ticket_expires (void)
{
  const gint64 life = TRIP_TICKET_LIFE_S * G_USEC_PER_SEC;
  TripTicketBox *box = trip_ticket_box_new ();
  char *early = trip_ticket_box_issue (box, "me", NULL, 0);
  char *late = trip_ticket_box_issue (box, "me", NULL, 1);

  redeem (box, early, NULL, life, TRIP_TICKET_UNKNOWN);
  g_free (redeem (box, late, NULL, life, TRIP_TICKET_VALID));
  trip_secret_free (early);
  trip_secret_free (late);
  trip_ticket_box_free (box);
}

static void
test_ticket_is_for_its_page (void)
{
  TripTicketBox *box = trip_ticket_box_new ();
  char *ticket = trip_ticket_box_issue (box, "me", "http://localhost:3000", 0);

  redeem (box, ticket, "http://localhost:4000", 1, TRIP_TICKET_FOREIGN);
  redeem (box, ticket, "http://localhost:3000", 1, TRIP_TICKET_UNKNOWN);
  trip_secret_free (ticket);
  ticket = trip_ticket_box_issue (box, "me", "http://localhost:3000", 0);
  redeem (box, ticket, NULL, 1, TRIP_TICKET_FOREIGN);
  trip_secret_free (ticket);
  trip_ticket_box_free (box);
}

static void
test_tickets_are_bounded (void)
{
  TripTicketBox *box = trip_ticket_box_new ();
  guint n = 0;

  for (guint i = 0; i < 17; i++)
    {
      char *ticket = trip_ticket_box_issue (box, "greedy", NULL, 0);

      n += ticket != NULL;
      trip_secret_free (ticket);
    }
  g_assert_cmpuint (n, ==, 16);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *principal = g_strdup_printf ("p%u", i);
      char *ticket = trip_ticket_box_issue (box, principal, NULL, 0);

      n += ticket != NULL;
      trip_secret_free (ticket);
    }
  g_assert_cmpuint (n, ==, 1024);
  trip_ticket_box_free (box);
}

static void
test_rate (void)
{
  TripRateLimiter *limiter = trip_rate_limiter_new (2, 3);
  guint retry_after_ms;

  for (guint i = 0; i < 3; i++)
    g_assert_true (trip_rate_limiter_take (limiter, "a", 1000, &retry_after_ms));
  g_assert_false (trip_rate_limiter_take (limiter, "a", 1000, &retry_after_ms));
  g_assert_cmpuint (retry_after_ms, ==, 500);
  g_assert_true (trip_rate_limiter_take (limiter, "b", 1000, &retry_after_ms));
  g_assert_false (trip_rate_limiter_take (limiter, "a", 400 * 1000, &retry_after_ms));
  g_assert_true (trip_rate_limiter_take (limiter, "a", 502 * 1000, &retry_after_ms));
  /* However long it was silent, no more than the burst. */
  for (guint i = 0; i < 3; i++)
    g_assert_true (trip_rate_limiter_take (limiter, "a", 3600 * (gint64) G_USEC_PER_SEC, &retry_after_ms));
  g_assert_false (trip_rate_limiter_take (limiter, "a", 3600 * (gint64) G_USEC_PER_SEC, &retry_after_ms));
  trip_rate_limiter_free (limiter);
}

static void
test_rate_without_limit (void)
{
  TripRateLimiter *limiter = trip_rate_limiter_new (0, 0);
  guint retry_after_ms;

  for (guint i = 0; i < 10000; i++)
    g_assert_true (trip_rate_limiter_take (limiter, "a", 0, &retry_after_ms));
  trip_rate_limiter_free (limiter);
}

static void
test_rate_of_many_keys (void)
{
  TripRateLimiter *limiter = trip_rate_limiter_new (0.001, 1);
  guint retry_after_ms;

  /* Names by the thousand push nobody's bucket out who asks all the time. */
  g_assert_true (trip_rate_limiter_take (limiter, "busy", 0, &retry_after_ms));
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);

      g_assert_true (trip_rate_limiter_take (limiter, key, i, &retry_after_ms));
      g_assert_false (trip_rate_limiter_take (limiter, "busy", i, &retry_after_ms));
    }
  trip_rate_limiter_free (limiter);
}

static void
test_two_stores_on_one_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "tokens", "tokens.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripTokenStore) daemon = trip_token_store_open (path, &error);
  g_autoptr(TripTokenStore) tool = trip_token_store_open (path, &error);
  char *secret;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  g_assert_no_error (error);
  secret = trip_token_store_create (tool, "phone", &error);
  g_assert_no_error (error);
  id = trip_token_store_verify (daemon, secret);
  g_assert_nonnull (id);
  g_assert_true (trip_token_store_has_id (daemon, id));
  name = trip_token_store_revoke (tool, id, &error);
  g_assert_cmpstr (name, ==, "phone");
  g_assert_null (trip_token_store_verify (daemon, secret));
  g_assert_false (trip_token_store_has_id (daemon, id));
  trip_secret_free (secret);
}

static void
test_garbage_is_no_token (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "garbage", "tokens.json", NULL);
  g_autoptr(TripTokenStore) store = trip_token_store_open (path, NULL);
  char *secret = trip_token_store_create (store, "phone", NULL);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autofree char *longer = g_strconcat (secret, "x", NULL);
  const char *garbage[] = { "", "\xff\xfe", "tripd_", large, longer, secret + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    g_assert_null (trip_token_store_verify (store, garbage[i]));
  trip_secret_free (secret);
}

static void
test_too_many_tokens (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "many", "tokens.json", NULL);
  g_autoptr(TripTokenStore) store = trip_token_store_open (path, NULL);
  g_autoptr(GError) error = NULL;
  char *secret = NULL;

  for (guint i = 0; i < 256; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      secret = trip_token_store_create (store, name, &error);
      g_assert_no_error (error);
      trip_secret_free (secret);
    }
  g_assert_null (trip_token_store_create (store, "one more", &error));
  g_assert_error (error, TRIP_ERROR, TRIP_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/access/secrets-differ", test_secrets_differ);
  g_test_add_func ("/access/ticket-is-used-once", test_ticket_is_used_once);
  g_test_add_func ("/access/ticket-expires", test_ticket_expires);
  g_test_add_func ("/access/ticket-is-for-its-page", test_ticket_is_for_its_page);
  g_test_add_func ("/access/tickets-are-bounded", test_tickets_are_bounded);
  g_test_add_func ("/access/rate", test_rate);
  g_test_add_func ("/access/rate-without-limit", test_rate_without_limit);
  g_test_add_func ("/access/rate-of-many-keys", test_rate_of_many_keys);
  g_test_add_func ("/access/two-stores-on-one-file", test_two_stores_on_one_file);
  g_test_add_func ("/access/garbage-is-no-token", test_garbage_is_no_token);
  g_test_add_func ("/access/too-many-tokens", test_too_many_tokens);
  return g_test_run ();
}
