# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The atlas sources: enough of everything, no place twice, and sights where independent references say they are."""

import configparser
import csv
import math
import os
import pathlib
import unicodedata

import pytest

ROOT = pathlib.Path(os.environ.get("TRIP_SOURCE_ROOT", pathlib.Path(__file__).parents[2]))
REFERENCE = pathlib.Path(os.environ.get("TRIP_REFERENCE_DATA", ROOT.parent / "shared" / "data" / "reference"))
FILES = sorted((ROOT / "data" / "atlas").glob("*.city"))

# A sight farther than this from its reference is a bug.
MAX_OFF_M = 1000

# Names that two things share: the reference row is another one than ours, for the reason given.
OTHER_THINGS = {
    "rome/palazzo-altemps": "Q1094986 has the coordinates of a place 7.6 km away; the museum is at Piazza Sant'Apollinare",
}


def distance_m(a, b):
    lat_a, lng_a, lat_b, lng_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def fold(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if c.isalnum() or c == " ").strip()


def load(path):
    parser = configparser.ConfigParser(interpolation=None, strict=True, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    city = parser["city"]
    places = [(name.removeprefix("place "), parser[name]) for name in parser.sections() if name.startswith("place ")]
    return city, places


def position(place):
    return float(place["lat"]), float(place["lng"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_enough_of_everything(path):
    _, places = load(path)
    count = {kind: sum(place["type"] == kind for _, place in places)
             for kind in ("tourist_destination", "restaurant", "lodge")}
    assert count["tourist_destination"] >= 20
    assert count["restaurant"] >= 6
    assert count["lodge"] >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_source_and_licence(path):
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert any(line.startswith("# Source:") for line in head)
    assert any(line.startswith("# Licence:") for line in head)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_place_twice(path):
    _, places = load(path)
    seen = {}
    for identifier, place in places:
        assert fold(place["name"]) not in seen, f"{identifier} and {seen[fold(place['name'])]} share a name"
        seen[fold(place["name"])] = identifier
        for other_id, other in places:
            if other_id != identifier and other["type"] == place["type"] == "tourist_destination":
                assert distance_m(position(place), position(other)) > 5, f"{identifier} and {other_id} share a position"


def read_reference(name):
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"no reference data ({name}); set TRIP_REFERENCE_DATA to its folder")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sights_are_where_the_reference_says(path):
    rows = read_reference("sights.tsv")
    city, places = load(path)
    by_id = {row["wikidata"]: row for row in rows if row["wikidata"]}
    near = [row for row in rows if row["lat"] and
            distance_m(position(city), (float(row["lat"]), float(row["lon"]))) < 40000]
    by_name = {fold(row["name"]): row for row in near}
    wrong = []
    for identifier, place in places:
        row = by_id.get(place.get("wikidata", "")) or by_name.get(fold(place["name"]))
        if row is None or place["type"] != "tourist_destination" or f"{path.stem}/{identifier}" in OTHER_THINGS:
            continue
        off = distance_m(position(place), (float(row["lat"]), float(row["lon"])))
        if off > MAX_OFF_M:
            wrong.append(f"{identifier}: {off:.0f} m from {row['wikidata']} {row['name']}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_city_is_where_the_reference_says(path):
    rows = read_reference("cities.tsv")
    city, _ = load(path)
    here = [row for row in rows if row["country"] == city["country"] and
            fold(row["asciiname"]) in (fold(city["name"]), fold(city["name"]) + " city")]
    if not here:
        pytest.skip(f"the reference has no city of the name {city['name']}")
    assert min(distance_m(position(city), (float(row["lat"]), float(row["lon"]))) for row in here) < 15000
    assert city["timezone"] in {row["timezone"] for row in here}
