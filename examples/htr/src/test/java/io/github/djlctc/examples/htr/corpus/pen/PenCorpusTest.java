package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PenCorpusTest {

    private static final Corpus<LineSample> CORPUS =
            PenCorpus.builder()
                    .optTrainLines(1500)
                    .optValidationLines(100)
                    .optTestLines(150)
                    .optSeed(1)
                    .build();

    @Test
    void knowsEveryWordThatItCanWrite() {
        Set<String> words = PenCorpus.words();
        Set<String> unknown = new TreeSet<>();
        Corpus<LineSample> corpus = PenCorpus.builder().optTrainLines(20_000).build();
        for (LineSample line : corpus.train()) {
            for (String word : line.text().split(" ", -1)) {
                if (!words.contains(word)) {
                    unknown.add(word);
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(List.of("Monday,", "1600-1601,", "99.99", "Q.")).allMatch(words::contains);
        Set<Character> used = new TreeSet<>();
        words.forEach(word -> word.chars().forEach(c -> used.add((char) c)));
        assertThat(PenCorpus.characters()).containsAll(used);
    }

    @Test
    void theSeedDecides() throws IOException {
        Corpus<LineSample> again =
                PenCorpus.builder()
                        .optTrainLines(3)
                        .optValidationLines(2)
                        .optTestLines(2)
                        .optSeed(1)
                        .build();
        Corpus<LineSample> other = PenCorpus.builder().optTrainLines(3).optSeed(2).build();

        for (int i = 0; i < 2; i++) {
            assertSame(again.train().get(i), CORPUS.train().get(i));
            assertSame(again.validation().get(i), CORPUS.validation().get(i));
            assertSame(again.test().get(i), CORPUS.test().get(i));
        }
        assertThat(texts(other.train())).isNotEqualTo(texts(again.train()));
    }

    private static void assertSame(LineSample a, LineSample b) throws IOException {
        assertThat(a.id()).isEqualTo(b.id());
        assertThat(a.text()).isEqualTo(b.text());
        assertThat(a.source().read(32).pixels()).isEqualTo(b.source().read(32).pixels());
        assertThat(a.load(32).ink()).isEqualTo(a.load(32).ink());
    }

    @Test
    void partsShareNoTextAndNoWriter() {
        List<List<LineSample>> parts = List.of(CORPUS.train(), CORPUS.validation(), CORPUS.test());

        Set<String> texts = new HashSet<>();
        Set<Writer> writers = new HashSet<>();
        int writersOfParts = 0;
        for (List<LineSample> part : parts) {
            assertThat(texts).doesNotContainAnyElementsOf(texts(part));
            texts.addAll(texts(part));
            Set<Writer> own = part.stream().map(PenCorpusTest::writer).collect(Collectors.toSet());
            writersOfParts += own.size();
            writers.addAll(own);
        }
        assertThat(texts).hasSize(1500 + 100 + 150);
        assertThat(writers).hasSize(writersOfParts).hasSizeGreaterThan(300);
    }

    private static Writer writer(LineSample sample) {
        return ((PenPicture) sample.source()).writer();
    }

    private static List<String> texts(List<LineSample> samples) {
        return samples.stream().map(LineSample::text).toList();
    }

    @Test
    void textsHaveOneToFiveWordsOfTheAlphabet() {
        Set<Integer> lengths = new TreeSet<>();
        Set<Character> used = new TreeSet<>();
        Stream.of(CORPUS.train(), CORPUS.validation(), CORPUS.test())
                .flatMap(List::stream)
                .map(LineSample::text)
                .forEach(
                        text -> {
                            lengths.add(text.split(" ", -1).length);
                            text.chars().forEach(c -> used.add((char) c));
                        });

        assertThat(lengths).containsExactly(1, 2, 3, 4, 5);
        // Each of them can be learned.
        assertThat(used).containsExactlyElementsOf(PenCorpus.characters());
        assertThat(used).hasSize(26 + 26 + 10 + 9 + 1);
    }

    @Test
    void noTwoPicturesOfATextAreAlike() {
        Writer writer = writer(CORPUS.train().get(0));

        assertThat(new PenPicture("alike", writer, 1).read(32).pixels())
                .isEqualTo(new PenPicture("alike", writer, 1).read(32).pixels())
                .isNotEqualTo(new PenPicture("alike", writer, 2).read(32).pixels());
    }

    @Test
    void allInkIsInsideThePicture() throws IOException {
        for (LineSample sample : CORPUS.test()) {
            GreyImage picture = sample.source().read(32);
            LineImage line = LineImage.of(picture, picture.height(), sample.id());

            assertThat(line.height()).isBetween(48, 90);
            assertThat(line.width()).isLessThan(1500);
            for (int x = 0; x < line.width(); x++) {
                assertThat(line.ink()[x]).isLessThan(0.5f);
                assertThat(line.ink()[(line.height() - 1) * line.width() + x]).isLessThan(0.5f);
            }
            for (int y = 0; y < line.height(); y++) {
                assertThat(line.ink()[y * line.width()]).isLessThan(0.5f);
                assertThat(line.ink()[(y + 1) * line.width() - 1]).isLessThan(0.5f);
            }
        }
    }

    @Test
    void longerTextsAreWider() throws IOException {
        Writer writer = writer(CORPUS.train().get(0));

        int one = new PenPicture("word", writer, 1).read(32).width();
        int three = new PenPicture("word word word", writer, 1).read(32).width();

        assertThat(three).isBetween(2 * one, 4 * one);
    }

    @Test
    void everyCharacterLeavesInk() throws IOException {
        Writer writer = writer(CORPUS.train().get(0));
        for (char character : Glyphs.characters()) {
            PenPicture picture = new PenPicture(String.valueOf(character), writer, 1);
            LineImage line = LineImage.of(picture.read(32), 32, "a");
            float most = 0;
            for (float ink : line.ink()) {
                most = Math.max(most, ink);
            }
            assertThat(most).as("" + character).isGreaterThan(0.5f);
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> PenCorpus.builder().optTrainLines(-1))
                .hasMessage("0 to 100000 lines expected: -1");
        Writer writer = writer(CORPUS.train().get(0));
        assertThatThrownBy(() -> new PenPicture("ü", writer, 1).read(32))
                .hasMessage("no shape for 'ü'");
    }
}
