# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Labelled messages are read as well as they have to be: our own, and the public sample where it is at hand."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(os.environ.get("TRIP_SOURCE_ROOT", pathlib.Path(__file__).parents[2]))
OWN = ROOT / "tests" / "bench" / "interpret"
SAMPLE = pathlib.Path(os.environ.get("TRIP_NLU_DATA", ROOT.parent / "shared" / "data" / "nlu"))

# What the public sample has to reach, and each file of our own, whose messages are harder and fewer.
SAMPLE_LEAST = {
    "chat, English: intent and action F1": 0.95, "chat, English: with values F1": 0.88, "chat, English: destinations F1": 0.96,
    "chat, English: days exact": 0.97, "chat, English: budget exact": 0.95, "chat, English: avoid recall": 0.9,
    "chat, other languages: intent and action F1": 0.9, "slots, TravelPlanner: destinations F1": 0.97,
    "slots, SGD: destinations F1": 0.97, "slots, TravelPlanner: days exact": 0.99, "slots, TravelPlanner: budget exact": 0.98,
    "slots, TravelBench-TonyQJH: days exact": 0.99, "slots, TravelBench-TonyQJH: budget exact": 0.98,
    "relevance: balanced accuracy": 0.96, "relevance: hard rows kept out": 0.85, "turns: act": 0.8,
}
OWN_LEAST = {
    "chat, English: intent and action F1": 0.95, "chat, English: with values F1": 0.93, "chat, English: days exact": 0.95,
    "chat, other languages: intent and action F1": 0.95, "relevance: balanced accuracy": 0.96,
    "relevance: hard rows kept out": 0.85, "turns: act": 0.9,
}


@pytest.mark.parametrize("folder,least", [(OWN, OWN_LEAST), (SAMPLE, SAMPLE_LEAST)], ids=["own", "sample"])
def test_reads_well_enough(folder, least):
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not here: set TRIP_NLU_DATA to a folder of labelled messages")
    done = subprocess.run([sys.executable, ROOT / "tests" / "bench" / "interpret_scores.py", folder], capture_output=True,
                          encoding="utf-8", timeout=300, check=True)
    figures = re.findall(r"^(\w.*?: .*?) {2,}([0-9.]+)", done.stdout, re.M)
    short = [(name, value) for name, value in figures if float(value) < least.get(name.strip(), 0)]
    assert figures and not short, done.stdout
