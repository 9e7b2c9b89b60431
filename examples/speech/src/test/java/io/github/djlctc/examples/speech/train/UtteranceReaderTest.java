package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.train.FeatureSource;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.ReadSample;
import io.github.djlctc.examples.common.train.UnreadableSampleException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.NoSuchFileException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UtteranceReaderTest {

    private final SpeechModel model = SpeechModel.create(TinyCorpus.CONFIG, TinyCorpus.alphabet());

    @AfterEach
    void closeModel() {
        model.close();
    }

    @Test
    void saysWhatTheModelCannotRead() {
        assertUnreadable(
                () -> {
                    throw new NoSuchFileException("gone.wav");
                },
                "unreadable signal",
                "gone.wav");
        Signal sound = new Waveform(new float[800], 8000);
        assertUnreadable(() -> sound, "unsuitable signal", "sound");
        Signal wide = new FeatureMatrix(new float[50], 5);
        assertUnreadable(() -> wide, "unsuitable signal", "given 5");
        Signal nothing = new FeatureMatrix(new float[0], TinyCorpus.DIMENSIONS);
        assertUnreadable(() -> nothing, "unsuitable signal", "no frames");
        FeatureMatrix broken =
                new FeatureMatrix(new float[20 * TinyCorpus.DIMENSIONS], TinyCorpus.DIMENSIONS);
        broken.values()[42] = Float.NaN;
        assertUnreadable(() -> broken, "unsuitable signal", "frame 10");
    }

    private void assertUnreadable(Utterance.Source source, String reason, String detail) {
        UtteranceReader reader = UtteranceReader.plain(model);
        assertThatThrownBy(() -> reader.read(new Utterance("x", "A", source)))
                .isInstanceOfSatisfying(
                        UnreadableSampleException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(detail);
    }

    @Test
    void givesTheFeaturesOfTheModel() throws Exception {
        FeatureMatrix signal = TinyCorpus.features("AB", 1);
        FeatureMatrix expected = model.extractor().extract(signal);

        assertThat(expected.dimensions()).isEqualTo(12);
        assertThat(features(model, signal, 1 << 20).plain()).isEqualTo(expected.values());
    }

    @Test
    void resamplesSound() throws Exception {
        ModelConfig config =
                new ModelConfig(
                        FeatureConfig.logMel(8000, 10), TinyCorpus.CONFIG.size(), LetterCase.UPPER);
        try (SpeechModel sound = SpeechModel.create(config, TinyCorpus.alphabet())) {
            for (int rate : new int[] {8000, 16000}) {
                for (long cacheBytes : new long[] {0, 1 << 20}) {
                    Signal second = new Waveform(new float[rate], rate);
                    FeatureSource features = features(sound, second, cacheBytes);
                    assertThat(features.plain()).hasSize(101 * 10);
                }
            }
        }
    }

    private static FeatureSource features(SpeechModel model, Signal signal, long cacheBytes)
            throws UnreadableSampleException {
        SignalCache cache = new SignalCache(new MemoryBudget(cacheBytes));
        ReadSample read =
                new UtteranceReader(model, Augmentation.NONE, cache)
                        .read(new Utterance("x", "A", () -> signal));
        return read.features();
    }
}
