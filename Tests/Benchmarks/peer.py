"""The peer: the same training steps, features of images and evaluations in PyTorch and SciPy, timed the same way.

usage: peer.py WORKLOAD ITERATIONS [eager|channels_last|compile]

Prints one JSON object like the benchmark program's. One thread, float32, fused Adam. The networks and objectives are
those of the papers: see Sources/Networks, Sources/Distributions and Sources/Methods for their sources. The Inception
network is run as pytorch-fid runs it, with batch normalisation; compiled, it is given channels_last too, which is its
fastest mode.
"""

import json
import os
import resource
import statistics
import sys
import time

import evaluations
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm


def chain(*layers):
    return nn.Sequential(*layers)


def reparametrised(mean, log_variance):
    return mean + torch.randn_like(mean) * torch.exp(log_variance / 2)


def standard_rate(mean, log_variance):
    return 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()


def mnist(latents):
    encoder = chain(
        nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 0), nn.ReLU(),
        nn.Conv2d(32, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 0), nn.ReLU(), nn.Flatten(),
        nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 2 * latents))
    decoder = chain(
        nn.Linear(latents, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(),
        nn.Unflatten(1, (32, 4, 4)),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1))
    return encoder, decoder


def svhn(latents):
    layers = []
    for index, (kernel, stride, padding) in enumerate(
            [(4, 2, 1), (3, 1, 1), (4, 2, 1), (3, 1, 1), (3, 1, 0), (3, 1, 1), (3, 1, 0), (3, 1, 1)]):
        layers += [nn.Conv2d(3 if index == 0 else 32, 32, kernel, stride, padding), nn.BatchNorm2d(32), nn.ReLU()]
    encoder = chain(*layers, nn.Flatten(), nn.Linear(512, 2 * latents))
    decoder = chain(
        nn.Linear(latents, 512), nn.ReLU(), nn.Unflatten(1, (32, 4, 4)),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 32, 3, 1, 0), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 3, 1, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 3, 3, 1, 1))
    return encoder, decoder


def celeba(latents):
    encoding = []
    for a, b in [(3, 32), (32, 64), (64, 128), (128, 256), (256, 256)]:
        encoding += [nn.Conv2d(a, b, 4, 2, 1), nn.BatchNorm2d(b), nn.LeakyReLU(0.01)]
    decoding = []
    for a, b in [(256, 256), (256, 128), (128, 64), (64, 32), (32, 3)]:
        decoding += [nn.UpsamplingNearest2d(scale_factor=2), nn.ReplicationPad2d(1), nn.Conv2d(a, b, 3, 1, 0)]
        if b != 3:
            decoding += [nn.BatchNorm2d(b, eps=1e-3), nn.LeakyReLU(0.01)]
    encoder = chain(*encoding, nn.Flatten(), nn.Linear(1024, 2 * latents))
    decoder = chain(nn.Linear(latents, 1024), nn.LeakyReLU(0.01), nn.Unflatten(1, (256, 2, 2)), *decoding)
    return encoder, decoder


def factor(latents):
    encoder = chain(
        nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 3, 1, 0), nn.ReLU(), nn.Conv2d(64, 64, 4, 2, 1),
        nn.ReLU(), nn.Conv2d(64, 256, 3, 1, 0), nn.ReLU(), nn.Conv2d(256, 256, 4, 1, 0), nn.ReLU(), nn.Flatten(),
        nn.Linear(256, 2 * latents))
    decoder = chain(
        nn.Linear(latents, 256), nn.ReLU(), nn.Unflatten(1, (256, 1, 1)),
        nn.ConvTranspose2d(256, 256, 4, 1, 0), nn.ReLU(), nn.ConvTranspose2d(256, 64, 3, 1, 0), nn.ReLU(),
        nn.ConvTranspose2d(64, 64, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(64, 32, 3, 1, 0), nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, 2, 1))
    return encoder, decoder


class SoftplusDeviations(nn.Module):
    def forward(self, x):
        mean, raw = x.chunk(2, 1)
        return torch.cat([mean, 2 * torch.log(1e-6 + functional.softplus(raw))], 1)


def neutral(latents):
    def normalised(size, features):
        return (nn.BatchNorm2d if features == 4 else nn.BatchNorm1d)(size, momentum=0.001)

    encoder = chain(
        spectral_norm(nn.Conv2d(1, 64, 4, 2, 1)), nn.LeakyReLU(0.2),
        spectral_norm(nn.Conv2d(64, 128, 4, 2, 1)), normalised(128, 4), nn.LeakyReLU(0.2), nn.Flatten(),
        spectral_norm(nn.Linear(6272, 1024)), normalised(1024, 2), nn.LeakyReLU(0.2),
        spectral_norm(nn.Linear(1024, 2 * latents)), SoftplusDeviations())
    decoder = chain(
        nn.Linear(latents, 1024), normalised(1024, 2), nn.ReLU(), nn.Linear(1024, 6272), normalised(6272, 2), nn.ReLU(),
        nn.Unflatten(1, (128, 7, 7)), nn.ConvTranspose2d(128, 64, 4, 2, 1), normalised(64, 4), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Sigmoid())
    return encoder, decoder


class WithInput(nn.Module):
    """Three layers of 1024, and the heads on their result beside the input."""

    def __init__(self, inputs, heads):
        super().__init__()
        self.hidden = chain(
            nn.Linear(inputs, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU())
        self.heads = nn.ModuleList(nn.Linear(1024 + inputs, outputs) for outputs in heads)

    def forward(self, x):
        features = torch.cat([self.hidden(x), x], 1)
        return torch.cat([head(features) for head in self.heads], 1)


def second(latents):
    return WithInput(64, [latents, latents]), WithInput(latents, [64])


def sigma(latents):
    encoder = chain(
        nn.Conv2d(3, 32, 3, 1, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(), nn.Conv2d(64, 128, 5, 2, 2),
        nn.ReLU(), nn.Flatten(), nn.Linear(6272, 2 * latents))
    decoder = chain(
        nn.Linear(latents, 6272), nn.Unflatten(1, (128, 7, 7)), nn.ConvTranspose2d(128, 64, 6, 2, 2), nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 6, 2, 2), nn.ReLU(), nn.ConvTranspose2d(32, 3, 5, 1, 2), nn.Sigmoid())
    return encoder, decoder


class CouplingFlow(nn.Module):
    """Six affine couplings with alternating masks, run towards the generation space."""

    def __init__(self, latents):
        super().__init__()
        self.scales = nn.ModuleList(self.conditioner(latents) for _ in range(6))
        self.shifts = nn.ModuleList(self.conditioner(latents) for _ in range(6))
        half = torch.cat([torch.ones(latents // 2), torch.zeros(latents - latents // 2)])
        self.register_buffer("masks", torch.stack([half, 1 - half] * 3))

    @staticmethod
    def conditioner(latents):
        return chain(
            nn.Linear(latents, 64), nn.LeakyReLU(0.01), nn.Linear(64, 64), nn.LeakyReLU(0.01), nn.Linear(64, latents),
            nn.Tanh())

    def forward(self, z):
        total = z.new_zeros(z.shape[0])
        for scale, shift, mask in reversed(list(zip(self.scales, self.shifts, self.masks))):
            kept = z * mask
            s, t = scale(kept) * (1 - mask), shift(kept) * (1 - mask)
            z = (1 - mask) * (z - t) * torch.exp(-s) + kept
            total = total - s.sum(1)
        return z, total


class Model(nn.Module):
    """Encoder, decoder and the negative evidence lower bound."""

    def __init__(self, networks, latents):
        super().__init__()
        self.encoder, self.decoder = networks(latents)

    def codes(self, x):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        return reparametrised(mean, log_variance), mean, log_variance


class DecoupledModel(Model):
    def __init__(self, networks, latents):
        super().__init__(networks, latents)
        self.flow = CouplingFlow(latents)

    def forward(self, x):
        z, _, log_variance = self.codes(x)
        code, log_determinant = self.flow(z)
        error = (x - self.decoder(z)).square().sum()
        return error + (0.5 * (code.square() - log_variance).sum(1) - log_determinant).sum()


class LearnedDeviationModel(Model):
    def __init__(self, networks, latents):
        super().__init__(networks, latents)
        self.log_deviation = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        z, mean, log_variance = self.codes(x)
        error = (x - self.decoder(z)).square().sum()
        likelihood = 0.5 * error * torch.exp(-2 * self.log_deviation) + x.numel() * self.log_deviation
        return likelihood + standard_rate(mean, log_variance)


class FactorModel(Model):
    """The model's half of FactorVAE; the discriminator is held outside of its parameters."""

    def __init__(self, networks, latents):
        super().__init__(networks, latents)
        layers = [nn.Linear(latents, 1000), nn.LeakyReLU(0.2)]
        for _ in range(4):
            layers += [nn.Linear(1000, 1000), nn.LeakyReLU(0.2)]
        self.discriminator = chain(*layers, nn.Linear(1000, 2))

    def forward(self, x):
        z, mean, log_variance = self.codes(x)
        logits = self.discriminator(z)
        error = (x - self.decoder(z)).square().sum()
        loss = error + standard_rate(mean, log_variance) + 1000 * (logits[:, 0] - logits[:, 1]).mean()
        return loss, z.detach()

    def discriminate(self, z, x):
        with torch.no_grad():
            fresh = self.codes(x)[0]
            permuted = torch.stack([fresh[torch.randperm(len(fresh)), d] for d in range(fresh.shape[1])], 1)
        zeros = torch.zeros(len(z), dtype=torch.long)
        return 0.5 * (functional.cross_entropy(self.discriminator(z), zeros)
                      + functional.cross_entropy(self.discriminator(permuted), zeros + 1))


WORKLOADS = {
    "dpvae-mnist": (DecoupledModel, mnist, 2, 100, (1, 28, 28)),
    "dpvae-svhn": (DecoupledModel, svhn, 20, 50, (3, 32, 32)),
    "dpvae-celeba": (DecoupledModel, celeba, 32, 50, (3, 64, 64)),
    "two-stage-neutral": (LearnedDeviationModel, neutral, 64, 64, (1, 28, 28)),
    "two-stage-second": (LearnedDeviationModel, second, 64, 64, (64,)),
    "sigma-vae-svhn": (LearnedDeviationModel, sigma, 20, 128, (3, 28, 28)),
    "factor-vae-mnist": (FactorModel, factor, 2, 100, (1, 28, 28)),
    "inception": (None, None, 0, 8, (3, 299, 299)),
}


def inception_step(mode):
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../MetricsTests/Fixtures"))
    from inception import Inception

    network = Inception(folded=False).eval()
    if mode != "eager":
        network = network.to(memory_format=torch.channels_last)
    if mode == "compile":
        network = torch.compile(network)

    def step(batch, _):
        with torch.inference_mode():
            images = batch()
            network(images if mode == "eager" else images.contiguous(memory_format=torch.channels_last))

    return step


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-4, fused=True)


def simple_step(model, mode):
    optimizer = adam(model.parameters())
    objective = torch.compile(model) if mode == "compile" else model

    def step(batch, _):
        optimizer.zero_grad(set_to_none=True)
        objective(batch()).backward()
        optimizer.step()

    return step


def alternating_step(model, mode):
    own = [p for name, p in model.named_parameters() if not name.startswith("discriminator.")]
    optimizer, adversary = adam(own), adam(model.discriminator.parameters())
    objective, discriminate = model, model.discriminate
    if mode == "compile":
        objective, discriminate = torch.compile(model), torch.compile(model.discriminate)

    def step(batch, second_batch):
        optimizer.zero_grad(set_to_none=True)
        # The model's step needs no gradient of the discriminator's parameters.
        model.discriminator.requires_grad_(False)
        loss, codes = objective(batch())
        loss.backward()
        optimizer.step()
        model.discriminator.requires_grad_(True)
        adversary.zero_grad(set_to_none=True)
        discriminate(codes, second_batch()).backward()
        adversary.step()

    return step


def evaluation(workload, mode):
    """One evaluation of what is not trained here, and how many items it is of."""
    if workload == "frechet-2048":
        return evaluations.frechet(), 1
    if workload == "skl-neighbours":
        return lambda _: evaluations.neighbours(), 5000
    model = DecoupledModel(mnist, 2)
    if mode == "channels_last":
        model = model.to(memory_format=torch.channels_last)
    if mode == "compile":
        model.decoder, model.flow = torch.compile(model.decoder), torch.compile(model.flow)
    image = torch.rand(1, 28, 28)
    return lambda _: evaluations.importance(model, image), 1


def training_step(model, mode):
    if mode == "channels_last":
        model = model.to(memory_format=torch.channels_last)
    return alternating_step(model, mode) if isinstance(model, FactorModel) else simple_step(model, mode)


def batched(workload, mode):
    """One step over a batch of images, given its number, and the size of the batch."""
    kind, networks, latents, count, shape = WORKLOADS[workload]
    items = torch.randint(0, 256, (20 * count, *shape), dtype=torch.uint8)
    take = inception_step(mode) if kind is None else training_step(kind(networks, latents), mode)

    def batch(number):
        start = number * count % len(items)
        values = items[start : start + count].float() / 255
        if mode == "channels_last" and values.dim() == 4:
            values = values.contiguous(memory_format=torch.channels_last)
        return values

    return lambda number: take(lambda: batch(number), lambda: batch(number + 7)), count


def main():
    workload, iterations = sys.argv[1], int(sys.argv[2])
    mode = sys.argv[3] if len(sys.argv) > 3 else "eager"
    torch.set_num_threads(1)
    torch.manual_seed(0)
    step, count = (batched if workload in WORKLOADS else evaluation)(workload, mode)
    window = max(1, iterations // 12)
    marks = []
    for number in range(iterations):
        step(number)
        if (number + 1) % window == 0:
            marks.append((time.process_time(), time.perf_counter()))
    differences = [[(b - a) * 1000 / window for a, b in zip(x, y)] for x, y in zip(marks, marks[1:])]
    processor, wall = zip(*differences)
    print(json.dumps({
        "workload": workload, "mode": mode, "batch": count, "cpu_ms": statistics.median(processor),
        "wall_ms": statistics.median(wall),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
