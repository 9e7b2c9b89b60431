#!/usr/bin/env python3
"""Checks the TorchScript programs of the library on a GPU, and times them.

Those of the loss: losses and gradients of float16, float32 and float64, reduced and per sample, in both
layouts, with mixed lengths, repeated labels, empty targets, infeasible samples, infinite and NaN logits,
against torch's own in float64; times and memory against log_softmax and ctc_loss, native and cuDNN apart.
Those of PackedLSTM: states and gradients against packed sequences in float64, with TF32 and without;
times against torch.nn.LSTM. At the end it says which goals are met. The exit status is 1 if a result is
wrong. Without CUDA, or with --device cpu, it does what it can on the CPU.

Only torch and the standard library are needed. Write the programs to a folder first:

    java -cp 'benchmarks/target/app/lib/*' io.github.djlctc.benchmarks.ExportPrograms programs
    python3 benchmarks/gpu/check_programs.py programs
"""

import argparse
import os
import platform
import sys
import time

import torch

import loss_checks
import lstm_checks
from timing import Goals, Profiles

LOSS_PROGRAMS = ["ctc_dense", "ctc_compact"]
LSTM_PROGRAMS = ["bidirectional_lstm", "joint_lstm", "packed_lstm"]
CPU_PROGRAMS = ["padded_lstm"]
PARTS = ["loss", "lstm"]


def size(text):
    return tuple(int(part) for part in text.split(","))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", help="the folder that ExportPrograms wrote")
    parser.add_argument("--part", choices=PARTS, help="only these programs")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--no-times", action="store_true", help="only check")
    parser.add_argument("--profile", metavar="FILE", help="appends to a file what PyTorch's profiler says of every timed call")
    parser.add_argument("--loss-sizes", type=size, nargs="+", default=loss_checks.SIZES, metavar="T,N,C,S")
    parser.add_argument("--lstm-sizes", type=size, nargs="+", default=lstm_checks.SIZES, metavar="N,T,F,H")
    return parser.parse_args()


def load(folder, part, device):
    names = LOSS_PROGRAMS if part == "loss" else LSTM_PROGRAMS + (CPU_PROGRAMS if device.type == "cpu" else [])
    return {name: torch.jit.load(os.path.join(folder, name + ".pt")) for name in names}


def main():
    options = arguments()
    device = torch.device(options.device)
    torch.manual_seed(1)
    print("date %s, Python %s, PyTorch %s, device %s" % (time.strftime("%Y-%m-%d"), platform.python_version(), torch.__version__,
                                                         torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"))
    if device.type == "cuda":
        print("CUDA %s, cuDNN %s" % (torch.version.cuda, torch.backends.cudnn.version()))
    parts = [options.part] if options.part else PARTS
    programs = {part: load(options.programs, part, device) for part in parts}
    wrong = 0
    goals = Goals()
    profiles = Profiles(options.profile)
    if "loss" in parts:
        wrong += loss_checks.check(programs["loss"], device)
    if "lstm" in parts:
        wrong += lstm_checks.check(programs["lstm"], device)
    if not options.no_times:
        if "loss" in parts:
            loss_checks.measure(programs["loss"], device, options.repeats, options.loss_sizes, goals, profiles)
        if "lstm" in parts:
            lstm_checks.measure(programs["lstm"], device, options.repeats, options.lstm_sizes, goals, profiles)
            lstm_checks.count_warnings(options.programs, device, goals)
        goals.report()
    print("\n%d wrong results" % wrong)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
