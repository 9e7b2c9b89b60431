package io.github.djlctc.examples.htr.corpus.iam;

/** Which samples are taken, by how well the database's authors segmented them. */
public enum IamSegmentation {
    /** All. Of a line with the status {@code err}, only the division into words is wrong. */
    ALL,
    /** Those with the status {@code ok}. */
    OK;

    boolean takes(IamEntry entry) {
        return this == ALL || entry.wellSegmented();
    }
}
