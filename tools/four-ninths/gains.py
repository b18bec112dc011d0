#!/usr/bin/env python3
"""What each kind of block gains a hidden dimension, by density: the last table of docs/four-ninths.md.

Usage: python3 gains.py DIR [--samples 65536] [--kinds antipode,line-frame,…]      (DIR as `geometry label` leaves it; needs numpy)

A feature that is not learned costs Var(x) = p/3 - p^2/4, its output being a constant. The gain of a feature is what it costs less than that
in the trained run, all features of the run active with density p; the gain a dimension of a kind of block is the sum over its features,
over the sum of their dimensionalities D_i, which add up to the hidden dimensions of the run: so dimensions that blocks share are shared.
"""
import argparse
import collections

import numpy as np

import sweeps

CHUNK = 1 << 12
KINDS = "antipode,diplosimplex,line-frame,pentagon,square-antiprism"


def errors(run, samples, random):
    """Mean squared error of each feature in each chunk of samples, one row a chunk."""
    weights, bias = run.weights.astype(np.float32), run.bias.astype(np.float32)
    rows = []
    for _ in range(samples // CHUNK):
        x = random.random((CHUNK, len(bias)), dtype=np.float32)
        x *= random.random(x.shape, dtype=np.float32) < run.density
        rows.append(np.square(x - np.maximum(x @ weights.T @ weights + bias, 0)).mean(axis=0, dtype=float))
    return np.array(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--samples", type=int, default=1 << 16)
    parser.add_argument("--kinds", default=KINDS)
    a = parser.parse_args()
    kinds = a.kinds.split(",")
    random = np.random.default_rng(0)
    print("| density | " + " | ".join(kinds) + " |\n" + "| --- " * (len(kinds) + 1) + "|")
    for density, runs in sweeps.by_density(sweeps.read(a.folder)):
        variance = density / 3 - density * density / 4
        gains = collections.defaultdict(list)
        for run in runs:
            rows = errors(run, a.samples, random)
            for block in run.blocks:
                gain = (variance - rows[:, block.features]).sum(axis=1)  # in each chunk
                gains[block.kind].append((gain.mean(), gain.var(ddof=1) / len(gain), block.dimensionality.sum()))
        cells = []
        for kind in kinds:
            gain, error, dim = np.array(gains[kind]).sum(axis=0) if gains[kind] else (0, 0, 0)
            cells.append(f"{gain / dim:.4f} ± {np.sqrt(error) / dim:.4f} ({len(gains[kind])})" if dim else "–")
        print(f"| {density:g} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
