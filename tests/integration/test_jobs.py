# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Jobs that outlive the service: crashes, broken and full disks, retention; and jobs over REST and Server-Sent Events."""

import http.client
import json
import os
import random
import resource
import signal
import sqlite3
import stat
import threading
import time

import pytest

from conftest import wait_for
from test_v2 import ENDS, NO_JOB, PLAN, STAGES, Client, assert_numbered, events
from wsraw import Closed

GAVE_UP = 'several times'
CYCLES = int(os.environ.get('TRIP_CRASH_CYCLES', '6'))


@pytest.fixture
def store(tmp_path):
    return tmp_path / 'state' / 'jobs.db'


def ask(daemon, method, path, body=None, headers=()):
    """Status, headers and body of a request."""
    connection = http.client.HTTPConnection('127.0.0.1', daemon.port, timeout=20)
    fields = {'Content-Type': 'application/json', **dict(headers)}
    connection.request(method, path, json.dumps(body) if body is not None else None, fields)
    reply = connection.getresponse()
    data = reply.read()
    connection.close()
    return reply.status, reply.headers, data


def start_job(daemon, message=PLAN):
    status, headers, body = ask(daemon, 'POST', '/chat', {'message': message}, {'Prefer': 'respond-async'})
    answer = json.loads(body)
    assert status == 202 and headers['Trip-Job-Id'] == answer['job_id'] and headers['Location'] == f'/jobs/{answer["job_id"]}'
    return answer


def read_events(data):
    """The events of a stream as (id, type, message), and nothing that is none."""
    found = []
    for block in data.decode().split('\n\n'):
        fields = dict(line.split(': ', 1) for line in block.split('\n') if ': ' in line)
        if 'data' in fields:
            found.append((fields.get('id'), fields['event'], json.loads(fields['data'])))
    return found


def stream(daemon, job_id, position=None, query=''):
    status, headers, body = ask(daemon, 'GET', f'/jobs/{job_id}/events{query}', None,
                                {'Last-Event-ID': position} if position else {})
    assert status == 200 and headers['Content-Type'].startswith('text/event-stream')
    return read_events(body)


def kill(daemon):
    daemon.process.send_signal(signal.SIGKILL)
    daemon.process.wait()


def crash(factory, daemon):
    """Kills it, and takes it out of those whose orderly end is asked for."""
    kill(daemon)
    factory.daemons.remove(daemon)


def resume(daemon, accepted, after):
    client = Client(daemon)
    client.send('resume', id='r', job_id=accepted['job_id'], epoch=accepted['epoch'], after_seq=after)
    return client.until_end()


# After a crash

def test_events_survive_a_crash(tripd_factory, store):
    daemon = tripd_factory('--jobs', store)
    messages = Client(daemon).chat()
    crash(tripd_factory, daemon)
    again = tripd_factory('--jobs', store)
    replay = resume(again, messages[0], 40)
    assert replay[0]['type'] == 'resumed' and replay[1:] == events(messages)[40:]


def test_running_job_goes_on_after_a_crash(tripd_factory, faulty, store):
    daemon = faulty('slow-planner', '--jobs', store)
    client = Client(daemon)
    client.send('chat', message='plan a 3 day trip to Tokyo and Kyoto from London, avoid crowds, under $3000')
    before = client.until(lambda m: m['type'] == 'requirements')
    crash(tripd_factory, daemon)
    again = tripd_factory('--jobs', store)
    seen = events(before)
    after = resume(again, before[0], seen[-1]['seq'])
    assert after[0]['type'] == 'resumed'
    whole = seen + events(after)
    assert_numbered(whole)
    assert [m['type'] for m in whole if m['type'] in STAGES] == STAGES and whole[-1]['type'] == 'done'
    percents = [m['data']['percent'] for m in whole if m['type'] == 'progress']
    assert percents == sorted(percents)


def test_job_in_whose_course_the_service_ends_again_and_again(tripd_factory, faulty, store):
    daemon = faulty('stuck-planner', '--jobs', store)
    client = Client(daemon)
    client.send('chat', message=PLAN)
    before = client.until(lambda m: m['type'] == 'requirements')
    for _ in range(5):
        crash(tripd_factory, daemon)
        daemon = faulty('stuck-planner', '--jobs', store)
    end = resume(daemon, before[0], 0)[-1]
    assert end['type'] == 'error' and end['data']['code'] == 'internal' and GAVE_UP in end['message']


def test_random_crashes(tripd_factory, store):
    """Clients with jobs, a service that is killed at random: every event once, every job ended."""
    random.seed(os.getpid())
    seen = {}
    for cycle in range(CYCLES):
        daemon = tripd_factory('--jobs', store)
        clients = []
        # The jobs of before go on, and new ones begin.
        for job_id, job in seen.items():
            if job['events'] and job['events'][-1]['type'] in ENDS:
                continue
            client = Client(daemon)
            client.send('resume', job_id=job_id, epoch=job['epoch'], after_seq=len(job['events']))
            clients.append(client)
        if cycle < CYCLES - 1:
            for i in range(20):
                client = Client(daemon)
                client.send('chat', id=i, message=PLAN)
                clients.append(client)
        if cycle < CYCLES - 1:
            timer = threading.Timer(random.uniform(0, 1.0), kill, [daemon])
            timer.start()
        for client in clients:
            try:
                while True:
                    message = client.recv()
                    assert message['type'] != 'gap' and (message['type'] != 'error' or GAVE_UP in message['message']), message
                    job = seen.setdefault(message['job_id'], {'epoch': message['epoch'], 'events': []})
                    assert job['epoch'] == message['epoch']
                    if message['type'] in ('accepted', 'resumed', 'heartbeat'):
                        continue
                    job['events'].append(message)
                    if message['type'] in ENDS:
                        break
            except (Closed, OSError):
                pass
            client.raw.close()
        if cycle < CYCLES - 1:
            timer.join()
            tripd_factory.daemons.remove(daemon)
    assert len(seen) > 0
    for job in seen.values():
        assert_numbered(job['events'])
        # A job that was interrupted in one stage again and again is given up, and says so.
        assert job['events'][-1]['type'] == 'done' or GAVE_UP in job['events'][-1]['message']


def test_service_ends_in_order_beside_jobs_at_work(tripd_factory, store):
    """Their threads end first; and the jobs go on when it starts again."""
    daemon = tripd_factory('--jobs', store)
    jobs = [start_job(daemon) for _ in range(4)]
    daemon.stop()
    again = tripd_factory('--jobs', store)
    for job in jobs:
        assert stream(again, job['job_id'])[-1][1] == 'done'


# The file

def test_only_its_owner_can_read_the_file(tripd_factory, store):
    daemon = tripd_factory('--jobs', store)
    Client(daemon).chat()
    assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700
    for name in os.listdir(store.parent):
        assert stat.S_IMODE((store.parent / name).stat().st_mode) == 0o600, name


def test_ephemeral_leaves_nothing_on_disk(tripd_factory, store):
    daemon = tripd_factory('--ephemeral', '--jobs', store)
    messages = Client(daemon).chat()
    assert resume(daemon, messages[0], 0)[1:] == events(messages)
    assert not store.exists() and not store.parent.exists()


def test_broken_file_is_moved_aside(tripd_factory, store):
    store.parent.mkdir()
    store.write_bytes(b'SQLite format 3\0' + os.urandom(8192))
    daemon = tripd_factory('--jobs', store)
    messages = Client(daemon).chat()
    crash(tripd_factory, daemon)
    assert any(name.startswith('jobs.db.broken-') for name in os.listdir(store.parent)) and 'broken-' in daemon.output
    assert resume(tripd_factory('--jobs', store), messages[0], 0)[1:] == events(messages)


def test_second_service_on_the_same_file(tripd_factory, store):
    first = tripd_factory('--jobs', store)
    second = tripd_factory('--jobs', store)
    assert 'another tripd uses' in second.output
    for daemon in (first, second):
        messages = Client(daemon).chat()
        assert resume(daemon, messages[0], 0)[1:] == events(messages)


def test_folder_that_cannot_be_made(tripd_factory, tmp_path):
    (tmp_path / 'file').write_text('')
    daemon = tripd_factory('--jobs', tmp_path / 'file' / 'jobs.db')
    assert 'kept in memory only' in daemon.output
    assert Client(daemon).chat()[-1]['type'] == 'done'


def test_full_disk(tripd_factory, store):
    """A file size limit is what a full disk looks like to a write."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (300 * 1024, 300 * 1024))

    daemon = tripd_factory('--jobs', store, preexec_fn=limit)
    for _ in range(6):
        messages = Client(daemon).chat()
        assert_numbered(messages)
        assert messages[-1]['type'] == 'done'
    assert 'jobs are kept in memory only' in daemon.output
    assert resume(daemon, messages[0], 0)[-1]['type'] == 'done'
    crash(tripd_factory, daemon)
    # What was in memory is gone, and says so; nothing stands still.
    again = tripd_factory('--jobs', store)
    client = Client(again)
    client.send('resume', job_id=messages[0]['job_id'], epoch=messages[-1]['epoch'], after_seq=3)
    assert client.recv()['data']['code'] == 'job_not_found'


def test_retention_by_size(tripd_factory, store):
    daemon = tripd_factory('--jobs', store, '--keep-mebibytes', '1')
    jobs = [Client(daemon).chat()[0] for _ in range(12)]
    daemon.stop()
    # Trimming happens at the start, and from time to time.
    again = tripd_factory('--jobs', store, '--keep-mebibytes', '1')

    def is_forgotten(job):
        client = Client(again)
        client.send('subscribe', job_id=job['job_id'])
        return client.recv()['type'] == 'error'

    wait_for(lambda: is_forgotten(jobs[0]), 10, 'the oldest job to be forgotten')
    replies = []
    for job in jobs:
        client = Client(again)
        client.send('resume', job_id=job['job_id'], epoch=job['epoch'], after_seq=1)
        messages = client.until_end()
        replies.append(messages[0]['type'])
        if messages[0]['type'] == 'gap':
            assert messages[0]['data']['snapshot']['plan'] and messages[1]['type'] == 'done'
    # The oldest are forgotten, those behind them have lost their small events, the newest are whole.
    assert replies == sorted(replies) and set(replies) == {'error', 'gap', 'resumed'}


def test_retention_by_age(tripd_factory, store):
    daemon = tripd_factory('--jobs', store)
    job = Client(daemon).chat()[0]
    daemon.stop()
    with sqlite3.connect(store) as db:
        db.execute('UPDATE job SET ended_s = ended_s - 25 * 3600')
    again = tripd_factory('--jobs', store)

    def is_forgotten():
        return ask(again, 'GET', f'/jobs/{job["job_id"]}')[0] == 404

    wait_for(is_forgotten, 10, 'the job to be forgotten')


@pytest.mark.parametrize('option', [('--keep-hours', '-1'), ('--keep-mebibytes', '0'), ('--linger', '99999999')])
def test_settings_have_bounds(option):
    import subprocess
    run = subprocess.run([os.environ['TRIPD'], '--no-dbus', '--port', '0', *option], capture_output=True, text=True, timeout=20)
    assert run.returncode == 2 and f'{option[0]} must be from' in run.stderr


# REST and Server-Sent Events

def test_stream_is_the_same_as_the_socket(tripd):
    job = start_job(tripd)
    found = stream(tripd, job['job_id'])
    client = Client(tripd)
    client.send('subscribe', job_id=job['job_id'])
    messages = events(client.until_end())
    assert [message for _, _, message in found] == messages
    assert [id_ for id_, _, _ in found] == [f'{m["epoch"]}:{m["seq"]}' for m in messages]
    assert [type_ for _, type_, _ in found] == [m['type'] for m in messages]


def test_stream_goes_on_where_it_ended(tripd):
    job = start_job(tripd)
    whole = stream(tripd, job['job_id'])
    assert stream(tripd, job['job_id'], whole[-4][0]) == whole[-3:]
    assert stream(tripd, job['job_id'], query=f'?after_seq={len(whole) - 2}') == whole[-2:]
    assert ask(tripd, 'GET', f'/jobs/{job["job_id"]}/events', None, {'Last-Event-ID': whole[-1][0]})[0] == 204


@pytest.mark.parametrize('position', ['1:3', 'x:3'])
def test_stream_of_another_epoch(tripd, position):
    job = start_job(tripd)
    stream(tripd, job['job_id'])
    (_, first, gap), (_, last, _) = stream(tripd, job['job_id'], position)
    assert (first, last) == ('gap', 'done') and gap['data']['snapshot']['plan']


@pytest.mark.parametrize('headers, query', [({'Last-Event-ID': '3'}, ''), ({'Last-Event-ID': ':'}, ''),
                                            ({'Last-Event-ID': '1:-3'}, ''), ({}, '?after_seq=x'), ({}, '?token=secret')])
def test_wrong_position(tripd, headers, query):
    job = start_job(tripd)
    status, _, body = ask(tripd, 'GET', f'/jobs/{job["job_id"]}/events{query}', None, headers)
    assert status == 400 and json.loads(body)['code'] == 'invalid_message'


def test_live_stream_and_cancellation(faulty):
    daemon = faulty('stuck-planner')
    job = start_job(daemon)
    found = []
    thread = threading.Thread(target=lambda: found.extend(stream(daemon, job['job_id'])))
    thread.start()
    wait_for(lambda: json.loads(ask(daemon, 'GET', f'/jobs/{job["job_id"]}')[2]).get('requirements'))
    status, _, body = ask(daemon, 'DELETE', f'/jobs/{job["job_id"]}')
    assert status == 200 and json.loads(body)['state'] == 'cancelled' and json.loads(body)['pois']
    thread.join(20)
    assert found[-1][1] == 'cancelled'
    again = ask(daemon, 'DELETE', f'/jobs/{job["job_id"]}')
    assert again[0] == 200 and again[2] == body


def test_client_of_a_stream_leaves(faulty):
    daemon = faulty('stuck-planner')
    job = start_job(daemon)
    connection = http.client.HTTPConnection('127.0.0.1', daemon.port, timeout=20)
    connection.request('GET', f'/jobs/{job["job_id"]}/events')
    reply = connection.getresponse()
    # It leaves when nothing more is to be written that would show it.
    line = b''
    while line != b'event: requirements\n':
        line = reply.readline()
    reply.readline()
    wait_for(lambda: json.loads(ask(daemon, 'GET', f'/jobs/{job["job_id"]}')[2])['percent'] >= 45)
    time.sleep(0.2)
    reply.close()
    connection.close()
    daemon.wait_until_alone(5)
    assert json.loads(ask(daemon, 'GET', f'/jobs/{job["job_id"]}')[2])['state'] == 'running'


def test_job_of_rest_has_a_name(tripd):
    status, headers, body = ask(tripd, 'POST', '/chat', {'message': PLAN})
    assert status == 200
    snapshot = json.loads(ask(tripd, 'GET', f'/jobs/{headers["Trip-Job-Id"]}')[2])
    answer = json.loads(body)
    assert snapshot['state'] == 'done' and all(snapshot[stage] == answer[stage] for stage in STAGES)


@pytest.mark.parametrize('method, path', [('GET', f'/jobs/{NO_JOB}'), ('DELETE', f'/jobs/{NO_JOB}'),
                                          ('GET', f'/jobs/{NO_JOB}/events'), ('GET', '/jobs/x'), ('GET', '/jobs/%00/events')])
def test_unknown_job(tripd, method, path):
    assert ask(tripd, method, path)[0] in (400, 404)


@pytest.mark.parametrize('method, path, allowed', [('POST', f'/jobs/{NO_JOB}', 'GET, DELETE, OPTIONS'),
                                                   ('DELETE', f'/jobs/{NO_JOB}/events', 'GET, OPTIONS')])
def test_wrong_method(tripd, method, path, allowed):
    status, headers, _ = ask(tripd, method, path)
    assert status == 405 and headers['Allow'] == allowed


def test_slow_reader_of_a_stream(tripd):
    """Reads nothing for a while: the service holds one piece for it, not all, and others are served."""
    job = start_job(tripd)
    stream(tripd, job['job_id'])
    before = tripd.resident_kib()
    sockets = []
    import socket
    for _ in range(20):
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(('127.0.0.1', tripd.port))
        sock.sendall(f'GET /jobs/{job["job_id"]}/events HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode())
        sockets.append(sock)
    assert ask(tripd, 'POST', '/chat', {'message': PLAN})[0] == 200
    assert tripd.resident_kib() - before < 16 * 1024
    for sock in sockets:
        data = b''
        while b'event: done' not in data:
            piece = sock.recv(65536)
            assert piece
            data += piece
        sock.close()
