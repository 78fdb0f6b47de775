"""Writes samples.npz: the same three images of 4 x 5 pixels in colour, as bytes [n, h, w, c] and as floats [n, c, h, w].

usage: samples.py samples.npz

The number at place i of the bytes is 7 i mod 256.
"""

import sys

import numpy

images = (numpy.arange(3 * 4 * 5 * 3) * 7 % 256).astype(numpy.uint8).reshape(3, 4, 5, 3)
floats = images.transpose(0, 3, 1, 2).astype(numpy.float32) / numpy.float32(255)
numpy.savez_compressed(sys.argv[1], images=images, floats=floats)
