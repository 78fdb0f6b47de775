"""Files of tensors as PyTorch writes them in both forms, files that ask for more than tensors, and one convolution of the
Inception network in every form in which its weights are given out.

usage: torch-files.py > torch-files.json        (PyTorch 2.15, NumPy 2.4)

`files`: file in base64, and of each tensor name, shape and numbers. `hostile`: files, with what a reader must say of
them. `layers`: the first convolution with formula weights, and what folding gives in double
precision, as the bytes of little-endian Float32.
"""
import base64
import collections
import io
import json
import os
import pickle
import struct
import zipfile

import numpy as np
import torch


def text(data):
    return base64.b64encode(data).decode()


def saved(value, is_zipped):
    out = io.BytesIO()
    torch.save(value, out, _use_new_zipfile_serialization=is_zipped)
    return out.getvalue()


def described(tensors):
    return [dict(name=name, shape=list(tensor.shape), values=tensor.detach().double().reshape(-1).tolist())
            for name, tensor in sorted(tensors.items())]


whole = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
layer = torch.nn.Sequential(torch.nn.Conv2d(2, 3, (1, 2)), torch.nn.BatchNorm2d(3))
with torch.no_grad():
    for parameter in layer.parameters():
        parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) / 8 - 1)
examples = {
    "plain": collections.OrderedDict(a=whole, b=torch.tensor([1.5, -2.0])),
    "dictionary": {"a": whole},
    "types": {
        "half": torch.tensor([0.5, -1.25]).half(), "double": torch.tensor([1 / 3], dtype=torch.float64),
        "bfloat": torch.tensor([3.0, 1e30]).bfloat16(), "long": torch.tensor(-7), "bytes": torch.tensor([200, 1]).byte(),
        "bool": torch.tensor([True, False]), "int": torch.tensor([-5]).int(), "short": torch.tensor([-300]).short(),
    },
    "views": {"all": whole, "row": whole[1], "turned": whole.permute(2, 0, 1), "thin": whole[:, 1, ::2]},
    "parameter": {"a": torch.nn.Parameter(whole)},
    "module": layer.state_dict(),
}
files = [
    dict(name=f"{name}-{form}", file=text(saved(value, form == "zip")), tensors=described(value))
    for name, value in examples.items() for form in ["zip", "legacy"]
]


class Call:
    """Pickled as a call of a function."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def zipped(data, extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, contents in [("archive/data.pkl", data), ("archive/byteorder", b"little"), *extra]:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if len(contents) < 1000 else zipfile.ZIP_DEFLATED
            archive.writestr(info, contents)
    return out.getvalue()


def hostile(name, data, reason, extra=()):
    return dict(name=name, file=text(zipped(data, extra)), reason=reason)


storage = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x04tQ"


def tensor(offset, shape, strides):
    """A pickle of one tensor of these arguments in a storage of four numbers."""
    numbers = [b"(" + b"".join(b"J" + struct.pack("<i", number) for number in part) + b"t" for part in (shape, strides)]
    call = (b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"J" + struct.pack("<i", offset) + b"".join(numbers)
            + b"\x89ccollections\nOrderedDict\n)RtR")
    return b"\x80\x02}X\x01\0\0\0a" + call + b"s."


four = [("archive/data/0", struct.pack("<4f", 1, 2, 3, 4))]
deep = b"\x80\x02" + b")" + b"\x85" * 100 + b"."
hostile_files = [
    hostile("os.system", pickle.dumps({"a": Call(os.system, "true")}, 2), "asks for 'posix system'"),
    hostile("eval", pickle.dumps({"a": Call(eval, "1")}, 2), "asks for '__builtin__ eval'"),
    hostile("getattr", pickle.dumps(Call(getattr, "a", "upper"), 2), "asks for '__builtin__ getattr'"),
    hostile("instance", b"\x80\x02(ios\nsystem\n.", "the pickle operation 0x69"),
    hostile("protocol 4", pickle.dumps({"a": Call(os.system, "true")}, 4), "is a pickle of protocol 4"),
    hostile("called storage", b"\x80\x02ctorch\nFloatStorage\nK\x04\x85R.", "calls 'torch FloatStorage'"),
    hostile("called with arguments", b"\x80\x02ccollections\nOrderedDict\nK\x04\x85R.", "calls 'collections OrderedDict'"),
    hostile("no dictionary", pickle.dumps([1], 2), "holds no dictionary of tensors"),
    hostile("empty stack", b"\x80\x02R.", "takes more than it made"),
    hostile("no mark", b"\x80\x02t.", "a mark it did not make"),
    hostile("no memory", b"\x80\x02h\x07.", "recalls what it did not remember"),
    hostile("endless", b"\x80\x02" + b"N" * 70_000, "larger than any of weights"),
    hostile("deep", deep, "nested deeper"),
    hostile("deep lists", b"\x80\x02" + b"]" * 100 + b"a" * 99 + b".", "nested deeper"),
    hostile("cycle", b"\x80\x02]q\0h\0a.", "appends to what is no list"),
    hostile("changed later", b"\x80\x02}q\0\x85q\1h\0K\1K\2s.", "puts items into what is no dictionary"),
    hostile("beyond its storage", tensor(0, (5,), (1,)), "does not lie in its storage", four),
    hostile("before its storage", tensor(-1, (2,), (1,)), "does not lie in its storage", four),
    hostile("strides too wide", tensor(0, (2, 2), (3, 1)), "does not lie in its storage", four),
    hostile("negative strides", tensor(3, (2,), (-1,)), "does not lie in its storage", four),
    hostile("expanded", tensor(0, (1 << 20, 1 << 20), (0, 0)), "does not lie in its storage", four),
    hostile("empty", tensor(0, (0,), (1,)), "does not lie in its storage", four),
    hostile("no numbers", tensor(0, (4,), (1,)), "does not have the numbers of 'a'"),
    hostile("fewer numbers", tensor(0, (4,), (1,)), "does not have the numbers of 'a'", [("archive/data/0", b"\0" * 12)]),
    hostile("outside", tensor(0, (4,), (1,)), "leads out of the archive", [("../x", b"")]),
]
big = zipped(tensor(0, (4,), (1,)), four).replace(b"little", b"big\0\0\0")


def protobuf(*fields):
    """A message of (number, value): bytes, a string, a whole number, or a float."""
    out = b""
    for number, value in fields:
        if isinstance(value, str):
            value = value.encode()
        if isinstance(value, bytes):
            out += varint(number << 3 | 2) + varint(len(value)) + value
        elif isinstance(value, float):
            out += varint(number << 3 | 5) + struct.pack("<f", value)
        else:
            out += varint(number << 3) + varint(value)
    return out


def varint(number):
    out = b""
    while number >= 0x80:
        out, number = out + bytes([number & 0x7f | 0x80]), number >> 7
    return out + bytes([number])


def attribute(name, *fields):
    return 5, protobuf((1, name), (2, protobuf(*fields)))


def constant(name, array, packed=False):
    """A NodeDef with the array in its tensor_content, or in its float_val."""
    shape = protobuf(*[(2, protobuf((1, size))) for size in array.shape])
    data = array.astype("<f4").tobytes()
    value = protobuf((1, 1), (2, shape), (5 if packed else 4, data))
    return 1, protobuf((1, name), (2, "Const"), attribute("dtype", (6, 1)), attribute("value", (8, value)))


def graph(kernel, beta, gamma, mean, variance, is_scaled):
    return protobuf(
        (1, protobuf((1, "Mul"), (2, "Mul"), (3, "Sub"), (3, "Mul/y"))),
        constant("conv/conv2d_params", kernel.transpose(2, 3, 1, 0)),
        (1, protobuf((1, "conv/Conv2D"), (2, "Conv2D"), (3, "Mul"), (3, "conv/conv2d_params"))),
        constant("conv/batchnorm/beta", beta), constant("conv/batchnorm/gamma", gamma, packed=True),
        constant("conv/batchnorm/moving_mean", mean), constant("conv/batchnorm/moving_variance", variance),
        (1, protobuf((1, "conv/batchnorm"), (2, "BatchNormWithGlobalNormalization"), (3, "conv/Conv2D"),
                     attribute("variance_epsilon", (4, 0.001)), attribute("scale_after_normalization", (5, int(is_scaled))))),
    )


index = np.arange(32 * 3 * 3 * 3).reshape(32, 3, 3, 3)
kernel = (((index * 37) % 101 - 50) / 64).astype(np.float32)
channel = np.arange(32)
beta, gamma = ((channel % 5 - 2) / 4).astype(np.float32), (1 + channel / 16).astype(np.float32)
mean, variance = ((channel % 7 - 3) / 8).astype(np.float32), (0.25 + channel / 3).astype(np.float32)
port = {f"Conv2d_1a_3x3.{name}": torch.from_numpy(array) for name, array in [
    ("conv.weight", kernel), ("bn.weight", gamma), ("bn.bias", beta), ("bn.running_mean", mean),
    ("bn.running_var", variance)]}
port["Conv2d_1a_3x3.bn.num_batches_tracked"] = torch.tensor(9)


def folded(gamma):
    factor = gamma.astype(np.float64) / np.sqrt(variance.astype(np.float64) + np.float64(np.float32(0.001)))
    weights = (kernel * factor[:, None, None, None]).astype(np.float32)
    biases = (beta - factor * mean).astype(np.float32)
    return dict(weights=text(weights.tobytes()), biases=text(biases.tobytes()))


ones = np.ones_like(gamma)
layers = dict(
    scaled=dict(
        folded=folded(gamma),
        files=[text(saved(port, True)), text(saved(port, False)), text(graph(kernel, beta, gamma, mean, variance, True))]),
    plain=dict(folded=folded(ones), files=[text(graph(kernel, beta, gamma, mean, variance, False))]),
)
print(json.dumps(dict(files=files, hostile=hostile_files, bigEndian=text(big), layers=layers), indent=0))
