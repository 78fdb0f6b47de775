"""Fréchet distances between CIFAR-10's test and training images by PyTorch, numpy and scipy, for fid.json.

usage: fid.py WEIGHTS.safetensors TEST_BATCH.bin DATA_BATCH_1.bin COUNT [FEATURES.npz]

The first COUNT images of the test batch against the first COUNT of training batch 1, through the network of inception.py
in float32, with the resizes of resizing.py; moments and eigenvalues in float64. Prints a line of JSON for each resize
and depth. The features, where a file is named for them, are kept there. Needs torch, numpy, scipy and pillow.
"""

import json
import sys

import numpy as np
import torch
from inception import Inception, released
from scipy.linalg import eigh
from torch.nn import functional

SIDE = 299


def as_torch(x):
    return 2 * functional.interpolate(x / 255, (SIDE, SIDE), mode="bilinear", align_corners=False) - 1


def as_tf1(x):
    """Output o lies at o * inputs / outputs; see resizing.py."""
    place = torch.arange(SIDE, dtype=torch.float32) * (x.shape[2] / SIDE)
    low = place.floor().long().clamp(max=x.shape[2] - 1)
    high, share = (low + 1).clamp(max=x.shape[2] - 1), place - low
    x = x[..., low] + (x[..., high] - x[..., low]) * share
    x = x[:, :, low] + (x[:, :, high] - x[:, :, low]) * share[:, None]
    return (x - 128) / 128


def features(network, images, resize):
    parts = []
    for batch in np.array_split(images, max(1, len(images) // 10)):
        with torch.inference_mode():
            x = resize(torch.from_numpy(batch.astype(np.float32))).contiguous(memory_format=torch.channels_last)
            parts.append([f.numpy() for f in network(x, blocks=3)])
    return [np.concatenate(part).astype(np.float64) for part in zip(*parts)]


def frechet(x, y):
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    values, vectors = eigh(a)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    overlap = np.sqrt(np.maximum(eigh(root @ b @ root, eigvals_only=True), 0)).sum()
    shift = x.mean(0) - y.mean(0)
    return shift @ shift + np.trace(a) + np.trace(b) - 2 * overlap


def main(weights, test, train, count, kept=None):
    count = int(count)
    torch.set_num_threads(1)
    network = Inception().eval()
    released(network, weights)
    network = network.to(memory_format=torch.channels_last)
    sides = [
        np.fromfile(path, np.uint8, count * 3073).reshape(count, 3073)[:, 1:].reshape(count, 3, 32, 32)
        for path in (test, train)
    ]
    store = {}
    for name, resize in [("torch", as_torch), ("tf1", as_tf1)]:
        own, real = [features(network, side, resize) for side in sides]
        for x, y in zip(own, real):
            store[f"{name}-{x.shape[1]}-test"], store[f"{name}-{x.shape[1]}-train"] = x, y
            line = {"resize": name, "features": x.shape[1], "count": count, "distance": frechet(x, y)}
            print(json.dumps(line), flush=True)
    if kept:
        np.savez(kept, **store)


if __name__ == "__main__":
    main(*sys.argv[1:])
