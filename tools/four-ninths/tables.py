#!/usr/bin/env python3
"""The tables of docs/four-ninths.md, from folders that `geometry label` has written.

Usage: python3 tables.py --sweep DIR [--control DIR] --out docs/four-ninths

Writes runs.csv (one row a run), frames.csv (one row a frame of lines) and unnamed.csv (one row a kind of block without a name) into
the folder --out, and prints the tables of the page. Needs numpy.
"""
import argparse
import collections
import csv
import pathlib

import numpy as np

import sweeps

BAND = (0.43, 0.46)


def counted(items, form="{1} × {0}"):
    """`2 × a, 1 × b`, most frequent first."""
    counts = collections.Counter(items).items()
    return ", ".join(form.format(*pair) for pair in sorted(counts, key=lambda pair: (-pair[1], pair[0]))) or "–"


def span(numbers, form="{:.3f}"):
    if not numbers:
        return "–"
    low, high = form.format(min(numbers)), form.format(max(numbers))
    return low if low == high else f"{low} … {high}"


def p_value(p):
    return "–" if p is None else f"{p:.0e}" if p > 1e-300 else "< 1e-300"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def head(*cells):
    print()
    row(*cells)
    row(*("---" for _ in cells))


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_runs(path, trained):
    rows = [(name, r.density, r.seed, f"{r.loss:.8f}", r.learned, r.named, r.formula) for name, runs in trained for r in runs]
    write(path, ("trained_with", "density", "seed", "loss", "learned", "named", "formula"), rows)


def write_frames(path, trained):
    header = ("trained_with", "density", "seed", "shape", "lines", "dim", "corank", "d_predicted", "d_mean", "d_sd",
              "cos_max_predicted", "cos_max", "cos_mean_predicted", "cos_mean", "cos_sd_predicted", "cos_sd", "cos_rms_predicted",
              "cos_rms", "looseness", "lean_deg", "residual_deg", "p_value")
    rows = []
    for name, r, b in ((name, r, b) for name, runs in trained for r in runs for b in r.frames):
        numbers = [b.ideal, b.dimensionality.mean(), b.dimensionality.std()]
        for pair in zip(predicted(b), measured(b)):
            numbers += pair
        cells = [f"{x:.4f}" for x in (*numbers, b.looseness)] + [f"{b.lean:.2f}", f"{b.residual:.2f}", f"{b.p:.1e}"]
        rows.append((name, r.density, r.seed, b.shape, b.lines, b.dim, b.corank, *cells))
    write(path, header, rows)


def predicted(frame):
    """Largest, mean, sd and root mean square of |cos| between lines."""
    return *frame.predicted_cosines, frame.predicted_rms


def measured(frame):
    c = frame.cosines
    return c.max(), c.mean(), c.std(), np.sqrt(np.square(c).mean())


def write_unnamed(path, trained):
    header = ("trained_with", "dim", "directions", "blocks", "features", "least_density", "largest_density", "d_mean")
    rows = []
    for name, runs in trained:
        kinds = collections.defaultdict(list)
        for r, b in ((r, b) for r in runs for b in r.blocks if not b.named):
            kinds[b.dim, b.directions].append((r.density, b))
        for key, found in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            densities = [density for density, _ in found]
            mean = np.mean(np.concatenate([b.dimensionality for _, b in found]))
            features = sum(len(b.features) for _, b in found)
            rows.append((name, *key, len(found), features, min(densities), max(densities), f"{mean:.4f}"))
    write(path, header, rows)


def print_blocks(runs):
    shown = ("antipode", "pentagon", "square-antiprism", "unnamed")
    head("density", "1/(1−S)", "runs", *(f"{kind} a run" for kind in shown), "with a frame", "frames, L lines in R^k (corank 1 in bold)")
    for density, group in sweeps.by_density(runs):
        counts = collections.Counter(b.kind for r in group for b in r.blocks)
        others = set(counts) - {*shown, *sweeps.FRAMES}
        if others:
            print(f"{density:g}: also {counted(kind for r in group for kind in (b.kind for b in r.blocks) if kind in others)}")
        frames = collections.Counter((b.corank, b.lines, b.dim) for r in group for b in r.frames)
        names = [("**{}/{}**" if c == 1 else "{}/{}").format(lines, k) + (f" ×{n}" if n > 1 else "")
                 for (c, lines, k), n in sorted(frames.items())]
        row(f"{density:g}", f"{1 / density:.2f}", len(group), *(f"{counts[kind] / len(group):.1f}" for kind in shown),
            sum(bool(r.frames) for r in group), ", ".join(names))


def print_frames(runs):
    head("density", "k/2L", "mean D_i of a frame", "D_i over all frames", "mean cos, predicted", "measured", "lean",
         "residual", "largest p")
    for density, group in sweeps.by_density(runs):
        frames = [b for r in group for b in r.frames]
        if not frames:
            continue
        every = np.concatenate([b.dimensionality for b in frames])
        row(f"{density:g}", span([b.ideal for b in frames]), span([b.dimensionality.mean() for b in frames]),
            f"{every.mean():.3f} ± {every.std():.3f}", span([b.predicted_cosines[1] for b in frames]),
            span([b.cosines.mean() for b in frames]), span([b.lean for b in frames], "{:.1f}°"),
            span([b.residual for b in frames], "{:.2f}°"), p_value(max(b.p for b in frames)))


def print_coranks(runs):
    frames = [b for r in runs for b in r.frames]
    head("corank", "frames", "lines", "dimensions", "mean D_i less k/2L", "rms cos, measured over predicted", "mean cos, likewise",
         "sd, likewise", "largest, likewise")
    for corank in sorted({b.corank for b in frames}):
        some = [b for b in frames if b.corank == corank]
        ratios = np.array([[m / p if p > 1e-9 else np.nan for m, p in zip(measured(b), predicted(b))] for b in some])
        off = [b.dimensionality.mean() - b.ideal for b in some]
        row(corank, len(some), span([b.lines for b in some], "{}"), span([b.dim for b in some], "{}"), span(off, "{:+.4f}"),
            *(f"{np.mean(x):.3f} ({span(list(x))})" for x in ratios.T[[3, 1, 2, 0]]))
    print("\nsd of |cos| at corank 1:", span([b.cosines.std() for b in frames if b.corank == 1], "{:.4f}"))


def print_band(runs):
    inside = [b for r in runs for b in r.blocks for d in b.dimensionality if BAND[0] <= d <= BAND[1]]
    in_frames = sum(b.is_frame for b in inside)
    print(f"\nfeatures with D_i in [{BAND[0]}, {BAND[1]}]: {len(inside)}, in frames {in_frames} ({100 * in_frames / len(inside):.1f} %):",
          counted(b.kind if b.named else f"unnamed({b.dim},{b.directions})" for b in inside))
    between = [(d, b) for r in runs for b in r.blocks for d in b.dimensionality if BAND[0] - 0.02 <= d <= BAND[1] + 0.03]
    print("features with D_i in [.41, .49]:", len(between), "in frames", sum(b.is_frame for _, b in between))
    frames = [b for r in runs for b in r.frames]
    spreads = [b.dimensionality.std() for b in frames]
    features = [d for b in frames for d in b.dimensionality]
    print(f"frames {len(frames)}, features {len(features)}, of which in the band {in_frames}; all D_i {span(features)}; "
          f"sd within a frame {span(spreads, '{:.4f}')}, median {np.median(spreads):.4f}; looseness {span([b.looseness for b in frames])}; "
          f"lean {span([b.lean for b in frames], '{:.2f}')}, median {np.median([b.lean for b in frames]):.2f}; "
          f"residual {span([b.residual for b in frames], '{:.2f}')}, median {np.median([b.residual for b in frames]):.2f}; "
          f"largest p {p_value(max(b.p for b in frames))}; runs with none, one, two …: {counted(len(r.frames) for r in runs)}")


def print_named(runs):
    head("density", "runs", "features", "named", "runs with ≥ 90 % named", "blocks without a name (dimension, directions)")
    groups = list(sweeps.by_density(runs))
    for density, group in groups + [("all", runs)]:
        learned, named = sum(r.learned for r in group), sum(r.named for r in group)
        unnamed = counted(f"({b.dim},{b.directions})" for r in group for b in r.blocks if not b.named)
        row(density, len(group), learned, f"{100 * named / learned:.1f} %", sum(r.named >= 0.9 * r.learned for r in group), unnamed)


def print_losses(runs):
    head("density", "mean loss of runs with a frame", "of the others")
    for density, group in sweeps.by_density(runs):
        row(density, *(f"{np.mean(x):.6f} ± {np.std(x, ddof=1) / np.sqrt(len(x)):.6f} ({len(x)})" if len(x) > 1 else f"({len(x)})"
                       for x in ([r.loss for r in group if r.frames], [r.loss for r in group if not r.frames])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sweep", required=True)
    parser.add_argument("--control")
    parser.add_argument("--out", required=True)
    a = parser.parse_args()
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    trained = [("geometry", sweeps.read(a.sweep))] + ([("pytorch", sweeps.read(a.control))] if a.control else [])
    write_runs(out / "runs.csv", trained)
    write_frames(out / "frames.csv", trained)
    write_unnamed(out / "unnamed.csv", trained)
    for name, runs in trained:
        print(f"\n## {name}: {len(runs)} runs")
        for table in (print_blocks, print_frames, print_coranks, print_band, print_named, print_losses):
            table(runs)


if __name__ == "__main__":
    main()
