package io.github.djlctc.examples.common.data;

/** A sample of a corpus, before it is read. */
public interface CorpusSample {

    /**
     * Returns the name that the sample is reported under.
     *
     * @return the name, unique in its corpus; a file name where there is one
     */
    String id();

    /**
     * Returns the transcript.
     *
     * @return the text as it stands in the corpus
     */
    String text();
}
