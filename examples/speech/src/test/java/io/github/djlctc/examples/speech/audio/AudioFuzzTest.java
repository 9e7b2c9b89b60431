package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes changed at random give a sound or the typed error: no other exception, no hang. */
class AudioFuzzTest {

    @Property(tries = 500, seed = "1")
    void changedFlacIsDetectedOrHarmless(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/audio/stereo16.flac"));
        Waveform sound = readChanged(bytes, changes, bytes.length);
        if (sound != null) {
            // The MD5 sum is of the samples only: a changed sample rate goes unnoticed.
            assertThat(sound.samples()).containsExactly(Chirp.mono(16, 2));
        }
    }

    @Property(tries = 500, seed = "1")
    void changedWavHeaders(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        Path file = Files.createTempFile("chirp", ".wav");
        AudioFormat format = new AudioFormat(Chirp.SAMPLE_RATE, 16, 1, true, false);
        byte[] bytes = Files.readAllBytes(Chirp.write(file, AudioFileFormat.Type.WAVE, format));
        Files.delete(file);
        readChanged(bytes, changes, 60);
    }

    private static Waveform readChanged(byte[] bytes, List<Integer> changes, int range)
            throws IOException {
        for (int change : changes) {
            bytes[change / 256 % range] = (byte) change;
        }
        Path file = Files.createTempFile("fuzz", ".audio");
        try {
            return AudioFiles.read(Files.write(file, bytes));
        } catch (AudioFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return null;
        } finally {
            Files.delete(file);
        }
    }
}
