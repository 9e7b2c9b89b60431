package io.github.djlctc.examples.speech.serve;

/**
 * What a server gives to its clients at most.
 *
 * @param streams how many are recognised at the same time, live or from files
 * @param soundSeconds how long one of them may be
 * @param bodyBytes how large a file may be
 * @param idleSeconds how long a stream may be silent, that is send nothing
 */
public record ServerLimits(int streams, int soundSeconds, long bodyBytes, int idleSeconds) {

    /** The limits unless others are asked for. */
    public static final ServerLimits DEFAULT = new ServerLimits(16, 3600, 200L << 20, 30);

    /**
     * Checks the ranges.
     *
     * @param streams 1 or more
     * @param soundSeconds 1 or more
     * @param bodyBytes 1 or more
     * @param idleSeconds 1 or more
     */
    public ServerLimits {
        if (streams < 1 || soundSeconds < 1 || bodyBytes < 1 || idleSeconds < 1) {
            throw new IllegalArgumentException(
                    "limits must be 1 or more: %d streams, %d s, %d bytes, idle for %d s"
                            .formatted(streams, soundSeconds, bodyBytes, idleSeconds));
        }
    }
}
