# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plans in regions that nobody curated: the service and tripctl over imported places."""

import json
import os
import subprocess
import urllib.request

import pytest

import osmfiles
from busfixtures import DEADLINE, program
from conftest import Daemon
from osmfiles import node

CREDIT = "OpenStreetMap contributors"


def tripctl(*arguments, status=0, env=None):
    run = subprocess.run([program("TRIPCTL", "tripctl"), *map(str, arguments)], capture_output=True, timeout=DEADLINE,
                         encoding="utf-8", env={**os.environ, **(env or {})})
    assert run.returncode == status, (run.stdout[-500:], run.stderr)
    return run


def small_city(lat, lon, first=1):
    """Twelve sights, some of them with hours, places to eat and to sleep, and what nobody visits."""
    kinds = [("tourism", "museum"), ("tourism", "attraction"), ("historic", "castle"), ("leisure", "park"),
             ("tourism", "viewpoint"), ("tourism", "gallery")]
    objects = []
    for i in range(12):
        key, value = kinds[i % len(kinds)]
        tags = {key: value, "name": f"Sight Number {i}", "wikidata": f"Q9000{first + i}"}
        if i % 3 == 0:
            tags["opening_hours"] = "Mo-Su 09:00-18:00"
        objects.append(node(first + i, lat + (i % 4) * 0.002, lon + (i // 4) * 0.002, **tags))
    for i in range(10):
        tags = {"opening_hours": "Mo-Su 11:00-23:00"} if i % 2 else {}
        objects.append(node(first + 20 + i, lat + i * 0.0007, lon + 0.001, amenity="restaurant", name=f"Inn of {i} Crowns",
                            **tags))
    for i in range(3):
        objects.append(node(first + 40 + i, lat + 0.001, lon + i * 0.001, tourism="hotel", name=f"Hotel {i}",
                            stars=str(3 + i % 3)))
    objects.append(node(first + 50, lat, lon, amenity="bench", name="Bench of Fame", wikidata="Q1"))
    objects.append(node(first + 51, lat, lon, highway="bus_stop", name="Stop of Fame", wikidata="Q2", tourism="information"))
    return objects


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "places.db"

    def load(objects, name):
        file = tmp_path / f"{name}.osm.pbf"
        file.write_bytes(osmfiles.pbf(objects))
        tripctl("import", "-q", "--atlas", path, file)
        return path

    return load


def plan(path, message, tmp_path, **options):
    tripctl("plan", "--via", "local", "--atlas", path, "--output", tmp_path / "trip.json", message, **options)
    assert "all rules kept" in tripctl("check", tmp_path / "trip.json").stdout
    return json.loads((tmp_path / "trip.json").read_text(encoding="utf-8"))


def visited(answer):
    return {poi["name"] for option in answer["plan"] for day in option["days"] for block in day["blocks"]
            for poi in block.get("pois", [])}


def test_a_city_that_nobody_curated(database, tmp_path):
    answer = plan(database(small_city(43.735, 7.42), "riviera"), "plan 2 days in Monaco", tmp_path)
    assert len(answer["plan"]) >= 2
    assert all(CREDIT in poi["attribution"] and poi["source"] == "osm" and poi["id"].startswith("osm:n")
               for poi in answer["pois"])
    names = {poi["name"] for poi in answer["pois"]}
    assert "Sight Number 0" in names and "Hotel 1" in names and not {"Bench of Fame", "Stop of Fame"} & names
    assert all(option["currency"] == "EUR" for option in answer["plan"])
    assert any(name.startswith("Sight Number") for name in visited(answer))
    # Where the hours are not known the plan says so.
    unsure = [block for option in answer["plan"] for day in option["days"] for block in day["blocks"]
              for poi in block.get("pois", []) if "opening_hours" not in poi and block["kind"] == "visit"]
    assert unsure and all("not confirmed" in block["description"] for block in unsure)


def test_a_region_by_its_own_name(database, tmp_path):
    answer = plan(database(small_city(-50.0, 100.0), "zubrowka"), "plan 2 days in Zubrowka", tmp_path)
    assert {poi["city"] for poi in answer["pois"]} == {"Zubrowka"}


def cities_by_day(answer):
    return [[day["highlight"].split(":")[0] for day in option["days"]] for option in answer["plan"]]


# Lucca, Siena and Arezzo lie an hour from each other; nobody curated them, unlike Florence.
def tuscan_towns():
    return [*small_city(43.843, 10.508, 1000), *small_city(43.319, 11.331, 2000), *small_city(43.463, 11.880, 3000)]


def test_a_wide_region_is_its_cities(database, tmp_path):
    answer = plan(database(tuscan_towns(), "tuscany"), "plan 6 days in Tuscany", tmp_path)
    assert {"Lucca", "Siena", "Arezzo"} <= {poi["city"] for poi in answer["pois"]}
    for cities in cities_by_day(answer):
        # Nobody goes back and forth.
        assert len(set(cities)) >= 2 and len([c for i, c in enumerate(cities) if i == 0 or cities[i - 1] != c]) == len(set(cities))


def test_a_region_is_what_the_atlas_and_an_import_have_of_it(database, tmp_path):
    answer = plan(database(tuscan_towns(), "some-towns"), "plan 7 days in Tuscany", tmp_path)
    assert {"Florence", "Siena"} <= {poi["city"] for poi in answer["pois"]}
    assert all(poi["source"] == "osm" for poi in answer["pois"] if poi["city"] == "Siena")
    assert any("Florence" in cities for cities in cities_by_day(answer))


def test_a_country_without_curated_cities_is_its_imported_ones(database, tmp_path):
    towns = [*small_city(46.056, 14.508, 1000), *small_city(46.558, 15.646, 2000)]
    answer = plan(database(towns, "two-towns"), "plan 5 days in Slovenia", tmp_path)
    assert {poi["city"] for poi in answer["pois"]} == {"Ljubljana", "Maribor"}
    assert any({"Ljubljana", "Maribor"} <= set(cities) for cities in cities_by_day(answer))


def test_a_curated_city_keeps_its_places_and_gains_others(database, tmp_path):
    louvre = node(900, 48.8609, 2.3369, tourism="museum", name="Musée du Louvre", name__en="The Louvre Museum",
                  wikidata="Q19675")
    other = node(901, 48.8570, 2.3500, tourism="museum", name="Musée de la Lampe", wikidata="Q99")
    answer = plan(database([louvre, other], "paris-extra"), "plan 2 days in Paris", tmp_path)
    sources = {poi["name"]: poi["source"] for poi in answer["pois"]}
    assert sources["Musée de la Lampe"] == "osm"
    assert [source for name, source in sources.items() if "Louvre" in name] == ["atlas"]


def test_a_place_by_its_name(database, tmp_path):
    path = database([*small_city(43.735, 7.42), node(800, 43.736, 7.421, tourism="museum", name="Quartzarium")], "riviera")
    answer = plan(path, "plan 2 days in Monaco, I want to see the Quartzarium", tmp_path)
    assert "Quartzarium" in {poi["name"] for poi in answer["pois"]}


def ask(daemon, message):
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.port}/chat", json.dumps({"message": message}).encode(),
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=DEADLINE) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        return json.load(error)


def start(*arguments, **env):
    return Daemon(program("TRIPD", "tripd"), ["--port", "0", "--no-dbus", *map(str, arguments)], env=env)


def test_the_service_finds_the_database_of_the_user_when_it_comes(database, tmp_path):
    home = tmp_path / "data"
    daemon = start(XDG_DATA_HOME=str(home), TRIP_PLACES="")
    try:
        assert "No places are on file" in json.dumps(ask(daemon, "plan 2 days in Monaco"))
        file = tmp_path / "riviera.osm"
        file.write_bytes(osmfiles.xml(small_city(43.735, 7.42)))
        tripctl("import", "-q", file, env={"XDG_DATA_HOME": str(home), "TRIP_PLACES": ""})
        assert (home / "tripd" / "places.db").exists()
        answer = ask(daemon, "plan 2 days in Monaco")
        assert len(answer["plan"]) >= 2 and len(answer["pois"]) == 25
        # And an import that runs beside it is seen at once.
        file.write_bytes(osmfiles.xml(small_city(43.735, 7.42) + [node(999, 43.7351, 7.42, tourism="zoo", name="New Zoo")]))
        tripctl("import", "-q", file, env={"XDG_DATA_HOME": str(home), "TRIP_PLACES": ""})
        assert "New Zoo" in {poi["name"] for poi in ask(daemon, "plan 2 days in Monaco")["pois"]}
    finally:
        daemon.stop()


def test_the_service_takes_several_databases(database, tmp_path):
    one = database(small_city(43.735, 7.42), "riviera")
    two = tmp_path / "two.db"
    file = tmp_path / "zubrowka.osm"
    file.write_bytes(osmfiles.xml(small_city(-50.0, 100.0)))
    tripctl("import", "-q", "--atlas", two, file)
    daemon = start("--atlas", one, "--atlas", two)
    try:
        assert ask(daemon, "2 days in Monaco")["pois"]
        assert ask(daemon, "2 days in Zubrowka")["pois"]
        # The curated atlas is there as well.
        assert {poi["source"] for poi in ask(daemon, "2 days in Kyoto")["pois"]} == {"atlas"}
    finally:
        daemon.stop()


def test_a_damaged_database_does_not_stop_what_else_is_known(database, tmp_path):
    path = database(small_city(43.735, 7.42), "riviera")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    daemon = start(TRIP_PLACES=str(path))
    try:
        assert len(ask(daemon, "2 days in Kyoto")["plan"]) >= 2
        assert "damaged" in json.dumps(ask(daemon, "2 days in Monaco"))
    finally:
        daemon.stop()


def test_search_by_hand(database):
    path = database(small_city(43.735, 7.42), "riviera")
    found = tripctl("atlas", "search", "--atlas", path, "number 3").stdout
    assert found.startswith("Sight Number 3")
    near = tripctl("atlas", "search", "--atlas", path, "--near", "43.735,7.42", "--type", "lodge", "--limit", "1").stdout
    assert near.startswith("Hotel 0")
    open_now = tripctl("atlas", "search", "--atlas", path, "--type", "restaurant", "--open", "2027-04-10T12:00").stdout
    assert open_now.count("Inn of") == 5
    assert tripctl("atlas", "search", "--atlas", path, "Bench", status=1).stdout == ""
    for wrong in (["--near", "x"], ["--near", "91,0"], ["--type", "tree"], ["--open", "noon"]):
        tripctl("atlas", "search", "--atlas", path, "x", *wrong, status=2)


def test_positions_come_out_as_they_went_in(database, tmp_path):
    exact = node(801, 43.7351149, 7.4215929, tourism="zoo", name="Exact Zoo")
    answer = plan(database([*small_city(43.735, 7.42), exact], "riviera"),
                  "plan 2 days in Monaco", tmp_path)
    zoo = next(poi for poi in answer["pois"] if poi["name"] == "Exact Zoo")
    assert repr(zoo["geo_coordinate"]["lat"]) == "43.7351149" and repr(zoo["geo_coordinate"]["lng"]) == "7.4215929"
