package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** NIST SPHERE files written by the test. */
class SphereTest {

    private static final Path NAME = Path.of("a.sph");

    @ParameterizedTest
    @CsvSource({"01, 16, 1", "10, 16, 2", "012, 24, 1", "210, 24, 3"})
    void readsExactSamples(String order, int bits, int channels) throws IOException {
        Waveform sound = AudioFiles.read(file("pcm", order, bits, channels), NAME);

        assertThat(sound.sampleRate()).isEqualTo(Chirp.SAMPLE_RATE);
        assertThat(sound.samples()).containsExactly(Chirp.mono(bits, channels), within(1e-7f));
    }

    @Test
    void expandsMuLaw() throws IOException {
        // ITU-T G.711: positive full scale, the smallest steps, and negative full scale.
        byte[] codes = {(byte) 0x80, (byte) 0xFF, (byte) 0xFE, 0x7F, 0x00};
        byte[] file = join(header("ulaw", "1", 1, 1, codes.length), codes);

        assertThat(AudioFiles.read(file, NAME).samples())
                .containsExactly(32124 / 32768f, 0, 8 / 32768f, 0, -32124 / 32768f);
    }

    @Test
    void namesWhatCannotBeRead() throws IOException {
        byte[] good = file("pcm", "01", 16, 1);

        CompressedAudioTest.assertProblem(
                Problem.UNSUPPORTED,
                file("pcm,embedded-shorten-v2.00", "01", 16, 1),
                "coded as \"pcm,embedded-shorten-v2.00\"; convert it");
        CompressedAudioTest.assertProblem(
                Problem.UNSUPPORTED, file("pcm", "02", 16, 1), "sample_byte_format is \"02\"");
        CompressedAudioTest.assertProblem(
                Problem.TRUNCATED, Arrays.copyOf(good, good.length - 2), "4000 samples");
        CompressedAudioTest.assertProblem(
                Problem.TRUNCATED, Arrays.copyOf(good, 500), "inside its header");
        CompressedAudioTest.assertProblem(
                Problem.CORRUPT,
                new String(good, StandardCharsets.ISO_8859_1)
                        .replace("sample_rate -i 16000", "sample_rate -i fast ")
                        .getBytes(StandardCharsets.ISO_8859_1),
                "its sample_rate is \"fast\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "0", "9999999"})
    void rejectsAbsurdHeaderLengths(String length) {
        byte[] start =
                ("NIST_1A\n" + " ".repeat(7 - length.length()).concat(length) + "\n")
                        .getBytes(StandardCharsets.US_ASCII);

        CompressedAudioTest.assertProblem(Problem.CORRUPT, Arrays.copyOf(start, 2000), "header");
    }

    private static byte[] file(String coding, String order, int bits, int channels)
            throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int n = 0; n < Chirp.SAMPLES; n++) {
            for (int c = 0; c < channels; c++) {
                for (int b = 0; b < order.length(); b++) {
                    int place = order.charAt(b) - '0';
                    data.write(Chirp.sample(n, bits, c) >> (8 * place));
                }
            }
        }
        return join(header(coding, order, bits / 8, channels, Chirp.SAMPLES), data.toByteArray());
    }

    private static byte[] header(String coding, String order, int bytes, int channels, int count) {
        String text =
                """
                NIST_1A
                   1024
                sample_rate -i 16000
                channel_count -i %d
                sample_count -i %d
                sample_n_bytes -i %d
                sample_byte_format -s%d %s
                sample_coding -s%d %s
                end_head
                """
                        .formatted(
                                channels,
                                count,
                                bytes,
                                order.length(),
                                order,
                                coding.length(),
                                coding);
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 1024);
    }

    private static byte[] join(byte[]... parts) throws IOException {
        return CompressedAudioTest.join(parts);
    }
}
