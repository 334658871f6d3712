# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The gazetteer as a user meets it: on the terminal, as credits, and the tables that make it."""

import http.client
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(os.environ['TRIP_SOURCE_ROOT'])
BUILD = os.environ['GAZETTEER_BUILD']
TRIPCTL = os.environ['TRIPCTL']
DATA = ROOT / 'data' / 'gazetteer'

COUNTRY = 'country\tFR\tFrance\tFR\t\t\t\t\t\tFrance\t\n'
STATE = 'state\tFR.11\tIle\tFR\t11\t\t\t\t\t\t\n'
CITY = 'city\t7\tParis\tFR\t11\t48.85\t2.35\t2000000\tEurope/Paris\tPariz\tParigi|巴黎\n'
WORLD = COUNTRY + STATE + CITY


def run(*args):
    return subprocess.run([TRIPCTL, *args], capture_output=True, text=True, timeout=60)


def build(tmp_path, geonames, places):
    (tmp_path / 'geonames.tsv').write_bytes(geonames if isinstance(geonames, bytes) else geonames.encode())
    (tmp_path / 'places.tsv').write_text(places)
    return subprocess.run([BUILD, tmp_path / 'out.bin', tmp_path / 'geonames.tsv', tmp_path / 'places.tsv'],
                          capture_output=True, text=True, timeout=60)


def about(daemon):
    connection = http.client.HTTPConnection('127.0.0.1', daemon.port, timeout=30)
    connection.request('GET', '/about')
    response = connection.getresponse()
    answer = json.loads(response.read())
    assert response.status == 200
    connection.close()
    return answer


def test_a_name_and_its_beginning():
    lines = run('gazetteer', 'lisb').stdout.splitlines()
    name, kind, country, position, population, zone, _ = lines[0].split('\t')
    assert (name, kind, country, zone) == ('Lisbon', 'city', 'PT', 'Europe/Lisbon')
    lat, lng = map(float, position.split(','))
    assert abs(lat - 38.72) < 0.2 and abs(lng + 9.14) < 0.2
    assert int(population) > 400000


def test_a_region_tells_its_cities():
    cities = run('gazetteer', '-n', '1', 'Tuscany').stdout.rstrip('\n').split('\t')[6].split('; ')
    assert cities[0] == 'Florence' and 'Siena' in cities


def test_near():
    assert run('gazetteer', '-n', '1', '--near', '37.1,-8.5', 'Lagos').stdout.split('\t')[2] == 'PT'


@pytest.mark.parametrize('args, status', [((), 2), (('-n', '0', 'Paris'), 2), (('--near', 'here', 'Paris'), 2),
                                          (('--near', '91,0', 'Paris'), 2), (('Zzyzxqu',), 1)])
def test_wrong_questions(args, status):
    answer = run('gazetteer', *args)
    assert answer.returncode == status
    assert answer.stderr.startswith('tripctl')


def test_credits_are_the_same_everywhere(tripd):
    answer = about(tripd)
    assert json.loads(run('about', '--json').stdout) == answer
    text = run('about', '--data').stdout
    for source in answer['data']:
        assert source['credit'] and source['licence'] and source['what']
        assert source['name'] in text and source['credit'] in text and source['licence'] in text
    geonames = next(source for source in answer['data'] if source['name'] == 'GeoNames')
    assert geonames['licence'] == 'CC-BY-4.0' and geonames['licence_url'].startswith('https://creativecommons.org/')


def test_about():
    assert run('about').stdout.startswith('tripd ')
    assert run('about', 'me').returncode == 2


def test_tables_name_their_source_and_licence():
    for name in ('geonames.tsv', 'places.tsv'):
        head = (DATA / name).read_text().splitlines()[:2]
        assert head[0].startswith('# Source: ') and head[1].startswith('# Licence: CC BY 4.0, credit "')


def test_each_place_once():
    rows = [line.split('\t') for line in (DATA / 'places.tsv').read_text().splitlines() if not line.startswith('#')]
    names = [(kind, name, country) for kind, name, country, *_ in rows]
    assert len(set(names)) == len(names)
    for kind, name, country, key, lat, lon, extent, *_ in rows:
        assert key or lat, name
        assert kind not in ('region', 'island') or int(extent) > 0, name
        assert kind != 'region' or country or int(extent) >= 200, name


def test_what_it_is_built_from(tmp_path):
    assert build(tmp_path, WORLD, '# nothing\n').returncode == 0
    assert build(tmp_path, WORLD, 'city\tParis\tFR\t7\t\t\t\t\t\t\t\tParee|~PA\n').returncode == 0


@pytest.mark.parametrize('geonames, places, complaint', [
    ('city\t7\n', '', 'geonames.tsv:1: 2 columns instead of 11'),
    (WORLD + CITY, '', 'geonames.tsv:4: the id is missing or there twice'),
    (WORLD.replace('48.85', '98.85'), '', 'geonames.tsv:3: “98.85 2.35” is no position'),
    (WORLD.replace('48.85', 'nan'), '', 'is no position'),
    (WORLD.replace('2000000', 'many'), '', '“many” is no number'),
    (WORLD.replace('state', 'planet'), '', '“planet” is no kind of place'),
    (WORLD, 'city\tParis\tFR\t8\t\t\t\t\t\t\t\t\n', 'no such place of this kind and country as “8”'),
    (WORLD, 'region\tParis\tFR\t7\t\t\t\t\t\t\t\t\n', 'no such place of this kind'),
    (WORLD, 'city\tX\tFRA\t\t1\t1\t\t\t\t\t\t\n', 'the country is no code'),
    (WORLD, 'city\tX\tFR\t\t1\t\t\t\t\t\t\t\n', 'is no position'),
    (WORLD, 'city\tX\tFR\t\t\t\t\t\t\t\t\t\n', 'the position is missing'),
    (WORLD, 'city\tX\tFR\t\t1\t1\t\t\t\tno\t\t\n', '“no” is neither “yes” nor empty'),
    (WORLD, 'country\tFrance\tFR\tFR\t46\t2\t\t\t\t\tLyon\t\n', 'no city of France is called “Lyon”'),
    (b'\xff\xfe', '', 'is not UTF-8'),
])
def test_wrong_tables_stop_the_build(tmp_path, geonames, places, complaint):
    answer = build(tmp_path, geonames, places)
    assert answer.returncode == 1
    assert complaint in answer.stderr
    assert not (tmp_path / 'out.bin').exists()
