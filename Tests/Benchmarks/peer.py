"""The peer: the same training step in PyTorch, timed the same way.

usage: peer.py dpvae-mnist|vae-mnist ITERATIONS [eager|channels_last|compile]

Prints one JSON object like the benchmark program's. One thread, float32, fused Adam. The networks are those of the
dpVAE paper's MNIST experiments: see Sources/Networks and Sources/Distributions for their source.
"""

import json
import resource
import statistics
import sys
import time

import torch
from torch import nn

LATENTS = 2


def encoder():
    return nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 0), nn.ReLU(),
        nn.Conv2d(32, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 0), nn.ReLU(), nn.Flatten(),
        nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 2 * LATENTS))


def decoder():
    return nn.Sequential(
        nn.Linear(LATENTS, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(),
        nn.Unflatten(1, (32, 4, 4)),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1))


def conditioner():
    return nn.Sequential(
        nn.Linear(LATENTS, 64), nn.LeakyReLU(0.01), nn.Linear(64, 64), nn.LeakyReLU(0.01), nn.Linear(64, LATENTS),
        nn.Tanh())


class CouplingFlow(nn.Module):
    """Six affine couplings with alternating masks, run towards the generation space."""

    def __init__(self):
        super().__init__()
        self.scales = nn.ModuleList(conditioner() for _ in range(6))
        self.shifts = nn.ModuleList(conditioner() for _ in range(6))
        masks = torch.tensor([[1.0, 0.0], [0.0, 1.0]] * 3)
        self.register_buffer("masks", masks)

    def forward(self, z):
        total = z.new_zeros(z.shape[0])
        for scale, shift, mask in reversed(list(zip(self.scales, self.shifts, self.masks))):
            kept = z * mask
            s, t = scale(kept) * (1 - mask), shift(kept) * (1 - mask)
            z = (1 - mask) * (z - t) * torch.exp(-s) + kept
            total = total - s.sum(1)
        return z, total


class Model(nn.Module):
    def __init__(self, decoupled):
        super().__init__()
        self.encoder, self.decoder = encoder(), decoder()
        self.flow = CouplingFlow() if decoupled else None

    def forward(self, x):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        z = mean + torch.randn_like(mean) * torch.exp(log_variance / 2)
        error = (x - self.decoder(z)).square().sum()
        if self.flow is None:
            return error + 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()
        code, log_determinant = self.flow(z)
        return error + (0.5 * (code.square() - log_variance).sum(1) - log_determinant).sum()


def main():
    workload, iterations = sys.argv[1], int(sys.argv[2])
    mode = sys.argv[3] if len(sys.argv) > 3 else "eager"
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = Model(workload == "dpvae-mnist")
    if mode == "channels_last":
        model = model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    items = torch.randint(0, 256, (10000, 1, 28, 28), dtype=torch.uint8)
    objective = torch.compile(model) if mode == "compile" else model

    def step(number):
        start = number * 100 % 10000
        batch = items[start : start + 100].float() / 255
        if mode == "channels_last":
            batch = batch.contiguous(memory_format=torch.channels_last)
        optimizer.zero_grad(set_to_none=True)
        objective(batch).backward()
        optimizer.step()

    processor, wall = [], []
    for window in range(iterations // 10):
        before = time.process_time(), time.perf_counter()
        for number in range(10):
            step(window * 10 + number)
        processor.append((time.process_time() - before[0]) * 100)
        wall.append((time.perf_counter() - before[1]) * 100)
    print(json.dumps({
        "workload": workload, "mode": mode, "cpu_ms": statistics.median(processor[1:]),
        "wall_ms": statistics.median(wall[1:]),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
