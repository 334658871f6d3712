# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Marks on Sysprof's time line: the test plays the profiler, which hands out memory to write them into."""

import array
import mmap
import os
import re
import socket
import struct
import subprocess

import pytest

PAGE = 4096
RING = 64 * PAGE
STAGES = [b'intents', b'pois', b'requirements', b'plan']


def test_every_stage_is_marked():
    if b'SYSPROF_CONTROL_FD' not in open(os.environ['TRIPCTL'], 'rb').read():
        pytest.skip('built without libsysprof-capture')
    ours, theirs = socket.socketpair()
    ours.settimeout(30)
    memory = os.memfd_create('ring')
    os.ftruncate(memory, PAGE + RING)
    ring = mmap.mmap(memory, PAGE + RING)
    # Positions of reader and writer, where the ring begins, and its size.
    ring[:16] = struct.pack('4I', 0, 0, PAGE, RING)
    process = subprocess.Popen([os.environ['TRIPCTL'], 'plan', '--via=local', '2 days in Rome'], stdout=subprocess.DEVNULL,
                               env={**os.environ, 'SYSPROF_CONTROL_FD': str(theirs.fileno())}, pass_fds=[theirs.fileno()])
    theirs.close()
    assert ours.recv(64).startswith(b'CreatRing')
    ours.sendmsg([b'\0'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [memory]))])
    assert process.wait(60) == 0

    written = struct.unpack('4I', ring[:16])[1]
    words = re.findall(rb'[ -~]{4,}', ring[PAGE:PAGE + written])
    assert [word for word in words if word in STAGES] == STAGES
    assert words.count(b'tripd') == len(STAGES)
