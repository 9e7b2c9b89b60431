package io.github.djlctc.examples.common;

import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SkippedSamplesTest {

    @Test
    void sumsUpByReason() {
        SkippedSamples skipped = new SkippedSamples(Policy.SKIP);
        skipped.add("a.wav", "empty", "it has 0 bytes");
        skipped.add("b.wav", "corrupt", "sample 7 is NaN");
        skipped.add("c.wav", "empty", "it has no samples");
        skipped.add("d.wav", "empty", "its header gives 0 samples");

        assertThat(skipped.summary(2))
                .containsExactly(
                        "skipped 1: corrupt",
                        "  b.wav: sample 7 is NaN",
                        "skipped 3: empty",
                        "  a.wav: it has 0 bytes",
                        "  c.wav: it has no samples",
                        "  and 1 more");
        assertThat(skipped.list())
                .hasSize(4)
                .startsWith(new Skipped("a.wav", "empty", "it has 0 bytes"));
    }

    @Test
    void hasNothingToSumUpAtFirst() {
        assertThat(new SkippedSamples(Policy.SKIP).summary(5)).isEmpty();
    }

    @Test
    void throwsAtTheFirstOneIfStrict() {
        SkippedSamples skipped = new SkippedSamples(Policy.STRICT);

        assertThatThrownBy(() -> skipped.add("a.wav", "empty", "it has 0 bytes"))
                .isInstanceOf(UnusableSampleException.class)
                .hasMessage("a.wav: empty: it has 0 bytes");
    }

    @Test
    void leavesOutWhatTheUserAskedForEvenIfStrict() {
        SkippedSamples skipped = new SkippedSamples(Policy.STRICT);
        skipped.tolerate("too long");
        skipped.add("a.wav", "too long", "30 s");

        assertThat(skipped.summary(1)).containsExactly("skipped 1: too long", "  a.wav: 30 s");
        assertThatThrownBy(() -> skipped.add("b.wav", "empty", "it has 0 bytes"))
                .isInstanceOf(UnusableSampleException.class);
    }
}
