package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.UniqueNames;

/**
 * Turns ids of utterances into names of files, each only once. Ids come from archives and may hold
 * anything, such as {@code ../a}.
 */
final class FileNames {

    private static final int MAX_LENGTH = 100;

    private final UniqueNames names = new UniqueNames("_");

    /** Creates names none of which is taken. */
    FileNames() {}

    /**
     * Returns a name for an utterance.
     *
     * @param id the id of the utterance
     * @return the id with an underscore for all but letters, digits, dots and hyphens, and with a
     *     number if that was taken
     */
    String name(String id) {
        String safe = id.replaceAll("[^\\p{L}\\p{N}._-]|^\\.", "_");
        return names.take(safe.substring(0, Math.min(safe.length(), MAX_LENGTH)), "");
    }
}
