# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may ask: tokens, tickets, rates, TLS, and where a secret must never be seen."""

import json
import os
import resource
import signal
import ssl
import stat
import subprocess
import time

import pytest

import wsraw
from conftest import wait_for
from test_jobs import ask, start_job
from wsraw import Closed, Raw, connect, handshake_bytes

PLAN = 'plan a 2 day trip to Kyoto'


class Tokens:
    """The token file of a test, and what makes tokens in it."""

    def __init__(self, folder):
        self.path = folder / 'tokens' / 'tokens.json'
        self.env = {'TRIP_TOKENS': str(self.path)}

    def run(self, *args, status=0):
        binary = os.environ.get('TRIPCTL')
        if not binary:
            pytest.skip('TRIPCTL does not name a built tripctl')
        run = subprocess.run([binary, 'token', *args], capture_output=True, text=True, timeout=20,
                             env={**os.environ, **self.env})
        assert run.returncode == status, run.stderr
        return run

    def new(self, name='test'):
        return self.run('new', name).stdout.strip()


@pytest.fixture
def tokens(tmp_path):
    return Tokens(tmp_path)


@pytest.fixture
def guarded(tripd_factory, tokens):
    """A daemon that asks for tokens."""
    return tripd_factory('--auth', env=tokens.env)


def bearer(token):
    return {'Authorization': f'Bearer {token}'}


def shake(daemon, headers=()):
    """Status of a WebSocket handshake, and the connection."""
    raw = Raw(connect(daemon.port))
    raw.send(handshake_bytes(daemon.port, headers=headers)[0])
    status, fields, _ = raw.read_response()
    return status, fields, raw


def code_after(raw):
    """The error that is said before the connection is closed, and the code it is closed with."""
    message = raw.recv_json()
    return message.get('data', {}).get('code'), raw.recv_close()


# tripctl token

def test_token_is_shown_once_and_only_its_digest_is_kept(tokens):
    token = tokens.new('phone')
    assert token.startswith('tripd_') and len(token) > 40
    text = tokens.path.read_text()
    assert token not in text and token[6:] not in text
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600 and stat.S_IMODE(tokens.path.parent.stat().st_mode) == 0o700
    (listed,) = json.loads(tokens.run('list', '--json').stdout)
    assert listed['name'] == 'phone' and set(listed) == {'id', 'name', 'created'}
    assert 'phone' in tokens.run('list').stdout


def test_names_are_unlike(tokens):
    tokens.new('phone')
    assert 'already' in tokens.run('new', 'phone', status=1).stderr


@pytest.mark.parametrize('name', ['', 'x' * 65, 'two\nlines', '\x1b[31m'])
def test_wrong_name(tokens, name):
    assert 'printable' in tokens.run('new', name, status=1).stderr


@pytest.mark.parametrize('args', [[], ['new'], ['list', 'x'], ['nope'], ['revoke']])
def test_wrong_usage(tokens, args):
    tokens.run(*args, status=2)


def test_revoking_what_is_not_there(tokens):
    assert 'There is no token' in tokens.run('revoke', 'x', status=1).stderr


@pytest.mark.parametrize('mode', [0o644, 0o660, 0o604])
def test_file_that_others_can_read_is_refused(tokens, tripd_factory, mode):
    tokens.new()
    tokens.path.chmod(mode)
    assert 'chmod 600' in tokens.run('list', status=1).stderr
    run = subprocess.run([os.environ['TRIPD'], '--no-dbus', '--port', '0', '--auth', '--ephemeral'], capture_output=True,
                         text=True, timeout=20, env={**os.environ, **tokens.env})
    assert run.returncode == 1 and 'chmod 600' in run.stderr


def test_link_is_not_followed(tokens, tmp_path):
    tokens.new()
    tokens.path.rename(tmp_path / 'elsewhere.json')
    tokens.path.symlink_to(tmp_path / 'elsewhere.json')
    tokens.run('list', status=1)


def test_broken_file_is_moved_aside(tokens):
    tokens.new()
    tokens.path.write_text('{"tokens": [{"id"')
    run = tokens.run('list')
    assert run.stdout == '' and 'kept as' in run.stderr
    assert any('broken' in name for name in os.listdir(tokens.path.parent))
    tokens.new('again')


def test_many_at_once_lose_none(tokens):
    tokens.new('first')
    runs = [subprocess.Popen([os.environ['TRIPCTL'], 'token', 'new', f'n{i}'], env={**os.environ, **tokens.env},
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for i in range(12)]
    assert [run.wait(20) for run in runs] == [0] * 12
    assert len(json.loads(tokens.run('list', '--json').stdout)) == 13


# REST

@pytest.mark.parametrize('headers', [{}, bearer('x'), bearer(''), {'Authorization': 'Basic dGVzdDp0ZXN0'},
                                     bearer('tripd_' + 'A' * 43), bearer('x' * 20000)])
@pytest.mark.parametrize('method, path', [('POST', '/chat'), ('GET', '/metrics'), ('POST', '/ticket'), ('GET', '/jobs/x'),
                                          ('DELETE', '/jobs/x'), ('GET', '/jobs/x/events')])
def test_stranger(guarded, method, path, headers):
    status, fields, body = ask(guarded, method, path, {'message': PLAN} if method == 'POST' else None, headers)
    assert status == 401 and fields['WWW-Authenticate'].startswith('Bearer')
    assert json.loads(body)['code'] == 'unauthenticated'


@pytest.mark.parametrize('path', ['/health', '/about', '/'])
def test_what_is_open_to_all(guarded, path):
    assert ask(guarded, 'GET', path)[0] == 200


def test_token_lets_in_until_it_is_revoked(guarded, tokens):
    token = tokens.new('phone')
    assert ask(guarded, 'POST', '/chat', {'message': PLAN}, bearer(token))[0] == 200
    other = tokens.new('tablet')
    assert ask(guarded, 'GET', '/metrics', None, bearer(other))[0] == 200
    tokens.run('revoke', 'phone')
    assert ask(guarded, 'POST', '/chat', {'message': PLAN}, bearer(token))[0] == 401
    assert ask(guarded, 'GET', '/metrics', None, bearer(other))[0] == 200


def test_token_in_a_url_is_no_token(guarded, tokens):
    token = tokens.new()
    assert ask(guarded, 'GET', f'/metrics?token={token}')[0] == 401
    assert ask(guarded, 'GET', f'/metrics?access_token={token}')[0] == 401


def test_job_of_somebody_else(guarded, tokens):
    mine, yours = tokens.new('mine'), tokens.new('yours')
    status, headers, _ = ask(guarded, 'POST', '/chat', {'message': PLAN}, bearer(mine))
    job = f'/jobs/{headers["Trip-Job-Id"]}'
    for method, path in (('GET', job), ('DELETE', job), ('GET', job + '/events')):
        status, _, body = ask(guarded, method, path, None, bearer(yours))
        assert status == 403 and json.loads(body)['code'] == 'forbidden'
        assert ask(guarded, method, path, None, bearer(mine))[0] == 200
    _, _, raw = shake(guarded, {**bearer(yours), 'Sec-WebSocket-Protocol': 'tripchat.v2'})
    for type_ in ('cancel', 'subscribe'):
        raw.send_json({'type': type_, 'job_id': headers['Trip-Job-Id']})
        assert raw.recv_json()['data']['code'] == 'forbidden'


# WebSockets

def test_version_1_without_a_token_is_refused_before_the_upgrade(guarded, tokens):
    assert shake(guarded)[0] == 401 and shake(guarded, bearer('x'))[0] == 401
    status, _, raw = shake(guarded, bearer(tokens.new()))
    assert status == 101
    raw.send_json({'message': PLAN})
    assert raw.recv_answer()[-1]['type'] == 'done'


def test_version_2_is_told_by_a_close_code(guarded):
    v2 = {'Sec-WebSocket-Protocol': 'tripchat.v2'}
    status, _, raw = shake(guarded, {**v2, **bearer('x')})
    assert status == 101 and code_after(raw) == ('unauthenticated', 4401)
    _, _, raw = shake(guarded, v2)
    raw.send_json({'type': 'chat', 'message': PLAN})
    assert code_after(raw) == ('unauthenticated', 4401)
    _, _, raw = shake(guarded, v2)
    raw.send_json({'type': 'hello', 'v': 2, 'token': 'x'})
    assert code_after(raw) == ('unauthenticated', 4401)


def test_version_2_says_who_it_is_in_its_hello(guarded, tokens):
    _, _, raw = shake(guarded, {'Sec-WebSocket-Protocol': 'tripchat.v2'})
    raw.send_json({'type': 'hello', 'v': 2, 'id': 1, 'token': tokens.new()})
    assert raw.recv_json()['type'] == 'hello'
    raw.send_json({'type': 'chat', 'message': PLAN})
    assert raw.recv_json()['type'] == 'accepted'


def test_hello_that_does_not_come(guarded):
    _, _, raw = shake(guarded, {'Sec-WebSocket-Protocol': 'tripchat.v2'})
    assert raw.recv_close() == 4408


def test_revoked_token_ends_a_conversation(guarded, tokens):
    token = tokens.new()
    _, _, first = shake(guarded, bearer(token))
    _, _, second = shake(guarded, {**bearer(token), 'Sec-WebSocket-Protocol': 'tripchat.v2'})
    first.send_json({'message': 'hello there'})
    first.recv_answer()
    tokens.run('revoke', 'test')
    first.send_json({'message': 'hello there'})
    assert first.recv_close() == 4401
    second.send_json({'type': 'chat', 'message': PLAN})
    assert code_after(second) == ('unauthenticated', 4401)


# Tickets

def issue(daemon, token, headers=()):
    status, _, body = ask(daemon, 'POST', '/ticket', None, {**bearer(token), **dict(headers)})
    assert status == 200 and json.loads(body)['expires_in'] == 30
    return json.loads(body)['ticket']


def offer(ticket, version='tripchat.v2', origin=None):
    headers = {'Sec-WebSocket-Protocol': f'{version}, ticket.{ticket}'}
    return {**headers, 'Origin': origin} if origin else headers


@pytest.mark.parametrize('version', ['tripchat.v1', 'tripchat.v2'])
def test_ticket_is_good_for_one_connection(guarded, tokens, version):
    ticket = issue(guarded, tokens.new())
    status, fields, raw = shake(guarded, offer(ticket, version))
    assert status == 101 and fields['sec-websocket-protocol'] == version
    raw.send_json({'type': 'chat', 'message': PLAN})
    assert raw.recv_json()['type'] in ('accepted', 'intents')
    _, _, again = shake(guarded, offer(ticket, version))
    again.recv_json()
    assert again.recv_close() == 4401


def test_ticket_of_another_page(guarded, tokens):
    here, there = 'http://localhost:3000', 'http://localhost:4000'
    ticket = issue(guarded, tokens.new(), {'Origin': here})
    _, _, raw = shake(guarded, offer(ticket, origin=there))
    assert code_after(raw) == ('forbidden', 4403)
    # And it is used up.
    _, _, raw = shake(guarded, offer(ticket, origin=here))
    assert code_after(raw) == ('unauthenticated', 4401)


@pytest.mark.parametrize('ticket', ['', 'x', 'A' * 43, 'x' * 4000])
def test_wrong_ticket(guarded, ticket):
    _, _, raw = shake(guarded, offer(ticket))
    assert code_after(raw) == ('unauthenticated', 4401)


def test_tickets_are_few(guarded, tokens):
    token = tokens.new()
    for _ in range(16):
        issue(guarded, token)
    status, headers, _ = ask(guarded, 'POST', '/ticket', None, bearer(token))
    assert status == 429 and headers['Retry-After']


def test_ticket_of_a_revoked_token(guarded, tokens):
    ticket = issue(guarded, tokens.new())
    tokens.run('revoke', 'test')
    _, _, raw = shake(guarded, offer(ticket))
    assert code_after(raw) == ('unauthenticated', 4401)


# Rates

def test_rate_over_rest(tripd_factory):
    daemon = tripd_factory('--rate-limit', '1')
    statuses = [ask(daemon, 'POST', '/chat', {'message': 'hello there'}) for _ in range(8)]
    assert [status for status, _, _ in statuses[:5]] == [200] * 5
    status, headers, body = statuses[-1]
    assert status == 429 and int(headers['Retry-After']) >= 1 and json.loads(body)['code'] == 'rate_limited'
    # Other questions are not counted, and after the time it is well again.
    assert ask(daemon, 'GET', '/health')[0] == 200
    wait_for(lambda: ask(daemon, 'POST', '/chat', {'message': 'hello there'})[0] == 200, 10)


def test_rate_is_each_client_s_own(tripd_factory, tokens):
    daemon = tripd_factory('--auth', '--rate-limit', '1', env=tokens.env)
    greedy, modest = tokens.new('greedy'), tokens.new('modest')
    while ask(daemon, 'POST', '/chat', {'message': 'hello there'}, bearer(greedy))[0] == 200:
        pass
    assert ask(daemon, 'POST', '/chat', {'message': 'hello there'}, bearer(modest))[0] == 200


def test_rate_over_the_socket(tripd_factory):
    daemon = tripd_factory('--rate-limit', '1')
    _, _, raw = shake(daemon, {'Sec-WebSocket-Protocol': 'tripchat.v2'})
    for i in range(60):
        raw.send_json({'type': 'chat', 'id': i, 'message': 'hello there'})
    refused = []
    try:
        while True:
            message = raw.recv_json()
            if message['type'] == 'error':
                refused.append(message)
    except (AssertionError, Closed):
        pass
    assert refused[0]['data']['code'] == 'rate_limited' and refused[0]['data']['details']['retry_after_ms'] > 0
    assert 30 <= len(refused) < 55


# TLS and addresses

@pytest.fixture
def certificate(tmp_path):
    cert, key = tmp_path / 'cert.pem', tmp_path / 'key.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout',
                    key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext',
                    'subjectAltName=DNS:localhost,IP:127.0.0.1'], check=True, capture_output=True)
    return cert, key


def trusting(cert):
    return ssl.create_default_context(cafile=cert)


def test_tls(tripd_factory, certificate):
    import http.client

    import websocket
    cert, key = certificate
    daemon = tripd_factory('--tls-certificate', cert, '--tls-key', key)
    connection = http.client.HTTPSConnection('127.0.0.1', daemon.port, context=trusting(cert), timeout=20)
    connection.request('POST', '/chat', json.dumps({'message': PLAN}), {'Content-Type': 'application/json'})
    reply = connection.getresponse()
    assert reply.status == 200 and json.loads(reply.read())['plan']
    for version in ('tripchat.v1', 'tripchat.v2'):
        client = websocket.create_connection(f'wss://127.0.0.1:{daemon.port}/ws/chat', sslopt={'context': trusting(cert)},
                                             subprotocols=[version], timeout=20)
        client.send(json.dumps({'type': 'chat', 'message': PLAN}))
        types = []
        while not types or types[-1] not in ('done', 'error'):
            types.append(json.loads(client.recv())['type'])
        assert types[-1] == 'done' and 'plan' in types
        client.close()
    # Whoever speaks plainly is not answered, and harms nobody.
    raw = Raw(connect(daemon.port))
    raw.send(handshake_bytes(daemon.port)[0])
    raw.recv_end()
    daemon.wait_until_alone()


def test_refusals_over_tls(tripd_factory, certificate):
    cert, key = certificate
    daemon = tripd_factory('--tls-certificate', cert, '--tls-key', key)
    sock = trusting(cert).wrap_socket(connect(daemon.port), server_hostname='localhost')
    raw = Raw(sock)
    raw.send(b'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n')
    assert raw.read_response()[0] == 413


def test_reader_over_tls_that_never_reads(tripd_factory, certificate):
    """Neither holds the service up, nor a thread of it, when it is given up."""
    cert, key = certificate
    daemon = tripd_factory('--tls-certificate', cert, '--tls-key', key)
    threads = len(os.listdir(f'/proc/{daemon.process.pid}/task'))
    for _ in range(12):
        sock = trusting(cert).wrap_socket(connect(daemon.port, receive_buffer=4096), server_hostname='localhost')
        raw = Raw(sock)
        raw.send(handshake_bytes(daemon.port)[0])
        raw.read_response()
        for _ in range(8):
            raw.send_json({'message': PLAN})
        raw.send(wsraw.frame(0x3, b'broken'))
    wait_for(lambda: len(os.listdir(f'/proc/{daemon.process.pid}/task')) <= threads + 8, 20, 'threads to end')
    raw = Raw(trusting(cert).wrap_socket(connect(daemon.port), server_hostname='localhost'))
    raw.send(handshake_bytes(daemon.port)[0])
    raw.read_response()
    raw.send_json({'message': PLAN})
    assert raw.recv_answer()[-1]['type'] == 'done'


@pytest.mark.parametrize('args, expected', [
    (['--address', '0.0.0.0'], 'takes tokens and TLS'), (['--address', '0.0.0.0', '--auth'], 'takes tokens and TLS'),
    (['--tls-certificate', '/nowhere.pem'], '/nowhere.pem')])
def test_what_is_not_safe_is_refused(tokens, args, expected):
    run = subprocess.run([os.environ['TRIPD'], '--no-dbus', '--port', '0', '--ephemeral', *args], capture_output=True,
                         text=True, timeout=20, env={**os.environ, **tokens.env})
    assert run.returncode == 1 and expected in run.stderr


def test_other_addresses_ask_for_tokens(tripd_factory, tokens, certificate):
    import http.client
    cert, key = certificate
    daemon = tripd_factory('--address', '0.0.0.0', '--tls-certificate', cert, '--tls-key', key, env=tokens.env)
    for headers, expected in (({}, 401), (bearer(tokens.new()), 200)):
        connection = http.client.HTTPSConnection('127.0.0.1', daemon.port, context=trusting(cert), timeout=20)
        connection.request('GET', '/metrics', None, headers)
        assert connection.getresponse().status == expected


# Where a secret must not be

def test_secrets_leave_no_trace(tripd_factory, tokens, tmp_path):
    def allow_core():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.chdir(tmp_path)

    store = tmp_path / 'jobs.db'
    daemon = tripd_factory('--auth', '--jobs', store, env={**tokens.env, 'G_MESSAGES_DEBUG': 'all'}, preexec_fn=allow_core)
    token = tokens.new()
    ticket = issue(daemon, token)
    _, _, raw = shake(daemon, offer(ticket))
    raw.send_json({'type': 'chat', 'message': PLAN})
    raw.recv_json()
    _, _, hello = shake(daemon, {'Sec-WebSocket-Protocol': 'tripchat.v2'})
    hello.send_json({'type': 'hello', 'v': 2, 'token': token, 'id': 1})
    hello.recv_json()
    hello.send_json({'type': 'hello', 'v': 2, 'token': token, 'unknown': 'x'})
    ask(daemon, 'POST', '/chat', {'message': PLAN}, bearer(token))
    ask(daemon, 'GET', '/nowhere', None, bearer(token))
    pages = b''.join(ask(daemon, 'GET', path, None, bearer(token))[2] for path in ('/metrics', '/health?detail', '/jobs/x'))
    with open(f'/proc/{daemon.process.pid}/cmdline', 'rb') as file:
        arguments = file.read()
    daemon.process.send_signal(signal.SIGABRT)
    _, status = os.waitpid(daemon.process.pid, 0)
    tripd_factory.daemons.remove(daemon)
    daemon.process.returncode = 0
    assert not os.WCOREDUMP(status)
    assert not [name for name in os.listdir(tmp_path) if name.startswith('core')]
    daemon._reader.join(5)
    files = b''.join(path.read_bytes() for path in tmp_path.rglob('*') if path.is_file())
    for secret in (token, token[6:], ticket):
        for place in (daemon.output.encode(), arguments, pages, files):
            assert secret.encode() not in place
