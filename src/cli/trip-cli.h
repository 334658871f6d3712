/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the subcommands of tripctl share: exit statuses, reading input, and text that is safe to show.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripCliStatus:
 * @TRIP_CLI_OK: all went well
 * @TRIP_CLI_FAILED: the request failed, or the check found something
 * @TRIP_CLI_USAGE: the command line or the input is wrong
 * @TRIP_CLI_UNREACHABLE: the service cannot be reached
 *
 * Exit statuses of tripctl.
 */
typedef enum {
  TRIP_CLI_OK = 0,
  TRIP_CLI_FAILED = 1,
  TRIP_CLI_USAGE = 2,
  TRIP_CLI_UNREACHABLE = 3,
} TripCliStatus;

GBytes        *trip_cli_read_file     (const char  *path,
                                       GError     **error);
gboolean       trip_cli_read_today    (const char  *text,
                                       GDate       *out_today,
                                       GError     **error);
char          *trip_cli_clean         (const char  *text);
void           trip_cli_complain      (const char  *about,
                                       const char  *message);

TripCliStatus  trip_cli_plan          (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_interpret     (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_check         (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_gazetteer     (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_about         (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_draw          (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_hours         (int          argc,
                                        char       **argv);
TripCliStatus  trip_cli_import        (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_atlas         (int          argc,
                                       char       **argv);
TripCliStatus  trip_cli_token         (int          argc,
                                       char       **argv);
gboolean       trip_cli_draw_svg      (GBytes      *text,
                                       const char  *path,
                                       GError     **error);

G_END_DECLS
