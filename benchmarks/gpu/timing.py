"""Times and memory of calls on a device."""

import statistics
import time

import torch

WARM_UP = 10


class Timer:
    def __init__(self, device):
        self.cuda = device.type == "cuda"

    def milliseconds(self, calls, repeats):
        """Medians by name, of calls that take turns, so that all see the same machine."""
        for call in calls.values():
            for _ in range(WARM_UP if self.cuda else 1):
                call()
        times = {name: [] for name in calls}
        for _ in range(repeats):
            for name, call in calls.items():
                times[name].append(self._once(call))
        return {name: statistics.median(values) for name, values in times.items()}

    def _once(self, call):
        if self.cuda:
            start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            torch.cuda.synchronize()
            start.record()
            call()
            end.record()
            torch.cuda.synchronize()
            return start.elapsed_time(end)
        start = time.perf_counter()
        call()
        return (time.perf_counter() - start) * 1e3

    def peak(self, call):
        """Bytes allocated at most during a call, more than before it; 0 on the CPU."""
        if not self.cuda:
            return 0
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        call()
        torch.cuda.synchronize()
        return torch.cuda.max_memory_allocated() - before


class Goals:
    """What was to be reached, and whether it was."""

    def __init__(self):
        self._lines = []

    def add(self, text, value, limit, unit=""):
        met = value <= limit
        self._lines.append("%-8s %s: %.3g%s, at most %.3g%s" % ("met" if met else "NOT MET", text, value, unit, limit, unit))

    def report(self):
        print("\ngoals")
        for line in self._lines:
            print(" ", line)
