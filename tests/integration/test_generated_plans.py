# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two hundred generated trips through the whole service: every plan keeps every rule, and what cannot be planned is
said so, with a reason.

The rules are those of `tripctl check`. It reads what was asked from the answer, so what the generator asked for is held
against the plan here as well: a wish that the interpreter did not hear must not pass for one that was kept.
"""

import collections
import concurrent.futures
import configparser
import datetime
import json
import random
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from busfixtures import DEADLINE, SOURCE_ROOT, private_bus, program, service

REQUESTS = 200
SEED = 20270410
MAX_INFEASIBLE = 0.1

# Cities that people join in one trip.
JOURNEYS = [
    ("Tokyo", "Kyoto"), ("Tokyo", "Kyoto", "Osaka"), ("Osaka", "Kyoto"), ("Paris", "London"), ("Paris", "Barcelona"),
    ("Rome", "Barcelona", "Lisbon"), ("Berlin", "Paris", "London"), ("Istanbul", "Rome"), ("Bangkok", "Tokyo"),
    ("New York", "London"), ("Lisbon", "Barcelona"), ("Berlin", "Rome"),
]

# Requirements with no condition of ours beyond the checker's.
WISHES = {
    "interest": ["interested in history", "we love food and markets", "into art and architecture",
                 "mostly parks and gardens"],
    "pace": ["relaxed pace", "a packed schedule"],
    "avoid": ["avoid crowds", "no museums", "no churches", "avoid shopping"],
    "transport": ["no taxis", "public transport only"],
    "hours": ["start after 10am", "back by 9pm"],
    "diet": ["vegetarian", "vegan", "halal food"],
}
PARTIES = {"": 1, "for 2 people": 2, "for 2 adults and 1 child": 3, "for a family of 4": 4, "solo": 1}

# What a day of one person costs at least, roughly, in dollars: budgets below it are meant to be refused.
DAY_COST = {"frugal": 130, "fair": 260, "ample": 600}

Trip = collections.namedtuple("Trip", "message cities days start budget must_see")


def read_cities():
    """City name to the names of the sights that everyone knows and that take no day."""
    cities = {}
    for path in sorted((SOURCE_ROOT / "data" / "atlas").glob("*.city")):
        parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        parser.optionxform = str
        parser.read(path, encoding="utf-8")
        places = [parser[name] for name in parser.sections() if name.startswith("place ")]
        cities[parser["city"]["name"]] = [
            place["name"] for place in places if place["type"] == "tourist_destination" and
            int(place["popularity"]) >= 85 and int(place["visit_minutes"]) <= 180 and "," not in place["name"]]
    return cities


def generate(cities):
    """The same trips on each day: dates are of the next year."""
    randomly = random.Random(SEED)
    names = sorted(cities)
    year = datetime.date.today().year + 1
    for i in range(REQUESTS):
        if i % 3 == 2:
            where = randomly.choice([journey for journey in JOURNEYS if set(journey) <= set(names)])
            days = randomly.randint(2 * len(where), 10)
        else:
            where = (names[i % len(names)],)
            days = 1 + i // len(names) % 10
        message = f"plan a {days} day trip to {' and '.join(', '.join(where).rsplit(', ', 1))}"

        start = None
        if randomly.random() < 0.4:
            start = datetime.date(year, 1, 1) + datetime.timedelta(days=randomly.randrange(360))
            message += f" from {start.day} {start:%B} {year}"
        party = randomly.choice(list(PARTIES))
        message += f" {party}" if party else ""
        budget = None
        if randomly.random() < 0.4:
            level = randomly.choice(list(DAY_COST))
            travel = 350 * (len(where) - 1)
            budget = (DAY_COST[level] * days + travel) * PARTIES[party] // 50 * 50
            message += f", under ${budget:,}"
        must_see = randomly.choice(cities[where[0]]) if randomly.random() < 0.3 and cities[where[0]] else None
        if must_see is not None:
            message += f", must see {must_see}"
        for kind in randomly.sample(sorted(WISHES), randomly.randint(0, 2)):
            message += f", {randomly.choice(WISHES[kind])}"
        yield Trip(message, where, days, start, budget, must_see)


def ask(uri, trip):
    """Status and answer of POST /chat."""
    request = urllib.request.Request(uri + "chat", json.dumps({"message": trip.message}).encode(),
                                     {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=DEADLINE) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def places(option):
    for day in option["days"]:
        for block in day["blocks"]:
            yield from block.get("pois", [])
        if day.get("lodging_poi"):
            yield day["lodging_poi"]


def find_unkept(trip, answer):
    """What was asked for and is not there, as text."""
    if len(answer["plan"]) not in (2, 3):
        yield f"{len(answer['plan'])} options"
    for number, option in enumerate(answer["plan"]):
        where = f"plan[{number}]"
        if len(option["days"]) != trip.days:
            yield f"{where}: {len(option['days'])} days instead of {trip.days}"
        if trip.start is not None and option["start_date"] != trip.start.isoformat():
            yield f"{where}: starts on {option['start_date']} instead of {trip.start}"
        if trip.start is None and option["start_date"] not in option["general_notes"] and not any(
                word in option["general_notes"].lower() for word in ("assum", "start")):
            yield f"{where}: an assumed start that the notes do not tell"
        there = {place.get("city") for place in places(option)}
        for city in trip.cities:
            if city not in there and city not in option["general_notes"]:
                yield f"{where}: {city} is not visited, and no note says so"
        if trip.must_see is not None and trip.must_see not in {place["name"] for place in places(option)}:
            yield f"{where}: {trip.must_see} is missing"
        if trip.budget is not None:
            if option["currency"] != "USD":
                yield f"{where}: costs are in {option['currency']}, the budget is in dollars"
            elif option["cost_total"] > trip.budget + 0.005:
                yield f"{where}: {option['cost_total']} is more than {trip.budget}"


@pytest.fixture(scope="module")
def answers(service):
    trips = list(generate(read_cities()))
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda trip: ask(service.uri, trip), trips))
    return trips, replies, time.monotonic() - began


def test_cities_are_all_there(answers):
    trips, _, _ = answers
    assert {city for trip in trips for city in trip.cities} == set(read_cities())
    assert {trip.days for trip in trips} == set(range(1, 11))


def test_errors_are_honest(answers):
    trips, replies, _ = answers
    refused = [(trip, answer) for trip, (status, answer) in zip(trips, replies) if status != 200]
    for trip, answer in refused:
        assert answer.get("code") == "infeasible", (trip.message, answer)
        reasons = [*trip.cities, trip.must_see, f"{trip.budget:,}" if trip.budget else None, "budget"]
        assert any(reason in answer["details"] for reason in reasons if reason), (trip.message, answer)
    assert len(refused) <= MAX_INFEASIBLE * len(trips), [(trip.message, answer["details"]) for trip, answer in refused]


def test_what_was_asked_is_kept(answers):
    trips, replies, _ = answers
    unkept = [f"{trip.message!r}: {fault}" for trip, (status, answer) in zip(trips, replies) if status == 200
              for fault in find_unkept(trip, answer)]
    assert not unkept, "\n".join([f"{len(unkept)} wishes not kept", *unkept[:40]])


def test_no_rule_is_broken(answers, tmp_path, capsys):
    trips, replies, seconds = answers
    files = {}
    for i, (trip, (status, answer)) in enumerate(zip(trips, replies)):
        if status == 200:
            path = tmp_path / f"{i:03}.json"
            path.write_text(json.dumps(answer), encoding="utf-8")
            files[str(path)] = trip
    broken = []
    n_options = n_blocks = 0
    names = list(files)
    for first in range(0, len(names), 25):
        run = subprocess.run([program("TRIPCTL", "tripctl"), "check", *names[first:first + 25]], capture_output=True,
                             text=True, timeout=DEADLINE)
        assert run.returncode in (0, 1) and run.stderr == "", run.stderr
        violations = []
        for line in run.stdout.splitlines():
            if line.startswith(tuple(names)):
                path, _, verdict = line.partition(": ")
                broken += [(files[path].message, violation) for violation in violations]
                assert verdict.endswith("all rules kept") == (not violations)
                violations = []
            else:
                violations.append(line)
        assert not violations
    for status, answer in replies:
        if status == 200:
            n_options += len(answer["plan"])
            n_blocks += sum(len(day["blocks"]) for option in answer["plan"] for day in option["days"])

    with capsys.disabled():
        print(f"\n{len(trips)} requests in {seconds:.1f} s: {len(files)} plans with {n_options} options and {n_blocks} "
              f"blocks, {len(trips) - len(files)} infeasible, {len(broken)} violations")
    assert not broken, "\n".join(f"{message!r}: {violation}" for message, violation in broken[:40])
