"""Alternates the benchmark program with its PyTorch peer and prints medians and ratios.

usage: compare.py BENCHMARK PYTHON|- OUTPUT.json

BENCHMARK is the built program; PYTHON an interpreter with torch, or - to time only ours. Each round runs every
contestant once, so a ratio compares the same minute; the medians are over the rounds.
"""

import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORKLOADS = ["dpvae-mnist", "vae-mnist"]
MODES = ["eager", "channels_last", "compile"]
ROUNDS, ITERATIONS = 7, 120
# Floating-point operations of a training step at batch 100: three times the forward pass.
WORK = {"dpvae-mnist": 2.86e9, "vae-mnist": 2.83e9}


def once(command):
    result = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, OMP_NUM_THREADS="1"))
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return json.loads(result.stdout.splitlines()[-1])


def main():
    program, python, output = sys.argv[1:4]
    modes = [] if python == "-" else MODES
    rounds = 3 if python == "-" else ROUNDS
    results = []
    for workload in WORKLOADS:
        ours, theirs = [], {mode: [] for mode in modes}
        for _ in range(rounds):
            ours.append(once([program, workload, str(ITERATIONS)]))
            for mode in modes:
                theirs[mode].append(once([python, os.path.join(HERE, "peer.py"), workload, str(ITERATIONS), mode]))
        results.append(summary(workload, ours, theirs))
        show(results[-1])
    with open(output, "w") as file:
        json.dump(results, file, indent=2)
    print(f"The same as JSON: {output}")


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def summary(workload, ours, theirs):
    return {
        "workload": workload, "rounds": len(ours), "cpu_ms": median(ours, "cpu_ms"),
        "wall_ms": median(ours, "wall_ms"), "peak_mb": median(ours, "peak_mb"),
        "gflops": WORK[workload] / median(ours, "cpu_ms") / 1e6,
        "peers": {
            mode: {
                "cpu_ms": median(rows, "cpu_ms"), "peak_mb": median(rows, "peak_mb"),
                "ratio": statistics.median(b["cpu_ms"] / a["cpu_ms"] for a, b in zip(ours, rows)),
            }
            for mode, rows in theirs.items()
        },
    }


def show(result):
    print(f"{result['workload']}: {result['cpu_ms']:.1f} ms CPU a step ({result['wall_ms']:.1f} wall), "
          f"{result['gflops']:.0f} GFLOP/s, {result['peak_mb']:.0f} MB, median of {result['rounds']} rounds")
    for mode, peer in result["peers"].items():
        print(f"  PyTorch {mode:14} {peer['cpu_ms']:6.1f} ms CPU   ratio {peer['ratio']:.2f}   {peer['peak_mb']:.0f} MB")


main()
