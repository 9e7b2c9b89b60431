#!/usr/bin/env python3
"""Checks the TorchScript programs of the CTC loss on a GPU, and times them.

Losses and gradients of float32 and float64, both reductions, both layouts, mixed lengths, repeated
labels, empty targets and infeasible samples are compared with torch's own in float64 on the CPU.
Then the programs are timed against log_softmax and ctc_loss, native and cuDNN apart, and the peak of
the allocated memory is taken. Without CUDA, or with --device cpu, it does what it can on the CPU.

Only torch and the standard library are needed. Write the programs to a folder first:

    java -cp 'benchmarks/target/app/lib/*' io.github.djlctc.benchmarks.ExportPrograms programs
    python3 benchmarks/gpu/check_programs.py programs
"""

import argparse
import os
import platform
import statistics
import sys
import time

import torch
from torch.nn import functional

SIZES = [(50, 8, 32, 10), (200, 32, 32, 30), (1000, 16, 64, 120), (400, 16, 5000, 50), (150, 16, 6625, 25), (300, 8, 30000, 40)]
TOLERANCES = {torch.float32: 2e-3, torch.float64: 1e-9}
COMPACT_TOLERANCES = {torch.float32: 2e-5, torch.float64: 1e-9}
INFINITY = float("inf")


class Batch:
    """A batch on the CPU in float64, batch-major."""

    def __init__(self, logits, targets, input_lengths, blank=0):
        self.logits = logits
        self.targets = targets
        self.input_lengths = input_lengths
        self.blank = blank
        self.samples, self.frames, self.classes = logits.shape

    @staticmethod
    def random(frames, samples, classes, labels, mixed, blank=0):
        logits = torch.randn(samples, frames, classes, dtype=torch.float64).float().double()
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

    def weights(self, mean):
        return [1 / max(len(ids), 1) / self.samples if mean else 1.0 for ids in self.targets]


def reference(batch, mean):
    """Losses with infinite ones, the reduced loss and its gradient without them."""
    logits = batch.logits.clone().requires_grad_()
    log_probs = functional.log_softmax(logits, 2).transpose(0, 1)
    lengths = torch.tensor([len(ids) for ids in batch.targets])
    losses = functional.ctc_loss(log_probs, torch.cat(batch.targets), torch.tensor(batch.input_lengths), lengths,
                                 blank=batch.blank, reduction="none")
    finite = losses.masked_fill(losses == INFINITY, 0)
    zeroed = functional.ctc_loss(log_probs, torch.cat(batch.targets), torch.tensor(batch.input_lengths), lengths,
                                 blank=batch.blank, reduction="none", zero_infinity=True)
    weights = torch.tensor(batch.weights(mean), dtype=torch.float64)
    (zeroed * weights).sum().backward()
    return losses.detach(), (finite * weights).sum().item(), logits.grad


def ids_of(name, batch, device):
    if name == "ctc_dense":
        return torch.cat(batch.targets).to(device)
    longest = max(len(ids) for ids in batch.targets)
    columns = torch.full((batch.samples, 2 * longest + 1), batch.blank)
    columns[:, longest + 1:] = 0
    for n, ids in enumerate(batch.targets):
        places = {}
        for s, label in enumerate(ids.tolist()):
            place = places.setdefault(label, len(places) + 1)
            columns[n, place] = label
            columns[n, longest + 1 + s] = place
    return columns.to(device)


def arguments(name, batch, time_major, mean, device):
    # The library does not read a sample that is dropped anyway; PyTorch 1 takes no length of 0.
    keeps = int(torch.__version__.split(".")[0]) < 2
    read = [length if keeps or batch.is_feasible(n) else 0 for n, length in enumerate(batch.input_lengths)]
    integers = torch.tensor([batch.blank, int(time_major), 1] + read + [len(ids) for ids in batch.targets])
    reals = torch.tensor([0.0, 0.0] + batch.weights(mean), dtype=torch.float64)
    return ids_of(name, batch, device), integers, reals


def error(actual, expected):
    scale = expected.abs().max().item() or 1.0
    return (actual.detach().double().cpu() - expected).abs().max().item() / scale


def check(programs, device):
    failures = 0
    worst = {}
    batches = [Batch.random(12, 4, 7, 5, True), Batch.random(30, 6, 9, 8, True, blank=8), Batch.random(120, 5, 700, 30, True),
               Batch.random(40, 3, 50, 12, False)]
    for batch in batches:
        for mean in [True, False]:
            losses, reduced, gradient = reference(batch, mean)
            finite = losses != INFINITY
            for name, program in programs.items():
                for dtype in [torch.float32, torch.float64]:
                    for time_major in [False, True]:
                        logits = batch.logits.transpose(0, 1) if time_major else batch.logits
                        logits = logits.to(device, dtype, copy=True).contiguous().requires_grad_()
                        value, own, summary = program(logits, *arguments(name, batch, time_major, mean, device))
                        value.backward()
                        slope = logits.grad.transpose(0, 1) if time_major else logits.grad
                        tolerance = (TOLERANCES if name == "ctc_dense" else COMPACT_TOLERANCES)[dtype]
                        errors = [error(own, losses.masked_fill(~finite, 0)), abs(value.item() - reduced) / (1 + abs(reduced)),
                                  error(slope, gradient)]
                        same = torch.equal(torch.isinf(summary[1:]).cpu(), ~finite)
                        key = name, str(dtype)
                        worst[key] = max(worst.get(key, 0.0), errors[2])
                        if max(errors) > tolerance or not same:
                            failures += 1
                            print("WRONG", name, dtype, "time major" if time_major else "batch major",
                                  "mean" if mean else "sum", tuple(batch.logits.shape), errors, same)
    for (name, dtype), value in worst.items():
        print("%-12s %-14s greatest error of a gradient %.1e" % (name, dtype, value))
    return failures


class Timer:
    def __init__(self, device):
        self.cuda = device.type == "cuda"

    def milliseconds(self, call, repeats):
        times = []
        for _ in range(repeats):
            if self.cuda:
                start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
                start.record()
                call()
                end.record()
                torch.cuda.synchronize()
                times.append(start.elapsed_time(end))
            else:
                start = time.perf_counter()
                call()
                times.append((time.perf_counter() - start) * 1e3)
        return statistics.median(times)

    def peak(self, call):
        """Bytes allocated at most during a call, more than before it."""
        if not self.cuda:
            return 0
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        call()
        torch.cuda.synchronize()
        return torch.cuda.max_memory_allocated() - before


def torch_call(logits, batch, device, cudnn):
    """log_softmax and ctc_loss; cuDNN's needs targets of int32 in a row on the CPU."""
    lengths = torch.tensor([len(ids) for ids in batch.targets], dtype=torch.int32)
    input_lengths = torch.tensor(batch.input_lengths, dtype=torch.int32)
    if cudnn:
        targets = torch.cat(batch.targets).int()
    else:
        targets = torch.stack(batch.targets).to(device)
        lengths, input_lengths = lengths.long(), input_lengths.long()

    def call():
        logits.grad = None
        with torch.backends.cudnn.flags(enabled=cudnn):
            functional.ctc_loss(functional.log_softmax(logits, 2), targets, input_lengths, lengths).backward()

    return call


def program_call(program, logits, inputs):
    def call():
        logits.grad = None
        program(logits, *inputs)[0].backward()

    return call


def measure(programs, device, repeats):
    print("\nforward and backward in milliseconds (median of %d), and peak of allocated memory" % repeats)
    timer = Timer(device)
    for frames, samples, classes, labels in SIZES:
        batch = Batch.random(frames, samples, classes, labels, False)
        # Both time-major, as torch wants them.
        logits = batch.logits.transpose(0, 1).to(device, torch.float32).contiguous().requires_grad_()
        calls = {"torch native": torch_call(logits, batch, device, False)}
        if device.type == "cuda":
            calls["torch cuDNN"] = torch_call(logits, batch, device, True)
        for name, program in programs.items():
            calls[name] = program_call(program, logits, arguments(name, batch, True, True, device))
        print("(T,N,C,S) = (%d,%d,%d,%d)" % (frames, samples, classes, labels))
        base = None
        for name, call in calls.items():
            try:
                for _ in range(3):
                    call()
                milliseconds = timer.milliseconds(call, repeats)
            except RuntimeError as problem:
                print("  %-14s %s" % (name, str(problem).splitlines()[0]))
                continue
            base = base or milliseconds
            peak = "%9.1f MiB" % (timer.peak(call) / 2**20) if timer.cuda else ""
            print("  %-14s %9.3f ms  ratio %6.3f  %s" % (name, milliseconds, milliseconds / base, peak), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", help="the folder that ExportPrograms wrote")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--no-times", action="store_true", help="only check")
    options = parser.parse_args()
    device = torch.device(options.device)
    torch.manual_seed(1)
    print("date %s, Python %s, PyTorch %s, device %s" % (time.strftime("%Y-%m-%d"), platform.python_version(), torch.__version__,
                                                         torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"))
    if device.type == "cuda":
        print("CUDA %s, cuDNN %s" % (torch.version.cuda, torch.backends.cudnn.version()))
    programs = {name: torch.jit.load(os.path.join(options.programs, name + ".pt")) for name in ["ctc_dense", "ctc_compact"]}
    failures = check(programs, device)
    print("%d wrong results" % failures)
    if not options.no_times:
        measure(programs, device, options.repeats)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
