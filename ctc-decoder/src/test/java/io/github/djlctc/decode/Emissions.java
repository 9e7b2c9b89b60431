package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.Random;

/** Creates emissions: random ones, and synthetic ones of a text. */
final class Emissions {

    private Emissions() {}

    /** Returns normally distributed logits; the larger the deviation, the surer the frames. */
    static float[] random(Random random, int frames, int classes, double deviation) {
        float[] emissions = new float[frames * classes];
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] = (float) (deviation * random.nextGaussian());
        }
        return emissions;
    }

    /** Returns a frame for each id, whose logit exceeds the others by a margin. */
    static float[] of(int classes, double margin, int... ids) {
        float[] emissions = new float[ids.length * classes];
        for (int frame = 0; frame < ids.length; frame++) {
            emissions[frame * classes + ids[frame]] = (float) margin;
        }
        return emissions;
    }

    /** Returns noisy emissions of a text: two frames for each token and one blank after it. */
    static float[] speech(Random random, Alphabet alphabet, String text, double noise) {
        int[] ids = alphabet.encode(text);
        int[] path = new int[3 * ids.length];
        for (int i = 0; i < ids.length; i++) {
            path[3 * i] = ids[i];
            path[3 * i + 1] = ids[i];
            path[3 * i + 2] = alphabet.blank();
        }
        float[] emissions = of(alphabet.size(), 6, path);
        for (int i = 0; i < emissions.length; i++) {
            emissions[i] += (float) (noise * random.nextGaussian());
        }
        return emissions;
    }

    static float[] frames(float[] emissions, int classes, int from, int to) {
        return Arrays.copyOfRange(emissions, from * classes, to * classes);
    }
}
