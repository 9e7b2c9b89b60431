package io.github.djlctc.examples.speech.corpus.synthetic;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import static org.assertj.core.api.Assertions.assertThat;

class SplitTest {

    @Property
    void drawsOnlyItsOwnSentences(@ForAll Split split, @ForAll long seed) {
        assertThat(Split.of(split.sentence(new SplittableRandom(seed)))).isEqualTo(split);
    }

    @Test
    void a20thOfTheSentencesValidatesAndA10thTests() {
        int count = 20_000;
        SplittableRandom random = new SplittableRandom(1);
        Map<Split, Double> shares = new EnumMap<>(Split.class);
        for (int i = 0; i < count; i++) {
            shares.merge(Split.of(CommandGrammar.sentence(random)), 1.0 / count, Double::sum);
        }
        assertThat(shares.get(Split.VALIDATION)).isCloseTo(0.05, Offset.offset(0.01));
        assertThat(shares.get(Split.TEST)).isCloseTo(0.10, Offset.offset(0.01));
    }

    @Test
    void has40And6And8Speakers() {
        assertThat(speakers(Split.TRAIN, 0)).hasSize(40).doesNotHaveDuplicates();
        assertThat(speakers(Split.VALIDATION, 0)).hasSize(6).doesNotHaveDuplicates();
        assertThat(speakers(Split.TEST, 0)).hasSize(8).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void trainingSpeakersSurroundHeldOutOnesInEverySetting(@ForAll long seed) {
        for (Split heldOut : List.of(Split.VALIDATION, Split.TEST)) {
            assertSurrounds(seed, heldOut, SpeakerSettings::pitch);
            assertSurrounds(seed, heldOut, SpeakerSettings::pitchRange);
            assertSurrounds(seed, heldOut, SpeakerSettings::stretch);
            assertSurrounds(seed, heldOut, SpeakerSettings::warp);
        }
    }

    private static void assertSurrounds(
            long seed, Split heldOut, ToDoubleFunction<SpeakerSettings> setting) {
        double[] outer =
                speakers(Split.TRAIN, seed).stream().mapToDouble(setting).sorted().toArray();
        double[] inner = speakers(heldOut, ~seed).stream().mapToDouble(setting).sorted().toArray();
        assertThat(inner[0]).isGreaterThan(outer[0]);
        assertThat(inner[inner.length - 1]).isLessThan(outer[outer.length - 1]);
        assertThat(inner).doesNotContain(outer);
    }

    private static List<SpeakerSettings> speakers(Split split, long seed) {
        return split.speakers(new SplittableRandom(seed));
    }
}
