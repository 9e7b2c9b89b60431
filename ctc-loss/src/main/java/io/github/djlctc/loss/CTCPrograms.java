package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.TorchScriptProgram;

import java.nio.ByteOrder;

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

    private static final int SETTINGS = 6;
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
     * @param own the numbers that only this program needs
     */
    static long[] numbers(
            CTCBatch batch, LossSettings settings, Output output, boolean recording, long[] own) {
        int samples = batch.size();
        double[] weights = settings.weights(batch);
        int reals = SETTINGS + 2 * samples;
        int pairs = reals + REGULARIZATION + samples;
        long[] numbers = new long[pairs + (samples + 1) / 2 + own.length];
        numbers[0] = settings.blank();
        numbers[1] = settings.isTimeMajor() ? 1 : 0;
        numbers[2] = settings.dropsInfinite() ? 1 : 0;
        numbers[3] = output == Output.PER_SAMPLE ? 1 : 0;
        numbers[4] = recording ? 1 : 0;
        numbers[5] = settings.isRegularized() ? 1 : 0;
        numbers[reals] = Double.doubleToRawLongBits(settings.labelSmoothing());
        numbers[reals + 1] = Double.doubleToRawLongBits(settings.blankRegularization());
        for (int n = 0; n < samples; n++) {
            numbers[SETTINGS + n] = settings.readFrames(batch, n);
            numbers[SETTINGS + samples + n] = batch.targetLength(n);
            numbers[reals + REGULARIZATION + n] = Double.doubleToRawLongBits(weights[n]);
            numbers[pairs + n / 2] |= halfOfPair(weights[n], n);
        }
        System.arraycopy(own, 0, numbers, numbers.length - own.length, own.length);
        return numbers;
    }

    /** Returns a float32 as one half of a long, so that two longs in a row are four float32. */
    private static long halfOfPair(double value, int index) {
        boolean first = index % 2 == 0 == (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        long bits = Integer.toUnsignedLong(Float.floatToRawIntBits((float) value));
        return first ? bits : bits << Integer.SIZE;
    }
}
