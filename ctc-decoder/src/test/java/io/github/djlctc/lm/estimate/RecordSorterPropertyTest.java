package io.github.djlctc.lm.estimate;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Sorts as a list does, in blocks of 4,096 longs, in memory and on disk. */
class RecordSorterPropertyTest {

    @Property(tries = 60)
    void sortsByPackedWordsAndKeepsTheOrderOfEqualOnes(
            @ForAll @IntRange(min = 2, max = 1 << 30) int vocabulary,
            @ForAll @IntRange(min = 1, max = 10) int words,
            @ForAll @IntRange(min = 0, max = 20_000) int count,
            @ForAll @IntRange(min = 0, max = 1) int blocksInMemory,
            @ForAll long seed)
            throws IOException {
        NGramPacking packing = NGramPacking.of(vocabulary);
        int longs = packing.longs(words);
        Random random = new Random(seed);
        List<long[]> expected = new ArrayList<>();
        try (Workers workers = new Workers();
                Workspace workspace = workspace(blocksInMemory, workers)) {
            RecordSorter sorter =
                    new RecordSorter(
                            workspace,
                            packing.sortBy(0, words, longs + 1),
                            (sorted, size) -> copy(workspace, longs + 1, sorted, size),
                            longs + 1,
                            longs,
                            0,
                            2);
            for (int i = 0; i < count; i++) {
                long[] record = randomRecord(packing, words, vocabulary, random);
                record[longs] = i;
                expected.add(record.clone());
                sorter.add(record);
            }
            // A stable sort: of equal keys, the one that was added first comes first.
            expected.sort(byWords(packing, words));

            RecordSource sorted = sorter.sorted();

            long[] record = new long[longs + 1];
            for (long[] next : expected) {
                assertThat(sorted.next(record)).isTrue();
                assertThat(record).containsExactly(next);
            }
            assertThat(sorted.next(record)).isFalse();
        }
    }

    private static Workspace workspace(int blocksInMemory, Workers workers) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new Workspace((blocksInMemory * 2L) << 18, temporary, workers, (step, units) -> {});
    }

    /** Few different words, so that n-grams are equal in part or as a whole. */
    private static long[] randomRecord(
            NGramPacking packing, int words, int vocabulary, Random random) {
        long[] record = new long[packing.longs(words) + 1];
        for (int i = 0; i < words; i++) {
            int word = random.nextInt(Math.min(vocabulary, 3));
            packing.set(record, i, word == 2 ? vocabulary - 1 : word);
        }
        return record;
    }

    private static Comparator<long[]> byWords(NGramPacking packing, int words) {
        return (first, second) -> {
            for (int i = 0; i < words; i++) {
                int order = Integer.compare(packing.word(first, i), packing.word(second, i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static Records copy(Workspace workspace, int width, long[] sorted, int size)
            throws IOException {
        Records run = workspace.records(width);
        for (int i = 0; i < size; i++) {
            run.add(sorted, i * width);
        }
        return run.finish();
    }
}
