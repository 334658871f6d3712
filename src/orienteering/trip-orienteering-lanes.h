/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The inner loop for plain problems (one window a node, no groups, roles or penalties), several nodes at a time. Knows
 * arrays of numbers only; compiled once for each instruction set.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nodes that are looked at together, a multiple of the lanes of every instruction set. */
#define TRIP_ORIENTEERING_BLOCK 16

/* What a node that fits nowhere costs. */
#define TRIP_ORIENTEERING_NOWHERE (1 << 28)

/* Costs are compared with the index of their arc in the low bits. */
#define TRIP_ORIENTEERING_ARC_BITS 8
#define TRIP_ORIENTEERING_MAX_PLAIN_TIME (1 << 20)

typedef struct {
  const gint32 *from;
  const gint32 *to;
  gint32 departure;
  gint32 deadline;
  gint32 offset;
} TripOrienteeringArc;

/* The best place of every node on one tour: what it costs, what it takes of a budget, and the vertex that it follows, or
 * for plain problems the arc, of which @arc_from is the vertex. */
typedef struct {
  gint32 *cost;
  gint32 *after;
  gint32 *arc_from;
  gfloat *gain;
  gint64 *spend;
  guint16 *blocks;
  guint n_blocks;
} TripOrienteeringRow;

/* The nodes: their windows and stays; and for each block the latest that any of its nodes closes and the earliest that a
 * stay at any of them can be over. */
typedef struct {
  const gint32 *from;
  const gint32 *to;
  const gint32 *service;
  const gint32 *last_close;
  const gint32 *first_over;
  guint n_blocks;
} TripOrienteeringColumns;

typedef guint (*TripOrienteeringEvaluateRow) (const TripOrienteeringColumns *columns,
                                             const TripOrienteeringArc     *arcs,
                                             guint                          n_arcs,
                                             gboolean                       by_delay,
                                             TripOrienteeringRow           *row);
typedef gint (*TripOrienteeringPickNode)    (const TripOrienteeringColumns *columns,
                                             const TripOrienteeringRow     *rows,
                                             guint                          n_rows,
                                             const gfloat                  *weights,
                                             gboolean                       by_delay);

guint trip_orienteering_evaluate_row_base (const TripOrienteeringColumns *columns,
                                          const TripOrienteeringArc     *arcs,
                                          guint                          n_arcs,
                                          gboolean                       by_delay,
                                          TripOrienteeringRow           *row);
gint trip_orienteering_pick_node_base    (const TripOrienteeringColumns *columns,
                                          const TripOrienteeringRow     *rows,
                                          guint                          n_rows,
                                          const gfloat                  *weights,
                                          gboolean                       by_delay);
guint trip_orienteering_evaluate_row_avx2 (const TripOrienteeringColumns *columns,
                                          const TripOrienteeringArc     *arcs,
                                          guint                          n_arcs,
                                          gboolean                       by_delay,
                                          TripOrienteeringRow           *row);
gint trip_orienteering_pick_node_avx2    (const TripOrienteeringColumns *columns,
                                          const TripOrienteeringRow     *rows,
                                          guint                          n_rows,
                                          const gfloat                  *weights,
                                          gboolean                       by_delay);

G_END_DECLS
