"""Writes reference.json: losses and gradients of VAE and dpVAE on MNIST's network as PyTorch computes them.

Run as `python3 reference.py > reference.json`; needs PyTorch (any version; on a CPU, in double precision).

Everything random is replaced by formulas that the Swift test repeats: weights, images and noise are sines of their
index. Gradients are kept as two numbers a parameter: their Euclidean norm, and their product with a wave, which sees
the order of elements. The coupling flow is written with masks, as dpVAE's authors describe it, not with slices.
"""

import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
LATENTS, BATCH, WEIGHT, BLOCKS = 2, 2, 0.5, 6


def wave(count, phase):
    index = torch.arange(count, dtype=torch.float64)
    return torch.sin(phase + 0.7 * index + 0.001 * index * index)


def encoder():
    return {
        "convolution1": nn.Conv2d(1, 32, 4, 2, 1),
        "convolution2": nn.Conv2d(32, 32, 3, 1, 0),
        "convolution3": nn.Conv2d(32, 32, 4, 2, 1),
        "convolution4": nn.Conv2d(32, 32, 3, 1, 0),
        "linear1": nn.Linear(512, 256),
        "linear2": nn.Linear(256, 256),
        "head": nn.Linear(256, 2 * LATENTS),
    }


def decoder():
    return {
        "linear1": nn.Linear(LATENTS, 256),
        "linear2": nn.Linear(256, 256),
        "linear3": nn.Linear(256, 512),
        "convolution1": nn.ConvTranspose2d(32, 32, 3, 1, 0),
        "convolution2": nn.ConvTranspose2d(32, 32, 4, 2, 1),
        "convolution3": nn.ConvTranspose2d(32, 32, 3, 1, 0),
        "head": nn.ConvTranspose2d(32, 1, 4, 2, 1),
    }


def coupling_net(latents):
    return {
        "linear1": nn.Linear(latents, 64),
        "linear2": nn.Linear(64, 64),
        "linear3": nn.Linear(64, latents),
    }


def flow(latents, blocks):
    return {(k, part): coupling_net(latents) for k in range(blocks) for part in ("scale", "shift")}


def named(layers, prefix):
    return {f"{prefix}.{name}.{part}": (layer, getattr(layer, part))
            for name, layer in layers.items() for part in ("weight", "bias")}


def named_flow(nets):
    result = {}
    for (k, part), layers in nets.items():
        result.update(named(layers, f"prior.block{k}.{part}"))
    return result


def fill(parameters):
    """Gives each parameter its formula, by its place in order of name and by PyTorch's own fan-in.

    The flow's are half as large: at the full size its gradients are so ill-conditioned that single precision cannot
    be compared.
    """
    for ordinal, name in enumerate(sorted(parameters)):
        layer, tensor = parameters[name]
        fan_in, _ = nn.init._calculate_fan_in_and_fan_out(layer.weight)
        size = 1 if name.startswith("prior.") else 2
        values = wave(tensor.numel(), ordinal) * (size / math.sqrt(fan_in))
        tensor.data.copy_(values.reshape(tensor.shape))


def fan_in(layer):
    return nn.init._calculate_fan_in_and_fan_out(layer.weight)[0]


def run_encoder(net, x):
    for k in range(1, 5):
        x = torch.relu(net[f"convolution{k}"](x))
    x = x.reshape(x.shape[0], -1)
    x = torch.relu(net["linear2"](torch.relu(net["linear1"](x))))
    return net["head"](x)


def run_decoder(net, z):
    for k in range(1, 4):
        z = torch.relu(net[f"linear{k}"](z))
    z = z.reshape(z.shape[0], 32, 4, 4)
    for k in range(1, 4):
        z = torch.relu(net[f"convolution{k}"](z))
    return net["head"](z)


def run_coupling(net, z):
    leaky = nn.LeakyReLU(0.01)
    return torch.tanh(net["linear3"](leaky(net["linear2"](leaky(net["linear1"](z))))))


def mask(k, latents):
    ones = torch.zeros(latents)
    ones[: int(latents * 0.5)] = 1
    return ones if k % 2 == 0 else 1 - ones


def to_generation(nets, z, blocks):
    log_det = torch.zeros(z.shape[0])
    for k in reversed(range(blocks)):
        b = mask(k, z.shape[1])
        kept = z * b
        s = run_coupling(nets[k, "scale"], kept) * (1 - b)
        t = run_coupling(nets[k, "shift"], kept) * (1 - b)
        z = (1 - b) * (z - t) * torch.exp(-s) + kept
        log_det = log_det - s.sum(1)
    return z, log_det


def to_representation(nets, z, blocks):
    for k in range(blocks):
        b = mask(k, z.shape[1])
        kept = z * b
        s = run_coupling(nets[k, "scale"], kept) * (1 - b)
        t = run_coupling(nets[k, "shift"], kept) * (1 - b)
        z = kept + (1 - b) * (z * torch.exp(s) + t)
    return z


def training_step(decoupled):
    enc, dec, nets = encoder(), decoder(), flow(LATENTS, BLOCKS)
    parameters = {**named(enc, "encoder"), **named(dec, "decoder")}
    if decoupled:
        parameters.update(named_flow(nets))
    fill(parameters)
    items = (0.5 + 0.5 * wave(BATCH * 784, 0.25)).reshape(BATCH, 1, 28, 28)
    noise = wave(BATCH * LATENTS, 0.5).reshape(BATCH, LATENTS)
    head = run_encoder(enc, items)
    mean, log_variance = head[:, :LATENTS], head[:, LATENTS:]
    z = mean + noise * torch.exp(log_variance / 2)
    reconstruction = WEIGHT * ((items - run_decoder(dec, z)) ** 2).sum()
    if decoupled:
        z0, log_det = to_generation(nets, z, BLOCKS)
        kl = (-0.5 * log_variance.sum(1) + 0.5 * (z0 ** 2).sum(1) - log_det).sum()
    else:
        kl = (-0.5 * (1 + log_variance - mean ** 2 - torch.exp(log_variance))).sum()
    loss = reconstruction + kl
    loss.backward()
    return {
        "loss": loss.item(), "reconstruction": reconstruction.item(), "kl": kl.item(),
        "parameters": [
            {
                "name": name, "shape": list(tensor.shape), "fanIn": fan_in(layer),
                "norm": tensor.grad.norm().item(),
                "wave": (tensor.grad.flatten() * wave(tensor.numel(), 0.75)).sum().item(),
            }
            for name, (layer, tensor) in sorted(parameters.items())
        ],
    }


def transport(latents, blocks):
    nets = flow(latents, blocks)
    fill(named_flow(nets))
    codes = (2 * wave(3 * latents, 0.5)).reshape(3, latents)
    with torch.no_grad():
        generation, log_det = to_generation(nets, codes, blocks)
        representation = to_representation(nets, codes, blocks)
    return {
        "latents": latents, "blocks": blocks, "generation": generation.flatten().tolist(),
        "logDeterminants": log_det.tolist(), "representation": representation.flatten().tolist(),
    }


print(json.dumps({
    "vae": training_step(decoupled=False),
    "dpvae": training_step(decoupled=True),
    "flows": [transport(2, 6), transport(5, 3)],
}, indent=1))
