"""Persistent homology beside Ripser (Debian's package ripser) on clouds of the sizes of its own examples."""
import re
import shutil
import subprocess

import numpy as np

import machine
from machine import SCRATCH, clock, duration, ours, progress, save, table

TARGET = 2.0
SHORTEST = 2e-6


def clouds():
    """(name, points, largest degree): a sphere, a torus, a ball of high dimension, small sums as in sweeps."""
    rng = np.random.default_rng(0)
    sphere = rng.normal(size=(192, 3))
    yield "sphere S², 192 points", sphere / np.linalg.norm(sphere, axis=1, keepdims=True), 2
    u, v = rng.uniform(0, 2 * np.pi, (2, 150))
    yield "torus, 150 points", np.stack([(2 + np.cos(v)) * np.cos(u), (2 + np.cos(v)) * np.sin(u), np.sin(v)], 1), 2
    yield "Gaussian in R⁸, 100 points", rng.normal(size=(100, 8)), 2
    yield "Gaussian in R⁸, 16 points", rng.normal(size=(16, 8)), 7
    angles = 2 * np.pi * np.arange(12) / 12
    polygon = np.stack([np.cos(angles), np.sin(angles)], 1)
    yield "12-gon ⊕ 12-gon, noise 0.02", np.block([[polygon, 0 * polygon], [0 * polygon, polygon]]) + 0.02 * rng.normal(size=(24, 4)), 3


def theirs(path, degree):
    """Ripser's intervals, and the least time of a process."""
    text, spent = clock(lambda: subprocess.run(["ripser", "--format", "point-cloud", "--dim", str(degree), str(path)], check=True, text=True, stdout=subprocess.PIPE).stdout, 2.0)
    bars, current = [], -1
    for line in text.splitlines():
        if found := re.search(r"intervals in dim (\d+)", line):
            current = int(found[1])
        elif found := re.search(r"\[([^,]*),([^)]*)\)", line):
            bars.append((current, float(found[1]), float(found[2].strip() or "inf")))
    return bars, spent


def same(a, b):
    """Whether two barcodes are equal but for single precision and very short intervals."""
    a, b = (np.array(sorted(bar for bar in bars if bar[2] - bar[1] > SHORTEST)) for bars in (a, b))
    if a.shape != b.shape:
        return False
    with np.errstate(invalid="ignore"):
        return bool(np.all((a == b) | (np.abs(a - b) < 1e-5)))


def homology(threads):
    """Barcodes of clouds; threads do not matter, both sides use one."""
    if not shutil.which("ripser"):
        return "### Persistent homology\n\nNot measured: no ripser (Debian: ripser).\n", False
    rows, fine = [], True
    for name, points, degree in clouds():
        progress(f"homology: {name}")
        path, out = SCRATCH / "cloud.txt", SCRATCH / "bars.tsv"
        np.savetxt(path, points, fmt="%.17g")
        bars, spent = theirs(path, degree)
        cold, least, median, _, _ = ours("homology", save("cloud.f64", points), len(points), points.shape[1], degree, out, threads=1)
        mine = [(int(d), float(b), float(e)) for d, b, e in (line.split("\t") for line in out.read_text(encoding="utf-8").splitlines())]
        equal, fast = same(bars, mine), least <= TARGET * spent
        fine &= equal and fast
        rows.append([name, degree, duration(spent), duration(least), duration(median), duration(cold), f"{least / spent:.2f}" + ("" if fast else " MISSED"),
                     f"{len(bars)}, " + ("same" if equal else "DIFFERENT")])
    text = "### Persistent homology\n\n" + table(["cloud", "degrees to", "Ripser", "ours, least", "median", "first call", "ours / Ripser", "intervals"], rows)
    return text + f"\nRipser is a process, with its start and the reading of the points. Target: at most {TARGET:g} times its time.\n", fine
