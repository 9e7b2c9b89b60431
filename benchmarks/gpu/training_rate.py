#!/usr/bin/env python3
"""Prints what a training run with --json says of its speed, memory and errors."""

import json
import statistics
import sys


def main(path):
    with open(path, encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines if line.startswith("{")]
    start = next(event for event in events if "train" in event and "validation" in event)
    epochs = [event for event in events if "seconds" in event and "epoch" in event]
    # The first one compiles, and PyTorch chooses its kernels.
    seconds = statistics.median(epoch["seconds"] for epoch in epochs[1:] or epochs)
    peak = [event["peakMebibytes"] for event in events if "peakMebibytes" in event]
    errors = [event["words"]["rate"] for event in events if "words" in event]
    print("%d epochs of %d utterances, the median one %.2f s with its validation: %.0f utterances a second"
          % (len(epochs), start["train"], seconds, start["train"] / seconds))
    for key in sorted(set().union(*epochs)):
        if key.lower().endswith("seconds") and key != "seconds":
            print("  %s %.3f in the median epoch" % (key, statistics.median(epoch[key] for epoch in epochs)))
    print("peak resident set %s MiB, word error rate %s" % (peak[-1] if peak else "unknown",
                                                            "%.4f" % errors[-1] if errors else "unknown"))


if __name__ == "__main__":
    main(sys.argv[1])
