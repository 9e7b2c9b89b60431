package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.BitSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The smallest setup there is: Vorbis I, section 4.2.4. */
class VorbisSetupTest {

    private static final Path NAME = Path.of("sent.ogg");

    /** Half of the longest block, of each channel, or of all of them together. */
    @ParameterizedTest
    @CsvSource({"0, 3, 4096", "1, 3, 4096", "2, 3, 12288"})
    void aPacketHasNoMorePartitionsThanValues(int type, int channels, int values) {
        assertThatCode(() -> VorbisSetup.check(NAME, setup(type, values, 1), channels))
                .doesNotThrowAnyException();
        assertThatCode(() -> VorbisSetup.check(NAME, setup(type, 16 * values, 16), channels))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> VorbisSetup.check(NAME, setup(type, values + 1, 1), channels))
                .isInstanceOfSatisfying(
                        AudioFormatException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.CORRUPT))
                .hasMessageContaining("%d partitions", values + 1);
    }

    private static byte[] setup(int residueType, int residueEnd, int grouping) {
        Bits bits = new Bits();
        bits.add(0, 56); // the name of the header
        bits.add(0, 8).add(0x564342, 24).add(1, 16).add(1, 24); // a code book of one entry
        bits.add(0, 1).add(0, 1).add(0, 5).add(0, 4);
        bits.add(0, 6).add(0, 16); // a transform
        bits.add(0, 6).add(1, 16).add(0, 5).add(0, 2).add(0, 4); // a floor
        bits.add(0, 6).add(residueType, 16).add(0, 24).add(residueEnd, 24).add(grouping - 1, 24);
        bits.add(0, 6).add(0, 8).add(0, 4);
        return bits.bytes();
    }

    /** Bits, the lowest first. */
    private static final class Bits {

        private final BitSet set = new BitSet();
        private int count;

        Bits add(int value, int bits) {
            for (int i = 0; i < bits; i++) {
                set.set(count++, i < 32 && (value >> i & 1) == 1);
            }
            return this;
        }

        byte[] bytes() {
            set.set((count + 7) / 8 * 8); // keeps zeros at the end
            return set.toByteArray();
        }
    }
}
