"""SVHN's layout in MAT-files of level 5, four pictures each, as scipy writes them, and by hand what scipy does not write.

usage: matlab.py DIRECTORY        (scipy 1.17)

X[row, column, channel, image] = (7 row + 3 column + 50 channel + 11 image) mod 256; y = 1, 10, 3, 9.
  plain.mat        scipy, not compressed, y in bytes
  compressed.mat   scipy, compressed, y in doubles
  labels-first.mat scipy, compressed, y before X and another array before both
  big-endian.mat   by hand: the other byte order, as a big-endian machine wrote it
  frey.mat         scipy, compressed: Frey Face's layout, ff[pixel, image] = (pixel + 3 image) mod 256 of [560, 1965]
"""
import os
import struct
import sys

import numpy as np
from scipy.io import savemat

folder = sys.argv[1]
row, column, channel, image = np.mgrid[0:32, 0:32, 0:3, 0:4]
X = ((7 * row + 3 * column + 50 * channel + 11 * image) % 256).astype(np.uint8)
y = np.array([[1], [10], [3], [9]], dtype=np.uint8)


def save(name, arrays, compressed):
    savemat(os.path.join(folder, name), arrays, do_compression=compressed)


save("plain.mat", {"X": X, "y": y}, False)
save("compressed.mat", {"X": X, "y": y.astype(float)}, True)
save("labels-first.mat", {"note": np.arange(3.0), "y": y.astype(np.int16), "X": X}, True)
pixel, film = np.mgrid[0:560, 0:1965]
save("frey.mat", {"ff": ((pixel + 3 * film) % 256).astype(np.uint8)}, True)


def element(kind, data):
    if len(data) <= 4:
        return struct.pack(">HH", len(data), kind) + data.ljust(4, b"\0")
    return struct.pack(">II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def matrix(name, array, array_class, data_type):
    body = element(6, struct.pack(">II", array_class, 0))
    body += element(5, struct.pack(f">{array.ndim}i", *array.shape))
    body += element(1, name.encode())
    body += element(data_type, array.tobytes(order="F"))
    return struct.pack(">II", 14, len(body)) + body


with open(os.path.join(folder, "big-endian.mat"), "wb") as file:
    file.write(b"MATLAB 5.0 MAT-file, by hand".ljust(116) + bytes(8) + b"\x01\x00MI")
    # Class double with data in bytes, as MATLAB stores whole numbers; four of them fit into the tag.
    file.write(matrix("X", X, 9, 2) + matrix("y", y, 6, 2))
