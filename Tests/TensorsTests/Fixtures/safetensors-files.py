"""A safetensors file of every type of number, as the format's own library writes it.

usage: safetensors-files.py > safetensors-files.json        (safetensors 0.8, PyTorch 2.15)

The file in base64, its metadata, and of each array its name, shape and numbers as text.
"""
import base64
import json

import torch
from safetensors.torch import save

count = torch.arange(6).reshape(2, 3)
rough = torch.tensor([0.1, -2.5e-8, 65504.0, float("inf"), -0.0, 1 / 3], dtype=torch.float64)
tensors = {
    "bf16": rough.bfloat16(), "bool": count > 2, "f16": rough.half(), "f32": rough.float(), "f64": rough,
    "i16": (count - 3).short(), "i32": (count - 3).int(), "i64": (count - 3) * 2**33, "i8": (count - 3).to(torch.int8),
    "scalar": torch.tensor(2.5), "u8": (count * 50).to(torch.uint8), "empty": torch.zeros(0, 4),
}
metadata = {"made": "for a test", "with": "two strings"}
arrays = [
    dict(name=name, shape=list(tensor.shape), values=[repr(float(value)) for value in tensor.reshape(-1)])
    for name, tensor in sorted(tensors.items())
]
print(json.dumps(dict(
    file=base64.b64encode(save(tensors, metadata)).decode(), metadata=metadata, arrays=arrays), indent=0))
