package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models whose n-grams exceed the memory they may have. */
class BoundedMemoryTest {

    private static final long LITTLE = 1 << 24;
    private static final long MUCH = 1 << 28;

    @TempDir private static Path texts;
    private static Path text;

    @TempDir private Path folder;

    /** Long enough for several sorted blocks of each order, more than are merged at one time. */
    @BeforeAll
    static void writeText() throws IOException {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int words = 0; words < 300_000; words++) {
            lines.append('w').append((int) Math.exp(10 * random.nextDouble()));
            lines.append(random.nextInt(12) == 0 ? '\n' : ' ');
        }
        text = Files.writeString(texts.resolve("text.txt"), lines);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "5, 1"})
    void theModelDoesNotDependOnTheMemory(int order, int threshold) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path small = folder.resolve("small.arpa");
        Path large = folder.resolve("large.arpa");
        NGramEstimator.Builder builder =
                NGramEstimator.builder()
                        .setOrder(order)
                        .optPruning(threshold)
                        .optDiscountFallback(Discounts.FALLBACK)
                        .optTemporaryFolder(temporary);

        write(builder.optMemory(LITTLE).build(), small);
        write(builder.optMemory(MUCH).build(), large);

        assertThat(small).hasSameBinaryContentAs(large);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void modelsCanBeReadSeveralTimes() throws IOException {
        try (EstimatedNGrams model = estimator(folder).build().estimate(text)) {
            assertThat(model.ngrams(5).count()).isEqualTo(model.count(5));
            assertThat(model.ngrams(5).skip(100_000).findFirst())
                    .isEqualTo(model.ngrams(5).skip(100_000).findFirst());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> estimator(missing).build().estimate(text))
                .isInstanceOf(TemporaryStorageException.class)
                .hasMessageStartingWith("cannot keep a temporary file in " + missing)
                .hasMessageEndingWith("or permit more memory");
    }

    @Test
    void nothingIsLeftWhenAnEstimationFails() throws IOException {
        NGramEstimator impossible =
                NGramEstimator.builder()
                        .setOrder(5)
                        .optMemory(LITTLE)
                        .optTemporaryFolder(folder)
                        .build();
        Path twice = folder.resolve("twice.txt");
        Files.writeString(twice, Files.readString(text).repeat(2));

        assertThatThrownBy(() -> impossible.estimate(twice)).isInstanceOf(DiscountException.class);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(twice);
        }
    }

    @Test
    void theMemoryIsNotTooSmall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NGramEstimator.builder().optMemory(LITTLE - 1))
                .withMessageContaining("16777216 (16 MiB) or more");
    }

    @Test
    void theListenerIsToldOfAllSteps() throws IOException {
        Map<EstimationStep, Long> units = new ConcurrentHashMap<>();
        EstimationListener listener = (step, done) -> units.merge(step, done, Long::sum);

        write(estimator(folder).optListener(listener).build(), folder.resolve("model.arpa"));

        assertThat(units).containsOnlyKeys(EstimationStep.values());
        assertThat(units.get(EstimationStep.READING))
                .isGreaterThan(300_000)
                .isEqualTo(units.get(EstimationStep.COUNTING));
        assertThat(units.get(EstimationStep.WRITING))
                .isGreaterThan(units.get(EstimationStep.INTERPOLATING));
    }

    private static NGramEstimator.Builder estimator(Path temporary) {
        return NGramEstimator.builder()
                .setOrder(5)
                .optDiscountFallback(Discounts.FALLBACK)
                .optMemory(LITTLE)
                .optTemporaryFolder(temporary);
    }

    private static void write(NGramEstimator estimator, Path arpa) throws IOException {
        try (EstimatedNGrams model = estimator.estimate(text)) {
            model.writeArpa(arpa);
        }
    }
}
