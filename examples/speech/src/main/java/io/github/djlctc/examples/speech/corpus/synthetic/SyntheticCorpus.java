package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.augment.AdditiveNoise;
import io.github.djlctc.examples.speech.augment.RandomGain;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Spoken commands, synthesised by FreeTTS when they are read: sound of 16 kHz and 16 bits,
 * sentences of 2 to 8 words, with a vocabulary of 10 digits, 26 letters and 60 further words.
 *
 * <p>The parts share no sentence and no speaker: 40 speakers train, 6 others validate and 8 others
 * test, each with a pitch, pitch range, tempo and vocal-tract length of its own. Every utterance
 * has its own silence before and after, microphone, echoes, noise (10 to 35 dB below the speech)
 * and loudness. No sentence comes twice in the corpus.
 *
 * <p>The seed decides everything; the order and the thread of reading have no influence. A smaller
 * part is the beginning of a larger one, and the sizes of other parts do not matter to it.
 */
public final class SyntheticCorpus {

    private static final WaveformAugmentation RECORDING =
            WaveformAugmentation.sequence(
                    List.of(
                            new Room(),
                            new AdditiveNoise(new UniformRange(10, 35)),
                            new RandomGain(new UniformRange(-20, 0)),
                            new SixteenBits()));

    /** Far below the number of sentences of a part, all of which have to be different. */
    private static final int MAX_UTTERANCES = 100_000;

    private SyntheticCorpus() {}

    /**
     * Returns a builder, set to 2400, 100 and 200 utterances and the seed 0.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static List<Utterance> utterances(
            TextSplit split, int count, Synthesizer synthesizer, SplittableRandom random) {
        List<SpeakerSettings> speakers = SpeakerSettings.draw(split, random);
        SplittableRandom recordings = random.split();
        Set<String> sentences = split.draw(count, CommandGrammar::sentence, random);
        List<Utterance> utterances = new ArrayList<>(count);
        for (String sentence : sentences) {
            SplittableRandom own = recordings.split();
            int speaker = own.nextInt(speakers.size());
            long seed = own.nextLong();
            SpeakerSettings settings = speakers.get(speaker);
            String id =
                    String.format(
                            Locale.ROOT,
                            "%s-%05d-speaker%02d",
                            split.id(),
                            utterances.size(),
                            speaker);
            utterances.add(
                    new Utterance(
                            id, sentence, () -> record(synthesizer, sentence, settings, seed)));
        }
        return utterances;
    }

    private static Signal record(
            Synthesizer synthesizer, String sentence, SpeakerSettings speaker, long seed) {
        return RECORDING.apply(synthesizer.speak(sentence, speaker), new SplittableRandom(seed));
    }

    /** Sets up a synthetic {@link Corpus}. */
    public static final class Builder {

        private int trainUtterances = 2400;
        private int validationUtterances = 100;
        private int testUtterances = 200;
        private long seed;

        private Builder() {}

        /**
         * Sets the size of the training part.
         *
         * @param count the number of utterances, from 0 to 100,000
         * @return this builder
         */
        public Builder optTrainUtterances(int count) {
            trainUtterances = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the validation part.
         *
         * @param count the number of utterances, from 0 to 100,000
         * @return this builder
         */
        public Builder optValidationUtterances(int count) {
            validationUtterances = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the test part.
         *
         * @param count the number of utterances, from 0 to 100,000
         * @return this builder
         */
        public Builder optTestUtterances(int count) {
            testUtterances = requireCount(count);
            return this;
        }

        /**
         * Sets the seed of all sentences, speakers and recordings.
         *
         * @param value any number
         * @return this builder
         */
        public Builder optSeed(long value) {
            seed = value;
            return this;
        }

        /**
         * Builds the corpus; its sound is synthesised only when an utterance is read.
         *
         * @return the corpus
         */
        public Corpus<Utterance> build() {
            Synthesizer synthesizer = new Synthesizer();
            SplittableRandom random = new SplittableRandom(seed);
            return new Corpus<>(
                    "synthetic",
                    Utterance.UNIT,
                    utterances(TextSplit.TRAIN, trainUtterances, synthesizer, random.split()),
                    utterances(
                            TextSplit.VALIDATION,
                            validationUtterances,
                            synthesizer,
                            random.split()),
                    utterances(TextSplit.TEST, testUtterances, synthesizer, random.split()));
        }

        private static int requireCount(int count) {
            if (count < 0 || count > MAX_UTTERANCES) {
                throw new IllegalArgumentException(
                        "0 to " + MAX_UTTERANCES + " utterances expected: " + count);
            }
            return count;
        }
    }
}
