#!/bin/sh
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs those packages of debian-packages.txt that are missing. With "build" it leaves out those that only tests use.
set -eu

list=$(dirname "$0")/debian-packages.txt
tests_only='chromium|gjs|gnome-keyring|gmt-gshhg-high|libreadosm-dev|libsysprof-4-dev|openssl|python3.*'
missing=
for package in $(cat "$list"); do
  if [ "${1:-all}" = build ] && echo "$package" | grep -qxE "$tests_only"; then
    continue
  fi
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  echo "These Debian packages are missing, and installing them takes root:$missing" >&2
  exit 1
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >&2
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >&2
