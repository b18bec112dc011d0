#!/usr/bin/env python3
"""Time of a training step of the notebook's form in PyTorch, for compare.py.

Usage: python3 torch_steps.py [--threads 2] [--seconds 2] [--repeats 5]
"""
import argparse
import time

import torch

from notebook import Sweep


def milliseconds(sweep, batch, seconds, repeats, threads):
    """The least wall-clock time and the least processor time a thread of a step."""
    for _ in range(5):
        sweep.step(batch)
    wall = processor = float("inf")
    for _ in range(repeats):
        steps, start, used = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < seconds:
            sweep.step(batch)
            steps += 1
        wall = min(wall, 1000 * (time.perf_counter() - start) / steps)
        processor = min(processor, 1000 * (time.process_time() - used) / steps / threads)
    return f"{wall}\t{processor}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    for n, m, runs in ((5, 2, 10), (20, 5, 20), (200, 20, 4)):
        densities = [0.05 ** (r / (runs - 1)) for r in range(runs)]
        sweep = Sweep(densities, n, m, [1.0] * n, 1e-3)
        print(f"size\t{n}\t{m}\t{runs}\t{milliseconds(sweep, 1024, a.seconds, a.repeats, a.threads)}", flush=True)
    print(f"version\t{torch.__version__}")


if __name__ == "__main__":
    main()
