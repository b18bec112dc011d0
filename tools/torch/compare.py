"""Holds the mean losses of two engines on one sweep against each other: compare.py CPU/labels.csv TORCH/labels.csv"""
import csv
import math
import sys
from collections import defaultdict


def losses(path):
    cells = defaultdict(list)
    with open(path) as f:
        for row in csv.DictReader(f):
            # A model with layers has a row for each of its matrices.
            if '#' in row['source'] and not row['source'].endswith('#W1'):
                continue
            cells[row['sparsity'], row['learning_rate']].append(float(row['loss']))
    return cells


def mean(values):
    centre = sum(values) / len(values)
    spread = sum((v - centre) ** 2 for v in values) / max(1, len(values) - 1)
    return centre, math.sqrt(spread / len(values))


ours, torch = losses(sys.argv[1]), losses(sys.argv[2])
status = 0 if ours.keys() == torch.keys() and ours else 1
for cell in sorted(ours.keys() & torch.keys()):
    (a, da), (b, db) = mean(ours[cell]), mean(torch[cell])
    # At rate 0 the weights are the starts, which are equal to the bit.
    good = ours[cell] == torch[cell] if float(cell[1]) == 0 else abs(a - b) <= 4 * math.hypot(da, db)
    print('torch: sparsity %s, learning rate %s: mean loss %.5f ± %.5f, cpu engine %.5f ± %.5f: %s' % (*cell, b, db, a, da, 'agree' if good else 'DIFFER'))
    status |= not good
    if float(cell[1]) > 0 and b > 0.9 * mean(torch[cell[0], '0'])[0]:
        print('torch: nothing was trained')
        status = 1
sys.exit(status)
