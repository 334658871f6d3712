#!/bin/sh
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# From a fresh Debian 12 to a plan: installs what is missing, builds, starts the service and streams one plan.
# Usage: sh data/quickstart.sh ["MESSAGE"]. Environment: BUILD (default build), PORT (default 5000, 0 picks one).
set -eu

message=${1:-plan a 3 day trip to Tokyo and Kyoto}
cd "$(dirname "$0")/.."
build=$(pwd)/${BUILD:-build}
port=${PORT:-5000}

sh data/install-packages.sh build

if [ -f "$build/build.ninja" ]; then
  meson setup --reconfigure "$build" >"$build/quickstart.log" 2>&1 || { cat "$build/quickstart.log" >&2; exit 1; }
else
  mkdir -p "$build"
  meson setup "$build" -Dtests=false >"$build/quickstart.log" 2>&1 || { cat "$build/quickstart.log" >&2; exit 1; }
fi
echo "Building …"
meson compile -C "$build" >>"$build/quickstart.log" 2>&1 || { tail -n 40 "$build/quickstart.log" >&2; exit 1; }

# Without a desktop there is no session bus; then one is started that lives as long as the service.
if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] && [ ! -S "${XDG_RUNTIME_DIR:-/nonexistent}/bus" ]; then
  bus=$(dbus-daemon --session --fork --print-address=1 --print-pid=1)
  DBUS_SESSION_BUS_ADDRESS=$(echo "$bus" | head -n 1)
  export DBUS_SESSION_BUS_ADDRESS
  bus_pid=$(echo "$bus" | tail -n 1)
fi

log="$build/tripd.log"
TRIP_ATLAS="$build/data/atlas/atlas.db"
export TRIP_ATLAS
"$build/src/daemon/tripd" --port "$port" >"$log" 2>&1 &
pid=$!
if [ -n "${bus_pid:-}" ]; then
  # The bus of our own making ends with the service.
  (while kill -0 "$pid" 2>/dev/null; do sleep 1; done; kill "$bus_pid" 2>/dev/null) >/dev/null 2>&1 &
fi

url=
for _ in $(seq 100); do
  url=$(sed -n 's/^tripd: listening on //p' "$log")
  [ -z "$url" ] && kill -0 "$pid" 2>/dev/null && { sleep 0.1; continue; }
  break
done
if [ -z "$url" ]; then
  cat "$log" >&2
  echo "The service did not start. If port $port is taken, try: PORT=0 sh data/quickstart.sh" >&2
  kill "$pid" 2>/dev/null || true
  exit 1
fi

"$build/src/cli/tripctl" plan --via ws --uri "ws://${url#http://}ws/chat" "$message" || status=$?

cat <<END

The service runs at $url (process $pid).
  Open the page:     $url
  Ask over REST:     curl -H 'Content-Type: application/json' -d '{"message":"3 days in Rome"}' ${url}chat
  Ask over D-Bus:    ${bus_pid:+DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS }gdbus call --session --dest org.tripd.Trip1 --object-path /org/tripd/Trip1 --method org.tripd.Trip1.Orchestrator.Ask "3 days in Rome" "{}"
  From a terminal:   meson devenv -C $build tripctl plan "3 days in Rome"
  Stop it:           kill $pid
END
exit "${status:-0}"
