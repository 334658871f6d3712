# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Answers as they are saved: held against `tripctl check`, and changed by hand."""

import datetime
import json

from clients import FAILED, OK, tripctl


def check(document):
    """What `tripctl check` finds in a text, or in something that is to be JSON, as (rule, path)."""
    run = tripctl("check", "--json", "-", stdin=document if isinstance(document, str) else json.dumps(document))
    assert run.stderr == "" and run.returncode in (OK, FAILED), run.stderr
    violations = [json.loads(line) for line in run.stdout.splitlines()]
    assert (run.returncode == FAILED) == bool(violations)
    assert all(violation["message"] for violation in violations)
    return {(violation["rule"], violation["path"]) for violation in violations}


def blocks(answer, kind=None):
    """(path, day, index, block) of the first option."""
    for d, day in enumerate(answer["plan"][0]["days"]):
        for b, block in enumerate(day["blocks"]):
            if kind is None or block["kind"] == kind:
                yield f"plan[0].days[{d}].blocks[{b}]", day, b, block


def first_block(answer, kind, condition=lambda day, index, block: True):
    found = next(((path, day, index, block) for path, day, index, block in blocks(answer, kind)
                  if condition(day, index, block)), None)
    assert found is not None, f"the plan has no fitting {kind}"
    return found


def clock(moment):
    return moment.strftime("%I:%M %p").lstrip("0")


def move(block, start, end):
    """Gives a block other times, spelled consistently."""
    block["start"], block["end"] = start.isoformat(), end.isoformat()
    block["time"] = f"{clock(start)} - {clock(end)}"


def times(block):
    return datetime.datetime.fromisoformat(block["start"]), datetime.datetime.fromisoformat(block["end"])


def at(day, hour, minute=0):
    return datetime.datetime.fromisoformat(f"{day['date']}T{hour:02}:{minute:02}:00")
