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


class Profiles:
    """Where the time of calls goes, to a file: what PyTorch's profiler says of each."""

    CALLS = 3
    # What waits for a device, or makes it work, of CUDA's runtime.
    COUNTED = ["cudaLaunchKernel", "cuLaunchKernel", "cudaMemcpyAsync", "cudaMemsetAsync", "cudaStreamSynchronize"]

    def __init__(self, path):
        self._path = path

    def add(self, title, call):
        if not self._path:
            return
        activities = [torch.profiler.ProfilerActivity.CPU]
        if torch.cuda.is_available():
            activities.append(torch.profiler.ProfilerActivity.CUDA)
        with torch.profiler.profile(activities=activities) as profile:
            for _ in range(self.CALLS):
                call()
            if torch.cuda.is_available():
                torch.cuda.synchronize()
        averages = profile.key_averages()
        counts = {event.key: event.count / self.CALLS for event in averages}
        with open(self._path, "a", encoding="utf-8") as file:
            file.write("== %s; of one call: %s\n" % (title, ", ".join("%s %g" % (k, counts[k]) for k in self.COUNTED if k in counts)))
            for order in ["self_cuda_time_total", "self_cpu_time_total"]:
                file.write(averages.table(sort_by=order, row_limit=30, max_name_column_width=60) + "\n")


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
