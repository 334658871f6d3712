# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The atlas sources: enough of everything, no place twice, and sights where independent references say they are. What is
looked for is in atlaschecks.py; what is known to be right all the same is here, with the reason."""

import csv
import functools
import os
import pathlib

import pytest

import atlaschecks
import atlascoast
from atlaschecks import distance_m, fold, load, position

ROOT = pathlib.Path(os.environ.get("TRIP_SOURCE_ROOT", pathlib.Path(__file__).parents[2]))
REFERENCE = pathlib.Path(os.environ.get("TRIP_REFERENCE_DATA", ROOT.parent / "shared" / "data" / "reference"))
TRIPCTL = os.environ.get("TRIPCTL", "tripctl")
FILES = sorted((ROOT / "data" / "atlas").glob("*.city"))

# Where most visitors go, and stay longest.
TOP_CITIES = ("bangkok paris london dubai singapore kuala-lumpur istanbul hong-kong tokyo seoul osaka rome new-york barcelona "
              "amsterdam prague vienna milan madrid las-vegas").split()
TOP_SIGHTS = 40

# Names that two things share: the reference row is another one than ours, for the reason given.
OTHER_THINGS = {
    "rome/palazzo-altemps": "Q1094986 has the coordinates of a place 7.6 km away; the museum is at Piazza Sant'Apollinare",
}

# Rows of sights.tsv that are wrong themselves.
WRONG_ROWS = {
    "Q3026874": "1.6 km off: Miami's art museum moved to the bay in 2013, the row is at its former house",
    "Q1368360": "1 km off: the Picasso museum of Antibes is in the castle by the sea, where nice/antibes is",
    "Q3330629": "11 km off: Cairo's museum of Islamic art is at Bab al-Khalq, not in Nasr City; we have no sight of that name",
}

# Rows of unesco.tsv that are wrong themselves.
WRONG_SITES = {
    "880": "14.6 km off: the Summer Palace is at Kunming Lake, not in the western hills",
    "881": "5.2 km off: the Temple of Heaven is inside the southern second ring road",
}

# Cities whose time zone has a name of its own since cities.tsv was made.
NEWER_TIME_ZONES = {
    "hanoi": "Asia/Ho_Chi_Minh, which the table still calls Asia/Bangkok; the clocks are the same",
}

# World Heritage sites of several parts, whose one point is at another part than ours.
OTHER_PARTS = {
    "budapest/andrassy": "400 is one point for both banks, castle and avenue, 2.7 km off in Ferencváros",
    "budapest/buda-castle": "400 is one point for both banks, castle and avenue, 2.8 km off in Ferencváros",
    "barcelona/sant-pau": "804 is at its other part, the Palau de la Música",
    "lisbon/jeronimos-monastery": "263 is at its other part, Belém Tower",
    "rome/san-paolo-fuori-le-mura": "91 is at the Colosseum",
}

# Sights next door to each other.
ONE_BUILDING = {
    "granada/royal-chapel madrasah": "on both sides of Calle Oficios",
}

# Countries other than the city's where its places may be, or the nearest town.
OTHER_COUNTRIES = {
    "jerusalem": {"PS": "the Old City and East Jerusalem, and day trips to Bethlehem, Herodium and Jericho"},
    "nice": {"MC": "day trips to Monaco; its towns are nearest to Èze and La Turbie as well"},
    "rome": {"VA": "the Vatican; it is the nearest town to half of the centre"},
}

# Places on ground that the shorelines do not have, by the reason.
OFF_THE_SHORELINE = {name: reason for reason, names in {
    "made land of Abu Dhabi's islands, since the shoreline was drawn":
        "abu-dhabi/qasr-al-watan abu-dhabi/heritage-village abu-dhabi/marina-mall abu-dhabi/abrahamic-family-house "
        "abu-dhabi/zayed-national-museum abu-dhabi/mamsha-al-saadiyat abu-dhabi/galleria abu-dhabi/snow-abu-dhabi "
        "abu-dhabi/zuma abu-dhabi/beirut-sur-mer abu-dhabi/la-petite-maison",
    "on the bridge, 750 m from either bank": "auckland/auckland-harbour-bridge",
    "on a headland that the shorelines cut off": "auckland/muriwai-gannet-colony",
    "made land of Doha: West Bay, Katara, the Pearl and the old port":
        "doha/katara-beach doha/pearl-porto-arabia doha/qanat-quartier doha/old-doha-port doha/city-center "
        "doha/hotel-park doha/lwzaar doha/evergreen-organics doha/nobu-doha doha/st-regis-doha doha/four-seasons-doha",
    "on Bluewaters, an island made in 2013": "dubai/ain-dubai",
    "on the Palm, made in 2001": "dubai/aquaventure",
    "on the Palm": "dubai/atlantis-the-palm dubai/lost-chambers dubai/palm-jumeirah",
    "on an island of its own": "dubai/burj-al-arab dubai/burj-al-arab-hotel",
    "on the runway made before the Marina": "dubai/skydive-dubai",
    "filled ground of West Kowloon, since the shoreline was drawn":
        "hong-kong/m-plus hong-kong/palace-museum hong-kong/west-kowloon-art-park hong-kong/sky100",
    "on filled ground: the outer harbour, Nam Van and Cotai":
        "macau/kun-iam-statue macau/science-center macau/fishermans-wharf macau/eiffel-tower-parisian "
        "macau/the-londoner macau/wynn-palace-skycab macau/house-of-dancing-water macau/golden-reel "
        "macau/venetian-hotel",
    "filled ground round Marina Bay and along the East Coast, since the shoreline was drawn":
        "singapore/gardens-by-the-bay singapore/sands-skypark singapore/cloud-forest singapore/flower-dome "
        "singapore/spectra singapore/artscience-museum singapore/singapore-flyer singapore/helix-bridge "
        "singapore/marina-barrage singapore/east-coast-park singapore/jumbo-seafood singapore/marina-bay-sands",
    "on Toyosu, where the shorelines lack what was filled up": "tokyo/teamlab-planets",
}.items() for name in names.split()}

# Prices that are out of the ordinary.
DEAR = {
    "dubai/skydive-dubai": "a parachute jump",
}


def known(exceptions, path):
    """The identifiers of a city's places that an exception names."""
    return {name.split("/", 1)[1] for name in exceptions if name.startswith(f"{path.stem}/")}


def without(places, exceptions, path):
    left_out = known(exceptions, path)
    return [(identifier, place) for identifier, place in places if identifier not in left_out]


def pairs(path):
    return {tuple(name.split("/", 1)[1].split(" ")) for name in ONE_BUILDING if name.startswith(f"{path.stem}/")}


@functools.cache
def reference_rows(name):
    path = REFERENCE / name
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_reference(name):
    rows = reference_rows(name)
    if rows is None:
        pytest.skip(f"no reference data ({name}); set TRIP_REFERENCE_DATA to its folder")
    return rows


@functools.cache
def coast():
    return atlascoast.Coast()


each_city = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each_city
def test_enough_of_everything(path):
    _, places = load(path)
    faults = atlaschecks.scarcity(places, TOP_SIGHTS if path.stem in TOP_CITIES else 25)
    assert not faults, "\n".join(faults)


def test_hundred_cities():
    names = {path.stem for path in FILES}
    assert len(names) >= 100
    assert not set(TOP_CITIES) - names


def test_all_cities_are_built_in():
    """A city's file that the build does not list is none of the atlas."""
    listed = (ROOT / "data" / "atlas" / "meson.build").read_text(encoding="utf-8")
    assert not [path.name for path in FILES if f"'{path.name}'" not in listed]


@each_city
def test_says_source_and_licence(path):
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert any(line.startswith("# Source:") for line in head)
    assert any(line.startswith("# Licence:") for line in head)


@each_city
def test_no_place_twice(path):
    _, places = load(path)
    faults = atlaschecks.repetitions(places, pairs(path))
    assert not faults, "\n".join(faults)


@each_city
def test_sights_are_where_the_reference_says(path):
    city, places = load(path)
    rows = [row for row in read_reference("sights.tsv") if row["wikidata"] not in WRONG_ROWS]
    faults = atlaschecks.off_the_sights(city, without(places, OTHER_THINGS, path), rows)
    assert not faults, "\n".join(faults)


@each_city
def test_sights_are_where_the_heritage_list_says(path):
    city, places = load(path)
    rows = [row for row in read_reference("unesco.tsv") if row["id"] not in WRONG_SITES]
    faults = atlaschecks.off_the_heritage(city, without(places, OTHER_PARTS, path), rows)
    assert not faults, "\n".join(faults)


@each_city
def test_city_is_where_the_reference_says(path):
    rows = read_reference("cities.tsv")
    city, _ = load(path)
    here = [row for row in rows if row["country"] == city["country"] and
            fold(row["asciiname"]) in (fold(city["name"]), fold(city["name"]) + " city")]
    if not here:
        pytest.skip(f"the reference has no city of the name {city['name']}")
    assert min(distance_m(position(city), (float(row["lat"]), float(row["lon"]))) for row in here) < 15000
    assert path.stem in NEWER_TIME_ZONES or city["timezone"] in {row["timezone"] for row in here}


@each_city
def test_places_are_in_the_country(path):
    city, places = load(path)
    faults = atlaschecks.abroad(city, places, read_reference("cities.tsv"),
                                OTHER_COUNTRIES.get(path.stem, {}))
    assert not faults, "\n".join(faults)


@each_city
def test_places_are_on_land(path):
    pytest.importorskip("netCDF4", reason="no python3-netcdf4")
    if not atlascoast.FILE.exists():
        pytest.skip(f"no shorelines ({atlascoast.FILE}); install gmt-gshhg-high")
    _, places = load(path)
    faults = atlaschecks.afloat(without(places, OFF_THE_SHORELINE, path), coast())
    assert not faults, "\n".join(faults)


@each_city
def test_places_open(path):
    city, places = load(path)
    answers = atlaschecks.intervals_of([place["opening_hours"] for _, place in places], TRIPCTL, city["country"])
    if answers is None:
        pytest.skip("this tripctl has no hours --batch; set TRIPCTL to one that has")
    faults = atlaschecks.never_open(places, answers)
    assert not faults, "\n".join(faults)


@each_city
def test_prices_are_plausible(path):
    city, places = load(path)
    faults = atlaschecks.wrong_prices(city, without(places, DEAR, path))
    assert not faults, "\n".join(faults)


def test_exceptions_are_needed():
    """An exception for what is not there any more would hide a new fault of the same name."""
    names = {f"{path.stem}/{identifier}" for path in FILES for identifier, _ in load(path)[1]}
    named = {*OTHER_THINGS, *OTHER_PARTS, *OFF_THE_SHORELINE, *DEAR}
    named |= {f"{pair.split('/')[0]}/{name}" for pair in ONE_BUILDING for name in pair.split("/", 1)[1].split(" ")}
    assert not named - names
    assert not (OTHER_COUNTRIES.keys() | NEWER_TIME_ZONES.keys()) - {path.stem for path in FILES}
