package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Spoken commands, synthesised by FreeTTS when they are read: sound of 16 kHz and 16 bits,
 * sentences of 2 to 8 words, with a vocabulary of 10 digits, 26 letters and 60 further words.
 *
 * <p>The parts share no sentence and no speaker: 40 speakers train, 6 others validate and 8 others
 * test, each with a pitch, pitch range, tempo and vocal-tract length of its own. Every utterance
 * has its own silence before and after, microphone, echoes, noise (10 to 35 dB below the mean
 * level) and loudness. The silence lasts 0.05 to 0.4 s; in the training part mostly 0.05 to 0.15 s,
 * a quarter of the times up to 1.5 s, and in one recording of five a noise gate mutes it. No
 * sentence comes twice in the corpus.
 *
 * <p>The seed decides everything; the order and the thread of reading have no influence. A smaller
 * part is the beginning of a larger one, and the sizes of other parts do not matter to it.
 */
public final class SyntheticCorpus {

    /** The most utterances of a part: far fewer than sentences, which have to be different. */
    public static final int MAX_UTTERANCES = 100_000;

    private SyntheticCorpus() {}

    /**
     * Returns a builder, set to 5400, 100 and 200 utterances and the seed 0.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static List<Recording> recordings(TextSplit split, int count, SplittableRandom random) {
        List<SpeakerSettings> speakers = SpeakerSettings.draw(split, random);
        SplittableRandom seeds = random.split();
        Set<String> sentences = split.draw(count, CommandGrammar::sentence, random);
        List<Recording> recordings = new ArrayList<>(count);
        for (String sentence : sentences) {
            SplittableRandom own = seeds.split();
            int speaker = own.nextInt(speakers.size());
            long seed = own.nextLong();
            String id =
                    String.format(
                            Locale.ROOT,
                            "%s-%05d-speaker%02d",
                            split.id(),
                            recordings.size(),
                            speaker);
            recordings.add(new Recording(id, sentence, speakers.get(speaker), split, seed));
        }
        return recordings;
    }

    /** Sets up a synthetic {@link Corpus}. */
    public static final class Builder {

        private int trainUtterances = 5400;
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
            Map<TextSplit, List<Recording>> recordings = recordings();
            return new Corpus<>(
                    "synthetic",
                    Utterance.UNIT,
                    utterances(recordings.get(TextSplit.TRAIN), synthesizer),
                    utterances(recordings.get(TextSplit.VALIDATION), synthesizer),
                    utterances(recordings.get(TextSplit.TEST), synthesizer));
        }

        /**
         * Synthesises the test utterances of the corpus, with the times of their words.
         *
         * @return the utterances, each made when the stream comes to it
         */
        public Stream<TimedSpeech> timedTest() {
            Synthesizer synthesizer = new Synthesizer();
            return recordings().get(TextSplit.TEST).stream()
                    .map(recording -> recording.speech(synthesizer));
        }

        private Map<TextSplit, List<Recording>> recordings() {
            SplittableRandom random = new SplittableRandom(seed);
            Map<TextSplit, List<Recording>> recordings = new EnumMap<>(TextSplit.class);
            recordings.put(
                    TextSplit.TRAIN,
                    SyntheticCorpus.recordings(TextSplit.TRAIN, trainUtterances, random.split()));
            recordings.put(
                    TextSplit.VALIDATION,
                    SyntheticCorpus.recordings(
                            TextSplit.VALIDATION, validationUtterances, random.split()));
            recordings.put(
                    TextSplit.TEST,
                    SyntheticCorpus.recordings(TextSplit.TEST, testUtterances, random.split()));
            return recordings;
        }

        private static List<Utterance> utterances(
                List<Recording> recordings, Synthesizer synthesizer) {
            return recordings.stream().map(one -> one.utterance(synthesizer)).toList();
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
