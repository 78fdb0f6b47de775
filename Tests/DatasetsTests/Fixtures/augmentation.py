#!/usr/bin/env python3
"""Makes augmentation.json: what Pillow does to a small image, as torchvision's transforms call it.

torchvision's ColorJitter and RandomAffine call, on a Pillow image, ImageEnhance.Brightness, .Contrast and .Color, shift
the H channel, and call Image.transform with NEAREST and the inverse of: shift * turn and scale about the centre.
Run with Pillow (13.0.0 made the file): python3 augmentation.py > augmentation.json
"""
import colorsys
import json
import math

from PIL import Image, ImageEnhance

WIDTH, HEIGHT = 9, 7


def image(mode):
    # A fixed pattern without symmetry.
    channels = len(mode)
    pixels = [tuple((37 * i + 91 * c + 11 * i * i * (c + 1)) % 256 for c in range(channels)) for i in range(WIDTH * HEIGHT)]
    made = Image.new(mode, (WIDTH, HEIGHT))
    made.putdata(pixels if channels > 1 else [p[0] for p in pixels])
    return made


def planes(made):
    return [v for band in made.split() for v in band.tobytes()]


def turned(made, share):
    # Pillow's HSV has 256 hues, which is too coarse to compare with; colorsys has all.
    bands = [band.tobytes() for band in made.split()]
    pixels = []
    for r, g, b in zip(*bands):
        h, s, v = colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)
        pixels.append(colorsys.hsv_to_rgb((h + share) % 1, s, v))
    return [round(255 * pixel[c], 4) for c in range(3) for pixel in pixels]


def warped(made, degrees, scale, right, down):
    a = math.radians(degrees)
    c, s = math.cos(a) / scale, math.sin(a) / scale
    cx, cy = WIDTH / 2, HEIGHT / 2
    matrix = (c, s, cx - c * (cx + right) - s * (cy + down), -s, c, cy + s * (cx + right) - c * (cy + down))
    return made.transform((WIDTH, HEIGHT), Image.AFFINE, matrix, Image.NEAREST, fillcolor=0)


WARPS = [(5, 1, 0, 0), (-4, 1.08, 1, 0), (3, 0.93, -1, 1), (0, 1.1, 0, -1), (30, 0.7, 2, -2)]

grey, colour = image("L"), image("RGB")
print(json.dumps({
    "width": WIDTH, "height": HEIGHT, "grey": planes(grey), "colour": planes(colour),
    "jitters": [
        {"step": step, "factor": factor, "colour": source is colour, "result": f(source, factor)}
        for step, f, sources in [
            ("brightness", lambda i, x: planes(ImageEnhance.Brightness(i).enhance(x)), (grey, colour)),
            ("contrast", lambda i, x: planes(ImageEnhance.Contrast(i).enhance(x)), (grey, colour)),
            ("saturation", lambda i, x: planes(ImageEnhance.Color(i).enhance(x)), (grey, colour)),
            ("hue", turned, (colour,)),
        ]
        for source in sources
        for factor in ([-0.2, 0.1, 0.25] if step == "hue" else [0.5, 0.8, 1.45])
    ],
    "warps": [
        {"degrees": d, "scale": s, "right": r, "down": w, "result": planes(warped(grey, d, s, r, w))}
        for d, s, r, w in WARPS
    ],
}, separators=(",", ":")))
