#!/usr/bin/env python3
"""Prints the forms of an atlas as a Markdown table: tools/atlas/table.py ATLAS.yaml [ROWS]"""
import json
import sys

forms = json.load(open(sys.argv[1], encoding="utf-8"))["forms"]
rows = int(sys.argv[2]) if len(sys.argv) > 2 else len(forms)


def span(ends, digits="{:g}"):
    low, high = (digits.format(e) for e in ends)
    return low if low == high else f"{low}–{high}"


def kind(f):
    sizes = [f["orbits"].count(o) for o in sorted(set(f["orbits"]))]
    words = []
    if f["antipodal"]: words.append("antipodal")
    if f["equiangular"]: words.append("equiangular")
    if f["tight"]: words.append("tight")
    if f["design"] > 1: words.append(f"{f['design']}-design")
    if "drift_range" in f: words.append("drifts")
    orbits = "one orbit" if len(sizes) == 1 else "orbits " + "+".join(map(str, sizes)) if len(sizes) <= 6 else f"{len(sizes)} orbits" if f["symmetries"] != "1" else "no symmetry"
    return ", ".join([orbits] + words)


def code(f):
    best, least = f["best_code_deg"], f["min_angle_deg"]
    return f"{least:.2f}°" + ("" if best is None else f" ({best:.2f}°)")


def minimum(f):
    if "ground_state" not in f: return "none"
    rank, _, share, _ = f["ground_state"]
    return f"{rank:.0f}" + (f" ({100 * share:.0f} %)" if share >= 0.005 else "")


print("| form | runs | n | m | density | free | what it is | smallest angle (best code) | minimum |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
for f in sorted(forms, key=lambda f: (-f["runs"], f["dim"], f["directions"], f["name"]))[:rows]:
    print(f"| {f['name']} | {f['runs']} | {span(f['features'])} | {span(f['hidden'])} | {span(f['density'])} | {f['free_parameters']} | {kind(f)} | {code(f)} | {minimum(f)} |")
