#!/usr/bin/gjs -m
// SPDX-FileCopyrightText: 2026 The tripd authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Asks tripd on the session bus the way a desktop program does: makes a job, connects to its signals, starts it, and
// gets each stage as native values.
import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import System from 'system';

const NAME = 'org.tripd.Trip1';
const PATH = '/org/tripd/Trip1';

const bus = Gio.DBus.session;
const loop = new GLib.MainLoop(null, false);
let status = 1;

const show = {
    Intents: ([intents]) => intents.forEach(i => print(`intent: ${i.intent} ${i.action} ${i.value}`)),
    Pois: ([pois]) => print(`places: ${pois.length}`),
    Requirements: ([requirements]) => requirements.forEach(r => print(`requirement: ${r.description} (${r.priority})`)),
    Plan: ([plan]) => plan.forEach((option, i) => {
        print(`option ${i + 1}: ${option.title}, ${option.overall_cost}`);
        option.days.forEach((day, d) => {
            print(`  day ${d + 1}: ${day.highlight}`);
            day.blocks.forEach(block => print(`    ${block.time}  ${block.description}`));
        });
    }),
    Progress: ([stage, percent]) => print(`progress: ${stage} ${percent} %`),
    Done: () => end('done', 0),
    Error: ([code, message]) => end(`error: ${code}: ${message}`, 1),
    Cancelled: () => end('cancelled', 1),
};

function end(text, code) {
    print(text);
    status = code;
    loop.quit();
}

function call(path, method, parameters = null) {
    const type = path === PATH ? 'Orchestrator' : 'Job';
    return bus.call_sync(NAME, path, `${NAME}.${type}`, method, parameters, null, Gio.DBusCallFlags.NONE, -1, null);
}

try {
    const message = ARGV[0] ?? 'plan a 3 day trip to Tokyo';
    const [path] = call(PATH, 'CreateJob', new GLib.Variant('(sa{sv})', [message, {}])).deepUnpack();

    bus.signal_subscribe(NAME, `${NAME}.Job`, null, path, null, Gio.DBusSignalFlags.NONE,
        (_bus, _sender, _path, _interface, signal, parameters) => show[signal]?.(parameters.recursiveUnpack()));
    Gio.bus_watch_name_on_connection(bus, NAME, Gio.BusNameWatcherFlags.NONE, null, () => end('the service left', 1));
    call(path, 'Start');
    loop.run();
} catch (error) {
    printerr(error.message);
}
System.exit(status);
