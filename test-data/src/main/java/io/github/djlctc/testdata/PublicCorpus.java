package io.github.djlctc.testdata;

/** The corpora of others that some tests read; this repository holds nothing of them. */
public enum PublicCorpus {
    /** CMU AN4: transcripts, features, emissions of two models, and language models made of it. */
    AN4,
    /** The Free Spoken Digit Dataset: recordings. */
    FSDD,
    /** MNIST: DJL's repository of it. */
    MNIST;

    /** Returns what a test that is skipped says it needs. */
    String need() {
        return "needs the corpus " + name();
    }
}
