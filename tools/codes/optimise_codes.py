"""Best spherical codes: c points on S^(d-1) whose smallest angle is as large as possible.

Search: minimise the energy  sum_{i<j} (1 - <x_i,x_j>)^(-p)  from seeded random starts while p doubles, keep the best.
Polish: the pairs at the largest cosine are the contacts; Newton (least squares, minimum norm) on
    <x_i,x_j> = s  for every contact,   |x_i|^2 = 1   in the unknowns (x, s)
converges quadratically to full double precision.  Reported: the cosine, the angle, the number of contacts, the
residual of the contact equations, and whether the code is reducible (its vectors split into two sets that span
independent subspaces: then it is a direct sum and not a shape of its own).

Usage: optimise_codes.py DIM COUNT [STARTS]  prints one C# array initialiser, row-major count x dim.
"""
import sys
import numpy as np
from scipy.optimize import minimize


def energy(flat, d, c, p):
    x = flat.reshape(c, d)
    n = np.linalg.norm(x, axis=1, keepdims=True)
    u = x / n
    iu = np.triu_indices(c, 1)
    g = u @ u.T
    q = 1 - g[iu]
    low = q.min()
    w = (low / q) ** p
    value = np.log(w.sum()) / p - np.log(low)          # log of the p-norm of 1/(1-cos): smooth for every p
    weight = np.zeros((c, c))
    weight[iu] = w / w.sum() / q
    weight = weight + weight.T
    grad = weight @ u
    grad = (grad - (grad * u).sum(1, keepdims=True) * u) / n
    return value, grad.ravel()


def search(d, c, starts, seed=20240229):
    rng = np.random.default_rng(seed)
    best, best_cos = None, 2.0
    for _ in range(starts):
        x = rng.standard_normal((c, d))
        for p in 2.0 ** np.arange(1, 15):
            x = minimize(energy, x.ravel(), args=(d, c, p), jac=True, method="L-BFGS-B",
                         options=dict(maxiter=400, gtol=1e-12, ftol=1e-15)).x.reshape(c, d)
            x /= np.linalg.norm(x, axis=1, keepdims=True)
        top = (x @ x.T)[np.triu_indices(c, 1)].max()
        if top < best_cos - 1e-9:
            best, best_cos = x, top
    return best


def polish(x, tolerance=2e-4):
    c, d = x.shape
    iu = np.triu_indices(c, 1)
    g = (x @ x.T)[iu]
    s = g.max()
    contacts = [(i, j) for i, j, v in zip(*iu, g) if v > s - tolerance]
    for _ in range(30):
        rows, rhs = [], []
        for i, j in contacts:
            r = np.zeros(c * d + 1)
            r[i * d:(i + 1) * d], r[j * d:(j + 1) * d], r[-1] = x[j], x[i], -1
            rows.append(r)
            rhs.append(s - x[i] @ x[j])
        for i in range(c):
            r = np.zeros(c * d + 1)
            r[i * d:(i + 1) * d] = 2 * x[i]
            rows.append(r)
            rhs.append(1 - x[i] @ x[i])
        step = np.linalg.lstsq(np.array(rows), np.array(rhs), rcond=1e-10)[0]
        x, s = x + step[:-1].reshape(c, d), s + step[-1]
        if np.abs(step).max() < 1e-16:
            break
    return x, s, contacts, np.abs(rhs).max()


def reducible(x, tolerance=1e-7):
    """A basis B of rows; the others' coefficients in B join basis elements; more than one component = reducible."""
    c, d = x.shape
    basis = []
    for i in range(c):
        if np.linalg.matrix_rank(x[basis + [i]], tol=1e-6) == len(basis) + 1:
            basis.append(i)
    coef = np.linalg.lstsq(x[basis].T, x.T, rcond=None)[0].T
    group = list(range(d))
    for row in coef:
        hit = [k for k in range(d) if abs(row[k]) > tolerance]
        for k in hit:
            a, b = group[hit[0]], group[k]
            group = [a if v == b else v for v in group]
    return len(set(group)) > 1


def main():
    d, c = int(sys.argv[1]), int(sys.argv[2])
    starts = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    x, s, contacts, residual = polish(search(d, c, starts))
    x = x @ np.linalg.svd(x, full_matrices=False)[2].T      # principal axes: a canonical frame up to signs
    rows = x @ x.T - np.eye(c) * 2
    degree = np.bincount(np.array(contacts).ravel(), minlength=c)
    sys.stderr.write(f"({d},{c}) cos {s:.13f} angle {np.degrees(np.arccos(s)):.9f} contacts {len(contacts)} "
                     f"residual {residual:.1e} degrees {degree.tolist()} max {rows.max():.13f} reducible {reducible(x)}\n")
    print("[\n" + "\n".join("    " + ", ".join(f"{v + 0.0:.17g}" for v in row) + "," for row in x) + "\n]")


if __name__ == "__main__":
    main()
