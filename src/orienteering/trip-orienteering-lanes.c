/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Written with the compiler's vector types. Which lanes there are changes the speed only: all instruction sets give the
 * same numbers, and of equal ones the first.
 */
#include "orienteering/trip-orienteering-lanes.h"

#ifdef __AVX2__
#include <immintrin.h>
#define LANES 8
#define NAME(name) name##_avx2
#else
#define LANES 4
#define NAME(name) name##_base
#endif

typedef gint32 Ints __attribute__ ((vector_size (LANES * sizeof (gint32))));
typedef gfloat Floats __attribute__ ((vector_size (LANES * sizeof (gfloat))));

/* Vectors of a block, enough of them to keep the processor busy while one waits. */
#define GROUPS (TRIP_ORIENTEERING_BLOCK / LANES)

#define ALL(value) ((Ints){ 0 } + (value))
#define LOAD(pointer) (*(const Ints *) (const void *) (pointer))
#define STORE(pointer, value) (*(Ints *) (void *) (pointer) = (value))

#ifdef __AVX2__
#define MAX_OF(a, b) ((Ints) _mm256_max_epi32 ((__m256i) (a), (__m256i) (b)))
#define MIN_OF(a, b) ((Ints) _mm256_min_epi32 ((__m256i) (a), (__m256i) (b)))
#define CHOOSE(mask, a, b) ((Ints) _mm256_blendv_epi8 ((__m256i) (b), (__m256i) (a), (__m256i) (mask)))
#define IS_NONE(mask) (_mm256_testz_si256 ((__m256i) (mask), (__m256i) (mask)))
#else
#define CHOOSE(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define MAX_OF(a, b) CHOOSE ((a) > (b), (a), (b))
#define MIN_OF(a, b) CHOOSE ((a) < (b), (a), (b))
#define IS_NONE(mask) (((mask)[0] | (mask)[1] | (mask)[2] | (mask)[3]) == 0)
#endif

/*
 * @columns: the nodes: their windows and services
 * @arcs: pairs of neighbours of one tour in its order, between which nodes may come
 * @n_arcs: their number, below `1 << TRIP_ORIENTEERING_ARC_BITS`
 * @by_delay: a node costs the delay of the next stop, else the longer way
 * @row: takes the cheapest arc of each node of its blocks; blocks without any are dropped from it
 *
 * The test is that of P. Vansteenwegen et al., Computers & Operations Research 36 (2009) 3281-3290, with latest starts in
 * place of their slack. Departures and deadlines grow along a tour, so the arcs that a block's windows allow are
 * neighbours, and those of the next block are not far from them.
 *
 * Returns: how many pairs of a node and an arc were weighed
 */
guint
NAME (trip_orienteering_evaluate_row) (const TripOrienteeringColumns *columns,
                                       const TripOrienteeringArc     *arcs,
                                       guint                          n_arcs,
                                       gboolean                       by_delay,
                                       TripOrienteeringRow           *row)
{
  const Ints worst = ALL (G_MAXINT32);
  guint n_blocks = 0;
  guint n_weighed = 0;
  guint first_arc = 0;
  guint arcs_end = 0;

  for (guint b = 0; b < row->n_blocks; b++)
    {
      guint first = row->blocks[b] * TRIP_ORIENTEERING_BLOCK;
      gint32 last_close = columns->last_close[row->blocks[b]];
      gint32 first_over = columns->first_over[row->blocks[b]];
      gboolean fits = FALSE;
      Ints best[GROUPS];

      while (first_arc > 0 && arcs[first_arc - 1].deadline >= first_over)
        first_arc--;
      while (first_arc < n_arcs && arcs[first_arc].deadline < first_over)
        first_arc++;
      while (arcs_end > 0 && arcs[arcs_end - 1].departure > last_close)
        arcs_end--;
      while (arcs_end < n_arcs && arcs[arcs_end].departure <= last_close)
        arcs_end++;
      if (arcs_end > first_arc)
        n_weighed += (arcs_end - first_arc) * TRIP_ORIENTEERING_BLOCK;

      for (guint g = 0; g < GROUPS; g++)
        best[g] = worst;
      for (guint i = first_arc; i < arcs_end; i++)
        {
          const TripOrienteeringArc *arc = &arcs[i];

          for (guint g = 0; g < GROUPS; g++)
            {
              guint k = first + g * LANES;
              Ints there = LOAD (arc->from + k);
              Ints onward = LOAD (arc->to + k);
              Ints arrival = there + arc->departure;
              Ints next = MAX_OF (arrival, LOAD (columns->from + k)) + LOAD (columns->service + k) + onward;
              Ints late = (arrival > LOAD (columns->to + k)) | (next > ALL (arc->deadline));
              Ints cost = ((by_delay ? next : there + onward) << TRIP_ORIENTEERING_ARC_BITS) + arc->offset;

              best[g] = MIN_OF (best[g], CHOOSE (late, worst, cost));
            }
        }
      for (guint g = 0; g < GROUPS; g++)
        {
          guint k = first + g * LANES;

          fits |= !IS_NONE (best[g] != worst);
          STORE (row->cost + k,
                 CHOOSE (best[g] == worst, ALL (TRIP_ORIENTEERING_NOWHERE), best[g] >> TRIP_ORIENTEERING_ARC_BITS));
          STORE (row->after + k, best[g] & ((1 << TRIP_ORIENTEERING_ARC_BITS) - 1));
        }
      if (fits)
        row->blocks[n_blocks++] = row->blocks[b];
    }
  row->n_blocks = n_blocks;
  return n_weighed;
}

/*
 * @columns: the nodes
 * @rows: what each node costs on each tour
 * @n_rows: number of tours
 * @weights: what each node is worth, 0 for those that are visited
 * @by_delay: what the rows were evaluated by
 *
 * Returns: the node that is worth most for its cost, -1 if none fits
 */
gint
NAME (trip_orienteering_pick_node) (const TripOrienteeringColumns *columns,
                                    const TripOrienteeringRow     *rows,
                                    guint                          n_rows,
                                    const gfloat                  *weights,
                                    gboolean                       by_delay)
{
  Floats best = { 0 };
  Ints best_node = ALL (-1);
  Ints lanes;
  gint node = -1;
  gfloat value = 0;

  for (gint lane = 0; lane < LANES; lane++)
    lanes[lane] = lane;
  for (guint k = 0; k < columns->n_blocks * TRIP_ORIENTEERING_BLOCK; k += LANES)
    {
      Ints cost = LOAD (rows[0].cost + k);
      Ints fits, better;
      Floats values;

      for (guint r = 1; r < n_rows; r++)
        cost = MIN_OF (cost, LOAD (rows[r].cost + k));
      fits = cost < TRIP_ORIENTEERING_NOWHERE;
      if (IS_NONE (fits))
        continue;
      if (!by_delay)
        cost += LOAD (columns->service + k);
      cost = MAX_OF (cost, ALL (1));
      values = *(const Floats *) (const void *) (weights + k) / __builtin_convertvector (cost, Floats);
      better = fits & (values > best);
      best = (Floats) CHOOSE (better, (Ints) values, (Ints) best);
      best_node = CHOOSE (better, lanes + (gint32) k, best_node);
    }
  for (gint lane = 0; lane < LANES; lane++)
    {
      if (best_node[lane] >= 0 && (best[lane] > value || (best[lane] == value && best_node[lane] < node)))
        {
          value = best[lane];
          node = best_node[lane];
        }
    }
  return node;
}
