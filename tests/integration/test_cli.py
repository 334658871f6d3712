# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl as a script and a person at a terminal meet it: doors, exit statuses, follow-ups and batches."""

import json
import os
import pty
import signal
import socket
import subprocess

import pytest

from busfixtures import DEADLINE, faulty, private_bus, program, service
from clients import FAILED, OK, UNREACHABLE, USAGE, tripctl

STAGES = ["intents", "pois", "requirements", "plan"]
TRIP = "plan a 3 day trip to Tokyo and Kyoto"
SHORT = "plan a 1 day trip to Lisbon"
DOORS = ("local", "ws", "dbus")


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
    run = plan(service, via, "plan a 3 day trip to Bergen", status=FAILED)
    assert "No plan: " in run.stdout and "Bergen" in run.stdout
    assert lines(plan(service, via, "--json", "plan a 3 day trip to Bergen", status=FAILED))[-1]["type"] == "error"


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


def test_text_of_a_service_does_not_reach_the_terminal(tmp_path):
    """A block without times is shown with its own words for them, and a plan that nothing changes comes back as it went."""
    evil = "\x1b]0;owned\x07\x9b2J"
    block = {"time": evil, "description": evil, "transportation": {"method": evil, "minutes": 5}}
    state = {"plan": [{"title": evil, "overall_cost": evil, "general_notes": evil,
                       "days": [{"highlight": evil, "lodging": evil, "blocks": [block]}]}]}
    path = tmp_path / "state.json"
    path.write_text(json.dumps(state), encoding="utf-8")
    text = tripctl("plan", "--via", "local", "--state", str(path), "thank you!", status=OK).stdout
    assert text.count("owned") == 8
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for line in text.split("\n") for character in line)


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


def test_interpret_explains():
    """The words with their classes, what was found and the rule behind each intent stand before the answer."""
    text = tripctl("interpret", "--explain", "2 days in Rome, no museums", status=OK).stdout
    explained, answer = text.rstrip("\n").rsplit("\n", 1)
    assert json.loads(answer)["slots"]["days"] == 2
    for part in ("Language: en", "0 2", "Rome (IT), visit", '"museums", interest, avoid', 'add "Rome", by add_mention'):
        assert part in explained, explained


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
