package io.github.djlctc.serving;

import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.PoolingModel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A folder with a model, an alphabet and {@code serving.properties} is all that DJL needs. */
class ServedModelTest {

    private static final String CHARACTERS = " abc";

    /** Between a and b the emissions hardly tell; c is sure. */
    private static final float[][] UNSURE = rows("a", "a", "c");

    @TempDir Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        Files.write(folder.resolve("model.onnx"), PoolingModel.onnx());
        Files.writeString(folder.resolve("alphabet.txt"), "<blank>\n<space>\na\nb\nc\n");
        Files.writeString(
                folder.resolve("lm.arpa"),
                """
                \\data\\
                ngram 1=5
                ngram 2=2

                \\1-grams:
                -1 </s>
                -99 <s> 0
                -5 aac 0
                -0.1 abc 0
                -9 <unk> 0

                \\2-grams:
                -0.1 <s> abc
                -0.1 abc </s>

                \\end\\
                """);
        serve("");
    }

    private void serve(String arguments) throws IOException {
        Files.writeString(
                folder.resolve("serving.properties"),
                """
                engine=OnnxRuntime
                translatorFactory=io.github.djlctc.serving.CtcTranslatorFactory
                ctc.lengths=none
                ctc.subsampling=2
                ctc.paddingValue=-1e9
                """
                        + arguments);
    }

    /**
     * Each token takes two frames, of which pooling makes one, and a blank parts it from others.
     */
    private static float[][] rows(String... tokens) {
        float[][] rows = new float[4 * tokens.length][CHARACTERS.length() + 1];
        for (int i = 0; i < tokens.length; i++) {
            int id = CHARACTERS.indexOf(tokens[i]) + 1;
            for (int t = 4 * i; t < 4 * i + 2; t++) {
                Arrays.fill(rows[t], -4);
                rows[t][id] = 2;
                rows[t][3] = Math.max(rows[t][3], tokens[i].equals("a") ? 1.9f : -4);
            }
            rows[4 * i + 2][0] = 9;
            rows[4 * i + 3][0] = 9;
        }
        return rows;
    }

    private <I, O> Criteria<I, O> criteria(Class<I> input, Class<O> output) {
        return Criteria.builder()
                .setTypes(input, output)
                .optModelPath(folder)
                .optTranslatorFactory(input == Input.class ? null : new CtcTranslatorFactory())
                .build();
    }

    private String text(float[][] features) throws Exception {
        try (ZooModel<float[][], Hypothesis> model =
                        criteria(float[][].class, Hypothesis.class).loadModel();
                Predictor<float[][], Hypothesis> predictor = model.newPredictor()) {
            return predictor.predict(features).text();
        }
    }

    @Test
    void greedyDecodingIsTheDefault() throws Exception {
        assertThat(text(UNSURE)).isEqualTo("aac");
    }

    @Test
    void argumentsGiveALanguageModelAndALexicon() throws Exception {
        serve("ctc.languageModel=lm.arpa\n");
        assertThat(text(UNSURE)).isEqualTo("abc");
        serve("ctc.languageModel=lm.arpa\nctc.alpha=0\nctc.unknownWordScore=0\n");
        assertThat(text(UNSURE)).isEqualTo("aac");
        serve("ctc.languageModel=lm.arpa\nctc.lexicon=lm\n");
        assertThat(text(rows("b", "a", "c"))).isEqualTo("abc");
        Files.writeString(folder.resolve("words.txt"), "bbc\n");
        serve("ctc.lexicon=words.txt\n");
        assertThat(text(UNSURE)).isEqualTo("bbc");
    }

    @Test
    void argumentsSayHowAVocabularyIsRead() throws Exception {
        Files.delete(folder.resolve("alphabet.txt"));
        Files.writeString(folder.resolve("keys.txt"), "a\nb\nc\n");
        serve("ctc.alphabet=keys.txt\nctc.vocabularyFormat=paddleocr_space\n");
        assertThat(text(rows(" ", "a", "c"))).isEqualTo("ab"); // classes 1, 2 and 4
        Files.writeString(folder.resolve("letters.txt"), "-\n|\na\nb\nc\n");
        serve("ctc.alphabet=letters.txt\n");
        assertThat(text(rows("b", " ", "c"))).isEqualTo("b c");
        serve("ctc.alphabet=letters.txt\nctc.wordDelimiter=none\n");
        assertThat(text(rows("b", " ", "c"))).isEqualTo("b|c");
        serve("ctc.alphabet=letters.txt\nctc.blank=4\n");
        assertThat(text(rows("b", " ", "c"))).isEqualTo("b- --");
    }

    @Test
    void argumentsGiveHotwordsAPriorAndPruning() throws Exception {
        Files.writeString(folder.resolve("hotwords.txt"), "abc\t2\n");
        Alphabet alphabet = Alphabet.read(folder.resolve("alphabet.txt"));
        LabelPrior.estimate(alphabet, List.of(new float[5 * alphabet.size()]))
                .write(folder.resolve("prior.txt"));
        serve(
                """
                ctc.decoder=beam_search
                ctc.hotwords=hotwords.txt
                ctc.labelPrior=prior.txt
                ctc.labelPriorWeight=0.4
                ctc.beamWidth=20
                ctc.beamThreshold=15
                ctc.tokenTopK=4
                ctc.tokenMinLogProbability=-9
                ctc.beta=0
                ctc.gamma=0
                ctc.emptyWordScore=-1
                ctc.threads=2
                """);
        assertThat(text(UNSURE)).isEqualTo("abc");
    }

    @Test
    void listsOfArraysAndNBestListsAreTypesToo() throws Exception {
        serve("ctc.nBest=3\n");
        try (ZooModel<NDList, BeamSearchResult> model =
                        criteria(NDList.class, BeamSearchResult.class).loadModel();
                Predictor<NDList, BeamSearchResult> predictor = model.newPredictor();
                NDManager manager = NDManager.newBaseManager("OnnxRuntime")) {
            NDArray features = manager.create(UNSURE);
            BeamSearchResult result = predictor.predict(new NDList(features));
            assertThat(result.nBest()).extracting(Hypothesis::text).hasSize(3).startsWith("aac");
            assertThat(features.toFloatArray()).hasSize(12 * 5); // still open
        }
    }

    private static Input json(String text) {
        Input input = new Input();
        input.add(text.getBytes(StandardCharsets.UTF_8));
        return input;
    }

    private static Input numpy(String type, boolean fortran, int frames, float[][] rows) {
        boolean isDouble = type.equals("<f8");
        String header =
                "{'descr': '%s', 'fortran_order': %s, 'shape': (%d, 5), }"
                        .formatted(type, fortran ? "True" : "False", frames);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + (isDouble ? 8 : 4) * 5 * rows.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 5 * rows.length; i++) {
            float value = fortran ? rows[i % rows.length][i / rows.length] : rows[i / 5][i % 5];
            if (isDouble) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat(value);
            }
        }
        Input input = new Input();
        input.add(bytes.array());
        return input;
    }

    private List<Output> answers(Input... requests) throws Exception {
        try (ZooModel<Input, Output> model = criteria(Input.class, Output.class).loadModel();
                Predictor<Input, Output> predictor = model.newPredictor()) {
            return predictor.batchPredict(List.of(requests));
        }
    }

    private static JsonObject body(Output output) {
        return JsonParser.parseString(output.getData().getAsString()).getAsJsonObject();
    }

    @Test
    void aServerAnswersRequestsOfAllForms() throws Exception {
        serve("ctc.secondsPerFrame=0.02\n");
        String list = Arrays.deepToString(rows("b", " ", "c"));
        List<Output> answers =
                answers(
                        json(list),
                        json("{\"features\": " + Arrays.deepToString(UNSURE) + "}"),
                        numpy("<f4", false, 12, UNSURE),
                        numpy("<f8", false, 12, UNSURE),
                        numpy("<f4", true, 12, UNSURE));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.getCode()).isEqualTo(200));
        assertThat(answers)
                .extracting(answer -> body(answer).get("text").getAsString())
                .containsExactly("b c", "aac", "aac", "aac", "aac");
        JsonObject word = body(answers.get(0)).getAsJsonArray("words").get(1).getAsJsonObject();
        assertThat(word.get("word").getAsString()).isEqualTo("c");
        assertThat(word.get("start").getAsDouble()).isEqualTo(4 * 0.02);
        assertThat(word.get("end").getAsDouble()).isEqualTo(5 * 0.02);
        assertThat(word.get("confidence").getAsDouble()).isBetween(0.9, 1.0);
    }

    @Test
    void nBestListsAndHotwordsAreInAnswers() throws Exception {
        Files.writeString(folder.resolve("hotwords.txt"), "abc\t2\n");
        serve("ctc.nBest=2\nctc.hotwords=hotwords.txt\n");
        JsonObject body = body(answers(json(Arrays.deepToString(UNSURE))).get(0));
        assertThat(body.getAsJsonArray("nbest")).hasSize(2);
        assertThat(body.getAsJsonArray("hotwords").get(0).getAsJsonObject().get("status"))
                .hasToString("\"APPLIED\"");
    }

    @Test
    void aBadRequestDoesNotSpoilItsBatch() throws Exception {
        String good = Arrays.deepToString(UNSURE);
        String[] bad = {
            "{\"features\": [",
            "{\"feature\": " + good + "}",
            "[]",
            "[[1, 2, 3, 4, 5], [1, 2]]",
            "[[1, 2, \"3\", 4, 5]]",
            "[[1, 2, 1e99, 4, 5]]",
            "[1, 2]"
        };
        Input[] requests = new Input[bad.length + 7];
        requests[0] = json(good);
        for (int i = 0; i < bad.length; i++) {
            requests[i + 1] = json(bad[i]);
        }
        requests[bad.length + 1] = new Input();
        requests[bad.length + 2] = numpy("<f4", false, 13, UNSURE);
        requests[bad.length + 3] = numpy("<f2", false, 12, UNSURE);
        requests[bad.length + 4] = numpy("<f4", false, 0, new float[0][]);
        requests[bad.length + 5] = numpy("<f4", false, 1, new float[][] {{0, 0, Float.NaN, 0, 0}});
        requests[bad.length + 6] = json(good);
        List<Output> answers = answers(requests);
        assertThat(body(answers.get(0)).get("text").getAsString()).isEqualTo("aac");
        assertThat(body(answers.get(requests.length - 1)).get("text").getAsString())
                .isEqualTo("aac");
        List<Output> refusals = answers.subList(1, requests.length - 1);
        assertThat(refusals).allSatisfy(answer -> assertThat(answer.getCode()).isEqualTo(400));
        assertThat(refusals)
                .extracting(answer -> body(answer).get("error").getAsString())
                .satisfiesExactly(
                        error -> assertThat(error).contains("cannot be read; send a list of"),
                        error -> assertThat(error).contains("holds no features; send a list of"),
                        error -> assertThat(error).contains("holds no features"),
                        error ->
                                assertThat(error)
                                        .isEqualTo("frame 1 has 2 values, but frame 0 has 5"),
                        error -> assertThat(error).contains("frame 0, value 2"),
                        error -> assertThat(error).contains("frame 0, value 2"),
                        error -> assertThat(error).contains("frame 0 is not a list of numbers"),
                        error -> assertThat(error).isEqualTo("the request has no content"),
                        error ->
                                assertThat(error)
                                        .contains("needs 260 bytes, but 240 follow the header"),
                        error -> assertThat(error).contains("the type '<f2' is neither"),
                        error -> assertThat(error).contains("the shape (0, 5), which has no frame"),
                        error ->
                                assertThat(error)
                                        .contains("value 2 of the NumPy array is no number"));
    }

    @Test
    void arraysWithoutAFrameDoNotSpoilTheirBatch() throws Exception {
        try (NDManager manager = NDManager.newBaseManager("OnnxRuntime")) {
            Input empty = new Input();
            empty.add(manager.create(new float[0], new Shape(0, 5)));
            Input scalar = new Input();
            scalar.add(manager.create(1f));
            List<Output> answers = answers(json(Arrays.deepToString(UNSURE)), empty, scalar);
            assertThat(answers).extracting(Output::getCode).containsExactly(200, 400, 400);
            assertThat(body(answers.get(1)).get("error").getAsString())
                    .isEqualTo(
                            "the features have the shape (0, 5), which has no frame, or frames of"
                                    + " no value");
        }
    }

    @Test
    void callersInThisJvmGetWholeResultsAndRefusals() throws Exception {
        serve("ctc.nBest=3\nctc.secondsPerFrame=0.02\n");
        try (ZooModel<Input, Output> model = criteria(Input.class, Output.class).loadModel();
                ZooModel<float[][], BeamSearchResult> other =
                        criteria(float[][].class, BeamSearchResult.class).loadModel();
                Predictor<float[][], BeamSearchResult> expected = other.newPredictor()) {
            RequestTranslator translator =
                    ((CtcServingTranslator) model.getTranslator()).toOutcomes(model);
            try (Predictor<Input, RequestOutcome> predictor =
                    model.newPredictor(translator, model.getNDManager().getDevice())) {
                assertThat(
                                predictor.batchPredict(
                                        List.of(json("{"), json(Arrays.deepToString(UNSURE)))))
                        .satisfiesExactly(
                                refusal ->
                                        assertThat(((RequestOutcome.Refused) refusal).problem())
                                                .contains("cannot be read; send a list of"),
                                recognised ->
                                        assertThat(recognised)
                                                .isEqualTo(
                                                        new RequestOutcome.Recognised(
                                                                expected.predict(UNSURE))));
            }
            assertThat(translator.secondsPerFrame()).hasValue(0.02);
        }
    }

    @Test
    void greedyResultsAreListsOfOne() throws Exception {
        try (ZooModel<Input, Output> model = criteria(Input.class, Output.class).loadModel();
                Predictor<Input, RequestOutcome> predictor =
                        model.newPredictor(
                                ((CtcServingTranslator) model.getTranslator()).toOutcomes(model),
                                model.getNDManager().getDevice())) {
            RequestOutcome outcome = predictor.predict(json(Arrays.deepToString(UNSURE)));
            BeamSearchResult result = ((RequestOutcome.Recognised) outcome).result();
            assertThat(result.nBest()).extracting(Hypothesis::text).containsExactly("aac");
            assertThat(result.hotwords()).isEmpty();
        }
    }

    @Test
    void aBatchOfBadRequestsOnlyIsAnswered() throws Exception {
        assertThat(answers(json("?"), json("[]")))
                .extracting(Output::getCode)
                .containsExactly(400, 400);
    }

    @Test
    void theServingTranslatorReadsItsArgumentsItself() throws Exception {
        CtcServingTranslator translator = new CtcServingTranslator();
        translator.setArguments(
                java.util.Map.of(
                        "ctc.lengths", "none", "ctc.subsampling", "2", "ctc.paddingValue", "-1e9"));
        try (ZooModel<Input, Output> model =
                Criteria.builder()
                        .setTypes(Input.class, Output.class)
                        .optModelPath(folder)
                        .optEngine("OnnxRuntime")
                        .optTranslator(translator)
                        .build()
                        .loadModel()) {
            for (int i = 0; i < 2; i++) {
                try (Predictor<Input, Output> predictor = model.newPredictor()) {
                    Output output = predictor.predict(json(Arrays.deepToString(UNSURE)));
                    assertThat(body(output).get("text").getAsString()).isEqualTo("aac");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ctc.langaugeModel=lm.arpa; there is no argument ctc.langaugeModel; those that",
                "ctc.languageModel=none.arpa; argument ctc.languageModel: there is no file",
                "ctc.alphabet=none.txt; argument ctc.alphabet: there is no file",
                "ctc.vocabularyFormat=paddle; but must be one of [alphabet_json, token_list,",
                "ctc.wordDelimiter=x; argument ctc.wordDelimiter: the word delimiter \"x\" is not",
                "ctc.blank=77; 77",
                "ctc.beamWidth=many; argument ctc.beamWidth is \"many\", but must be a whole number",
                "ctc.beamWidth=0; argument ctc.beamWidth: the beam width must be 1 or more",
                "ctc.beamWidth=1000000000; argument ctc.beamWidth: 1000000000 is more than 100000",
                "ctc.alpha=1; argument ctc.alpha has no meaning without ctc.languageModel",
                "ctc.emissionScale=log; but must be one of [logits, probabilities]",
                "ctc.decoder=greedy\\nctc.nBest=2; ctc.nBest has no meaning with ctc.decoder=greedy",
                "ctc.lexicon=lm; argument ctc.lexicon is lm, but there is no ctc.languageModel",
                "ctc.labelPriorWeight=0.5; has no meaning without ctc.labelPrior",
                "ctc.subsampling=0; argument ctc.subsampling: the subsampling must be 1 or more",
                "ctc.secondsPerFrame=0; argument ctc.secondsPerFrame must be above 0 and at most 60, but is 0.0",
                "ctc.secondsPerFrame=Infinity; argument ctc.secondsPerFrame must be above 0 and at",
                "ctc.timeDimension=-1; argument ctc.timeDimension: the dimension of time must be 0",
                "ctc.padToMultipleOf=0; argument ctc.padToMultipleOf: the padded length must be",
                "ctc.paddingValue=NaN; argument ctc.paddingValue: the padding must be a number",
                "ctc.paddingValue=1e99; argument ctc.paddingValue: 1.0E99 is too large for single",
                "ctc.threads=0; argument ctc.threads: 0 threads; at least 1 is needed",
                "CTC.alpha=1; there is no argument CTC.alpha; those that"
            })
    void wrongArgumentsAreNamedWhenTheModelIsLoaded(String argument, String message)
            throws IOException {
        serve("");
        Path properties = folder.resolve("serving.properties");
        String rest = Files.readString(properties).replace("ctc.subsampling=2\n", "");
        Files.writeString(properties, rest + argument.replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> criteria(Input.class, Output.class).loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void damagedFilesAreNamedWhenTheModelIsLoaded() throws IOException {
        serve("ctc.languageModel=alphabet.txt\n");
        assertThatThrownBy(() -> criteria(float[][].class, Hypothesis.class).loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alphabet.txt");
        Files.delete(folder.resolve("alphabet.txt"));
        serve("");
        assertThatThrownBy(() -> criteria(float[][].class, Hypothesis.class).loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no alphabet: the folder")
                .hasMessageContaining("name its file by the argument ctc.alphabet");
    }

    @Test
    void anAlphabetOfAnotherSizeIsNamed() throws Exception {
        Files.writeString(folder.resolve("alphabet.txt"), "<blank>\na\nb\nc\n");
        assertThatThrownBy(() -> text(UNSURE))
                .rootCause()
                .hasMessageContaining("each frame has 5 classes, but the alphabet has 4 tokens");
    }

    @Test
    void aLanguageModelThatFitsNothingIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("lm.arpa"),
                Files.readString(folder.resolve("lm.arpa"))
                        .replace("aac", "XYZ")
                        .replace("abc", "UVW"));
        serve("ctc.languageModel=lm.arpa\n");
        assertThatThrownBy(() -> text(UNSURE))
                .hasMessageContaining("argument ctc.languageModel: ")
                .hasMessageContaining("the alphabet can spell 0 of the 2 words");
    }
}
