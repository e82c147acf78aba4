"""Make a screenshot small: a PNG of true colours becomes one of at most 256, with nothing but zlib.

A page of the tracker has few colours; what makes them thousands is the soft edge of its letters. The most
frequent stay, every other becomes the nearest of those.
"""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE = 256
Pixel = bytes


def shrink(png: bytes) -> bytes:
    """Return the picture (RGB or RGBA of 8 bits, not interlaced) with a palette and without transparency."""
    width, height, pixels = _pixels(png)
    counts = Counter(pixels)
    palette = [pixel for pixel, _ in counts.most_common(PALETTE)]
    place = {pixel: index for index, pixel in enumerate(palette)}
    for pixel in counts.keys() - place.keys():
        place[pixel] = min(range(len(palette)), key=lambda index: _distance(pixel, palette[index]))
    flat = bytes(map(place.__getitem__, pixels))
    rows = b"".join(b"\0" + flat[start : start + width] for start in range(0, len(flat), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _distance(one: Pixel, other: Pixel) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixels(png: bytes) -> tuple[int, int, list[Pixel]]:
    """Return width, height and the colour of every pixel, row by row."""
    if png[:8] != SIGNATURE:
        raise ValueError("not a PNG")
    data, place, channels, width, height = b"", 8, 0, 0, 0
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            if depth != 8 or colour not in {2, 6} or interlaced:
                raise ValueError("a kind of PNG that a browser does not make")
            channels = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            data += body
        place += length + 12
    rows = _unfiltered(zlib.decompress(data), width * channels, height, channels)
    return width, height, [row[at : at + 3] for row in rows for at in range(0, len(row), channels)]


def _unfiltered(data: bytes, stride: int, height: int, channels: int) -> list[bytes]:
    """Undo PNG's five ways to write a row as the difference to its neighbours."""
    rows: list[bytes] = []
    above = bytearray(stride)
    for number in range(height):
        start = number * (stride + 1)
        way, row = data[start], bytearray(data[start + 1 : start + 1 + stride])
        if way == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, above, strict=True))
        elif way:
            for at in range(stride):
                left = row[at - channels] if at >= channels else 0
                corner = above[at - channels] if at >= channels else 0
                row[at] = (row[at] + _expected(way, left, above[at], corner)) & 255
        rows.append(bytes(row))
        above = row
    return rows


def _expected(way: int, left: int, up: int, corner: int) -> int:
    if way == 1:
        return left
    if way == 3:
        return (left + up) // 2
    near = left + up - corner
    return min((left, up, corner), key=lambda value: abs(near - value))
