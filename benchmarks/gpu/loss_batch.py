"""Batches for the programs of the loss: their arguments, and what should come out."""

import torch
from torch.nn import functional

INFINITY = float("inf")
# Stands for minus infinity in the reference, where that would make NaN: its posterior is 0 too.
IMPOSSIBLE = -1e5


class Batch:
    """A batch on the CPU in float64, batch-major."""

    def __init__(self, logits, targets, input_lengths, blank=0):
        self.logits = logits
        self.targets = targets
        self.input_lengths = input_lengths
        self.blank = blank
        self.samples, self.frames, self.classes = logits.shape
        self.smoothing = 0.0
        self.blank_weight = 0.0

    @staticmethod
    def random(frames, samples, classes, labels, mixed, blank=0):
        logits = torch.randn(samples, frames, classes, dtype=torch.float64).half().double()
        targets, input_lengths = [], []
        for n in range(samples):
            length = labels if not mixed else int(torch.randint(0, labels + 1, (1,)))
            ids = torch.randint(0, classes - 1, (length,))
            ids = ids + (ids >= blank).long()
            if mixed and length > 2:
                ids[1] = ids[0]
            targets.append(ids)
            input_lengths.append(frames if not mixed else int(torch.randint(labels // 2, frames + 1, (1,))))
        return Batch(logits, targets, input_lengths, blank)

    def is_feasible(self, n):
        ids = self.targets[n]
        return len(ids) + int((ids[1:] == ids[:-1]).sum()) <= self.input_lengths[n]

    def padding(self):
        """Which frames lie beyond the length of their sample, (N, T, 1)."""
        return torch.arange(self.frames).view(1, -1, 1) >= torch.tensor(self.input_lengths).view(-1, 1, 1)

    def weights(self, mean):
        return [1 / max(len(ids), 1) / self.samples if mean else 1.0 for ids in self.targets]


class Expected:
    """Losses with infinite ones, the reduced loss and the gradient of it, infinite losses left out."""

    def __init__(self, batch, mean, device="cpu"):
        padding = batch.padding().to(device)
        unusable = torch.isnan(batch.logits.to(device).masked_fill(padding, 0)).flatten(1).any(1)
        logits = batch.logits.to(device).masked_fill(padding, 0).nan_to_num(nan=0.0, neginf=IMPOSSIBLE)
        logits.requires_grad_()
        log_probs = functional.log_softmax(logits, 2)
        lengths = torch.tensor([len(ids) for ids in batch.targets])
        losses = functional.ctc_loss(log_probs.transpose(0, 1), torch.cat(batch.targets).to(device), torch.tensor(batch.input_lengths),
                                     lengths, blank=batch.blank, reduction="none", zero_infinity=True)
        infeasible = torch.tensor([not batch.is_feasible(n) for n in range(batch.samples)], device=device)
        infinite = (infeasible | (losses.detach() > -IMPOSSIBLE / 2)) & ~unusable
        dropped = losses.masked_fill(infinite, 0)
        if batch.smoothing or batch.blank_weight:
            dropped = self._regularized(batch, dropped, log_probs, padding).masked_fill(infinite, 0)
        weights = torch.tensor(batch.weights(mean), dtype=torch.float64, device=device)
        (dropped * weights).sum().backward()
        nan = float("nan")
        self.raw = losses.detach().masked_fill(infinite, INFINITY).masked_fill(unusable, nan).cpu()
        self.losses = dropped.detach().masked_fill(unusable, nan).cpu()
        self.reduced = (self.losses * weights.cpu()).sum()
        self.gradient = logits.grad.masked_fill(unusable.view(-1, 1, 1) & ~padding, nan).cpu()

    @staticmethod
    def _regularized(batch, losses, log_probs, padding):
        valid = (~padding).double()
        probs = log_probs.exp()
        divergence = ((probs * log_probs).sum(2, keepdim=True) + torch.log(torch.tensor(float(batch.classes)).double())) * valid
        blanks = probs[:, :, batch.blank:batch.blank + 1] * valid
        return (1 - batch.smoothing) * losses + batch.smoothing * divergence.sum((1, 2)) + batch.blank_weight * blanks.sum((1, 2))


def dense_ids(batch):
    """Rows of the blank, then the target filled up with the blank."""
    rows = torch.full((batch.samples, 1 + max(1, max(len(ids) for ids in batch.targets))), batch.blank)
    for n, ids in enumerate(batch.targets):
        rows[n, 1:1 + len(ids)] = ids
    return rows


def compact_ids(batch):
    """Rows of the columns, the blank first, then the target as positions in them."""
    longest = max(len(ids) for ids in batch.targets)
    columns = torch.full((batch.samples, 2 * longest + 1), batch.blank)
    columns[:, longest + 1:] = 0
    for n, ids in enumerate(batch.targets):
        places = {}
        for s, label in enumerate(ids.tolist()):
            place = places.setdefault(label, len(places) + 1)
            columns[n, place] = label
            columns[n, longest + 1 + s] = place
    return columns


IDS = {"ctc_dense": dense_ids, "ctc_compact": compact_ids}


def numbers(name, batch, time_major, mean, per_sample=False, record=True):
    """The second argument of a program; infinite losses are dropped."""
    # The library does not read a sample that is dropped anyway.
    read = [length if batch.is_feasible(n) else 0 for n, length in enumerate(batch.input_lengths)]
    regularize = batch.smoothing != 0 or batch.blank_weight != 0
    settings = [batch.blank, time_major, 1, per_sample, record, regularize] + read + [len(ids) for ids in batch.targets]
    weights = batch.weights(mean)
    reals = torch.tensor([batch.smoothing, batch.blank_weight] + weights, dtype=torch.float64)
    singles = torch.tensor(weights + [0.0] * (len(weights) % 2), dtype=torch.float32)
    return torch.cat([torch.tensor(settings), reals.view(torch.int64), singles.view(torch.int64), IDS[name](batch).flatten()])
