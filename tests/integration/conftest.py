# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fixtures that start the built daemon and a private session bus, and that see them end in order."""

import os
import re
import signal
import subprocess
import tempfile
import threading
import time

import pytest

START_SECONDS = 20
STOP_SECONDS = 20

# A critical is a bug wherever it comes from: the daemon aborts on it, and its exit status fails the test.
DAEMON_ENV = {'G_DEBUG': 'fatal-criticals', 'GSETTINGS_BACKEND': 'memory', 'LC_ALL': 'C.UTF-8'}


def wait_for(condition, seconds=10, what='condition'):
    """Waits until `condition` returns something true, and returns it."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f'waited {seconds} s in vain for: {what}'
        time.sleep(0.01)


class Daemon:
    """A running tripd."""

    def __init__(self, binary, args, env=None, preexec_fn=None):
        self.lines = []
        self._seen = threading.Condition()
        # Each has its own jobs, unless the test says which.
        self._state = tempfile.TemporaryDirectory(prefix='tripd-state-')
        # LeakSanitizer breaks down over the modules that GIO loads for TLS.
        more = {'ASAN_OPTIONS': 'detect_leaks=0'} if '--tls-certificate' in args else {}
        more['XDG_STATE_HOME'] = self._state.name
        self.process = subprocess.Popen([binary, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        errors='replace', env={**os.environ, **DAEMON_ENV, **more, **(env or {})},
                                        preexec_fn=preexec_fn)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._terminated = False
        self.port = None
        if '--no-http' not in args:
            self.port = int(self.wait_for_line(r'tripd: listening on https?://\S+:(\d+)/').group(1))
        self.sockets_at_start = self.count_sockets()

    def _read(self):
        for line in self.process.stdout:
            with self._seen:
                self.lines.append(line.rstrip('\n'))
                self._seen.notify_all()
        with self._seen:
            self._seen.notify_all()

    @property
    def output(self):
        return '\n'.join(self.lines)

    def wait_for_line(self, pattern, seconds=START_SECONDS):
        """Waits for a line of output that matches, and returns the match."""
        deadline = time.monotonic() + seconds
        with self._seen:
            while True:
                for line in self.lines:
                    match = re.search(pattern, line)
                    if match:
                        return match
                assert self.process.poll() is None, f'tripd ended with {self.process.returncode}:\n{self.output}'
                assert time.monotonic() < deadline, f'no line like {pattern!r} in:\n{self.output}'
                self._seen.wait(0.1)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    @property
    def ws_url(self):
        return f'ws://127.0.0.1:{self.port}/ws/chat'

    def count_descriptors(self):
        return len(os.listdir(f'/proc/{self.process.pid}/fd'))

    def count_sockets(self):
        """Its listening socket, and one for each connection."""
        folder = f'/proc/{self.process.pid}/fd'
        n = 0
        for name in os.listdir(folder):
            try:
                n += os.readlink(f'{folder}/{name}').startswith('socket:')
            except FileNotFoundError:
                pass
        return n

    def resident_kib(self):
        """Its resident memory; 0 where a sanitizer keeps freed memory, so that its size says nothing."""
        with open(f'/proc/{self.process.pid}/maps', encoding='utf-8', errors='replace') as maps:
            if 'libasan' in maps.read():
                return 0
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            return int(re.search(r'VmRSS:\s+(\d+) kB', status.read()).group(1))

    def wait_until_alone(self, seconds=10):
        """Waits until the daemon serves no connection any more."""
        wait_for(lambda: self.count_sockets() <= self.sockets_at_start, seconds, 'the end of all connections')

    def terminate(self):
        """Asks it to end, once: a second signal would mean at once."""
        if not self._terminated and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._terminated = True

    def stop(self, seconds=STOP_SECONDS):
        """Ends it as a service manager would, and demands an orderly end."""
        self.terminate()
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f'tripd did not stop within {seconds} s:\n{self.output}') from None
        self._reader.join(5)
        assert status == 0, f'tripd ended with {status}:\n{self.output}'

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _binary(variable):
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f'{variable} does not name a built daemon')
    return path


class Factory:
    """Starts daemons; all of them are stopped, and their exit status checked, at the end of the test."""

    def __init__(self):
        self.daemons = []

    def __call__(self, *args, binary=None, env=None, preexec_fn=None, default_args=('--port', '0', '--no-dbus')):
        daemon = Daemon(binary or _binary('TRIPD'), [*default_args, *args], env, preexec_fn)
        self.daemons.append(daemon)
        return daemon

    def close(self):
        failures = []
        for daemon in self.daemons:
            try:
                daemon.stop()
            except AssertionError as failure:
                failures.append(str(failure))
        assert not failures, '\n'.join(failures)


@pytest.fixture
def tripd_factory():
    """`tripd_factory(*args)` starts another daemon, `--port 0 --no-dbus` unless `default_args` says otherwise."""
    factory = Factory()
    try:
        yield factory
        factory.close()
    finally:
        for daemon in factory.daemons:
            daemon.kill()


@pytest.fixture
def tripd(tripd_factory):
    """A daemon on a free port, off the bus."""
    return tripd_factory()


@pytest.fixture
def faulty(tripd_factory):
    """`faulty(FAULT)` starts the fault-injecting daemon with `--fault FAULT`."""
    binary = _binary('TRIPD_FAULTY')
    return lambda fault, *args, **kwargs: tripd_factory('--fault', fault, *args, binary=binary, **kwargs)


class SessionBus:
    """A private session bus; `env` is what a child needs to find it."""

    def __init__(self):
        self.process = subprocess.Popen(['dbus-daemon', '--session', '--print-address', '--nofork', '--nopidfile'],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert self.address, 'dbus-daemon did not start'
        self.env = {'DBUS_SESSION_BUS_ADDRESS': self.address}

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def session_bus(monkeypatch):
    """A private session bus, in the environment of the test and of the daemons that it starts."""
    bus = SessionBus()
    monkeypatch.setenv('DBUS_SESSION_BUS_ADDRESS', bus.address)
    monkeypatch.delenv('DBUS_STARTER_ADDRESS', raising=False)
    yield bus
    bus.stop()
