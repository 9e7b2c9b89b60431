package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.Recipe.TimeMasks;
import io.github.djlctc.examples.speech.augment.FeatureAugmentation;
import io.github.djlctc.examples.speech.feature.FeatureConfig;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RecipeTest {

    private static final int MELS = 40;
    private static final FeatureConfig SOUND = FeatureConfig.logMel(16_000, MELS);

    @Test
    void masksTwoAndAHalfTimesAsMuchForConsistency() {
        double usual = maskedFrames(DataOptions.Kind.LIBRISPEECH, TimeMasks.USUAL);
        double more = maskedFrames(DataOptions.Kind.LIBRISPEECH, TimeMasks.FOR_CONSISTENCY);
        assertThat(more / usual).isCloseTo(2.5, within(0.1));
    }

    @Test
    void viewsOfDataThatVariesEnoughDifferAllTheSame() {
        assertThat(maskedFrames(DataOptions.Kind.FSDD, TimeMasks.USUAL)).isZero();
        assertThat(maskedFrames(DataOptions.Kind.FSDD, TimeMasks.FOR_CONSISTENCY))
                .isCloseTo(
                        maskedFrames(DataOptions.Kind.LIBRISPEECH, TimeMasks.FOR_CONSISTENCY),
                        within(0.5));
    }

    /** The mean number of frames that are masked, of 1,000. */
    private static double maskedFrames(DataOptions.Kind kind, TimeMasks masks) {
        FeatureAugmentation features = Recipe.augmentation(kind, SOUND, false, masks).features();
        SplittableRandom random = new SplittableRandom(5);
        float[] ones = new float[1_000 * MELS];
        Arrays.fill(ones, 1);
        int masked = 0;
        int draws = 2_000;
        for (int draw = 0; draw < draws; draw++) {
            float[] values = features.apply(ones, MELS, random);
            for (int row = 0; row < values.length; row += MELS) {
                masked += values[row] == 0 && values[row + MELS - 1] == 0 ? 1 : 0;
            }
        }
        return (double) masked / draws;
    }
}
