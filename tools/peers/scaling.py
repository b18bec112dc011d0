"""How the time of this library grows, with exponents fitted by least squares on logarithms, beside the theoretical ones."""
import math

import numpy as np

import planes
from comparisons import blobs
from machine import SCRATCH, duration, ours, progress, save, table


def exponent(xs, ys):
    return float(np.polyfit(np.log(xs), np.log(ys), 1)[0])


def directions(m, n):
    x = np.random.default_rng(n).normal(size=(n, m))
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def hough(x, k, threads):
    return ours("hough", save("columns.f64", x), x.shape[1], len(x), k, planes.EPSILON, planes.MIN_POINTS, planes.LEAST_SIGMA, SCRATCH / "out.i32", threads=threads, seconds=0.5)[1]


def points(count, dim, threads):
    x, epsilon = blobs(count, dim)
    return ours("dbscan", save("points.f64", x), count, dim, repr(float(epsilon)), 10, SCRATCH / "out.i32", threads=threads, seconds=0.5)[1]


def labels(runs, n, threads):
    path = SCRATCH / "runs.npz"
    np.savez(path, W=np.stack([planes.pentagon_sum(n, 0.01, seed) for seed in range(runs)]).astype(np.float32))
    return ours("label", path, SCRATCH / "out.tsv", threads=threads, seconds=0.5)[1]


def training(n, m, batch, runs, steps, threads):
    return ours("train", n, m, batch, runs, steps, threads=threads, seconds=0.5)[1] / steps


def scaling(threads):
    """One row a dependence: what varies, its range, the times at both ends, the fitted exponent and the theoretical one."""
    choose = math.comb
    cases = [
        ("planes, random directions", "n", "m = 20, k = 3", [50, 70, 100, 140, 200, 280], lambda n: hough(directions(20, n), 3, threads), None, "4: C(n,3)·n"),
        ("", "C(n,k)·n over k = 1 … 4", "n = 60, m = 20", [1, 2, 3, 4], lambda k: hough(directions(20, 60), k, threads), lambda k: choose(60, k) * 60, "1"),
        ("", "m", "n = 140, k = 3", [8, 16, 32, 64, 128], lambda m: hough(directions(m, 140), 3, threads), None, "0: Gram entries alone"),
        ("planes, pentagon sums, σ = 0.01", "n", "m = 2n/5, k = 3", [20, 40, 60, 80, 120], lambda n: hough(planes.pentagon_sum(n, 0.01).T, 3, threads), None, "2 (survivors) to 4"),
        ("points, blobs of 450", "N", "dimension 10", [5_000, 10_000, 20_000, 40_000, 80_000], lambda c: points(c, 10, threads), None, "1 to 2"),
        ("", "N", "dimension 100", [5_000, 10_000, 20_000, 40_000], lambda c: points(c, 100, threads), None, "2"),
        ("labels, pentagon sums, σ = 0.01", "runs", "n = 5, m = 2", [100, 300, 1000, 3000], lambda r: labels(r, 5, threads), None, "1"),
        ("", "n", "m = 2n/5, 24 runs", [5, 10, 20, 40], lambda n: labels(24, n, threads), None, "2 (Gram) to 4 (planes)"),
        ("training, a step", "n", "m = 8, batch 1024, density 0.1", [16, 32, 64, 128, 256], lambda n: training(n, 8, 1024, threads, 200, threads), None, "1"),
        ("", "m", "n = 64, batch 1024, density 0.1", [4, 8, 16, 32], lambda m: training(64, m, 1024, threads, 200, threads), None, "1"),
        ("", "batch", "n = 20, m = 5, density 0.1", [256, 512, 1024, 2048, 4096], lambda b: training(20, 5, b, threads, 400, threads), None, "1"),
    ]
    rows = []
    for what, variable, fixed, values, seconds, cost, theory in cases:
        progress(f"scaling: {what or '  the same'}, {variable}")
        times = [seconds(v) for v in values]
        fitted = exponent([cost(v) if cost else v for v in values], times)
        rows.append([what, variable, fixed, f"{values[0]:,} … {values[-1]:,}", duration(times[0]), duration(times[-1]), f"{fitted:.2f}", theory])
    text = "### How the time grows\n\n" + table(["what", "with", "at", "range", "first", "last", "exponent", "in theory"], rows)
    if threads > 1:
        progress("scaling: threads")
        work = {
            "planes, n = 280, m = 20, k = 3": lambda t: hough(directions(20, 280), 3, t), "points, 40,000 of dimension 100": lambda t: points(40_000, 100, t),
            "labels, 1000 runs of n = 5": lambda t: labels(1000, 5, t), f"training, {threads} runs, n = 64, m = 8": lambda t: training(64, 8, 1024, threads, 200, t),
        }
        rows = [[what, duration(one := seconds(1)), duration(all_ := seconds(threads)), f"{one / all_:.2f}"] for what, seconds in work.items()]
        text += "\n" + table(["threads", "1", str(threads), "speed-up"], rows)
    return text + "\nLeast wall time in a warm process; exponents are least squares on logarithms over the range. Planes: the number of k-subsets times n, see `PlaneDbscan`.\n", True
