package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** MP3 and Ogg, against the chirps that the files were made of (resources, README.md). */
class CompressedAudioTest {

    private static final Path RESOURCES = Path.of("src/test/resources/audio");
    private static final Path NAME = Path.of("sent.bin");

    @ParameterizedTest
    @CsvSource({
        "mono16k.mp3, 16000, 1, 24",
        "mono8k.mp3, 8000, 1, 18",
        "stereo44k.mp3, 44100, 2, 35",
        "mono16k.ogg, 16000, 1, 20",
        "stereo44k.ogg, 44100, 2, 18",
        "stereo48k.opus, 48000, 2, 28",
    })
    void readsTheSoundThatWasCodedAtItsPlaceAndLength(
            String name, int rate, int channels, double decibels) throws IOException {
        Waveform sound = AudioFiles.read(RESOURCES.resolve(name));

        float[] expected = Chirp.mono(rate, 16, channels);
        assertThat(sound.sampleRate()).isEqualTo(rate);
        assertThat(sound.samples()).hasSameSizeAs(expected);
        assertThat(signalToNoise(sound.samples(), 0, expected)).isGreaterThan(decibels);
    }

    /** Without a tag, the delays of encoder and decoder stay: 576 or 1105, and 481 in layer II. */
    @ParameterizedTest
    @CsvSource({"untagged.mp3, 16000, 1105, 24", "layer2.mp2, 32000, 481, 17"})
    void keepsWhatAnEncoderAddedWhereTheFileDoesNotSay(
            String name, int rate, int delay, double decibels) throws IOException {
        Waveform sound = AudioFiles.read(RESOURCES.resolve(name));

        assertThat(sound.sampleRate()).isEqualTo(rate);
        assertThat(signalToNoise(sound.samples(), delay, Chirp.mono(rate, 16, 1)))
                .isGreaterThan(decibels);
    }

    /** The channel for low frequencies keeps nothing of the chirp in it but its start. */
    @Test
    void readsOpusOfSixChannels() throws IOException {
        Waveform sound = AudioFiles.read(RESOURCES.resolve("six48k.opus"));

        assertThat(sound.samples()).hasSize(12_000);
        assertThat(signalToNoise(sound.samples(), 0, Chirp.mono(48_000, 16, 6))).isGreaterThan(4);
    }

    @Test
    void knowsTheLengthOfMp3ByItsTag() throws IOException {
        assertThat(AudioFiles.checkHeader(RESOURCES.resolve("stereo44k.mp3")).frames())
                .isEqualTo(OptionalLong.of(11_025));
        assertThat(AudioFiles.checkHeader(RESOURCES.resolve("untagged.mp3")).frames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono16k.mp3", "stereo44k.ogg", "stereo48k.opus"})
    void readsParts(String name) throws IOException {
        Path file = RESOURCES.resolve(name);
        Waveform whole = AudioFiles.read(file);
        int rate = whole.sampleRate();

        float[] part = AudioFiles.readPart(file, 0.1, 0.05).samples();

        assertThat(part)
                .isEqualTo(Arrays.copyOfRange(whole.samples(), rate / 10, rate / 10 + rate / 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mono16k.mp3",
                "stereo44k.mp3",
                "mono16k.ogg",
                "stereo44k.ogg",
                "stereo48k.opus",
                "six48k.opus"
            })
    void findsTruncationAtAllPlaces(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve(name));
        // An ID3v1 tag of 128 bytes at the end belongs to no sound.
        int end = name.equals("stereo44k.mp3") ? bytes.length - 128 : bytes.length;
        for (int length = 1; length < end; length += length < 64 ? 3 : 41) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> AudioFiles.read(cut, NAME))
                    .as("%d bytes", length)
                    .isInstanceOf(AudioFormatException.class)
                    .hasMessageContaining("sent.bin");
        }
    }

    @Test
    void namesWhatIsWrongWithMp3() throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve("untagged.mp3"));
        byte[] gap = join(Arrays.copyOf(bytes, 144 * 3), new byte[] {1, 2, 3, 4, 5}, bytes);
        byte[] other = Files.readAllBytes(RESOURCES.resolve("mono8k.mp3"));
        byte[] otherRate = join(bytes, Arrays.copyOfRange(other, 20, other.length));
        byte[] padded = join(bytes, new byte[1000]);

        assertProblem(Problem.CORRUPT, gap, "no frame follows at byte 432");
        assertProblem(Problem.CORRUPT, join(padded, new byte[] {7}), "no frame follows");
        assertProblem(Problem.CORRUPT, otherRate, "layer, sample rate or channels change");
        assertProblem(Problem.TRUNCATED, Arrays.copyOf(bytes, 500), "its last frame should have");
        assertThat(AudioFiles.read(padded, NAME).samples())
                .isEqualTo(AudioFiles.read(bytes, NAME).samples());
    }

    @Test
    void findsFramesThatAreMissingAtTheEndOfTaggedMp3() throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve("mono16k.mp3"));

        assertProblem(
                Problem.TRUNCATED,
                Arrays.copyOf(bytes, bytes.length - 144),
                "its header gives 9 frames, but 8 are there");
    }

    @Test
    void readsMp3ThatWasCutAtItsStart() throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve("untagged.mp3"));
        float[] whole = AudioFiles.read(bytes, NAME).samples();
        byte[] cut = Arrays.copyOfRange(bytes, 144 * 3, bytes.length);

        float[] sound = AudioFiles.read(cut, NAME).samples();

        int before = 3 * 576;
        assertThat(sound).hasSize(whole.length - before);
        int same = 3 * 576; // behind that, nothing depends on what is gone
        assertThat(Arrays.copyOfRange(sound, same, sound.length))
                .isEqualTo(Arrays.copyOfRange(whole, before + same, whole.length));
    }

    @Test
    void namesWhatIsWrongWithOgg() throws IOException {
        byte[] bytes = Files.readAllBytes(RESOURCES.resolve("stereo48k.opus"));
        byte[] changed = bytes.clone();
        changed[bytes.length - 20] ^= 1;

        assertProblem(Problem.CORRUPT, changed, "checksum of the page at byte");
        assertProblem(Problem.UNSUPPORTED, join(bytes, bytes), "several pieces");
        assertProblem(Problem.CORRUPT, join(bytes, new byte[100]), "no page follows");
    }

    static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    static void assertProblem(Problem problem, byte[] content, String words) {
        assertThatThrownBy(() -> AudioFiles.read(content, NAME))
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem))
                .hasMessageContaining(words);
    }

    /** In decibels, without a tenth at each end, where coders smear. */
    static double signalToNoise(float[] samples, int delay, float[] expected) {
        double signal = 0;
        double noise = 0;
        for (int i = expected.length / 10; i < expected.length * 9 / 10; i++) {
            double error = samples[i + delay] - expected[i];
            signal += expected[i] * expected[i];
            noise += error * error;
        }
        return 10 * Math.log10(signal / noise);
    }
}
