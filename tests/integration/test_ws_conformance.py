# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""RFC 6455 case by case, after the list of the public Autobahn suite (sections 1 to 7 and 9), on a plain socket and on TLS.

That suite talks to servers that echo. This one does too in its way: a request that asks for nothing gives the client's lists
back byte for byte, so what a place says of itself comes back as it went. Bytes that are no text are answered by an error.
"""

import json
import ssl
import struct
import subprocess
import time

import pytest

from wsraw import BINARY, CLOSE, CONT, PING, PONG, TEXT, Closed, Raw, connect, frame, handshake_bytes

LIMIT = 1024 * 1024


@pytest.fixture(scope='module')
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp('tls')
    cert, key = folder / 'cert.pem', folder / 'key.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout',
                    key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
                   check=True, capture_output=True)
    return cert, key


@pytest.fixture(scope='module', params=['plain', 'tls'])
def dial(request, certificate):
    """Opens a WebSocket over the transport in question, to one daemon for all cases."""
    from conftest import Factory
    factory = Factory()
    cert, key = certificate
    args = ('--tls-certificate', cert, '--tls-key', key) if request.param == 'tls' else ()
    daemon = factory('--ephemeral', *args)
    context = ssl.create_default_context(cafile=cert)

    def open_():
        sock = connect(daemon.port)
        if request.param == 'tls':
            sock = context.wrap_socket(sock, server_hostname='localhost')
        raw = Raw(sock)
        raw.send(handshake_bytes(daemon.port)[0])
        assert raw.read_response()[0] == 101
        return raw

    yield open_
    factory.close()


def request_with(text):
    """A request whose answer has `text` in it as it is here."""
    poi = '{"name":"A","description":' + json.dumps(text, ensure_ascii=False) + ',"geo_coordinate":{"lat":1,"lng":2},"cost":""}'
    return ('{"message":"hello there","pois":[' + poi + ']}').encode(), ('{"type":"pois","data":[' + poi + ']}').encode()


def padded(size):
    """A request of exactly `size` bytes, or the smallest there is, and what comes back."""
    smallest = len(request_with('')[0])
    return request_with('*' * max(0, size - smallest))


def expect_echo(raw, answer, pongs=()):
    """Reads one answer, with these pongs somewhere before it, in order."""
    left = list(pongs)
    seen = []
    while True:
        fin, opcode, payload = raw.recv_frame()
        assert fin
        if opcode == PONG:
            assert left and payload == left.pop(0)
            continue
        assert opcode == TEXT, (opcode, payload[:80])
        seen.append(payload)
        if payload == b'{"type":"done"}':
            break
        assert not payload.startswith(b'{"type":"error"'), payload
    assert answer in seen and not left


def chopped(raw, data, size):
    for i in range(0, len(data), size):
        raw.send(data[i:i + size])


def expect_code(raw, code):
    """Whatever was asked before may still be answered; then comes the close."""
    while True:
        _, opcode, payload = raw.recv_frame()
        if opcode == CLOSE:
            assert struct.unpack('>H', payload[:2])[0] == code
            payload[2:].decode()
            break
    try:
        raw.send(frame(CLOSE, payload[:2]))
    except (Closed, OSError):
        pass
    raw.recv_end()


def fails(dial, data, code=1002, size=None):
    raw = dial()
    try:
        chopped(raw, data, size or max(len(data), 1))
    except (Closed, OSError):
        pass
    expect_code(raw, code)


# 1 Framing

@pytest.mark.parametrize('size', [0, 125, 126, 127, 128, 65535, 65536])
@pytest.mark.parametrize('piece', [None, 997])
def test_1_1_text(dial, size, piece):
    raw = dial()
    text, answer = padded(size)
    data = frame(TEXT, text)
    chopped(raw, data, piece or len(data))
    expect_echo(raw, answer)


@pytest.mark.parametrize('size', [0, 125, 126, 127, 128, 65535, 65536])
def test_1_2_binary(dial, size):
    raw = dial()
    raw.send(frame(BINARY, b'\xfe' * size))
    assert b'Binary' in raw.recv_frame()[2]
    text, answer = padded(0)
    raw.send(frame(TEXT, text))
    expect_echo(raw, answer)


@pytest.mark.parametrize('length_bytes', [2, 8])
def test_1_length_written_longer_than_needed(dial, length_bytes):
    fails(dial, frame(TEXT, b'{}', length_bytes=length_bytes))


# 2 Pings and pongs

@pytest.mark.parametrize('payload', [b'', b'Hello, world!', b'\x00\xff\xfe\xfd\xfc\xfb\x00\xff', b'\xfe' * 125])
@pytest.mark.parametrize('piece', [None, 1])
def test_2_1_ping(dial, payload, piece):
    raw = dial()
    data = frame(PING, payload)
    chopped(raw, data, piece or len(data))
    assert raw.recv_frame() == (True, PONG, payload)


@pytest.mark.parametrize('opcode', [PING, PONG])
def test_2_5_control_frame_of_126_bytes(dial, opcode):
    fails(dial, frame(opcode, b'\xfe' * 126))


@pytest.mark.parametrize('payload', [b'', b'unsolicited'])
def test_2_7_unsolicited_pong(dial, payload):
    raw = dial()
    raw.send(frame(PONG, payload) + frame(PING, b'p'))
    assert raw.recv_frame() == (True, PONG, b'p')


@pytest.mark.parametrize('piece', [None, 1])
def test_2_10_ten_pings(dial, piece):
    raw = dial()
    payloads = [b'payload-%d' % i for i in range(10)]
    data = b''.join(frame(PING, payload) for payload in payloads)
    chopped(raw, data, piece or len(data))
    assert [raw.recv_frame()[2] for _ in payloads] == payloads


# 3 Reserved bits

@pytest.mark.parametrize('rsv', range(1, 8))
@pytest.mark.parametrize('opcode', [TEXT, BINARY, PING, PONG, CLOSE, CONT])
def test_3_reserved_bits(dial, rsv, opcode):
    fails(dial, frame(opcode, b'ab' if opcode != CLOSE else b'\x03\xe8', rsv=rsv))


@pytest.mark.parametrize('piece', [None, 1])
def test_3_reserved_bits_behind_a_message(dial, piece):
    data = frame(TEXT, padded(0)[0]) + frame(TEXT, b'{}', rsv=2) + frame(PING, b'')
    fails(dial, data, size=piece or len(data))


# 4 Opcodes

@pytest.mark.parametrize('opcode', [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
@pytest.mark.parametrize('payload', [b'', b'reserved opcode payload'])
@pytest.mark.parametrize('before', [b'', frame(TEXT, padded(0)[0])], ids=['alone', 'behind'])
def test_4_reserved_opcode(dial, opcode, payload, before):
    fails(dial, before + frame(opcode, payload) + frame(PING, b''))


# 5 Fragments

@pytest.mark.parametrize('opcode', [PING, PONG])
def test_5_1_control_frame_in_fragments(dial, opcode):
    fails(dial, frame(opcode, b'frag', fin=False) + frame(CONT, b'ment'))


def split(text, n):
    step = len(text) // n
    return [text[i * step:(i + 1) * step if i < n - 1 else None] for i in range(n)]


def fragments(text, n, between=b''):
    pieces = split(text, n)
    return between.join(frame(TEXT if i == 0 else CONT, piece, fin=i == n - 1) for i, piece in enumerate(pieces))


@pytest.mark.parametrize('n', [2, 3, 5, 60])
@pytest.mark.parametrize('between', [b'', frame(PING, b'between')], ids=['', 'ping'])
@pytest.mark.parametrize('piece', [None, 1])
def test_5_3_fragments(dial, n, between, piece):
    raw = dial()
    text, answer = padded(200)
    data = fragments(text, n, between)
    chopped(raw, data, piece or len(data))
    expect_echo(raw, answer, [b'between'] * (n - 1) if between else [])


def test_5_empty_fragments(dial):
    raw = dial()
    text, answer = padded(0)
    raw.send(frame(TEXT, b'', fin=False) + frame(CONT, b'', fin=False) + frame(CONT, text, fin=False) + frame(CONT, b''))
    expect_echo(raw, answer)


@pytest.mark.parametrize('fin', [True, False])
@pytest.mark.parametrize('after', [b'', frame(TEXT, b'{}')], ids=['alone', 'before'])
@pytest.mark.parametrize('piece', [None, 1])
def test_5_9_continuation_of_nothing(dial, fin, after, piece):
    data = frame(CONT, b'non-continuation payload', fin=fin) + after
    fails(dial, data, size=piece or len(data))


@pytest.mark.parametrize('second', [TEXT, BINARY])
def test_5_18_message_within_a_message(dial, second):
    fails(dial, frame(TEXT, b'fragment1', fin=False) + frame(second, b'fragment2'))


def test_5_continuation_behind_the_end(dial):
    fails(dial, fragments(padded(0)[0], 2) + frame(CONT, b'more'))


def test_5_19_fragments_with_pauses_and_pings(dial):
    raw = dial()
    text, answer = padded(100)
    pieces = split(text, 5)
    raw.send(frame(TEXT, pieces[0], fin=False) + frame(CONT, pieces[1], fin=False) + frame(PING, b'first'))
    assert raw.recv_frame() == (True, PONG, b'first')
    raw.send(frame(CONT, pieces[2], fin=False) + frame(CONT, pieces[3], fin=False) + frame(PING, b'second') +
             frame(CONT, pieces[4]))
    expect_echo(raw, answer, [b'second'])


# 6 UTF-8

VALID = {
    '6.2 mixed': 'Hello-µ@ßöäüàá-UTF-8!!',
    '6.5 κόσμε': 'κόσμε',
    '6.6 one by one': 'κ',
    '6.7 first of each length': '\x7f\u0080\u0800\U00010000',
    '6.9 last of each length': '\u07ff\uffff\U0010ffff',
    '6.11 boundaries': '\ud7ff\ue000\ufffd\U0010ffff',
    '6.22 non-characters': '\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0010fffe\U0010ffff',
    '6.23 specials': '\ufff9\ufffa\ufffb\ufffc\ufffd',
}

INVALID = {
    '6.3 surrogate in between': 'κόσμε'.encode() + b'\xed\xa0\x80' + b'edited',
    '6.8 first of five bytes': b'\xf8\x88\x80\x80\x80',
    '6.8 first of six bytes': b'\xfc\x84\x80\x80\x80\x80',
    '6.10 last of four bytes': b'\xf7\xbf\xbf\xbf',
    '6.10 last of five bytes': b'\xfb\xbf\xbf\xbf\xbf',
    '6.10 last of six bytes': b'\xfd\xbf\xbf\xbf\xbf\xbf',
    '6.11 beyond the last': b'\xf4\x90\x80\x80',
    '6.12 continuation 80': b'\x80',
    '6.12 continuation bf': b'\xbf',
    '6.12 continuations': b'\x80\xbf' * 3,
    '6.12 all continuations': bytes(range(0x80, 0xc0)),
    '6.13 lonely starts of two': b' '.join(bytes([i]) for i in range(0xc0, 0xe0)),
    '6.13 lonely starts of three': b' '.join(bytes([i]) for i in range(0xe0, 0xf0)),
    '6.13 lonely starts of four': b' '.join(bytes([i]) for i in range(0xf0, 0xf8)),
    '6.14 two without last': b'\xc3 ',
    '6.14 three without last': b'\xe0\xa0 ',
    '6.14 four without last': b'\xf0\x90\x80 ',
    '6.15 all of them at once': b'\xc0\xe0\x80\xf0\x80\x80\xf8\x80\x80\x80\xfc\x80\x80\x80\x80',
    '6.16 fe': b'\xfe',
    '6.16 ff': b'\xff',
    '6.16 fe ff': b'\xfe\xfe\xff\xff',
    '6.17 overlong slash of two': b'\xc0\xaf',
    '6.17 overlong slash of three': b'\xe0\x80\xaf',
    '6.17 overlong slash of four': b'\xf0\x80\x80\xaf',
    '6.18 largest overlong of two': b'\xc1\xbf',
    '6.18 largest overlong of three': b'\xe0\x9f\xbf',
    '6.18 largest overlong of four': b'\xf0\x8f\xbf\xbf',
    '6.19 overlong NUL of two': b'\xc0\x80',
    '6.19 overlong NUL of three': b'\xe0\x80\x80',
    '6.19 overlong NUL of four': b'\xf0\x80\x80\x80',
    '6.20 surrogate d800': b'\xed\xa0\x80',
    '6.20 surrogate db7f': b'\xed\xad\xbf',
    '6.20 surrogate dc00': b'\xed\xb0\x80',
    '6.20 surrogate dfff': b'\xed\xbf\xbf',
    '6.21 pair of surrogates': b'\xed\xa0\x80\xed\xb0\x80',
    '6.21 last pair of surrogates': b'\xed\xaf\xbf\xed\xbf\xbf',
}


@pytest.mark.parametrize('name', VALID)
@pytest.mark.parametrize('way', ['whole', 'fragment a byte', 'byte a write'])
def test_6_valid(dial, name, way):
    raw = dial()
    text, answer = request_with(VALID[name])
    if way == 'fragment a byte':
        raw.send(fragments(text, len(text)))
    else:
        data = frame(TEXT, text)
        chopped(raw, data, 1 if way == 'byte a write' else len(data))
    expect_echo(raw, answer)


def test_6_1_nothing_in_fragments(dial):
    raw = dial()
    raw.send(frame(TEXT, b'', fin=False) + frame(CONT, b'', fin=False) + frame(CONT, b''))
    assert json.loads(raw.recv_frame()[2])['type'] == 'error'
    raw.send(frame(PING, b'still here'))
    assert raw.recv_frame()[1:] == (PONG, b'still here')


@pytest.mark.parametrize('name', INVALID)
@pytest.mark.parametrize('way', ['whole', 'fragments', 'byte a write'])
def test_6_invalid(dial, name, way):
    text = b'{"message":"' + INVALID[name] + b'"}'
    data = fragments(text, 3) if way == 'fragments' else frame(TEXT, text)
    fails(dial, data, 1007, 1 if way == 'byte a write' else None)


@pytest.mark.parametrize('bad', [b'\xf4\x90', b'\xed\xa0', b'\xc0', b'\xff', b'\xe0\x80', b'\x80'])
@pytest.mark.parametrize('way', ['in the frame', 'in a fragment'])
def test_6_4_fails_as_soon_as_it_is_wrong(dial, bad, way):
    """The frame, or the message, is not complete and never will be."""
    raw = dial()
    start = 'κόσμε'.encode() + bad
    if way == 'in the frame':
        raw.send(frame(TEXT, start + b'x' * 100)[:6 + len(start)])
    else:
        raw.send(frame(TEXT, 'κόσμε'.encode(), fin=False) + frame(CONT, bad, fin=False))
    expect_code(raw, 1007)


@pytest.mark.parametrize('end', [b'\xce', b'\xe2\x82', b'\xf0\x90\x80'])
def test_6_message_that_ends_within_a_character(dial, end):
    fails(dial, frame(TEXT, b'abc' + end), 1007)
    fails(dial, frame(TEXT, b'abc', fin=False) + frame(CONT, end), 1007)


# 7 Closing

def test_7_1_close_behind_a_message(dial):
    raw = dial()
    text, answer = padded(0)
    raw.send(frame(TEXT, text))
    expect_echo(raw, answer)
    raw.send(frame(CLOSE, struct.pack('>H', 1000)))
    assert raw.recv_close() == 1000


def test_7_1_2_two_closes(dial):
    raw = dial()
    raw.send(frame(CLOSE, struct.pack('>H', 1000)) * 2)
    assert raw.recv_close() == 1000


@pytest.mark.parametrize('after', [frame(PING, b'x'), frame(TEXT, b'{}'), frame(CONT, b'x'), frame(3, b'')],
                         ids=['ping', 'text', 'continuation', 'reserved'])
def test_7_1_3_nothing_counts_behind_a_close(dial, after):
    raw = dial()
    raw.send(frame(CLOSE, struct.pack('>H', 1000)) + after)
    assert raw.recv_close() == 1000


def test_7_1_6_close_behind_a_large_message(dial):
    raw = dial()
    raw.send(frame(TEXT, padded(256 * 1024)[0]) + frame(CLOSE, struct.pack('>H', 1000)) + frame(PING, b''))
    expect_code(raw, 1000)


def test_7_close_in_fragments(dial):
    fails(dial, frame(CLOSE, b'\x03\xe8', fin=False))


def test_7_close_within_a_message(dial):
    raw = dial()
    raw.send(frame(TEXT, b'fragment', fin=False) + frame(CLOSE, struct.pack('>H', 1001)))
    assert raw.recv_close() == 1001


def test_7_3_1_empty_close(dial):
    raw = dial()
    raw.send(frame(CLOSE, b''))
    fin, opcode, payload = raw.recv_frame()
    assert (fin, opcode) == (True, CLOSE) and payload in (b'', struct.pack('>H', 1000))
    raw.recv_end()


def test_7_3_2_close_of_one_byte(dial):
    fails(dial, frame(CLOSE, b'a'))


@pytest.mark.parametrize('reason', [b'', b'Hello World!', b'*' * 123, 'ü'.encode() * 61])
def test_7_3_close_with_a_reason(dial, reason):
    raw = dial()
    raw.send(frame(CLOSE, struct.pack('>H', 1000) + reason))
    assert raw.recv_close() == 1000


def test_7_3_6_close_of_126_bytes(dial):
    fails(dial, frame(CLOSE, struct.pack('>H', 1000) + b'*' * 124))


def test_7_5_1_reason_that_is_no_text(dial):
    fails(dial, frame(CLOSE, struct.pack('>H', 1000) + 'κόσμε'.encode() + b'\xed\xa0\x80'), 1007)


@pytest.mark.parametrize('code', [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
def test_7_7_valid_code(dial, code):
    raw = dial()
    raw.send(frame(CLOSE, struct.pack('>H', code)))
    assert raw.recv_close() == code


@pytest.mark.parametrize('code', [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535])
def test_7_9_invalid_code(dial, code):
    fails(dial, frame(CLOSE, struct.pack('>H', code)))


# 9 Sizes

@pytest.mark.parametrize('size', [64 * 1024, 256 * 1024, LIMIT])
def test_9_1_large_message(dial, size):
    raw = dial()
    text, answer = padded(size)
    assert len(text) == size
    raw.send(frame(TEXT, text))
    expect_echo(raw, answer)


@pytest.mark.parametrize('piece', [64, 1024, 65536])
def test_9_3_large_message_in_fragments(dial, piece):
    raw = dial()
    text, answer = padded(512 * 1024 if piece > 64 else 64 * 1024)
    raw.send(fragments(text, len(text) // piece))
    expect_echo(raw, answer)


@pytest.mark.parametrize('piece', [128, 4096, 65536])
def test_9_5_large_message_in_many_writes(dial, piece):
    raw = dial()
    text, answer = padded(256 * 1024)
    chopped(raw, frame(TEXT, text), piece)
    expect_echo(raw, answer)


def test_9_7_many_messages(dial):
    raw = dial()
    start = time.monotonic()
    for i in range(300):
        text, answer = padded((0, 125, 126, 1024, 65536)[i % 5])
        raw.send(frame(TEXT, text))
        expect_echo(raw, answer)
    # Each is answered when it comes, not when a timer says so.
    assert time.monotonic() - start < 60


@pytest.mark.parametrize('way', ['announced', 'whole', 'fragments'])
def test_9_beyond_the_limit(dial, way):
    text = padded(LIMIT + 1)[0]
    if way == 'announced':
        fails(dial, frame(TEXT, text)[:14], 1009)
    elif way == 'whole':
        fails(dial, frame(TEXT, text), 1009)
    else:
        fails(dial, fragments(text, 40), 1009)
