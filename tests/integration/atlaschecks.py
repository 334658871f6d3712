# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is wrong with an atlas source. Each check takes a city's entries and returns its faults in words; it knows neither
files of the tree nor exceptions, so that planted faults can be put before it."""

import configparser
import json
import math
import re
import subprocess
import unicodedata

# Ways of saying that a place is elsewhere: farther than this from its reference is a bug.
MAX_OFF_M = 1000
# A reference row of the same name counts within this distance of the city.
NEAR_CITY_M = 40000
# Two sights nearer to each other than this are one place, or share a building.
SAME_PLACE_M = 25
# How far from land a place may be: in the ocean as far as piers reach and as the shorelines err (500 m off Watsons Bay and
# Büyükada), and in lakes, whose shores are far older (2.4 km off Toronto).
SHORE_M = {0: 500, 2: 2500, 4: 2500}

KINDS = ("tourist_destination", "restaurant", "lodge")
LEVELS = ("budget", "mid", "premium")

# A plain lunch for one, least and most, in the currency's major units. All other prices are held against the city's lunch.
LUNCHES = {
    "AED": (25, 90), "ARS": (8000, 30000), "AUD": (14, 35), "BRL": (25, 80), "CAD": (14, 35), "CHF": (15, 40),
    "CLP": (5000, 16000), "CNY": (25, 90), "COP": (15000, 50000), "CRC": (3000, 9000), "CZK": (150, 400), "DKK": (80, 220),
    "EGP": (80, 500), "EUR": (7, 25), "GBP": (8, 25), "GEL": (12, 45), "HKD": (45, 140), "HUF": (2200, 7000),
    "IDR": (25000, 120000), "ILS": (40, 110), "INR": (150, 800), "ISK": (2000, 5000), "JOD": (3, 12), "JPY": (700, 2200),
    "KES": (500, 2000), "KHR": (10000, 50000), "KRW": (7000, 20000), "LAK": (30000, 200000), "LKR": (500, 3500),
    "MAD": (35, 160), "MMK": (3000, 30000), "MOP": (40, 140), "MXN": (80, 350), "MYR": (10, 45), "NOK": (130, 320),
    "NPR": (250, 1300), "NZD": (14, 35), "PEN": (12, 60), "PHP": (150, 700), "PLN": (25, 75), "QAR": (20, 90),
    "RON": (25, 80), "RSD": (600, 2000), "SEK": (90, 230), "SGD": (5, 30), "THB": (60, 350), "TRY": (200, 900),
    "TWD": (90, 400), "TZS": (8000, 40000), "USD": (8, 35), "UYU": (350, 1100), "VND": (40000, 220000), "ZAR": (80, 300),
}
# The same for the rest, in lunches of the city: a meal, a room for a night, a sight's entry, a ride.
IN_LUNCHES = {
    "restaurant": {"budget": (0.2, 2.5), "mid": (0.5, 7), "premium": (1.4, 80)},
    "lodge": {"budget": (2, 16), "mid": (4, 60), "premium": (8, 250)},
}
ENTRY_LUNCHES = 15
RIDE_LUNCHES = 0.6


def distance_m(a, b):
    lat_a, lng_a, lat_b, lng_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def fold(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if c.isalnum() or c == " ").strip()


def load(path):
    parser = configparser.ConfigParser(interpolation=None, strict=True, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    city = parser["city"]
    places = [(name.removeprefix("place "), parser[name]) for name in parser.sections() if name.startswith("place ")]
    return city, places


def position(place):
    return float(place["lat"]), float(place["lng"])


def row_position(row):
    return float(row["lat"]), float(row["lon"] if "lon" in row else row["lng"])


def sights_of(places):
    return [(identifier, place) for identifier, place in places if place["type"] == "tourist_destination"]


def names_of(place):
    """All that the place goes by, folded."""
    names = [value for key, value in place.items() if key == "name" or key.startswith("name[")]
    names += place.get("aliases", "").split(";")
    return {fold(name) for name in names} - {""}


# How many

def scarcity(places, sights=25, restaurants=8, lodges=5):
    count = {kind: sum(place["type"] == kind for _, place in places) for kind in KINDS}
    faults = [f"{count[kind]} of {kind}, {least} wanted"
              for kind, least in zip(KINDS, (sights, restaurants, lodges)) if count[kind] < least]
    levels = {place["level"] for _, place in places if place["type"] == "lodge"}
    return faults + [f"no {level} lodge" for level in LEVELS if level not in levels]


# The same place twice

def repetitions(places, allowed=()):
    """`allowed` holds pairs of identifiers of sights that share a building."""
    faults, owners, items = [], {}, {}
    for identifier, place in places:
        for name in sorted(names_of(place)):
            if name in owners:
                faults.append(f"{identifier} and {owners[name]} are both “{name}”")
            owners[name] = identifier
        item = place.get("wikidata")
        if item and item in items:
            faults.append(f"{identifier} and {items[item]} are both {item}")
        items[item] = identifier
    sights = sights_of(places)
    for i, (identifier, place) in enumerate(sights):
        for other_id, other in sights[i + 1:]:
            off = distance_m(position(place), position(other))
            if off < SAME_PLACE_M and (identifier, other_id) not in allowed and (other_id, identifier) not in allowed:
                faults.append(f"{identifier} and {other_id} are {off:.0f} m apart")
    return faults


# Where the references say that it is

def near_rows(city, rows, within=NEAR_CITY_M):
    lat, lng = position(city)
    reach = within / 111000
    wide = reach / max(math.cos(math.radians(lat)), 0.1)
    return [row for row in rows if row["lat"] and abs(row_position(row)[0] - lat) < reach and
            abs((row_position(row)[1] - lng + 180) % 360 - 180) < wide and
            distance_m((lat, lng), row_position(row)) < within]


def nearest(place, rows):
    return min(rows, key=lambda row: distance_m(position(place), row_position(row)))


def _off(identifier, place, rows, name):
    if not rows:
        return []
    row = nearest(place, rows)
    off = distance_m(position(place), row_position(row))
    return [f"{identifier}: {off:.0f} m from {name(row)}"] if off > MAX_OFF_M else []


def off_the_sights(city, places, rows):
    """Sights off those of the table: the row of the same Wikidata item, or else the nearest of a name near the city."""
    near = near_rows(city, rows)
    by_id = {}
    for row in rows:
        if row["wikidata"] and row["lat"]:
            by_id.setdefault(row["wikidata"], []).append(row)
    faults = []
    for identifier, place in sights_of(places):
        names = names_of(place)
        same = by_id.get(place.get("wikidata", "")) or [row for row in near if fold(row["name"]) in names]
        faults += _off(identifier, place, same, lambda row: f"{row['wikidata']} {row['name']}")
    return faults


def is_about(site, names):
    """Whether a World Heritage site's name is about the one thing that goes by `names`, and not about a town or a region."""
    whole = f" {fold(re.sub('[-–,()]', ' ', site))} "
    whole = re.sub(" +", " ", whole)
    for name in names:
        spaced = f" {re.sub(' +', ' ', name)} "
        if spaced == whole or (len(name.split()) > 1 and len(name) > 8 and spaced in whole):
            return True
    short = re.split(r"[,(]", site)[0]
    short = f" {re.sub(' +', ' ', fold(short))} "
    return len(short.split()) > 1 and any(short in f" {name} " for name in names)


def off_the_heritage(city, places, rows):
    """Sights off the World Heritage site that is about them."""
    near = near_rows(city, rows)
    # A city's name makes no sight of its old town: "Historic Centre of Vienna" is about no palace.
    town = names_of(city)
    faults = []
    for identifier, place in sights_of(places):
        names = names_of(place) - town
        same = [row for row in near if is_about(row["name"], names)]
        faults += _off(identifier, place, same, lambda row: f"World Heritage {row['id']} {row['name']}")
    return faults


def abroad(city, places, towns, also=()):
    """Places whose nearest town is in another country than the city's; `also` names further countries that may be."""
    near = near_rows(city, towns, 2 * NEAR_CITY_M)
    faults = []
    for identifier, place in places:
        if not near:
            return [f"no town within {2 * NEAR_CITY_M / 1000:.0f} km of the city"]
        town = nearest(place, near)
        if town["country"] not in (city["country"], *also):
            faults.append(f"{identifier}: the nearest town is {town['name']} in {town['country']}")
    return faults


def afloat(places, coast):
    """Places in the water, too far from land for a pier; `coast` is asked level (lat, lng)."""
    faults = []
    for identifier, place in places:
        lat, lng = position(place)
        east = 111320 * math.cos(math.radians(lat))
        level = coast.level(lat, lng)
        reach = 0 if level % 2 else SHORE_M[level]
        around = ((r * reach / 4, a * math.pi / 8) for r in range(1, 5) for a in range(16))
        if reach and not any(coast.level(lat + r * math.cos(a) / 111320, lng + r * math.sin(a) / east) % 2
                             for r, a in around):
            faults.append(f"{identifier}: {lat:.4f} {lng:.4f} is in the water")
    return faults


# When it is open

def intervals_of(texts, tripctl, country, start="2027-01-01", days=366):
    """What `tripctl hours --batch` answers to each of the texts, None where it has no such command."""
    lines = "".join(json.dumps({"oh": text, "start": start, "days": days}) + "\n" for text in texts)
    try:
        done = subprocess.run([tripctl, "hours", "--batch", "--country", country.lower()], input=lines,
                              capture_output=True, text=True, timeout=120, check=False)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
    except (OSError, ValueError):
        return None
    return answers if len(answers) == len(texts) else None


def never_open(places, answers):
    """Places that are shut all year, or that never open for as long as a visit takes."""
    faults = []
    for (identifier, place), answer in zip(places, answers):
        if "error" in answer:
            faults.append(f"{identifier}: {answer['error']}")
            continue
        longest = max((end - start for start, end in answer["open"] + answer["unknown"]), default=0)
        if longest == 0:
            faults.append(f"{identifier}: never open with {place['opening_hours']}")
        elif longest < int(place.get("visit_minutes", 0)):
            faults.append(f"{identifier}: open for {longest} min at most, a visit takes {place['visit_minutes']}")
    return faults


# What it costs

def wrong_prices(city, places):
    if city["currency"] not in LUNCHES:
        return [f"LUNCHES has no {city['currency']}"]
    least, most = LUNCHES[city["currency"]]
    lunch = float(city["meal_cost"])
    if not least <= lunch <= most:
        return [f"a lunch of {lunch:g} {city['currency']}, {least} to {most} expected"]
    faults = []
    if not 0 <= float(city["transit_fare"]) <= RIDE_LUNCHES * lunch:
        faults.append(f"a ride of {city['transit_fare']} {city['currency']}")
    for identifier, place in places:
        low, high = IN_LUNCHES[place["type"]][place["level"]] if place["type"] in IN_LUNCHES else (0, ENTRY_LUNCHES)
        if not low * lunch <= float(place["cost"]) <= high * lunch:
            faults.append(f"{identifier}: {place['cost']} {city['currency']}, {low * lunch:g} to {high * lunch:g} expected")
    rooms = {level: [(float(place["cost"]), identifier) for identifier, place in places
                     if place["type"] == "lodge" and place["level"] == level] for level in LEVELS}
    for low, high in (("budget", "mid"), ("mid", "premium"), ("budget", "premium")):
        if rooms[low] and rooms[high] and max(rooms[low])[0] >= min(rooms[high])[0]:
            faults.append(f"{max(rooms[low])[1]} ({low}) costs as much as {min(rooms[high])[1]} ({high})")
    return faults
