# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small RFC 6455 client over a plain socket. It checks what it receives and sends whatever it is told to."""

import base64
import hashlib
import json
import os
import socket
import struct

import schemas

GUID = b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
CONT, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
TIMEOUT = 20


class Closed(Exception):
    """The peer ended the stream, or reset it."""


def connect(port, host='127.0.0.1', receive_buffer=None):
    sock = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
    if receive_buffer:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    sock.settimeout(TIMEOUT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.connect((host, port))
    return sock


def frame(opcode, payload=b'', fin=True, mask=True, rsv=0, length=None, length_bytes=None):
    """The bytes of a frame; `length` lies about the payload's size, `length_bytes` (0, 2, 8) about how to write it."""
    if isinstance(payload, str):
        payload = payload.encode()
    size = len(payload) if length is None else length
    if length_bytes is None:
        length_bytes = 0 if size < 126 else 2 if size < 65536 else 8
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    bit = 0x80 if mask else 0
    if length_bytes == 0:
        head += bytes([bit | size])
    elif length_bytes == 2:
        head += bytes([bit | 126]) + struct.pack('>H', size)
    else:
        head += bytes([bit | 127]) + struct.pack('>Q', size)
    if not mask:
        return head + payload
    key = os.urandom(4)
    pad = (key * (len(payload) // 4 + 1))[:len(payload)]
    masked = (int.from_bytes(payload, 'big') ^ int.from_bytes(pad, 'big')).to_bytes(len(payload), 'big')
    return head + key + masked


def handshake_bytes(port, path='/ws/chat', headers=(), drop=(), method='GET', version='HTTP/1.1', key=None):
    key = key or base64.b64encode(os.urandom(16)).decode()
    fields = {'Host': f'127.0.0.1:{port}', 'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Key': key,
              'Sec-WebSocket-Version': '13'}
    fields.update(dict(headers))
    lines = [f'{name}: {value}' for name, value in fields.items() if name not in drop]
    return '\r\n'.join([f'{method} {path} {version}', *lines, '', '']).encode(), key


class Raw:
    """One connection."""

    def __init__(self, sock):
        self.sock = sock
        self.buffer = b''

    @classmethod
    def open(cls, port, headers=(), host='127.0.0.1', receive_buffer=None):
        """Connects and upgrades."""
        self = cls(connect(port, host, receive_buffer))
        request, key = handshake_bytes(port, headers=headers)
        self.send(request)
        status, fields, _ = self.read_response()
        assert status == 101, status
        expected = base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()
        assert fields['sec-websocket-accept'] == expected
        assert 'sec-websocket-extensions' not in fields
        return self

    def send(self, data):
        try:
            self.sock.sendall(data)
        except (ConnectionResetError, BrokenPipeError) as error:
            raise Closed from error

    def _more(self):
        try:
            data = self.sock.recv(65536)
        except ConnectionResetError as error:
            raise Closed from error
        if not data:
            raise Closed
        self.buffer += data

    def take(self, n):
        while len(self.buffer) < n:
            self._more()
        data, self.buffer = self.buffer[:n], self.buffer[n:]
        return data

    def read_response(self):
        """An HTTP response: status, fields in lower case, body as far as Content-Length says."""
        while b'\r\n\r\n' not in self.buffer:
            self._more()
        head, self.buffer = self.buffer.split(b'\r\n\r\n', 1)
        lines = head.decode('latin-1').split('\r\n')
        fields = {name.strip().lower(): value.strip() for name, value in (line.split(':', 1) for line in lines[1:])}
        status = int(lines[0].split()[1])
        body = self.take(int(fields.get('content-length', 0))) if status >= 200 else b''
        return status, fields, body

    def recv_frame(self):
        first, second = self.take(2)
        assert first & 0x70 == 0, 'reserved bits from the server'
        assert second & 0x80 == 0, 'masked frame from the server'
        size = second & 0x7F
        if size == 126:
            size = struct.unpack('>H', self.take(2))[0]
            assert size >= 126
        elif size == 127:
            size = struct.unpack('>Q', self.take(8))[0]
            assert size >= 65536
        return bool(first & 0x80), first & 0x0F, self.take(size)

    def recv_text(self):
        """The next message, with pings answered on the way."""
        while True:
            fin, opcode, payload = self.recv_frame()
            if opcode == PING:
                self.send(frame(PONG, payload))
                continue
            assert opcode == TEXT and fin, (opcode, payload)
            return payload.decode()

    def recv_json(self):
        """The next message, which has to be what the schemas say."""
        message = json.loads(self.recv_text())
        schemas.check_message(message)
        return message

    def send_text(self, text):
        self.send(frame(TEXT, text))

    def send_json(self, value):
        self.send_text(json.dumps(value))

    def recv_answer(self):
        """The messages of one request, up to `done` or `error`."""
        messages = []
        while not messages or messages[-1]['type'] not in ('done', 'error'):
            messages.append(self.recv_json())
        return messages

    def recv_close(self):
        """Reads on to the close frame, and to the end of the stream after answering it; returns the code."""
        while True:
            _, opcode, payload = self.recv_frame()
            if opcode == CLOSE:
                break
        code = struct.unpack('>H', payload[:2])[0] if payload else None
        payload[2:].decode()
        try:
            self.send(frame(CLOSE, payload[:2]))
        except Closed:
            pass
        self.recv_end()
        return code

    def recv_end(self):
        """Waits for the end of the stream."""
        try:
            while True:
                self._more()
        except Closed:
            pass
        self.sock.close()

    def close(self):
        """Goes away without a word."""
        self.sock.close()

    def reset(self):
        """Goes away as a crashed machine would, with a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.sock.close()
