# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tokens in the user's keyring: GNOME's, unlocked and locked, on a private bus."""

import http.client
import json
import os
import shutil
import subprocess
import time

import pytest

from conftest import wait_for

PASSWORD = 'a password'


class Keyring:
    """A keyring daemon whose files are the test's."""

    def __init__(self, folder, address):
        runtime = folder / 'runtime'
        runtime.mkdir(mode=0o700)
        self.folder = folder
        self.env = {'HOME': str(folder), 'XDG_DATA_HOME': str(folder / 'share'), 'XDG_RUNTIME_DIR': str(runtime),
                    'DBUS_SESSION_BUS_ADDRESS': address,
                    # Far enough up for LeakSanitizer to see libsecret, which lsan.supp names.
                    'ASAN_OPTIONS': 'fast_unwind_on_malloc=0'}
        self.process = None

    def start(self, *args):
        """Runs it; with `--unlock` its only keyring is opened, and made where there is none."""
        self.process = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--components=secrets', *args],
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **self.env})
        self.process.stdin.write(PASSWORD)
        self.process.stdin.close()
        wait_for(self.is_on_bus)

    def is_on_bus(self):
        call = ['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/', '--method',
                'org.freedesktop.DBus.NameHasOwner', 'org.freedesktop.secrets']
        return 'true' in subprocess.run(call, capture_output=True, text=True, env={**os.environ, **self.env}).stdout

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            wait_for(lambda: not self.is_on_bus())
            self.process = None

    @property
    def file(self):
        return self.folder / 'share' / 'tripd' / 'tokens.json'


@pytest.fixture
def keyring(tmp_path, session_bus, monkeypatch):
    if not shutil.which('gnome-keyring-daemon'):
        pytest.skip('gnome-keyring-daemon is not installed')
    if 'libsecret' not in subprocess.run(['ldd', os.environ['TRIPCTL']], capture_output=True, text=True).stdout:
        pytest.skip('built without libsecret')
    monkeypatch.delenv('TRIP_TOKENS', raising=False)
    keyring = Keyring(tmp_path, session_bus.address)
    yield keyring
    keyring.stop()


def token(keyring, *args, status=0):
    run = subprocess.run([os.environ['TRIPCTL'], 'token', *args], capture_output=True, text=True, timeout=30,
                         env={**os.environ, **keyring.env})
    assert run.returncode == status, run.stderr
    return run.stderr if status else run.stdout.strip()


def status_of(daemon, secret):
    connection = http.client.HTTPConnection('127.0.0.1', daemon.port, timeout=20)
    connection.request('GET', '/metrics', headers={'Authorization': f'Bearer {secret}'})
    status = connection.getresponse().status
    connection.close()
    return status


def test_tokens_live_in_the_keyring(keyring, tripd_factory):
    keyring.start('--unlock')
    early = token(keyring, 'new', 'early')
    daemon = tripd_factory('--auth', env=keyring.env)
    late = token(keyring, 'new', 'late')
    assert status_of(daemon, early) == 200 and status_of(daemon, late) == 200 and status_of(daemon, early + 'x') == 401

    # The file tells others of the change, and nothing else.
    assert list(json.loads(keyring.file.read_text())) == ['keyring']
    token(keyring, 'revoke', 'early')
    assert status_of(daemon, early) == 401 and status_of(daemon, late) == 200
    assert token(keyring, 'list').endswith('late')


def test_a_locked_keyring_lets_nobody_in(keyring, tripd_factory):
    keyring.start('--unlock')
    secret = token(keyring, 'new', 'phone')
    keyring.stop()
    keyring.start()
    daemon = tripd_factory('--auth', env=keyring.env)
    start = time.monotonic()
    assert status_of(daemon, secret) == 401
    assert 'locked' in token(keyring, 'list', status=1)
    assert 'locked' in token(keyring, 'new', 'other', status=1)
    assert time.monotonic() - start < 20

    keyring.stop()
    keyring.start('--unlock')
    wait_for(lambda: status_of(daemon, secret) == 200, seconds=30)
    assert token(keyring, 'list').endswith('phone')


def test_without_a_keyring_the_file_has_the_tokens(keyring, tripd_factory):
    keyring.start()
    secret = token(keyring, 'new', 'phone')
    assert 'tokens' in json.loads(keyring.file.read_text())
    daemon = tripd_factory('--auth', env=keyring.env)
    assert status_of(daemon, secret) == 200
