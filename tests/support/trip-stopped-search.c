/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes problems up, solves them in a thread, stops that and takes the time until it has returned: by the wall clock and by
 * the thread's own. Knows the solver by its interface only.
 */
#include "trip-stopped-search.h"

#include <math.h>
#include <pthread.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define DAY_MINUTES (12 * 60)

/* What the C library keeps of freed memory at most. */
#define KEPT_BYTES (128 * 1024)

/* One thread and when it is to stop: once @cancellable is cancelled, or else @time_us after @began. It searches, or without
 * @problem only looks whether it is time. */
typedef struct {
  const TripOrienteeringProblem *problem;
  GCancellable *cancellable;
  gint64 time_us;
  clockid_t clock;
  gint64 began;
  gint is_running;
  gint64 returned;
  gint64 ran_before_us;
  gint64 ran_us;
} Run;

/**
 * trip_made_up_problem_init:
 * @self: uninitialised
 * @n: nodes
 * @n_tours: tours
 * @kind: what it asks for
 *
 * Makes a problem up, the same one for the same arguments.
 */
void
trip_made_up_problem_init (TripMadeUpProblem *self,
                           guint              n,
                           guint              n_tours,
                           TripMadeUpKind     kind)
{
  gboolean is_plain = kind != TRIP_MADE_UP_GENERAL;
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autofree gdouble *x = g_new0 (gdouble, n + 1);
  g_autofree gdouble *y = g_new0 (gdouble, n + 1);
  guint n_windows = 0;

  self->nodes = g_new0 (TripOrienteeringNode, n);
  self->tours = g_new0 (TripOrienteeringTour, n_tours);
  self->windows = g_new0 (TripOrienteeringWindow, (gsize) n * n_tours * 2);
  self->first_window = g_new0 (guint, (gsize) n * n_tours + 1);
  self->travel = g_new0 (gint, (gsize) (n + 1) * (n + 1));
  for (guint i = 0; i <= n; i++)
    {
      x[i] = g_rand_double_range (rand, 0, 90);
      y[i] = g_rand_double_range (rand, 0, 90);
    }
  for (guint i = 0; i <= n; i++)
    {
      for (guint j = 0; j <= n; j++)
        self->travel[i * (n + 1) + j] =
            (gint) ceil (hypot (x[i] - x[j], y[i] - y[j])) + (kind == TRIP_MADE_UP_ONE_WAY && i < j ? 1 : 0);
    }
  for (guint i = 0; i < n; i++)
    {
      gint opens = g_rand_int_range (rand, 0, DAY_MINUTES / 2);

      self->nodes[i] = (TripOrienteeringNode){
        .location = (gint) i + 1,
        .service = g_rand_int_range (rand, 20, 90),
        .score = (gfloat) g_rand_int_range (rand, 1, 100),
        .group = is_plain ? -1 : (gint) (i / 2),
        .role = !is_plain && i % 10 == 0 ? 1 : 0,
        .mandatory = i % 97 == 1,
        .cost = i % 30,
      };
      for (guint t = 0; t < n_tours; t++)
        {
          self->first_window[i * n_tours + t] = n_windows;
          self->windows[n_windows++] = (TripOrienteeringWindow){ opens, opens + DAY_MINUTES / 4 };
          if (!is_plain)
            self->windows[n_windows++] = (TripOrienteeringWindow){ opens + DAY_MINUTES / 3, opens + DAY_MINUTES / 2 };
        }
    }
  self->first_window[n * n_tours] = n_windows;
  for (guint t = 0; t < n_tours; t++)
    self->tours[t] = (TripOrienteeringTour){ .end = DAY_MINUTES, .max_visits = G_MAXINT, .roles = is_plain ? 0 : 1 << 1 };
  self->problem = (TripOrienteeringProblem){
    .nodes = self->nodes,
    .n_nodes = n,
    .n_groups = is_plain ? 0 : n / 2 + 1,
    .tours = self->tours,
    .n_tours = n_tours,
    .n_locations = n + 1,
    .travel = self->travel,
    .idle_penalty = is_plain ? 0 : 0.1f,
    .windows = self->windows,
    .first_window = self->first_window,
    .budget = is_plain ? 0 : 100 * n_tours,
  };
}

/**
 * trip_made_up_problem_clear:
 * @self: a problem
 *
 * Frees what it points to.
 */
void
trip_made_up_problem_clear (TripMadeUpProblem *self)
{
  g_free (self->nodes);
  g_free (self->tours);
  g_free (self->windows);
  g_free (self->first_window);
  g_free (self->travel);
}

/**
 * trip_keep_no_freed_memory:
 *
 * Makes each search meet the memory of a first one: what it frees goes back to the kernel, and it gets no pages but new
 * ones. Has no effect but with the GNU C library.
 */
void
trip_keep_no_freed_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, KEPT_BYTES);
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
#endif
}

/* -1 for the clock of a thread that has ended. */
static gint64
clock_us (clockid_t clock)
{
  struct timespec time;

  if (clock_gettime (clock, &time) != 0)
    return -1;
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/**
 * trip_thread_time:
 *
 * Returns: for how long the calling thread has run, microseconds
 */
gint64
trip_thread_time (void)
{
  return clock_us (CLOCK_THREAD_CPUTIME_ID);
}

static gpointer
run (gpointer data)
{
  Run *self = data;
  TripOrienteeringLimits limits = { .seed = 1, .max_time_us = self->cancellable != NULL ? 60 * G_USEC_PER_SEC : self->time_us };
  TripOrienteeringSolution *solution = NULL;

  pthread_getcpuclockid (pthread_self (), &self->clock);
  self->ran_before_us = clock_us (self->clock);
  self->began = g_get_monotonic_time ();
  g_atomic_int_set (&self->is_running, TRUE);
  if (self->problem != NULL)
    solution = trip_orienteering_solve (self->problem, &limits, self->cancellable);
  else
    while (self->cancellable != NULL ? !g_cancellable_is_cancelled (self->cancellable)
                                     : g_get_monotonic_time () < self->began + self->time_us)
      ;
  self->returned = g_get_monotonic_time ();
  self->ran_us = clock_us (self->clock);
  g_clear_pointer (&solution, trip_orienteering_solution_free);
  return NULL;
}

/**
 * trip_stop_after:
 * @problem: (nullable): what a thread solves; without one it only looks whether it is to stop
 * @is_cancelled: whether it is cancelled, or else has a time limit
 * @time_us: when, microseconds after it began
 * @out_ran: (out): for how long it ran itself since it was to stop, microseconds: the rest of the time others ran. Of a
 *   deadline on a busy machine some may be missing
 *
 * Runs a search in a thread and stops it.
 *
 * Returns: how much later it returned, microseconds
 */
gint64
trip_stop_after (const TripOrienteeringProblem *problem,
                 gboolean                       is_cancelled,
                 gint64                         time_us,
                 gint64                        *out_ran)
{
  g_autoptr(GCancellable) cancellable = is_cancelled ? g_cancellable_new () : NULL;
  Run self = { .problem = problem, .cancellable = cancellable, .time_us = time_us };
  GThread *thread = g_thread_new ("run", run, &self);
  gint64 due, now, ran;

  while (!g_atomic_int_get (&self.is_running))
    g_thread_yield ();
  due = self.began + time_us;
  now = g_get_monotonic_time ();
  if (due > now)
    g_usleep ((gulong) (due - now));
  ran = clock_us (self.clock);
  now = g_get_monotonic_time ();
  if (is_cancelled)
    {
      due = now;
      g_cancellable_cancel (cancellable);
    }
  g_thread_join (thread);
  /* Whoever wakes after the deadline has missed some of that; but what it ran in all beyond its time was too long as well. */
  *out_ran = ran >= 0 ? self.ran_us - ran : 0;
  if (!is_cancelled)
    *out_ran = MAX (*out_ran, self.ran_us - self.ran_before_us - time_us);
  return MAX (self.returned - due, 0);
}
