package io.github.djlctc.align;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ForcedAlignerPropertyTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("abc");
    private static final int BLANK = LETTERS.blank();
    private static final int CLASSES = LETTERS.size();

    private final ForcedAligner aligner = ForcedAligner.builder().setAlphabet(LETTERS).build();

    @Property(tries = 300, seed = "1")
    void noPathOfTheTextIsBetter(
            @ForAll @IntRange(max = 6) int frames,
            @ForAll @IntRange(max = 4) int tokens,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] logits = logits(random, frames);
        int[] targets = random.ints(tokens, 1, CLASSES).toArray();
        double expected = bestScoreOfAllPaths(logits, frames, targets);
        if (expected == Double.NEGATIVE_INFINITY) {
            assertThatThrownBy(() -> aligner.align(logits, frames, targets))
                    .isInstanceOf(UnalignableTextException.class);
            return;
        }
        Alignment alignment = aligner.align(logits, frames, targets);
        assertThat(alignment.score()).isCloseTo(expected, within(1e-9));
        int[] path = path(alignment.tokens(), frames);
        assertThat(collapse(path)).isEqualTo(list(targets));
        assertThat(score(logits, path)).isCloseTo(expected, within(1e-9));
    }

    @Property(tries = 100, seed = "1")
    void wildcardsLetAnythingPass(
            @ForAll @IntRange(min = 1, max = 8) int frames, @ForAll long seed) {
        Random random = new Random(seed);
        float[] logits = logits(random, frames);
        ForcedAligner wild =
                ForcedAligner.builder().setAlphabet(LETTERS).optWildcard("*", 0.5).build();
        double best = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < frames; start++) {
            for (int end = start + 1; end <= frames; end++) {
                double score = 0;
                for (int frame = 0; frame < frames; frame++) {
                    score +=
                            frame >= start && frame < end
                                    ? logProbability(logits, frame, 1)
                                    : wildcardScore(logits, frame, 0.5);
                }
                best = Math.max(best, score);
            }
        }
        assertThat(wild.align(logits, frames, "* a *").score()).isCloseTo(best, within(1e-9));
    }

    /** Logits with ties and, now and then, impossible classes. */
    private static float[] logits(Random random, int frames) {
        float[] logits = new float[frames * CLASSES];
        for (int i = 0; i < logits.length; i++) {
            boolean impossible = random.nextInt(20) == 0 && i % CLASSES > 0;
            logits[i] = impossible ? Float.NEGATIVE_INFINITY : random.nextInt(5);
        }
        return logits;
    }

    private static double bestScoreOfAllPaths(float[] logits, int frames, int[] targets) {
        List<Integer> expected = list(targets);
        double best = Double.NEGATIVE_INFINITY;
        int[] path = new int[frames];
        for (int number = 0; number < Math.pow(CLASSES, frames); number++) {
            int rest = number;
            for (int frame = 0; frame < frames; frame++) {
                path[frame] = rest % CLASSES;
                rest /= CLASSES;
            }
            if (collapse(path).equals(expected)) {
                best = Math.max(best, score(logits, path));
            }
        }
        return best;
    }

    private static List<Integer> list(int[] labels) {
        return Arrays.stream(labels).boxed().toList();
    }

    private static List<Integer> collapse(int[] path) {
        List<Integer> labels = new ArrayList<>();
        for (int frame = 0; frame < path.length; frame++) {
            boolean repeats = frame > 0 && path[frame] == path[frame - 1];
            if (!repeats && path[frame] != BLANK) {
                labels.add(path[frame]);
            }
        }
        return labels;
    }

    private static int[] path(List<TokenSpan> tokens, int frames) {
        int[] path = new int[frames];
        for (TokenSpan token : tokens) {
            for (int frame = token.startFrame(); frame < token.endFrame(); frame++) {
                path[frame] = token.id();
            }
        }
        return path;
    }

    private static double score(float[] logits, int[] path) {
        double score = 0;
        for (int frame = 0; frame < path.length; frame++) {
            score += logProbability(logits, frame, path[frame]);
        }
        return score;
    }

    private static double wildcardScore(float[] logits, int frame, double penalty) {
        double best = logProbability(logits, frame, BLANK);
        for (int id = 0; id < CLASSES; id++) {
            best = Math.max(best, logProbability(logits, frame, id) - penalty);
        }
        return best;
    }

    private static double logProbability(float[] logits, int frame, int id) {
        double sum = 0;
        for (int other = 0; other < CLASSES; other++) {
            sum += Math.exp(logits[frame * CLASSES + other]);
        }
        return logits[frame * CLASSES + id] - Math.log(sum);
    }
}
