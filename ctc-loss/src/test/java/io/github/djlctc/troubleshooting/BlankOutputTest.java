package io.github.djlctc.troubleshooting;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.Trainer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.CTCMonitor;
import io.github.djlctc.monitor.EpochReport;
import io.github.djlctc.monitor.TrainingDiagnosis;
import io.github.djlctc.testing.ToyBatch;
import io.github.djlctc.testing.ToyTraining;
import io.github.djlctc.testing.ToyUtterances;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Outputs of blanks, normal and not. */
class BlankOutputTest {

    private static final ToyBatch UTTERANCES = ToyUtterances.of(96, 1);
    private static final int EPOCHS = 60;
    private static final Tracker LEARNING_RATE = Tracker.fixed(0.03f);
    private static final Alphabet ALPHABET = Alphabet.ofCharacters("abcd");

    private final List<EpochReport> reports = new ArrayList<>();

    /** Blanks fit every target, so they are learnt first, and the labels after them. */
    @Test
    void onlyBlanksAtTheStart() {
        try (ToyTraining training = training(linear())) {
            training.fit(UTTERANCES, 5);
            assertThat(transcribe(training, UTTERANCES)).containsOnly("");
            assertThat(lastDiagnosis()).isEqualTo(TrainingDiagnosis.BLANK_PLATEAU);

            training.fit(UTTERANCES, EPOCHS);
            assertThat(accuracy(training, UTTERANCES)).isGreaterThan(0.95);
            assertThat(lastDiagnosis()).isEqualTo(TrainingDiagnosis.HEALTHY);
            assertThat(diagnoses()).doesNotContain(TrainingDiagnosis.COLLAPSED_TO_BLANK);
        }
    }

    /** Features without information, from which only the frequency of labels can be learnt. */
    @Test
    void onlyBlanksLater() {
        ToyBatch silent = UTTERANCES.withoutSound();
        try (ToyTraining training = training(linear())) {
            training.fit(silent, EPOCHS);
            assertThat(transcribe(training, silent)).containsOnly("");
            assertThat(lastDiagnosis()).isEqualTo(TrainingDiagnosis.COLLAPSED_TO_BLANK);
        }
        LabelAudit audit = LabelAudit.builder().setClasses(ToyUtterances.CLASSES).build();
        audit.add(
                AuditSample.builder()
                        .setId("a")
                        .setTarget(1, 2)
                        .optFrames(ToyUtterances.FRAMES)
                        .optFeatures(silent.features())
                        .build());
        assertThat(audit.report().findings(AuditFinding.Kind.ALL_ZERO_FEATURES)).hasSize(1);
    }

    /** Lengths of the features divided by the subsampling once too often: a third of the frames. */
    @Test
    void onlyTheFirstCharacterThenBlanks() {
        try (ToyTraining training =
                training(withLength(linear(), ToyUtterances.FRAMES_PER_LABEL))) {
            training.fit(UTTERANCES, EPOCHS);
            List<String> texts = transcribe(training, UTTERANCES);
            int firstOnly = 0;
            for (int n = 0; n < UTTERANCES.size(); n++) {
                char first = (char) ('a' + UTTERANCES.target(n)[0] - 1);
                firstOnly += texts.get(n).equals(String.valueOf(first)) ? 1 : 0;
            }
            assertThat(firstOnly).isGreaterThan(UTTERANCES.size() / 2);
            assertThat(lastDiagnosis()).isEqualTo(TrainingDiagnosis.ONE_LABEL_THEN_BLANKS);
        }
        try (ToyTraining training = training(withLength(linear(), ToyUtterances.FRAMES))) {
            training.fit(UTTERANCES, EPOCHS);
            assertThat(accuracy(training, UTTERANCES)).isGreaterThan(0.9);
        }
    }

    private ToyTraining training(Block block) {
        reports.clear();
        CTCMonitor monitor = CTCMonitor.builder().optPatience(3).optOnReport(reports::add).build();
        CTCLoss loss = CTCLoss.builder().build();
        return ToyTraining.onUtterances(block, loss, LEARNING_RATE, monitor);
    }

    private List<TrainingDiagnosis> diagnoses() {
        return reports.stream().map(EpochReport::diagnosis).toList();
    }

    private TrainingDiagnosis lastDiagnosis() {
        return reports.get(reports.size() - 1).diagnosis();
    }

    /** Returns the labels of every utterance by greedy decoding. */
    private static List<String> transcribe(ToyTraining training, ToyBatch utterances) {
        Trainer trainer = training.trainer();
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList output = trainer.evaluate(new NDList(utterances.features(manager)));
            long[] lengths = new long[utterances.size()];
            Arrays.fill(lengths, output.head().getShape().get(1));
            NDArray given = output.size() > 1 ? output.get(1) : manager.create(lengths);
            return new GreedyBatchDecoder(new GreedyDecoder(ALPHABET))
                    .decodeBatch(output.head(), given).stream().map(Hypothesis::text).toList();
        }
    }

    /** Returns the share of utterances that are transcribed without an error. */
    private static double accuracy(ToyTraining training, ToyBatch utterances) {
        List<String> texts = transcribe(training, utterances);
        int right = 0;
        for (int n = 0; n < utterances.size(); n++) {
            int[] ids = LongStream.of(utterances.target(n)).mapToInt(Math::toIntExact).toArray();
            right += texts.get(n).equals(ALPHABET.decode(ids)) ? 1 : 0;
        }
        return right / (double) utterances.size();
    }

    private static Block linear() {
        return Linear.builder().setUnits(ToyUtterances.CLASSES).build();
    }

    private static Block withLength(Block block, int length) {
        return new SequentialBlock()
                .add(block)
                .add(
                        new LambdaBlock(
                                output -> {
                                    NDArray logits = output.head();
                                    Shape samples = new Shape(logits.getShape().get(0));
                                    return new NDList(
                                            logits,
                                            logits.getManager()
                                                    .full(samples, length, DataType.INT64));
                                }));
    }
}
