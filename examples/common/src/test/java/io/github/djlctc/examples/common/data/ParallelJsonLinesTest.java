package io.github.djlctc.examples.common.data;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many threads give what one gives. */
@Timeout(60)
class ParallelJsonLinesTest {

    private static final String EXAMPLE = "{\"n\": \"1\"}";

    private final List<String> taken = new ArrayList<>();

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.jsonl");
    }

    private void read(ParallelJsonLines.Parser<String> parser) throws IOException {
        new ParallelJsonLines<>(
                        file,
                        EXAMPLE,
                        parser,
                        (line, value) -> {
                            if (value.endsWith("7")) {
                                throw line.error("seven", value);
                            }
                            taken.add(line.where() + " " + value);
                        },
                        problem -> taken.add(problem.where() + " " + problem.getMessage()))
                .read();
    }

    /** Lines of all kinds, some of which take longer. */
    private static String line(int number) {
        return switch (number % 11) {
            case 3 -> "";
            case 4 -> "{\"n\": ";
            case 5 -> "{\"m\": \"" + number + "\"}";
            default -> "{\"n\": \"" + number + "\"}";
        };
    }

    private static String parse(JsonLine line) throws JsonLineException {
        String value = line.string("n");
        int turns = new Random(value.hashCode()).nextInt(1_000);
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
        return value;
    }

    /** Around the number of lines that a thread takes at a time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1_024, 20_000})
    void linesAndProblemsComeInTheOrderOfTheFile(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 1; number <= count; number++) {
            text.append(line(number)).append(number == count ? "" : "\n");
        }
        Files.writeString(file, text);
        read(ParallelJsonLinesTest::parse);

        List<String> expected = new ArrayList<>();
        JsonLines.read(
                file,
                EXAMPLE,
                line -> {
                    String value = parse(line);
                    if (value.endsWith("7")) {
                        throw line.error("seven", value);
                    }
                    expected.add(line.where() + " " + value);
                },
                problem -> expected.add(problem.where() + " " + problem.getMessage()));
        assertThat(taken).isEqualTo(expected).hasSize(count - (count + 8) / 11);
    }

    @Test
    void whatIsBeforeAnErrorIsTaken() throws IOException {
        Files.write(file, Collections.nCopies(5_000, EXAMPLE));
        IllegalStateException bug = new IllegalStateException("a bug");

        assertThatThrownBy(
                        () ->
                                read(
                                        line -> {
                                            if (line.where().line() > 2_000) {
                                                throw bug;
                                            }
                                            return "1";
                                        }))
                .isSameAs(bug);
        assertThat(taken).hasSizeBetween(2_000 - 512, 2_000);
        assertThat(taken.get(1_000)).isEqualTo(file + ":1001 1");
    }

    @Test
    void wantOfMemoryIsTheCauseOfWhatIsThrown() throws IOException {
        Files.writeString(file, EXAMPLE);

        assertThatThrownBy(
                        () ->
                                read(
                                        line -> {
                                            throw new OutOfMemoryError("Java heap space");
                                        }))
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> read(ParallelJsonLinesTest::parse))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("a.jsonl");
    }
}
