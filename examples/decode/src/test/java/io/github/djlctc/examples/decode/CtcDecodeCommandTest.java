package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CtcDecodeCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                    | Missing required subcommand",
                "fly                                 | 'fly'",
                "decode                              | Missing required options: '--emissions=NPZ'",
                "decode --emissions a                | Missing required option: '--alphabet=FILE'",
                "decode --emissions a --alphabet b --altitude 3 | Unknown options: '--altitude'",
                "decode --emissions a --alphabet b --beam wide | '--beam': 'wide' is not an int",
                "decode --emissions a --alphabet b --lm-unit x | expected one of [WORD, TOKEN]",
                "tune --emissions a --alphabet b     | Missing required option: '--refs=JSONL'",
                "tune --emissions a --alphabet b --refs c | tune needs the option --lm",
                "tune --emissions a --alphabet b --refs c --lm d --alphas NaN | --alphas: the language model weight must be from 0 to 100, but is NaN",
                "tune --emissions a --alphabet b --refs c --lm d --beams 5,0 | --beams must be from 1 to 100000, but is 0",
                "tune --emissions a --alphabet b --refs c --lm d --picture no/p.png | no folder",
                "align --emissions a --alphabet b --refs c | Missing required option: '--out=PATH'",
                "align --emissions a --alphabet b --refs c --out d.jsonl --pictures | --pictures has",
                "build-lm --order 3                  | Missing required options: '--text=FILE'",
                "build-lm --order 0 --text a --out b | the order is 0, but must be from 1 to",
                "build-lm --order 2 --text a --out b --prune 2,1 | pruning thresholds are [2, 1]",
                "build-lm --order 2 --text a --out b --prune 0,0,1 | 3 pruning thresholds, but",
                "query-lm                            | Missing required option: '--lm=FILE'",
            })
    void explainsWrongUsage(String line, String message) {
        Outcome outcome =
                DecodeProgram.run(line == null ? new Object[0] : (Object[]) line.split(" +"));

        outcome.assertWrongUsage("ctc-decode", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "decode --help",
                "tune --help",
                "align --help",
                "build-lm --help",
                "build-binary --help",
                "query-lm --help"
            })
    void printsHelp(String line) {
        Outcome outcome = DecodeProgram.run((Object[]) line.split(" "));

        outcome.assertHelp("ctc-decode");
    }

    @Test
    void theBuildCanRehearse() {
        Outcome outcome = DecodeProgram.run("rehearse");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
}
