package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import java.util.List;

/** CTC prefix beam search. */
public final class BeamSearchDecoder implements CTCDecoder {

    private BeamSearchDecoder() {}

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Hypothesis decode(float[] emissions, int frames) {
        return search(emissions, frames).best();
    }

    public BeamSearchResult search(float[] emissions, int frames) {
        return null;
    }

    /** Searches samples on several threads; results in the samples' order. */
    public List<BeamSearchResult> searchAll(List<float[]> emissions, int threads) {
        return null;
    }

    public DecodeStream openStream() {
        return null;
    }

    public static final class Builder {
        public Builder setAlphabet(Alphabet alphabet) {
            return this;
        }

        public Builder optBeamWidth(int beamWidth) {
            return this;
        }

        /** Natural log; hypotheses this far below the best are dropped. */
        public Builder optBeamThreshold(double beamThreshold) {
            return this;
        }

        public Builder optTokenTopK(int tokens) {
            return this;
        }

        public Builder optTokenMinLogProbability(double logProbability) {
            return this;
        }

        public Builder optNBest(int hypotheses) {
            return this;
        }

        public Builder optLanguageModel(LanguageModel model) {
            return this;
        }

        public Builder optLanguageModelUnit(LanguageModelUnit unit) {
            return this;
        }

        public Builder optLanguageModelWeight(double alpha) {
            return this;
        }

        public Builder optWordInsertionBonus(double beta) {
            return this;
        }

        public Builder optUnknownWordScore(double score) {
            return this;
        }

        public Builder optLexicon(Lexicon lexicon) {
            return this;
        }

        public Builder optHotwords(List<Hotword> hotwords) {
            return this;
        }

        /** Leaves the end of the sentence unscored. */
        public Builder optNoSentenceEnd() {
            return this;
        }

        public BeamSearchDecoder build() {
            return new BeamSearchDecoder();
        }
    }
}
