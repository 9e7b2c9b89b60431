package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;

import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The means of an epoch: those of the CTC loss, and beside them those of the consistency. */
class ConsistencyLossMetricsTest extends ArrayTest {

    private static final double ALPHA = 0.2;
    private static final String KEY = "train_epoch";
    private static final String OTHER = "validate_epoch";

    private ConsistencyLoss loss;
    private Evaluator consistency;

    @BeforeEach
    void create() {
        use(Reduction.MEAN);
    }

    private void use(Reduction reduction) {
        loss = new ConsistencyLoss(CTCLoss.builder().optReduction(reduction).build(), ALPHA);
        consistency = loss.consistency();
        for (String key : new String[] {KEY, OTHER}) {
            loss.addAccumulator(key);
            consistency.addAccumulator(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSumOfBothIsTheLoss(Reduction reduction) {
        use(reduction);
        NDList labels = labels(1, 2, 1, 2);
        NDList predictions = new NDList(manager.randomNormal(new Shape(4, 6, 4)));
        float value = loss.evaluate(labels, predictions).getFloat();
        update(labels, predictions);
        float alone =
                CTCLoss.builder()
                        .optReduction(reduction)
                        .build()
                        .evaluate(labels, predictions)
                        .getFloat();
        assertThat(loss.getAccumulator(KEY)).isEqualTo(alone);
        assertThat(loss.getAccumulator(KEY) + ALPHA * consistency.getAccumulator(KEY))
                .isCloseTo(value, within(1e-5));
        assertThat(consistency.evaluate(labels, predictions).getFloat())
                .isEqualTo(consistency.getAccumulator(KEY));
    }

    @Test
    void theMeanIsOverUtterancesWhateverTheBatches() {
        NDArray views = manager.randomNormal(new Shape(6, 6, 4));
        NDList labels = labels(1, 2, 3, 1, 2, 3);
        step(labels, new NDList(views));
        float whole = consistency.getAccumulator(KEY);
        consistency.resetAccumulator(KEY);
        assertThat(consistency.getAccumulator(KEY)).isNaN();
        step(labels(1, 1), rows(views, 0, 3));
        step(labels(2, 3, 2, 3), rows(views, 1, 2, 4, 5));
        assertThat(consistency.getAccumulator(KEY)).isCloseTo(whole, within(1e-5f));
    }

    @Test
    void droppedUtterancesDoNotCount() {
        NDArray views = manager.randomNormal(new Shape(4, 6, 4));
        step(labels(1, 1), rows(views, 1, 3));
        float one = consistency.getAccumulator(KEY);
        consistency.resetAccumulator(KEY);
        // The first utterance cannot be spoken in its second view.
        views.set(new NDIndex("2,:,2"), Float.NEGATIVE_INFINITY);
        step(labels(2, 1, 2, 1), new NDList(views));
        assertThat(consistency.getAccumulator(KEY)).isCloseTo(one, within(1e-5f));
    }

    @Test
    void aBatchIsLeftOutOfBothMeans() {
        NDList labels = labels(1, 1);
        step(labels, new NDList(manager.randomNormal(new Shape(2, 6, 4))));
        float expected = loss.getAccumulator(KEY);
        float agreement = consistency.getAccumulator(KEY);
        NDList bad = new NDList(manager.randomNormal(new Shape(2, 6, 4)).mul(Float.NaN));
        step(labels, bad);
        assertThat(loss.getAccumulator(KEY)).isNaN();
        assertThat(consistency.getAccumulator(KEY)).isNaN();

        ((CTCLoss) loss.getComponents().get(0)).leaveOut(labels, bad);
        assertThat(loss.getAccumulator(KEY)).isEqualTo(expected);
        assertThat(consistency.getAccumulator(KEY)).isEqualTo(agreement);
        consistency.updateAccumulator(OTHER, labels, bad);
        assertThat(consistency.getAccumulator(OTHER)).isNaN();
        step(labels, new NDList(manager.randomNormal(new Shape(2, 6, 4))));
        assertThat(consistency.getAccumulator(KEY)).isFinite();
    }

    @Test
    void samplesOfAValidationNeedNoViews() {
        NDList labels = labels(1, 2, 3);
        NDList predictions = new NDList(manager.randomNormal(new Shape(3, 6, 4)));
        update(labels, predictions);
        assertThat(loss.getAccumulator(KEY))
                .isEqualTo(CTCLoss.builder().build().evaluate(labels, predictions).getFloat());
        assertThat(consistency.getAccumulator(KEY)).isNaN();
        assertThat(consistency.evaluate(labels, predictions).getFloat()).isNaN();
    }

    @Test
    void metricsBearTheNameOfTheCTCLoss() {
        CTCLoss ctc = CTCLoss.builder().optName("loss of commands").build();
        assertThat(new ConsistencyLoss(ctc, ALPHA).getName()).isEqualTo("loss of commands");
        assertThat(consistency.getName()).isEqualTo("Consistency");
    }

    @Test
    void anUnknownAccumulatorIsAnError() {
        assertThatThrownBy(() -> consistency.getAccumulator("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no accumulator x");
    }

    private void step(NDList labels, NDList predictions) {
        loss.evaluate(labels, predictions);
        update(labels, predictions);
    }

    private void update(NDList labels, NDList predictions) {
        loss.updateAccumulators(new String[] {KEY}, labels, predictions);
        consistency.updateAccumulators(new String[] {KEY}, labels, predictions);
    }

    /** Targets of one label each. */
    private NDList labels(long... ids) {
        return new NDList(manager.create(ids, new Shape(ids.length, 1)));
    }

    private NDList rows(NDArray views, long... rows) {
        return new NDList(views.get(manager.create(rows)));
    }
}
