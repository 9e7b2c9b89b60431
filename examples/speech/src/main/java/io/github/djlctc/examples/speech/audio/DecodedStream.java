package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The sound of a file while it is decoded. */
final class DecodedStream implements AudioStream {

    private final Path file;
    private final AudioDecoder decoder;
    private final SampleBlock block = new SampleBlock();
    private boolean empty = true;
    private boolean ended;

    DecodedStream(Path file, AudioDecoder decoder) {
        this.file = file;
        this.decoder = decoder;
    }

    AudioHeader header() {
        return decoder.header();
    }

    @Override
    public int sampleRate() {
        return decoder.header().sampleRate();
    }

    /** Passes over samples at the start, and returns how many: at most that many, maybe 0. */
    long skip(long samples) throws IOException {
        long skipped = decoder.skip(samples);
        empty &= skipped == 0;
        return skipped;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            throw new IllegalArgumentException("1 sample or more has to be asked for");
        }
        while (block.isEmpty()) {
            if (ended) {
                return -1;
            }
            block.clear();
            ended = !decoder.decode(block);
            empty &= block.isEmpty();
            if (ended && empty) {
                throw new AudioFormatException(file, Problem.EMPTY, "it has no samples");
            }
        }
        return block.drain(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }
}
