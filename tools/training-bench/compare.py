#!/usr/bin/env python3
"""Runs training-bench and torch_steps.py in turn, several rounds, and prints the least times, their ratio and the limits of the machine.

Taking turns and keeping the least shares a busy machine's disturbance between both. The load is printed with the result.
"""
import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ENGINE = HERE / "bin" / "Release" / "net10.0" / "training-bench"
TARGETS = {(5, 2): 80, (20, 5): 40, (200, 20): 15}


def lines(command):
    # A BLAS tuned by hand for another program would be unfair to either side.
    env = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    out = subprocess.run([str(c) for c in command], env=env, check=True, text=True, stdout=subprocess.PIPE).stdout
    return [line.split("\t") for line in out.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--density", action="store_true", help="also how a step's time falls with density")
    parser.add_argument("--python", default="python3")
    a = parser.parse_args()
    timing = ["--threads", a.threads, "--seconds", int(max(1, a.seconds)), "--repeats", a.repeats]
    ours, torch, version = {}, {}, "?"

    def keep(best, row):
        key, times = tuple(int(v) for v in row[1:4]), [float(v) for v in row[4:6]]
        best[key] = [min(x, y) for x, y in zip(best.get(key, times), times)]

    for _ in range(a.rounds):
        for row in lines([ENGINE, "sizes", *timing]):
            keep(ours, row)
        for row in lines([a.python, HERE / "torch_steps.py", *timing]):
            if row[0] == "version":
                version = row[1]
            else:
                keep(torch, row)
    limits = {row[1]: float(row[2]) for row in lines([ENGINE, "limits", "--repeats", a.repeats])}
    density = [(int(r[1]), int(r[2]), float(r[3]), float(r[5])) for r in lines([ENGINE, "density", *timing])] if a.density else []

    print(f"tied ReLU models with bias, batch 1024, AdamW, densities log-spaced from 1 to 0.05; {a.threads} threads each, PyTorch {version}")
    print(f"load {' '.join(f'{v:.1f}' for v in os.getloadavg())}, {os.cpu_count()} processors; cpu: processor time / threads")
    print("On a busy machine PyTorch's threads spin while they wait for each other, which inflates both of its times: then compare with an idle run.")
    print(f"{'n':>4} {'m':>3} {'runs':>4} | {'engine':>8} {'torch':>7} {'ratio':>6} ms a step, wall | {'engine':>8} {'torch':>7} {'ratio':>6} ms a step, cpu | target | dense GFMA/s, of peak")
    peak = limits["fma"] * a.threads
    missed = False
    for (n, m, runs), (wall, cpu) in ours.items():
        torch_wall, torch_cpu = torch[n, m, runs]
        rate = 5 * n * m * 1024 * runs / cpu / 1e6
        missed |= torch_wall / wall < TARGETS[n, m]
        print(
            f"{n:>4} {m:>3} {runs:>4} | {wall:>8.4f} {torch_wall:>7.2f} {torch_wall / wall:>6.0f} {'':>15} | {cpu:>8.4f} {torch_cpu:>7.2f} "
            f"{torch_cpu / cpu:>6.0f} {'':>14} | {TARGETS[n, m]:>6} | {rate:>8.1f} {rate / peak:>9.0%}")
    print("dense GFMA/s: the 5nm multiply-adds a sample that a dense step needs, by the cpu time taken; sparsity can take it above the peak.")
    print(f"one core: {limits['fma']:.1f} GFMA/s peak in registers, {limits['uniform']:.2f} G uniform numbers/s")
    if density:
        print(f"\n{'n':>4} {'m':>3} {'density':>8} {'us a run and step':>18}   ({a.threads} runs on {a.threads} threads, cpu)")
    for n, m, p, ms in density:
        print(f"{n:>4} {m:>3} {p:>8} {1000 * ms:>18.2f}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
