package io.github.djlctc.examples.common.picture;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The names of pictures of files, which may be of the same name in different folders. */
public final class PictureNames {

    private final Set<String> used = new HashSet<>();

    /** Creates names, none of which is used yet. */
    public PictureNames() {}

    /**
     * Names the picture of a file.
     *
     * @param file the file
     * @return its name with {@code .png} after it, and a number if that is taken
     */
    public String of(Path file) {
        String name = file.getFileName().toString();
        String picture = name + ".png";
        for (int n = 2; !used.add(picture); n++) {
            picture = name + "-" + n + ".png";
        }
        return picture;
    }
}
