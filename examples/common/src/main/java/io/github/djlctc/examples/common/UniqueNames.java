package io.github.djlctc.examples.common;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of files in one folder, each given only once, also where a file system does not tell upper
 * and lower case apart.
 */
public final class UniqueNames {

    private final String separator;
    private final Set<String> taken = new HashSet<>();

    /** The last number of each name that was wanted more than once; all before it are taken. */
    private final Map<String, Integer> numbers = new HashMap<>();

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
        String wanted = base + ending;
        String key = wanted.toLowerCase(Locale.ROOT);
        if (taken.add(key)) {
            return wanted;
        }
        int n = numbers.getOrDefault(key, 1);
        String name;
        do {
            n++;
            name = base + separator + n + ending;
        } while (!taken.add(name.toLowerCase(Locale.ROOT)));
        numbers.put(key, n);
        return name;
    }
}
