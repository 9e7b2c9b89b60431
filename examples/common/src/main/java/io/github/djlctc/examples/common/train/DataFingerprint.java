package io.github.djlctc.examples.common.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A text that differs for other samples, and for the same ones in another order: a run is resumed
 * on the data that it was started with.
 */
final class DataFingerprint {

    private static final Pattern DURATION = Pattern.compile("(@[0-9.E-]+)\\+[0-9.E-]+$");

    private final List<PreparedSample> samples;
    private final String text;

    DataFingerprint(List<PreparedSample> samples) {
        this.samples = samples;
        text = text(UnaryOperator.identity());
    }

    /**
     * Tells whether a checkpoint is of these samples.
     *
     * @param saved the fingerprint in the checkpoint, or null. Earlier versions named a part of a
     *     file by its offset alone, and a file as its path was written: absolute, or relative to
     *     the working directory.
     */
    boolean matches(String saved) throws IOException {
        if (text.equals(saved)) {
            return true;
        }
        UnaryOperator<String> absolute = id -> DURATION.matcher(id).replaceFirst("$1");
        Path directory = Path.of("").toRealPath();
        UnaryOperator<String> relative = id -> relative(directory, absolute.apply(id));
        return text(absolute).equals(saved) || text(relative).equals(saved);
    }

    private static String relative(Path directory, String id) {
        try {
            Path path = Path.of(id);
            return path.isAbsolute() ? directory.relativize(path).toString() : id;
        } catch (InvalidPathException e) {
            return id;
        }
    }

    private String text(UnaryOperator<String> spelling) {
        CRC32C checksum = new CRC32C();
        for (PreparedSample sample : samples) {
            String line =
                    spelling.apply(sample.id())
                            + '\t'
                            + sample.frames()
                            + '\t'
                            + Arrays.toString(sample.target())
                            + '\n';
            checksum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return samples.size() + " with checksum " + Long.toHexString(checksum.getValue());
    }

    @Override
    public String toString() {
        return text;
    }
}
