"""Writes random weight files with NumPy and PyTorch, and what they hold: readers.py FOLDER COUNT SEED (see ReaderCampaign.cs)."""
import json
import os
import struct
import sys

import numpy as np

try:
    import torch
except ImportError:
    torch = None

FOLDER, COUNT, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = np.random.default_rng(SEED)
MASK = (1 << 64) - 1


def fold(array):
    total = 0
    for bits in array.astype(np.float64).ravel().view(np.uint64).tolist():
        total = (total * 1_000_003 + bits) & MASK
    return '%016x' % total


def safetensors(path, arrays):
    names = {'float16': 'F16', 'float32': 'F32', 'float64': 'F64'}
    header, data = {}, b''
    for key, value in arrays.items():
        raw = np.ascontiguousarray(value).astype(value.dtype.newbyteorder('<')).tobytes()
        header[key] = {'dtype': names[value.dtype.name], 'shape': list(value.shape), 'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, 'wb') as f:
        f.write(struct.pack('<Q', len(text)) + text + data)


lines = []
for k in range(COUNT):
    instances, m, n = int(rng.integers(0, 40)), int(rng.integers(1, 9)), int(rng.integers(1, 12))
    if rng.random() < 0.05:
        instances, m, n = 1, int(rng.integers(50, 300)), int(rng.integers(150, 400))
    first = rng.random() < 0.5
    w = rng.standard_normal((instances, n, m) if first else (instances, m, n)).astype(rng.choice(['<f2', '<f4', '<f8', '>f4', '>f8']))
    expected = np.swapaxes(w, 1, 2) if first else w
    if rng.random() < 0.3:
        w = np.asfortranarray(w)
    kind = rng.choice(['npy', 'npz', 'npz', 'safetensors', 'pt'] if torch else ['npy', 'npz', 'safetensors'])
    name, key = '%04d.%s' % (k, kind), 'W'
    path = os.path.join(FOLDER, name)
    other = {'b': np.zeros((instances, n), '<f4'), 'seed': np.arange(instances)}
    if kind == 'npy':
        key = 'array'
        np.save(path, w)
    elif kind == 'npz':
        (np.savez_compressed if rng.random() < 0.5 else np.savez)(path, W=w, **other)
    elif kind == 'safetensors':
        safetensors(path, {'W': w.astype(w.dtype.newbyteorder('=')), 'b': other['b']})
    else:
        key = 'model.W'
        tensor = torch.from_numpy(np.array(w.astype(w.dtype.newbyteorder('=')), order='C'))
        if rng.random() < 0.5:  # a view with other strides
            tensor = tensor.transpose(1, 2).contiguous().transpose(1, 2)
        torch.save({'model': {'W': tensor}, 'step': k}, path)
    lines.append('\t'.join([name, key, 'features-first' if first else 'hidden-first', str(instances), str(m), str(n), fold(expected)]))
with open(os.path.join(FOLDER, 'manifest.tsv'), 'w') as f:
    f.write('\n'.join(lines) + '\n')
