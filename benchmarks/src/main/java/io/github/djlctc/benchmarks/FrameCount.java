package io.github.djlctc.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts frames, since utterances differ in length: JMH prints how many there are in a second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FrameCount {

    /** The frames of the utterances that were worked on in this iteration. */
    public long frames;

    /** Starts at 0. */
    @Setup(Level.Iteration)
    public void reset() {
        frames = 0;
    }
}
