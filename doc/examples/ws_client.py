#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks tripd over its WebSocket and prints each stage as it arrives.

Several messages are one conversation: the lists of an answer go back with the next message, since the service keeps
none. Needs Debian's python3-websocket.
"""

import argparse
import json
import sys

import websocket

STAGES = ("intents", "pois", "requirements", "plan")


def show(update):
    kind, data = update["type"], update.get("data")
    if kind == "intents":
        for intent in data:
            print(f"intent: {intent['intent']} {intent['action']} {intent['value']}")
    elif kind == "pois":
        print(f"places: {len(data)}")
    elif kind == "requirements":
        for requirement in data:
            print(f"requirement: {requirement['description']} ({requirement['priority']})")
    elif kind == "plan":
        for number, option in enumerate(data, 1):
            print(f"option {number}: {option.get('title', '')}, {option['overall_cost']}")
            for day_number, day in enumerate(option["days"], 1):
                print(f"  day {day_number}: {day['highlight']}")
                for block in day["blocks"]:
                    print(f"    {block['time']}  {block['description']}")
    elif kind == "error":
        print(f"error: {update['message']}")
    else:
        print(kind)


def ask(socket, message, state):
    """One turn: sends the message with the state, prints the stages, returns the new state; None after an error."""
    socket.send(json.dumps({"message": message, **state}))
    answer = {}
    while True:
        update = json.loads(socket.recv())
        show(update)
        if update["type"] in STAGES:
            answer[update["type"]] = update["data"]
        elif update["type"] == "done":
            return {name: answer[name] for name in ("pois", "requirements", "plan")}
        elif update["type"] == "error":
            return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("message", nargs="*", default=["plan a 3 day trip to Tokyo and Kyoto"])
    parser.add_argument("--uri", default="ws://127.0.0.1:5000/ws/chat")
    arguments = parser.parse_args()

    # A script is no web page: it sends no Origin.
    socket = websocket.create_connection(arguments.uri, suppress_origin=True)
    state = {"pois": [], "requirements": [], "plan": []}
    for message in arguments.message:
        state = ask(socket, message, state)
        if state is None:
            break
    socket.close()
    return 0 if state is not None else 1


if __name__ == "__main__":
    sys.exit(main())
