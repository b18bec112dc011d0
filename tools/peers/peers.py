#!/usr/bin/env python3
"""Runs this library and its Python peers on the same data, asserts equal results and prints Markdown tables. See README.md; started by ./run."""
import argparse
import os
import subprocess
import sys

import comparisons
import dictionary
import homology
import llc
import machine
import scaling

SCALING = ("scaling-planes", "scaling-points", "scaling-labels", "scaling-training")
PARTS = ("hough", "dbscan", "label", "dictionary", "homology", "llc", "training") + SCALING


def training(python, threads):
    """The training engine beside PyTorch: tools/training-bench has its own tables and targets."""
    machine.progress("training: tools/training-bench")
    run = subprocess.run([str(machine.ROOT / "tools" / "training-bench" / "run"), "--python", python, "--threads", str(threads)], text=True, stdout=subprocess.PIPE)
    return "### Training\n\n```text\n" + run.stdout.strip() + "\n```\n", run.returncode == 0


def main():
    parser = argparse.ArgumentParser(prog="tools/peers/run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}, scaling for the last four, or all (default)")
    parser.add_argument("--python", default=sys.executable, help="interpreter with numpy, scipy, scikit-learn and torch")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="threads on each side (default: all processors)")
    parser.add_argument("--write", action="store_true", help="also write the parts measured to tools/Geometry.Benchmarks/results/")
    a = parser.parse_args()
    parts = PARTS if not a.parts or "all" in a.parts else [q for p in a.parts for q in (SCALING if p == "scaling" else [p])]
    unknown = [p for p in parts if p not in PARTS]
    if unknown:
        parser.error(f"unknown part '{unknown[0]}'; expected one of {', '.join(PARTS)}, scaling, all")
    work = {"hough": comparisons.hough, "dbscan": comparisons.dbscan, "label": comparisons.label, "dictionary": dictionary.dictionary, "homology": homology.homology, "llc": llc.llc,
            "scaling-planes": scaling.scaling_planes, "scaling-points": scaling.scaling_points,
            "scaling-labels": scaling.scaling_labels, "scaling-training": scaling.scaling_training,
            "training": lambda threads: training(a.python, threads)}
    versions = machine.versions(a.threads)
    print(versions + "\n", flush=True)
    if machine.blas() == machine.REFERENCE:
        machine.progress("NumPy runs on the reference BLAS; with Debian's libopenblas0 installed scikit-learn is a stronger peer")
    failed = []
    folder = machine.ROOT / "tools" / "Geometry.Benchmarks" / "results"
    for part in parts:
        text, fine = work[part](a.threads)
        print(text, flush=True)
        if not fine:
            failed.append(part)
        if a.write:
            # One file a machine and part (and BLAS, where Python is timed), so that a part can be measured anew alone.
            folder.mkdir(exist_ok=True)
            name = "-".join([machine.slug(machine.cpu_name()), part] + ([] if part in SCALING else [machine.short_blas()]))
            whole = folder / f"{name}.md"
            draft = whole.with_suffix(".tmp")
            draft.write_text(f"## {machine.cpu_name()}: {part}\n\n{versions}\n\n{text}", encoding="utf-8")
            draft.replace(whole)
            machine.progress(f"written: {whole.relative_to(machine.ROOT)}")
    if failed:
        machine.progress(f"results differ or a target is missed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
