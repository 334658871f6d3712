# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requests over D-Bus: scripts, the edge cases of the contract, and stages that fail."""

import json
import os
import shutil
import subprocess

import pytest
from gi.repository import Gio, GLib

from busfixtures import (DEADLINE, ERROR, NAME, ORCHESTRATOR, PATH, SHORT, STAGES, TRIP, Caller, caller, dictionaries,
                         faulty, is_gone, poi, private_bus, program, refused, service, wait_until)

# What a client may have: unknown members, its own spelling of numbers, members in its own order.
STATE_JSON = (
    '"pois":[{"mine":{"b":[1,2.50,null],"a":"é"},"name":"Tokyo Tower",'
    '"geo_coordinate":{"lng":139.74540,"lat":35.6586,"alt":1e2},"description":"","cost":""}],'
    '"requirements":[{"priority":"must_have","description":"3 days","note":7.0}],'
    '"plan":[{"days":[{"highlight":"Day one","blocks":[{"time":"9:00 AM - 10:00 AM","description":"Walk","x":0.10}]}],'
    '"overall_cost":"$1","general_notes":"","rating":4.50}]')


# Scripts


def test_ask(caller):
    answer = json.loads(caller.ask(TRIP))
    assert list(answer) == ["intents", "pois", "requirements", "plan"]
    assert [i["value"] for i in answer["intents"]][1:] == ["Tokyo", "Kyoto"]
    assert len(answer["plan"]) in (2, 3)
    assert all(len(option["days"]) == 3 for option in answer["plan"])


def test_ask_makes_no_object(caller):
    caller.ask(SHORT)
    assert caller.managed() == {}


def test_ask_with_options(caller):
    answer = json.loads(caller.ask("thanks!", pois=dictionaries([poi(stars=GLib.Variant("i", 4))])))
    assert answer["pois"][0]["stars"] == 4 and answer["pois"][0]["name"] == "Tokyo Tower"
    assert answer["plan"] == answer["requirements"] == []


def test_gdbus_call_ask(private_bus, service):
    """A connection that dies with its reply."""
    gdbus = shutil.which("gdbus")
    if gdbus is None:
        pytest.skip("gdbus is not installed")
    run = subprocess.run([gdbus, "call", "--session", "--dest", NAME, "--object-path", PATH, "--method",
                          ORCHESTRATOR + ".Ask", "plan a 3 day trip to Tokyo", "{}"], env=private_bus.env(),
                         capture_output=True, text=True, timeout=DEADLINE)
    assert run.returncode == 0, run.stderr
    answer = json.loads(GLib.Variant.parse(GLib.VariantType("(s)"), run.stdout.strip()).unpack()[0])
    assert len(answer["plan"]) in (2, 3) and len(answer["plan"][0]["days"]) == 3


def test_gdbus_call_ask_state(private_bus, service):
    run = subprocess.run(["gdbus", "call", "--session", "--dest", NAME, "--object-path", PATH, "--method",
                          ORCHESTRATOR + ".AskState", json.dumps({"message": SHORT})], env=private_bus.env(),
                         capture_output=True, text=True, timeout=DEADLINE)
    assert run.returncode == 0, run.stderr
    assert json.loads(GLib.Variant.parse(GLib.VariantType("(s)"), run.stdout.strip()).unpack()[0])["plan"]


def test_gdbus_call_error_is_readable(private_bus, service):
    run = subprocess.run(["gdbus", "call", "--session", "--dest", NAME, "--object-path", PATH, "--method",
                          ORCHESTRATOR + ".Ask", "", "{}"], env=private_bus.env(), capture_output=True, text=True,
                         timeout=DEADLINE)
    assert run.returncode == 1
    assert ERROR + "InvalidMessage: message is required" in run.stderr


def test_ask_state_follow_up(caller):
    first = json.loads(caller.ask_state(json.dumps({"message": TRIP})))
    request = {"message": "remove Kyoto", **{name: first[name] for name in ("pois", "requirements", "plan")}}
    second = json.loads(caller.ask_state(json.dumps(request)))
    assert 0 < len(second["pois"]) < len(first["pois"])


# Edge cases of the contract


def test_no_actionable_intent_returns_the_state_unchanged(caller):
    answer = caller.ask_state('{"message":"thank you so much!",' + STATE_JSON + "}")
    assert all(intent["intent"] in ("General_Response", "Not_Relevant") for intent in json.loads(answer)["intents"])
    assert answer.endswith("," + STATE_JSON + "}")


def test_no_actionable_intent_on_signals(caller):
    job = caller.create("what is the capital of France?", pois=dictionaries([poi(mine=GLib.Variant("s", "x"))]))
    job.start().wait_end()
    assert [name for name in job.names() if name != "Progress"] == [*STAGES, "Done"]
    assert job.get("Pois").unpack()[0][0]["mine"] == "x"
    assert job.get("Plan").unpack()[0] == []


@pytest.mark.parametrize("text", ["", "{", "[1,2", "nonsense", '{"message":"x",}', '{"message":"x"} trailing',
                                  '{"message":\n"x', "[" * 131000, '{"a":' * 70 + "1" + "}" * 70])
def test_malformed_json(caller, text):
    with refused(ERROR + "InvalidMessage", "not valid JSON"):
        caller.ask_state(text)


def test_malformed_json_says_where(caller):
    with refused(ERROR + "InvalidMessage", "line 2, column 11"):
        caller.ask_state('{\n"message":?}')


@pytest.mark.parametrize("text, message", [
    ("{}", "message is required"), ('{"message":null}', "message is required"),
    ('{"message":""}', "message is required"), ('{"message":" \\n\\t"}', "message is required"),
    ('{"message":"\\u3000"}', "message is required"), ('{"message":42}', "message must be a string"),
    ('{"message":["x"]}', "message must be a string"), ('{"message":{"text":"x"}}', "message must be a string"),
    ("[]", "must be an object"), ("null", "must be an object"), ('"text"', "must be an object")])
def test_missing_empty_or_wrong_message(caller, text, message):
    with refused(ERROR + "InvalidMessage", message):
        caller.ask_state(text)


@pytest.mark.parametrize("message", ["", " ", "\t\n", "\u2003"])
def test_blank_message_native(caller, message):
    for call in (caller.create, caller.ask):
        with refused(ERROR + "InvalidMessage", "message is required"):
            call(message)


@pytest.mark.parametrize("state, path", [
    ('"pois":[{"description":"","geo_coordinate":{"lat":1,"lng":1}}]', "pois[0].name"),
    ('"pois":[{"name":"A","geo_coordinate":{"lat":1,"lng":1}}]', "pois[0].description"),
    ('"pois":[{"name":"A","description":""}]', "pois[0].geo_coordinate"),
    ('"pois":[{"name":"A","description":"","geo_coordinate":{"lat":1,"lng":1}},'
     '{"name":"B","description":"","geo_coordinate":{"lat":"north","lng":1}}]',
     "pois[1].geo_coordinate.lat must be a number"),
    ('"pois":"Tokyo"', "pois must be an array"), ('"pois":[7]', "pois[0] must be an object"),
    ('"pois":{"poi":[{"name":1}]}', "pois.poi[0].name"),
    ('"requirements":[{"description":"x","priority":"urgent"}]', "requirements[0].priority"),
    ('"requirements":{"requirements":{"a":1}}', "requirements.requirements must be an array"),
    ('"plan":[{"days":[{"blocks":[{"transportation":{"cost":"much"}}]}]}]',
     "plan[0].days[0].blocks[0].transportation.cost"),
    ('"plan":{"options":[3]}', "plan.options[0] must be an object")])
def test_wrong_state_names_the_member(caller, state, path):
    with refused(ERROR + "InvalidMessage", path):
        caller.ask_state('{"message":"' + SHORT + '",' + state + "}")


@pytest.mark.parametrize("wrapper", ["poi", "pois", "results", "points_of_interest"])
def test_wrapped_forms(caller, wrapper):
    place = '{"name":"A","description":"","geo_coordinate":{"lat":1.50,"lng":2}}'
    answer = caller.ask_state('{"message":"thanks!","pois":{"%s":[%s]},"requirements":{"requirements":[{"description":'
                              '"x"}]},"plan":{"options":[{"days":[]}]}}' % (wrapper, place))
    assert f'"pois":[{place}]' in answer
    assert '"requirements":[{"description":"x"}]' in answer
    assert '"plan":[{"days":[]}]' in answer


def test_null_and_missing_lists_are_empty(caller):
    for state in ("", ',"pois":null,"requirements":null,"plan":null', ',"pois":{},"requirements":{},"plan":{}'):
        answer = json.loads(caller.ask_state('{"message":"thanks!"' + state + "}"))
        assert answer["pois"] == answer["requirements"] == answer["plan"] == []


def test_unknown_members_survive_a_change(caller):
    """A place that nobody touched is written back byte for byte, also where others were added."""
    place = '{"name":"My Aunt","description":"","geo_coordinate":{"lng":139.70,"lat":35.6800},"phone":{"n":[1.0,2e3]}}'
    answer = caller.ask_state('{"message":"add Senso-ji","pois":[' + place + "]}")
    assert place in answer
    assert len(json.loads(answer)["pois"]) > 1


@pytest.mark.parametrize("text", [
    "😀 plan 2 days in Paris 🗼🥐", "خطة رحلة لمدة يومين إلى Paris", "plan 2 days in Pari\u0301s, cafe\u0301s",
    "\u202eplan\u202c 2 days in Paris", "plan 2 days in \ufeffParis\u200b", "\U0010ffff \ufffe x"])
def test_text_of_the_world(caller, text):
    answer = json.loads(caller.ask(text))
    assert answer["intents"]
    assert json.loads(caller.ask_state(json.dumps({"message": text})))["intents"] == answer["intents"]
    job = caller.create(text).start().wait_end()
    assert answer["intents"] == job.get("Intents").unpack()[0]


def test_text_of_the_world_in_state(caller):
    place = ('{"name":"\\ud83d\\ude00 Caf\\u0065\\u0301 שלום","description":"\\u202e",'
             '"geo_coordinate":{"lat":0,"lng":0}}')
    answer = caller.ask_state('{"message":"thanks!","pois":[' + place + "]}")
    assert place in answer


@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00\\ud800", "\\ud83d\\u0041", "\\u12"])
def test_broken_escapes(caller, escape):
    with refused(ERROR + "InvalidMessage", "not valid JSON"):
        caller.ask_state('{"message":"x' + escape + '"}')


def test_embedded_nul(caller):
    with refused(ERROR + "InvalidMessage", "message must not contain the character U+0000"):
        caller.ask_state('{"message":"plan\\u0000 a trip"}')
    with refused(ERROR + "InvalidMessage", "pois[0].name must not contain the character U+0000"):
        caller.ask_state('{"message":"x","pois":[{"name":"a\\u0000b","description":"",'
                         '"geo_coordinate":{"lat":0,"lng":0}}]}')
    # In a member we do not know it is the client's business.
    place = '{"name":"A","description":"","geo_coordinate":{"lat":0,"lng":0},"blob":"a\\u0000b"}'
    assert place in caller.ask_state('{"message":"thanks!","pois":[' + place + "]}")


def test_invalid_utf8_never_gets_past_the_bus(service, caller):
    """The bus cuts a caller off that sends bytes which are no text; its jobs end with it."""
    broken = Caller(service.bus)
    broken.create(SHORT)
    message = Gio.DBusMessage.new_method_call(NAME, PATH, ORCHESTRATOR, "AskState")
    message.set_body(GLib.Variant("(s)", ('{"message":"MARK"}',)))
    message.set_serial(99)
    blob = bytes(message.to_blob(Gio.DBusCapabilityFlags.NONE)).replace(b"MARK", b"\xff\xfe\xc0\x80")
    broken.connection.get_stream().get_output_stream().write_all(blob, None)
    wait_until(broken.connection.is_closed, "the bus to cut the caller off")
    wait_until(lambda: is_gone(caller, broken), "the end of its jobs")
    assert json.loads(caller.ask(SHORT))["plan"]


# Stages that fail


def test_interpreter_invalid_twice(faulty):
    caller = Caller(faulty("interpreter-invalid").bus)
    job = caller.create(TRIP).start().wait_end()
    assert job.names() == ["Error"]
    code, message = job.get("Error").unpack()
    assert code == "internal" and message.startswith("Intent validation failed: ")
    assert job.property("State") == "failed"
    assert [(kind, data) for _, kind, data in job.events()] == [("error", {"code": code, "message": message})]
    for call in (lambda: caller.ask(TRIP), lambda: caller.ask_state(json.dumps({"message": TRIP}))):
        with refused(ERROR + "Internal", "Intent validation failed: "):
            call()
    caller.leave()


def test_interpreter_invalid_once_is_asked_again(faulty):
    caller = Caller(faulty("interpreter-invalid-once").bus)
    job = caller.create(TRIP).start().wait_end()
    assert job.names()[-1] == "Done"
    assert [i["value"] for i in job.get("Intents").unpack()[0]][1:] == ["Tokyo", "Kyoto"]
    caller.leave()


@pytest.mark.parametrize("fault, stages", [("interpreter-throws", []), ("place-throws", ["Intents"]),
                                           ("planner-throws", ["Intents", "Pois", "Requirements"])])
def test_stage_that_throws(faulty, fault, stages):
    """What was complete before has been told; the error is the last."""
    service = faulty(fault)
    caller = Caller(service.bus)
    for _ in range(2):
        job = caller.create(TRIP).start().wait_end()
        assert [name for name in job.names() if name not in ("Progress", "PoiFound")] == [*stages, "Error"]
        assert job.names()[-1] == "Error"
        assert job.get("Error").unpack() == ("internal", "the provider broke down")
        assert job.property("State") == "failed"
    with refused(ERROR + "Internal", "the provider broke down"):
        caller.ask(TRIP)
    service.check_alive()
    caller.leave()


def test_unknown_destination_is_told_honestly(caller):
    """No plan is better than an empty one that passes for an answer."""
    job = caller.create("plan a 3 day trip to Bergen").start().wait_end()
    assert job.names()[-1] == "Error"
    code, message = job.get("Error").unpack()
    assert code == "infeasible" and "Bergen" in message
    with refused(ERROR + "Infeasible", "Bergen"):
        caller.ask("plan a 3 day trip to Bergen")


def test_without_a_bus_the_service_refuses(tmp_path):
    """Nowhere to serve: no port and no bus is an error that says so."""
    run = subprocess.run([program("TRIPD", "tripd"), "--no-http"], capture_output=True, text=True, timeout=DEADLINE,
                         env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"})
    assert run.returncode == 1
    assert "no session bus" in run.stderr


def test_second_service_does_not_steal_the_name(private_bus, service):
    run = subprocess.run([program("TRIPD", "tripd"), "--port", "0"], capture_output=True, text=True, timeout=DEADLINE,
                         env=private_bus.env())
    assert run.returncode == 1
    assert "another tripd owns org.tripd.Trip1" in run.stderr
