"""Which characters a font file can draw, read from the file itself (OpenType, TrueType, collections)."""

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FAMILY, TYPOGRAPHIC_FAMILY = 1, 16
WINDOWS = 3
UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


class NotAFont(ValueError):
    """The file cannot be read as a font."""


@dataclass(frozen=True)
class Face:
    """One face: the families it answers to, and the characters it has."""

    path: Path
    families: frozenset[str]
    points: frozenset[int]

    def has(self, character: str) -> bool:
        return ord(character) in self.points


@lru_cache(maxsize=64)
def faces(path: Path) -> tuple[Face, ...]:
    """The faces in one file. Raises NotAFont."""
    data = path.read_bytes()
    try:
        starts = _starts(data)
        return tuple(_face(path, data, start) for start in starts)
    except (struct.error, IndexError, UnicodeDecodeError, KeyError) as error:
        raise NotAFont(str(path)) from error


def _starts(data: bytes) -> tuple[int, ...]:
    if data[:4] != b"ttcf":
        return (0,)
    (number,) = struct.unpack_from(">I", data, 8)
    return struct.unpack_from(f">{number}I", data, 12)


def _face(path: Path, data: bytes, start: int) -> Face:
    (number,) = struct.unpack_from(">H", data, start + 4)
    tables: dict[bytes, int] = {}
    for at in range(number):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * at)
        tables[tag] = offset
    return Face(path, _families(data, tables[b"name"]), _points(data, tables[b"cmap"]))


def _families(data: bytes, start: int) -> frozenset[str]:
    _, number, strings = struct.unpack_from(">HHH", data, start)
    found = set()
    for at in range(number):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * at)
        if name in (FAMILY, TYPOGRAPHIC_FAMILY) and platform in (0, WINDOWS):
            begin = start + strings + offset
            found.add(data[begin : begin + length].decode("utf-16-be"))
    return frozenset(found)


def _points(data: bytes, start: int) -> frozenset[int]:
    _, number = struct.unpack_from(">HH", data, start)
    points: set[int] = set()
    for at in range(number):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * at)
        if (platform, encoding) in UNICODE:
            points |= _of_table(data, start + offset)
    return frozenset(points)


def _of_table(data: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == 4:
        return _segments(data, at)
    return _groups(data, at) if form == 12 else set()


def _segments(data: bytes, at: int) -> set[int]:
    """Format 4: segments of the first 65,536 characters."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    number = twice // 2
    ends = struct.unpack_from(f">{number}H", data, at + 14)
    starts = struct.unpack_from(f">{number}H", data, at + 16 + twice)
    deltas = struct.unpack_from(f">{number}H", data, at + 16 + 2 * twice)
    ranges = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{number}H", data, ranges)
    points: set[int] = set()
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(">H", data, ranges + 2 * segment + offset + 2 * (point - first))
            if (glyph + delta) % 65536 if glyph or not offset else 0:
                points.add(point)
    return points


def _groups(data: bytes, at: int) -> set[int]:
    """Format 12: groups of any characters."""
    (number,) = struct.unpack_from(">I", data, at + 12)
    points: set[int] = set()
    for group in range(number):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        points.update(range(first, last + 1) if glyph else range(first + 1, last + 1))
    return points
