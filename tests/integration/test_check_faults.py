# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl check on a real plan with one planted fault at a time, and its command line."""

import copy
import datetime
import json

import pytest

from clients import FAILED, OK, USAGE, tripctl
from savedplans import at, blocks, check, first_block, move, times

REQUEST = ("plan a 4 day trip to Tokyo and Kyoto from 12 April 2027 for 2 adults under $9000, must see Senso-ji and "
           "Fushimi Inari, no museums, no taxis, start after 8am")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    path = tmp_path_factory.mktemp("good") / "answer.json"
    tripctl("plan", "--via", "local", "--output", str(path), REQUEST, status=OK)
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def answer(good):
    return copy.deepcopy(good)


def caught(answer, rule, path="plan[0]"):
    violations = check(answer)
    assert any(found == rule and where.startswith(path) for found, where in violations), (rule, path, violations)


def recount(option, by):
    option["cost_total"] += by
    option["overall_cost"] = f"${option['cost_total']:,.2f}"


def test_good_plan(good):
    assert check(good) == set()
    assert tripctl("check", "-", stdin=json.dumps(good), status=OK).stdout == "-: 3 options, all rules kept\n"


def test_one_of_each(good):
    good = {**good, "plan": [dict(good["plan"][0], overall_cost="$1", cost_total=1)]}
    assert tripctl("check", "-", stdin=json.dumps(good), status=FAILED).stdout.endswith("-: 1 option, 1 violation\n")


def test_names_do_not_reach_the_terminal(answer):
    """Terminals obey some characters: what a plan says must neither do that nor pass for a line of the report."""
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: index > 0 and block.get("pois"))
    block["pois"][0].update(name="\x1b]0;owned\x07\x9b2J\nplan[9]: cost: none", geo_coordinate={"lat": 0, "lng": 0})
    run = tripctl("check", "-", stdin=json.dumps(answer), status=FAILED)
    lines = run.stdout.splitlines()
    assert any(line.startswith(f"{path}: coordinates: ") for line in lines) and run.stderr == ""
    assert not any(line.startswith("plan[9]") for line in lines)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for line in lines for character in line)


def test_good_plan_has_what_was_asked(good):
    names = {place["name"] for option in good["plan"] for day in option["days"] for block in day["blocks"]
             for place in block.get("pois", [])}
    assert {"Senso-ji"} <= names and any("Fushimi Inari" in name for name in names)


def test_moving_a_block_is_seen_as_it_is(answer):
    """The tools of these tests break nothing by themselves."""
    for _, _, _, block in blocks(answer):
        move(block, *times(block))
    assert check(answer) == set()


def test_closed(answer):
    path, day, _, block = first_block(
        answer, "visit", lambda day, index, block: block["pois"][0].get("opening_hours", "24/7") != "24/7")
    move(block, at(day, 3), at(day, 4))
    caught(answer, "opening-hours", path)


def test_closed_on_that_weekday(answer):
    path, day, _, block = first_block(answer, "visit")
    weekday = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[at(day, 0).weekday()]
    block["pois"][0]["opening_hours"] = f"Mo-Su 00:00-24:00; {weekday} off"
    caught(answer, "opening-hours", path)


def test_overlap(answer):
    path, day, index, block = first_block(answer, "visit", lambda day, index, block: index > 0)
    start, end = times(block)
    before = times(day["blocks"][index - 1])[1]
    move(block, before - datetime.timedelta(minutes=10), end)
    caught(answer, "overlap", path)


def test_no_time_for_the_way(answer):
    path, day, index, block = first_block(
        answer, "visit", lambda day, index, block: index > 0 and block.get("transportation", {}).get("minutes", 0) >= 5)
    _, end = times(block)
    move(block, times(day["blocks"][index - 1])[1], end)
    caught(answer, "overlap", path)


def distance(block):
    return block.get("transportation", {}).get("distance_m", 0)


def far_visit(answer):
    """A visit some way from the block before."""
    return first_block(answer, "visit", lambda day, index, block: index > 0 and distance(block) > 2000 and
                       day["blocks"][index - 1]["kind"] != "transfer")


def test_teleport(answer):
    path, _, _, block = far_visit(answer)
    block["transportation"].update(minutes=1, duration="1 minute")
    caught(answer, "travel", path)


def test_no_way_given(answer):
    path, _, _, block = far_visit(answer)
    del block["transportation"]
    caught(answer, "travel", path)


def test_no_way_from_the_lodging(answer):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: index == 0 and distance(block) > 2000)
    del block["transportation"]
    caught(answer, "travel", path)


def test_way_shorter_than_the_crow_flies(answer):
    path, _, _, block = far_visit(answer)
    block["transportation"]["distance_m"] = 100
    caught(answer, "travel", path)


def test_transfer_too_fast(answer):
    """Tokyo to Kyoto in some minutes."""
    path, day, index, block = first_block(answer, "transfer")
    start, _ = times(block)
    move(block, start, start + datetime.timedelta(minutes=10))
    block.setdefault("transportation", {}).update(minutes=0, duration="0 minutes")
    following = answer["plan"][0]["days"][answer["plan"][0]["days"].index(day)]["blocks"][index + 1]
    following.setdefault("transportation", {}).update(minutes=0, duration="0 minutes")
    caught(answer, "travel")


def test_duplicate(answer):
    visits = [(path, block) for path, _, _, block in blocks(answer, "visit")]
    (_, first), (path, last) = visits[0], visits[-1]
    last["pois"] = copy.deepcopy(first["pois"])
    caught(answer, "duplicate", path)


def test_wrong_sum(answer):
    answer["plan"][0]["cost_total"] += 25
    caught(answer, "cost")


def test_missing_sum(answer):
    del answer["plan"][0]["cost_total"]
    caught(answer, "cost")


def test_over_budget(answer):
    _, _, _, block = first_block(answer, "visit")
    block["cost"] = block.get("cost", 0) + 9000
    recount(answer["plan"][0], 9000)
    assert check(answer) == {("budget", "plan[0]")}


def test_wrong_currency(answer):
    answer["plan"][0]["currency"] = "EUR"
    caught(answer, "budget")


def test_dropped_must_see(answer):
    for day in answer["plan"][0]["days"]:
        day["blocks"] = [block for block in day["blocks"] if "Senso-ji" not in json.dumps(block.get("pois", []))]
    caught(answer, "must-have")


def test_wrong_time_text(answer):
    path, _, _, block = first_block(answer, "visit")
    block["time"] = "2:00 AM - 2:05 AM"
    caught(answer, "times", path)


def test_no_times(answer):
    path, _, _, block = first_block(answer, "visit")
    del block["start"], block["end"], block["time"]
    caught(answer, "times", path)


def test_end_before_start(answer):
    path, _, _, block = first_block(answer, "visit")
    block["start"], block["end"] = block["end"], block["start"]
    caught(answer, "times", path)


def test_wrong_date(answer):
    day = answer["plan"][0]["days"][1]
    day["date"] = (at(day, 0) + datetime.timedelta(days=1)).date().isoformat()
    caught(answer, "dates", "plan[0].days[1]")


def test_other_start_than_asked(answer):
    for name in ("start_date",):
        answer["plan"][0][name] = "2027-04-13"
    caught(answer, "dates")


def test_no_start(answer):
    del answer["plan"][0]["start_date"]
    caught(answer, "dates")


def test_missing_day(answer):
    answer["plan"][0]["days"].pop()
    caught(answer, "days")


def test_no_days(answer):
    answer["plan"][0]["days"] = []
    caught(answer, "days")


def test_missing_lodging(answer):
    day = answer["plan"][0]["days"][0]
    del day["lodging"]
    day.pop("lodging_poi", None)
    caught(answer, "lodging", "plan[0].days[0]")


def test_blank_lodging(answer):
    answer["plan"][0]["days"][0]["lodging"] = " "
    caught(answer, "lodging", "plan[0].days[0]")


def test_avoided_place(answer):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: not block["pois"][0].get("must_see"))
    block["pois"][0]["tags"] = ["museum"]
    caught(answer, "avoid", path)


def full_day(answer):
    """A day in the first option with visits from morning to late afternoon."""
    for d, day in enumerate(answer["plan"][0]["days"]):
        visits = [times(block) for block in day["blocks"] if block["kind"] == "visit"]
        if visits and min(visits)[0] <= at(day, 11) and max(end for _, end in visits) >= at(day, 16):
            return d, day
    raise AssertionError("the plan has no full day")


def test_no_lunch(answer):
    d, day = full_day(answer)
    day["blocks"] = [block for block in day["blocks"] if block["kind"] != "meal" or not
                     at(day, 11) <= times(block)[0] <= at(day, 15)]
    caught(answer, "meals", f"plan[0].days[{d}]")


def test_meal_at_an_odd_hour(answer):
    path, day, _, block = first_block(answer, "meal")
    move(block, at(day, 16), at(day, 16, 45))
    caught(answer, "meals", path)


def test_ruled_out_transport(answer):
    path, _, _, block = far_visit(answer)
    block["transportation"]["method"] = "taxi"
    caught(answer, "transport", path)


def test_too_early(answer):
    path, day, index, block = first_block(answer, "visit", lambda day, index, block: index == 0)
    _, end = times(block)
    move(block, at(day, 7), end)
    caught(answer, "bounds", path)


def test_nowhere(answer):
    path, _, _, block = first_block(answer, "visit")
    block["pois"][0]["geo_coordinate"] = {"lat": 0, "lng": 0}
    caught(answer, "coordinates", path)


def test_nothing_to_see(answer):
    for day in answer["plan"][0]["days"]:
        day["blocks"] = [block for block in day["blocks"] if block["kind"] != "visit"]
    caught(answer, "content")


def test_empty_plan(answer):
    answer["plan"] = []
    caught(answer, "content", "plan")


def test_faults_of_later_options_are_found(answer):
    answer["plan"][-1]["cost_total"] += 1
    caught(answer, "cost", f"plan[{len(answer['plan']) - 1}]")


def test_bare_lists_and_messages(answer):
    """A list of options, the message of the stream, the contract's wrapping."""
    for text in (answer["plan"], {"type": "plan", "data": answer["plan"]}, {"options": answer["plan"]}):
        assert check(text) == set()


def test_standard_input(answer):
    assert tripctl("check", "-", stdin=json.dumps(answer), status=OK).stdout.startswith("-: ")


def test_several_files_worst_status(answer, tmp_path):
    fine, faulty_plan, broken = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c.json"
    fine.write_text(json.dumps(answer), encoding="utf-8")
    answer["plan"][0]["cost_total"] += 1
    faulty_plan.write_text(json.dumps(answer), encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    tripctl("check", str(fine), str(fine), status=OK)
    run = tripctl("check", str(fine), str(faulty_plan), str(fine), status=FAILED)
    assert f"{faulty_plan}: " in run.stdout and "plan[0]: cost: " in run.stdout
    run = tripctl("check", str(broken), str(fine), str(faulty_plan), status=USAGE)
    assert "c.json" in run.stderr and str(fine) in run.stdout


@pytest.mark.parametrize("text", ["", "{", "3", "null", '{"message":"x"}', '{"plan":3}', '{"plan":[3]}', "\x00",
                                  '{"plan":[{"days":3}]}', '{"plan":[],"pois":[{}]}', '{"plan":[],"requirements":7}',
                                  "[" * 100000])
def test_unreadable_input(text, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    run = tripctl("check", str(path), status=USAGE)
    assert run.stdout == "" and "x.json" in run.stderr


def test_missing_file(tmp_path):
    tripctl("check", str(tmp_path / "none.json"), status=USAGE)
