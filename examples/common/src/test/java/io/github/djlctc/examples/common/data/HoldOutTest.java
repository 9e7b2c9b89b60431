package io.github.djlctc.examples.common.data;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HoldOutTest {

    private static final List<Integer> SAMPLES = IntStream.range(0, 40).boxed().toList();

    @Test
    void dividesTheSamplesInTheirOrder() {
        HoldOut<Integer> parts = HoldOut.of(SAMPLES, 0.1, 3);

        assertThat(parts.heldOut()).hasSize(4).isSorted();
        assertThat(parts.kept()).hasSize(36).isSorted();
        List<Integer> all = new ArrayList<>(parts.kept());
        all.addAll(parts.heldOut());
        assertThat(all).containsExactlyInAnyOrderElementsOf(SAMPLES);
    }

    @Test
    void theSeedDecides() {
        assertThat(HoldOut.of(SAMPLES, 0.1, 3)).isEqualTo(HoldOut.of(SAMPLES, 0.1, 3));
        assertThat(HoldOut.of(SAMPLES, 0.1, 3)).isNotEqualTo(HoldOut.of(SAMPLES, 0.1, 4));
    }

    @Test
    void neitherPartIsEmpty() {
        assertThat(HoldOut.of(List.of(1, 2), 0.001, 1).heldOut()).hasSize(1);
        assertThat(HoldOut.of(List.of(1, 2), 0.999, 1).kept()).hasSize(1);
        assertThatThrownBy(() -> HoldOut.of(List.of(1), 0.5, 1))
                .hasMessage("1 samples are too few");
        assertThatThrownBy(() -> HoldOut.of(SAMPLES, 1, 1))
                .hasMessage("a share between 0 and 1 expected: 1.0");
    }
}
