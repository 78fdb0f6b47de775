"""Writes features.json: distances between two sets of features, in float64, by numpy and scipy (pip install numpy scipy).

Fréchet: scipy.linalg.sqrtm of the product of the covariances, as pytorch-fid has it; where there are fewer items than
features, the eigenvalues of that product. Kernel: the unbiased estimate over all pairs. Precision, recall, density and
coverage: their definitions over scipy's full distance matrices. The rows come from a formula that the test has too.
"""

import json

import numpy as np
from scipy.linalg import eigvals, sqrtm
from scipy.spatial.distance import cdist


def rows(count, columns, salt):
    """Numbers in [0, 1), 1009ths in float32, of which a part depends on the row alone."""
    i, j = np.meshgrid(np.arange(count), np.arange(columns), indexing="ij")
    own = (i * i * 7919 + j * 104729 + i * j * 31 + salt * 977) % 1009
    shared = (i * 613 + salt * 71) % 1009
    return ((own.astype(np.float32) + np.float32(0.5) * shared.astype(np.float32)) / np.float32(1009))


def frechet(x, y):
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    shift = x.mean(0) - y.mean(0)
    if min(len(x), len(y)) > x.shape[1]:
        overlap = np.trace(sqrtm(a @ b)).real
    else:
        overlap = np.sqrt(np.maximum(eigvals(a @ b).real, 0)).sum()
    return shift @ shift + np.trace(a) + np.trace(b) - 2 * overlap


def kernel(x, y):
    d, n = x.shape[1], len(x)
    k = lambda u, v: (u @ v.T / d + 1) ** 3
    xx, yy, xy = k(x, x), k(y, y), k(x, y)
    return (xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)) / (n * (n - 1)) - 2 * xy.mean()


def support(real, fake, k):
    # The kth nearest other one: the item itself, at no distance, comes first.
    radius = lambda x: np.sort(cdist(x, x), axis=1)[:, k]
    distance, own, other = cdist(real, fake), radius(real), radius(fake)
    inside = distance < own[:, None]
    return {
        "precision": (distance <= own[:, None]).any(0).mean(),
        "recall": (distance <= other[None, :]).any(1).mean(),
        "density": inside.sum(0).mean() / k,
        "coverage": inside.any(1).mean(),
    }


cases = []
for count, columns in [(300, 24), (120, 8), (40, 64)]:
    x, y = rows(count, columns, 1), rows(count, columns, 2)
    y[:, 0] += np.float32(0.25)
    x, y = x.astype(np.float64), y.astype(np.float64)
    case = {"count": count, "columns": columns, "frechet": frechet(x, y), "kernel": kernel(x, y)}
    for k in (3, 5):
        case.update({f"{name}-{k}": float(value) for name, value in support(y, x, k).items()})
    cases.append(case)

with open("features.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
