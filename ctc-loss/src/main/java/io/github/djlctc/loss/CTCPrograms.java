package io.github.djlctc.loss;

import io.github.djlctc.dataset.CTCBatch;
import io.github.djlctc.engine.TorchScriptProgram;

/**
 * The TorchScript programs of the loss and the arguments they share, which {@code ctc_common.py}
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

    private CTCPrograms() {}

    private static TorchScriptProgram program(String resource) {
        return TorchScriptProgram.ofResource(CTCPrograms.class, resource, "ctc_common.py");
    }

    static long[] integers(CTCBatch batch, LossSettings settings) {
        int samples = batch.size();
        long[] integers = new long[3 + 2 * samples];
        integers[0] = settings.blank();
        integers[1] = settings.isTimeMajor() ? 1 : 0;
        integers[2] = settings.dropsInfinite() ? 1 : 0;
        for (int n = 0; n < samples; n++) {
            integers[3 + n] = settings.readFrames(batch, n);
            integers[3 + samples + n] = batch.targetLength(n);
        }
        return integers;
    }

    static double[] reals(CTCBatch batch, LossSettings settings, double... more) {
        double[] weights = settings.weights(batch);
        double[] reals = new double[2 + weights.length + more.length];
        reals[0] = settings.labelSmoothing();
        reals[1] = settings.blankRegularization();
        System.arraycopy(weights, 0, reals, 2, weights.length);
        System.arraycopy(more, 0, reals, 2 + weights.length, more.length);
        return reals;
    }
}
