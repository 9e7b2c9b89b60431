package io.github.djlctc.examples.speech.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes WAV files of one channel and 16 bits. */
public final class WaveFile {

    private WaveFile() {}

    /**
     * Writes sound, over an earlier file.
     *
     * @param sound samples outside of [-1, 1 - 2<sup>-15</sup>] are cut off
     * @param file the file, in a folder that exists
     * @throws IOException if it cannot be written
     */
    public static void write(Waveform sound, Path file) throws IOException {
        byte[] bytes = SixteenBitPcm.encode(sound.samples());
        AudioFormat format = new AudioFormat(sound.sampleRate(), Short.SIZE, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(bytes), format, sound.samples().length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }
}
