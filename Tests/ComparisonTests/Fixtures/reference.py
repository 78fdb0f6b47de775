"""Writes statistics.json: Student's t and the paired tests as SciPy and brute force give them.

Run as `python3 reference.py` in this folder; needs SciPy and mpmath (made with SciPy 1.17.1 and mpmath 1.3.0).
The distribution's own values come from mpmath with 40 digits, because SciPy's are good to about 1e-13 only; the script
stops if the two part by more than that.
"""

import itertools
import json

import mpmath
import numpy
from scipy import stats

mpmath.mp.dps = 40


def tail(t, df):
    """P(|T| > |t|)."""
    df, t = mpmath.mpf(df), mpmath.mpf(t)
    x = df / (df + t * t)
    return mpmath.betainc(df / 2, mpmath.mpf(1) / 2, 0, x, regularized=True)


def close(a, b, tolerance=1e-12):
    assert abs(a - b) <= tolerance * max(abs(a), abs(b)), (a, b)


def distribution():
    rows = []
    for df in [1, 2, 3, 4, 4.5, 9, 19, 30, 99, 1000, 10000]:
        for t in [0.001, 0.1, 0.5, 1, 2, 2.776, 5, 12.7, 60, 500]:
            exact = float(tail(t, df))
            if exact < 1e-280:
                continue
            close(exact, 2 * stats.t.sf(t, df), 1e-10)
            rows.append({"df": df, "t": t, "tail": exact})
    return rows


def quantiles():
    rows = []
    for df in [1, 2, 4, 4.5, 9, 30, 1000]:
        for p in [0.5005, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999]:
            start = float(stats.t.ppf(p, df))
            exact = mpmath.findroot(lambda t: 1 - tail(t, df) / 2 - mpmath.mpf(p), start)
            close(float(exact), start, 1e-9)
            rows.append({"df": df, "p": p, "t": float(exact)})
    return rows


def flip(differences):
    """The share of all 2^n sign patterns whose sum is as far from zero, in exact rational arithmetic."""
    exact = [mpmath.mpf(d) for d in differences]
    observed = abs(sum(exact))
    bound = observed - mpmath.mpf("1e-12") * sum(abs(d) for d in exact)
    patterns = list(itertools.product([1, -1], repeat=len(exact)))
    extreme = sum(abs(sum(s * d for s, d in zip(signs, exact))) >= bound for signs in patterns)
    return extreme / len(patterns)


def samples():
    rng = numpy.random.default_rng(20261121)
    cases = [[0.5, 0.4, 0.45, 0.61, 0.38], [1.0, -1.0, 2.0, 0.0, 3.0], [0.1, 0.2], [3.0, -2.5, 0.25]]
    cases += [list(rng.normal(0.4, 1, n)) for n in [3, 5, 7, 10, 12]]
    return [[float(d) for d in case] for case in cases]


def paired():
    rows = []
    for differences in samples():
        test = stats.ttest_1samp(differences, 0)
        intervals = {level: test.confidence_interval(1 - level) for level in [0.01, 0.05, 0.1]}
        rows.append(
            {
                "differences": differences,
                "statistic": float(test.statistic),
                "p": float(test.pvalue),
                "intervals": [
                    {"level": level, "low": float(i.low), "high": float(i.high)} for level, i in intervals.items()
                ],
                "signFlip": flip(differences),
            }
        )
    return rows


def welch():
    """Our numbers against a mean, a deviation and a count, as a paper prints them."""
    rows = []
    for sample, mean, deviation, count in [
        ([117.1, 118.4, 116.2], 115.0, 1.4, 10),
        ([0.31, 0.35, 0.29, 0.33, 0.36], 0.3, 0.02, 5),
        ([5.0, 7.0], 6.5, 3.0, 10),
    ]:
        own = numpy.asarray(sample)
        test = stats.ttest_ind_from_stats(
            own.mean(), own.std(ddof=1), len(own), mean, deviation, count, equal_var=False
        )
        a, b = own.var(ddof=1) / len(own), deviation**2 / count
        freedom = (a + b) ** 2 / (a**2 / (len(own) - 1) + b**2 / (count - 1))
        rows.append(
            {
                "sample": sample, "mean": mean, "deviation": deviation, "count": count,
                "statistic": float(test.statistic), "p": float(test.pvalue), "freedom": float(freedom),
            }
        )
    return rows


def holm():
    """Adjusted p-values by their definition as a closed test: the largest Bonferroni p of any set that has the claim."""
    rows = []
    rng = numpy.random.default_rng(7)
    for values in [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.001], [float(v) for v in rng.uniform(0, 0.1, 8)]]:
        indices = range(len(values))
        sets = [set(c) for k in range(1, len(values) + 1) for c in itertools.combinations(indices, k)]
        adjusted = [
            max(min(1.0, len(s) * min(values[j] for j in s)) for s in sets if i in s) for i in indices
        ]
        rows.append({"values": values, "adjusted": adjusted})
    return rows


def power():
    """How often the paired test supports a claim whose differences have that mean, in deviations: noncentral t."""
    rows = []
    for effect in [0.0, 1.0, 2.0, 3.0]:
        for seeds in [3, 5, 10]:
            bound = stats.t.ppf(0.975, seeds - 1)
            chance = stats.nct.sf(bound, seeds - 1, effect * numpy.sqrt(seeds)) if effect else 0.025
            rows.append({"effect": effect, "seeds": seeds, "supported": float(chance)})
    return rows


with open("statistics.json", "w") as file:
    parts = {
        "tails": distribution(), "quantiles": quantiles(), "paired": paired(), "welch": welch(), "holm": holm(),
        "power": power(),
    }
    json.dump(parts, file, indent=1)
    file.write("\n")
