"""Labelled runs for the tables and the figure of docs/four-ninths.md: their blocks, and the cosines between the lines of a frame."""
import collections
import math
import pathlib
import sqlite3

import numpy as np

FRAMES = ("line-frame", "diplosimplex")


class Block:
    """A summand of a run: its shape, the dimensionality D_i of its features, and for a frame of lines the cosines between them."""

    def __init__(self, row, dimensionality):
        self.shape, self.dim, self.directions = row["shape"], row["dim"], row["directions"]
        self.residual, self.p = row["residual_deg"], row["p_value"]
        self.features = [int(f) for f in row["features"].split()]
        self.dimensionality = np.array([dimensionality[f] for f in self.features])
        self.named = not self.shape.startswith("irregular")
        self.is_frame = self.shape.startswith(FRAMES)
        self.lines = self.directions // 2
        self.corank = self.lines - self.dim

    @property
    def kind(self):
        """The shape, frames by their family alone."""
        if self.is_frame:
            return self.shape[:self.shape.rindex("-" if self.shape.startswith("diplo") else "(")]
        return self.shape if self.named else "unnamed"

    @property
    def ideal(self):
        """D_i of a tight frame of L lines in R^k with a feature at each end: k/(2L)."""
        return self.dim / (2 * self.lines)

    def measure(self, weights):
        """|cos| between lines, the line of opposite features u and v being u - v seen in the k dimensions of the block; how far these
        lines are from a tight frame; and by how many degrees the features lean out of the k dimensions."""
        unit = weights[:, self.features] / np.linalg.norm(weights[:, self.features], axis=0)
        opposite = (unit.T @ unit).argmin(axis=0)
        pairs = sorted({tuple(sorted((i, int(j)))) for i, j in enumerate(opposite)})
        if len(pairs) != self.lines or len(self.features) != 2 * self.lines:
            raise ValueError(f"{self.shape}: {len(self.features)} features in {len(pairs)} opposite pairs, {self.lines} expected")
        basis, sizes, _ = np.linalg.svd(unit)
        self.lean = np.degrees(np.arcsin(np.sqrt(np.square(sizes[self.dim:]).sum() / len(self.features))))
        lines = basis[:, :self.dim].T @ np.stack([unit[:, i] - unit[:, j] for i, j in pairs], axis=1)
        lines /= np.linalg.norm(lines, axis=0)
        self.cosines = np.abs((lines.T @ lines)[np.triu_indices(self.lines, 1)])
        squares = np.square(np.linalg.svd(lines, compute_uv=False))
        self.looseness = squares.std() / squares.mean()

    @property
    def predicted_cosines(self):
        """Largest, mean and sd of c/k |f_i . f_j| for unit vectors f_i of R^c in random directions: corank 1, all 1/k; corank 2,
        at most 2/(L - 2), mean 4/(pi (L - 2)), sd 0.308 of the largest. The f_i are the Naimark complement of the lines."""
        c, scale = self.corank, self.corank / self.dim
        mean = math.gamma(c / 2) / (math.sqrt(math.pi) * math.gamma((c + 1) / 2))
        return scale, scale * mean, scale * math.sqrt(max(0.0, 1 / c - mean * mean))

    @property
    def predicted_rms(self):
        """Root mean square of |cos| between different lines of any tight frame of L lines in R^k (Welch's bound, which it attains)."""
        return math.sqrt(self.corank / (self.dim * (self.lines - 1)))


class Run:
    def __init__(self, row, features, summands, weights, bias):
        self.formula, self.loss, self.weights, self.bias = row["formula"], row["loss"], weights, bias
        self.density = round(1 - row["sparsity"], 6)
        self.seed, self.learned = int(row["seed"]), row["learned"]
        dimensionality = {f["feature"]: f["dimensionality"] for f in features}
        self.blocks = [Block(s, dimensionality) for s in summands]
        self.frames = [b for b in self.blocks if b.is_frame]
        self.named = sum(len(b.features) for b in self.blocks if b.named)
        for block in self.frames:
            block.measure(weights)


def read(folder):
    """The runs of a folder that `geometry label` has written, dense ones first. Weight files lie in it as the database names them."""
    folder = pathlib.Path(folder)
    database = sqlite3.connect(folder / "results.sqlite")
    database.row_factory = sqlite3.Row
    arrays = {}
    for (source,) in database.execute("select distinct source from runs").fetchall():
        with np.load(folder / source) as file:
            arrays[source] = file["W"].astype(float), file["b"].astype(float)
    runs = []
    for row in database.execute("select * from runs").fetchall():
        key = (row["source"], row["instance"])
        features = database.execute("select * from features where source = ? and instance = ?", key).fetchall()
        summands = database.execute("select * from summands where source = ? and instance = ? order by 3", key).fetchall()
        runs.append(Run(row, features, summands, *(a[key[1]] for a in arrays[key[0]])))
    return sorted(runs, key=lambda run: (-run.density, run.seed))


def by_density(runs):
    groups = collections.defaultdict(list)
    for run in runs:
        groups[run.density].append(run)
    return groups.items()
