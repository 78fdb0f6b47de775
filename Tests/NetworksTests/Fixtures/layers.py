"""Writes layers.json: values, gradients and new states of layers as PyTorch computes them.

Run as `python3 layers.py > layers.json`; needs PyTorch (any version; on a CPU, in double precision).

Everything is a wave of its index that the Swift test repeats: inputs have phase 0.25, the output's gradient 0.5,
parameters and states 0.75; running variances are 1.5 plus that wave. A case lists the result `y`, the gradients of
Σ y · gradient with respect to `x` and the parameters, and what the states become.
"""

import json

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, phase):
    index = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return torch.sin(phase + 0.7 * index + 0.001 * index * index).reshape(shape)


def fill(module):
    for name, tensor in list(module.named_parameters()) + list(module.named_buffers()):
        if tensor.dtype == torch.float64 and not name.endswith("weight_v"):
            offset = 1.5 if name.endswith("running_var") else 0.0
            tensor.data.copy_(offset + wave(tensor.shape, 0.75))
    return module


def case(shape, function, module=None):
    x = wave(shape, 0.25).requires_grad_()
    y = function(x)
    (y * wave(y.shape, 0.5)).sum().backward()
    results = {"y": y, "x": x.grad}
    if module is not None:
        for name, parameter in module.named_parameters():
            results["layer." + name.replace("_orig", "")] = parameter.grad
        for name, buffer in module.named_buffers():
            if module.training and buffer.dtype == torch.float64 and not name.endswith("weight_v"):
                results["layer." + name] = buffer
    return {
        name: [float(f"{number:.12g}") for number in value.detach().flatten()]
        for name, value in results.items()
    }


def batch_norm(kind, shape, slope, training=True):
    layer = fill(kind(shape[1])).train(training)
    return case(shape, lambda x: F.leaky_relu(layer(x), slope), layer)


def spectral(layer, shape, training=True):
    layer = fill(nn.utils.spectral_norm(layer)).train(training)
    return case(shape, layer, layer)


def same_transposed(x):
    """TensorFlow's "SAME" for kernel 5 and stride 2: one row cut off before, two after."""
    return F.conv_transpose2d(x, wave([2, 3, 5, 5], 0.75), stride=2)[:, :, 1:-2, 1:-2]


def same_padded(x):
    """TensorFlow's "SAME" for kernel 3 and stride 2 on an even size: no row before, one after."""
    return F.conv2d(F.pad(x, (0, 1, 0, 1)), wave([3, 2, 3, 3], 0.75), stride=2)


def cross_entropy(x):
    targets = torch.arange(14).reshape(2, 7) * 3 % 5
    return F.cross_entropy(x, targets, reduction="none")


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.normalization1 = nn.BatchNorm2d(inputs)
        self.convolution1 = nn.Conv2d(inputs, outputs, 3, 1, 1)
        self.normalization2 = nn.BatchNorm2d(outputs)
        self.convolution2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.shortcut = nn.Conv2d(inputs, outputs, 3, 1, 1)

    def forward(self, x):
        y = self.convolution1(F.relu(self.normalization1(x)))
        return self.convolution2(F.relu(self.normalization2(y))) + self.shortcut(x)


class ResidualMap(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear1 = nn.Linear(inputs, outputs)
        self.linear2 = nn.Linear(outputs, outputs)
        self.shortcut = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.linear2(F.relu(self.linear1(F.relu(x)))) + self.shortcut(x)


def residual(module, shape):
    return case(shape, fill(module), module)


cases = {
    "average pool": case([2, 3, 5, 6], lambda x: F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)),
    "batch norm of features": batch_norm(nn.BatchNorm1d, [6, 5], 1.0),
    "batch norm of images": batch_norm(nn.BatchNorm2d, [4, 3, 2, 3], 0.2),
    "batch norm of sixteen channels": batch_norm(nn.BatchNorm2d, [3, 16, 2, 3], 0.0),
    "batch norm, not training": batch_norm(nn.BatchNorm2d, [4, 3, 2, 3], 0.2, False),
    "cross-entropy": case([2, 5, 7], cross_entropy),
    "maximum pool": case([2, 3, 7, 8], lambda x: F.max_pool2d(x, 3, 2)),
    "residual block": residual(ResidualBlock(3, 4), [2, 3, 4, 5]),
    "residual map": residual(ResidualMap(5, 4), [3, 5]),
    "same convolution": case([2, 2, 6, 6], same_padded),
    "same transposed convolution": case([2, 2, 4, 4], same_transposed),
    "spectral convolution": spectral(nn.Conv2d(2, 3, 3, 1, 1), [2, 2, 4, 5]),
    "spectral map": spectral(nn.Linear(7, 4), [3, 7]),
    "up-sampling": case(
        [2, 3, 3, 4], lambda x: F.pad(F.interpolate(x, scale_factor=2), (1, 1, 1, 1), mode="replicate")),
}
print("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(results)}" for name, results in cases.items()) + "\n}")
