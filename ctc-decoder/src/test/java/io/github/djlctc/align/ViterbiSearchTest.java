package io.github.djlctc.align;

import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Divide and conquer finds the path of a plain Viterbi search with all back pointers. */
class ViterbiSearchTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final int CLASSES = LETTERS.size();

    @Property(tries = 500, seed = "1")
    void divisionChangesNothing(
            @ForAll @IntRange(min = 1, max = 60) int frames,
            @ForAll @IntRange(max = 25) int words,
            @ForAll long seed) {
        Random random = new Random(seed);
        String text =
                random.ints(words, 0, 4)
                        .mapToObj(word -> new String[] {"a", "bb", "ab", "*"}[word])
                        .collect(Collectors.joining(" "));
        Transcript transcript = Transcript.parse(text, LETTERS, "*");
        if (transcript.size() + transcript.repeats() > frames) {
            return;
        }
        float[] emissions = new float[frames * CLASSES];
        for (int i = 0; i < emissions.length; i++) {
            // Few different values give ties.
            emissions[i] = random.nextInt(10) == 0 ? -20 : random.nextInt(3);
        }
        double penalty = random.nextInt(3);
        CTCTrellis trellis = trellis(emissions, frames, transcript, penalty);
        int[] expected = plainViterbi(trellis, transcript);
        assertThat(new ViterbiSearch(trellis, Integer.MAX_VALUE).bestPath()).isEqualTo(expected);
        assertThat(new ViterbiSearch(trellis, 0).bestPath()).isEqualTo(expected);
    }

    private static CTCTrellis trellis(
            float[] emissions, int frames, Transcript transcript, double penalty) {
        return new CTCTrellis(emissions, frames, CLASSES, LETTERS.blank(), transcript, penalty);
    }

    /** All scores and back pointers in full matrices, over states 1 to end - 1. */
    private static int[] plainViterbi(CTCTrellis trellis, Transcript transcript) {
        int frames = trellis.frames();
        int end = trellis.end();
        double[][] scores = new double[frames][end];
        int[][] from = new int[frames][end + 1];
        for (int frame = 0; frame < frames; frame++) {
            Arrays.fill(scores[frame], Double.NEGATIVE_INFINITY);
            for (int state = 1; state < end; state++) {
                if (frame > 0) {
                    from[frame][state] = bestOf(scores[frame - 1], state, transcript);
                    scores[frame][state] =
                            scores[frame - 1][from[frame][state]] + trellis.score(frame, state);
                } else if (state <= 2) {
                    scores[frame][state] = trellis.score(frame, state);
                }
            }
        }
        int[] path = new int[frames];
        double[] last = scores[frames - 1];
        path[frames - 1] = end > 2 && last[end - 2] >= last[end - 1] ? end - 2 : end - 1;
        for (int frame = frames - 1; frame > 0; frame--) {
            path[frame - 1] = from[frame][path[frame]];
        }
        return path;
    }

    /** Returns the best state before; of equal ones, a token wins, then the state itself. */
    private static int bestOf(double[] scores, int state, Transcript transcript) {
        if (state % 2 == 1) {
            return scores[state - 1] >= scores[state] ? state - 1 : state;
        }
        int token = state / 2 - 1;
        boolean maySkip = token > 0 && transcript.target(token) != transcript.target(token - 1);
        int best = state;
        if (maySkip && scores[state - 2] > scores[best]) {
            best = state - 2;
        }
        return scores[state - 1] > scores[best] ? state - 1 : best;
    }

    @Test
    void memoryDoesNotGrowWithFramesTimesTokens() {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean,
                "this JVM does not count allocated bytes");
        int frames = 20_000;
        int tokens = 2_000;
        Random random = new Random(1);
        float[] emissions = new float[frames * CLASSES];
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] = (float) random.nextGaussian();
        }
        int[] targets = IntStream.range(0, tokens).map(i -> 1 + i % 3).toArray();
        ForcedAligner aligner = ForcedAligner.builder().setAlphabet(LETTERS).build();
        long before = allocatedBytes();
        Alignment alignment = aligner.align(emissions, frames, targets);
        assertThat(allocatedBytes() - before).isLessThan(3_000_000L);
        assertThat(alignment.tokens()).hasSize(tokens);
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
