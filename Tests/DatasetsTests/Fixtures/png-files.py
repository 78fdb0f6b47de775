"""PNG pictures of every kind, and the numbers in them.

usage: png-files.py > png-files.json        (Pillow 13.0; written by the few lines below where Pillow does not)

Each case: the file in base64, its shape [channels, height, width], its numbers plane after plane; 16 bits are rounded
to 8. `refused` has files with what a reader must say of them.
"""
import base64
import io
import json
import struct
import zlib

import numpy as np
from PIL import Image

HEIGHT, WIDTH = 5, 7
rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
grey = ((37 * rows + 11 * columns * columns) % 256).astype(np.uint8)
colour = np.stack([grey, 255 - grey, (grey.astype(int) * 7 % 256).astype(np.uint8)], axis=-1)
deep = grey.astype(np.int64) * 257 + np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) * 3
deep = (deep % 65536).astype(np.uint16)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(pixels, depth, kind, extra=b"", width=WIDTH, height=HEIGHT, interlace=0):
    """A file of rows of packed bytes, none of them filtered."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace)
    data = zlib.compress(b"".join(b"\0" + row for row in pixels))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def pillow(array, **options):
    out = io.BytesIO()
    Image.fromarray(array).save(out, "PNG", **options)
    return out.getvalue()


def text(data):
    return base64.b64encode(data).decode()


def case(name, data, planes):
    return dict(name=name, file=text(data), shape=list(planes.shape), values=planes.ravel().tolist())


def planes(array):
    return array[None] if array.ndim == 2 else array.transpose(2, 0, 1)


def rounded(array):
    return np.floor(array / 257 + 0.5).astype(np.uint8)


gamma = chunk(b"gAMA", struct.pack(">I", 100000))
opaque = np.full((HEIGHT, WIDTH, 1), 255, np.uint8)
indexed = Image.fromarray(colour).quantize(8)
palette = io.BytesIO()
indexed.save(palette, "PNG")
clear = io.BytesIO()
indexed.save(clear, "PNG", transparency=0)
bits = (grey > 100)
packed_bits = [np.packbits(row).tobytes() for row in bits]
adam7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
passes = [row.tobytes() for top, left, down, right in adam7 for row in grey[top::down, left::right] if row.size]
deep_colour = np.stack([deep, 65535 - deep, deep // 2], axis=-1)
cases = [
    case("grey", pillow(grey), planes(grey)),
    case("colour", pillow(colour), planes(colour)),
    case("grey-1-bit", png(packed_bits, 1, 0), planes(bits.astype(np.uint8) * 255)),
    case("grey-16-bit", png([row.astype(">u2").tobytes() for row in deep], 16, 0), planes(rounded(deep))),
    case("colour-16-bit", png([row.astype(">u2").tobytes() for row in deep_colour], 16, 2), planes(rounded(deep_colour))),
    case("palette", palette.getvalue(), planes(np.asarray(indexed.convert("RGB")))),
    case("opaque", pillow(np.concatenate([colour, opaque], axis=-1)), planes(colour)),
    case("opaque-grey", pillow(np.concatenate([grey[..., None], opaque], axis=-1)), planes(grey)),
    case("gamma", png([row.tobytes() for row in grey], 8, 0, gamma), planes(grey)),
    case("gamma-16-bit", png([row.astype(">u2").tobytes() for row in deep], 16, 0, gamma), planes(rounded(deep))),
    case("interlaced", png(passes, 8, 0, interlace=1), planes(grey)),
]
veil = opaque.copy()
veil[2, 3] = 254
whole = pillow(colour)
refused = [
    dict(name="transparent", file=text(pillow(np.concatenate([colour, veil], axis=-1))),
         reason="is transparent in row 2, column 3"),
    dict(name="transparent-palette", file=text(clear.getvalue()), reason="is transparent in row"),
    dict(name="huge", file=text(png([], 8, 0, width=1 << 30, height=1 << 30)), reason="is a damaged PNG picture"),
    dict(name="large", file=text(png([], 8, 0, width=10_000, height=10_000)), reason="10000 × 10000 pixels"),
    dict(name="damaged", file=text(whole[:60] + bytes([whole[60] ^ 1]) + whole[61:]), reason="is a damaged PNG picture"),
    dict(name="no rows", file=text(png([], 8, 0)), reason="is a damaged PNG picture"),
]
print(json.dumps(dict(pictures=cases, refused=refused), indent=0).replace("\n", " ").replace('}, {', '},\n{'))
