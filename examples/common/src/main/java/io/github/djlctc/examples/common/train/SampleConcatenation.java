package io.github.djlctc.examples.common.train;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Has some training samples follow each other in one. A model that goes on from the state it has,
 * and always began with a new one in training, mistakes what comes after a pause. This is the
 * random utterance concatenation of Lin et al. (arXiv 2210.15876), here with pairs that stay the
 * same in all epochs.
 */
final class SampleConcatenation {

    private final double share;
    private final OptionalLong mostFrames;
    private final RecognitionModel model;

    /**
     * Prepares the concatenation.
     *
     * @param share the share of the samples that are in a pair, at most, 0 to 1
     * @param mostFrames what a pair may have at most, if there is a limit
     * @param model what is trained
     */
    SampleConcatenation(double share, OptionalLong mostFrames, RecognitionModel model) {
        this.share = share;
        this.mostFrames = mostFrames;
        this.model = model;
    }

    /**
     * Concatenates pairs of samples. No pair has more frames than the longest sample, or too few
     * for both targets, which can take a frame more than each by itself.
     *
     * @param seed decides which
     * @return the pairs and the other samples; where there are no pairs, the samples as they are
     */
    List<PreparedSample> apply(List<PreparedSample> samples, long seed) {
        int pairs = (int) (share * samples.size() / 2);
        if (pairs == 0) {
            return samples;
        }
        long longest = samples.stream().mapToLong(PreparedSample::frames).max().orElseThrow();
        long most = Math.min(longest, mostFrames.orElse(longest));
        List<PreparedSample> rest = new ArrayList<>(samples);
        Collections.shuffle(rest, new Random(seed));
        List<PreparedSample> result = new ArrayList<>();
        PreparedSample waiting = null;
        for (PreparedSample sample : rest) {
            if (pairs == 0) {
                result.add(sample);
                continue;
            }
            if (waiting == null) {
                waiting = sample;
                continue;
            }
            Optional<PreparedSample> pair = pair(waiting, sample, most);
            if (pair.isPresent()) {
                result.add(pair.get());
                waiting = null;
                pairs--;
            } else {
                boolean isLonger = sample.frames() > waiting.frames();
                result.add(isLonger ? sample : waiting);
                waiting = isLonger ? waiting : sample;
            }
        }
        if (waiting != null) {
            result.add(waiting);
        }
        return result;
    }

    /** Concatenates two samples, unless they have too many frames or too few for both targets. */
    private Optional<PreparedSample> pair(PreparedSample first, PreparedSample second, long most) {
        int frames = first.frames() + second.frames();
        if (frames > most) {
            return Optional.empty();
        }
        long[] target = target(first.target(), second.target());
        if (model.logitFrames(frames) < CTCBatch.requiredFrames(target)) {
            return Optional.empty();
        }
        return Optional.of(
                new PreparedSample(
                        first.id() + " and " + second.id(),
                        (first.text() + " " + second.text()).strip(),
                        target,
                        frames,
                        PreparedSample.leastFrames(model, target, frames),
                        new Concatenation(first.features(), second.features())));
    }

    private long[] target(long[] first, long[] second) {
        Alphabet alphabet = model.alphabet();
        LongStream between =
                first.length > 0 && second.length > 0
                        ? alphabet.wordDelimiter().stream().asLongStream()
                        : LongStream.empty();
        return LongStream.concat(
                        LongStream.concat(Arrays.stream(first), between), Arrays.stream(second))
                .toArray();
    }

    private record Concatenation(FeatureSource first, FeatureSource second)
            implements FeatureSource {

        @Override
        public float[] plain() throws IOException {
            return concatenate(first.plain(), second.plain());
        }

        @Override
        public float[] varied(RandomGenerator random) throws IOException {
            return concatenate(first.varied(random), second.varied(random));
        }

        private static float[] concatenate(float[] first, float[] second) {
            float[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }
}
