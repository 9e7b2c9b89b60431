package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Words of two unlike letters from A to D, as features of four values: each letter lasts a few
 * frames in which the value of its own is high, with low frames before and after.
 */
public final class TinyCorpus {

    public static final int DIMENSIONS = 4;
    public static final ModelConfig CONFIG =
            new ModelConfig(
                    FeatureConfig.precomputed(DIMENSIONS, 0.01),
                    new ModelSize(24, 16, 1, 2, 0),
                    LetterCase.UPPER);

    private TinyCorpus() {}

    public static Alphabet alphabet() {
        return Alphabet.ofCharacters(" ABCD").toBuilder().optLetterCase(LetterCase.UPPER).build();
    }

    public static Corpus<Utterance> corpus() {
        return new Corpus<>(
                "tiny",
                Utterance.UNIT,
                utterances("train", 48),
                utterances("valid", 6),
                utterances("test", 8));
    }

    public static List<Utterance> utterances(String split, int count) {
        List<Utterance> utterances = new ArrayList<>();
        Random random = new Random(split.hashCode());
        for (int i = 0; i < count; i++) {
            // Each pair of unlike letters in its turn.
            char first = (char) ('A' + i % 4);
            char second = (char) ('A' + (i % 4 + 1 + i / 4 % 3) % 4);
            FeatureMatrix features = features("" + first + second, random.nextLong());
            utterances.add(new Utterance(split + "-" + i, "" + first + second, () -> features));
        }
        return utterances;
    }

    public static FeatureMatrix features(String word, long seed) {
        Random random = new Random(seed);
        int[] frames = {4 + random.nextInt(4), 4 + random.nextInt(4)};
        float[] values = new float[(frames[0] + frames[1] + 6) * DIMENSIONS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        int frame = 2;
        for (int letter = 0; letter < 2; letter++) {
            for (int t = 0; t < frames[letter]; t++) {
                values[frame++ * DIMENSIONS + word.charAt(letter) - 'A'] += 1;
            }
            frame += 2;
        }
        return new FeatureMatrix(values, DIMENSIONS);
    }
}
