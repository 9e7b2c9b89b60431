package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AudioStreamTest {

    private static final Path FLAC = Path.of("src/test/resources/audio/stereo16.flac");
    private static final Path NAME = Path.of("sent.bin");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"WAVE", "AIFF", "AU", "FLAC"})
    void givesTheSamplesOfTheWholeFileHoweverItIsRead(String type) throws IOException {
        Path file = file(type);
        float[] whole = AudioFiles.read(file).samples();
        for (int most : new int[] {1, 100, 10_000}) {
            Random random = new Random(most);
            try (AudioStream stream = AudioFiles.stream(file)) {
                assertThat(stream.sampleRate()).isEqualTo(Chirp.SAMPLE_RATE);
                assertThat(ArrayStream.readAll(stream, most, random)).isEqualTo(whole);
                assertThat(stream.read(new float[1], 0, 1)).as("at the end").isEqualTo(-1);
            }
            try (AudioStream stream = AudioFiles.stream(Files.newInputStream(file), NAME)) {
                assertThat(ArrayStream.readAll(stream, most, random)).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAVE", "AIFF", "AU", "FLAC"})
    void findsTruncationOfContentWhoseSizeIsUnknown(String type) throws IOException {
        byte[] bytes = Files.readAllBytes(file(type));

        assertProblem(Problem.TRUNCATED, Arrays.copyOf(bytes, bytes.length - 2));
    }

    @Test
    void namesContentThatIsEmptyOrNoAudio() {
        assertProblem(Problem.EMPTY, new byte[0]);
        assertProblem(Problem.UNSUPPORTED, "no sound at all".getBytes(US_ASCII));
    }

    @Test
    void closesContentThatCannotBeUsed() {
        boolean[] closed = new boolean[1];
        InputStream in =
                new ByteArrayInputStream(new byte[500]) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };

        assertThatThrownBy(() -> AudioFiles.stream(in, NAME))
                .isInstanceOf(AudioFormatException.class);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void streamsMoreThanIsReadAsAWhole() throws IOException {
        int seconds = AudioFiles.MAX_SECONDS + 1;
        AudioFormat format = new AudioFormat(1000, 8, 1, false, false);
        long samples = 1000L * seconds;

        long read = 0;
        try (AudioStream stream = AudioFiles.stream(silence(format, (int) samples), NAME)) {
            float[] buffer = new float[1 << 16];
            for (int n = 0; n >= 0; n = stream.read(buffer, 0, buffer.length)) {
                read += n;
            }
        }
        assertThat(read).isEqualTo(samples);
        byte[] content = silence(format, (int) samples).readAllBytes();
        assertThatThrownBy(() -> AudioFiles.read(content, NAME))
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.TOO_LONG));
    }

    /** The header of a WAV file, and its bytes. */
    private static InputStream silence(AudioFormat format, int bytes) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(US_ASCII))
                .putInt(36 + bytes)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(16);
        int rate = (int) format.getSampleRate();
        header.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate);
        header.putShort((short) 1).putShort((short) 8).put("data".getBytes(US_ASCII)).putInt(bytes);
        byte[] content = Arrays.copyOf(header.array(), 44 + bytes);
        Arrays.fill(content, 44, content.length, (byte) 128);
        return new ByteArrayInputStream(content);
    }

    private static void assertProblem(Problem problem, byte[] content) {
        assertThatThrownBy(
                        () -> {
                            InputStream in = new ByteArrayInputStream(content);
                            try (AudioStream stream = AudioFiles.stream(in, NAME)) {
                                ArrayStream.readAll(stream, 1000, new Random(1));
                            }
                        })
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem))
                .hasMessageContaining(NAME.toString());
    }

    private Path file(String type) throws IOException {
        if (type.equals("FLAC")) {
            return FLAC;
        }
        AudioFileFormat.Type fileType =
                switch (type) {
                    case "WAVE" -> AudioFileFormat.Type.WAVE;
                    case "AIFF" -> AudioFileFormat.Type.AIFF;
                    default -> AudioFileFormat.Type.AU;
                };
        boolean bigEndian = !type.equals("WAVE");
        AudioFormat format = new AudioFormat(Chirp.SAMPLE_RATE, 16, 2, true, bigEndian);
        return Chirp.write(folder.resolve("chirp"), fileType, format);
    }
}
