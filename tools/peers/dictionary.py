"""The search for planes in a dictionary beside one product of NumPy, its Gram matrix, and scikit-learn's DBSCAN of the directions."""
import numpy as np
from sklearn.cluster import DBSCAN

import machine
from machine import clock, duration, engine_lines, progress, save, table

DIMENSIONS, DUPLICATE_COSINE = 768, 0.98


def directions(n, m, seed=1):
    """Random directions whose covariance has the eigenvalues i^(-1/2); one in twelve has a near-copy (cosine 0.99)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, m)) * np.arange(1, m + 1) ** -0.25
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    copies = n // 12
    beside = x[copies:2 * copies] - np.sum(x[copies:2 * copies] * x[:copies], axis=1, keepdims=True) * x[:copies]
    x[copies:2 * copies] = 0.99 * x[:copies] + np.sqrt(1 - 0.99 ** 2) * beside / np.linalg.norm(beside, axis=1, keepdims=True)
    return x


def pairs_of(x, cutoff):
    """How many pairs have a |cosine| of at least the cutoff, and within rounding of it: the Gram matrix a slab of rows at a time, so that it fits."""
    count, doubt, slab = 0, 0, 2048
    for start in range(0, len(x), slab):
        g = np.abs(x[start:start + slab] @ x[start:].T)
        g[np.tril_indices(len(g), 0, g.shape[1])] = 0
        count += int(np.count_nonzero(g >= cutoff))
        doubt += int(np.count_nonzero(np.abs(g - cutoff) < 1e-5))
    return count, doubt


def dictionary(threads):
    """The Gram matrix in slabs, which is what fits, and DBSCAN by brute force: all that both do is one pass over the pairs."""
    rows, fine = [], True
    for n in (4096, 8192) if machine.blas() == machine.REFERENCE else (8192, 24576):
        progress(f"dictionary: n = {n}")
        x = directions(n, DIMENSIONS)
        line = engine_lines("dictionary", save("directions.f64", x), str(n), str(DIMENSIONS), "--threads", str(threads), "--seconds", "0")[-1].split("\t")
        search, streamed, pairs, cutoff, copies, megabytes = float(line[1]), float(line[2]), int(line[3]), float(line[4]), int(line[5]), int(line[6])
        single = x.astype(np.float32)
        (count, doubt), gram = clock(lambda: pairs_of(single, np.float32(cutoff)))
        labels, dbscan = clock(lambda: DBSCAN(eps=np.sqrt(2 - 2 * DUPLICATE_COSINE), min_samples=2, algorithm="brute", n_jobs=threads).fit(single).labels_)
        clustered = int(np.count_nonzero(labels >= 0)) - (labels.max() + 1)
        same = abs(count - pairs) <= doubt and clustered == copies
        fine &= same
        rows.append([f"{n:,}", DIMENSIONS, duration(gram), duration(dbscan), duration(streamed), duration(search), f"{gram / streamed:.2g}", f"{gram / search:.2g}", f"{dbscan / search:.2g}",
                     megabytes, f"{pairs:,} pairs, {copies:,} near-copies, same" if same else f"DIFFERENT: {pairs} and {count} pairs, {copies} and {clustered} near-copies"])
    text = "### Planes of a dictionary\n\n" + table(
        ["n", "m", "NumPy: Gram matrix", "scikit-learn: DBSCAN of the directions", "ours: pairs of the Gram matrix", "ours: the whole search", "Gram / pairs", "Gram / search", "DBSCAN / search", "our peak, MB", "found"], rows)
    text += (f"\nSingle precision on both sides. NumPy multiplies slabs of 2,048 rows with all later ones and counts the pairs above the cutoff; DBSCAN by brute force (minPts 2, ε of cosine {DUPLICATE_COSINE}) "
             "finds the near-copies alone. Ours goes on from the same pairs to the planes through them, their shapes and their p-values; the directions hold none.\n")
    return text, fine
