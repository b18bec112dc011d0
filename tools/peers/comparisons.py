"""The three comparisons: planes, points, labels. Each returns Markdown and whether results agree and targets are met."""
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import threadpoolctl
from sklearn.cluster import DBSCAN

import labelling
import machine
import planes
from machine import SCRATCH, clock, duration, ours, progress, save, table

HOUGH_TARGET = 1000
SWEEPS = machine.ROOT / "fixtures" / "sweeps"
SMALL_RESIDUAL = 1.0
FEWEST_RUNS = 200


def hough(threads):
    """Embedding and DBSCAN of all 3-subsets of pentagon sums."""
    rows, fine, reached = [], True, 0.0
    for n in (20, 30, 40):
        for sigma in (0.0, 0.01):
            progress(f"hough: n = {n}, sigma = {sigma}")
            x = planes.pentagon_sum(n, sigma)
            (subsets, informative, points), embedding = clock(lambda: planes.embed(x, 3), 1.0)
            times, labels = {}, np.full(len(subsets), -1, np.int32)
            for algorithm in ("auto", "brute", "kd_tree", "ball_tree"):
                found, times[algorithm] = clock(lambda: planes.cluster(points, algorithm, threads), 2.0)
                full = np.full(len(subsets), -1, np.int32)
                full[informative] = found
                if algorithm == "auto":
                    labels = full
                elif not np.array_equal(labels, full):
                    progress(f"scikit-learn's {algorithm} and auto differ at n = {n}, sigma = {sigma}")
                    fine = False
            fastest = min(times, key=times.get)
            out = SCRATCH / "planes.i32"
            cold, least, median, _, clusters = ours("hough", save("columns.f64", x.T), len(x), n, 3, planes.EPSILON, planes.MIN_POINTS, planes.LEAST_SIGMA, out, threads=threads, processes=3)
            same = np.array_equal(np.fromfile(out, np.int32), labels)
            fine &= same
            theirs, default = embedding + times[fastest], embedding + times["auto"]
            if n == 40 and sigma == 0:
                reached = theirs / least
            rows.append([n, len(x), f"{len(subsets):,}", sigma, f"{duration(default)}", f"{duration(theirs)} ({fastest})", duration(least), duration(median), duration(cold),
                         f"{default / least:,.0f}", f"{theirs / least:,.0f}", f"{clusters}, same" if same else "DIFFERENT"])
    text = "### Planes through all 3-subsets of pentagon sums\n\n" + table(
        ["n", "m", "subsets", "σ", "scikit-learn, default", "scikit-learn, fastest", "ours, least", "median", "first call", "ratio to default", "ratio to fastest", "clusters"], rows)
    text += (f"\nBatched SVD, projectors, DBSCAN (ε {planes.EPSILON}, minPts {planes.MIN_POINTS}, subsets of σ_k ≥ {planes.LEAST_SIGMA}) against Gram matrix and `PlaneDbscan`. "
             f"Fastest: the best of auto, brute, kd_tree, ball_tree. Target: ratio to the fastest at n = 40, σ = 0 of {HOUGH_TARGET}: {reached:,.0f}, {'reached' if reached >= HOUGH_TARGET else 'MISSED'}.\n")
    return text, fine and reached >= HOUGH_TARGET


def blobs(count, dim, seed=1):
    """Ninety parts in a hundred in Gaussian blobs of about 450 points, the rest uniform; and a radius at which every blob has core, border and noise points."""
    rng, half = np.random.default_rng(seed), 4.0 if dim <= 20 else 2.0
    centres = rng.uniform(-half, half, (count // 500, dim))
    inside = count * 9 // 10
    x = np.concatenate([centres[rng.integers(0, len(centres), inside)] + 0.5 * rng.normal(size=(inside, dim)), rng.uniform(-half, half, (count - inside, dim))])
    return rng.permutation(x), 0.5 * np.sqrt(2 * dim) * (0.62 if dim <= 20 else 0.86)


def dbscan(threads):
    """The general DBSCAN on points."""
    rows, fine = [], True
    for dim in (10, 100):
        # Brute force is a matrix product: with the reference BLAS 100,000 points of dimension 100 would take many minutes.
        for count in (10_000, 30_000, 100_000) if dim <= 20 or machine.blas() != machine.REFERENCE else (10_000, 30_000):
            progress(f"dbscan: {count} points of dimension {dim}")
            x, epsilon = blobs(count, dim)
            times, labels = {}, None
            # On many points of dimension 100 the trees take minutes and never win: measured at 10,000.
            for algorithm in ("brute", "kd_tree", "ball_tree") if dim <= 20 and count <= 30_000 or count == 10_000 else ("auto",):
                labels, times[algorithm] = clock(lambda: DBSCAN(eps=epsilon, min_samples=10, algorithm=algorithm, n_jobs=threads).fit(x).labels_)
            fastest = min(times, key=times.get)
            out = SCRATCH / "points.i32"
            cold, least, median, _, clusters = ours("dbscan", save("points.f64", x), count, dim, repr(float(epsilon)), 10, out, threads=threads)
            same = np.array_equal(np.fromfile(out, np.int32), labels)
            faster = times[fastest] > least
            fine &= same and faster
            rows.append([f"{count:,}", dim, f"{duration(times[fastest])} ({fastest})", duration(least), duration(median), duration(cold), f"{times[fastest] / least:.1f}",
                         f"{clusters}, noise {np.mean(labels < 0):.0%}, " + ("same" if same else "DIFFERENT")])
    text = "### Points\n\n" + table(["points", "dimension", "scikit-learn", "ours, least", "median", "first call", "ratio", "clusters"], rows)
    text += "\nGaussian blobs of about 450 points in 10 % of uniform noise, minPts 10. auto is a k-d tree in dimension 10 and brute force in dimension 100.\n"
    return text, fine


def label_all(catalogue, threads, w):
    """(formula, agreement) of every run, on as many processes as threads."""
    if threads == 1:
        return [labelling.label(run, catalogue) for run in w]
    return list(_pool(threads).map(partial(labelling.label, catalogue=catalogue), w, chunksize=max(1, len(w) // (4 * threads))))


_pools = {}


def _pool(threads):
    # One thread a process: more would fight for the same processors.
    if threads not in _pools:
        _pools[threads] = ProcessPoolExecutor(threads, initializer=threadpoolctl.threadpool_limits, initargs=(1,))
    return _pools[threads]


def label(threads):
    """The whole pipeline on the trained sweeps of fixtures/sweeps."""
    catalogue = labelling.read_catalogue(machine.engine_lines("catalogue"))
    rows, fine, clear, total, equal = [], True, 0, 0, 0
    for path in sorted(SWEEPS.glob("*.npz")):
        progress(f"label: {path.name}")
        w = np.load(path)["W"].astype(np.float64)
        # A few runs would leave processes waiting for each other.
        copies = max(1, FEWEST_RUNS // len(w))
        label_all(catalogue, threads, w[:4])
        theirs, spent = clock(lambda: label_all(catalogue, threads, np.tile(w, (copies, 1, 1))), 3.0)
        out = SCRATCH / "labels.tsv"
        _, least, median, _, labelled = ours("label", path, out, threads=threads, processes=3)
        runs, rate, best, usual = len(w), len(theirs) / spent, labelled / least, labelled / median
        agree = 0
        for i, line in enumerate(out.read_text(encoding="utf-8").splitlines()):
            formula, residual = line.split("\t")
            same = formula == theirs[i][0]
            agree += same
            if "irregular" not in formula and float(residual) < SMALL_RESIDUAL:
                clear += 1
                if not same:
                    progress(f"{path.name}[{i}]: {theirs[i][0]} in Python, {formula} here")
                    fine = False
        total, equal = total + runs, equal + agree
        rows.append([path.stem, f"{w.shape[2]}, {w.shape[1]}", runs, f"{rate:,.0f}", f"{best:,.0f}", f"{usual:,.0f}", f"{best / rate:,.0f}", f"{agree} of {runs}"])
    text = "### Labels\n\n" + table(["sweep", "n, m", "runs", "Python, runs/s", "ours, runs/s", "by the median", "ratio", "same formula"], rows)
    text += (f"\nFrom weights in memory to formulas in memory, the runs of a sweep over and over. Python: learned columns, Gram components at |cos| > {labelling.COSINE}, planes by `planes.py`, sorted angles against the same catalogue, "
             f"{threads} processes. Same formula in {equal} of {total} runs; in the {clear} that have a name and a residual below {SMALL_RESIDUAL:g}° it must be, and {'is' if fine else 'IS NOT'}.\n")
    return text, fine
