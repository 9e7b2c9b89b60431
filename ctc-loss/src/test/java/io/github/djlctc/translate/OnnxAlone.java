package io.github.djlctc.translate;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.List;

/** Pads, runs a model and decodes with ONNX Runtime only, and prints the texts. */
final class OnnxAlone {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    private OnnxAlone() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("PyTorch " + Engine.hasEngine("PyTorch"));
        printTranslated();
        printDecoded();
        printPadded();
    }

    /** Each class is likeliest in two frames, so that pooling leaves one. */
    private static float[][] rows(int... ids) {
        float[][] rows = new float[2 * ids.length][LETTERS.size()];
        for (int i = 0; i < ids.length; i++) {
            rows[2 * i][ids[i]] = 9;
            rows[2 * i + 1][ids[i]] = 8;
        }
        return rows;
    }

    private static void printTranslated() throws Exception {
        List<float[][]> inputs = List.of(rows(2, 1, 3, 0, 3), rows(3), rows(2, 2, 0, 2));
        CTCDecoder beamSearch = BeamSearchDecoder.builder().setAlphabet(LETTERS).build();
        for (CTCDecoder decoder : List.of(new GreedyDecoder(LETTERS), beamSearch)) {
            CtcTranslator<float[][]> translator =
                    CtcTranslator.<float[][]>builder()
                            .setFeatures((manager, rows) -> manager.create(rows))
                            .setDecoder(decoder)
                            .optPaddingValue(-1e9f)
                            .optLengths(LengthsInput.NONE)
                            .optSubsampling(2)
                            .build();
            try (Model model = PoolingModel.ONNX.load();
                    Predictor<float[][], Hypothesis> predictor = model.newPredictor(translator)) {
                System.out.println(
                        "texts "
                                + predictor.batchPredict(inputs).stream()
                                        .map(Hypothesis::text)
                                        .toList());
            }
        }
    }

    private static void printDecoded() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray emissions = manager.create(rows(2, 1, 3));
            BatchDecoder decoder = BatchDecoder.of(new GreedyDecoder(LETTERS), 1);
            System.out.println("text " + decoder.decode(emissions).text());
        }
    }

    private static void printPadded() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList[] samples = {
                new NDList(manager.create(new float[] {1, 2})),
                new NDList(manager.create(new float[] {3}))
            };
            NDList batch =
                    VariableLengthBatchifier.builder().addPad(0, 0, -1).build().batchify(samples);
            NDArray padded = batch.get(0);
            if (!padded.getShape().equals(new Shape(2, 2))) {
                throw new IllegalStateException("shape " + padded.getShape());
            }
            System.out.println(
                    "batch "
                            + Arrays.toString(padded.toFloatArray())
                            + " "
                            + Arrays.toString(batch.get(1).toLongArray()));
        }
    }
}
