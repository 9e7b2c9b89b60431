package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.FlacFrames.Start;
import io.github.djlctc.examples.speech.audio.FlacWriter.Numbering;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Parts of FLAC files, against the samples that were written. */
class FlacFramesTest {

    private static final int RATE = 16_000;

    /** 20 s: 640 KB, of which a part needs a few frames. */
    private static final short[] SAMPLES = noise(20 * RATE);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void readsTheSamplesOfAPartHoweverFramesAreNumbered(Numbering numbering) throws IOException {
        Path file = write(numbering, SAMPLES);
        for (double offset : new double[] {0, 0.3, 1.1, 7.00003, 12.5, 19.9}) {
            assertPart(file, offset, 0.0999);
        }
    }

    @Property(tries = 30)
    void readsTheSamplesOfAnyPart(
            @ForAll @DoubleRange(max = 19) double offset,
            @ForAll @IntRange(min = 16, max = 5000) int blockSize)
            throws IOException {
        Path file = Files.createTempFile("blocks", ".flac");
        try {
            Files.write(file, new FlacWriter(Numbering.FIXED_BLOCKS, blockSize).write(SAMPLES));
            assertPart(file, offset, 0.5);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void passesOverFramesBeforeThePart() throws IOException {
        byte[] damaged = Files.readAllBytes(write(Numbering.FIXED_BLOCKS, SAMPLES));
        Arrays.fill(damaged, 10_000, 40_000, (byte) 0);
        Path file = Files.write(folder.resolve("damaged.flac"), damaged);

        assertPart(file, 12.5, 1);
        assertThatThrownBy(() -> AudioFiles.readPart(file, 0.2, 1))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageContaining("damaged.flac");
    }

    @Test
    void findsDamageInsideThePart() throws IOException {
        byte[] damaged = Files.readAllBytes(write(Numbering.FIXED_BLOCKS, SAMPLES));
        damaged[damaged.length / 2] ^= 1;
        Path file = Files.write(folder.resolve("damaged.flac"), damaged);

        assertThatThrownBy(() -> AudioFiles.readPart(file, 9.9, 0.2))
                .isInstanceOf(AudioFormatException.class)
                .hasMessageContaining("damaged.flac")
                .hasMessageContaining("behind sample 15");
    }

    @Test
    void namesPartsBehindTheEnd() throws IOException {
        Path file = write(Numbering.FIXED_BLOCKS, SAMPLES);

        assertThatThrownBy(() -> AudioFiles.readPart(file, 19.5, 1))
                .hasMessageContaining("the file ends at 20.0 s");
        assertThatThrownBy(() -> AudioFiles.readPart(file, 3000, 1))
                .hasMessageContaining("the file ends at 20.0 s");
    }

    @Test
    void readsPartsBehindATag() throws IOException {
        byte[] tag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5};
        byte[] sound = Files.readAllBytes(write(Numbering.FIXED_BLOCKS, SAMPLES));
        Path file = Files.write(folder.resolve("tag.flac"), CompressedAudioTest.join(tag, sound));

        assertPart(file, 12.5, 1);
    }

    /** Whatever the search finds, a frame is not relied on before its checksum was right. */
    @ParameterizedTest
    @EnumSource(names = {"FIXED_BLOCKS", "VARIABLE_BLOCKS"})
    void isNotMisledBySoundThatLooksLikeHeaders(Numbering numbering) throws IOException {
        short[] samples = SAMPLES.clone();
        boolean isVariable = numbering == Numbering.VARIABLE_BLOCKS;
        for (int i = 3; i + 8 < samples.length; i += 16) {
            byte[] header = FlacWriter.header(0x1000 + i % 0x6000, 4096, isVariable);
            ByteBuffer.wrap(Arrays.copyOf(header, 10)).asShortBuffer().get(samples, i, 5);
        }
        Path file = write(numbering, samples);
        for (double offset = 0.2; offset < 19; offset += 1.7) {
            assertThat(AudioFiles.readPart(file, offset, 0.2).samples())
                    .isEqualTo(expected(samples, offset, 0.2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED_BLOCKS", "VARIABLE_BLOCKS"})
    void findsAFrameAtMost64KibibytesBeforeASample(Numbering numbering) throws IOException {
        Path file = write(numbering, SAMPLES);
        byte[] bytes = Files.readAllBytes(file);
        FlacHeader header = FlacHeader.read(file, new ByteArrayInputStream(bytes));
        try (FileChannel channel = FileChannel.open(file)) {
            FlacFrames frames = new FlacFrames(channel, header, header.bytes);
            for (int sample = 0; sample < SAMPLES.length; sample += 9999) {
                Optional<Start> start = frames.before(sample);
                assertThat(start.orElseThrow().sample())
                        .isBetween(sample - (1L << 15), (long) sample);
            }
        }
    }

    private Path write(Numbering numbering, short[] samples) throws IOException {
        return Files.write(
                folder.resolve("sound.flac"), new FlacWriter(numbering, 1024).write(samples));
    }

    private static void assertPart(Path file, double offset, double duration) throws IOException {
        assertThat(AudioFiles.readPart(file, offset, duration).samples())
                .as("%s s from %s s on", duration, offset)
                .isEqualTo(expected(SAMPLES, offset, duration));
    }

    private static float[] expected(short[] samples, double offset, double duration) {
        int first = (int) Math.round(offset * RATE);
        float[] part = new float[(int) Math.round((offset + duration) * RATE) - first];
        for (int i = 0; i < part.length; i++) {
            part[i] = samples[first + i] / Waveform.SIXTEEN_BIT_STEPS;
        }
        return part;
    }

    private static short[] noise(int length) {
        Random random = new Random(7);
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) random.nextInt();
        }
        return samples;
    }
}
