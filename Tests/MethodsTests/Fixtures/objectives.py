"""Writes objectives.json: every method's objective and its gradients as PyTorch computes them, without networks.

Run as `python3 objectives.py > objectives.json`; needs PyTorch (any version; on a CPU, in double precision).

The parts of a batch are sines of their index, which the Swift test repeats: means, log-variances, noise, and the
weights of the flow and of the discriminator. The reconstruction term is a number. Only the prior's draws, which come from
the program's own generator at seed 0 in iteration 137, stand here as they are; the test compares them first. Loops are
plain, so that nothing of how the program vectorises is repeated: densities pair by pair, kernels pair by pair.
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
BATCH, COUNT, RECONSTRUCTION, ITERATION = 4, 10, 3.5, 137
DRAWS = [
    -0.226556718, 0.0771384686, 0.200515881, 1.37248194, -0.478152633, 1.8057121, 1.40127432, -2.40184808,
    -0.656781256, 0.862913311, 0.576415956, 0.760387361,
]


def wave(count, phase):
    index = torch.arange(count, dtype=torch.float64)
    return torch.sin(phase + 0.7 * index + 0.001 * index * index)


def fill(layers):
    """Gives each weight and bias its formula, by its place in order of name and by PyTorch's own fan-in."""
    parameters = {f"{name}.{part}": (layer, getattr(layer, part))
                  for name, layer in layers.items() for part in ("weight", "bias")}
    for ordinal, name in enumerate(sorted(parameters)):
        layer, tensor = parameters[name]
        size = (1 if name.startswith("prior.") else 2) / math.sqrt(layer.in_features)
        tensor.data.copy_((wave(tensor.numel(), ordinal) * size).reshape(tensor.shape))


class Identity:
    """The standard prior: the two spaces are one."""

    layers = {}

    def generation(self, z):
        return z, torch.zeros(len(z))

    def representation(self, z0):
        return z0

    def rates(self, mean, log_variance, z):
        return -0.5 * (1 + log_variance - mean ** 2 - log_variance.exp()).sum(1)


class Couplings:
    """The decoupled prior, with masks as dpVAE's authors describe it."""

    def __init__(self, latents, blocks):
        self.blocks = blocks
        self.layers = {}
        for k in range(blocks):
            for part in ("scale", "shift"):
                for index, (a, b) in enumerate([(latents, 64), (64, 64), (64, latents)]):
                    self.layers[f"prior.block{k}.{part}.linear{index + 1}"] = nn.Linear(a, b)

    def parts(self, k, z):
        ones = torch.zeros(z.shape[1])
        ones[: z.shape[1] // 2] = 1
        mask = ones if k % 2 == 0 else 1 - ones

        def network(part):
            x = z * mask
            for index in (1, 2):
                x = functional.leaky_relu(self.layers[f"prior.block{k}.{part}.linear{index}"](x), 0.01)
            return torch.tanh(self.layers[f"prior.block{k}.{part}.linear3"](x)) * (1 - mask)
        return mask, network("scale"), network("shift")

    def generation(self, z):
        log_det = torch.zeros(len(z))
        for k in reversed(range(self.blocks)):
            mask, s, t = self.parts(k, z)
            z = mask * z + (1 - mask) * (z - t) * torch.exp(-s)
            log_det = log_det - s.sum(1)
        return z, log_det

    def representation(self, z0):
        for k in range(self.blocks):
            mask, s, t = self.parts(k, z0)
            z0 = mask * z0 + (1 - mask) * (z0 * torch.exp(s) + t)
        return z0

    def rates(self, mean, log_variance, z):
        z0, log_det = self.generation(z)
        return -0.5 * log_variance.sum(1) + 0.5 * (z0 ** 2).sum(1) - log_det


def beta_h(p, beta):
    return p.rec + beta * p.rates.sum()


def beta_b(p, gamma, capacity, capacityStop, capacityPerImage):
    c = min(max(capacity * ITERATION / capacityStop, 0), capacity)
    if capacityPerImage:
        return p.rec + gamma * BATCH * (p.rates.mean() - c).abs()
    return p.rec + gamma * (p.rates.sum() - c).abs()


def log_normal(x, mean, log_variance):
    return -0.5 * (math.log(2 * math.pi) + log_variance + (x - mean) ** 2 / log_variance.exp())


def stratified_weights():
    m = BATCH - 1
    rest = (COUNT - m) / (COUNT * m)
    weights = torch.full((BATCH, BATCH), 1 / m)
    weights.view(-1)[::BATCH] = 1 / COUNT
    weights.view(-1)[1::BATCH] = rest
    weights[m - 1, 0] = rest
    return weights.log()


def beta_tc(p, alpha, beta, gamma, mssPerDim, tcLogDet):
    latents, weights = p.z.shape[1], stratified_weights()
    joint, product, conditional = [], [], []
    for i in range(BATCH):
        rows = torch.stack([log_normal(p.z[i], p.mean[j], p.log_variance[j]) for j in range(BATCH)])
        if mssPerDim:
            joint.append(torch.logsumexp((rows + weights[i][:, None]).sum(1), 0))
        else:
            joint.append(torch.logsumexp(rows.sum(1) + weights[i], 0))
        product.append(sum(torch.logsumexp(rows[:, d] + weights[i], 0) for d in range(latents)))
        conditional.append(rows[i].sum())
    joint, product, conditional = torch.stack(joint), torch.stack(product), torch.stack(conditional)
    z0, log_det = p.prior.generation(p.z)
    prior = log_normal(z0, torch.zeros(()), torch.zeros(())).sum(1) + (log_det if tcLogDet else 0)
    return (p.rec + alpha * (conditional - joint).mean() + beta * (joint - product).mean()
            + gamma * (product - prior).mean())


def factor(p, gamma, discriminatorRate):
    x = p.z
    for index in range(1, 6):
        x = functional.leaky_relu(p.layers[f"discriminator.linear{index}"](x), 0.2)
    logits = p.layers["discriminator.head"](x)
    return p.rec + p.rates.sum() + gamma * (logits[:, 0] - logits[:, 1]).mean()


def discriminator(latents):
    sizes = [(latents, 1000)] + [(1000, 1000)] * 4
    layers = {f"discriminator.linear{k + 1}": nn.Linear(*size) for k, size in enumerate(sizes)}
    return {**layers, "discriminator.head": nn.Linear(1000, 2)}


def info(p, alpha, **rest):
    lam, latents = rest["lambda"], p.z.shape[1]

    def kernel(a, b):
        return torch.stack([torch.exp(-((x - y) ** 2).mean() / latents) for x in a for y in b]).mean()
    drawn = p.prior.representation(p.draws)
    mmd = kernel(drawn, drawn) + kernel(p.z, p.z) - 2 * kernel(drawn, p.z)
    return p.rec + (1 - alpha) * p.rates.sum() + (alpha + lam - 1) * mmd


def wae(p, **rest):
    drawn, latents = p.prior.representation(p.draws), p.z.shape[1]
    total = 0
    for scale in (0.1, 0.2, 0.5, 1, 2, 5, 10):
        c = 2 * latents * scale
        for i in range(BATCH):
            for j in range(BATCH):
                k = [c / (c + ((a[i] - b[j]) ** 2).sum())
                     for a, b in ((p.z, p.z), (drawn, drawn), (p.z, drawn))]
                if i != j:
                    total = total + (k[0] + k[1]) / (BATCH * (BATCH - 1))
                total = total - 2 * k[2] / BATCH ** 2
    return p.rec / BATCH + rest["lambda"] * total


class Pass:
    """The parts of a batch; leaves whose gradients are asked for are kept."""

    def __init__(self, latents, blocks, extra):
        self.prior = Couplings(latents, blocks) if blocks else Identity()
        self.layers = {**self.prior.layers, **extra}
        fill(self.layers)
        size = (BATCH, latents)
        self.mean = wave(BATCH * latents, 0.25).reshape(size).requires_grad_()
        self.log_variance = (0.5 * wave(BATCH * latents, 0.5)).reshape(size).requires_grad_()
        noise = (1.5 * wave(BATCH * latents, 0.75)).reshape(size)
        self.z = self.mean + noise * torch.exp(self.log_variance / 2)
        self.rec = torch.tensor(RECONSTRUCTION)
        self.rates = self.prior.rates(self.mean, self.log_variance, self.z)
        self.draws = torch.tensor(DRAWS[: BATCH * latents]).reshape(size)


METHODS = [
    ("beta-tcvae", beta_tc, {"alpha": 1.5, "beta": 4, "gamma": 2.5, "mssPerDim": 0, "tcLogDet": 0}),
    ("beta-tcvae", beta_tc, {"alpha": 1.5, "beta": 4, "gamma": 2.5, "mssPerDim": 0, "tcLogDet": 1}),
    ("beta-tcvae", beta_tc, {"alpha": 1.5, "beta": 4, "gamma": 2.5, "mssPerDim": 1, "tcLogDet": 0}),
    ("beta-vae-b", beta_b, {"gamma": 15, "capacity": 25, "capacityStop": 1000, "capacityPerImage": 0}),
    ("beta-vae-b", beta_b, {"gamma": 15, "capacity": 25, "capacityStop": 1000, "capacityPerImage": 1}),
    ("beta-vae-b", beta_b, {"gamma": 15, "capacity": 2, "capacityStop": 100, "capacityPerImage": 0}),
    ("beta-vae-h", beta_h, {"beta": 5}),
    ("factor-vae", factor, {"gamma": 10, "discriminatorRate": 1e-4}),
    ("info-vae", info, {"alpha": 0.25, "lambda": 1000}),
    ("vae", lambda p: p.rec + p.rates.sum(), {}),
    ("wae-mmd", wae, {"lambda": 10}),
]


def case(name, objective, settings, latents, blocks):
    p = Pass(latents, blocks, discriminator(latents) if name == "factor-vae" else {})
    loss = objective(p, **settings)
    loss.backward()
    flow = [layer.weight.grad for name, layer in sorted(p.prior.layers.items())]
    norm = math.sqrt(sum((g ** 2).sum().item() for g in flow if g is not None))
    zeros = torch.zeros_like(p.mean)
    return {
        "method": name, "settings": settings, "latents": latents, "blocks": blocks, "loss": loss.item(),
        "mean": p.mean.grad.flatten().tolist(),
        "logVariance": (zeros if p.log_variance.grad is None else p.log_variance.grad).flatten().tolist(),
        "flow": norm,
    }


print(json.dumps({
    "draws": DRAWS,
    "cases": [case(*method, latents, blocks) for latents, blocks in ((2, 0), (3, 2)) for method in METHODS],
}, indent=1))
