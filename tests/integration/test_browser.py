# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page in a real browser: Debian's chromium, driven over its DevTools protocol. Skipped where it is not installed.

With TRIP_TEST_SCREENSHOTS naming a folder, what the page looked like is kept there.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import time

import pytest
import websocket

CHROMIUM = shutil.which('chromium')
PLAN = 'plan a 3 day trip to Tokyo'
SECONDS = 60

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason='chromium is not installed')


class Browser:
    """A headless chromium with one page."""

    def __init__(self, folder):
        self._next_id = 0
        self.events = []
        self.process = subprocess.Popen(
            [CHROMIUM, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
             '--disable-background-networking', '--disable-component-update', '--remote-debugging-port=0',
             f'--user-data-dir={folder}', 'about:blank'],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors='replace',
            env={**os.environ, 'HOME': str(folder)})
        port = None
        for line in self.process.stderr:
            match = re.search(r'DevTools listening on ws://127\.0\.0\.1:(\d+)/', line)
            if match:
                port = match.group(1)
                break
        assert port, 'chromium did not start'
        self._socket = websocket.create_connection(self._find_page(port), timeout=SECONDS, suppress_origin=True)
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(f'{domain}.enable')

    @staticmethod
    def _find_page(port):
        import urllib.request
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with urllib.request.urlopen(f'http://127.0.0.1:{port}/json') as reply:
                for target in json.load(reply):
                    if target['type'] == 'page':
                        return target['webSocketDebuggerUrl']
            time.sleep(0.05)
        raise AssertionError('chromium shows no page')

    def call(self, method, **params):
        self._next_id += 1
        self._socket.send(json.dumps({'id': self._next_id, 'method': method, 'params': params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get('id') == self._next_id:
                assert 'error' not in message, message
                return message['result']
            self.events.append(message)

    def evaluate(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True)
        assert 'exceptionDetails' not in result, result
        return result['result'].get('value')

    def wait(self, expression):
        """Waits until the expression is true on the page."""
        deadline = time.monotonic() + SECONDS
        while True:
            value = self.evaluate(expression)
            if value:
                return value
            if time.monotonic() > deadline:
                pytest.fail(f'waited in vain for {expression}:\n' + self.evaluate('document.body.innerText'))
            time.sleep(0.02)

    def open(self, url, width=1280, height=900, dark=False):
        self.resize(width, height)
        scheme = {'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}
        self.call('Emulation.setEmulatedMedia', features=[scheme])
        self.call('Page.navigate', url=url)
        self.wait("document.readyState === 'complete'")
        self.wait("document.getElementById('connection')?.textContent === 'Connected'")

    def resize(self, width, height):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)

    def press(self, key):
        text = {'Enter': '\r'}.get(key, '')
        codes = {'Enter': 13, 'Escape': 27, 'ArrowRight': 39, 'ArrowLeft': 37, 'End': 35, 'Home': 36}
        for kind in ('keyDown', 'keyUp'):
            self.call('Input.dispatchKeyEvent', type=kind, key=key, text=text if kind == 'keyDown' else '',
                      windowsVirtualKeyCode=codes[key])

    def say(self, text):
        """Types into the page as a person does, and presses Enter."""
        self.evaluate("document.getElementById('message').focus(); document.getElementById('message').select()")
        self.call('Input.insertText', text=text)
        self.press('Enter')

    def wait_for_answer(self):
        self.wait("/^Done/.test(document.getElementById('status').textContent)")

    def sent(self):
        """The requests that the page has sent."""
        self.evaluate('1')
        return [json.loads(event['params']['response']['payloadData']) for event in self.events
                if event['method'] == 'Network.webSocketFrameSent' and event['params']['response']['opcode'] == 1]

    def complaints(self):
        """What the browser found wrong: exceptions, blocked content, errors on the console."""
        self.evaluate('1')
        return [event for event in self.events if event['method'] == 'Runtime.exceptionThrown' or
                (event['method'] == 'Log.entryAdded' and event['params']['entry']['level'] == 'error')]

    def screenshot(self, name):
        folder = os.environ.get('TRIP_TEST_SCREENSHOTS')
        if not folder:
            return
        height = self.evaluate('document.documentElement.scrollHeight')
        width = self.evaluate('window.innerWidth')
        shot = self.call('Page.captureScreenshot', captureBeyondViewport=True,
                         clip={'x': 0, 'y': 0, 'width': width, 'height': min(height, 3000), 'scale': 1})
        with open(os.path.join(folder, f'{name}.png'), 'wb') as file:
            file.write(base64.b64decode(shot['data']))

    def close(self):
        self._socket.close()
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()


@pytest.fixture
def browser(tmp_path):
    instance = Browser(tmp_path)
    yield instance
    instance.close()


def texts(browser, selector):
    return browser.evaluate(f'[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent.trim())')


def test_stages_fill_in(browser, tripd):
    browser.open(tripd.url + '/')
    browser.screenshot('start')
    browser.say(PLAN)
    browser.wait_for_answer()

    assert browser.evaluate("document.querySelectorAll('.stages .done').length") == 4
    assert any('Tokyo' in chip for chip in texts(browser, '#intents li'))
    assert texts(browser, '#place-list .place-name')
    assert len(texts(browser, '[role=tab]')) >= 2
    assert len(texts(browser, '#panel-0 .day')) == 3
    assert texts(browser, '#panel-0 .block .time')
    assert texts(browser, '#panel-0 .price')[0]
    assert browser.evaluate("document.getElementById('problem').hidden")
    browser.screenshot('plan-wide')
    assert browser.complaints() == []


def test_next_message_carries_the_trip(browser, tripd):
    browser.open(tripd.url + '/')
    browser.say(PLAN)
    browser.wait_for_answer()
    browser.say('hello')
    browser.wait('document.querySelectorAll(".reply").length > 0')
    browser.wait_for_answer()

    first, second = browser.sent()
    assert first == {'message': PLAN, 'pois': [], 'requirements': [], 'plan': []}
    assert second['message'] == 'hello'
    assert second['pois'] and second['plan']
    assert len(texts(browser, '#panel-0 .day')) == 3
    browser.evaluate("document.getElementById('reset').click()")
    assert browser.evaluate("document.getElementById('options').hidden")


@pytest.mark.parametrize('dark', [False, True])
def test_small_screen(browser, tripd, dark):
    browser.open(tripd.url + '/', 360, 740, dark)
    browser.say(PLAN)
    browser.wait_for_answer()
    for width in (360, 400, 620, 900, 1280):
        browser.resize(width, 740)
        assert browser.evaluate('document.documentElement.scrollWidth') <= width
        browser.screenshot(f'plan-{width}-{"dark" if dark else "light"}')
    color = browser.evaluate('getComputedStyle(document.body).backgroundColor')
    assert (max(int(part) for part in re.findall(r'\d+', color)[:3]) < 80) == dark


def test_tabs_by_keyboard(browser, tripd):
    browser.open(tripd.url + '/')
    browser.say(PLAN)
    browser.wait_for_answer()
    browser.evaluate("document.getElementById('tab-0').focus()")
    browser.press('ArrowRight')
    assert browser.evaluate("document.activeElement.id") == 'tab-1'
    assert browser.evaluate("document.getElementById('tab-1').getAttribute('aria-selected')") == 'true'
    assert browser.evaluate("document.getElementById('panel-0').hidden && !document.getElementById('panel-1').hidden")
    browser.press('ArrowLeft')
    assert browser.evaluate("document.activeElement.id") == 'tab-0'


def test_error_is_shown(browser, faulty):
    browser.open(faulty('planner-throws').url + '/')
    browser.say(PLAN)
    browser.wait("!document.getElementById('problem').hidden")
    assert texts(browser, '#problem-text')[0]
    assert browser.evaluate("!document.getElementById('send').hidden")
    browser.screenshot('error')
    browser.say(PLAN)
    browser.wait("!document.getElementById('problem').hidden")


def test_stop(browser, faulty):
    browser.open(faulty('stuck-planner').url + '/')
    browser.say(PLAN)
    browser.wait("document.getElementById('stage-plan').className === 'running'")
    browser.screenshot('running')
    browser.press('Escape')
    browser.wait("document.getElementById('status').textContent.startsWith('Stopped')")
    assert browser.evaluate("document.getElementById('stop').hidden")
    browser.say('hello')
    browser.wait_for_answer()


def test_connection_that_breaks(browser, faulty, tripd_factory):
    """A request that the service did not finish is asked again of the next one."""
    daemon = faulty('stuck-planner')
    browser.open(daemon.url + '/')
    browser.say(PLAN)
    browser.wait("document.getElementById('stage-plan').className === 'running'")
    daemon.stop()
    browser.wait("document.getElementById('connection').textContent === 'Connection lost'")
    browser.screenshot('lost')
    tripd_factory('--port', str(daemon.port), default_args=('--no-dbus',))
    browser.wait_for_answer()
    assert texts(browser, '#connection') == ['Connected']
    assert len(browser.sent()) == 2


def test_text_stays_text(browser, tripd):
    browser.open(tripd.url + '/')
    browser.say('<img src=x onerror="document.title=1"> 3 days in Tokyo <b>bold</b>')
    browser.wait("document.getElementById('stop').hidden")
    assert browser.evaluate("document.querySelectorAll('main img[src=x], main b').length") == 0
    assert browser.evaluate('document.title') == 'Trip Planner'
