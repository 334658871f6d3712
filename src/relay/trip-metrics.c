/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Counters fed, when a job ends, by what it said; one line of the journal for each.
 */
#include "relay/trip-metrics.h"

#include "trip/json/trip-json-builder.h"
#include "trip/model/trip-error.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define N_KINDS (TRIP_EVENT_CANCELLED + 1)

/* Upper bounds of the buckets of durations, seconds. */
static const gdouble bounds[] = { 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30 };

typedef struct {
  guint64 buckets[G_N_ELEMENTS (bounds)];
  guint64 n;
  gdouble sum;
} Histogram;

struct _TripMetrics {
  GObject parent_instance;

  TripOrchestrator *orchestrator;
  guint64 events[N_KINDS];
  Histogram stages[N_KINDS];
  Histogram jobs;
  gint64 started_us;
};

G_DEFINE_FINAL_TYPE (TripMetrics, trip_metrics, G_TYPE_OBJECT)

static void
observe (Histogram *histogram,
         gint64     microseconds)
{
  gdouble seconds = (gdouble) MAX (microseconds, 0) / G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    histogram->buckets[i] += seconds <= bounds[i];
  histogram->n++;
  histogram->sum += seconds;
}

static gboolean
is_stage (TripEventKind kind)
{
  return kind == TRIP_EVENT_INTENTS || kind == TRIP_EVENT_POIS || kind == TRIP_EVENT_REQUIREMENTS || kind == TRIP_EVENT_PLAN;
}

/* A wish that cannot be granted is not. */
static gboolean
is_our_failure (const GError *error)
{
  return error != NULL && (error->code == TRIP_ERROR_INTERNAL || error->code == TRIP_ERROR_PROVIDER_TIMEOUT ||
                           error->code == TRIP_ERROR_PROVIDER_UNAVAILABLE);
}

/* One entry of the journal a job, with fields to filter by; never what the traveller wrote. */
static void
log_end (TripJob         *job,
         const TripEvent *event,
         gint64           microseconds)
{
  const char *code = event->error != NULL ? trip_error_code_to_string ((TripError) event->error->code) : "";
  GLogLevelFlags level = is_our_failure (event->error) ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_INFO;
  g_autofree char *n_events = NULL;
  g_autofree char *usec = NULL;

  if (g_log_writer_default_would_drop (level, G_LOG_DOMAIN))
    return;
  n_events = g_strdup_printf ("%" G_GUINT64_FORMAT, event->seq);
  usec = g_strdup_printf ("%" G_GINT64_FORMAT, microseconds);
  g_log_structured (G_LOG_DOMAIN, level,
                    "TRIP_JOB_ID", trip_job_get_id (job),
                    "TRIP_JOB_STATE", trip_event_kind_to_string (event->kind),
                    "TRIP_JOB_EVENTS", n_events,
                    "TRIP_JOB_USEC", usec,
                    "TRIP_ERROR_CODE", code,
                    "MESSAGE", "job %s: %s%s%s, %s events, %.1f ms", trip_job_get_id (job),
                    trip_event_kind_to_string (event->kind), *code != '\0' ? " " : "", code, n_events,
                    (gdouble) microseconds / 1000);
}

/* Counting at the end spares every event a handler and every job a place in a table. */
static void
count_job (TripMetrics *self,
           TripJob     *job)
{
  g_autoptr(GPtrArray) events = trip_job_dup_events (job, 0);
  const TripEvent *first = g_ptr_array_index (events, 0);
  const TripEvent *last = g_ptr_array_index (events, events->len - 1);
  gint64 stage_us = first->time_us;

  for (guint i = 0; i < events->len; i++)
    {
      const TripEvent *event = g_ptr_array_index (events, i);

      self->events[event->kind]++;
      if (!is_stage (event->kind))
        continue;
      observe (&self->stages[event->kind], event->time_us - stage_us);
      stage_us = event->time_us;
    }
  observe (&self->jobs, last->time_us - first->time_us);
  log_end (job, last, last->time_us - first->time_us);
}

static void
on_end (TripOrchestrator *orchestrator,
        TripJob          *job,
        gpointer          user_data)
{
  count_job (user_data, job);
}

static void
on_error (TripOrchestrator *orchestrator,
          TripJob          *job,
          const GError     *error,
          gpointer          user_data)
{
  count_job (user_data, job);
}

static void
trip_metrics_finalize (GObject *object)
{
  TripMetrics *self = TRIP_METRICS (object);

  g_object_unref (self->orchestrator);

  G_OBJECT_CLASS (trip_metrics_parent_class)->finalize (object);
}

static void
trip_metrics_class_init (TripMetricsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trip_metrics_finalize;
}

static void
trip_metrics_init (TripMetrics *self)
{
  self->started_us = g_get_monotonic_time ();
}

/**
 * trip_metrics_new:
 * @orchestrator: whose jobs to count
 *
 * Returns: (transfer full): counters at zero
 */
TripMetrics *
trip_metrics_new (TripOrchestrator *orchestrator)
{
  TripMetrics *self = g_object_new (TRIP_TYPE_METRICS, NULL);

  self->orchestrator = g_object_ref (orchestrator);
  g_signal_connect_object (orchestrator, "done", G_CALLBACK (on_end), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (orchestrator, "error", G_CALLBACK (on_error), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (orchestrator, "cancelled", G_CALLBACK (on_end), self, G_CONNECT_DEFAULT);
  return self;
}

/**
 * trip_metrics_get_uptime_s:
 * @self: counters
 *
 * Returns: how long they have counted, seconds
 */
gint64
trip_metrics_get_uptime_s (TripMetrics *self)
{
  return (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC;
}

static void
append_head (GString    *text,
             const char *name,
             const char *kind,
             const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void
append_number (GString *text,
               gdouble  value)
{
  g_autofree char *number = trip_json_format_double (value);

  g_string_append_printf (text, " %s\n", number);
}

/**
 * trip_metrics_append_one:
 * @text: where to
 * @name: name of a metric without labels
 * @kind: `counter` or `gauge`
 * @help: what it is
 * @value: its value
 *
 * Adds one metric.
 */
void
trip_metrics_append_one (GString    *text,
                         const char *name,
                         const char *kind,
                         const char *help,
                         gdouble     value)
{
  append_head (text, name, kind, help);
  g_string_append (text, name);
  append_number (text, value);
}

static void
append_histogram (GString         *text,
                  const char      *name,
                  const char      *label,
                  const Histogram *histogram)
{
  const char *comma = *label != '\0' ? "," : "";
  g_autofree char *braces = *label != '\0' ? g_strdup_printf ("{%s}", label) : g_strdup ("");

  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *bound = trip_json_format_double (bounds[i]);

      g_string_append_printf (text, "%s_bucket{%s%sle=\"%s\"} %" G_GUINT64_FORMAT "\n", name, label, comma, bound,
                              histogram->buckets[i]);
    }
  g_string_append_printf (text, "%s_bucket{%s%sle=\"+Inf\"} %" G_GUINT64_FORMAT "\n", name, label, comma, histogram->n);
  g_string_append_printf (text, "%s_sum%s", name, braces);
  append_number (text, histogram->sum);
  g_string_append_printf (text, "%s_count%s %" G_GUINT64_FORMAT "\n", name, braces, histogram->n);
}

static gdouble
read_resident_bytes (void)
{
  g_autofree char *statm = NULL;
  gulong pages = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL) && sscanf (statm, "%lu %lu", &pages, &resident) == 2)
    return (gdouble) resident * (gdouble) sysconf (_SC_PAGESIZE);
  return 0;
}

/**
 * trip_metrics_append:
 * @self: counters
 * @text: where to
 *
 * Adds all that is counted here.
 */
void
trip_metrics_append (TripMetrics *self,
                     GString     *text)
{
  append_head (text, "tripd_events_total", "counter", "Events of jobs that have ended, by type.");
  for (guint i = 0; i < N_KINDS; i++)
    g_string_append_printf (text, "tripd_events_total{type=\"%s\"} %" G_GUINT64_FORMAT "\n", trip_event_kind_to_string (i),
                            self->events[i]);
  append_head (text, "tripd_stage_seconds", "histogram", "Time from one stage of a job to the next.");
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_autofree char *label = g_strdup_printf ("stage=\"%s\"", trip_event_kind_to_string (i));

      if (is_stage (i))
        append_histogram (text, "tripd_stage_seconds", label, &self->stages[i]);
    }
  append_head (text, "tripd_job_seconds", "histogram", "Time from the first event of a job to its last.");
  append_histogram (text, "tripd_job_seconds", "", &self->jobs);
  trip_metrics_append_one (text, "tripd_jobs_alive", "gauge", "Jobs that have not ended.",
                           trip_orchestrator_get_n_jobs (self->orchestrator));
  trip_metrics_append_one (text, "process_resident_memory_bytes", "gauge", "Resident memory.", read_resident_bytes ());
}
