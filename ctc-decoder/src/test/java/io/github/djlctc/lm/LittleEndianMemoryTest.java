package io.github.djlctc.lm;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory in many chunks, and tables in it, beside what Java has. */
class LittleEndianMemoryTest {

    @Property(tries = 100, seed = "31")
    void isAByteBuffer(@ForAll long seed, @ForAll @IntRange(min = 8, max = 700) int length) {
        Random random = new Random(seed);
        LittleEndianMemory memory = LittleEndianMemory.allocate(length, 4 + random.nextInt(5));
        ByteBuffer expected = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(length - Long.BYTES + 1);
            switch (random.nextInt(4)) {
                case 0 -> {
                    memory.putByte(at, (byte) i);
                    expected.put(at, (byte) i);
                }
                case 1 -> {
                    int value = random.nextInt();
                    memory.putInt(at, value);
                    expected.putInt(at, value);
                }
                case 2 -> {
                    long value = random.nextLong();
                    memory.putLong(at, value);
                    expected.putLong(at, value);
                }
                default -> {
                    memory.putFloat(at, i);
                    expected.putFloat(at, i);
                }
            }
        }
        LittleEndianMemory larger = memory.resized(length + 100);
        for (int at = 0; at + Long.BYTES <= length; at++) {
            assertThat(memory.getLong(at)).isEqualTo(expected.getLong(at));
            assertThat(memory.getInt(at)).isEqualTo(expected.getInt(at));
            assertThat(memory.getByte(at)).isEqualTo(expected.get(at));
            assertThat(larger.getLong(at)).isEqualTo(expected.getLong(at));
        }
        assertThat(larger.getLong(length + 92)).isZero();
    }

    /** Keys are anywhere in the range of a long, and some begin their search in the same bucket. */
    @Property(tries = 100, seed = "32")
    void aTableIsAMap(@ForAll long seed, @ForAll @IntRange(max = 50) int capacity) {
        Random random = new Random(seed);
        GrowingTable table = new GrowingTable(capacity, 12);
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            long key = random.nextBoolean() ? random.nextLong() : 1 + random.nextInt(100);
            long entry = table.add(key);
            if (expected.putIfAbsent(key, i) == null) {
                assertThat(entry).isNotNegative();
                table.memory().putInt(entry + Long.BYTES, i);
            } else {
                assertThat(entry).isEqualTo(~table.find(key));
            }
        }
        table.finish(expected.size());
        assertThat(table.capacity()).isEqualTo(expected.size());
        expected.forEach(
                (key, value) ->
                        assertThat(table.memory().getInt(table.find(key) + Long.BYTES))
                                .isEqualTo(value));
        assertThat(table.find(1000)).isEqualTo(ProbingTable.NONE);
    }
}
