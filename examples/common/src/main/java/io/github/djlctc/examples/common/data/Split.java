package io.github.djlctc.examples.common.data;

/** A part of a corpus. */
public enum Split {
    /** What models learn from. */
    TRAIN,
    /** What epochs are chosen on. */
    VALIDATION,
    /** What errors are reported on. */
    TEST
}
