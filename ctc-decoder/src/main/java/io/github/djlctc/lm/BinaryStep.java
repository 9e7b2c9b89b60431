package io.github.djlctc.lm;

/** The steps of making a binary of an ARPA file, in their order. */
public enum BinaryStep {

    /** Reads the ARPA file. */
    READING,

    /** Writes the binary; of hash tables, this is not told in parts. */
    WRITING
}
