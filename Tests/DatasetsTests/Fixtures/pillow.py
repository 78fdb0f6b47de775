"""What Pillow makes of pictures: its antialiased bilinear resize, and a round trip through JPEG.

usage: pillow.py > pillow.json        (Pillow 13.0, libjpeg-turbo 3.2)

Input pictures are made by formulas, so that the tests make them again: `noise` for resizing, `waves` for JPEG, whose
colours vary smoothly as a photograph's do. Results are [channels, height, width] in hexadecimal.
"""
import io
import json
import math

import numpy as np
from PIL import Image


def noise(height, width):
    """((i * i) >> 3 ^ 2654435761 * i >> 15) mod 256 for the i-th byte of [3, height, width]."""
    i = np.arange(3 * height * width, dtype=np.uint64)
    values = ((i * i) >> np.uint64(3)) ^ ((np.uint64(2654435761) * i) >> np.uint64(15))
    return (values & np.uint64(255)).astype(np.uint8).reshape(3, height, width)


def waves(height, width):
    """Quadratics in row and column, a channel each, mod 256 folded into a triangle."""
    rows, columns = np.mgrid[0:height, 0:width]
    planes = [rows * (channel + 2) * 3 + columns * columns // (channel + 3) for channel in range(3)]
    return np.stack([255 - abs(255 - plane % 511) for plane in planes]).astype(np.uint8)


def picture(planes):
    return Image.fromarray(np.ascontiguousarray(planes.transpose(1, 2, 0)), "RGB")


def planes(image):
    return np.asarray(image.convert("RGB")).transpose(2, 0, 1).astype(np.uint8).tobytes().hex()


resized = []
for height, width, to_height, to_width in [
    (32, 32, 28, 28), (140, 140, 64, 64), (148, 148, 32, 32), (70, 70, 64, 64), (7, 5, 6, 3), (5, 7, 11, 7), (9, 4, 9, 13),
]:
    image = picture(noise(height, width)).resize((to_width, to_height), Image.BILINEAR)
    resized.append({"from": [3, height, width], "to": [3, to_height, to_width], "bytes": planes(image)})

jpeg = []
for height, width in [(32, 32), (17, 23)]:
    file = io.BytesIO()
    picture(waves(height, width)).save(file, "JPEG", quality=75)
    jpeg.append({
        "shape": [3, height, width], "file": file.getvalue().hex(),
        "bytes": planes(Image.open(io.BytesIO(file.getvalue()))),
    })

print(json.dumps({"resized": resized, "jpeg": jpeg}))
