package io.github.djlctc.examples.common.data;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ListedSamplesTest {

    private static final Path TEST = Path.of("test.jsonl");
    private static final Path TRAIN = Path.of("train.jsonl");

    private final ListedSamples listed = new ListedSamples("utterance");

    private record Sample(String id, Optional<FilePart> part) implements CorpusSample {

        static Sample whole(String id) {
            return new Sample(id, Optional.empty());
        }

        static Sample part(String id, String file, double start, double end) {
            return new Sample(id, Optional.of(new FilePart(file, start, end)));
        }

        @Override
        public String text() {
            return "";
        }
    }

    private Optional<String> add(String set, Sample sample, Path file, int line) {
        return listed.add(set, sample, new FileLine(file, line))
                .map(again -> again.reason() + "; " + again.detail());
    }

    @Test
    void namesWhereASampleWasListedFirst() {
        assertThat(add("test", Sample.whole("a"), TEST, 7)).isEmpty();
        assertThat(add("training", Sample.whole("b"), TRAIN, 2)).isEmpty();

        assertThat(add("training", Sample.whole("b"), TRAIN, 3))
                .hasValue("duplicate utterance; b was listed before, at train.jsonl:2");
        assertThat(add("training", Sample.whole("a"), TRAIN, 4))
                .hasValue(
                        "leak: also in the test set; a is at test.jsonl:7, and is left to that"
                                + " set");
    }

    @Test
    void namesTheFirstPartOfAnotherSetThatOneOverlaps() {
        add("test", Sample.part("a", "x", 0, 10), TEST, 1);
        add("test", Sample.part("b", "x", 10, 20), TEST, 2);
        add("test", Sample.part("c", "y", 8, 20), TEST, 3);

        assertThat(add("training", Sample.part("d", "x", 8, 12), TRAIN, 1))
                .hasValue(
                        "leak: overlaps the test set; d shares 2.00 s with test.jsonl:1, and is"
                                + " left out");
        assertThat(add("training", Sample.part("e", "z", 8, 12), TRAIN, 2)).isEmpty();
        assertThat(add("training", Sample.part("f", "x", 20, 30), TRAIN, 3)).isEmpty();
        assertThat(add("training", Sample.part("g", "x", 20, 25), TRAIN, 4))
                .as("within a set")
                .isEmpty();
    }

    /** Ids with few hash codes, and many that come again, against a map. */
    @Test
    void findsWhatComesAgainAmongManySamples() {
        Random random = new Random(3);
        Map<String, Integer> first = new HashMap<>();
        List<String> halves = List.of("Aa", "BB"); // of one hash code
        for (int line = 1; line <= 20_000; line++) {
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                id.append(halves.get(random.nextInt(2)));
            }
            id.append(random.nextInt(1000));

            Optional<String> again = add("training", Sample.whole(id.toString()), TRAIN, line);

            Integer before = first.putIfAbsent(id.toString(), line);
            assertThat(again.orElse(""))
                    .endsWith(before == null ? "" : ", at train.jsonl:" + before);
            assertThat(again.isPresent()).isEqualTo(before != null);
        }
        assertThat(first).hasSizeGreaterThan(10_000);
    }

    @Test
    void findsOverlapsAmongManyParts() {
        Random random = new Random(4);
        List<Sample> test = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double start = random.nextInt(100);
            Sample sample = Sample.part("t" + i, "f" + i % 100, start, start + 1);
            test.add(sample);
            add("test", sample, TEST, i + 1);
        }
        for (int i = 0; i < 2_000; i++) {
            double start = random.nextInt(100);
            Sample sample = Sample.part("s" + i, "f" + random.nextInt(150), start, start + 1);
            boolean leaks =
                    test.stream().anyMatch(t -> t.part().get().overlaps(sample.part().get()));

            assertThat(add("training", sample, TRAIN, i + 1).isPresent()).isEqualTo(leaks);
        }
    }
}
