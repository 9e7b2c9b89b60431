package io.github.djlctc.align;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds where in the emissions each token and word of a known text lies: forced alignment.
 *
 * <p>Of all paths that collapse to the text, as in A. Graves et al., "Connectionist Temporal
 * Classification: Labelling Unsegmented Sequence Data with Recurrent Neural Networks", ICML 2006,
 * the most probable one is found by the Viterbi algorithm. A token's span is from its first to its
 * last frame on that path. Of equally probable paths always the same one is taken; where two ways
 * into a state are equal, the one from a token wins over the one from a gap between tokens.
 *
 * <p>A log-softmax is applied to the scores first. It leaves log probabilities unchanged, so models
 * may end with or without one.
 *
 * <pre>{@code
 * ForcedAligner aligner = ForcedAligner.builder().setAlphabet(alphabet).build();
 * for (WordSpan word : aligner.align(emissions, frames, "HELLO WORLD").words()) {
 *     System.out.println(word.word() + " from " + word.startSeconds(0.02));
 * }
 * }</pre>
 *
 * <p><b>Long audio.</b> For T frames and S tokens, the memory taken beyond the emissions is about
 * 20 T + 64 S bytes and 1 MiB, besides the result. The time grows with T times S: 6 ns for each
 * frame and token on one core of a server, so about 45 s for an hour of speech with T = 180,000 and
 * S = 40,000.
 *
 * <p><b>Wildcards.</b> A text may hold a {@linkplain Builder#optWildcard(String) word that stands
 * for anything}, zero or more frames long, where the audio is not transcribed: {@code "* HELLO *"}
 * finds HELLO in a longer recording. Wildcards are not part of the result: their frames are the
 * ones that no token covers. The word delimiters next to a wildcard belong to it.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ForcedAligner {

    /** The most back pointers that are kept, of one byte each. */
    private static final int MAX_STEPS = 1 << 20;

    private final Alphabet alphabet;
    private final EmissionScale scale;
    private final String wildcard;
    private final double wildcardPenalty;

    private ForcedAligner(Builder builder) {
        alphabet = Objects.requireNonNull(builder.alphabet, "setAlphabet has not been called");
        scale = builder.scale;
        wildcard = builder.wildcard;
        wildcardPenalty = builder.wildcardPenalty;
    }

    /**
     * Creates a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Aligns a text.
     *
     * @param emissions the scores of shape (frames, C), row by row, of the aligner's {@link
     *     EmissionScale scale}: logits or natural logarithms of probabilities, unless it was told
     *     otherwise; not changed
     * @param frames the number of frames, 0 or more
     * @param text what is said in them, as {@link Alphabet#encode} takes it, with wildcards if
     *     there are any
     * @return the best alignment; an empty text has no spans
     * @throws io.github.djlctc.text.UnknownCharacterException if the alphabet does not cover the
     *     text
     * @throws UnalignableTextException if the text needs more frames than there are, or all its
     *     paths have probability 0
     * @throws EmissionScaleException if the scores are not of that scale
     * @throws InvalidEmissionException if a frame has NaN, +infinity or -infinity only
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     */
    public Alignment align(float[] emissions, int frames, String text) {
        Objects.requireNonNull(emissions, "emissions");
        Objects.requireNonNull(text, "text");
        return align(emissions, frames, Transcript.parse(text, alphabet, wildcard));
    }

    /**
     * Aligns class ids, for texts that were cut into tokens elsewhere.
     *
     * @param emissions the scores of shape (frames, C), row by row, of the aligner's {@link
     *     EmissionScale scale}: logits or natural logarithms of probabilities, unless it was told
     *     otherwise; not changed
     * @param frames the number of frames, 0 or more
     * @param targets the ids of the tokens in order, without blanks, padding and wildcards
     * @return the best alignment; no targets have no spans
     * @throws UnalignableTextException if the targets need more frames than there are, or all their
     *     paths have probability 0
     * @throws EmissionScaleException if the scores are not of that scale
     * @throws InvalidEmissionException if a frame has NaN, +infinity or -infinity only
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size, or
     *     a target is the blank or not an id of the alphabet
     */
    public Alignment align(float[] emissions, int frames, int[] targets) {
        Objects.requireNonNull(emissions, "emissions");
        Objects.requireNonNull(targets, "targets");
        return align(emissions, frames, Transcript.of(targets, alphabet));
    }

    private Alignment align(float[] emissions, int frames, Transcript transcript) {
        float[] logits = scale.toLogits(emissions, frames, alphabet.size());
        int repeats = transcript.repeats();
        if (frames < (long) transcript.size() + repeats) {
            throw UnalignableTextException.tooFewFrames(frames, transcript.size(), repeats);
        }
        CTCTrellis trellis =
                new CTCTrellis(
                        logits,
                        frames,
                        alphabet.size(),
                        alphabet.blank(),
                        transcript,
                        wildcardPenalty);
        int[] path = new ViterbiSearch(trellis, MAX_STEPS).bestPath();
        List<TokenSpan> tokens = tokens(path, trellis, transcript);
        return new Alignment(tokens, words(tokens, transcript), score(path, trellis));
    }

    private static double score(int[] path, CTCTrellis trellis) {
        double score = 0;
        for (int frame = 0; frame < path.length; frame++) {
            score += trellis.score(frame, path[frame]);
        }
        return score;
    }

    private List<TokenSpan> tokens(int[] path, CTCTrellis trellis, Transcript transcript) {
        List<TokenSpan> tokens = new ArrayList<>(transcript.size());
        int frame = 0;
        for (int token = 0; token < transcript.size(); token++) {
            int state = CTCTrellis.tokenState(token);
            while (path[frame] != state) {
                frame++;
            }
            int start = frame;
            double best = Double.NEGATIVE_INFINITY;
            for (; frame < path.length && path[frame] == state; frame++) {
                best = Math.max(best, trellis.score(frame, state));
            }
            int id = transcript.target(token);
            tokens.add(new TokenSpan(id, alphabet.token(id), start, frame, best));
        }
        return tokens;
    }

    private List<WordSpan> words(List<TokenSpan> tokens, Transcript transcript) {
        List<WordSpan> words = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= tokens.size(); end++) {
            if (end == tokens.size() || transcript.hasWildcardBefore(end)) {
                words.addAll(WordSpan.group(alphabet, tokens.subList(start, end)));
                start = end;
            }
        }
        return words;
    }

    /** Builds a {@link ForcedAligner}. */
    public static final class Builder {

        private Alphabet alphabet;
        private EmissionScale scale = EmissionScale.LOGITS;
        private String wildcard;
        private double wildcardPenalty;

        private Builder() {}

        /**
         * Sets the classes of the model.
         *
         * @param alphabet the alphabet
         * @return this builder
         */
        public Builder setAlphabet(Alphabet alphabet) {
            Objects.requireNonNull(alphabet, "alphabet");
            this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
            return this;
        }

        /**
         * Sets what the scores of the model are.
         *
         * @param scale {@link EmissionScale#LOGITS} by default, which are logits or log
         *     probabilities
         * @return this builder
         */
        public Builder optEmissionScale(EmissionScale scale) {
            this.scale = Objects.requireNonNull(scale, "scale");
            return this;
        }

        /**
         * Sets the word that stands for zero or more frames of anything; by default there is none.
         *
         * <p>Each of its frames counts as the frame's likeliest class.
         *
         * @param word the word, such as {@code *}, looked for in texts before they are normalised;
         *     not empty and without spaces
         * @return this builder
         * @throws IllegalArgumentException if it is empty or has a space
         */
        public Builder optWildcard(String word) {
            return optWildcard(word, 0);
        }

        /**
         * Sets the word that stands for zero or more frames of anything, and what its frames cost.
         *
         * <p>A frame counts as the blank, or as the frame's likeliest class less the penalty,
         * whichever is higher. Without a penalty, tokens that the model is not sure of shrink to
         * their best frames; with a high one, tokens of the text spread into the speech next to
         * them.
         *
         * @param word the word, such as {@code *}, looked for in texts before they are normalised;
         *     not empty and without spaces
         * @param framePenalty natural logarithm, 0 or more
         * @return this builder
         * @throws IllegalArgumentException if the word is empty or has a space, or the penalty is
         *     negative or not finite
         */
        public Builder optWildcard(String word, double framePenalty) {
            Objects.requireNonNull(word, "word");
            if (word.isEmpty() || word.codePoints().anyMatch(Whitespace::contains)) {
                throw new IllegalArgumentException(
                        "the wildcard must be one word, but is \"" + word + "\"");
            }
            if (!(framePenalty >= 0 && framePenalty < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the wildcard's penalty must be finite and not negative, but is "
                                + framePenalty);
            }
            wildcard = word;
            wildcardPenalty = framePenalty;
            return this;
        }

        /**
         * Creates the aligner.
         *
         * @return the aligner
         * @throws NullPointerException if there is no alphabet
         */
        public ForcedAligner build() {
            return new ForcedAligner(this);
        }
    }
}
