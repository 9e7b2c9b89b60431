package io.github.djlctc.examples.common.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The file {@code serving.properties} of a folder that was exported. Comments in it say so, and
 * which files of the folder another export may replace.
 */
final class ServingProperties {

    static final String NAME = "serving.properties";

    private static final String MARK = "# Exported by DJL CTC.";
    private static final String FILES = "# Another export replaces these files: ";
    private static final String ENGINE = "PyTorch";

    private ServingProperties() {}

    static String text(ServedModel model, Map<String, String> arguments, Collection<String> files) {
        StringBuilder text = new StringBuilder();
        line(text, MARK);
        line(text, FILES + String.join(" ", new TreeSet<>(files)));
        line(text, "engine=" + ENGINE);
        line(text, "option.modelName=" + model.name());
        line(text, "blockFactory=" + model.blockFactory().getName());
        line(text, "translatorFactory=" + model.translatorFactory().getName());
        line(text, "ctc.alphabet=" + ExportedFolder.ALPHABET);
        line(text, "ctc.lengths=int64");
        model.secondsPerFrame().ifPresent(seconds -> line(text, "ctc.secondsPerFrame=" + seconds));
        arguments.forEach((name, value) -> line(text, name + "=" + value));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Returns the files that an export may replace; none unless the folder has such a file. */
    static Set<String> replaceable(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            List<String> start = lines.limit(2).toList();
            boolean exported =
                    start.size() == 2
                            && start.get(0).equals(MARK)
                            && start.get(1).startsWith(FILES);
            return exported
                    ? new TreeSet<>(
                            Arrays.asList(start.get(1).substring(FILES.length()).split(" ")))
                    : Set.of();
        } catch (UncheckedIOException e) {
            return Set.of(); // not UTF-8, so of another program
        }
    }
}
