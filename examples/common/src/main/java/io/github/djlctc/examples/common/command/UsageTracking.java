package io.github.djlctc.examples.common.command;

/**
 * DJL's usage tracking: when its engine starts, DJL asks the address where EC2 answers for the
 * instance, and tells AWS of it. The programs opt out, unless the user has decided.
 */
final class UsageTracking {

    /** An environment variable, or a system property if that is not set, that DJL reads. */
    static final String OPT_OUT = "OPT_OUT_TRACKING";

    private UsageTracking() {}

    /** Opts out, before DJL is used. */
    static void optOut() {
        if (System.getenv(OPT_OUT) == null && System.getProperty(OPT_OUT) == null) {
            System.setProperty(OPT_OUT, "true");
        }
    }
}
