package io.github.djlctc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes sentences of a small vocabulary in which each word has some likely successors, so that a
 * language model can predict words.
 */
final class SyntheticText {

    private static final int FOLLOWERS = 8;
    private static final double FOLLOWER_SHARE = 0.7;

    private final List<String> words;
    private final int[][] followers;

    SyntheticText() {
        words = words();
        Random random = new Random(1);
        followers = new int[words.size()][FOLLOWERS];
        for (int[] ofOneWord : followers) {
            for (int i = 0; i < FOLLOWERS; i++) {
                ofOneWord[i] = random.nextInt(words.size());
            }
        }
    }

    private static List<String> words() {
        try (InputStream list = SyntheticText.class.getResourceAsStream("words.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns sentences of 3 to 12 words, the same for the same seed. */
    List<String> sentences(int count, long seed) {
        Random random = new Random(seed);
        List<String> sentences = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sentences.add(sentence(3 + random.nextInt(10), random));
        }
        return sentences;
    }

    private String sentence(int length, Random random) {
        List<String> sentence = new ArrayList<>(length);
        int word = anyWord(random);
        for (int i = 0; i < length; i++) {
            sentence.add(words.get(word));
            word =
                    random.nextDouble() < FOLLOWER_SHARE
                            ? followers[word][skewed(FOLLOWERS, random)]
                            : anyWord(random);
        }
        return String.join(" ", sentence);
    }

    private int anyWord(Random random) {
        return skewed(words.size(), random);
    }

    /** Returns a number below the limit, small ones more often. */
    private static int skewed(int limit, Random random) {
        double uniform = random.nextDouble();
        return (int) (limit * uniform * uniform);
    }
}
