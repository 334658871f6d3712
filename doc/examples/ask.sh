#!/bin/sh
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Asks tripd on the session bus once. The reply is one string, the JSON that POST /chat answers, in GVariant quotes.
#
#   ask.sh "plan a 3 day trip to Tokyo"
#   ask.sh --state request.json     {"message":…,"pois":[…],"requirements":[…],"plan":[…]}, for the next turn
set -eu

if [ "${1:-}" = --state ]; then
  method=AskState
  set -- "$(cat "$2")"
else
  method=Ask
  set -- "${1:-plan a 3 day trip to Tokyo}" "{}"
fi
exec gdbus call --session --timeout 120 --dest org.tripd.Trip1 --object-path /org/tripd/Trip1 \
  --method "org.tripd.Trip1.Orchestrator.$method" -- "$@"
