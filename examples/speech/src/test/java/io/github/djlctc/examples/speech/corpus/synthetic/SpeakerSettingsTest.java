package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.TextSplit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import static org.assertj.core.api.Assertions.assertThat;

class SpeakerSettingsTest {

    @Test
    void has40And6And8Speakers() {
        assertThat(speakers(TextSplit.TRAIN, 0)).hasSize(40).doesNotHaveDuplicates();
        assertThat(speakers(TextSplit.VALIDATION, 0)).hasSize(6).doesNotHaveDuplicates();
        assertThat(speakers(TextSplit.TEST, 0)).hasSize(8).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void trainingSpeakersSurroundHeldOutOnesInEverySetting(@ForAll long seed) {
        for (TextSplit heldOut : List.of(TextSplit.VALIDATION, TextSplit.TEST)) {
            assertSurrounds(seed, heldOut, SpeakerSettings::pitch);
            assertSurrounds(seed, heldOut, SpeakerSettings::pitchRange);
            assertSurrounds(seed, heldOut, SpeakerSettings::stretch);
            assertSurrounds(seed, heldOut, SpeakerSettings::warp);
        }
    }

    private static void assertSurrounds(
            long seed, TextSplit heldOut, ToDoubleFunction<SpeakerSettings> setting) {
        double[] outer =
                speakers(TextSplit.TRAIN, seed).stream().mapToDouble(setting).sorted().toArray();
        double[] inner = speakers(heldOut, ~seed).stream().mapToDouble(setting).sorted().toArray();
        assertThat(inner[0]).isGreaterThan(outer[0]);
        assertThat(inner[inner.length - 1]).isLessThan(outer[outer.length - 1]);
        assertThat(inner).doesNotContain(outer);
    }

    private static List<SpeakerSettings> speakers(TextSplit split, long seed) {
        return SpeakerSettings.draw(split, new SplittableRandom(seed));
    }
}
