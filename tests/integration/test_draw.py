# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl draw and plan --svg: pictures that say what the plan says, and no file where there is nothing to draw."""

import copy
import json
import re
import shutil
import struct
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import pytest

from busfixtures import DEADLINE, program

OK, FAILED, USAGE = range(3)
SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = shutil.which("chromium")


def tripctl(*arguments, stdin=None, status=OK):
    run = subprocess.run([program("TRIPCTL", "tripctl"), *map(str, arguments)], capture_output=True, timeout=DEADLINE,
                         input=stdin.encode() if stdin is not None else b"")
    assert run.returncode == status, (run.stdout[-500:], run.stderr)
    return run


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A real answer, and the picture that plan drew of it."""
    folder = tmp_path_factory.mktemp("planned")
    tripctl("plan", "--via", "local", "--output", folder / "trip.json", "--svg", folder / "trip.svg",
            "plan a 4 day trip to Tokyo and Kyoto from 12 April 2027 for 2 adults under $9000")
    return folder


@pytest.fixture
def answer(planned):
    return json.loads((planned / "trip.json").read_text(encoding="utf-8"))


def draw(answer, tmp_path, *arguments, name="out.svg", status=OK):
    source, out = tmp_path / "in.json", tmp_path / name
    source.write_text(json.dumps(answer), encoding="utf-8")
    run = tripctl("draw", source, "-o", out, *arguments, status=status)
    assert out.exists() == (status == OK)
    return out if status == OK else run.stderr.decode()


def read_svg(path):
    """The root, and what the picture says in words."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    return root, root.find(SVG + "desc").text


def size_of(path):
    root, _ = read_svg(path)
    return float(root.get("width").removesuffix("px")), float(root.get("height").removesuffix("px"))


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_plan_draws_all_options(planned, answer):
    root, text = read_svg(planned / "trip.svg")
    assert root.find(SVG + "title").text == "Tokyo · Kyoto"
    for option in answer["plan"]:
        assert option["title"] in text and option["overall_cost"] in text
    assert text.count("all rules kept") == len(answer["plan"])


def test_each_block_is_named_and_numbered(answer, tmp_path):
    _, text = read_svg(draw(answer, tmp_path, "--option", "2"))
    option = answer["plan"][1]
    assert f"Option 2: {option['title']}" in text and answer["plan"][0]["title"] not in text
    for d, day in enumerate(option["days"], 1):
        assert f"Day {d}  " in text and day["highlight"] in text
        for b, block in enumerate(day["blocks"], 1):
            clock = f"{block['start'][11:16]}–{block['end'][11:16]}"
            name = block["pois"][0]["name"] if block.get("pois") else block["description"]
            assert f"{b}  {clock}  {name}" in text
    assert "!" not in text


def test_formats_by_name_and_by_option(planned, tmp_path):
    source = planned / "trip.json"
    for name, head in (("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("a.pdf", b"%PDF-")):
        tripctl("draw", source, "-o", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(head)
        assert tripctl("draw", source, "--format", name[2:].lower()).stdout.startswith(head)
    assert tripctl("draw", source).stdout.startswith(b"<?xml")
    assert tripctl("draw", source, "--format", "svg", "-o", tmp_path / "odd.name").stdout == b""
    read_svg(tmp_path / "odd.name")


def test_standard_input(planned):
    text = (planned / "trip.json").read_text(encoding="utf-8")
    assert tripctl("draw", "-", stdin=text).stdout == tripctl("draw", planned / "trip.json").stdout


def test_transcript(planned, tmp_path):
    """What plan --json prints can be drawn as well."""
    run = tripctl("plan", "--via", "local", "--json", "1 day in Lisbon")
    assert b"<title>Lisbon</title>" in tripctl("draw", "-", stdin=run.stdout.decode()).stdout


def test_violation_is_marked(answer, tmp_path):
    good = draw(answer, tmp_path, "--option", "1", name="good.svg").read_text(encoding="utf-8")
    red = "rgb(76.862745%,8.627451%,10.980392%)"
    assert red not in good
    day = answer["plan"][0]["days"][1]
    number, block = next((b, block) for b, block in enumerate(day["blocks"], 1) if block["kind"] == "visit")
    block["pois"][0]["opening_hours"] = "Mo-Su 03:00-04:00"
    path = draw(answer, tmp_path, "--option", "1")
    _, text = read_svg(path)
    assert red in path.read_text(encoding="utf-8")
    assert f"! {number}  opening-hours: {block['pois'][0]['name']}" in text and "all rules kept" not in text


def test_names_are_escaped(answer, tmp_path):
    name = 'A<script>&"\'</desc>]]>\u0001\ufffe 東京 متحف'
    block = next(block for block in answer["plan"][0]["days"][0]["blocks"] if block["kind"] == "visit")
    block["pois"][0]["name"] = name
    answer["plan"][0]["title"] = "<&>"
    _, text = read_svg(draw(answer, tmp_path))
    assert 'A<script>&"\'</desc>]]> 東京 متحف' in text and "<&>" in text


def many_days(answer, n_days, n_blocks, name="Place"):
    """A plan of that size, made of the first day's first sight."""
    option = answer["plan"][0]
    block = next(block for block in option["days"][0]["blocks"] if block["kind"] == "visit")
    block["pois"][0]["name"] = name
    day = copy.deepcopy(option["days"][0])
    day["blocks"] = []
    for b in range(n_blocks):
        one = copy.deepcopy(block)
        one["pois"][0]["geo_coordinate"] = {"lat": 35 + b % 7 / 100, "lng": 139 + b % 11 / 100}
        for member in ("start", "end", "raw"):
            one.pop(member, None)
        one["time"] = f"{7 + b // 4 % 15}:{b % 4 * 15:02} - {7 + (b + 1) // 4 % 15}:{(b + 1) % 4 * 15:02}"
        day["blocks"].append(one)
    option["days"] = [{**day, "date": None} for _ in range(n_days)]
    for one in option["days"]:
        del one["date"]
    return {"plan": [option]}


def test_sixty_days_of_forty_blocks(answer, tmp_path):
    big = many_days(answer, 60, 40)
    started = time.monotonic()
    svg = draw(big, tmp_path)
    assert time.monotonic() - started < 30
    assert svg.stat().st_size < 60e6
    width, height = size_of(svg)
    assert width == 1280 and 40000 < height < 80000
    pdf = draw(big, tmp_path, name="big.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 60


def test_long_trips_fit_into_a_png(answer, tmp_path):
    for n_days, n_blocks in ((1, 3), (14, 8), (60, 8)):
        data = draw(many_days(copy.deepcopy(answer), n_days, n_blocks), tmp_path, name="a.png").read_bytes()
        width, height = png_size(data)
        assert width * height <= 41e6 and height <= 32000
    error = draw(many_days(answer, 400, 6), tmp_path, name="b.png", status=USAGE)
    assert "PNG" in error


def test_huge_names_do_not_make_huge_pictures(answer, tmp_path):
    small = draw(many_days(copy.deepcopy(answer), 2, 10, "x" * 200), tmp_path, name="a.svg").stat().st_size
    huge = draw(many_days(copy.deepcopy(answer), 2, 10, "x" * 200000), tmp_path, name="b.svg").stat().st_size
    assert huge < small * 1.1


@pytest.mark.parametrize("member,value", [
    ("geo_coordinate", {"lat": 91, "lng": 0}), ("geo_coordinate", {"lat": 0, "lng": 1e400}),
    ("geo_coordinate", {"lat": "NaN", "lng": 0}), ("geo_coordinate", None), ("name", ""), ("name", 7)])
def test_wrong_places_are_refused(answer, tmp_path, member, value):
    block = next(block for block in answer["plan"][0]["days"][0]["blocks"] if block["kind"] == "visit")
    block["pois"][0][member] = value
    text = json.dumps(answer).replace("Infinity", "1e400")
    (tmp_path / "in.json").write_text(text, encoding="utf-8")
    run = tripctl("draw", tmp_path / "in.json", "-o", tmp_path / "out.svg", status=USAGE)
    assert b"in.json: " in run.stderr and not (tmp_path / "out.svg").exists()


@pytest.mark.parametrize("changes", [
    {"start": "2027-04-12T23:59:00", "end": "2027-04-19T23:59:00"}, {"start": "x", "end": "y", "time": "soon"},
    {"start": "2027-04-12T12:00:00", "end": "2027-04-12T12:00:00"}, {"time": None, "start": None, "end": None},
    {"transportation": {"minutes": 1e308, "distance_m": -1e308, "method": "?" * 100000}},
    {"transportation": {"minutes": -5, "duration": "99999999999999999999 hours"}}, {"pois": []}, {"description": ""},
    {"kind": "no such kind"}])
def test_odd_blocks_are_drawn(answer, tmp_path, changes):
    for block in answer["plan"][0]["days"][0]["blocks"][::2]:
        block.update(changes)
        for member in [member for member, value in block.items() if value is None]:
            del block[member]
    read_svg(draw(answer, tmp_path))


@pytest.mark.parametrize("plan", [
    [{}], [{"days": []}], [{"days": [{}]}], [{"days": [{"blocks": [{}]}]}],
    [{"days": [{"lodging": "Inn", "blocks": [{"pois": [{"name": "A", "description": "",
                                                       "geo_coordinate": {"lat": -90, "lng": 180}}]}]}]}]])
def test_bare_plans(plan, tmp_path):
    """Other makers' plans may say very little."""
    for name in ("a.svg", "a.png", "a.pdf"):
        draw({"plan": plan}, tmp_path, name=name)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"plan":[]}', '{"plan":3}', '{"plan":[3]}', "[" * 100000,
                                  '{"plan":[{"days":[' + ",".join(["{}"] * 501) + "]}]}"])
def test_nothing_to_draw(text, tmp_path):
    path, out = tmp_path / "x.json", tmp_path / "out.svg"
    path.write_text(text, encoding="utf-8")
    run = tripctl("draw", path, "-o", out, status=USAGE)
    assert run.stdout == b"" and b"x.json: " in run.stderr and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("arguments", [
    [], ["--fast", "PLAN"], ["PLAN", "PLAN"], ["--option", "0", "PLAN"], ["--option", "-3", "PLAN"],
    ["--option", "9", "PLAN"], ["--option", "two", "PLAN"], ["-o", "OUT.jpeg", "PLAN"], ["-o", "OUT", "PLAN"],
    ["--format", "gif", "PLAN"], ["--format", "x.svg", "PLAN"], ["--today", "tomorrow", "PLAN"], ["/nonexistent"]])
def test_wrong_usage(arguments, planned, tmp_path):
    words = [argument.replace("PLAN", str(planned / "trip.json")).replace("OUT", str(tmp_path / "out"))
             for argument in arguments]
    run = tripctl("draw", *words, status=USAGE)
    assert run.stdout == b"" and run.stderr.startswith(b"tripctl: ") and not list(tmp_path.iterdir())


def test_unwritable_output(planned, tmp_path):
    run = tripctl("draw", planned / "trip.json", "-o", tmp_path / "no" / "where.svg", status=FAILED)
    assert b"where.svg" in run.stderr


def test_a_picture_is_replaced_whole_or_kept(planned, tmp_path):
    out = tmp_path / "trip.svg"
    out.write_text("old", encoding="utf-8")
    tripctl("draw", "-", "-o", out, stdin="{", status=USAGE)
    assert out.read_text(encoding="utf-8") == "old"
    tripctl("draw", planned / "trip.json", "-o", out)
    read_svg(out)


def test_plan_without_a_plan_draws_nothing(tmp_path):
    run = tripctl("plan", "--via", "local", "--svg", tmp_path / "a.svg", "thanks!", status=FAILED)
    assert b"a.svg: there is no plan" in run.stderr and not list(tmp_path.iterdir())
    tripctl("plan", "--via", "local", "--svg", tmp_path / "a.svg", "3 days in Bergen", status=FAILED)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_browser_shows_it(planned, tmp_path):
    """The SVG as an image of a page: its size is what the file says, and it is not blank."""
    out = tmp_path / "one.svg"
    tripctl("draw", planned / "trip.json", "--option", "1", "-o", out)
    width, height = size_of(out)
    page = tmp_path / "page.html"
    page.write_text(f"""<body><img src="one.svg" onload="
        const c = document.createElement('canvas'); c.width = this.naturalWidth; c.height = this.naturalHeight;
        document.body.innerHTML = `size ${{c.width}} ${{c.height}}`;" onerror="document.body.innerHTML = 'broken'">""",
                    encoding="utf-8")
    run = subprocess.run([CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                          "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
                         capture_output=True, text=True, timeout=DEADLINE, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert re.search(r"size (\d+) (\d+)", run.stdout), run.stdout
    seen = tuple(map(int, re.search(r"size (\d+) (\d+)", run.stdout).groups()))
    assert abs(seen[0] - width) <= 1 and abs(seen[1] - height) <= 1

    shot = tmp_path / "shot.png"
    subprocess.run([CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1280,900",
                    f"--screenshot={shot}", out.as_uri()],
                   capture_output=True, timeout=DEADLINE, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=True)
    assert png_size(shot.read_bytes())[0] == 1280 and shot.stat().st_size > 50000
