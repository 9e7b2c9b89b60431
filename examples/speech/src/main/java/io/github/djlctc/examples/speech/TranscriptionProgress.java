package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.console.ConsoleProgress;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Shows how much of a long sound has been transcribed; of a short one nothing. */
final class TranscriptionProgress implements DoubleConsumer, AutoCloseable {

    /** Less is done in a second or two. */
    private static final double SHORT_SECONDS = 60;

    private final Path input;
    private ConsoleProgress progress;
    private long shown;

    TranscriptionProgress(Path input) {
        this.input = input;
    }

    @Override
    public void accept(double seconds) {
        if (progress == null && seconds > SHORT_SECONDS) {
            // Only now, since reading a header may start another program.
            long total = SoundInput.seconds(input);
            progress = ConsoleProgress.start(input.getFileName().toString(), total, "seconds");
        }
        if (progress != null) {
            long done = (long) seconds;
            progress.stepBy(Math.max(0, done - shown));
            shown = done;
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
