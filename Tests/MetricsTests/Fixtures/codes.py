"""Writes codes.json: what SciPy and NumPy make of small samples and mixtures, in float64.

Run as `python3 codes.py` in this folder; needs SciPy and NumPy (made with SciPy 1.17.1 and NumPy 2.4.6). Inputs are
float32 numbers, as codes are; everything after that is float64. Distances, densities and spectra come from the
libraries; what is written here is only how the estimators put them together.
"""

import json

import numpy
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, norm

generator = numpy.random.default_rng(20191206)


def sample(rows, columns, scale=1.0, shift=0.0):
    return (shift + scale * generator.standard_normal((rows, columns))).astype(numpy.float32)


def matrix(values):
    """float32 numbers in as few digits as tell them apart."""
    return {"rows": values.shape[0], "columns": values.shape[1], "values": [float(str(x)) for x in values.ravel()]}


def neighbours(p, q):
    """Pérez-Cruz 2008, eq. 14, in one direction."""
    p, q = p.astype(numpy.float64), q.astype(numpy.float64)
    own = cKDTree(p).query(p, k=2)[0][:, 1]
    other = cKDTree(q).query(p, k=1)[0]
    return p.shape[1] * numpy.mean(numpy.log(other / own)) + numpy.log(len(q) / (len(p) - 1))


def divergence_case(p, q):
    return {"p": matrix(p), "q": matrix(q), "divergence": neighbours(p, q) + neighbours(q, p)}


def mixture(codes, means, log_variances):
    """log q(z) of each code."""
    deviations = numpy.exp(0.5 * log_variances.astype(numpy.float64))
    terms = norm.logpdf(codes[:, None, :].astype(numpy.float64), means[None].astype(numpy.float64), deviations[None])
    return logsumexp(terms.sum(2), axis=1) - numpy.log(len(means))


def mixture_case(components, latents, spread):
    means, log_variances = sample(components, latents, 1.5), sample(components, latents, spread, -1.0)
    codes = sample(20, latents, 3.0)
    own = (means + numpy.exp(0.5 * log_variances) * sample(components, latents)).astype(numpy.float32)
    at_own = mixture(own, means, log_variances)
    posterior = [multivariate_normal.logpdf(z.astype(numpy.float64), m, numpy.diag(numpy.exp(v.astype(numpy.float64))))
                 for z, m, v in zip(own, means, log_variances)]
    prior = norm.logpdf(own.astype(numpy.float64)).sum(1)
    excess = at_own - prior
    thresholds = [-90, -70, -50, -30, -10, -1]
    return {
        "means": matrix(means), "logVariances": matrix(log_variances), "codes": matrix(codes), "own": matrix(own),
        "logDensities": list(mixture(codes, means, log_variances)),
        "information": float(numpy.mean(posterior - at_own)), "divergence": float(numpy.mean(excess)),
        "thresholds": thresholds,
        "leaked": [float(excess[prior < t].mean()) if (prior < t).any() else 0.0 for t in thresholds],
        "expected": [float((excess * (prior < t)).mean()) for t in thresholds],
    }


def discrepancy_case(a, b):
    """WAE's unbiased statistic, inverse multiquadrics at seven scales."""
    total, n = 0.0, len(a)
    a64, b64 = a.astype(numpy.float64), b.astype(numpy.float64)
    own_a, own_b, mixed = (cdist(x, y, "sqeuclidean") for x, y in ((a64, a64), (b64, b64), (a64, b64)))
    for scale in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0):
        c = 2 * a.shape[1] * scale
        for own in (own_a, own_b):
            kernel = c / (c + own)
            total += (kernel.sum() - numpy.trace(kernel)) / (n * (n - 1))
        total -= 2 * (c / (c + mixed)).sum() / (n * n)
    return {"a": matrix(a), "b": matrix(b), "discrepancy": float(total)}


def spectrum_case(codes):
    singular = numpy.linalg.svd(codes.astype(numpy.float64), compute_uv=False)
    return {"codes": matrix(codes), "values": [float(x) for x in singular / numpy.sqrt(len(codes))]}


def main():
    tight = sample(60, 2, 1e-3, 2.0)
    contents = {
        "divergences": [
            divergence_case(sample(80, 2), sample(70, 2, 1.0, 0.5)),
            divergence_case(sample(60, 20), sample(60, 20, 0.7)),
            divergence_case(sample(60, 2, 1.0, 2.0), tight),
        ],
        "mixtures": [mixture_case(100, 2, 1.0), mixture_case(40, 20, 0.5), mixture_case(60, 3, 3.0)],
        "discrepancies": [
            discrepancy_case(sample(60, 3), sample(60, 3, 1.0, 1.0)), discrepancy_case(sample(30, 64, 0.5), sample(30, 64)),
        ],
        "spectra": [spectrum_case(sample(100, 5, 0.8)), spectrum_case(sample(64, 8) * numpy.float32(0.01))],
    }
    with open("codes.json", "w") as file:
        json.dump(contents, file)
        file.write("\n")


main()
