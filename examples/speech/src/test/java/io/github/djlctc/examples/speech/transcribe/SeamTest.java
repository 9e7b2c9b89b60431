package io.github.djlctc.examples.speech.transcribe;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class SeamTest {

    private static final int CLASSES = 6;
    private static final int BLANK = 0;

    /** Both parts have the labels that were said, though not in the same frames. */
    @Property(tries = 500, seed = "1")
    void losesAndDoublesNothing(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Random random = new Random(seed);
        int frames = 40 + random.nextInt(60);
        int[] left = new int[frames];
        int[] right = new int[frames];
        StringBuilder said = new StringBuilder();
        int frame = 2 + random.nextInt(6);
        while (frame < frames - 6) {
            int label = 1 + random.nextInt(CLASSES - 1);
            left[frame + random.nextInt(3)] = label;
            right[frame + random.nextInt(3)] = label;
            said.append(label);
            frame += 4 + random.nextInt(12);
        }

        int seam = Seam.find(logits(left), logits(right), frames, CLASSES, BLANK);

        int[] joined = Arrays.copyOf(left, frames);
        System.arraycopy(right, seam, joined, seam, frames - seam);
        assertThat(labels(joined)).isEqualTo(said.toString());
    }

    @Test
    void liesInTheMiddleOfSilence() {
        int[] silence = new int[40];

        assertThat(Seam.find(logits(silence), logits(silence), 40, CLASSES, BLANK)).isEqualTo(20);
    }

    @Test
    void keepsAwayFromTheEndsWhereOnePartHasHeardLittle() {
        int[] left = new int[40];
        int[] right = new int[40];
        // At its end, the first part hears half a word; at its start, the second one does.
        left[39] = 3;
        right[0] = 4;
        left[10] = 1;
        right[10] = 1;
        left[30] = 2;
        right[30] = 2;

        int seam = Seam.find(logits(left), logits(right), 40, CLASSES, BLANK);

        assertThat(seam).isBetween(11, 30);
    }

    private static float[] logits(int[] path) {
        float[] logits = new float[path.length * CLASSES];
        for (int i = 0; i < path.length; i++) {
            logits[i * CLASSES + path[i]] = 5;
        }
        return logits;
    }

    private static String labels(int[] path) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < path.length; i++) {
            if (path[i] != BLANK && (i == 0 || path[i] != path[i - 1])) {
                labels.append(path[i]);
            }
        }
        return labels.toString();
    }
}
