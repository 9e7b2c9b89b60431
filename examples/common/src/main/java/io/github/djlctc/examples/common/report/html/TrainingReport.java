package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.train.AlignedSample;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link TrainingReportPage} shows about a training run. Texts may hold any characters, and
 * figures may be NaN or infinite.
 *
 * <p>Immutable.
 */
public final class TrainingReport {

    record Fact(String name, String value) {}

    private final String title;
    private final List<Fact> facts;
    private final List<EpochResult> epochs;
    private final Alphabet alphabet;
    private final FrameScale scale;
    private final List<AlignedSample> aligned;
    private final List<Transcript> transcripts;
    private final LabelAuditReport audit;
    private final List<SkippedSamples.Skipped> skipped;

    private TrainingReport(Builder builder) {
        title = Objects.requireNonNull(builder.title, "setTitle is missing");
        facts = List.copyOf(builder.facts);
        epochs = builder.epochs;
        alphabet = builder.alphabet;
        scale = builder.scale;
        aligned = builder.aligned;
        transcripts = builder.transcripts;
        audit = builder.audit;
        skipped = builder.skipped;
    }

    /**
     * Creates a builder.
     *
     * @return a builder of a report without epochs and samples
     */
    public static Builder builder() {
        return new Builder();
    }

    String title() {
        return title;
    }

    List<Fact> facts() {
        return facts;
    }

    List<EpochResult> epochs() {
        return epochs;
    }

    /** Returns the epoch whose model was kept. */
    Optional<EpochResult> bestEpoch() {
        return epochs.stream().filter(EpochResult::best).reduce((earlier, later) -> later);
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** Returns the unit of word errors: words where the report has no alphabet. */
    WordErrorUnit wordErrorUnit() {
        return alphabet == null ? WordErrorUnit.WORD : WordErrorUnit.of(alphabet);
    }

    FrameScale scale() {
        return scale;
    }

    List<AlignedSample> aligned() {
        return aligned;
    }

    List<Transcript> transcripts() {
        return transcripts;
    }

    Optional<LabelAuditReport> audit() {
        return Optional.ofNullable(audit);
    }

    List<SkippedSamples.Skipped> skipped() {
        return skipped;
    }

    /** Builds a {@link TrainingReport}. */
    public static final class Builder {

        private String title;
        private final List<Fact> facts = new ArrayList<>();
        private List<EpochResult> epochs = List.of();
        private Alphabet alphabet;
        private FrameScale scale;
        private List<AlignedSample> aligned = List.of();
        private List<Transcript> transcripts = List.of();
        private LabelAuditReport audit;
        private List<SkippedSamples.Skipped> skipped = List.of();

        private Builder() {}

        /**
         * Sets what was trained.
         *
         * @param title the heading of the page
         * @return this builder
         */
        public Builder setTitle(String title) {
            this.title = Objects.requireNonNull(title, "title");
            return this;
        }

        /**
         * Adds a line to the head of the page, such as the data, an option or the test result.
         *
         * @param name what it is
         * @param value its value
         * @return this builder
         */
        public Builder addFact(String name, String value) {
            facts.add(
                    new Fact(
                            Objects.requireNonNull(name, "name"),
                            Objects.requireNonNull(value, "value")));
            return this;
        }

        /**
         * Sets the epochs.
         *
         * @param epochs the epochs in order, those before a resumption included
         * @return this builder
         */
        public Builder optEpochs(List<EpochResult> epochs) {
            this.epochs = List.copyOf(epochs);
            return this;
        }

        /**
         * Sets the samples whose posteriors are shown, a few of them.
         *
         * @param alphabet the classes of the model
         * @param scale the unit of the axis of frames
         * @param samples the samples; each picture takes some 10 to 100 KB of the page
         * @return this builder
         * @throws IllegalArgumentException if the posteriors of a sample do not have the classes of
         *     the alphabet
         */
        public Builder optAlignedSamples(
                Alphabet alphabet, FrameScale scale, List<AlignedSample> samples) {
            this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
            this.scale = Objects.requireNonNull(scale, "scale");
            aligned = List.copyOf(samples);
            for (AlignedSample sample : aligned) {
                int classes = sample.posteriors().classes();
                if (classes != alphabet.size()) {
                    throw new IllegalArgumentException(
                            sample.transcript().id()
                                    + ": posteriors of "
                                    + classes
                                    + " classes, but the alphabet has "
                                    + alphabet.size());
                }
            }
            return this;
        }

        /**
         * Sets the samples of which those with the highest character error rates are shown.
         *
         * @param samples all samples of the validation or test set
         * @return this builder
         */
        public Builder optTranscripts(List<Transcript> samples) {
            transcripts = List.copyOf(samples);
            return this;
        }

        /**
         * Sets the audit of the labels.
         *
         * @param audit what it found
         * @return this builder
         */
        public Builder optAudit(LabelAuditReport audit) {
            this.audit = Objects.requireNonNull(audit, "audit");
            return this;
        }

        /**
         * Sets the samples that were left out.
         *
         * @param skipped the samples
         * @return this builder
         */
        public Builder optSkipped(List<SkippedSamples.Skipped> skipped) {
            this.skipped = List.copyOf(skipped);
            return this;
        }

        /**
         * Builds the report.
         *
         * @return the report
         * @throws NullPointerException if it has no title
         */
        public TrainingReport build() {
            return new TrainingReport(this);
        }
    }
}
