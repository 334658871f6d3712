# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The checks of the atlas sources find what is planted: each fault here is one that a source has had or may have."""

import os

import pytest

import atlaschecks
import atlascoast

TRIPCTL = os.environ.get("TRIPCTL", "tripctl")
CITY = {"name": "Nice", "country": "FR", "lat": "43.70", "lng": "7.26", "currency": "EUR", "meal_cost": "16",
        "transit_fare": "1.70"}


def place(name, lat=43.70, lng=7.26, kind="tourist_destination", **keys):
    return {"name": name, "lat": str(lat), "lng": str(lng), "type": kind, "opening_hours": "24/7", "cost": "0", **keys}


def room(level, cost, name="Hotel"):
    return place(name, kind="lodge", level=level, cost=str(cost))


def row(name, lat, lon, wikidata="", **keys):
    return {"name": name, "lat": str(lat), "lon": str(lon), "wikidata": wikidata, "id": "1", **keys}


GOOD = [("castle", place("Castle Hill", 43.695, 7.28)), ("market", place("Cours Saleya", 43.6955, 7.2755)),
        ("socca", place("Chez Pipo", 43.6995, 7.286, "restaurant", level="budget", cost="12")),
        ("hostel", room("budget", 60, "Hostel")), ("inn", room("mid", 140, "Inn")), ("negresco", room("premium", 400))]


def with_fault(identifier, **keys):
    assert identifier in dict(GOOD)
    return [(name, {**entry, **keys} if name == identifier else entry) for name, entry in GOOD]


def one(faults, *words):
    assert len(faults) == 1, faults
    assert all(word in faults[0] for word in words), faults


def test_scarcity():
    assert atlaschecks.scarcity(GOOD, 2, 1, 3) == []
    one(atlaschecks.scarcity(GOOD, 3, 1, 3), "2 of tourist_destination")
    one(atlaschecks.scarcity(GOOD, 2, 2, 3), "1 of restaurant")
    one(atlaschecks.scarcity(GOOD, 2, 1, 4), "3 of lodge")
    one(atlaschecks.scarcity(with_fault("inn", level="premium"), 2, 1, 3), "no mid lodge")


def test_repetitions():
    assert atlaschecks.repetitions(GOOD) == []
    one(atlaschecks.repetitions(with_fault("market", name="Cástle hill")), "castle hill")
    one(atlaschecks.repetitions(with_fault("market", aliases="Le Château;Castle Hill")), "market and castle")
    one(atlaschecks.repetitions([(name, {**entry, "wikidata": "Q1"}) for name, entry in GOOD[:2]]), "Q1")
    near = with_fault("market", lat="43.6951", lng="7.2801")
    one(atlaschecks.repetitions(near), "castle and market are 14 m apart")
    assert atlaschecks.repetitions(near, {("market", "castle")}) == []
    # A restaurant in a sight is no repetition.
    assert atlaschecks.repetitions(with_fault("socca", lat="43.695", lng="7.28")) == []


@pytest.mark.parametrize("keys", [{"wikidata": "Q7"}, {"name": "CASTLE hill"}, {"aliases": "Colline;Castle Hill"}])
def test_off_the_sights(keys):
    entries = with_fault("castle", **{"name": "Hill", **keys})
    there, far = (row("Castle Hill", 43.695 + off, 7.28, "Q7") for off in (0.001, 0.010))
    assert atlaschecks.off_the_sights(CITY, entries, [there]) == []
    one(atlaschecks.off_the_sights(CITY, entries, [far]), "castle: 1112 m from Q7")
    # Of several things of the name, one is ours.
    assert atlaschecks.off_the_sights(CITY, entries, [{**far, "wikidata": "Q8"}, there]) == []


def test_off_the_sights_elsewhere():
    """A name counts near the city, an item anywhere."""
    far = row("Castle Hill", 47.50, 19.04, "Q7")
    assert atlaschecks.off_the_sights(CITY, GOOD, [far]) == []
    one(atlaschecks.off_the_sights(CITY, with_fault("castle", wikidata="Q7"), [far]), "Q7")


@pytest.mark.parametrize("site, name, about", [
    ("Tower of London", "Tower of London", True), ("Villa d'Este, Tivoli", "Villa d’Este", True),
    ("Villa Adriana (Tivoli)", "Villa Adriana", True), ("Humayun's Tomb, Delhi", "Humayun's Tomb", True),
    ("Monastery of the Hieronymites and Tower of Belém in Lisbon", "Tower of Belém", True),
    ("Taj Mahal", "Taj Mahal at night", True), ("Historic Centre of Vienna", "Vienna", False),
    ("Works of Antoni Gaudí", "Park Güell", False), ("Palace and Park of Versailles", "Palace of Luxembourg", False),
    ("Ancient City of Damascus", "City", False),
])
def test_is_about(site, name, about):
    assert atlaschecks.is_about(site, {atlaschecks.fold(name)}) == about


def test_off_the_heritage():
    entries = with_fault("castle", name="Tower of Nice")
    assert atlaschecks.off_the_heritage(CITY, entries, [row("Tower of Nice, France", 43.696, 7.28)]) == []
    one(atlaschecks.off_the_heritage(CITY, entries, [row("Tower of Nice, France", 43.71, 7.28)]), "castle: 1668 m")
    assert atlaschecks.off_the_heritage(CITY, entries, [row("Tower of Nice, France", 48.71, 7.28)]) == []


def test_abroad():
    towns = [row("Nice", 43.70, 7.27, country="FR"), row("Monaco", 43.733, 7.417, country="MC")]
    assert atlaschecks.abroad(CITY, GOOD, towns) == []
    palace = with_fault("castle", lat="43.7314", lng="7.4202")
    one(atlaschecks.abroad(CITY, palace, towns), "castle", "Monaco in MC")
    assert atlaschecks.abroad(CITY, palace, towns, {"MC": "a day trip"}) == []
    one(atlaschecks.abroad({**CITY, "lat": "-43.70"}, GOOD, towns), "no town")


class StraightCoast:
    """Land north of a parallel, and south of it the ocean or a lake."""

    def __init__(self, parallel, water):
        self.parallel, self.water = parallel, water

    def level(self, lat, lng):
        return 1 if lat > self.parallel else self.water


@pytest.mark.parametrize("water, off, faults", [(0, 400, 0), (0, 600, 1), (2, 2400, 0), (2, 2600, 1), (0, -10, 0)])
def test_afloat(water, off, faults):
    coast = StraightCoast(43.695 + off / 111320, water)
    assert len(atlaschecks.afloat([GOOD[0]], coast)) == faults


@pytest.mark.parametrize("lat, lng, level", [
    (48.85, 2.35, 1), (40.0, -40.0, 0), (42.5, -87.0, 2), (40.78, -73.96, 1), (35.5, 139.9, 0), (42.1, 30.1, 0),
    (-34.0, 155.0, 0), (-33.92, 151.1, 1), (1.35, 103.82, 1), (1.1, 104.3, 1), (41.075, 29.055, 0), (-77.8, 100.0, 1),
])
def test_shorelines(lat, lng, level):
    pytest.importorskip("netCDF4", reason="no python3-netcdf4")
    if not atlascoast.FILE.exists():
        pytest.skip(f"no shorelines ({atlascoast.FILE}); install gmt-gshhg-high")
    assert atlascoast.Coast().level(lat, lng) == level


@pytest.mark.parametrize("lat, lng", [(38.6916, 9.2160), (38.6916, -9.8160), (37.6916, -9.2160), (-38.6916, -9.2160)],
                         ids=["sign of the longitude", "digit of the longitude", "degree", "sign of the latitude"])
def test_slips_end_in_the_sea(lat, lng):
    pytest.importorskip("netCDF4", reason="no python3-netcdf4")
    if not atlascoast.FILE.exists():
        pytest.skip(f"no shorelines ({atlascoast.FILE}); install gmt-gshhg-high")
    coast = atlascoast.Coast()
    assert atlaschecks.afloat([("belem", place("Belém Tower", 38.6916, -9.2160))], coast) == []
    one(atlaschecks.afloat([("belem", place("Belém Tower", lat, lng))], coast), "in the water")


def opening(hours, **keys):
    return [("museum", place("Museum", opening_hours=hours, **keys))]


@pytest.mark.parametrize("entries, word", [
    (opening("Mo-Su 09:00-17:00"), None), (opening("Mo-Su 09:00-17:00; Mo-Su off"), "never open"), (opening("off"), "never"),
    (opening("Feb 30 09:00-17:00"), ""), (opening("Mo 25:90-26:00"), ""),
    (opening("Mo 09:00-10:00", visit_minutes="90"), "60 min"),
    (opening("Mo-Su 09:00-17:00; Jan-Dec off"), "never open"), (opening("Fr 19:00-02:00", visit_minutes="400"), None),
])
def test_never_open(entries, word):
    answers = atlaschecks.intervals_of([entries[0][1]["opening_hours"]], TRIPCTL, "FR")
    if answers is None:
        pytest.skip("this tripctl has no hours --batch; set TRIPCTL to one that has")
    faults = atlaschecks.never_open(entries, answers)
    if word is None:
        assert faults == []
    else:
        one(faults, "museum", word)


def test_no_tripctl():
    assert atlaschecks.intervals_of(["24/7"], "/nonexistent/tripctl", "FR") is None
    assert atlaschecks.intervals_of(["24/7"], "true", "FR") is None


def test_wrong_prices():
    assert atlaschecks.wrong_prices(CITY, GOOD) == []
    one(atlaschecks.wrong_prices({**CITY, "currency": "XXX"}, GOOD), "no XXX")
    one(atlaschecks.wrong_prices({**CITY, "meal_cost": "1600"}, GOOD), "a lunch of 1600 EUR")
    one(atlaschecks.wrong_prices({**CITY, "transit_fare": "17"}, GOOD), "a ride of 17")
    one(atlaschecks.wrong_prices(CITY, with_fault("castle", cost="1400")), "castle: 1400")
    one(atlaschecks.wrong_prices(CITY, with_fault("socca", cost="1.20")), "socca: 1.20")
    one(atlaschecks.wrong_prices(CITY, with_fault("socca", cost="120")), "socca: 120")
    one(atlaschecks.wrong_prices(CITY, with_fault("negresco", cost="40000")), "negresco: 40000")
    one(atlaschecks.wrong_prices(CITY, with_fault("inn", cost="420")), "inn (mid)", "negresco (premium)")
    one(atlaschecks.wrong_prices(CITY, with_fault("hostel", cost="150")), "hostel (budget)", "inn (mid)")
