package io.github.djlctc.translate;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.TimeConvolution;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways of docs/guide/inference.md from a file to texts. */
class CriteriaTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    @TempDir Path folder;

    @Test
    void aModelOfThisLibraryComesWithItsAlphabet() throws Exception {
        List<float[][]> inputs = List.of(new float[][] {{1}, {-1}, {3}}, new float[][] {{2}});
        List<String> texts;
        try (Model model = Model.newInstance("recogniser");
                NDManager manager = NDManager.newBaseManager()) {
            model.setBlock(block());
            model.getBlock()
                    .initialize(manager, DataType.FLOAT32, new Shape(1, 3, 1), new Shape(1));
            ModelAlphabet.set(model, LETTERS);
            model.save(folder.resolve("recogniser"), "recogniser");
            texts = texts(model, inputs);
        }

        Criteria<NDList, NDList> criteria =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(folder.resolve("recogniser"))
                        .optBlock(block())
                        .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel()) {
            assertThat(texts(model, inputs)).isEqualTo(texts);
        }
    }

    private static List<String> texts(Model model, List<float[][]> inputs) throws Exception {
        CtcTranslator<float[][]> translator =
                CtcTranslator.<float[][]>builder()
                        .setFeatures((manager, frames) -> manager.create(frames))
                        .setDecoder(new GreedyDecoder(ModelAlphabet.of(model).orElseThrow()))
                        .build();
        try (Predictor<float[][], Hypothesis> predictor = model.newPredictor(translator)) {
            return predictor.batchPredict(inputs).stream().map(Hypothesis::toString).toList();
        }
    }

    private static Block block() {
        return new SequentialBlock()
                .add(TimeConvolution.builder().setChannels(3).optStride(2).build())
                .add(PackedLSTM.builder().setStateSize(2).build())
                .add(FramewiseBlock.of(Linear.builder().setUnits(LETTERS.size()).build()));
    }

    @Test
    void anOnnxFileMayGiveProbabilities() throws Exception {
        Path file = folder.resolve("model.onnx");
        OnnxFile onnx =
                new OnnxFile()
                        .input("frames", OnnxFile.FLOAT, "N", "T", "C")
                        .node("Softmax", "frames", "emissions", List.of())
                        .output("emissions", OnnxFile.FLOAT, "N", "T", "C");
        Files.write(file, onnx.toBytes());
        CtcTranslator<float[][]> translator =
                CtcTranslator.<float[][]>builder()
                        .setFeatures((manager, frames) -> manager.create(frames))
                        .setDecoder(
                                BeamSearchDecoder.builder()
                                        .setAlphabet(LETTERS)
                                        .optEmissionScale(EmissionScale.PROBABILITIES)
                                        .build())
                        .optLengths(LengthsInput.NONE)
                        .build();
        Criteria<float[][], Hypothesis> criteria =
                Criteria.builder()
                        .setTypes(float[][].class, Hypothesis.class)
                        .optModelPath(file)
                        .optEngine("OnnxRuntime")
                        .optOption("intraOpNumThreads", "1")
                        .optTranslator(translator)
                        .build();
        try (ZooModel<float[][], Hypothesis> model = criteria.loadModel();
                Predictor<float[][], Hypothesis> predictor = model.newPredictor()) {
            assertThat(predictor.predict(frames(2, 0, 3, 3)).text()).isEqualTo("ab");
        }
    }

    /** The model makes a frame of four samples. */
    @Test
    void aTorchScriptFileMayTakeSamplesAlone() throws Exception {
        Path file = folder.resolve("wav2vec2.pt");
        TorchScriptProgram.ofResource(CriteriaTest.class, "frames_of_four.py").writeTo(file);
        CtcTranslator<float[]> translator =
                CtcTranslator.<float[]>builder()
                        .setFeatures((manager, samples) -> manager.create(samples))
                        .setDecoder(new GreedyDecoder(LETTERS))
                        .optLengths(LengthsInput.NONE)
                        .optPadToMultipleOf(4)
                        .optSubsampling(samples -> samples / 4)
                        .build();
        Criteria<float[], Hypothesis> criteria =
                Criteria.builder()
                        .setTypes(float[].class, Hypothesis.class)
                        .optModelPath(file)
                        .optEngine("PyTorch")
                        .optTranslator(translator)
                        .build();
        try (ZooModel<float[], Hypothesis> model = criteria.loadModel();
                Predictor<float[], Hypothesis> predictor = model.newPredictor()) {
            List<float[]> sounds = List.of(flat(frames(2, 3, 0, 3)), flat(frames(2)));
            assertThat(predictor.batchPredict(sounds))
                    .extracting(Hypothesis::text)
                    .containsExactly("abb", "a");
        }
    }

    /** Rows (T,C) in which the given classes are likeliest. */
    private static float[][] frames(int... ids) {
        float[][] rows = new float[ids.length][LETTERS.size()];
        for (int t = 0; t < ids.length; t++) {
            rows[t][ids[t]] = 9;
        }
        return rows;
    }

    private static float[] flat(float[][] rows) {
        float[] values = new float[rows.length * LETTERS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i / LETTERS.size()][i % LETTERS.size()];
        }
        return values;
    }
}
