package io.github.djlctc.examples.speech.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.Utils;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.SoundInParts;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.feature.MelNormalisation;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class EmissionStreamTest {

    private static final int RATE = 8000;
    private static final int MELS = 10;
    private static final int CHUNK = 5;
    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" AB");
    private static final ModelConfig CONFIG =
            new ModelConfig(
                    FeatureConfig.logMel(RATE, MELS),
                    new ModelSize(6, 5, 2, 2, 0.1f),
                    LetterCase.UPPER,
                    new StreamingConfig(
                            CHUNK,
                            3,
                            new MelNormalisation(
                                    Collections.nCopies(MELS, -4f),
                                    Collections.nCopies(MELS, 2f))));

    /** Logits of a model with random parameters are about 1. */
    private static final float ROUNDING = 1e-5f;

    private static final SpeechModel MODEL = initialised(CONFIG);

    @AfterContainer
    static void close() {
        MODEL.close();
    }

    @Provide
    Arbitrary<List<Integer>> parts() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 12_000))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Property(tries = 150)
    void logitsAreThoseOfTheWholeSoundHoweverItIsCut(@ForAll("parts") List<Integer> parts) {
        float[] sound =
                SoundInParts.noise(
                        parts.stream().mapToInt(Integer::intValue).sum(), parts.hashCode());

        float[] streamed = streamed(MODEL, sound, parts);

        if (sound.length == 0) {
            assertThat(streamed).isEmpty();
        } else {
            assertThat(streamed).containsExactly(whole(sound), within(ROUNDING));
        }
    }

    private static float[] streamed(SpeechModel model, float[] sound, List<Integer> parts) {
        try (EmissionStream stream = model.openStream()) {
            return SoundInParts.collect(sound, parts, stream::accept, stream::finish);
        }
    }

    /** What training and {@link SpeechModel#transcribe} compute. */
    private static float[] whole(float[] sound) {
        FeatureMatrix features = MODEL.extractor().extract(new Waveform(sound, RATE));
        try (NDManager manager = MODEL.djlModel().getNDManager().newSubManager()) {
            Shape shape = new Shape(1, features.frames(), MELS);
            NDList input =
                    new NDList(
                            manager.create(features.values(), shape),
                            manager.create(new long[] {features.frames()}));
            ParameterStore parameters = new ParameterStore(manager, false);
            return HostArrays.readFloats(
                    MODEL.djlModel().getBlock().forward(parameters, input, false).head());
        }
    }

    /** 12.5 ms of the window; 2 frames of 10 ms; 2 of 20 ms; 3 of 20 ms; 4 of 20 ms of a chunk. */
    @Example
    void seesNoFurtherAheadThanItSays() {
        assertThat(MODEL.lookaheadSeconds()).isCloseTo(0.2125, within(1e-9));
        int lookahead = (int) Math.round(MODEL.lookaheadSeconds() * RATE);
        float[] sound = SoundInParts.noise(RATE, 1);
        float[] all = whole(sound);
        int classes = ALPHABET.size();
        // The first of a chunk.
        for (int frame : new int[] {0, CHUNK, 6 * CHUNK}) {
            float[] other = sound.clone();
            int end = (int) (frame * MODEL.secondsPerFrame() * RATE) + lookahead;
            Arrays.fill(other, end, other.length, 0.5f);
            int known = (frame + CHUNK) * classes;
            assertThat(Arrays.copyOf(whole(other), known))
                    .containsExactly(Arrays.copyOf(all, known), within(ROUNDING));
            try (EmissionStream stream = MODEL.openStream()) {
                assertThat(stream.accept(sound, 0, end)).hasSize(known);
            }
        }
    }

    @Example
    void streamsOnSeveralThreadsShareAModel() {
        List<Integer> parts = IntStream.range(0, 40).mapToObj(i -> 400).toList();
        List<float[]> sounds =
                IntStream.range(0, 8).mapToObj(i -> SoundInParts.noise(16_000, i)).toList();
        List<float[]> together =
                sounds.parallelStream().map(sound -> streamed(MODEL, sound, parts)).toList();
        for (int i = 0; i < sounds.size(); i++) {
            assertThat(together.get(i)).containsExactly(whole(sounds.get(i)), within(ROUNDING));
        }
    }

    /**
     * As many at the end of an hour as after a second, since each call leaves none, but for the
     * frames of a chunk that has begun.
     */
    @Example
    void leavesNoArrayBehindHoweverLongItRuns() {
        NDManager manager = MODEL.djlModel().getNDManager();
        int before = manager.getManagedArrays().size();
        float[] sound = SoundInParts.noise(RATE, 2);
        try (EmissionStream stream = MODEL.openStream()) {
            stream.accept(sound, 0, RATE);
            int open = manager.getManagedArrays().size();
            for (int i = 0; i < 100; i++) {
                stream.accept(sound, 0, 800 + i);
            }
            stream.accept(sound, 0, RATE);
            assertThat(manager.getManagedArrays()).hasSizeBetween(open - 1, open + 1);
            stream.finish();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Example
    void refusesWhatIsNoSoundAndGoesOn() {
        float[] sound = SoundInParts.noise(4000, 3);
        float[] broken = {0, Float.POSITIVE_INFINITY};
        try (EmissionStream stream = MODEL.openStream()) {
            float[] first = stream.accept(sound, 0, 2000);
            assertThatExceptionOfType(UnsuitableSignalException.class)
                    .isThrownBy(() -> stream.accept(broken, 0, 2))
                    .withMessageStartingWith("sample 2001 is Infinity");
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> stream.accept(sound, 3000, 1001));
            float[] brokenLate = new float[3 * RATE];
            brokenLate[2 * RATE] = Float.NaN;
            assertThatExceptionOfType(UnsuitableSignalException.class)
                    .isThrownBy(() -> stream.accept(brokenLate, 0, brokenLate.length))
                    .withMessageStartingWith("sample 18000 is NaN");
            float[] second = stream.accept(sound, 2000, 2000);
            float[] all = SoundInParts.join(SoundInParts.join(first, second), stream.finish());
            assertThat(all).containsExactly(whole(sound), within(ROUNDING));
            assertThatIllegalStateException().isThrownBy(() -> stream.accept(sound, 0, 1));
            assertThatIllegalStateException().isThrownBy(stream::finish);
        }
    }

    @Example
    void isOfStreamingModelsOnly() {
        ModelConfig config = new ModelConfig(CONFIG.features(), CONFIG.size(), CONFIG.letterCase());
        try (SpeechModel model = initialised(config)) {
            assertThat(model.isStreaming()).isFalse();
            assertThat(model.lookaheadSeconds()).isInfinite();
            assertThatIllegalStateException()
                    .isThrownBy(model::openStream)
                    .withMessageContaining("train one with --streaming");
        }
    }

    @Example
    void isTheSameAfterSavingAndLoading() throws IOException {
        Path folder = Files.createTempDirectory("streaming");
        try (SpeechModel loaded = saveAndLoad(folder)) {
            assertThat(loaded.config()).isEqualTo(CONFIG);
            float[] sound = SoundInParts.noise(RATE, 4);
            // Not bit for bit, since rounding depends on where arrays lie in memory.
            assertThat(streamed(loaded, sound, List.of(3000, 5000)))
                    .containsExactly(streamed(MODEL, sound, List.of(3000, 5000)), within(ROUNDING));
        }
    }

    /** Deletes the folder, which jqwik does not. */
    private static SpeechModel saveAndLoad(Path folder) throws IOException {
        try {
            MODEL.save(folder);
            return SpeechModel.load(folder);
        } finally {
            Utils.deleteQuietly(folder);
        }
    }

    private static SpeechModel initialised(ModelConfig config) {
        SpeechModel model = SpeechModel.create(config, ALPHABET);
        Engine.getInstance().setRandomSeed(3);
        model.djlModel()
                .getBlock()
                .initialize(
                        model.djlModel().getNDManager(),
                        DataType.FLOAT32,
                        new Shape(1, 100, MELS),
                        new Shape(1));
        return model;
    }
}
