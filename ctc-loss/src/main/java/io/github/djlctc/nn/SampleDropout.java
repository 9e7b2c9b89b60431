package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TorchScriptProgram;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * Dropout (Srivastava et al. 2014) that draws for each sample by itself, in training only: each
 * value is set to 0 with the probability of the rate p, and otherwise multiplied by 1/(1-p).
 *
 * <p>On the CPU what is dropped depends on the seed of the sample alone. The seeds are those of the
 * {@link SampleSeeds} that the parameter store is, and drawn by the engine's generator if it is
 * none. On other devices this is DJL's {@link Dropout}, whose generator all threads of a process
 * share.
 *
 * <p>Input: {@code [x (N,...)]}, float16, float32 or float64, and any other arrays. Output: x with
 * dropout, and the other arrays as they came. Files of its parameters are those of DJL's block.
 */
public final class SampleDropout extends AbstractBlock {

    /** That of DJL's block. */
    private static final byte VERSION = 2;

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(SampleDropout.class, "dropout.py", "dropout_common.py");

    private final float rate;

    private SampleDropout(float rate) {
        super(VERSION);
        this.rate = rate;
    }

    /**
     * Creates a block.
     *
     * @param rate the share of values set to zero, 0 to below 1
     * @return the block
     * @throws IllegalArgumentException if the rate is out of its range
     */
    public static SampleDropout of(float rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout " + rate + " is not from 0 to below 1");
        }
        return new SampleDropout(rate);
    }

    /**
     * Drops values.
     *
     * @throws io.github.djlctc.engine.TensorMismatchException if the values are of another type, or
     *     not of as many samples as the parameter store has seeds
     */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray input = inputs.head();
        TensorCheck.of("the input", input).isFloating();
        NDArray output =
                training && rate > 0
                        ? drop(parameterStore, input, rate)
                        : Dropout.dropout(input, rate, false).singletonOrThrow();
        return new NDList(output).addAll(inputs.subNDList(1));
    }

    /** Drops values of x (N,...), whether in training or not. */
    static NDArray drop(ParameterStore parameters, NDArray x, float rate) {
        if (!DropoutMask.isFor(x.getDevice())) {
            return Dropout.dropout(x, rate, true).singletonOrThrow();
        }
        try (NDManager host = x.getManager().newSubManager(Device.cpu())) {
            NDArray mask = DropoutMask.draw(parameters, host, x.getShape(), rate, 1);
            return PROGRAM.run(new NDList(x, mask, host.create(new double[] {rate}))).head();
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }

    /** {@inheritDoc} */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        // The first version of DJL's block has none.
        if (loadVersion != 1) {
            super.loadMetadata(loadVersion, is);
        }
    }
}
