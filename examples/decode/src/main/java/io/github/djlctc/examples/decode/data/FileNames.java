package io.github.djlctc.examples.decode.data;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Turns ids of utterances into names of files, each only once. Ids come from archives and may hold
 * anything, such as {@code ../a}.
 */
public final class FileNames {

    private static final int MAX_LENGTH = 100;

    private final Set<String> taken = new HashSet<>();

    /** Creates names none of which is taken. */
    public FileNames() {}

    /**
     * Returns a name for an utterance.
     *
     * @param id the id of the utterance
     * @return the id with an underscore for all but letters, digits, dots and hyphens, and with a
     *     number if that was taken
     */
    public String name(String id) {
        String safe = id.replaceAll("[^\\p{L}\\p{N}._-]|^\\.", "_");
        String base = safe.substring(0, Math.min(safe.length(), MAX_LENGTH));
        String name = base;
        // Some file systems do not tell case apart.
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "_" + i;
        }
        return name;
    }
}
