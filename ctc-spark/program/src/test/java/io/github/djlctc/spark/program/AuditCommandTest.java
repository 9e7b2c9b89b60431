package io.github.djlctc.spark.program;

import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AuditCommandTest {

    @TempDir Path folder;

    @Test
    void theReportIsThatOfLabelAudit() throws IOException {
        Alphabet alphabet = Alphabet.ofCharacters(" ab");
        Path tokens = folder.resolve("tokens.txt");
        alphabet.write(tokens);
        LabelAudit expected = LabelAudit.builder().setAlphabet(alphabet).optSubsampling(2).build();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String text = i % 7 == 0 ? "axb" : "ab ".repeat(1 + i % 5).strip();
            int frames = 5 + i % 30;
            lines.append(
                    "{\"utt\": \"u%02d\", \"text\": \"%s\", \"frames\": %d}%n"
                            .formatted(i, text, frames));
            expected.add(
                    AuditSample.builder()
                            .setId("u%02d".formatted(i))
                            .setText(text)
                            .optFrames(frames)
                            .build());
        }
        Path samples = Files.writeString(folder.resolve("samples.jsonl"), lines);
        List<Object> command =
                List.of(
                        "audit",
                        "--samples=" + samples,
                        "--alphabet=" + tokens,
                        "--subsampling=2",
                        "--master=local[2]");

        Outcome text = SparkProgram.run(command);
        Outcome json = SparkProgram.run(command, "--json");

        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .isEqualTo(expected.report().toText())
                .contains("outside of the alphabet");
        assertThat(json.out()).isEqualTo(expected.report().toJson() + "\n");
        Outcome wrong = SparkProgram.run(command, "--text-column=transcript");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no column \"transcript\"; there are frames");
    }
}
