#!/usr/bin/env python3
"""Which frames `geometry theory gains` expects at which density.

Usage: geometry theory gains --density 0.25,… --shapes "$(python3 predicted.py)" --out GAINS.csv, and then python3 predicted.py GAINS.csv

Without an argument it prints the names of all frames of L lines in R^k with 4 <= k <= 28 and corank L - k <= 6, and of the three shapes
beside them; with a table, for each density the frame that gains most a dimension, and the dimensionalities of those within 0.1 % of it.
"""
import collections
import csv
import sys

OTHERS = ("antipode", "pentagon", "square-antiprism")
NEAR = 0.001


def names():
    frames = [f"diplosimplex-{k}" if c == 1 else f"line-frame({k},{2 * (k + c)})" for c in range(1, 7) for k in range(max(4, c + 1), 29)]
    return [*OTHERS, *frames]


def read(path):
    """By density, dense ones first: gains of the three others, the best frame's name and gain, and the range of D of those near it."""
    table = collections.defaultdict(dict)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table[float(row["density"])][row["shape"]] = float(row["gain"]), int(row["dim"]) / int(row["features"])
    found = {}
    for density, gains in sorted(table.items(), reverse=True):
        others = {name: gains.pop(name)[0] for name in OTHERS}
        best = max(gains, key=lambda name: gains[name][0])
        near = [d for gain, d in gains.values() if gain >= gains[best][0] * (1 - NEAR)]
        found[density] = others, best, *gains[best], min(near), max(near)
    return found


def main():
    if len(sys.argv) < 2:
        print(",".join(names()))
        return
    print("| density | " + " | ".join(OTHERS) + " | best frame | its gain | its D | D within 0.1 % |\n" + "| --- " * 8 + "|")
    for density, (others, best, gain, d, low, high) in read(sys.argv[1]).items():
        gains = " | ".join(f"{others[name]:.5f}" for name in OTHERS)
        print(f"| {density:g} | {gains} | {best} | {gain:.5f} | {d:.3f} | {low:.3f} … {high:.3f} |")


if __name__ == "__main__":
    main()
