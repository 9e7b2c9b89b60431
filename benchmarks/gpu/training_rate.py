#!/usr/bin/env python3
"""Prints what a training run with --json says of its speed, memory and errors."""

import json
import statistics
import sys


def main(path):
    with open(path, encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines if line.startswith("{")]
    start = next(event for event in events if "train" in event and "validation" in event)
    epochs = [event for event in events if event.get("event") == "epoch"]
    # The first one compiles, and PyTorch chooses its kernels.
    later = epochs[1:] or epochs
    peak = [event["peakMebibytes"] for event in events if "peakMebibytes" in event]
    errors = [event["words"]["rate"] for event in events if "words" in event]
    steps = statistics.median(sum(epoch["stepSeconds"].values()) for epoch in later)
    print("%d epochs of %d utterances, the median one %.2f s: %.0f utterances a second, %.0f with the validation"
          % (len(epochs), start["train"], steps, start["train"] / steps,
             start["train"] / statistics.median(epoch["seconds"] for epoch in later)))
    for part in epochs[0]["stepSeconds"]:
        print("  %-8s %.3f s in the median epoch, %.3f in the first"
              % (part, statistics.median(epoch["stepSeconds"][part] for epoch in later), epochs[0]["stepSeconds"][part]))
    print("peak resident set %s MiB, word error rate %s" % (peak[-1] if peak else "unknown",
                                                            "%.4f" % errors[-1] if errors else "unknown"))


if __name__ == "__main__":
    main(sys.argv[1])
