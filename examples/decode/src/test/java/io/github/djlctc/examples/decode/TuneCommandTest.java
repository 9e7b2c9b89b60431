package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;

class TuneCommandTest {

    private static final String ARPA =
            """
            \\data\\
            ngram 1=5

            \\1-grams:
            -3\t<unk>
            -99\t<s>
            -1\t</s>
            -2\ta
            -0.1\tb

            \\end\\
            """;

    @TempDir Path folder;

    private List<Object> arguments;
    private Path picture;

    /** What was said is "b", and the emissions favour "a" a little. */
    @BeforeEach
    void prepare() throws IOException {
        byte[] npy = TinyModel.npy("<f4", List.of(1, 4), 0, 0, 4, 3);
        TinyModel model = new TinyModel(folder).array("an odd id", npy).reference("an odd id", "b");
        picture = folder.resolve("p.png");
        arguments =
                Stream.concat(
                                model.arguments("tune").stream(),
                                Stream.of(
                                        "--refs",
                                        model.references(),
                                        "--lm",
                                        Files.writeString(folder.resolve("a b.arpa"), ARPA),
                                        "--picture",
                                        picture))
                        .toList();
    }

    @Test
    void findsTheBestWeightsAndPrintsTheCommandLine() throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        arguments, "--alphas", "1,0.01", "--betas", "0,0.5", "--beams", "8");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines())
                .contains("WER % at beam width 8, * best of all")
                .anyMatch(line -> line.matches("beta \\\\ alpha +0.01 +1"))
                .anyMatch(line -> line.matches(" +0 +100.00 +0.00\\*"))
                .anyMatch(line -> line.matches(" +0.5 +100.00 +0.00"))
                .contains("Best: alpha 1, beta 0, beam 8")
                .contains(
                        "The best alpha is the greatest of those tried: try some beyond it"
                                + " (--alphas).");
        String command =
                outcome.out().lines().filter(l -> l.startsWith("ctc-decode")).findFirst().get();
        assertThat(command)
                .contains("decode --emissions ", "'" + folder.resolve("a b.arpa") + "'")
                .endsWith("--alpha 1 --beta 0 --beam 8")
                .doesNotContain("--alphas", "--picture");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(400);
    }

    @Test
    void theGridHasTheDefaultWeightsAndIsDecodedWithTheOtherOptions() {
        Outcome outcome =
                DecodeProgram.run(arguments, "--gamma", 1.5, "--empty-word-score", -1, "--json");

        assertThat(outcome.events("setting"))
                .anyMatch(
                        setting ->
                                setting.get("alpha").getAsDouble() == 0.7
                                        && setting.get("beta").getAsDouble() == 2);
        assertThat(outcome.events("best").get(0).get("command").getAsString())
                .contains(" --gamma 1.5 --empty-word-score -1 --alpha ");
    }

    @Test
    void comparesCharacterErrorsWhereWordsAreJoined() throws IOException {
        Path alphabet = Files.write(folder.resolve("abc.txt"), List.of("<blank>", "市", "a", "b"));
        List<Object> letters = new ArrayList<>(arguments);
        letters.set(letters.indexOf("--alphabet") + 1, alphabet);
        letters.addAll(List.of("--alphas", "1", "--betas", "0"));

        assertThat(DecodeProgram.run(letters).out().lines())
                .contains("CER % at beam width 50, * best of all")
                .noneMatch(line -> line.startsWith("words"))
                .anyMatch(line -> line.endsWith("WER is CER."));
        JsonObject best = DecodeProgram.run(letters, "--json").events("best").get(0);
        assertThat(best.get("words")).isEqualTo(best.get("characters"));
        assertThat(best.get("note").getAsString()).endsWith("WER is CER.");
    }

    @Test
    void theCommandLineGivesTheErrorsOfTheGrid() {
        Outcome outcome = DecodeProgram.run(arguments, "--alphas", "1", "--betas", "0", "--json");

        assertThat(outcome.events("setting")).hasSize(1);
        JsonObject best = outcome.events("best").get(0);
        assertThat(best.get("alpha").getAsDouble()).isEqualTo(1);
        assertThat(best.getAsJsonObject("words").get("rate").getAsDouble()).isZero();
        String[] words =
                best.get("command")
                        .getAsString()
                        .replace("'", "")
                        .replace("a b.arpa", "a?b.arpa")
                        .split(" ");
        Object[] decode = Stream.of(words).skip(1).map(word -> word.replace('?', ' ')).toArray();
        assertThat(DecodeProgram.run(decode).out()).containsPattern("words \\(WER\\) +0 +1 ");
    }
}
