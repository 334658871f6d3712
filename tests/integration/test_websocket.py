# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Version 1 of the protocol over the WebSocket: what clients rely on, and what hostile ones try."""

import concurrent.futures
import json
import resource
import socket
import struct
import time

import pytest
import websocket

import wsraw
from conftest import wait_for
from wsraw import BINARY, CLOSE, CONT, PING, PONG, TEXT, Closed, Raw, frame

PLAN = 'plan a 3 day trip to Tokyo'
STREAM = ['intents', 'pois', 'requirements', 'plan', 'done']
LIMIT = 1024 * 1024
SMALL_POI = {'name': 'Home', 'description': '', 'geo_coordinate': {'lat': 35.7, 'lng': 139.7}, 'cost': ''}


def types(messages):
    return [message['type'] for message in messages]


def ask(raw, request):
    raw.send_text(request if isinstance(request, str) else json.dumps(request))
    return raw.recv_answer()


def assert_still_serves(raw):
    assert types(ask(raw, {'message': PLAN})) == STREAM


def padded_request(size, message='hello'):
    """A valid request of exactly `size` bytes."""
    text = json.dumps({'message': message, 'note': ''})
    return text[:-2] + 'x' * (size - len(text)) + text[-2:]


# What clients rely on

def test_stream_of_a_common_client(tripd):
    client = websocket.create_connection(tripd.ws_url, timeout=20)
    request = {'message': 'plan a 3 day trip to Tokyo and Kyoto', 'pois': [], 'requirements': [], 'plan': []}
    client.send(json.dumps(request))
    messages = []
    while not messages or messages[-1]['type'] not in ('done', 'error'):
        messages.append(json.loads(client.recv()))
    client.close()

    assert types(messages) == STREAM
    assert list(messages[0]) == ['type', 'data']
    assert list(messages[-1]) == ['type']
    assert all(list(intent)[:3] == ['intent', 'action', 'value'] for intent in messages[0]['data'])
    assert messages[1]['data'] and messages[3]['data']


def test_stages_come_as_they_complete(faulty):
    raw = Raw.open(faulty('stuck-planner').port)
    raw.send_json({'message': PLAN})
    assert [raw.recv_json()['type'] for _ in range(3)] == STREAM[:3]
    raw.close()


def test_state_goes_round(tripd):
    raw = Raw.open(tripd.port)
    first = ask(raw, {'message': PLAN})
    state = {name: next(m['data'] for m in first if m['type'] == name) for name in ('pois', 'requirements', 'plan')}
    second = ask(raw, {'message': 'hello', **state})
    assert types(second) == STREAM
    for name in ('pois', 'requirements', 'plan'):
        assert next(m['data'] for m in second if m['type'] == name) == state[name]


def test_two_requests_at_once_are_answered_in_order(tripd):
    raw = Raw.open(tripd.port)
    raw.send(frame(TEXT, json.dumps({'message': PLAN})) + frame(TEXT, '{"message": 7}') +
             frame(TEXT, json.dumps({'message': PLAN})))
    assert types(raw.recv_answer()) == STREAM
    assert types(raw.recv_answer()) == ['error']
    assert types(raw.recv_answer()) == STREAM


def test_many_requests_at_once_are_all_answered(tripd):
    raw = Raw.open(tripd.port)
    raw.send(frame(TEXT, '{"message": "hello"}') * 200)
    for _ in range(200):
        assert types(raw.recv_answer()) == STREAM


@pytest.mark.parametrize('name', ['pois', 'requirements', 'plan'])
def test_null_and_empty_state(tripd, name):
    raw = Raw.open(tripd.port)
    for value in (None, [], {}):
        assert types(ask(raw, {'message': 'hello', name: value})) == STREAM


@pytest.mark.parametrize('request_', [
    *({'pois': {key: [SMALL_POI]}} for key in ('poi', 'pois', 'results', 'points_of_interest')),
    {'requirements': {'requirements': [{'description': 'under $3000'}]}},
    {'plan': {'options': [{'days': [], 'overall_cost': '$1', 'general_notes': ''}]}},
])
def test_wrapped_state(tripd, request_):
    name, wrapped = next(iter(request_.items()))
    messages = ask(Raw.open(tripd.port), {'message': 'hello', **request_})
    assert types(messages) == STREAM
    assert len(next(m['data'] for m in messages if m['type'] == name)) == len(next(iter(wrapped.values())))


def test_state_without_an_action_comes_back_as_it_went(tripd):
    poi = '{"zz":[1,{"b":1e2,"a":0.10}],"name":"Caf\\u00e9","description":"",' \
        '"geo_coordinate":{"lng":139.70,"lat":35.7148}}'
    raw = Raw.open(tripd.port)
    raw.send_text('{"message":"hello","pois":[' + poi + ']}')
    assert raw.recv_json()['type'] == 'intents'
    assert poi in raw.recv_text()
    assert types(raw.recv_answer()) == STREAM[2:]


# Requests that are wrong: an error, and the connection stays

@pytest.mark.parametrize('text, expected', [
    ('{"message": "x"', 'line 1'),
    ('', ''),
    ('nonsense', 'line 1'),
    ('{"message": "x"} trailing', 'line 1'),
    ('{}', 'message is required'),
    ('{"message": null}', 'message is required'),
    ('{"message": ""}', 'message is required'),
    ('{"message": " \\t "}', 'message is required'),
    ('{"message": 7}', 'message'),
    ('{"message": ["x"]}', 'message'),
    ('[]', ''),
    ('"x"', ''),
    ('{"message": "x\0y"}', ''),
    ('{"message": "x", "pois": 7}', 'pois'),
    ('{"message": "x", "pois": [7]}', 'pois[0]'),
    ('{"message": "x", "pois": [{"description": ""}]}', 'pois[0].name'),
    ('{"message": "x", "pois": [{"name": "a", "description": "", "geo_coordinate": {"lat": "north", "lng": 1}}]}',
     'pois[0].geo_coordinate.lat'),
    ('{"message": "x", "requirements": [{"description": "y", "priority": "maybe"}]}', 'requirements[0].priority'),
    ('{"message": "x", "plan": [{"days": 3}]}', 'plan[0].days'),
    pytest.param('{"message": "x", "deep": ' + '[' * 131000, '', id='deep'),
])
def test_wrong_request(tripd, text, expected):
    raw = Raw.open(tripd.port)
    messages = ask(raw, text)
    assert types(messages) == ['error']
    assert list(messages[0]) == ['type', 'message']
    assert messages[0]['message'] and expected in messages[0]['message']
    assert_still_serves(raw)


def test_binary_message(tripd):
    raw = Raw.open(tripd.port)
    raw.send(frame(BINARY, b'\x00\xff' * 10))
    assert types(raw.recv_answer()) == ['error']
    assert_still_serves(raw)


@pytest.mark.parametrize('message', [
    '🗼 plan a trip to Tokyo 👩‍👩‍👧‍👦🇯🇵', 'رحلة إلى Tokyo ‏لمدة ثلاثة أيام', 'Cafe\u0301 in To\u0304kyo\u0304', 'plan \u0000 Tokyo',
    '\ud83d\ude00 hello', 'a\u202eb\u2066c', '\U0010ffff'])
def test_unusual_text(tripd, message):
    raw = Raw.open(tripd.port)
    messages = ask(raw, {'message': message})
    assert messages[-1]['type'] in ('done', 'error')
    assert_still_serves(raw)


# Size

def test_request_of_one_mebibyte(tripd):
    raw = Raw.open(tripd.port)
    assert types(ask(raw, padded_request(LIMIT))) == STREAM
    assert_still_serves(raw)


def test_request_beyond_one_mebibyte(tripd):
    raw = Raw.open(tripd.port)
    raw.send_text(padded_request(LIMIT + 1))
    assert raw.recv_close() == 1009


def test_fragments_beyond_the_limit(tripd):
    raw = Raw.open(tripd.port)
    piece = b'x' * 65000
    with pytest.raises(Closed):
        raw.send(frame(TEXT, piece, fin=False))
        for _ in range(400):
            raw.send(frame(CONT, piece, fin=False))
            time.sleep(0.001)
        raw.recv_end()
        raise Closed
    assert tripd.resident_kib() < 64 * 1024


def test_announced_size_costs_nothing(tripd):
    before = tripd.resident_kib()
    raws = [Raw.open(tripd.port) for _ in range(50)]
    for raw in raws:
        raw.send(frame(TEXT, b'x', length=LIMIT))
    over = Raw.open(tripd.port)
    over.send(frame(TEXT, b'', length=2 ** 62))
    assert over.recv_close() == 1009
    assert tripd.resident_kib() - before < 16 * 1024


def test_message_beyond_its_own_limit(tripd):
    raw = Raw.open(tripd.port)
    assert types(ask(raw, {'message': 'x' * (64 * 1024 + 1)})) == ['error']
    assert_still_serves(raw)


# Frames by the letter of RFC 6455

def test_fragments_with_a_ping_between(tripd):
    raw = Raw.open(tripd.port)
    text = json.dumps({'message': PLAN}).encode()
    raw.send(frame(TEXT, text[:5], fin=False) + frame(PING, b'hi'))
    raw.send(frame(CONT, b'', fin=False) + frame(CONT, text[5:]))
    assert raw.recv_frame() == (True, PONG, b'hi')
    assert types(raw.recv_answer()) == STREAM


def test_character_across_fragments(tripd):
    raw = Raw.open(tripd.port)
    text = json.dumps({'message': 'hello 🗼'}, ensure_ascii=False).encode()
    cut = text.index('🗼'.encode()) + 2
    raw.send(frame(TEXT, text[:cut], fin=False) + frame(CONT, text[cut:]))
    assert types(raw.recv_answer()) == STREAM


def test_one_byte_at_a_time(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    for byte in wsraw.handshake_bytes(tripd.port)[0]:
        raw.send(bytes([byte]))
    assert raw.read_response()[0] == 101
    for byte in frame(TEXT, json.dumps({'message': 'hello'})):
        raw.send(bytes([byte]))
    assert types(raw.recv_answer()) == STREAM


def test_frames_right_behind_the_handshake(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    raw.send(wsraw.handshake_bytes(tripd.port)[0] + frame(TEXT, '{"message": "hello"}') * 3)
    assert raw.read_response()[0] == 101
    for _ in range(3):
        assert types(raw.recv_answer()) == STREAM


@pytest.mark.parametrize('payload', [b'', b'x' * 125, bytes(range(120))])
def test_ping(tripd, payload):
    raw = Raw.open(tripd.port)
    raw.send(frame(PONG, b'unasked') + frame(PING, payload))
    assert raw.recv_frame() == (True, PONG, payload)
    assert_still_serves(raw)


BROKEN = {
    'unmasked': (frame(TEXT, '{}', mask=False), 1002),
    'reserved 1': (frame(TEXT, '{}', rsv=4), 1002),
    'reserved 2': (frame(TEXT, '{}', rsv=2), 1002),
    'reserved 3': (frame(PING, '', rsv=1), 1002),
    **{f'opcode {n}': (frame(n, 'x'), 1002) for n in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    'ping in fragments': (frame(PING, 'x', fin=False), 1002),
    'close in fragments': (frame(CLOSE, b'', fin=False), 1002),
    'long ping': (frame(PING, b'x' * 126), 1002),
    'long pong': (frame(PONG, b'x' * 126), 1002),
    'long close': (frame(CLOSE, b'\x03\xe8' + b'x' * 124), 1002),
    'huge ping': (frame(PING, b'', length=2 ** 40), 1002),
    'continuation of nothing': (frame(CONT, 'x'), 1002),
    'continuation after the end': (frame(TEXT, '{"message": ""}') + frame(CONT, 'x'), 1002),
    'message in a message': (frame(TEXT, 'x', fin=False) + frame(TEXT, 'y'), 1002),
    'binary in a text': (frame(TEXT, 'x', fin=False) + frame(BINARY, 'y'), 1002),
    'length in too many bytes': (frame(TEXT, 'x', length_bytes=2), 1002),
    'length in far too many bytes': (frame(TEXT, b'x' * 300, length_bytes=8), 1002),
    'negative length': (frame(TEXT, b'', length=2 ** 63), 1002),
    'bad text': (frame(TEXT, b'\xff\xfe'), 1007),
    'overlong': (frame(TEXT, b'\xc0\xaf'), 1007),
    'overlong NUL': (frame(TEXT, b'\xe0\x80\x80'), 1007),
    'surrogate': (frame(TEXT, b'\xed\xa0\x80'), 1007),
    'beyond Unicode': (frame(TEXT, b'\xf4\x90\x80\x80'), 1007),
    'text cut short': (frame(TEXT, 'é'.encode()[:1]), 1007),
    'bad text across fragments': (frame(TEXT, b'\xe2\x82', fin=False) + frame(CONT, b'('), 1007),
    'text cut short across fragments': (frame(TEXT, b'x', fin=False) + frame(CONT, b'\xe2\x82'), 1007),
    'bad text before the end': (frame(TEXT, b'\xff', fin=False), 1007),
    'half a close code': (frame(CLOSE, b'\x03'), 1002),
    'bad close reason': (frame(CLOSE, b'\x03\xe8\xff'), 1007),
    **{f'close code {n}': (frame(CLOSE, struct.pack('>H', n)), 1002)
       for n in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)},
}


@pytest.mark.parametrize('case', BROKEN)
def test_broken_frame(tripd, case):
    data, code = BROKEN[case]
    raw = Raw.open(tripd.port)
    raw.send(data)
    assert raw.recv_close() == code
    assert_still_serves(Raw.open(tripd.port))


@pytest.mark.parametrize('code', [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_close_is_answered_in_kind(tripd, code):
    raw = Raw.open(tripd.port)
    raw.send(frame(CLOSE, struct.pack('>H', code) + 'adiós'.encode()))
    assert raw.recv_close() == code


def test_close_without_a_code(tripd):
    raw = Raw.open(tripd.port)
    raw.send(frame(CLOSE))
    assert raw.recv_close() is None


def test_nothing_counts_after_close(tripd):
    raw = Raw.open(tripd.port)
    raw.send(frame(CLOSE, b'\x03\xe8') + frame(TEXT, '{"message": "hello"}') + frame(PING, 'x'))
    assert raw.recv_frame() == (True, CLOSE, b'\x03\xe8')
    raw.recv_end()


# The handshake and who may make it

def refuse(port, **kwargs):
    raw = Raw(wsraw.connect(port))
    raw.send(wsraw.handshake_bytes(port, **kwargs)[0])
    status, fields, body = raw.read_response()
    if body:
        assert json.loads(body)['error']
        assert fields['content-type'] == 'application/json'
    raw.close()
    return status, fields


@pytest.mark.parametrize('kwargs, status', [
    ({'drop': ['Sec-WebSocket-Key']}, 400),
    ({'headers': {'Sec-WebSocket-Key': 'c2hvcnQ='}}, 400),
    ({'headers': {'Sec-WebSocket-Version': '8'}}, 426),
    ({'drop': ['Sec-WebSocket-Version']}, 426),
    ({'drop': ['Upgrade']}, 426),
    ({'drop': ['Connection']}, 426),
    ({'headers': {'Upgrade': 'h2c'}}, 426),
    ({'method': 'POST', 'headers': {'Content-Length': '0'}}, 405),
    ({'path': '/ws/chat/'}, 404),
    ({'path': '/ws/chatter'}, 404),
    ({'path': '/ws'}, 404),
    ({'path': '/ws/chat/more'}, 404),
    ({'path': '//ws/chat'}, 404),
])
def test_bad_handshake(tripd, kwargs, status):
    got, fields = refuse(tripd.port, **kwargs)
    assert got == status
    if status == 426:
        assert fields['sec-websocket-version'] == '13'
        assert fields['upgrade'] == 'websocket'
    if status == 405:
        assert 'GET' in fields['allow']


def test_no_extension_and_no_subprotocol(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    headers = {'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
               'Sec-WebSocket-Protocol': 'chat, superchat'}
    raw.send(wsraw.handshake_bytes(tripd.port, headers=headers)[0])
    status, fields, _ = raw.read_response()
    assert status == 101
    assert 'sec-websocket-extensions' not in fields and 'sec-websocket-protocol' not in fields
    raw.send(frame(TEXT, '{}', rsv=4))
    assert raw.recv_close() == 1002


PASSING_ORIGINS = ['http://localhost', 'http://localhost:3000', 'https://localhost:8443', 'http://127.0.0.1:5000',
                   'http://127.8.9.10', 'http://[::1]:8080', 'HTTP://LOCALHOST:1']
FOREIGN_ORIGINS = ['null', 'https://example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com',
                   'http://example.com:5000', 'http://localhost@example.com', 'http://127.1', 'http://0x7f.0.0.1',
                   'http://2130706433', 'file://', 'http://localhost:', 'http://localhost:99999', 'http://localhost/',
                   'ftp://localhost', 'http://', 'http://[::2]', 'http://128.0.0.1',
                   'http://localhost, http://localhost']


@pytest.mark.parametrize('origin', PASSING_ORIGINS)
def test_origin_of_this_machine(tripd, origin):
    Raw.open(tripd.port, headers={'Origin': origin}).close()


@pytest.mark.parametrize('origin', FOREIGN_ORIGINS)
def test_foreign_origin(tripd, origin):
    assert refuse(tripd.port, headers={'Origin': origin})[0] == 403


def test_listed_origin(tripd_factory):
    daemon = tripd_factory('--allow-origin', 'https://trips.example.com', '--allow-origin', 'null')
    for origin in ('https://trips.example.com', 'null'):
        Raw.open(daemon.port, headers={'Origin': origin}).close()
    for origin in ('http://trips.example.com', 'https://trips.example.com:444', 'https://trips.example.com.evil.com',
                   'https://x.trips.example.com'):
        assert refuse(daemon.port, headers={'Origin': origin})[0] == 403


PASSING_HOSTS = ['localhost', 'localhost:5000', 'LOCALHOST:1', '127.0.0.1', '127.200.3.4:80', '[::1]', '[::1]:5000']
FOREIGN_HOSTS = ['example.com', 'localhost.example.com', '127.0.0.1.nip.io', '10.0.0.1', '128.0.0.1', '[::2]',
                 'localhost:abc',
                 'localhost:99999', '0.0.0.0', '127.1', 'evil@localhost']


@pytest.mark.parametrize('host', PASSING_HOSTS)
def test_host_of_this_machine(tripd, host):
    Raw.open(tripd.port, headers={'Host': host}).close()


@pytest.mark.parametrize('host', FOREIGN_HOSTS)
def test_foreign_host(tripd, host):
    assert refuse(tripd.port, headers={'Host': host})[0] in (400, 403)


def test_listed_host(tripd_factory):
    daemon = tripd_factory('--allow-host', 'trips.example.com', '--allow-host', 'other.example.com:8080')
    for host in ('trips.example.com', 'trips.example.com:123', 'TRIPS.example.com', 'other.example.com:8080'):
        Raw.open(daemon.port, headers={'Host': host}).close()
    for host in ('other.example.com', 'other.example.com:8081', 'x.trips.example.com'):
        assert refuse(daemon.port, headers={'Host': host})[0] == 403


# Stages that fail

def test_interpreter_that_is_wrong_twice(faulty):
    raw = Raw.open(faulty('interpreter-invalid').port)
    messages = ask(raw, {'message': PLAN})
    assert types(messages) == ['error']
    assert messages[0]['message'].startswith('Intent validation failed: ')
    assert types(ask(raw, {'message': PLAN})) == ['error']


@pytest.mark.parametrize('fault, before', [('place-throws', STREAM[:1]), ('planner-throws', STREAM[:3])])
def test_stage_that_throws(faulty, fault, before):
    raw = Raw.open(faulty(fault).port)
    for _ in range(2):
        messages = ask(raw, {'message': PLAN})
        assert types(messages) == [*before, 'error']
        assert messages[-1]['message']


# Many clients, clients that leave, clients that misbehave

def test_fifty_jobs_at_once(tripd):
    raws = [Raw.open(tripd.port) for _ in range(50)]
    for raw in raws:
        raw.send_json({'message': PLAN})
    for raw in raws:
        assert types(raw.recv_answer()) == STREAM


@pytest.mark.parametrize('leave', ['close', 'reset', 'handshake'])
def test_client_that_disappears(faulty, leave):
    daemon = faulty('stuck-planner')
    Raw.open(daemon.port).close()
    raws = [Raw.open(daemon.port) for _ in range(20)]
    for raw in raws:
        raw.send_json({'message': PLAN})
    for raw in raws:
        assert raw.recv_json()['type'] == 'intents'
    for raw in raws:
        if leave == 'handshake':
            raw.send(frame(CLOSE, b'\x03\xe8'))
        raw.reset() if leave == 'reset' else raw.close()
    daemon.wait_until_alone()
    assert types(ask(Raw.open(daemon.port), {'message': 'hello'})) == STREAM


def test_descriptors_do_not_leak(tripd):
    assert_still_serves(Raw.open(tripd.port))
    for i in range(300):
        raw = Raw(wsraw.connect(tripd.port))
        if i % 3 == 1:
            raw.send(b'GET /ws/chat HTT')
        elif i % 3 == 2:
            raw.send(wsraw.handshake_bytes(tripd.port)[0])
        raw.close()
    tripd.wait_until_alone()


def test_pings_without_reading(tripd):
    before = tripd.resident_kib()
    raw = Raw.open(tripd.port, receive_buffer=4096)
    raw.sock.settimeout(0.5)
    data = frame(PING, b'x' * 125) * 1000
    sent = 0
    try:
        while sent < 64 * 1024 * 1024:
            sent += raw.sock.send(data)
    except socket.timeout:
        pass
    assert sent < 64 * 1024 * 1024, 'the server went on reading'
    assert tripd.resident_kib() - before < 16 * 1024
    assert_still_serves(Raw.open(tripd.port))


def test_reader_that_reads_late(tripd):
    """Nothing is read for as long as the server takes requests: memory stays flat, and the answers arrive in the end."""
    assert_still_serves(Raw.open(tripd.port))
    before = tripd.resident_kib()
    raw = Raw.open(tripd.port, receive_buffer=4096)
    request = frame(TEXT, json.dumps({'message': PLAN}))
    sent = 0
    raw.sock.settimeout(1)
    try:
        while sent < 3000 * len(request):
            sent += raw.sock.send((request * 3000)[sent:])
    except socket.timeout:
        pass
    asked = sent // len(request)
    assert tripd.resident_kib() - before < 24 * 1024
    assert_still_serves(Raw.open(tripd.port))

    raw.sock.settimeout(wsraw.TIMEOUT)
    for _ in range(min(asked, 100)):
        assert types(raw.recv_answer()) == STREAM
    raw.close()


def test_flood_does_not_silence_others(tripd):
    flooders = [Raw.open(tripd.port) for _ in range(3)]
    junk = frame(TEXT, '{"message": ""}') * 2000
    for raw in flooders:
        raw.sock.setblocking(False)
    honest = Raw.open(tripd.port)
    slowest = 0
    for _ in range(30):
        for raw in flooders:
            try:
                raw.sock.send(junk)
            except BlockingIOError:
                pass
            try:
                while raw.sock.recv(1 << 20):
                    pass
            except BlockingIOError:
                pass
        start = time.monotonic()
        assert types(ask(honest, {'message': 'hello'})) == STREAM
        slowest = max(slowest, time.monotonic() - start)
    assert slowest < 1


def test_burst_of_connections(tripd):
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        raws = list(pool.map(lambda _: Raw.open(tripd.port), range(400)))
    assert time.monotonic() - start < 5
    for raw in raws[::50]:
        assert_still_serves(raw)


def limit_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (48, 48))


def test_out_of_descriptors(tripd_factory):
    """Beyond its limit of open files the server turns clients away, and serves again once some have left."""
    daemon = tripd_factory(preexec_fn=limit_descriptors)
    assert_still_serves(Raw.open(daemon.port))
    socks = [wsraw.connect(daemon.port) for _ in range(120)]
    wait_for(lambda: daemon.count_descriptors() >= 40 or any('Cannot accept' in line for line in daemon.lines), 5,
             'the limit to be reached')
    time.sleep(0.3)
    for sock in socks:
        sock.close()

    def serves():
        try:
            assert_still_serves(Raw.open(daemon.port))
            return True
        except (Closed, OSError, AssertionError):
            return False

    wait_for(serves, 10, 'an answer after the clients left')


def test_head_that_does_not_come(tripd):
    """Neither silence nor half a head may hold a connection for long."""
    socks = [wsraw.connect(tripd.port) for _ in range(3)]
    socks[1].sendall(b'GET /ws/chat HTTP/1.1\r\nHost: localhost\r\n')
    socks[2].sendall(b'G')
    start = time.monotonic()
    for sock in socks:
        assert sock.recv(1000) == b''
    assert 5 < time.monotonic() - start < 15


def test_stop_closes_with_1001(tripd):
    raws = [Raw.open(tripd.port) for _ in range(5)]
    assert_still_serves(raws[0])
    tripd.terminate()
    for raw in raws:
        assert raw.recv_close() == 1001
    assert tripd.process.wait(5) == 0


def test_stop_does_not_wait_for_the_deaf(faulty):
    daemon = faulty('stuck-planner')
    raw = Raw.open(daemon.port)
    raw.send_json({'message': PLAN})
    assert raw.recv_json()['type'] == 'intents'
    silent = wsraw.connect(daemon.port)
    start = time.monotonic()
    daemon.stop()
    assert time.monotonic() - start < 8
    silent.close()
