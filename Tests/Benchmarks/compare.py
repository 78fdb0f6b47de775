"""Alternates the benchmark program with its PyTorch peer and prints medians and ratios.

usage: compare.py BENCHMARK PYTHON|- OUTPUT.json [WORKLOAD...]

BENCHMARK is the built program; PYTHON an interpreter with torch, or - to time only ours. Each round runs every
contestant once, in a process of its own, so a ratio compares the same minutes; all numbers are medians over the rounds,
and a ratio is the median of the rounds' ratios. PyTorch's best mode is the one whose median is lowest; a mode that fails
has a dash and its error on standard error (torch.compile of 2.15 cannot do the replication padding of dpvae-celeba).
"""

import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MODES = ["eager", "channels_last", "compile"]
ROUNDS, QUICK_ROUNDS = 7, 3
# Iterations of a run, so that each takes some seconds.
WORKLOADS = {
    "dpvae-mnist": 240, "dpvae-svhn": 120, "dpvae-celeba": 24, "two-stage-neutral": 48, "two-stage-second": 120,
    "sigma-vae-svhn": 24, "factor-vae-mnist": 48, "inception": 12, "dpvae-nll": 6, "skl-neighbours": 6,
    "frechet-2048": 6,
}
# What PyTorch has no part in has one peer.
ONE_PEER = {"frechet-2048", "skl-neighbours"}
HEADING = (f"{'workload':18}{'batch':>5}{'CPU ms':>8}{'wall':>7}{'GFLOP/s':>8}{'peak':>6}"
           f"{'eager':>7}{'ch.last':>8}{'compile':>8}{'best':>6}{'MB':>6}{'theirs':>7}")


def once(command, may_fail=False):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    if result.returncode != 0 and may_fail:
        print(f"{' '.join(command)} failed:\n{result.stderr[-500:]}", file=sys.stderr)
        return None
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return json.loads(result.stdout.splitlines()[-1])


def main():
    program, python, output = sys.argv[1:4]
    workloads = sys.argv[4:] or list(WORKLOADS)
    modes = [] if python == "-" else MODES
    print(HEADING)
    results = []
    for workload in workloads:
        iterations = str(WORKLOADS[workload] // (1 if modes else 2))
        ours, theirs = [], {mode: [] for mode in (modes[:1] if workload in ONE_PEER else modes)}
        for _ in range(ROUNDS if modes else QUICK_ROUNDS):
            ours.append(once([program, workload, iterations]))
            for mode in list(theirs):
                run = once([python, os.path.join(HERE, "peer.py"), workload, iterations, mode], may_fail=True)
                if run is None:
                    del theirs[mode]
                else:
                    theirs[mode].append(run)
        results.append(summary(workload, ours, theirs))
        print(row(results[-1]), flush=True)
        with open(output, "w") as file:
            json.dump(results, file, indent=2)
    print("CPU and wall: milliseconds a step of one thread, or an evaluation. peak: share of the core's multiply-adds in registers that the "
          "step's direct sums would need; Winograd's algorithm needs fewer. MB: peak memory.")
    if modes:
        print("eager ... best: PyTorch's CPU time over ours. theirs: the least peak memory of PyTorch's modes.")
    print(f"The same as JSON: {output}")


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def summary(workload, ours, theirs):
    peak = max(run["fma_peak_gflops"] for run in ours)
    rate = median(ours, "gflop") / median(ours, "cpu_ms") * 1000
    result = {
        "workload": workload, "batch": ours[0]["batch"], "rounds": len(ours), "cpu_ms": median(ours, "cpu_ms"),
        "wall_ms": median(ours, "wall_ms"), "peak_mb": median(ours, "peak_mb"), "gflop": median(ours, "gflop"),
        "gflops": rate, "fma_peak_gflops": peak, "share_of_peak": rate / peak,
        "peers": {
            mode: {
                "cpu_ms": median(rows, "cpu_ms"), "wall_ms": median(rows, "wall_ms"), "peak_mb": median(rows, "peak_mb"),
                "ratio": statistics.median(b["cpu_ms"] / a["cpu_ms"] for a, b in zip(ours, rows)),
            }
            for mode, rows in theirs.items()
        },
    }
    if theirs:
        best = min(result["peers"], key=lambda mode: result["peers"][mode]["cpu_ms"])
        result["best"] = {"mode": best, "ratio": result["peers"][best]["ratio"]}
        result["peers_peak_mb"] = min(peer["peak_mb"] for peer in result["peers"].values())
    return result


def row(result):
    line = (f"{result['workload']:18}{result['batch']:5}{result['cpu_ms']:8.1f}{result['wall_ms']:7.1f}"
            f"{result['gflops']:8.0f}{result['share_of_peak']:6.0%}")
    if not result["peers"]:
        return f"{line}{'-':>7}{'-':>8}{'-':>8}{'-':>6}{result['peak_mb']:6.0f}{'-':>7}"
    peers = result["peers"]
    ratios = [f"{peers[mode]['ratio']:.2f}" if mode in peers else "-" for mode in MODES]
    return (f"{line}{ratios[0]:>7}{ratios[1]:>8}{ratios[2]:>8}{result['best']['ratio']:6.2f}"
            f"{result['peak_mb']:6.0f}{result['peers_peak_mb']:7.0f}")


main()
