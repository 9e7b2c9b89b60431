package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Sound that was decoded once, on disk. */
class SignalFileTest {

    private static final long GIGABYTE = 1L << 30;
    private static final Waveform OF_16_BITS = new Waveform(new float[] {0.5f, -1, 0}, 16000);
    private static final Waveform OTHER = new Waveform(new float[] {0.1f, 1.5f}, 8000);
    private static final FeatureMatrix FEATURES =
            new FeatureMatrix(new float[] {1e-30f, -3.3f, 7, 9}, 2);

    @TempDir private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @Test
    void keepsSignalsExactlyForThisRunAndTheNext() throws IOException {
        try (SignalFile file = open(GIGABYTE)) {
            assertThat(file.add("a", SignalBytes.of(OF_16_BITS))).isTrue();
            assertThat(file.add("b", SignalBytes.of(OTHER))).isTrue();
            assertThat(file.add("\u00fc", SignalBytes.of(FEATURES))).isTrue();
            assertHasAll(file);
        }
        try (SignalFile file = open(GIGABYTE)) {
            assertHasAll(file);
            assertThat(file.read("c")).isEmpty();
            assertThat(file.add("c", SignalBytes.of(OTHER))).isTrue();
        }
        try (SignalFile file = open(GIGABYTE)) {
            assertHasAll(file);
            assertSame(file, "c", OTHER);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void addsNoMoreThanItsLimitAndSaysSoOnce() throws IOException {
        try (SignalFile file = open(140)) {
            assertThat(file.add("a", SignalBytes.of(OF_16_BITS))).isTrue();
            for (int i = 0; i < 3; i++) {
                boolean isAdded = file.add("b" + i, SignalBytes.of(new Waveform(new float[50], 8)));
                assertThat(isAdded).isFalse();
            }
            assertThat(file.read("a")).isPresent();
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(path().toString(), "has reached its limit", "training goes on");
    }

    @Test
    void keepsNoMoreOfAnEarlierRunThanALowerLimitAllows() throws IOException {
        writeTwo();
        long first = 8 + 32 + 1 + 6;
        try (SignalFile file = open(first + 1)) {
            assertSame(file, "a", OF_16_BITS);
            assertThat(file.has("b")).isFalse();
            assertThat(file.add("b", SignalBytes.of(OTHER))).isFalse();
        }
        assertThat(path()).hasSize(first);
        assertThat(warnings).singleElement().asString().contains("has reached its limit");
    }

    @Test
    void leavesADiskThatIsNearlyFullAlone() throws IOException {
        try (SignalFile file =
                SignalFile.open(path(), GIGABYTE, Long.MAX_VALUE / 2, warnings::add)) {
            assertThat(file.add("a", SignalBytes.of(OF_16_BITS))).isFalse();
            assertThat(file.read("a")).isEmpty();
        }
        assertThat(warnings).singleElement().asString().contains("would fill the disk");
        assertThat(path()).doesNotExist();
    }

    @Test
    void goesOnWhenItCannotBeWritten() throws IOException {
        SignalFile file = open(GIGABYTE);
        file.close();

        assertThat(file.add("a", SignalBytes.of(OF_16_BITS))).isFalse();
        assertThat(warnings).singleElement().asString().contains("cannot be written");
    }

    @Test
    void replacesWhatIsNoSuchFile() throws IOException {
        Files.writeString(path(), "something else, of some length");
        try (SignalFile file = open(GIGABYTE)) {
            file.add("a", SignalBytes.of(OTHER));
        }
        try (SignalFile file = open(GIGABYTE)) {
            assertSame(file, "a", OTHER);
        }
    }

    /** As after a crash, or when the power fails. */
    @Test
    void keepsTheSignalsBeforeOneThatIsNotWhole() throws IOException {
        writeTwo();
        byte[] whole = Files.readAllBytes(path());
        long first = 8 + 32 + 1 + 6;
        for (int length = (int) first; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));
            try (SignalFile file = open(GIGABYTE)) {
                assertSame(file, "a", OF_16_BITS);
                assertThat(file.has("b")).isFalse();
                file.add("b", SignalBytes.of(OTHER));
            }
            assertThat(path()).hasBinaryContent(whole);
        }
    }

    @Property(tries = 200)
    void neverReturnsADamagedSignal(@ForAll @IntRange(max = 87) int place, @ForAll byte change)
            throws IOException {
        folder = Files.createTempDirectory("damage");
        writeTwo();
        byte[] bytes = Files.readAllBytes(path());
        bytes[place] ^= change;
        Files.write(path(), bytes);
        try (SignalFile file = open(GIGABYTE)) {
            file.read("a").ifPresent(a -> assertEqual(a.signal(), OF_16_BITS));
            file.read("b").ifPresent(b -> assertEqual(b.signal(), OTHER));
        }
        Files.deleteIfExists(path());
        Files.delete(folder);
    }

    @Test
    void damagedSoundIsReadWhereItIsFrom() throws IOException {
        writeTwo();
        byte[] bytes = Files.readAllBytes(path());
        bytes[bytes.length - 1] ^= 1;
        Files.write(path(), bytes);
        try (SignalCache cache = new SignalCache(new MemoryBudget(0), open(GIGABYTE))) {
            Utterance.Source found = cache.find(Optional.of("b"), () -> FEATURES).orElseThrow();
            assertThat(found.read()).isSameAs(FEATURES);
            assertThat(found.read()).isSameAs(FEATURES);
            assertThat(cache.find(Optional.of("b"), () -> FEATURES)).isEmpty();
        }
        assertThat(warnings).singleElement().asString().contains("is damaged");
    }

    private void writeTwo() throws IOException {
        try (SignalFile file = open(GIGABYTE)) {
            file.add("a", SignalBytes.of(OF_16_BITS));
            file.add("b", SignalBytes.of(OTHER));
        }
    }

    private void assertHasAll(SignalFile file) {
        assertSame(file, "a", OF_16_BITS);
        assertSame(file, "b", OTHER);
        assertSame(file, "\u00fc", FEATURES);
    }

    private static void assertSame(SignalFile file, String key, Signal expected) {
        assertEqual(file.read(key).orElseThrow().signal(), expected);
    }

    private static void assertEqual(Signal actual, Signal expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private Path path() {
        return folder.resolve("sound.cache");
    }

    private SignalFile open(long maxBytes) throws IOException {
        return SignalFile.open(path(), maxBytes, 0, warnings::add);
    }
}
