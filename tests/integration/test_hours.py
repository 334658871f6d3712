# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tripctl hours: what it tells people, what it answers programs, and that it agrees with other evaluators."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRIPCTL = os.environ.get("TRIPCTL", "tripctl")
REFERENCE = pathlib.Path(os.environ.get("TRIP_HOURS_DATA", ROOT.parent / "shared" / "data" / "opening_hours"))


def tripctl(*arguments, stdin=""):
    return subprocess.run([TRIPCTL, "hours", *arguments], input=stdin, capture_output=True, text=True, timeout=120)


def line(text, start="2027-03-01", days=7):
    return json.dumps({"oh": text, "start": start, "days": days})


def batch(*lines, arguments=()):
    done = tripctl("--batch", *arguments, stdin="".join(f"{text}\n" for text in lines))
    return done, [json.loads(text) for text in done.stdout.splitlines()]


def test_batch_answers():
    done, answers = batch(line("Mo 09:00-12:00; Tu 18:00+"), line("We \"ask\"; Th pff"), line("24/7", days=1))
    assert done.returncode == 0
    assert answers[0] == {"open": [[540, 720]], "unknown": [[2520, 3120]]}
    assert list(answers[1]) == ["error"] and "“pff”" in answers[1]["error"] and "character 14" in answers[1]["error"]
    assert answers[2] == {"open": [[0, 1440]], "unknown": []}


@pytest.mark.parametrize("bad", [
    "{", "[]", "24/7", '{"oh": 1, "start": "2027-03-01", "days": 7}', '{"oh": "24/7", "start": "1 March", "days": 7}',
    '{"oh": "24/7", "start": "2027-02-30", "days": 7}', '{"oh": "24/7", "start": "2027-03-01", "days": 0}',
    '{"oh": "24/7", "start": "2027-03-01", "days": 1.5}', '{"oh": "24/7", "start": "2027-03-01", "days": 1e12}',
    '{"oh": "24/7", "start": "2027-03-01"}', '{"start": "2027-03-01", "days": 7}', "[" * 5000, "x" * 300000,
], ids=lambda text: text[:30])
def test_a_bad_line_is_one_error(bad):
    done, answers = batch(line("24/7", days=1), bad, line("24/7", days=1))
    assert [list(answer) for answer in answers] == [["open", "unknown"], ["error"], ["open", "unknown"]]
    assert done.returncode == 1


def test_batch_streams():
    process = subprocess.Popen([TRIPCTL, "hours", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for text in ("Mo 09:00-12:00", "Tu 09:00-12:00"):
        process.stdin.write(line(text) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["unknown"] == []
    # The last line may lack its end.
    process.stdin.write(line("24/7", days=1))
    process.stdin.close()
    assert json.loads(process.stdout.read()) == {"open": [[0, 1440]], "unknown": []}
    assert process.wait() == 0


def test_batch_reads_a_file(tmp_path):
    path = tmp_path / "lines"
    path.write_text(line("24/7", days=1) + "\n\n" + line("off") + "\n")
    done = tripctl("--batch", str(path))
    assert [json.loads(text) for text in done.stdout.splitlines()] == [{"open": [[0, 1440]], "unknown": []},
                                                                      {"open": [], "unknown": []}]
    assert tripctl("--batch", str(tmp_path / "none")).returncode == 2


def test_batch_at_a_place():
    _, answers = batch(line("PH off; Fr 09:00-10:00", "2027-03-26", 1), line("Fr 09:00-10:00; PH off", "2027-03-26", 1),
                       line("PH", "2027-03-26", 1), arguments=("--country", "de"))
    assert [answer["open"] for answer in answers] == [[[540, 600]], [], [[0, 1440]]]


def test_people_get_words():
    done = tripctl("Mo-Fr 09:00-17:00", "--at", "2027-03-01T10:15")
    assert done.stdout == "Open on Mon 2027-03-01 at 10:15.\nCloses at 17:00.\n"
    done = tripctl("Mo-Fr 09:00-17:00", "--at", "2027-03-05T18:00")
    assert done.stdout == "Closed on Fri 2027-03-05 at 18:00.\nOpens on Mon 2027-03-08 at 09:00.\n"
    done = tripctl("Mo-Fr 09:00-17:00 \"ring\"", "--at", "2027-03-05T12:00")
    assert done.stdout.startswith("Nobody knows whether it is open on Fri 2027-03-05 at 12:00 (ring).")
    assert tripctl("24/7", "--at", "2027-03-05", "--next").stdout == "That does not change in the next ten years.\n"


def test_days_name_holidays():
    done = tripctl("Mo-Su 22:00-02:00; PH off", "--country", "DE", "--at", "2027-03-25", "--days", "3")
    assert done.stdout.splitlines()[-3:] == [
        "Thu 2027-03-25  00:00-02:00, 22:00-24:00",
        "Fri 2027-03-26  closed  Good Friday",
        "Sat 2027-03-27  00:00-02:00, 22:00-24:00",
    ]


def test_the_sun_of_a_place():
    done = tripctl("sunrise-sunset", "--lat", "38.72", "--lng", "-9.14", "--country", "PT", "--at", "2027-07-01T12:00",
                   "--next")
    assert done.stdout == "Closes at 21:05.\n"


def test_a_mistake_is_shown():
    done = tripctl("Mo 08:00-18:00; PH pff")
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == ["  Mo 08:00-18:00; PH pff", "  " + " " * 19 + "^"]


@pytest.mark.parametrize("arguments", [
    ["--country", "XX"], ["--lat", "1"], ["--lat", "x", "--lng", "1"], ["--lat", "91", "--lng", "1"],
    ["--zone", "Mars/Olympus"],
    ["--at", "now"], ["--days", "-1"], ["--days", "100000"], ["--nonsense"],
])
def test_usage(arguments):
    done = tripctl("24/7", *arguments)
    assert done.returncode == 2 and done.stderr.startswith("tripctl: ")
    assert tripctl().returncode == 2


def test_points_need_asking():
    assert tripctl("Mo 10:00-16:00/01:30").returncode == 2
    done = tripctl("Mo 10:00-16:00/01:30", "--points", "--at", "2027-03-01T10:01", "--next")
    assert done.stdout == "Opens at 11:30.\n"


def compare(name):
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{path} is not there: nothing to compare with")
    rows = [json.loads(text) for text in path.read_text().splitlines()]
    _, answers = batch(*(line(row["oh"], row.get("start", "2027-03-01"), row.get("days", 14)) for row in rows))
    assert len(answers) == len(rows)
    return rows, answers


@pytest.mark.parametrize("name, least", [("dev.jsonl", 0.995), ("dev_seasonal.jsonl", 0.98)])
def test_agrees_with_other_evaluators(name, least):
    rows, answers = compare(name)
    scored = [(row, answer) for row, answer in zip(rows, answers) if row["second"] == "agree"]
    good = [answer == {"open": row["open"], "unknown": row["unknown"]} for row, answer in scored]
    print(f"{name}: {sum(good)} of {len(good)} rows agree")
    assert sum(good) >= least * len(good), [row["oh"] for (row, _), fine in zip(scored, good) if not fine]


def test_invents_no_hours():
    for row, answer in zip(*compare("dev_invalid.jsonl")):
        assert "error" in answer or not answer["open"], row["oh"]
