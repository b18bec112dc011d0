#!/usr/bin/env python3
"""What each kind of block gains a hidden dimension, by density: the table "Why there" of docs/four-ninths.md.

Usage: python3 gains.py DIR [--samples 262144]      (DIR as `geometry label` leaves it; needs numpy)

A feature that is not learned costs Var(x) = p/3 - p^2/4, its output being a constant. Features of a block of dimension k, N of them, cost
together l, the mean of sum (x_i - x'_i)^2 with the run's own weights and biases and no other feature active; the block's gain is
(N Var(x) - l) / k. Blocks that are orthogonal do not see each other, so the loss of a run is what its blocks cost plus what is not learned.
"""
import argparse
import collections

import numpy as np

import sweeps

CHUNK = 1 << 14


def cost(run, block, samples, random):
    """Mean and standard error of the summed squared error of a block's features."""
    weights, bias = run.weights[:, block.features], run.bias[block.features]
    gram = (weights.T @ weights).astype(np.float32)
    sums = []
    for _ in range(samples // CHUNK):
        x = random.random((CHUNK, len(bias)), dtype=np.float32)
        x *= random.random(x.shape, dtype=np.float32) < run.density
        sums.append(np.square(x - np.maximum(x @ gram + bias, 0)).sum(axis=1).mean())
    return np.mean(sums), np.std(sums) / np.sqrt(len(sums))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--samples", type=int, default=1 << 18)
    parser.add_argument("--kinds", default="antipode,diplosimplex,line-frame,pentagon,square-antiprism")
    a = parser.parse_args()
    kinds = a.kinds.split(",")
    random = np.random.default_rng(0)
    print("| density | " + " | ".join(kinds) + " |\n" + "| --- " * (len(kinds) + 1) + "|")
    for density, runs in sweeps.by_density(sweeps.read(a.folder)):
        variance = density / 3 - density * density / 4
        gains = collections.defaultdict(list)
        for run, block in ((r, b) for r in runs for b in r.blocks if b.kind in kinds):
            mean, error = cost(run, block, a.samples, random)
            gains[block.kind].append(((len(block.features) * variance - mean) / block.dim, error / block.dim, block.dim))
        cells = []
        for kind in kinds:
            if not gains[kind]:
                cells.append("–")
                continue
            gain, error, dim = np.array(gains[kind]).T
            share = dim / dim.sum()
            cells.append(f"{(gain * share).sum():.5f} ± {np.sqrt(np.square(error * share).sum()):.5f} ({len(gain)})")
        print(f"| {density:g} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
