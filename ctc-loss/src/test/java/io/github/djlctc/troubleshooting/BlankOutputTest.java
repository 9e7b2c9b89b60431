package io.github.djlctc.troubleshooting;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.TrainingDiagnosis;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Outputs of blanks, normal and not. */
class BlankOutputTest {

    private static final ToyUtterances UTTERANCES = ToyUtterances.of(96, 1);
    private static final int EPOCHS = 60;
    private static final Tracker LEARNING_RATE = Tracker.fixed(0.03f);

    /** Blanks fit every target, so they are learnt first; the labels come out of them. */
    @Test
    void onlyBlanksAtTheStart() {
        try (ToyTraining training = training(linear())) {
            training.fit(UTTERANCES, 5);
            assertThat(training.transcribe(UTTERANCES)).containsOnly("");
            assertThat(lastOf(training)).isEqualTo(TrainingDiagnosis.BLANK_PLATEAU);

            training.fit(UTTERANCES, EPOCHS);
            assertThat(training.accuracy(UTTERANCES)).isGreaterThan(0.95);
            assertThat(lastOf(training)).isEqualTo(TrainingDiagnosis.HEALTHY);
            assertThat(training.diagnoses()).doesNotContain(TrainingDiagnosis.COLLAPSED_TO_BLANK);
        }
    }

    /** Features that say nothing: there is nothing to learn but how often labels come. */
    @Test
    void onlyBlanksLater() {
        ToyUtterances silent = UTTERANCES.withoutSound();
        try (ToyTraining training = training(linear())) {
            training.fit(silent, EPOCHS);
            assertThat(training.transcribe(silent)).containsOnly("");
            assertThat(lastOf(training)).isEqualTo(TrainingDiagnosis.COLLAPSED_TO_BLANK);
        }
        LabelAudit audit = LabelAudit.builder().setClasses(ToyUtterances.CLASSES).build();
        audit.add(
                AuditSample.builder()
                        .setId("a")
                        .setTarget(1, 2)
                        .optFrames(ToyUtterances.FRAMES)
                        .optFeatures(silent.features)
                        .build());
        assertThat(audit.report().findings(AuditFinding.Kind.ALL_ZERO_FEATURES)).hasSize(1);
    }

    /** Lengths of the features divided by the subsampling once too often: a third of the frames. */
    @Test
    void onlyTheFirstCharacterThenBlanks() {
        try (ToyTraining training =
                training(withLength(linear(), ToyUtterances.FRAMES_PER_LABEL))) {
            training.fit(UTTERANCES, EPOCHS);
            List<String> texts = training.transcribe(UTTERANCES);
            int firstOnly = 0;
            for (int n = 0; n < UTTERANCES.size; n++) {
                char first = (char) ('a' + UTTERANCES.targets[n][0] - 1);
                firstOnly += texts.get(n).equals(String.valueOf(first)) ? 1 : 0;
            }
            assertThat(firstOnly).isGreaterThan(UTTERANCES.size / 2);
            assertThat(lastOf(training)).isEqualTo(TrainingDiagnosis.ONE_LABEL_THEN_BLANKS);
        }
        try (ToyTraining training = training(withLength(linear(), ToyUtterances.FRAMES))) {
            training.fit(UTTERANCES, EPOCHS);
            assertThat(training.accuracy(UTTERANCES)).isGreaterThan(0.9);
        }
    }

    private static ToyTraining training(Block block) {
        return ToyTraining.monitored(block, CTCLoss.builder().build(), LEARNING_RATE);
    }

    private static TrainingDiagnosis lastOf(ToyTraining training) {
        List<TrainingDiagnosis> diagnoses = training.diagnoses();
        return diagnoses.get(diagnoses.size() - 1);
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
