package io.github.djlctc.examples.common.data;

import io.github.djlctc.examples.common.SampleFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.UnusableSampleException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileCheckTest {

    private static final Path FILE = Path.of("a.wav");

    private static final FileCheck EMPTY =
            file -> {
                throw new EmptyFileException(file);
            };

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @Test
    void recordsNothingOfAUsableFile() throws IOException {
        assertThat(((FileCheck) file -> {}).passes(FILE, skipped)).isTrue();
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void recordsWhyAFileCannotBeUsed() throws IOException {
        assertThat(EMPTY.passes(FILE, skipped)).isFalse();
        assertThat(skipped.list())
                .singleElement()
                .satisfies(
                        sample -> {
                            assertThat(sample.id()).isEqualTo("a.wav");
                            assertThat(sample.reason()).isEqualTo("empty");
                            assertThat(sample.detail()).isEqualTo("it has 0 bytes");
                        });
    }

    @Test
    void throwsInAStrictRun() {
        SkippedSamples strict = new SkippedSamples(Policy.STRICT);
        assertThatThrownBy(() -> EMPTY.passes(FILE, strict))
                .isInstanceOf(UnusableSampleException.class);
    }

    @Test
    void passesOnThatReadingFailed() {
        FileCheck failing =
                file -> {
                    throw new IOException("disk");
                };
        assertThatIOException().isThrownBy(() -> failing.passes(FILE, skipped)).withMessage("disk");
    }

    @Test
    void namesFileReasonAndDetailInTheMessage() {
        assertThat(new EmptyFileException(FILE)).hasMessage("a.wav: empty: it has 0 bytes");
    }

    private static final class EmptyFileException extends SampleFileException {

        private static final long serialVersionUID = 1L;

        EmptyFileException(Path file) {
            super(file.toString(), "empty", "it has 0 bytes", null);
        }
    }
}
