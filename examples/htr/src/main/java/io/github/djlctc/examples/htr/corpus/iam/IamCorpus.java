package io.github.djlctc.examples.htr.corpus.iam;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.FileCheck;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.data.TextLines;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.htr.corpus.LineSample;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The <a href="https://fki.tic.heia-fr.ch/databases/iam-handwriting-database">IAM Handwriting
 * Database</a> (U.-V. Marti and H. Bunke, Int. Journal on Document Analysis and Recognition 5,
 * 2002) as its archives unpack: {@code ascii/lines.txt} and {@code lines/a01/a01-000u/...png}, or
 * {@code ascii/words.txt} and {@code words/...}.
 *
 * <p>The sets are those of its task "Large Writer Independent Text Line Recognition": {@code
 * trainset.txt}, {@code validationset1.txt} and {@code validationset2.txt}, {@code testset.txt}, an
 * id of a line or form each line. A sample that more than one set names is in the test set if that
 * names it, else in the validation set. Samples that no set names are left out.
 *
 * <p>In transcripts, {@code |} stands for a space.
 */
public final class IamCorpus {

    private static final FileCheck HEADER = ImageFiles::checkHeader;

    private final Path folder;
    private final Path sets;
    private final IamLevel level;
    private final IamSegmentation segmentation;

    private IamCorpus(Builder builder) {
        folder = Objects.requireNonNull(builder.folder, "setFolder was not called");
        sets = builder.sets.orElse(folder);
        level = builder.level;
        segmentation = builder.segmentation;
    }

    /**
     * Returns a builder, set to lines of any segmentation.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Lists one part, of which alone the lists have to be there.
     *
     * @param split the part
     * @param skipped as for {@link #load}
     * @return a corpus of which the other parts are empty
     * @throws IOException as for {@link #load}
     */
    public Corpus<LineSample> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        Map<String, IamEntry> entries = entries(skipped);
        Set<String> known = withPrefixes(entries.keySet());
        return Corpus.of(
                "iam", LineSample.UNIT, split, take(entries, known, skipped, lists(split)));
    }

    private static String[] lists(Split split) {
        return switch (split) {
            case TRAIN -> new String[] {"trainset.txt"};
            case VALIDATION -> new String[] {"validationset1.txt", "validationset2.txt"};
            case TEST -> new String[] {"testset.txt"};
        };
    }

    /**
     * Lists the corpus.
     *
     * @param skipped takes malformed lines of the lists, samples whose images are missing or cannot
     *     be used, and names that stand for no sample; the headers of images are checked here,
     *     their pixels when they are read
     * @return the corpus
     * @throws IOException if a list is missing or cannot be read, or a set has no usable sample
     */
    public Corpus<LineSample> load(SkippedSamples skipped) throws IOException {
        Map<String, IamEntry> entries = entries(skipped);
        Set<String> known = withPrefixes(entries.keySet());
        List<LineSample> test = take(entries, known, skipped, lists(Split.TEST));
        List<LineSample> validation = take(entries, known, skipped, lists(Split.VALIDATION));
        List<LineSample> train = take(entries, known, skipped, lists(Split.TRAIN));
        return new Corpus<>("iam", LineSample.UNIT, train, validation, test);
    }

    private Map<String, IamEntry> entries(SkippedSamples skipped) throws IOException {
        Path ascii = folder.resolve("ascii").resolve(level.list());
        Path list = Files.exists(ascii) ? ascii : folder.resolve(level.list());
        Map<String, IamEntry> entries = new LinkedHashMap<>();
        List<String> lines = readLines(list, "unpack ascii.tgz of the database there");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String where = list + ":" + (i + 1);
            Optional<IamEntry> entry = IamEntry.parse(line, level);
            if (entry.isEmpty()) {
                skipped.add(
                        where,
                        "bad line in " + level.list(),
                        "not \"id ok|err numbers text\": \"" + line + "\"");
            } else if (entries.containsKey(entry.get().id())) {
                skipped.add(where, "duplicate sample", entry.get().id() + " was listed before");
            } else {
                entries.put(entry.get().id(), entry.get());
            }
        }
        return entries;
    }

    /** Returns the ids with those of their lines and forms. */
    private static Set<String> withPrefixes(Set<String> ids) {
        Set<String> all = new LinkedHashSet<>();
        for (String id : ids) {
            for (String name = id; all.add(name) && name.indexOf('-') >= 0; ) {
                name = name.substring(0, name.lastIndexOf('-'));
            }
        }
        return all;
    }

    /** Takes the samples of a set out of {@code entries}. */
    private List<LineSample> take(
            Map<String, IamEntry> entries,
            Set<String> known,
            SkippedSamples skipped,
            String... lists)
            throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String list : lists) {
            names.addAll(names(sets.resolve(list), known, skipped));
        }
        List<LineSample> samples = new ArrayList<>();
        List<IamEntry> listed =
                entries.values().stream().filter(entry -> entry.isListedIn(names)).toList();
        for (IamEntry entry : listed) {
            entries.remove(entry.id());
            Path image = level.image(folder, entry.id());
            if (segmentation.takes(entry) && HEADER.passes(image, skipped)) {
                samples.add(
                        new LineSample(
                                entry.id(),
                                entry.text(),
                                height -> ImageFiles.read(image, height)));
            }
        }
        if (samples.isEmpty()) {
            throw new IOException(
                    sets.resolve(lists[0])
                            + ": none of its "
                            + names.size()
                            + " names stands for a usable sample of "
                            + level.list()
                            + firstImage(listed));
        }
        return samples;
    }

    /** Says where the first image of a set was looked for, if it is not there. */
    private String firstImage(List<IamEntry> listed) {
        if (listed.isEmpty()) {
            return "";
        }
        Path image = level.image(folder, listed.get(0).id());
        return Files.exists(image)
                ? ""
                : "; the first image is not there: "
                        + image
                        + ", see that --folder holds the unpacked "
                        + level.archive();
    }

    private Set<String> names(Path list, Set<String> known, SkippedSamples skipped)
            throws IOException {
        Set<String> names = new LinkedHashSet<>();
        List<String> lines =
                readLines(list, "unpack largeWriterIndependentTextLineRecognitionTask.zip there");
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).strip();
            if (name.isEmpty() || name.startsWith("#")) {
                continue;
            }
            names.add(name);
            if (!known.contains(name)) {
                skipped.add(
                        list + ":" + (i + 1),
                        "no such sample",
                        "\"" + name + "\" is not in " + level.list());
            }
        }
        return names;
    }

    private static List<String> readLines(Path file, String remedy) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not there; " + remedy);
        }
        try {
            return TextLines.read(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8; save it as UTF-8", e);
        }
    }

    /** Sets up an {@link IamCorpus}. */
    public static final class Builder {

        private Path folder;
        private Optional<Path> sets = Optional.empty();
        private IamLevel level = IamLevel.LINES;
        private IamSegmentation segmentation = IamSegmentation.ALL;

        private Builder() {}

        /**
         * Sets the folder of the database.
         *
         * @param folder the folder that holds {@code ascii} and {@code lines} or {@code words}
         * @return this builder
         */
        public Builder setFolder(Path folder) {
            this.folder = folder;
            return this;
        }

        /**
         * Sets the folder of the sets, the folder of the database by default.
         *
         * @param folder the folder that holds {@code trainset.txt} and the others
         * @return this builder
         */
        public Builder optSets(Path folder) {
            sets = Optional.of(folder);
            return this;
        }

        /**
         * Sets what a sample is, {@link IamLevel#LINES} by default.
         *
         * @param value lines or words
         * @return this builder
         */
        public Builder optLevel(IamLevel value) {
            level = value;
            return this;
        }

        /**
         * Sets which samples are taken, {@link IamSegmentation#ALL} by default.
         *
         * @param value all, or those that are segmented well
         * @return this builder
         */
        public Builder optSegmentation(IamSegmentation value) {
            segmentation = value;
            return this;
        }

        /**
         * Builds the corpus reader.
         *
         * @return the reader
         */
        public IamCorpus build() {
            return new IamCorpus(this);
        }
    }
}
