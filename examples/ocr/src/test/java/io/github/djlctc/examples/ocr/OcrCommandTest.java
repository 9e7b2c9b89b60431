package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class OcrCommandTest {

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                             | Missing required subcommand",
                "fly                          | 'fly'",
                "read                         | Missing required parameter: 'IMAGE'",
                "read a.png --zoom 3          | Unknown option: '--zoom'",
                "read a.png --model v5        | --model v5: neither v4 nor v3, and there is no such",
                "read a.png --model pom.xml   | --model pom.xml needs its classes: --alphabet",
                "read a.png --alphabet a      | --alphabet has no meaning with --model v4",
                "read a.png --model V3 --emissions-are logits | no meaning with --model V3",
                "read a.png --blank 0         | --blank has no meaning with --model v4",
                "read a.png --batch 0         | --batch must be from 1 to 1000, but is 0",
                "read a.png --threads 0       | --threads must be from 1 to 1024, but is 0",
                "read a.png --nbest 0         | --nbest must be from 1 to 100000, but is 0",
                "read a.png --beam 5          | --beam has no meaning without --lm, --lexicon or",
                "read a.png --nbest 2 --alpha 1 | --alpha has no meaning without --lm",
                "read a.png --lm-unit token   | --lm-unit has no meaning without --lm",
                "read a.png --lm a --lm-unit x | expected one of [WORD, TOKEN]",
            })
    void explainsWrongUsage(String line, String message) {
        Outcome outcome =
                OcrProgram.run(line == null ? new Object[0] : (Object[]) line.split(" +"));

        outcome.assertWrongUsage("ocr", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "read --help"})
    void printsHelp(String line) {
        Outcome outcome = OcrProgram.run((Object[]) line.split(" "));

        outcome.assertHelp("ocr");
    }

    @Test
    void theGuideNamesOptionsThatExist() throws IOException {
        String page = Files.readString(Path.of("../../docs/guide/ocr.md"));
        String help = OcrProgram.run("read", "--help").out();

        Set<String> ofOtherPrograms = Set.of("--order", "--text", "--out", "--discount-fallback");
        assertThat(options(page))
                .filteredOn(option -> !ofOtherPrograms.contains(option))
                .isNotEmpty()
                .isSubsetOf(options(help));
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
