package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.FileLine;
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
 * A corpus of parts that have names. An utterance that is in two sets, or whose speaker is, is left
 * to the test set, or else to the validation set.
 */
public abstract sealed class SplitCorpus
        permits LibriSpeechCorpus, CommonVoiceCorpus, TedLiumCorpus {

    /**
     * An utterance.
     *
     * @param sample the utterance
     * @param where the file and the line that lists it
     * @param speaker who speaks, if that is told and speakers must not be in two sets
     */
    record Listed(Utterance sample, FileLine where, Optional<String> speaker) {}

    private final String name;
    private final SplitNames parts;

    SplitCorpus(String name, SplitNames parts) {
        this.name = name;
        this.parts = parts;
    }

    /**
     * Lists the utterances of a part.
     *
     * @param part its name
     * @param skipped takes what cannot be used
     * @return the utterances
     * @throws IOException if it is not there, cannot be read, or has no usable utterance
     */
    abstract List<Listed> read(String part, SkippedSamples skipped) throws IOException;

    /**
     * Lists the corpus.
     *
     * @param skipped takes lines that cannot be read, those whose file is not there or cannot be
     *     used, those of which another set has the utterance or the speaker, and files without a
     *     line; headers of files are checked here, the sound when it is read
     * @return the corpus
     * @throws IOException if a part is not there, cannot be read, or has no usable utterance
     */
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        Sets sets = new Sets(skipped);
        List<Utterance> test = sets.add(Split.TEST.set(), parts.test());
        List<Utterance> validation = sets.add(Split.VALIDATION.set(), parts.validation());
        List<Utterance> train = sets.add(Split.TRAIN.set(), parts.train());
        return new Corpus<>(name, Utterance.UNIT, train, validation, test);
    }

    /**
     * Lists one set, whose parts alone have to be there.
     *
     * @param split the set
     * @param skipped as for {@link #load}
     * @return a corpus of which the other sets are empty
     * @throws IOException as for {@link #load}
     */
    public Corpus<Utterance> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        List<String> names =
                switch (split) {
                    case TRAIN -> parts.train();
                    case VALIDATION -> parts.validation();
                    case TEST -> parts.test();
                };
        List<Utterance> samples = new Sets(skipped).add(split.set(), names);
        return Corpus.of(name, Utterance.UNIT, split, samples);
    }

    /** The sets that were read so far. */
    private final class Sets {

        private final SkippedSamples skipped;
        private final ListedSamples listed = new ListedSamples(Utterance.NOUN);
        private final Map<String, String> setOfSpeaker = new HashMap<>();

        Sets(SkippedSamples skipped) {
            this.skipped = skipped;
        }

        List<Utterance> add(String set, List<String> names) throws IOException {
            List<Utterance> utterances = new ArrayList<>();
            Set<String> speakers = new HashSet<>();
            for (String part : names) {
                for (Listed utterance : read(part, skipped)) {
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
                skipped.add(utterance.where.toString(), again.get().reason(), again.get().detail());
                return false;
            }
            Optional<String> other = utterance.speaker.map(setOfSpeaker::get);
            if (other.isPresent()) {
                skipped.add(
                        utterance.where.toString(),
                        "leak: the speaker is in the " + other.get() + " set",
                        "speaker " + utterance.speaker.orElseThrow() + " is left to that set");
                return false;
            }
            return true;
        }
    }
}
