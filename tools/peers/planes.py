"""Planes through k-subsets in NumPy and scikit-learn: batched SVD, projectors as points, DBSCAN."""
import itertools

import numpy as np
from sklearn.cluster import DBSCAN

EPSILON, MIN_POINTS, LEAST_SIGMA = 0.1, 2, 0.2


def embed(x, k):
    """Unit columns (m, n) -> all k-subsets, which of them are informative, and the projectors of those as points.

    The upper triangle of P, off-diagonal entries times sqrt 2, divided by sqrt 2: Euclidean distance is then chordal distance.
    """
    m, n = x.shape
    subsets = np.array(list(itertools.combinations(range(n), k)))
    u, s, _ = np.linalg.svd(x[:, subsets].transpose(1, 0, 2), full_matrices=False)
    informative = s[:, -1] >= LEAST_SIGMA if k <= m else np.zeros(len(subsets), bool)
    u = u[informative]
    p = u @ u.transpose(0, 2, 1)
    i, j = np.triu_indices(m)
    return subsets, informative, p[:, i, j] * np.where(i == j, np.sqrt(0.5), 1.0)


def cluster(points, algorithm, threads):
    """DBSCAN labels of embedded planes."""
    return DBSCAN(eps=EPSILON, min_samples=MIN_POINTS, algorithm=algorithm, n_jobs=threads).fit(points).labels_


def pentagon_sum(n, sigma, seed=0):
    """n/5 pentagons in R^(2n/5), rotated at random, with noise of standard deviation sigma in every coordinate; unit columns (m, n)."""
    m, rng = 2 * n // 5, np.random.default_rng(seed)
    x = np.zeros((m, n))
    angle = 2 * np.pi * np.arange(5) / 5
    for p in range(n // 5):
        x[2 * p, 5 * p:5 * p + 5], x[2 * p + 1, 5 * p:5 * p + 5] = np.cos(angle), np.sin(angle)
    x = np.linalg.qr(rng.normal(size=(m, m)))[0] @ x + sigma * rng.normal(size=(m, n))
    return x / np.linalg.norm(x, axis=0)
