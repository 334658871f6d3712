# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Messages in German, French, Spanish and Japanese: the same is read out of them as out of English ones."""

import json
import os
import subprocess

import pytest

TRIPCTL = os.environ.get("TRIPCTL", "tripctl")
TODAY = "2027-01-15"

# A message, the places asked for, and slots that have to be so; "avoid" and "prefer" are words of requirements.
MESSAGES = [
    # German
    ("Plane eine Reise nach Rom, drei Tage", ["Rom"], {"days": 3}),
    ("Eine Woche in Lissabon und Porto für zwei Personen, höchstens 1500 Euro", ["Lissabon", "Porto"],
     {"days": 7, "adults": 2, "budget": {"amount": 1500, "currency": "EUR"}}),
    ("Wir wollen 5 Tage nach Wien, ohne Auto", ["Wien"], {"days": 5, "transport_avoid": ["car"]}),
    ("Langes Wochenende in Prag mit meiner Freundin, nicht zu teuer", ["Prag"], {"days": 3, "adults": 2}),
    ("3 Tage Rom/Florenz, viel Natur und Wandern", ["Rom", "Florenz"], {"days": 3}),
    ("Drei Tage Rom mit zwei Kindern, höchstens 1200 Euro", ["Rom"],
     {"days": 3, "children": 2, "budget": {"amount": 1200, "currency": "EUR"}}),
    ("Vom 3. bis 9. Mai 2027 nach Barcelona", ["Barcelona"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("10 Tage Japan unter 3.000 €, bitte vegetarisch", ["Japan"],
     {"days": 10, "budget": {"amount": 3000, "currency": "EUR"}, "dietary": ["vegetarian"]}),
    ("Zwei Tage Paris mit Kindern, keine Museen", ["Paris"], {"days": 2, "avoid": "museum"}),
    ("Ich möchte von Berlin nach Florenz und Venedig, 6 Tage", ["Florenz", "Venedig"], {"days": 6, "origin": "Berlin"}),
    ("Museen mag ich nicht, 3 Tage Berlin", ["Berlin"], {"days": 3, "avoid": "museum"}),
    ("Vom 12.08. bis 19.08. nach Kreta", ["Kreta"], {"start": "2027-08-12", "end": "2027-08-19"}),
    ("Drei Tage Salzburg mit Oma", ["Salzburg"], {"days": 3, "adults": 2}),
    # French
    ("Planifie un voyage de 3 jours à Rome", ["Rome"], {"days": 3}),
    ("Une semaine à Lisbonne et Porto pour deux personnes, maximum 1500 euros", ["Lisbonne", "Porto"],
     {"days": 7, "adults": 2, "budget": {"amount": 1500, "currency": "EUR"}}),
    ("On voudrait passer 5 jours à Vienne sans voiture", ["Vienne"], {"days": 5, "transport_avoid": ["car"]}),
    ("Long week-end à Prague avec ma copine, pas trop cher", ["Prague"], {"days": 3, "adults": 2}),
    ("Du 3 au 9 mai 2027 à Barcelone", ["Barcelone"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("10 jours au Japon pour moins de 3000 €, végétarien", ["Japon"],
     {"days": 10, "budget": {"amount": 3000, "currency": "EUR"}, "dietary": ["vegetarian"]}),
    ("Deux jours à Londres avec des enfants, pas de musées", ["Londres"], {"days": 2, "avoid": "museum"}),
    ("De Paris à Florence et Venise, 6 jours", ["Florence", "Venise"], {"days": 6, "origin": "Paris"}),
    ("Un week-end à Bruxelles, pas plus de 80 euros par jour", ["Bruxelles"],
     {"budget": {"amount": 80, "currency": "EUR", "per": "day"}, "days": 2}),
    # Spanish
    ("Planea un viaje de 3 días a Roma", ["Roma"], {"days": 3}),
    ("Una semana en Lisboa y Oporto para dos personas, máximo 1500 euros", ["Lisboa", "Oporto"],
     {"days": 7, "adults": 2, "budget": {"amount": 1500, "currency": "EUR"}}),
    ("Queremos ir 5 días a Viena sin coche", ["Viena"], {"days": 5, "transport_avoid": ["car"]}),
    ("Puente largo en Praga con mi novia, que no sea muy caro", ["Praga"], {"days": 3, "adults": 2}),
    ("Del 3 al 9 de mayo de 2027 en Barcelona", ["Barcelona"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("10 días en Japón por menos de 3000 €, vegetariano", ["Japón"],
     {"days": 10, "budget": {"amount": 3000, "currency": "EUR"}, "dietary": ["vegetarian"]}),
    ("Dos días en Londres con niños, sin museos", ["Londres"], {"days": 2, "avoid": "museum"}),
    ("De Madrid a Florencia y Venecia, 6 días", ["Florencia", "Venecia"], {"days": 6, "origin": "Madrid"}),
    ("no más de 80 euros al día, 4 días en Oporto", ["Oporto"],
     {"days": 4, "budget": {"amount": 80, "currency": "EUR", "per": "day"}}),
    # Japanese
    ("東京と京都に3日間の旅行を計画して", ["東京", "京都"], {"days": 3}),
    ("大人2人で大阪に2泊3日、予算は10万円以内", ["大阪"],
     {"days": 3, "adults": 2, "budget": {"amount": 100000, "currency": "JPY"}}),
    ("札幌に4日間、車なしで行きたいです", ["札幌"], {"days": 4, "transport_avoid": ["car"]}),
    ("5月3日から5月9日まで沖縄に行きたい", ["沖縄"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("2027年5月3日から5月9日まで京都", ["京都"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("奈良に2日間、ベジタリアンです", ["奈良"], {"days": 2, "dietary": ["vegetarian"]}),
    ("パリに5日間、美術館以外", ["パリ"], {"days": 5, "avoid": "museum"}),
    ("5月3日から9日までリスボン", ["リスボン"], {"start": "2027-05-03", "end": "2027-05-09"}),
    ("東京から福岡と長崎へ4日間", ["福岡", "長崎"], {"days": 4, "origin": "東京"}),
    ("子供2人と沖縄に4日間、車は使わない", ["沖縄"], {"days": 4, "children": 2, "transport_avoid": ["car"]}),
    ("大阪へ行くのですが、お店を探してもらえますか？", ["大阪"], {}),
]

EDITS = [
    ("Füge Siena hinzu und lass Rom weg", {"add": ["Siena"], "remove": ["Rome"]}),
    ("Ajoute Sienne et enlève Rome", {"add": ["Sienne"], "remove": ["Rome"]}),
    ("Añade Siena y quita Roma", {"add": ["Siena"], "remove": ["Rome"]}),
    ("ナポリを追加して、ローマを外して", {"add": ["ナポリ"], "remove": ["Rome"]}),
    ("Bitte Rom durch Neapel ersetzen", {"add": ["Neapel"], "remove": ["Rome"]}),
    ("Statt Rom lieber Neapel", {"add": ["Neapel"], "remove": ["Rome"]}),
    ("Remplace Rome par Naples", {"add": ["Naples"], "remove": ["Rome"]}),
    ("Cambia Roma por Nápoles", {"add": ["Nápoles"], "remove": ["Rome"]}),
    ("ローマをナポリに変えて", {"add": ["ナポリ"], "remove": ["Rome"]}),
]

# Questions and other matters.
TALK = [
    ("¿Necesito visado para Vietnam?", "General_Response"), ("Wie weit ist es von Köln nach Brüssel?", "General_Response"),
    ("Wie backe ich einen Apfelkuchen?", "Not_Relevant"), ("quelle est la recette du tiramisu ?", "Not_Relevant"),
    ("¿cuál es la raíz cuadrada de 81?", "Not_Relevant"), ("明日 の リマインダー を キャンセル する", "Not_Relevant"),
]


def interpret(message, state=None):
    line = json.dumps({"message": message, "state": state or {}})
    done = subprocess.run([TRIPCTL, "interpret", "--batch", "--today", TODAY], input=line + "\n", capture_output=True,
                          encoding="utf-8", timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("message,places,slots", MESSAGES, ids=[message for message, _, _ in MESSAGES])
def test_reads(message, places, slots):
    answer = interpret(message)
    given = answer["slots"]
    assert given.get("destinations") == places
    for name, value in slots.items():
        if name == "avoid":
            assert value in given.get("avoid", []), answer
        else:
            assert given.get(name) == value, answer


@pytest.mark.parametrize("message,changes", EDITS, ids=[message for message, _ in EDITS])
def test_reads_changes(message, changes):
    answer = interpret(message, {"pois": ["Rome", "Florence"]})
    given = {action: [intent["value"] for intent in answer["intents"]
                      if intent["intent"] == "Points_Of_Interest" and intent["action"] == action]
             for action in ("add", "remove")}
    assert given["add"] == changes["add"]
    assert given["remove"] == changes["remove"]


@pytest.mark.parametrize("message,intent", TALK, ids=[message for message, _ in TALK])
def test_answers(message, intent):
    assert [one["intent"] for one in interpret(message)["intents"]] == [intent]


@pytest.mark.parametrize("message,cities", [("東京と京都に3日間", {"Tokyo", "Kyoto"}),
                                            ("Drei Tage Florenz und Venedig", {"Florence", "Venice"})])
def test_plans_all_that_was_named(message, cities, tmp_path):
    """A city is the traveller's choice by whichever name: none is left out for want of time."""
    path = tmp_path / "trip.json"
    subprocess.run([TRIPCTL, "plan", "--via", "local", "--output", path, message], capture_output=True, timeout=120, check=True)
    for option in json.loads(path.read_text(encoding="utf-8"))["plan"]:
        assert cities == {poi["city"] for day in option["days"] for block in day["blocks"] for poi in block.get("pois", [])}


def test_removes_a_city_by_another_name(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for command in (["--output", first, "Drei Tage Rom und Florenz"],
                    ["--state", first, "--output", second, "Lass Rom weg"]):
        subprocess.run([TRIPCTL, "plan", "--via", "local", *command], capture_output=True, timeout=120, check=True)
    cities = {poi["city"] for poi in json.loads(second.read_text(encoding="utf-8"))["pois"]}
    assert cities == {"Florence"}
