package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.corpus.TestAudio;
import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In the locale C, which containers and remote shells often have, Java cannot spell the names of
 * files with other letters than those of ASCII.
 */
@EnabledOnOs(OS.LINUX)
class LocaleTest {

    @TempDir Path folder;

    @Test
    void saysWhatToDoAboutNamesThatTheLocaleCannotSpell() throws Exception {
        Path recording = TestAudio.writeWav(folder.resolve("a.wav"));
        // The locale of this JVM may be C too, so that the shell makes the name.
        Process shell =
                new ProcessBuilder("sh", "-c", "ln a.wav $(printf '\\303\\251').wav")
                        .directory(folder.toFile())
                        .start();
        assertThat(shell.waitFor()).as("a second name of " + recording).isZero();
        Path manifest =
                Files.writeString(
                        folder.resolve("test.jsonl"),
                        "{\"audio_filepath\": \"\u00e9.wav\", \"text\": \"A\"}\n");

        assertThat(audit(manifest, "C")).contains("bad path", "set LC_ALL=C.UTF-8");
        assertThat(audit(manifest, "C.UTF-8"))
                .doesNotContain("bad path")
                .contains("1 utterance is too few to hold some out");
    }

    /** Audits the manifest as the training set, which gets as far as the names of its files. */
    private String audit(Path manifest, String locale) throws IOException, InterruptedException {
        Path test = Files.writeString(folder.resolve("other.jsonl"), line(folder.resolve("a.wav")));
        List<String> arguments = new ArrayList<>(List.of("audit", "--data", "manifest"));
        arguments.addAll(List.of("--train", manifest.toString(), "--test", test.toString()));
        ProcessBuilder builder =
                ChildJvm.of(
                                SpeechCommand.class,
                                List.of("-Xmx512m"),
                                arguments.toArray(String[]::new))
                        .redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        return output;
    }

    private static String line(Path sound) {
        return "{\"audio_filepath\": \"" + sound + "\", \"text\": \"A\"}\n";
    }
}
