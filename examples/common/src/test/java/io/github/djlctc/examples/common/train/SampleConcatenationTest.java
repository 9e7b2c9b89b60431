package io.github.djlctc.examples.common.train;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class SampleConcatenationTest {

    private static final int LONGEST = 24;

    private final TinyModel model = new TinyModel();

    private List<PreparedSample> prepare(List<TinySample> samples) throws Exception {
        return new Preparation<>(
                        model, TinySample::read, "samples", new SkippedSamples(Policy.STRICT))
                .prepareUsable("test", samples);
    }

    /** Of 8 to 24 frames, all with names and numbers of frames that differ. */
    private List<PreparedSample> samples() throws Exception {
        List<TinySample> samples = new ArrayList<>();
        for (int frames = 8; frames <= LONGEST; frames++) {
            samples.add(new TinySample("of " + frames, frames % 2 == 0 ? "AB" : "D", frames));
        }
        return prepare(samples);
    }

    private List<PreparedSample> withALongOne(TinySample first, TinySample second)
            throws Exception {
        return prepare(List.of(first, second, new TinySample("long", "B", 30)));
    }

    private SampleConcatenation concatenation(double share) {
        return new SampleConcatenation(share, OptionalLong.empty(), model);
    }

    private static List<String> parts(List<PreparedSample> samples) {
        return samples.stream().flatMap(s -> Arrays.stream(s.id().split(" and ", -1))).toList();
    }

    private static List<PreparedSample> pairs(List<PreparedSample> samples) {
        return samples.stream().filter(sample -> sample.id().contains(" and ")).toList();
    }

    @Test
    void hasEachSampleOnceAloneOrInAPair() throws Exception {
        List<PreparedSample> samples = samples();
        for (long seed = 0; seed < 100; seed++) {
            List<PreparedSample> found = concatenation(0.5).apply(samples, seed);

            assertThat(parts(found)).containsExactlyInAnyOrderElementsOf(parts(samples));
            assertThat(pairs(found)).hasSizeBetween(1, 4);
        }
    }

    @Test
    void makesNoPairThatIsLongerThanTheLongestSample() throws Exception {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(concatenation(1).apply(samples(), seed))
                    .allSatisfy(pair -> assertThat(pair.frames()).isLessThanOrEqualTo(LONGEST));
        }
        List<PreparedSample> same =
                prepare(List.of(new TinySample("a", "A", 8), new TinySample("b", "B", 8)));
        assertThat(pairs(concatenation(1).apply(same, 1))).isEmpty();
    }

    @Test
    void makesNoPairOfMoreFramesThanItIsTold() throws Exception {
        SampleConcatenation bounded = new SampleConcatenation(1, OptionalLong.of(20), model);
        for (long seed = 0; seed < 100; seed++) {
            assertThat(pairs(bounded.apply(samples(), seed)))
                    .isNotEmpty()
                    .allSatisfy(pair -> assertThat(pair.frames()).isLessThanOrEqualTo(20));
        }
    }

    /** Two logits hold "AB", and four "AB A"; but "AB AB" needs one for the delimiter too. */
    @Test
    void makesNoPairWhoseTargetDoesNotFit() throws Exception {
        List<PreparedSample> tight =
                withALongOne(new TinySample("a", "AB", 4), new TinySample("b", "AB", 4));
        List<PreparedSample> roomy =
                withALongOne(new TinySample("a", "AB", 4), new TinySample("b", "A", 4));
        for (long seed = 0; seed < 10; seed++) {
            assertThat(ids(concatenation(1).apply(tight, seed))).doesNotContain(" and ");
            assertThat(ids(concatenation(1).apply(roomy, seed))).contains(" and ");
        }
    }

    @Test
    void pairsAsManyAsFit() throws Exception {
        List<TinySample> samples = new ArrayList<>(List.of(new TinySample("long", "AB", 20)));
        for (int i = 0; i < 10; i++) {
            samples.add(new TinySample("short " + i, "AB", 10));
        }
        List<PreparedSample> prepared = prepare(samples);

        assertThat(pairs(concatenation(1).apply(prepared, 3))).hasSize(5);
        assertThat(pairs(concatenation(0.4).apply(prepared, 3))).hasSize(2);
        assertThat(concatenation(0).apply(prepared, 3)).isSameAs(prepared);
    }

    @Test
    void choosesThePairsBySeedAlone() throws Exception {
        SampleConcatenation concatenation = concatenation(0.5);
        Set<String> orders = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            List<PreparedSample> found = concatenation.apply(samples(), seed);

            assertThat(ids(concatenation.apply(samples(), seed))).isEqualTo(ids(found));
            orders.add(ids(found));
        }
        assertThat(orders).hasSizeGreaterThan(15);
    }

    private static String ids(List<PreparedSample> samples) {
        return String.join(", ", samples.stream().map(PreparedSample::id).toList());
    }

    @Test
    void concatenatesFeaturesAndTranscripts() throws Exception {
        List<PreparedSample> samples =
                withALongOne(new TinySample("a", "AB", 10), new TinySample("d", "D", 11));
        PreparedSample pair = pairs(concatenation(1).apply(samples, 1)).get(0);

        int[] frames = pair.id().equals("a and d") ? new int[] {10, 11} : new int[] {11, 10};
        float[] expected = new float[21];
        Arrays.fill(expected, 0, frames[0], frames[0]);
        Arrays.fill(expected, frames[0], 21, frames[1]);
        assertThat(pair.frames()).isEqualTo(21);
        assertThat(pair.features().plain()).isEqualTo(expected);
        float[] varied = pair.features().varied(new SplittableRandom(1));
        assertThat(varied).hasSize(21);
        for (int t = 0; t < varied.length; t++) {
            assertThat(varied[t]).isStrictlyBetween(expected[t], expected[t] + 1);
        }
        assertThat(pair.text()).isEqualTo(frames[0] == 10 ? "AB D" : "D AB");
        assertThat(pair.target())
                .isEqualTo(
                        Arrays.stream(model.alphabet().encode(pair.text()))
                                .asLongStream()
                                .toArray());
    }

    @Test
    void knowsTheLeastFramesOfBothTargets() throws Exception {
        List<PreparedSample> samples =
                withALongOne(new TinySample("a", "AA", 10), new TinySample("d", "AA", 10));
        PreparedSample pair = pairs(concatenation(1).apply(samples, 1)).get(0);

        int required = CTCBatch.requiredFrames(pair.target());
        assertThat(model.logitFrames(pair.leastFrames())).isGreaterThanOrEqualTo(required);
        assertThat(model.logitFrames(pair.leastFrames() - 1)).isLessThan(required);
    }
}
