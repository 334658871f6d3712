/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tripctl import: files into the place database, with a bar that shows how far it is.
 */
#include "cli/trip-cli.h"

#include "providers/places/trip-place-import.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR_WIDTH 32
#define REDRAW_MS 100

/* Without a terminal a line a tenth of the way is enough for a log. */
#define PLAIN_STEPS 10

typedef struct {
  char *atlas;
  char *region;
  char *attribution;
  gboolean quiet;
  const char * const *files;
  GMainLoop *loop;
  GMutex lock;
  char *file;
  gdouble fraction;
  gint last_step;
  gboolean is_terminal;
  GPtrArray *imported;
  GError *error;
} Session;

static void
on_progress (const char *file,
             gdouble     fraction,
             gpointer    user_data)
{
  Session *self = user_data;

  g_mutex_lock (&self->lock);
  if (g_strcmp0 (self->file, file) != 0)
    {
      g_free (self->file);
      self->file = g_strdup (file);
    }
  self->fraction = fraction;
  g_mutex_unlock (&self->lock);
}

static gboolean
redraw (gpointer user_data)
{
  Session *self = user_data;
  g_autofree char *file = NULL;
  gdouble fraction;
  gint step;

  g_mutex_lock (&self->lock);
  file = g_strdup (self->file);
  fraction = self->fraction;
  g_mutex_unlock (&self->lock);
  if (file == NULL || self->quiet)
    return G_SOURCE_CONTINUE;
  step = (gint) (fraction * (self->is_terminal ? BAR_WIDTH : PLAIN_STEPS));
  if (self->is_terminal)
    {
      fprintf (stderr, "\r\033[K[%.*s%*s] %3.0f %%  %s", step, "################################", BAR_WIDTH - step, "",
               fraction * 100, file);
      fflush (stderr);
    }
  else if (step > self->last_step)
    {
      fprintf (stderr, "%3.0f %%  %s\n", fraction * 100, file);
    }
  self->last_step = step;
  return G_SOURCE_CONTINUE;
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Session *self = data;
  GError *error = NULL;
  g_autofree char *path = trip_place_db_dup_path (self->atlas);
  g_autoptr(TripPlaceDb) db = trip_place_db_create (path, &error);
  GPtrArray *imported = NULL;

  if (db != NULL)
    imported = trip_place_import (db, self->files, self->region, self->attribution, on_progress, self, cancellable, &error);
  if (imported != NULL)
    g_task_return_pointer (task, imported, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
import_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Session *self = user_data;

  self->imported = g_task_propagate_pointer (G_TASK (result), &self->error);
  g_main_loop_quit (self->loop);
}

static gboolean
on_interrupt (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static TripCliStatus
report (Session *self)
{
  if (self->error != NULL && g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fprintf (stderr, "tripctl: %s\n", _("Stopped; nothing was changed."));
      return TRIP_CLI_FAILED;
    }
  if (self->error != NULL)
    {
      fprintf (stderr, "tripctl: %s\n%s\n", self->error->message, _("Nothing was changed."));
      return TRIP_CLI_FAILED;
    }
  for (guint i = 0; i < self->imported->len && !self->quiet; i++)
    {
      const TripPlaceImported *one = g_ptr_array_index (self->imported, i);
      const TripPlaceChanges *changes = &one->changes;

      printf (_("%s: %u places (%u new, %u changed, %u gone)\n"), one->region,
              changes->added + changes->changed + changes->same, changes->added, changes->changed, changes->gone);
    }
  return TRIP_CLI_OK;
}

static TripCliStatus
run (Session *self)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, import_done_cb, self);
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, cancellable);
  guint timer = g_timeout_add (REDRAW_MS, redraw, self);
  TripCliStatus status;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->is_terminal = isatty (STDERR_FILENO);
  g_mutex_init (&self->lock);
  g_task_set_name (task, "tripctl-import");
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, import_thread);
  g_main_loop_run (self->loop);
  if (self->is_terminal && !self->quiet)
    fprintf (stderr, "\r\033[K");
  status = report (self);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_source_remove (timer);
  g_main_loop_unref (self->loop);
  g_mutex_clear (&self->lock);
  return status;
}

/**
 * trip_cli_import:
 * @argc: number of arguments
 * @argv: arguments, the first is `import`
 *
 * Returns: the exit status
 */
TripCliStatus
trip_cli_import (int    argc,
                 char **argv)
{
  Session self = { 0 };
  const GOptionEntry entries[] = {
    { "region", 'r', 0, G_OPTION_ARG_STRING, &self.region,
      N_("What to call the region of all the files (without it each file is a region called like the file)"), N_("NAME") },
    { "atlas", 'a', 0, G_OPTION_ARG_FILENAME, &self.atlas, N_("The database, instead of your own"), N_("FILE") },
    { "attribution", 0, 0, G_OPTION_ARG_STRING, &self.attribution, N_("The credit for places of GeoJSON and CSV files"),
      N_("TEXT") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self.quiet, N_("Say nothing unless something is wrong"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("FILE…"));
  g_autoptr(GError) error = NULL;
  TripCliStatus status = TRIP_CLI_USAGE;

  g_option_context_set_summary (context, _("Reads places out of OpenStreetMap extracts (.osm.pbf, .osm, .osm.gz), and your own "
                                           "out of GeoJSON and CSV files."));
  g_option_context_set_description (context, _("All files or, where one is broken, none. To bring a region up to date import "
                                               "it again. See doc/importing.md.\n"
                                               "Exit status: 0 imported, 1 nothing was changed, 2 wrong usage."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "tripctl: %s\n", error->message);
    }
  else if (argc < 2)
    {
      fprintf (stderr, "tripctl: %s\n", _("Name a file: tripctl import monaco-latest.osm.pbf"));
    }
  else
    {
      self.files = (const char * const *) argv + 1;
      status = run (&self);
    }
  g_free (self.atlas);
  g_free (self.region);
  g_free (self.attribution);
  g_free (self.file);
  g_clear_pointer (&self.imported, g_ptr_array_unref);
  g_clear_error (&self.error);
  return status;
}
