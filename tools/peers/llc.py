"""Local learning coefficients beside devinterp's algorithm, written out in PyTorch from its published update.

The hexagon of six features in two dimensions, one active feature a sample."""
import importlib.util
import math
import time

import numpy as np

from machine import SCRATCH, duration, ours, progress, save, table

TARGET = 30.0
FEATURES, HIDDEN, SAMPLES = 6, 2, 5000
NORM, BIAS = 1.320526330780, -0.618135131868
GAMMA, EPSILON, BURN_IN, DRAWS = 0.1, 5e-5, 1000, 1000
CHAINS = 8


def sample():
    """x = μe_i, i uniform, μ uniform on [0, 1]."""
    rng = np.random.default_rng(0)
    x = np.zeros((SAMPLES, FEATURES), dtype=np.float32)
    x[np.arange(SAMPLES), rng.integers(0, FEATURES, SAMPLES)] = rng.uniform(size=SAMPLES)
    return x


def start():
    """W, hidden-first, then b."""
    angle = 2 * np.pi * np.arange(FEATURES) / FEATURES
    return np.stack([NORM * np.cos(angle), NORM * np.sin(angle)]), np.full(FEATURES, BIAS)


def theirs(x, batch, nbeta, chains, threads):
    """Mean loss of each chain, the loss at the start and the least seconds of a chain.

    w ← w − (ε/2)(nβ∇L + γ(w − w₀)) + √ε N(0, 1); the loss on record is that before the step."""
    import torch
    torch.set_num_threads(threads)
    data = torch.from_numpy(x)
    w0, b0 = (torch.tensor(a, dtype=torch.float32) for a in start())

    def loss_of(w, b, inputs):
        return ((torch.relu(inputs @ w.T @ w + b) - inputs) ** 2).sum(1).mean()

    means, least = [], math.inf
    for chain in range(chains):
        torch.manual_seed(chain)
        begin = time.perf_counter()
        parameters = [w0.clone().requires_grad_(), b0.clone().requires_grad_()]
        total, order, at = 0.0, None, SAMPLES
        for step in range(BURN_IN + DRAWS):
            if batch >= SAMPLES:
                inputs = data
            else:
                if at + batch > SAMPLES:
                    order, at = torch.randperm(SAMPLES), 0
                inputs, at = data[order[at:at + batch]], at + batch
            value = loss_of(*parameters, inputs)
            value.backward()
            if step >= BURN_IN:
                total += value.item()
            with torch.no_grad():
                for p, origin in zip(parameters, (w0, b0)):
                    p.add_(p.grad * nbeta + (p - origin) * GAMMA, alpha=-EPSILON / 2)
                    p.add_(torch.randn_like(p), alpha=math.sqrt(EPSILON))
                    p.grad = None
        means.append(total / DRAWS)
        least = min(least, time.perf_counter() - begin)
    return np.array(means), loss_of(w0, b0, data).item(), least


def estimate(means, first, nbeta):
    values = nbeta * (means - first)
    return values.mean(), values.std(ddof=1) / math.sqrt(len(values))


def llc(threads):
    """λ̂ of the hexagon (8.5 in theory) at n = 5000 with batches and with all data."""
    if not importlib.util.find_spec("torch"):
        return "### Learning coefficients\n\nNot measured: no torch (Debian: python3-torch).\n", False
    x, (w, b) = sample(), start()
    samples, point, out = save("samples.f32", x), save("start.f64", np.concatenate([w.ravel(), b])), SCRATCH / "losses.txt"
    nbeta, rows, fine = SAMPLES / math.log(SAMPLES), [], True
    for batch in (512, SAMPLES):
        progress(f"llc: batches of {batch}")
        means, first, spent = theirs(x, batch, nbeta, CHAINS, threads)
        _, least, _, _, _ = ours(
            "llc", samples, point, FEATURES, HIDDEN, 0 if batch == SAMPLES else batch, nbeta, EPSILON, GAMMA, BURN_IN, DRAWS, out,
            threads=threads, seconds=3)
        numbers = np.array([float(line) for line in out.read_text(encoding="utf-8").splitlines()])
        mine, error = estimate(numbers[1:], numbers[0], nbeta)
        peer, their_error = estimate(means, first, nbeta)
        # Seconds a step of a chain, whatever how many chains there are: ours has eight on every thread.
        their_step, our_step = spent / (BURN_IN + DRAWS), least / ((BURN_IN + DRAWS) * CHAINS * threads)
        ratio = their_step / our_step
        equal = abs(mine - peer) <= 3 * math.hypot(error, their_error)
        fine &= equal and ratio >= TARGET
        rows.append([
            batch if batch < SAMPLES else "all", f"{peer:.2f} ± {their_error:.2f}", f"{mine:.2f} ± {error:.2f}" + ("" if equal else " DIFFERENT"),
            duration(their_step), duration(our_step), f"{ratio:.0f}" + ("" if ratio >= TARGET else " MISSED")])
    text = "### Learning coefficients\n\n" + table(["batch", "λ̂, PyTorch", "λ̂, ours", "PyTorch, a chain and step", "ours", "ratio"], rows)
    return text + (
        f"\nHexagon, n = {FEATURES}, m = {HIDDEN}, {SAMPLES} samples with one active feature, nβ = n/ln n = {nbeta:.0f}, ε = {EPSILON:g}, "
        f"γ = {GAMMA:g}, {CHAINS} chains (ours: {CHAINS} a thread), {BURN_IN} + {DRAWS} steps; λ = 8.5. Times are those of the quickest chain there "
        f"and of the quickest call here. Target: {TARGET:.0f} times as fast on {threads} threads.\n"), fine
