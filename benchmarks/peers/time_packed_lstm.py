#!/usr/bin/env python3
"""Times torch.nn.LSTM on packed sequences, as PackedLSTMBenchmark times PackedLSTM: two bidirectional
layers, one thread, sequences of which the shortest has 85 % of the frames of the longest.

    python3 benchmarks/peers/time_packed_lstm.py
    benchmarks/target/app/bin/benchmarks PackedLSTM
"""

import statistics
import time

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

SIZES = [(16, 150, 192, 128), (16, 150, 960, 128), (32, 60, 512, 128)]
WARM_UP = 3
REPETITIONS = 15


def milliseconds(step):
    for _ in range(WARM_UP):
        step()
    times = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def measure(samples, frames, features, state_size):
    lstm = torch.nn.LSTM(features, state_size, 2, bidirectional=True, batch_first=True)
    batch = torch.randn(samples, frames, features, requires_grad=True)
    weight = torch.randn(samples, frames, 2 * state_size)
    lengths = torch.linspace(frames, 0.85 * frames, samples).round().long()

    def states():
        packed = pack_padded_sequence(batch, lengths, batch_first=True)
        return pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=frames)[0]

    def forward():
        with torch.no_grad():
            states()

    def forward_backward():
        (states() * weight).sum().backward()

    print(f"{samples}x{frames}x{features}x{state_size}  forward {milliseconds(forward):7.1f} ms"
          f"  forward and backward {milliseconds(forward_backward):7.1f} ms", flush=True)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    print("PyTorch", torch.__version__)
    for size in SIZES:
        measure(*size)


if __name__ == "__main__":
    main()
