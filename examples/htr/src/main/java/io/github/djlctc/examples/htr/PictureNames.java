package io.github.djlctc.examples.htr;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The names of pictures of files, which may be of the same name in different folders. */
final class PictureNames {

    private final Set<String> used = new HashSet<>();

    /** Returns the name of the file with {@code .png} after it, and a number if that is taken. */
    String of(Path file) {
        String name = file.getFileName().toString();
        String picture = name + ".png";
        for (int n = 2; !used.add(picture); n++) {
            picture = name + "-" + n + ".png";
        }
        return picture;
    }
}
