package io.github.djlctc.monitor;

/** What a {@link CTCMonitor} does at a loss or gradient that is NaN or infinite. */
public enum NonFinitePolicy {
    /** Training ends with a {@link NonFiniteStepException}. */
    HALT,
    /**
     * The step is left out and training goes on; a warning is logged. It still ends if a parameter
     * itself is NaN or infinite, or after 20 such steps in a row, since leaving out steps cannot
     * help then.
     */
    SKIP
}
