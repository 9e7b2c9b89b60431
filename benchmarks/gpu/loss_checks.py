"""Results and times of the programs of the loss."""

import torch
from torch.nn import functional

from loss_batch import Batch, Expected, numbers
from timing import Timer

# T, N, C, S
SIZES = [(50, 8, 32, 10), (200, 32, 32, 30), (1000, 16, 64, 120), (400, 16, 5000, 50), (150, 16, 6625, 25), (300, 8, 30000, 40)]
# Where the launches of kernels count, and the goal for AUTO is weaker.
SMALL_SIZES = [(50, 8, 32, 10), (1000, 16, 64, 120)]
DTYPES = [torch.float32, torch.float64, torch.float16]
TOLERANCES = {
    "ctc_dense": {torch.float16: 5e-3, torch.float32: 2e-3, torch.float64: 1e-9},
    "ctc_compact": {torch.float16: 2e-3, torch.float32: 2e-5, torch.float64: 1e-9},
}
# On a GPU, AUTO is COMPACT.
AUTO = "ctc_compact"


def error(actual, expected):
    """The greatest difference over the greatest finite magnitude; infinite unless NaN and inf are at the same places."""
    actual, expected = actual.detach().double().cpu(), expected.detach()
    finite = torch.isfinite(expected)
    if not torch.equal(torch.isnan(actual), torch.isnan(expected)) or not torch.equal(actual[torch.isinf(expected)],
                                                                                       expected[torch.isinf(expected)]):
        return float("inf")
    if not finite.any():
        return 0.0
    # A loss or gradient of 0 is exact.
    scale = expected[finite].abs().max().item() or 1.0
    return (actual[finite] - expected[finite]).abs().max().item() / scale


def batches():
    """By name: small ones, one of many frames, and one of more than 4 million logits.

    PyTorch's kernel for the gradient on CUDA is another one from 2 T + 2.4 N + 0.2 C > 450 on.
    """
    yield "small", Batch.random(12, 4, 7, 5, True)
    yield "last class is the blank", Batch.random(30, 6, 9, 8, True, blank=8)
    yield "equal lengths", Batch.random(40, 3, 50, 12, False)
    yield "many classes", Batch.random(120, 5, 700, 30, True)
    yield "many frames", Batch.random(240, 4, 20, 30, True)
    yield "4 million logits", Batch.random(60, 8, 10000, 12, True)
    regularized = Batch.random(20, 4, 9, 6, True)
    regularized.smoothing, regularized.blank_weight = 0.1, 0.3
    yield "label smoothing and blank weight", regularized
    empty = Batch.random(15, 3, 6, 0, False)
    yield "empty targets only", empty
    for frames, samples, classes, labels in [(12, 3, 7, 4), (240, 4, 20, 30), (60, 8, 10000, 12)]:
        for name, spoil in SPOILERS.items():
            batch = Batch.random(frames, samples, classes, labels, False)
            batch.input_lengths[2] = frames - 3
            spoil(batch)
            yield "%s, %s" % (name, tuple(batch.logits.shape)), batch


def _minus_infinity_in_a_target_column(batch):
    batch.logits[1, 2, batch.targets[1][1]] = -float("inf")
    batch.logits[2, 4, batch.targets[2][0]] = -float("inf")


def _minus_infinity_elsewhere(batch):
    for n in range(batch.samples):
        others = [c for c in range(1, batch.classes) if c not in batch.targets[n].tolist()]
        if others:
            batch.logits[n, 5, others[0]] = -float("inf")


def _impossible_class(batch):
    batch.logits[1, :, batch.targets[1][0]] = -float("inf")


def _nan_in_a_valid_frame(batch):
    batch.logits[1, 3, 2] = float("nan")


def _nan_in_padding(batch):
    batch.logits[2, -2:, :] = float("nan")
    batch.logits[2, -1, 1] = float("inf")


SPOILERS = {
    "-inf in a target's column": _minus_infinity_in_a_target_column,
    "-inf elsewhere": _minus_infinity_elsewhere,
    "a target's class impossible": _impossible_class,
    "NaN in a valid frame": _nan_in_a_valid_frame,
    "NaN in padding": _nan_in_padding,
}


class Checker:
    """Runs the programs in all forms of their arguments, counts what is wrong."""

    def __init__(self, programs, device):
        self.programs = programs
        self.device = device
        self.wrong = 0
        self.runs = 0
        self.worst = {}

    def check(self, description, batch):
        expected = {mean: Expected(batch, mean) for mean in [True, False]}
        # Large ones in the forms that matter: half the memory, and the time of this script.
        large = batch.logits.numel() > 10**6
        for name in self.programs:
            for dtype in DTYPES[:1] if large else DTYPES:
                for time_major in [False, True]:
                    for mean in [True] if large else [True, False]:
                        for per_sample in [False, True]:
                            self._run(description, name, batch, expected[mean], dtype, time_major, mean, per_sample, True, False)
                self._run(description, name, batch, expected[True], dtype, False, True, False, False, False)
                self._run(description, name, batch, expected[True], dtype, False, True, False, True, True)

    def _run(self, description, name, batch, expected, dtype, time_major, mean, per_sample, record, strided):
        logits = self._logits(batch, dtype, time_major, strided)
        leaf = logits.detach().requires_grad_(record)
        loss, summary, _ = self.programs[name](leaf, numbers(name, batch, time_major, mean, per_sample, record))
        tolerance = TOLERANCES[name][dtype]
        errors = {"loss": error(loss.flatten(), expected.losses if per_sample else expected.reduced.view(1))}
        errors["summary"] = error(summary[:1], expected.reduced.view(1))
        if not batch.smoothing:
            errors["losses of the samples"] = error(summary[1:], expected.raw)
        if record:
            self._backward(loss, per_sample, batch, mean)
            slope = leaf.grad.transpose(0, 1) if time_major else leaf.grad
            errors["gradient"] = error(slope, expected.gradient)
            errors["padding"] = 0.0 if self._is_zero_in_padding(slope, batch) else float("inf")
            key = name, str(dtype)
            if errors["gradient"] < float("inf"):
                self.worst[key] = max(self.worst.get(key, 0.0), errors["gradient"])
        elif loss.requires_grad:
            errors["records though told not to"] = float("inf")
        errors["shape"] = 0.0 if self._has_right_shape(loss, batch, time_major, per_sample) else float("inf")
        self.runs += 1
        if max(errors.values()) > tolerance:
            self.wrong += 1
            print("WRONG %s, %s, %s, %s, %s, %s%s: %s" % (
                name, description, dtype, "time major" if time_major else "batch major", "mean" if mean else "sum",
                "per sample" if per_sample else "reduced", ", not contiguous" if strided else "",
                {k: "%.1e" % v for k, v in errors.items() if v > tolerance}))

    def _logits(self, batch, dtype, time_major, strided):
        logits = batch.logits.transpose(0, 1) if time_major else batch.logits
        logits = logits.to(self.device, dtype, copy=True).contiguous()
        if strided:
            wide = torch.full(logits.shape[:2] + (2 * batch.classes + 1,), 3.0, dtype=dtype, device=self.device)
            wide[:, :, 1::2] = logits
            return wide[:, :, 1::2]
        return logits

    def _backward(self, loss, per_sample, batch, mean):
        if not per_sample:
            loss.sum().backward()
            return
        weights = torch.tensor(batch.weights(mean), dtype=loss.dtype, device=loss.device)
        # A dropped sample and one of NaN keep to themselves.
        loss.flatten().backward(weights)

    @staticmethod
    def _is_zero_in_padding(slope, batch):
        beyond = slope.detach().double().cpu().masked_select(batch.padding().expand_as(batch.logits))
        return bool((beyond == 0).all())

    @staticmethod
    def _has_right_shape(loss, batch, time_major, per_sample):
        if not per_sample:
            return tuple(loss.shape) == (1, 1, 1)
        return tuple(loss.shape) == ((1, batch.samples, 1) if time_major else (batch.samples, 1, 1))


def check(programs, device):
    checker = Checker(programs, device)
    for description, batch in batches():
        checker.check(description, batch)
    for (name, dtype), value in sorted(checker.worst.items()):
        print("%-12s %-14s greatest error of a gradient %.1e" % (name, dtype, value))
    print("programs of the loss: %d runs, %d wrong" % (checker.runs, checker.wrong))
    return checker.wrong


def torch_call(logits, batch, device, cudnn):
    """log_softmax and ctc_loss. cuDNN's wants targets in a row and lengths, all int32 and on the GPU, and the blank 0."""
    lengths = torch.tensor([len(ids) for ids in batch.targets])
    input_lengths = torch.tensor(batch.input_lengths)
    if cudnn:
        targets = torch.cat(batch.targets).to(device, torch.int32)
        lengths, input_lengths = lengths.to(device, torch.int32), input_lengths.to(device, torch.int32)
    else:
        targets = torch.stack(batch.targets).to(device)

    def call():
        logits.grad = None
        with torch.backends.cudnn.flags(enabled=cudnn):
            functional.ctc_loss(functional.log_softmax(logits, 2), targets, input_lengths, lengths).backward()

    return call


def program_call(program, logits, argument):
    def call():
        logits.grad = None
        program(logits, argument)[0].backward()

    return call


def measure(programs, device, repeats, sizes, goals, profiles):
    print("\nloss, forward and backward: milliseconds (median of %d, in turns), peak of allocated memory, error of the gradient" % repeats)
    timer = Timer(device)
    for size in sizes:
        frames, samples, classes, labels = size
        batch = Batch.random(frames, samples, classes, labels, False)
        exact = Expected(batch, True, device).gradient
        # All time-major, as torch wants them.
        logits = batch.logits.transpose(0, 1).to(device, torch.float32).contiguous().requires_grad_()
        calls = {"torch native": torch_call(logits, batch, device, False)}
        if device.type == "cuda":
            calls["torch cuDNN"] = torch_call(logits, batch, device, True)
        for name, program in programs.items():
            calls[name] = program_call(program, logits, numbers(name, batch, True, True))
        times = timer.milliseconds(_working(calls), repeats)
        print("(T,N,C,S) = (%d,%d,%d,%d)" % size)
        base = times["torch native"]
        base_peak = timer.peak(calls["torch native"])
        for name in times:
            peak = timer.peak(calls[name])
            calls[name]()
            precision = error(logits.grad.transpose(0, 1), exact)
            print("  %-14s %9.3f ms  ratio %6.3f  %9.1f MiB  %.1e" % (name, times[name], times[name] / base, peak / 2**20, precision), flush=True)
            profiles.add("%s %s" % (name, size), calls[name])
            _add_goals(goals, size, name, times[name] / base, peak / base_peak if base_peak else None, precision)


def _working(calls):
    """Leaves out, and names, what PyTorch refuses."""
    working = {}
    for name, call in calls.items():
        try:
            call()
            working[name] = call
        except RuntimeError as problem:
            print("  %-14s %s" % (name, str(problem).splitlines()[0]))
    return working


def _add_goals(goals, size, name, ratio, memory, precision):
    if name.startswith("torch"):
        return
    if name != AUTO:
        goals.add("time of DENSE over torch native at %s" % (size,), ratio, 1.0)
        return
    goals.add("time of AUTO over torch native at %s" % (size,), ratio, 1.25 if size in SMALL_SIZES else 1.0)
    goals.add("error of AUTO's gradient at %s" % (size,), precision, 2e-6)
    if memory is not None and size[2] >= 5000:
        goals.add("memory of AUTO over torch native at %s" % (size,), memory, 0.55)
