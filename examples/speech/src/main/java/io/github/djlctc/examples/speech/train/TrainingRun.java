package io.github.djlctc.examples.speech.train;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.translate.TranslateException;

import io.github.djlctc.dataset.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** Training from a corpus to a saved model and the errors on its test set. */
public final class TrainingRun {

    /** The file of the model folder that holds the audit as JSON. */
    public static final String AUDIT_FILE = "audit.json";

    private static final long CACHE_BYTES = 768L << 20;

    private final Corpus corpus;
    private final Alphabet alphabet;
    private final ModelConfig config;
    private final Augmentation augmentation;
    private final TrainingOptions options;
    private final CheckpointPlan plan;
    private final SkippedSamples skipped;

    /**
     * Prepares a run.
     *
     * @param corpus the data
     * @param alphabet the classes of the model
     * @param config the features and sizes of the model
     * @param augmentation how training utterances are varied
     * @param options how to train
     * @param plan what is kept, and whether this run goes on from there
     * @param skipped takes the utterances that cannot be used
     */
    public TrainingRun(
            Corpus corpus,
            Alphabet alphabet,
            ModelConfig config,
            Augmentation augmentation,
            TrainingOptions options,
            CheckpointPlan plan,
            SkippedSamples skipped) {
        this.corpus = corpus;
        this.alphabet = alphabet;
        this.config = config;
        this.augmentation = augmentation;
        this.options = options;
        this.plan = plan;
        this.skipped = skipped;
    }

    /**
     * Runs the training and the test.
     *
     * @param onAudit told what the audit of all utterances found, before training
     * @param onEpoch told of every epoch
     * @return the errors of the best model on the test set
     * @throws IOException if the model or a checkpoint cannot be written, a split has no usable
     *     utterance, or the run to resume was of other data or another model
     * @throws TranslateException if DJL cannot make a batch
     * @throws MalformedModelException if the model that was saved cannot be read again
     * @throws InterruptedException if the thread is interrupted
     */
    public Evaluation run(Consumer<LabelAuditReport> onAudit, Consumer<EpochResult> onEpoch)
            throws IOException, TranslateException, MalformedModelException, InterruptedException {
        // Parameters are drawn when the trainer initialises the model.
        Engine.getInstance().setRandomSeed((int) options.seed());
        try (SpeechModel model = SpeechModel.create(config, alphabet)) {
            Preparation preparation = new Preparation(model, skipped, new SignalCache(CACHE_BYTES));
            List<PreparedUtterance> training =
                    preparation.prepareUsable("training", corpus.train());
            List<PreparedUtterance> validation =
                    preparation.prepareUsable("validation", corpus.validation());
            List<PreparedUtterance> test = preparation.prepareUsable("test", corpus.test());
            LabelAuditReport audit = preparation.audit();
            Files.createDirectories(options.folder());
            // Transcripts may hold what UTF-8 cannot; such characters become question marks.
            byte[] json = (audit.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(options.folder().resolve(AUDIT_FILE), json);
            onAudit.accept(audit);
            new SpeechTrainer(model, options, plan)
                    .train(training, validation, augmentation, onEpoch);
            return new Evaluator(model).evaluate(test);
        }
    }
}
