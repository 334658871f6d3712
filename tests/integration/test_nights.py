# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where each night is spent, through the whole service: what was asked of lodgings is heard, kept in every option, and
changed night by night, and `tripctl check` finds nothing in any of the plans.
"""

import itertools
import json
import subprocess
import urllib.error
import urllib.request

import pytest

from busfixtures import DEADLINE, private_bus, program, service

CITIES = ["Kyoto", "Lisbon", "Rome", "London"]


def ask(uri, message, state=None):
    """Status and answer of POST /chat."""
    state = {name: state[name] for name in ("pois", "requirements", "plan")} if state else {}
    request = urllib.request.Request(uri + "chat", json.dumps({"message": message, **state}).encode(),
                                     {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=DEADLINE) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.fixture
def plan(service, tmp_path):
    """Asks for a plan that has to come and to keep all rules."""
    numbers = itertools.count()

    def ask_and_check(message, state=None):
        status, answer = ask(service.uri, message, state)
        assert status == 200, (message, answer)
        path = tmp_path / f"{next(numbers)}.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        run = subprocess.run([program("TRIPCTL", "tripctl"), "check", str(path)], capture_output=True, text=True,
                             timeout=DEADLINE)
        assert run.returncode == 0, (message, run.stdout, run.stderr)
        return answer

    return ask_and_check


def nights(option):
    return [day["lodging"] for day in option["days"] if day.get("lodging")]


def lodges(answer):
    """The lodgings that are known, dearest last."""
    return sorted((place for place in answer["pois"] if place["poi_type"] == "lodge"), key=lambda place: place["name"])


def price(option, index):
    return option["days"][index]["lodging_cost"]


@pytest.mark.parametrize("city", CITIES)
def test_named(plan, city):
    for place in lodges(plan(f"3 days in {city}"))[:4]:
        if "," in place["name"]:
            continue
        answer = plan(f"4 days in {city}, stay at {place['name']}")
        assert any(intent["value"] == place["name"] for intent in answer["intents"]), answer["intents"]
        for option in answer["plan"]:
            assert nights(option) == [place["name"]] * 3


@pytest.mark.parametrize("city", CITIES)
def test_named_one_after_the_other(plan, city):
    one, other = [place["name"] for place in lodges(plan(f"3 days in {city}")) if "," not in place["name"]][:2]
    for option in plan(f"5 days in {city}, 3 nights at {one} and then {other}")["plan"]:
        assert nights(option) == [one] * 3 + [other]
        # The bags go along on the fourth morning.
        first = option["days"][3]["blocks"][0]
        assert first["kind"] == "check_in" and first["pois"][0]["name"] == other


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("words", ["same hotel throughout", "don't change hotels"])
def test_one_house(plan, city, words):
    for option in plan(f"6 days in {city}, {words}")["plan"]:
        assert len(set(nights(option))) == 1


@pytest.mark.parametrize("city", CITIES)
def test_another_house_each_night(plan, city):
    for option in plan(f"4 days in {city}, a different hotel each night")["plan"]:
        assert len(set(nights(option))) == 3


@pytest.mark.parametrize("city", CITIES)
def test_a_town_needs_no_move(plan, city):
    for option in plan(f"5 days in {city}")["plan"]:
        assert len(set(nights(option))) == 1


def test_limit_of_a_night(plan):
    for city in CITIES:
        answer = plan(f"4 days in {city}, hotel under $150 a night")
        dearest = max(price(option, night) for option in answer["plan"] for night in range(3))
        free = max(price(option, night) for option in plan(f"4 days in {city}")["plan"] for night in range(3))
        assert dearest < free


def test_unknown_house(service, plan):
    for option in plan("3 days in Rome, stay at Hotel Zander Palace")["plan"]:
        assert "Zander" in option["general_notes"]
    status, answer = ask(service.uri, "3 days in Rome, we must stay at Hotel Zander Palace")
    assert status == 422 and "Zander" in answer["details"]


@pytest.mark.parametrize("city", CITIES)
def test_changes_by_night(plan, city):
    before = plan(f"5 days in {city}")
    option = before["plan"][0]
    was = nights(option)
    after = plan("a different hotel on night 2", before)["plan"][0]
    now = nights(after)
    assert now[1] != was[1] and now[:1] + now[2:] == was[:1] + was[2:]
    assert [day["blocks"][0]["kind"] for day in after["days"][1:4]].count("check_in") == 2
    for day in (0, 4):
        assert after["days"][day]["blocks"] == option["days"][day]["blocks"]
    cheaper = plan("cheaper hotel on the third night", before)["plan"][0]
    assert price(cheaper, 2) < price(option, 2) or "cheaper" in cheaper["general_notes"]


@pytest.mark.parametrize("city", CITIES)
def test_a_limit_that_comes_later(plan, city):
    before = plan(f"4 days in {city}")
    bound = price(before["plan"][0], 0) * 0.9
    after = plan(f"hotel under {bound:.0f} {before['plan'][0]['currency']} a night", before)
    for option in after["plan"]:
        assert all(price(option, night) <= bound + 0.5 for night in range(3))


@pytest.mark.parametrize("message, days", [
    ("3 nights in Rome and 2 nights in Paris", ["Rome"] * 3 + ["Paris"] * 3),
    ("4 days in Tokyo and 2 days in Kyoto", ["Tokyo"] * 4 + ["Kyoto"] * 2),
])
def test_nights_of_cities(plan, message, days):
    for option in plan(message)["plan"]:
        assert len(option["days"]) == len(days)
        beds = [day["lodging_poi"]["city"] for day in option["days"] if day.get("lodging_poi")]
        assert sorted(beds) == sorted(days[:-1]), message
