package io.github.djlctc.benchmarks;

import io.github.djlctc.examples.common.ProcessMemory;
import io.github.djlctc.examples.common.command.ProgramOutput;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.ResampledStream;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Decodes sound files as streams at 16 kHz, and prints how long each is, the processor time that it
 * took, and the greatest resident set of the process so far (of Linux).
 */
public final class SoundStream {

    private static final int SAMPLE_RATE = 16_000;

    private SoundStream() {}

    /**
     * Runs the program.
     *
     * @param arguments audio files
     * @throws IOException if one cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        ProgramOutput.guard();
        for (String argument : arguments) {
            long start = processorNanos();
            long samples = 0;
            float[] block = new float[4096];
            try (AudioStream stream =
                    ResampledStream.of(AudioFiles.stream(Path.of(argument)), SAMPLE_RATE)) {
                for (int read = 0; read >= 0; read = stream.read(block, 0, block.length)) {
                    samples += read;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f s of sound, %.1f s of processor time, peak resident set %d MiB%n",
                    argument,
                    samples / (double) SAMPLE_RATE,
                    (processorNanos() - start) * 1e-9,
                    ProcessMemory.peakMebibytes().orElse(0));
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
