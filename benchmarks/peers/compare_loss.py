#!/usr/bin/env python3
"""Times the CTC loss of this library against PyTorch's, taking turns within one run.

Contenders: PyTorch's log_softmax and ctc_loss in the very libtorch that the library uses ("torch"),
each algorithm of the library, and PyTorch under this Python where it has a torch module ("python").
All are pinned to the same cores and given as many threads. A ratio is the time of a contender over
that of "torch" in the same turn; printed are its median and quartiles.

Needs the application of the benchmarks: mvn -B -ntp -Dmaven.test.skip package
"""

import argparse
import glob
import os
import statistics
import subprocess
import time

SIZES = ["50,8,32,10", "200,32,32,30", "1000,16,64,120", "400,16,5000,50", "150,16,6625,25", "300,8,30000,40"]
HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARIES = os.path.join(HERE, "..", "target", "app", "lib", "*.jar")


class Java:
    """A process of the library that measures on request."""

    def __init__(self, threads):
        jars = glob.glob(LIBRARIES)
        if not jars:
            raise SystemExit("no benchmarks in " + LIBRARIES + "; build them first")
        command = ["java", "-Dai.djl.pytorch.num_threads=%d" % threads,
                   "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", os.pathsep.join(jars),
                   "io.github.djlctc.benchmarks.LossTimer"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("the Java process ended at: " + request)
        return [float(number) for number in answer.split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class JavaContender:
    def __init__(self, name, size, threads):
        self.java = Java(threads)
        self.java.ask("open %s %s" % (name, size))

    def time(self, mode, count):
        return self.java.ask("%s %d" % (mode, count))[0] / 1e6

    def memory(self):
        return self.java.ask("memory")[0]

    def close(self):
        self.java.close()


class PythonContender:
    """PyTorch of this Python; None of its time is spent in this module."""

    def __init__(self, torch, size):
        frames, samples, classes, labels = [int(part) for part in size.split(",")]
        self.torch = torch
        self.logits = torch.randn(frames, samples, classes, requires_grad=True)
        self.targets = torch.randint(1, classes, (samples, labels))
        self.input_lengths = torch.full((samples,), frames)
        self.target_lengths = torch.full((samples,), labels)

    def loss(self):
        functional = self.torch.nn.functional
        return functional.ctc_loss(functional.log_softmax(self.logits, 2), self.targets,
                                   self.input_lengths, self.target_lengths)

    def time(self, mode, count):
        start = time.perf_counter()
        for _ in range(count):
            if mode == "backward":
                self.logits.grad = None
                self.loss().backward()
            else:
                with self.torch.no_grad():
                    self.loss()
        return (time.perf_counter() - start) / count * 1e3

    def memory(self):
        return 0

    def close(self):
        self.logits = None


def quartiles(values):
    return statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3


def compare(size, contenders, turns, seconds, warm_up):
    """Returns, by contender and mode, the median milliseconds and the quartiles of the ratios."""
    results = {}
    for mode in ["backward", "forward"]:
        counts = {}
        for name, contender in contenders.items():
            # Until the compilers of the JVM and of TorchScript are done, which takes calls as well.
            start, calls = time.monotonic(), 0
            while time.monotonic() < start + warm_up or (calls < 5000 and time.monotonic() < start + 4 * warm_up):
                contender.time(mode, 5)
                calls += 5
            counts[name] = max(1, int(seconds * 1e3 / contender.time(mode, 3)))
        times = {name: [] for name in contenders}
        for _ in range(turns):
            for name, contender in contenders.items():
                times[name].append(contender.time(mode, counts[name]))
        for name in contenders:
            ratios = [own / base for own, base in zip(times[name], times["torch"])]
            results[name, mode] = statistics.median(times[name]), quartiles(ratios)
    return results


def cell(result):
    milliseconds, (low, middle, high) = result
    return "%9.3f ms %6.3f (%.3f-%.3f)" % (milliseconds, middle, low, high)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.3, help="of each contender in each turn")
    parser.add_argument("--warm-up", type=float, default=3, help="seconds of each contender before its first turn")
    parser.add_argument("--contenders", default="torch,scaled,compact,dense,python")
    parser.add_argument("--no-error", action="store_true", help="skip the comparison with float64")
    parser.add_argument("sizes", nargs="*", default=SIZES, help="T,N,C,S ...")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-options.threads:])
    names = options.contenders.split(",")
    torch = None
    if "python" in names:
        try:
            import torch
            torch.set_num_threads(options.threads)
            print("PyTorch of this Python: " + torch.__version__)
        except ImportError:
            names.remove("python")
            print("this Python has no torch: only contenders in Java")
    print("threads %d, %d turns of %.1f s; milliseconds, and ratio to torch: median (quartiles)"
          % (options.threads, options.turns, options.seconds))
    for size in options.sizes:
        contenders = {name: PythonContender(torch, size) if name == "python"
                      else JavaContender(name, size, options.threads) for name in names}
        results = compare(size, contenders, options.turns, options.seconds, options.warm_up)
        memory = {name: contender.memory() for name, contender in contenders.items()}
        for contender in contenders.values():
            contender.close()
        print("\n(T,N,C,S) = (%s)" % size)
        print("%-12s %-36s %-36s %s" % ("", "forward", "forward and backward", "peak growth"))
        for name in names:
            peak = "%7.1f MiB %.2f" % (memory[name] / 2**20, memory[name] / memory["torch"]) if memory[name] else "-"
            print("%-12s %-36s %-36s %s" % (name, cell(results[name, "forward"]), cell(results[name, "backward"]), peak), flush=True)
        if not options.no_error:
            java = Java(options.threads)
            print("gradient error: torch %.1e, scaled %.1e" % tuple(java.ask("error " + size)), flush=True)
            java.close()


if __name__ == "__main__":
    main()
