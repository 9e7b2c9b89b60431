package io.github.djlctc.examples.speech.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Files for corpus tests. */
public final class TestAudio {

    static final Path FLAC = Path.of("src/test/resources/audio/mono16.flac");

    private TestAudio() {}

    /** Writes a tenth of a second of noise at 8 kHz. */
    public static Path writeWav(Path file) throws IOException {
        return writeWav(file, 8000);
    }

    /** Writes a tenth of a second of noise. */
    public static Path writeWav(Path file, int sampleRate) throws IOException {
        return writeWav(file, sampleRate, 0.1);
    }

    /** Writes noise. */
    public static Path writeWav(Path file, int sampleRate, double seconds) throws IOException {
        byte[] data = new byte[2 * (int) Math.round(sampleRate * seconds)];
        new Random(file.getFileName().toString().hashCode()).nextBytes(data);
        Files.createDirectories(file.toAbsolutePath().getParent());
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(data),
                        new AudioFormat(sampleRate, 16, 1, true, false),
                        data.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }
}
