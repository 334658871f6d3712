# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The JSON Schemas of the protocol, and what holds messages against them."""

import functools
import hashlib
import json
import os
import pathlib

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(os.environ.get('TRIP_SOURCE_ROOT', pathlib.Path(__file__).parents[2]))
FOLDER = ROOT / 'doc' / 'schemas'

_valid = set()


@functools.lru_cache(None)
def load_all():
    """The schemas by file name."""
    return {path.name: json.loads(path.read_text(encoding='utf-8')) for path in sorted(FOLDER.glob('*.json'))}


@functools.lru_cache(None)
def validator(reference):
    """What validates against one definition, `v2.json#/$defs/message`."""
    resolver = jsonschema.RefResolver('', {}, store=load_all())
    return jsonschema.Draft202012Validator({'$ref': reference}, resolver=resolver)


def check(value, reference):
    """Raises where the value is not what the definition says."""
    if jsonschema is None:
        return
    key = reference, hashlib.sha1(json.dumps(value).encode()).digest()
    if key in _valid:
        return
    error = jsonschema.exceptions.best_match(validator(reference).iter_errors(value))
    assert error is None, f'{reference}: {error.message} at {list(error.absolute_path)} in {str(value)[:300]}'
    _valid.add(key)


def check_message(message):
    """A message of the service, of version 2 where it has an envelope."""
    check(message, f'{"v2" if "job_id" in message else "v1"}.json#/$defs/{pick(message)}')


def pick(message):
    """The definition that a message has to fit, named so that what is wrong with it is said of that one alone."""
    if 'job_id' in message and message.get('type') == 'error' and message['job_id'] is not None:
        return 'jobError'
    defs = load_all()['v2.json' if 'job_id' in message else 'v1.json']['$defs']
    return message['type'] if message.get('type') in defs else 'message'
