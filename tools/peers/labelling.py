"""The labelling pipeline in idiomatic NumPy and scikit-learn, as one would write it in a notebook.

label(W) -> formula: learned columns, normalised; orthogonal blocks of the Gram matrix by a threshold on cosines; the planes through all k-subsets by projectors and
DBSCAN as a second opinion; each block named by the catalogue entry whose sorted pairwise angles are nearest.
"""
from collections import Counter

import numpy as np
from scipy.sparse.csgraph import connected_components

from planes import cluster, embed

MIN_NORM, COSINE, AXIS, DEGREES, MAX_PLANE_DIM = 0.5, 0.25, 0.1, 10.0, 3


def read_catalogue(lines):
    """(dim, count) -> [(name, sorted angles in degrees)]."""
    shapes = {}
    for line in lines:
        name, dim, count, vertices = line.rstrip("\n").split("\t")
        x = np.array(vertices.split(), dtype=float).reshape(int(count), int(dim))
        shapes.setdefault((int(dim), int(count)), []).append((name, sorted_angles(x)))
    return shapes


def sorted_angles(x):
    i, j = np.triu_indices(len(x), 1)
    return np.sort(np.degrees(np.arccos(np.clip((x @ x.T)[i, j], -1, 1))))


def shape_of(x, catalogue):
    """The name of the block whose unit columns are the rows of x, and its dimension."""
    values = np.linalg.svd(x, compute_uv=False) ** 2
    dim = max(1, int(np.sum(values > AXIS)))
    angles, best = sorted_angles(x), (np.inf, None)
    for name, reference in catalogue.get((dim, len(x)), []):
        best = min(best, (float(np.sqrt(np.mean((angles - reference) ** 2))) if len(x) > 1 else 0.0, name))
    return (best[1] if best[0] < DEGREES else f"irregular({dim},{len(x)})"), dim


def plane_features(x, max_dim):
    """The feature sets of all clusters of planes, by dimension: the Hough transform."""
    found = []
    for k in range(1, max_dim + 1):
        subsets, informative, points = embed(x.T, k)
        if len(points) < 2:
            continue
        labels = cluster(points, "auto", threads=None)
        subsets = subsets[informative]
        found += [(k, frozenset(subsets[labels == c].ravel())) for c in range(labels.max() + 1)]
    return found


def label(w, catalogue):
    """Formula of W (m x n), and whether the planes know every block of at most three dimensions."""
    norms = np.linalg.norm(w, axis=0)
    learned = np.flatnonzero(norms >= MIN_NORM * norms.max())
    x = (w[:, learned] / norms[learned]).T.astype(np.float64)
    _, block = connected_components(np.abs(x @ x.T) > COSINE, directed=False)
    planes = set(plane_features(x, min(MAX_PLANE_DIM, w.shape[0], len(x) - 1)))
    terms, agree = Counter(), True
    for b in range(block.max() + 1):
        members = np.flatnonzero(block == b)
        name, dim = shape_of(x[members], catalogue)
        terms[dim, name] += 1
        # A plane that is the whole span, or that some column lies in by chance, is no contradiction: only a missing one is.
        if dim <= MAX_PLANE_DIM and len(members) > dim and dim < w.shape[0]:
            agree &= any(k == dim and set(members) <= features for k, features in planes)
    ordered = sorted(terms.items(), key=lambda t: (-t[0][0], -t[1], t[0][1]))
    return " + ".join(f"{count} {name}" if count > 1 else name for (_, name), count in ordered), agree
