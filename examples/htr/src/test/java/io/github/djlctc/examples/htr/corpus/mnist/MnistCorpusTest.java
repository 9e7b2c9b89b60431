package io.github.djlctc.examples.htr.corpus.mnist;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MnistCorpusTest {

    private static final Path DIGITS =
            Path.of("dataset/cv/ai/djl/basicdataset/mnist/1.0/train-images-idx3-ubyte");

    @TempDir Path folder;

    private static Path repository() {
        return TestData.of(PublicCorpus.MNIST, "data/mnist-repo");
    }

    @Test
    void composesStringsOfDigits() throws IOException {
        Corpus<LineSample> corpus = load(1);

        assertThat(corpus.train()).hasSize(300);
        assertThat(corpus.validation()).hasSize(50);
        assertThat(corpus.test()).hasSize(60);
        for (LineSample sample : corpus.train()) {
            assertThat(sample.text()).matches("[0-9]{1,8}");
            LineImage line = sample.load(32);
            assertThat(line.height()).isEqualTo(32);
            assertThat(line.width()).isBetween(6 * sample.text().length(), 40 + 32 * 8);
            // White on black, as MNIST is, turns into ink on paper.
            assertThat(line.ink()[0]).isLessThan(0.1f);
        }
        assertThat(corpus.train().stream().map(s -> s.text().length()).distinct().sorted())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void partsShareNoDigit() throws IOException {
        Corpus<LineSample> corpus = load(1);

        Set<Digit> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<LineSample> part : List.of(corpus.train(), corpus.validation(), corpus.test())) {
            Set<Digit> own = Collections.newSetFromMap(new IdentityHashMap<>());
            part.forEach(s -> own.addAll(((DigitStringPicture) s.source()).digits()));
            assertThat(seen).doesNotContainAnyElementsOf(own);
            seen.addAll(own);
        }
    }

    @Test
    void theSeedDecides() throws IOException {
        LineSample sample = load(1).test().get(7);
        LineSample again = load(1).test().get(7);
        LineSample other = load(2).test().get(7);

        assertThat(again.text()).isEqualTo(sample.text());
        assertThat(again.load(32).ink()).isEqualTo(sample.load(32).ink());
        assertThat(other.load(32).ink()).isNotEqualTo(sample.load(32).ink());
    }

    private static Corpus<LineSample> load(long seed) throws IOException {
        return MnistCorpus.builder()
                .optRepository(repository())
                .optTrainStrings(300)
                .optValidationStrings(50)
                .optTestStrings(60)
                .optSeed(seed)
                .build()
                .load();
    }

    @Test
    void namesARepositoryThatCannotBeRead() throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> MnistCorpus.builder().optRepository(none).build().load())
                .isInstanceOf(IOException.class)
                .hasMessage(none + ": there is no such folder");
        assertThatThrownBy(() -> MnistCorpus.builder().optRepository(folder).build().load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("metadata.json");
    }

    @Test
    void namesARepositoryWithShortFiles() throws IOException {
        Path source = repository();
        Path metadata = DIGITS.getParent().resolveSibling("metadata.json");
        Files.createDirectories(folder.resolve(DIGITS).getParent());
        Files.copy(source.resolve(metadata), folder.resolve(metadata));
        for (String labels : List.of("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte")) {
            Path file = DIGITS.resolveSibling(labels);
            Files.copy(source.resolve(file), folder.resolve(file));
        }
        Files.write(folder.resolve(DIGITS), new byte[100]);

        assertThatThrownBy(() -> MnistCorpus.builder().optRepository(folder).build().load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MNIST cannot be read from " + folder + " (train digits)");
    }

    @Test
    void checksSizes() {
        assertThatThrownBy(() -> MnistCorpus.builder().optDigits(0, 3))
                .hasMessage("strings of 0 to 3 digits");
        assertThatThrownBy(() -> MnistCorpus.builder().optTestStrings(-1))
                .hasMessage("0 to 1000000 strings expected: -1");
    }
}
