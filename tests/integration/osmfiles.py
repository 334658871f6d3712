# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""OpenStreetMap files written by hand, so that tests can also write them wrong."""

import gzip
import struct
import zlib
from xml.sax.saxutils import quoteattr


def node(number, lat, lon, **tags):
    return ("node", number, (lat, lon), tags_of(tags))


def way(number, refs, **tags):
    return ("way", number, refs, tags_of(tags))


def relation(number, members, **tags):
    """Members are (type, number, role)."""
    return ("relation", number, members, tags_of(tags))


def tags_of(tags):
    # opening_hours="…" is a Python name; name__ja stands for name:ja.
    return {key.replace("__", ":"): value for key, value in tags.items()}


def xml(objects):
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6' generator='tests'>"]
    for kind, number, body, tags in objects:
        place = f" lat='{body[0]}' lon='{body[1]}'" if kind == "node" else ""
        lines.append(f"  <{kind} id='{number}'{place}>")
        if kind == "way":
            lines += [f"    <nd ref='{ref}'/>" for ref in body]
        if kind == "relation":
            lines += [f"    <member type='{type_}' ref='{ref}' role='{role}'/>" for type_, ref, role in body]
        lines += [f"    <tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
        lines.append(f"  </{kind}>")
    return "\n".join([*lines, "</osm>", ""]).encode()


def xml_gz(objects):
    return gzip.compress(xml(objects), mtime=0)


def xml_gz_members(objects, size=500):
    """As bgzip and pigz -i write it: many members, at last an empty one."""
    data = xml(objects)
    parts = [data[at:at + size] for at in range(0, len(data), size)]
    return b"".join(gzip.compress(part, mtime=0) for part in [*parts, b""])


def varint(value):
    out = bytearray()
    value &= (1 << 64) - 1
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def zigzag(value):
    return varint((value << 1) ^ (value >> 63))


def field(number, value):
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    return varint(number << 3) + varint(value)


def deltas(values):
    out, last = b"", 0
    for value in values:
        out, last = out + zigzag(value - last), value
    return out


def block(kind, data, *, packed=True, method=None):
    """One block of a PBF file; method is the number of another compression."""
    if method is not None:
        blob = field(2, len(data)) + field(method, data)
    else:
        blob = field(2, len(data)) + field(3, zlib.compress(data)) if packed else field(1, data)
    header = field(1, kind.encode()) + field(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


def header_block(features=("OsmSchema-V0.6", "DenseNodes"), packed=True):
    return block("OSMHeader", b"".join(field(4, feature.encode()) for feature in features), packed=packed)


class Strings:
    def __init__(self):
        self.index = {"": 0}

    def __call__(self, text):
        return self.index.setdefault(text, len(self.index))

    def encode(self):
        return b"".join(field(1, text if isinstance(text, bytes) else text.encode()) for text in self.index)


def fixed(degrees):
    return round(degrees * 1e7)


def dense(nodes, strings):
    pairs = b""
    for _, _, _, tags in nodes:
        pairs += b"".join(varint(strings(key)) + varint(strings(value)) for key, value in tags.items()) + b"\0"
    return field(2, field(1, deltas(n[1] for n in nodes)) + field(8, deltas(fixed(n[2][0]) for n in nodes)) +
                 field(9, deltas(fixed(n[2][1]) for n in nodes)) + field(10, pairs))


def packed_field(number, data):
    # libreadosm takes an empty list for a broken file.
    return field(number, data) if data else b""


def single(kind, number, body, tags, strings):
    out = field(1, zigzag_value(number) if kind == "node" else number)
    out += packed_field(2, b"".join(varint(strings(key)) for key in tags))
    out += packed_field(3, b"".join(varint(strings(value)) for value in tags.values()))
    if kind == "node":
        out += field(8, zigzag_value(fixed(body[0]))) + field(9, zigzag_value(fixed(body[1])))
    if kind == "way":
        out += packed_field(8, deltas(body))
    if kind == "relation":
        out += packed_field(8, b"".join(varint(strings(role)) for _, _, role in body))
        out += packed_field(9, deltas(ref for _, ref, _ in body))
        out += packed_field(10, b"".join(varint(["node", "way", "relation"].index(type_)) for type_, _, _ in body))
    return field({"node": 1, "way": 3, "relation": 4}[kind], out)


def zigzag_value(value):
    return (value << 1) ^ (value >> 63)


def pbf(objects, *, packed=True, use_dense=True):
    """Nodes, ways and relations in a block each."""
    out = header_block(packed=packed)
    for kind in ("node", "way", "relation"):
        chosen = [o for o in objects if o[0] == kind]
        if not chosen:
            continue
        strings = Strings()
        if kind == "node" and use_dense:
            group = dense(chosen, strings)
        else:
            group = b"".join(single(*o, strings) for o in chosen)
        # The table is whole only after the group is made.
        out += block("OSMData", field(1, strings.encode()) + field(2, group), packed=packed)
    return out


def town(**more):
    """A little town: a square of ways, an area with a hole, and what a visitor may look for."""
    return [
        node(1, 10.0000, 20.0000), node(2, 10.0000, 20.0100), node(3, 10.0100, 20.0100), node(4, 10.0100, 20.0000),
        node(5, 10.0040, 20.0040), node(6, 10.0060, 20.0060), node(7, 10.0500, 20.0500),
        node(10, 10.0020, 20.0020, tourism="museum", name="Musée des Bateaux", name__en="Boat Museum", wikidata="Q1",
             opening_hours="Tu-Su 10:00-18:00", wheelchair="yes", fee="no"),
        node(11, 10.0030, 20.0030, amenity="restaurant", name="Le Bon Coin", cuisine="seafood;regional",
             opening_hours="Mo-Su 11:30-22:30", website="https://example.org/", diet__vegan="yes"),
        node(12, 10.0031, 20.0032, tourism="hotel", name="Hôtel du Port", stars="4", phone="+1 234"),
        node(13, 10.0033, 20.0030, amenity="bench", name="Banc de Marie"),
        node(14, 10.0034, 20.0030, highway="bus_stop", name="Port"),
        node(15, 10.0035, 20.0031, amenity="cafe"),
        node(16, 10.0036, 20.0033, tourism="artwork"),
        node(17, 10.0037, 20.0035, tourism="attraction", name="浅草寺", name__en="Senso-ji", heritage="1"),
        way(20, [1, 2, 3, 4, 1], leisure="park", name="Grand Parc"),
        way(21, [1, 2]), way(22, [3, 4]), way(23, [5, 6]),
        way(24, [4, 7, 99], historic="citywalls"),
        relation(30, [("way", 21, "outer"), ("way", 22, "outer"), ("way", 23, "inner"), ("way", 98, "outer")],
                 type="multipolygon", historic="castle", name="Château"),
        relation(31, [("way", 97, "outer")], tourism="zoo", name="Elsewhere"),
    ]
