package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.model.EmissionStream;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.util.Optional;

/**
 * The passages of sound for a streaming model, which hears it from its start to its end and needs
 * no pieces. Short sound is one passage.
 */
final class StreamedPassages implements PassageSource {

    private final AudioStream sound;
    private final EmissionStream emissions;
    private final PassageCutter cutter;
    private final float[] block;
    private long samples;
    private boolean finished;

    StreamedPassages(SpeechModel model, AudioStream sound) {
        this.sound = sound;
        emissions = model.openStream();
        cutter = new PassageCutter(model.alphabet(), model.secondsPerFrame(), 0);
        block = new float[sound.sampleRate()];
    }

    @Override
    public Optional<Passage> next() throws IOException {
        Optional<Passage> passage = isLong() ? cutter.next() : Optional.empty();
        while (passage.isEmpty() && !finished) {
            int read = sound.read(block, 0, block.length);
            if (read < 0) {
                finished = true;
                cutter.accept(emissions.finish());
            } else {
                samples += read;
                cutter.accept(emissions.accept(block, 0, read));
            }
            passage = isLong() ? cutter.next() : Optional.empty();
        }
        return passage.isPresent() ? passage : cutter.finish();
    }

    private boolean isLong() {
        return secondsRead() > Transcriber.SHORT_SECONDS;
    }

    @Override
    public double secondsRead() {
        return samples / (double) sound.sampleRate();
    }

    @Override
    public void close() {
        emissions.close();
    }
}
