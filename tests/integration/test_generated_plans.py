# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Generated trips through the whole service, and changes to their plans: every plan keeps every rule, and what cannot be
planned is said so, with a reason.

The rules are those of `tripctl check`. It reads what was asked from the answer, so what the generator asked for is held
against the plan here as well: a wish that the interpreter did not hear must not pass for one that was kept. How many trips
there are is in TRIP_GENERATED_TRIPS: a sample by default, a thousand in the slow suite.
"""

import collections
import concurrent.futures
import configparser
import datetime
import json
import os
import random
import re
import statistics
import time

import pytest

from busfixtures import SOURCE_ROOT, private_bus, service
from clients import chat, tripctl

REQUESTS = int(os.environ.get("TRIP_GENERATED_TRIPS", 150))
SEED = 20270410
MAX_INFEASIBLE = 0.1

# Time between two blocks, the way left aside, that has to be spoken for, in minutes.
HOLE_MINUTES = 75

# What options may have in common where there is choice: a median over all pairs of options.
MAX_MEDIAN_OVERLAP = 0.75

# A place more than this times what the options hold is choice enough for them to differ.
CHOICE = 2.0

# Cities that people join in one trip.
JOURNEYS = [
    ("Tokyo", "Kyoto"), ("Tokyo", "Kyoto", "Osaka"), ("Osaka", "Kyoto"), ("Paris", "London"), ("Paris", "Barcelona"),
    ("Rome", "Barcelona", "Lisbon"), ("Berlin", "Paris", "London"), ("Istanbul", "Rome"), ("Bangkok", "Tokyo"),
    ("New York", "London"), ("Lisbon", "Barcelona"), ("Berlin", "Rome"), ("Rome", "Florence"), ("Milan", "Verona", "Naples"),
    ("Delhi", "Agra", "Jaipur"), ("Madrid", "Seville", "Granada"), ("Copenhagen", "Stockholm", "Oslo"), ("Sydney", "Melbourne"),
    ("Lima", "Cusco"), ("Dublin", "Edinburgh"), ("San Francisco", "Los Angeles", "Las Vegas"), ("Cairo", "Athens"),
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
    "level": ["luxury hotels", "hostels only"],
    "needs": ["wheelchair accessible", "leave some free time"],
}
ADULTS = {"": 1, "solo": 1, "for 2 people": 2}
PARTIES = {"": 1, "for 2 people": 2, "for 2 adults and 1 child": 3, "for a family of 4": 4, "solo": 1}
SHARES = {"for 2 adults and 1 child": 2.5}

# How travellers come and go, with the minute from which a plan may begin and that by which it has to be over, as the
# documented allowances have it, and what a plan of few days can bear.
ARRIVALS = [("we land at 14:00", 15 * 60), ("arriving by train at 10:30", 10 * 60 + 45), ("we arrive at 1pm", 13 * 60),
            ("we land at 9:20am", 10 * 60 + 20), ("arriving in the afternoon", 15 * 60), ("landing at 22:30", 23 * 60 + 30)]
DEPARTURES = [("fly home at 18:00", 16 * 60), ("train back at 17:30", 17 * 60), ("flight home at 9pm", 19 * 60),
              ("we have to be at the airport by 4 pm", 16 * 60), ("leaving at noon on the last day", 12 * 60)]

# Bounds of single days, and what single days are to be about; {day} is a day of the trip.
DAY_BOUNDS = ["at most 3 sights a day", "no more than 4 km on foot a day", "at most 1 museum a day", "no long walks",
              "at most 2 hours of museums a day"]
DAYS = ["a museum on day {day}", "day {day}: parks and gardens", "no museums on day {day}", "shopping on the last day"]

# Bounds of money, in parts of what a plain meal costs there for one, and of travel: the words, how much, what a plan takes of
# it, and whether that is for each of the party. Loose enough for most trips, tight enough to leave something out.
BOUNDS = [
    ("{amount} {currency} a day on food", 2.6, "meals", True), ("meals under {amount} {currency} each", 2, "meal", True),
    ("max {amount} {currency} per museum", 1.5, "ticket", True), ("no tickets over {amount} {currency}", 1, "ticket", True),
    ("at most {amount} {currency} a day on sights", 2, "tickets", True),
    ("max {amount} rides a day", 5, "rides", False), ("at most {amount} minutes of travel a day", 120, "minutes", False),
]

# What a day of one person costs at least, roughly, in dollars: budgets below it are meant to be refused.
DAY_COST = {"frugal": 130, "fair": 260, "ample": 600}

# Changes to a plan; {visit} and {other} are visits of its first option, {new} is a place that it does not have.
CHANGES = [
    "make day {day} lighter", "start day {day} at 10", "drop {visit}", "move {visit} to day {day}",
    "swap {visit} for {new}", "add {new} to day {day}", "make it cheaper", "give me another option", "later start",
    "finish by 8pm on day {day}", "drop {visit} and drop {other}", "more food",
]

Trip = collections.namedtuple("Trip", "message cities days start budget must_see adults first last bound",
                              defaults=(None, None, None))
Bound = collections.namedtuple("Bound", "words most measure hard")


def read_atlas():
    """Facts and places of each city."""
    for path in sorted((SOURCE_ROOT / "data" / "atlas").glob("*.city")):
        parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        parser.optionxform = str
        parser.read(path, encoding="utf-8")
        yield parser["city"], [parser[name] for name in parser.sections() if name.startswith("place ")]


def find_least_cost(trip):
    """What @trip costs at least, to one city and in its currency: the cheapest bed, two cheap plates a day, the sight."""
    city, places = next(found for found in read_atlas() if found[0]["name"] == trip.cities[0])
    beds = [place for place in places if place["type"] == "lodge"]
    for words, tag in (("wheelchair", "wheelchair"), ("hostels only", "hostel")):
        if words in trip.message:
            beds = [place for place in beds if tag in place["tags"].split(";")]
    bed = min(float(place["cost"]) for place in beds)
    plain = float(city["meal_cost"])
    plates = sorted(float(place["cost"]) for place in places if place["type"] == "restaurant")
    plates = ([plate for plate in plates if plate < plain] + [plain] * 2 * trip.days)[:2 * trip.days]
    sight = sum(float(place["cost"]) for place in places if place["name"] == trip.must_see)
    return bed * (trip.days - 1) * ((trip.adults + 1) // 2) + (sum(plates) + sight) * trip.adults


def read_cities():
    """City name to the names of the sights that everyone knows and that take no day."""
    cities = {}
    for city, places in read_atlas():
        cities[city["name"]] = [
            place["name"] for place in places if place["type"] == "tourist_destination" and
            int(place["popularity"]) >= 85 and int(place["visit_minutes"]) <= 180 and "," not in place["name"]]
    return cities


def draw_bound(i, city, people, shares, has_budget):
    """A bound for trip number @i, or None. Where a budget says in what costs are told, one of travel."""
    randomly = random.Random(SEED * 2 + i)
    if randomly.random() >= 0.3:
        return None
    words, amount, measure, is_money = randomly.choice([bound for bound in BOUNDS if not (has_budget and bound[3])])
    if is_money:
        amount = round(amount * float(city["meal_cost"]) * (people if measure in ("meals", "tickets") else 1)) or 1
    hard = randomly.random() < 0.7
    words = words.format(amount=amount, currency=city["currency"])
    # The price of one meal or ticket is that of an adult, and a child counts as half of one.
    return Bound(words, amount * shares if measure in ("meal", "ticket") else amount, measure, hard)


def measure_day(day, measure):
    """What a day takes of a bound."""
    def costs(kind):
        return [block.get("cost") or 0 for block in day["blocks"] if block["kind"] == kind]

    ways = [block["transportation"] for block in day["blocks"] if block.get("transportation") and block["kind"] != "transfer"]
    return {"meals": lambda: sum(costs("meal")), "meal": lambda: max(costs("meal"), default=0),
            "tickets": lambda: sum(costs("visit")), "ticket": lambda: max(costs("visit"), default=0),
            "rides": lambda: sum(way["method"] != "walk" for way in ways),
            "minutes": lambda: sum(way["minutes"] for way in ways)}[measure]()


def generate(cities):
    """The same trips on each day: dates are of the next year."""
    randomly = random.Random(SEED)
    names = sorted(cities)
    facts = {city["name"]: city for city, _ in read_atlas()}
    year = datetime.date.today().year + 1
    for i in range(REQUESTS):
        if i % 3 == 2:
            where = randomly.choice([journey for journey in JOURNEYS if set(journey) <= set(names)])
            days = randomly.randint(2 * len(where), 10)
        else:
            # Round the cities, and with each round on by one day, so that each city meets each number of days.
            single = i // 3 * 2 + i % 3
            where = (names[single % len(names)],)
            days = 1 + (single + single // len(names)) % 10
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
        # Drawn apart, so that the trips are those of before.
        travels = random.Random(SEED + i)
        arrival = travels.choice(ARRIVALS) if days > len(where) and travels.random() < 0.15 else ("", None)
        departure = travels.choice(DEPARTURES) if days > 1 + len(where) and travels.random() < 0.15 else ("", None)
        message += "".join(f", {words}" for words, _ in (arrival, departure) if words)
        if travels.random() < 0.15:
            message += f", {travels.choice(DAY_BOUNDS)}"
        if travels.random() < 0.1:
            message += f", {travels.choice(DAYS).format(day=travels.randint(1, days))}"
        bound = draw_bound(i, facts[where[0]], PARTIES[party], SHARES.get(party, PARTIES[party]), budget is not None)
        if bound is not None:
            message += f", {'' if bound.hard else 'ideally '}{bound.words}"
        yield Trip(message, where, days, start, budget, must_see, ADULTS.get(party), arrival[1], departure[1], bound)


def generate_change(i, answer):
    """A change to the plan of trip number @i, or None where there is nothing to change."""
    randomly = random.Random(SEED + i)
    option = answer["plan"][0]
    visits = [place["name"] for day in option["days"] for block in day["blocks"] if block["kind"] == "visit"
              for place in block.get("pois", []) if "," not in place["name"]]
    used = {place["name"] for place in places(option)}
    new = [place["name"] for place in answer["pois"] if place["poi_type"] == "tourist_destination" and
           place["name"] not in used and "," not in place["name"]]
    template = randomly.choice(CHANGES)
    if ("{visit}" in template and not visits) or ("{other}" in template and len(visits) < 2) or (
            "{new}" in template and not new):
        return None
    visit, other = randomly.sample(visits, 2) if len(visits) > 1 else (visits or [None]) * 2
    return template.format(day=randomly.randint(1, len(option["days"])), visit=visit, other=other,
                           new=randomly.choice(new) if new else None)


def ask(uri, message, state=None):
    """Status and answer of POST /chat."""
    state = {name: state[name] for name in ("pois", "requirements", "plan")} if state else {}
    return chat(uri, {"message": message, **state})


def places(option):
    for day in option["days"]:
        for block in day["blocks"]:
            yield from block.get("pois", [])
        if day.get("lodging_poi"):
            yield day["lodging_poi"]


def minutes(day, moment):
    """Minutes from the midnight that begins @day to @moment."""
    return int((datetime.datetime.fromisoformat(moment) -
                datetime.datetime.fromisoformat(day["date"])).total_seconds() // 60)


def find_holes(option):
    """Stretches between blocks that nobody speaks for, as text."""
    for number, day in enumerate(option["days"]):
        for before, after in zip(day["blocks"], day["blocks"][1:]):
            way = (after.get("transportation") or {}).get("minutes", 0)
            hole = minutes(day, after["start"]) - way - minutes(day, before["end"])
            if hole >= HOLE_MINUTES:
                yield f"day {number + 1}: {hole} minutes before {after['description']!r}"


def visited(option):
    return {place["name"] for day in option["days"] for block in day["blocks"] if block["kind"] == "visit"
            for place in block.get("pois", [])}


def compare(answer):
    """For each pair of options the share of visits in common and the difference of cost; whether there was choice."""
    sights = sum(place["poi_type"] == "tourist_destination" for place in answer["pois"])
    for i, one in enumerate(answer["plan"]):
        for other in answer["plan"][:i]:
            a, b = visited(one), visited(other)
            dearer = max(one["cost_total"], other["cost_total"], 0.01)
            yield (2 * len(a & b) / max(len(a) + len(b), 1), abs(one["cost_total"] - other["cost_total"]) / dearer,
                   sights >= CHOICE * max(len(a), len(b)))


def count_must_haves(trip, unkept):
    """How many things had to be, and how many of them are: days, cities, dates, a sight, a budget."""
    asked = 1 + len(trip.cities) + sum(wish is not None for wish in (
        trip.start, trip.must_see, trip.budget, trip.first, trip.last, trip.bound))
    missed = {re.sub(r"^plan\[\d\]: |[\d.]+", "", fault) for fault in unkept}
    return asked, asked - min(len(missed), asked)


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
        days = option["days"]
        if trip.first is not None and any(minutes(days[0], block["start"]) < trip.first for block in days[0]["blocks"]):
            yield f"{where}: begins before the arrival"
        if trip.last is not None and any(minutes(days[-1], block["end"]) > trip.last for block in days[-1]["blocks"]):
            yield f"{where}: goes on after the departure"
        if trip.bound is not None:
            worst = max(measure_day(day, trip.bound.measure) for day in days)
            told = not trip.bound.hard and f"“{trip.bound.words}” is not kept" in option["general_notes"]
            if worst > trip.bound.most + 0.005 and not told:
                yield f"{where}: a day takes {worst} of “{trip.bound.words}”"
            if worst <= trip.bound.most and told:
                yield f"{where}: “{trip.bound.words}” is kept, and the notes deny it"
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
        replies = list(pool.map(lambda trip: ask(service.uri, trip.message), trips))
    return trips, replies, time.monotonic() - began


@pytest.fixture(scope="module")
def changes(service, answers):
    """What was asked of which plan, and what came back."""
    _, replies, _ = answers
    asked = [(generate_change(i, answer), answer) for i, (status, answer) in enumerate(replies) if status == 200]
    asked = [(message, answer) for message, answer in asked if message is not None]
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        changed = list(pool.map(lambda change: ask(service.uri, *change), asked))
    return [message for message, _ in asked], changed, time.monotonic() - began


def check(folder, plans):
    """What `tripctl check` finds in @plans, pairs of a name and an answer: pairs of the name and the violation."""
    names = {}
    for i, (name, answer) in enumerate(plans):
        path = folder / f"{i:04}.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        names[str(path)] = name
    broken = []
    paths = list(names)
    for first in range(0, len(paths), 25):
        run = tripctl("check", *paths[first:first + 25])
        assert run.returncode in (0, 1) and run.stderr == "", run.stderr
        violations = []
        for line in run.stdout.splitlines():
            if line.startswith(tuple(paths)):
                path, _, verdict = line.partition(": ")
                broken += [(names[path], violation) for violation in violations]
                assert verdict.endswith("all rules kept") == (not violations)
                violations = []
            else:
                violations.append(line)
        assert not violations
    return broken


def list_some(lines):
    return "\n".join([f"{len(lines)} faults", *lines[:40]])


def test_cities_are_all_there(answers):
    trips, _, _ = answers
    assert {city for trip in trips for city in trip.cities} == set(read_cities())
    assert {trip.days for trip in trips} == set(range(1, 11))


def test_errors_are_honest(answers):
    trips, replies, _ = answers
    refused = [(trip, answer) for trip, (status, answer) in zip(trips, replies) if status != 200]
    for trip, answer in refused:
        assert answer.get("code") == "infeasible", (trip.message, answer)
        # What cannot be kept together is quoted as it was asked for, and then explained.
        named = re.findall("“([^”]*)”", re.split("cannot (?:all )?be kept", answer["details"])[0])
        assert named and all(phrase in trip.message for phrase in named), (trip.message, answer)
    assert len(refused) <= MAX_INFEASIBLE * len(trips), [(trip.message, answer["details"]) for trip, answer in refused]


def test_refused_budgets_cannot_do(service, answers):
    trips, replies, _ = answers
    for trip, (status, answer) in zip(trips, replies):
        if status == 200 or len(trip.cities) > 1 or trip.adults is None or trip.bound is not None or \
                "budget" not in answer["details"]:
            continue
        # The same plan in both currencies says what the dollar is worth there.
        plain, rich = (ask(service.uri, f"3 days in {trip.cities[0]}{more}")[1] for more in ("", " under $100,000"))
        rate = rich["plan"][0]["cost_total"] / plain["plan"][0]["cost_total"]
        told = float(re.search(r"costs \$([\d,.]+\d)", answer["details"]).group(1).replace(",", ""))
        least = find_least_cost(trip) * rate
        # Below that floor no plan can be; between floor and plan there is little that a better one could save.
        assert trip.budget < told <= 1.1 * least, (trip.message, answer["details"], least)


def test_what_was_asked_is_kept(answers):
    trips, replies, _ = answers
    unkept = [f"{trip.message!r}: {fault}" for trip, (status, answer) in zip(trips, replies) if status == 200
              for fault in find_unkept(trip, answer)]
    assert not unkept, "\n".join([f"{len(unkept)} wishes not kept", *unkept[:40]])


def test_no_rule_is_broken(answers, tmp_path):
    trips, replies, _ = answers
    broken = check(tmp_path, [(trip.message, answer) for trip, (status, answer) in zip(trips, replies) if status == 200])
    assert not broken, list_some([f"{message!r}: {violation}" for message, violation in broken])


def test_no_time_is_unspoken_for(answers):
    trips, replies, _ = answers
    holes = [f"{trip.message!r}: {option['title']}, {hole}" for trip, (status, answer) in zip(trips, replies)
             if status == 200 for option in answer["plan"] for hole in find_holes(option)]
    assert not holes, list_some(holes)


def test_options_differ(answers):
    trips, replies, _ = answers
    pairs = [(trip, *pair) for trip, (status, answer) in zip(trips, replies) if status == 200 for pair in compare(answer)]
    twins = [trip.message for trip, overlap, cost, _ in pairs if overlap == 1 and cost == 0]
    assert not twins, list_some(twins)
    with_choice = [overlap for _, overlap, _, choice in pairs if choice]
    assert with_choice and statistics.median(with_choice) <= MAX_MEDIAN_OVERLAP


def test_trades_are_told(answers):
    _, replies, _ = answers
    for status, answer in replies:
        for number, option in enumerate(answer["plan"] if status == 200 else []):
            assert option["general_notes"].startswith(option["title"] + ":")
            assert number == 0 or f"“{answer['plan'][0]['title']}”" in option["general_notes"]


def test_changes_break_no_rule(changes, service, tmp_path):
    messages, replies, _ = changes
    refused = [(message, answer) for message, (status, answer) in zip(messages, replies)
               if status != 200 and answer.get("code") != "infeasible"]
    assert not refused
    broken = check(tmp_path, [(message, answer) for message, (status, answer) in zip(messages, replies) if status == 200])
    assert not broken, list_some([f"{message!r}: {violation}" for message, violation in broken])
    service.check_alive()


def test_changes_leave_no_hole_without_a_name(changes):
    messages, replies, _ = changes
    holes = [f"{message!r}: {option['title']}, {hole}" for message, (status, answer) in zip(messages, replies)
             if status == 200 for option in answer["plan"] for hole in find_holes(option)]
    assert not holes, list_some(holes)


def test_figures(answers, changes, service, capsys):
    """Asserts nothing that the others do not: this is what the run was like."""
    trips, replies, seconds = answers
    messages, changed, change_seconds = changes
    plans = [(trip, answer) for trip, (status, answer) in zip(trips, replies) if status == 200]
    must_haves = [count_must_haves(trip, list(find_unkept(trip, answer))) for trip, answer in plans]
    asked, met = (sum(column) for column in zip(*must_haves))
    options = [option for _, answer in plans for option in answer["plan"]]
    pairs = [pair for _, answer in plans for pair in compare(answer)]
    with open(f"/proc/{service.popen.pid}/status", encoding="ascii") as status:
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) / 1024
    refused = sum(status != 200 for status, _ in changed)
    with capsys.disabled():
        print(f"""
{len(trips)} requests in {seconds:.1f} s: {len(plans)} plans, {len(options)} options, \
{sum(len(day["blocks"]) for option in options for day in option["days"])} blocks
must-haves met {met} of {asked} ({100 * met / asked:.2f} %), infeasible {len(trips) - len(plans)} \
({100 * (1 - len(plans) / len(trips)):.1f} %)
options of one plan: median overlap of visits {statistics.median(pair[0] for pair in pairs):.2f} \
({statistics.median([pair[0] for pair in pairs if pair[2]] or [0]):.2f} where there is choice), \
median difference of cost {100 * statistics.median(pair[1] for pair in pairs):.0f} %
{len(messages)} changes in {change_seconds:.1f} s: {refused} infeasible
peak memory of the service {peak:.1f} MB""")
