package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import io.github.jaredmdobson.concentus.OpusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Opus files written by the test: RFC 7845. */
class OpusTest {

    private static final Path NAME = Path.of("sent.opus");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void leavesOutWhatTheEncoderAdded(int packetsOfPage) throws IOException, OpusException {
        float[] chirp = Chirp.mono(48_000, 16, 1);

        Waveform sound = AudioFiles.read(OggWriter.opus(chirp, packetsOfPage), NAME);

        assertThat(sound.sampleRate()).isEqualTo(48_000);
        assertThat(sound.samples()).hasSameSizeAs(chirp);
        assertThat(CompressedAudioTest.signalToNoise(sound.samples(), 0, chirp)).isGreaterThan(25);
    }

    @Test
    void readsStreamsThatBeginInTheMiddle() throws IOException, OpusException {
        byte[] file = OggWriter.opus(Chirp.mono(48_000, 16, 1), 3);
        int third = pageStarts(file)[2];
        int fourth = pageStarts(file)[3];
        byte[] cut =
                CompressedAudioTest.join(
                        Arrays.copyOf(file, third), Arrays.copyOfRange(file, fourth, file.length));
        int starts = pageStarts(cut).length;
        for (int p = 2; p < starts; p++) {
            cut[pageStarts(cut)[p] + 18] = (byte) p;
        }
        OggWriter.signAll(cut);

        float[] whole = AudioFiles.read(file, NAME).samples();
        assertThat(AudioFiles.read(cut, NAME).samples()).hasSize(whole.length - 3 * 960);
    }

    @ParameterizedTest
    @CsvSource({"-1536, 0.5012", "1536, 1.9953"})
    void appliesTheGainOfTheHeader(int gain, float factor) throws IOException, OpusException {
        byte[] file = OggWriter.opus(Chirp.mono(48_000, 16, 1), 3);
        float[] plain = AudioFiles.read(file, NAME).samples();
        int head = 28;
        file[head + 16] = (byte) gain;
        file[head + 17] = (byte) (gain >> 8);
        OggWriter.signAll(file);

        float[] louder = AudioFiles.read(file, NAME).samples();

        assertThat(louder[5000] / plain[5000]).isEqualTo(factor, within(1e-3f));
    }

    @Test
    void namesWhatIsWrong() throws IOException, OpusException {
        byte[] file = OggWriter.opus(Chirp.mono(48_000, 16, 1), 3);
        int[] pages = pageStarts(file);
        byte[] missing =
                CompressedAudioTest.join(
                        Arrays.copyOf(file, pages[3]),
                        Arrays.copyOfRange(file, pages[4], file.length));
        byte[] noEnd = Arrays.copyOf(file, pages[pages.length - 1]);
        byte[] version = file.clone();
        version[36] = 0x20;
        OggWriter.signAll(version);

        CompressedAudioTest.assertProblem(
                Problem.CORRUPT, missing, "page 3 of its sound is missing");
        CompressedAudioTest.assertProblem(
                Problem.TRUNCATED, noEnd, "without the page marked as the last");
        CompressedAudioTest.assertProblem(Problem.CORRUPT, version, "unknown version");
        OggWriter tagsOnly = new OggWriter(1);
        tagsOnly.page(2, 0, List.of(OggWriter.head(312, 0)));
        tagsOnly.page(4, 0, List.of("OpusTags".getBytes(StandardCharsets.US_ASCII)));
        CompressedAudioTest.assertProblem(Problem.EMPTY, tagsOnly.bytes(), "it has no samples");
    }

    private static int[] pageStarts(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int[] starts = new int[1000];
        int count = 0;
        for (int i = text.indexOf("OggS"); i >= 0; i = text.indexOf("OggS", i + 1)) {
            starts[count++] = i;
        }
        return Arrays.copyOf(starts, count);
    }
}
