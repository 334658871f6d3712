# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl as a script and a person at a terminal meet it: doors, exit statuses, follow-ups, batches, and the rules."""

import copy
import datetime
import json
import os
import pty
import signal
import socket
import subprocess

import pytest

from busfixtures import DEADLINE, faulty, private_bus, program, service

OK, FAILED, USAGE, UNREACHABLE = range(4)
STAGES = ["intents", "pois", "requirements", "plan"]
TRIP = "plan a 3 day trip to Tokyo and Kyoto"
SHORT = "plan a 1 day trip to Lisbon"
DOORS = ("local", "ws", "dbus")


def tripctl(*arguments, stdin="", env=None, status=None):
    run = subprocess.run([program("TRIPCTL", "tripctl"), *arguments], input=stdin, capture_output=True, text=True,
                         errors="replace", timeout=DEADLINE, env=env)
    if status is not None:
        assert run.returncode == status, (run.stdout[-2000:], run.stderr)
    return run


def plan(service, via, *arguments, **more):
    """tripctl plan through one of the doors of a service."""
    door = ["--via", via, *(["--uri", service.socket_uri] if via == "ws" else [])]
    return tripctl("plan", *door, *arguments, env=service.bus.env(NO_COLOR=""), **more)


def lines(run):
    return [json.loads(line) for line in run.stdout.splitlines()]


# plan


@pytest.mark.parametrize("via", DOORS)
def test_plan_for_a_person(service, via):
    run = plan(service, via, TRIP, status=OK)
    for wanted in ("Understood", "Tokyo", "Kyoto", "Places", "sights", "Requirements", "Option 1:", "Option 2:",
                   "Day 1", "Day 3", "night at"):
        assert wanted in run.stdout, run.stdout
    assert "\x1b" not in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize("via", DOORS)
def test_plan_json_lines(service, via):
    events = lines(plan(service, via, "--json", TRIP, status=OK))
    types = [event["type"] for event in events]
    assert [kind for kind in types if kind in STAGES or kind == "done"] == [*STAGES, "done"]
    assert types[-1] == "done"
    answer = {event["type"]: event.get("data") for event in events}
    assert [intent["value"] for intent in answer["intents"]][1:] == ["Tokyo", "Kyoto"]
    assert len(answer["plan"]) in (2, 3) and len(answer["plan"][0]["days"]) == 3


def test_doors_tell_the_same(service):
    answers = []
    for via in DOORS:
        events = lines(plan(service, via, "--json", TRIP, status=OK))
        answers.append([event["data"] for event in events if event["type"] in STAGES])
    assert answers[0] == answers[1] == answers[2]


def test_local_lines_are_numbered():
    events = lines(tripctl("plan", "--via", "local", "--json", SHORT, status=OK))
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_words_need_no_quotes():
    events = lines(tripctl("plan", "--via", "local", "--json", *SHORT.split(), status=OK))
    assert events[0]["data"][1]["value"] == "Lisbon"


def test_colours_on_a_terminal_only(service):
    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen([program("TRIPCTL", "tripctl"), "plan", "--via", "local", SHORT], stdout=follower,
                          stderr=follower, stdin=subprocess.DEVNULL, env=environment) as run:
        os.close(follower)
        text = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            text += chunk
        assert run.wait(DEADLINE) == OK
    os.close(leader)
    assert b"\x1b[1m" in text and b"\x1b[0m" in text

    for extra, env in (([], environment), (["--plain"], environment)):
        assert "\x1b" not in tripctl("plan", "--via", "local", *extra, SHORT, env=env, status=OK).stdout


@pytest.mark.parametrize("via", DOORS)
def test_refused_request(service, via):
    """A request that the service refuses reads the same through every door."""
    run = plan(service, via, " ", status=FAILED)
    assert run.stdout == "No plan: message is required\n"
    assert run.stderr == ""
    event, = lines(plan(service, via, "--json", " ", status=FAILED))
    assert event == {"type": "error", "message": "message is required"}


@pytest.mark.parametrize("via", DOORS)
def test_unknown_destination(service, via):
    run = plan(service, via, "plan a 3 day trip to Reykjavik", status=FAILED)
    assert "No plan: " in run.stdout and "Reykjavik" in run.stdout
    assert lines(plan(service, via, "--json", "plan a 3 day trip to Reykjavik", status=FAILED))[-1]["type"] == "error"


@pytest.mark.parametrize("via", DOORS)
def test_output_and_state(service, via, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    plan(service, via, "--output", str(first), TRIP, status=OK)
    before = json.loads(first.read_text(encoding="utf-8"))
    assert list(before) == STAGES
    tripctl("check", str(first), status=OK)

    plan(service, via, "--state", str(first), "--output", str(second), "remove Kyoto", status=OK)
    after = json.loads(second.read_text(encoding="utf-8"))
    assert 0 < len(after["pois"]) < len(before["pois"])
    assert after["requirements"] == before["requirements"]
    tripctl("check", str(second), status=OK)


def test_state_is_given_back_byte_for_byte(tmp_path):
    """tripctl hands a state over as it is spelled."""
    place = '{"name":"A","zip":{"n":[1.50,null]},"description":"","geo_coordinate":{"lng":2,"lat":1.0}}'
    state, out = tmp_path / "state.json", tmp_path / "out.json"
    state.write_text('{"pois":[' + place + "]}", encoding="utf-8")
    tripctl("plan", "--via", "local", "--state", str(state), "--output", str(out), "thanks!", status=OK)
    assert place in out.read_text(encoding="utf-8")


def test_state_from_standard_input():
    state = json.dumps({"requirements": [{"description": "3 days"}]})
    events = lines(tripctl("plan", "--via", "local", "--json", "--state", "-", "thanks!", stdin=state, status=OK))
    assert events[2]["data"] == [{"description": "3 days"}]


@pytest.mark.parametrize("arguments", [
    [], ["plan"], ["fly", "Tokyo"], ["plan", "--fast", TRIP], ["plan", "--via", "pigeon", TRIP],
    ["plan", "--state", "/nonexistent", TRIP], ["plan", "--state", "/dev/null", TRIP], ["interpret"],
    ["interpret", "--today", "tomorrow", TRIP], ["interpret", "--fast"], ["check"], ["check", "--fast"]])
def test_wrong_usage(arguments):
    run = tripctl(*arguments, status=USAGE)
    assert run.stdout == "" and run.stderr != ""


def test_wrong_state(tmp_path):
    state = tmp_path / "state.json"
    state.write_text('{"pois":[{"name":"A","description":"","geo_coordinate":{"lat":"north","lng":1}}]}',
                     encoding="utf-8")
    run = tripctl("plan", "--via", "local", "--state", str(state), TRIP, status=FAILED)
    assert "pois[0].geo_coordinate.lat must be a number" in run.stdout


def test_help_and_version():
    assert "plan" in tripctl("--help", status=OK).stdout
    assert tripctl("--version", status=OK).stdout.startswith("tripctl ")
    for command in ("plan", "interpret", "check", "draw"):
        assert "--" in tripctl(command, "--help", status=OK).stdout


def test_nobody_listens(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        run = tripctl("plan", "--via", "ws", "--uri", f"ws://127.0.0.1:{closed.getsockname()[1]}/ws/chat", TRIP,
                      status=UNREACHABLE)
    assert run.stdout == "" and "Is tripd running?" in run.stderr
    nowhere = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}
    assert "Is tripd running?" in tripctl("plan", "--via", "dbus", TRIP, env=nowhere, status=UNREACHABLE).stderr
    # Without a choice of door it plans by itself.
    tripctl("plan", SHORT, env=nowhere, status=OK)


def test_no_service_on_the_bus(tmp_path_factory):
    from busfixtures import Bus

    bus = Bus(tmp_path_factory.mktemp("bus"))
    assert "Is tripd running?" in tripctl("plan", "--via", "dbus", TRIP, env=bus.env(), status=UNREACHABLE).stderr
    bus.stop()


def test_unreadable_atlas(tmp_path):
    run = tripctl("plan", "--atlas", str(tmp_path / "none.db"), TRIP, status=FAILED)
    assert "none.db" in run.stderr and run.stdout == ""


def test_output_that_cannot_be_written(tmp_path):
    run = tripctl("plan", "--via", "local", "--output", str(tmp_path / "no" / "where.json"), SHORT, status=FAILED)
    assert "where.json" in run.stderr


@pytest.mark.parametrize("via", ["ws", "dbus"])
def test_interrupt_cancels(faulty, via):
    """Control-C while the service works: the stages so far stay, and no talk of a service that is not there."""
    service = faulty("stuck-planner")
    door = ["--uri", service.socket_uri] if via == "ws" else []
    with subprocess.Popen([program("TRIPCTL", "tripctl"), "plan", "--json", "--via", via, *door, TRIP],
                          env=service.bus.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        seen = []
        for line in run.stdout:
            seen.append(json.loads(line)["type"])
            if seen[-1] == "requirements":
                run.send_signal(signal.SIGINT)
        assert run.wait(DEADLINE) == FAILED
        assert [kind for kind in seen if kind not in ("poi", "progress")] == [*STAGES[:3], "cancelled"]
        assert run.stderr.read() == ""


def test_service_that_dies_is_told(faulty):
    service = faulty("stuck-planner")
    with subprocess.Popen([program("TRIPCTL", "tripctl"), "plan", "--json", "--via", "dbus", TRIP],
                          env=service.bus.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            if json.loads(line)["type"] == "requirements":
                service.popen.terminate()
        assert run.wait(DEADLINE) == FAILED
    assert json.loads(line)["type"] == "cancelled"
    assert service.popen.wait(DEADLINE) == 0


# interpret


def test_interpret_one():
    reading = json.loads(tripctl("interpret", TRIP, status=OK).stdout)
    assert list(reading) == ["intents", "slots"]
    assert reading["slots"]["destinations"] == ["Tokyo", "Kyoto"]
    assert reading["slots"]["days"] == 3
    assert [intent["intent"] for intent in reading["intents"]] == [
        "Schedule_Requirement", "Points_Of_Interest", "Points_Of_Interest"]


def test_interpret_slots():
    message = ("5 days in Rome from Berlin, 10 April 2027, 2 adults and 1 child, under €2,000, interested in art, "
               "no museums")
    slots = json.loads(tripctl("interpret", "--today", "2027-01-15", message, status=OK).stdout)["slots"]
    assert slots["destinations"] == ["Rome"] and slots["origin"] == "Berlin"
    assert slots["start"] == "2027-04-10" and slots["days"] == 5
    assert (slots["adults"], slots["children"]) == (2, 1)
    assert slots["budget"] == {"amount": 2000, "currency": "EUR"}
    assert any("museum" in word for word in slots["avoid"])
    assert any("art" in word for word in slots["interests"])


def test_interpret_batch_one_line_each():
    """One line out a line in, whatever it holds."""
    state = {"pois": ["Senso-ji"], "requirements": ["3 days"], "plan": 2}
    given = [json.dumps({"message": TRIP}), "{", "nonsense", "[]", "{}", '{"message":3}', '{"message":""}',
             '{"message":"x","state":[1]}', json.dumps({"message": "remove Senso-ji", "state": state}),
             json.dumps({"message": "😀 plan 2 days in Paris"}), '{"message":"a\\u0000b"}',
             json.dumps({"message": "x" * 70000})]
    run = tripctl("interpret", "--batch", stdin="\n".join(given) + "\n", status=FAILED)
    answers = lines(run)
    assert len(answers) == len(given)
    broken = [list(answer) == ["error"] for answer in answers]
    assert broken[0] is False and broken[1:7] == [True] * 6
    assert broken[8:10] == [False, False] and broken[10:] == [True, True]
    assert ("Points_Of_Interest", "remove") in {(i["intent"], i["action"]) for i in answers[8]["intents"]}
    assert answers[9]["slots"]["destinations"] == ["Paris"]


def test_interpret_batch_invalid_utf8():
    run = subprocess.run([program("TRIPCTL", "tripctl"), "interpret", "--batch"], capture_output=True, timeout=DEADLINE,
                         input=b'{"message":"\xff\xfe"}\n{"message":"plan a day in Rome"}\n')
    assert run.returncode == FAILED
    first, second = map(json.loads, run.stdout.splitlines())
    assert "UTF-8" in first["error"] and second["slots"]["destinations"] == ["Rome"]


def test_interpret_batch_answers_each_line_at_once():
    """A program that asks line by line through a pipe gets each answer before it asks the next."""
    with subprocess.Popen([program("TRIPCTL", "tripctl"), "interpret", "--batch"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as run:
        for city in ("Rome", "Paris", "Lisbon"):
            run.stdin.write(json.dumps({"message": f"2 days in {city}"}) + "\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["slots"]["destinations"] == [city]
        run.stdin.close()
        assert run.wait(DEADLINE) == OK


def test_interpret_batch_empty():
    assert tripctl("interpret", "--batch", stdin="", status=OK).stdout == ""


# check: a real plan, and one planted fault at a time

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


def check(answer, tmp_path):
    """The exit status and the violations, as (rule, path)."""
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    run = tripctl("check", "--json", str(path))
    assert run.stderr == ""
    return run.returncode, {(violation["rule"], violation["path"]) for violation in lines(run)}


def caught(answer, tmp_path, rule, path="plan[0]"):
    status, violations = check(answer, tmp_path)
    assert status == FAILED
    assert any(found == rule and where.startswith(path) for found, where in violations), (rule, path, violations)


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


def recount(option, by):
    option["cost_total"] += by
    option["overall_cost"] = f"${option['cost_total']:,.2f}"


def test_good_plan(good, tmp_path):
    assert check(good, tmp_path) == (OK, set())
    path = tmp_path / "answer.json"
    run = tripctl("check", str(path), status=OK)
    assert "all rules kept" in run.stdout


def test_good_plan_has_what_was_asked(good):
    names = {place["name"] for option in good["plan"] for day in option["days"] for block in day["blocks"]
             for place in block.get("pois", [])}
    assert {"Senso-ji"} <= names and any("Fushimi Inari" in name for name in names)


def test_moving_a_block_is_seen_as_it_is(answer, tmp_path):
    """The tools of these tests break nothing by themselves."""
    for _, _, _, block in blocks(answer):
        move(block, *times(block))
    assert check(answer, tmp_path) == (OK, set())


def test_closed(answer, tmp_path):
    path, day, _, block = first_block(
        answer, "visit", lambda day, index, block: block["pois"][0].get("opening_hours", "24/7") != "24/7")
    move(block, at(day, 3), at(day, 4))
    caught(answer, tmp_path, "opening-hours", path)


def test_closed_on_that_weekday(answer, tmp_path):
    path, day, _, block = first_block(answer, "visit")
    weekday = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[at(day, 0).weekday()]
    block["pois"][0]["opening_hours"] = f"Mo-Su 00:00-24:00; {weekday} off"
    caught(answer, tmp_path, "opening-hours", path)


def test_overlap(answer, tmp_path):
    path, day, index, block = first_block(answer, "visit", lambda day, index, block: index > 0)
    start, end = times(block)
    before = times(day["blocks"][index - 1])[1]
    move(block, before - datetime.timedelta(minutes=10), end)
    caught(answer, tmp_path, "overlap", path)


def test_no_time_for_the_way(answer, tmp_path):
    path, day, index, block = first_block(
        answer, "visit", lambda day, index, block: index > 0 and block.get("transportation", {}).get("minutes", 0) >= 5)
    _, end = times(block)
    move(block, times(day["blocks"][index - 1])[1], end)
    caught(answer, tmp_path, "overlap", path)


def distance(block):
    return block.get("transportation", {}).get("distance_m", 0)


def far_visit(answer):
    """A visit some way from the block before."""
    return first_block(answer, "visit", lambda day, index, block: index > 0 and distance(block) > 2000 and
                       day["blocks"][index - 1]["kind"] != "transfer")


def test_teleport(answer, tmp_path):
    path, _, _, block = far_visit(answer)
    block["transportation"].update(minutes=1, duration="1 minute")
    caught(answer, tmp_path, "travel", path)


def test_no_way_given(answer, tmp_path):
    path, _, _, block = far_visit(answer)
    del block["transportation"]
    caught(answer, tmp_path, "travel", path)


def test_no_way_from_the_lodging(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: index == 0 and distance(block) > 2000)
    del block["transportation"]
    caught(answer, tmp_path, "travel", path)


def test_way_shorter_than_the_crow_flies(answer, tmp_path):
    path, _, _, block = far_visit(answer)
    block["transportation"]["distance_m"] = 100
    caught(answer, tmp_path, "travel", path)


def test_transfer_too_fast(answer, tmp_path):
    """Tokyo to Kyoto in some minutes."""
    path, day, index, block = first_block(answer, "transfer")
    start, _ = times(block)
    move(block, start, start + datetime.timedelta(minutes=10))
    block.setdefault("transportation", {}).update(minutes=0, duration="0 minutes")
    following = answer["plan"][0]["days"][answer["plan"][0]["days"].index(day)]["blocks"][index + 1]
    following.setdefault("transportation", {}).update(minutes=0, duration="0 minutes")
    caught(answer, tmp_path, "travel")


def test_duplicate(answer, tmp_path):
    visits = [(path, block) for path, _, _, block in blocks(answer, "visit")]
    (_, first), (path, last) = visits[0], visits[-1]
    last["pois"] = copy.deepcopy(first["pois"])
    caught(answer, tmp_path, "duplicate", path)


def test_wrong_sum(answer, tmp_path):
    answer["plan"][0]["cost_total"] += 25
    caught(answer, tmp_path, "cost")


def test_missing_sum(answer, tmp_path):
    del answer["plan"][0]["cost_total"]
    caught(answer, tmp_path, "cost")


def test_over_budget(answer, tmp_path):
    _, _, _, block = first_block(answer, "visit")
    block["cost"] = block.get("cost", 0) + 9000
    recount(answer["plan"][0], 9000)
    status, violations = check(answer, tmp_path)
    assert status == FAILED and violations == {("budget", "plan[0]")}


def test_wrong_currency(answer, tmp_path):
    answer["plan"][0]["currency"] = "EUR"
    caught(answer, tmp_path, "budget")


def test_dropped_must_see(answer, tmp_path):
    for day in answer["plan"][0]["days"]:
        day["blocks"] = [block for block in day["blocks"] if "Senso-ji" not in json.dumps(block.get("pois", []))]
    caught(answer, tmp_path, "must-have")


def test_wrong_time_text(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit")
    block["time"] = "2:00 AM - 2:05 AM"
    caught(answer, tmp_path, "times", path)


def test_no_times(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit")
    del block["start"], block["end"], block["time"]
    caught(answer, tmp_path, "times", path)


def test_end_before_start(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit")
    block["start"], block["end"] = block["end"], block["start"]
    caught(answer, tmp_path, "times", path)


def test_wrong_date(answer, tmp_path):
    day = answer["plan"][0]["days"][1]
    day["date"] = (at(day, 0) + datetime.timedelta(days=1)).date().isoformat()
    caught(answer, tmp_path, "dates", "plan[0].days[1]")


def test_other_start_than_asked(answer, tmp_path):
    for name in ("start_date",):
        answer["plan"][0][name] = "2027-04-13"
    caught(answer, tmp_path, "dates")


def test_no_start(answer, tmp_path):
    del answer["plan"][0]["start_date"]
    caught(answer, tmp_path, "dates")


def test_missing_day(answer, tmp_path):
    answer["plan"][0]["days"].pop()
    caught(answer, tmp_path, "days")


def test_no_days(answer, tmp_path):
    answer["plan"][0]["days"] = []
    caught(answer, tmp_path, "days")


def test_missing_lodging(answer, tmp_path):
    day = answer["plan"][0]["days"][0]
    del day["lodging"]
    day.pop("lodging_poi", None)
    caught(answer, tmp_path, "lodging", "plan[0].days[0]")


def test_blank_lodging(answer, tmp_path):
    answer["plan"][0]["days"][0]["lodging"] = " "
    caught(answer, tmp_path, "lodging", "plan[0].days[0]")


def test_avoided_place(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit", lambda day, index, block: not block["pois"][0].get("must_see"))
    block["pois"][0]["tags"] = ["museum"]
    caught(answer, tmp_path, "avoid", path)


def full_day(answer):
    """A day in the first option with visits from morning to late afternoon."""
    for d, day in enumerate(answer["plan"][0]["days"]):
        visits = [times(block) for block in day["blocks"] if block["kind"] == "visit"]
        if visits and min(visits)[0] <= at(day, 11) and max(end for _, end in visits) >= at(day, 16):
            return d, day
    raise AssertionError("the plan has no full day")


def test_no_lunch(answer, tmp_path):
    d, day = full_day(answer)
    day["blocks"] = [block for block in day["blocks"] if block["kind"] != "meal" or not
                     at(day, 11) <= times(block)[0] <= at(day, 15)]
    caught(answer, tmp_path, "meals", f"plan[0].days[{d}]")


def test_meal_at_an_odd_hour(answer, tmp_path):
    path, day, _, block = first_block(answer, "meal")
    move(block, at(day, 16), at(day, 16, 45))
    caught(answer, tmp_path, "meals", path)


def test_ruled_out_transport(answer, tmp_path):
    path, _, _, block = far_visit(answer)
    block["transportation"]["method"] = "taxi"
    caught(answer, tmp_path, "transport", path)


def test_too_early(answer, tmp_path):
    path, day, index, block = first_block(answer, "visit", lambda day, index, block: index == 0)
    _, end = times(block)
    move(block, at(day, 7), end)
    caught(answer, tmp_path, "bounds", path)


def test_nowhere(answer, tmp_path):
    path, _, _, block = first_block(answer, "visit")
    block["pois"][0]["geo_coordinate"] = {"lat": 0, "lng": 0}
    caught(answer, tmp_path, "coordinates", path)


def test_nothing_to_see(answer, tmp_path):
    for day in answer["plan"][0]["days"]:
        day["blocks"] = [block for block in day["blocks"] if block["kind"] != "visit"]
    caught(answer, tmp_path, "content")


def test_empty_plan(answer, tmp_path):
    answer["plan"] = []
    caught(answer, tmp_path, "content", "plan")


def test_faults_of_later_options_are_found(answer, tmp_path):
    answer["plan"][-1]["cost_total"] += 1
    caught(answer, tmp_path, "cost", f"plan[{len(answer['plan']) - 1}]")


def test_bare_lists_and_messages(answer, tmp_path):
    """A list of options, the message of the stream, the contract's wrapping."""
    for text in (answer["plan"], {"type": "plan", "data": answer["plan"]}, {"options": answer["plan"]}):
        assert check(text, tmp_path) == (OK, set())


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
