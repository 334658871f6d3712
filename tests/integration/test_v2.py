# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Version 2 of the protocol over the WebSocket: envelopes, replies, several jobs, cancellation, resumption, slow readers."""

import json
import re
import threading
import time
import urllib.request

import pytest

from conftest import wait_for
from wsraw import BINARY, Closed, Raw, frame

PLAN = 'plan a 3 day trip to Tokyo'
STAGES = ['intents', 'pois', 'requirements', 'plan']
ENDS = ('done', 'error', 'cancelled')
REPLIES = ('hello', 'accepted', 'resumed', 'gap', 'heartbeat')
NO_JOB = '00000000-0000-4000-8000-000000000000'


class Client:
    """One connection that speaks version 2."""

    def __init__(self, daemon, receive_buffer=None, hello=None):
        headers = {} if hello else {'Sec-WebSocket-Protocol': 'tripchat.v2'}
        self.raw = Raw.open(daemon.port, headers=headers, receive_buffer=receive_buffer)
        if hello:
            self.raw.send_json(hello)

    def send(self, type_, **members):
        self.raw.send_json({'type': type_, **members})

    def recv(self):
        return self.raw.recv_json()

    def until(self, condition):
        """The messages up to the first for which `condition` holds."""
        messages = []
        while not messages or not condition(messages[-1]):
            messages.append(self.recv())
        return messages

    def until_end(self, job_id=None):
        return self.until(lambda m: m['type'] in ENDS and job_id in (None, m['job_id']))

    def chat(self, message=PLAN, **members):
        """Asks, and returns the messages up to the end."""
        self.send('chat', message=message, **members)
        return self.until_end()


def events(messages):
    return [m for m in messages if m['type'] not in REPLIES]


def assert_numbered(messages, first=1):
    assert [m['seq'] for m in events(messages)] == list(range(first, first + len(events(messages))))


def same_but_reply(one, other):
    def strip(message):
        return {name: value for name, value in message.items() if name != 'reply_to'}
    return strip(one) == strip(other)


@pytest.fixture
def stuck(faulty):
    return faulty('stuck-planner')


# Envelopes

def test_events_of_a_job(tripd):
    messages = Client(tripd).chat(id='a')
    assert messages[0]['type'] == 'accepted' and messages[0]['reply_to'] == 'a' and messages[0]['seq'] == 0
    assert all({'type', 'job_id', 'epoch', 'seq', 'ts'} <= set(m) for m in messages)
    assert len({(m['job_id'], m['epoch']) for m in messages}) == 1
    assert_numbered(messages)
    assert [m['type'] for m in messages if m['type'] in STAGES] == STAGES
    assert messages[-1]['type'] == 'done' and [m['type'] for m in messages].count('done') == 1
    assert all('reply_to' not in m for m in messages[1:])


def test_progress_and_places(tripd):
    messages = Client(tripd).chat()
    progress = [m['data'] for m in messages if m['type'] == 'progress']
    assert [p['percent'] for p in progress] == sorted(p['percent'] for p in progress)
    assert all(p['state'] in ('running', 'done') and p['done'] <= p['total'] for p in progress)
    kinds = [m['type'] for m in messages]
    places = [m['data']['poi'] for m in messages if m['type'] == 'poi']
    assert all(m['data']['op'] == 'add' for m in messages if m['type'] == 'poi')
    assert max(i for i, kind in enumerate(kinds) if kind == 'poi') < kinds.index('pois')
    whole = messages[kinds.index('pois')]['data']
    assert {place['id'] for place in places} == {place['id'] for place in whole}


def test_same_lists_as_version_1(tripd):
    raw = Raw.open(tripd.port)
    raw.send_json({'message': PLAN})
    first = {m['type']: m.get('data') for m in raw.recv_answer()}
    second = {m['type']: m.get('data') for m in Client(tripd).chat()}
    assert all(first[stage] == second[stage] for stage in STAGES)


@pytest.mark.parametrize('id_', ['x', 7, 1.5, '"quoted\\"', 'ü', 2 ** 60])
def test_id_is_echoed(tripd, id_):
    client = Client(tripd)
    client.send('cancel', id=id_, job_id=NO_JOB)
    assert client.recv()['reply_to'] == id_


def test_hello_opts_in(tripd):
    client = Client(tripd, hello={'type': 'hello', 'v': 2, 'features': ['progress', 'unknown']})
    messages = client.chat(id=1)
    assert messages[0]['type'] == 'accepted' and messages[-1]['type'] == 'done'


def test_hello_is_answered(tripd):
    client = Client(tripd, hello={'type': 'hello', 'v': 2, 'id': 'h'})
    reply = client.recv()
    assert reply['type'] == 'hello' and reply['reply_to'] == 'h' and reply['data']['v'] == 2 and reply['job_id'] is None


def test_other_version(tripd):
    client = Client(tripd, hello={'type': 'hello', 'v': 3, 'id': 'h'})
    reply = client.recv()
    assert reply['data']['code'] == 'unsupported_version' and reply['reply_to'] == 'h'


def test_only_the_first_message_opts_in(tripd):
    raw = Raw.open(tripd.port)
    raw.send_json({'message': 'hello'})
    assert [list(m) for m in raw.recv_answer()][0] == ['type', 'data']
    raw.send_json({'type': 'hello', 'v': 2})
    assert raw.recv_json() == {'type': 'error', 'message': 'message is required'}


@pytest.mark.parametrize('offered, chosen', [('tripchat.v2', 'tripchat.v2'), ('tripchat.v1', 'tripchat.v1'),
                                             ('tripchat.v1, tripchat.v2', 'tripchat.v2'), ('x, tripchat.v2', 'tripchat.v2'),
                                             ('x', None)])
def test_subprotocol(tripd, offered, chosen):
    from wsraw import connect, handshake_bytes
    raw = Raw(connect(tripd.port))
    raw.send(handshake_bytes(tripd.port, headers={'Sec-WebSocket-Protocol': offered})[0])
    status, fields, _ = raw.read_response()
    assert status == 101 and fields.get('sec-websocket-protocol') == chosen


# What is wrong

@pytest.mark.parametrize('message, expected', [
    ({'type': 'chat'}, 'message is required'), ({'type': 'chat', 'message': ' '}, 'message is required'),
    ({'type': 'chat', 'message': 'x', 'pois': [{'name': 1}]}, 'pois[0].name must be a string'),
    ({'type': 'chat', 'message': 'x', 'options': []}, 'options must be an object'),
    ({'type': 'chat', 'message': 'x', 'options': {'linger': -1}}, 'linger must be from 0'),
    ({'type': 'nope'}, 'type must be one of'), ({'message': PLAN}, 'type is required'), ({'type': 3}, 'type must be a string'),
    ({'type': 'cancel'}, 'job_id is required'), ({'type': 'resume', 'job_id': NO_JOB}, 'epoch is required'),
    ({'type': 'subscribe', 'job_id': NO_JOB, 'after_seq': -1}, 'after_seq must be from 0'),
    ({'type': 'subscribe', 'job_id': 5}, 'job_id must be a string'),
])
def test_wrong_message(tripd, message, expected):
    client = Client(tripd)
    client.raw.send_json({**message, 'id': 'w'})
    reply = client.recv()
    assert reply['type'] == 'error' and reply['reply_to'] == 'w' and reply['data']['code'] == 'invalid_message'
    assert reply['data']['retryable'] is False and expected in reply['message'] and reply['job_id'] is None
    assert client.chat()[-1]['type'] == 'done'


@pytest.mark.parametrize('id_', [{}, [], True, 'x' * 300])
def test_wrong_id(tripd, id_):
    client = Client(tripd)
    client.send('chat', id=id_, message=PLAN)
    reply = client.recv()
    assert reply['data']['code'] == 'invalid_message' and 'reply_to' not in reply and 'id' in reply['message']


@pytest.mark.parametrize('text', ['', 'nonsense', '[]', '3', '{"type":', '[' * 100000])
def test_what_is_no_message_ends_the_connection(tripd, text):
    client = Client(tripd)
    client.raw.send_text(text)
    assert client.recv()['data']['code'] == 'invalid_message'
    assert client.raw.recv_close() == 4400


def test_binary_ends_the_connection(tripd):
    client = Client(tripd)
    client.raw.send(frame(BINARY, b'{}'))
    assert client.recv()['data']['code'] == 'invalid_message'
    assert client.raw.recv_close() == 4400


@pytest.mark.parametrize('type_', ['cancel', 'resume', 'subscribe'])
@pytest.mark.parametrize('job_id', [NO_JOB, '', 'x' * 1000, "'; DROP TABLE job; --", '../../etc/passwd'])
def test_unknown_job(tripd, type_, job_id):
    client = Client(tripd)
    client.send(type_, id=1, job_id=job_id, epoch=1)
    reply = client.recv()
    assert reply['type'] == 'error' and reply['data']['code'] == 'job_not_found' and reply['reply_to'] == 1


def test_error_of_a_stage(faulty):
    messages = Client(faulty('planner-throws')).chat()
    end = messages[-1]
    assert end['type'] == 'error' and end['message'] and end['data'] == {'code': 'internal', 'retryable': True, 'stage': 'plan'}
    assert_numbered(messages)


# Several jobs

def test_several_jobs_on_one_connection(tripd):
    client = Client(tripd)
    for i in range(5):
        client.send('chat', id=i, message=PLAN)
    seen = {}
    while sum(m[-1]['type'] == 'done' for m in seen.values()) < 5:
        message = client.recv()
        seen.setdefault(message['job_id'], []).append(message)
    assert sorted(m[0]['reply_to'] for m in seen.values()) == list(range(5))
    for job_id, messages in seen.items():
        # Five plans at once may be more than this client takes at once: then progress, and nothing else, is left out.
        whole = Client(tripd)
        whole.send('resume', job_id=job_id, epoch=messages[0]['epoch'], after_seq=0)
        story = events(whole.until(lambda m: m['type'] == 'done'))
        assert_numbered(story)
        heard = {m['seq'] for m in messages}
        assert events(messages) == [m for m in story if m['seq'] in heard]
        assert {m['type'] for m in story if m['seq'] not in heard} <= {'progress'}


def test_many_jobs_of_one_client_do_not_hold_up_another(tripd):
    greedy = [Client(tripd, receive_buffer=4096) for _ in range(4)]
    for client in greedy:
        for i in range(16):
            client.send('chat', id=i, message='plan a 6 day trip to Tokyo and Kyoto')
    honest = Client(tripd)
    honest.chat()
    jobs_done = urllib.request.urlopen(f'http://127.0.0.1:{tripd.port}/metrics').read().decode()
    assert int(re.search(r'tripd_events_total\{type="done"\} (\d+)', jobs_done).group(1)) < 45


def test_too_many_jobs_on_one_connection(stuck):
    client = Client(stuck)
    for i in range(17):
        client.send('chat', id=i, message=PLAN)
    refused = client.until(lambda m: m['type'] == 'error')[-1]
    assert refused['reply_to'] == 16 and refused['data']['code'] == 'busy' and refused['data']['retryable'] is True


def test_too_many_jobs_are_watched(stuck):
    jobs = []
    for _ in range(2):
        client = Client(stuck)
        for i in range(16):
            client.send('chat', id=i, message=PLAN)
        accepted = 0
        while accepted < 16:
            message = client.recv()
            if message['type'] == 'accepted':
                jobs.append(message['job_id'])
                accepted += 1
    other = Client(stuck)
    for i, job_id in enumerate(jobs[:17]):
        other.send('subscribe', id=i, job_id=job_id)
    refused = other.until(lambda m: m['type'] == 'error')[-1]
    assert refused['reply_to'] == 16 and refused['data']['code'] == 'busy'
    other.send('cancel', id='c', job_id=jobs[0])
    assert other.until(lambda m: m.get('reply_to') == 'c')[-1]['type'] == 'cancelled'


# Cancellation

def test_cancel(stuck):
    client = Client(stuck)
    client.send('chat', message=PLAN)
    found = client.until(lambda m: m['type'] == 'requirements')
    job_id = found[0]['job_id']
    client.send('cancel', id='c', job_id=job_id)
    end = client.until_end()[-1]
    assert end['type'] == 'cancelled' and end['reply_to'] == 'c'
    client.send('cancel', id='again', job_id=job_id)
    again = client.recv()
    assert again['reply_to'] == 'again' and same_but_reply(end, again)
    client.send('subscribe', id='s', job_id=job_id)
    replay = client.until_end()
    assert replay[0]['type'] == 'resumed' and [m['type'] for m in replay].count('cancelled') == 1
    assert [m['type'] for m in replay if m['type'] in STAGES] == STAGES[:3]


def test_cancel_of_what_is_done(tripd):
    client = Client(tripd)
    messages = client.chat()
    client.send('cancel', id=1, job_id=messages[0]['job_id'])
    assert same_but_reply(client.recv(), messages[-1])


def test_cancel_from_another_connection(stuck):
    owner, other = Client(stuck), Client(stuck)
    owner.send('chat', message=PLAN)
    job_id = owner.until(lambda m: m['type'] == 'requirements')[0]['job_id']
    other.send('cancel', id='x', job_id=job_id)
    assert owner.until_end()[-1]['type'] == 'cancelled'
    end = other.recv()
    assert end['type'] == 'cancelled' and end['reply_to'] == 'x'


def test_cancels_at_once_are_each_answered(stuck):
    client = Client(stuck)
    client.send('chat', message=PLAN)
    job_id = client.until(lambda m: m['type'] == 'requirements')[0]['job_id']
    for i in range(3):
        client.send('cancel', id=i, job_id=job_id)
    ends = []
    while len(ends) < 3:
        message = client.recv()
        if message['type'] == 'cancelled':
            ends.append(message)
    assert sorted(end['reply_to'] for end in ends) == [0, 1, 2] and len({end['seq'] for end in ends}) == 1


# Coming back

@pytest.mark.parametrize('after', [0, 1, 40])
def test_resume(tripd, after):
    messages = Client(tripd).chat()
    first = messages[0]
    client = Client(tripd)
    client.send('resume', id='r', job_id=first['job_id'], epoch=first['epoch'], after_seq=after)
    replay = client.until_end()
    assert replay[0]['type'] == 'resumed' and replay[0]['reply_to'] == 'r'
    assert replay[0]['data'] == {'after_seq': after, 'last_seq': messages[-1]['seq']}
    assert replay[1:] == events(messages)[after:]


@pytest.mark.parametrize('change', [{'epoch': 1}, {'epoch': 'x'}, {'epoch': 1.5}, {'after_seq': 10 ** 9}])
def test_gap(tripd, change):
    messages = Client(tripd).chat()
    first = messages[0]
    client = Client(tripd)
    client.send('resume', **{'id': 'g', 'job_id': first['job_id'], 'epoch': first['epoch'], 'after_seq': 3, **change})
    gap, end = client.recv(), client.recv()
    assert gap['type'] == 'gap' and gap['reply_to'] == 'g' and gap['data']['first_seq'] == end['seq']
    assert gap['epoch'] == first['epoch'] and end == messages[-1]
    for stage in STAGES:
        assert gap['data']['snapshot'][stage] == next(m['data'] for m in messages if m['type'] == stage)


def test_replay_and_live_are_one_stream(faulty):
    daemon = faulty('slow-planner')
    first = Client(daemon)
    first.send('chat', message=PLAN)
    accepted = first.recv()
    others = []
    for after in range(0, 60, 6):
        client = Client(daemon)
        client.send('resume', job_id=accepted['job_id'], epoch=accepted['epoch'], after_seq=0)
        client.recv()
        others.append(client)
        first.recv()
    whole = events(first.until_end())
    for client in others:
        seen = client.until_end()
        assert_numbered(seen)
        assert seen[-len(whole):] == whole


def test_client_that_leaves_does_not_end_its_job(faulty):
    daemon = faulty('slow-planner')
    client = Client(daemon)
    client.send('chat', message=PLAN)
    accepted = client.until(lambda m: m['type'] == 'intents')[0]
    client.raw.reset()
    other = Client(daemon)
    other.send('resume', job_id=accepted['job_id'], epoch=accepted['epoch'], after_seq=0)
    messages = other.until_end()
    assert messages[-1]['type'] == 'done'
    assert_numbered(messages)


def test_job_that_nobody_watches_is_cancelled(faulty):
    daemon = faulty('stuck-planner', '--linger', '1')
    client = Client(daemon)
    client.send('chat', message=PLAN)
    accepted = client.until(lambda m: m['type'] == 'requirements')[0]
    client.raw.close()
    other = Client(daemon)
    # Looking at it counts as watching, so look rarely enough for it to be alone in between.
    deadline = time.monotonic() + 15
    while True:
        time.sleep(1.5)
        other.send('subscribe', id=1, job_id=accepted['job_id'])
        other.recv()
        other.send('unsubscribe', id=2, job_id=accepted['job_id'])
        messages = other.until(lambda m: m['type'] == 'cancelled' or m.get('reply_to') == 2)
        if any(m['type'] == 'cancelled' for m in messages):
            break
        assert time.monotonic() < deadline


def test_unsubscribe(stuck):
    client = Client(stuck)
    client.send('chat', message=PLAN)
    accepted = client.until(lambda m: m['type'] == 'requirements')[0]
    client.send('unsubscribe', id='u', job_id=accepted['job_id'])
    reply = client.until(lambda m: m.get('reply_to') == 'u')[-1]
    assert reply['type'] == 'heartbeat' and reply['data']['last_seq'] == reply['seq']
    other = Client(stuck)
    other.send('cancel', id=1, job_id=accepted['job_id'])
    assert other.recv()['type'] == 'cancelled'
    client.send('unsubscribe', id='again', job_id=accepted['job_id'])
    assert client.recv()['data']['code'] == 'job_not_found'


# Pictures

def test_pictures_come_while_the_plan_is_there(faulty):
    messages = Client(faulty('images')).chat()
    kinds = [m['type'] for m in messages]
    pictures = [m['data'] for m in messages if m['type'] == 'poi_images']
    names = [poi['name'] for poi in next(m['data'] for m in messages if m['type'] == 'pois')]
    assert [picture['name'] for picture in pictures] == names[:3] and kinds[-1] == 'done'
    assert all(url.startswith('https://') for picture in pictures for url in picture['images']['urls'])
    assert kinds.index('poi_images') > kinds.index('pois')
    assert_numbered(messages)


def test_pictures_that_fail_are_not_missed(faulty):
    assert Client(faulty('images-throw')).chat()[-1]['type'] == 'done'


def test_pictures_that_do_not_end_can_be_cancelled(faulty):
    client = Client(faulty('stuck-images'))
    client.send('chat', message=PLAN)
    messages = client.until(lambda m: m['type'] == 'plan')
    if 'poi_images' not in [m['type'] for m in messages]:
        client.until(lambda m: m['type'] == 'poi_images')
    client.send('cancel', id=1, job_id=messages[0]['job_id'])
    assert client.until_end()[-1]['type'] == 'cancelled'


# Slow readers

def test_slow_reader_gets_everything_in_the_end(tripd):
    slow = Client(tripd, receive_buffer=4096)
    for i in range(12):
        slow.send('chat', id=i, message=PLAN)
    other = Client(tripd)
    assert other.chat()[-1]['type'] == 'done'
    seen = {}
    while sum(m[-1]['type'] == 'done' for m in seen.values()) < 12:
        message = slow.recv()
        seen.setdefault(message['job_id'], []).append(message)
    for messages in seen.values():
        numbers = [m['seq'] for m in events(messages)]
        assert numbers == sorted(set(numbers))
        missing = set(range(1, numbers[-1] + 1)) - set(numbers)
        # Only progress may be merged, and only before another progress.
        for number in missing:
            following = next(m for m in events(messages) if m['seq'] > number)
            assert following['type'] == 'progress'
        assert [m['type'] for m in messages if m['type'] in STAGES] == STAGES


def test_flood_without_reading_costs_little(tripd):
    client = Client(tripd, receive_buffer=4096)
    before = tripd.resident_kib()
    stop = threading.Event()

    def flood():
        text = frame(0x1, json.dumps({'type': 'chat', 'message': 'hello there'}))
        try:
            while not stop.is_set():
                client.raw.send(text)
        except (Closed, OSError):
            pass

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    other = Client(tripd)
    for _ in range(20):
        assert other.chat('hello')[-1]['type'] == 'done'
    grown = tripd.resident_kib() - before
    stop.set()
    client.raw.reset()
    thread.join(10)
    assert grown < 32 * 1024, grown


def test_end_of_the_service(tripd_factory):
    daemon = tripd_factory()
    client = Client(daemon)
    client.chat()
    daemon.terminate()
    assert client.raw.recv_close() == 1001


def test_connections_leave_nothing_behind(tripd):
    for _ in range(30):
        client = Client(tripd)
        client.send('chat', message=PLAN)
        client.recv()
        client.raw.reset()
    tripd.wait_until_alone()
    wait_for(lambda: Client(tripd).chat()[-1]['type'] == 'done')
