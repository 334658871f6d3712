#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How well `tripctl interpret` reads labelled messages: prints a figure a line, and with --misses what it got wrong.

The labels are those of `chat_gold`, `trip_slots`, `relevance` and `multi_turn` files, whose folders are the arguments; without
any our own messages beside this file, then the folder of TRIP_NLU_DATA, else the public sample beside the source tree, where
there is one. Nothing here knows a row.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(os.environ.get("TRIP_SOURCE_ROOT", pathlib.Path(__file__).parents[2]))
OWN = pathlib.Path(__file__).parent / "interpret"
TRIPCTL = os.environ.get("TRIPCTL", "tripctl")
SKIPPED = 77

# An answer in words is right by being one.
SPOKEN = ("General_Response", "Not_Relevant")
# What a turn is to the product: an acknowledgement is answered like a question.
ACT_OF_LABEL = {"change": "change", "add": "add", "alternatives": "alternatives"}


def fold(text):
    text = unicodedata.normalize("NFKD", str(text).casefold())
    return " ".join("".join(c for c in text if c.isalnum() or c.isspace()).split())


def interpret(rows, today=None):
    """Answers of one batch, in order; what is no JSON or an error counts as no answer."""
    lines = "".join(json.dumps({"message": row["message"], "state": row.get("state") or {}}) + "\n" for row in rows)
    command = [TRIPCTL, "interpret", "--batch", *(["--today", today] if today else [])]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=600, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(rows):
        raise SystemExit(f"{len(answers)} answers to {len(rows)} messages: {done.stderr.strip()}")
    return [{"intents": answer.get("intents", []), "slots": answer.get("slots", {})} for answer in answers]


class Counts:
    """True and false positives and misses."""

    def __init__(self):
        self.right = self.wrong = self.missed = 0

    def add(self, right, wrong, missed):
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def f1(self):
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


class Rate:
    def __init__(self):
        self.right = self.all = 0

    def add(self, right):
        self.right += bool(right)
        self.all += 1

    def __str__(self):
        return f"{self.right / self.all:.3f}  ({self.right} of {self.all})" if self.all else "-"


def same_value(given, wanted):
    """A place or phrase is right when it is one of those labelled; a phrase also when one holds the other."""
    values = [fold(value) for value in (wanted["value"], *wanted.get("alt", []))]
    given_text = fold(given["value"])
    if wanted["intent"] in SPOKEN or given_text in values:
        return True
    if wanted["intent"] == "Points_Of_Interest":
        return False
    return any(f" {value} " in f" {given_text} " or f" {given_text} " in f" {value} " for value in values if value)


def match_intents(given, wanted, with_values):
    """Counts of one message; a labelled intent that is optional is neither missed nor wrong."""
    left = list(given)
    right = missed = 0
    for intent in sorted(wanted, key=lambda intent: bool(intent.get("optional"))):
        spoken = intent["intent"] in SPOKEN
        found = [one for one in left if one["intent"] == intent["intent"] and (spoken or one["action"] == intent["action"])]
        exact = [one for one in found if same_value(one, intent)]
        chosen = exact[0] if exact else found[0] if found and not with_values else None
        if chosen is not None:
            left.remove(chosen)
            right += not intent.get("optional")
        elif not intent.get("optional"):
            missed += 1
    return right, len(left), missed


def match_names(given, wanted):
    given_names = collections.Counter(fold(name) for name in given)
    options = [{fold(name) for name in (one if isinstance(one, list) else [one])} for one in wanted]
    right = 0
    for names in options:
        hit = next((name for name in names if given_names[name] > 0), None)
        if hit is not None:
            given_names[hit] -= 1
            right += 1
    return right, sum(given_names.values()), len(options) - right


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def same_budget(given, wanted):
    return bool(given) and abs(float(given.get("amount", -1)) - float(wanted["amount"])) < 0.5 and (
        not wanted.get("currency") or given.get("currency") == wanted["currency"])


def say(what, figure):
    print(f"{what:58} {figure if isinstance(figure, str) else f'{figure:.3f}' if isinstance(figure, float) else figure}")


def score_chat(rows, misses):
    for other, label in ((False, "English"), (True, "other languages")):
        part = [row for row in rows if (row["lang"] != "en") == other]
        if not part:
            continue
        named, valued, places, days, budget, avoid = Counts(), Counts(), Counts(), Rate(), Rate(), Rate()
        for row, answer in zip(part, interpret(part)):
            wanted, slots = row["intents"], row["slots"]
            named.add(*match_intents(answer["intents"], wanted, False))
            result = match_intents(answer["intents"], wanted, True)
            valued.add(*result)
            if misses and any(result[1:]):
                print(f"  {row['id']} {row['message']!r}\n    wanted {wanted}\n    given  {answer['intents']}")
            alternatives = {fold(intent["value"]): [intent["value"], *intent.get("alt", [])] for intent in wanted}
            places.add(*match_names(as_list(answer["slots"].get("destinations")),
                                    [alternatives.get(fold(name), [name]) for name in slots.get("destinations", [])]))
            if "days" in slots:
                days.add(answer["slots"].get("days") in [slots["days"], *as_list(slots.get("days_alt"))])
            if "budget" in slots:
                budget.add(same_budget(answer["slots"].get("budget"), slots["budget"]))
            avoided = [intent for intent in answer["intents"] if intent.get("priority") == "avoid"]
            for intent in wanted:
                if intent.get("priority") == "avoid" and not intent.get("optional"):
                    avoid.add(any(same_value(one, intent) for one in avoided))
        say(f"chat, {label}: intent and action F1", named.f1)
        say(f"chat, {label}: with values F1", valued.f1)
        say(f"chat, {label}: destinations F1", places.f1)
        for what, rate in (("days exact", days), ("budget exact", budget), ("avoid recall", avoid)):
            say(f"chat, {label}: {what}", str(rate))


def score_slots(rows, misses):
    by_source = collections.defaultdict(list)
    for row in rows:
        by_source[row["source"]].append({**row, "message": row["text"]})
    for source, part in sorted(by_source.items()):
        places, days, budget, origin = Counts(), Rate(), Rate(), Rate()
        dates = {row.get("ref_date") for row in part} - {None}
        for row, answer in zip(part, interpret(part, min(dates, default=None))):
            gold, slots = row["gold"], answer["slots"]
            written = dict(zip(map(fold, as_list(gold.get("destinations"))), as_list(row.get("as_written"))))
            wanted = [[name, *([written[fold(name)]] if isinstance(written.get(fold(name)), str) else [])]
                      for name in as_list(gold.get("destinations"))]
            result = match_names(as_list(slots.get("destinations")), wanted)
            places.add(*result)
            wrong = any(result[1:])
            if "days" in gold:
                days.add(slots.get("days") == gold["days"])
                wrong |= slots.get("days") != gold["days"]
            if "budget" in gold:
                wanted_budget = gold["budget"] if isinstance(gold["budget"], dict) else {"amount": gold["budget"]}
                budget.add(same_budget(slots.get("budget"), wanted_budget))
                wrong |= not same_budget(slots.get("budget"), wanted_budget)
            if "origin" in gold:
                origin.add(fold(slots.get("origin", "")) == fold(gold["origin"]))
            if misses and wrong:
                print(f"  {row['id']} {row['text']!r}\n    wanted {gold}\n    given  {slots}")
        say(f"slots, {source}: destinations F1", places.f1)
        for what, rate in (("days exact", days), ("budget exact", budget), ("origin", origin)):
            if rate.all:
                say(f"slots, {source}: {what}", str(rate))


def score_relevance(rows, misses):
    rates = {True: Rate(), False: Rate()}
    hard = Rate()
    rows = [{**row, "message": row["text"]} for row in rows if row["relevant"] is not None]
    for row, answer in zip(rows, interpret(rows)):
        relevant = not all(intent["intent"] == "Not_Relevant" for intent in answer["intents"])
        rates[row["relevant"]].add(relevant == row["relevant"])
        if row.get("hard"):
            hard.add(not relevant)
        if misses and relevant != row["relevant"]:
            print(f"  {row['id']} relevant {row['relevant']}: {row['text']!r}\n    given {answer['intents']}")
    say("relevance: of what is", str(rates[True]))
    say("relevance: of what is not", str(rates[False]))
    say("relevance: balanced accuracy", sum(rate.right / max(rate.all, 1) for rate in rates.values()) / 2)
    say("relevance: hard rows kept out", str(hard))


def act_of(intents):
    """What a turn does, in the product's reading."""
    acts = {(intent["intent"], intent["action"]) for intent in intents if intent["intent"] not in SPOKEN}
    if not acts:
        return "answer"
    if any(action in ("remove", "modify") for _, action in acts):
        return "change"
    if ("Schedule_Option", "add") in acts:
        return "alternatives"
    return "add"


def as_requirement(slot, value):
    """A slot of the state as a traveller would have said it."""
    count = "" if str(value) == "1" else "s"
    return {"people": f"{value} {'people' if count else 'person'}", "rooms": f"{value} room{count}", "origin": f"from {value}",
            "travel_class": f"{value} class", "days": f"{value} day{count}", "nights": f"{value} night{count}",
            "min_rating": f"rated {value} or better",
            "price_range": f"{value} prices"}.get(slot, f"{slot.replace('_', ' ')}" if value in (True, "True") else str(value))


def score_turns(rows, misses):
    acts, by_act = Rate(), collections.defaultdict(Rate)
    asked = []
    for row in rows:
        state = dict(row.get("state") or {})
        places = as_list(state.pop("destinations", None))
        asked.append({"message": row["text"], "state": {
            "pois": places, "requirements": [as_requirement(slot, value) for slot, values in state.items()
                                             for value in as_list(values)]}})
    for row, answer in zip(rows, interpret(asked)):
        wanted = ACT_OF_LABEL.get(row["act"], "answer")
        given = act_of(answer["intents"])
        acts.add(given == wanted)
        by_act[row["act"]].add(given == wanted)
        if misses and given != wanted:
            print(f"  {row['id']} {row['act']} {row['text']!r} after {row['system']!r}\n    state {row['state']}\n"
                  f"    given {given} {answer['intents']}")
    say("turns: act", str(acts))
    for act, rate in sorted(by_act.items()):
        say(f"turns: {act}", str(rate))


SCORES = {"chat_gold": score_chat, "trip_slots": score_slots, "relevance": score_relevance, "multi_turn": score_turns}


def score(folder, options):
    files = [(kind, path) for kind in SCORES for path in sorted(folder.glob(f"{kind}*.jsonl")) if options.only in (None, kind)]
    if not files:
        print(f"no labelled messages in {folder}; name another folder", file=sys.stderr)
        return False
    for kind, path in files:
        print(f"{path.name}:")
        SCORES[kind]([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], options.misses)
    return True


def main():
    sample = os.environ.get("TRIP_NLU_DATA", ROOT.parent / "shared" / "data" / "nlu")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=pathlib.Path, default=[OWN, pathlib.Path(sample)])
    parser.add_argument("--misses", action="store_true", help="print what was read wrongly")
    parser.add_argument("--only", choices=SCORES, help="score one kind of file")
    options = parser.parse_args()
    return 0 if sum(score(folder, options) for folder in options.folders) > 0 else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
