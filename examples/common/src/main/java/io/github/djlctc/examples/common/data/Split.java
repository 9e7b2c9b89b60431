package io.github.djlctc.examples.common.data;

/** A part of a corpus. */
public enum Split {
    /** What models learn from. */
    TRAIN("training"),
    /** What epochs are chosen on. */
    VALIDATION("validation"),
    /** What errors are reported on. */
    TEST("test");

    private final String set;

    Split(String set) {
        this.set = set;
    }

    /**
     * Returns what the part is called in messages.
     *
     * @return the name, to be followed by "set"
     */
    public String set() {
        return set;
    }
}
