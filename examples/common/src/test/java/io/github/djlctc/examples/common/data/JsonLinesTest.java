package io.github.djlctc.examples.common.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesTest {

    private static final String EXAMPLE = "{\"text\": \"turn left\"}";

    @TempDir Path folder;

    @Test
    void readsStringsAndNumbersAndPassesOverBlankLines() throws IOException {
        List<String> read = new ArrayList<>();

        read(
                "\uFEFF{\"text\": \"ÉTÉ\", \"duration\": 1.5}\r\n\n{\"text\": null}\n",
                line -> {
                    if (line.has("text")) {
                        read.add(line.string("text") + " " + line.number("duration"));
                    }
                },
                new ArrayList<>());

        assertThat(read).containsExactly("ÉTÉ 1.5");
    }

    @Test
    void namesFileAndLineOfEachProblemAndGoesOn() throws IOException {
        List<JsonLineException> problems = new ArrayList<>();
        List<String> read = new ArrayList<>();

        Path file =
                read(
                        """
                        {"text": "A"}
                        {"text": "B"
                        [1]
                        null
                        {"other": 1}
                        {"text": 5}
                        {"text": {"a": 1}}
                        {text: "lenient"}
                        %s
                        {"text": "Z"}
                        """
                                .formatted("[".repeat(100_000)),
                        line -> read.add(line.string("text")),
                        problems);

        assertThat(read).containsExactly("A", "Z");
        assertThat(problems)
                .extracting(JsonLineException::reason)
                .containsExactly(
                        "bad JSON",
                        "bad JSON",
                        "bad JSON",
                        "missing key",
                        "wrong type",
                        "wrong type",
                        "bad JSON",
                        "bad JSON");
        assertThat(problems.get(3))
                .hasMessage(file + ":5: missing key: \"text\" is not there, only [other]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "audio,text; comma-separated text (CSV)",
                "'a.wav\tturn left'; tab-separated text",
                "[{\"text\": \"A\"}]; a JSON array",
                "[; a JSON array",
                "{; a JSON object over several lines",
                "null; no JSON",
                "a.wav; no JSON",
            })
    void namesFilesOfOtherKinds(String line, String kind) throws IOException {
        List<JsonLineException> problems = new ArrayList<>();

        Path file = read("\uFEFF" + line + "\n", object -> object.string("text"), problems);

        assertThat(problems)
                .singleElement()
                .extracting(JsonLineException::getMessage)
                .isEqualTo(
                        file
                                + ":1: bad JSON: this looks like "
                                + kind
                                + "; one JSON object a line is expected, such as "
                                + EXAMPLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"text\": \"A\"~near column 13: it ends too early",
                "{\"text\": \"A~near column 12: a text lacks its closing quote",
                "{\"text\": \"A\" \"b\": 1}~near column 15: a comma or the closing } is missing",
                "{\"text\": [1, 2}~near column 16: a comma or the closing ] is missing",
                "{\"text\": \"A\",}~near column 15: a name in double quotes is missing; a comma may",
                "{\"text\" \"A\"}~near column 10: a colon behind a name is missing",
                "{\"text\": \"A\\q\"}~near column 14: a backslash in a text; write it twice",
                "{'text': 'A'}~near column 3: something that JSON does not have: a name or text that",
                "{\"text\": NaN}~near column 10: something that JSON does not have",
            })
    void saysInWordsWhatIsNoJson(String line, String mistake) throws IOException {
        List<JsonLineException> problems = new ArrayList<>();

        Path file = read("{\"text\": \"A\"}\n" + line + "\n", object -> {}, problems);

        assertThat(problems)
                .singleElement()
                .extracting(JsonLineException::getMessage)
                .asString()
                .startsWith(file + ":2: bad JSON: " + mistake)
                .endsWith("; one JSON object a line is expected, such as " + EXAMPLE)
                .doesNotContain("gson", "JsonReader");
    }

    @Test
    void reportsNumbersThatAreNone() throws IOException {
        List<JsonLineException> problems = new ArrayList<>();

        read(
                "{\"duration\": \"1.5\"}\n{\"duration\": 1e999}\n",
                line -> line.number("duration"),
                problems);

        assertThat(problems)
                .extracting(JsonLineException::reason)
                .containsOnly("wrong type")
                .hasSize(2);
    }

    @Test
    void reportsLinesThatAreNotUtf8() throws IOException {
        Path file = folder.resolve("latin1.jsonl");
        Files.writeString(
                file, "{\"text\": \"É\"}\n{\"text\": \"E\"}\n", StandardCharsets.ISO_8859_1);
        List<JsonLineException> problems = new ArrayList<>();
        List<String> read = new ArrayList<>();

        JsonLines.read(file, EXAMPLE, line -> read.add(line.string("text")), problems::add);

        assertThat(read).containsExactly("E");
        assertThat(problems)
                .singleElement()
                .extracting(JsonLineException::reason)
                .isEqualTo("not UTF-8");
    }

    private Path read(String text, JsonLines.LineReader reader, List<JsonLineException> problems)
            throws IOException {
        Path file = Files.writeString(folder.resolve("lines.jsonl"), text);
        JsonLines.read(file, EXAMPLE, reader, problems::add);
        return file;
    }
}
