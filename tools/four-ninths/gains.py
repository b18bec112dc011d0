#!/usr/bin/env python3
"""What each kind of block gains a hidden dimension, by density: the last table of docs/four-ninths.md.

Usage: python3 gains.py DIR [--samples 262144] [--kinds antipode,line-frame,…]      (DIR as `geometry label` leaves it; needs numpy)

A feature that is not learned costs Var(x) = p/3 - p^2/4, its output being a constant. The gain of a block of dimension k is what its
features cost less than that, over k: (N Var(x) - sum of their mean squared errors) / k. Errors are those of the trained run, all its learned
features active with density p, so that what leaks from other blocks counts. The loss of a run is 400 Var(x) less the sum of k times gain.
"""
import argparse
import collections

import numpy as np

import sweeps

CHUNK = 1 << 13
KINDS = "antipode,diplosimplex,line-frame,pentagon,square-antiprism"


def errors(run, samples, random):
    """Mean squared error of each learned feature in each chunk of samples, one row a chunk; and the learned features."""
    features = sorted(f for block in run.blocks for f in block.features)
    weights, bias = run.weights[:, features], run.bias[features].astype(np.float32)
    gram = (weights.T @ weights).astype(np.float32)
    rows = []
    for _ in range(samples // CHUNK):
        x = random.random((CHUNK, len(features)), dtype=np.float32)
        x *= random.random(x.shape, dtype=np.float32) < run.density
        rows.append(np.square(x - np.maximum(x @ gram + bias, 0)).mean(axis=0, dtype=float))
    return np.array(rows), {feature: i for i, feature in enumerate(features)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--samples", type=int, default=1 << 18)
    parser.add_argument("--kinds", default=KINDS)
    a = parser.parse_args()
    kinds = a.kinds.split(",")
    random = np.random.default_rng(0)
    print("| density | " + " | ".join(kinds) + " |\n" + "| --- " * (len(kinds) + 1) + "|")
    for density, runs in sweeps.by_density(sweeps.read(a.folder)):
        variance = density / 3 - density * density / 4
        gains = collections.defaultdict(list)
        for run in runs:
            rows, place = errors(run, a.samples, random)
            for block in run.blocks:
                gain = (variance - rows[:, [place[f] for f in block.features]]).sum(axis=1)  # k times gain, in each chunk
                gains[block.kind].append((gain.mean(), gain.var(ddof=1) / len(gain), block.dim))
        cells = []
        for kind in kinds:
            gain, error, dim = np.array(gains[kind]).sum(axis=0) if gains[kind] else (0, 0, 0)
            cells.append(f"{gain / dim:.5f} ± {np.sqrt(error) / dim:.5f} ({len(gains[kind])})" if dim else "–")
        print(f"| {density:g} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
