package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AudioFilesTest {

    private static final Path RESOURCES = Path.of("src/test/resources/audio");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "WAVE, 8, 1, PCM_UNSIGNED, false",
        "WAVE, 16, 1, PCM_SIGNED, false",
        "WAVE, 16, 2, PCM_SIGNED, false",
        "WAVE, 24, 1, PCM_SIGNED, false",
        "WAVE, 32, 3, PCM_SIGNED, false",
        "AIFF, 8, 1, PCM_SIGNED, true",
        "AIFF, 16, 2, PCM_SIGNED, true",
        "AIFF, 24, 1, PCM_SIGNED, true",
        "AU, 8, 1, PCM_SIGNED, true",
        "AU, 16, 5, PCM_SIGNED, true",
        "AU, 32, 1, PCM_SIGNED, true",
    })
    void readsExactSamplesOfIntegerFormats(
            String type, int bits, int channels, String encoding, boolean bigEndian)
            throws IOException {
        AudioFormat format = format(new Encoding(encoding), bits, channels, bigEndian);
        Path file = Chirp.write(folder.resolve("chirp"), fileType(type), format);

        Waveform sound = AudioFiles.read(file);

        assertThat(sound.sampleRate()).isEqualTo(Chirp.SAMPLE_RATE);
        assertThat(sound.samples())
                .containsExactly(Chirp.mono(Math.min(bits, 24), channels), within(1e-7f));
    }

    @Test
    void readsFloatingPointSamples() throws IOException {
        float[] expected = Chirp.mono(24, 1);
        ByteBuffer data = ByteBuffer.allocate(4 * expected.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : expected) {
            data.putFloat(sample);
        }
        Path file = write(data.array(), format(Encoding.PCM_FLOAT, 32, 1, false));

        assertThat(AudioFiles.read(file).samples()).containsExactly(expected);
        assertThat(AudioFiles.read(Files.readAllBytes(file), Path.of("sent")).samples())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ULAW", "ALAW"})
    void expandsTelephoneCodes(String encoding) throws IOException, UnsupportedAudioFileException {
        Path pcm =
                Chirp.write(
                        folder.resolve("pcm.wav"),
                        AudioFileFormat.Type.WAVE,
                        format(Encoding.PCM_SIGNED, 16, 1, false));
        Path file = folder.resolve("coded.wav");
        try (AudioInputStream in = AudioSystem.getAudioInputStream(pcm.toFile());
                AudioInputStream coded =
                        AudioSystem.getAudioInputStream(new Encoding(encoding), in)) {
            AudioSystem.write(coded, AudioFileFormat.Type.WAVE, file.toFile());
        }

        // Their steps are up to 1/32 of the value.
        assertThat(AudioFiles.read(file).samples())
                .containsExactly(Chirp.mono(16, 1), within(0.02f));
    }

    @ParameterizedTest
    @CsvSource({"mono8, 8, 1", "mono16, 16, 1", "stereo16, 16, 2", "stereo24, 24, 2"})
    void readsExactSamplesOfFlac(String name, int bits, int channels) throws IOException {
        Waveform sound = AudioFiles.read(RESOURCES.resolve(name + ".flac"));

        assertThat(sound.sampleRate()).isEqualTo(Chirp.SAMPLE_RATE);
        assertThat(sound.samples()).containsExactly(Chirp.mono(bits, channels), within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono16.flac", "chirp.wav"})
    void readsParts(String name) throws IOException {
        Path file = file(name);
        float[] whole = Chirp.mono(16, 1);

        assertThat(AudioFiles.readPart(file, 0, 0.25).samples())
                .containsExactly(whole, within(1e-7f));
        assertThat(AudioFiles.readPart(file, 0.05, 0.1).samples())
                .containsExactly(Arrays.copyOfRange(whole, 800, 2400), within(1e-7f));
        assertThat(AudioFiles.readPart(file, 0.2, 0.14).samples())
                .as("a rounded end is cut at the end of the file")
                .containsExactly(Arrays.copyOfRange(whole, 3200, 4000), within(1e-7f));
        assertProblem(Problem.OUTSIDE, () -> AudioFiles.readPart(file, 0.2, 0.5))
                .hasMessageContaining(
                        "0.5 s from 0.2 s on was asked for, but the file ends at 0.25 s");
        assertProblem(Problem.OUTSIDE, () -> AudioFiles.readPart(file, 0.3, 0.01));
        assertProblem(Problem.OUTSIDE, () -> AudioFiles.readPart(file, 1e300, 0.01));
        assertProblem(Problem.TOO_LONG, () -> AudioFiles.readPart(file, 0, 7201));
        assertThatThrownBy(() -> AudioFiles.readPart(file, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AudioFiles.readPart(file, 0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesFilesThatAreMissingOrEmptyOrNoAudio() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.wav"));
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound at all ".repeat(100));
        Path noFrames = write(new byte[0], format(Encoding.PCM_SIGNED, 16, 1, false));

        assertProblem(Problem.MISSING, () -> AudioFiles.checkHeader(folder.resolve("none.wav")))
                .hasMessageContaining("none.wav");
        assertProblem(Problem.MISSING, () -> AudioFiles.checkHeader(folder));
        assertProblem(Problem.EMPTY, () -> AudioFiles.checkHeader(empty));
        assertProblem(Problem.EMPTY, () -> AudioFiles.checkHeader(noFrames));
        assertProblem(Problem.UNSUPPORTED, () -> AudioFiles.checkHeader(text));
    }

    @Test
    void findsTruncatedUncompressedFilesByTheirHeader() throws IOException {
        byte[] bytes = Files.readAllBytes(file("chirp.wav"));
        for (int length : new int[] {44, 45, 1000, 7000, bytes.length - 100}) {
            Path file = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, length));
            assertProblem(Problem.TRUNCATED, () -> AudioFiles.checkHeader(file));
        }
        for (int missing = 1; missing < 44; missing++) {
            Path file =
                    Files.write(
                            folder.resolve("cut.wav"),
                            Arrays.copyOf(bytes, bytes.length - missing));
            assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(file));
        }
        Path file = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length - 2));
        assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(file))
                .hasMessageContaining("its header gives 4000 samples, but at most 3999 are there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono16.flac", "stereo16.flac"})
    void findsTruncatedFlacAtEveryLength(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve(name));
        for (int length = 4; length < bytes.length; length += 97) {
            Path file = Files.write(folder.resolve("cut.flac"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> AudioFiles.read(file))
                    .isInstanceOf(AudioFormatException.class);
        }
        Path file = Files.write(folder.resolve("cut.flac"), Arrays.copyOf(bytes, bytes.length - 1));
        assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(file))
                .hasMessageContaining("its header gives 4000 samples");
    }

    @Test
    void readsWavWhoseLengthWasUnknownWhenItWasWritten() throws IOException {
        byte[] bytes = Files.readAllBytes(file("chirp.wav"));
        Arrays.fill(bytes, 4, 8, (byte) 0xFF);
        Arrays.fill(bytes, 40, 44, (byte) 0xFF);
        Path file = Files.write(folder.resolve("piped.wav"), bytes);

        assertThat(AudioFiles.read(file).samples())
                .containsExactly(Chirp.mono(16, 1), within(1e-7f));
    }

    @Test
    void rejectsSamplesThatAreNoNumbersAndAbsurdHeaders() throws IOException {
        byte[] data = new byte[400];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(40, Float.NaN);
        Path nan = write(data, format(Encoding.PCM_FLOAT, 32, 1, false));
        assertProblem(Problem.CORRUPT, () -> AudioFiles.read(nan))
                .hasMessageContaining("sample 10 is NaN");

        byte[] bytes = Files.readAllBytes(file("chirp.wav"));
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(24, 2_000_000_000);
        Path rate = Files.write(folder.resolve("rate.wav"), bytes);
        assertProblem(Problem.UNSUPPORTED, () -> AudioFiles.read(rate))
                .hasMessageContaining("sample rate");
        header.putInt(24, 16_000).putShort(22, (short) 30_000);
        Path channels = Files.write(folder.resolve("channels.wav"), bytes);
        assertProblem(Problem.UNSUPPORTED, () -> AudioFiles.read(channels))
                .hasMessageContaining("30000 channels");
    }

    @Test
    void readsRealRecordings() throws IOException {
        Path recordings = TestData.of(PublicCorpus.FSDD, "data/fsdd/recordings");

        Waveform sound = AudioFiles.read(recordings.resolve("0_george_0.wav"));

        assertThat(sound.sampleRate()).isEqualTo(8000);
        assertThat(sound.seconds()).isBetween(0.2, 1.0);
    }

    private Path file(String name) throws IOException {
        return name.endsWith(".flac")
                ? RESOURCES.resolve(name)
                : Chirp.write(
                        folder.resolve(name),
                        AudioFileFormat.Type.WAVE,
                        format(Encoding.PCM_SIGNED, 16, 1, false));
    }

    @Test
    void readsFlacBehindAnId3Tag() throws IOException {
        byte[] flac = Files.readAllBytes(RESOURCES.resolve("mono16.flac"));
        Path tagged = Files.write(folder.resolve("tagged.flac"), behindTag(300, flac));

        AudioFiles.checkHeader(tagged);

        assertThat(AudioFiles.read(tagged).samples())
                .isEqualTo(AudioFiles.read(RESOURCES.resolve("mono16.flac")).samples());
    }

    @Test
    void namesWhatElseIsBehindAnId3Tag() throws IOException {
        byte[] nothing = new byte[500];
        Path other = Files.write(folder.resolve("a.bin"), behindTag(300, nothing));
        Path cut =
                Files.write(folder.resolve("b.flac"), Arrays.copyOf(behindTag(300, nothing), 99));

        assertProblem(Problem.UNSUPPORTED, () -> AudioFiles.read(other))
                .hasMessageContaining("neither WAV, AIFF")
                .hasMessageContaining("ffmpeg");
        assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(cut))
                .hasMessageContaining("ID3 tag");
    }

    /** Sizes have 7 bits a byte: id3.org, ID3v2.3.0, section 3.1. */
    private static byte[] behindTag(int size, byte[] content) {
        return ByteBuffer.allocate(10 + size + content.length)
                .put(new byte[] {'I', 'D', '3', 3, 0, 0})
                .put(new byte[] {0, 0, (byte) (size >> 7), (byte) (size & 0x7F)})
                .position(10 + size)
                .put(content)
                .array();
    }

    @ParameterizedTest
    @CsvSource({
        "sowt, 16",
        "sowt, 24",
        "sowt, 32",
        "NONE, 16",
        "twos, 24",
        "'raw ', 8",
        "fl32, 32"
    })
    void readsAiffC(String form, int bits) throws IOException {
        Path file = Files.write(folder.resolve("a.aifc"), aifc(form, bits));

        AudioFiles.checkHeader(file);
        Waveform sound = AudioFiles.read(file);
        Waveform part = AudioFiles.readPart(file, 0.1, 0.05);

        assertThat(sound.sampleRate()).isEqualTo(Chirp.SAMPLE_RATE);
        float[] expected = Chirp.mono(Math.min(bits, 24), 1);
        assertThat(sound.samples()).containsExactly(expected, within(1e-7f));
        assertThat(part.samples())
                .containsExactly(Arrays.copyOfRange(expected, 1600, 2400), within(1e-7f));
    }

    @Test
    void namesAiffCThatCannotBeRead() throws IOException {
        byte[] good = aifc("sowt", 16);
        Path compressed = Files.write(folder.resolve("a.aifc"), aifc("ima4", 16));
        Path cut = Files.write(folder.resolve("b.aifc"), Arrays.copyOf(good, 5000));
        Path header = Files.write(folder.resolve("c.aifc"), Arrays.copyOf(good, 30));

        assertProblem(Problem.UNSUPPORTED, () -> AudioFiles.read(compressed))
                .hasMessageContaining("compressed as \"ima4\"");
        assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(cut));
        assertProblem(Problem.TRUNCATED, () -> AudioFiles.read(header));
    }

    /** Apple's AIFF-C, draft of 26 August 1991; the rate of 16,000 Hz as an 80-bit number. */
    private static byte[] aifc(String form, int bits) {
        int bytes = bits / 8;
        int data = Chirp.SAMPLES * bytes;
        ByteBuffer file = ByteBuffer.allocate(12 + 12 + 8 + 24 + 16 + data);
        file.put("FORM".getBytes(US_ASCII)).putInt(file.capacity() - 8);
        file.put("AIFCFVER".getBytes(US_ASCII)).putInt(4).putInt(0xA2805140);
        file.put("COMM".getBytes(US_ASCII)).putInt(24).putShort((short) 1);
        file.putInt(Chirp.SAMPLES).putShort((short) bits);
        file.putShort((short) (16383 + 13)).putLong(16_000L << 50);
        file.put(form.getBytes(US_ASCII)).putShort((short) 0);
        file.put("SSND".getBytes(US_ASCII)).putInt(8 + data).putLong(0);
        file.order(form.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int n = 0; n < Chirp.SAMPLES; n++) {
            putSample(file, form, bits, n);
        }
        return file.array();
    }

    private static void putSample(ByteBuffer file, String form, int bits, int n) {
        int sample = Chirp.sample(n, Math.min(bits, 24), 0);
        if (form.equals("fl32")) {
            file.putFloat(sample / (float) (1 << 23));
        } else if (bits == 8) {
            file.put((byte) (sample + 128));
        } else if (bits == 16) {
            file.putShort((short) sample);
        } else if (bits == 32) {
            file.putInt(sample << 8);
        } else if (file.order() == ByteOrder.BIG_ENDIAN) {
            file.put((byte) (sample >> 16)).putShort((short) sample);
        } else {
            file.putShort((short) sample).put((byte) (sample >> 16));
        }
    }

    private Path write(byte[] data, AudioFormat format) throws IOException {
        Path file = folder.resolve("written.wav");
        long frames = data.length / format.getFrameSize();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(data), format, frames),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    private static AudioFormat format(
            Encoding encoding, int bits, int channels, boolean bigEndian) {
        int rate = Chirp.SAMPLE_RATE;
        return new AudioFormat(
                encoding, rate, bits, channels, channels * bits / 8, rate, bigEndian);
    }

    private static AudioFileFormat.Type fileType(String name) {
        return switch (name) {
            case "WAVE" -> AudioFileFormat.Type.WAVE;
            case "AIFF" -> AudioFileFormat.Type.AIFF;
            default -> AudioFileFormat.Type.AU;
        };
    }

    private static AbstractThrowableAssert<?, ?> assertProblem(
            Problem problem, ThrowingCallable reading) {
        return assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem));
    }
}
