# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An audit of requirements through the whole service: each kind, as a must-have, a wish and something to avoid where
that makes sense, in several cities, held against the plan itself. A requirement is met by every option, or the notes of
the option name it, or the request is refused with an error that names it.
"""

import datetime
import itertools
import json
import re

import pytest

from busfixtures import private_bus, service
from clients import OK, chat, tripctl

CITIES = ["Rome", "Tokyo", "New York", "Lisbon"]
DAYS = 3
SLOWEST_WALK_M_MIN = 75


def ask(uri, message, requirements=()):
    """Status and answer of POST /chat."""
    body = {"message": message, "requirements": [{"description": d, "priority": p} for d, p in requirements]}
    return chat(uri, body)


def blocks(option, *kinds):
    for day in option["days"]:
        for block in day["blocks"]:
            if not kinds or block["kind"] in kinds:
                yield block


def minute(text):
    return int(text[11:13]) * 60 + int(text[14:16])


def walks(day):
    return [block["transportation"]["distance_m"] for block in day["blocks"]
            if block.get("transportation", {}).get("method") == "walk"]


def methods(option):
    return {block["transportation"]["method"] for block in blocks(option) if "method" in block.get("transportation", {})}


def tags(block):
    return {tag for place in block.get("pois", []) for tag in place.get("tags", [])}


def day_has(option, index, tag):
    return any(tag in tags(block) for block in option["days"][index]["blocks"] if block["kind"] in ("visit", "meal"))


def starts_after(minutes):
    return lambda option: all(minute(block["start"]) >= minutes for block in blocks(option))


def ends_before(minutes):
    return lambda option: all(
        block["end"][:10] == block["start"][:10] and minute(block["end"]) <= minutes for block in blocks(option))


def walks_a_day(metres):
    return lambda option: all(sum(walks(day)) <= metres for day in option["days"])


def walks_at_once(metres):
    return lambda option: all(max(walks(day), default=0) <= metres for day in option["days"])


def visits(most):
    return lambda option: all(sum(block["kind"] == "visit" for block in day["blocks"]) <= most for day in option["days"])


def visits_of(tag, most):
    return lambda option: all(sum(block["kind"] == "visit" and tag in tags(block) for block in day["blocks"]) <= most
                              for day in option["days"])


def costs(most):
    return lambda option: option["cost_total"] <= most + 0.005


def without(*methods_out):
    return lambda option: not methods(option) & set(methods_out)


def only(*methods_in):
    return lambda option: methods(option) <= set(methods_in)


def without_tag(tag):
    return lambda option: not any(tag in tags(block) for block in blocks(option, "visit"))


def is_for_the_night(block):
    """A bar, but not a quarter that has bars beside all else."""
    return bool({"nightlife", "bar"} & tags(block)) and not {
        "neighbourhood", "street", "square", "market", "view", "family", "kids"} & tags(block)


def minute_of(day, moment):
    """Minutes from the midnight that begins @day to @moment."""
    return minute(moment) + 24 * 60 * (datetime.date.fromisoformat(moment[:10]) -
                                       datetime.date.fromisoformat(day["date"])).days


def begins(minutes):
    return lambda option: minute_of(option["days"][0], option["days"][0]["blocks"][0]["start"]) == minutes


def is_over(minutes):
    return lambda option: all(minute_of(option["days"][-1], block["end"]) <= minutes for block in option["days"][-1]["blocks"])


def always(option):
    return True


BOTH = ("must_have", "preferred")
ANY = ("must_have", "preferred", "avoid")

# Requirement, its priorities, whether an option meets it, and what its notes say where it does not.
AUDIT = [
    ("start at 10", BOTH, starts_after(600), None),
    ("not before 9:30", BOTH, starts_after(570), None),
    ("nothing before 10am", ("avoid",), starts_after(600), None),
    ("ending at 8pm", BOTH, ends_before(1200), None),
    ("back by 7pm", BOTH, ends_before(1140), None),
    ("from 9am to 6pm", BOTH, lambda option: starts_after(540)(option) and ends_before(1080)(option), None),
    ("we land at 14:00", BOTH, begins(15 * 60), None),
    ("arriving by train at 10:30", BOTH, begins(10 * 60 + 45), None),
    ("we get in late at night", ("must_have",), begins(23 * 60), None),
    ("fly home at 18:00", BOTH, is_over(16 * 60), None),
    ("train back at 17:30", BOTH, is_over(17 * 60), None),
    ("be at the airport by 4 pm", BOTH, is_over(16 * 60), None),
    ("leave by noon on the last day", BOTH, is_over(12 * 60), None),
    ("walk no more than 5 km a day", BOTH, walks_a_day(5000), "walking"),
    ("walk no more than 2 km a day", BOTH, walks_a_day(2000), "walking"),
    ("no walks over 600 m", ANY, walks_at_once(600), None),
    ("at most 15 minutes on foot at a time", BOTH, walks_at_once(15 * SLOWEST_WALK_M_MIN), None),
    ("long walks", ("avoid",), walks_at_once(800), None),
    ("max 3 sights per day", BOTH, visits(3), "sights"),
    ("at most 1 museum a day", BOTH, visits_of("museum", 1), "museum"),
    ("no more than 2 parks per day", BOTH, visits_of("park", 2), "parks"),
    ("relaxed pace", BOTH, visits(4), None),
    ("under 2000 dollars", BOTH, costs(2000), "budget"),
    ("under 500 dollars per day", BOTH, costs(500 * DAYS), "budget"),
    ("1500 dollars per person", BOTH, costs(1500), "budget"),
    ("no public transport", BOTH, without("subway", "metro", "bus", "tram", "train", "transit", "ferry"), None),
    ("taxis", ("avoid",), without("taxi"), None),
    ("walk everywhere", ("must_have",), only("walk"), None),
    ("by bike", ("must_have",), only("walk", "bike"), None),
    ("public transport only", BOTH, without("taxi", "car", "bike"), None),
    ("museums", ("avoid",), without_tag("museum"), None),
    ("museum", BOTH, lambda option: any("museum" in tags(block) for block in blocks(option)), "museum"),
    ("churches and temples", ("avoid",), lambda option: without_tag("church")(option) and without_tag("temple")(option),
     None),
    ("crowds", ("avoid",), lambda option: not any("crowded" in tags(block) and minute(block["start"]) < 930 and
                                                  minute(block["end"]) > 630 for block in blocks(option, "visit")), "crowds"),
    ("off-peak hours", BOTH, lambda option: not any("crowded" in tags(block) and minute(block["start"]) < 930 and
                                                    minute(block["end"]) > 630 for block in blocks(option, "visit")),
     "crowds"),
    ("vegan", BOTH, lambda option: all(not block.get("pois") or "vegan" in tags(block)
                                       for block in blocks(option, "meal")), None),
    ("kosher", BOTH, lambda option: all(not block.get("pois") or "kosher" in tags(block)
                                        for block in blocks(option, "meal")), None),
    ("wheelchair access", ("must_have",), lambda option: all("wheelchair" in tags(block)
                                                             for block in blocks(option, "visit")), "Step-free"),
    ("wheelchair access", ("preferred",), lambda option: all("wheelchair" in tags(block)
                                                             for block in blocks(option, "visit")), "Step-free"),
    ("with our dog", BOTH, lambda option: False, "animals"),
    ("stroller friendly", BOTH, lambda option: False, "stroller"),
    ("with two children", ("must_have",), lambda option: not any(is_for_the_night(block)
                                                                 for block in blocks(option, "visit")), None),
    ("free afternoons", BOTH, lambda option: all(any(block["kind"] == "free" for block in day["blocks"])
                                                 for day in option["days"]), "free time"),
    ("day 2: gardens", BOTH, lambda option: day_has(option, 1, "garden"), "day 2: gardens"),
    ("museums on the last day", BOTH, lambda option: day_has(option, DAYS - 1, "museum"), "museums on the last day"),
    ("museums on day 1", ("avoid",), lambda option: not day_has(option, 0, "museum"), None),
    ("a market day", BOTH, lambda option: any(day_has(option, day, "market") for day in range(DAYS)), "a market day"),
    ("day 7: gardens", BOTH, lambda option: False, "day 7: gardens"),
    ("hotel under 150 dollars per night", BOTH, always, None),
    ("hostel", ("must_have",), lambda option: all("hostel" in day["lodging_poi"].get("tags", [])
                                                  for day in option["days"] if day.get("lodging_poi")), None),
    ("ryokan", ("must_have",), lambda option: all("ryokan" in day["lodging_poi"].get("tags", [])
                                                  for day in option["days"] if day.get("lodging_poi")), None),
    ("something with unicorns", ("preferred",), lambda option: False, "something with unicorns"),
    ("unicorn rides", ("must_have",), lambda option: False, None),
    ("unicorn rides", ("avoid",), lambda option: False, "unicorn rides"),
]


def find_fault(status, answer, words, is_met, note):
    """Why the requirement is neither met nor told, or nothing."""
    if status != 200:
        if answer.get("code") != "infeasible":
            return f"{answer}"
        return None if f"“{words}”" in answer["details"] else f"refused without naming it: {answer['details']}"
    for number, option in enumerate(answer["plan"]):
        if len(option["days"]) != DAYS:
            return f"plan[{number}] has {len(option['days'])} days"
        told = note is not None and note in option["general_notes"] or f"“{words}” is not kept" in option["general_notes"]
        if not is_met(option) and not told:
            return f"plan[{number}] ({option['title']}) does not keep it: {option['general_notes']}"
    return None


@pytest.mark.parametrize("words,priorities,is_met,note", AUDIT, ids=[f"{case[0]}-{'-'.join(case[1])}" for case in AUDIT])
def test_requirement(service, words, priorities, is_met, note):
    faults = []
    for city, priority in itertools.product(CITIES, priorities):
        status, answer = ask(service.uri, f"plan {DAYS} days in {city}", [(words, priority)])
        fault = find_fault(status, answer, words, is_met, note)
        if fault is None and status == 200 and priority == "must_have" and note is None:
            fault = next((f"plan[{n}] lacks a must-have" for n, option in enumerate(answer["plan"]) if not is_met(option)),
                         None)
        if fault is not None:
            faults.append(f"{city}, {priority}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("message,heard", [
    ("3 days in Rome, ending at 11pm", "ending at 11pm"),
    ("3 days in Rome, walk no more than 5 km a day", "walk no more than 5 km a day"),
    ("3 days in Rome, a food day and an art day", "a food day"),
    ("3 days in Rome, day 2: gardens", "day 2: gardens"),
    ("3 days in Rome, max 3 sights per day", "max 3 sights per day"),
    ("3 days in Rome from London", "from London"),
    ("3 days in Rome, we land at 14:00 on the first day", "land at 14:00 on the first day"),
    ("3 days in Rome. We get in Friday evening and leave on Sunday at noon.", "get in Friday evening"),
    ("3 days in Rome, landing in Rome at 2pm", "landing at 2pm"),
    ("3 days in Rome, our flight home leaves at 6 p.m.", "flight home leaves at 6 p.m"),
    ("3 days in Rome, check out and leave by noon on the last day", "check out and leave by noon on the last day"),
])
def test_heard_in_a_sentence(service, message, heard):
    status, answer = ask(service.uri, message)
    assert status == 200, answer
    assert heard in [requirement["description"] for requirement in answer["requirements"]]
    assert "Rome" in [intent["value"] for intent in answer["intents"]]


def test_origin_is_no_place_to_visit(service):
    status, answer = ask(service.uri, "4 days in Lisbon from Berlin")
    assert status == 200
    assert not any(intent["value"] == "from Berlin" for intent in answer["intents"])
    for option in answer["plan"]:
        transfers = [block["description"] for block in blocks(option, "transfer")]
        assert len(transfers) == 2 and "Lisbon" in transfers[0] and "Berlin" in transfers[1]


@pytest.mark.parametrize("origin,city", [("London", "Tokyo"), ("Tokyo", "New York"), ("Berlin", "Bangkok")])
def test_long_way_home_keeps_the_end_of_days(service, origin, city):
    status, answer = ask(service.uri, f"5 days in {city} from {origin}", [("back by 6pm", "must_have")])
    assert status == 200, answer
    for option in answer["plan"]:
        assert ends_before(18 * 60)(option), option["general_notes"]
        assert all(day.get("lodging") for day in option["days"][:-1])


def follow(uri, message, answer):
    state = {name: answer[name] for name in ("pois", "requirements", "plan")}
    status, answer = chat(uri, {"message": message, **state})
    assert status == 200, answer
    return answer


def check(answer):
    run = tripctl("check", "-", stdin=json.dumps(answer))
    return run.stdout if run.returncode != OK else ""


@pytest.fixture(scope="module")
def journeys(service):
    status, answer = ask(service.uri, "plan a 2 day trip to Rome, we land at 14:00 and fly home at 18:00")
    assert status == 200, answer
    return answer


def test_journeys_bound_the_trip(journeys):
    assert len(journeys["plan"]) >= 2
    for option in journeys["plan"]:
        first, last = option["days"][0]["blocks"], option["days"][-1]["blocks"]
        assert minute(first[0]["start"]) >= 15 * 60 and first[0]["kind"] == "check_in"
        assert minute(last[-1]["end"]) <= 16 * 60 and last[-1]["kind"] == "transfer"
        assert "60 minutes to leave the airport" in option["general_notes"]
        assert "120 minutes before" in option["general_notes"]
    assert not check(journeys)


def test_another_landing_takes_the_place_of_the_first(service, journeys):
    answer = follow(service.uri, "we land at 16:00 instead", journeys)
    assert [r["description"] for r in answer["requirements"]] == ["2 day trip", "fly home at 18:00", "land at 16:00"]
    for option, before in zip(answer["plan"], journeys["plan"]):
        assert minute(option["days"][0]["blocks"][0]["start"]) == 17 * 60
        assert option["days"][1] == before["days"][1]
        assert "2:00 PM" not in option["general_notes"] and "4:00 PM" in option["general_notes"]
    assert not check(answer)


@pytest.mark.parametrize("message,gone", [("forget the departure time", "fly home at 18:00"),
                                          ("forget the arrival time", "land at 14:00"),
                                          ("forget the flight time", "land at 14:00")])
def test_journeys_are_taken_back(service, journeys, message, gone):
    answer = follow(service.uri, message, journeys)
    left = [r["description"] for r in answer["requirements"]]
    assert gone not in left and len(left) == 2
    for option in answer["plan"]:
        assert (option["days"][-1]["blocks"][-1]["kind"] == "transfer") == (gone != "fly home at 18:00")
    assert not check(answer)


def test_leaving_early_is_no_change_of_a_day(service, journeys):
    answer = follow(service.uri, "we have to leave by noon on the last day", journeys)
    assert [(i["intent"], i["action"]) for i in answer["intents"]] == [("Schedule_Requirement", "remove"),
                                                                       ("Schedule_Requirement", "add")]
    assert all(is_over(12 * 60)(option) for option in answer["plan"])
    assert not check(answer)


@pytest.mark.parametrize("message", ["start day 1 at 9am", "start every day at 8", "end day 2 at 9pm", "add a day",
                                     "make day 1 lighter", "also see Castel Sant'Angelo", "back by 8pm",
                                     "end day 2 at 1pm", "a cheaper hotel", "swap day 1 and day 2", "make it 3 days"])
def test_changes_keep_journeys(service, journeys, message):
    answer = follow(service.uri, message, journeys)
    assert not check(answer)
    for option in answer["plan"]:
        assert minute(option["days"][0]["blocks"][0]["start"]) >= 15 * 60
        assert option["days"][-1]["blocks"][-1]["end"][11:16] == "16:00"


def test_journeys_with_an_origin(service):
    status, answer = ask(service.uri, "3 days in Rome from Paris, we land at 14:00 and fly home at 18:00")
    assert status == 200, answer
    for option in answer["plan"]:
        arrival, home = list(blocks(option, "transfer"))
        assert arrival["end"][11:16] == "15:00" and arrival["transportation"]["method"] == "flight"
        # One leaves the city in time to be at the airport two hours before.
        assert minute(home["start"]) - home["transportation"]["minutes"] == 15 * 60
        assert home["transportation"]["method"] == "flight"
    assert not check(answer)


def test_journeys_of_a_trip_to_two_cities(service):
    status, answer = ask(service.uri, "4 days in Tokyo and Kyoto, landing at 11:00, train home at 15:00")
    assert status == 200, answer
    for option in answer["plan"]:
        assert begins(12 * 60)(option) and is_over(14 * 60 + 30)(option)
        assert {block["pois"][0]["city"] for block in blocks(option, "visit")} == {"Tokyo", "Kyoto"}
    assert not check(answer)


@pytest.mark.parametrize("message,named", [
    ("1 day trip to Rome, arrive at 18:00 and leave at 12:00", {"1 day trip", "arrive at 18:00", "leave at 12:00"}),
    ("2 days in Rome, we land at 22:30 and our flight home leaves at 9am",
     {"2 days", "land at 22:30", "flight home leaves at 9am"}),
])
def test_journeys_that_exclude_each_other(service, message, named):
    status, answer = ask(service.uri, message)
    assert status == 422 and answer["code"] == "infeasible"
    assert set(re.findall("“([^”]*)”", answer["details"].split(" cannot ")[0])) == named


def test_a_budget_too_small_for_a_meal_is_said(service):
    status, answer = ask(service.uri, "plan 1 day in Rome", [("under 5 dollars", "must_have")])
    assert status == 200
    for option in answer["plan"]:
        assert option["cost_total"] <= 5
        assert any(True for _ in blocks(option, "meal")) or "no room for a meal on day 1" in option["general_notes"]
    assert not check(answer)


def test_one_more_of_a_kind_than_the_limit_is_said(service):
    status, answer = ask(service.uri, "plan 2 days in Rome", [("at most 1 museum a day", "must_have")])
    assert status == 200
    changed = follow(service.uri, "add a museum on day 1", follow(service.uri, "add a museum on day 1", answer))
    for option in changed["plan"]:
        kept = visits_of("museum", 1)(option)
        assert kept or "“at most 1 museum a day” is not kept any more" in option["general_notes"], option["general_notes"]
    assert not all(visits_of("museum", 1)(option) for option in changed["plan"])
    assert not check(changed)


@pytest.mark.parametrize("requirements,members", [
    ([("Colosseum", "must_have"), ("Colosseum", "avoid"), ("relaxed pace", "must_have")], ["Colosseum"]),
    ([("unicorn rides", "must_have"), ("under 5000 dollars", "must_have")], ["unicorn rides"]),
    ([("under 5 dollars", "must_have"), ("vegan", "must_have"), ("Vatican Museums", "must_have")],
     ["under 5 dollars", "Vatican Museums"]),
    ([("no taxis", "must_have"), ("no public transport", "must_have"), ("max 300 m walking per day", "must_have"),
      ("Vatican Museums", "must_have"), ("Colosseum", "must_have"), ("Appian Way", "must_have"),
      ("Trastevere", "must_have")], None),
])
def test_conflicts_name_their_members(service, requirements, members):
    status, answer = ask(service.uri, "plan 1 day in Rome", requirements)
    assert status == 422 and answer["code"] == "infeasible"
    head = answer["details"].split(" cannot ")[0]
    named = re.findall("“([^”]*)”", head)
    asked = [words for words, _ in requirements] + ["1 day"]
    assert named and set(named) <= set(asked)
    if members is not None:
        assert set(named) == set(members)
    # Without any one of its members the rest of the set holds; a length that is not among them may be any.
    full = [(words, priority) for words, priority in [*requirements, ("1 day", "must_have")] if words in named]
    for gone in range(len(full)):
        rest = full[:gone] + full[gone + 1:]
        lengths = [""] if ("1 day", "must_have") in rest else ["1 day ", "3 day ", "6 day "]
        answers = [ask(service.uri, f"plan a {length}trip to Rome", rest) for length in lengths]
        assert any(status == 200 for status, _ in answers), (full[gone], answers)
