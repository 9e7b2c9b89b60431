package io.github.djlctc.dataset;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;

import io.github.djlctc.dataset.AuditFinding.Kind;
import io.github.djlctc.dataset.LabelAuditReport.CharacterCount;
import io.github.djlctc.dataset.LabelAuditReport.Distribution;
import io.github.djlctc.dataset.LabelAuditReport.Verdict;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacter;
import io.github.djlctc.text.UnknownCharacterException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks through a data set before it is trained on, for what makes CTC training fail silently: too
 * few classes, wrong ids, the blank in targets, targets too long for their frames, characters that
 * the alphabet lacks, features that are not numbers, duplicates and wrong transcripts. {@link
 * AuditFinding.Kind} has the whole list.
 *
 * <p>Samples are added one after the other and not kept, so that the audit can follow a manifest, a
 * data set or a training pipeline of any size. It takes 50 to 110 bytes a sample, for fingerprints
 * (by which duplicates are found) and for the distributions.
 *
 * <pre>{@code
 * LabelAudit audit = LabelAudit.builder().setAlphabet(alphabet).optSubsampling(2).build();
 * audit.addAll(dataset, manager);
 * System.out.println(audit.report().toText());
 * }</pre>
 *
 * <p>Instances are not for use by several threads.
 */
public final class LabelAudit {

    /** Damaged texts hold thousands of different characters. */
    private static final int MAX_CHARACTERS = 1_000;

    private static final int MAX_EXAMPLE = 100;
    private static final int MAX_REASONS = 50;
    private static final String OTHER_REASONS = "other reasons";

    private final int classes;
    private final int blank;
    private final Alphabet alphabet;
    private final IntUnaryOperator subsampling;
    private final int named;

    private final Map<Kind, AuditOccurrences> occurrences = new EnumMap<>(Kind.class);
    private final Map<String, AuditOccurrences> unreadable = new LinkedHashMap<>();
    private final Map<Integer, CharacterCount> unknownCharacters = new LinkedHashMap<>();
    private final FingerprintIndex ids = new FingerprintIndex();
    private final FingerprintIndex contents = new FingerprintIndex();
    private final BitSet usedClasses = new BitSet();
    private final Measurements frameRatios = new Measurements();
    private final DurationOutliers durations;
    private long largestId = -1;
    private int samples;
    private int usable;
    private boolean disqualified;

    private LabelAudit(Builder builder) {
        alphabet = builder.alphabet;
        if (alphabet == null && builder.classes == null) {
            throw new IllegalArgumentException("neither setClasses nor setAlphabet was called");
        }
        classes = builder.classes == null ? alphabet.size() : builder.classes;
        int defaultBlank = alphabet == null ? 0 : alphabet.blank();
        blank = builder.blank == null ? defaultBlank : builder.blank;
        if (classes < 2 || blank < 0 || blank >= classes) {
            throw new IllegalArgumentException(
                    "a model needs 2 classes or more, of which the blank is one: "
                            + classes
                            + " classes, blank "
                            + blank);
        }
        subsampling = builder.subsampling;
        named = builder.named;
        durations = new DurationOutliers(named, builder.outlierLimit);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds all samples of a data set whose records are what the batchifiers of this package take:
     * {@code data [features (T,...)]} and {@code labels [ids (S)]}. Each is named by its index.
     *
     * <p>Records that the data set cannot make ({@link IOException}, {@link
     * IllegalArgumentException}), or that are of another form, are findings like all others.
     *
     * @param dataset the data set, prepared
     * @param manager the manager below which the records are made; each is closed before the next
     */
    public void addAll(RandomAccessDataset dataset, NDManager manager) {
        for (long index = 0; index < dataset.size(); index++) {
            String id = Long.toString(index);
            try (NDManager scratch = manager.newSubManager()) {
                add(AuditedRecord.sample(id, dataset.get(scratch, index)));
            } catch (IllegalArgumentException e) {
                addUnreadable(id, "unusable record", e.getMessage());
            } catch (IOException e) {
                addUnreadable(id, "unreadable record", String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Adds a sample.
     *
     * @param sample the sample
     * @throws IllegalArgumentException if it has a text and the audit no alphabet
     */
    public void add(AuditSample sample) {
        if (sample.text() != null && alphabet == null) {
            throw new IllegalArgumentException(
                    "sample \""
                            + sample.id()
                            + "\" has a text, but the audit no alphabet to encode"
                            + " it with; call setAlphabet, or set the target");
        }
        begin(sample.id());
        long[] target = target(sample);
        if (target != null) {
            checkIds(sample.id(), target);
            checkLengths(sample, target);
        }
        checkFeatures(sample);
        end();
    }

    /**
     * Adds a sample that could not be read.
     *
     * @param sampleId its name
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail what is wrong with this sample
     */
    public void addUnreadable(String sampleId, String reason, String detail) {
        begin(sampleId);
        boolean isNew = !unreadable.containsKey(reason);
        String key = isNew && unreadable.size() >= MAX_REASONS ? OTHER_REASONS : reason;
        unreadable
                .computeIfAbsent(key, any -> new AuditOccurrences(named))
                .add(sampleId, () -> detail);
        disqualified = true;
        end();
    }

    private void begin(String id) {
        samples++;
        disqualified = false;
        int first = ids.firstOrAdd(Fingerprint.of(id), samples);
        if (first > 0) {
            note(
                    Kind.DUPLICATE_ID,
                    id,
                    () -> "sample " + samples + " has the id of sample " + first);
        }
    }

    private void end() {
        if (!disqualified) {
            usable++;
        }
    }

    private void note(Kind kind, String id, Supplier<String> detail) {
        occurrences.computeIfAbsent(kind, any -> new AuditOccurrences(named)).add(id, detail);
        disqualified |= kind.isDisqualifying();
    }

    /** Returns the ids of the labels, or null if the text cannot be encoded. */
    private long[] target(AuditSample sample) {
        if (sample.text() == null) {
            return sample.target();
        }
        try {
            int[] encoded = alphabet.encode(sample.text());
            long[] target = new long[encoded.length];
            for (int s = 0; s < target.length; s++) {
                target[s] = encoded[s];
            }
            return target;
        } catch (UnknownCharacterException e) {
            String text = alphabet.normalize(sample.text());
            note(Kind.UNKNOWN_CHARACTER, sample.id(), () -> describe(e.unknownCharacters(), text));
            for (UnknownCharacter unknown : e.unknownCharacters()) {
                count(unknown.codePoint(), sample.id());
            }
            return null;
        }
    }

    private static String describe(List<UnknownCharacter> unknown, String text) {
        UnknownCharacter first = unknown.get(0);
        return String.format(
                Locale.ROOT,
                "U+%04X at position %d, characters in all %d: %s",
                first.codePoint(),
                first.position(),
                unknown.size(),
                text.length() > MAX_EXAMPLE ? text.substring(0, MAX_EXAMPLE) + "..." : text);
    }

    private void count(int codePoint, String id) {
        CharacterCount before = unknownCharacters.get(codePoint);
        if (before != null) {
            unknownCharacters.put(
                    codePoint,
                    new CharacterCount(codePoint, before.count() + 1, before.sampleId()));
        } else if (unknownCharacters.size() < MAX_CHARACTERS) {
            unknownCharacters.put(codePoint, new CharacterCount(codePoint, 1, id));
        }
    }

    private void checkIds(String id, long[] target) {
        int tooLarge = -1;
        int outside = -1;
        int blanks = -1;
        for (int s = target.length - 1; s >= 0; s--) {
            largestId = Math.max(largestId, target[s]);
            if (target[s] < 0 || target[s] >= classes) {
                outside = s;
                tooLarge = target[s] < 0 ? tooLarge : s;
            } else {
                usedClasses.set((int) target[s]);
                blanks = target[s] == blank ? s : blanks;
            }
        }
        noteId(Kind.CLASS_COUNT, id, target, tooLarge);
        noteId(Kind.ID_OUT_OF_RANGE, id, target, outside);
        noteId(Kind.BLANK_IN_TARGET, id, target, blanks);
    }

    private void noteId(Kind kind, String id, long[] target, int position) {
        if (position >= 0) {
            note(
                    kind,
                    id,
                    () ->
                            "id "
                                    + target[position]
                                    + " at position "
                                    + position
                                    + "; the classes are 0.."
                                    + (classes - 1)
                                    + ", the blank is "
                                    + blank);
        }
    }

    private void checkLengths(AuditSample sample, long[] target) {
        if (target.length == 0) {
            note(Kind.EMPTY_TARGET, sample.id(), () -> "nothing to recognise");
        } else if (target.length == 1) {
            note(Kind.ONE_LABEL_TARGET, sample.id(), () -> "id " + target[0]);
        }
        OptionalInt frames = sample.frames();
        if (frames.isPresent() && target.length > 0) {
            checkFrames(sample.id(), target, frames.getAsInt());
        }
    }

    private void checkFrames(String id, long[] target, int frames) {
        int available = subsampling.applyAsInt(frames);
        int required = CTCBatch.requiredFrames(target);
        frameRatios.add((float) available / required);
        if (frames > 0) {
            durations.add(id, frames, target.length);
        }
        if (available < required) {
            note(Kind.TOO_FEW_FRAMES, id, () -> lengths(available, frames, target));
        } else if (available < 2L * target.length) {
            note(Kind.TIGHT_FRAMES, id, () -> lengths(available, frames, target));
        }
    }

    private static String lengths(int available, int frames, long[] target) {
        int required = CTCBatch.requiredFrames(target);
        return "frames after subsampling "
                + available
                + " (before "
                + frames
                + "), needed "
                + required
                + ": labels "
                + target.length
                + ", repeats "
                + (required - target.length);
    }

    private void checkFeatures(AuditSample sample) {
        sample.features()
                .ifPresent(
                        features -> {
                            if (features.nonFinite() > 0) {
                                note(
                                        Kind.NON_FINITE_FEATURES,
                                        sample.id(),
                                        () ->
                                                features.nonFinite()
                                                        + " of "
                                                        + features.size()
                                                        + " values");
                            }
                            if (features.isAllZero()) {
                                note(
                                        Kind.ALL_ZERO_FEATURES,
                                        sample.id(),
                                        () -> "all of " + features.size() + " values");
                            }
                            checkContent(sample, features);
                        });
    }

    private void checkContent(AuditSample sample, FeatureSummary features) {
        long target =
                sample.text() == null
                        ? Fingerprint.of(sample.target())
                        : Fingerprint.of(alphabet.normalize(sample.text()));
        int first = contents.firstOrAdd(Fingerprint.of(features.fingerprint(), target), samples);
        if (first > 0) {
            note(
                    Kind.DUPLICATE_CONTENT,
                    sample.id(),
                    () -> "sample " + samples + " is the same as sample " + first);
        }
    }

    /**
     * Reports on the samples so far. More may be added afterwards.
     *
     * @return the report
     */
    public LabelAuditReport report() {
        List<AuditFinding> findings = findings();
        boolean hasErrors =
                findings.stream().anyMatch(f -> f.kind().severity() == AuditFinding.Severity.ERROR);
        Verdict healthy = usable == samples ? Verdict.READY : Verdict.USABLE_WITH_SKIPS;
        return new LabelAuditReport(
                hasErrors ? Verdict.BROKEN : healthy,
                samples,
                usable,
                classes,
                blank,
                findings,
                unknownCharacters.values().stream()
                        .sorted(Comparator.comparingLong(CharacterCount::count).reversed())
                        .toList(),
                Distribution.ofSorted(frameRatios.sorted()),
                Distribution.ofSorted(durations.sortedRates()));
    }

    private List<AuditFinding> findings() {
        List<AuditFinding> findings = new ArrayList<>();
        if (usable == 0) {
            findings.add(ofAll(Kind.NOTHING_USABLE, Kind.NOTHING_USABLE.summary(), samples));
        }
        unreadable.forEach(
                (reason, found) ->
                        findings.add(
                                found.finding(
                                        Kind.UNREADABLE,
                                        Kind.UNREADABLE.summary() + ": " + reason)));
        occurrences.forEach((kind, found) -> findings.add(found.finding(kind, summary(kind))));
        AuditOccurrences outliers = durations.outliers();
        if (outliers.count() > 0) {
            findings.add(outliers.finding(Kind.DURATION_OUTLIER, summary(Kind.DURATION_OUTLIER)));
        }
        int unused = unusedClasses();
        if (unused > 0 && !usedClasses.isEmpty()) {
            findings.add(ofAll(Kind.UNUSED_CLASS, unusedSummary(unused), unused));
        }
        findings.sort(Comparator.comparing(AuditFinding::kind));
        return findings;
    }

    private static AuditFinding ofAll(Kind kind, String summary, long count) {
        return new AuditFinding(kind, summary, count, List.of(), "", kind.remedy());
    }

    private String summary(Kind kind) {
        if (kind != Kind.CLASS_COUNT) {
            return kind.summary();
        }
        return "the largest id of the targets is "
                + largestId
                + ", so the model needs "
                + Long.toUnsignedString(largestId + 1)
                + " classes, but has "
                + classes;
    }

    private int unusedClasses() {
        int used = usedClasses.cardinality() - (usedClasses.get(blank) ? 1 : 0);
        return classes - 1 - used;
    }

    private String unusedSummary(int unused) {
        String names =
                IntStream.range(0, classes)
                        .filter(id -> id != blank && !usedClasses.get(id))
                        .limit(named)
                        .mapToObj(this::nameOf)
                        .collect(Collectors.joining(", "));
        return Kind.UNUSED_CLASS.summary() + " (" + names + (unused > named ? ", ...)" : ")");
    }

    private String nameOf(int id) {
        return alphabet != null && id < alphabet.size()
                ? id + " \"" + alphabet.token(id) + "\""
                : Integer.toString(id);
    }

    /** Builds a {@link LabelAudit}. */
    public static final class Builder {

        private static final double OUTLIER_LIMIT = 3.5;

        private Integer classes;
        private Integer blank;
        private Alphabet alphabet;
        private IntUnaryOperator subsampling = IntUnaryOperator.identity();
        private int named = 10;
        private double outlierLimit = OUTLIER_LIMIT;

        private Builder() {}

        /**
         * Sets the number of classes of the model: the size of the last dimension of its logits.
         * Required unless there is an alphabet, whose size it is by default.
         *
         * @param classes the number of classes, labels and blank, 2 or more
         * @return this builder
         */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets the alphabet that encodes the texts of samples and names the classes. Required
         * unless there is a number of classes.
         *
         * @param alphabet the alphabet
         * @return this builder
         */
        public Builder setAlphabet(Alphabet alphabet) {
            this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
            return this;
        }

        /**
         * Sets the class of the blank.
         *
         * @param blank the class, that of the alphabet or 0 by default
         * @return this builder
         */
        public Builder optBlank(int blank) {
            this.blank = blank;
            return this;
        }

        /**
         * Sets how many frames of features make one of the logits; the last group may be short.
         *
         * @param factor the frames of features, 1 by default
         * @return this builder
         * @throws IllegalArgumentException if the factor is less than 1
         */
        public Builder optSubsampling(int factor) {
            if (factor < 1) {
                throw new IllegalArgumentException("the subsampling is less than 1: " + factor);
            }
            return optSubsampling(frames -> (int) ((frames + factor - 1L) / factor));
        }

        /**
         * Sets how many frames the model makes of a number of frames, for models that do not round
         * up.
         *
         * @param subsampling from frames of the features, 0 or more, to frames of the logits
         * @return this builder
         */
        public Builder optSubsampling(IntUnaryOperator subsampling) {
            this.subsampling = Objects.requireNonNull(subsampling, "subsampling");
            return this;
        }

        /**
         * Sets how many samples each finding names.
         *
         * @param named the number, 10 by default, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder optNamedSamples(int named) {
            if (named < 1) {
                throw new IllegalArgumentException("less than 1 named sample: " + named);
            }
            this.named = named;
            return this;
        }

        /**
         * Sets from where on the frames per label of a sample are an outlier.
         *
         * <p>The limit is one of the modified z-score of Iglewicz and Hoaglin (1993), "How to
         * Detect and Handle Outliers", of logarithms: |ln x - m| / (1.4826 MAD), with the median m
         * of ln x over the samples and the median MAD of |ln x - m|, which is taken to be that of
         * differences of 10 % at least. With fewer than 20 samples there are no outliers.
         *
         * @param limit the limit in (robust) standard deviations, above 0; 3.5 by default, as they
         *     recommend
         * @return this builder
         * @throws IllegalArgumentException if the limit is not above 0
         */
        public Builder optOutlierLimit(double limit) {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("the limit must be above 0: " + limit);
            }
            outlierLimit = limit;
            return this;
        }

        /**
         * Builds the audit.
         *
         * @return an audit without samples
         * @throws IllegalArgumentException if there is neither an alphabet nor a number of classes,
         *     there are fewer than 2 classes, or the blank is not one of them
         */
        public LabelAudit build() {
            return new LabelAudit(this);
        }
    }
}
