#!/usr/bin/env python3
"""Trains the sweep of docs/four-ninths.md with PyTorch at a few densities, as a control, and writes a file that `geometry label` reads.

The model of the spec: x' = ReLU(W^T W x + b), 400 features in 30 dimensions, each active with the density and then uniform in [0, 1);
Xavier-normal start; AdamW with weight decay 0.01; batches of fresh samples; the loss is the mean of (x - x')^2 over batch and features.

Usage: python3 control.py OUT.npz [--densities 0.231,0.221] [--seeds 0,1] [--steps 10000] [--threads 1]
"""
import argparse
import pathlib
import time

import numpy as np
import torch

FEATURES, HIDDEN, BATCH, RATE, DECAY = 400, 30, 1024, 1e-3, 0.01


def samples(density, count):
    return torch.where(torch.rand(count, FEATURES) < density, torch.rand(count, FEATURES), torch.zeros(()))


def loss_of(weights, bias, x):
    return (x - torch.relu(x @ weights.T @ weights + bias)).square().mean()


def train(density, seed, steps):
    torch.manual_seed(seed)
    weights = torch.nn.Parameter(torch.nn.init.xavier_normal_(torch.empty(HIDDEN, FEATURES)))
    bias = torch.nn.Parameter(torch.zeros(FEATURES))
    optimiser = torch.optim.AdamW([weights, bias], lr=RATE, weight_decay=DECAY)
    for _ in range(steps):
        optimiser.zero_grad(set_to_none=True)
        loss_of(weights, bias, samples(density, BATCH)).backward()
        optimiser.step()
    with torch.no_grad():
        loss = loss_of(weights, bias, samples(density, 1 << 16)).item()
    return weights.detach().numpy(), bias.detach().numpy(), loss


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--densities", default="0.231,0.221")
    parser.add_argument("--seeds", default="0,1")
    parser.add_argument("--steps", type=int, default=10000)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    runs = []
    for density in map(float, a.densities.split(",")):
        for seed in map(int, a.seeds.split(",")):
            start = time.perf_counter()
            runs.append((*train(density, seed, a.steps), density, seed))
            print(f"density {density}, seed {seed}: loss {runs[-1][2]:.6f}, {time.perf_counter() - start:.0f} s", flush=True)
    weights, bias, loss, density, seed = (np.array(column) for column in zip(*runs))
    pathlib.Path(a.out).parent.mkdir(parents=True, exist_ok=True)
    np.savez(a.out, W=weights, b=bias, loss=loss, density=density, seed=seed)


if __name__ == "__main__":
    main()
