#!/bin/sh
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# All tests on a fresh Debian 12: installs what is missing, builds twice (plain, and with sanitizers) and runs the suites; with
# sanitizers without those of suite "thorough", which repeat what others do on many cases.
# The last line is "N passed, N failed". Environment: TEST_BUILD (default build-test).
set -eu

cd "$(dirname "$0")/.."
build=$(pwd)/${TEST_BUILD:-build-test}
sh data/install-packages.sh

setup() {
  folder=$1
  shift
  if [ -f "$folder/build.ninja" ]; then
    meson setup --reconfigure "$folder" "$@"
  else
    meson setup "$folder" "$@"
  fi
}

# Many tests of the edge wait for a limit to pass: one more than there are processors keeps those busy.
processes="--num-processes $(($(nproc) + 1))"
passed=0
failed=0
count() {
  # meson's summary: "Ok: 12", "Fail: 0", "Timeout: 0", "Unexpected Pass: 0"
  ok=$(sed -n 's/^Ok: *\([0-9]*\).*/\1/p' "$1" | tail -n 1)
  bad=$(sed -n 's/^\(Fail\|Timeout\|Unexpected Pass\): *\([0-9]*\).*/\2/p' "$1" | awk '{ n += $1 } END { print n + 0 }')
  passed=$((passed + ${ok:-0}))
  failed=$((failed + bad))
  # A runner that broke down before its summary must not pass for success.
  [ -n "$ok" ] || failed=$((failed + 1))
}

setup "$build" -Dwerror=true
meson compile -C "$build"
meson test -C "$build" --no-suite slow $processes --print-errorlogs 2>&1 | tee "$build/summary.txt" || true
count "$build/summary.txt"

# Once more under AddressSanitizer and UndefinedBehaviorSanitizer.
setup "$build-asan" -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false
meson compile -C "$build-asan"
meson test -C "$build-asan" --no-suite slow --no-suite thorough $processes --print-errorlogs --timeout-multiplier 4 2>&1 |
  tee "$build-asan/summary.txt" || true
count "$build-asan/summary.txt"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
