package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.file.AtomicOutput;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file of JSON lines, one for each alignment, which is replaced when all are written. */
final class AlignmentLines implements Closeable {

    private final Path file;
    private final AtomicOutput output;
    private final FrameScale scale;

    private AlignmentLines(Path file, AtomicOutput output, FrameScale scale) {
        this.file = file;
        this.output = output;
        this.scale = scale;
    }

    static AlignmentLines create(Path file, FrameScale scale) throws IOException {
        return new AlignmentLines(file, AtomicOutput.create(file), scale);
    }

    void write(AlignedUtterance aligned) throws IOException {
        String line = JsonOutput.line(aligned.json(scale)) + System.lineSeparator();
        OutputFileException.guard(file, () -> output.write(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts the file into its place. */
    void finish() throws IOException {
        OutputFileException.guard(file, output::finish);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
