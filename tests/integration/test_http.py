# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""REST and the page: what clients rely on, and what hostile ones try."""

import concurrent.futures
import http.client
import json
import os
import re
import resource
import subprocess
import time

import pytest

import wsraw
from conftest import wait_for
from wsraw import Raw

PLAN = 'plan a 3 day trip to Tokyo'
LIMIT = 1024 * 1024
JSON = {'Content-Type': 'application/json'}


def call(daemon, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection('127.0.0.1', daemon.port, timeout=30)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response, data


def post(daemon, body, headers=None):
    """POSTs JSON; returns status and the answer."""
    if not isinstance(body, (bytes, str)):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode()
    response, data = call(daemon, 'POST', '/chat', body, JSON if headers is None else headers)
    assert response.getheader('Content-Type') == 'application/json'
    return response.status, json.loads(data)


def raw_request(port, data):
    raw = Raw(wsraw.connect(port))
    raw.send(data)
    return raw.read_response()


def assert_error(status, answer, expected):
    assert status == expected, answer
    assert isinstance(answer['error'], str) and answer['error']


# What clients rely on

def test_answer(tripd):
    status, answer = post(tripd, {'message': 'plan a 3 day trip to Tokyo and Kyoto', 'pois': [], 'plan': []})
    assert status == 200
    assert list(answer) == ['intents', 'pois', 'requirements', 'plan']
    assert answer['intents'] and answer['pois'] and answer['plan']


def test_health(tripd):
    response, data = call(tripd, 'GET', '/health')
    assert response.status == 200
    assert json.loads(data) == {'status': 'ok'}
    assert response.getheader('Connection') == 'close'
    assert response.getheader('X-Content-Type-Options') == 'nosniff'


def test_same_answer_as_the_stream(tripd):
    raw = Raw.open(tripd.port)
    raw.send_json({'message': PLAN})
    stream = {message['type']: message.get('data') for message in raw.recv_answer()}
    _, answer = post(tripd, {'message': PLAN})
    assert answer == {name: stream[name] for name in ('intents', 'pois', 'requirements', 'plan')}


def test_state_without_an_action_comes_back_as_it_went(tripd):
    poi = b'{"zz":[1,{"b":1e2,"a":0.10}],"name":"Home","description":"","geo_coordinate":{"lng":139.70,"lat":35.7148}}'
    response, data = call(tripd, 'POST', '/chat', b'{"message":"hello","pois":[' + poi + b']}', JSON)
    assert response.status == 200
    assert poi in data


@pytest.mark.parametrize('content_type', [
    'application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', None])
def test_content_types_that_pass(tripd, content_type):
    headers = {} if content_type is None else {'Content-Type': content_type}
    assert post(tripd, {'message': 'hello'}, headers)[0] == 200


@pytest.mark.parametrize('headers', [
    {'Content-Type': 'text/plain'}, {'Content-Type': 'application/x-www-form-urlencoded'}, {'Content-Type': 'nonsense'},
    {'Content-Type': 'application/json; charset=latin-1'}, {**JSON, 'Content-Encoding': 'gzip'}])
def test_content_types_that_do_not(tripd, headers):
    assert_error(*post(tripd, {'message': 'hello'}, headers), 415)


# Requests that are wrong

@pytest.mark.parametrize('body, expected', [
    ('{"message": "x"', 'line 1'), ('{\n  "message": x}', 'line 2'), ('', ''), (b'{"message": "\xff"}', ''),
    (b'{"message": "x\x00y"}', ''), ('[]', ''),
    ('{}', 'message is required'), ('{"message": ""}', 'message is required'),
    ('{"message": null}', 'message is required'),
    ('{"message": 7}', 'message'),
    ('{"message": "x", "pois": [{"description": ""}]}', 'pois[0].name'),
    ('{"message": "x", "pois": [{"name": "a", "description": "", "geo_coordinate": {"lat": "north", "lng": 1}}]}',
     'pois[0].geo_coordinate.lat must be a number'),
    ('{"message": "x", "requirements": [{"description": "y", "priority": "maybe"}]}', 'requirements[0].priority'),
    pytest.param('{"message": "x", "deep": ' + '[' * 131000, '', id='deep'),
])
def test_wrong_request(tripd, body, expected):
    status, answer = post(tripd, body)
    assert_error(status, answer, 400)
    assert expected in answer['error']


@pytest.mark.parametrize('message', [
    '🗼 plan a trip to Tokyo 🇯🇵', 'رحلة إلى Tokyo', 'Cafe\u0301 in To\u0304kyo\u0304', 'plan \u0000 Tokyo'])
def test_unusual_text(tripd, message):
    status, _ = post(tripd, {'message': message})
    assert status in (200, 400, 422)


@pytest.mark.parametrize('path', [
    '/chat/', '/chatter', '/chat/more', '/CHAT', '/health/', '/healthy', '/web', '/web/', '/web/nothing.js', '/chat%00',
    '/web/../index.html', '/index.html', '//chat', '/%2e%2e/etc/passwd', '/nothing'])
def test_unknown_path(tripd, path):
    response, data = call(tripd, 'POST', path, b'{}', JSON)
    assert response.status in (400, 404)
    assert json.loads(data)['error']


@pytest.mark.parametrize('method, path, allowed', [
    ('GET', '/chat', 'POST'), ('DELETE', '/chat', 'POST'), ('PUT', '/chat', 'POST'), ('POST', '/health', 'GET'),
    ('POST', '/', 'GET'), ('PATCH', '/', 'GET'), ('BREW', '/health', 'GET')])
def test_wrong_method(tripd, method, path, allowed):
    response, data = call(tripd, method, path)
    assert response.status == 405
    assert allowed in response.getheader('Allow').split(', ')
    assert json.loads(data)['error']


def test_head(tripd):
    for path in ('/', '/health'):
        response, data = call(tripd, 'HEAD', path)
        assert response.status == 200 and data == b'' and int(response.getheader('Content-Length')) > 0


# Size

def padded(size):
    text = json.dumps({'message': 'hello', 'note': ''})
    return text[:-2] + 'x' * (size - len(text)) + text[-2:]


def test_request_of_one_mebibyte(tripd):
    assert post(tripd, padded(LIMIT))[0] == 200


def test_request_beyond_one_mebibyte(tripd):
    assert_error(*post(tripd, padded(LIMIT + 1)), 413)
    assert_error(*post(tripd, padded(4 * LIMIT)), 413)


def test_refusal_of_size_does_not_wait_for_the_body(tripd):
    head = f'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LIMIT * 100}\r\n\r\n'
    start = time.monotonic()
    status, fields, body = raw_request(tripd.port, head.encode())
    assert time.monotonic() - start < 2
    assert_error(status, json.loads(body), 413)
    assert fields['connection'] == 'close'


def test_chunks_beyond_one_mebibyte(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    raw.send(b'POST /chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
    chunk = b'%x\r\n' % 65536 + b'x' * 65536 + b'\r\n'
    try:
        for _ in range(40):
            raw.send(chunk)
    except wsraw.Closed:
        pass
    status, _, body = raw.read_response()
    assert_error(status, json.loads(body), 413)
    assert tripd.resident_kib() < 64 * 1024


def test_chunked_request(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    raw.send(b'POST /chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
    for piece in (b'{"mess', b'age": "hello"}'):
        raw.send(b'%x\r\n%s\r\n' % (len(piece), piece))
    raw.send(b'0\r\n\r\n')
    assert raw.read_response()[0] == 200


def test_limits_are_options(tripd_factory):
    small = tripd_factory('--max-request-bytes', '2000', '--max-message-bytes', '100')
    assert_error(*post(small, {'message': PLAN, 'pad': 'x' * 2000}), 413)
    assert_error(*post(small, {'message': 'x' * 101}), 413)
    assert post(small, {'message': PLAN})[0] == 200


@pytest.mark.parametrize('limit', ['-1', '999999999', 'many'])
def test_limits_have_bounds(limit):
    ended = subprocess.run([os.environ['TRIPD'], '--port', '0', '--no-dbus', '--max-connections', limit],
                           capture_output=True, text=True, timeout=30)
    assert ended.returncode in (1, 2)
    assert ended.stderr.startswith('tripd: ')


@pytest.mark.parametrize('size, expected', [(100, 100), (LIMIT * 2, 413)])
def test_expectation_of_100(tripd, size, expected):
    raw = Raw(wsraw.connect(tripd.port))
    raw.send(b'POST /chat HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n' % size)
    assert raw.read_response()[0] == expected
    if expected == 100:
        raw.send(padded(size).encode())
        assert raw.read_response()[0] == 200


def test_message_beyond_its_own_limit(tripd):
    assert_error(*post(tripd, {'message': 'x' * (64 * 1024 + 1)}), 413)


# Stages that fail

def test_interpreter_that_is_wrong_twice(faulty):
    state = {'pois': [{'name': 'Home', 'description': '', 'geo_coordinate': {'lat': 35.7, 'lng': 139.7}, 'mine': 1}],
             'requirements': [{'description': 'under $3000', 'priority': 'must_have'}], 'plan': []}
    status, answer = post(faulty('interpreter-invalid'), {'message': PLAN, **state})
    assert status == 200
    assert answer['intents'] == [{'intent': 'General_Response', 'action': 'add', 'value': "We're working on it."}]
    assert {name: answer[name] for name in state} == state


@pytest.mark.parametrize('fault', ['place-throws', 'planner-throws'])
def test_stage_that_throws(faulty, fault):
    status, answer = post(faulty(fault), {'message': PLAN})
    assert_error(status, answer, 502)
    assert answer['details']


# Who may ask

@pytest.mark.parametrize('headers', [
    {'Host': 'example.com'}, {'Host': '127.0.0.1.nip.io'}, {'Host': 'localhost.evil.com:80'},
    {'Origin': 'https://example.com'}, {'Origin': 'null'}, {'Origin': 'http://localhost.example.com'}])
@pytest.mark.parametrize('method, path', [('POST', '/chat'), ('GET', '/health'), ('GET', '/'), ('GET', '/nothing'),
                                          ('OPTIONS', '/chat')])
def test_foreigners(tripd, headers, method, path):
    body = b'{"message": "hello"}' if method == 'POST' else None
    response, data = call(tripd, method, path, body, {**JSON, **headers})
    assert response.status == 403
    assert json.loads(data)['error']
    assert response.getheader('Access-Control-Allow-Origin') is None


@pytest.mark.parametrize('head', [
    'GET http://example.com/health HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET http://localhost/health HTTP/1.1\r\nHost: example.com\r\n\r\n',
    'GET /health HTTP/1.1\r\nHost: localhost\r\nHost: example.com\r\n\r\n',
    'GET /health HTTP/1.1\r\nHost: example.com\r\nHost: localhost\r\n\r\n',
    'GET /health HTTP/1.1\r\nHost: localhost@example.com\r\n\r\n',
])
def test_host_tricks(tripd, head):
    status, _, body = raw_request(tripd.port, head.encode())
    assert_error(status, json.loads(body), 403)


def test_page_of_another_port_may_ask_and_read(tripd):
    origin = 'http://localhost:3000'
    response, _ = call(tripd, 'OPTIONS', '/chat', None, {'Origin': origin, 'Access-Control-Request-Method': 'POST',
                                                         'Access-Control-Request-Headers': 'content-type'})
    assert response.status == 204
    assert response.getheader('Access-Control-Allow-Origin') == origin
    assert 'POST' in response.getheader('Access-Control-Allow-Methods')
    response, _ = call(tripd, 'POST', '/chat', b'{"message": "hello"}', {**JSON, 'Origin': origin})
    assert response.status == 200
    assert response.getheader('Access-Control-Allow-Origin') == origin
    assert response.getheader('Vary') == 'Origin'


HOSTED = b'POST /chat HTTP/1.1\r\nHost: localhost\r\n'


@pytest.mark.parametrize('data', [
    b'nonsense\r\n\r\n', b'GET\r\n\r\n', b'GET / HTTP/1.1\r\n\r\n', b'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
    b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    HOSTED + b'Transfer-Encoding: magic\r\n\r\n', HOSTED + b'transfer-encoding:gzip, chunked\r\n\r\n',
    HOSTED + b'Transfer-Encoding: ' + b'x' * 1000 + b'\r\n\r\n', HOSTED + b'Transfer-\0Encoding: magic\r\n\r\n',
    HOSTED + b'Transfer-Encoding:\r\n magic\r\n\r\n', HOSTED + b'Content-Length: ten\r\n\r\n',
    HOSTED + b'Content-Length: -1\r\n\r\n', HOSTED + b'Content-Length: 1, 2\r\n\r\n',
    HOSTED + b'Content-Length: 99999999999999999999\r\n\r\n', HOSTED + b'Content-Length:\r\n\r\n'])
def test_what_is_not_http(tripd, data):
    status, fields, body = raw_request(tripd.port, data)
    assert status == 400
    assert json.loads(body)['error']
    assert fields['connection'] == 'close'


def test_refused_heads_cost_no_memory(tripd):
    """libsoup alone loses the request line of each."""
    head = b'POST /' + b'a' * 30000 + b' HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: magic\r\n\r\n'
    for _ in range(50):
        assert raw_request(tripd.port, head)[0] == 400
    before = tripd.resident_kib()
    for _ in range(500):
        raw_request(tripd.port, head)
    assert tripd.resident_kib() - before < 4 * 1024
    tripd.wait_until_alone()


def test_endless_head(tripd):
    raw = Raw(wsraw.connect(tripd.port))
    raw.send(b'GET / HTTP/1.1\r\nHost: localhost\r\n')
    try:
        for i in range(1000):
            raw.send(b'X-%d: ' % i + b'y' * 1000 + b'\r\n')
    except wsraw.Closed:
        pass
    status, _, body = raw.read_response()
    assert_error(status, json.loads(body), 413)
    assert tripd.resident_kib() < 64 * 1024


def test_many_ranges_are_no_weapon(tripd):
    ranges = 'bytes=' + ','.join(f'{i}-' for i in range(3000))
    response, data = call(tripd, 'GET', '/', None, {'Range': ranges})
    assert response.status == 200
    assert len(data) == int(response.getheader('Content-Length')) < LIMIT


# Many clients, and clients that leave

def test_fifty_at_once(tripd):
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: post(tripd, {'message': PLAN}), range(50)))
    assert all(status == 200 and answer['plan'] for status, answer in answers)


def send_chat(port, message=PLAN):
    body = json.dumps({'message': message}).encode()
    sock = wsraw.connect(port)
    sock.sendall(b'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s' % (len(body), body))
    return sock


@pytest.mark.parametrize('reset', [False, True])
def test_client_that_leaves_is_noticed(faulty, reset):
    daemon = faulty('stuck-planner')
    assert call(daemon, 'GET', '/health')[0].status == 200
    socks = [send_chat(daemon.port) for _ in range(20)]
    wait_for(lambda: daemon.count_sockets() >= daemon.sockets_at_start + 20, 10, 'twenty requests in work')
    time.sleep(0.2)
    for sock in socks:
        if reset:
            Raw(sock).reset()
        else:
            sock.close()
    daemon.wait_until_alone(5)
    assert post(daemon, {'message': 'hello'})[0] == 200


def test_client_with_more_to_say_leaves(faulty):
    """Bytes behind the request hide the end of the stream; a reset still shows."""
    daemon = faulty('stuck-planner')
    assert call(daemon, 'GET', '/health')[0].status == 200
    sock = send_chat(daemon.port)
    sock.sendall(b'GET / HTTP/1.1\r\n')
    time.sleep(0.2)
    Raw(sock).reset()
    daemon.wait_until_alone(5)


def test_too_many_jobs(faulty):
    """The job beyond the limit is told to come back; those that run are not disturbed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2048:
        pytest.skip('the limit of open files is too low here')
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    daemon = faulty('stuck-planner')
    socks = [send_chat(daemon.port) for _ in range(1024)]
    wait_for(lambda: daemon.count_sockets() >= daemon.sockets_at_start + 1024, 20, 'all to be connected')

    def refused():
        response, data = call(daemon, 'POST', '/chat', json.dumps({'message': PLAN}).encode(), JSON)
        return (response, data) if response.status == 429 else None

    response, data = wait_for(refused, 20, 'a refusal')
    assert int(response.getheader('Retry-After')) >= 1
    assert json.loads(data)['error']
    raw = Raw.open(daemon.port)
    raw.send_json({'message': PLAN})
    assert raw.recv_json()['type'] == 'error'
    assert call(daemon, 'GET', '/health')[0].status == 200
    for sock in socks:
        sock.close()
    raw.close()
    daemon.wait_until_alone(10)
    wait_for(lambda: post(daemon, {'message': 'hello'})[0] == 200, 10, 'the jobs of those who left to end')


def test_idle_clients_cost_no_descriptor(tripd):
    assert call(tripd, 'GET', '/health')[0].status == 200
    for _ in range(100):
        sock = wsraw.connect(tripd.port)
        sock.sendall(b'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n')
        raw = Raw(sock)
        status, fields, _ = raw.read_response()
        assert status == 200 and fields['connection'] == 'close'
        raw.close()
    tripd.wait_until_alone()


def test_stop_lets_a_reply_finish(faulty):
    daemon = faulty('slow-planner')
    assert call(daemon, 'GET', '/health')[0].status == 200
    raw = Raw(send_chat(daemon.port))
    wait_for(lambda: daemon.count_sockets() > daemon.sockets_at_start, 5, 'the request to arrive')
    time.sleep(0.2)
    daemon.terminate()
    status, _, body = raw.read_response()
    assert status == 200 and json.loads(body)['plan']
    daemon.stop()


def test_stop_ends_a_reply_that_does_not_finish(faulty):
    daemon = faulty('stuck-planner')
    sock = send_chat(daemon.port)
    time.sleep(0.2)
    start = time.monotonic()
    daemon.stop()
    assert time.monotonic() - start < 10
    sock.close()


def test_http2_is_not_spoken(tripd_factory):
    daemon = tripd_factory(env={'SOUP_SERVER_HTTP2': '1'})
    assert call(daemon, 'GET', '/health')[0].status == 200
    status, _, _ = raw_request(daemon.port, b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    assert status in (400, 403, 404, 405, 505)


# Where it listens

def test_ipv6(tripd_factory):
    daemon = tripd_factory('--address', '::1')
    connection = http.client.HTTPConnection('::1', daemon.port, timeout=20)
    connection.request('GET', '/health')
    assert connection.getresponse().status == 200


@pytest.mark.parametrize('address', ['0.0.0.0', '::', '192.0.2.1', 'example.com', ''])
def test_only_this_machine(tripd_factory, address):
    with pytest.raises(AssertionError, match='tripd ended with 1'):
        tripd_factory('--address', address)


def test_port_in_use(tripd, tripd_factory):
    with pytest.raises(AssertionError, match='tripd ended with 1'):
        tripd_factory('--port', str(tripd.port), default_args=('--no-dbus',))


# The page

def test_page(tripd):
    response, data = call(tripd, 'GET', '/')
    assert response.status == 200
    assert response.getheader('Content-Type') == 'text/html; charset=utf-8'
    policy = response.getheader('Content-Security-Policy')
    assert "default-src 'none'" in policy and "'unsafe-inline'" not in policy and '*' not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.getheader('X-Content-Type-Options') == 'nosniff'
    assert response.getheader('Referrer-Policy') == 'no-referrer'
    html = data.decode()
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html), 'files from elsewhere'
    assert not re.search(r'<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=', html), 'inline script or style'
    for path in re.findall(r'(?:src|href)="(/[^"]*)"', html):
        response, data = call(tripd, 'GET', path)
        assert response.status == 200, path
        assert data
        if path.endswith('.js'):
            assert b'innerHTML' not in data and b'eval(' not in data
            for module in re.findall(rb"from '\./([\w.-]+)'", data):
                assert call(tripd, 'GET', f'/web/{module.decode()}')[0].status == 200
