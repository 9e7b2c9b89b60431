package io.github.djlctc.examples.htr;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.image.Pictures;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.examples.htr.serving.HtrTranslatorFactory;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code export} of a model that has learnt nothing, and what DJL makes of the folder. */
class ExportCommandTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" IO");

    @TempDir Path folder;

    private Path model;
    private Path exported;
    private List<Path> images;

    @BeforeEach
    void saveUntrainedModel() throws IOException {
        model = folder.resolve("model");
        exported = folder.resolve("exported");
        Engine.getInstance().setRandomSeed(5);
        ModelConfig config = new ModelConfig(new ModelSize(16, 4, 6, 2, 0), 0.1f, LetterCase.KEEP);
        try (HtrModel untrained = HtrModel.create(config, ALPHABET)) {
            untrained
                    .djlModel()
                    .getBlock()
                    .initialize(
                            untrained.djlModel().getNDManager(),
                            DataType.FLOAT32,
                            untrained.inputShapes());
            untrained.save(model);
        }
        // Of different widths; one that is read coarsely, one in colour.
        BufferedImage large = new BufferedImage(1200, 288, BufferedImage.TYPE_INT_RGB);
        large.createGraphics().drawImage(SymbolLines.draw("OI IO"), 0, 0, 1200, 288, null);
        Path coarse = folder.resolve("large.png");
        ImageIO.write(large, "png", coarse.toFile());
        images =
                List.of(
                        SymbolLines.write("IOIO", folder.resolve("a.png")),
                        coarse,
                        SymbolLines.write("I", folder.resolve("b.tif")),
                        Files.write(folder.resolve("c.webp"), Pictures.webP()));
    }

    /** Asks for all that a search knows. */
    private Object[] knowledge() throws IOException {
        Path languageModel =
                Files.writeString(
                        folder.resolve("lm.arpa"),
                        """
                        \\data\\
                        ngram 1=5

                        \\1-grams:
                        -1 </s>
                        -99 <s>
                        -0.5 OI
                        -0.7 IO
                        -1.5 <unk>

                        \\end\\
                        """);
        Path hotwords = Files.writeString(folder.resolve("hot.txt"), "IO\t2\n");
        Path prior = folder.resolve("prior.txt");
        LabelPrior.estimate(ALPHABET, List.of(new float[5 * ALPHABET.size()])).write(prior);
        return new Object[] {
            "--lm",
            languageModel,
            "--lm-unit",
            "word",
            "--lexicon",
            "lm",
            "--hotwords",
            hotwords,
            "--prior",
            prior,
            "--prior-weight",
            0.3,
            "--alpha",
            0.9,
            "--beta",
            1.5,
            "--gamma",
            0.2,
            "--unk-score",
            -6,
            "--empty-word-score",
            -1,
            "--beam",
            20,
            "--beam-threshold",
            15,
            "--token-topk",
            4,
            "--token-min-logp",
            -9
        };
    }

    private Outcome run(String command, List<?> last, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(command, "--model", model));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(last);
        Outcome outcome = HtrProgram.run(arguments.toArray());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    private List<String> read(Object... options) {
        return run("read", images, options)
                .out()
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
    }

    private <I, O> ZooModel<I, O> load(Class<I> input, Class<O> output) throws Exception {
        return Criteria.builder()
                .setTypes(input, output)
                .optModelPath(exported)
                .optTranslatorFactory(input == Input.class ? null : new HtrTranslatorFactory())
                .build()
                .loadModel();
    }

    private void assertReads(List<String> expected) throws Exception {
        try (ZooModel<Path, Hypothesis> loaded = load(Path.class, Hypothesis.class);
                Predictor<Path, Hypothesis> predictor = loaded.newPredictor()) {
            assertThat(predictor.batchPredict(images))
                    .extracting(Hypothesis::text)
                    .isEqualTo(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(predictor.predict(images.get(i)).text()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void textsOfFilesAreThoseOfReadAloneAndInABatch() throws Exception {
        run("export", List.of(exported));
        List<String> expected = read();
        assertThat(String.join("", expected)).isNotBlank();
        assertReads(expected);
    }

    @Test
    void allThatASearchKnowsIsExported() throws Exception {
        Object[] knowledge = knowledge();
        run("export", List.of(exported), knowledge);
        List<String> expected = read(knowledge);
        assertThat(expected).isNotEqualTo(read());
        for (Object option : knowledge) {
            if (option instanceof Path file) {
                Files.delete(file);
            }
        }
        assertReads(expected);
    }

    @Test
    void imagesInMemoryAreReadAsFilesAre() throws Exception {
        run("export", List.of(exported));
        try (ZooModel<Image, Hypothesis> loaded = load(Image.class, Hypothesis.class);
                Predictor<Image, Hypothesis> predictor = loaded.newPredictor()) {
            List<Image> pictures = new ArrayList<>();
            for (Path image : images) {
                pictures.add(new BufferedImageFactory().fromImage(ImageIO.read(image.toFile())));
            }
            assertThat(predictor.batchPredict(pictures))
                    .extracting(Hypothesis::text)
                    .isEqualTo(read());
        }
    }

    @Test
    void aServerAnswersFilesAndADamagedOneDoesNotSpoilItsBatch() throws Exception {
        run("export", List.of(exported));
        List<Input> requests = new ArrayList<>();
        for (Path image : images) {
            requests.add(request(Files.readAllBytes(image)));
        }
        byte[] png = Files.readAllBytes(images.get(0));
        requests.add(2, request(Arrays.copyOf(png, png.length / 2)));
        requests.add(3, request(new byte[0]));
        requests.add(4, new Input());
        try (ZooModel<Input, Output> loaded = load(Input.class, Output.class);
                Predictor<Input, Output> predictor = loaded.newPredictor()) {
            List<Output> answers = new ArrayList<>(predictor.batchPredict(requests));
            List<Output> refusals = answers.subList(2, 5);
            assertThat(refusals).extracting(Output::getCode).containsOnly(400);
            assertThat(refusals)
                    .extracting(answer -> body(answer).get("error").getAsString())
                    .satisfiesExactly(
                            error ->
                                    assertThat(error).startsWith("request: image file truncated: "),
                            error ->
                                    assertThat(error)
                                            .isEqualTo("request: image empty: it has 0 bytes"),
                            error -> assertThat(error).contains("has no content; send a file"));
            refusals.clear();
            assertThat(answers)
                    .extracting(answer -> body(answer).get("text").getAsString())
                    .isEqualTo(read());
        }
    }

    private static Input request(byte[] content) {
        Input request = new Input();
        request.add(content);
        return request;
    }

    private static JsonObject body(Output output) {
        return JsonParser.parseString(output.getData().getAsString()).getAsJsonObject();
    }
}
