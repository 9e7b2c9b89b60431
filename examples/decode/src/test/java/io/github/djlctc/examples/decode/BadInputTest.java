package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every file that cannot be used gives one line that names it, and the exit code 2. */
class BadInputTest {

    @TempDir Path folder;

    private static void assertError(Outcome outcome, Object... parts) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).startsWith("ctc-decode: ");
        for (Object part : parts) {
            assertThat(outcome.err()).contains(part.toString());
        }
        assertThat(outcome.out()).isEmpty();
    }

    private TinyModel model() {
        return new TinyModel(folder).utterance("u1", "a-b");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 5    | 0 0 0 0 0 0 0 0 0 0       | each frame has 5 classes, but the alphabet has 4",
                "1 3    | 0 0 0                     | if the array has the labels without the blank, write it",
                "1 5    | 0 0 0 0 0                 | if the alphabet lacks the blank, or another special",
                "1 6    | 0 0 0 0 0 0               | tokens, the blank included; use the alphabet that",
                "4 5    | 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 | seem to be (classes, frames); transpose",
                "4      | 0 0 0 0                   | the shape is [4], but must be (frames, classes)",
                "1 1 4  | 0 0 0 0                   | the shape is [1, 1, 4]",
                "3 4    | 0 0 0 0                   | 16 follow the header",
            })
    void shapesThatCannotBeDecoded(String shape, String values, String message) throws IOException {
        Outcome outcome = decodeWith(shape, values);

        assertError(outcome, folder.resolve("emissions.npz"), "\"bad\"", message);
    }

    /** Values are read when it is their turn, so that the utterances before them have texts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 4    | 0 0 0 0 0 0 NaN 0         | frame 1, class 2 is NaN",
                "1 4    | 0 Infinity 0 0            | frame 0, class 1 is Infinity",
                "1 4    | -Infinity -Infinity -Infinity -Infinity | all classes of frame 0 are -Inf",
            })
    void valuesThatCannotBeDecoded(String shape, String values, String message) throws IOException {
        Outcome outcome = decodeWith(shape, values);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out().lines()).containsExactly("u1\tab");
        assertThat(outcome.err())
                .contains(folder.resolve("emissions.npz").toString(), "\"bad\"", message);
    }

    private Outcome decodeWith(String shape, String values) throws IOException {
        String[] numbers = values.split(" +", -1);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.parseFloat(numbers[i]);
        }
        List<Integer> lengths = Arrays.stream(shape.split(" +", -1)).map(Integer::valueOf).toList();
        TinyModel model = model().array("bad", TinyModel.npy("<f4", lengths, floats));
        return DecodeProgram.run(model.arguments("decode"), "--greedy");
    }

    /** A user's report: the emissions became JSON lines, with the exit code 0. */
    @ParameterizedTest
    @CsvSource({
        "decode, --out, emissions.npz",
        "decode, --out, ./inside/../emissions.npz",
        "decode, --out, alphabet.txt",
        "decode, --write-prior, alphabet.txt",
        "align, --out, refs.jsonl"
    })
    void anOutputIsNoInput(String command, String option, String name) throws IOException {
        Files.createDirectory(folder.resolve("inside"));
        List<Object> arguments = new ArrayList<>(model().arguments(command));
        arguments.addAll(
                List.of("--refs", write("refs.jsonl", "{\"utt\": \"u1\", \"text\": \"ab\"}\n")));
        arguments.addAll(List.of(option, folder.resolve(name)));
        byte[] before = Files.readAllBytes(folder.resolve(name));

        Outcome outcome = DecodeProgram.run(arguments);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(option + " would overwrite", "write to another file");
        assertThat(folder.resolve(name)).hasBinaryContent(before);
    }

    @Test
    void twoOutputsAreTwoFiles() throws IOException {
        Path both = folder.resolve("both");
        Outcome outcome =
                DecodeProgram.run(
                        model().arguments("decode"), "--out", both, "--write-prior", both);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("would overwrite");
        assertThat(both).doesNotExist();
    }

    @Test
    void theTextOfALanguageModelIsNotOverwritten() throws IOException {
        Path text = write("text.txt", "a b\n");
        Outcome outcome =
                DecodeProgram.run("build-lm", "--order", 2, "--text", text, "--out", text);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--out would overwrite", "--text names too");
        assertThat(text).hasContent("a b");
    }

    /** A user's report: starting as many threads took half a minute, and failed. */
    @Test
    void moreThreadsThanUtterancesAreNotStarted() throws IOException {
        assertThat(DecodeProgram.run(model().arguments("decode"), "--threads", 1_024).exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--alphabet", "--lm", "--lexicon", "--hotwords", "--refs"})
    void aFolderInPlaceOfAFileIsNamed(String option) throws IOException {
        List<Object> arguments = new ArrayList<>(model().arguments("decode"));
        if (option.equals("--alphabet")) {
            arguments = new ArrayList<>(arguments.subList(0, 3));
        }
        Path inside = Files.createDirectory(folder.resolve("inside"));

        assertError(
                DecodeProgram.run(arguments, option, inside),
                inside,
                "this is a folder; give a file");
    }

    @Test
    void integersAreNotEmissions() throws IOException {
        TinyModel model = model().array("bad", TinyModel.npy("<i4", List.of(1, 4), 0, 0, 0, 0));

        assertError(DecodeProgram.run(model.arguments("decode"), "--greedy"), "bad", "'<i4'");
    }

    @Test
    void archiveTruncatedAtAnyLength() throws IOException {
        TinyModel model = model();
        Path archive = model.archive();
        Path alphabet = model.alphabet();
        byte[] bytes = Files.readAllBytes(archive);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(archive, Arrays.copyOf(bytes, length));
            assertError(
                    DecodeProgram.run(
                            "decode", "--emissions", archive, "--alphabet", alphabet, "--greedy"),
                    archive);
        }
    }

    @Test
    void filesThatAreNotThere() throws IOException {
        List<Object> arguments = model().arguments("decode");
        Path none = folder.resolve("none");
        String message = "no such file or folder: " + none;

        assertError(
                DecodeProgram.run(
                        "decode", "--emissions", none, "--alphabet", arguments.get(4), "--greedy"),
                message);
        assertError(
                DecodeProgram.run(
                        "decode", "--emissions", arguments.get(2), "--alphabet", none, "--greedy"),
                message);
        assertError(DecodeProgram.run(arguments, "--greedy", "--refs", none), message);
        assertError(DecodeProgram.run(arguments, "--lm", none), message);
        assertError(DecodeProgram.run(arguments, "--lexicon", none), message);
        assertError(DecodeProgram.run(arguments, "--hotwords", none), message);
        assertError(
                DecodeProgram.run(arguments, "--greedy", "--out", none.resolve("o.jsonl")),
                "there is no folder " + none);
    }

    @Test
    void emissionsWithoutUtterances() throws IOException {
        TinyModel empty = new TinyModel(folder);

        assertError(DecodeProgram.run(empty.arguments("decode"), "--greedy"), "no emissions");
        assertError(
                DecodeProgram.run(
                        "decode",
                        "--emissions",
                        empty.arrayFolder(),
                        "--alphabet",
                        empty.alphabet(),
                        "--greedy"),
                "no emissions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"utt\": \"x\", \"text\": \"a\"}; none of its 1 utterances is among the 1",
                "{\"utt\": \"u1\"}; refs:1: missing key",
                "{\"utt\": \"u1\", \"text\": 3}; refs:1: wrong type",
                "u1 a b; refs:1: bad JSON",
            })
    void badReferences(String line, String message) throws IOException {
        Path file = write("refs", line + "\n");

        assertError(
                DecodeProgram.run(model().arguments("decode"), "--greedy", "--refs", file),
                message);
    }

    @Test
    void repeatedReferences() throws IOException {
        TinyModel model = model().reference("u1", "a").reference("u1", "b");

        assertError(
                DecodeProgram.run(
                        model.arguments("decode"), "--greedy", "--refs", model.references()),
                "refs.jsonl:2: repeated utterance: \"u1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a\theavy; line 1: the weight is \"heavy\"",
                "a\tNaN; line 1: the weight of hotword \"a\" must be from -500 to 500, but is NaN",
                "a\t1e30; must be from -500 to 500, but is 1.0E30",
                "# nothing; there are no hotwords",
            })
    void badHotwords(String line, String message) throws IOException {
        Path file = write("hot.txt", line + "\n");

        assertError(
                DecodeProgram.run(model().arguments("decode"), "--hotwords", file), file, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "query-lm"})
    void malformedArpaWithItsLine(String command) throws IOException {
        Path file =
                write(
                        "bad.arpa",
                        """
                        \\data\\
                        ngram 1=2

                        \\1-grams:
                        -1\ta
                        minus one\tb

                        \\end\\
                        """);
        List<Object> arguments =
                command.equals("decode") ? model().arguments(command) : List.of(command);

        assertError(DecodeProgram.run(arguments, "--lm", file), file, "line 6");
    }

    @Test
    void kenLMBinaryOfAnUnknownVersion() throws IOException {
        String header = "mmap lm http://kheafield.com/code format version 9\n\0";
        byte[] bytes = Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), 500);
        Path file = Files.write(folder.resolve("lm.binary"), bytes);

        assertError(DecodeProgram.run("query-lm", "--lm", file), file, "version");
    }
}
