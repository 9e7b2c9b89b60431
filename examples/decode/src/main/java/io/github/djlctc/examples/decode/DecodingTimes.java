package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.emission.Emissions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The times of repeated passes over the same utterances. */
final class DecodingTimes {

    private final int utterances;
    private final int earlier;
    private final long frames;
    private final int threads;
    private final List<Double> cpuSeconds = new ArrayList<>();
    private double leastWallSeconds = Double.POSITIVE_INFINITY;

    /**
     * Starts without times.
     *
     * @param emissions what is decoded
     * @param earlier how many utterances an earlier run has decoded
     */
    DecodingTimes(Emissions emissions, int earlier, int threads) {
        this.earlier = earlier;
        utterances = emissions.size();
        frames = emissions.totalFrames();
        this.threads = threads;
    }

    void add(DecodingPass pass) {
        cpuSeconds.add(pass.cpuSeconds());
        Collections.sort(cpuSeconds);
        leastWallSeconds = Math.min(leastWallSeconds, pass.wallSeconds());
    }

    int utterances() {
        return utterances;
    }

    /** {@return how many more an earlier run has decoded} */
    int earlier() {
        return earlier;
    }

    long frames() {
        return frames;
    }

    int threads() {
        return threads;
    }

    int passes() {
        return cpuSeconds.size();
    }

    /** {@return the least CPU time of all passes} */
    double leastCpuSeconds() {
        return cpuSeconds.get(0);
    }

    /** {@return the CPU time of the middle pass, of the later one of two} */
    double medianCpuSeconds() {
        return cpuSeconds.get(cpuSeconds.size() / 2);
    }

    /** {@return the least elapsed time of all passes} */
    double leastWallSeconds() {
        return leastWallSeconds;
    }

    /** {@return the frames per second of the least CPU time} */
    double framesPerCpuSecond() {
        return frames / leastCpuSeconds();
    }
}
