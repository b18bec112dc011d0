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
# How many times PyTorch's speed, by instruction set: half the width may cost half the speed. Without vectors there is no target.
TARGETS = {
    "avx512": {(5, 2): 80, (20, 5): 40, (200, 20): 15},
    "avx2": {(5, 2): 75, (20, 5): 30, (200, 20): 25},
    "scalar": {(5, 2): 0, (20, 5): 0, (200, 20): 0},
}
# What makes this runtime act like a processor without the wider sets.
WITHOUT = {
    "avx512": {},
    "avx2": {"DOTNET_EnableAVX512": "0", "DOTNET_EnableAVX512F": "0"},
    "scalar": {"DOTNET_EnableHWIntrinsic": "0"},
}


def lines(command, isa=None):
    # A BLAS tuned by hand for another program would be unfair to either side.
    env = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    out = subprocess.run([str(c) for c in command], env=env | WITHOUT.get(isa, {}), check=True, text=True, stdout=subprocess.PIPE).stdout
    return [line.split("\t") for line in out.splitlines()]


def has_torch(python):
    try:
        return subprocess.run([python, "-c", "import torch"], capture_output=True).returncode == 0
    except OSError:
        return False


def interpreter(wanted):
    """The interpreter asked for, or the first of python3 and Debian's that has torch; ends with one line where there is none."""
    candidates = [wanted] if wanted else ["python3", "/usr/bin/python3"]
    for python in candidates:
        if has_torch(python):
            return python
    sys.exit(f"{' and '.join(candidates)}: no module torch there; install it (Debian: apt-get install python3-torch) or name an interpreter that has it with --python")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--density", action="store_true", help="also how a step's time falls with density")
    parser.add_argument("--python", help="an interpreter with torch (default: python3, then /usr/bin/python3)")
    parser.add_argument("--isa", choices=list(TARGETS), help="the widest instruction set that the engine may use (default: the processor's)")
    a = parser.parse_args()
    python = interpreter(a.python)
    width = int(lines([ENGINE, "width"], a.isa)[0][1])
    isa = {512: "avx512", 256: "avx2"}.get(width, "scalar")
    if a.isa and a.isa != isa:
        sys.exit(f"--isa {a.isa}: this processor has no more than {isa}")
    timing = ["--threads", a.threads, "--seconds", int(max(1, a.seconds)), "--repeats", a.repeats]
    ours, torch, version = {}, {}, "?"

    def keep(best, row):
        key, times = tuple(int(v) for v in row[1:4]), [float(v) for v in row[4:6]]
        best[key] = [min(x, y) for x, y in zip(best.get(key, times), times)]

    for _ in range(a.rounds):
        for row in lines([ENGINE, "sizes", *timing], a.isa):
            keep(ours, row)
        for row in lines([python, HERE / "torch_steps.py", *timing]):
            if row[0] == "version":
                version = row[1]
            else:
                keep(torch, row)
    limits = {row[1]: float(row[2]) for row in lines([ENGINE, "limits"], a.isa)}
    density = [(int(r[1]), int(r[2]), float(r[3]), float(r[5])) for r in lines([ENGINE, "density", *timing], a.isa)] if a.density else []

    print(f"tied ReLU models with bias, batch 1024, AdamW, densities log-spaced from 1 to 0.05; {a.threads} threads each, PyTorch {version}; engine: {isa}")
    print(f"load {' '.join(f'{v:.1f}' for v in os.getloadavg())}, {os.cpu_count()} processors; cpu: processor time / threads")
    print("On a busy machine PyTorch's threads spin while they wait for each other, which inflates both of its times: then compare with an idle run.")
    print(f"{'n':>4} {'m':>3} {'runs':>4} | {'engine':>8} {'torch':>7} {'ratio':>6} ms a step, wall | {'engine':>8} {'torch':>7} {'ratio':>6} ms a step, cpu | target | dense GFMA/s, of peak")
    peak = limits["fma"] * a.threads
    missed = False
    for (n, m, runs), (wall, cpu) in ours.items():
        torch_wall, torch_cpu = torch[n, m, runs]
        rate = 5 * n * m * 1024 * runs / cpu / 1e6
        missed |= torch_wall / wall < TARGETS[isa][n, m]
        print(
            f"{n:>4} {m:>3} {runs:>4} | {wall:>8.4f} {torch_wall:>7.2f} {torch_wall / wall:>6.0f} {'':>15} | {cpu:>8.4f} {torch_cpu:>7.2f} "
            f"{torch_cpu / cpu:>6.0f} {'':>14} | {TARGETS[isa][n, m]:>6} | {rate:>8.1f} {rate / peak:>9.0%}")
    print("dense GFMA/s: the 5nm multiply-adds a sample that a dense step needs, by the cpu time taken; sparsity can take it above the peak.")
    print(f"one core: {limits['fma']:.1f} GFMA/s peak in registers, {limits['uniform']:.2f} G uniform numbers/s")
    if density:
        print(f"\n{'n':>4} {'m':>3} {'density':>8} {'us a run and step':>18}   ({a.threads} runs on {a.threads} threads, cpu)")
    for n, m, p, ms in density:
        print(f"{n:>4} {m:>3} {p:>8} {1000 * ms:>18.2f}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
