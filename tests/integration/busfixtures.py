# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A private session bus, services on it, and callers that come and go. Everything waits on conditions; a deadline is
only there to turn a hang into a failure."""

import contextlib
import os
import pathlib
import subprocess
import tempfile
import threading
import time

import pytest
from gi.repository import Gio, GLib

NAME = "org.tripd.Trip1"
PATH = "/org/tripd/Trip1"
ORCHESTRATOR = NAME + ".Orchestrator"
JOB = NAME + ".Job"
MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"

TRIP = "plan a 3 day trip to Tokyo and Kyoto"
SHORT = "plan a 1 day trip to Lisbon"
STAGES = ["Intents", "Pois", "Requirements", "Plan"]
ERROR = NAME + ".Error."

DEADLINE = int(os.environ.get("TRIP_TEST_DEADLINE", 60))
ENDS = ("Done", "Error", "Cancelled")

SOURCE_ROOT = pathlib.Path(os.environ.get("TRIP_SOURCE_ROOT", pathlib.Path(__file__).parents[2]))


def program(variable, name):
    """A built program, by the environment that meson sets or beside a build folder; skips where there is none."""
    path = os.environ.get(variable)
    if path is None and "TRIP_BUILD_ROOT" in os.environ:
        found = list(pathlib.Path(os.environ["TRIP_BUILD_ROOT"]).glob(f"**/{name}"))
        path = str(found[0]) if found else None
    if path is None or not os.path.exists(path):
        pytest.skip(f"{name} is not built; set {variable}")
    return path


class Process:
    """A program in the background whose output is collected line by line."""

    def __init__(self, arguments, env=None):
        self.lines = []
        self._more = threading.Condition()
        self.popen = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                      errors="replace", env=env)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.popen.stdout:
            with self._more:
                self.lines.append(line.rstrip("\n"))
                self._more.notify_all()
        with self._more:
            self.lines.append(None)
            self._more.notify_all()

    def wait_for_line(self, start):
        def find():
            return next((line for line in self.lines if line is not None and line.startswith(start)), None)

        with self._more:
            self._more.wait_for(lambda: find() is not None or None in self.lines, DEADLINE)
            line = find()
            assert line is not None, f"no line {start!r} from {self.popen.args}: {self.lines}"
            return line

    def text(self):
        return "\n".join(line for line in self.lines if line is not None)

    def stop(self):
        if self.popen.poll() is None:
            self.popen.terminate()
        try:
            status = self.popen.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            raise
        self._reader.join()
        return status


class Bus(Process):
    def __init__(self, directory):
        super().__init__(["dbus-daemon", "--session", "--nofork", "--print-address=1",
                          f"--address=unix:dir={directory}"])
        self.address = self.wait_for_line("unix:")

    def env(self, **more):
        return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address, **more}


class Service(Process):
    """A tripd on a bus."""

    def __init__(self, bus, arguments):
        self._state = tempfile.TemporaryDirectory(prefix="tripd-state-")
        super().__init__([*arguments, "--port", "0"], bus.env(G_DEBUG="fatal-warnings", XDG_STATE_HOME=self._state.name))
        self.bus = bus
        self.uri = self.wait_for_line("tripd: listening on ").removeprefix("tripd: listening on ")
        self.wait_for_line("tripd: on the session bus")

    @property
    def socket_uri(self):
        return self.uri.replace("http:", "ws:") + "ws/chat"

    def check_alive(self):
        assert self.popen.poll() is None, self.text()


def wait_until(condition, what="the condition"):
    """Runs the main context until @condition holds and returns its value."""
    context = GLib.MainContext.default()
    deadline = time.monotonic() + DEADLINE
    wake = GLib.timeout_add(20, lambda: GLib.SOURCE_CONTINUE)
    try:
        while not (value := condition()):
            assert time.monotonic() < deadline, f"waited {DEADLINE} s for {what}"
            context.iteration(True)
        return value
    finally:
        GLib.source_remove(wake)


class RemoteError(Exception):
    def __init__(self, error):
        super().__init__(error.message)
        self.name = Gio.DBusError.get_remote_error(error)
        Gio.DBusError.strip_remote_error(error)
        self.message = error.message


class Job:
    """A job as its owner sees it: signals are (name, arguments) in order of arrival."""

    def __init__(self, caller, path):
        self.caller = caller
        self.path = path
        self.signals = []
        self.changes = []
        caller.jobs[path] = self

    def names(self):
        return [name for name, _ in self.signals]

    def get(self, name):
        return next(arguments for signal, arguments in self.signals if signal == name)

    def call(self, method, parameters=None):
        return self.caller.call(self.path, JOB, method, parameters)

    def property(self, name):
        return self.caller.call(self.path, PROPERTIES, "Get", GLib.Variant("(ss)", (JOB, name)))[0]

    def events(self, after_seq=0):
        return self.call("GetEvents", GLib.Variant("(t)", (after_seq,)))[0]

    def start(self):
        self.call("Start")
        return self

    def wait(self, *names):
        wait_until(lambda: any(name in self.names() for name in names), f"{names}, had {self.names()}")
        return self

    def wait_end(self):
        return self.wait(*ENDS)


class Caller:
    """One connection to the bus."""

    def __init__(self, bus):
        self.connection = Gio.DBusConnection.new_for_address_sync(
            bus.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)
        self.jobs = {}
        self.heard = []
        self.connection.signal_subscribe(None, None, None, None, None, Gio.DBusSignalFlags.NONE, self._on_signal)

    def _on_signal(self, _connection, _sender, path, interface, signal, parameters):
        if not path.startswith(PATH):
            return
        self.heard.append((path, interface, signal, parameters))
        job = self.jobs.get(path)
        if job is not None and interface == JOB:
            job.signals.append((signal, parameters))
        elif job is not None and interface == PROPERTIES:
            job.changes.append(parameters)

    @property
    def name(self):
        return self.connection.get_unique_name()

    @property
    def element(self):
        return self.name.removeprefix(":").replace(".", "_")

    def call_raw(self, path, interface, method, parameters=None, destination=NAME):
        try:
            return self.connection.call_sync(destination, path, interface, method, parameters, None,
                                             Gio.DBusCallFlags.NO_AUTO_START, DEADLINE * 1000, None)
        except GLib.Error as error:
            raise RemoteError(error) from None

    def call(self, *arguments, **more):
        return self.call_raw(*arguments, **more).unpack()

    def create(self, message, **options):
        """CreateJob with options given as variants."""
        return Job(self, self.call(PATH, ORCHESTRATOR, "CreateJob", GLib.Variant("(sa{sv})", (message, options)))[0])

    def ask(self, message, **options):
        return self.call(PATH, ORCHESTRATOR, "Ask", GLib.Variant("(sa{sv})", (message, options)))[0]

    def ask_async(self, message, callback=None, **options):
        self.connection.call(NAME, PATH, ORCHESTRATOR, "Ask", GLib.Variant("(sa{sv})", (message, options)), None,
                             Gio.DBusCallFlags.NO_AUTO_START, DEADLINE * 1000, None, callback)

    def ask_state(self, request_json):
        return self.call(PATH, ORCHESTRATOR, "AskState", GLib.Variant("(s)", (request_json,)))[0]

    def version(self):
        return self.call(PATH, PROPERTIES, "Get", GLib.Variant("(ss)", (ORCHESTRATOR, "Version")))[0]

    def managed(self):
        return self.call(PATH, MANAGER, "GetManagedObjects")[0]

    def introspect(self, path):
        return self.call(path, INTROSPECTABLE, "Introspect")[0]

    def child_nodes(self, path):
        return [node.path for node in Gio.DBusNodeInfo.new_for_xml(self.introspect(path)).nodes]

    def leave(self):
        if not self.connection.is_closed():
            self.connection.close_sync(None)


def poi(name="Tokyo Tower", lat=35.6586, lng=139.7454, **members):
    """A place as native values; @members are variants."""
    return {"name": GLib.Variant("s", name), "description": GLib.Variant("s", "A tower"),
            "geo_coordinate": GLib.Variant("a{sv}", {"lat": GLib.Variant("d", lat), "lng": GLib.Variant("d", lng)}),
            **members}


def dictionaries(items):
    return GLib.Variant("aa{sv}", items)


def is_gone(observer, caller):
    """Whether the service has taken the jobs of @caller off the bus."""
    return caller.element not in observer.child_nodes(PATH + "/job")


@contextlib.contextmanager
def refused(name, message=None):
    """The call inside fails with the D-Bus error @name, whose text has @message in it."""
    with pytest.raises(RemoteError) as info:
        yield info
    assert info.value.name == name, info.value.message
    if message is not None:
        assert message in info.value.message


@pytest.fixture(scope="module")
def private_bus(tmp_path_factory):
    bus = Bus(tmp_path_factory.mktemp("bus"))
    yield bus
    bus.stop()


@pytest.fixture(scope="module")
def service(private_bus):
    service = Service(private_bus, [program("TRIPD", "tripd")])
    yield service
    alive = service.popen.poll() is None
    assert service.stop() == 0 and alive, service.text()


@pytest.fixture
def caller(service):
    caller = Caller(service.bus)
    yield caller
    caller.leave()
    service.check_alive()


@pytest.fixture
def faulty(tmp_path_factory):
    """A factory of services with a fault, each on a bus of its own, since a name has one owner."""
    started = []

    def start(fault):
        bus = Bus(tmp_path_factory.mktemp("bus"))
        started.append(bus)
        service = Service(bus, [program("TRIPD_FAULTY", "tripd-faulty"), "--fault", fault])
        started.append(service)
        return service

    yield start
    ended = [(process, process.stop()) for process in reversed(started)]
    for process, status in ended:
        assert not isinstance(process, Service) or status == 0, process.text()
