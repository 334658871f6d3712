# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clients that ask and come back with the answer: tripctl, and the REST door of a service."""

import json
import subprocess
import urllib.error
import urllib.request

from busfixtures import DEADLINE, program

OK, FAILED, USAGE, UNREACHABLE = range(4)


def tripctl(*arguments, stdin="", env=None, status=None):
    """A run of tripctl, which has to end with @status if that is given."""
    run = subprocess.run([program("TRIPCTL", "tripctl"), *arguments], input=stdin, capture_output=True, text=True,
                         errors="replace", timeout=DEADLINE, env=env)
    if status is not None:
        assert run.returncode == status, (run.stdout[-2000:], run.stderr)
    return run


def chat(uri, request):
    """Status and answer of POST /chat."""
    post = urllib.request.Request(uri + "chat", json.dumps(request).encode(), {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(post, timeout=DEADLINE) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
