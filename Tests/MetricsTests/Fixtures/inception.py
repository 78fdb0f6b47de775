"""The Inception network of TensorFlow's release of 2015-12-05 in PyTorch, and reference features made with it.

usage: inception.py formula OUTPUT.f32
       inception.py real WEIGHTS.safetensors TEST_BATCH.bin OUTPUT.f32

formula: weights and two images by a formula that the tests compute too; all features of both images. It prints by how
much float32 differs.
real: the released weights as `assay prepare inception` keeps them, up to mixed_7, and the first 64 images of CIFAR-10's
test batch, scaled to 299 x 299 as PyTorch's bilinear interpolation does; 768 features of all, then 64 and 192 of the
first eight.
Files hold little-endian float32, image after image; computed in float64. Needs torch and numpy.
"""

import json
import math
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional


class Convolution(nn.Module):
    """A convolution with its rectifier; before that batch normalisation, as the network was trained, or a bias."""

    def __init__(self, inputs, outputs, kernel, stride=1, padding=0, folded=True):
        super().__init__()
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=folded)
        self.normalisation = nn.Identity() if folded else nn.BatchNorm2d(outputs, eps=1e-3)

    def forward(self, x):
        return functional.relu(self.normalisation(self.convolution(x)), inplace=True)


class MeanPool(nn.Module):
    def forward(self, x):
        return functional.avg_pool2d(x, 3, 1, 1, count_include_pad=False)


class Branches(nn.Module):
    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(nn.Sequential(*branch) for branch in branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Inception(nn.Module):
    """Layers in the order of `InceptionLayer.all`."""

    def __init__(self, folded=True):
        super().__init__()

        def layer(inputs, outputs, kernel=1, stride=1, valid=False):
            height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
            padding = (0, 0) if valid or stride == 2 else (height // 2, width // 2)
            return Convolution(inputs, outputs, (height, width), stride, padding, folded)

        def a(inputs, pooled):
            return Branches(
                [layer(inputs, 64)], [layer(inputs, 48), layer(48, 64, 5)],
                [layer(inputs, 64), layer(64, 96, 3), layer(96, 96, 3)], [MeanPool(), layer(inputs, pooled)])

        def b(c):
            row, column = (1, 7), (7, 1)
            return Branches(
                [layer(768, 192)], [layer(768, c), layer(c, c, row), layer(c, 192, column)],
                [layer(768, c), layer(c, c, column), layer(c, c, row), layer(c, c, column), layer(c, 192, row)],
                [MeanPool(), layer(768, 192)])

        def c(inputs, pool):
            def split():
                return Branches([layer(384, 384, (1, 3))], [layer(384, 384, (3, 1))])

            return Branches(
                [layer(inputs, 320)], [layer(inputs, 384), split()],
                [layer(inputs, 448), layer(448, 384, 3), split()], [pool, layer(inputs, 192)])

        self.blocks = nn.ModuleList([
            nn.Sequential(layer(3, 32, 3, 2), layer(32, 32, 3, valid=True), layer(32, 64, 3), nn.MaxPool2d(3, 2)),
            nn.Sequential(layer(64, 80, valid=True), layer(80, 192, 3, valid=True), nn.MaxPool2d(3, 2)),
            nn.Sequential(
                a(192, 32), a(256, 64), a(288, 64),
                Branches(
                    [layer(288, 384, 3, 2)], [layer(288, 64), layer(64, 96, 3), layer(96, 96, 3, 2)],
                    [nn.MaxPool2d(3, 2)]),
                b(128), b(160), b(160), b(192)),
            nn.Sequential(
                Branches(
                    [layer(768, 192), layer(192, 320, 3, 2)],
                    [layer(768, 192), layer(192, 192, (1, 7)), layer(192, 192, (7, 1)), layer(192, 192, 3, 2)],
                    [nn.MaxPool2d(3, 2)]),
                c(1280, MeanPool()), c(2048, nn.MaxPool2d(3, 1, 1))),
        ])
        self.softmax = nn.Linear(2048, 1008)

    def forward(self, x, blocks=4):
        """The mean over positions after each of the first blocks, and the logits after the last."""
        features = []
        for block in self.blocks[:blocks]:
            x = block(x)
            features.append(x.mean((2, 3)))
        return features + ([self.softmax(features[-1])] if blocks == 4 else [])


def uniform(count, stream):
    """Numbers in [-1, 1) with 24 bits: the final mix of MurmurHash3 on the position, by streams."""
    h = np.arange(count, dtype=np.uint32) + np.uint32(stream * 0x9E3779B9 & 0xFFFFFFFF)
    h ^= h >> 16
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> 13
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> 16
    return (h >> 8).astype(np.float64) * 2.0**-23 - 1


def by_formula(network):
    """Weights uniform on +-sqrt(6 / fan in), which keeps the size of activations, and biases on +-0.1."""
    layers = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    for number, layer in enumerate(layers):
        scale = math.sqrt(6 / layer.weight[0].numel())
        weights = (uniform(layer.weight.numel(), 2 * number) * scale).astype(np.float32)
        biases = (uniform(layer.bias.numel(), 2 * number + 1) * 0.1).astype(np.float32)
        layer.weight.data = torch.from_numpy(weights).reshape(layer.weight.shape)
        layer.bias.data = torch.from_numpy(biases)


def formula(output):
    network = Inception().eval()
    by_formula(network)
    images = torch.from_numpy(uniform(2 * 3 * 299 * 299, 1000).astype(np.float32)).reshape(2, 3, 299, 299)
    with torch.inference_mode():
        single = network(images)
        double = network.double()(images.double())
    for a, b in zip(single, double):
        print(f"{b.shape[1]}: size {b.norm(dim=1).tolist()}, error {((a - b).norm(dim=1) / b.norm(dim=1)).tolist()}")
    torch.cat(double, 1).numpy().astype("<f4").tofile(output)


def released(network, path):
    """Fills the layers that the file has: `NAME/w` (height, width, inputs, outputs) and `NAME/b`, front to back."""
    data = open(path, "rb").read()
    size = int.from_bytes(data[:8], "little")
    header, body = json.loads(data[8 : 8 + size]), data[8 + size :]
    types = {"F16": "<f2", "F32": "<f4"}

    def array(name):
        entry = header[name]
        start, end = entry["data_offsets"]
        return np.frombuffer(body[start:end], types[entry["dtype"]]).reshape(entry["shape"]).astype(np.float32)

    names = ["conv", "conv_1", "conv_2", "conv_3", "conv_4"]
    branch = ["conv", "tower_conv", "tower_conv_1", "tower_1_conv", "tower_1_conv_1", "tower_1_conv_2", "tower_2_conv"]
    for block in ["mixed", "mixed_1", "mixed_2"]:
        names += [f"{block}_{name}" for name in branch]
    names += [f"mixed_3_{name}" for name in ["conv", "tower_conv", "tower_conv_1", "tower_conv_2"]]
    long = branch[:3] + ["tower_conv_2"] + branch[3:6] + ["tower_1_conv_3", "tower_1_conv_4", "tower_2_conv"]
    for block in ["mixed_4", "mixed_5", "mixed_6", "mixed_7"]:
        names += [f"{block}_{name}" for name in long]
    layers = [m for m in network.blocks[:3].modules() if isinstance(m, nn.Conv2d)]
    assert len(layers) == len(names)
    for layer, name in zip(layers, names):
        weights = torch.from_numpy(array(f"{name}/w").transpose(3, 2, 0, 1).copy())
        assert weights.shape == layer.weight.shape, name
        layer.weight.data, layer.bias.data = weights, torch.from_numpy(array(f"{name}/b").reshape(-1).copy())


def real(weights, batch, output):
    network = Inception().eval()
    released(network, weights)
    network = network.double()
    records = np.fromfile(batch, np.uint8, 64 * 3073).reshape(64, 3073)[:, 1:].reshape(64, 3, 32, 32)
    features = []
    with torch.inference_mode():
        for eight in np.split(records, 8):
            images = torch.from_numpy(eight / 255.0)
            scaled = functional.interpolate(images, (299, 299), mode="bilinear", align_corners=False)
            features.append(network(2 * scaled - 1, blocks=3))
    parts = [torch.cat([f[2] for f in features]), features[0][0], features[0][1]]
    np.concatenate([part.numpy().ravel() for part in parts]).astype("<f4").tofile(output)


if __name__ == "__main__":
    {"formula": formula, "real": real}[sys.argv[1]](*sys.argv[2:])
