#!/usr/bin/env python3
"""The figure of docs/four-ninths.md: dimensionality of every learned feature against 1/(1 - S), coloured by the shape it sits in.

Usage: python3 figure.py DIR GAINS.csv OUT.svg      (DIR as `geometry label` leaves it, GAINS.csv as predicted.py says; needs matplotlib)

The black bars are the dimensionalities of the frames that gain, by theory, within 0.1 % of the best frame at that density.
"""
import sys

import matplotlib
import numpy as np

import predicted
import sweeps

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (after the choice of backend)

# Colours of Okabe and Ito, which colour-blind readers tell apart.
CLASSES = {
    "antipode": ("antipode: 1/2", "#56b4e9"),
    "diplosimplex": ("diplo-simplex: k/(2k+2)", "#009e73"),
    "line-frame": ("line frame: k/2L", "#d55e00"),
    "pentagon": ("pentagon: 2/5", "#e69f00"),
    "square-antiprism": ("square antiprism: 3/8", "#cc79a7"),
    "other": ("other shape with a name", "#0072b2"),
    "unnamed": ("without a name", "#999999"),
}
STEP = 0.0025
EDGES = np.arange(0.29, 0.5151, STEP)
FULL = 8.0  # features a run and bin that fill the column of a density; more are cut


def histograms(runs):
    """Features a run in each bin of D_i, by class."""
    values = {name: [] for name in CLASSES}
    for block in (b for r in runs for b in r.blocks):
        values[block.kind if block.kind in CLASSES else "other"].extend(block.dimensionality)
    return {name: np.histogram(np.clip(v, EDGES[0], EDGES[-1]), EDGES)[0] / len(runs) for name, v in values.items()}


def draw_bars(axes, counts, left, scale, most, labels=False):
    """Stacked bars as one outline a class, which is a smaller file than single bars."""
    start = np.zeros(len(EDGES) - 1)
    for name, (label, colour) in CLASSES.items():
        end = np.minimum(start + counts[name], most)
        some = np.flatnonzero(end > start)
        if len(some) > 0:
            first, last = some[0], some[-1] + 1
            sides = (left + scale * np.append(side[first:last], side[last - 1]) for side in (start, end))
            axes.fill_betweenx(EDGES[first:last + 1], *sides, step="post", color=colour, linewidth=0, label=label if labels else None)
        start = end


def main():
    runs, theory = sweeps.read(sys.argv[1]), predicted.read(sys.argv[2])
    plt.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "four-ninths", "font.family": "sans-serif", "font.size": 11, "axes.spines.top": False,
        "axes.spines.right": False, "axes.edgecolor": "#888888", "xtick.color": "#444444", "ytick.color": "#444444",
    })
    figure, (left, right) = plt.subplots(1, 2, sharey=True, figsize=(10.5, 6), gridspec_kw={"width_ratios": [3.4, 1], "wspace": 0.06})
    groups = list(sweeps.by_density(runs))
    for column, (density, group) in enumerate(groups):
        counts = histograms(group)
        if sum(counts.values()).max() > FULL:
            print(f"{1 / group[0].density:.2f}: cut, up to {sum(counts.values()).max():.1f} features a run in a bin")
        left.axvline(column, color="#dddddd", linewidth=0.8, zorder=0)
        draw_bars(left, counts, column, 0.85 / FULL, FULL)
        left.plot([column - 0.06] * 2, theory[density][-2:], color="#222222", linewidth=2, solid_capstyle="butt",
                  label="frames that pay most, by theory" if column == 0 else None)
    draw_bars(right, histograms(runs), 0, 1, np.inf, labels=True)
    for axes in (left, right):
        axes.axhline(4 / 9, color="#222222", linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
        axes.tick_params(length=3)
    left.text(len(groups) - 0.1, 4 / 9 + 0.0012, "4/9", ha="right", va="bottom", color="#222222")
    left.set_ylim(EDGES[0], EDGES[-1])
    left.set_xlim(-0.15, len(groups))
    left.set_xticks(range(len(groups)), [f"{1 / density:.2f}" for density, _ in groups])
    left.set_yticks([0.3, 0.325, 0.35, 3 / 8, 0.4, 0.425, 0.45, 0.475, 0.5],
                    ["0.3", "0.325", "0.35", "3/8", "2/5", "0.425", "0.45", "0.475", "1/2"])
    left.set_xlabel("1/(1−S), one column a density")
    left.set_ylabel("dimensionality of a feature")
    right.set_xlabel("features a run, all columns")
    right.set_xlim(0, 5)
    legend = [a + b for a, b in zip(right.get_legend_handles_labels(), left.get_legend_handles_labels())]
    figure.legend(*legend, loc="lower left", bbox_to_anchor=(0.115, 0.885), ncols=4, frameon=False, fontsize=10,
                  handlelength=1, handleheight=1)
    figure.savefig(sys.argv[3], bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    main()
