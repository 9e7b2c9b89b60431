package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.image.Pictures;
import io.github.djlctc.examples.ocr.model.PretrainedModel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code read} with the models that come with the program. */
class ReadCommandTest {

    @TempDir static Path shared;

    private static Path english;
    private static Path chinese;

    @TempDir Path folder;

    @BeforeAll
    static void writeLines() throws IOException {
        english =
                PrintedLines.write(
                        PrintedLines.clean("The black cat, 45 tickets"),
                        shared.resolve("english.png"));
        chinese = PrintedLines.write(PrintedLines.clean("天黑以前回家"), shared.resolve("chinese.png"));
    }

    @Test
    void needsNoPyTorch() {
        assertThatThrownBy(() -> Class.forName("ai.djl.pytorch.engine.PtEngine"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void readsBothLanguagesWithBothModels() {
        for (String model : List.of("v4", "v3")) {
            Outcome outcome = OcrProgram.run("read", "--model", model, english, chinese);

            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(outcome.out().lines())
                    .containsExactly(english + "\tThe black cat, 45 tickets", chinese + "\t天黑以前回家");
            assertThat(outcome.err()).isEmpty();
        }
    }

    @Test
    void readsColours() throws IOException {
        // Of the same luma: in grey there would be nothing to read.
        BufferedImage line = PrintedLines.clean("orange");
        for (int y = 0; y < line.getHeight(); y++) {
            for (int x = 0; x < line.getWidth(); x++) {
                int shade = line.getRGB(x, y) & 0xFF;
                int green = 74 + (130 - 74) * shade / 255;
                line.setRGB(x, y, (255 - shade) << 16 | green << 8 | 20);
            }
        }
        Path file = PrintedLines.write(line, folder.resolve("a.png"));

        assertThat(OcrProgram.run("read", file).out()).isEqualTo(file + "\torange\n");
    }

    @Test
    void readsTheSameInBatchesAndOnThreads() throws IOException {
        List<String> sentences =
                Stream.concat(Sentences.english(5).stream(), Sentences.chinese(5).stream())
                        .toList();
        Path lines = PrintedLines.writeNoisy(sentences, folder.resolve("lines"));
        for (String text : List.of("one", "two", "six", "ten")) {
            PrintedLines.write(PrintedLines.clean(text), lines.resolve(text + ".png"));
        }

        Outcome single = OcrProgram.run("read", "--json", lines);
        Outcome batches = OcrProgram.run("read", "--json", "--batch", 3, "--threads", 2, lines);

        assertThat(single.exitCode()).isZero();
        assertThat(single.json()).hasSize(14);
        assertThat(texts(batches)).isEqualTo(texts(single));
    }

    private static List<String> texts(Outcome outcome) {
        return outcome.json().stream()
                .map(o -> o.get("image").getAsString() + o.get("text").getAsString())
                .toList();
    }

    @Test
    void givesThePlacesOfWordsInPixelsOfTheFile() {
        JsonObject read = OcrProgram.run("read", "--json", english).json().get(0);

        assertThat(read.get("image").getAsString()).isEqualTo(english.toString());
        assertThat(read.get("text").getAsString()).isEqualTo("The black cat, 45 tickets");
        assertThat(read.get("score").getAsDouble()).isBetween(-5.0, 0.0);
        JsonArray words = read.getAsJsonArray("words");
        assertThat(words).hasSize(5);
        int end = 0;
        for (int i = 0; i < words.size(); i++) {
            JsonObject word = words.get(i).getAsJsonObject();
            assertThat(word.get("left").getAsInt()).isGreaterThan(end);
            end = word.get("right").getAsInt();
            assertThat(word.get("confidence").getAsDouble()).isBetween(0.5, 1.0);
        }
        // 25 letters in 30 pixels to the em: the last one ends where the image does.
        int width = width(english);
        assertThat(end).isBetween(width - 40, width);
        assertThat(read.has("nbest")).isFalse();
    }

    private static int width(Path file) {
        try {
            return ImageIO.read(file.toFile()).getWidth();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run that ended early, here because an image is broken. */
    @Test
    void resumesAfterTheImagesThatAreWritten() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        Path out = folder.resolve("out.jsonl");
        List<Object> run = new ArrayList<>(List.of("read", "--nbest", 2, "--out", out));
        for (int i = 0; i < 33; i++) { // one more than are read at a time
            run.add(english);
        }
        run.addAll(List.of(broken, chinese));
        List<Object> strict = new ArrayList<>(run);
        strict.add("--strict");

        Outcome first = OcrProgram.run(strict.toArray());

        assertThat(first.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
        assertThat(first.err()).contains("the results of 32 images are kept in " + out);

        run.addAll(List.of("--resume", "--ignore-unusable", "--threads", 2));
        Outcome second = OcrProgram.run(run.toArray());

        assertThat(second.exitCode()).as(second.err()).isZero();
        List<JsonObject> lines = Outcome.parse(Files.readAllLines(out));
        assertThat(lines).hasSize(34).allMatch(line -> line.getAsJsonArray("nbest").size() == 2);
        assertThat(lines.get(32)).isEqualTo(lines.get(0));
        assertThat(lines.get(33).get("text").getAsString()).isEqualTo("天黑以前回家");
    }

    @Test
    void printsTheBestTexts() throws IOException {
        Path noisy =
                PrintedLines.writeNoisy(Sentences.chinese(1), folder.resolve("lines"))
                        .resolve("line-000.png");

        Outcome lines = OcrProgram.run("read", "--nbest", 3, noisy);
        Outcome json = OcrProgram.run("read", "--nbest", 3, "--json", noisy);

        assertThat(lines.out().lines()).hasSize(3).doesNotHaveDuplicates();
        JsonObject read = json.json().get(0);
        JsonArray best = read.getAsJsonArray("nbest");
        assertThat(best).hasSize(3);
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JsonObject hypothesis = best.get(i).getAsJsonObject();
            scores.add(hypothesis.get("score").getAsDouble());
            assertThat(lines.out()).contains(noisy + "\t" + hypothesis.get("text").getAsString());
        }
        assertThat(scores.get(0)).isGreaterThanOrEqualTo(scores.get(1));
        assertThat(scores.get(1)).isGreaterThanOrEqualTo(scores.get(2));
        assertThat(read.get("text")).isEqualTo(best.get(0).getAsJsonObject().get("text"));
    }

    @Test
    void aLexiconAllowsItsWordsOnly() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "The block cat, 45 tickets");

        Outcome outcome = OcrProgram.run("read", "--lexicon", words, english);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo(english + "\tThe block cat, 45 tickets\n");
    }

    @Test
    void favoursHotwordsAnywhereInScriptsWithoutSpaces() throws IOException {
        List<String> sentences = Sentences.chinese(6);
        Path noisy =
                PrintedLines.writeNoisy(sentences, folder.resolve("lines")).resolve("line-005.png");
        Path phrases = Files.writeString(folder.resolve("phrases.txt"), "退休的\n觉得\t4\n");

        Outcome plain = OcrProgram.run("read", noisy);
        Outcome wholeWords = OcrProgram.run("read", "--hotwords", phrases, noisy);
        Outcome anywhere = OcrProgram.run("read", "--no-spaces", "--hotwords", phrases, noisy);

        assertThat(sentences.get(5)).contains("退休的", "觉得");
        assertThat(plain.out()).doesNotContain("退休的");
        assertThat(wholeWords.out()).doesNotContain("退休的");
        assertThat(anywhere.exitCode()).as(anywhere.err()).isZero();
        assertThat(anywhere.out()).contains("退休的", "觉得");
    }

    @Test
    void leavesOutSpacesOnRequest() {
        Outcome outcome = OcrProgram.run("read", "--no-spaces", english);

        assertThat(outcome.out()).isEqualTo(english + "\tTheblackcat,45tickets\n");
    }

    @Test
    void drawsWhatItRead() throws IOException {
        Path pictures = folder.resolve("pictures");

        Outcome outcome = OcrProgram.run("read", "--picture", pictures, english);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        BufferedImage picture = ImageIO.read(pictures.resolve("english.png.png").toFile());
        assertThat(picture.getWidth()).isGreaterThan(400);
        assertThat(picture.getHeight()).isGreaterThan(150);
    }

    @Test
    void readsOnePixelAndOtherSmallImages() throws IOException {
        int[][] sizes = {{1, 1}, {1, 300}, {200, 1}, {3, 2}};
        for (int[] size : sizes) {
            Path file = folder.resolve(size[0] + "x" + size[1] + ".png");
            Pictures.write(
                    Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, size[0], size[1]), "png", file);
        }

        Outcome outcome = OcrProgram.run("read", folder);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(4);
    }

    @Test
    void tellsOfALineThatRunsDownwards() throws IOException {
        BufferedImage line = PrintedLines.clean("天黑以前回家");
        BufferedImage turned =
                new BufferedImage(line.getHeight(), line.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < line.getWidth(); x++) {
            for (int y = 0; y < line.getHeight(); y++) {
                turned.setRGB(line.getHeight() - 1 - y, x, line.getRGB(x, y));
            }
        }
        Path downwards = PrintedLines.write(turned, folder.resolve("downwards.png"));

        Outcome outcome = OcrProgram.run("read", downwards, chinese);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .isEqualTo(
                        "warning: "
                                + downwards
                                + ": nothing is read in it, and it is higher than wide; a line"
                                + " that runs downwards must be turned first\n");
    }

    @Test
    void namesFilesThatCannotBeUsed() throws IOException {
        Path none = folder.resolve("none.png");
        Path text = Files.writeString(folder.resolve("text.png"), "Dear diary");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        byte[] bytes = Files.readAllBytes(english);
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, bytes.length / 2));
        Path wide =
                Pictures.write(
                        Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 600, 2),
                        "png",
                        folder.resolve("wide.png"));

        Outcome some = OcrProgram.run("read", english, none, text, empty, cut, wide);
        Outcome ignored = OcrProgram.run("read", "--ignore-unusable", english, none);
        Outcome nothing = OcrProgram.run("read", none, text);
        Outcome strict = OcrProgram.run("read", "--strict", text, english);

        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.out().lines()).hasSize(1);
        assertThat(some.err())
                .contains(none + ": there is no such file")
                .contains(text + ": it is none of PNG")
                .contains(empty + ": it has 0 bytes")
                .contains(cut + ": ")
                .contains(wide + ": 600 x 2 pixels, more than 200 times as wide as high");
        assertThat(ignored.exitCode()).isZero();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("ocr: nothing was read");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.out()).isEmpty();
    }

    @Test
    void namesAFolderWithoutImages() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "Dear diary");

        Outcome outcome = OcrProgram.run("read", folder);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("ocr: nothing to read in " + folder + ": no name there ends in .bmp, ")
                .contains("1 file of another type was left: " + folder.resolve("notes.txt"))
                .hasLineCount(1);
    }

    @Test
    void takesAModelOfYourOwn() throws IOException {
        Path model = copy("ch_PP-OCRv3_rec_infer.onnx");
        Path alphabet = folder.resolve("alphabet.txt");
        PretrainedModel.alphabet().write(alphabet);
        Path keys = copy("ppocr_keys_v1.txt");

        Outcome outcome = OcrProgram.run("read", "--model", model, "--alphabet", alphabet, english);
        Outcome paddle =
                OcrProgram.run(
                        "read",
                        "--model",
                        model,
                        "--alphabet",
                        keys,
                        "--vocabulary-format",
                        "paddleocr_space",
                        english);
        Outcome wrongScale =
                OcrProgram.run(
                        "read",
                        "--model",
                        model,
                        "--alphabet",
                        alphabet,
                        "--emissions-are",
                        "logits",
                        english);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo(english + "\tThe black cat, 45 tickets\n");
        assertThat(paddle.out()).isEqualTo(outcome.out());
        assertThat(wrongScale.exitCode()).isEqualTo(2);
        assertThat(wrongScale.err())
                .startsWith("ocr: what the model puts out is of another scale: frames 0 to ")
                .contains("add up to 1", "with --emissions-are")
                .hasLineCount(1);
    }

    @Test
    void namesAModelThatDoesNotFit() throws IOException {
        Path model = copy("ch_PP-OCRv4_rec_infer.onnx");
        Path alphabet = Files.writeString(folder.resolve("a.txt"), "<blank>\na\nb\n");
        Path text = Files.writeString(folder.resolve("text.onnx"), "Dear diary");

        Outcome classes = OcrProgram.run("read", "--model", model, "--alphabet", alphabet, english);
        Outcome broken = OcrProgram.run("read", "--model", text, "--alphabet", alphabet, english);

        assertThat(classes.exitCode()).isEqualTo(2);
        assertThat(classes.err())
                .startsWith("ocr: " + model + ": the model has 6625 classes, but the alphabet 3");
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err())
                .startsWith("ocr: " + text + ": not a model that ONNX Runtime can load");
        assertThat(broken.err()).doesNotContain("\tat ");
    }

    private Path copy(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = ReadCommandTest.class.getResourceAsStream("/models/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }
}
