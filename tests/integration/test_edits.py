# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Changes to finished plans, through the whole service: some hundred single ones of all kinds and chains of several,
each sent as a client sends it, with the state of the last answer.

Held against every option: what was asked for is there, or the notes say why it is not and nothing changed; a visit that
was not named keeps its day, and what had to go is named; days that the change does not concern are the same to the
last member; `tripctl check` finds nothing. How much moved is counted and printed: of the visits that were not named, the
share that is still on its day, and the share that begins within half an hour of when it did.
"""

import collections
import concurrent.futures
import json
import random
import re

import pytest

from busfixtures import private_bus, service
from clients import chat, tripctl

SEED = 20261123
TRIPS = [
    "plan a 3 day trip to Rome", "plan a 2 day trip to Lisbon", "plan a 4 day trip to Paris for 2 people",
    "plan a 5 day trip to Tokyo and Kyoto", "plan a 3 day trip to Berlin, relaxed pace", "plan a 7 day trip to London",
    "plan a 6 day trip to Rome and Barcelona from 3 May 2027", "plan a 3 day trip to Istanbul, under $2,000",
    "plan a 4 day trip to New York, vegetarian", "plan a 3 day trip to Bangkok, start after 9am",
    "plan a 1 day trip to Osaka", "plan a 10 day trip to Paris, London and Berlin", "plan a 4 day trip to Kyoto",
    "plan a 5 day trip to Barcelona for a family of 4",
]
CHAINS = 40
KEPT_SOON = 30

# Time between two blocks, the way left aside, that has to be spoken for, in minutes.
HOLE_MINUTES = 75

# How much of what was not named stays, at the least, over all edits that are meant to leave the rest alone.
MIN_SAME_DAY = 0.97
MIN_SAME_TIME = 0.935

# The same by kind: still on its day, and within half an hour of its time. A day that begins later has to move its morning.
KEPT = {
    "after-meal": (0.99, 0.95), "before": (0.97, 0.9), "between": (0.98, 0.87), "break": (0.99, 0.96), "drop": (1, 1),
    "end-day": (0.97, 0.955), "first": (0.99, 0.975), "how-long": (0.98, 0.96), "last": (0.985, 0.98), "move": (0.97, 0.95),
    "part": (0.98, 0.88), "start": (0.96, 0.7), "start-day": (0.98, 0.91), "time": (0.97, 0.9),
}

Visit = collections.namedtuple("Visit", "day start end kind tags must")
Edit = collections.namedtuple("Edit", "kind message days names check option", defaults=(None,))


def minutes(text):
    return int(text[11:13]) * 60 + int(text[14:16])


def visits(option):
    """Name of each place that is visited, or eaten at, to when that is."""
    found = {}
    for number, day in enumerate(option["days"]):
        for block in day["blocks"]:
            if block["kind"] in ("visit", "meal") and block.get("pois"):
                place = block["pois"][0]
                found[place["name"]] = Visit(number, minutes(block["start"]), minutes(block["end"]), block["kind"],
                                             place.get("tags", []), place.get("must_see", False))
    return found


def blocks_of(option, day):
    return option["days"][day]["blocks"]


class Movement:
    """How much moved, of what was not named."""

    def __init__(self):
        self.kinds = collections.defaultdict(lambda: [0, 0, 0, 0, 0])

    def count(self, kind, before, after, named):
        row = self.kinds[kind]
        row[4] += 1
        for name, visit in before.items():
            if name in named:
                continue
            row[0] += 1
            if name in after:
                row[1] += 1
                row[2] += after[name].day == visit.day
                row[3] += after[name].day == visit.day and abs(after[name].start - visit.start) <= KEPT_SOON

    def share(self, column, kinds=None):
        rows = [row for kind, row in self.kinds.items() if kinds is None or kind in kinds]
        return sum(row[column] for row in rows) / max(sum(row[0] for row in rows), 1)

    def table(self):
        lines = [f"{'edit':18} {'options':>7} {'not named':>9} {'kept':>6} {'same day':>8} {'same time':>9}"]
        for kind, row in sorted(self.kinds.items()):
            n = max(row[0], 1)
            lines.append(f"{kind:18} {row[4]:7} {row[0]:9} {row[1] / n:6.1%} {row[2] / n:8.1%} {row[3] / n:9.1%}")
        return "\n".join(lines)


# What the notes say where a change concerns the whole trip.
ANEW = "planned anew"


# What each kind of edit asks for. A check gets the option before and after and says what is wrong.

def gone(name):
    return lambda old, new: None if name not in visits(new) else f"{name} is still there"


def there(name, day=None):
    def check(old, new):
        now = visits(new).get(name)
        return None if now and day in (None, now.day) else f"{name} is not there"
    return check


def fewer(day):
    def check(old, new):
        count = [sum(visit.day == day and visit.kind == "visit" for visit in visits(option).values()) for option in (old, new)]
        return None if count[1] < count[0] else f"day {day + 1} has {count[1]} visits and had {count[0]}"
    return check


def one_more(day, tag=None):
    def check(old, new):
        added = [visit for name, visit in visits(new).items() if name not in visits(old)]
        fits = [visit for visit in added if visit.day == day and (tag is None or tag in visit.tags)]
        return None if fits else f"nothing new on day {day + 1}"
    return check


def cannot(day, option):
    """The notes say that a day could not be changed."""
    return f"Day {day + 1} cannot keep that time" in option["general_notes"] or (
        f"Day {day + 1} would have no visit left" in option["general_notes"])


def begins(day, minute):
    def check(old, new):
        first = [block for block in blocks_of(new, day) if block["kind"] != "transfer"][0]
        return None if minutes(first["start"]) >= minute else f"begins at {first['start']}"
    return check


def ends(day, minute):
    def check(old, new):
        last = blocks_of(new, day)[-1]
        return None if minutes(last["end"]) <= minute and last["end"][:10] == last["start"][:10] else f"ends at {last['end']}"
    return check


def free(day, first, last):
    def check(old, new):
        busy = [block["description"] for block in blocks_of(new, day) if block["kind"] == "visit" and
                min(minutes(block["end"]), last) - max(minutes(block["start"]), first) > 20]
        return None if not busy else f"busy with {busy}"
    return check


def at_time(name, first, last):
    def check(old, new):
        now = visits(new).get(name)
        return None if now and first <= now.start <= last else f"{name} is at {now and now.start}"
    return check


def longer(name):
    def length(option):
        return sum((minutes(block["end"]) - minutes(block["start"])) % 1440 for day in option["days"] for block in day["blocks"]
                   if block["kind"] == "visit" and block["pois"][0]["name"] == name)
    return lambda old, new: None if length(new) > length(old) else f"{name} is not longer"


def lasts(name, length):
    def check(old, new):
        for day in new["days"]:
            for block in day["blocks"]:
                if block["kind"] == "visit" and block["pois"][0]["name"] == name:
                    now = (minutes(block["end"]) - minutes(block["start"])) % 1440
                    # Less than a quarter of the usual time is no visit.
                    least = -(-block["pois"][0].get("visit_minutes", 0) // 20) * 5
                    return None if now == max(length, least) else f"{name} takes {now} minutes"
        return f"{name} is gone"
    return check


def sequence(option, number):
    """What is done on a day in its order: names of visits, "lunch" and "dinner"."""
    for block in blocks_of(option, number):
        if block["kind"] == "visit":
            yield block["pois"][0]["name"]
        elif block["kind"] == "meal":
            yield "lunch" if minutes(block["start"]) < 16 * 60 else "dinner"


def sights_of(option, number):
    return [name for name in sequence(option, number) if name not in ("lunch", "dinner")]


def at_end(name, index):
    """First (0) or last (-1) of the visits of its day."""
    def check(old, new):
        now = visits(new).get(name)
        return None if now and sights_of(new, now.day)[index] == name else f"{name} is not there"
    return check


def in_order(first, second):
    """One behind the other, on one day. A meal stands for that of the other's day."""
    def check(old, new):
        for number in range(len(new["days"])):
            names = list(sequence(new, number))
            if first in names and second in names and {first, second} - {"lunch", "dinner"} <= set(names):
                return None if names.index(first) < names.index(second) else f"{first} is behind {second}"
        return f"{first} and {second} are not on one day"
    return check


def rests(day, length):
    def check(old, new):
        found = [block for block in blocks_of(new, day) if block["kind"] == "free" and "break" in block["description"].lower() and
                 750 <= minutes(block["start"]) <= 1020]
        fits = [block for block in found if minutes(block["end"]) - minutes(block["start"]) in (length, 20)]
        return None if fits else f"no break in {[block['description'] for block in blocks_of(new, day)]}"
    return check


def beds(option):
    return [day.get("lodging") for day in option["days"]]


def other_beds(old, new):
    return None if beds(old) != beds(new) else "all nights are where they were"


def cheaper(old, new):
    return None if new["cost_total"] < old["cost_total"] else f"{new['cost_total']} instead of {old['cost_total']}"


def days(count):
    return lambda old, new: None if len(new["days"]) == count else f"{len(new['days'])} days instead of {count}"


def all_others(day):
    def check(old, new):
        stay = [name for name, visit in visits(new).items() if visit.day == day and visit.kind == "visit" and not visit.must and
                name in visits(old)]
        return None if not stay else f"{stay} are on day {day + 1} still"
    return check


def swapped(one, two):
    def check(old, new):
        was, now = visits(old), visits(new)
        if two not in was:
            return there(two)(old, new) or gone(one)(old, new)
        if one not in now or two not in now:
            return "one of the two is gone"
        return None if now[one].day == was[two].day and now[two].day == was[one].day else "not on the other's day"
    return check


def within(budget):
    def check(old, new):
        return None if new["currency"] == "USD" and new["cost_total"] <= budget + 0.005 else f"costs {new['overall_cost']}"
    return check


def at_most(count):
    def check(old, new):
        full = [number + 1 for number in range(len(new["days"])) if len(sights_of(new, number)) > count]
        return None if not full else f"more than {count} on days {full}"
    return check


def walks_at_most(metres):
    def check(old, new):
        for number, day in enumerate(new["days"]):
            ways = [block.get("transportation") or {} for block in day["blocks"]]
            walked = sum(way.get("distance_m", 0) for way in ways if way.get("method") == "walk" and way.get("minutes"))
            if walked > metres:
                return f"{walked} m on foot on day {number + 1}"
        return None
    return check


def without(tag):
    def check(old, new):
        # What was named as a must-see is in all the same, and the notes say so.
        kept = [name for name, visit in visits(new).items() if tag in visit.tags and visit.kind == "visit" and not (
            visit.must and f"{name} was asked for" in new["general_notes"])]
        return None if not kept else f"{kept} are in"
    return check


def contents(option, number):
    return sorted(name for name, visit in visits(option).items() if visit.day == number and visit.kind == "visit")


def days_swapped(one, two):
    def check(old, new):
        kept = set(contents(new, two))
        return None if kept and kept <= set(contents(old, one)) else f"day {two + 1} has {sorted(kept)}"
    return check


# Edits that name one day, or one place, and are to leave everything else alone.
LOCAL = {"drop", "drop-kind", "lighter", "move", "add-kind", "add-place", "swap-new", "swap-kind", "exchange", "time", "part",
         "longer", "free", "meal", "start-day", "end-day", "fuller", "must-see", "other-option", "first",
         "last", "before", "after-meal", "how-long", "break", "between"}


def beside(answer, name, before):
    """What comes before, or after, a place on its day."""
    found = set()
    for option in answer["plan"]:
        now = visits(option)
        if name in now:
            found |= {other for other, visit in now.items() if visit.day == now[name].day and
                      (visit.start < now[name].start) == before}
    return found


def make_edits(answer, randomly):
    """One edit of each kind that makes sense for the plan."""
    option = answer["plan"][0]
    n = len(option["days"])
    present = visits(option)
    sights = [name for name, visit in present.items() if visit.kind == "visit" and not re.search(r"[^\w\s'’-]", name)]
    everywhere = {name for other in answer["plan"] for name in visits(other)}
    unused = [poi["name"] for poi in answer["pois"] if poi["poi_type"] == "tourist_destination" and
              poi["name"] not in everywhere and not re.search(r"[^\w\s-]", poi["name"])]
    cities = {poi["name"]: poi.get("city") for poi in answer["pois"]}
    day = randomly.randrange(n)
    name = randomly.choice(sights)
    here = present[name].day
    there_unused = [other for other in unused if cities[other] == cities[name]]
    single = len({cities[sight] for sight in sights}) == 1

    yield Edit("drop", f"drop {name}", {here}, {name}, gone(name))
    yield Edit("lighter", f"make day {day + 1} lighter", {day}, set(), fewer(day))
    yield Edit("start", "start at 10", None, set(), lambda old, new: next(
        (fault for fault in (begins(number, 600)(old, new) for number in range(n) if not cannot(number, new)) if fault), None))
    yield Edit("start-day", f"start day {day + 1} at 10:30", {day}, set(), begins(day, 630))
    # What lasts longer is what the change is about: it cannot stay when it is.
    late = {other for option in answer["plan"] for other, visit in visits(option).items()
            if visit.day == day and visit.end > 19 * 60}
    yield Edit("end-day", f"finish day {day + 1} by 7pm", {day}, late, ends(day, 19 * 60))
    yield Edit("fuller", f"make day {day + 1} fuller", {day}, set(), one_more(day))
    yield Edit("add-kind", f"add a museum on day {day + 1}", {day}, set(), one_more(day, "museum"))
    yield Edit("free", f"free afternoon on day {day + 1}", {day}, set(), free(day, 13 * 60, 17 * 60 + 30))
    yield Edit("free", f"keep the morning of day {day + 1} free", {day}, set(), free(day, 0, 12 * 60))
    yield Edit("part", f"put {name} in the afternoon", {here}, {name}, at_time(name, 750, 1050))
    yield Edit("time", f"visit {name} at 3pm", {here}, {name}, at_time(name, 885, 915))
    yield Edit("longer", f"spend more time at {name}", {here}, {name}, longer(name))
    # What it is put in front of, or behind, has to make room for it.
    yield Edit("first", f"put {name} first", {here}, {name} | beside(answer, name, before=True), at_end(name, 0))
    yield Edit("last", f"visit {name} last", {here}, {name} | beside(answer, name, before=False), at_end(name, -1))
    yield Edit("after-meal", f"{name} after lunch", {here}, {name}, in_order("lunch", name))
    yield Edit("between", f"visit {name} between 2 and 5pm", {here}, {name}, at_time(name, 840, 1020))
    yield Edit("how-long", f"spend 2 hours at {name}", {here}, {name}, lasts(name, 120))
    yield Edit("how-long", f"cut {name} to 30 minutes", {here}, {name}, lasts(name, 30))
    yield Edit("break", f"add a coffee break in the afternoon of day {day + 1}", {day}, set(), rests(day, 30))
    same_day = [sight for sight in sights if present[sight].day == here and sight != name]
    if same_day:
        other = randomly.choice(same_day)
        yield Edit("before", f"do {name} before {other}", {here}, {name}, in_order(name, other))
    yield Edit("undo", "undo that", set(), set(), lambda old, new: "there is nothing to go back to")
    yield Edit("hotel", "change the hotel", None, set(), other_beds)
    yield Edit("hotel", "a nicer hotel please", None, set(), other_beds)
    yield Edit("cheaper", "make it cheaper", None, set(), cheaper)
    yield Edit("day-new", f"something else on day {day + 1}", {day}, set(), all_others(day))
    yield Edit("meal", f"different restaurant for dinner on day {day + 1}", {day}, set(),
               lambda old, new: None if [name for name, visit in visits(new).items()
                                         if visit.kind == "meal" and name not in visits(old)] else "the same tables")
    yield Edit("drop-kind", "drop the museum", None, set(), lambda old, new: None if sum(
        "museum" in visit.tags for visit in visits(new).values()) < sum(
            "museum" in visit.tags for visit in visits(old).values()) else "as many museums")
    # What was named as a must-see is in conflict with the rest of the state when one option alone loses it.
    if not present[name].must:
        yield Edit("other-option", f"drop {name} in option 1 on day {here + 1}", {here}, {name}, gone(name), 0)
    yield Edit("day-more", "add a day", None, set(), days(n + 1))
    yield Edit("length", f"actually {n + 1} days", None, set(), days(n + 1))
    yield Edit("hours", "be back by 8pm", None, set(), lambda old, new: next(
        (fault for fault in (ends(number, 20 * 60)(old, new) for number in range(n)) if fault), None))
    yield Edit("avoid", "no museums", None, set(), without("museum"))
    yield Edit("limit", "at most 3 sights a day", None, set(), at_most(3))
    yield Edit("limit", "walk no more than 3 km a day", None, set(), walks_at_most(3000))
    yield Edit("arrival", "we arrive at 2pm", None, set(), begins(0, 840))
    yield Edit("must-see", f"I must see {name}", {here}, {name}, there(name))
    yield Edit("budget", f"under ${max(int(option['cost_total'] * 3), 2000)}", None, set(),
               within(max(int(option["cost_total"] * 3), 2000)))
    if there_unused:
        other = randomly.choice(there_unused)
        yield Edit("swap-new", f"swap {name} for {other}", {here}, {name, other}, there(other))
        yield Edit("add-place", f"add {other} on day {here + 1}", {here}, {other}, there(other, here))
        yield Edit("must-see", f"add {other}", None, {other}, there(other))
    yield Edit("swap-kind", f"replace {name} with something else", {here}, {name}, gone(name))
    if n > 1:
        target = (here + 1) % n
        same = [sight for sight in sights if present[sight].day == target and cities[sight] == cities[name]]
        yield Edit("day-less", f"remove day {day + 1}", None, set(), days(n - 1))
        yield Edit("length", f"actually {n - 1} days", None, set(), days(n - 1))
        if same:
            yield Edit("before", f"do {name} before {same[-1]}", {here, target}, {name}, in_order(name, same[-1]))
            yield Edit("move", f"move {name} to day {target + 1}", {here, target}, {name}, there(name, target))
            yield Edit("exchange", f"swap {name} and {same[0]}", {here, target}, {name, same[0]}, swapped(name, same[0]))
        if single:
            one, two = sorted(randomly.sample(range(n), 2))
            yield Edit("days-swap", f"swap day {one + 1} and day {two + 1}", {one, two}, set(), days_swapped(one, two))
    yield Edit("impossible", f"move {name} to day {n + 6}", set(), set(), lambda old, new: "there is no such day")
    yield Edit("impossible", f"add a museum on day {n + 6}", set(), set(), lambda old, new: "there is no such day")
    yield Edit("impossible", "drop Nonesuch Tower", set(), set(), lambda old, new: "there is no such place")


def find_holes(option):
    """Stretches between blocks that nobody speaks for, as text."""
    for number, day in enumerate(option["days"]):
        for before, after in zip(day["blocks"], day["blocks"][1:]):
            way = (after.get("transportation") or {}).get("minutes", 0)
            hole = minutes(after["start"]) - way - minutes(before["end"])
            if hole >= HOLE_MINUTES:
                yield f"day {number + 1}: {hole} minutes before {after['description']!r}"


def find_faults(edit, before, answer):
    """What the answer does wrong, as text."""
    old_options, new_options = before["plan"], answer["plan"]
    if len(new_options) != len(old_options) and edit.kind not in (
            "budget", "hours", "length", "avoid", "must-see", "day-less", "day-more", "limit", "arrival"):
        yield f"{len(new_options)} options instead of {len(old_options)}"
        return
    paired = [(old, next((new for new in new_options if new["title"] == old["title"]), None)) for old in old_options]
    if edit.kind in LOCAL - {"must-see"} and any(new is None for _, new in paired):
        yield "an option is gone"
    if all(new is None for _, new in paired):
        yield "no option is left of the old"
    for number, (old, new) in enumerate(paired):
        if new is None:
            continue
        where = f"option {number + 1}"
        if edit.option is not None and number != edit.option:
            if new != old:
                yield f"{where} changed and was not named"
            continue
        notes = new["general_notes"][len(old["general_notes"]):] if new["general_notes"].startswith(
            old["general_notes"]) else new["general_notes"]
        was, now = visits(old), visits(new)
        if ANEW in notes:
            if edit.kind in LOCAL - {"must-see"}:
                yield f"{where}: planned anew"
            continue
        yield from (f"{where}: {hole}" for hole in find_holes(new))
        if new["days"] == old["days"]:
            # Nothing was done: it was so already, or the notes say why not. A question is answered in words of its own.
            if edit.kind == "undo":
                continue
            if edit.kind == "impossible" or edit.check(old, new) is not None:
                if not notes:
                    yield f"{where}: nothing done, and no reason given"
            continue
        fault = edit.check(old, new)
        if fault is not None:
            yield f"{where}: {fault} ({notes.strip()})"
        moved = set()
        for name in was:
            if edit.kind in ("day-less", "length", "day-new") or name in edit.names:
                continue
            if name not in now and name not in notes:
                yield f"{where}: {name} was lost without a word ({notes.strip()})"
            elif name in now and f"{name} moved to day" in notes:
                moved.add(now[name].day)
            elif name in now and edit.kind != "days-swap" and now[name].day != was[name].day:
                yield f"{where}: {name} went from day {was[name].day + 1} to {now[name].day + 1}"
        if edit.days is not None and len(old["days"]) == len(new["days"]):
            # Other options may have the named place on another day.
            concerned = moved | set(edit.days)
            concerned |= {where[name].day for where in (was, now) for name in edit.names if name in where}
            for index, (one, two) in enumerate(zip(old["days"], new["days"])):
                if index not in concerned and one != two:
                    yield f"option {number + 1}: day {index + 1} changed and was not concerned"


def send(uri, state, message):
    return chat(uri, {"message": message, "pois": state["pois"], "requirements": state["requirements"], "plan": state["plan"]})


def check_rules(answers, folder):
    """Violations that `tripctl check` finds, with the message that led to them."""
    files = {}
    for number, (message, answer) in enumerate(answers):
        path = folder / f"{number:04}.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        files[str(path)] = message
    names = list(files)
    for first in range(0, len(names), 25):
        run = tripctl("check", *names[first:first + 25])
        assert run.returncode in (0, 1) and run.stderr == "", run.stderr
        violations = []
        for line in run.stdout.splitlines():
            if line.startswith(tuple(names)):
                for violation in violations:
                    yield f"{files[line.partition(': ')[0]]!r}: {violation}"
                violations = []
            else:
                violations.append(line)


@pytest.fixture(scope="module")
def plans(service):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda trip: chat(service.uri, {"message": trip}), TRIPS))
    assert all(status == 200 for status, _ in answers), [answer for status, answer in answers if status != 200]
    return [answer for _, answer in answers]


def count_movement(movement, edit, before, answer):
    for old, new in zip(before["plan"], answer["plan"]):
        if old["title"] == new["title"] and new["days"] != old["days"] and ANEW not in new["general_notes"] and (
                edit.kind not in ("day-less", "days-swap", "day-new")):
            movement.count(edit.kind, visits(old), visits(new), edit.names)


def test_single_edits(service, plans, tmp_path, capsys):
    randomly = random.Random(SEED)
    work = [(plan, edit) for plan in plans for edit in make_edits(plan, randomly)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda item: send(service.uri, item[0], item[1].message), work))
    movement = Movement()
    faults, answers, done = [], [], collections.Counter()
    for (plan, edit), (status, answer) in zip(work, replies):
        trip = plan["requirements"][0]["description"] + " " + str(plan["pois"][0].get("city"))
        if status != 200:
            # A must-have that no option can keep is the one thing that is refused; the client's state is its own still.
            if answer.get("code") != "infeasible" or not answer.get("details"):
                faults.append(f"{trip}, {edit.message!r}: {status} {answer}")
            done["refused"] += 1
            continue
        answers.append((f"{trip}, {edit.message}", answer))
        done["anew"] += all(ANEW in option["general_notes"] for option in answer["plan"])
        done["changed" if any(new["days"] != old["days"] for old, new in zip(plan["plan"], answer["plan"])) else "not"] += 1
        faults += [f"{trip}, {edit.message!r}: {fault}" for fault in find_faults(edit, plan, answer)]
        count_movement(movement, edit, plan, answer)
    broken = list(check_rules(answers, tmp_path))
    with capsys.disabled():
        print(f"\n{len(work)} edits: {done['changed']} changed the plan, {done['not']} could not or had not to, "
              f"{done['refused']} refused, {done['anew']} took a new plan; {len(faults)} faults, "
              f"{len(broken)} violations\n{movement.table()}\n"
              f"local edits: same day {movement.share(2, LOCAL):.1%}, same time {movement.share(3, LOCAL):.1%}; "
              f"all: same day {movement.share(2):.1%}, same time {movement.share(3):.1%}")
    faults += broken
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:60]])
    assert movement.share(2, LOCAL) >= MIN_SAME_DAY
    assert movement.share(3, LOCAL) >= MIN_SAME_TIME
    for kind, (same_day, same_time) in KEPT.items():
        assert movement.share(2, {kind}) >= same_day and movement.share(3, {kind}) >= same_time, (kind, movement.table())


def test_chains(service, plans, tmp_path, capsys):
    """Three to five edits in a row, each made to the answer of the one before."""
    randomly = random.Random(SEED + 1)
    faults, answers = [], []
    movement = Movement()
    n = 0
    for chain in range(CHAINS):
        state = plans[chain % len(plans)]
        said = []
        for _ in range(randomly.randint(3, 5)):
            edit = randomly.choice(list(make_edits(state, randomly)))
            said.append(edit.message)
            status, answer = send(service.uri, state, edit.message)
            n += 1
            if status != 200:
                if answer.get("code") != "infeasible" or not answer.get("details"):
                    faults.append(f"{said}: {status} {answer}")
                continue
            faults += [f"{said}: {fault}" for fault in find_faults(edit, state, answer)]
            answers.append((str(said), answer))
            count_movement(movement, edit, state, answer)
            state = answer
    broken = list(check_rules(answers, tmp_path))
    with capsys.disabled():
        print(f"\n{CHAINS} chains of {n} edits: {len(faults)} faults, {len(broken)} violations; "
              f"same day {movement.share(2):.1%}, same time {movement.share(3):.1%}")
    faults += broken
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:40]])


def test_limits_hold_through_edits(service):
    """What a day may have at most it has at most after any change, and what goes for it is named."""
    status, plan = chat(service.uri, {"message": "plan a 3 day trip to Rome, at most 3 sights a day, max 1 museum per day"})
    assert status == 200
    for edit in make_edits(plan, random.Random(SEED)):
        status, answer = send(service.uri, plan, edit.message)
        assert status == 200 or answer["code"] == "infeasible"
        for option in answer["plan"] if status == 200 else []:
            museums = [sum("museum" in visit.tags and visit.kind == "visit" and visit.day == day
                           for visit in visits(option).values()) for day in range(len(option["days"]))]
            assert at_most(3)(None, option) is None, (edit.message, option["general_notes"])
            assert max(museums) <= 1 or "is not kept any more" in option["general_notes"], (edit.message, museums)
    fuller = send(service.uri, plan, "make day 2 fuller")[1]
    assert [option["days"] for option in fuller["plan"]] == [option["days"] for option in plan["plan"]]
    assert all("as many sights a day as were asked for" in option["general_notes"] for option in fuller["plan"])


def test_new_limits_keep_the_plan(service, plans):
    for plan in plans[:3]:
        for message, check in (("at most 3 sights a day", at_most(3)), ("walk no more than 3 km a day", walks_at_most(3000)),
                               ("we arrive at 2pm", begins(0, 840))):
            status, answer = send(service.uri, plan, message)
            assert status == 200
            for old, new in zip(plan["plan"], answer["plan"]):
                assert ANEW not in new["general_notes"], (message, new["general_notes"])
                was, now = visits(old), visits(new)
                assert check(old, new) is None
                assert {name for name in now if now[name].kind == "visit"} <= set(was), message
                assert all(now[name].day == was[name].day or f"{name} moved to day" in new["general_notes"] for name in now
                           if name in was), message


def test_options_come_and_go(service, plans):
    """Another option leaves those there are as they are, and so does one that goes."""
    for plan in plans[:4]:
        status, more = send(service.uri, plan, "give me another option")
        assert status == 200 and more["plan"][:-1] == plan["plan"] and len(more["plan"]) == len(plan["plan"]) + 1
        status, fewer_options = send(service.uri, plan, "remove option 2")
        assert status == 200 and fewer_options["plan"] == plan["plan"][:1] + plan["plan"][2:]


def test_state_is_untouched_where_nothing_is_asked(service, plans):
    status, answer = send(service.uri, plans[0], "thank you, this looks great")
    assert status == 200
    assert [answer[key] for key in ("pois", "requirements", "plan")] == [plans[0][key] for key in
                                                                        ("pois", "requirements", "plan")]


def test_the_last_of_its_kind_does_not_go_unsaid(service, tmp_path):
    """Whoever asked for parks and drops each of them by name is told that none is left."""
    _, answer = chat(service.uri, {"message": "2 days in Rome, we love parks"})
    parks = {place["name"] for option in answer["plan"] for day in option["days"] for block in day["blocks"]
             for place in block.get("pois", []) if block["kind"] == "visit" and "park" in place["tags"]}
    assert parks
    for name in sorted(parks):
        status, answer = send(service.uri, answer, f"drop {name}")
        assert status == 200, answer
    for option in answer["plan"]:
        assert not any("park" in place["tags"] for day in option["days"] for block in day["blocks"]
                       for place in block.get("pois", []) if block["kind"] == "visit")
        assert "Nothing in this option is known for “park”." in option["general_notes"]
    assert not list(check_rules([("drop the parks", answer)], tmp_path))
