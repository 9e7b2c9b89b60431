package io.github.djlctc.examples.htr.corpus.iam;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What one sample of the database is. */
public enum IamLevel {
    /** A text line: {@code ascii/lines.txt} and {@code lines/}. */
    LINES("lines", "(-\\d\\d)"),
    /** A word: {@code ascii/words.txt} and {@code words/}. */
    WORDS("words", "(-\\d\\d){2}");

    private final String folder;
    private final Pattern id;

    IamLevel(String folder, String idEnd) {
        this.folder = folder;
        id = Pattern.compile("[a-z]\\d\\d-\\d{3}[a-z]?" + idEnd);
    }

    /** Returns the name of the list of samples. */
    String list() {
        return folder + ".txt";
    }

    /** Returns the name of the archive that holds the images. */
    String archive() {
        return folder + ".tgz";
    }

    boolean isId(String text) {
        return id.matcher(text).matches();
    }

    /** Returns the image of a sample, such as {@code lines/a01/a01-000u/a01-000u-00.png}. */
    Path image(Path root, String sample) {
        int group = sample.indexOf('-');
        int form = sample.indexOf('-', group + 1);
        return root.resolve(folder)
                .resolve(sample.substring(0, group))
                .resolve(sample.substring(0, form))
                .resolve(sample + ".png");
    }
}
