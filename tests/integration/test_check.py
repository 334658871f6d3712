# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl check on plans of the built planner, sound and broken on purpose, and on all the forms in which plans are kept.

Each mutation is what goes wrong in the world: a slip of an editor, a planner that cannot count, a model that invents.
"""

import copy
import datetime
import json

import pytest

from clients import FAILED, OK, USAGE, tripctl
from savedplans import check, first_block, move, times

REQUEST = ("plan a 4 day trip to Rome and Barcelona from 12 April 2027 for 2 adults and 1 child under $9000, "
           "must see Colosseum, vegetarian, no taxis, no museums, start after 8am, back by 11pm")


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    path = tmp_path_factory.mktemp("planned") / "answer.json"
    stream = tripctl("plan", "--via", "local", "--json", "--output", str(path), REQUEST, status=OK).stdout
    return json.loads(path.read_text(encoding="utf-8")), stream


@pytest.fixture
def answer(planned):
    return copy.deepcopy(planned[0])


def days(answer):
    return answer["plan"][0]["days"]


def place(block):
    return block["pois"][0]


def shift(block, minutes, longer=0):
    start, end = times(block)
    move(block, start + datetime.timedelta(minutes=minutes), end + datetime.timedelta(minutes=minutes + longer))


def at(day, hour, minute=0):
    return datetime.datetime.fromisoformat(f"{day['date']}T{hour:02}:{minute:02}:00")


def has_hours(day, index, block):
    return place(block).get("opening_hours", "24/7") not in ("24/7", "") and index > 0


def far(day, index, block):
    return index > 0 and block.get("transportation", {}).get("distance_m", 0) > 2000 and \
        day["blocks"][index - 1]["kind"] not in ("transfer", "free")


def long_day(day):
    visits = [times(block) for block in day["blocks"] if block["kind"] == "visit"]
    return visits and min(visits)[0] <= at(day, 11) and max(end for _, end in visits) >= at(day, 16)


# The mutations: each changes the answer and says which rule has to fire, and where.


def shift_before_opening(answer):
    path, day, _, block = first_block(answer, "visit", has_hours)
    move(block, at(day, 4), at(day, 5))
    return "opening-hours", path


def close_that_day(answer):
    path, day, _, block = first_block(answer, "visit")
    weekday = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[at(day, 0).weekday()]
    place(block)["opening_hours"] = f"00:00-24:00; {weekday} off"
    return "opening-hours", path


def close_that_date(answer):
    path, day, _, block = first_block(answer, "visit")
    place(block)["opening_hours"] = f"00:00-24:00; {at(day, 0):%b %d} off"
    return "opening-hours", path


def swap_blocks(answer):
    path, day, index, _ = first_block(answer, "visit", lambda day, index, block: index > 0)
    blocks = day["blocks"]
    blocks[index - 1], blocks[index] = blocks[index], blocks[index - 1]
    return "order", path


def stay_longer(answer):
    _, day, index, block = first_block(answer, "visit", lambda day, index, block: index + 1 < len(day["blocks"]))
    shift(block, 0, (times(day["blocks"][index + 1])[0] - times(block)[1]).seconds // 60 + 5)
    return "overlap", f"plan[0].days[{days(answer).index(day)}].blocks[{index + 1}]"


def rush_through(answer):
    path, _, _, block = first_block(answer, "visit")
    start, _ = times(block)
    move(block, start, start + datetime.timedelta(minutes=2))
    return "duration", path


def begin_too_early(answer):
    path, day, _, block = first_block(answer, "visit", lambda day, index, block: index == 0)
    move(block, at(day, 7), times(block)[1])
    return "bounds", path


def stay_out(answer):
    path, day, _, block = first_block(answer, "meal", lambda day, index, block: index + 1 == len(day["blocks"]))
    move(block, times(block)[0], at(day, 23, 30))
    return "bounds", path


def come_after_the_first_visit(answer):
    start, _ = times(days(answer)[0]["blocks"][0])
    told = start + datetime.timedelta(minutes=90)
    answer["requirements"].append({"description": f"arrive at {told:%H:%M}", "priority": "must_have"})
    return "arrival", "plan[0].days[0].blocks[0]"


def leave_before_the_last_visit_ends(answer):
    blocks = days(answer)[-1]["blocks"]
    b = max(i for i, block in enumerate(blocks) if block["kind"] != "transfer")
    told = times(blocks[b])[1] - datetime.timedelta(minutes=30)
    answer["requirements"].append({"description": f"leave at {told:%H:%M} on the last day", "priority": "must_have"})
    return "departure", f"plan[0].days[{len(days(answer)) - 1}].blocks[{b}]"


def edit_the_time_text(answer):
    path, _, _, block = first_block(answer, "meal")
    block["time"] = "10:00 AM - 11:00 AM"
    return "times", path


def tell_times_with_a_zone(answer):
    path, _, _, block = first_block(answer, "visit")
    block["start"] += "+02:00"
    return "times", path


def skip_a_date(answer):
    days(answer)[2]["date"] = (at(days(answer)[2], 0) + datetime.timedelta(days=1)).date().isoformat()
    return "dates", "plan[0].days[2]"


def lose_a_day(answer):
    days(answer).pop()
    return "days", "plan[0]"


def sleep_nowhere(answer):
    days(answer)[1].pop("lodging")
    days(answer)[1].pop("lodging_poi", None)
    return "lodging", "plan[0].days[1]"


def sleep_elsewhere(answer):
    days(answer)[0]["lodging"] = "The Other Inn"
    return "lodging", "plan[0].days[0]"


def teleport_to_nowhere(answer):
    path, _, _, block = first_block(answer, "visit")
    place(block)["geo_coordinate"] = {"lat": 0, "lng": 0}
    return "coordinates", path


def teleport_over_the_sea(answer):
    path, day, _, block = first_block(answer, "visit", lambda day, index, block: index > 0 and not any(
        other["kind"] == "transfer" for other in day["blocks"]))
    place(block)["geo_coordinate"]["lng"] += 20
    return "coordinates", path


def teleport_across_town(answer):
    path, _, _, block = first_block(answer, "visit", far)
    place(block)["geo_coordinate"]["lat"] += 0.2
    return "travel", path


def fly_by_bus(answer):
    path, _, _, block = first_block(answer, "visit", far)
    block["transportation"].update(minutes=1, duration="1 minute")
    return "travel", path


def forget_the_way(answer):
    path, _, _, block = first_block(answer, "visit", far)
    del block["transportation"]
    return "travel", path


def drop_the_transfer(answer):
    _, day, index, _ = first_block(answer, "transfer")
    del day["blocks"][index]
    return "transfer", f"plan[0].days[{days(answer).index(day)}]"


def take_a_taxi(answer):
    path, _, _, block = first_block(answer, "visit", far)
    block["transportation"]["method"] = "taxi"
    return "transport", path


def walk_too_far(answer):
    answer["requirements"].append({"description": "no long walks", "priority": "must_have"})
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: "transportation" in block)
    block["transportation"].update(method="walk", distance_m=900, minutes=15, duration="15 minutes")
    return "walking", path


def visit_twice(answer):
    _, _, _, first = first_block(answer, "visit")
    day = days(answer)[-1]
    last = [block for block in day["blocks"] if block["kind"] == "visit"][-1]
    last["pois"] = copy.deepcopy(first["pois"])
    return "duplicate", f"plan[0].days[{len(days(answer)) - 1}].blocks[{day['blocks'].index(last)}]"


def invent_a_place(answer):
    path, _, _, block = first_block(answer, "visit")
    place(block)["id"] = "atlas:rome/does-not-exist"
    return "place-id", path


def list_twice(answer):
    answer["pois"].append(copy.deepcopy(answer["pois"][0]))
    return "duplicate", f"pois[{len(answer['pois']) - 1}]"


def drop_lunch(answer):
    d, day = next((d, day) for d, day in enumerate(days(answer)) if long_day(day))
    day["blocks"] = [block for block in day["blocks"] if not (
        block["kind"] in ("meal", "free") and at(day, 10) <= times(block)[0] <= at(day, 16))]
    return "meals", f"plan[0].days[{d}]"


def dine_twice(answer):
    # Coffee and cake, or a bite, replace no meal.
    path, day, _, block = first_block(answer, "meal", lambda day, index, block: times(block)[0] >= at(day, 17) and (
        times(block)[1] - times(block)[0]).seconds > 45 * 60 and not (
        {"cafe", "dessert"} & set(place(block).get("tags", []) if block.get("pois") else [])))
    block["description"] = "Dinner."
    extra = copy.deepcopy(block)
    extra["pois"] = []
    day["blocks"].insert(day["blocks"].index(block) + 1, extra)
    return "meals", path[:path.rindex("[") + 1] + f"{day['blocks'].index(block) + 1}]"


def eat_meat(answer):
    path, _, _, block = first_block(answer, "meal", lambda day, index, block: block.get("pois"))
    place(block)["tags"] = ["food", "local"]
    return "diet", path


def raise_a_cost(answer):
    _, _, _, block = first_block(answer, "visit")
    block["cost"] = block.get("cost", 0) + 10
    return "cost", "plan[0]"


def tell_another_total(answer):
    answer["plan"][0]["overall_cost"] = "$12"
    return "cost", "plan[0]"


def halve_the_budget(answer):
    answer["requirements"].append({"description": f"under ${int(answer['plan'][0]['cost_total'] / 2)}",
                                   "priority": "must_have"})
    return "budget", "plan[0]"


def miss_the_must_see(answer):
    for day in days(answer):
        day["blocks"] = [block for block in day["blocks"] if not any(
            "Colosseum" in poi["name"] for poi in block.get("pois", []))]
    return "must-have", "plan[0]"


def visit_a_museum(answer):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: not place(block).get("must_see"))
    place(block)["tags"] = ["museum"]
    return "avoid", path


def bring_a_wheelchair(answer):
    answer["requirements"].append({"description": "wheelchair accessible", "priority": "must_have"})
    path, _, _, block = first_block(answer, "visit")
    place(block)["tags"] = ["stairs"]
    answer["plan"][0]["general_notes"] = ""
    return "access", path


def take_children_to_a_bar(answer):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: not place(block).get("must_see"))
    place(block)["tags"] = ["nightlife", "bar"]
    return "children", path


def leave_no_free_time(answer):
    answer["requirements"].append({"description": "with free time", "priority": "must_have"})
    answer["plan"][0]["general_notes"] = ""
    for d, day in enumerate(days(answer)):
        if long_day(day):
            for block in day["blocks"]:
                block["kind"] = "visit" if block["kind"] == "free" else block["kind"]
            for before, after in zip(day["blocks"], day["blocks"][1:]):
                shift(before, 0, max(0, (times(after)[0] - times(before)[1]).seconds // 60 - 60))
            return "free-time", f"plan[0].days[{d}]"
    raise AssertionError("the plan has no long day")


def run_from_sight_to_sight(answer):
    path, day, _, block = first_block(answer, "visit")
    start, _ = times(block)
    for i in range(13):
        extra = copy.deepcopy(block)
        extra.pop("transportation", None)
        place(extra).update(name=f"Sight {i}", id=f"x:{i}")
        move(extra, start + datetime.timedelta(minutes=5 * i), start + datetime.timedelta(minutes=5 * i + 5))
        day["blocks"].insert(day["blocks"].index(block), extra)
    return "pace", path[:path.index(".blocks")]


def see_nothing(answer):
    for day in days(answer):
        day["blocks"] = [block for block in day["blocks"] if block["kind"] != "visit"]
    return "content", "plan[0]"


def ask(answer, description, priority="must_have"):
    answer["requirements"].append({"description": description, "priority": priority})


def rides(day):
    return sum(block["transportation"]["method"] != "walk" for block in day["blocks"]
               if block.get("transportation") and block["kind"] != "transfer")


def spent(day):
    return (day.get("lodging_cost") or 0) + sum(
        (block.get("cost") or 0) + ((block.get("transportation") or {}).get("cost") or 0)
        for block in day["blocks"] if block["kind"] != "transfer")


def eaten(day):
    return sum(block.get("cost") or 0 for block in day["blocks"] if block["kind"] == "meal")


def most(answer, measure):
    """The day with the most of something, and how much."""
    d = max(range(len(days(answer))), key=lambda d: measure(days(answer)[d]))
    return f"plan[0].days[{d}]", measure(days(answer)[d])


def see_more_than_asked(answer):
    path, count = most(answer, lambda day: sum(block["kind"] == "visit" for block in day["blocks"]))
    ask(answer, f"at most {count - 1} sights a day")
    return "pace", path


def walk_more_than_asked(answer):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: "transportation" in block)
    ask(answer, "no more than 5 km on foot a day")
    block["transportation"].update(method="walk", distance_m=5200, minutes=70, duration="70 minutes")
    return "walking", path[:path.index(".blocks")]


def eat_for_more_than_asked(answer):
    path, amount = most(answer, eaten)
    ask(answer, f"${int(amount) - 1} a day on food")
    return "budget", path


def spend_more_than_asked_on_a_day(answer):
    path, amount = most(answer, spent)
    # Beside a budget for the trip an amount a day may be the price of something.
    answer["requirements"] = [wish for wish in answer["requirements"] if "$" not in wish["description"]]
    ask(answer, f"${int(amount) - 1} a day")
    return "budget", path


def sleep_for_more_than_asked(answer):
    path, amount = most(answer, lambda day: day.get("lodging_cost") or 0)
    # Three share two rooms.
    ask(answer, f"hotels under ${int(amount / 2) - 1} a night")
    return "budget", path


def ride_more_than_asked(answer):
    path, count = most(answer, rides)
    ask(answer, f"max {count - 1} rides a day")
    return "travel-limit", path


def travel_longer_than_asked(answer):
    path, _, _, block = first_block(answer, "visit", far)
    ask(answer, "max 1 hour of travel a day")
    block["transportation"].update(minutes=61, duration="61 minutes")
    return "travel-limit", path[:path.index(".blocks")]


def forget_what_a_day_is_for(answer):
    ask(answer, "Colosseum on the last day")
    return "day-wish", f"plan[0].days[{len(days(answer)) - 1}]"


def stand_in_the_crowd(answer):
    ask(answer, "crowds", "avoid")
    answer["plan"][0]["general_notes"] = ""
    path, day, _, block = first_block(answer, "visit")
    place(block).setdefault("tags", []).append("crowded")
    move(block, at(day, 12), at(day, 13))
    return "crowds", path


def leave_out_what_they_like(answer):
    there = [poi for day in days(answer) for block in day["blocks"] for poi in block.get("pois", [])]
    liked = next(poi for poi in answer["pois"] if poi["poi_type"] == "tourist_destination" and
                 poi["id"] not in [other.get("id") for other in there] and "Aqua" not in poi["name"])
    for poi in there:
        poi["tags"] = [tag for tag in poi.get("tags", []) if tag != "aquarium"]
    liked["tags"] = ["aquarium"]
    ask(answer, "aquariums", "preferred")
    answer["plan"][0]["general_notes"] = ""
    return "wish", "plan[0]"


def idle_where_none_should(answer):
    ask(answer, "free time", "avoid")
    answer["plan"][0]["general_notes"] = ""
    path, day, _, block = first_block(answer, "visit")
    block["kind"] = "free"
    block.pop("transportation", None)
    move(block, at(day, 10), at(day, 12))
    return "free-time", path


def sleep_up_the_stairs(answer):
    ask(answer, "wheelchair accessible")
    answer["plan"][0]["general_notes"] = ""
    days(answer)[0]["lodging_poi"]["tags"] = ["hotel"]
    return "access", "plan[0].days[0]"


MUTATIONS = [value for name, value in list(globals().items()) if callable(value) and
             getattr(value, "__code__", None) is not None and value.__code__.co_varnames[:1] == ("answer",) and
             value.__code__.co_argcount == 1 and name not in ("days",)]


def test_the_planner_keeps_every_rule(planned):
    assert check(planned[0]) == set()


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_mutation(answer, mutate):
    rule, path = mutate(answer)
    found = check(answer)
    assert any(fired == rule and where.startswith(path) for fired, where in found), (rule, path, sorted(found))


# Forms of plans


def test_forms(planned):
    """The same plan is as sound in each form, and its faults are seen in each."""
    answer, stream = planned
    messages = [{"type": name, "data": answer[name]} for name in ("intents", "pois", "requirements", "plan")]
    messages.append({"type": "done"})
    faulty = copy.deepcopy(answer)
    rule, path = take_a_taxi(faulty)
    broken = copy.deepcopy(messages)
    broken[3]["data"] = faulty["plan"]

    for document in (answer, answer["plan"], stream, messages, {"type": "done", "data": answer},
                     "\n".join(json.dumps(message) for message in messages),
                     "".join(f"id: 1:{i}\ndata: {json.dumps(message)}\n\n" for i, message in enumerate(messages)),
                     "> " + json.dumps({"message": "hello"}) + "\n" + "\r\n".join(
                         "< " + json.dumps(message) for message in messages)):
        assert check(document) == set()
    for document in (faulty, broken, {"type": "done", "data": faulty},
                     "\n".join(json.dumps(message) for message in broken)):
        assert (rule, path) in check(document)
    # Without the requirements nobody knows what was ruled out.
    assert check(faulty["plan"]) == set()


def test_a_conversation_has_several_answers(planned):
    answer, stream = planned
    faulty = copy.deepcopy(answer)
    rule, path = take_a_taxi(faulty)
    more = "\n".join(json.dumps({"type": name, "data": faulty[name]}) for name in ("pois", "requirements", "plan"))
    request = json.dumps({"message": "again", "plan": faulty["plan"]})
    assert check(f"{stream}{request}\n{more}\n") == {(rule, f"answers[1].{path}")}


def test_jobs_of_one_transcript_are_kept_apart(planned):
    answer, _ = planned
    lines = [{"type": "requirements", "data": answer["requirements"], "job_id": "a"},
             {"type": "requirements", "data": [{"description": "9 days", "priority": "must_have"}], "job_id": "b"},
             {"type": "plan", "data": answer["plan"], "job_id": "a"}]
    assert check("\n".join(map(json.dumps, lines))) == set()
    lines[2]["job_id"] = "b"
    assert {rule for rule, _ in check("\n".join(map(json.dumps, lines)))} == {"days"}


def test_transcript_that_failed():
    lines = ['{"type":"intents","data":[]}', '{"type":"error","message":"No such city"}']
    run = tripctl("check", "-", stdin="\n".join(lines), status=USAGE)
    assert run.stdout == "" and "No such city" in run.stderr


@pytest.mark.parametrize("text", ['{"type":"done"}', '{"type":"done"}\n{"type":"done"}', '{"type":"plan"}\n{"type":"pois"',
                                  '{"type":"pois","data":[3]}\n{"type":"done"}', '[{"type":"done"},3]', "data:", "<\n<"])
def test_no_plan(text):
    run = tripctl("check", "-", stdin=text, status=USAGE)
    assert run.stdout == "" and run.stderr.startswith("tripctl: -: ")


def test_day_of_asking(answer):
    """Relative dates count from the day the plan was asked for."""
    answer["requirements"] = [{"description": "tomorrow", "priority": "must_have"}]
    document = json.dumps(answer["plan"])
    document = json.dumps({"plan": json.loads(document), "requirements": answer["requirements"]})
    tripctl("check", "--today", "2027-04-11", "-", stdin=document, status=OK)
    assert ": dates: " in tripctl("check", "--today", "2027-04-20", "-", stdin=document, status=FAILED).stdout
    assert "--today" in tripctl("check", "--today", "soon", "-", stdin=document, status=USAGE).stderr


# Plans of other makers: the five v1 members and little more


def foreign(**more):
    def poi(name, lat, lng, **members):
        return {"name": name, "description": "", "geo_coordinate": {"lat": lat, "lng": lng}, **members}

    day = {"highlight": "The old town", "lodging": "Casa Verde", "blocks": [
        {"time": "9:00 AM - 9:30 AM", "description": "Coffee and a pastry at the corner"},
        {"time": "9:45 AM - 12:15 PM", "description": "The castle and its garden", "pois": [
            poi("São Jorge Castle", 38.7139, -9.1335, opening_hours="Mo-Su 09:00-21:00"),
            poi("Castle Garden", 38.7150, -9.1330)], "transportation": {"duration": "15 minutes", "method": "on foot"}},
        {"time": "12:30 PM - 2:00 PM", "description": "Lunch", "pois": [
            poi("Zé da Mouraria", 38.7155, -9.1355, poi_type="restaurant")],
         "transportation": {"duration": "10 minutes", "method": "Walking"}},
        {"time": "2:00 PM - 2:25 PM", "description": "Tram 15E to Belém",
         "transportation": {"duration": "25 minutes", "method": "Tram 15E", "cost": 3}},
        {"time": "2:30 PM - 4:30 PM", "description": "The monastery", "pois": [
            poi("Jerónimos Monastery", 38.6979, -9.2068, opening_hours="Tu-Su 09:30-18:00")]},
        {"time": "4:40 PM - 5:00 PM", "description": "Custard tarts", "pois": [
            poi("Pastéis de Belém", 38.6975, -9.2032, poi_type="restaurant")],
         "transportation": {"duration": "5 minutes", "method": "walk"}},
    ]}
    second = {"highlight": "North", "blocks": [
        {"time": "9:30 AM - 12:30 PM", "description": "Coach to Porto", "kind": "transfer",
         "transportation": {"duration": "3 hours 10 minutes", "method": "bus", "cost": 18}},
        {"time": "1:00 PM - 2:00 PM", "description": "Lunch by the river"},
        {"time": "2:15 PM - 5:15 PM", "description": "The cathedral and Ribeira", "pois": [
            poi("Porto Cathedral", 41.1428, -8.6112)], "transportation": {"duration": "10 minutes", "method": "walk"}},
    ]}
    return {"plan": [{"days": [day, second], "overall_cost": "about €120 per person", "general_notes": "",
                      "start_date": "2027-04-13", "currency": "EUR", "cost_total": 21, **more}]}


def test_foreign_plan():
    assert check(foreign()) == set()


def test_faults_of_a_foreign_plan():
    plan = foreign()
    day = plan["plan"][0]["days"][0]
    day["blocks"][4]["time"] = "2:30 PM - 6:30 PM"
    del day["lodging"]
    assert {rule for rule, _ in check(plan)} == {"opening-hours", "lodging", "overlap"}
    plan = foreign(start_date="2027-04-12")
    assert check(plan) == {("opening-hours", "plan[0].days[0].blocks[4]")}


def test_many_wishes_and_many_places():
    """Each phrase is held against each place; a list that nobody means must not take its product in time."""
    places = [{"name": f"Place number {i}", "description": "", "geo_coordinate": {"lat": 35.0, "lng": 139.0}}
              for i in range(12000)]
    block = {"time": "9:00 AM - 10:00 AM", "description": "", "kind": "visit", "pois": places}
    option = {"days": [{"highlight": "", "blocks": [block]}], "overall_cost": "$1", "general_notes": ""}
    phrases = ["number 77"] + [", ".join(f"thing{k}x{i}" for i in range(200)) for k in range(400)]
    wishes = [{"description": f"avoid {phrase}", "priority": "avoid"} for phrase in phrases]
    assert ("avoid", "plan[0].days[0].blocks[0]") in check({"plan": [option], "requirements": wishes})


def test_many_wishes_and_many_options():
    """What was asked for is read once, not once more for each of many options."""
    block = {"time": "9:00 AM - 10:00 AM", "description": "", "kind": "visit"}
    option = {"days": [{"highlight": "", "blocks": [block]}], "overall_cost": "$900", "cost_total": 900, "currency": "USD",
              "general_notes": "", "start_date": "2027-04-12"}
    wishes = [{"description": ", ".join(f"thing{k}x{i}" for i in range(40)), "priority": "avoid"} for k in range(1500)]
    wishes += [{"description": words, "priority": "preferred"} for words in (
        "under $500", "at most 3 sights a day", "no more than 2 km on foot a day", "same hotel")]
    assert check({"plan": [option] * 1000, "requirements": wishes}) == {("budget", f"plan[{i}]") for i in range(1000)}
