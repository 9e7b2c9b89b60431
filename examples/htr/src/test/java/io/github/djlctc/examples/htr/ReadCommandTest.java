package io.github.djlctc.examples.htr;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.image.Pictures;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code read} with a model that has learnt nothing. */
class ReadCommandTest {

    @TempDir Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void saveUntrainedModel() throws IOException {
        model = folder.resolve("model");
        images = Files.createDirectory(folder.resolve("images"));
        Engine.getInstance().setRandomSeed(5);
        ModelConfig config = new ModelConfig(new ModelSize(16, 4, 6, 2, 0), 0, LetterCase.KEEP);
        try (HtrModel untrained = HtrModel.create(config, Alphabet.ofCharacters(" IO"))) {
            untrained
                    .djlModel()
                    .getBlock()
                    .initialize(
                            untrained.djlModel().getNDManager(),
                            DataType.FLOAT32,
                            untrained.inputShapes());
            untrained.save(model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "b.JPG", "c.jpeg", "d.tif", "e.tiff", "f.bmp", "g.gif"})
    void readsFiles(String name) throws IOException {
        Path image = images.resolve(name);
        SymbolLines.write("IO", image);

        Outcome outcome = HtrProgram.run("read", "--model", model, images);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).singleElement().asString().startsWith(image + "\t");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void readsWebP() throws IOException {
        Path image = Files.write(images.resolve("a.webp"), Pictures.webP());

        Outcome outcome = HtrProgram.run("read", "--model", model, images);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith(image + "\t");
    }

    @Test
    void readsTheGoodFilesAndSumsUpTheOthers() throws IOException {
        Path good = SymbolLines.write("IO", images.resolve("good.png"));
        byte[] bytes = Files.readAllBytes(good);
        Files.createFile(images.resolve("empty.png"));
        Files.write(images.resolve("cut.png"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.writeString(images.resolve("text.tif"), "Dear diary");
        Files.writeString(images.resolve("notes.txt"), "not to be read");

        Outcome outcome = HtrProgram.run("read", "--model", model, images);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).singleElement().asString().startsWith(good + "\t");
        assertThat(outcome.err())
                .contains("skipped 1: image empty")
                .contains("skipped 1: image file truncated")
                .contains("skipped 1: not a supported image")
                .contains("1 file of another type was left: " + images.resolve("notes.txt"));

        Outcome strict = HtrProgram.run("read", "--model", model, "--strict", images);

        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).startsWith("htr: " + images);
    }

    @Test
    void failsIfANamedFileCannotBeUsedUnlessToldOtherwise() throws IOException {
        Path good = SymbolLines.write("IO", images.resolve("good.png"));
        Path bad = Files.writeString(images.resolve("bad.txt"), "Dear diary");

        Outcome named = HtrProgram.run("read", "--model", model, good, bad);
        Outcome ignored = HtrProgram.run("read", "--model", model, "--ignore-unusable", good, bad);
        Outcome inFolder = HtrProgram.run("read", "--model", model, images);

        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.out()).startsWith(good + "\t");
        assertThat(named.err()).contains("skipped 1: not a supported image", bad + ": ");
        assertThat(ignored.exitCode()).isZero();
        assertThat(ignored.err()).isEqualTo(named.err());
        assertThat(inFolder.exitCode()).isZero();
    }

    @Test
    void namesFilesThatAreNotThere() {
        Path none = folder.resolve("none.png");

        Outcome outcome = HtrProgram.run("read", "--model", model, none);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("skipped 1: image file missing", none + ": there is no such file")
                .contains("htr: nothing was read");
    }

    @Test
    void givesThePlacesOfWordsInPixelsOfTheFile() throws IOException {
        // 3 times as high as the model's lines.
        BufferedImage line = SymbolLines.draw("IO IO");
        BufferedImage large = new BufferedImage(300, 48, BufferedImage.TYPE_INT_RGB);
        large.createGraphics().drawImage(line, 0, 0, 300, 48, null);
        Path image = images.resolve("large.png");
        ImageIO.write(large, "png", image.toFile());

        Outcome outcome =
                HtrProgram.run("read", "--model", model, "--json", "--lexicon", lexicon(), image);

        JsonObject read = outcome.json().get(0);
        assertThat(read.get("image").getAsString()).isEqualTo(image.toString());
        assertThat(read.get("score").getAsDouble()).isNegative();
        JsonArray words = read.getAsJsonArray("words");
        assertThat(words).isNotEmpty();
        double end = 0;
        for (int i = 0; i < words.size(); i++) {
            JsonObject word = words.get(i).getAsJsonObject();
            assertThat(word.get("word").getAsString()).isEqualTo("OI");
            assertThat(word.get("left").getAsDouble()).isGreaterThanOrEqualTo(end);
            // Frames are 4 of 100 columns apart, and the file has 300.
            assertThat(word.get("left").getAsInt() % 12).isZero();
            end = word.get("right").getAsDouble();
            assertThat(end).isGreaterThan(word.get("left").getAsDouble()).isLessThanOrEqualTo(300);
            assertThat(word.get("confidence").getAsDouble()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void drawsWhatItRead() throws IOException {
        SymbolLines.write("IOI", images.resolve("line.png"));
        Files.createDirectory(images.resolve("more"));
        SymbolLines.write("OI", images.resolve("more").resolve("line.png"));
        Path pictures = folder.resolve("pictures");

        Outcome outcome =
                HtrProgram.run(
                        "read",
                        "--model",
                        model,
                        "--picture",
                        pictures,
                        "--lexicon",
                        lexicon(),
                        images);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(pictures.resolve("line.png.png")).exists();
        assertThat(pictures.resolve("line.png-2.png")).exists();
        BufferedImage picture = ImageIO.read(pictures.resolve("line.png.png").toFile());
        assertThat(picture.getWidth()).isGreaterThan(120);
        assertThat(colors(picture)).isGreaterThan(50);
    }

    @Test
    void writesAFileOfWhatItWouldPrint() throws IOException {
        SymbolLines.write("IO", images.resolve("a.png"));
        SymbolLines.write("OI", images.resolve("b.png"));
        Path out = folder.resolve("out.jsonl");

        Outcome outcome = HtrProgram.run("read", "--model", model, "--out", out, images);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEmpty();
        assertThat(out)
                .content()
                .isEqualTo(HtrProgram.run("read", "--model", model, "--json", images).out());
    }

    /** A run that ended early, here because the third image is broken. */
    @Test
    void resumesAfterTheImagesThatAreWritten() throws IOException {
        SymbolLines.write("IO", images.resolve("a.png"));
        SymbolLines.write("OI", images.resolve("b.png"));
        Path broken = Files.writeString(images.resolve("c.png"), "Dear diary");
        Path out = Files.writeString(folder.resolve("out.jsonl"), "earlier\n");
        Path pictures = folder.resolve("pictures");
        Object[] run = {"read", "--model", model, "--picture", pictures, "--out", out, images};

        Outcome first = HtrProgram.run(append(run, "--strict"));

        assertThat(first.exitCode()).isEqualTo(2);
        assertThat(out).hasContent("earlier");
        Path left = left();
        assertThat(first.err())
                .startsWith("the results of 2 images are kept in " + left + "; ")
                .contains("htr: " + broken);

        // What is written is not read again.
        Files.writeString(left, Files.readString(left).replace("\"text\":\"", "\"text\":\"-"));
        Files.delete(pictures.resolve("a.png.png"));
        Outcome resumed = HtrProgram.run(append(run, "--resume"));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("skipped 1: not a supported image");
        assertThat(Outcome.parse(Files.readAllLines(out)))
                .extracting(line -> line.get("text").getAsString())
                .hasSize(2)
                .allMatch(text -> text.startsWith("-"));
        assertThat(left).doesNotExist();
        assertThat(pictures.resolve("a.png.png")).doesNotExist();
    }

    @Test
    void anImageThatHasChangedStartsAnew() throws IOException {
        SymbolLines.write("IO", images.resolve("a.png"));
        Path broken = Files.writeString(images.resolve("c.png"), "Dear diary");
        Path out = folder.resolve("out.jsonl");
        HtrProgram.run("read", "--model", model, "--out", out, "--strict", images);
        Files.writeString(left(), "{\"image\":\"nothing to go on after\"}\n");
        SymbolLines.write("OI", broken);

        HtrProgram.run("read", "--model", model, "--out", out, "--resume", images);

        assertThat(Outcome.parse(Files.readAllLines(out)))
                .extracting(line -> line.get("image").getAsString())
                .containsExactly(images.resolve("a.png").toString(), broken.toString());
    }

    @Test
    void refusesToWriteOverAnImageAndToResumeNothing() throws IOException {
        Path image = SymbolLines.write("IO", images.resolve("a.png"));

        HtrProgram.run("read", "--model", model, "--out", image, images)
                .assertWrongUsage("htr", "--out would overwrite " + image);
        HtrProgram.run("read", "--model", model, "--resume", images)
                .assertWrongUsage("htr", "--resume has no meaning without --out");
    }

    private static Object[] append(Object[] run, Object option) {
        Object[] all = Arrays.copyOf(run, run.length + 1);
        all[run.length] = option;
        return all;
    }

    private Path left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".partial"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void saysThatThereIsNoModel() throws IOException {
        Path image = SymbolLines.write("I", images.resolve("a.png"));

        Outcome outcome = HtrProgram.run("read", "--model", folder.resolve("none"), image);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("htr: no usable model in " + folder.resolve("none"));
    }

    private Path lexicon() throws IOException {
        return Files.writeString(folder.resolve("words.txt"), "OI\n");
    }

    private static long colors(BufferedImage picture) {
        return Arrays.stream(
                        picture.getRGB(
                                0,
                                0,
                                picture.getWidth(),
                                picture.getHeight(),
                                null,
                                0,
                                picture.getWidth()))
                .distinct()
                .count();
    }
}
