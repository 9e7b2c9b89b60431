package io.github.djlctc.examples.common.train;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Training from a corpus to a saved model and the errors on its test set.
 *
 * @param <S> what a sample is
 */
public final class TrainingRun<S extends CorpusSample> {

    /** The file of the model folder that holds the audit as JSON. */
    public static final String AUDIT_FILE = "audit.json";

    /** The file of the model folder that holds the options that the run was started with. */
    public static final String OPTIONS_FILE = "options.json";

    private final Corpus<S> corpus;
    private final RecognitionModel model;
    private final SampleReader<S> reader;
    private final TrainingOptions options;
    private final CheckpointPlan plan;
    private final SkippedSamples skipped;

    /**
     * Prepares a run.
     *
     * @param corpus the data
     * @param model the model, its parameters not initialised
     * @param reader reads the samples
     * @param options how to train
     * @param plan what is kept to resume the run
     * @param skipped takes the samples that cannot be used
     */
    public TrainingRun(
            Corpus<S> corpus,
            RecognitionModel model,
            SampleReader<S> reader,
            TrainingOptions options,
            CheckpointPlan plan,
            SkippedSamples skipped) {
        this.corpus = corpus;
        this.model = model;
        this.reader = reader;
        this.options = options;
        this.plan = plan;
        this.skipped = skipped;
    }

    /**
     * Runs the training and the test.
     *
     * @param choice chooses the ways to decode the test set
     * @param onAudit told what the audit of all samples found, before training
     * @param onEpoch told of every epoch
     * @return the epochs, and the errors of the best model on the test set by each decoding
     * @throws IOException if the model or a checkpoint cannot be written, a split has no usable
     *     sample, or the run to resume was of other data or another model
     * @throws MalformedModelException if the model that was saved cannot be read again
     * @throws InterruptedException if the thread is interrupted
     */
    public TrainingOutcome run(
            DecodingChoice choice,
            Consumer<LabelAuditReport> onAudit,
            Consumer<EpochResult> onEpoch)
            throws IOException, MalformedModelException, InterruptedException {
        return run(choice, onAudit, pairs -> {}, onEpoch, mean -> {});
    }

    /**
     * Runs the training and the test.
     *
     * @param choice chooses the ways to decode the test set
     * @param onAudit told what the audit of all samples found, before training
     * @param onPairs told of the training samples that were concatenated, if they are to be
     * @param onEpoch told of every epoch
     * @param onMean told of the mean of the best epochs, if it is wanted, after the last epoch
     * @return the epochs, and the errors of the best model on the test set by each decoding
     * @throws IOException if the model or a checkpoint cannot be written, a split has no usable
     *     sample, or the run to resume was of other data or another model
     * @throws MalformedModelException if the model that was saved cannot be read again
     * @throws InterruptedException if the thread is interrupted
     */
    public TrainingOutcome run(
            DecodingChoice choice,
            Consumer<LabelAuditReport> onAudit,
            Consumer<ConcatenatedPairs> onPairs,
            Consumer<EpochResult> onEpoch,
            Consumer<MeanResult> onMean)
            throws IOException, MalformedModelException, InterruptedException {
        // Parameters are drawn when the trainer initialises the model.
        Engine.getInstance().setRandomSeed((int) options.seed());
        Preparation<S> preparation =
                new Preparation<>(
                        model, reader, corpus.unit(), options.batches(), options.views(), skipped);
        List<PreparedSample> usable = preparation.prepareUsable("training", corpus.train());
        List<PreparedSample> validation =
                preparation.prepareUsable("validation", corpus.validation());
        List<PreparedSample> test = preparation.prepareUsable("test", corpus.test());
        LabelAuditReport audit = preparation.audit();
        Files.createDirectories(options.folder());
        // Unpaired surrogates in transcripts, which UTF-8 cannot encode, become question marks.
        byte[] json = (audit.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
        Path auditFile = options.folder().resolve(AUDIT_FILE);
        OutputFileException.guard(auditFile, () -> AtomicFile.write(auditFile, json));
        byte[] settings = (plan.options() + "\n").getBytes(StandardCharsets.UTF_8);
        Path settingsFile = options.folder().resolve(OPTIONS_FILE);
        OutputFileException.guard(settingsFile, () -> AtomicFile.write(settingsFile, settings));
        onAudit.accept(audit);
        List<PreparedSample> training = concatenate(usable, onPairs);
        List<MeanResult> means = new ArrayList<>();
        try (BatchLoader loader = BatchLoader.onAllProcessors()) {
            List<EpochResult> epochs =
                    new RecognitionTrainer(model, corpus.unit(), options, plan, loader)
                            .train(training, validation, onEpoch, onMean.andThen(means::add));
            Evaluator evaluator = new Evaluator(model, loader);
            List<Decoding> decodings = choice.choose(evaluator.emissions(validation));
            List<Evaluation> tests = evaluator.evaluate(test, decodings);
            List<AlignedSample> aligned =
                    new SampleAlignment(model).spread(test, tests.get(0).transcripts());
            return new TrainingOutcome(
                    decodings, tests, epochs, means.stream().findFirst(), audit, aligned);
        }
    }

    private List<PreparedSample> concatenate(
            List<PreparedSample> usable, Consumer<ConcatenatedPairs> onPairs) {
        double share = options.concatenatedShare();
        if (share == 0) {
            return usable;
        }
        List<PreparedSample> training =
                new SampleConcatenation(share, options.batches().frames(), model)
                        .apply(usable, options.seed());
        onPairs.accept(new ConcatenatedPairs(usable.size() - training.size(), usable.size()));
        return training;
    }
}
