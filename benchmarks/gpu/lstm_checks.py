"""Results and times of the programs of PackedLSTM."""

import copy
import os
import subprocess
import sys

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from timing import Timer

# N, T, F, H; two bidirectional layers
SIZES = [(16, 150, 192, 128), (32, 500, 512, 320)]
# What PackedLSTM takes on a GPU, with states up to 128 and above, and what results are compared with.
SMALL, LARGE, PACKED = "bidirectional_lstm", "joint_lstm", "packed_lstm"
LAYERS, DIRECTIONS = 2, 2
# Of the greatest element. TF32 has 10 bits. cuDNN's LSTM for padded sequences is off by 1e-5 in float32
# too, torch's own with it, which is printed beside.
FLOAT64, FLOAT32, TF32 = 1e-9, 5e-5, 3e-3
WARNING = "single contiguous chunk"
WARNING_STEPS = 5


class Layers:
    """Weights as DJL has them, each an array of its own, and a batch of different lengths."""

    def __init__(self, samples, frames, features, state_size):
        self.module = torch.nn.LSTM(features, state_size, LAYERS, bidirectional=True, batch_first=True)
        self.settings = torch.tensor([LAYERS, DIRECTIONS, state_size, 0, 1], dtype=torch.float64)
        self.lengths = torch.linspace(frames, 0.85 * frames, samples).round().long()
        self.input = torch.randn(samples, frames, features)
        self.slope = torch.randn(samples, frames, DIRECTIONS * state_size)

    def tensors(self, device, dtype, spoilt):
        """The input, the weights and the slope of the states, on a device."""
        data = self.input.clone()
        if spoilt:
            beyond = torch.arange(data.shape[1]).view(1, -1) >= self.lengths.view(-1, 1)
            data[beyond] = float("nan")
        data = data.to(device, dtype).requires_grad_()
        weights = [p.detach().clone().to(device, dtype).requires_grad_() for p in self.module.parameters()]
        return data, weights, self.slope.to(device, dtype)

    def states_and_gradients(self, program, device, dtype, spoilt):
        data, weights, slope = self.tensors(device, dtype, spoilt)
        states = program(data, self.lengths, self.settings, weights)
        (states * slope).sum().backward()
        return [t.detach().double().cpu() for t in [states, data.grad] + [w.grad for w in weights]]

    def own_error(self, device):
        """Of torch's module in float32, where all sequences have the full length."""
        with torch.no_grad():
            expected = copy.deepcopy(self.module).double()(self.input.double())[0]
            actual = copy.deepcopy(self.module).to(device)(self.input.to(device))[0]
        return _error(actual.double().cpu(), expected)


def check(programs, device):
    """Compares with the packed program in float64 on the CPU, whose LSTM needs no padding."""
    wrong = 0
    for size in [(4, 11, 5, 7), (5, 60, 40, 32)]:
        layers = Layers(*size)
        expected = layers.states_and_gradients(programs[PACKED], torch.device("cpu"), torch.float64, False)
        for name, program in programs.items():
            for dtype, tf32, tolerance in [(torch.float64, False, FLOAT64), (torch.float32, False, FLOAT32), (torch.float32, True, TF32)]:
                if tf32 and device.type != "cuda":
                    continue
                torch.backends.cudnn.allow_tf32 = tf32
                actual = layers.states_and_gradients(program, device, dtype, True)
                errors = [_error(a, e) for a, e in zip(actual, expected)]
                bad = not max(errors) <= tolerance
                wrong += bad
                print("%s%-12s %-14s TF32 %-3s error of the states %.1e, of the gradients %.1e" % (
                    "WRONG " if bad else "", name, dtype, "on" if tf32 else "off", errors[0], max(errors[1:])))
        torch.backends.cudnn.allow_tf32 = False
        print("torch's own LSTM without padding, torch.float32, TF32 off: error of the states %.1e" % layers.own_error(device))
    torch.backends.cudnn.allow_tf32 = True
    print("programs of PackedLSTM: %d wrong" % wrong)
    return wrong


def _error(actual, expected):
    return (actual - expected).abs().max().item() / expected.abs().max().item()


def measure(programs, device, repeats, sizes, goals, profiles):
    print("\nLSTM, forward and backward: milliseconds (median of %d, in turns)" % repeats)
    for size in sizes:
        layers = Layers(*size)
        data, weights, slope = layers.tensors(device, torch.float32, False)
        module = layers.module.to(device)
        calls = {
            "torch padded": lambda: (module(data)[0] * slope).sum().backward(),
            "torch packed": lambda: (_packed(module, data, layers.lengths) * slope).sum().backward(),
        }
        for name, program in programs.items():
            calls[name] = lambda p=program: (p(data, layers.lengths, layers.settings, weights) * slope).sum().backward()
        times = Timer(device).milliseconds(calls, repeats)
        print("(N,T,F,H) = (%d,%d,%d,%d)" % size)
        for name, milliseconds in times.items():
            profiles.add("%s %s" % (name, size), calls[name])
            print("  %-14s %9.3f ms  ratio %6.3f" % (name, milliseconds, milliseconds / times["torch padded"]), flush=True)
        if size == SIZES[0]:
            goals.add("milliseconds of PackedLSTM's program at %s" % (size,), times[SMALL], 5.0, " ms")
        if size == SIZES[1]:
            goals.add("time of PackedLSTM's program over torch padded at %s" % (size,), times[LARGE] / times["torch padded"], 1.1)


def _packed(module, data, lengths):
    packed = pack_padded_sequence(data, lengths, batch_first=True)
    return pad_packed_sequence(module(packed)[0], batch_first=True, total_length=data.shape[1])[0]


def count_warnings(folder, device, goals):
    """Counts PyTorch's warnings of weights that are not in one chunk; processes of their own, as they are written by C++."""
    print()
    for name in [SMALL, LARGE]:
        environment = dict(os.environ, PYTHONWARNINGS="always")
        child = subprocess.run([sys.executable, os.path.abspath(__file__), folder, str(device), name], stderr=subprocess.PIPE, text=True,
                               env=environment, check=True)
        count = child.stderr.count(WARNING)
        print("warnings of weights that are not in one chunk: %d in %d steps of %s" % (count, WARNING_STEPS, name))
        goals.add("warnings of weights that are not in one chunk, %s" % name, count, 0)


def _steps(folder, device, name):
    program = torch.jit.load(os.path.join(folder, name + ".pt"))
    layers = Layers(*SIZES[0])
    for _ in range(WARNING_STEPS):
        layers.states_and_gradients(program, torch.device(device), torch.float32, False)


if __name__ == "__main__":
    _steps(*sys.argv[1:])
