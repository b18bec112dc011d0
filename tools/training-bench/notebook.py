"""The published notebook's form of the toy model in PyTorch: all runs of one shape in one tensor, batched einsum.

After Elhage et al. 2022, "Toy Models of Superposition", arXiv 2209.10652: x' = ReLU(W^T W x + b), AdamW, fresh samples each step, the loss
the mean over batch and features of I_i (x_i - x'_i)^2, summed over runs.
"""
import torch


class Sweep:
    def __init__(self, densities, features, hidden, importance, rate, seed=0):
        torch.manual_seed(seed)
        runs = len(densities)
        self.density = torch.tensor(densities, dtype=torch.float32)[:, None]
        self.importance = torch.tensor(importance, dtype=torch.float32)
        self.weights = torch.empty(runs, features, hidden)
        for matrix in self.weights:  # fans of each run's own matrix
            torch.nn.init.xavier_normal_(matrix)
        self.weights.requires_grad_()
        self.bias = torch.zeros(runs, features, requires_grad=True)
        self.optimiser = torch.optim.AdamW([self.weights, self.bias], lr=rate)

    def samples(self, batch):
        shape = (batch, self.weights.shape[0], self.weights.shape[1])
        return torch.where(torch.rand(shape) <= self.density, torch.rand(shape), torch.zeros(()))

    def step(self, batch):
        self.optimiser.zero_grad(set_to_none=True)
        x = self.samples(batch)
        hidden = torch.einsum("...if,ifh->...ih", x, self.weights)
        out = torch.relu(torch.einsum("...ih,ifh->...if", hidden, self.weights) + self.bias)
        loss = (self.importance * (x - out) ** 2).mean(dim=(0, 2)).sum()
        loss.backward()
        self.optimiser.step()
        return loss
