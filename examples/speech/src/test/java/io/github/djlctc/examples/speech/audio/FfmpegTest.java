package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Formats that are left to FFmpeg; skipped where it is not on the path. */
class FfmpegTest {

    private static final Path RESOURCES = Path.of("src/test/resources/audio");

    @TempDir Path folder;

    @BeforeAll
    static void requireFfmpeg() {
        assumeTrue(FfmpegInput.isThere(), "ffmpeg is not on the path");
    }

    @ParameterizedTest
    @CsvSource({
        "a.m4a, 28",
        "a.webm, 20",
        "a.mkv, 25",
        "a.ac3, 10",
        "-i.m4a, 28",
        "http:--x.m4a, 28",
        "a b%d.m4a, 28",
    })
    void readsWhatFfmpegReads(String name, double decibels) throws Exception {
        Path file = convert(name);

        Waveform sound = AudioFiles.read(file);

        float[] expected = Chirp.mono(sound.sampleRate(), 16, 1);
        assertThat(bestSignalToNoise(sound.samples(), expected)).isGreaterThan(decibels);
        byte[] content = Files.readAllBytes(file);
        assertThat(AudioFiles.read(content, Path.of("sent")).samples()).isEqualTo(sound.samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono16k.mp3", "stereo44k.mp3", "mono8k.mp3", "stereo44k.ogg"})
    void decodesTheSameAsFfmpeg(String name) throws Exception {
        Path file = RESOURCES.resolve(name).toAbsolutePath();
        Path wav = folder.resolve("decoded.wav");
        run("-i", file.toString(), "-c:a", "pcm_f32le", wav.toString());

        float[] ours = AudioFiles.read(file).samples();
        float[] theirs = AudioFiles.read(wav).samples();

        float[] expected = Arrays.copyOf(theirs, ours.length);
        assertThat(CompressedAudioTest.signalToNoise(ours, 0, expected)).isGreaterThan(60);
    }

    @Test
    void saysWhatFfmpegSays() throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "no sound at all ".repeat(100));
        Path m4a = convert("b.m4a");
        byte[] bytes = Files.readAllBytes(m4a);
        Path cut = Files.write(folder.resolve("c.m4a"), Arrays.copyOf(bytes, bytes.length / 2));

        assertUnsupported(text, "Invalid");
        assertUnsupported(cut, "ffmpeg cannot use it");
    }

    /** A playlist could name any other file. */
    @Test
    void opensNoFileThatAnotherNames() throws IOException {
        Path secret = RESOURCES.resolve("mono16k.mp3").toAbsolutePath();
        Path hls =
                Files.writeString(
                        folder.resolve("a.m3u8"),
                        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nfile://"
                                + secret
                                + "\n#EXT-X-ENDLIST\n");
        Path concat =
                Files.writeString(
                        folder.resolve("b.txt"), "ffconcat version 1.0\nfile " + secret + "\n");

        assertUnsupported(hls, "ffmpeg cannot use it");
        assertUnsupported(concat, "ffmpeg cannot use it");
    }

    @Test
    void endsTheProcessAndDeletesItsFilesWhenAStreamIsClosedEarly() throws Exception {
        byte[] content = Files.readAllBytes(convert("a.m4a"));
        long before = children();
        List<Path> files = temporaryFiles();

        try (AudioStream stream =
                AudioFiles.stream(new ByteArrayInputStream(content), Path.of("sent"))) {
            assertThat(stream.read(new float[10], 0, 10)).isPositive();
        }

        for (int i = 0; i < 100 && children() > before; i++) {
            Thread.sleep(50);
        }
        assertThat(children()).isEqualTo(before);
        assertThat(temporaryFiles()).isEqualTo(files);
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().matches("(ffmpeg|audio).*"))
                    .sorted()
                    .toList();
        }
    }

    private Path convert(String name) throws Exception {
        Path wav =
                Chirp.write(
                        folder.resolve("chirp.wav"),
                        AudioFileFormat.Type.WAVE,
                        new AudioFormat(Chirp.SAMPLE_RATE, 16, 1, true, false));
        Path file = folder.resolve(name);
        run(
                "-i",
                wav.toString(),
                "-b:a",
                "64k",
                "-ar",
                name.endsWith("3") ? "32000" : "16000",
                "file:" + file);
        return file;
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-loglevel", "error", "-y"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private static double bestSignalToNoise(float[] samples, float[] expected) {
        float[] padded = Arrays.copyOf(samples, samples.length + expected.length);
        double best = Double.NEGATIVE_INFINITY;
        for (int delay = 0; delay < 2000; delay++) {
            best = Math.max(best, CompressedAudioTest.signalToNoise(padded, delay, expected));
        }
        return best;
    }

    private static void assertUnsupported(Path file, String words) {
        assertThatThrownBy(
                        () -> {
                            try (AudioStream stream = AudioFiles.stream(file)) {
                                ArrayStream.readAll(stream, 999, new Random(1));
                            }
                        })
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED))
                .hasMessageContaining(words);
    }
}
