package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.speech.listen.Microphone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ListenCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen a.wav                  | for files there is \"speech transcribe\"",
                "listen --rate 8000            | --rate has no meaning without -",
                "listen - --device x           | --device has no meaning with -",
                "listen - --list-devices       | --list-devices has no meaning with -",
                "listen - --rate 5             | --rate must be from 1000 to 384000, but is 5",
                "listen - --pause 0            | a pause must last 0.2 to 10.0 s, but is 0.0",
                "listen - --longest-sentence 1 | the longest sentence must last 5.0 to 60.0 s",
                "listen - --beam 5             | --beam has no meaning without",
                "serve --port 70000            | --port must be from 0 to 65535, but is 70000",
                "serve --streams 0             | --streams must be from 1 to 1000, but is 0",
                "serve --max-seconds 0         | --max-seconds must be from 1 to 86400, but is 0",
                "serve --max-megabytes 0       | --max-megabytes must be from 1 to",
                "serve --idle-seconds 0        | --idle-seconds must be from 1 to 3600, but is 0",
                "serve --cores 0               | --cores must be from 1 to 1024, but is 0",
                "serve --allow-origin a.b      | --allow-origin must be like https://speech",
            })
    void explainsWrongUsage(String line, String message) {
        SpeechProgram.run((Object[]) line.split(" +")).assertWrongUsage("speech", message);
    }

    @ParameterizedTest
    @CsvSource({"listen", "serve"})
    void printsHelp(String command) {
        SpeechProgram.run(command, "--help").assertHelp("speech");
    }

    @Test
    void saysThatThereIsNoMicrophone() {
        assumeTrue(Microphone.names().isEmpty(), "needs a machine without a microphone");

        Outcome outcome = SpeechProgram.run("listen", "--list-devices");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).isEqualToIgnoringNewLines("speech: no microphone found");
    }
}
