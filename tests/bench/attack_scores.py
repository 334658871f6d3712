#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What each attack on the edge costs the service: its largest resident memory, and how long an honest client waits meanwhile.

Each attack meets a tripd of its own for some seconds. The honest client asks for one short trip after the other on one
WebSocket; the first line is without an attack.
"""

import argparse
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "integration"))

from wsraw import CONT, PING, TEXT, Closed, Raw, connect, frame, handshake_bytes  # noqa: E402

ASK = '{"message":"plan a 1 day trip to Kyoto"}'
LONG = '{"message":"plan a 5 day trip to Tokyo and Kyoto"}'


class Service:
    """A tripd with nothing to remember."""

    def __init__(self):
        self.process = subprocess.Popen([os.environ.get("TRIPD", "tripd"), "--port", "0", "--no-dbus", "--ephemeral"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = None
        while self.port is None:
            found = re.search(r"listening on http://\S+:(\d+)/", self.process.stdout.readline())
            self.port = int(found.group(1)) if found else None
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def peak_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+)", status).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def until(deadline, act):
    """Repeats what an attacker does; what the service does to him is his own affair."""
    while time.monotonic() < deadline:
        try:
            act()
        except (OSError, Closed, AssertionError):
            time.sleep(0.001)


def flood_of_requests(port, deadline):
    def act():
        client = Raw.open(port)
        while time.monotonic() < deadline:
            client.sock.sendall(frame(TEXT, ASK) * 64)
    until(deadline, act)


def ask_without_reading(port, deadline, n, text, headers=()):
    def act():
        clients = [Raw.open(port, headers=headers, receive_buffer=4096) for _ in range(n)]
        for client in clients:
            client.sock.setblocking(False)
        while time.monotonic() < deadline:
            for client in clients:
                try:
                    client.sock.send(frame(TEXT, text) * 16)
                except BlockingIOError:
                    time.sleep(0.001)
    until(deadline, act)


def deaf_readers(port, deadline):
    ask_without_reading(port, deadline, 20, LONG)


def flood_of_pings(port, deadline):
    def act():
        client = Raw.open(port, receive_buffer=4096)
        while time.monotonic() < deadline:
            client.sock.sendall(frame(PING, b"x" * 125) * 128)
    until(deadline, act)


def endless_fragments(port, deadline):
    def act():
        client = Raw.open(port)
        client.sock.sendall(frame(TEXT, b" " * 60000, fin=False))
        while time.monotonic() < deadline:
            client.sock.sendall(frame(CONT, b" " * 60000, fin=False))
    until(deadline, act)


def empty_fragments(port, deadline):
    def act():
        client = Raw.open(port)
        client.sock.sendall(frame(TEXT, b"", fin=False))
        while time.monotonic() < deadline:
            client.sock.sendall(frame(CONT, b"", fin=False) * 512)
    until(deadline, act)


def deep_json(port, deadline):
    def act():
        client = Raw.open(port)
        while time.monotonic() < deadline:
            client.sock.sendall(frame(TEXT, b"[" * 500000))
            client.recv_text()
    until(deadline, act)


def whole_mebibytes(port, deadline):
    text = b'{"message":"' + b"x" * 8000 + b'","pois":[' + b",".join([b'{"name":"x"}'] * 70000) + b"]}"

    def act():
        client = Raw.open(port)
        while time.monotonic() < deadline:
            client.sock.sendall(frame(TEXT, text))
            client.recv_text()
    until(deadline, act)


def slow_heads(port, deadline):
    def act():
        clients = [connect(port) for _ in range(1000)]
        while time.monotonic() < deadline:
            for client in clients:
                client.sendall(b"G")
            time.sleep(0.2)
    until(deadline, act)


def endless_heads(port, deadline):
    def act():
        client = connect(port)
        client.sendall(b"GET / HTTP/1.1\r\n")
        while time.monotonic() < deadline:
            client.sendall(b"X-Long: " + b"x" * 8000 + b"\r\n")
    until(deadline, act)


def refused_bodies(port, deadline):
    def act():
        client = connect(port)
        client.sendall(b"POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                       b"Content-Length: 1000000000\r\n\r\n")
        while time.monotonic() < deadline:
            client.sendall(b"x" * 65536)
    until(deadline, act)


def connections_that_come_and_go(port, deadline):
    def act():
        client = connect(port)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.sendall(handshake_bytes(port)[0])
        client.close()
    until(deadline, act)


def unread_jobs(port, deadline):
    ask_without_reading(port, deadline, 50, '{"type":"chat",' + LONG[1:], headers={"Sec-WebSocket-Protocol": "tripchat.v2"})


ATTACKS = [None, flood_of_requests, deaf_readers, flood_of_pings, endless_fragments, empty_fragments, deep_json, whole_mebibytes,
           slow_heads, endless_heads, refused_bodies, connections_that_come_and_go, unread_jobs]


def measure(attack, seconds):
    service = Service()
    honest = Raw.open(service.port)
    times = []
    try:
        honest.send_text(ASK)
        honest.recv_answer()
        deadline = time.monotonic() + seconds
        # Another process, so that one interpreter's lock does not pass for the service's time.
        attacker = os.fork() if attack else 0
        if attack and attacker == 0:
            try:
                attack(service.port, deadline)
            finally:
                os._exit(0)
        while time.monotonic() < deadline:
            start = time.monotonic()
            honest.send_text(ASK)
            honest.recv_answer()
            times.append((time.monotonic() - start) * 1000)
        if attacker:
            os.waitpid(attacker, 0)
        peak = service.peak_mb()
    finally:
        honest.close()
        service.stop()
    times.sort()
    name = attack.__name__.replace("_", " ") if attack else "no attack"
    print(f"{name}: {peak:.0f} MB, {len(times)} honest answers, median {times[len(times) // 2]:.1f} ms, "
          f"p99 {times[len(times) * 99 // 100]:.1f} ms, longest {times[-1]:.1f} ms", flush=True)
    return peak


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--most-mb", type=float, default=64, help="fail where an attack makes the service larger")
    parser.add_argument("attacks", nargs="*", help="which, by name; all where none is said")
    options = parser.parse_args()
    wanted = [attack for attack in ATTACKS if not options.attacks or attack and attack.__name__ in options.attacks]
    return any([measure(attack, options.seconds) > options.most_mb for attack in wanted])


if __name__ == "__main__":
    sys.exit(main())
