"""Writes resizing.json: images resized to 299 x 299 as PyTorch, TensorFlow 1 and Pillow do, on the network's scale.

PyTorch and Pillow are the programs themselves (pip install torch pillow numpy); TensorFlow 1's legacy bilinear resize
is written out here from its definition. Images are made by a formula that the test has too, in whole 255ths. Of each
result, 60 numbers are kept.
"""

import json

import numpy as np
import torch
from PIL import Image

SIDE = 299


def image(shape):
    """Numbers 0..255, [channels, height, width]."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    return ((i * i * 7 + i * 13 + i // 5) % 256).reshape(shape)


def as_torch(x):
    y = torch.from_numpy((x / np.float32(255)).astype(np.float32))[None]
    y = torch.nn.functional.interpolate(y, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
    return (2 * y - 1)[0].numpy()


def as_tf1(x):
    """Output o lies at o * inputs / outputs, in float32; the corners are the first pixels' own."""

    def axis(inputs):
        place = np.arange(SIDE, dtype=np.float32) * (np.float32(inputs) / np.float32(SIDE))
        low = np.minimum(np.floor(place).astype(np.int64), inputs - 1)
        return low, np.minimum(low + 1, inputs - 1), (place - low.astype(np.float32)).astype(np.float64)

    top, bottom, v = axis(x.shape[1])
    left, right, h = axis(x.shape[2])
    y = x.astype(np.float64)
    rows = y[:, :, left] + (y[:, :, right] - y[:, :, left]) * h
    y = rows[:, top] + (rows[:, bottom] - rows[:, top]) * v[None, :, None]
    return (y - 128) / 128


def as_clean(x):
    def channel(plane):
        picture = Image.fromarray(plane.astype(np.float32), mode="F")
        return np.asarray(picture.resize((SIDE, SIDE), resample=Image.BICUBIC)).clip(0, 255)

    return (np.stack([channel(plane) for plane in x]) - 128) / 128


cases = []
for shape in [(1, 28, 28), (3, 32, 32), (3, 64, 48), (1, 299, 299), (3, 310, 640)]:
    x = image(shape)
    colours = x if shape[0] == 3 else np.concatenate([x] * 3)
    for name, resize in [("torch", as_torch), ("tf1", as_tf1), ("clean", as_clean)]:
        y = resize(colours).reshape(-1).astype(np.float64)
        # From both ends and all over.
        places = [0, 1, SIDE - 1, SIDE * SIDE - 1, y.size - SIDE, y.size - 1] + [k * 4967 % y.size for k in range(1, 55)]
        cases.append(
            {"resize": name, "shape": shape, "places": places, "values": [float("%.9g" % y[p]) for p in places]})

with open("resizing.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
