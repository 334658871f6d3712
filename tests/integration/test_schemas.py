# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The schemas and API documents are what they claim to be, the examples of the documentation fit them, and so does all that
the service says. Every other test holds what it receives against the schemas too, see wsraw.py and clients.py."""

import json
import re

import pytest

import schemas
from schemas import ROOT, check, load_all
from test_jobs import ask, read_events, start_job
from test_v2 import NO_JOB, PLAN, Client
from wsraw import Raw

jsonschema = pytest.importorskip('jsonschema')
yaml = pytest.importorskip('yaml')

DOC = ROOT / 'doc'


def references(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == '$ref':
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def resolve(reference, document):
    name, _, path = reference.partition('#')
    if name:
        document = load_all()[name.rsplit('/', 1)[-1]]
    for part in filter(None, path.split('/')):
        document = document[part.replace('~1', '/')]
    return document


@pytest.mark.parametrize('name', load_all())
def test_schema(name):
    schema = load_all()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    for definition in schema['$defs'].values():
        jsonschema.Draft202012Validator.check_schema(definition)
    for reference in references(schema):
        resolve(reference, schema)


def test_schemas_catch_mistakes():
    good = {'type': 'done', 'job_id': 'e9756e8d-b06c-4658-bce7-00782d16cebb', 'epoch': 1, 'seq': 1,
            'ts': '2026-11-24T04:15:39.039Z'}
    check(good, 'v2.json#/$defs/message')
    for change in ({'seq': 0}, {'seq': '1'}, {'job_id': 'x'}, {'ts': 'now'}, {'epoch': None}, {'more': 1}, {'type': 'dome'}):
        with pytest.raises(AssertionError):
            check({**good, **change}, 'v2.json#/$defs/message')
    for name in good:
        with pytest.raises(AssertionError):
            check({key: value for key, value in good.items() if key != name}, 'v2.json#/$defs/message')


@pytest.mark.parametrize('name, version, members', [
    ('asyncapi.yaml', ('asyncapi', '3.'), ('info', 'channels', 'operations', 'components')),
    ('openapi.yaml', ('openapi', '3.1'), ('info', 'paths', 'components'))])
def test_document(name, version, members):
    document = yaml.safe_load((DOC / name).read_text(encoding='utf-8'))
    assert document[version[0]].startswith(version[1]) and all(document[member] for member in members)
    found = list(references(document))
    assert found
    for reference in found:
        resolve(reference, document)


def test_every_path_of_the_document_is_there(tripd):
    document = yaml.safe_load((DOC / 'openapi.yaml').read_text(encoding='utf-8'))
    for path, item in document['paths'].items():
        methods = {method.upper() for method in item if method != 'parameters'}
        status, headers, _ = ask(tripd, 'OPTIONS', path.replace('{id}', NO_JOB))
        assert status == 204 and methods == set(headers['Allow'].split(', ')) - {'OPTIONS', 'HEAD'}, path


def test_examples_of_the_documentation():
    """Each is a message, recognised by its type; the others are parts, recognised by what they have."""
    text = (DOC / 'protocol.md').read_text(encoding='utf-8')
    found = re.findall(r'```json\n(.*?)```', text, re.S) + re.findall(r'^data: (\{.*\})$', text, re.M)
    assert len(found) >= 6
    for example in found:
        value = json.loads(example)
        if value.get('type') == 'hello':
            check(value, 'v2.json#/$defs/clientMessage')
        elif 'job_id' in value:
            check(value, 'v2.json#/$defs/message')
        elif 'message' in value:
            check(value, 'v1.json#/$defs/request')
        elif 'geo_coordinate' in value:
            check(value, 'model.json#/$defs/poi')
        elif 'priority' in value:
            check(value, 'model.json#/$defs/requirement')
        else:
            value['pois'] = []
            check(value, 'model.json#/$defs/block')


def test_conversation_of_version_1(tripd):
    raw = Raw.open(tripd.port)
    for text in (json.dumps({'message': PLAN}), '{}', '{"message":"hello there"}'):
        raw.send_text(text)
        for message in raw.recv_answer():
            check(message, 'v1.json#/$defs/message')


def test_conversation_of_version_2(faulty):
    daemon = faulty('stuck-planner')
    client = Client(daemon)
    seen = set()

    def say(until, **message):
        check(message, 'v2.json#/$defs/clientMessage')
        client.send(message.pop('type'), **message)
        for answer in client.until(until):
            check(answer, 'v2.json#/$defs/message')
            seen.add(answer['type'])
        return answer

    say(lambda m: True, type='hello', v=2, id=0)
    job = say(lambda m: m['type'] == 'requirements', type='chat', id=1, message=PLAN, options={'linger': 5})
    say(lambda m: m.get('reply_to') == 2, type='unsubscribe', id=2, job_id=job['job_id'])
    say(lambda m: m['type'] == 'requirements', type='subscribe', id=3, job_id=job['job_id'], after_seq=0)
    say(lambda m: m['type'] == 'gap', type='resume', id=4, job_id=job['job_id'], epoch=1, after_seq=0)
    say(lambda m: m['type'] == 'cancelled', type='cancel', id='c', job_id=job['job_id'])
    say(lambda m: m['type'] == 'error', type='cancel', id=5, job_id=NO_JOB)
    assert seen >= {'hello', 'accepted', 'intents', 'pois', 'poi', 'progress', 'requirements', 'heartbeat', 'resumed', 'gap',
                    'cancelled', 'error'}


def test_heartbeat(faulty):
    daemon = faulty('stuck-planner', '--heartbeat', '1')
    client = Client(daemon)
    client.send('chat', message=PLAN)
    beat = client.until(lambda m: m['type'] == 'heartbeat')[-1]
    check(beat, 'v2.json#/$defs/heartbeat')
    assert beat['data']['last_seq'] == beat['seq'] > 0 and 'reply_to' not in beat


def test_rest(tripd):
    status, _, body = ask(tripd, 'POST', '/chat', {'message': PLAN})
    check(json.loads(body), 'rest.json#/$defs/answer')
    job = start_job(tripd)
    check(job, 'rest.json#/$defs/accepted')
    for _, _, message in read_events(ask(tripd, 'GET', f'/jobs/{job["job_id"]}/events')[2]):
        check(message, 'v2.json#/$defs/event')
    for method, path, name in (('GET', f'/jobs/{job["job_id"]}', 'job'), ('DELETE', f'/jobs/{job["job_id"]}', 'job'),
                               ('GET', '/health', 'health'), ('GET', '/health?detail=1', 'health'), ('GET', '/about', 'about'),
                               ('POST', '/ticket', 'ticket')):
        status, _, body = ask(tripd, method, path)
        assert status == 200, path
        check(json.loads(body), f'rest.json#/$defs/{name}')
    for method, path, body in (('POST', '/chat', {}), ('GET', '/nowhere', None), ('PUT', '/chat', None),
                               ('GET', '/jobs/x', None), ('POST', '/chat', {'message': '3 days in Bergen'})):
        status, _, body = ask(tripd, method, path, body)
        assert status >= 400
        check(json.loads(body), 'rest.json#/$defs/error')


def test_metrics(tripd):
    ask(tripd, 'POST', '/chat', {'message': PLAN})
    status, headers, body = ask(tripd, 'GET', '/metrics')
    assert status == 200 and headers['Content-Type'].startswith('text/plain; version=0.0.4')
    names = set()
    for line in body.decode().splitlines():
        if line.startswith('# TYPE '):
            names.add(line.split()[2])
        elif not line.startswith('#'):
            assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+', line), line
            assert re.sub(r'_(bucket|sum|count)$', '', line.split('{')[0].split()[0]) in names, line
    assert 'tripd_events_total{type="done"} 1' in body.decode()
    text = (DOC / 'operating.md').read_text(encoding='utf-8')
    assert all(f'`{name}`' in text for name in names)
