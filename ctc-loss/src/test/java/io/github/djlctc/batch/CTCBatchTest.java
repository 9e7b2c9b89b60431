package io.github.djlctc.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CTCBatchTest {

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void readsTargetsUntilTheirPadding() {
        CTCBatch batch = read(new NDList(manager.create(new long[][] {{1, 2, -1}, {3, 3, 3}})));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.frames()).isEqualTo(5);
        assertThat(batch.classes()).isEqualTo(4);
        assertThat(batch.target(0)).containsExactly(1, 2);
        assertThat(batch.target(1)).containsExactly(3, 3, 3);
        assertThat(batch.targetLength(0)).isEqualTo(2);
        assertThat(batch.inputLength(0)).isEqualTo(5);
        assertThat(batch.concatenatedTargets()).containsExactly(1, 2, 3, 3, 3);
    }

    @Test
    void lengthsOverruleThePadding() {
        NDList labels =
                new NDList(
                        manager.create(new long[][] {{1, 2, 3}, {3, 2, 1}}),
                        manager.create(new long[] {0, 1}));
        CTCBatch batch = read(labels);
        assertThat(batch.target(0)).isEmpty();
        assertThat(batch.target(1)).containsExactly(3);
    }

    @Test
    void readsConcatenatedTargets() {
        NDList labels =
                new NDList(manager.create(new long[] {1, 2, 3}), manager.create(new long[] {1, 2}));
        CTCBatch batch = read(labels);
        assertThat(batch.target(0)).containsExactly(1);
        assertThat(batch.target(1)).containsExactly(2, 3);
    }

    @Test
    void readsTimeMajorEmissions() {
        NDList predictions = new NDList(manager.zeros(new Shape(5, 2, 4)));
        NDList labels = new NDList(manager.create(new long[][] {{1}, {2}}));
        CTCBatch batch = CTCBatch.read(labels, predictions, EmissionLayout.TIME_MAJOR, -1);
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.frames()).isEqualTo(5);
    }

    @Test
    void anyLabelCanBeThePadding() {
        NDList labels = new NDList(manager.create(new long[][] {{1, 2, 0}, {3, 0, 0}}));
        CTCBatch batch = CTCBatch.read(labels, emissions(), EmissionLayout.BATCH_MAJOR, 0);
        assertThat(batch.target(0)).containsExactly(1, 2);
        assertThat(batch.target(1)).containsExactly(3);
    }

    @Test
    void repeatedLabelsNeedABlankBetweenThem() {
        CTCBatch batch = read(new NDList(manager.create(new long[][] {{1, 2, 1}, {3, 3, 3}})));
        assertThat(batch.requiredFrames(0)).isEqualTo(3);
        assertThat(batch.requiredFrames(1)).isEqualTo(5);
        assertThat(batch.hasEnoughFrames(1)).isTrue();

        NDList predictions = emissions();
        predictions.add(manager.create(new long[] {3, 4}));
        CTCBatch shorter =
                CTCBatch.read(
                        new NDList(manager.create(new long[][] {{1, 2, 1}, {3, 3, 3}})),
                        predictions,
                        EmissionLayout.BATCH_MAJOR,
                        -1);
        assertThat(shorter.hasEnoughFrames(0)).isTrue();
        assertThat(shorter.hasEnoughFrames(1)).isFalse();
    }

    @Test
    void blankIsNoLabel() {
        CTCBatch batch = read(new NDList(manager.create(new long[][] {{1, 2}, {3, 1}})));
        assertThatCode(() -> batch.checkTargets(0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> batch.checkTargets(3))
                .isInstanceOf(CTCInputException.class)
                .hasMessageStartingWith("sample 1: target id 3 at position 0 is the blank");
    }

    @Test
    void everyOffendingSampleIsReportedAndTheFirstFiveAreNamed() {
        long[] ids = {9, 1, 9, 9, 9, 9, 9, 9};
        NDList predictions = new NDList(manager.zeros(new Shape(8, 5, 4)));
        NDList labels = new NDList(manager.create(ids, new Shape(8, 1)));
        CTCBatch batch = CTCBatch.read(labels, predictions, EmissionLayout.BATCH_MAJOR, -1);
        assertThatThrownBy(() -> batch.checkTargets(0))
                .isInstanceOfSatisfying(
                        CTCInputException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(CTCInputException.Problem::sample)
                                        .containsExactly(0, 2, 3, 4, 5, 6, 7))
                .hasMessageContaining("sample 5: ")
                .hasMessageNotContaining("sample 6: ")
                .hasMessageEndingWith("; and 2 more");
    }

    private CTCBatch read(NDList labels) {
        return CTCBatch.read(labels, emissions(), EmissionLayout.BATCH_MAJOR, -1);
    }

    private NDList emissions() {
        return new NDList(manager.zeros(new Shape(2, 5, 4)));
    }
}
