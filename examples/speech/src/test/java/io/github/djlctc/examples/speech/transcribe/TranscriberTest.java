package io.github.djlctc.examples.speech.transcribe;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.feature.MelNormalisation;
import io.github.djlctc.examples.speech.feature.UnsuitableSignalException;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.model.StreamingConfig;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedToken;
import io.github.djlctc.examples.speech.transcript.TimedWord;
import io.github.djlctc.examples.speech.transcript.Transcription;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * A model that was not trained hears letters in noise, which is enough to compare what it hears.
 */
class TranscriberTest {

    private static final int SUBSAMPLING = 2;
    private static final int MELS = 10;

    private static SpeechModel model;

    @BeforeAll
    static void create() {
        model = untrained(null);
    }

    private static SpeechModel untrained(StreamingConfig streaming) {
        ModelConfig config =
                new ModelConfig(
                        FeatureConfig.logMel(TestSound.SAMPLE_RATE, MELS),
                        new ModelSize(6, 5, 1, SUBSAMPLING, 0),
                        LetterCase.UPPER,
                        streaming);
        SpeechModel created = SpeechModel.create(config, Alphabet.ofCharacters(" ABCDEFGH"));
        Engine.getInstance().setRandomSeed(2);
        created.djlModel()
                .getBlock()
                .initialize(
                        created.djlModel().getNDManager(), DataType.FLOAT32, created.inputShapes());
        return created;
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void shortSoundWithALongPauseIsTranscribedStretchByStretch() throws IOException {
        TestSound sound = new TestSound(1).addSpeech(3, 0.1).add(1, 0.001).addSpeech(3, 0.1);

        List<Segment> segments = transcriber().transcribe(sound.stream()).segments();

        assertThat(segments).hasSize(2);
        assertThat(segments.get(0).end()).isLessThanOrEqualTo(3.5);
        assertThat(segments.get(1).start()).isGreaterThanOrEqualTo(3.5);
    }

    @Test
    void digitalSilenceAroundShortSoundIsNotHeard() throws IOException {
        TestSound sound = new TestSound(1).add(0.5, 0).addSpeech(4, 0.1).add(0.5, 0);

        Segment segment = transcriber().transcribe(sound.stream()).segments().get(0);

        assertThat(segment.tokens()).isNotEmpty();
        assertThat(segment.tokens())
                .allMatch(token -> token.start() >= 0.46 && token.end() <= 4.54);
    }

    @Test
    void shortSoundWithoutALongPauseIsTranscribedAsAWhole() throws IOException {
        TestSound sound = new TestSound(1).addSpeech(4, 0.1).add(0.5, 0.001).addSpeech(4.9, 0.1);

        Transcription transcription = transcriber().transcribe(sound.stream());

        Hypothesis expected =
                model.transcribe(new Waveform(sound.samples(), TestSound.SAMPLE_RATE));
        assertThat(expected.text()).isNotEmpty();
        assertThat(transcription.seconds()).isEqualTo(sound.seconds());
        assertThat(transcription.segments()).hasSize(1);
        Segment segment = transcription.segments().get(0);
        assertThat(segment.text()).isEqualTo(expected.text());
        assertThat(segment.score()).isCloseTo(expected.score(), within(1e-3));
        assertThat(segment.tokens()).hasSameSizeAs(expected.tokens());
        for (int i = 0; i < expected.tokens().size(); i++) {
            TokenSpan token = expected.tokens().get(i);
            TimedToken timed = segment.tokens().get(i);
            assertThat(timed.token()).isEqualTo(token.token());
            assertThat(timed.start()).isCloseTo(token.startSeconds(0.02), within(1e-9));
            assertThat(timed.logProbability()).isCloseTo(token.logProbability(), within(1e-4));
        }
    }

    @Test
    void nothingIsHeardInDigitalSilence() throws IOException {
        for (double seconds : new double[] {0.1, 5, 30, 300}) {
            TestSound silence = new TestSound(1).add(seconds, 0);

            Transcription transcription = transcriber().transcribe(silence.stream());

            assertThat(transcription.segments()).isEmpty();
            assertThat(transcription.text()).isEmpty();
            assertThat(transcription.seconds()).isEqualTo(seconds);
        }
    }

    @Test
    void longSoundIsTranscribedStretchByStretch() throws IOException {
        TestSound sound = new TestSound(3);
        for (int i = 0; i < 20; i++) {
            sound.add(0.6, 0.0005).addSpeech(2, 0.1);
        }

        List<Segment> segments = transcriber().transcribe(sound.stream()).segments();

        assertThat(segments).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(segments.get(i).start()).isBetween(2.6 * i + 0.4, 2.6 * i + 2.6);
            assertThat(segments.get(i).end()).isBetween(segments.get(i).start(), 2.6 * i + 2.8);
        }
    }

    @Test
    void wordsAreInOrderAndInsideTheSoundHoweverItIsCut() throws IOException {
        TestSound sound =
                new TestSound(4)
                        .addSpeech(75, 0.1)
                        .add(0.5, 0.001)
                        .addSpeech(3, 0.1)
                        .add(40, 0.0005)
                        .addSpeech(31, 0.05);
        List<Double> progress = new ArrayList<>();

        Transcription transcription = transcriber().transcribe(sound.stream(), progress::add);

        double time = 0;
        for (TimedWord word : transcription.words()) {
            assertThat(word.start()).isGreaterThanOrEqualTo(time);
            time = word.end();
        }
        assertThat(time).isLessThanOrEqualTo(sound.seconds());
        assertThat(transcription.segments())
                .allMatch(segment -> segment.end() - segment.start() < 45)
                .anyMatch(segment -> segment.start() > 118);
        assertThat(progress).isSorted().last().isEqualTo(sound.seconds());
    }

    @Test
    void aStreamingModelHearsLongSoundWithoutPieces() throws IOException {
        TestSound sound = new TestSound(5);
        for (int i = 0; i < 15; i++) {
            sound.addSpeech(2 + i % 3, 0.1).add(i % 4, 0.0005);
        }
        try (SpeechModel streaming =
                untrained(new StreamingConfig(7, 2, MelNormalisation.none(MELS)))) {
            Transcription transcription =
                    new Transcriber(streaming, streaming.decoder()).transcribe(sound.stream());

            String whole =
                    streaming
                            .transcribe(new Waveform(sound.samples(), TestSound.SAMPLE_RATE))
                            .text();
            assertThat(whole).isNotEmpty();
            // Not trained, it gives no spaces; an endless word, or letter, is cut after 30 s.
            assertThat(once(transcription.text().replace(" ", ""))).isEqualTo(once(whole));
            assertThat(transcription.seconds()).isEqualTo(sound.seconds());
        }
    }

    /** Writes a letter that is repeated once. */
    private static String once(String text) {
        return text.replaceAll("(.)\\1+", "$1");
    }

    @Test
    void soundOfAnotherRateIsConverted() throws IOException {
        TestSound sound = new TestSound(1).addSpeech(4, 0.1);
        AudioStream faster = TestSound.stream(sound.samples(), 2 * TestSound.SAMPLE_RATE);

        Transcription transcription = transcriber().transcribe(faster);

        assertThat(transcription.seconds()).isCloseTo(2, within(0.001));
        assertThat(transcription.text())
                .isEqualTo(
                        model.transcribe(new Waveform(sound.samples(), 2 * TestSound.SAMPLE_RATE))
                                .text());
    }

    @Test
    void severalBestHypothesesAreAlternatives() throws IOException {
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder().setAlphabet(model.alphabet()).optNBest(3).build();

        Transcription transcription =
                new Transcriber(model, decoder)
                        .transcribe(new TestSound(1).addSpeech(3, 0.1).stream());

        Segment segment = transcription.segments().get(0);
        assertThat(segment.alternatives()).hasSize(2);
        assertThat(segment.alternatives().get(0).score()).isLessThanOrEqualTo(segment.score());
    }

    @Test
    void soundWithoutSamplesIsRefused() {
        assertThatThrownBy(() -> transcriber().transcribe(new TestSound(1).stream()))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the sound has no samples");
    }

    @Test
    void brokenSamplesOfLongSoundAreNamed() {
        float[] samples = new TestSound(1).addSpeech(20, 0.1).samples();
        samples[100_000] = Float.NaN;

        assertThatThrownBy(
                        () ->
                                transcriber()
                                        .transcribe(
                                                TestSound.stream(samples, TestSound.SAMPLE_RATE)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessageContaining("is NaN");
    }

    private static Transcriber transcriber() {
        return new Transcriber(model, model.decoder());
    }
}
