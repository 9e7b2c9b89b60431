package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class LabelPriorTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    private static final String FILE =
            """
            label-prior\tversion 1\tclasses 4\tblank 0\tframes 9
            <blank>\t-0.6931471805599453
             \t-1.3862943611198906
            a\t-2.0794415416798357
            b\t-2.0794415416798357
            """;

    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prior.txt"), text);
    }

    private static LabelPrior estimate() {
        return LabelPrior.estimate(LETTERS, List.of(Emissions.random(new Random(1), 30, 4, 2)));
    }

    /** By the formula of the class's Javadoc, with one frame more for each class. */
    @Test
    void biasesComeFromTheSharesOfTheLabelsWithoutTheBlank() {
        float sure = (float) Math.log(0.97);
        float other = (float) Math.log(0.01);
        float[] frames = {
            sure, other, other, other, other, other, sure, other, other, other, sure, other
        };

        LabelPrior prior = LabelPrior.estimate(LETTERS, List.of(frames));

        assertThat(prior.frames()).isEqualTo(3);
        double[] sums = {1 + 0.99, 1 + 0.03, 1 + 1.95, 1 + 0.03};
        double labels = sums[1] + sums[2] + sums[3];
        double entropy = 0;
        for (int id = 1; id < 4; id++) {
            assertThat(prior.logProbability(id)).isCloseTo(Math.log(sums[id] / 7), within(1e-6));
            entropy -= sums[id] / labels * Math.log(sums[id] / labels);
        }
        for (int id = 1; id < 4; id++) {
            assertThat(prior.logBias(id))
                    .isCloseTo(-Math.log(sums[id] / labels) - entropy, within(1e-6));
        }
        assertThat(prior.logProbability(0)).isCloseTo(Math.log(sums[0] / 7), within(1e-6));
        assertThat(prior.logBias(0)).isZero();
    }

    @Test
    void whatIsWrittenIsReadAgainToTheBit() throws IOException {
        LabelPrior prior = estimate();
        Path file = folder.resolve("prior.txt");

        prior.write(file);
        LabelPrior read = LabelPrior.read(file);

        assertThat(read.frames()).isEqualTo(30);
        assertThat(read.mismatch(LETTERS)).isEmpty();
        for (int id = 0; id < 4; id++) {
            assertThat(read.logProbability(id)).isEqualTo(prior.logProbability(id));
            assertThat(read.logBias(id)).isEqualTo(prior.logBias(id));
        }
        Path again = folder.resolve("again.txt");
        read.write(again);
        assertThat(again).hasSameTextualContentAs(file);
        Files.writeString(again, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
        assertThat(LabelPrior.read(again)).usingRecursiveComparison().isEqualTo(read);
    }

    @Test
    void readsTheFormatOfTheDocumentation() throws IOException {
        LabelPrior prior = LabelPrior.read(file(FILE));

        assertThat(prior.mismatch(LETTERS)).isEmpty();
        assertThat(prior.frames()).isEqualTo(9);
        double entropy = 0.5 * Math.log(2) + 0.5 * Math.log(4);
        assertThat(prior.logBias(1)).isCloseTo(Math.log(2) - entropy, within(1e-12));
        assertThat(prior.logBias(2)).isCloseTo(Math.log(4) - entropy, within(1e-12));
    }

    @Test
    void tokensMayHoldTabsAndOddLineEnds() throws IOException {
        Alphabet odd =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "\t", "a\t", "\u2028", "\r"))
                        .build();
        LabelPrior prior = LabelPrior.estimate(odd, List.of(new float[5]));
        Path file = folder.resolve("prior.txt");

        prior.write(file);

        assertThat(LabelPrior.read(file).mismatch(odd)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "label-prior; my-prior; , line 1: this is no label prior",
                "version 1; version 2; , line 1: version 2 is unknown; version 1 is read",
                "classes 4; classes 5; , line 1: there should be 5 classes, but 4 follow",
                "blank 0; blank 4; , line 1: the blank must be one of the classes",
                "frames 9; frames 0; , line 1: the blank must be one of the classes, and there must",
                "frames 9; frames nine; , line 1: version, classes, blank and frames must be numbers",
                "-1.3862943611198906; x; , line 3: \"x\" is no number",
                "-1.3862943611198906; NaN; , line 3: a log probability must be finite",
                "-1.3862943611198906; -Infinity; , line 3: a log probability must be finite",
                "-1.3862943611198906; 0.5; , line 3: a log probability must be finite and not above 0",
                "-1.3862943611198906; -3; : the probabilities must add up to 1, but add up to 0.79",
                "a\t-2; a -2; , line 4: a token, a tab and a log probability are expected",
                "'a\t-2'; '\t-2'; , line 4: a token, a tab",
            })
    void malformedFiles(String part, String instead, String message) throws IOException {
        Path file = file(FILE.replace(part.translateEscapes(), instead.translateEscapes()));

        assertThatExceptionOfType(LabelPriorFormatException.class)
                .isThrownBy(() -> LabelPrior.read(file))
                .withMessageStartingWith(file + message.split(";", -1)[0])
                .withMessageEndingWith("write the file again");
    }

    @Test
    void filesThatWereCutShortAnywhere() throws IOException {
        for (int length = 0; length < FILE.length(); length++) {
            Path file = file(FILE.substring(0, length));
            assertThatExceptionOfType(LabelPriorFormatException.class)
                    .isThrownBy(() -> LabelPrior.read(file));
        }
    }

    @Test
    void filesOfAnythingElse() throws IOException {
        Path file = folder.resolve("prior.txt");
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = FILE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(file, bytes);
            try {
                assertThat(LabelPrior.read(file).frames()).isPositive();
            } catch (LabelPriorFormatException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
        Files.write(file, new byte[] {(byte) 0xff, '\n'});
        assertThatExceptionOfType(LabelPriorFormatException.class)
                .isThrownBy(() -> LabelPrior.read(file))
                .withMessageContaining("it is not UTF-8");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> LabelPrior.read(folder))
                .withMessageContaining("this is a folder");
    }

    @Test
    void whatCannotBeWrittenLeavesTheFile() throws IOException {
        Path file = file("before");
        Alphabet broken = Alphabet.builder().setTokens(List.of("<blank>", "a\nb")).build();
        LabelPrior prior = LabelPrior.estimate(broken, List.of(new float[2]));

        assertThatExceptionOfType(LabelPriorFormatException.class)
                .isThrownBy(() -> prior.write(file))
                .withMessageContaining("token 1 has a line break");
        assertThat(file).hasContent("before");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> estimate().write(folder))
                .withMessageContaining("this is a folder");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> estimate().write(missing.resolve("prior.txt")))
                .withMessageContaining("prior.txt: there is no folder " + missing);
    }

    @Test
    void aPriorOfOtherClassesIsRefused() throws IOException {
        LabelPrior prior = LabelPrior.read(file(FILE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder(Alphabet.ofCharacters(" ac"), prior))
                .withMessage(
                        "class 3 of the label prior (line 5 of its file) is \"b\", but that of the"
                                + " alphabet is \"c\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder(Alphabet.ofCharacters(" abc"), prior))
                .withMessage("the label prior has 4 classes, but the alphabet has 5");
        Alphabet otherBlank = LETTERS.toBuilder().optBlank(2).build();
        assertThat(prior.mismatch(otherBlank))
                .contains(
                        "the blank of the label prior is class 0, but that of the alphabet class 2");
    }

    private static BeamSearchDecoder decoder(Alphabet alphabet, LabelPrior prior) {
        return BeamSearchDecoder.builder().setAlphabet(alphabet).optLabelPrior(prior, 0.5).build();
    }

    /** Streams too: the prior of a file is that of all that is decoded with it. */
    @Test
    void aStreamTakesThePriorOfAFile() throws IOException {
        LabelPrior prior = estimate();
        Path file = folder.resolve("prior.txt");
        prior.write(file);
        float[] emissions = Emissions.random(new Random(2), 20, 4, 2);

        DecodeStream stream = decoder(LETTERS, LabelPrior.read(file)).openStream();
        for (int frame = 0; frame < 20; frame++) {
            stream.accept(Arrays.copyOfRange(emissions, 4 * frame, 4 * frame + 4), 1);
        }

        Hypothesis expected = decoder(LETTERS, prior).decode(emissions, 20);
        Hypothesis best = stream.finish().best();
        assertThat(best.text()).isEqualTo(expected.text());
        assertThat(best.score()).isEqualTo(expected.score());
    }
}
