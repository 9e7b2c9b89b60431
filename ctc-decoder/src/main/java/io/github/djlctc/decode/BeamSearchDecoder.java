package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleCheck;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * CTC prefix beam search: finds the texts whose paths have the greatest probability together.
 *
 * <p>After A. Hannun et al., "First-Pass Large Vocabulary Continuous Speech Recognition using
 * Bi-Directional Recurrent DNNs" (2014), and A. Graves, "Supervised Sequence Labelling with
 * Recurrent Neural Networks" (2012), section 7.5.3. A hypothesis has the score
 *
 * <pre>
 * log P(text | emissions) + alpha log P(text) + beta (number of words)
 *     + gamma (number of characters) + unknown word scores + hotword weights
 * </pre>
 *
 * where the first term sums over all paths (after the {@link LabelPrior}, if there is one), and
 * P(text) is the language model's, the end of the sentence included. All logarithms and weights are
 * natural.
 *
 * <p>What the beam holds is exact: each prefix once, with the sum of its paths that the beam has
 * kept. Texts are compared as read: separators at the start, at the end and next to each other do
 * not change them. But a path pays the empty word score for each separator that comes first, or
 * after another with a blank between: else, words could be left out between two separators for the
 * price of their letters. With an unbounded beam, no threshold and no pruning of tokens, the n-best
 * list is that of all texts. It is in the order of the scores, unless {@linkplain
 * Builder#optMinimumBayesRisk minimum Bayes risk} is asked for. A beam of width 1 is not greedy
 * decoding, since it sums over paths.
 *
 * <p>A language model of words scores a word when it ends, by a separator, the beginning of the
 * next word or the end of the text; until then, the prefix has the score of the likeliest word that
 * it can become, without regard to context. Without a lexicon, words that the model does not know
 * are possible, at the model's score for them plus the unknown word score.
 *
 * <p>Times of tokens and words come from the hypothesis's own likeliest path among those in the
 * beam. The confidence of a word is its posterior probability, which is the share of the final
 * beam, weighted by {@code exp(score)}, that has the same word at an overlapping time, times the
 * square root of what the emissions give it, the geometric mean over its tokens of the probability
 * in their best frames. That of a token is made alike.
 *
 * <p>Immutable and safe for use by many threads, which share the language model. The arrays of a
 * search are kept for the next one; there are as many as there were searches at the same time.
 */
public final class BeamSearchDecoder implements CTCDecoder {

    /** More than nearly any utterance has; those are decoded as a whole. */
    private static final int UNDECIDED_FRAMES = 6000;

    private final SearchOptions options;
    private final TokenTexts texts;
    private final ResultSpans spans;
    private final TextScorer scorer;
    private final HotwordReport hotwords;

    /** Searches that are not in use: their arrays have grown to what samples need. */
    private final Queue<BeamSearch> idle = new ConcurrentLinkedQueue<>();

    private BeamSearchDecoder(Builder builder) {
        options = builder.options();
        HotwordSet hotwordSet =
                new HotwordSet(builder.hotwords, options.alphabet(), builder.lexicon);
        VocabularyModel vocabulary = builder.vocabulary(options, hotwordSet);
        hotwords = new HotwordReport(hotwordSet, vocabulary);
        texts =
                vocabulary == null
                        ? new TokenTexts(options.alphabet())
                        : vocabulary.tokenTexts(options.alphabet());
        spans = new ResultSpans(options.alphabet(), texts);
        scorer = new TextScorer(options, texts, vocabulary, hotwordSet.automaton(vocabulary));
    }

    /**
     * Creates a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Hypothesis decode(float[] emissions, int frames) {
        return search(emissions, frames).best();
    }

    /**
     * Decodes one sample, and returns more than {@link #decode}.
     *
     * @param emissions the scores of shape (frames, C), row by row, of the decoder's {@link
     *     EmissionScale scale}: logits or natural logarithms of probabilities, unless it was told
     *     otherwise; not changed
     * @param frames the number of frames, 0 or more
     * @return the best hypotheses, and what became of the hotwords
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if the scores are not of that scale
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    public BeamSearchResult search(float[] emissions, int frames) {
        Objects.requireNonNull(emissions, "emissions");
        int classes = options.alphabet().size();
        float[] logits = options.scale().toLogits(emissions, frames, classes);
        BeamSearch search = borrow();
        try {
            accept(search, logits, frames, classes);
            BeamSearchResult result = result(search);
            return result.isNothing() ? searchWidely(logits, frames).orElse(result) : result;
        } finally {
            idle.add(search);
        }
    }

    /** Looks again, for the text of the lexicon that was dropped for one which it does not have. */
    private Optional<BeamSearchResult> searchWidely(float[] logits, int frames) {
        BeamSearch search = new BeamSearch(options.withWiderBeam(), scorer);
        accept(search, logits, frames, options.alphabet().size());
        // That nothing was said is not what was looked for.
        return Optional.of(result(search)).filter(result -> !result.best().text().isEmpty());
    }

    private BeamSearch borrow() {
        BeamSearch search = idle.poll();
        if (search == null) {
            return new BeamSearch(options, scorer);
        }
        search.reset();
        return search;
    }

    @Override
    public List<Hypothesis> decodeBatch(List<float[]> samples, int threads) {
        return new BatchDecoding<>(options.alphabet().size(), this::decode).run(samples, threads);
    }

    /**
     * Decodes samples on several threads, and returns more than {@link #decodeBatch}.
     *
     * @param samples the emissions of each sample, of shape (frames, C), row by row
     * @param threads how many threads, at least 1; the machine's cores serve best
     * @return the best hypotheses of each sample and what became of the hotwords, in the order of
     *     the samples
     * @throws IllegalArgumentException if the values of a sample do not fill frames of the
     *     alphabet's size, or there is not one thread
     * @throws EmissionScaleException if the scores of a sample are not of the decoder's scale
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity; it
     *     names the first such sample
     */
    public List<BeamSearchResult> searchBatch(List<float[]> samples, int threads) {
        return new BatchDecoding<>(options.alphabet().size(), this::search).run(samples, threads);
    }

    /**
     * Counts how many of the decoded words the language model knows, or how many of the tokens, if
     * it is of tokens.
     *
     * @param hypotheses what this decoder has found
     * @return the numbers; nothing without a language model, and nothing where a lexicon divides
     *     texts that have no separators, since words are not told apart there
     */
    public Optional<LanguageModelCoverage> coverage(Collection<Hypothesis> hypotheses) {
        Objects.requireNonNull(hypotheses, "hypotheses");
        return scorer.coverage(hypotheses);
    }

    @Override
    public Alphabet alphabet() {
        return options.alphabet();
    }

    /**
     * Starts to decode emissions that come little by little. Text that is 6,000 frames old (2
     * minutes at 50 frames a second) is decided.
     *
     * @return a stream for one sample, for one thread at a time
     */
    public DecodeStream openStream() {
        return openStream(UNDECIDED_FRAMES);
    }

    /**
     * Starts to decode emissions that come little by little.
     *
     * @param undecidedFrames how many frames, or up to a sixteenth more, hypotheses may differ in:
     *     those that differ from the best one in older tokens are dropped. 1 or more; few give
     *     stable text soon, and {@link Integer#MAX_VALUE} decides nothing, but has memory and time
     *     of a partial result grow with the stream where two texts are about as likely
     * @return a stream for one sample, for one thread at a time
     * @throws IllegalArgumentException if there is not one frame
     */
    public DecodeStream openStream(int undecidedFrames) {
        return new DecodeStream(
                this,
                Builder.requirePositive(undecidedFrames, "the undecided frames"),
                new EmissionScaleCheck(options.scale()),
                new BeamSearch(options, scorer));
    }

    /** Takes frames; fails at the first that has no best class. */
    static void accept(BeamSearch search, float[] logits, int frames, int classes) {
        for (int frame = 0; frame < frames; frame++) {
            if (!search.accept(logits, frame * classes)) {
                throw InvalidEmissionException.atFrame(search.frames());
            }
        }
    }

    BeamSearchResult result(BeamSearch search) {
        HypothesisBuilder builder = new HypothesisBuilder(texts, spans, search, options.compared());
        List<Hypothesis> nBest = builder.nBest(options.nBest());
        return new BeamSearchResult(nBest, hotwords.outcomes(nBest.get(0), builder));
    }

    StreamResults streamResults() {
        return new StreamResults(texts, spans);
    }

    /** Builds a {@link BeamSearchDecoder}. */
    public static final class Builder {

        private static final double DEFAULT_BETA = 2;
        private static final double DEFAULT_CHARACTER_BONUS = 0.5;

        /** More would leave nothing of the emissions. */
        private static final double MOST_ALPHA = 100;

        private Alphabet alphabet;
        private EmissionScale scale = EmissionScale.LOGITS;
        private int beamWidth = 50;
        private double beamThreshold = 10;
        private int tokenTopK = Integer.MAX_VALUE;
        private double tokenMinLogProbability = -7;
        private int nBest = 1;
        private int compared = 1;
        private LabelPrior labelPrior;
        private double labelPriorWeight;
        private LanguageModel languageModel;
        private LanguageModelUnit unit = LanguageModelUnit.WORD;
        private double alpha = 0.7;
        private OptionalDouble beta = OptionalDouble.empty();
        private OptionalDouble characterInsertionBonus = OptionalDouble.empty();
        private double emptyWordScore = -2.3;
        private double unknownWordScore = -4.5;
        private Lexicon lexicon;
        private List<Hotword> hotwords = List.of();
        private boolean sentenceEnd = true;

        /** The methods called that have no effect without a language model, in order. */
        private final Set<String> needLanguageModel = new LinkedHashSet<>();

        private Builder() {}

        /**
         * Sets the classes of the model.
         *
         * @param alphabet the alphabet that the model was trained with
         * @return this builder
         */
        public Builder setAlphabet(Alphabet alphabet) {
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
         * Sets how many prefixes are kept after each frame.
         *
         * @param beamWidth 1 or more, 50 by default; {@link Integer#MAX_VALUE} keeps all. Memory
         *     and time grow with the prefixes that are kept, not with the number here: at 100,000 a
         *     search of AN4's utterances took 0.6 GB
         * @return this builder
         */
        public Builder optBeamWidth(int beamWidth) {
            this.beamWidth = requirePositive(beamWidth, "the beam width");
            return this;
        }

        /**
         * Sets how far behind the best prefix others may fall.
         *
         * @param beamThreshold a natural logarithm, above 0, 10 by default; infinity drops none
         * @return this builder
         */
        public Builder optBeamThreshold(double beamThreshold) {
            if (!(beamThreshold > 0)) {
                throw new IllegalArgumentException(
                        "the beam threshold must be above 0, but is " + beamThreshold);
            }
            this.beamThreshold = beamThreshold;
            return this;
        }

        /**
         * Sets how many tokens of each frame new prefixes are made of.
         *
         * @param tokens the number of the likeliest tokens, 1 or more; all by default. Alphabets of
         *     subwords need a limit, such as 40, to be fast
         * @return this builder
         */
        public Builder optTokenTopK(int tokens) {
            tokenTopK = requirePositive(tokens, "the number of tokens of a frame");
            return this;
        }

        /**
         * Sets how likely a token must be in a frame for new prefixes to be made of it. The
         * likeliest always is.
         *
         * @param logProbability a natural logarithm, 0 or less, -7 by default; minus infinity drops
         *     none
         * @return this builder
         */
        public Builder optTokenMinLogProbability(double logProbability) {
            if (!(logProbability <= 0)) {
                throw new IllegalArgumentException(
                        "the least log probability of tokens must be 0 or less, but is "
                                + logProbability);
            }
            tokenMinLogProbability = logProbability;
            return this;
        }

        /**
         * Sets the length of the n-best list.
         *
         * @param hypotheses the most hypotheses a result holds, 1 by default; the list is no longer
         *     than the beam is wide
         * @return this builder
         */
        public Builder optNBest(int hypotheses) {
            nBest = requirePositive(hypotheses, "the length of the n-best list");
            return this;
        }

        /**
         * Takes the text that is expected to have the fewest errors, rather than the likeliest: of
         * the texts with the greatest scores, the one with the least sum of edit distances to the
         * others, each weighted by its share of {@code exp(score)}. Edits are of words, or of
         * characters where the alphabet {@linkplain Alphabet#joinsWords() joins words}. It is
         * computed at the end, for each pair of texts.
         *
         * <p>The n-best list begins with these texts, fewest expected errors first; the others
         * follow by their scores.
         *
         * @param hypotheses how many texts of the final beam are compared, 2 or more; off by
         *     default
         * @return this builder
         */
        public Builder optMinimumBayesRisk(int hypotheses) {
            if (hypotheses < 2) {
                throw new IllegalArgumentException(
                        "the hypotheses to compare must be 2 or more, but are " + hypotheses);
            }
            compared = hypotheses;
            return this;
        }

        /**
         * Takes a share of the model's preference for common labels away, which the language model
         * has too.
         *
         * @param prior how often the model gives each label
         * @param weight the share, from 0 to 1; 0.3 to 0.6 is usual
         * @return this builder
         */
        public Builder optLabelPrior(LabelPrior prior, double weight) {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException(
                        "the weight of the label prior must be from 0 to 1, but is " + weight);
            }
            labelPrior = Objects.requireNonNull(prior, "prior");
            labelPriorWeight = weight;
            return this;
        }

        /**
         * Sets the language model.
         *
         * @param model a model of words, or of tokens: see {@link #optLanguageModelUnit}
         * @return this builder
         */
        public Builder optLanguageModel(LanguageModel model) {
            languageModel = Objects.requireNonNull(model, "model");
            return this;
        }

        /**
         * Sets what the words of the language model are.
         *
         * @param unit {@link LanguageModelUnit#WORD} by default
         * @return this builder
         */
        public Builder optLanguageModelUnit(LanguageModelUnit unit) {
            this.unit = Objects.requireNonNull(unit, "unit");
            needLanguageModel.add("optLanguageModelUnit");
            return this;
        }

        /**
         * Sets the language model weight.
         *
         * @param alpha the factor of natural logarithms of the model's probabilities, 0 to 100, 0.7
         *     by default; weights of log10 probabilities, as some programs have them, are to be
         *     divided by ln 10 = 2.303
         * @return this builder
         */
        public Builder optLanguageModelWeight(double alpha) {
            this.alpha = requireWithin(0, MOST_ALPHA, alpha, "the language model weight");
            needLanguageModel.add("optLanguageModelWeight");
            return this;
        }

        /**
         * Sets the word insertion bonus.
         *
         * @param beta what each word adds to the score, -500 to 500, 2 by default with a language
         *     model, else 0; a negative one makes words fewer and longer
         * @return this builder
         */
        public Builder optWordInsertionBonus(double beta) {
            this.beta = OptionalDouble.of(requireScore(beta, "the word insertion bonus"));
            return this;
        }

        /**
         * Sets the character insertion bonus. CTC models leave out more characters than they put
         * in, and the less sure they are, the more.
         *
         * @param gamma what each character of a word adds to the score, -500 to 500, 0.5 by default
         *     with a language model of words, else 0
         * @return this builder
         */
        public Builder optCharacterInsertionBonus(double gamma) {
            characterInsertionBonus =
                    OptionalDouble.of(requireScore(gamma, "the character insertion bonus"));
            return this;
        }

        /**
         * Sets what a path pays for a separator that separates nothing: before the first word, or
         * after another separator and a blank. One that goes on from frame to frame is one, and one
         * after the last word is free. It has no effect with subwords, which tell by themselves
         * where words begin.
         *
         * @param score what each such separator adds to the score of its path, 0 or less, -2.3 by
         *     default; minus infinity rules them out. 0 suits models that emit separators for
         *     silence, whatever they heard before
         * @return this builder
         */
        public Builder optEmptyWordScore(double score) {
            if (!(score <= 0)) {
                throw new IllegalArgumentException(
                        "the empty word score must be 0 or less, but is " + score);
            }
            emptyWordScore = score;
            return this;
        }

        /**
         * Sets the score of words that the language model does not know, besides what the model
         * gives them. To rule them out, give a lexicon of the model's words. With a lexicon, which
         * rules such words out or in, it has no effect.
         *
         * @param score what each such word adds to the score, -500 to 500, -4.5 by default
         * @return this builder
         */
        public Builder optUnknownWordScore(double score) {
            unknownWordScore = requireScore(score, "the unknown word score");
            needLanguageModel.add("optUnknownWordScore");
            return this;
        }

        /**
         * Lets no words be decoded but those of a lexicon. Where the likeliest token of a frame
         * must not go on with a text, all tokens that may are tried, however unlikely. If no text
         * is left at the end, the emissions are decoded once more, with four times the beam width
         * and {@linkplain #optBeamThreshold beam threshold} and with all tokens; a {@linkplain
         * BeamSearchDecoder#openStream stream} cannot. If still nothing in the lexicon fits, the
         * result is {@linkplain BeamSearchResult#isNothing() empty}.
         *
         * <p>Words are set apart by separators, and without any, a text is a single word. In an
         * alphabet that {@linkplain Alphabet#joinsWords() joins words}, a text is any number of
         * words with nothing between them, and has the score of its best division into words.
         *
         * @param lexicon the words; those that the alphabet cannot spell are passed over. If the
         *     lexicon has spellings, words are decoded by these, token by token, and written as the
         *     lexicon has them, in the letter case and Unicode form of the alphabet. Of words that
         *     are spelled alike the likeliest comes out, by the language model without regard to
         *     context, or the first
         * @return this builder
         */
        public Builder optLexicon(Lexicon lexicon) {
            this.lexicon = Objects.requireNonNull(lexicon, "lexicon");
            return this;
        }

        /**
         * Sets words and phrases to favour. They count as known words where there is no lexicon.
         *
         * @param hotwords the hotwords; what became of each is told with every result
         * @return this builder
         */
        public Builder optHotwords(List<Hotword> hotwords) {
            this.hotwords = List.copyOf(Objects.requireNonNull(hotwords, "hotwords"));
            return this;
        }

        /**
         * Leaves the end of the sentence unscored, for samples that are cut anywhere.
         *
         * @return this builder
         */
        public Builder optNoSentenceEnd() {
            sentenceEnd = false;
            needLanguageModel.add("optNoSentenceEnd");
            return this;
        }

        /**
         * Creates the decoder.
         *
         * @return the decoder
         * @throws NullPointerException if there is no alphabet
         * @throws IllegalArgumentException if the alphabet can spell no word of the lexicon, or
         *     lacks a token of its spellings, the label prior is of another alphabet, or bonuses
         *     can add up to more than 500 for one token, or there is no language model and {@link
         *     #optLanguageModelWeight}, {@link #optLanguageModelUnit}, {@link #optUnknownWordScore}
         *     or {@link #optNoSentenceEnd} was called, which have no effect without one
         */
        public BeamSearchDecoder build() {
            return new BeamSearchDecoder(this);
        }

        private SearchOptions options() {
            if (languageModel == null && !needLanguageModel.isEmpty()) {
                throw new IllegalArgumentException(
                        String.join(", ", needLanguageModel)
                                + ": no effect without a language model; set one by"
                                + " optLanguageModel, or leave it out");
            }
            if (labelPrior != null && alphabet != null) {
                labelPrior
                        .mismatch(alphabet)
                        .ifPresent(
                                problem -> {
                                    throw new IllegalArgumentException(problem);
                                });
            }
            return new SearchOptions(
                    Objects.requireNonNull(alphabet, "setAlphabet was not called"),
                    scale,
                    new Pruning(beamWidth, beamThreshold, tokenTopK, tokenMinLogProbability),
                    new TextWeights(
                            languageModel,
                            unit,
                            alpha,
                            beta.orElse(languageModel == null ? 0 : DEFAULT_BETA),
                            characterInsertionBonus.orElse(
                                    scoresWords() ? DEFAULT_CHARACTER_BONUS : 0),
                            emptyWordScore,
                            unknownWordScore,
                            sentenceEnd),
                    labelPrior == null ? null : new WeightedPrior(labelPrior, labelPriorWeight),
                    nBest,
                    compared);
        }

        private boolean scoresWords() {
            return languageModel != null && unit == LanguageModelUnit.WORD;
        }

        /** Returns the words that are known, or null if there is no need to know any. */
        private VocabularyModel vocabulary(SearchOptions options, HotwordSet hotwordSet) {
            LanguageModel wordModel = scoresWords() ? languageModel : null;
            if (lexicon != null) {
                return VocabularyModel.closedVocabulary(lexicon, wordModel, options.alphabet());
            }
            return wordModel == null
                    ? null
                    : VocabularyModel.openVocabulary(
                            wordModel, hotwordSet.words(), options.alphabet());
        }

        private static int requirePositive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be 1 or more, but is " + value);
            }
            return value;
        }

        private static double requireScore(double value, String name) {
            return requireWithin(
                    -TextWeights.GREATEST_SCORE, TextWeights.GREATEST_SCORE, value, name);
        }

        private static double requireWithin(double least, double most, double value, String name) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(
                        name
                                + " must be from "
                                + (long) least
                                + " to "
                                + (long) most
                                + ", but is "
                                + value);
            }
            return value;
        }
    }
}
