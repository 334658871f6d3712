# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each example of doc/examples, run as its README says."""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
import websocket
from gi.repository import GLib

from busfixtures import DEADLINE, SOURCE_ROOT, private_bus, program, service

EXAMPLES = SOURCE_ROOT / "doc" / "examples"
TRIP = "plan a 3 day trip to Tokyo and Kyoto"


def run(arguments, env=None, status=0):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=DEADLINE,
                          env=env)
    assert done.returncode == status, (done.stdout[-2000:], done.stderr)
    return done.stdout


def check_stages(text, messages=1):
    """What every example prints for a trip to Tokyo and Kyoto."""
    assert "intent: Points_Of_Interest add Tokyo" in text
    assert "intent: Points_Of_Interest add Kyoto" in text
    assert re.search(r"^requirement: 3 day.* \(must_have\)$", text, re.M), text
    order = [text.index("intent: "), text.index("places: "), text.index("requirement: "), text.index("option 1: "),
             text.index("\n", text.rindex("done") - 1)]
    assert order == sorted(order)
    assert int(re.search(r"^places: (\d+)$", text, re.M).group(1)) > 20
    assert 2 <= len(re.findall(r"^option \d+: \S", text, re.M)) / messages <= 3
    assert len(re.findall(r"^  day 3: ", text, re.M)) == len(re.findall(r"^option ", text, re.M))
    assert re.search(r"^    \d?\d:\d\d", text, re.M)
    assert text.count("done\n") == messages


def test_every_example_is_in_the_readme():
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in EXAMPLES.iterdir():
        if path.name not in ("README.md", "meson.build"):
            assert f"`{path.name}`" in readme


def test_python_client(service):
    check_stages(run([sys.executable, EXAMPLES / "ws_client.py", "--uri", service.socket_uri, TRIP]))


def test_python_client_conversation(service):
    text = run([sys.executable, EXAMPLES / "ws_client.py", "--uri", service.socket_uri, TRIP, "thank you!",
                "remove Kyoto"])
    places = [int(number) for number in re.findall(r"^places: (\d+)$", text, re.M)]
    assert places[0] == places[1] > places[2] > 0
    assert text.count("done\n") == 3


def test_python_client_error(service):
    text = run([sys.executable, EXAMPLES / "ws_client.py", "--uri", service.socket_uri, "3 days in Bergen"],
               status=1)
    assert re.search(r"^error: .*Bergen", text, re.M)


def test_shell_script(private_bus, service, tmp_path):
    def ask(*arguments):
        text = run(["sh", EXAMPLES / "ask.sh", *arguments], env=private_bus.env())
        return json.loads(GLib.Variant.parse(GLib.VariantType("(s)"), text.strip()).unpack()[0])

    first = ask(TRIP)
    assert list(first) == ["intents", "pois", "requirements", "plan"]
    assert len(first["plan"][0]["days"]) == 3

    request = tmp_path / "request.json"
    state = {name: first[name] for name in ("requirements",)}
    request.write_text(json.dumps({"message": "thanks!", **state}), encoding="utf-8")
    assert ask("--state", request)["requirements"] == first["requirements"]
    assert ask("-1 days, or rather 1 day in 'Lisbon'")["intents"]


def test_shell_script_error(private_bus, service):
    done = subprocess.run(["sh", str(EXAMPLES / "ask.sh"), "3 days in Bergen"], capture_output=True, text=True,
                          timeout=DEADLINE, env=private_bus.env())
    assert done.returncode == 1 and "org.tripd.Trip1.Error.Infeasible" in done.stderr


def gjs():
    path = shutil.which("gjs")
    if path is None:
        pytest.skip("gjs is not installed")
    return path


def test_gjs_client(private_bus, service):
    text = run([gjs(), "-m", EXAMPLES / "gjs_client.js", TRIP], env=private_bus.env())
    check_stages(text)
    percents = [int(percent) for percent in re.findall(r"^progress: \w+ (\d+) %$", text, re.M)]
    assert percents and percents == sorted(percents)


def test_gjs_client_error(private_bus, service):
    text = run([gjs(), "-m", EXAMPLES / "gjs_client.js", "3 days in Bergen"], env=private_bus.env(), status=1)
    assert re.search(r"^error: infeasible: .*Bergen", text, re.M)


def test_gjs_client_without_service(tmp_path):
    env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}
    done = subprocess.run([gjs(), "-m", str(EXAMPLES / "gjs_client.js"), TRIP], capture_output=True, text=True,
                          timeout=DEADLINE, env=env)
    assert done.returncode != 0 and done.stdout == ""


def test_c_client():
    """No service and no bus."""
    client = program("LIBTRIP_CLIENT", "libtrip-client")
    check_stages(run([client, TRIP]))
    assert re.search(r"^error: infeasible: .*Bergen", run([client, "3 days in Bergen"], status=1), re.M)


def test_c_client_without_atlas(tmp_path):
    done = subprocess.run([program("LIBTRIP_CLIENT", "libtrip-client"), TRIP], capture_output=True, text=True,
                          timeout=DEADLINE, env={**os.environ, "TRIP_ATLAS": str(tmp_path / "none.db")})
    assert done.returncode == 1 and "none.db" in done.stderr and done.stdout == ""


# The page, in a real browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def page_address():
    """The README's `python3 -m http.server` on a free port."""
    handler = functools.partial(Quiet, directory=str(EXAMPLES))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/browser.html"
        server.shutdown()


class Browser:
    """Chromium without a window, driven over its debugging socket."""

    def __init__(self, binary, directory):
        arguments = [binary, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--no-first-run", "--disable-background-networking", "--no-proxy-server",
                     "--remote-debugging-port=0", f"--user-data-dir={directory}", "about:blank"]
        self.popen = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.number = 0
        port_file = directory / "DevToolsActivePort"
        self.wait(lambda: port_file.exists() and port_file.read_text().count("\n"), "the browser")
        port = port_file.read_text().splitlines()[0]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        pages = self.wait(lambda: [target for target in json.load(opener.open(f"http://127.0.0.1:{port}/json"))
                                   if target["type"] == "page"], "a page")
        self.socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], suppress_origin=True,
                                                  timeout=DEADLINE)

    def wait(self, condition, what):
        deadline = time.monotonic() + DEADLINE
        while not (value := condition()):
            assert self.popen.poll() is None, "the browser ended"
            assert time.monotonic() < deadline, f"waited {DEADLINE} s for {what}"
            time.sleep(0.05)
        return value

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            reply = json.loads(self.socket.recv())
            if reply.get("id") == self.number:
                assert "error" not in reply, reply
                return reply["result"]

    def evaluate(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.wait(lambda: self.evaluate("location.href + document.readyState") == address + "complete", address)

    def close(self):
        self.socket.close()
        self.popen.terminate()
        self.popen.wait(DEADLINE)


@pytest.fixture
def browser(tmp_path):
    binary = shutil.which("chromium")
    if binary is None:
        pytest.skip("chromium is not installed")
    browser = Browser(binary, tmp_path)
    yield browser
    browser.close()


def send(browser, message):
    browser.evaluate(f"form.message.value = {json.dumps(message)}; form.requestSubmit()")
    browser.wait(lambda: browser.evaluate("document.body.dataset.state") not in (None, "", "busy"), "the end")
    return browser.evaluate("document.body.dataset.state"), browser.evaluate("log.textContent")


def test_browser_page(browser, service, page_address):
    browser.open(f"{page_address}?ws={service.socket_uri}")
    state, text = send(browser, TRIP)
    assert state == "done", text
    check_stages(text)

    # The second turn carries the answer of the first.
    state, text = send(browser, "thank you!")
    assert state == "done"
    places = re.findall(r"^places: (\d+)$", text, re.M)
    assert len(places) == 2 and places[0] == places[1]

    state, text = send(browser, "<img src=x onerror=alert(1)> 3 days in Bergen")
    assert browser.evaluate("log.querySelector('img')") is None
    assert state in ("done", "error")


def test_browser_page_without_service(browser, page_address):
    browser.open(f"{page_address}?ws=ws://127.0.0.1:1/ws/chat")
    state, text = send(browser, TRIP)
    assert state == "closed" and "closed the connection" in text
