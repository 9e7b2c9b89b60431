package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;

/** The settings of a beam search. The language model is null where there is none. */
record SearchOptions(
        Alphabet alphabet,
        int beamWidth,
        double beamThreshold,
        int tokenTopK,
        double tokenMinLogProbability,
        int nBest,
        LanguageModel languageModel,
        LanguageModelUnit unit,
        double alpha,
        double beta,
        double unknownWordScore,
        boolean sentenceEnd) {}
