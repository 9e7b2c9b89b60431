package io.github.djlctc.examples.common.random;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class ViewRandomTest {

    @Test
    void viewsShareOneSequenceAndHaveAnotherOfTheirOwn() {
        ViewRandom first = ViewRandom.draw(new SplittableRandom(3), 0, 2);
        ViewRandom second = ViewRandom.draw(new SplittableRandom(3), 1, 2);
        long own = first.nextLong();
        assertThat(second.nextLong()).isNotEqualTo(own);
        for (int i = 0; i < 10; i++) {
            // Whatever each draws for itself in between.
            second.nextGaussian();
            assertThat(ViewRandom.shared(first).nextInt(1_000))
                    .isEqualTo(ViewRandom.shared(second).nextInt(1_000));
        }
        assertThat(ViewRandom.draw(new SplittableRandom(3), 0, 2).nextLong()).isEqualTo(own);
        assertThat(ViewRandom.shared(first).nextLong()).isNotEqualTo(own);
    }

    @Test
    void drawingAViewLeavesTheSourceInTheSameStateForAll() {
        SplittableRandom one = new SplittableRandom(3);
        SplittableRandom other = new SplittableRandom(3);
        ViewRandom.draw(one, 0, 2);
        ViewRandom.draw(other, 1, 2);
        assertThat(one.nextLong()).isEqualTo(other.nextLong());
    }

    @Test
    void whatIsOfNoViewIsSharedAsItIs() {
        RandomGenerator random = new SplittableRandom(3);
        assertThat(ViewRandom.shared(random)).isSameAs(random);
    }
}
