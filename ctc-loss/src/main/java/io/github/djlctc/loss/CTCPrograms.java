package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.TorchScriptProgram;

/**
 * The TorchScript programs of the loss and the argument they share, which {@code ctc_common.py}
 * describes.
 */
final class CTCPrograms {

    static final TorchScriptProgram DENSE = program("ctc_dense.py");
    static final TorchScriptProgram COMPACT = program("ctc_compact.py");
    static final TorchScriptProgram ATTACH = program("ctc_attach.py");
    static final TorchScriptProgram BLOCKS =
            TorchScriptProgram.ofResource(CTCPrograms.class, "ctc_blocks.py");
    static final TorchScriptProgram BLOCKS_ATTACH =
            TorchScriptProgram.ofResource(CTCPrograms.class, "ctc_blocks_attach.py");

    private static final int SETTINGS = 5;
    private static final int REGULARIZATION = 2;

    /** What a program returns. */
    enum Output {
        REDUCED,
        PER_SAMPLE
    }

    private CTCPrograms() {}

    private static TorchScriptProgram program(String resource) {
        return TorchScriptProgram.ofResource(CTCPrograms.class, resource, "ctc_common.py");
    }

    /**
     * Writes the argument {@code numbers}.
     *
     * @param own what the program itself needs, one after another
     */
    static double[] numbers(
            CTCBatch batch, LossSettings settings, Output output, boolean recording, double[] own) {
        int samples = batch.size();
        double[] weights = settings.weights(batch);
        int lengths = SETTINGS;
        int reals = lengths + 2 * samples;
        double[] numbers = new double[reals + REGULARIZATION + samples + own.length];
        numbers[0] = settings.blank();
        numbers[1] = settings.isTimeMajor() ? 1 : 0;
        numbers[2] = settings.dropsInfinite() ? 1 : 0;
        numbers[3] = output == Output.PER_SAMPLE ? 1 : 0;
        numbers[4] = recording ? 1 : 0;
        numbers[reals] = settings.labelSmoothing();
        numbers[reals + 1] = settings.blankRegularization();
        for (int n = 0; n < samples; n++) {
            numbers[lengths + n] = settings.readFrames(batch, n);
            numbers[lengths + samples + n] = batch.targetLength(n);
            numbers[reals + REGULARIZATION + n] = weights[n];
        }
        System.arraycopy(own, 0, numbers, numbers.length - own.length, own.length);
        return numbers;
    }
}
