package io.github.djlctc.lm.estimate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Word ids are packed, compared and moved like lists of them. */
class NGramPackingPropertyTest {

    /** Words below a limit. */
    record Words(int limit, List<Integer> ids) {}

    @Provide
    Arbitrary<Words> ngrams() {
        return Arbitraries.of(2, 3, 100, 65_536, 65_537, 1 << 20, 1 << 21, Integer.MAX_VALUE)
                .flatMap(
                        limit ->
                                Combinators.combine(
                                                Arbitraries.just(limit),
                                                Arbitraries.integers()
                                                        .between(0, limit - 1)
                                                        .list()
                                                        .ofMinSize(1)
                                                        .ofMaxSize(10))
                                        .as(Words::new));
    }

    @Property(tries = 300)
    void holdsItsWords(@ForAll("ngrams") Words words) {
        NGramPacking packing = NGramPacking.of(words.limit);

        assertThat(unpack(packing, pack(packing, words.ids), words.ids.size()))
                .isEqualTo(words.ids);
    }

    @Property(tries = 300)
    void theFirstWordMovesToTheEndAndBack(@ForAll("ngrams") Words words) {
        NGramPacking packing = NGramPacking.of(words.limit);
        int size = words.ids.size();
        long[] packed = pack(packing, words.ids);
        long[] rotated = new long[packed.length];
        long[] back = new long[packed.length];

        packing.firstToEnd(packed, size, rotated);
        packing.endToFirst(rotated, 0, size, back);

        List<Integer> expected = new ArrayList<>(words.ids);
        Collections.rotate(expected, -1);
        assertThat(unpack(packing, rotated, size)).isEqualTo(expected);
        assertThat(back).containsExactly(packed);
    }

    @Property(tries = 300)
    void equalWordsAtTheStartAreCounted(@ForAll("ngrams") Words words) {
        NGramPacking packing = NGramPacking.of(words.limit);
        long[] packed = pack(packing, words.ids);

        for (int i = 0; i < words.ids.size(); i++) {
            List<Integer> other = new ArrayList<>(words.ids);
            other.set(i, (other.get(i) + 1) % words.limit);
            assertThat(packing.equalWords(packed, pack(packing, other), packed.length))
                    .isEqualTo(i);
        }
        assertThat(packing.equalWords(packed, packed, packed.length))
                .isGreaterThanOrEqualTo(words.ids.size());
    }

    @Property(tries = 300)
    void aMaskLeavesTheFirstWords(@ForAll("ngrams") Words words) {
        NGramPacking packing = NGramPacking.of(words.limit);
        int size = words.ids.size();
        long[] packed = pack(packing, words.ids);

        for (int first = 0; first <= size; first++) {
            long[] mask = packing.mask(first, size);
            long[] masked = packed.clone();
            for (int i = 0; i < masked.length; i++) {
                masked[i] &= mask[i];
            }
            List<Integer> expected = new ArrayList<>(words.ids);
            Collections.fill(expected.subList(first, size), 0);
            assertThat(unpack(packing, masked, size)).isEqualTo(expected);
        }
    }

    private static long[] pack(NGramPacking packing, List<Integer> words) {
        long[] packed = new long[packing.longs(words.size())];
        for (int i = 0; i < words.size(); i++) {
            packing.set(packed, i, words.get(i));
        }
        return packed;
    }

    private static List<Integer> unpack(NGramPacking packing, long[] packed, int words) {
        List<Integer> unpacked = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            unpacked.add(packing.word(packed, i));
        }
        return unpacked;
    }
}
