/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Plans in files, whatever they were saved from: an answer, a message of the stream, a transcript of one.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TripSavedAnswer:
 * @options: (element-type TripPlanOption): the plan
 * @pois: (element-type TripPoi): the places it was made of, empty where the file does not tell
 * @requirements: (element-type TripRequirement): what was asked for, empty where the file does not tell
 *
 * A plan with what it answers.
 */
typedef struct {
  GPtrArray *options;
  GPtrArray *pois;
  GPtrArray *requirements;
} TripSavedAnswer;

void       trip_saved_answer_free (TripSavedAnswer *self);

GPtrArray *trip_plan_reader_read  (GBytes          *text,
                                   GError         **error);

G_END_DECLS
