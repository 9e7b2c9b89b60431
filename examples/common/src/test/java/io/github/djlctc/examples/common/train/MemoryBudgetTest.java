package io.github.djlctc.examples.common.train;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryBudgetTest {

    @Test
    void reservesUpToTheLastByte() {
        MemoryBudget budget = new MemoryBudget(10);
        assertThat(budget.reserve(4)).isTrue();
        assertThat(budget.reserve(6)).isTrue();
        assertThat(budget.reserve(1)).isFalse();
        assertThat(budget.reserve(0)).isTrue();
    }

    @Test
    void keepsTheRestAfterARequestThatWasTooLarge() {
        MemoryBudget budget = new MemoryBudget(10);
        assertThat(budget.reserve(11)).isFalse();
        assertThat(budget.reserve(10)).isTrue();
    }

    @Test
    void reservesNothingOfNothing() {
        assertThat(new MemoryBudget(0).reserve(1)).isFalse();
    }
}
