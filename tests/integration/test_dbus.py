# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Jobs on D-Bus: signals, properties, cancelling, strangers, those who leave, and limits."""

import json
import subprocess
import time

import pytest
from gi.repository import Gio, GLib

import wsraw
from busfixtures import (DEADLINE, ENDS, ERROR, JOB, MANAGER, NAME, ORCHESTRATOR, PATH, PROPERTIES, SHORT, SOURCE_ROOT,
                         STAGES, TRIP, Caller, RemoteError, caller, dictionaries, faulty, is_gone, poi, private_bus,
                         refused, service, wait_until)

DENIED = "org.freedesktop.DBus.Error.AccessDenied"
QUOTA = 64
MAX_JOBS = 1024
MAX_ACTIVE = 32

# The objects


def test_gdbus_introspect(private_bus, service):
    text = subprocess.run(["gdbus", "introspect", "--session", "--dest", NAME, "--object-path", PATH],
                          env=private_bus.env(), capture_output=True, text=True, timeout=DEADLINE, check=True).stdout
    for wanted in ("interface org.tripd.Trip1.Orchestrator {", "interface org.freedesktop.DBus.ObjectManager {",
                   "CreateJob(in  s message,", "Ask(in  s message,", "AskState(in  s request_json,",
                   "out o job);", "GetManagedObjects(out a{oa{sa{sv}}} objects);", "readonly s Version ="):
        assert wanted in text, text


def test_gdbus_introspect_job(private_bus, caller):
    job = caller.create(SHORT)
    text = subprocess.run(["gdbus", "introspect", "--session", "--dest", NAME, "--object-path", job.path],
                          env=private_bus.env(), capture_output=True, text=True, timeout=DEADLINE, check=True).stdout
    for wanted in ("interface org.tripd.Trip1.Job {", "Start();", "Cancel();", "GetEvents(in  t after_seq,",
                   "out a(tsv) events);", "Intents(aa{sv} intents);", "Pois(aa{sv} pois);",
                   "Requirements(aa{sv} requirements);", "Plan(aa{sv} plan);", "Progress(s stage,",
                   "PoiFound(a{sv} poi);", "PoiImages(s name,", "Done();", "Error(s code,", "Cancelled();",
                   "readonly s State", "readonly t LastSeq", "readonly u Percent", "readonly aa{sv} Pois",
                   "readonly aa{sv} Requirements", "readonly aa{sv} Plan"):
        assert wanted in text, text


def test_published_xml_matches_the_bus(service, caller):
    xml = (SOURCE_ROOT / "data" / "dbus" / "org.tripd.Trip1.xml").read_text(encoding="utf-8")
    published = Gio.DBusNodeInfo.new_for_xml(xml)
    job = caller.create(SHORT)
    for path, name in ((PATH, ORCHESTRATOR), (PATH, MANAGER), (job.path, JOB)):
        there = Gio.DBusNodeInfo.new_for_xml(caller.introspect(path)).lookup_interface(name)
        here = published.lookup_interface(name)
        for kind in ("methods", "signals", "properties"):
            assert [item.name for item in getattr(there, kind)] == [item.name for item in getattr(here, kind)]


def test_version_property(caller):
    assert caller.version().count(".") == 2


# A job from start to end


def test_create_job_is_idle_and_silent(caller):
    job = caller.create(TRIP)
    assert job.path.startswith(f"{PATH}/job/{caller.element}/")
    assert job.property("State") == "idle"
    assert job.property("LastSeq") == 0
    assert job.property("Percent") == 0
    assert job.property("Pois") == job.property("Requirements") == job.property("Plan") == []
    assert job.events() == []
    assert job.signals == []


def test_handle_token_makes_the_path_predictable(caller):
    job = caller.create(SHORT, handle_token=GLib.Variant("s", "my_trip_1"))
    assert job.path == f"{PATH}/job/{caller.element}/my_trip_1"
    with refused(ERROR + "InvalidMessage", "my_trip_1"):
        caller.create(SHORT, handle_token=GLib.Variant("s", "my_trip_1"))


@pytest.mark.parametrize("token", ["", "a-b", "../x", "a/b", "é", "x" * 65])
def test_bad_handle_token(caller, token):
    with refused(ERROR + "InvalidMessage", "handle_token"):
        caller.create(SHORT, handle_token=GLib.Variant("s", token))


def test_connect_before_create_hears_all(service):
    """The point of handle_token: a client connects to the path before the job exists and misses nothing."""
    caller = Caller(service.bus)
    heard = []
    caller.connection.signal_subscribe(NAME, JOB, None, f"{PATH}/job/{caller.element}/early", None,
                                       Gio.DBusSignalFlags.NONE, lambda *arguments: heard.append(arguments[4]))
    caller.create(SHORT, handle_token=GLib.Variant("s", "early")).start()
    wait_until(lambda: heard and heard[-1] in ENDS)
    assert [name for name in heard if name in STAGES] == STAGES
    caller.leave()


def test_signals_order_and_types(caller):
    job = caller.create(TRIP).start().wait_end()
    names = job.names()
    assert [name for name in names if name in STAGES or name in ENDS] == [*STAGES, "Done"]
    assert names[-1] == "Done"
    assert set(names) <= {*STAGES, "Done", "Progress", "PoiFound"}

    for name in STAGES:
        assert job.get(name).get_type_string() == "(aa{sv})"
    assert job.get("Done").get_type_string() == "()"

    intents = job.get("Intents").unpack()[0]
    assert [(i["intent"], i["action"]) for i in intents] == [
        ("Schedule_Requirement", "add"), ("Points_Of_Interest", "add"), ("Points_Of_Interest", "add")]
    assert [i["value"] for i in intents[1:]] == ["Tokyo", "Kyoto"]

    found = [arguments.unpack()[0]["name"] for name, arguments in job.signals if name == "PoiFound"]
    places = [place["name"] for place in job.get("Pois").unpack()[0]]
    assert found and set(found) <= set(places)
    assert names.index("PoiFound") > names.index("Intents")
    assert len(names) - 1 - names[::-1].index("PoiFound") < names.index("Pois")


def test_values_are_native(caller):
    job = caller.create(TRIP).start().wait_end()
    place = job.get("Pois").get_child_value(0).get_child_value(0)
    assert place.lookup_value("name", None).get_type_string() == "s"
    assert place.lookup_value("geo_coordinate", None).get_type_string() == "a{sv}"
    assert place.lookup_value("geo_coordinate", None).lookup_value("lat", None).get_type_string() == "d"
    assert place.lookup_value("cost", None).get_type_string() == "s"

    option = job.get("Plan").get_child_value(0).get_child_value(0)
    assert option.lookup_value("days", None).get_type_string() == "aa{sv}"
    assert option.lookup_value("cost_total", None).get_type_string() in ("x", "d")
    day = option.lookup_value("days", None).get_child_value(0)
    assert day.lookup_value("blocks", None).get_type_string() == "aa{sv}"
    assert day.lookup_value("lodging", None).get_type_string() == "s"
    assert day.lookup_value("lodging_poi", None).get_type_string() == "a{sv}"


def test_progress_never_falls(caller):
    job = caller.create(TRIP).start().wait_end()
    percents = [arguments.unpack()[1] for name, arguments in job.signals if name == "Progress"]
    assert percents and percents == sorted(percents) and percents[-1] <= 100
    assert {arguments.unpack()[0] for name, arguments in job.signals if name == "Progress"} <= {
        "intents", "pois", "requirements", "plan"}


def test_events_are_the_signals_numbered_without_gaps(caller):
    job = caller.create(TRIP).start().wait_end()
    events = job.events()
    assert [seq for seq, _, _ in events] == list(range(1, len(events) + 1))
    kinds = {"poi": "PoiFound", **{name.lower(): name for name in (*STAGES, "Done", "Progress")}}
    assert [kinds[kind] for _, kind, _ in events] == job.names()
    for (_, kind, data), (_, arguments) in zip(events, job.signals):
        if kind in ("intents", "pois", "requirements", "plan", "poi"):
            assert data == arguments.unpack()[0]
        elif kind == "progress":
            assert (data["stage"], data["percent"]) == arguments.unpack()
    assert job.events(len(events)) == []
    assert job.events(len(events) + 1000) == []
    assert job.events(2**64 - 1) == []
    assert job.events(3) == events[3:]


def test_same_events_as_on_the_socket(faulty):
    """In the same order, under the same numbers; how often a stage reports its progress depends on the time it takes."""
    service = faulty("images")
    job = Caller(service.bus).create(TRIP).start().wait_end()
    client = wsraw.Raw.open(int(service.uri.rstrip("/").rsplit(":", 1)[1]), headers={"Sec-WebSocket-Protocol": "tripchat.v2"})
    client.send_json({"type": "chat", "message": TRIP})
    messages = []
    while not messages or messages[-1]["type"] != "done":
        messages.append(client.recv_json())
    told = [(m["seq"], m["type"]) for m in messages if m["type"] != "accepted"]
    events = [(seq, kind) for seq, kind, _ in job.events()]
    plain = {"pois", "poi", "poi_images", "requirements", "plan", "intents", "done"}
    assert [kind for _, kind in told if kind in plain and kind != "poi_images"] == [
        kind for _, kind in events if kind in plain and kind != "poi_images"]
    first = [kind for _, kind in events].index("requirements")
    assert told[:first] == events[:first]
    for name, urls in (arguments.unpack() for kind, arguments in job.signals if kind == "PoiImages"):
        assert {"name": name, "images": {"urls": urls}} in [m["data"] for m in messages if m["type"] == "poi_images"]
    assert job.names().count("PoiImages") == 3
    client.close()


def test_properties_after_the_end(caller):
    job = caller.create(TRIP).start().wait_end()
    assert job.property("State") == "done"
    assert job.property("Percent") == 100
    assert job.property("LastSeq") == len(job.signals)
    for name in ("Pois", "Requirements", "Plan"):
        assert job.property(name) == job.get(name).unpack()[0]
    everything = caller.call(job.path, PROPERTIES, "GetAll", GLib.Variant("(s)", (JOB,)))[0]
    assert set(everything) == {"State", "LastSeq", "Percent", "Pois", "Requirements", "Plan"}


def test_properties_changed(caller):
    job = caller.create(SHORT).start().wait_end()
    changed = [change.unpack() for change in job.changes]
    assert all(interface == JOB for interface, _, _ in changed)
    assert [values["LastSeq"] for _, values, _ in changed] == list(range(1, len(changed) + 1))
    assert changed[0][1]["State"] == "running"
    assert changed[-1][1]["State"] == "done" and changed[-1][1]["Percent"] == 100
    assert [name for _, _, invalidated in changed for name in invalidated] == ["Pois", "Requirements", "Plan"]


def test_start_twice(caller):
    job = caller.create(SHORT).start()
    with refused(ERROR + "JobFinished"):
        job.call("Start")
    job.wait_end()
    with refused(ERROR + "JobFinished"):
        job.call("Start")
    assert job.names().count("Done") == 1


def test_unknown_property_and_method(caller):
    job = caller.create(SHORT)
    with refused("org.freedesktop.DBus.Error.InvalidArgs"):
        job.property("Owner")
    with refused("org.freedesktop.DBus.Error.UnknownMethod"):
        job.call("Pause")
    with refused("org.freedesktop.DBus.Error.InvalidArgs"):
        caller.call(PATH, ORCHESTRATOR, "Ask", GLib.Variant("(s)", (SHORT,)))
    with pytest.raises(RemoteError):
        caller.call(job.path, PROPERTIES, "Set", GLib.Variant("(ssv)", (JOB, "State", GLib.Variant("s", "done"))))
    assert job.property("State") == "idle"


def test_native_state_round_trip(caller):
    """A second turn with the lists of the first as options, unknown members included."""
    first = caller.create(SHORT).start().wait_end()
    lists = {name.lower(): first.get(name).get_child_value(0) for name in STAGES[1:]}
    marked = lists["pois"].unpack()
    second = caller.create("thank you so much", **lists).start().wait_end()
    assert second.names()[-1] == "Done"
    for name in STAGES[1:]:
        assert second.get(name).unpack() == first.get(name).unpack()
    assert marked == second.get("Pois").unpack()[0]


def test_options_keep_unknown_members(caller):
    mine = poi(stars=GLib.Variant("i", 4), ratio=GLib.Variant("d", 0.25), flag=GLib.Variant("b", True),
               words=GLib.Variant("as", ["a", "b"]), nested=GLib.Variant("a{sv}", {"deep": GLib.Variant("s", "é")}))
    requirement = {"description": GLib.Variant("s", "3 days"), "n": GLib.Variant("y", 7)}
    job = caller.create("thanks!", pois=dictionaries([mine]), requirements=dictionaries([requirement]),
                        plan=dictionaries([])).start().wait_end()
    place = job.get("Pois").unpack()[0][0]
    assert (place["stars"], place["ratio"], place["flag"], place["words"], place["nested"]) == (
        4, 0.25, True, ["a", "b"], {"deep": "é"})
    assert job.get("Requirements").unpack()[0][0]["n"] == 7
    assert job.get("Plan").unpack()[0] == []


def test_second_turn_changes_the_plan(caller):
    first = caller.create(TRIP).start().wait_end()
    lists = {name.lower(): first.get(name).get_child_value(0) for name in STAGES[1:]}
    second = caller.create("remove Kyoto", **lists).start().wait_end()
    assert second.names()[-1] == "Done", second.signals[-1]
    names = {place["name"] for place in second.get("Pois").unpack()[0]}
    assert names and names < {place["name"] for place in first.get("Pois").unpack()[0]}


def test_wrapped_options(caller):
    """An agent's wrapping is unwrapped on D-Bus as well."""
    wrapped = GLib.Variant("a{sv}", {"results": dictionaries([poi()])})
    job = caller.create("thanks!", pois=wrapped).start().wait_end()
    assert [place["name"] for place in job.get("Pois").unpack()[0]] == ["Tokyo Tower"]


@pytest.mark.parametrize("options, path", [
    ({"pois": dictionaries([{"description": GLib.Variant("s", "x")}])}, "pois[0].name"),
    ({"pois": dictionaries([poi(), poi(geo_coordinate=GLib.Variant("a{sv}", {
        "lat": GLib.Variant("s", "north"), "lng": GLib.Variant("d", 1.0)}))])},
     "pois[1].geo_coordinate.lat must be a number"),
    ({"pois": GLib.Variant("s", "Tokyo")}, "pois must be an array"),
    ({"pois": GLib.Variant("as", ["Tokyo"])}, "pois[0] must be an object"),
    ({"requirements": dictionaries([{"description": GLib.Variant("i", 3)}])}, "requirements[0].description"),
    ({"requirements": dictionaries([{"description": GLib.Variant("s", "x"), "priority": GLib.Variant("s", "urgent")}])},
     "requirements[0].priority"),
    ({"plan": dictionaries([{"days": GLib.Variant("s", "none")}])}, "plan[0].days must be an array"),
    ({"plan": dictionaries([{"days": dictionaries([{"blocks": GLib.Variant("i", 3)}])}])}, "plan[0].days[0].blocks"),
])
def test_wrong_options_name_the_member(caller, options, path):
    for call in (caller.create, caller.ask):
        with refused(ERROR + "InvalidMessage", path):
            call(SHORT, **options)


def nested(value, levels):
    for _ in range(levels):
        value = GLib.Variant.new_array(None, [value])
    return value


def test_deep_options_are_refused_and_harm_nobody(service, caller):
    """A list of lists of text costs one level each on the way in and two on the way out; the bus cuts off who sends
    more than 64."""
    deep = poi(deep=nested(GLib.Variant("s", "x"), 28))
    with refused(ERROR + "InvalidMessage", "deep"):
        caller.create("thanks!", pois=dictionaries([deep]))
    flat = poi(deep=nested(GLib.Variant("s", "x"), 8))
    job = caller.create("thanks!", pois=dictionaries([flat])).start().wait_end()
    assert job.names()[-1] == "Done"
    assert len(caller.managed()) == 1
    assert len(job.events()) == len(job.signals)
    service.check_alive()


# Cancelling


def test_cancel_idle(caller):
    job = caller.create(TRIP)
    job.call("Cancel")
    assert job.wait_end().names() == ["Cancelled"]
    assert job.property("State") == "cancelled"
    assert [(seq, kind) for seq, kind, _ in job.events()] == [(1, "cancelled")]
    with refused(ERROR + "JobFinished"):
        job.call("Start")
    job.call("Cancel")
    assert job.property("LastSeq") == 1


def test_cancel_running_keeps_what_was_found(faulty):
    caller = Caller(faulty("stuck-planner").bus)
    job = caller.create(TRIP).start().wait("Requirements")
    assert job.property("State") == "running"
    job.call("Cancel")
    job.wait_end()
    assert job.names()[-1] == "Cancelled"
    assert not {"Plan", "Done", "Error"} & set(job.names())
    assert job.property("State") == "cancelled"
    assert job.property("Pois") == job.get("Pois").unpack()[0] != []
    assert job.property("Plan") == []
    assert job.property("LastSeq") == len(job.signals)
    caller.leave()


def test_cancel_finished_is_harmless(caller):
    job = caller.create(SHORT).start().wait_end()
    n = len(job.signals)
    job.call("Cancel")
    job.call("Cancel")
    assert job.property("State") == "done"
    assert job.property("LastSeq") == n
    assert job.names()[-1] == "Done" and len(job.signals) == n


def test_start_and_cancel_at_once(caller):
    """Calls sent without waiting for a reply: whatever wins, one terminal signal ends the job."""
    for _ in range(20):
        job = caller.create(TRIP)
        for method in ("Start", "Cancel"):
            caller.connection.call(NAME, job.path, JOB, method, None, None, Gio.DBusCallFlags.NONE, -1, None, None)
        job.wait_end()
        assert sum(name in ENDS for name in job.names()) == 1


# Owners and strangers


def test_stranger_is_denied(service, caller):
    job = caller.create(TRIP)
    stranger = Caller(service.bus)
    for method, parameters in (("Start", None), ("Cancel", None), ("GetEvents", GLib.Variant("(t)", (0,)))):
        with refused(DENIED):
            stranger.call(job.path, JOB, method, parameters)
    for name in ("State", "LastSeq", "Percent", "Pois", "Requirements", "Plan"):
        with refused(DENIED):
            stranger.call(job.path, PROPERTIES, "Get", GLib.Variant("(ss)", (JOB, name)))
    try:
        assert stranger.call(job.path, PROPERTIES, "GetAll", GLib.Variant("(s)", (JOB,)))[0] == {}
    except RemoteError as error:
        assert error.name == DENIED
    assert job.property("State") == "idle"
    assert job.start().wait_end().names()[-1] == "Done"
    with refused(DENIED):
        stranger.call(job.path, PROPERTIES, "Get", GLib.Variant("(ss)", (JOB, "Plan")))
    stranger.leave()


def test_stranger_cannot_cancel_a_running_job(faulty):
    bus = faulty("stuck-planner").bus
    owner, stranger = Caller(bus), Caller(bus)
    job = owner.create(TRIP).start().wait("Requirements")
    with refused(DENIED):
        stranger.call(job.path, JOB, "Cancel")
    assert job.property("State") == "running"
    job.call("Cancel")
    assert job.wait_end().names()[-1] == "Cancelled"
    owner.leave()
    stranger.leave()


def test_signals_are_unicast(service, caller):
    stranger = Caller(service.bus)
    for rule in (f"type='signal',sender='{NAME}'", f"type='signal',interface='{JOB}'"):
        stranger.call("/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch", GLib.Variant("(s)", (rule,)),
                      destination="org.freedesktop.DBus")
    job = caller.create(TRIP).start().wait_end()
    own = stranger.create(SHORT).start().wait_end()
    # What was sent to everybody before the stranger's own signals would have arrived before them.
    assert {path for path, _, _, _ in stranger.heard} == {PATH, own.path}
    assert {parameters.unpack()[0] for path, _, _, parameters in stranger.heard if path == PATH} == {own.path}
    assert len(job.signals) > 4
    stranger.leave()


def test_object_manager_shows_own_jobs_only(service, caller):
    first, second = caller.create(SHORT), caller.create(SHORT)
    stranger = Caller(service.bus)
    theirs = stranger.create(SHORT)
    managed = caller.managed()
    assert set(managed) == {first.path, second.path}
    assert managed[first.path][JOB]["State"] == "idle"
    assert set(stranger.managed()) == {theirs.path}
    assert [(signal, parameters.unpack()[0]) for path, interface, signal, parameters in
            wait_until(lambda: [item for item in caller.heard if item[1] == MANAGER])] == [
        ("InterfacesAdded", first.path), ("InterfacesAdded", second.path)]
    stranger.leave()
    first.start().wait_end()
    assert caller.managed()[first.path][JOB]["State"] == "done"


# Callers that leave


def wait_until_left(observer, element_owner, leave):
    """Has the bus itself say that the caller left: the service was told before anything that @observer sends later. One
    call more, since introspection is answered by another thread of the service than all else."""
    gone = []
    name = element_owner.name
    observer.connection.signal_subscribe("org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", None, name,
                                         Gio.DBusSignalFlags.NONE, lambda *arguments: gone.append(True))
    leave()
    wait_until(lambda: gone, "NameOwnerChanged")
    observer.version()


def test_vanished_caller_takes_its_idle_and_ended_jobs_along(service, caller):
    other = Caller(service.bus)
    other.create(SHORT)
    other.create(SHORT).start().wait_end()
    mine = caller.create(SHORT)
    assert not is_gone(caller, other)
    wait_until_left(caller, other, other.leave)
    assert is_gone(caller, other)
    assert mine.property("State") == "idle"


def fill(bus, callers, n):
    """Idle jobs of several callers, @n in all."""
    while n > 0:
        callers.append(Caller(bus))
        for _ in range(min(QUOTA, n)):
            callers[-1].create(SHORT)
            n -= 1


def test_vanished_caller_cancels_its_running_jobs(faulty):
    """Seen through the limit on all jobs: it is reached with jobs that never end by themselves, and free once they were
    cancelled."""
    bus = faulty("stuck-planner").bus
    crowd = []
    fill(bus, crowd, MAX_JOBS - QUOTA)
    leaver = Caller(bus)
    jobs = [leaver.create(SHORT).start() for _ in range(QUOTA)]
    for job in jobs[:MAX_ACTIVE]:
        job.wait("Requirements")
    observer = Caller(bus)
    with refused(ERROR + "Busy"):
        observer.create(SHORT)
    with refused(ERROR + "Busy"):
        observer.ask(SHORT)
    wait_until_left(observer, leaver, leaver.leave)
    for _ in range(QUOTA):
        observer.create(SHORT)
    assert is_gone(observer, leaver)
    for other in [*crowd, observer]:
        other.leave()


def create_when_there_is_room(caller):
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            return caller.create(SHORT)
        except RemoteError as error:
            assert error.name == ERROR + "Busy" and time.monotonic() < deadline


def test_vanished_asker_cancels_its_questions(faulty):
    bus = faulty("stuck-planner").bus
    crowd = []
    fill(bus, crowd, MAX_JOBS - QUOTA)
    leaver = Caller(bus)
    for _ in range(QUOTA):
        leaver.ask_async(SHORT)
    with refused(ERROR + "RateLimited"):
        leaver.ask(SHORT)
    observer = Caller(bus)
    with refused(ERROR + "Busy"):
        observer.create(SHORT)
    wait_until_left(observer, leaver, leaver.leave)
    # The questions were cancelled, and end as soon as their stages hear of it.
    for _ in range(QUOTA):
        create_when_there_is_room(observer)
    for other in [*crowd, observer]:
        other.leave()


def test_lingering_job_outlives_its_caller(faulty):
    bus = faulty("stuck-planner").bus
    observer, leaver = Caller(bus), Caller(bus)
    lingering = leaver.create(SHORT, linger=GLib.Variant("b", True)).start().wait("Requirements")
    leaver.create(SHORT).start().wait("Requirements")
    leaver.create(SHORT, linger=GLib.Variant("b", True))
    wait_until_left(observer, leaver, leaver.leave)
    # The running one stays at work; the idle one could not be started by anybody any more.
    assert observer.child_nodes(f"{PATH}/job/{leaver.element}") == [lingering.path.rsplit("/", 1)[1]]
    with refused(DENIED):
        observer.call(lingering.path, JOB, "Cancel")
    observer.leave()


def test_lingering_job_goes_when_it_has_ended(faulty):
    bus = faulty("slow-planner").bus
    observer, leaver = Caller(bus), Caller(bus)
    leaver.create(SHORT, linger=GLib.Variant("b", True)).start().wait("Requirements")
    wait_until_left(observer, leaver, leaver.leave)
    assert not is_gone(observer, leaver)
    wait_until(lambda: is_gone(observer, leaver), "the end of the job")
    observer.leave()


def test_service_that_stops_ends_the_jobs_first(faulty):
    service = faulty("stuck-planner")
    caller = Caller(service.bus)
    job = caller.create(SHORT).start().wait("Requirements")
    answers = []

    def answered(connection, result):
        with pytest.raises(GLib.Error) as info:
            connection.call_finish(result)
        answers.append(Gio.DBusError.get_remote_error(info.value))

    caller.ask_async(SHORT, answered)
    caller.version()
    service.popen.terminate()
    assert job.wait_end().names()[-1] == "Cancelled"
    wait_until(lambda: answers)
    assert answers[0].startswith((ERROR, "org.freedesktop.DBus.Error.NoReply"))
    assert service.popen.wait(DEADLINE) == 0
    caller.leave()


# Limits


def test_quota_of_a_caller(service, caller):
    jobs = [caller.create(SHORT) for _ in range(QUOTA)]
    with refused(ERROR + "RateLimited", str(QUOTA)):
        caller.create(SHORT)
    other = Caller(service.bus)
    assert other.create(SHORT).property("State") == "idle"
    other.leave()

    # An ended job makes room, and is forgotten for it; a request that is refused costs nobody his job.
    jobs[7].call("Cancel")
    with refused(ERROR + "InvalidMessage"):
        caller.create(" ")
    assert jobs[7].property("State") == "cancelled"
    caller.create(SHORT)
    managed = caller.managed()
    assert len(managed) == QUOTA and jobs[7].path not in managed
    with refused(ERROR + "RateLimited"):
        caller.create(SHORT)


def test_fifty_jobs_at_once(caller):
    jobs = [caller.create(SHORT) for _ in range(50)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.wait_end()
        assert [name for name in job.names() if name in STAGES or name in ENDS] == [*STAGES, "Done"]
        assert [seq for seq, _, _ in job.events()] == list(range(1, len(job.signals) + 1))


def test_fifty_questions_at_once(service):
    caller = Caller(service.bus)
    answers = []
    for _ in range(50):
        caller.ask_async(SHORT, lambda connection, result: answers.append(connection.call_finish(result).unpack()[0]))
    wait_until(lambda: len(answers) == 50, "50 answers")
    assert all(json.loads(answer)["plan"] for answer in answers)
    caller.leave()


def test_a_mebibyte_message(service, caller):
    for size, limit in ((1024 * 1024, "1048576"), (100 * 1024, "65536")):
        for call in (caller.create, caller.ask, lambda text: caller.ask_state(json.dumps({"message": text}))):
            with refused(ERROR + "TooLarge", limit):
                call("x" * size)
    with refused(ERROR + "TooLarge", "1048576"):
        caller.ask_state(json.dumps({"message": SHORT, "pois": "x" * 1024 * 1024}))
    with refused(ERROR + "TooLarge", "1048576"):
        caller.ask(SHORT, requirements=dictionaries([{"description": GLib.Variant("s", "x" * 1024 * 1024)}]))
    assert json.loads(caller.ask(SHORT))["plan"]


def test_longest_message_is_answered(caller):
    text = "plan a 1 day trip to Lisbon. " + "z" * (64 * 1024 - 29)
    assert len(text) == 64 * 1024
    assert set(json.loads(caller.ask(text))) == {"intents", "pois", "requirements", "plan"}
    with refused(ERROR + "TooLarge"):
        caller.ask(text + "z")
