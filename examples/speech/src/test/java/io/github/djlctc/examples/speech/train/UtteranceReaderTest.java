package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.train.FeatureSource;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.ReadSample;
import io.github.djlctc.examples.common.train.UnreadableSampleException;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.AdditiveNoise;
import io.github.djlctc.examples.speech.augment.RandomGain;
import io.github.djlctc.examples.speech.augment.SpeedPerturbation;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.corpus.AudioManifest;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.LetterCase;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

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

    @Test
    void soundOnDiskGivesTheSameFeaturesAsItsFileUntilThatChanges(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("a.wav");
        WaveFile.write(noise(1), file);
        Utterance utterance = utterance(file);
        ModelConfig config =
                new ModelConfig(
                        FeatureConfig.logMel(8000, 10), TinyCorpus.CONFIG.size(), LetterCase.UPPER);
        try (SpeechModel sound = SpeechModel.create(config, TinyCorpus.alphabet())) {
            float[] expected = varied(sound, utterance, new SignalCache(new MemoryBudget(0)));
            for (int run = 0; run < 2; run++) {
                try (SignalCache cache = onDisk(folder)) {
                    assertThat(varied(sound, utterance, cache)).isEqualTo(expected);
                }
            }
            try (SignalCache cache = onDisk(folder)) {
                UtteranceReader reader = new UtteranceReader(sound, Augmentation.NONE, cache);
                FeatureSource features = reader.read(utterance).features();
                FileTime time = Files.getLastModifiedTime(file);
                WaveFile.write(noise(2), file);
                Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 10));
                assertThat(features.plain()).isNotEqualTo(plain(sound, utterance));
                assertThat(reader.read(utterance).features().plain())
                        .isEqualTo(plain(sound, utterance));
                reader.finish();
            }
        }
        assertThat(folder.resolve("sound.cache")).doesNotExist();
    }

    private static SignalCache onDisk(Path folder) throws IOException {
        Path file = folder.resolve("sound.cache");
        return new SignalCache(
                new MemoryBudget(0), SignalFile.open(file, 1 << 20, 0, Assertions::fail));
    }

    private static Utterance utterance(Path file) throws IOException {
        Path manifest = file.resolveSibling("a.jsonl");
        String line = "{\"audio_filepath\": \"%s\", \"text\": \"A\"}\n";
        Files.writeString(manifest, line.formatted(file.getFileName()));
        SkippedSamples skipped = new SkippedSamples(SkippedSamples.Policy.STRICT);
        return new AudioManifest(manifest)
                .asSplit(Utterance.UNIT, Split.TEST, skipped)
                .test()
                .get(0);
    }

    private static float[] plain(SpeechModel model, Utterance utterance) throws Exception {
        return UtteranceReader.plain(model).read(utterance).features().plain();
    }

    /** Varies sound in speed, noise and gain, with the same seed each time. */
    private static float[] varied(SpeechModel model, Utterance utterance, SignalCache cache)
            throws Exception {
        Augmentation augmentation =
                new Augmentation(
                        WaveformAugmentation.sequence(
                                List.of(
                                        new SpeedPerturbation(0.9, 1.1),
                                        new AdditiveNoise(new UniformRange(15, 40)),
                                        new RandomGain(new UniformRange(-6, 6)))),
                        Augmentation.NONE.signal(),
                        Augmentation.NONE.features());
        FeatureSource features =
                new UtteranceReader(model, augmentation, cache).read(utterance).features();
        return features.varied(new SplittableRandom(3));
    }

    private static Waveform noise(long seed) {
        Random random = new Random(seed);
        float[] samples = new float[16000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.1f * (float) random.nextGaussian();
        }
        return new Waveform(samples, 16000);
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
