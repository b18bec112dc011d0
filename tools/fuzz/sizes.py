"""Writes weight files of one, two, four and eight times a size: sizes.py FOLDER (see SizeCampaign.cs). torch files only where torch is there."""
import os
import sys

import numpy as np

sys.argv[2:] = ['0', '0']
from readers import safetensors, torch  # noqa: E402  (writes no files of its own: COUNT is 0)

FOLDER = sys.argv[1]
RUNS, ROWS, ARRAYS = 100_000, 20_000, 2_500
rng = np.random.default_rng(1)
for k in (1, 2, 4, 8):
    def path(name):
        return os.path.join(FOLDER, '%s-%d' % (name, k))

    w = rng.standard_normal((k * RUNS, 2, 10)).astype('f4')
    with open(path('npy'), 'wb') as f:
        np.save(f, w)
    for name, save in (('npz', np.savez), ('npz deflated', np.savez_compressed)):
        with open(path(name), 'wb') as f:
            save(f, W=w)
    safetensors(path('safetensors'), {'W': w})
    np.savetxt(path('csv'), rng.standard_normal((k * ROWS, 20)), delimiter=',')
    many = {'run%d.W' % i: w[i] for i in range(k * ARRAYS)}
    safetensors(path('safetensors, an array a run'), many)
    with open(path('npz, an array a run'), 'wb') as f:
        np.savez(f, **many)
    if torch:
        torch.save({'W': torch.from_numpy(w)}, path('pt'))
        torch.save([{'W': torch.from_numpy(a.copy())} for a in w[:k * ARRAYS]], path('pt, a state dict a run'))
