package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.SampleFileException;
import io.github.djlctc.examples.common.train.FeatureSource;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.ReadSample;
import io.github.djlctc.examples.common.train.SampleReader;
import io.github.djlctc.examples.common.train.UnreadableSampleException;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Reads utterances, and makes the features that the model takes. */
public final class UtteranceReader implements SampleReader<Utterance> {

    private final SpeechModel model;
    private final Augmentation augmentation;
    private final SignalCache cache;

    /**
     * Creates a reader.
     *
     * @param model the model that is to be given the utterances
     * @param augmentation how training utterances are varied
     * @param cache keeps what was read
     */
    public UtteranceReader(SpeechModel model, Augmentation augmentation, SignalCache cache) {
        this.model = model;
        this.augmentation = augmentation;
        this.cache = cache;
    }

    /**
     * Creates a reader that varies and keeps nothing, for utterances that are read once or twice.
     *
     * @param model the model that is to be given the utterances
     * @return the reader
     */
    public static UtteranceReader plain(SpeechModel model) {
        return new UtteranceReader(model, Augmentation.NONE, new SignalCache(new MemoryBudget(0)));
    }

    @Override
    public ReadSample read(Utterance utterance) throws UnreadableSampleException {
        Utterance.Source source = () -> model.atModelRate(utterance.source().read());
        try {
            Optional<String> key = key(utterance);
            Optional<Utterance.Source> found = cache.find(key, source);
            Signal signal = found.orElse(source).read();
            Utterance.Source kept =
                    found.isPresent() ? found.get() : cache.keep(key, signal, source);
            return new ReadSample(
                    model.extractor().frames(signal),
                    SignalBytes.valuesOf(signal),
                    new Features(kept));
        } catch (SampleFileException e) {
            // The message names the file, which the utterance's name may not.
            throw new UnreadableSampleException(e.reason(), e.getMessage());
        } catch (IOException e) {
            throw new UnreadableSampleException("unreadable signal", ErrorText.of(e));
        } catch (UnsuitableSignalException e) {
            throw new UnreadableSampleException("unsuitable signal", e.getMessage());
        }
    }

    /** Names the signal that the model takes of an utterance: another one if its file changes. */
    private Optional<String> key(Utterance utterance) throws IOException {
        return utterance
                .source()
                .version()
                .map(version -> version + " at " + model.config().features().sampleRate() + " Hz");
    }

    @Override
    public void finish() {
        cache.delete();
    }

    @Override
    public void close() {
        cache.close();
    }

    private final class Features implements FeatureSource {

        private final Utterance.Source source;

        Features(Utterance.Source source) {
            this.source = source;
        }

        @Override
        public float[] plain() throws IOException {
            return model.extractor().extract(source.read()).values();
        }

        @Override
        public float[] varied(RandomGenerator random) throws IOException {
            return augmentation.extract(source.read(), model.extractor(), random).values();
        }
    }
}
