package io.github.djlctc.examples.common.train;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AveragingTest {

    @Test
    void saysWhatIsAveraged() {
        assertThat(Averaging.NONE).hasToString("");
        assertThat(new Averaging(OptionalDouble.of(0.999), 0))
                .hasToString("moving average of decay 0.999");
        assertThat(new Averaging(OptionalDouble.empty(), 3))
                .hasToString("mean of the best 3 epochs");
        assertThat(new Averaging(OptionalDouble.of(0.5), 2))
                .hasToString("moving average of decay 0.5, mean of the best 2 epochs");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 0, 1, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesADecayOutOfRange(double decay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Averaging(OptionalDouble.of(decay), 0))
                .withMessage(
                        "decay of the average: "
                                + decay
                                + " is out of range, above 0 and below 1 expected");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void refusesAMeanOfFewerThanTwoEpochs(int epochs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Averaging(OptionalDouble.empty(), epochs))
                .withMessage(
                        "mean of best epochs: "
                                + epochs
                                + " is out of range, 2 or more expected, or 0 for none");
    }
}
