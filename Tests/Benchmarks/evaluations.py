"""What peers do of the papers' evaluations; peer.py times it.

The likelihood is PyTorch's: dpVAE's MNIST decoder and flow, importance samples of one image a thousand at a time. The
divergence is SciPy's: four exact queries of k-d trees, as users of the estimator write them.
"""

import math

import torch


@torch.no_grad()
def importance(model, image, samples=21000, chunk=1000):
    """-log 1/S sum of p(x|z) p(z) / q(z|x) under a decoder of variance 1/2."""
    mean, log_variance = model.encoder(image[None]).chunk(2, 1)
    weights = []
    for start in range(0, samples, chunk):
        noise = torch.randn(min(chunk, samples - start), mean.shape[1])
        z = mean + noise * torch.exp(log_variance / 2)
        code, log_determinant = model.flow(z)
        constant = 0.5 * z.shape[1] * math.log(2 * math.pi)
        prior = -0.5 * code.square().sum(1) - constant + log_determinant
        proposal = -0.5 * (noise.square().sum(1) + log_variance.sum()) - constant
        errors = (image - model.decoder(z)).square().sum((1, 2, 3))
        weights.append(prior - proposal - errors - 0.5 * image.numel() * math.log(math.pi))
    return math.log(samples) - torch.cat(weights).double().logsumexp(0).item()


def neighbours(count=5000, dimensions=20):
    """The symmetric divergence of as many normal codes and draws of the prior."""
    import numpy
    from scipy.spatial import cKDTree

    p, q = (numpy.random.standard_normal((count, dimensions)) for _ in range(2))
    trees = {id(points): cKDTree(points) for points in (p, q)}

    def divergence(a, b):
        own, other = trees[id(a)].query(a, k=2)[0][:, 1], trees[id(b)].query(a, k=1)[0]
        return dimensions * numpy.log(other / own).mean() + math.log(count / (count - 1))

    return divergence(p, q) + divergence(q, p)


def frechet(size=2048):
    """A distance between Gaussians as pytorch-fid takes it: the square root of a product of covariances."""
    import numpy
    from scipy.linalg import sqrtm

    sides = [numpy.random.standard_normal((size + 452, size)).astype(numpy.float32) for _ in range(2)]
    (m, a), (n, b) = [(x.mean(0), numpy.cov(x, rowvar=False)) for x in sides]

    def distance(_):
        root = sqrtm(a @ b)
        return (m - n) @ (m - n) + numpy.trace(a) + numpy.trace(b) - 2 * numpy.trace(root.real)

    return distance
