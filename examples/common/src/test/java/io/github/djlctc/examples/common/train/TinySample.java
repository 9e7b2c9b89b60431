package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.data.CorpusSample;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A sample whose features are all the number of its frames, and noise when varied. */
record TinySample(String id, String text, int frames) implements CorpusSample {

    static ReadSample read(TinySample sample) throws UnreadableSampleException {
        if (sample.frames == 0) {
            throw new UnreadableSampleException("gone", sample.id + " has no frames");
        }
        return new ReadSample(sample.frames, sample.values(), sample.new Features());
    }

    private float[] values() {
        float[] values = new float[frames];
        Arrays.fill(values, frames);
        return values;
    }

    private final class Features implements FeatureSource {

        @Override
        public float[] plain() {
            return values();
        }

        @Override
        public float[] varied(RandomGenerator random) {
            float[] values = values();
            for (int t = 0; t < frames; t++) {
                values[t] += random.nextFloat();
            }
            return values;
        }
    }
}
