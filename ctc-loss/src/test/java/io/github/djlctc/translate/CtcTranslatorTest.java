package io.github.djlctc.translate;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a predictor makes of inputs is what the decoder makes of each one's emissions. */
class CtcTranslatorTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|abcd");
    private static final int CLASSES = LETTERS.size();
    private static final CTCDecoder GREEDY = new GreedyDecoder(LETTERS);
    private static final BeamSearchDecoder BEAM_SEARCH =
            BeamSearchDecoder.builder().setAlphabet(LETTERS).optNBest(3).build();

    /** Emissions of the lengths 1 to 12, as [frame][class]. */
    private static final List<float[][]> INPUTS = inputs();

    private static List<float[][]> inputs() {
        Random random = new Random(11);
        return IntStream.of(7, 1, 12, 12, 5, 2, 9)
                .mapToObj(
                        frames -> {
                            float[][] rows = new float[frames][CLASSES];
                            for (float[] row : rows) {
                                for (int id = 0; id < CLASSES; id++) {
                                    row[id] = (float) (4 * random.nextGaussian());
                                }
                            }
                            return rows;
                        })
                .toList();
    }

    private static CtcTranslator.Builder<float[][]> pooling(CTCDecoder decoder) {
        return CtcTranslator.<float[][]>builder()
                .setFeatures((manager, rows) -> manager.create(rows))
                .setDecoder(decoder)
                .optPaddingValue(-1e9f) // never the maximum of two frames
                .optLengths(LengthsInput.NONE)
                .optSubsampling(2);
    }

    /** Returns the row-major maxima of each two frames. */
    private static float[] pooled(float[][] rows) {
        int frames = (rows.length + 1) / 2;
        float[] values = new float[frames * CLASSES];
        for (int i = 0; i < values.length; i++) {
            int frame = 2 * (i / CLASSES);
            int last = Math.min(frame + 1, rows.length - 1);
            values[i] = Math.max(rows[frame][i % CLASSES], rows[last][i % CLASSES]);
        }
        return values;
    }

    private static Hypothesis expected(CTCDecoder decoder, float[][] rows) {
        return decoder.decode(pooled(rows), (rows.length + 1) / 2);
    }

    private static List<String> texts(List<Hypothesis> hypotheses) {
        return hypotheses.stream().map(Hypothesis::text).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aBatchGivesWhatEachInputGivesAlone(PoolingModel engine) throws Exception {
        for (CTCDecoder decoder : List.of(GREEDY, BEAM_SEARCH)) {
            CtcTranslator<float[][]> translator = pooling(decoder).optThreads(2).build();
            try (Model model = engine.load();
                    Predictor<float[][], Hypothesis> predictor = model.newPredictor(translator)) {
                List<Hypothesis> together = predictor.batchPredict(INPUTS);
                List<Hypothesis> alone = new ArrayList<>();
                for (float[][] input : INPUTS) {
                    alone.add(predictor.predict(input));
                }
                List<Hypothesis> expected =
                        INPUTS.stream().map(rows -> expected(decoder, rows)).toList();
                assertThat(texts(together)).isEqualTo(texts(expected));
                assertThat(texts(alone)).isEqualTo(texts(expected));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nBestListsAreThoseOfTheBeamSearch(PoolingModel engine) throws Exception {
        try (Model model = engine.load();
                Predictor<float[][], BeamSearchResult> predictor =
                        model.newPredictor(pooling(BEAM_SEARCH).buildNBest())) {
            List<BeamSearchResult> expected =
                    INPUTS.stream()
                            .map(rows -> BEAM_SEARCH.search(pooled(rows), (rows.length + 1) / 2))
                            .toList();
            assertThat(predictor.batchPredict(INPUTS)).isEqualTo(expected);
            assertThat(predictor.predict(INPUTS.get(0))).isEqualTo(expected.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noInputGivesNoText(PoolingModel engine) throws Exception {
        try (Model model = engine.load();
                Predictor<float[][], Hypothesis> predictor =
                        model.newPredictor(pooling(GREEDY).build());
                Predictor<float[][], BeamSearchResult> lists =
                        model.newPredictor(pooling(BEAM_SEARCH).buildNBest())) {
            assertThat(predictor.batchPredict(List.of())).isEmpty();
            assertThat(lists.batchPredict(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void predictorsOnSeveralThreadsShareATranslator(PoolingModel engine) throws Exception {
        CtcTranslator<float[][]> translator = pooling(BEAM_SEARCH).build();
        List<String> expected =
                INPUTS.stream().map(rows -> expected(BEAM_SEARCH, rows).text()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Model model = engine.load()) {
            Callable<List<String>> task =
                    () -> {
                        try (Predictor<float[][], Hypothesis> predictor =
                                model.newPredictor(translator)) {
                            List<String> texts = List.of();
                            for (int i = 0; i < 20; i++) {
                                texts = texts(predictor.batchPredict(INPUTS));
                            }
                            return texts;
                        }
                    };
            List<Future<List<String>>> results = threads.invokeAll(List.of(task, task, task, task));
            for (Future<List<String>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs a batch through a block on PyTorch. */
    private static List<Hypothesis> predict(
            Function<NDList, NDList> block, Translator<float[][], Hypothesis> translator)
            throws TranslateException {
        try (Model model = Model.newInstance("block", "PyTorch")) {
            model.setBlock(new LambdaBlock(block, "block"));
            try (Predictor<float[][], Hypothesis> predictor = model.newPredictor(translator)) {
                return predictor.batchPredict(INPUTS);
            }
        }
    }

    private static List<String> textsWithoutPooling() {
        return INPUTS.stream()
                .map(
                        rows -> {
                            float[] values = new float[rows.length * CLASSES];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = rows[i / CLASSES][i % CLASSES];
                            }
                            return GREEDY.decode(values, rows.length).text();
                        })
                .toList();
    }

    private static CtcTranslator.Builder<float[][]> plain() {
        return CtcTranslator.<float[][]>builder()
                .setFeatures((manager, rows) -> manager.create(rows))
                .setDecoder(GREEDY);
    }

    @Test
    void lengthsThatTheModelPutsOutCount() throws TranslateException {
        assertThat(texts(predict(input -> input, plain().build())))
                .isEqualTo(textsWithoutPooling());
        Function<NDList, NDList> oneFrameEach =
                input -> new NDList(input.get(0), input.get(1).onesLike());
        assertThat(predict(oneFrameEach, plain().build()))
                .allSatisfy(hypothesis -> assertThat(hypothesis.tokens()).hasSizeLessThan(2));
    }

    @Test
    void asManyFramesAsStepsAreTheLengthsOfTheFeatures() throws TranslateException {
        Function<NDList, NDList> first = input -> new NDList(input.get(0));
        assertThat(texts(predict(first, plain().build()))).isEqualTo(textsWithoutPooling());
    }

    @Test
    void timeMayComeFirst() throws TranslateException {
        Function<NDList, NDList> turn =
                input -> new NDList(input.get(0).swapAxes(0, 1), input.get(1));
        assertThat(texts(predict(turn, plain().optLayout(EmissionLayout.TIME_MAJOR).build())))
                .isEqualTo(textsWithoutPooling());
    }

    @ParameterizedTest
    @CsvSource({"INT64, INT64", "INT32, INT32"})
    void theModelIsGivenLengths(LengthsInput lengths, DataType type) throws TranslateException {
        List<String> seen = new ArrayList<>();
        Function<NDList, NDList> block =
                input -> {
                    seen.add(input.get(0).getShape().toString());
                    NDArray array = input.get(1);
                    seen.add(array.getDataType() + " " + array.getShape());
                    seen.add(Arrays.toString(array.toArray()));
                    return new NDList(input.get(0));
                };
        assertThat(texts(predict(block, plain().optLengths(lengths).build())))
                .isEqualTo(textsWithoutPooling());
        assertThat(seen).containsExactly("(7, 12, 6)", type + " (7)", "[7, 1, 12, 12, 5, 2, 9]");
    }

    @Test
    void theModelIsGivenAMaskOrNothing() throws TranslateException {
        List<String> seen = new ArrayList<>();
        Function<NDList, NDList> block =
                input -> {
                    seen.add(input.size() + " " + input.get(0).getShape());
                    if (input.size() > 1) {
                        seen.add(input.get(1).getShape().toString());
                        seen.add(Arrays.toString(input.get(1).sum(new int[] {1}).toArray()));
                    }
                    return new NDList(input.get(0));
                };
        predict(
                block,
                plain().optLengths(LengthsInput.MASK)
                        .optPadToMultipleOf(8)
                        .optSubsampling(1)
                        .build());
        predict(block, plain().optLengths(LengthsInput.NONE).build());
        assertThat(seen).hasSize(4);
        assertThat(seen.get(0)).isEqualTo("2 (7, 16, 6)");
        assertThat(seen.get(1)).isEqualTo("(7, 16)");
        assertThat(seen.get(2)).isEqualTo("[7, 1, 12, 12, 5, 2, 9]");
        assertThat(seen.get(3)).isEqualTo("1 (7, 12, 6)");
    }

    @Test
    void unknownValidFramesNameTheRemedy() {
        Function<NDList, NDList> everySecond = input -> new NDList(input.get(0).get(":, ::2"));
        assertThatThrownBy(
                        () -> predict(everySecond, plain().optLengths(LengthsInput.NONE).build()))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage(
                        "of features with 12 steps the model made emissions with 6 frames, and no"
                                + " lengths; which of them are padding is not known: call"
                                + " optSubsampling");
        assertThatThrownBy(() -> predict(everySecond, pooling(GREEDY).optSubsampling(4).build()))
                .hasRootCauseMessage(
                        "the subsampling makes 3 frames of 12 steps of features, but the model made"
                                + " 6: give optSubsampling the model's own function, with its"
                                + " rounding");
    }

    @Test
    void outputThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> predict(input -> new NDList(), plain().build()))
                .hasRootCauseMessage("the model has put out no array");
        assertThatThrownBy(
                        () ->
                                predict(
                                        input -> new NDList(input.get(0).get(":, :, :5")),
                                        plain().build()))
                .rootCause()
                .hasMessageContaining("each frame has 5 classes, but the alphabet has 6 tokens");
        assertThatThrownBy(
                        () ->
                                predict(
                                        input -> new NDList(input.get(0).swapAxes(0, 1)),
                                        plain().build()))
                .rootCause()
                .hasMessageContaining("was given 7 samples, but its emissions (12, 7, 6) hold 12")
                .hasMessageContaining("another than BATCH_MAJOR?");
    }

    @Test
    void featuresThatDifferInMoreThanTimeNameTheSample() throws Exception {
        try (Model model = PoolingModel.PYTORCH.load();
                Predictor<float[][], Hypothesis> predictor =
                        model.newPredictor(pooling(GREEDY).build())) {
            assertThatThrownBy(
                            () -> predictor.batchPredict(List.of(new float[4][6], new float[2][5])))
                    .hasRootCauseMessage(
                            "sample 1: the features are float32 (2, 5), but those of sample 0 are"
                                    + " float32 (4, 6); in a batch they may differ in dimension 0"
                                    + " (time, counted from 0) only: see optTimeDimension");
        }
    }

    @Test
    void featuresWithoutAStepNameTheSample() {
        CtcTranslator<float[][]> translator =
                CtcTranslator.<float[][]>builder()
                        .setFeatures(
                                (manager, rows) ->
                                        rows.length == 12
                                                ? manager.zeros(new Shape(0, CLASSES))
                                                : manager.create(rows))
                        .setDecoder(GREEDY)
                        .build();
        assertThatThrownBy(() -> predict(input -> input, translator))
                .isInstanceOf(TranslateException.class)
                .rootCause()
                .hasMessageStartingWith("sample 2: the features have the shape (0, 6)");
    }

    @Test
    void whatFeaturesThrowReachesTheCaller() {
        CtcTranslator<float[][]> translator =
                CtcTranslator.<float[][]>builder()
                        .setFeatures(
                                (manager, rows) -> {
                                    throw new IOException("no such sound");
                                })
                        .setDecoder(GREEDY)
                        .build();
        assertThatThrownBy(() -> predict(input -> input, translator))
                .isInstanceOf(TranslateException.class)
                .hasRootCauseMessage("no such sound");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> CtcTranslator.builder().setDecoder(GREEDY).build())
                .hasMessage("setFeatures was not called");
        assertThatThrownBy(
                        () ->
                                CtcTranslator.<float[][]>builder()
                                        .setFeatures((manager, rows) -> manager.create(rows))
                                        .build())
                .hasMessage("setDecoder was not called");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().optThreads(0).build())
                .withMessageContaining("0 threads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().optSubsampling(0))
                .withMessageContaining("must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain().buildNBest())
                .withMessageContaining("needs a BeamSearchDecoder, but the decoder is a Greedy");
        assertThatIllegalArgumentException().isThrownBy(() -> plain().optTimeDimension(-1).build());
    }

    @CountsArrays
    void predictionsLeaveNoArrays() throws Exception {
        try (Model model = PoolingModel.PYTORCH.load();
                Predictor<float[][], Hypothesis> predictor =
                        model.newPredictor(pooling(GREEDY).build())) {
            predictor.batchPredict(INPUTS);
            int before = model.getNDManager().getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                predictor.batchPredict(INPUTS);
            }
            assertThat(model.getNDManager().getManagedArrays()).hasSize(before);
        }
    }
}
