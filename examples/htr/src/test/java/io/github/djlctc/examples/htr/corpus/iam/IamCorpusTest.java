package io.github.djlctc.examples.htr.corpus.iam;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;
import io.github.djlctc.examples.common.UnusableSampleException;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.TestLines;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IamCorpusTest {

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);

    @BeforeEach
    void writeDatabase() throws IOException {
        Files.createDirectories(folder.resolve("ascii"));
        Files.writeString(
                folder.resolve("ascii/lines.txt"),
                """
                #--- lines.txt ---------------------------------------------------------------#
                #
                # iam database line information
                #
                a01-000u-00 ok 154 19 408 746 1661 89 A|MOVE|to|stop|Mr.|Gaitskell|from
                a01-000u-01 err 156 19 395 932 1850 105 nominating|any|more|Labour
                a01-003-00 ok 170 20 406 760 1700 90 Though|they|may|gather|some
                b02-013-00 ok 170 20 406 760 1700 90 Opposition|,|too
                c03-000a-00 ok 170 20 406 760 1700 90 The|tests|of|1962
                d04-000-00 ok 170 20 406 760 1700 90 in|no|set
                """);
        Files.writeString(
                folder.resolve("ascii/words.txt"),
                """
                # words
                a01-000u-00-00 ok 154 408 768 27 51 AT A
                a01-000u-00-01 err 154 507 766 213 48 NN MOVE
                b02-013-00-00 ok 154 408 768 27 51 NN two words
                c03-000a-00-00 ok 154 408 768 27 51 ATI The
                """);
        Files.writeString(folder.resolve("trainset.txt"), "a01-000u-00\na01-000u-01\na01-003\n");
        Files.writeString(folder.resolve("validationset1.txt"), "b02-013\n");
        Files.writeString(folder.resolve("validationset2.txt"), "");
        Files.writeString(folder.resolve("testset.txt"), "c03-000a-00\r\n\r\n");
        for (String id : List.of("a01-000u-00", "a01-000u-01", "a01-003-00")) {
            writeLine(id);
        }
        writeLine("b02-013-00");
        writeLine("c03-000a-00");
    }

    private Path writeLine(String id) throws IOException {
        return TestLines.write(IamLevel.LINES.image(folder, id));
    }

    @Test
    void readsTheTreeOfTheDatabase() throws IOException {
        assertThat(folder.resolve("lines/a01/a01-000u/a01-000u-00.png")).exists();

        Corpus<LineSample> corpus = IamCorpus.builder().setFolder(folder).build().load(skipped);

        assertThat(skipped.list()).isEmpty();
        assertThat(texts(corpus.train()))
                .containsExactly(
                        "a01-000u-00=A MOVE to stop Mr. Gaitskell from",
                        "a01-000u-01=nominating any more Labour",
                        "a01-003-00=Though they may gather some");
        assertThat(texts(corpus.validation())).containsExactly("b02-013-00=Opposition , too");
        assertThat(texts(corpus.test())).containsExactly("c03-000a-00=The tests of 1962");
        assertThat(corpus.test().get(0).load(32).width()).isEqualTo(128);
    }

    private static List<String> texts(List<LineSample> samples) {
        return samples.stream().map(s -> s.id() + "=" + s.text()).toList();
    }

    @Test
    void leavesOutWhatIsSegmentedBadly() throws IOException {
        Corpus<LineSample> corpus =
                IamCorpus.builder()
                        .setFolder(folder)
                        .optSegmentation(IamSegmentation.OK)
                        .build()
                        .load(skipped);

        assertThat(corpus.train()).extracting(LineSample::id).doesNotContain("a01-000u-01");
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void readsWords() throws IOException {
        for (String id : List.of("a01-000u-00-00", "a01-000u-00-01", "b02-013-00-00")) {
            TestLines.write(IamLevel.WORDS.image(folder, id));
        }
        TestLines.write(folder.resolve("words/c03/c03-000a/c03-000a-00-00.png"));

        Corpus<LineSample> corpus =
                IamCorpus.builder()
                        .setFolder(folder)
                        .optLevel(IamLevel.WORDS)
                        .build()
                        .load(skipped);

        assertThat(texts(corpus.train()))
                .containsExactly("a01-000u-00-00=A", "a01-000u-00-01=MOVE");
        assertThat(texts(corpus.validation())).containsExactly("b02-013-00-00=two words");
        assertThat(texts(corpus.test())).containsExactly("c03-000a-00-00=The");
        // The list of words has none of these line and form.
        assertThat(skipped.list())
                .extracting(Skipped::detail)
                .containsExactly(
                        "\"a01-000u-01\" is not in words.txt", "\"a01-003\" is not in words.txt");
    }

    @Test
    void aSampleIsInOneSetOnly() throws IOException {
        Files.writeString(folder.resolve("trainset.txt"), "a01-000u\na01-003\nb02-013\nc03-000a\n");

        Corpus<LineSample> corpus = IamCorpus.builder().setFolder(folder).build().load(skipped);

        assertThat(corpus.train()).hasSize(3);
        assertThat(corpus.validation()).hasSize(1);
        assertThat(corpus.test()).hasSize(1);
    }

    @Test
    void countsWhatCannotBeUsed() throws IOException {
        Files.delete(IamLevel.LINES.image(folder, "a01-003-00"));
        Files.write(IamLevel.LINES.image(folder, "a01-000u-01"), new byte[0]);
        Files.writeString(
                folder.resolve("ascii/lines.txt"),
                Files.readString(folder.resolve("ascii/lines.txt"))
                        + """
                        a01-000u-00 ok 154 19 408 746 1661 89 twice
                        ../../secret-00 ok 154 19 408 746 1661 89 a|path
                        a01-000u-09 ok 154 19
                        a01-000u-10 fine 154 19 408 746 1661 89 another|status
                        """);
        Files.writeString(folder.resolve("validationset2.txt"), "z99-999\n");

        Corpus<LineSample> corpus = IamCorpus.builder().setFolder(folder).build().load(skipped);

        assertThat(corpus.train()).extracting(LineSample::id).containsExactly("a01-000u-00");
        assertThat(skipped.list())
                .extracting(Skipped::reason)
                .containsExactlyInAnyOrder(
                        "image file missing",
                        "image empty",
                        "duplicate sample",
                        "bad line in lines.txt",
                        "bad line in lines.txt",
                        "bad line in lines.txt",
                        "no such sample");
        assertThat(skipped.list())
                .extracting(Skipped::id)
                .contains(
                        folder.resolve("ascii/lines.txt") + ":12",
                        folder.resolve("validationset2.txt") + ":1",
                        IamLevel.LINES.image(folder, "a01-003-00").toString());
        assertThatThrownBy(
                        () ->
                                IamCorpus.builder()
                                        .setFolder(folder)
                                        .build()
                                        .load(new SkippedSamples(Policy.STRICT)))
                .isInstanceOf(UnusableSampleException.class);
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Files.delete(folder.resolve("testset.txt"));
        assertThatThrownBy(() -> IamCorpus.builder().setFolder(folder).build().load(skipped))
                .hasMessage(
                        folder.resolve("testset.txt")
                                + " is not there; unpack"
                                + " largeWriterIndependentTextLineRecognitionTask.zip there");
        assertThatThrownBy(
                        () ->
                                IamCorpus.builder()
                                        .setFolder(folder.resolve("ascii"))
                                        .optSets(folder)
                                        .build()
                                        .load(skipped))
                .isInstanceOf(IOException.class);
        Files.delete(folder.resolve("ascii/lines.txt"));
        assertThatThrownBy(() -> IamCorpus.builder().setFolder(folder).build().load(skipped))
                .hasMessageContaining("lines.txt is not there; unpack ascii.tgz");
    }

    @Test
    void aSetWithoutUsableSamplesIsAnError() throws IOException {
        Files.delete(IamLevel.LINES.image(folder, "c03-000a-00"));

        assertThatThrownBy(() -> IamCorpus.builder().setFolder(folder).build().load(skipped))
                .hasMessage(
                        folder.resolve("testset.txt")
                                + ": none of its 1 names stands for a usable sample of lines.txt;"
                                + " the first image is not there: "
                                + folder.resolve("lines/c03/c03-000a/c03-000a-00.png")
                                + ", see that --folder holds the unpacked lines.tgz");
    }

    @Test
    void oneSplitNeedsItsOwnListOnly() throws IOException {
        Files.delete(folder.resolve("trainset.txt"));
        Files.delete(folder.resolve("validationset1.txt"));
        Files.delete(IamLevel.LINES.image(folder, "a01-000u-00"));

        Corpus<LineSample> corpus =
                IamCorpus.builder().setFolder(folder).build().loadSplit(Split.TEST, skipped);

        assertThat(corpus.samples(Split.TEST))
                .extracting(LineSample::text)
                .containsExactly("The tests of 1962");
        assertThat(corpus.train()).isEmpty();
        assertThat(skipped.list()).isEmpty();
    }

    @Test
    void passesOverByteOrderMarks() throws IOException {
        for (String list : List.of("testset.txt", "ascii/lines.txt")) {
            Path file = folder.resolve(list);
            Files.writeString(file, "\uFEFF" + Files.readString(file));
        }

        Corpus<LineSample> corpus = IamCorpus.builder().setFolder(folder).build().load(skipped);

        assertThat(corpus.train()).hasSize(3);
        assertThat(corpus.test()).hasSize(1);
        assertThat(skipped.list()).isEmpty();
    }
}
