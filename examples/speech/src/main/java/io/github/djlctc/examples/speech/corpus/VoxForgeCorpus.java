package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.FileLine;
import io.github.djlctc.examples.common.data.ListedSamples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * <a href="http://www.voxforge.org">VoxForge</a> as its archives unpack, a folder each: {@code
 * {speaker}-{date}-{letters}/} with {@code wav/*.wav} or {@code flac/*.flac}, and {@code
 * etc/prompts-original} or {@code etc/PROMPTS}, a line for each file: its name, a space, the words.
 *
 * <p>VoxForge has no sets. Here, speakers chosen at random are left to the test set until it has a
 * twentieth of all utterances, then others to the validation set; the folders of {@code anonymous}
 * speakers, who may be anyone, are for training. Which speakers they are depends on the names and
 * the seed.
 */
public final class VoxForgeCorpus {

    private static final double SHARE = 0.05;
    private static final String ANONYMOUS = "anonymous";

    /** What takes utterances before it is known which set does: one folder is in one set. */
    private static final String ARCHIVE = "archive";

    private static final List<String> PROMPTS = List.of("prompts-original", "PROMPTS");

    private final Path folder;
    private final long seed;

    /**
     * Creates the reader.
     *
     * @param folder the folder of the unpacked archives
     * @param seed decides which speakers are held out
     */
    public VoxForgeCorpus(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * Lists the corpus.
     *
     * @param skipped takes folders without prompts, bad lines, and lines whose file is not there,
     *     cannot be used, or has a line before
     * @return the corpus
     * @throws IOException if the folder cannot be read, or has fewer than three speakers with names
     */
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        Map<String, List<Utterance>> bySpeaker = new TreeMap<>();
        for (Path archive : CorpusFolder.list(folder, skipped)) {
            if (Files.isDirectory(archive)) {
                bySpeaker
                        .computeIfAbsent(speaker(archive), key -> new ArrayList<>())
                        .addAll(read(archive, skipped));
            }
        }
        bySpeaker.values().removeIf(List::isEmpty);
        List<Utterance> train = new ArrayList<>();
        Optional.ofNullable(bySpeaker.remove(ANONYMOUS)).ifPresent(train::addAll);
        List<String> speakers = new ArrayList<>(bySpeaker.keySet());
        if (speakers.size() < 3) {
            throw new IOException(
                    folder
                            + ": "
                            + speakers.size()
                            + " speakers with names and usable utterances, but each of the three sets"
                            + " needs one; the folder should hold {speaker}-{date}-{letters}/etc and"
                            + " wav or flac");
        }
        Collections.shuffle(speakers, new Random(seed));
        int all = train.size() + bySpeaker.values().stream().mapToInt(List::size).sum();
        List<Utterance> test = take(speakers, bySpeaker, all, 2);
        List<Utterance> validation = take(speakers, bySpeaker, all, 1);
        speakers.stream().sorted().map(bySpeaker::get).forEach(train::addAll);
        return new Corpus<>("voxforge", Utterance.UNIT, train, validation, test);
    }

    /** Takes speakers off the list until they have their share; leaves some. */
    private static List<Utterance> take(
            List<String> speakers, Map<String, List<Utterance>> bySpeaker, int all, int left) {
        List<Utterance> taken = new ArrayList<>();
        while (taken.isEmpty() || (taken.size() < SHARE * all && speakers.size() > left)) {
            taken.addAll(bySpeaker.get(speakers.remove(speakers.size() - 1)));
        }
        return taken;
    }

    private static String speaker(Path archive) {
        String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.replaceFirst("-\\d{8}.*$", "");
    }

    private static List<Utterance> read(Path archive, SkippedSamples skipped) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        Path etc = archive.resolve("etc");
        Optional<Path> prompts =
                PROMPTS.stream().map(etc::resolve).filter(Files::isRegularFile).findFirst();
        if (prompts.isEmpty()) {
            skipped.add(
                    archive.toString(),
                    "no transcripts",
                    "neither etc/prompts-original nor etc/PROMPTS is there");
            return utterances;
        }
        ListedSamples listed = new ListedSamples(Utterance.NOUN);
        List<String> lines = CorpusFolder.lines(prompts.get(), skipped);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                FileLine where = new FileLine(prompts.get(), i + 1);
                utterance(archive, lines.get(i).strip(), where.toString(), skipped)
                        .filter(utterance -> isNew(utterance, where, listed, skipped))
                        .ifPresent(utterances::add);
            }
        }
        return utterances;
    }

    private static boolean isNew(
            Utterance utterance, FileLine where, ListedSamples listed, SkippedSamples skipped) {
        Optional<ListedSamples.Repetition> again = listed.add(ARCHIVE, utterance, where);
        again.ifPresent(found -> skipped.add(where.toString(), found.reason(), found.detail()));
        return again.isEmpty();
    }

    private static Optional<Utterance> utterance(
            Path archive, String line, String where, SkippedSamples skipped) throws IOException {
        String[] words = line.split("\\s+", 2);
        // PROMPTS names files as {archive}/mfc/{name}.
        String name = words[0].substring(words[0].lastIndexOf('/') + 1);
        if (words.length < 2 || !CorpusFolder.isFileName(name)) {
            skipped.add(where, "bad transcript line", "not \"NAME WORDS\": \"" + line + "\"");
            return Optional.empty();
        }
        for (String type : List.of("wav", "flac")) {
            Path file = archive.resolve(type).resolve(name + "." + type);
            if (Files.exists(file)) {
                String id = archive.getFileName() + "/" + name;
                return SoundFile.find(file, skipped)
                        .map(sound -> new Utterance(id, words[1], sound));
            }
        }
        skipped.add(
                where,
                "no audio for transcript",
                "neither wav/" + name + ".wav nor flac/" + name + ".flac is there");
        return Optional.empty();
    }
}
