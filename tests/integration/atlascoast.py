# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Land or water, from the shorelines that Debian packages as gmt-gshhg-high: GSHHG 2.3.7, LGPL, true to about 200 m. GMT
keeps them cut into bins of two degrees; each bin has the level of its corners and the pieces of shoreline inside."""

import os
import pathlib

FILE = pathlib.Path(os.environ.get("TRIP_COASTLINES", "/usr/share/gmt-gshhg/binned_GSHHS_h.nc"))
# Relative coordinates are 16 bits wide.
STEPS = 65535
# What a shoreline encloses: land in the ocean, lakes, islands in them, ponds on those. 5 and 6 are Antarctica, ice and ground.
LEVELS = (1, 2, 3, 4)


class Coast:
    """Asks the shorelines: a place's level is 0 in the ocean and 2 in a lake."""

    def __init__(self, path=FILE):
        import netCDF4

        self._file = netCDF4.Dataset(path)
        self._file.set_auto_mask(False)
        self._size = int(self._file["Bin_size_in_minutes"][0]) / 60
        self._columns = int(self._file["N_bins_in_360_longitude_range"][0])
        self._bins = {}

    def _pieces(self, index):
        """The level of the bin's south-west corner, and its shorelines: level and coordinates relative to that corner."""
        if index not in self._bins:
            get = self._file.variables
            corner = (int(get["Embedded_node_levels_in_a_bin"][index]) >> 9) & 7
            first, count = (int(get[name][index]) for name in ("Id_of_first_segment_in_a_bin", "N_segments_in_a_bin"))
            info = get["Embedded_npts_levels_exit_entry_for_a_segment"][first:first + count]
            start = get["Id_of_first_point_in_a_segment"][first:first + count]
            pieces = []
            for packed, at in zip(info.tolist(), start.tolist()):
                points = slice(at, at + (packed >> 9))
                x = get["Relative_longitude_from_SW_corner_of_bin"][points].astype("uint16").astype(float)
                y = get["Relative_latitude_from_SW_corner_of_bin"][points].astype("uint16").astype(float)
                pieces.append(((packed >> 6) & 7, x, y))
            self._bins[index] = corner, pieces
        return self._bins[index]

    def level(self, lat, lng):
        """Each shoreline between the bin's corner and the point leads into or out of what it encloses."""
        column = int(lng % 360 / self._size)
        row = int((90 - lat) / self._size)
        x = (lng % 360 - column * self._size) / self._size * STEPS
        y = (lat - (90 - (row + 1) * self._size)) / self._size * STEPS
        corner, pieces = self._pieces(row * self._columns + column)
        inside = {level: corner >= level for level in LEVELS}
        for level, xs, ys in pieces:
            if level not in LEVELS:
                continue
            # Which side of the line from corner to point the vertices are on, and which side of an edge its ends are on.
            side = (x * ys - y * xs) > 0
            xa, ya, xb, yb = xs[:-1], ys[:-1], xs[1:], ys[1:]
            corner_side = (xb - xa) * (0 - ya) - (yb - ya) * (0 - xa) > 0
            point_side = (xb - xa) * (y - ya) - (yb - ya) * (x - xa) > 0
            if ((side[:-1] != side[1:]) & (corner_side != point_side)).sum() % 2:
                inside[level] = not inside[level]
        return sum(inside.values())
