package io.github.djlctc.examples.common;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files in one folder, each given only once, also where a file system does not tell upper
 * and lower case apart.
 */
public final class UniqueNames {

    private final String separator;
    private final Set<String> taken = new HashSet<>();

    /**
     * Creates names none of which is taken.
     *
     * @param separator stands before the number of a name that was taken
     */
    public UniqueNames(String separator) {
        this.separator = separator;
    }

    /**
     * Takes a name.
     *
     * @param base the name that is wanted, without its ending
     * @param ending the ending, such as {@code .png}
     * @return the base, with a number from 2 on if the name was taken, and the ending
     */
    public String take(String base, String ending) {
        String name = base + ending;
        for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
            name = base + separator + n + ending;
        }
        return name;
    }
}
