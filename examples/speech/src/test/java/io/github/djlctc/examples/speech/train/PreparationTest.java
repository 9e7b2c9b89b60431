package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.UnusableSampleException;
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

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreparationTest {

    private final SpeechModel model = SpeechModel.create(TinyCorpus.CONFIG, TinyCorpus.alphabet());
    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @AfterEach
    void closeModel() {
        model.close();
    }

    @Test
    void keepsTheUsableUtterancesInOrderAndSaysWhyTheOthersAreNot() throws Exception {
        List<Utterance> utterances = new ArrayList<>();
        utterances.add(of("good 1", " a  b ", TinyCorpus.features("AB", 1)));
        utterances.add(
                new Utterance(
                        "gone",
                        "AB",
                        () -> {
                            throw new NoSuchFileException("gone.wav");
                        }));
        utterances.add(of("foreign", "AXE", TinyCorpus.features("AB", 1)));
        utterances.add(of("good 2", "CD", TinyCorpus.features("CD", 2)));
        utterances.add(of("silent", " \t", TinyCorpus.features("AB", 1)));
        utterances.add(of("short", "AAB", matrix(6)));
        utterances.add(of("just long enough", "AAB", matrix(7)));
        utterances.add(of("sound", "AB", new Waveform(new float[800], 8000)));
        utterances.add(of("wide", "AB", new FeatureMatrix(new float[50], 5)));
        utterances.add(of("none", "A", new FeatureMatrix(new float[0], 4)));
        FeatureMatrix broken = matrix(20);
        broken.values()[42] = Float.NaN;
        utterances.add(of("broken", "A", broken));
        utterances.addAll(TinyCorpus.utterances("more", 20));

        List<PreparedUtterance> usable = preparation(skipped).prepareUsable("test", utterances);

        assertThat(usable)
                .extracting(PreparedUtterance::id)
                .startsWith("good 1", "good 2", "just long enough", "more-0")
                .endsWith("more-19")
                .hasSize(23);
        assertThat(usable.get(0).text()).isEqualTo("A B");
        assertThat(usable.get(0).target()).containsExactly(2, 1, 3);
        assertThat(usable.get(2).frames()).isEqualTo(7);
        assertThat(skipped.list())
                .extracting(Skipped::id, Skipped::reason, Skipped::detail)
                .satisfiesExactly(
                        s -> assertSkipped(s.toList(), "gone", "unreadable signal", "gone.wav"),
                        s -> assertSkipped(s.toList(), "foreign", "characters outside", "X"),
                        s -> assertSkipped(s.toList(), "silent", "empty transcript", "nothing"),
                        s ->
                                assertSkipped(
                                        s.toList(),
                                        "short",
                                        "too short for its transcript",
                                        "3 frames after subsampling, but \"AAB\" needs 4"),
                        s -> assertSkipped(s.toList(), "sound", "unsuitable signal", "sound"),
                        s -> assertSkipped(s.toList(), "wide", "unsuitable signal", "given 5"),
                        s -> assertSkipped(s.toList(), "none", "unsuitable signal", "no frames"),
                        s -> assertSkipped(s.toList(), "broken", "unsuitable signal", "frame 10"));
    }

    private static void assertSkipped(
            List<Object> actual, String id, String reason, String detail) {
        assertThat(actual.get(0)).isEqualTo(id);
        assertThat(actual.get(1).toString()).startsWith(reason);
        assertThat(actual.get(2).toString()).contains(detail);
    }

    @Test
    void resamplesSound() throws Exception {
        ModelConfig config =
                new ModelConfig(
                        FeatureConfig.logMel(8000, 10), TinyCorpus.CONFIG.size(), LetterCase.UPPER);
        try (SpeechModel sound = SpeechModel.create(config, TinyCorpus.alphabet())) {
            List<Utterance> utterances =
                    List.of(
                            of("a", "A", new Waveform(new float[8000], 8000)),
                            of("b", "A", new Waveform(new float[16000], 16000)));
            for (long cacheBytes : new long[] {0, 1 << 20}) {
                Preparation preparation =
                        new Preparation(sound, skipped, new SignalCache(cacheBytes));
                for (PreparedUtterance utterance : preparation.prepareUsable("x", utterances)) {
                    Waveform waveform = (Waveform) utterance.signal();
                    assertThat(waveform.sampleRate()).isEqualTo(8000);
                    assertThat(waveform.samples()).hasSize(8000);
                    assertThat(utterance.frames()).isEqualTo(101);
                }
            }
        }
    }

    @Test
    void throwsAtTheFirstInTheOrderOfTheCorpusIfStrict() {
        List<Utterance> utterances = TinyCorpus.utterances("train", 20);
        utterances.add(5, of("first", "XX", matrix(20)));
        utterances.add(0, of("good", "AB", matrix(20)));
        utterances.add(of("last", "", matrix(20)));

        assertThatThrownBy(
                        () ->
                                preparation(new SkippedSamples(Policy.STRICT))
                                        .prepareUsable("train", utterances))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessageStartingWith("first: characters outside the alphabet: ");
    }

    @Test
    void saysWhyNothingIsLeft() {
        List<Utterance> utterances = List.of(of("a", "XX", matrix(20)), of("b", "", matrix(20)));

        assertThatThrownBy(() -> preparation(skipped).prepareUsable("validation", utterances))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("none of the 2 validation utterances can be used: ")
                .hasMessageContaining("skipped 1: characters outside the alphabet")
                .hasMessageContaining("skipped 1: empty transcript");
        assertThatThrownBy(() -> preparation(skipped).prepareUsable("test", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there are no test utterances");
    }

    @Test
    void passesOnWhatIsNoFaultOfTheUtterance() {
        IllegalStateException bug = new IllegalStateException("bug");
        Utterance utterance =
                new Utterance(
                        "a",
                        "A",
                        () -> {
                            throw bug;
                        });

        assertThatThrownBy(() -> preparation(skipped).prepareUsable("x", List.of(utterance)))
                .isSameAs(bug);
    }

    private Preparation preparation(SkippedSamples skipped) {
        return new Preparation(model, skipped, new SignalCache(1 << 20));
    }

    private static Utterance of(String id, String text, Signal signal) {
        return new Utterance(id, text, () -> signal);
    }

    private static FeatureMatrix matrix(int frames) {
        return new FeatureMatrix(new float[frames * TinyCorpus.DIMENSIONS], TinyCorpus.DIMENSIONS);
    }
}
