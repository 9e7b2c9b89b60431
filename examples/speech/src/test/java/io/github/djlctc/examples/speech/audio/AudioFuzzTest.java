package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes changed at random give a sound or the typed error: no other exception, no hang. */
class AudioFuzzTest {

    private static final int KEPT_BYTES = 40;
    private static final Path NAME = Path.of("fuzzed.audio");

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

    @Property(tries = 300, seed = "1")
    void changedMp3(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 30) Integer> changes,
            @ForAll("mp3") String name)
            throws IOException {
        readChanged(change(resource(name), changes), List.of(), 1);
    }

    @Provide
    Arbitrary<String> mp3() {
        return Arbitraries.of("mono16k.mp3", "stereo44k.mp3", "untagged.mp3", "layer2.mp2");
    }

    /** With right checksums, so that the changes reach the decoders. */
    @Property(tries = 400, seed = "1")
    void changedOgg(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 30) Integer> changes,
            @ForAll("ogg") String name)
            throws IOException {
        byte[] bytes = change(resource(name), changes);
        OggWriter.signAll(bytes);
        readChanged(bytes, List.of(), 1);
    }

    @Provide
    Arbitrary<String> ogg() {
        return Arbitraries.of("mono16k.ogg", "stereo44k.ogg", "stereo48k.opus", "six48k.opus");
    }

    /** Leaves the first bytes, by which a format is known. */
    private static byte[] change(byte[] bytes, List<Integer> changes) {
        for (int change : changes) {
            bytes[KEPT_BYTES + change / 256 % (bytes.length - KEPT_BYTES)] = (byte) change;
        }
        return bytes;
    }

    private static byte[] resource(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/audio").resolve(name));
    }

    private static Waveform readChanged(byte[] bytes, List<Integer> changes, int range)
            throws IOException {
        for (int change : changes) {
            bytes[change / 256 % range] = (byte) change;
        }
        AudioContent content =
                new AudioContent(
                        NAME, new ByteArrayInputStream(bytes), bytes.length, Optional.empty());
        try {
            Optional<AudioDecoder> decoder = AudioFormats.openOwn(content); // FFmpeg would be slow
            if (decoder.isEmpty()) {
                return null;
            }
            DecodedStream stream = new DecodedStream(NAME, decoder.get());
            return new PartCollector(NAME, stream.sampleRate(), AudioPart.WHOLE).collect(stream);
        } catch (AudioFormatException e) {
            assertThat(e).hasMessageContaining(NAME.toString());
            return null;
        }
    }
}
