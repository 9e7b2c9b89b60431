package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.htr.corpus.LineSample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Handwritten lines of 1 to 5 words, drawn with a pen when they are read: English words, names,
 * figures and punctuation, in the hands of writers who print or join their letters.
 *
 * <p>The parts share no text and no writer: 300 writers train, 20 others validate and 40 others
 * test, each with letter shapes, slant, spacing and pen of their own. No text comes twice in the
 * corpus, and no letter is drawn twice in the same way.
 *
 * <p>The seed decides everything; the order and the thread of reading have no influence. A smaller
 * part is the beginning of a larger one, and the sizes of other parts do not matter to it.
 */
public final class PenCorpus {

    /** Far below the number of texts of a part, all of which have to be different. */
    private static final int MAX_LINES = 100_000;

    private PenCorpus() {}

    /**
     * Returns a builder, set to 8000, 200 and 400 lines and the seed 0.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return all characters that lines are made of, in the order of their codes, with space} */
    public static Set<Character> characters() {
        Set<Character> characters = new TreeSet<>(Glyphs.characters());
        characters.add(' ');
        return characters;
    }

    /** {@return all words, with their punctuation, that lines of any part can hold, sorted} */
    public static Set<String> words() {
        return Phrases.words();
    }

    private static List<LineSample> lines(TextSplit split, int count, SplittableRandom random) {
        List<Writer> writers = Writer.draw(split, random.split());
        SplittableRandom texts = random.split();
        Set<String> drawn = split.draw(count, Phrases::draw, texts);
        List<LineSample> lines = new ArrayList<>(count);
        for (String text : drawn) {
            int writer = random.nextInt(writers.size());
            String id =
                    String.format(
                            Locale.ROOT, "%s-%05d-writer%03d", split.id(), lines.size(), writer);
            PenPicture picture = new PenPicture(text, writers.get(writer), random.nextLong());
            lines.add(new LineSample(id, text, picture));
        }
        return lines;
    }

    /** Sets up a {@link Corpus} of pen strokes. */
    public static final class Builder {

        private int trainLines = 8000;
        private int validationLines = 200;
        private int testLines = 400;
        private long seed;

        private Builder() {}

        /**
         * Sets the size of the training part.
         *
         * @param count the number of lines, from 0 to 100,000
         * @return this builder
         */
        public Builder optTrainLines(int count) {
            trainLines = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the validation part.
         *
         * @param count the number of lines, from 0 to 100,000
         * @return this builder
         */
        public Builder optValidationLines(int count) {
            validationLines = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the test part.
         *
         * @param count the number of lines, from 0 to 100,000
         * @return this builder
         */
        public Builder optTestLines(int count) {
            testLines = requireCount(count);
            return this;
        }

        /**
         * Sets the seed of all texts, writers and pictures.
         *
         * @param value any number
         * @return this builder
         */
        public Builder optSeed(long value) {
            seed = value;
            return this;
        }

        /**
         * Builds the corpus; its pictures are drawn only when a line is read.
         *
         * @return the corpus
         */
        public Corpus<LineSample> build() {
            SplittableRandom random = new SplittableRandom(seed);
            return new Corpus<>(
                    "pen",
                    LineSample.UNIT,
                    lines(TextSplit.TRAIN, trainLines, random.split()),
                    lines(TextSplit.VALIDATION, validationLines, random.split()),
                    lines(TextSplit.TEST, testLines, random.split()));
        }

        private static int requireCount(int count) {
            if (count < 0 || count > MAX_LINES) {
                throw new IllegalArgumentException(
                        "0 to " + MAX_LINES + " lines expected: " + count);
            }
            return count;
        }
    }
}
