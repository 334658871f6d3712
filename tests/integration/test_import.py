# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl import and tripctl atlas: what comes in, what stays out, and files that are wrong."""

import json
import math
import os
import pathlib
import random
import signal
import sqlite3
import struct
import subprocess

import pytest

import osmfiles
from busfixtures import DEADLINE, program
from conftest import wait_for
from osmfiles import node, relation, town, way

OK, FAILED, USAGE = range(3)
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = pathlib.Path(os.environ.get("TRIP_OSM_DATA", ROOT.parent / "shared" / "data" / "osm"))
HEADER = ["osm", "kind", "name", "lat", "lon", "opening_hours"]
EARTH_DEGREE_M = 111195


def tripctl(*arguments, status=OK):
    run = subprocess.run([program("TRIPCTL", "tripctl"), *map(str, arguments)], capture_output=True, timeout=DEADLINE,
                         encoding="utf-8")
    assert run.returncode == status, (run.stdout[-500:], run.stderr)
    return run


class Database:
    def __init__(self, path):
        self.path = path

    def load(self, file, *arguments, status=OK):
        return tripctl("import", "--atlas", self.path, file, *arguments, status=status)

    def dump(self):
        lines = tripctl("atlas", "dump", "--atlas", self.path, "--format", "tsv").stdout.splitlines()
        assert lines[0].split("\t") == HEADER
        return {line.split("\t")[0]: dict(zip(HEADER, line.split("\t"))) for line in lines[1:]}

    def bytes(self):
        return self.path.read_bytes() if self.path.exists() else None


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "places.db")


def write(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name,encode", [
    ("town.osm", osmfiles.xml),
    ("town.osm.gz", osmfiles.xml_gz),
    ("members.osm.gz", osmfiles.xml_gz_members),
    ("town.osm.pbf", osmfiles.pbf),
    ("raw.osm.pbf", lambda objects: osmfiles.pbf(objects, packed=False)),
    ("single.osm.pbf", lambda objects: osmfiles.pbf(objects, use_dense=False)),
])
def test_every_format_gives_the_same_places(database, tmp_path, name, encode):
    database.load(write(tmp_path / name, encode(town())))
    places = database.dump()
    assert set(places) == {"n10", "n11", "n12", "n13", "n16", "n17", "w20", "w24", "r30"}
    assert places["n10"] == {"osm": "n10", "kind": "tourism=museum", "name": "Musée des Bateaux", "lat": "10.0020000",
                             "lon": "20.0020000", "opening_hours": "Tu-Su 10:00-18:00"}
    # An area is where the middle of its box is, the hole and ways that are not there aside.
    assert (places["w20"]["lat"], places["w20"]["lon"]) == ("10.0050000", "20.0050000")
    assert (places["r30"]["lat"], places["r30"]["lon"]) == ("10.0050000", "20.0050000")
    assert (places["w24"]["lat"], places["w24"]["lon"]) == ("10.0300000", "20.0250000")
    assert places["n16"]["name"] == "" and places["n16"]["kind"] == "tourism=artwork"


def test_the_name_of_a_file_does_not_matter(database, tmp_path):
    database.load(write(tmp_path / "download", osmfiles.pbf(town())))
    assert "n10" in database.dump()


def test_importing_again_brings_a_region_up_to_date(database, tmp_path):
    file = write(tmp_path / "town-latest.osm.pbf", osmfiles.pbf(town()))
    assert "9 new, 0 changed, 0 gone" in database.load(file).stdout
    assert "0 new, 0 changed, 0 gone" in database.load(file).stdout
    changed = [o for o in town() if o[1] not in (11, 12)]
    changed = [node(10, 10.0021, 20.002, tourism="museum", name="New Name") if o[1] == 10 else o for o in changed]
    changed.append(node(50, 10.001, 20.001, tourism="viewpoint", name="Belvédère"))
    write(file, osmfiles.pbf(changed))
    assert "1 new, 1 changed, 2 gone" in database.load(file).stdout
    places = database.dump()
    assert places["n10"]["name"] == "New Name" and "n11" not in places and "n50" in places
    assert "Town: 5 sights, 0 restaurants, 0 lodgings" in tripctl("atlas", "list", "--atlas", database.path).stdout


def test_regions_are_apart(database, tmp_path):
    one = write(tmp_path / "one.osm", osmfiles.xml(town()))
    two = write(tmp_path / "two.osm", osmfiles.xml([node(77, 1, 2, tourism="zoo", name="Far Zoo"), *town()[:8]]))
    database.load(one, two)
    assert "n77" in database.dump() and "n10" in database.dump()
    listed = tripctl("atlas", "list", "--atlas", database.path).stdout
    assert "One:" in listed and "Two:" in listed
    info = tripctl("atlas", "info", "--atlas", database.path, "one").stdout
    assert "OpenStreetMap contributors, ODbL" in info and "one.osm" in info and "Two" not in info
    tripctl("atlas", "remove", "--atlas", database.path, "ONE")
    # The museum was in both.
    assert set(database.dump()) == {"n10", "n77"}
    tripctl("atlas", "remove", "--atlas", database.path, "one", status=USAGE)


def test_two_files_of_one_name_do_not_take_each_other_out(database, tmp_path):
    files = []
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        files.append(write(tmp_path / folder / "town.osm", osmfiles.xml(town())))
    assert "--region" in database.load(*files, status=FAILED).stderr
    database.load(*files, "--region", "Town")
    assert "n10" in database.dump()


def test_several_files_can_be_one_region(database, tmp_path):
    one = write(tmp_path / "one.osm", osmfiles.xml(town()))
    two = write(tmp_path / "two.osm.pbf", osmfiles.pbf([node(77, 10.001, 20.002, tourism="zoo", name="Zoo")]))
    database.load(one, two, "--region", "Bay of Boats")
    assert "Bay of Boats: 5 sights" in tripctl("atlas", "list", "--atlas", database.path).stdout
    assert len(database.dump()) == 10


BROKEN = {
    "cut.osm": (lambda: osmfiles.xml(town())[:-20], "line"),
    "element.osm": (lambda: osmfiles.xml(town()).replace(b"</way>", b"</node>", 1), "line"),
    "latitude.osm": (lambda: osmfiles.xml([node(1, "NaN", 3, tourism="zoo")]), "line 3"),
    "longitude.osm": (lambda: osmfiles.xml([node(1, 3, 181, tourism="zoo")]), "line 3"),
    "id.osm": (lambda: osmfiles.xml([node("99999999999999999999", 3, 1, tourism="zoo")]), "line 3"),
    "utf8.osm": (lambda: osmfiles.xml(town()).replace("é".encode(), b"\xff"), "line"),
    "other.osm": (lambda: b"<html><body>Not found</body></html>", "<html>"),
    "deep.osm": (lambda: b"<osm>" + b"<a>" * 100000, "nested"),
    "endless.osm": (lambda: b"<osm><node id='1' lat='1' lon='1'><tag k='name' v='" + b">" * 6_000_000, "byte"),
    "empty.osm.pbf": (lambda: b"", "empty"),
    "noise.osm.pbf": (lambda: random.Random(1).randbytes(1000), "formats"),
    "cut.osm.gz": (lambda: osmfiles.xml_gz(town())[:-40], "byte"),
    "member.osm.gz": (lambda: osmfiles.xml_gz_members(town())[:-40], "byte"),
    "tail.osm.gz": (lambda: osmfiles.xml_gz(town()) + b"<html>", "byte"),
    "noise.osm.gz": (lambda: b"\x1f\x8b" + bytes(200), "byte"),
    "cut.osm.pbf": (lambda: osmfiles.pbf(town())[:-10], "byte"),
    "length.osm.pbf": (lambda: osmfiles.header_block() + struct.pack(">I", 0x7fffffff) + b"x" * 100, "byte"),
    "size.osm.pbf": (lambda: osmfiles.header_block() + osmfiles.block("OSMData", b"x")[:4] +
                     osmfiles.field(1, b"OSMData") + osmfiles.field(3, 1 << 40), "byte"),
    "bomb.osm.pbf": (lambda: osmfiles.header_block() + osmfiles.block("OSMData", bytes(40_000_000)), "32 MB"),
    "lz4.osm.pbf": (lambda: osmfiles.header_block() + osmfiles.block("OSMData", b"x", method=6), "zlib"),
    "damaged.osm.pbf": (lambda: osmfiles.pbf(town())[:-30] + bytes(30), "byte"),
    "strings.osm.pbf": (lambda: osmfiles.header_block() + osmfiles.block("OSMData", osmfiles.field(2, osmfiles.single(
        "way", 1, [1, 2], {"tourism": "zoo"}, osmfiles.Strings()))), "table of strings"),
    "position.osm.pbf": (lambda: osmfiles.pbf([node(1, 91, 0, tourism="zoo")]), "impossible position"),
    "future.osm.pbf": (lambda: osmfiles.header_block(["OsmSchema-V0.6", "FlyingCars"]), "FlyingCars"),
    "cut.csv": (lambda: b'name,lat,lng\n"Zoo,1,2\n', "line 2"),
    "columns.csv": (lambda: b"name,lat,lng\nZoo,1\n", "line 2"),
    "nan.csv": (lambda: b"name,lat,lng\nZoo,nan,2\n", "line 2"),
    "far.csv": (lambda: b"name,lat,lng\nZoo,1,2\nZoo,1,1e308\n", "line 3"),
    "nameless.csv": (lambda: b"name,lat,lng\n,1,2\n", "line 2"),
    "hours.csv": (lambda: b"name,lat,lng,opening_hours\nZoo,1,2,Mo-Xx 9\n", "line 2"),
    "header.csv": (lambda: b"place,north,east\nZoo,1,2\n", "line 1"),
    "utf8.csv": (lambda: b"name,lat,lng\nZ\xff,1,2\n", "line 2"),
    "price.csv": (lambda: b"name,lat,lng,price\nZoo,1,2,12\n", "currency"),
    "cut.geojson": (lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"}', "byte"),
    "shape.geojson": (lambda: b'{"features":[{"geometry":{"type":"Point","coordinates":[1]},"properties":{"name":"A"}}]}',
                      "feature 1"),
    "swap.geojson": (lambda: b'{"features":[{"geometry":{"type":"Point","coordinates":[1,95]},"properties":{"name":"A"}}]}',
                     "feature 1"),
    "nowhere.geojson": (lambda: b'{"features":[{"geometry":null,"properties":{"name":"A"}}]}', "geometry"),
    "deep.geojson": (lambda: b'{"features":[{"geometry":{"coordinates":' + b"[" * 100000 + b"]" * 100000 + b"}}]}",
                     "feature 1"),
    "list.geojson": (lambda: b'{"features":[[[[', "byte"),
    "after.geojson": (lambda: b'{"features":[]} {}', "byte"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_changes_nothing_and_says_where(database, tmp_path, name):
    make, where = BROKEN[name]
    database.load(write(tmp_path / "sound.osm", osmfiles.xml(town())))
    before = database.dump()
    # A sound file before the broken one does not come in either.
    more = write(tmp_path / "more.osm", osmfiles.xml([node(500, 1, 1, tourism="zoo", name="Zoo")]))
    run = tripctl("import", "--atlas", database.path, more, write(tmp_path / name, make()), status=FAILED)
    assert where in run.stderr and name in run.stderr, run.stderr
    assert "Nothing was changed" in run.stderr
    assert database.dump() == before
    assert "More" not in tripctl("atlas", "list", "--atlas", database.path).stdout


def test_every_cut_of_a_file_is_refused_or_sound(database, tmp_path):
    data = osmfiles.pbf(town(), packed=False)
    blocks = [len(data)]
    for size in range(0, len(data), 7):
        run = subprocess.run([program("TRIPCTL", "tripctl"), "import", "-q", "--atlas", database.path,
                              write(tmp_path / "cut.osm.pbf", data[:size])], capture_output=True, timeout=DEADLINE)
        # Where a block ends a file may end: nothing tells that more was to come.
        assert run.returncode in (OK, FAILED), run.stderr
        blocks += [size] if run.returncode == OK else []
    assert len(blocks) < 10


def test_own_places_in_csv(database, tmp_path):
    file = write(tmp_path / "mine.csv", "name;lat;lng;type;visit_minutes;tags;opening_hours;price;currency;address\r\n"
                 '"Oma ""Trude""";10,0;20.1;sight;;;;;;\r\n'.replace("10,0", "10.0").encode() +
                 "Stammlokal;10.01;20.1;restaurant;90;local;Mo-Su 18:00-23:00;22.50;EUR;Marktplatz 1\r\n\r\n".encode())
    database.load(file, "--region", "Meine Orte", "--attribution", "Familie")
    places = database.dump()
    assert places['o:Oma "Trude"']["kind"] == "type=sight"
    assert places["o:Stammlokal"]["opening_hours"] == "Mo-Su 18:00-23:00"
    assert "Familie" in tripctl("atlas", "info", "--atlas", database.path).stdout
    # A row that moves is the same place.
    write(file, b"name,lat,lng\nStammlokal,10.02,20.1\n")
    assert "0 new, 1 changed, 1 gone" in database.load(file, "--region", "meine orte").stdout


def test_own_places_in_geojson(database, tmp_path):
    collection = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "a1", "geometry": {"type": "Point", "coordinates": [20.5, 10.5]},
         "properties": {"name": "Point", "tourism": "museum", "tags": ["art", "modern"], "fee": False, "extra": {"x": [1]}}},
        {"type": "Feature",
         "geometry": {"type": "Polygon", "coordinates": [[[20, 10], [21, 10], [21, 11], [20, 11], [20, 10]]]},
         "properties": {"name": "Outline [with, brackets] \"and\" more", "opening_hours": "24/7"}},
    ]}
    database.load(write(tmp_path / "own.geojson", json.dumps(collection).encode()))
    places = database.dump()
    assert places["o:a1"]["kind"] == "tourism=museum"
    assert float(places['o:Outline [with, brackets] "and" more']["lat"]) == 10.5
    single = write(tmp_path / "one.geojson", json.dumps(collection["features"][0]).encode())
    database.load(single, "--region", "single")
    assert "single: 1 sights" in tripctl("atlas", "list", "--atlas", database.path).stdout


def test_a_damaged_or_foreign_database_is_reported(database, tmp_path):
    database.load(write(tmp_path / "town.osm", osmfiles.xml(town())))
    data = bytearray(database.path.read_bytes())
    rng = random.Random(3)
    for seed in range(40):
        hurt = bytearray(data)
        for _ in range(200):
            hurt[rng.randrange(100, len(hurt))] = rng.randrange(256)
        path = write(tmp_path / "hurt.db", bytes(hurt))
        for command in (["atlas", "info"], ["atlas", "list"], ["atlas", "dump"], ["import", str(tmp_path / "town.osm")]):
            run = subprocess.run([program("TRIPCTL", "tripctl"), *command, "--atlas", path], capture_output=True, timeout=60)
            assert run.returncode in (OK, FAILED), (seed, command, run.returncode, run.stderr)
            assert run.returncode == OK or b"hurt.db" in run.stderr, run.stderr
        for extra in ("-wal", "-shm"):
            (tmp_path / ("hurt.db" + extra)).unlink(missing_ok=True)
    run = tripctl("atlas", "list", "--atlas", write(tmp_path / "text.db", b"no database at all " * 100), status=FAILED)
    assert "no place database" in run.stderr
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    assert "another program" in tripctl("atlas", "list", "--atlas", tmp_path / "other.db", status=FAILED).stderr
    assert "yet" in tripctl("atlas", "list", "--atlas", tmp_path / "none.db", status=FAILED).stderr
    newer = sqlite3.connect(database.path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert "newer" in tripctl("atlas", "list", "--atlas", database.path, status=FAILED).stderr
    assert "newer" in database.load(tmp_path / "town.osm", status=FAILED).stderr


def test_an_older_database_is_brought_up_to_date(database, tmp_path):
    database.load(write(tmp_path / "town.osm", osmfiles.xml(town())))
    before = database.dump()
    older = sqlite3.connect(database.path)
    older.execute("DROP INDEX place_key")
    older.execute("PRAGMA user_version = 1")
    older.close()
    assert database.dump() == before
    now = sqlite3.connect(database.path)
    assert now.execute("PRAGMA user_version").fetchone()[0] > 1
    assert now.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'place_key'").fetchone()[0] == 1


def test_ctrl_c_takes_everything_back(database, tmp_path):
    database.load(write(tmp_path / "town.osm", osmfiles.xml(town())))
    before = database.dump()
    many = [node(1000 + i, 10 + (i % 1000) / 1e4, 20 + i / 1e6, tourism="museum", name=f"Museum {i}") for i in range(60000)]
    file = write(tmp_path / "many.osm", osmfiles.xml(many))
    process = subprocess.Popen([program("TRIPCTL", "tripctl"), "import", "--atlas", database.path, file],
                               stderr=subprocess.PIPE, text=True)
    # The first line says that reading began.
    line = process.stderr.readline()
    assert "%" in line
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == FAILED and "nothing was changed" in errors
    assert database.dump() == before
    # And nothing is left locked.
    database.load(tmp_path / "town.osm")


def test_facts_and_names_are_kept(database, tmp_path):
    database.load(write(tmp_path / "town.osm", osmfiles.xml(town())))
    rows = sqlite3.connect(database.path)
    facts, tags, wikidata = rows.execute("SELECT facts, tags, wikidata FROM place WHERE ref = 'n10'").fetchone()
    assert "name:en=Boat Museum" in facts and "wheelchair=yes" in facts and "fee=no" in facts and wikidata == "Q1"
    assert ";museum;" in tags and ";wheelchair;" in tags and ";free;" in tags
    facts, tags = rows.execute("SELECT facts, tags FROM place WHERE ref = 'n11'").fetchone()
    assert "cuisine=seafood;regional" in facts and "website=https://example.org/" in facts and "diet:vegan=yes" in facts
    assert ";seafood;" in tags and ";local;" in tags and ";vegan;" in tags


def test_usage(tmp_path):
    tripctl("import", status=USAGE)
    tripctl("atlas", status=USAGE)
    tripctl("atlas", "frobnicate", status=USAGE)
    assert "cannot be opened" in tripctl("import", "--atlas", tmp_path / "a.db", tmp_path / "none.osm", status=FAILED).stderr
    assert not (tmp_path / "a.db").exists() or tripctl("atlas", "list", "--atlas", tmp_path / "a.db")


@pytest.mark.parametrize("file,expected", [
    ("monaco.osm.pbf", "pois_monaco.tsv"),
    ("helsinki-centre.osm.pbf", "pois_helsinki.tsv"),
    ("paris-9e.osm", "pois_paris.tsv"),
    ("tokyo-centre-nodes.osm.pbf", "pois_tokyo.tsv"),
])
def test_real_extracts_agree_with_an_independent_reader(database, file, expected):
    if not (SAMPLES / file).exists():
        pytest.skip(f"no {SAMPLES / file}; set TRIP_OSM_DATA to where the extracts are")
    database.load(SAMPLES / file)
    ours = database.dump()
    rows = [line.split("\t") for line in (SAMPLES / expected).read_text(encoding="utf-8").splitlines()]
    theirs = {row[0]: dict(zip(rows[0], row)) for row in rows[1:]}
    assert set(ours) == set(theirs)
    for ref, place in theirs.items():
        mine = ours[ref]
        for key in ("kind", "name", "opening_hours"):
            assert mine[key] == place[key], ref
        north = (float(mine["lat"]) - float(place["lat"])) * EARTH_DEGREE_M
        east = (float(mine["lon"]) - float(place["lon"])) * EARTH_DEGREE_M * math.cos(math.radians(float(place["lat"])))
        # The table is rounded to a metre.
        assert math.hypot(north, east) < 2, ref
