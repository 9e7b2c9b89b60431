package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.decode.data.Utterance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The times of repeated passes over the same utterances. */
final class DecodingTimes {

    private final int utterances;
    private final long frames;
    private final int threads;
    private final List<DecodingPass> passes = new ArrayList<>();

    DecodingTimes(List<Utterance> utterances, int threads) {
        this.utterances = utterances.size();
        frames = utterances.stream().mapToLong(Utterance::frames).sum();
        this.threads = threads;
    }

    void add(DecodingPass pass) {
        passes.add(pass);
        passes.sort(Comparator.comparingDouble(DecodingPass::cpuSeconds));
    }

    int utterances() {
        return utterances;
    }

    long frames() {
        return frames;
    }

    int threads() {
        return threads;
    }

    int passes() {
        return passes.size();
    }

    /** {@return the least CPU time of all passes} */
    double leastCpuSeconds() {
        return passes.get(0).cpuSeconds();
    }

    /** {@return the CPU time of the middle pass, of the later one of two} */
    double medianCpuSeconds() {
        return passes.get(passes.size() / 2).cpuSeconds();
    }

    /** {@return the least elapsed time of all passes} */
    double leastWallSeconds() {
        return passes.stream().mapToDouble(DecodingPass::wallSeconds).min().orElseThrow();
    }

    /** {@return the frames per second of the least CPU time} */
    double framesPerCpuSecond() {
        return frames / leastCpuSeconds();
    }
}
