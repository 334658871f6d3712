/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads instances of the team orienteering problem with time windows in KU Leuven's format, and checks routes against what
 * the file says; shares nothing with the solver.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ToptwPoint:
 * @number: its number in the file; 0 is the depot
 * @x: coordinate
 * @y: coordinate
 * @service: visiting time
 * @score: score
 * @opens: earliest start of the visit
 * @closes: latest start; of the depot, latest return
 *
 * A point, all numbers as in the file.
 */
typedef struct {
  gint number;
  gdouble x;
  gdouble y;
  gdouble service;
  gdouble score;
  gdouble opens;
  gdouble closes;
} ToptwPoint;

/**
 * ToptwInstance:
 * @name: the file's name without its ending
 * @points: (element-type ToptwPoint): the points, the depot first
 * @scale: times are whole numbers of 1 / @scale: 10, or 100 for the files whose names begin with pr
 *
 * An instance.
 */
typedef struct {
  char *name;
  GArray *points;
  gint scale;
} ToptwInstance;

ToptwInstance *toptw_instance_read  (const char           *path,
                                     GError              **error);
void           toptw_instance_free  (ToptwInstance        *self);
gint           toptw_instance_way   (const ToptwInstance  *self,
                                     guint                 from,
                                     guint                 to);
gboolean       toptw_instance_check (const ToptwInstance  *self,
                                     GPtrArray            *routes,
                                     gint                  n_tours,
                                     gdouble               score,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToptwInstance, toptw_instance_free)

G_END_DECLS
