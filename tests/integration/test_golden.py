# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Version 1 on the wire, byte for byte: what clients of version 1 are sent must never change.

Each transcript in golden/ is a list of text messages to send and, behind each, the bytes of all that comes back. Those that
need no plan were recorded before version 2 existed; the one of a plan is the answer of `tripbench serve`, whose stages say
what a file says. To record anew on purpose: TRIP_GOLDEN_RECORD=1.
"""

import json
import os
import pathlib
import re
import signal
import subprocess

import pytest

from wsraw import CLOSE, PING, Raw

FOLDER = pathlib.Path(__file__).parent / 'golden'
ROOT = pathlib.Path(os.environ.get('TRIP_SOURCE_ROOT', pathlib.Path(__file__).parents[2]))
POI = '{"name":"Home","description":"","geo_coordinate":{"lat":35.7148,"lng":139.70},"cost":"","mine":[1, 2.50]}'

CASES = {
    'unchanged': ['{"message":"hello there","pois":[' + POI + '],"requirements":[{"description":"old","extra":[1, 2]}],'
                  '"plan":[{"mine":true,"days":[]}]}'],
    'wrapped': ['{"message":"thank you!","pois":{"results":[' + POI + ']},"requirements":{"requirements":[]},'
                '"plan":{"options":[]}}'],
    'errors': ['{"message":" "}', '{}', '[]', '{"message":', '{"message":"x","pois":[{"name":"A"}]}',
               '{"message":"x","pois":[{"name":"A","description":"","geo_coordinate":{"lat":"north","lng":1}}]}',
               '{"message":"x","requirements":[{"description":"y","priority":"urgent"}]}'],
    'one-behind-the-other': ['{"message":"hello there"}', '{"message":"' + 'x' * 70000 + '"}', '{"message":"hello there"}'],
    'hello-is-a-message': ['{"message":"hello"}', '{"type":"hello","v":2}'],
}


def converse(port, texts):
    """All bytes of the frames that answer each text, up to its last."""
    raw = Raw.open(port)
    answers = []
    for text in texts:
        raw.send_text(text)
        answer = b''
        last = False
        while not last:
            before = raw.buffer
            consumed = bytearray()
            take = raw.take

            def record(n, take=take, consumed=consumed):
                data = take(n)
                consumed.extend(data)
                return data

            raw.take = record
            fin, opcode, payload = raw.recv_frame()
            raw.take = take
            assert fin and opcode not in (CLOSE, PING), (before, opcode)
            answer += bytes(consumed)
            last = json.loads(payload)['type'] in ('done', 'error')
        answers.append(answer)
    raw.close()
    return answers


def compare(name, texts, answers):
    path = FOLDER / f'{name}.json'
    transcript = [{'send': text if len(text) < 1000 else f'{len(text)} bytes', 'receive': answer.decode('latin-1')}
                  for text, answer in zip(texts, answers)]
    if os.environ.get('TRIP_GOLDEN_RECORD'):
        path.write_text(json.dumps(transcript, indent=1) + '\n', encoding='utf-8')
    assert transcript == json.loads(path.read_text(encoding='utf-8'))


@pytest.mark.parametrize('name', CASES)
def test_transcript(tripd, name):
    compare(name, CASES[name], converse(tripd.port, CASES[name]))


def test_transcript_of_a_plan():
    binary = os.environ.get('TRIPBENCH')
    if not binary:
        pytest.skip('TRIPBENCH does not name a built tripbench')
    process = subprocess.Popen([binary, 'serve', '--canned', ROOT / 'tests' / 'bench' / 'relay' / 'canned.json'],
                               stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r':(\d+)/', process.stdout.readline()).group(1))
        texts = ['{"message":"plan a 3 day trip to Tokyo"}'] * 2
        answers = converse(port, texts)
        compare('plan', texts, answers)
        assert answers[0] == answers[1]
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        process.stdout.close()
