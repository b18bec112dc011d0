"""How the time of this library grows, with exponents fitted by least squares on logarithms, beside the theoretical ones."""
import math

import numpy as np

import planes
from comparisons import blobs
from machine import SCRATCH, duration, ours, progress, save, table

SECONDS = 0.3
# The whole pipeline is much code: its compilation in the background goes on for about a second, and takes one of the processors.
LABEL_SECONDS = 1.2
HEAD = ["with", "at", "range", "first", "last", "exponent", "of the last step", "in theory"]


def exponent(xs, ys):
    return float(np.polyfit(np.log(xs), np.log(ys), 1)[0])


def row(variable, fixed, values, seconds, theory, cost=float):
    """What varies, its range, the times at both ends, the exponent of the cost fitted over the range, that between its last two values, the theoretical one."""
    progress(f"scaling: {variable}, {fixed}")
    times, costs = [seconds(v) for v in values], [cost(v) for v in values]
    return [variable, fixed, ", ".join(f"{v:,}" for v in values), duration(times[0]), duration(times[-1]),
            f"{exponent(costs, times):.2f}", f"{exponent(costs[-2:], times[-2:]):.2f}", theory]


def directions(m, n):
    x = np.random.default_rng(n).normal(size=(n, m))
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def hough(x, k, threads):
    return ours("hough", save("columns.f64", x), x.shape[1], len(x), k, planes.EPSILON, planes.MIN_POINTS, planes.LEAST_SIGMA, SCRATCH / "out.i32",
                threads=threads, seconds=SECONDS)[1]


def points(count, dim, threads):
    x, epsilon = blobs(count, dim)
    return ours("dbscan", save("points.f64", x), count, dim, repr(float(epsilon)), 10, SCRATCH / "out.i32", threads=threads, seconds=SECONDS)[1]


def labels(runs, n, threads):
    path = SCRATCH / "runs.npz"
    np.savez(path, W=np.stack([planes.pentagon_sum(n, 0.01, seed) for seed in range(runs)]).astype(np.float32))
    _, least, _, _, labelled = ours("label", path, SCRATCH / "out.tsv", threads=threads, seconds=LABEL_SECONDS)
    return least * runs / labelled


def training(n, m, batch, runs, threads, few=50, many=850):
    """A step's time, from the difference between a short and a longer training: the evaluation at the end of both costs as much as hundreds of small steps."""
    short, long = (ours("train", n, m, batch, runs, steps, threads=threads, seconds=SECONDS)[1] for steps in (few, many))
    return (long - short) / (many - few)


def scaling_planes(threads):
    """Both routes of PlaneDbscan: crowded directions, where every subset is scanned, and nearly orthogonal ones, where few pairs are strong."""
    return _tables("planes", threads, [
        row("n", "random directions of R^10 (crowded), k = 3", [60, 85, 120, 170, 240], lambda n: hough(directions(10, n), 3, threads), "4: 2·C(n,3)·n multiply-adds"),
        row("n", "pentagon sums, m = 2n/5 (nearly orthogonal), k = 3", [120, 170, 240, 340, 480], lambda n: hough(planes.pentagon_sum(n, 0).T, 3, threads),
            "2 (2n² survivors) to 3 (4n strong pairs·C(n,2))"),
        row("C(n,k)·n, k = 2, 3, 4", "random directions, n = 100, m = 10", [2, 3, 4], lambda k: hough(directions(10, 100), k, threads), "1", lambda k: math.comb(100, k) * 100),
        row("m", "random directions, n = 140, k = 3", [10, 20, 40, 80], lambda m: hough(directions(m, 140), 3, threads), "≤ 0: only Gram entries are read, and fewer pairs are strong"),
    ], {"planes, random directions, n = 240, m = 10, k = 3": lambda t: hough(directions(10, 240), 3, t), "planes, pentagon sum, n = 480, k = 3": lambda t: hough(planes.pentagon_sum(480, 0).T, 3, t)},
        "Theory: the complexity stated at `PlaneDbscan` and `StrongPairs`.")


def scaling_points(threads):
    """The general DBSCAN."""
    return _tables("points", threads, [
        row("N", "blobs of 450, dimension 10", [5_000, 10_000, 20_000, 40_000], lambda c: points(c, 10, threads), "1 to 2"),
        row("N", "blobs of 450, dimension 100", [2_500, 5_000, 10_000, 20_000], lambda c: points(c, 100, threads), "2"),
        row("dimension", "blobs of 450, N = 5,000", [25, 50, 100, 200], lambda d: points(5_000, d, threads), "1"),
    ], {"points, 40,000 of dimension 10": lambda t: points(40_000, 10, t), "points, 20,000 of dimension 100": lambda t: points(20_000, 100, t)},
        "Theory: the complexity stated at `Dbscan`; a tree prunes little in high dimension.")


def scaling_labels(threads):
    """The whole pipeline, from weights to labels."""
    return _tables("labels", threads, [
        row("runs", "pentagons, σ = 0.01", [100, 300, 1000, 3000], lambda r: labels(r, 5, threads), "1"),
        row("n", "pentagon sums, σ = 0.01, m = 2n/5, 24 runs", [10, 20, 40, 80], lambda n: labels(24, n, threads), "2 (Gram matrix) to 4 (planes, k ≤ 3)"),
    ], {"labels, 3,000 pentagons": lambda t: labels(3000, 5, t), "labels, 24 sums of 16 pentagons": lambda t: labels(24, 80, t)},
        "Theory: runs are independent; within one the Gram matrix costs n²m, planes as above.")


def scaling_training(threads):
    """A step of the training engine, as many runs as threads."""
    return _tables("training", threads, [
        row("n", "m = 8, batch 1024", [16, 32, 64, 128, 256], lambda n: training(n, 8, 1024, threads, threads), "1"),
        row("m", "n = 64, batch 1024", [4, 8, 16, 32], lambda m: training(64, m, 1024, threads, threads), "0 (random data, n a sample) to 1 (multiply-adds)"),
        row("batch", "n = 20, m = 5", [256, 512, 1024, 2048, 4096], lambda b: training(20, 5, b, threads, threads), "1"),
        row("runs", "n = 20, m = 5, batch 1024", [4, 8, 16, 32], lambda r: training(20, 5, 1024, r, threads), "1"),
    ], {"training, 8 runs, n = 64, m = 8": lambda t: training(64, 8, 1024, 8, t)},
        "Tied ReLU models with bias, density 0.1, AdamW; time of a step of all runs. Theory: batch·n·m multiply-adds a step and run.")


def _tables(what, threads, rows, work, note):
    text = f"### How the time grows: {what}\n\n" + table(HEAD, rows)
    if threads > 1:
        progress("scaling: threads")
        times = [(name, seconds(1), seconds(threads)) for name, seconds in work.items()]
        text += "\n" + table(["threads", "1", str(threads), "speed-up"], [[name, duration(one), duration(more), f"{one / more:.2f}"] for name, one, more in times])
    return text + f"\nLeast wall time in a warm process, {threads} threads. Exponents by least squares on logarithms over all values of the range. {note}\n", True
