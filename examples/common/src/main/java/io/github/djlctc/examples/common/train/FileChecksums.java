package io.github.djlctc.examples.common.train;

import io.github.djlctc.file.AtomicFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checksums of the files in the folder of a model, by which a file that is damaged, or of
 * another model, is refused: an alphabet of as many tokens in another order would give wrong texts.
 * A file of lines as {@code sha256sum} writes and checks them.
 */
public final class FileChecksums {

    /** Its name. */
    public static final String NAME = "checksums.sha256";

    private static final Logger LOG = LoggerFactory.getLogger(FileChecksums.class);
    private static final String ALGORITHM = "SHA-256";
    private static final int BUFFER = 1 << 16;

    private FileChecksums() {}

    /**
     * Returns the lines of files.
     *
     * @param folder their folder
     * @param names their names
     * @return a line for each
     * @throws IOException if one cannot be read
     */
    public static String of(Path folder, List<String> names) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            lines.append(sum(folder.resolve(name))).append("  ").append(name).append('\n');
        }
        return lines.toString();
    }

    /** Replaces the checksums of a folder. */
    static void write(Path folder, String lines) throws IOException {
        AtomicFile.writeString(folder.resolve(NAME), lines);
    }

    /**
     * Checks files. A folder of an earlier version has no checksums; that is logged, and nothing is
     * checked.
     *
     * @param folder the folder of a model
     * @param names files that it must have checksums of
     * @throws IOException if one is missing or not as it was saved; the message names it
     */
    public static void check(Path folder, List<String> names) throws IOException {
        if (!Files.exists(folder.resolve(NAME))) {
            warn(folder, names);
            return;
        }
        for (String name : names) {
            check(folder, name);
        }
    }

    private static void warn(Path folder, List<String> names) {
        if (Files.exists(folder.resolve(names.get(0)))) {
            LOG.warn(
                    "{} has no {}, so that files that are damaged or of another model would not be"
                            + " noticed; if they are right, make it there: sha256sum model.json"
                            + " alphabet.* *.params > {}",
                    folder,
                    NAME,
                    NAME);
        }
    }

    private static void check(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        // Read a second time, since a training that goes on may have replaced the file meanwhile.
        for (int attempt = 0; !expected(folder, name).contains(sum(file)); attempt++) {
            if (attempt == 1) {
                throw new IOException(
                        file
                                + " is not the file that was saved: its checksum is not that in "
                                + NAME
                                + ". Copy the whole folder again, or export or train the model"
                                + " again");
            }
        }
    }

    /** Returns the checksums that a file may have: two while it is being replaced. */
    private static Set<String> expected(Path folder, String name) throws IOException {
        Path file = folder.resolve(NAME);
        Set<String> sums =
                // Whatever the bytes of a damaged file: what matches no file is an error below.
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.endsWith("  " + name) || line.endsWith(" *" + name))
                        .map(line -> line.substring(0, line.length() - name.length() - 2))
                        .collect(Collectors.toSet());
        if (sums.isEmpty()) {
            throw new IOException(file + " has no checksum of " + name);
        }
        return sums;
    }

    private static String sum(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
