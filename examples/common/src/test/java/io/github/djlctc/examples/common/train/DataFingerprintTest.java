package io.github.djlctc.examples.common.train;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which data a run may be resumed on. */
class DataFingerprintTest {

    private static final String FOLDER = workingDirectory() + "/data/";

    @Test
    void isOfTheSameSamplesInTheSameOrder() throws IOException {
        DataFingerprint one = fingerprint("a.wav", "b.wav");

        assertThat(one.matches(fingerprint("a.wav", "b.wav").toString())).isTrue();
        assertThat(one.matches(fingerprint("b.wav", "a.wav").toString())).isFalse();
        assertThat(one.matches(fingerprint("a.wav").toString())).isFalse();
        assertThat(one.matches(null)).isFalse();
    }

    @Test
    void partsOfAFileDifferByTheirDuration() throws IOException {
        DataFingerprint one = fingerprint("a.wav@0.5+1.0");

        assertThat(one.matches(fingerprint("a.wav@0.5+2.0").toString())).isFalse();
    }

    @Test
    void knowsTheRelativePathsOfEarlierVersions() throws IOException {
        DataFingerprint now = fingerprint(FOLDER + "a.wav", FOLDER + "b.wav");

        assertThat(now.matches(fingerprint("data/a.wav", "data/b.wav").toString())).isTrue();
        assertThat(now.matches(fingerprint("other/a.wav", "other/b.wav").toString())).isFalse();
    }

    @Test
    void knowsThePartsOfEarlierVersionsWhichHadNoDuration() throws IOException {
        DataFingerprint now = fingerprint(FOLDER + "a.wav@0.5+1.0", FOLDER + "a.wav@1.0E-4+0.4");

        for (String folder : List.of(FOLDER, "data/")) {
            String earlier = fingerprint(folder + "a.wav@0.5", folder + "a.wav@1.0E-4").toString();
            assertThat(now.matches(earlier)).as(folder).isTrue();
        }
    }

    private static String workingDirectory() {
        return Path.of("").toAbsolutePath().toString();
    }

    private static DataFingerprint fingerprint(String... ids) {
        return new DataFingerprint(
                Arrays.stream(ids)
                        .map(id -> new PreparedSample(id, "AB", new long[] {1, 2}, 10, 2, null))
                        .toList());
    }
}
