"""Writes likelihoods.json: −log p(x|z) of two items under each likelihood, as SciPy has the distributions.

Run as `python3 likelihoods.py > likelihoods.json`; needs NumPy and SciPy (any version).

The items are [2, 3, 2, 2], the levels 85 i mod 256 over 255. The decoder's outputs are waves of their index that the
Swift test repeats, 4 sin(¼ + 0.7 i + 0.001 i²), seen with the axes that a likelihood's documentation names; means go
through a sigmoid but for those of logistic distributions. Constants are as single precision holds them.
"""

import json

import numpy as np
from scipy import special, stats

BATCH, CHANNELS, AREA = 2, 3, 4
levels = np.arange(24).reshape(BATCH, CHANNELS, AREA) * 85 % 256
x = levels / 255


def outputs(*axes):
    index = np.arange(BATCH * int(np.prod(axes)))
    return (4 * np.sin(0.25 + 0.7 * index + 0.001 * index * index)).reshape(BATCH, *axes)


def total(values):
    return values.reshape(BATCH, -1).sum(axis=1)


def normal(mean, deviation):
    return total(-stats.norm.logpdf(x, mean, deviation))


def clipped(log_deviation):
    return np.exp(-6 + np.logaddexp(0, log_deviation + 6))


def optimal(axes):
    mean = special.expit(outputs(CHANNELS, AREA))
    error = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
    return normal(mean, clipped(0.5 * np.log(error)))


def pixel_deviation():
    mean, raw = np.split(outputs(2 * CHANNELS, AREA), 2, axis=1)
    return normal(special.expit(mean), clipped(2 - np.logaddexp(0, 2 - raw)))


def categorical():
    logs = special.log_softmax(outputs(CHANNELS, 256, AREA), axis=2)
    return total(-np.take_along_axis(logs, levels[:, :, None], axis=2))


def bitwise():
    bits = (levels[:, None] >> np.arange(7, -1, -1)[:, None, None]) & 1
    logits = outputs(8, CHANNELS, AREA)
    return total(-stats.bernoulli.logpmf(bits, special.expit(logits)))


def logistic_mixture():
    logits, means, scales = np.moveaxis(outputs(3, 5, CHANNELS, AREA), 1, 0)
    scales = np.exp(np.maximum(scales, -7))
    centre = 2 * x[:, None] - 1
    above = np.where(levels[:, None] == 255, 1, stats.logistic.cdf(centre + 1 / 255, means, scales))
    below = np.where(levels[:, None] == 0, 0, stats.logistic.cdf(centre - 1 / 255, means, scales))
    return total(-np.log((special.softmax(logits, axis=1) * (above - below)).sum(axis=1)))


def student_t():
    mean, scale, freedom = np.split(outputs(3 * CHANNELS, AREA), 3, axis=1)
    scale, freedom = np.logaddexp(0, scale) + 1e-6, np.logaddexp(0, freedom) + 1e-6
    return total(-stats.t.logpdf(x, freedom, special.expit(mean), scale))


raw = outputs(CHANNELS, AREA)
mean = special.expit(raw)
cases = {
    "bernoulli": total(-(x * special.log_expit(raw) + (1 - x) * special.log_expit(-raw))),
    "bitwise-categorical": bitwise(),
    "categorical": categorical(),
    "gaussian": normal(mean, np.sqrt(1 / (2 * 3))),
    "logistic-mixture": logistic_mixture(),
    "optimal-sigma": optimal((0, 1, 2)),
    "optimal-sigma-per-image": optimal((1, 2)),
    "optimal-sigma, trained": normal(mean, clipped(0.5 * np.log(0.15 / 0.75))),
    "per-pixel-sigma": pixel_deviation(),
    "shared-sigma": normal(mean, clipped(-1.5)),
    "shared-sigma, unclipped": normal(mean, np.exp(-1.5)),
    "student-t": student_t(),
}
print(json.dumps({name: [float(f"{value:.12g}") for value in values] for name, values in cases.items()}, indent=1))
