package io.github.djlctc.decode;

import io.github.djlctc.align.EmissionRows;
import io.github.djlctc.align.InvalidEmissionException;
import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** CTC prefix beam search. */
public final class BeamSearchDecoder implements CTCDecoder {

    private final SearchOptions options;
    private final TextScorer scorer;
    private final HotwordReport hotwords;

    /** Searches that are not in use: their arrays have grown to what samples need. */
    private final Queue<BeamSearch> idle = new ConcurrentLinkedQueue<>();

    private BeamSearchDecoder(Builder builder) {
        options = builder.options();
        VocabularyModel vocabulary = builder.vocabulary(options);
        hotwords = new HotwordReport(builder.hotwords, options.alphabet(), vocabulary);
        scorer = new TextScorer(options, vocabulary, hotwords.automaton());
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
     * Decodes one sample.
     *
     * @param emissions the scores of shape (frames, C), row by row: logits or natural logarithms of
     *     probabilities; not changed
     * @param frames the number of frames, 0 or more
     * @return the best hypotheses, and what became of the hotwords
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    public BeamSearchResult search(float[] emissions, int frames) {
        EmissionRows.checkSize(emissions, frames, options.alphabet().size());
        BeamSearch search = borrow();
        try {
            accept(search, emissions, frames);
            return result(search);
        } finally {
            idle.add(search);
        }
    }

    private BeamSearch borrow() {
        BeamSearch search = idle.poll();
        if (search == null) {
            return new BeamSearch(options, scorer);
        }
        search.reset();
        return search;
    }

    void accept(BeamSearch search, float[] emissions, int frames) {
        int classes = options.alphabet().size();
        for (int frame = 0; frame < frames; frame++) {
            if (!search.accept(emissions, frame * classes)) {
                throw InvalidEmissionException.atFrame(search.frames());
            }
        }
    }

    BeamSearchResult result(BeamSearch search) {
        HypothesisBuilder builder = new HypothesisBuilder(options.alphabet(), search);
        List<FinalPrefix> prefixes = search.finish();
        List<Hypothesis> nBest =
                builder.ranked(prefixes, options.nBest()).stream()
                        .map(builder::hypothesis)
                        .toList();
        return new BeamSearchResult(nBest, hotwords.outcomes(nBest.get(0), prefixes, builder));
    }

    public List<BeamSearchResult> searchAll(List<float[]> emissions, int threads) {
        return null;
    }

    public DecodeStream openStream() {
        return new DecodeStream(this, borrow());
    }

    public static final class Builder {

        private Alphabet alphabet;
        private int beamWidth = 50;
        private double beamThreshold = 25;
        private int tokenTopK = Integer.MAX_VALUE;
        private double tokenMinLogProbability = Double.NEGATIVE_INFINITY;
        private int nBest = 1;
        private LanguageModel languageModel;
        private LanguageModelUnit unit = LanguageModelUnit.WORD;
        private double alpha = 0.5;
        private double beta;
        private double unknownWordScore = -10;
        private Lexicon lexicon;
        private List<Hotword> hotwords = List.of();
        private boolean sentenceEnd = true;

        private Builder() {}

        private SearchOptions options() {
            return new SearchOptions(
                    Objects.requireNonNull(alphabet, "setAlphabet was not called"),
                    beamWidth,
                    beamThreshold,
                    tokenTopK,
                    tokenMinLogProbability,
                    nBest,
                    languageModel,
                    unit,
                    alpha,
                    beta,
                    unknownWordScore,
                    sentenceEnd);
        }

        private VocabularyModel vocabulary(SearchOptions options) {
            LanguageModel wordModel =
                    options.unit() == LanguageModelUnit.WORD ? options.languageModel() : null;
            if (lexicon != null) {
                return VocabularyModel.binding(lexicon, wordModel, options.alphabet());
            }
            return wordModel == null
                    ? null
                    : VocabularyModel.open(
                            wordModel,
                            HotwordReport.words(hotwords, options.alphabet()),
                            options.alphabet());
        }

        public Builder setAlphabet(Alphabet alphabet) {
            this.alphabet = alphabet;
            return this;
        }

        public Builder optBeamWidth(int beamWidth) {
            this.beamWidth = beamWidth;
            return this;
        }

        public Builder optBeamThreshold(double beamThreshold) {
            this.beamThreshold = beamThreshold;
            return this;
        }

        public Builder optTokenTopK(int tokens) {
            tokenTopK = tokens;
            return this;
        }

        public Builder optTokenMinLogProbability(double logProbability) {
            tokenMinLogProbability = logProbability;
            return this;
        }

        public Builder optNBest(int hypotheses) {
            nBest = hypotheses;
            return this;
        }

        public Builder optLanguageModel(LanguageModel model) {
            languageModel = model;
            return this;
        }

        public Builder optLanguageModelUnit(LanguageModelUnit unit) {
            this.unit = unit;
            return this;
        }

        public Builder optLanguageModelWeight(double alpha) {
            this.alpha = alpha;
            return this;
        }

        public Builder optWordInsertionBonus(double beta) {
            this.beta = beta;
            return this;
        }

        public Builder optUnknownWordScore(double score) {
            unknownWordScore = score;
            return this;
        }

        public Builder optLexicon(Lexicon lexicon) {
            this.lexicon = lexicon;
            return this;
        }

        public Builder optHotwords(List<Hotword> hotwords) {
            this.hotwords = List.copyOf(hotwords);
            return this;
        }

        /** Leaves the end of the sentence unscored. */
        public Builder optNoSentenceEnd() {
            sentenceEnd = false;
            return this;
        }

        public BeamSearchDecoder build() {
            return new BeamSearchDecoder(this);
        }
    }
}
