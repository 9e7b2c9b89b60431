package io.github.djlctc.examples.common.data;

import java.util.Optional;

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

    /**
     * Returns the part of a recording that this is, to find parts of two sets that overlap.
     *
     * @return the part; nothing, unless a kind of sample has any
     */
    default Optional<FilePart> part() {
        return Optional.empty();
    }
}
