package io.github.djlctc.examples.common.data;

/** A sample of a corpus, before it is read. */
public interface CorpusSample {

    /**
     * Returns the name that the sample is reported under.
     *
     * @return the name, unique in its corpus; where a file is named by its path, without links, so
     *     that a file has one name however the path is written
     */
    String id();

    /**
     * Returns the transcript.
     *
     * @return the text as it stands in the corpus
     */
    String text();
}
