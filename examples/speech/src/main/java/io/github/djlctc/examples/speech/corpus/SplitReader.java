package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ListedSamples;
import io.github.djlctc.examples.common.data.Split;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a corpus together of parts that have names. An utterance that is in two sets, or whose
 * speaker is, is left to the test set, or else to the validation set.
 */
final class SplitReader {

    /**
     * An utterance.
     *
     * @param sample the utterance
     * @param where the file and the line that lists it
     * @param speaker who speaks, if that is told and speakers must not be in two sets
     */
    record Listed(Utterance sample, String where, Optional<String> speaker) {}

    /** Lists a part. */
    @FunctionalInterface
    interface Part {

        /**
         * Lists the utterances of a part.
         *
         * @param name its name
         * @param skipped takes what cannot be used
         * @return the utterances
         * @throws IOException if it is not there, or cannot be read
         */
        List<Listed> read(String name, SkippedSamples skipped) throws IOException;
    }

    private final String corpus;
    private final SplitNames names;
    private final Part part;

    SplitReader(String corpus, SplitNames names, Part part) {
        this.corpus = corpus;
        this.names = names;
        this.part = part;
    }

    Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        Sets sets = new Sets(skipped);
        List<Utterance> test = sets.add(Split.TEST.set(), names.test());
        List<Utterance> validation = sets.add(Split.VALIDATION.set(), names.validation());
        List<Utterance> train = sets.add(Split.TRAIN.set(), names.train());
        return new Corpus<>(corpus, Utterance.UNIT, train, validation, test);
    }

    Corpus<Utterance> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        List<String> parts =
                switch (split) {
                    case TRAIN -> names.train();
                    case VALIDATION -> names.validation();
                    case TEST -> names.test();
                };
        List<Utterance> samples = new Sets(skipped).add(split.set(), parts);
        return Corpus.of(corpus, Utterance.UNIT, split, samples);
    }

    /** The sets that were read so far. */
    private final class Sets {

        private final SkippedSamples skipped;
        private final ListedSamples listed = new ListedSamples(Utterance.NOUN);
        private final Map<String, String> setOfSpeaker = new HashMap<>();

        Sets(SkippedSamples skipped) {
            this.skipped = skipped;
        }

        List<Utterance> add(String set, List<String> parts) throws IOException {
            List<Utterance> utterances = new ArrayList<>();
            Set<String> speakers = new HashSet<>();
            for (String name : parts) {
                for (Listed utterance : part.read(name, skipped)) {
                    if (isNew(set, utterance)) {
                        utterances.add(utterance.sample);
                        utterance.speaker.ifPresent(speakers::add);
                    }
                }
            }
            speakers.forEach(speaker -> setOfSpeaker.put(speaker, set));
            return utterances;
        }

        private boolean isNew(String set, Listed utterance) {
            Optional<ListedSamples.Repetition> again =
                    listed.add(set, utterance.sample, utterance.where);
            if (again.isPresent()) {
                skipped.add(utterance.where, again.get().reason(), again.get().detail());
                return false;
            }
            Optional<String> other = utterance.speaker.map(setOfSpeaker::get);
            if (other.isPresent()) {
                skipped.add(
                        utterance.where,
                        "leak: the speaker is in the " + other.get() + " set",
                        "speaker " + utterance.speaker.orElseThrow() + " is left to that set");
                return false;
            }
            return true;
        }
    }
}
