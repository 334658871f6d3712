#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a request costs the relay, beside what it costs others in the same breath.

Every round asks each server in turn, so a slow spell of the machine hits all alike; the medians of the rounds count, and their
ratios. Time is the server's own, of all its threads. Node is left out where it, or its package `ws`, is not installed.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess

HERE = pathlib.Path(__file__).parent
CANNED = HERE / "relay" / "canned.json"
TRIPBENCH = os.environ.get("TRIPBENCH", "tripbench")

# What others may cost at least, as a multiple of ours, by kind of load.
WANTED = {
    "ws": {"node, ready strings": 2, "node, JSON": 7, "libsoup, ready bytes": 2.2},
    "fresh": {"libsoup, ready bytes": 2},
    "rest": {"libsoup, ready bytes": 1 / 1.2, "node, JSON": 3},
}

# libsoup lets ten connections wait to be accepted; more at once would be lost and tried again after seconds.
CONNECTIONS = {"ws": 64, "fresh": 8, "rest": 8}


def servers():
    found = {
        "ours": [TRIPBENCH, "serve", "--canned", CANNED, "--port", "0"],
        "libsoup, ready bytes": [TRIPBENCH, "soup", "--canned", CANNED, "--port", "0"],
        "the kernel alone": [TRIPBENCH, "floor", "--canned", CANNED, "--port", "0"],
    }
    node = shutil.which("node")
    if node and subprocess.run([node, "-e", "require('ws')"], cwd=HERE / "relay", capture_output=True, check=False).returncode == 0:
        for how, name in (("ready", "node, ready strings"), ("json", "node, JSON")):
            found[name] = [node, HERE / "relay" / "node.js", CANNED, "0", how]
    else:
        print("node with the package ws is not installed: left out")
    return found


def ask(process, port, mode, requests):
    command = [TRIPBENCH, "load", "--port", port, "--pid", str(process.pid), "--mode", mode, "--requests", str(requests),
               "--connections", str(CONNECTIONS[mode]), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout)


def measure(mode, rounds, requests):
    running = {}
    figures = {}
    try:
        for name, command in servers().items():
            if mode != "ws" and name == "the kernel alone" or mode == "fresh" and name.startswith("node"):
                continue
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            port = process.stdout.readline().rstrip("/\n").rpartition(":")[2]
            running[name] = (process, port)
            ask(process, port, mode, max(requests // 5, 200))
            figures[name] = []
        for _ in range(rounds):
            for name, (process, port) in running.items():
                figures[name].append(ask(process, port, mode, requests)["cpu_us"])
    finally:
        for process, _ in running.values():
            process.kill()
            process.wait()
    return {name: statistics.median(values) for name, values in figures.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=20000)
    parser.add_argument("modes", nargs="*", default=["ws", "fresh", "rest"])
    options = parser.parse_args()
    for mode in options.modes:
        medians = measure(mode, options.rounds, options.requests if mode == "ws" else options.requests // 4)
        ours = medians["ours"]
        print(f"{mode}: ours {ours:.1f} us of the server's time a request")
        for name, value in medians.items():
            wanted = WANTED[mode].get(name)
            if name != "ours":
                print(f"  {name}: {value:.1f} us, x {value / ours:.2f} of ours"
                      + (f" (wanted: {wanted:.2f} or more)" if wanted else ""))


if __name__ == "__main__":
    main()
